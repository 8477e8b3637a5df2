"""The parts of Get ready: an item at hand, the check, the progress of the voice, and what the routine is."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QObject,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QHideEvent, QKeyEvent, QLinearGradient, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from guide.compat import override
from guide.core.check import QUESTION, SORE_NOTE
from guide.core.routine import Routine
from guide.core.yes_no import answer_letters
from guide.kit.buttons import Button, IconButton
from guide.kit.cards import Card
from guide.kit.choices import Check
from guide.kit.direction import margins, placed
from guide.kit.flow import FlowRow
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Heading, Label
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.nesting import nest
from guide.kit.painting import paint_field, painting
from guide.kit.rows import Glyph, clear
from guide.kit.settling import Settling
from guide.kit.theme import faded
from guide.language import _, ngettext, pgettext, screen

SETTLES: Final = 400  # milliseconds: a card pressed twice opens this page, and presses nothing on it


class Item(Check):
    """Something to have at hand; its words may take two lines."""

    def __init__(self, text: str, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(text, look=look, parent=parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _words(self, width: float) -> QRectF:
        room = QRectF(0, 0, max(60.0, width - self.BOX - 14), 10_000)
        return QFontMetricsF(self._look.font("body")).boundingRect(room, Qt.TextFlag.TextWordWrap, self.text())

    def lines(self, width: float) -> int:
        """How many lines the words take in this width."""
        return round(self._words(width).height() / QFontMetricsF(self._look.font("body")).height())

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return max(SMALLEST_TARGET, round(self._words(width).height()) + 4)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(140, SMALLEST_TARGET)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            box = QRectF(self.visual_rect())
            if self.isChecked():
                paint_field(painter, box, 10, theme.primary_hover if self.is_hot else theme.accent)
                paint_icon(painter, "check", box.adjusted(5, 5, -5, -5), theme.on_accent, 2.6)
            else:
                ground = theme.raised if self.is_hot else None
                paint_field(painter, box, 10, ground, edge=theme.line_strong, edge_width=2)
            painter.setFont(self._look.font("body"))
            painter.setPen(theme.text)
            words = placed(self, QRectF(self.BOX + 14, 0, self.width() - self.BOX - 14, self.height()))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self.text())


class OfferNote(Card):
    """What there is to know, and one thing that can be done about it."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=18, tint="accent_soft", padding=0, parent=parent)
        self.words = Label("", look=look, role="body", wrap=True, parent=self)
        self.button = Button("", look=look, role="inset", size="small", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(margins(20, 10, 14, 10))
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)


