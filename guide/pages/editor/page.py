"""The editor's page: header, list, form, preview and text view, all about one text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from guide.compat import override
from guide.core.routine import Kind, Routine
from guide.kit.buttons import Button, IconButton
from guide.kit.cards import Card, ScrollArea
from guide.kit.choices import Segmented
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.marks import Chip
from guide.kit.painting import paint_field, painting
from guide.kit.rows import Glyph
from guide.kit.tips import tip
from guide.kit.toast import Toast
from guide.kit.words import effective
from guide.language import N_, _
from guide.pages.editor.document import Aside, RoutineText, at_once
from guide.pages.editor.form import Form, chain, takes_keys
from guide.pages.editor.outline import Outline
from guide.pages.editor.places import Place, place_written
from guide.pages.editor.preview import Preview, segments_at
from guide.pages.editor.routine_form import RoutineForm
from guide.pages.editor.step_form import GroupForm, StepForm
from guide.pages.editor.steps_list import StepsPane
from guide.store.yaml.edit import (
    Edit,
    EditError,
    Edits,
    delete,
    dissolve,
    duplicate,
    insert_step,
    make_group,
    move,
    set_field,
)
from guide.store.yaml.parts import place_of
from guide.store.yaml.problem import Fix

if TYPE_CHECKING:
    from guide.pages.editor.yaml_view import YamlView

THREE_PANES_FROM: Final = 1100
ROOMY_FROM: Final = 980
DRAFT_AFTER: Final = 400
SAVE_AFTER: Final = 1200
NEW_STEP: Final = {"duration": "1 min"}
BUILT_IN: Final = N_("Built in: your change makes a copy of yours")
Spoken = Callable[[str], timedelta | None]


@dataclass(frozen=True, slots=True)
class EditView:
    """
    A routine to edit: its text as its file holds it, and the draft of last time where there is one.

    `file` is where the text is kept, for the sounds beside it.
    """

    id: str
    text: str
    path_label: str
    builtin: bool = False
    draft_text: str | None = None
    file: Path | None = None


class Band(Guarded, QFrame):
    """A sentence over the panes, with what can be done about it."""

    def __init__(self, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.words = Label("", look=look, role="label", wrap=True, parent=self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(52, 6, 8, 6)
        self._row.setSpacing(8)
        self._row.addWidget(self.words, 1)
        self.buttons: list[Button] = []
        self.close_button = IconButton("x", _("Close this message"), look=look, icon_side=18, parent=self)
        self._row.addWidget(self.close_button)
        self.close_button.clicked.connect(self.hide)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def message(self) -> str:
        return "" if self.isHidden() else self.words.text()

    def tell(self, words: str, *ways: tuple[str, Callable[[], None]]) -> None:
        """Show a sentence in place of the one before; a way pressed closes it."""
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for number, (label, call) in enumerate(ways):
            button = Button(label, look=self._look, role="inset", size="small", parent=self)
            button.clicked.connect(self.hide)
            button.clicked.connect(call)
            self._row.insertWidget(1 + number, button)
            self.buttons.append(button)
        self.words.setText(words)
        self.setAccessibleName(words)
        self.show()
        announce(self, words)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            paint_field(painter, QRectF(self.rect()), 14, theme.accent_soft, edge=theme.line)
            paint_icon(painter, "info", QRectF(18, (self.height() - 22) / 2, 22, 22), theme.accent_text)


class EditorHeading(Label):
    """The name of the routine, a heading for a screen reader; it is cut where there is no room."""

    spoken_as = "Heading"


class EditorPage(Guarded, QWidget):
    """
    Edits one routine's text.

    `text_changed` carries each version for the draft, `save_asked` those that play. The page touches no file: who
    saved says `show_saved` or `show_save_trouble`.
    """

    text_changed = Signal(str)
    save_asked = Signal(str)
    back_asked = Signal()
    play_asked = Signal(int, float)
    listen_asked = Signal(str)
    chime_listen_asked = Signal(str)
    rename_asked = Signal()
    delete_asked = Signal()
    duplicate_asked = Signal()
    export_asked = Signal()
    reveal_asked = Signal()

    def __init__(self, *, look: Look, aside: Aside = at_once, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view = EditView("", "", "")
        self._saved_text = ""
        self._trouble = ""
        self._in_doubt = False
        self._place: Place = ()
        self._opening = False
        self._to_choose: tuple[Place, ...] = ()
        self._yaml: YamlView | None = None
        self.document = RoutineText(aside=aside, parent=self)
        self.outline = Outline()
        self.draft_timer = self._timer(DRAFT_AFTER, self._tell_draft)
        self.save_timer = self._timer(SAVE_AFTER, self._ask_to_save)
        self.setMinimumSize(640, 420)
        self._make_header()
        self.band = Band(look=look, parent=self)
        self.steps = StepsPane(look=look, parent=self)
        self.step_form = StepForm(look=look, text=self.document, parent=self)
        self.group_form = GroupForm(look=look, text=self.document, parent=self)
        self.routine_form = RoutineForm(look=look, text=self.document, parent=self)
        self.forms: tuple[Form, ...] = (self.step_form, self.group_form, self.routine_form)
        self.unreadable = QWidget(self)
        self._make_unreadable()
        self.stack = QStackedWidget(self)
        self._scrolls = []
        for form in self.forms:
            area = ScrollArea(form, look=look, parent=self)
            self.stack.addWidget(area)
            self._scrolls.append(area)
        self.stack.addWidget(self.unreadable)
        self.preview = Preview(look=look, parent=self)
        self.drawer = Card(look=look, padding=12, tint="raised", parent=self)
        drawn = QVBoxLayout(self.drawer)
        drawn.setContentsMargins(12, 12, 12, 12)
        self._drawn = drawn
        self.drawer.hide()
        self._lay_out()
        self.toast = Toast(self, look=look)
        self._connect()
        self._keys()
        self.setFocusProxy(self.steps.view)
        look.changed.connect(self._arrange)

    # What it is given

    def edit(self, view: EditView) -> None:
        """Take a routine to edit; a draft that differs is shown, and the saved version is one press away."""
        self._view = view
        self._saved_text = view.text
        self._trouble = ""
        self._in_doubt = False
        self._opening = True
        self.document.patient = False
        self.band.hide()
        self.tabs.set_value("steps")
        self.panes.setCurrentIndex(0)
        self.document.open(view.text, file=view.file)
        self._opening = False
        self.draft_timer.stop()
        self.save_timer.stop()
        self._show_owner()
        rows = self.steps.view.rows.rows
        first = next((row.place for row in rows if row.place and not row.is_group), ())
        self._choose(first)
        self._show_state()
        if view.builtin:
            self._tell_band(f"{_(BUILT_IN)}.")
        if view.draft_text is not None and view.draft_text != view.text:
            self.offer_draft(view.draft_text)

    def offer_draft(self, text: str) -> None:
        """Show work that was under way, with the way back to what was saved."""
        self._take_quietly(text)
        self._tell_band(
            _("This was being written last time, and is kept."),
            (_("Keep it"), self._ask_to_save),
            (_("Back to the saved version"), self.document.undo),
        )

    def text(self) -> str:
        """The text as its file is to hold it."""
        return self.document.text_to_save()

    def routine(self) -> Routine | None:
        """The last version that plays."""
        plan = self.document.plan
        return plan.routine if plan is not None else None

    def flush(self) -> None:
        """Send at once what waits for a pause in typing."""
        for form in self.forms:
            form.finish()
        if not self.document.is_read:
            self.document.read_now()
        for timer, call in ((self.draft_timer, self._tell_draft), (self.save_timer, self._ask_to_save)):
            if timer.isActive():
                timer.stop()
                call()

    def set_name(self, name: str) -> None:
        """Rename the routine, in its text."""
        self._cut(lambda text: set_field(text, (), "name", name))

    def set_spoken(self, spoken: Spoken) -> None:
        """Tell how long a text takes where its clip is there already, None where it is not."""
        self.preview.spoken = self.step_form.spoken = spoken
        self._refresh()

    def show_saved(self) -> None:
        self._saved_text = self.text()
        self._trouble = ""
        if self.band.message and self.band.property("trouble"):
            self.band.hide()
        self._show_state()

    def show_save_trouble(self, sentence: str) -> None:
        """The text could not be saved; it stays here, and is tried again with the next change."""
        self._trouble = sentence
        self._tell_band(sentence, (_("Try again"), self._ask_to_save), trouble=True)
        self._show_state()

    def show_as_hers(self, routine_id: str, text: str) -> None:
        """A built-in became a copy of hers, with this text."""
        place = self._place
        self._view = EditView(routine_id, text, f"{routine_id}.yaml", file=None)
        if text != self.text():
            self._take_quietly(text)
        self._saved_text = text
        self._show_owner()
        if self.band.message.startswith(_(BUILT_IN)):
            self.band.hide()
        self._choose(place)
        self._show_state()

    def show_changed_on_disk(self, text: str) -> None:
        """Another program changed the file: the person takes its text or keeps hers; undo brings the other back."""

        def keep() -> None:
            mine = self.text()
            self._take_quietly(text)
            self._take_quietly(mine)
            answered()
            self._ask_to_save()

        def take() -> None:
            self._take_quietly(text)
            answered()

        def answered() -> None:
            self._saved_text = text
            self._in_doubt = False
            self._show_state()

        for form in self.forms:
            form.finish()
        if self.text() == self._saved_text:
            take()
            self._tell_band(_("This file was changed by another program, and is shown anew."))
            return
        self._in_doubt = True
        self._tell_band(
            _("This file was changed by another program."),
            (_("Keep mine"), keep),
            (_("Take theirs"), take),
            closable=False,
        )

    def _take_quietly(self, text: str) -> None:
        """Show another version that is not to be saved by itself."""
        self._opening = True
        self.document.take(text)
        self._opening = False

    def _tell_band(
        self, words: str, *ways: tuple[str, Callable[[], None]], trouble: bool = False, closable: bool = True
    ) -> None:
        self.band.setProperty("trouble", trouble)
        self.band.tell(words, *ways)
        self.band.close_button.setVisible(closable)

    # The header

    def _make_header(self) -> None:
        look = self._look
        self.back = IconButton("left", _("Back to the routines"), look=look, parent=self)
        self.heading = EditorHeading("", look=look, role="h2", elide=True, parent=self)
        self.heading.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.yours = Chip(_("Yours"), look=look, icon="pencil", accent=True, parent=self)
        self.builtin = Chip(_("Built in"), look=look, parent=self)
        self.builtin.setToolTip(_(BUILT_IN))
        self.builtin.setAccessibleDescription(_(BUILT_IN))
        self.tabs = Segmented(
            [("steps", _("Steps")), ("yaml", "YAML")], look=look, name=_("View"), value="steps", parent=self
        )
        self.state_glyph = Glyph("check", look=look, side=18, parent=self)
        self.waiting_glyph = Glyph("info", look=look, side=18, parent=self)
        self.state = Label(_("Saved"), look=look, role="label", tint="text2", weight=400, parent=self)
        self.undo = IconButton("undo", _("Undo"), look=look, role="standard", parent=self)
        self.redo = IconButton("redo", _("Redo"), look=look, role="standard", parent=self)
        self.more = IconButton("dots", _("More to do with this routine"), look=look, parent=self)
        self.menu = QMenu(self)
        self.preview_button = IconButton("voice", _("Preview: what will be heard"), look=look, parent=self)
        self.preview_button.setCheckable(True)
        self.play = Button(_("Play from here"), look=look, icon="play", role="primary", parent=self)

    def _make_unreadable(self) -> None:
        column = QVBoxLayout(self.unreadable)
        column.setContentsMargins(22, 20, 22, 20)
        self.unreadable_words = Label("", look=self._look, wrap=True, parent=self.unreadable)
        self.to_text = Button(_("Show it in the text"), look=self._look, parent=self.unreadable)
        self.to_text.clicked.connect(self._show_first_problem)
        column.addWidget(self.unreadable_words)
        column.addWidget(self.to_text, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setContentsMargins(20, 8, 28, 8)
        header.setSpacing(10)
        widget: QWidget
        for widget in (self.back, self.heading, self.yours, self.builtin):
            header.addWidget(widget)
        header.addStretch(1)
        header.addWidget(self.tabs)
        header.addStretch(1)
        for widget in (self.waiting_glyph, self.state_glyph, self.state, self.undo, self.redo, self.more):
            header.addWidget(widget)
        header.addWidget(self.preview_button)
        header.addWidget(self.play)
        self.header = header
        middle = Card(look=self._look, padding=0, parent=self)
        filled = QVBoxLayout(middle)
        filled.setContentsMargins(0, 0, 0, 0)
        filled.addWidget(self.stack)
        first = QWidget(self)
        row = QHBoxLayout(first)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.steps)
        row.addWidget(middle, 1)
        self.panes = QStackedWidget(self)
        self.panes.addWidget(first)
        body = QHBoxLayout()
        body.setContentsMargins(24, 0, 24, 24)
        body.setSpacing(16)
        body.addWidget(self.panes, 1)
        body.addWidget(self.preview)
        self._body = body
        over = QHBoxLayout()
        over.setContentsMargins(24, 0, 24, 10)
        over.addWidget(self.band)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.second = QHBoxLayout()
        column.addLayout(header)
        column.addLayout(self.second)
        column.addLayout(over)
        column.addLayout(body, 1)

    def _connect(self) -> None:
        self.document.changed.connect(self._take_reading)
        self.document.document.undoAvailable.connect(self.undo.setEnabled)
        self.document.document.redoAvailable.connect(self.redo.setEnabled)
        self.undo.setEnabled(False)
        self.redo.setEnabled(False)
        self.undo.clicked.connect(self._undo)
        self.redo.clicked.connect(self._redo)
        self.back.clicked.connect(self._leave)
        self.tabs.chosen.connect(self.show_tab)
        self.play.clicked.connect(self._play)
        self.more.clicked.connect(self._open_menu)
        self.preview_button.toggled.connect(self._open_drawer)
        steps = self.steps
        steps.chosen.connect(self._turn_to)
        steps.add_asked.connect(self._add)
        steps.move_asked.connect(self._move)
        steps.duplicate_asked.connect(self._duplicate)
        steps.delete_asked.connect(self._delete)
        steps.group_asked.connect(self._group)
        steps.dissolve_asked.connect(self._dissolve)
        steps.form_asked.connect(self._go_to_form)
        self.group_form.dissolve_asked.connect(self._dissolve)
        for form in self.forms:
            form.text_asked.connect(self.show_in_text)
            form.fix_asked.connect(self._fix)
            form.listen_asked.connect(self.listen_asked)
            form.chime_listen_asked.connect(self.chime_listen_asked)
        self.preview.listen_asked.connect(self.listen_asked)
        self.preview.chime_listen_asked.connect(self.chime_listen_asked)

    def _keys(self) -> None:
        for key, call in (
            ("Meta+Tab" if sys.platform == "darwin" else "Ctrl+Tab", self._other_tab),  # ⌘Tab is the system's there
            ("Ctrl+Return", self._play),
            ("Ctrl+Enter", self._play),
            ("F8", self._next_problem),
            ("Ctrl+S", self._save_now),
            ("Ctrl+Z", self._undo),
            ("Ctrl+Shift+Z", self._redo),
            ("Ctrl+Y", self._redo),
            ("Esc", self._leave),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(call)

    def _timer(self, wait: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(call)
        return timer

    # Reading and showing

    def _take_reading(self) -> None:
        self.toast.dismiss()  # its undo would take back this change, not the one it tells of
        if not self._opening:
            self.draft_timer.start()
            self.save_timer.start()
        self._refresh()

    def _refresh(self) -> None:
        reading = self.document.reading
        troubled = frozenset(place for problem in reading.problems if (place := place_written(problem.where)))
        try:
            self.steps.show_rows(self.outline.rows_of(self.document.parts()), troubled)
            self.steps.setEnabled(True)
        except EditError as error:
            self.steps.setEnabled(False)
            self.unreadable_words.setText(str(error))
            self.stack.setCurrentWidget(self.unreadable)
        else:
            self.steps.choose(*self._to_choose)
            if self.panes.currentIndex() == 0:
                self._show_form(fresh=bool(self._to_choose))
        self._show_preview()
        self._show_state()
        if self._yaml is not None:
            self._yaml.show_problems(reading.problems, reading.warnings)

    def _show_form(self, *, fresh: bool = False) -> None:
        rows = self.steps.view.rows
        place = self._place
        while place and rows.row_of(place) is None:
            place = (*place[:-1], place[-1] - 1) if place[-1] else place[:-1]
        if place != self._place:
            fresh, self._place = True, place
            self.steps.choose(place)
        number = rows.row_of(place)
        is_group = number is not None and rows.rows[number].is_group
        form: Form = self.routine_form if not place else self.group_form if is_group else self.step_form
        shown = self.stack.currentWidget()
        area = self._scrolls[self.forms.index(form)]
        try:
            if fresh or form.place != place or shown is not area:
                form.show_place(place)
                area.verticalScrollBar().setValue(0)
            else:
                form.refresh()
        except EditError as error:
            self.unreadable_words.setText(str(error))
            self.stack.setCurrentWidget(self.unreadable)
        else:
            self.stack.setCurrentWidget(area)

    def _show_preview(self) -> None:
        current = not self.document.reading.problems
        self.preview.show_plan(self.document.plan, self._place, current=current)
        self.play.setEnabled(self.document.plan is not None)

    def _show_state(self) -> None:
        problems = self.document.reading.problems
        text = self.text()
        saved = text == self._saved_text and not self._trouble
        words = (
            _("Saved")
            if saved
            else _("Not applied yet")
            if problems
            else _("Not saved yet")
            if self._trouble
            else _("Saving")
        )
        if saved and problems:
            words = _("Not playable yet")
        self.state.setText(words)
        self.state.setToolTip(tip(self._trouble))
        self.state_glyph.setVisible(saved and not problems)
        self.waiting_glyph.setVisible(not saved or bool(problems))
        for glyph in (self.state_glyph, self.waiting_glyph):
            glyph.setToolTip(words)
            glyph.setAccessibleName(words)
        name = self._name()
        if self.heading.text() != name:
            self.heading.setText(name)
            self.heading.setToolTip(tip(name))
        self._fit_heading()

    def _name(self) -> str:
        try:
            name = self.document.fields(()).get("name")
        except EditError:
            plan = self.document.plan
            return plan.routine.name if plan is not None else self._view.path_label
        return " ".join(name.split()) if isinstance(name, str) and name.strip() else self._view.path_label

    def _show_owner(self) -> None:
        self._arrange()

    # Changing

    def _cut(self, make: Callable[[str], Edits]) -> bool:
        refused = self.document.cut(make)
        if refused:
            place = self._place
            self._tell_band(refused, (_("Show it in the text"), lambda: self.show_in_text(place)))
        return not refused

    def _cut_and_choose(self, make: Callable[[str], Edits], *places: Place) -> bool:
        """Change the text with the choice set first, so that the form follows at once."""
        before = self._place
        self._place, self._to_choose = places[-1], places
        done = self._cut(make)
        if not done:
            self._place = before
        self._to_choose = ()
        return done

    def _add(self, kind: Kind) -> None:
        place = self._place
        if not place:
            target: Place = (0,)
        else:
            number = self.steps.view.rows.row_of(place)
            is_group = number is not None and self.steps.view.rows.rows[number].is_group
            target = (*place, 0) if is_group else (*place[:-1], place[-1] + 1)
        if self._cut_and_choose(lambda text: insert_step(text, target, {"kind": kind.value, **NEW_STEP}), target):
            self._go_to_form()
            QTimer.singleShot(0, self, self._go_to_form)  # the menu gives the focus back to where it was

    def _move(self, place: Place, to: Place) -> None:
        chosen = self.steps.places
        if place in chosen:
            others = [to]
        else:
            step = -1 if place < chosen[0] else 1
            others = [(*one[:-1], one[-1] + step) for one in chosen]
        if self._cut_and_choose(lambda text: move(text, place, to), *others):
            announce(self.steps.view, _("Moved to place {others}").format(others=others[0][-1] + 1))

    def _duplicate(self, places: list[Place]) -> None:
        last_first = sorted(places, reverse=True)
        target = (*places[-1][:-1], places[-1][-1] + len([p for p in places if p[:-1] == places[-1][:-1]]))
        make = chain(*(lambda text, place=place: duplicate(text, place) for place in last_first))
        self._cut_and_choose(make, target)

    def _delete(self, places: list[Place]) -> None:
        titles = [row.title for row in self.steps.view.rows.rows if row.place in places]
        make = chain(*(lambda text, place=place: delete(text, place) for place in sorted(places, reverse=True)))
        first = places[0]
        if self._cut_and_choose(make, first):
            words = (
                _("{title} deleted").format(title=titles[0])
                if len(titles) == 1
                else _("{count} steps deleted").format(count=len(titles))
            )
            self.toast.tell(words, action=_("Undo"), on_action=self._undo)

    def _group(self, places: list[Place]) -> None:
        self._cut_and_choose(lambda text: make_group(text, places, 2), places[0])

    def _dissolve(self, place: Place) -> None:
        self._cut_and_choose(lambda text: dissolve(text, place), place)

    def _fix(self, fix: Fix) -> None:
        if not self.document.is_read:  # its place may have moved with what was typed since
            self.document.read_now()
            found = [problem.fix for problem in self.document.reading.problems if problem.fix]
            near = [one for one in found if (one.text, one.label) == (fix.text, fix.label)]
            if not near:
                return
            fix = min(near, key=lambda one: abs(one.start - fix.start))
        self._cut(lambda _: (Edit(fix.start, fix.end, fix.text),))

    def _undo(self) -> None:
        self.document.undo()

    def _redo(self) -> None:
        self.document.redo()

    # Turning to things

    def _turn_to(self, place: Place) -> None:
        if place != self._place:
            self.document.end_merge()
            self._place = place
            self._show_form(fresh=True)
            self._show_preview()

    def _choose(self, place: Place) -> None:
        self._place = place
        self.steps.choose(place)
        self._show_form(fresh=True)
        self._show_preview()

    def _go_to_form(self) -> None:
        area = self.stack.currentWidget()
        if area is self._scrolls[0]:
            title = self.step_form.title
            title.setFocus(Qt.FocusReason.TabFocusReason)
            title.selectAll()
        else:
            form = self.forms[self._scrolls.index(area)] if area in self._scrolls else self.unreadable
            first = next((one for one in form.findChildren(QWidget) if takes_keys(one)), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.TabFocusReason)

    def show_tab(self, tab: object) -> None:
        """Show the form or the text; the place in one is the place in the other."""
        for form in self.forms:
            form.finish()
        self.document.end_merge()
        if tab == "yaml":
            view = self._text_view()
            if self.panes.currentIndex() != 1:
                self._reveal(self._place)
            self.panes.setCurrentIndex(1)
            self.document.patient = True
            view.setFocus()
        else:
            self.document.patient = False
            self.document.read_now()
            self.panes.setCurrentIndex(0)
            self._choose(self._place)
            self.steps.view.setFocus()
        self.tabs.set_value("yaml" if tab == "yaml" else "steps")
        self._arrange()

    def show_in_text(self, place: Place, key: str = "") -> None:
        """Show a part, or a key of it, where it is written."""
        self.show_tab("yaml")
        self._reveal(place, key)

    def _text_view(self) -> YamlView:
        if self._yaml is None:
            from guide.pages.editor.yaml_view import YamlView  # made when it is first looked at

            self._yaml = YamlView(look=self._look, document=self.document.document)
            self.panes.addWidget(self._yaml)
            self._yaml.fix_asked.connect(self._fix)
            self._yaml.cursor_moved.connect(self._follow_cursor)
            reading = self.document.reading
            self._yaml.show_problems(reading.problems, reading.warnings)
        return self._yaml

    def _reveal(self, place: Place, key: str = "") -> None:
        view = self._text_view()
        for one in (key, None):
            try:
                start, _ = place_of(self.document.text, place, one or None)
            except EditError:
                continue
            if place or one:
                view.reveal(start)
            return

    def _follow_cursor(self, offset: int) -> None:
        """Show in the preview what is heard of the step that is being written."""
        if self.panes.currentIndex() != 1:
            return
        place = self.document.place_at(offset)
        if place is not None and place != self._place:
            self._place = place
            self._show_preview()

    def _show_first_problem(self) -> None:
        self.show_tab("yaml")
        self._text_view().go_to_next_problem()

    def _next_problem(self) -> None:
        """F8: in the text the next problem; in the form the next step that has one."""
        if self.panes.currentIndex() == 1:
            self._text_view().go_to_next_problem()
            return
        problems = self.document.reading.problems or self.document.reading.warnings
        places = list(dict.fromkeys(place_written(problem.where) for problem in problems))
        if not places or not self.steps.isEnabled():
            if problems:
                self._show_first_problem()
            return
        later = [place for place in places if place > self._place]
        self._choose(later[0] if later else places[0])
        form = self.forms[self._scrolls.index(self.stack.currentWidget())]  # type: ignore[arg-type]  # one of them
        form.go_to_problem()

    def _other_tab(self) -> None:
        self.show_tab("steps" if self.panes.currentIndex() == 1 else "yaml")

    def _play(self) -> None:
        plan = self.document.plan
        if plan is None:
            return
        self.flush()
        at = segments_at(self.document.plan or plan, self._place) if self._place else [0]
        self.play_asked.emit(at[0] if at else 0, self.preview.chosen_speed)

    def _leave(self) -> None:
        self.flush()
        self.back_asked.emit()

    def _save_now(self) -> None:
        self.save_timer.start()
        self.flush()

    def _tell_draft(self) -> None:
        self.text_changed.emit(self.text())

    def _ask_to_save(self) -> None:
        """Ask for the text to be saved, once it is read whole and plays."""
        if not self.document.is_read:
            self.document.read()  # and when it is read, this is asked again
            return
        if not self._in_doubt and not self.document.reading.problems and self.text() != self._saved_text:
            self.save_asked.emit(self.text())

    def _open_menu(self) -> None:
        self.menu.clear()
        own = not self._view.builtin
        entries: tuple[tuple[str, Any, bool], ...] = (
            (_("Rename"), self.rename_asked, own),
            (_("Duplicate"), self.duplicate_asked, True),
            (_("Keep a copy elsewhere"), self.export_asked, True),
            (_("Show its file"), self.reveal_asked, True),
            (_("Delete"), self.delete_asked, own),
        )
        for words, signal, fits in entries:
            action = self.menu.addAction(words)
            action.triggered.connect(self.flush)
            action.triggered.connect(lambda _=False, signal=signal: signal.emit())
            action.setEnabled(fits)
        self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))

    # Sizes

    @property
    def is_wide(self) -> bool:
        """Whether the preview stands beside the other panes."""
        return effective(self.width(), self._look.scale) >= THREE_PANES_FROM

    def _arrange(self) -> None:
        wide = self.is_wide
        room = effective(self.width(), self._look.scale)
        self.preview_button.setVisible(not wide)
        if wide:
            self.preview_button.setChecked(False)
            if self.preview.parentWidget() is not self:
                self._body.addWidget(self.preview)
            self.drawer.hide()
            self.preview.show()
        elif self.preview.parentWidget() is not self.drawer:
            self._drawn.addWidget(self.preview)
        self.preview.setFixedWidth(max(312, min(self._look.px(312), 400)) if wide else self._drawer_width() - 24)
        self.steps.setFixedWidth(312 if wide else max(264, min(312, self.width() * 3 // 8)))
        if self._look.scale > 1.2 and self.width() >= 1000:
            self.steps.setFixedWidth(340)
        roomy = room >= ROOMY_FROM
        self.yours.setVisible(roomy and not self._view.builtin)
        self.builtin.setVisible(roomy and self._view.builtin)
        self.state.setVisible(roomy)
        self.play.setText(_("Play from here") if roomy else _("Play"))
        self.play.setAccessibleName(_("Play from here"))
        self.play.setToolTip(_("Play from here (Ctrl+Enter)"))
        self._share_header(cramped=self.width() < self._look.px(720))
        self._fit_heading()
        self._place_drawer()

    def _share_header(self, *, cramped: bool) -> None:
        """In a narrow window with large text the header takes two rows."""
        if cramped == (self.second.count() > 0):
            return
        self.second.setContentsMargins(24, 0, 24, 8 if cramped else 0)
        widget: QWidget
        if cramped:
            self.second.addWidget(self.tabs)
            self.second.addStretch(1)
            for widget in (self.waiting_glyph, self.state_glyph, self.undo, self.redo):
                self.second.addWidget(widget)
            return
        while self.second.count():
            self.second.takeAt(0)
        self.header.insertWidget(self.header.indexOf(self.builtin) + 2, self.tabs)
        self.header.removeWidget(self.state)
        for widget in (self.waiting_glyph, self.state_glyph, self.state, self.undo, self.redo):
            self.header.insertWidget(self.header.indexOf(self.more), widget)

    def _fit_heading(self) -> None:
        """Give the name what the rest of the header leaves it."""
        wide = self.is_wide
        font = self._look.sized(26 if wide else 21, 600, display=True)
        self.heading.set_own_font(font, self._look.px(34))
        side, spacing = (20, 10) if wide else (12, 4)
        self.header.setContentsMargins(side, 8, side + 8 if wide else side, 8)
        self.header.setSpacing(spacing)
        items = [self.header.itemAt(i) for i in range(self.header.count())]
        others = [one.widget() for one in items if one is not None and one.widget() not in {None, self.heading}]
        taken = sum(one.sizeHint().width() + spacing for one in others if one is not None and not one.isHidden())
        natural = round(QFontMetricsF(font).horizontalAdvance(self.heading.text())) + 4
        room = self.width() - taken - 2 * side - 4 * spacing - 8
        self.heading.setFixedWidth(max(40, min(natural, room)))

    def _drawer_width(self) -> int:
        return min(self.width() - 80, self._look.px(360))

    def _place_drawer(self) -> None:
        top = self.panes.mapTo(self, QPoint(0, 0)).y()
        width = self._drawer_width()
        self.drawer.setGeometry(self.width() - width - 12, top, width, self.height() - top - 12)

    def _open_drawer(self, opened: bool) -> None:
        self.drawer.setVisible(opened and not self.is_wide)
        if opened:
            self._place_drawer()
            self.preview.show()
            self.drawer.raise_()
        self.preview_button.setAccessibleDescription(_("Open") if opened else _("Closed"))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and not self.drawer.isHidden():
            self._place_drawer()
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), self._look.theme.bg)
