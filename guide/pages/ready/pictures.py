"""Her photos and videos, as Get ready offers them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from guide.kit.menu_button import MenuOption
from guide.language import _
from guide.live.frames import PictureError
from guide.live.pictures import thumbnail
from guide.pages.ready.page import ReadyPage
from guide.pages.ready.view import Beyond, PictureView
from guide.store.settings import Settings
from guide.tools import Tools


class Pictures(QObject):
    """`changed` says that Get ready has something else to show."""

    changed = Signal()
    _made = Signal(str, object)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._thumbnail: tuple[str, QImage | None] = ("", None)
        self._made.connect(self._take)

    def join(self, page: ReadyPage) -> None:
        page.guidance.picture_chosen.connect(self._choose)

    def view(self, settings: Settings) -> PictureView:
        """Her pictures by name; the first is shown first, and small."""
        photos = settings.photos
        options = [MenuOption(photo, Path(photo).name) for photo in photos]
        if options:
            options = [MenuOption(None, _("Off")), *options, MenuOption(Beyond.OTHERS, _("Choose…"), apart=True)]
        value = photos[0] if photos and settings.photos_shown else None
        if value is not None and self._thumbnail[0] != value:
            self._thumbnail = (value, None)
            self._tools.aside(lambda: self._made.emit(value, _small(Path(value))))
        if value is None:
            return PictureView(tuple(options))
        return PictureView(tuple(options), value, self._thumbnail[1], turns=photos)

    def _take(self, photo: str, image: QImage | None) -> None:
        if self._thumbnail[0] == photo:
            self._thumbnail = (photo, image)
            self.changed.emit()

    def _choose(self, photo: object) -> None:
        photos = self._tools.preferences.settings.photos
        if isinstance(photo, str) and photo in photos:
            rest = tuple(one for one in photos if one != photo)
            self._tools.preferences.change(photos=(photo, *rest), photos_shown=True)
        else:
            self._tools.preferences.change(photos_shown=False)
        self.changed.emit()


def _small(path: Path) -> QImage | None:
    try:
        return thumbnail(path, 88)
    except PictureError:
        return None  # told in words when the session would show it
