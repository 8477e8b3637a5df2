"""
How long the editor keeps its window waiting with a routine of nearly 1,000 steps: `python -m tests.bench.bench_editor`.

For each kind of edit, its undo and its redo: how long until the change is painted, and the longest the window's loop is
kept busy at one go in the two seconds after, in which the text is read, kept as a draft and saved. Milliseconds of the
window's thread on the processor, which other programs do not add to, and of the clock after the slash.

    --places first middle last   which step is edited; the one in the middle where none is named
    --only twenty "a cue"        edits whose names begin so
    --hasty                      only the edits, not what comes after them
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from guide.core.routine import Kind, Place
from guide.kit.look import Look
from guide.live.aside import in_a_thread
from guide.pages.editor.page import EditorPage, EditView
from guide.pages.editor.steps_list import StepsPane
from guide.store.files import write_whole
from guide.store.routines.library import Library

STEPS: Final = 980  # a routine has 1,000 at most, and some are added
OPENS_WITHIN: Final = 1_000
SHOWS_WITHIN: Final = 50
TURNS: Final = 5
AFTERWARDS: Final = 2_000
BEAT: Final = 5
HEAD: Final = "format: 1\nname: Long\nsafety: [Nothing here hurts]\nsources: [{title: A leaflet}]\nsteps:\n"
STEP: Final = """\
  - kind: massage
    title: Step {0}
    side: both
    duration: 20 s  # note {0}
    say: Small circles from the ribs inward.
    cues:
      - at: 10 s
        say: Half.
"""
INNER: Final = """\
      - {{kind: massage, title: Step {0}, duration: 20 s, say: Small circles.}}  # note {0}
"""


def steps_alone() -> str:
    return HEAD + "".join(STEP.format(number) for number in range(STEPS))


def steps_in_groups() -> str:
    groups = []
    for group in range(STEPS // 10):
        inner = "".join(INNER.format(group * 10 + number) for number in range(10))
        groups.append(f"  - repeat: 1\n    steps:\n{inner}")
    return HEAD + "".join(groups)


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds: of the thread on the processor, and of the clock."""

    thread: float
    clock: float

    @staticmethod
    def most(some: Iterable[Took]) -> Took:
        every = list(some)
        return Took(max(one.thread for one in every), max(one.clock for one in every))

    @staticmethod
    def middle(some: Iterable[Took]) -> Took:
        every = list(some)
        threads, clocks = sorted(one.thread for one in every), sorted(one.clock for one in every)
        return Took(threads[len(every) // 2], clocks[len(every) // 2])


def timed(deed: Callable[[], object]) -> Took:
    """How long until the change is painted."""
    thread, clock = time.thread_time(), time.monotonic()
    deed()
    QApplication.processEvents()
    return Took((time.thread_time() - thread) * 1000, (time.monotonic() - clock) * 1000)


class Beats:
    """Tells how long the loop was kept from its next event: what went by from one beat to the next."""

    def __init__(self) -> None:
        self._loop = QEventLoop()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last = 0.0, 0.0
        self._found: list[Took] = []

    def longest_in(self, milliseconds: int) -> Took:
        self._found = []
        self._last = time.thread_time(), time.monotonic()
        self._timer.start(BEAT)
        QTimer.singleShot(milliseconds, self._loop.quit)
        self._loop.exec()
        self._timer.stop()
        return Took.most(self._found)

    def _beat(self) -> None:
        (thread, clock), self._last = self._last, (time.thread_time(), time.monotonic())
        self._found.append(Took((self._last[0] - thread) * 1000, (self._last[1] - clock) * 1000 - BEAT))


Deed = Callable[[int], object]


def of_the_form(page: EditorPage) -> dict[str, Deed]:
    form, group, routine, steps = page.panes.form.step, page.panes.form.group, page.panes.form.routine, page.panes.steps
    return {
        "title": lambda turn: form.title.written.emit(f"Wide circles {turn}"),
        "what is said": lambda turn: form.say.written.emit(f"Wide circles {turn}."),
        "side": lambda turn: form.side.choose(["left", "right"][turn % 2]),
        "longer": lambda _: form.length.low.more.click(),
        "range": lambda _: form.length.mode.choose("range"),
        "milk slows": lambda _: form.until.chosen.emit("milk slows"),
        "kind": lambda turn: form.kinds.chosen.emit(["stroke", "rest"][turn % 2]),
        "a cue": lambda _: form.cues.add.click(),
        "no cue": lambda _: form.cues.rows[-1][0].remove.click(),
        "a pace": lambda turn: form.beats.written.emit(f"press\nroll {turn}"),
        "name": lambda turn: routine.name.written.emit(f"Long {turn}"),
        "purpose": lambda _: next(iter(routine.purposes.values())).click(),
        "source": lambda _: routine.add.click(),
        "repeat": lambda _: group.times.stepped.emit(2),
        "add": lambda _: steps.add_asked.emit(Kind.REST),
        **{what: partial(_do, steps, key) for what, key in LISTED.items()},
    }


def _do(steps: StepsPane, key: str, _: int) -> None:
    steps.do(key)


LISTED: Final = {
    **{what: what for what in ("up", "down", "duplicate", "delete", "group")},
    "ungroup": "group",
    "twenty moved": "down",
    "twenty doubled": "duplicate",
    "twenty grouped": "group",
    "twenty deleted": "delete",
}
PLACES: Final = {"first": 0, "middle": 480, "last": 950}


def of_the_text(page: EditorPage, number: int) -> dict[str, Deed]:
    view = page.panes.text_view()
    note = f"# note {number}\n"

    def after(words: str) -> None:
        view.reveal(page.document.text.index(words) + len(words.rstrip("\n")))

    def typed(words: str, letters: str) -> None:
        after(words)
        QTest.keyClicks(view.pane, letters)

    def lined() -> None:
        after(note)
        QTest.keyClick(view.pane, Qt.Key.Key_Return)

    def pasted() -> None:
        after(note)
        view.pane.insertPlainText("\n" + "".join(STEP.format(f"p{i}") for i in range(3)).rstrip("\n"))

    return {
        "a letter": lambda _: typed(f"title: Step {number}", "x"),
        "a mistake": lambda _: typed(f"title: Step {number}", ": "),
        "an open quote": lambda turn: typed("title: " if turn % 2 else "say: ", '"'),
        "a line": lambda _: lined(),
        "a paste": lambda _: pasted(),
    }


class Bench:
    """One text, edited at one place in every way."""

    def __init__(self, page: EditorPage, text: str, place: str, asked: argparse.Namespace) -> None:
        self._page, self._text, self._asked = page, text, asked
        self._number = PLACES[place]
        self._grouped = "repeat:" in text
        self._beats = Beats()

    def run(self, name: str) -> None:
        opened = timed(lambda: self._page.edit(EditView("long", self._text, "long.yaml")))
        print(f"{name}: opened in {opened.thread:.0f} ms, to be under {OPENS_WITHIN}")
        for what, deed in of_the_form(self._page).items():
            if self._is_asked(what) and (what != "repeat" or self._grouped):
                self._measure(what, deed, partial(self._choose, what))
        for what, deed in of_the_text(self._page, self._number).items():
            if self._is_asked(what) and (what != "a paste" or not self._grouped):
                self._measure(what, deed, lambda: self._page.panes.show_tab("yaml"))

    def _is_asked(self, what: str) -> bool:
        return not self._asked.only or what.startswith(tuple(self._asked.only))

    def _choose(self, what: str) -> None:
        number, steps = self._number, self._page.panes.steps
        chosen: list[Place] = [(number // 10, number % 10 + 3) if self._grouped else (number,)]
        match what:
            case "name" | "purpose" | "source":
                chosen = [()]
            case "up" | "down":
                chosen = [(*chosen[0][:-1], chosen[0][-1] + 1)]
            case "repeat" | "ungroup":
                chosen = [chosen[0][:1]]
            case _ if what.startswith("twenty"):
                first = min(chosen[0][0], STEPS // 10 - 21) if self._grouped else number  # one is left to move past
                chosen = [(first + i,) for i in range(20)]
            case _:
                pass
        steps.choose(*chosen)
        if what == "ungroup" and not self._grouped:
            steps.do("group")
        if what == "no cue":
            self._page.panes.form.step.cues.add.click()

    def _measure(self, what: str, deed: Deed, prepare: Callable[[], object]) -> None:
        page, document = self._page, self._page.document
        page.edit(EditView("long", self._text, "long.yaml"))
        done: list[Took] = []
        undone: list[Took] = []
        redone: list[Took] = []
        after: list[Took] = []
        for turn in range(TURNS):
            prepare()
            QApplication.processEvents()
            before = document.text
            done.append(timed(partial(deed, turn)))
            assert document.text != before, what
            changed = document.text
            if turn == TURNS - 1 and not self._asked.hasty:
                after.append(self._beats.longest_in(AFTERWARDS))
            undone.append(timed(page.header.undo.click))
            while document.text != before:
                undone.append(timed(page.header.undo.click))
            if turn == TURNS - 1 and not self._asked.hasty:
                after.append(self._beats.longest_in(AFTERWARDS))
            while document.text != changed:
                redone.append(timed(page.header.redo.click))
            while document.text != self._text:
                page.header.undo.click()
        told(what, done, undone, redone, after)


def told(what: str, *kinds: Sequence[Took]) -> None:
    words = [f"{what:16}"]
    for kind in kinds:
        if kind:
            middle, most = Took.middle(kind), Took.most(kind)
            words.append(f"{middle.thread:4.0f} at most {most.thread:3.0f}/{most.clock:3.0f}")
    slow = "  <-- slow" if any(Took.most(kind).thread > SHOWS_WITHIN for kind in kinds if kind) else ""
    print(" | ".join(words) + slow, flush=True)


def measure(asked: argparse.Namespace) -> None:
    application = QApplication(sys.argv[:1])
    look = Look(choice="night", still=True, high_contrast=False)
    look.apply(application)
    page = EditorPage(look=look, aside=in_a_thread)
    page.resize(1160, 780)
    page.show()
    application.processEvents()
    print("edit: median, at most (thread/clock) | undo | redo | in the two seconds after")
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "built-in", Path(folder) / "own")

        def save(text: str) -> None:
            library.save("long", text)
            page.show_saved()

        page.text_changed.connect(lambda text: write_whole(Path(folder) / "draft.yaml", text.encode()))
        page.save_asked.connect(save)
        for place in asked.places:
            Bench(page, steps_alone(), place, asked).run(f"{STEPS} steps, the {place} edited")
            Bench(page, steps_in_groups(), place, asked).run(f"{STEPS // 10} groups of ten, the {place} edited")
        for timer in (page.keeping.draft_timer, page.keeping.save_timer, page.document.typing, page.toast.timer):
            timer.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--places", nargs="+", choices=PLACES, default=["middle"])
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--hasty", action="store_true")
    measure(parser.parse_args())


if __name__ == "__main__":
    main()
