"""Take it along: a routine as files of her own, made on this computer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from guide.compat import override
from guide.core.duration import span
from guide.core.unattended import WAIT, Ranges
from guide.kit.buttons import Button
from guide.kit.choices import Segmented, Select, Switch
from guide.kit.direction import margins
from guide.kit.focus import GAP, RING, announce
from guide.kit.guard import Guarded
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.marks import Rule
from guide.kit.nesting import nest
from guide.kit.rows import Glyph, Row
from guide.kit.stepper import Stepper
from guide.language import _, ngettext
from guide.pages.along.making_row import MakingRow
from guide.pages.along.view import AlongView, Ending, Idle, Making, Reminders, SoundFileChoices, State, Stopping

ROWS: Final = (
    (Ending.PAGE, "tap"),
    (Ending.CARD, "sheet"),
    (Ending.ROUTINE, "pencil"),
)
ICON: Final = 24
BESIDE: Final = 14  # between an icon and its words
ONCE_A_DAY: Final = timedelta(minutes=45)  # a routine this long is no one's every three hours


def words_of(ending: Ending) -> tuple[str, str]:
    """The name of a row and what it is for."""
    match ending:
        case Ending.PAGE:
            return _("A page for your phone"), _("HTML: guides you there with voice and chimes, with no connection")
        case Ending.CARD:
            return _("One-page card"), _("PDF: the steps and times, for a wall, a partner or a nurse")
        case Ending.ROUTINE:
            return _("Routine file"), _("YAML: for another computer, or somebody with this program")
        case Ending.TIMES:
            return _("Calendar reminders"), _("A file for your calendar, at the times you choose")


class AlongPage(Guarded, QWidget):
    """The contents of the sheet; it touches no file: its desk makes and saves."""

    make_asked = Signal(SoundFileChoices)
    stop_asked = Signal()
    show_asked = Signal()
    folder_asked = Signal()
    save_asked = Signal(Ending)
    show_saved_asked = Signal(Ending)
    grown = Signal()
    unfolded = Signal(QWidget, QWidget)  # a row, and what has come beneath it

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view: AlongView | None = None
        self._saved: set[Ending] = set()
        self._failed: dict[Ending, str] = {}
        self._rows: dict[Ending, Row] = {}
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(margins(0, 4, 6, 0))
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(BESIDE)
        head.addWidget(Glyph("note", look=look, parent=self), alignment=Qt.AlignmentFlag.AlignTop)
        names = QVBoxLayout()
        names.setSpacing(2)
        self.title = Label(_("Audio file"), look=look, role="h3", parent=self)
        self.facts = Label("", look=look, role="small", tint="text2", wrap=True, parent=self)
        self.what = Label("", look=look, role="small", tint="text2", wrap=True, parent=self)
        self._first_line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._first_line.setSpacing(0)
        self._first_line.addWidget(self.title)
        self._first_line.addStretch(1)
        self._first_line.addWidget(self.facts)
        nest(names, self._first_line)
        names.addWidget(self.what)
        nest(head, names, 1)
        nest(column, head)
        self.ranges = Segmented([(one, "") for one in Ranges], look=look, name=_("Length of the ranges"), parent=self)
        self.ranges_row = Row(_("Length of the ranges"), self.ranges, look=look, height=46, parent=self)
        self.voice = Select([], look=look, name=_("Voice"), parent=self)
        self.sounds = Select([], look=look, name=_("Background sounds"), parent=self)
        self._sound = sound = QVBoxLayout()
        sound.setSpacing(0)
        sound.addWidget(self.ranges_row)
        sound.addWidget(Row(_("Voice"), self.voice, look=look, height=40, parent=self))
        sound.addWidget(Row(_("Background sounds"), self.sounds, look=look, height=40, parent=self))
        sound.addSpacing(2)
        self.making = MakingRow(look=look, parent=self)  # after what is chosen, for Tab as for the eye
        sound.addWidget(self.making)
        nest(column, sound)
        self.saves: dict[Ending, Button] = {}
        for ending, icon in ROWS:
            self._add_row(ending, icon)
        self._add_times()
        self.ranges.chosen.connect(self._changed)
        self.voice.chosen.connect(self._changed)
        self.sounds.chosen.connect(self._changed)
        self.making.make_asked.connect(lambda: self.make_asked.emit(self.choices))
        self.making.stop_asked.connect(self.stop_asked)
        self.making.show_asked.connect(self.show_asked)
        self.making.folder_asked.connect(self.folder_asked)
        look.changed.connect(self._fit)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def choices(self) -> SoundFileChoices:
        ranges, voice = self.ranges.value, self.voice.value
        return SoundFileChoices(
            ranges if isinstance(ranges, Ranges) else Ranges.MIDDLE,
            voice if isinstance(voice, str) else None,
            self.sounds.value,
        )

    @property
    def reminders(self) -> Reminders:
        return Reminders(self.hour.value, self.minute.value, self.every.value, self.days.value)

    def show_view(self, view: AlongView) -> None:
        self._view = view
        lengths = {one: _length(view.sizes[one].length) for one in Ranges}
        for part, one in zip(self.ranges.parts, Ranges, strict=True):
            part.setText(lengths[one])
        self.ranges.set_value(Ranges.MIDDLE)
        self._say_what(waits=view.waits)
        self.ranges_row.setVisible(len(set(lengths.values())) > 1)
        self.show_voices([(None, _("The usual voice"))], None)
        self.sounds.set_options(list(view.sounds), value=view.beneath)
        self.hour.set_value(view.first_time.hour)
        self.making.show_folder(view.folder)
        self.every.set_value(24 if view.sizes[Ranges.SHORTEST].length >= ONCE_A_DAY else 3)
        self._show_facts()
        self._fit()

    def _say_what(self, *, waits: bool) -> None:
        """A file is as much longer than the routine's card says as its steps that wait take; one line, for its room."""
        what = _("Voice, chimes and pauses in one piece, for a phone with the screen off.")
        if waits:
            what = _("Voice and chimes for a phone with the screen off. Steps that wait take {seconds} s.")
        self.what.setText(what.format(seconds=round(WAIT.total_seconds())))

    def show_voices(self, voices: Sequence[tuple[str | None, str]], speaks: str | None) -> None:
        """Those that can speak it, and which of them will."""
        self.voice.set_options(list(voices), value=speaks)

    def show_folder(self, words: str) -> None:
        self.making.show_folder(words)
        self.grown.emit()

    def show_state(self, state: State) -> None:
        self.making.show_state(state)
        going = isinstance(state, Making | Stopping)
        for choice in (self.ranges, self.voice, self.sounds):
            choice.setEnabled(not going)
        self.saves[Ending.PAGE].setEnabled(not going or Ending.PAGE in self._saved)  # one file at a time
        self.grown.emit()

    def show_saved(self, ending: Ending) -> None:
        """What was saved can be looked at in its folder until something changes."""
        self._saved.add(ending)
        self._show_failed(ending, "")
        announce(self, _("Saved"))

    def show_failed(self, ending: Ending, sentence: str) -> None:
        """What was not saved says why in its own row, until it is."""
        self._show_failed(ending, sentence)
        announce(self, sentence)

    def _show_failed(self, ending: Ending, sentence: str) -> None:
        self._failed[ending] = sentence
        if ending is Ending.TIMES:
            self.times_trouble.setText(sentence)
            self.times_trouble.setVisible(bool(sentence))
        else:
            row, (_name, hint) = self._rows[ending], words_of(ending)
            row.set_hint(sentence or hint)
            row.hint.set_tint("text" if sentence else "text2")
            self.saves[ending].setAccessibleDescription(sentence or hint)
        self._name_save(ending)
        self.grown.emit()

    def _forget_saved(self, ending: Ending) -> None:
        self._saved.discard(ending)
        self._show_failed(ending, "")

    def _name_save(self, ending: Ending) -> None:
        button, (name, _hint) = self.saves[ending], words_of(ending)
        if ending in self._saved:
            button.setText(_("Show in folder"))
            button.set_icon_name("folder")
            button.setAccessibleName(_("Show in folder: {what}").format(what=name))
        elif self._failed.get(ending):
            button.setText(_("Try again"))
            button.set_icon_name(None)
            button.setAccessibleName(_("Try again: {what}").format(what=name))
        else:
            button.setText(_("Save…"))
            button.set_icon_name(None)
            button.setAccessibleName(_("Save: {what}").format(what=name))

    def _press_save(self, ending: Ending) -> None:
        if ending in self._saved:
            self.show_saved_asked.emit(ending)
        else:
            self.save_asked.emit(ending)

    def _save_button(self, ending: Ending, parent: QWidget) -> Button:
        button = Button("", look=self._look, role="standard", size="small", parent=parent)
        button.clicked.connect(lambda: self._press_save(ending))
        self.saves[ending] = button
        self._name_save(ending)
        return button

    def _add_row(self, ending: Ending, icon: str) -> None:
        name, hint = words_of(ending)
        save = self._save_button(ending, self)
        self._column.addWidget(Rule(look=self._look, parent=self))
        self._rows[ending] = Row(name, save, look=self._look, hint=hint, icon=icon, parent=self)
        self._column.addWidget(self._rows[ending])

    def _add_times(self) -> None:
        name, hint = words_of(Ending.TIMES)
        look = self._look
        self.times = Switch(look=look, name=name, parent=self)
        self._column.addWidget(Rule(look=look, parent=self))
        self.times_row = Row(name, self.times, look=look, hint=hint, icon="calendar", parent=self)
        self._column.addWidget(self.times_row)
        self.when = QWidget(self)
        self._times = column = QVBoxLayout(self.when)
        column.setSpacing(4)
        self.hour = Stepper(_("First time, hour"), look=look, value=7, maximum=23, said="{:02}".format)
        self.minute = Stepper(_("First time, minute"), look=look, value=0, maximum=55, step=5, said="{:02}".format)
        self.every = Stepper(_("Every how many hours"), look=look, value=3, minimum=1, maximum=24)
        self.days = Stepper(_("For how many days"), look=look, value=7, minimum=1, maximum=60)
        for words, controls in (
            (_("First time"), (self.hour, self.minute)),
            (_("Every how many hours"), (self.every,)),
            (_("For how many days"), (self.days,)),
        ):
            column.addWidget(Row(words, *controls, look=look, parent=self.when))
        for stepper in (self.hour, self.minute, self.every, self.days):
            stepper.stepped.connect(lambda _value: self._forget_saved(Ending.TIMES))
        self.times_trouble = Label("", look=look, role="small", tint="text", wrap=True, parent=self.when)
        self.times_trouble.hide()
        column.addWidget(self.times_trouble)
        save = self._save_button(Ending.TIMES, self.when)
        column.addWidget(save, alignment=Qt.AlignmentFlag.AlignRight)
        self._column.addWidget(self.when)
        self.when.setVisible(False)
        self.times.toggled.connect(self._show_times)

    def _show_times(self, on: bool) -> None:
        self.when.setVisible(on)
        self.grown.emit()
        if on:
            self.unfolded.emit(self.times_row, self.when)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Set what belongs to a row beneath its words, and the facts beside the title where there is room."""
        indent = self._look.px(ICON) + BESIDE
        over = 0 if self.ranges_row.isVisibleTo(self) else RING + GAP  # for the ring of the choice beneath the words
        self._sound.setContentsMargins(margins(indent, over, 0, 2))
        self._times.setContentsMargins(margins(indent, 0, 0, 0))
        needed = indent + self.title.sizeHint().width() + indent + self.facts.sizeHint().width()
        beside = needed <= self.width()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._first_line.setDirection(across if beside else down)

    def _changed(self) -> None:
        """A change afterwards brings Make back."""
        self._show_facts()
        self.show_state(Idle())

    def _show_facts(self) -> None:
        if self._view is None:
            return
        sizes = self._view.sizes[self.choices.ranges]
        chapters = ngettext("{count} chapter", "{count} chapters", sizes.chapters).format(count=sizes.chapters)
        self.facts.setText(
            _("{kind} · {length} · about {size} MB · {chapters}").format(
                kind=self._view.ending.removeprefix(".").upper(),
                length=_length(sizes.length),
                size=max(1, round(sizes.size / 1_000_000)),
                chapters=chapters,
            )
        )


def _length(length: timedelta) -> str:
    """As on the routine's card: rounded up, so that nobody is kept longer than was said."""
    return span(length, length)
