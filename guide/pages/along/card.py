"""
The printed card: a routine on one sheet, for a partner, a nurse or the fridge.

Everything is measured in tenths of a point, so that type of 8.5 points is a whole number of pixels.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from guide.core.duration import short, span
from guide.core.naming import kind_word, side_word
from guide.core.plan import Plan
from guide.core.routine import Drawing, Group, Kind, Range, Side, Step, Wait
from guide.kit.icons import paint_brand, paint_icon
from guide.kit.look import LIGHT, load_fonts
from guide.kit.motion.geometry import PAIR_WIDTH, SCENE_HEIGHT
from guide.kit.motion.scenes import paint_motion
from guide.kit.painting import painting
from guide.kit.timeline import Bar, paint_bars, places
from guide.language import N_, _, ngettext, screen

POINT: Final = 10
UNITS_PER_INCH: Final = 720
MARGIN: Final = 40 * POINT
SMALLEST: Final = 8.5
MOST_IN_ONE_COLUMN: Final = 40
LONGEST_LINE: Final = 400  # characters; no line across a sheet holds as many
PAPERS: Final = MappingProxyType({"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter})
BLACK: Final = QColor("#111111")
PRINT: Final = replace(
    LIGHT,
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
SUGGESTED_MARK: Final = "*"
SUGGESTED: Final = N_("* A suggested time: no source gives one. It is the first to change to your liking.")
MILK_SLOWS: Final = N_("until milk slows")
LAST_WORD: Final = N_("It is fine to stop at any step. That is enough for now.")
NAME: Final = "Pumping Guide"


@dataclass(frozen=True, slots=True)
class CardStep:
    """One line of the card: a step as written, on one side or on both in turn."""

    kind: Kind
    title: str
    side: Side
    sides: str
    length: str
    words: str
    drawing: Drawing
    until_milk_slows: bool = False
    suggested: bool = False
    suction: str = ""
    partner: str = ""


@dataclass(frozen=True, slots=True)
class Bracket:
    """Steps that are done together several times, or first on one side and then on the other."""

    first: int
    last: int
    depth: int
    words: str


@dataclass(frozen=True, slots=True)
class Folded:
    steps: tuple[CardStep, ...]
    brackets: tuple[Bracket, ...]


def fold(plan: Plan) -> Folded:
    """Give a routine's steps as they stand on paper: a repeat once, with how often it is done."""
    steps: list[CardStep] = []
    brackets: list[Bracket] = []
    _fold(plan.routine.steps, None, plan.first, 0, steps, brackets)
    return Folded(tuple(steps), tuple(sorted(brackets, key=lambda one: (one.depth, one.first))))


def _fold(
    parts: Sequence[Step | Group],
    side: Side | None,
    first: Side,
    depth: int,
    steps: list[CardStep],
    brackets: list[Bracket],
    *,
    in_turn: bool = False,
) -> None:
    """Inside steps that are done on one side and then on the other, `in_turn`, `side` is the one they begin with."""
    for part in parts:
        own = part.side or side
        match part:
            case Step():
                steps.append(_card_step(part, own or Side.BOTH, first, in_turn=in_turn and part.side is None))
            case Group(inner, times):
                alone = len(inner) == 1 and isinstance(inner[0], Step)
                each = own is Side.EACH and not alone
                begin = len(steps)
                turns = ngettext("{n} time", "{n} times", times).format(n=times)
                words = " · ".join(word for word, holds in ((turns, times > 1), (_in_turn(first), each)) if holds)
                within = first if each else own
                _fold(inner, within, first, depth + bool(words), steps, brackets, in_turn=in_turn or each)
                if words and len(steps) > begin:
                    brackets.append(Bracket(begin, len(steps) - 1, depth, words))


def _card_step(step: Step, side: Side, first: Side, *, in_turn: bool = False) -> CardStep:
    spoken = _in_turn(first) if side is Side.EACH else side_word(side, screen())

    def fill(text: str) -> str:
        return " ".join(text.replace("{side}", spoken).split())

    return CardStep(
        kind=step.kind,
        title=fill(step.title) or kind_word(step.kind, screen()),
        side=Side.BOTH if side is Side.EACH else side,
        sides=_first(first) if in_turn else _sides(step, side, first),
        length=_length(step, each=side is Side.EACH),
        words=fill(step.show) or fill(step.say),
        drawing=step.drawing,
        until_milk_slows=step.until_milk_slows and isinstance(step.length, Range),
        suggested=step.suggested,
        suction=fill(step.suction),
        partner=fill(step.partner),
    )


