"""What an archive brought is taken back, one kind of thing at a time: what goes, what stays, and how that is told."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from guide.store.log.log import Log
from guide.store.log.waiting import WaitingSession
from guide.store.paths import Paths
from guide.store.routines.library import Library
from guide.store.settings import Settings
from guide.store.taking_back import Brought, mark_of, marked, take_back
from tables import each_row

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
CAME = "as it came"
GONE = "deleted since"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    log = Log.open(tmp_path / "sessions.db", now=lambda: NOW)
    yield log
    log.close()


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@each_row(
    ("came", "since", "left", "stays"),
    [
        (["drafts/a.yaml"], {}, "", []),
        (["drafts/a.yaml"], {"drafts/a.yaml": GONE}, "", []),
        (["drafts/a.yaml", "drafts/b.yaml"], {"drafts/a.yaml": "hers"}, "1 unfinished edit", ["drafts/a.yaml"]),
        (
            ["drafts/a.yaml", "drafts/b.yaml"],
            {"drafts/a.yaml": "hers", "drafts/b.yaml": "hers"},
            "2 unfinished edits",
            ["drafts/a.yaml", "drafts/b.yaml"],
        ),
        (["drafts/stuck.yaml"], {}, "1 unfinished edit", ["drafts/stuck.yaml"]),
        (["routines/a.yaml", "routines/b.yaml"], {"routines/a.yaml": "name: hers"}, "1 routine", ["routines/a.yaml"]),
        (["routines/a.yaml", "routines/b.yaml"], {"routines/a.yaml": GONE}, "", []),
        (["routines/a.yaml"], {"trash": "no folder"}, "1 routine", ["routines/a.yaml", "trash"]),
        (["routines/a.wav", "routines/sounds/b.wav"], {}, "", []),
        (["routines/a.wav"], {"routines/a.wav": "hers"}, "1 sound file", ["routines/a.wav"]),
        (
            ["routines/a.wav", "routines/more/stuck.wav", "routines/more/c.wav"],
            {"routines/a.wav": "hers"},
            "2 sound files",
            ["routines/a.wav", "routines/more/stuck.wav"],
        ),
        (["words.npz"], {"words.npz": GONE}, "", []),
        (["voices/a/voice.json", "voices/b/voice.json"], {}, "", []),
        (
            ["voices/a/prompts/1.wav", "voices/a/voice.json", "voices/b/voice.json"],
            {"voices/a/voice.json": "hers"},
            "1 voice",
            ["voices/a/prompts/1.wav", "voices/a/voice.json"],
        ),
        (
            ["voices/a/voice.json", "voices/b/stuck", "voices/c/voice.json", "voices/d/voice.json"],
            {"voices/a/voice.json": "hers", "voices/c/voice.json": "hers"},
            "3 voices",
            ["voices/a/voice.json", "voices/b/stuck", "voices/c/voice.json"],
        ),
        (["voices/a/stuck", "voices/b/stuck"], {}, "2 voices", ["voices/a/stuck", "voices/b/stuck"]),
        (["voices/a/stuck", "voices/b/voice.json"], {}, "1 voice", ["voices/a/stuck"]),
        (["voices/a/voice.json"], {"voices/a/of hers": "kept"}, "", ["voices/a/of hers"]),
    ],
)
def test_what_is_as_it_came_is_deleted_and_what_stays_is_counted(
    tmp_path: Path,
    log: Log,
    monkeypatch: pytest.MonkeyPatch,
    came: list[str],
    since: Mapping[str, str],
    left: str,
    stays: list[str],
) -> None:
    unlink = Path.unlink

    def refuses(path: Path, missing_ok: bool = False) -> None:
        if path.stem == "stuck":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        unlink(path, missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuses)
        home = tmp_path / "_".join([*came, *since]).replace("/", "-")
        paths = Paths.of(home)
        for name in came:
            put(paths.data / name, CAME)
        brought = {name: marked([paths.data / name])[0] for name in came}
        for name, now in since.items():
            (paths.data / name).unlink() if now is GONE else put(paths.data / name, now)

        def those(begins: str, ends: str = "") -> tuple[tuple[Path, str], ...]:
            return tuple(one for name, one in brought.items() if name.startswith(begins) and name.endswith(ends))

        taken = take_back(
            Brought(
                routines=tuple((path.stem, mark) for path, mark in those("routines", ".yaml")),
                sounds=those("routines", ".wav"),
                drafts=those("drafts"),
                others=(*those("voices"), *those("words")),
            ),
            log,
            Library(home / "none", paths.own_routines, trash=paths.trash),
            paths,
            Settings(),
        )
    told = f"Not taken back, as it was changed since or cannot be deleted: {left}."
    assert taken.left == (told if left else "")
    files = {path.relative_to(paths.data).as_posix() for path in paths.data.rglob("*") if path.is_file()}
    assert {name for name in files if not name.startswith("trash/")} == {*stays}
    assert not list(paths.own_routines.glob("sounds"))
    assert {path.name for path in paths.recordings.glob("*")} == {
        Path(name).parts[1] for name in stays if "voic" in name
    }


def test_sessions_that_stay_are_counted_with_one_that_waited(tmp_path: Path, log: Log) -> None:
    came = log.add_by_hand(note="x")
    waited = log.add_by_hand(note="y")
    log.save_note(came.id, note="hers")
    waiting = WaitingSession(waited, "", timedelta(0), NOW, ())
    paths = Paths.of(tmp_path)
    left = take_back(
        Brought(sessions=(came,), waiting=waiting), log, Library(tmp_path / "none", tmp_path / "own"), paths, Settings()
    ).left
    assert left == "Not taken back, as it was changed since or cannot be deleted: 2 sessions."


def test_what_cannot_be_read_has_no_mark_and_is_not_taken_back(tmp_path: Path) -> None:
    put(tmp_path / "one", "x")
    assert (mark_of(tmp_path), mark_of(tmp_path / "none")) == ("", "")
    assert marked([tmp_path, tmp_path / "one", tmp_path / "none"]) == ((tmp_path / "one", mark_of(tmp_path / "one")),)
