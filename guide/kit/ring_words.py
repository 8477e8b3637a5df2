"""What is written inside a ring and beside its mark; digits that change stand in cells."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
)

from guide.core.kinds import Kind
from guide.core.naming import kind_word
from guide.kit.icons import paint_icon, paint_sides
from guide.kit.look import Look
from guide.kit.ring import DIAMETER, DialFace, Ring, angle_of, paint_ground, paint_hand
from guide.kit.theme import Theme, faded
from guide.language import N_, _, screen

LARGEST_TIME = 0.80
GAP = 0.55  # between a glyph and its word, in sizes of the word
SMALLEST = 14

SIDE_WORDS = {"both": N_("Both breasts"), "left": N_("Left breast"), "right": N_("Right breast")}


@dataclass(frozen=True, slots=True)
class _Cells:
    """A time in fixed cells, so that no digit moves when another changes."""

    font: QFont
    widths: tuple[float, ...]

    @property
    def width(self) -> float:
        return sum(self.widths)


def lay_out_time(text: str, font: QFont, room: float) -> _Cells:
    """Give every digit the cell of the widest one, in the largest size up to the font's own that fits."""
    own = QFont(font)
    own.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100)
    metrics = QFontMetricsF(own)
    digit = max(metrics.horizontalAdvance(d) for d in "0123456789")
    widths = [digit if c.isdigit() else metrics.horizontalAdvance(c) for c in text]
    tight = font.letterSpacing() / 100 if font.letterSpacing() else 1.0
    total = sum(widths) * tight
    share = min(1.0, room / total) if total else 1.0
    size = max(1, math.floor(own.pixelSize() * share))
    share = min(share, size / own.pixelSize())
    own.setPixelSize(size)
    return _Cells(own, tuple(width * tight * share for width in widths))


def paint_time(painter: QPainter, centre: QPointF, text: str, font: QFont, colour: QColor, room: float) -> None:
    cells = lay_out_time(text, font, room)
    metrics = QFontMetricsF(cells.font)
    painter.setFont(cells.font)
    painter.setPen(colour)
    x = centre.x() - cells.width / 2
    baseline = centre.y() + metrics.capHeight() / 2
    for letter, width in zip(text, cells.widths, strict=True):
        painter.drawText(QPointF(x + (width - metrics.horizontalAdvance(letter)) / 2, baseline), letter)
        x += width


