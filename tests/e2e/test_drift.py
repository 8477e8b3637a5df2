"""A minute of real time in the terminal: the end comes when the plan says, however many moments lay before it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from desktop import until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

A_MINUTE = """\
name: A minute
steps:
  - {kind: massage, duration: 12 s, say: Small circles.}
  - kind: express
    side: each
    duration: 16 s
    say: Hand express the {side} side.
    pace: {beats: [press back, compress, relax], every: 1 s}
  - {kind: rest, duration: 16 s, say: Rest now.}
"""
LATEST = 0.05  # seconds


def test_a_minute_ends_within_fifty_milliseconds_of_its_plan(tmp_path: Path) -> None:
    routine, trace = tmp_path / "a-minute.yaml", tmp_path / "trace.jsonl"
    routine.write_text(A_MINUTE, encoding="utf-8")
    words = ("--home", str(tmp_path / "home"), "play", str(routine), "--well", "--silent", "--trace", str(trace))
    with subprocess.Popen(
        [sys.executable, "-m", "guide", *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as running:
        until(lambda: trace.exists() and trace.stat().st_size, of="the session")
        began = time.monotonic()
        until(lambda: '"ended"' in trace.read_text(encoding="utf-8"), seconds=90, of="the end")
        lasted = time.monotonic() - began
        assert running.wait(timeout=30) == 0
    told = [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]
    (ended,) = (line for line in told if line["event"] == "ended")
    print(f"ended {ended['at'] - ended['due']:+.4f} s from its plan, {lasted - 60:+.4f} s by another clock")
    assert ended["due"] == 60
    assert 0 <= ended["at"] - ended["due"] <= LATEST
    assert abs(lasted - 60) <= 2 * LATEST  # two looks at a file, of a machine that may be busy
