"""Where a window can open, and the sentence where none can; libraries that are missing are named at once."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from guide import calling, desktop, packages
from guide.cli import main
from tables import each_row

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="libraries and displays of Linux")
NOWHERE = {"DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM"}


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in NOWHERE}
    return subprocess.run(
        [sys.executable, "-m", "guide", *arguments], capture_output=True, text=True, env=kept | environment, check=False
    )


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Libraries that a system with every other one pretends not to have; which are installed here does not matter."""
    gone: set[str] = set()
    needs = {"libqxcb.so": (*packages.EVERYWHERE, *packages.ON_X)}

    def load(name: str) -> None:
        for library in (name, *needs.get(Path(name).name, ())):
            if library in gone:
                raise OSError(f"{library}: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(ctypes, "CDLL", load)
    monkeypatch.setattr(desktop, "_answers", lambda *_: True)
    return gone


@each_row("column", [manager.column for manager in packages.MANAGERS])
@each_row("library", packages.PACKAGES)
def test_every_library_has_a_package_of_every_distribution(library: str, column: str) -> None:
    assert packages.packages_of([library], column) == [packages.PACKAGES[library][column]]
    assert packages.PACKAGES[library][column]


@pytest.mark.parametrize("count", [1, 2, 5, None])
def test_all_that_is_missing_is_named_at_once(without: set[str], count: int | None) -> None:
    gone = [*packages.EVERYWHERE, *packages.ON_X][:count] if count else [*packages.EVERYWHERE, *packages.ON_X]
    without.update(gone)
    told = desktop.look({"DISPLAY": ":0"}).trouble
    column = packages.manager()
    for name in packages.packages_of(gone, column.column if column else "apt"):
        assert name in told
    assert len(told.splitlines()) == 1


def test_a_library_that_lacks_another_is_not_blamed(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: str) -> None:
        if name in packages.ON_X:
            raise OSError("libxcb-render.so.0: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(ctypes, "CDLL", load)
    assert packages.missing(packages.ON_X) == ["libxcb-render.so.0"]


def test_what_is_read_after_the_painting_is_looked_for_before_it(without: set[str]) -> None:
    without.add("libgssapi_krb5.so.2")
    assert "libgssapi" in desktop.look({"DISPLAY": ":0"}).trouble


def test_a_display_without_an_answer_is_no_reason_to_install_anything(without: set[str]) -> None:
    without.update(packages.ON_WAYLAND)
    assert desktop.look({"QT_QPA_PLATFORM": "offscreen", "WAYLAND_DISPLAY": "dead"}).trouble == ""


@pytest.mark.parametrize("asked", ["nonsense", "nonsense;rubbish", "xcb", "wayland", "eglfs:x", " "])
def test_a_platform_that_cannot_be_is_told_in_a_sentence(asked: str, tmp_path: Path) -> None:
    told = program("--home", str(tmp_path), QT_QPA_PLATFORM=asked)
    assert told.returncode == 1
    assert len(told.stderr.splitlines()) == 1
    assert calling.EXAMPLE in told.stderr


@pytest.mark.parametrize("name", ["wayland-7", "/nowhere/wayland-0", "x" * 300])
def test_a_wayland_display_that_is_dead_is_told_in_a_sentence(name: str, tmp_path: Path) -> None:
    told = program("--home", str(tmp_path), WAYLAND_DISPLAY=name)
    assert (told.returncode, len(told.stderr.splitlines())) == (1, 1)
    assert "display" in told.stderr


def test_a_wayland_display_that_never_answers_is_left_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop, "PATIENCE", 0.05)
    with socket.socket(socket.AF_UNIX) as frozen:
        frozen.bind(str(tmp_path / "wayland-0"))
        frozen.listen()
        found = desktop.look({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)})
    assert "no display" in found.trouble


def test_an_x_server_that_never_answers_is_left_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desktop, "PATIENCE", 0.05)
    monkeypatch.setattr(desktop, "_x_answers", lambda: not threading.Event().wait(1))
    assert "no display" in desktop.look({"DISPLAY": ":0"}).trouble


def test_from_a_dead_display_the_window_goes_to_the_living_one(
    without: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert without == set()
    monkeypatch.setattr(desktop, "_answers", lambda name, _: name == "xcb")
    found = desktop.look({"WAYLAND_DISPLAY": "dead", "DISPLAY": ":0"})
    assert (found.platform, found.trouble) == ("xcb", "")
    assert "WAYLAND_DISPLAY" in found.notice
    found = desktop.look({"QT_QPA_PLATFORM": "wayland", "DISPLAY": ":0"})
    assert (found.platform, found.trouble) == ("xcb", "")
    assert "QT_QPA_PLATFORM" in found.notice


def test_a_card_is_printed_whatever_the_platform_asked_for(tmp_path: Path) -> None:
    told = program("card", "power-pumping", "-o", str(tmp_path / "card.pdf"), QT_QPA_PLATFORM="nonsense")
    assert told.returncode == 0, told.stderr
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("argv", "environment", "called"),
    [
        (["/usr/lib/x/guide/__main__.py"], {}, f"{sys.orig_argv[0]} -m guide"),
        ([".venv/bin/pumping-guide"], {}, ".venv/bin/pumping-guide"),
        ([".venv/bin/pumping-guide-window"], {}, ".venv/bin/pumping-guide"),
        (["/a folder/pumping-guide"], {}, "'/a folder/pumping-guide'"),
        (["pytest"], {}, "pumping-guide"),
        (["x"], {calling.STARTER: "python3 start.py"}, "python3 start.py"),
    ],
)
def test_a_hint_says_how_the_program_was_called(
    argv: list[str], environment: dict[str, str], called: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(calling.STARTER, raising=False)
    monkeypatch.setattr(sys, "argv", argv)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert calling.called() == called


def test_the_routine_of_a_hint_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", calling.EXAMPLE]) == 0
    assert capsys.readouterr().out
