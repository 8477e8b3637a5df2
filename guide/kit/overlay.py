"""What lies over a page for a while: the toast and the dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QEvent,
    QObject,
    QPropertyAnimation,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from guide.compat import override
from guide.kit.buttons import Button
from guide.kit.cards import Card
from guide.kit.focus import announce, focus_within
from guide.kit.guard import Guarded
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.painting import paint_field, painting

STAY = 6000
FADE = 180


class Toast(Guarded, QFrame):
    """One short message at the bottom of its host, with at most one thing to do about it."""

    acted = Signal()
    gone = Signal()

    def __init__(self, host: QWidget, *, look: Look) -> None:
        super().__init__(host)
        self._look = look
        self._host = host
        self._on_action: Callable[[], None] | None = None
        self.words = Label("", look=look, role="body", parent=self)
        self.action = Button("", look=look, role="inset", size="small", parent=self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(22, 10, 12, 10)
        self._row.setSpacing(16)
        self._row.addWidget(self.words)
        self._row.addWidget(self.action)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STAY)
        self.timer.timeout.connect(self.dismiss)
        self.action.clicked.connect(self._act)
        self.action.installEventFilter(self)
        host.installEventFilter(self)
        look.changed.connect(self._place)
        self.hide()

    def tell(self, text: str, *, action: str | None = None, on_action: Callable[[], None] | None = None) -> None:
        """Show a message in place of the one before."""
        self.words.setText(text)
        self.setAccessibleName(text)
        self.action.setText(action or "")
        self.action.setVisible(action is not None)
        self._on_action = on_action
        self._place()
        self.show()
        self.raise_()
        self.timer.start()
        announce(self, text)

    def dismiss(self) -> None:
        self.timer.stop()
        if self.isVisibleTo(self._host):
            self.hide()
            self._on_action = None
            self.gone.emit()

    def _act(self) -> None:
        call = self._on_action
        self.dismiss()
        if call is not None:
            call()
        self.acted.emit()

    def _place(self) -> None:
        self._row.activate()
        size = self.sizeHint()
        room = self._host.width() - 48
        self.words.setWordWrap(size.width() > room)
        width = min(size.width(), room)
        height = size.height()
        if self.words.wordWrap():
            self._row.invalidate()
            height = max(height, self._row.totalHeightForWidth(width))
        x = (self._host.width() - width) // 2
        self.setGeometry(x, self._host.height() - 24 - height, width, height)
        self.update()

    def _wait(self, *, keep: bool) -> None:
        if keep:
            self.timer.stop()
        elif self.isVisible() and not self.underMouse() and not self.action.hasFocus():
            self.timer.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        elif watched is self.action and event.type() == QEvent.Type.FocusIn:
            self._wait(keep=True)
        elif watched is self.action and event.type() == QEvent.Type.FocusOut:
            self._wait(keep=False)
        return False

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._wait(keep=True)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible() and not self.action.hasFocus():
            self.timer.start()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        edge = theme.line if theme.is_night else theme.hover
        with painting(self) as painter:
            paint_field(painter, QRectF(self.rect()), 18, theme.raised, edge=edge)


@dataclass(frozen=True, slots=True)
class Choice:
    value: object
    label: str


class Dialog(Guarded, QWidget):
    """A question over the page. The first choice is the safest: it has the focus, and Escape takes it."""

    chosen = Signal(object)

    def __init__(
        self,
        host: QWidget,
        *,
        look: Look,
        title: str,
        text: str = "",
        choices: Sequence[Choice],
        content: QWidget | None = None,
    ) -> None:
        super().__init__(host)
        self._look = look
        self._host = host
        self._before = focus_within(host.window())
        self._fade: QPropertyAnimation | None = None
        self._choices = list(choices)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.card = Card(look=look, radius=28, padding=0, parent=self)
        self._column = column = QVBoxLayout(self.card)
        column.setContentsMargins(34, 30, 34, 34)
        column.setSpacing(10)
        self.title = Heading(title, look=look, role="h2", parent=self.card)
        self.title.set_own_font(look.sized(27, 600, display=True), look.px(34))
        column.addWidget(self.title)
        if text:
            column.addWidget(Label(text, look=look, tint="text2", wrap=True, parent=self.card))
        if content is not None:
            column.addWidget(content)
        column.addSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.buttons: list[Button] = []
        for number, choice in enumerate(self._choices):
            button = Button(
                choice.label,
                look=look,
                role="standard" if number else "primary",
                always_ring=not number,
                parent=self.card,
            )
            button.clicked.connect(self._answer)
            row.addWidget(button, 1)
            self.buttons.append(button)
        column.addLayout(row)
        host.installEventFilter(self)
        look.changed.connect(self._place)
        self._place()

    def open(self) -> None:
        self._place()
        self.show()
        self.raise_()
        self.buttons[0].setFocus()
        announce(self, f"{self.accessibleName()} {self.accessibleDescription()}".strip())
        if self._look.still:
            return
        effect = QGraphicsOpacityEffect(self)
        effect.setOpacity(0)
        self.setGraphicsEffect(effect)
        self._fade = QPropertyAnimation(effect, b"opacity", self)
        self._fade.setDuration(FADE)
        self._fade.setEndValue(1.0)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fade.finished.connect(self._settle)
        self._fade.start(QAbstractAnimation.DeletionPolicy.KeepWhenStopped)

    def choose(self, value: object) -> None:
        """Close with an answer."""
        if self._fade is not None:
            self._fade.stop()
        self._host.removeEventFilter(self)
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self.chosen.emit(value)
        self.deleteLater()

    def _settle(self) -> None:
        # an effect left in place would paint the whole dialog through a pixmap each time
        self.setGraphicsEffect(None)  # type: ignore[arg-type]  # Qt takes a null pointer here

    def _answer(self) -> None:
        number = next(i for i, button in enumerate(self.buttons) if button is self.sender())
        self.choose(self._choices[number].value)

    def _place(self) -> None:
        self.setGeometry(self._host.rect())
        width = min(640, self._host.width() - 48)
        width = min(width, max(self._column.sizeHint().width(), 480))
        height = min(self._column.totalHeightForWidth(width), self.height() - 24)
        self.card.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)
        self.update()

    def _stops(self) -> list[QWidget]:
        return [
            widget
            for widget in self.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
        ]

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        stops = self._stops()
        if not stops:
            return True
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        current = focus_within(self.window())
        place = stops.index(current) if current in stops else -1
        stops[(place + (1 if next else -1)) % len(stops)].setFocus(reason)
        return True

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the page below keeps still: its keys come here as plain keys
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.choose(self._choices[0].value)
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), self._look.theme.scrim)
