from __future__ import annotations

from datetime import timedelta

from guide.core.asked import do, hurts_words, lid_closed
from guide.core.commands import Command, Ended, Entered, Left, PauseBegan, PauseEnded, Reason, Why
from guide.core.plan import Beat, Chime, Earliest, Partner, Plan, Say, closing
from guide.core.routine import Cue, Every, Kind, Pace, Step
from guide.core.session import LONG_SUCTION_WORDS, Finished, LongSuction, Outcome, Ready, boundary, due, segment_of
from guide.core.session import plan_of as whole_plan
from plans import ZERO, effects, finished, fixed, paused, plan_of, play, ranged, running, seconds, waiting
from tables import each_row

NEXT, BACK, UNDO, STOP = Command.NEXT, Command.BACK, Command.UNDO, Command.STOP
PAUSE, RESUME, HURTS, LID = Command.PAUSE, Command.RESUME, Command.IT_HURTS, Command.LID
MORE, SLOWED = Command.MORE_TIME, Command.MILK_SLOWED

FIXED = fixed("2 min", Kind.PUMP)
UNTIL = fixed("2 min", Kind.PUMP, until_milk_slows=True)
RANGE = ranged("5 min", "7 min", until_milk_slows=True)
LINGERS = ranged("5 min", "7 min", until_milk_slows=True, linger=seconds(30))
LINGERS_LONG = ranged("5 min", "7 min", until_milk_slows=True, linger=seconds(300))
WAIT = waiting()


def left(plan: Plan, *commands: tuple[str, Command]) -> list[tuple[float, Left]]:
    return effects(play(plan, *commands, until="1 h").happenings, Left)


@each_row(
    ("step", "commands", "at", "reason"),
    [
        # time runs out
        (FIXED, [], 120, Reason.TIME),
        (RANGE, [], 420, Reason.TIME),
        (WAIT, [], None, None),
        # next
        (FIXED, [("1:00", NEXT)], 60, Reason.NEXT),
        (RANGE, [("1:00", NEXT)], 60, Reason.NEXT),
        (RANGE, [("6:00", NEXT)], 360, Reason.NEXT),
        (WAIT, [("1:00", NEXT)], 60, Reason.NEXT),
        # milk slowed
        (FIXED, [("1:00", SLOWED)], 120, Reason.TIME),
        (UNTIL, [("1:00", SLOWED)], 60, Reason.MILK_SLOWED),
        (RANGE, [("1:00", SLOWED)], 300, Reason.MILK_SLOWED),
        (LINGERS, [("1:00", SLOWED)], 330, Reason.MILK_SLOWED),
        (LINGERS_LONG, [("1:00", SLOWED)], 420, Reason.TIME),
        (RANGE, [("6:00", SLOWED)], 360, Reason.MILK_SLOWED),
        (LINGERS, [("6:00", SLOWED)], 390, Reason.MILK_SLOWED),
        (LINGERS, [("6:45", SLOWED)], 420, Reason.TIME),
        (LINGERS, [("6:00", SLOWED), ("6:20", SLOWED)], 390, Reason.MILK_SLOWED),
        (WAIT, [("1:00", SLOWED)], None, None),
        # more time
        (FIXED, [("1:00", MORE)], 180, Reason.TIME),
        (FIXED, [("1:00", MORE), ("1:01", MORE)], 240, Reason.TIME),
        (RANGE, [("1:00", MORE)], 480, Reason.TIME),
        (RANGE, [("6:00", MORE)], 480, Reason.TIME),
        (RANGE, [("1:00", MORE), ("7:30", SLOWED)], 450, Reason.MILK_SLOWED),
        (LINGERS, [("6:00", SLOWED), ("6:10", MORE)], 450, Reason.MILK_SLOWED),
        (WAIT, [("1:00", MORE)], None, None),
        # pause and resume
        (FIXED, [("1:00", PAUSE), ("6:00", RESUME)], 420, Reason.TIME),
        (RANGE, [("1:00", PAUSE), ("2:00", RESUME)], 480, Reason.TIME),
        (RANGE, [("6:00", PAUSE), ("7:00", RESUME)], 480, Reason.TIME),
        (FIXED, [("1:00", PAUSE), ("2:00", MORE), ("6:00", RESUME)], 480, Reason.TIME),
        (FIXED, [("1:00", PAUSE), ("2:00", NEXT)], 120, Reason.NEXT),
        (FIXED, [("1:00", HURTS), ("6:00", RESUME)], 420, Reason.TIME),
        (FIXED, [("1:00", RESUME)], 120, Reason.TIME),
        # back
        (FIXED, [("0:30", BACK)], 30, Reason.BACK),
        # undo
        (FIXED, [("1:00", UNDO)], 120, Reason.TIME),
        (FIXED, [("1:00", MORE), ("1:30", UNDO)], 120, Reason.TIME),
        (FIXED, [("1:00", MORE), ("2:30", UNDO)], 150, Reason.TIME),
        (RANGE, [("1:00", SLOWED), ("2:00", UNDO)], 420, Reason.TIME),
        (LINGERS, [("6:00", SLOWED), ("6:10", MORE), ("7:00", UNDO)], 420, Reason.MILK_SLOWED),
        (FIXED, [("1:00", MORE), ("1:30", PAUSE), ("1:40", UNDO), ("2:30", RESUME)], 180, Reason.TIME),
        # stop
        (FIXED, [("1:00", STOP)], 60, Reason.STOPPED),
        (FIXED, [("0:30", PAUSE), ("1:00", STOP)], 60, Reason.STOPPED),
        (WAIT, [("1:00", STOP)], 60, Reason.STOPPED),
    ],
)
def test_how_a_step_ends(
    step: Step, commands: list[tuple[str, Command]], at: float | None, reason: Reason | None
) -> None:
    came = left(plan_of(step, fixed("10 min")), *commands)
    assert came[:1] == ([] if at is None or reason is None else [(at, Left(0, reason))])


