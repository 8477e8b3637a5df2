"""How the program was called, so that a hint can be typed as it stands."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import Final

COMMAND: Final = "pumping-guide"
APP_ID: Final = "org.pumpingguide.PumpingGuide"  # what desktops and app stores call it
STARTER: Final = "PUMPING_GUIDE_CALLED"  # set by start.py: the words that started it
EXAMPLE: Final = "massage-stroke-shake"  # a routine that is always there


def called() -> str:
    """
    The words that start the program here: `pumping-guide` where that is on the PATH, else as it was typed.

    >>> called()
    'pumping-guide'
    """
    if words := os.environ.get(STARTER):
        return words
    given = Path(sys.argv[0])
    if is_bundled():
        return _as_found(Path(sys.executable).with_stem(COMMAND))
    if given.name == "__main__.py" and given.parent.name == "guide":
        return f"{shlex.quote(sys.orig_argv[0])} -m guide"
    if given.stem.startswith(COMMAND):
        return _as_found(given.with_stem(COMMAND))
    return COMMAND


def _as_found(program: Path) -> str:
    from shutil import which  # only for a hint

    found = which(COMMAND)
    if found and (same := Path(found)).exists() and program.exists() and same.samefile(program):
        return COMMAND
    return shlex.quote(str(program))


def is_bundled() -> bool:
    """Whether this is a bundle, which nothing can be installed into."""
    return bool(getattr(sys, "frozen", False))


def how_to_bring(package: str) -> str:
    """The command that installs a package where this program finds it, whichever way it was installed."""
    words = [sys.executable, "-m", "pip", "install", package]
    if sys.platform == "win32":
        from subprocess import list2cmdline  # only for a hint

        return list2cmdline(words)
    return shlex.join(words)


def in_the_terminal() -> str:
    """The command that guides a session without a window."""
    return f"{called()} play {EXAMPLE}"
