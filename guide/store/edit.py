"""
Text -> text edits that touch one place: what the form changes is cut into the YAML, and nothing else moves.

Every public function takes the text and answers with `Edit`s, whose offsets all count characters of the text
given. Before it answers, the edited text is read again and compared with what was meant; where the two differ,
or where the text's form cannot be kept, it raises `EditError` and nothing has happened.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Final

from guide.compat import override
from guide.store.reader import MOST_NESTED, TABLES
from guide.store.source import (
    MOST_BYTES,
    AliasNode,
    ListNode,
    MapNode,
    Node,
    RefusedError,
    ScalarNode,
    compose_or_refuse,
)

Path = tuple[int, ...]
Written = str | Sequence["Written"] | Mapping[str, "Written"]
Fields = Mapping[str, Written]

_INLINE_LISTS: Final = frozenset({"purposes", "beats"})
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_SHORTHAND: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
_HIDDEN: Final = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_HEADER: Final = re.compile(r"[|>](?:([1-9])[+-]?|[+-]([1-9])?)?")
_NARROWEST: Final = 60
_REMEMBERED: Final = 8

_IN_TEXT_VIEW: Final = "Change it in the text view."
_MISFIT: Final = f"This part is written in a form the change does not fit. {_IN_TEXT_VIEW}"


class EditError(ValueError):
    """The text's form cannot be kept here; the sentence is for the person, and the text view is the way on."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `new` in place of the characters from `start` to `end`."""

    start: int
    end: int
    new: str


Edits = tuple[Edit, ...]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """
    Make all the edits at once; their offsets count in `text`.

    >>> apply("a: 1", [Edit(0, 1, "b"), Edit(3, 4, "22")])
    'b: 22'
    """
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            raise EditError(f"Two changes meet at one place. {_IN_TEXT_VIEW}")
        pieces += text[at : edit.start], edit.new
        at = edit.end
    return "".join(pieces) + text[at:]


def inverse(text: str, edits: Iterable[Edit]) -> Edits:
    """
    Find the edits that lead back, for the text after `edits`.

    >>> inverse("a: 1", [Edit(3, 4, "22")])
    (Edit(start=3, end=5, new='1'),)
    """
    shift = 0
    back: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        start = edit.start + shift
        back.append(Edit(start, start + len(edit.new), text[edit.start : edit.end]))
        shift += len(edit.new) - (edit.end - edit.start)
    return tuple(back)


# Fields of the routine, a step or a group


def set_field(text: str, path: Path, key: str, value: str | Sequence[str] | None) -> Edits:
    """
    Set, add or (None, or an empty list) remove one key of the part at `path`, `()` being the routine itself.

    A new key goes after the nearest key that comes before it in the format's table. Raises `EditError`.
    """
    sheet = _open(text)
    owner = _part_at(sheet, path)
    wanted = _plain(value)

    def change(root: Any) -> None:
        _put(_dig(root, path), key, wanted)

    return _commit(sheet, _set(sheet, owner, key, wanted, _table(owner, path)), change)


def set_repeat(text: str, path: Path, times: int) -> Edits:
    """Set how many times the group at `path` is done."""
    _need_group(_part_at(_open(text), path))
    return set_field(text, path, "repeat", str(times))


def set_pace(text: str, path: Path, beats: Sequence[str] | None, every: str | None = None) -> Edits:
    """
    Set a step's pace, or remove it where `beats` is None or empty.

    `every` None keeps the one that is written; a new pace then gets one second.
    """
    sheet = _open(text)
    step = _part_at(sheet, path)
    found = step.get("pace")
    if beats and found and found[1].is_map:
        wanted = {"beats": list(beats)} | ({} if every is None else {"every": every})
        pace = _whole(found[1])
        table, inline = _keys("pace"), step.flow
        edits = [edit for key, value in wanted.items() for edit in _set(sheet, pace, key, value, table, inline=inline)]

        def change(root: Any) -> None:
            _dig(root, path)["pace"].update(wanted)

        return _commit(sheet, edits, change)
    whole = {"beats": list(beats), "every": "1 s" if every is None else every} if beats else None

    def change_all(root: Any) -> None:
        _put(_dig(root, path), "pace", whole)

    return _commit(sheet, _set(sheet, step, "pace", whole, _keys("step")), change_all)


# Cues and sources


def add_cue(text: str, path: Path, fields: Fields, index: int | None = None) -> Edits:
    """Add a cue to the step at `path`, last where `index` is None."""
    return _add_entry(text, path, "cues", fields, index)


def set_cue_field(text: str, path: Path, index: int, key: str, value: str | None) -> Edits:
    return _set_entry(text, path, "cues", index, key, value)


def remove_cue(text: str, path: Path, index: int) -> Edits:
    """Remove a cue; with the last one the key goes too."""
    return _remove_entry(text, path, "cues", index)


def move_cue(text: str, path: Path, index: int, to: int) -> Edits:
    """Move a cue so that it stands at `to` afterwards."""
    sheet = _open(text)
    cues = _entries(_part_at(sheet, path), "cues")
    _need_index(cues, index)
    _need_index(cues, to)
    if to == index:
        return ()

    def change(root: Any) -> None:
        entries = _dig(root, path)["cues"]
        entries.insert(to, entries.pop(index))

    return _commit(sheet, _carry(sheet, cues, index, cues, to), change)


def add_source(text: str, fields: Fields, index: int | None = None) -> Edits:
    return _add_entry(text, (), "sources", fields, index)


def set_source_field(text: str, index: int, key: str, value: str | None) -> Edits:
    return _set_entry(text, (), "sources", index, key, value)


def remove_source(text: str, index: int) -> Edits:
    """Remove a source; with the last one the key goes too."""
    return _remove_entry(text, (), "sources", index)


# Structure


def insert_step(text: str, path: Path, yaml_fields: Fields) -> Edits:
    """Write a new step (or, with `steps` among its fields, a group) so that it stands at `path` afterwards."""
    sheet = _open(text)
    if not path:
        raise EditError("A step needs a place among the steps.")
    owner, index = _part_at(sheet, path[:-1]), path[-1]
    wanted = _plain(yaml_fields)
    _need_depth(len(path) - 1 + _height(wanted))

    def change(root: Any) -> None:
        _insert(_dig(root, path[:-1]), "steps", index, wanted)

    return _commit(sheet, _add_item(sheet, owner, "steps", index, wanted, _table(owner, path[:-1])), change)


def duplicate(text: str, path: Path) -> Edits:
    """Write the step or group at `path` a second time, right after itself, its own comments with it."""
    sheet = _open(text)
    steps, index = _list_of(sheet, path)
    item = steps.item(index)
    _need_unshared(item)
    if steps.flow:
        _need_one_line(sheet, steps)
        edits = [Edit(item.end, item.end, f", {sheet.text[item.start : item.end]}")]
    else:
        span = _span(sheet, steps, index)
        gap = span.gap or (_span(sheet, steps, index + 1).gap if index == 0 and len(steps) > 1 else "")
        block = _without_line_end(sheet.text[span.lead : span.tail])
        edits = [_line_in(sheet, span.tail, block, gap)]

    def change(root: Any) -> None:
        listed = _dig(root, path[:-1])["steps"]
        listed.insert(index, listed[index])

    return _commit(sheet, edits, change)


