"""How the program looks: colours, type, lengths, and the one object every widget asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

KINDS = ("prepare", "massage", "stroke", "shake", "knead", "pump", "compress", "express", "rest")
DRAWN_AS = {"knead": "massage"}

STYLE: Final = "Fusion"
FAMILY = "Inter Guide"
DISPLAY_FAMILY = "Inter Guide Display"
FONTS: Final = Path(__file__).with_name("fonts")
SMALLEST_TEXT = 14
SMALLEST_TARGET = 44

ThemeChoice = Literal["night", "light", "system"]
Role = Literal["display", "h1", "h1_quiet", "h2", "h3", "body_large", "body", "label", "small", "tag"]
SessionRole = Literal[
    "time", "time_long", "title", "title_with_photo", "instruction", "kind", "caption", "side", "control",
    "next", "pill", "ring_mark",
]  # fmt: skip
Tint = Literal[
    "bg", "sunk", "surface", "raised", "hover", "line", "line_strong", "text", "text2", "text3", "accent",
    "on_accent", "accent_soft", "accent_text", "focus",
]  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
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
    darkest: float = 0.24

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
        return replace(self, line=self.line_strong, text3=self.text2, disc_glow=0.0, stage_glow=0.0, edge=2.0)


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


def contrast(one: QColor, other: QColor) -> float:
    """Measure two colours by WCAG 2.1 (https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio): 1 to 21."""

    def luminance(colour: QColor) -> float:
        channels = (colour.redF(), colour.greenF(), colour.blueF())
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _colours(**names: str) -> dict[str, QColor]:
    return {kind: QColor(name) for kind, name in names.items()}


NIGHT = Theme(
    name="night",
    bg=QColor("#161217"),
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
    bg=QColor("#F7F2EB"),
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
    darkest=0.19,
    track=0.16,
    disc_glow=0.09,
    segment_past=0.26,
    segment_next=0.94,
    edge=1.0,
)


@dataclass(frozen=True, slots=True)
class _Type:
    size: float
    weight: int = 400
    tracking: float = 0.0
    line: float = 0.0
    floor: float = SMALLEST_TEXT
    display: bool = False
    grows: bool = True


APP_TYPE: Mapping[str, _Type] = {
    "display": _Type(48, 600, -0.022, 56, display=True),
    "h1": _Type(42, 600, -0.02, 50, display=True),
    "h1_quiet": _Type(34, 600, -0.018, 42, display=True),
    "h2": _Type(22, 600, -0.011, 28),
    "h3": _Type(20, 600, -0.011, 26),
    "body_large": _Type(19, 400, 0, 30),
    "body": _Type(17, 400, 0, 26),
    "label": _Type(16, 500, 0, 22),
    "small": _Type(15, 400, 0, 20),
    "tag": _Type(14, 500, 0, 18),
}

# time, title and the figures of the ring are large enough to be read from the bed at any text size
SESSION_TYPE: Mapping[str, _Type] = {
    "time": _Type(142, 600, -0.035, 142, display=True, grows=False),
    "time_long": _Type(108, 600, -0.035, 108, display=True, grows=False),
    "title": _Type(58, 600, -0.022, 64, display=True, grows=False),
    "title_with_photo": _Type(46, 600, -0.022, 52, display=True, grows=False),
    "instruction": _Type(38, 450, -0.012, 49, floor=24),
    "kind": _Type(23, 600, 0, 30, floor=18, grows=False),
    "caption": _Type(23, 500, 0, 30, floor=18, grows=False),
    "side": _Type(20, 500, 0, 26, floor=16, grows=False),
    "control": _Type(22, 550, 0, 28, floor=18),
    "next": _Type(19, 400, 0, 26, floor=16),
    "pill": _Type(17, 400, 0, 24, floor=15),
    "ring_mark": _Type(21, 600, 0, 26, floor=16, grows=False),
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


def _font(kind: _Type, size: float, weight: int | None = None) -> QFont:
    text, display = load_fonts()
    font = QFont(display if kind.display else text)
    font.setPixelSize(max(1, round(size)))
    heavy = kind.weight if weight is None else weight
    font.setWeight({450: QFont.Weight.Normal, 550: QFont.Weight.Medium}.get(heavy) or QFont.Weight(heavy))
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 + 100 * kind.tracking)
    font.setFeature(QFont.Tag.fromString("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def stage_unit(width: float, height: float) -> float:
    """`u`, the length every size of the session page is a multiple of.

    >>> stage_unit(1160, 780), stage_unit(800, 560), stage_unit(9000, 9000)
    (1.0, 0.69, 2.0)
    """
    return max(0.69, min(width / 1160, height / 780, 2.0))


class Look(QObject):
    """The theme, the text size and whether things move; tells every widget when one of them changed."""

    changed = Signal()

    def __init__(
        self,
        *,
        choice: ThemeChoice = "night",
        scale: float = 1.0,
        still: bool | None = None,
        high_contrast: bool | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choice: ThemeChoice = choice
        self._scale = _within_reach(scale)
        self._still = still
        self._high_contrast = high_contrast
        self._app: QApplication | None = None

    @property
    def choice(self) -> ThemeChoice:
        return self._choice

    @property
    def theme(self) -> Theme:
        match self._choice:
            case "night":
                theme = NIGHT
            case "light":
                theme = LIGHT
            case "system":
                theme = LIGHT if _system_is_light() else NIGHT
        return theme.in_high_contrast() if self.high_contrast else theme

    @property
    def scale(self) -> float:
        return self._scale

    @property
    def still(self) -> bool:
        """No moving pictures, no pulses, no fades; the system's wish unless the person chose."""
        return _system_is_still() if self._still is None else self._still

    @property
    def high_contrast(self) -> bool:
        return _system_wants_contrast() if self._high_contrast is None else self._high_contrast

    def choose_theme(self, choice: ThemeChoice) -> None:
        if choice != self._choice:
            self._choice = choice
            self._renew()

    def choose_scale(self, scale: float) -> None:
        if _within_reach(scale) != self._scale:
            self._scale = _within_reach(scale)
            self._renew()

    def choose_still(self, still: bool | None) -> None:
        """None follows the system."""
        if still != self._still:
            self._still = still
            self._renew()

    def choose_high_contrast(self, high_contrast: bool | None) -> None:
        """None follows the system."""
        if high_contrast != self._high_contrast:
            self._high_contrast = high_contrast
            self._renew()

    def px(self, length: float) -> int:
        """Grow a length with the text."""
        return round(length * self._scale)

    def font(self, role: Role, *, weight: int | None = None) -> QFont:
        kind = APP_TYPE[role]
        return _font(kind, max(kind.size * self._scale, SMALLEST_TEXT), weight)

    def sized(self, size: float, weight: int = 400, *, display: bool = False) -> QFont:
        """Give a font of a size that no role has."""
        return _font(_Type(size, weight, -0.02 if display else 0, display=display), self.px(size))

    def line_height(self, role: Role) -> int:
        return self.px(APP_TYPE[role].line)

    def session_font(self, role: SessionRole, u: float, *, weight: int | None = None) -> QFont:
        kind = SESSION_TYPE[role]
        grown = self._scale if kind.grows else 1.0
        return _font(kind, max(kind.size * u, kind.floor) * grown, weight)

    def session_line_height(self, role: SessionRole, u: float) -> float:
        kind = SESSION_TYPE[role]
        size = max(kind.size * u, kind.floor) * (self._scale if kind.grows else 1.0)
        return size * kind.line / kind.size

    def apply(self, app: QApplication, *, styled: bool = False) -> None:
        """
        Dress the whole program, now and whenever something changes.

        `styled`: it was started in our style, which is sooner there than when it is asked for here.
        """
        if self._app is None:
            if not styled:
                app.setStyle(STYLE)
            hints = app.styleHints()
            hints.colorSchemeChanged.connect(self._renew)
            hints.accessibility().contrastPreferenceChanged.connect(self._renew)
        self._app = app
        app.setPalette(self.palette())
        app.setFont(self.font("body"))
        app.setStyleSheet(self.stylesheet())

    def palette(self) -> QPalette:
        theme = self.theme
        palette = QPalette()
        roles = QPalette.ColorRole
        for role, colour in {
            roles.Window: theme.bg,
            roles.WindowText: theme.text,
            roles.Base: theme.sunk,
            roles.AlternateBase: theme.surface,
            roles.Text: theme.text,
            roles.PlaceholderText: theme.text3,
            roles.Button: theme.raised,
            roles.ButtonText: theme.text,
            roles.BrightText: theme.text,
            roles.Highlight: theme.accent,
            roles.HighlightedText: theme.on_accent,
            roles.Accent: theme.accent,
            roles.Link: theme.accent_text,
            roles.LinkVisited: theme.accent_text,
            roles.ToolTipBase: theme.raised,
            roles.ToolTipText: theme.text,
            roles.Light: theme.hover,
            roles.Midlight: theme.hover,
            roles.Mid: theme.line,
            roles.Dark: theme.line_strong,
            roles.Shadow: theme.sunk,
        }.items():
            palette.setColor(role, colour)
        for role in (roles.WindowText, roles.Text, roles.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, theme.text3)
        return palette

    def stylesheet(self) -> str:
        """Dress Qt's own widgets; ours paint themselves."""
        t = self.theme
        px = self.px
        return f"""
QToolTip {{ background: {_name(t.raised)}; color: {_name(t.text)}; border: 1px solid {_name(t.line_strong)};
  border-radius: 8px; padding: 6px 10px; font-size: {px(15)}px; }}
QLineEdit, QPlainTextEdit, QTextEdit {{ background: {_name(t.sunk)}; color: {_name(t.text)};
  border: 1.5px solid {_name(t.line_strong)}; border-radius: 12px; padding: 4px 12px;
  placeholder-text-color: {_name(t.text3)};
  selection-background-color: {_name(t.accent)}; selection-color: {_name(t.on_accent)}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {{ color: {_name(t.text3)};
  border-color: {_name(t.line)}; }}
QMenu {{ background: {_name(t.raised)}; color: {_name(t.text)}; border: 1px solid {_name(t.line_strong)};
  border-radius: 14px; padding: 6px; }}
QMenu::item {{ min-height: {px(44)}px; padding: 0 {px(20)}px 0 {px(14)}px; border-radius: 10px; }}
QMenu::item:selected {{ background: {_name(t.hover)}; }}
QMenu::item:checked {{ color: {_name(t.accent_text)}; font-weight: 600; }}
QMenu::item:disabled {{ color: {_name(t.text3)}; }}
QMenu::indicator {{ width: 0; height: 0; }}
QMenu::separator {{ height: 1px; background: {_name(t.line)}; margin: 6px 10px; }}
QScrollArea, QScrollArea > QWidget > QWidget#scrolled {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {_name(t.line_strong)}; border-radius: 4px; }}
QScrollBar::handle:vertical {{ min-height: 44px; }}
QScrollBar::handle:horizontal {{ min-width: 44px; }}
QScrollBar::handle:hover {{ background: {_name(t.text3)}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QTableView, QListView, QTreeView {{ background: transparent; border: none; outline: none;
  gridline-color: {_name(t.line)}; selection-background-color: {_name(t.hover)};
  selection-color: {_name(t.text)}; }}
QHeaderView::section {{ background: transparent; color: {_name(t.text2)}; border: none;
  border-bottom: 1px solid {_name(t.line)}; padding: 8px; font-weight: 500; }}
QSplitter::handle {{ background: {_name(t.bg)}; }}
"""

    def _renew(self) -> None:
        if self._app is not None:
            self.apply(self._app)
        self.changed.emit()


def _name(colour: QColor) -> str:
    return colour.name()


def _within_reach(scale: float) -> float:
    return max(0.9, min(1.6, scale))


def _system_is_light() -> bool:
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.styleHints().colorScheme() == Qt.ColorScheme.Light


def _system_is_still() -> bool:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return False
    from PySide6.QtWidgets import QStyle  # slow to load, and the first page holds nothing that moves

    return app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0


def _system_wants_contrast() -> bool:
    app = QGuiApplication.instance()
    if not isinstance(app, QGuiApplication):
        return False
    hints = app.styleHints()  # PySide forgets the accessibility hints as soon as nobody holds their owner
    wish = hints.accessibility().contrastPreference()
    return wish == Qt.ContrastPreference.HighContrast
