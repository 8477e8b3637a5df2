"""The pages' names along the top of the window, at every text size."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from guide.kit.look import Look
from guide.kit.nav import Brand


@pytest.mark.parametrize("scale", [0.9, 1.3, 1.6])
def test_the_mark_keeps_clear_of_the_name_when_the_text_size_changes(look: Look, qtbot: QtBot, scale: float) -> None:
    brand = Brand(look=look)
    qtbot.addWidget(brand)
    brand.show()
    look.choose_scale(scale)
    brand.updateGeometry()
    brand.adjustSize()
    assert brand._name.x() == look.px(40)
