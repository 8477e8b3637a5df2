"""The small schemas that a routine's keys are checked by, and the text that a new routine begins as."""

from __future__ import annotations

import re

import pytest

from guide.compat import override
from guide.core.words import ENGLISH, Words
from guide.store.routines.patterns import any_case, items_schema, pattern_schema, text_schema
from guide.store.routines.template import new_routine
from tables import each_row


@each_row(("word", "pattern"), [("", ""), ("s", "[sS]"), ("wait", "[wW][aA][iI][tT]")])
def test_a_word_is_known_in_small_and_large_letters(word: str, pattern: str) -> None:
    assert any_case(word) == pattern


def test_a_text_is_anything_that_yaml_leaves_unquoted() -> None:
    assert text_schema(80) == {"type": ["string", "number", "boolean"], "maxLength": 80}


@pytest.mark.parametrize(
    ("forms", "pattern"), [(("a",), r"^\s*(?:a)\s*$"), (("a+", "b"), r"^\s*(?:a+|b)\s*$")]
)  # fmt: skip
def test_a_pattern_takes_each_of_its_forms_whole(forms: tuple[str, ...], pattern: str) -> None:
    assert pattern_schema(*forms) == {"type": "string", "pattern": pattern}
    assert re.search(pattern, " a\n")
    assert not re.search(pattern, "ab c")


def test_a_list_names_what_it_holds_and_its_bounds() -> None:
    held = {"type": "array", "maxItems": 50, "items": {"$ref": "#/$defs/cue"}}
    assert items_schema("cue", 50) == held
    assert items_schema("cue", 50, 1) == {**held, "minItems": 1}


NEW = """\
format: 1
name: My routine
language: en
# Lines that begin with '#' are notes for yourself; the editor keeps them.
get_ready:
  - Water within reach
steps:
  - kind: massage
    side: both
    duration: 1 min
    say: Small circles, from the ribs inward.
  - kind: pump
    side: both
    duration: 5-7 min
    until: milk slows
    say: Start both pumps. Let your shoulders drop.
    show: Start both pumps, and let your shoulders drop.
  - kind: rest
    duration: 1 min
    say: Pumps off. Breathe out.
"""


class Shouted(Words):
    @override
    def gettext(self, message: str) -> str:
        return message.upper()


def test_a_new_routine_is_english_unless_another_language_is_asked_for() -> None:
    assert new_routine() == NEW == new_routine("en", ENGLISH)
    shouted = new_routine("de", Shouted()).splitlines()
    assert shouted[1:3] == ["name: MY ROUTINE", "language: de"]
    assert [line.strip() for line in shouted if "POUR" in line or "WATER" in line] == ["- WATER WITHIN REACH"]
