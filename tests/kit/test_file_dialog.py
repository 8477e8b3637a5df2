"""A file is written under the name that was agreed to, whatever was typed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QSize, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from guide.kit.file_dialog import ask_file, ask_files, ask_folder, ask_where, at_home, beginning, completed, keep_places
from guide.store.paths import Paths


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is typed, one answer for each time the dialog is shown; a dialog that sets no ending of its own."""
    given: list[str] = []
    monkeypatch.setattr(QFileDialog, "exec", lambda _: bool(given))
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [given.pop(0)])
    return given


@pytest.mark.parametrize("typed", ["milk", "milk 22.11", "milk.csv", "milk.CSV", "milk.tar", "milk."])
def test_the_name_has_its_ending(qtbot: QtBot, tmp_path: Path, answers: list[str], typed: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    answers.append(str(tmp_path / typed))
    chosen = ask_where(window, "Keep", tmp_path / "a.csv", "CSV (*.csv)")
    assert chosen is not None
    assert chosen.suffix.casefold() == ".csv"
    assert chosen.name.startswith(typed.removesuffix(".csv").removesuffix(".CSV"))


def test_a_taken_name_that_nobody_was_asked_about_is_asked_for_again(
    qtbot: QtBot, tmp_path: Path, answers: list[str]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    (tmp_path / "milk.csv").write_text("hers")
    answers += [str(tmp_path / "milk"), str(tmp_path / "other")]
    assert ask_where(window, "Keep", tmp_path / "a.csv", "CSV (*.csv)") == tmp_path / "other.csv"
    assert answers == []


def test_a_dialog_closed_writes_nothing(qtbot: QtBot, tmp_path: Path, answers: list[str]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert ask_where(window, "Keep", tmp_path / "a.csv", "CSV (*.csv)") is None
    assert completed(tmp_path / "a.csv", ".csv") == tmp_path / "a.csv"


def test_a_dialog_begins_among_her_documents_and_then_where_she_chose_the_last_file(
    qtbot: QtBot, tmp_path: Path, answers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, begun = QWidget(), list[str]()
    qtbot.addWidget(window)
    home, documents, stick = at_home(), tmp_path / "Documents", tmp_path / "stick"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(documents))

    def open_(*asked: str) -> tuple[str, str]:
        begun.append(asked[2])
        return str(stick / "b.zip"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    assert ask_file(window, "Bring", "*.zip") is None
    assert beginning(window) == home  # there is no folder of documents
    documents.mkdir()
    stick.mkdir()
    assert beginning(window) == documents
    monkeypatch.setattr(QFileDialog, "getOpenFileName", open_)
    assert ask_file(window, "Bring", "*.zip") == stick / "b.zip"
    assert begun == [str(documents)]
    assert beginning(window) == stick
    answers.append(str(tmp_path / "c.csv"))
    assert ask_where(window, "Keep", Path("a.csv"), "CSV (*.csv)") == tmp_path / "c.csv"
    assert beginning(window) == tmp_path
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(stick / "d"), str(home / "e")], ""))
    assert ask_files(window, "Import", "*") == [str(stick / "d"), str(home / "e")]
    stick.rmdir()  # taken out
    assert beginning(window) == documents


@pytest.fixture
def of_qt() -> Iterator[Path]:
    """Where Qt keeps what its own dialogs remember, which it does again afterwards."""
    before = Path(QSettings(QSettings.Scope.UserScope, "QtProject").fileName())
    yield before
    keep_places(before.parent)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the system's own dialog remembers")
def test_the_folders_a_dialog_has_shown_are_noted_among_her_settings_and_are_erased_with_what_is_hers(
    qtbot: QtBot, tmp_path: Path, of_qt: Path
) -> None:
    of_qt.unlink(missing_ok=True)
    paths = Paths.of(tmp_path)
    keep_places(paths.places.parent)
    dialog = QFileDialog(directory=str(tmp_path))
    del dialog
    assert str(tmp_path) in paths.places.read_text(encoding="utf-8")
    assert not of_qt.exists()
    assert paths.erase_files()
    assert not paths.places.exists()


@pytest.mark.parametrize("scale", [1.0, 1.6])
@pytest.mark.parametrize(("width", "height"), [(800, 560), (1160, 780)])
@pytest.mark.parametrize("kind", ["where", "file", "files", "folder"])
def test_qt_s_own_dialog_has_the_room_it_asks_for_as_far_as_the_screen_has_it(
    qtbot: QtBot, tmp_path: Path, qapp: QApplication, kind: str, width: int, height: int, scale: float
) -> None:
    window, seen = QWidget(), list[tuple[QSize, QSize, QSize]]()
    qtbot.addWidget(window)
    font = window.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    window.setFont(font)
    window.resize(width, height)
    with qtbot.waitExposed(window):
        window.show()

    def look() -> None:
        dialog = qapp.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        seen.append((dialog.size(), dialog.sizeHint(), dialog.minimumSizeHint()))
        dialog.reject()

    QTimer.singleShot(0, window, look)
    match kind:
        case "where":
            ask_where(window, "Keep", tmp_path / "a.csv", "CSV (*.csv)")
        case "file":
            ask_file(window, "Bring", "*.zip")
        case "files":
            ask_files(window, "Import", "*")
        case _:
            ask_folder(window, "Music", tmp_path)
    [(size, asked, least)] = seen
    free = window.screen().availableSize()
    assert size.width() >= min(asked.width(), free.width() - 16)
    assert size.height() >= min(height * 0.8, free.height() - 48)
    assert size.boundedTo(free) == size == size.expandedTo(least)
