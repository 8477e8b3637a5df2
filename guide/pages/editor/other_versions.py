"""Another version of the text than the one on show: the draft of last time, and what another program wrote."""

from __future__ import annotations

from PySide6.QtCore import QObject

from guide.language import _
from guide.pages.editor.document import RoutineText
from guide.pages.editor.keeping import Keeping
from guide.pages.editor.message import Message


class OtherVersions(QObject):
    """Shows one in the place of the other, which undo brings back, and asks where the person has to choose."""

    def __init__(self, text: RoutineText, keeping: Keeping, message: Message, *, parent: QObject) -> None:
        super().__init__(parent)
        self._text = text
        self._keeping = keeping
        self._message = message

    def offer_draft(self, text: str) -> None:
        """Show work that was under way, with the way back to what was saved."""
        self._show(text)
        self._message.tell(
            _("This was being written last time, and is kept."),
            (_("Keep it"), self._keeping.ask_to_save),
            (_("Back to the saved version"), self._show_saved),
        )

    def _show_saved(self) -> None:
        """Undo brings back what was written, and it is a draft again then."""
        self._text.take(self._keeping.saved_text)
        self._keeping.flush()

    def show_changed_on_disk(self, text: str) -> None:
        """Show a file anew that was changed where nothing of hers is unsaved; ask which is to be kept where it is."""

        def keep() -> None:
            mine = self._text.text_to_save()
            take()
            self._show(mine)
            self._keeping.ask_to_save()

        def take() -> None:
            self._show(text)
            self._keeping.in_doubt = False
            self._keeping.note_saved(text)

        if self._text.text_to_save() == self._keeping.saved_text:
            take()
            self._message.tell(_("This file was changed by another program, and is shown anew."))
            return
        self._keeping.in_doubt = True
        self._message.tell(
            _("This file was changed by another program."),
            (_("Keep mine"), keep),
            (_("Take theirs"), take),
            closable=False,
        )

    def _show(self, text: str) -> None:
        """Show a version that is not to be saved by itself."""
        self._keeping.quietly(lambda: self._text.take(text))
