"""Her words as they are heard: what each asks for, when it does not count, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from guide.core.commands import Command
from guide.core.duration import parse
from guide.core.readout import read
from guide.core.routine import Kind, Side
from guide.core.session import Move, Session
from guide.hear.meaning import Meaning
from guide.live.heeding import Heeded, Heeding, Speaking, Unsure
from guide.live.her_words import SUGGESTED, TITLES, alike_kept, asked_by, suggestion, told, word_of
from guide.live.intents import GoOn, Intent, OfTheSession, SayAgain
from guide.store.settings import Settings
from plans import fixed, plan_of, play, ranged, seconds, waiting
from tables import each_row

if TYPE_CHECKING:
    from guide.core.words import Words
    from guide.hear.spotter import Spotted
    from guide.sound.performer import Performer

M = Meaning
PLAN = plan_of(fixed("2 min"), fixed("2 min", Kind.EXPRESS, side=Side.LEFT), waiting())
RUNNING = play(PLAN, until="10 s").session
PAUSED = play(PLAN, ("5 s", Command.PAUSE), until="10 s").session
HURTS = play(PLAN, ("5 s", Command.IT_HURTS), until="10 s").session
ENDING = play(PLAN, ("1 s", Command.NEXT), ("2 s", Command.NEXT), until="10 s").session
ENDED_BY_MILK = play(plan_of(fixed("2 min", Kind.PUMP, until_milk_slows=True)), until="10 s").session
LINGERING = play(plan_of(ranged("5 s", "5 min", linger=parse("2 min"))), until="10 s").session
EAR = timedelta(hours=1)


def heard(meaning: Meaning, *, sure: bool = True) -> Spotted:
    return cast("Spotted", SimpleNamespace(meaning=meaning, sure=sure))


@each_row(
    ("meaning", "session", "intent"),
    [
        (M.NEXT, RUNNING, GoOn()),
        (M.BACK, RUNNING, Command.BACK),
        (M.PAUSE, RUNNING, Command.PAUSE),
        (M.CARRY_ON, RUNNING, None),
        (M.MORE_TIME, RUNNING, Command.MORE_TIME),
        (M.SAY_AGAIN, RUNNING, SayAgain()),
        (M.MILK_SLOWED, RUNNING, Command.MILK_SLOWED),
        (M.IT_HURTS, RUNNING, Command.IT_HURTS),
        (M.NEXT, PAUSED, None),
        (M.BACK, PAUSED, Command.BACK),
        (M.PAUSE, PAUSED, None),
        (M.CARRY_ON, PAUSED, Command.RESUME),
        (M.MORE_TIME, PAUSED, None),
        (M.SAY_AGAIN, PAUSED, SayAgain()),
        (M.MILK_SLOWED, PAUSED, None),
        (M.IT_HURTS, PAUSED, Command.IT_HURTS),
        (M.BACK, HURTS, None),
        (M.CARRY_ON, HURTS, Command.RESUME),
        (M.NEXT, ENDING, None),  # nothing ends by voice
        (M.MILK_SLOWED, ENDED_BY_MILK, None),
        (M.MORE_TIME, ENDED_BY_MILK, Command.MORE_TIME),
        (M.MORE_TIME, ENDING, Command.MORE_TIME),
        (M.NEXT, LINGERING, GoOn()),  # it says only that the milk has slowed
    ],
)
def test_a_word_asks_for_what_its_key_does_where_it_counts(
    meaning: Meaning, session: Session, intent: OfTheSession | None
) -> None:
    expected = None if intent is None else Heeded(meaning, intent)
    assert Heeding().heed(heard(meaning), EAR, session, seconds(10)) == expected


@each_row("meaning", Meaning)
def test_a_word_that_is_not_sure_is_asked_for_once_more_for_four_seconds_but_it_hurts_counts(meaning: Meaning) -> None:
    heeding = Heeding()
    found = heeding.heed(heard(meaning, sure=False), EAR, RUNNING, seconds(10))
    if meaning is M.IT_HURTS:
        assert found == Heeded(meaning, Command.IT_HURTS)
        assert heeding.unsure is None
    else:
        assert found == Unsure(meaning)
        assert (heeding.unsure, heeding.unsure_until) == (meaning, EAR + seconds(4))


def test_a_sure_word_ends_the_asking() -> None:
    heeding = Heeding()
    heeding.heed(heard(M.PAUSE, sure=False), EAR, RUNNING, seconds(10))
    heeding.heed(heard(M.CARRY_ON), EAR, RUNNING, seconds(10))
    assert heeding.unsure is M.PAUSE  # what does not count ends nothing
    heeding.heed(heard(M.NEXT), EAR, RUNNING, seconds(10))
    assert heeding.unsure is None


@pytest.mark.parametrize(("after", "counts"), [(0, False), (1.9, False), (2, True)])
@pytest.mark.parametrize("meaning", [M.NEXT, M.BACK])
def test_a_word_that_moves_counts_from_two_seconds_after_a_step_was_come_to(
    meaning: Meaning, after: float, counts: bool
) -> None:
    heeding = Heeding()
    came = play(PLAN, ("1 s", Command.NEXT))
    for number in (1, 2):
        heeding.moved(Move(came.session, seconds(1), came.happenings), EAR)
        assert heeding.steps == number
    assert (heeding.heed(heard(meaning), EAR + seconds(after), RUNNING, seconds(10)) is not None) is counts


def test_a_move_that_enters_no_step_is_none() -> None:
    heeding = Heeding()
    heeding.moved(Move(RUNNING, seconds(10)), EAR)
    assert heeding.steps == 0
    assert heeding.heed(heard(M.NEXT), EAR, RUNNING, seconds(10)) is not None


@each_row(
    ("first", "after", "session", "intent"),
    [
        (M.NEXT, 5.9, RUNNING, Command.UNDO),
        (M.NEXT, 6, RUNNING, Command.BACK),
        (M.BACK, 1, RUNNING, Command.UNDO),
        (M.MORE_TIME, 1, RUNNING, Command.UNDO),
        (M.MILK_SLOWED, 1, RUNNING, Command.UNDO),
        (M.PAUSE, 1, RUNNING, Command.BACK),
        (M.SAY_AGAIN, 1, RUNNING, Command.BACK),
        (M.MORE_TIME, 1, PAUSED, Command.BACK),
    ],
)
def test_back_soon_after_a_word_takes_back_what_that_word_did(
    first: Meaning, after: float, session: Session, intent: OfTheSession
) -> None:
    heeding = Heeding()
    assert heeding.heed(heard(first), EAR, RUNNING, seconds(10)) is not None
    back = heard(M.BACK)
    assert heeding.heed(back, EAR + seconds(after), session, seconds(10)) == Heeded(M.BACK, intent)
    if intent is Command.UNDO:  # once: a second one is Back again
        assert heeding.heed(back, EAR + seconds(after), session, seconds(10)) == Heeded(M.BACK, Command.BACK)


@each_row(
    ("heeded", "does", "undone"),
    [
        (Heeded(M.NEXT, GoOn()), "express, left side", True),
        (Heeded(M.BACK, Command.BACK), "express, left side", True),
        (Heeded(M.BACK, Command.UNDO), "taken back", False),
        (Heeded(M.MORE_TIME, Command.MORE_TIME), "One more minute", True),
        (Heeded(M.MILK_SLOWED, Command.MILK_SLOWED), "Milk slowed", True),
        (Heeded(M.PAUSE, Command.PAUSE), "Pause", False),
        (Heeded(M.IT_HURTS, Command.IT_HURTS), "It hurts", False),
    ],
)
def test_what_came_of_a_word_is_said_and_whether_it_can_be_undone(heeded: Heeded, does: str, undone: bool) -> None:
    after = play(PLAN, ("1 s", Command.NEXT), until="10 s").session
    assert (heeded.does(read(after, parse("10 s"))), heeded.can_be_undone) == (does, undone)


def test_what_came_of_a_word_is_said_as_titles_are_written_in_the_language_of_the_session() -> None:
    capitals = cast("Words", SimpleNamespace(pgettext=lambda _context, _word: "no"))
    after = replace(read(RUNNING, parse("10 s")), title="Brustmassage", words=capitals)
    assert Heeded(M.NEXT, GoOn()).does(after) == "Brustmassage"


def test_without_a_session_a_word_is_said_by_its_name() -> None:
    assert Heeded(M.NEXT, GoOn()).does(None) == "Next"


# while the program speaks


@each_row(
    ("was", "busy", "at", "speed", "until", "changed"),
    [
        (0, 13, 10, 1, 103, True),
        (0, 13, 10, 2, 101.5, True),
        (0, 10, 10, 1, 100, False),
        (0, 5, 10, 1, 100, False),
        (105, 5, 10, 1, 100, True),  # what sounded was cut off
        (99, 5, 10, 1, 100, False),
        (100, 5, 10, 1, 100, False),
    ],
)
def test_the_ear_is_told_while_something_sounds_and_when_it_is_cut_off(
    was: float, busy: float, at: float, speed: float, until: float, changed: bool
) -> None:
    speaking = Speaking()
    speaking.until = seconds(was)
    performer = cast("Performer", SimpleNamespace(busy_until=seconds(busy)))
    assert speaking.changed(performer, seconds(at), speed, seconds(100)) is changed
    assert speaking.until == seconds(until)


def test_an_ear_that_heard_nothing_yet_of_the_program_is_not_told_that_it_is_silent() -> None:
    quiet = cast("Performer", SimpleNamespace(busy_until=seconds(0)))
    assert not Speaking().changed(quiet, seconds(0), 1, seconds(0))


# her words as they are shown


def test_each_word_is_named_and_has_a_phrase_to_overwrite() -> None:
    assert set(TITLES) == set(SUGGESTED) == set(Meaning)
    assert all(suggestion(meaning) == SUGGESTED[meaning] for meaning in Meaning)


def test_her_own_label_stands_for_the_one_suggested() -> None:
    settings = replace(Settings(), words={"next": "weiter"})
    assert [word_of(settings, meaning) for meaning in (M.NEXT, M.BACK)] == ["weiter", "go back"]


def test_words_kept_alike_are_those_that_there_are() -> None:
    assert alike_kept(replace(Settings(), alike_kept=("back", "of another version"))) == {M.BACK}


@each_row(
    ("meaning", "paused", "fresh", "undoes", "intent"),
    [
        (M.BACK, False, True, True, Command.UNDO),
        (M.BACK, False, True, False, None),
        (M.BACK, True, False, True, Command.BACK),
        (M.NEXT, False, True, True, None),
        (M.NEXT, False, False, True, GoOn()),
        (M.PAUSE, False, True, False, Command.PAUSE),
        (M.CARRY_ON, False, False, False, None),
        (M.CARRY_ON, True, True, False, Command.RESUME),
    ],
)
def test_a_word_by_when_it_is_said(
    meaning: Meaning, paused: bool, fresh: bool, undoes: bool, intent: Intent | None
) -> None:
    assert asked_by(meaning, paused=paused, fresh=fresh, undoes=undoes) == intent


@each_row(
    ("words", "sentence"),
    [
        ([], ""),
        (["one"], "Say “one”"),
        (["one", "two"], "Say “one” or “two”"),
        (["one", "two", "three"], "Say “one”, “two” or “three”"),
        (["one", "two", "three", "four"], "Say “one”, “two” or “three”"),
    ],
)
def test_up_to_three_words_are_named(words: list[str], sentence: str) -> None:
    assert told(words) == sentence
