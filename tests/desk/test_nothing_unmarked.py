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


def unmarked(night: Evening) -> set[str]:
    """What stands outside the brackets, but for the texts of her files and where they are."""
    tools = night.made.tools
    own = {str(tools.paths.data), "oz"}
    for one in tools.library.summaries():
        own |= {one.name, one.summary, one.for_whom}
    found = set()
    for _, text in texts_of(tools.window.body):
        for known in sorted(own - {""}, key=len, reverse=True):
            text = text.replace(known, "")  # noqa: PLW2901
        if outside_brackets(text):
            found.add(text)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_no_letter_stands_outside_the_brackets(evening: Start, qapp: QApplication, name: str) -> None:
    night = evening(voice_on=False)
    night.made.tools.preferences.change(language="en-XA")
    qapp.processEvents()
    night.made.desk.go_to(name)
    qapp.processEvents()
    assert language.spoken() == "en-XA"
    assert unmarked(night) == set()


def test_the_session_speaks_the_language_of_the_screen_beside_the_routines_own(
    evening: Start, qapp: QApplication
) -> None:
    night = evening(voice_on=False)
    night.made.tools.preferences.change(language="en-XA")
    night.well()
    qapp.processEvents()
    night.made.desk.routines.open("massage-stroke-shake", start=True)
    night.pass_time(5)
    readout = night.readout
    assert readout.title == "Pump both sides"
    for text in (readout.caption, readout.progress, readout.remaining, readout.side_words):
        assert outside_brackets(text) == "", text
