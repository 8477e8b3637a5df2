"""The routine format, field by field: what each key reads, what a schema checks, what a person is told of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from guide.core.routine import (
    Background,
    Cue,
    Drawing,
    Every,
    Group,
    Kind,
    Length,
    Pace,
    Purpose,
    Range,
    Side,
    Source,
    StartSide,
    Step,
    When,
    WhenSore,
)
from guide.core.shown import quoted
from guide.language import N_, _, grouped
from guide.store.routines.limits import MOST_STEPS, outside, warn_of_long_text
from guide.store.routines.patterns import (
    PERCENT,
    RANGE,
    SOUND_SCHEMA,
    TIME,
    Schema,
    any_case,
    items_schema,
    pattern_schema,
    text_schema,
)
from guide.store.routines.sounds import SOUNDS, read_sound
from guide.store.routines.values import (
    LANGUAGE,
    MOST_SAID,
    SHORTEST_BEAT,
    SHORTEST_CUE_INTERVAL,
    Reads,
    interval_from,
    list_of,
    read_at,
    read_beats,
    read_language,
    read_length,
    read_name,
    read_short_text,
    read_time,
    read_true_or_false,
    read_until,
    read_url,
    text_up_to,
    told_up_to,
    word_of,
)
from guide.store.yaml.nodes import ListNode, MapNode, Node, ScalarNode, target
from guide.store.yaml.source import Fields, Value

NEWEST_FORMAT: Final = 1
MOST_REPEATS: Final = 50
MOST_NESTED: Final = 4
MOST_CUES: Final = 50
LONGEST_FOR: Final = 38  # one line of a card in the library
_WHOLE: Final = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class FormatKey:
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


def _word_row(key: str, words: type[StrEnum], what: str, doc: str, **more: str) -> FormatKey:
    names = tuple(word.value for word in words)
    return FormatKey(key, word_of(words, what), {"enum": list(names)}, doc, words=names, **more)


def _texts_row(key: str, doc: str) -> FormatKey:
    schema = {"type": "array", "maxItems": 30, "items": text_schema(200)}
    return FormatKey(key, list_of(read_short_text, 30), schema, doc)


def _format(value: Value) -> int | None:
    text = value.text(most=200)
    if text is None or text == str(NEWEST_FORMAT):
        return None
    message = _("'{text}' is not known here; the newest format known is {newest}").format(
        text=quoted(text), newest=NEWEST_FORMAT
    )
    value.problem(message, value.instead(str(NEWEST_FORMAT)))
    return None


def _for_whom(value: Value) -> str | None:
    text = value.text(most=80)
    if text and len(text) > LONGEST_FOR:
        value.warn(
            _("has {count} characters and a card shows one line of {most}; shorten it").format(
                count=len(text), most=LONGEST_FOR
            )
        )
    return text


def _repeat(value: Value) -> int | None:
    text = value.text(most=200)
    if text is None:
        return None
    if _WHOLE.fullmatch(text) and int(text) <= MOST_REPEATS:
        return int(text)
    value.problem(
        _("'{text}' is not a number of repeats; write a whole number from 1 to {most}").format(
            text=quoted(text), most=MOST_REPEATS
        )
    )
    return None


@dataclass(frozen=True, slots=True)
class _ReadKeys:
    """What the keys of a mapping say, ready for its type; incomplete where a required one has no good value."""

    fields: Fields
    found: dict[str, Any]
    complete: bool


def read_keys(value: Value, rows: tuple[FormatKey, ...], what: str) -> _ReadKeys | None:
    example = next((row.required for row in rows if row.required), "at: 0:30")
    fields = value.fields(what, [row.key for row in rows], example)
    if fields is None:
        return None
    found: dict[str, Any] = {}
    complete = True
    for row in rows:
        if row.required:
            held = fields.required(row.key, row.required)
        elif row.key in fields:
            held = fields.take(row.key)
        else:
            continue
        answer = None if held is None else row.reads(held)
        if answer is not None:
            found[row.into or row.key] = answer
        elif row.required:
            complete = False
    return _ReadKeys(fields, found, complete)


def _source(value: Value) -> Source | None:
    keys = read_keys(value, SOURCE, _("a source"))
    return Source(**keys.found) if keys and keys.complete else None


def _pace(value: Value) -> Pace | None:
    keys = read_keys(value, PACE, _("a pace"))
    return Pace(**keys.found) if keys and keys.complete else None


@dataclass(frozen=True, slots=True)
class _PlacedCue:
    """A cue and where its moment is written, to be held against the step's length once that is known."""

    cue: Cue
    moment: Value


def _cue(value: Value) -> _PlacedCue | None:
    keys = read_keys(value, CUE, _("a cue"))
    if keys is None:
        return None
    found, fields = keys.found, keys.fields
    at, every = fields.take("at"), fields.take("every")
    if at and every:
        fields.problem(value.start, _("has both 'at' and 'every'; keep one of them"))
        return None
    moment = at or every
    if moment is None:
        fields.problem(value.start, _("has no moment; write for example 'at: 0:30' or 'every: 1 min'"))
        return None
    if not any(fields.take(key) and found.get(key) != "" for key in ("say", "show", "sound")):
        fields.problem(value.start, _("does nothing; write at least one of 'say', 'show' and 'sound'"))
        return None
    when: When | None = found.pop("at", None)
    if "every" in found:
        when = Every(found.pop("every"))
    return _PlacedCue(Cue(when=when, **found), moment) if when is not None else None