def delete(text: str, path: Path) -> Edits:
    """Remove the step or group at `path` with the comment lines that belong to it."""
    sheet = _open(text)
    steps, index = _list_of(sheet, path)
    if len(steps) == 1:
        raise EditError("One step always stays here. Change it, or delete what it stands in.")

    def change(root: Any) -> None:
        del _dig(root, path[:-1])["steps"][index]

    return _commit(sheet, _cut(sheet, steps, index), change)


def move(text: str, path: Path, to_path: Path) -> Edits:
    """
    Move the step or group at `path` so that it stands at `to_path` afterwards.

    `to_path` counts in the routine without the step, so it is also the step's address in the new text.
    """
    sheet = _open(text)
    steps, index = _list_of(sheet, path)
    if not to_path:
        raise EditError("A step needs a place among the steps.")
    goal, to = _part_at(sheet, _before_removal(path, to_path[:-1])), to_path[-1]
    found = goal.get("steps")
    if found is None or not found[1].is_list:
        raise EditError("There are no steps here to move it among.")
    target = found[1]
    same = to_path[:-1] == path[:-1]
    if not 0 <= to <= len(target) - same:
        raise EditError("There is no such place among the steps.")
    if same and to == index:
        return ()
    if not same and len(steps) == 1:
        raise EditError("One step always stays in a group. Take the group apart to free it.")
    _need_unshared(steps.item(index))
    _need_depth(len(to_path) - 1 + _height(_data(steps.item(index).node)))

    def change(root: Any) -> None:
        part = _dig(root, path[:-1])["steps"].pop(index)
        _dig(root, to_path[:-1])["steps"].insert(to, part)

    edits = _carry(sheet, steps, index, steps if same else target, to)
    return _commit(sheet, edits, change)


def make_group(text: str, paths: Sequence[Path], times: int) -> Edits:
    """Put a group around steps that follow one another."""
    sheet = _open(text)
    places = sorted(paths)
    if not places:
        raise EditError("Choose the steps of the group first.")
    for before, after in pairwise(places):
        if after[:-1] != before[:-1] or after[-1] != before[-1] + 1:
            raise EditError("A group is made of steps that follow one another.")
    steps, first = _list_of(sheet, places[0])
    _, last = _list_of(sheet, places[-1])
    around = places[0][:-1]
    for index in range(first, last + 1):
        _need_depth(len(around) + 1 + _height(_data(steps.item(index).node)))
    if steps.flow:
        start, end = steps.item(first).start, steps.item(last).end
        edits = [Edit(start, start, f"{{repeat: {times}, steps: ["), Edit(end, end, "]}")]
    else:
        start, end = _span(sheet, steps, first).lead, _span(sheet, steps, last).tail
        column = sheet.dashes(steps)
        opening = f"{' ' * column}- repeat: {times}{sheet.nl}{' ' * column}  steps:{sheet.nl}"
        edits = [Edit(start, end, opening + _indented(sheet.text[start:end], 4))]

    def change(root: Any) -> None:
        listed = _dig(root, around)["steps"]
        listed[first : last + 1] = [{"repeat": str(times), "steps": listed[first : last + 1]}]

    return _commit(sheet, edits, change)


def dissolve(text: str, path: Path) -> Edits:
    """
    Take a group apart: its steps stand in its place, once each.

    The group's `repeat` and `side` go, with the comments on their lines; comments on lines of their own stay.
    """
    sheet = _open(text)
    steps, index = _list_of(sheet, path)
    group = steps.item(index)
    _need_group(group)
    _need_unshared(group)
    inner = _entries(group, "steps")
    if {key.text for key, _ in group.entries()} - {"repeat", "side", "steps"} or not len(inner):
        raise EditError(f"This group says more than its steps. {_IN_TEXT_VIEW}")
    if steps.flow:
        _need_one_line(sheet, group)
        edits = [Edit(group.start, group.end, sheet.text[inner.item(0).start : _end(inner)])]
    else:
        edits = [_dissolved(sheet, steps, index, group, inner)]

    def change(root: Any) -> None:
        listed = _dig(root, path[:-1])["steps"]
        listed[index : index + 1] = listed[index]["steps"]

    return _commit(sheet, edits, change)


# Places


def place_of(
    text: str, path: Path, key: str | None = None, *, cue: int | None = None, source: int | None = None
) -> tuple[int, int]:
    """Where a part stands, or one key of it with its value, or a cue or source and a key of that."""
    sheet = _open(text)
    part = _part_at(sheet, path, shared=True)
    for name, index in (("cues", cue), ("sources", source)):
        if index is not None:
            entries = _entries(part, name)
            _need_index(entries, index)
            part = entries.item(index)
    if key is None:
        return part.start, _end(part)
    found = part.get(key)
    if found is None:
        raise EditError(f"'{key}' is not written here.")
    return found[0].start, max(found[0].end, _end(found[1]))


def path_at(text: str, offset: int) -> Path:
    """Find the innermost step or group whose lines hold the character at `offset`; `()` outside all of them."""
    sheet = _open(text)
    part = sheet.part
    path: Path = ()
    while part.is_map and (found := part.get("steps")) and found[1].is_list:
        steps = found[1]
        ends = _LineEnds(sheet, steps)
        index = bisect_left(ends, offset)
        if index == len(steps) or offset < _first_line(sheet, steps, index):
            break
        part = steps.item(index)
        path = (*path, index)
    return path


class _LineEnds(Sequence[int]):
    """The last character of each item's lines, looked up only where asked."""

    def __init__(self, sheet: _Sheet, items: _Part) -> None:
        self._sheet = sheet
        self._items = items

    @override
    def __len__(self) -> int:
        return len(self._items)

    @override
    def __getitem__(self, index: Any) -> Any:
        item = self._items.item(index)
        return _end(item) if self._items.flow else self._sheet.eol(_end(item))


def _first_line(sheet: _Sheet, items: _Part, index: int) -> int:
    item = items.item(index)
    return item.start if items.flow else sheet.bol(_dash(sheet, items, index))


# A text, read


@dataclass(eq=False, frozen=True, slots=True)
class _Chunk:
    """
    One step of the routine's own list with all the lines up to the next one.

    Read alone it gives the same node as read within the whole: that is what lets an edit read again the steps it
    touched and no others. `origin` is where the node's offsets count from.
    """

    node: Node
    origin: int
    length: int


