"""A file is written under the name that was agreed to, whatever was typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from guide.kit.file_dialog import ask_where, completed


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
