"""One line of YAML at a time: which of its characters are keys, marks, lengths of time, quotes and comments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

PLAIN: Final = 0
BLOCK: Final = 1  # within the text after `say: >`
DOUBLE: Final = 2  # within quotation marks that close on a later line
SINGLE: Final = 3
FLOW: Final = 4  # within [ ] or { } that close on a later line
LONGEST: Final = 4_000  # characters of one line that are coloured

_SIZE: Final = 8
_TIME: Final = r"\d{1,9}(?:[.:]\d{1,9})*\s?(?:%|h|hours?|min|mins|minutes?|m|s|secs?|seconds?)?"
_LENGTH: Final = re.compile(rf"[-−]?\s?{_TIME}(?:\s?(?:[-–—]|\bto\b)?\s?{_TIME}){{0,5}}")
_START: Final = re.compile(r"( *)((?:-(?: +|$))*)")
_KEY_ENDS: Final = re.compile(r":(?=\s|$)|\s#")
_FLOW_ENDS: Final = re.compile(r":(?=[\s,\[\]{}]|$)|\s#|[,\[\]{}]")
_DOUBLE_END: Final = re.compile(r'\\.|"')
_SINGLE_END: Final = re.compile(r"''|'")
_HEADER: Final = re.compile(r"[|>][-+0-9]{0,2}(?=\s|$)")
_PROPERTY: Final = re.compile(r"[&*!][^\s,\[\]{}]*")


@dataclass(frozen=True, slots=True)
class TintedSpan:
    """
    Characters of a line that look alike.

    `what` is "key", "mark", "number", "quoted" or "comment", or the kind of step a `kind:` names.
    """

    start: int
    end: int
    what: str


@dataclass(frozen=True, slots=True)
class Begin:
    """How a line begins: where its dashes stand and where what it says starts."""

    indent: int
    dashes: tuple[int, ...]
    content: int


def begin(line: str) -> Begin:
    """
    Tell how a line begins.

    >>> begin("  - kind: rest")
    Begin(indent=2, dashes=(2,), content=4)
    """
    found = _START.match(line)
    assert found is not None  # noqa: S101 - matches the empty text too
    indent = found.end(1)
    return Begin(indent, tuple(indent + i for i, char in enumerate(found[2]) if char == "-"), found.end())


def mode(state: int) -> int:
    return max(0, state) % _SIZE


def scan(line: str, state: int, kinds: frozenset[str] = frozenset()) -> tuple[list[TintedSpan], int]:
    """
    Tell a line's parts, and the state the next line begins in; the first line's is 0.

    >>> [(span.start, span.end, span.what) for span in scan("- say: 5 min # why", 0)[0]]
    [(0, 1, 'mark'), (2, 5, 'key'), (5, 6, 'mark'), (7, 12, 'number'), (13, 18, 'comment')]
    """
    return _Scan(line[:LONGEST], kinds).run(state)


class _Scan:
    def __init__(self, line: str, kinds: frozenset[str]) -> None:
        self._line = line
        self._kinds = kinds
        self._spans: list[TintedSpan] = []
        self._key = ""

    def run(self, state: int) -> tuple[list[TintedSpan], int]:
        line = self._line
        now, depth = mode(state), max(0, state) // _SIZE
        start = begin(line)
        at, column = 0, start.content
        if now == BLOCK:
            if not line.strip() or start.indent >= depth:
                return [], state
            now, depth = PLAIN, 0
        if now in {DOUBLE, SINGLE}:
            at = self._close(0, now, 0)
            if at < 0:
                return self._spans, state
        elif now == PLAIN:
            for dash in start.dashes:
                self._add(dash, dash + 1, "mark")
            at = start.content
            if start.dashes:
                column = start.dashes[-1]
        return self._rest(at, depth, start.content, column)

    def _rest(self, at: int, depth: int, content: int, column: int) -> tuple[list[TintedSpan], int]:
        line = self._line
        while True:
            while at < len(line) and line[at].isspace():
                at += 1
            if at >= len(line):
                return self._spans, depth * _SIZE + FLOW if depth else PLAIN
            char = line[at]
            if char == "#" and (at == 0 or line[at - 1].isspace()):
                self._add(at, len(line), "comment")
                at = len(line)
            elif char in "\"'":
                quote = DOUBLE if char == '"' else SINGLE
                end = self._close(at + 1, quote, at)
                if end < 0:
                    return self._spans, depth * _SIZE + quote
                at = end
                if line.startswith(":", at):
                    self._spans[-1] = TintedSpan(self._spans[-1].start, at, "key")
                    column = content
            elif char in "[{":
                self._add(at, at + 1, "mark")
                depth, at = depth + 1, at + 1
            elif depth and char in "]},":
                self._add(at, at + 1, "mark")
                depth, at = depth - (char != ","), at + 1
            elif char == ":" and (at + 1 == len(line) or line[at + 1] in " \t,[]{}"):
                self._add(at, at + 1, "mark")
                at += 1
            elif not depth and (header := _HEADER.match(line, at)):
                self._add(at, header.end(), "mark")
                comment = line.find("#", header.end())
                if comment >= 0:
                    self._add(comment, len(line), "comment")
                return self._spans, (column + 1) * _SIZE + BLOCK
            elif found := _PROPERTY.match(line, at):
                self._add(at, found.end(), "mark")
                at = found.end()
            else:
                at, is_key = self._word(at, depth)
                column = content if is_key else column

    def _word(self, at: int, depth: int) -> tuple[int, bool]:
        line = self._line
        found = (_FLOW_ENDS if depth else _KEY_ENDS).search(line, at)
        end = found.start() if found else len(line)
        is_key = bool(found) and line[end] == ":"
        word = line[at:end].rstrip()
        if is_key:
            self._key = word
            self._add(at, at + len(word), "key")
        elif self._key == "kind" and word in self._kinds:
            self._add(at, at + len(word), word)
        elif len(word) <= 60 and _LENGTH.fullmatch(word):
            self._add(at, at + len(word), "number")
        return max(end, at + 1), is_key

    def _close(self, at: int, quote: int, start: int) -> int:
        """Go to after the closing quotation mark; -1 where it is not on this line."""
        for found in (_DOUBLE_END if quote == DOUBLE else _SINGLE_END).finditer(self._line, at):
            if len(found[0]) == 1:
                self._add(start, found.end(), "quoted")
                return found.end()
        self._add(start, len(self._line), "quoted")
        return -1

    def _add(self, start: int, end: int, what: str) -> None:
        self._spans.append(TintedSpan(start, end, what))