def _in_turn(first: Side) -> str:
    return _("left, then right") if first is Side.LEFT else _("right, then left")


def _first(first: Side) -> str:
    return _("left side first") if first is Side.LEFT else _("right side first")


def _length(step: Step, *, each: bool) -> str:
    length = _("until ready") if isinstance(step.length, Wait) else short(step.length)
    return _("{length} each").format(length=length) if each else length


def _sides(step: Step, side: Side, first: Side) -> str:
    match side:
        case Side.EACH:
            return _in_turn(first)
        case Side.BOTH:
            return "" if step.kind in {Kind.PREPARE, Kind.REST} else _("both sides")
        case one:
            return _("left side") if one is Side.LEFT else _("right side")


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
        self.words, self.size = words, size
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


def _stacked(blocks: Sequence[Block], gap: float = 0) -> Block:
    def paint(painter: QPainter, x: float, y: float) -> None:
        for block in blocks:
            block.paint(painter, x, y)
            y += block.height + gap

    height = sum(block.height for block in blocks) + gap * max(0, len(blocks) - 1)
    return Block(height, paint, tuple(text for block in blocks for text in block.texts))


def _space(height: float) -> Block:
    return Block(height, lambda _painter, _x, _y: None)


def _rule(width: float) -> Block:
    return Block(5, lambda painter, x, y: painter.fillRect(QRectF(x, y, width, 5), PRINT.line))


def _said(text: Text) -> Block:
    return Block(text.height, text.paint, (text,))


# the parts of the card


def _header(plan: Plan, style: Style, width: float) -> Block:
    routine = plan.routine
    length = Text(
        span(plan.shortest, plan.longest),
        size=style.size(1.5),
        width=width * 0.34,
        weight=600,
        align=Qt.AlignmentFlag.AlignRight,
        most=1,
    )
    name = Text(
        routine.name,
        size=style.size(2.2),
        width=width - length.width - 20 * POINT,
        weight=600,
        display=True,
        most=style.most(2),
    )

    def paint_head(painter: QPainter, x: float, y: float) -> None:
        name.paint(painter, x, y)
        length.paint(painter, x + width * 0.66, y + name.line_height - length.line_height * 1.16)

    blocks = [Block(name.height, paint_head, (name, length))]
    if routine.summary:
        summary = Text(routine.summary, size=style.size(1), width=width, colour=PRINT.text2, most=style.most(3))
        blocks += [_space(2 * POINT), _said(summary)]
    blocks += [_space(7 * POINT), _timeline(plan, style, width)]
    if routine.get_ready:
        label = _("Have ready:  ")
        words = label + "\u00a0\u00a0·  ".join(item.strip().rstrip(".") for item in routine.get_ready)
        blocks += [
            _space(8 * POINT),
            _said(Text(words, size=style.size(1), width=width, strong=len(label), most=style.most(4))),
        ]
    return _stacked(blocks)


def _timeline(plan: Plan, style: Style, width: float) -> Block:
    bars = [
        Bar(
            segment.step.kind.value,
            segment.shortest.total_seconds(),
            (segment.longest or segment.shortest).total_seconds(),
        )
        for segment in plan.segments
    ]
    glyph, bar, gap = style.body * 1.25 * POINT, 7 * POINT, 2 * POINT

    def paint(painter: QPainter, x: float, y: float) -> None:
        for one, (left, wide) in zip(bars, places(bars, width, gap), strict=True):
            if wide >= glyph * 1.15:
                place = QRectF(x + left + (wide - glyph) / 2, y, glyph, glyph)
                paint_icon(painter, one.kind, place, PRINT.ink(one.kind), 1.8)
        row = QRectF(x, y + glyph + 2 * POINT, width, bar)
        paint_bars(painter, row, bars, PRINT, gap=gap, radius=2.5 * POINT)

    return Block(glyph + 2 * POINT + bar, paint)


