"""How far something is that takes long."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from guide.compat import override
from guide.kit.direction import placed
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.painting import paint_field, painting
from guide.language import _


class ShareBar(Guarded, QWidget):
    """How far something is, as a share from 0 to 1."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._share = 0.0
        self.setFixedHeight(6)
        look.changed.connect(self.update)

    def set_share(self, share: float) -> None:
        self._share = min(max(share, 0.0), 1.0)
        self.setAccessibleDescription(_("{percent} percent").format(percent=round(self._share * 100)))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            theme, whole = self._look.theme, QRectF(self.rect())
            paint_field(painter, whole, 3, theme.hover)
            whole.setWidth(whole.width() * self._share)
            if self._share > 0:
                paint_field(painter, placed(self, whole), 3, theme.accent)
