"""
The real program and SIGKILL: nothing acknowledged is lost, and the next start offers the session that was cut off.

`GUIDE_KILLS=150` kills that often each; otherwise a few times, for every push.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from evenings import Evening
from guide.core.commands import Entered
from guide.core.session import Finished
from guide.pages.session.welcome import WelcomeBack
from guide.store.log.log import Log
from guide.store.paths import Paths
from guide.store.routines.library import Library
from guide.store.routines.reader import laid_out, read
from guide.store.settings import Settings, SoreCheck, save

KILLS: Final = int(os.environ.get("GUIDE_KILLS", "3"))
SPEED: Final = 20
LENGTH: Final = 60.0 / SPEED  # seconds that the routine takes
ROUTINE: Final = """\
name: Short
steps:
  - {kind: pump, duration: 20 s, say: One.}
  - {kind: rest, duration: 20 s, say: Two.}
  - {kind: pump, duration: 20 s, say: Three.}
"""
HERE: Final = Path(__file__).parent

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL"),
    pytest.mark.timeout(60 + 60 * KILLS),
]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.of(tmp_path / "home")


def furnished(paths: Paths) -> None:
    paths.own_routines.mkdir(parents=True, exist_ok=True)
    (paths.own_routines / "short.yaml").write_text(ROUTINE, encoding="utf-8")
    well = SoreCheck(datetime.now().astimezone().date(), sore=False)
    save(paths.settings, Settings(voice_on=False, chimes_on=False, full_screen_at_start=False, sore_check=well))


@contextmanager
def started(*words: object) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(HERE.parent.parent)}
    with subprocess.Popen(
        [sys.executable, *map(str, words)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        try:
            yield program
        finally:
            program.kill()


def acknowledged(trace: Path) -> list[dict[str, object]]:
    """What was traced, and so told: a line cut short by the kill was not."""
    lines = trace.read_bytes().split(b"\n")[:-1] if trace.exists() else []
    return [json.loads(line) for line in lines]


def killed_at(program: subprocess.Popen[str], trace: Path, moment: float) -> None:
    """Let it live until its session began, and so many seconds more."""
    over = time.monotonic() + 60
    while not acknowledged(trace):
        assert program.poll() is None, program.communicate()[1]
        assert time.monotonic() < over, "no session began"
        time.sleep(0.005)
    time.sleep(moment)
    program.kill()
    _out, err = program.communicate()
    assert "Traceback" not in err, err


def moments(seed: int) -> list[float]:
    """Any time of a session, and as often about its end, where it is finished and written down."""
    instants = random.Random(seed)
    return [
        instants.uniform(0, LENGTH) if number % 2 else LENGTH + instants.uniform(-0.1, 0.3) for number in range(KILLS)
    ]


@pytest.mark.parametrize("way", ["play", "window"])
def test_a_session_killed_at_any_moment_is_offered_again_or_was_written_down(
    way: str, tmp_path: Path, qtbot: QtBot
) -> None:
    cut_off: Paths | None = None
    for number, moment in enumerate(moments(len(way))):
        paths = Paths.of(tmp_path / f"home{number}")
        furnished(paths)
        trace = tmp_path / f"trace{number}"
        own = ["play", "short", "--silent"] if way == "play" else ["open", "short", "--start"]
        home = paths.data.parent
        with started("-m", "guide", "--home", home, *own, "--speed", SPEED, "--trace", trace) as program:
            killed_at(program, trace, moment)
        told = acknowledged(trace)
        log = Log.open(paths.log, plan_of=laid_out)
        found = log.unfinished()
        records = log.records()
        assert (log.notices, log.trouble, log.sound()) == ([], None, True), moment
        log.close()
        if any(one["event"] == "ended" for one in told) or found is None:
            assert found is None, moment
            (record,) = records
            assert len(record.steps) == 3, moment
            assert record.complete, moment
        else:
            plan = laid_out(found.routine_text, found.first_side)
            assert plan is not None
            session = found.session(plan)
            assert not isinstance(session, Finished), moment
            entered = [entry["step"] for entry in told if entry["event"] == "entered"]
            journal = Log.open(paths.log, plan_of=laid_out)
            steps = [entry.index + 1 for _, entry in journal.journal(found.session_id) if isinstance(entry, Entered)]
            journal.close()
            assert set(entered) <= set(steps), moment
            cut_off = paths
    assert cut_off is not None
    night = Evening(cut_off, qtbot, wall=datetime.now().astimezone()).begin()
    assert isinstance(night.made.tools.window.dialog, WelcomeBack)
    night.end()


def begun(trace: Path, program: subprocess.Popen[str]) -> None:
    over = time.monotonic() + 60
    while not acknowledged(trace):
        assert program.poll() is None, program.communicate()[1]
        assert time.monotonic() < over, "no session began"
        time.sleep(0.02)


def read_in_a_terminal(*words: object, until: str) -> str:
    """What a program says in a terminal of its own, up to some words; then it is killed."""
    ours, its = os.openpty()
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent.parent), "TERM": "xterm"}
    said, over = "", time.monotonic() + 60
    with subprocess.Popen([sys.executable, *map(str, words)], env=environment, stdin=its, stdout=its, stderr=its) as it:
        os.close(its)
        try:
            while until not in said and time.monotonic() < over:
                said = " ".join((said + os.read(ours, 4096).decode(errors="replace")).split())
        finally:
            it.kill()
            os.close(ours)
    return said


def test_a_terminal_beside_a_window_that_plays_leaves_its_session_alone_and_takes_it_up_once_that_is_killed(
    tmp_path: Path, paths: Paths
) -> None:
    furnished(paths)
    home, trace = paths.data.parent, tmp_path / "trace"
    play = ("-m", "guide", "--home", home, "play", "short", "--silent")
    with started("-m", "guide", "--home", home, "open", "short", "--start", "--trace", trace) as window:
        begun(trace, window)
        beside = read_in_a_terminal(*play, until="1 of 3")
        assert "Short is going on just now in another window or terminal" in beside
        assert "stopped in" not in beside
        log = Log.open(paths.log, plan_of=laid_out)
        assert log.played_elsewhere() == "Short"
        log.close()
        window.kill()
        window.wait()
    assert "stopped in" in read_in_a_terminal(*play, until="stopped in")


def test_a_window_beside_a_terminal_that_plays_offers_its_session_only_once_that_is_killed(
    tmp_path: Path, paths: Paths, qtbot: QtBot
) -> None:
    furnished(paths)
    home, trace = paths.data.parent, tmp_path / "trace"
    with started("-m", "guide", "--home", home, "play", "short", "--silent", "--trace", trace) as terminal:
        begun(trace, terminal)
        night = Evening(paths, qtbot, wall=datetime.now().astimezone()).begin()
        assert night.made.tools.window.dialog is None
        assert "Short is going on just now" in night.made.tools.window.toast.words.text()
        night.end()
        terminal.kill()
        terminal.wait()
    later = Evening(paths, qtbot, wall=datetime.now().astimezone()).begin()
    assert isinstance(later.made.tools.window.dialog, WelcomeBack)
    later.end()


def test_the_editor_killed_while_it_saves_keeps_every_name_it_told_of(paths: Paths) -> None:
    instants = random.Random(7)
    furnished(paths)
    own, draft = paths.own_routines / "short.yaml", paths.drafts / "short.yaml"
    for _ in range(KILLS):
        own.write_text(ROUTINE, encoding="utf-8")
        draft.unlink(missing_ok=True)
        with started(HERE / "saver.py", paths.data.parent) as program:
            assert program.stdout is not None
            told = [int(program.stdout.readline()) for _ in range(instants.randrange(1, 20))]
            time.sleep(instants.uniform(0, 0.05))
            program.kill()
            told += map(int, program.communicate()[0].splitlines(keepends=True)[:-1])
        names = []
        for path in (own, draft):
            if path.exists():
                reading = read(path.read_text(encoding="utf-8"), path)
                assert reading.routine is not None, path.read_text(encoding="utf-8")
                names.append(int(reading.routine.name.removeprefix("Name ")) if "Name" in reading.routine.name else -1)
        assert max(names) >= max(told)
        library = Library(paths.data / "none", paths.own_routines, trash=paths.trash, cache=paths.summaries)
        assert [entry.id for entry in library.entries()] == ["short"]


def test_finish_killed_while_she_notes_keeps_every_note_it_told_of(paths: Paths) -> None:
    instants = random.Random(8)
    furnished(paths)
    for count in range(1, KILLS + 1):
        with started(HERE / "noter.py", paths.data.parent) as program:
            assert program.stdout is not None
            told = [int(program.stdout.readline()) for _ in range(instants.randrange(1, 20))]
            time.sleep(instants.uniform(0, 0.05))
            program.kill()
            told += map(int, program.communicate()[0].splitlines(keepends=True)[:-1])
        log = Log.open(paths.log, plan_of=laid_out)
        records = log.records()
        assert (len(records), log.notices, log.trouble, log.sound()) == (count, [], None, True)
        log.close()
        last = records[0]
        kept = int(last.note.removeprefix("Note "))
        assert kept >= max(told)
        assert last.left_ml in {kept % 900, (kept + 1) % 900}


# files of ours that are not what they were

DAMAGES: Final = ("nothing", "NULs", "half", "noise", "newer", "a folder", "a pipe", "a dangling link")
FILES: Final = ("settings", "log", "summaries", "matches", "words", "routine", "draft")
TRIED: Final = len(DAMAGES) if len(DAMAGES) <= KILLS else 4  # of each file; another half for each, so that all are seen
TOLD: Final = ("settings", "log")  # whose loss she would notice: a sentence for each kind of damage but a missing file


FOLDERS_OF_OURS: Final = {"own_routines", "trash", "drafts", "voices", "recordings"}
HELD_ELSEWHERE: Final = {"socket", "told", "places"}  # tests/live/test_single, store/test_told, kit/test_file_dialog


def test_no_file_of_ours_is_left_out() -> None:
    named = {name for name, value in vars(Paths).items() if isinstance(value, property)}
    assert named - FOLDERS_OF_OURS - HELD_ELSEWHERE == set(FILES) - {"routine", "draft"}


def place_of(file: str, paths: Paths) -> Path:
    match file:
        case "routine":
            return paths.own_routines / "short.yaml"
        case "draft":
            return paths.drafts / "short.yaml"
        case _:
            found = getattr(paths, file)
            assert isinstance(found, Path)
            return found


def damage(path: Path, how: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.is_file() else b""
    path.unlink(missing_ok=True)
    match how:
        case "nothing":
            path.touch()
        case "NULs":
            path.write_bytes(bytes(4096))
        case "half":
            path.write_bytes(before[: len(before) // 2])
        case "noise":
            path.write_bytes(random.Random(1).randbytes(4096))
        case "newer" if before.startswith(b"SQLite"):
            path.write_bytes(before)
            with closing(sqlite3.connect(path)) as db:
                db.execute("PRAGMA user_version = 999")
        case "newer":
            path.write_bytes(b'{"format": 999, "version": 999}')
        case "a folder":
            path.mkdir()
        case "a pipe":
            os.mkfifo(path)
        case _:
            path.symlink_to(path.with_name("nowhere"))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that the program was used in once."""
    home = tmp_path_factory.mktemp("template")
    paths = Paths.of(home)
    furnished(paths)
    Log.open(paths.log, plan_of=laid_out).close()
    Library(paths.data / "none", paths.own_routines, trash=paths.trash, cache=paths.summaries).entries()
    (paths.drafts).mkdir(parents=True, exist_ok=True)
    (paths.drafts / "short.yaml").write_text(ROUTINE.replace("One.", "Once."), encoding="utf-8")
    return home


