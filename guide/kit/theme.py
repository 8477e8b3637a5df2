"""The colours of the program, night and light, and how far apart they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from PySide6.QtGui import QColor

from guide.kit.ground import GROUND

KINDS = ("prepare", "massage", "stroke", "shake", "knead", "pump", "compress", "express", "rest")
DRAWN_AS = {"knead": "massage"}
Tint = Literal[
    "bg", "sunk", "surface", "raised", "hover", "line", "line_strong", "text", "text2", "text3", "accent",
    "on_accent", "accent_soft", "accent_text", "focus",
]  # fmt: skip


class Theme(NamedTuple):
    """Every colour of one theme; ratios between them are checked by the tests against WCAG 2.1."""

    name: str
    bg: QColor
    sunk: QColor
    surface: QColor
    raised: QColor
    hover: QColor
    line: QColor
    line_strong: QColor
    text: QColor
    text2: QColor
    text3: QColor
    accent: QColor
    on_accent: QColor
    accent_soft: QColor
    accent_text: QColor
    focus: QColor
    scrim: QColor
    primary_hover: QColor
    primary_pressed: QColor
    on_step_kind: QColor
    fills: Mapping[str, QColor]
    inks: Mapping[str, QColor]
    track: float
    disc_glow: float
    segment_past: float
    segment_next: float
    stage_glow: float = 0.075
    segment_open_end: float = 0.5
    open_zone_before: float = 0.62
    tint_disc: float = 0.16
    paused_arc: float = 0.5
    paused_time: float = 0.75
    inactive_breast: float = 0.36
    edge: float = 0.0
    darkest: float = 0.2

    @property
    def is_night(self) -> bool:
        return self.name == "night"

    def fill(self, kind: str) -> QColor:
        """Give the colour of a shape that stands for the kind: at least 3:1 on every ground."""
        return self.fills[DRAWN_AS.get(kind, kind)]

    def ink(self, kind: str) -> QColor:
        """Give the colour of the kind's words and glyph: at least 4.5:1 on every ground."""
        return self.inks[DRAWN_AS.get(kind, kind)]

    def tint(self, role: Tint) -> QColor:
        colour: QColor = getattr(self, role)
        return colour

    def veil(self, share: float) -> QColor:
        """Give what lies over a dimmed page; at a share of 1 the faintest of its words are still at 4.5:1."""
        return faded(self.sunk if self.is_night else QColor("black"), share * self.darkest)

    def in_high_contrast(self) -> Theme:
        return self._replace(line=self.line_strong, text3=self.text2, disc_glow=0.0, stage_glow=0.0, edge=2.0)


def faded(colour: QColor, opacity: float) -> QColor:
    shade = QColor(colour)
    shade.setAlphaF(colour.alphaF() * max(0.0, min(1.0, opacity)))
    return shade


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """Mix two colours; `share` is the second one's.

    >>> mixed(QColor("#000000"), QColor("#ffffff"), 0.2).name()
    '#333333'
    """
    return QColor.fromRgbF(
        first.redF() + (second.redF() - first.redF()) * share,
        first.greenF() + (second.greenF() - first.greenF()) * share,
        first.blueF() + (second.blueF() - first.blueF()) * share,
    )


def _colours(**names: str) -> dict[str, QColor]:
    return {kind: QColor(name) for kind, name in names.items()}


NIGHT = Theme(
    name="night",
    bg=QColor(GROUND["night"]),
    sunk=QColor("#110E12"),
    surface=QColor("#1F1A20"),
    raised=QColor("#2A242B"),
    hover=QColor("#332C34"),
    line=QColor("#332C34"),
    line_strong=QColor("#7D717B"),
    text=QColor("#F4ECE3"),
    text2=QColor("#C9BDB6"),
    text3=QColor("#A79B9C"),
    accent=QColor("#F2BE86"),
    on_accent=QColor("#26160A"),
    accent_soft=QColor("#3A2C24"),
    accent_text=QColor("#F2BE86"),
    focus=QColor("#FFDFB0"),
    scrim=QColor(10, 7, 10, round(0.84 * 255)),
    primary_hover=QColor("#FFCB90"),
    primary_pressed=QColor("#D5A776"),
    on_step_kind=QColor("#1A1418"),
    fills=_colours(
        prepare="#C0CBA6",
        massage="#E48E51",
        stroke="#F1C5D2",
        shake="#AC7CE0",
        pump="#8DC8F9",
        compress="#589D84",
        express="#EDE97E",
        rest="#9390A4",
    ),
    inks=_colours(
        prepare="#C0CBA6",
        massage="#E48E51",
        stroke="#F1C5D2",
        shake="#BE98E8",
        pump="#8DC8F9",
        compress="#6BAF96",
        express="#EDE97E",
        rest="#A5A2B4",
    ),
    track=0.17,
    disc_glow=0.1,
    segment_past=0.24,
    segment_next=0.66,
)

LIGHT = Theme(
    name="light",
    bg=QColor(GROUND["light"]),
    sunk=QColor("#F1EAE0"),
    surface=QColor("#FFFDFA"),
    raised=QColor("#F0E8DE"),
    hover=QColor("#E9DFD3"),
    line=QColor("#E6DCD0"),
    line_strong=QColor("#8A7C74"),
    text=QColor("#2A2026"),
    text2=QColor("#5C4F55"),
    text3=QColor("#6F6268"),
    accent=QColor("#94481F"),
    on_accent=QColor("#FFFDFA"),
    accent_soft=QColor("#F6E3D2"),
    accent_text=QColor("#94481F"),
    focus=QColor("#2A2026"),
    scrim=QColor(42, 32, 38, round(0.45 * 255)),
    primary_hover=QColor("#A95223"),
    primary_pressed=QColor("#823F1B"),
    on_step_kind=QColor("#FFFDFA"),
    fills=_colours(
        prepare="#57513A",
        massage="#B9704A",
        stroke="#A93469",
        shake="#583DA8",
        pump="#2683BC",
        compress="#144C46",
        express="#826409",
        rest="#7C838F",
    ),
    inks=_colours(
        prepare="#57513A",
        massage="#8F4B26",
        stroke="#A93469",
        shake="#583DA8",
        pump="#1B6592",
        compress="#144C46",
        express="#765A06",
        rest="#5C636F",
    ),
    darkest=0.14,
    track=0.16,
    disc_glow=0.09,
    segment_past=0.26,
    segment_next=0.94,
    edge=1.0,
)
