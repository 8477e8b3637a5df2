"""Keys: which key asks for what in a session, on any keyboard's layout, and the keys she has taught."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from guide.live.intents import Intent, named
from guide.live.keys import KEYS, MODIFIED

LETTERS: Final = (Qt.Key.Key_R, Qt.Key.Key_P, Qt.Key.Key_Q, Qt.Key.Key_H, Qt.Key.Key_M, Qt.Key.Key_U)
# where they stand: evdev's codes and 8 (X11, Wayland), Windows' scan codes, macOS's virtual keys
CODES: Final[Mapping[str, tuple[int, ...]]] = {
    "linux": (27, 33, 24, 43, 58, 30),
    "win32": (19, 25, 16, 35, 50, 22),
    "darwin": (15, 35, 12, 4, 46, 32),
}
OF_THE_FOCUS: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})


def asked_by(event: QKeyEvent, own: Mapping[str, Intent]) -> Intent | None:
    """What a key asks for: by her own keys first, then by the program's."""
    if event.modifiers() & MODIFIED:
        return None
    key = Qt.Key(event.key())
    name = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText).lower()
    return own.get(name) or KEYS.get(key) or KEYS.get(_in_its_place(event))


class HeldKeys:
    """
    Tells a key that is held from one that is pressed again.

    X11 repeats a held key by a release and a press of one moment. Qt finds the two as long as it reads them together;
    on a slow machine it does not, and takes the press for one of its own.
    """

    def __init__(self) -> None:
        self._released: dict[int, int] = {}

    def release(self, event: QKeyEvent) -> None:
        self._released[event.key()] = event.timestamp()

    def repeats(self, event: QKeyEvent) -> bool:
        at = event.timestamp()
        return event.isAutoRepeat() or (at > 0 and self._released.get(event.key()) == at)


def _in_its_place(event: QKeyEvent) -> Qt.Key:
    """The letter that stands there on a Latin keyboard, where the layout types another script's letter with the key."""
    text = event.text()
    if text.isascii() or not text.isalpha() or unicodedata.name(text[0], "").startswith("LATIN"):
        return Qt.Key.Key_unknown
    platform = "linux" if sys.platform.startswith("linux") else sys.platform
    code = event.nativeVirtualKey() if platform == "darwin" else event.nativeScanCode()
    return dict(zip(CODES.get(platform, ()), LETTERS, strict=False)).get(code, Qt.Key.Key_unknown)


def learned(keys: Mapping[str, str | Sequence[str]]) -> dict[str, Intent]:
    """Her own keys by their name, as Qt writes it; a word that is no intent is passed over."""
    found: dict[str, Intent] = {}
    for word, own in keys.items():
        intent = named(word)
        if intent is not None:
            names = [own] if isinstance(own, str) else own
            found.update((QKeySequence(name).toString().lower(), intent) for name in names)
    return found
