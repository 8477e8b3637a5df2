"""Sounds beneath and pictures, from Get ready to the end of a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from evenings import SHORT, Evening
from guide.core.commands import Command
from guide.pages.ready.page import ReadyPage
from guide.sound.background import Callback
from guide.sound.pcm import wav_bytes
from guide.store.paths import Paths
from guide.store.settings import Beneath

PATIENCE = 10


@dataclass
class Speaker:
    """A device that was opened or not."""

    opened: Event = field(default_factory=Event)
    closed: Event = field(default_factory=Event)

    def start(self, callback: Callback) -> None:
        self.opened.set()

    def close(self) -> None:
        self.closed.set()


@dataclass
class Night:
    evening: Evening
    speaker: Speaker

    @property
    def ready(self) -> ReadyPage:
        return self.evening.page(ReadyPage)

    @property
    def settings(self) -> object:
        return self.evening.made.tools.preferences.settings

    def to_get_ready(self) -> None:
        desk = self.evening.made.desk
        desk.ready.get_ready(self.evening.made.tools.library.entry("short"))
        QApplication.processEvents()


@pytest.fixture
def night(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[], Night]]:
    begun: list[Night] = []

    def begin() -> Night:
        paths = Paths.of(tmp_path / "home")
        paths.own_routines.mkdir(parents=True)
        (paths.own_routines / "short.yaml").write_text(SHORT, encoding="utf-8")
        speaker = Speaker()
        night = Night(Evening(paths, qtbot, speaker=lambda: speaker).begin(), speaker)
        night.evening.well()
        night.to_get_ready()
        begun.append(night)
        return night

    yield begin
    for each in begun:
        each.evening.end()


def test_a_chosen_sound_is_tried_and_plays_through_the_session(night: Callable[[], Night]) -> None:
    one = night()
    one.ready.guidance.sounds_chosen.emit(Beneath.RAIN)
    tools = one.evening.made.tools
    assert tools.preferences.settings.sounds is Beneath.RAIN
    assert one.speaker.opened.wait(PATIENCE)
    one.ready.start_asked.emit()
    assert one.evening.here == "session"
    assert tools.background.playing
    tools.conductor.do(Command.STOP)
    one.evening.pass_time(1)
    tools.background.close()
    assert one.speaker.closed.wait(PATIENCE)


def test_silence_opens_no_device(night: Callable[[], Night]) -> None:
    one = night()
    one.ready.start_asked.emit()
    assert one.evening.here == "session"
    assert not one.evening.made.tools.background.playing
    assert not one.speaker.opened.is_set()


def test_music_without_a_folder_asks_for_one_and_no_answer_changes_nothing(
    night: Callable[[], Night], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one = night()
    answers = iter(["", str(tmp_path)])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: next(answers))
    (tmp_path / "song.wav").write_bytes(wav_bytes([100] * 4_000))

    def chosen() -> tuple[Beneath | None, str]:
        settings = one.evening.made.tools.preferences.settings
        return settings.sounds, settings.music

    one.ready.guidance.sounds_chosen.emit(Beneath.MUSIC)
    assert chosen() == (None, "")
    one.ready.guidance.sounds_chosen.emit(Beneath.MUSIC)
    assert chosen() == (Beneath.MUSIC, str(tmp_path))


def test_her_folders_say_how_much_there_is_in_them_and_silence_has_no_loudness(
    night: Callable[[], Night], tmp_path: Path
) -> None:
    one = night()
    assert not one.ready.options.guidance.volume.isEnabled()
    music = tmp_path / "music"
    music.mkdir()
    for name in ("a.wav", "b.wav"):
        (music / name).write_bytes(wav_bytes([100] * 400))
    preferences = one.evening.made.tools.preferences
    preferences.change(music=str(music), baby_sounds=str(music / "a.wav"), sounds=Beneath.RAIN)
    QApplication.processEvents()
    guidance = one.ready.options.guidance
    rows = [action.text().split("\t") for action in guidance.sounds.menu.actions()]
    assert ["My music folder", "2 pieces"] in rows
    assert ["Baby's sounds", "1 recording"] in rows
    assert guidance.volume.isEnabled()


def test_music_goes_on_where_it_was_the_next_time(night: Callable[[], Night], tmp_path: Path) -> None:
    one = night()
    (tmp_path / "music").mkdir()
    (tmp_path / "music" / "song.wav").write_bytes(wav_bytes([100] * 60_000))
    one.evening.made.tools.preferences.change(sounds=Beneath.MUSIC, music=str(tmp_path / "music"))
    one.ready.start_asked.emit()
    assert one.speaker.opened.wait(PATIENCE)
    one.evening.made.tools.conductor.do(Command.STOP)
    one.evening.pass_time(1)
    assert one.evening.made.tools.preferences.settings.music_at.endswith("|song.wav")


def test_the_slider_sets_how_loud_it_is(night: Callable[[], Night]) -> None:
    one = night()
    one.ready.guidance.sounds_volume_changed.emit(60)
    assert one.evening.made.tools.preferences.settings.sounds_volume == pytest.approx(0.6)
