"""
Text -> text edits that touch one place: what the form changes is cut into the YAML, and nothing else moves.

Every public function takes the text and answers with `Edit`s, whose offsets all count characters of the text
given. Before it answers, the edited text is read again and compared with what was meant; where the two differ,
or where the text's form cannot be kept, it raises `EditError` and nothing has happened.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from guide.compat import override
from guide.store.routines.reader import MOST_NESTED
from guide.store.yaml.sheet import (
    IN_TEXT_VIEW,
    Edit,
    EditError,
    Edits,
    Part,
    Sheet,
    apply,
    commit,
    dash_of,
    data_of,
    end_of,
    indent_at,
    inverse,
    is_comment,
    is_shared,
    open_sheet,
    without_line_end,
)
from guide.store.yaml.writing import entry_lines, in_brackets, keys_of, need_own, pair_lines, write_in_place, write_text

__all__ = [
    "Edit",
    "EditError",
    "Edits",
    "Fields",
    "Path",
    "Written",
    "add_cue",
    "add_source",
    "apply",
    "delete",
    "dissolve",
    "duplicate",
    "insert_step",
    "inverse",
    "make_group",
    "move",
    "move_cue",
    "path_at",
    "place_of",
    "remove_cue",
    "remove_source",
    "set_cue_field",
    "set_field",
    "set_pace",
    "set_repeat",
    "set_source_field",
]

Path = tuple[int, ...]
Written = str | Sequence["Written"] | Mapping[str, "Written"]
Fields = Mapping[str, Written]


# Fields of the routine, a step or a group


def set_field(text: str, path: Path, key: str, value: str | Sequence[str] | None) -> Edits:
    """
    Set, add or (None, or an empty list) remove one key of the part at `path`, `()` being the routine itself.

    A new key goes after the nearest key that comes before it in the format's table. Raises `EditError`.
    """
    sheet = open_sheet(text)
    owner = _part_at(sheet, path)
    wanted = _plain(value)

    def change(root: Any) -> None:
        _put(_dig(root, path), key, wanted)

    return commit(sheet, _set(sheet, owner, key, wanted, _table(owner, path)), change)


def set_repeat(text: str, path: Path, times: int) -> Edits:
    """Set how many times the group at `path` is done."""
    _need_group(_part_at(open_sheet(text), path))
    return set_field(text, path, "repeat", str(times))


def set_pace(text: str, path: Path, beats: Sequence[str] | None, every: str | None = None) -> Edits:
    """
    Set a step's pace, or remove it where `beats` is None or empty.

    `every` None keeps the one that is written; a new pace then gets one second.
    """
    sheet = open_sheet(text)
    step = _part_at(sheet, path)
    found = step.get("pace")
    if beats and found and found[1].is_map:
        wanted = {"beats": _plain(beats)} | ({} if every is None else {"every": _plain(every)})
        pace = _whole(found[1])
        table, inline = keys_of("pace"), step.flow
        edits = [edit for key, value in wanted.items() for edit in _set(sheet, pace, key, value, table, inline=inline)]

        def change(root: Any) -> None:
            _dig(root, path)["pace"].update(wanted)

        return commit(sheet, edits, change)
    whole = _plain({"beats": beats, "every": "1 s" if every is None else every}) if beats else None

    def change_all(root: Any) -> None:
        _put(_dig(root, path), "pace", whole)

    return commit(sheet, _set(sheet, step, "pace", whole, keys_of("step")), change_all)


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
    sheet = open_sheet(text)
    cues = _entries(_part_at(sheet, path), "cues")
    _need_index(cues, index)
    _need_index(cues, to)
    if to == index:
        return ()

    def change(root: Any) -> None:
        entries = _dig(root, path)["cues"]
        entries.insert(to, entries.pop(index))

    return commit(sheet, _carry(sheet, cues, index, cues, to), change)


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
    sheet = open_sheet(text)
    if not path:
        raise EditError("A step needs a place among the steps.")
    owner, index = _part_at(sheet, path[:-1]), path[-1]
    wanted = _plain(yaml_fields)
    _need_depth(len(path) - 1 + _height(wanted))

    def change(root: Any) -> None:
        _insert(_dig(root, path[:-1]), "steps", index, wanted)

    return commit(sheet, _add_item(sheet, owner, "steps", index, wanted, _table(owner, path[:-1])), change)


def duplicate(text: str, path: Path) -> Edits:
    """Write the step or group at `path` a second time, right after itself, its own comments with it."""
    sheet = open_sheet(text)
    steps, index = _list_of(sheet, path)
    item = steps.item(index)
    _need_unshared(item)
    if steps.flow:
        _need_one_line(sheet, steps)
        edits = [Edit(item.end, item.end, f", {sheet.text[item.start : item.end]}")]
    else:
        span = _span(sheet, steps, index)
        gap = span.gap or (_span(sheet, steps, index + 1).gap if index == 0 and len(steps) > 1 else "")
        block = without_line_end(sheet.text[span.lead : span.tail])
        edits = [_line_in(sheet, span.tail, block, gap)]

    def change(root: Any) -> None:
        listed = _dig(root, path[:-1])["steps"]
        listed.insert(index, listed[index])

    return commit(sheet, edits, change)


def delete(text: str, path: Path) -> Edits:
    """Remove the step or group at `path` with the comment lines that belong to it."""
    sheet = open_sheet(text)
    steps, index = _list_of(sheet, path)
    if len(steps) == 1:
        raise EditError("One step always stays here. Change it, or delete what it stands in.")

    def change(root: Any) -> None:
        del _dig(root, path[:-1])["steps"][index]

    return commit(sheet, _cut(sheet, steps, index), change)


def move(text: str, path: Path, to_path: Path) -> Edits:
    """
    Move the step or group at `path` so that it stands at `to_path` afterwards.

    `to_path` counts in the routine without the step, so it is also the step's address in the new text.
    """
    sheet = open_sheet(text)
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
    _need_depth(len(to_path) - 1 + _height(data_of(steps.item(index).node)))

    def change(root: Any) -> None:
        part = _dig(root, path[:-1])["steps"].pop(index)
        _dig(root, to_path[:-1])["steps"].insert(to, part)

    edits = _carry(sheet, steps, index, steps if same else target, to)
    return commit(sheet, edits, change)


def make_group(text: str, paths: Sequence[Path], times: int) -> Edits:
    """Put a group around steps that follow one another."""
    sheet = open_sheet(text)
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
        _need_depth(len(around) + 1 + _height(data_of(steps.item(index).node)))
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

    return commit(sheet, edits, change)


def dissolve(text: str, path: Path) -> Edits:
    """
    Take a group apart: its steps stand in its place, once each.

    The group's `repeat` and `side` go, with the comments on their lines; comments on lines of their own stay.
    """
    sheet = open_sheet(text)
    steps, index = _list_of(sheet, path)
    group = steps.item(index)
    _need_group(group)
    _need_unshared(group)
    inner = _entries(group, "steps")
    if {key.text for key, _ in group.entries()} - {"repeat", "side", "steps"} or not len(inner):
        raise EditError(f"This group says more than its steps. {IN_TEXT_VIEW}")
    if steps.flow:
        _need_one_line(sheet, group)
        edits = [Edit(group.start, group.end, sheet.text[inner.item(0).start : end_of(inner)])]
    else:
        edits = [_dissolved(sheet, steps, index, group, inner)]

    def change(root: Any) -> None:
        listed = _dig(root, path[:-1])["steps"]
        listed[index : index + 1] = listed[index]["steps"]

    return commit(sheet, edits, change)


# Places


def place_of(
    text: str, path: Path, key: str | None = None, *, cue: int | None = None, source: int | None = None
) -> tuple[int, int]:
    """Where a part stands, or one key of it with its value, or a cue or source and a key of that."""
    sheet = open_sheet(text)
    part = _part_at(sheet, path, shared=True)
    for name, index in (("cues", cue), ("sources", source)):
        if index is not None:
            entries = _entries(part, name)
            _need_index(entries, index)
            part = entries.item(index)
    if key is None:
        return part.start, end_of(part)
    found = part.get(key)
    if found is None:
        raise EditError(f"'{key}' is not written here.")
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

    def __init__(self, sheet: Sheet, items: Part) -> None:
        self._sheet = sheet
        self._items = items

    @override
    def __len__(self) -> int:
        return len(self._items)

    @override
    def __getitem__(self, index: Any) -> Any:
        item = self._items.item(index)
        return end_of(item) if self._items.flow else self._sheet.eol(end_of(item))


def _first_line(sheet: Sheet, items: Part, index: int) -> int:
    item = items.item(index)
    return item.start if items.flow else sheet.bol(dash_of(sheet, items, index))


# The way to a part


def _part_at(sheet: Sheet, path: Path, *, shared: bool = False) -> Part:
    """The routine, step or group at `path`; with `shared`, also where an anchor or alias is on the way."""
    part = _whole(sheet.part, shared=shared)
    for index in path:
        steps = _entries(part, "steps", shared=shared)
        _need_index(steps, index)
        part = _whole(steps.item(index), shared=shared)
    return part


def _whole(part: Part, *, shared: bool = False) -> Part:
    if not shared:
        need_own(part)
    if not part.is_map:
        raise EditError(f"This part is not written as keys and values. {IN_TEXT_VIEW}")
    return part


def _entries(part: Part, key: str, *, shared: bool = False) -> Part:
    found = part.get(key)
    if found is None:
        raise EditError(f"There are no {key} here.")
    if not shared:
        need_own(found[1])
    if not found[1].is_list:
        raise EditError(f"The {key} here are not written as a list. {IN_TEXT_VIEW}")
    return found[1]


def _list_of(sheet: Sheet, path: Path) -> tuple[Part, int]:
    if not path:
        raise EditError("This is the whole routine; choose one of its steps.")
    steps = _entries(_part_at(sheet, path[:-1]), "steps")
    _need_index(steps, path[-1])
    return steps, path[-1]


def _table(part: Part, path: Path) -> tuple[str, ...]:
    if not path:
        return keys_of("routine")
    return keys_of("group" if _is_group(part) else "step")


def _is_group(part: Part) -> bool:
    return part.is_map and part.get("kind") is None and bool(part.get("steps") or part.get("repeat"))


def _need_group(part: Part) -> None:
    if not _is_group(part):
        raise EditError("This is a step, not a group.")


def _need_unshared(part: Part) -> None:
    if is_shared(part.node):
        raise EditError(f"This part is shared with another one (by '&' and '*'). {IN_TEXT_VIEW}")


def _need_index(items: Part, index: int) -> None:
    if not 0 <= index < len(items):
        raise EditError("There is no such place in the list.")


def _need_one_line(sheet: Sheet, part: Part) -> None:
    if "\n" in sheet.text[part.start : part.end] or "\r" in sheet.text[part.start : part.end]:
        raise EditError(f"This list or step is written in brackets over several lines. {IN_TEXT_VIEW}")


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
        case None:
            return None
        case str():
            if any("\ud800" <= char <= "\udfff" for char in value):
                raise EditError("This text holds half a character; type it again.")
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
    sheet = open_sheet(text)
    owner = _part_at(sheet, path)
    found = owner.get(key)
    at = len(found[1]) if found and index is None else index or 0
    wanted = _plain(fields)

    def change(root: Any) -> None:
        _insert(_dig(root, path), key, at, wanted)

    return commit(sheet, _add_item(sheet, owner, key, at, wanted, _table(owner, path)), change)


def _set_entry(text: str, path: Path, key: str, index: int, field: str, value: str | None) -> Edits:
    sheet = open_sheet(text)
    entries = _entries(_part_at(sheet, path), key)
    _need_index(entries, index)
    entry = _whole(entries.item(index))
    wanted = _plain(value)

    def change(root: Any) -> None:
        _put(_dig(root, path)[key][index], field, wanted)

    table = keys_of("cue" if key == "cues" else "source")
    return commit(sheet, _set(sheet, entry, field, wanted, table, inline=entries.flow), change)


def _remove_entry(text: str, path: Path, key: str, index: int) -> Edits:
    sheet = open_sheet(text)
    owner = _part_at(sheet, path)
    entries = _entries(owner, key)
    _need_index(entries, index)

    def change(root: Any) -> None:
        fields = _dig(root, path)
        del fields[key][index]
        if not fields[key]:
            del fields[key]

    if len(entries) == 1:
        return commit(sheet, _set(sheet, owner, key, None, _table(owner, path)), change)
    return commit(sheet, _cut(sheet, entries, index), change)


# Keys and their values


def _set(
    sheet: Sheet,
    owner: Part,
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
    need_own(found[1])
    inside = owner.flow or inline
    column = sheet.column(found[0].start)
    held = found[1]
    if isinstance(value, str):
        if not held.is_text:
            raise EditError(f"'{key}' is written as a list or as keys here. {IN_TEXT_VIEW}")
        return write_text(sheet, held, value, column, inline=inside)
    if held.is_list and isinstance(value, list) and all(isinstance(v, str) for v in value):
        return _set_list(sheet, held, value)
    if not held.is_text:
        raise EditError(f"'{key}' is written in another form here. {IN_TEXT_VIEW}")
    if not held.is_empty or inside:
        return [write_in_place(sheet, held, in_brackets(value))]
    written = pair_lines(key, value, column, sheet.nl).removeprefix(f"{key}:")
    at = sheet.eol(held.start) if written.startswith(sheet.nl) else held.start
    return [Edit(at, at, written)]


def _with_pair(sheet: Sheet, owner: Part, key: str, value: Any, table: Sequence[str], *, inline: bool) -> Edit:
    entries = owner.entries()
    earlier = table[: table.index(key)] if key in table else table
    before = [(earlier.index(k.text), i) for i, (k, _) in enumerate(entries) if k.text in earlier]
    if owner.flow or inline:
        written = f"{key}: {in_brackets(value)}"
        if not entries:
            return Edit(owner.start + 1, owner.start + 1, written)
        if not before:
            return Edit(entries[0][0].start, entries[0][0].start, f"{written}, ")
        at = max(part.end for part in entries[max(before)[1]])
        return Edit(at, at, f", {written}")
    column = sheet.column(entries[0][0].start)
    written = pair_lines(key, value, column, sheet.nl)
    if not before:
        return Edit(entries[0][0].start, entries[0][0].start, written + sheet.nl + " " * column)
    at = _after_pair(sheet, entries[max(before)[1]], column)
    return Edit(at, at, sheet.nl + " " * column + written)


def _after_pair(sheet: Sheet, entry: tuple[Part, Part], column: int) -> int:
    """The end of a key's last line, comments beneath that are indented deeper than the key among them."""
    at = sheet.eol(max(entry[0].end, end_of(entry[1])))
    while (start := sheet.next_line(at)) < len(sheet.text):
        if not is_comment(sheet, start) or indent_at(sheet, start) <= column:
            break
        at = sheet.eol(start)
    return at


