from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetricsF, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from guide.kit.cards import ScrollArea
from guide.kit.dress import make_menu
from guide.kit.fields import Field
from guide.kit.look import Look, stage_unit
from guide.kit.theme import KINDS, LIGHT, NIGHT, Theme, Tint, mixed
from guide.kit.typeface import APP_TYPE, DISPLAY_FAMILY, FAMILY, SESSION_TYPE, SMALLEST_TEXT, load_fonts
from seeing import contrast
from tables import each_row

THEMES = [pytest.param(NIGHT, id="night"), pytest.param(LIGHT, id="light")]
GROUNDS: tuple[Tint, ...] = ("bg", "sunk", "surface", "raised")


@each_row("theme", THEMES)
@each_row("ground", GROUNDS)
@each_row("role", ["text", "text2", "text3", "accent_text"])
def test_every_text_colour_is_readable_on_every_ground(theme: Theme, ground: Tint, role: Tint) -> None:
    assert contrast(theme.tint(role), theme.tint(ground)) >= 4.5


@each_row("theme", THEMES)
@each_row("ground", GROUNDS)
@each_row("role", ["line_strong", "focus", "accent"])
def test_every_edge_of_a_control_can_be_seen(theme: Theme, ground: Tint, role: Tint) -> None:
    assert contrast(theme.tint(role), theme.tint(ground)) >= 3.0


@each_row("theme", THEMES)
@each_row("ground", GROUNDS)
@each_row("kind", KINDS)
def test_every_kind_can_be_seen_and_read_on_every_ground(theme: Theme, ground: Tint, kind: str) -> None:
    assert contrast(theme.fill(kind), theme.tint(ground)) >= 3.0
    assert contrast(theme.ink(kind), theme.tint(ground)) >= 4.5
    assert contrast(theme.on_step_kind, theme.fill(kind)) >= 3.0


@each_row(
    ("theme", "one", "other", "ratio"),
    [
        (NIGHT, "text", "bg", 15.85),
        (NIGHT, "text3", "raised", 5.64),
        (NIGHT, "line_strong", "raised", 3.26),
        (NIGHT, "on_accent", "accent", 10.39),
        (NIGHT, "accent_text", "accent_soft", 7.97),
        (LIGHT, "text", "bg", 14.14),
        (LIGHT, "text3", "raised", 4.78),
        (LIGHT, "line_strong", "raised", 3.32),
        (LIGHT, "on_accent", "accent", 6.45),
        (LIGHT, "text2", "hover", 5.9),
    ],
)
def test_the_contrasts_are_those_of_the_design(theme: Theme, one: Tint, other: Tint, ratio: float) -> None:
    assert contrast(theme.tint(one), theme.tint(other)) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_words_on_the_primary_button_stay_readable_when_it_is_hovered_or_pressed(theme: Theme) -> None:
    for ground in (theme.accent, theme.primary_hover, theme.primary_pressed):
        assert contrast(theme.on_accent, ground) >= 4.5


@pytest.mark.parametrize(("theme", "ratio"), [(NIGHT, 9.23), (LIGHT, 6.57)])
def test_a_paused_time_can_still_be_read(theme: Theme, ratio: float) -> None:
    paused = mixed(theme.bg, theme.text, theme.paused_time)
    assert contrast(paused, theme.bg) == pytest.approx(ratio, abs=0.1)


@pytest.mark.parametrize("theme", THEMES)
def test_knead_looks_like_massage(theme: Theme) -> None:
    assert theme.fill("knead") == theme.fill("massage")
    assert theme.ink("knead") == theme.ink("massage")


@pytest.mark.parametrize("theme", THEMES)
def test_high_contrast_takes_the_tints_away_and_gives_lines_their_strength(theme: Theme) -> None:
    stark = theme.in_high_contrast()
    assert stark.line == theme.line_strong
    assert stark.text3 == theme.text2
    assert (stark.disc_glow, stark.stage_glow, stark.edge) == (0.0, 0.0, 2.0)


