"""Qt's own words, in the language of the screen."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication, QFileDialog

from guide.kit.qt_words import translate_qt
from guide.language import ENGLISH, languages, speak, spoken


@pytest.fixture
def english(qapp: QApplication) -> Iterator[list[str]]:
    """What Qt's own file dialog says in English, which is spoken again afterwards."""
    choose(ENGLISH)
    yield dialog_words()
    choose(ENGLISH)


def choose(language: str) -> None:
    speak(language)
    translate_qt(language)


def dialog_words() -> list[str]:
    """What Qt's own file dialog says on its labels."""
    dialog = QFileDialog()
    return [dialog.labelText(label) for label in QFileDialog.DialogLabel]


def test_file_dialogs_speak_the_language_of_the_screen_in_each_and_anew_when_it_changes(
    english: list[str], qapp: QApplication
) -> None:
    seen = [english]
    for tag in languages():
        choose(tag)
        assert len(qapp.findChildren(QTranslator)) == (tag != ENGLISH)
        if tag != ENGLISH:
            seen.append(dialog_words())
    for before, after in itertools.combinations(seen, 2):
        assert not set(before) & set(after)
    choose(ENGLISH)
    assert dialog_words() == english


def test_file_dialogs_stay_english_where_qt_s_words_are_missing(
    english: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QLibraryInfo, "path", lambda _: str(tmp_path))
    choose("de")
    assert spoken() == "de"
    assert dialog_words() == english
