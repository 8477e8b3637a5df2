"""What may be written at a place of the text: keys and values out of the format's own table."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from guide.core.kinds import Kind
from guide.language import N_
from guide.pages.editor.syntax import BLOCK, DOUBLE, PLAIN, SINGLE, begin, mode, scan
from guide.store.routines.table import TABLES, FormatKey

Lines = Sequence[str]

ITEM: Final = "-"
_KEY: Final = re.compile(r"([^\s:#\[\]{},\"'&*!|>@`%-][^:#]*?)\s*:(?=\s|$)\s*(.*)")
_NOTHING_FOLLOWS: Final = re.compile(r"(?:#.*)?$")
_TOKEN: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"?|'[^']*'?|[\[\]{},]|:(?=[\s,\[\]{}]|$)|\s+|[^\s\"',\[\]{}:]+|.")

KINDS_SAID: Final[dict[str, str]] = {
    Kind.PREPARE: N_("Getting ready, before hands or pump begin"),
    Kind.MASSAGE: N_("Small circles with flat fingertips"),
    Kind.STROKE: N_("Light strokes toward the nipple"),
    Kind.SHAKE: N_("A gentle shake, leaning forward"),
    Kind.KNEAD: N_("Soft kneading with an open hand"),
    Kind.PUMP: N_("The pump, with the hands at rest"),
    Kind.COMPRESS: N_("The pump, and a hand that presses gently"),
    Kind.EXPRESS: N_("By hand: press back, roll, release"),
    Kind.REST: N_("A pause, with the pump off"),
}
_PARTS: Final = (*TABLES["step"], *(row for row in TABLES["group"] if row.key in {"repeat", "steps"}))


@dataclass(frozen=True, slots=True)
class Completion:
    """A word that may stand here; `text` is put in its place, with the cursor `back` characters before its end."""

    word: str
    doc: str
    text: str
    back: int = 0


@dataclass(frozen=True, slots=True)
class Offers:
    """What fits here; `typed`, which begins at `column`, is what there is of it already."""

    column: int
    typed: str
    items: tuple[Completion, ...]
    are_keys: bool

    def matching(self) -> tuple[Completion, ...]:
        """Those that begin as it is typed; where none does, those that have it within."""
        typed = self.typed.lower()
        first = tuple(item for item in self.items if item.word.lower().startswith(typed))
        return first or tuple(item for item in self.items if typed in item.word.lower())


def offers_at(lines: Lines, number: int, column: int, state: int) -> Offers | None:
    """
    Tell what fits at a column (from 0) of a line (from 0).

    `state` is what `scan` told of the line before. Only the lines of
    the mapping itself are looked at, and those above that say what it is part of.
    """
    line = lines[number]
    if mode(state) != PLAIN or _is_within_text(line[:column], state):
        return None
    before = line[:column]
    start = begin(before)
    said = before[start.content :]
    place = _Place(lines, number, start.content, start.dashes)
    key = _KEY.match(said)
    value = key[2] if key else said
    if value.startswith(("[", "{")):
        return _in_flow(place, key[1] if key else "", value, line[column:], column)
    rows, words_of = _known(place.path())
    if key is not None:
        row = _row(_of_part(rows, {*place.keys(), key[1]}), key[1])
        return _values(row, value, column) if row else None
    if words_of is not None:
        return _words(words_of, said, column, place.items())
    keys = place.keys()
    if not rows or " " in said:
        return None
    left = tuple(row for row in _of_part(rows, keys) if row.key not in keys)
    named = line[column:].lstrip().startswith(":")
    items = (Completion(row.key, row.doc, row.key) if named else _key(row, start.content) for row in left)
    return Offers(column - len(said), said, tuple(items), are_keys=True)


def _is_within_text(before: str, state: int) -> bool:
    spans, after = scan(before, state)
    if mode(after) in {BLOCK, DOUBLE, SINGLE}:
        return True
    return bool(spans) and spans[-1].end == len(before) and spans[-1].what in {"comment", "quoted"}


# What is known of a place


def _known(path: tuple[str, ...] | None) -> tuple[tuple[FormatKey, ...], FormatKey | None]:
    """Give the keys that may stand at the end of a path, or the row whose words may."""
    if path is None:
        return (), None
    rows: tuple[FormatKey, ...] = TABLES["routine"]
    listed: FormatKey | None = None
    words: FormatKey | None = None
    for name in path:
        if words is not None:
            return (), None
        if name == ITEM:
            if listed is None:
                return (), None
            rows = _table(listed.schema["items"])
            listed, words = None, None if rows else listed
            continue
        row = _row(rows, name) if listed is None else None
        if row is None:
            return (), None
        listed = row if row.schema.get("type") == "array" else None
        rows = () if listed else _table(row.schema)
    return ((), words) if words is not None else (rows, None)


def _table(schema: dict[str, object]) -> tuple[FormatKey, ...]:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return _PARTS if name == "part" else TABLES.get(name, ())


def _row(rows: Collection[FormatKey], key: str) -> FormatKey | None:
    return next((row for row in rows if row.key == key), None)


def _of_part(rows: tuple[FormatKey, ...], keys: Collection[str]) -> tuple[FormatKey, ...]:
    """Tell a step from a group by the keys it has."""
    if rows is not _PARTS:
        return rows
    if "kind" in keys:
        return TABLES["step"]
    return TABLES["group"] if "repeat" in keys or "steps" in keys else rows


def _key(row: FormatKey, column: int, *, in_flow: bool = False) -> Completion:
    below = "\n" + " " * (column + 2)
    match row.schema:
        case {"type": "array", "items": {"enum": _}}:
            return Completion(row.key, row.doc, f"{row.key}: []", back=1)
        case {"type": "array"} if not in_flow:
            return Completion(row.key, row.doc, f"{row.key}:{below}- ")
        case {"$ref": _} if not in_flow:
            return Completion(row.key, row.doc, f"{row.key}:{below}")
        case _:
            return Completion(row.key, row.doc, f"{row.key}: ")


def _values(row: FormatKey, typed: str, column: int) -> Offers | None:
    if row.schema.get("type") != "array":
        return _words(row, typed, column, ())
    items = tuple(Completion(word, row.doc, f"[{word}]", back=1) for word in row.words)
    return Offers(column - len(typed), typed, items, are_keys=False) if items else None


def _words(row: FormatKey, typed: str, column: int, used: Collection[str]) -> Offers | None:
    docs = KINDS_SAID if row.key == "kind" else {}
    items = tuple(Completion(word, docs.get(word, row.doc), word) for word in row.words if word not in used)
    return Offers(column - len(typed), typed, items, are_keys=False) if items else None


# Where a place is


@dataclass(frozen=True, slots=True)
class _Place:
    """A mapping, or an entry of a list, that begins at a column of a line after these dashes."""

    lines: Lines
    number: int
    column: int
    dashes: tuple[int, ...]

    def path(self) -> tuple[str, ...] | None:
        """
        The keys and list entries that lead here from the routine; None where the lines above do not fit.

        Of a line with dashes the mapping after them is what counts, so `- - kind:` is two entries.
        """
        path: list[str] = []
        at, column, dashes = self.number, self.column, self.dashes
        while True:
            if dashes:
                path += [ITEM] * len(dashes)
                column = dashes[0]
                found = self._owner_of_list(at, column)
            elif column:
                found = self._owner_of_mapping(at, column)
            else:
                break
            if found is None:
                return None
            at, key = found
            if at < 0:
                break
            start = begin(self.lines[at])
            column, dashes = start.content, start.dashes
            if key:
                path.append(key)
        return tuple(reversed(path))

    def keys(self) -> set[str]:
        """The keys beside this one."""
        found: set[str] = set()
        for line in (*(() if self.dashes else self._above()), *self._below()):
            key = _KEY.match(line, self.column)
            if key is not None:
                found.add(key[1])
        return found

    def items(self) -> set[str]:
        """The other entries of this list."""
        if not self.dashes:
            return set()
        dash = self.dashes[-1]
        found: set[str] = set()
        for step in (-1, 1):
            at = self.number + step
            while 0 <= at < len(self.lines) and self.lines[at].startswith(" " * dash + ITEM):
                found.add(self.lines[at][dash + 1 :].strip())
                at += step
        return found

    def _above(self) -> Iterator[str]:
        for at in range(self.number - 1, -1, -1):
            line = self.lines[at]
            if line[: self.column + 1].isspace() or not _says(line):
                continue
            start = begin(line)
            if start.indent <= self.column:
                if start.content == self.column:
                    yield line
                if start.indent < self.column:
                    return

    def _below(self) -> Iterator[str]:
        for at in range(self.number + 1, len(self.lines)):
            line = self.lines[at]
            if line[: self.column + 1].isspace() or not _says(line):
                continue
            start = begin(line)
            if start.indent <= self.column:
                if start.indent < self.column:
                    return
                if not start.dashes:
                    yield line

    def _owner_of_list(self, at: int, dash: int) -> tuple[int, str] | None:
        for above in range(at - 1, -1, -1):
            line = self.lines[above]
            if line[: dash + 1].isspace() or not _says(line):
                continue
            start = begin(line)
            if start.indent == dash and start.dashes:
                continue
            key = _opened(line, start.content) if start.content <= dash else ""
            return (above, key) if key else None
        return None

    def _owner_of_mapping(self, at: int, column: int) -> tuple[int, str] | None:
        """Find the line with the mapping's own dash (no key then), or with the key it is the value of."""
        for above in range(at - 1, -1, -1):
            line = self.lines[above]
            if line[:column].isspace() or not _says(line):
                continue
            start = begin(line)
            if start.dashes and (start.content == column or start.content >= len(line)):
                return above, ""
            key = _opened(line, start.content) if start.content < column else ""
            return (above, key) if key else None
        return -1, ""


