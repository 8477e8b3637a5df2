"""Every page as AT-SPI tells it, over the bus, with Tab pressed on a real keyboard's way."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

import pytest
from assistive import FOCUSED, Box, Reader, Thing, assisted
from desktop import HAS_DISPLAY, display, program, until

from guide.store.log.log import Log
from guide.store.paths import Paths

NEEDED = ("dbus-daemon", "openbox", "xdotool")
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        not (HAS_DISPLAY and all(map(shutil.which, NEEDED)) and Path("/usr/libexec/at-spi2-registryd").exists()),
        reason="needs Xvfb, openbox, xdotool and at-spi2-core",
    ),
    pytest.mark.timeout(600),
]

ROUTINE = """\
name: Short
steps:
  - {kind: massage, duration: 10 min, say: Circles.}
  - {kind: pump, duration: 5-7 min, until: milk slows, say: Pump.}
"""
ROLES = {  # what a person can act on, as AT-SPI names it
    *("push button", "toggle button", "check box", "radio button", "page tab", "button menu", "combo box", "switch"),
    *("text", "entry", "spin button", "slider", "list", "list item", "table", "table cell", "tree", "tree table"),
    *("tree item", "menu item", "scroll pane", "filler", "panel", "link", "graphic", "canvas", "frame", "dialog"),
    *("document frame", "document text", "layered pane", "heading", "label"),
}
CELLS = {"table cell", "list item", "tree item"}  # Qt tells the current one of a list as focused beside the list
MOST_STEPS = 150  # of Tab, before it has come round


class Desk:
    """The program on a desktop, and whoever reads it."""

    def __init__(self, home: Path, environment: dict[str, str], reader: Reader) -> None:
        self.home, self.environment, self.reader = home, environment, reader

    def keys(self, *names: str) -> None:
        subprocess.run(["xdotool", "key", *names], env={**os.environ, **self.environment}, check=True)

    def has_the_keyboard(self) -> bool:
        """Whether a window is the active one; xdotool fails where no window manager says so."""
        environment = {**os.environ, **self.environment}
        asked = subprocess.run(["xdotool", "getactivewindow"], env=environment, capture_output=True, check=False)
        return asked.returncode == 0

    def start_again(self, *arguments: str) -> None:
        """A second start hands its wish to the window."""
        subprocess.run(
            [sys.executable, "-m", "guide", "--home", str(self.home), *arguments],
            env={**os.environ, "QT_QPA_PLATFORM": "xcb", **self.environment},
            check=True,
        )

    def type(self, text: str) -> None:
        subprocess.run(["xdotool", "type", text], env={**os.environ, **self.environment}, check=True)

    def asked(self) -> bool:
        return any(thing.role == "dialog" for thing in self.reader.things())

    def there(self, role: str, name: str = "") -> Thing:
        """The first one, once there is one."""
        found: list[Thing] = []

        def look() -> bool:
            found[:] = islice((t for t in self.reader.things() if t.role == role and t.name.startswith(name)), 1)
            return bool(found)

        until(look, of=f"a {role} called {name!r}")
        return found[0]

    def press(self, name: str) -> None:
        """By the button's first action, as a reader does."""
        self.reader.press(self.there("push button", name))

    def go_home(self) -> None:
        """To the library, from wherever the page before was left."""
        for _ in range(8):
            self.keys("ctrl+1")
            time.sleep(0.2)
            if any(thing.name == "New routine" for thing in self.reader.things()) and not self.asked():
                return
            self.keys("Escape")
            time.sleep(0.2)
        raise AssertionError("no way to the library")

    def settled(self) -> list[Thing]:
        """What is told, once it stays the same."""
        before: list[Thing] = []
        for _ in range(20):
            now = self.reader.walk()
            if now and [thing.place for thing in now] == [thing.place for thing in before]:
                return now
            before = now
            time.sleep(0.2)
        raise AssertionError("the page does not settle")

    def focused(self, things: list[Thing], after: int) -> int | None:
        """Which of the things has the focus; the one after the last is the likeliest."""
        order = [*range(after + 1, len(things)), *range(after + 1)]
        return next((number for number in order if self.reader.state(things[number].place) & FOCUSED), None)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("assisted")
    home = folder / "home"
    (home / "config").mkdir(parents=True)
    today = {"day": datetime.now().astimezone().date().isoformat(), "sore": False}
    settings = {"version": 1, "language": "en", "voice_on": False, "full_screen_at_start": False, "sore_check": today}
    (home / "config" / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    (home / "data" / "routines").mkdir(parents=True)
    (home / "data" / "routines" / "short.yaml").write_text(ROUTINE, encoding="utf-8")
    log = Log.open(Paths.of(home).log)
    log.add_by_hand(left_ml=60.0)
    log.close()
    with display() as name, assisted(name, folder) as environment:
        reader = Reader(environment["DBUS_SESSION_BUS_ADDRESS"])
        with contextlib.closing(reader), program("--home", str(home), environment=environment):
            until(reader.children, of="the program on the accessibility bus")
            made = Desk(home, environment, reader)
            until(lambda: any(thing.role == "push button" for thing in reader.walk()), of="the library")
            until(made.has_the_keyboard, of="a window manager that gives the window the keyboard")
            yield made


def library(desk: Desk) -> None:
    desk.keys("ctrl+1")


def history(desk: Desk) -> None:
    desk.keys("ctrl+2")


def learn(desk: Desk) -> None:
    desk.keys("ctrl+3")


def settings(desk: Desk) -> None:
    desk.keys("ctrl+4")


def ready(desk: Desk) -> None:
    desk.start_again("open", "short")


def editor(desk: Desk) -> None:
    desk.keys("ctrl+n")
    desk.settled()
    if any(thing.role == "dialog" for thing in desk.settled()):  # it asks for a name first
        desk.keys("Return")


def words(desk: Desk) -> None:
    desk.keys("ctrl+4")
    desk.press("Your words")


def teaching(desk: Desk) -> None:
    words(desk)
    desk.press("Teach")


def voices(desk: Desk) -> None:
    desk.keys("ctrl+4")
    desk.press("All voices, and recording one")


def studio(desk: Desk) -> None:
    voices(desk)
    desk.press("Record the prompts")


def taking_along(desk: Desk) -> None:
    ready(desk)
    desk.press("More to do with this routine")
    desk.keys("Down", "Down", "Down", "Return")


def noting(desk: Desk) -> None:
    history(desk)
    desk.press("Add a session")


def bringing_in(desk: Desk) -> None:
    sheet = desk.home / "sheet.csv"
    sheet.write_text("Day,Clock,Mood,Left\n2026-01-05,06:35,fine,60\n2026-01-06,06:35,,70\n", encoding="utf-8")
    desk.keys("ctrl+1")
    desk.keys("ctrl+i")
    desk.there("dialog")
    desk.type(str(sheet))
    desk.keys("Return")


def erasing(desk: Desk) -> None:
    desk.keys("ctrl+4")
    desk.press("Delete everything…")


PAGES: tuple[Callable[[Desk], None], ...] = (
    library, history, learn, settings, ready, words, teaching, voices, studio, taking_along, noting, bringing_in,
    erasing, editor,
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_a_page_is_told_over_the_bus_and_tab_reads_it_in_order(page: Callable[[Desk], None], desk: Desk) -> None:
    desk.go_home()
    page(desk)
    faults = faults_of(desk)
    assert not faults, "\n".join(faults)


def test_a_session_is_told_from_its_first_step_to_its_note(desk: Desk) -> None:
    desk.go_home()
    desk.start_again("open", "short", "--start")
    faults = faults_of(desk)
    desk.keys("Escape")
    faults += faults_of(desk)
    desk.press("Finish and save")
    faults += faults_of(desk)
    desk.press("Save")
    assert not faults, "\n".join(faults)


def test_the_first_page_of_all_is_told_too(tmp_path: Path) -> None:
    with display() as name, assisted(name, tmp_path) as environment:
        reader = Reader(environment["DBUS_SESSION_BUS_ADDRESS"])
        with contextlib.closing(reader), program("--home", str(tmp_path / "home"), environment=environment):
            until(reader.children, of="the program on the accessibility bus")
            desk = Desk(tmp_path / "home", environment, reader)
            desk.there("push button")
            until(desk.has_the_keyboard, of="a window manager that gives the window the keyboard")
            faults = faults_of(desk)
            assert not faults, "\n".join(faults)


def faults_of(desk: Desk) -> list[str]:
    """What is wrong with what a page, or the dialog over it, tells."""
    things = desk.settled()
    dialog = any(thing.role == "dialog" for thing in things)
    if dialog:  # what lies behind it cannot be reached
        things = [thing for thing in things if "dialog" in thing.inside]
    stops = [thing for thing in things if thing.focusable and thing.role != "frame"]
    nameless = [t for t in stops if not t.name and t.role not in {"scroll pane", "list", "table"}]
    focused = [t for t in stops if t.state & FOCUSED and t.role not in CELLS]
    found = [f"without a name: {t.role} in {t.inside}" for t in nameless]
    found += [f"role: {t.role} {t.name!r}" for t in stops if t.role not in ROLES]
    found += [f"a picture without a name in {t.inside}" for t in things if t.role == "graphic" and not t.name]
    found += [f"said twice: {t.role} {t.name!r}" for t in things if t.name and t.name == t.description]
    found += [f"more than one focus: {[t.name for t in focused]}"] * (len(focused) > 1)
    found += ["nothing to read"] * (len(things) <= (0 if dialog else 5))
    return found + out_of_order(desk, stops, least=1 if dialog else 3)


def out_of_order(desk: Desk, stops: list[Thing], *, least: int) -> list[str]:
    """Press Tab until it comes round; whatever goes back up the page, or against the lines, is told."""
    passed: list[int] = []
    here = desk.focused(stops, -1)
    if here is None:  # a page that has the focus itself, for its keys
        desk.keys("Tab")
        here = desk.focused(stops, -1)
    for _ in range(MOST_STEPS):
        if here is None or here in passed:
            break
        passed.append(here)
        desk.keys("Tab")
        time.sleep(0.03)
        here = desk.focused(stops, here)
    else:
        return [f"Tab has not come round after {MOST_STEPS} steps"]
    if len(passed) < least:
        return [f"a trap: {[stops[number].name for number in passed]}"]
    passed = [number for number in passed if stops[number].role != "panel"]  # a page, which is as large as all in it
    boxes = [desk.reader.box(stops[number]) for number in passed]
    turns = [
        f"{stops[passed[at]].name!r} -> {stops[passed[at + 1]].name!r}"
        for at in range(len(passed) - 1)
        if goes_back(boxes[at], boxes[at + 1])
    ]
    return turns if len(turns) > 1 else []  # once it comes to the end of the page and begins again at its top


def goes_back(one: Box, following: Box) -> bool:
    above = following.y + following.height <= one.y
    beside = following.y < one.y + one.height and one.y < following.y + following.height
    to_the_left = following.x + following.width <= one.x
    next_column = following.x >= one.x + one.width
    return (above and not next_column) or (beside and to_the_left)
