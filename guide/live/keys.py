"""The keys of a session, before she has taught any: what each asks for, and how it is called on a screen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from guide.core.commands import Command
from guide.language import N_, _
from guide.live.intents import Finish, FullScreen, GoOn, Intent, PauseOrCarryOn, Photo, Quiet, SayAgain

MODIFIED: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
"""A letter with one of these is a shortcut, and no answer or intent of its own."""
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
NAMES: Final[Mapping[Qt.Key, str]] = MappingProxyType(
    {
        Qt.Key.Key_Space: N_("Space"),
        Qt.Key.Key_MediaTogglePlayPause: N_("play/pause key"),
        Qt.Key.Key_MediaNext: N_("next-track key"),
        Qt.Key.Key_MediaPrevious: N_("previous-track key"),
        Qt.Key.Key_PageDown: N_("Page Down"),
        Qt.Key.Key_PageUp: N_("Page Up"),
        Qt.Key.Key_Right: "→",
        Qt.Key.Key_Left: "←",
        Qt.Key.Key_Up: "↑",
    }
)
UNNAMED: Final = frozenset({Qt.Key.Key_MediaPlay, Qt.Key.Key_MediaPause, Qt.Key.Key_Equal})  # one of those with a name


def portable(key: Qt.Key) -> str:
    """
    Its name as a learnt key is kept.

    >>> portable(Qt.Key.Key_PageDown), portable(Qt.Key.Key_MediaNext)
    ('PgDown', 'Media Next')
    """
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def keys_for(intent: Intent | None, taken: Collection[str] = ()) -> list[str]:
    """How the keys for an intent are called on a screen; those `taken` for something else are none any more."""
    gone = {name.lower() for name in taken}
    return [
        _(NAMES[key]) if key in NAMES else QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        for key, asked in KEYS.items()
        if asked == intent and key not in UNNAMED and portable(key).lower() not in gone
    ]


def intent_of(name: str) -> Intent | None:
    """What a key asks for by itself, by its name as a learnt key is kept."""
    return next((asked for key, asked in KEYS.items() if portable(key).lower() == name.lower()), None)
