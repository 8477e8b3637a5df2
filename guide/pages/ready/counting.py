"""Start in 20 seconds: the count is shown, said or ticked, and then Start is pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from guide.core.count_in import SAID, CountIn
from guide.core.duration import SECOND
from guide.language import words
from guide.live.wishes import voices_of
from guide.sound.pcm import SoundError
from guide.sound.repertoire import Wishes, sound_of, spoken
from guide.standing import is_file
from guide.tools import Tools

if TYPE_CHECKING:
    from guide.pages.ready.page import ReadyPage
    from guide.sound.clip import Clip

MILLISECOND: Final = timedelta(milliseconds=1)
TICK: Final = "tick"
A_MOMENT: Final = 1500  # milliseconds: who presses Start at once needs no count


class CountedStart(QObject):
    """
    Holds the count while it runs. `sounding` tells for how long the program itself is heard.

    Its words are made ready beside the window, in the language of the routine, once the routine's own are there; what
    is not there yet is shown and not said.
    """

    sounding = Signal(object)
    _made = Signal(object, object)

    def __init__(
        self, tools: Tools, page: Callable[[], ReadyPage], start: Callable[[], None], *, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tools = tools
        self._page = page
        self._start = start
        self._count: CountIn | None = None
        self._clips: Mapping[int, Clip] = {}  # by the seconds that are left
        self._wish: tuple[str, Wishes] | None = None  # for which they are to be made
        self._made_for: tuple[str, Wishes] | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(A_MOMENT)
        self._idle.timeout.connect(self._make)
        self._alarm = QTimer(self)
        self._alarm.setSingleShot(True)
        self._alarm.setTimerType(Qt.TimerType.PreciseTimer)
        self._alarm.timeout.connect(self.wake)
        self._made.connect(self._take)

    @property
    def running(self) -> bool:
        return self._count is not None

    def prepare(self, language: str, wishes: Wishes) -> None:
        """Make its words, or its ticks where she wants no voice, when nothing was asked for a moment."""
        self._wish = language, wishes
        self._idle.start()

    def _make(self) -> None:
        self._idle.stop()
        wish, paths = self._wish, self._tools.paths
        if wish is None or (wish == self._made_for and self._is_there()):
            return
        language, wishes = self._made_for = wish

        def work() -> None:
            texts = {left: words(language).gettext(text) for left, text in SAID.items()}
            said, _problems = spoken(
                texts.values(), wishes, language=language, cache=paths.voices, voices=voices_of(paths)
            )
            clips = {left: said[text] for left, text in texts.items() if text in said}
            if not clips and wishes.chimes_on:
                with suppress(SoundError):  # the routine's own chimes have told it by now
                    clips = dict.fromkeys(SAID, sound_of(TICK, wishes, cache=paths.voices, beside=None))
            self._made.emit(wish, clips)

        self._tools.aside(work)

    def _take(self, wish: tuple[str, Wishes], clips: Mapping[int, Clip]) -> None:
        if wish == self._wish:
            self._clips = clips

    def _is_there(self) -> bool:
        """Whether what was made is still there: *Delete everything* takes its files, and so may whoever makes room."""
        return all(is_file(clip.path) for clip in self._clips.values())

    def begin(self) -> None:
        """Count from the beginning; a count that runs is left alone."""
        if self._count is None:
            self._make()
            self._tools.player.prime()
            self._count = CountIn(self._tools.conductor.clock.now())
            self._show()

    def stop(self) -> None:
        """No start: the page is as it was."""
        if self._count is not None:
            self._end()
            self._tools.player.stop()

    def wake(self) -> None:
        """Show and say the next second, or start; not behind another page, nor hours later when a lid is opened."""
        count, now = self._count, self._tools.conductor.clock.now()
        if count is None:
            return
        window = self._tools.window
        if window.here != "ready" or window.dialog is not None or count.missed(now):
            self.stop()
        elif count.left(now) == 0:
            self._end()
            self._start()
        else:
            self._show()

    def _end(self) -> None:
        self._count = None
        self._alarm.stop()
        self._page().show_count(None)

    def _show(self) -> None:
        count, now = self._count, self._tools.conductor.clock.now()
        if count is None:
            return
        left = count.left(now)
        overlay = self._page().count
        fresh = overlay.isHidden() or overlay.left != left
        self._page().show_count(left)
        if fresh and (clip := self._clips.get(left)) is not None:
            self._tools.player.play(clip)
            self.sounding.emit(clip.length)
        wait = max(count.next_change(now) - now, MILLISECOND)
        self._alarm.start(-(-min(wait, SECOND) // MILLISECOND))
