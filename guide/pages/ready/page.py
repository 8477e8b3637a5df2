"""The page before a session: its steps at a glance, what to have at hand, and Start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from guide.compat import override
from guide.core.duration import span
from guide.core.routine import Range, Side
from guide.kit.buttons import Button, IconButton
from guide.kit.cards import Card, ScrollArea
from guide.kit.choices import Segmented, Switch
from guide.kit.flow import FlowRow
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.marks import KeyCap, Rule
from guide.kit.rows import Glyph, Row, clear
from guide.kit.timeline import Timeline
from guide.kit.words import PURPOSES, effective
from guide.pages.ready.lines import lines_of
from guide.pages.ready.parts import About, Asking, Item, Opener, Preparing
from guide.pages.ready.step_list import StepList
from guide.pages.ready.view import QUESTION, SORE_NOTE, ReadyView, bars_of, begins_with_a_side

MARGIN: Final = 40
BETWEEN: Final = 30
BAR: Final = 16
HANG: Final = 12
SHORT: Final = 480
TWO_COLUMNS_FROM: Final = 960


class ReadyPage(Guarded, QWidget):
    """Shows one routine before it starts; Start has the focus, so Space starts."""

    start_asked = Signal()
    back_asked = Signal()
    edit_asked = Signal()
    card_asked = Signal()
    learn_asked = Signal(str)
    purpose_chosen = Signal(object)
    voice_toggled = Signal(bool)
    voice_asked = Signal()
    chimes_toggled = Signal(bool)
    quiet_toggled = Signal(bool)
    partner_toggled = Signal(bool)
    side_chosen = Signal(object)
    hint_taken = Signal()
    sore_answered = Signal(bool)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view: ReadyView | None = None
        self._wide: bool | None = None
        self._short = False
        self._start_after_answer = False
        self.items: list[Item] = []
        self._make_top()
        self._make_steps()
        self._make_options()
        self._make_bottom()
        self._lay_out()
        self.setFocusProxy(self.start)
        QShortcut(
            QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        ).activated.connect(self.back_asked)
        look.changed.connect(self._arrange)
        self.area.viewport().installEventFilter(self)

    # the parts

    def _make_top(self) -> None:
        look = self._look
        self.back = IconButton("left", "Back to the routines", look=look, parent=self)
        self.title = Heading("", look=look, role="h1_quiet", parent=self)
        self.facts = Label("", look=look, role="body", tint="text2", parent=self)
        # `_arrange` finds room for both; as they are, they would keep the window from growing narrower
        self.title.setMinimumWidth(1)
        self.facts.setMinimumWidth(1)
        self.timeline = Timeline(look=look, parent=self)
        self.timeline.set_unit(14 / 12)
        self.back.clicked.connect(self.back_asked)

    def _make_steps(self) -> None:
        look = self._look
        self.steps_card = Card(look=look, padding=0, parent=self)
        self.steps = StepList(look=look, parent=self.steps_card)
        self.range_note = self._note("clock", "A range ends when your milk slows, or by itself.", self.steps_card)
        self.suggested_note = self._note(
            "pencil", "Suggested times are ours, not a source's. Make them yours.", self.steps_card
        )
        column = QVBoxLayout(self.steps_card)
        column.setContentsMargins(18, 12, 18, 14)
        column.setSpacing(2)
        column.addWidget(self.steps, 1)
        column.addStretch(0)
        column.addSpacing(8)
        rule = Rule(look=look, parent=self.steps_card)
        column.addWidget(rule)
        column.addSpacing(6)
        column.addWidget(self.range_note)
        column.addWidget(self.suggested_note)

    def _note(self, icon: str, words: str, parent: QWidget) -> QWidget:
        note = QWidget(parent)
        row = QHBoxLayout(note)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(10)
        row.addWidget(Glyph(icon, look=self._look, side=20, parent=note), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(words, look=self._look, role="small", tint="text2", wrap=True, parent=note), 1)
        return note

    def _make_options(self) -> None:
        look = self._look
        self.options = QWidget(self)
        self.warnings = QWidget(self.options)
        self._warnings = QVBoxLayout(self.warnings)
        self._warnings.setContentsMargins(0, 0, 0, 0)
        self.hint_card = Card(look=look, radius=18, tint="accent_soft", padding=0, parent=self.options)
        self.hint = Label("", look=look, role="body", wrap=True, parent=self.hint_card)
        self.hint_button = Button("", look=look, role="inset", size="small", parent=self.hint_card)
        self.hint_button.clicked.connect(self.hint_taken)
        row = QHBoxLayout(self.hint_card)
        row.setContentsMargins(20, 10, 14, 10)
        row.setSpacing(12)
        row.addWidget(self.hint, 1)
        row.addWidget(self.hint_button)
        self.items_head = self._head("At hand")
        self._items = QGridLayout()
        self._items.setHorizontalSpacing(24)
        self._items.setVerticalSpacing(0)
        self.purpose = Segmented(list(PURPOSES.items()), look=look, name="Today this is to", parent=self.options)
        self.purpose.chosen.connect(self.purpose_chosen)
        self.purpose_link = Button("What these mean", look=look, role="quiet", size="small", parent=self.options)
        self.purpose_link.clicked.connect(lambda: self.learn_asked.emit("purposes"))
        sides = ((Side.LEFT, "Left"), (Side.RIGHT, "Right"))
        self.side = Segmented(sides, look=look, name="Begin with", parent=self.options)
        self.side.chosen.connect(self.side_chosen)
        self.side_row = Row("Begin with", self.side, look=look, parent=self.options)
        self.voice = Switch("Spoken prompts", look=look)
        self.voice_button = Opener("Voice", look=look, parent=self.options)
        self.chimes = Switch("Soft chimes", look=look)
        self.quiet = Switch("Quiet night: hushed sound, larger words", look=look)
        self.partner = Switch("Prompts for your partner", look=look)
        self.voice_button.clicked.connect(self.voice_asked)
        for switch, signal in (
            (self.voice, self.voice_toggled),
            (self.chimes, self.chimes_toggled),
            (self.quiet, self.quiet_toggled),
            (self.partner, self.partner_toggled),
        ):
            switch.clicked.connect(signal)
        self._guidance = [
            Row(words, *controls, look=look, icon=icon, height=44, parent=self.options)
            for words, icon, controls in (
                ("Spoken prompts", "voice", (self.voice_button, self.voice)),
                ("Soft chimes", "chime", (self.chimes,)),
                ("Quiet night: hushed sound, larger words", "quiet", (self.quiet,)),
                ("Prompts for your partner", "partner", (self.partner,)),
            )
        ]
        self.about = About(look=look, parent=self.options)
        self.edit_button = Button("Edit", look=look, icon="pencil", role="quiet", size="small", parent=self.options)
        self.card_button = Button("Print a card", look=look, role="quiet", size="small", parent=self.options)
        self.edit_button.clicked.connect(self.edit_asked)
        self.card_button.clicked.connect(self.card_asked)
        foot = FlowRow(parent=self.options)
        for button in (self.about.opener, self.edit_button, self.card_button):
            foot.add(button)
        purpose_head = QHBoxLayout()
        purpose_head.addWidget(self._head("Today this is to"))
        purpose_head.addStretch(1)
        purpose_head.addWidget(self.purpose_link)
        column = QVBoxLayout(self.options)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.warnings)
        column.addWidget(self.hint_card)
        self._after_hint = QWidget(self.options)
        self._after_hint.setFixedHeight(14)
        column.addWidget(self._after_hint)
        column.addWidget(self.items_head)
        column.addLayout(self._items)
        column.addSpacing(10)
        column.addLayout(purpose_head)
        column.addWidget(self.purpose)
        column.addWidget(self.side_row)
        column.addSpacing(16)
        column.addWidget(self._head("Guidance"))
        for each in self._guidance:
            column.addWidget(each)
        column.addSpacing(6)
        column.addWidget(foot)
        column.addWidget(self.about)
        self.about.opened.connect(lambda: QTimer.singleShot(0, self, self._show_about))  # once it is laid out
        column.addStretch(1)

    def _show_about(self) -> None:
        top = self.about.opener.mapTo(self._content, QPoint(0, 0)).y()
        bar = self.area.verticalScrollBar()
        if self.about.mapTo(self.area.viewport(), self.about.rect().bottomLeft()).y() > self.area.viewport().height():
            bar.setValue(top)

    def _head(self, text: str) -> Label:
        return Label(text, look=self._look, role="label", tint="text2", weight=600, parent=self.options)

    def _make_bottom(self) -> None:
        look = self._look
        self.bottom = QWidget(self)
        self.asking = Asking(look=look, parent=self.bottom)
        self.asking.answered.connect(self._answer)
        self.resting = Card(look=look, radius=18, tint="accent_soft", padding=0, parent=self.bottom)
        self.resting_words = Label(SORE_NOTE, look=look, role="body", wrap=True, parent=self.resting)
        self.care_button = Button("When to seek care", look=look, role="inset", size="small", parent=self.resting)
        self.better_button = Button("It is better now", look=look, role="inset", size="small", parent=self.resting)
        self.care_button.clicked.connect(lambda: self.learn_asked.emit("care-card"))
        self.better_button.clicked.connect(lambda: self.sore_answered.emit(False))
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.care_button)
        buttons.addWidget(self.better_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self.resting)
        column.setContentsMargins(20, 12, 20, 14)
        column.setSpacing(10)
        column.addWidget(self.resting_words)
        column.addLayout(buttons)
        self.start = Button(
            "Start", look=look, icon="play", role="primary", size="start", always_ring=True, parent=self.bottom
        )
        self.start.clicked.connect(self.press_start)
        self.preparing = Preparing(look=look, parent=self.bottom)
        self.preparing.hide()
        self.key_hint = QWidget(self.bottom)
        keys = QHBoxLayout(self.key_hint)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(8)
        keys.addStretch(1)
        keys.addWidget(Label("or press the pedal, or", look=look, role="small", tint="text2", parent=self.key_hint))
        keys.addWidget(KeyCap("Space", look=look, parent=self.key_hint))
        keys.addStretch(1)
        self._stack = stack = QVBoxLayout(self.bottom)
        stack.setContentsMargins(0, 0, BAR, 0)
        stack.setSpacing(14)
        stack.addWidget(self.asking)
        stack.addWidget(self.resting)
        stack.addWidget(self.start)
        stack.addWidget(self.preparing)
        stack.addWidget(self.key_hint)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, BAR, 0)
        top.setSpacing(18)
        top.addWidget(self.back)
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.setSpacing(4)
        self._words.addWidget(self.title, 1)
        self._words.addWidget(self.facts)
        top.addLayout(self._words, 1)
        self._content = QWidget(self)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._content)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(22)
        self.area = ScrollArea(self._content, look=self._look, parent=self)
        self._left = QVBoxLayout()
        self._right = QVBoxLayout()
        self._right.setSpacing(16)
        self._right.addWidget(self.area, 1)
        self._right.addWidget(self.bottom)
        self._columns = QHBoxLayout()
        self._columns.setContentsMargins(HANG, 0, 0, 0)
        self._columns.setSpacing(BETWEEN)
        self._columns.addLayout(self._left)
        self._columns.addLayout(self._right)
        page = QVBoxLayout(self)
        page.setContentsMargins(MARGIN - HANG, 22, MARGIN - BAR, 20)
        page.setSpacing(14)
        page.addLayout(top)
        bars = QHBoxLayout()
        bars.setContentsMargins(HANG, 0, BAR, 0)
        bars.addWidget(self.timeline)
        page.addLayout(bars)
        page.addSpacing(6)
        page.addLayout(self._columns, 1)
        self._page = page

    # what is shown

    @property
    def view(self) -> ReadyView | None:
        return self._view

    def show_routine(self, view: ReadyView) -> None:
        before, self._view = self._view, view
        routine = view.routine
        if before is None or before.id != view.id:
            self._start_after_answer = False
            self.area.verticalScrollBar().setValue(0)
            self.steps.scrollToTop()
        if before is None or before.routine != routine:
            self._show_items(routine.get_ready)
            self.about.show_routine(routine)
        self.title.setText(routine.name)
        self._show_facts(view)
        self.timeline.show_bars(bars_of(view.plan))
        self.timeline.describe(routine.name)
        self.steps.show_lines(lines_of(view.plan), number_free=view.number_free)
        steps = [segment.step for segment in view.plan.segments]
        self.range_note.setVisible(any(isinstance(step.length, Range) for step in steps) and not view.number_free)
        self.suggested_note.setVisible(any(step.suggested for step in steps) and not view.number_free)
        self._show_warnings(view.warnings)
        hinted = bool(view.hint) and not view.number_free
        self.hint.setText(view.hint)
        self.hint_button.setText(view.hint_action)
        self.hint_button.setVisible(bool(view.hint_action))
        self.hint_card.setVisible(hinted)
        self._after_hint.setVisible(hinted or bool(view.warnings))
        self.purpose.set_value(view.purpose)
        self.side.set_value(view.plan.first)
        self.side_row.setVisible(begins_with_a_side(routine))
        self.voice.setChecked(view.voice_on)
        self.voice_button.show_text(view.voice_name)
        self.voice_button.setVisible(bool(view.voice_name))
        self.chimes.setChecked(view.chimes_on)
        self.quiet.setChecked(view.quiet)
        self.partner.setChecked(view.partner)
        self._show_check(view)
        self._arrange()

    def show_preparing(self, done: int, count: int) -> None:
        """Put the progress of the voice in Start's place."""
        begins = self.preparing.isHidden()
        self.preparing.show_share(done / count if count else 0.0)
        self.preparing.setMinimumHeight(self.start.sizeHint().height())
        self.preparing.show()
        if begins:
            self.preparing.setFocus()
        self.start.hide()
        self.key_hint.hide()
        if begins:
            announce(self.preparing, self.preparing.words.text())

    def show_ready(self) -> None:
        """Give Start its place back."""
        if not self.preparing.isHidden():
            self.start.show()
            self.start.setFocus()
            self.preparing.hide()
            self.key_hint.setVisible(bool(self._wide))

    def _show_facts(self, view: ReadyView) -> None:
        parts: list[tuple[str, bool]] = []
        if not view.number_free:
            parts.append((span(view.plan.shortest, view.plan.longest), False))
            if view.done_by:
                parts += [("  ·  done by about ", False), (view.done_by, True)]
        self.facts.set_parts(parts)

    def _show_items(self, texts: Sequence[str]) -> None:
        for item in self.items:
            item.hide()
            item.deleteLater()
        self.items = [Item(text, look=self._look, parent=self.options) for text in texts]
        before: QWidget = self.hint_button
        for item in self.items:
            QWidget.setTabOrder(before, item)
            before = item
        self.items_head.setVisible(bool(texts))
        self._place_items()

    def _place_items(self) -> None:
        while self._items.count():
            self._items.takeAt(0)
        room = self.options.width() // 2 - 12
        columns = 2 if all(item.sizeHint().width() <= room for item in self.items) else 1
        for number, item in enumerate(self.items):
            self._items.addWidget(item, number // columns, number % columns)
            item.show()

    def _show_warnings(self, warnings: Sequence[str]) -> None:
        clear(self._warnings)
        for words in warnings:
            self._warnings.addWidget(self._note("info", words, self.warnings))
        self.warnings.setVisible(bool(warnings))

    def _show_check(self, view: ReadyView) -> None:
        self.asking.setVisible(view.asks)
        self.resting.setVisible(view.rests)
        self.start.setEnabled(not view.rests)
        self.start.setToolTip(SORE_NOTE if view.rests else "")
        self.start.setAccessibleDescription(SORE_NOTE if view.rests else "")

    # what is pressed

    def press_start(self) -> None:
        """Start, or ask the check first; a routine that rests today does neither."""
        view = self._view
        if view is None or view.rests:
            return
        if view.asks:
            self._start_after_answer = True
            self.asking.no.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(self.asking)
            announce(self.asking, QUESTION)
        else:
            self.start_asked.emit()

    def _answer(self, sore: bool) -> None:
        starts = self._start_after_answer and not sore
        self._start_after_answer = False
        self.start.setFocus()
        self.sore_answered.emit(sore)
        if starts:
            self.start_asked.emit()

    # where it stands

    def _arrange(self) -> None:
        wide = effective(self.width(), self._look.scale) >= TWO_COLUMNS_FROM
        if wide != self._wide:
            self._wide = wide
            self._left.removeWidget(self.steps_card)
            self._parts.removeWidget(self.steps_card)
            self._parts.removeWidget(self.options)
            (self._left if wide else self._parts).addWidget(self.steps_card)
            self._parts.addWidget(self.options, 1)
            self._columns.setStretch(0, 532 if wide else 0)
            self._columns.setStretch(1, 518 + BAR if wide else 1)
            self._columns.setSpacing(BETWEEN if wide else 0)
            self.steps.set_whole(whole=not wide)
            self.key_hint.setVisible(wide and self.preparing.isHidden())
        short_page = not wide and self.height() / self._look.scale < SHORT
        if short_page != self._short:
            self._short = short_page
            self._place_check(above=not short_page)
        self.title.set_role("h2" if short_page else "h1_quiet")
        wanted = self.back.sizeHint().width() + self.title.sizeHint().width() + self.facts.sizeHint().width() + 24
        beside = wanted <= self.width() - 2 * MARGIN
        self._words.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        tall, letters = (92, 29) if wide else (76, 24)
        self.start.set_size(min(self._look.px(tall), 110), self._look.sized(letters, 600))
        # the scroll bar stands in the page's margin
        bar = self.area.width() - self.area.viewport().width()
        self._content.setContentsMargins(0, 0, max(0, BAR - bar), 0)
        self.area.setMinimumWidth(self._content.minimumSizeHint().width() + bar if wide else 0)
        self._place_items()

    def _place_check(self, *, above: bool) -> None:
        """Keep the check above Start; where the page is short, it scrolls with the rest, first of all."""
        for number, card in enumerate((self.asking, self.resting)):
            shown = not card.isHidden()
            if above:
                self._parts.removeWidget(card)
                self._stack.insertWidget(number, card)
            else:
                self._stack.removeWidget(card)
                self._parts.insertWidget(number, card)
            card.setVisible(shown)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False
