"""Settings at the desk: her data taken along, brought in and erased; each answer heard at once."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog

from evenings import Evening
from guide.core.commands import Command
from guide.kit.file_dialog import completed
from guide.kit.sheet import Sheet
from guide.live.video import how_to_install
from guide.pages.bringing.contents_page import ContentsPage
from guide.pages.routines.page import LibraryPage
from guide.pages.settings import pictures as chosen_pictures
from guide.pages.settings.page import SettingsPage
from guide.store.glance import ThemeSetting
from guide.store.paths import Paths
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
    window, told = night.made.tools.window, list[list[str]]()
    for wish in ("close", "bring back", "close"):
        assert night.made.tools.log.count() == len(told) // 2
        settings_page(night).restore_asked.emit()
        assert isinstance(window.dialog, Sheet)
        assert len(window.dialog.buttons) == (1 if len(told) == 2 else 2)  # nothing is left to bring
        told.append(window.dialog.findChildren(ContentsPage)[0].words())
        window.dialog.choose(wish)
    assert told[0][:4] == ["all.zip", "Made: Today, 03:01", "Sessions", "1 to bring back"]
    assert told[0][-4:-2] == ["Recorded voices", "None in it"]
    assert told[2][2:4] == ["Sessions", "1 here already"]
    assert night.made.tools.log.count() == 1
    assert [entry.name for entry in night.made.tools.library.entries()] == names
    assert night.made.tools.preferences.settings.theme is ThemeSetting.LIGHT
    window.toast.action.click()
    assert (window.toast.words.text(), night.made.tools.log.count()) == ("Taken back", 0)
    assert night.made.tools.preferences.settings.theme.value != "light"
    target.write_bytes(b"half")
    settings_page(night).restore_asked.emit()
    assert (night.made.tools.log.count(), window.dialog) == (0, None)
    assert window.banner.message == "all.zip could not be read: it is not an archive, or it is damaged."


def test_a_log_that_cannot_be_read_is_told_of_before_everything_is_taken_along_and_nothing_is_deleted(
    evening: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: Paths
) -> None:
    paths.log.mkdir(parents=True)  # which cannot be read whoever runs the tests
    night = with_a_session(evening(voice_on=False))
    target, window = tmp_path / "all.zip", night.made.tools.window
    monkeypatch.setattr("guide.pages.settings.desk.ask_where", lambda *_: target)
    told = f"{paths.log} is not an ordinary file, so the session log cannot be kept there just now."
    assert night.made.tools.log.count() == 1  # of today, and not those that may stand there
    erase(night, "export")
    assert window.banner.message == f"{told} Nothing was taken along, and nothing is deleted."
    for wish, written in (("wait", False), ("rest", True)):
        settings_page(night).archive_asked.emit()
        dialog = window.dialog
        assert dialog is not None
        assert dialog.accessibleDescription().startswith(f"{told} The sessions in it cannot be read just now")
        dialog.choose(wish)
        assert (target.exists(), (paths.own_routines / "short.yaml").exists()) == (written, True)


OWN: dict[str, Callable[[Paths], Path]] = {
    "routines": lambda paths: paths.own_routines,
    "routines/more": lambda paths: paths.own_routines / "more",
    "trash": lambda paths: paths.trash,
    "drafts": lambda paths: paths.drafts,
    "recordings": lambda paths: paths.recordings,
    "voices": lambda paths: paths.voices,
    "copies": lambda paths: paths.data / "copies",
    "data": lambda paths: paths.data,
    "config": lambda paths: paths.config,
    "cache": lambda paths: paths.cache,
}


@pytest.mark.parametrize("name", ["keep.zip", "sessions-damaged-1.db.zip"])
def test_no_place_that_is_deleted_too_is_taken_for_the_archive_and_then_nothing_is_deleted(
    evening: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    night = with_a_session(evening(voice_on=False))
    places = [tmp_path / "link", tmp_path / "LINK.zip"]
    for where, of in OWN.items():
        folder = of(night.paths)
        folder.mkdir(parents=True, exist_ok=True)
        places.append(folder / name)
        if where == "routines" and os.name == "posix":
            (tmp_path / "link").symlink_to(folder, target_is_directory=True)
            (tmp_path / "LINK.zip").symlink_to(folder / name)
    places[0] /= name
    told: list[str] = []
    monkeypatch.setattr(night.made.tools, "tell", told.append)
    for place in places if os.name == "posix" else places[2:]:
        monkeypatch.setattr("guide.pages.settings.desk.ask_where", lambda *_, place=place: place)
        erase(night, "export")
        assert "Choose another place" in told.pop()
        assert not place.exists()
    assert night.made.tools.log.count() == 1
    assert night.paths.own_routines.exists()
    target = tmp_path / name
    monkeypatch.setattr("guide.pages.settings.desk.ask_where", lambda *_: target)
    erase(night, "export")
    assert target.exists()
    assert night.made.tools.log.count() == 0


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


def test_what_was_looked_for_is_forgotten_with_everything_erased(evening: Start) -> None:
    night = evening()
    library = night.page(LibraryPage)
    library.listed.search.setText("no such words")
    erase(night, "erase")
    assert night.made.tools.window.here == "routines"
    assert (library.listed.search.text(), bool(library.cards)) == ("", True)


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


def choose(night: Evening, monkeypatch: pytest.MonkeyPatch, *paths: Path | str) -> tuple[str, ...]:
    """Choose these files in Settings; returns the names of all that are kept."""
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path) for path in paths], ""))
    settings_page(night).photos_asked.emit()
    return tuple(Path(photo).name for photo in night.made.tools.preferences.settings.photos)


def photo(path: Path) -> Path:
    image = QImage(4, 3, QImage.Format.Format_RGB32)
    image.fill(QColor("peru"))
    image.save(str(path))
    return path


def broken(path: Path) -> Path:
    path.write_bytes(b"neither")
    return path


def test_a_photo_is_kept_once_and_can_be_taken_out(
    evening: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    night = evening(voice_on=False)
    both = photo(tmp_path / "a.png"), photo(tmp_path / "b.png")
    choose(night, monkeypatch, *both)
    assert choose(night, monkeypatch, *both) == ("a.png", "b.png")
    settings_page(night).photo_removed.emit(str(both[0]))
    assert night.made.tools.preferences.settings.photos == (str(both[1]),)


@pytest.mark.parametrize("there", [True, False])
def test_a_video_is_kept_or_what_to_install_is_said(
    evening: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, there: bool
) -> None:
    night = evening(voice_on=False)
    monkeypatch.setattr(chosen_pictures, "can_play", lambda: there)
    monkeypatch.setattr(chosen_pictures, "check", lambda _path: None)
    kept = choose(night, monkeypatch, tmp_path / "a.png", tmp_path / "film.MP4")
    assert kept == (("a.png", "film.MP4") if there else ("a.png",))
    told = night.made.tools.window.banner.message
    assert (f"{shlex.quote(sys.executable)} -m pip install av" in told) is not there
    assert all(f"*.{ending}" in chosen_pictures.PATTERNS for ending in ("jpg", "png", "mp4", "mov"))


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (("a.jpg",), "a.jpg is not a photo, or not of a kind that can be shown. A copy saved as JPEG will do."),
        (("a.jpg", "b.gif"), "These cannot be shown: a.jpg and b.gif. Copies saved as JPEG or MP4 will do."),
        (tuple("abcde"), "These cannot be shown: a, b, c and 2 more. Copies saved as JPEG or MP4 will do."),
    ],
)
def test_what_cannot_be_shown_is_refused_when_it_is_chosen_and_the_good_ones_are_kept(
    evening: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, bad: tuple[str, ...], told: str
) -> None:
    night = evening(voice_on=False)
    chosen = [*(broken(tmp_path / name) for name in bad), photo(tmp_path / "good.png")]
    assert choose(night, monkeypatch, *chosen) == ("good.png",)
    assert night.made.tools.window.banner.message == told
    assert choose(night, monkeypatch, broken(tmp_path / "other.jpg")) == ("good.png",)
    assert night.made.tools.window.banner.message.startswith("other.jpg")
    choose(night, monkeypatch, photo(tmp_path / "better.png"))
    assert night.made.tools.window.banner.message == ""


def test_looking_at_pictures_for_longer_than_a_second_is_told_and_ends_with_it(
    evening: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    night = evening(voice_on=False)
    tools, pictures = night.made.tools, night.made.desk.settings.pictures
    work: list[Callable[[], None]] = []
    monkeypatch.setattr(tools, "aside", work.append)
    assert choose(night, monkeypatch, photo(tmp_path / "a.png")) == ()
    assert not tools.window.toast.isVisibleTo(tools.window)
    pictures.slow.stop()
    pictures.slow.timeout.emit()
    assert tools.window.toast.words.text() == "Looking at what you chose…"
    work.pop()()
    assert tools.preferences.settings.photos == (str(tmp_path / "a.png"),)
    assert not tools.window.toast.isVisibleTo(tools.window)


def test_pictures_that_are_still_looked_at_when_everything_is_erased_are_not_kept(
    evening: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    night = with_a_session(evening(voice_on=False))
    work: list[Callable[[], None]] = []
    monkeypatch.setattr(night.made.tools, "aside", work.append)
    choose(night, monkeypatch, photo(tmp_path / "a.png"))
    erase(night, "erase")
    work[0]()
    assert night.made.tools.preferences.settings.photos == ()


def test_a_bundle_that_plays_no_videos_names_no_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "pip" not in how_to_install()


def test_a_sample_is_heard_when_it_is_asked_for(evening: Start) -> None:
    night = evening()
    page = settings_page(night)
    page.chime_listen_asked.emit()
    page.listen_asked.emit()
    assert len(night.player.played) == 2


def test_a_sample_whose_file_is_deleted_with_everything_is_heard_no_more(
    evening: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = with_a_session(evening(voice_on=False))
    work: list[Callable[[], None]] = []
    page = settings_page(night)
    monkeypatch.setattr(night.made.tools, "aside", work.append)
    before = night.player.played
    page.chime_listen_asked.emit()
    page.listen_asked.emit()
    work[0]()
    erase(night, "erase")
    work[1]()
    assert night.player.played == [*before, night.player.played[-1]]


def test_a_key_of_the_window_is_no_key_of_a_session_and_it_is_told(evening: Start) -> None:
    night = evening(voice_on=False)
    page, window = settings_page(night), night.made.tools.window
    for key in ("Ctrl+1", "Ctrl+4", "Ctrl+,", "Ctrl+N", "Ctrl+I", "Ctrl+Q", "Ctrl+Z", "F11", "F6"):
        page.key_rows["next"].set_button.learned.emit(key)
        assert window.toast.words.text().startswith(f"{key} does something elsewhere in the program, and"), key
    assert not night.made.tools.preferences.settings.learned_keys
    page.key_rows["next"].set_button.learned.emit("Ctrl+F13")
    assert night.made.tools.preferences.settings.learned_keys == {"next": ("Ctrl+F13",)}
