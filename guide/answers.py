"""How a command answers: by its exit code, and by a sentence where people look for one."""

from __future__ import annotations

import sys
from typing import Final

from guide.core.shown import one_line
from guide.store.paths import Paths

OK: Final = 0
PROBLEMS: Final = 1
USAGE: Final = 2
LONGEST_ANSWER: Final = 1_000  # letters; what stands in it is cut shorter before


def complain(sentence: str, code: int = PROBLEMS) -> int:
    print(f"pumping-guide: {one_line(sentence, LONGEST_ANSWER)}", file=sys.stderr)
    return code


def paths_of(options: object) -> Paths:
    return Paths.of(getattr(options, "home", None))


def reason(error: OSError) -> str:
    return (error.strerror or "for a reason the system does not tell").lower()
