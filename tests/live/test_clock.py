"""The clocks of the three systems, over a system that answers as the test says."""

from __future__ import annotations

import ctypes
import sys
import time
from datetime import timedelta

import pytest

from guide.live.clock import BootClock, Clock, ContinuousClock, InterruptClock, Rehearsal, system_clock
from hands import Clock as Stopped

THROUGH_SLEEP = 3_600_000_001_999  # nanoseconds; what is less than a microsecond is left out
AWAKE = 3_000_000_000_999
RAN, SLEPT = timedelta(hours=1, microseconds=1), timedelta(minutes=10, microseconds=1)


class Library:
    """Stands where Windows keeps its interrupt time, in units of 100 ns."""

    def __init__(self, name: str) -> None:
        assert name == "api-ms-win-core-realtime-l1-1-1"
        self.QueryInterruptTimePrecise = self._answering(THROUGH_SLEEP // 100)
        self.QueryUnbiasedInterruptTimePrecise = self._answering(AWAKE // 100)

    @staticmethod
    def _answering(count: int) -> object:
        def query(where: object) -> None:
            where._obj.value = count  # type: ignore[attr-defined]  # what a reference refers to

        return query


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clocks by their numbers: Linux counts 7 through sleep and 1 not, macOS 4 and 8."""
    answers = {7: THROUGH_SLEEP, 1: AWAKE, 4: THROUGH_SLEEP, 8: AWAKE}
    monkeypatch.setattr(time, "clock_gettime_ns", answers.__getitem__, raising=False)
    monkeypatch.setattr(time, "CLOCK_BOOTTIME", 7, raising=False)
    monkeypatch.setattr(time, "CLOCK_MONOTONIC", 1, raising=False)
    monkeypatch.setattr(ctypes, "WinDLL", Library, raising=False)


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize(
    ("platform", "kind"), [("linux", BootClock), ("darwin", ContinuousClock), ("win32", InterruptClock)]
)
def test_each_system_is_asked_the_clock_that_counts_through_sleep_and_the_one_that_does_not(
    platform: str, kind: type[Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    clock = system_clock()
    assert type(clock) is kind
    assert (clock.now(), clock.slept()) == (RAN, SLEPT)


def test_the_computers_clock_goes_on_and_slept_no_longer_than_it_ran() -> None:
    clock = system_clock()
    first, second = clock.now(), clock.now()
    assert second >= first
    assert timedelta(0) <= clock.slept() <= clock.now()


def test_a_rehearsal_runs_as_many_times_as_fast() -> None:
    clock = Stopped()
    fast = Rehearsal(clock, 60)
    clock.advance(2)
    assert fast.now() == timedelta(minutes=2)


def test_a_rehearsal_takes_no_moment_for_a_closed_lid() -> None:
    clock = Stopped()
    fast = Rehearsal(clock, 1000)
    clock.sleep(0.004)
    assert fast.slept() == timedelta(milliseconds=4)