def _without_pair(sheet: Sheet, owner: Part, key: str) -> list[Edit]:
    entries = owner.entries()
    at = next(i for i, (k, _) in enumerate(entries) if k.text == key)
    name, held = entries[at]
    need_own(held)
    if len(entries) == 1:
        raise EditError(f"'{key}' is all that is written here. Delete the whole of it instead.")
    if owner.flow:
        start, end = name.start, max(name.end, end_of(held))
        if at:
            start = max(entries[at - 1][0].end, entries[at - 1][1].end)
        else:
            end = entries[1][0].start
        if "#" in (cut := sheet.text[start:end]) and "\n" in cut:
            raise EditError(f"A comment stands in the middle of this. {IN_TEXT_VIEW}")
        return [Edit(start, end, "")]
    stop = sheet.next_line(max(name.end, end_of(held)))
    start = sheet.bol(name.start)
    if not sheet.text[start : name.start].strip(" "):
        return [_line_cut(sheet, start, stop)]
    following = entries[at + 1][0].start if at + 1 < len(entries) else stop
    if not sheet.text[stop : sheet.bol(following)].strip():
        return [Edit(name.start, following, "")]
    # Comments stand between this first key and the next: they stay, and the dash has a line of its own.
    dash = len(sheet.text[: name.start].rstrip(" "))
    return [Edit(dash, len(without_line_end(sheet.text[:stop])), "")]


