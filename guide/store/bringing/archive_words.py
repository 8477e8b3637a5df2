"""What an archive holds, in the words of the sheet and of the command line, before anything is brought back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from guide.core.shown import capital
from guide.dates import moment_words
from guide.language import _, grouped, ngettext
from guide.store.contents import ArchiveContents, ArchivePart, Way
from guide.store.log.waiting import Comes


def made_words(contents: ArchiveContents, now: datetime) -> str:
    if contents.made is None:
        return _("When it was made is not known.")
    return _("Made: {moment}").format(moment=moment_words(contents.made.astimezone(now.tzinfo), now))


def part_words(part: ArchivePart) -> str:
    """
    How many come, and how many stay as they are here.

    >>> [part_words(one) for one in (ArchivePart(1200, 4), ArchivePart(2), ArchivePart(here=3), ArchivePart())]
    ['1,200 to bring back, 4 here already', '2 to bring back', '3 here already', 'None in it']
    """
    words = []
    if part.fresh:
        words.append(_("{number} to bring back").format(number=grouped(part.fresh)))
    if part.here:
        words.append(_("{number} here already").format(number=grouped(part.here)))
    return capital(", ".join(words)) or _("None in it")


def rows_of(contents: ArchiveContents) -> Iterator[tuple[str, str]]:
    """What there is, and what becomes of it; of what hardly anybody has only what is in it."""
    yield _("Sessions"), part_words(contents.sessions)
    if contents.waiting is not Comes.NOT_IN_IT:
        yield (
            _("Session left for now"),
            {
                Comes.WAITS: _("To bring back; it will wait on Routines"),
                Comes.TO_HISTORY: _("Comes into History as it was so far"),
                Comes.HERE: _("Here already"),
            }[contents.waiting],
        )
    yield _("Routines"), part_words(contents.routines)
    if contents.drafts != ArchivePart():
        yield _("Unfinished edits"), part_words(contents.drafts)
    if contents.voices:
        voices = ngettext("{n} voice", "{n} voices", contents.voices).format(n=grouped(contents.voices))
        sentences = part_words(contents.recordings)
        yield _("Recorded voices"), _("{voices}; sentences: {sentences}").format(voices=voices, sentences=sentences)
    else:
        yield _("Recorded voices"), part_words(ArchivePart())
    yield (
        _("Settings"),
        {
            Way.NOT_IN_IT: _("None in it"),
            Way.COMES: _("All of them to bring back"),
            Way.FILLS: _("What is not set here comes; what you chose here stays"),
            Way.STAYS: _("Yours stay as they are here"),
        }[contents.settings],
    )
    if contents.words is not Way.NOT_IN_IT:
        stays, comes = _("Those taught here stay"), _("To bring back")
        yield _("Your words"), stays if contents.words is Way.STAYS else comes
