from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import time
from functools import cache
from operator import attrgetter

import pytest
from PySide6.QtCore import QEvent, QPoint, QSize, Qt, SignalInstance
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from guide.core.commands import Command
from guide.kit.choices import Segmented, Select, Switch
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.slider import Slider
from guide.kit.stepper import Stepper
from guide.live.intents import NAMED, named
from guide.pages.settings.keys import LEARNABLE
from guide.pages.settings.page import SettingsPage
from guide.pages.settings.view import SettingsChoices
from guide.store.glance import ThemeSetting
from guide.store.settings import READS, Beneath, MotionChoice, Settings, Tap, Units
from tabbing import misread, walked
from tables import each_row

CHOICES = SettingsChoices(
    voices=((None, "The usual voice"), ("espeak:en-gb", "Quiet voice")),
    families=("wood", "bell", "glass", "gong"),
    awake="The screen stays awake while a session runs.",
    folder="/home/her/.local/share/pumping-guide",
    version="0.1.0",
)
SETTLED = 4  # turns of the loop, the most that a layout takes until nothing moves any more
PHOTOS = ("/home/her/Pictures/garden.jpg", "/home/her/Films/first bath.mp4")


def opened(look: Look) -> SettingsPage:
    page = SettingsPage(look=look)
    page.resize(1160, 712)
    page.show_settings(Settings(), CHOICES)
    page.show()
    page.activateWindow()
    QApplication.processEvents()
    return page


@cache
def told_by(kind: type) -> list[str]:
    return [name for name in ("text", "isChecked", "value", "listening") if hasattr(kind, name)]


def state(page: SettingsPage) -> list[tuple[object, ...]]:
    """What a test can leave on a page: a key that is waited for, a row that is gone, a word in a field, the focus."""
    return [
        (
            type(one),
            one.geometry(),
            one.isEnabled(),
            one.hasFocus(),
            *(read() if callable(read := getattr(one, name)) else read for name in told_by(type(one))),  # type: ignore[arg-type]  # PySide's classes are hashable
        )
        for one in [page, *page.findChildren(QWidget)]
        if one.isVisible() and not one.size().isEmpty()
    ]


class Kept:
    """The page between tests, and how it looked when it was made."""

    page: SettingsPage | None = None
    fresh: list[tuple[object, ...]]


@pytest.fixture(scope="module")
def shelf() -> Iterator[Kept]:
    shelf = Kept()
    yield shelf
    if shelf.page is not None:
        shelf.page.close()
        shelf.page.deleteLater()


@pytest.fixture
def page(shelf: Kept, the_look: Look, qapp: QApplication) -> Iterator[SettingsPage]:
    """As it is when it is opened: the page of the last test, unless that left something on it."""
    if shelf.page is None:
        the_look.choose_scale(1)
        shelf.page = opened(the_look)
        shelf.fresh = state(shelf.page)
    page = shelf.page
    yield page
    for signal, hear in _heard:
        signal.disconnect(hear)
    _heard.clear()
    put_back(page, the_look)
    for _ in range(SETTLED):
        qapp.processEvents()
        if state(page) == shelf.fresh:
            return
    page.close()
    page.deleteLater()
    shelf.page = None


def put_back(page: SettingsPage, look: Look) -> None:
    page.activateWindow()
    for row in page.key_rows.values():
        if row.set_button.listening:
            QTest.keyClick(row.set_button, Qt.Key.Key_Escape)
    for line in page.pump.fields.values():
        line.clear()
    if (focus := QApplication.focusWidget()) is not None:
        focus.clearFocus()  # and its ring with it
    page.controls["language"].setFocus()  # what had it first
    page.resize(1160, 712)
    look.choose_scale(1)
    page.show_settings(Settings(), CHOICES)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    page.area.verticalScrollBar().setValue(0)


_heard: list[tuple[SignalInstance, Callable[..., None]]] = []


