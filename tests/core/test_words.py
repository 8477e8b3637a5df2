"""Which language each text is in: a session in the routine's or the screen's, all else in the one asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from guide.compat import override
from guide.core.ago import ago, first_line
from guide.core.asked import SUCTION_HURTS, it_hurts, pause
from guide.core.commands import Command
from guide.core.days import RoutineChange
from guide.core.duration import parse, short, spoken, spoken_length, spoken_minutes
from guide.core.layout import lay_out
from guide.core.naming import chime_word, kind_word, side_word, sided, with_side, within_a_sentence
from guide.core.plan import Plan, Say, Segment, Show, closing
from guide.core.plan_text import as_text
from guide.core.pump import UNKNOWN, Pump, level_words, pump_words, suction_words, with_switch
from guide.core.readout import Following, Phase, read
from guide.core.routine import AfterStart, Cue, Fixed, Group, Kind, Pace, Range, Routine, Side, Step, Wait
from guide.core.session import LONG_SUCTION_WORDS, Ready, advance, start
from guide.core.usual import comes_words, slows_words, usual_words
from guide.core.words import ENGLISH, Words
from guide.language import words as words_of
from marked import Marked, unmarked
from plans import fixed, plan_of, play, ranged, seconds, waiting
from tables import each_row

MINUTE = timedelta(minutes=1)

ROUTINE = Routine(
    name="Hers",
    steps=(
        Step(Kind.EXPRESS, Fixed(5 * MINUTE), side=Side.EACH, say="Now {side}."),
        Step(Kind.PUMP, Range(5 * MINUTE, 7 * MINUTE), title="Pump once more", until_milk_slows=True),
    ),
)


def test_the_program_adds_its_prompts_in_the_language_of_the_routine() -> None:
    plan = lay_out(replace(ROUTINE, words=Marked("r:")))
    assert plan.prompts == (
        "Now «r:left».",
        "«r:Halfway.»",
        "«r:Next: «r:«r:Express», right side».»",
        "Now «r:right».",
        "«r:Next: Pump once more.»",
        "Pump once more",
        "«r:Halfway to the mark.»",
        "«r:When your milk slows, go on. Or let it run.»",
        "«r:Nearly done.»",
        "«r:All done. Pump off. Breathe out.»",
    )


def test_what_helps_at_once_and_the_reminder_are_said_in_the_language_of_the_routine() -> None:
    plan = lay_out(replace(ROUTINE, words=Marked("r:"), steps=(Step(Kind.PUMP, Fixed(40 * MINUTE)),)))
    session = start(Ready(plan), timedelta(0)).session
    reminded = advance(session, 35 * MINUTE)
    hurt = it_hurts(reminded.session, 36 * MINUTE)
    said = [happening.effect.text for happening in reminded.happenings if isinstance(happening.effect, Say)]
    assert f"«r:{LONG_SUCTION_WORDS}»" in said
    assert Say(f"«r:{SUCTION_HURTS}»") in [happening.effect for happening in hurt.happenings]


def test_the_readout_speaks_the_language_of_the_screen_and_leaves_the_routine_its_own() -> None:
    plan = lay_out(replace(ROUTINE, words=Marked("r:")))
    session = start(Ready(plan), timedelta(0)).session
    readout = read(session, MINUTE, Marked("s:"))
    assert (readout.title, readout.instruction) == ("«r:«r:Express», left side»", "Now «r:left».")
    for text in (readout.caption, readout.progress, readout.remaining, readout.side_words, readout.spoken_name):
        assert text.startswith("«s:")
    paused = read(pause(session, MINUTE).session, MINUTE, Marked("s:"))
    assert paused.phase is Phase.PAUSED
    assert paused.title.startswith("«s:")


def test_a_change_of_the_language_alone_makes_no_other_routine_and_no_other_readout() -> None:
    assert replace(ROUTINE, words=Marked("r:")) == ROUTINE
    session = start(Ready(lay_out(ROUTINE)), timedelta(0)).session
    assert read(session, MINUTE) == read(session, MINUTE, ENGLISH)


NOON = datetime(2026, 11, 20, 12).astimezone()
PUMPED, EXPRESSED = Step(Kind.PUMP, Wait()), Step(Kind.EXPRESS, Wait())
LEVELS = Pump(level_left="5", level_right="6")
BOTH_LEVELS = "«your comfortable level, 5 left and 6 right»"
SWITCHED = Pump(switches=True)
Told = Callable[[Words], str]


def laid(words: Words, pump: Pump = SWITCHED) -> Segment:
    """A step on the left with a cue, in a routine of that language, for a pump that is switched."""
    cue = Cue(AfterStart(seconds(5)), say="Say {side}", show="Show {side}")
    step = fixed("1 min", Kind.PUMP, side=Side.LEFT, cues=(cue,))
    return lay_out(Routine("A routine", (step,), words=words), pump=pump).segments[0]


def shown(words: Words, kind: type[Say | Show]) -> str:
    """The text of its cue."""
    return [each.action.text for each in laid(words).anchored if isinstance(each.action, kind)][-1]


@each_row(
    ("language", "text", "left", "both"),
    [
        ("en", "Hand express the {side} breast.", "Hand express the left breast.", "Hand express both breasts."),
        ("en", "The {side} side, {side}", "The left side, left", "Both sides, both"),
        ("en", "Cup your {side} breast", "Cup your left breast", "Cup both breasts"),
        ("en", "On the {side}: {foo}", "On the left: {foo}", "On both: {foo}"),
        ("de", "Jetzt {side} von Hand.", "Jetzt links von Hand.", "Jetzt beidseits von Hand."),
        ("de", "Zurück nach {side}.", "Zurück nach links.", "Zurück zu beiden Seiten."),
        ("de", "Die Brust {side}.", "Die Brust links.", "Beide Brüste."),
        ("es", "A mano, del lado {side}.", "A mano, del lado izquierdo.", "A mano, de ambos lados."),
        ("es", "Lado {side}. El pecho {side}.", "Lado izquierdo. El pecho izquierdo.", "Ambos lados. Ambos pechos."),
    ],
)
def test_a_text_of_both_sides_speaks_of_both(language: str, text: str, left: str, both: str) -> None:
    words = words_of(language)
    assert (sided(text, Side.LEFT, words), sided(text, Side.BOTH, words)) == (left, both)


TOLD: list[tuple[Told, str]] = [
    *((lambda words, kind=kind: kind_word(kind, words), f"«{kind.capitalize()}»") for kind in Kind),
    *((lambda words, side=side: side_word(side, words), f"«{side}»") for side in Side),
    *((lambda words, kind=kind: chime_word(kind, words), f"«{kind.capitalize()}»") for kind in Kind),
    *((lambda words, name=name: chime_word(name, words), f"«{name}»") for name in ("earliest", "end", "tick")),
    (lambda words: with_side("Rest", Side.LEFT, words), "«Rest, left side»"),
    (lambda words: with_side("Rest", Side.RIGHT, words), "«Rest, right side»"),
    (lambda words: level_words(UNKNOWN, Side.BOTH, words), "«the most that still feels comfortable»"),
    (
        lambda words: level_words(Pump(level_right="6"), Side.LEFT, words),
        "«the most that still feels comfortable»",
    ),
    (lambda words: level_words(LEVELS, Side.LEFT, words), "«your comfortable level 5»"),
    (lambda words: level_words(LEVELS, Side.BOTH, words), BOTH_LEVELS),
    (lambda words: level_words(Pump(level_left="5"), Side.BOTH, words), "«your comfortable level, 5 left»"),
    (lambda words: level_words(Pump(level_right="6"), Side.BOTH, words), "«your comfortable level, 6 right»"),
    (lambda words: level_words(Pump(level_left="5", level_right="5"), Side.BOTH, words), "«your comfortable level 5»"),
    (lambda words: suction_words(PUMPED, Side.BOTH, LEVELS, words), BOTH_LEVELS),
    (lambda words: with_switch("", words), "«At the first milk, switch to expression mode»"),
    (lambda words: with_switch("Low", words), "«Low. At the first milk, switch to expression mode»"),
    (lambda words: laid(words).suction, "«At the first milk, switch to expression mode»"),
    (lambda words: laid(words, LEVELS).suction, "«your comfortable level 5»"),
    (lambda words: shown(words, Say), "Say «left»"),
    (lambda words: shown(words, Show), "Show «left»"),
    (lambda words: pump_words(Pump("", "24", "24"), words), "«flanges 24 mm»"),
    (lambda words: pump_words(Pump("", "24", "21"), words), "«flanges 24 mm left, 21 mm right»"),
    (lambda words: pump_words(Pump("", "24", ""), words), "«flange 24 mm left»"),
    (lambda words: pump_words(Pump("", "", "21"), words), "«flange 21 mm right»"),
    (lambda words: short(Wait(), words), "«until you go on»"),
    (lambda words: spoken(seconds(1), words), "«1 second»"),
    (lambda words: spoken(seconds(2), words), "«2 seconds»"),
    (lambda words: spoken(MINUTE, words), "«1 minute»"),
    (lambda words: spoken(2 * MINUTE, words), "«2 minutes»"),
    (lambda words: spoken(seconds(61), words), "«1 minute 1»"),
    (lambda words: spoken(seconds(125), words), "«2 minutes 5»"),
    (lambda words: spoken_minutes(1, 1, words), "«1 minute»"),
    (lambda words: spoken_minutes(2, 2, words), "«2 minutes»"),
    (lambda words: spoken_minutes(1, 2, words), "«1 to 2 minutes»"),
    (lambda words: spoken_length(Fixed(MINUTE), words), "«1 minute»"),
    (lambda words: spoken_length(Range(MINUTE, 2 * MINUTE), words), "«1 to 2 minutes»"),
    (lambda words: spoken_length(Range(seconds(30), MINUTE), words), "««30 seconds» to «1 minute»»"),
    (lambda words: spoken_length(Range(MINUTE, seconds(90)), words), "««1 minute» to «1 minute 30»»"),
    (lambda words: spoken_length(Wait(), words), "«until you go on»"),
    (lambda words: closing(plan_of(fixed("1 min")), words), "«All done. Breathe out.»"),
    (lambda words: closing(plan_of(fixed("1 min", Kind.PUMP)), words), "«All done. Pump off. Breathe out.»"),
    (lambda words: ago(seconds(59), words), "«under a minute»"),
    (lambda words: ago(timedelta(days=2), words), "«2 days»"),
    (lambda words: first_line(NOON - seconds(5), 0, NOON, words), "«Last session **«under a minute» ago**»"),
    (
        lambda words: first_line(NOON - MINUTE, 2, NOON, words),
        "«Last session **1 min ago**» · «**2** in the last 24 h»",
    ),
    (lambda words: RoutineChange(date(2026, 11, 14), "r", "Rest").said(words), "«Began Rest»"),
    (lambda words: slows_words(MINUTE, words), "«Your milk usually slows at about 1:00 here»"),
    (lambda words: comes_words(MINUTE, words), "«Your milk usually comes at about 1:00 here»"),
    (lambda words: usual_words(60, 60, words=words), "«Your last sessions like this: 60 «mL»»"),
    (lambda words: usual_words(60, 95, words=words), "«Your last sessions like this: 60 to 95 «mL»»"),
]


@pytest.mark.parametrize(("told", "expected"), TOLD, ids=map(str, range(len(TOLD))))
def test_what_a_person_reads_is_asked_of_the_catalogue_and_a_title_keeps_its_capital(told: Told, expected: str) -> None:
    assert told(Marked()) == expected


@each_row(
    ("gap", "read_as"),
    [
        (seconds(60), "1 min"),
        (seconds(3599), "59 min"),
        (seconds(3600), "1 h"),
        (seconds(3660), "1 h 1 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(days=2) - seconds(1), "47 h 59 min"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=3) - seconds(1), "2 days"),
    ],
)
def test_a_gap_is_read_in_the_units_it_has(gap: timedelta, read_as: str) -> None:
    assert ago(gap) == read_as


def test_before_the_first_session_there_is_no_first_line_and_one_of_the_future_began_now() -> None:
    assert first_line(None, 0, NOON) == ""
    assert first_line(NOON + seconds(90), 1, NOON) == "Last session **under a minute ago** · **1** in the last 24 h"


class German(Words):
    """A few of its words, with nouns in capitals."""

    @override
    def pgettext(self, context: str, message: str) -> str:
        return {"yes": "no", "left": "links"}.get(message, message)


def test_titles_are_read_and_written_as_their_language_does() -> None:
    assert with_side("Links noch einmal", Side.LEFT, German()) == "Links noch einmal"
    assert with_side("Left", Side.LEFT, German()) == "Left, left side"
    assert chime_word("massage", German()) == "Massage"
    assert within_a_sentence("TV pause") == "TV pause"


def test_a_plan_as_text_is_in_the_language_asked_for_but_for_names_and_the_routine_s_own_texts() -> None:
    cue = Cue(AfterStart(seconds(5)), show="Her cue", sound="bell.wav")
    steps = (waiting(suggested=True), ranged("1 min", "2 min", title="Hers", partner="Water", cues=(cue,)))
    paced = fixed("1 min", pace=Pace(("Press",), seconds(90)))
    left = unmarked(as_text(plan_of(Group(steps, 2), paced, words=Marked("r:")), Marked()))
    own = {"A", "routine", "min", "Hers", "Water", "Her", "cue", "bell", "wav", "Press"}
    assert set(re.findall(r"[A-Za-z]+", left)) == own


TWO = plan_of(fixed("2 min"), fixed("2 min", Kind.PUMP))
RANGED = plan_of(Group((ranged("5 min", "7 min", until_milk_slows=True),), 2))
LINGERING = plan_of(ranged("5 min", "7 min", until_milk_slows=True, linger=MINUTE))


@each_row(
    ("plan", "at", "presses", "expected"),
    [
        (
            TWO,
            "0:36",
            [],
            {
                "caption": "«left of 2 min»",
                "progress": "«step 1 of 2»",
                "remaining": "«3 min to go»",
                "remaining_spoken": "««3 minutes» to go»",
                "side_words": "«Both breasts»",
                "unnumbered_name": "«Massage», «Both breasts»",
                "spoken_name": "«Massage», ««1 minute 24» left of «2 minutes»», «Both breasts»",
            },
        ),
        (
            RANGED,
            "1 min",
            [],
            {
                "caption": "«at least, then your call»",
                "rounds": "«Round 1 of 2»",
                "remaining": "«9–13 min to go»",
                "remaining_spoken": "««9 to 13 minutes» to go»",
                "spoken_name": "«Pump», «at least «4 minutes» more; up to «7 minutes»», «Both breasts»",
            },
        ),
        (
            RANGED,
            "6 min",
            [],
            {
                "caption": "«then it moves on»",
                "title": "«Milk slowing down?»",
                "instruction": "«When it does, press Next. Still flowing? Let it run.»",
                "spoken_name": "«Pump», ««1 minute» until it moves on», «Both breasts»",
            },
        ),
        (
            LINGERING,
            "6 min",
            [],
            {"instruction": "«When it does, press Milk slowed. 1 min more, and it moves on.»"},
        ),
        (
            LINGERING,
            "5:30",
            [],
            {"remaining": "«up to 2 min to go»", "remaining_spoken": "«up to «2 minutes» to go»"},
        ),
        (
            plan_of(waiting(), waiting(), fixed("50 s")),
            "1 min",
            [],
            {
                "caption": "«go on when you are ready»",
                "following": Following(Kind.PREPARE, "Prepare", Side.BOTH, "«until you go on»", "«until you go on»"),
                "remaining": "«50 s to go»",
                "remaining_spoken": "««50 seconds» to go»",
                "spoken_name": "«Prepare», «go on when you are ready», «Both breasts»",
            },
        ),
        (
            TWO,
            "1 min",
            [("0:30", Command.PAUSE)],
            {
                "title": "«Take all the time you need»",
                "instruction": "«Your place is kept. If the pump is on, switch it off.»",
            },
        ),
        (
            plan_of(fixed("2 min", Kind.REST), fixed("2 min", Kind.PUMP)),
            "1 min",
            [("0:30", Command.PAUSE)],
            {"instruction": "«Your place is kept. Let your hands rest.»"},
        ),
        (
            TWO,
            "1 min",
            [("0:30", Command.LID)],
            {"title": "«Welcome back»", "instruction": "«The computer slept, so your place was kept.»"},
        ),
        (TWO, "5 min", [], {"title": "«All done. Pump off. Breathe out.»", "progress": "«step 2 of 2»"}),
        (TWO, "1 min", [("0:30", Command.STOP)], {"title": "«That is enough for now»"}),
    ],
)
def test_what_the_screen_says_of_a_session_is_asked_of_the_catalogue(
    plan: Plan, at: str, presses: list[tuple[str, Command]], expected: dict[str, object]
) -> None:
    readout = read(play(plan, *presses, until=at).session, parse(at), Marked())
    assert {name: getattr(readout, name) for name in expected} == expected
