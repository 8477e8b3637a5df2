"""Another language, chosen in Settings: every word changes at once, and the routines she has with it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evenings import Evening
from guide import app, language
from guide.core.commands import Command
from guide.kit.alert import Banner
from guide.kit.choices import Select
from guide.kit.look import Look
from guide.kit.qt_words import QtWords
from guide.live.again import Again
from guide.live.intents import Learn
from guide.live.speech import use_language
from guide.pages.history.page import HistoryPage
from guide.pages.language.page import LanguagePage
from guide.pages.learn.page import LearnPage
from guide.pages.routines.page import LibraryPage
from guide.pages.session.parts import CARE_CARD
from guide.pages.settings.page import SettingsPage
from guide.sound.player import Playsound3Player
from guide.sound.trouble import Trouble
from guide.store.paths import builtin_folder
from guide.store.routines.names import shown_name
from guide.store.routines.reader import read_file
from guide.store.settings import Settings

Start = Callable[..., Evening]


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language(Settings())


def choose(night: Evening, tag: str, qapp: QApplication) -> None:
    night.made.desk.go_to("settings")
    night.page(SettingsPage).changed.emit("language", tag)
    qapp.processEvents()


def test_every_word_changes_at_once_and_the_page_stays(evening: Start, qapp: QApplication) -> None:
    night = evening(voice_on=False)
    choose(night, "es", qapp)
    window = night.made.tools.window
    assert window.here == "settings"
    assert language.spoken() == "es"
    assert [button.text() for button in window.nav.buttons.values()] == [
        language.words("es").gettext(text) for text in ("Routines", "History", "Learn", "Settings")
    ]
    choose(night, "en", qapp)
    assert [button.text() for button in window.nav.buttons.values()] == ["Routines", "History", "Learn", "Settings"]


def test_a_language_that_comes_while_a_question_is_open_changes_every_word_once_it_is_answered(
    evening: Start, qapp: QApplication
) -> None:
    """As with the settings of another computer, brought back behind the question that tells how far it is."""
    night = evening(voice_on=False)
    window = night.made.tools.window
    dialog = window.ask("Bringing everything back", "", [("stop", "Stop")], lambda _: None)
    choose(night, "es", qapp)
    assert (window.dialog, dialog.isVisible()) == (dialog, True)
    assert window.nav.buttons["routines"].text() == "Routines"
    dialog.leave()
    qapp.processEvents()
    assert (window.here, window.nav.buttons["routines"].text()) == ("settings", "Rutinas")


def begin_a_session(night: Evening) -> None:
    night.well()
    night.made.desk.routines.open("short", start=True)


def look_into_learn(night: Evening) -> None:
    begin_a_session(night)
    night.made.desk.session.take(Command.PAUSE)
    night.made.desk.session.take(Learn(CARE_CARD))


LEADS: dict[str, Callable[[Evening], object]] = {
    "ready": lambda night: night.made.desk.routines.open("short"),
    "editor": lambda night: night.made.desk.editing.edit("short"),
    "words": lambda night: night.made.desk.show_words(),
    "voices": lambda night: night.made.desk.voices.show(then=night.made.desk.settings.show),
    "session": begin_a_session,
    "learn": look_into_learn,
}


@pytest.mark.parametrize("name", LEADS)
def test_a_language_that_comes_with_what_is_brought_back_leaves_the_page_she_is_on_until_she_leaves_it(
    evening: Start, qapp: QApplication, name: str
) -> None:
    """The pages went, and where one is not asked for by its name alone nothing came: the window was empty."""
    night = evening(voice_on=False)
    window = night.made.tools.window
    LEADS[name](night)
    qapp.processEvents()
    page = window.stack.currentWidget()
    assert window.here == name
    night.made.tools.preferences.change(language="es")
    qapp.processEvents()
    assert (window.here, window.stack.currentWidget()) == (name, page)
    assert qapp.focusWidget() is not None
    if name == "learn":
        night.page(LearnPage).back_asked.emit()
    if night.made.tools.playing:
        night.made.desk.session.take(Command.STOP)
        qapp.processEvents()
        assert window.here == "finish"
        night.made.desk.finish.over.emit()
    else:
        night.made.desk.go_to("history")
    qapp.processEvents()
    assert window.here == ("routines" if name in {"session", "learn"} else "history")
    assert window.nav.buttons["routines"].text() == "Rutinas"
    assert not window.has_page(name)


def test_words_that_narrow_the_routines_stand_in_the_field_in_another_language_too(
    evening: Start, qapp: QApplication
) -> None:
    night = evening(voice_on=False)
    QTest.keyClicks(night.page(LibraryPage).listed.search, "night")
    choose(night, "de", qapp)
    night.made.desk.go_to("routines")
    listed = night.page(LibraryPage).listed
    assert (listed.search.text(), listed.search.isVisible()) == ("night", True)
    listed.close_search()
    assert len(listed.shelf.cards) == len(night.made.tools.library.summaries())


def test_history_names_built_in_routines_in_her_language_and_hers_as_she_did(
    evening: Start, qapp: QApplication
) -> None:
    """Whichever language they were logged in."""
    night = evening(voice_on=False)
    log = night.made.tools.log
    for routine_id, name in (
        ("gentle-day", "Gentle day"),
        ("gentle-day", "Mine, gently"),
        ("power-pumping", "Power-Pumpen"),
        ("", ""),
    ):
        log.add_by_hand(routine_id=routine_id, routine_name=name)
    choose(night, "es", qapp)
    night.made.desk.go_to("history")
    view = night.page(HistoryPage)._view
    assert view is not None
    assert {one.routine_name for one in view.latest} == {"Día suave", "Mine, gently", "Extracción poderosa", ""}
    choose(night, "en", qapp)
    night.made.desk.go_to("history")
    view = night.page(HistoryPage)._view
    assert view is not None
    assert {one.routine_name for one in view.latest} == {"Gentle day", "Mine, gently", "Power pumping", ""}


def test_the_names_of_built_in_routines_are_those_that_the_reader_finds() -> None:
    for path in sorted(builtin_folder().glob("*.yaml")):
        english = read_file(path).routine
        assert english is not None
        for tag in ("es", "de", "en"):
            use_language(Settings(language=tag))
            there = read_file(language.translated(path, tag)).routine
            assert there is not None
            assert shown_name(path.parent, path.stem, english.name) == there.name


def test_what_was_told_before_is_told_in_the_new_language_and_taken_back_in_it(
    evening: Start, qapp: QApplication
) -> None:
    night = evening(voice_on=False)
    window = night.made.tools.window
    silent = Trouble.NO_DEVICE.sentence("linux")
    window.banner.tell(silent)
    window.banner.tell(
        language.words("en").gettext("The speaker for the background sound has gone. Everything else goes on.")
    )
    choose(night, "de", qapp)
    assert window.banner.message == language.words("de").gettext(silent)
    window.banner.withdraw(Trouble.NO_DEVICE.sentence("linux"))
    assert window.banner.message.startswith("Der Lautsprecher")
    choose(night, "es", qapp)
    window.banner.withdraw("The speaker for the background sound has gone. Everything else goes on.")
    assert window.banner.message == ""


def test_while_the_banner_says_that_there_is_no_sound_it_is_looked_for(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In whatever language it says so."""
    looks: list[int] = []
    monkeypatch.setattr(Playsound3Player, "prime", lambda _self: looks.append(1))
    banner, again, troubles = Banner(look=Look()), Again(), app.TroubleSignals()
    troubles.told.connect(banner.tell)
    troubles.over.connect(banner.withdraw)
    player = app._sounding(troubles, tmp_path / "told", again, banner)
    assert (again.now(), looks) == (True, [])
    troubles.told.emit(Trouble.NO_DEVICE.sentence(sys.platform))
    assert again.timer.isActive()
    use_language(Settings(language="de"))
    banner.renew(lambda text: language.words("de").gettext(text))
    again.now()
    assert looks == [1]
    troubles.over.emit(Trouble.NO_DEVICE.sentence(sys.platform))
    again.now()
    assert looks == [1]
    assert not again.timer.isActive()
    player.close()


