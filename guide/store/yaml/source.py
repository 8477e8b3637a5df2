"""YAML read as text with places: every value knows where it stands, every mistake too."""

from __future__ import annotations

import bisect
import codecs
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from guide.compat import override
from guide.store.files import MOST_BYTES
from guide.store.routines.hints import SPACE, UNPRINTABLE, nearest, on_one_line, quoted

if TYPE_CHECKING:
    import yaml


MOST_DEPTH: Final = 20
MOST_ALIASED: Final = 10_000
MOST_PROBLEMS: Final = 1_000
NO_FILE: Final = "<text>"

_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_NO_BREAKS: Final = dict.fromkeys((0x85, 0x2028, 0x2029), " ")  # line breaks to YAML 1.1, to no editor and not to 1.2
_PROPERTIES: Final = re.compile(r"&[^\s,\[\]{}]*(?:[ \t\r\n]|#[^\n]*\n)*")


class _Mark(Protocol):
    @property
    def index(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Fix:
    """Put `text` in place of the characters from `start` to `end`; `label` is the button's text."""

    start: int
    end: int
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Problem:
    """
    A mistake in a file, with its place (line and column from 1) and the way out.

    >>> print(Problem("mine.yaml", 14, 15, "steps[2].duration", "'5' has no unit; write '5 min' or '5 s'"))
    mine.yaml:14:15: steps[2].duration: '5' has no unit; write '5 min' or '5 s'
    """

    path: str
    line: int
    column: int
    where: str
    message: str
    fix: Fix | None = None

    @override
    def __str__(self) -> str:
        return f"{on_one_line(self.path)}:{self.line}:{self.column}: {self.where}: {self.message}"

    @property
    def as_warning(self) -> str:
        return f"{on_one_line(self.path)}:{self.line}:{self.column}: {self.where}: warning: {self.message}"


@dataclass(frozen=True, slots=True)
class Place:
    """Characters `start` to `end` of the text; line and column, from 1, are those of `start`."""

    line: int
    column: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """`start` to `end` is the text as written, quotes included, an anchor not."""

    text: str
    start: int
    end: int
    style: str = ""
    anchor: str = ""

    @property
    def size(self) -> int:
        return 1

    @property
    def height(self) -> int:
        return 0

    @property
    def plain(self) -> bool:
        return not self.style

    @property
    def is_empty(self) -> bool:
        """Nothing at all was written, as after `cues:` with nothing beneath."""
        return self.plain and not self.text


@dataclass(frozen=True, slots=True)
class ListNode:
    items: tuple[Node, ...]
    start: int
    end: int
    flow: bool = False
    anchor: str = ""
    size: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class MapNode:
    pairs: tuple[tuple[Node, Node], ...]
    start: int
    end: int
    flow: bool = False
    anchor: str = ""
    size: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class AliasNode:
    name: str
    target: ScalarNode | ListNode | MapNode
    start: int
    end: int

    @property
    def size(self) -> int:
        return self.target.size

    @property
    def height(self) -> int:
        return self.target.height


Node = ScalarNode | ListNode | MapNode | AliasNode


def target(node: Node) -> ScalarNode | ListNode | MapNode:
    """What the node stands for: itself, or what its alias names."""
    return node.target if isinstance(node, AliasNode) else node


class Lines:
    """Where the lines of a text begin, to tell the line and column of a character."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
        self._mark = 1 if text.startswith("\ufeff") else 0
        self._length = len(text)

    def at(self, offset: int) -> tuple[int, int]:
        r"""
        >>> Lines("ab\ncd").at(4)
        (2, 2)
        """
        line = bisect.bisect_right(self._starts, offset)
        column = offset - self._starts[line - 1] + 1
        return line, max(1, column - self._mark) if line == 1 else column

    def place(self, start: int, end: int) -> Place:
        line, column = self.at(start)
        return Place(line, column, start, end)


class RefusedError(Exception):
    """The text cannot be read at all; carries the one problem that says why."""

    def __init__(self, start: int, message: str, fix: Fix | None = None) -> None:
        super().__init__(message)
        self.start = start
        self.message = message
        self.fix = fix


def read_text(path: Path) -> str | Problem:
    """
    Read a file's text, its byte-order mark left out; never more than 256 KiB of it.

    Source: routine-format, "Errors".
    """
    shown = str(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Problem(shown, 1, 1, "file", "is not an ordinary file; name a routine's .yaml file")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return Problem(shown, 1, 1, "file", "there is no such file; look at the name and the folder")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not one of a file"
        return Problem(shown, 1, 1, "file", f"could not be read: {reason[:1].lower()}{reason[1:]}")
    return decode(data, shown)


def decode(data: bytes, path: str = NO_FILE) -> str | Problem:
    if len(data) > MOST_BYTES:
        return Problem(path, 1, 1, "file", "is larger than 256 KiB, the most a routine may have")
    if encoding := _other_encoding(data):
        return Problem(path, 1, 1, "file", f"is written in {encoding}; save it as UTF-8")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = Lines(before).at(len(before))
        return Problem(
            path, line, column, "file", f"byte 0x{data[error.start]:02X} is not UTF-8; save the file as UTF-8"
        )


def _other_encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "UTF-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    begin = data[:64]
    if len(begin) >= 4:
        even, odd = begin[0::2], begin[1::2]
        if any(even) != any(odd):
            return "UTF-16"
    return ""


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
    import yaml  # noqa: PLC0415 - 15 ms that the first window need not wait for

    # libyaml's events are safe at any depth, its composing is not: nodes are put together here.
    loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return _compose(text, loader)


def _compose(text: str, loader: type[yaml.SafeLoader | yaml.CSafeLoader]) -> Node:
    import yaml  # noqa: PLC0415 - as above

    mark = 1 if text.startswith("\ufeff") else 0
    try:
        return _Composer(text, mark).compose(yaml.parse(text[mark:].translate(_NO_BREAKS), Loader=loader))
    except yaml.MarkedYAMLError as error:
        raise _refusal(text, mark, error) from None
    except yaml.YAMLError:
        raise RefusedError(0, "is not YAML that can be read") from None
    except (ValueError, OverflowError):  # PyYAML's own parser on an escape such as "\UFFFFFFFF"
        raise RefusedError(0, "a character written with a backslash does not exist; use single quotes") from None


def _refuse_unreadable(text: str) -> None:
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise RefusedError(0, "is larger than 256 KiB, the most a routine may have")
    if found := UNPRINTABLE.search(text):
        name = "a NUL character" if found[0] == "\0" else f"the control character U+{ord(found[0]):04X}"
        raise RefusedError(found.start(), f"{name} stands here; delete it")


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    start: int
    anchor: str
    flow: bool
    mapping: bool
    nodes: list[Node] = field(default_factory=list)
    size: int = 1
    height: int = 1


class _Composer:
    def __init__(self, text: str, mark: int) -> None:
        self._text = text
        self._mark = mark
        self._open: list[_Open] = []
        self._root: Node | None = None
        self._anchors: dict[str, ScalarNode | ListNode | MapNode] = {}
        self._opening: dict[str, int] = {}
        self._aliased = 0

    def compose(self, events: Iterable[yaml.Event]) -> Node:
        import yaml  # noqa: PLC0415 - loaded already by now

        documents = 0
        for event in events:
            match event:
                case yaml.ScalarEvent():
                    start, anchor = self._begin(event)
                    end = max(start, self._offset(event.end_mark))
                    style = event.style if event.style in {"'", '"', "|", ">"} else ""
                    self._add(ScalarNode(event.value, start, end, style, anchor))
                case yaml.AliasEvent():
                    self._alias(event)
                case yaml.CollectionStartEvent():
                    self._open_collection(event, mapping=isinstance(event, yaml.MappingStartEvent))
                case yaml.CollectionEndEvent():
                    self._close_collection(self._offset(event.end_mark))
                case yaml.DocumentStartEvent():
                    documents += 1
                    start = self._offset(event.start_mark)
                    if documents > 1:
                        raise RefusedError(start, "a second document begins here; a file holds one routine")
                    if event.tags:
                        raise RefusedError(start, "tags (%TAG) have no place in a routine; delete this line")
                case _:
                    pass
        if self._root is None:
            raise RefusedError(0, "is empty; a routine begins with 'name:' and has 'steps:'")
        return self._root

    def _offset(self, mark: _Mark | None) -> int:
        return mark.index + self._mark if mark is not None else 0

    def _begin(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> tuple[int, str]:
        start = self._offset(event.start_mark)
        if event.tag is not None:
            raise RefusedError(start, "tags (words that begin with '!') have no place in a routine; delete it")
        if event.anchor is None:
            return start, ""
        properties = _PROPERTIES.match(self._text, start)
        return (properties.end() if properties else start), event.anchor

    def _open_collection(self, event: yaml.CollectionStartEvent, *, mapping: bool) -> None:
        start, anchor = self._begin(event)
        if len(self._open) >= MOST_DEPTH:
            raise RefusedError(start, f"is nested more than {MOST_DEPTH} deep here; a routine needs far less")
        if anchor:
            self._opening[anchor] = start
        self._open.append(_Open(start, anchor, bool(event.flow_style), mapping))

    def _close_collection(self, end: int) -> None:
        top = self._open.pop()
        end = top.start + len(self._text[top.start : end].rstrip()) if not top.flow else end
        node: ListNode | MapNode
        if top.mapping:
            pairs = tuple(zip(top.nodes[0::2], top.nodes[1::2], strict=True))
            node = MapNode(pairs, top.start, end, top.flow, top.anchor, top.size, top.height)
        else:
            node = ListNode(tuple(top.nodes), top.start, end, top.flow, top.anchor, top.size, top.height)
        self._add(node)

    def _alias(self, event: yaml.AliasEvent) -> None:
        start, name = self._offset(event.start_mark), event.anchor or ""
        if any(frame.anchor == name for frame in self._open):
            raise RefusedError(start, f"'*{quoted(name)}' stands inside its own '&{quoted(name)}'; write it out")
        if name not in self._anchors:
            raise RefusedError(start, f"'*{quoted(name)}' has no '&{quoted(name)}' above it; write it out")
        meant = self._anchors[name]
        self._aliased += meant.size
        if self._aliased > MOST_ALIASED:
            raise RefusedError(start, f"aliases expand to more than {MOST_ALIASED:,} values; write fewer of them")
        if len(self._open) + meant.height > MOST_DEPTH:
            raise RefusedError(start, f"is nested more than {MOST_DEPTH} deep here; a routine needs far less")
        end = self._offset(event.end_mark)
        self._add(AliasNode(name, meant, start, end))

    def _add(self, node: Node) -> None:
        if not isinstance(node, AliasNode) and node.anchor:
            self._anchors[node.anchor] = node
        if self._open:
            parent = self._open[-1]
            parent.nodes.append(node)
            if isinstance(node, ScalarNode):
                parent.size += 1
            else:
                parent.size += node.size
                parent.height = max(parent.height, node.height + 1)
        else:
            self._root = node


def _refusal(text: str, mark: int, error: yaml.MarkedYAMLError) -> RefusedError:
    """PyYAML's words (its own parser's and libyaml's differ) in ours, with the way out."""
    said = f"{error.context or ''} | {error.problem or ''}"
    at = _mark_offset(text, mark, error.problem_mark or error.context_mark)
    begun = _mark_offset(text, mark, error.context_mark or error.problem_mark)
    here = text[at : at + 1]
    line_start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    before = text[line_start:at]
    if here == "\t" or ("\t" in before and not before.strip()):
        start = at if here == "\t" else line_start + before.index("\t")
        return RefusedError(
            start, "a tab cannot indent; use two spaces", Fix(start, start + 1, "  ", "Change to spaces")
        )
    if "quoted scalar" in said and ("end of stream" in said or "document separator" in said):
        return RefusedError(begun, "this quotation mark is never closed; add one at the text's end")
    if "escape" in said or "hexdecimal" in said or "hexadecimal" in said:
        at -= here != "\\" and text[at - 1 : at] == "\\"  # libyaml points at the backslash, PyYAML behind it
        return RefusedError(at, "a backslash between double quotes begins a code; use single quotes for a plain one")
    if "cannot start any token" in said:
        return RefusedError(at, f"a text cannot begin with '{quoted(here)}'; put it in quotes")
    if "mapping values are not allowed" in said:
        return _second_colon(text, line_start, at)
    if "undefined tag handle" in said or "tag" in (error.context or ""):
        return RefusedError(begun, "tags (words that begin with '!') have no place in a routine; delete it")
    if "flow sequence" in said:
        return RefusedError(begun, "this list in [ ] lacks a comma or its closing ']'")
    if "flow node" in said:
        return RefusedError(at, "a comma too many, or a bracket [ { that is never closed")
    if "flow mapping" in said:
        return RefusedError(begun, "these keys in { } lack a comma or the closing '}'")
    if "could not find expected ':'" in said:
        return RefusedError(begun, "this line has no ': ' between a key and its value")
    if "anchor" in said or "alias" in said:
        return RefusedError(begun, "a text cannot begin with '&' or '*'; put it in quotes")
    if "directive" in said or "incompatible" in said or "YAML version" in said:
        return RefusedError(at, "lines that begin with '%' have no place in a routine; delete it")
    if "sequence entries are not allowed" in said:
        return RefusedError(at, "a '- ' here needs a line of its own")
    if "block scalar" in said:
        return RefusedError(at, "the text after '|' or '>' begins on the next line, indented by two spaces")
    if before.rstrip()[-1:] in {"'", '"'}:
        return RefusedError(at, "a text goes on after its closing quotation mark; quote all of it")
    if "document start" in said:
        if "\n..." in text[:at]:
            return RefusedError(at, "nothing may follow '...', the end of the routine; delete this")
        return RefusedError(at, "begins further left than the lines above; give it their indentation")
    return RefusedError(at, "does not fit the lines above; look at this line's indentation, spaces and '- '")


def _mark_offset(text: str, mark: int, at: _Mark | None) -> int:
    return min(len(text), at.index + mark) if at is not None else 0


def _second_colon(text: str, line_start: int, at: int) -> RefusedError:
    above = text[:line_start].rstrip()
    above_start = max(above.rfind("\n"), above.rfind("\r")) + 1
    if squeezed := re.match(r"[ \t]*(?:- +)*[A-Za-z_]+:(?=[^\s/])", above[above_start:]):
        gap = above_start + squeezed.end()
        return RefusedError(gap, "a space is missing after ':'", Fix(gap, gap, " ", "Put in a space"))
    line_end = _LINE_END.search(text, at)
    line = text[line_start : line_end.start() if line_end else len(text)]
    first = re.match(r"[ \t]*(?:- +)*[\w-]+:[ \t]+(?=[^\s'\"\[{|>&*#])", line)
    if first is None or first.end() > at - line_start:
        return RefusedError(at, "a key does not fit here; give it the indentation of the keys above")
    value = re.sub(r"\s+#.*$", "", line[first.end() :]).rstrip()
    start = line_start + first.end()
    quote = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return RefusedError(
        at,
        "a ': ' stands inside this text; put the text in quotes",
        Fix(start, start + len(value), quote, "Put the text in quotes"),
    )


class TooManyProblemsError(Exception):
    """The list is long enough; reading on would only make it longer."""


class Findings:
    """
    What was found while a text was read: problems, warnings, and where each value stands.

    `folder` is the one the file is in, None while the text is kept nowhere.
    """

    def __init__(self, text: str, path: str, folder: Path | None = None) -> None:
        self.text = text
        self.path = path
        self.folder = folder
        self.lines = Lines(text)
        self.places: dict[str, Place] = {}
        self._problems: list[tuple[int, Problem]] = []
        self._warnings: list[tuple[int, Problem]] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        return _in_file_order(self._problems)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return _in_file_order(self._warnings)

    def add(self, start: int, where: str, message: str, fix: Fix | None = None) -> None:
        if len(self._problems) == MOST_PROBLEMS:
            last = f"more than {MOST_PROBLEMS:,} problems; those after this are not listed"
            end = len(self.text)
            self._problems.append((end, Problem(self.path, *self.lines.at(end), "file", last)))
            raise TooManyProblemsError
        self._problems.append((start, self._problem(start, where, message, fix)))

    def warn(self, start: int, where: str, message: str, fix: Fix | None = None) -> None:
        self._warnings.append((start, self._problem(start, where, message, fix)))

    def _problem(self, start: int, where: str, message: str, fix: Fix | None) -> Problem:
        return Problem(self.path, *self.lines.at(start), where or "routine", message, fix)


def _in_file_order(found: list[tuple[int, Problem]]) -> tuple[Problem, ...]:
    return tuple(problem for _, problem in sorted(found, key=lambda item: item[0]))


@dataclass(frozen=True, slots=True)
class Value:
    """
    A value of a file with its place and its way there, such as `steps[2].duration`.

    Scalars are always text: `no`, `012` and `1:30` stay as they are written.
    """

    node: Node
    where: str
    findings: Findings

    @property
    def start(self) -> int:
        return self.node.start

    @property
    def is_empty(self) -> bool:
        found = target(self.node)
        return isinstance(found, ScalarNode) and found.is_empty

    def problem(self, message: str, fix: Fix | None = None) -> None:
        self.findings.add(self.start, self.where, message, fix)

    def warn(self, message: str) -> None:
        self.findings.warn(self.start, self.where, message)

    def instead(self, text: str) -> Fix | None:
        """The fix that writes `text` in this value's place, where a scalar of one line stands there."""
        node = self.node
        if not isinstance(node, ScalarNode) or node.style in {"|", ">"} or node.is_empty:
            return None
        if "\n" in self.findings.text[node.start : node.end]:
            return None
        return Fix(node.start, node.end, text, f"Change to '{quoted(text)}'")

    def text(self, *, most: int) -> str | None:
        """The text on one line, or None when a problem was found."""
        found = target(self.node)
        if not isinstance(found, ScalarNode):
            what = "a list" if isinstance(found, ListNode) else "keys and values"
            self.problem(f"is {what}; write one text, in quotes if it has ': ' or ' #'")
            return None
        if odd := UNPRINTABLE.search(found.text):
            self.problem(f"has the control character U+{ord(odd[0]):04X}; leave it out")
            return None
        text = SPACE.sub(" ", found.text).strip()
        if len(text) > most:
            self.problem(f"has {len(text)} characters; {most} at most")
            return None
        return text

    def items(self) -> tuple[Value, ...] | None:
        """The values of a list, or None when it is none and a problem was found."""
        found = target(self.node)
        match found:
            case ListNode(items):
                return tuple(
                    Value(item, f"{self.where}[{index}]", self.findings).noted() for index, item in enumerate(items)
                )
            case ScalarNode(text) if not found.is_empty:
                fix = self.instead(f"[{self.findings.text[found.start : found.end]}]")
                shown = quoted(text)
                self.problem(f"'{shown}' is not a list; write it on a line of its own after '- '", fix)
            case _:
                self.problem("is not a list; begin each entry with '- '")
        return None

    def fields(self, what: str, keys: Iterable[str], example: str) -> Fields | None:
        """The keys of a mapping to be taken one by one, or None when it is none and a problem was found."""
        found = target(self.node)
        if isinstance(found, MapNode):
            return Fields(self, found, tuple(keys))
        self.problem(f"is not {what}; write its keys, such as '{example}'")
        return None

    def noted(self) -> Value:
        self.findings.places[self.where] = self.findings.lines.place(self.node.start, self.node.end)
        return self


class Fields:
    """A mapping being consumed: what is left when all known keys were taken is a problem each."""

    def __init__(self, value: Value, node: MapNode, known: tuple[str, ...]) -> None:
        self._value = value
        self._known = known
        self._merges = False
        self._found: dict[str, Value] = {}
        prefix = f"{value.where}." if value.where else ""
        first = self._keys = dict[str, int]()
        for key, held in node.pairs:
            name = target(key)
            if not isinstance(name, ScalarNode):
                self.problem(key.start, "a key is one word; a list or keys cannot be one")
                continue
            if name.text == "<<" and name.plain:
                self._merges = True
                self.problem(key.start, "merge keys ('<<') are not read; write the keys out")
                continue
            if name.text in first:
                lines = value.findings.lines
                earlier, later = lines.at(first[name.text])[0], lines.at(key.start)[0]
                self.problem(
                    key.start,
                    f"key '{quoted(name.text)}' is written twice, on lines {earlier} and {later}; keep one of them",
                )
                continue
            first[name.text] = key.start
            if name.text not in known:
                self._unknown(key, name)
                continue
            self._found[name.text] = Value(held, prefix + name.text, value.findings).noted()

    def problem(self, start: int, message: str, fix: Fix | None = None) -> None:
        self._value.findings.add(start, self._value.where, message, fix)

    def __contains__(self, key: str) -> bool:
        return key in self._found

    def take(self, key: str) -> Value | None:
        """The key's value; None when it is absent or nothing is written after it."""
        value = self._found.get(key)
        return None if value is None or value.is_empty else value

    def required(self, key: str, example: str) -> Value | None:
        value = self.take(key)
        if value is None and not self._merges:  # it may well be among what was to be merged
            prefix = f"{self._value.where}." if self._value.where else ""
            start = self._keys.get(key, self._value.start)
            self._value.findings.add(start, prefix + key, f"is missing; write for example '{example}'")
        return value

    def _unknown(self, key: Node, name: ScalarNode) -> None:
        near = nearest(name.text, [known for known in self._known if known not in self._found])
        fix = None
        if near and isinstance(key, ScalarNode):
            fix = Fix(key.start, key.end, near, f"Change to '{near}'")
        way = f"; did you mean '{near}'?" if near else f"; known are {', '.join(self._known)}"
        self.problem(key.start, f"unknown key '{quoted(name.text)}'{way}", fix)