def _step(step: CardStep, number: int, style: Style, width: float) -> Block:
    tall = style.drawing * POINT
    picture = tall * PAIR_WIDTH / SCENE_HEIGHT if tall else 0.0
    figure, glyph = style.size(1) * 1.7, style.size(1) * 1.75
    left = figure + glyph + 7 * POINT
    apart = 9 * POINT if picture else 0.0
    beside = style.columns == 1
    aside = style.size(1) * 8.6 if beside else 0.0
    room = width - left - picture - apart - (aside + 9 * POINT if beside else 0.0)
    times = _times(step, style, aside if beside else room, one_line=not beside)
    said = [Text(step.title, size=style.size(1.15), width=room, weight=600, most=style.most(2))]
    if style.terse:
        words = " · ".join((step.title, *(text.words for text in times)))
        said = [Text(words, size=style.size(1), width=room, strong=len(step.title), most=1)]
    elif not beside:
        said += times
    if step.words:
        said.append(Text(step.words, size=style.size(1), width=room, most=style.most(5)))
    if step.suction:
        words, small = _("Suction: {suction}").format(suction=step.suction), style.size(0.94)
        said.append(Text(words, size=small, width=room, strong=8, colour=PRINT.text2, most=style.most(3)))
    digits = Text(f"{number}", size=style.size(1.15), width=figure, weight=600, most=1)
    columns = [said, times] if beside else [said]
    inner = max([tall, *(sum(text.height for text in column) for column in columns)])
    pad = (3.2 if style.body <= 9 else 4.5) * POINT + style.air

    def paint(painter: QPainter, x: float, y: float) -> None:
        y += pad
        digits.paint(painter, x, y)
        place = QRectF(x + figure, y - (glyph - digits.line_height) / 2, glyph, glyph)
        paint_icon(painter, step.kind.value, place, PRINT.ink(step.kind.value), 1.9)
        for column, at in zip(columns, (x + left, x + left + room + 9 * POINT), strict=False):
            down = y
            for text in column:
                text.paint(painter, at, down)
                down += text.height
        if picture and step.drawing is not Drawing.NONE:
            drawing = QRectF(x + width - picture, y + (inner - tall) / 2, picture, tall)
            name = step.kind.value if step.drawing is Drawing.REST and step.kind is Kind.PREPARE else step.drawing.value
            paint_motion(painter, drawing, name, step.side.value, 0.0, PRINT, still=True, kind=step.kind.value)

    return Block(inner + 2 * pad, paint, tuple(text for column in columns for text in column))


def _times(step: CardStep, style: Style, width: float, *, one_line: bool) -> list[Text]:
    """How long a step lasts and on which side: below each other beside it, or in one line under its title."""
    length = step.length + (SUGGESTED_MARK if step.suggested else "")
    rest = [words for words in (_(MILK_SLOWS) if step.until_milk_slows else "", step.sides) if words]
    if one_line:
        words = " · ".join((length, *rest))
        return [
            Text(words, size=style.size(0.94), width=width, strong=len(length), colour=PRINT.text2, most=style.most(3))
        ]
    return [
        Text(length, size=style.size(1.06), width=width, weight=600, most=style.most(3)),
        *(Text(words, size=style.size(0.94), width=width, colour=PRINT.text2, most=style.most(2)) for words in rest),
    ]


def _steps(folded: Folded, style: Style, width: float) -> Block:
    """The steps in one column or two, brackets at their left; what is not shown is counted."""
    shown = folded.steps if style.shown is None else folded.steps[: style.shown]
    left_out = len(folded.steps) - len(shown)
    deepest = max((bracket.depth + 1 for bracket in folded.brackets), default=0)
    gutter = min(deepest, 3) * style.size(1) * 1.7
    gap = 16 * POINT
    column = (width - gap * (style.columns - 1)) / style.columns
    blocks = [_step(step, number, style, column - gutter) for number, step in enumerate(shown, 1)]
    if left_out:
        words = _("and {left_out} more step").format(left_out=left_out) + ("s" if left_out > 1 else "")
        blocks.append(_said(Text(words, size=style.size(1), width=column, colour=PRINT.text2)))
    tops: list[tuple[int, float]] = []
    if style.columns == 1:
        heights = [_down(blocks, 0, tops)]
    else:
        half = _half(blocks)
        heights = [_down(blocks[:half], 0, tops), _down(blocks[half:], 1, tops)]

    def paint(painter: QPainter, x: float, y: float) -> None:
        for block, (number, top) in zip(blocks, tops, strict=True):
            at = x + number * (column + gap)
            if top > 0:
                painter.fillRect(QRectF(at + gutter, y + top, column - gutter, 4), PRINT.line)
            block.paint(painter, at + gutter, y + top)
        for bracket in folded.brackets:
            for number in range(style.columns):
                held = [
                    (top, block.height)
                    for index, (block, (where, top)) in enumerate(zip(blocks, tops, strict=True))
                    if where == number and bracket.first <= index <= bracket.last and index < len(shown)
                ]
                if held:
                    at = x + number * (column + gap) + min(bracket.depth, 2) * style.size(1) * 1.7
                    _paint_bracket(painter, at, y + held[0][0], y + held[-1][0] + held[-1][1], bracket.words, style)

    return Block(max(heights), paint, tuple(text for block in blocks for text in block.texts))