@pytest.mark.parametrize(("tag", "name"), [("es", "Día suave"), ("de", "Sanfter Tag"), ("en", "Gentle day")])
def test_the_library_and_learn_are_in_her_language(evening: Start, qapp: QApplication, tag: str, name: str) -> None:
    night = evening(voice_on=False)
    choose(night, tag, qapp)
    night.made.desk.go_to("routines")
    assert name in {card.summary.name for card in night.page(LibraryPage).cards}
    entry = night.made.tools.library.entry("gentle-day")
    assert entry.name == name
    assert entry.routine is not None
    assert entry.routine.language == tag


def test_a_voice_has_its_name_in_the_new_language_too(evening: Start, qapp: QApplication) -> None:
    night = evening(voice_on=False)
    named: list[str] = []
    night.made.desk.settings._voices_found.connect(lambda _found: named.append(language.spoken()))
    choose(night, "es", qapp)
    choose(night, "de", qapp)
    assert named[-1] == "de"
    shown = {act.text() for select in night.page(SettingsPage).findChildren(Select) for act in select.menu.actions()}
    assert language.words("de").gettext("The usual voice: {name}").format(name=language._("Plain voice")) in shown


def test_qt_speaks_the_language_of_the_screen_from_the_start_and_as_it_changes(
    evening: Start, qapp: QApplication
) -> None:
    night = evening(language="de")
    assert [one.language() for one in qapp.findChildren(QtWords)] == ["de_DE"]
    night.made.tools.preferences.change(language="en")
    assert qapp.findChildren(QtWords) == []
    night.made.tools.preferences.change(language="es")
    assert [one.language() for one in qapp.findChildren(QtWords)] == ["es_ES"]


