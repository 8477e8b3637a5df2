"""Words on paper: styles, lines that wrap, and blocks that stand beneath one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from guide.kit.theme import LIGHT
from guide.kit.typeface import load_fonts

POINT: Final = 10
SMALLEST: Final = 8.5
LONGEST_LINE: Final = 400  # characters; no line across a sheet holds as many
BLACK: Final = QColor("#111111")
PRINT: Final = LIGHT._replace(
    name="print",
    bg=QColor("#FFFFFF"),
    surface=QColor("#FFFFFF"),
    raised=QColor("#F3F3F3"),
    line=QColor("#C8C8C8"),
    line_strong=QColor("#707070"),
    text=BLACK,
    text2=QColor("#333333"),
    text3=QColor("#555555"),
    fills=LIGHT.inks,
    inactive_breast=0.3,
)


# measured pieces


@dataclass(frozen=True, slots=True)
class Style:
    """How large the type is, how high the drawings are, in how many columns the steps stand; points."""

    body: float
    drawing: float
    columns: int = 1
    shown: int | None = None
    terse: bool = False
    air: float = 0

    def size(self, share: float) -> int:
        return round(max(self.body * share, SMALLEST) * POINT)

    def most(self, lines: int) -> int:
        """How many lines a text may take before it ends in dots."""
        return max(1, lines // 2) if self.terse else lines


STYLES: Final = (
    *(Style(body, drawing) for body, drawing in ((13, 76), (12.5, 64), (12, 58), (11.5, 52), (11, 46), (10.5, 42))),
    *(Style(body, drawing) for body, drawing in ((10, 38), (10, 34), (9.5, 32), (9.5, 29), (9, 27), (9, 24))),
    *(Style(body, drawing, columns=2) for body, drawing in ((10, 38), (9.5, 34), (9, 30), (SMALLEST, 26))),
    Style(SMALLEST, 0, columns=2),
    Style(SMALLEST, 0, columns=2, terse=True),
)


class Text:
    """A paragraph laid out in a width, its first words strong if asked; what passes `most` lines ends in dots."""

    def __init__(
        self,
        words: str,
        *,
        size: int,
        width: float,
        strong: int = 0,
        weight: int = 400,
        colour: QColor = BLACK,
        display: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        most: int = 6,
    ) -> None:
        self._colour = colour
        words = words[: most * LONGEST_LINE]  # a text of any length is cut before it is measured
        self.words, self.size, self.strong = words, size, strong
        self.line_height = size * 1.36
        self.cut = False
        self._layout = self._lay_out(words, _face(size, weight, display=display), width, strong, align)
        if self._layout.lineCount() > most:
            self.cut = True
            last = self._layout.lineAt(most - 1)
            end = last.textStart() + max(1, last.textLength() - 2)
            shorter = words[:end].rstrip(" ,.;:") + "…"
            self.words = shorter
            self._layout = self._lay_out(shorter, _face(size, weight, display=display), width, strong, align)

    @property
    def height(self) -> float:
        return self._layout.lineCount() * self.line_height

    @property
    def width(self) -> float:
        lines = (self._layout.lineAt(i).naturalTextWidth() for i in range(self._layout.lineCount()))
        return max(lines, default=0.0)

    def _lay_out(self, words: str, font: QFont, width: float, strong: int, align: Qt.AlignmentFlag) -> QTextLayout:
        layout = QTextLayout(words, font)
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        if strong:
            part = QTextLayout.FormatRange()
            bold = QTextCharFormat()
            bold.setFontWeight(QFont.Weight.DemiBold)
            part.start, part.length, part.format = 0, strong, bold
            layout.setFormats([part])
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            line.setPosition(QPointF(0, y + (self.line_height - line.height()) / 2))
            y += self.line_height
        layout.endLayout()
        return layout

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        painter.setPen(self._colour)
        self._layout.draw(painter, QPointF(x, y))


@cache  # a card is laid out in a dozen sizes until it fits, and each has hundreds of texts
def _face(size: int, weight: int, *, display: bool) -> QFont:
    text, large = load_fonts()
    font = QFont(large if display else text)
    font.setPixelSize(size)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # its alternates have no letter of their own: "1:30" would be copied from the PDF as "1 30"
    font.setFeature(QFont.Tag.fromString("calt"), 0)
    return font


@dataclass(frozen=True, slots=True)
class Block:
    """Something with a height that paints itself at a place."""

    height: float
    paint: Callable[[QPainter, float, float], None]
    texts: tuple[Text, ...] = ()


def stacked(blocks: Sequence[Block], gap: float = 0) -> Block:
    def paint(painter: QPainter, x: float, y: float) -> None:
        for block in blocks:
            block.paint(painter, x, y)
            y += block.height + gap

    height = sum(block.height for block in blocks) + gap * max(0, len(blocks) - 1)
    return Block(height, paint, tuple(text for block in blocks for text in block.texts))


def space(height: float) -> Block:
    return Block(height, lambda _painter, _x, _y: None)


def rule(width: float) -> Block:
    return Block(5, lambda painter, x, y: painter.fillRect(QRectF(x, y, width, 5), PRINT.line))


def said(text: Text) -> Block:
    return Block(text.height, text.paint, (text,))
