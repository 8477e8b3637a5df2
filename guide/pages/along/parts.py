"""The parts of the card: its head, the bars, the steps, the lists and the foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QPainter,
    QPen,
)

from guide.core.duration import span
from guide.core.plan import Plan
from guide.core.routine import Drawing, Kind
from guide.kit.icons import paint_icon
from guide.kit.motion.geometry import PAIR_WIDTH, SCENE_HEIGHT
from guide.kit.motion.scenes import paint_motion
from guide.kit.timeline import Bar, paint_bars, places
from guide.language import N_, _, ngettext
from guide.pages.along.folding import MILK_SLOWS, SUGGESTED, SUGGESTED_MARK, CardStep, Folded
from guide.pages.along.type import POINT, PRINT, Block, Style, Text, said, space, stacked

MOST_IN_ONE_COLUMN: Final = 40
MOST_ON_A_SHEET: Final = 150  # steps; in the smallest type, a line each in two columns, a sheet holds some eighty
LAST_WORD: Final = N_("It is fine to stop at any step. That is enough for now.")
NAME: Final = "Pumping Guide"


# the parts of the card


def header(plan: Plan, style: Style, width: float) -> Block:
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
        blocks += [space(2 * POINT), said(summary)]
    blocks += [space(7 * POINT), timeline(plan, style, width)]
    if routine.get_ready:
        label = _("Have ready:  ")
        words = label + "\u00a0\u00a0·  ".join(item.strip().rstrip(".") for item in routine.get_ready)
        blocks += [
            space(8 * POINT),
            said(Text(words, size=style.size(1), width=width, strong=len(label), most=style.most(4))),
        ]
    return stacked(blocks)


def timeline(plan: Plan, style: Style, width: float) -> Block:
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
        pattern, small = _("Suction: {suction}"), style.size(0.94)
        words, strong = pattern.format(suction=step.suction), len(pattern.partition("{")[0].rstrip())
        said.append(Text(words, size=small, width=room, strong=strong, colour=PRINT.text2, most=style.most(3)))
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


def steps(folded: Folded, style: Style, width: float) -> Block:
    """The steps in one column or two, brackets at their left; what is not shown is counted."""
    shown = folded.steps if style.shown is None else folded.steps[: style.shown]
    left_out = len(folded.steps) - len(shown)
    deepest = max((bracket.depth + 1 for bracket in folded.brackets), default=0)
    gutter = min(deepest, 3) * style.size(1) * 1.7
    gap = 16 * POINT
    column = (width - gap * (style.columns - 1)) / style.columns
    blocks = [_step(step, number, style, column - gutter) for number, step in enumerate(shown, 1)]
    if left_out:
        words = ngettext("and {left_out} more step", "and {left_out} more steps", left_out).format(left_out=left_out)
        blocks.append(said(Text(words, size=style.size(1), width=column, colour=PRINT.text2)))
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


def lists(plan: Plan, folded: Folded, style: Style, width: float) -> Block:
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


def footer(plan: Plan, folded: Folded, style: Style, width: float) -> Block:
    routine, small = plan.routine, style.size(0.86)
    blocks: list[Block] = []
    if any(step.suggested for step in folded.steps):
        blocks.append(said(Text(_(SUGGESTED), size=small, width=width, colour=PRINT.text2)))
    if routine.evidence:
        label = _("What it rests on:  ")
        words = label + " ".join(routine.evidence.split())
        blocks.append(
            said(Text(words, size=small, width=width, strong=len(label), colour=PRINT.text2, most=style.most(5)))
        )
    if routine.sources:
        label = _("Sources:  ")
        words = label + "; ".join(source.title for source in routine.sources)
        blocks.append(
            said(Text(words, size=small, width=width, strong=len(label), colour=PRINT.text2, most=style.most(4)))
        )
    name = Text(NAME, size=small, width=width, weight=600, colour=PRINT.text3)

    def paint_name(painter: QPainter, x: float, y: float) -> None:
        side = name.line_height
        paint_icon(painter, "brand", QRectF(x, y, side, side), PRINT.text3)
        name.paint(painter, x + side + 3 * POINT, y)

    blocks += [space(2 * POINT), Block(name.height, paint_name, (name,))]
    return stacked(blocks, gap=1.5 * POINT)
