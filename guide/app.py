"""The composition root: makes every object once, connects them, runs."""

from __future__ import annotations

import contextlib
import gc
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from guide.answers import OK, PROBLEMS, complain
from guide.calling import APP_ID
from guide.desktop import let_go, unfurnished
from guide.kit.ground import GROUND, STYLE
from guide.language import _
from guide.live.aside import in_a_thread, let_finish
from guide.live.lock import First, HandedOver, Unanswered, claim, reachable
from guide.rescued import tell_of_damage
from guide.store.glance import ThemeSetting, glance
from guide.store.paths import Paths, builtin_folder, made
from guide.window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtGui import QPalette

    from guide.core.plan import Plan
    from guide.core.routine import Side
    from guide.desk import Desk
    from guide.hear.microphone import Capture
    from guide.kit.alert import Banner
    from guide.kit.look import Look
    from guide.live.again import Again
    from guide.live.awake import Awake
    from guide.live.clock import Clock
    from guide.live.conductor import Conductor
    from guide.live.listening import Listening
    from guide.live.preferences import Preferences
    from guide.live.preparation import Preparation
    from guide.sound.background import BackgroundPlayer, Output
    from guide.sound.player import Player
    from guide.store.log.file import LogTrouble
    from guide.store.settings import Settings
    from guide.tools import Tools

NAME: Final = "Pumping Guide"
LONGEST_UNSEEN: Final = 1000  # milliseconds: a window on another workspace may not be painted at all
LONGEST_ASIDE: Final = 2  # seconds from the window's end to the program's: loading a network takes one
USED_FIRST: Final = 20  # milliseconds from the library's opening to what nobody waits for: Start is painted in ten


class TroubleSignals(QObject):
    """
    Carries troubles told on other threads, their end, and clips that were not heard, to the window's own.

    `unlogged` says that what she did is not on the disk.
    """

    told = Signal(str)
    unlogged = Signal(str)
    over = Signal(str)
    unheard = Signal(str)


class Program(NamedTuple):
    desk: Desk
    tools: Tools


