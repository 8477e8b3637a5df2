"""What a file's first bytes tell before it is read: its letters, or that it is no text."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Final

from guide.language import _

LOOKED_INTO: Final = 2000  # bytes, to tell UTF-16 without its mark from what is no text
ZIP: Final = b"PK\x03\x04"
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls
SPREADSHEETS: Final = (b"xl/work", b"opendocument.spreadsheet", b"Index/Tables")  # Excel, LibreOffice, Numbers
OURS: Final = b"pumping-guide.json"


def text_of(data: bytes) -> str | None:
    """UTF-8, UTF-16, or what Windows wrote before either; None for what is no text."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data:
        beginning = data[:LOOKED_INTO]
        if len(data) % 2 or (any(beginning[::2]) and any(beginning[1::2])):
            return None
        encodings = ("utf-16-be",) if any(beginning[1::2]) else ("utf-16-le",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            return None if "\0" in text else text
    return None


def no_text(data: bytes) -> str:
    """Why a file of a kind that can be told by its bytes is not read as text; empty for any other."""
    if data.startswith(OLD_OFFICE) or (data.startswith(ZIP) and any(mark in data for mark in SPREADSHEETS)):
        return _("it is a spreadsheet's own file; save it there as CSV, and import that")
    if data.startswith(ZIP) and OURS not in data:
        return _("it is an archive of another program; take the files out of it first")
    if data.startswith(ZIP):
        return _("it is an archive: bring everything back in Settings, or with '{command}'").format(
            command="pumping-guide restore"
        )
    return ""


def looks_like_a_routine(text: str) -> bool:
    """Whether a text has the key that every routine has."""
    return re.search(r"^steps[ \t]*:", text, re.MULTILINE) is not None
