"""The printed card: a routine on one sheet, for a partner, a nurse or the fridge."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import (
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from guide.core.plan import Plan
from guide.kit.painting import painting
from guide.language import _
from guide.pages.along.folding import Folded, fold
from guide.pages.along.parts import MOST_IN_ONE_COLUMN, MOST_ON_A_SHEET, NAME, footer, header, lists, steps
from guide.pages.along.type import POINT, STYLES, Block, Style, Text, rule
from guide.store.files import write_where_named

UNITS_PER_INCH: Final = 720
MARGIN: Final = 40 * POINT
PAPERS: Final = MappingProxyType({"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter})


@dataclass(frozen=True, slots=True)
class FittedCard:
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


def compose(plan: Plan, width: float, height: float) -> FittedCard:
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
    if count > MOST_ON_A_SHEET:
        styles = []
    found = next((style for style in styles if fits(style)), None)
    if found is not None:
        return found
    tight = STYLES[-1]
    shown = bisect_left(
        range(1, min(count, MOST_ON_A_SHEET)), x=True, key=lambda shown: not fits(replace(tight, shown=shown))
    )
    return replace(tight, shown=max(1, shown))


def _try(plan: Plan, folded: Folded, style: Style, width: float, height: float) -> FittedCard:
    blocks = (
        header(plan, style, width),
        rule(width),
        steps(folded, style, width),
        lists(plan, folded, style, width),
        footer(plan, folded, style, width),
    )
    least = (9 * POINT, 3 * POINT, 8 * POINT, 9 * POINT)
    spare = height - sum(block.height for block in blocks) - sum(least)
    more = max(0.0, min(spare / 3, 14 * POINT))
    gaps = (least[0] + more * 0.5, least[1], least[2] + more, least[3] + max(0.0, spare - more * 1.5), 0.0)
    return FittedCard(style, blocks, gaps, spare)


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
    write_where_named(path, bytes(buffer.data().data()))
