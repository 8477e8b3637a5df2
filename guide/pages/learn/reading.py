"""Where a page of Learn is read: the keys of reading scroll it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from guide.kit.cards import ScrollArea
from guide.kit.look import Look


class ReadingPane(ScrollArea):
    """Scrolls by line, by page and to the ends."""

    def __init__(self, content: QWidget, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(content, look=look, parent=parent)
        self.verticalScrollBar().setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def take(self, event: QKeyEvent) -> bool:
        """Scroll, if that is what the key is for."""
        bar, line = self.verticalScrollBar(), self._look.px(60)
        steps: dict[int, Callable[[], int]] = {
            Qt.Key.Key_Down: lambda: bar.value() + line,
            Qt.Key.Key_Up: lambda: bar.value() - line,
            Qt.Key.Key_PageDown: lambda: bar.value() + bar.pageStep() - 60,
            Qt.Key.Key_Space: lambda: bar.value() + bar.pageStep() - 60,
            Qt.Key.Key_PageUp: lambda: bar.value() - bar.pageStep() + 60,
            Qt.Key.Key_Home: bar.minimum,
            Qt.Key.Key_End: bar.maximum,
        }
        step = steps.get(event.key())
        if step is not None:
            bar.setValue(step())
        return step is not None
