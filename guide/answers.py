"""How a command answers: by its exit code, and by a sentence where people look for one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final, Self, TextIO

from guide.core.shown import one_line, path_line
from guide.language import _
from guide.standing import is_there
from guide.store.paths import Paths

OK: Final = 0  # all of it was done
PROBLEMS: Final = 1  # something could not be, or was left out
USAGE: Final = 2  # the command was given wrongly, or nobody said yes to bringing in
ENDED_BY_SIGNAL: Final = 128  # and the signal's number, as a shell tells that
LONGEST_ANSWER: Final = 1_000  # letters; what stands in it is cut shorter before

in_a_box = False  # set by the command of a desktop's menu, which has no terminal to complain in


def complain(sentence: str, code: int = PROBLEMS) -> int:
    print(f"pumping-guide: {one_line(sentence, LONGEST_ANSWER)}", file=sys.stderr)
    if in_a_box:
        from guide.box import show

        show(sentence)
    return code


def taken(file: Path) -> str:
    """Why nothing is written under this name: a file of hers may stand there, and a terminal asks nothing first."""
    return _("{file} is there already; give it another name").format(file=path_line(file)) if is_there(file) else ""


def paths_of(options: object) -> Paths:
    return Paths.of(getattr(options, "home", None))


class Progress:
    """One line that counts, on a terminal only, and is gone when all is done."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown = 0

    def __enter__(self) -> Self:
        return self

    def tell(self, done: int, of: int) -> None:
        if self._stream.isatty():
            words = _("{done} of {of}").format(done=done, of=of)
            self._stream.write(f"\r{words:<{self._shown}}")
            self._stream.flush()
            self._shown = len(words)

    def __exit__(self, *_raised: object) -> None:
        if self._shown:
            self._stream.write("\r" + " " * self._shown + "\r")
            self._stream.flush()
