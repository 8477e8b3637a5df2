"""A damaged log, met by the window or by a command first: told until that is closed, and its copy offered."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evenings import NIGHT, WELL, Evening
from guide.cli import main
from guide.core.commands import Command
from guide.pages.finish.page import FinishPage
from guide.pages.session.page import SessionPage
from guide.pages.settings.page import SettingsPage
from guide.store.log.copies import untold
from guide.store.log.log import Log
from guide.store.paths import Paths

Start = Callable[[], Evening]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """Three sessions, a copy of them, and a file that is damaged."""
    paths = Paths.of(tmp_path)
    log = Log.open(paths.log, now=lambda: NIGHT)
    for number in range(3):
        log.add_by_hand(note=f"n{number}")
    log.close()
    paths.log.write_bytes(b"\0" * 20_000)
    return paths


@pytest.fixture
def start(paths: Paths, qtbot: QtBot) -> Start:
    return lambda: Evening(paths, qtbot).begin()


def told(night: Evening) -> str:
    message = night.made.tools.window.banner.message
    night.end()
    return message


@pytest.mark.parametrize("command", ["", "log", "archive {folder}/all.zip", "restore {folder}/none.zip"])
def test_the_window_tells_of_the_damage_at_each_start_until_it_is_closed(
    paths: Paths, start: Start, tmp_path: Path, command: str
) -> None:
    if command:
        main(["--home", str(tmp_path), *command.format(folder=tmp_path).split()])
        assert len(untold(paths.log)) == 1
    for _time in range(2):
        message = told(start())
        assert message.startswith("The session log ")
        assert "press “Look through the copy” in Settings" in message
    night = start()
    night.made.tools.window.banner.close_button.click()
    night.end()
    assert told(start()) == ""
    paths.log.write_bytes(b"\0" * 20_000)
    Log.open(paths.log).close()
    assert told(start()).startswith("The session log was damaged on ")


def test_damage_that_is_met_while_the_window_is_open_is_told_at_once(
    paths: Paths, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths.log.unlink()
    night = start()
    banner = night.made.tools.window.banner
    assert banner.message == ""
    monkeypatch.setattr("guide.store.log.file.impossible", lambda _db: True)
    night.made.tools.log.sound()
    assert banner.message.startswith("The session log could not be read in full.")
    banner.close_button.click()
    assert untold(paths.log) == []
    night.end()


@pytest.mark.parametrize("command", ["archive all.zip", "restore none.zip", "import none.csv --yes"])
def test_a_command_that_meets_the_damage_tells_of_it(
    paths: Paths, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    main(["--home", str(tmp_path), *command.split()])
    assert "The session log could not be read in full." in capsys.readouterr().err


def test_a_log_that_cannot_be_read_is_not_taken_along_as_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Paths.of(tmp_path / "home").log.mkdir(parents=True)
    assert main(["--home", str(tmp_path / "home"), "archive", str(tmp_path / "all.zip")]) == 1
    assert "is not an ordinary file" in capsys.readouterr().err
    assert not (tmp_path / "all.zip").exists()


def test_the_copy_is_offered_in_settings_and_gives_back_what_was_lost(start: Start) -> None:
    night = start()
    night.made.tools.window.banner.close_button.click()
    assert night.made.tools.log.count() == 0
    night.made.desk.settings.show()
    page = night.page(SettingsPage)
    assert not page.alone.copy_button.isHidden()
    page.alone.copy_button.click()
    dialog = night.made.tools.window.dialog
    assert dialog is not None
    dialog.choose("import")
    assert night.made.tools.log.count() == 3
    page.erase_asked.emit()
    dialog = night.made.tools.window.dialog
    assert dialog is not None
    dialog.choose("erase")
    assert not [path for path in night.paths.data.iterdir() if "damaged" in path.name]
    night.made.desk.settings.show()
    assert page.alone.copy_button.isHidden()
    night.end()


def test_where_nothing_was_damaged_no_copy_is_offered(tmp_path: Path, qtbot: QtBot) -> None:
    paths = Paths.of(tmp_path / "well")
    log = Log.open(paths.log, now=lambda: NIGHT)
    log.add_by_hand(note="n")
    log.close()
    night = Evening(paths, qtbot).begin()
    night.made.desk.settings.show()
    assert night.page(SettingsPage).alone.copy_button.isHidden()
    assert told(night) == ""


def test_with_a_log_of_a_newer_version_the_end_says_that_nothing_is_kept_and_offers_nothing_else(
    paths: Paths, start: Start
) -> None:
    paths.log.unlink()
    Log.open(paths.log).close()
    with closing(sqlite3.connect(paths.log)) as db:
        db.execute("PRAGMA user_version = 99")
    night = start()
    lost, words = "What you do and note now is not kept", list[list[str]]()
    night.made.tools.preferences.change(sore_check=WELL, full_screen_at_start=False, voice_on=False)
    night.made.desk.routines.open("calm-let-down", start=True)
    page = night.page(SessionPage)
    for over_the_window in (False, True):
        if over_the_window:
            night.made.tools.window.close()
        else:
            page.ask_to_finish()
        dialog = night.made.tools.window.dialog or page.dialog
        assert dialog is not None
        assert dialog.accessibleDescription().startswith(lost)
        words.append([button.text() for button in dialog.buttons])
        dialog.leave()
    assert words == [["Carry on", "Finish"], ["Carry on", "Finish"]]
    night.made.tools.conductor.do(Command.STOP)
    finish = night.page(FinishPage)
    assert lost in finish.lasted.text()
    assert (finish.save.text(), finish.not_now.isVisible(), finish.footnote.text()) == ("Close", False, "")
    finish.later.emit()
    assert (night.here, night.made.tools.window.toast.isVisible()) == ("routines", False)