def _set_list(sheet: Sheet, held: Part, values: list[str]) -> list[Edit]:
    if not all(item.is_text for item in held.items()):
        raise EditError(f"This list holds more than plain texts. {IN_TEXT_VIEW}")
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
            need_own(held.item(low + i))
            edits += write_text(sheet, held.item(low + i), values[new_low + i], column, inline=False)
        for i in range(low + both, high):
            edits += _cut(sheet, held, i, first_of_several=high - low > 1)
        added = [entry_lines(value, column, sheet.nl) for value in values[new_low + both : new_high]]
        if added:
            edits.append(_lines_in(sheet, held, low + both, sheet.nl.join(added), ""))
    return edits


def _set_inline_list(
    sheet: Sheet, held: Part, values: list[str], codes: Sequence[tuple[str, int, int, int, int]]
) -> list[Edit]:
    if all(high - low == new_high - new_low for _, low, high, new_low, new_high in codes):
        return [
            edit
            for tag, low, high, new_low, _ in codes
            if tag != "equal"
            for i in range(high - low)
            for edit in write_text(sheet, held.item(low + i), values[new_low + i], 0, inline=True)
        ]
    _need_one_line(sheet, held)
    inner = sheet.text[held.start + 1 : held.end - 1]
    pad = " " * (inner.startswith(" ") and inner.endswith(" ") and bool(inner.strip()))
    written: list[str] = []
    for tag, low, high, new_low, new_high in codes:
        if tag == "equal":
            written += (sheet.text[item.start : item.end] for item in map(held.item, range(low, high)))
        else:
            written += map(in_brackets, values[new_low:new_high])
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


