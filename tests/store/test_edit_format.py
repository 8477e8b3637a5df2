"""All that the format can say can be set by an edit, and the reader reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.core.routine import Background
from guide.store.routines.reader import read
from guide.store.routines.table import TABLES
from guide.store.yaml import edit

BUILT_IN = sorted((Path(__file__).parents[2] / "routines").glob("*.yaml"))

STEP = {
    "kind": "pump",
    "title": "Both: together",
    "side": "left",
    "duration": "3-4 min",
    "until": "milk slows",
    "linger": "10 s",
    "suction": "Low, and soft",
    "say": "Start the pumps # gently",
    "show": "Start",
    "partner": "- a glass of water",
    "suggested": "true",
    "motion": "shake",
    "sound": "tick",
}
ROUTINE: dict[str, str | list[str]] = {
    "format": "1",
    "name": "No: really",
    "for": "For me: in the evening",
    "summary": "Short",
    "language": "de",
    "purposes": ["treat", "protect"],
    "start_side": "alternate",
    "get_ready": ["Water, cold", "A towel: warm"],
    "safety": ["Ease off, if it hurts"],
    "when_sore": "ok",
    "sounds": "brown noise",
    "evidence": "Little is known",
}
PLAIN_FILES = {
    "lines": "name: A\nsteps:\n  - kind: rest  # first\n    duration: 1 min\n",
    "brackets": "name: A\nsteps: [{kind: rest, duration: 1 min}]\n",
}
FILES = PLAIN_FILES | {path.stem: path.read_text("utf-8") for path in BUILT_IN}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
def test_every_key_of_the_format_is_set_and_read(text: str) -> None:
    path: edit.Path = (0,)
    while "repeat" in text[slice(*edit.place_of(text, path))].split("\n", maxsplit=1)[0]:
        path = (*path, 0)
    for key, value in STEP.items():
        text = edit.apply(text, edit.set_field(text, path, key, value))
    for key, listed in ROUTINE.items():
        text = edit.apply(text, edit.set_field(text, (), key, listed))
    text = edit.apply(text, edit.set_field(text, path, "cues", None))
    text = edit.apply(text, edit.add_cue(text, path, {"at": "earliest", "say": "Soon: now"}))
    text = edit.apply(text, edit.add_cue(text, path, {"say": "Again", "every": "1 min"}, 0))
    text = edit.apply(text, edit.set_pace(text, path, ["in", "out, slowly"], "2 s"))
    text = edit.apply(text, edit.add_source(text, {"title": "A page", "url": "https://example.org/#a"}, 0))
    text = edit.apply(text, edit.make_group(text, [path], 2))
    text = edit.apply(text, edit.set_field(text, path, "side", "each"))
    text = edit.apply(text, edit.duplicate(text, path))

    reading = read(text)
    assert not reading.problems
    routine = reading.routine
    assert routine is not None
    assert routine.for_whom == "For me: in the evening"
    assert routine.sounds is Background.BROWN_NOISE
    part = routine.steps[path[0]]
    for index in (*path[1:], 0):
        part = part.steps[index]  # type: ignore[union-attr] # groups, down to the step
    words = repr(part) + repr(routine)
    for value in ("Both: together", "Low, and soft", "Start the pumps # gently", "- a glass of water", "Soon: now"):
        assert value in words
    for value in (
        "No: really",
        "A towel: warm",
        "Ease off, if it hurts",
        "out, slowly",
        "https://example.org/#a",
    ):
        assert value in words


def test_these_are_all_the_keys_there_are() -> None:
    assert STEP.keys() | {"cues", "pace"} == {row.key for row in TABLES["step"]}
    assert ROUTINE.keys() | {"sources", "steps"} == {row.key for row in TABLES["routine"]}
