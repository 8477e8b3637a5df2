"""Letters that look like what YAML wants and are not: other spaces, letters without width, dashes and bullets."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from guide.language import N_, _
from guide.store.yaml.problem import Fix

WIDTHLESS: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
SPACES: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
BULLETS: Final = "\u2010-\u2015\u2022\u2023\u2043\u2212\u00b7\u25aa\u25cf\u25e6"

_BULLET: Final = re.compile(rf"[ \t]*(?:- +)*([{BULLETS}])[ {SPACES}]*(?=\S)")
_ODD: Final = f"{SPACES}{WIDTHLESS}"
_FRAME: Final = re.compile(rf"[\s{_ODD}]*(?:-[ \t{_ODD}]+)*[\w{WIDTHLESS}]*[{_ODD} ]*:[{_ODD}]*")
_ODD_RUN: Final = re.compile(rf"[{_ODD}]+(?: +[{_ODD}]+)*")
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_NAMES: Final = {
    "\u00a0": N_("no-break space"),
    "\u00ad": N_("soft hyphen"),
    "\u200b": N_("zero-width space"),
    "\ufeff": N_("byte-order mark"),
}

Found = tuple[int, str, Fix | None]


def odd_letter(text: str, until: int) -> Found | None:
    """
    Find the first such letter where it matters, on the line that holds the character `until` or the one above.

    What matters is a line's indentation, its dash and its key: within a text any letter is good.
    """
    first = 1 if text.startswith("\ufeff") else 0
    starts = [first, *(end.end() for end in _LINE_END.finditer(text, first, until))]
    written = [start for start in starts if text[start : _line_end(text, start)].strip()]
    for start in written[-2:]:
        if found := _in_line(text, start, _line_end(text, start)):
            return found
    return None


def without_odd(text: str) -> str:
    r"""
    The word that was meant.

    >>> without_odd("pu\u200bmp\u00a0")
    'pump'
    """
    return re.sub(rf"[{WIDTHLESS}]", "", re.sub(rf"[{SPACES}]", " ", text)).strip()


def odd_in(text: str) -> str:
    r"""
    Name the letters of a word that cannot be seen, or "".

    >>> odd_in("pump\u200b"), odd_in("pump")
    ('a zero-width space (U+200B)', '')
    """
    found = re.search(rf"[{WIDTHLESS}{SPACES}]", text)
    return _named(found[0]) if found else ""


def bullet_of(text: str) -> str:
    """The dash or bullet that a text begins with in place of '-', or ""."""
    found = _BULLET.match(text)
    return found[1] if found else ""


def _in_line(text: str, start: int, stop: int) -> Found | None:
    if bullet := _BULLET.match(text, start, stop):
        at, end = bullet.start(1), bullet.end()
        return (
            at,
            _("'{bullet}' does not begin an entry; write '- '").format(bullet=bullet[1]),
            Fix(at, end, "- ", _("Change to '- '")),
        )
    frame = _FRAME.match(text, start, stop)
    odd = _ODD_RUN.search(text, start, frame.end()) if frame else None
    if odd is None:
        return None
    meant = "".join(" " for letter in odd[0] if letter not in WIDTHLESS)
    way = _("use plain spaces") if meant else _("delete it")
    label = _("Change to spaces") if meant else _("Delete it")
    return (
        odd.start(),
        _("{named} stands here; {way}").format(named=_named(odd[0][0]), way=way),
        Fix(odd.start(), odd.end(), meant, label),
    )


def _named(letter: str) -> str:
    name = _NAMES.get(letter) or unicodedata.name(letter, _("odd character")).lower()
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name} (U+{ord(letter):04X})"


def _line_end(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.start() if found else len(text)
