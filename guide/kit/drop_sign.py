"""What lies over a window while files hover over it: that it takes them, and what becomes of them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.painting import painting

VEIL: Final = 238  # of 255
EDGE: Final = 20
SIDE: Final = 44


class DropSign(Guarded, QWidget):
    """Over all of its host, a question too; it takes no press, and no file: its window does."""

    def __init__(self, host: QWidget, *, look: Look) -> None:
        super().__init__(host)
        self._look = look
        self._host = host
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * EDGE, look.px(SIDE) + 4 * EDGE, 3 * EDGE, 3 * EDGE)
        self.words = Label("", look=look, role="h2", wrap=True, parent=self)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.words)
        host.installEventFilter(self)
        self.hide()

    def tell(self, words: str) -> None:
        self.words.setText(words)
        self.setAccessibleName(words)
        self.resize(self._host.size())
        self.show()
        self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.resize(self._host.size())
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, side = self._look.theme, self._look.px(SIDE)
        with painting(self) as painter:
            veil = QColor(theme.bg)
            veil.setAlpha(VEIL)
            painter.fillRect(self.rect(), veil)
            painter.setRenderHint(painter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.accent, 3, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE), 28, 28)
            words = self.words.geometry()
            high = self.words.heightForWidth(words.width())
            top = words.center().y() - high / 2 - side - EDGE
            paint_icon(painter, "import", QRectF((self.width() - side) / 2, top, side, side), theme.accent_text)
