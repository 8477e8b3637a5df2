"""Keys: which key asks for what in a session, and the keys she has taught."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from guide.live.intents import Intent, named
from guide.live.keys import KEYS, MODIFIED

OF_THE_FOCUS: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})


def asked_by(event: QKeyEvent, own: Mapping[str, Intent]) -> Intent | None:
    """What a key asks for: by her own keys first, then by the program's."""
    key = Qt.Key(event.key())
    name = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText).lower()
    typed = event.text().lower()  # another script's letter, as it was taught before the Latin one in its place counted
    taught = own.get(name) or (own.get(typed) if not typed.isascii() else None)
    return taught or (KEYS.get(key) if not event.modifiers() & MODIFIED else None)


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


def learned(keys: Mapping[str, str | Sequence[str]]) -> dict[str, Intent]:
    """Her own keys by their name, as Qt writes it; a word that is no intent is passed over."""
    found: dict[str, Intent] = {}
    for word, own in keys.items():
        intent = named(word)
        if intent is not None:
            names = [own] if isinstance(own, str) else own
            found.update((QKeySequence(name).toString().lower(), intent) for name in names)
    return found
