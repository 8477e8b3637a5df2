"""Keys: which key asks for what in a session, on any keyboard's layout, and the keys she has taught."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from guide.core.session import Command
from guide.live.intents import Finish, FullScreen, GoOn, Intent, PauseOrCarryOn, Photo, Quiet, SayAgain, named

KEYS: Final[Mapping[Qt.Key, Intent]] = {
    Qt.Key.Key_Space: PauseOrCarryOn(),
    Qt.Key.Key_MediaPlay: PauseOrCarryOn(),
    Qt.Key.Key_MediaPause: PauseOrCarryOn(),
    Qt.Key.Key_MediaTogglePlayPause: PauseOrCarryOn(),
    Qt.Key.Key_Right: GoOn(),
    Qt.Key.Key_PageDown: GoOn(),
    Qt.Key.Key_MediaNext: GoOn(),
    Qt.Key.Key_Left: Command.BACK,
    Qt.Key.Key_PageUp: Command.BACK,
    Qt.Key.Key_MediaPrevious: Command.BACK,
    Qt.Key.Key_Up: Command.MORE_TIME,
    Qt.Key.Key_Plus: Command.MORE_TIME,
    Qt.Key.Key_Equal: Command.MORE_TIME,  # the same key without Shift on many keyboards
    Qt.Key.Key_R: SayAgain(),
    Qt.Key.Key_P: Photo(),
    Qt.Key.Key_Q: Quiet(),
    Qt.Key.Key_H: Command.IT_HURTS,
    Qt.Key.Key_M: Command.MILK_SLOWED,
    Qt.Key.Key_U: Command.UNDO,
    Qt.Key.Key_F11: FullScreen(),
    Qt.Key.Key_Escape: Finish(),
}
OF_THE_FOCUS: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})
MODIFIED: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def asked_by(event: QKeyEvent, own: Mapping[str, Intent]) -> Intent | None:
    """What a key asks for: by her own keys first, then by the program's."""
    if event.modifiers() & MODIFIED:
        return None
    name = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText).lower()
    return own.get(name) or KEYS.get(Qt.Key(event.key()))


def learned(keys: Mapping[str, str | Sequence[str]]) -> dict[str, Intent]:
    """Her own keys by their name, as Qt writes it; a word that is no intent is passed over."""
    found: dict[str, Intent] = {}
    for word, own in keys.items():
        intent = named(word)
        if intent is not None:
            names = [own] if isinstance(own, str) else own
            found.update((QKeySequence(name).toString().lower(), intent) for name in names)
    return found
