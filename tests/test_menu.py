"""Where no window can open, a terminal lists the routines and plays the one that is chosen."""

from __future__ import annotations

import argparse
import builtins
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide import cli, desktop
from guide.menu import chosen
from guide.store.paths import Paths, builtin_folder
from guide.store.routines.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    paths = Paths.of(tmp_path)
    return Library(builtin_folder(), paths.own_routines, trash=paths.trash, cache=paths.summaries)


def answering(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    left: Iterator[str] = iter(answers)

    def answer(_: str) -> str:
        for said in left:
            return said
        raise EOFError

    monkeypatch.setattr(builtins, "input", answer)


@pytest.mark.parametrize("answers", [["", "1"], ["  "], [], ["0", "99", "x", "-1", "²", ""]])
def test_no_answer_or_none_that_is_one_leaves(
    answers: list[str], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, *answers)
    assert chosen(library) is None


def test_each_number_and_each_id_is_its_routine(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = library.entries()
    for number, entry in enumerate(entries, 1):
        for said in (str(number), entry.id):
            answering(monkeypatch, "nonsense", said)
            assert chosen(library) == entry.id


@pytest.mark.parametrize("words", [[], ["open"], ["open", "power-pumping"], ["--speed", "60", "open", "power-pumping"]])
def test_in_a_terminal_without_a_display_a_session_is_played(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    played: list[tuple[object, ...]] = []
    answering(monkeypatch, "gentle-day")
    monkeypatch.setattr(desktop, "look", lambda: desktop.DisplayPlace(trouble="No display."))
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda _: True})())
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)

    def play(options: argparse.Namespace) -> int:
        played.append((options.home, options.routine, options.speed))
        return 0

    monkeypatch.setattr("guide.playing.play", play)
    at = words.index("open") if "open" in words else 0
    assert cli.main([*words[at : at + 1], "--home", str(tmp_path), *words[at + 1 :], *words[:at]]) == 0
    named = "power-pumping" if "power-pumping" in words else "gentle-day"
    assert played == [(tmp_path, named, 60.0 if "60" in words else 1.0)]
    assert "No display." in capsys.readouterr().out
