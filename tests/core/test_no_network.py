from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parents[2]

EVENING = """
import sys

opened = []
sys.addaudithook(lambda event, args: opened.append((event, args)) if event.startswith("socket.") else None)

import importlib, pkgutil
from datetime import timedelta

import guide

for module in pkgutil.walk_packages(guide.__path__, "guide."):
    if module.name.startswith(("guide.core", "guide.store", "guide.sound")):
        importlib.import_module(module.name)

from guide.core import layout, readout, routine, session

minute = timedelta(minutes=1)
massage = routine.Step(routine.Kind.MASSAGE, routine.Fixed(minute))
pump = routine.Step(routine.Kind.PUMP, routine.Range(5 * minute, 7 * minute))
laid_out = layout.lay_out(routine.Routine("An evening", (massage, pump)))
begun = session.start(session.Ready(laid_out), timedelta(0)).session
readout.read(begun, minute)
assert isinstance(session.advance(begun, 8 * minute).session, session.Finished)
print(opened)
"""


def test_an_evening_opens_no_socket() -> None:
    told = subprocess.run([sys.executable, "-c", EVENING], cwd=HOME, capture_output=True, text=True, check=False)
    assert told.stdout.strip() == "[]", told.stdout + told.stderr