def _step_or_group(value: Value) -> Step | Group | None:
    return _group(value) if _is_group(value.node) else value.read_once(_step)


def _is_group(node: Node) -> bool:
    found = target(node)
    keys = {key.text for key, _ in found.pairs if isinstance(key, ScalarNode)} if isinstance(found, MapNode) else set()
    return "kind" not in keys and bool(keys & {"steps", "repeat"})


def _steps(value: Value) -> tuple[Step | Group, ...] | None:
    items = value.items()
    if items is None:
        return None
    if not items:
        value.problem(_("is empty; write at least one step, such as '- {kind: rest, duration: 1 min}'"))
        return None
    if len(items) > MOST_STEPS:
        value.problem(_("has {n} steps; {most} at most").format(n=grouped(len(items)), most=grouped(MOST_STEPS)))
        return None
    steps = tuple(found for item in items if (found := _step_or_group(item)) is not None)
    return steps or None


def _group(value: Value) -> Group | None:
    if value.where.count("steps[") > MOST_NESTED:
        value.problem(
            _("groups are nested more than {most} deep here; write the steps one after another").format(
                most=MOST_NESTED
            )
        )
        return None
    if _holds_groups(value.node):  # how deep those may be depends on where this one stands
        return _group_with_steps(value)
    found: Group | None = value.read_once(_group_with_steps)
    return found


def _holds_groups(node: Node) -> bool:
    found = target(node)
    lists = [target(held) for _, held in found.pairs] if isinstance(found, MapNode) else []
    return any(_is_group(item) for held in lists if isinstance(held, ListNode) for item in held.items)


def _group_with_steps(value: Value) -> Group | None:
    keys = read_keys(value, GROUP, _("a group"))
    return Group(**keys.found) if keys and keys.complete else None


def _step(value: Value) -> Step | None:
    keys = read_keys(value, STEP, _("a step"))
    if keys is None:
        return None
    placed: tuple[_PlacedCue, ...] = keys.found.pop("cues", ())
    length: Length | None = keys.found.get("length")
    if length is not None:
        _check_against_length(keys, placed, length)
    warn_of_long_text(keys.fields)
    return Step(cues=tuple(cue.cue for cue in placed), **keys.found) if keys.complete else None


def _check_against_length(keys: _ReadKeys, placed: tuple[_PlacedCue, ...], length: Length) -> None:
    for cue in placed:
        if wrong := outside(cue.cue.when, length):
            cue.moment.problem(wrong)
    if isinstance(length, Range):
        return
    until, linger = keys.fields.take("until"), keys.fields.take("linger")
    if until and keys.found.get("until_milk_slows"):
        until.problem(_("needs a range; write for example 'duration: 3-5 min'"))
    if linger and keys.found.get("linger"):
        linger.warn(_("changes nothing without a range, such as 'duration: 3-5 min'"))


_TRUE: Final[Schema] = {"type": "boolean"}
_SIDE_DOC: Final = N_("Which breast; 'each' makes one step a side")


SOURCE: Final = (
    FormatKey("title", read_short_text, text_schema(200), N_("What it is called"), required="title: A leaflet"),
    FormatKey(
        "url", read_url, {"type": "string", "pattern": r"^[hH][tT][tT][pP][sS]?://[^\s/?#.]\S*$"}, N_("Its web address")
    ),
)

PACE: Final = (
    FormatKey(
        "beats",
        read_beats,
        {"type": "array", "minItems": 1, "maxItems": 20, "items": text_schema(40)},
        N_("The words, one a beat, over and over"),
        required="beats: [press back, compress, relax]",
    ),
    FormatKey(
        "every",
        interval_from(SHORTEST_BEAT),
        pattern_schema(TIME),
        N_("From one beat to the next"),
        required="every: 1 s",
    ),
)

CUE: Final = (
    FormatKey(
        "at",
        read_at,
        {"anyOf": [{"enum": ["earliest"]}, pattern_schema(rf"[-−]? *{TIME}", PERCENT)]},
        N_("When: from the step's start (0:30), before its end (-10 s), a share (50%), or earliest"),
        words=("earliest",),
    ),
    FormatKey(
        "every", interval_from(SHORTEST_CUE_INTERVAL), pattern_schema(TIME), N_("Again and again, this long apart")
    ),
    FormatKey("say", told_up_to(MOST_SAID), text_schema(MOST_SAID), N_("What the voice says")),
    FormatKey("show", told_up_to(MOST_SAID), text_schema(MOST_SAID), N_("What the screen shows")),
    FormatKey("sound", read_sound, SOUND_SCHEMA, N_("A built-in chime, or a sound file beside this one"), words=SOUNDS),
)

