"""Work in small steps, between which whoever asked for it may do something else."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import Any, Final, TypeVar

T = TypeVar("T")

TOGETHER: Final = 250  # sessions of one step, which takes some 30 ms


def at_one_go(steps: Generator[Any, None, T]) -> T:
    """What comes of work in small steps, done to its end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            done: T = end.value
            return done


def in_parts(things: Sequence[T], most: int = TOGETHER) -> Iterator[Sequence[T]]:
    """
    Those of each step.

    >>> list(in_parts("abcde", 2))
    ['ab', 'cd', 'e']
    """
    return (things[first : first + most] for first in range(0, len(things), most))
