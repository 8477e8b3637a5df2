"""The form of a session over the page: kept, left or deleted."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import Button
from guide.kit.cards import ScrollArea
from guide.kit.dialog import Choice, Dialog
from guide.kit.look import Look
from guide.language import _
from guide.pages.history.form import SessionForm

CANCEL: Final = "cancel"
SAVE: Final = "save"
DELETE: Final = "delete"
WIDTH: Final = 572  # what a dialog leaves for what it holds


class _FormScroll(ScrollArea):
    """As high as the form wishes to be; it scrolls where the window is lower."""

    @override
    def sizeHint(self) -> QSize:
        form = self.widget()
        hint = form.sizeHint() if form is not None else QSize()
        wrapped = form.heightForWidth(WIDTH) if form is not None else 0  # with what is told beneath its fields
        return QSize(max(hint.width(), WIDTH), max(hint.height(), wrapped) + 2)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(300, 120)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class FormDialog(Dialog):
    """
    The form over the page; it stays open until what is typed can be read.

    Escape asks once before it leaves something unsaved, and `left` holds what was typed where it was left all the same.
    """

    def __init__(self, host: QWidget, form: SessionForm, *, look: Look, title: str, can_delete: bool = False) -> None:
        self.form = form
        content = QWidget()
        self._scroll = scroll = _FormScroll(form, look=look, parent=content)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(scroll, 1)
        column.addWidget(form.trouble)
        super().__init__(
            host,
            look=look,
            title=title,
            choices=[Choice(CANCEL, _("Not now")), Choice(SAVE, _("Save"))],
            content=content,
        )
        self.noted: dict[str, object] | None = None
        self.left: tuple[object, ...] | None = None
        self._warned = False
        self._new = not can_delete
        leave, save = self.buttons
        leave.set_role("standard")
        save.set_role("primary")
        for field in form.fields:
            field.returnPressed.connect(save.click)
        head = QWidget(self.card)
        self.delete = Button(_("Delete"), look=look, role="quiet", size="small", icon="trash", parent=head)
        self.delete.setVisible(can_delete)
        self.delete.clicked.connect(lambda: self.choose(DELETE))
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        self._column.removeWidget(self.title)
        row.addWidget(self.title, 1)
        row.addWidget(self.delete)
        self._column.insertWidget(0, head)

    @override
    def open(self) -> None:
        super().open()
        self.form.day.setFocus()
        self.form.day.selectAll()

    @property
    @override
    def unsaved(self) -> str:
        return (
            _("The session in this form is not saved yet. Stay here, and Save keeps it.") if self.form.touched else ""
        )

    @override
    def _place(self) -> None:
        self._scroll.updateGeometry()  # it grows with the note, and with what is told beneath its fields
        super()._place()

    @override
    def _now(self) -> tuple[object, ...]:
        return *super()._now(), self.form.note.height()

    @override
    def leave(self) -> None:
        if self.form.touched and not self._warned:
            self._warned = True
            self.form.tell(
                _("This is not saved yet. Save keeps it; Esc once more closes without saving.")
                if self._new
                else _("This is not saved yet. Save keeps it; Esc once more leaves it as it was.")
            )
            self._place()
        else:
            super().leave()

    @override
    def choose(self, value: object) -> None:
        if value == CANCEL and self.form.touched:
            self.left = self.form.typed()
        if value == SAVE:
            self.noted = self.form.read()
            if self.noted is None:
                self._place()
                focus = self.focusWidget()
                if focus is not None:
                    self._scroll.ensureWidgetVisible(focus, 0, 24)
                return
        super().choose(value)
