"""What the command line brings in and takes along: import, archive, restore. No Qt."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from guide.amounts import volume_words
from guide.answers import LONGEST_ANSWER, OK, PROBLEMS, USAGE, complain, paths_of, taken
from guide.core.shown import one_line, path_line
from guide.core.yes_no import meant, typed_letters
from guide.language import _, grouped, ngettext, screen
from guide.store.archive import ENDING, ArchiveError, pack
from guide.store.bringing.archive_words import made_words, rows_of
from guide.store.bringing.cells import Unit
from guide.store.bringing.fields import ColumnField
from guide.store.bringing.look import look, read_in, too_much, with_same_time
from guide.store.bringing.looked_at import FileKind, Inspection, LookedAt
from guide.store.bringing.remembered import matches
from guide.store.bringing.take import take
from guide.store.bringing.words import (
    all_of,
    brought_back,
    counted,
    name_of,
    previewed,
    same_time_words,
    sessions_words,
)
from guide.store.contents import ArchiveContents, contents_of
from guide.store.log.log import UNSAVED, Log
from guide.store.paths import Paths, builtin_folder
from guide.store.restoring import restore
from guide.store.routines.library import Library
from guide.store.routines.reader import laid_out
from guide.store.settings import Units, load
from guide.store.zone import LocalZone

MOST_LINES: Final = 20
DATED: Final = frozenset({ColumnField.BEGAN, ColumnField.DAY, ColumnField.TIME})


def take_in(options: argparse.Namespace) -> int:
    """
    Look at files, say what they would bring, and bring it in once that is wanted.

    0: all of it came in (or would, or is here already, or another line tells it too); 1: something is left out, or
    could not be kept; 2: nothing was done because nobody said yes.
    """
    paths = paths_of(options)
    library = _library(paths)
    log = _log(paths)
    settings = load(paths.settings)[0]
    try:
        seen = look(
            read_in(options.files),
            known=log.known(),
            routines=library.texts(),
            names=[entry.name for entry in library.entries()],
            now=datetime.now().astimezone(),
            zone=LocalZone(),
            matches=matches(paths.matches),
            unit=Unit(settings.units.value),
            unit_said=Unit(options.unit) if options.unit else None,
        )
        if options.same_time:
            seen = with_same_time(seen, range(len(seen.files)))
        for one in seen.files:
            for line in lines_of(one, ounces=settings.units is Units.OZ):
                print(line)
        good = OK if seen.complete else PROBLEMS
        if options.dry_run or not seen.adds:
            return good
        if not (options.yes or _asked(seen)):
            return complain(_("nothing was changed; add {option} to import this").format(option="--yes"), USAGE)
        came_in = take(seen, log, library)
        saved = log.save_now()
        came = len(came_in.merged.ids) if saved else 0
        for sentence in (*came_in.failed, *([] if saved else [_(UNSAVED)])):
            print(one_line(sentence), file=sys.stderr)
            good = PROBLEMS
        print(_("Imported: {what}.").format(what=counted(came, len(came_in.routines))))
        return good
    finally:
        log.close()


def archive(options: argparse.Namespace) -> int:
    """Everything of hers as one file."""
    if options.file.suffix.lower() != ENDING:
        return complain(_("what is taken along is a .zip; give it a name that ends so"), USAGE)
    if told := taken(options.file):
        return complain(told, USAGE)
    paths = paths_of(options)
    log = _log(paths)
    try:
        if log.unread is not None:  # what cannot be read is not nothing
            return complain(_("{fact} Nothing was taken along.").format(fact=log.unread.fact))
        packed = pack(options.file, paths, log, datetime.now().astimezone())
    except ArchiveError as error:
        return complain(str(error))
    finally:
        log.close()
    print(_("{file}: {what}").format(file=path_line(options.file), what=all_of(packed)))
    return OK


def bring_back(options: argparse.Namespace) -> int:
    """
    Merge an archive into what is here, once she says yes where a terminal can ask.

    1: something of it could not be kept; 2: nothing was done because she did not say yes.
    """
    paths, now = paths_of(options), datetime.now().astimezone()
    log, library = _log(paths), _library(paths)
    try:
        if not options.yes and _can_ask():
            entries = library.entries()
            held = contents_of(
                options.file,
                paths,
                known=log.known,
                busy=log.is_busy(),
                routines=library.texts(),
                builtin=frozenset(entry.id for entry in entries if entry.builtin),
                now=now,
            )
            for line in _lines_of_archive(held, options.file, now):
                print(line)
            if not held.adds:
                return OK if not held.told else PROBLEMS
            if not _says_yes(_("Bring this back? [{yes}/{no}]")):
                return complain(_("nothing was changed"), USAGE)
        back = restore(options.file, paths, log, library, now=now)
        if not log.save_now():
            back = replace(back, sessions=0, waiting=False, told=(*back.told, _(UNSAVED)))
    except ArchiveError as error:
        return complain(str(error))
    finally:
        log.close()
    print(brought_back(back))
    for sentence in back.told:
        print(one_line(sentence), file=sys.stderr)
    return PROBLEMS if back.told else OK


def _log(paths: Paths) -> Log:
    log = Log.open(paths.log, plan_of=laid_out)
    for notice in log.notices:
        print(one_line(notice, LONGEST_ANSWER), file=sys.stderr)
    return log


def _library(paths: Paths) -> Library:
    return Library(builtin_folder(), paths.own_routines, trash=paths.trash, cache=paths.summaries)


def lines_of(one: LookedAt, *, ounces: bool) -> Iterator[str]:
    """What a file would bring, line by line, with amounts as she has them."""
    name = path_line(one.path)
    match one.kind:
        case FileKind.SESSIONS:
            fresh = len(one.coming)
            yield _("{name}: {sessions} to import, {known} here already, {left_out} left out").format(
                name=name, sessions=sessions_words(fresh), known=grouped(one.known), left_out=grouped(one.staying_out)
            )
            listed, more = previewed(one.coming)
            for record in listed:
                what = one_line(record.routine_name, 60) or _("Without a routine")
                yield f"  {record.began:%Y-%m-%d %H:%M}  {what}, {volume_words(record.ml, ounces=ounces)}"
            if more:
                yield "  " + ngettext("and {n} more session", "and {n} more sessions", more).format(n=grouped(more))
        case FileKind.ROUTINE if one.known:
            yield _("{name}: a routine that is here already").format(name=name)
        case FileKind.ROUTINE:
            yield _("{name}: a routine to import, {routine}").format(name=name, routine=one_line(one.routine))
        case FileKind.NEITHER:
            yield _("{name}: nothing to import").format(name=name)
    if one.match is not None and one.sheet is not None:
        for column, field in zip(one.sheet.header, one.match.fields, strict=True):
            if field is not ColumnField.NOT_TAKEN and column:
                yield "  " + _("the column '{column}' is taken as: {meaning}").format(
                    column=one_line(column, 40), meaning=name_of(field)
                )
    if one.same_time:
        told = "" if one.takes_same_time else _("They are left out; {option} imports them too.")
        yield f"  {same_time_words(len(one.same_time))} {told}".rstrip().format(option="--same-time")
    for note in one.notes:
        yield f"  {one_line(note)}"
    if one.plain is not None and (not one.plain.sure or any(map(too_much, one.coming))):
        yield "  " + _("{option} says that such amounts are in mL, {other} in fluid ounces").format(
            option="--unit ml", other="--unit oz"
        )
    if one.kind is FileKind.NEITHER and one.match is not None and DATED & set(one.match.fields):
        yield "  " + _("in the window you can say what each column is: press Ctrl+I there, or drop the file on it")
    lines, more = previewed(one.left_out, MOST_LINES)
    for bad in lines:
        why = one_line(bad.message)
        yield "  " + (_("line {line}: {why}").format(line=bad.line, why=why) if bad.line else why)
    if more:
        yield "  " + ngettext("and {n} more line", "and {n} more lines", more).format(n=grouped(more))


def _lines_of_archive(held: ArchiveContents, file: Path, now: datetime) -> Iterator[str]:
    """What an archive would bring, as the sheet of the window shows it."""
    yield f"{path_line(file)}: {made_words(held, now)}"
    yield from (f"  {name}: {what}" for name, what in rows_of(held))
    lines, more = previewed(held.told, MOST_LINES)
    yield from (f"  {one_line(line)}" for line in lines)
    if more:
        yield "  " + ngettext("and {n} more line", "and {n} more lines", more).format(n=grouped(more))


def _asked(seen: Inspection) -> bool:
    what = counted(len(seen.records), len(seen.routines))
    return _can_ask() and _says_yes(_("Import {what}? [{yes}/{no}]"), what=what)


def _can_ask() -> bool:
    return bool(sys.stdin and sys.stdin.isatty())


def _says_yes(question: str, **words: str) -> bool:
    letters = typed_letters(screen())
    return meant(input(question.format(yes=letters.yes, no=letters.no.upper(), **words) + " "), screen()) is True