def test_a_language_nobody_translated_is_english(evening: Start, qapp: QApplication) -> None:
    night = evening(voice_on=False)
    choose(night, "fr", qapp)
    assert language.spoken() == "en"
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight


@pytest.mark.parametrize(
    ("environment", "tag"),
    [
        ({"LANG": "es_MX.UTF-8"}, "es-MX"),
        ({"LANG": "es_MX.UTF-8", "LC_MESSAGES": "de_AT"}, "de-AT"),
        ({"LC_ALL": "C", "LANG": "es"}, "en"),
        ({}, "en"),
    ],
)
def test_the_terminal_is_asked_in_its_own_order(environment: dict[str, str], tag: str) -> None:
    assert language.asked_by(environment) == tag


@pytest.mark.parametrize(
    ("system", "chosen", "point"),
    [("es_MX", "es", "."), ("es_MX", "es-ES", ","), ("es_MX", "de", ","), ("de_CH", "de", "."), ("de_DE", "es", ",")],
)
def test_numbers_are_written_as_in_her_country_after_she_chose_its_language_too(
    system: str, chosen: str, point: str, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    assert QLocale.system().name()  # read once by Qt, and not in the language of this test
    monkeypatch.setenv("LC_ALL", f"{system}.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)
    use_language(Settings(language=chosen))
    assert language.marks().point == point


def test_a_country_falls_back_to_its_language() -> None:
    assert language.known("es-MX") == "es"
    assert language.known("tlh") == "en"
    assert language.right_to_left("ar-XB")
    assert not language.right_to_left("es")


def test_the_first_start_asks_once_and_every_word_follows_the_choice(evening: Start, qapp: QApplication) -> None:
    night = evening(voice_on=False)
    night.made.desk.speech.show()
    page = night.page(LanguagePage)
    assert [button.text() for button in page.buttons] == ["English", "Deutsch", "Español"]
    page.buttons[2].click()
    qapp.processEvents()
    page = night.page(LanguagePage)
    assert language.spoken() == "es"
    assert page.go_on.text() == language.words("es").gettext("Continue in English")
    page.go_on.click()
    qapp.processEvents()
    assert night.here == "routines"
    assert night.made.tools.preferences.settings.language == "es"


def test_escape_goes_on_with_what_is_chosen_and_arrows_choose(evening: Start, qapp: QApplication) -> None:
    night = evening(voice_on=False)
    night.made.desk.speech.show()
    night.made.tools.window.activateWindow()
    QTest.keyClick(night.page(LanguagePage).go_on, Qt.Key.Key_Right)
    qapp.processEvents()
    assert language.spoken() == "de"
    QTest.keyClick(night.page(LanguagePage).go_on, Qt.Key.Key_Escape)
    qapp.processEvents()
    assert night.here == "routines"
    assert night.made.tools.preferences.settings.language == "de"


def test_arrows_go_on_from_the_language_the_keyboard_is_on_and_lead_back_to_going_on(
    evening: Start, qapp: QApplication
) -> None:
    night = evening(voice_on=False)
    night.made.desk.speech.show()
    night.made.tools.window.activateWindow()
    for at, key, tag in (
        (None, Qt.Key.Key_Right, "de"),
        (2, Qt.Key.Key_Left, "de"),
        (None, Qt.Key.Key_Left, "en"),
        (None, Qt.Key.Key_Down, "es"),
        (0, Qt.Key.Key_Right, "de"),
        (0, Qt.Key.Key_Left, "de"),
    ):
        page = night.page(LanguagePage)
        (page.go_on if at is None else page.buttons[at]).setFocus(Qt.FocusReason.TabFocusReason)
        focused = qapp.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        qapp.processEvents()
        assert language.spoken() == tag
        page = night.page(LanguagePage)
        assert [button.isChecked() for button in page.buttons].index(True) == ["en", "de", "es"].index(tag)
        assert (page.go_on if (at, key) != (0, Qt.Key.Key_Left) else page.buttons[0]).hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_on_a_language_chooses_it_and_a_second_time_goes_on(
    evening: Start, qapp: QApplication, key: Qt.Key
) -> None:
    night = evening(voice_on=False)
    night.made.desk.speech.show()
    night.made.tools.window.activateWindow()
    night.page(LanguagePage).buttons[1].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(night.page(LanguagePage).buttons[1], key)
    qapp.processEvents()
    assert (language.spoken(), night.here) == ("de", "language")
    QTest.keyClick(qapp.focusWidget() or night.page(LanguagePage), key)
    qapp.processEvents()
    assert (language.spoken(), night.here) == ("de", "routines")
