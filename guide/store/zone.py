"""The clocks of this computer as a time zone: which offset they had, or will have, at any moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from guide.compat import override


class LocalZone(tzinfo):
    """
    The system's own rules, summer time among them, for days long past too; it needs no data of ours.

    `datetime.now().astimezone().tzinfo` is the offset of today alone, an hour off for half of the year.
    """

    @override
    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        return None if dt is None else dt.replace(tzinfo=None).astimezone().utcoffset()

    @override
    def dst(self, dt: datetime | None) -> timedelta | None:
        return None

    @override
    def tzname(self, dt: datetime | None) -> str | None:
        return None if dt is None else dt.replace(tzinfo=None).astimezone().tzname()

    @override
    def fromutc(self, dt: datetime) -> datetime:
        since = (dt.replace(tzinfo=None) - datetime(1970, 1, 1)) / timedelta(seconds=1)  # noqa: DTZ001  both are UTC
        here = datetime.fromtimestamp(since)  # noqa: DTZ006  by the system's rules, which is what is wanted
        return here.replace(tzinfo=self)


def clock_after(moment: datetime, passed: timedelta) -> datetime:
    """What the clock of `moment` shows once so much time has passed: it may be put forward or back meanwhile."""
    here = LocalZone()
    before, after = moment.astimezone(here), (moment.astimezone(UTC) + passed).astimezone(here)
    turned = (after.utcoffset() or timedelta(0)) - (before.utcoffset() or timedelta(0))
    return moment + passed + turned
