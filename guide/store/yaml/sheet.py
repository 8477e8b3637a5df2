"""A YAML text with its nodes, kept for the next edit of the same text."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Final

from guide.language import _
from guide.store.yaml.compose import compose_or_refuse
from guide.store.yaml.cuts import IN_TEXT_VIEW, EditError
from guide.store.yaml.nodes import AliasNode, ListNode, MapNode, Node, ScalarNode
from guide.store.yaml.refusal import RefusedError

_REMEMBERED: Final = 8


@dataclass(eq=False, frozen=True, slots=True)
class Chunk:
    """
    One step of the routine's own list with all the lines up to the next one.

    Read alone it gives the same node as read within the whole: that is what lets an edit read again the steps it
    touched and no others. `origin` is where it began in `source`, the text it was read from: there the node's offsets
    count.
    """

    node: Node
    origin: int
    length: int
    source: str

    @property
    def text(self) -> str:
        return self.source[self.origin : self.origin + self.length]


class Part:
    """A node where it stands now."""

    __slots__ = ("_shift", "node", "sheet")

    def __init__(self, sheet: EditableText, node: Node, shift: int) -> None:
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

    def item(self, index: int) -> Part:
        if self.node is self.sheet.steps:
            chunk = self.sheet.chunks[index]
            return Part(self.sheet, chunk.node, self.sheet.starts[index] - chunk.origin)
        assert isinstance(self.node, ListNode)  # noqa: S101 - for the type checker; every caller asked is_list
        return Part(self.sheet, self.node.items[index], self._shift)

    def items(self) -> Iterator[Part]:
        return (self.item(index) for index in range(len(self)))

    def entries(self) -> list[tuple[Part, Part]]:
        if not isinstance(self.node, MapNode):
            return []
        sheet, found = self.sheet, []
        for key, value in self.node.pairs:
            shift = self._shift
            if self.node is sheet.root and sheet.steps is not None and key.start > sheet.steps.start:
                shift += sheet.tail_shift
            found.append((Part(sheet, key, shift), Part(sheet, value, shift)))
        return found

    def get(self, key: str) -> tuple[Part, Part] | None:
        return next((entry for entry in self.entries() if entry[0].is_text and entry[0].text == key), None)


class EditableText:
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
        chunks: Sequence[Chunk] = (),
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
    def part(self) -> Part:
        return Part(self, self.root, 0)

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

    def dashes(self, items: Part) -> int:
        """Give the column of the dashes of a list."""
        return self.steps_column if items.node is self.steps else self.column(items.start)

    def data(self, spread: range | Iterable[int]) -> Any:
        """Hold all scalars as text in lists and dicts; the steps not in `spread` stand for themselves, unread."""
        if self.steps is None or not isinstance(self.root, MapNode):
            return data_of(self.root)
        wanted = set(spread)
        pairs = []
        for key, value in self.root.pairs:
            if value is self.steps:
                listed = [data_of(c.node) if i in wanted else c for i, c in enumerate(self.chunks)]
                pairs.append((data_of(key), listed))
            else:
                pairs.append((data_of(key), data_of(value)))
        return _dict(pairs)


def data_of(node: Node) -> Any:
    found: Any
    if isinstance(node, ScalarNode):  # most are, and `match` looks at them for half as long again
        found = node.text
    elif isinstance(node, MapNode):
        found = _dict([(data_of(key), data_of(value)) for key, value in node.pairs])
    elif isinstance(node, ListNode):
        found = [data_of(item) for item in node.items]
    else:
        return ("*", node.name)
    return ("&", node.anchor, found) if node.anchor else found


def _dict(pairs: list[tuple[Any, Any]]) -> dict[str, Any]:
    for key, __ in pairs:
        if not isinstance(key, str):
            raise EditError(_("A key here is more than one word. {way}").format(way=_(IN_TEXT_VIEW)))
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for i, (key, __) in enumerate(pairs) if any(key == other for other, __ in pairs[:i]))
        raise EditError(
            _("The key '{twice}' is written twice here. Keep one of them in the text view.").format(twice=twice)
        )
    return found


_sheets: OrderedDict[str, EditableText] = OrderedDict()


def open_sheet(text: str) -> EditableText:
    """Read the text, or take the reading kept from the edit that made it."""
    sheet = _sheets.get(text) or read_sheet(text)
    remember(sheet)
    return sheet


def kept_sheet(text: str) -> EditableText | None:
    """The reading of this text, where an edit or a look has kept it."""
    return _sheets.get(text)


def remember(sheet: EditableText) -> None:
    _sheets[sheet.text] = sheet
    _sheets.move_to_end(sheet.text)
    while len(_sheets) > _REMEMBERED:
        _sheets.popitem(last=False)


def compose_text(text: str) -> Node:
    try:
        return compose_or_refuse(text)
    except RefusedError as refused:
        raise EditError(_("The text cannot be read as it stands: {message}.").format(message=refused.message)) from None


def read_sheet(text: str) -> EditableText:
    root = compose_text(text)
    whole = EditableText(text, root)
    if not isinstance(root, MapNode) or root.flow or is_shared(text, root) or has_odd_line_ends(text):
        return whole
    steps = next((v for k, v in root.pairs if isinstance(k, ScalarNode) and k.text == "steps"), None)
    if not isinstance(steps, ListNode) or steps.flow or not steps.items:
        return whole
    key = next(k for k, v in root.pairs if v is steps)
    first = whole.next_line(key.end)
    if text[whole.bol(steps.start) : steps.start].strip(" "):
        return whole
    after = next((k.start for k, v in root.pairs if k.start > steps.start), None)
    end = len(text) if after is None else whole.bol(after)
    column = whole.column(steps.start)
    return EditableText(text, root, steps, chunks_of(whole, steps, first, end), first, column=column)


def has_odd_line_ends(text: str) -> bool:
    """Whether a lone CR stands beside other line ends: YAML begins a line there, and lines are counted without it."""
    return "\n" in text and text.count("\r") != text.count("\r\n")


def chunks_of(whole: EditableText, listed: ListNode, first: int, end: int) -> list[Chunk]:
    part = Part(whole, listed, 0)
    starts = [first, *(whole.bol(dash_of(whole, part, index)) for index in range(1, len(part))), end]
    return [
        Chunk(node, start, after - start, whole.text)
        for node, (start, after) in zip(listed.items, pairwise(starts), strict=True)
    ]


def is_shared(text: str, node: Node) -> bool:
    """Whether an anchor or alias stands in what was read of a text; one without anchors has no aliases either."""
    waiting = [node] if "&" in text else []
    while waiting:
        found = waiting.pop()
        if isinstance(found, MapNode):
            for pair in found.pairs:
                waiting += pair
        elif isinstance(found, ListNode):
            waiting += found.items
        elif isinstance(found, AliasNode):
            return True
        if found.anchor:
            return True
    return False


def dash_of(sheet: EditableText, items: Part, index: int) -> int:
    if index == 0 and items.node is not sheet.steps:
        return items.start
    column = sheet.dashes(items)
    at = sheet.bol(items.item(index).start)
    while True:
        line = sheet.text[at : at + column + 1]
        if len(line) == column + 1 and line.endswith("-") and not line[:-1].strip(" "):
            return at + column
        if at <= sheet.bol(0):
            raise EditError(_("This list begins in an unusual place. {way}").format(way=_(IN_TEXT_VIEW)))
        at = sheet.bol(at - 1)


def end_of(part: Part) -> int:
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
        return max(header, len(without_line_end(text[: part.end])))
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


def is_comment(sheet: EditableText, start: int) -> bool:
    return sheet.text[start : sheet.eol(start)].lstrip(" \t").startswith("#")


def indent_at(sheet: EditableText, start: int) -> int:
    line = sheet.text[start : sheet.eol(start)]
    return len(line) - len(line.lstrip(" \t"))


def without_line_end(text: str) -> str:
    return text[: -2 if text.endswith("\r\n") else -1] if text.endswith(("\n", "\r")) else text
