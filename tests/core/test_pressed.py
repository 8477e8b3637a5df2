"""What a press brings, to the letter: the log, the voice and the page are told by these happenings and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.core.asked import HANDS_HURT, SUCTION_HURTS, do, next_means, pause_means
from guide.core.commands import Command, Entered, Left, PauseBegan, PauseEnded, Reason, Why
from guide.core.duration import parse
from guide.core.plan import Chime, Plan, Say
from guide.core.routine import Cue, Every, Kind, Step
from guide.core.session import (
    Declined,
    Effect,
    Finished,
    Happening,
    Lengthened,
    MilkSlowed,
    Ready,
    Running,
    Session,
    TakenBack,
    advance,
    boundary,
    due,
    next_chime,
    segment_of,
)
from plans import ZERO, finished, fixed, paused, plan_of, play, ranged, running, seconds, waiting
from strategies import plans
from tables import each_row

NEXT, BACK, UNDO, STOP, AGAIN = Command.NEXT, Command.BACK, Command.UNDO, Command.STOP, Command.AGAIN
PAUSE, RESUME, HURTS, LID = Command.PAUSE, Command.RESUME, Command.IT_HURTS, Command.LID
MORE, SLOWED = Command.MORE_TIME, Command.MILK_SLOWED

FIXED = fixed("2 min", Kind.PUMP)
SOON_OVER = ranged("5 min", "7 min", until_milk_slows=True, linger=seconds(5))
LINGERS = ranged("5 min", "7 min", until_milk_slows=True, linger=seconds(30))


def last(plan: Plan, *commands: tuple[str, Command]) -> tuple[Session, list[Happening]]:
    """Where the last of these commands leads, and what it alone brings."""
    before = play(plan, *commands[:-1], until=commands[-1][0])
    after = play(plan, *commands)
    return after.session, [*after.happenings[len(before.happenings) :]]


def at(when: float, *effects: Effect) -> list[Happening]:
    return [Happening(seconds(when), effect) for effect in effects]


def own(happenings: list[Happening]) -> list[bool]:
    return [one.effect.own for one in happenings if isinstance(one.effect, Say | Chime)]


@pytest.mark.parametrize(
    ("left", "brings"),
    [
        ([], at(90, TakenBack(), Entered(1))),
        ([("0:50", PAUSE)], at(90, TakenBack(), Entered(1), PauseBegan(Why.ASKED))),
        ([("0:50", HURTS)], at(90, TakenBack(), Entered(1), PauseBegan(Why.HURTS))),
    ],
)
@pytest.mark.parametrize("over", [NEXT, STOP])
def test_an_end_taken_back_is_entered_again_as_it_was_left(
    left: list[tuple[str, Command]], brings: list[Happening], over: Command
) -> None:
    """Thirty seconds of the last step are gone; half a minute after its end they still are."""
    plan = plan_of(fixed("30 s"), FIXED)
    session, happenings = last(plan, *left, ("1:00", over), ("1:30", UNDO))
    assert happenings == brings
    going = paused(session).running if left else running(session)
    assert seconds(90) - going.origin == seconds(20 if left else 30)
    if left:
        assert (paused(session).at, paused(session).why) == (
            seconds(90),
            Why.HURTS if left[0][1] is HURTS else Why.ASKED,
        )


def test_carrying_on_ends_the_pause_at_once() -> None:
    assert last(plan_of(FIXED), ("1:00", PAUSE), ("1:10", RESUME))[1] == at(70, PauseEnded())


def test_a_press_taken_back_says_so_in_a_pause_too() -> None:
    assert last(plan_of(FIXED), ("1:00", MORE), ("1:30", UNDO))[1] == at(90, TakenBack(MORE))
    assert last(plan_of(FIXED), ("1:00", MORE), ("1:10", PAUSE), ("1:30", UNDO))[1] == at(90, TakenBack(MORE))


def test_while_it_hurts_an_undo_is_declined_and_the_place_stays() -> None:
    session, happenings = last(plan_of(FIXED, FIXED), ("1:00", NEXT), ("1:10", HURTS), ("1:12", UNDO))
    assert happenings == at(72, Declined(UNDO))
    assert (paused(session).why, paused(session).running.index) == (Why.HURTS, 1)


def test_a_step_skipped_because_it_hurt_is_come_back_to_as_it_was_left() -> None:
    session, happenings = last(plan_of(FIXED, FIXED), ("1:00", HURTS), ("1:10", NEXT), ("1:12", UNDO))
    assert happenings == at(72, TakenBack(), Left(1, Reason.BACK), Entered(0), PauseBegan(Why.HURTS))
    held = paused(session)
    assert (held.at - held.running.origin, held.why) == (seconds(60), Why.HURTS)


def test_a_step_come_back_to_by_undo_has_begun_when_it_first_did() -> None:
    """So that Back goes to its start, which is what the clock shows of it."""
    session = last(plan_of(FIXED, FIXED, FIXED), ("2:48", NEXT), ("2:50", UNDO), ("2:52", BACK))[0]
    assert (running(session).index, running(session).origin) == (1, seconds(172))


def test_presses_are_taken_back_one_by_one_each_as_it_was_before() -> None:
    plan = plan_of(LINGERS, FIXED)
    presses = [("1:00", MORE), ("5:40", SLOWED), ("5:50", MORE), ("5:55", MORE)]
    ends = [boundary(play(plan, *presses[:count]).session) for count in range(1, 5)]
    undone = [boundary(play(plan, *presses, *[("6:00", UNDO)] * count).session) for count in range(1, 4)]
    assert undone == ends[2::-1]
    assert boundary(play(plan, *presses, *[("6:00", UNDO)] * 4).session) == seconds(7 * 60)


def test_milk_that_slowed_after_more_time_keeps_what_that_gave_when_more_is_taken_back() -> None:
    session = running(last(plan_of(LINGERS), ("1:00", MORE), ("5:40", SLOWED), ("5:50", MORE), ("6:00", UNDO))[0])
    assert (session.extra, session.slowed_extra) == (seconds(60), seconds(60))


def test_this_step_once_more_begins_at_its_start_and_can_be_taken_back() -> None:
    plan = plan_of(FIXED, FIXED)
    session, happenings = last(plan, ("2:30", AGAIN))
    assert [one.effect for one in happenings][:2] == [Left(1, Reason.BACK), Entered(1)]
    assert (running(session).index, running(session).origin) == (1, seconds(150))
    assert running(last(plan, ("2:30", AGAIN), ("2:40", UNDO))[0]).origin == seconds(130)

    _, from_a_pause = last(plan, ("2:30", PAUSE), ("3:00", AGAIN))
    assert [one.effect for one in from_a_pause][:3] == [PauseEnded(), Left(1, Reason.BACK), Entered(1)]


@pytest.mark.parametrize("press", [AGAIN, BACK])
def test_while_it_hurts_a_step_is_not_begun_again(press: Command) -> None:
    session, happenings = last(plan_of(FIXED, FIXED), ("2:30", HURTS), ("2:40", press))
    assert happenings == at(160, Declined(press))
    held = paused(session)
    assert (held.why, held.running.index, held.at - held.running.origin) == (Why.HURTS, 1, seconds(30))


@pytest.mark.parametrize("press", [AGAIN, BACK])
def test_a_step_begun_again_out_of_a_pause_is_in_that_pause_again_when_it_is_taken_back(press: Command) -> None:
    session, happenings = last(plan_of(FIXED, FIXED), ("2:30", PAUSE), ("2:40", press), ("2:50", UNDO))
    assert happenings[-1:] == at(170, PauseBegan(Why.ASKED))
    held = paused(session)
    assert (held.running.index, held.at - held.running.origin) == (1, seconds(30))


def test_more_time_taken_back_at_the_moment_it_was_asked_for_leaves_no_step() -> None:
    assert last(plan_of(FIXED), ("1:00", MORE), ("1:00", UNDO))[1] == at(60, TakenBack(MORE))


def test_a_step_begun_again_is_not_gone_back_in_once_it_is_further_than_it_was() -> None:
    session, happenings = last(plan_of(FIXED, FIXED), ("2:30", AGAIN), ("3:10", UNDO))
    assert happenings == at(190, TakenBack())
    assert (running(session).index, running(session).origin) == (1, seconds(150))


def test_steps_pressed_away_one_after_another_are_come_back_to_one_by_one() -> None:
    plan = plan_of(FIXED, FIXED, FIXED)
    presses = [("1:00", NEXT), ("1:02", NEXT), ("1:04", UNDO), ("1:06", UNDO)]
    assert [running(play(plan, *presses[:count]).session).index for count in (2, 3, 4)] == [2, 1, 0]


def test_milk_that_slowed_taken_back_leaves_the_step_as_it_was() -> None:
    plan = plan_of(LINGERS)
    before = running(play(plan, ("1:00", MORE), until="5:50").session)
    after = running(play(plan, ("1:00", MORE), ("5:40", SLOWED), ("5:50", UNDO)).session)
    assert (after.extra, after.slowed, after.slowed_extra, after.end) == (
        before.extra,
        before.slowed,
        before.slowed_extra,
        before.end,
    )


@pytest.mark.parametrize("step", [FIXED, fixed("2 min")], ids=["with suction", "without"])
def test_a_pause_is_no_time_that_she_has_been_in_a_step(step: Step) -> None:
    """So that Back, soon after, still goes to the step before."""
    presses = [("1:00", NEXT), ("1:02", PAUSE), ("5:00", RESUME), ("5:02", BACK)]
    assert running(play(plan_of(step, step), *presses).session).index == 0


@each_row(
    ("first", "second", "why"),
    [
        (PAUSE, PAUSE, Why.ASKED),
        (PAUSE, LID, Why.LID),
        (PAUSE, HURTS, Why.HURTS),
        (LID, PAUSE, Why.LID),
        (LID, LID, Why.LID),
        (LID, HURTS, Why.HURTS),
        (HURTS, PAUSE, Why.HURTS),
        (HURTS, LID, Why.HURTS),
    ],
)
def test_a_pause_is_held_for_the_most_pressing_reason_from_where_it_began(
    first: Command, second: Command, why: Why
) -> None:
    session, happenings = last(plan_of(FIXED), ("1:00", first), ("1:10", second))
    assert happenings == (at(70, Say(SUCTION_HURTS)) if second is HURTS else [])
    assert (paused(session).at, paused(session).why) == (seconds(60), why)


@pytest.mark.parametrize(
    ("step", "presses", "brings"),
    [
        (FIXED, [("1:00", MORE)], at(60, Lengthened())),
        (FIXED, [("1:00", PAUSE), ("1:10", MORE)], at(70, Lengthened())),
        (waiting(), [("1:00", MORE)], at(60, Declined(MORE))),
        (waiting(), [("1:00", PAUSE), ("1:10", MORE)], at(70, Declined(MORE))),
        (LINGERS, [("5:40", SLOWED)], at(340, MilkSlowed())),
        (LINGERS, [("5:40", SLOWED), ("5:45", SLOWED)], at(345, Declined(SLOWED))),
        (LINGERS, [("5:40", PAUSE), ("5:45", SLOWED)], at(345, Declined(SLOWED))),
        (FIXED, [("1:00", SLOWED)], at(60, Declined(SLOWED))),
        (waiting(), [("1:00", SLOWED)], at(60, Declined(SLOWED))),
        (SOON_OVER, [("5:40", SLOWED)], at(340, MilkSlowed())),
    ],
)
@pytest.mark.parametrize("before", [False, True], ids=["first", "after another"])
def test_a_press_on_the_end_of_a_step_is_answered_at_its_moment_and_remembered(
    step: Step, presses: list[tuple[str, Command]], brings: list[Happening], before: bool
) -> None:
    """What the new end leaves behind it (nearly done) is not said late."""
    steps = [fixed("2 min"), step] if before else [step]
    shift = seconds(120 if before else 0)
    presses = [(f"{(parse(when) + shift).total_seconds():g} s", press) for when, press in presses]
    session, happenings = last(plan_of(*steps), *presses)
    assert happenings == [Happening(one.at + shift, one.effect) for one in brings]
    if not isinstance(brings[0].effect, Declined) and isinstance(session, Running):
        place = session.trail[-1]
        assert (place.at, place.press, place.running.trail) == (brings[0].at + shift, presses[-1][1], ())
        assert session.slowed in {None, brings[0].at}


def test_a_step_whose_milk_slowed_warns_of_its_new_end_and_ends_there() -> None:
    happenings = play(plan_of(FIXED, LINGERS, FIXED), ("7:50", SLOWED), until="8:20").happenings
    late = [one for one in happenings if one.at > seconds(470)]
    assert [one.at.total_seconds() for one in late if isinstance(one.effect, Say) and not one.effect.own] == [490]
    assert at(500, Left(1, Reason.MILK_SLOWED))[0] in late


@pytest.mark.parametrize("press", [NEXT, SLOWED])
def test_in_a_step_that_waits_for_the_first_milk_milk_is_next(press: Command) -> None:
    plan = plan_of(FIXED, LINGERS)
    session, happenings = last(plan, ("1:00", press))
    assert happenings[:2] == at(60, Left(0, Reason.NEXT), Entered(1))
    assert running(session).origin == seconds(60)


def test_the_end_chimes_and_says_what_is_the_sessions_own() -> None:
    assert own(last(plan_of(FIXED), ("1:00", NEXT))[1]) == [True, True]


def test_back_at_the_start_of_a_late_step_goes_one_step_back_and_no_further() -> None:
    assert running(play(plan_of(FIXED, FIXED, FIXED), ("4:02", BACK)).session).index == 1


def test_a_place_come_back_to_has_just_been_arrived_at() -> None:
    """So that a second Back soon after goes on to the step before it."""
    session, happenings = last(plan_of(FIXED, FIXED), ("1:00", NEXT), ("1:02", PAUSE), ("1:04", BACK))
    assert happenings == at(64, PauseEnded(), Left(1, Reason.BACK), Entered(0))
    assert running(session).arrived == seconds(64)


@pytest.mark.parametrize(("step", "words"), [(FIXED, SUCTION_HURTS), (fixed("2 min"), HANDS_HURT)])
def test_it_hurts_is_answered_at_once_and_the_answer_is_the_sessions_own(step: Step, words: str) -> None:
    _, happenings = last(plan_of(step), ("1:00", HURTS))
    assert happenings == at(60, PauseBegan(Why.HURTS), Say(words))
    assert own(happenings) == [True]


def test_a_stopped_session_is_not_complete_and_one_gone_through_is() -> None:
    stopped = finished(play(plan_of(FIXED), ("1:00", STOP)).session)
    assert (stopped.plan, stopped.complete) == (plan_of(FIXED), False)
    assert finished(play(plan_of(FIXED), ("1:00", NEXT)).session).complete is True


def test_a_session_that_is_over_stands_in_its_last_segment() -> None:
    plan = plan_of(FIXED, FIXED, waiting())
    assert segment_of(Finished(plan, seconds(9), complete=True)) == plan.segments[2]


@each_row(
    ("step", "now", "means"),
    [
        (LINGERS, 299, NEXT),
        (LINGERS, 300, SLOWED),
        (LINGERS, 419, SLOWED),
        (LINGERS, 420, NEXT),  # the step after it
        (ranged("5 min", "7 min", until_milk_slows=True), 310, NEXT),  # nothing follows the milk's slowing
        (fixed("7 min", Kind.PUMP), 310, NEXT),
        (waiting(Kind.PUMP), 310, NEXT),
    ],
)
@each_row("before", [0, 600])
def test_next_past_the_mark_of_a_step_that_goes_on_after_milk_slows_means_that_it_has(
    step: Step, now: float, means: Command, before: float
) -> None:
    """However long the steps before it were."""
    plan = plan_of(*([fixed(f"{before:g} s")] if before else []), step, fixed("20 min"))
    session = play(plan, until=seconds(before)).session
    assert next_means(session, seconds(before + now)) is means


def test_next_means_to_go_on_once_milk_has_slowed_and_in_a_pause() -> None:
    assert next_means(play(plan_of(LINGERS), ("5:10", SLOWED)).session, seconds(320)) is NEXT
    assert next_means(play(plan_of(LINGERS), ("5:10", PAUSE)).session, seconds(320)) is NEXT


def test_one_key_pauses_and_carries_on() -> None:
    assert pause_means(play(plan_of(FIXED)).session, ZERO) is PAUSE
    assert pause_means(play(plan_of(FIXED), ("1:00", PAUSE)).session, seconds(60)) is RESUME


@pytest.mark.parametrize("before", [0, 600])
def test_the_key_for_pausing_goes_on_from_a_step_that_waits_and_carries_on_in_a_pause_of_it(before: float) -> None:
    """Also where the step before it ends at this moment."""
    steps = [fixed(f"{before:g} s")] if before else []
    plan = plan_of(*steps, waiting(Kind.PREPARE), FIXED)
    started = play(plan).session
    assert pause_means(started, seconds(before)) is NEXT
    paused = play(plan, until=seconds(before))
    held = do(paused.session, PAUSE, seconds(before + 3)).session
    assert pause_means(held, seconds(before + 4)) is RESUME


@given(plan=plans(waits=False), share=st.floats(0, 1), slowed=st.booleans(), late=st.booleans())
def test_the_next_chime_is_the_one_that_comes_if_nobody_asks_for_anything(
    plan: Plan, share: float, slowed: bool, late: bool
) -> None:
    """Or the end of the step, whose chime it is; the sound before it has to be over by then."""
    now = ZERO if not late else share * timedelta(minutes=10)
    session = play(plan, until=now).session
    if slowed:
        session = do(session, SLOWED, now).session
    said = next_chime(session)

    expected = None
    while isinstance(session, Running) and expected is None and (when := due(session)) is not None:
        ended = boundary(session)
        after = advance(session, when)
        if when == ended or any(isinstance(one.effect, Chime) and one.at == when for one in after.happenings):
            expected = when
        session = after.session
    assert said == expected


def test_the_mark_that_is_silent_because_milk_has_slowed_is_not_waited_for() -> None:
    assert next_chime(play(plan_of(LINGERS), ("4:00", MORE)).session) == seconds(300)
    assert next_chime(play(plan_of(LINGERS), ("4:50", SLOWED)).session) == seconds(330)


@each_row(("until", "chimes"), [("0:10", 30), ("0:30", 60), ("1:05", 90), ("1:40", 120)])
def test_a_cue_that_recurs_chimes_at_its_next_turn(until: str, chimes: float) -> None:
    cues = (Cue(Every(seconds(30)), sound="tick"),)
    assert next_chime(play(plan_of(fixed("2 min", cues=cues)), until=until).session) == seconds(chimes)
    assert next_chime(play(plan_of(waiting(cues=cues)), until=until).session) == seconds(chimes)


def test_nothing_chimes_before_the_start_in_a_pause_or_after_the_end() -> None:
    plan = plan_of(FIXED)
    for session in (Ready(plan), play(plan, ("1:00", PAUSE)).session, play(plan, ("1:00", STOP)).session):
        assert next_chime(session) is None
    assert next_chime(play(plan_of(waiting()), until="1:00").session) is None
