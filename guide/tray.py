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
    that she took one up. On Linux the place is asked for over the session bus, by Qt and on the window's thread, so it
    is asked aside first whether anybody answers there: where nobody does, there is no mark.
    """

    pressed = Signal()
    _answered = Signal()

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
        self._wanted = False
        self._answered.connect(self._show)

    def keep(self, *, wanted: bool) -> None:
        """Show the mark, as soon as the desktop has answered, or take it away."""
        before, self._wanted = self._wanted, wanted
        if wanted and not before:
            self._tools.aside(self._ask)
        elif not wanted and self.icon is not None:
            self.icon.hide()
            self.icon.deleteLater()
            self.icon = None

    def _ask(self) -> None:
        from guide.live.media_keys import answers, on_this_system  # brings Qt's part for the bus

        if on_this_system():
            answers()  # returns never where the bus says nothing at all
        self._answered.emit()

    def _show(self) -> None:
        if self._wanted and self.icon is None and self._available():
            icon = QSystemTrayIcon(brand_icon(self._tools.look.theme.accent), self)
            icon.setToolTip("Pumping Guide")
            icon.activated.connect(lambda _: self.pressed.emit())
            icon.messageClicked.connect(self.pressed)
            icon.show()
            self.icon = icon

    def tell(self, words: str) -> None:
        if self.icon is not None:
            self.icon.showMessage("Pumping Guide", words, self.icon.icon(), STAYS)
        else:
            self._tools.window.toast.tell(words)
            QApplication.alert(self._tools.window)
