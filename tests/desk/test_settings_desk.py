"""Settings at the desk: her data taken along, brought in and erased; each answer heard at once."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from evenings import Evening
from guide.core.commands import Command
from guide.kit.file_dialog import completed
from guide.live.video import how_to_install
from guide.pages.routines.page import LibraryPage
from guide.pages.settings import desk as settings_desk
from guide.pages.settings.page import SettingsPage
from guide.store.glance import ThemeSetting
from guide.store.settings import Settings

Start = Callable[..., Evening]


def with_a_session(night: Evening) -> Evening:
    night.made.desk.routines.open("short", start=True)
    night.pass_time(61)  # long enough to be kept
    while night.made.tools.playing:
        night.made.tools.conductor.do(Command.NEXT)
        night.pass_time(1)
    night.made.desk.finish.over.emit()
    return night


def settings_page(night: Evening) -> SettingsPage:
    night.made.desk.go_to("settings")
    return night.page(SettingsPage)


def choosing(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    """Answer every question for a file."""
    chosen = str(path) if path else ""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen, ""))
    monkeypatch.setattr("guide.pages.settings.desk.ask_where", lambda *_: completed(path, ".csv") if path else None)


def erase(night: Evening, answer: str) -> None:
    page = settings_page(night)
    page.erase_asked.emit()
    dialog = night.made.tools.window.dialog
    assert dialog is not None
    dialog.choose(answer)


def test_what_is_taken_along_comes_back_once_and_never_twice(
    evening: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = with_a_session(evening(voice_on=False))
    choosing(monkeypatch, tmp_path / "mine")
    settings_page(night).export_asked.emit()
    before = night.made.tools.log.records()
    night.made.tools.log.delete(before[0].id)
    counts = []
    for _ in range(2):
        night.made.desk.bringing.look_at([str(tmp_path / "mine.csv")])
        dialog = night.made.tools.window.dialog
        assert dialog is not None
        counts.append(dialog.buttons[1].isEnabled())
        dialog.choose("import")
    assert counts == [True, False]
    (record,) = night.made.tools.log.records()
    assert (record.uuid, record.lasted) == (before[0].uuid, before[0].lasted)


def test_everything_taken_along_and_erased_comes_back(
    evening: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = with_a_session(evening(voice_on=False, theme=ThemeSetting.LIGHT))
    names = [entry.name for entry in night.made.tools.library.entries()]
    target = tmp_path / "all.zip"
    monkeypatch.setattr("guide.pages.settings.desk.ask_where", lambda *_: target)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
    erase(night, "export")
    assert target.exists()
    assert night.made.tools.log.count() == 0
    settings_page(night).restore_asked.emit()
    assert night.made.tools.log.count() == 1
    assert [entry.name for entry in night.made.tools.library.entries()] == names
    assert night.made.tools.preferences.settings.theme is ThemeSetting.LIGHT
    target.write_bytes(b"half")
    settings_page(night).restore_asked.emit()
    assert night.made.tools.log.count() == 1


def test_everything_erased_is_a_first_start(evening: Start) -> None:
    night = with_a_session(evening(voice_on=False, theme=ThemeSetting.LIGHT))
    erase(night, "erase")
    assert night.here == "routines"
    assert night.made.tools.log.records() == []
    assert night.made.tools.preferences.settings == Settings()
    assert not night.paths.own_routines.exists()
    view = night.page(LibraryPage).view
    assert view is not None
    assert all(summary.builtin for summary in view.summaries)


def test_everything_erased_leaves_no_file_that_tells_of_her(evening: Start) -> None:
    night = with_a_session(evening(voice_on=False))
    paths = night.paths
    held = (
        paths.matches,
        paths.told,
        paths.summaries,
        paths.trash / "mine.yaml",
        paths.recordings / "sam" / "voice.json",
    )
    for path in (*held, *(keep.with_name(f"{keep.stem}.damaged-1.x") for keep in (paths.settings, paths.words))):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("hers", encoding="utf-8")
    erase(night, "erase")
    folders = (paths.data, paths.config, paths.cache)
    left = {path.name for folder in folders for path in folder.rglob("*") if path.is_file()}
    assert {name for name in left if not name.startswith("sessions.db")} <= {paths.summaries.name, "window.lock"}
    assert not paths.summaries.is_file() or "hers" not in paths.summaries.read_text("utf-8")


@pytest.mark.parametrize("answer", ["keep", "export"])
def test_nothing_is_erased_unless_she_says_so_and_what_she_takes_along_is_written(
    evening: Start, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    night = with_a_session(evening(voice_on=False))
    choosing(monkeypatch, None)  # she closes the question for a file
    erase(night, answer)
    assert len(night.made.tools.log.records()) == 1
    assert night.paths.own_routines.exists()


def test_a_photo_is_kept_once_and_can_be_taken_out(evening: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    night = evening(voice_on=False)
    page = settings_page(night)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (["a.png", "b.png"], ""))
    page.photos_asked.emit()
    page.photos_asked.emit()
    before = night.made.tools.preferences.settings.photos
    page.photo_removed.emit("a.png")
    assert (before, night.made.tools.preferences.settings.photos) == (("a.png", "b.png"), ("b.png",))


@pytest.mark.parametrize("there", [True, False])
def test_a_video_is_kept_or_what_to_install_is_said(
    evening: Start, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    night = evening(voice_on=False)
    page = settings_page(night)
    asked: list[str] = []

    def choose(*args: object) -> tuple[list[str], str]:
        asked.append(str(args[-1]))
        return ["a.png", "film.MP4"], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    monkeypatch.setattr(settings_desk, "can_play", lambda: there)
    page.photos_asked.emit()
    assert all(f"*.{ending}" in asked[0] for ending in ("jpg", "png", "mp4", "mov"))
    assert night.made.tools.preferences.settings.photos == (("a.png", "film.MP4") if there else ("a.png",))
    told = night.made.tools.window.banner.message
    assert (f"{shlex.quote(sys.executable)} -m pip install av" in told) is not there


def test_a_bundle_that_plays_no_videos_names_no_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "pip" not in how_to_install()


def test_a_sample_is_heard_when_it_is_asked_for(evening: Start) -> None:
    night = evening()
    page = settings_page(night)
    page.chime_listen_asked.emit()
    page.listen_asked.emit()
    assert len(night.player.played) == 2
