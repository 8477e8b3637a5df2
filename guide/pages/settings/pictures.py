"""Pictures of hers as they are chosen: each is opened once, aside, and what cannot be shown is refused at once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from guide.kit.file_dialog import ask_files
from guide.language import N_, _, listed, ngettext
from guide.live.frames import PictureError
from guide.live.pictures import PHOTOS, VIDEOS, check, is_video
from guide.live.video import can_play, how_to_install
from guide.tools import Tools

PICTURES: Final = N_("Pictures and videos ({patterns})")
PATTERNS: Final = " ".join(f"*.{ending}" for ending in sorted({*PHOTOS, *(one[1:] for one in VIDEOS)}))
QUICK: Final = 1_000  # milliseconds in which nobody asks what is going on
MOST_NAMED: Final = 3


class ChosenPictures(QObject):
    """The good ones of several are kept."""

    _looked = Signal(int, object, object)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._turn = 0
        self._looked.connect(self._take)
        self._refused = ""  # what was told of the ones chosen last
        self.slow = QTimer(self)
        self.slow.setSingleShot(True)
        self.slow.setInterval(QUICK)
        self.slow.timeout.connect(lambda: tools.window.toast.tell(_("Looking at what you chose…")))

    def choose(self) -> None:
        """Ask for pictures of hers; the files stay where they are."""
        kinds = _(PICTURES).format(patterns=PATTERNS)
        title = _("Choose photos or videos")
        paths = ask_files(self._tools.window, title, kinds)
        shown = [path for path in paths if can_play() or not is_video(Path(path))]
        if len(shown) < len(paths):
            self._tools.tell(how_to_install())
        if shown:
            self._look_at(shown)

    def forget(self) -> None:
        """What is still looked at is not kept."""
        self._turn += 1
        self.slow.stop()

    def _look_at(self, paths: list[str]) -> None:
        self._turn += 1
        turn = self._turn
        if self._refused:
            self._tools.window.banner.withdraw(self._refused)  # it was about the ones before
        self.slow.start()

        def work() -> None:
            good: list[str] = []
            refused: list[tuple[str, str]] = []
            for path in paths:
                try:
                    check(Path(path))
                    good.append(path)
                except PictureError as error:
                    refused.append((Path(path).name, str(error)))
            self._looked.emit(turn, good, refused)

        self._tools.aside(work)

    def _take(self, turn: int, good: list[str], refused: list[tuple[str, str]]) -> None:
        if turn != self._turn:
            return
        if not self.slow.isActive():
            self._tools.window.toast.dismiss()
        self.slow.stop()
        if good:
            before = self._tools.preferences.settings.photos
            self._tools.preferences.change(photos=tuple(dict.fromkeys((*before, *good))), photos_shown=True)
        self._refused = _refusal(refused) if refused else ""
        if self._refused:
            self._tools.tell(self._refused)


def _refusal(refused: list[tuple[str, str]]) -> str:
    if len(refused) == 1:
        return refused[0][1]
    named = [name for name, _sentence in refused[:MOST_NAMED]]
    if len(refused) <= MOST_NAMED:
        return _("These cannot be shown: {names}. Copies saved as JPEG or MP4 will do.").format(names=listed(named))
    more = len(refused) - MOST_NAMED
    return ngettext(
        "These cannot be shown: {names} and {n} more. Copies saved as JPEG or MP4 will do.",
        "These cannot be shown: {names} and {n} more. Copies saved as JPEG or MP4 will do.",
        more,
    ).format(names=", ".join(named), n=more)
