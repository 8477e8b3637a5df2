"""Room for words: where they are wider than what there is, they are drawn smaller, and never cut off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QScrollArea, QWidget

GONE: Final = "gone"
SHARES: Final = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)  # of the width that words would take at their size


def fitted(font: QFont, words: str, width: float, *, least: float = SHARES[-1]) -> QFont:
    """The font, or a smaller one in which the words fit; `least` is the share of its size that it keeps."""
    needed = QFontMetricsF(font).horizontalAdvance(words)
    if needed <= width + 1 or needed <= 0:
        return font
    smaller = QFont(font)
    smaller.setPixelSize(max(1, int(font.pixelSize() * max(least, width / needed))))
    return smaller


def fitted_or_cut(font: QFont, words: str, width: float, *, least: float) -> tuple[QFont, str]:
    """The font in which the words fit; where `least` of its size is too large as well, they are cut at their end."""
    if QFontMetricsF(font).horizontalAdvance(words) <= width:
        return font, words
    smaller = fitted(font, words, width, least=least)
    return smaller, QFontMetricsF(smaller).elidedText(words, Qt.TextElideMode.ElideRight, width)


def let_go(widget: QWidget) -> None:
    """Take from sight what a page has no more; until it is deleted, no room is made for its words."""
    widget.hide()
    widget.setProperty(GONE, True)
    widget.deleteLater()


def make_room(content: QWidget, width: int, *, scale: float) -> None:
    """
    Squeeze the words of a page, all alike and as little as will do, until it is no wider than this.

    What has words has a method `squeeze`, which takes the share of the width that they would take at their size. It is
    asked again after each change of the page, and so does nothing where that was done for this width already, and for
    text of this `scale`.
    """
    before = content.property("squeezed")  # for which width and scale, and how much
    same = before is not None and before[0] == (width, scale)
    fits = content.minimumSizeHint().width() <= width
    if width <= 0 or (fits and (before is None or same)):
        return
    if same and before[1] == SHARES[-1]:
        return
    parts = list(_within(content))
    words = [part for part in parts if hasattr(part, "squeeze")]  # a protocol takes 35 µs to ask for
    layouts = [layout for part in [*reversed(parts), content] if (layout := part.layout()) is not None]
    for share in SHARES:
        content.setProperty("squeezed", None if share == SHARES[0] else ((width, scale), share))
        for word in words:
            word.squeeze(share)
        for layout in layouts:
            layout.activate()
        if content.minimumSizeHint().width() <= width:
            return


def _within(widget: QWidget) -> Iterator[QWidget]:
    """Outer ones first; what is scrolled within makes room for itself."""
    for child in widget.children():
        if isinstance(child, QWidget) and not child.property(GONE):
            yield child
            if not isinstance(child, QScrollArea):
                yield from _within(child)
