"""The form of the part that is chosen: a step, a group, or the routine itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from guide.core.routine import Place
from guide.kit.buttons import Button
from guide.kit.cards import Card, ScrollArea
from guide.kit.label import Label
from guide.kit.look import Look
from guide.language import _
from guide.pages.editor.document import RoutineText
from guide.pages.editor.form import Form, takes_keys
from guide.pages.editor.heard import Spoken
from guide.pages.editor.routine_form import RoutineForm
from guide.pages.editor.step_form import GroupForm, StepForm
from guide.store.yaml.cuts import EditError


class FormPane(Card):
    """One form at a time, or the sentence that says why the text can be shown by none."""

    text_asked = Signal(object, str)
    fix_asked = Signal(object)
    listen_asked = Signal(str)
    chime_listen_asked = Signal(str)
    dissolve_asked = Signal(object)
    problem_asked = Signal()
    untaken_changed = Signal()

    def __init__(self, *, look: Look, text: RoutineText, spoken: Spoken, parent: QWidget) -> None:
        super().__init__(look=look, padding=0, parent=parent)
        self._look = look
        self.step = StepForm(look=look, text=text, spoken=spoken, parent=self)
        self.group = GroupForm(look=look, text=text, parent=self)
        self.routine = RoutineForm(look=look, text=text, parent=self)
        self._forms: tuple[Form, ...] = (self.step, self.group, self.routine)
        self.stack = QStackedWidget(self)
        self._areas = [ScrollArea(form, look=look, parent=self) for form in self._forms]
        for area in self._areas:
            self.stack.addWidget(area)
        self._make_unreadable()
        filled = QVBoxLayout(self)
        filled.setContentsMargins(0, 0, 0, 0)
        filled.addWidget(self.stack)
        self.group.dissolve_asked.connect(self.dissolve_asked)
        for form in self._forms:
            form.text_asked.connect(self.text_asked)
            form.fix_asked.connect(self.fix_asked)
            form.listen_asked.connect(self.listen_asked)
            form.chime_listen_asked.connect(self.chime_listen_asked)
            form.untaken_changed.connect(self.untaken_changed)

    def _make_unreadable(self) -> None:
        self.unreadable = QWidget(self)
        self.unreadable_words = Label("", look=self._look, wrap=True, parent=self.unreadable)
        self.to_text = Button(_("Show it in the text"), look=self._look, parent=self.unreadable)
        self.to_text.clicked.connect(self.problem_asked)
        column = QVBoxLayout(self.unreadable)
        column.setContentsMargins(22, 20, 22, 20)
        column.addWidget(self.unreadable_words)
        column.addWidget(self.to_text, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.stack.addWidget(self.unreadable)

    @property
    def shown(self) -> Form | None:
        """The form on show; None while there is none."""
        index = self.stack.currentIndex()
        return self._forms[index] if index < len(self._forms) else None

    @property
    def untaken(self) -> bool:
        """Whether a field shows what the text did not take."""
        return self.shown is not None and self.shown.untaken

    def show_place(self, place: Place, *, is_group: bool, fresh: bool) -> None:
        """Turn to a part; `fresh` drops what was being typed and not applied."""
        form: Form = self.routine if not place else self.group if is_group else self.step
        area = self._areas[self._forms.index(form)]
        try:
            if fresh or form.place != place or form is not self.shown:
                form.show_place(place)
                area.verticalScrollBar().setValue(0)
            else:
                form.refresh()
        except EditError as error:
            self.show_unreadable(str(error))
        else:
            self.stack.setCurrentWidget(area)

    def show_unreadable(self, words: str) -> None:
        self.unreadable_words.setText(words)
        self.stack.setCurrentWidget(self.unreadable)

    def finish(self) -> None:
        """Take what is typed and not told yet, such as an emptied line."""
        for form in self._forms:
            form.finish()

    def go_in(self) -> None:
        """Put the keyboard into the form, a step's title first."""
        if self.shown is self.step:
            self.step.title.setFocus(Qt.FocusReason.TabFocusReason)
            self.step.title.selectAll()
            return
        inside = (self.shown or self.unreadable).findChildren(QWidget)
        first = next((one for one in inside if takes_keys(one)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