@each_row("kind", KINDS)
def test_no_two_kinds_share_a_colour_except_knead_and_massage(kind: str) -> None:
    twins = [other for other in KINDS if NIGHT.fill(other) == NIGHT.fill(kind)]
    assert twins in ([kind], ["massage", "knead"])


def test_the_fonts_come_with_the_program(qapp: QApplication) -> None:
    assert load_fonts() == (FAMILY, DISPLAY_FAMILY)
    assert QFontInfo(Look().font("body")).family() == FAMILY
    assert {"Regular", "Medium", "SemiBold"} <= set(QFontDatabase.styles(FAMILY))


@pytest.mark.parametrize(
    "text", ["5–7 min", "“Milk slowing down?”", "½ oz", "← → ↑ ↓", "Zoë, Łucja, Ștefan", "≥ 3 · …"]
)
def test_the_bundled_font_has_the_signs_the_program_writes(qapp: QApplication, text: str) -> None:
    font = QRawFont.fromFont(Look().font("body"))
    assert [letter for letter in text if not font.supportsCharacter(ord(letter))] == []


def test_digits_of_running_text_are_equally_wide(qapp: QApplication) -> None:
    metrics = QFontMetricsF(Look().font("body"))
    assert len({round(metrics.horizontalAdvance(digit), 2) for digit in "0123456789"}) == 1


@each_row("scale", [0.5, 0.9, 1.0, 1.6, 4.0])
@each_row("role", APP_TYPE)
def test_no_text_of_the_app_is_smaller_than_the_floor(qapp: QApplication, role: str, scale: float) -> None:
    look = Look(scale=scale)
    assert look.font(role).pixelSize() >= SMALLEST_TEXT  # type: ignore[arg-type]  # a role, from the table
    assert 0.9 <= look.scale <= 1.6


@each_row("u", [0.69, 1.0, 2.0])
@each_row("role", SESSION_TYPE)
def test_the_text_of_a_session_keeps_its_floor(qapp: QApplication, role: str, u: float) -> None:
    kind = SESSION_TYPE[role]
    size = Look().session_font(role, u).pixelSize()  # type: ignore[arg-type]  # a role, from the table
    assert size == round(max(kind.size * u, kind.floor))


def test_larger_text_never_shrinks_time_and_title_and_grows_the_instruction(qapp: QApplication) -> None:
    usual, large = Look(scale=1.0), Look(scale=1.6)
    assert large.session_font("time", 1).pixelSize() == usual.session_font("time", 1).pixelSize()
    assert large.session_font("title", 1).pixelSize() == usual.session_font("title", 1).pixelSize()
    assert large.session_font("instruction", 1).pixelSize() > usual.session_font("instruction", 1).pixelSize()


@pytest.mark.parametrize(("role", "weight"), [("instruction", 400), ("control", 500), ("title", 600)])
def test_weights_the_font_lacks_are_rounded(qapp: QApplication, role: str, weight: int) -> None:
    assert Look().session_font(role, 1).weight() == QFont.Weight(weight)  # type: ignore[arg-type]  # a role


@each_row(
    ("width", "height", "u"),
    [(1160, 780, 1.0), (800, 560, 0.69), (1920, 1080, 1080 / 780), (5000, 4000, 2.0), (1160, 400, 0.69)],
)
def test_the_stage_scales_with_its_window(width: int, height: int, u: float) -> None:
    assert stage_unit(width, height) == pytest.approx(u)


def test_a_choice_is_told_once_and_only_when_it_is_another(qapp: QApplication, qtbot: QtBot) -> None:
    look = Look(choice="night", scale=1.0, still=False, high_contrast=False)
    told: list[str] = []
    look.changed.connect(lambda: told.append(look.theme.name))
    look.choose_theme("night")
    look.choose_scale(1.0)
    look.choose_still(False)
    assert told == []
    look.choose_theme("light")
    look.choose_scale(1.25)
    look.choose_still(True)
    assert told == ["light", "light", "light"]
    assert look.still
    assert look.px(40) == 50


