"""The pages' names along the top of the window, at every text size."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from guide.kit.look import Look
from guide.kit.nav import Brand, Nav
from guide.language import languages, speak


@pytest.mark.parametrize("scale", [0.9, 1.3, 1.6])
def test_the_mark_keeps_clear_of_the_name_when_the_text_size_changes(look: Look, qtbot: QtBot, scale: float) -> None:
    brand = Brand(look=look)
    qtbot.addWidget(brand)
    brand.show()
    look.choose_scale(scale)
    brand.updateGeometry()
    brand.adjustSize()
    assert brand._name.x() == look.px(40)


@pytest.mark.parametrize("tag", languages())
@pytest.mark.parametrize("scale", [0.9, 1.0, 1.6])
@pytest.mark.parametrize("width", [640, 800, 1160])
def test_all_names_are_in_letters_of_one_size_and_whole_within_the_window(
    look: Look, qtbot: QtBot, tag: str, scale: float, width: int
) -> None:
    speak(tag)
    nav = Nav(look=look)
    qtbot.addWidget(nav)
    look.choose_scale(scale)
    nav.resize(width, nav.height())
    nav.show()
    buttons = list(nav.buttons.values())
    sizes = {button._text_font().pixelSize() for button in buttons}
    assert len(sizes) == 1
    assert width < 800 or sizes.pop() >= int(17 * min(scale, 1))
    for button in buttons:
        assert QFontMetricsF(button._text_font()).horizontalAdvance(button.text()) <= button.width() - 12
    assert nav.theme.geometry().right() < width
