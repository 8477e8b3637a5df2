"""How long a step lasts: one time, a range, or until she goes on."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from guide.compat import override
from guide.core.duration import DurationError, parse_length, written
from guide.core.routine import Fixed, Range, Wait
from guide.kit.buttons import IconButton
from guide.kit.dialog import application
from guide.kit.flow import FlowRow
from guide.kit.focus import GAP, RING, is_modified_arrow
from guide.kit.guard import Guarded
from guide.kit.label import Label
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.painting import paint_field, painting
from guide.kit.stepper import repeat_while_held
from guide.language import _, pgettext, screen
from guide.pages.editor.fields import SMALL, LineField
from guide.pages.editor.kind_grid import ChoiceRow
from guide.pages.editor.length_line import LengthLine
from guide.pages.editor.outline import stepped
from guide.pages.editor.tab_chain import lead

LINE_EDGE: Final = 4  # pixels that Qt keeps free beside what is written in a line


def spoken_estimate(text: str) -> timedelta:
    """
    How long a text takes to say at 145 words a minute, a calm voice's pace.

    >>> spoken_estimate("Start both pumps. Let your shoulders drop.").total_seconds()
    2.9
    """
    return timedelta(seconds=round(len(text.split()) / 145 * 60, 1))


class LengthKey(IconButton):
    """A key for less or more: holding it repeats, and its ring lies within it, beside the number."""

    def __init__(self, icon: str, name: str, *, look: Look, parent: QWidget) -> None:
        super().__init__(icon, name, look=look, side=SMALL, icon_side=18, parent=parent)
        self.ring.set_radius(9)
        repeat_while_held(self)

    @override
    def visual_rect(self) -> QRect:
        around = RING + GAP
        return self.rect().adjusted(around, around, -around, -around)


class LengthBox(Guarded, QWidget):
    """
    One length of time: keys for less and more, and a line to type it in any way the format knows.

    A figure typed on one of the keys begins a length anew.
    """

    stepped = Signal(int)

    def __init__(self, name: str, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.less = LengthKey("minus", _("{name}: shorter").format(name=name), look=look, parent=self)
        self.more = LengthKey("plus", _("{name}: longer").format(name=name), look=look, parent=self)
        self.line = LengthLine(name, look=look, bare=True, parent=self)
        self.line.setFrame(False)
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        row.addWidget(self.less)
        row.addWidget(self.line, 1)
        row.addWidget(self.more)
        QWidget.setTabOrder(self.less, self.line)
        QWidget.setTabOrder(self.line, self.more)
        self.less.clicked.connect(lambda: self.stepped.emit(-1))
        self.more.clicked.connect(lambda: self.stepped.emit(1))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._look.font("body")).horizontalAdvance("1 min 30 s")
        side = self.less.sizeHint().width()
        return QSize(ceil(words) + LINE_EDGE + 2 * side + 4, max(SMALLEST_TARGET, self._look.px(46)) + 4)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case _ if is_modified_arrow(event):
                super().keyPressEvent(event)
            case Qt.Key.Key_Up:
                self.stepped.emit(1)
            case Qt.Key.Key_Down:
                self.stepped.emit(-1)
            case _ if event.text().isdecimal() and event.text().isascii() and not self.line.hasFocus():
                self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.line.selectAll()
                self.line.keyPressEvent(event)
            case _:
                super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            paint_field(painter, QRectF(self.rect()), 12, theme.sunk, edge=theme.line_strong, edge_width=1.5)


def one_length(length: timedelta) -> str:
    return written(length)


def range_text(low: timedelta, high: timedelta) -> str:
    """
    Write a range as a person would.

    >>> from guide.core.duration import MINUTE
    >>> range_text(5 * MINUTE, 7 * MINUTE), range_text(MINUTE / 2, 2 * MINUTE)
    ('5-7 min', '30 s - 2 min')
    """
    first, second = written(low), written(high)
    alike = first.count(" ") == second.count(" ") == 1 and first.split()[1] == second.split()[1]
    return f"{first.split()[0]}-{second}" if alike else f"{first} - {second}"


def with_unit(text: str) -> str:
    """
    What is typed, with the unit it has in the file: a bare number is minutes, as it is in History.

    >>> with_unit("12"), with_unit("5-7"), with_unit("90 s"), with_unit("0"), with_unit("400")
    ('12 min', '5-7 min', '90 s', '0', '400')
    """
    try:
        parse_length(text)
    except DurationError as error:
        return error.fix if error.fix.endswith(" min") else text
    return text


def _fixed(text: str, otherwise: timedelta) -> timedelta:
    try:
        length = parse_length(with_unit(text))
    except DurationError:
        return otherwise
    return length.length if isinstance(length, Fixed) else otherwise


class LengthControl(QWidget):
    """
    How long a step is: fixed, a range, or until she goes on.

    `wrong` carries why what is typed is not taken, and whether that waits: half of a length, and one end of a range, is
    none yet. It waits until the focus leaves all of this, or Enter is pressed.
    """

    written = Signal(str)
    wrong = Signal(str, bool)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._why = ""
        self.mode = ChoiceRow(
            [("fixed", _("Fixed")), ("range", _("Range")), ("wait", _("Wait"))],
            look=look,
            name=_("Length"),
            parent=self,
        )
        self.low = LengthBox(_("Length"), look=look, parent=self)
        self.to = Label(
            pgettext("between the two ends of a range", "to"), look=look, role="label", tint="text2", parent=self
        )
        self.high = LengthBox(_("Longest"), look=look, parent=self)
        boxes = FlowRow(gap=8, parent=self)
        upper = QWidget(self)
        pair = QHBoxLayout(upper)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(8)
        pair.addWidget(self.to)
        pair.addWidget(self.high)
        boxes.add(self.low)
        boxes.add(upper)
        self._upper = upper
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addWidget(self.mode)
        column.addWidget(boxes)
        self._boxes = boxes
        self.mode.chosen.connect(self._change_mode)
        for line in (self.low.line, self.high.line):
            line.editingFinished.connect(lambda line=line: self._leave(line))
            line.returnPressed.connect(self.settle)
        self.low.line.written.connect(self._typed_low)
        self.high.line.written.connect(self._typed_high)
        self.low.stepped.connect(lambda steps: self._step(low=steps))
        self.high.stepped.connect(lambda steps: self._step(high=steps))
        low, high = self.low, self.high
        lead(low.less, (low.line, high.line, low.more, high.less, high.more))  # from one end straight to the other
        application().focusChanged.connect(self._follow_focus)

    @Slot()
    def settle(self) -> None:
        """Take what waits, and tell what is wrong, if anything is: nothing more is typed."""
        for line in (self.low.line, self.high.line):
            if with_unit(line.value) != line.value:
                self._leave(line)
        self.wrong.emit(self._why, False)

    def forget(self) -> None:
        """Tell nothing of what was typed before."""
        self._why = ""

    @Slot(QWidget, QWidget)
    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        left = before is not None and now is not None and self.isAncestorOf(before) and not self.isAncestorOf(now)
        if left and self._why:
            self.settle()

    def _refuse(self, why: str) -> None:
        self._why = why
        self.wrong.emit(why, bool(why) and (self.low.line.hasFocus() or self.high.line.hasFocus()))

    def show_value(self, text: str) -> None:
        """Show the length as written; what is being typed stays, as long as that says nothing new."""
        if text != self._text:
            self.reset(text)

    def reset(self, text: str) -> None:
        """Show it whatever was being typed."""
        self._text = text
        self._show()
        self._refuse("")

    def _show(self, *, typing: bool = False) -> None:
        try:
            length = parse_length(self._text)
        except DurationError:
            length = None
        ranged = isinstance(length, Range)
        match length:
            case Range(earliest, latest):
                texts = one_length(earliest), one_length(latest)
            case Wait():
                texts = "", ""
            case _:
                texts = self._text, ""
        for box, text in zip((self.low, self.high), texts, strict=True):
            if not (typing and box.line.hasFocus()):
                box.line.reset(text)
        self.mode.set_value("range" if ranged else "wait" if isinstance(length, Wait) else "fixed")
        self.low.setVisible(not isinstance(length, Wait))
        self._upper.setVisible(ranged)
        self._boxes.setVisible(not isinstance(length, Wait))
        self.low.line.setAccessibleName(_("Shortest") if ranged else _("Length"))

    def _enter(self, text: str, *, typing: bool = False) -> None:
        try:
            parse_length(text)
        except DurationError as error:
            self._refuse(error.said(screen()))
            return
        self._refuse("")
        changed = text != self._text
        self._text = text
        self._show(typing=typing)
        if changed:
            self.written.emit(text)

    def _typed_low(self, text: str) -> None:
        self._typed(self.low.line, text)

    def _typed_high(self, text: str) -> None:
        self._typed(self.high.line, text)

    def _typed(self, line: LineField, text: str) -> None:
        """Take what is typed so far; a number alone is minutes once the line is left: it may be the half of 12 s."""
        if with_unit(text) == text:
            self._take(line, text)
        else:
            self._refuse("")

    def _take(self, line: LineField, text: str) -> None:
        """Take a length typed as one end of a range, or a whole duration typed in its place."""
        try:
            length = parse_length(text)
        except DurationError as error:
            self._refuse(error.said(screen()))
            return
        if not isinstance(length, Fixed):
            self._refuse("")  # taken when the line is left, as it takes the line apart
        elif self.mode.value == "range":
            first, last = self._ends_shown()
            ends = (length.length, last) if line is self.low.line else (first, length.length)
            self._enter(range_text(*ends), typing=True)
        else:
            self._enter(text, typing=True)

    def _leave(self, line: LineField) -> None:
        """Take what waited until the line is left, and show what was taken as it is written."""
        text = with_unit(line.value)
        try:
            length = parse_length(text)
        except DurationError:
            return
        if not isinstance(length, Fixed):
            self._enter(text)
            return
        if text != line.value:
            self._take(line, text)
        first, last = self._ends_shown()
        if first < last or self.mode.value != "range":
            self._show()  # an end beyond the other stays as typed: the other is typed next

    def _ends_shown(self) -> tuple[timedelta, timedelta]:
        """The ends of a range as its lines have them; where one does not read, as the text has it."""
        first, last = (
            _fixed(box.line.value, end) for box, end in zip((self.low, self.high), self._ends(), strict=True)
        )
        return first, last

    def _ends(self) -> tuple[timedelta, timedelta]:
        try:
            length = parse_length(self._text)
        except DurationError:
            length = Wait()
        match length:
            case Fixed(exact):
                return exact, exact
            case Range(earliest, latest):
                return earliest, latest
            case Wait():
                return timedelta(minutes=2), timedelta(minutes=2)

    def _step(self, low: int = 0, high: int = 0) -> None:
        first, last = self._ends()
        if self.mode.value == "range":
            first = stepped(first, low) if low else first
            last = stepped(last, high) if high else last
            if first >= last:
                first, last = (first, stepped(first, 1)) if low else (stepped(last, -1), last)
            if first < last:
                self._enter(range_text(first, last))
        else:
            self._enter(one_length(stepped(first, low)))

    def _change_mode(self, mode: object) -> None:
        first, last = self._ends()
        match mode:
            case "range":
                self._enter(range_text(first, last if last > first else stepped(stepped(first, 1), 1)))
            case "wait":
                self._enter("wait")
            case _:
                self._enter(one_length(last))
