"""When the text becomes a draft and when it is saved, and whether it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from guide.pages.editor.document import RoutineText
from guide.pages.editor.header import State

DRAFT_AFTER: Final = 400
SAVE_AFTER: Final = 1200


class Keeping(QObject):
    """
    `text_changed` carries each version for the draft, `save_asked` those that play; `told` says that the state changed.

    While another program's version is `in_doubt`, nothing is saved.
    """

    text_changed = Signal(str)
    save_asked = Signal(str)
    told = Signal()

    def __init__(self, text: RoutineText, *, parent: QObject) -> None:
        super().__init__(parent)
        self._text = text
        self.saved_text = ""
        self.trouble = ""
        self.in_doubt = False
        self._new = False
        self._resting = False
        self.draft_timer = self._timer(DRAFT_AFTER, self._tell_draft)
        self.save_timer = self._timer(SAVE_AFTER, self.ask_to_save)
        text.changed.connect(self._note)

    def begin(self, text: str, *, new: bool = False) -> None:
        """Take a text that is kept as it is; a `new` one is kept nowhere yet."""
        self.saved_text = text
        self.trouble = ""
        self.in_doubt = False
        self._new = new
        self.draft_timer.stop()
        self.save_timer.stop()

    def quietly(self, change: Callable[[], None]) -> None:
        """Change the text without its being saved by itself."""
        self._resting = True
        change()
        self._resting = False

    def note_saved(self, text: str) -> None:
        self.saved_text = text
        self.trouble = ""
        self._new = False
        self.told.emit()

    def note_trouble(self, sentence: str) -> None:
        self.trouble = sentence
        self.told.emit()

    def state(self, *, untaken: bool) -> State:
        """Whether what is seen is kept; `untaken` where a field shows what the text did not take."""
        problems = bool(self._text.reading.problems)
        if self._text.text_to_save() != self.saved_text or self.trouble:
            return "not applied" if problems or untaken else "not saved" if self.trouble else "saving"
        return "not applied" if untaken else "not playable" if problems else "new" if self._new else "saved"

    def flush(self) -> None:
        """Send at once what waits for a pause in typing."""
        if not self._text.is_read:
            self._text.read_now()
        for timer, call in ((self.draft_timer, self._tell_draft), (self.save_timer, self.ask_to_save)):
            if timer.isActive():
                timer.stop()
                call()

    def save_now(self) -> None:
        self.save_timer.start()
        self.flush()

    def ask_to_save(self) -> None:
        """Ask for the text to be saved, once it is read and plays."""
        if not self._text.is_read:
            self._text.read()  # and when it is read, this is asked again
            return
        text = self._text.text_to_save()
        if not self.in_doubt and not self._text.reading.problems and text != self.saved_text:
            self.save_asked.emit(text)

    def _note(self) -> None:
        if not self._resting:
            self.draft_timer.start()
            self.save_timer.start()

    def _tell_draft(self) -> None:
        self.text_changed.emit(self._text.text_to_save())

    def _timer(self, wait: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(call)
        return timer
