"""What a person chose, kept as JSON: read leniently, written whole."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from guide.core.shown import has_control, one_line, quoted
from guide.language import _, grouped, ngettext, reason
from guide.store.files import NotAFileError, keep_aside, read_ordinary, write_whole
from guide.store.glance import MOST_BYTES, NotGoodError, ThemeSetting, Window, number, switch, whole, window_place

if TYPE_CHECKING:
    from guide.core.kinds import Purpose
    from guide.core.pump import Pump

VERSION: Final = 1
MOST_TOLD: Final = 20
CLOSENESS: Final = ("strict", "usual", "easy")  # how closely it listens to her words
MOST_ITEMS: Final = 1_000
MOST_ACTIONS: Final = 100
LONGEST_PUMP: Final = 40  # characters: a line of Get ready
LONGEST_FIGURE: Final = 12  # a size or a level, with its unit
LONGEST_TEXT: Final = 8_192  # a path may be 4,096 bytes long, each of them written as an escape


class MotionChoice(StrEnum):
    GENTLE = "gentle"
    STILL = "still"
    SYSTEM = "system"


class Units(StrEnum):
    ML = "ml"
    OZ = "oz"


class Tap(StrEnum):
    """What a tap anywhere on the session page does."""

    NEXT = "next"
    PAUSE = "pause"
    NOTHING = "nothing"


class Beneath(StrEnum):
    """What plays beneath a session."""

    OFF = "off"
    RAIN = "rain"
    BROWN = "brown noise"
    FAN = "fan"
    MUSIC = "music"
    SHUFFLED = "music, shuffled"
    BABY = "baby"


class SoreCheck(NamedTuple):
    """The answer to the check before hands-on work, good for its day."""

    day: date
    sore: bool


@dataclass(frozen=True, slots=True)
class Settings:
    """
    Volumes and levels are shares from 0 to 1, `voice_rate` is words a minute, times are local.

    `sounds` None leaves what plays beneath to the routine; `music_at` is a file's name and a frame. Flanges are in
    millimetres, levels as her pump counts them, both as she wrote them.
    """

    language: str = ""  # of the screen (BCP 47); empty follows the system
    theme: ThemeSetting = ThemeSetting.NIGHT
    dim_at_night: bool = True
    dim_level: float = 0.25
    text_scale: float = 1.0
    motion: MotionChoice = MotionChoice.SYSTEM
    voice_on: bool = True
    voice: str | None = None
    voice_volume: float = 0.8
    voice_rate: int = 145
    chimes_on: bool = True
    chime_family: str = "wood"
    chime_volume: float = 0.7
    partner_shown: bool = True
    partner_said: bool = False
    quiet_night: bool = False
    number_free: bool = False
    units: Units = Units.ML
    full_screen_at_start: bool = True
    tap: Tap = Tap.NEXT
    learned_keys: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=lambda: MappingProxyType({}))
    listen: bool = False
    words: Mapping[str, str] = dataclasses.field(default_factory=lambda: MappingProxyType({}))
    microphone: str = ""
    listens: str = "usual"
    headphones: bool = False
    alike_kept: tuple[str, ...] = ()  # words of hers that are listened for though another is close
    media_keys: bool = True
    photos: tuple[str, ...] = ()
    photos_shown: bool = True
    sounds: Beneath | None = None
    sounds_volume: float = 0.35
    sounds_soften: bool = True
    music: str = ""
    music_at: str = ""
    baby_sounds: str = ""
    taken_to: str = ""  # the folder of the sound files she takes along
    pump_name: str = ""
    flange_left: str = ""
    flange_right: str = ""
    level_left: str = ""
    level_right: str = ""
    switches_mode: bool = False
    daily_goal: int = 0
    nudge_on: bool = False
    nudge_hours: float = 3.0
    quiet_from: time = time(22)
    quiet_to: time = time(6)
    hidden: tuple[str, ...] = ()
    first_hint_closed: bool = False
    purpose: Purpose | None = None
    sore_check: SoreCheck | None = None
    window: Window | None = None

    @property
    def pump(self) -> Pump:
        from guide.core.pump import Pump

        return Pump(
            name=self.pump_name,
            flange_left=self.flange_left,
            flange_right=self.flange_right,
            level_left=self.level_left,
            level_right=self.level_right,
            switches=self.switches_mode,
        )


Reads = Callable[[Any], Any]
Word = TypeVar("Word", bound=StrEnum)


def _one_of(words: type[Word]) -> Callable[[Any], Word]:
    def read_word(value: Any) -> Word:
        known = [word.value for word in words]
        if isinstance(value, str) and value in known:
            return words(value)
        from guide.store.routines.hints import nearest  # only a mistake needs it, and a window waits for this

        near = nearest(value, known) if isinstance(value, str) else ""
        is_one = _("is one of {words}; did you mean '{near}'?") if near else _("is one of {words}")
        raise NotGoodError(is_one.format(words=", ".join(known), near=near))

    return read_word


def _purpose(value: Any) -> Purpose:
    from guide.core.kinds import Purpose

    return _one_of(Purpose)(value)


def _text(value: Any) -> str:
    if isinstance(value, str) and len(value) <= LONGEST_TEXT and not has_control(value):
        return value
    raise NotGoodError(_("is a text"))


def _short_text(most: int) -> Callable[[Any], str]:
    def read_short(value: Any) -> str:
        if len(_text(value)) <= most:
            return one_line(value, most).strip()  # letters that cannot be seen are named, and longer by it
        raise NotGoodError(_("is a text of at most {most} characters").format(most=most))

    return read_short


class _Some(NamedTuple):
    """A list or mapping of which not every item could be taken: the others are, and `left_out` is told."""

    taken: Any
    left_out: int


def _texts(value: Any) -> tuple[str, ...] | _Some:
    if not isinstance(value, list):
        raise NotGoodError(_("is a list of texts"))
    good = tuple(dict.fromkeys(text for item in value[:MOST_ITEMS] if (text := _text_or_none(item)) is not None))
    bad = sum(_text_or_none(item) is None for item in value[:MOST_ITEMS]) + len(value[MOST_ITEMS:])
    return _Some(good, bad) if bad else good


def _text_or_none(value: Any) -> str | None:
    try:
        return _text(value)
    except NotGoodError:
        return None


def _keys(value: Any) -> Mapping[str, tuple[str, ...]] | _Some:
    if not isinstance(value, dict):
        raise NotGoodError(_("names keys for each action"))
    taken: dict[str, tuple[str, ...]] = {}
    bad = max(len(value) - MOST_ACTIONS, 0)
    for action, keys in list(value.items())[:MOST_ACTIONS]:
        if has_control(action) or not isinstance(keys, list):
            bad += 1
            continue
        match _texts(keys):
            case _Some(good, left_out):
                bad += left_out
                taken[action] = good
            case good:
                taken[action] = good
    whole = MappingProxyType(taken)
    return _Some(whole, bad) if bad else whole


def _words(value: Any) -> Mapping[str, str]:
    if isinstance(value, dict) and len(value) <= 100:
        return MappingProxyType({_text(meaning): _text(word) for meaning, word in value.items()})
    raise NotGoodError(_("names a word for each command"))


def _closeness(value: Any) -> str:
    if value in CLOSENESS:
        return str(value)
    raise NotGoodError(_("is one of {words}").format(words=", ".join(CLOSENESS)))


def _language(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)?", value):
        return value
    raise NotGoodError(_("is a language tag such as 'es'"))


def _clock_time(value: Any) -> time:
    if isinstance(value, str) and re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
        return time.fromisoformat(value)
    raise NotGoodError(_("is a time of day such as '22:00'"))


def _sore_check(value: Any) -> SoreCheck:
    match value:
        case {"day": str(day), "sore": bool(sore)}:
            try:
                return SoreCheck(date.fromisoformat(day), sore)
            except ValueError:
                pass
        case _:
            pass
    raise NotGoodError(_("has a day and true or false"))


def _or_none(reads: Reads) -> Reads:
    return lambda value: None if value is None else reads(value)


READS: Final[Mapping[str, Reads]] = MappingProxyType(
    {
        "language": _language,
        "theme": _one_of(ThemeSetting),
        "dim_at_night": switch,
        "dim_level": number(0, 0.4),  # "Dim further" paints 0 to 40 %: design, "Light"
        "text_scale": number(0.9, 1.6),
        "motion": _one_of(MotionChoice),
        "voice_on": switch,
        "voice": _or_none(_text),
        "voice_volume": number(0, 1),
        "voice_rate": whole(80, 260),
        "chimes_on": switch,
        "chime_family": _text,
        "chime_volume": number(0, 1),
        "partner_shown": switch,
        "partner_said": switch,
        "quiet_night": switch,
        "number_free": switch,
        "units": _one_of(Units),
        "full_screen_at_start": switch,
        "tap": _one_of(Tap),
        "learned_keys": _keys,
        "listen": switch,
        "words": _words,
        "microphone": _text,
        "listens": _closeness,
        "headphones": switch,
        "alike_kept": _texts,
        "media_keys": switch,
        "photos": _texts,
        "photos_shown": switch,
        "sounds": _or_none(_one_of(Beneath)),
        "sounds_volume": number(0, 1),
        "sounds_soften": switch,
        "music": _text,
        "music_at": _text,
        "baby_sounds": _text,
        "taken_to": _text,
        "pump_name": _short_text(LONGEST_PUMP),
        "flange_left": _short_text(LONGEST_FIGURE),
        "flange_right": _short_text(LONGEST_FIGURE),
        "level_left": _short_text(LONGEST_FIGURE),
        "level_right": _short_text(LONGEST_FIGURE),
        "switches_mode": switch,
        "daily_goal": whole(0, 24),
        "nudge_on": switch,
        "nudge_hours": number(0.5, 24),
        "quiet_from": _clock_time,
        "quiet_to": _clock_time,
        "hidden": _texts,
        "first_hint_closed": switch,
        "purpose": _or_none(_purpose),
        "sore_check": _or_none(_sore_check),
        "window": _or_none(window_place),
    }
)


def load(path: Path) -> tuple[Settings, list[str]]:
    """
    Read the settings, and say in plain sentences what could not be taken from them.

    Whatever the file holds, settings come back. A file that is no settings at all is kept aside under a dated
    name; one of a newer version too, and what is known in it is taken.
    """
    try:
        data = read_ordinary(path, MOST_BYTES)
    except (FileNotFoundError, NotADirectoryError):  # the log and what is written later tell of a folder that is none
        return Settings(), []
    except NotAFileError:
        return Settings(), [_("{name} is not a file; your settings are the usual ones for now.").format(name=path.name)]
    except OSError as error:
        return Settings(), [
            _("Your settings could not be read ({reason}); they are the usual ones for now.").format(
                reason=reason(error)
            )
        ]
    if len(data) > MOST_BYTES:
        return Settings(), [_started_afresh(path)]
    try:
        held = json.loads(data.decode("utf-8-sig", "surrogateescape"))
    except (ValueError, RecursionError):
        return Settings(), [_started_afresh(path)]
    if not isinstance(held, dict):
        return Settings(), [_started_afresh(path)]
    return _from_json(held, path)


def need_readable(path: Path) -> None:
    """Raise OSError where settings are kept that cannot be read just now: they are not to be written over."""
    with suppress(FileNotFoundError, NotADirectoryError):
        read_ordinary(path, MOST_BYTES)


def _started_afresh(path: Path) -> str:
    aside = keep_aside(path)
    kept = _(" The old file is kept as {name}.").format(name=aside.name) if aside else ""
    return _("Your settings file could not be understood, so the usual settings are in use.{kept}").format(kept=kept)


def _from_json(held: dict[str, Any], path: Path) -> tuple[Settings, list[str]]:
    version = held.pop("version", VERSION)
    newer = isinstance(version, int) and version > VERSION
    told: list[str] = []
    taken: dict[str, Any] = {}
    unknown: list[str] = []
    for key, value in held.items():
        reads = READS.get(key)
        if reads is None:
            unknown.append(key)
            continue
        try:
            match reads(value):
                case _Some(some, left_out):
                    taken[key] = some
                    sentence = ngettext(
                        "In {name}, one entry of '{key}' could not be read; the others are in use.",
                        "In {name}, {n} entries of '{key}' could not be read; the others are in use.",
                        left_out,
                    )
                    told.append(sentence.format(name=one_line(path.name), n=grouped(left_out), key=key))
                case whole:
                    taken[key] = whole
        except NotGoodError as wrong:
            told.append(
                _("In {name}, '{key}' {wrong}; the usual setting is in use.").format(
                    name=path.name, key=key, wrong=wrong
                )
            )
    if newer:
        aside = keep_aside(path)
        kept = _(" It is kept as {name}.").format(name=aside.name) if aside else ""
        told.append(_("Your settings come from a newer version; what is known here is in use.{kept}").format(kept=kept))
    else:
        told.extend(_about_unknown(key, path) for key in unknown[:MOST_TOLD])
        if len(unknown) > MOST_TOLD:
            more = len(unknown) - MOST_TOLD
            sentence = ngettext(
                "In {name}, {n} more setting is not known here.",
                "In {name}, {n} more settings are not known here.",
                more,
            )
            told.append(sentence.format(name=path.name, n=grouped(more)))
    return Settings(**taken), told


def _about_unknown(key: str, path: Path) -> str:
    from guide.store.routines.hints import nearest

    near = nearest(key, READS)
    way = _(" Did you mean '{near}'?").format(near=near) if near else ""
    return _("In {name}, '{key}' is not a setting known here.{way}").format(name=path.name, key=quoted(key), way=way)


def save(path: Path, settings: Settings) -> None:
    """Write the settings whole; raises OSError, the old file untouched."""
    write_whole(path, as_bytes(settings))


def as_bytes(settings: Settings) -> bytes:
    held = {"version": VERSION} | {
        field.name: _to_json(getattr(settings, field.name)) for field in dataclasses.fields(settings)
    }
    return (json.dumps(held, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "surrogateescape")


def _to_json(value: Any) -> Any:
    match value:
        case time():
            return value.strftime("%H:%M")
        case date():
            return value.isoformat()
        case Window() | SoreCheck():
            return {name: _to_json(part) for name, part in value._asdict().items()}
        case Mapping():
            return {key: _to_json(held) for key, held in value.items()}
        case _:
            return value


def sore_today(settings: Settings, now: datetime) -> bool | None:
    """Her answer to the check before hands-on work, if she gave one today."""
    check = settings.sore_check
    return check.sore if check is not None and check.day == now.date() else None


def after_pain(answer: SoreCheck | None) -> SoreCheck | None:
    """Her answer once something hurt: No is outstanding again, Yes stays."""
    return answer if answer is not None and answer.sore else None
