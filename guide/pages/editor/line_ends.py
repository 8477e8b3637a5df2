"""The ends of a text's lines: a QTextDocument knows one, a file may have three, and each line keeps its own."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

_ENDS: Final = re.compile("\r\n|[\n\r\u2029\ufdd0\ufdd1]")  # what a QTextDocument takes for the end of a line
MARK: Final = "\ufeff"
_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Original:
    """A text as it came, and what is needed to write another one like it."""

    text: str
    plain: str
    ends: list[str]
    usual: str  # of its ends; "" where it has none
    mixed: bool

    @classmethod
    def of(cls, text: str) -> Original:
        ends = _ENDS.findall(text)
        counted = Counter(ends)
        usual = counted.most_common(1)[0][0] if ends else ""
        return cls(text, _ENDS.sub("\n", text.removeprefix(MARK)), ends, usual, len(counted) > 1)


def with_line_ends(text: str, original: Original) -> str:
    r"""
    Give the lines of `text` the ends they have in `original`; new ones get its usual end.

    >>> with_line_ends("a\nx\nb", Original.of("a\r\nb"))
    'a\r\nx\r\nb'
    """
    ends, usual = original.ends, original.usual
    if not ends:
        return text
    if not original.mixed:
        return text.replace("\n", usual)
    before, lines = original.plain.split("\n"), text.split("\n")
    head = _in_common(before, lines)
    tail = _in_common(before[head:][::-1], lines[head:][::-1])
    found = [*ends[:head], *[usual] * (len(lines) - head - tail), *ends[len(before) - tail :]]
    matcher = difflib.SequenceMatcher(
        None, before[head : len(before) - tail], lines[head : len(lines) - tail], autojunk=False
    )
    for old, new, size in matcher.get_matching_blocks():
        for i in range(size):
            if head + old + i < len(ends):
                found[head + new + i] = ends[head + old + i]
    del found[len(lines) - 1 :]
    return "".join(line + end for line, end in zip(lines, [*found, ""], strict=True))


def _in_common(one: list[str], other: list[str]) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


class Originals:
    """The texts a document came from, so that a text gets its bytes back: the first, and the latest of the others."""

    def __init__(self, text: str) -> None:
        self._all = [Original.of(text)]

    def add(self, text: str) -> str:
        """Take another text that is shown in place of this one; answers it with plain line ends."""
        self._all[1:] = [*self._all[1:][-_MOST:], Original.of(text)]
        return self._all[-1].plain

    def written(self, plain: str) -> str:
        """A text as its file is to hold it, with the line ends and the byte-order mark it came with."""
        for original in reversed(self._all):
            if original.plain == plain:
                return original.text
        last = self._all[-1]
        found = MARK * last.text.startswith(MARK) + with_line_ends(plain, last)
        if last.mixed:  # compared with again, the less has changed since the sooner
            self.add(found)
        return found
