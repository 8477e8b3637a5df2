"""Where the files are."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from platformdirs import PlatformDirs

from guide.store import paths
from guide.store.paths import Paths, builtin_folder, made


def test_a_home_holds_every_file(tmp_path: Path) -> None:
    paths = Paths.of(tmp_path / "home")

    every = [
        paths.data,
        paths.config,
        paths.cache,
        paths.runtime,
        paths.own_routines,
        paths.trash,
        paths.drafts,
        paths.log,
        paths.settings,
        paths.voices,
        paths.summaries,
        paths.socket,
    ]

    assert all(path.is_relative_to(tmp_path / "home") for path in every)
    assert len(set(every)) == len(every)
    assert not (tmp_path / "home").exists()


def test_a_home_has_four_folders_and_each_file_its_place_in_them(tmp_path: Path) -> None:
    paths = Paths.of(tmp_path)
    assert paths == tuple(tmp_path / name for name in ("data", "config", "cache", "run"))
    hers = (paths.own_routines, paths.trash, paths.log, paths.words, paths.drafts, paths.recordings, paths.matches)
    assert [path.relative_to(tmp_path).as_posix() for path in (*hers, paths.settings)] == [
        *("data/routines", "data/trash", "data/sessions.db", "data/words.npz", "data/drafts", "data/voices"),
        *("data/columns.json", "config/settings.json"),  # under other names what an update finds would be nothing
    ]
    assert {path.parent for path in (paths.voices, paths.summaries, paths.told)} == {tmp_path / "cache"}
    assert paths.socket.parent == tmp_path / "run"


@pytest.mark.parametrize("runtime", ["", "run/user/7", None, "named"])
def test_without_a_home_the_platforms_folders_are_used_and_a_runtime_folder_where_one_is_named(
    runtime: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    if runtime is not None:
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path) if runtime == "named" else runtime)
    known = PlatformDirs("pumping-guide", appauthor=False)
    usual = (known.user_data_path, known.user_config_path, known.user_cache_path)
    wanted = tmp_path / "pumping-guide" if runtime == "named" else known.user_cache_path / "run"
    assert Paths.of() == (*usual, wanted)


def test_a_home_is_her_own_where_it_begins_so_and_absolute_wherever_she_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert Paths.of(Path("~/mine")).data == Paths.of(Path("mine")).data == tmp_path / "mine" / "data"


def test_a_home_that_the_system_does_not_know_is_one_sentence() -> None:
    with pytest.raises(LookupError, match=r"^the system names no home folder .* name one with --home DIR$"):
        Paths.of(Path("~nobody-of-this-name/mine"))


def test_what_is_erased_is_gone_with_what_was_set_aside_and_the_log_and_the_settings_stay(tmp_path: Path) -> None:
    paths = Paths.of(tmp_path)
    hers = (paths.own_routines / "a.yaml", paths.trash / "b.yaml", paths.drafts / "c", paths.recordings / "j" / "1.wav")
    made_anew = (paths.voices / "d.wav", paths.summaries, paths.told, paths.places)
    aside = (paths.data / "sessions.db.damaged-1", paths.config / "settings.json.damaged-2")
    kept = (paths.log, paths.words, paths.settings)
    for path in (*hers, *made_anew, *aside, *kept, paths.matches):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    assert paths.erase_files()
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(kept)
    assert not paths.own_routines.exists()
    assert paths.erase_files()  # and once more, where there is nothing


def test_what_could_not_be_erased_is_told(tmp_path: Path) -> None:
    paths = Paths.of(tmp_path)
    (paths.matches / "in the way").mkdir(parents=True)
    paths.told.parent.mkdir()
    paths.told.write_text("x")
    assert not paths.erase_files()
    assert not paths.told.exists()


@pytest.mark.skipif(os.name != "posix", reason="a folder's rights are the user's anyway")
def test_a_folder_is_made_for_this_users_eyes_and_one_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    old.chmod(0o755)
    assert [made(folder) for folder in (tmp_path / "new", old)] == [True, True]
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (tmp_path / "new", old)] == [0o700, 0o755]


def test_a_folder_that_cannot_be_made_is_no_exception(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert made(tmp_path / "new" / "folder")
    assert not made(tmp_path / "file" / "folder")


@pytest.mark.parametrize("inside", [True, False])
def test_the_built_in_routines_are_those_of_the_package_else_those_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: bool
) -> None:
    package = tmp_path / "guide"
    (package / "routines" if inside else package).mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(package / "store" / "paths.py"))
    assert builtin_folder() == (package if inside else tmp_path) / "routines"


def test_the_built_in_routines_are_found() -> None:
    assert (builtin_folder() / "hands-on-pumping.yaml").is_file()
