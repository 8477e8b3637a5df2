"""A microphone for recordings: what it hears is told for as long as it is wanted, and so is whether there is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from guide.compat import override
from guide.hear.microphone import Microphone
from guide.live.recording import VoiceRecorder
from microphones import ScriptedCapture

SOUND = b"\1\0" * 800


class Sounding(ScriptedCapture):
    """Hears something as soon as it is open."""

    @override
    def open(self, rate: int, hear: Callable[[bytes], None]) -> None:
        super().open(rate, hear)
        self.say(SOUND)


class Studio:
    """A recorder whose threads are run by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pauses: list[float] = []
        self.waits: list[float] = []
        monkeypatch.setattr("time.sleep", self._pause)
        monkeypatch.setattr(Microphone, "wait", lambda _self, seconds: self.waits.append(seconds))
        self.capture: ScriptedCapture = Sounding()
        self.devices: list[str] = []
        self.works: list[Callable[[], None]] = []
        self.owner = QObject()
        self.recorder = VoiceRecorder(rate=48_000, capture=self._device, run=self.works.append, parent=self.owner)
        self.told: list[Any] = []
        self.recorder.heard.connect(self._hear)
        self.recorder.there.connect(self.told.append)

    def _device(self, name: str) -> ScriptedCapture:
        self.devices.append(name)
        return self.capture

    def _hear(self, sound: bytes) -> None:
        self.told.append(sound)
        self.recorder.end()

    def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        if len(self.pauses) > 2:
            self.recorder.end()


@pytest.fixture
def studio(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Studio:
    return Studio(monkeypatch)


def test_what_a_device_hears_is_told_until_it_is_not_wanted_any_more(studio: Studio) -> None:
    studio.recorder.begin("Headset")
    assert (studio.devices, studio.recorder.parent()) == ([], studio.owner)
    studio.works[0]()
    assert (studio.devices, studio.capture.rate) == (["Headset"], 48_000)
    assert studio.told == [True, SOUND]
    assert not studio.capture.is_open
    assert (studio.waits, studio.pauses) == ([0.1], [0.05])


def test_without_a_device_that_is_told_once_and_it_is_looked_for(studio: Studio) -> None:
    studio.capture.plugged = False
    studio.recorder.begin()
    studio.works[0]()
    assert (studio.devices, studio.told, len(studio.pauses)) == ([""], [False], 3)


def test_another_device_ends_the_one_before_unheard(studio: Studio) -> None:
    studio.recorder.begin("Headset")
    studio.recorder.begin("Desk")
    headset, desk = studio.works
    headset()
    assert studio.told == []
    desk()
    assert studio.told == [True, SOUND]


def test_a_device_let_go_and_asked_for_anew_is_heard_once(studio: Studio) -> None:
    studio.recorder.begin("Headset")
    studio.recorder.end()
    studio.recorder.begin("Headset")
    before, anew = studio.works
    before()
    assert studio.told == []
    anew()
    assert studio.told == [True, SOUND]


def test_what_arrives_of_a_device_let_go_is_not_told(studio: Studio) -> None:
    studio.recorder.begin()
    studio.recorder.end()
    studio.recorder._told.emit(1, SOUND)
    studio.recorder._seen.emit(1, True)
    assert studio.told == []


def test_a_device_that_breaks_down_is_closed(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_self: object, _now: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(Microphone, "read", break_down)
    studio.recorder.begin()
    with pytest.raises(ZeroDivisionError):
        studio.works[0]()
    assert not studio.capture.is_open
