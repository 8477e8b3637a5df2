"""The card at the top of the library: one routine, ready to start."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from guide.compat import override
from guide.core.duration import span
from guide.kit.buttons import Button, IconButton
from guide.kit.cards import Card, PressCard
from guide.kit.direction import margins
from guide.kit.flow import FlowRow
from guide.kit.guard import Guarded
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.marks import KeyCap
from guide.kit.nesting import nest
from guide.kit.painting import painting
from guide.kit.rows import Glyph
from guide.kit.settling import Settling
from guide.kit.timeline import Timeline
from guide.language import _, ngettext
from guide.pages.routines.view import FIRST_STEP, bars_of, spoken_name
from guide.store.routines.entry import Summary

NARROW_HERO: Final = 700
LOW_HERO: Final = 380  # with a strip above it


class Dots(Guarded, QWidget):
    """As many dots as sessions were done: filled ones, and no others."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)
        look.changed.connect(self.update)

    @property
    def count(self) -> int:
        return self._count

    def show_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(ngettext("{n} done", "{n} done", count).format(n=count) if count else "")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._look.px(20) * self._count, self._look.line_height("h2"))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.theme.accent)
            pitch, radius = self._look.px(20), 6.5 * self._look.scale
            for number in range(self._count):
                painter.drawEllipse(QPointF(number * pitch + radius, self.height() / 2 + 1), radius, radius)


GAP: Final = 14


