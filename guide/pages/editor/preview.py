"""What will be seen and heard: the whole routine as bars, and the chosen step moment by moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.core.duration import SECOND, short, span, written
from guide.core.plan import LONGEST_SUCTION, Plan, Segment, suction_runs
from guide.core.routine import Place, Range, Step
from guide.kit.cards import Card, ScrollArea
from guide.kit.direction import margins
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.painting import painting
from guide.kit.ring import DialFace
from guide.kit.ring_words import paint_mini_ring
from guide.kit.room import let_go
from guide.kit.timeline import Bar, Timeline
from guide.kit.words import span_spoken
from guide.language import N_, _, in_words, screen
from guide.pages.editor.heard import HeardLine, HeardRow, Spoken, heard_in, kind_of
from guide.pages.editor.kind_grid import ChoiceRow
from guide.pages.editor.tab_chain import lead, stops

MOST_SHOWN: Final = 40
MOST_BARS: Final = 140  # two pixels each; more could not be told apart
SPEEDS: Final = ((1.0, N_("Normal")), (10.0, N_("Fast")))


def bar_of(one: Segment) -> Bar:
    return Bar(one.step.kind.value, one.shortest / SECOND, one.longest / SECOND if one.longest is not None else 0.0)


def gathered(bars: Sequence[Bar], each: int) -> list[Bar]:
    """As many bars in one as there have to be; it has the kind of the first of them.

    >>> gathered([Bar("pump", 1, 2), Bar("rest", 3, 3), Bar("rest", 1, 1)], 2)
    [Bar(kind='pump', shortest=4, longest=5), Bar(kind='rest', shortest=1, longest=1)]
    """
    if each <= 1:
        return list(bars)
    found = [bars[i : i + each] for i in range(0, len(bars), each)]
    return [Bar(few[0].kind, sum(b.shortest for b in few), sum(b.longest for b in few)) for few in found]


def segments_at(plan: Plan, place: Place) -> list[int]:
    """The segments a step or group makes; all of them for the routine itself."""
    return [i for i, segment in enumerate(plan.segments) if segment.place[: len(place)] == place]


def suction_note(plan: Plan, index: int) -> str:
    """A sentence where the suction stays on too long around a segment."""
    for first, last, longest in suction_runs(segment.step for segment in plan.segments):
        if first <= index <= last and longest > LONGEST_SUCTION:
            return _(
                "The suction stays on for up to {longest} here; {value} without a break is the most, so "
                "add a rest between."
            ).format(longest=written(longest), value=written(LONGEST_SUCTION))
    return ""


def shared(some: Sequence[object], others: Sequence[object]) -> int:
    """
    How many are the same from the first on.

    >>> shared("pump", "pulse"), shared("", "rest")
    (2, 0)
    """
    return next((i for i, (a, b) in enumerate(zip(some, others, strict=False)) if a != b), min(len(some), len(others)))


class MiniRing(Guarded, QWidget):
    """A step's ring, small, its glyph within."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._face: DialFace | None = None
        look.changed.connect(self.update)

    def show_segment(self, segment: Segment | None) -> None:
        if segment is None:
            self._face = None
        else:
            longest = segment.longest
            mark = segment.shortest / longest if longest and isinstance(segment.step.length, Range) else None
            self._face = DialFace(segment.step.kind.value, mark=mark, wait=segment.waits)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = self._look.px(92)
        return QSize(side, side)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._face is None:
            return
        with painting(self) as painter:
            paint_mini_ring(painter, QRectF(self.rect()), self._face, self._look.theme)
            side = self.height() * 0.34
            glyph = QRectF(0, 0, side, side)
            glyph.moveCenter(QRectF(self.rect()).center())
            paint_icon(painter, self._face.kind, glyph, self._look.theme.ink(self._face.kind), 2.1)


