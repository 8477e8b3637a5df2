"""What the history page asks of the log: sessions counted by day and routine, and a routine's volumes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from guide.core.days import takeovers
from guide.core.record import OfRoutine, RoutineDay
from guide.store.log.log import Log

EVENING = datetime(2026, 11, 14, 20, tzinfo=timezone(timedelta(hours=1)))
DAY = timedelta(days=1)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    opened = Log.open(tmp_path / "sessions.sqlite3", now=lambda: EVENING)
    yield opened
    opened.close()


def add(log: Log, began: datetime, routine: str, left: float | None = None, right: float | None = None) -> None:
    log.add_by_hand(began=began, routine_id=routine, routine_name=routine.capitalize(), left_ml=left, right_ml=right)


def test_sessions_are_counted_by_day_and_routine(log: Log) -> None:
    add(log, EVENING, "a")
    add(log, EVENING + timedelta(hours=1), "a")
    add(log, EVENING + timedelta(hours=2), "b")
    add(log, EVENING - DAY, "b")
    assert sorted(log.routine_days(), key=str) == [
        RoutineDay(date(2026, 11, 13), "b", "B", 1),
        RoutineDay(date(2026, 11, 14), "a", "A", 2),
        RoutineDay(date(2026, 11, 14), "b", "B", 1),
    ]
    assert [one.day.day for one in log.routine_days(since=date(2026, 11, 14))] == [14, 14]
    assert [one.day.day for one in log.routine_days(until=date(2026, 11, 13))] == [13]


def test_what_took_over_is_told_from_the_days_as_the_log_counts_them(log: Log) -> None:
    for number in range(12):
        for hour in range(4):
            add(log, EVENING + number * DAY - timedelta(hours=3 * hour), "a" if number < 6 else "b")
    (change,) = takeovers(log.routine_days())
    assert (change.routine_id, change.day) == ("b", (EVENING + 6 * DAY).date())


def test_a_routines_volumes_are_those_noted_oldest_first(log: Log) -> None:
    add(log, EVENING, "a", 30, 40)
    add(log, EVENING - DAY, "a", right=25)
    add(log, EVENING - 2 * DAY, "a")
    add(log, EVENING - 3 * DAY, "a", 0)
    add(log, EVENING, "b", 80)
    assert log.volumes("a", limit=10) == [(EVENING - 3 * DAY, 0), (EVENING - DAY, 25), (EVENING, 70)]
    assert log.volumes("a", limit=1) == [(EVENING, 70)]


def test_what_is_known_is_found_out_by_another_thread_the_same(log: Log) -> None:
    add(log, EVENING, "Evening", 40.0)
    known_aside = log.known_aside()
    with ThreadPoolExecutor(1) as threads:
        aside = threads.submit(known_aside).result()
    for known in (aside, log.known()):
        assert known.sift(log.records()) == ([], 1)


def test_sessions_without_an_id_are_found_counted_and_summed_by_their_names(log: Log) -> None:
    for number, name in enumerate(["Freestyle", "Power-Pumpen", "Power-Pumpen", ""]):
        log.add_by_hand(began=EVENING - number * DAY, routine_name=name, left_ml=10.0 * number)
    add(log, EVENING, "power", 5)
    assert sorted(log.routines()) == [("", "", 1), ("", "Freestyle", 1), ("", "Power-Pumpen", 2), ("power", "Power", 1)]
    for asked, volumes in (
        (OfRoutine("", ("Power-Pumpen", "power-pumpen")), [20, 10]),
        (OfRoutine("power", ("Power-Pumpen",)), [20, 10, 5]),
        (OfRoutine("power"), [5]),
        (OfRoutine("", ("",)), [30]),
        (OfRoutine("", ("Other",)), []),
    ):
        assert log.count(routine=asked) == len(log.records(routine=asked)) == len(volumes)
        assert [ml for _, ml in log.volumes(asked, limit=9)] == volumes
    log.add_by_hand(began=EVENING, routine_name="Power-Pumpen")
    assert {(one.routine_name, one.sessions) for one in log.routine_days(since=EVENING.date())} == {
        ("Freestyle", 1), ("Power", 1), ("Power-Pumpen", 1),
    }  # fmt: skip