@each_row("second", [FIXED, RANGE, WAIT])
def test_back_soon_goes_to_the_step_before_and_later_to_the_start_of_this_one(second: Step) -> None:
    plan = plan_of(fixed("1 min"), second)
    soon = running(play(plan, ("1:05", BACK)).session)
    later = running(play(plan, ("1:06", BACK)).session)
    assert (soon.index, soon.origin) == (0, seconds(65))
    assert (later.index, later.origin) == (1, seconds(66))


def test_back_in_the_first_step_begins_it_again() -> None:
    session = running(play(plan_of(FIXED), ("0:03", BACK)).session)
    assert (session.index, session.origin) == (0, seconds(3))


def test_back_twice_returns_through_two_accidental_nexts() -> None:
    plan = plan_of(FIXED, FIXED, FIXED)
    session = running(
        play(plan, ("1:00", NEXT), ("1:02", MORE), ("1:03", NEXT), ("1:04", BACK), ("1:06", BACK)).session
    )
    assert (session.index, session.origin, session.extra) == (0, seconds(6), ZERO)


def test_back_after_next_keeps_what_more_time_gave_to_a_step_whose_milk_had_slowed() -> None:
    plan = plan_of(LINGERS, FIXED)
    outcome = play(plan, ("5:30", SLOWED), ("5:50", MORE), ("6:30", NEXT), ("6:32", BACK))
    assert boundary(outcome.session) == seconds(7 * 60 + 2)


def test_back_from_a_pause_ends_the_pause_first() -> None:
    outcome = play(plan_of(FIXED), ("1:00", PAUSE), ("2:00", BACK))
    assert effects(outcome.happenings, PauseBegan, PauseEnded, Left, Entered) == [
        (0, Entered(0)),
        (60, PauseBegan(Why.ASKED)),
        (120, PauseEnded()),
        (120, Left(0, Reason.BACK)),
        (120, Entered(0)),
    ]


def test_undo_after_back_returns_to_where_she_was_without_leaving_the_step() -> None:
    outcome = play(plan_of(FIXED), ("1:00", BACK), ("1:03", UNDO))
    assert running(outcome.session).origin == seconds(3)
    assert effects(outcome.happenings, Left) == [(60, Left(0, Reason.BACK))]


def test_undo_in_a_pause_stays_paused_and_holds_its_own_reason() -> None:
    session = paused(play(plan_of(FIXED), ("1:00", MORE), ("1:10", HURTS), ("1:20", UNDO)).session)
    assert (session.running.extra, session.at, session.why) == (ZERO, seconds(70), Why.HURTS)


def test_time_that_moved_on_cannot_be_undone() -> None:
    session = running(play(plan_of(FIXED, FIXED), ("1:00", MORE), ("3:10", UNDO)).session)
    assert (session.index, session.trail) == (1, ())


