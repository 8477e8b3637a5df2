from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from examples import failed_of
from guide import core

MODULES = [module.name for module in pkgutil.iter_modules(core.__path__, "guide.core.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_are_true(name: str) -> None:
    assert failed_of(name, doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL) == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder()
    found = [test for name in MODULES for test in finder.find(importlib.import_module(name)) if test.examples]
    assert len(found) > 8
