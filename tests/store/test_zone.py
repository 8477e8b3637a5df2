"""The system's own clocks as a zone: summer and winter time, the hour that comes twice, days long past."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from guide.store.zone import LocalZone, clock_after

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system's zone cannot be chosen for a test")
HERE = LocalZone()
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _in_germany(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")  # as a rule, so that no data of zones need be there
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("shown", "hours", "name"),
    [
        (datetime(2026, 11, 22, 3, 12, tzinfo=HERE), 1, "CET"),
        (datetime(2026, 7, 1, 3, 12, tzinfo=HERE), 2, "CEST"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=HERE), 2, "CEST"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=HERE, fold=1), 1, "CET"),
        (datetime(2027, 3, 28, 1, 59, 59, tzinfo=HERE), 1, "CET"),
        (datetime(2027, 3, 28, 3, 0, tzinfo=HERE), 2, "CEST"),
    ],
)
def test_a_moment_has_the_offset_and_the_name_that_clocks_had_then(shown: datetime, hours: int, name: str) -> None:
    assert (shown.utcoffset(), shown.tzname(), shown.dst()) == (timedelta(hours=hours), name, None)


@pytest.mark.parametrize(
    ("there", "here"),
    [
        (datetime(2026, 11, 22, 2, 12, tzinfo=UTC), datetime(2026, 11, 22, 3, 12)),  # noqa: DTZ001  what clocks show
        (datetime(2026, 7, 1, 1, 12, 0, 250, tzinfo=UTC), datetime(2026, 7, 1, 3, 12, 0, 250)),  # noqa: DTZ001
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 2, 30)),  # noqa: DTZ001
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2026, 10, 25, 2, 30, fold=1)),  # noqa: DTZ001
    ],
)
def test_a_moment_elsewhere_is_what_the_clocks_here_showed_and_back(there: datetime, here: datetime) -> None:
    shown = there.astimezone(HERE)
    assert (shown.replace(tzinfo=None), shown.fold) == (here, here.fold)
    assert shown.tzinfo is HERE
    assert shown.astimezone(UTC) == there


def test_without_a_moment_there_is_no_offset_and_no_name() -> None:
    assert (HERE.utcoffset(None), HERE.tzname(None), HERE.dst(None)) == (None, None, None)


@pytest.mark.parametrize(
    ("began", "hours", "shown"),
    [
        (datetime(2026, 11, 22, 23, 0, tzinfo=timezone(HOUR)), 3, "02:00"),
        (datetime(2027, 3, 28, 0, 30, tzinfo=timezone(HOUR)), 3, "04:30"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=timezone(2 * HOUR)), 3, "02:30"),
        (datetime(2027, 3, 27, 14, 30, tzinfo=timezone(-9 * HOUR)), 3, "18:30"),  # noted on a journey
    ],
)
def test_a_clock_shows_the_time_that_passes_though_it_is_put_forward_or_back(
    began: datetime, hours: int, shown: str
) -> None:
    assert f"{clock_after(began, hours * HOUR):%H:%M}" == shown