def build(
    *,
    paths: Paths,
    clock: Clock | None = None,
    player: Callable[[Callable[[str], None]], Player] | None = None,
    capture: Callable[[str], Capture] | None = None,
    run: Callable[[Callable[[], None]], None] = in_a_thread,
    thread: Callable[[Callable[[], None]], None] = in_a_thread,
    now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    speed: float = 1,
    trace: Path | None = None,
    speaker: Callable[[], Output] | None = None,
    within: MainWindow | None = None,
) -> Program:
    """
    Make the whole program and connect it; nothing is shown yet, unless `within` a window that is.

    Tests give a clock they move, a player that remembers, a `run` that works at once, and a `capture` they speak to.
    """
    from guide.desk import Desk  # here and below: the window is painted before these are read
    from guide.live.again import Again
    from guide.live.preferences import Preferences
    from guide.live.speech import use_language
    from guide.store.log.log import Log
    from guide.store.routines.library import Library
    from guide.tools import Tools

    preferences = Preferences(paths.settings)
    use_language(preferences.settings)
    look, window = dressed(preferences), within or MainWindow()
    if isinstance(application := QApplication.instance(), QApplication) and within is not None:
        look.apply(application, styled=True)
    window.furnish(look)
    troubles = TroubleSignals(window)
    troubles.told.connect(window.banner.tell)
    troubles.unlogged.connect(window.banner.tell_first)
    troubles.over.connect(window.banner.withdraw)
    again = Again(parent=window)
    again.saved.connect(lambda: window.toast.mention(_("Everything is saved now.")))
    troubles.over.connect(again.soon)

    def unlogged(trouble: LogTrouble) -> None:
        troubles.unlogged.emit(trouble.message)
        again.refused()

    def conductor() -> Conductor:
        from guide.live.clock import system_clock
        from guide.live.conductor import Conductor

        return Conductor(clock=clock or system_clock(), parent=window)

    def background() -> BackgroundPlayer:
        from guide.sound.background import BackgroundPlayer, device

        return BackgroundPlayer(
            open_device=speaker or device,
            on_trouble=troubles.told.emit,
            on_mended=troubles.over.emit,
            on_unheard=troubles.unheard.emit,
        )

    def preparation() -> Preparation:
        from guide.live.preparation import Preparation
        from guide.live.wishes import voices_of

        return Preparation(
            cache=paths.voices, voices=lambda priority: voices_of(paths, priority), run=run, parent=window
        )

    def listening() -> Listening:
        from guide.live.her_words import alike_kept
        from guide.live.listening import Listening

        made_now = Listening(
            path=paths.words,
            capture=capture or _recording,
            run=run,
            alike_kept=lambda: alike_kept(preferences.settings),
            thread=thread,
            parent=window,
        )
        made_now.told.connect(window.banner.tell)
        made_now.over.connect(window.banner.withdraw)
        made_now.over.connect(again.soon)
        made_now.unkept.connect(again.refused)
        again.add(made_now.save_now)
        tools.unsaved.append(made_now.unsaved)
        return made_now

    tools = Tools(
        window=window,
        look=look,
        paths=paths,
        library=Library(
            builtin_folder(),
            paths.own_routines,
            trash=paths.trash,
            cache=paths.summaries,
            on_trouble=troubles.told.emit,
        ),
        log=Log.open(
            paths.log,
            now=now,
            plan_of=_plan_of,
            on_trouble=unlogged,
            on_mended=lambda trouble: troubles.over.emit(trouble.message),
            on_notice=troubles.told.emit,
        ),
        preferences=preferences,
        again=again,
        conductor=conductor,
        preparation=preparation,
        player=lambda: player(troubles.told.emit) if player else _sounding(troubles, paths.told, again, window.banner),
        unheard=troubles.unheard,
        awake=_keeping_awake,
        listening=listening,
        microphones=_microphones if capture is None else tuple,
        background=background,
        now=now,
        aside=run,
        speed=speed,
        trace=trace,
    )
    again.add(tools.log.save_now)
    again.add(lambda: tools.log.trouble is None, light=True)  # tried on while nothing waits yet: something will
    again.add(preferences.save_now, light=True)
    tools.unsaved.append(preferences.unsaved)
    preferences.told.connect(window.banner.tell)
    preferences.told.connect(again.refused)
    preferences.noticed.connect(window.banner.tell)
    preferences.mended.connect(window.banner.withdraw)
    preferences.mended.connect(again.soon)
    for notice in preferences.notices:
        window.banner.tell(notice)
    tell_of_damage(paths.log, tools.log.notices, window.banner)
    return Program(Desk(tools, parent=window), tools)


def _sounding(troubles: TroubleSignals, told: Path, again: Again, banner: Banner) -> Player:
    """
    A player whose trouble is told once, not at each start, until a sound was heard or the cause is another.

    While the banner says that there is no sound, it is looked for every ten seconds: no sound may be asked for.
    """
    from guide.sound.player import Playsound3Player
    from guide.sound.trouble import Trouble
    from guide.store.told import ToldOnce

    once = ToldOnce(told)

    def tell(sentence: str) -> None:
        if sentence == Trouble.FILE.sentence(sys.platform) or once.says_new(sentence):
            troubles.told.emit(sentence)

    player = Playsound3Player(
        on_trouble=tell, on_mended=troubles.over.emit, on_heard=once.forget, on_unheard=troubles.unheard.emit
    )

    def look_again() -> bool:
        silent = banner.holds(Trouble.NO_DEVICE.sentence(sys.platform))
        if silent:
            player.prime()
        return not silent

    again.look(look_again)
    troubles.told.connect(again.begin)
    troubles.unheard.connect(again.begin)
    return player


def _keeping_awake() -> Awake:
    from guide.live.awake import Awake

    return Awake()


def _recording(name: str) -> Capture:
    from guide.hear.device import Device

    return Device(name)


def _microphones() -> tuple[str, ...]:
    from guide.hear.device import device_names

    return device_names()


def _plan_of(text: str, first: Side) -> Plan | None:
    from guide.store.routines.reader import laid_out  # only a session that was cut off is read

    return laid_out(text, first)


