"""A sentence in a box of the system's own, where no window of ours could open and no terminal is there."""

from __future__ import annotations

import subprocess
import sys
from shutil import which
from typing import Final

TITLE: Final = "Pumping Guide"


def show(sentence: str) -> None:
    """Show it and wait until it is read; where there is nothing to show it with, it stays unsaid."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, sentence, TITLE, 0x10)  # an error's sign, and OK
        return
    for words in boxes(sentence):
        if which(words[0]) and subprocess.run(words, capture_output=True, check=False).returncode == 0:  # noqa: S603
            return


def boxes(sentence: str) -> list[list[str]]:
    """What shows a sentence, the best first."""
    if sys.platform == "darwin":
        script = "on run words\ndisplay alert (item 1 of words) message (item 2 of words)\nend run"
        return [["osascript", "-e", script, TITLE, sentence]]
    return [
        ["zenity", "--error", "--no-markup", f"--title={TITLE}", f"--text={sentence}"],
        ["kdialog", "--title", TITLE, "--error", sentence],
        ["notify-send", TITLE, sentence],
        ["xmessage", "-center", sentence],
    ]
