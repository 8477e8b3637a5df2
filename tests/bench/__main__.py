"""
What the program costs beside a bare window of the same toolkit: `python -m tests.bench`.

Start to first painted window, memory, processor while a session runs, and how soon a press is answered. Both programs
take turns in one run; read the ratios, not the milliseconds. `python -m tests.bench start` measures one thing alone.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Final

import psutil

from guide.store.paths import Paths
from guide.store.settings import MotionChoice, Settings, SoreCheck, save

HERE: Final = Path(__file__).parent
RUNS: Final = 9
MEGABYTE: Final = 1024 * 1024
LONGEST: Final = 60.0  # seconds a start may take, of the program or of a session
SETTLED: Final = 2.0  # seconds until memory is looked at
WARM_UP: Final = 3.0  # seconds: the first step is well under way
LONG: Final = 20.0
SHORT: Final = 8.0
DRAWINGS: Final = ("massage", "stroke", "shake", "knead", "pump", "compress", "express", "rest")

# what the figures are meant to stay under
START: Final = 1.35
USABLE: Final = 2.2
MEMORY: Final = 2.0
STILL: Final = 1.0
MOVING: Final = 8.0


@contextlib.contextmanager
def display() -> Iterator[dict[str, str]]:
    """The environment of a display nobody sees: an X server where there is one."""
    if not shutil.which("Xvfb"):
        print("no Xvfb here: Qt's offscreen platform instead")
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as number:
        name = f":{number.readline().strip()}"
    try:
        yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": name}
    finally:
        server.terminate()
        server.wait(timeout=10)


def child(environment: dict[str, str]) -> dict[str, str]:
    """As a person starts it: compiled modules are kept from one start to the next."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | environment


@contextlib.contextmanager
def window(
    *arguments: str, environment: dict[str, str], usable: bool = False
) -> Iterator[tuple[list[float], psutil.Process]]:
    """
    A window in a process of its own, and how many seconds it took to be painted first.

    With `usable` the seconds until Start could be pressed come after that.
    """
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "seconds"
        running = subprocess.Popen(
            [sys.executable, str(HERE / "first_window.py"), str(time.monotonic()), str(told), *arguments],
            env=child(environment),
            stderr=subprocess.DEVNULL,
        )
        over = time.monotonic() + LONGEST
        try:
            while len(found := told.read_text(encoding="ascii").split() if told.exists() else []) < 1 + usable:
                if running.poll() is not None or time.monotonic() > over:
                    raise SystemExit(
                        f"{' '.join(arguments)} was not painted, or not to be used, in {LONGEST:g} seconds"
                    )
                time.sleep(0.01)
            yield [float(seconds) for seconds in found], psutil.Process(running.pid)
        finally:
            with contextlib.suppress(psutil.NoSuchProcess):
                for voice in psutil.Process(running.pid).children(recursive=True):  # or it goes on writing to `home`
                    voice.kill()
                    voice.wait()
            running.kill()
            running.wait()


def start_and_memory(environment: dict[str, str], home: Path) -> None:
    settled(home)
    ours = ("--home", str(home))
    with window(*ours, environment=environment, usable=True), window("bare", environment=environment):
        time.sleep(SETTLED)  # the first start ever makes caches; the files of both are in memory now
    took: dict[str, list[float]] = {"bare": [], "ours": []}
    usable: list[float] = []
    weighs: dict[str, list[float]] = {"bare": [], "ours": []}
    for turn in range(RUNS):
        for name, arguments in (("bare", ("bare",)), ("ours", ours)):
            with window(*arguments, environment=environment, usable=name == "ours") as (seconds, process):
                took[name].append(seconds[0] * 1000)
                usable += [each * 1000 for each in seconds[1:]]
                if turn < 3:
                    time.sleep(SETTLED)
                    weighs[name].append(process.memory_full_info().pss / MEGABYTE)
    versus("start to first painted window, ms", took, START)
    versus("start to Start, ms", {**took, "ours": usable}, USABLE)
    versus("memory (PSS) after 2 s, MB", weighs, MEMORY)


