"""The parts of Get ready: an item at hand, the check, the progress of the voice, and what the routine is."""

from __future__ import annotations

from PySide6.QtCore import (
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from guide.compat import override
from guide.core.routine import Routine
from guide.kit.buttons import Button, Pressable
from guide.kit.cards import Card
from guide.kit.choices import Check
from guide.kit.icons import paint_icon
from guide.kit.label import Label
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.painting import paint_field, painting
from guide.kit.rows import clear
from guide.pages.ready.view import QUESTION


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

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return max(SMALLEST_TARGET, round(self._words(width).height()) + 14)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, SMALLEST_TARGET)

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
            painter.setPen(theme.text2 if self.isChecked() else theme.text)
            words = QRectF(self.BOX + 14, 0, self.width() - self.BOX - 14, self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self.text())


class Opener(Pressable):
    """Words with an arrow after them: press to choose something else, or to see more."""

    def __init__(self, name: str, *, look: Look, text: str = "", icon: str = "down", parent: QWidget) -> None:
        super().__init__(look=look, radius=12, parent=parent)
        self._name = name
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.show_text(text)

    def show_text(self, text: str, *, icon: str | None = None) -> None:
        self._icon = icon or self._icon
        self.setText(text)
        self.setAccessibleName(f"{self._name}: {text}" if self._name else text)
        self.restyle()

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._look.font("label", weight=400)).horizontalAdvance(self.text())
        return QSize(round(words) + self._look.px(44), max(SMALLEST_TARGET, self._look.px(44)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            if self.is_hot or self.isDown():
                paint_field(painter, QRectF(self.rect()), 12, theme.hover if self.isDown() else theme.raised)
            painter.setFont(self._look.font("label", weight=400))
            painter.setPen(theme.text if self.is_hot else theme.text2)
            side = self._look.px(18)
            words = QRectF(10, 0, self.width() - side - 18, self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
            place = QRectF(self.width() - side - 8, (self.height() - side) / 2, side, side)
            paint_icon(painter, self._icon, place, theme.text2, 2.2)


class Asking(Card):
    """The check before hands-on work: one press either way."""

    answered = Signal(bool)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=18, tint="accent_soft", padding=0, parent=parent)
        self.question = Label(QUESTION, look=look, role="body", weight=500, wrap=True, parent=self)
        self.yes = Button("Yes", look=look, role="inset", size="small", parent=self)
        self.no = Button("No", look=look, role="inset", size="small", parent=self)
        for button in (self.no, self.yes):
            button.setAccessibleDescription(QUESTION)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 10, 14, 10)
        row.setSpacing(10)
        row.addWidget(self.question, 1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self.no.clicked.connect(lambda: self.answered.emit(False))
        self.yes.clicked.connect(lambda: self.answered.emit(True))
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        for button in (self.no, self.yes):
            button.setMinimumWidth(self._look.px(72))


class Preparing(Card):
    """In Start's place while the voice is made ready."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=26, tint="raised", padding=0, parent=parent)
        self._share = 0.0
        self.words = Label("Getting the voice ready", look=look, role="body_large", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(30, 10, 30, 18)
        column.addWidget(self.words, 1, Qt.AlignmentFlag.AlignCenter)
        column.addSpacing(8)

    @property
    def share(self) -> float:
        return self._share

    def show_share(self, share: float) -> None:
        self._share = share
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
                paint_field(painter, track, 3, theme.accent)


class About(QWidget):
    """What the routine is, how safe, and on what it rests: folded away until asked for."""

    opened = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._labels: list[Label] = []
        self.opener = Opener("", look=look, text="About this routine", parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 4, 10, 0)
        self._column.setSpacing(6)
        self.opener.clicked.connect(self._fold)
        self._show(open_=False)

    def show_routine(self, routine: Routine) -> None:
        clear(self._column)
        self._labels = []
        sources = [f"{source.title} ({source.url})" if source.url else source.title for source in routine.sources]
        for heading, texts in (
            ("", [routine.summary]),
            ("Your comfort", routine.safety),
            ("What it rests on", [routine.evidence]),
            ("Sources", sources),
        ):
            told = [text for text in texts if text]
            if told and heading:
                self._column.addSpacing(4)
                self._add(Label(heading, look=self._look, role="label", weight=600, parent=self))
            for text in told:
                self._add(Label(text, look=self._look, role="small", tint="text2", wrap=True, parent=self))
        self._show(open_=False)

    def _add(self, label: Label) -> None:
        self._labels.append(label)
        self._column.addWidget(label)

    def texts(self) -> list[str]:
        return [label.text() for label in self._labels]

    def _fold(self) -> None:
        self._show(open_=self.isHidden())
        if not self.isHidden():
            self.opened.emit()

    def _show(self, *, open_: bool) -> None:
        self.setVisible(open_)
        self.opener.show_text("About this routine", icon="up" if open_ else "down")
        self.opener.setAccessibleDescription("Unfolded" if open_ else "Folded")
