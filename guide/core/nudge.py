"""When the next session may be thought of: her interval from start to start, and her quiet hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from guide.core.duration import DAY


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Hours without a nudge, by her clock; may pass midnight. Empty when both are the same."""

    begins: time
    ends: time

    def holds(self, moment: time) -> bool:
        """
        >>> night = QuietHours(time(22), time(6))
        >>> night.holds(time(23)), night.holds(time(6)), night.holds(time(12))
        (True, False, False)
        """
        if self.begins <= self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends


def next_nudge(
    last_start: datetime | None,
    every: timedelta | None,
    quiet: QuietHours | None = None,
    zone: tzinfo | None = None,
) -> datetime | None:
    """
    When the next session may be thought of: as long after the last one as she asked for, from start to start.

    None without a wish or a session. In quiet hours it waits until they end. `zone` is her clock's (that of
    `last_start` when absent); the time between is time that passes, whatever clocks do meanwhile.
    """
    if last_start is None or not every:
        return None
    here = zone or last_start.tzinfo
    due = (last_start.astimezone(UTC) + every).astimezone(here)
    if quiet is None or not quiet.holds(due.time()):
        return due
    ends = due.replace(hour=quiet.ends.hour, minute=quiet.ends.minute, second=0, microsecond=0)
    if due.time() >= quiet.ends:
        ends = (due.replace(tzinfo=None, fold=0) + DAY).replace(
            hour=quiet.ends.hour, minute=quiet.ends.minute, second=0, microsecond=0, tzinfo=here
        )
    return ends.astimezone(UTC).astimezone(here)  # an hour that the clocks leave out becomes the one after