class _Part:
    """A node where it stands now."""

    __slots__ = ("_shift", "node", "sheet")

    def __init__(self, sheet: _Sheet, node: Node, shift: int) -> None:
        self.sheet = sheet
        self.node = node
        self._shift = shift

    @property
    def start(self) -> int:
        return self.node.start + self._shift

    @property
    def end(self) -> int:
        return self.node.end + self._shift

    @property
    def is_map(self) -> bool:
        return isinstance(self.node, MapNode)

    @property
    def is_list(self) -> bool:
        return isinstance(self.node, ListNode)

    @property
    def is_text(self) -> bool:
        return isinstance(self.node, ScalarNode)

    @property
    def flow(self) -> bool:
        return isinstance(self.node, MapNode | ListNode) and self.node.flow

    @property
    def text(self) -> str:
        return self.node.text if isinstance(self.node, ScalarNode) else ""

    @property
    def style(self) -> str:
        return self.node.style if isinstance(self.node, ScalarNode) else ""

    @property
    def is_empty(self) -> bool:
        return isinstance(self.node, ScalarNode) and self.node.is_empty

    def __len__(self) -> int:
        if self.node is self.sheet.steps:
            return len(self.sheet.chunks)
        return len(self.node.items) if isinstance(self.node, ListNode) else 0

    def item(self, index: int) -> _Part:
        if self.node is self.sheet.steps:
            chunk = self.sheet.chunks[index]
            return _Part(self.sheet, chunk.node, self.sheet.starts[index] - chunk.origin)
        assert isinstance(self.node, ListNode)  # noqa: S101 - for the type checker; every caller asked is_list
        return _Part(self.sheet, self.node.items[index], self._shift)

    def items(self) -> Iterator[_Part]:
        return (self.item(index) for index in range(len(self)))

    def entries(self) -> list[tuple[_Part, _Part]]:
        if not isinstance(self.node, MapNode):
            return []
        sheet, found = self.sheet, []
        for key, value in self.node.pairs:
            shift = self._shift
            if self.node is sheet.root and sheet.steps is not None and key.start > sheet.steps.start:
                shift += sheet.tail_shift
            found.append((_Part(sheet, key, shift), _Part(sheet, value, shift)))
        return found

    def get(self, key: str) -> tuple[_Part, _Part] | None:
        return next((entry for entry in self.entries() if entry[0].is_text and entry[0].text == key), None)


class _Sheet:
    """
    A text with its nodes. `steps` is the routine's list of steps where that can be read step by step, else None.

    `chunks` cover the text from `first` on, `starts` tell where each begins and the last of them ends; their
    dashes stand in `column`.
    """

    def __init__(
        self,
        text: str,
        root: Node,
        steps: ListNode | None = None,
        chunks: Sequence[_Chunk] = (),
        first: int = 0,
        tail_shift: int = 0,
        column: int = 0,
    ) -> None:
        self.text = text
        self.root = root
        self.steps = steps
        self.chunks = chunks
        self.starts = [first, *(first + end for end in accumulate(chunk.length for chunk in chunks))]
        self.tail_shift = tail_shift
        self.steps_column = column
        self.nl = "\r\n" if "\r\n" in text else "\n" if "\n" in text or "\r" not in text else "\r"

    @property
    def part(self) -> _Part:
        return _Part(self, self.root, 0)

    def bol(self, offset: int) -> int:
        return self.text.rfind(self.nl[-1], 0, offset) + 1 or int(self.text.startswith("\ufeff"))

    def eol(self, offset: int) -> int:
        end = self.text.find(self.nl[-1], offset)
        if end < 0:
            return len(self.text)
        return end - (end > offset and self.text[end - 1 : end + 1] == "\r\n")

    def next_line(self, offset: int) -> int:
        return self.text.find(self.nl[-1], offset) + 1 or len(self.text)

    def column(self, offset: int) -> int:
        return offset - self.bol(offset)

    def dashes(self, items: _Part) -> int:
        """Give the column of the dashes of a list."""
        return self.steps_column if items.node is self.steps else self.column(items.start)

    def data(self, spread: range | Iterable[int]) -> Any:
        """Hold all scalars as text in lists and dicts; the steps not in `spread` stand for themselves, unread."""
        if self.steps is None or not isinstance(self.root, MapNode):
            return _data(self.root)
        wanted = set(spread)
        pairs = []
        for key, value in self.root.pairs:
            if value is self.steps:
                listed = [_data(c.node) if i in wanted else c for i, c in enumerate(self.chunks)]
                pairs.append((_data(key), listed))
            else:
                pairs.append((_data(key), _data(value)))
        return _dict(pairs)


def _data(node: Node) -> Any:
    match node:
        case ScalarNode(text):
            found: Any = text
        case ListNode(items):
            found = [_data(item) for item in items]
        case MapNode(pairs):
            found = _dict([(_data(key), _data(value)) for key, value in pairs])
        case AliasNode(name):
            return ("*", name)
    return ("&", node.anchor, found) if node.anchor else found


def _dict(pairs: list[tuple[Any, Any]]) -> dict[str, Any]:
    if not all(isinstance(key, str) for key, _ in pairs):
        raise EditError(f"A key here is more than one word. {_IN_TEXT_VIEW}")
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for i, (key, _) in enumerate(pairs) if any(key == other for other, _ in pairs[:i]))
        raise EditError(f"The key '{twice}' is written twice here. Keep one of them in the text view.")
    return found


_sheets: OrderedDict[str, _Sheet] = OrderedDict()


def _open(text: str) -> _Sheet:
    """Read the text, or take the reading kept from the edit that made it."""
    sheet = _sheets.get(text) or _read(text)
    _keep(sheet)
    return sheet


def _keep(sheet: _Sheet) -> None:
    _sheets[sheet.text] = sheet
    _sheets.move_to_end(sheet.text)
    while len(_sheets) > _REMEMBERED:
        _sheets.popitem(last=False)


def _compose(text: str) -> Node:
    try:
        return compose_or_refuse(text)
    except RefusedError as refused:
        raise EditError(f"The text cannot be read as it stands: {refused.message}.") from None


def _read(text: str) -> _Sheet:
    root = _compose(text)
    whole = _Sheet(text, root)
    if not isinstance(root, MapNode) or root.flow or _is_shared(root):
        return whole
    steps = next((v for k, v in root.pairs if isinstance(k, ScalarNode) and k.text == "steps"), None)
    if not isinstance(steps, ListNode) or steps.flow or not steps.items:
        return whole
    key = next(k for k, v in root.pairs if v is steps)
    first = whole.next_line(key.end)
    if first > whole.bol(steps.start) or text[whole.bol(steps.start) : steps.start].strip(" "):
        return whole
    after = next((k.start for k, v in root.pairs if k.start > steps.start), None)
    end = len(text) if after is None else whole.bol(after)
    column = whole.column(steps.start)
    return _Sheet(text, root, steps, _chunks(whole, steps, first, end), first, column=column)


def _chunks(whole: _Sheet, listed: ListNode, first: int, end: int) -> list[_Chunk]:
    part = _Part(whole, listed, 0)
    starts = [first, *(whole.bol(_dash(whole, part, index)) for index in range(1, len(part))), end]
    return [
        _Chunk(node, start, after - start) for node, (start, after) in zip(listed.items, pairwise(starts), strict=True)
    ]


