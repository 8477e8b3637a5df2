"""The page after a session: what was done, and notes nobody needs to take."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QRadialGradient, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.core.duration import in_full
from guide.kit.buttons import Button
from guide.kit.cards import ScrollArea
from guide.kit.choices import Switch
from guide.kit.direction import margins
from guide.kit.focus import Leading, focus_within
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.page_key import key_within
from guide.kit.painting import painting
from guide.kit.rows import Row
from guide.kit.theme import mixed
from guide.kit.toast import UNDOES
from guide.language import N_, _, screen
from guide.pages.finish.notes import Notes
from guide.pages.finish.parts import ActualBar
from guide.pages.finish.view import FinishView
from guide.pages.finish.volumes import Volumes

COLUMN: Final = 920
GUTTER: Final = 16  # where the scroll bar lies
LOW: Final = 640
NOT_ON_DISK: Final = N_("It is not on the disk yet: it is kept here, and saved as soon as that is possible.")
SETTLES: Final = 2000  # milliseconds: a second press of Next, or of a pedal, must not become milk


class FinishPage(Leading):
    """`noted` carries a field of the record and its value, volumes in mL; nothing here has to be filled in."""

    noted = Signal(str, object)
    saved = Signal()
    back_asked = Signal()
    later = Signal()
    learn_asked = Signal(str)
    keep_asked = Signal()
    reminder_toggled = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view = FinishView(timedelta(0), complete=True)
        self._becomes = "", ""
        self._settles = QTimer(self)
        self._settles.setSingleShot(True)
        self._settles.setInterval(SETTLES)
        self._settles.timeout.connect(partial(self._lead_in, at_once=True))
        content = QWidget()
        self.headline = Heading("", look=look, role="display", parent=content)
        self.back = Button(_("Back to the session"), look=look, role="quiet", size="small", icon="left", parent=content)
        self.back.setToolTip(UNDOES)
        self.lasted = Label("", look=look, role="body_large", tint="text2", wrap=True, parent=content)
        self.bar = ActualBar(look=look, parent=content)
        self.volumes = Volumes(look=look, parent=content)
        self.left, self.right = self.volumes.left, self.volumes.right
        self.notes = Notes(look=look, parent=content)
        self.comfort, self.care = self.notes.comfort, self.notes.care
        self.purpose, self.about_purpose = self.notes.purpose, self.notes.about_purpose
        self.meant_for, self.note = self.notes.meant_for, self.notes.note
        self.reminder = Switch(_("A reminder of the next one"), look=look)
        self.reminder_row = Row("", self.reminder, look=look, icon="chime", height=44, parent=content)
        self.keep = Button("", look=look, role="quiet", size="small", icon="pencil", parent=content)
        self._scroll = ScrollArea(content, look=look, parent=self)
        content.installEventFilter(self)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._keep_edge)
        self.not_now = Button(_("Not now"), look=look, role="quiet", size="big", parent=self)
        self.save = Button(_("Save"), look=look, role="primary", size="big", parent=self)
        self.footnote = Label("", look=look, role="small", tint="text2", wrap=True, parent=self)
        self._arrange(content)
        self._connect()
        look.changed.connect(self._restyle)
        self.show_finish(self._view)

    def _arrange(self, content: QWidget) -> None:
        column = QVBoxLayout(content)
        column.setContentsMargins(margins(0, 0, GUTTER, 0))
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.headline, 1)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        nest(column, head)
        column.addSpacing(4)
        column.addWidget(self.lasted)
        column.addSpacing(16)
        column.addWidget(self.bar)
        column.addSpacing(24)
        column.addWidget(self.volumes)
        column.addSpacing(18)
        column.addWidget(self.notes)
        column.addSpacing(12)
        column.addWidget(self.reminder_row)
        column.addSpacing(18)
        column.addStretch(1)
        self._column = column

        buttons = QHBoxLayout()
        buttons.setContentsMargins(margins(0, 0, GUTTER, 0))
        buttons.setSpacing(16)
        buttons.addWidget(self.not_now, 1)
        buttons.addWidget(self.save, 2)
        self._foot = foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        foot.setContentsMargins(margins(0, 0, GUTTER, 0))
        foot.setSpacing(12)
        foot.addWidget(self.footnote, 1)
        foot.addStretch(0)
        foot.addWidget(self.keep)
        self._page = page = QVBoxLayout(self)
        page.setSpacing(8)
        page.addWidget(self._scroll, 1)
        nest(page, buttons)
        nest(page, foot)
        self._order_tabs()
        self._restyle()

    def _order_tabs(self) -> None:
        tail = [self.reminder, self.not_now, self.save, self.keep, self.back]
        for before, after in zip([self.note, *tail], tail, strict=False):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.noted.connect(self._count_it)
        self.volumes.entered.connect(self.noted)
        self.volumes.gone_on.connect(lambda: self.meant_for.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.notes.noted.connect(self._note)
        self.notes.learn_asked.connect(self.learn_asked)
        self.notes.written.connect(lambda: self.save.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.keep.clicked.connect(self.keep_asked)
        self.reminder.clicked.connect(self.reminder_toggled)
        self.back.clicked.connect(self.back_asked)
        key_within(UNDOES, self, self._take_back)
        self.not_now.clicked.connect(self.later)
        self.save.clicked.connect(self._save)

    def _save(self) -> None:
        """All reads, or the focus goes to what does not."""
        if self.volumes.ask_again():
            self._scroll.ensureWidgetVisible(self.volumes.steps, 0, 12)  # which says what would
        else:
            self.saved.emit()

    def _take_back(self) -> None:
        """The end of the session, by the key that undoes; a field's own words come first."""
        if self._view.goes_back:
            self.back_asked.emit()

    def _keep_edge(self, _: int, most: int) -> None:
        """Leave the right edge where it is when the scroll bar comes."""
        bar = self._scroll.verticalScrollBar().sizeHint().width() if most else 0
        self._column.setContentsMargins(margins(0, 0, max(0, GUTTER - bar), 0))

    @property
    def view(self) -> FinishView:
        return self._view

    def show_finish(self, view: FinishView) -> None:
        self._view = view
        self.lasted.setMinimumHeight(0)
        self.headline.setText(_("All done. Breathe out.") if view.complete else _("That is enough for now."))
        given = _("You gave this {time_given}. ").format(time_given=in_full(view.lasted, screen()))
        given = "" if view.number_free else given
        words = _("{given}Note anything you like, or nothing.").format(given=given)
        self._say_what_becomes_of_it(given + view.lost if view.lost else words)
        self.not_now.setVisible(not view.lost)
        self.save.setText(_("Close") if view.lost else _("Save"))
        self.back.setVisible(view.goes_back)
        self.bar.show_segments(view.segments)
        self.show_kept(view.kept)
        self.volumes.show_view(view)
        self.notes.show_view(view)
        self.reminder_row.words.setText(_("Remind me of the next one at about {time}").format(time=view.remind_at))
        self.reminder_row.setVisible(bool(view.remind_at) and not view.number_free)
        self.reminder.setChecked(view.reminds)
        self._lead_in(at_once=not view.goes_back)
        self._scroll.verticalScrollBar().setValue(0)
        self._set_margins()

    def _say_what_becomes_of_it(self, words: str) -> None:
        """At the top, where a low window has it too: there is no footnote in one."""
        later = _("“Not now” keeps everything so far. You can add the rest tomorrow.")
        if self._view.hardly_begun:
            words = _(
                "It had hardly begun. Save keeps it, and so does anything you note; "
                "“Not now” leaves it out of your history."
            )
            later = ""
        self._becomes = words, later
        self._say_it()

    def show_unsaved(self, unsaved: bool) -> None:
        """The log cannot be written, or can again."""
        if unsaved != self._view.unsaved:
            self._view = replace(self._view, unsaved=unsaved)
            self._say_it()

    def _say_it(self) -> None:
        words, later = self._becomes
        if self._view.unsaved:
            words = f"{words} {_(NOT_ON_DISK)}"
        self.lasted.setText(words)
        self.footnote.setText("" if self._view.unsaved or self._view.lost else later)

    def _count_it(self) -> None:
        """A session of seconds of which something was noted is kept, whatever is pressed."""
        if self._view.hardly_begun:
            self._view = replace(self._view, hardly_begun=False)
            self.lasted.setMinimumHeight(self.lasted.height())  # a shorter sentence moves no key away from a finger
            self._say_what_becomes_of_it(_("It had hardly begun. It is kept, as you noted something."))

    def show_kept(self, kept: bool) -> None:
        """What was made a routine once is opened by the same button, not made again."""
        self.keep.setText(_("Edit the routine I kept") if kept else _("Keep what I did as a routine"))

    def _lead_in(self, *, at_once: bool) -> None:
        """Lead the focus to the first thing to note, once the presses that were meant for the session are over."""
        if not at_once:
            self.first = None
            self._settles.start()
            return
        self._settles.stop()
        waited = focus_within(self.window()) is self  # in a window behind others too
        # what Space or Enter, meant for the session, would choose has no focus here
        first = self.meant_for if self._view.number_free else self.left.edit
        self.first = first
        if waited:
            first.setFocus()
            first.ring.bring_into_view()

    def _note(self, field: str, value: object) -> None:
        self._set_margins()  # a line may have come or gone
        self.noted.emit(field, value)

    def _restyle(self) -> None:
        self._fit()
        self.update()

    def _fit(self) -> None:
        """Take smaller type and keys where the window is low."""
        look, low = self._look, self.height() < LOW
        if low:
            self.headline.set_own_font(look.sized(28, 600, display=True), look.px(34))
        else:
            self.headline.set_role("display")
        size = 20 if low else 24
        for button in (self.not_now, self.save):
            button.set_size(look.px(56) if low else look.px(76), look.sized(size, 600 if button is self.save else 500))
        self.footnote.setVisible(not low)
        self._place_keep(low=low)
        self._set_margins()

    def _place_keep(self, *, low: bool) -> None:
        """At the end of what is scrolled where the window is low: there is more room for what is noted."""
        away, to = (self._foot, self._column) if low else (self._column, self._foot)
        if to.indexOf(self.keep) >= 0:
            return
        focused = self.keep.hasFocus()
        away.removeWidget(self.keep)
        if low:
            after = self._column.indexOf(self.reminder_row) + 1
            self._column.insertWidget(after, self.keep, 0, Qt.AlignmentFlag.AlignRight)
        else:
            self._foot.addWidget(self.keep)
        self._order_tabs()
        if focused:
            self.keep.setFocus()

    def _set_margins(self) -> None:
        """Keep the column in the middle, and the buttons near what they save."""
        side = max(40, (self.width() - round(COLUMN * max(1.0, self._look.scale * 0.85))) // 2)
        width = self.width() - 2 * side
        foot = max(0, self._foot.heightForWidth(width + GUTTER))  # its words may take several lines
        below = self.save.sizeHint().height() + foot + 2 * self._page.spacing()
        around = self._column.contentsMargins()  # less of it where the scroll bar is
        needed = self._column.totalHeightForWidth(width + around.left() + around.right()) + below
        spare = max(0, self.height() - needed)
        edge = 12 if self.height() < LOW else 18
        top = max(edge, round(spare * 0.46))
        self._page.setContentsMargins(margins(side, top, side - GUTTER, max(edge, spare - top)))

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._set_margins()
        return done

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What grows within the scroll area is told to that alone."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._set_margins()
        return False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.later.emit()
        elif self._is_amount(event):
            self.left.take(event.text())
        else:
            super().keyPressEvent(event)

    def _is_amount(self, event: QKeyEvent) -> bool:
        """A figure that no field has taken, where nothing is in the first one yet; a pedal may send figures too."""
        typed = event.text()
        for_session = self._settles.isActive() and typed in self._view.learned_keys
        others = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or event.isAutoRepeat()
        is_figure = typed.isdecimal() and typed.isascii() and not others and not for_session
        return is_figure and self.volumes.isVisible() and not self.left.edit.text()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            painter.fillRect(self.rect(), theme.bg)
            light = QRadialGradient(QPointF(self.width() / 2, 0), max(520, self.width() * 0.5))
            strength = theme.stage_glow * (1.0 if theme.is_night else 0.6)
            light.setColorAt(0, mixed(theme.bg, theme.fill("express"), strength))
            light.setColorAt(1, theme.bg)
            painter.fillRect(self.rect(), light)
