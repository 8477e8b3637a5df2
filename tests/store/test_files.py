"""Files: ordinary ones are read, others are refused at once, and what is written is written whole."""

from __future__ import annotations

import dataclasses
import json
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from guide.store.bringing.look import read_in
from guide.store.files import NotAFileError, need_ordinary, open_ordinary, read_ordinary, write_whole
from guide.store.log.log import Log
from guide.store.routines.entry import LibraryError
from guide.store.routines.library import Library
from guide.store.routines.reader import read_file
from guide.store.settings import Settings, load, save

GOOD = "name: a\nsteps: [{kind: rest, duration: 1 min}]\n"
POSIX = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")


def at_once(action: Callable[[], object]) -> list[object]:
    """What an action answers; it fails here, rather than hang the run, where it waits for a pipe's other end."""
    answers: list[object] = []

    def run() -> None:
        try:
            answers.append(action())
        except Exception as error:  # noqa: BLE001  looked at by the test
            answers.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(20)
    assert not thread.is_alive(), "it waits for the pipe"
    return answers


@pytest.fixture(params=["a pipe", "a folder", "a link to a pipe", "a device"])
def odd(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "odd.yaml"
    match request.param:
        case "a pipe":
            os.mkfifo(path)
        case "a folder":
            path.mkdir()
        case "a link to a pipe":
            os.mkfifo(tmp_path / "pipe")
            path.symlink_to(tmp_path / "pipe")
        case _:
            path.symlink_to("/dev/zero")
    return path


@POSIX
def test_what_is_no_ordinary_file_is_refused_at_once(odd: Path) -> None:
    for action in (
        lambda: open_ordinary(odd),
        lambda: read_ordinary(odd, 10),
        lambda: need_ordinary(odd),
        lambda: write_whole(odd, b"x"),
    ):
        (answer,) = at_once(action)
        assert isinstance(answer, NotAFileError)


@POSIX
def test_every_reader_of_ours_answers_for_it_in_a_sentence(odd: Path, tmp_path: Path) -> None:
    (reading,) = at_once(lambda: read_file(odd))
    assert "ordinary file" in str(reading)
    (settings,) = at_once(lambda: load(odd))
    assert settings == (Settings(), ["odd.yaml is not a file; your settings are the usual ones for now."])
    (brought,) = at_once(lambda: read_in([odd])[0].trouble)
    assert brought in {"it cannot be read: it is not an ordinary file", "it is a folder; name the files in it"}
    library = Library(tmp_path / "builtin", tmp_path / "own", cache=odd)
    (refused,) = at_once(lambda: library.import_file(odd))
    assert isinstance(refused, LibraryError)
    assert at_once(library.summaries) == [[]]


@POSIX
@pytest.mark.parametrize("name", ["sessions.db", "sessions.db-wal", "sessions.db-shm"])
def test_a_pipe_where_the_log_is_kept_is_told_and_the_session_goes_on(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)

    def use() -> tuple[str, list[str]]:
        log = Log.open(tmp_path / "sessions.db")
        log.add_by_hand(note="mine")
        notes = [one.note for one in log.records()]
        told = log.trouble.message if log.trouble else ""
        log.close()
        return told, notes

    (answer,) = at_once(use)
    assert isinstance(answer, tuple)
    assert "is not an ordinary file, so the session log cannot be kept there just now." in answer[0]
    assert answer[1] == ["mine"]
    assert stat.S_ISFIFO((tmp_path / name).stat().st_mode)


def test_a_left_over_of_a_kill_is_no_obstacle_whatever_it_is(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    left_over = tmp_path / ".settings.json.unfinished"
    left_over.write_bytes(b"half")
    write_whole(path, b"one")
    if hasattr(os, "mkfifo"):
        os.mkfifo(left_over)
        write_whole(path, b"two")
    left_over.symlink_to(tmp_path / "elsewhere")
    write_whole(path, b"three")
    assert path.read_bytes() == b"three"
    assert [one.name for one in tmp_path.iterdir()] == ["settings.json"]


def test_a_name_of_the_greatest_length_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 250 + ".yaml")
    write_whole(path, b"whole")
    assert path.read_bytes() == b"whole"


NAMES = [b"caf\xe9.yaml", "café.yaml".encode(), b"two\nlines.yaml", "\u200b.yaml".encode(), b"-rf.yaml", b" .yaml"]


@pytest.mark.skipif(os.name == "nt", reason="names are text on Windows")
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_any_name_that_the_system_allows_works(tmp_path: Path, name: bytes) -> None:
    own = tmp_path / "own"
    own.mkdir()
    path = own / os.fsdecode(name)
    path.write_text(GOOD)
    library = Library(tmp_path / "builtin", own, cache=tmp_path / "cache.json")
    (entry,) = library.entries()
    assert library.find(entry.id).routine is not None
    assert [one.id for one in library.summaries()] == [one.id for one in library.summaries()] == [entry.id]
    log = Log.open(tmp_path / "sessions.db")
    record = log.add_by_hand(routine_id=entry.id, routine_name=entry.name)
    assert log.count(routine=entry.id) == 1
    assert log.last_first_side(entry.id) is None
    assert log.volumes(entry.id, limit=1) == []
    assert log.record(record.id) is not None
    log.close()
    copy = library.duplicate(entry.id)
    assert library.entry(copy).routine is not None
    assert library.import_file(path)


def test_settings_hold_a_path_of_any_bytes(tmp_path: Path) -> None:
    photo = os.fsdecode(b"/home/caf\xe9.jpg")
    save(tmp_path / "settings.json", Settings(photos=(photo, "/a　b.jpg")))
    assert load(tmp_path / "settings.json") == (Settings(photos=(photo, "/a　b.jpg")), [])


@pytest.mark.parametrize("key", sorted({field.name for field in dataclasses.fields(Settings)} - {"daily_goal"}))
def test_half_a_character_in_any_setting_does_not_keep_the_others_from_being_saved(key: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({key: "\ud800", "daily_goal": 7}))
    settings, told = load(path)
    save(path, settings)
    assert load(path) == (settings, [])
    assert settings.daily_goal == 7
    assert len(told) == 1


@pytest.mark.parametrize("bad", [7, None, "x\ny", "y" * 9_000, [], {}, "\ud800"])
def test_one_bad_entry_is_dropped_and_not_its_list(tmp_path: Path, bad: object) -> None:
    path = tmp_path / "settings.json"
    held = {"photos": ["/a.jpg", bad, "/b.jpg"], "hidden": [bad, "calm"], "learned_keys": {"next": ["F13", bad]}}
    path.write_text(json.dumps(held))
    settings, told = load(path)
    assert (settings.photos, settings.hidden) == (("/a.jpg", "/b.jpg"), ("calm",))
    assert settings.learned_keys == {"next": ("F13",)}
    assert told == [
        f"In settings.json, one entry of '{key}' could not be read; the others are in use."
        for key in ("photos", "hidden", "learned_keys")
    ]
