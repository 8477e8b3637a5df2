"""The page before a session: its steps at a glance, what to have at hand, and Start."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from guide.compat import override
from guide.core.duration import SECOND, short, span, spoken
from guide.core.plan import Plan, Segment
from guide.core.routine import Fixed, Group, Kind, Purpose, Range, Routine, Side, Step, Wait
from guide.kit.buttons import Button, IconButton, Pressable
from guide.kit.cards import Card, ScrollArea
from guide.kit.choices import Check, Segmented, Switch
from guide.kit.flow import FlowRow
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.icons import paint_disc, paint_icon, paint_sides
from guide.kit.label import Heading, Label
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.marks import KeyCap, Rule
from guide.kit.painting import paint_field, painting
from guide.kit.rows import Glyph, Row, clear
from guide.kit.timeline import Bar, Timeline
from guide.kit.words import PURPOSES, effective

MARGIN: Final = 40
BETWEEN: Final = 30
BAR: Final = 16
HANG: Final = 12
SHORT: Final = 480
TWO_COLUMNS_FROM: Final = 960
ROW: Final = 54
REPEAT_ROW: Final = 36
QUESTION: Final = "Any red, hot or very sore area, a fever, or feeling ill?"
SORE_NOTE: Final = "With a sore breast, this one rests for now. The routines marked for it are gentler today."
_TIMES: Final = {2: "twice"}


@dataclass(frozen=True, slots=True)
class ReadyView:
    """
    What the page shows.

    `done_by` is a time of day such as "03:38"; `hint` what her own sessions tell, `hint_action` what can be made of
    it; `sore` the answer to the check before hands-on work, None while it was not asked today.
    """

    id: str
    routine: Routine
    plan: Plan
    done_by: str = ""
    purpose: Purpose | None = None
    voice_on: bool = True
    voice_name: str = ""
    chimes_on: bool = True
    quiet: bool = False
    partner: bool = True
    number_free: bool = False
    hint: str = ""
    hint_action: str = ""
    sore: bool | None = None
    warnings: Sequence[str] = ()

    @property
    def asks(self) -> bool:
        """Whether the check before hands-on work is still to be answered."""
        return self.routine.hands_on and self.sore is None

    @property
    def rests(self) -> bool:
        """Whether the answer of today speaks against this routine."""
        return bool(self.sore) and not self.routine.suits_sore


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step in the list, `depth` groups deep."""

    segment: Segment
    depth: int = 0


@dataclass(frozen=True, slots=True)
class RepeatLine:
    """What comes `times` times follows."""

    times: int
    depth: int

    @property
    def words(self) -> str:
        return f"Repeat {_TIMES.get(self.times, f'{self.times} times')}"


Line = StepLine | RepeatLine


def lines_of(plan: Plan) -> list[Line]:
    """
    List a plan's steps, a repeated group once under a line of its own.

    Of each repeated group the first round is listed; its line comes again where the group begins anew, as on the
    other side.
    """
    lines: list[Line] = []
    before: dict[tuple[int, ...], int] = {}
    for segment in plan.segments:
        groups = dict(zip(_repeated(plan.routine, segment.place), segment.rounds, strict=True))
        if all(turn.number == 1 for turn in groups.values()):
            for depth, (path, turn) in enumerate(groups.items(), 1):
                if before.get(path) != 1:
                    lines.append(RepeatLine(turn.of, depth))
            lines.append(StepLine(segment, len(groups)))
        before = {path: turn.number for path, turn in groups.items()}
    return lines