def hear(signal: SignalInstance, call: Callable[..., None]) -> None:
    """Listen until the test is over."""
    signal.connect(call)
    _heard.append((signal, call))


@pytest.fixture
def changes(page: SettingsPage) -> list[tuple[str, object]]:
    heard: list[tuple[str, object]] = []
    hear(page.changed, lambda field, value: heard.append((field, value)))
    return heard


def told(signal: SignalInstance) -> list[object]:
    heard: list[object] = []
    hear(signal, lambda *values: heard.append(values[0] if values else None))
    return heard


def texts(page: SettingsPage) -> list[str]:
    return [label.text() for label in page.findChildren(Label) if label.isVisible()]


def segmented(page: SettingsPage, field: str) -> Segmented:
    control = page.controls[field]
    assert isinstance(control, Segmented)
    return control


def select(page: SettingsPage, field: str) -> Select:
    control = page.controls[field]
    assert isinstance(control, Select)
    return control


def slider(page: SettingsPage, field: str) -> Slider:
    control = page.controls[field]
    assert isinstance(control, Slider)
    return control


def stepper(page: SettingsPage, field: str) -> Stepper:
    control = page.controls[field]
    assert isinstance(control, Stepper)
    return control


SWITCHES = [
    "dim_at_night",
    "voice_on",
    "chimes_on",
    "quiet_night",
    "partner_shown",
    "partner_said",
    "full_screen_at_start",
    "number_free",
    "nudge_on",
]


def test_every_setting_of_hers_has_its_place(page: SettingsPage) -> None:
    elsewhere = {
        *("hidden", "purpose", "sore_check", "window", "first_hint_closed"),
        *("listen", "listens", "headphones", "microphone", "words", "alike_kept"),  # on the page of her words
        *("music", "music_at", "baby_sounds", "photos_shown"),  # rows of their own, and on Get ready
        "taken_to",  # on the sheet of what is taken along
    }
    shown = set(page.controls) | {"learned_keys", "photos"}
    assert shown == {field.name for field in fields(Settings)} - elsewhere


@each_row(("field", "on"), [(field, on) for field in SWITCHES for on in (True, False)])
def test_a_switch_shows_its_setting_and_tells_its_change(
    page: SettingsPage, changes: list[tuple[str, object]], field: str, on: bool
) -> None:
    changes.clear()
    switch = page.controls[field]
    assert isinstance(switch, Switch)
    page.show_settings(replace(Settings(), **{field: on}), CHOICES)  # type: ignore[arg-type]  # a field by its name
    assert switch.isChecked() is on
    assert changes == []
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert changes == [(field, not on)]


def test_a_press_on_the_words_of_a_switch_is_a_press_on_it(
    page: SettingsPage, changes: list[tuple[str, object]]
) -> None:
    QTest.mouseClick(page.rows["number_free"].words, Qt.MouseButton.LeftButton)
    assert changes == [("number_free", True)]


@each_row(
    ("field", "values"),
    [
        ("theme", [ThemeSetting.NIGHT, ThemeSetting.LIGHT, ThemeSetting.SYSTEM]),
        ("motion", [MotionChoice.GENTLE, MotionChoice.STILL, MotionChoice.SYSTEM]),
        ("units", [Units.ML, Units.OZ]),
    ],
)
def test_one_of_a_few_is_shown_and_chosen(
    page: SettingsPage, changes: list[tuple[str, object]], field: str, values: list[object]
) -> None:
    changes.clear()
    page.show_settings(Settings(), CHOICES)
    for value in values:
        page.show_settings(replace(Settings(), **{field: value}), CHOICES)  # type: ignore[arg-type]  # by its name
        assert segmented(page, field).value is value
    assert changes == []
    for part in segmented(page, field).parts:
        part.click()
    assert changes == [(field, value) for value in values]


