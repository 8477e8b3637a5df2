"""What stands on the disk, asked for with any name whatever."""

from __future__ import annotations

from pathlib import Path


def is_file(path: Path) -> bool:
    """Whether a file stands there; a name that no file can have (too long, with a NUL in it) names none."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # before Python 3.14 some of these are raised
        return False


def is_folder(path: Path) -> bool:
    """Whether a folder stands there, likewise."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_there(path: Path) -> bool:
    """Whether anything stands there, a link followed; False where its folder has no rights."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