def _commit(sheet: _Sheet, edits: Sequence[Edit], change: Callable[[Any], None]) -> Edits:
    """Make the edits on a copy, read it, and compare with `change` made on the data."""
    kept = _tidy(sheet.text, edits)
    text = apply(sheet.text, kept)
    if text == sheet.text:
        return ()
    if len(text.encode(errors="surrogatepass")) > MOST_BYTES:
        raise EditError("With this the routine grows larger than 256 KiB, the most a file may have.")
    try:
        edited, before, after = _edited(sheet, kept, text)
    except EditError:
        raise EditError(_MISFIT) from None
    meant = sheet.data(before)
    change(meant)
    if edited.data(after) != meant:
        raise EditError(_MISFIT)
    _keep(edited)
    return kept


def _tidy(text: str, edits: Sequence[Edit]) -> Edits:
    """Cut each edit down to what differs."""
    found = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        old, new = text[edit.start : edit.end], edit.new
        head = _in_common(old, new)
        tail = _in_common(old[head:][::-1], new[head:][::-1])
        start, end, put = edit.start + head, edit.end - tail, new[head : len(new) - tail]
        if start < end or put:
            found.append(Edit(start, end, put))
    return tuple(found)


def _in_common(one: str, other: str) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def _edited(sheet: _Sheet, edits: Edits, text: str) -> tuple[_Sheet, Iterable[int], Iterable[int]]:
    """Read the edited text, as little of it as there is need: it, and the steps read again, before and after."""
    if sheet.steps is not None:
        first, last = sheet.starts[0], sheet.starts[-1]
        try:
            if all(first <= edit.start and edit.end <= last for edit in edits):
                return _steps_edited(sheet, edits, text)
            if all(edit.end < first or last <= edit.start < edit.end or last < edit.start for edit in edits):
                return _frame_edited(sheet, edits, text), (), ()
        except (EditError, _MisfitError):
            pass
    whole = _read(text)
    return whole, range(len(sheet.chunks)), range(len(whole.chunks))


class _MisfitError(Exception):
    """A stretch of steps does not read alone as it does within the whole."""


def _steps_edited(sheet: _Sheet, edits: Edits, text: str) -> tuple[_Sheet, Iterable[int], Iterable[int]]:
    chunks: list[_Chunk] = []
    before: list[int] = []
    after: list[int] = []
    at = 0
    for low, high in _touched(sheet, edits):
        chunks += sheet.chunks[at:low]
        start, end = sheet.starts[low], sheet.starts[high]
        inside = [Edit(e.start - start, e.end - start, e.new) for e in edits if start <= e.start and e.end <= end]
        inside = [e for e in inside if e.start < end - start or high == len(sheet.chunks)]
        region = apply(sheet.text[start:end], inside)
        again = _again(region, sheet.steps_column, ends_text=end == len(sheet.text))
        before += range(low, high)
        after += range(len(chunks), len(chunks) + len(again))
        chunks += again
        at = high
    chunks += sheet.chunks[at:]
    grown = len(text) - len(sheet.text)
    return (
        _Sheet(text, sheet.root, sheet.steps, chunks, sheet.starts[0], sheet.tail_shift + grown, sheet.steps_column),
        before,
        after,
    )


def _touched(sheet: _Sheet, edits: Edits) -> list[tuple[int, int]]:
    """The runs of steps to read again: those in which an edit lies, and the one before a step that comes or goes."""
    found: list[tuple[int, int]] = []
    count = len(sheet.chunks)
    for edit in edits:
        low = min(max(bisect_right(sheet.starts, edit.start) - 1, 0), count - 1)
        high = max(low + 1, bisect_left(sheet.starts, edit.end))
        if edit.start == sheet.starts[low]:
            low, high = (low - 1, high) if low else (low, min(high + 1, count))
        if found and low <= found[-1][1]:
            found[-1] = min(low, found[-1][0]), max(high, found[-1][1])
        else:
            found.append((low, high))
    return found


def _again(region: str, column: int, *, ends_text: bool) -> list[_Chunk]:
    if not ends_text and not region.endswith(("\n", "\r")):
        raise _MisfitError
    part = _Sheet(region, _compose(region))
    node = part.root
    if not isinstance(node, ListNode) or node.flow or part.column(node.start) != column or _is_shared(node):
        raise _MisfitError
    if region[part.bol(node.start) : node.start].strip(" "):
        raise _MisfitError
    return _chunks(part, node, 0, len(region))


def _frame_edited(sheet: _Sheet, edits: Edits, text: str) -> _Sheet:
    """Read again what stands around the steps, a single word in their place."""
    first, last = sheet.starts[0], sheet.starts[-1]
    first += sum(len(edit.new) - (edit.end - edit.start) for edit in edits if edit.end < first)
    last += first - sheet.starts[0]
    word = f"{' ' * sheet.steps_column}- steps{sheet.nl}"
    frame = _read(text[:first] + word + text[last:])
    if frame.steps is None or len(frame.chunks) != 1 or frame.starts != [first, first + len(word)]:
        raise _MisfitError
    shift = last - first - len(word)
    return _Sheet(text, frame.root, frame.steps, sheet.chunks, first, shift, sheet.steps_column)


