"""YAML events put together into nodes with places; nothing in it recurses, whatever the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from guide.core.shown import quoted
from guide.language import _, grouped
from guide.store.files import MOST_BYTES
from guide.store.routines.hints import UNPRINTABLE
from guide.store.yaml.nodes import AliasNode, Lines, ListNode, MapNode, Node, ScalarNode
from guide.store.yaml.problem import NO_FILE, Problem
from guide.store.yaml.refusal import Mark, RefusedError, refusal

if TYPE_CHECKING:
    import yaml


MOST_DEPTH: Final = 20
MOST_ALIASED: Final = 10_000
_NO_BREAKS: Final = dict.fromkeys((0x85, 0x2028, 0x2029), " ")  # line breaks to YAML 1.1, to no editor and not to 1.2
_STYLES: Final[dict[str | None, str]] = {style: style for style in ("'", '"', "|", ">")}
_PROPERTIES: Final = re.compile(r"&[^\s,\[\]{}]*(?:[ \t\r\n]|#[^\n]*\n)*")


def compose(text: str, path: str = NO_FILE) -> Node | Problem:
    """Read the text into nodes with their places, or say in one problem why it cannot be read."""
    try:
        return compose_or_refuse(text)
    except RefusedError as refused:
        line, column = Lines(text).at(refused.start)
        return Problem(path, line, column, "file", refused.message, refused.fix)


def compose_or_refuse(text: str) -> Node:
    """As `compose`; raises `RefusedError`. Nothing in it recurses, whatever the text."""
    _refuse_unreadable(text)
    import yaml  # 15 ms that the first window need not wait for

    # libyaml's events are safe at any depth, its composing is not: nodes are put together here.
    loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return _compose(text, loader)


def _compose(text: str, loader: type[yaml.SafeLoader | yaml.CSafeLoader]) -> Node:
    import yaml  # as above

    mark = 1 if text.startswith("\ufeff") else 0
    try:
        parser = loader(text[mark:].translate(_NO_BREAKS))
        return _Composer(text, mark).compose(iter(parser.get_event, None))  # `yaml.parse` asks twice for each
    except yaml.MarkedYAMLError as error:
        raise refusal(text, mark, error) from None
    except yaml.YAMLError:
        raise RefusedError(0, _("is not YAML that can be read")) from None
    except (ValueError, OverflowError):  # PyYAML's own parser on an escape such as "\UFFFFFFFF"
        raise RefusedError(0, _("a character written with a backslash does not exist; use single quotes")) from None


def _refuse_unreadable(text: str) -> None:
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise RefusedError(0, _("is larger than 256 KiB, the most a routine may have"))
    if found := UNPRINTABLE.search(text):
        name = (
            _("a NUL character")
            if found[0] == "\0"
            else _("the control character {code}").format(code=f"U+{ord(found[0]):04X}")
        )
        raise RefusedError(found.start(), _("{name} stands here; delete it").format(name=name))


class _Open:
    """A list or mapping whose end has not come yet; `within` is how many nodes stand in its own nodes."""

    __slots__ = ("anchor", "flow", "height", "mapping", "nodes", "start", "within")

    def __init__(self, start: int, anchor: str, *, flow: bool, mapping: bool) -> None:
        self.start = start
        self.anchor = anchor
        self.flow = flow
        self.mapping = mapping
        self.nodes: list[Node] = []
        self.within = 0
        self.height = 1


class _Composer:
    def __init__(self, text: str, mark: int) -> None:
        self._text = text
        self._mark = mark
        self._open: list[_Open] = []
        self._root: Node | None = None
        self._anchors: dict[str, ScalarNode | ListNode | MapNode] = {}
        self._aliased = 0

    def compose(self, events: Iterable[yaml.Event]) -> Node:
        import yaml  # loaded already by now

        documents = 0
        scalar, mapping, its_end = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.CollectionEndEvent
        style_of, new, mark = _STYLES.get, tuple.__new__, self._mark
        for event in events:
            if type(event) is scalar:  # four of five are, so these come first, and without a call of Python's
                begins, ends = event.start_mark, event.end_mark
                if event.anchor is None and event.tag is None and begins and ends and self._open:
                    fields = event.value, begins.index + mark, ends.index + mark, style_of(event.style, ""), ""
                    self._open[-1].nodes.append(new(ScalarNode, fields))
                else:
                    self._scalar(event)
            elif type(event) is mapping:
                self._open_collection(event, mapping=True)
            elif isinstance(event, its_end):
                self._close_collection(self._offset(event.end_mark))
            elif isinstance(event, yaml.SequenceStartEvent):
                self._open_collection(event, mapping=False)
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                start = self._offset(event.start_mark)
                if documents > 1:
                    raise RefusedError(start, _("a second document begins here; a file holds one routine"))
                if event.tags:
                    raise RefusedError(start, _("tags (%TAG) have no place in a routine; delete this line"))
        if self._root is None:
            raise RefusedError(0, _("is empty; a routine begins with 'name:' and has 'steps:'"))
        return self._root

    def _offset(self, mark: Mark | None) -> int:
        return mark.index + self._mark if mark is not None else 0

    def _begin(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> tuple[int, str]:
        start = self._offset(event.start_mark)
        if event.tag is not None:
            raise RefusedError(start, _("tags (words that begin with '!') have no place in a routine; delete it"))
        if event.anchor is None:
            return start, ""
        properties = _PROPERTIES.match(self._text, start)
        return (properties.end() if properties else start), event.anchor

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        start, anchor = self._begin(event)
        end = max(start, self._offset(event.end_mark))
        self._add(ScalarNode(event.value, start, end, _STYLES.get(event.style, ""), anchor))

    def _open_collection(self, event: yaml.CollectionStartEvent, *, mapping: bool) -> None:
        start, anchor = self._begin(event)
        if len(self._open) >= MOST_DEPTH:
            raise RefusedError(
                start, _("is nested more than {value} deep here; a routine needs far less").format(value=MOST_DEPTH)
            )
        self._open.append(_Open(start, anchor, flow=bool(event.flow_style), mapping=mapping))

    def _close_collection(self, end: int) -> None:
        top = self._open.pop()
        end = top.start + len(self._text[top.start : end].rstrip()) if not top.flow else end
        nodes = top.nodes
        size = 1 + len(nodes) + top.within
        node: ListNode | MapNode
        if top.mapping:
            pairs = tuple(zip(nodes[0::2], nodes[1::2], strict=True))
            node = MapNode(pairs, top.start, end, top.flow, top.anchor, size, top.height)
        else:
            node = ListNode(tuple(nodes), top.start, end, top.flow, top.anchor, size, top.height)
        self._add(node)

    def _alias(self, event: yaml.AliasEvent) -> None:
        start, name = self._offset(event.start_mark), event.anchor or ""
        if any(frame.anchor == name for frame in self._open):
            raise RefusedError(
                start, _("'*{name}' stands inside its own '&{name}'; write it out").format(name=quoted(name))
            )
        if name not in self._anchors:
            raise RefusedError(start, _("'*{name}' has no '&{name}' above it; write it out").format(name=quoted(name)))
        meant = self._anchors[name]
        self._aliased += meant.size
        if self._aliased > MOST_ALIASED:
            raise RefusedError(
                start,
                _("aliases expand to more than {most} values; write fewer of them").format(most=grouped(MOST_ALIASED)),
            )
        if len(self._open) + meant.height > MOST_DEPTH:
            raise RefusedError(
                start, _("is nested more than {value} deep here; a routine needs far less").format(value=MOST_DEPTH)
            )
        end = self._offset(event.end_mark)
        self._add(AliasNode(name, meant, start, end))

    def _add(self, node: Node) -> None:
        if not isinstance(node, AliasNode) and node.anchor:
            self._anchors[node.anchor] = node
        if self._open:
            parent = self._open[-1]
            parent.nodes.append(node)
            if not isinstance(node, ScalarNode):
                parent.within += node.size - 1
                parent.height = max(parent.height, node.height + 1)
        else:
            self._root = node
