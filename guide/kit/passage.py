"""Words to read: some strong, some leading elsewhere, each link a control that Tab and a screen reader find."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from guide.compat import override
from guide.core.search import places
from guide.kit.buttons import Pressable
from guide.kit.direction import is_mirrored, option_for
from guide.kit.label import Label, _range_of, _Words
from guide.kit.look import Look
from guide.kit.markdown import Span, plain
from guide.kit.theme import Tint
from guide.kit.typeface import Role
from guide.language import _

LONGEST_LINE: Final = "Small circles with flat fingertips, from the ribs toward the nipple."  # 68 characters


class Link(Pressable):
    """The part of a passage that can be pressed; the passage paints its words."""

    spoken_as = "Link"

    def __init__(self, span: Span, *, look: Look, parent: QWidget) -> None:
        super().__init__(look=look, name=span.text, radius=6, parent=parent)
        self.target = span.target
        self._pieces: list[QRect] = []
        self.setText(span.text)
        routine = self.target.startswith("routine:")
        self.setAccessibleDescription(_("Opens the routine") if routine else _("Opens the page"))

    def lie_on(self, pieces: Sequence[QRect]) -> None:
        """Take the places of its words in the passage, line by line."""
        region = QRegion()
        for piece in pieces:
            region = region.united(piece)
        bounds = region.boundingRect()
        moved = bounds != self.geometry()
        self._pieces = [piece.translated(-bounds.topLeft()) for piece in pieces]
        self.setGeometry(bounds)
        self.setMask(region.translated(-bounds.topLeft()))
        if not moved:
            self.ring.place()

    @override
    def visual_parts(self) -> list[QRect]:
        return self._pieces

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        pass


class Passage(Label):
    """A paragraph; `followed` says which link was pressed."""

    followed = Signal(str)

    def __init__(
        self,
        words: Sequence[Span],
        *,
        look: Look,
        role: Role = "body",
        tint: Tint = "text",
        parent: QWidget | None = None,
    ) -> None:
        self._spans = tuple(words)
        self._sought: tuple[str, ...] = ()
        self._links: list[tuple[int, int, Link]] = []
        self._longest = 0  # until it is fitted, below
        super().__init__("", look=look, role=role, tint=tint, wrap=True, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setText(plain(self._spans))
        at = 0
        for span in self._spans:
            if span.target:
                link = Link(span, look=look, parent=self)
                link.clicked.connect(partial(self.followed.emit, span.target))
                self._links.append((at, len(span.text), link))
            at += len(span.text)
        look.changed.connect(self._fit)
        self._fit()

    def mark(self, sought: Sequence[str]) -> None:
        """Set off the words that were looked for."""
        self._sought = tuple(sought)
        self._laid_out.clear()
        self.update()

    def lines(self) -> list[str]:
        """Give the words of each line, as they are broken now."""
        layout = self._lay_out(self._room().width()).layout
        ranges = (layout.lineAt(i) for i in range(layout.lineCount()))
        return [self.text()[line.textStart() : line.textStart() + line.textLength()].strip() for line in ranges]

    def _fit(self) -> None:
        self._longest = measure(self._look, self._role)
        self._restyle()

    def _formats(self) -> list[QTextLayout.FormatRange]:
        theme, at, found = self._look.theme, 0, []
        for span in self._spans:
            form = QTextCharFormat()
            if span.strong:
                form.setFontWeight(QFont.Weight.DemiBold)
                if self._tint != "text3":
                    form.setForeground(theme.text)
            if span.target:
                form.setForeground(theme.accent_text)
                form.setFontUnderline(True)
            if span.strong or span.target:
                found.append(_range_of(at, len(span.text), form))
            at += len(span.text)
        for word in self._sought:
            for first, count in places(word, self.text()):
                form = QTextCharFormat()
                form.setBackground(theme.accent)
                form.setForeground(theme.on_accent)
                found.append(_range_of(first, count, form))
        return found

    @override
    def _measure(self, width: float) -> tuple[float, float]:
        """As it is laid out here: no line is longer than can be read."""
        words = self._lay_out(width)
        return words.width, words.height

    @override
    def _lay_out(self, width: float) -> _Words:
        """No line is longer than can be read: all that is wider is the same, but where words begin at its end."""
        return super()._lay_out(width if is_mirrored(self) else min(width, self._longest))

    @override
    def _laid_out_anew(self, width: float) -> _Words:
        font, line_height = self._type()
        layout = QTextLayout(self.text(), font)
        option = option_for(self.text(), Qt.AlignmentFlag.AlignLeft, self.layoutDirection())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            across = max(1.0, min(width, self._longest))
            line.setLineWidth(across)
            line.setPosition(QPointF(width - across if is_mirrored(self) else 0, y + (line_height - line.height()) / 2))
            y += line_height
        layout.endLayout()
        return _Words(layout, y)

    @override
    def _follow_words(self) -> None:
        if not self._links:
            return
        layout = self._lay_out(self._room().width()).layout
        for start, length, link in self._links:
            link.lie_on([rect.toAlignedRect() for rect in _pieces(layout, start, length, self._type()[1])])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow_words()


def _pieces(layout: QTextLayout, start: int, length: int, line_height: float) -> list[QRectF]:
    """The stretches of a run of words, line by line, each as high as its line."""
    found = []
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first, last = max(start, line.textStart()), min(start + length, line.textStart() + line.textLength())
        if first < last:
            x, end = _x(line.cursorToX(first)), _x(line.cursorToX(last))
            left = min(x, end)  # the end of a word that runs leftward
            found.append(QRectF(left - 2, number * line_height, abs(end - x) + 4, line_height))
    return found


def _x(answer: object) -> float:
    """PySide gives the place alone or with the cursor it was asked for."""
    place = answer[0] if isinstance(answer, tuple) else answer
    assert isinstance(place, int | float)  # noqa: S101  one of the two above
    return float(place)


def measure(look: Look, role: Role) -> int:
    """Tell how wide a paragraph may be, so that a line has 68 characters at most."""
    return round(QFontMetricsF(look.font(role)).horizontalAdvance(LONGEST_LINE))
