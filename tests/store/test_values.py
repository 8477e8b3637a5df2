"""Single values of a routine at their edges: what is read, and what is told with which way out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from guide.core.duration import MINUTE, SECOND
from guide.core.routine import AfterStart, AtEarliest, BeforeEnd, Every, Fixed, Group, Kind, Purpose, Share, Step
from guide.store.routines.hints import nearest
from guide.store.routines.reader import read
from guide.store.routines.values import told_up_to
from guide.store.yaml.compose import compose
from guide.store.yaml.nodes import ScalarNode
from guide.store.yaml.source import Findings, Value
from tables import each_row

STEP = "name: N\nsteps: [{{kind: rest, duration: 3-5 min, {}}}]\n"
WHOLE = "name: N\n{}\nsteps: [{{kind: rest, duration: 1 min}}]\n"
NO_FIX = None


def step(text: str) -> Step:
    reading = read(STEP.format(text))
    assert reading.routine is not None, reading.problems
    (found,) = reading.routine.steps
    assert isinstance(found, Step)
    return found


def told(text: str) -> tuple[str, str | None]:
    """The one problem of a text, and what the text becomes by its fix."""
    (problem,) = read(text).problems
    fix = problem.fix
    return problem.message, None if fix is None else text[fix.start : fix.end] + " -> " + fix.text


def entries(key: str, number: int, entry: str = "x") -> str:
    return f"{key}: [{', '.join([entry] * number)}]"


@each_row(
    ("text", "when"),
    [
        ("at: earliest", AtEarliest()), ("at: 0:30", AfterStart(30 * SECOND)), ("at: 0 s", AfterStart(timedelta(0))),
        ("at: -0:30", BeforeEnd(30 * SECOND)), ("at: '- 30 s'", BeforeEnd(30 * SECOND)),
        ("at: \u221230 s", BeforeEnd(30 * SECOND)), ("at: 0 %", Share(0)), ("at: 50%", Share(0.5)),
        ("at: 12.5 %", Share(0.125)), ("every: 1 s", Every(SECOND)), ("every: 2 min", Every(2 * MINUTE)),
    ],
)  # fmt: skip
def test_every_form_of_a_moment_is_read(text: str, when: object) -> None:
    assert [cue.when for cue in step(f"cues: [{{{text}, say: x}}]").cues] == [when]


@each_row(
    ("text", "message", "fix"),
    [
        ("at: 100.1 %", "'100.1 %' is more than the whole step; write 0 % to 100 %", NO_FIX),
        ("at: 1000 %", "'1000 %' is not a moment; write for example '0:30', '-10 s', '50%' or 'earliest'", NO_FIX),
        ("at: 5", "'5' has no unit; write '5 min' or '5 s'", "5 -> 5 s"),
        ("at: -5", "'-5' has no unit; write '-5 s'", "-5 -> -5 s"),
        ("at: '- 5'", "'- 5' has no unit; write '-5 s'", "'- 5' -> -5 s"),
        ("at: erliest", "'erliest' is not a moment; did you mean 'earliest'?", "erliest -> earliest"),
        ("at: soon", "'soon' is not a moment; write for example '0:30', '-10 s', '50%' or 'earliest'", NO_FIX),
        ("at: soo\u200bn", "'soon' has a zero-width space (U+200B) in it; delete that", "soo\u200bn -> soon"),
        ("every: 0.9 s", "is shorter than 1 s, the shortest there is", NO_FIX),
        ("every: 5", "'5' has no unit; write '5 min' or '5 s'", "5 -> 5 min"),
    ],
)
def test_what_is_no_moment_is_told(text: str, message: str, fix: str | None) -> None:
    assert told(STEP.format(f"cues: [{{{text}, say: x}}]")) == (message, fix)


@each_row(("text", "value"), [("true", True), ("TRUE", True), ("'true'", True), ("false", False)])
def test_a_word_for_true_or_false_is_read(text: str, value: bool) -> None:
    assert step(f"suggested: {text}").suggested is value


@each_row(
    ("text", "fix"),
    [("yes", "true"), ("On", "true"), ("y", "true"), ("no", "false"), ("OFF", "false"), ("n", "false"), ("maybe", "")],
)
def test_another_word_for_true_or_false_is_changed_to_that(text: str, fix: str) -> None:
    message = f"'{text}' is not 'true' or 'false'"
    assert told(STEP.format(f"suggested: {text}")) == (message, f"{text} -> {fix}" if fix else None)


@pytest.mark.parametrize(
    ("text", "fix"),
    [("milk slow", "milk slow -> milk slows"), ("never", NO_FIX)],
)
def test_what_does_not_end_a_range_is_told(text: str, fix: str | None) -> None:
    assert told(STEP.format(f"until: {text}")) == (f"'{text}' is not known here; write 'milk slows'", fix)
    assert step("until: milk slows").until_milk_slows


@each_row(
    ("text", "message", "fix"),
    [
        ("duration: -5 min", "'-5 min' is less than no time; write '5 min'", "-5 min -> 5 min"),
        ("duration: 0 s", "a step takes more than no time; write for example '30 s'", NO_FIX),
        ("duration: 7-5 min",
         "the range's lower end, 7 min, is not below its upper end, 5 min; write the shorter one first", NO_FIX),
        ("duration: 7 h", "'7 h' is longer than 6 hours, the longest a routine may last", NO_FIX),
        ("duration: [1 min]", "is a list; write one text, in quotes if it has ': ' or ' #'", NO_FIX),
        ("duration: {a: b}", "is keys and values; write one text, in quotes if it has ': ' or ' #'", NO_FIX),
    ],
)  # fmt: skip
def test_what_is_no_length_is_told(text: str, message: str, fix: str | None) -> None:
    assert told(f"name: N\nsteps: [{{kind: rest, {text}}}]\n") == (message, fix)


@each_row(
    ("text", "message"),
    [
        (entries("beats", 20), ""), (entries("beats", 21), "has 21 entries; 20 at most"),
        (entries("beats", 1, "x" * 40), ""), (entries("beats", 1, "x" * 41), "has 41 characters; 40 at most"),
        ("beats: []", "is empty; write for example [press back, compress, relax]"),
        ("beats: [a, '']", "is empty; write the word of this beat"),
    ],
)  # fmt: skip
def test_a_pace_has_its_words(text: str, message: str) -> None:
    read_text = STEP.format(f"pace: {{{text}, every: 1 s}}")
    assert [problem.message for problem in read(read_text).problems] == ([message] if message else [])


@pytest.mark.parametrize(
    ("text", "message"), [("0.25 s", ""), ("0.24 s", "is shorter than 0.25 s, the shortest there is")]
)
def test_a_beat_takes_a_quarter_of_a_second_at_least(text: str, message: str) -> None:
    problems = read(STEP.format(f"pace: {{beats: [a], every: {text}}}")).problems
    assert [problem.message for problem in problems] == ([message] if message else [])


@each_row(
    ("text", "field", "value"),
    [
        ("language: de", "language", "de"), ("language: pt-BR", "language", "pt-BR"),
        ("purposes: [treat, protect, treat]", "purposes", (Purpose.TREAT, Purpose.PROTECT)),
        ("format: 1", "name", "N"), ("summary: " + "x" * 200, "summary", "x" * 200), ("safety: []", "safety", ()),
        (entries("safety", 30), "safety", ("x",) * 30), (entries("safety", 1, "x" * 200), "safety", ("x" * 200,)),
        ("evidence: " + "x" * 1000, "evidence", "x" * 1000), ("for: " + "x" * 80, "for_whom", "x" * 80),
    ],
)  # fmt: skip
def test_a_value_of_the_routine_is_read(text: str, field: str, value: Any) -> None:
    routine = read(WHOLE.format(text)).routine
    assert routine is not None
    assert getattr(routine, field) == value


@each_row(
    ("text", "message", "fix"),
    [
        ("language: de_AT", "'de_AT' is not a language tag; write for example 'en' or 'pt-BR'", "de_AT -> de-AT"),
        ("language: d", "'d' is not a language tag; write for example 'en' or 'pt-BR'", NO_FIX),
        ("language: " + "x" * 36, "has 36 characters; 35 at most", NO_FIX),
        ("format: 2", "'2' is not known here; the newest format known is 1", "2 -> 1"),
        ("summary: " + "x" * 201, "has 201 characters; 200 at most", NO_FIX),
        ("for: " + "x" * 81, "has 81 characters; 80 at most", NO_FIX),
        ("evidence: " + "x" * 1001, "has 1001 characters; 1000 at most", NO_FIX),
        (entries("safety", 31), "has 31 entries; 30 at most", NO_FIX),
        (entries("safety", 1, "x" * 201), "has 201 characters; 200 at most", NO_FIX),
        ("safety: ['']", "is empty; write a short text or leave the line out", NO_FIX),
        ("purposes: [treet]", "'treet' is not a purpose; did you mean 'treat'?", "treet -> treat"),
    ],
)
def test_a_value_of_the_routine_that_does_not_read_is_told(text: str, message: str, fix: str | None) -> None:
    assert told(WHOLE.format(text)) == (message, fix)


@each_row(
    ("text", "most"),
    [
        (WHOLE.format("format: @"), 200), (STEP.format("suggested: @"), 200), (STEP.format("until: @"), 200),
        ("name: N\nsteps: [{repeat: @, steps: [{kind: rest, duration: 1 s}]}]\n", 200),
        (WHOLE.format("sources: [{title: T, url: @}]"), 2_000),
        (STEP.format("pace: {beats: [@], every: 1 s}"), 40), (STEP.format("cues: [{at: @, say: x}]"), 200),
        (STEP.format("linger: @"), 200), ("name: N\nsteps: [{kind: @, duration: 1 min}]\n", 200),
    ],
    ids=["format", "suggested", "until", "repeat", "url", "beat", "at", "linger", "kind"],
)  # fmt: skip
def test_a_value_has_so_many_letters_at_most_and_is_looked_at_up_to_there(text: str, most: int) -> None:
    long = [problem.message for problem in read(text.replace("@", "x" * (most + 1))).problems]
    assert long == [f"has {most + 1} characters; {most} at most"]
    assert all("characters" not in problem.message for problem in read(text.replace("@", "x" * most)).problems)


def test_a_word_of_nothing_to_be_seen_is_told_without_a_fix() -> None:
    assert told('name: N\nsteps: [{kind: "\\u200b", duration: 1 min}]\n') == (
        "'' has a zero-width space (U+200B) in it; delete that", NO_FIX
    )  # fmt: skip


@each_row(
    ("text", "known", "near"),
    [
        ("", ["", "a"], ""), ("m" * 40, ["m" * 40], "m" * 40), ("m" * 41, ["m" * 41], ""), ("masage", [], ""),
        ("MASAGE", ["shake", "Massage"], "Massage"), ("shak", ["shack", "shake"], "shake"), ("xyz", ["massage"], ""),
    ],
)  # fmt: skip
def test_the_word_probably_meant_is_the_nearest(text: str, known: list[str], near: str) -> None:
    assert nearest(text, known) == near


@pytest.mark.parametrize("length", [80, 81])
def test_a_name_has_eighty_letters_at_most(length: int) -> None:
    problems = read(f"name: {'x' * length}\nsteps: [{{kind: rest, duration: 1 min}}]\n").problems
    assert [one.message for one in problems] == (["has 81 characters; 80 at most"] if length > 80 else [])


@each_row("url", ["https://example.org", "HTTP://a.b/c?d#e", "http://localhost:80/"])
def test_a_web_address_is_read(url: str) -> None:
    routine = read(WHOLE.format(f"sources: [{{title: T, url: '{url}'}}]")).routine
    assert routine is not None
    assert [source.url for source in routine.sources] == [url]


@each_row(
    ("url", "fix"),
    [("example.org/a", "https://example.org/a"), ("example", ""), ("ftp://example.org", ""), ("mailto:a@b.c", ""),
     ("a.b/c:d", "https://a.b/c:d"), ("https://", ""), ("https://.a", ""), ("http://a b", "")],
)  # fmt: skip
def test_what_is_no_web_address_is_told(url: str, fix: str) -> None:
    message = f"'{url}' is not a web address; begin it with https:// or http://"
    text = WHOLE.format(f"sources: [{{title: T, url: '{url}'}}]")
    assert told(text) == (message, f"'{url}' -> {fix}" if fix else None)


@each_row(("times", "good"), [("1", True), ("50", True), ("0", False), ("51", False), ("1.5", False),
                                             ("01", False), ("two", False)])  # fmt: skip
def test_a_group_is_done_once_to_fifty_times(times: str, good: bool) -> None:
    problems = read(f"name: N\nsteps: [{{repeat: {times}, steps: [{{kind: rest, duration: 1 s}}]}}]\n").problems
    sentence = f"'{times}' is not a number of repeats; write a whole number from 1 to 50"
    assert [problem.message for problem in problems] == ([] if good else [sentence])


@pytest.mark.parametrize(("deep", "good"), [(4, True), (5, False)])
def test_groups_nest_four_deep(deep: int, good: bool) -> None:
    inner = "{repeat: 1, steps: [" * deep + "{kind: rest, duration: 1 s}" + "]}" * deep
    problems = read(f"name: N\nsteps: [{inner}]\n").problems
    sentence = "groups are nested more than 4 deep here; write the steps one after another"
    assert [problem.message for problem in problems] == ([] if good else [sentence])


@each_row(
    ("text", "message"),
    [
        (STEP.format(entries("cues", 50, "{at: 1 s, say: x}")), ""),
        (STEP.format(entries("cues", 51, "{at: 1 s, say: x}")), "has 51 entries; 50 at most"),
        (WHOLE.format(entries("sources", 50, "{title: x}")), ""),
        (WHOLE.format(entries("sources", 51, "{title: x}")), "has 51 entries; 50 at most"),
        ("name: N\n" + entries("steps", 1_000, "{kind: rest, duration: 1 s}"), ""),
        ("name: N\n" + entries("steps", 1_001, "x"), "has 1,001 steps; 1,000 at most"),
        ("name: N\nsteps: []\n", "is empty; write at least one step, such as '- {kind: rest, duration: 1 min}'"),
    ],
    ids=["cues", "too many cues", "sources", "too many sources", "steps", "too many steps", "no steps"],
)
def test_a_list_has_so_many_entries_at_most(text: str, message: str) -> None:
    assert [problem.message for problem in read(text).problems] == ([message] if message else [])


@each_row(
    ("cue", "message"),
    [
        ("{at: 0:30, say: ''}", "does nothing; write at least one of 'say', 'show' and 'sound'"),
        ("{at: 0:30, say: '', show: x}", ""), ("{at: 0:30, sound: tick}", ""),
        ("{at: 0:30, every: 1 min, say: x}", "has both 'at' and 'every'; keep one of them"),
        ("{say: x}", "has no moment; write for example 'at: 0:30' or 'every: 1 min'"),
    ],
)  # fmt: skip
def test_a_cue_has_one_moment_and_does_something(cue: str, message: str) -> None:
    assert [one.message for one in read(STEP.format(f"cues: [{cue}]")).problems] == ([message] if message else [])


@each_row(
    ("text", "problems", "warnings"),
    [
        ("duration: 5 min, until: milk slows", ["needs a range; write for example 'duration: 3-5 min'"], []),
        ("duration: 5 min, linger: 5 s", [], ["changes nothing without a range, such as 'duration: 3-5 min'"]),
        ("duration: 5 min, linger: 0 s", [], []),
        ("duration: 5-6 min, until: milk slows, linger: 5 s", [], []),
    ],
)
def test_until_and_linger_are_of_a_range(text: str, problems: list[str], warnings: list[str]) -> None:
    reading = read(f"name: N\nsteps: [{{kind: rest, {text}}}]\n")
    assert [one.message for one in reading.problems] == problems
    assert [one.message for one in reading.warnings] == warnings


@each_row("kind", ["''", "m" * 41, "xyz"])
def test_a_word_that_is_near_none_is_answered_with_those_there_are(kind: str) -> None:
    message, fix = told(f"name: N\nsteps: [{{kind: {kind}, duration: 1 min}}]\n")
    assert "; known are " in message
    assert fix is None


def test_what_has_steps_or_repeats_is_a_group_unless_it_has_a_kind() -> None:
    routine = read("name: N\nsteps: [{steps: [{kind: rest, duration: 1 s}]}]\n").routine
    assert routine is not None
    assert routine.steps == (Group((Step(Kind.REST, Fixed(SECOND)),)),)
    message, _fix = told("name: N\nsteps: [{kind: rest, repeat: 2, duration: 1 min}]\n")
    assert message.startswith("unknown key 'repeat'")
    assert "is missing" in read("name: N\nsteps: [{repeat: 2}]\n").problems[0].message


@each_row(
    ("text", "warning", "fix"),
    [
        ("{side}, {level} { side } {} x", "'{ side }' is no mark that is replaced; did you mean '{side}'?",
         "{side}, {level} {side} {} x"),
        ("{side} and {level}", "", NO_FIX),
        ("{levl} {levl} {foo}", "'{levl}' is no mark that is replaced; did you mean '{level}'?",
         "{level} {level} {foo}"),
        ("{foo} {levl}", "'{foo}' is no mark that is replaced; known are {side}, {level}", NO_FIX),
        ("x" * 40, "", NO_FIX),
    ],
)  # fmt: skip
def test_a_mark_that_is_not_replaced_is_warned_of_and_said_as_it_stands(
    text: str, warning: str, fix: str | None
) -> None:
    value = said(text)
    assert told_up_to(40)(value) == text
    assert [one.message for one in value.findings.warnings] == [warning] * bool(warning)
    assert [one.fix and one.fix.text for one in value.findings.warnings] == [fix and f"'{fix}'"] * bool(warning)


def test_a_text_with_marks_is_no_longer_than_it_may_be() -> None:
    value = said("x" * 41)
    assert told_up_to(40)(value) is None
    assert [one.message for one in value.findings.problems] == ["has 41 characters; 40 at most"]


def said(text: str) -> Value:
    written = f"'{text}'"
    node = compose(written)
    assert isinstance(node, ScalarNode)
    return Value(node, "say", Findings(written, "p"))
