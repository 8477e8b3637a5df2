"""How a value is written as YAML: its style, its quotes, its lines, what stands beside it."""

from __future__ import annotations

from typing import Any

import pytest

from guide.store.yaml import edit
from guide.store.yaml.writing import entry_lines, in_brackets, keys_of, pair_lines
from tables import each_row

KEYS: list[tuple[str, Any, int, list[str]]] = [
    ("say", "x", 2, ["say: x"]),
    ("say", "", 0, ['say: ""']),
    ("say", "w " * 60 + "w", 0, ["say: " + "w " * 60 + "w"]),
    ("say", "null", 0, ['say: "null"']),
    ("say", "~", 0, ['say: "~"']),
    ("say", "a\nb", 2, ["say: |-", "    a", "    b"]),
    ("say", "a\n\nb\n", 2, ["say: |", "    a", "", "    b"]),
    ("say", "a\n b", 0, ["say: |-", "  a", "   b"]),
    ("say", "a\tb\nc", 0, ["say: |-", "  a\tb", "  c"]),
    ("say", "a\n", 0, ["say: |", "  a"]),
    ("say", "\na", 0, ["say: |-", "", "  a"]),
    ("say", " a\nb", 0, ['say: " a\\nb"']),
    ("say", "a\n\n", 0, ['say: "a\\n\\n"']),
    ("say", "\n", 0, ['say: "\\n"']),
    ("say", "a\rb", 0, ['say: "a\\rb"']),
    ("say", "a\r\nb", 0, ['say: "a\\r\\nb"']),
    ("say", "a\n\0", 0, ['say: "a\\n\\0"']),
    ("say", "- a", 0, ['say: "- a"']),
    ("say", "a #b", 0, ['say: "a #b"']),
    ("say", "it's: c", 0, ['say: "it\'s: c"']),
    ("say", 'a "b": c', 0, ["say: 'a \"b\": c'"]),
    ("say", "a\\b: c", 0, ["say: 'a\\b: c'"]),
    ("say", "it's \"b\": c", 0, ["say: 'it''s \"b\": c'"]),
    ("say", '"\t\x7f', 0, ['say: "\\"\\t\\x7F"']),
    ("say", "\\\t\x85\xa0\u2028\u202a\ud7ff\ue000", 0, ['say: "\\\\\\t\\x85\xa0\\u2028\u202a\ud7ff\ue000"']),
    ("say", "\ufeff\U00010000\U0010ffff\t ", 0, ['say: "\\uFEFF\U00010000\U0010ffff\\t "']),
    ("beats", ["a", "b, c"], 4, ['beats: [a, "b, c"]']),
    ("purposes", ["promote"], 0, ["purposes: [promote]"]),
    ("cues", [], 4, ["cues: []"]),
    ("get_ready", ["a", "b: c", "d\ne"], 0, ["get_ready:", "  - a", '  - "b: c"', "  - |-", "    d", "    e"]),
    ("pace", {"every": "1 s", "beats": ["a", "b"]}, 4, ["pace: {every: 1 s, beats: [a, b]}"]),
    ("cues", [{"say": "x", "at": "1 s"}, {"show": "y\nz", "at": "2 s"}], 2,
     ["cues:", "    - at: 1 s", "      say: x", "    - at: 2 s", "      show: |-", "        y", "        z"]),
    ("steps", [{"steps": [{"say": "a", "kind": "rest"}], "repeat": "2"}], 0,
     ["steps:", "  - repeat: 2", "    steps:", "      - kind: rest", "        say: a"]),
]  # fmt: skip


