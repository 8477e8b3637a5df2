"""
The whole program in a language that nobody speaks: its catalogue, its routines and its pages of Learn.

In en-XA no plain letter is left of what can be translated; ar-XB runs from right to left (tests/languages.py).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from guide import app, commands, language
from guide.live.speech import use_language
from guide.pages.learn import desk as learn_desk
from guide.store.settings import Settings
from languages import HOME, accented, make_pseudo, mirrored

TEXTS: Final = frozenset(
    {"name", "for", "summary", "get_ready", "safety", "evidence", "title", "say", "show", "partner", "suction", "beats"}
)
CHANGES: Final[dict[str, Callable[[str], str]]] = {"en-XA": accented, "ar-XB": mirrored}
_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def _changed(value: Any, change: Callable[[str], str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {inner: _changed(held, change, inner) for inner, held in value.items()}
    if isinstance(value, list):
        return [_changed(held, change, key) for held in value]
    return change(value) if isinstance(value, str) and key in TEXTS else value


def _add_routines(folder: Path, tag: str) -> None:
    (folder / tag).mkdir()
    for path in folder.glob("*.yaml"):
        data = _changed(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader), CHANGES[tag])
        data["language"] = tag
        text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000)
        (folder / tag / path.name).write_text(text, encoding="utf-8")


@cache
def folders() -> Path:
    """`locale`, `routines` and `learn` as the program has them, for as long as this process lives."""
    folder = tempfile.TemporaryDirectory(prefix="guide-pseudo-")
    _KEPT.append(folder)
    home = Path(folder.name)
    make_pseudo(home / "locale")
    for name, source in (("routines", HOME / "routines"), ("learn", HOME / "guide" / "learn")):
        shutil.copytree(source, home / name, ignore=shutil.ignore_patterns("de", "es"))
    for tag in CHANGES:
        _add_routines(home / "routines", tag)
        _add_routines(home / "learn" / "routines", tag)
        (home / "learn" / tag).mkdir()
        for page in (home / "learn").glob("*.md"):
            lines = page.read_text(encoding="utf-8").split("\n")
            (home / "learn" / tag / page.name).write_text("\n".join(map(accented, lines)), encoding="utf-8")
    return home


@contextmanager
def nobody_speaks() -> Iterator[None]:
    """Both languages are there meanwhile; English is the screen's again afterwards."""
    home = folders()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(language, "LOCALE", home / "locale")
        for module in (app, commands):
            patched.setattr(module, "builtin_folder", lambda: home / "routines")
        patched.setattr(learn_desk, "FOLDER", home / "learn")
        language.words.cache_clear()
        learn_desk._texts.cache_clear()
        try:
            yield
        finally:
            patched.undo()
            language.words.cache_clear()
            learn_desk._texts.cache_clear()
            use_language(Settings())
