"""How long the first Start of a routine waits, how long when it was warmed, and what memory is given back."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import psutil

from guide.core.layout import lay_out
from guide.sound.repertoire import Wishes, prepare
from guide.sound.voices.chain import Voices
from guide.store.paths import builtin_folder
from guide.store.routines.reader import read_file

PARTS = ("user", "system", "children_user", "children_system")
MOST = 20  # MB that may stay
COUNT, SECONDS = 25, 5  # so many prompts are to be ready in so many seconds on two quiet cores
QUIET = 1.0


def main() -> int:
    """Print the times and the memory for each routine named, or for hands-on pumping."""
    own = psutil.Process()
    most = slowest = load = 0.0
    for name in sys.argv[1:] or ["hands-on-pumping"]:
        routine = read_file(builtin_folder() / f"{name}.yaml").routine
        if routine is None:
            continue
        plan = lay_out(routine)
        with tempfile.TemporaryDirectory() as folder:
            load = os.getloadavg()[0]
            before = own.memory_full_info()
            times, spent = [], os.times()
            for _ in range(2):
                began = time.perf_counter()
                repertoire, problems = prepare(plan, Wishes(), cache=Path(folder), voices=Voices())
                times.append(time.perf_counter() - began)
            now = os.times()
            processor = sum(getattr(now, part) - getattr(spent, part) for part in PARTS)
            after = own.memory_full_info()
            grown, shared = (
                (now - then) / 1_048_576 for now, then in ((after.uss, before.uss), (after.rss, before.rss))
            )
            most = max(most, grown)
        seconds = sum(clip.length.total_seconds() for clip in repertoire.prompts.values())
        count = len(repertoire.prompts)
        slowest = max(slowest, COUNT * times[0] / count)
        print(
            f"{name}: {count} prompts, {seconds:.0f} s of speech; first Start {times[0]:.1f} s, "
            f"{COUNT * times[0] / count:.1f} for {COUNT} prompts ({processor:.1f} s of processor, load {load:.1f}), "
            f"warmed {times[1]:.2f} s; "
            f"{grown:.0f} MB of its own more than before ({shared:.0f} with what is mapped from libraries)"
        )
        for problem in problems:
            print(f"  {problem}")
    if most > MOST:
        print(f"MISSED: {MOST} MB may stay")
    if slowest > SECONDS:
        print(f"MISSED: {COUNT} prompts in {SECONDS} s, where two cores were quiet (a load under {QUIET:g})")
    return int(most > MOST or (slowest > SECONDS and load < QUIET))


if __name__ == "__main__":
    sys.exit(main())