def _is_shared(node: Node) -> bool:
    """Whether an anchor or alias stands in it."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        match found:
            case AliasNode():
                return True
            case ListNode(items):
                waiting += items
            case MapNode(pairs):
                waiting += (part for pair in pairs for part in pair)
            case ScalarNode():
                pass
        if found.anchor:
            return True
    return False


# The way to a part


def _part_at(sheet: _Sheet, path: Path, *, shared: bool = False) -> _Part:
    """The routine, step or group at `path`; with `shared`, also where an anchor or alias is on the way."""
    part = _whole(sheet.part, shared=shared)
    for index in path:
        steps = _entries(part, "steps", shared=shared)
        _need_index(steps, index)
        part = _whole(steps.item(index), shared=shared)
    return part


def _whole(part: _Part, *, shared: bool = False) -> _Part:
    if not shared:
        _need_own(part)
    if not part.is_map:
        raise EditError(f"This part is not written as keys and values. {_IN_TEXT_VIEW}")
    return part


def _entries(part: _Part, key: str, *, shared: bool = False) -> _Part:
    found = part.get(key)
    if found is None:
        raise EditError(f"There are no {key} here.")
    if not shared:
        _need_own(found[1])
    if not found[1].is_list:
        raise EditError(f"The {key} here are not written as a list. {_IN_TEXT_VIEW}")
    return found[1]


def _list_of(sheet: _Sheet, path: Path) -> tuple[_Part, int]:
    if not path:
        raise EditError("This is the whole routine; choose one of its steps.")
    steps = _entries(_part_at(sheet, path[:-1]), "steps")
    _need_index(steps, path[-1])
    return steps, path[-1]


def _table(part: _Part, path: Path) -> tuple[str, ...]:
    if not path:
        return _keys("routine")
    return _keys("group" if _is_group(part) else "step")


def _keys(name: str) -> tuple[str, ...]:
    return tuple(row.key for row in TABLES[name])


def _is_group(part: _Part) -> bool:
    return part.is_map and part.get("kind") is None and bool(part.get("steps") or part.get("repeat"))


def _need_group(part: _Part) -> None:
    if not _is_group(part):
        raise EditError("This is a step, not a group.")


def _need_own(part: _Part) -> None:
    if isinstance(part.node, AliasNode) or part.node.anchor:
        raise EditError(f"This part is shared with another one (by '&' and '*'). {_IN_TEXT_VIEW}")


def _need_unshared(part: _Part) -> None:
    if _is_shared(part.node):
        raise EditError(f"This part is shared with another one (by '&' and '*'). {_IN_TEXT_VIEW}")


def _need_index(items: _Part, index: int) -> None:
    if not 0 <= index < len(items):
        raise EditError("There is no such place in the list.")


def _need_one_line(sheet: _Sheet, part: _Part) -> None:
    if "\n" in sheet.text[part.start : part.end] or "\r" in sheet.text[part.start : part.end]:
        raise EditError(f"This list or step is written in brackets over several lines. {_IN_TEXT_VIEW}")


def _need_depth(deep: int) -> None:
    if deep > MOST_NESTED:
        raise EditError(f"Groups nest at most {MOST_NESTED} deep.")


def _height(data: Any) -> int:
    """How many groups deep a part is itself."""
    steps = data.get("steps") if isinstance(data, dict) else None
    return 1 + max(map(_height, steps), default=0) if isinstance(steps, list) else 0


def _before_removal(gone: Path, path: Path) -> Path:
    """The address, in the routine with the part at `gone` still there, of what is at `path` without it."""
    depth = len(gone) - 1
    if len(path) > depth and path[:depth] == gone[:depth] and path[depth] >= gone[depth]:
        return (*path[:depth], path[depth] + 1, *path[depth + 1 :])
    return path


# The same changes on plain data, to compare with


def _plain(value: Written | None) -> Any:
    match value:
        case None | str():
            return value
        case Mapping():
            return {key: _plain(held) for key, held in value.items()}
        case _:
            return [_plain(held) for held in value] or None


def _dig(root: Any, path: Path) -> Any:
    for index in path:
        root = root["steps"][index]
    return root


def _put(fields: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        fields.pop(key, None)
    else:
        fields[key] = value


def _insert(fields: dict[str, Any], key: str, index: int, value: Any) -> None:
    listed = fields.get(key)
    if not isinstance(listed, list):
        listed = fields[key] = []
    listed.insert(index, value)


def _add_entry(text: str, path: Path, key: str, fields: Fields, index: int | None) -> Edits:
    sheet = _open(text)
    owner = _part_at(sheet, path)
    found = owner.get(key)
    at = len(found[1]) if found and index is None else index or 0
    wanted = _plain(fields)

    def change(root: Any) -> None:
        _insert(_dig(root, path), key, at, wanted)

    return _commit(sheet, _add_item(sheet, owner, key, at, wanted, _table(owner, path)), change)


def _set_entry(text: str, path: Path, key: str, index: int, field: str, value: str | None) -> Edits:
    sheet = _open(text)
    entries = _entries(_part_at(sheet, path), key)
    _need_index(entries, index)
    entry = _whole(entries.item(index))

    def change(root: Any) -> None:
        _put(_dig(root, path)[key][index], field, value)

    table = _keys("cue" if key == "cues" else "source")
    return _commit(sheet, _set(sheet, entry, field, value, table, inline=entries.flow), change)


def _remove_entry(text: str, path: Path, key: str, index: int) -> Edits:
    sheet = _open(text)
    owner = _part_at(sheet, path)
    entries = _entries(owner, key)
    _need_index(entries, index)

    def change(root: Any) -> None:
        fields = _dig(root, path)
        del fields[key][index]
        if not fields[key]:
            del fields[key]

    if len(entries) == 1:
        return _commit(sheet, _set(sheet, owner, key, None, _table(owner, path)), change)
    return _commit(sheet, _cut(sheet, entries, index), change)


# Keys and their values


def _set(
    sheet: _Sheet,
    owner: _Part,
    key: str,
    value: Any,
    table: Sequence[str],
    *,
    inline: bool = False,
) -> list[Edit]:
    """Set, add or remove a key; `inline`: within brackets, whatever the mapping itself is."""
    found = owner.get(key)
    if found is not None and sum(k.text == key for k, _ in owner.entries() if k.is_text) > 1:
        raise EditError(f"The key '{key}' is written twice here. Keep one of them in the text view.")
    if value is None:
        return _without_pair(sheet, owner, key) if found else []
    if found is None:
        return [_with_pair(sheet, owner, key, value, table, inline=inline)]
    _need_own(found[1])
    inside = owner.flow or inline
    column = sheet.column(found[0].start)
    held = found[1]
    if isinstance(value, str):
        if not held.is_text:
            raise EditError(f"'{key}' is written as a list or as keys here. {_IN_TEXT_VIEW}")
        return _write(sheet, held, value, column, inline=inside)
    if held.is_list and isinstance(value, list) and all(isinstance(v, str) for v in value):
        return _set_list(sheet, held, value)
    if not held.is_text:
        raise EditError(f"'{key}' is written in another form here. {_IN_TEXT_VIEW}")
    if not held.is_empty or inside:
        return [_in_place(sheet, held, _in_line(value))]
    written = _pair(key, value, column, sheet.nl).removeprefix(f"{key}:")
    at = sheet.eol(held.start) if written.startswith(sheet.nl) else held.start
    return [Edit(at, at, written)]


def _with_pair(sheet: _Sheet, owner: _Part, key: str, value: Any, table: Sequence[str], *, inline: bool) -> Edit:
    entries = owner.entries()
    earlier = table[: table.index(key)] if key in table else table
    before = [(earlier.index(k.text), i) for i, (k, _) in enumerate(entries) if k.text in earlier]
    if owner.flow or inline:
        written = f"{key}: {_in_line(value)}"
        if not entries:
            return Edit(owner.start + 1, owner.start + 1, written)
        if not before:
            return Edit(entries[0][0].start, entries[0][0].start, f"{written}, ")
        at = max(part.end for part in entries[max(before)[1]])
        return Edit(at, at, f", {written}")
    column = sheet.column(entries[0][0].start)
    written = _pair(key, value, column, sheet.nl)
    if not before:
        return Edit(entries[0][0].start, entries[0][0].start, written + sheet.nl + " " * column)
    at = _after_pair(sheet, entries[max(before)[1]], column)
    return Edit(at, at, sheet.nl + " " * column + written)


def _after_pair(sheet: _Sheet, entry: tuple[_Part, _Part], column: int) -> int:
    """The end of a key's last line, comments beneath that are indented deeper than the key among them."""
    at = sheet.eol(max(entry[0].end, _end(entry[1])))
    while (start := sheet.next_line(at)) < len(sheet.text):
        if not _is_comment(sheet, start) or _indent(sheet, start) <= column:
            break
        at = sheet.eol(start)
    return at


