"""Starts of the program, each on files of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import guide.desk
from evenings import SHORT, WELL, Evening
from guide.live.speech import use_language
from guide.store.paths import Paths
from guide.store.settings import Settings, save
from hands import voices_hum

__all__ = ["evening", "paths", "voices_hum"]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.of(tmp_path)


@pytest.fixture
def evening(paths: Paths, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Evening]]:
    """
    Starts the program with a short routine among her own, the check answered, and the settings given.

    What an open window does once it is painted it does at the next turn of the event loop, on fast computers too.
    """
    monkeypatch.setattr(guide.desk, "PAINTED", 0)
    started: list[Evening] = []

    def start(routine: str = SHORT, **chosen: object) -> Evening:
        paths.own_routines.mkdir(parents=True, exist_ok=True)
        (paths.own_routines / "short.yaml").write_text(routine, encoding="utf-8")
        chosen.setdefault("full_screen_at_start", False)
        chosen.setdefault("sore_check", WELL)
        chosen.setdefault("voice", "embedded")  # the natural one takes seconds
        save(paths.settings, Settings(**chosen))  # type: ignore[arg-type]  # named settings, as a test writes them
        started.append(Evening(paths, qtbot).begin())
        return started[-1]

    yield start
    for each in started:
        each.end()
    QApplication.processEvents()
    use_language(Settings())  # whatever was chosen
