"""The program's editor and somebody who types and never stops: each name is told once the desk has kept it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from guide.app import build
from guide.pages.editor.page import EditorPage
from guide.pages.routines.page import LibraryPage
from guide.store.paths import Paths


def main() -> None:
    application = QApplication([])
    paths = Paths.of(Path(sys.argv[1]))
    made = build(paths=paths)
    made.desk.open()
    stack = made.tools.window.stack
    library = stack.currentWidget()
    assert isinstance(library, LibraryPage)
    library.edit_asked.emit("short")
    page = stack.currentWidget()
    assert isinstance(page, EditorPage)
    page.text_changed.connect(tell)  # after the desk, which was connected first
    page.save_asked.connect(tell)
    for number in range(1_000_000):
        page.set_name(f"Name {number}")
        application.processEvents()
        page.flush()


def tell(text: str) -> None:
    found = re.search(r"^name: Name (\d+)$", text, re.MULTILINE)
    if found:
        print(found[1], flush=True)


if __name__ == "__main__":
    main()
