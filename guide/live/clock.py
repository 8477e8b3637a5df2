"""Clocks that count on while the computer sleeps, and know how long it slept."""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from typing import Protocol


class Clock(Protocol):
    """`now` counts on through suspend; `slept` is how much of it the computer was asleep."""

    def now(self) -> timedelta: ...

    def slept(self) -> timedelta: ...


class BootClock:
    """Linux: CLOCK_BOOTTIME counts through suspend, CLOCK_MONOTONIC does not."""

    def now(self) -> timedelta:
        return _nanoseconds(time.clock_gettime_ns(time.CLOCK_BOOTTIME))

    def slept(self) -> timedelta:
        awake = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
        return _nanoseconds(time.clock_gettime_ns(time.CLOCK_BOOTTIME) - awake)


class ContinuousClock:
    """macOS: CLOCK_MONOTONIC_RAW counts through suspend (mach_continuous_time), CLOCK_UPTIME_RAW does not."""

    _MONOTONIC_RAW = 4
    _UPTIME_RAW = 8

    def now(self) -> timedelta:
        return _nanoseconds(time.clock_gettime_ns(self._MONOTONIC_RAW))

    def slept(self) -> timedelta:
        awake = time.clock_gettime_ns(self._UPTIME_RAW)
        return _nanoseconds(time.clock_gettime_ns(self._MONOTONIC_RAW) - awake)


class InterruptClock:
    """Windows: interrupt time counts through suspend, its unbiased twin does not; both in units of 100 ns."""

    def __init__(self) -> None:
        import ctypes  # only Windows needs it

        self._ulonglong = ctypes.c_ulonglong
        self._byref = ctypes.byref
        windll = getattr(ctypes, "WinDLL")  # noqa: B009  the name exists on Windows only
        self._biased = windll("api-ms-win-core-realtime-l1-1-1").QueryInterruptTimePrecise
        self._unbiased = windll("api-ms-win-core-realtime-l1-1-1").QueryUnbiasedInterruptTimePrecise

    def now(self) -> timedelta:
        return self._read(self._biased)

    def slept(self) -> timedelta:
        return self.now() - self._read(self._unbiased)

    def _read(self, query: object) -> timedelta:
        value = self._ulonglong()
        assert callable(query)  # noqa: S101  a function of the library loaded above
        query(self._byref(value))
        return timedelta(microseconds=value.value // 10)


class Rehearsal:
    """A clock that runs `speed` times as fast; a computer's sleep it tells as long as it was."""

    def __init__(self, clock: Clock, speed: float) -> None:
        self._clock = clock
        self._zero = clock.now()
        self._speed = speed

    def now(self) -> timedelta:
        return (self._clock.now() - self._zero) * self._speed

    def slept(self) -> timedelta:
        return self._clock.slept()


def system_clock() -> Clock:
    if sys.platform == "win32":
        return InterruptClock()
    if sys.platform == "darwin":
        return ContinuousClock()
    return BootClock()


def _nanoseconds(count: int) -> timedelta:
    return timedelta(microseconds=count // 1000)
