"""What the built-in routines are called in every language: a session names its routine in that of the screen."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from guide.language import ENGLISH, languages, spoken, translated

NAME: Final = re.compile(r"^name: *[\"']?(.*?)[\"']? *$", re.MULTILINE)


@lru_cache(maxsize=64)
def names_of(folder: Path, routine_id: str) -> dict[str, str]:
    """By language; none where this is no routine of the folder."""
    path, found = folder / f"{routine_id}.yaml", dict[str, str]()
    if Path(routine_id).name != routine_id:
        return found
    for language in languages():
        there = translated(path, language)
        if language != ENGLISH and there == path:
            continue
        with suppress(OSError, ValueError):
            name = NAME.search(there.read_text(encoding="utf-8"))
            if name is not None:
                found[language] = name[1]
    return found


def shown_name(folder: Path, routine_id: str, logged: str) -> str:
    """
    The name of a session's routine, in the language of the screen if it is a built-in one of this `folder`.

    A name that is none of the built-in's was given by her: it stays.
    """
    if not routine_id or not logged:
        return logged
    names = names_of(folder, routine_id)
    return names.get(spoken(), names.get(ENGLISH, logged)) if logged in names.values() else logged
