"""The composition root: makes every object once, connects them, runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from guide.core.plan import lay_out
from guide.core.routine import Routine
from guide.desk.desk import Desk
from guide.desk.tools import Tools
from guide.live.awake import Awake
from guide.live.clock import Clock, system_clock
from guide.live.conductor import Conductor
from guide.live.preferences import Preferences
from guide.live.preparation import Preparation, in_a_thread
from guide.live.single import Doorbell, ask_the_first
from guide.sound.player import Player, Playsound3Player
from guide.store.library import Library
from guide.store.log import Log
from guide.store.paths import Paths, builtin_folder, made
from guide.store.reader import laid_out
from guide.store.settings import Motion, Settings
from guide.ui.card import write_card
from guide.ui.main_window import MainWindow
from guide.ui.style import Look

NAME: Final = "Pumping Guide"


class Troubles(QObject):
    """Carries troubles told on other threads to the window's own."""

    told = Signal(str)


@dataclass(frozen=True, slots=True)
class Program:
    desk: Desk
    tools: Tools


def build(
    *,
    paths: Paths,
    clock: Clock | None = None,
    player: Callable[[Callable[[str], None]], Player] | None = None,
    run: Callable[[Callable[[], None]], None] = in_a_thread,
    now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    speed: float = 1,
    trace: Path | None = None,
) -> Program:
    """
    Make the whole program and connect it; nothing is shown yet.

    Tests give a clock they move, a player that remembers and a `run` that does its work at once.
    """
    preferences = Preferences(paths.settings)
    look = dressed(preferences)
    window = MainWindow(look=look)
    troubles = Troubles(window)
    troubles.told.connect(window.banner.tell)
    tools = Tools(
        window=window,
        look=look,
        paths=paths,
        library=Library(builtin_folder(), paths.own_routines, trash=paths.trash, cache=paths.summaries),
        log=Log.open(
            paths.log, now=now, plan_of=laid_out, on_trouble=lambda trouble: troubles.told.emit(trouble.message)
        ),
        preferences=preferences,
        conductor=Conductor(clock=clock or system_clock(), parent=window),
        preparation=Preparation(cache=paths.voices, run=run, parent=window),
        player=(player or _sounding)(troubles.told.emit),
        awake=Awake(),
        now=now,
        aside=run,
        speed=speed,
        trace=trace,
    )
    preferences.told.connect(window.banner.tell)
    for notice in (*preferences.notices, *tools.log.notices):
        window.banner.tell(notice)
    return Program(Desk(tools, parent=window), tools)


def _sounding(on_trouble: Callable[[str], None]) -> Player:
    return Playsound3Player(on_trouble=on_trouble)


def dressed(preferences: Preferences) -> Look:
    """The look her settings ask for, and go on asking for."""
    settings = preferences.settings
    look = Look(choice=settings.theme.value, scale=settings.text_scale, still=stillness(settings))

    def dress(changed: Settings) -> None:
        look.choose_theme(changed.theme.value)
        look.choose_scale(changed.text_scale)
        look.choose_still(stillness(changed))

    preferences.changed.connect(dress)
    return look


def stillness(settings: Settings) -> bool | None:
    """Whether pictures keep still; None follows the system."""
    return {Motion.GENTLE: False, Motion.STILL: True}.get(settings.motion)


def run(*, paths: Paths, routine: str | None, start: bool, speed: float, trace: Path | None) -> int:
    """Open the window, or bring the one that is open to the front; returns when it closes."""
    application = QApplication.instance() or QApplication([NAME])
    assert isinstance(application, QApplication)  # noqa: S101  nobody makes another kind in this program
    application.setApplicationName(NAME)
    application.setApplicationDisplayName(NAME)
    application.setDesktopFileName("pumping-guide")
    made(paths.runtime)
    wish = f"{'start' if start else 'open'} {routine}" if routine else ""
    if ask_the_first(paths.socket, wish):
        return 0
    program = build(paths=paths, speed=speed, trace=trace)
    tools, desk = program.tools, program.desk
    tools.look.apply(application)
    sys.excepthook = desk.say_unforeseen
    doorbell = Doorbell(paths.socket, parent=tools.window)
    doorbell.rung.connect(desk.answer)
    desk.open(routine, start=start)
    try:
        return application.exec()
    finally:
        desk.close()
        doorbell.close()


def print_card(routine: Routine, path: Path, *, paper: str) -> None:
    """Write a one-page card of a routine as PDF; raises OSError."""
    application = QApplication.instance() or _offscreen()
    assert application is not None  # noqa: S101
    write_card(lay_out(routine), path, paper=paper)


def _offscreen() -> QApplication:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QApplication([NAME])
