"""Values written as YAML: in the style that stands there, quoted only where they would read otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

from guide.language import _
from guide.store.routines.table import TABLES
from guide.store.yaml.compose import compose_or_refuse
from guide.store.yaml.cuts import IN_TEXT_VIEW, TOO_LARGE, Edit, EditError
from guide.store.yaml.nodes import AliasNode, ListNode, MapNode, ScalarNode
from guide.store.yaml.refusal import RefusedError
from guide.store.yaml.sheet import EditableText, Part, end_of, indent_at, is_comment

_INLINE_LISTS: Final = frozenset({"purposes", "beats"})
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_SHORTHAND: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
_HIDDEN: Final = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_HEADER: Final = re.compile(r"[|>](?:([1-9])[+-]?|[+-]([1-9])?)?")
_NARROWEST: Final = 60
Form = TypeVar("Form")


def keys_of(name: str) -> tuple[str, ...]:
    return tuple(row.key for row in TABLES[name])


def need_own(part: Part) -> None:
    if isinstance(part.node, AliasNode) or part.node.anchor:
        raise EditError(_("This part is shared with another one (by '&' and '*'). {way}").format(way=_(IN_TEXT_VIEW)))


def pair_lines(key: str, value: Any, column: int, nl: str) -> str:
    """A key and its value as lines, the first without its indentation, the last without its end."""
    inner = " " * (column + 2)
    match value:
        case str():
            written, lines = _new_scalar(value, column, nl)
            return f"{key}: {written}" + (nl + lines if lines else "")
        case list() if key not in _INLINE_LISTS and value:
            return f"{key}:{nl}" + nl.join(entry_lines(item, len(inner), nl) for item in value)
        case _:
            return f"{key}: {in_brackets(value)}"


def entry_lines(value: Any, column: int, nl: str, *, inline: bool = False) -> str:
    """An item of a list as lines."""
    if inline:
        return f"{' ' * column}- {in_brackets(value)}"
    match value:
        case str():
            written, lines = _new_scalar(value, column, nl)
            return f"{' ' * column}- {written}" + (nl + lines if lines else "")
        case dict() if value:
            between = nl + " " * (column + 2)
            pairs = between.join(pair_lines(key, value[key], column + 2, nl) for key in _ordered(value))
            return f"{' ' * column}- {pairs}"
        case _:
            return f"{' ' * column}- {in_brackets(value)}"


def _ordered(fields: Mapping[str, Any]) -> list[str]:
    name = next(
        name for name in ("cue", "source", "group", "step") if name == "step" or set(fields) <= set(keys_of(name))
    )
    table = keys_of(name)
    return sorted(fields, key=lambda key: table.index(key) if key in table else len(table))


def in_brackets(value: Any) -> str:
    match value:
        case str():
            return _first(written for written in _one_line(value, "") if _holds(written, "", value, 0, inline=True))
        case dict():
            return "{" + ", ".join(f"{key}: {in_brackets(value[key])}" for key in _ordered(value)) + "}"
        case _:
            return "[" + ", ".join(map(in_brackets, value)) + "]"


def _new_scalar(value: str, column: int, nl: str) -> tuple[str, str]:
    return _first(
        (written, lines)
        for written, lines in _forms(value, "", column + 2, nl)
        if _holds(written, lines, value, column, inline=False)
    )


def _first(forms: Iterator[Form]) -> Form:
    """The first way to write a text that holds it; only one too long for any file has none."""
    for form in forms:
        return form
    raise EditError(_(TOO_LARGE))


def write_text(sheet: EditableText, held: Part, value: str, column: int, *, inline: bool) -> list[Edit]:
    """Put `value` in the place of a scalar, in the style it has where that can hold the value."""
    if held.text == value and not held.is_empty:
        return []
    need_own(held)
    text, start, end = sheet.text, held.start, end_of(held)
    is_block = held.style in {"|", ">"}
    old = text[start:end]
    if inline:
        written = _first(w for w in _one_line(value, held.style) if _holds(w, "", value, column, inline=True))
        return [write_in_place(sheet, held, written)]
    indent, digit = _block_indent(old, column)
    width = max(_NARROWEST, *(len(line.rstrip("\r")) for line in text[sheet.bol(start) : end].split("\n")))
    wrap = width if "\n" in old else 0
    last = sheet.eol(end)
    for written, lines in _forms(value, held.style, indent, sheet.nl, width=wrap, digit=digit, old=old):
        if lines and not _has_room(sheet, last, indent, ends_line=value.endswith("\n")):
            continue
        if not _holds(written, lines, value, column, inline=False):
            continue
        if is_block:
            rest = text[start : sheet.eol(start)].lstrip("|>+-123456789")
            return [Edit(start, end, written + rest + (sheet.nl + lines if lines else ""))]
        edits = [write_in_place(sheet, held, written)]
        return [*edits, Edit(last, last, sheet.nl + lines)] if lines else edits
    raise EditError(_(TOO_LARGE))


def write_in_place(sheet: EditableText, held: Part, written: str) -> Edit:
    if held.is_empty and sheet.text[held.start - 1] != " ":
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


def _has_room(sheet: EditableText, last: int, indent: int, *, ends_line: bool) -> bool:
    """Whether a block text's lines can come after the line ending at `last` and swallow nothing that follows."""
    if last == len(sheet.text) and ends_line:
        return False
    at = sheet.next_line(last)
    while at < len(sheet.text) and not sheet.text[at : sheet.eol(at)].strip():
        at = sheet.next_line(at)
    return indent_at(sheet, at) < indent or not is_comment(sheet, at)


def _forms(
    value: str, style: str, indent: int, nl: str, *, width: int = 0, digit: str = "", old: str = ""
) -> Iterator[tuple[str, str]]:
    """Ways to write a text, the likeliest first: what stands in its place, and the lines under it."""
    chomp = "" if value.endswith("\n") else "-"
    body = value.removesuffix("\n")
    blocks = "\n" in value or style in {"|", ">"}
    if blocks and body and not _HIDDEN.search(re.sub("[\n\t]", "", body)):
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
        second = old.split("\n")[1]
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
    return _SHORTHAND.get(char) or (f"\\x{code:02X}" if code < 256 else f"\\u{code:04X}")


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