@each_row(
    ("field", "words", "value"),
    [
        ("voice", "Quiet voice", "espeak:en-gb"),
        ("voice", "The usual voice", None),
        ("chime_family", "Small bell", "bell"),
        ("chime_family", "Glass", "glass"),
        ("chime_family", "gong", "gong"),  # one that has no words of the screen is called what it is
        ("tap", "Pause", Tap.PAUSE),
        ("tap", "Nothing", Tap.NOTHING),
        ("tap", "Next step", Tap.NEXT),
    ],
)
def test_one_of_several_is_chosen_from_a_menu(
    page: SettingsPage, changes: list[tuple[str, object]], field: str, words: str, value: object
) -> None:
    changes.clear()
    page.show_settings(Settings(), CHOICES)
    control = select(page, field)
    QTest.keyClick(control, Qt.Key.Key_Down)
    assert control.menu.isVisible()
    action = next(action for action in control.menu.actions() if action.text() == words)
    control.menu.hide()
    action.trigger()
    assert changes == [(field, value)]
    page.show_settings(replace(Settings(), **{field: value}), CHOICES)  # type: ignore[arg-type]  # by its name
    assert control.text() == words


@each_row(
    ("field", "value", "shown", "said", "more"),
    [
        ("dim_level", 0.25, 25, "25 %", 0.3),
        ("text_scale", 1.0, 100, "100 %", 1.05),
        ("voice_volume", 0.8, 80, "80 %", 0.85),
        ("voice_rate", 145, 145, "145 words a minute", 150),
        ("chime_volume", 0.7, 70, "70 %", 0.75),
    ],
)
def test_a_slider_shows_its_setting_in_words_and_tells_each_step(
    page: SettingsPage,
    changes: list[tuple[str, object]],
    field: str,
    value: float,
    shown: int,
    said: str,
    more: float,
) -> None:
    changes.clear()
    control = slider(page, field)
    page.show_settings(replace(Settings(), **{field: value}), CHOICES)  # type: ignore[arg-type]  # by its name
    assert (control.value(), control.accessibleDescription()) == (shown, said)
    assert changes == []
    QTest.keyClick(control, Qt.Key.Key_Right)
    assert changes == [(field, pytest.approx(more))]


def test_the_text_size_goes_from_90_to_160_and_the_dimming_to_40_percent(page: SettingsPage) -> None:
    text, dim = slider(page, "text_scale"), slider(page, "dim_level")
    assert (text.minimum(), text.maximum()) == (90, 160)
    assert (dim.minimum(), dim.maximum()) == (0, 40)


