"""The real window with music on: chimes as punctual as without, the music down before each prompt and well under it."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from desktop import HAS_DISPLAY, HAS_SOUND, RATE, Speaker, display, envelope, found, program, until, wav
from numpy.typing import NDArray

from guide.core.layout import lay_out
from guide.live.wishes import wishes_of
from guide.sound.pcm import wav_bytes
from guide.sound.repertoire import prepare
from guide.store.paths import Paths
from guide.store.routines.reader import read_file
from guide.store.settings import Beneath, Settings, SoreCheck, save

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not (HAS_DISPLAY and HAS_SOUND), reason="needs Xvfb, PulseAudio and aplay"),
    pytest.mark.timeout(240),
]

A_MINUTE: Final = """\
name: A minute
steps:
""" + "\n".join(
    f"""\
  - kind: {kind}
    duration: 16 s
    say: {say}
    cues:
      - {{at: 6 s, sound: earliest}}
      - {{at: 8.5 s, sound: stroke}}
      - {{at: 11 s, sound: knead}}
      - {{at: 13.5 s, sound: rest}}
"""
    for kind, say in (
        ("massage", "Small circles on both breasts."),
        ("stroke", "Light strokes, from the outside in."),
        ("knead", "Knead softly, and let your shoulders drop."),
        ("rest", "Rest now. That is enough."),
    )
)
MUSIC: Final = 5_500  # hertz: a note that can be told from voice and chimes, as loud as music is mastered
LOUD: Final = 10 ** (-14 / 20)
BESIDE: Final = 120  # hertz either side that count as the note
WHOLE: Final = 0.9
MUCH_LOUDER: Final = 9.0  # decibels
PUNCTUAL: Final = 0.05  # seconds


def apart(samples: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The note, and all else."""
    heights = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    note = np.fft.irfft(np.where(abs(hertz - MUSIC) < BESIDE, heights, 0), len(samples))
    return note, samples - note


def decibels(samples: NDArray[np.float64]) -> float:
    return 20 * math.log10(float(np.sqrt(np.mean(samples**2))) or 1e-9)


def share(values: Iterable[float], of: float) -> float:
    """The value under which that share lies."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(of * len(ordered)) - 1)]


def test_prompts_stand_well_above_the_ducked_music_and_chimes_come_on_time(tmp_path: Path) -> None:
    routine_file, trace, home = tmp_path / "a-minute.yaml", tmp_path / "trace.jsonl", tmp_path / "home"
    routine_file.write_text(A_MINUTE, encoding="utf-8")
    music = tmp_path / "music"
    music.mkdir()
    wave = LOUD * 2**0.5 * 32_767 * np.sin(2 * np.pi * MUSIC * np.arange(30 * RATE) / RATE)
    (music / "note.wav").write_bytes(wav_bytes(list(wave), rate=RATE))
    routine = read_file(routine_file).routine
    assert routine is not None
    plan = lay_out(routine)
    settings = Settings(
        language="en",
        sore_check=SoreCheck(datetime.now().astimezone().date(), sore=False),
        sounds=Beneath.MUSIC,
        music=str(music),
    )
    save(Paths.of(home).settings, settings)
    repertoire, problems = prepare(plan, wishes_of(settings), cache=Paths.of(home).voices)
    assert problems == []
    with display() as name, Speaker(tmp_path) as speaker:
        arguments = ("--home", str(home), "open", str(routine_file), "--start", "--trace", str(trace))
        with program(*arguments, environment={**speaker.environment, "DISPLAY": name}):
            until(lambda: trace.exists() and trace.stat().st_size, seconds=60, of="the session")
            zero = time.monotonic()
            until(lambda: '"All done' in trace.read_text(encoding="utf-8"), seconds=90, of="the end")
            time.sleep(3)
        recording = speaker.recording
    began = zero - recording.began
    note, rest = apart(np.array(recording.samples, dtype=np.float64))
    lines = [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]
    heard = envelope(memoryview(rest.astype(np.int16)).cast("B").cast("h"))  # type: ignore[arg-type]  # samples by number

    late: list[float] = []
    for event in lines:
        if event["event"] not in {"said", "chimed"}:
            continue
        clip = (repertoire.prompts if event["event"] == "said" else repertoire.sounds)[event["text"]]
        off, alike = found(heard, envelope(wav(clip.path)), began + event["due"], within=0.3)
        assert alike > WHOLE, f"{event['text']} was not heard whole"
        if event["event"] == "chimed":
            late.append(off)
            continue
        begins = round((began + event["due"] + off) * RATE)
        spoken = rest[begins : begins + round(clip.length.total_seconds() * RATE)]
        before = note[begins - round(0.08 * RATE) : begins]
        during = note[begins : begins + len(spoken)]
        above = decibels(spoken) - max(decibels(before), decibels(during))
        print(f"{event['text']}: {above:.1f} dB above the music, {off * 1000:+.0f} ms")
        assert above > MUCH_LOUDER, event["text"]
        if event["step"] in {2, 3}:  # in the first it still rises, in the last it fades
            high = note[begins - round(1.2 * RATE) : begins - round(0.4 * RATE)]
            assert decibels(high) - decibels(before) > MUCH_LOUDER, "the music was not down when the voice began"
    print(
        f"{len(late)} chimes, p95 {share(map(abs, late), 0.95) * 1000:.0f} ms, at most {max(map(abs, late)) * 1000:.0f}"
    )
    assert len(late) >= 20
    assert share(map(abs, late), 0.95) <= PUNCTUAL
