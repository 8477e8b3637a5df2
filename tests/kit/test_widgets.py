from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QCursor, QFontMetricsF, QKeySequence, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from guide.kit.alert import Banner
from guide.kit.buttons import Button, IconButton, Pressable
from guide.kit.cards import Card, PressCard, ScrollArea
from guide.kit.choices import Check, Segmented, Select, Switch
from guide.kit.dialog import Choice, Dialog
from guide.kit.fields import EDGE, Field, TextField
from guide.kit.flow import FlowRow
from guide.kit.focus import FocusRing, _RingFrame
from guide.kit.label import Label
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.marks import Chip, KeyCap, Rule
from guide.kit.rows import Row
from guide.kit.slider import Slider
from guide.kit.stepper import HOLD_DELAY, HOLD_INTERVAL, Stepper
from guide.kit.theme import LIGHT, NIGHT
from guide.kit.toast import STAY, STAY_LONG, Toast
from guide.kit.volume_stepper import VolumeStepper
from guide.language import speak
from guide.window import MainWindow

Show = Callable[[QWidget], None]
Key = Qt.Key
LEFT_BUTTON = Qt.MouseButton.LeftButton
CONTROLS: dict[str, Callable[[Look], QWidget]] = {
    "button": lambda look: Button("Start", look=look, role="primary", icon="play"),
    "small button": lambda look: Button("Import", look=look, role="quiet", size="small"),
    "icon button": lambda look: IconButton("x", "Close", look=look),
    "switch": lambda look: Switch("Soft chimes", look=look),
    "check": lambda look: Check("Water and a snack", look=look),
    "slider": lambda look: Slider("Text size", look=look),
    "select": lambda look: Select([(1, "Quiet voice"), (2, "No voice")], look=look, name="Voice", value=1),
    "field": lambda look: Field("A note", look=look),
    "text field": lambda look: TextField("A note", look=look),
    "card": lambda look: PressCard("Quiet night, 12 to 15 minutes", look=look),
}


@pytest.mark.parametrize("kind", CONTROLS)
def test_every_control_can_be_reached_hit_and_named(look: Look, show: Show, kind: str) -> None:
    control = CONTROLS[kind](look)
    show(control)
    assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert control.minimumSizeHint().height() >= SMALLEST_TARGET or control.minimumHeight() >= SMALLEST_TARGET
    named = control.accessibleName() or (control.text() if isinstance(control, Pressable) else "")
    assert named


@pytest.mark.parametrize("kind", CONTROLS)
def test_every_control_is_repainted_in_another_theme_and_grows_with_the_text(look: Look, show: Show, kind: str) -> None:
    control = CONTROLS[kind](look)
    show(control)
    night = control.grab().toImage()
    look.choose_theme("light")
    assert control.grab().toImage() != night
    look.choose_scale(1.6)
    assert not control.grab().isNull()


@pytest.mark.parametrize("kind", ["button", "small button", "icon button", "switch", "check", "card"])
@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Return, Key.Key_Enter])
def test_space_and_enter_press(look: Look, show: Show, kind: str, key: Qt.Key) -> None:
    control = CONTROLS[kind](look)
    assert isinstance(control, Pressable)
    show(control)
    pressed: list[int] = []
    control.clicked.connect(lambda: pressed.append(1))
    QTest.keyClick(control, key)
    assert pressed == [1]


def test_a_button_that_is_not_available_keeps_its_words_and_does_nothing(look: Look, show: Show) -> None:
    button = Button("Start", look=look, role="primary")
    button.setEnabled(False)
    show(button)
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    QTest.mouseClick(button, LEFT_BUTTON)
    QTest.keyClick(button, Key.Key_Return)
    assert (button.text(), pressed) == ("Start", [])


