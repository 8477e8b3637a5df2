"""An edit tried before it is given out: made, read again and compared with what was meant."""

from __future__ import annotations

import contextlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from guide.language import N_, _
from guide.store.files import MOST_BYTES
from guide.store.yaml.compose import MOST_DEPTH
from guide.store.yaml.cuts import TOO_LARGE, Edit, EditError, Edits, apply, difference, in_common
from guide.store.yaml.nodes import ListNode
from guide.store.yaml.sheet import (
    Chunk,
    EditableText,
    chunks_of,
    compose_text,
    has_odd_line_ends,
    is_shared,
    kept_sheet,
    read_sheet,
    remember,
)

_ENDS_DOCUMENT: Final = re.compile(r"^(?:---|\.\.\.|%)", re.MULTILINE)
_MISFIT: Final = N_("This part is written in a form the change does not fit. Change it in the text view.")


def commit(sheet: EditableText, edits: Sequence[Edit], change: Callable[[Any], None]) -> Edits:
    """Make the edits on a copy, read it, and compare with `change` made on the data."""
    kept = _tidy(sheet.text, edits)
    text = apply(sheet.text, kept)
    if text == sheet.text:
        return ()
    if len(text.encode(errors="surrogatepass")) > MOST_BYTES:
        raise EditError(_(TOO_LARGE))
    try:
        edited, before, after = _edited(sheet, kept, text)
    except EditError:
        raise EditError(_(_MISFIT)) from None
    meant = sheet.data(before)
    change(meant)
    if edited.data(after) != meant:
        raise EditError(_(_MISFIT))
    remember(edited)
    return kept


def follow(sheet: EditableText, text: str) -> EditableText | None:
    """The sheet of what became of a text by typing, read only where it changed; None where that takes the whole."""
    kept = kept_sheet(text)
    if kept is not None:
        return kept if kept.steps is not None else None
    if sheet.steps is None or len(text) > MOST_BYTES or len(text.encode(errors="surrogatepass")) > MOST_BYTES:
        return None
    if text == sheet.text:
        return sheet
    try:
        edited = _partly_edited(sheet, difference(sheet.text, text), text)
    except (EditError, _MisfitError):
        return None
    if edited is not None:
        remember(edited[0])
        return edited[0]
    return None


def _tidy(text: str, edits: Sequence[Edit]) -> Edits:
    """Cut each edit down to what differs."""
    found = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        old, new = text[edit.start : edit.end], edit.new
        head = in_common(old, new)
        tail = in_common(old[head:][::-1], new[head:][::-1])
        start, end, put = edit.start + head, edit.end - tail, new[head : len(new) - tail]
        if start < end or put:
            found.append(Edit(start, end, put))
    return tuple(found)


def _edited(sheet: EditableText, edits: Edits, text: str) -> tuple[EditableText, Iterable[int], Iterable[int]]:
    """Read the edited text, as little of it as there is need: it, and the steps read again, before and after."""
    if sheet.steps is not None:
        with contextlib.suppress(EditError, _MisfitError):
            if (found := _partly_edited(sheet, edits, text)) is not None:
                return found
    whole = read_sheet(text)
    return whole, range(len(sheet.chunks)), range(len(whole.chunks))


def _partly_edited(
    sheet: EditableText, edits: Edits, text: str
) -> tuple[EditableText, Iterable[int], Iterable[int]] | None:
    """Read only the steps an edit touched, or only what is around the steps; None where that takes the whole."""
    if has_odd_line_ends(text):
        return None
    first, last = sheet.starts[0], sheet.starts[-1]
    if all(first <= edit.start and edit.end <= last for edit in edits):
        return _steps_edited(sheet, edits, text)
    if all(edit.end < first or last <= edit.start < edit.end or last < edit.start for edit in edits):
        return _frame_edited(sheet, edits, text), (), ()
    return None


class _MisfitError(Exception):
    """A stretch of steps does not read alone as it does within the whole."""


def _steps_edited(sheet: EditableText, edits: Edits, text: str) -> tuple[EditableText, Iterable[int], Iterable[int]]:
    chunks: list[Chunk] = []
    before: list[int] = []
    after: list[int] = []
    at = 0
    touched = _touched(sheet, edits)
    known = {chunk.text: chunk for low, high in touched for chunk in sheet.chunks[low:high]}
    for low, high in touched:
        chunks += sheet.chunks[at:low]
        start, end = sheet.starts[low], sheet.starts[high]
        inside = [Edit(e.start - start, e.end - start, e.new) for e in edits if start <= e.start and e.end <= end]
        inside = [e for e in inside if e.start < end - start or high == len(sheet.chunks)]
        region = apply(sheet.text[start:end], inside)
        again = _again(region, sheet.steps_column, known, ends_text=end == len(sheet.text))
        before += range(low, high)
        after += range(len(chunks), len(chunks) + len(again))
        chunks += again
        at = high
    chunks += sheet.chunks[at:]
    grown = len(text) - len(sheet.text)
    return (
        EditableText(
            text, sheet.root, sheet.steps, chunks, sheet.starts[0], sheet.tail_shift + grown, sheet.steps_column
        ),
        before,
        after,
    )


def _touched(sheet: EditableText, edits: Edits) -> list[tuple[int, int]]:
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


def _again(region: str, column: int, known: Mapping[str, Chunk], *, ends_text: bool) -> list[Chunk]:
    """
    Read a stretch of steps; one that stands in it as it stood before is `known` and needs no reading.

    Where a step that moved lies between others, those are read by themselves, as it can be read by itself.
    """
    if (not ends_text and not region.endswith(("\n", "\r"))) or _ENDS_DOCUMENT.search(region):
        raise _MisfitError
    if region in known:
        return [known[region]]
    chunks: list[Chunk] = []
    unknown = ""
    for step in _written_steps(region, column):
        if step in known:
            chunks += [*_read_again(unknown, column), known[step]] if unknown else [known[step]]
            unknown = ""
        else:
            unknown += step
    return chunks + (_read_again(unknown, column) if unknown else [])


def _written_steps(region: str, column: int) -> list[str]:
    """What stands from one dash in its column to the next; what stands above the first one goes with it."""
    dashes = [match.start() for match in re.finditer(rf"(?m)^ {{{column}}}-(?=\s|\Z)", region)]
    return [region[start:end] for start, end in pairwise([0, *dashes[1:], len(region)])]


def _read_again(region: str, column: int) -> list[Chunk]:
    part = EditableText(region, compose_text(region))
    node = part.root
    if not isinstance(node, ListNode) or node.flow or part.column(node.start) != column or is_shared(region, node):
        raise _MisfitError
    if node.height >= MOST_DEPTH:  # the whole has one more around it
        raise _MisfitError
    if region[part.bol(node.start) : node.start].strip(" "):
        raise _MisfitError
    return chunks_of(part, node, 0, len(region))


def _frame_edited(sheet: EditableText, edits: Edits, text: str) -> EditableText:
    """Read again what stands around the steps, a single word in their place."""
    first, last = sheet.starts[0], sheet.starts[-1]
    first += sum(len(edit.new) - (edit.end - edit.start) for edit in edits if edit.end < first)
    last += first - sheet.starts[0]
    word = f"{' ' * sheet.steps_column}- steps{sheet.nl}"
    frame = read_sheet(text[:first] + word + text[last:])
    if frame.steps is None or len(frame.chunks) != 1 or frame.starts != [first, first + len(word)]:
        raise _MisfitError
    shift = last - first - len(word)
    return EditableText(text, frame.root, frame.steps, sheet.chunks, first, shift, sheet.steps_column)
