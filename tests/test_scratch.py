"""The temporary folder: one of a killed program is taken away at the next start, one of a living program never."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from guide.scratch import PREFIX, leave, scratch_folder, sweep

PROGRAM = """
import sys
from guide.scratch import scratch_folder
(scratch_folder() / "silence.wav").write_bytes(b"x")
print(scratch_folder(), flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    leave()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield tmp_path
    leave()


@contextmanager
def another(temporary: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    environment = {**os.environ, "TMPDIR": str(temporary), "TEMP": str(temporary), "TMP": str(temporary)}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        yield program, Path(program.stdout.readline().strip())
        program.kill()


def test_the_folder_of_a_killed_program_is_swept_and_that_of_a_living_one_never(temporary: Path) -> None:
    with another(temporary) as (_living, kept), another(temporary) as (killed, left):
        killed.kill()
        killed.wait()
        assert left.is_dir()
        sweep()
        assert not left.exists()
        assert (kept / "silence.wav").is_file()


def test_a_program_that_ends_leaves_nothing(temporary: Path) -> None:
    with another(temporary) as (program, folder):
        program.communicate("")
        assert program.returncode == 0
        assert not folder.exists()


def test_a_programs_own_folder_outlives_its_own_sweep() -> None:
    folder = scratch_folder()
    sweep()
    assert folder.is_dir()
    leave()
    assert not folder.exists()


def test_a_folder_that_a_cleaner_of_temporary_files_took_is_made_anew_with_its_mark(temporary: Path) -> None:
    """It may stay open for weeks; macOS takes what nobody looked at for three days, Linux after ten or thirty."""
    first = scratch_folder()
    shutil.rmtree(first)
    second = scratch_folder()
    assert second.is_dir()
    assert scratch_folder() == second
    with subprocess.Popen(
        [sys.executable, "-c", "from guide.scratch import sweep; sweep()"], env={**os.environ, "TMPDIR": str(temporary)}
    ) as other:
        assert other.wait(20) == 0
    assert second.is_dir()
    leave()
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("kind", ["no mark", "a folder for a mark", "a file", "a link", "a pipe for a mark"])
def test_what_is_not_known_to_be_left_behind_stays(temporary: Path, kind: str) -> None:
    place, elsewhere = temporary / f"{PREFIX}abc", temporary / "hers"
    elsewhere.mkdir()
    (elsewhere / "alive").touch()
    match kind:
        case "no mark":
            place.mkdir()
        case "a folder for a mark":
            (place / "alive").mkdir(parents=True)
        case "a file":
            place.touch()
        case "a link":
            place.symlink_to(elsewhere)
        case _:
            if not hasattr(os, "mkfifo"):
                pytest.skip("no pipes with a name")
            place.mkdir()
            os.mkfifo(place / "alive")
    sweep()
    assert place.exists()
    assert (elsewhere / "alive").exists()
