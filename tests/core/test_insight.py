"""Days, the last 24 hours, her own timings and the next nudge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.core.ago import first_line
from guide.core.commands import Reason
from guide.core.days import centred_mean, days, dial, takeovers, whole_days
from guide.core.layout import lay_out
from guide.core.nudge import QuietHours, next_nudge
from guide.core.plan import Plan
from guide.core.record import Record, RoutineDay, StepRecord
from guide.core.routine import Fixed, Kind, Purpose, Range, Routine, Side, Step
from guide.core.usual import (
    keep_what_i_did,
    let_downs,
    own_range,
    own_times,
    slows_words,
    usual_moment,
    usual_range,
)
from guide.core.visited import steps_from
from stories import PLANS, RECORDS
from tables import each_row

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def session(
    began: datetime, left: float | None = None, right: float | None = None, routine: str = "pump-only"
) -> Record:
    name = routine.replace("-", " ").capitalize()
    return Record(0, routine, name, began, lasted=20 * MINUTE, left_ml=left, right_ml=right)


# days


def test_a_day_adds_up_what_was_noted_and_nothing_else() -> None:
    records = [session(NOON, 30, 40), session(NOON + HOUR), session(NOON + 2 * HOUR, None, 0.0), session(NOON - DAY)]
    assert [(total.day.day, total.sessions, total.noted, total.ml) for total in days(records)] == [
        (21, 1, 0, None),
        (22, 3, 2, 70.0),
    ]


@each_row(
    ("began", "day"),
    [
        ("2026-03-29T01:59:00+01:00", "2026-03-29"),  # one minute before clocks go forward
        ("2026-03-29T03:00:00+02:00", "2026-03-29"),  # one minute later
        ("2026-03-29T23:59:00+02:00", "2026-03-29"),
        ("2026-03-30T00:00:00+02:00", "2026-03-30"),
        ("2026-10-25T00:30:00+02:00", "2026-10-25"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25"),  # the hour that comes twice
        ("2026-10-25T02:30:00+01:00", "2026-10-25"),
        ("2026-10-25T23:59:00+01:00", "2026-10-25"),
        ("2026-10-26T00:00:00+01:00", "2026-10-26"),
    ],
)
def test_a_day_is_the_one_her_clock_showed_over_both_changes_of_the_clocks(began: str, day: str) -> None:
    record = session(datetime.fromisoformat(began), 10)
    assert [total.day.isoformat() for total in days([record])] == [day]
    in_utc = replace(record, began=record.began.astimezone(UTC))
    assert [total.day.isoformat() for total in days([in_utc], BERLIN)] == [day]


def test_a_day_of_25_hours_and_one_of_23_hold_every_hour_once() -> None:
    for day, hours in ((date(2026, 10, 25), 25), (date(2026, 3, 29), 23)):
        midnight = datetime(day.year, day.month, day.day, tzinfo=BERLIN).astimezone(UTC)
        records = [session((midnight + n * HOUR).astimezone(BERLIN), 1) for n in range(-2, 28)]
        assert {total.day: total.ml for total in days(records)}[day] == hours
        assert days(records) == days([replace(one, began=one.began.astimezone(UTC)) for one in records], BERLIN)


@given(st.lists(RECORDS, max_size=12))
def test_no_session_and_no_drop_is_lost_between_days(records: list[Record]) -> None:
    totals = days(records)
    assert sum(total.sessions for total in totals) == len(records)
    noted = [record.ml for record in records if record.ml is not None]
    assert sum(total.ml or 0 for total in totals) == pytest.approx(sum(noted))
    assert sum(total.noted for total in totals) == len(noted)


def test_days_without_a_session_stand_empty_and_today_is_left_out() -> None:
    records = [session(NOON - 3 * DAY, 50), session(NOON - DAY, 60), session(NOON, 10)]
    assert [total.ml for total in whole_days(days(records), NOON.date())] == [50, None, 60]
    assert whole_days([], NOON.date()) == []


@given(st.lists(st.one_of(st.none(), st.floats(0, 1000)), max_size=20))
def test_a_centred_mean_stays_within_its_neighbours(values: list[float | None]) -> None:
    means = centred_mean(values)
    assert [mean is None for mean in means] == [value is None for value in values]
    for index, mean in enumerate(means):
        near = [one for one in values[max(index - 1, 0) : index + 2] if one is not None]
        assert mean is None or min(near) - 1e-9 <= mean <= max(near) + 1e-9


def evenings(*routines: str) -> list[RoutineDay]:
    """A day a word: which routine each of its sessions was of."""
    names = {"p": ("pump-only", "Pump only"), "h": ("hands-on", "Hands on"), "n": ("night", "Night")}
    return [
        RoutineDay((NOON + number * DAY).date(), *names[letter], letters.count(letter))
        for number, letters in enumerate(routines)
        for letter in dict.fromkeys(letters)
    ]


@each_row(
    ("routines", "changes"),
    [
        (("ppp", "ppp", "ppp", "hhh", "hhp", "hhh"), [("hands-on", 3)]),
        (("ppp", "ppp", "ppp", "hhh", "ppp", "hhh"), []),  # a try is no change
        (("ppp", "ppp", "ppp", "hhh", "hhh"), []),  # not yet
        (("hhh",) * 5, []),  # what she began with
        (("ppp",) * 3 + ("hpn",) * 4 + ("hhh",) * 3 + ("ppn",) * 3, [("hands-on", 7), ("pump-only", 10)]),
        ((), []),
    ],
)
def test_a_routine_takes_over_when_it_leads_three_days_in_a_row(
    routines: Sequence[str], changes: list[tuple[str, int]]
) -> None:
    found = takeovers(evenings(*routines))
    assert [(change.routine_id, (change.day - NOON.date()).days) for change in found] == changes


def test_a_change_names_its_routine_and_the_days_it_may_show() -> None:
    change = takeovers(evenings("ppp", "ppp", "ppp", "hhh", "hhh", "hhh"))[0]
    assert (change.lag_from - change.day, change.lag_to - change.day) == (3 * DAY, 5 * DAY)
    assert change.said() == "Began hands on"


# the last 24 hours


def test_the_dial_has_midnight_on_top_and_counts_from_start_to_start() -> None:
    now = datetime(2026, 11, 22, 3, 12, tzinfo=timezone(HOUR))
    shown = dial([session(now - timedelta(hours=3, minutes=12)), session(now - 23 * HOUR), session(now - DAY)], now)
    assert shown.count == 2
    assert shown.arcs[1].start == pytest.approx(0.0)
    assert shown.arcs[1].span == pytest.approx(25 / (24 * 60))
    assert shown.now == pytest.approx(192 / 1440)
    assert shown.since == pytest.approx(192 / 1440)
    assert shown.caption == "3 h 12 min since the last one"


def test_an_empty_dial_says_so() -> None:
    shown = dial([], NOON)
    assert (shown.arcs, shown.since, shown.now, shown.caption) == ((), None, 0.5, "Nothing in the last 24 hours")


@given(st.lists(st.integers(0, 2000), max_size=20), st.integers(-720, 720))
def test_every_arc_is_as_far_behind_now_as_its_session_began(minutes: list[int], offset: int) -> None:
    now = NOON.astimezone(timezone(offset * MINUTE))
    shown = dial([session(NOON - ago * MINUTE) for ago in minutes], now)
    behind = sorted(round((shown.now - arc.start) % 1.0 * 1440, 6) % 1440 for arc in shown.arcs)
    assert behind == sorted(ago for ago in minutes if ago < 1440)


def test_the_first_line_of_the_library() -> None:
    assert first_line(None, 0, NOON) == ""
    assert first_line(NOON - 192 * MINUTE, 5, NOON) == "Last session **3 h 12 min ago** · **5** in the last 24 h"
    assert first_line(NOON - 3 * DAY, 0, NOON) == "Last session **3 days ago**"
    assert first_line(NOON + HOUR, 1, NOON) == "Last session **under a minute ago** · **1** in the last 24 h"


# her own timings


def slowed(*seconds: float | None, place: tuple[int, ...] = (2,)) -> list[Record]:
    return [
        replace(
            session(NOON + number * HOUR, routine="hands-on"),
            steps=(
                StepRecord(
                    Kind.PUMP,
                    "Pump",
                    Side.BOTH,
                    entered=timedelta(0),
                    lasted=7 * MINUTE,
                    reason=Reason.TIME,
                    slowed_at=None if after is None else after * SECOND,
                    place=place,
                ),
            ),
        )
        for number, after in enumerate(seconds)
    ]


def test_five_sessions_tell_when_milk_usually_slows() -> None:
    records = slowed(300, 330, 342, 380, 420)
    assert usual_moment(records, "hands-on", (2,)) == timedelta(minutes=5, seconds=40)
    assert slows_words(timedelta(minutes=5, seconds=40)) == "Your milk usually slows at about 5:40 here"
    assert own_range(records, "hands-on", (2,)) == Range(
        timedelta(minutes=5, seconds=30), timedelta(minutes=6, seconds=30)
    )


def test_four_sessions_do_not_nor_those_of_another_step_or_routine() -> None:
    records = slowed(300, 330, None, 342, 380)
    assert usual_moment(records, "hands-on", (2,)) is None
    assert own_range(records, "hands-on", (2,)) is None
    assert usual_moment(slowed(*[300] * 9), "hands-on", (3,)) is None
    assert usual_moment(slowed(*[300] * 9), "another", (2,)) is None


def test_only_the_last_twenty_sessions_count() -> None:
    assert usual_moment(slowed(*[100] * 30, *[400] * 20), "hands-on", (2,)) == 400 * SECOND


@given(st.lists(st.floats(0, 4000), min_size=5, max_size=30))
def test_a_range_of_her_own_can_always_be_written_in_a_routine(seconds: list[float]) -> None:
    found = own_range(slowed(*seconds), "hands-on", (2,))
    assert found is not None
    assert timedelta(0) < found.earliest <= found.latest - MINUTE
    assert found.latest <= 30 * MINUTE


PUMP_UNTIL = Step(Kind.PUMP, Range(5 * MINUTE, 7 * MINUTE), until_milk_slows=True)
LIGHT_AND_FAST = Step(Kind.PUMP, Fixed(2 * MINUTE))
BY_HAND = Step(Kind.MASSAGE, Fixed(MINUTE))


@each_row(
    ("steps", "waits"),
    [
        ((BY_HAND, LIGHT_AND_FAST, PUMP_UNTIL), {(1,)}),
        ((LIGHT_AND_FAST, BY_HAND, PUMP_UNTIL), set()),
        ((LIGHT_AND_FAST, LIGHT_AND_FAST, PUMP_UNTIL), set()),
        ((PUMP_UNTIL, PUMP_UNTIL), set()),
        ((LIGHT_AND_FAST,), set()),
    ],
)
def test_a_step_that_waits_for_the_first_milk_begins_the_pump_and_leads_to_one_that_pumps_until_it_slows(
    steps: tuple[Step, ...], waits: set[tuple[int, ...]]
) -> None:
    assert let_downs(lay_out(Routine("A routine", steps))) == waits


def test_next_in_such_a_step_tells_that_milk_came_and_time_running_out_does_not() -> None:
    plan = lay_out(Routine("A routine", (BY_HAND, LIGHT_AND_FAST, PUMP_UNTIL)))

    def by(reason: Reason) -> list[Record]:
        return [
            replace(one, steps=tuple(replace(step, reason=reason, lasted=80 * SECOND) for step in one.steps))
            for one in slowed(*[None] * 5, place=(1,))
        ]

    assert own_times(plan, by(Reason.NEXT), "hands-on") == {(1,): 80 * SECOND}
    assert own_times(plan, by(Reason.TIME), "hands-on") == {}
    assert own_times(plan, slowed(*[340] * 5), "hands-on") == {(2,): 340 * SECOND}


def test_her_last_sessions_of_a_purpose_have_a_range() -> None:
    records = [
        replace(session(NOON + n * HOUR, ml), purpose=Purpose.PROTECT) for n, ml in enumerate((500, *[60.0] * 9, 95))
    ]
    assert usual_range(records, Purpose.PROTECT) == (60.0, 95.0)
    assert usual_range(records, Purpose.TREAT) is None
    assert usual_range(records[:2], Purpose.PROTECT) is None


# nudges


@each_row(
    ("last", "goal", "quiet", "due"),
    [
        ("2026-11-22T12:00", 8, None, "2026-11-22T15:00"),
        ("2026-11-22T12:00", 7, None, "2026-11-22T15:25"),
        ("2026-11-22T20:00", 8, QuietHours(time(22), time(6)), "2026-11-23T06:00"),
        ("2026-11-22T23:30", 8, QuietHours(time(22), time(6)), "2026-11-23T06:00"),
        ("2026-11-22T19:00", 8, QuietHours(time(22), time(6)), "2026-11-23T06:00"),
        ("2026-11-22T18:59", 8, QuietHours(time(22), time(6)), "2026-11-22T21:59"),
        ("2026-11-22T10:30", 8, QuietHours(time(13), time(15)), "2026-11-22T15:00"),
        ("2026-11-22T10:30", 8, QuietHours(time(13), time(13)), "2026-11-22T13:30"),
        ("2026-10-24T23:00", 8, None, "2026-10-25T02:00"),
        ("2026-10-25T01:00", 8, None, "2026-10-25T03:00"),  # three hours that pass, one of them twice on the clock
        ("2026-03-29T01:00", 8, None, "2026-03-29T05:00"),
        ("2026-03-28T21:00", 8, QuietHours(time(22), time(2, 30)), "2026-03-29T03:30"),  # 2:30 does not come that night
    ],
)
def test_a_nudge_comes_a_share_of_the_day_after_the_last_start(
    last: str, goal: int, quiet: QuietHours | None, due: str
) -> None:
    begun = datetime.fromisoformat(last).replace(tzinfo=BERLIN)
    nudge = next_nudge(begun, DAY / goal, quiet, BERLIN)
    assert nudge is not None
    assert nudge.replace(tzinfo=None, second=0, microsecond=0) == datetime.fromisoformat(due)


def test_quiet_hours_within_the_hour_that_comes_twice_end_the_second_time() -> None:
    begun = datetime(2026, 10, 24, 22, 15, tzinfo=UTC)
    nudge = next_nudge(begun, 3 * HOUR, QuietHours(time(2), time(2, 30)), BERLIN)
    assert nudge is not None
    assert nudge.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_there_is_no_nudge_until_she_asks() -> None:
    assert next_nudge(NOON, None) is None
    assert next_nudge(NOON, timedelta(0)) is None
    assert next_nudge(None, 3 * HOUR) is None


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)), st.integers(1, 24), st.times(), st.times())  # noqa: DTZ001 - zone beside
def test_a_nudge_is_never_early_and_never_in_quiet_hours(last: datetime, goal: int, begins: time, ends: time) -> None:
    quiet = QuietHours(begins.replace(second=0, microsecond=0), ends.replace(second=0, microsecond=0))
    begun = last.replace(tzinfo=BERLIN).astimezone(UTC)
    nudge = next_nudge(begun, DAY / goal, quiet, BERLIN)
    assert nudge is not None
    assert nudge.astimezone(UTC) - begun >= DAY / goal
    assert not quiet.holds(nudge.time())


# keeping what she did


@given(PLANS)
def test_a_plan_followed_to_its_end_is_kept_as_it_was(plan: Plan) -> None:
    steps = steps_from(plan, [], timedelta(hours=20))
    record = replace(session(NOON), steps=steps)
    for segment, kept in zip(plan.segments, keep_what_i_did(plan, record), strict=True):
        if kept is not None and segment.longest is not None and not segment.waits:
            assert abs(kept - max(segment.longest, 5 * SECOND)) <= 2.5 * SECOND


def test_what_was_not_come_to_is_not_kept_and_what_was_begun_again_counts_its_last_turn() -> None:
    def visit(index: int, lasted: float, reason: Reason) -> StepRecord:
        return StepRecord(Kind.PUMP, "", Side.BOTH, timedelta(0), lasted * SECOND, reason, index=index)

    class Three:
        segments = (0, 1, 2)

    steps = (visit(0, 61, Reason.BACK), visit(0, 128, Reason.NEXT), visit(1, 1, Reason.STOPPED))
    kept = keep_what_i_did(Three(), replace(session(NOON), steps=steps))  # type: ignore[arg-type]  # all it looks at
    assert kept == [130 * SECOND, 5 * SECOND, None]
