"""Texts that YAML cannot read: where each is wrong and in what words, the same from both of PyYAML's parsers."""

from __future__ import annotations

import pytest
import yaml

from guide.store.yaml.compose import _compose
from guide.store.yaml.refusal import RefusedError, refusal
from tables import each_row

QUOTE = "this quotation mark is never closed; add one at the text's end"
BACKSLASH = "a backslash between double quotes begins a code; use single quotes for a plain one"
TAG = "tags (words that begin with '!') have no place in a routine; delete it"
SEQUENCE = "this list in [ ] lacks a comma or its closing ']'"
MAPPING = "these keys in { } lack a comma or the closing '}'"
COMMA = "a comma too many, or a bracket [ { that is never closed"
COLON = "this line has no ': ' between a key and its value"
ANCHOR = "a text cannot begin with '&' or '*'; put it in quotes"
PERCENT = "lines that begin with '%' have no place in a routine; delete it"
BLOCK = "the text after '|' or '>' begins on the next line, indented by two spaces"
CLOSED = "a text goes on after its closing quotation mark; quote all of it"
AFTER = "nothing may follow '...', the end of the routine; delete this"
LEFT = "this line begins further left than the lines above; give it their indentation"
UNFIT = "this line does not fit the lines above; look at its indentation, spaces and '- '"
DEEPER = "a key does not fit here; give it the indentation of the keys above"
DASH = "a '- ' here needs a line of its own"

# the place stands after ⟨, which is taken out of the text before it is read
REFUSED = [
    ('a: ⟨"x', QUOTE),
    ("a: b\n⟨'c: d\n", QUOTE),
    ('a:\n  b: ⟨"c\n \td', QUOTE),
    ('a: ⟨"x\n---\n', QUOTE),
    ("a: ⟨'x\n...\n'", QUOTE),
    ('a: "⟨\\q"', BACKSLASH),
    ('a: "x\n\t⟨\\q"', BACKSLASH),
    ('a: "\\x⟨ZZ"', BACKSLASH),
    ('a: "\\\\⟨\\q"', BACKSLASH),
    ("a: ⟨!!\n", TAG),
    ("a: ⟨!b!c d", TAG),
    ("a: ⟨!<b", TAG),
    ("a: ⟨!%zz b", TAG),
    ("a: ⟨@b", "a text cannot begin with '@'; put it in quotes"),
    ("a: ⟨`b`", "a text cannot begin with '`'; put it in quotes"),
    ("a: ⟨[b", SEQUENCE),
    ("a: ⟨[b: c: d]", SEQUENCE),
    ("a: ⟨{b: c\nd: e\n", MAPPING),
    ("a: [⟨,]", COMMA),
    ("a: b\n⟨c\nd: e", COLON),
    ("a: b\r⟨c\rd: e", COLON),
    ("a: ⟨&\n", ANCHOR),
    ("a: ⟨*\n", ANCHOR),
    ("a: &b ⟨*c", UNFIT),
    ("⟨%YAML 3.0\n---\na: b", PERCENT),
    ("%YAML ⟨x\n---\na: b", PERCENT),
    ("⟨%YAML 1.1\na: b", PERCENT),
    ("\ufeff⟨%YAML 1.1\ra: b", PERCENT),
    ("%YAML 1.1\n⟨%YAML 1.1\n---\na: b", PERCENT),
    ("a: ⟨- b", DASH),
    ("a: | ⟨b\n  c", BLOCK),
    ("a: >⟨b", BLOCK),
    ("a: 'b' ⟨c", CLOSED),
    ('a: "b"  ⟨c', CLOSED),
    ("a: b\n...\n⟨c: d", AFTER),
    ("a: b\r...\r⟨c: d", AFTER),
    ("  a: b%\n⟨c: d", LEFT),
    ("  a: b...\n⟨c: d", LEFT),
    ("- a\n⟨b: c", UNFIT),
    ("a: ⟨]", UNFIT),
    ("\ufeffa: ⟨]", UNFIT),
    ("a: b\n  c⟨: d: e", DEEPER),
    ("a: b\n\n  c⟨: d\n", DEEPER),
    ("a: 'b'⟨: c", DEEPER),
    ("a: 'b\tc'⟨: d", DEEPER),
    ("a: |\n  b\nc: [d]⟨: e", DEEPER),
    ("a-b:c\nd⟨: e", DEEPER),
]  # fmt: skip


def refused(text: str) -> RefusedError:
    """What both parsers tell alike."""
    told: list[RefusedError] = []
    for loader in (getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader):
        with pytest.raises(RefusedError) as error:
            _compose(text, loader)
        told.append(error.value)
    by_libyaml, by_python = told
    assert vars(by_libyaml) == vars(by_python)
    return by_libyaml