@pytest.mark.parametrize("file", FILES)
def test_with_a_file_that_is_not_what_it_was_the_window_opens_and_tells_one_sentence(
    file: str, template: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    first = FILES.index(file) * TRIED
    for number in range(first, first + TRIED):
        how = DAMAGES[number % len(DAMAGES)]
        home = tmp_path / f"home{number}"
        shutil.copytree(template, home)
        paths = Paths.of(home)
        damage(place_of(file, paths), how)
        night = Evening(paths, qtbot, wall=datetime.now().astimezone()).begin()
        window = night.made.tools.window
        assert window.isVisible(), how
        assert night.here == "routines", how
        sentences = [label.text() for label in window.banner.findChildren(QLabel) if label.text()]
        assert len(sentences) <= 1, (how, sentences)
        if file in TOLD and how != "a dangling link":
            assert len(sentences) == 1, how
        night.end()


FOLDERS: Final = ("data", "config", "cache", "run", "data/drafts", "data/routines", "data/voices")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="whoever may do everything needs no rights")
@pytest.mark.parametrize("folder", FOLDERS)
def test_with_a_folder_without_rights_the_window_opens_and_is_heard_to_say_so_once(
    folder: str, template: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    home = tmp_path / "home"
    shutil.copytree(template, home)
    closed = home / folder
    closed.mkdir(parents=True, exist_ok=True)
    closed.chmod(0)
    try:
        night = Evening(Paths.of(home), qtbot, wall=datetime.now().astimezone()).begin()
        assert night.made.tools.window.isVisible()
        assert night.here == "routines"
        sentences = [label.text() for label in night.made.tools.window.banner.findChildren(QLabel) if label.text()]
        assert len(sentences) <= 1, sentences
        night.end()
    finally:
        closed.chmod(0o700)
