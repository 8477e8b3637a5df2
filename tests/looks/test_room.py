"""Every page from 800x560 and at every text size: nothing is cut off, nothing lies outside, all can be read."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from guide.pages.finish.page import FinishPage
from guide.pages.routines.page import LibraryPage
from guide.store.glance import ThemeSetting
from looks import scenes
from looks.scenes import SMALLEST, USUAL, Act, Evening, evening, seen
from seeing import borrowed, clipped, each_view, faint, look_at

CORNERS = ((USUAL, 1.0), (SMALLEST, 1.6))  # the room most have, and the least for the longest words
ALL_CORNERS = ((SMALLEST, 1.0), *CORNERS, (USUAL, 1.4))
GROWN = ((USUAL, 1.4),)  # where pages change from two columns to one
LONGEST = ("library", "get ready", "pump after the mark", "it hurts", "history", "editor", "settings")
FIRST = "first start"
PAGES: dict[str, Act] = {
    FIRST: scenes.library,
    "library": scenes.library,
    "get ready": scenes.ready,
    "massage": scenes.massage,
    "pump before the mark": scenes.pump_before,
    "pump after the mark": scenes.pump_after,
    "paused": scenes.paused,
    "it hurts": scenes.hurts,
    "welcome back": scenes.welcome_back,
    "finish": scenes.finish,
    "history": scenes.history,
    "editor": scenes.editor,
    "learn": partial(scenes.learn, "no-milk-coming"),
    "care card": partial(scenes.learn, "care-card"),
    "settings": scenes.settings,
}


EVERY_CORNER = bool(os.environ.get("GUIDE_EVERY_CORNER"))  # all pages in four corners: ten minutes
Corners = tuple[tuple[QSize, float], ...]
ROOM = [
    *(pytest.param(page, CORNERS, id=page) for page in LONGEST),
    pytest.param("get ready", GROWN, id="get ready with grown text"),
    *(pytest.param(page, ALL_CORNERS, id=f"{page} in every corner") for page in PAGES if EVERY_CORNER),
]


def everywhere(one: Evening, corners: Corners, look: Callable[[str], None]) -> None:
    """Go through the sizes of window and text on the page that is shown."""
    window = one.made.tools.window
    for size, scale in corners:
        one.made.tools.look.choose_scale(scale)
        window.resize(size)
        seen(one.application)
        look(f"{size.width()}x{size.height()} at {scale:.0%}")


@pytest.mark.parametrize(("page", "corners"), ROOM)
def test_nothing_is_cut_off_and_nothing_lies_outside(page: str, corners: Corners, qapp: QApplication) -> None:
    found: list[str] = []

    with evening(qapp, year=page != FIRST) as one:
        PAGES[page](one)

        def look(where: str) -> None:
            for view in each_view(one.made.tools.window):
                found.extend(f"{where}: {fault}" for fault in (*clipped(view), *borrowed(view)))

        everywhere(one, corners, look)
    assert not found, "\n".join(["", *found])


def unreadable(one: Evening) -> list[str]:
    """Every text of the page on show that stands out too little, in both themes."""
    found: list[str] = []
    for theme in (ThemeSetting.NIGHT, ThemeSetting.LIGHT):
        one.made.tools.preferences.change(theme=theme)
        seen(one.application)
        found += [f"{theme}: {fault}" for fault in faint(look_at(one.made.tools.window, sharp=3))]
    return found


@pytest.mark.parametrize("scale", [1.3, 1.6])
@pytest.mark.parametrize("year", [False, True])
@pytest.mark.parametrize("tag", ["en", "de", "es"])
def test_in_the_smallest_window_with_large_text_start_is_whole_beneath_a_message_and_without_one(
    tag: str, year: bool, scale: float, qapp: QApplication
) -> None:
    with evening(qapp, language=tag, text_scale=scale, year=year) as one:
        window = one.made.tools.window
        window.resize(SMALLEST)
        for message in ("", "No sound can be heard: there is no speaker ready. The words go on, as does all else."):
            if message:
                window.banner.tell(message)
            seen(qapp)
            page = window.page("routines")
            assert isinstance(page, LibraryPage)
            assert page.hero.start.visibleRegion().boundingRect() == page.hero.start.rect(), message


@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_in_a_low_window_the_amount_of_the_left_is_whole_and_all_keys_stay_in_their_order(
    scale: float, qapp: QApplication
) -> None:
    with evening(qapp, text_scale=scale) as one:
        window = one.made.tools.window
        window.resize(SMALLEST)
        scenes.finish(one)
        seen(qapp)
        page = window.page("finish")
        assert isinstance(page, FinishPage)
        edit = page.left.edit
        assert qapp.focusWidget() is edit
        assert edit.visibleRegion().boundingRect() == edit.rect()
        for size in (USUAL, SMALLEST):
            page.keep.setFocus()
            window.resize(size)
            seen(qapp)
            assert page.keep.hasFocus()
            assert page.isAncestorOf(page.keep)
            QTest.keyClick(page.keep, Qt.Key.Key_Backtab)
            assert page.save.hasFocus()
