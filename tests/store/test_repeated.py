"""Lines that stand in a sheet more than once: which are left out, in which order, and what is told of the others."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from guide.store.bringing import foreign
from guide.store.bringing.columns import guess
from guide.store.bringing.repeated import once
from guide.store.bringing.sheet import cut
from guide.store.log.incoming import BadRow, Imported
from tables import each_row

BERLIN = ZoneInfo("Europe/Berlin")
SAME = "it is the same as line {}, and no session begins twice in one minute"
TIMED, OTHER = "2026-01-05 06:35,60", "2026-01-05 09:00,60"
DAY = "2026-01-04 00:00,60"


def repeated(*rows: str) -> tuple[Imported, Imported, tuple[str, ...]]:
    sheet = cut("\n".join(["Start,ml", *rows]))
    match = guess(sheet)
    found = foreign.sessions(sheet, match, BERLIN)
    return found, *once(found, sheet, match)


@each_row("rows", [[], [TIMED], [TIMED, OTHER], ["soon,60", "soon,60"], [TIMED, "2026-01-05 06:35,70"]])
def test_sessions_that_stand_once_stay_as_they_are(rows: list[str]) -> None:
    found, kept, told = repeated(*rows)
    assert kept is found
    assert told == ()


@each_row(
    ("rows", "lines", "bad"),
    [
        ([TIMED, TIMED, OTHER], (2, 4), {3: 2}),
        ([TIMED, OTHER, f" {TIMED} ", OTHER, TIMED], (2, 3), {4: 2, 5: 3, 6: 2}),
        ([DAY, TIMED, DAY], (2, 3), {4: 2}),
    ],
)
def test_a_line_that_stands_again_is_left_out_with_the_first_one_named(
    rows: list[str], lines: tuple[int, ...], bad: dict[int, int]
) -> None:
    found, kept, told = repeated(*rows)
    assert kept.lines == lines
    assert kept.records == tuple(found.records[found.lines.index(line)] for line in lines)
    assert kept.problems == tuple(BadRow(line, SAME.format(first), told=True) for line, first in bad.items())
    assert told == ()


def test_what_is_left_out_stands_in_the_order_of_lines_with_what_does_not_read() -> None:
    _found, kept, _told = repeated(TIMED, TIMED, "soon,60", TIMED)
    assert [(bad.line, bad.told) for bad in kept.problems] == [(3, True), (4, False), (5, True)]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (2, "1 line is the same as one before it; each is a session of its own."),
        (3, "2 lines are the same as one before them; each is a session of its own."),
    ],
)
def test_days_without_a_time_are_all_kept_and_that_is_told(number: int, told: str) -> None:
    found, kept, notes = repeated(*[DAY] * number)
    assert kept is found
    assert notes == (told,)