class TopLine(Guarded, FlowRow):
    """How long ago the last session was, her own dots, and how many there were."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(gap=GAP, parent=parent)
        self._labels = [
            Label("", look=look, role="h2", tint="text2", weight=400, wrap=True, parent=self),
            Label("·", look=look, role="h2", tint="text2", weight=400, wrap=True, parent=self),
            Label("", look=look, role="h2", tint="text2", weight=400, wrap=True, parent=self),
        ]
        self.dots = Dots(look=look, parent=self)
        first, point, second = self._labels
        for part in (first, point, self.dots, second):
            self.add(part)

    def show_line(self, line: str, dots: int | None) -> None:
        first, _, second = line.partition(" · ")
        for label, words in zip((self._labels[0], self._labels[2]), (first, second), strict=True):
            label.set_parts(_parts(words))
            label.setVisible(bool(words))
        self.dots.show_count(dots or 0)
        self.dots.setVisible(bool(dots))
        self._show_point()
        self.setVisible(bool(line) or bool(dots))

    def _show_point(self) -> None:
        """Leave the point between the parts out where they stand on lines of their own."""
        first, point, second = self._labels
        several = bool(first.text()) and (bool(second.text()) or self.dots.count > 0)
        parts = [part for part in (first, self.dots, second) if not part.isHidden()]
        needed = sum(part.sizeHint().width() for part in parts) + GAP * (len(parts) - 1)
        point.setVisible(several and needed <= self.width())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_point()

    @property
    def text(self) -> str:
        """What is read, from left to right."""
        return " ".join(label.text() for label in self._labels if not label.isHidden() and label.text())


def across() -> QSizePolicy:
    """Tell a layout that a card takes the width there is, and whatever height its words need there."""
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    return policy


def _parts(words: str) -> list[tuple[str, bool]]:
    return [(part, bool(place % 2)) for place, part in enumerate(words.split("**")) if part]


LEAST_SHARE: Final = 0.6  # of the usual size, for a name that has no room
SETTLES: Final = 400  # milliseconds: a card or a page's name pressed twice starts nothing
SETTLES_AFTER_A_SESSION: Final = 1000  # Done pressed twice does not start the next one, nor does a pedal


class Hero(PressCard):
    """The routine used last: Start begins it, a press anywhere else shows it first."""

    start_asked = Signal(str)
    ready_asked = Signal(str)
    down_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("", look=look, radius=30, padding=0, parent=parent)
        self._summary: Summary | None = None
        self._narrow = False
        self.setSizePolicy(across())
        self.caption = Label("", look=look, role="small", tint="text2", weight=500, parent=self)
        self.title = Heading("", look=look, role="h1", parent=self)
        self.meta = Label("", look=look, role="body", tint="text2", wrap=True, parent=self)
        self.start = Button(
            _("Start"), look=look, icon="play", role="primary", size="start", always_ring=True, parent=self
        )
        self.start.setToolTip(_("Begins at once. A press anywhere else on the card shows first what is set."))
        self._settling = Settling(self.start, SETTLES)
        self.timeline = Timeline(look=look, size="hero", parent=self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.caption)
        words.addWidget(self.title)
        words.addSpacing(2)
        words.addWidget(self.meta)
        words.addStretch(1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(20)
        nest(self._top, words, 1)
        self._top.addWidget(self.start, 0, Qt.AlignmentFlag.AlignTop)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(32, 26, 32, 28)
        column.setSpacing(24)
        nest(column, self._top)
        column.addWidget(self.timeline)
        self.start.clicked.connect(self._start)
        self.clicked.connect(self._ready)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def summary(self) -> Summary | None:
        return self._summary

    def show_routine(self, caption: str, summary: Summary, purpose: str, *, number_free: bool) -> None:
        self._summary = summary
        self.caption.setText(caption)
        self.title.setText(summary.name)
        self._fit_name()
        steps = len(summary.bars)
        facts = [] if number_free else [span(summary.shortest, summary.longest)]
        facts += [ngettext("{count} step", "{count} steps", steps).format(count=steps), *([purpose] if purpose else [])]
        self.meta.setText("  ·  ".join(facts))
        self.timeline.show_bars(bars_of(summary))
        self.setAccessibleName(f"{caption}: {spoken_name(summary, purpose, number_free=number_free)}")
        self.setAccessibleDescription(summary.summary)
        self.start.setAccessibleName(_("Start {name}").format(name=summary.name))

    def set_room(self, *, narrow: bool, low: bool) -> None:
        """Put Start below the words, where there is no room beside them, and above them, where it were out of sight."""
        self._narrow = narrow
        upright = QBoxLayout.Direction.BottomToTop if low else QBoxLayout.Direction.TopToBottom
        self._top.setDirection(upright if narrow else QBoxLayout.Direction.LeftToRight)
        self._top.setAlignment(self.start, Qt.AlignmentFlag(0) if narrow else Qt.AlignmentFlag.AlignTop)
        self._fit_name()

    def _fit_name(self) -> None:
        """Above Start a long name takes smaller letters before it takes a second line, so that Start stays in sight."""
        font, around = self._look.font("h1"), self._column.contentsMargins()
        room = self.width() - around.left() - around.right() - 4
        natural = QFontMetricsF(font).horizontalAdvance(self.title.text())
        share = room / natural if self._narrow and natural > room else 1.0
        if not LEAST_SHARE <= share < 1:
            self.title.set_role("h1")
            return
        font.setPixelSize(int(font.pixelSize() * share))
        self.title.set_own_font(font, self._look.line_height("h1") * share)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_name()

    def _fit(self) -> None:
        self.start.setMinimumWidth(self._look.px(236))
        self._fit_name()
        QTimer.singleShot(0, self, self._lay_out_anew)

    def _lay_out_anew(self) -> None:
        """Once every text has grown: a layout within a layout keeps heights that it measured before."""
        self._column.invalidate()
        self.updateGeometry()

    def _start(self) -> None:
        if self._summary is not None:
            self.start_asked.emit(self._summary.id)

    def _ready(self) -> None:
        if self._summary is not None:
            self.ready_asked.emit(self._summary.id)

    def follow_a_session(self) -> None:
        """It comes into view next as the page after a session goes."""
        self._settling.take(SETTLES_AFTER_A_SESSION)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_asked.emit()
        else:
            super().keyPressEvent(event)


class FirstStep(Card):
    """What Start does, told until it was pressed once or the strip was closed."""

    closed = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=18, tint="accent_soft", padding=0, parent=parent)
        self.words = Label(_(FIRST_STEP), look=look, wrap=True, parent=self)
        self.close_button = IconButton("x", _("Close this hint"), look=look, icon_side=18, parent=self)
        self.close_button.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(margins(22, 6, 8, 6))
        row.setSpacing(10)
        row.addWidget(Glyph("hand", look=look, tint="accent_text", parent=self))
        row.addSpacing(6)
        row.addWidget(KeyCap(_("Space"), look=look, parent=self))
        row.addWidget(self.words, 1)
        row.addWidget(self.close_button)


class LeftForNow(Card):
    """Something that was left for now, a session or a routine that is not saved, with the way back to it."""

    back_asked = Signal()

    def __init__(self, glyph: str, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=18, tint="accent_soft", padding=0, parent=parent)
        self.words = Label("", look=look, wrap=True, parent=self)
        self.back = Button(_("Go back to it"), look=look, role="inset", size="small", parent=self)
        self.back.clicked.connect(self.back_asked)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(margins(22, 10, 12, 10))
        self._row.setSpacing(16)
        words = QHBoxLayout()
        words.setSpacing(16)
        words.addWidget(Glyph(glyph, look=look, tint="accent_text", parent=self))
        words.addWidget(self.words, 1)
        nest(self._row, words, 1)
        self._row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_narrow(self, *, narrow: bool) -> None:
        """Put the button below the words, where there is no room beside them."""
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
