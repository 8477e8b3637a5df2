# ruff: noqa: S608 - the statements are put together from this module's own constants
"""
Numbers that no clock and no calendar can hold, in a file that SQLite finds sound: SQLite keeps anything in any column.

A file with such a row is a damaged one: it is set aside, and the new one has every other row.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta
from typing import Final

from guide.store.log.rows import instant

_DAY: Final = timedelta(days=1)
# the two days at either end of all datetimes: a moment there has no counterpart on some clocks
_FIRST: Final = instant(datetime.min.replace(tzinfo=UTC) + 2 * _DAY)
_LAST: Final = instant(datetime.max.replace(tzinfo=UTC) - 2 * _DAY)
_OFFSET: Final = int(_DAY.total_seconds()) - 1


def _within(column: str, least: int, most: int) -> str:
    return f"typeof({column}) = 'integer' AND {column} BETWEEN {least} AND {most}"


_POSSIBLE: Final = {
    "session": " AND ".join(
        (
            _within("began", _FIRST, _LAST),
            _within("utc_offset", -_OFFSET, _OFFSET),
            _within("day", date.min.toordinal(), date.max.toordinal()),
            f"typeof(lasted) = 'integer' AND began + lasted BETWEEN {_FIRST} AND {_LAST}",
            "typeof(steps_total) = 'integer'",
            "typeof(left_ml) IN ('real', 'null') AND typeof(right_ml) IN ('real', 'null')",
        )
    ),
    "live": f"{_within('alive', _FIRST, _LAST)} AND {_within('seen', _FIRST, _LAST)}",
    "journal": _within("at", _FIRST, _LAST),
}


def impossible(db: sqlite3.Connection) -> bool:
    """Whether any row has such a number. Reads every row: about 1 ms for a megabyte."""
    return any(
        db.execute(f"SELECT 1 FROM {table} WHERE NOT ({possible}) LIMIT 1").fetchone()
        for table, possible in _POSSIBLE.items()
    )


def leave_out_impossible(db: sqlite3.Connection) -> None:
    """Take such rows out of a copy in memory."""
    for table, possible in _POSSIBLE.items():
        db.execute(f"DELETE FROM {table} WHERE NOT ({possible})")
