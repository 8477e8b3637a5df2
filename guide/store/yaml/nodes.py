"""Nodes of a YAML text with their places."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from typing import Final, NamedTuple

LINE_END: Final = re.compile(r"\r\n|\n|\r")


class Stretch(NamedTuple):
    """Characters `start` to `end` of the text; line and column, from 1, are those of `start`."""

    line: int
    column: int
    start: int
    end: int


class ScalarNode(NamedTuple):
    """
    `start` to `end` is the text as written, quotes included, an anchor not.

    A named tuple, as lists and mappings are: a frozen dataclass takes three times as long to make.
    """

    text: str
    start: int
    end: int
    style: str = ""
    anchor: str = ""

    @property
    def size(self) -> int:
        return 1

    @property
    def height(self) -> int:
        return 0

    @property
    def plain(self) -> bool:
        return not self.style

    @property
    def is_empty(self) -> bool:
        """Nothing at all was written, as after `cues:` with nothing beneath."""
        return self.plain and not self.text


class ListNode(NamedTuple):
    items: tuple[Node, ...]
    start: int
    end: int
    flow: bool = False
    anchor: str = ""
    size: int = 1
    height: int = 1


class MapNode(NamedTuple):
    pairs: tuple[tuple[Node, Node], ...]
    start: int
    end: int
    flow: bool = False
    anchor: str = ""
    size: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class AliasNode:
    name: str
    target: ScalarNode | ListNode | MapNode
    start: int
    end: int

    @property
    def size(self) -> int:
        return self.target.size

    @property
    def height(self) -> int:
        return self.target.height


Node = ScalarNode | ListNode | MapNode | AliasNode


def target(node: Node) -> ScalarNode | ListNode | MapNode:
    """What the node stands for: itself, or what its alias names."""
    return node.target if isinstance(node, AliasNode) else node


class Lines:
    """Where the lines of a text begin, to tell the line and column of a character; `above` is how many come before."""

    def __init__(self, text: str, *, above: int = 0) -> None:
        self._starts = [0, *(end.end() for end in LINE_END.finditer(text))]
        self._mark = 1 if text.startswith("\ufeff") else 0
        self._above = above

    def at(self, offset: int) -> tuple[int, int]:
        r"""
        >>> Lines("ab\ncd").at(4)
        (2, 2)
        """
        line = bisect.bisect_right(self._starts, offset)
        column = offset - self._starts[line - 1] + 1
        return line + self._above, max(1, column - self._mark) if line == 1 else column

    def place(self, start: int, end: int) -> Stretch:
        line, column = self.at(start)
        return Stretch(line, column, start, end)
