"""Your words: a word for each command, the microphone, and what is kept of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.hear.level import Advice, Level
from guide.hear.meaning import Meaning
from guide.kit.buttons import Button, IconButton
from guide.kit.cards import Card, ScrollArea
from guide.kit.choices import Segmented, Select, Switch
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.marks import Rule
from guide.kit.rows import Glyph
from guide.kit.words import effective
from guide.language import _
from guide.live.her_words import TITLES
from guide.pages.words.parts import Meter, WordLine
from guide.pages.words.view import WordsView, advice_words

WIDE_FROM: Final = 1040
HEARD_STAYS: Final = 3000  # milliseconds


class WordsPage(Guarded, QWidget):
    """Shows a `WordsView`; what is done on it is said at once."""

    back_asked = Signal()
    listen_toggled = Signal(bool)
    word_changed = Signal(object, str)
    teach_asked = Signal(object)
    device_chosen = Signal(object)
    closeness_chosen = Signal(object)
    headphones_toggled = Signal(bool)
    delete_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._wide: bool | None = None
        self.devices: tuple[str, ...] = ()  # in the menu
        self.lines = {meaning: WordLine(meaning, look=look, parent=self) for meaning in Meaning}
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(HEARD_STAYS)
        self._quiet.timeout.connect(lambda: self._show_heard(""))
        page = QVBoxLayout(self)
        page.setContentsMargins(40, 22, 0, 0)
        page.setSpacing(8)
        page.addLayout(self._head())
        self._content = QWidget(self)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._content)
        self._columns.setContentsMargins(0, 6, 40, 24)
        self._columns.setSpacing(16)
        self._strip = self._make_strip()
        words, beside = self._words(), QWidget(self._content)
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._microphone())
        column.addWidget(self._privacy())
        column.addStretch(1)
        self._columns.addWidget(self._strip)
        self._columns.addWidget(words, 20)
        self._columns.addWidget(beside, 11)
        self._columns.setAlignment(words, Qt.AlignmentFlag.AlignTop)
        self.area = ScrollArea(self._content, look=look, parent=self)
        page.addWidget(self.area, 1)
        self._arrange()

    def _head(self) -> QVBoxLayout:
        look = self._look
        self.back = IconButton("left", _("Back"), look=look, parent=self)
        self.back.clicked.connect(self.back_asked)
        self.switch = Switch(_("Listen during sessions"), look=look, parent=self)
        self.switch.clicked.connect(self.listen_toggled)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 40, 0)
        row.setSpacing(12)
        row.addWidget(self.back)
        row.addWidget(Heading(_("Your words"), look=look, role="h1", parent=self), 1)
        row.addWidget(Label(_("Listen during sessions"), look=look, parent=self))
        row.addWidget(self.switch)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addLayout(row)
        head.addWidget(
            Label(
                _("Pick a word for each, in any language, and say it five times.")
                + " "
                + _("From then on your hands can stay where they are.")
                + " "
                + _("This is experimental: taps, pedal and keys always work."),
                look=look,
                tint="text2",
                wrap=True,
                parent=self,
            )
        )
        return head

    def _words(self) -> Card:
        card = Card(look=self._look, radius=24, padding=0, parent=self._content)
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 14, 24, 10)
        column.setSpacing(0)
        for number, line in enumerate(self.lines.values()):
            if number:
                column.addWidget(Rule(look=self._look, parent=card))
            line.word_changed.connect(self.word_changed)
            line.teach_asked.connect(self.teach_asked)
            column.addWidget(line)
        column.addStretch(1)
        return card

    def _make_strip(self) -> Card:
        """The microphone in one line, where the window is narrow."""
        look = self._look
        strip = Card(look=look, radius=24, padding=0, parent=self._content)
        self.strip_meter = Meter(look=look, parent=strip)
        self.strip_advice = Label("", look=look, role="small", tint="text2", wrap=True, parent=strip)
        self.strip_heard = Label("", look=look, parent=strip)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(Glyph("mic", look=look, parent=strip))
        row.addWidget(self.strip_meter, 3)
        row.addWidget(self.strip_advice, 4)
        row.addWidget(self.strip_heard)
        column = QVBoxLayout(strip)
        column.setContentsMargins(24, 12, 24, 10)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(
            Label(
                _("What it hears stays in this program and is forgotten at once."),
                look=look,
                role="small",
                tint="text3",
                wrap=True,
                parent=strip,
            )
        )
        return strip

    def _microphone(self) -> Card:
        look = self._look
        card = Card(look=look, radius=24, padding=0, parent=self._content)
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(Glyph("mic", look=look, parent=card))
        head.addWidget(Heading(_("Microphone"), look=look, role="h3", parent=card), 1)
        column.addLayout(head)
        self.device = Select([("", _("The computer’s own choice"))], look=look, name=_("Microphone"), parent=card)
        self.device.chosen.connect(self.device_chosen)
        column.addWidget(self.device)
        self.advice = Label("", look=look, role="small", tint="text2", wrap=True, parent=card)
        self.meter = Meter(look=look, parent=card)
        line = Label(
            _("The line is how loud your pump is."), look=look, role="small", tint="text2", wrap=True, parent=card
        )
        for widget in (self.advice, self.meter, line, Rule(look=look, parent=card)):
            column.addWidget(widget)
        column.addWidget(Label(_("How closely it listens"), look=look, role="label", parent=card))
        self.closeness = Segmented(
            [("strict", _("Strict")), ("usual", _("Usual")), ("easy", _("Easy"))],
            look=look,
            name=_("How closely it listens"),
            parent=card,
        )
        self.closeness.chosen.connect(self.closeness_chosen)
        column.addWidget(self.closeness)
        headphones = QHBoxLayout()
        headphones.addWidget(
            Label(
                _("With headphones: it listens while the voice speaks"), look=look, role="small", wrap=True, parent=card
            ),
            1,
        )
        self.headphones = Switch(_("With headphones: it listens while the voice speaks"), look=look, parent=card)
        self.headphones.clicked.connect(self.headphones_toggled)
        headphones.addWidget(self.headphones)
        column.addLayout(headphones)
        column.addWidget(Rule(look=look, parent=card))
        column.addWidget(
            Label(
                _("Say one, to try it. Nothing moves on here."),
                look=look,
                role="small",
                tint="text2",
                wrap=True,
                parent=card,
            )
        )
        self.heard = Label("", look=look, wrap=True, parent=card)
        column.addWidget(self.heard)
        return card

    def _privacy(self) -> Card:
        look = self._look
        card = Card(look=look, radius=24, padding=0, parent=self._content)
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(Glyph("lock", look=look, parent=card))
        head.addWidget(Heading(_("Stays with you"), look=look, role="h3", parent=card), 1)
        column.addLayout(head)
        column.addWidget(
            Label(
                _("What the microphone hears stays in this program and is forgotten at once.")
                + " "
                + _("Only the takes you record are kept, as numbers, on this computer."),
                look=look,
                tint="text2",
                role="small",
                wrap=True,
                parent=card,
            )
        )
        self.delete_button = Button(_("Delete all takes"), look=look, icon="trash", size="small", parent=card)
        self.delete_button.clicked.connect(self.delete_asked)
        column.addWidget(self.delete_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    # what it shows

    def show_words(self, view: WordsView) -> None:
        for row in view.rows:
            self.lines[row.meaning].show_row(row)
        self.switch.setChecked(view.on)
        self.headphones.setChecked(view.headphones)
        self.closeness.set_value(view.closeness)
        self.devices = view.devices
        names = dict.fromkeys((*view.devices, view.device)) if view.device else dict.fromkeys(view.devices)
        self.device.set_options(
            [("", _("The computer’s own choice")), *((name, name) for name in names)], value=view.device
        )
        self.delete_button.setEnabled(any(row.takes for row in view.rows))

    def show_level(self, level: Level) -> None:
        words = advice_words(level.advice)
        for meter, advice in ((self.meter, self.advice), (self.strip_meter, self.strip_advice)):
            meter.show_level(level)
            if advice.text() != words:
                advice.setText(words)
                advice.set_tint("accent_text" if level.advice is Advice.MISSING else "text2")

    def show_heard(self, meaning: Meaning, word: str, *, sure: bool) -> None:
        """A word was tried; for three seconds."""
        self._show_heard(
            _("Heard “{word}”: {command}").format(word=word, command=_(TITLES[meaning])) if sure else _("Not sure")
        )
        self._quiet.start()

    def _show_heard(self, words: str) -> None:
        self.heard.setText(words)
        self.strip_heard.setText(words)
        if words:
            announce(self, words)

    # where it stands

    def _arrange(self) -> None:
        wide = effective(self.width(), self._look.scale) >= WIDE_FROM
        if wide == self._wide:
            return
        self._wide = wide
        self._strip.setVisible(not wide)
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)
