"""Why a text cannot be read as YAML, in words of ours, with the way out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from guide.core.shown import quoted
from guide.language import _
from guide.store.yaml.nodes import LINE_END
from guide.store.yaml.odd import odd_letter
from guide.store.yaml.problem import Fix

if TYPE_CHECKING:
    import yaml


class Mark(Protocol):
    @property
    def index(self) -> int: ...


class RefusedError(Exception):
    """The text cannot be read at all; carries the one problem that says why."""

    def __init__(self, start: int, message: str, fix: Fix | None = None) -> None:
        super().__init__(message)
        self.start = start
        self.message = message
        self.fix = fix


def refusal(text: str, mark: int, error: yaml.MarkedYAMLError) -> RefusedError:
    """PyYAML's words (its own parser's and libyaml's differ) in ours, with the way out."""
    said = f"{error.context or ''} | {error.problem or ''}"
    at = _mark_offset(text, mark, error.problem_mark or error.context_mark)
    begun = _mark_offset(text, mark, error.context_mark or error.problem_mark)
    no_directive = _("lines that begin with '%' have no place in a routine; delete it")
    here = text[at : at + 1]
    line_start = _line_start(text, at)
    before = text[line_start:at]
    if odd := odd_letter(text, at):
        return RefusedError(*odd)
    if "quoted scalar" in said and re.search("end of stream|document (?:separator|indicator)", said):
        return RefusedError(begun, _("this quotation mark is never closed; add one at the text's end"))
    if "undefined tag handle" in said or "tag" in (error.context or ""):
        return RefusedError(begun, _("tags (words that begin with '!') have no place in a routine; delete it"))
    if re.search("escape|hexa?decimal", said):
        at -= here != "\\" and text[at - 1 : at] == "\\"  # libyaml points at the backslash, PyYAML behind it
        return RefusedError(at, _("a backslash between double quotes begins a code; use single quotes for a plain one"))
    if blank := _tab_on_a_blank_line(text, line_start):
        return blank
    indentation = before[: len(before) - len(before.lstrip(" \t"))]
    if here == "\t" or "\t" in indentation:
        start = line_start + indentation.index("\t") if "\t" in indentation else at
        return RefusedError(
            start, _("a tab cannot indent; use two spaces"), Fix(start, start + 1, "  ", _("Change to spaces"))
        )
    if "cannot start any token" in said:
        return RefusedError(at, _("a text cannot begin with '{here}'; put it in quotes").format(here=quoted(here)))
    if "mapping values are not allowed" in said:
        return _second_colon(text, line_start, at)
    if "flow sequence" in said:
        return RefusedError(begun, _("this list in [ ] lacks a comma or its closing ']'"))
    if "flow node" in said:
        return RefusedError(at, _("a comma too many, or a bracket [ { that is never closed"))
    if "flow mapping" in said:
        return RefusedError(begun, _("these keys in { } lack a comma or the closing '}'"))
    if "could not find expected ':'" in said:
        if squeezed := _squeezed_colon(text, _line_start(text, begun)):
            return squeezed
        return RefusedError(begun, _("this line has no ': ' between a key and its value"))
    if "an anchor" in said or "an alias" in said:
        return RefusedError(begun, _("a text cannot begin with '&' or '*'; put it in quotes"))
    if "directive" in said or "incompatible" in said:
        return RefusedError(at, no_directive)
    if "sequence entries are not allowed" in said:
        return RefusedError(at, _("a '- ' here needs a line of its own"))
    if "block scalar" in said:
        return RefusedError(at, _("the text after '|' or '>' begins on the next line, indented by two spaces"))
    if before.rstrip()[-1:] in {"'", '"'}:
        return RefusedError(at, _("a text goes on after its closing quotation mark; quote all of it"))
    if "document start" in said:
        if percent := re.search(r"(?<![^\r\n\ufeff])%", text[:at]):
            return RefusedError(percent.start(), no_directive)
        if re.search(r"[\r\n]\.\.\.", text[:at]):
            return RefusedError(at, _("nothing may follow '...', the end of the routine; delete this"))
        return RefusedError(at, _("this line begins further left than the lines above; give it their indentation"))
    return RefusedError(at, _("this line does not fit the lines above; look at its indentation, spaces and '- '"))


def _tab_on_a_blank_line(text: str, line_start: int) -> RefusedError | None:
    blank = re.compile(r"[ \t]*\t[ \t]*(?=[\r\n]|$)").match(text, line_start)
    if blank is None:
        return None
    fix = Fix(blank.start(), blank.end(), "", _("Delete it"))
    return RefusedError(blank.start() + blank[0].index("\t"), _("a tab stands on this blank line; delete it"), fix)


def _mark_offset(text: str, mark: int, at: Mark | None) -> int:
    return min(len(text), at.index + mark) if at is not None else 0


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _squeezed_colon(text: str, line_start: int) -> RefusedError | None:
    squeezed = re.compile(r"[ \t]*(?:- +)*[A-Za-z_]+:(?=[^\s/])").match(text, line_start)
    if squeezed is None:
        return None
    gap = squeezed.end()
    return RefusedError(gap, _("a space is missing after ':'"), Fix(gap, gap, " ", _("Put in a space")))


def _second_colon(text: str, line_start: int, at: int) -> RefusedError:
    if squeezed := _squeezed_colon(text, _line_start(text, len(text[:line_start].rstrip()))):
        return squeezed
    line_end = LINE_END.search(text, at)
    line = text[line_start : line_end.start() if line_end else len(text)]
    first = re.match(r"[ \t]*(?:- +)*[\w-]+:[ \t]+(?=[^\s'\"\[{|>&*#])", line)
    if first is None or first.end() > at - line_start:
        return RefusedError(at, _("a key does not fit here; give it the indentation of the keys above"))
    value = re.sub(r"\s+#.*$", "", line[first.end() :]).rstrip()
    start = line_start + first.end()
    quote = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return RefusedError(
        at,
        _("a ': ' stands inside this text; put the text in quotes"),
        Fix(start, start + len(value), quote, _("Put the text in quotes")),
    )
