"""
The tests that need no window, under Wine: `python -m tests.windows [arguments of pytest]`.

Needs Wine, and a Python for Windows that has the project's test dependencies: PYTHON_FOR_WINDOWS names its python.exe.
Where one of them is missing this says so, and ends with 77, which test runners take for "not run".
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).parents[2]
NOT_RUN: Final = 77
ROOMS: Final = ("tests/core", "tests/store", "tests/sound", "tests/live")


def main(arguments: list[str]) -> int:
    wine = shutil.which("wine") or shutil.which("wine64")
    python = os.environ.get("PYTHON_FOR_WINDOWS", "")
    if not wine or not Path(python).is_file():
        print("There is no Wine here." if not wine else "PYTHON_FOR_WINDOWS names no python.exe.", file=sys.stderr)
        return NOT_RUN
    quiet = {**os.environ, "WINEDEBUG": "-all", "QT_QPA_PLATFORM": "offscreen"}
    words = ["-m", "pytest", "-n", "0", "-p", "no:randomly", *(arguments or ROOMS)]
    return subprocess.run([wine, python, *words], cwd=PROJECT, env=quiet, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
