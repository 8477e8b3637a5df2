"""What forms are made of: a field with its name above and its problem beneath, and the controls of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from guide.compat import override
from guide.core.duration import DurationError, parse, parse_length, written
from guide.core.routine import Fixed, Kind, Range, Wait
from guide.kit.buttons import Button, IconButton, Pressable
from guide.kit.choices import Segmented, Select
from guide.kit.fields import Field, TextField
from guide.kit.flow import FlowRow
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Label
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.painting import paint_field, painting
from guide.pages.editor.outline import stepped
from guide.store.yaml.problem import Problem

SMALL: Final = 30  # the side of a key among others; its target stays as large as all are
UNDO: Final = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def spoken_estimate(text: str) -> timedelta:
    """
    How long a text takes to say at 145 words a minute, a calm voice's pace.

    >>> spoken_estimate("Start both pumps. Let your shoulders drop.").total_seconds()
    2.9
    """
    return timedelta(seconds=round(len(text.split()) / 145 * 60, 1))


class LeaveUndo(Guarded, QObject):
    """Has a field pass undo and redo on to the page, whose text is the only one that can be undone."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and any(event.matches(key) for key in UNDO):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.ignore()
                return True
            if event.type() == QEvent.Type.KeyPress:
                event.ignore()
                return True
        return False


class Line(Field):
    """A line of text: tells what is typed as it is typed, an emptied line when it is left."""

    written = Signal(str)

    def __init__(self, name: str, *, look: Look, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, look=look, placeholder=placeholder, parent=parent)
        self._value = ""
        self._told = ""
        self.installEventFilter(LeaveUndo(self))
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self.finish)

    @property
    def value(self) -> str:
        return self.text().strip()

    def show_value(self, value: str) -> None:
        """Show what the text says; what is being typed stays, as long as the text says nothing new."""
        if value != self._value:
            self._value = self._told = value
            if self.value != value:
                at = self.cursorPosition()
                self.setText(value)
                self.setCursorPosition(min(at, len(value)))
                if not self.hasFocus():
                    self.setCursorPosition(0)

    def reset(self, value: str) -> None:
        """Show it whatever was being typed."""
        self._value = self._told = value
        self.setText(value)
        self.setCursorPosition(0)

    def finish(self) -> None:
        if self.value != self._told:
            self._tell()

    def _typed(self) -> None:
        if self.value and self.value != self._told:
            self._tell()

    def _tell(self) -> None:
        self._told = self._value = self.value
        self.written.emit(self.value)


