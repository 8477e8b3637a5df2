"""The studio: the prompts of a routine, recorded one by one; Space does what comes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import Button, IconButton
from guide.kit.cards import Card, ScrollArea
from guide.kit.choices import Select
from guide.kit.fields import Field
from guide.kit.flow import FlowRow
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.rows import clear
from guide.language import _
from guide.pages.voices.studio_parts import LineRow, Meter, Wave
from guide.pages.voices.studio_view import (
    StudioStage,
    StudioView,
    advice_words,
    clock,
    label,
    level_words,
    room_words,
    time_left,
)

MARGIN: Final = 40
LIST_WIDTH: Final = 320
SIDE_BY_SIDE_FROM: Final = 900
LONG_TEXT: Final = 110  # letters from which the words are set smaller


class StudioPage(Guarded, QWidget):
    """Shows a view and tells what is asked for; nothing is deleted here, and every take can be kept."""

    back_asked = Signal()
    named = Signal(str)
    main_asked = Signal()
    listen_asked = Signal()
    again_asked = Signal()
    skip_asked = Signal()
    before_asked = Signal()
    line_chosen = Signal(int)
    device_chosen = Signal(str)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view = StudioView()
        self._main_waits = False  # for the microphone, to have the focus then
        self._told = ""
        self.rows: list[LineRow] = []
        self._shortcuts: list[QShortcut] = []
        around = QVBoxLayout(self)
        around.setContentsMargins(MARGIN, 16, MARGIN, 20)
        around.setSpacing(14)
        around.addLayout(self._head())
        content = QWidget(self)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(16)
        self.list_card = self._list()
        self.panel = self._panel()
        self.asking = self._asking()
        self._body.addWidget(self.list_card)
        self._body.addWidget(self.panel, 1)
        self._body.addWidget(self.asking, 1)
        self.whole = ScrollArea(content, look=look, parent=self)
        around.addWidget(self.whole, 1)
        for key, signal in (
            (Qt.Key.Key_L, self.listen_asked),
            (Qt.Key.Key_A, self.again_asked),
            (Qt.Key.Key_Right, self.skip_asked),
            (Qt.Key.Key_Left, self.before_asked),
        ):
            self._shortcuts.append(self._key(key, signal.emit))
        self._shortcuts.append(self._key(Qt.Key.Key_Space, self.main_asked.emit))
        self._key(Qt.Key.Key_Escape, self.back_asked.emit)
        look.changed.connect(self._arrange)

    def _key(self, key: Qt.Key, call: Callable[[], None]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(call)
        return shortcut

    def _head(self) -> QBoxLayout:
        look = self._look
        self.back = IconButton("left", _("Back"), look=look, parent=self)
        self.back.clicked.connect(self.back_asked)
        self.title = Heading(_("Record the prompts"), look=look, role="h1", wrap=False, parent=self)
        self.whose = Label("", look=look, tint="text2", wrap=True, parent=self)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.back)
        row.addWidget(self.title)
        row.addStretch(1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(4)
        self._top.addLayout(row)
        self._top.addWidget(self.whose)
        return self._top

    def _list(self) -> Card:
        look = self._look
        card = Card(look=look, radius=24, padding=0, parent=self)
        card.setAccessibleName(_("The prompts"))
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 18, 14, 14)
        self.progress = Label("", look=look, role="label", parent=card)
        self.lasts = Label("", look=look, role="small", tint="text2", parent=card)
        head = QHBoxLayout()
        head.setContentsMargins(10, 0, 10, 6)
        head.addWidget(self.progress)
        head.addStretch(1)
        head.addWidget(self.lasts)
        column.addLayout(head)
        content = QWidget(card)
        self._rows = QVBoxLayout(content)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self.area = ScrollArea(content, look=look, parent=card)
        column.addWidget(self.area, 1)
        return card

    def _panel(self) -> Card:
        look = self._look
        card = Card(look=look, radius=24, padding=0, parent=self)
        column = QVBoxLayout(card)
        column.setContentsMargins(30, 20, 30, 18)
        column.setSpacing(8)
        self.step = Label("", look=look, role="label", parent=card)
        self.number = Label("", look=look, tint="text2", parent=card)
        top = QHBoxLayout()
        top.addWidget(self.step, 1)
        top.addWidget(self.number)
        column.addLayout(top)
        self.words = Label("", look=look, role="h2", wrap=True, parent=card)
        self.room = Label("", look=look, role="body", tint="text2", wrap=True, parent=card)
        column.addWidget(self.words)
        column.addWidget(self.room)
        self.wave = Wave(look=look, parent=card)
        column.addWidget(self.wave, 1)
        self.state = Label("", look=look, wrap=True, parent=card)
        self.left = Label("", look=look, tint="text2", parent=card)
        line = QHBoxLayout()
        line.addWidget(self.state, 1)
        line.addWidget(self.left)
        column.addLayout(line)
        self.meter = Meter(look=look, parent=card)
        self.level = Label("", look=look, role="small", tint="text2", wrap=True, parent=card)
        self.device = Select((), look=look, name=_("Microphone"), parent=card)
        self.device.chosen.connect(lambda name: self.device_chosen.emit(str(name)))
        heard = QHBoxLayout()
        heard.setSpacing(12)
        heard.addWidget(Label(_("Microphone"), look=look, role="small", parent=card))
        heard.addWidget(self.meter, 1)
        heard.addWidget(self.level, 1)
        heard.addWidget(self.device)
        column.addLayout(heard)
        self.main = Button("", look=look, icon="record", role="primary", size="big", always_ring=True, parent=card)
        self.main.clicked.connect(self.main_asked)
        column.addWidget(self.main)
        buttons = FlowRow(gap=10, parent=card)
        self.listen = Button(_("Listen"), look=look, icon="voice", parent=card)
        self.again = Button(_("Again"), look=look, icon="redo", parent=card)
        self.skip = Button(_("Skip"), look=look, icon="next", parent=card)
        for button, signal in (
            (self.listen, self.listen_asked),
            (self.again, self.again_asked),
            (self.skip, self.skip_asked),
        ):
            button.clicked.connect(signal)
            buttons.add(button)
        column.addWidget(buttons)
        self.hint = Label("", look=look, role="small", tint="text2", wrap=True, parent=card)
        column.addWidget(self.hint)
        return card

    def _asking(self) -> Card:
        look = self._look
        card = Card(look=look, radius=24, padding=0, parent=self)
        column = QVBoxLayout(card)
        column.setContentsMargins(34, 30, 34, 30)
        column.setSpacing(14)
        column.addWidget(Heading(_("Whose voice is it?"), look=look, role="h2", parent=card))
        self.name = Field(_("Whose voice is it?"), look=look, parent=card)
        column.addWidget(self.name)
        words = _(
            "The recordings stay on this computer, with the originals beside them. They belong to the person who "
            "speaks."
        )
        column.addWidget(Label(words, look=look, tint="text2", wrap=True, parent=card))
        self.begin = Button(_("Go on"), look=look, role="primary", parent=card)
        self.begin.clicked.connect(self._give_name)
        self.name.returnPressed.connect(self._give_name)
        column.addWidget(self.begin)
        column.addStretch(1)
        return card

    def _give_name(self) -> None:
        self.named.emit(self.name.text())

    def show_view(self, view: StudioView) -> None:
        before, self._view = self._view, view
        asking = view.stage is StudioStage.ASKING
        self.asking.setVisible(asking)
        self.panel.setVisible(not asking)
        self.list_card.setVisible(not asking)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(not asking)
        self.whose.setText(self._whose(view))
        if view.lines != before.lines or len(self.rows) != len(view.lines):
            self._fill(view)
        self._show_list(view)
        if view.stage is StudioStage.COMPLETE:
            self._show_complete(view)
        elif view.line is not None:
            self._show_line(view)
        self._show_microphone(view)
        self._show_buttons(view)
        self._announce(view)
        if asking is not (before.stage is StudioStage.ASKING) or (self._main_waits and self.main.isEnabled()):
            self.take_focus()

    def take_focus(self) -> None:
        """A name is typed at once, and a key records at once."""
        (self.name if self._view.stage is StudioStage.ASKING else self.main).setFocus()
        self._main_waits = not (self._view.stage is StudioStage.ASKING or self.main.isEnabled())

    def _whose(self, view: StudioView) -> str:
        if not view.voice:
            return view.routine
        return _("{routine} · voice: {name}").format(routine=view.routine, name=view.voice)

    def _fill(self, view: StudioView) -> None:
        clear(self._rows)
        self.rows = []
        for number, line in enumerate(view.lines):
            row = LineRow(line, look=self._look, parent=self)
            row.clicked.connect(lambda _on=False, number=number: self.line_chosen.emit(number))
            self._rows.addWidget(row)
            self.rows.append(row)
        self._rows.addStretch(1)

    def _show_list(self, view: StudioView) -> None:
        self.progress.setText(_("{done} of {count}").format(done=view.done, count=len(view.lines)))
        self.lasts.setText(_("{time} so far").format(time=clock(view.lasts)))
        for number, (row, kept) in enumerate(zip(self.rows, view.kept, strict=True)):
            here = number == view.at and view.stage is not StudioStage.COMPLETE
            row.show_state(kept, here=here, fallback=view.fallback)
            if here:
                self.area.ensureWidgetVisible(row, 0, 60)

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
        elif stopped:
            words, icon, hint = _("Keep, and go on"), "check", _("Space keeps it and goes on")
        elif complete:
            words, icon, hint = _("Done"), "check", _("Space goes back to the voices")
        else:
            words, icon, hint = _("Record"), "record", _("Space records")
        self.main.setText(words)
        self.main.set_icon_name(icon)
        works = view.microphone or recording or stopped or complete
        self._main_waits = self._main_waits or (self.focusWidget() is self.main and not works)  # Qt moves the focus on
        self.main.setEnabled(works)
        skipped = _("Skipped ones are spoken by {name}.").format(name=view.fallback) if view.fallback else ""
        self.hint.setText(f"{hint} · {skipped}" if skipped else hint)
        there = stopped or complete or (not recording and view.at < len(view.kept) and view.kept[view.at].name == "YES")
        self.listen.setEnabled(there and not (complete and not view.done))
        self.listen.setText(_("Stop") if view.playing else _("Listen to all") if complete else _("Listen"))
        self.again.setEnabled(stopped)
        self.skip.setEnabled(not recording and not complete)

    def _announce(self, view: StudioView) -> None:
        """A screen reader hears the sentence to say, then what became of it; never the level."""
        line = view.line
        match view.stage:
            case StudioStage.RECORDING:
                words = _("Recording")
            case StudioStage.STOPPED:
                words = _("Stopped, {time}").format(time=clock(view.elapsed))
            case StudioStage.READY if line is not None:
                words = f"{self.number.text()}, {label(line)}. {line.text}"
            case _:
                words = ""
        if (
            words
            and words != self._told
            and not (view.stage is StudioStage.STOPPED and self._told.startswith(_("Stopped")))
        ):
            announce(self.main, words)
        self._told = words

    def _arrange(self) -> None:
        wide = self.width() >= self._look.px(SIDE_BY_SIDE_FROM)
        way = QBoxLayout.Direction
        self._body.setDirection(way.LeftToRight if wide else way.BottomToTop)
        self._top.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self.list_card.setMaximumWidth(self._look.px(LIST_WIDTH) if wide else 16_777_215)
        self.list_card.setMinimumWidth(self._look.px(LIST_WIDTH) if wide else 0)
        self.list_card.setMaximumHeight(16_777_215 if wide else self._look.px(220))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
