"""The examples in the docstrings of a module, asked."""

from __future__ import annotations

import doctest
import importlib
import linecache

import pytest


def failed_of(name: str, flags: int = doctest.ELLIPSIS) -> int:
    """
    How many examples of a module are not true; what is wrong is printed.

    A debugger is made for each docstring, and asks of all sources that were ever looked at whether they have changed.
    """
    module = importlib.import_module(name)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(linecache, "checkcache", lambda _=None: None)
        return doctest.testmod(module, optionflags=flags).failed
