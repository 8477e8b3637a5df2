"""A whole program on a desk of the test's own: temporary files, a clock moved by hand, a player that remembers."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from guide.app import Program, build
from guide.core.readout import Readout
from guide.pages.ready.page import ReadyPage
from guide.pages.routines.page import LibraryPage
from guide.sound.background import Output
from guide.sound.pcm import SoundError
from guide.store.paths import Paths
from guide.store.settings import SoreCheck
from hands import Clock, RememberingPlayer
from microphones import ScriptedCapture

NIGHT = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)
WELL = SoreCheck(NIGHT.date(), sore=False)

Page = TypeVar("Page", bound=QWidget)

SHORT = """\
name: Short
purposes: [protect]
steps:
  - {kind: massage, duration: 30 s, say: Circles.}
  - {kind: pump, duration: 1-3 min, until: milk slows, say: Pump.}
  - {kind: rest, duration: 20 s, say: Rest.}
"""


_summaries: list[bytes] = []  # of the built-in routines, read once for all tests


def lent(paths: Paths) -> None:
    """What takes long and comes out the same for every test: summaries of the built-in routines, and chimes."""
    chimes = paths.voices / "chimes"
    if not chimes.exists():
        shared = Path(os.environ["XDG_CACHE_HOME"]) / "chimes"
        shared.mkdir(exist_ok=True)
        chimes.parent.mkdir(parents=True, exist_ok=True)
        chimes.symlink_to(shared, target_is_directory=True)
    if _summaries and not paths.summaries.exists():
        paths.summaries.write_bytes(_summaries[0])


def keep_to_lend(paths: Paths) -> None:
    """Keep for the next tests what the first start has made."""
    if not _summaries and paths.summaries.is_file():
        _summaries.append(paths.summaries.read_bytes())


def no_speaker() -> Output:
    raise SoundError("There is no speaker.")


@dataclass
class Evening:
    """One start of the program; `again` is the next one, on the same files. `run` does its work beside the window."""

    paths: Paths
    qtbot: QtBot
    clock: Clock = field(default_factory=Clock)
    player: RememberingPlayer = field(default_factory=RememberingPlayer)
    wall: datetime = NIGHT
    run: Callable[[Callable[[], None]], None] = field(default=lambda work: work())
    capture: ScriptedCapture = field(default_factory=ScriptedCapture)
    speaker: Callable[[], Output] = no_speaker
    program: Program | None = None

    def begin(self, *, first: bool = False) -> Evening:
        lent(self.paths)
        self.program = build(
            paths=self.paths,
            clock=self.clock,
            player=lambda _: self.player,
            capture=lambda _: self.capture,
            run=self.run,
            thread=lambda _: None,
            now=lambda: self.wall,
            speaker=self.speaker,
        )
        self.program.desk.open(first=first)
        QApplication.processEvents()
        keep_to_lend(self.paths)
        return self

    def well(self) -> None:
        """The check of the day is answered: nothing hurts."""
        self.made.tools.preferences.change(sore_check=SoreCheck(self.wall.date(), sore=False))

    def again(self, *, later: timedelta = timedelta(minutes=6)) -> Evening:
        """The power comes back: nothing of the last start was closed."""
        self.end()
        self.wall += later
        return Evening(self.paths, self.qtbot, wall=self.wall, run=self.run).begin()

    def end(self) -> None:
        if self.program is not None:
            self.program.tools.conductor.leave()
            self.program.desk.close()
            self.program.tools.window.hide()
            self.program.tools.window.deleteLater()
            self.program = None

    @property
    def made(self) -> Program:
        assert self.program is not None
        return self.program

    @property
    def here(self) -> str:
        return self.made.tools.window.here

    def page(self, kind: type[Page]) -> Page:
        page = self.made.tools.window.stack.currentWidget()
        assert isinstance(page, kind)
        return page

    @property
    def readout(self) -> Readout:
        readout = self.made.tools.conductor.readout()
        assert readout is not None
        return readout

    def pass_time(self, seconds: float) -> None:
        """Time passes, and the conductor wakes each time it wanted to."""
        self.wall += timedelta(seconds=seconds)
        end = self.clock.now() + timedelta(seconds=seconds)
        while self.clock.now() < end:
            wait = self.made.tools.conductor.wait
            left = (end - self.clock.now()).total_seconds()
            self.clock.advance(min(wait / 1000, left) if wait >= 0 else left)
            self.made.tools.conductor.wake()


def go(evening: Evening) -> None:
    """Pick the short routine, answer the check, and press Start."""
    evening.page(LibraryPage).ready_asked.emit("short")
    ready = evening.page(ReadyPage)
    if ready.view is not None and ready.view.asks:
        ready.sore_answered.emit(False)
    QTest.keyClick(ready.start, Qt.Key.Key_Space)