def test_the_system_theme_follows_the_system(qapp: QApplication) -> None:
    look = Look(choice="system")
    is_light = qapp.styleHints().colorScheme() == Qt.ColorScheme.Light
    assert look.theme.name == ("light" if is_light else "night")


@pytest.mark.parametrize(("choice", "theme"), [("night", NIGHT), ("light", LIGHT)])
def test_windows_open_painted_in_the_theme(qapp: QApplication, qtbot: QtBot, choice: str, theme: Theme) -> None:
    look = Look(choice=choice)  # type: ignore[arg-type]  # one of the choices
    look.apply(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(40, 40)
    assert window.palette().color(QPalette.ColorRole.Window) == theme.bg
    assert window.grab().toImage().pixelColor(20, 20) == theme.bg


def test_a_theme_chosen_later_reaches_the_program_and_the_widgets_of_qt(qapp: QApplication, qtbot: QtBot) -> None:
    look = Look(choice="night")
    look.apply(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    field, menu = Field("A note", look=look, parent=window), make_menu(window, look=look)
    look.choose_theme("light")
    assert qapp.palette().color(QPalette.ColorRole.Window) == LIGHT.bg
    assert (LIGHT.sunk.name() in field.styleSheet(), LIGHT.raised.name() in menu.styleSheet()) == (True, True)
    assert not qapp.styleSheet()  # it would be matched against every widget


def test_a_menu_that_lasts_has_no_font_of_its_own_and_so_that_of_the_program(qapp: QApplication, qtbot: QtBot) -> None:
    look = Look(choice="night")
    look.apply(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    menu = make_menu(window, look=look)
    assert menu.font() == qapp.font()
    assert not menu.testAttribute(Qt.WidgetAttribute.WA_SetFont)  # it would not grow with the text


def test_a_widget_that_is_gone_is_dressed_no_more(qapp: QApplication) -> None:
    look = Look(choice="night")
    window = QWidget()
    area = ScrollArea(QWidget(), look=look, parent=window)
    area.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    look.choose_theme("light")  # an error in it would fail the test


def test_a_placeholder_can_be_read(look: Look, qtbot: QtBot) -> None:
    field = Field("A note", look=look, placeholder="Slept beside the baby, warm cloth first…")
    qtbot.addWidget(field)
    field.ensurePolished()
    assert field.palette().color(QPalette.ColorRole.PlaceholderText) == NIGHT.text3


@each_row("theme", [NIGHT, LIGHT], ids=lambda theme: theme.name)
@each_row("share", [0.25, 0.5, 0.75, 1.0])
def test_a_dimmed_page_is_darker_and_its_words_can_still_be_read(theme: Theme, share: float) -> None:
    veil = theme.veil(share)

    def below(colour: QColor) -> QColor:
        return mixed(colour, QColor(veil.rgb()), veil.alphaF())

    assert below(theme.bg).lightnessF() < theme.bg.lightnessF()
    faint: dict[str, float] = {}
    for kind in KINDS:  # the ground of a session is lit by its step
        lit = mixed(theme.bg, theme.fill(kind), theme.stage_glow)
        paused = mixed(lit, theme.text, theme.paused_time)
        for ground in (theme.bg, lit):
            for name, ink in (("text2", theme.text2), ("ink", theme.ink(kind)), ("paused", paused)):
                faint[f"{name}, {kind}"] = contrast(below(ink), below(ground))
    for ink in (theme.text, theme.text2, theme.text3):  # controls, those that are unavailable too
        faint[f"{ink.name()} on a control"] = contrast(below(ink), below(theme.surface))
    faint["Next, where it is the one to press"] = contrast(below(theme.on_accent), below(theme.accent))
    assert min(faint.values()) >= 4.5, faint


@pytest.mark.parametrize("theme", [NIGHT, LIGHT], ids=lambda theme: theme.name)
def test_an_answer_inside_a_card_has_an_edge_that_is_seen(theme: Theme) -> None:
    assert contrast(theme.text3, theme.accent_soft) >= 3
    assert contrast(theme.text3, theme.hover) >= 3
