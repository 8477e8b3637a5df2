"""The count before a start: what is left of it, and what a closed lid makes of it."""

from __future__ import annotations

from datetime import timedelta

from guide.core.count_in import SECONDS, CountIn
from plans import seconds
from tables import each_row

BEGAN = timedelta(minutes=5)


@each_row(
    ("passed", "left", "change"),
    [(0, 20, 1), (0.4, 20, 1), (1, 19, 2), (18.5, 2, 19), (19, 1, 20), (19.9, 1, 20), (20, 0, 21), (99, 0, 21)],
)
def test_a_count_is_rounded_up_and_the_next_number_comes_at_a_whole_second(
    passed: float, left: int, change: float
) -> None:
    count = CountIn(BEGAN)
    assert count.left(BEGAN + seconds(passed)) == left
    assert count.next_change(BEGAN + seconds(passed)) == BEGAN + seconds(change)


@each_row(("late", "missed"), [(-1, False), (0, False), (3, False), (3.1, True), (3600, True)])
def test_a_count_that_ended_more_than_three_seconds_ago_was_missed(late: float, missed: bool) -> None:
    assert CountIn(BEGAN).missed(BEGAN + seconds(SECONDS + late)) is missed
