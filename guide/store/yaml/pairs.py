"""A key and its value set, added or taken out, and values of lists likewise."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

from guide.language import _
from guide.store.yaml.cuts import IN_TEXT_VIEW, Edit, EditError
from guide.store.yaml.items import cut_item, gap_like, inline_in, line_cut, lines_in
from guide.store.yaml.parts import entries_of, need_one_line
from guide.store.yaml.sheet import EditableText, Part, end_of, indent_at, is_comment, without_line_end
from guide.store.yaml.writing import entry_lines, in_brackets, need_own, pair_lines, write_in_place, write_text

# Keys and their values


def set_pair(
    sheet: EditableText,
    owner: Part,
    key: str,
    value: Any,
    table: Sequence[str],
) -> list[Edit]:
    """Set, add or remove a key."""
    found = owner.get(key)
    if value is None:
        return _without_pair(sheet, owner, key) if found else []
    if found is None:
        return [_with_pair(sheet, owner, key, value, table)]
    need_own(found[1])
    column = sheet.column(found[0].start)
    held = found[1]
    if isinstance(value, str):
        if not held.is_text:
            raise EditError(
                _("'{key}' is written as a list or as keys here. {way}").format(key=key, way=_(IN_TEXT_VIEW))
            )
        return write_text(sheet, held, value, column, inline=owner.flow)
    if held.is_list and isinstance(value, list) and all(isinstance(v, str) for v in value):
        return _set_list(sheet, held, value)
    if not held.is_text:
        raise EditError(_("'{key}' is written in another form here. {way}").format(key=key, way=_(IN_TEXT_VIEW)))
    if not held.is_empty or owner.flow:
        return [write_in_place(sheet, held, in_brackets(value))]
    written = pair_lines(key, value, column, sheet.nl).removeprefix(f"{key}:")
    at = sheet.eol(held.start) if written.startswith(sheet.nl) else held.start
    return [Edit(at, at, written)]


def _with_pair(sheet: EditableText, owner: Part, key: str, value: Any, table: Sequence[str]) -> Edit:
    entries = owner.entries()
    earlier = table[: table.index(key)] if key in table else table
    before = [(earlier.index(k.text), i) for i, (k, _) in enumerate(entries) if k.text in earlier]
    if owner.flow:
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


def _after_pair(sheet: EditableText, entry: tuple[Part, Part], column: int) -> int:
    """The end of a key's last line, comments beneath that are indented deeper than the key among them."""
    at = sheet.eol(max(entry[0].end, end_of(entry[1])))
    while (start := sheet.next_line(at)) < len(sheet.text):
        if not is_comment(sheet, start) or indent_at(sheet, start) <= column:
            break
        at = sheet.eol(start)
    return at


def _without_pair(sheet: EditableText, owner: Part, key: str) -> list[Edit]:
    entries = owner.entries()
    at = next(i for i, (k, __) in enumerate(entries) if k.text == key)
    name, held = entries[at]
    need_own(held)
    if len(entries) == 1:
        raise EditError(_("'{key}' is all that is written here. Delete the whole of it instead.").format(key=key))
    if owner.flow:
        start, end = name.start, max(name.end, end_of(held))
        if at:
            start = max(entries[at - 1][0].end, entries[at - 1][1].end)
        else:
            end = entries[1][0].start
        if "#" in (cut := sheet.text[start:end]) and ("\n" in cut or "\r" in cut):
            raise EditError(_("A comment stands in the middle of this. {way}").format(way=_(IN_TEXT_VIEW)))
        return [Edit(start, end, "")]
    stop = sheet.next_line(max(name.end, end_of(held)))
    start = sheet.bol(name.start)
    if not sheet.text[start : name.start].strip(" "):
        return [line_cut(sheet, start, stop)]
    following = entries[at + 1][0].start if at + 1 < len(entries) else stop
    if not sheet.text[stop : sheet.bol(following)].strip():
        return [Edit(name.start, following, "")]
    # Comments stand between this first key and the next: they stay, and the dash has a line of its own.
    dash = len(sheet.text[: name.start].rstrip(" "))
    return [Edit(dash, len(without_line_end(sheet.text[:stop])), "")]


def _set_list(sheet: EditableText, held: Part, values: list[str]) -> list[Edit]:
    if not all(item.is_text for item in held.items()):
        raise EditError(_("This list holds more than plain texts. {way}").format(way=_(IN_TEXT_VIEW)))
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
            edits += cut_item(sheet, held, i, first_of_several=high > 1)
        added = [entry_lines(value, column, sheet.nl) for value in values[new_low + both : new_high]]
        if added:
            edits.append(lines_in(sheet, held, low + both, sheet.nl.join(added), ""))
    return edits


def _set_inline_list(
    sheet: EditableText, held: Part, values: list[str], codes: Sequence[tuple[str, int, int, int, int]]
) -> list[Edit]:
    if all(high - low == new_high - new_low for _, low, high, new_low, new_high in codes):
        return [
            edit
            for tag, low, high, new_low, _ in codes
            if tag != "equal"
            for i in range(high - low)
            for edit in write_text(sheet, held.item(low + i), values[new_low + i], 0, inline=True)
        ]
    need_one_line(sheet, held)
    inner = sheet.text[held.start + 1 : held.end - 1]
    pad = " " * (inner.startswith(" ") and inner.endswith(" ") and bool(inner.strip()))
    written: list[str] = []
    for tag, low, high, new_low, new_high in codes:
        if tag == "equal":
            written += (sheet.text[item.start : item.end] for item in map(held.item, range(low, high)))
        else:
            written += map(in_brackets, values[new_low:new_high])
    return [Edit(held.start, held.end, f"[{pad}{', '.join(written)}{pad}]")]


def add_item(sheet: EditableText, owner: Part, key: str, index: int, value: Any, table: Sequence[str]) -> list[Edit]:
    found = owner.get(key)
    if found is None or found[1].is_empty:
        if index:
            raise EditError(_("There is no such place in the list."))
        return set_pair(sheet, owner, key, [value], table)
    items = entries_of(owner, key)
    if not 0 <= index <= len(items):
        raise EditError(_("There is no such place in the list."))
    if items.flow and not len(items) and not owner.flow:
        column = sheet.column(found[0].start)
        written = pair_lines(key, [value], column, sheet.nl).removeprefix(f"{key}:")
        need_one_line(sheet, items)
        last = sheet.eol(items.end)
        start = items.start
        if not sheet.text[items.end : last].strip():
            start = len(sheet.text[:start].rstrip(" "))
        return [Edit(start, items.end, ""), Edit(last, last, written)]
    if items.flow:
        need_one_line(sheet, items)
        return [inline_in(items, index, in_brackets(value))]
    near = items.item(min(index, len(items) - 1))
    column = sheet.dashes(items)
    block = entry_lines(value, column, sheet.nl, inline=near.flow and isinstance(value, dict))
    return [lines_in(sheet, items, index, block, gap_like(sheet, items, index))]
