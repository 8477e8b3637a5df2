"""How the program looks: the one object that every widget asks for colours, type and lengths."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from guide.kit.ground import STYLE
from guide.kit.theme import LIGHT, NIGHT, Theme
from guide.kit.typeface import APP_TYPE, SESSION_TYPE, SMALLEST_TEXT, Role, SessionRole, TextStyle, font_of

SMALLEST_TARGET = 44

ThemeChoice = Literal["night", "light", "system"]


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

    def px(self, length: float) -> int:
        """Grow a length with the text."""
        return round(length * self._scale)

    def font(self, role: Role, *, weight: int | None = None) -> QFont:
        kind = APP_TYPE[role]
        return font_of(kind, max(kind.size * self._scale, SMALLEST_TEXT), weight)

    def sized(self, size: float, weight: int = 400, *, display: bool = False) -> QFont:
        """Give a font of a size that no role has."""
        return font_of(TextStyle(size, weight, -0.02 if display else 0, display=display), self.px(size))

    def line_height(self, role: Role) -> int:
        return self.px(APP_TYPE[role].line)

    def session_font(self, role: SessionRole, u: float, *, weight: int | None = None) -> QFont:
        kind = SESSION_TYPE[role]
        grown = self._scale if kind.grows else 1.0
        return font_of(kind, max(kind.size * u, kind.floor) * grown, weight)

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
        QToolTip.setPalette(app.palette())
        QToolTip.setFont(self.sized(15))

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

    def _renew(self) -> None:
        if self._app is not None:
            self.apply(self._app)
        self.changed.emit()


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
