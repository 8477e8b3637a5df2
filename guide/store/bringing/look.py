"""
What files would bring, looked at line by line; nothing is changed by looking.

`read_in` reads the files, `look` is a pure function of what they hold, `take` does what was looked at, `undo` takes
it back.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final

from guide.core.record import MOST_ML, Record
from guide.core.shown import one_line
from guide.language import _, grouped, ngettext, reason
from guide.standing import is_folder
from guide.store.bringing import buddy, foreign
from guide.store.bringing.cells import Unit
from guide.store.bringing.columns import Match, cells_of, guess, read_as_thousands
from guide.store.bringing.fields import ColumnField
from guide.store.bringing.letters import looks_like_a_routine, no_text, text_of
from guide.store.bringing.looked_at import FileKind, Inspection, LookedAt
from guide.store.bringing.repeated import once
from guide.store.bringing.sheet import Spreadsheet, cut
from guide.store.bringing.units import plain_amounts, plain_words
from guide.store.files import MOST_BYTES as MOST_ROUTINE_BYTES
from guide.store.files import read_ordinary
from guide.store.log.ahead import alone
from guide.store.log.csv_in import NEEDED, from_sheet
from guide.store.log.export import COLUMNS
from guide.store.log.incoming import MOST_BYTES, MOST_OF_OURS, BadRow, Imported, to_come
from guide.store.log.json_in import from_json, unknown_names
from guide.store.log.rows import COLUMNS as LOG_COLUMNS
from guide.store.log.rows import record_of
from guide.store.log.same import Known
from guide.store.log.schema import in_memory
from guide.store.routines.entry import LibraryError, name_in_spite
from guide.store.routines.folder import names_of_copies, with_name
from guide.store.routines.reader import read
from guide.store.yaml.problem_words import told
from guide.store.yaml.text import decode

MOST_NAMED: Final = 8
_OURS: Final = re.compile(  # an export, or a copy of the log
    rb'(?:\xef\xbb\xbf)?(?:\{"program": "Pumping Guide"|began[,;\t]lasted_s[,;\t]routine|SQLite format 3\0)'
)
LEAST: Final = 2  # columns that make a sheet one of pumpings
MOST_COLUMNS: Final = 200
ROUTINES: Final = (".yaml", ".yml")

Header = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it was read; `trouble` says why it could not be."""

    path: Path
    data: bytes = b""
    trouble: str = ""


def read_in(paths: Iterable[Path]) -> tuple[Content, ...]:
    """Read the files; none of it raises."""
    return tuple(map(_content, paths))


