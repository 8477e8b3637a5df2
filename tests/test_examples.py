"""Every example of the README and the docs is run: a routine that is shown loads, a command that is named exists."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from guide.cli import command_line
from guide.store.routines.reader import read
from tables import each_row

HOME = Path(__file__).parents[1]
PAGES = [HOME / "README.md", *(page for page in sorted((HOME / "docs").glob("*.md")) if page.stem != "faults")]
YAML = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
PLACES = {
    "ROUTINE": "massage-stroke-shake",
    "FILE...": "mine.yaml",
    "FILE": "mine.yaml",
    "FILE.zip": "mine.zip",
    "DATE": "2026-05-01",
    "card.pdf": "card.pdf",
}
ROUTINES = [
    pytest.param(block, id=f"{page.name}-{number}")
    for page in PAGES
    for number, block in enumerate(
        re.findall(r"^```yaml\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    )
    if "steps:" in block
]


def commands() -> list[str]:
    """Each command as it is written: in a block of its own, or within a line."""
    found: dict[str, None] = {}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for line in re.findall(r"^    (pumping-guide [^\n]*)$", text, re.MULTILINE):
            written = re.split(r" {3,}", line)[0]
            first, *others = written.removeprefix("pumping-guide ").split(" | ")
            found.update((one.strip(), None) for one in (first, *others))
        found.update((one, None) for one in re.findall(r"`pumping-guide ([^`]*)`", text))
    return list(found)


def spelt_out(written: str) -> list[str]:
    """A command with what may be left out put in, the first of several ways, and something for each place."""
    plain = re.sub(r"\[([^\]|]*)(?:\|[^\]]*)?\]", r"\1", written)
    return [PLACES.get(word, word) for word in plain.split()]


def test_there_are_examples_to_run() -> None:
    assert len(ROUTINES) >= 2
    assert len(commands()) >= 10


@pytest.mark.parametrize("text", ROUTINES)
def test_a_routine_that_is_shown_loads(text: str) -> None:
    reading = read(text)
    assert reading.problems == ()
    assert reading.routine is not None


@each_row("written", commands())
def test_a_command_that_is_named_is_one(written: str) -> None:
    if written == "--version":
        return
    parsed = command_line().parse_args(spelt_out(written))
    assert isinstance(parsed, argparse.Namespace)


def test_a_mistake_in_an_example_is_found() -> None:
    assert read("name: x\nsteps:\n  - {kind: massage, duration: 1 min, say: Both breasts, softly.}\n").problems
    with pytest.raises(SystemExit):
        command_line().parse_args(spelt_out("plam ROUTINE"))
