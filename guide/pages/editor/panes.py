"""The panes: the list of steps with the form of one, or the text; the place in one is the place in the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from guide.compat import override
from guide.core.routine import Kind, Place
from guide.kit.focus import announce, focus_within
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.language import _, ngettext
from guide.pages.editor import changes
from guide.pages.editor.changes import Change
from guide.pages.editor.document import RoutineText
from guide.pages.editor.form_pane import FormPane
from guide.pages.editor.heard import Spoken
from guide.pages.editor.outline import Outline
from guide.pages.editor.steps_list import UNMOVED, StepsPane
from guide.pages.editor.steps_view import key_named
from guide.pages.editor.tab_chain import lead, stops
from guide.pages.editor.trail import Trail
from guide.pages.editor.untaken import Untaken
from guide.store.yaml.cuts import Edit, EditError, Edits
from guide.store.yaml.parts import place_of
from guide.store.yaml.problem import Fix, place_written

if TYPE_CHECKING:
    from guide.pages.editor.yaml_view import YamlView


class EditorPanes(Guarded, QStackedWidget):
    """
    What is asked of the list and the form is cut into the text; what the text says is shown in both.

    `turned` says that another place is shown, `refused` why the text keeps its form there, `deleted` in words what
    was taken out.
    """

    turned = Signal()
    refused = Signal(str)
    deleted = Signal(str)

    def __init__(self, *, look: Look, text: RoutineText, spoken: Spoken, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._text = text
        self.place: Place = ()
        self._left: Place | None = None  # for the place of a change that is being made
        self._to_choose: tuple[Place, ...] = ()
        self._begins = False  # another text comes, whose first step is shown and not the place of the one before
        self._trail = Trail(text.document)
        self._outline = Outline()
        self._yaml: YamlView | None = None
        first = QWidget(self)
        self.steps = StepsPane(look=look, parent=first)
        self.form = FormPane(look=look, text=text, spoken=spoken, parent=first)
        row = QHBoxLayout(first)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.steps)
        row.addWidget(self.form, 1)
        self.addWidget(first)
        self._connect()

    def _connect(self) -> None:
        steps, form = self.steps, self.form
        steps.chosen.connect(self._turn_to)
        steps.add_asked.connect(self._add)
        steps.move_asked.connect(self._move)
        steps.duplicate_asked.connect(lambda places: self._change(changes.duplicated(places)))
        steps.delete_asked.connect(self._delete)
        steps.group_asked.connect(lambda places: self._change(changes.grouped(places)))
        steps.dissolve_asked.connect(lambda place: self._change(changes.dissolved(place)))
        steps.form_asked.connect(form.go_in)
        form.dissolve_asked.connect(lambda place: self._change(changes.dissolved(place)))
        form.text_asked.connect(self.show_in_text)
        form.fix_asked.connect(self.take_fix)
        form.problem_asked.connect(self._show_first_problem)

    # What is shown

    @property
    def shows_text(self) -> bool:
        return self.currentIndex() == 1

    @property
    def untaken(self) -> bool:
        """Whether a field shows what the text did not take."""
        return not self.shows_text and self.form.untaken

    def begin(self, take_text: Callable[[], None]) -> None:
        """Take another text, and show its first step in the form."""
        if self.form.shown is not None:
            self.form.shown.leave()  # which whoever leaves a routine asks for
        self._begins = True
        take_text()
        self._begins = False
        self.setCurrentIndex(0)
        self._text.patient = False
        self._trail.begin()
        rows = self.steps.view.rows.rows
        self.choose(next((row.place for row in rows if row.place and not row.is_group), ()))

    def show_reading(self) -> None:
        """Show what the text says now."""
        reading = self._text.reading
        self._trail.note(self.place if self._left is None else self._left, self.place)
        troubled = frozenset(place_written(problem.where) for problem in reading.problems)
        try:
            self.steps.show_rows(self._outline.rows_of(self._text.parts()), troubled)
        except EditError as error:
            self._show_unreadable(str(error))
        else:
            was_unreadable = not self.steps.isEnabled()
            self.steps.setEnabled(True)
            if was_unreadable and self.form.to_text.hasFocus():  # it goes with the sentence
                self.steps.view.setFocus()
            self.steps.choose(*self._to_choose)
            if self.shows_text:
                self._leave_what_is_gone()
            elif not self._begins:
                self._show_form(fresh=bool(self._to_choose))
        if self._yaml is not None:
            self._yaml.marks.show_all(reading.problems, reading.warnings)

    def _show_unreadable(self, words: str) -> None:
        """What has the focus goes or is disabled: Qt would leave the keyboard nowhere."""
        focus = focus_within(self.window())
        has_focus = not self.shows_text and focus is not None and self.isAncestorOf(focus)
        self.form.show_unreadable(words)
        if has_focus:
            self.form.go_in()
        self.steps.setEnabled(False)

    def _show_form(self, *, fresh: bool = False) -> None:
        fresh = self._leave_what_is_gone() or fresh
        self.form.show_place(self.place, is_group=self.steps.view.rows.is_group(self.place), fresh=fresh)

    def _leave_what_is_gone(self) -> bool:
        """Go to the part before the one shown, where that is not there any more."""
        rows, place = self.steps.view.rows, self.place
        while place and rows.row_of(place) is None:
            place = (*place[:-1], place[-1] - 1) if place[-1] else place[:-1]
        if place == self.place:
            return False
        self.place = place
        self.steps.choose(place)
        return True

    def choose(self, place: Place) -> None:
        self.place = place
        self.steps.choose(place)
        self._show_form(fresh=True)
        self.turned.emit()

    def _turn_to(self, place: Place) -> None:
        if place != self.place:
            self.form.finish()
            self._text.end_merge()
            self.place = place
            self._show_form(fresh=True)
            self.turned.emit()

    def go_back_to(self, left: Untaken) -> None:
        """Show the part in which something was not taken, with what was typed there."""
        if self.shows_text:
            self.show_tab("steps")
        found = self.found(left)
        if found is not None:
            self.choose(found.place)
            found.type_again()

    def found(self, left: Untaken) -> Untaken | None:
        """What was not taken, where its part is now; None where nobody misses it any more."""
        if not self.steps.isEnabled():
            return left  # as long as the text cannot be read, nobody knows
        return left.found([row.place for row in self.steps.view.rows.rows], self._values_at)

    def _values_at(self, place: Place) -> Mapping[str, Any] | None:
        with suppress(EditError):
            return self._text.fields(place)
        return None

    # Form and text

    def show_tab(self, tab: object) -> None:
        """Show the form or the text."""
        self.form.finish()
        self._text.end_merge()
        if tab == "yaml":
            self.form.leave()
            view = self.text_view()
            if not self.shows_text:
                self._reveal(self.place)
            self.setCurrentIndex(1)
            self._text.patient = True
            view.setFocus()
            self.turned.emit()
        else:
            self._text.patient = False
            self._text.read_now()
            self.setCurrentIndex(0)
            self.choose(self.place)
            if self.steps.isEnabled():
                self.steps.view.setFocus()
            else:
                self.form.go_in()

    def show_in_text(self, place: Place, key: str = "") -> None:
        """Show a part, or a key of it, where it is written."""
        self.show_tab("yaml")
        self._reveal(place, key)

    def go_to_next_problem(self) -> None:
        """F8: in the text the next problem; in the form the next step that has one."""
        self.form.finish()
        if self.shows_text:
            self.text_view().marks.go_to_next()
            return
        problems = self._text.reading.problems or self._text.reading.warnings
        places = list(dict.fromkeys(place_written(problem.where) for problem in problems))
        if not places or not self.steps.isEnabled():
            if problems:
                self._show_first_problem()
            return
        later = [place for place in places if place > self.place]
        self.choose(later[0] if later else places[0])
        if self.form.shown is not None:
            self.form.shown.go_to_problem()

    def _show_first_problem(self) -> None:
        self.show_tab("yaml")
        self.text_view().marks.go_to_next()

    def text_view(self) -> YamlView:
        if self._yaml is None:
            from guide.pages.editor.yaml_view import YamlView

            self._yaml = YamlView(look=self._look, document=self._text.document)
            self.addWidget(self._yaml)
            lead(self.form.to_text, stops(self._yaml))
            self._yaml.fix_asked.connect(self.take_fix)
            self._yaml.cursor_moved.connect(self._follow_cursor)
            reading = self._text.reading
            self._yaml.marks.show_all(reading.problems, reading.warnings)
        return self._yaml

    def _reveal(self, place: Place, key: str = "") -> None:
        view = self.text_view()
        for one in (key, None):
            try:
                start, _ = place_of(self._text.text, place, one or None)
            except EditError:
                continue
            if place or one:
                view.reveal(start)
            return

    def _follow_cursor(self, offset: int) -> None:
        """Tell of the step that is being written."""
        place = self._text.place_at(offset) if self.shows_text else None
        if place is not None and place != self.place:
            self.place = place
            self.turned.emit()

    # Changing

    def cut(self, make: Callable[[str], Edits]) -> bool:
        refused = self._text.cut(make)
        if refused:
            self.refused.emit(refused)
        return not refused

    def _change(self, change: Change) -> bool:
        """Change the steps, with the choice set first, so that list and form follow at once."""
        self._left = before = self.place
        self.place, self._to_choose = change.places[-1], change.places
        done = self.cut(change.make)
        if not done:
            self.place = before
        self._to_choose, self._left = (), None
        return done

    def undo(self) -> None:
        """Take the last change back, and show the step it was about."""
        self._retrace(self._text.undo, self._trail.undone)

    def redo(self) -> None:
        self._retrace(self._text.redo, self._trail.redone)

    def _retrace(self, go: Callable[[], None], found: Callable[[], Place | None]) -> None:
        self._trail.holds = True
        go()
        self._trail.holds = False
        place = found()
        if place is not None and place != self.place and not self.shows_text:
            self.choose(place)

    def _add(self, kind: Kind) -> None:
        if self._change(changes.added(kind, self.place, to_group=self.steps.view.rows.is_group(self.place))):
            self.form.go_in()
            QTimer.singleShot(0, self, self.form.go_in)  # the menu gives the focus back to where it was

    def _move(self, place: Place, to: Place) -> None:
        change = changes.moved(place, to, self.steps.places)
        if self._change(change):
            announce(self.steps.view, _("Moved to place {others}").format(others=change.places[0][-1] + 1))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In the form, and beneath the list, the keys that move a step do so too."""
        name = key_named(event)
        if name in UNMOVED and not self.shows_text and self.steps.isEnabled():
            self.form.finish()
            self.steps.do(name)
        else:
            super().keyPressEvent(event)

    def _delete(self, places: list[Place]) -> None:
        titles = [row.title for row in self.steps.view.rows.rows if row.place in places]
        if self._change(changes.deleted(places)):
            words = ngettext("{title} deleted", "{count} steps deleted", len(titles))
            self.deleted.emit(words.format(title=titles[0], count=len(titles)))

    def take_fix(self, fix: Fix) -> None:
        if not self._text.is_read:  # its place may have moved with what was typed since
            self._text.read_now()
            found = [problem.fix for problem in self._text.reading.problems if problem.fix]
            near = [one for one in found if (one.text, one.label) == (fix.text, fix.label)]
            if not near:
                return
            fix = min(near, key=lambda one: abs(one.start - fix.start))
        self.cut(lambda _: (Edit(fix.start, fix.end, fix.text),))
