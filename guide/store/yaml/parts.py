"""Parts of an open sheet found by their address, and the address of a character."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from guide.compat import override
from guide.language import _
from guide.store.routines.table import MOST_NESTED
from guide.store.yaml.cuts import IN_TEXT_VIEW, EditError
from guide.store.yaml.nodes import ListNode, MapNode, Node, ScalarNode
from guide.store.yaml.sheet import EditableText, Part, dash_of, end_of, is_shared, open_sheet
from guide.store.yaml.writing import keys_of, need_own

Path = tuple[int, ...]


# Places


def place_of(
    text: str, path: Path, key: str | None = None, *, cue: int | None = None, source: int | None = None
) -> tuple[int, int]:
    """Where a part stands, or one key of it with its value, or a cue or source and a key of that."""
    sheet = open_sheet(text)
    part = part_at(sheet, path, shared=True)
    for name, index in (("cues", cue), ("sources", source)):
        if index is not None:
            entries = entries_of(part, name)
            need_index(entries, index)
            part = entries.item(index)
    if key is None:
        return part.start, end_of(part)
    found = part.get(key)
    if found is None:
        raise EditError(_("'{key}' is not written here.").format(key=key))
    return found[0].start, max(found[0].end, end_of(found[1]))


def path_at(text: str, offset: int) -> Path:
    """Find the innermost step or group whose lines hold the character at `offset`; `()` outside all of them."""
    sheet = open_sheet(text)
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

    def __init__(self, sheet: EditableText, items: Part) -> None:
        self._sheet = sheet
        self._items = items

    @override
    def __len__(self) -> int:
        return len(self._items)

    @override
    def __getitem__(self, index: Any) -> Any:
        item = self._items.item(index)
        return end_of(item) if self._items.flow else self._sheet.eol(end_of(item))


def _first_line(sheet: EditableText, items: Part, index: int) -> int:
    item = items.item(index)
    return item.start if items.flow else sheet.bol(dash_of(sheet, items, index))


# The way to a part


def part_at(sheet: EditableText, path: Path, *, shared: bool = False) -> Part:
    """The routine, step or group at `path`; with `shared`, also where an anchor or alias is on the way."""
    part = whole_map(sheet.part, shared=shared)
    for index in path:
        steps = entries_of(part, "steps", shared=shared)
        need_index(steps, index)
        part = whole_map(steps.item(index), shared=shared)
    return part


def whole_map(part: Part, *, shared: bool = False) -> Part:
    if not shared:
        need_own(part)
    if not part.is_map:
        raise EditError(_("This part is not written as keys and values. {way}").format(way=_(IN_TEXT_VIEW)))
    return part


def entries_of(part: Part, key: str, *, shared: bool = False) -> Part:
    found = part.get(key)
    if found is None:
        raise EditError(_("There are no {key} here.").format(key=key))
    if not shared:
        need_own(found[1])
    if not found[1].is_list:
        raise EditError(_("The {key} here are not written as a list. {way}").format(key=key, way=_(IN_TEXT_VIEW)))
    return found[1]


def list_of(sheet: EditableText, path: Path) -> tuple[Part, int]:
    if not path:
        raise EditError(_("This is the whole routine; choose one of its steps."))
    steps = entries_of(part_at(sheet, path[:-1]), "steps")
    need_index(steps, path[-1])
    return steps, path[-1]


def table_of(part: Part, path: Path) -> tuple[str, ...]:
    if not path:
        return keys_of("routine")
    return keys_of("group" if _is_group(part) else "step")


def _is_group(part: Part) -> bool:
    return part.is_map and part.get("kind") is None and bool(part.get("steps") or part.get("repeat"))


def need_group(part: Part) -> None:
    if not _is_group(part):
        raise EditError(_("This is a step, not a group."))


def need_unshared(part: Part) -> None:
    if is_shared(part.sheet.text, part.node):
        raise EditError(_("This part is shared with another one (by '&' and '*'). {way}").format(way=_(IN_TEXT_VIEW)))


def need_index(items: Part, index: int) -> None:
    if not 0 <= index < len(items):
        raise EditError(_("There is no such place in the list."))


def need_one_line(sheet: EditableText, part: Part) -> None:
    if "\n" in sheet.text[part.start : part.end] or "\r" in sheet.text[part.start : part.end]:
        raise EditError(
            _("This list or step is written in brackets over several lines. {way}").format(way=_(IN_TEXT_VIEW))
        )


def need_depth(deep: int) -> None:
    if deep > MOST_NESTED:
        raise EditError(_("Groups nest at most {value} deep.").format(value=MOST_NESTED))


def groups_deep(data: Any) -> int:
    """How many groups deep a part is itself."""
    steps = data.get("steps") if isinstance(data, dict) else None
    return 1 + max(map(groups_deep, steps)) if isinstance(steps, list) else 0


def groups_within(node: Node) -> int:
    """As `groups_deep`, of a part as it is written."""
    pairs = node.pairs if isinstance(node, MapNode) else ()
    steps = next((value for key, value in pairs if isinstance(key, ScalarNode) and key.text == "steps"), None)
    return 1 + max(map(groups_within, steps.items), default=0) if isinstance(steps, ListNode) else 0


def before_removal(gone: Path, path: Path) -> Path:
    """The address, in the routine with the part at `gone` still there, of what is at `path` without it."""
    depth = len(gone) - 1
    if len(path) > depth and path[:depth] == gone[:depth] and path[depth] >= gone[depth]:
        return (*path[:depth], path[depth] + 1, *path[depth + 1 :])
    return path