def _says(line: str) -> bool:
    said = line.lstrip()
    return bool(said) and said[0] != "#"


def _opened(line: str, content: int) -> str:
    """Name the key whose value begins on the lines below."""
    key = _KEY.match(line, content)
    return key[1] if key and _NOTHING_FOLLOWS.match(key[2]) else ""


# Within [ ] and { }


@dataclass(slots=True)
class _Frame:
    """A bracket that is open at the cursor."""

    bracket: str
    names: list[str] = field(default_factory=list)
    key: str = ""
    written: str = ""

    def end_entry(self) -> None:
        self.names.append(self.key or self.written.strip())
        self.key = self.written = ""


def _in_flow(place: _Place, key: str, before: str, after: str, column: int) -> Offers | None:
    frames = _frames(before)
    if not frames:
        return None
    base = place.path()
    if base is None:
        return None
    path = [*base, key] if key else [*base]
    path += [outer.key if outer.bracket == "{" else ITEM for outer in frames[:-1]]
    here = frames[-1]
    typed = here.written.lstrip()
    if typed.startswith(("'", '"')):
        return None
    beside = {*here.names, *_names_after(after, here.bracket)}
    if here.bracket == "[":
        _, words_of = _known((*path, ITEM))
        return _words(words_of, typed, column, beside) if words_of else None
    rows, _ = _known(tuple(path))
    if here.key:
        row = _row(_of_part(rows, {*beside, here.key}), here.key)
        return _values(row, typed, column) if row else None
    left = tuple(row for row in _of_part(rows, beside) if row.key not in beside)
    items = tuple(_key(row, 0, in_flow=True) for row in left)
    return Offers(column - len(typed), typed, items, are_keys=True) if items else None


def _frames(text: str) -> list[_Frame]:
    frames: list[_Frame] = []
    for piece in _TOKEN.findall(text):
        if piece in {"[", "{"}:
            frames.append(_Frame(piece))
        elif not frames:
            return []
        elif piece in {"]", "}"}:
            frames.pop()
        elif piece == ",":
            frames[-1].end_entry()
        elif piece == ":":
            frames[-1].key, frames[-1].written = frames[-1].written.strip(), ""
        else:
            frames[-1].written += piece
    return frames


def _names_after(text: str, bracket: str) -> list[str]:
    """Give the keys or entries that follow within the same bracket; the one the cursor is in is left out."""
    depth, entry = 0, ""
    found: list[str] = []
    for piece in [*_TOKEN.findall(text), "]"]:
        if piece in {"[", "{"}:
            depth += 1
        elif piece in {"]", "}"}:
            depth -= 1
        elif not depth and piece != ",":
            entry += piece
        if depth < 0 or (piece == "," and not depth):
            found.append(entry)
            entry = ""
        if depth < 0:
            break
    return [name.partition(":")[0].strip() if bracket == "{" else name.strip() for name in found[1:]]
