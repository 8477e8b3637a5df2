"""The program's Finish and somebody who notes and never stops: each amount is told once the desk has kept it."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from guide.app import build
from guide.pages.finish.page import FinishPage
from guide.store.paths import Paths


def main() -> None:
    application = QApplication([])
    made = build(paths=Paths.of(Path(sys.argv[1])))
    tools = made.tools
    made.desk.open()
    record = tools.log.add_by_hand(note="")
    made.desk.finish.show(record)
    page = tools.window.stack.currentWidget()
    assert isinstance(page, FinishPage)
    for number in range(1, 1_000_000):
        page.left.entered.emit(float(number % 900))
        page.note.textEdited.emit(f"Note {number}")
        application.processEvents()
        print(number, flush=True)


if __name__ == "__main__":
    main()
