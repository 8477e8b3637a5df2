"""Keyboards of other letters: what Qt tells of a key where the system has no Latin layout beside them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from guide.kit.other_letters import PLACES

LATIN: Final = "QWERTYUIOPASDFGHJKLZXCVBNM,"
LAYOUTS: Final = {  # as X11 has them
    "ru": "йцукенгшщзфывапролдячсмитьб",
    "gr": ";ςερτυθιοπασδφγηξκλζχψωβνμ,",
    "il": "/'קראטוןםפשדגכעיחלךזסבהנמצת",
    "ara": ["ض", "ص", "ث", "ق", "ف", "غ", "ع", "ه", "خ", "ح", "ش", "س", "ي", "ب", "ل", "ا", "ت", "ن", "م", "ئ", "ء",
            "ؤ", "ر", "لا", "ى", "ة", "و"],
    "fa": "ضصثقفغعهخحشسیبلاتنمظطزرذدپو",
}  # fmt: skip
NONE: Final = Qt.KeyboardModifier.NoModifier
CONTROL: Final = Qt.KeyboardModifier.ControlModifier


def send(window: QWidget, place: str, text: str, held: Qt.KeyboardModifier = NONE, *, repeated: bool = False) -> None:
    """Press and let go a key by its place, where it types `text`, as the system hands it to a window."""
    code = next(code for code, key in PLACES.items() if key == ord(place))
    typed = "" if held & CONTROL else text
    handle = window.windowHandle()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, ord(text[0].upper()), held, code, code, 0, typed, repeated)
        QCoreApplication.sendEvent(handle, event)
    QApplication.processEvents()


def press(window: QWidget, place: str, layout: str, held: Qt.KeyboardModifier = NONE) -> None:
    """The key in the place of a Latin letter."""
    send(window, place, LAYOUTS[layout][LATIN.index(place)], held)


def press_on(window: QWidget, layout: str) -> None:
    """Press a letter that does nothing, by which the layout is known."""
    press(window, "A", layout, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
