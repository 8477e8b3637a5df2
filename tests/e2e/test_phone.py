"""The page for a phone in a real browser, opened from a file: it plays as the terminal does, and asks no network."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, program

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(program() is None, reason="no Chromium is installed"),
]

ROUTINE = """\
name: A short way
get_ready: [Water]
safety: ["Nothing here is meant to hurt."]
steps:
  - {kind: massage, duration: 40 s, say: Small circles., cues: [{at: 50%, say: Softly.}]}
  - {kind: pump, duration: 30-60 s, until: milk slows, say: Start both pumps.}
  - kind: express
    side: each
    duration: 30 s
    say: Hand express the {side} breast.
    pace: {beats: [press, relax], every: 5 s}
"""
TOLD = {"say": "said", "chime": "chimed", "beat": "beat", "entered": "entered", "left": "left", "earliest": "earliest"}
WIDE = "document.documentElement.scrollWidth <= innerWidth"


def guide(home: Path, *words: str) -> None:
    subprocess.run([sys.executable, "-m", "guide", "--home", str(home), *words], check=True, capture_output=True)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("phone")
    (folder / "short.yaml").write_text(ROUTINE, encoding="utf-8")
    guide(folder, "export", str(folder / "short.yaml"), "-o", str(folder / "short.html"))
    return folder


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    with Browser(tmp_path / "profile", size=(360, 640)) as browser:
        yield browser


def until(browser: Browser, script: str, seconds: float = 30) -> None:
    ends = time.monotonic() + seconds
    while not browser.run(script):
        assert time.monotonic() < ends, browser.run("JSON.stringify(trace)")
        time.sleep(0.05)


def test_played_at_sixty_times_it_tells_what_the_terminal_tells_in_the_same_order(home: Path, browser: Browser) -> None:
    trace = home / "trace.jsonl"
    guide(home, "play", str(home / "short.yaml"), "--well", "--silent", "--speed", "60", "--trace", str(trace))
    lines = [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]
    told = [(one["event"], one.get("text") or one.get("reason")) for one in lines if one["event"] in TOLD.values()]

    browser.open(home / "short.html", "#speed=60")
    browser.run("el('start').click()")
    browser.run("el('no').click()")
    until(browser, "session.state === 'finished' && trace.some(one => one.text === plan.closing)")
    titles = browser.run("plan.steps.map(step => step.title)")

    def as_told(one: dict[str, Any]) -> tuple[str, str | None]:
        text = titles[one["index"]] if one["effect"] == "entered" else one.get("text") or one.get("reason")
        return TOLD[one["effect"]], text

    played = json.loads(browser.run("JSON.stringify(trace)"))
    entered = iter(range(len(titles)))
    for one in played:
        if one["effect"] == "entered":
            one["index"] = next(entered)
    assert [as_told(one) for one in played if one["effect"] in TOLD] == told
    assert browser.errors == []


def test_nothing_is_asked_of_the_network(home: Path, browser: Browser) -> None:
    browser.open(home / "short.html", "#speed=60")
    browser.run("el('start').click()")
    browser.run("el('no').click()")
    until(browser, "session.state === 'finished'")
    assert {url.split(":")[0] for url in browser.requests} <= {"file", "data", "about"}
    assert "default-src 'none'" in (home / "short.html").read_text(encoding="utf-8")


def test_a_hands_on_routine_asks_first_and_yes_starts_nothing(home: Path, browser: Browser) -> None:
    browser.open(home / "short.html")
    browser.run("el('start').click()")
    assert browser.run("session.state") == "ready"
    browser.run("el('yes').click()")
    assert browser.run("el('start').hidden && !el('rest').hidden && el('session').hidden")
    assert browser.run("document.activeElement.id") == "rest"


@pytest.mark.parametrize("size", [(360, 640), (390, 844), (640, 360), (1000, 640)])
@pytest.mark.parametrize("light", [False, True])
def test_every_size_shows_time_title_and_controls_without_scrolling_sideways(
    home: Path, browser: Browser, size: tuple[int, int], light: bool
) -> None:
    browser.resize(*size, light=light)
    browser.open(home / "short.html")
    assert browser.run(WIDE)
    browser.run("el('start').click()")
    browser.run("el('no').click()")
    until(browser, "session.state === 'running'")
    assert browser.run(WIDE)
    for name in ("clock", "title", "pause", "next", "back", "more", "slowed", "hurts"):
        box = browser.run(f"JSON.stringify(el('{name}').getBoundingClientRect())")
        place = json.loads(box)
        assert place["top"] >= 0, name
        assert place["bottom"] <= size[1], name
        assert place["height"] >= (20 if name in {"clock", "title"} else 44), name


def test_pressed_controls_do_as_they_say(home: Path, browser: Browser) -> None:
    browser.open(home / "short.html")
    browser.run("el('start').click()")
    browser.run("el('no').click()")
    until(browser, "session.state === 'running'")
    browser.run("el('pause').click()")
    assert browser.run("[session.state, el('pause').textContent]") == ["paused", "Carry on"]
    browser.run("el('pause').click()")
    browser.run("el('more').click()")
    assert browser.run("session.latest") == 100_000_000
    browser.run("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}))")
    assert browser.run("session.index") == 1
    browser.run("el('back').click()")
    assert browser.run("session.index") == 0
    browser.run("el('hurts').click()")
    assert browser.run("session.state") == "paused"
    assert browser.run("el('notice').textContent") != ""
