"""Where the preview stands: beside the panes in a wide window, in a drawer over them in a narrow one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QHBoxLayout, QStyle, QVBoxLayout, QWidget

from guide.kit.buttons import IconButton
from guide.kit.cards import Card
from guide.kit.look import Look
from guide.language import _
from guide.pages.editor.preview import Preview

WIDTH: Final = 312


class PreviewDrawer(Card):
    """Over the right of the page, opened and closed by a button."""

    def __init__(self, preview: Preview, *, button: IconButton, below: QWidget, look: Look, parent: QWidget) -> None:
        super().__init__(look=look, padding=12, tint="raised", parent=parent)
        self._look = look
        self._page = parent
        self._below = below
        self._preview = preview
        self._button = button
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 12, 12, 12)
        self.hide()
        button.toggled.connect(self._open)

    def arrange(self, body: QHBoxLayout, *, wide: bool) -> None:
        """Put the preview into the body of the page, or into this."""
        preview = self._preview
        if wide:
            if preview.parentWidget() is not self._page:
                body.addWidget(preview)
            self.hide()
            preview.show()
        elif preview.parentWidget() is not self:
            self._column.addWidget(preview)
        preview.setFixedWidth(max(WIDTH, min(self._look.px(WIDTH), 400)) if wide else self._room() - 24)
        self.place()

    def place(self) -> None:
        top = self._below.mapTo(self._page, QPoint(0, 0)).y()
        width = self._room()
        place = QRect(self._page.width() - width - 12, top, width, self._page.height() - top - 12)
        self.setGeometry(QStyle.visualRect(self.layoutDirection(), self._page.rect(), place))

    def _room(self) -> int:
        return min(self._page.width() - 80, self._look.px(360))

    def _open(self, opened: bool) -> None:
        self.setVisible(opened and self._preview.parentWidget() is self)
        if opened:
            self.place()
            self._preview.show()
            self.raise_()
        self._button.setAccessibleDescription(_("Open") if opened else _("Closed"))
