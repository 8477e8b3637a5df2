"""The copy of a module that mutation testing changes: each function is a plain one, and none knows an answer yet."""

from __future__ import annotations

import ast
from types import ModuleType

import pytest

from mutation import anew
from mutation.__main__ import laid_open
from tables import each_row

CACHED = """
from functools import cache, lru_cache

ASKED = []

@cache
def one(number):
    ASKED.append(number)
    return number + 1
"""
BOUNDED = CACHED.replace("@cache", "@lru_cache(maxsize=2)  # of two numbers")
LONG = CACHED.replace("@cache", "@lru_cache(\n    maxsize=2,\n)")
PROPERTY = """
class Held:
    @property
    def one(self):
        return 1

    @property
    def two(self):
        return 2
"""


def made(text: str) -> ModuleType:
    module = ModuleType("made")
    exec(text, vars(module))  # noqa: S102  a text of this file
    return module


@each_row("text", [CACHED, BOUNDED, LONG, PROPERTY])
def test_what_is_laid_open_has_no_decorator_left(text: str) -> None:
    functions = [node for node in ast.walk(ast.parse(laid_open(text))) if isinstance(node, ast.FunctionDef)]
    assert functions
    assert not any(node.decorator_list for node in functions)


@each_row("text", [CACHED, BOUNDED, LONG])
def test_a_function_laid_open_still_remembers_until_it_is_told_to_forget(text: str) -> None:
    module = made(laid_open(text))
    assert [module.one(1), module.one(1)] == [2, 2]
    assert module.ASKED == [1]
    anew.forget([module])
    assert module.one(1) == 2
    assert module.ASKED == [1, 1]


def test_a_property_laid_open_is_read_as_before() -> None:
    held = made(laid_open(PROPERTY)).Held()
    assert (held.one, held.two) == (1, 2)


@pytest.mark.parametrize("text", ["@staticmethod\ndef one(): ...\n", "@other\n@cache\ndef one(): ...\n"])
def test_a_function_under_another_decorator_or_under_two_stays_as_it_is(text: str) -> None:
    assert laid_open(text) == text
