"""The cards beside the words: the microphone, large or as one strip, and what stays with her."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.hear.level import LevelAdvice, LoudnessNow
from guide.kit.buttons import Button
from guide.kit.cards import Card
from guide.kit.choices import Segmented, Select, Switch
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.marks import Rule
from guide.kit.nesting import nest
from guide.kit.rows import Glyph
from guide.language import _
from guide.pages.words.parts import LevelMeter
from guide.pages.words.view import WordsView, advice_words


class HeardCard(QWidget):
    """What was heard when a word was tried; else how to try one."""

    def __init__(self, hint: str, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._hint = hint
        self.tick = Glyph("check", look=look, side=20, tint="accent_text", parent=self)
        self.tick.hide()
        self.words = Label(hint, look=look, role="small", tint="text2", wrap=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.tick)
        row.addWidget(self.words, 1)

    def show_words(self, words: str, *, sure: bool) -> None:
        self.tick.setVisible(bool(words) and sure)
        self.words.setText(words or self._hint)
        self.words.set_tint("text" if words else "text2")

    def text(self) -> str:
        return "" if self.words.text() == self._hint else self.words.text()


class Sounding(Card):
    """A card with a meter; `settings_asked` where the system keeps the microphone from this program."""

    settings_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget) -> None:
        super().__init__(look=look, radius=24, padding=0, parent=parent)
        self.meter = LevelMeter(look=look, parent=self)
        self.advice = Label("", look=look, role="small", tint="text2", wrap=True, parent=self)
        self.open_settings = Button(_("Open settings"), look=look, size="small", parent=self)
        self.open_settings.clicked.connect(self.settings_asked)
        self.open_settings.hide()
        self._opens = False

    def allow_settings(self, *, opens: bool) -> None:
        self._opens = opens

    def show_level(self, level: LoudnessNow) -> None:
        self.meter.show_level(level)
        words = advice_words(level.advice)
        if self.advice.text() != words:
            self.advice.setText(words)
            self.advice.set_tint("accent_text" if level.gone else "text2")
            self.open_settings.setVisible(self._opens and level.advice is LevelAdvice.REFUSED)


class Strip(Sounding):
    """The microphone in one line, where the window is narrow."""

    def __init__(self, *, look: Look, parent: QWidget) -> None:
        super().__init__(look=look, parent=parent)
        self.heard = HeardCard("", look=look, parent=self)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(Glyph("mic", look=look, parent=self))
        row.addWidget(self.meter, 5)
        row.addWidget(self.advice, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 24, 10)
        column.setSpacing(6)
        nest(column, row)
        column.addWidget(self.open_settings, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.heard, 5)
        self.heard.hide()

    @override
    def show_level(self, level: LoudnessNow) -> None:
        super().show_level(level)
        self.meter.setVisible(not level.gone)  # the words take its room

    def show_heard(self, words: str, *, sure: bool) -> None:
        self.heard.show_words(words, sure=sure)
        self.heard.setVisible(bool(words))


class MicrophoneCard(Sounding):
    """Which microphone, how loud it is, how closely it listens, and a word to try."""

    device_chosen = Signal(object)
    closeness_chosen = Signal(object)
    headphones_toggled = Signal(bool)

    def __init__(self, *, look: Look, parent: QWidget) -> None:
        super().__init__(look=look, parent=parent)
        self._look = look
        self.device = Select([("", own_choice())], look=look, name=_("Microphone"), parent=self)
        self.device.chosen.connect(self.device_chosen)
        head = QHBoxLayout()
        head.addWidget(Glyph("mic", look=look, parent=self))
        head.addWidget(Heading(_("Microphone"), look=look, role="h3", parent=self))
        head.addStretch(1)
        now = QHBoxLayout()
        now.addWidget(Label(_("Now"), look=look, role="small", tint="text2", parent=self), 0, Qt.AlignmentFlag.AlignTop)
        self.advice.setAlignment(Qt.AlignmentFlag.AlignRight)
        now.addWidget(self.advice, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        for part in (head, self.device, now, self.meter):
            nest(column, part) if isinstance(part, QHBoxLayout) else column.addWidget(part)
        column.addWidget(self.open_settings, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._small(_("The line is how loud your pump is.")))
        column.addWidget(Rule(look=look, parent=self))
        column.addWidget(Label(_("How closely it listens"), look=look, role="label", parent=self))
        column.addWidget(self._make_closeness())
        nest(column, self._make_headphones())
        column.addWidget(Rule(look=look, parent=self))
        self.heard = HeardCard(_("Say one, to try it. Nothing moves on here."), look=look, parent=self)
        self.heard.setMinimumHeight(look.px(26))
        column.addWidget(self.heard)

    def _small(self, words: str) -> Label:
        return Label(words, look=self._look, role="small", tint="text2", wrap=True, parent=self)

    def _make_closeness(self) -> Segmented:
        self.closeness = Segmented(
            [("strict", _("Strict")), ("usual", _("Usual")), ("easy", _("Easy"))],
            look=self._look,
            name=_("How closely it listens"),
            parent=self,
        )
        self.closeness.chosen.connect(self.closeness_chosen)
        return self.closeness

    def _make_headphones(self) -> QHBoxLayout:
        words = _("With headphones: it listens while the voice speaks")
        self.headphones = Switch(words, look=self._look, parent=self)
        self.headphones.clicked.connect(self.headphones_toggled)
        row = QHBoxLayout()
        row.addWidget(self._small(words), 1)
        row.addWidget(self.headphones)
        return row

    def show_view(self, view: WordsView) -> None:
        self.headphones.setChecked(view.headphones)
        self.closeness.set_value(view.closeness)
        names = dict.fromkeys((*view.devices, view.device)) if view.device else dict.fromkeys(view.devices)
        self.device.set_options([("", own_choice()), *((name, name) for name in names)], value=view.device)


class Privacy(Card):
    """What is kept and where; all of it goes with one press."""

    delete_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget) -> None:
        super().__init__(look=look, radius=24, padding=0, parent=parent)
        head = QHBoxLayout()
        head.addWidget(Glyph("lock", look=look, parent=self))
        head.addWidget(Heading(_("Stays with you"), look=look, role="h3", parent=self), 1)
        words = (
            _("What the microphone hears stays in this program and is forgotten at once.")
            + " "
            + _("Only the takes you record are kept, as numbers, on this computer.")
        )
        self.delete_button = Button(_("Delete all takes"), look=look, icon="trash", size="small", parent=self)
        self.delete_button.clicked.connect(self.delete_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        nest(column, head)
        column.addWidget(Label(words, look=look, tint="text2", role="small", wrap=True, parent=self))
        column.addWidget(self.delete_button, 0, Qt.AlignmentFlag.AlignLeft)


def own_choice() -> str:
    return _("The computer’s own choice")
