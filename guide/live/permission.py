"""The computer's own settings of the microphone: where a system that refuses it can be told otherwise."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import Final

LINUX: Final = (("gnome-control-center", "sound"), ("systemsettings", "kcm_pulseaudio"), ("pavucontrol",))


def opening(platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which) -> tuple[str, ...] | None:
    """
    The command that opens them; None where none is known.

    >>> opening("darwin")
    ('open', 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone')
    >>> opening("linux", {"pavucontrol": "/usr/bin/pavucontrol"}.get), opening("linux", {}.get)
    (('pavucontrol',), None)
    """
    match platform:
        case "darwin":
            return "open", "x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone"
        case "win32":
            return "explorer.exe", "ms-settings:privacy-microphone"
        case _:
            return next((command for command in LINUX if which(command[0])), None)


def run(command: tuple[str, ...]) -> None:
    """Not on the window's thread; where it cannot be run, nothing opens, and she sees so."""
    with contextlib.suppress(OSError):
        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
