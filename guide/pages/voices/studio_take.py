"""The prompt at hand: its words, the take of it, what the microphone hears, and what can be done now."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.kit.buttons import Button
from guide.kit.cards import Card
from guide.kit.choices import Select
from guide.kit.flow import FlowRow
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.language import _
from guide.pages.voices.studio_parts import Meter, Wave
from guide.pages.voices.studio_view import (
    Kept,
    StudioStage,
    StudioView,
    advice_words,
    clock,
    label,
    level_words,
    room_words,
    time_left,
)
from guide.sound.take import TakeAdvice

LONG_TEXT: Final = 110  # letters from which the words are set smaller


class TakeCard(Card):
    """Shows one prompt and tells what is asked for; when none is left, that all of them are there."""

    main_asked = Signal()
    listen_asked = Signal()
    again_asked = Signal()
    skip_asked = Signal()
    device_chosen = Signal(str)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=24, padding=0, parent=parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(30, 20, 30, 18)
        column.setSpacing(8)
        self.step = Label("", look=look, role="label", parent=self)
        self.number = Label("", look=look, tint="text2", parent=self)
        top = QHBoxLayout()
        top.addWidget(self.step, 1)
        top.addWidget(self.number)
        nest(column, top)
        self.words = Label("", look=look, role="h2", wrap=True, parent=self)
        self.room = Label("", look=look, role="body", tint="text2", wrap=True, parent=self)
        column.addWidget(self.words)
        column.addWidget(self.room)
        self.wave = Wave(look=look, parent=self)
        column.addWidget(self.wave, 1)
        self.state = Label("", look=look, wrap=True, parent=self)
        self.left = Label("", look=look, tint="text2", parent=self)
        line = QHBoxLayout()
        line.addWidget(self.state, 1)
        line.addWidget(self.left)
        nest(column, line)
        self.meter = Meter(look=look, parent=self)
        self.level = Label("", look=look, role="small", tint="text2", wrap=True, parent=self)
        self.device = Select((), look=look, name=_("Microphone"), parent=self)
        self.device.chosen.connect(lambda name: self.device_chosen.emit(str(name)))
        heard = QHBoxLayout()
        heard.setSpacing(12)
        heard.addWidget(Label(_("Microphone"), look=look, role="small", parent=self))
        heard.addWidget(self.meter, 1)
        heard.addWidget(self.level, 1)
        heard.addWidget(self.device)
        nest(column, heard)
        self.main = Button("", look=look, icon="record", role="primary", size="big", always_ring=True, parent=self)
        self.main.clicked.connect(self.main_asked)
        column.addWidget(self.main)
        buttons = FlowRow(gap=10, parent=self)
        self.listen = Button(_("Listen"), look=look, icon="voice", parent=self)
        self.again = Button(_("Again"), look=look, icon="redo", parent=self)
        self.skip = Button(_("Skip"), look=look, icon="next", parent=self)
        for button, signal in (
            (self.listen, self.listen_asked),
            (self.again, self.again_asked),
            (self.skip, self.skip_asked),
        ):
            button.clicked.connect(signal)
            buttons.add(button)
        column.addWidget(buttons)
        self.hint = Label("", look=look, role="small", tint="text2", wrap=True, parent=self)
        column.addWidget(self.hint)

    def show_view(self, view: StudioView) -> None:
        if view.stage is StudioStage.COMPLETE:
            self._show_complete(view)
        else:
            self._show_line(view)
        self._show_microphone(view)
        self._show_buttons(view)

    def _show_line(self, view: StudioView) -> None:
        line = view.line
        if line is None:
            return
        look = self._look
        size = 28 if len(line.text) > LONG_TEXT else 34
        self.words.set_own_font(look.sized(size, 600, display=True), look.px(size + 9))
        self.words.setText(_("“{words}”").format(words=line.text))
        self.step.setText(label(line) if line.title else _("A prompt of the program itself"))
        self.number.setText(_("{number} of {count}").format(number=view.at + 1, count=len(view.lines)))
        self.room.setText(room_words(line))
        self.wave.show_bars(view.bars, running=view.stage is StudioStage.RECORDING)
        match view.stage:
            case StudioStage.RECORDING:
                self.state.setText(_("Recording {time}").format(time=clock(view.elapsed)))
                self.left.setText(time_left(view))
            case StudioStage.STOPPED:
                words = advice_words(view.advice) if view.advice else ""
                self.state.setText(f"{clock(view.elapsed)}  {words}".strip())
                self.left.setText(_("The ends are trimmed, the loudness evened out"))
            case _:
                self.state.setText("")
                self.left.setText("")

    def _show_complete(self, view: StudioView) -> None:
        whole = view.done == len(view.lines)
        self.step.setText("")
        self.number.setText("")
        words = _("All {count} are there.") if whole else _("{done} of {count} are there. The rest can wait.")
        self.words.setText(words.format(count=len(view.lines), done=view.done))
        self.room.setText("")
        self.wave.show_bars((), running=False)
        self.state.setText("")
        self.left.setText("")

    def _show_microphone(self, view: StudioView) -> None:
        words = level_words(view)
        self.meter.show_level(view.level if view.microphone else 0.0, words)
        if self.level.text() != words:
            self.level.setText(words)
        options = [("", _("The computer’s own")), *((name, name) for name in view.devices)]
        if [name for name, _words in options] != self._offered():
            self.device.set_options(options, value=view.device)
        elif self.device.value != view.device:
            self.device.set_value(view.device)

    def _offered(self) -> list[str]:
        return [str(action.data() or "") for action in self.device.menu.actions()]

    def _show_buttons(self, view: StudioView) -> None:
        recording, stopped = view.stage is StudioStage.RECORDING, view.stage is StudioStage.STOPPED
        complete = view.stage is StudioStage.COMPLETE
        if recording:
            words, icon, hint = _("Stop"), "stop", _("Space stops")
        elif stopped and view.advice is TakeAdvice.SILENT:
            words, icon, hint = _("Try again"), "redo", _("Space gets ready for this prompt again")
        elif stopped:
            words, icon, hint = _("Keep, and go on"), "check", _("Space keeps it and goes on")
        elif complete:
            words, icon, hint = _("Done"), "check", _("Space goes back to the voices")
        else:
            words, icon, hint = _("Record"), "record", _("Space records")
        self.main.setText(words)
        self.main.set_icon_name(icon)
        self.main.setEnabled(view.microphone or recording or stopped or complete)
        skipped = _("Skipped ones are spoken by {name}.").format(name=view.fallback) if view.fallback else ""
        self.hint.setText(f"{hint} · {skipped}" if skipped else hint)
        there = stopped or complete or (not recording and view.at < len(view.kept) and view.kept[view.at] is Kept.YES)
        self.listen.setEnabled(there and not (complete and not view.done))
        self.listen.setText(_("Stop") if view.playing else _("Listen to all") if complete else _("Listen"))
        self.again.setEnabled(stopped)
        self.skip.setEnabled(not recording and not complete)
