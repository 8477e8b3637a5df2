"""From the first start to Settings in her language: none of the program's English is shown, told or said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import pytest
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from evenings import Evening
from guide.core.asked import asides
from guide.core.session import Running
from guide.language import languages
from guide.pages.language.page import LanguagePage
from guide.pages.ready.page import ReadyPage
from guide.pages.routines.page import LibraryPage
from guide.pages.session.page import SessionPage
from guide.store.paths import Paths
from guide.store.settings import Settings, save
from languages import catalogue_of, written
from walking import texts_of

ROUTINE = "hands-on-pumping"
ENOUGH = 8  # letters: a shorter text is looked for as a whole only, a longer one within others too
ITS_OWN_NAME = "the name of this language, in itself"
PLACES = re.compile(r"\{[^{}]*\}")
PARTS = re.compile(r"\s*[·\t\n]\s*")


def letters(text: str) -> int:
    return sum(letter.isalpha() for letter in PLACES.sub("", text))


def forms(words: str | Sequence[str] | None) -> list[str]:
    """The singular and the plural, where there are two."""
    return [words] if isinstance(words, str) else list(words or ())


@cache
def english(tag: str) -> tuple[set[str], list[str]]:
    """What a language says in other words: whole texts, and what is long enough to be known within one."""
    messages = [one for one in catalogue_of(written()[tag]) if one.id and one.context != ITS_OWN_NAME]
    hers = {text for one in messages for text in forms(one.string)}
    whole = {text for one in messages for text in forms(one.id) if text not in hers and letters(text) > 1}
    parts = {max(PLACES.split(text), key=letters).strip() for text in whole}
    in_use = "\n".join(hers)
    return whole, sorted(part for part in parts if letters(part) >= ENOUGH and part not in in_use)


def english_in(text: str, tag: str) -> str:
    """The English of a shown text, where the language has other words for it."""
    whole, parts = english(tag)
    pieces = (piece for piece in (text, *PARTS.split(text)) if piece in whole)
    return next(pieces, "") or next((part for part in parts if part in text), "")


def through_a_night(night: Evening, tag: str) -> Iterator[str]:
    """Go from page to page as she would, and say the name of each as soon as it is there."""
    window, desk = night.made.tools.window, night.made.desk
    next(one for one in night.page(LanguagePage).buttons if one.text() == languages()[tag]).click()
    QApplication.processEvents()
    yield "language"
    night.page(LanguagePage).go_on.click()
    QApplication.processEvents()
    yield "library"
    desk.routines.open("Gentle-dax")
    yield "a banner"
    night.page(LibraryPage).ready_asked.emit(ROUTINE)
    yield "get ready, asked"
    night.page(ReadyPage).sore_answered.emit(False)
    yield "get ready"
    QTest.keyClick(night.page(ReadyPage).start, Qt.Key.Key_Space)
    page = night.page(SessionPage)
    for place in range(night.readout.steps):
        night.pass_time(3)
        yield f"step {place + 1}"
        for key in (Qt.Key.Key_Space, Qt.Key.Key_H) if place < 2 else ():
            QTest.keyClick(page, key)
            yield f"step {place + 1}, {page.state}"
            QTest.keyClick(page, Qt.Key.Key_Space)
        if night.readout.mark is not None:
            break
        QTest.keyClick(page, Qt.Key.Key_Right)
    QTest.keyClick(page, Qt.Key.Key_M)
    yield "milk slowed"
    page.ask_to_finish()
    assert page.dialog is not None
    yield "finish here?"
    page.dialog.leave()
    window.close()
    assert window.dialog is not None
    yield "close"
    window.dialog.choose("finish")
    desk.finish.show(night.made.tools.log.records(limit=1)[0])
    yield "finish"
    for name in ("history", "learn", "settings"):
        desk.go_to(name)
        yield name


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a screen reader is asked to say beside the names of what it comes upon."""
    said: list[str] = []
    event = QtGui.QAccessibleAnnouncementEvent

    def announced(widget: QWidget, text: str) -> QtGui.QAccessibleAnnouncementEvent:
        said.append(text)
        return event(widget, text)

    monkeypatch.setattr(QtGui, "QAccessibleAnnouncementEvent", announced)
    QtGui.QAccessible.setActive(True)
    yield said
    QtGui.QAccessible.setActive(False)


@pytest.mark.parametrize("tag", ["de", "es"])
def test_english_is_found_whole_as_a_part_and_with_its_places_filled(tag: str) -> None:
    for text in ("Get ready", "3 · Get ready", "There is no routine 'x'; did you mean 'y'?"):
        assert english_in(text, tag)
    some = [one for one in catalogue_of(written()[tag]) if one.id][::20]
    assert not any(english_in(text, tag) for message in some for text in forms(message.string))


@pytest.mark.parametrize("tag", ["de", "es"])
def test_no_english_is_shown_told_or_said_from_the_first_start_to_settings(
    tag: str, paths: Paths, qtbot: QtBot, told: list[str]
) -> None:
    save(paths.settings, Settings(voice_on=False, full_screen_at_start=False))
    night = Evening(paths, qtbot).begin(first=True)
    found: dict[str, str] = {}
    seen: set[str] = set()
    for place in through_a_night(night, tag):
        session = night.made.tools.conductor.session
        plan = session.plan if isinstance(session, Running) else None
        said = (*plan.prompts, *asides(plan)) if plan is not None else ()
        shown = {text: who for who, text in texts_of(night.made.tools.window)}
        for text, who in {**shown, **dict.fromkeys(told, "told"), **dict.fromkeys(said, "said")}.items():
            if text not in seen and (named := english_in(text, tag)):
                found[f"{who}: {text}"] = f"{place}: {named}"
            seen.add(text)
    night.end()
    assert told
    assert not found, "\n".join(["", *(f"{place} in {text}" for text, place in found.items())])
