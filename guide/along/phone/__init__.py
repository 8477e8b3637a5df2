"""A routine as one HTML page that guides a session on a phone, with everything inside and no request to anywhere."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from html import escape
from importlib.resources import files
from typing import Final

from guide.core.asked import PAUSED_WORDS, asides, hurts_words
from guide.core.check import QUESTION
from guide.core.duration import short, span
from guide.core.naming import kind_word
from guide.core.plan import Action, Advance, Anchor, Beat, Chime, Earliest, Partner, Plan, Say, Segment, Show, closing
from guide.core.readout import SIDE_WORDS
from guide.core.routine import Range
from guide.core.session import LONG_SUCTION_WORDS
from guide.core.usual import let_downs
from guide.core.words import Words
from guide.language import _, spoken
from guide.sound.clip import Clip
from guide.sound.pcm import SoundError
from guide.sound.repertoire import Repertoire
from guide.store.signs import urgent_signs

MICROSECOND: Final = timedelta.resolution
BITS: Final = 48  # kbit/s, mono at 24 kHz: thirty prompts are about a megabyte
LARGEST: Final = 6 * 2**20  # bytes of a page, so that every phone opens it and every messenger carries it
_RATE: Final = 24_000
_RIGHT_TO_LEFT: Final = frozenset({"ar", "he", "fa", "ur"})


@dataclass(frozen=True, slots=True)
class Dress:
    """What only the painters know: the colours of both themes by name, and markup for each drawing and side."""

    night: Mapping[str, str] = field(default_factory=dict)
    light: Mapping[str, str] = field(default_factory=dict)
    drawings: Mapping[str, str] = field(default_factory=dict)


def page(plan: Plan, repertoire: Repertoire, dress: Dress) -> str:
    """
    Make the whole page as text (UTF-8 when written). Raises SoundError where a clip cannot be put in.

    The page plays `plan` as a session does, ranges and waits included; its script is tested against the session's own
    trace. Voice and chimes are MP3 inside the page.
    """
    language = plan.routine.language
    parts = {
        "LANGUAGE": escape(language),
        "DIRECTION": "rtl" if language.split("-")[0] in _RIGHT_TO_LEFT else "ltr",
        "TITLE": escape(plan.routine.name),
        "STYLE": _style(dress),
        "DATA": _inert(json.dumps(_data(plan, repertoire, dress), ensure_ascii=False, separators=(",", ":"))),
        "SCRIPTS": "\n".join(_file(name) for name in ("engine.js", "sound.js", "page.js")),
    }
    text = _file("page.html")
    for name, part in parts.items():
        before, _mark, after = text.partition(f"@{name}@")
        text = before + part + after
    if len(text.encode()) > LARGEST:
        raise SoundError(_("This routine's sounds are too many for one page; an MP3 has room for them."))
    return text


def _file(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _inert(text: str) -> str:
    """JSON as it may stand inside a script element: nothing in it closes or comments that."""
    return text.replace("<", "\\u003c")


def _style(dress: Dress) -> str:
    def declared(colours: Mapping[str, str]) -> str:
        return " ".join(f"--{name}: {colour};" for name, colour in colours.items())

    return _file("page.css").replace("@NIGHT@", declared(dress.night)).replace("@LIGHT@", declared(dress.light))


def _data(plan: Plan, repertoire: Repertoire, dress: Dress) -> dict[str, object]:
    wanted = {_drawing(segment) for segment in plan.segments}
    return {
        "words": _words(),
        "signs": [{"heading": each.heading, "lead": each.lead, "signs": each.signs} for each in urgent_signs(spoken())],
        "drawings": {name: svg for name, svg in dress.drawings.items() if name in wanted},
        "clips": _clips(repertoire, _prompts(plan)),
        "plan": plan_data(plan),
    }


def plan_data(plan: Plan) -> dict[str, object]:
    """The plan as plain values for the page's engine; times are whole microseconds."""
    routine = plan.routine
    return {
        "name": routine.name,
        "length": span(plan.shortest, plan.longest),
        "handsOn": routine.hands_on,
        "suitsSore": routine.suits_sore,
        "atHand": list(routine.get_ready),
        "safety": list(routine.safety),
        "closing": closing(plan),
        "paused": routine.words.gettext(PAUSED_WORDS),
        "longSuction": routine.words.gettext(LONG_SUCTION_WORDS),
        "steps": [_step(segment, routine.words, waits=segment.place in let_downs(plan)) for segment in plan.segments],
    }