def dressed(preferences: Preferences) -> Look:
    """The look her settings ask for, and go on asking for."""
    from guide.kit.look import Look

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
    from guide.store.settings import MotionChoice

    return {MotionChoice.GENTLE: False, MotionChoice.STILL: True}.get(settings.motion)


def run(*, paths: Paths, routine: str | None, start: bool, speed: float, trace: Path | None, platform: str = "") -> int:
    """Open the window, or bring the one that is open to the front; returns when it closes."""
    made(paths.runtime)
    wish = f"{'start' if start else 'open'} {_findable(routine)}" if routine else ""
    socket = reachable(paths.socket)
    match claim(socket, wish):
        case HandedOver():
            return OK
        case Unanswered():
            return complain(
                _("Pumping Guide is open already, but its window does not answer. Close it, then try again.")
            )
        case First(lock):
            pass
    application = _application(platform)
    let_go()
    rooms = contextlib.ExitStack()
    failed: list[Exception] = []
    first = not paths.settings.exists()
    programs: list[Program] = []

    def furnish() -> None:
        if programs or failed:
            return
        try:
            programs.append(build(paths=paths, speed=speed, trace=trace, within=window))
            desk = programs[0].desk
            rooms.callback(desk.close)
            sys.excepthook, threading.excepthook = desk.unforeseen.say, desk.unforeseen.say_of_a_thread
            desk.open(routine, start=start, first=first)
            QTimer.singleShot(USED_FIRST, attend)
        except Exception as error:  # noqa: BLE001  an empty window is no help to anybody
            failed.append(error)
            application.exit(PROBLEMS)

    def attend() -> None:
        """Hear later starts, and take away what killed programs left: Start can be pressed before."""
        from guide.kit.file_dialog import keep_places
        from guide.scratch import sweep

        gc.enable()
        rooms.callback(_listening(socket, programs[0].desk, window))
        programs[0].tools.aside(sweep)
        keep_places(paths.places.parent)

    with rooms:
        gc.disable()  # nothing of what a start makes is garbage: looking for it would take a twentieth of the time
        rooms.callback(gc.enable)
        if lock is not None:
            rooms.callback(lock.unlock)
        try:
            seen = glance(paths.settings)
            application.setPalette(_ground(application, seen.theme))
            window = MainWindow()
            window.place(seen.window)
            window.show()
        except Exception as error:  # noqa: BLE001
            return complain(unfurnished(error))
        window.painted.connect(furnish)
        QTimer.singleShot(LONGEST_UNSEEN, furnish)
        code = application.exec()
        if failed:
            window.hide()
    let_finish(LONGEST_ASIDE)
    return complain(unfurnished(failed[0])) if failed else code


def _ground(application: QApplication, theme: ThemeSetting) -> QPalette:
    """The colours of a window with nothing in it; a palette made of a colour would read the whole `Qt` namespace."""
    from PySide6.QtGui import QColor

    name = theme.value
    if theme is ThemeSetting.SYSTEM:
        from PySide6.QtCore import Qt

        name = "light" if application.styleHints().colorScheme() is Qt.ColorScheme.Light else "night"
    palette = application.palette()
    palette.setColor(palette.ColorRole.Window, QColor(GROUND[name]))
    return palette


def _application(platform: str) -> QApplication:
    """Qt's application, on a platform of Qt's if one has to be named."""
    named = ["-platform", platform] if platform else []
    application = QApplication.instance() or QApplication([NAME, *named, "-style", STYLE])
    assert isinstance(application, QApplication)  # noqa: S101  nobody makes another kind in this program
    application.setApplicationName(NAME)
    application.setApplicationDisplayName(NAME)
    application.setDesktopFileName(APP_ID)
    if sys.platform == "win32":  # else the taskbar shows it as Python
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP_ID)
    return application


def _listening(socket: Path, desk: Desk, window: MainWindow) -> Callable[[], None]:
    """Hear later starts; gives the call that ends it."""
    from guide.live.single import Doorbell

    doorbell = Doorbell(socket, parent=window)
    doorbell.rung.connect(desk.answer)
    return doorbell.close


def _findable(routine: str) -> str:
    """A window that is open already may stand in another folder."""
    path = Path(routine)
    return str(path.absolute()) if len(path.parts) > 1 or path.suffix else routine
