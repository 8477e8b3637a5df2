"""Where a message stands over a page: low, and not on what is in use; or at the top, where the fewest words are."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from guide.kit.focus import focus_within
from guide.kit.label import Label

FROM_EDGE: Final = 24
BELOW_TOP: Final = 12
LARGEST_CONTROL: Final = 2  # of the height of the host: a whole page that has the focus is in use everywhere
SMALLEST_POINTER: Final = QSize(44, 44)


def place_of(message: QWidget, size: QSize, host: QWidget, *, top: int, at_top: bool) -> QRect:
    """Find the place in which a message of that size covers least; `top` is where the page begins."""
    wide, high = size.toTuple()
    middle, right = (host.width() - wide) // 2, host.width() - FROM_EDGE - wide
    upper = [QRect(x, top + BELOW_TOP, wide, high) for x in (middle, right, FROM_EDGE)]
    if at_top:
        return min(upper, key=lambda place: _words_beneath(place, message, host))
    below = host.height() - FROM_EDGE - high
    wanted = [*(QRect(x, below, wide, high) for x in (middle, FROM_EDGE, right)), upper[0]]
    used = _in_use(message, host)
    return next((place for place in wanted if not any(place.intersects(one) for one in used)), wanted[0])


def _words_beneath(place: QRect, message: QWidget, host: QWidget) -> int:
    """How many texts of the page a place would cover."""
    texts = (one for one in host.findChildren(Label) if one.isVisible() and not message.isAncestorOf(one))
    places = (QRect(one.mapTo(host, QPoint()), one.size().boundedTo(one.sizeHint())) for one in texts)
    return sum(place.intersects(one) for one in places)


def _in_use(message: QWidget, host: QWidget) -> list[QRect]:
    """Where the pointer is, and something small that has the focus."""
    pointer = QRect(QPoint(), SMALLEST_POINTER)
    pointer.moveCenter(host.mapFromGlobal(QCursor.pos()))
    focus = focus_within(host.window())
    if (
        focus is None
        or not host.isAncestorOf(focus)
        or message.isAncestorOf(focus)
        or focus.height() > host.height() / LARGEST_CONTROL
    ):
        return [pointer]
    return [pointer, QRect(focus.mapTo(host, QPoint()), focus.size())]