def _step(segment: Segment, words: Words, *, waits: bool) -> dict[str, object]:
    """One step; it `waits` for the first milk."""
    step, longest = segment.step, segment.longest
    return {
        "kind": step.kind.value,
        "kindWord": kind_word(step.kind, words),
        "sideWord": words.gettext(SIDE_WORDS[segment.side]),
        "title": segment.title,
        "name": segment.name,
        "length": short(step.length, words),
        "say": segment.say,
        "show": segment.show,
        "suctionText": segment.suction,
        "hurts": words.gettext(hurts_words(step)),
        "drawing": _drawing(segment),
        "earliest": segment.shortest // MICROSECOND,
        "latest": None if longest is None else longest // MICROSECOND,
        "range": isinstance(step.length, Range),
        "untilMilkSlows": step.until_milk_slows,
        "firstMilk": waits,
        "linger": step.linger // MICROSECOND,
        "suction": step.under_suction,
        "moments": [
            {"offset": moment.offset // MICROSECOND, "anchor": _ANCHORS[moment.anchor], **_action(moment.action)}
            for moment in segment.anchored
        ],
        "recurring": [
            {
                "every": recurring.every // MICROSECOND,
                "first": recurring.first // MICROSECOND,
                "actions": [_action(action) for action in recurring.actions],
            }
            for recurring in segment.recurring
        ],
    }


_ANCHORS: Final = {Anchor.START: "start", Anchor.MARK: "mark", Anchor.LATEST: "latest", Anchor.END: "end"}


def _prompts(plan: Plan) -> set[str]:
    return {*plan.prompts, *asides(plan)}


def _drawing(segment: Segment) -> str:
    return f"{segment.step.drawing.value} {segment.side.value}"


def _action(action: Action) -> dict[str, str]:
    match action:
        case Say(text):
            return {"effect": "say", "text": text}
        case Chime(sound):
            return {"effect": "chime", "text": sound}
        case Show(text):
            return {"effect": "show", "text": text}
        case Partner(text):
            return {"effect": "partner", "text": text}
        case Beat(text):
            return {"effect": "beat", "text": text}
        case Earliest():
            return {"effect": "earliest"}
        case Advance():
            return {"effect": "advance"}


def _clips(repertoire: Repertoire, prompts: set[str]) -> dict[str, dict[str, object]]:
    said = {f"say {text}": clip for text, clip in repertoire.prompts.items() if text in prompts}
    heard = {f"chime {name}": clip for name, clip in repertoire.sounds.items()}
    return {
        name: {"length": clip.length // MICROSECOND, "audio": _encoded(clip)} for name, clip in (said | heard).items()
    }


def _encoded(clip: Clip) -> str:
    """A clip as MP3 in base 64; raises SoundError."""
    try:
        import miniaudio  # here and below: only whoever makes a page needs them
        from lameenc import Encoder
    except ImportError as error:
        raise SoundError(_("Sounds cannot be put into a page on this computer.")) from error

    try:
        decoded = miniaudio.decode(clip.path.read_bytes(), nchannels=1, sample_rate=_RATE)
    except (miniaudio.MiniaudioError, OSError) as error:
        raise SoundError(_("{name} cannot be read as a sound.").format(name=clip.path.name)) from error
    encoder = Encoder()
    encoder.set_bit_rate(BITS)
    encoder.set_in_sample_rate(_RATE)
    encoder.set_channels(1)
    encoder.silence()
    return base64.b64encode(encoder.encode(decoded.samples.tobytes()) + encoder.flush()).decode()


def _words() -> Mapping[str, str]:
    return {
        "start": _("Start"),
        "pause": _("Pause"),
        "carryOn": _("Carry on"),
        "nextStep": _("Next"),
        "back": _("Back"),
        "oneMore": _("+1 min"),
        "milkSlowed": _("Milk slowed"),
        "sayAgain": _("Say again"),
        "itHurts": _("It hurts"),
        "voice": _("Spoken prompts"),
        "light": _("Light screen"),
        "stepOf": _("step {number} of {of}"),
        "next": _("Next: {title}, {length}"),
        "lastStep": _("This is the last step"),
        "untilYouGoOn": _("until you go on"),
        "atLeast": _("at least, then your call"),
        "thenItMovesOn": _("then it moves on"),
        "left": _("left of this step"),
        "whenMilkSlows": _("Milk slowing down? When it does, press Next."),
        "placeKept": _("Take all the time you need. Your place is kept."),
        "slept": _("The phone slept, so your place was kept. Carry on when you like."),
        "keepScreenOn": _("Your phone may dim this screen. Its display settings can keep it on."),
        "allDone": _("All done. Breathe out."),
        "noteIt": _("Note what you like at your computer, or nothing."),
        "question": _(QUESTION),
        "no": _("No"),
        "yes": _("Yes"),
        "rest": _(
            "Then leave hands-on pumping for today: keep your usual rhythm gently, stop at comfort, and cool rather "
            "than heat. With a fever of 38 °C (100.4 °F), or if you feel ill, call your clinician today."
        ),
        "suits": _(
            "This one is made for a sore breast: stop at comfort, and leave out what you like. With a fever of 38 °C "
            "(100.4 °F), or if you feel ill, call your clinician today."
        ),
        "better": _("It is better now"),
        "care": _("When to seek care"),
    }


def sides_and_drawings(plan: Plan) -> Sequence[tuple[str, str, str]]:
    """Which pictures a page of this plan wants: the name in `Dress.drawings`, the drawing and the side."""
    found = {_drawing(each): (each.step.drawing.value, each.side.value) for each in plan.segments}
    return [(name, drawing, side) for name, (drawing, side) in found.items() if drawing != "none"]