def settled(home: Path) -> None:
    """A home that has been in use: a first start asks for the language before it shows the library."""
    path = home / "config" / "settings.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"version": 1, "first_hint_closed": True}), encoding="utf-8")


def versus(what: str, found: dict[str, list[float]], target: float) -> None:
    bare, ours = median(found["bare"]), median(found["ours"])
    spread = f"{min(found['ours']):.0f} to {max(found['ours']):.0f}"
    print(
        f"{what:44}{bare:8.0f} bare{ours:8.0f} ours ({spread}), ratio {ours / bare:.2f}{verdict(ours / bare, target)}"
    )


def verdict(found: float, target: float) -> str:
    return f"  (target {target:g}{'' if found <= target else ', MISSED'})"


def processor(environment: dict[str, str], home: Path) -> None:
    """Per cent of one core that the window takes while a session runs by itself."""
    evening = write(
        home / "evening.yaml",
        [("massage", "10 min"), ("pump", "10 min")],
    )
    print()
    for motion, target in (("still", STILL), ("gentle", MOVING)):
        share = running(evening, motion, LONG, environment, home)
        print(f"{f'a session, motion {motion}, % of one core':44}{share:8.2f}{verdict(share, target)}")
    for kind in DRAWINGS:
        one = write(home / f"{kind}.yaml", [(kind, "10 min")])
        share = running(one, "gentle", SHORT, environment, home)
        print(f"{f'  {kind}, moving':44}{share:8.2f}{verdict(share, MOVING)}")


def write(path: Path, steps: list[tuple[str, str]]) -> Path:
    lines = [f"name: {path.stem}", "steps:"]
    lines += [f"  - {{kind: {kind}, duration: {length}, say: Go on softly.}}" for kind, length in steps]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def running(routine: Path, motion: str, seconds: float, environment: dict[str, str], home: Path) -> float:
    with tempfile.TemporaryDirectory(dir=home) as own:
        well = SoreCheck(datetime.now().astimezone().date(), sore=False)  # the check would be asked before it runs
        chosen = Settings(motion=MotionChoice(motion), full_screen_at_start=False, sore_check=well)
        save(Paths.of(Path(own)).settings, chosen)
        trace = Path(own) / "trace.jsonl"
        arguments = ("--home", own, "open", str(routine), "--start", "--trace", str(trace))
        with window(*arguments, environment=environment) as (_, process):
            last = time.monotonic() + LONGEST  # the voice is made ready first
            while not (trace.exists() and '"entered"' in trace.read_text(encoding="utf-8")):
                if time.monotonic() > last:
                    raise SystemExit(f"the session of {routine.name} has not begun in {LONGEST:g} seconds")
                time.sleep(0.1)
            time.sleep(WARM_UP)
            before, began = process.cpu_times(), time.monotonic()
            time.sleep(seconds)
            after, over = process.cpu_times(), time.monotonic()
    busy = after.user + after.system - before.user - before.system
    return 100 * busy / (over - began)


def answer(environment: dict[str, str], home: Path) -> None:
    print()
    subprocess.run([sys.executable, str(HERE / "bench_answer.py"), str(home)], env=child(environment), check=True)


def others(environment: dict[str, str], home: Path) -> None:
    """The benchmarks of single parts."""
    for script in sorted(HERE.glob("bench_*.py")):
        if script.name != "bench_answer.py":
            print(f"\n{script.stem}")
            sys.stdout.flush()
            quiet = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
            subprocess.run([sys.executable, str(script)], env=quiet, check=False)


PARTS: Final[dict[str, Callable[[dict[str, str], Path], None]]] = {
    "start": start_and_memory,
    "processor": processor,
    "answer": answer,
    "others": others,
}


def main(wanted: list[str]) -> None:
    with display() as environment, tempfile.TemporaryDirectory() as home:
        environment["PYTHONPYCACHEPREFIX"] = str(Path(home) / "compiled")
        for name in wanted or list(PARTS):
            PARTS[name](environment, Path(home))


if __name__ == "__main__":
    if unknown := set(sys.argv[1:]) - set(PARTS):
        sys.exit(f"{', '.join(sorted(unknown))}: there are {', '.join(PARTS)}")
    main(sys.argv[1:])