def test_a_pressed_primary_button_darkens(look: Look, show: Show) -> None:
    button = Button("Start", look=look, role="primary")
    show(button)
    spot = QPoint(button.width() // 2, 5)
    assert button.grab().toImage().pixelColor(spot).name() in {NIGHT.accent.name(), NIGHT.primary_hover.name()}
    button.setDown(True)
    assert button.grab().toImage().pixelColor(spot) == NIGHT.primary_pressed


@pytest.mark.parametrize("size", ["small", "standard", "big", "start"])
def test_a_button_is_wide_enough_for_its_words_at_any_text_size(look: Look, qtbot: QtBot, size: str) -> None:
    look.choose_scale(1.6)
    button = Button("Go to the next step", look=look, icon="next", size=size)  # type: ignore[arg-type]  # a size
    qtbot.addWidget(button)
    words = QFontMetricsF(look.sized({"small": 16, "standard": 17, "big": 24, "start": 29}[size], 500))
    assert button.sizeHint().width() > words.horizontalAdvance(button.text())


def _pair(look: Look, show: Show, *, always: bool = False) -> tuple[QWidget, Button, Button]:
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(20, 20, 20, 20)
    first = Button("One", look=look, always_ring=always)
    second = Button("Two", look=look)
    row.addWidget(first)
    row.addWidget(second)
    show(page)
    page.setFocus()
    return page, first, second


def test_the_ring_is_for_the_keyboard(look: Look, show: Show) -> None:
    _page, first, second = _pair(look, show)
    QTest.mouseClick(first, LEFT_BUTTON)
    assert first.hasFocus()
    assert not first.ring.shown
    QTest.keyClick(first, Key.Key_Tab)
    assert second.hasFocus()
    assert second.ring.shown
    QTest.mouseClick(second, LEFT_BUTTON)
    assert not second.ring.shown


def test_a_focus_that_is_given_back_has_its_ring_where_the_keyboard_had_led_there(look: Look, show: Show) -> None:
    _page, first, second = _pair(look, show)
    first.setFocus()
    QTest.keyClick(first, Key.Key_Tab)
    for led, ringed in ((second, True), (first, False)):
        if led is first:
            QTest.mouseClick(first, LEFT_BUTTON)
        (first if led is second else second).setFocus()  # as a dialog takes it, which gives it back
        led.setFocus()
        assert led.ring.shown is ringed


def test_a_ring_that_is_always_shown_still_follows_the_focus(look: Look, show: Show) -> None:
    _page, first, second = _pair(look, show, always=True)
    first.setFocus()
    assert first.ring.shown
    second.setFocus()
    assert not first.ring.shown


def test_the_ring_is_three_wide_three_away_and_lets_clicks_through(look: Look, show: Show) -> None:
    page, first, _second = _pair(look, show)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    picture = page.grab().toImage()
    x, y = first.x() + first.width() // 2, first.y()
    colours = [picture.pixelColor(x, y - away) for away in (2, 5)]
    assert colours == [NIGHT.bg, NIGHT.focus]
    assert page.childAt(x, y + first.height() // 2) is first


def test_the_ring_is_not_cut_off_by_a_tight_parent(look: Look, show: Show) -> None:
    page = QWidget()
    outer = QVBoxLayout(page)
    outer.setContentsMargins(20, 20, 20, 20)
    tight = QWidget()
    inner = QVBoxLayout(tight)
    inner.setContentsMargins(0, 0, 0, 0)
    button = Button("One", look=look)
    inner.addWidget(button)
    outer.addWidget(tight)
    show(page)
    page.setFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    x, y = tight.x() + button.width() // 2, tight.y()
    assert page.grab().toImage().pixelColor(x, y - 5) == NIGHT.focus
    page.resize(page.width() + 60, page.height() + 40)
    QApplication.processEvents()
    x, y = tight.x() + button.width() // 2, tight.y() + button.y()
    assert page.grab().toImage().pixelColor(x, y - 5) == NIGHT.focus


def test_a_control_is_watched_from_its_first_focus_on(look: Look, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: set[QObject] = set()
    listens = FocusRing.eventFilter

    def hear(ring: FocusRing, watched: QObject, event: QEvent) -> bool:
        heard.add(watched)
        return listens(ring, watched, event)

    monkeypatch.setattr(FocusRing, "eventFilter", hear)
    page, first, second = _pair(look, show)
    page.resize(page.width() + 60, page.height() + 40)
    QApplication.processEvents()
    assert second not in heard
    second.setFocus(Qt.FocusReason.TabFocusReason)
    page.resize(page.width() + 60, page.height() + 40)
    QApplication.processEvents()
    assert second in heard
    assert second.ring.rect == second.visual_rect().adjusted(-6, -6, 6, 6)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    second.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not second.ring.shown
    first.setFocus(Qt.FocusReason.TabFocusReason)
    second.setFocus(Qt.FocusReason.TabFocusReason)
    assert second.ring.shown


def test_a_ring_goes_with_its_control(look: Look, show: Show) -> None:
    _page, first, second = _pair(look, show)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    first.hide()
    assert not first.ring.shown
    assert second.ring.shown


def test_the_ring_goes_with_the_knob_of_a_slider(look: Look, show: Show) -> None:
    page = QWidget()
    QVBoxLayout(page).addWidget(slider := Slider("Volume", look=look, value=50))
    show(page)
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(slider, Key.Key_Home)
    assert slider.ring.rect.left() < 0
    QTest.keyClick(slider, Key.Key_End)
    assert slider.ring.rect.right() > slider.width()


def test_a_switch_and_a_check_say_what_they_became(look: Look, show: Show) -> None:
    for control in (Switch("Soft chimes", look=look), Check("Water", look=look)):
        show(control)
        told: list[bool] = []
        control.toggled.connect(told.append)
        QTest.mouseClick(control, LEFT_BUTTON)
        QTest.keyClick(control, Key.Key_Space)
        assert told == [True, False]


def test_a_segmented_control_moves_with_the_arrows_and_tells(look: Look, show: Show) -> None:
    control = Segmented([("both", "Both"), ("left", "Left"), ("right", "Right")], look=look, value="both")
    show(control)
    told: list[object] = []
    control.chosen.connect(told.append)
    control.parts[0].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(control.parts[0], Key.Key_Right)
    assert (control.value, told) == ("left", ["left"])
    QTest.mouseClick(control.parts[2], LEFT_BUTTON)
    assert (control.value, told) == ("right", ["left", "right"])
    control.set_value("both")
    assert (control.value, told) == ("both", ["left", "right"])


def test_arrow_keys_with_alt_or_the_like_choose_nothing_and_change_no_value(look: Look, show: Show) -> None:
    control = Segmented([(1, "Easy"), (2, "Fine"), (3, "Hard")], look=look, value=2)
    slider = Slider("Louder", look=look, value=40)
    stepper = Stepper("Minutes", look=look, value=5, step=1, maximum=10)
    told: list[object] = []
    for widget, tells in ((control, control.chosen), (slider, slider.valueChanged), (stepper, stepper.stepped)):
        show(widget)
        tells.connect(told.append)
    held = Qt.KeyboardModifier
    for modifier in (held.AltModifier, held.ShiftModifier, held.ControlModifier):
        for key in (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down):
            for target in (control.parts[1], slider, stepper.more):
                QTest.keyClick(target, key, modifier)
    assert (told, control.value, slider.value(), stepper.value) == ([], 2, 40, 5)


def test_a_segmented_control_may_have_nothing_chosen(look: Look, show: Show) -> None:
    control = Segmented([(1, "Easy"), (2, "Fine")], look=look)
    show(control)
    assert option(control) is None
    QTest.mouseClick(control.parts[1], LEFT_BUTTON)
    assert option(control) == 2
    control.set_value(None)
    assert option(control) is None


def test_a_slider_moves_by_keys_and_by_a_click_anywhere(look: Look, show: Show) -> None:
    slider = Slider("Volume", look=look, value=50, step=5, said=lambda value: f"{value} %")
    slider.resize(224, 44)
    show(slider)
    QTest.keyClick(slider, Key.Key_Right)
    assert (slider.value(), slider.accessibleDescription()) == (55, "55 %")
    QTest.mouseClick(slider, LEFT_BUTTON, pos=QPoint(12, 22))
    assert slider.value() == 0
    QTest.mouseClick(slider, LEFT_BUTTON, pos=QPoint(slider.width() - 12, 22))
    assert slider.value() == 100


def test_a_select_offers_large_rows_and_tells_the_choice(look: Look, show: Show) -> None:
    select = Select([("a", "Quiet voice"), ("b", "Bright & clear")], look=look, name="Voice", value="a")
    show(select)
    told: list[object] = []
    select.chosen.connect(told.append)
    QTest.keyClick(select, Key.Key_Down)
    assert select.menu.isVisible()
    assert select.menu.actionGeometry(select.menu.actions()[0]).height() >= SMALLEST_TARGET
    QTest.keyClick(select.menu, Key.Key_Down)
    QTest.keyClick(select.menu, Key.Key_Return)
    assert (select.value, told) == ("b", ["b"])
    assert select.text() == "Bright & clear"
    assert select.accessibleName() == "Voice: Bright & clear"
    select.menu.hide()


def test_new_options_of_a_select_replace_the_old(look: Look, qtbot: QtBot) -> None:
    select = Select([(1, "One")], look=look, name="Which", value=1)
    qtbot.addWidget(select)
    select.set_options([(2, "Two"), (3, "Three")], value=3)
    assert [action.text() for action in select.menu.actions()] == ["Two", "Three"]
    assert (select.value, select.text()) == (3, "Three")


def test_tab_leaves_a_text_field(look: Look, show: Show) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    field, after = TextField("A note", look=look), Button("Save", look=look)
    column.addWidget(field)
    column.addWidget(after)
    show(page)
    field.setFocus()
    QTest.keyClick(field, Key.Key_Tab)
    assert after.hasFocus()
    assert field.toPlainText() == ""


def _wheel(widget: QWidget, delta: int) -> bool:
    """Whether the widget takes it; Qt hands on what it leaves only where a mouse turned it."""
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place,
        QPointF(widget.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_a_stepper_steps_by_click_arrow_and_wheel_and_stops_at_its_ends(look: Look, show: Show) -> None:
    stepper = Stepper("Sessions in 24 hours", look=look, value=8, minimum=0, maximum=10)
    show(stepper)
    told: list[int] = []
    stepper.stepped.connect(told.append)
    stepper.less.clearFocus()
    _wheel(stepper, 120)
    assert told == []
    QTest.mouseClick(stepper.more, LEFT_BUTTON)
    QTest.keyClick(stepper.more, Key.Key_Up)
    QTest.keyClick(stepper.more, Key.Key_Up)
    assert (stepper.value, told) == (10, [9, 10])
    _wheel(stepper, -120)
    QTest.keyClick(stepper.more, Key.Key_Down)
    QTest.mouseClick(stepper.less, LEFT_BUTTON)
    assert (stepper.value, stepper.shown.text()) == (7, "7")


def test_two_fingers_on_a_touchpad_go_a_step_as_far_as_a_notch_of_a_wheel_does(look: Look, show: Show) -> None:
    """They turn by a little at a time; each was a step, and one stroke went from the least to the most."""
    stepper = Stepper("Sessions in 24 hours", look=look, value=8, minimum=0, maximum=20)
    show(stepper)
    stepper.more.setFocus()
    went = []
    for turned in (*[40] * 6, -40, *[-40] * 2, 119, 1, 240):
        assert _wheel(stepper, turned)
        went.append(stepper.value)
    assert went == [8, 8, 9, 9, 9, 10, 10, 10, 9, 9, 10, 12]


def test_a_slider_says_and_rings_what_it_was_set_to_without_a_word(look: Look, show: Show) -> None:
    slider = Slider("Dim further", look=look, maximum=40, said=lambda value: f"{value} %")
    show(slider)
    slider.clearFocus()
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    before = slider.ring.rect
    slider.blockSignals(True)
    slider.setValue(20)
    slider.blockSignals(False)
    assert (slider.accessibleDescription(), slider.toolTip()) == ("20 %", "20 %")
    assert slider.ring.rect.x() > before.x()


def test_only_the_left_button_on_the_words_of_a_row_presses_its_switch(look: Look, show: Show) -> None:
    switch = Switch("Voice", look=look)
    row = Row("Voice", switch, look=look)
    show(row)
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        QTest.mouseClick(row, button, pos=row.words.geometry().center())
        assert not switch.isChecked(), button
    QTest.mouseClick(row, LEFT_BUTTON, pos=row.words.geometry().center())
    assert switch.isChecked()


def test_what_a_stepper_says_in_words_takes_two_lines_where_there_is_no_room_for_one(look: Look, show: Show) -> None:
    stepper = Stepper("Repeat", look=look, value=2, said=lambda times: f"{times}-mal wiederholen", wrap=True)
    show(stepper)
    stepper.resize(stepper.sizeHint())
    one_line = stepper.shown.heightForWidth(stepper.shown.width())
    narrow = stepper.minimumSizeHint().width()
    assert narrow < stepper.sizeHint().width()
    stepper.resize(narrow, stepper.height())
    assert one_line < stepper.shown.heightForWidth(stepper.shown.width()) <= stepper.height()
    assert stepper.more.geometry().right() < narrow


def test_holding_a_key_of_a_stepper_goes_on_after_half_a_second_at_eight_a_second(look: Look, qtbot: QtBot) -> None:
    volume = VolumeStepper("Left", look=look)
    qtbot.addWidget(volume)
    for key in (volume.less, volume.more):
        assert key.autoRepeat()
        assert (key.autoRepeatDelay(), key.autoRepeatInterval()) == (500, 125) == (HOLD_DELAY, HOLD_INTERVAL)


def test_a_volume_is_empty_until_touched(look: Look, show: Show) -> None:
    volume = VolumeStepper("Left", look=look, step=5)
    show(volume)
    told: list[object] = []
    volume.entered.connect(told.append)
    assert amount(volume) is None
    assert (volume.edit.text(), volume.edit.placeholderText()) == ("", "–")
    QTest.mouseClick(volume.more, LEFT_BUTTON)
    QTest.mouseClick(volume.more, LEFT_BUTTON)
    assert (amount(volume), volume.edit.text()) == (10, "10")
    QTest.mouseClick(volume.less, LEFT_BUTTON)
    QTest.mouseClick(volume.less, LEFT_BUTTON)
    assert (amount(volume), told) == (0, [5, 10, 5, 0])
    assert volume.less.accessibleDescription() == "0 mL"
    QTest.mouseClick(volume.less, LEFT_BUTTON)
    assert (amount(volume), told[4:], volume.edit.text()) == (None, [None], "")


def test_from_an_amount_that_is_typed_the_next_one_is_a_key_away(look: Look, show: Show) -> None:
    page = QWidget()
    row = QHBoxLayout(page)
    left, right = VolumeStepper("Left", look=look), VolumeStepper("Right", look=look)
    row.addWidget(left)
    row.addWidget(right)
    show(page)
    left.more.setFocus()
    QTest.keyClicks(left.more, "1")
    QTest.keyClicks(left.edit, "2")
    QTest.keyClick(left.edit, Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert right.isAncestorOf(focus)
    QTest.keyClicks(focus, "7")
    assert (amount(left), amount(right)) == (12, 7)


def test_enter_on_any_part_of_an_amount_goes_on_once_and_changes_nothing(look: Look, show: Show) -> None:
    volume = VolumeStepper("Left", look=look, value=80)
    show(volume)
    told: list[object] = []
    volume.entered.connect(told.append)
    volume.gone_on.connect(lambda: told.append("on"))
    for part in (volume.less, volume.edit, volume.more):
        part.setFocus()
        QTest.keyClick(part, Key.Key_Return)
        QTest.keyClick(part, Key.Key_Enter)
    assert told == ["on"] * 6


def test_enter_stays_at_an_amount_that_does_not_read(look: Look, show: Show) -> None:
    volume = VolumeStepper("Left", look=look)
    show(volume)
    volume.edit.setFocus()
    QTest.keyClicks(volume.edit, "50/30")
    QTest.keyClick(volume.edit, Key.Key_Return)
    assert (amount(volume), volume.edit.text(), volume.edit.hasFocus()) == (None, "50/30", True)


def test_figures_typed_on_a_key_of_a_volume_are_its_amount(look: Look, show: Show) -> None:
    volume = VolumeStepper("Left", look=look, value=80)
    show(volume)
    volume.more.setFocus()
    QTest.keyClicks(volume.more, "1")
    QTest.keyClicks(volume.edit, ".5")
    assert amount(volume) == 1.5


def test_plus_and_minus_on_a_key_of_an_amount_do_what_the_keys_do(look: Look, show: Show) -> None:
    volume, number = VolumeStepper("Left", look=look, value=80, step=5), Stepper("Times", look=look, value=3)
    for stepper in (volume, number):
        show(stepper)
        stepper.more.setFocus()
        for typed in "++-":
            QTest.keyClicks(stepper.more, typed)
        assert stepper.more.hasFocus()
        QTest.keyClicks(stepper.less, "+")
    assert (volume.value, volume.edit.text(), number.value) == (90, "90", 5)


def test_all_that_stands_in_a_volume_is_selected_from_a_key_of_it_too(look: Look, show: Show) -> None:
    volume = VolumeStepper("Left", look=look, value=103.5)
    show(volume)
    volume.more.setFocus()
    QTest.keyClick(volume.more, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert (volume.edit.hasFocus(), volume.edit.selectedText()) == (True, "103.5")


@pytest.mark.parametrize(
    ("typed", "read", "said"), [("m", None, "could look"), ("ml", 80.0, ""), (",5", 80.5, ""), ("99", 99.0, "")]
)
def test_what_is_typed_on_a_key_of_a_volume_is_read_or_refused_in_words(
    look: Look, show: Show, typed: str, read: float | None, said: str
) -> None:
    volume = VolumeStepper("Left", look=look, value=80)
    show(volume)
    why = [""]
    volume.refused.connect(why.append)
    QTest.keyClicks(volume.less, typed[:1])
    QTest.keyClicks(volume.edit, typed[1:])
    assert amount(volume) == read
    assert said in why[-1]
    assert bool(said) is bool(why[-1])


@pytest.mark.parametrize("value", [None, 80.0])
def test_the_wheel_is_left_to_the_page_where_that_scrolls_and_no_amount_is_changed_by_it(
    look: Look, show: Show, value: float | None
) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    volume, slider = VolumeStepper("Left", look=look, value=value), Slider("Loudness", look=look, maximum=100)
    column.addWidget(volume)
    column.addWidget(slider)
    column.addSpacing(2000)
    area = ScrollArea(content, look=look)
    area.resize(400, 300)
    show(area)
    QApplication.processEvents()
    for part, wheeled in ((volume.more, volume), (slider, slider)):
        part.setFocus()
        assert not _wheel(wheeled, -120)
    assert (amount(volume), slider.value()) == (value, 0)


def test_a_volume_can_be_typed_and_taken_back(look: Look, show: Show) -> None:
    volume = VolumeStepper("Right", look=look, ounces=True, step=0.25)
    show(volume)
    told: list[object] = []
    volume.entered.connect(told.append)
    QTest.keyClicks(volume.edit, "1,5")
    assert (amount(volume), volume.edit.text()) == (1.5, "1,5")
    QTest.keyClick(volume.edit, Key.Key_Up)
    assert (amount(volume), volume.edit.text()) == (1.75, "1.75")
    volume.edit.selectAll()
    QTest.keyClick(volume.edit, Key.Key_Backspace)
    assert amount(volume) is None
    assert volume.less.width() == volume.less.height() == 92


@pytest.mark.parametrize(
    ("typed", "ounces", "shown"),
    [
        (".5", True, "0.5"),
        ("1/2", True, "0.5"),
        ("2 ½", True, "2.5"),
        ("2,5", True, "2.5"),
        ("12 1/2", False, "12.5"),
        ("120 ml", False, "120"),
        ("4 oz", False, "118.3"),
        ("0", False, "0"),
    ],
)
def test_an_amount_is_read_as_it_was_meant(look: Look, show: Show, typed: str, ounces: bool, shown: str) -> None:
    volume = VolumeStepper("Left", look=look, ounces=ounces)
    show(volume)
    QTest.keyClicks(volume.edit, typed)
    QTest.keyClick(volume.edit, Key.Key_Return)
    assert (volume.edit.text(), amount(volume)) == (shown, float(shown))


@pytest.mark.parametrize("typed", ["9999", "1e3", "-3", "1.234,5", "1/0", "some", "34 oz"])
def test_an_amount_that_does_not_read_stands_as_it_was_typed_with_what_would(
    look: Look, show: Show, typed: str
) -> None:
    volume = VolumeStepper("Left", look=look, value=80)
    show(volume)
    why: list[str] = []
    volume.refused.connect(why.append)
    volume.edit.selectAll()
    QTest.keyClicks(volume.edit, typed)
    QTest.keyClick(volume.edit, Key.Key_Return)
    assert (volume.edit.text(), amount(volume)) == (typed, None)
    assert "volume" in why[-1]
    QTest.keyClick(volume.edit, Key.Key_Up)
    assert (volume.edit.text(), amount(volume), why[-1]) == ("5", 5.0, "")


def test_a_label_wraps_and_never_ends_in_dots(look: Look, qtbot: QtBot) -> None:
    label = Label("Take all the time you need. Your place is kept. " * 3, look=look, wrap=True)
    qtbot.addWidget(label)
    narrow, wide = label.heightForWidth(200), label.heightForWidth(600)
    assert narrow > wide >= look.line_height("body")
    assert narrow % look.line_height("body") == 0
    assert label.minimumSizeHint().width() < 200


def test_a_word_wider_than_its_room_is_drawn_smaller_and_not_broken(look: Look) -> None:
    word = "Handentleerung"
    label = Label(word, look=look, wrap=True)
    whole = label.sizeHint()
    narrow = QFontMetricsF(look.font("body")).horizontalAdvance(word) * 0.8
    assert label.heightForWidth(round(narrow)) == whole.height()
    assert label._lay_out(narrow).layout.font().pixelSize() < look.font("body").pixelSize()


def test_a_name_in_a_list_may_be_cut_and_says_itself_whole_in_its_tooltip(look: Look, qtbot: QtBot) -> None:
    label = Label("A very long name of a routine", look=look, elide=True)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() <= 40
    assert label.toolTip() == label.text()


def test_a_label_can_carry_strong_words_and_stays_plain_text(look: Look, show: Show) -> None:
    label = Label(look=look, tint="text2")
    label.set_parts([("Last session ", False), ("3 h 12 min ago", True)])
    show(label)
    assert label.text() == "Last session 3 h 12 min ago"
    with_strong = label.grab().toImage()
    label.setText(label.text())
    assert label.grab().toImage() != with_strong
    label.setText("<b>not markup</b>")
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_label_grows_with_the_text_size(look: Look, qtbot: QtBot) -> None:
    label = Label("Settle in", look=look)
    qtbot.addWidget(label)
    small = label.sizeHint()
    look.choose_scale(1.6)
    assert label.sizeHint().width() > 1.5 * small.width()


def test_a_card_has_an_edge_in_the_light_only(look: Look, show: Show) -> None:
    card = Card(look=look, radius=0)
    card.resize(80, 60)
    show(card)
    card.resize(80, 60)
    assert card.grab().toImage().pixelColor(40, 0) == NIGHT.surface
    look.choose_theme("light")
    picture = card.grab().toImage()
    assert (picture.pixelColor(40, 0), picture.pixelColor(40, 30)) == (LIGHT.line, LIGHT.surface)


def test_small_things_show_their_words(look: Look, show: Show) -> None:
    for thing in (Chip("Yours", look=look, icon="pencil", accent=True), KeyCap("Space", look=look)):
        show(thing)
        assert thing.accessibleName() in {"Yours", "Space"}
        usual = thing.sizeHint()
        look.choose_scale(1.5)
        assert thing.sizeHint().width() > usual.width()
        look.choose_scale(1.0)
    rule = Rule(look=look)
    show(rule)
    assert rule.height() == 1


def test_a_row_that_is_too_narrow_flows_on(look: Look, show: Show) -> None:
    row = FlowRow()
    for word in ("Protect supply", "Promote supply", "Yours"):
        row.add(Chip(word, look=look))
    show(row)
    one_line = row.heightForWidth(1000)
    assert row.heightForWidth(150) >= 3 * one_line
    row.clear()
    assert row.heightForWidth(150) == 0


def test_in_a_row_that_flows_words_stand_at_the_middle_of_what_is_higher_and_wrap_where_they_are_wider(
    look: Look, show: Show
) -> None:
    row = FlowRow(gap=8)
    label, button = Label("Which of these days is it", look=look, wrap=True), Button("That one", look=look)
    row.add(label)
    row.add(button)
    show(row)
    row.resize(600, row.heightForWidth(600))
    assert abs(label.geometry().center().y() - button.geometry().center().y()) <= 1
    one_line = label.height()
    row.resize(150, row.heightForWidth(150))
    assert (label.width(), label.height() >= 2 * one_line) == (150, True)
    assert button.y() == label.height() + 8


def test_a_scroll_area_follows_the_focus(look: Look, show: Show) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    buttons = [Button(f"Button {number}", look=look) for number in range(20)]
    for button in buttons:
        column.addWidget(button)
    area = ScrollArea(content, look=look)
    area.resize(300, 200)
    show(area)
    buttons[0].setFocus()
    for button in buttons[:-1]:
        QTest.keyClick(button, Key.Key_Tab)
    assert buttons[-1].hasFocus()
    assert area.verticalScrollBar().value() > 0
    assert area.viewport().rect().intersects(buttons[-1].rect().translated(buttons[-1].mapTo(area, QPoint())))


def test_words_squeezed_in_large_text_have_their_width_again_in_smaller(
    look: Look, show: Show, qapp: QApplication
) -> None:
    content = QWidget()
    row = QHBoxLayout(content)
    buttons = [Button("Bring everything back", look=look) for _ in range(3)]
    for button in buttons:
        row.addWidget(button)
    area = ScrollArea(content, look=look)
    natural = buttons[0].sizeHint().width()
    area.resize(4 * natural, 200)
    show(area)
    look.choose_scale(1.6)
    qapp.processEvents()
    assert content.width() <= area.viewport().width()
    assert buttons[0].sizeHint().width() < buttons[0].natural_width
    look.choose_scale(1.0)
    qapp.processEvents()
    assert buttons[0].sizeHint().width() == natural == buttons[0].natural_width


def test_a_hidden_page_is_squeezed_where_it_has_been_laid_out_and_never_in_the_size_qt_begins_with(
    look: Look, show: Show
) -> None:
    label = Label("Seventeen words", look=look)
    content, stack = QWidget(), QStackedWidget()
    QVBoxLayout(content).addWidget(label)
    area, whole = ScrollArea(content, look=look, parent=stack), label.sizeHint().width()
    for page in (QWidget(), area):
        stack.addWidget(page)
    stack.resize(whole, 300)
    show(stack)
    QApplication.processEvents()
    assert (area.size(), label.sizeHint().width()) == (QSize(100, 30), whole)
    stack.setCurrentWidget(area)
    QApplication.processEvents()
    assert label.sizeHint().width() < whole
    assert content.minimumSizeHint().width() <= area.viewport().width()


def amount(volume: VolumeStepper) -> float | None:
    return volume.value


def option(control: Segmented) -> object:
    return control.value


def _host(show: Show) -> QWidget:
    page = QWidget()
    page.resize(800, 560)
    show(page)
    QCursor.setPos(page.mapToGlobal(QPoint(2, 280)))  # where another test left it, it may be in use
    return page


def test_a_toast_lies_at_the_bottom_and_goes_by_itself(look: Look, show: Show) -> None:
    page = _host(show)
    toast = Toast(page, look=look)
    gone: list[int] = []
    toast.gone.connect(lambda: gone.append(1))
    toast.tell("Routine hidden")
    assert toast.isVisible()
    assert (toast.timer.interval(), toast.timer.isActive()) == (STAY, True) == (6000, True)
    assert page.height() - toast.geometry().bottom() - 1 == 24
    assert abs(toast.geometry().center().x() - page.width() // 2) <= 1
    toast.timer.timeout.emit()
    assert not toast.isVisible()
    assert gone == [1]


def test_a_toast_of_something_deleted_stays_until_its_page_is_left(look: Look, show: Show) -> None:
    toast = Toast(_host(show), look=look)
    toast.tell("Deleted", undo=list, stays=True)
    assert (toast.timer.interval(), toast.timer.isActive()) == (STAY_LONG, True) == (30_000, True)
    toast.leave_page()
    assert (toast.isVisible(), toast.timer.interval(), toast.timer.isActive()) == (True, STAY, True)
    toast.tell("Deleted", undo=list, stays=True)
    toast.tell("Saved", undo=list)
    assert toast.timer.interval() == STAY


def test_a_toast_that_stays_is_closed_by_its_cross_which_takes_no_focus_and_leaves_the_undo_to_its_key(
    look: Look, show: Show
) -> None:
    page = _host(show)
    toast, undone, field = Toast(page, look=look), list[int](), QLineEdit(page)
    field.show()
    field.setFocus()
    toast.tell("Saved", undo=list)
    assert not toast.close_button.isVisible()
    toast.tell("Mine is deleted", undo=lambda: undone.append(1), stays=True)
    assert toast.rect().contains(toast.close_button.geometry())
    QTest.mouseClick(toast.close_button, Qt.MouseButton.LeftButton)
    assert (toast.isVisible(), field.hasFocus()) == (False, True)
    toast.undo()
    assert undone == [1]
    toast.tell("Mine is deleted", undo=list, stays=True)
    toast.go_to()
    QTest.keyClick(toast.action, Qt.Key.Key_Tab)
    assert (toast.close_button.hasFocus(), toast.timer.isActive()) == (True, False)
    QTest.keyClick(toast.close_button, Qt.Key.Key_Return)
    assert (toast.isVisible(), field.hasFocus()) == (False, True)


def test_a_mention_waits_for_the_message_on_show_and_leaves_its_undo_to_the_key(look: Look, show: Show) -> None:
    toast, undone = Toast(_host(show), look=look), list[str]()
    toast.tell("Deleted", undo=lambda: undone.append("deleted"), stays=True)
    toast.mention("Saved")
    assert toast.words.text() == "Deleted"
    toast.timer.timeout.emit()
    QApplication.processEvents()
    assert (toast.words.text(), toast.action.isVisible()) == ("Saved", False)
    toast.undo()
    assert undone == ["deleted"]
    toast.tell("Deleted", undo=lambda: undone.append("again"))
    toast.dismiss()
    toast.mention("Saved")
    toast.leave_page()  # what is not on show is undone no more
    toast.undo()
    assert undone == ["deleted"]


@pytest.mark.parametrize(
    ("y", "x", "width", "where"), [(500, 300, 200, "beside"), (500, 0, 800, "high"), (40, 300, 200, "low")]
)
def test_a_toast_does_not_lie_on_what_has_the_focus(
    look: Look, show: Show, y: int, x: int, width: int, where: str
) -> None:
    page = _host(show)
    used = Button("Delete", look=look, parent=page)
    used.setGeometry(x, y, width, 48)
    used.show()
    used.setFocus()
    QCursor.setPos(page.mapToGlobal(QPoint(2, 280)))
    toast = Toast(page, look=look, above=lambda: 68)
    toast.tell("Routine hidden", action="Undo")
    assert not toast.geometry().intersects(used.geometry())
    in_the_middle = abs(toast.geometry().center().x() - page.rect().center().x()) < 2
    assert where == ("high" if toast.y() == 80 else "low" if in_the_middle else "beside")
    toast.dismiss()
    page.setFocus()
    toast.tell("A session is going on.")
    assert toast.y() > 80
    toast.make_way(keys_below=True)
    assert toast.y() == 80
    toast.tell("A session is going on.")
    assert toast.y() == 80


@pytest.mark.parametrize("still", [False, True])
def test_a_page_with_its_keys_at_the_bottom_is_read_while_a_toast_is_on_show(
    look: Look, show: Show, qapp: QApplication, *, still: bool
) -> None:
    """It goes down beneath it and back; one that keeps still has it beside the words it begins with."""
    window, page = MainWindow(look=look), QWidget()
    head, key = Label("All done. Breathe out.", look=look, parent=page), Button("Save", look=look, parent=page)
    column = QVBoxLayout(page)
    column.addWidget(head)
    column.addStretch(1)
    column.addWidget(key)
    window.add_page("page", lambda: page, bare=True, keys_below=True, keeps_still=still)
    window.add_page("other", QWidget, bare=True)
    show(window)
    window.show_page("page")
    QCursor.setPos(window.mapToGlobal(QPoint(2, 280)))
    qapp.processEvents()

    def stands() -> tuple[int, int]:
        qapp.processEvents()
        return tuple(one.mapTo(window, QPoint()).y() for one in (head, key))  # type: ignore[return-value]  # of two

    at_first = stands()
    window.toast.tell("Kept as Short, mine", action="Undo")
    moved = stands()
    assert (moved == at_first, moved[1]) == (still, at_first[1])
    words = QRect(head.mapTo(window.body, QPoint()), head.sizeHint())
    assert not window.toast.geometry().intersects(words)
    window.toast.dismiss()
    assert stands() == at_first
    window.toast.tell("Kept as Short, mine")
    window.show_page("other")
    qapp.processEvents()
    assert window.stack.y() == 0


@pytest.mark.parametrize("scale", [1.0, 1.6])
@pytest.mark.parametrize("action", [None, "Conservarlo"])
@pytest.mark.parametrize("length", [1, 4, 8])
def test_every_line_of_a_toast_is_seen(look: Look, show: Show, scale: float, action: str | None, length: int) -> None:
    look.choose_scale(scale)
    page = _host(show)
    toast = Toast(page, look=look)
    toast.tell("Short")
    toast.tell("Duró menos de un minuto. " * length, action=action)
    words = toast.words
    assert words.height() >= words.heightForWidth(words.width()) or not words.wordWrap()
    assert toast.rect().contains(words.geometry())
    assert page.rect().contains(toast.geometry())
    toast.tell("Short")
    assert toast.height() < look.px(90)


def test_a_toast_does_not_lie_beneath_the_pointer(look: Look, show: Show) -> None:
    page = _host(show)
    QCursor.setPos(page.mapToGlobal(QPoint(400, 520)))
    toast = Toast(page, look=look)
    toast.tell("Routine hidden")
    assert not toast.geometry().contains(QPoint(400, 520))
    assert toast.y() > 400, "beside it, where nothing of the page's head is covered"


def test_a_toast_of_a_page_asks_nothing_of_a_focus_that_is_still_on_another(look: Look, show: Show) -> None:
    """Qt warns of a place that is asked for in a widget beside: in any test that is a failure."""
    window = QWidget()
    other, page = Button("Other", look=look, parent=window), QWidget(window)
    page.resize(800, 560)
    show(window)
    other.setFocus()
    toast = Toast(page, look=look)
    toast.tell("Routine hidden")
    assert not toast.isHidden()


def test_a_toast_stays_while_it_has_the_focus(look: Look, show: Show) -> None:
    page = _host(show)
    toast = Toast(page, look=look)
    toast.tell("Routine hidden", action="Undo")
    toast.action.setFocus()
    assert not toast.timer.isActive()
    other = Button("Other", look=look, parent=page)
    other.show()
    other.setFocus()
    assert toast.timer.isActive()


def test_a_toast_does_its_one_action_once(look: Look, show: Show) -> None:
    page = _host(show)
    toast = Toast(page, look=look)
    undone: list[str] = []
    toast.tell("First", action="Undo", on_action=lambda: undone.append("first"))
    toast.tell("Second", action="Undo", on_action=lambda: undone.append("second"))
    assert toast.words.text() == "Second"
    QTest.mouseClick(toast.action, LEFT_BUTTON)
    assert undone == ["second"]
    assert not toast.isVisible()


def test_a_toast_keeps_its_place_when_the_window_changes_and_wraps_when_it_is_small(look: Look, show: Show) -> None:
    page = _host(show)
    toast = Toast(page, look=look)
    toast.tell("A long message that says what happened and what can be done about it now " * 2, action="Undo")
    page.resize(500, 700)
    assert page.rect().contains(toast.geometry())
    assert toast.words.wordWrap()


def _dialog(page: QWidget, look: Look) -> tuple[Dialog, list[object]]:
    dialog = Dialog(
        page,
        look=look,
        title="Finish here?",
        text="14 minutes are kept either way.",
        choices=[Choice("on", "Carry on"), Choice("end", "Finish and save")],
    )
    told: list[object] = []
    dialog.chosen.connect(told.append)
    return dialog, told


def test_a_dialog_gives_the_focus_to_the_safest_choice_and_escape_takes_it(look: Look, show: Show) -> None:
    page = _host(show)
    before = Button("Before", look=look, parent=page)
    before.show()
    before.setFocus()
    dialog, told = _dialog(page, look)
    dialog.open()
    assert dialog.buttons[0].hasFocus()
    assert dialog.buttons[0].ring.shown
    assert [button.role for button in dialog.buttons] == ["primary", "standard"]
    QTest.keyClick(dialog.buttons[0], Key.Key_Escape)
    assert told == ["on"]
    assert before.hasFocus()


def test_a_dialog_tells_what_was_pressed(look: Look, show: Show) -> None:
    page = _host(show)
    dialog, told = _dialog(page, look)
    dialog.open()
    QTest.mouseClick(dialog.buttons[1], LEFT_BUTTON)
    assert told == ["end"]
    assert not dialog.isVisible()


def test_tab_stays_inside_a_dialog(look: Look, show: Show) -> None:
    page = _host(show)
    outside = Button("Outside", look=look, parent=page)
    outside.show()
    dialog, _told = _dialog(page, look)
    dialog.open()
    for expected in (1, 0, 1):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Key.Key_Tab)
        assert dialog.buttons[expected].hasFocus()


def test_the_page_below_a_dialog_hears_no_shortcut(look: Look, show: Show) -> None:
    page = _host(show)
    heard: list[int] = []
    shortcut = QShortcut(QKeySequence("N"), page)
    shortcut.activated.connect(lambda: heard.append(1))
    dialog, told = _dialog(page, look)
    dialog.open()
    QTest.keyClick(dialog.buttons[0], Key.Key_N)
    assert heard == []
    dialog.choose("on")
    assert told == ["on"]
    QTest.keyClick(page, Key.Key_N)
    assert heard == [1]


@pytest.mark.parametrize("size", [(800, 560), (1160, 780), (420, 360)])
def test_a_dialog_fits_its_window_and_is_never_wider_than_640(look: Look, show: Show, size: tuple[int, int]) -> None:
    page = _host(show)
    page.resize(*size)
    dialog, _told = _dialog(page, look)
    dialog.open()
    assert dialog.geometry() == page.rect()
    assert dialog.card.width() <= 640
    assert dialog.rect().contains(dialog.card.geometry())
    page.resize(900, 600)
    assert dialog.geometry() == page.rect()


def test_a_dialog_fades_in_unless_all_is_still(look: Look, gentle: Look, show: Show) -> None:
    page = _host(show)
    still, _ = _dialog(page, look)
    still.open()
    assert still.graphicsEffect() is None
    moving, _ = _dialog(page, gentle)
    moving.open()
    assert moving.graphicsEffect() is not None
    moving.choose("on")


def test_the_banner_tells_each_thing_once_and_one_after_the_other(look: Look, show: Show) -> None:
    banner = Banner(look=look)
    show(banner)
    banner.show_next()
    assert banner.message == ""
    closed: list[str] = []
    banner.closed.connect(closed.append)
    banner.tell("No voice was found.")
    banner.tell("The chimes are silent: no player was found.")
    banner.tell("No voice was found.")
    assert banner.message == "No voice was found."
    QTest.mouseClick(banner.close_button, LEFT_BUTTON)
    assert banner.message == "The chimes are silent: no player was found."
    QTest.mouseClick(banner.close_button, LEFT_BUTTON)
    assert (banner.message, len(closed)) == ("", 2)
    banner.tell("No voice was found.")
    assert banner.isHidden()


def test_what_may_be_lost_goes_before_what_else_there_is_to_say(look: Look, show: Show) -> None:
    banner = Banner(look=look)
    show(banner)
    banner.show_next()
    for message in ("No voice was found.", "Sounds cannot be kept."):
        banner.tell(message)
    for _ in range(2):
        banner.tell_first("There is no room for the log.")
    shown = []
    for _ in range(4):
        shown.append(banner.message)
        banner.show_next()
    assert shown == ["There is no room for the log.", "No voice was found.", "Sounds cannot be kept.", ""]


def test_what_came_of_what_she_asked_is_told_at_once_and_each_time_and_the_banner_says_how_many_there_are(
    look: Look, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("guide.kit.alert.announce", lambda _, words: said.append(words))
    banner = Banner(look=look)
    show(banner)
    banner.show_next()
    banner.tell("No voice was found.")
    assert (banner.count.isHidden(), banner.accessibleDescription()) == (True, "")
    banner.tell("No sound.")
    assert (banner.message, banner.count.text()) == ("No voice was found.", "1 of 2")
    banner.tell_asked("a.pdf cannot be written.", "b.pdf cannot be written.")
    banner.tell_asked("a.pdf cannot be written.", "b.pdf cannot be written.")
    assert (banner.message, banner.count.text()) == ("a.pdf cannot be written.", "1 of 4")
    assert banner.accessibleDescription() == "1 of 4"
    assert said == ["No voice was found.", "1 of 2", *["a.pdf cannot be written. 1 of 4"] * 2]
    shown = []
    while banner.message:
        shown.append((banner.message, banner.count.isVisible()))
        banner.show_next()
    assert shown == [
        ("a.pdf cannot be written.", True),
        ("b.pdf cannot be written.", True),
        ("No voice was found.", True),
        ("No sound.", False),
    ]
    banner.tell_asked("a.pdf cannot be written.")
    banner.tell_asked()
    assert not banner.isHidden()


def test_what_may_be_lost_is_told_next_after_what_she_has_just_asked_for(look: Look, show: Show) -> None:
    banner = Banner(look=look)
    show(banner)
    banner.show_next()
    banner.tell_asked("a.pdf cannot be written.")
    banner.tell_first("There is no room for the log.")
    assert banner.message == "There is no room for the log."
    banner.tell_asked("b.pdf cannot be written.")
    banner.tell_asked("c.pdf cannot be written.")
    banner.renew(lambda text: text)
    shown = []
    while banner.message:
        shown.append(banner.message)
        banner.show_next()
    assert shown == [
        "c.pdf cannot be written.",
        "There is no room for the log.",
        "b.pdf cannot be written.",
        "a.pdf cannot be written.",
    ]


@pytest.mark.parametrize("kind", ["banner", "toast"])
def test_escape_on_a_message_closes_it_and_the_focus_goes_back_to_the_page(look: Look, show: Show, kind: str) -> None:
    window = MainWindow(look=look)
    window.add_page("ready", lambda: Button("Start", look=look))
    show(window)
    window.show_page("ready")
    page = window.page("ready")
    window.banner.tell("No sound can be heard.")
    window.toast.tell("Routine hidden", action="Undo")
    message, focused = {
        "banner": (window.banner, window.banner.close_button),
        "toast": (window.toast, window.toast.action),
    }[kind]
    focused.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert message.isHidden()
    assert QApplication.focusWidget() is page


LONG = "No sound can be heard: there is no speaker or headphone ready. The words on the screen go on."


@pytest.mark.parametrize(("height", "scale", "low"), [(560, 1.0, False), (560, 1.6, True), (780, 1.6, False)])
def test_in_a_low_window_with_large_text_a_message_is_one_line_until_the_rest_is_asked_for(
    look: Look, show: Show, height: int, scale: float, low: bool
) -> None:
    look.choose_scale(scale)
    page = QWidget()
    page.resize(800, height)
    banner = Banner(look=look, parent=page)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(banner)
    column.addStretch(1)
    show(page)
    banner.tell(LONG)
    QApplication.processEvents()
    assert banner.words.text() == ("No sound can be heard" if low else LONG)
    assert (banner.message, banner.accessibleName()) == (LONG, LONG)
    assert banner.rest_button.isVisible() is low
    assert not low or banner.height() < height / 10
    if low:
        banner.rest_button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(banner.rest_button, Qt.Key.Key_Space)
        assert (banner.words.text(), banner.rest_button.isVisible()) == (LONG, False)
        assert banner.close_button.hasFocus()
    banner.show_next()
    banner.tell_asked(LONG)
    assert banner.rest_button.isVisible() is low


def test_a_message_goes_when_its_trouble_is_over_seen_or_not_and_may_be_told_anew(look: Look, show: Show) -> None:
    banner = Banner(look=look)
    show(banner)
    banner.show_next()
    for sentence in ("No room on the disk.", "No sound.", "No microphone."):
        banner.tell(sentence)
    banner.withdraw("No sound.")
    banner.withdraw("Never told.")
    banner.withdraw("No room on the disk.")
    assert banner.message == "No microphone."
    banner.withdraw("No microphone.")
    assert banner.message == ""
    banner.tell("No sound.")
    assert banner.message == "No sound."


def test_messages_are_told_in_another_language_and_withdrawn_in_either(look: Look, show: Show) -> None:
    german = {"No sound.": "Kein Ton.", "No room.": "Kein Platz.", "Gone.": "Weg."}
    banner = Banner(look=look)
    show(banner)
    banner.show_next()
    for sentence in german:
        banner.tell(sentence)
    banner.renew(lambda text: german[text])
    assert banner.message == "Kein Ton."
    assert banner.holds("Kein Platz.")
    assert banner.holds("No room.")
    banner.tell("No sound.")
    banner.withdraw("No sound.")
    assert banner.message == "Kein Platz."
    banner.renew({german: english for english, german in german.items()}.__getitem__)
    banner.withdraw("Kein Platz.")
    assert banner.message == "Gone."
    banner.withdraw("Gone.")
    assert banner.message == ""
    banner.tell("Kein Ton.")
    assert banner.message == "No sound."


def test_the_cross_of_a_message_is_called_so_in_another_language(look: Look, show: Show) -> None:
    toast = Toast(_host(show), look=look)
    try:
        speak("de")
        toast.renew(lambda text: text)
        assert toast.close_button.accessibleName() == "Diese Nachricht schließen"
        assert "Diese Nachricht schließen" in toast.close_button.toolTip()
    finally:
        speak("en")


@pytest.mark.parametrize("kind", ["button", "field", "text field", "switch", "card"])
@pytest.mark.parametrize("above", [0, 700])
def test_the_ring_of_a_control_at_the_edge_of_what_is_scrolled_is_whole(
    look: Look, show: Show, kind: str, above: int
) -> None:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    before, control = Button("Before", look=look), CONTROLS[kind](look)
    column.addWidget(before)
    column.addSpacing(above)
    column.addWidget(control)
    area = ScrollArea(inside, look=look)
    area.resize(300, 200)
    show(area)
    before.setFocus()
    for _ in range(5):
        if not control.hasFocus():
            QTest.keyClick(area.window(), Key.Key_Tab)
    (ring,) = (frame for frame in area.findChildren(_RingFrame) if frame.isVisible())
    seen = area.viewport()
    assert seen is not None
    assert seen.rect().contains(ring.rect().translated(ring.mapTo(seen, QPoint(0, 0))))


@pytest.mark.parametrize("width", [200, 260, 340, 700])
def test_a_hint_that_has_no_room_ends_at_a_word(look: Look, show: Show, width: int) -> None:
    hint = "Dormí junto a mi bebé, primero el paño tibio…"
    field = Field("Note", look=look, placeholder=hint)
    field.resize(width, 46)
    show(field)
    shown = QLineEdit.placeholderText(field)
    assert hint.startswith(shown.removesuffix("…"))
    assert hint[len(shown) - 1] in " ,…"
    assert QFontMetricsF(field.font()).horizontalAdvance(shown) <= width - EDGE
    assert field.placeholderText() == hint


def test_a_text_longer_than_its_field_is_shown_from_its_beginning(look: Look, show: Show) -> None:
    field = Field("Lasted", look=look, text="under a minute")
    show(field)
    assert field.cursorPosition() == 0
    field.clearFocus()
    field.setText("half an hour")
    assert field.cursorPosition() == 0
    field.setFocus()
    field.setText("half an hour and more")
    assert field.cursorPosition() == len(field.text())  # she is writing