STEP: Final = (
    _word_row("kind", Kind, N_("a step kind"), N_("What the hands do"), required="kind: massage"),
    FormatKey("title", told_up_to(60), text_schema(60), N_("The step's name; the kind's own where absent")),
    _word_row("side", Side, N_("a side"), _SIDE_DOC),
    FormatKey(
        "duration",
        read_length,
        pattern_schema(TIME, RANGE, any_case("wait")),
        N_("How long: 2 min, a range such as 5-7 min, or wait"),
        into="length",
        required="duration: 2 min",
        words=("wait",),
    ),
    FormatKey(
        "until",
        read_until,
        {"enum": ["milk slows"]},
        N_("A range ends when the milk slows"),
        into="until_milk_slows",
        words=("milk slows",),
    ),
    FormatKey("linger", read_time, pattern_schema(TIME), N_("How long to keep going after the milk slows")),
    FormatKey(
        "suction",
        told_up_to(200),
        text_schema(200),
        N_("Shown while the step runs; {level} is replaced by her comfortable level"),
    ),
    FormatKey(
        "say",
        told_up_to(MOST_SAID),
        text_schema(MOST_SAID),
        N_("What the voice says as the step starts; {side} and {level} are replaced"),
    ),
    FormatKey(
        "show",
        told_up_to(MOST_SAID),
        text_schema(MOST_SAID),
        N_("What the screen shows; two lines of 30 characters fit"),
    ),
    FormatKey("partner", told_up_to(200), text_schema(200), N_("A prompt for your partner")),
    FormatKey(
        "suggested", read_true_or_false, _TRUE, N_("True where no source gives the time"), words=("true", "false")
    ),
    _word_row("motion", Drawing, N_("a drawing"), N_("The drawing; the kind's own where absent")),
    FormatKey(
        "sound", read_sound, SOUND_SCHEMA, N_("The chime at the start, or a sound file beside this one"), words=SOUNDS
    ),
    FormatKey("pace", _pace, {"$ref": "#/$defs/pace"}, N_("A soft tick and the next word each beat")),
    FormatKey(
        "cues",
        list_of(_cue, MOST_CUES),
        items_schema("cue", MOST_CUES),
        N_("What is said, shown or chimed within the step"),
    ),
)

GROUP: Final = (
    FormatKey(
        "repeat",
        _repeat,
        {"type": "integer", "minimum": 1, "maximum": MOST_REPEATS},
        N_("How many times its steps are done"),
        into="times",
    ),
    _word_row("side", Side, N_("a side"), N_("For steps with no side of their own; 'each' runs the group once a side")),
    FormatKey(
        "steps",
        _steps,
        items_schema("part", MOST_STEPS, 1),
        N_("Its steps"),
        required="steps: [{kind: rest, duration: 1 min}]",
    ),
)

ROUTINE: Final = (
    FormatKey("format", _format, {"const": NEWEST_FORMAT}, N_("The format's number"), words=(str(NEWEST_FORMAT),)),
    FormatKey(
        "name",
        read_name,
        {**text_schema(80), "minLength": 1},
        N_("The routine's name"),
        required="name: My routine",
    ),
    FormatKey(
        "for",
        _for_whom,
        text_schema(80),
        N_("For whom or what, in one line on its card; 38 characters fit"),
        into="for_whom",
    ),
    FormatKey("summary", text_up_to(200), text_schema(200), N_("One or two sentences, shown before Start")),
    FormatKey(
        "language",
        read_language,
        {"type": "string", "pattern": rf"^{LANGUAGE.pattern}$"},
        N_("Picks the voice: en, de, pt-BR"),
    ),
    FormatKey(
        "purposes",
        lambda value: tuple(dict.fromkeys(list_of(word_of(Purpose, N_("a purpose")), 30)(value))),
        {"type": "array", "items": {"enum": [word.value for word in Purpose]}},
        N_("What it is for; any purpose where absent"),
        words=tuple(word.value for word in Purpose),
    ),
    _word_row("start_side", StartSide, N_("a side to start with"), N_("The breast that 'side: each' begins with")),
    _texts_row("get_ready", N_("The checklist shown before Start")),
    _texts_row("safety", N_("What to watch for")),
    _word_row(
        "when_sore", WhenSore, N_("an answer here"), N_("May it be offered when a breast is red, hot or very sore?")
    ),
    _word_row(
        "sounds", Background, N_("a background sound"), N_("A sound in the background, where she has not chosen one")
    ),
    FormatKey("evidence", text_up_to(1_000), text_schema(1_000), N_("What is known, in one or two sentences")),
    FormatKey("sources", list_of(_source, 50), items_schema("source", 50), N_("Where it comes from")),
    FormatKey(
        "steps",
        _steps,
        items_schema("part", MOST_STEPS, 1),
        N_("What is done"),
        required="steps: [{kind: rest, duration: 1 min}]",
    ),
)

TABLES: Final[Mapping[str, tuple[FormatKey, ...]]] = MappingProxyType(
    {"routine": ROUTINE, "step": STEP, "group": GROUP, "cue": CUE, "pace": PACE, "source": SOURCE}
)
