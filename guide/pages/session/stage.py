"""Where everything on the session page lies: pure geometry, from 800x560 to the largest screen."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont, QTextLayout, QTextOption

from guide.kit.look import Look, stage_unit
from guide.kit.typeface import SESSION_TYPE, SessionRole

RING: Final = 424.0
LARGEST_RADIUS: Final = 92.0
SMALLEST_RADIUS: Final = 60.0
PHOTO: Final = (514.0, 300.0)
SMALLEST_PHOTO: Final = 0.5
INSTRUCTION_FLOOR: Final = 24.0
SMALLEST_INSTRUCTION: Final = 15.0
WIDE: Final = 1260.0
WIDE_ROWS: Final = 1180.0
BUTTON_FLOOR: Final = 52.0
BALANCED_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Stage:
    """The regions of the page."""

    u: float
    portrait: bool
    top: QRectF
    ring: QPointF
    diameter: float
    guide: QRectF
    timeline: QRectF
    line: QRectF
    controls: QRectF
    control_height: float
    control_gap: float


def place_stage(width: float, height: float, *, look: Look) -> Stage:
    """
    Place the regions for a window; source: the session stage of the design.

    A portrait window has the ring on top, the guide below and the controls in two rows.
    """
    portrait = height > width
    u = max(0.69, min(width / 780, height / 1240, 2.0)) if portrait else stage_unit(width, height)
    gap = 14 * u
    font = look.session_font("control", u).pixelSize()
    control = max(76 * u, BUTTON_FLOOR, font * 1.9)
    rows = min(width - 96 * u, WIDE_ROWS * u)
    left = (width - rows) / 2
    controls_height = 2 * control + gap if portrait else control
    controls = QRectF(left, height - 24 * u - controls_height, rows, controls_height)
    line_height = look.session_line_height("next", u)
    line = QRectF(left, controls.top() - 22 * u - line_height, rows, line_height)
    timeline = QRectF(left, line.top() - 62 * u, rows, 54 * u)
    top = QRectF(40 * u, 22 * u, width - 80 * u, max(52 * u, 44.0))
    above, below = max(86 * u, top.bottom() + 2), timeline.top() - 18 * u
    if portrait:
        room = below - above - 52 * u  # the end of a range stands above the ring, and its mark may stand below it
        diameter = min(RING * u, width - 220 * u, room * 0.5)
        ring = QPointF(width / 2, above + 22 * u + diameter / 2)
        column = min(width - 96 * u, 640 * u)
        start = ring.y() + diameter / 2 + 30 * u
        guide = QRectF((width - column) / 2, start, column, below - start)
    else:
        stage = min(width, WIDE * u)
        edge = (width - stage) / 2
        diameter = RING * u
        ring = QPointF(edge + 80 * u + diameter / 2, (above + below) / 2)
        start = ring.x() + diameter / 2 + 62 * u + max(0.0, stage - 1160 * u) * 0.38
        end = min(edge + stage - 36 * u, controls.right())  # what is read ends where the keys do
        guide = QRectF(start, above, end - start, below - above)
    return Stage(
        u=u,
        portrait=portrait,
        top=top,
        ring=ring,
        diameter=diameter,
        guide=guide,
        timeline=timeline,
        line=line,
        controls=controls,
        control_height=control,
        control_gap=gap,
    )


def place_row(area: QRectF, weights: Sequence[float], gap: float) -> list[QRectF]:
    """Share a row out by weight."""
    room, total = area.width() - gap * (len(weights) - 1), sum(weights)
    places, x = [], area.left()
    for weight in weights:
        width = room * weight / total
        places.append(QRectF(x, area.top(), width, area.height()))
        x += width + gap
    return places


@dataclass(frozen=True, slots=True)
class Words:
    """What the guide column says, beside its picture."""

    title: str
    instruction: str
    beat: bool = False
    beside: bool = False  # the picture is narrow: the beat stands beside it
    detail: str = ""
    picture: tuple[float, float] | None = None  # its largest size, before `u`
    smallest: float = 1.0  # how far the picture may shrink before the words do
    title_role: SessionRole = "title"
    grown: float = 1.0  # how much larger than usual the instruction stands
    extra: float = 0.0  # room for a button below, in pixels


@dataclass(frozen=True, slots=True)
class Guide:
    """Where the guide column has put its parts; an absent one has no rectangle."""

    picture: QRectF | None
    beat: QRectF | None
    title: QRectF
    instruction: QRectF
    detail: QRectF | None
    extra: QRectF | None
    title_font: QFont
    title_line: float
    instruction_font: QFont
    instruction_line: float
    complete: bool = field(default=True)


def text_height(text: str, font: QFont, line: float, width: float) -> float:
    """Measure a text wrapped to a width, in lines of one height."""
    return _lines(text, font, width) * line


def balanced(text: str, font: QFont, width: float) -> float:
    """Find the narrowest width that takes no more lines: two like lines read better than a line and a word."""
    count = _lines(text, font, width)
    if not 1 < count <= BALANCED_LINES:
        return width
    narrow, wide = width / 2, width
    while wide - narrow > 2:
        middle = (narrow + wide) / 2
        if _lines(text, font, middle) <= count:
            wide = middle
        else:
            narrow = middle
    return float(math.ceil(wide))


def _lines(text: str, font: QFont, width: float) -> int:
    if not text:
        return 0
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    count = 0
    while (row := layout.createLine()).isValid():
        row.setLineWidth(max(1.0, width))
        count += 1
    layout.endLayout()
    return count


def fit_guide(region: QRectF, words: Words, *, u: float, look: Look) -> Guide:
    """
    Fit the guide column into its region: the picture shrinks first, then the instruction takes more lines, then
    smaller ones, then the picture gives way. Time and title keep their size as long as anything else can give.
    """
    tries = list(_tries(words, u, look))
    for title_share, size, smallest in tries[:-1]:
        placed = _place(region, words, u=u, look=look, title_share=title_share, size=size, smallest=smallest)
        if placed.complete:
            return placed
    title_share, size, smallest = tries[-1]
    return _place(region, words, u=u, look=look, title_share=title_share, size=size, smallest=smallest)


def _tries(words: Words, u: float, look: Look) -> Iterator[tuple[float, float, float]]:
    """Ways to fit, best first: the title's share, the instruction's size, the picture's least share; 0 is none."""
    nominal = look.session_font("instruction", u).pixelSize() * words.grown
    floor = min(nominal, INSTRUCTION_FLOOR)
    with_picture = [max(nominal * share, floor) for share in (1.0, 0.92, 0.84, 0.76, 0.68)]
    if words.picture is not None:
        yield from ((1.0, size, words.smallest) for size in dict.fromkeys(with_picture))
        yield from ((1.0, size, words.smallest * 0.8) for size in dict.fromkeys(with_picture))
    size = nominal
    while size > floor:
        yield 1.0, size, 0.0
        size *= 0.94
    for share in (1.0, 0.9, 0.8, 0.7, 0.6):
        yield share, floor, 0.0
    while size > SMALLEST_INSTRUCTION:
        yield 0.6, size, 0.0
        size *= 0.94
    yield 0.45, SMALLEST_INSTRUCTION, 0.0


