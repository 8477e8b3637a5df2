"""Keys that are letters, on keyboards of other letters: the key in the place of a letter that a layout has not."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from guide.compat import override
from guide.kit.guard import Guarded
from guide.live.keys import MODIFIED

DIGITS: Final = "1234567890"
ROWS: Final = ((2, DIGITS), (16, "QWERTYUIOP"), (30, "ASDFGHJKL"), (44, "ZXCVBNM,"))  # evdev's codes, and Windows'
DARWIN: Final = (  # macOS's virtual keys
    ("ASDFHGZXCV", range(10)),
    ("BQWERYT123465", range(11, 24)),
    ("97", range(25, 27)),
    ("80", range(28, 30)),
    ("OUIPLJK,NM", (31, 32, 34, 35, 37, 38, 40, 43, 45, 46)),
)
OF_X: Final = 8  # X11 and Wayland count evdev's codes from here on
NO_SCRIPT: Final = frozenset({QLocale.Script.AnyScript, QLocale.Script.LatinScript})


def places(platform: str) -> Mapping[int, Qt.Key]:
    """
    What stands in each place of a keyboard of the Latin alphabet.

    >>> places("linux")[24], places("win32")[16], places("darwin")[12]
    (<Key.Key_Q: 81>, <Key.Key_Q: 81>, <Key.Key_Q: 81>)
    """
    if platform == "darwin":
        return {code: Qt.Key(ord(letter)) for row, codes in DARWIN for letter, code in zip(row, codes, strict=True)}
    before = OF_X if platform.startswith("linux") else 0
    return {before + first + at: Qt.Key(ord(letter)) for first, row in ROWS for at, letter in enumerate(row)}


PLACES: Final = places(sys.platform)


def letter_of(event: QKeyEvent) -> str:
    """The letter that a key stands for, where one answers a question; else what it types."""
    return chr(event.key()) if Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z else event.text()


class OtherLetters(Guarded, QObject):
    """
    Has each key of a window that types another script's letter count as the Latin one in its place; it types its own.

    Qt finds a shortcut so only where the system has a Latin layout beside the other, and a letter without Ctrl not at
    all. A layout of other letters is known by the last one that was typed, before that by the system's language: the
    key of Q types a semicolon in Greek, as a key of a Latin layout may too. The digits count likewise with Ctrl, which
    the French type with Shift.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._other = QLocale.system().script() not in NO_SCRIPT
        if (handle := window.windowHandle()) is not None:
            handle.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() not in {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}:
            return False
        meant = self._meant(event)
        if meant is None:
            return False
        if event.type() == QEvent.Type.KeyPress and self._press_shortcut(event, meant):
            return True
        again = _with_key(event, event.type(), meant)
        QCoreApplication.sendEvent(watched, again)
        event.setAccepted(again.isAccepted())
        return True

    def _meant(self, event: QKeyEvent) -> Qt.Key | None:
        """The key in its place; None where it counts as it is."""
        place, types = PLACES.get(_code(event)), _typed(event)
        if Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z:
            if _is_latin(types) and not event.modifiers() & MODIFIED:  # else Qt may have put it for another script's
                self._other = False
            return None
        if place is None or event.key() == place or not types:
            return None
        if types.isalpha() and not _is_latin(types):
            self._other = True
            return place
        if chr(place) in DIGITS:
            return place if event.modifiers() == Qt.KeyboardModifier.ControlModifier else None
        return place if self._other and not types.isalpha() else None

    def _press_shortcut(self, event: QKeyEvent, meant: Qt.Key) -> bool:
        """As Qt does: whoever has the focus may take the key for itself, as a field takes a letter."""
        if QApplication.activePopupWidget() is not None:
            return False
        focus = QApplication.focusWidget() or self._window
        asked = _with_key(event, QEvent.Type.ShortcutOverride, meant)
        asked.ignore()
        QCoreApplication.sendEvent(focus, asked)
        if asked.isAccepted():
            return False
        keys = QKeySequence(asked.keyCombination())
        for shortcut in self._window.findChildren(QShortcut):
            if shortcut.key() == keys and _counts(shortcut, focus):
                if shortcut.autoRepeat() or not event.isAutoRepeat():
                    shortcut.activated.emit()
                return True
        return False


def _code(event: QKeyEvent) -> int:
    return event.nativeVirtualKey() if sys.platform == "darwin" else event.nativeScanCode()


def _typed(event: QKeyEvent) -> str:
    """A letter with Ctrl types nothing, or a control character."""
    text = event.text()
    return text if text.isprintable() and text else chr(event.key()) if 0 < event.key() <= sys.maxunicode else ""


def _is_latin(types: str) -> bool:
    return unicodedata.name(types[:1] or " ", "").startswith("LATIN")


def _with_key(event: QKeyEvent, kind: QEvent.Type, key: Qt.Key) -> QKeyEvent:
    """The same press as another key's."""
    native = (event.nativeScanCode(), event.nativeVirtualKey(), event.nativeModifiers())
    made = QKeyEvent(kind, key, event.modifiers(), *native, event.text(), event.isAutoRepeat(), event.count())
    made.setTimestamp(event.timestamp())
    return made


def _counts(shortcut: QShortcut, focus: QWidget) -> bool:
    """Whether it is one of what is on show and, where its context says so, of what has the focus."""
    of = shortcut.parent()
    if not shortcut.isEnabled() or not isinstance(of, QWidget) or not of.isVisible() or not of.isEnabled():
        return False
    match shortcut.context():
        case Qt.ShortcutContext.WidgetShortcut:
            return of is focus
        case Qt.ShortcutContext.WidgetWithChildrenShortcut:
            return of is focus or of.isAncestorOf(focus)
        case _:
            return True
