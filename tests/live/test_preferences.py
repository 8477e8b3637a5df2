"""Settings kept as she changes them; a disk that refuses is told once, and taken back when it takes them again."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.live import preferences as module
from guide.live.preferences import Preferences
from guide.store.settings import Settings, load


def test_what_could_not_be_kept_is_told_once_and_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preferences = Preferences(tmp_path / "settings.json")
    told: list[str] = []
    mended: list[str] = []
    preferences.told.connect(told.append)
    preferences.mended.connect(mended.append)

    def refuse(path: Path, settings: Settings) -> None:
        raise PermissionError(path)

    with monkeypatch.context() as full:
        full.setattr(module, "save", refuse)
        preferences.change(text_scale=1.2)
        preferences.change(text_scale=1.3)
    assert (len(told), mended) == (1, [])
    preferences.change(voice_on=False)
    assert mended == told
    kept, _notices = load(tmp_path / "settings.json")
    assert (kept.text_scale, kept.voice_on) == (1.3, False)
    preferences.change(voice_on=True)
    assert len(mended) == 1
