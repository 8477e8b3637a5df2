"""An evening with every engine of the voice opens no socket but those of this computer: `strace` sees all of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from carrying import carried
from guide.sound.voices import natural
from guide.sound.voices.recorded import Recordings
from guide.store.paths import Paths
from takes import SPOKEN

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not shutil.which("strace"), reason="needs strace"),
    pytest.mark.timeout(300),
]

SHORT = """\
name: Short
steps:
  - {kind: massage, duration: 20 s, say: Circles for 45 s.}
  - {kind: pump, duration: 30 s, say: Pump.}
"""
FIRST = "Circles for 45 s."
RECORDED = "recorded:jonas"
OF_THE_SYSTEM = {
    "flite": "flite:slt",
    "pico2wave": "pico2wave",
}
ENGINES = [
    "embedded",
    *(["natural"] if natural.there() else []),
    *([f"piper:{carried()}"] if carried() else []),
    *(voice for program, voice in OF_THE_SYSTEM.items() if shutil.which(program)),
    RECORDED,
]
FAMILY = re.compile(r"socket\((\w+)")
NAMED = re.compile(r'sun_path=@?"([^"]*)"')
OURS = re.compile(r"pulse|pipewire|bus|X11|wayland")  # the sound server, the session bus, the display


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.partition(":")[0])
def test_an_evening_opens_no_socket_but_those_of_this_computer(engine: str, tmp_path: Path) -> None:
    home = Paths.of(tmp_path / "home")
    jonas = Recordings(home.recordings)
    said = jonas.keep(jonas.make("Jonas"), FIRST, SPOKEN) if engine == RECORDED else None
    routine = tmp_path / "short.yaml"
    routine.write_text(SHORT, encoding="utf-8")
    traced = tmp_path / "trace"
    environment = {name: value for name, value in os.environ.items() if name not in {"CI", "GITHUB_ACTIONS"}}
    told = subprocess.run(
        [
            *("strace", "-f", "-qq", "-e", "trace=socket,connect,sendto,sendmsg", "-o", str(traced)),
            *(sys.executable, "-m", "guide", "--home", str(tmp_path / "home"), "play", str(routine)),
            *("--speed", "20", "--voice", engine),
        ],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    made = [path.read_bytes() for path in (home.voices / "prompts").glob("*.wav")]
    assert len(made) > 2, told.stderr  # it did speak
    assert "voice" not in told.stderr  # and no other in its place
    assert said is None or said.file(FIRST).read_bytes() in made
    seen = traced.read_text()
    assert set(FAMILY.findall(seen)) <= {"AF_UNIX"}
    assert not re.search("AF_INET|htons", seen)
    assert [path for path in NAMED.findall(seen) if not OURS.search(path)] == []
