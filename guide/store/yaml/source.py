"""YAML read as text with places: every value knows where it stands, every mistake too."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from guide.core.shown import quoted
from guide.language import _, grouped
from guide.store.routines.hints import SPACE, UNPRINTABLE, nearest
from guide.store.yaml.nodes import Lines, ListNode, MapNode, Node, ScalarNode, Stretch, target
from guide.store.yaml.odd import bullet_of, odd_in, without_odd
from guide.store.yaml.problem import Fix, Problem

MOST_PROBLEMS: Final = 1_000


class TooManyProblemsError(Exception):
    """The list is long enough; reading on would only make it longer."""


class Findings:
    """
    What was found while a text was read: problems, warnings, and where each value stands.

    `folder` is the one the file is in, None while the text is kept nowhere; `lines` those of the text, where they are
    known already or the text is a piece of a longer one; `known` what good parts were read into before.
    """

    def __init__(
        self,
        text: str,
        path: str,
        folder: Path | None = None,
        lines: Lines | None = None,
        known: dict[Hashable, Any] | None = None,
    ) -> None:
        self.text = text
        self.path = path
        self.folder = folder
        self.lines = lines or Lines(text)
        self.known = known
        self._places: dict[str, Stretch] = {}
        self._within: list[tuple[Node, str]] = []  # good parts whose places are noted when somebody asks
        self._problems: list[tuple[int, Problem]] = []
        self._warnings: list[tuple[int, Problem]] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        return _in_file_order(self._problems)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return _in_file_order(self._warnings)

    @property
    def count(self) -> int:
        return len(self._problems) + len(self._warnings)

    @property
    def places(self) -> dict[str, Stretch]:
        """Where each value stands."""
        while self._within:
            node, where = self._within.pop()
            within: list[tuple[str, Node]] = []
            match target(node):
                case MapNode(pairs):
                    names = [(target(key), held) for key, held in pairs]
                    within = [(f"{where}.{name.text}", held) for name, held in names if isinstance(name, ScalarNode)]
                case ListNode(items):
                    within = [(f"{where}[{index}]", held) for index, held in enumerate(items)]
                case ScalarNode():
                    pass
            for inner, held in within:
                self.note(held, inner)
            self._within += [(held, inner) for inner, held in within]
        return self._places

    def note(self, node: Node, where: str) -> None:
        self._places[where] = self.lines.place(node.start, node.end)

    def note_within(self, node: Node, where: str) -> None:
        """Note all that stands in a good part, as its reading does."""
        self._within.append((node, where))

    def add(self, start: int, where: str, message: str, fix: Fix | None = None, brief: str = "") -> None:
        if len(self._problems) == MOST_PROBLEMS:
            last = _("more than {most} problems; those after this are not listed").format(most=grouped(MOST_PROBLEMS))
            end = len(self.text)
            self._problems.append((end, Problem(self.path, *self.lines.at(end), "file", last)))
            raise TooManyProblemsError
        self._problems.append((start, self._problem(start, where, message, fix, brief)))

    def warn(self, start: int, where: str, message: str, fix: Fix | None = None) -> None:
        self._warnings.append((start, self._problem(start, where, message, fix)))

    def _problem(self, start: int, where: str, message: str, fix: Fix | None, brief: str = "") -> Problem:
        return Problem(self.path, *self.lines.at(start), where or "routine", message, fix, brief)


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

    def warn(self, message: str, fix: Fix | None = None) -> None:
        self.findings.warn(self.start, self.where, message, fix)

    def instead(self, text: str) -> Fix | None:
        """The fix that writes `text` in this value's place, where a scalar of one line stands there."""
        node = self.node
        if not isinstance(node, ScalarNode) or node.is_empty:
            return None
        if "\n" in self.findings.text[node.start : node.end]:
            return None
        return Fix(node.start, node.end, text, _("Change to '{text}'").format(text=quoted(text)))

    def within(self, wrong: str, right: str) -> Fix | None:
        """The fix that writes `right` for a part of this value, where a scalar has that part as it is written."""
        start, end = self.node.start, self.node.end
        written = self.findings.text[start:end]
        if not isinstance(self.node, ScalarNode) or wrong not in written:
            return None
        return Fix(start, end, written.replace(wrong, right), _("Change to '{text}'").format(text=quoted(right)))

    def text(self, *, most: int) -> str | None:
        """The text on one line, or None when a problem was found."""
        found = target(self.node)
        if not isinstance(found, ScalarNode):
            what = _("a list") if isinstance(found, ListNode) else _("keys and values")
            self.problem(_("is {what}; write one text, in quotes if it has ': ' or ' #'").format(what=what))
            return None
        if odd := UNPRINTABLE.search(found.text):
            self.problem(_("has the control character {code}; leave it out").format(code=f"U+{ord(odd[0]):04X}"))
            return None
        text = SPACE.sub(" ", found.text).strip()
        if len(text) > most:
            self.problem(_("has {count} characters; {most} at most").format(count=len(text), most=most))
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
                if bullet := bullet_of(text):
                    self.problem(_("'{bullet}' does not begin an entry; write '- '").format(bullet=bullet))
                    return None
                shown = quoted(text)
                self.problem(
                    _("'{shown}' is not a list; write it on a line of its own after '- '").format(shown=shown), fix
                )
            case _:
                self.problem(_("is not a list; begin each entry with '- '"))
        return None

    def fields(self, what: str, keys: Iterable[str], example: str) -> Fields | None:
        """The keys of a mapping to be taken one by one, or None when it is none and a problem was found."""
        found = target(self.node)
        if isinstance(found, MapNode):
            return Fields(self, found, tuple(keys))
        self.problem(_("is not {what}; write its keys, such as '{example}'").format(what=what, example=example))
        return None

    def read_once(self, reads: Callable[[Value], Any]) -> Any:
        """What it is read into; what says the same as a good part did before is not read again, wherever that stood."""
        known = self.findings.known
        if known is None:
            return reads(self)
        said = _said_in(self.node)
        if said in known:
            self.findings.note_within(self.node, self.where)
            return known[said]
        before = self.findings.count
        found = reads(self)
        if found is not None and self.findings.count == before:
            known[said] = found
        return found

    def noted(self) -> Value:
        self.findings.note(self.node, self.where)
        return self