def test_a_slider_tells_nothing_while_it_is_dragged(page: SettingsPage, changes: list[tuple[str, object]]) -> None:
    control = slider(page, "text_scale")
    middle = control.height() // 2
    QTest.mousePress(control, Qt.MouseButton.LeftButton, pos=QPoint(20, middle))
    QTest.mouseMove(control, QPoint(control.width() // 2, middle))
    page.show_settings(Settings(), CHOICES)
    assert changes == []
    QTest.mouseRelease(control, Qt.MouseButton.LeftButton, pos=QPoint(control.width() // 2, middle))
    assert changes == [("text_scale", control.value() / 100)]


def test_the_text_size_let_go_of_leaves_its_slider_where_it_is_on_the_screen(
    page: SettingsPage, the_look: Look, qapp: QApplication
) -> None:
    hear(page.changed, lambda _, value: the_look.choose_scale(float(value)))
    page.resize(800, 420)
    qapp.processEvents()
    control = slider(page, "text_scale")
    page.area.verticalScrollBar().setValue(control.mapTo(page.area, QPoint(0, 0)).y() - 150)
    for x in (control.width() - 8, control.width() // 2, control.width() - 8):
        before = control.mapTo(page, QPoint(0, 0)).y()
        middle = control.height() // 2
        QTest.mousePress(control, Qt.MouseButton.LeftButton, pos=QPoint(x, middle))
        QTest.mouseRelease(control, Qt.MouseButton.LeftButton, pos=QPoint(x, middle))
        qapp.processEvents()
        assert abs(control.mapTo(page, QPoint(0, 0)).y() - before) <= 2


def test_how_far_to_dim_can_be_set_where_dimming_is_on(page: SettingsPage) -> None:
    assert slider(page, "dim_level").isEnabled()
    page.show_settings(replace(Settings(), dim_at_night=False), CHOICES)
    assert not slider(page, "dim_level").isEnabled()


@each_row(
    ("field", "value", "shown", "more"),
    [
        ("daily_goal", 0, "0", 1),
        ("nudge_hours", 3.0, "3 h", 3.5),
        ("nudge_hours", 0.5, "30 min", 1.0),
        ("quiet_from", time(22), "22:00", time(22, 30)),
        ("quiet_to", time(6, 30), "06:30", time(7)),
    ],
)
def test_a_stepper_shows_its_setting_and_tells_each_step(
    page: SettingsPage, changes: list[tuple[str, object]], field: str, value: object, shown: str, more: object
) -> None:
    changes.clear()
    page.show_settings(replace(Settings(nudge_on=True), **{field: value}), CHOICES)  # type: ignore[arg-type]  # by name
    control = stepper(page, field)
    assert control.shown.text() == shown
    assert changes == []
    control.more.click()
    QTest.keyClick(control.more, Qt.Key.Key_Down)
    assert changes[0] == (field, more)
    assert changes[1] == (field, value)


def test_the_daily_goal_is_a_guide_that_can_be_hidden(page: SettingsPage) -> None:
    assert "A guide of your own, never a score. 0 hides it." in texts(page)


def test_hours_of_a_nudge_can_be_set_once_a_nudge_is_wanted(page: SettingsPage) -> None:
    hours = ("nudge_hours", "quiet_from", "quiet_to")
    assert not any(stepper(page, field).isEnabled() for field in hours)
    page.show_settings(replace(Settings(), nudge_on=True), CHOICES)
    assert all(stepper(page, field).isEnabled() for field in hours)


@each_row(
    ("button", "signal"),
    [
        ("listen_button", "listen_asked"),
        ("chime_listen_button", "chime_listen_asked"),
        ("photos.button", "photos_asked"),
        ("alone.files_button", "files_asked"),
        ("alone.export_button", "export_asked"),
        ("alone.import_button", "import_asked"),
        ("alone.archive_button", "archive_asked"),
        ("alone.restore_button", "restore_asked"),
        ("alone.erase_button", "erase_asked"),
    ],
)
def test_a_button_asks_for_what_it_says(page: SettingsPage, button: str, signal: str) -> None:
    heard = told(getattr(page, signal))
    control: QAbstractButton = attrgetter(button)(page)
    QTest.keyClick(control, Qt.Key.Key_Return)
    assert len(heard) == 1


def test_the_page_tells_what_is_worth_knowing_about_this_machine(page: SettingsPage) -> None:
    assert page.awake.text() == "The screen stays awake while a session runs."
    assert page.alone.folder.text() == "/home/her/.local/share/pumping-guide"
    assert page.alone.version.text() == "Pumping Guide 0.1.0"
    page.show_settings(Settings(), SettingsChoices(voices=(), families=()))
    assert not page.awake.isVisible()
    assert not page.alone.folder.isVisible()


# keys


def test_what_can_be_learnt_is_what_the_session_page_knows() -> None:
    assert set(LEARNABLE) <= set(NAMED)


def test_any_key_can_be_learnt_for_an_action(page: SettingsPage, changes: list[tuple[str, object]]) -> None:
    asked = told(page.learn_key_asked)
    button = page.key_rows["next"].set_button
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert asked == ["next"]
    assert button.listening
    QTest.keyClick(button, Qt.Key.Key_MediaPlay)
    assert changes == [("learned_keys", {"next": ("Media Play",)})]
    assert not button.listening


@each_row("key", [Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_MediaNext, Qt.Key.Key_F13])
def test_a_key_that_an_action_has_already_changes_nothing(
    page: SettingsPage, changes: list[tuple[str, object]], key: Qt.Key
) -> None:
    changes.clear()
    page.show_settings(replace(Settings(), learned_keys={"next": ("F13",)}), CHOICES)
    before = page.key_rows["next"].keys
    page.key_rows["next"].set_button.click()
    QTest.keyClick(page.key_rows["next"].set_button, key)
    assert changes == []
    assert page.key_rows["next"].keys == before


def test_the_only_key_of_it_hurts_stays_and_says_so(page: SettingsPage, changes: list[tuple[str, object]]) -> None:
    refused: list[tuple[object, ...]] = []
    hear(page.keys.refused, lambda *what: refused.append(what))
    [hurts] = [name for name in LEARNABLE if named(name) is Command.IT_HURTS]
    page.key_rows["next"].set_button.click()
    QTest.keyClick(page.key_rows["next"].set_button, Qt.Key.Key_H)
    assert (changes, refused) == ([], [("H", hurts)])
    page.show_settings(replace(Settings(), learned_keys={hurts: ("F13",)}), CHOICES)
    page.key_rows["next"].set_button.click()
    QTest.keyClick(page.key_rows["next"].set_button, Qt.Key.Key_H)
    assert changes == [("learned_keys", {hurts: ("F13",), "next": ("H",)})]


def test_a_key_of_the_window_stays_with_what_it_does(page: SettingsPage, changes: list[tuple[str, object]]) -> None:
    kept = told(page.keys.of_window)
    page.show_settings(Settings(), replace(CHOICES, window_keys=("Ctrl+1", "F11")))
    button = page.key_rows["next"].set_button
    for key, held in (
        (Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier),
    ):
        button.click()
        QTest.keyClick(button, key, held)
    assert (changes, kept) == ([], ["Ctrl+1", "F11"])


@each_row("key", [Qt.Key.Key_Tab, Qt.Key.Key_F5, Qt.Key.Key_Return, Qt.Key.Key_Left])
def test_keys_of_the_page_can_be_learnt_too(page: SettingsPage, changes: list[tuple[str, object]], key: Qt.Key) -> None:
    changes.clear()
    page.show_settings(Settings(), CHOICES)
    button = page.key_rows["pause"].set_button
    button.setFocus()
    button.click()
    QTest.keyClick(button, key)
    assert [field for field, _ in changes] == ["learned_keys"]


def test_a_shortcut_of_the_window_keeps_still_while_a_key_is_learnt(
    page: SettingsPage, changes: list[tuple[str, object]]
) -> None:
    shortcut = QShortcut(Qt.Key.Key_F5, page)
    gone = told(shortcut.activated)
    button = page.key_rows["next"].set_button
    button.setFocus()
    button.click()
    QTest.keyClick(button, Qt.Key.Key_F5)
    assert gone == []
    assert changes == [("learned_keys", {"next": ("F5",)})]


def test_escape_leaves_the_keys_as_they_were(page: SettingsPage, changes: list[tuple[str, object]]) -> None:
    button = page.key_rows["next"].set_button
    button.click()
    QTest.keyClick(button, Qt.Key.Key_Escape)
    assert not button.listening
    assert changes == []


def test_a_press_beside_it_ends_the_listening_without_a_key(page: SettingsPage) -> None:
    button = page.key_rows["next"].set_button
    button.click()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # the second half of a double click
    before = button.listening
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert (before, button.listening, button.text()) == (True, False, "Set")


def test_going_elsewhere_ends_the_listening(page: SettingsPage) -> None:
    button = page.key_rows["next"].set_button
    button.setFocus()
    button.click()
    page.alone.erase_button.setFocus()
    assert not button.listening


def test_a_key_without_a_name_asks_for_another(page: SettingsPage, changes: list[tuple[str, object]]) -> None:
    button = page.key_rows["next"].set_button
    button.click()
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(button, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_unknown, none))
    QTest.keyClick(button, Qt.Key.Key_Shift)
    assert button.listening
    assert button.text() == "Another key, please"
    assert changes == []


def test_a_key_serves_one_action(page: SettingsPage, changes: list[tuple[str, object]]) -> None:
    page.show_settings(replace(Settings(), learned_keys={"next": ("F13", "F14"), "back": ("F15",)}), CHOICES)
    for key in (Qt.Key.Key_F13, Qt.Key.Key_F15):
        page.key_rows["back"].set_button.click()
        QTest.keyClick(page.key_rows["back"].set_button, key)
    assert changes == [
        ("learned_keys", {"next": ("F14",), "back": ("F15", "F13")}),
    ]


def test_a_key_that_does_something_already_is_moved_and_says_so(
    page: SettingsPage, changes: list[tuple[str, object]]
) -> None:
    moved: list[tuple[object, ...]] = []
    hear(page.key_moved, lambda *what: moved.append(what))
    page.key_rows["pause"].set_button.click()
    QTest.keyClick(page.key_rows["pause"].set_button, Qt.Key.Key_PageDown)
    assert changes == [("learned_keys", {"pause": ("PgDown",)})]
    assert moved == [("PgDown", "next", "pause")]
    page.show_settings(replace(Settings(), learned_keys={"pause": ("PgDown",)}), CHOICES)
    assert page.key_rows["next"].keys == "→, next-track key"
    assert page.key_rows["pause"].keys.startswith("Space, play/pause key, ")


def test_learnt_keys_are_shown_and_can_be_forgotten(page: SettingsPage, changes: list[tuple[str, object]]) -> None:
    row = page.key_rows["next"]
    assert not row.forget_button.isVisible()
    page.show_settings(replace(Settings(), learned_keys={"next": ("F13", "F14"), "back": ("F15",)}), CHOICES)
    assert row.keys == "→, Page Down, next-track key, F13, F14"
    forgotten = told(page.key_forgotten)
    row.forget_button.click()
    assert changes == [("learned_keys", {"back": ("F15",)})]
    assert forgotten == ["next"]


# photos


def test_photos_are_named_and_can_be_let_go(page: SettingsPage, qapp: QApplication) -> None:
    removed = told(page.photo_removed)
    page.show_settings(replace(Settings(), photos=PHOTOS), CHOICES)
    qapp.processEvents()
    assert {"garden.jpg", "first bath.mp4"} <= set(texts(page))
    for button in page.photos.remove_buttons.values():
        button.click()
    assert removed == list(PHOTOS)
    page.show_settings(Settings(), CHOICES)
    assert page.photos.remove_buttons == {}


# keyboard and sizes


def test_tab_reaches_every_control(page: SettingsPage, qapp: QApplication) -> None:
    settings = Settings(nudge_on=True, photos=PHOTOS, learned_keys={"next": ("F13",)})
    page.show_settings(settings, CHOICES)
    met = set()
    page.setFocus()
    for _ in range(90):
        QTest.keyClick(qapp.focusWidget() or page, Qt.Key.Key_Tab)
        met.add(qapp.focusWidget())
    controls: list[QWidget] = [one for one in page.findChildren(QAbstractButton) if one.isVisible()]
    controls = [one for one in controls if not (isinstance(one, QAbstractButton) and one.group() is not None)]
    controls += page.findChildren(Slider)
    assert len(controls) >= 40
    assert [one.accessibleName() for one in controls if one.isEnabled() and one not in met] == []


def test_every_control_has_a_name(page: SettingsPage) -> None:
    page.show_settings(Settings(photos=PHOTOS), CHOICES)
    controls: list[QWidget] = [*page.findChildren(QAbstractButton), *page.findChildren(Slider)]
    nameless = [
        one for one in controls if not (one.accessibleName() or (isinstance(one, QAbstractButton) and one.text()))
    ]
    assert nameless == []


def sections(page: SettingsPage) -> set[int]:
    return {page.rows[field].mapTo(page, QPoint()).x() for field in ("theme", "tap")}


def test_two_columns_from_980_and_one_below(page: SettingsPage, qapp: QApplication) -> None:
    page.resize(980, 700)
    qapp.processEvents()
    assert len(sections(page)) == 2
    page.resize(979, 700)
    qapp.processEvents()
    assert len(sections(page)) == 1


@pytest.mark.parametrize("scale", [0.9, 1.0, 1.5, 1.6])
def test_nothing_is_cut_off_at_the_side(page: SettingsPage, the_look: Look, qapp: QApplication, scale: float) -> None:
    the_look.choose_scale(scale)
    page.show_settings(Settings(nudge_on=True, photos=PHOTOS, learned_keys={"next": ("F13", "Media Next")}), CHOICES)
    for width in (800, 980, 1160, 1920):
        page.resize(QSize(width, 560))
        for _ in range(3):
            qapp.processEvents()
        content = page.area.widget()
        assert content is not None
        assert page.width() == width
        assert content.width() == page.area.viewport().width()
        cut = [
            widget.accessibleName()
            for widget in [*page.findChildren(QAbstractButton), *page.findChildren(Slider)]
            if widget.isVisible() and widget.mapTo(page, widget.rect().topRight()).x() > width - 38
        ]
        assert cut == [], f"{width} pixels wide"


def test_the_page_may_be_shown_anew_from_within_a_choice(page: SettingsPage) -> None:
    held = [Settings(learned_keys={"next": ("F13",)}, photos=PHOTOS)]

    def keep(field: str, value: object) -> None:
        held.append(replace(held[-1], **{field: value}))  # type: ignore[arg-type]  # a field by its name
        page.show_settings(held[-1], CHOICES)

    page.show_settings(held[-1], CHOICES)
    hear(page.changed, keep)
    hear(page.photo_removed, lambda photo: keep("photos", tuple(one for one in held[-1].photos if one != photo)))
    for field, words in (("voice", "Quiet voice"), ("chime_family", "Glass"), ("tap", "Nothing")):
        next(action for action in select(page, field).menu.actions() if action.text() == words).trigger()
    for field in SWITCHES:
        control = page.controls[field]
        assert isinstance(control, Switch)
        control.click()
    page.key_rows["next"].forget_button.click()
    for photo in PHOTOS:
        page.photos.remove_buttons[photo].click()
    assert (held[-1].voice, held[-1].chime_family, held[-1].tap) == ("espeak:en-gb", "glass", Tap.NOTHING)
    assert held[-1].number_free
    assert (held[-1].learned_keys, held[-1].photos) == ({}, ())


# her pump


@each_row(
    ("field", "written", "kept"),
    [
        ("pump_name", "  Spectra   S1 ", "Spectra S1"),
        ("flange_left", "24 mm", "24"),
        ("flange_right", " 21", "21"),
        ("flange_right", "22,5mm", "22,5"),
        ("flange_right", "   ", ""),
        ("level_left", "5", "5"),
        ("level_left", "200 mmHg", "200 mmHg"),
        ("level_right", "4.5", "4.5"),
        ("level_right", "   ", ""),
    ],
)
def test_what_is_written_of_the_pump_is_told_plainly_once_the_field_is_left(
    page: SettingsPage, changes: list[tuple[str, object]], field: str, written: str, kept: str
) -> None:
    line = page.pump.fields[field]
    line.clear()
    line.setFocus()
    changes.clear()  # another field was left, too
    QTest.keyClicks(line, written)
    assert changes == []
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert changes == [(field, kept)]
    assert line.text() == kept


@each_row(
    ("field", "written", "sentence"),
    [
        *(("flange_left", written, "A flange is from 10 to 40 mm wide.") for written in ("500", "-1", "0", "9", "abc")),
        *(("level_right", written, "A level is a figure up to 400,") for written in ("1e9", "99999", "24:00", "-1")),
    ],
)
def test_what_no_pump_has_stays_as_it_is_written_and_is_not_kept_until_it_is_right(
    page: SettingsPage, changes: list[tuple[str, object]], field: str, written: str, sentence: str
) -> None:
    changes.clear()
    line = page.pump.fields[field]
    line.setText(written)
    line.editingFinished.emit()
    page.show_settings(Settings(), CHOICES)
    assert (line.text(), changes) == (written, [])
    notes = [note for note in page.pump.findChildren(Label) if note.text().startswith(sentence)]
    assert [note.isVisible() for note in notes] == [True]
    assert line.accessibleDescription().startswith(sentence)
    line.setText("24")
    line.editingFinished.emit()
    assert (changes, notes[0].isVisible(), line.accessibleDescription()) == ([(field, "24")], False, "")


def test_a_field_of_the_pump_takes_no_more_than_can_be_kept(page: SettingsPage) -> None:
    for field, line in page.pump.fields.items():
        line.setText("9" * 500)
        reads = READS[field]
        assert reads(line.text()) == line.text()


def test_the_pump_is_shown_as_kept_but_a_field_being_written_in_is_left_alone(page: SettingsPage) -> None:
    kept = Settings(pump_name="Spectra S1", flange_left="24", level_right="6", switches_mode=True)
    page.pump.fields["flange_right"].setFocus()
    page.pump.fields["flange_right"].setText("2")
    page.show_settings(kept, CHOICES)
    shown = {field: line.text() for field, line in page.pump.fields.items()}
    wanted = {field: getattr(kept, field) for field in shown} | {"flange_right": "2"}
    assert shown == wanted
    assert page.pump.switch.isChecked()


def test_the_reminder_of_expression_mode_is_a_switch(page: SettingsPage, changes: list[tuple[str, object]]) -> None:
    page.pump.switch.click()
    assert changes == [("switches_mode", True)]


def test_tab_goes_down_the_left_column_and_then_the_right_one(page: SettingsPage) -> None:
    stops = walked(page, page.controls["language"])
    assert page.alone.erase_button in stops
    assert misread(page, stops, columns=2) == []


# sounds behind the session


def test_a_sound_is_chosen_or_left_to_the_routine(page: SettingsPage, changes: list[tuple[str, object]]) -> None:
    chosen = told(page.sounds.chosen)
    sounds = select(page, "sounds")
    for action in sounds.menu.actions():
        action.trigger()
    assert changes == [("sounds", None)]
    assert chosen == list(Beneath)


@each_row("sound", [None, *Beneath])
def test_without_a_sound_its_rows_stay_and_are_unavailable(page: SettingsPage, sound: Beneath | None) -> None:
    page.show_settings(Settings(sounds=sound, sounds_volume=0.6), CHOICES)
    assert select(page, "sounds").value is sound
    for field in ("sounds_volume", "sounds_soften"):
        assert page.controls[field].isEnabled() == (sound is not Beneath.OFF)
        assert not page.controls[field].isHidden()
    assert slider(page, "sounds_volume").value() == 60


def test_her_folders_are_shown_by_name_and_asked_for_one_by_one(page: SettingsPage) -> None:
    page.show_settings(Settings(music="/home/her/Night songs"), CHOICES)
    assert page.sounds.music.hint.text() == "Night songs"
    assert page.sounds.baby.hint.text() == "No folder chosen yet"
    asked = told(page.sounds.folder_asked)
    for row in (page.sounds.music, page.sounds.baby):
        for button in row.findChildren(QAbstractButton):
            button.click()
    assert asked == [Beneath.MUSIC, Beneath.BABY]
