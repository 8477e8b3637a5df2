"""
Pages look as they were accepted: drawn anew and held beside docs/pictures, pixel by pixel.

After a change that is meant: `GUIDE_ACCEPT_LOOKS=1 python -m pytest tests/looks`, and look at what changed in the
pictures before they are committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from guide.kit.look import Look
from guide.kit.painting import painting
from looks.comparing import NOTICED, SHARE, TILE_MOST, difference, differing, load, worst_tile
from looks.pictures import FOLDER
from looks.scenes import SCENES, Scene
from onscreen import look

__all__ = ["look"]
ACCEPTED_NOW = os.environ.get("GUIDE_ACCEPT_LOOKS") == "1"
HELD = (
    "library-night", "library-light", "library-large-text-night", "ready-night", "session-night", "session-light",
    "session-small-night", "pump-before-night", "pump-after-night", "express-night", "paused-night", "hurts-night",
    "number-free-night", "finish-night", "history-night", "editor-night", "learn-night", "settings-light",
    "unsaved-light", "along-failed-night", "three-messages-night", "copy-offered-light",
)  # fmt: skip
SCENE = {scene.name: scene for scene in SCENES}


@pytest.mark.parametrize("scene", [SCENE[name] for name in HELD], ids=HELD)
def test_it_looks_as_it_was_accepted(scene: Scene, qapp: QApplication, tmp_path: Path) -> None:
    accepted, seen = FOLDER / f"{scene.name}.png", scene.picture(qapp)
    if ACCEPTED_NOW:
        seen.save(str(accepted), quality=0)
        return
    assert accepted.exists(), f"{accepted} is not there yet; python -m tests.looks.pictures makes it"
    known = load(accepted)
    assert seen.size() == known.size()
    count = differing(known, seen)
    most = round(seen.width() * seen.height() * SHARE)
    in_tile, tile = worst_tile(known, seen)
    if count > most or in_tile > TILE_MOST:
        seen.save(str(tmp_path / "seen.png"))
        difference(known, seen).save(str(tmp_path / "difference.png"))
    where = f"look at {tmp_path}/seen.png and difference.png"
    assert count <= most, f"{count} pixels differ, {most} may: {where}"
    assert in_tile <= TILE_MOST, f"{in_tile} pixels differ at {tile.getRect()}, {TILE_MOST} may: {where}"


def test_every_picture_is_one_of_a_scene() -> None:
    assert {path.stem for path in FOLDER.glob("*.png")} == set(SCENE)


def test_a_changed_patch_is_noticed_and_a_shade_is_not() -> None:
    plain = QImage(QSize(100, 100), QImage.Format.Format_RGB32)
    plain.fill(QColor(90, 60, 30))
    shade, patch = QImage(plain), QImage(plain)
    shade.fill(QColor(90 - NOTICED, 60, 30 + NOTICED))
    painter = QPainter(patch)
    painter.fillRect(10, 10, 7, 3, QColor(90, 60 + NOTICED + 1, 30))
    painter.end()
    assert differing(plain, shade) == 0
    assert differing(plain, patch) == 21


@pytest.mark.parametrize("words", ["It hurts", "Next"])
def test_words_that_are_not_there_are_missed_though_the_whole_picture_hardly_changes(words: str, look: Look) -> None:
    plain = QImage(QSize(1160, 780), QImage.Format.Format_RGB32)
    plain.fill(look.theme.bg)
    written = QImage(plain)
    with painting(written) as painter:
        painter.setFont(look.font("label"))
        painter.setPen(look.theme.text2)
        painter.drawText(300, 700, words)
    assert differing(plain, written) < 1160 * 780 * SHARE
    count, tile = worst_tile(plain, written)
    assert count > TILE_MOST
    assert tile.intersects(QRect(300, 680, 60, 24))
    assert worst_tile(written, written) == (0, QRect())
