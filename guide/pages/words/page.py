"""Your words: a word for each command, the microphone, and what is kept of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.hear.level import LoudnessNow
from guide.hear.meaning import Meaning
from guide.kit.buttons import Button, IconButton
from guide.kit.cards import Card, ScrollArea
from guide.kit.choices import Switch
from guide.kit.direction import margins
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.marks import Rule
from guide.kit.nesting import nest
from guide.kit.rows import Glyph
from guide.kit.steady import held_in_place
from guide.kit.words import effective
from guide.language import _
from guide.live.her_words import TITLES
from guide.pages.words.cards import MicrophoneCard, Privacy, Strip
from guide.pages.words.parts import Columns, WordLine
from guide.pages.words.view import WordsView

WIDE_FROM: Final = 1040
FOLDED_BELOW: Final = 700
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
    settings_asked = Signal()
    rehearse_asked = Signal()
    delete_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.devices: tuple[str, ...] = ()  # in the menu
        self._view = WordsView(())
        self._level: LoudnessNow | None = None  # until the microphone is heard of
        self.lines = {meaning: WordLine(meaning, look=look, parent=self) for meaning in Meaning}
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(HEARD_STAYS)
        self._quiet.timeout.connect(lambda: self._show_heard("", sure=False))
        page = QVBoxLayout(self)
        page.setContentsMargins(margins(40, 22, 0, 0))
        page.setSpacing(8)
        nest(page, self._head())
        self._content = QWidget(self)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._content)
        self._columns.setContentsMargins(margins(0, 6, 40, 24))
        self._columns.setSpacing(16)
        self.strip = Strip(look=look, parent=self._content)
        self.card, self.privacy = MicrophoneCard(look=look, parent=self), Privacy(look=look, parent=self)
        words, beside = self._words(), QWidget(self._content)
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.card)
        column.addWidget(self.privacy)
        column.addStretch(1)
        self._columns.addWidget(self.strip)
        self._columns.addWidget(self._make_promise())
        self._columns.addWidget(words, 5)
        self._columns.addWidget(beside, 2)
        self._columns.setAlignment(words, Qt.AlignmentFlag.AlignTop)
        self._about_below = self._about(self._content)
        self._columns.addWidget(self._about_below)
        self.area = ScrollArea(self._content, look=look, parent=self)
        page.addWidget(self.area, 1)
        self._connect()
        look.changed.connect(self._arrange)
        self._arrange()

    def _head(self) -> QVBoxLayout:
        look = self._look
        self.back = IconButton("left", _("Back"), look=look, parent=self)
        self.switch = Switch(_("Listen during sessions"), look=look, parent=self)
        self.title = Heading(_("Your words"), look=look, role="h1", wrap=False, parent=self)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.back)
        row.addWidget(self.title, 1)
        row.addWidget(Label(_("Listen during sessions"), look=look, parent=self))
        row.addWidget(self.switch)
        self._about_above = self._about(self)
        head = QVBoxLayout()
        head.setContentsMargins(margins(0, 0, 40, 0))
        head.setSpacing(4)
        nest(head, row)
        self.lacking = Label("", look=look, tint="accent_text", wrap=True, parent=self)
        self.lacking.hide()
        head.addWidget(self.lacking)
        head.addWidget(self._about_above)
        return head

    def _about(self, parent: QWidget) -> Label:
        words = (
            _("Pick a word for each, in any language, and say it five times.")
            + " "
            + _("This is experimental: taps, pedal and keys always work.")
        )
        return Label(words, look=self._look, tint="text2", wrap=True, parent=parent)

    def _make_promise(self) -> QWidget:
        """Under the strip: the card that says more is at the end of the list."""
        self.promise = QWidget(self._content)
        row = QHBoxLayout(self.promise)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(14)
        row.addWidget(Glyph("lock", look=self._look, side=20, parent=self.promise))
        words = _("What it hears stays in this program and is forgotten at once.")
        row.addWidget(Label(words, look=self._look, role="small", tint="text2", wrap=True, parent=self.promise), 1)
        return self.promise

    def _words(self) -> Card:
        card = Card(look=self._look, radius=24, padding=0, parent=self._content)
        column = QVBoxLayout(card)
        column.setContentsMargins(22, 12, 22, 6)
        column.setSpacing(0)
        self.headers = Columns(look=self._look, parent=card)
        column.addWidget(self.headers)
        for number, line in enumerate(self.lines.values()):
            if number:
                column.addWidget(Rule(look=self._look, parent=card))
            column.addWidget(line)
        column.addWidget(Rule(look=self._look, parent=card))
        nest(column, self._rehearsing(card))
        return card

    def _rehearsing(self, card: Card) -> QHBoxLayout:
        words = _("Each word twice, to see how well it is heard.")
        self.rehearse = Button(_("Rehearse"), look=self._look, size="small", parent=card)
        self.rehearse.setAccessibleDescription(words)
        row = QHBoxLayout()
        row.setContentsMargins(0, 7, 0, 7)
        row.setSpacing(12)
        row.addWidget(Label(words, look=self._look, role="small", tint="text2", wrap=True, parent=card), 1)
        row.addWidget(self.rehearse)
        return row

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.switch.clicked.connect(self.listen_toggled)
        for line in self.lines.values():
            line.word_changed.connect(self.word_changed)
            line.teach_asked.connect(self.teach_asked)
        self.card.device_chosen.connect(self.device_chosen)
        self.card.closeness_chosen.connect(self.closeness_chosen)
        self.card.headphones_toggled.connect(self.headphones_toggled)
        self.rehearse.clicked.connect(self.rehearse_asked)
        self.privacy.delete_asked.connect(self.delete_asked)
        for sounding in (self.card, self.strip):
            sounding.settings_asked.connect(self.settings_asked)

    # what it shows

    def show_words(self, view: WordsView) -> None:
        for row in view.rows:
            self.lines[row.meaning].show_row(row)
        self._align()
        self.switch.setChecked(view.on)
        self._view = view
        self._tell_lacking()
        self.devices = view.devices
        self.card.show_view(view)
        self.rehearse.setEnabled(view.rehearses)
        for sounding in (self.card, self.strip):
            sounding.allow_settings(opens=view.settings_open)
        self.privacy.delete_button.setEnabled(any(row.takes for row in view.rows))

    def show_level(self, level: LoudnessNow) -> None:
        self.card.show_level(level)
        self.strip.show_level(level)
        self._level = level
        self._tell_lacking()

    def _tell_lacking(self) -> None:
        sentence = self._view.lacking(self._level)
        if sentence == self.lacking.text():
            return
        with held_in_place(self.switch):
            self.lacking.setText(sentence)
            self.lacking.setVisible(bool(sentence))
        self.switch.setAccessibleDescription(sentence)
        if sentence and self.isVisible():
            announce(self.switch, sentence)

    def show_heard(self, meaning: Meaning, word: str, *, sure: bool) -> None:
        """A word was tried; for three seconds."""
        heard = _("Heard “{word}”: {command}").format(word=word, command=_(TITLES[meaning]))
        self._show_heard(heard if sure else _("Not sure"), sure=sure)
        self._quiet.start()

    def _show_heard(self, words: str, *, sure: bool) -> None:
        self.card.heard.show_words(words, sure=sure)
        self.strip.show_heard(words, sure=sure)
        if words:
            announce(self, words)

    def rename(self, meaning: Meaning) -> None:
        """Lead to the field of a word that is to be another one."""
        field = self.lines[meaning].field
        self.area.ensureWidgetVisible(field)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        field.selectAll()

    # where it stands

    def _arrange(self) -> None:
        room = effective(self.width(), self._look.scale)
        wide = room >= WIDE_FROM
        self.title.set_role("h1" if wide else "h2")
        for beneath in (self.strip, self.promise, self._about_below):
            beneath.setVisible(not wide)
        self._about_above.setVisible(wide)
        self._columns.setSpacing(16 if wide else 10)
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        folded = room < FOLDED_BELOW
        self.headers.setVisible(not folded)
        for line in self.lines.values():
            line.fold(folded=folded)
        self._align()

    def _align(self) -> None:
        """All buttons as wide as the widest, so that the columns are straight."""
        press = max(line.press_width for line in self.lines.values())
        self.headers.fit(press)
        for line in self.lines.values():
            line.button.setMinimumWidth(press)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)