def _down(blocks: Sequence[Block], column: int, tops: list[tuple[int, float]]) -> float:
    y = 0.0
    for block in blocks:
        tops.append((column, y))
        y += block.height
    return y


def _half(blocks: Sequence[Block]) -> int:
    """How many blocks the first of two columns takes, so that both are about as long."""
    total, y = sum(block.height for block in blocks), 0.0
    for number, block in enumerate(blocks):
        y += block.height
        if y >= total / 2:
            return number + 1
    return len(blocks)


def _paint_bracket(painter: QPainter, x: float, top: float, bottom: float, words: str, style: Style) -> None:
    inset = 3 * POINT
    bar = QRectF(x + style.size(1) * 1.15, top + inset, 1.6 * POINT, bottom - top - 2 * inset)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(PRINT.text3)
    painter.drawRoundedRect(bar, 0.8 * POINT, 0.8 * POINT)
    painter.save()
    painter.translate(x, bottom - inset)
    painter.rotate(-90)
    text = Text(
        words,
        size=style.size(0.94),
        width=bottom - top - 2 * inset,
        weight=600,
        most=1,
        align=Qt.AlignmentFlag.AlignHCenter,
    )
    text.paint(painter, 0, 0)
    painter.restore()


def _lists(plan: Plan, folded: Folded, style: Style, width: float) -> Block:
    """What a helper can do, and what to bear in mind, side by side."""
    helps: dict[str, int] = {}
    for number, step in enumerate(folded.steps, 1):
        if step.partner:
            helps.setdefault(step.partner, number)
    partner = [
        _("At {number}: {words}").format(number=number, words=words) for words, number in list(helps.items())[:6]
    ]
    safety = [*plan.routine.safety[:6], _(LAST_WORD)]
    gap = 18 * POINT
    column = (width - gap) / 2 if partner else width
    right = _list(_("For gentle hands"), "hand", safety, style, column)
    if not partner:
        return right
    left = _list(_("What a partner can do"), "partner", partner, style, column)

    def paint(painter: QPainter, x: float, y: float) -> None:
        left.paint(painter, x, y)
        right.paint(painter, x + column + gap, y)

    return Block(max(left.height, right.height), paint, (*left.texts, *right.texts))


