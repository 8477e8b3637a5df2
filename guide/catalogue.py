"""
A catalogue of words, of which a text is decoded when it is asked for.

`gettext.GNUTranslations` decodes all texts as it opens a file: 1,850 of them, for the fewer than fifty of a start, and
again for each language whose name is listed (docs/decisions/speed.md). The files are gettext's, and so is the rule of
plurals.
"""

from __future__ import annotations

from functools import cached_property
from gettext import c2py
from struct import unpack_from
from typing import TYPE_CHECKING, Final

from guide.compat import override
from guide.core.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LITTLE_ENDIAN: Final = b"\xde\x12\x04\x95"
OTHERS: Final = "n != 1"  # the rule where a catalogue names none


class Catalogue(Words):
    """The words of one language. Source: GNU gettext manual, "The Format of GNU MO Files"."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._data = data = path.read_bytes()
        order = "<" if data.startswith(LITTLE_ENDIAN) else ">"
        count, texts, words = unpack_from(f"{order}3I", data, 8)
        spans = [unpack_from(f"{order}{2 * count}I", data, table) for table in (texts, words)]  # how long, and where
        keys = [data[at : at + length] for length, at in zip(spans[0][::2], spans[0][1::2], strict=True)]
        self._places = dict(zip(keys, zip(spans[1][::2], spans[1][1::2], strict=True), strict=True))

    def texts(self) -> list[str]:
        """Every text of the code that it knows, as gettext has it: context and plural are set off by a control sign."""
        return [key.decode() for key in self._places if key]

    @override
    def gettext(self, message: str) -> str:
        return self._found(message) or message

    @override
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        forms = self._found(f"{msgid1}\0{msgid2}")
        return forms.split("\0")[self._form(n)] if forms else super().ngettext(msgid1, msgid2, n)

    @override
    def pgettext(self, context: str, message: str) -> str:
        return self._found(f"{context}\x04{message}") or message

    def _found(self, key: str) -> str:
        length, at = self._places.get(key.encode(), (0, 0))
        return self._data[at : at + length].decode()

    @cached_property
    def _form(self) -> Callable[[int], int]:
        """Which of the forms a number takes."""
        _, _, rule = self._found("").partition("plural=")
        return c2py(rule.partition(";")[0].partition("\n")[0] or OTHERS)