def _said_in(node: Node) -> Hashable:
    """All that a node says, wherever it stands; a word in quotes is another than without them."""
    found = target(node)
    if isinstance(found, ScalarNode):
        return ("'", found.text) if found.style else found.text
    if isinstance(found, MapNode):
        return ("{", *[(_said_in(key), _said_in(held)) for key, held in found.pairs])
    return ("[", *[_said_in(item) for item in found.items])


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
                self.problem(key.start, _("a key is one word; a list or keys cannot be one"))
                continue
            if name.text == "<<" and name.plain:
                self._merges = True
                self.problem(key.start, _("merge keys ('<<') are not read; write the keys out"))
                continue
            if name.text in first:
                lines = value.findings.lines
                earlier, later = lines.at(first[name.text])[0], lines.at(key.start)[0]
                sentence = (
                    _("key '{text}' is written twice on this line; keep one of them")
                    if earlier == later
                    else _("key '{text}' is written twice, on lines {earlier} and {later}; keep one of them")
                )
                self.problem(key.start, sentence.format(text=quoted(name.text), earlier=earlier, later=later))
                continue
            first[name.text] = key.start
            if name.text not in known:
                meant = self._unknown(key, name)
                if meant not in known or meant in self._found:
                    continue
                self._found[meant] = Value(held, prefix + meant, value.findings).noted()
                continue
            self._found[name.text] = Value(held, prefix + name.text, value.findings).noted()

    def problem(self, start: int, message: str, fix: Fix | None = None, brief: str = "") -> None:
        self._value.findings.add(start, self._value.where, message, fix, brief)

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
            self._value.findings.add(
                start, prefix + key, _("is missing; write for example '{example}'").format(example=example)
            )
        return value

    def _odd_key(self, key: Node, text: str, odd: str) -> str:
        meant = without_odd(text)
        lead = len(text) - len(text.lstrip())  # what a file copied from a web page may be indented with
        label = _("Change to plain spaces") if lead else _("Change to '{meant}'").format(meant=quoted(meant))
        plain = isinstance(key, ScalarNode) and key.plain
        fix = Fix(key.start, key.end, " " * lead + meant, label) if plain else None
        if lead:
            words = _("{odd} stands before the key '{meant}'; indent it with plain spaces")
        elif text[:1] != meant[:1]:
            words = _("{odd} stands before the key '{meant}'; write '{meant}'")
        else:
            words = _("{odd} is in the key '{meant}'; write '{meant}'")
        self.problem(key.start, words.format(odd=odd, meant=quoted(meant)), fix)
        return meant

    def _unknown(self, key: Node, name: ScalarNode) -> str:
        """Tell of it; the key that was written with a letter nobody sees counts as the one that was meant."""
        if odd := odd_in(name.text):
            return self._odd_key(key, name.text, odd)
        near = nearest(name.text, [known for known in self._known if known not in self._found])
        fix = None
        if near and isinstance(key, ScalarNode):
            fix = Fix(key.start, key.end, near, _("Change to '{near}'").format(near=near))
        way = (
            _("; did you mean '{near}'?").format(near=near)
            if near
            else _("; known are {join}").format(join=", ".join(self._known))
        )
        told = _("unknown key '{text}'{way}")
        brief = "" if near else told.format(text=quoted(name.text), way="")
        self.problem(key.start, told.format(text=quoted(name.text), way=way), fix, brief)
        return ""
