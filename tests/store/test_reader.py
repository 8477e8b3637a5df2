"""The routine format, key by key."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.core.duration import MINUTE, SECOND, written
from guide.core.routine import (
    AfterStart,
    AtEarliest,
    Background,
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
    WhenSore,
)
from guide.core.words import Words
from guide.store.routines import reader
from guide.store.routines.reader import laid_out, read, read_file
from guide.store.yaml.problem import Fix
from tables import each_row

ROUTINES = sorted((Path(__file__).parents[2] / "routines").glob("*.yaml"))

WHOLE = """\
format: 1
name: Every key
for: "Those who want it all"
summary: All there is.
language: pt-BR
purposes: [promote, protect]
start_side: alternate
get_ready:
  - Put on the hands-free pumping bra
safety: [Nothing here is meant to hurt.]
when_sore: ok
sounds: brown noise
evidence: Little is known.
sources:
  - title: A leaflet
    url: https://example.org/
  - {title: A book}
steps:
  - kind: pump
    title: Double pump
    side: both
    duration: 5-7 min
    until: milk slows
    linger: 30 s
    suction: Comfortable
    say: Start both pumps.
    show: Start.
    partner: A glass of water.
    suggested: true
    motion: rest
    sound: end
    pace: {beats: [in, out], every: 4 s}
    cues:
      - {at: earliest, say: It may end.}
      - {at: 0:30, show: Half a minute.}
      - {at: -10 s, sound: tick}
      - {at: 50 %, say: Half.}
      - {every: 1 min, say: Breathe.}
  - repeat: 2
    side: each
    steps:
      - {kind: rest, duration: wait}
