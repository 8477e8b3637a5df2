"""The fields of the forms: a line, a paragraph, and the frame that says what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import Button
from guide.kit.choices import Select
from guide.kit.fields import Field, TextField
from guide.kit.guard import Guarded
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.steady import held_in_place
from guide.language import _
from guide.pages.editor.pasted import as_line, as_sentences, is_a_line
from guide.pages.editor.tab_chain import lead, stops
from guide.store.yaml.problem import Problem

SMALL: Final = 30  # the side of a key among others; its target stays as large as all are
UNDO: Final = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


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


class LineField(Field):
    """A line of text: tells what is typed as it is typed, an emptied line when it is left."""

    written = Signal(str)

    def __init__(
        self,
        name: str,
        *,
        look: Look,
        placeholder: str = "",
        bare: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, look=look, placeholder=placeholder, bare=bare, parent=parent)
        self._value = ""
        self._told = ""
        self._written = ""
        self.installEventFilter(LeaveUndo(self))
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self.finish)

    @property
    def value(self) -> str:
        return as_line(self.text())

    @property
    def is_as_written(self) -> bool:
        """Whether it shows what the text said last."""
        return self.value == self._written

    def show_value(self, value: str) -> None:
        """Show what the text says; what is being typed stays, as long as the text says nothing new."""
        self._written = value
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
        self._value = self._told = self._written = value
        self.setText(value)
        self.setCursorPosition(0)

    def type_again(self, text: str) -> None:
        """As it was typed before."""
        self.setText(text)
        self.finish()

    @Slot()
    def finish(self) -> None:
        if self.value != self._told:
            self._tell()

    @Slot()
    def _typed(self) -> None:
        if not is_a_line(self.text()):  # what was pasted; Qt shows line ends in a line, and hands them on
            at = len(self.text()) - self.cursorPosition()
            self.setText(self.value)
            self.setCursorPosition(max(0, len(self.text()) - at))
        if self.value and self.value != self._told:
            self._tell()

    def _tell(self) -> None:
        self._told = self._value = self.value
        self.written.emit(self.value)


class ParagraphField(TextField):
    """Several lines of text: tells what is typed as it is typed, an emptied text when it is left."""

    written = Signal(str)
    left = Signal()

    def __init__(
        self,
        name: str,
        *,
        look: Look,
        lines: int = 2,
        placeholder: str = "",
        pasted: Callable[[str], str] = as_sentences,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, look=look, lines=lines, placeholder=placeholder, pasted=pasted, parent=parent)
        self._value = ""
        self._told = ""
        self._written = ""
        self._showing = False
        self.setUndoRedoEnabled(False)
        self.installEventFilter(LeaveUndo(self))
        self.textChanged.connect(self._typed)

    @property
    def value(self) -> str:
        lines = self.toPlainText().split("\n")
        return "\n".join(line.rstrip() for line in lines).strip()

    @property
    def is_as_written(self) -> bool:
        return self.value == self._written

    def show_value(self, value: str) -> None:
        """As a `LineField` does."""
        self._written = value
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
        self._value = self._told = self._written = value
        self._showing = True
        self.setPlainText(value)
        self._showing = False

    def type_again(self, text: str) -> None:
        self.setPlainText(text)
        self.finish()

    @Slot()
    def finish(self) -> None:
        if self.value != self._told:
            self._tell()

    @Slot()
    def _typed(self) -> None:
        if not self._showing and self.value and self.value != self._told:
            self._tell()

    def _tell(self) -> None:
        self._told = self._value = self.value
        self.written.emit(self.value)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.finish()
            self.left.emit()


class FormField(QWidget):
    """A control with its name above, and beneath it, in words, what is to be looked at."""

    text_asked = Signal()
    fix_asked = Signal(object)
    untaken_changed = Signal()

    def __init__(self, name: str, control: QWidget, *, look: Look, hint: str = "", parent: QWidget) -> None:
        super().__init__(parent)
        self.control = control
        self.key = ""  # of the part, and what is told here is about
        self.beside: tuple[QWidget, ...] = ()  # what belongs to it and stands by itself in the form
        for select in (control, *control.findChildren(Select)):
            if isinstance(select, Select):
                select.setMinimumWidth(96)  # a long choice gives way, the form does not
        self._hint = hint
        self._own = self._refused = ""
        self._waits = False
        self._problem: Problem | None = None
        self.name = Label(name, look=look, role="small", tint="text2", weight=500, wrap=True, parent=self)
        self.name.setVisible(bool(name))
        self.note = Label("", look=look, role="small", tint="text2", wrap=True, parent=self)
        self._look = look
        self._ways: tuple[Button, Button] | None = None
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.name)
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._row.addWidget(control, 1)
        nest(column, self._row)
        column.addWidget(self.note)
        self._arrange()

    @property
    def to_text(self) -> Button:
        """The way to the text, where that keeps its form."""
        return self._made_ways()[0]

    @property
    def fix(self) -> Button:
        """What would be right, in one press."""
        return self._made_ways()[1]

    def _made_ways(self) -> tuple[Button, Button]:
        """Made when they are first needed: of the many fields of a form hardly one is ever in trouble."""
        if self._ways is None:
            to_text = Button(_("Show it in the text"), look=self._look, size="small", parent=self)
            fix = Button("", look=self._look, size="small", parent=self)
            lead(stops(self.control)[-1], (to_text, fix))
            ways = QHBoxLayout()
            ways.addWidget(fix)
            ways.addWidget(to_text)
            ways.addStretch(1)
            nest(self._column, ways)
            to_text.clicked.connect(self.text_asked)
            fix.clicked.connect(self._ask_fix)
            for button in (to_text, fix):
                button.hide()
            self._ways = to_text, fix
        return self._ways

    @property
    def lines(self) -> list[LineField | ParagraphField]:
        """What is typed into, in the order of the form."""
        within = (self.control, *self.control.findChildren(QWidget), *self.beside)
        return [one for one in within if isinstance(one, LineField | ParagraphField)]

    @property
    def called(self) -> str:
        return self.name.text() or self.control.accessibleName()

    @property
    def words(self) -> str:
        """What stands under the control."""
        return "" if self.note.isHidden() else self.note.text()

    @property
    def is_untaken(self) -> bool:
        """Whether it shows what the text did not take."""
        return bool(self._own or self._refused)

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

    def tell_own(self, sentence: str, *, waits: bool = False) -> None:
        """Show why what is typed is not applied; one that `waits` is not shown yet, as more is being typed."""
        if (sentence, waits) != (self._own, self._waits):
            self._own, self._waits = sentence, waits
            self._arrange()
            self.untaken_changed.emit()

    def refuse(self, sentence: str) -> None:
        """Show why the text cannot take this change, and the way to the text."""
        if sentence != self._refused:
            self._refused = sentence
            self._arrange()
            self.untaken_changed.emit()

    def forget(self) -> None:
        """Tell nothing of what was there before, and give back the room it took."""
        was_untaken = self.is_untaken
        if self.is_troubled or self.note.minimumHeight():
            self._own = self._refused = ""
            self._problem = None
            self.note.setMinimumHeight(0)
            self._show()
        if was_untaken:
            self.untaken_changed.emit()

    def _arrange(self) -> None:
        if self.note.isVisible():  # what has been told once keeps its room: no field moves up under the pointer
            self.note.setMinimumHeight(self.note.height())
        with held_in_place():
            self._show()

    def _show(self) -> None:
        problem = self._problem.message if self._problem else ""
        own = "" if self._waits else self._own
        told = own or self._refused or problem
        beneath = f"\n{self._hint}" if self._hint and problem == told else ""
        self.note.setText(_sentence(told) + beneath if told else self._hint)
        self.note.set_tint("accent_text" if told else "text2")
        self.note.setVisible(bool(told or self._hint or self.note.minimumHeight()))
        refused = bool(self._refused) and not self._own
        fix = self._problem.fix if self._problem and not self._own else None
        if refused or fix or self._ways is not None:
            self.to_text.setVisible(refused)
            self.fix.setVisible(fix is not None)
            self.fix.setText(fix.label if fix else "")
        self.control.setAccessibleDescription(self.note.text() if told or self._hint else "")

    @Slot()
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
