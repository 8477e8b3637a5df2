"""A plugin of pytest: what the program's functions remembered while tests were collected is forgotten, once."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import ModuleType


def pytest_collection_finish() -> None:
    """Before a mutant is asked: what the function as it stood has given would be given again in its place."""
    forget(module for name, module in sys.modules.items() if name.partition(".")[0] == "guide")


def forget(modules: Iterable[ModuleType]) -> None:
    for module in list(modules):
        for value in list(vars(module).values()):
            if callable(clear := getattr(value, "cache_clear", None)):
                clear()
