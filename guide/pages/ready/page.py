"""The page before a session: its steps at a glance, what to have at hand, and Start."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, SignalInstance
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.cards import ScrollArea
from guide.kit.direction import margins
from guide.kit.look import Look
from guide.kit.menu_button import Opener
from guide.kit.nesting import nest
from guide.kit.other_letters import letter_of
from guide.kit.page_key import key_within
from guide.kit.words import effective
from guide.language import ngettext
from guide.live.keys import MODIFIED
from guide.pages.ready.asks import Asks
from guide.pages.ready.count import CountOver
from guide.pages.ready.foot import EDGE, Foot
from guide.pages.ready.head import BAR, HANG, Head
from guide.pages.ready.options import Options
from guide.pages.ready.parts import Fade
from guide.pages.ready.steps_card import StepsCard
from guide.pages.ready.view import ReadyView

MARGIN: Final = 40
BETWEEN: Final = 30
BETWEEN_PARTS: Final = 12
TWO_COLUMNS_FROM: Final = 960
COUNT_KEYS: Final = "Shift+Space"


class ReadyPage(Asks):
    """Shows one routine before it starts; Start has the focus and keeps it, so Space starts."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view: ReadyView | None = None
        self._wide: bool | None = None
        self.head = Head(look=look, parent=self)
        self.steps_opener = Opener("", look=look, parent=self)
        self.steps_opener.clicked.connect(self._fold_steps)
        self.steps_card = StepsCard(look=look, parent=self)
        self.back, self.more, self.steps = self.head.back, self.head.more, self.steps_card.steps
        self.options = Options(look=look, parent=self)
        self.foot = Foot(look=look, parent=self)
        self.asking, self.guidance = self.options.asking, self.options.guidance
        self.start, self.preparing = self.foot.start, self.foot.preparing
        self._lay_out()
        self._connect()
        self._keep_start_focused()
        self.count = CountOver(look=look, parent=self)
        self.count.stopped.connect(self.count_stopped)
        self.first = self.start
        for keys, does in ((Qt.Key.Key_Escape, self._escape), (COUNT_KEYS, self.press_count)):
            key_within(keys, self, does)
        look.changed.connect(self._arrange)
        self.area.viewport().installEventFilter(self)
        self.area.verticalScrollBar().valueChanged.connect(self._place_fade)
        self.area.verticalScrollBar().rangeChanged.connect(self._place_fade)

    def _lay_out(self) -> None:
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
        foot.setContentsMargins(margins(0, 0, BAR - EDGE, 0))
        foot.addWidget(self.foot)
        nest(self._right, foot)
        self._columns = QHBoxLayout()
        self._columns.setContentsMargins(margins(HANG, 0, 0, 0))
        self._columns.setSpacing(BETWEEN)
        nest(self._columns, self._left)
        nest(self._columns, self._right)
        page = QVBoxLayout(self)
        page.setContentsMargins(margins(MARGIN - HANG, 20, MARGIN - BAR, 20 - EDGE))
        page.setSpacing(BETWEEN_PARTS)
        page.addWidget(self.head)
        page.addSpacing(4)
        nest(page, self._columns, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.start.clicked.connect(self.press_start)
        self.foot.later.clicked.connect(self.press_count)
        self.foot.words_asked.connect(self.words_asked)
        options = self.options
        options.asking.answered.connect(self._answer)
        options.about.close_button.clicked.connect(self._close_about)
        options.resting.care.clicked.connect(lambda: self.learn_asked.emit("care-card"))
        options.resting.gentle.clicked.connect(self.gentle_asked)
        options.resting.better.clicked.connect(lambda: self.sore_answered.emit(False))
        options.learn_asked.connect(self.learn_asked)
        options.hint.button.clicked.connect(self.hint_taken)
        options.unfinished.button.clicked.connect(self.edit_asked)
        options.purpose.chosen.connect(self.purpose_chosen)
        options.side.chosen.connect(self.side_chosen)
        head = self.head
        head.about_asked.connect(self.show_about)
        for inner, outer in (
            (head.edit_asked, self.edit_asked),
            (head.card_asked, self.card_asked),
            (head.along_asked, self.along_asked),
            (head.words_asked, self.words_asked),
            (self.foot.preparing.hurry.clicked, self.hurry_asked),
        ):
            inner.connect(outer)

    def _keep_start_focused(self) -> None:
        """A click does what it does, and Space goes on meaning Start: only Tab takes the focus elsewhere."""
        for control in (*self.findChildren(QAbstractButton), *self.findChildren(QSlider)):
            if control is not self.start:
                control.setFocusPolicy(control.focusPolicy() & Qt.FocusPolicy.TabFocus)

    # what is shown

    @property
    def view(self) -> ReadyView | None:
        return self._view

    def show_routine(self, view: ReadyView) -> None:
        before, self._view = self._view, view
        if before is None or before.id != view.id:
            self.area.verticalScrollBar().setValue(0)
            self.steps.scrollToTop()
        anew = before is None or before.routine != view.routine
        self.head.show_view(view)
        self.steps_card.show_view(view)
        self.options.show_view(view, anew=anew)
        self.foot.show_view(view)
        self._say_steps()
        if anew:
            self._keep_start_focused()
            self._order()
        self._arrange()
        self._make_room_to_ask()
        self._lead(changed=before is not None and before.rests != view.rests)

    def _lead(self, *, changed: bool) -> None:
        """
        Where Start cannot be pressed, the focus is on what a key may press instead: when to seek care.

        Not on *It is better now*: Space, meant for Start, would answer the check.
        """
        rests = self._view is not None and self._view.rests
        self.first = self.options.resting.care if rests else self.start
        focus = QApplication.focusWidget()
        if changed and self.isVisible() and (focus is None or self.isAncestorOf(focus)):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _order(self) -> None:
        first = (self.start, self.foot.later, self.back, self.more, self.steps_opener, self.steps)
        for one, other in pairwise((*first, *self.options.order(), self.foot.words_button)):
            QWidget.setTabOrder(one, other)

    def show_preparing(self, done: int, count: int, left: timedelta | None = None) -> None:
        """Put the progress of the voice in Start's place."""
        self.foot.show_preparing(done, count, left)

    def show_ready(self) -> None:
        """Give Start its place back."""
        self.foot.show_ready()

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

    def _escape(self) -> None:
        """What was opened last closes first; then the page."""
        if self.options.about.isVisibleTo(self):
            self._close_about()
        else:
            self.back_asked.emit()

    def _close_about(self) -> None:
        self.options.about.hide()
        self.start.setFocus()

    def _bring_up(self, widget: QWidget) -> None:
        self.area.verticalScrollBar().setValue(widget.mapTo(self._content, QPoint(0, 0)).y())

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
            self.asking.lead_here()
            self._show_question()
        else:
            asked.emit()

    def _show_question(self) -> None:
        """All of the question that Start led to; where there is no room for it, from its first words on."""
        self._make_room_to_ask()
        if self.asking.height() > self.area.viewport().height():
            self._bring_up(self.asking)
        else:
            self.area.ensureWidgetVisible(self.asking, 0, 0)

    def _make_room_to_ask(self) -> None:
        """In a low window, beneath messages, the name of the routine gives its place to the question."""
        given = self.head.sizeHint().height() + BETWEEN_PARTS if self.head.isHidden() else 0
        lacks = self.area.viewport().height() - given < self.asking.height()
        self.head.setVisible(not (self.asking.led_here and lacks))

    def _answer(self, sore: bool) -> None:
        """One press answers, and does nothing else; Start has the focus then, and the next one starts."""
        self.start.setFocus()
        self.sore_answered.emit(sore)

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
            self._columns.setContentsMargins(margins(HANG if wide else HANG - EDGE, 0, 0, 0))
            self.steps.set_whole(whole=not wide)
            self.steps_card.setVisible(wide)
            self.steps_opener.setVisible(not wide)
            self._say_steps()
        self.head.fit(self.width() - 2 * MARGIN, wide=wide)
        self.foot.fit(roomy=wide)
        self._arrange_within()

    def _arrange_within(self) -> None:
        """The scroll bar stands in the page's margin."""
        bar = self.area.width() - self.area.viewport().width()
        self._content.setContentsMargins(margins(EDGE, 0, max(0, BAR - bar), 0))
        self.options.fit(self.area.viewport().width() - EDGE - max(0, BAR - bar))
        self._place_fade()

    def _place_fade(self) -> None:
        bar = self.area.verticalScrollBar()
        self.fade.setVisible(bar.value() < bar.maximum())
        room = self.area.viewport().geometry()
        self.fade.setGeometry(room.left(), room.bottom() + 1 - Fade.TALL, room.width(), Fade.TALL)
        self.fade.raise_()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter that answers the check does so wherever the focus is."""
        asks = self._view is not None and self._view.asks and not event.isAutoRepeat()
        if not (asks and not event.modifiers() & MODIFIED and self.asking.take_letter(letter_of(event))):
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.count.setGeometry(self.rect())
        self._arrange()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange_within()
            if self.asking.led_here:  # a message has come, or gone
                QTimer.singleShot(0, self, self._show_question)
        return False
