"""Items of lists as lines of text: where each begins and ends with its comments, cut out, carried, put in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from guide.language import _
from guide.store.yaml.cuts import IN_TEXT_VIEW, Edit, EditError
from guide.store.yaml.parts import need_one_line
from guide.store.yaml.sheet import EditableText, Part, dash_of, end_of, indent_at, is_comment, without_line_end

_NO_LINE_END: Final = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # to YAML, and one to `splitlines`
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")

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


def _tail(sheet: EditableText, items: Part, index: int, column: int) -> int:
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


def _need_dash_line(sheet: EditableText, items: Part, index: int) -> None:
    dash = dash_of(sheet, items, index)
    if sheet.text[sheet.bol(dash) : dash].strip(" "):
        raise EditError(_("This list begins in an unusual place. {way}").format(way=_(IN_TEXT_VIEW)))


def span_of(sheet: EditableText, items: Part, index: int) -> _Span:
    column = sheet.dashes(items)
    before = _tail(sheet, items, index - 1, column) if index else 0
    lead = sheet.bol(dash_of(sheet, items, index))
    while lead > before and is_comment(sheet, above := sheet.bol(lead - 1)):
        lead = above
    between = sheet.text[before:lead]
    return _Span("" if between.strip() else between, lead, _tail(sheet, items, index, column))


def cut_item(sheet: EditableText, items: Part, index: int, *, first_of_several: bool = False) -> list[Edit]:
    """Take an item out, and one gap with it."""
    item = items.item(index)
    if items.flow:
        need_one_line(sheet, items)
        if index:
            return [Edit(items.item(index - 1).end, item.end, "")]
        return [Edit(item.start, items.item(1).start, "")]
    span = span_of(sheet, items, index)
    start, end = span.lead - len(span.gap), span.tail
    if index == 0 and not first_of_several:
        end += len(span_of(sheet, items, 1).gap)
    return [line_cut(sheet, start, end)]


@dataclass(frozen=True, slots=True)
class Cut:
    """Characters to take out, whole lines unless they stand within brackets."""

    start: int
    end: int
    lines: bool


def cuts_of(sheet: EditableText, items: Part, indexes: Sequence[int]) -> list[Cut]:
    """What goes with each of several items, in their order, of which one at least stays."""
    gone = set(indexes)
    first = next(index for index in range(len(items)) if index not in gone)
    if items.flow:
        need_one_line(sheet, items)
        head = [Cut(items.item(0).start, items.item(first).start, lines=False)] if first else []
        return head + [Cut(items.item(i - 1).end, items.item(i).end, lines=False) for i in indexes if i > first]
    spans = [(index, span_of(sheet, items, index)) for index in indexes]
    cuts = [Cut(span.lead - len(span.gap), span.tail, lines=True) for __, span in spans]
    if first:  # what stays becomes the first, which no gap parts from another
        gap = span_of(sheet, items, first).gap
        if all(above.end == below.start for above, below in pairwise(cuts[:first])):
            cuts[first - 1] = replace(cuts[first - 1], end=cuts[first - 1].end + len(gap))
    return cuts


def cut_out(sheet: EditableText, cuts: Iterable[Cut]) -> list[Edit]:
    """Make the cuts, those that meet as one."""
    joined: list[Cut] = []
    for cut in sorted(cuts, key=lambda cut: cut.start):
        if joined and joined[-1].end >= cut.start:
            joined[-1] = replace(joined[-1], end=max(joined[-1].end, cut.end))
        else:
            joined.append(cut)
    return [line_cut(sheet, cut.start, cut.end) if cut.lines else Edit(cut.start, cut.end, "") for cut in joined]


def line_cut(sheet: EditableText, start: int, end: int) -> Edit:
    """Whole lines out; at the end of a text without a last line end, the one before goes instead."""
    if end == len(sheet.text) and not sheet.text.endswith(("\n", "\r")):
        start = len(without_line_end(sheet.text[:start]))
    return Edit(start, end, "")


def line_in(sheet: EditableText, at: int, block: str, gap: str) -> Edit:
    """Whole lines in, at the beginning of a line or at the end of the text."""
    if at and not sheet.text[:at].endswith(("\n", "\r")):
        return Edit(at, at, sheet.nl + gap + block)
    return Edit(at, at, gap + block + sheet.nl)


def lines_in(sheet: EditableText, items: Part, index: int, block: str, gap: str) -> Edit:
    if index == 0:
        lead = span_of(sheet, items, 0).lead
        return Edit(lead, lead, block + sheet.nl + gap)
    return line_in(sheet, span_of(sheet, items, index - 1).tail, block, gap)


def gap_like(sheet: EditableText, items: Part, index: int) -> str:
    """The blank lines that part the items where a new one comes in."""
    return span_of(sheet, items, min(max(index, 1), len(items) - 1)).gap


def carry_item(sheet: EditableText, items: Part, index: int, goal: Part, to: int) -> list[Edit]:
    """Take an item from one list to its place in another, or in the same, `to` counting without it."""
    same = items is goal
    at = to + 1 if same and to > index else to
    item = items.item(index)
    for part in (items, goal):
        if part.flow:
            need_one_line(sheet, part)
    cut = cut_item(sheet, items, index)
    if goal.flow:
        if not items.flow:
            span = span_of(sheet, items, index)
            if (
                not item.flow
                or sheet.text[span.lead : span.tail].strip()[1:].strip() != (sheet.text[item.start : item.end])
            ):
                raise EditError(_("The steps there are written in brackets. {way}").format(way=_(IN_TEXT_VIEW)))
        return [*cut, inline_in(goal, at, sheet.text[item.start : item.end])]
    column = sheet.dashes(goal)
    if items.flow:
        block = f"{' ' * column}- {sheet.text[item.start : item.end]}"
        return [*cut, lines_in(sheet, goal, at, block, gap_like(sheet, goal, at))]
    span = span_of(sheet, items, index)
    block = indented(without_line_end(sheet.text[span.lead : span.tail]), column - sheet.dashes(items))
    gap = gap_like(sheet, goal, at)
    if same:
        gap = span_of(sheet, items, 1).gap if index == 0 else span.gap
    return [*cut, lines_in(sheet, goal, at, block, gap)]


def inline_in(items: Part, index: int, written: str) -> Edit:
    if not len(items):
        return Edit(items.start + 1, items.start + 1, written)
    if index == 0:
        return Edit(items.item(0).start, items.item(0).start, f"{written}, ")
    return Edit(items.item(index - 1).end, items.item(index - 1).end, f", {written}")


def dissolved(sheet: EditableText, steps: Part, index: int, group: Part, inner: Part) -> Edit:
    text, column = sheet.text, sheet.dashes(steps)
    span = span_of(sheet, steps, index)
    start = sheet.bol(dash_of(sheet, steps, index))
    if inner.flow:
        need_one_line(sheet, inner)
        body = "".join(f"{' ' * column}- {text[item.start : item.end]}{sheet.nl}" for item in inner.items())
        opening, end = inner.start, sheet.next_line(inner.end)
    else:
        key = group.get("steps")
        opening = sheet.next_line(key[0].end) if key else inner.start
        end = span_of(sheet, inner, len(inner) - 1).tail
        body = indented(text[opening:end], column - sheet.dashes(inner))
    kept = [
        [" " * column + line.strip() + sheet.nl for line in part.splitlines() if line.lstrip().startswith("#")]
        for part in (text[start:opening], text[end : span.tail])
    ]
    new = "".join((*kept[0], body, *kept[1]))
    if span.tail == len(text) and not text.endswith(("\n", "\r")):
        new = without_line_end(new)
    return Edit(start, span.tail, new)


# Lines


def indented(block: str, by: int) -> str:
    """The lines moved right, or left as far as they have room; empty ones stay empty."""
    lines = block.splitlines(keepends=True) if not _NO_LINE_END.search(block) else _LINE.findall(block)
    if by > 0:
        return "".join(" " * by + line if line.strip("\r\n") else line for line in lines)
    return "".join(line[min(-by, len(line) - len(line.lstrip(" "))) :] for line in lines)