@dataclass(frozen=True, slots=True)
class RingWords:
    """What is written inside a ring and beside its mark; it changes with the face, not with the hand."""

    face: DialFace
    ring: Ring
    look: Look
    number_free: bool

    @property
    def side(self) -> str:
        words = "" if self.face.paused else SIDE_WORDS.get(self.face.side, "")
        return _(words) if words else ""

    @property
    def rows(self) -> tuple[float, float, float, float]:
        """Where kind, time, caption and side stand, relative to the centre."""
        u = self.ring.diameter / DIAMETER
        shift = 0.0 if self.side else 18.0
        return (-109 + shift) * u, (-21 + shift) * u, (68 + shift) * u, 111 * u

    def paint(self, painter: QPainter) -> None:
        face, look, ring, theme = self.face, self.look, self.ring, self.look.theme
        u = ring.diameter / DIAMETER
        kind_y, time_y, caption_y, side_y = self.rows
        ink = theme.text if face.paused else theme.ink(face.kind)
        word = _("Paused") if face.paused else kind_word(Kind(face.kind), screen())
        glyph = "pause" if face.paused else face.kind
        font = look.session_font("kind", u)
        self._paint_pair(painter, kind_y, glyph, word, font, ink, ink)
        if face.wait or self.number_free:
            side = 104 * u
            place = QRectF(0, 0, side, side)
            place.moveCenter(ring.centre + QPointF(0, time_y))
            paint_icon(painter, face.kind, place, faded(theme.ink(face.kind), 0.75), 1.3)
        caption = face.caption
        if self.number_free and any(c.isdigit() for c in caption):
            caption = ""
        self._paint_line(painter, caption_y, caption, look.session_font("caption", u))
        if self.side:
            side_font = look.session_font("side", u)
            self._paint_pair(painter, side_y, "", self.side, side_font, theme.ink(face.kind), theme.text2)
        if face.mark is not None and not self.number_free:
            self._paint_marks(painter)

    def _paint_marks(self, painter: QPainter) -> None:
        face, ring, theme = self.face, self.ring, self.look.theme
        painter.setFont(self.look.session_font("ring_mark", ring.diameter / DIAMETER))
        metrics = QFontMetricsF(painter.font())
        # less far below the ring than beside it: the words there are wide, not tall
        aside = abs(math.cos(math.radians(angle_of(face.mark or 0.0))))
        reach = ring.radius + (3.0 + 0.9 * aside) * ring.stroke
        places = [(1.0, face.end_text, theme.text2, ring.radius + 3.0 * ring.stroke)]
        # where the mark comes close to 12 o'clock its words would lie over the end's: the end's stay
        if face.mark is not None and 0.06 < face.mark < 0.94:
            places.append((face.mark, face.mark_text, theme.text, reach))
        for share, text, colour, away in places:
            box = metrics.boundingRect(text).adjusted(-2, -2, 2, 2)
            box.moveCenter(ring.at(share, away))
            painter.setPen(colour)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _chord(self, y: float) -> float:
        """Measure the room inside the ring at a height."""
        half = self.ring.inner_diameter / 2 - self.ring.stroke
        return 2 * math.sqrt(max(0.0, half * half - y * y))

    def _paint_line(self, painter: QPainter, y: float, text: str, font: QFont) -> None:
        fitted, lines = self.lines_of(text, font, y)
        painter.setFont(fitted)
        painter.setPen(self.look.theme.text2)
        ring, high = self.ring, fitted.pixelSize() * 1.2
        for number, line in enumerate(lines):
            box = QRectF(0, 0, ring.inner_diameter, fitted.pixelSize() * 1.5)
            box.moveCenter(ring.centre + QPointF(0, y + high * (number - (len(lines) - 1) / 2)))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, line)

    def lines_of(self, text: str, font: QFont, y: float) -> tuple[QFont, list[str]]:
        """Fit a caption into the ring: smaller, and on two lines where the smallest is wider than the room."""
        fitted = self._fitted(font, text, y)
        room = self._chord(abs(y) + fitted.pixelSize() / 2)
        if QFontMetricsF(fitted).horizontalAdvance(text) <= room or " " not in text:
            return fitted, [text]
        words = text.split()
        middle = min(range(1, len(words)), key=lambda at: abs(len(" ".join(words[:at])) - len(text) / 2))
        return fitted, [" ".join(words[:middle]), " ".join(words[middle:])]

    def _paint_pair(
        self,
        painter: QPainter,
        y: float,
        glyph: str,
        text: str,
        font: QFont,
        glyph_ink: QColor,
        ink: QColor,
    ) -> None:
        """Paint a glyph, or the dots of the side, and a word as one centred line."""
        beside = 1.12 if glyph else 1.72
        fitted = self._fitted(font, text, y, beside=beside + GAP)
        size = fitted.pixelSize()
        side, gap = size * beside, size * GAP
        words = QFontMetricsF(fitted).horizontalAdvance(text)
        ring = self.ring
        x = ring.centre.x() - (side + gap + words) / 2
        middle = ring.centre.y() + y
        place = QRectF(x, middle - side / 2, side, side)
        if glyph:
            paint_icon(painter, glyph, place, glyph_ink, 2.0)
        else:
            paint_sides(painter, self.face.side, place, glyph_ink)
        painter.setFont(fitted)
        painter.setPen(ink)
        box = QRectF(x + side + gap, middle - size, words + 4, size * 2)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _fitted(self, font: QFont, text: str, y: float, *, beside: float = 0.0) -> QFont:
        """Shrink a font until its line fits into the ring at a height, with so many times its size `beside` it."""
        fitted = QFont(font)
        for size in range(font.pixelSize(), SMALLEST - 1, -1):
            fitted.setPixelSize(size)
            if QFontMetricsF(fitted).horizontalAdvance(text) + size * beside <= self._chord(abs(y) + size / 2):
                break
        return fitted


def paint_mini_ring(painter: QPainter, rect: QRectF, face: DialFace, theme: Theme, font: QFont | None = None) -> None:
    """Paint a small ring with its time, as for a preview or a sheet of paper."""
    ring = Ring(rect.center(), min(rect.width(), rect.height()))
    painter.save()
    paint_ground(painter, ring, theme, face)
    paint_hand(painter, ring, theme, face)
    if font is not None and face.time_text:
        paint_time(painter, ring.centre, face.time_text, font, theme.text, ring.inner_diameter * LARGEST_TIME)
    painter.restore()
