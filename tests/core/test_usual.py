"""Her own timings, her day and her nudge to the last digit: what laws over many values do not pin down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from guide.core.asked import do
from guide.core.commands import Command, Reason
from guide.core.days import days, dial, takeovers, whole_days
from guide.core.layout import lay_out
from guide.core.nudge import QuietHours, next_nudge
from guide.core.record import DayTotal, Record, RoutineDay, StepRecord, hardly_begun, mean_amount, ml_from_oz, volume
from guide.core.routine import Fixed, Kind, Purpose, Range, Routine, Side, Step
from guide.core.session import Ready, Running, start
from guide.core.usual import (
    comes_words,
    keep_what_i_did,
    let_downs,
    moments,
    own_range,
    own_times,
    usual_moment,
    usual_range,
    usual_words,
)
from guide.core.visited import steps_from
from marked import Marked
from tables import each_row

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
PUMPED = (1,)

UNTIL = Step(Kind.PUMP, Range(5 * MINUTE, 7 * MINUTE), until_milk_slows=True)
FIRST_MILK = Step(Kind.PUMP, Fixed(2 * MINUTE))
LET_DOWN = lay_out(Routine("Let-down", (FIRST_MILK, UNTIL)))


def visit(
    lasted: float, reason: Reason = Reason.TIME, slowed: float | None = None, *, index: int = 0, place: object = PUMPED
) -> StepRecord:
    assert isinstance(place, tuple)
    at = None if slowed is None else slowed * SECOND
    return StepRecord(Kind.PUMP, "Pump", Side.BOTH, timedelta(0), lasted * SECOND, reason, at, place, index)


def session(*steps: StepRecord, ago: int = 0, routine: str = "r", ml: float | None = None) -> Record:
    began = NOON - ago * HOUR
    return Record(0, routine, "R", began, lasted=20 * MINUTE, steps=steps, left_ml=ml, purpose=Purpose.PROTECT)


def slowed(*seconds: float) -> list[Record]:
    return [session(visit(420, slowed=at), ago=number) for number, at in enumerate(seconds)]


# a range of her own


@each_row(
    ("seconds", "earliest", "latest"),
    [
        ((300, 310, 350, 400, 500), 300, 420),  # the quarters are values themselves: 310 and 400
        ((100, 290, 330, 900, 930, 960), 300, 930),  # between two of them: 300 and 922.5
        ((20, 25, 330, 400, 500), 30, 420),  # half a minute at least
        ((300, 310, 312, 314, 316), 300, 360),  # and one minute long
        ((1700, 1790, 1800, 1900, 2000), 1740, 1800),  # within the longest suction
        ((900, 1020, 1400, 1800, 1800), 1020, 1800),
    ],
)
def test_a_range_of_her_own_is_the_middle_half_out_to_half_minutes(
    seconds: tuple[float, ...], earliest: int, latest: int
) -> None:
    assert own_range(slowed(*seconds), "r", PUMPED) == Range(earliest * SECOND, latest * SECOND)


def test_next_says_that_milk_came_only_where_a_step_waits_for_it() -> None:
    records = [session(visit(80, Reason.NEXT), ago=number) for number in range(5)]
    assert moments(records, "r", PUMPED) == []
    assert own_range(records, "r", PUMPED) is None
    assert usual_moment(records, "r", PUMPED) is None
    assert own_range(records, "r", PUMPED, let_down=True) == Range(60 * SECOND, 120 * SECOND)
    assert usual_moment(records, "r", PUMPED, let_down=True) == 80 * SECOND


def test_a_session_counts_once_and_those_of_other_routines_between_them_do_not() -> None:
    records = [
        session(visit(400, slowed=300), visit(400, slowed=10), ago=2),
        session(visit(400, slowed=50), ago=1, routine="another"),
        session(visit(400), visit(400, slowed=200), ago=3),
    ]
    assert moments(records, "r", PUMPED) == [300 * SECOND, 200 * SECOND]


def test_a_step_of_fixed_length_that_waits_for_no_milk_has_no_time_of_hers() -> None:
    plan = lay_out(Routine("A routine", (Step(Kind.MASSAGE, Fixed(MINUTE)), UNTIL)))
    records = [session(visit(50, slowed=40, place=(0,)), visit(400, slowed=340), ago=number) for number in range(5)]
    assert own_times(plan, records, "r") == {(1,): 340 * SECOND}


def test_a_pump_that_is_begun_first_of_all_waits_for_the_first_milk() -> None:
    assert let_downs(LET_DOWN) == {(0,)}


def test_her_last_three_have_a_range_and_two_have_none() -> None:
    assert usual_range([session(ml=ml, ago=at) for at, ml in enumerate((60, 95, 70))], Purpose.PROTECT) == (60, 95)
    assert usual_range([session(ml=ml, ago=at) for at, ml in enumerate((60, 95))], Purpose.PROTECT) is None


def test_her_own_times_and_volumes_in_words() -> None:
    assert comes_words(80 * SECOND) == "Your milk usually comes at about 1:20 here"
    assert usual_words(60, 95) == "Your last sessions like this: 60 to 95 mL"
    assert usual_words(60, 60.2) == "Your last sessions like this: 60 mL"
    assert usual_words(60, 96, ounces=True) == "Your last sessions like this: 2.03 to 3.25 fl oz"


# what she did


def test_only_the_turn_that_was_stayed_in_is_kept() -> None:
    plan = lay_out(Routine("A routine", (FIRST_MILK, UNTIL)))
    steps = (
        visit(61, Reason.BACK),
        visit(128, Reason.NEXT),
        visit(9, Reason.BACK),  # looked at once more, and left again
        visit(50, Reason.BACK, index=1),
        visit(99, index=2),  # of a routine that had more steps
        visit(99, index=-1),
    )
    assert keep_what_i_did(plan, session(*steps)) == [130 * SECOND, 50 * SECOND]


@pytest.mark.parametrize("command", [Command.NEXT, Command.MILK_SLOWED])
def test_next_and_milk_slowed_both_say_that_the_first_milk_has_come(command: Command) -> None:
    begun = start(Ready(LET_DOWN), timedelta(0)).session
    gone_on = do(begun, command, 80 * SECOND).session
    assert isinstance(gone_on, Running)
    assert gone_on.index == 1
    first = steps_from(LET_DOWN, [(80 * SECOND, command)], 3 * MINUTE)[0]
    assert (first.lasted, first.reason) == (80 * SECOND, Reason.NEXT)
    records = [session(replace(first, place=(0,)), ago=number) for number in range(5)]
    assert own_times(LET_DOWN, records, "r") == {(0,): 80 * SECOND}


@each_row(("at", "slows"), [(299, None), (300, 300), (301, 301)])
def test_next_at_the_lower_end_itself_means_that_milk_slowed(at: int, slows: int | None) -> None:
    plan = lay_out(Routine("A routine", (UNTIL, FIRST_MILK)))
    first = steps_from(plan, [(at * SECOND, Command.NEXT)], 10 * MINUTE)[0]
    assert first.slowed_at == (None if slows is None else slows * SECOND)


def test_what_lasted_five_seconds_beside_a_step_come_back_to_is_a_glance_and_what_lasted_longer_is_a_visit() -> None:
    plan = lay_out(Routine("A routine", (Step(Kind.MASSAGE, Fixed(2 * MINUTE)), UNTIL)))

    def visits(undone: int) -> list[tuple[int, float]]:
        commands = [(30 * SECOND, Command.NEXT), ((30 + undone) * SECOND, Command.UNDO)]
        return [(step.index, step.lasted / SECOND) for step in steps_from(plan, commands, 3 * MINUTE)]

    assert visits(5)[0] == (0, 120)
    assert visits(6)[:2] == [(1, 6), (0, 120)]


def test_a_step_come_back_to_in_a_pause_goes_on_as_it_was_left() -> None:
    plan = lay_out(Routine("A routine", (Step(Kind.MASSAGE, Fixed(2 * MINUTE)), UNTIL)))
    commands = [(30, Command.NEXT), (40, Command.PAUSE), (60, Command.UNDO), (70, Command.RESUME), (80, Command.STOP)]
    steps = steps_from(plan, [(at * SECOND, command) for at, command in commands], 10 * MINUTE)
    assert [(step.index, step.lasted / SECOND) for step in steps] == [(1, 10), (0, 40)]


# a session that hardly began


@each_row(
    ("change", "slip"),
    [
        ({}, True),
        ({"lasted": 60 * SECOND}, False),
        ({"lasted": 59.9 * SECOND}, True),
        ({"by_hand": True}, False),
        ({"left_ml": 0.0}, False),
        ({"note": "sore"}, False),
        ({"meant_for": "freezer"}, False),
        ({"steps": (visit(8, Reason.TIME),)}, False),
        ({"steps": (visit(8, Reason.TIME), visit(1, Reason.STOPPED))}, True),
    ],
)
def test_a_slip_of_the_hand_is_short_not_by_itself_and_without_a_note(change: dict[str, object], slip: bool) -> None:
    record = Record(1, "r", "R", NOON, lasted=8 * SECOND)
    assert hardly_begun(replace(record, **change)) is slip  # type: ignore[arg-type]  # named fields


# numbers


@each_row(
    ("ml", "metric", "ounces"),
    [
        (0, "0", "0.0"),
        (0.04, "0", "0.0"),
        (0.44, "0.4", "0.01"),
        (1, "1", "0.03"),
        (28.4, "28", "0.96"),
        (29.5735295625, "30", "1.0"),
        (45, "45", "1.5"),
        (451.7, "452", "15.3"),
    ],
)
def test_a_mean_is_no_finer_than_it_can_carry(ml: float, metric: str, ounces: str) -> None:
    assert mean_amount(ml) == metric
    assert mean_amount(ml, ounces=True) == ounces


def test_ounces_are_stored_to_a_tenth_of_a_ml_and_volumes_shown_to_a_hundredth() -> None:
    assert ml_from_oz(0.33) == 9.8
    assert [volume(ml, ounces=False) for ml in (0.44, 1.2, 1.304)] == ["0.44 mL", "1.2 mL", "1.3 mL"]


# days


def counted(day: int, routine: str, sessions: int) -> RoutineDay:
    return RoutineDay(date(2026, 11, day), routine, routine, sessions)


def test_a_routine_leads_a_day_with_more_than_half_of_its_sessions_only() -> None:
    before = [counted(day, "a", 1) for day in (1, 2, 3)]
    tied = [one for day in (4, 5, 6) for one in (counted(day, "b", 1), counted(day, "a", 1))]
    assert takeovers([*before, *tied]) == []
    led = [one for day in (4, 5, 6) for one in (counted(day, "b", 3), counted(day, "a", 2))]
    assert [change.day.day for change in takeovers([*before, *led])] == [4]


def test_sessions_of_a_routine_counted_in_two_rows_of_a_day_are_added() -> None:
    before = [counted(day, "a", 1) for day in (1, 2, 3)]
    rows = [one for day in (4, 5, 6) for one in (counted(day, "b", 2), counted(day, "b", 1), counted(day, "a", 2))]
    assert [change.routine_id for change in takeovers([*before, *rows])] == ["b"]


def test_a_day_without_a_session_has_none_and_nothing_noted() -> None:
    records = [session(ago=48, ml=10), session(ago=0)]
    assert whole_days(days(records), NOON.date())[1] == DayTotal(date(2026, 11, 21), 0, 0, None)


def test_the_ring_of_the_day_places_sessions_to_the_second() -> None:
    now = datetime(2026, 11, 22, 6, 0, 43, 200_000, tzinfo=UTC)
    one = Record(1, "r", "R", now - 12 * HOUR, lasted=HOUR)
    shown = dial([one], now)
    here = (6 * 3600 + 43.2) / 86_400
    assert shown.now == pytest.approx(here, abs=1e-9)
    [arc] = shown.arcs
    assert arc.record is one
    assert arc.start == pytest.approx(here + 0.5, abs=1e-9)
    assert arc.span == pytest.approx(1 / 24)


def test_what_the_ring_says_is_said_in_the_language_that_is_handed_in() -> None:
    assert dial([], NOON, Marked()).caption == "«Nothing in the last 24 hours»"
    assert dial([session()], NOON, Marked()).caption == "««under a minute» since the last one»"


# the nudge


@each_row(
    ("last", "quiet", "due"),
    [
        ("2026-11-22T01:12:34.567", QuietHours(time(2), time(6)), "2026-11-22T06:00:00"),  # the same day
        ("2026-11-22T20:12:34.567", QuietHours(time(22), time(6)), "2026-11-23T06:00:00"),  # past midnight
        ("2026-11-22T09:00:00", QuietHours(time(12), time(14)), "2026-11-22T14:00:00"),  # begins in that minute
        ("2026-11-22T11:00:00", QuietHours(time(12), time(14)), "2026-11-22T14:00:00"),  # ends in that minute: not held
    ],
)
def test_a_nudge_in_quiet_hours_comes_as_they_end_to_the_second(last: str, quiet: QuietHours, due: str) -> None:
    found = next_nudge(datetime.fromisoformat(last).replace(tzinfo=BERLIN), 3 * HOUR, quiet, BERLIN)
    assert found is not None
    assert found.replace(tzinfo=None) == datetime.fromisoformat(due)


def test_quiet_hours_that_end_in_the_hour_that_comes_twice_end_the_first_time() -> None:
    last = datetime(2026, 10, 24, 19, tzinfo=BERLIN)
    found = next_nudge(last, 3 * HOUR, QuietHours(time(20), time(2, 30)), BERLIN)
    assert found is not None
    assert found.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=timezone(timedelta(0)))
