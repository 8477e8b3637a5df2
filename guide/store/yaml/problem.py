"""A mistake in a file with its place, and the fix that would mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from guide.compat import override
from guide.core.routine import Place
from guide.core.shown import path_line
from guide.language import N_, _

# Translators: the words that the problem of a file may begin with where its subject goes before them, parted by "|".
VERBS: Final = N_("is|has|does|needs|changes|falls|keeps|could")
_STEPS: Final = re.compile(r"(?:steps\[\d+\]\.?)*")
_NUMBER: Final = re.compile(r"\d+")
NO_FILE: Final = "<text>"


@dataclass(frozen=True, slots=True)
class Fix:
    """Put `text` in place of the characters from `start` to `end`; `label` is the button's text."""

    start: int
    end: int
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Problem:
    """
    A mistake in a file, with its place (line and column from 1) and the way out; `brief` tells it in fewer words where
    its message lists much.

    >>> print(Problem("mine.yaml", 14, 15, "steps[2].duration", "'5' has no unit; write '5 min' or '5 s'"))
    mine.yaml:14:15: steps[2].duration: '5' has no unit; write '5 min' or '5 s'
    """

    path: str
    line: int
    column: int
    where: str
    message: str
    fix: Fix | None = None
    brief: str = ""

    @override
    def __str__(self) -> str:
        return f"{path_line(self.path)}:{self.line}:{self.column}: {self.where}: {self.message}"

    @property
    def lacks_subject(self) -> bool:
        """Whether the message goes on from the name of what it is about, as "is empty" does."""
        return self.message.partition(" ")[0] in _(VERBS).split("|")

    @property
    def as_warning(self) -> str:
        return f"{path_line(self.path)}:{self.line}:{self.column}: {self.where}: warning: {self.message}"


def place_written(where: str) -> Place:
    """
    Find the way to the step or group a problem is told of.

    >>> place_written("steps[1].steps[0].cues[2].at"), place_written("name")
    ((1, 0), ())
    """
    return taken_apart(where)[0]


def taken_apart(where: str) -> tuple[Place, str]:
    """The way to a step or group, and the key within it."""
    steps = _STEPS.match(where)
    end = steps.end() if steps else 0
    return tuple(int(index) for index in _NUMBER.findall(where[:end])), where[end:]
