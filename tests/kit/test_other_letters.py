"""A key in the place of a Latin letter counts as that letter where the layout has others, and types its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from guide.compat import override
from guide.kit.guard import Guarded
from guide.kit.other_letters import OtherLetters, letter_of, places
from guide.kit.page_key import key_within
from layouts import CONTROL, LATIN, LAYOUTS, NONE, press, press_on, send

ALT = Qt.KeyboardModifier.AltModifier


class Board(Guarded, QWidget):
    """Keeps the keys it is pressed, and what they type."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[tuple[int, str]] = []
        self.released: list[int] = []
        self.letters: list[str] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append((event.key(), event.text()))
        self.letters.append(letter_of(event))

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self.released.append(event.key())


class Desk:
    """A window with a field and a board of keys, and `found`, the shortcuts that were pressed."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window, self.board, self.field = QWidget(), Board(), QLineEdit()
        qtbot.addWidget(self.window)
        column = QVBoxLayout(self.window)
        column.addWidget(self.board)
        column.addWidget(self.field)
        self.found: list[str] = []
        with qtbot.waitActive(self.window):
            self.window.show()
        self.board.setFocus()
        self.letters = OtherLetters(self.window)

    def shortcut(self, keys: str) -> QShortcut:
        made = QShortcut(QKeySequence(keys), self.window)
        made.activated.connect(lambda: self.found.append(keys))
        return made


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    yield Desk(qtbot)
    QApplication.processEvents()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_letter_counts_in_its_place_and_types_its_own(desk: Desk, layout: str) -> None:
    press_on(desk.window, layout)
    desk.board.keys.clear()
    desk.board.released.clear()
    desk.board.letters.clear()
    for letter in LATIN[:-1]:
        press(desk.window, letter, layout)
    assert desk.board.keys == list(zip(map(ord, LATIN[:-1]), LAYOUTS[layout], strict=False))
    assert desk.board.released == list(map(ord, LATIN[:-1]))
    assert "".join(desk.board.letters) == LATIN[:-1]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_shortcut_of_a_letter_is_pressed_in_its_place(desk: Desk, layout: str) -> None:
    wanted = [f"Ctrl+{letter}" for letter in LATIN] + [*LATIN[:-1]]
    for keys in wanted:
        desk.shortcut(keys)
    press_on(desk.window, layout)
    for keys in wanted:
        if LAYOUTS[layout][LATIN.index(keys[-1])] != keys[-1]:
            press(desk.window, keys[-1], layout, CONTROL if len(keys) > 1 else NONE)
    assert desk.found == [keys for keys in wanted if LAYOUTS[layout][LATIN.index(keys[-1])] != keys[-1]]
    assert not any(key in map(ord, LATIN) for key, _typed in desk.board.keys[1:])


def test_a_field_takes_its_letters_and_its_own_keys(desk: Desk) -> None:
    desk.shortcut("A")
    desk.shortcut("Ctrl+Z")
    desk.field.setFocus()
    for letter in "ASDF":
        press(desk.window, letter, "ru")
    assert desk.field.text() == "фыва"
    press(desk.window, "Z", "ru", CONTROL)
    assert (desk.field.text(), desk.found) == ("", [])


@pytest.mark.parametrize(
    ("place", "text", "held"),
    [
        ("Q", "'", NONE),  # Dvorak
        ("Q", "'", CONTROL),
        ("M", ",", NONE),  # French
        ("M", ",", CONTROL),
        ("H", "é", NONE),
        ("H", "ñ", CONTROL),
        ("1", "!", NONE),
        ("1", "&", CONTROL | ALT),  # a character of its own on many keyboards
    ],
)
def test_a_latin_layout_s_keys_are_what_they_are(desk: Desk, place: str, text: str, held: Qt.KeyboardModifier) -> None:
    desk.shortcut("Q")
    desk.shortcut("Ctrl+Q")
    press_on(desk.window, "ru")
    send(desk.window, "K", "k")  # from here on it is another layout
    desk.board.keys.clear()
    send(desk.window, place, text, held)
    assert [key for key, _typed in desk.board.keys] == [ord(text.upper())]
    assert desk.found == []


@pytest.mark.parametrize(("place", "text"), [("1", "&"), ("2", "é"), ("3", '"'), ("4", "'")])
def test_a_digit_that_is_typed_with_shift_counts_with_ctrl(desk: Desk, place: str, text: str) -> None:
    desk.shortcut(f"Ctrl+{place}")
    send(desk.window, place, text, CONTROL)
    assert desk.found == [f"Ctrl+{place}"]


def test_a_key_of_no_letter_and_one_without_a_text_stay(desk: Desk) -> None:
    press_on(desk.window, "gr")
    desk.board.keys.clear()
    send(desk.window, "W", "\x00")
    assert desk.board.keys == [(0, "\x00")]


@pytest.mark.parametrize("why", ["hidden", "not enabled", "elsewhere", "switched off"])
def test_a_shortcut_that_does_not_count_is_not_pressed(desk: Desk, why: str) -> None:
    part = QWidget(desk.window)
    inside = QLineEdit(part)
    part.show()
    shortcut = key_within("Ctrl+L", part, lambda: desk.found.append("L"))
    if why != "elsewhere":
        inside.setFocus()
    match why:
        case "hidden":
            part.hide()
        case "not enabled":
            part.setEnabled(False)
        case "switched off":
            shortcut.setEnabled(False)
        case _:
            pass
    press(desk.window, "L", "ru", CONTROL)
    assert desk.found == []


@pytest.mark.parametrize("repeats", [True, False])
def test_a_key_that_is_held_presses_what_repeats(desk: Desk, repeats: bool) -> None:
    desk.shortcut("L").setAutoRepeat(repeats)
    send(desk.window, "L", "д")
    send(desk.window, "L", "д", repeated=True)
    assert desk.found == (["L", "L"] if repeats else ["L"])
    assert [key for key, _typed in desk.board.keys] == []


def test_the_three_systems_name_the_same_places() -> None:
    named = [sorted(places(platform).values()) for platform in ("linux", "win32", "darwin")]
    assert named[0] == named[1] == named[2] == sorted(Qt.Key(ord(letter)) for letter in LATIN + "1234567890")