def _list(title: str, icon: str, lines: Sequence[str], style: Style, width: float) -> Block:
    pad, indent = 8 * POINT, style.size(1) * 0.9
    glyph = style.size(1.5)
    head = Text(title, size=style.size(1.1), width=width, weight=600, most=1)
    texts = [Text(line, size=style.size(0.96), width=width - 2 * pad - indent, most=style.most(4)) for line in lines]
    height = head.height + 2 * POINT + sum(text.height for text in texts) + 1.5 * POINT * len(texts) + 2 * pad

    def paint(painter: QPainter, x: float, y: float) -> None:
        painter.setPen(QPen(PRINT.line, 6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(x, y, width, height), 6 * POINT, 6 * POINT)
        x, y = x + pad, y + pad
        paint_icon(painter, icon, QRectF(x, y - (glyph - head.height) / 2, glyph, glyph), PRINT.text2, 1.8)
        head.paint(painter, x + glyph + 4 * POINT, y)
        y += head.height + 2 * POINT
        for text in texts:
            dot = text.line_height / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(PRINT.text3)
            painter.drawEllipse(QPointF(x + 2 * POINT, y + dot), 1.3 * POINT, 1.3 * POINT)
            text.paint(painter, x + indent, y)
            y += text.height + 1.5 * POINT

    return Block(height, paint, (head, *texts))


def _footer(plan: Plan, folded: Folded, style: Style, width: float) -> Block:
    routine, small = plan.routine, style.size(0.86)
    blocks: list[Block] = []
    if any(step.suggested for step in folded.steps):
        blocks.append(_said(Text(_(SUGGESTED), size=small, width=width, colour=PRINT.text2)))
    if routine.evidence:
        label = _("What it rests on:  ")
        words = label + " ".join(routine.evidence.split())
        blocks.append(
            _said(Text(words, size=small, width=width, strong=len(label), colour=PRINT.text2, most=style.most(5)))
        )
    if routine.sources:
        label = _("Sources:  ")
        words = label + "; ".join(source.title for source in routine.sources)
        blocks.append(
            _said(Text(words, size=small, width=width, strong=len(label), colour=PRINT.text2, most=style.most(4)))
        )
    name = Text(NAME, size=small, width=width, weight=600, colour=PRINT.text3)

    def paint_name(painter: QPainter, x: float, y: float) -> None:
        side = name.line_height
        paint_brand(painter, QRectF(x, y, side, side), PRINT.text3)
        name.paint(painter, x + side + 3 * POINT, y)

    blocks += [_space(2 * POINT), Block(name.height, paint_name, (name,))]
    return _stacked(blocks, gap=1.5 * POINT)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A card that fits: its blocks and the room between them."""

    style: Style
    blocks: tuple[Block, ...]
    gaps: tuple[float, ...]
    spare: float

    @property
    def texts(self) -> tuple[Text, ...]:
        return tuple(text for block in self.blocks for text in block.texts)

    def paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = float(MARGIN)
        for block, gap in zip(self.blocks, self.gaps, strict=True):
            block.paint(painter, MARGIN, y)
            y += block.height + gap


def compose(plan: Plan, width: float, height: float) -> Sheet:
    """Lay the card out for a sheet of this size, in tenths of a point: the largest type that fits, down to 8.5."""
    folded = fold(plan)
    room = width - 2 * MARGIN, height - 2 * MARGIN
    style = _fitting(plan, folded, *room)
    spare = _try(plan, folded, style, *room).spare
    rows = (style.shown or len(folded.steps)) / style.columns
    air = max(0.0, min(spare * 0.55 / (2 * rows), 9 * POINT))
    return _try(plan, folded, replace(style, air=air), *room)


def _fitting(plan: Plan, folded: Folded, width: float, height: float) -> Style:
    def fits(style: Style) -> bool:
        return _try(plan, folded, style, width, height).spare >= 0

    count = len(folded.steps)
    styles = STYLES if count <= MOST_IN_ONE_COLUMN else [style for style in STYLES if style.columns == 2]
    found = next((style for style in styles if fits(style)), None)
    if found is not None:
        return found
    tight = STYLES[-1]
    shown = bisect_left(range(1, count), x=True, key=lambda shown: not fits(replace(tight, shown=shown)))
    return replace(tight, shown=max(1, shown))


def _try(plan: Plan, folded: Folded, style: Style, width: float, height: float) -> Sheet:
    blocks = (
        _header(plan, style, width),
        _rule(width),
        _steps(folded, style, width),
        _lists(plan, folded, style, width),
        _footer(plan, folded, style, width),
    )
    least = (9 * POINT, 3 * POINT, 8 * POINT, 9 * POINT)
    spare = height - sum(block.height for block in blocks) - sum(least)
    more = max(0.0, min(spare / 3, 14 * POINT))
    gaps = (least[0] + more * 0.5, least[1], least[2] + more, least[3] + max(0.0, spare - more * 1.5), 0.0)
    return Sheet(style, blocks, gaps, spare)


def paint_card_on(device: QPagedPaintDevice, plan: Plan) -> bool:
    """Paint the card on a printer's or a PDF's page; False where the device takes nothing."""
    page = device.pageLayout().fullRect(QPageLayout.Unit.Point)
    with painting(device) as painter:
        if not painter.isActive():
            return False
        unit = device.logicalDpiX() / UNITS_PER_INCH
        painter.scale(unit, unit)
        compose(plan, page.width() * POINT, page.height() * POINT).paint(painter)
        return painter.end()


def write_card(plan: Plan, path: Path, *, paper: str) -> None:
    """Write a routine's card as a PDF of one page; `paper` is "a4" or "letter"; raises OSError."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(UNITS_PER_INCH)
    writer.setPageSize(QPageSize(PAPERS[paper]))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(plan.routine.name)
    writer.setCreator(NAME)
    painted = paint_card_on(writer, plan)
    buffer.close()
    if not painted:
        raise OSError(_("the card could not be painted"))
    path.write_bytes(buffer.data().data())
