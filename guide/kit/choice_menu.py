"""A menu whose chosen rows, mostly one, have a tick at their end, beside their weight and their colour."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QActionGroup, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from guide.compat import override
from guide.kit.direction import placed
from guide.kit.dress import dress, menus
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.look import Look
from guide.kit.painting import painting

TICK: Final = 18
INSET: Final = 14  # from the row's end, where the style sheet leaves room for it


class ChoiceMenu(Guarded, QMenu):
    """Its rows are checkable actions."""

    def __init__(self, name: str, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(name)
        dress(self, menus, look=look)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self._look.px(TICK)
        with painting(self) as painter:
            for action in self.actions():
                if action.isChecked():
                    row = QRectF(self.actionGeometry(action))
                    left, top = self.width() - row.left() - self._look.px(INSET) - side, row.center().y() - side / 2
                    paint_icon(
                        painter, "check", placed(self, QRectF(left, top, side, side)), self._look.theme.accent_text, 2.2
                    )


class ChoosesFromMenu:
    """
    Base of what is pressed for a `menu`, which is made when it is first asked for: it is a window with a sheet of its
    own, and few of a page are opened.

    No widget itself, as Guarded is none: PySide does not bear a class with two bases that both come from Qt.
    """

    _name: str
    _look: Look
    _menu: ChoiceMenu | None = None
    _actions: QActionGroup

    @property
    def menu(self) -> ChoiceMenu:
        if self._menu is None:
            assert isinstance(self, QWidget)  # noqa: S101  by its other base
            self._menu = ChoiceMenu(self._name, look=self._look, parent=self)
            self._actions = QActionGroup(self._menu)
            self._fill(self._menu)
        return self._menu

    def _fill(self, menu: ChoiceMenu) -> None:
        """Offer what there is to choose, with what is chosen ticked, in the place of what was offered."""
        raise NotImplementedError
