"""Sessions that come in are held against those that are there: by their marks, else by all that is noted of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from guide.core.record import Record
from guide.store.log.incoming import SOON, to_come
from guide.store.log.rows import row_of
from guide.store.log.same import Known, likeness
from tables import each_row

NOW = datetime(2026, 11, 22, 20, 36, tzinfo=UTC)
ONE = Record(0, "r", "R", NOW, note="one")
OTHER = replace(ONE, note="other")
MARKED = replace(ONE, uuid="m")


def known(*records: Record) -> Known:
    return Known((record.uuid, likeness(row_of(record))) for record in records)


@pytest.mark.parametrize(
    ("there", "coming", "fresh"),
    [
        ((), [ONE, ONE, OTHER], [ONE, ONE, OTHER]),
        ((ONE,), [ONE, OTHER], [OTHER]),
        ((ONE,), [ONE, ONE, ONE], [ONE, ONE]),
        ((ONE, ONE), [ONE, ONE, ONE], [ONE]),
        ((MARKED,), [ONE], []),
        ((MARKED,), [replace(MARKED, note="changed since")], []),
        ((), [MARKED, MARKED], [MARKED]),
        ((), [MARKED, replace(OTHER, uuid="m"), replace(OTHER, uuid="m")], [MARKED, OTHER]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kept", [False, True], ids=["read from the log", "kept as they came"])
def test_what_is_there_already_is_told_from_what_is_new(
    there: tuple[Record, ...], coming: list[Record], fresh: list[Record], kept: bool
) -> None:
    same = known(*(() if kept else there))
    if kept:
        same.keep(there)
    assert same.sift(coming) == (fresh, len(coming) - len(fresh))


def test_what_is_kept_in_a_copy_is_not_known_to_the_first() -> None:
    first = known(ONE)
    copy = first.copy()
    copy.keep([OTHER, MARKED])
    assert copy.sift([ONE, OTHER, MARKED]) == ([], 3)
    assert first.sift([ONE, OTHER, MARKED]) == ([OTHER, MARKED], 1)


@each_row(
    ("ahead", "told"),
    [
        (-SOON, ""),
        (SOON, ""),
        (SOON + timedelta(minutes=1), "it would begin in the future, on 22 Nov at 20:42"),
        (timedelta(days=365), "it would begin in the future, on 22 Nov 2027 at 20:36"),
    ],
)
def test_a_session_that_begins_later_than_another_clock_may_be_ahead_is_told(ahead: timedelta, told: str) -> None:
    assert to_come(replace(ONE, began=NOW + ahead), NOW) == told
