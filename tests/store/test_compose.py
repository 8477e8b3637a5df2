"""YAML read into nodes with their places, or refused in one sentence: by both of PyYAML's parsers alike."""

from __future__ import annotations

import pytest
import yaml

from guide.compat import override
from guide.store.files import MOST_BYTES
from guide.store.yaml.compose import MOST_ALIASED, MOST_DEPTH, compose
from guide.store.yaml.nodes import AliasNode, Lines, ListNode, MapNode, Node, ScalarNode, Stretch, target
from guide.store.yaml.problem import NO_FILE, Fix, Problem
from tables import each_row


def composed(text: str) -> Node | Problem:
    by_libyaml = compose(text, "p")
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CSafeLoader", raising=False)
        assert compose(text, "p") == by_libyaml
    return by_libyaml


X = ScalarNode("a", 5, 6, anchor="x")
B = ListNode((ScalarNode("b", 10, 11),), 8, 11, anchor="x", size=2)
NODES: list[tuple[str, Node]] = [
    ("a", ScalarNode("a", 0, 1)),
    ("\ufeffa", ScalarNode("a", 1, 2)),
    ("&x 'a' ", ScalarNode("a", 3, 6, "'", "x")),
    ("- &x # c\r\n  # d\n  'a'", ListNode((ScalarNode("a", 18, 21, "'", "x"),), 0, 21, size=2)),
    ('"a\x85b\u2028c"', ScalarNode("a b c", 0, 7, '"')),
    ("--- a\n...\n", ScalarNode("a", 4, 5)),
    ("- |\n a\n- >-\n b\n", ListNode((ScalarNode("a\n", 2, 7, "|"), ScalarNode("b", 9, 15, ">")), 0, 14, size=3)),
    ("\ufeffa: b", MapNode(((ScalarNode("a", 1, 2), ScalarNode("b", 4, 5)),), 1, 5, size=3)),
    ("{a: b }", MapNode(((ScalarNode("a", 1, 2), ScalarNode("b", 4, 5)),), 0, 7, flow=True, size=3)),
    ("- a\n- b\n\n", ListNode((ScalarNode("a", 2, 3), ScalarNode("b", 6, 7)), 0, 7, size=3)),
    ("&x  [a ]", ListNode((ScalarNode("a", 5, 6),), 4, 8, flow=True, anchor="x", size=2)),
    ("- &x a\n- *x", ListNode((X, AliasNode("x", X, 9, 11)), 0, 11, size=3)),
    (
        "a: &x\n  - b\nc: *x",
        MapNode(
            ((ScalarNode("a", 0, 1), B), (ScalarNode("c", 12, 13), AliasNode("x", B, 15, 17))), 0, 17, size=7, height=2
        ),
    ),
    (
        "[[a, {b: c}], d]",
        ListNode(
            (
                ListNode(
                    (
                        ScalarNode("a", 2, 3),
                        MapNode(((ScalarNode("b", 6, 7), ScalarNode("c", 9, 10)),), 5, 11, flow=True, size=3),
                    ),
                    1,
                    12,
                    flow=True,
                    size=5,
                    height=2,
                ),
                ScalarNode("d", 14, 15),
            ),
            0,
            16,
            flow=True,
            size=7,
            height=3,
        ),
    ),
]


@each_row(("text", "node"), NODES)
def test_a_text_is_read_into_nodes_with_their_places(text: str, node: Node) -> None:
    found = composed(text)
    if "|" in text:  # where a block's end is, the two parsers' marks agree on no more than this
        assert isinstance(found, ListNode)
        assert [(one.text, one.start, one.style) for one in found.items if isinstance(one, ScalarNode)] == [
            ("a\n", 2, "|"),
            ("b", 9, ">"),
        ]
        return
    assert found == node


def test_a_name_given_again_means_the_last_above() -> None:
    found = composed("- &x a\n- &x b\n- *x\n- &x c")
    assert isinstance(found, ListNode)
    assert [target(item) for item in found.items][2] is found.items[1]


DEEP = f"is nested more than {MOST_DEPTH} deep here; a routine needs far less"
MANY = "aliases expand to more than 10,000 values; write fewer of them"
TAG = "tags (words that begin with '!') have no place in a routine; delete it"
LARGE = "is larger than 256 KiB, the most a routine may have"
EMPTY = "is empty; a routine begins with 'name:' and has 'steps:'"
ESCAPE = "a character written with a backslash does not exist; use single quotes"
TEN = "- &x [a, a, a, a, a, a, a, a, a]\n- ["  # an alias of it counts ten

