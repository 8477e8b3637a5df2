"""
A table asked by one test: `each_row` stands where `pytest.mark.parametrize` would, and tells of every row that fails.

A case of its own costs some milliseconds of pytest's, which is more than most rows take. Rows share what fixtures give,
so a table whose rows need a folder or a patch of their own stays parametrised.
"""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from _pytest.mark.structures import ParameterSet

Test: TypeAlias = Callable[..., None]
Ids: TypeAlias = Callable[[Any], object] | Iterable[str] | None


def each_row(names: str | Sequence[str], values: Iterable[Any], *, ids: Ids = None) -> Callable[[Test], Test]:
    """
    Ask the test of each row; all arguments are those of `pytest.mark.parametrize`.

    >>> @each_row(("number", "double"), [(1, 2), (2, 5), (3, 6)])
    ... def test(number, double):
    ...     assert double == 2 * number, f"twice {number} is not {double}"
    >>> test()
    Traceback (most recent call last):
    AssertionError: 1 of 3 rows fail:
    [2-5] <doctest tables.each_row[0]>:3: AssertionError: twice 2 is not 5
    """
    parts = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    listed = list(values)
    named = [None] * len(listed) if ids is None or callable(ids) else list(ids)
    told = ids if callable(ids) else str
    table = [_row(value, len(parts), name, told) for value, name in zip(listed, named, strict=True)]
    assert table, "a table without rows holds nothing"

    def decorate(test: Test) -> Test:
        @wraps(test)
        def asked(**given: Any) -> None:
            failed = [
                f"[{name}] {failure}"
                for name, row in table
                if (failure := _failure(test, {**given, **dict(zip(parts, row, strict=True))}))
            ]
            if failed:
                raise AssertionError("\n".join([f"{len(failed)} of {len(table)} rows fail:", *failed]))

        taken = inspect.signature(test)
        left = [parameter for name, parameter in taken.parameters.items() if name not in parts]
        assert len(left) == len(taken.parameters) - len(parts), f"{test.__name__} does not take {parts}"
        vars(asked)["__signature__"] = taken.replace(parameters=left)
        return asked

    return decorate


def _row(value: Any, width: int, name: str | None, told: Callable[[Any], object]) -> tuple[str, tuple[Any, ...]]:
    if isinstance(value, ParameterSet):
        assert not value.marks, "a row has no marks"
        name, value = str(value.id) if value.id else name, value.values
    elif width == 1:
        value = (value,)
    assert len(value) == width, f"{value!r} has not {width} parts"
    return name or "-".join(_short(told(part) or part) for part in value), tuple(value)


def _short(part: object) -> str:
    told = str(part)
    return told if len(told) < 60 else f"{told[:60]}…"


def _failure(test: Test, given: dict[str, Any]) -> str:
    """What a row fails with, and in which line of the test's file; nothing where it holds."""
    try:
        test(**given)
    except pytest.skip.Exception as skipped:
        return f"no row may be skipped, for then none after it is asked: {skipped.msg}"
    except (Exception, pytest.fail.Exception) as failure:  # noqa: BLE001  # whatever it is, the other rows are asked too
        file = inspect.unwrap(test).__code__.co_filename
        steps = traceback.extract_tb(failure.__traceback__)
        lines = [f"{Path(file).name}:{step.lineno}: " for step in steps if step.filename == file and step.line]
        return "".join([*lines[-1:], *traceback.format_exception_only(failure)]).rstrip()
    return ""