"""


def test_every_key_reaches_the_routine() -> None:
    assert read(WHOLE).routine == Routine(
        name="Every key",
        summary="All there is.",
        language="pt-BR",
        purposes=(Purpose.PROMOTE, Purpose.PROTECT),
        start_side=StartSide.ALTERNATE,
        get_ready=("Put on the hands-free pumping bra",),
        safety=("Nothing here is meant to hurt.",),
        when_sore=WhenSore.OK,
        for_whom="Those who want it all",
        sounds=Background.BROWN_NOISE,
        evidence="Little is known.",
        sources=(Source("A leaflet", "https://example.org/"), Source("A book")),
        steps=(
            Step(
                kind=Kind.PUMP,
                length=Range(5 * MINUTE, 7 * MINUTE),
                side=Side.BOTH,
                title="Double pump",
                until_milk_slows=True,
                linger=30 * SECOND,
                suction="Comfortable",
                say="Start both pumps.",
                show="Start.",
                partner="A glass of water.",
                suggested=True,
                motion=Drawing.REST,
                sound="end",
                pace=Pace(("in", "out"), 4 * SECOND),
                cues=(
                    Cue(AtEarliest(), say="It may end."),
                    Cue(AfterStart(30 * SECOND), show="Half a minute."),
                    Cue(BeforeEnd(10 * SECOND), sound="tick"),
                    Cue(Share(0.5), say="Half."),
                    Cue(Every(MINUTE), say="Breathe."),
                ),
            ),
            Group((Step(Kind.REST, Wait()),), times=2, side=Side.EACH),
        ),
    )


def test_a_short_file_takes_what_the_format_says_for_absent_keys() -> None:
    assert read("name: N\nsteps: [{kind: rest, duration: 2 min}]").routine == Routine(
        "N", (Step(Kind.REST, Fixed(2 * MINUTE)),)
    )


def test_a_key_with_nothing_after_it_counts_as_absent() -> None:
    text = "name: N\nsummary:\nget_ready:\nsteps:\n  - kind: rest\n    duration: 2 min\n    say:\n    cues:\n"

    assert read(text).routine == Routine("N", (Step(Kind.REST, Fixed(2 * MINUTE)),))


LENGTHS: list[tuple[str, Length]] = [
    ("90 s", Fixed(90 * SECOND)),
    ("90s", Fixed(90 * SECOND)),
    ("2 min", Fixed(2 * MINUTE)),
    ("1 min 30 s", Fixed(90 * SECOND)),
    ("1:30", Fixed(90 * SECOND)),
    ("0:45", Fixed(45 * SECOND)),
    ("1 h", Fixed(60 * MINUTE)),
    ("1.5 min", Fixed(90 * SECOND)),
    ('"2 min"', Fixed(2 * MINUTE)),
    ("5-7 min", Range(5 * MINUTE, 7 * MINUTE)),
    ("5 min - 7 min", Range(5 * MINUTE, 7 * MINUTE)),
    ("5 to 7 min", Range(5 * MINUTE, 7 * MINUTE)),
    ("5–7 min", Range(5 * MINUTE, 7 * MINUTE)),
    ("30 s - 1 min", Range(30 * SECOND, MINUTE)),
    ("wait", Wait()),
]


@each_row(("text", "length"), LENGTHS)
def test_every_form_of_a_length_is_read(text: str, length: Length) -> None:
    routine = read(f"name: N\nsteps:\n  - kind: rest\n    duration: {text}\n").routine

    assert routine is not None
    assert routine.steps == (Step(Kind.REST, length),)


@given(st.integers(1, 6 * 3600 * 10).map(lambda tenths: timedelta(seconds=tenths / 10)))
def test_a_length_as_the_program_writes_it_is_read_back(length: timedelta) -> None:
    routine = read(f"name: N\nsteps:\n  - {{kind: rest, duration: {written(length)}}}").routine

    assert routine is not None
    assert routine.steps == (Step(Kind.REST, Fixed(length)),)


@each_row("text", ["no", "on", "1:30", "012", "2026-01-01", "null", "~", "1_000", "0x1F", ".5", "true"])
def test_a_text_never_turns_into_something_else(text: str) -> None:
    routine = read(f"name: {text}\nsteps:\n  - {{kind: rest, duration: 1 min, say: {text}}}").routine

    assert routine is not None
    assert routine.name == text
    assert [step.say for step in routine.steps if isinstance(step, Step)] == [text]


def test_a_text_over_several_lines_becomes_one_line() -> None:
    routine = read("name: >-\n  One\n  line\nevidence: |\n  a\n  b\nsteps: [{kind: rest, duration: 1 min}]").routine

    assert routine is not None
    assert (routine.name, routine.evidence) == ("One line", "a b")


def test_plain_anchors_and_aliases_are_read() -> None:
    text = (
        "name: N\nsteps:\n  - &rest {kind: rest, duration: &long 1 min}\n  - *rest\n  - {kind: pump, duration: *long}\n"
    )
    rest = Step(Kind.REST, Fixed(MINUTE))

    assert read(text).routine == Routine("N", (rest, rest, Step(Kind.PUMP, Fixed(MINUTE))))


def test_a_problem_names_the_way_to_its_step() -> None:
    problems = read(
        "name: N\nsteps:\n  - repeat: 2\n    steps:\n      - {kind: masage, duration: 1 min}\n", "mine.yaml"
    )

    assert [str(problem) for problem in problems.problems] == [
        "mine.yaml:5:16: steps[0].steps[0].kind: 'masage' is not a step kind; did you mean 'massage'?"
    ]


FIXES = [
    ("kind: masage", "kind: massage", "Change to 'massage'"),
    ("duration: 5", "duration: 5 min", "Change to '5 min'"),
    ("'side': bth", "'side': both", "Change to 'both'"),
    ("durration: 5 min", "duration: 5 min", "Change to 'duration'"),
    ("suggested: 'yes'", "suggested: true", "Change to 'true'"),
    ("say: Now: breathe", 'say: "Now: breathe"', "Put the text in quotes"),
    ("\tsay: x", "  say: x", "Change to spaces"),
    ("cues: [{at: -10, say: x}]", "cues: [{at: -10 s, say: x}]", "Change to '-10 s'"),
    ("sound: tik", "sound: tick", "Change to 'tick'"),
]


@each_row(("wrong", "right", "label"), FIXES)
def test_a_fix_exchanges_just_the_wrong_characters(wrong: str, right: str, label: str) -> None:
    before = "name: N\nsteps:\n  - # a comment\n    "
    text = f"{before}{wrong}  # kept\n"

    fixes = [problem.fix for problem in read(text).problems if problem.fix]

    assert [fix.label for fix in fixes] == [label]
    assert applied(text, fixes[0]) == f"{before}{right}  # kept\n"


def applied(text: str, fix: Fix) -> str:
    return text[: fix.start] + fix.text + text[fix.end :]


def test_places_lead_from_a_value_to_its_characters() -> None:
    text = WHOLE.replace("\n", "\r\n")

    places = read(text).places

    place = places["steps[0].cues[2].at"]
    assert text[place.start : place.end] == "-10 s"
    assert (place.line, place.column) == (36, 14)
    assert text[places["steps[1]"].start :].startswith("repeat: 2")
    assert places["steps[1].steps[0]"].line == 42


def test_line_breaks_only_yaml_knows_do_not_shift_the_lines() -> None:
    assert read("name: a\u2028b\nstps: []\n").problems[-1].line == 2


def test_a_sound_beside_the_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "sounds").mkdir()
    (tmp_path / "sounds" / "bell.WAV").write_bytes(b"RIFF\0\0\0\0WAVE")
    file = tmp_path / "mine.yaml"
    file.write_text("name: N\nsteps:\n  - {kind: rest, duration: 1 min, sound: sounds/bell.WAV}\n")

    routine = read_file(file).routine

    assert routine is not None
    assert routine.steps == (Step(Kind.REST, Fixed(MINUTE), sound="sounds/bell.WAV"),)


def test_a_sound_that_climbs_out_by_a_link_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "routines"
    folder.mkdir()
    (tmp_path / "bell.wav").write_bytes(b"RIFF")
    (folder / "bell.wav").symlink_to(tmp_path / "bell.wav")
    (folder / "round.wav").symlink_to(folder / "round.wav")
    file = folder / "mine.yaml"
    file.write_text(
        "name: N\nsteps:\n"
        + "".join(f"  - {{kind: rest, duration: 1 min, sound: {name}.wav}}\n" for name in ("bell", "round"))
    )

    first, second = read_file(file).problems

    assert "leads out of the folder" in first.message
    assert second.where == "steps[1].sound"


def test_a_text_kept_nowhere_is_not_asked_for_its_sound_files() -> None:
    assert read("name: N\nsteps: [{kind: rest, duration: 1 min, sound: bell.wav}]").routine


def test_a_thousand_steps_of_a_day_are_read_and_one_more_is_not() -> None:
    step = "      - {kind: rest, duration: 10 s}\n"
    text = f"name: N\nsteps:\n  - repeat: 50\n    steps:\n{step * 20}"

    assert read(text).routine
    assert "1,001 steps" in read(f"{text}  - {{kind: rest, duration: 10 s}}\n").problems[0].message


@each_row("path", ROUTINES, ids=lambda path: path.stem)
def test_a_built_in_routine_reads_clean(path: Path) -> None:
    reading = read_file(path)

    assert [*reading.problems, *reading.warnings] == []
    assert reading.routine is not None


def test_a_sound_of_more_than_twenty_megabytes_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "long.wav").open("wb") as sound:
        sound.truncate(20 * 1024 * 1024 + 1)

    (problem,) = read(
        "name: N\nsteps: [{kind: rest, duration: 1 min, sound: long.wav}]", tmp_path / "mine.yaml"
    ).problems

    assert problem.message == "'long.wav' is larger than 20 MB; use a shorter sound"


def test_a_line_for_whom_that_its_card_cannot_hold_is_warned_of() -> None:
    fits, longer = (
        read(f"name: a\nfor: {'x' * number}\nsteps: [{{kind: rest, duration: 1 min}}]") for number in (38, 39)
    )
    assert not fits.warnings
    assert [str(one) for one in longer.warnings] == [
        "<text>:2:6: for: has 39 characters and a card shows one line of 38; shorten it"
    ]
    assert longer.routine is not None


def test_a_background_sound_that_is_none_is_answered_with_those_there_are() -> None:
    problems = read("name: a\nsounds: brown nois\nsteps: [{kind: rest, duration: 1 min}]").problems
    assert [one.message for one in problems] == ["'brown nois' is not a background sound; did you mean 'brown noise'?"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "'bell.wav' is no sound, whatever its name says; use WAV, FLAC, OGG or MP3"),
        (b"", "'bell.wav' is no sound, whatever its name says; use WAV, FLAC, OGG or MP3"),
        (b"\xff\xfb\x90\x00" + bytes(413), "'bell.wav' is MP3 inside; give it the ending .mp3"),
        (b"fLaC" + bytes(40), "'bell.wav' is FLAC inside; give it the ending .flac"),
    ],
)
def test_what_a_sound_is_its_first_bytes_tell(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "bell.wav").write_bytes(data)
    file = tmp_path / "mine.yaml"
    file.write_text("name: N\nsteps:\n  - {kind: rest, duration: 1 min, sound: bell.wav}\n")
    assert [problem.message for problem in read_file(file).problems] == [words]


@each_row("name", ['"\\ufeff"', '"\\u202e"', "\u200b\u200b", '"\\u0085"', "\u2028", '" \\t"', '""'])
def test_a_name_that_nobody_can_see_is_none(name: str) -> None:
    reading = read(f"name: {name}\nsteps: [{{kind: rest, duration: 1 min}}]\n", "a.yaml")
    assert reading.routine is None
    assert any("1 to 80 characters" in str(one) or "is missing" in str(one) for one in reading.problems)


@pytest.mark.parametrize(
    ("step", "where"),
    [
        ("{kind: rest, kind: pump, duration: 1 min}", "on this line"),
        ("kind: rest\n    kind: pump\n    duration: 1 min", "on lines 3 and 4"),
    ],
)
def test_a_key_that_is_written_twice_is_told_with_its_lines(step: str, where: str) -> None:
    (problem,) = read(f"name: A\nsteps:\n  - {step}\n", "a.yaml").problems
    assert problem.message == f"key 'kind' is written twice{'' if 'this' in where else ','} {where}; keep one of them"


def test_a_text_that_reads_is_laid_out_and_another_has_no_plan() -> None:
    text = "name: N\nsteps: [{kind: pump, side: each, duration: 1 min}]\n"
    plan = laid_out(text, Side.RIGHT)
    assert plan is not None
    assert [segment.side for segment in plan.segments] == [Side.RIGHT, Side.LEFT]
    assert laid_out(text.replace("pump", "pomp"), Side.RIGHT) is None


@pytest.mark.parametrize(("line", "language"), [("", "en"), ("language: pt-BR\n", "pt-BR")])
def test_a_routine_has_the_words_of_its_language(line: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogues = {language: Words()}
    monkeypatch.setattr(reader, "words", catalogues.__getitem__)
    routine = read(f"name: N\n{line}steps: [{{kind: rest, duration: 1 min}}]\n").routine
    assert routine is not None
    assert routine.words is catalogues[language]
