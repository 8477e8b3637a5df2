"""Draws the icon's SVG in the sizes that desktops look for: `python packaging/icons.py`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from guide.calling import APP_ID

HERE: Final = Path(__file__).parent / "linux"
SIZES: Final = (16, 24, 32, 48, 64, 128, 256, 512)


def drawn(size: int) -> QImage:
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(HERE / f"{APP_ID}.svg")).render(painter)
    painter.end()
    return picture


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication(sys.argv)
    (HERE / "icons").mkdir(exist_ok=True)
    for size in SIZES:
        drawn(size).save(str(HERE / "icons" / f"{size}.png"))
    application.quit()


if __name__ == "__main__":
    main()