class _Measured(NamedTuple):
    """The words of the guide column in the fonts of one try, and how high each of them is."""

    title_font: QFont
    title_line: float
    instruction_font: QFont
    instruction_line: float
    title: float
    instruction: float
    detail: float


def _measured(words: Words, width: float, *, u: float, look: Look, title_share: float, size: float) -> _Measured:
    title_font = look.session_font(words.title_role, u)
    title_line = look.session_line_height(words.title_role, u) * title_share
    title_font.setPixelSize(max(1, round(title_font.pixelSize() * title_share)))
    font = look.session_font("instruction", u)
    font.setPixelSize(round(size))
    kind = SESSION_TYPE["instruction"]
    line = size * kind.line / kind.size
    detail_font, detail_line = look.session_font("next", u), look.session_line_height("next", u)
    return _Measured(
        title_font,
        title_line,
        font,
        line,
        title=text_height(words.title, title_font, title_line, width),
        instruction=text_height(words.instruction, font, line, width),
        detail=text_height(words.detail, detail_font, detail_line, width),
    )


def _picture_size(words: Words, width: float, height: float, *, u: float, smallest: float) -> QSizeF | None:
    """As large as it may be in what the words leave; None where that is less than `smallest` of it."""
    if words.picture is None or smallest <= 0:
        return None
    largest = QSizeF(*words.picture) * u
    share = min(1.0, height / largest.height(), width / largest.width())
    return largest * share if share >= smallest else None


def _place(
    region: QRectF, words: Words, *, u: float, look: Look, title_share: float, size: float, smallest: float
) -> Guide:
    left, width = region.left(), region.width()
    measured = _measured(words, width, u=u, look=look, title_share=title_share, size=size)
    wanted = words.picture is not None and smallest > 0
    beside = words.beat and words.beside and wanted
    beat = 52 * u if words.beat and not beside else 0.0
    rows = {  # from the top, beneath the picture: the gap above each, and its height
        "beat": (10 * u if beat else 0.0, beat),
        "title": (12 * u, measured.title),
        "instruction": (8 * u if measured.instruction else 0.0, measured.instruction),
        "detail": (12 * u if measured.detail else 0.0, measured.detail),
        "extra": (22 * u if words.extra else 0.0, words.extra),
    }
    needed = sum(gap + height for gap, height in rows.values())
    picture = _picture_size(words, width, region.height() - needed, u=u, smallest=smallest)
    total = needed + (picture.height() if picture else -rows["title"][0])
    y = region.top() + max(0.0, (region.height() - total) / 2)
    picture_box = beat_box = None
    if picture is not None:
        picture_box = QRectF(QPointF(left, y), picture)
        y += picture.height()
    boxes = {}
    for name, (gap, height) in rows.items():
        y += gap if name != "title" or picture is not None or beat else 0.0
        boxes[name] = QRectF(left, y, width, height)
        y += height
    boxes["title"].setWidth(balanced(words.title, measured.title_font, width))
    boxes["instruction"].setWidth(balanced(words.instruction, measured.instruction_font, width))
    if beat:
        beat_box = boxes["beat"]
    elif beside and picture_box is not None:
        start = picture_box.right() + 30 * u
        beat_box = QRectF(start, picture_box.center().y() - 26 * u, region.right() - start, 52 * u)
    return Guide(
        picture=picture_box,
        beat=beat_box,
        title=boxes["title"],
        instruction=boxes["instruction"],
        detail=boxes["detail"] if measured.detail else None,
        extra=boxes["extra"] if words.extra else None,
        title_font=measured.title_font,
        title_line=measured.title_line,
        instruction_font=measured.instruction_font,
        instruction_line=measured.instruction_line,
        complete=needed <= region.height() + 0.5 and (picture is not None or not wanted),
    )
