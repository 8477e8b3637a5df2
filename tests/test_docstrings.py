"""Every example in a docstring is true, in each module that has one; those of the core are asked in its own room."""

from __future__ import annotations

from pathlib import Path

import pytest

from examples import failed_of

HOME = Path(__file__).parents[1]
MODULES = [
    ".".join(path.relative_to(HOME).with_suffix("").parts)
    for path in sorted((HOME / "guide").rglob("*.py"))
    if path.parent.name != "core" and ">>> " in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    assert failed_of(name) == 0


def test_there_are_examples_to_ask() -> None:
    assert len(MODULES) > 40
