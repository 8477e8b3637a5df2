"""Welcome back: where a session that was cut off stood, and the ways on from there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.core.duration import HOUR, MINUTE
from guide.core.routine import Kind
from guide.kit.buttons import Button
from guide.kit.cards import Card
from guide.kit.dialog import Choice, Dialog
from guide.kit.guard import Guarded
from guide.kit.icons import paint_disc
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.painting import painting
from guide.language import _, ngettext

WAYS = 4
WIDEST_CAPTION = 180
NO_BREAK = "\u00a0"  # a space at which no line ends


class WayOn(StrEnum):
    CARRY_ON = "carry on"
    AGAIN = "start this step again"
    FINISH = "finish and save"
    LEAVE = "leave it"


@dataclass(frozen=True, slots=True)
class WasHere:
    """
    Where she was; `left` is the step's own clock, empty in a step that waits and in number-free mode.

    `caption` says what that time is, as beneath the clock of the session: what is left of it, or the least of it.
    `ago` is how long ago that was; without it `stopped` is said, a time of day.
    """

    kind: Kind
    title: str
    routine: str
    progress: str
    left: str
    caption: str
    ago: timedelta | None
    stopped: str = ""


class KindDisc(Guarded, QWidget):
    """A kind's glyph on its round field."""

    def __init__(self, kind: Kind, side: int, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._kind = kind
        self.setFixedSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_disc(painter, self._kind.value, QRectF(self.rect()), self._look.theme)


class WelcomeBack(Dialog):
    """`chosen` carries a `WayOn`; nothing starts until she chooses, so Escape leaves the session where it is."""

    def __init__(self, host: QWidget, *, look: Look, place: WasHere) -> None:
        self.place = PlaceCard(place, look=look)
        super().__init__(
            host,
            look=look,
            title=_("Welcome back"),
            text=_stopped(place),
            choices=[Choice(WayOn.CARRY_ON, _("Carry on from here"))],
            content=self.place,
        )
        carry_on = self.buttons[0]
        carry_on.set_icon_name("play")
        carry_on.set_size(look.px(72), look.sized(24, 600))
        self._others = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._others.setSpacing(12)
        for way, words in (
            (WayOn.AGAIN, _("Start this step again")),
            (WayOn.FINISH, _("Finish and save")),
        ):
            self._others.addWidget(self._way(way, words), 1)
        self._column.addSpacing(4)
        nest(self._column, self._others)
        self._column.addWidget(self._way(WayOn.LEAVE, _("Leave it for now")))
        self.words = Label(
            _("Nothing starts until you choose. Left for now, it waits on Routines."),
            look=look,
            role="small",
            tint="text2",
            wrap=True,
            parent=self.card,
        )
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(self.words)
        self._place()

    def _way(self, way: WayOn, words: str) -> Button:
        button = Button(words, look=self._look, role="quiet" if way is WayOn.LEAVE else "standard", parent=self.card)
        button.clicked.connect(lambda: self.choose(way))
        self.buttons.append(button)
        return button

    @override
    def _place(self) -> None:
        if len(self.buttons) == WAYS:
            self._set_measures(compact=False)
            if self._needed() > self._host.height() - 24:
                self._set_measures(compact=True)
        super()._place()

    def _set_measures(self, *, compact: bool) -> None:
        """Take the roomy measures, or those for a small window with large text."""
        look = self._look
        self.words.setVisible(not compact)
        self.place.set_compact(compact)
        self._column.setSpacing(4 if compact else 10)
        self._column.setContentsMargins(34, 14 if compact else 30, 34, 14 if compact else 30)
        self.buttons[0].set_size(64 if compact else look.px(72), look.sized(20 if compact else 24, 600))
        for button in self.buttons[1:]:
            button.set_size(52 if compact else look.px(56), look.sized(14 if compact else 17, 500))
        room = self._width() - 68
        half = (room - self._others.spacing()) / 2
        beside = max(button.sizeHint().width() for button in self.buttons[1:3]) <= half
        direction = QBoxLayout.Direction
        self._others.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        # what is not shown yet does not tell the layouts above it that it has grown
        for widget in self.card.findChildren(QWidget):
            widget.updateGeometry()
        for layout in self.card.findChildren(QLayout):
            layout.invalidate()
        self._column.invalidate()

    def _width(self) -> int:
        return min(640, self._host.width() - 48)

    def _needed(self) -> int:
        return self._column.totalHeightForWidth(self._width())

    @override
    def leave(self) -> None:
        self.choose(WayOn.LEAVE)


def _stopped(place: WasHere) -> str:
    """The log has a sign of life every five seconds (`SIGN_OF_LIFE` of `guide.live.recorder`)."""
    if place.ago is None:
        told = _("Your session stopped at {time}. Your place is kept to within a few seconds.")
        return told.format(time=place.stopped)
    return _("Your session stopped {ago}. Your place is kept to within a few seconds.").format(ago=ago(place.ago))


def ago(length: timedelta) -> str:
    """Say how long ago something was.

    >>> ago(timedelta(seconds=20)), ago(timedelta(minutes=6)), ago(timedelta(minutes=61)), ago(timedelta(hours=5))
    ('a moment ago', '6 minutes ago', '1 hour ago', '5 hours ago')
    """
    if length < MINUTE:
        return _("a moment ago")
    if length < HOUR:
        minutes = length // MINUTE
        return ngettext("{n} minute ago", "{n} minutes ago", minutes).format(n=minutes)
    hours = length // HOUR
    return ngettext("{n} hour ago", "{n} hours ago", hours).format(n=hours)


class PlaceCard(Card):
    """Routine, step and the time that was left."""

    def __init__(self, place: WasHere, *, look: Look) -> None:
        super().__init__(look=look, radius=20, tint="raised", padding=0)
        self._box = row = QHBoxLayout(self)
        row.setSpacing(18)
        self.disc = KindDisc(place.kind, look.px(52), look=look, parent=self)
        self.title = Label(place.title, look=look, role="h3", wrap=True, parent=self)
        where = f"{place.routine} · {place.progress.replace(' ', NO_BREAK)}"
        row.addWidget(self.disc)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(Label(where, look=look, role="label", weight=400, tint="text2", wrap=True, parent=self))
        nest(row, column, 1)
        if place.left:
            time = QVBoxLayout()
            time.setSpacing(0)
            clock = Label(place.left, look=look, parent=self)
            clock.set_own_font(look.sized(34, 600, display=True), look.px(42))
            caption = Label(place.caption, look=look, role="label", weight=400, tint="text2", wrap=True, parent=self)
            caption.setMaximumWidth(look.px(WIDEST_CAPTION))
            for label in (clock, caption):
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                time.addWidget(label)
            nest(row, time)

    def set_compact(self, compact: bool) -> None:
        self.disc.setVisible(not compact)
        self.title.set_role("label" if compact else "h3", weight=600)
        self._box.setContentsMargins(22, 8 if compact else 14, 22, 8 if compact else 14)
