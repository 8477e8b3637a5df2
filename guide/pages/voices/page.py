"""Voices: which one speaks, how fast and how loud, and the way to record one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import Button, IconButton
from guide.kit.cards import Card, ScrollArea
from guide.kit.choices import Select
from guide.kit.direction import margins
from guide.kit.flow import FlowRow
from guide.kit.guard import Guarded
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.marks import Rule
from guide.kit.nesting import nest
from guide.kit.page_key import key_within
from guide.kit.rows import Glyph, clear
from guide.kit.slider import Slider
from guide.language import _
from guide.live.voices import VoiceOffer
from guide.pages.voices.parts import VoiceRow
from guide.pages.voices.view import LEVELS, PACES, SAMPLE, VoicesView

MARGIN: Final = 40
GAP: Final = 16
TWO_COLUMNS_FROM: Final = 980


class VoicesPage(Guarded, QWidget):
    """Shows a view; what is chosen, heard, set or asked for is told by signals."""

    back_asked = Signal()
    chosen = Signal(str)
    listen_asked = Signal(str)
    stop_asked = Signal()
    pace_changed = Signal(int)
    volume_changed = Signal(float)
    level_asked = Signal()
    level_found = Signal()
    record_asked = Signal(str)
    wish_asked = Signal(str, str)
    import_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view = VoicesView()
        self._wide: bool | None = None
        self.rows: list[VoiceRow] = []
        content = QWidget(self)
        self._lists = {name: QVBoxLayout() for name in ("natural", "computer", "recorded")}
        left = [
            self._card(_("Natural voices, in the program"), "natural"),
            self._card(_("Voices of this computer"), "computer"),
            self._speech(),
        ]
        right = [self._card(_("Recorded by someone you know"), "recorded", icon="partner"), self._invitation()]
        self.natural_card = left[0]
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._columns.setContentsMargins(MARGIN, 0, MARGIN, 20)
        self._columns.setSpacing(GAP)
        for cards in (left, right):
            column = QVBoxLayout()
            column.setSpacing(GAP)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            nest(self._columns, column, 1)
        self.area = ScrollArea(content, look=look, parent=self)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 16, 0, 0)
        around.setSpacing(12)
        nest(around, self._head())
        around.addWidget(self.area, 1)
        key_within(Qt.Key.Key_Escape, self, self.back_asked.emit)
        look.changed.connect(self._arrange)

    def _head(self) -> QHBoxLayout:
        look = self._look
        self.back = IconButton("left", _("Back"), look=look, parent=self)
        self.back.clicked.connect(self.back_asked)
        self.title = Heading(_("Voices"), look=look, role="h1", wrap=False, parent=self)
        says = _("Listen says: “{words}”").format(words=_(SAMPLE))
        self.says = Label(says, look=look, tint="text2", wrap=True, parent=self)
        head = QHBoxLayout()
        head.setContentsMargins(margins(MARGIN - 12, 0, MARGIN, 0))
        head.setSpacing(14)
        head.addWidget(self.back)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.says)
        return head

    def _card(self, title: str, name: str, *, icon: str | None = None) -> Card:
        card = Card(look=self._look, radius=24, padding=0, parent=self)
        card.setAccessibleName(title)
        column = QVBoxLayout(card)
        column.setContentsMargins(26, 20, 26, 16)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(10)
        if icon:
            head.addWidget(Glyph(icon, look=self._look, side=22, parent=card))
        head.addWidget(Heading(title, look=self._look, role="h3", parent=card), 1)
        nest(column, head)
        rows = self._lists[name]
        rows.setSpacing(0)
        nest(column, rows)
        if name == "recorded":
            self.rest = Label("", look=self._look, role="body", tint="text2", wrap=True, parent=card)
            column.addWidget(self.rest)
            self.import_button = Button(_("Import a voice…"), look=self._look, icon="import", size="small", parent=card)
            self.import_button.clicked.connect(self.import_asked)
            buttons = FlowRow(gap=10, parent=card)
            buttons.add(self.import_button)
            column.addWidget(buttons)
        if name == "computer":
            self.missing = Label("", look=self._look, role="small", tint="text2", wrap=True, parent=card)
            column.addWidget(self.missing)
        return card

    def _speech(self) -> Card:
        look = self._look
        card = Card(look=look, radius=24, padding=0, parent=self)
        card.setAccessibleName(_("Pace and volume"))
        column = QVBoxLayout(card)
        column.setContentsMargins(26, 14, 26, 16)
        column.setSpacing(2)
        sliders = QGridLayout()
        sliders.setHorizontalSpacing(14)
        sliders.setVerticalSpacing(2)
        sliders.setColumnStretch(0, 3)
        sliders.setColumnStretch(1, 4)
        nest(column, sliders)

        def slider(words: str, ends: tuple[int, int, int], said: str) -> tuple[Slider, Label]:
            low, high, step = ends
            made = Slider(
                words, look=look, minimum=low, maximum=high, step=step, said=lambda value: said.format(value=value)
            )
            value = Label("", look=look, role="small", tint="text2", parent=card)
            row = sliders.rowCount()
            for place, part in enumerate((Label(words, look=look, wrap=True, parent=card), made, value)):
                sliders.addWidget(part, row, place)
            made.valueChanged.connect(lambda now: value.setText(said.format(value=now)))
            return made, value

        self.pace, self.pace_value = slider(_("Pace of speech"), PACES, _("{value} words a minute"))
        self.volume, self.volume_value = slider(_("Voice volume"), LEVELS, _("{value} %"))
        self.pace.valueChanged.connect(self._pace_moved)
        self.volume.valueChanged.connect(self._volume_moved)
        self.level_button = Button("", look=look, icon="pump", size="small", parent=card)
        self.level_button.clicked.connect(self._level)
        self.level_words = Label("", look=look, role="small", tint="text2", wrap=True, parent=card)
        column.addWidget(self.level_words)
        buttons = FlowRow(gap=10, parent=card)
        buttons.add(self.level_button)
        column.addWidget(buttons)
        return card

    def _invitation(self) -> Card:
        look = self._look
        card = Card(look=look, radius=24, padding=0, parent=self)
        column = QVBoxLayout(card)
        column.setContentsMargins(28, 24, 28, 26)
        column.setSpacing(12)
        column.addWidget(Heading(_("A voice that is with you"), look=look, role="h2", parent=card))
        words = _(
            "Record the prompts in your own or your partner’s voice, one sentence at a time. About a quarter of an "
            "hour for a whole routine, and you can stop after any sentence."
        )
        column.addWidget(Label(words, look=look, tint="text2", wrap=True, parent=card))
        column.addWidget(Label(_("For the routine"), look=look, role="label", tint="text2", parent=card))
        self.routine = Select((), look=look, name=_("For the routine"), framed=True, parent=card)
        column.addWidget(self.routine)
        self.record = Button(_("Record the prompts"), look=look, icon="record", role="primary", parent=card)
        self.record.clicked.connect(lambda: self.record_asked.emit(str(self.routine.value or "")))
        column.addWidget(self.record)
        return card

    def show_view(self, view: VoicesView) -> None:
        before, self._view = self._view, view
        if view.all != before.all or not self.rows:
            self._fill(view)
        for row in self.rows:
            row.choice.setChecked(row.offer.id == view.speaks)
            row.choice.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if row.offer.id == view.speaks else Qt.FocusPolicy.ClickFocus
            )
            row.show_playing(playing=row.offer.id == view.playing)
        for slider, value in ((self.pace, view.pace), (self.volume, round(view.volume * 100))):
            if not slider.isSliderDown():
                slider.blockSignals(True)
                slider.setValue(value)
                slider.blockSignals(False)
        self.pace_value.setText(_("{value} words a minute").format(value=self.pace.value()))
        self.volume_value.setText(_("{value} %").format(value=self.volume.value()))
        self.rest.setText(self._about_the_rest(view))
        self.missing.setText(view.missing)
        self.missing.setVisible(bool(view.missing))
        self._show_level(view)
        if view.routines != before.routines or self.routine.value is None:
            self.routine.set_options(view.routines, value=view.routine)
        self.record.setEnabled(bool(view.routines))
        self._arrange()

    def _about_the_rest(self, view: VoicesView) -> str:
        if view.instead:
            return _("The voice that was chosen is not on this computer any more. {name} speaks instead.").format(
                name=view.instead
            )
        if not view.usual:
            return _("What is not recorded is shown, and not heard: there is no other voice here.")
        return _("What is not recorded is spoken by {name}, so that nothing is ever left out.").format(name=view.usual)

    def _show_level(self, view: VoicesView) -> None:
        self.level_button.setText(_("I hear it well") if view.finding else _("Louder than the pump?"))
        self.level_button.set_role("primary" if view.finding else "standard")
        words = _("It grows louder. Press when you hear it well beside the pump.")
        self.level_words.setText(words if view.finding else _("Switch the pump on, and find the level that you hear."))

    def _fill(self, view: VoicesView) -> None:
        self.rows = []
        for name, offers in (("natural", view.natural), ("computer", view.computer), ("recorded", view.recorded)):
            clear(self._lists[name])
            for number, offer in enumerate(offers):
                if number:
                    self._lists[name].addWidget(Rule(look=self._look, parent=self))
                row = self._row(offer)
                self._lists[name].addWidget(row)
                self.rows.append(row)
        self.natural_card.setVisible(bool(view.natural))

    def _row(self, offer: VoiceOffer) -> VoiceRow:
        row = VoiceRow(offer, look=self._look, parent=self)
        row.chosen.connect(self.chosen)
        row.listen_asked.connect(self.listen_asked)
        row.stop_asked.connect(self.stop_asked)
        row.wish_asked.connect(self.wish_asked)
        row.choice.moved.connect(lambda by: self._move(row, by))
        return row

    def _move(self, row: VoiceRow, by: int) -> None:
        """Choose the row above or below, around the ends."""
        at = self.rows.index(row)
        other = self.rows[(at + by) % len(self.rows)]
        other.choice.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(other.offer.id)

    def _pace_moved(self, value: int) -> None:
        self.pace_changed.emit(value)

    def _volume_moved(self, value: int) -> None:
        self.volume_changed.emit(value / 100)

    def _level(self) -> None:
        if self._view.finding:
            self.level_found.emit()
        else:
            self.level_asked.emit()

    def _arrange(self) -> None:
        wide = self.width() >= self._look.px(TWO_COLUMNS_FROM)
        if wide != self._wide:
            self._wide = wide
            way = QBoxLayout.Direction
            self._columns.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self.says.setVisible(wide)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