# the place stands after ⟨, which is taken out of the text before it is read
REFUSED = [
    ("⟨", EMPTY),
    ("⟨# a\n", EMPTY),
    ("a: ⟨*x", "'*x' has no '&x' above it; write it out"),
    ("- ⟨*x\n- &x a", "'*x' has no '&x' above it; write it out"),
    ("a: &x [b, [⟨*x]]", "'*x' stands inside its own '&x'; write it out"),
    ("\ufeffa: ⟨!b c", TAG),
    ("[⟨!a {}]", TAG),
    ("⟨%TAG ! a:\n---\nb", "tags (%TAG) have no place in a routine; delete this line"),
    ("--- a\n⟨--- b", "a second document begins here; a file holds one routine"),
    ("a\n⟨\0", "a NUL character stands here; delete it"),
    ("a ⟨\x1b\0", "the control character U+001B stands here; delete it"),
    ("'⟨\ufffe'", "the control character U+FFFE stands here; delete it"),
    ("[" * MOST_DEPTH + "⟨[", DEEP),
    ("\ufeff" + "- " * MOST_DEPTH + "⟨- a", DEEP),
    ("- &x [[a]]\n- " + "[" * (MOST_DEPTH - 2) + "⟨*x", DEEP),
    (TEN + "*x, " * (MOST_ALIASED // 10) + "⟨*x]", MANY),
    ("⟨" + "a" * (MOST_BYTES + 1), LARGE),
    ("⟨" + "ä" * (MOST_BYTES // 2) + "a", LARGE),
]


@each_row(("marked", "sentence"), REFUSED)
def test_what_is_no_routine_is_refused_at_its_place(marked: str, sentence: str) -> None:
    text = marked.replace("⟨", "")
    at = marked.index("⟨")
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at) - (line == 1 and text.startswith("\ufeff"))
    assert composed(text) == Problem("p", line, column, "file", sentence)


@each_row(
    "text",
    [
        "[" * MOST_DEPTH + "]" * MOST_DEPTH,
        "- &x [[a]]\n- " + "[" * (MOST_DEPTH - 3) + "*x" + "]" * (MOST_DEPTH - 3),
        TEN + "*x, " * (MOST_ALIASED // 10) + "]",
        "a" * MOST_BYTES,
        "a: '\t \x7e\x85\xa0\ud7ff\ue000\ufffd\U00010000\U0010ffff'",
    ],
)
def test_a_text_at_the_limit_is_read(text: str) -> None:
    assert not isinstance(compose(text), Problem)


def test_libyaml_reads_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    reads = yaml.SafeLoader

    def note(name: str) -> None:
        def reader(text: str) -> yaml.SafeLoader:
            asked.append(name)
            return reads(text)

        monkeypatch.setattr(yaml, name, reader, raising=False)

    note("CSafeLoader")
    note("SafeLoader")
    compose("a")
    monkeypatch.delattr(yaml, "CSafeLoader")
    compose("a")
    assert asked == ["CSafeLoader", "SafeLoader"]


def test_a_character_that_does_not_exist_is_told_by_pythons_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert compose('"\\UFFFFFFFF"') == Problem(NO_FILE, 1, 1, "file", ESCAPE)


def test_what_no_parser_explains_is_no_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    class Fails(yaml.SafeLoader):
        @override
        def get_event(self) -> yaml.Event:
            raise yaml.YAMLError

    monkeypatch.setattr(yaml, "CSafeLoader", Fails, raising=False)
    assert compose("a") == Problem(NO_FILE, 1, 1, "file", "is not YAML that can be read")


def test_a_refusal_brings_its_fix_along() -> None:
    found = compose("\ufeffa:\n\t- b")
    assert found == Problem(
        NO_FILE, 2, 1, "file", "a tab cannot indent; use two spaces", Fix(4, 5, "  ", "Change to spaces")
    )


@each_row(
    ("text", "at", "above", "place"),
    [
        ("ab\ncd", 0, 0, (1, 1)),
        ("ab\ncd", 2, 0, (1, 3)),
        ("ab\r\ncd", 4, 0, (2, 1)),
        ("ab\rcd", 5, 7, (9, 3)),
        ("\ufeffab\ncd", 0, 0, (1, 1)),
        ("\ufeffab\ncd", 1, 0, (1, 1)),
        ("\ufeffab\ncd", 2, 0, (1, 2)),
        ("\ufeffab\ncd", 5, 0, (2, 2)),
    ],
)
def test_a_character_has_its_line_and_column(text: str, at: int, above: int, place: tuple[int, int]) -> None:
    lines = Lines(text, above=above)
    assert lines.at(at) == place
    assert lines.place(at, at + 1) == Stretch(*place, at, at + 1)
