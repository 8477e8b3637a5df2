"""File manager and printers: asked through programs that may be missing, fail or never answer."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject

from guide.live import permission, printing, reveal
from guide.live.aside import in_a_thread, let_finish, one_after_the_other
from guide.live.printing import printers, send
from guide.live.reveal import Revealer
from tables import each_row

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
    programs(lpstat='case "$1" in -d) echo "system default destination: Hall";; -e) echo Attic; echo Hall; esac')
    assert printers() == ["Hall", "Attic"]


def test_where_no_printer_is_named_none_is_asked_for_as_the_usual_one(programs: Programs, tmp_path: Path) -> None:
    programs(lpstat=f'echo "$@" >> {tmp_path}/asked; exit 1')
    assert printers() == []
    assert (tmp_path / "asked").read_text(encoding="utf-8") == "-e\n"


class Device:
    """A printer of Qt's on Windows, that remembers how it was set."""

    PrinterMode = SimpleNamespace(HighResolution="fine")

    def __init__(self, mode: str) -> None:
        self.told: list[object] = [mode]
        self.setPrinterName = self.setDocName = self.setFullPage = self.told.append


@pytest.mark.parametrize("taken", [True, False])
def test_on_windows_qt_names_the_printers_and_a_card_is_painted(monkeypatch: pytest.MonkeyPatch, taken: bool) -> None:
    info = SimpleNamespace(defaultPrinterName=lambda: "Hall", availablePrinterNames=lambda: ["Attic", "Hall"])
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("PySide6.QtPrintSupport.QPrinterInfo", info)
    monkeypatch.setattr("PySide6.QtPrintSupport.QPrinter", Device)
    assert printers() == ["Hall", "Attic"]
    painted: list[Any] = []

    def paint(device: object) -> bool:
        painted.append(device)
        return taken

    assert send("Hall", "A card", write=lambda path: path.touch(), paint=paint) is taken
    assert [device.told for device in painted] == [["fine", "Hall", "A card", True]]


@pytest.mark.parametrize("script", [None, "exit 1", "exec /bin/sleep 60"])
def test_where_no_printer_answers_there_is_none(
    programs: Programs, monkeypatch: pytest.MonkeyPatch, script: str | None
) -> None:
    monkeypatch.setattr(printing, "PATIENCE", 0.2)
    if script is not None:
        programs(lpstat=script, lp=script)
    assert printers() == []
    assert not send("Hall", "A card", write=lambda path: path.touch(), paint=lambda _: False)


def test_a_card_is_handed_to_the_printer_by_its_name(
    programs: Programs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(printing, "scratch_folder", lambda: tmp_path)
    programs(lp=f'for each in "$@"; do echo "$each"; done > {tmp_path}/asked')
    assert send("Hall", "-d odd", write=lambda path: path.touch(), paint=lambda _: False)
    asked = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()
    assert asked[:4] == ["-d", "Hall", "-t", "-d odd"]
    card = Path(asked[4])
    assert (card.parent.parent, card.name, card.exists()) == (tmp_path, "card.pdf", False)


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
    owner = QObject()
    revealer = Revealer(run=work.append, parent=owner)
    assert revealer.parent() is owner
    revealer.told.connect(told.append)
    for _ in range(2):
        revealer.show(tmp_path / "routines")
    assert shown == []
    for each in work:
        each()
    assert shown == [tmp_path / "routines"] * 2
    assert (tmp_path / "routines").is_dir()
    assert told == ["No file manager could be opened."]


@pytest.mark.parametrize("opens", [True, False])
def test_on_windows_the_system_shows_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, opens: bool) -> None:
    shown: list[Path] = []

    def start(folder: Path) -> None:
        shown.append(folder)
        if not opens:
            raise OSError("no shell")

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", start, raising=False)
    assert reveal.reveal(tmp_path) == (None if opens else SORRY.format(folder=tmp_path))
    assert shown == [tmp_path]


