"""What every desk works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from guide.live.awake import Awake
from guide.live.conductor import Conductor
from guide.live.preferences import Preferences
from guide.live.preparation import Preparation
from guide.sound.player import Player
from guide.store.library import Library
from guide.store.log import Log
from guide.store.paths import Paths
from guide.ui.main_window import MainWindow
from guide.ui.style import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """
    Made once by `app.build`.

    `now` is the wall clock, which dates the log; `aside` does work off the window's thread.
    """

    window: MainWindow
    look: Look
    paths: Paths
    library: Library
    log: Log
    preferences: Preferences
    conductor: Conductor
    preparation: Preparation
    player: Player
    awake: Awake
    now: Callable[[], datetime]
    aside: Callable[[Callable[[], None]], None]
    speed: float = 1
    trace: Path | None = None

    def tell(self, sentence: str) -> None:
        """A failure of the world: once, on the banner."""
        self.window.banner.tell(sentence)