def _tail(sheet: Sheet, items: Part, index: int, column: int) -> int:
    item = items.item(index)
    _need_dash_line(sheet, items, index)
    at = tail = sheet.next_line(max(end_of(item), dash_of(sheet, items, index)))
    while at < len(sheet.text):
        if is_comment(sheet, at):
            if indent_at(sheet, at) <= column:
                break
            at = tail = sheet.next_line(at)
        elif sheet.text[at : sheet.eol(at)].strip():
            break
        else:
            at = sheet.next_line(at)
    return tail


def _need_dash_line(sheet: Sheet, items: Part, index: int) -> None:
    dash = dash_of(sheet, items, index)
    if sheet.text[sheet.bol(dash) : dash].strip(" "):
        raise EditError(f"This list begins in an unusual place. {IN_TEXT_VIEW}")


def _span(sheet: Sheet, items: Part, index: int) -> _Span:
    column = sheet.dashes(items)
    before = _tail(sheet, items, index - 1, column) if index else None
    lead = sheet.bol(dash_of(sheet, items, index))
    while lead > (before or 0):
        above = sheet.bol(lead - 1)
        if not is_comment(sheet, above) or not (before or 0) <= above < lead:
            break
        lead = above
    between = sheet.text[before:lead] if before is not None else ""
    return _Span(between if not between.strip() else "", lead, _tail(sheet, items, index, column))