def test_the_mark_of_a_range_is_silent_where_milk_slowed_before_it() -> None:
    outcome = play(plan_of(LINGERS, WAIT), ("1:00", SLOWED), until="5:29")
    assert effects(outcome.happenings, Earliest) == []
    said = [text for _, text in effects(outcome.happenings, Say)]
    assert said == [Say("Pump"), Say("Halfway to the mark."), Say("Next: prepare.")]


def test_the_reason_of_a_pause_can_become_more_pressing() -> None:
    outcome = play(plan_of(FIXED), ("1:00", PAUSE), ("1:10", HURTS))
    assert (paused(outcome.session).why, paused(outcome.session).at) == (Why.HURTS, seconds(60))
    assert len(effects(outcome.happenings, PauseBegan)) == 1
    assert paused(play(plan_of(FIXED), ("1:00", HURTS), ("1:10", PAUSE)).session).why is Why.HURTS


def test_a_closed_lid_pauses_at_the_gap_s_beginning() -> None:
    session = paused(lid_closed(play(plan_of(FIXED), until="1:00").session, seconds(61)).session)
    assert (session.at, session.why) == (seconds(61), Why.LID)


def test_a_session_closes_with_a_chime_and_a_word_after_it() -> None:
    outcome = play(plan_of(fixed("5 s")), until="10 s")
    assert finished(outcome.session) == Finished(plan_of(fixed("5 s")), seconds(5), complete=True)
    assert effects(outcome.happenings, Left, Ended, Chime, Say)[-4:] == [
        (5, Left(0, Reason.TIME)),
        (5, Ended(complete=True)),
        (5, Chime("end")),
        (9, Say(closing(plan_of(fixed("5 s"))))),
    ]


def test_next_in_the_last_step_closes_as_time_does() -> None:
    outcome = play(plan_of(WAIT), ("5 s", NEXT))
    assert finished(outcome.session).complete
    assert effects(outcome.happenings, Say)[-1] == (9, Say(closing(plan_of(WAIT))))


def test_stop_ends_without_a_word() -> None:
    outcome = play(plan_of(FIXED), ("1:00", STOP), until="5 min")
    assert not finished(outcome.session).complete
    assert effects(outcome.happenings, Left, Ended) == [(60, Left(0, Reason.STOPPED)), (60, Ended(complete=False))]
    assert effects(outcome.happenings, Say)[-1] != (64, Say(closing(plan_of(FIXED))))


@each_row("command", list(Command))
@each_row("over", [False, True])
def test_before_start_and_after_the_end_nothing_can_be_pressed(command: Command, over: bool) -> None:
    plan = plan_of(FIXED)
    session = Finished(plan, seconds(120), complete=True) if over else Ready(plan)
    assert do(session, command, seconds(130)) == Outcome(session)
    assert due(session) is None
    assert boundary(session) is None


def test_a_session_knows_its_segment_in_every_state() -> None:
    plan = plan_of(FIXED, WAIT)
    first, last = plan.segments
    assert segment_of(Ready(plan)) == first
    assert whole_plan(play(plan, ("1:00", PAUSE)).session) is whole_plan(Ready(plan)) is plan
    assert segment_of(play(plan, until="1:00").session) == first
    assert segment_of(play(plan, ("2:30", PAUSE)).session) == last
    assert segment_of(play(plan, ("2:30", NEXT)).session) == last


def test_beats_take_turns_and_cease_at_the_end() -> None:
    step = fixed("10 s", Kind.EXPRESS, pace=Pace(("press back", "relax"), seconds(3)))
    assert effects(play(plan_of(step), until="1 min").happenings, Beat) == [
        (0, Beat("press back")),
        (3, Beat("relax")),
        (6, Beat("press back")),
        (9, Beat("relax")),
    ]


def test_a_helper_is_spoken_to_after_the_step_s_own_prompt() -> None:
    long, short = fixed("1 min", partner="Water."), fixed("30 s", partner="Water.")
    brief = fixed("20 s", partner="Water.")
    assert effects(play(plan_of(long, short, brief), until="3 min").happenings, Partner) == [
        (30, Partner("Water.")),
        (75, Partner("Water.")),
        (90, Partner("Water.")),
    ]


# Thirty minutes of suction without a break


def reminders(plan: Plan, *commands: tuple[str, Command]) -> list[float]:
    happenings = play(plan, *commands, until="3 h").happenings
    said = [at for at, effect in effects(happenings, Say) if effect == Say(LONG_SUCTION_WORDS)]
    assert said == [at for at, _ in effects(happenings, LongSuction)]
    return said


