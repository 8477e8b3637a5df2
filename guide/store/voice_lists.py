"""The list of a recorded voice, put together with that of another computer: what was said on either is known."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from itertools import count
from pathlib import Path, PurePath
from typing import Any, Final

RECORDED: Final = "recorded:"  # such a voice's id, before the name of its folder: see `guide.sound.voices.recorded`
LIST: Final = "voice.json"  # beside the folder of its prompts


def prompt_in(folder: PurePath, key: str) -> PurePath:
    return folder / "prompts" / f"{key}.wav"


def longer_list(here: bytes, there: bytes, folder: PurePath, files: Container[PurePath]) -> bytes | None:
    """
    The list here with the prompts that only the other one names, where `files` holds theirs, beneath `folder`.

    None where that adds none, or where the voices are two: two people may have begun with one name.
    """
    mine, theirs = _read(here), _read(there)
    if mine is None or theirs is None or not _is_the_same(mine, theirs):
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


def places_here(lists: Mapping[str, bytes], voices: Path) -> dict[str, str]:
    """
    The folder that each recorded voice of another computer has among the `voices` here, by its folder there.

    Where another person's is in the folder of that name, it is the next that is free, or has this voice already.
    """
    places: dict[str, str] = {}
    for folder, data in sorted(lists.items()):
        theirs = _read(data)
        places[folder] = folder
        if theirs is not None and not _may_be(theirs, voices / folder):
            taken = {*lists, *places.values()}
            others = (f"{folder}-{number}" for number in count(2))
            places[folder] = next(one for one in others if one not in taken and _may_be(theirs, voices / one))
    return places


def _may_be(voice: Mapping[str, Any], folder: Path) -> bool:
    """Whether the voice can be that of a folder here: no other one is known to be in it."""
    try:
        here = _read((folder / LIST).read_bytes())
    except OSError:
        return True
    return here is None or _is_the_same(here, voice)


def _is_the_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two lists are of one voice: it is called the same, or has a recording of both, whatever it is called."""
    if one.get("name") == other.get("name"):
        return True
    mine, theirs = one["prompts"], other["prompts"]
    return any(mine[key] == theirs[key] for key in mine.keys() & theirs.keys())


def _read(data: bytes) -> Mapping[str, Any] | None:
    try:
        held = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return held if isinstance(held, dict) and isinstance(held.get("prompts"), dict) else None