class CheckToAsk(Card):
    """
    The check before hands-on work: one press answers it, and does nothing else.

    A key that starts a session never answers it: where Start led here, Space and Enter count only once the focus was
    moved by another key. The first letters of the answers always count, wherever on the page the focus is.
    """

    answered = Signal(bool)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=18, tint="accent_soft", padding=0, parent=parent)
        self._led_here = False
        self.question = Label(_(QUESTION), look=look, role="body", weight=500, wrap=True, parent=self)
        self.yes = AnswerButton(pgettext("an answer", "Yes"), look=look, parent=self)
        self.no = AnswerButton(pgettext("an answer", "No"), look=look, parent=self)
        self._answers = self.no.text(), self.yes.text()
        for button in (self.no, self.yes):
            button.setAccessibleDescription(_(QUESTION))
            button.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(margins(20, 12, 14, 12))
        row.setSpacing(10)
        row.addWidget(self.question, 1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self.no.clicked.connect(lambda: self.answered.emit(False))
        self.yes.clicked.connect(lambda: self.answered.emit(True))
        look.changed.connect(self._fit)
        self._fit()

    def lead_here(self) -> None:
        """Start was pressed with the question open: the focus comes to No, and the key that started waits."""
        self._led_here = True
        self._name_answers()
        self.no.setFocus(Qt.FocusReason.TabFocusReason)
        announce(self, self.question.text())

    @property
    def led_here(self) -> bool:
        """Whether Start led to the question, which still waits."""
        return self._led_here and not self.isHidden()

    def forget(self) -> None:
        """The question is another one now, or gone: Start has not led to the next one yet."""
        if self._led_here:
            self._led_here = False
            self._name_answers()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.forget()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        match Qt.Key(event.key()):
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Select:
                if self._led_here and not event.isAutoRepeat():
                    self._say_how()
                return self._led_here
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                self._led_here = False
                if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
                    right = event.key() == Qt.Key.Key_Right
                    (self.yes if right else self.no).setFocus(Qt.FocusReason.TabFocusReason)
                    return True
                return False
            case _:
                return False  # a letter goes on to the page

    def _say_how(self) -> None:
        """The key that started was pressed again: the answers show the keys that give them."""
        letters = answer_letters(screen())
        if letters is None:
            announce(self, _("That key starts a session, so it does not answer. Choose with an arrow key first."))
            return
        self._name_answers(letters.no, letters.yes)
        how = _("That key starts a session, so it does not answer. Press {no} or {yes}.")
        announce(self, how.format(**letters._asdict()))

    def _name_answers(self, *keys: str) -> None:
        for button, answer, key in zip((self.no, self.yes), self._answers, keys or ("", ""), strict=True):
            button.setText(f"{key}: {answer}" if key else answer)

    def take_letter(self, typed: str) -> bool:
        """Answer, where a key is the first letter of an answer."""
        if letters := answer_letters(screen()):
            for letter, button in ((letters.yes, self.yes), (letters.no, self.no)):
                if typed and typed.casefold() == letter.casefold():
                    button.click()
                    return True
        return False

    def _fit(self) -> None:
        for button in (self.no, self.yes):
            button.setMinimumWidth(self._look.px(76))


class AnswerButton(Button):
    """A button with an edge of its own: its field alone is hardly seen on the card."""

    def __init__(self, text: str, *, look: Look, parent: QWidget) -> None:
        super().__init__(text, look=look, role="standard", size="small", parent=parent)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with painting(self) as painter:
            edge = QRectF(self.rect())
            paint_field(painter, edge, self._radius(), None, edge=self._look.theme.text3, edge_width=1.5)


class Resting(Card):
    """In the question's place once it was answered with Yes, where the routine does not suit a sore breast."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=18, tint="accent_soft", padding=0, parent=parent)
        self.words = Label(_(SORE_NOTE), look=look, role="body", wrap=True, parent=self)
        self.care = Button(_("When to seek care"), look=look, role="inset", size="small", always_ring=True, parent=self)
        Settling(self.care, SETTLES)
        self.gentle = Button("", look=look, role="inset", size="small", parent=self)
        self.better = Button(_("It is better now"), look=look, role="inset", size="small", parent=self)
        buttons = FlowRow(gap=10, parent=self)
        for button in (self.care, self.gentle, self.better):
            buttons.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 14)
        column.setSpacing(10)
        column.addWidget(self.words)
        column.addWidget(buttons)

    def show_gentle(self, name: str) -> None:
        """Offer the routine for a day like this by its name, where it is there."""
        self.gentle.setText(_("Open “{name}”").format(name=name))
        self.gentle.setVisible(bool(name))


class Preparing(Card):
    """In Start's place while the voice is made ready."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=26, tint="raised", padding=0, parent=parent)
        self._share = 0.0
        self.words = Label(_("Getting the voice ready"), look=look, role="body_large", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(30, 10, 30, 18)
        column.addWidget(self.words, 1, Qt.AlignmentFlag.AlignCenter)
        self.hurry = Button(_("Start without waiting"), look=look, role="quiet", size="small", parent=self)
        self.hurry.setToolTip(_("What is not ready yet is said by the plain voice."))
        column.addWidget(self.hurry, 0, Qt.AlignmentFlag.AlignCenter)
        column.addSpacing(8)

    @property
    def share(self) -> float:
        return self._share

    def show_share(self, share: float, left: timedelta | None = None) -> None:
        """Show how much is done, and how long the rest may take where that can be told."""
        self._share = share
        if left is None:
            self.words.setText(_("Getting the voice ready"))
        else:
            seconds = max(round(left.total_seconds()), 1)
            words = ngettext(
                "Getting the voice ready, {count} second more",
                "Getting the voice ready, {count} seconds more",
                seconds,
            )
            self.words.setText(words.format(count=seconds))
        self.setAccessibleName(f"{self.words.text()}, {share:.0%}")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._look.theme
        with painting(self) as painter:
            track = QRectF(30, self.height() - 24, self.width() - 60, 6)
            paint_field(painter, track, 3, theme.hover)
            if self._share > 0:
                track.setWidth(max(6.0, track.width() * self._share))
                paint_field(painter, placed(self, track), 3, theme.accent)


class AboutRoutine(QWidget):
    """What the routine is, how safe, and on what it rests: shown when it is asked for."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._labels: list[Label] = []
        self.heading = Heading(_("About this routine"), look=look, role="h3", parent=self)
        self.close_button = IconButton("x", _("Close About"), look=look, icon_side=18, parent=self)
        self.close_button.clicked.connect(self.hide)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.close_button)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 8)
        column.setSpacing(4)
        nest(column, head)
        nest(column, self._column)
        self.hide()

    def show_routine(self, routine: Routine) -> None:
        clear(self._column)
        self._labels = []
        sources = [f"{source.title} ({source.url})" if source.url else source.title for source in routine.sources]
        for heading, texts in (
            ("", [routine.summary]),
            (_("Your comfort"), routine.safety),
            (_("What it rests on"), [routine.evidence]),
            (_("Sources"), sources),
        ):
            told = [text for text in texts if text]
            if told and heading:
                self._add(Label(heading, look=self._look, role="label", weight=600, parent=self))
            for text in told:
                self._add(Label(text, look=self._look, role="small", tint="text2", wrap=True, parent=self))
        if not self._labels:
            words = _("Nothing is written about it yet. Edit, About this routine is the place for it.")
            self._add(Label(words, look=self._look, role="small", tint="text2", wrap=True, parent=self))
        self.hide()

    def _add(self, label: Label) -> None:
        self._labels.append(label)
        self._column.addWidget(label)

    def texts(self) -> list[str]:
        return [label.text() for label in self._labels]


class IconNote(QWidget):
    """A quiet line with its icon."""

    def __init__(self, icon: str, words: str, *, look: Look, edge: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Label(words, look=look, role="small", tint="text2", wrap=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(edge, 4, edge, 4)
        row.setSpacing(10)
        row.addWidget(Glyph(icon, look=look, side=20, parent=self), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)


class Fade(Guarded, QWidget):
    """Lets what scrolls end softly above Start."""

    TALL = 28

    def __init__(self, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        ground = self._look.theme.bg
        with painting(self) as painter:
            fade = QLinearGradient(0, 0, 0, self.height())
            fade.setColorAt(0, faded(ground, 0))
            fade.setColorAt(1, ground)
            painter.fillRect(self.rect(), fade)
