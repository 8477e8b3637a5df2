"""A question over a page, which has the keyboard for as long as it is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QEvent,
    QObject,
    QPropertyAnimation,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QGraphicsOpacityEffect,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from guide.compat import override
from guide.kit.buttons import Button
from guide.kit.cards import Card
from guide.kit.focus import announce, focus_within
from guide.kit.guard import Guarded
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.other_letters import letter_of
from guide.kit.painting import painting
from guide.kit.room import make_room
from guide.live.keys import MODIFIED

FADE = 180
AROUND: Final = 34  # within the edges of the card
SIZES: Final = (1.0, 0.9, 0.8, 0.7, 0.6)  # of the words, where a window is low


def application() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)  # noqa: S101  there is a widget, so there is an application
    return found


def _on_a_dialog(widget: QWidget) -> bool:
    above: QWidget | None = widget
    while above is not None and not isinstance(above, Dialog):
        above = above.parentWidget()
    return above is not None


class Choice(NamedTuple):
    """An answer; `letter`, where there is one, is the key that gives it."""

    value: object
    label: str
    letter: str = ""


class _Answer(Button):
    """Pressed once: the second press of a double click has its first half elsewhere, before the question was there."""

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()


class Dialog(Guarded, QWidget):
    """
    A question over the page. The first choice is the safest: it has the focus, and Escape takes it.

    Until it is answered the keyboard is its own: a click beside it changes nothing, and a focus that the page behind
    it is given comes back. It is answered once.
    """

    spoken_as = "Dialog"

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
        self._before: QWidget | None = None
        self._inside: QWidget | None = None
        self._opened = self._answered = False
        self._fade: QPropertyAnimation | None = None
        self._placed: tuple[object, ...] = ()
        self._choices = list(choices)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.card = Card(look=look, radius=28, padding=0, parent=self)
        self._column = column = QVBoxLayout(self.card)
        self._stand_apart(SIZES[0])
        self.title = Heading(title, look=look, role="h2", parent=self.card)
        self.title.set_own_font(look.sized(27, 600, display=True), look.px(34))
        column.addWidget(self.title)
        self._head: list[Label] = [self.title]
        if text:
            self._head.append(Label(text, look=look, tint="text2", wrap=True, parent=self.card))
            column.addWidget(self._head[1])
        if content is not None:
            column.addWidget(content)
        column.addSpacing(10)
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(12)
        self.buttons: list[Button] = []
        for number, choice in enumerate(self._choices):
            button = _Answer(
                choice.label,
                look=look,
                role="standard" if number else "primary",
                always_ring=not number,
                parent=self.card,
            )
            button.clicked.connect(self._answer)
            row.addWidget(button, 1)
            self.buttons.append(button)
        nest(column, row)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # else a click beside the card is the page's
        host.installEventFilter(self)
        look.changed.connect(self._place)
        self._place()

    def open(self) -> None:
        self._opened = True
        self._before = focus_within(self._host.window())
        self._place()
        self.show()
        self.raise_()
        application().focusChanged.connect(self._hold_focus)
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

    @property
    def is_open(self) -> bool:
        """Whether it was opened already, and perhaps another was over it."""
        return self._opened

    @property
    def unsaved(self) -> str:
        """What is typed in it and would be lost if the window closed, in a sentence; nothing where it holds nothing."""
        return ""

    def choose(self, value: object) -> None:
        """Close with an answer."""
        if self._answered:
            return
        self._answered = True
        if self._opened:
            application().focusChanged.disconnect(self._hold_focus)
        if self._fade is not None:
            self._fade.stop()
        self._host.removeEventFilter(self)
        self.hide()
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus()
        self.chosen.emit(value)
        self.deleteLater()

    def leave(self) -> None:
        """Close with the safest answer, as Escape does."""
        self.choose(self._choices[0].value)

    def _hold_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Take back a focus that went to what lies behind; a menu of ours and another window may have it."""
        if now is None or not self.isVisible():
            return
        if now is self:  # a click beside the card, or on it where nothing is pressed
            self._focus_inside()
        elif self.isAncestorOf(now):
            self._inside = now
        elif now.window() is self.window() and not _on_a_dialog(now):
            self._focus_inside()

    def _focus_inside(self) -> None:
        inside = self._inside
        there = inside is not None and isValid(inside) and inside.isVisible()
        (inside if inside is not None and there else self.buttons[0]).setFocus()

    def _settle(self) -> None:
        # an effect left in place would paint the whole dialog through a pixmap each time
        self.setGraphicsEffect(None)  # type: ignore[arg-type]  # Qt takes a null pointer here

    def _answer(self) -> None:
        number = next(i for i, button in enumerate(self.buttons) if button is self.sender())
        self.choose(self._choices[number].value)

    def _stand_or_lie(self, width: int) -> None:
        """One answer above the other where their words have no room side by side."""
        needed = max((button.sizeHint().width() for button in self.buttons), default=0) + self._row.spacing()
        lies = needed * len(self.buttons) <= width - 56
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if lies else QBoxLayout.Direction.TopToBottom)

    def _place(self) -> None:
        self.setGeometry(self._host.rect())
        width = min(640, self._host.width() - 48)
        width = min(width, max(self._column.sizeHint().width(), 480))
        self._stand_or_lie(width)
        make_room(self.card, width, scale=self._look.scale)
        height = min(self._low_enough(width, self.height() - 24), self.height() - 24)
        self._placed = self._now()
        self.card.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)
        self.update()

    def _low_enough(self, width: int, most: int) -> int:
        """How high the card is; where that is more than there is room for, its words are drawn smaller."""
        for size in SIZES:
            for label in self.card.findChildren(Label):
                label.shrink(size)
            self._stand_apart(size)
            for part in (*reversed(self.card.findChildren(QWidget)), self.card):
                if (layout := part.layout()) is not None:
                    layout.activate()
            if self._column.minimumHeightForWidth(width) <= most:
                break
        return self._column.totalHeightForWidth(width)

    def _stand_apart(self, size: float) -> None:
        """Leave room around what the card holds and between it; less where its words are drawn smaller."""
        around, between = (AROUND, 10) if size == SIZES[0] else (22, 6)
        self._column.setContentsMargins(AROUND, around - 4, AROUND, around)
        self._column.setSpacing(between)

    def _now(self) -> tuple[object, ...]:
        labels = self.card.findChildren(Label)
        return self._look.scale, self._host.size(), tuple((label.text(), label.isHidden()) for label in labels)

    def _stops(self) -> list[QWidget]:
        """The content in its order of Tab, which may not be that in which it was made, and then the answers."""
        found: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            if (
                widget.focusPolicy() & Qt.FocusPolicy.TabFocus
                and widget.isVisible()
                and widget.isEnabled()
                and self.isAncestorOf(widget)
            ):
                found.append(widget)
            widget = widget.nextInFocusChain()
        answers = [button for button in self.buttons if button in found]
        return [*(widget for widget in found if widget not in answers), *answers]

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
        if event.type() == QEvent.Type.LayoutRequest and self._now() != self._placed:
            self._place()
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = letter_of(event).casefold()
        if event.isAutoRepeat():
            pass  # a key that is held was pressed for something else
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif typed and not event.modifiers() & MODIFIED:
            for choice in self._choices:
                if typed == choice.letter.casefold():
                    self.choose(choice.value)
                    break
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
