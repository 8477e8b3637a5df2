"""Words that wrap and never elide, and headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import (
    QPointF,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPaintEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QLabel,
    QSizePolicy,
    QWidget,
)

from guide.compat import override
from guide.kit.direction import option_for
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.painting import painting
from guide.kit.room import fitted
from guide.kit.theme import Tint
from guide.kit.tips import tip
from guide.kit.typeface import Role

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCharFormat


MOST_KEPT: Final = 8  # a layout asks for a few widths, over and over
MOST_HEIGHTS: Final = 40
MOST_MEASURED: Final = 4096  # a few floats each, for all pages together
LETTERS: Final = re.compile(r"[^\W\d_]+")  # what has no place within to go to the next line


class _Words(NamedTuple):
    """A paragraph laid out in lines of one height."""

    layout: QTextLayout
    height: float

    @property
    def width(self) -> float:
        lines = (self.layout.lineAt(number) for number in range(self.layout.lineCount()))
        return max((line.naturalTextWidth() for line in lines), default=0.0)


def _in_lines(layout: QTextLayout, option: QTextOption, line_height: float, width: float, *, wrap: bool) -> _Words:
    anywhere = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    option.setWrapMode(anywhere if wrap else QTextOption.WrapMode.ManualWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, y + (line_height - line.height()) / 2))
        y += line_height
    layout.endLayout()
    return _Words(layout, y)


def _whole(text: str, font: QFont, width: float, *, wrap: bool) -> QFont:
    """The font in which no word is broken within: it is drawn smaller instead."""
    words = LETTERS.findall(text) if wrap else text.split("\n")
    return fitted(font, max(words, key=len, default=""), width)


@lru_cache(maxsize=MOST_MEASURED)
def _measured(text: str, font: QFont, line_height: float, width: float, *, wrap: bool) -> tuple[float, float]:
    """
    Width and height of plain words, on whichever side they begin.

    Kept for all labels: a page that is made anew, or shown in another theme, asks for the same again.
    """
    layout = QTextLayout(_breaking(text), _whole(text, font, width, wrap=wrap))
    words = _in_lines(layout, QTextOption(), line_height, width, wrap=wrap)
    return words.width, words.height


@lru_cache(maxsize=MOST_MEASURED)
def _longest_word(text: str, font: QFont) -> float:
    metrics = QFontMetricsF(font)
    return max((metrics.horizontalAdvance(word) for word in text.split()), default=0.0)


def _breaking(text: str) -> str:
    return text.replace("\n", "\u2028")


class Label(Guarded, QLabel):
    """Words in one of the app's roles; they wrap rather than end in dots, unless `elide` asks for it."""

    spoken_as = "StaticText"

    def __init__(
        self,
        text: str = "",
        *,
        look: Look,
        role: Role = "body",
        tint: Tint = "text",
        weight: int | None = None,
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._role: Role = role
        self._tint: Tint = tint
        self._weight = weight
        self._elide = elide
        self._strong: list[tuple[int, int]] = []
        self._own_font: tuple[QFont, float] | None = None
        self._share = 1.0
        self._size = 1.0
        self._laid_out: dict[tuple[float, int, bool, Qt.LayoutDirection], _Words] = {}
        self._heights: dict[float, float] = {}  # of the words, in lines of a width
        self._natural: tuple[float, float] | None = None
        self._longest_word: float | None = None
        self._kind: str | None = None
        self._borders = (0, 0)  # left and right, top and bottom: a layout asks for a size hundreds of times
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        across = QSizePolicy.Policy.Ignored if elide else QSizePolicy.Policy.Preferred
        policy = QSizePolicy(across, QSizePolicy.Policy.Minimum if wrap else QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        look.changed.connect(self._restyle)

    def set_parts(self, parts: Iterable[tuple[str, bool]]) -> None:
        """Show words, some of them strong."""
        text, strong = "", []
        for words, is_strong in parts:
            if is_strong:
                strong.append((len(text), len(words)))
            text += words
        self.setText(text)
        self._strong = strong
        self._restyle()

    @override
    def setText(self, text: str) -> None:
        if text == self.text() and not self._strong:
            return  # nothing to lay out anew, here and in all that is around it
        self._strong = []
        super().setText(text)
        if self._elide:
            self.setToolTip(tip(text))
        self._restyle()

    @override
    def setContentsMargins(self, *margins: Any) -> None:
        super().setContentsMargins(*margins)
        inside = self.contentsMargins()
        self._borders = inside.left() + inside.right(), inside.top() + inside.bottom()

    def squeeze(self, share: float) -> None:
        """Ask for a share of the width that a line would take; it is drawn smaller where that is too little."""
        if share != self._share:
            self._share = share
            self._restyle()

    def shrink(self, size: float) -> None:
        """Draw the words at a share of their size."""
        if size != self._size:
            self._size = size
            self._restyle()

    def set_role(self, role: Role, *, weight: int | None = None) -> None:
        self._role, self._weight, self._own_font = role, weight, None
        self._restyle()

    def set_own_font(self, font: QFont, line_height: float) -> None:
        """Take a font of the page's own, as the session stage does."""
        self._own_font = (font, line_height)
        self._restyle()

    def set_tint(self, tint: Tint) -> None:
        self._tint, self._kind = tint, None
        self.update()

    def set_kind(self, kind: str) -> None:
        """Take the colour of a kind of step."""
        self._kind = kind
        self.update()

    @Slot()
    def _restyle(self) -> None:
        self._laid_out.clear()
        self._heights.clear()
        self._natural = None
        self._longest_word = None
        self.updateGeometry()
        self.update()
        self._follow_words()

    def _follow_words(self) -> None:
        """The words may lie elsewhere from now on: for who has something on them."""

    def _type(self) -> tuple[QFont, float]:
        font, line = self._own_font or (
            self._look.font(self._role, weight=self._weight),
            self._look.line_height(self._role),
        )
        if self._size == 1:
            return font, line
        smaller = QFont(font)
        smaller.setPixelSize(max(1, round(font.pixelSize() * self._size)))
        return smaller, line * self._size

    def _lay_out(self, width: float) -> _Words:
        """The words in lines of a width; what was asked for before is not laid out again."""
        key = width, self.alignment().value, self.wordWrap(), self.layoutDirection()
        if key not in self._laid_out:
            if len(self._laid_out) >= MOST_KEPT:
                self._laid_out.clear()
            self._laid_out[key] = self._laid_out_anew(width)
        return self._laid_out[key]

    def _laid_out_anew(self, width: float) -> _Words:
        font, line_height = self._type()
        text, wrap = self.text(), self.wordWrap()
        if self._elide:
            text = QFontMetricsF(font).elidedText(_breaking(text), Qt.TextElideMode.ElideRight, width)
        else:
            font = _whole(text, font, width, wrap=wrap)
            text = _breaking(text)
        layout = QTextLayout(text, font)
        option = option_for(text, self.alignment(), self.layoutDirection(), paragraph=wrap)
        if self._strong:
            from PySide6.QtGui import QTextCharFormat  # slow to load, and few labels have parts

            bold = QTextCharFormat()
            bold.setFontWeight(QFont.Weight.DemiBold)
            bold.setForeground(self._look.theme.text)
            layout.setFormats([_range_of(start, length, bold) for start, length in self._strong])
        return _in_lines(layout, option, line_height, width, wrap=wrap)

    def _measure(self, width: float) -> tuple[float, float]:
        """Width and height of the words in lines of a width."""
        if self._strong or self._elide:
            words = self._lay_out(width)
            return words.width, words.height
        return _measured(self.text(), *self._type(), width, wrap=self.wordWrap())

    def _room(self) -> QRectF:
        return QRectF(self.contentsRect())

    def _natural_size(self) -> tuple[float, float]:
        """Width and height of the words where nothing makes them wrap."""
        if self._natural is None:
            self._natural = self._measure(100_000)
        return self._natural

    def width_with(self, words: str) -> int:
        """How wide it would ask to be with other words, in one line."""
        return int(_measured(words, *self._type(), 100_000, wrap=False)[0]) + 2 + self._borders[0]

    def _height(self, width: float) -> float:
        """The height of the words in lines of a width. A layout asks for many widths, and few of them change a line."""
        natural, height = self._natural_size()
        if natural < width:
            return height
        if width not in self._heights:
            if len(self._heights) > MOST_HEIGHTS:
                self._heights.clear()
            wider = min((one for one in self._heights if one > width), default=width)
            narrower = max((one for one in self._heights if one < width), default=width)
            same = narrower < width < wider and self._heights[narrower] == self._heights[wider]
            self._heights[width] = self._heights[wider] if same else self._measure(width)[1]
        return self._heights[width]

    @override
    def heightForWidth(self, width: int) -> int:
        if not self.wordWrap():
            return -1
        across, down = self._borders
        return round(self._height(width - across)) + down

    @override
    def sizeHint(self) -> QSize:
        across, down = self._borders
        natural, height = self._natural_size()
        if not self.wordWrap():
            return QSize(int(natural * self._share) + 2 + across, round(height) + down)
        widest = QFontMetricsF(self._type()[0]).averageCharWidth() * 68
        if natural > widest:
            natural, height = widest, self._height(widest + 1)
        return QSize(int(natural) + 2 + across, round(height) + down)

    @override
    def minimumSizeHint(self) -> QSize:
        across, down = self._borders
        if self._elide:
            return QSize(40, self.sizeHint().height())
        if not self.wordWrap():
            return self.sizeHint()
        font, line_height = self._type()
        if self._longest_word is None:
            self._longest_word = _longest_word(self.text(), font)
        return QSize(int(min(self._longest_word, 320) * self._share) + 2 + across, round(line_height) + down)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        room = self._room()
        words = self._lay_out(room.width())
        with painting(self) as painter:
            if not self.isEnabled():
                colour = theme.text3
            else:
                colour = theme.ink(self._kind) if self._kind else theme.tint(self._tint)
            painter.setPen(colour)
            vertical = self.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
            spare = room.height() - words.height
            if vertical & Qt.AlignmentFlag.AlignTop:
                spare = 0
            elif not vertical & Qt.AlignmentFlag.AlignBottom:
                spare /= 2
            words.layout.draw(painter, room.topLeft() + QPointF(0, spare))


def _range_of(start: int, length: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    part = QTextLayout.FormatRange()
    part.start, part.length, part.format = start, length, form
    return part


class Heading(Label):
    """The name of a page or of a part of it."""

    spoken_as = "Heading"

    def __init__(
        self,
        text: str,
        *,
        look: Look,
        role: Role = "h2",
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, look=look, role=role, wrap=wrap, parent=parent)
