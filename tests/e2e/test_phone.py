"""The page for a phone in a real browser, opened from a file: it plays as the terminal does, and asks no network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from browser import Browser, program

from guide.along.phone import Dress, page
from guide.core.commands import Command
from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.pump import Pump
from guide.core.session import Finished, Ready
from guide.live.sitting import Sitting
from guide.live.trace import Trace
from guide.sound.performer import Performer
from guide.sound.player import SilentPlayer
from guide.sound.repertoire import Repertoire
from guide.store.routines.reader import read_file

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(program() is None, reason="no Chromium is installed"),
]

ROUTINES = sorted((Path(__file__).parents[2] / "routines").glob("*.yaml"))
EVERY_ROUTINE = bool(os.environ.get("GUIDE_EVERY_ROUTINE"))  # their voices take a minute or two
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
GO_ON_FROM_WAITING = """
setInterval(() => { if (session.state === 'running' && session.due() === null) command('next') }, 50)
"""
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


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """A page of each built-in routine without its sounds, which change nothing of when something happens."""
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for path in ROUTINES:
        plan = plan_of(path)
        made[path.stem] = folder / f"{path.stem}.html"
        made[path.stem].write_text(page(plan, Repertoire(), Dress()), encoding="utf-8")
    return made


def plan_of(path: Path) -> Plan:
    routine = read_file(path).routine
    assert routine is not None
    return lay_out(routine, pump=Pump("Spectra S1", "24", "21", "180 mmHg", "160 mmHg", switches=True))


def until(browser: Browser, script: str, seconds: float = 30) -> None:
    ends = time.monotonic() + seconds
    while not browser.run(script):
        assert time.monotonic() < ends, browser.run("JSON.stringify(trace)")
        time.sleep(0.05)


def test_played_at_sixty_times_it_tells_what_the_terminal_tells_in_the_same_order(home: Path, browser: Browser) -> None:
    trace = home / "trace.jsonl"
    guide(home, "play", str(home / "short.yaml"), "--well", "--silent", "--speed", "60", "--trace", str(trace))

    browser.open(home / "short.html", "#speed=60")
    browser.run("el('start').click()")
    browser.run("el('no').click()")
    until(browser, "session.state === 'finished' && trace.some(one => one.text === plan.closing)")
    assert told_by(browser) == told_in(trace)
    assert browser.errors == []


class Stopwatch:
    """A clock that stands wherever it is put."""

    at = timedelta(0)

    def now(self) -> timedelta:
        return self.at

    def slept(self) -> timedelta:
        return timedelta(0)


def traced(plan: Plan, path: Path) -> list[tuple[str, str | None]]:
    """What the program itself tells of the plan; a step that waits is left as soon as nothing more comes in it."""
    clock, trace = Stopwatch(), Trace(path)
    sitting = Sitting(Ready(plan), clock=clock, performer=Performer(SilentPlayer(), Repertoire()), listeners=[trace])
    sitting.begin()
    while not isinstance(sitting.session, Finished) or sitting.due() is not None:
        due = sitting.due()
        if due is None:
            sitting.do(Command.NEXT)
        else:
            clock.at = due
            sitting.wake()
    trace.close()
    return told_in(path)


def told_in(path: Path) -> list[tuple[str, str | None]]:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(one["event"], one.get("text") or one.get("reason")) for one in lines if one["event"] in TOLD.values()]


def told_by(browser: Browser) -> list[tuple[str, str | None]]:
    titles = browser.run("plan.steps.map(step => step.title)")
    played = json.loads(browser.run("JSON.stringify(trace)"))
    entered = iter(titles)
    return [
        (TOLD[one["effect"]], next(entered) if one["effect"] == "entered" else one.get("text") or one.get("reason"))
        for one in played
        if one["effect"] in TOLD
    ]


@pytest.mark.timeout(300)
def test_every_built_in_routine_happens_on_the_phone_as_in_the_program(
    pages: Mapping[str, Path], browser: Browser, tmp_path: Path
) -> None:
    """All at once, at sixty times; what lasts an hour or more at a hundred and eighty."""
    tabs = {}
    for path in ROUTINES:
        tabs[path] = browser.another()
        speed = 60 if plan_of(path).longest < timedelta(hours=1) else 180
        browser.open(pages[path.stem], f"#speed={speed}")
        browser.run("el('start').click()")
        browser.run("plan.handsOn && el('no').click()")
        browser.run(GO_ON_FROM_WAITING)
    for path, tab in tabs.items():
        browser.turn_to(tab)
        until(browser, "session.state === 'finished' && trace.some(one => one.text === plan.closing)", 200)
        assert told_by(browser) == traced(plan_of(path), tmp_path / "trace.jsonl"), path.stem
    assert browser.errors == []
    assert {url.split(":")[0] for url in browser.requests} <= {"file", "data", "about"}


@pytest.mark.parametrize("path", ROUTINES, ids=lambda path: path.stem)
def test_every_step_of_a_built_in_routine_fits_the_smallest_phone(
    pages: Mapping[str, Path], browser: Browser, path: Path
) -> None:
    browser.open(pages[path.stem])
    assert browser.run(WIDE)
    browser.run("el('start').click()")
    browser.run("plan.handsOn && el('no').click()")
    until(browser, "session.state === 'running'")
    for _step in range(browser.run("plan.steps.length")):
        assert browser.run(WIDE)
        outside = browser.run(
            "['clock', 'title', 'show', 'suction', 'pause', 'next', 'back', 'more', 'slowed', 'hurts'].filter(id => {"
            " const box = el(id).getBoundingClientRect(); return box.top < 0 || box.bottom > innerHeight; })"
        )
        assert outside == [], browser.run("session.segment.title")
        browser.run("command('next')")


@pytest.mark.parametrize("path", ROUTINES if EVERY_ROUTINE else ROUTINES[:1], ids=lambda path: path.stem)
def test_a_page_with_its_voice_and_chimes_is_under_6_mb(home: Path, path: Path) -> None:
    guide(home, "export", path.stem, "-o", str(home / "voiced.html"))
    text = (home / "voiced.html").read_text(encoding="utf-8")
    assert text.count("data:audio") > 0 or '"clips":{"' in text
    assert len(text.encode()) < 6_000_000


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
    assert browser.run("el('care').open && el('care').textContent.includes('chest pain')")
    browser.run("el('better').click()")
    assert browser.run("!el('start').hidden && el('rest').hidden && el('session').hidden")
    browser.run("el('start').click()")
    until(browser, "session.state === 'running'")


def test_a_routine_for_a_sore_breast_begins_after_yes_and_its_first_step_holds_the_signs(
    pages: Mapping[str, Path], browser: Browser
) -> None:
    browser.open(pages["gentle-day"])
    browser.run("el('start').click()")
    browser.run("el('yes').click()")
    assert browser.run("!el('start').hidden && !el('better').closest('[hidden]')")
    browser.run("el('start').click()")
    until(browser, "session.state === 'running'")
    assert browser.run("!el('care-here').hidden && el('care-here').textContent.includes('red streaks')")
    browser.run("command('next')")
    assert browser.run("el('care-here').hidden")


def test_while_it_hurts_back_and_a_pedals_keys_set_nothing_running(home: Path, browser: Browser) -> None:
    browser.open(home / "short.html")
    browser.run("el('start').click()")
    browser.run("el('no').click()")
    until(browser, "session.state === 'running'")
    browser.run("el('hurts').click()")
    for key in ("ArrowLeft", "ArrowRight", "PageUp", "PageDown"):
        browser.run(f"document.dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true}}))")
        assert browser.run("[session.state, session.index, el('notice').textContent]")[:2] == ["paused", 0]
    assert browser.run("el('notice').textContent === session.segment.hurts && !el('care-here').hidden")
    browser.run("el('pause').click()")
    assert browser.run("session.state") == "running"


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


def test_space_goes_on_where_the_step_waits_and_the_key_for_it_is_the_primary_one(home: Path, browser: Browser) -> None:
    (home / "waits.yaml").write_text(
        "name: Waits\nsteps:\n  - {kind: prepare, duration: wait, say: Settle in.}\n"
        "  - {kind: rest, duration: 40 s, say: Rest.}\n",
        encoding="utf-8",
    )
    guide(home, "export", str(home / "waits.yaml"), "-o", str(home / "waits.html"))
    browser.open(home / "waits.html")
    browser.run("el('start').click()")
    until(browser, "session.state === 'running'")
    until(browser, "el('next').classList.contains('primary')")
    space = "document.dispatchEvent(new KeyboardEvent('keydown', {key: ' ', bubbles: true}))"
    browser.run(space)
    assert browser.run("[session.state, session.index]") == ["running", 1]
    assert not browser.run("el('next').classList.contains('primary')")
    browser.run(space)
    assert browser.run("[session.state, session.index]") == ["paused", 1]
