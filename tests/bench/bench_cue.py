"""
How late the device is asked for a cue, alone and with two busy programs beside: `python -m tests.bench.bench_cue`.

The real window, conductor, log and player's thread; only what playsound3 would start is left out, so that a computer
without a speaker measures the same. Also how long a press is on the window's thread: what it writes is durable then.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles
from types import SimpleNamespace
from typing import Any, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from guide.app import build
from guide.live.intents import GoOn
from guide.pages.session.page import SessionPage
from guide.sound.player import Playsound3Player
from guide.store.paths import Paths
from guide.store.settings import Settings, SoreCheck, save

TARGET: Final = 20.0  # milliseconds, the median with two busy programs
CUES: Final = 25
STEP: Final = "  - {kind: massage, duration: 20 s, pace: {beats: [press, roll], every: 1 s}}\n"
ROUTINE: Final = "name: Cues\nsteps:\n" + STEP
PRESSED: Final = "name: Pressed\nsteps:\n" + STEP * (CUES + 1)


class Sound:
    """What playsound3 gives, over at once."""

    subprocess = SimpleNamespace(returncode=0)

    def is_alive(self) -> bool:
        return False

    def stop(self) -> None:
        pass


def measured() -> tuple[list[float], list[float]]:
    """Milliseconds from the moment a tick is due to the device being asked; and those of a press of Next."""
    asked: list[float] = []

    def playsound(*_: Any, **__: Any) -> Sound:
        asked.append(time.clock_gettime(time.CLOCK_BOOTTIME))
        return Sound()

    module = SimpleNamespace(AVAILABLE_BACKENDS=["alsa"], playsound=playsound)
    application = QApplication.instance() or QApplication(["cues"])
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths.of(Path(folder))
        paths.own_routines.mkdir(parents=True)
        (paths.own_routines / "cues.yaml").write_text(ROUTINE, encoding="utf-8")
        (paths.own_routines / "pressed.yaml").write_text(PRESSED, encoding="utf-8")
        well = SoreCheck(datetime.now().astimezone().date(), sore=False)
        save(paths.settings, Settings(full_screen_at_start=False, voice_on=False, sore_check=well))
        program = build(
            paths=paths,
            player=lambda _: Playsound3Player(load=lambda: module, which=lambda _: "aplay"),
            run=lambda do: do(),
        )
        tools = program.tools
        program.desk.open()
        application.processEvents()
        program.desk.routines.open("cues", start=True)
        late: list[float] = []
        known: list[float] = []
        presses: list[float] = []
        over = QTimer()

        def look() -> None:
            if not tools.conductor.playing and late:
                application.exit()

        heard = tools.conductor.happened

        def note(move: Any) -> None:
            due = [one.at for one in move.happenings]
            if move.command is None and due and len(asked) > len(known):
                zero = tools.conductor.clock.now() - tools.conductor.now
                late.append((asked[-1] - (zero + due[0]).total_seconds()) * 1000)
            known[:] = asked

        heard.connect(note)
        over.timeout.connect(look)
        over.start(200)
        QTimer.singleShot(40_000, application.exit)
        application.exec()
        over.stop()
        heard.disconnect(note)
        program.desk.go_to("routines")
        program.desk.routines.open("pressed", start=True)
        application.processEvents()
        page = tools.window.page("session")
        assert isinstance(page, SessionPage)
        for _ in range(CUES):
            application.processEvents()
            began = time.perf_counter()
            page.ask(GoOn())
            presses.append((time.perf_counter() - began) * 1000)
        tools.conductor.leave()
        program.desk.close()
    return late, presses


@contextlib.contextmanager
def busy(number: int) -> Iterator[None]:
    beside = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(number)]
    try:
        yield
    finally:
        for one in beside:
            one.kill()
            one.wait()


def told(what: str, found: list[float], target: float | None = None) -> None:
    verdict = "" if target is None else f"  (target {target:g}{'' if median(found) <= target else ', MISSED'})"
    ninth = quantiles(found, n=10)[-1]
    print(f"{what:52}{median(found):7.1f} ms   9 in 10 under {ninth:.1f}, worst {max(found):.1f}{verdict}")


def main() -> None:
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else "")
    for number, words in ((0, "alone"), (2, "two busy programs beside")):
        with busy(number):
            late, presses = measured()
        told(f"from due to the device asked, {words}", late, TARGET if number else None)
        told(f"a press of Next on the window's thread, {words}", presses)


if __name__ == "__main__":
    main()
