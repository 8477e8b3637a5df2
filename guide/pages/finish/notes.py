"""What can be noted of a session beside its volumes: how it felt, what it was for, and words of her own."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from guide.core.kinds import Comfort
from guide.kit.buttons import Button, IconButton
from guide.kit.choices import Segmented
from guide.kit.fields import Field
from guide.kit.look import Look
from guide.kit.words import comfort_words, short_purpose_words
from guide.language import _
from guide.pages.finish.parts import NotePair
from guide.pages.finish.view import FinishView, Noted, asked_of, with_value

SORE_PAGE: Final = "sore-or-full"
PURPOSES_PAGE: Final = "purposes"


class Notes(QWidget):
    """
    `noted` carries a field of the record and its value; `learn_asked` a page of Learn.

    Enter in a line leads to the next thing; `written` says that there is none here.
    """

    noted = Signal(str, object)
    learn_asked = Signal(str)
    written = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.comfort = Segmented(list(comfort_words().items()), look=look, name=_("How did it feel?"), parent=self)
        self.care = Button(
            _("That deserves care. Read: sore or full"), look=look, role="quiet", size="small", parent=self
        )
        self.care.align_left()
        self.purpose = Segmented(
            list(short_purpose_words().items()), look=look, name=_("What was it for?"), parent=self
        )
        self.about_purpose = IconButton("info", _("About these three"), look=look, parent=self)
        self.meant_for = Field(
            _("What is the milk for?"),
            look=look,
            placeholder=_("The fridge, a bottle tonight…"),
            always_ring=True,
            parent=self,
        )
        self.note = Field(
            _("A note, if you want one"),
            look=look,
            placeholder=_("Slept beside the baby, warm cloth first…"),
            always_ring=True,
            parent=self,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        felt = asked_of(_("How did it feel?"), self.comfort, look, self.care)
        purpose = asked_of(_("What was it for?"), with_value(self.purpose, self.about_purpose), look)
        column.addWidget(NotePair(felt, purpose, gap=20))
        meant_for = asked_of(_("What is the milk for?"), self.meant_for, look)
        note = asked_of(_("A note, if you want one"), self.note, look)
        column.addWidget(NotePair(meant_for, note, gap=20))
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Preferred, policy.Minimum)
        self.comfort.chosen.connect(self._feel)
        self.purpose.chosen.connect(lambda purpose: self.noted.emit("purpose", purpose))
        self._written: dict[Noted, str] = {}
        self.meant_for.textEdited.connect(lambda text: self._write("meant_for", text))
        self.meant_for.returnPressed.connect(lambda: self.note.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.note.returnPressed.connect(self.written)
        self.note.textEdited.connect(lambda text: self._write("note", text))
        self.care.clicked.connect(lambda: self.learn_asked.emit(SORE_PAGE))
        self.about_purpose.clicked.connect(lambda: self.learn_asked.emit(PURPOSES_PAGE))

    def show_view(self, view: FinishView) -> None:
        self.comfort.set_value(view.comfort)
        self.care.setVisible(view.comfort is Comfort.PAINFUL)
        self.purpose.set_value(view.purpose)
        self._written = {"meant_for": view.meant_for, "note": view.note}
        self.meant_for.setText(view.meant_for)
        self.note.setText(view.note)

    def _write(self, field: Noted, text: str) -> None:
        """A space alone is no note: it may be a pedal's, meant for the session."""
        plain = text.strip()
        if plain != self._written.get(field, ""):
            self._written[field] = plain
            self.noted.emit(field, plain)

    def _feel(self, comfort: object) -> None:
        self.care.setVisible(comfort is Comfort.PAINFUL)
        self.noted.emit("comfort", comfort)
