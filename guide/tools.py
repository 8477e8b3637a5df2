"""What every desk works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from guide.kit.look import Look
from guide.language import _
from guide.live.preferences import Preferences
from guide.store.files import newest_first
from guide.store.log.log import Log
from guide.store.paths import Paths
from guide.store.routines.library import Library
from guide.window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from guide.live.again import Again
    from guide.live.awake import Awake
    from guide.live.conductor import Conductor
    from guide.live.listening import Listening
    from guide.live.media_keys import MediaKeys
    from guide.live.preparation import Preparation
    from guide.live.reveal import Revealer
    from guide.sound.background import BackgroundPlayer
    from guide.sound.clip import Clip
    from guide.sound.player import Player


class Unsaved(NamedTuple):
    """What the disk refused in the editor: a sentence of a new routine, and routines with a draft in memory."""

    words: str = ""
    drafts: frozenset[str] = frozenset()


class Tools:
    """
    Made once by `app.build`; what only a session needs is made when it is first used.

    `unheard` says that a clip could not be played, and why: of one that she asked for outside a session it is told
    each time. `microphones` names those there are, which may take a second.
    `unsaved` are asked for what the disk refused, by its names in an archive of everything; `refused` is what it
    refused in the editor.
    `now` is the wall clock, which dates the log; `aside` does work off the window's thread.
    """

    def __init__(
        self,
        *,
        window: MainWindow,
        look: Look,
        paths: Paths,
        library: Library,
        log: Log,
        preferences: Preferences,
        again: Again,
        conductor: Callable[[], Conductor],
        preparation: Callable[[], Preparation],
        player: Callable[[], Player],
        unheard: SignalInstance,
        awake: Callable[[], Awake],
        listening: Callable[[], Listening],
        microphones: Callable[[], tuple[str, ...]],
        background: Callable[[], BackgroundPlayer],
        now: Callable[[], datetime],
        aside: Callable[[Callable[[], None]], None],
        speed: float = 1,
        trace: Path | None = None,
    ) -> None:
        self.window = window
        self.look = look
        self.paths = paths
        self.library = library
        self.log = log
        self.preferences = preferences
        self.again = again
        self._conductor = conductor
        self._preparation = preparation
        self._player = player
        self.unheard = unheard
        self._asked_to_hear = False
        self._awake = awake
        self._listening = listening
        self.microphones = microphones
        self._background = background
        self.now = now
        self.aside = aside
        self.speed = speed
        self.trace = trace
        self.unsaved: list[Callable[[], Mapping[str, bytes]]] = []
        self.refused: Callable[[], Unsaved] = Unsaved
        unheard.connect(self._tell_unheard)

    @property
    def unfinished(self) -> frozenset[str]:
        """The routines with changes that are not saved: drafts on the disk, and those it refused."""
        return self.refused().drafts.union(path.stem for path in newest_first(self.paths.drafts, "*.yaml"))

    @cached_property
    def conductor(self) -> Conductor:
        return self._conductor()

    @cached_property
    def preparation(self) -> Preparation:
        return self._preparation()

    @cached_property
    def player(self) -> Player:
        return self._player()

    @cached_property
    def awake(self) -> Awake:
        return self._awake()

    @cached_property
    def listening(self) -> Listening:
        return self._listening()

    @cached_property
    def media_keys(self) -> MediaKeys:
        from guide.live.media_keys import MediaKeys

        return MediaKeys(run=self.aside, parent=self.window)

    @cached_property
    def revealer(self) -> Revealer:
        from guide.live.reveal import Revealer

        revealer = Revealer(run=self.aside, parent=self.window)
        revealer.told.connect(self.tell)
        return revealer

    def read_words_again(self) -> None:
        """Her takes came in from elsewhere."""
        if "listening" in vars(self):
            self.listening.read_again()

    def forget_words(self) -> None:
        """Her takes go, and what listens to them ends."""
        if "listening" in vars(self):
            self.listening.close()
            self.listening.keep({})
        with suppress(OSError):  # whoever erases looks at what is left
            self.paths.words.unlink(missing_ok=True)

    @cached_property
    def background(self) -> BackgroundPlayer:
        return self._background()

    @property
    def playing(self) -> bool:
        """Whether a session is under way, running or paused."""
        return "conductor" in vars(self) and self.conductor.playing

    def tell(self, *sentences: str) -> None:
        """A failure of the world, on the banner: of what she asked for, it is told each time she asks, and at once."""
        self.window.banner.tell_asked(*sentences)

    def tell_met(self, *sentences: str) -> None:
        """As `tell`, for what was met on the way to something she asked for: it hides no word of what may be lost."""
        if not self.window.banner.tells_of_loss:
            self.tell(*sentences)
            return
        for sentence in sentences:
            self.window.banner.tell(sentence)

    def tell_kept(self, path: Path) -> None:
        """What she has kept elsewhere is there."""
        self.window.toast.tell(_("Kept as {name}").format(name=path.name))

    def hear(self, clip: Clip) -> None:
        """Play what she has asked to hear: that it cannot be heard is told each time she asks."""
        self.expect_sound()
        self.player.play(clip)

    def expect_sound(self) -> None:
        """What plays next is what she has asked to hear."""
        self._asked_to_hear = True

    def _tell_unheard(self, sentence: str) -> None:
        """Of what sounds by itself, in a session, after it or in a count before it, it was told once."""
        asked, self._asked_to_hear = self._asked_to_hear, False
        if asked and not self.playing:
            self.tell_met(sentence)

    def close(self) -> None:
        self.again.now()
        self.again.timer.stop()
        if "preparation" in vars(self):  # begun for Get ready or beforehand, where no session came of it
            self.preparation.give_up()
        if "listening" in vars(self):
            self.listening.close()
        if "background" in vars(self):
            self.background.close()
        if "player" in vars(self):
            self.player.close()
        self.log.close()
