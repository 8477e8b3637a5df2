"""Sessions of an export read again, as the program reads them once it knows what a file is."""

from __future__ import annotations

from guide.store.bringing.sheet import cut
from guide.store.log.csv_in import from_sheet
from guide.store.log.incoming import Imported
from guide.store.log.json_in import from_json


def import_text(text: str) -> Imported:
    """JSON where it begins with a bracket, else CSV; the mark of UTF-8 before it is gone by then."""
    text = text.removeprefix("\ufeff")
    return from_json(text) if text.lstrip()[:1] in {"{", "["} else from_sheet(cut(text))
