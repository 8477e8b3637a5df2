"""What became of each step, told from the commands alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.core.commands import Command, Left, PauseBegan, PauseEnded, Reason
from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.record import ML_PER_OZ, Record, active, is_of_today, mean_amount, ml_from_oz, oz, volume
from guide.core.routine import Fixed, Kind, Range, Routine, Side, Step
from guide.core.session import Finished, Paused
from guide.core.visited import steps_from
from stories import PLANS, STORIES, Story, told
from tables import each_row

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
PLAN = lay_out(
    Routine(
        "Short",
        (
            Step(Kind.MASSAGE, Fixed(2 * MINUTE)),
            Step(Kind.PUMP, Range(5 * MINUTE, 7 * MINUTE), until_milk_slows=True, linger=30 * SECOND),
            Step(Kind.EXPRESS, Fixed(MINUTE), side=Side.EACH),
        ),
    )
)


def lasted(*commands: tuple[float, Command], until: float = 10_000) -> list[tuple[int, float, str, float | None]]:
    """Each visit as its step, its length in seconds, why it was left, and when milk slowed in it."""
    steps = steps_from(PLAN, [(at * SECOND, command) for at, command in commands], until * SECOND)
    return [
        (step.index, step.lasted / SECOND, step.reason.value, step.slowed_at / SECOND if step.slowed_at else None)
        for step in steps
    ]


def test_a_session_left_alone_lasts_as_planned() -> None:
    assert lasted() == [(0, 120, "time", None), (1, 420, "time", None), (2, 60, "time", None), (3, 60, "time", None)]


def test_a_step_record_says_which_step_on_which_side() -> None:
    last = steps_from(PLAN, [], 3600 * SECOND)[-1]
    assert (last.kind, last.side, last.place, last.title) == (Kind.EXPRESS, Side.RIGHT, (2,), "Express, right side")
    assert last.entered == 10 * MINUTE


def test_a_pause_is_not_counted_in_its_step() -> None:
    assert lasted((30, Command.PAUSE), (90, Command.RESUME))[0] == (0, 120, "time", None)
    assert lasted((30, Command.PAUSE), (90, Command.NEXT))[0] == (0, 30, "next", None)


def test_a_session_stopped_while_paused_ends_where_the_pause_began() -> None:
    assert lasted((30, Command.PAUSE), (90, Command.STOP)) == [(0, 30, "stopped", None)]


def test_a_session_still_going_on_counts_its_step_as_stopped_there() -> None:
    assert lasted(until=50) == [(0, 50, "stopped", None)]
    assert lasted((30, Command.LID), until=5000) == [(0, 30, "stopped", None)]


def test_when_milk_slowed_is_kept_and_the_step_ends_after_its_linger() -> None:
    assert lasted((120 + 340, Command.MILK_SLOWED))[1] == (1, 370, "milk slowed", 340)


def test_next_past_the_mark_is_how_the_page_asks_about_milk_slowing() -> None:
    assert lasted((120 + 310, Command.NEXT))[1] == (1, 310, "next", 310)
    assert lasted((120 + 200, Command.NEXT))[1] == (1, 200, "next", None)


def test_a_slowing_that_was_taken_back_is_not_kept() -> None:
    steps = lasted((120 + 310, Command.MILK_SLOWED), (120 + 315, Command.UNDO))
    assert steps[1] == (1, 420, "time", None)


def test_a_step_left_by_accident_is_one_visit() -> None:
    steps = lasted((30, Command.NEXT), (33, Command.BACK))
    assert [step[:3] for step in steps[:2]] == [(0, 120, "time"), (1, 420, "time")]


def test_a_step_begun_again_is_a_visit_more() -> None:
    steps = lasted((60, Command.BACK))
    assert steps[:2] == [(0, 60, "back", None), (0, 120, "time", None)]


def test_beginning_again_can_be_taken_back() -> None:
    assert lasted((60, Command.BACK), (63, Command.UNDO))[0] == (0, 120, "time", None)


@pytest.mark.parametrize("end", [Command.STOP, Command.NEXT])
def test_an_end_that_was_taken_back_is_no_visit(end: Command) -> None:
    last = 620
    assert lasted((last, end), (last + 300, Command.UNDO), until=5000) == lasted(
        (last, Command.PAUSE), (last + 300, Command.RESUME), until=5000
    )


@given(PLANS, STORIES)
def test_visits_last_as_long_as_the_session_without_its_pauses(plan: Plan, story: Story) -> None:
    turns = told(plan, story)
    until, session = turns[-1][0], turns[-1][2]
    end = session.at if isinstance(session, Finished | Paused) else until
    paused, since = timedelta(0), None
    for _, _, _, happenings in turns:
        for happening in happenings:
            match happening.effect:
                case PauseBegan() if since is None:
                    since = happening.at
                case PauseEnded() if since is not None:
                    paused, since = paused + happening.at - since, None
                case Left(_, Reason.STOPPED) if since is not None:
                    paused, since = paused + happening.at - since, None
                case _:
                    pass
    steps = steps_from(plan, [(at, command) for at, command in story if command is not None], until)
    glances = len(steps) < sum(isinstance(h.effect, Left) for turn in turns for h in turn[3])
    undone = any(command in {Command.UNDO, Command.BACK} for _, command in story)
    if not glances and not undone:
        assert active(steps) == end - paused
    assert all(step.lasted >= timedelta(0) for step in steps)
    assert active(steps) <= end - paused


@given(PLANS, STORIES)
def test_milk_never_slows_after_its_step(plan: Plan, story: Story) -> None:
    commands = [(at, command) for at, command in story if command is not None]
    for step in steps_from(plan, commands, timedelta(hours=20)):
        assert step.slowed_at is None or timedelta(0) <= step.slowed_at <= step.lasted


@given(st.integers(0, 3300))
def test_a_hundredth_of_an_ounce_comes_back_from_the_stored_volume(hundredths: int) -> None:
    ounces = hundredths / 100
    assert oz(ml_from_oz(ounces)) == ounces
    assert abs(ml_from_oz(ounces) - ounces * ML_PER_OZ) <= 0.05 + 1e-9


@given(st.integers(0, 9990), st.integers(0, 9990))
def test_two_sides_in_tenths_of_a_ml_are_shown_together_as_their_sum(left: int, right: int) -> None:
    shown = Fraction(volume(left / 10 + right / 10).split()[0])
    together = Fraction(left + right, 10)
    assert shown == together if together < 100 else abs(shown - together) <= Fraction(1, 2)


@given(st.integers(2, 9990), st.booleans())
def test_no_drop_is_shown_as_nothing(tenths: int, ounces: bool) -> None:
    ml = tenths / 10
    for words in (volume(ml, ounces=ounces), mean_amount(ml, ounces=ounces)):
        assert float(words.split()[0]) > 0


@each_row(
    ("left", "right", "both"),
    [(None, None, None), (0.0, None, 0.0), (None, 40.0, 40.0), (35.0, 40.0, 75.0), (0.0, 0.0, 0.0)],
)
def test_nothing_noted_is_not_zero(left: float | None, right: float | None, both: float | None) -> None:
    record = Record(1, "r", "R", datetime(2026, 1, 1, tzinfo=UTC), left_ml=left, right_ml=right)
    assert record.ml == both


def test_a_volume_is_written_in_her_unit() -> None:
    assert [volume(ml) for ml in (None, 0.0, 35.0, 73.9, 999.95)] == ["–", "0 mL", "35 mL", "73.9 mL", "1000 mL"]
    assert [volume(ml, ounces=True) for ml in (0.0, 3.5, 50.0, 73.9)] == [
        "0 fl oz",
        "0.12 fl oz",
        "1.69 fl oz",
        "2.5 fl oz",
    ]


@each_row(("ended", "today"), [(-0.5, False), (0, True), (23.5, True), (24, False)])
def test_a_session_is_of_the_day_on_her_clock_on_which_it_ended(ended: float, today: bool) -> None:
    midnight = datetime(2026, 11, 22, tzinfo=timezone(timedelta(hours=5)))
    began = midnight + timedelta(hours=ended - 1)
    record = Record(1, "r", "R", began.astimezone(timezone(-timedelta(hours=8))), lasted=timedelta(hours=1))
    assert is_of_today(record, midnight + timedelta(hours=12)) is today


@each_row(("ml", "told"), [(0, "0"), (0.44, "0.4"), (0.99, "1"), (1, "1"), (1.4, "1"), (1.6, "2")])
def test_a_mean_under_a_millilitre_keeps_its_tenth(ml: float, told: str) -> None:
    assert mean_amount(ml, ounces=False) == told
