"""Cards, cards to press, and an area that scrolls."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QObject,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import (
    QKeyEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QWidget,
)

from guide.compat import override
from guide.kit.buttons import Pressable
from guide.kit.dress import dress, scroll_bars
from guide.kit.focus import focus_within, is_modified_arrow, scroll_to
from guide.kit.guard import Guarded
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.painting import paint_card, painting
from guide.kit.room import make_room
from guide.kit.theme import Tint


class Card(Guarded, QFrame):
    """A surface that holds things together; in the light it has an edge."""

    def __init__(
        self,
        *,
        look: Look,
        radius: float = 20,
        tint: Tint = "surface",
        padding: int = 24,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._radius = radius
        self._tint: Tint = tint
        self.setContentsMargins(padding, padding, padding, padding)
        look.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_card(painter, QRectF(self.rect()), self._look.theme, self._tint, self._radius)


class PressCard(Pressable):
    """A card that is pressed as a whole: click, Enter or Space."""

    def __init__(
        self,
        name: str,
        *,
        look: Look,
        radius: float = 20,
        padding: int = 20,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look=look, name=name, radius=radius, parent=parent)
        self._radius = radius
        self.setContentsMargins(padding, padding, padding, padding)

    @override
    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else QSize(200, 151)

    @override
    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else QSize(SMALLEST_TARGET, SMALLEST_TARGET)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tint: Tint = "hover" if self.isDown() else "raised" if self.is_hot else "surface"
        with painting(self) as painter:
            paint_card(painter, QRectF(self.rect()), self._look.theme, tint, self._radius)


class ScrollArea(Guarded, QScrollArea):
    """A page longer than its window: no frame, a thin handle; Home and End, where nothing else takes them, its ends."""

    def __init__(self, content: QWidget, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        content.setObjectName("scrolled")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        viewport = QWidget(self)  # to tell of which class Qt's own is, every class of the toolkit would be made
        self.setViewport(viewport)
        viewport.setAutoFillBackground(False)
        self.setWidget(content)
        content.installEventFilter(self)
        content.setAutoFillBackground(False)
        dress(self.verticalScrollBar(), scroll_bars, look=look)  # the other is never seen

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()
        super().resizeEvent(event)

    def _make_room(self) -> None:
        """Not where nothing has laid it out yet: in the size Qt begins with no page has room, whatever its words."""
        if self.testAttribute(Qt.WidgetAttribute.WA_Resized) and (content := self.widget()) is not None:
            make_room(content, self.viewport().width(), scale=self._look.scale)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        ends = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        if event.key() in ends and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            bar.setValue(ends[Qt.Key(event.key())])
        elif is_modified_arrow(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        moved = super().focusNextPrevChild(next)
        if moved:
            self._bring_into_view(focus_within(self))
        return moved

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._begin_at_top)  # once it is laid out

    def _begin_at_top(self) -> None:
        """A page that is opened begins at its top; what had the focus before it was laid out may have led away."""
        self._bring_into_view(focus_within(self.window()))

    def _bring_into_view(self, focus: QWidget | None) -> None:
        content = self.widget()
        if focus is not None and content is not None and content.isAncestorOf(focus):
            scroll_to(focus, self, content)
