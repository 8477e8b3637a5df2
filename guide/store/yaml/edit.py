"""
Text -> text edits that touch one place: what the form changes is cut into the YAML, and nothing else moves.

Every public function takes the text and answers with `Edit`s, whose offsets all count characters of the text
given. Before it answers, the edited text is read again and compared with what was meant; where the two differ,
or where the text's form cannot be kept, it raises `EditError` and nothing has happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

from guide.language import _
from guide.store.yaml.commit import commit
from guide.store.yaml.cuts import IN_TEXT_VIEW, Edit, EditError, Edits, apply, inverse
from guide.store.yaml.data import Fields, Written, dig, insert, plain, put
from guide.store.yaml.items import (
    Cut,
    carry_item,
    cut_item,
    cut_out,
    cuts_of,
    dissolved,
    indented,
    line_in,
    span_of,
)
from guide.store.yaml.pairs import add_item, set_pair
from guide.store.yaml.parts import (
    Path,
    before_removal,
    entries_of,
    groups_deep,
    groups_within,
    list_of,
    need_depth,
    need_group,
    need_index,
    need_one_line,
    need_unshared,
    part_at,
    path_at,
    place_of,
    table_of,
    whole_map,
)
from guide.store.yaml.sheet import EditableText, Part, open_sheet, without_line_end
from guide.store.yaml.writing import keys_of

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
    "set_fields",
    "set_pace",
    "set_repeat",
    "set_source_field",
]

# Fields of the routine, a step or a group


def set_field(text: str, path: Path, key: str, value: str | Sequence[str] | None) -> Edits:
    """
    Set, add or (None, or an empty list) remove one key of the part at `path`, `()` being the routine itself.

    A new key goes after the nearest key that comes before it in the format's table. Raises `EditError`.
    """
    return set_fields(text, path, {key: value})


def set_fields(text: str, path: Path, values: Mapping[str, str | Sequence[str] | None]) -> Edits:
    """
    Set, add or remove several keys of the part at `path` at once, as `set_field` does one.

    New ones at one place stand in the order of the format's table: of two edits there the first is the one below.
    """
    sheet = open_sheet(text)
    owner = part_at(sheet, path)
    table = table_of(owner, path)
    last_first = sorted(values, key=lambda key: table.index(key) if key in table else len(table), reverse=True)
    edits = [edit for key in last_first for edit in set_pair(sheet, owner, key, plain(values[key]), table)]

    def change(root: Any) -> None:
        for key, value in values.items():
            put(dig(root, path), key, plain(value))

    return commit(sheet, edits, change)


def set_repeat(text: str, path: Path, times: int) -> Edits:
    """Set how many times the group at `path` is done."""
    need_group(part_at(open_sheet(text), path))
    return set_field(text, path, "repeat", str(times))


def set_pace(text: str, path: Path, beats: Sequence[str] | None, every: str | None = None) -> Edits:
    """
    Set a step's pace, or remove it where `beats` is None or empty.

    `every` None keeps the one that is written; a new pace then gets one second.
    """
    sheet = open_sheet(text)
    step = part_at(sheet, path)
    found = step.get("pace")
    if beats and found and found[1].is_map:
        wanted = {"beats": plain(beats)} | ({} if every is None else {"every": plain(every)})
        pace = whole_map(found[1])
        table = keys_of("pace")
        edits = [edit for key, value in wanted.items() for edit in set_pair(sheet, pace, key, value, table)]

        def change(root: Any) -> None:
            dig(root, path)["pace"].update(wanted)

        return commit(sheet, edits, change)
    whole = plain({"beats": beats, "every": "1 s" if every is None else every}) if beats else None

    def change_all(root: Any) -> None:
        put(dig(root, path), "pace", whole)

    return commit(sheet, set_pair(sheet, step, "pace", whole, keys_of("step")), change_all)


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
    cues = entries_of(part_at(sheet, path), "cues")
    need_index(cues, index)
    need_index(cues, to)
    if to == index:
        return ()

    def change(root: Any) -> None:
        entries = dig(root, path)["cues"]
        entries.insert(to, entries.pop(index))

    return commit(sheet, carry_item(sheet, cues, index, cues, to), change)


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
        raise EditError(_("A step needs a place among the steps."))
    owner, index = part_at(sheet, path[:-1]), path[-1]
    wanted = plain(yaml_fields)
    need_depth(len(path) - 1 + groups_deep(wanted))

    def change(root: Any) -> None:
        insert(dig(root, path[:-1]), "steps", index, wanted)

    return commit(sheet, add_item(sheet, owner, "steps", index, wanted, table_of(owner, path[:-1])), change)


def duplicate(text: str, *paths: Path) -> Edits:
    """Write each step or group a second time, right after itself, its own comments with it."""
    sheet = open_sheet(text)
    places = sorted(set(paths))
    edits = [_double(sheet, *list_of(sheet, path)) for path in places]

    def change(root: Any) -> None:
        for path in reversed(places):
            listed = dig(root, path[:-1])["steps"]
            listed.insert(path[-1], listed[path[-1]])

    return commit(sheet, edits, change)


def _double(sheet: EditableText, steps: Part, index: int) -> Edit:
    item = steps.item(index)
    need_unshared(item)
    if steps.flow:
        need_one_line(sheet, steps)
        return Edit(item.end, item.end, f", {sheet.text[item.start : item.end]}")
    span = span_of(sheet, steps, index)
    gap = span.gap or (span_of(sheet, steps, index + 1).gap if index == 0 and len(steps) > 1 else "")
    return line_in(sheet, span.tail, without_line_end(sheet.text[span.lead : span.tail]), gap)


def delete(text: str, *paths: Path) -> Edits:
    """Remove steps or groups with the comment lines that belong to them; none lies in another of them."""
    sheet = open_sheet(text)
    places = sorted(set(paths))
    cuts: list[Cut] = []
    for around, beside in groupby(places, key=lambda path: path[:-1]):
        listed = [list_of(sheet, path) for path in beside]
        steps = listed[0][0]
        if len(steps) == len(listed):
            if around:
                raise EditError(_("A group has at least one step. Delete the group, or add another step first."))
            raise EditError(_("A routine has at least one step. Change this one, or add another first."))
        cuts += cuts_of(sheet, steps, [index for __, index in listed])

    def change(root: Any) -> None:
        for path in reversed(places):
            del dig(root, path[:-1])["steps"][path[-1]]

    return commit(sheet, cut_out(sheet, cuts), change)


def move(text: str, path: Path, to_path: Path) -> Edits:
    """
    Move the step or group at `path` so that it stands at `to_path` afterwards.

    `to_path` counts in the routine without the step, so it is also the step's address in the new text.
    """
    sheet = open_sheet(text)
    steps, index = list_of(sheet, path)
    if not to_path:
        raise EditError(_("A step needs a place among the steps."))
    goal, to = part_at(sheet, before_removal(path, to_path[:-1])), to_path[-1]
    found = goal.get("steps")
    if found is None or not found[1].is_list:
        raise EditError(_("There are no steps here to move it among."))
    target = found[1]
    same = to_path[:-1] == path[:-1]
    if not 0 <= to <= len(target) - same:
        raise EditError(_("There is no such place among the steps."))
    if same and to == index:
        return ()
    if not same and len(steps) == 1:
        raise EditError(_("One step always stays in a group. Ungroup it to free the step."))
    need_unshared(steps.item(index))
    need_depth(len(to_path) - 1 + groups_within(steps.item(index).node))

    def change(root: Any) -> None:
        part = dig(root, path[:-1])["steps"].pop(index)
        dig(root, to_path[:-1])["steps"].insert(to, part)

    edits = carry_item(sheet, steps, index, steps if same else target, to)
    return commit(sheet, edits, change)


def make_group(text: str, paths: Sequence[Path], times: int) -> Edits:
    """Put a group around steps that follow one another."""
    sheet = open_sheet(text)
    places = sorted(paths)
    if not places:
        raise EditError(_("Choose the steps of the group first."))
    for before, after in pairwise(places):
        if after[:-1] != before[:-1] or after[-1] != before[-1] + 1:
            raise EditError(_("A group is made of steps that follow one another."))
    steps, first = list_of(sheet, places[0])
    __, last = list_of(sheet, places[-1])
    around = places[0][:-1]
    for index in range(first, last + 1):
        need_depth(len(around) + 1 + groups_within(steps.item(index).node))
    if steps.flow:
        start, end = steps.item(first).start, steps.item(last).end
        edits = [Edit(start, start, f"{{repeat: {times}, steps: ["), Edit(end, end, "]}")]
    else:
        start, end = span_of(sheet, steps, first).lead, span_of(sheet, steps, last).tail
        column = sheet.dashes(steps)
        space = " " * column
        opening = f"{space}- repeat: {times}{sheet.nl}{space}  steps:{sheet.nl}"
        edits = [Edit(start, end, opening + indented(sheet.text[start:end], 4))]

    def change(root: Any) -> None:
        listed = dig(root, around)["steps"]
        listed[first : last + 1] = [{"repeat": str(times), "steps": listed[first : last + 1]}]

    return commit(sheet, edits, change)


def dissolve(text: str, path: Path) -> Edits:
    """
    Take a group apart: its steps stand in its place, once each.

    The group's `repeat` and `side` go, with the comments on their lines; comments on lines of their own stay.
    """
    sheet = open_sheet(text)
    steps, index = list_of(sheet, path)
    group = steps.item(index)
    need_group(group)
    need_unshared(group)
    inner = entries_of(group, "steps")
    if {key.text for key, __ in group.entries()} - {"repeat", "side", "steps"} or not len(inner):
        raise EditError(_("This group says more than its steps. {way}").format(way=_(IN_TEXT_VIEW)))
    if steps.flow:
        need_one_line(sheet, group)
        edits = [Edit(group.start, group.end, sheet.text[inner.item(0).start : inner.item(len(inner) - 1).end])]
    else:
        edits = [dissolved(sheet, steps, index, group, inner)]

    def change(root: Any) -> None:
        listed = dig(root, path[:-1])["steps"]
        listed[index : index + 1] = listed[index]["steps"]

    return commit(sheet, edits, change)


def _add_entry(text: str, path: Path, key: str, fields: Fields, index: int | None) -> Edits:
    sheet = open_sheet(text)
    owner = part_at(sheet, path)
    found = owner.get(key)
    at = len(found[1]) if found and index is None else index or 0
    wanted = plain(fields)

    def change(root: Any) -> None:
        insert(dig(root, path), key, at, wanted)

    return commit(sheet, add_item(sheet, owner, key, at, wanted, table_of(owner, path)), change)


def _set_entry(text: str, path: Path, key: str, index: int, field: str, value: str | None) -> Edits:
    sheet = open_sheet(text)
    entries = entries_of(part_at(sheet, path), key)
    need_index(entries, index)
    entry = whole_map(entries.item(index))
    wanted = plain(value)

    def change(root: Any) -> None:
        put(dig(root, path)[key][index], field, wanted)

    table = keys_of("cue" if key == "cues" else "source")
    return commit(sheet, set_pair(sheet, entry, field, wanted, table), change)


def _remove_entry(text: str, path: Path, key: str, index: int) -> Edits:
    sheet = open_sheet(text)
    owner = part_at(sheet, path)
    entries = entries_of(owner, key)
    need_index(entries, index)

    def change(root: Any) -> None:
        fields = dig(root, path)
        del fields[key][index]
        if not fields[key]:
            del fields[key]

    if len(entries) == 1:
        return commit(sheet, set_pair(sheet, owner, key, None, ()), change)
    return commit(sheet, cut_item(sheet, entries, index), change)
