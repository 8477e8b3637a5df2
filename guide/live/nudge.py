"""One gentle notice when a session may be thought of; silent until she asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from guide.core.nudge import QuietHours, next_nudge
from guide.language import ngettext
from guide.store.settings import Settings

HOUR: Final = timedelta(hours=1)
MILLISECOND: Final = timedelta(milliseconds=1)
# Qt's timers stand still while the computer sleeps: after a lid was closed the notice is late by this much at most
LONGEST_WAIT: Final = timedelta(minutes=10)
STILL_WELCOME: Final = HOUR  # later than this after its moment, a notice would sound like a reproach


@dataclass(frozen=True, slots=True)
class NudgeWishes:
    """How long after a start she would like a notice, and when not to be disturbed; None is no notice at all."""

    every: timedelta | None = None
    quiet: QuietHours | None = None


def nudge_wishes(settings: Settings) -> NudgeWishes:
    if not settings.nudge_on:
        return NudgeWishes()
    return NudgeWishes(settings.nudge_hours * HOUR, QuietHours(settings.quiet_from, settings.quiet_to))


def words(every: timedelta) -> str:
    """
    What the notice says.

    >>> words(HOUR)
    'Whenever you are ready: it has been about 1 hour.'
    >>> words(2.5 * HOUR)
    'Whenever you are ready: it has been about 2½ hours.'
    """
    halves = max(1, round(every / (HOUR / 2)))
    number = f"{halves // 2 or ''}{'½' if halves % 2 else ''}"
    return ngettext(
        "Whenever you are ready: it has been about {hours} hour.",
        "Whenever you are ready: it has been about {hours} hours.",
        -(-halves // 2),
    ).format(hours=number)


class Nudge(QObject):
    """
    Knows when the next notice is due, and says `due` once a session, with its words.

    `now` is the wall clock with her zone; `last_start` is when the newest session began; while `busy`, one is under
    way. Call `renew` whenever one of them may have changed, and when the computer or the window wakes.
    """

    due = Signal(str)

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        last_start: Callable[[], datetime | None],
        busy: Callable[[], bool] = lambda: False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._last_start = last_start
        self._busy = busy
        self._wishes = NudgeWishes()
        self._settled: datetime | None = None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.wake)

    @property
    def at(self) -> datetime | None:
        """When the next notice is due; None when there is none to come."""
        last = self._last_start()
        if last is None or last == self._settled:
            return None
        now = self._now()
        moment = next_nudge(last, self._wishes.every, self._wishes.quiet, now.tzinfo)
        if moment is None or moment > now:
            return moment
        return next_nudge(now, MILLISECOND, self._wishes.quiet) if self._is_quiet(now) else moment

    def wish(self, wishes: NudgeWishes) -> None:
        """Take what she asked for; a moment that is past already stays past."""
        if wishes == self._wishes:
            return
        self._wishes = wishes
        self._settled = None
        moment = self.at
        if moment is not None and moment <= self._now():
            self._settled = self._last_start()
        self.renew()

    def renew(self) -> None:
        """Reckon again, and say what became due in the meantime."""
        self.wake()

    def wake(self) -> None:
        self.timer.stop()
        if self._wishes.every is None or self._busy():
            return
        moment, now = self.at, self._now()
        if moment is None:
            return
        if moment > now:
            wait = min(moment - now, LONGEST_WAIT)
            self.timer.start(-(-wait // MILLISECOND))
            return
        self._settled = self._last_start()
        if now - moment < STILL_WELCOME:
            self.due.emit(words(self._wishes.every))

    def _is_quiet(self, now: datetime) -> bool:
        return self._wishes.quiet is not None and self._wishes.quiet.holds(now.time())