def _cut(sheet: Sheet, items: Part, index: int, *, first_of_several: bool = False) -> list[Edit]:
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


def _line_cut(sheet: Sheet, start: int, end: int) -> Edit:
    """Whole lines out; at the end of a text without a last line end, the one before goes instead."""
    if end == len(sheet.text) and not sheet.text.endswith(("\n", "\r")):
        start = len(without_line_end(sheet.text[:start]))
    return Edit(start, end, "")


def _line_in(sheet: Sheet, at: int, block: str, gap: str) -> Edit:
    """Whole lines in, at the beginning of a line or at the end of the text."""
    if at and not sheet.text[:at].endswith(("\n", "\r")):
        return Edit(at, at, sheet.nl + gap + block)
    return Edit(at, at, gap + block + sheet.nl)


def _lines_in(sheet: Sheet, items: Part, index: int, block: str, gap: str) -> Edit:
    if index == 0:
        lead = _span(sheet, items, 0).lead
        return Edit(lead, lead, block + sheet.nl + gap)
    return _line_in(sheet, _span(sheet, items, index - 1).tail, block, gap)


def _gap_like(sheet: Sheet, items: Part, index: int) -> str:
    """The blank lines that part the items where a new one comes in."""
    return _span(sheet, items, min(max(index, 1), len(items) - 1)).gap if len(items) > 1 else ""


