"""Every key of the program that is a letter, on keyboards of other letters, in the window as it stands on her desk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from evenings import Evening, go
from guide.core.commands import Command
from guide.core.record import Record
from guide.kit.tables import ChartPane
from guide.live.intents import Intent, Photo, Quiet, SayAgain
from guide.live.recording import VoiceRecorder
from guide.pages.editor.page import EditorPage
from guide.pages.editor.steps_view import StepsView
from guide.pages.editor.yaml_view import YamlView
from guide.pages.ready.page import ReadyPage
from guide.pages.routines.page import LibraryPage
from guide.pages.session.page import SessionPage
from guide.pages.voices.page import VoicesPage
from guide.pages.voices.parts import VoiceRow
from guide.pages.voices.studio import StudioPage
from guide.pages.voices.studio_desk import StudioDesk
from guide.sound.take import RATE
from layouts import CONTROL, LATIN, LAYOUTS, NONE, press, press_on

Start = Callable[..., Evening]
HELD = {"": NONE, "Ctrl+": CONTROL, "Ctrl+Shift+": CONTROL | Qt.KeyboardModifier.ShiftModifier}
LETTER = re.compile(r"(Ctrl\+)?(Shift\+)?[A-Z,]")
EVERY = ("Ctrl+,", "Ctrl+N", "Ctrl+I", "Ctrl+Q", "Ctrl+F", "Ctrl+S", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "L", "A")


@pytest.fixture(params=LAYOUTS)
def layout(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def window_of(night: Evening) -> QWidget:
    QApplication.processEvents()
    night.made.tools.window.activateWindow()
    return night.made.tools.window


def collected(signal: SignalInstance) -> list[object]:
    told: list[object] = []
    signal.connect(lambda *what: told.append(what))
    return told


def test_the_letters_of_a_session(evening: Start, layout: str, monkeypatch: pytest.MonkeyPatch) -> None:
    night = evening(voice_on=False)
    go(night)
    asked: list[Intent] = []
    monkeypatch.setattr(night.page(SessionPage), "ask", asked.append)
    window = window_of(night)
    press_on(window, layout)
    for letter in "RPQHMU":
        press(window, letter, layout)
    assert asked == [SayAgain(), Photo(), Quiet(), Command.IT_HURTS, Command.MILK_SLOWED, Command.UNDO]


def test_a_letter_of_another_script_that_was_taught_before_counts(evening: Start) -> None:
    night = evening(voice_on=False, learned_keys={"back": ("Р",)})
    go(night)
    asked = collected(night.page(SessionPage).asked)
    press(window_of(night), "H", "ru")
    assert asked == [(Command.BACK,)]


@pytest.mark.parametrize(("letter", "sore"), [("N", False), ("Y", True)])
def test_the_answers_of_the_check(evening: Start, layout: str, letter: str, sore: bool) -> None:
    night = evening(voice_on=False, sore_check=None)
    night.page(LibraryPage).ready_asked.emit("short")
    page = night.page(ReadyPage)
    page.start.setFocus()
    answered = collected(page.sore_answered)
    press(window_of(night), letter, layout)
    assert answered == [(sore,)]


def test_a_chart_becomes_a_table_and_a_chart_again(evening: Start, layout: str) -> None:
    night = evening(voice_on=False)
    night.made.tools.log.merge(
        Record(0, "short", "Short", night.wall.replace(day=day), left_ml=50.0 + day, uuid=f"u{day}") for day in (1, 2)
    )
    night.made.desk.go_to("history")
    pane = next(pane for pane in night.page(QWidget).findChildren(ChartPane) if pane.isVisible())
    pane.chart.setFocus()
    press(window_of(night), "T", layout)
    assert pane.table is not None
    assert pane.table.isVisible()
    press(window_of(night), "T", layout)
    assert pane.chart.isVisible()


def test_a_voice_of_the_list_is_listened_to(evening: Start, layout: str) -> None:
    night = evening(voice_on=False)
    night.made.desk.voices.show()
    row = next(row for row in night.page(VoicesPage).findChildren(VoiceRow) if row.isVisible())
    asked = collected(row.choice.listen_asked)
    row.choice.setFocus()
    press(window_of(night), "L", layout)
    assert asked == [()]


def test_the_keys_of_the_editor(evening: Start, layout: str) -> None:
    night = evening(voice_on=False)
    night.made.desk.editing.edit("short")
    page = night.page(EditorPage)
    window = window_of(night)
    press_on(window, layout)
    page.findChildren(StepsView)[0].setFocus()
    before = page.document.text
    press(window, "D", layout, CONTROL)
    doubled = page.document.text
    press(window, "G", layout, CONTROL)
    grouped = page.document.text
    assert len({before, doubled, grouped}) == 3
    press(window, "Z", layout, CONTROL)
    press(window, "Z", layout, CONTROL)
    assert page.document.text == before
    page.header.tabs.set_value("yaml")
    page.header.tabs.chosen.emit("yaml")
    yaml = page.findChildren(YamlView)[0]
    yaml.pane.setFocus()
    press(window, "F", layout, CONTROL)
    assert yaml.find_bar.isVisible()


def pages(night: Evening) -> Iterator[None]:
    """Each page that has keys of its own, with the focus in it."""
    desk = night.made.desk
    for name in ("routines", "history", "learn", "settings"):
        desk.go_to(name)
        yield
    desk.routines.open("short")
    yield
    desk.editing.edit("short")
    yield
    studio = StudioDesk(night.made.tools, microphone=VoiceRecorder(rate=RATE, run=lambda _work: None), parent=desk)
    vars(desk.voices)["studio"] = studio
    desk.voices.show()
    night.page(VoicesPage).record_asked.emit("short")
    night.page(StudioPage).name.setText("Jonas")
    night.page(StudioPage).naming.begin.click()
    yield


def shown(window: QWidget) -> list[QShortcut]:
    """The shortcuts with a letter that count now."""
    focus = QApplication.focusWidget() or window
    return [
        shortcut
        for shortcut in window.findChildren(QShortcut)
        if LETTER.fullmatch(shortcut.key().toString())
        and shortcut.isEnabled()
        and isinstance(of := shortcut.parent(), QWidget)
        and of.isVisible()
        and (shortcut.context() is Qt.ShortcutContext.WindowShortcut or of is focus or of.isAncestorOf(focus))
    ]


def test_every_shortcut_with_a_letter_is_pressed_in_its_place(evening: Start) -> None:
    """Those of the window on each page; what they do is left out, as one of them closes it."""
    night = evening(voice_on=False)
    window = window_of(night)
    seen: dict[str, bool] = {}
    told: list[str] = []
    for _ in pages(night):
        QApplication.processEvents()
        for shortcut in shown(window):
            shortcut.activated.disconnect()
            shortcut.activated.connect(partial(told.append, shortcut.key().toString()))
        for layout in LAYOUTS:
            press_on(window, layout)
            for keys in {shortcut.key().toString() for shortcut in shown(window)}:
                told.clear()
                press(window, keys[-1], layout, HELD[keys[:-1]])
                same = LAYOUTS[layout][LATIN.index(keys[-1])] == keys[-1]  # a comma is one in Greek too
                seen[keys] = seen.get(keys, True) and (told == [keys] or same)
    assert seen == dict.fromkeys(EVERY, True)