SORRY = "The files are in {folder}; no file manager could be opened."


@pytest.mark.parametrize(
    ("script", "opened"),
    [(None, False), ("exit 1", False), ("exit 0", True), ("exec /bin/sleep 60", True)],
    ids=["not there", "fails", "opens", "stays in the foreground"],
)
def test_a_folder_that_cannot_be_shown_is_named_in_a_sentence(
    programs: Programs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str | None, opened: bool
) -> None:
    monkeypatch.setattr(reveal, "PATIENCE", 0.2)
    monkeypatch.setattr(sys, "platform", "linux")
    if script is not None:
        programs(xdg_open=f'echo "$@" > {tmp_path}/asked; {script}')
    assert reveal.reveal(tmp_path / "two words") == (None if opened else SORRY.format(folder=tmp_path / "two words"))
    if script is not None:
        assert (tmp_path / "asked").read_text(encoding="utf-8") == f"{tmp_path}/two words\n"


def test_a_program_that_cannot_be_run_is_as_one_that_fails(programs: Programs, tmp_path: Path) -> None:
    programs(xdg_open="true", open="true", lpstat="true", lp="true")
    for program in (tmp_path / "programs").iterdir():
        program.write_bytes(b"\x7fELF nothing")
    assert reveal.reveal(tmp_path) == SORRY.format(folder=tmp_path)
    assert printers() == []