def _carry(sheet: Sheet, items: Part, index: int, goal: Part, to: int) -> list[Edit]:
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
                raise EditError(f"The steps there are written in brackets. {IN_TEXT_VIEW}")
        return [*cut, _inline_in(goal, at, sheet.text[item.start : item.end])]
    column = sheet.dashes(goal)
    if items.flow:
        block = f"{' ' * column}- {sheet.text[item.start : item.end]}"
        return [*cut, _lines_in(sheet, goal, at, block, _gap_like(sheet, goal, at))]
    span = _span(sheet, items, index)
    block = _indented(without_line_end(sheet.text[span.lead : span.tail]), column - sheet.dashes(items))
    gap = _gap_like(sheet, goal, at)
    if same:
        gap = _span(sheet, items, 1).gap if index == 0 else span.gap
    return [*cut, _lines_in(sheet, goal, at, block, gap)]


def _inline_in(items: Part, index: int, written: str) -> Edit:
    if not len(items):
        return Edit(items.start + 1, items.start + 1, written)
    if index == 0:
        return Edit(items.item(0).start, items.item(0).start, f"{written}, ")
    return Edit(items.item(index - 1).end, items.item(index - 1).end, f", {written}")


def _add_item(sheet: Sheet, owner: Part, key: str, index: int, value: Any, table: Sequence[str]) -> list[Edit]:
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
        written = pair_lines(key, [value], column, sheet.nl).removeprefix(f"{key}:")
        _need_one_line(sheet, items)
        last = sheet.eol(items.end)
        start = items.start
        if not sheet.text[items.end : last].strip():
            start = len(sheet.text[:start].rstrip(" "))
        return [Edit(start, items.end, ""), Edit(last, last, written)]
    if items.flow:
        _need_one_line(sheet, items)
        return [_inline_in(items, index, in_brackets(value))]
    near = items.item(min(index, len(items) - 1))
    column = sheet.dashes(items)
    block = entry_lines(value, column, sheet.nl, inline=near.flow and isinstance(value, dict))
    return [_lines_in(sheet, items, index, block, _gap_like(sheet, items, index))]


def _dissolved(sheet: Sheet, steps: Part, index: int, group: Part, inner: Part) -> Edit:
    text, column = sheet.text, sheet.dashes(steps)
    span = _span(sheet, steps, index)
    start = sheet.bol(dash_of(sheet, steps, index))
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
        new = without_line_end(new)
    return Edit(start, span.tail, new)


# Lines


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
