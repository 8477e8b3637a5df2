"""What the tests of a second start have in common: where the window listens, and what it was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from guide.live.single import Doorbell


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "window"


@pytest.fixture
def rung(path: Path, qtbot: QtBot) -> Iterator[list[str]]:
    """What a first window was asked for."""
    doorbell, asked = Doorbell(path), list[str]()
    doorbell.rung.connect(asked.append)
    yield asked
    doorbell.close()