@pytest.mark.parametrize(("platform", "program"), [("linux", "xdg_open"), ("darwin", "open")])
def test_each_system_has_its_own_program_for_a_folder(
    programs: Programs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, program: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    programs(**{program: "true"})
    assert reveal.reveal(tmp_path) is None


@pytest.mark.parametrize(
    ("answer", "names"), [("true", []), ("printf 'Caf\\351\\n'", ["Caf\N{REPLACEMENT CHARACTER}"])]
)
def test_whatever_a_printer_is_called_it_can_be_named(programs: Programs, answer: str, names: list[str]) -> None:
    programs(lpstat=answer)
    assert printers() == names


@pytest.mark.parametrize("ask", [printers, lambda: reveal.reveal(Path("hers"))])
def test_a_program_of_the_system_reads_nothing_and_is_given_up_after_a_while(
    programs: Programs, monkeypatch: pytest.MonkeyPatch, ask: Callable[[], object]
) -> None:
    programs(lpstat="true", open="true", xdg_open="true")
    started: list[dict[str, Any]] = []

    def run(_command: list[str], **how: Any) -> SimpleNamespace:
        started.append(how)
        return SimpleNamespace(returncode=1)

    monkeypatch.setattr(subprocess, "run", run)
    ask()
    (how,) = started
    assert (how["stdin"], how["timeout"]) == (subprocess.DEVNULL, 8 if ask is printers else 10)
    if ask is not printers:
        assert (how["stdout"], how["stderr"]) == (subprocess.DEVNULL, subprocess.DEVNULL)


@pytest.mark.parametrize("answer", ["", "no system default destination", "system default destination: Gone"])
def test_without_a_usual_printer_they_stand_as_they_are_told(programs: Programs, answer: str) -> None:
    programs(lpstat=f'if [ "$1" = -d ]; then echo "{answer}"; else echo Attic; echo " Hall "; echo; fi')
    assert printers() == ["Attic", "Hall"]


def test_a_printer_that_says_nothing_took_the_card_and_programs_are_asked_in_english(
    programs: Programs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("HERS", "kept")
    programs(lp=f'echo "$LC_ALL $HERS" > {tmp_path}/asked')
    assert send("Hall", "A card", write=lambda path: path.touch(), paint=lambda _: False)
    assert (tmp_path / "asked").read_text(encoding="utf-8") == "C kept\n"


@each_row(
    ("platform", "there", "command"),
    [
        ("linux", ("gnome-control-center", "pavucontrol"), ("gnome-control-center", "sound")),
        ("linux", ("systemsettings", "pavucontrol"), ("systemsettings", "kcm_pulseaudio")),
        ("linux", ("pavucontrol",), ("pavucontrol",)),
        ("linux", (), None),
        ("win32", (), ("explorer.exe", "ms-settings:privacy-microphone")),
        ("darwin", (), ("open", "x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone")),
    ],
)
def test_the_settings_of_the_microphone_are_opened_where_a_program_for_them_is_there(
    platform: str, there: tuple[str, ...], command: tuple[str, ...] | None
) -> None:
    assert permission.opening(platform, lambda name: name if name in there else None) == command


def test_a_program_for_the_settings_is_run_by_itself_and_one_that_is_not_there_opens_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    permission.run(("nowhere, surely",))
    started: list[tuple[tuple[str, ...], dict[str, int]]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **streams: started.append((command, streams)))
    permission.run(("pavucontrol", "sound"))
    nothing = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    assert started == [(("pavucontrol", "sound"), nothing)]


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
    threads: list[threading.Thread] = []

    def work() -> None:
        threads.append(threading.current_thread())
        worked.set()

    try:
        in_a_thread(work)
        assert worked.wait(10)
        assert sys.getswitchinterval() <= 0.001
        assert [(thread.name, thread.daemon) for thread in threads] == [("aside", True)]
    finally:
        sys.setswitchinterval(before)


def test_work_under_way_is_waited_for_and_no_longer_than_was_said() -> None:
    goes_on, done = threading.Event(), threading.Event()

    def work() -> None:
        goes_on.wait()
        done.set()

    in_a_thread(work)
    assert not let_finish(0.001)
    goes_on.set()
    assert let_finish(60)
    assert done.is_set()


HANGS = """
import threading
from guide.live.aside import let_finish, one_after_the_other
run, begun = one_after_the_other(), threading.Event()
run(lambda: (begun.set(), threading.Event().wait()))
begun.wait()
print(let_finish(0.1))
"""


def test_a_program_ends_though_work_that_is_done_one_after_the_other_never_does() -> None:
    """As a photo on a disk in the network that answers no more."""
    ended = subprocess.run([sys.executable, "-c", HANGS], capture_output=True, timeout=30, check=True)
    assert ended.stdout.split() == [b"False"]


def test_work_is_done_one_after_the_other_on_one_thread_and_what_one_raises_is_none_of_the_next(
    caplog: pytest.LogCaptureFixture,
) -> None:
    run, done = one_after_the_other(), threading.Event()
    threads: list[threading.Thread] = []

    def fail() -> None:
        threads.append(threading.current_thread())
        raise ValueError("of this one")

    def work() -> None:
        threads.append(threading.current_thread())

    for each in (work, fail, work, done.set):
        run(each)
    assert done.wait(10)
    assert len(set(threads)) == 1
    assert threads[0].daemon
    assert "of this one" in caplog.text


def test_the_thread_ends_with_whoever_asked_for_it_and_the_work_under_way_is_waited_for_at_the_end() -> None:
    run, begun, goes_on = one_after_the_other(), threading.Event(), threading.Event()
    did: list[object] = []

    def work() -> None:
        did.append(threading.current_thread())
        begun.set()
        goes_on.wait()
        did.append("done")

    run(work)
    run(lambda: did.append("not begun any more"))
    assert begun.wait(10)
    assert not let_finish(0.001)
    goes_on.set()
    assert let_finish(60)
    thread = did.pop(0)
    assert isinstance(thread, threading.Thread)
    assert (did, thread.is_alive()) == (["done"], False)
    run(lambda: did.append("nor this"))
    other = one_after_the_other()
    ready = threading.Event()
    other(lambda: did.append(threading.current_thread()))
    other(ready.set)
    assert ready.wait(10)
    del other
    gc.collect()
    thread = did.pop()
    assert isinstance(thread, threading.Thread)
    thread.join(10)
    assert (did, thread.is_alive()) == (["done"], False)
