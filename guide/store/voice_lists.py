"""The list of a recorded voice, put together with that of another computer: what was said on either is known."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from pathlib import PurePath
from typing import Any, Final

LIST: Final = "voice.json"  # beside the folder of its prompts


def prompt_in(folder: PurePath, key: str) -> PurePath:
    return folder / "prompts" / f"{key}.wav"


def longer_list(here: bytes, there: bytes, folder: PurePath, files: Container[PurePath]) -> bytes | None:
    """
    The list here with the prompts that only the other one names, where `files` holds theirs, beneath `folder`.

    None where that adds none, or where the voices have two names: two people may have begun with one.
    """
    mine, theirs = _read(here), _read(there)
    if mine is None or theirs is None or mine.get("name") != theirs.get("name"):
        return None
    more = {
        key: prompt
        for key, prompt in theirs["prompts"].items()
        if key not in mine["prompts"] and prompt_in(folder, key) in files
    }
    if not more:
        return None
    both = {**mine, "prompts": {**mine["prompts"], **more}}
    return json.dumps(both, indent=2).encode()


def _read(data: bytes) -> Mapping[str, Any] | None:
    try:
        held = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return held if isinstance(held, dict) and isinstance(held.get("prompts"), dict) else None
