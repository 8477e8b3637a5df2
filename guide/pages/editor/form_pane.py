"""The form of the part that is chosen: a step, a group, or the routine itself."""

from __future__ import annotations

from functools import cached_property
from typing import Final, Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from guide.core.routine import Place
from guide.kit.buttons import Button
from guide.kit.cards import Card, ScrollArea
from guide.kit.label import Label
from guide.kit.look import Look
from guide.language import _
from guide.pages.editor.document import RoutineText
from guide.pages.editor.form import Form, takes_keys
from guide.pages.editor.group_form import GroupForm
from guide.pages.editor.heard import Spoken
from guide.pages.editor.routine_form import RoutineForm
from guide.pages.editor.step_form import StepForm
from guide.pages.editor.tab_chain import lead, stop_before, stops
from guide.store.yaml.cuts import EditError

WHEN_AT_REST: Final = 300  # milliseconds after which a form that was not shown yet is made ready
Part = Literal["step", "group", "routine"]
PARTS: Final[tuple[Part, ...]] = "step", "group", "routine"


class FormPane(Card):
    """
    One form at a time, or the sentence that says why the text can be shown by none.

    `left` carries what is typed and not taken of a part that is turned from.

    A form takes as long to make as the rest of the page: each is made when it is first asked for, or `at_rest` before.
    """

    text_asked = Signal(object, str)
    fix_asked = Signal(object)
    listen_asked = Signal(str)
    chime_listen_asked = Signal(str)
    dissolve_asked = Signal(object)
    problem_asked = Signal()
    untaken_changed = Signal()
    left = Signal(object)

    def __init__(self, *, look: Look, text: RoutineText, spoken: Spoken, parent: QWidget) -> None:
        super().__init__(look=look, padding=0, parent=parent)
        self._look = look
        self._text = text
        self._spoken = spoken
        self._others: frozenset[str] = frozenset()
        self._forms: dict[Part, Form] = {}
        self._areas: dict[Part, ScrollArea] = {}
        self.stack = QStackedWidget(self)
        self._make_unreadable()
        filled = QVBoxLayout(self)
        filled.setContentsMargins(0, 0, 0, 0)
        filled.addWidget(self.stack)
        self.at_rest = QTimer(self)
        self.at_rest.setSingleShot(True)
        self.at_rest.setInterval(WHEN_AT_REST)
        self.at_rest.timeout.connect(self._make_ahead)

    # The forms

    @cached_property
    def step(self) -> StepForm:
        form = StepForm(look=self._look, text=self._text, spoken=self._spoken, parent=self)
        self._take_in("step", form)
        return form

    @cached_property
    def group(self) -> GroupForm:
        form = GroupForm(look=self._look, text=self._text, parent=self)
        form.dissolve_asked.connect(self.dissolve_asked)
        self._take_in("group", form)
        return form

    @cached_property
    def routine(self) -> RoutineForm:
        form = RoutineForm(look=self._look, text=self._text, parent=self)
        form.others = self._others
        self._take_in("routine", form)
        return form

    def _form_of(self, part: Part) -> Form:
        match part:
            case "step":
                return self.step
            case "group":
                return self.group
            case "routine":
                return self.routine

    def _take_in(self, part: Part, form: Form) -> None:
        lead(stop_before(self.to_text), stops(form))
        self._forms[part] = form
        self._areas[part] = ScrollArea(form, look=self._look, parent=self)
        self.stack.insertWidget([one for one in PARTS if one in self._forms].index(part), self._areas[part])
        form.text_asked.connect(self.text_asked)
        form.fix_asked.connect(self.fix_asked)
        form.listen_asked.connect(self.listen_asked)
        form.chime_listen_asked.connect(self.chime_listen_asked)
        form.untaken_changed.connect(self.untaken_changed)

    def _make_ahead(self) -> None:
        """One form that is not there yet, as it would be shown."""
        missing = [part for part in PARTS if part not in self._forms]
        if missing and self.isVisible():
            for widget in self._form_of(missing[0]).findChildren(QWidget):
                widget.ensurePolished()
            self._go_on_ahead()

    def _go_on_ahead(self) -> None:
        if len(self._forms) < len(PARTS):
            self.at_rest.start()

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

    # What is shown

    @property
    def shown(self) -> Form | None:
        """The form on show; None while there is none."""
        current = self.stack.currentWidget()
        return next((form for part, form in self._forms.items() if self._areas[part] is current), None)

    @property
    def untaken(self) -> bool:
        """Whether a field shows what the text did not take."""
        return self.shown is not None and self.shown.untaken

    @property
    def said(self) -> list[str]:
        """What a step says at its start, as it is shown."""
        return self.step.said if "step" in self._forms else []

    def show_others(self, names: frozenset[str]) -> None:
        """The names that other routines have."""
        self._others = names
        if "routine" in self._forms:
            self.routine.others = names

    def show_lengths(self) -> None:
        """Tell anew how long it takes to say what is said."""
        if "step" in self._forms:
            self.step.show_lengths()

    def show_place(self, place: Place, *, is_group: bool, fresh: bool) -> None:
        """Turn to a part; `fresh` leaves what was being typed and not applied."""
        part: Part = "routine" if not place else "group" if is_group else "step"
        form = self._form_of(part)
        area = self._areas[part]
        try:
            if fresh or form.place != place or form is not self.shown:
                self.leave()
                form.show_place(place)
                area.verticalScrollBar().setValue(0)
            else:
                form.refresh()
        except EditError as error:
            self.show_unreadable(str(error))
        else:
            self.stack.setCurrentWidget(area)
        self._go_on_ahead()

    def leave(self) -> None:
        """Tell what the form on show has that the text did not take."""
        left = self.shown.leave() if self.shown is not None else None
        if left is not None:
            self.left.emit(left)

    def show_unreadable(self, words: str) -> None:
        self.unreadable_words.setText(words)
        self.stack.setCurrentWidget(self.unreadable)

    def finish(self) -> None:
        """Take what is typed and not told yet, such as an emptied line."""
        for form in self._forms.values():
            form.finish()

    def go_in(self) -> None:
        """Put the keyboard into the form, a step's title first."""
        shown = self.shown
        if isinstance(shown, StepForm):
            shown.title.setFocus(Qt.FocusReason.TabFocusReason)
            shown.title.selectAll()
            return
        inside = (shown or self.unreadable).findChildren(QWidget)
        first = next((one for one in inside if takes_keys(one)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
