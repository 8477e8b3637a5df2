"""Pedal and keys: which key does what in a session, as she teaches it."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from guide.core.commands import Command
from guide.kit.look import Look
from guide.language import _
from guide.live.intents import named
from guide.live.keys import intent_of, keys_for
from guide.pages.settings.keys import LEARNABLE, KeyRow
from guide.pages.settings.section import Section
from guide.store.settings import Settings


class KeySection(Section):
    """
    `told` carries the setting and its new value, `moved` a key with what it did and what it does now, `refused` one
    that stays with what it does, `of_window` one of the window.
    """

    told = Signal(str, object)
    asked = Signal(str)
    moved = Signal(str, str, str)
    refused = Signal(str, str)
    of_window = Signal(str)
    forgotten = Signal(str)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("Pedal and keys"), look=look, icon="pedal", parent=parent)
        self._kept: dict[str, tuple[str, ...]] = {}
        self._of_window: Collection[str] = ()
        self.explain(
            _("Press Set, then any pedal or media key; it works on the session page. Each key does one thing.")
        )
        self.key_rows: dict[str, KeyRow] = {}
        for action in LEARNABLE:
            row = KeyRow(action, look=look, parent=self)
            row.set_button.began.connect(lambda action=action: self.asked.emit(action))
            row.set_button.learned.connect(lambda key, action=action: self._learn(action, key))
            row.forget_button.clicked.connect(lambda _=False, action=action: self._forget(action))
            self.add(row)
            self.key_rows[action] = row

    def keep_for_window(self, keys: Collection[str]) -> None:
        """These are none of a session's: the window takes them first."""
        self._of_window = keys

    def show_settings(self, settings: Settings) -> None:
        self._kept = dict(settings.learned_keys)
        for action, row in self.key_rows.items():
            others = [key for name, keys in self._kept.items() if name != action for key in keys]
            row.show_keys(settings.learned_keys.get(action, ()), others)

    def _learn(self, action: str, key: str) -> None:
        """Give an action one more key, and take that key from any other."""
        if key in self._of_window:
            self.of_window.emit(key)
            return
        own = next((name for name, keys in self._kept.items() if key in keys), None)
        before = own or next((name for name in LEARNABLE if named(name) == intent_of(key)), None)
        if before == action:
            return
        if before is not None and named(before) is Command.IT_HURTS and self._keys_of(before) == 1:
            self.refused.emit(key, before)
            return
        kept = {name: tuple(one for one in keys if one != key) for name, keys in self._kept.items()}
        kept[action] = (*kept.get(action, ()), key)
        self.told.emit("learned_keys", {name: keys for name, keys in kept.items() if keys})
        if before is not None:
            self.moved.emit(key, before, action)

    def _keys_of(self, action: str) -> int:
        taken = [key for name, keys in self._kept.items() if name != action for key in keys]
        return len(keys_for(named(action), taken)) + len(self._kept.get(action, ()))

    def _forget(self, action: str) -> None:
        self.told.emit("learned_keys", {name: keys for name, keys in self._kept.items() if name != action})
        self.forgotten.emit(action)
