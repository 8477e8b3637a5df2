"""The band beneath a line that says what is wrong there, and the way to the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPaintEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import Button, Pressable
from guide.kit.direction import margins
from guide.kit.guard import Guarded
from guide.kit.label import Label
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.marks import KeyCap
from guide.kit.nesting import nest
from guide.kit.painting import paint_field, painting
from guide.language import _, grouped, ngettext
from guide.store.yaml.problem import Problem
from guide.store.yaml.problem_words import QUOTED, in_words

BAND_GAP: Final = 5  # between the line and the band, and less than a line below it
BAND_BELOW: Final = 14


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem or a warning with its place and its fix's place, which move with the text."""

    problem: Problem
    loud: bool
    at: QTextCursor
    fix_at: QTextCursor | None

    @property
    def number(self) -> int:
        start = QTextCursor(self.at)
        start.setPosition(self.at.selectionStart())
        return start.blockNumber()

    @property
    def position(self) -> int:
        return self.at.selectionStart()


class ProblemBand(Guarded, QWidget):
    """What is to be looked at on the line above, in words, and one way to settle it."""

    pressed = Signal()

    def __init__(self, parent: QWidget, *, look: Look) -> None:
        super().__init__(parent)
        self._look = look
        self._loud = True
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.what = Label("", look=look, role="small", wrap=True, parent=self)
        self.way = Label("", look=look, role="small", tint="text2", wrap=True, parent=self)
        self.button = Button("", look=look, size="small", parent=self)
        self.button.setToolTip("Alt+Enter")
        self.button.clicked.connect(self.pressed)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch(1)
        words.addWidget(self.what)
        words.addWidget(self.way)
        words.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(margins(16, 12, 14, 12))
        self._row.setSpacing(16)
        nest(self._row, words, 1)
        self._row.addWidget(self.button)
        self.hide()

    def tell(self, thing: ShownProblem) -> None:
        problem = thing.problem
        self._loud = thing.loud
        what, way = in_words(problem)
        place = _("Line {number}, column {column}.").format(number=thing.number + 1, column=problem.column)
        self.what.set_parts([(place, True), (f" {what}", False)])
        self.way.setText(way)
        self.way.setVisible(bool(way))
        label = QUOTED.sub("“\\1”", problem.fix.label) if problem.fix else ""
        self.button.setText(label)
        self.button.setVisible(bool(label))
        self.setAccessibleName(" ".join(part for part in (place, what, way) if part))
        self.update()

    def height_for(self, width: int) -> int:
        across = QBoxLayout.Direction.LeftToRight
        narrow = width < self._look.px(240) + self.button.sizeHint().width() and not self.button.isHidden()
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else across)
        self._row.setAlignment(self.button, Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag.AlignVCenter)
        self._row.setSpacing(8 if narrow else 16)
        self._row.invalidate()
        return max(self._row.totalHeightForWidth(width), SMALLEST_TARGET)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        edge = theme.accent if self._loud else theme.line_strong
        with painting(self) as painter:
            paint_field(painter, QRectF(self.rect()), 14, theme.surface, edge=edge, edge_width=1.5)


class Lookout(Pressable):
    """How many things there are to look at, and the key that goes there; pressing it goes there too."""

    def __init__(self, *, look: Look, parent: QWidget) -> None:
        super().__init__(look=look, radius=12, parent=parent)
        self._words = Label("", look=look, role="small", tint="text2", parent=self)
        self._key = KeyCap("F8", look=look, parent=self)
        self._go = Label(_("go there"), look=look, role="small", tint="text2", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._words)
        row.addSpacing(8)
        row.addWidget(self._key)
        row.addWidget(self._go)
        for child in (self._words, self._key, self._go):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def tell(self, count: int) -> None:
        words = ngettext("One thing to look at", "{n} things to look at", count).format(n=grouped(count))
        self._words.setText(words)
        self.setText(words)
        self.setAccessibleName(_("{words}. Go to the next, F8").format(words=words))
        self.setVisible(bool(count))

    @override
    def sizeHint(self) -> QSize:
        row = self.layout()
        across = row.sizeHint().width() if row is not None else 0
        return QSize(across, max(SMALLEST_TARGET, self._look.px(36)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.is_hot or self.isDown():
            theme = self._look.theme
            with painting(self) as painter:
                paint_field(painter, QRectF(self.rect()), 12, theme.hover if self.isDown() else theme.raised)
