"""The routine format, field by field; the JSON Schema and the keys to complete come from the same table."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, Final, TypeVar, cast

from guide.core import duration
from guide.core.duration import HOUR, LONGEST, SECOND, DurationError, written
from guide.core.plan import LONGEST_SUCTION, Plan, lay_out, suction_runs
from guide.core.routine import (
    AfterStart,
    AtEarliest,
    BeforeEnd,
    Cue,
    Drawing,
    Every,
    Fixed,
    Group,
    Kind,
    Length,
    Pace,
    Purpose,
    Range,
    Routine,
    Share,
    Side,
    Source,
    StartSide,
    Step,
    Wait,
    When,
    WhenSore,
)
from guide.store.routines.hints import nearest, quoted
from guide.store.yaml.source import (
    NO_FILE,
    Fields,
    Findings,
    ListNode,
    MapNode,
    Place,
    Problem,
    RefusedError,
    ScalarNode,
    TooManyProblemsError,
    Value,
    compose_or_refuse,
    read_text,
    target,
)

NEWEST_FORMAT: Final = 1
MOST_REPEATS: Final = 50
MOST_NESTED: Final = 4
MOST_STEPS: Final = 1_000
MOST_CUES: Final = 50
MOST_PROMPTS: Final = 20_000
MOST_SOUND_BYTES: Final = 20 * 1024 * 1024
SHORTEST_CUE_INTERVAL: Final = SECOND
SHORTEST_BEAT: Final = timedelta(milliseconds=250)
MOST_SAID: Final = 400
LONGEST_SHOWN: Final = 60  # two lines of thirty characters on the session page

SOUNDS: Final = (*(kind.value for kind in Kind), "earliest", "end", "tick")
SOUND_FILES: Final = (".wav", ".flac", ".ogg", ".mp3")

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_WEB: Final = re.compile(r"(?i)https?://[^\s/?#.][^\s/?#]*(?:[/?#]\S*)?")
_SHARE: Final = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s*%")
_BELOW_NOTHING: Final = re.compile(r"\s*-\s*([0-9][0-9.:]{0,8} ?[a-z]{0,7})\s*")
_WHOLE: Final = re.compile(r"[1-9][0-9]{0,8}")

Schema = dict[str, Any]
Reads = Callable[[Value], Any]
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Row:
    """
    One key of the format: how it is read, how a schema checks it, what a person is told of it.

    `into` is the field of the type in `core` (the key's own name where empty), `required` the example named
    when the key is absent.
    """

    key: str
    reads: Reads
    schema: Schema
    doc: str
    into: str = ""
    required: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says: a routine, or the problems that keep it from being one."""

    routine: Routine | None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    places: Mapping[str, Place] = field(default_factory=lambda: MappingProxyType({}))


def read_file(path: Path) -> Reading:
    """Read a routine's file; every failure is a problem in the answer."""
    text = read_text(path)
    return Reading(None, (text,)) if isinstance(text, Problem) else read(text, path)


def read(text: str, path: str | Path = NO_FILE) -> Reading:
    """
    Read a routine's text; `path` says where it is kept, for the problems and for the sounds beside it.

    Source: routine-format, all of it.
    """
    findings = Findings(text, str(path), None if str(path) == NO_FILE else Path(path).parent)
    try:
        root = compose_or_refuse(text)
    except RefusedError as refused:
        line, column = findings.lines.at(refused.start)
        return Reading(None, (Problem(str(path), line, column, "file", refused.message, refused.fix),))
    routine = None
    with contextlib.suppress(TooManyProblemsError):
        routine = _routine(Value(root, "", findings))
    problems = findings.problems
    if routine and not problems:
        _warn_of_long_suction(findings, routine)
    return Reading(None if problems else routine, problems, findings.warnings, MappingProxyType(findings.places))


def laid_out(text: str, first: Side) -> Plan | None:
    """The plan of a routine's text, None where it does not read: what the log needs to close a session cut off."""
    routine = read(text).routine
    return lay_out(routine, first) if routine else None


def _text(most: int) -> Reads:
    return lambda value: value.text(most=most)


def _text_schema(most: int) -> Schema:
    # An unquoted number or `true` is text to the reader, and must not be a mistake to an editor.
    return {"type": ["string", "number", "boolean"], "maxLength": most}


def _word(words: type[Word], what: str) -> Callable[[Value], Word | None]:
    def read_word(value: Value) -> Word | None:
        text = value.text(most=200)
        if text is None:
            return None
        try:
            return words(text)
        except ValueError:
            _not_one_of(value, text, [word.value for word in words], what)
            return None

    return read_word


def _not_one_of(value: Value, text: str, known: list[str], what: str) -> None:
    near = nearest(text, known)
    way = f"did you mean '{near}'?" if near else f"known are {', '.join(known)}"
    value.problem(f"'{quoted(text)}' is not {what}; {way}", value.instead(near) if near else None)


def _word_row(key: str, words: type[StrEnum], what: str, doc: str, **more: str) -> Row:
    names = tuple(word.value for word in words)
    return Row(key, _word(words, what), {"enum": list(names)}, doc, words=names, **more)


def _list(reads: Reads, most: int) -> Reads:
    def read_list(value: Value) -> tuple[Any, ...]:
        items = value.items() or ()
        if len(items) > most:
            value.problem(f"has {len(items)} entries; {most} at most")
            return ()
        return tuple(found for item in items if (found := reads(item)) is not None)

    return read_list


def _short_text(value: Value) -> str | None:
    text = value.text(most=200)
    if text == "":
        value.problem("is empty; write a short text or leave the line out")
    return text or None


def _texts_row(key: str, doc: str) -> Row:
    schema = {"type": "array", "maxItems": 30, "items": _text_schema(200)}
    return Row(key, _list(_short_text, 30), schema, doc)


def _format(value: Value) -> int | None:
    text = value.text(most=200)
    if text is None or text == str(NEWEST_FORMAT):
        return None
    message = f"'{quoted(text)}' is not known here; the newest format known is {NEWEST_FORMAT}"
    value.problem(message, value.instead(str(NEWEST_FORMAT)))
    return None


def _name(value: Value) -> str | None:
    text = value.text(most=80)
    if text == "":
        value.problem("is empty; write 1 to 80 characters")
    return text or None


def _language(value: Value) -> str | None:
    text = value.text(most=35)
    if text is None or _LANGUAGE.fullmatch(text):
        return text
    fix = value.instead(plain) if _LANGUAGE.fullmatch(plain := text.replace("_", "-")) else None
    value.problem(f"'{quoted(text)}' is not a language tag; write for example 'en' or 'pt-BR'", fix)
    return None


def _url(value: Value) -> str | None:
    text = value.text(most=2_000)
    if text is None or _WEB.fullmatch(text):
        return text
    fix = value.instead(f"https://{text}") if _WEB.fullmatch(f"https://{text}") and "." in text else None
    if ":" in text.partition("/")[0]:
        fix = None
    value.problem(f"'{quoted(text)}' is not a web address; begin it with https:// or http://", fix)
    return None


def _true_or_false(value: Value) -> bool | None:
    text = value.text(most=200)
    if text is None:
        return None
    match text.lower():
        case "true":
            return True
        case "false":
            return False
        case other:
            meant = "true" if other in {"yes", "on", "y"} else "false" if other in {"no", "off", "n"} else ""
            value.problem(f"'{quoted(text)}' is not 'true' or 'false'", value.instead(meant) if meant else None)
            return None


def _repeat(value: Value) -> int | None:
    text = value.text(most=200)
    if text is None:
        return None
    if _WHOLE.fullmatch(text) and int(text) <= MOST_REPEATS:
        return int(text)
    value.problem(f"'{quoted(text)}' is not a number of repeats; write a whole number from 1 to {MOST_REPEATS}")
    return None


def _until(value: Value) -> bool | None:
    text = value.text(most=200)
    if text is None:
        return None
    if text == "milk slows":
        return True
    near = nearest(text, ["milk slows"])
    value.problem(f"'{quoted(text)}' is not known here; write 'milk slows'", value.instead(near) if near else None)
    return None


def _length(value: Value) -> Length | None:
    node = target(value.node)
    if isinstance(node, ScalarNode) and (less := _BELOW_NOTHING.fullmatch(node.text)):
        value.problem(f"'{quoted(node.text)}' is less than no time; write '{less[1]}'", value.instead(less[1]))
        return None
    return _from_duration(value, duration.parse_length)


def _time(value: Value) -> timedelta | None:
    return _from_duration(value, duration.parse)


Found = TypeVar("Found")


def _from_duration(value: Value, parse: Callable[[str], Found]) -> Found | None:
    text = value.text(most=200)
    if text is None:
        return None
    try:
        return parse(text)
    except DurationError as error:
        value.problem(str(error), value.instead(error.fix) if error.fix else None)
        return None


def _interval(shortest: timedelta) -> Reads:
    def read_interval(value: Value) -> timedelta | None:
        found = _time(value)
        if found is not None and found < shortest:
            value.problem(f"is shorter than {written(shortest)}, the shortest there is")
            return None
        return found

    return read_interval


def _at(value: Value) -> When | None:
    text = value.text(most=200)
    if text is None:
        return None
    if text == "earliest":
        return AtEarliest()
    if share := _SHARE.fullmatch(text):
        fraction = float(share[1]) / 100
        if fraction <= 1:
            return Share(fraction)
        value.problem(f"'{quoted(text)}' is more than the whole step; write 0 % to 100 %")
        return None
    before_end = text.startswith(("-", "\u2212"))
    length = text[1:].strip() if before_end else text
    try:
        offset = duration.parse(length)
    except DurationError as error:
        near = nearest(text, ["earliest"])
        if near:
            value.problem(f"'{quoted(text)}' is not a moment; did you mean '{near}'?", value.instead(near))
        elif error.fix and before_end:
            value.problem(f"'{quoted(text)}' has no unit; write '-{length} s'", value.instead(f"-{length} s"))
        elif error.fix:
            value.problem(str(error), value.instead(f"{length} s"))
        else:
            value.problem(f"'{quoted(text)}' is not a moment; write for example '0:30', '-10 s', '50%' or 'earliest'")
        return None
    return BeforeEnd(offset) if before_end else AfterStart(offset)


def _letters(word: str) -> str:
    return "".join(f"[{letter}{letter.upper()}]" for letter in word)


def _unit(*names: str) -> str:
    return f"(?:{'|'.join(_letters(name) for name in sorted(names, key=len, reverse=True))})"


_NUMBER: Final = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"
_H: Final = _unit("h", "hr", "hrs", "hour", "hours")
_M: Final = _unit("m", "min", "mins", "minute", "minutes")
_S: Final = _unit("s", "sec", "secs", "second", "seconds")
_PARTS: Final = rf"(?=[0-9])(?:{_NUMBER} *{_H} *)?(?:{_NUMBER} *{_M} *)?(?:{_NUMBER} *{_S})?"
_TIME: Final = rf"(?:{_PARTS}|[0-9]{{1,4}}:[0-5][0-9])"
_RANGE: Final = rf"(?:{_TIME}|{_NUMBER}) *(?:-|–|—|{_letters('to')}\b) *{_TIME}"
_PERCENT: Final = r"(?:100(?:\.0+)?|[0-9]{1,2}(?:\.[0-9]{1,6})?) *%"


def _pattern(*forms: str) -> Schema:
    return {"type": "string", "pattern": rf"^\s*(?:{'|'.join(forms)})\s*$"}


def _beat(value: Value) -> str | None:
    text = value.text(most=40)
    if text == "":
        value.problem("is empty; write the word of this beat")
    return text or None


def _beats(value: Value) -> tuple[str, ...] | None:
    beats = cast("tuple[str, ...]", _list(_beat, 20)(value))
    if isinstance(target(value.node), ListNode) and not target(value.node).size > 1:
        value.problem("is empty; write for example [press back, compress, relax]")
    return beats or None


def _sound(value: Value) -> str | None:
    """A built-in name, or a path that stays inside the folder of the routine's file; routine-format, "Errors"."""
    text = value.text(most=200)
    if text is None or text in SOUNDS:
        return text
    if "." not in text and "/" not in text:
        _not_one_of(value, text, list(SOUNDS), "a built-in sound")
        return None
    path = PurePosixPath(text)
    if "\\" in text or ":" in text or text.startswith(("/", "~")) or ".." in path.parts:
        value.problem(
            f"'{quoted(text)}' is not inside the folder of this file; put the sound beside it and write its name"
        )
        return None
    if path.suffix.lower() not in SOUND_FILES:
        value.problem(f"'{quoted(text)}' is not a sound file known here; use WAV, FLAC, OGG or MP3")
        return None
    if value.findings.folder is not None and (wrong := _not_playable(value.findings.folder, text)):
        value.problem(f"'{quoted(text)}' {wrong}")
        return None
    return text


def _not_playable(folder: Path, name: str) -> str:
    try:
        file, inside = (folder / name).resolve(), folder.resolve()
        if not file.is_relative_to(inside):
            return "leads out of the folder of this file; put the sound itself beside it"
        if not file.is_file():
            return "is not there; look at the name, or put the sound into the folder of this file"
        if file.stat().st_size > MOST_SOUND_BYTES:
            return "is larger than 20 MB; use a shorter sound"
    except (OSError, ValueError, RuntimeError):  # RuntimeError: a loop of symbolic links, before Python 3.13
        return "could not be looked at; put the sound beside this file"
    return ""


@dataclass(frozen=True, slots=True)
class _ReadKeys:
    """What the keys of a mapping say, ready for its type; incomplete where a required one has no good value."""

    fields: Fields
    found: dict[str, Any]
    complete: bool


def _read_keys(value: Value, rows: tuple[Row, ...], what: str) -> _ReadKeys | None:
    example = next((row.required for row in rows if row.required), "at: 0:30")
    fields = value.fields(what, [row.key for row in rows], example)
    if fields is None:
        return None
    found: dict[str, Any] = {}
    complete = True
    for row in rows:
        held = fields.required(row.key, row.required) if row.required else fields.take(row.key)
        answer = None if held is None else row.reads(held)
        if answer is not None:
            found[row.into or row.key] = answer
        elif row.required:
            complete = False
    return _ReadKeys(fields, found, complete)


def _source(value: Value) -> Source | None:
    keys = _read_keys(value, SOURCE, "a source")
    return Source(**keys.found) if keys and keys.complete else None


def _pace(value: Value) -> Pace | None:
    keys = _read_keys(value, PACE, "a pace")
    return Pace(**keys.found) if keys and keys.complete else None


@dataclass(frozen=True, slots=True)
class _PlacedCue:
    """A cue and where its moment is written, to be held against the step's length once that is known."""

    cue: Cue
    moment: Value


def _cue(value: Value) -> _PlacedCue | None:
    keys = _read_keys(value, CUE, "a cue")
    if keys is None:
        return None
    found, fields = keys.found, keys.fields
    at, every = fields.take("at"), fields.take("every")
    if at and every:
        fields.problem(value.start, "has both 'at' and 'every'; keep one of them")
        return None
    moment = at or every
    if moment is None:
        fields.problem(value.start, "has no moment; write for example 'at: 0:30' or 'every: 1 min'")
        return None
    if not any(fields.take(key) and found.get(key) != "" for key in ("say", "show", "sound")):
        fields.problem(value.start, "does nothing; write at least one of 'say', 'show' and 'sound'")
        return None
    when: When | None = found.pop("at", None)
    if "every" in found:
        when = Every(found.pop("every"))
    return _PlacedCue(Cue(when=when, **found), moment) if when is not None else None


def _step_or_group(value: Value) -> Step | Group | None:
    node = target(value.node)
    keys = {key.text for key, _ in node.pairs if isinstance(key, ScalarNode)} if isinstance(node, MapNode) else set()
    return _group(value) if "kind" not in keys and keys & {"steps", "repeat"} else _step(value)


def _steps(value: Value) -> tuple[Step | Group, ...] | None:
    items = value.items()
    if items is None:
        return None
    if not items:
        value.problem("is empty; write at least one step, such as '- {kind: rest, duration: 1 min}'")
        return None
    if len(items) > MOST_STEPS:
        value.problem(f"has {len(items):,} steps; {MOST_STEPS:,} at most")
        return None
    steps = tuple(found for item in items if (found := _step_or_group(item)) is not None)
    return steps or None


def _group(value: Value) -> Group | None:
    if value.where.count("steps[") > MOST_NESTED:
        value.problem(f"groups are nested more than {MOST_NESTED} deep here; write the steps one after another")
        return None
    keys = _read_keys(value, GROUP, "a group")
    return Group(**keys.found) if keys and keys.complete else None


def _step(value: Value) -> Step | None:
    keys = _read_keys(value, STEP, "a step")
    if keys is None:
        return None
    placed: tuple[_PlacedCue, ...] = keys.found.pop("cues", ())
    length: Length | None = keys.found.get("length")
    if length is not None:
        _check_against_length(keys, placed, length)
    _warn_of_long_text(keys.fields)
    return Step(cues=tuple(cue.cue for cue in placed), **keys.found) if keys.complete else None


def _check_against_length(keys: _ReadKeys, placed: tuple[_PlacedCue, ...], length: Length) -> None:
    for cue in placed:
        if wrong := _outside(cue.cue.when, length):
            cue.moment.problem(wrong)
    if isinstance(length, Range):
        return
    until, linger = keys.fields.take("until"), keys.fields.take("linger")
    if until and keys.found.get("until_milk_slows"):
        until.problem("needs a range; write for example 'duration: 3-5 min'")
    if linger and keys.found.get("linger"):
        linger.warn("changes nothing without a range, such as 'duration: 3-5 min'")


def _outside(when: When, length: Length) -> str:
    """Why a cue is not inside a step of this length; "" when it is."""
    latest = _latest(length)
    match when, length:
        case (BeforeEnd() | Share(), Wait()):
            return "a step that waits has no end to count from; write a length from its start, such as '0:30'"
        case AtEarliest(), Fixed() | Wait():
            return "only a range has an earliest end; write for example 'duration: 3-5 min'"
        case (AfterStart(), Wait()) | (Every(), Wait()) | (AtEarliest(), Range()):
            return ""
        case ((AfterStart(offset) | Every(offset)), _) if offset >= latest:
            return f"falls outside its step, which lasts {written(latest)}; write a shorter length"
        case BeforeEnd(offset), _ if offset > latest:
            return f"falls outside its step, which lasts {written(latest)}; write a shorter length"
        case BeforeEnd(offset), _ if not offset:
            return "is the end itself, when the step is over; write for example '-10 s'"
        case Share(fraction), _ if fraction >= 1:
            return "is the end itself, when the step is over; write less than 100 %"
        case _:
            return ""


def _latest(length: Length) -> timedelta:
    match length:
        case Fixed(exact):
            return exact
        case Range(_, latest):
            return latest
        case Wait():
            return timedelta(0)


def _warn_of_long_text(fields: Fields) -> None:
    shown = fields.take("show") or fields.take("say")
    text = target(shown.node) if shown else None
    if not (shown and isinstance(text, ScalarNode)):
        return
    length = len(" ".join(text.text.split()))
    if LONGEST_SHOWN < length <= MOST_SAID:
        way = "shorten it" if "show" in fields else "add a shorter 'show'"
        shown.warn(f"has {length} characters and the screen shows two lines of 30; {way}")


def _routine(value: Value) -> Routine | None:
    keys = _read_keys(value, ROUTINE, "a routine")
    if keys is None:
        return None
    place = keys.fields.take("steps")
    if place and "steps" in keys.found:
        _check_whole(place, keys.found["steps"])
    return Routine(**keys.found) if keys.complete else None


@dataclass(frozen=True, slots=True)
class _Sum:
    """What a part of a routine comes to with its repeats unrolled."""

    steps: int = 0
    longest: timedelta = timedelta(0)
    prompts: int = 0

    def __add__(self, other: _Sum) -> _Sum:
        return _Sum(self.steps + other.steps, self.longest + other.longest, self.prompts + other.prompts)

    def __mul__(self, times: int) -> _Sum:
        return _Sum(self.steps * times, self.longest * times, self.prompts * times)


def _sum(part: Step | Group) -> _Sum:
    times = 2 if part.side is Side.EACH else 1
    match part:
        case Step(length=length, cues=cues):
            latest = _latest(length)
            prompts = 1
            for cue in cues:
                match cue.when:
                    case Every(interval):
                        prompts += (latest or HOUR) // interval
                    case _:
                        prompts += 1
            return _Sum(1, latest, prompts) * times
        case Group(steps):
            whole = _Sum()
            for inner in steps:
                whole += _sum(inner)
            return whole * (times * part.times)


def _check_whole(steps: Value, parts: tuple[Step | Group, ...]) -> None:
    whole = _Sum()
    for part in parts:
        whole += _sum(part)
    if whole.steps > MOST_STEPS:
        steps.problem(f"has {whole.steps:,} steps with its repeats; {MOST_STEPS:,} at most")
    if whole.longest > LONGEST:
        steps.problem(f"lasts up to {_in_hours(whole.longest)}; {written(LONGEST)} at most")
    if whole.prompts > MOST_PROMPTS:
        steps.problem(f"says or shows {whole.prompts:,} things; {MOST_PROMPTS:,} at most")


def _in_hours(length: timedelta) -> str:
    return written(length // SECOND * SECOND) if length < 24 * HOUR else f"{length // HOUR:,} h"


def _warn_of_long_suction(findings: Findings, routine: Routine) -> None:
    plan = lay_out(routine)
    told: set[tuple[str, str]] = set()
    for first, last, longest in suction_runs(plan):
        names = _written_place(plan.segments[first].place), _written_place(plan.segments[last].place)
        if longest <= LONGEST_SUCTION or names in told:
            continue
        told.add(names)
        which = f"{names[0]} to {names[1]} keep" if names[0] != names[1] else "keeps"
        findings.warn(
            findings.places[names[0]].start,
            names[0],
            f"{which} the suction on for up to {written(longest)}; "
            f"{written(LONGEST_SUCTION)} without a break is the most, so add a rest between",
        )


def _written_place(place: tuple[int, ...]) -> str:
    """
    Write the way to a step as problems do.

    >>> _written_place((1, 0))
    'steps[1].steps[0]'
    """
    return ".".join(f"steps[{index}]" for index in place)


_SOUND_SCHEMA: Final[Schema] = {
    "anyOf": [
        {"enum": list(SOUNDS)},
        {
            "type": "string",
            "maxLength": 200,
            "pattern": r"^(?![/~])(?!(?:.*/)?\.\.(?:/|$))[^\\:]+\.(?:"
            + "|".join(_letters(suffix[1:]) for suffix in SOUND_FILES)
            + ")$",
        },
    ]
}
_TRUE: Final[Schema] = {"type": "boolean"}
_SIDE_DOC: Final = "Which breast; 'each' makes one step a side"


def _items(name: str, most: int, least: int = 0) -> Schema:
    least_items = {"minItems": least} if least else {}
    return {"type": "array", **least_items, "maxItems": most, "items": {"$ref": f"#/$defs/{name}"}}


SOURCE: Final = (
    Row("title", _short_text, _text_schema(200), "What it is called", required="title: A leaflet"),
    Row("url", _url, {"type": "string", "pattern": r"^[hH][tT][tT][pP][sS]?://[^\s/?#.]\S*$"}, "Its web address"),
)

PACE: Final = (
    Row(
        "beats",
        _beats,
        {"type": "array", "minItems": 1, "maxItems": 20, "items": _text_schema(40)},
        "The words, one a beat, over and over",
        required="beats: [press back, compress, relax]",
    ),
    Row("every", _interval(SHORTEST_BEAT), _pattern(_TIME), "From one beat to the next", required="every: 1 s"),
)

CUE: Final = (
    Row(
        "at",
        _at,
        {"anyOf": [{"enum": ["earliest"]}, _pattern(rf"[-−]? *{_TIME}", _PERCENT)]},
        "When: from the step's start (0:30), before its end (-10 s), a share (50%), or earliest",
        words=("earliest",),
    ),
    Row("every", _interval(SHORTEST_CUE_INTERVAL), _pattern(_TIME), "Again and again, this long apart"),
    Row("say", _text(MOST_SAID), _text_schema(MOST_SAID), "What the voice says"),
    Row("show", _text(MOST_SAID), _text_schema(MOST_SAID), "What the screen shows"),
    Row("sound", _sound, _SOUND_SCHEMA, "A built-in chime, or a sound file beside this one", words=SOUNDS),
)

STEP: Final = (
    _word_row("kind", Kind, "a step kind", "What the hands do", required="kind: massage"),
    Row("title", _text(60), _text_schema(60), "The step's name; the kind's own where absent"),
    _word_row("side", Side, "a side", _SIDE_DOC),
    Row(
        "duration",
        _length,
        _pattern(_TIME, _RANGE, _letters("wait")),
        "How long: 2 min, a range such as 5-7 min, or wait",
        into="length",
        required="duration: 2 min",
        words=("wait",),
    ),
    Row(
        "until",
        _until,
        {"enum": ["milk slows"]},
        "A range ends when the milk slows",
        into="until_milk_slows",
        words=("milk slows",),
    ),
    Row("linger", _time, _pattern(_TIME), "How long to keep going after the milk slows"),
    Row("suction", _text(200), _text_schema(200), "Shown while the step runs"),
    Row("say", _text(MOST_SAID), _text_schema(MOST_SAID), "What the voice says as the step starts; {side} is replaced"),
    Row("show", _text(MOST_SAID), _text_schema(MOST_SAID), "What the screen shows; two lines of 30 characters fit"),
    Row("partner", _text(200), _text_schema(200), "A prompt for a helper"),
    Row("suggested", _true_or_false, _TRUE, "True where no source gives the time", words=("true", "false")),
    _word_row("motion", Drawing, "a drawing", "The drawing; the kind's own where absent"),
    Row("sound", _sound, _SOUND_SCHEMA, "The chime at the start, or a sound file beside this one", words=SOUNDS),
    Row("pace", _pace, {"$ref": "#/$defs/pace"}, "A soft tick and the next word each beat"),
    Row("cues", _list(_cue, MOST_CUES), _items("cue", MOST_CUES), "What is said, shown or chimed within the step"),
)

GROUP: Final = (
    Row(
        "repeat",
        _repeat,
        {"type": "integer", "minimum": 1, "maximum": MOST_REPEATS},
        "How many times its steps are done",
        into="times",
    ),
    _word_row("side", Side, "a side", "For steps with no side of their own; 'each' runs the group once a side"),
    Row("steps", _steps, _items("part", MOST_STEPS, 1), "Its steps", required="steps: [{kind: rest, duration: 1 min}]"),
)

ROUTINE: Final = (
    Row("format", _format, {"const": NEWEST_FORMAT}, "The format's number", words=(str(NEWEST_FORMAT),)),
    Row(
        "name",
        _name,
        {**_text_schema(80), "minLength": 1},
        "The routine's name",
        required="name: My routine",
    ),
    Row("summary", _text(200), _text_schema(200), "One or two sentences, shown on its card"),
    Row(
        "language",
        _language,
        {"type": "string", "pattern": rf"^{_LANGUAGE.pattern}$"},
        "Picks the voice: en, de, pt-BR",
    ),
    Row(
        "purposes",
        lambda value: tuple(dict.fromkeys(_list(_word(Purpose, "a purpose"), 30)(value))),
        {"type": "array", "items": {"enum": [word.value for word in Purpose]}},
        "What it is for; any purpose where absent",
        words=tuple(word.value for word in Purpose),
    ),
    _word_row("start_side", StartSide, "a side to start with", "The breast that 'side: each' begins with"),
    _texts_row("get_ready", "The checklist shown before Start"),
    _texts_row("safety", "What to watch for"),
    _word_row("when_sore", WhenSore, "an answer here", "May it be offered when a breast is red, hot or very sore?"),
    Row("evidence", _text(1_000), _text_schema(1_000), "What is known, in one or two sentences"),
    Row("sources", _list(_source, 50), _items("source", 50), "Where it comes from"),
    Row(
        "steps",
        _steps,
        _items("part", MOST_STEPS, 1),
        "What is done",
        required="steps: [{kind: rest, duration: 1 min}]",
    ),
)

TABLES: Final[Mapping[str, tuple[Row, ...]]] = MappingProxyType(
    {"routine": ROUTINE, "step": STEP, "group": GROUP, "cue": CUE, "pace": PACE, "source": SOURCE}
)


def schema() -> Schema:
    """The JSON Schema (2020-12) by which an editor completes and checks a routine's file."""
    routine, *others = TABLES
    needs_range = {"properties": {"duration": _pattern(_RANGE)}}
    more: dict[str, Schema] = {
        "step": {"dependentSchemas": {"until": needs_range}},
        "cue": {
            "oneOf": [{"required": ["at"]}, {"required": ["every"]}],
            "anyOf": [{"required": ["say"]}, {"required": ["show"]}, {"required": ["sound"]}],
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A routine of Pumping Guide",
        **_object(TABLES[routine]),
        "$defs": {
            "part": {
                "if": {"anyOf": [{"required": ["steps"]}, {"required": ["repeat"]}], "not": {"required": ["kind"]}},
                "then": {"$ref": "#/$defs/group"},
                "else": {"$ref": "#/$defs/step"},
            },
            **{name: {**_object(TABLES[name]), **more.get(name, {})} for name in others},
        },
    }


def _object(rows: tuple[Row, ...]) -> Schema:
    required = [row.key for row in rows if row.required]
    return {
        "type": "object",
        "properties": {row.key: {"description": row.doc, **row.schema} for row in rows},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }
