"""
How long the editor keeps its window waiting with a routine of 1,000 steps: `python -m tests.bench.bench_editor`.

For each kind of edit: until the change is painted, and the longest the window is kept waiting while it is read, kept as
a draft and saved. Time of the window's thread on the processor, which other programs do not add to.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from guide.compat import override
from guide.core.routine import Kind
from guide.kit.look import Look
from guide.live.aside import in_a_thread
from guide.pages.editor.page import EditorPage, EditView
from guide.store.files import write_whole
from guide.store.routines.library import Library

STEPS: Final = 1_000
OPENS_WITHIN: Final = 1_000
SHOWS_WITHIN: Final = 50
TURNS: Final = 5
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


class Meter(QApplication):
    """An application that knows how long its longest event took."""

    def __init__(self) -> None:
        super().__init__(sys.argv[:1])
        self._loop = QEventLoop()
        self._deep = 0
        self._longest = 0.0

    @override
    def notify(self, receiver: QObject, event: QEvent) -> bool:
        began = time.thread_time()
        self._deep += 1
        try:
            return super().notify(receiver, event)
        finally:
            self._deep -= 1
            if not self._deep:
                self._longest = max(self._longest, time.thread_time() - began)

    def settle(self, busy: Callable[[], bool]) -> float:
        """Let the loop run until nothing waits any more; milliseconds of the longest event."""
        self._longest = 0.0
        while busy():
            QTimer.singleShot(100, self._loop.quit)
            self._loop.exec()
        return self._longest * 1000


def timed(deed: Callable[[], object]) -> float:
    """Milliseconds of this thread on the processor until the change is painted."""
    began = time.thread_time()
    deed()
    QApplication.processEvents()
    return (time.thread_time() - began) * 1000


def of_the_form(page: EditorPage) -> dict[str, Callable[[int], object]]:
    form, group, routine = page.panes.form.step, page.panes.form.group, page.panes.form.routine
    return {
        "title": lambda turn: form.title.written.emit(f"Wide circles {turn}"),
        "what is said": lambda turn: form.say.written.emit(f"Wide circles {turn}."),
        "side": lambda turn: form.side.choose(["left", "right", "both"][turn % 3]),
        "longer": lambda _: form.length.low.more.click(),
        "range": lambda turn: form.length.mode.choose(["range", "fixed"][turn % 2]),
        "milk slows": lambda turn: form.until.chosen.emit(["milk slows", ""][turn % 2]),
        "kind": lambda turn: form.kinds.chosen.emit(["stroke", "rest", "massage"][turn % 3]),
        "a cue": lambda _: form.cues.add.click(),
        "no cue": lambda _: form.cues.rows[-1][0].remove.click(),
        "a pace": lambda turn: form.beats.written.emit(f"press\nroll {turn}"),
        "name": lambda turn: routine.name.written.emit(f"Long {turn}"),
        "purpose": lambda _: next(iter(routine.purposes.values())).click(),
        "source": lambda _: routine.add.click(),
        "repeat": lambda turn: group.times.stepped.emit(1 + turn % 2),
        "add": lambda _: page.panes.steps.add_asked.emit(Kind.REST),
        "down": lambda _: page.panes.steps.do("down"),
        "duplicate": lambda _: page.panes.steps.do("duplicate"),
        "delete": lambda _: page.panes.steps.do("delete"),
        "group": lambda _: page.panes.steps.do("group"),
        "ungroup": lambda _: page.panes.steps.do("group"),
        "undo": lambda _: page.header.undo.click(),
        "redo": lambda _: page.header.redo.click(),
        "twenty moved": lambda _: page.panes.steps.do("down"),
        "twenty deleted": lambda _: page.panes.steps.do("delete"),
    }


FRAME: Final = ("name", "purpose", "source")
LETTERS: Final = ("a letter", "a mistake", "an open quote", "a line", "a paste")


def of_the_text(page: EditorPage) -> dict[str, Callable[[int], object]]:
    view = page.panes.text_view()

    def at(words: str) -> None:
        view.reveal(page.document.text.index(words) + len(words))

    def typed(words: str, letters: str) -> None:
        at(words)
        QTest.keyClicks(view.pane, letters)

    def pasted() -> None:
        at("# note 300")
        view.pane.insertPlainText("\n" + "".join(STEP.format(f"p{i}") for i in range(3)).rstrip("\n"))

    def lined() -> None:
        at("# note 301")
        QTest.keyClick(view.pane, Qt.Key.Key_Return)

    return {
        "a letter": lambda _: typed("title: Step 302", "x"),
        "a mistake": lambda _: typed("title: Step 303", ": "),
        "an open quote": lambda turn: typed("title: " if turn % 2 else "say: ", '"'),
        "a line": lambda _: lined(),
        "a paste": lambda _: pasted(),
        "undo in the text": lambda _: page.header.undo.click(),
    }


def measure(page: EditorPage, meter: Meter, text: str, name: str) -> None:
    opened = timed(lambda: page.edit(EditView("long", text, "long.yaml")))
    print(f"{name}: opened in {opened:.0f} ms, to be under {OPENS_WITHIN}")
    waits = (page.document.typing, page.keeping.draft_timer, page.keeping.save_timer)

    def busy() -> bool:
        return any(timer.isActive() for timer in waits) or not page.document.is_read

    deeds = of_the_form(page)
    grouped = text.count("repeat:") > 0
    for what, deed in deeds.items():
        if what.startswith("twenty"):
            first = 40
            page.panes.steps.choose(*((first + i,) for i in range(20)))
        elif what in FRAME:
            page.panes.steps.choose(())
        elif what == "repeat":
            if not grouped:
                continue
            page.panes.steps.choose((5,))
        elif what != "ungroup":
            page.panes.steps.choose((50, 5) if grouped else (500,))
        told(what, [timed(partial(deed, turn)) for turn in range(TURNS)], meter.settle(busy))
    for what, deed in of_the_text(page).items():
        page.edit(EditView("long", text, "long.yaml"))
        if grouped and what == "a paste":
            continue
        page.panes.show_tab("yaml")
        QApplication.processEvents()
        told(what, [timed(partial(deed, turn)) for turn in range(TURNS)], meter.settle(busy))


def told(what: str, times: list[float], after: float) -> None:
    slow = "  <-- slow" if max(*times, after) > SHOWS_WITHIN else ""
    middle = sorted(times)[len(times) // 2]
    print(f"  {what:18} {middle:4.0f} ms, at most {max(times):4.0f}; after it {after:4.0f}{slow}")


def main() -> None:
    application = Meter()
    look = Look(choice="night", still=True, high_contrast=False)
    look.apply(application)
    page = EditorPage(look=look, aside=in_a_thread)
    page.resize(1160, 780)
    page.show()
    application.processEvents()
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "built-in", Path(folder) / "own")

        def save(text: str) -> None:
            library.save("long", text)
            page.show_saved()

        page.text_changed.connect(lambda text: write_whole(Path(folder) / "draft.yaml", text.encode()))
        page.save_asked.connect(save)
        for name, text in (("1,000 steps", steps_alone()), ("100 groups of ten", steps_in_groups())):
            measure(page, application, text, name)
        for timer in (page.keeping.draft_timer, page.keeping.save_timer, page.document.typing, page.toast.timer):
            timer.stop()


if __name__ == "__main__":
    main()
