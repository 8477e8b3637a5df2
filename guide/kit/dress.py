"""
Style sheets of Qt's own widgets, each on the widget itself; ours paint themselves.

One sheet of the whole program is matched against every widget each time it changes: 0.5 s for the 630 of a program
whose pages are open, where the theme or the size of the text was chosen. On the widgets that need one it is 0.05 s.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from guide.compat import override
from guide.kit.guard import Guarded
from guide.kit.look import Look

Sheet: TypeAlias = Callable[[Look], str]


class _Dress(QObject):
    """Keeps a widget in its sheet, and goes with it."""

    def __init__(self, widget: QWidget, sheet: Sheet, look: Look) -> None:
        super().__init__(widget)
        self._sheet, self._look = sheet, look
        look.changed.connect(self.put_on)
        self.put_on()

    @Slot()
    def put_on(self) -> None:
        widget = self.parent()  # a wrapper kept here may outlive what Qt has destroyed
        if isinstance(widget, QWidget):
            widget.setStyleSheet(self._sheet(self._look))


def dress(widget: QWidget, sheet: Sheet, *, look: Look) -> None:
    """Give a widget its sheet, now and whenever the look changes."""
    _Dress(widget, sheet, look)


class Menu(Guarded, QMenu):
    """Opens with its first line chosen, so that Enter does something and the arrows go on from there."""

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for action in self.actions():
            if action.isVisible() and action.isEnabled() and not action.isSeparator():
                self.setActiveAction(action)
                break


def make_menu(parent: QWidget, *, look: Look) -> QMenu:
    menu = Menu(parent)
    dress(menu, menus, look=look)
    return menu


def fields(look: Look) -> str:
    """A field that text is written in, with its frame."""
    t = look.theme
    frame = f"border: 1.5px solid {_name(t.line_strong)}; border-radius: 12px; padding: 4px 12px;"
    return f"""
QLineEdit, QPlainTextEdit {{ background: {_name(t.sunk)}; {frame} }}
QLineEdit:disabled, QPlainTextEdit:disabled {{ border-color: {_name(t.line)}; }}
{_written(look)}"""


def bare_fields(look: Look) -> str:
    """A field in something that paints the frame."""
    return f"""
QLineEdit, QPlainTextEdit {{ background: transparent; border: none; border-radius: 0; padding: 0; margin: 0; }}
{_written(look)}"""


def _written(look: Look) -> str:
    """What is written in a field, what is chosen of it, and what opens over it."""
    t = look.theme
    return f"""
QLineEdit, QPlainTextEdit {{ color: {_name(t.text)}; placeholder-text-color: {_name(t.text3)};
  selection-background-color: {_name(t.accent)}; selection-color: {_name(t.on_accent)}; }}
QLineEdit:disabled, QPlainTextEdit:disabled {{ color: {_name(t.text3)}; }}
{scroll_bars(look)}{menus(look)}"""


def menus(look: Look) -> str:
    t, px = look.theme, look.px
    return f"""
QMenu {{ background: {_name(t.raised)}; color: {_name(t.text)}; border: 1px solid {_name(t.line_strong)};
  border-radius: 14px; padding: 6px; }}
QMenu::item {{ min-height: {max(40, px(44) - 4)}px; padding: 0 {px(18)}px 0 {px(12)}px; border-radius: 10px;
  border: 2px solid transparent; }}
ChoiceMenu::item {{ padding-right: {px(46)}px; }}
QMenu::item:selected {{ background: {_name(t.hover)}; border-color: {_name(t.line_strong)}; }}
QMenu::item:checked {{ color: {_name(t.accent_text)}; font-weight: 600; }}
QMenu::item:disabled {{ color: {_name(t.text3)}; }}
QMenu::indicator {{ width: 0; height: 0; }}
QMenu::separator {{ height: 1px; background: {_name(t.line)}; margin: 6px 10px; }}
"""


def scroll_bars(look: Look) -> str:
    """Thin, without arrows."""
    t = look.theme
    return f"""
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {_name(t.line_strong)}; border-radius: 4px; }}
QScrollBar::handle:vertical {{ min-height: 44px; }}
QScrollBar::handle:horizontal {{ min-width: 44px; }}
QScrollBar::handle:hover {{ background: {_name(t.text3)}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def views(look: Look) -> str:
    """A list or a table on a card."""
    t = look.theme
    return f"""
QTableView, QListView {{ background: transparent; border: none; outline: none;
  gridline-color: {_name(t.line)}; selection-background-color: {_name(t.hover)};
  selection-color: {_name(t.text)}; }}
QTableView::item {{ padding: 0 5px; }}
QHeaderView {{ background: transparent; }}
QHeaderView::section {{ background: transparent; color: {_name(t.text2)}; border: none;
  border-bottom: 1px solid {_name(t.line)}; padding: 8px; font-weight: 500; }}
{scroll_bars(look)}{menus(look)}"""


def _name(colour: QColor) -> str:
    return colour.name()
