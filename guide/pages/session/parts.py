"""Parts of the session page: her options, the line of what comes next, the menu of what is seldom needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget, QWidgetAction

from guide.compat import override
from guide.core.commands import Command
from guide.core.readout import Readout
from guide.kit.direction import draw_line, margins, mirror, placed
from guide.kit.dress import dress, menus
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.painting import painting
from guide.kit.slider import Slider
from guide.language import N_, _
from guide.live.intents import Dim, FullScreen, Intent, Learn, Photo, Quiet, SayAgain
from guide.pages.session.veil import DARKEST

Tap = Literal["next", "pause", "nothing"]
CARE_CARD: Final = "care-card"  # the page of Learn
KEPT_EITHER_WAY: Final = N_(
    "What you did is kept either way. “Leave it for now” closes Pumping Guide; opened again within 12 hours, it offers "
    "to carry on."
)


def finish_words(*, lost: bool) -> str:
    """The button that ends a session; where its log takes nothing it saves nothing."""
    return _("Finish") if lost else _("Finish and save")


@dataclass(frozen=True, slots=True)
class SessionOptions:
    """
    What a person has chosen for her sessions. `keys`: keys of her own, as Qt writes them, for intents by their name.

    `spoken`: a voice says the steps, so a screen reader is not told the same; `speed`: how fast a rehearsal runs;
    `kept`: whether it goes into the log, which a try-out from the editor does not; `lost`: why that takes nothing.
    """

    tap: Tap = "next"
    number_free: bool = False
    quiet: bool = False
    dim: float = 0.0
    photos: tuple[Path, ...] = ()
    partner: bool = True
    keys: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    spoken: bool = False
    speed: float = 1.0
    kept: bool = True
    lost: str = ""


class FollowingLine(Guarded, QWidget):
    """What comes next, and how long it goes on."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._u = 1.0
        self._kind = ""
        self._name = ""
        self._length = ""
        self._remaining = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self.update)

    @property
    def words(self) -> str:
        start = _("Next: {name}").format(name=self._name) if self._kind else self._name
        return " ".join(part for part in (start, self._length) if part)

    @property
    def remaining(self) -> str:
        return self._remaining

    def set_unit(self, u: float) -> None:
        self._u = u

    def show_words(self, readout: Readout, *, number_free: bool) -> None:
        following = readout.following
        kind = following.kind.value if following else ""
        name = following.title if following else _("This is the last step")
        length = following.length if following and not number_free else ""
        remaining = "" if number_free or readout.longest_left <= timedelta(0) else readout.remaining
        now = (kind, name, length, remaining)
        if now != (self._kind, self._name, self._length, self._remaining):
            self._kind, self._name, self._length, self._remaining = now
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            font = self._look.session_font("next", self._u)
            while self._needed(font) > self.width() and font.pixelSize() > 12:
                font.setPixelSize(font.pixelSize() - 1)
            painter.setFont(font)
            size = font.pixelSize()
            x, placed = 0.0, mirror(painter, self.rect())
            if self._kind:
                x = self._say(painter, x, _("Next:"), theme.text2) + size * 0.85
                side = size * 1.25
                place = placed(QRectF(x, (self.height() - side) / 2, side, side))
                paint_icon(painter, self._kind, place, theme.ink(self._kind), 2.0)
                x += side + size * 0.6
            x = self._say(painter, x, self._name, theme.text if self._kind else theme.text2) + size * 0.5
            self._say(painter, x, self._length, theme.text2)
            painter.setPen(theme.text2)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            draw_line(painter, QRectF(self.rect()), right, self._remaining)

    def _say(self, painter: QPainter, x: float, text: str, colour: QColor) -> float:
        width = QFontMetricsF(painter.font()).horizontalAdvance(text)
        painter.setPen(colour)
        room = placed(self, QRectF(x, 0, width + 2, self.height()))
        draw_line(painter, room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        return x + width

    def _needed(self, font: QFont) -> float:
        words = QFontMetricsF(font).horizontalAdvance(self.words + self._remaining)
        return words + font.pixelSize() * 4.5


class SessionMenu(QMenu):
    """
    What is seldom needed in a session, and the slider for the dark: `dimmed` goes with it, for the eye alone.

    What is `asked` of it is kept on the disk, which takes a moment for each; so it is asked once it stays somewhere.
    """

    asked = Signal(object)
    dimmed = Signal(float)

    def __init__(self, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        dress(self, menus, look=look)
        self.setAccessibleName(_("More"))
        self.slowed = self._item(_("Milk is slowing"), Command.MILK_SLOWED, "M")
        self.undo = self._item(_("Undo"), Command.UNDO, "U")
        self._item(_("Say it again"), SayAgain(), "R")
        self.photo = self._item(_("Show photo"), Photo(), "P", checkable=True)
        self.quiet = self._item(_("Quiet night"), Quiet(), "Q", checkable=True)
        self._item(_("Full screen"), FullScreen(), "F11")
        self.care = self._item(_("When to seek care"), Learn(CARE_CARD))
        self.addSeparator()
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(margins(14, 6, 16, 8))
        line.setSpacing(14)
        line.addWidget(Label(_("Dim further"), look=look, parent=row))
        self.slider = Slider(
            _("Dim further"), look=look, maximum=round(DARKEST * 100), said=lambda value: f"{value} %", parent=row
        )
        line.addWidget(self.slider, 1)
        slider = QWidgetAction(self)
        slider.setDefaultWidget(row)
        self.addAction(slider)
        self.slider.valueChanged.connect(self._dim)
        self.slider.sliderReleased.connect(self._dim)

    def _item(self, text: str, intent: Intent, key: str = "", *, checkable: bool = False) -> QAction:
        action = QAction(f"{text}\t{key}" if key else text, self)
        action.setCheckable(checkable)
        action.triggered.connect(lambda: self.asked.emit(intent))
        self.addAction(action)
        return action

    def _dim(self) -> None:
        share = self.slider.value() / 100
        self.dimmed.emit(share)
        if not self.slider.isSliderDown():
            self.asked.emit(Dim(share))

    def show_options(self, options: SessionOptions) -> None:
        self.photo.setChecked(bool(options.photos))
        self.quiet.setChecked(options.quiet)
        self.slider.blockSignals(True)
        self.slider.setValue(round(options.dim * 100))
        self.slider.blockSignals(False)

    def show_step(self, *, may_slow: bool, may_come: bool = False) -> None:
        """M says that milk slows, or, where a step waits for the first of it, that it comes."""
        self.slowed.setText("{}\tM".format(_("Milk is coming") if may_come else _("Milk is slowing")))
        self.slowed.setEnabled(may_slow or may_come)
