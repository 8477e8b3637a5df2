"""The editor's page: header, list, form, preview and text view, all about one text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.core.pump import UNKNOWN, Pump
from guide.core.routine import Routine
from guide.kit.focus import Leading
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.page_key import key_within
from guide.kit.painting import painting
from guide.kit.toast import Toast
from guide.kit.words import effective
from guide.language import _, pgettext
from guide.pages.editor.after_painting import AfterPainting
from guide.pages.editor.document import Aside, RoutineText, at_once
from guide.pages.editor.drawer import PreviewDrawer
from guide.pages.editor.header import EditorHeader
from guide.pages.editor.keeping import Keeping
from guide.pages.editor.message import Message
from guide.pages.editor.other_versions import OtherVersions
from guide.pages.editor.panes import EditorPanes
from guide.pages.editor.preview import Preview, segments_at
from guide.pages.editor.spoken_lengths import SpokenLengths
from guide.pages.editor.standing import Standing
from guide.pages.editor.untaken import Untaken
from guide.store.yaml.edit import set_field

THREE_PANES_FROM: Final = 1100  # the preview stands beside the other panes


@dataclass(frozen=True, slots=True)
class EditView:
    """
    A routine to edit: its text as its file holds it, and the draft of last time where there is one.

    `file` is where the text is kept, for the sounds beside it, `builtin` the name of one that is built in, `others` the
    names that are taken, `pump` hers. A routine without `id` is new, and kept nowhere yet.
    """

    id: str
    text: str
    path_label: str
    builtin: str = ""
    draft_text: str | None = None
    file: Path | None = None
    others: frozenset[str] = frozenset()
    pump: Pump = UNKNOWN


class EditorPage(Leading):
    """
    Edits one routine's text.

    `text_changed` carries each version for the draft, `save_asked` those that play. The page touches no file: who
    saved says `show_saved` or `show_save_trouble`.
    """

    text_changed = Signal(str)
    save_asked = Signal(str)
    back_asked = Signal()
    again_asked = Signal()
    write_again_asked = Signal()
    let_go_asked = Signal()
    play_asked = Signal(int, float)
    listen_asked = Signal(str)
    lengths_asked = Signal(list)
    chime_listen_asked = Signal(str)

    def __init__(self, *, look: Look, aside: Aside = at_once, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view = EditView("", "", "")
        self._left: Untaken | None = None  # what was told last of what the text did not take
        self.document = RoutineText(aside=aside, parent=self)
        self.keeping = Keeping(self.document, parent=self)
        self.beat = AfterPainting(self)
        self.beat.timeout.connect(self.show_preview)
        self.setMinimumSize(640, 420)
        self.header = EditorHeader(look=look, parent=self)
        self.message = Message(look=look, parent=self)
        self.lengths = SpokenLengths(self)
        self.panes = EditorPanes(look=look, text=self.document, spoken=self.lengths.of, parent=self)
        self.preview = Preview(look=look, spoken=self.lengths.of, parent=self)
        self._versions = OtherVersions(self.document, self.keeping, self.message, parent=self)
        self.drawer = PreviewDrawer(
            self.preview, button=self.header.preview_button, below=self.panes, look=look, parent=self
        )
        self.standing = Standing(self.header, self.document, self.keeping, untaken=lambda: self.panes.untaken)
        self._lay_out()
        self.toast = Toast(self, look=look)
        self._connect()
        self._keys()
        self.first = self.panes.steps.view
        look.changed.connect(self._arrange)

    # What it is given

    def edit(self, view: EditView) -> None:
        """Take a routine to edit; a draft that differs is shown, and the saved version is one press away."""
        self._show_owner(view)
        self.message.hide()
        self.toast.dismiss()
        self.header.tabs.set_value("steps")
        self.lengths.look_again(anew=True)
        self.panes.form.show_others(view.others)
        self.panes.begin(lambda: self._open(view))
        self.show_preview()
        if view.builtin:
            name = self.standing.name_written()
            told = _("Built in: your change makes your own copy, called “{name}”.").format(name=name)
            self.message.tell(told, about="built in")
        if view.draft_text is not None and view.draft_text != view.text:
            self._versions.offer_draft(view.draft_text)

    def _open(self, view: EditView) -> None:
        self.keeping.quietly(lambda: self.document.open(view.text, file=view.file, pump=view.pump))
        self.keeping.begin(view.text, new=not view.id)

    def show_pump(self, pump: Pump) -> None:
        """Lay the routine out for her pump as she has noted it now."""
        self.keeping.quietly(lambda: self.document.lay_out_for(pump))

    def text(self) -> str:
        """The text as its file is to hold it."""
        return self.document.text_to_save()

    def routine(self) -> Routine | None:
        """The last version that plays."""
        plan = self.document.plan
        return plan.routine if plan is not None else None

    def routine_as_shown(self) -> Routine | None:
        """The last version that plays, by its own name where it is built in and as it was."""
        routine = self.routine()
        return replace(routine, name=self._view.builtin) if routine and self.standing.untouched else routine

    def flush(self) -> None:
        """Send at once what waits for a pause in typing."""
        self.panes.form.finish()
        self.keeping.flush()

    def leave(self) -> Untaken | None:
        """What is typed and not taken, which nobody is told of here."""
        return self.panes.form.shown.leave() if self.panes.untaken and self.panes.form.shown else None

    @property
    def unsaved(self) -> str:
        """What is typed and not taken, in a sentence; it stays typed."""
        form = self.panes.form.shown
        left = form.not_taken() if self.panes.untaken and form is not None else None
        return left.words if left is not None else ""

    def set_name(self, name: str) -> None:
        """Rename the routine, in its text."""
        self.panes.cut(lambda text: set_field(text, (), "name", name))

    def show_saved(self) -> None:
        self.message.settle("trouble")
        self.keeping.note_saved(self.text())

    def show_save_trouble(self, sentence: str) -> None:
        """
        The text could not be saved; it stays here, and is tried again with the next change.

        The sentence stays as well until it is saved, and is not told anew with each change that is not.
        """
        self._tell_trouble(sentence, (_("Try again"), self.again_asked.emit))

    def show_taken_away(self, sentence: str, *, anew: bool = False) -> None:
        """
        The file is gone, or no text any more: she has it written again, or lets it go.

        It is told `anew` what came of a press.
        """
        ways = ((_("Write it again"), self.write_again_asked.emit), (_("Let it go"), self.let_go_asked.emit))
        self._tell_trouble(sentence, *ways, anew=anew)

    def _tell_trouble(self, sentence: str, *ways: tuple[str, Callable[[], None]], anew: bool = False) -> None:
        if anew or not self.message.told or self.message.told != self.keeping.trouble:
            self.message.tell(sentence, *ways, about="trouble", stays=True)
            self.keeping.note_trouble(sentence)

    def show_kept(self) -> None:
        """What is written is on the disk again, as a draft at least."""
        self.message.settle("trouble")
        self.keeping.note_trouble("")

    @property
    def first_text(self) -> str:
        """The text as it was taken to edit."""
        return self._view.text

    def show_as_hers(self, text: str) -> None:
        """What was new or built in is a file of hers now, with this text."""
        self._show_owner(replace(self._view, builtin=""))
        self.message.settle("built in")
        self.keeping.note_saved(text)

    def show_changed_on_disk(self, text: str) -> None:
        """Another program changed the file: the person takes its text or keeps hers; undo brings the other back."""
        self.panes.form.finish()
        self._versions.show_changed_on_disk(text)

    # How it is made

    def _lay_out(self) -> None:
        body = self._body = QHBoxLayout()
        body.setContentsMargins(24, 0, 24, 24)
        body.setSpacing(16)
        body.addWidget(self.panes, 1)
        body.addWidget(self.preview)
        over = QHBoxLayout()
        over.setContentsMargins(24, 0, 24, 10)
        over.addWidget(self.message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        nest(column, over)
        nest(column, body, 1)

    def _connect(self) -> None:
        header, panes = self.header, self.panes
        self.document.changed.connect(self._take_reading)
        self.document.document.undoAvailable.connect(header.undo.setEnabled)
        self.document.document.redoAvailable.connect(header.redo.setEnabled)
        self.keeping.text_changed.connect(self.text_changed)
        self.keeping.save_asked.connect(self.save_asked)
        self.keeping.told.connect(self.standing.show)
        header.undo.clicked.connect(panes.undo)
        header.redo.clicked.connect(panes.redo)
        header.back.clicked.connect(self._leave)
        header.tabs.chosen.connect(panes.show_tab)
        header.play.clicked.connect(self._play)
        header.menu.aboutToShow.connect(self.flush)
        panes.turned.connect(self._turn)
        panes.refused.connect(self._tell_refused)
        panes.deleted.connect(self._tell_deleted)
        panes.steps.told.connect(self.toast.tell)
        panes.form.untaken_changed.connect(self.standing.show)
        panes.form.left.connect(self._tell_untaken)
        self.lengths.asked.connect(self.lengths_asked)
        self.lengths.changed.connect(self._show_lengths)
        for heard in (panes.form, self.preview):
            heard.listen_asked.connect(lambda _: self.lengths.look_again())
            heard.listen_asked.connect(self.listen_asked)
            heard.chime_listen_asked.connect(self.chime_listen_asked)

    def _keys(self) -> None:
        for key, call in (
            ("Meta+Tab" if sys.platform == "darwin" else "Ctrl+Tab", self._other_tab),  # ⌘Tab is the system's there
            ("Ctrl+Return", self._play),
            ("Ctrl+Enter", self._play),
            ("F8", self.panes.go_to_next_problem),
            ("Ctrl+S", self._save_now),
            ("Ctrl+Z", self.panes.undo),
            ("Ctrl+Shift+Z", self.panes.redo),
            ("Ctrl+Y", self.panes.redo),
            ("Esc", self._leave),
        ):
            key_within(key, self, call)

    # Reading and showing

    def _take_reading(self) -> None:
        left, self._left = self._left, None
        if left is None or self.toast.words.text() != left.words:
            left = None
            self.toast.dismiss()  # its undo would take back this change, not the one it tells of
        self.panes.show_reading()
        if left is not None and self._left is None:  # it stays over what is changed elsewhere
            self._left = self.panes.found(left)
            if self._left is None:
                self.toast.dismiss()
        self.header.play.setEnabled(self.document.plays)
        self.beat.begin()
        self.standing.show()

    def _show_lengths(self) -> None:
        self.panes.form.show_lengths()
        self.beat.begin()

    def _turn(self) -> None:
        self.header.tabs.set_value("yaml" if self.panes.shows_text else "steps")
        self.beat.begin()
        self.standing.show()

    def _tell_refused(self, words: str) -> None:
        place = self.panes.place
        self.message.tell(words, (_("Show it in the text"), lambda: self.panes.show_in_text(place)))

    def _tell_untaken(self, left: Untaken) -> None:
        self._left = self.panes.found(left)
        if self._left is None:
            return
        self.toast.tell(
            left.words,
            action=pgettext("to what was not taken", "Back to it"),
            on_action=self._go_back,
            stays=True,
        )

    def _go_back(self) -> None:
        if self._left is not None:
            self.panes.go_back_to(self._left)

    def _tell_deleted(self, words: str) -> None:
        self.toast.tell(words, action=_("Undo"), on_action=self.panes.undo)

    def _other_tab(self) -> None:
        self.panes.show_tab("steps" if self.panes.shows_text else "yaml")

    def show_preview(self) -> None:
        """Show in the preview what a beat later would: changes in a row are shown in it once."""
        self.beat.stop()
        current = not self.document.reading.problems
        self.preview.show_plan(self.document.plan, self.panes.place, current=current)
        self.lengths.want([*self.preview.texts, *self.panes.form.said])

    def _show_owner(self, view: EditView) -> None:
        self._view = view
        self.standing.builtin, self.standing.path_label = view.builtin, view.path_label
        self.header.show_owner(own=not view.builtin)
        self._arrange()

    # What is asked

    def _play(self) -> None:
        self.flush()
        plan = self.document.plan
        if plan is not None:
            at = segments_at(plan, self.panes.place) if self.panes.place else [0]
            self.play_asked.emit(at[0] if at else 0, self.preview.chosen_speed)

    def _leave(self) -> None:
        self.flush()
        self.back_asked.emit()

    def _save_now(self) -> None:
        self.panes.form.finish()
        self.keeping.save_now()

    # Sizes

    def _arrange(self) -> None:
        room = effective(self.width(), self._look.scale)
        wide = room >= THREE_PANES_FROM
        self.header.arrange(wide=wide, room=room)
        self.drawer.arrange(self._body, wide=wide)
        self.panes.steps.take_share(self.width(), wide=wide)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and not self.drawer.isHidden():
            self.drawer.place()
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), self._look.theme.bg)
