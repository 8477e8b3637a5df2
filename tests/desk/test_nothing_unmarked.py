"""Every page in en-XA, where all that goes through gettext stands in brackets: no letter stands outside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from evenings import Evening
from guide import language
from guide.live.speech import use_language
from guide.store.settings import Settings
from languages import make_pseudo
from walking import outside_brackets, texts_of

Start = Callable[..., Evening]
# texts of files stay in their own language: routines, Learn, what she wrote herself
PAGES = ("routines", "history", "settings")


@pytest.fixture(autouse=True)
def nobody_speaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    make_pseudo(tmp_path / "locale")
    monkeypatch.setattr(language, "LOCALE", tmp_path / "locale")
    language.words.cache_clear()
    yield
    monkeypatch.undo()
    language.words.cache_clear()
    use_language(Settings())


def unmarked(night: Evening, known: frozenset[str]) -> set[str]:
    page = night.made.tools.window.body
    return {text for _, text in texts_of(page) if outside_brackets(text) and outside_brackets(text) not in known}


@pytest.mark.parametrize("name", PAGES)
def test_no_letter_stands_outside_the_brackets(evening: Start, qapp: QApplication, name: str) -> None:
    night = evening(voice_on=False)
    night.made.tools.preferences.change(language="en-XA")
    qapp.processEvents()
    night.made.desk.go_to(name)
    qapp.processEvents()
    of_files = {one.name for one in night.made.tools.library.entries()}
    of_files |= {one.summary for one in night.made.tools.library.summaries()}
    assert language.spoken() == "en-XA"
    assert unmarked(night, frozenset(of_files)) == set()
