"""Every page in every width from 800, at every text size, with the longest words: nothing cut off or outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from guide.store.settings import Theme
from looks import scenes
from looks.scenes import SMALLEST, USUAL, Act, Evening, evening, seen
from seeing import clipped, each_view, faint, in_the_longest_words, look_at

SCALES = (1.0, 1.4, 1.6)
SIZES = (SMALLEST, QSize(980, 700), USUAL)
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


@pytest.fixture(params=["English", "the longest words"])
def words(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if request.param == "English":
        yield
    else:
        with in_the_longest_words(monkeypatch):
            yield


def everywhere(one: Evening, look: Callable[[str], None]) -> None:
    """Go through the sizes of window and text on the page that is shown."""
    window = one.made.tools.window
    for scale in SCALES:
        one.made.tools.look.choose_scale(scale)
        for size in SIZES:
            window.resize(size)
            seen(one.application)
            look(f"{size.width()}x{size.height()} at {scale:.0%}")


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_cut_off_and_nothing_lies_outside(page: str, qapp: QApplication) -> None:
    found: list[str] = []

    with evening(qapp, year=page != FIRST) as one:
        PAGES[page](one)

        def look(where: str) -> None:
            for view in each_view(one.made.tools.window):
                found.extend(f"{where}: {fault}" for fault in clipped(view))

        everywhere(one, look)
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize("theme", [Theme.NIGHT, Theme.LIGHT])
@pytest.mark.parametrize("page", PAGES)
def test_every_text_can_be_read(page: str, theme: Theme, qapp: QApplication) -> None:
    with evening(qapp, theme=theme, year=page != FIRST) as one:
        PAGES[page](one)
        seen(qapp)
        found = faint(look_at(one.made.tools.window, sharp=3))
    assert not found, "\n".join(["", *found])
