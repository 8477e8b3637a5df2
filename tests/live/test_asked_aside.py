"""File manager and printers: asked through programs that may be missing, fail or never answer."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from guide.live import printing, reveal
from guide.live.aside import in_a_thread
from guide.live.printing import printers, send
from guide.live.reveal import Revealer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="programs of Linux and macOS")
Programs = Callable[..., None]


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """Scripts in place of the system's programs, by their names; the others are not there."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def write(**scripts: str) -> None:
        for name, script in scripts.items():
            file = folder / name.replace("_", "-")
            file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            file.chmod(0o755)

    return write


def test_the_usual_printer_is_named_first(programs: Programs) -> None:
    programs(lpstat='if [ "$1" = -d ]; then echo "system default destination: Hall"; else echo Attic; echo Hall; fi')
    assert printers() == ["Hall", "Attic"]


@pytest.mark.parametrize("script", [None, "exit 1", "exec /bin/sleep 60"])
def test_where_no_printer_answers_there_is_none(
    programs: Programs, monkeypatch: pytest.MonkeyPatch, script: str | None
) -> None:
    monkeypatch.setattr(printing, "PATIENCE", 0.2)
    if script is not None:
        programs(lpstat=script, lp=script)
    assert printers() == []
    assert not send("Hall", "A card", write=lambda path: path.touch(), paint=lambda _: False)


def test_a_card_is_handed_to_the_printer_by_its_name(programs: Programs, tmp_path: Path) -> None:
    programs(lp=f'for each in "$@"; do echo "$each"; done > {tmp_path}/asked')
    assert send("Hall", "-d odd", write=lambda path: path.touch(), paint=lambda _: False)
    asked = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()
    assert asked[:4] == ["-d", "Hall", "-t", "-d odd"]
    assert not Path(asked[4]).exists()


def test_a_card_that_cannot_be_written_is_not_sent(programs: Programs) -> None:
    programs(lp="true")

    def refuse(path: Path) -> None:
        raise PermissionError(path)

    assert not send("Hall", "A card", write=refuse, paint=lambda _: False)


def test_a_folder_is_made_and_shown_and_what_went_wrong_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    shown: list[Path] = []

    def show(folder: Path) -> str | None:
        shown.append(folder)
        return None if len(shown) == 1 else "No file manager could be opened."

    monkeypatch.setattr(reveal, "reveal", show)
    work: list[Callable[[], None]] = []
    revealer = Revealer(run=work.append)
    revealer.told.connect(told.append)
    for _ in range(2):
        revealer.show(tmp_path / "routines")
    assert shown == []
    for each in work:
        each()
    assert shown == [tmp_path / "routines"] * 2
    assert (tmp_path / "routines").is_dir()
    assert told == ["No file manager could be opened."]


def test_no_module_asks_the_desktop_in_another_way() -> None:
    """Of the parts of Qt that wait for the desktop, each has one place, which says how it is asked aside."""
    root = Path(reveal.__file__).parents[1]
    places = {
        "QDesktopServices": set(),
        "QPrintDialog": set(),
        "QPrinterInfo": {"live/printing.py"},
        "QSystemTrayIcon": {"tray.py"},
        "QDBusConnection": {"live/media_keys.py"},
    }
    for name, allowed in places.items():
        found = {
            str(file.relative_to(root)).replace(os.sep, "/")
            for file in root.rglob("*.py")
            if name in file.read_text(encoding="utf-8")
        }
        assert found == allowed, name


def test_what_is_worked_out_aside_lets_the_window_go_on_within_a_millisecond() -> None:
    before = sys.getswitchinterval()
    worked = threading.Event()
    try:
        in_a_thread(worked.set)
        assert worked.wait(10)
        assert sys.getswitchinterval() <= 0.001
    finally:
        sys.setswitchinterval(before)
