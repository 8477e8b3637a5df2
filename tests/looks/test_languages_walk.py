"""Every page, dialog and sheet of one start in the languages nobody speaks: nothing unmarked, nothing cut off."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import chain

import pytest
from PySide6.QtWidgets import QApplication

from guide import language
from guide.hear.meaning import Meaning
from guide.pages.along.place import folder_for_sounds, folder_words
from guide.pages.voices import studio_desk
from looks.scenes import SMALLEST, Evening, evening, plan_of, seen
from pseudo import nobody_speaks
from seeing import clipped, each_view, look_at
from walking import plain_letters, texts_of, through_a_session, through_learn, through_the_editor, through_the_pages

LEARN = ("no-milk-coming", "care-card")
HERS = ("warm cloth first", "beside her", "nothing is called this 77", "Robin", "pmup")
FILES = ("others.csv", "broken.yaml", "broken", "Broken", "Date", "Left (oz)", "Right (oz)", "Mood", "good", "so so")
NAMES = ("Heart", "eSpeak NG", "masage")


@pytest.fixture
def no_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studio_desk, "device_names", tuple)


def everywhere(one: Evening) -> Iterator[str]:
    return chain(through_the_pages(one), through_learn(one, LEARN), through_the_editor(one), through_a_session(one))


def of_files(one: Evening) -> list[str]:
    """Names of hers and of files: they are what they are in every language."""
    routines = [plan_of(name).routine.name for name in ("massage-stroke-shake", "hands-on-pumping")]
    folders = (str(one.paths.data), folder_words(folder_for_sounds("")))
    return sorted((*folders, *routines, *HERS, *FILES, *NAMES), key=len, reverse=True)


def without(text: str, names: list[str]) -> str:
    for name in names:
        text = text.replace(name, "")
    return text


@pytest.mark.usefixtures("no_devices")
@pytest.mark.e2e  # a walk of six seconds; from the first start to Settings test_her_language walks
def test_no_plain_letter_is_left_on_any_page(qapp: QApplication) -> None:
    found: dict[str, str] = {}
    with nobody_speaks(), evening(qapp, language="en-XA", voice_on=False) as one:
        assert language.spoken() == "en-XA"
        names = of_files(one)
        for place in everywhere(one):
            seen(qapp)
            for who, text in texts_of(one.made.tools.window):
                if who != "EditorPage" and plain_letters(without(text, names)):
                    found.setdefault(f"{who}: {text}", place)
    assert not found, "\n".join(["", *(f"{place}: {text}" for text, place in found.items())])


@pytest.mark.usefixtures("no_devices")
@pytest.mark.parametrize("tag", ["en-XA", "ar-XB"])
def test_the_narrowest_places_have_room_for_the_longest_words(tag: str, qapp: QApplication) -> None:
    """A few of the places below: a dialog of three answers, a panel that counts, a card beside others."""
    with nobody_speaks(), evening(qapp, language=tag, voice_on=False, text_scale=1.6, year=False) as one:
        window, desk = one.made.tools.window, one.made.desk
        window.resize(SMALLEST)
        found: list[str] = []

        def look(place: str) -> None:
            seen(qapp)
            found.extend(f"{place}: {fault}" for fault in clipped(look_at(window)))
            if window.dialog is not None:
                window.dialog.leave()

        desk.settings._erase()
        look("erase everything")
        desk.words.show()
        look("her words")
        desk.words.teach(Meaning.NEXT)
        look("teach a word")
        desk.words.leave()
    assert not found, "\n".join(["", *found])


@pytest.mark.skipif(not os.environ.get("GUIDE_EVERY_CORNER"), reason="a minute a language: GUIDE_EVERY_CORNER=1")
@pytest.mark.timeout(600)
@pytest.mark.usefixtures("no_devices")
@pytest.mark.parametrize("tag", ["en-XA", "ar-XB"])
def test_nothing_is_cut_off_in_the_longest_words_and_from_right_to_left(tag: str, qapp: QApplication) -> None:
    found: dict[str, str] = {}
    with nobody_speaks(), evening(qapp, language=tag, voice_on=False, text_scale=1.6) as one:
        window = one.made.tools.window
        for place in everywhere(one):
            window.resize(SMALLEST)
            seen(qapp)
            for view in each_view(window):
                for fault in clipped(view):
                    found.setdefault(fault, place)
    assert not found, "\n".join(["", *(f"{place}: {fault}" for fault, place in found.items())])
