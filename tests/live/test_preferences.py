"""Settings kept as she changes them; a disk that refuses is told once, and taken back when it takes them again."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from guide.live import preferences as module
from guide.live.preferences import Preferences
from guide.store.files import read_ordinary
from guide.store.glance import Window
from guide.store.settings import Settings, SoreCheck, Units, load, save


def test_what_could_not_be_kept_is_told_once_and_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preferences = Preferences(tmp_path / "settings.json")
    told: list[str] = []
    mended: list[str] = []
    preferences.told.connect(told.append)
    preferences.mended.connect(mended.append)

    def refuse(path: Path, settings: Settings) -> None:
        raise PermissionError(path)

    with monkeypatch.context() as full:
        full.setattr(module, "save", refuse)
        preferences.change(text_scale=1.2)
        preferences.change(text_scale=1.3)
    assert (len(told), mended) == (1, [])
    preferences.change(voice_on=False)
    assert mended == told
    kept, _notices = load(tmp_path / "settings.json")
    assert (kept.text_scale, kept.voice_on) == (1.3, False)
    preferences.change(voice_on=True)
    assert len(mended) == 1


class Kept:
    """Preferences with what they told."""

    def __init__(self, path: Path) -> None:
        self.owner = QObject()
        self.preferences = Preferences(path, parent=self.owner)
        self.changes: list[Settings] = []
        self.told: list[str] = []
        self.preferences.changed.connect(self.changes.append)
        self.preferences.told.connect(self.told.append)
        self.preferences.mended.connect(self.told.append)


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """What was written."""
    written: list[Settings] = []
    monkeypatch.setattr(module, "save", lambda _path, settings: written.append(settings))
    return written


def test_a_change_is_told_and_kept_and_what_is_no_change_is_neither(tmp_path: Path, saved: list[Settings]) -> None:
    kept = Kept(tmp_path / "settings.json")
    kept.preferences.change(text_scale=1.2)
    kept.preferences.change(text_scale=1.2)
    assert [settings.text_scale for settings in kept.changes] == [1.2]
    assert saved == kept.changes
    assert kept.preferences.settings == kept.changes[0]
    assert kept.told == []
    assert kept.preferences.parent() is kept.owner


def test_what_the_disk_refused_waits_and_is_kept_with_the_next_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(tmp_path / "settings.json")
    assert kept.preferences.save_now()
    assert not (tmp_path / "settings.json").exists()

    def refuse(path: Path, settings: Settings) -> None:
        raise OSError(28, "full", path)

    with monkeypatch.context() as full:
        full.setattr(module, "save", refuse)
        kept.preferences.change(text_scale=1.2)
        assert not kept.preferences.save_now()
    assert kept.told == ["Your settings cannot be kept: the folder or the disk does not let us write."]
    assert kept.preferences.save_now()
    assert kept.told[1:] == kept.told[:1]  # taken back
    assert load(tmp_path / "settings.json")[0].text_scale == 1.2


@pytest.mark.parametrize(("writable", "told"), [(False, 0), (True, 1)])
def test_a_folder_whose_settings_could_not_be_read_is_told_of_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writable: bool, told: int
) -> None:
    (tmp_path / "settings.json").write_text("no settings", encoding="utf-8")
    monkeypatch.setattr("os.access", lambda path, mode: writable or path != tmp_path or mode != os.W_OK | os.X_OK)
    kept = Kept(tmp_path / "settings.json")
    assert len(kept.preferences.notices) == 1

    def refuse(path: Path, settings: Settings) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(module, "save", refuse)
    kept.preferences.change(text_scale=1.2)
    assert len(kept.told) == told


@pytest.mark.parametrize(("sore", "stays"), [(None, None), (False, None), (True, True)])
def test_once_something_hurt_the_check_is_asked_again_but_of_whoever_is_known_to_be_sore(
    tmp_path: Path, saved: list[Settings], sore: bool | None, stays: bool | None
) -> None:
    kept = Kept(tmp_path / "settings.json")
    kept.preferences.change(sore_check=None if sore is None else SoreCheck(date(2026, 11, 27), sore=sore))
    kept.preferences.ask_again()
    answer = kept.preferences.settings.sore_check
    assert (answer.sore if answer else None) == stays


def test_forgotten_they_are_those_of_a_first_start_and_the_file_is_gone(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "settings.json")
    kept.preferences.forget()  # there is no file yet
    kept.preferences.change(text_scale=1.2)
    kept.preferences.forget()
    assert not (tmp_path / "settings.json").exists()
    assert kept.changes[-1] == kept.preferences.settings == Settings()


def test_a_file_that_cannot_be_taken_away_keeps_her_settings_from_nothing(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "settings.json")
    kept.preferences.change(text_scale=1.2)
    (tmp_path / "settings.json").unlink()
    (tmp_path / "settings.json").mkdir()
    kept.preferences.forget()
    assert kept.changes[-1] == kept.preferences.settings == Settings()


def test_forgotten_what_the_disk_refused_before_is_not_written_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(tmp_path / "settings.json")

    def refuse(path: Path, settings: Settings) -> None:
        raise OSError(errno.ENOSPC, "full", path)

    with monkeypatch.context() as full:
        full.setattr(module, "save", refuse)
        kept.preferences.change(text_scale=1.2)
        kept.preferences.forget()
    assert kept.preferences.unsaved() == {}
    assert kept.preferences.save_now()
    assert not (tmp_path / "settings.json").exists()
    assert kept.told == [kept.told[0]] * 2, "what was told is withdrawn"


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bool]]:
    """Settings of hers that refuse to be read as long as `now` is true."""
    save(tmp_path / "settings.json", Settings(text_scale=1.4, voice_rate=120))
    state = {"now": True}
    read = read_ordinary

    def refuse(path: Path, most: int) -> bytes:
        if state["now"] and path.name == "settings.json":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return read(path, most)

    monkeypatch.setattr("guide.store.settings.read_ordinary", refuse)
    yield state
    state["now"] = False


def test_settings_that_cannot_be_read_are_kept_beside_those_that_are_written_and_told_of_once(
    tmp_path: Path, locked: dict[str, bool]
) -> None:
    kept, noticed = Kept(tmp_path / "settings.json"), list[str]()
    kept.preferences.noticed.connect(noticed.append)
    kept.preferences.change(window=Window(1, 2, 800, 600))
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"], "where the window stood waits"
    kept.preferences.change(units=Units.OZ)
    kept.preferences.change(text_scale=1.2)
    locked["now"] = False
    (aside,) = tmp_path.glob("settings.damaged-*.json")
    assert noticed == [
        f"Your settings could not be read, and are kept as {aside.name}. What you choose now is in a new file."
    ]
    assert load(aside)[0] == Settings(text_scale=1.4, voice_rate=120)
    now = load(tmp_path / "settings.json")[0]
    assert (now.units, now.text_scale, now.voice_rate) == (Units.OZ, 1.2, Settings().voice_rate)


def test_settings_that_can_be_read_again_are_in_use_again_with_what_was_changed_meanwhile(
    tmp_path: Path, locked: dict[str, bool]
) -> None:
    kept = Kept(tmp_path / "settings.json")
    locked["now"] = False
    kept.preferences.change(units=Units.OZ)
    hers = Settings(text_scale=1.4, voice_rate=120, units=Units.OZ)
    assert kept.preferences.settings == kept.changes[-1] == load(tmp_path / "settings.json")[0] == hers
    assert kept.told == kept.preferences.notices, "what was told at the start is withdrawn"
    assert len(list(tmp_path.iterdir())) == 1


def test_what_she_changed_and_changed_back_while_her_settings_could_not_be_read_is_as_she_left_it(
    tmp_path: Path, locked: dict[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> Path:
        raise PermissionError(path)

    kept = Kept(tmp_path / "settings.json")
    with monkeypatch.context() as fixed:
        fixed.setattr(module, "move_aside", refuse)
        kept.preferences.change(text_scale=1.2)
        kept.preferences.change(text_scale=Settings().text_scale)
    locked["now"] = False
    assert kept.preferences.save_now()
    assert kept.preferences.settings == Settings(voice_rate=120) == load(tmp_path / "settings.json")[0]


def test_settings_that_can_neither_be_read_nor_moved_are_not_written_over(
    tmp_path: Path, locked: dict[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> Path:
        raise PermissionError(path)

    monkeypatch.setattr(module, "move_aside", refuse)
    kept = Kept(tmp_path / "settings.json")
    kept.preferences.change(units=Units.OZ)
    locked["now"] = False
    assert load(tmp_path / "settings.json")[0] == Settings(text_scale=1.4, voice_rate=120)
    assert kept.told == ["Your settings cannot be kept: the folder or the disk does not let us write."]