def _without_pair(sheet: _Sheet, owner: _Part, key: str) -> list[Edit]:
    entries = owner.entries()
    at = next(i for i, (k, _) in enumerate(entries) if k.text == key)
    name, held = entries[at]
    _need_own(held)
    if len(entries) == 1:
        raise EditError(f"'{key}' is all that is written here. Delete the whole of it instead.")
    if owner.flow:
        start, end = name.start, max(name.end, _end(held))
        if at:
            start = max(entries[at - 1][0].end, entries[at - 1][1].end)
        else:
            end = entries[1][0].start
        if "#" in (cut := sheet.text[start:end]) and "\n" in cut:
            raise EditError(f"A comment stands in the middle of this. {_IN_TEXT_VIEW}")
        return [Edit(start, end, "")]
    stop = sheet.next_line(max(name.end, _end(held)))
    start = sheet.bol(name.start)
    if not sheet.text[start : name.start].strip(" "):
        return [_line_cut(sheet, start, stop)]
    following = entries[at + 1][0].start if at + 1 < len(entries) else stop
    if not sheet.text[stop : sheet.bol(following)].strip():
        return [Edit(name.start, following, "")]
    # Comments stand between this first key and the next: they stay, and the dash has a line of its own.
    dash = len(sheet.text[: name.start].rstrip(" "))
    return [Edit(dash, len(_without_line_end(sheet.text[:stop])), "")]


def _set_list(sheet: _Sheet, held: _Part, values: list[str]) -> list[Edit]:
    if not all(item.is_text for item in held.items()):
        raise EditError(f"This list holds more than plain texts. {_IN_TEXT_VIEW}")
    old = [item.text for item in held.items()]
    codes = difflib.SequenceMatcher(None, old, values, autojunk=False).get_opcodes()
    if held.flow:
        return _set_inline_list(sheet, held, values, codes)
    edits: list[Edit] = []
    column = sheet.dashes(held)
    for tag, low, high, new_low, new_high in codes:
        if tag == "equal":
            continue
        both = min(high - low, new_high - new_low)
        for i in range(both):
            _need_own(held.item(low + i))
            edits += _write(sheet, held.item(low + i), values[new_low + i], column, inline=False)
        for i in range(low + both, high):
            edits += _cut(sheet, held, i, first_of_several=high - low > 1)
        added = [_entry(value, column, sheet.nl) for value in values[new_low + both : new_high]]
        if added:
            edits.append(_lines_in(sheet, held, low + both, sheet.nl.join(added), ""))
    return edits


def _set_inline_list(
    sheet: _Sheet, held: _Part, values: list[str], codes: Sequence[tuple[str, int, int, int, int]]
) -> list[Edit]:
    if all(high - low == new_high - new_low for _, low, high, new_low, new_high in codes):
        return [
            edit
            for tag, low, high, new_low, _ in codes
            if tag != "equal"
            for i in range(high - low)
            for edit in _write(sheet, held.item(low + i), values[new_low + i], 0, inline=True)
        ]
    _need_one_line(sheet, held)
    inner = sheet.text[held.start + 1 : held.end - 1]
    pad = " " * (inner.startswith(" ") and inner.endswith(" ") and bool(inner.strip()))
    written: list[str] = []
    for tag, low, high, new_low, new_high in codes:
        if tag == "equal":
            written += (sheet.text[item.start : item.end] for item in map(held.item, range(low, high)))
        else:
            written += map(_in_line, values[new_low:new_high])
    return [Edit(held.start, held.end, f"[{pad}{', '.join(written)}{pad}]")]


# Items of lists


@dataclass(frozen=True, slots=True)
class _Span:
    """
    The lines of an item: `lead`, its comments above; `tail`, past its last line and the deeper comments under it.

    `gap` are the blank lines that part it from the item before, where nothing else does.
    """

    gap: str
    lead: int
    tail: int


def _dash(sheet: _Sheet, items: _Part, index: int) -> int:
    if index == 0 and items.node is not sheet.steps:
        return items.start
    column = sheet.dashes(items)
    at = sheet.bol(items.item(index).start)
    while True:
        line = sheet.text[at : at + column + 1]
        if len(line) == column + 1 and line.endswith("-") and not line[:-1].strip(" "):
            return at + column
        if at <= sheet.bol(0):
            raise EditError(f"This list begins in an unusual place. {_IN_TEXT_VIEW}")
        at = sheet.bol(at - 1)


def _tail(sheet: _Sheet, items: _Part, index: int, column: int) -> int:
    item = items.item(index)
    _need_dash_line(sheet, items, index)
    at = tail = sheet.next_line(max(_end(item), _dash(sheet, items, index)))
    while at < len(sheet.text):
        if _is_comment(sheet, at):
            if _indent(sheet, at) <= column:
                break
            at = tail = sheet.next_line(at)
        elif sheet.text[at : sheet.eol(at)].strip():
            break
        else:
            at = sheet.next_line(at)
    return tail


def _need_dash_line(sheet: _Sheet, items: _Part, index: int) -> None:
    dash = _dash(sheet, items, index)
    if sheet.text[sheet.bol(dash) : dash].strip(" "):
        raise EditError(f"This list begins in an unusual place. {_IN_TEXT_VIEW}")


def _span(sheet: _Sheet, items: _Part, index: int) -> _Span:
    column = sheet.dashes(items)
    before = _tail(sheet, items, index - 1, column) if index else None
    lead = sheet.bol(_dash(sheet, items, index))
    while lead > (before or 0):
        above = sheet.bol(lead - 1)
        if not _is_comment(sheet, above) or not (before or 0) <= above < lead:
            break
        lead = above
    between = sheet.text[before:lead] if before is not None else ""
    return _Span(between if not between.strip() else "", lead, _tail(sheet, items, index, column))


def _cut(sheet: _Sheet, items: _Part, index: int, *, first_of_several: bool = False) -> list[Edit]:
    """Take an item out, and one gap with it."""
    item = items.item(index)
    if items.flow:
        _need_one_line(sheet, items)
        if index:
            return [Edit(items.item(index - 1).end, item.end, "")]
        return [Edit(item.start, items.item(1).start, "")]
    span = _span(sheet, items, index)
    start, end = span.lead - len(span.gap), span.tail
    if index == 0 and len(items) > 1 and not first_of_several:
        end += len(_span(sheet, items, 1).gap)
    return [_line_cut(sheet, start, end)]


def _line_cut(sheet: _Sheet, start: int, end: int) -> Edit:
    """Whole lines out; at the end of a text without a last line end, the one before goes instead."""
    if end == len(sheet.text) and not sheet.text.endswith(("\n", "\r")):
        start = len(_without_line_end(sheet.text[:start]))
    return Edit(start, end, "")


def _line_in(sheet: _Sheet, at: int, block: str, gap: str) -> Edit:
    """Whole lines in, at the beginning of a line or at the end of the text."""
    if at and not sheet.text[:at].endswith(("\n", "\r")):
        return Edit(at, at, sheet.nl + gap + block)
    return Edit(at, at, gap + block + sheet.nl)


def _lines_in(sheet: _Sheet, items: _Part, index: int, block: str, gap: str) -> Edit:
    if index == 0:
        lead = _span(sheet, items, 0).lead
        return Edit(lead, lead, block + sheet.nl + gap)
    return _line_in(sheet, _span(sheet, items, index - 1).tail, block, gap)


def _gap_like(sheet: _Sheet, items: _Part, index: int) -> str:
    """The blank lines that part the items where a new one comes in."""
    return _span(sheet, items, min(max(index, 1), len(items) - 1)).gap if len(items) > 1 else ""


