"""The studio: the prompts of a routine, recorded one by one; Space does what comes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import IconButton
from guide.kit.cards import ScrollArea
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.page_key import key_within
from guide.language import _
from guide.pages.voices.studio_name import NameCard
from guide.pages.voices.studio_script import ScriptCard
from guide.pages.voices.studio_take import TakeCard
from guide.pages.voices.studio_view import StudioStage, StudioView, clock, label

MARGIN: Final = 40
LIST_WIDTH: Final = 320
SIDE_BY_SIDE_FROM: Final = 900


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
        self._shortcuts: list[QShortcut] = []
        around = QVBoxLayout(self)
        around.setContentsMargins(MARGIN, 16, MARGIN, 20)
        around.setSpacing(14)
        nest(around, self._head())
        content = QWidget(self)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(16)
        self.script = ScriptCard(look=look, parent=self)
        self.take = TakeCard(look=look, parent=self)
        self.naming = NameCard(look=look, parent=self)
        self.name, self.main = self.naming.name, self.take.main
        self.naming.named.connect(self.named)
        self.script.chosen.connect(self.line_chosen)
        self.take.main_asked.connect(self.main_asked)
        self.take.listen_asked.connect(self.listen_asked)
        self.take.again_asked.connect(self.again_asked)
        self.take.skip_asked.connect(self.skip_asked)
        self.take.device_chosen.connect(self.device_chosen)
        self._body.addWidget(self.script)
        self._body.addWidget(self.take, 1)
        self._body.addWidget(self.naming, 1)
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
        shortcut = key_within(key, self, call)
        shortcut.setAutoRepeat(False)
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
        nest(self._top, row)
        self._top.addWidget(self.whose)
        return self._top

    def show_view(self, view: StudioView) -> None:
        before, self._view = self._view, view
        asking = view.stage is StudioStage.ASKING
        self.naming.setVisible(asking)
        self.take.setVisible(not asking)
        self.script.setVisible(not asking)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(not asking)
        self.whose.setText(self._whose(view))
        self.script.show_view(view)
        had_focus = self.focusWidget() is self.main
        self.take.show_view(view)
        lost = had_focus and not self.main.isEnabled()
        self._announce(view)
        came = self._main_waits and self.main.isEnabled()
        if lost or came or asking is not (before.stage is StudioStage.ASKING):
            self.take_focus()

    def take_focus(self) -> None:
        """A name is typed at once, and a key records at once."""
        wanted = self.name if self._view.stage is StudioStage.ASKING else self.main
        self._main_waits = not wanted.isEnabled()
        (self if self._main_waits else wanted).setFocus()
        if self._main_waits:  # Qt has moved the focus on to Skip, and the page with it, away from what to say
            self.whole.verticalScrollBar().setValue(0)

    def _whose(self, view: StudioView) -> str:
        if not view.voice:
            return view.routine
        return _("{routine} · voice: {name}").format(routine=view.routine, name=view.voice)

    def _announce(self, view: StudioView) -> None:
        """A screen reader hears the sentence to say, then what became of it; never the level."""
        line = view.line
        match view.stage:
            case StudioStage.RECORDING:
                words = _("Recording")
            case StudioStage.STOPPED:
                words = _("Stopped, {time}").format(time=clock(view.elapsed))
            case StudioStage.READY if line is not None:
                words = f"{self.take.number.text()}, {label(line)}. {line.text}"
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
        self.script.setMaximumWidth(self._look.px(LIST_WIDTH) if wide else 16_777_215)
        self.script.setMinimumWidth(self._look.px(LIST_WIDTH) if wide else 0)
        self.script.setMaximumHeight(16_777_215 if wide else self._look.px(220))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