@each_row(("marked", "sentence"), REFUSED)
def test_a_text_that_cannot_be_read_is_refused_at_its_place(marked: str, sentence: str) -> None:
    error = refused(marked.replace("⟨", ""))
    assert (error.start, error.message, error.fix) == (marked.index("⟨"), sentence, None)


TAB = "a tab cannot indent; use two spaces"
BLANK = "a tab stands on this blank line; delete it"
SPACES = "Change to spaces"
SPACE = "a space is missing after ':'"
INSIDE = "a ': ' stands inside this text; put the text in quotes"
QUOTES = "Put the text in quotes"

MENDED = [
    ("⟨\ta: b", TAB, SPACES, "  a: b"),
    ("a:\n⟨\t- b", TAB, SPACES, "a:\n  - b"),
    ("a: b\r⟨\tc: d", TAB, SPACES, "a: b\r  c: d"),
    ("a: b\n ⟨\tc: d", TAB, SPACES, "a: b\n   c: d"),
    ("a:\n  - b\n ⟨\t\t]", TAB, SPACES, "a:\n  - b\n   \t]"),
    ("a:\n  - ⟨\tb: c", TAB, SPACES, "a:\n  -   b: c"),
    ("a: b\n⟨\t- \tc: d", TAB, SPACES, "a: b\n  - \tc: d"),
    ("a: b\n ⟨\t \tc: d", TAB, SPACES, "a: b\n    \tc: d"),
    ("a:\n ⟨\t \n]", BLANK, "Delete it", "a:\n\n]"),
    ("a: b\n⟨\t\t \n\nc: d: e", BLANK, "Delete it", "a: b\n\n\nc: d: e"),
    ("a: b\n⟨\t\t \r\n]", BLANK, "Delete it", "a: b\n\r\n]"),
    ("a: b\r⟨\t \r]", BLANK, "Delete it", "a: b\r\r]"),
    ("a: b\nfor:⟨x\nb: c", SPACE, "Put in a space", "a: b\nfor: x\nb: c"),
    ("a:\n  - b: c\n    d:⟨e\n  - b: c", SPACE, "Put in a space", "a:\n  - b: c\n    d: e\n  - b: c"),
    ("for:⟨x\nb: c", SPACE, "Put in a space", "for: x\nb: c"),
    ("a: b\r\ny_z:⟨x\r\n\r\nb: c", SPACE, "Put in a space", "a: b\r\ny_z: x\r\n\r\nb: c"),
    ("a: b\ry:⟨x\rb: c", SPACE, "Put in a space", "a: b\ry: x\rb: c"),
    ("- -  Y:⟨x\n     d: e", SPACE, "Put in a space", "- -  Y: x\n     d: e"),
    ("\nfor:⟨x\nb: c", SPACE, "Put in a space", "\nfor: x\nb: c"),
    ("\rfor:⟨x\rb: c", SPACE, "Put in a space", "\rfor: x\rb: c"),
    ("a: b\rc: d\rfor:⟨x\rb: c", SPACE, "Put in a space", "a: b\rc: d\rfor: x\rb: c"),
    ("a: ⟨: b", INSIDE, QUOTES, 'a: ": b"'),
    ("a: b⟨: c", INSIDE, QUOTES, 'a: "b: c"'),
    ("a: b⟨: c: d # e\n", INSIDE, QUOTES, 'a: "b: c: d" # e\n'),
    ("a: b⟨: 'c' \r\nd: e", INSIDE, QUOTES, "a: \"b: 'c'\" \r\nd: e"),
    ('a:\r c-d:  e\\⟨: "f"\rg: h', INSIDE, QUOTES, 'a:\r c-d:  "e\\\\: \\"f\\""\rg: h'),
    ("- - a: b⟨: c", INSIDE, QUOTES, '- - a: "b: c"'),
    ("a:\nb: c⟨: d", INSIDE, QUOTES, 'a:\nb: "c: d"'),
    ("a: http://b⟨: c", INSIDE, QUOTES, 'a: "http://b: c"'),
]  # fmt: skip


@each_row(("marked", "sentence", "label", "mended"), MENDED)
def test_a_text_that_can_be_mended_is_refused_with_the_way(marked: str, sentence: str, label: str, mended: str) -> None:
    text = marked.replace("⟨", "")
    error = refused(text)
    fix = error.fix
    assert fix is not None
    assert (error.start, error.message, fix.label) == (marked.index("⟨"), sentence, label)
    assert text[: fix.start] + fix.text + text[fix.end :] == mended


def test_an_error_without_a_place_stands_at_the_beginning() -> None:
    error = refusal("a", 0, yaml.MarkedYAMLError())
    assert (str(error), error.start, error.message, error.fix) == (UNFIT, 0, UNFIT, None)
