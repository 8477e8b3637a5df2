"""The real window in real time: every chime on its moment, every prompt whole, nothing overlapping, nothing missing."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from desktop import HAS_DISPLAY, HAS_SOUND, Speaker, display, envelope, found, program, until, wav

from guide.core.layout import lay_out
from guide.core.plan import Beat, Chime, Plan, Say
from guide.live.wishes import wishes_of
from guide.sound.repertoire import prepare
from guide.store.paths import Paths
from guide.store.routines.reader import read_file
from guide.store.settings import Settings, SoreCheck, save

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not (HAS_DISPLAY and HAS_SOUND), reason="needs Xvfb, PulseAudio and aplay"),
    pytest.mark.timeout(300),
]

TWO_MINUTES = """\
name: Two minutes
steps:
  - kind: massage
    duration: 25 s
    say: Small circles on both breasts. Flat fingertips, from the ribs inward.
  - {kind: stroke, duration: 20 s, say: Light strokes toward the nipple.}
  - kind: pump
    duration: 22-30 s
    until: milk slows
    say: Start both pumps, and let your shoulders drop.
  - kind: express
    side: left
    duration: 24 s
    say: Hand express the left side.
    pace: {beats: [press back, compress, relax], every: 1 s}
  - {kind: rest, duration: 21 s, say: Rest now. That is enough.}
"""

LATEST_CHIME = 0.1  # seconds
WHOLE = 0.9  # correlation of the loudness of what was heard with that of the clip


def expected(plan: Plan) -> list[tuple[str, timedelta, str]]:
    """All that is to be heard, with its moment on the session's clock."""
    due, start = [], timedelta(0)
    for segment in plan.segments:
        for moment in segment.moments:
            match moment.action:
                case Say(text):
                    due.append(("said", start + moment.offset, text))
                case Chime(sound):
                    due.append(("chimed", start + moment.offset, sound))
                case Beat(text):
                    due.append(("beat", start + moment.offset, text))
                case _:
                    pass
        start += segment.longest or timedelta(0)
    due.append(("chimed", start, "end"))
    due.append(("said", start + timedelta(seconds=4), "All done. Breathe out."))
    return due


def read_trace(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def test_two_minutes_are_heard_as_planned(tmp_path: Path) -> None:
    routine_file, trace, home = tmp_path / "two-minutes.yaml", tmp_path / "trace.jsonl", tmp_path / "home"
    routine_file.write_text(TWO_MINUTES, encoding="utf-8")
    routine = read_file(routine_file).routine
    assert routine is not None
    plan = lay_out(routine)
    answered = Settings(language="en", sore_check=SoreCheck(datetime.now().astimezone().date(), sore=False))
    save(Paths.of(home).settings, answered)  # else the check and the question of the language wait for her
    with display() as name, Speaker(tmp_path) as speaker:
        arguments = ("--home", str(home), "open", str(routine_file), "--start", "--trace", str(trace))
        with program(*arguments, environment={**speaker.environment, "DISPLAY": name}):
            until(lambda: trace.exists() and trace.stat().st_size, seconds=60, of="the session")
            zero = time.monotonic()
            until(lambda: '"All done' in trace.read_text(encoding="utf-8"), seconds=180, of="the end")
            time.sleep(4)
        recording = speaker.recording
    heard = [event for event in read_trace(trace) if event["event"] in {"said", "chimed", "beat"}]
    told = [(event["event"], round(event["due"], 3), event["text"]) for event in heard]
    assert told == sorted(
        ((kind, round(due.total_seconds(), 3), text) for kind, due, text in expected(plan)), key=lambda e: e[1]
    )

    repertoire, problems = prepare(plan, wishes_of(Settings()), cache=Paths.of(home).voices)
    assert problems == []
    recorded = envelope(recording.samples)
    began = zero - recording.began
    over = 0.0
    for event in heard:
        if event["event"] == "beat":
            continue
        clips = repertoire.prompts if event["event"] == "said" else repertoire.sounds
        clip = clips[event["text"]]
        late, alike = found(recorded, envelope(wav(clip.path)), began + event["due"], within=0.4)
        print(f"{event['event']:7} {event['due']:8.3f} {late * 1000:+5.0f} ms  {alike:.3f}  {event['text']}")
        assert alike > WHOLE, f"{event['text']} was not heard whole"
        assert event["at"] >= over, f"{event['text']} overlaps with what was before it"
        over = event["at"] + clip.length.total_seconds()
        if event["event"] == "chimed":
            assert abs(late) <= LATEST_CHIME, f"{event['text']} was {late * 1000:.0f} ms from its moment"
