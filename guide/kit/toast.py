"""One short message at the bottom of a page, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QObject,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QEnterEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from guide.compat import override
from guide.kit.buttons import Button, IconButton
from guide.kit.direction import margins
from guide.kit.focus import announce, focus_within, keeps_focus
from guide.kit.guard import Guarded
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.message_place import BELOW_TOP, FROM_EDGE, place_of
from guide.kit.painting import paint_field, painting
from guide.language import _

STAY: Final = 6000
STAY_LONG: Final = 30_000  # of what tells that something of hers is deleted
TO_TOAST: Final = "F6"
UNDOES: Final = "Ctrl+Z"


class Toast(Guarded, QFrame):
    """
    One short message at the bottom of its host, with at most one thing to do about it. Its time begins when it is told,
    or as she comes to the window.

    Where that would cover what is in use (what has the focus, or lies beneath the pointer), it stands beside that, or
    at the top, from `above` on; there it stands while the page has the keys she presses at its bottom, where the fewest
    words are. `room_taken` tells how much of that page's top it takes, and 0 once it takes none.

    F6 goes to what can be done; while the focus is there the message stays, and then it goes back to where it was, or
    by `lead_back` where Tab led there. Escape there closes the message, and so does the cross of one that `stays`.
    What undoes something is one key away, Ctrl+Z, from wherever the focus is, and after the message has gone too: until
    another message comes, or `forget` is called.
    """

    acted = Signal()
    gone = Signal()
    room_taken = Signal(int)

    def __init__(
        self,
        host: QWidget,
        *,
        look: Look,
        above: Callable[[], int] = lambda: 0,
        lead_back: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(host)
        self._above = above
        self._lead_back = lead_back
        self._keys_below = False
        self._look = look
        self._host = host
        self._on_action: Callable[[], object] | None = None
        self._undo: Callable[[], object] | None = None
        self._undo_earlier: Callable[[], object] | None = None
        self._before: QWidget | None = None
        self._mentioned = ""  # what waits until the message on show has gone
        self.words = Label("", look=look, role="body", parent=self)
        self.action = Button("", look=look, role="inset", size="small", parent=self)
        self.close_button = IconButton("x", _("Close this message"), look=look, icon_side=18, parent=self)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus where it is
        self.close_button.clicked.connect(self.dismiss)
        self.close_button.installEventFilter(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(margins(22, 10, 12, 10))
        self._row.setSpacing(16)
        self._row.addWidget(self.words)
        self._row.addWidget(self.action)
        self._row.addWidget(self.close_button)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STAY)
        self.timer.timeout.connect(self.dismiss)
        self.action.clicked.connect(self._act)
        self.action.installEventFilter(self)
        host.installEventFilter(self)
        look.changed.connect(self._place)
        QShortcut(QKeySequence(TO_TOAST), host).activated.connect(self.go_to)
        self._undo_key = QShortcut(QKeySequence(UNDOES), host)
        self._undo_key.activated.connect(self.undo)
        self._undo_key.setEnabled(False)
        self.hide()

    def tell(
        self,
        text: str,
        *,
        action: str | None = None,
        on_action: Callable[[], object] | None = None,
        undo: Callable[[], object] | None = None,
        stays: bool = False,
    ) -> None:
        """
        Show a message in place of the one before; `undo` is what the key undoes too, under `action`'s words.

        One that `stays` does so for long, as long as its page is on show.
        """
        if undo is not None:
            action, on_action = action or _("Undo"), undo
        self._give_back_focus()
        self._keep(undo)
        self.action.setToolTip(UNDOES if undo is not None else "")
        self.words.setText(text)
        self.setAccessibleName(text)
        self.action.setText(action or "")
        self.action.setVisible(action is not None)
        self.close_button.setVisible(stays)
        self._on_action = on_action
        self._place()
        self.show()
        self.raise_()
        self._tell_room()
        self.timer.setInterval(STAY_LONG if stays else STAY)
        if self._host.window().isActiveWindow():
            self.timer.start()
        else:
            self.timer.stop()  # it begins as she comes to the window
        announce(self, f"{text}. {action}: {UNDOES if undo else TO_TOAST}" if action is not None else text)

    def mention(self, text: str) -> None:
        """
        Show a message that nothing is to be done about, once none is on show.

        What the one before it can undo, the key still undoes.
        """
        self._mentioned = text
        self._mention_now()

    def _mention_now(self) -> None:
        if self._mentioned and not self.isVisibleTo(self._host):
            undo, text, self._mentioned = self._undo, self._mentioned, ""
            self.tell(text)
            self._keep(undo)

    def renew(self, retold: Callable[[str], str]) -> None:
        """What is on show, in the words of another language."""
        self.close_button.set_icon("x", _("Close this message"))
        self._mentioned = retold(self._mentioned)
        if self.isVisibleTo(self._host):
            self.words.setText(retold(self.words.text()))
            self.setAccessibleName(self.words.text())
            self.action.setText(retold(self.action.text()))
            self._place()

    def undo(self) -> None:
        """Take back what the last message was about, to be seen or not; else what the page can take back of earlier."""
        call, before = self._undo or self._undo_earlier, focus_within(self._host.window())
        self.forget()
        self.dismiss()
        if call is not None:
            call()
            if before is not None and isValid(before) and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)

    def make_way(self, *, keys_below: bool) -> None:
        """Stand at the top of a page that has the keys she presses at its bottom, with what is on show already too."""
        self._keys_below = keys_below
        if self.isVisibleTo(self._host):
            self._place()
        self._tell_room()

    def forget(self) -> None:
        """What could be undone is past."""
        self._keep(None)

    def leave_page(self) -> None:
        """Another page comes: what is on show goes soon, and what is not can be undone no more."""
        self.undo_earlier(None)
        if not self.action.isVisibleTo(self._host):
            self.forget()
        if self.timer.interval() > STAY:
            self.timer.setInterval(STAY)  # which begins anew, where it was running

    def undo_earlier(self, call: Callable[[], object] | None) -> None:
        """What the key takes back on this page when no message has anything to undo."""
        self._undo_earlier = call
        self._keep(self._undo)

    def _keep(self, undo: Callable[[], object] | None) -> None:
        self._undo = undo
        self._undo_key.setEnabled((undo or self._undo_earlier) is not None)

    def go_to(self) -> None:
        """Put the keyboard on what can be done, if there is anything."""
        if self.action.isVisibleTo(self._host):
            if not keeps_focus(self.action):
                self._before = focus_within(self._host.window())
            self.action.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> None:
        self.timer.stop()
        if self.isVisibleTo(self._host):
            self._give_back_focus()
            self.hide()
            self._tell_room()
            self._on_action = None
            self.gone.emit()
            QTimer.singleShot(0, self, self._mention_now)  # after what a press on it leads to, which may tell more

    def _give_back_focus(self) -> None:
        """What had it here goes, or does another thing from now on: Qt would go on to whatever comes after it."""
        before, self._before = self._before, None
        if self._has_focus:
            if before is not None and isValid(before) and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self._lead_back()

    @property
    def _has_focus(self) -> bool:
        return keeps_focus(self.action) or keeps_focus(self.close_button)

    def _act(self) -> None:
        call = self._on_action
        self.forget()
        self.dismiss()
        if call is not None:
            call()
        self.acted.emit()

    def _place(self) -> None:
        top, at_top = self._above(), self._keys_below
        self.setGeometry(place_of(self, self._fitted(), self._host, top=top, at_top=at_top))
        self.update()

    def _fitted(self) -> QSize:
        """Make room for every line of the words; how large that is."""
        self.words.setWordWrap(False)
        self.words.setMinimumHeight(0)
        self._row.invalidate()
        self._row.activate()
        size, room = self.sizeHint(), self._host.width() - 2 * FROM_EDGE
        if size.width() <= room:
            return size
        self.words.setWordWrap(True)
        around = self._row.contentsMargins()
        parts = [part for part in (self.action, self.close_button) if not part.isHidden()]
        beside = sum(part.sizeHint().width() + self._row.spacing() for part in parts)
        words = self.words.heightForWidth(room - around.left() - around.right() - beside)
        self.words.setMinimumHeight(words)
        return QSize(room, max(size.height(), words + around.top() + around.bottom()))

    def _tell_room(self) -> None:
        stands = self._keys_below and self.isVisibleTo(self._host)
        self.room_taken.emit(self.height() + BELOW_TOP if stands else 0)
        if stands:
            self._place()  # in the room that it was given

    def _wait(self, *, keep: bool) -> None:
        if keep:
            self.timer.stop()
        elif self.isVisible() and not self.underMouse() and not self._has_focus:
            self.timer.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        elif watched is self._host and event.type() == QEvent.Type.WindowActivate and not self.timer.isActive():
            self._wait(keep=False)
        elif watched is not self._host and event.type() == QEvent.Type.FocusIn:
            self._wait(keep=True)
        elif watched is not self._host and event.type() == QEvent.Type.FocusOut:
            self._wait(keep=False)
        return False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._wait(keep=True)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible() and not self._has_focus:
            self.timer.start()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        edge = theme.line if theme.is_night else theme.hover
        with painting(self) as painter:
            paint_field(painter, QRectF(self.rect()), 18, theme.raised, edge=edge)