class Preview(QWidget):
    """The right pane."""

    listen_asked = Signal(str)
    chime_listen_asked = Signal(str)

    def __init__(self, *, look: Look, spoken: Spoken, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._spoken = spoken
        self._shown = False
        self._plan: Plan | None = None
        self._current = True
        self._bars: dict[int, tuple[Step, Bar]] = {}
        self._place: Place = ()
        whole = Card(look=look, padding=0, parent=self)
        self.heading = Label(
            _("Whole routine"), look=look, role="small", tint="text2", weight=500, wrap=True, parent=whole
        )
        self.length = Label("", look=look, role="label", weight=600, parent=whole)
        self.timeline = Timeline(look=look, size="card", parent=whole)
        self.speed = ChoiceRow(in_words(SPEEDS), look=look, name=_("Speed of Play from here"), parent=whole)
        self.speed.set_value(1.0)
        self.speed_words = Label(_("Play at"), look=look, role="small", tint="text2", parent=whole)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.length)
        below = QHBoxLayout()
        below.addWidget(self.speed_words)
        below.addWidget(self.speed, 1)
        column = QVBoxLayout(whole)
        column.setContentsMargins(20, 18, 20, 14)
        column.setSpacing(12)
        nest(column, top)
        column.addWidget(self.timeline)
        nest(column, below)
        step = Card(look=look, padding=0, parent=self)
        self.ring = MiniRing(look=look, parent=step)
        self.title = Heading("", look=look, role="h3", parent=step)
        self.about = Label("", look=look, role="body", tint="text2", wrap=True, parent=step)
        self.note = Label("", look=look, role="small", tint="accent_text", wrap=True, parent=step)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addStretch(1)
        names.addWidget(self.title)
        names.addWidget(self.about)
        names.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignVCenter)
        nest(head, names, 1)
        body = QWidget(step)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(margins(20, 0, 14, 14))
        self._column.setSpacing(0)
        nest(self._column, head)
        self._column.addWidget(self.note)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._column.addSpacing(8)
        nest(self._column, self._lines)
        self._column.addStretch(1)
        self.rows: list[HeardRow] = []
        self.words = Label(
            _("This step, as you will hear it"), look=look, role="small", tint="text2", weight=500, parent=step
        )
        inner = QVBoxLayout(step)
        inner.setContentsMargins(0, 16, 0, 6)
        inner.setSpacing(8)
        self.words.setContentsMargins(20, 0, 20, 0)
        inner.addWidget(self.words)
        self.lines = ScrollArea(body, look=look, parent=step)
        inner.addWidget(self.lines, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(16)
        outer.addWidget(whole)
        outer.addWidget(step, 1)
        look.changed.connect(self._renew)

    @property
    def chosen_speed(self) -> float:
        value = self.speed.value
        return value if isinstance(value, float) else 1.0

    @property
    def texts(self) -> list[str]:
        """What is said in the step on show."""
        return [row.heard.text for row in self.rows if row.heard.speech]

    def show_plan(self, plan: Plan | None, place: Place, *, current: bool) -> None:
        """Show a plan and one of its steps; `current` is False for the last version that plays."""
        self._plan, self._place, self._current = plan, place, current
        self.heading.setText(_("Whole routine") if current or plan is None else _("Last version that plays"))
        if plan is None:
            self.length.setText("")
            self.timeline.show_bars(())
            self.title.setText(_("Nothing to play yet"))
            self.about.setText(_("The preview comes with the first version that can be read."))
            self._show_segment(None)
            return
        known = self._bars
        self._bars = {
            id(one.step): known.get(id(one.step)) or (one.step, bar_of(one)) for one in plan.segments
        }  # with the steps themselves, so that none of these numbers is given to another
        bars = [self._bars[id(one.step)][1] for one in plan.segments]
        shortest = timedelta(seconds=sum(bar.shortest for bar in bars))
        longest = timedelta(seconds=sum(bar.longest for bar in bars))
        self.length.setText(span(shortest, longest))
        each = -(-len(plan.segments) // MOST_BARS)
        self.timeline.show_bars(gathered(bars, each))
        self.timeline.describe(f"{self.heading.text()}, {span_spoken(shortest, longest)}")
        at = segments_at(plan, place) if place else []
        index = at[0] if at else 0
        self.timeline.select(index // each if at else None)
        segment = plan.segments[index]
        self.title.setText(segment.name)
        rounds = "".join(_("  ·  {number} of {of}").format(number=one.number, of=one.of) for one in segment.rounds)
        suggested = _("  ·  suggested") if segment.step.suggested else ""
        self.about.setText(f"{short(segment.step.length, screen())}{rounds}{suggested}")
        self.note.setText(suction_note(plan, index) if segment.step.under_suction else "")
        self._show_segment(segment)

    def _renew(self) -> None:
        self._shown = False
        self.show_plan(self._plan, self._place, current=self._current)

    def _show_segment(self, segment: Segment | None) -> None:
        self.ring.show_segment(segment)
        self.ring.setVisible(segment is not None)
        if segment is None:
            self.note.setText("")
        self.note.setVisible(bool(self.note.text()))
        heard = heard_in(segment, self._spoken) if segment is not None else []
        more = len(heard) - MOST_SHOWN
        if more > 0:
            last = heard[-1]
            heard = [
                *heard[: MOST_SHOWN - 1],
                HeardLine("", "dots", _("And {more} more like these").format(more=more)),
                last,
            ]
        self._fill(heard)

    def _fill(self, heard: Sequence[HeardLine]) -> None:
        """Renew the rows that came or went between those that stay; what has the focus stays where it is."""
        kept = [row.kind for row in self.rows] if self._shown else []
        wanted = [kind_of(one) for one in heard]
        first = shared(kept, wanted)
        last = shared(kept[first:][::-1], wanted[first:][::-1])
        for row in self.rows[first : len(self.rows) - last]:
            self._drop(row)
        between = [self._row(one) for one in heard[first : len(heard) - last]]
        self.rows[first : len(self.rows) - last] = between
        for number, row in enumerate(between, first):
            self._lines.insertWidget(number, row)
            row.show()
        for row, one in zip(self.rows, heard, strict=True):
            row.show_line(one)
        if between:
            lead(stops(self.speed)[-1], (row.button for row in self.rows if row.button is not None))
        self._shown = True
        # Otherwise they are painted once before the scroll area gives them their height.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def _row(self, heard: HeardLine) -> HeardRow:
        row = HeardRow(heard, look=self._look, parent=self)
        row.listen_asked.connect(self.listen_asked)
        row.chime_listen_asked.connect(self.chime_listen_asked)
        return row

    def _drop(self, row: HeardRow) -> None:
        self._lines.removeWidget(row)
        let_go(row)