@each_row(
    ("steps", "at"),
    [
        ([fixed("40 min", Kind.PUMP)], [1800]),
        ([fixed("40 min", Kind.COMPRESS)], [1800]),
        ([fixed("40 min", Kind.EXPRESS, suction="Low")], [1800]),
        ([fixed("40 min", Kind.EXPRESS)], []),
        ([fixed("30 min", Kind.PUMP)], []),
        ([fixed("30 min", Kind.PUMP), fixed("1 min", Kind.COMPRESS)], [1800]),
        ([fixed("20 min", Kind.PUMP), fixed("20 min", Kind.COMPRESS)], [1800]),
        ([fixed("20 min", Kind.PUMP), fixed("10 s", Kind.REST), fixed("20 min", Kind.PUMP)], []),
        ([fixed("5 min"), fixed("40 min", Kind.PUMP)], [2100]),
        ([fixed("70 min", Kind.PUMP)], [1800]),
        ([fixed("35 min", Kind.PUMP), fixed("1 min"), fixed("35 min", Kind.PUMP)], [1800, 2160 + 1800]),
        ([waiting(Kind.PUMP)], [1800]),
    ],
)
def test_suction_without_a_break_brings_a_word_at_thirty_minutes(steps: list[Step], at: list[float]) -> None:
    assert reminders(plan_of(*steps)) == at


def test_a_pause_shifts_the_word_on_suction() -> None:
    assert reminders(plan_of(fixed("40 min", Kind.PUMP)), ("10 min", PAUSE), ("15 min", RESUME)) == [2100]


def test_a_step_pressed_away_and_back_is_no_break_in_suction() -> None:
    plan = plan_of(fixed("40 min", Kind.PUMP), fixed("1 min"))
    assert reminders(plan, ("29 min", NEXT), ("29 min 4 s", BACK)) == [1804]
    again = plan_of(fixed("40 min", Kind.PUMP), fixed("10 min", Kind.COMPRESS))
    assert reminders(again, ("29 min", NEXT), ("29 min 4 s", BACK)) == [1800]


def test_the_word_on_suction_is_said_once_a_stretch_wherever_she_goes_after_it() -> None:
    assert reminders(plan_of(fixed("35 min", Kind.PUMP), fixed("40 min", Kind.COMPRESS))) == [1800]
    plan = plan_of(fixed("40 min", Kind.PUMP), fixed("10 min", Kind.COMPRESS))
    assert reminders(plan, ("29 min", NEXT), ("31 min", Command.UNDO)) == [1800]


def test_a_cue_that_recurs_is_silent_where_its_step_ends() -> None:
    plan = plan_of(fixed("1 min", cues=(Cue(Every(seconds(30)), sound="tick"),)), FIXED)
    chimes = effects(play(plan, until="2 min").happenings, Chime)
    assert [at for at, chime in chimes if chime == Chime("tick")] == [30]


def test_a_step_begun_again_is_no_break_in_suction() -> None:
    assert reminders(plan_of(fixed("40 min", Kind.PUMP)), ("20 min", Command.AGAIN)) == [1800]
    assert reminders(plan_of(fixed("40 min", Kind.PUMP)), ("20 min", BACK)) == [1800]


def test_happenings_of_a_whole_range_are_these() -> None:
    plan = plan_of(ranged("4 min", "5 min", say="Pump again."), fixed("15 s", Kind.STROKE, title="Light strokes"))
    assert effects(play(plan, until=timedelta(minutes=5)).happenings, Chime, Say, Earliest) == [
        (0, Chime("pump")),
        (2, Say("Pump again.")),
        (120, Say("Halfway to the mark.")),
        (240, Earliest()),
        (240, Chime("earliest")),
        (242, Say("Go on when you like.")),
        (290, Say("Next: light strokes.")),
        (300, Chime("stroke")),
    ]


@each_row("kind", list(Kind))
def test_what_helps_where_it_hurts_is_meant_for_the_kind_of_step(kind: Kind) -> None:
    words = hurts_words(fixed("1 min", kind))
    assert ("suction" in words) == (kind in {Kind.PUMP, Kind.COMPRESS})
    by_hand = {Kind.MASSAGE, Kind.STROKE, Kind.SHAKE, Kind.KNEAD, Kind.EXPRESS}
    assert ("hands" in words) == (kind in by_hand)
    assert "suction" in hurts_words(fixed("1 min", kind, suction="Low"))
