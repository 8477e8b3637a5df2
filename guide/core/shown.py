"""A text of a file, a name or an answer made fit to be printed, shown or logged: one line, odd letters visible."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 300
LONGEST_QUOTED: Final = 40

_SPACE: Final = re.compile(r"[\s\x1c-\x1f\x85]+")
_ODD: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS: Final = "\u200c\u200d"  # within words of Persian and Hindi, and within emoji, they belong to the letters


def one_line(text: str, most: int = LONGEST) -> str:
    r"""
    A text of others on one line, each letter that cannot be seen named, cut at `most` letters.

    >>> one_line("two\nlines"), one_line("voice_r\ufeffate"), one_line("caf\udce9.yaml")
    ('two lines', 'voice_r<U+FEFF>ate', 'caf<0xE9>.yaml')
    """
    text = text[: 4 * most + 4]
    if not text.isprintable() or "  " in text:
        text = _SPACE.sub(" ", text)
        text = "".join(_visible(letter, before) for before, letter in zip(" " + text, text, strict=False))
    return text if len(text) <= most else text[: most - 1] + "…"


def visible(text: str) -> str:
    r"""
    A text for a terminal, whole: only letters that cannot be seen are named, which would turn the line they stand on.

    >>> visible("\u202eabc"), visible("שלום")
    ('<U+202E>abc', 'שלום')
    """
    if text.isprintable():
        return text
    return "".join(_visible(letter, before) for before, letter in zip(" " + text, text, strict=False))


def quoted(text: str) -> str:
    """The same, short enough to stand between quotation marks within a sentence."""
    return one_line(text, LONGEST_QUOTED)


def path_line(path: object, most: int = LONGEST) -> str:
    """A file's path likewise; of a long one the end stays, where its name is."""
    text = str(path)
    whole = one_line(text, 8 * len(text) + 1)
    return whole if len(whole) <= most else "…" + whole[1 - most :]


def capital(text: str) -> str:
    """What stands within a sentence elsewhere, standing alone."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """
    What is wrong, as the terminal says it after a colon, as a sentence of its own.

    >>> sentence("there is no routine 'NICU'; did you mean 'nicu'?"), sentence("it is not there")
    ("There is no routine 'NICU'; did you mean 'nicu'?", 'It is not there.')
    """
    return capital(text) + ("" if text[-1:] in {"?", ".", "!"} else ".")


def has_control(text: str) -> bool:
    """Whether a name or a path holds what no name can: a control character, half a character, a line's end."""
    return any(unicodedata.category(letter) in {"Cc", "Zl", "Zp"} or _is_half(letter) for letter in text)


def _is_half(letter: str) -> bool:
    """Half a character; what stands for a byte of a file's name, U+DC80 to U+DCFF, can be written as that again."""
    return "\ud800" <= letter <= "\udfff" and not "\udc80" <= letter <= "\udcff"


def _visible(letter: str, before: str) -> str:
    if letter.isprintable() or unicodedata.category(letter) not in _ODD:
        return letter
    if letter in _JOINERS and not before.isascii():
        return letter
    code = ord(letter)
    return f"<0x{code - 0xDC00:02X}>" if 0xDC80 <= code <= 0xDCFF else f"<U+{code:04X}>"
