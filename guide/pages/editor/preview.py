"""What will be seen and heard: the whole routine as bars, and the chosen step moment by moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.core.duration import SECOND, clock, short, span, written
from guide.core.plan import (
    LONGEST_SUCTION,
    Advance,
    Beat,
    Chime,
    Earliest,
    Moment,
    Partner,
    Plan,
    Say,
    Segment,
    Show,
    suction_runs,
)
from guide.core.routine import Range
from guide.kit.buttons import IconButton
from guide.kit.cards import Card, ScrollArea
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.painting import painting
from guide.kit.ring import DialFace
from guide.kit.ring_words import paint_mini_ring
from guide.kit.rows import Glyph
from guide.kit.theme import Tint
from guide.kit.timeline import Bar, Timeline
from guide.kit.words import span_spoken
from guide.language import N_, _, in_words, screen
from guide.pages.editor.kind_grid import Choices
from guide.pages.editor.length_control import spoken_estimate
from guide.pages.editor.outline import Place

MOST_SHOWN: Final = 40
MOST_BARS: Final = 140  # two pixels each; more could not be told apart
SPEEDS: Final = ((1.0, N_("Normal")), (10.0, N_("Fast")))
Spoken = Callable[[str], timedelta | None]


@dataclass(frozen=True, slots=True)
class HeardLine:
    """One line of what happens in a step: when, by which glyph, and in words; `note` where it is too long."""

    at: str
    glyph: str
    text: str
    speech: bool = False
    chime: str = ""
    note: str = ""


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


def heard_in(segment: Segment, spoken: Spoken) -> list[HeardLine]:
    """What comes in a step, in order, with what does not fit marked in words."""
    return list(_heard(segment, spoken))


def _heard(segment: Segment, spoken: Spoken) -> Iterator[HeardLine]:
    moments = segment.moments
    beats = 0
    speech = [moment for moment in moments if isinstance(moment.action, Say | Partner)]
    for moment in moments:
        at = clock(moment.offset)
        match moment.action:
            case Say(text):
                yield HeardLine(at, "voice", text, speech=True, note=_overrun(moment, speech, segment, spoken))
            case Partner(text):
                yield HeardLine(at, "partner", text, speech=True, note=_overrun(moment, speech, segment, spoken))
            case Chime(sound):
                yield HeardLine(at, "chime", _chime_words(sound), chime=sound)
            case Show(text):
                yield HeardLine(at, "say", text)
            case Beat(text):
                beats += 1
                if segment.step.pace and beats <= len(segment.step.pace.beats):
                    yield HeardLine(at, "clock", text)
            case Earliest():
                yield HeardLine(at, "tap", _("May end from here"))
            case Advance():
                yield HeardLine(at, "next", _("Moves on by itself"))


def _chime_words(sound: str) -> str:
    if "." in sound:
        return sound
    return {"tick": _("Soft tick"), "earliest": _("Chime of the mark"), "end": _("Closing chime")}.get(
        sound, _("Soft chime")
    )


def _overrun(moment: Moment, speech: Sequence[Moment], segment: Segment, spoken: Spoken) -> str:
    text = moment.action.text if isinstance(moment.action, Say | Partner) else ""
    known = spoken(text)
    takes = known if known is not None else spoken_estimate(text)
    about = "" if known is not None else "about "
    ends = moment.offset + takes
    seconds = f"{about}{written(max(1, round(takes / SECOND)) * SECOND)}"
    if segment.longest is not None and ends > segment.longest:
        if takes > segment.longest:
            return _("Takes {seconds} to say, longer than the step").format(seconds=seconds)
        return _("Takes {seconds} to say and runs past the end of the step").format(seconds=seconds)
    following = next((other for other in speech if other.offset > moment.offset), None)
    if following is not None and ends > following.offset + SECOND / 2:
        return _("Takes {seconds} to say and runs into what is said at {offset}").format(
            seconds=seconds, offset=clock(following.offset)
        )
    return ""


def suction_note(plan: Plan, index: int) -> str:
    """A sentence where the suction stays on too long around a segment."""
    for first, last, longest in suction_runs(plan):
        if first <= index <= last and longest > LONGEST_SUCTION:
            return _(
                "The suction stays on for up to {longest} here; {value} without a break is the most, so "
                "add a rest between."
            ).format(longest=written(longest), value=written(LONGEST_SUCTION))
    return ""


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


class HeardRow(QWidget):
    """When, how, what; and a key to listen to what is said."""

    listen_asked = Signal(str)
    chime_listen_asked = Signal(str)

    def __init__(self, heard: HeardLine, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.heard = heard
        at = Label(heard.at, look=look, role="small", tint="text2", parent=self)
        at.setMinimumWidth(look.px(38))
        at.setAlignment(Qt.AlignmentFlag.AlignRight)
        tint: Tint = "text" if heard.speech else "text2"
        words = Label(heard.text, look=look, role="label", tint=tint, weight=400, wrap=True, parent=self)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(words)
        if heard.note:
            column.addWidget(
                Label(f"{heard.note}.", look=look, role="small", tint="accent_text", wrap=True, parent=self)
            )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(10)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(at, 0, top)
        self.button: IconButton | None = None
        if heard.speech or heard.chime:
            name = _("Listen: {text}").format(text=heard.text)
            self.button = IconButton(heard.glyph, name, look=look, icon_side=18, parent=self)
            self.button.clicked.connect(self._listen)
            at.setContentsMargins(0, 11, 0, 0)
            words.setContentsMargins(0, 11, 0, 0)
            row.addWidget(self.button, 0, top)
        else:
            glyph = Glyph(heard.glyph, look=look, side=18, parent=self)
            around = QHBoxLayout()
            around.setContentsMargins(13, 2, 13, 0)
            around.addWidget(glyph, 0, top)
            row.addLayout(around)
        row.addLayout(column, 1)
        self.setAccessibleName(f"{heard.at}, {heard.text}" + (f". {heard.note}" if heard.note else ""))

    def _listen(self) -> None:
        if self.heard.chime:
            self.chime_listen_asked.emit(self.heard.chime)
        else:
            self.listen_asked.emit(self.heard.text)


class Preview(QWidget):
    """The right pane."""

    listen_asked = Signal(str)
    chime_listen_asked = Signal(str)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.spoken: Spoken = lambda _: None
        self._shown: tuple[object, ...] = ()
        self._plan: Plan | None = None
        self._current = True
        self._bars: dict[int, tuple[Segment, Bar]] = {}
        self._place: Place = ()
        whole = Card(look=look, padding=0, parent=self)
        self.heading = Label(
            _("Whole routine"), look=look, role="small", tint="text2", weight=500, wrap=True, parent=whole
        )
        self.length = Label("", look=look, role="label", weight=600, parent=whole)
        self.timeline = Timeline(look=look, size="card", parent=whole)
        self.speed = Choices(in_words(SPEEDS), look=look, name=_("Speed of Play from here"), parent=whole)
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
        column.addLayout(top)
        column.addWidget(self.timeline)
        column.addLayout(below)
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
        head.addLayout(names, 1)
        body = QWidget(step)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(20, 0, 14, 14)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addWidget(self.note)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._column.addSpacing(8)
        self._column.addLayout(self._lines)
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
        self.length.setText(span(plan.shortest, plan.longest))
        self._bars = {
            id(one): self._bars.get(id(one)) or (one, bar_of(one)) for one in plan.segments
        }  # with the segments themselves, so that none of these numbers is given to another
        each = -(-len(plan.segments) // MOST_BARS)
        self.timeline.show_bars(gathered([bar for __, bar in self._bars.values()], each))
        self.timeline.describe(f"{self.heading.text()}, {span_spoken(plan.shortest, plan.longest)}")
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
        self._shown = ()
        self.show_plan(self._plan, self._place, current=self._current)

    def _show_segment(self, segment: Segment | None) -> None:
        self.ring.show_segment(segment)
        self.ring.setVisible(segment is not None)
        if segment is None:
            self.note.setText("")
        self.note.setVisible(bool(self.note.text()))
        heard = heard_in(segment, self.spoken) if segment is not None else []
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
        """Renew the rows that differ; what has the focus stays where it is."""
        for number, one in enumerate(heard):
            if number < len(self.rows) and self.rows[number].heard == one and self._shown:
                continue
            row = HeardRow(one, look=self._look, parent=self)
            row.listen_asked.connect(self.listen_asked)
            row.chime_listen_asked.connect(self.chime_listen_asked)
            if number < len(self.rows):
                self._drop(self.rows[number])
                self.rows[number] = row
            else:
                self.rows.append(row)
            self._lines.insertWidget(number, row)
            row.show()
        for row in self.rows[len(heard) :]:
            self._drop(row)
        del self.rows[len(heard) :]
        self._shown = (True,)

    def _drop(self, row: HeardRow) -> None:
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()