def _repeated(routine: Routine, place: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Follow a place from group to group, and name those that come more than once."""
    parts = routine.steps
    for depth, index in enumerate(place, 1):
        part = parts[index]
        if isinstance(part, Group):
            if part.times > 1:
                yield place[:depth]
            parts = part.steps


def spoken_line(line: Line, *, number_free: bool) -> str:
    """Say a line of the list as a screen reader does: "Pump, left side, 5 to 7 minutes"."""
    match line:
        case RepeatLine():
            return line.words
        case StepLine(segment):
            side = ", both sides" if segment.side is Side.BOTH and segment.step.side else ""
            parts = [segment.name + side]
            if not number_free:
                parts.append(_spoken_length(segment.step))
                parts += ["suggested"] if segment.step.suggested else []
            return ", ".join(parts)


def _spoken_length(step: Step) -> str:
    match step.length:
        case Fixed(length):
            return spoken(length)
        case Range(earliest, latest):
            return f"{spoken(earliest)} to {spoken(latest)}"
        case Wait():
            return "until you go on"


def begins_with_a_side(routine: Routine) -> bool:
    """Whether a side can be chosen to begin with: some step or group takes each in turn."""
    parts = list(routine.steps)
    while parts:
        part = parts.pop()
        if part.side is Side.EACH:
            return True
        if isinstance(part, Group):
            parts += part.steps
    return False


def bars_of(plan: Plan) -> list[Bar]:
    return [
        Bar(one.step.kind, one.shortest / SECOND, one.longest / SECOND if one.longest is not None else 0.0)
        for one in plan.segments
    ]


Index = QModelIndex | QPersistentModelIndex


class _Lines(Guarded, QAbstractListModel):
    """The lines, for a list that draws no more of them than can be seen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.number_free = False

    def show_lines(self, lines: list[Line], *, number_free: bool) -> None:
        self.beginResetModel()
        self.lines, self.number_free = lines, number_free
        self.endResetModel()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return spoken_line(line, number_free=self.number_free)
            case Qt.ItemDataRole.UserRole:
                return line
            case _:
                return None


class _LineDelegate(Guarded, QStyledItemDelegate):
    """Draws a step: its disc, name, sides and length, and a thread to the next one."""

    def __init__(self, *, look: Look, lines: _Lines) -> None:
        super().__init__(lines)
        self._look = look
        self._lines = lines

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        match self._lines.lines[index.row()]:
            case StepLine():
                return QSize(200, self._look.px(ROW))
            case RepeatLine():
                return QSize(200, self._look.px(REPEAT_ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_HasFocus:
            edge = self._look.theme.focus
            paint_field(painter, QRectF(rect).adjusted(1, 1, -1, -1), 12, None, edge=edge, edge_width=3)
        row = index.row()
        line = self._lines.lines[row]
        inner = QRectF(rect).adjusted(8, 0, -8, 0)
        inner.setLeft(inner.left() + 16 * max(0, line.depth))
        self._paint_bracket(painter, QRectF(rect), row)
        match line:
            case StepLine(segment):
                following = self._lines.lines[row + 1 : row + 2]
                joined = bool(following) and isinstance(following[0], StepLine) and following[0].depth == line.depth
                self._paint_step(painter, inner, segment, joined=joined)
            case RepeatLine():
                self._paint_repeat(painter, inner, line)
        painter.restore()

    def _paint_bracket(self, painter: QPainter, rect: QRectF, row: int) -> None:
        line = self._lines.lines[row]
        for depth in range(1, line.depth + 1):
            after = self._lines.lines[row + 1].depth if row + 1 < len(self._lines.lines) else 0
            begins = isinstance(line, RepeatLine) and line.depth == depth
            ends = after < depth
            bar = QRectF(rect.left() + 6 + 16 * (depth - 1), rect.top(), 2.5, rect.height())
            bar.adjust(0, 6 if begins else 0, 0, -6 if ends else 0)
            painter.fillRect(bar, self._look.theme.accent)

    def _paint_repeat(self, painter: QPainter, rect: QRectF, line: RepeatLine) -> None:
        theme = self._look.theme
        side = self._look.px(20)
        place = QRectF(rect.left() + 4, rect.center().y() - side / 2, side, side)
        paint_icon(painter, "repeat", place, theme.accent_text)
        painter.setFont(self._look.font("small", weight=600))
        painter.setPen(theme.accent_text)
        painter.drawText(rect.adjusted(side + 14, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, line.words)

    def _paint_step(self, painter: QPainter, rect: QRectF, segment: Segment, *, joined: bool) -> None:
        theme, px = self._look.theme, self._look.px
        disc = QRectF(rect.left(), rect.center().y() - px(38) / 2, px(38), px(38))
        if joined:
            painter.setPen(QPen(theme.line, 3))
            bottom = rect.bottom() + px(8)
            painter.drawLine(QPointF(disc.center().x(), disc.bottom()), QPointF(disc.center().x(), bottom))
        paint_disc(painter, segment.step.kind, disc, theme)
        right = self._paint_length(painter, rect, segment.step)
        left = disc.right() + px(16)
        # the dots stand in one column; where the list is too narrow for it, they go with the longest name there is
        sides = rect.left() + (rect.width() * 0.58)
        names = sides - px(12)
        bodiless = segment.step.side is None or segment.step.kind in {Kind.PREPARE, Kind.REST}
        if bodiless and segment.side is Side.BOTH:
            names = right - px(12)
        else:
            self._paint_sides(painter, rect, sides, right, segment.side)
        font = self._look.font("body", weight=500)
        painter.setFont(font)
        painter.setPen(theme.text)
        title = QFontMetricsF(font).elidedText(segment.title, Qt.TextElideMode.ElideRight, names - left)
        place = QRectF(left, rect.top(), names - left, rect.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)

    def _paint_sides(self, painter: QPainter, rect: QRectF, x: float, right: float, side: Side) -> None:
        px = self._look.px
        dots = QRectF(x, rect.center().y() - px(9), px(34), px(18))
        paint_sides(painter, side, dots, self._look.theme.text2)
        if side is not Side.BOTH:
            font = self._look.font("small")
            word = side.value.capitalize()
            left = dots.right() + px(8)
            if left + QFontMetricsF(font).horizontalAdvance(word) < right - px(6):
                painter.setFont(font)
                painter.setPen(self._look.theme.text2)
                painter.drawText(QPointF(left, rect.center().y() + QFontMetricsF(font).capHeight() / 2), word)

    def _paint_length(self, painter: QPainter, rect: QRectF, step: Step) -> float:
        """Draw how long it lasts, and say where that begins."""
        if self._lines.number_free:
            return rect.right()
        theme = self._look.theme
        body, tag = self._look.font("body"), self._look.font("tag", weight=400)
        words = short(step.length)
        width = QFontMetricsF(body).horizontalAdvance(words)
        shift = self._look.px(9) if step.suggested else 0
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.setFont(body)
        painter.setPen(theme.text2)
        painter.drawText(rect.adjusted(0, -shift, 0, -shift), flags, words)
        if step.suggested:
            painter.setFont(tag)
            painter.setPen(theme.text3)
            painter.drawText(rect.adjusted(0, self._look.px(12), 0, self._look.px(12)), flags, "suggested")
            width = max(width, QFontMetricsF(tag).horizontalAdvance("suggested"))
        return rect.right() - width


class StepList(QListView):
    """The steps in order; arrow keys go through them for those who have them read aloud."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._lines = _Lines(self)
        self._whole = False
        self.setModel(self._lines)
        self.setItemDelegate(_LineDelegate(look=look, lines=self._lines))
        self.setAccessibleName("Steps")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        look.changed.connect(self._fit)

    @property
    def lines(self) -> list[Line]:
        return self._lines.lines

    def texts(self) -> list[str]:
        """What a screen reader reads, line by line."""
        return [spoken_line(line, number_free=self._lines.number_free) for line in self._lines.lines]

    def show_lines(self, lines: list[Line], *, number_free: bool) -> None:
        if lines != self._lines.lines or number_free != self._lines.number_free:
            self._lines.show_lines(lines, number_free=number_free)
            self._fit()

    def set_whole(self, *, whole: bool) -> None:
        """Be as tall as all steps, for a page that scrolls itself."""
        self._whole = whole
        self._fit()

    def _fit(self) -> None:
        rows = sum(ROW if isinstance(line, StepLine) else REPEAT_ROW for line in self._lines.lines)
        self.doItemsLayout()
        if self._whole:
            self.setFixedHeight(self._look.px(rows) + 4)
        else:
            self.setMinimumHeight(self._look.px(ROW) * 3)
            self.setMaximumHeight(self._look.px(rows) + 4)
        self.viewport().update()


class Item(Check):
    """Something to have at hand; its words may take two lines."""

    def __init__(self, text: str, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(text, look=look, parent=parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _words(self, width: float) -> QRectF:
        room = QRectF(0, 0, max(60.0, width - self.BOX - 14), 10_000)
        return QFontMetricsF(self._look.font("body")).boundingRect(room, Qt.TextFlag.TextWordWrap, self.text())

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return max(SMALLEST_TARGET, round(self._words(width).height()) + 14)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, SMALLEST_TARGET)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            box = QRectF(self.visual_rect())
            if self.isChecked():
                paint_field(painter, box, 10, theme.primary_hover if self.is_hot else theme.accent)
                paint_icon(painter, "check", box.adjusted(5, 5, -5, -5), theme.on_accent, 2.6)
            else:
                ground = theme.raised if self.is_hot else None
                paint_field(painter, box, 10, ground, edge=theme.line_strong, edge_width=2)
            painter.setFont(self._look.font("body"))
            painter.setPen(theme.text2 if self.isChecked() else theme.text)
            words = QRectF(self.BOX + 14, 0, self.width() - self.BOX - 14, self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self.text())


class Opener(Pressable):
    """Words with an arrow after them: press to choose something else, or to see more."""

    def __init__(self, name: str, *, look: Look, text: str = "", icon: str = "down", parent: QWidget) -> None:
        super().__init__(look=look, radius=12, parent=parent)
        self._name = name
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.show_text(text)

    def show_text(self, text: str, *, icon: str | None = None) -> None:
        self._icon = icon or self._icon
        self.setText(text)
        self.setAccessibleName(f"{self._name}: {text}" if self._name else text)
        self.restyle()

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._look.font("label", weight=400)).horizontalAdvance(self.text())
        return QSize(round(words) + self._look.px(44), max(SMALLEST_TARGET, self._look.px(44)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            if self.is_hot or self.isDown():
                paint_field(painter, QRectF(self.rect()), 12, theme.hover if self.isDown() else theme.raised)
            painter.setFont(self._look.font("label", weight=400))
            painter.setPen(theme.text if self.is_hot else theme.text2)
            side = self._look.px(18)
            words = QRectF(10, 0, self.width() - side - 18, self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
            place = QRectF(self.width() - side - 8, (self.height() - side) / 2, side, side)
            paint_icon(painter, self._icon, place, theme.text2, 2.2)


class Asking(Card):
    """The check before hands-on work: one press either way."""

    answered = Signal(bool)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=18, tint="accent_soft", padding=0, parent=parent)
        self.question = Label(QUESTION, look=look, role="body", weight=500, wrap=True, parent=self)
        self.yes = Button("Yes", look=look, role="inset", size="small", parent=self)
        self.no = Button("No", look=look, role="inset", size="small", parent=self)
        for button in (self.no, self.yes):
            button.setAccessibleDescription(QUESTION)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 10, 14, 10)
        row.setSpacing(10)
        row.addWidget(self.question, 1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self.no.clicked.connect(lambda: self.answered.emit(False))
        self.yes.clicked.connect(lambda: self.answered.emit(True))
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        for button in (self.no, self.yes):
            button.setMinimumWidth(self._look.px(72))


class Preparing(Card):
    """In Start's place while the voice is made ready."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=26, tint="raised", padding=0, parent=parent)
        self._share = 0.0
        self.words = Label("Getting the voice ready", look=look, role="body_large", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(30, 10, 30, 18)
        column.addWidget(self.words, 1, Qt.AlignmentFlag.AlignCenter)
        column.addSpacing(8)

    @property
    def share(self) -> float:
        return self._share

    def show_share(self, share: float) -> None:
        self._share = share
        self.setAccessibleName(f"{self.words.text()}, {share:.0%}")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._look.theme
        with painting(self) as painter:
            track = QRectF(30, self.height() - 24, self.width() - 60, 6)
            paint_field(painter, track, 3, theme.hover)
            if self._share > 0:
                track.setWidth(max(6.0, track.width() * self._share))
                paint_field(painter, track, 3, theme.accent)


class About(QWidget):
    """What the routine is, how safe, and on what it rests: folded away until asked for."""

    opened = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._labels: list[Label] = []
        self.opener = Opener("", look=look, text="About this routine", parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 4, 10, 0)
        self._column.setSpacing(6)
        self.opener.clicked.connect(self._fold)
        self._show(open_=False)

    def show_routine(self, routine: Routine) -> None:
        clear(self._column)
        self._labels = []
        sources = [f"{source.title} ({source.url})" if source.url else source.title for source in routine.sources]
        for heading, texts in (
            ("", [routine.summary]),
            ("Your comfort", routine.safety),
            ("What it rests on", [routine.evidence]),
            ("Sources", sources),
        ):
            told = [text for text in texts if text]
            if told and heading:
                self._column.addSpacing(4)
                self._add(Label(heading, look=self._look, role="label", weight=600, parent=self))
            for text in told:
                self._add(Label(text, look=self._look, role="small", tint="text2", wrap=True, parent=self))
        self._show(open_=False)

    def _add(self, label: Label) -> None:
        self._labels.append(label)
        self._column.addWidget(label)

    def texts(self) -> list[str]:
        return [label.text() for label in self._labels]

    def _fold(self) -> None:
        self._show(open_=self.isHidden())
        if not self.isHidden():
            self.opened.emit()

    def _show(self, *, open_: bool) -> None:
        self.setVisible(open_)
        self.opener.show_text("About this routine", icon="up" if open_ else "down")
        self.opener.setAccessibleDescription("Unfolded" if open_ else "Folded")


class ReadyPage(Guarded, QWidget):
    """Shows one routine before it starts; Start has the focus, so Space starts."""

    start_asked = Signal()
    back_asked = Signal()
    edit_asked = Signal()
    card_asked = Signal()
    learn_asked = Signal(str)
    purpose_chosen = Signal(object)
    voice_toggled = Signal(bool)
    voice_asked = Signal()
    chimes_toggled = Signal(bool)
    quiet_toggled = Signal(bool)
    partner_toggled = Signal(bool)
    side_chosen = Signal(object)
    hint_taken = Signal()
    sore_answered = Signal(bool)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view: ReadyView | None = None
        self._wide: bool | None = None
        self._short = False
        self._start_after_answer = False
        self.items: list[Item] = []
        self._make_top()
        self._make_steps()
        self._make_options()
        self._make_bottom()
        self._lay_out()
        self.setFocusProxy(self.start)
        QShortcut(
            QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        ).activated.connect(self.back_asked)
        look.changed.connect(self._arrange)
        self.area.viewport().installEventFilter(self)

    # the parts

    def _make_top(self) -> None:
        look = self._look
        self.back = IconButton("left", "Back to the routines", look=look, parent=self)
        self.title = Heading("", look=look, role="h1_quiet", parent=self)
        self.facts = Label("", look=look, role="body", tint="text2", parent=self)
        # `_arrange` finds room for both; as they are, they would keep the window from growing narrower
        self.title.setMinimumWidth(1)
        self.facts.setMinimumWidth(1)
        self.timeline = Timeline(look=look, parent=self)
        self.timeline.set_unit(14 / 12)
        self.back.clicked.connect(self.back_asked)

    def _make_steps(self) -> None:
        look = self._look
        self.steps_card = Card(look=look, padding=0, parent=self)
        self.steps = StepList(look=look, parent=self.steps_card)
        self.range_note = self._note("clock", "A range ends when your milk slows, or by itself.", self.steps_card)
        self.suggested_note = self._note(
            "pencil", "Suggested times are ours, not a source's. Make them yours.", self.steps_card
        )
        column = QVBoxLayout(self.steps_card)
        column.setContentsMargins(18, 12, 18, 14)
        column.setSpacing(2)
        column.addWidget(self.steps, 1)
        column.addStretch(0)
        column.addSpacing(8)
        rule = Rule(look=look, parent=self.steps_card)
        column.addWidget(rule)
        column.addSpacing(6)
        column.addWidget(self.range_note)
        column.addWidget(self.suggested_note)

    def _note(self, icon: str, words: str, parent: QWidget) -> QWidget:
        note = QWidget(parent)
        row = QHBoxLayout(note)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(10)
        row.addWidget(Glyph(icon, look=self._look, side=20, parent=note), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(words, look=self._look, role="small", tint="text2", wrap=True, parent=note), 1)
        return note

    def _make_options(self) -> None:
        look = self._look
        self.options = QWidget(self)
        self.warnings = QWidget(self.options)
        self._warnings = QVBoxLayout(self.warnings)
        self._warnings.setContentsMargins(0, 0, 0, 0)
        self.hint_card = Card(look=look, radius=18, tint="accent_soft", padding=0, parent=self.options)
        self.hint = Label("", look=look, role="body", wrap=True, parent=self.hint_card)
        self.hint_button = Button("", look=look, role="inset", size="small", parent=self.hint_card)
        self.hint_button.clicked.connect(self.hint_taken)
        row = QHBoxLayout(self.hint_card)
        row.setContentsMargins(20, 10, 14, 10)
        row.setSpacing(12)
        row.addWidget(self.hint, 1)
        row.addWidget(self.hint_button)
        self.items_head = self._head("At hand")
        self._items = QGridLayout()
        self._items.setHorizontalSpacing(24)
        self._items.setVerticalSpacing(0)
        self.purpose = Segmented(list(PURPOSES.items()), look=look, name="Today this is to", parent=self.options)
        self.purpose.chosen.connect(self.purpose_chosen)
        self.purpose_link = Button("What these mean", look=look, role="quiet", size="small", parent=self.options)
        self.purpose_link.clicked.connect(lambda: self.learn_asked.emit("purposes"))
        sides = ((Side.LEFT, "Left"), (Side.RIGHT, "Right"))
        self.side = Segmented(sides, look=look, name="Begin with", parent=self.options)
        self.side.chosen.connect(self.side_chosen)
        self.side_row = Row("Begin with", self.side, look=look, parent=self.options)
        self.voice = Switch("Spoken prompts", look=look)
        self.voice_button = Opener("Voice", look=look, parent=self.options)
        self.chimes = Switch("Soft chimes", look=look)
        self.quiet = Switch("Quiet night: hushed sound, larger words", look=look)
        self.partner = Switch("Prompts for your partner", look=look)
        self.voice_button.clicked.connect(self.voice_asked)
        for switch, signal in (
            (self.voice, self.voice_toggled),
            (self.chimes, self.chimes_toggled),
            (self.quiet, self.quiet_toggled),
            (self.partner, self.partner_toggled),
        ):
            switch.clicked.connect(signal)
        self._guidance = [
            Row(words, *controls, look=look, icon=icon, height=44, parent=self.options)
            for words, icon, controls in (
                ("Spoken prompts", "voice", (self.voice_button, self.voice)),
                ("Soft chimes", "chime", (self.chimes,)),
                ("Quiet night: hushed sound, larger words", "quiet", (self.quiet,)),
                ("Prompts for your partner", "partner", (self.partner,)),
            )
        ]
        self.about = About(look=look, parent=self.options)
        self.edit_button = Button("Edit", look=look, icon="pencil", role="quiet", size="small", parent=self.options)
        self.card_button = Button("Print a card", look=look, role="quiet", size="small", parent=self.options)
        self.edit_button.clicked.connect(self.edit_asked)
        self.card_button.clicked.connect(self.card_asked)
        foot = FlowRow(parent=self.options)
        for button in (self.about.opener, self.edit_button, self.card_button):
            foot.add(button)
        purpose_head = QHBoxLayout()
        purpose_head.addWidget(self._head("Today this is to"))
        purpose_head.addStretch(1)
        purpose_head.addWidget(self.purpose_link)
        column = QVBoxLayout(self.options)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.warnings)
        column.addWidget(self.hint_card)
        self._after_hint = QWidget(self.options)
        self._after_hint.setFixedHeight(14)
        column.addWidget(self._after_hint)
        column.addWidget(self.items_head)
        column.addLayout(self._items)
        column.addSpacing(10)
        column.addLayout(purpose_head)
        column.addWidget(self.purpose)
        column.addWidget(self.side_row)
        column.addSpacing(16)
        column.addWidget(self._head("Guidance"))
        for each in self._guidance:
            column.addWidget(each)
        column.addSpacing(6)
        column.addWidget(foot)
        column.addWidget(self.about)
        self.about.opened.connect(lambda: QTimer.singleShot(0, self, self._show_about))  # once it is laid out
        column.addStretch(1)

    def _show_about(self) -> None:
        top = self.about.opener.mapTo(self._content, QPoint(0, 0)).y()
        bar = self.area.verticalScrollBar()
        if self.about.mapTo(self.area.viewport(), self.about.rect().bottomLeft()).y() > self.area.viewport().height():
            bar.setValue(top)

    def _head(self, text: str) -> Label:
        return Label(text, look=self._look, role="label", tint="text2", weight=600, parent=self.options)

    def _make_bottom(self) -> None:
        look = self._look
        self.bottom = QWidget(self)
        self.asking = Asking(look=look, parent=self.bottom)
        self.asking.answered.connect(self._answer)
        self.resting = Card(look=look, radius=18, tint="accent_soft", padding=0, parent=self.bottom)
        self.resting_words = Label(SORE_NOTE, look=look, role="body", wrap=True, parent=self.resting)
        self.care_button = Button("When to seek care", look=look, role="inset", size="small", parent=self.resting)
        self.better_button = Button("It is better now", look=look, role="inset", size="small", parent=self.resting)
        self.care_button.clicked.connect(lambda: self.learn_asked.emit("care-card"))
        self.better_button.clicked.connect(lambda: self.sore_answered.emit(False))
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.care_button)
        buttons.addWidget(self.better_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self.resting)
        column.setContentsMargins(20, 12, 20, 14)
        column.setSpacing(10)
        column.addWidget(self.resting_words)
        column.addLayout(buttons)
        self.start = Button(
            "Start", look=look, icon="play", role="primary", size="start", always_ring=True, parent=self.bottom
        )
        self.start.clicked.connect(self.press_start)
        self.preparing = Preparing(look=look, parent=self.bottom)
        self.preparing.hide()
        self.key_hint = QWidget(self.bottom)
        keys = QHBoxLayout(self.key_hint)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(8)
        keys.addStretch(1)
        keys.addWidget(Label("or press the pedal, or", look=look, role="small", tint="text2", parent=self.key_hint))
        keys.addWidget(KeyCap("Space", look=look, parent=self.key_hint))
        keys.addStretch(1)
        self._stack = stack = QVBoxLayout(self.bottom)
        stack.setContentsMargins(0, 0, BAR, 0)
        stack.setSpacing(14)
        stack.addWidget(self.asking)
        stack.addWidget(self.resting)
        stack.addWidget(self.start)
        stack.addWidget(self.preparing)
        stack.addWidget(self.key_hint)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, BAR, 0)
        top.setSpacing(18)
        top.addWidget(self.back)
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.setSpacing(4)
        self._words.addWidget(self.title, 1)
        self._words.addWidget(self.facts)
        top.addLayout(self._words, 1)
        self._content = QWidget(self)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._content)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(22)
        self.area = ScrollArea(self._content, look=self._look, parent=self)
        self._left = QVBoxLayout()
        self._right = QVBoxLayout()
        self._right.setSpacing(16)
        self._right.addWidget(self.area, 1)
        self._right.addWidget(self.bottom)
        self._columns = QHBoxLayout()
        self._columns.setContentsMargins(HANG, 0, 0, 0)
        self._columns.setSpacing(BETWEEN)
        self._columns.addLayout(self._left)
        self._columns.addLayout(self._right)
        page = QVBoxLayout(self)
        page.setContentsMargins(MARGIN - HANG, 22, MARGIN - BAR, 20)
        page.setSpacing(14)
        page.addLayout(top)
        bars = QHBoxLayout()
        bars.setContentsMargins(HANG, 0, BAR, 0)
        bars.addWidget(self.timeline)
        page.addLayout(bars)
        page.addSpacing(6)
        page.addLayout(self._columns, 1)
        self._page = page

    # what is shown

    @property
    def view(self) -> ReadyView | None:
        return self._view

    def show_routine(self, view: ReadyView) -> None:
        before, self._view = self._view, view
        routine = view.routine
        if before is None or before.id != view.id:
            self._start_after_answer = False
            self.area.verticalScrollBar().setValue(0)
            self.steps.scrollToTop()
        if before is None or before.routine != routine:
            self._show_items(routine.get_ready)
            self.about.show_routine(routine)
        self.title.setText(routine.name)
        self._show_facts(view)
        self.timeline.show_bars(bars_of(view.plan))
        self.timeline.describe(routine.name)
        self.steps.show_lines(lines_of(view.plan), number_free=view.number_free)
        steps = [segment.step for segment in view.plan.segments]
        self.range_note.setVisible(any(isinstance(step.length, Range) for step in steps) and not view.number_free)
        self.suggested_note.setVisible(any(step.suggested for step in steps) and not view.number_free)
        self._show_warnings(view.warnings)
        hinted = bool(view.hint) and not view.number_free
        self.hint.setText(view.hint)
        self.hint_button.setText(view.hint_action)
        self.hint_button.setVisible(bool(view.hint_action))
        self.hint_card.setVisible(hinted)
        self._after_hint.setVisible(hinted or bool(view.warnings))
        self.purpose.set_value(view.purpose)
        self.side.set_value(view.plan.first)
        self.side_row.setVisible(begins_with_a_side(routine))
        self.voice.setChecked(view.voice_on)
        self.voice_button.show_text(view.voice_name)
        self.voice_button.setVisible(bool(view.voice_name))
        self.chimes.setChecked(view.chimes_on)
        self.quiet.setChecked(view.quiet)
        self.partner.setChecked(view.partner)
        self._show_check(view)
        self._arrange()

    def show_preparing(self, done: int, count: int) -> None:
        """Put the progress of the voice in Start's place."""
        begins = self.preparing.isHidden()
        self.preparing.show_share(done / count if count else 0.0)
        self.preparing.setMinimumHeight(self.start.sizeHint().height())
        self.preparing.show()
        if begins:
            self.preparing.setFocus()
        self.start.hide()
        self.key_hint.hide()
        if begins:
            announce(self.preparing, self.preparing.words.text())

    def show_ready(self) -> None:
        """Give Start its place back."""
        if not self.preparing.isHidden():
            self.start.show()
            self.start.setFocus()
            self.preparing.hide()
            self.key_hint.setVisible(bool(self._wide))

    def _show_facts(self, view: ReadyView) -> None:
        parts: list[tuple[str, bool]] = []
        if not view.number_free:
            parts.append((span(view.plan.shortest, view.plan.longest), False))
            if view.done_by:
                parts += [("  ·  done by about ", False), (view.done_by, True)]
        self.facts.set_parts(parts)

    def _show_items(self, texts: Sequence[str]) -> None:
        for item in self.items:
            item.hide()
            item.deleteLater()
        self.items = [Item(text, look=self._look, parent=self.options) for text in texts]
        before: QWidget = self.hint_button
        for item in self.items:
            QWidget.setTabOrder(before, item)
            before = item
        self.items_head.setVisible(bool(texts))
        self._place_items()

    def _place_items(self) -> None:
        while self._items.count():
            self._items.takeAt(0)
        room = self.options.width() // 2 - 12
        columns = 2 if all(item.sizeHint().width() <= room for item in self.items) else 1
        for number, item in enumerate(self.items):
            self._items.addWidget(item, number // columns, number % columns)
            item.show()

    def _show_warnings(self, warnings: Sequence[str]) -> None:
        clear(self._warnings)
        for words in warnings:
            self._warnings.addWidget(self._note("info", words, self.warnings))
        self.warnings.setVisible(bool(warnings))

    def _show_check(self, view: ReadyView) -> None:
        self.asking.setVisible(view.asks)
        self.resting.setVisible(view.rests)
        self.start.setEnabled(not view.rests)
        self.start.setToolTip(SORE_NOTE if view.rests else "")
        self.start.setAccessibleDescription(SORE_NOTE if view.rests else "")

    # what is pressed

    def press_start(self) -> None:
        """Start, or ask the check first; a routine that rests today does neither."""
        view = self._view
        if view is None or view.rests:
            return
        if view.asks:
            self._start_after_answer = True
            self.asking.no.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(self.asking)
            announce(self.asking, QUESTION)
        else:
            self.start_asked.emit()

    def _answer(self, sore: bool) -> None:
        starts = self._start_after_answer and not sore
        self._start_after_answer = False
        self.start.setFocus()
        self.sore_answered.emit(sore)
        if starts:
            self.start_asked.emit()

    # where it stands

    def _arrange(self) -> None:
        wide = effective(self.width(), self._look.scale) >= TWO_COLUMNS_FROM
        if wide != self._wide:
            self._wide = wide
            self._left.removeWidget(self.steps_card)
            self._parts.removeWidget(self.steps_card)
            self._parts.removeWidget(self.options)
            (self._left if wide else self._parts).addWidget(self.steps_card)
            self._parts.addWidget(self.options, 1)
            self._columns.setStretch(0, 532 if wide else 0)
            self._columns.setStretch(1, 518 + BAR if wide else 1)
            self._columns.setSpacing(BETWEEN if wide else 0)
            self.steps.set_whole(whole=not wide)
            self.key_hint.setVisible(wide and self.preparing.isHidden())
        short_page = not wide and self.height() / self._look.scale < SHORT
        if short_page != self._short:
            self._short = short_page
            self._place_check(above=not short_page)
        self.title.set_role("h2" if short_page else "h1_quiet")
        wanted = self.back.sizeHint().width() + self.title.sizeHint().width() + self.facts.sizeHint().width() + 24
        beside = wanted <= self.width() - 2 * MARGIN
        self._words.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        tall, letters = (92, 29) if wide else (76, 24)
        self.start.set_size(min(self._look.px(tall), 110), self._look.sized(letters, 600))
        # the scroll bar stands in the page's margin
        bar = self.area.width() - self.area.viewport().width()
        self._content.setContentsMargins(0, 0, max(0, BAR - bar), 0)
        self.area.setMinimumWidth(self._content.minimumSizeHint().width() + bar if wide else 0)
        self._place_items()

    def _place_check(self, *, above: bool) -> None:
        """Keep the check above Start; where the page is short, it scrolls with the rest, first of all."""
        for number, card in enumerate((self.asking, self.resting)):
            shown = not card.isHidden()
            if above:
                self._parts.removeWidget(card)
                self._stack.insertWidget(number, card)
            else:
                self._stack.removeWidget(card)
                self._parts.insertWidget(number, card)
            card.setVisible(shown)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False