@pytest.mark.parametrize("nl", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_new_key_is_written_as_lines_that_hold_its_value(nl: str) -> None:
    for key, value, column, lines in KEYS:
        assert pair_lines(key, value, column, nl) == nl.join(lines), (key, value)


ENTRIES: list[tuple[Any, int, list[str], str]] = [
    ("x", 4, ["    - x"], "    - x"),
    ("a\nb", 2, ["  - |-", "    a", "    b"], '  - "a\\nb"'),
    ("a, b", 0, ["- a, b"], '- "a, b"'),
    ({}, 2, ["  - {}"], "  - {}"),
    ([], 2, ["  - []"], "  - []"),
    (["a", ""], 0, ['- [a, ""]'], '- [a, ""]'),
    ({"say": "x", "kind": "rest"}, 2, ["  - kind: rest", "    say: x"], "  - {kind: rest, say: x}"),
    ({"kind": "rest", "zz": "1", "aa": "2"}, 0, ["- kind: rest", "  zz: 1", "  aa: 2"], "- {kind: rest, zz: 1, aa: 2}"),
    ({"url": "a", "title": "b"}, 0, ["- title: b", "  url: a"], "- {title: b, url: a}"),
    ({"sound": "x", "say": "y", "at": "1"}, 0, ["- at: 1", "  say: y", "  sound: x"], "- {at: 1, say: y, sound: x}"),
    (
        dict.fromkeys(reversed(keys_of("cue")), "x"),
        0,
        [f"{' -'[n == 0]} {key}: x" for n, key in enumerate(keys_of("cue"))],
        f"- {{{', '.join(f'{key}: x' for key in keys_of('cue'))}}}",
    ),
    ({"steps": ["x"], "repeat": "2"}, 0, ["- repeat: 2", "  steps:", "    - x"], "- {repeat: 2, steps: [x]}"),
]


@pytest.mark.parametrize("nl", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_new_item_has_its_keys_in_the_formats_order_on_lines_or_in_brackets(nl: str) -> None:
    for value, column, lines, inline in ENTRIES:
        assert entry_lines(value, column, nl) == nl.join(lines)
        assert entry_lines(value, column, nl, inline=True) == inline


def test_brackets_hold_texts_that_would_read_otherwise_in_quotes() -> None:
    assert in_brackets(["a", "b: c", "[d", "e}", "f # g", "it's", 'a "b",', ""]) == (
        '[a, "b: c", "[d", "e}", "f # g", it\'s, \'a "b",\', ""]'
    )


LONG = " ".join(["w"] * 41)
# the form that stands there, the name that is put in its place, and what is written
PLACES = [
    ("x", "a", "a"),
    ("x", LONG, LONG),
    ("'x'", LONG, f"'{LONG}'"),
    ("x", "a: b", '"a: b"'),
    ("x", "null", '"null"'),
    ("x", "", '""'),
    ("x", "a\nb", "|-\n  a\n  b"),
    ("x  # c", "a\nb\n", "|  # c\n  a\n  b"),
    ("'x'  # c", "it's", "'it''s'  # c"),
    ("'x'  # c", "a\nb", "|-  # c\n  a\n  b"),
    ("'x'", 'a"', "'a\"'"),
    ("'x'", "", "''"),
    ("'x'", "\0\x7f", '"\\0\\x7F"'),
    ('"x"', "it's", '"it\'s"'),
    ('"x"', 'a\\"', '"a\\\\\\""'),
    ('"x"', "", '""'),
    *((f"|{chomp}\n    x\n", "a", "|-\n    a\n") for chomp in ("", "-")),
    ("|+\n    x\n\n", "a", "|-\n    a"),
    ("|\n    x\n", "a\n\nb\n", "|\n    a\n\n    b\n"),
    ("|  # c\n    x", "a", "|-  # c\n    a"),
    ("|\n    x", "  a\nb\n", '"  a\\nb\\n"'),
    ("|\n    x", "", '""'),
    ("|\n    x", ' "a"', "' \"a\"'"),
    *((f"{style}\n    x", f" {LONG}", f'" {LONG}"') for style in "|>"),
    ("|\n\n", "a\nb", "|-\n  a\n  b\n\n"),
    ("|\n  \n    x", "a\nb", "|-\n    a\n    b"),
    *((f"|{header} # c\n     x", "  a\nb", "|2- # c\n    a\n  b") for header in ("2", "2-", "-2", "+2")),
    (">\n    x", "a\nb\n", ">\n    a\n\n    b"),
    (">-\n    x", "a", ">-\n    a"),
    (">\n    x", "a\n\nb", "|-\n    a\n\n    b"),
    (">\n  x", LONG, ">-\n  " + " ".join(["w"] * 29) + "\n  " + " ".join(["w"] * 12)),
    (">\n  " + "x" * 70, LONG, ">-\n  " + " ".join(["w"] * 35) + "\n  " + " ".join(["w"] * 6)),
    ("one\n  two", "a", "a"),
    ("one\n  two", "a\nb", "|-\n  a\n  b"),
    ("one\n  two", LONG, " ".join(["w"] * 29) + "\n  " + " ".join(["w"] * 12)),
    ("'one\n    two'", LONG, "'" + " ".join(["w"] * 28) + "\n    " + " ".join(["w"] * 13) + "'"),
    ('"one\n  two"', "a  b " * 15 + "c", '"' + "a  b " * 10 + "a  b\n  " + "a  b " * 4 + 'c"'),
    ("", "a", "a "),
    ("x\n\n# c", "a\nb", "|-\n  a\n  b\n\n# c"),
    ("x\n\n # c", "a\nb", "|-\n  a\n  b\n\n # c"),
    ("x\n\n  # c", "a\nb", '"a\\nb"\n\n  # c'),
]  # fmt: skip


@pytest.mark.parametrize("nl", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_text_is_put_in_the_form_that_stands_there_where_that_can_hold_it(nl: str) -> None:
    for held, value, written in PLACES:
        before = f"language: z\nname: {held}\nfor: y\n".replace("\n", nl)
        after = edit.apply(before, edit.set_field(before, (), "name", value))
        assert after == f"language: z\nname: {written}\nfor: y\n".replace("\n", nl)


@each_row(
    ("before", "value", "after"),
    [
        ("name: x", "a\nb", "name: |-\n  a\n  b"),
        ("name: x", "a\nb\n", 'name: "a\\nb\\n"'),
        ("name: |\n  x", "a\nb", "name: |-\n  a\n  b"),
        ("name: >", LONG, f"name: >-\n  {LONG[:79]}\n  w"),
        ("name: |\n  x", "a\n", 'name: "a\\n"'),
        ("name:", "a", "name: a"),
        ("name: ", "a", "name: a "),
        ("{name: x}", "a, b", '{name: "a, b"}'),
        ("{name: 'x'}", "a, b", "{name: 'a, b'}"),
        ('{name: "x"}', "a\nb", '{name: "a\\nb"}'),
        ("{name: , for: y}", "", '{name: "", for: y}'),
    ],
)
def test_a_text_at_the_end_or_in_brackets_is_put_there_too(before: str, value: str, after: str) -> None:
    assert edit.apply(before, edit.set_field(before, (), "name", value)) == after