def _carry(sheet: _Sheet, items: _Part, index: int, goal: _Part, to: int) -> list[Edit]:
    """Take an item from one list to its place in another, or in the same, `to` counting without it."""
    same = items is goal
    at = to + 1 if same and to > index else to
    item = items.item(index)
    for part in (items, goal):
        if part.flow:
            _need_one_line(sheet, part)
    cut = _cut(sheet, items, index)
    if goal.flow:
        if not items.flow:
            span = _span(sheet, items, index)
            if (
                not item.flow
                or sheet.text[span.lead : span.tail].strip()[1:].strip() != (sheet.text[item.start : item.end])
            ):
                raise EditError(f"The steps there are written in brackets. {_IN_TEXT_VIEW}")
        return [*cut, _inline_in(goal, at, sheet.text[item.start : item.end])]
    column = sheet.dashes(goal)
    if items.flow:
        block = f"{' ' * column}- {sheet.text[item.start : item.end]}"
        return [*cut, _lines_in(sheet, goal, at, block, _gap_like(sheet, goal, at))]
    span = _span(sheet, items, index)
    block = _indented(_without_line_end(sheet.text[span.lead : span.tail]), column - sheet.dashes(items))
    gap = _gap_like(sheet, goal, at)
    if same:
        gap = _span(sheet, items, 1).gap if index == 0 else span.gap
    return [*cut, _lines_in(sheet, goal, at, block, gap)]


def _inline_in(items: _Part, index: int, written: str) -> Edit:
    if not len(items):
        return Edit(items.start + 1, items.start + 1, written)
    if index == 0:
        return Edit(items.item(0).start, items.item(0).start, f"{written}, ")
    return Edit(items.item(index - 1).end, items.item(index - 1).end, f", {written}")


def _add_item(sheet: _Sheet, owner: _Part, key: str, index: int, value: Any, table: Sequence[str]) -> list[Edit]:
    found = owner.get(key)
    if found is None or found[1].is_empty:
        if index:
            raise EditError("There is no such place in the list.")
        return _set(sheet, owner, key, [value], table)
    items = _entries(owner, key)
    if not 0 <= index <= len(items):
        raise EditError("There is no such place in the list.")
    if items.flow and not len(items) and not owner.flow:
        column = sheet.column(found[0].start)
        written = _pair(key, [value], column, sheet.nl).removeprefix(f"{key}:")
        _need_one_line(sheet, items)
        comment = sheet.text[items.end : sheet.eol(items.end)]
        return [Edit(items.start, items.end, ""), Edit(items.end + len(comment), items.end + len(comment), written)]
    if items.flow:
        _need_one_line(sheet, items)
        return [_inline_in(items, index, _in_line(value))]
    near = items.item(min(index, len(items) - 1))
    column = sheet.dashes(items)
    block = _entry(value, column, sheet.nl, inline=near.flow and isinstance(value, dict))
    return [_lines_in(sheet, items, index, block, _gap_like(sheet, items, index))]


def _dissolved(sheet: _Sheet, steps: _Part, index: int, group: _Part, inner: _Part) -> Edit:
    text, column = sheet.text, sheet.dashes(steps)
    span = _span(sheet, steps, index)
    start = sheet.bol(_dash(sheet, steps, index))
    if inner.flow:
        _need_one_line(sheet, inner)
        body = "".join(f"{' ' * column}- {text[item.start : item.end]}{sheet.nl}" for item in inner.items())
        opening, end = inner.start, sheet.next_line(inner.end)
    else:
        key = group.get("steps")
        opening = sheet.next_line(key[0].end) if key else inner.start
        end = _span(sheet, inner, len(inner) - 1).tail
        body = _indented(text[opening:end], column - sheet.dashes(inner))
    kept = [
        [" " * column + line.strip() + sheet.nl for line in part.splitlines() if line.lstrip().startswith("#")]
        for part in (text[start:opening], text[end : span.tail])
    ]
    new = "".join(kept[0]) + body + ("" if body.endswith(("\n", "\r")) or not kept[1] else sheet.nl)
    new += "".join(kept[1])
    if span.tail == len(text) and not text.endswith(("\n", "\r")):
        new = _without_line_end(new)
    return Edit(start, span.tail, new)


# Lines


def _end(part: _Part) -> int:
    """The end of what a part says, blank lines and comments after it left out."""
    text = part.sheet.text
    while part.is_map or part.is_list:
        if part.flow:
            return part.end
        entries = part.entries()
        part = part.item(len(part) - 1) if part.is_list else entries[-1][1]
    if part.style not in {"|", ">"}:
        return part.end
    header = part.sheet.eol(part.start)
    if "+" in text[part.start : header].split("#")[0]:
        return max(header, len(_without_line_end(text[: part.end])))
    end = header + len(text[header : part.end].rstrip(" \r\n"))
    # A last line of blanks alone is content where it is longer than the indentation.
    lines = text[header : part.end].split("\n")
    indent = next((len(line) - len(line.lstrip(" ")) for line in lines[1:] if line.strip()), None)
    at = part.end
    while at > end:
        start = text.rfind("\n", 0, at - 1) + 1
        line = text[start:at].rstrip("\r\n")
        if indent is not None and start > header and not line.strip() and len(line) > indent:
            return start + len(line)
        at = start
    return end


def _is_comment(sheet: _Sheet, start: int) -> bool:
    return sheet.text[start : sheet.eol(start)].lstrip(" \t").startswith("#")


def _indent(sheet: _Sheet, start: int) -> int:
    line = sheet.text[start : sheet.eol(start)]
    return len(line) - len(line.lstrip(" \t"))


