"""Keys for a pedal, learned by pressing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import Button, IconButton
from guide.kit.focus import announce
from guide.kit.look import Look
from guide.kit.rows import Row
from guide.language import N_, _
from guide.live.intents import named
from guide.live.keys import keys_for

LEARNABLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "next": N_("Next"),
        "back": N_("Back"),
        "pause": N_("Pause and carry on"),
        "more time": N_("One more minute"),
        "milk slowed": N_("Milk has slowed"),
        "say again": N_("Say it again"),
        "it hurts": N_("It hurts"),
    }
)
_MODIFIERS: Final = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_Super_L,
        Qt.Key.Key_Super_R,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)


class LearnKey(Button):
    """Listens for one key, to make it do something; Escape, and a press anywhere else, leaves all as it was."""

    learned = Signal(str)
    began = Signal()
    _listening = False  # asked for by events that come while the button is being made

    def __init__(self, action: str, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("Set"), look=look, size="small", parent=parent)
        self._action = action
        self.clicked.connect(self._begin)
        self._name()

    @property
    def listening(self) -> bool:
        return self._listening

    def _name(self) -> None:
        self.setAccessibleName(
            _("Press any pedal or media key")
            if self._listening
            else _("Set a key for {action}").format(action=_(LEARNABLE[self._action]))
        )

    def _begin(self) -> None:
        self._listening = True
        self.setText(_("Press it now…"))
        self.set_role("primary")
        self._name()
        announce(self, self.accessibleName())
        if (program := QCoreApplication.instance()) is not None:
            program.installEventFilter(self)  # a press beside it need not take the focus
        self.began.emit()

    def _end(self) -> None:
        self._listening = False
        if (program := QCoreApplication.instance()) is not None:
            program.removeEventFilter(self)
        self.setText(_("Set"))
        self.set_role("standard")
        self._name()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget) and watched is not self:
            self._end()
        return False

    @override
    def event(self, event: QEvent) -> bool:
        if self._listening and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # so that the key comes here, whatever it does elsewhere
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
                return True
        if self._listening and event.type() == QEvent.Type.FocusOut:
            self._end()
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        event.accept()
        if event.isAutoRepeat() or event.key() in _MODIFIERS:
            return
        if event.key() == Qt.Key.Key_Escape:
            self._end()
            return
        name = key_name(event)
        if name:
            self._end()
            self.learned.emit(name)
        else:
            self.setText(_("Another key, please"))


def key_name(event: QKeyEvent) -> str:
    """Name a key as `learned_keys` keeps it: "F13", "PgDown", "Media Next"; nothing for one without a name."""
    if event.key() in {0, Qt.Key.Key_unknown}:
        return ""
    return QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)


class KeyRow(QWidget):
    """What one action is called, its keys, and a way to give it one more."""

    def __init__(self, action: str, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action = action
        self.set_button = LearnKey(action, look=look, parent=self)
        self.forget_button = IconButton(
            "x", _("Forget the keys for {action}").format(action=_(LEARNABLE[action])), look=look, icon_side=18
        )
        self.row = Row(_(LEARNABLE[action]), self.forget_button, self.set_button, look=look, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.row)
        self.show_keys(())

    @property
    def keys(self) -> str:
        """The keys shown."""
        return self.row.hint.text()

    def show_keys(self, keys: Sequence[str], taken: Sequence[str] = ()) -> None:
        """Those it has by itself, but for the ones `taken` for something else, and those she gave it."""
        shown = [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key for key in keys]
        words = ", ".join(dict.fromkeys((*keys_for(named(self.action), taken), *shown)))
        self.row.set_hint(words)
        self.set_button.setAccessibleDescription(words)
        self.forget_button.setVisible(bool(keys))
