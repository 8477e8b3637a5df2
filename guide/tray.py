"""A notice on the desktop, where the desktop has a place for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from guide.kit.icons import brand_icon
from guide.tools import Tools

STAYS: int = 20_000  # ms; most desktops have their own mind about it


class Tray(QObject):
    """
    The program's mark among the desktop's small icons, there while notices are wanted.

    Where the desktop has no such place, a notice is a toast in the window and a hint in the task bar. `pressed` says
    that she took one up.
    """

    pressed = Signal()

    def __init__(
        self,
        tools: Tools,
        *,
        available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tools = tools
        self._available = available
        self.icon: QSystemTrayIcon | None = None

    def keep(self, *, wanted: bool) -> None:
        """Show the mark, or take it away."""
        if wanted and self.icon is None and self._available():
            icon = QSystemTrayIcon(brand_icon(self._tools.look.theme.accent), self)
            icon.setToolTip("Pumping Guide")
            icon.activated.connect(lambda _: self.pressed.emit())
            icon.messageClicked.connect(self.pressed)
            icon.show()
            self.icon = icon
        elif not wanted and self.icon is not None:
            self.icon.hide()
            self.icon.deleteLater()
            self.icon = None

    def tell(self, words: str) -> None:
        if self.icon is not None:
            self.icon.showMessage("Pumping Guide", words, self.icon.icon(), STAYS)
        else:
            self._tools.window.toast.tell(words)
            QApplication.alert(self._tools.window)
