"""What looks like YAML and is not: other spaces, letters without width, dashes, bullets, numbers, code fences."""

from __future__ import annotations

import re
from typing import Final

from guide.language import N_, _
from guide.store.yaml.problem import Fix

WIDTHLESS: Final = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"  # as a class of letters
SPACES: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
BULLETS: Final = "\u2010-\u2015\u2022\u2023\u2043\u2212\u00b7\u25aa\u25cf\u25e6"

_BULLET: Final = re.compile(rf"[ \t]*(?:- +)*([{BULLETS}])[ {SPACES}]*(?=\S)")
_COUNTED: Final = re.compile(r"[ \t]*(?:- +)*(\*|\d{1,3}[.)])[ \t]+(?=[\w{])")  # as in a list of Markdown
_SQUEEZED: Final = re.compile(r"[ \t]*-(?=[A-Za-z_]+: )")
_COLON: Final = re.compile(r"[ \t]*(?:- +)*\w+ *([\uff1a\ufe55\u2236\ua789]) *")
_FENCE: Final = re.compile(r"[ \t]*(```|~~~)[^\r\n]*(?:\r\n|\n|\r|$)")
_OTHER_LINE_END: Final = re.compile("[\u0085\u2028\u2029]")
_ODD: Final = f"{SPACES}{WIDTHLESS}"
_BLANK: Final = re.compile(
    rf"[{_ODD}][ \t{_ODD}]*(?=[\r\n]|$)"
)  # of its own, at the margin: no line of a text in lines
_FRAME: Final = re.compile(rf"[ \t{_ODD}]*(?:-[ \t{_ODD}]+)*[\w{WIDTHLESS}]*[{_ODD} ]*:[{_ODD}]*")
_ODD_RUN: Final = re.compile(rf"[{_ODD}]+(?: +[{_ODD}]+)*")
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_NAMES: Final = {
    "\u00a0": N_("a no-break space"),
    "\u202f": N_("a narrow no-break space"),
    "\u2009": N_("a thin space"),
    "\u3000": N_("an ideographic space"),
    "\u00ad": N_("a soft hyphen"),
    "\u200b": N_("a zero-width space"),
    "\u200c": N_("a zero-width non-joiner"),
    "\u200d": N_("a zero-width joiner"),
    "\u200e": N_("a left-to-right mark"),
    "\u200f": N_("a right-to-left mark"),
    "\ufeff": N_("a byte-order mark"),
}

Found = tuple[int, str, Fix | None]


def odd_letter(text: str, until: int) -> Found | None:
    """
    Find the first such letter where it matters, on the line that holds the character `until` or the one above.

    What matters is a line's indentation, its dash and its key: within a text any letter is good. A line end that YAML
    does not know counts anywhere.
    """
    if end := _OTHER_LINE_END.search(text):
        words = _("this line ends with the character {code}; end it with Enter").format(code=f"U+{ord(end[0]):04X}")
        return end.start(), words, Fix(end.start(), end.end(), "\n", _("End the line here"))
    first = 1 if text.startswith("\ufeff") else 0
    starts = [first, *(end.end() for end in _LINE_END.finditer(text, first, until))]
    written = [start for start in starts if text[start : _line_end(text, start)].strip(" \t")]
    for start in written[-2:]:
        if found := _in_line(text, start):
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


def _in_line(text: str, start: int) -> Found | None:
    if blank := _BLANK.match(text, start):
        words = _("{named} stands here; {way}").format(named=_named(text[start]), way=_("delete it"))
        return start, words, Fix(start, blank.end(), "", _("Delete it"))
    if fence := _FENCE.match(text, start):
        words = _("'{fence}' belongs to the page that this was copied from; delete the line").format(fence=fence[1])
        return fence.start(1), words, Fix(start, fence.end(), "", _("Delete the line"))
    for pattern in (_BULLET, _COUNTED):
        if bullet := pattern.match(text, start):
            at, end = bullet.start(1), bullet.end()
            words = _("'{bullet}' does not begin an entry; write '- '").format(bullet=bullet[1])
            return at, words, Fix(at, end, "- ", _("Change to '- '"))
    if dash := _SQUEEZED.match(text, start):
        return dash.end(), _("a space is missing after '-'"), Fix(dash.end(), dash.end(), " ", _("Put in a space"))
    if colon := _COLON.match(text, start):
        words = _("'{colon}' ({code}) looks like a colon and is none; write ': '")
        code = f"U+{ord(colon[1]):04X}"
        return (
            colon.start(1),
            words.format(colon=colon[1], code=code),
            Fix(colon.start(1), colon.end(), ": ", _("Change to ': '")),
        )
    frame = _FRAME.match(text, start)
    odd = _ODD_RUN.search(text, start, frame.end()) if frame else None
    if odd is None:
        return None
    meant = " " * len(re.sub(f"[{WIDTHLESS}]", "", odd[0]))
    way = _("use plain spaces") if meant else _("delete it")
    label = _("Change to spaces") if meant else _("Delete it")
    return (
        odd.start(),
        _("{named} stands here; {way}").format(named=_named(odd[0][0]), way=way),
        Fix(odd.start(), odd.end(), meant, label),
    )


def _named(letter: str) -> str:
    other = N_("a letter without width") if re.match(f"[{WIDTHLESS}]", letter) else N_("an unusual space")
    return f"{_(_NAMES.get(letter, other))} (U+{ord(letter):04X})"


def _line_end(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.start() if found else len(text)
