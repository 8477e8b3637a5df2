"""Lines of a sheet that stand in it more than once, as after pasting twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from guide.language import _, grouped, ngettext
from guide.store.bringing import foreign
from guide.store.bringing.columns import Match
from guide.store.bringing.sheet import Spreadsheet
from guide.store.log.incoming import BadRow, Imported


def once(found: Imported, sheet: Spreadsheet, match: Match) -> tuple[Imported, tuple[str, ...]]:
    """
    The sessions of a sheet without those that a line before tells already, and what to know of that.

    A session cannot begin twice in the same minute. Where a sheet has no times of day, only the midnights that a
    spreadsheet puts behind its days, lines that are alike may be several sessions of one day, and all are kept.
    """
    again = dict(_again(found, sheet, match))
    if not again:
        return found, ()
    n = len(again)
    if not any(record.began.time() != time() for record in found.records):
        told = ngettext(
            "{n} line is the same as one before it; each is a session of its own.",
            "{n} lines are the same as one before them; each is a session of its own.",
            n,
        )
        return found, (told.format(n=grouped(n)),)
    why = _("it is the same as line {line}, and no session begins twice in one minute")
    left_out = [BadRow(line, why.format(line=first), told=True) for line, first in again.items()]
    kept = [(record, at) for record, at in zip(found.records, found.lines, strict=True) if at not in again]
    return Imported(
        tuple(record for record, _at in kept),
        tuple(sorted((*found.problems, *left_out), key=lambda bad: bad.line)),
        tuple(at for _record, at in kept),
    ), ()


def _again(found: Imported, sheet: Spreadsheet, match: Match) -> Iterator[tuple[int, int]]:
    """Each line of a session that is wholly the same as one before it, its day among it, with that one's line."""
    lines = set(found.lines)
    if len(lines) < len(found.lines):  # an answer of one line, where a line leads to no session of its own
        return
    first: dict[tuple[str, ...], int] = {}
    for row in foreign.dated(sheet, match):
        if row.line in lines:
            before = first.setdefault(tuple(cell.strip() for cell in row.cells), row.line)
            if before != row.line:
                yield row.line, before
