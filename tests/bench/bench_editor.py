"""How long the editor takes with a routine of 1,000 steps: to open it, and to show a change of the form."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from guide.kit.look import Look
from guide.pages.editor.page import EditorPage, EditView

STEPS = 1_000
OPENS_WITHIN = 1_000
SHOWS_WITHIN = 50
STEP = """\
  - kind: massage
    title: Step {}
    side: both
    duration: 20 s  # note {}
    say: Small circles from the ribs inward.
    cues:
      - at: 10 s
        say: Half.
"""


def timed(deed: Callable[[], object]) -> float:
    """Milliseconds of the clock on the wall until the change is painted."""
    began = time.perf_counter()
    deed()
    QApplication.processEvents()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    application = QApplication([])
    look = Look(choice="night", still=True, high_contrast=False)
    look.apply(application)
    page = EditorPage(look=look)
    page.resize(1160, 780)
    page.show()
    application.processEvents()
    text = "format: 1\nname: Long\nsteps:\n" + "".join(STEP.format(i, i) for i in range(STEPS))
    opened = timed(lambda: page.edit(EditView("long", text, "long.yaml")))
    page.steps.choose((500,))
    application.processEvents()
    form = page.step_form
    shown: dict[str, list[float]] = {}
    for turn in range(12):
        deeds: dict[str, Callable[[], object]] = {
            "a letter of a title": partial(form.title.written.emit, "Wide circles"[: turn + 1]),
            "a longer step": form.length.low.more.click,
            "a step moved down": lambda: page.steps.do("down"),
            "a step duplicated": lambda: page.steps.do("duplicate"),
            "a step deleted": lambda: page.steps.do("delete"),
            "undo": page.undo.click,
        }
        for name, deed in deeds.items():
            shown.setdefault(name, []).append(timed(deed))
    print(f"open {STEPS} steps: {opened:.0f} ms, to be under {OPENS_WITHIN}")
    for name, times in shown.items():
        print(f"{name}: {statistics.median(times):.0f} ms, at most {max(times):.0f}; to be under {SHOWS_WITHIN}")
    for timer in (page.draft_timer, page.save_timer, page.document.typing, page.toast.timer):
        timer.stop()


if __name__ == "__main__":
    main()
