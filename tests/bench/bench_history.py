"""
How long opening History takes with 100,000 sessions against 100: `python tests/bench/bench_history.py`.

Time of the window's thread on the processor, which other programs do not add to.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench_log import NOW, SIZES, sessions  # type: ignore[import-not-found]  # beside this script
from PySide6.QtWidgets import QApplication

from guide.app import build
from guide.pages.history.page import HistoryPage
from guide.pages.history.view import DaysSpan
from guide.store.log.log import Log
from guide.store.paths import Paths

ROUNDS = 7
TARGET = 60.0


def timed(do: Callable[[], object]) -> float:
    """Milliseconds, the median of several rounds."""
    took = []
    for _ in range(ROUNDS):
        began = thread_time()
        do()
        took.append(thread_time() - began)
    return median(took) * 1000


def measured(application: QApplication, folder: Path) -> dict[str, float]:
    program = build(paths=Paths.of(folder), now=lambda: NOW, run=lambda do: do())
    tools = program.tools
    window = tools.window
    window.show()
    application.processEvents()

    def shown() -> None:
        window.repaint()
        application.processEvents()

    def first() -> None:
        program.desk.go_to("history")
        shown()

    began = thread_time()
    first()
    found = {"opening History, the first time": (thread_time() - began) * 1000}

    def again() -> None:
        program.desk.go_to("history")
        shown()

    found["opening History again"] = timed(again)
    page = window.page("history")
    assert isinstance(page, HistoryPage)

    def whole_list() -> None:
        page.show_overview()
        page.show_all()
        shown()

    found["See all"] = timed(whole_list)

    def to_the_end() -> None:
        page.records.list.scrollToTop()
        shown()
        page.records.list.scrollToBottom()
        shown()

    found["to the end of the list"] = timed(to_the_end)

    def search() -> None:
        page.records.search.setText("" if page.records.filter.search else "cloth")
        page.records.search.returnPressed.emit()
        shown()

    found["search the list"] = timed(search)
    page.show_overview()

    def span(which: DaysSpan) -> Callable[[], None]:
        def ask() -> None:
            page.overview.trend.span.chosen.emit(which)
            shown()

        return ask

    found["the trend of all time"] = timed(span(DaysSpan.ALL))
    found["the trend of a month"] = timed(span(DaysSpan.MONTH))
    window.hide()
    tools.log.close()
    return found


def main() -> None:
    application = QApplication([])
    columns = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            home = Path(folder) / str(size)
            home.mkdir()
            paths = Paths.of(home)
            paths.log.parent.mkdir(parents=True, exist_ok=True)
            log = Log.open(paths.log)
            log.merge(sessions(size))
            log.close()
            columns.append(measured(application, home))
    few, many = columns
    print(f"{'milliseconds':36}{SIZES[0]:>10}{SIZES[1]:>10}{'ratio':>8}")
    for name, value in few.items():
        print(f"{name:36}{value:10.1f}{many[name]:10.1f}{many[name] / value:8.1f}")
    shown = many["opening History again"]
    verdict = "" if shown <= TARGET else ", MISSED"
    print(f"\nHistory is shown in {shown:.0f} ms with {SIZES[1]:,} sessions (target {TARGET:.0f}{verdict})")


if __name__ == "__main__":
    main()
