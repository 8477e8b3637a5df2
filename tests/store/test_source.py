"""Values taken from a text with their places: texts, lists and keys, each mistake told where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from guide.store.yaml.compose import compose
from guide.store.yaml.nodes import Lines, Stretch
from guide.store.yaml.problem import Fix, Problem
from guide.store.yaml.source import MOST_PROBLEMS, Fields, Findings, TooManyProblemsError, Value
from tables import each_row


def value(text: str, where: str = "", known: dict[Any, Any] | None = None) -> Value:
    node = compose(text)
    assert not isinstance(node, Problem)
    return Value(node, where, Findings(text, "p", known=known))


def told(findings: Findings) -> list[tuple[str, str | None]]:
    """Each problem as it is printed, and the text as its fix would leave it."""
    text = findings.text
    return [
        (str(one), None if one.fix is None else f"{text[: one.fix.start]}{one.fix.text}{text[one.fix.end :]}")
        for one in findings.problems
    ]


@each_row(
    ("written", "most", "text"),
    [("a", 1, "a"), ("' a  b\t'", 3, "a b"), ('"a\\nb\\u2003"', 3, "a b"), ("|\n  a\n  b\n", 3, "a b"), ("''", 0, "")],
)
def test_a_text_is_one_line_without_needless_spaces(written: str, most: int, text: str) -> None:
    one = value(written)
    assert one.text(most=most) == text
    assert one.findings.count == 0


@each_row(
    ("written", "sentence"),
    [
        ("[a]", "is a list; write one text, in quotes if it has ': ' or ' #'"),
        ("{a: b}", "is keys and values; write one text, in quotes if it has ': ' or ' #'"),
        ('"a\\0b\\x1b"', "has the control character U+0000; leave it out"),
        ("abcd", "has 4 characters; 3 at most"),
    ],
)
def test_what_is_no_text_is_told(written: str, sentence: str) -> None:
    one = value(f"- {written}\n").items()
    assert one is not None
    assert one[0].text(most=3) is None
    assert told(one[0].findings) == [(f"p:1:3: [0]: {sentence}", None)]


def test_the_items_of_a_list_have_their_way_and_their_place() -> None:
    root = value("- a\n- [b]\n", "x")
    items = root.items()
    assert items is not None
    assert [(item.where, item.start) for item in items] == [("x[0]", 2), ("x[1]", 6)]
    assert root.findings.places == {"x[0]": Stretch(1, 3, 2, 3), "x[1]": Stretch(2, 3, 6, 9)}


@each_row(
    ("written", "sentence", "mended"),
    [
        ("a", "'a' is not a list; write it on a line of its own after '- '", "[a]"),
        ("'a'", "'a' is not a list; write it on a line of its own after '- '", "['a']"),
        ("|\n a", "'a' is not a list; write it on a line of its own after '- '", None),
        ("'a\n b'", "'a b' is not a list; write it on a line of its own after '- '", None),
        ("• a", "'•' does not begin an entry; write '- '", None),
        ("{a: b}", "is not a list; begin each entry with '- '", None),
        ("&x", "is not a list; begin each entry with '- '", None),
    ],
)
def test_what_is_no_list_is_told(written: str, sentence: str, mended: str | None) -> None:
    root = value(written, "x")
    assert root.items() is None
    ((said, fixed),) = told(root.findings)
    assert said.removeprefix(f"p:1:{root.start + 1}: x: ") == sentence
    assert fixed == mended


def test_what_an_alias_names_is_the_value_and_is_not_changed_by_a_fix() -> None:
    fields = value("a: &x b\nc: *x\nd: [*x]\n").fields("the root", ["a", "c", "d"], "a: b")
    assert fields is not None
    shared, listed = fields.take("c"), fields.take("d")
    assert shared is not None
    assert shared.text(most=9) == "b"
    assert shared.instead("y") is None
    assert shared.items() is None
    assert listed is not None
    assert [item.text(most=9) for item in listed.items() or ()] == ["b"]


@each_row(
    ("written", "fix"),
    [
        ("a", Fix(0, 1, "z", "Change to 'z'")),
        ('"a" # b', Fix(0, 3, "z", "Change to 'z'")),
        ("&x a", Fix(3, 4, "z", "Change to 'z'")),
        ("&x", None),
        ("[a]", None),
        ("|\n a", None),
        (">-\n a", None),
        ("a\n b", None),
        ("'a\n b'", None),
    ],
)
def test_a_text_of_one_line_has_a_fix(written: str, fix: Fix | None) -> None:
    assert value(written).instead("z") == fix


def test_what_is_not_keys_is_told() -> None:
    root = value("[a]", "x")
    assert root.fields("a cue", ["at"], "at: 1 s") is None
    assert told(root.findings) == [("p:1:1: x: is not a cue; write its keys, such as 'at: 1 s'", None)]


def keys(text: str, known: tuple[str, ...] = ("kind", "say", "title"), where: str = "x") -> tuple[Fields, Findings]:
    root = value(text, where)
    fields = root.fields("a step", known, "kind: rest")
    assert fields is not None
    return fields, root.findings


def test_keys_are_taken_with_their_way_and_place() -> None:
    for where, prefix in (("x", "x."), ("", "")):
        fields, findings = keys("kind: rest\nsay:\n", where=where)
        kind = fields.take("kind")
        assert kind is not None
        assert (kind.where, kind.text(most=9)) == (f"{prefix}kind", "rest")
        assert fields.take("say") is None
        assert fields.take("title") is None
        assert [key in fields for key in ("kind", "say", "title")] == [True, True, False]
        assert set(findings.places) == {f"{prefix}kind", f"{prefix}say"}
        assert findings.problems == ()


ODD = [
    ("[a]: b\nkind: c\n", [("1:1: x: a key is one word; a list or keys cannot be one", None)], {"kind": "c"}),
    (
        "<<: {a: b}\nkind: c\n",
        [("1:1: x: merge keys ('<<') are not read; write the keys out", None)],
        {"kind": "c"},
    ),
    (
        "'<<': a\n",
        [("1:1: x: unknown key '<<'; known are kind, say, title", None)],
        {},
    ),
    (
        "{kind: a, kind: b, say: c}\n",
        [("1:11: x: key 'kind' is written twice on this line; keep one of them", None)],
        {"kind": "a", "say": "c"},
    ),
    (
        "kind: a\nkind: b\nz: c\nz: d\nsay: e\n",
        [
            ("2:1: x: key 'kind' is written twice, on lines 1 and 2; keep one of them", None),
            ("3:1: x: unknown key 'z'; known are kind, say, title", None),
            ("4:1: x: key 'z' is written twice, on lines 3 and 4; keep one of them", None),
        ],
        {"kind": "a", "say": "e"},
    ),
    (
        "knd: a\nsay: b\n",
        [("1:1: x: unknown key 'knd'; did you mean 'kind'?", "kind: a\nsay: b\n")],
        {"say": "b"},
    ),
    (
        "kind: a\nknd: b\nsay: c\n",
        [("2:1: x: unknown key 'knd'; known are kind, say, title", None)],
        {"kind": "a", "say": "c"},
    ),
    (
        "? &k knd\n: a\n*k : b\n",
        [
            ("1:6: x: unknown key 'knd'; did you mean 'kind'?", "? &k kind\n: a\n*k : b\n"),
            ("3:1: x: key 'knd' is written twice, on lines 1 and 3; keep one of them", None),
        ],
        {},
    ),
    (
        "- &k knd\n- *k : b\n  say: c\n",
        [("2:3: [1]: unknown key 'knd'; did you mean 'kind'?", None)],
        {"say": "c"},
    ),
    (
        "\u00a0kind: a\nsay: b\n",
        [
            (
                "1:1: x: a no-break space (U+00A0) stands before the key 'kind'; indent it with plain spaces",
                " kind: a\nsay: b\n",
            )
        ],
        {"kind": "a", "say": "b"},
    ),
    (
        "\u200bkind: a\n",
        [("1:1: x: a zero-width space (U+200B) stands before the key 'kind'; write 'kind'", "kind: a\n")],
        {"kind": "a"},
    ),
    (
        "ki\u200bnd\u00a0: a\n",
        [("1:1: x: a zero-width space (U+200B) is in the key 'kind'; write 'kind'", "kind: a\n")],
        {"kind": "a"},
    ),
    (
        "'kind\u00a0': a\n",
        [("1:1: x: a no-break space (U+00A0) is in the key 'kind'; write 'kind'", None)],
        {"kind": "a"},
    ),
    (
        "kind: a\nkind\u00a0: b\nsay: c\n",
        [("2:1: x: a no-break space (U+00A0) is in the key 'kind'; write 'kind'", "kind: a\nkind: b\nsay: c\n")],
        {"kind": "a", "say": "c"},
    ),
    (
        "zz\u200b: a\nsay: b\n",
        [("1:1: x: a zero-width space (U+200B) is in the key 'zz'; write 'zz'", "zz: a\nsay: b\n")],
        {"say": "b"},
    ),
]


@each_row(("text", "sentences", "taken"), ODD)
def test_a_key_that_is_not_the_formats_is_told_and_the_others_are_taken(
    text: str, sentences: list[tuple[str, str | None]], taken: dict[str, str]
) -> None:
    root = value(text, "x")
    if text.startswith("- "):
        root = (Value(root.node, "", root.findings).items() or ())[1]
    fields = root.fields("a step", ("kind", "say", "title"), "kind: rest")
    assert fields is not None
    assert told(root.findings) == [(f"p:{sentence}", mended) for sentence, mended in sentences]
    found = {key: fields.take(key) for key in ("kind", "say", "title")}
    assert {key: one.text(most=9) for key, one in found.items() if one} == taken
    assert {place.removeprefix(f"{root.where}.") for place in root.findings.places if "." in place} == set(taken)


@each_row(
    ("text", "label"),
    [
        ("knd: a\n", "Change to 'kind'"),
        ("\u200bkind: a\n", "Change to 'kind'"),
        ("\u00a0kind: a\n", "Change to plain spaces"),
    ],
)
def test_the_button_of_a_fix_says_what_it_changes(text: str, label: str) -> None:
    _, findings = keys(text)
    assert [one.fix and one.fix.label for one in findings.problems] == [label]


@each_row(
    ("text", "where", "sentences"),
    [
        ("say: a\nkind:\n", "x", ["p:2:1: x.kind: is missing; write for example 'kind: rest'"]),
        ("  say: a\n", "x", ["p:1:3: x.kind: is missing; write for example 'kind: rest'"]),
        ("  say: a\n", "", ["p:1:3: kind: is missing; write for example 'kind: rest'"]),
        ("kind: a\n", "x", []),
        ("<<: {kind: a}\n", "x", ["p:1:1: x: merge keys ('<<') are not read; write the keys out"]),
    ],
)
def test_a_key_that_has_to_be_is_told_where_it_lacks(text: str, where: str, sentences: list[str]) -> None:
    fields, findings = keys(text, where=where)
    found = fields.required("kind", "kind: rest")
    assert [sentence for sentence, _ in told(findings)] == sentences
    assert (found is not None) == (text == "kind: a\n")


def test_a_part_with_no_way_is_the_routine() -> None:
    part = value("a: b\n", "x")
    part.warn("is odd")
    assert part.findings.warnings == (Problem("p", 1, 1, "x", "is odd"),)
    root = value("a: b\n")
    root.problem("is odd", Fix(0, 1, "b", "Change"))
    root.warn("is strange")
    findings = root.findings
    assert findings.problems == (Problem("p", 1, 1, "routine", "is odd", Fix(0, 1, "b", "Change")),)
    assert findings.warnings == (Problem("p", 1, 1, "routine", "is strange"),)
    assert findings.count == 2


def test_what_is_found_is_told_in_the_files_order_each_place_in_the_order_found() -> None:
    findings = Findings("a\nb\nc\n", "p", Path("f"), Lines("a\nb\nc\n", above=4))
    for add in (findings.add, findings.warn):
        add(4, "x", "3")
        add(0, "x", "1", Fix(0, 1, "", "Delete it"))
        add(2, "x", "b")
        add(2, "x", "a")
    lines = [(5, "1"), (6, "b"), (6, "a"), (7, "3")]
    assert [(one.line, one.message) for one in findings.problems] == lines
    assert [(one.line, one.message) for one in findings.warnings] == lines
    assert {one.where for one in findings.warnings} == {"x"}
    assert [one.fix for one in findings.warnings] == [Fix(0, 1, "", "Delete it"), None, None, None]
    assert (findings.path, findings.folder, findings.text) == ("p", Path("f"), "a\nb\nc\n")


def test_problems_end_at_the_most_and_say_so_at_the_end() -> None:
    findings = Findings("a\nb", "p")
    for _ in range(MOST_PROBLEMS):
        findings.add(0, "x", "y")
    with pytest.raises(TooManyProblemsError):
        findings.add(0, "x", "y")
    assert len(findings.problems) == MOST_PROBLEMS + 1
    last = Problem("p", 2, 2, "file", "more than 1,000 problems; those after this are not listed")
    assert findings.problems[-1] == last


SAID = [
    ("a", "b"), ("a", "'a'"), ("[a]", "a"), ("[a]", "[b]"), ("[a]", "[a, a]"), ("[]", "{}"), ("{a: b}", "{a: c}"),
    ("{a: b}", "{c: b}"), ("{a: b}", "[a, b]"), ("{a: b}", "{a: 'b'}"), ("{a: b, c: d}", "{c: d, a: b}"),
    ("[[a]]", "[a]"), ("'['", "[]"), ("'{'", "{}"),
]  # fmt: skip


@each_row(
    ("text", "fixed"),
    [
        ("[so <b>]", "[so <c>]"),
        ("['<b>, so, <b>', x, <b>]", "['<b>, so, <b>', x, <c>]"),
        ("[x, '<b>, so, <b>']", "[x, '<c>, so, <c>']"),
        ("[&one so <b>]", "[&one so <c>]"),
        ("- |\n  so\n  <b>\n", "- |\n  so\n  <c>\n"),
        ("[<b>, &one so <b>, *one]", None),
        ('["so \\x3Cb>"]', None),
        ("[[<b>]]", None),
        ("[{a: <b>}]", None),
    ],
)
def test_a_part_of_a_value_is_written_anew_where_it_stands_so(text: str, fixed: str | None) -> None:
    last = (value(text).items() or ())[-1]
    fix = last.within("<b>", "<c>")
    assert (None if fix is None else f"{text[: fix.start]}{fix.text}{text[fix.end :]}") == fixed
    assert fix is None or fix.label == "Change to '<c>'"
    last.warn("so", fix)
    (warning,) = last.findings.warnings
    assert (warning.message, warning.fix) == ("so", fix)


@each_row(("one", "other"), SAID)
def test_what_says_the_same_is_read_once_and_anything_else_anew(one: str, other: str) -> None:
    root = value(f"- {one}\n- {other}\n-  {one}\n- &x {other}\n- *x\n", "x", known={})
    reads: list[str] = []

    def read(part: Value) -> str:
        reads.append(part.where)
        return part.where

    found = [part.read_once(read) for part in root.items() or ()]
    assert found == ["x[0]", "x[1]", "x[0]", "x[1]", "x[1]"]
    assert reads == ["x[0]", "x[1]"]


def test_what_was_not_good_or_is_not_remembered_is_read_again() -> None:
    same = value("- a\n- a\n", "x").items() or ()
    assert [part.read_once(lambda one: one.where) for part in same] == ["x[0]", "x[1]"]
    root = value("- a\n- a\n- b\n- b\n- c\n- c\n", "x", known={})
    told_of: list[str] = []

    def finds(part: Value) -> str | None:
        told_of.append(part.where)
        match part.text(most=9):
            case "a":
                part.problem("is a")
            case "b":
                part.warn("is b")
            case _:
                return None
        return "read"

    for part in root.items() or ():
        part.read_once(finds)
    assert len(told_of) == 6


def test_the_places_within_a_part_that_was_read_before_are_known_when_asked() -> None:
    text = "- {a: [b, {c: d}], [e]: f}\n" * 2 + "- g\n- g\n"
    root = value(text, "x", known={})
    for part in root.items() or ():
        part.read_once(lambda _: "read")
    places = {where: text[at.start : at.end] for where, at in root.findings.places.items()}
    assert places == {
        "x[0]": "{a: [b, {c: d}], [e]: f}",
        "x[1]": "{a: [b, {c: d}], [e]: f}",
        "x[2]": "g",
        "x[3]": "g",
        "x[1].a": "[b, {c: d}]",
        "x[1].a[0]": "b",
        "x[1].a[1]": "{c: d}",
        "x[1].a[1].c": "d",
    }
    assert root.findings.places["x[1].a[1].c"].line == 2


def test_a_problem_is_printed_on_one_line_with_its_file() -> None:
    one = Problem("a\nb.yaml", 3, 4, "x", "is odd")
    assert str(one) == "a b.yaml:3:4: x: is odd"
    assert one.as_warning == "a b.yaml:3:4: x: warning: is odd"
