"""The type of the program: roles, sizes and weights, and the fonts they are set in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Inter Guide"
DISPLAY_FAMILY = "Inter Guide Display"
FONTS: Final = Path(__file__).with_name("fonts")
SMALLEST_TEXT = 14
Role = Literal["display", "h1", "h1_quiet", "h2", "h3", "body_large", "body", "label", "small", "tag"]
SessionRole = Literal[
    "time", "time_long", "title", "title_with_photo", "instruction", "kind", "caption", "side", "control",
    "next", "pill", "ring_mark",
]  # fmt: skip


class TextStyle(NamedTuple):
    size: float
    weight: int = 400
    tracking: float = 0.0
    line: float = 0.0
    floor: float = SMALLEST_TEXT
    display: bool = False
    grows: bool = True


APP_TYPE: Mapping[str, TextStyle] = {
    "display": TextStyle(48, 600, -0.022, 56, display=True),
    "h1": TextStyle(42, 600, -0.02, 50, display=True),
    "h1_quiet": TextStyle(34, 600, -0.018, 42, display=True),
    "h2": TextStyle(22, 600, -0.011, 28),
    "h3": TextStyle(20, 600, -0.011, 26),
    "body_large": TextStyle(19, 400, 0, 30),
    "body": TextStyle(17, 400, 0, 26),
    "label": TextStyle(16, 500, 0, 22),
    "small": TextStyle(15, 400, 0, 20),
    "tag": TextStyle(14, 500, 0, 18),
}

# time, title and the figures of the ring are large enough to be read from the bed at any text size
SESSION_TYPE: Mapping[str, TextStyle] = {
    "time": TextStyle(142, 600, -0.035, 142, display=True, grows=False),
    "time_long": TextStyle(108, 600, -0.035, 108, display=True, grows=False),
    "title": TextStyle(58, 600, -0.022, 64, display=True, grows=False),
    "title_with_photo": TextStyle(46, 600, -0.022, 52, display=True, grows=False),
    "instruction": TextStyle(38, 450, -0.012, 49, floor=24),
    "kind": TextStyle(23, 600, 0, 30, floor=18),
    "caption": TextStyle(23, 500, 0, 30, floor=18),
    "side": TextStyle(20, 500, 0, 26, floor=16),
    "control": TextStyle(22, 550, 0, 28, floor=18),
    "next": TextStyle(19, 400, 0, 26, floor=16),
    "pill": TextStyle(17, 400, 0, 24, floor=15),
    "ring_mark": TextStyle(21, 600, 0, 26, floor=16, grows=False),
}


@cache
def load_fonts() -> tuple[str, str]:
    """Make the bundled fonts known to Qt; the families to use for text and for large figures."""
    known: set[str] = set()
    for file in sorted(FONTS.glob("*.otf")):
        number = QFontDatabase.addApplicationFont(str(file))
        known.update(QFontDatabase.applicationFontFamilies(number))
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    text = FAMILY if FAMILY in known else system
    return text, DISPLAY_FAMILY if DISPLAY_FAMILY in known else text


def font_of(kind: TextStyle, size: float, weight: int | None = None) -> QFont:
    return QFont(_made(kind, size, weight))  # a copy costs nothing, and may be changed


@lru_cache(maxsize=256)
def _made(kind: TextStyle, size: float, weight: int | None) -> QFont:
    text, display = load_fonts()
    font = QFont(display if kind.display else text)
    font.setPixelSize(max(1, round(size)))
    heavy = kind.weight if weight is None else weight
    font.setWeight({450: QFont.Weight.Normal, 550: QFont.Weight.Medium}.get(heavy) or QFont.Weight(heavy))
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 + 100 * kind.tracking)
    font.setFeature(QFont.Tag.fromString("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