class Paragraph(TextField):
    """Several lines of text: tells what is typed as it is typed, an emptied text when it is left."""

    written = Signal(str)
    left = Signal()

    def __init__(
        self, name: str, *, look: Look, lines: int = 2, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, look=look, lines=lines, placeholder=placeholder, parent=parent)
        self._value = ""
        self._told = ""
        self._showing = False
        self.setUndoRedoEnabled(False)
        self.installEventFilter(LeaveUndo(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._typed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    @property
    def value(self) -> str:
        lines = self.toPlainText().split("\n")
        return "\n".join(line.rstrip() for line in lines).strip()

    def show_value(self, value: str) -> None:
        """As a `Line` does."""
        if value != self._value:
            self._value = self._told = value
            if self.value != value:
                self._showing = True
                at = self.textCursor().position()
                self.setPlainText(value)
                cursor = self.textCursor()
                cursor.setPosition(min(at, self.document().characterCount() - 1) if self.hasFocus() else 0)
                self.setTextCursor(cursor)
                self._showing = False

    def reset(self, value: str) -> None:
        self._value = self._told = value
        self._showing = True
        self.setPlainText(value)
        self._showing = False

    def finish(self) -> None:
        if self.value != self._told:
            self._tell()

    def _typed(self) -> None:
        if not self._showing and self.value and self.value != self._told:
            self._tell()

    def _tell(self) -> None:
        self._told = self._value = self.value
        self.written.emit(self.value)

    def _grow(self) -> None:
        lines = max(self._lines, min(8, int(self.document().size().height())))
        self.setFixedHeight(round(QFontMetricsF(self.font()).lineSpacing() * lines) + 28)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.finish()
            self.left.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()


class FormField(QWidget):
    """A control with its name above, and beneath it, in words, what is to be looked at."""

    text_asked = Signal()
    fix_asked = Signal(object)

    def __init__(self, name: str, control: QWidget, *, look: Look, hint: str = "", parent: QWidget) -> None:
        super().__init__(parent)
        self.control = control
        for select in (control, *control.findChildren(Select)):
            if isinstance(select, Select):
                select.setMinimumWidth(96)  # a long choice gives way, the form does not
        self._hint = hint
        self._own = ""
        self._refused = ""
        self._problem: Problem | None = None
        self.name = Label(name, look=look, role="small", tint="text2", weight=500, wrap=True, parent=self)
        self.name.setVisible(bool(name))
        self.note = Label("", look=look, role="small", tint="text2", wrap=True, parent=self)
        self.to_text = Button("Show it in the text", look=look, size="small", parent=self)
        self.fix = Button("", look=look, size="small", parent=self)
        ways = QHBoxLayout()
        ways.addWidget(self.fix)
        ways.addWidget(self.to_text)
        ways.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.name)
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._row.addWidget(control, 1)
        column.addLayout(self._row)
        column.addWidget(self.note)
        column.addLayout(ways)
        self.to_text.clicked.connect(self.text_asked)
        self.fix.clicked.connect(self._ask_fix)
        self._arrange()

    @property
    def words(self) -> str:
        """What stands under the control."""
        return "" if self.note.isHidden() else self.note.text()

    @property
    def is_troubled(self) -> bool:
        return bool(self._own or self._refused or self._problem)

    def put_beside(self, button: QWidget) -> None:
        self._row.addWidget(button)

    def set_hint(self, hint: str) -> None:
        if hint != self._hint:
            self._hint = hint
            self._arrange()

    def tell(self, problem: Problem | None) -> None:
        """Show what the reader says of this key."""
        if problem != self._problem:
            self._problem = problem
            self._arrange()

    def tell_own(self, sentence: str) -> None:
        """Show why what is typed is not applied."""
        if sentence != self._own:
            self._own = sentence
            self._arrange()

    def refuse(self, sentence: str) -> None:
        """Show why the text cannot take this change, and the way to the text."""
        if sentence != self._refused:
            self._refused = sentence
            self._arrange()

    def _arrange(self) -> None:
        problem = self._problem.message if self._problem else ""
        told = self._own or self._refused or problem
        beneath = f"\n{self._hint}" if self._hint and problem == told else ""
        self.note.setText(_sentence(told) + beneath if told else self._hint)
        self.note.set_tint("accent_text" if told else "text2")
        self.note.setVisible(bool(told or self._hint))
        self.to_text.setVisible(bool(self._refused) and not self._own)
        fix = self._problem.fix if self._problem and not self._own else None
        self.fix.setVisible(fix is not None)
        self.fix.setText(fix.label if fix else "")
        self.control.setAccessibleDescription(self.note.text() if told or self._hint else "")

    def _ask_fix(self) -> None:
        if self._problem and self._problem.fix:
            self.fix_asked.emit(self._problem.fix)


def _sentence(text: str) -> str:
    """
    A message of the reader as it stands by itself.

    >>> _sentence("needs a range"), _sentence("'5' has no unit")
    ('Needs a range.', "'5' has no unit.")
    """
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")


class Choices(Guarded, QWidget):
    """One of several, side by side where there is room, from a menu where there is not."""

    chosen = Signal(object)

    def __init__(self, options: Sequence[tuple[object, str]], *, look: Look, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._options = list(options)
        self._name = name
        self._value: object = None
        self.wide = Segmented(self._options, look=look, name=name, parent=self)
        self.narrow = Select(self._options, look=look, name=name, framed=True, parent=self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.wide)
        self._row.addWidget(self.narrow)
        self.narrow.chosen.connect(self._choose)
        self.wide.chosen.connect(self._choose)
        self.setAccessibleName(name)
        self._arrange()

    @property
    def value(self) -> object:
        return self._value

    def set_value(self, value: object) -> None:
        """Show without telling."""
        self._value = value
        self.wide.set_value(value)
        self.narrow.set_value(value)

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        if list(options) == self._options:
            return
        self._options = list(options)
        old, self.wide = self.wide, Segmented(self._options, look=self._look, name=self._name, parent=self)
        self._row.replaceWidget(old, self.wide)
        old.hide()
        old.deleteLater()
        self.wide.chosen.connect(self._choose)
        self.narrow.set_options(self._options, value=self._value)
        self.set_value(self._value)
        self._arrange()

    def choose(self, value: object) -> None:
        """Choose and tell, as a press does."""
        self.set_value(value)
        self.chosen.emit(value)

    def _choose(self, value: object) -> None:
        self.choose(value)

    def _arrange(self) -> None:
        fits = self.wide.sizeHint().width() <= self.width()
        had = self.narrow.hasFocus() or any(part.hasFocus() for part in self.wide.parts)
        self.wide.setVisible(fits)
        self.narrow.setVisible(not fits)
        if had:
            (self.wide.parts[0] if fits else self.narrow).setFocus()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.wide.sizeHint().width(), self.wide.sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.wide.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


class KindButton(Pressable):
    """A kind of step: its glyph and its word."""

    def __init__(self, kind: Kind, *, look: Look, parent: QWidget) -> None:
        super().__init__(look=look, radius=12, parent=parent)
        self.kind = kind
        self.setCheckable(True)
        self.setText(kind.word)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._look.font("small", weight=600)).horizontalAdvance(self.text())
        return QSize(round(words) + self._look.px(18) + 6, max(SMALLEST_TARGET, self._look.px(44)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            field = QRectF(self.rect())
            chosen = self.isChecked()
            if chosen:
                paint_field(painter, field, 12, theme.surface, edge=theme.text, edge_width=2)
            else:
                paint_field(painter, field, 12, theme.hover if self.is_hot else theme.raised)
            painter.setFont(self._look.font("small", weight=600 if chosen else 400))
            words = QFontMetricsF(painter.font()).horizontalAdvance(self.text())
            side = self._look.px(18)
            x = (self.width() - words - side - 5) / 2
            glyph = QRectF(x, (self.height() - side) / 2, side, side)
            paint_icon(painter, self.kind.value, glyph, theme.ink(self.kind.value), 2.1)
            painter.setPen(theme.text if chosen else theme.text2)
            room = QRectF(x + side + 5, 0, words + 2, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


class KindGrid(Guarded, QWidget):
    """The nine kinds, in as many columns as there is room for; arrow keys go from one to the next."""

    chosen = Signal(str)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName("Kind of step")
        self._group = QButtonGroup(self)
        self.buttons: dict[str, KindButton] = {}
        for kind in Kind:
            button = KindButton(kind, look=look, parent=self)
            self._group.addButton(button)
            button.clicked.connect(lambda _=False, kind=kind: self.chosen.emit(kind.value))
            self.buttons[kind.value] = button
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self._arrange)

    def show_kind(self, kind: str) -> None:
        self._group.setExclusive(False)
        for name, button in self.buttons.items():
            button.setChecked(name == kind)
        self._group.setExclusive(True)

    def _columns(self, width: int) -> int:
        widest = max(button.sizeHint().width() for button in self.buttons.values())
        return max(2, min(5, (width + 7) // (widest + 7)))

    def _rows(self, width: int) -> int:
        return -(-len(self.buttons) // self._columns(width))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        height = next(iter(self.buttons.values())).sizeHint().height()
        return self._rows(width) * (height + 7) - 7

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(max(self.width(), 300)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 300)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        columns = self._columns(self.width())
        width = (self.width() - 7 * (columns - 1)) / columns
        for number, button in enumerate(self.buttons.values()):
            row, column = divmod(number, columns)
            height = button.sizeHint().height()
            x = round(column * (width + 7))
            button.setGeometry(QRect(x, row * (height + 7), round(width), height))
        self.updateGeometry()


class LengthBox(Guarded, QWidget):
    """One length of time: keys for less and more, and a line to type it in any way the format knows."""

    stepped = Signal(int)

    def __init__(self, name: str, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.less = IconButton("minus", f"{name}: shorter", look=look, side=SMALL, icon_side=18, parent=self)
        self.more = IconButton("plus", f"{name}: longer", look=look, side=SMALL, icon_side=18, parent=self)
        for key in (self.less, self.more):
            key.setAutoRepeat(True)
            key.setAutoRepeatDelay(500)
            key.setAutoRepeatInterval(125)
        self.line = Line(name, look=look, parent=self)
        self.line.setFrame(False)
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line.setStyleSheet("background: transparent; border: none; padding: 0; margin: 0;")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        row.addWidget(self.less)
        row.addWidget(self.line, 1)
        row.addWidget(self.more)
        self.less.clicked.connect(lambda: self.stepped.emit(-1))
        self.more.clicked.connect(lambda: self.stepped.emit(1))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._look.font("body")).horizontalAdvance("1 min 30 s")
        side = self.less.sizeHint().width()
        return QSize(round(words) + 2 * side + 4, max(SMALLEST_TARGET, self._look.px(46)) + 4)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up:
                self.stepped.emit(1)
            case Qt.Key.Key_Down:
                self.stepped.emit(-1)
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


class LengthControl(QWidget):
    """How long a step is: fixed, a range, or until she goes on."""

    written = Signal(str)
    wrong = Signal(str)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.mode = Choices(
            [("fixed", "Fixed"), ("range", "Range"), ("wait", "Wait")], look=look, name="Length", parent=self
        )
        self.low = LengthBox("Length", look=look, parent=self)
        self.to = Label("to", look=look, role="label", tint="text2", parent=self)
        self.high = LengthBox("Longest", look=look, parent=self)
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
        self.low.line.written.connect(self._typed_low)
        self.high.line.written.connect(self._typed_high)
        self.low.stepped.connect(lambda steps: self._step(low=steps))
        self.high.stepped.connect(lambda steps: self._step(high=steps))

    def show_value(self, text: str) -> None:
        """Show the length as written; what is being typed stays, as long as that says nothing new."""
        if text != self._text:
            self.reset(text)

    def reset(self, text: str) -> None:
        """Show it whatever was being typed."""
        self._text = text
        self._show()
        self.wrong.emit("")

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
        self.low.line.setAccessibleName("Shortest" if ranged else "Length")

    def _enter(self, text: str, *, typing: bool = False) -> None:
        try:
            parse_length(text)
        except DurationError as error:
            self.wrong.emit(str(error))
            return
        self.wrong.emit("")
        changed = text != self._text
        self._text = text
        self._show(typing=typing)
        if changed:
            self.written.emit(text)

    def _typed_low(self, text: str) -> None:
        self._typed(text, lambda one: range_text(one, self._ends()[1]))

    def _typed_high(self, text: str) -> None:
        self._typed(text, lambda one: range_text(self._ends()[0], one))

    def _typed(self, text: str, within: Callable[[timedelta], str]) -> None:
        """Take a length typed as one end of a range, or a whole duration typed in its place."""
        try:
            length = parse_length(text)
        except DurationError as error:
            self.wrong.emit(str(error))
            return
        if not isinstance(length, Fixed):
            self.wrong.emit("")  # taken when the line is left, as it takes the line apart
        elif self.mode.value == "range":
            self._enter(within(parse(text)), typing=True)
        else:
            self._enter(text, typing=True)

    def _leave(self, line: Line) -> None:
        """Take a range or `wait` typed in the place of one length, and show what was taken as it is written."""
        try:
            length = parse_length(line.value)
        except DurationError:
            return
        if isinstance(length, Fixed):
            self._show()
        else:
            self._enter(line.value)

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


def is_text(widget: QWidget | None) -> bool:
    """Whether keys such as Delete belong to it."""
    return isinstance(widget, QLineEdit | QPlainTextEdit)
