"""How soon a press of Next is seen: `python tests/bench/bench_answer.py`."""

from __future__ import annotations

import sys
import tempfile
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from PySide6.QtWidgets import QApplication

from guide.app import build
from guide.core.commands import Command
from guide.live.intents import GoOn
from guide.pages.session.page import SessionPage
from guide.sound.clip import Clip
from guide.store.paths import Paths
from guide.store.settings import Settings, SoreCheck, save

PRESSES = 80
KINDS = ("massage", "stroke", "shake", "knead", "pump", "compress", "express", "rest")


class Silence:
    """A player for a room without ears."""

    trouble: str | None = None

    def play(self, clip: Clip) -> None:
        pass

    def stop(self) -> None:
        pass

    def prime(self) -> None:
        pass

    def close(self) -> None:
        pass


def main(home: Path) -> None:
    application = QApplication.instance() or QApplication(["answer"])
    assert isinstance(application, QApplication)
    routine = home / "answer.yaml"
    steps = [f"  - {{kind: {KINDS[n % len(KINDS)]}, duration: 1 min}}" for n in range(PRESSES + 1)]
    routine.write_text("\n".join(["name: Answer", "steps:", *steps]) + "\n", encoding="utf-8")
    paths = Paths.of(home / "answer")
    save(paths.settings, Settings(sore_check=SoreCheck(datetime.now().astimezone().date(), sore=False)))
    program = build(paths=paths, player=lambda _: Silence(), run=lambda work: work())
    tools = program.tools
    tools.look.apply(application)
    program.desk.open(str(routine), start=True)
    while not tools.conductor.playing:
        application.processEvents()
    page = tools.window.page("session")
    assert isinstance(page, SessionPage)
    shown, painted = [], []
    for _ in range(PRESSES):
        application.processEvents()
        began = perf_counter()
        page.ask(GoOn())
        shown.append((perf_counter() - began) * 1000)
        application.processEvents()
        painted.append((perf_counter() - began) * 1000)
    for what, took in (("next to readout, ms", shown), ("next to painted, ms", painted)):
        print(f"{what:44}{median(took):8.1f}   95 in 100 under {quantiles(took, n=20)[-1]:.1f}, worst {max(took):.1f}")
    tools.conductor.do(Command.STOP)
    tools.log.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(Path(folder))