def _content(path: Path) -> Content:
    if is_folder(path):
        return Content(path, trouble=_("it is a folder; name the files in it"))
    try:
        data = read_ordinary(path, MOST_OF_OURS)
    except (OSError, ValueError) as error:
        return Content(path, trouble=_("it cannot be read: {reason}").format(reason=reason(error)))
    most = MOST_OF_OURS if _OURS.match(data) else MOST_BYTES
    if len(data) > most:
        sentence = _(
            "it is larger than {n} MB, the most that is read; a CSV can be cut into smaller files, each of which "
            "begins with the first line of this one"
        )
        return Content(path, trouble=sentence.format(n=most // 1024 // 1024))
    return Content(path, data)


def look(
    contents: Sequence[Content],
    *,
    known: Known,
    routines: Mapping[bytes, str],
    now: datetime,
    zone: tzinfo,
    matches: Mapping[Header, Match],
    names: Iterable[str] = (),
    unit: Unit = Unit.ML,
    unit_said: Unit | None = None,
) -> Inspection:
    """
    Look at files. `known` are the sessions of the log, `routines` the texts of the routines that are there with their
    ids and `names` how those are called, `zone` is where times without an offset were noted, `matches` are what she
    said of headers before. `unit` is that of Settings, `unit_said` what she says now of amounts that have none.
    """
    way = _Way(zone, matches, unit, unit_said)
    files: list[LookedAt] = []
    named = {name.casefold() for name in names}
    come: dict[bytes, str] = {}
    for content in contents:
        one = _looked_at(content, routines, way)
        if one.kind is FileKind.SESSIONS:
            one = _sifted(one, known, now)
        elif one.kind is FileKind.ROUTINE and not one.known:
            one = _beside(one, content, come.get(content.data, ""), named, routines)
            come.setdefault(content.data, one.name)
            named.add((one.called or one.routine).casefold())
        files.append(one)
    return Inspection(tuple(files))


def _beside(one: LookedAt, content: Content, same: str, named: Container[str], routines: Container[bytes]) -> LookedAt:
    """A routine that is not here yet, beside those that are and the files that come with it."""
    if same:
        return replace(one, known=1, notes=(_("It comes in once, as {name}.").format(name=same),), left_out=())
    text = decode(content.data)
    if one.routine.casefold() not in named or one.left_out or not isinstance(text, str):
        return one
    try:
        for copy in names_of_copies(one.routine):
            renamed = with_name(text, copy).encode()
            if copy.casefold() not in named:
                note = _("A routine of this name is here already, and stays; this one will be called {name}.")
                return replace(one, called=copy, notes=(note.format(name=copy), *one.notes))
            if renamed in routines:  # as it came in before
                return replace(one, known=1, notes=(_("It is here already, as {name}.").format(name=copy),))
    except LibraryError:  # a name that is written in a way of its own
        pass
    note = _("A routine of this name is here already, and stays; this one stands beside it.")
    return replace(one, notes=(note, *one.notes))


@dataclass(frozen=True, slots=True)
class _Way:
    """How sheets are read: what is known of them before they are looked at."""

    zone: tzinfo
    matches: Mapping[Header, Match]
    unit: Unit
    unit_said: Unit | None

    def seen(self, path: Path, sheet: Spreadsheet, known: Match | None = None) -> LookedAt:
        """By what she said of its header before, else by what is known of sheets like it, else by a guess."""
        match = self.matches.get(sheet.header)
        if match is None or len(match.fields) != len(sheet.header):
            match = known or guess(sheet)
        if self.unit_said is not None:
            match = replace(match, manner=replace(match.manner, unit=self.unit_said), unit_said=True)
        return matched(path, sheet, match, self.zone, self.unit)


def _looked_at(content: Content, routines: Mapping[bytes, str], way: _Way) -> LookedAt:
    path = content.path
    if content.trouble:
        return _neither(path, content.trouble)
    if path.suffix.lower() in ROUTINES:
        return _routine(content, routines)
    if content.data.startswith(b"SQLite format 3\0"):
        return _of_log(path, content.data)
    if why := no_text(content.data):
        return _neither(path, why)
    text = text_of(content.data)
    if text is None:
        return _neither(path, _("it is not text: import a CSV or JSON of sessions, or a routine's .yaml file"))
    if text.lstrip()[:1] in {"{", "["}:
        return _of_json(path, text, way)
    if not text.strip():
        return _neither(path, _("it is empty"))
    if looks_like_a_routine(text):
        return _neither(path, _("it looks like a routine; give it a name that ends in .yaml, and import that"))
    return _of_sheet(path, cut(text), way)


def _neither(path: Path, why: str) -> LookedAt:
    return LookedAt(path, FileKind.NEITHER, left_out=(BadRow(0, why),))


def halved_words() -> str:
    return _("Amounts for both sides together are noted half and half.")


def _routine(content: Content, routines: Mapping[bytes, str]) -> LookedAt:
    path = content.path
    if why := no_text(content.data):
        return _neither(path, why)
    if text_of(content.data) is None:
        return _neither(path, _("it is not text: a routine is a text of keys, such as the one that Export makes"))
    if len(content.data) > MOST_ROUTINE_BYTES:
        return _neither(path, _("it is larger than 256 KiB, the most a routine may have"))
    text = decode(content.data)
    if not isinstance(text, str):
        return _neither(path, text.message)
    if not text.strip():
        return _neither(path, _("it is empty"))
    reading = read(text, path)
    name = reading.routine.name if reading.routine else one_line(name_in_spite(text, path))
    if content.data in routines:
        note = _("It is here already, as {name}.").format(name=name if reading.routine else routines[content.data])
        return LookedAt(path, FileKind.ROUTINE, known=1, routine=name, notes=(note,))
    left_out = tuple(BadRow(0, told(one)) for one in reading.problems)
    notes = (_("It has mistakes; it comes in all the same, to be mended in the editor."),) if left_out else ()
    return LookedAt(path, FileKind.ROUTINE, left_out=left_out, notes=notes, routine=name)


def _of_json(path: Path, text: str, way: _Way) -> LookedAt:
    answer = buddy.pumpings(text)
    if answer is None:
        return _sessions(path, from_json(text), tuple(map(_not_taken, unknown_names(text))))
    pumpings, told = answer
    one = way.seen(path, buddy.sheet_of(pumpings, text), buddy.MATCH)
    return replace(one, notes=(_("It is a list of pumpings from Baby Buddy."), *told, *one.notes))


def _not_taken(name: str) -> str:
    return _("The column '{name}' is not taken.").format(name=one_line(name, 40))


def _of_log(path: Path, data: bytes) -> LookedAt:
    """A session log itself, such as one of the copies that are kept of it."""
    try:
        with closing(in_memory()) as db:
            db.deserialize(alone(data))
            rows = db.execute(f"SELECT {LOG_COLUMNS} FROM session WHERE NOT open ORDER BY began").fetchall()  # noqa: S608
        return _sessions(path, Imported(tuple(map(record_of, rows))))
    except (sqlite3.Error, ValueError, TypeError, OverflowError):
        return _neither(path, _("it is no session log, or a damaged one"))


def _of_sheet(path: Path, sheet: Spreadsheet, way: _Way) -> LookedAt:
    if len(sheet.header) > MOST_COLUMNS:
        why = _("it has {n} columns; at most {most} are looked at")
        return _neither(path, why.format(n=grouped(len(sheet.header)), most=grouped(MOST_COLUMNS)))
    names = [name.lower() for name in sheet.header]
    is_ours = set(NEEDED) <= set(names) <= set(COLUMNS)
    if not (sheet.rows or sheet.bad) and (is_ours or _of_sessions(guess(sheet))):
        return _neither(path, _("it has headings, and no row beneath them"))
    if is_ours:
        decimal = "," if sheet.separator == ";" else "."
        milk = [cell for at, name in enumerate(names) if name.endswith("_ml") for cell in cells_of(sheet, at)]
        ours = _sessions(path, from_sheet(sheet), tuple(read_as_thousands(milk, decimal)))
        theirs = way.seen(path, sheet) if sheet.rows and not ours.records else ours
        return theirs if theirs.records else ours
    return way.seen(path, sheet)


def matched(path: Path, sheet: Spreadsheet, match: Match, zone: tzinfo, unit: Unit) -> LookedAt:
    """A sheet of other columns, by a match; a column that is not taken is told of. `unit` is that of Settings."""
    if not match.complete:
        return LookedAt(
            path, FileKind.NEITHER, left_out=(BadRow(0, _why_not(sheet, match)), *sheet.bad), sheet=sheet, match=match
        )
    plain = plain_amounts(sheet, match, unit)
    if plain is not None:
        match = replace(match, manner=replace(match.manner, unit=plain.unit))
    notes = [plain_words(plain)] if plain is not None and plain_words(plain) else []
    notes += match.unsure
    for at, (name, field) in enumerate(zip(sheet.header, match.fields, strict=True)):
        if field is ColumnField.NOT_TAKEN and (name or cells_of(sheet, at)):
            notes.append(_not_taken(name or str(at + 1)))
    if tuple(foreign.dated(sheet, match)) != sheet.rows:
        notes.append(_("Where a row names no day, it is of the day above."))
    if foreign.halved(sheet, match):
        notes.append(halved_words())
    notes += foreign.also_to_know(sheet, match)
    found, repeated = once(foreign.sessions(sheet, match, zone), sheet, match)
    return replace(_sessions(path, found, (*notes, *repeated)), sheet=sheet, match=match, plain=plain)


def _of_sessions(match: Match) -> bool:
    found = set(match.fields)
    told = found & {ColumnField.DAY, ColumnField.TIME, ColumnField.LASTED, ColumnField.AMOUNT}
    return match.complete or bool(found & {ColumnField.LEFT, ColumnField.RIGHT}) or len(told) >= LEAST


def _why_not(sheet: Spreadsheet, match: Match) -> str:
    """What of a session's beginning no column tells, and which columns were not understood."""
    found = set(match.fields)
    if not _of_sessions(match):
        return _("it holds no sessions")
    if ColumnField.DAY in found:
        why = _("no column tells the time of day when a session began")
    elif ColumnField.TIME in found:
        why = _("no column tells the day when a session began")
    else:
        why = _("no column tells the day and the time when a session began")
    unknown = [
        f"'{one_line(name, 40)}'"
        for name, field in zip(sheet.header, match.fields, strict=True)
        if field is ColumnField.NOT_TAKEN and name
    ]
    if not unknown:
        return why
    return _("{why}; not understood: {columns}").format(why=why, columns=", ".join(unknown[:MOST_NAMED]))


def _sessions(path: Path, found: Imported, notes: tuple[str, ...] = ()) -> LookedAt:
    kind = FileKind.SESSIONS if found.records else FileKind.NEITHER
    left_out = tuple(replace(bad, message=one_line(bad.message)) for bad in found.problems)
    if not found.records and not left_out:
        left_out = (BadRow(0, _("there is no session in it")),)
    lines = found.lines or tuple(0 for _ in found.records)
    notes = (*notes, *_too_much(found.records, lines))
    return LookedAt(path, kind, found.records, left_out=left_out, notes=notes, lines=lines)


def too_much(record: Record) -> float:
    """The larger amount of a side in mL, where it is more than can be typed here; else 0."""
    most = max(record.left_ml or 0.0, record.right_ml or 0.0)
    return most if most > MOST_ML else 0.0


def _too_much(records: Sequence[Record], lines: Sequence[int]) -> Iterator[str]:
    """What comes in and could not be typed here: most likely another unit, or a day's sum."""
    amounts = [(line, most) for record, line in zip(records, lines, strict=True) if (most := too_much(record))]
    if not amounts:
        return
    line, most = amounts[0]
    told = _("In line {line} a side has {ml} mL, more than can be typed here. Look whether that is its unit.")
    if not line:
        told = _("A side has {ml} mL, more than can be typed here. Look whether that is its unit.")
    yield told.format(line=line, ml=grouped(round(most)))
    if line and (more := len(amounts) - 1):
        yield ngettext("So it is in {n} more line.", "So it is in {n} more lines.", more).format(n=grouped(more))


def _sifted(one: LookedAt, known: Known, now: datetime) -> LookedAt:
    """Without what is known already, and without sessions that have not begun yet."""
    come: list[Record] = []
    left_out = list(one.left_out)
    for record, line in zip(one.records, one.lines, strict=True):
        if why := to_come(record, now):
            left_out.append(BadRow(line, why))
        else:
            come.append(record)
    fresh, number = known.sift(come)
    known.keep(fresh)
    ordered = tuple(sorted(left_out, key=lambda bad: bad.line))
    same_time: list[Record] = []
    others: list[Record] = []
    for record in fresh:
        (same_time if known.has_at_that_time(record) else others).append(record)
    return replace(one, records=tuple(others), same_time=tuple(same_time), known=number, left_out=ordered, lines=())


def matched_again(
    seen: Inspection, said: Mapping[int, Match], *, known: Known, now: datetime, zone: tzinfo, unit: Unit = Unit.ML
) -> Inspection:
    """The same files by what she says their columns are; those without columns to choose stay as they are."""
    files: list[LookedAt] = []
    for number, one in enumerate(seen.files):
        match = said.get(number)
        if match is not None and one.sheet is not None:
            files.append(_sifted(matched(one.path, one.sheet, match, zone, unit), known, now))
        else:
            known.keep((*one.records, *one.same_time))
            files.append(one)
    return Inspection(tuple(files))


def with_same_time(seen: Inspection, files: Container[int]) -> Inspection:
    """The same, where of these files, by their numbers, also what begins at the time of a session of the log comes."""
    return Inspection(tuple(replace(one, takes_same_time=number in files) for number, one in enumerate(seen.files)))
