"""The page before a session: its steps at a glance, what to have at hand, and Start."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QHBoxLayout, QMenu, QSlider, QVBoxLayout, QWidget

from guide.compat import override
from guide.core.duration import span
from guide.core.routine import Range
from guide.kit.buttons import IconButton
from guide.kit.cards import Card, ScrollArea
from guide.kit.guard import Guarded
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.marks import Rule
from guide.kit.menu_button import Opener
from guide.kit.timeline import Timeline
from guide.kit.words import effective
from guide.language import _, ngettext
from guide.pages.ready.count import CountOver
from guide.pages.ready.foot import EDGE, Foot
from guide.pages.ready.lines import lines_of
from guide.pages.ready.options import Options
from guide.pages.ready.parts import Fade, Note
from guide.pages.ready.step_list import StepList
from guide.pages.ready.view import ReadyView, bars_of

MARGIN: Final = 40
BETWEEN: Final = 30
BAR: Final = 16
HANG: Final = 12
TWO_COLUMNS_FROM: Final = 960
COUNT_KEYS: Final = "Shift+Space"


class ReadyPage(Guarded, QWidget):
    """Shows one routine before it starts; Start has the focus and keeps it, so Space starts."""

    start_asked = Signal()
    count_asked = Signal()
    count_stopped = Signal()
    back_asked = Signal()
    edit_asked = Signal()
    card_asked = Signal()
    along_asked = Signal()
    words_asked = Signal()
    learn_asked = Signal(str)
    purpose_chosen = Signal(object)
    voice_toggled = Signal(bool)
    voice_chosen = Signal(object)
    voice_asked = Signal()
    hurry_asked = Signal()
    chimes_toggled = Signal(bool)
    quiet_toggled = Signal(bool)
    partner_toggled = Signal(bool)
    sounds_chosen = Signal(object)
    sounds_asked = Signal()
    sounds_volume_changed = Signal(int)
    picture_chosen = Signal(object)
    picture_asked = Signal()
    side_chosen = Signal(object)
    hint_taken = Signal()
    sore_answered = Signal(bool)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view: ReadyView | None = None
        self._wide: bool | None = None
        self._after_answer: SignalInstance | None = None  # what Start was pressed for, before the check
        self._make_top()
        self._make_steps()
        self.options = Options(look=look, parent=self)
        self.foot = Foot(look=look, parent=self)
        self.asking, self.start, self.preparing = self.options.asking, self.foot.start, self.foot.preparing
        self._lay_out()
        self._connect()
        self._keep_start_focused()
        self.count = CountOver(look=look, parent=self)
        self.count.stopped.connect(self.count_stopped)
        self.setFocusProxy(self.start)
        for keys, does in ((Qt.Key.Key_Escape, self.back_asked.emit), (COUNT_KEYS, self.press_count)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)
        look.changed.connect(self._arrange)
        self.area.viewport().installEventFilter(self)
        self.area.verticalScrollBar().valueChanged.connect(self._place_fade)
        self.area.verticalScrollBar().rangeChanged.connect(self._place_fade)

    def _make_top(self) -> None:
        look = self._look
        self.back = IconButton("left", _("Back to the routines"), look=look, parent=self)
        self.title = Heading("", look=look, role="h1_quiet", parent=self)
        self.facts = Label("", look=look, role="body", tint="text2", parent=self)
        # `_arrange` finds room for both; as they are, they would keep the window from growing narrower
        self.title.setMinimumWidth(1)
        self.facts.setMinimumWidth(1)
        self.more = IconButton("dots", _("More to do with this routine"), look=look, parent=self)
        self.menu = QMenu(self)
        self.more.clicked.connect(self._open_menu)
        self.timeline = Timeline(look=look, parent=self)
        self.timeline.set_unit(14 / 12)

    def _make_steps(self) -> None:
        look = self._look
        self.steps_opener = Opener("", look=look, parent=self)
        self.steps_opener.clicked.connect(self._fold_steps)
        self.steps_card = Card(look=look, padding=0, parent=self)
        self.steps = StepList(look=look, parent=self.steps_card)
        range_words = _("A range ends when your milk slows, or by itself.")
        suggested_words = _("Suggested times are ours, not a source's. Make them yours.")
        self.range_note = Note("clock", range_words, look=look, parent=self.steps_card)
        self.suggested_note = Note("pencil", suggested_words, look=look, parent=self.steps_card)
        column = QVBoxLayout(self.steps_card)
        column.setContentsMargins(18, 12, 18, 14)
        column.setSpacing(2)
        column.addWidget(self.steps, 1)
        column.addStretch(0)
        column.addSpacing(8)
        column.addWidget(Rule(look=look, parent=self.steps_card))
        column.addSpacing(6)
        column.addWidget(self.range_note)
        column.addWidget(self.suggested_note)

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
        top.addWidget(self.more)
        self._content = QWidget(self)
        self._parts = QVBoxLayout(self._content)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(10)
        self._parts.addWidget(self.options)
        self._parts.addWidget(self.steps_opener, 0, Qt.AlignmentFlag.AlignLeft)
        self.area = ScrollArea(self._content, look=self._look, parent=self)
        self.fade = Fade(look=self._look, parent=self.area)
        self._left = QVBoxLayout()
        self._right = QVBoxLayout()
        self._right.setSpacing(2)
        self._right.addWidget(self.area, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, BAR - EDGE, 0)
        foot.addWidget(self.foot)
        self._right.addLayout(foot)
        self._columns = QHBoxLayout()
        self._columns.setContentsMargins(HANG, 0, 0, 0)
        self._columns.setSpacing(BETWEEN)
        self._columns.addLayout(self._left)
        self._columns.addLayout(self._right)
        page = QVBoxLayout(self)
        page.setContentsMargins(MARGIN - HANG, 20, MARGIN - BAR, 20 - EDGE)
        page.setSpacing(12)
        page.addLayout(top)
        bars = QHBoxLayout()
        bars.setContentsMargins(HANG, 0, BAR, 0)
        bars.addWidget(self.timeline)
        page.addLayout(bars)
        page.addSpacing(4)
        page.addLayout(self._columns, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.start.clicked.connect(self.press_start)
        self.foot.later.clicked.connect(self.press_count)
        self.foot.words_asked.connect(self.words_asked)
        options, guidance = self.options, self.options.guidance
        options.asking.answered.connect(self._answer)
        options.resting.care.clicked.connect(lambda: self.learn_asked.emit("care-card"))
        options.resting.better.clicked.connect(lambda: self.sore_answered.emit(False))
        options.learn_asked.connect(self.learn_asked)
        options.hint_button.clicked.connect(self.hint_taken)
        options.purpose.chosen.connect(self.purpose_chosen)
        options.side.chosen.connect(self.side_chosen)
        for inner, outer in (
            (guidance.voice_toggled, self.voice_toggled),
            (guidance.voice_chosen, self.voice_chosen),
            (guidance.voice_asked, self.voice_asked),
            (self.foot.preparing.hurry.clicked, self.hurry_asked),
            (guidance.chimes_toggled, self.chimes_toggled),
            (guidance.quiet_toggled, self.quiet_toggled),
            (guidance.partner_toggled, self.partner_toggled),
            (guidance.sounds_chosen, self.sounds_chosen),
            (guidance.sounds_asked, self.sounds_asked),
            (guidance.sounds_volume_changed, self.sounds_volume_changed),
            (guidance.picture_chosen, self.picture_chosen),
            (guidance.picture_asked, self.picture_asked),
        ):
            inner.connect(outer)

    def _keep_start_focused(self) -> None:
        """A click does what it does, and Space goes on meaning Start: only Tab takes the focus elsewhere."""
        for control in (*self.findChildren(QAbstractButton), *self.findChildren(QSlider)):
            if control is not self.start:
                control.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    # what is shown

    @property
    def view(self) -> ReadyView | None:
        return self._view

    def show_routine(self, view: ReadyView) -> None:
        before, self._view = self._view, view
        if before is None or before.id != view.id:
            self._after_answer = None
            self.area.verticalScrollBar().setValue(0)
            self.steps.scrollToTop()
        if not view.asks:
            self._after_answer = None
        anew = before is None or before.routine != view.routine
        self.title.setText(view.routine.name)
        self._show_facts(view)
        self.timeline.show_bars(bars_of(view.plan))
        self.timeline.describe(view.routine.name)
        self.steps.show_lines(lines_of(view.plan), number_free=view.number_free, yours=view.yours)
        steps = [segment.step for segment in view.plan.segments]
        self.range_note.setVisible(any(isinstance(step.length, Range) for step in steps) and not view.number_free)
        self.suggested_note.setVisible(any(step.suggested for step in steps) and not view.number_free)
        self.options.show_view(view, anew=anew)
        self.foot.show_view(view)
        self._say_steps()
        if anew:
            self._keep_start_focused()
            self._order()
        self._arrange()

    def _order(self) -> None:
        order = [
            self.start,
            self.foot.later,
            self.back,
            self.more,
            self.steps_opener,
            self.steps,
            *self.options.order(),
        ]
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)
        QWidget.setTabOrder(order[-1], self.foot.words_button)

    def show_preparing(self, done: int, count: int, left: timedelta | None = None) -> None:
        """Put the progress of the voice in Start's place."""
        self.foot.show_preparing(done, count, left)

    def show_ready(self) -> None:
        """Give Start its place back."""
        self.foot.show_ready()

    def _show_facts(self, view: ReadyView) -> None:
        parts: list[tuple[str, bool]] = []
        if not view.number_free:
            parts.append((span(view.plan.shortest, view.plan.longest), False))
            if view.done_by:
                before, _time, after = _("done by about {time}").partition("{time}")
                parts += [("  ·  " + before, False), (view.done_by, True), (after, False)]
        self.facts.set_parts([part for part in parts if part[0]])

    def _say_steps(self) -> None:
        count = len(self._view.plan.segments) if self._view is not None else 0
        words = ngettext("All {count} step", "All {count} steps", count).format(count=count)
        self.steps_opener.show_text(words, icon="down" if self.steps_card.isHidden() else "up")

    def _fold_steps(self) -> None:
        self.steps_card.setVisible(self.steps_card.isHidden())
        self._say_steps()
        if not self.steps_card.isHidden():
            QTimer.singleShot(0, self, lambda: self._bring_up(self.steps_opener))  # once it is laid out

    def show_about(self) -> None:
        self.options.about.show()
        self.options.about.close_button.setFocus(Qt.FocusReason.TabFocusReason)
        QTimer.singleShot(0, self, lambda: self._bring_up(self.options.about))

    def _bring_up(self, widget: QWidget) -> None:
        self.area.verticalScrollBar().setValue(widget.mapTo(self._content, QPoint(0, 0)).y())

    def _open_menu(self) -> None:
        self.menu.clear()
        self.menu.setFont(self._look.font("body"))
        view = self._view
        self.menu.addAction(_("About this routine")).triggered.connect(self.show_about)
        self.menu.addAction(_("Edit")).triggered.connect(self.edit_asked)
        if view is not None and view.along:
            self.menu.addAction(_("Take it along")).triggered.connect(self.along_asked)
        else:
            self.menu.addAction(_("Print a card")).triggered.connect(self.card_asked)
        if view is not None and view.listens:
            self.menu.addAction(_("Your words")).triggered.connect(self.words_asked)
        corner = self.more.mapToGlobal(self.more.rect().bottomRight())
        self.menu.popup(QPoint(max(0, corner.x() - self.menu.sizeHint().width()), corner.y() + 2))

    # what is pressed

    def press_start(self) -> None:
        """Start, or ask the check first; a routine that rests today does neither."""
        self._press(self.start_asked)

    def press_count(self) -> None:
        """Start after a count, by the same rules: what is to be asked is asked before it."""
        self._press(self.count_asked)

    def _press(self, asked: SignalInstance) -> None:
        view = self._view
        if view is None or view.rests:
            return
        if view.asks:
            self._after_answer = asked
            self.area.ensureWidgetVisible(self.asking)
            yes, no = self.asking.yes.text()[:1], self.asking.no.text()[:1]
            self.foot.tell(_("First the question above: press {no} or {yes}").format(no=no, yes=yes), key=False)
            self.asking.lead_here()
        else:
            asked.emit()

    def _answer(self, sore: bool) -> None:
        asked, self._after_answer = self._after_answer, None
        self.start.setFocus()
        self.sore_answered.emit(sore)
        if asked is not None and not sore:
            asked.emit()

    def show_count(self, left: int | None) -> None:
        """The seconds that are left of a count, over all of the page; None as it was before."""
        if left is not None:
            self.count.setGeometry(self.rect())
            self.count.show_left(left)
        elif not self.count.isHidden():
            self.count.hide()
            self.start.setFocus()

    # where it stands

    def _arrange(self) -> None:
        wide = effective(self.width(), self._look.scale) >= TWO_COLUMNS_FROM
        if wide != self._wide:
            self._wide = wide
            self._left.removeWidget(self.steps_card)
            self._parts.removeWidget(self.steps_card)
            (self._left if wide else self._parts).addWidget(self.steps_card)
            self._columns.setStretch(0, 532 if wide else 0)
            self._columns.setStretch(1, 518 + BAR + EDGE if wide else 1)
            self._columns.setSpacing(BETWEEN - EDGE if wide else 0)
            self._columns.setContentsMargins(HANG if wide else HANG - EDGE, 0, 0, 0)
            self.steps.set_whole(whole=not wide)
            self.steps_card.setVisible(wide)
            self.steps_opener.setVisible(not wide)
            self._say_steps()
        wanted = self.back.sizeHint().width() * 2 + self.title.sizeHint().width() + self.facts.sizeHint().width() + 60
        beside = wanted <= self.width() - 2 * MARGIN
        self.title.set_role("h1_quiet" if beside or wide else "h2")
        self._words.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.foot.fit(roomy=wide)
        # the scroll bar stands in the page's margin
        bar = self.area.width() - self.area.viewport().width()
        self._content.setContentsMargins(EDGE, 0, max(0, BAR - bar), 0)
        self.options.fit(self.area.viewport().width() - EDGE - max(0, BAR - bar))
        self._place_fade()

    def _place_fade(self) -> None:
        bar = self.area.verticalScrollBar()
        self.fade.setVisible(bar.value() < bar.maximum())
        room = self.area.viewport().geometry()
        self.fade.setGeometry(room.left(), room.bottom() + 1 - Fade.TALL, room.width(), Fade.TALL)
        self.fade.raise_()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.count.setGeometry(self.rect())
        self._arrange()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False