def _indented(block: str, by: int) -> str:
    """The lines moved right, or left as far as they have room; empty ones stay empty."""
    if by == 0:
        return block
    lines = (
        block.splitlines(keepends=True)
        if not re.search("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", block)
        else (re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", block))
    )
    if by > 0:
        return "".join(" " * by + line if line.strip("\r\n") else line for line in lines)
    return "".join(line[min(-by, len(line) - len(line.lstrip(" "))) :] for line in lines)


def _without_line_end(text: str) -> str:
    return text[: -2 if text.endswith("\r\n") else -1] if text.endswith(("\n", "\r")) else text


# Writing


def _pair(key: str, value: Any, column: int, nl: str) -> str:
    """A key and its value as lines, the first without its indentation, the last without its end."""
    inner = " " * (column + 2)
    match value:
        case str():
            written, lines = _new_scalar(value, column, nl)
            return f"{key}: {written}" + (nl + lines if lines else "")
        case list() if key not in _INLINE_LISTS and value:
            return f"{key}:{nl}" + nl.join(_entry(item, len(inner), nl) for item in value)
        case _:
            return f"{key}: {_in_line(value)}"


def _entry(value: Any, column: int, nl: str, *, inline: bool = False) -> str:
    """An item of a list as lines."""
    if inline:
        return f"{' ' * column}- {_in_line(value)}"
    match value:
        case str():
            written, lines = _new_scalar(value, column, nl)
            return f"{' ' * column}- {written}" + (nl + lines if lines else "")
        case dict() if value:
            between = nl + " " * (column + 2)
            pairs = between.join(_pair(key, value[key], column + 2, nl) for key in _ordered(value))
            return f"{' ' * column}- {pairs}"
        case _:
            return f"{' ' * column}- {_in_line(value)}"


def _ordered(fields: Mapping[str, Any]) -> list[str]:
    name = next(
        name for name in ("cue", "source", "group", "step") if name == "step" or set(fields) <= set(_keys(name))
    )
    table = _keys(name)
    return sorted(fields, key=lambda key: table.index(key) if key in table else len(table))


def _in_line(value: Any) -> str:
    match value:
        case str():
            return next(written for written in _one_line(value, "") if _holds(written, "", value, 0, inline=True))
        case dict():
            order = list(value) if set(value) == {"beats", "every"} else _ordered(value)
            return "{" + ", ".join(f"{key}: {_in_line(value[key])}" for key in order) + "}"
        case _:
            return "[" + ", ".join(map(_in_line, value)) + "]"


def _new_scalar(value: str, column: int, nl: str) -> tuple[str, str]:
    return next(
        (written, lines)
        for written, lines in _forms(value, "", column + 2, nl)
        if _holds(written, lines, value, column, inline=False)
    )


def _write(sheet: _Sheet, held: _Part, value: str, column: int, *, inline: bool) -> list[Edit]:
    """Put `value` in the place of a scalar, in the style it has where that can hold the value."""
    if held.text == value and not held.is_empty:
        return []
    _need_own(held)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise EditError("This text holds half a character; type it again.") from None
    text, start, end = sheet.text, held.start, _end(held)
    is_block = held.style in {"|", ">"}
    old = text[start:end]
    if inline:
        written = next(w for w in _one_line(value, held.style) if _holds(w, "", value, column, inline=True))
        return [_in_place(sheet, held, written)]
    header = text[start : sheet.eol(start)] if is_block else ""
    indent, digit = _block_indent(old, column)
    width = max(_NARROWEST, *(len(line.rstrip("\r")) for line in text[sheet.bol(start) : end].split("\n")))
    wrap = width if "\n" in old else 0
    last = sheet.eol(end)
    for written, lines in _forms(value, held.style, indent, sheet.nl, width=wrap, digit=digit, old=old):
        if lines and not _has_room(sheet, last, indent, ends_line=value.endswith("\n"), is_block=is_block):
            continue
        if not _holds(written, lines, value, column, inline=False):
            continue
        rest = header[len(match[0]) :] if (match := _HEADER.match(header)) else ""
        if is_block:
            return [Edit(start, end, written + rest + (sheet.nl + lines if lines else ""))]
        edits = [_in_place(sheet, held, written)]
        return [*edits, Edit(last, last, sheet.nl + lines)] if lines else edits
    raise EditError(f"This text does not fit the form it is written in. {_IN_TEXT_VIEW}")


def _in_place(sheet: _Sheet, held: _Part, written: str) -> Edit:
    if held.is_empty and sheet.text[held.start - 1 : held.start] not in {"", " "}:
        written = f" {written}"
    return Edit(held.start, held.end, written)


def _block_indent(old: str, column: int) -> tuple[int, str]:
    """How deep the lines of a block text stand, and the digit that says so in its header."""
    header, _, body = old.partition("\n")
    match = _HEADER.match(header)
    if match is None:
        return column + 2, ""
    digit = match[1] or match[2] or ""
    first = next((line for line in body.split("\n") if line.strip()), "")
    found = len(first) - len(first.lstrip(" "))
    return (found if found and not digit else column + int(digit or 2)), digit


def _has_room(sheet: _Sheet, last: int, indent: int, *, ends_line: bool, is_block: bool) -> bool:
    """Whether a block text's lines can come after the line ending at `last` and swallow nothing that follows."""
    if last == len(sheet.text) and ends_line:
        return False
    if is_block:
        return True
    at = sheet.next_line(last)
    while at < len(sheet.text) and not sheet.text[at : sheet.eol(at)].strip():
        at = sheet.next_line(at)
    return at >= len(sheet.text) or _indent(sheet, at) < indent or not _is_comment(sheet, at)


def _forms(
    value: str, style: str, indent: int, nl: str, *, width: int = 0, digit: str = "", old: str = ""
) -> Iterator[tuple[str, str]]:
    """Ways to write a text, the likeliest first: what stands in its place, and the lines under it."""
    chomp = "" if value.endswith("\n") else "-"
    body = value.removesuffix("\n")
    blocks = "\n" in value or style in {"|", ">"}
    if (
        blocks
        and body
        and not body.endswith("\n")
        and "\r" not in value
        and not _HIDDEN.search(re.sub("[\n\t]", "", body))
    ):
        pad = " " * indent
        if style == ">":
            wide = max(width - indent, 20) if width else 80
            folded = (nl + nl).join(
                nl.join(pad + line for line in _wrapped(paragraph, wide)) for paragraph in body.split("\n")
            )
            yield f">{digit}{chomp}", folded
        lines = nl.join(pad + line if line else "" for line in body.split("\n"))
        yield f"|{digit}{chomp}", lines
    singles = list(_one_line(value, style if style in {"'", '"'} else ""))
    if width and style not in {"|", ">"}:
        second = old.split("\n")[1] if "\n" in old else ""
        pad = " " * (len(second) - len(second.lstrip(" ")))
        for written in singles:
            yield (nl + pad).join(_wrapped(written, max(width - len(pad), 20))), ""
    for written in singles:
        yield written, ""


def _one_line(value: str, style: str) -> Iterator[str]:
    double = '"' + _HIDDEN.sub(_escape, re.sub(r'[\\"]', lambda m: _SHORTHAND[m[0]], value)) + '"'
    single = "'" + value.replace("'", "''") + "'"
    if style == "" and value not in _NULLS:
        yield value
    if style == "'" or (style == "" and ('"' in value or "\\" in value)):
        yield single
    yield double


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    return _SHORTHAND.get(char) or (
        f"\\x{code:02X}" if code < 256 else f"\\u{code:04X}" if code < 65536 else f"\\U{code:08X}"
    )


def _wrapped(text: str, width: int) -> list[str]:
    """Lines that fold back to the text: broken only where one space stands alone."""
    lines = [""]
    for word in re.split(r"(?<=[^ ]) (?=[^ ])", text):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return lines


def _holds(written: str, lines: str, value: str, column: int, *, inline: bool) -> bool:
    """Whether the text as written reads back as `value`, with another key after it."""
    pad = " " * column
    texts = [f"{pad}k: {written}\n{lines}\n{pad}z: z"] if not inline else [f"{{k: {written}, z: z}}", f"[{written}, z]"]
    if not inline and not lines:
        texts.append(f"{pad}- {written}\n{pad}- z")
    for text in texts:
        try:
            node = compose_or_refuse(text)
        except RefusedError:
            return False
        match node:
            case MapNode(((_, ScalarNode(found)), _)) | ListNode((ScalarNode(found), _)) if found == value:
                pass
            case _:
                return False
    return True
