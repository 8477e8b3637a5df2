"""
Her sessions as a JSON or CSV file, and back.

Both carry everything a record holds, per-step times too: what is imported again is what was exported. The shapes
are told in docs/decisions/log.md. A file from elsewhere is read within limits, and each row that does not read is
reported with its line while the others are taken.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from guide.core.shown import one_line
from guide.language import _, reason
from guide.store.files import read_ordinary
from guide.store.log.csv_in import from_csv
from guide.store.log.incoming import MOST_OF_OURS, Imported, nothing
from guide.store.log.json_in import reading_json
from guide.store.steps import at_one_go


def import_file(path: Path) -> Imported:
    """Read a file that `export_file` wrote, or one of the same shape. Never raises for what is in it."""
    try:
        content = read_ordinary(path, MOST_OF_OURS)
    except (OSError, ValueError) as error:
        return nothing(_("{name} cannot be read: {error}").format(name=one_line(path.name), error=reason(error)))
    if len(content) > MOST_OF_OURS:
        return nothing(
            _("{name} is larger than {value} MB, the most that is read").format(
                name=one_line(path.name), value=MOST_OF_OURS // 1024 // 1024
            )
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return nothing(
            _("{name} is not UTF-8 text; save it as UTF-8, or as the file that was exported").format(
                name=one_line(path.name)
            ),
            line,
        )
    return import_text(text)


def import_text(text: str) -> Imported:
    """The same for a text: JSON where it begins with a bracket, else CSV."""
    return at_one_go(importing(text))


def importing(text: str) -> Generator[None, None, Imported]:
    """The same in small steps where it is JSON."""
    text = text.removeprefix("\ufeff")
    if len(text) > MOST_OF_OURS:
        return nothing(
            _("this is longer than {value} MB, the most that is read").format(value=MOST_OF_OURS // 1024 // 1024)
        )
    if text.lstrip()[:1] in {"{", "["}:
        return (yield from reading_json(text))
    return from_csv(text)
