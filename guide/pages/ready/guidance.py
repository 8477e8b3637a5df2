"""What will guide her, on Get ready: voice, chimes, sounds behind the session, pictures, words for a partner."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QImage, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.choices import Switch
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.menu_button import MenuButton
from guide.kit.painting import painting
from guide.kit.rows import Row
from guide.kit.slider import Slider
from guide.language import _
from guide.pages.ready.view import Beyond, ReadyView

BETWEEN = 32
NEAREST = 14
LINE = 44


class Thumbnail(Guarded, QWidget):
    """The picture chosen, small."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._image: QImage | None = None
        self.setFixedSize(44, 34)

    def show_image(self, image: QImage | None) -> None:
        self._image = image if image is not None and not image.isNull() else None
        self.setVisible(self._image is not None)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            return
        with painting(self) as painter:
            painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform)
            painter.setRenderHint(painter.RenderHint.Antialiasing)
            path = QPainterPath()
            path.addRoundedRect(QRectF(self.rect()), 8, 8)
            painter.setClipPath(path)
            size = QSize(self._image.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(QRectF(self.rect()).center())
            painter.drawImage(place, self._image)


class Together(QWidget):
    """Two rows side by side where there is room, else one below the other."""

    def __init__(self, *rows: Row, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        for row in rows:
            row.setParent(self)
            self._box.addWidget(row, 1)

    def fit(self, width: int) -> None:
        shown = [row for row in self._rows if not row.isHidden()]
        hints = [row.sizeHint().width() for row in shown]
        beside = len(shown) > 1 and sum(hints) + NEAREST <= width
        for row in self._rows:  # half each where both fit in it, else what each needs
            even = max(hints, default=0) * 2 + BETWEEN <= width
            self._box.setStretchFactor(row, 1 if even else row.sizeHint().width())
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(across if beside else down)
        self._box.setSpacing(min(BETWEEN, width - sum(hints)) if beside else 0)


class Guidance(QWidget):
    """The rows; each tells what was chosen."""

    voice_toggled = Signal(bool)
    voice_chosen = Signal(object)
    voice_asked = Signal()
    chimes_toggled = Signal(bool)
    quiet_toggled = Signal(bool)
    partner_toggled = Signal(bool)
    sounds_chosen = Signal(object)
    sounds_asked = Signal()
    sounds_volume_changed = Signal(int)
    picture_chosen = Signal(object)
    picture_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.voice = Switch(_("Spoken prompts"), look=look)
        self.voice_button = MenuButton(_("Voice"), look=look, parent=self)
        self.chimes = Switch(_("Soft chimes"), look=look)
        self.quiet = Switch(_("Quiet night: hushed sound, larger words"), look=look)
        self.quiet.setToolTip(_("Hushed sound, larger words"))
        self.partner = Switch(_("Prompts for your partner"), look=look)
        self.sounds = MenuButton(_("Sounds"), look=look, parent=self)
        self.volume = Slider(
            _("How loud the sounds are"), look=look, said=lambda value: _("{share} percent").format(share=value)
        )
        self.volume.setMinimumWidth(120)
        self.thumbnail = Thumbnail(look=look)
        self.picture = MenuButton(_("Photo or video"), look=look, parent=self)
        self.voice_row = self._row(_("Spoken prompts"), "voice", self.voice_button, self.voice)
        self.sounds_row = self._row(_("Sounds"), "rain", self.sounds, self.volume)
        self.chimes_row = self._row(_("Soft chimes"), "chime", self.chimes)
        self.quiet_row = self._row(_("Quiet night"), "quiet", self.quiet)
        self.picture_row = self._row(_("Photo or video"), "photo", self.thumbnail, self.picture)
        self.partner_row = self._row(_("For your partner"), "partner", self.partner)
        self._pairs = (
            Together(self.chimes_row, self.quiet_row, parent=self),
            Together(self.picture_row, self.partner_row, parent=self),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for line in (self.voice_row, self._pairs[0], self.sounds_row, self._pairs[1]):
            column.addWidget(line)
        for switch, signal in (
            (self.voice, self.voice_toggled),
            (self.chimes, self.chimes_toggled),
            (self.quiet, self.quiet_toggled),
            (self.partner, self.partner_toggled),
        ):
            switch.clicked.connect(signal)
        self.voice_button.chosen.connect(lambda value: self._chosen(value, self.voice_asked, self.voice_chosen))
        self.voice_button.asked.connect(self.voice_asked)
        self.sounds.chosen.connect(lambda value: self._chosen(value, self.sounds_asked, self.sounds_chosen))
        self.volume.valueChanged.connect(self.sounds_volume_changed)
        self.picture.chosen.connect(lambda value: self._chosen(value, self.picture_asked, self.picture_chosen))
        self.picture.asked.connect(self.picture_asked)

    def _row(self, words: str, icon: str, *controls: QWidget) -> Row:
        return Row(words, *controls, look=self._look, icon=icon, height=LINE, parent=self)

    @staticmethod
    def _chosen(value: object, asked: SignalInstance, chosen: SignalInstance) -> None:
        if value is Beyond.OTHERS:
            asked.emit()
        else:
            chosen.emit(value)

    def controls(self) -> Sequence[QWidget]:
        """In the order of Tab."""
        return (
            self.voice_button,
            self.voice,
            self.chimes,
            self.quiet,
            self.sounds,
            self.volume,
            self.picture,
            self.partner,
        )

    def show_view(self, view: ReadyView) -> None:
        self.voice.setChecked(view.voice_on)
        self.voice_button.show_options(view.voices, value=view.voice, text=view.voice_name)
        self.voice_button.setVisible(bool(view.voices or view.voice_name))
        self.chimes.setChecked(view.chimes_on)
        self.quiet.setChecked(view.quiet)
        self.partner.setChecked(view.partner)
        self.sounds_row.setVisible(view.sounds is not None)
        if view.sounds is not None:
            self.sounds.show_options(view.sounds.options, value=view.sounds.value)
            self.volume.setEnabled(not view.sounds.silent)
            self.volume.blockSignals(True)
            self.volume.setValue(view.sounds.volume)
            self.volume.blockSignals(False)
        self.picture_row.setVisible(view.picture is not None)
        if view.picture is not None:
            shown = view.picture.thumbnail is not None
            self.picture.show_options(
                view.picture.options,
                value=view.picture.value,
                also=view.picture.turns,
                text=_("Choose…"),
                bare=shown,
            )
            self.thumbnail.show_image(view.picture.thumbnail)

    def fit(self, width: int) -> None:
        for pair in self._pairs:
            pair.fit(width)
