"""The player without playsound3: what a device would hear, and what is told when there is none."""

from __future__ import annotations

from array import array
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import miniaudio
import pytest

from guide.sound.clip import Clip
from guide.sound.miniaudio_player import CHANNELS, MiniaudioPlayer
from guide.sound.pcm import wav_bytes
from guide.sound.player import Playsound3Player


class Device:
    """A device that takes what it is given when a test asks it to."""

    opened: list[Device]

    def __init__(self, backend: str = "PulseAudio", **_: object) -> None:
        self.backend = backend
        self.closed = False
        self._asks: Generator[bytes, int, None] | None = None

    def start(self, callback: Generator[bytes, int, None]) -> None:
        self._asks = callback

    def take(self, frames: int) -> array[int]:
        assert self._asks is not None
        return array("h", self._asks.send(frames))

    def close(self) -> None:
        self.closed = True


class Desk:
    def __init__(self, folder: Path, backend: str = "PulseAudio") -> None:
        self.now = 0.0
        self.devices: list[Device] = []
        self.told: list[bool] = []
        self.folder = folder
        self._backend = backend
        self.player = MiniaudioPlayer(load=self._load, clock=lambda: self.now, threaded=False)

    def _load(self) -> Any:
        def device(**more: object) -> Device:
            self.devices.append(Device(self._backend, **more))
            return self.devices[-1]

        return SimpleNamespace(
            PlaybackDevice=device, SampleFormat=miniaudio.SampleFormat, stream_file=miniaudio.stream_file
        )

    def clip(self, data: bytes | None = None) -> Clip:
        path = self.folder / "x.wav"
        path.write_bytes(wav_bytes([8_000.0] * 22_050) if data is None else data)
        return Clip(path, timedelta(seconds=1))

    def play(self, clip: Clip) -> None:
        self.player.play(clip, self.told.append)
        self.player.step()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_clip_is_heard_whole_and_then_silence_until_its_device_is_closed(desk: Desk) -> None:
    desk.play(desk.clip())
    (device,) = desk.devices
    heard = array("h")
    for _ in range(60):
        block = device.take(1_000)
        assert len(block) == 1_000 * CHANNELS
        heard.extend(block)
    loud = sum(abs(value) > 4_000 for value in heard) / CHANNELS
    assert loud == pytest.approx(44_100, rel=0.05)
    assert not any(heard[-2_000:])
    desk.now = 2
    desk.player.step()
    assert device.closed
    assert desk.told == [True]


def test_stopped_it_is_silent_from_the_next_block_on(desk: Desk) -> None:
    desk.play(desk.clip())
    (device,) = desk.devices
    assert any(device.take(1_000))
    desk.player.stop()
    assert not any(device.take(1_000))
    desk.player.play(desk.clip(), desk.told.append)
    desk.player.stop()
    desk.player.step()
    assert len(desk.devices) == 1  # what was stopped before its turn never begins


def test_at_the_end_every_device_is_closed(desk: Desk) -> None:
    desk.play(desk.clip())
    desk.play(desk.clip())
    desk.player.close()
    assert not desk.player.step()
    assert [device.closed for device in desk.devices] == [True, True]


@pytest.mark.parametrize("data", [b"", b"RIFF", b"nonsense" * 100])
def test_what_is_no_sound_is_told_and_not_raised(desk: Desk, data: bytes) -> None:
    desk.play(desk.clip(data))
    assert desk.told == [False]


def test_a_stand_in_for_a_device_is_none(tmp_path: Path) -> None:
    desk = Desk(tmp_path, backend="Null")
    desk.play(desk.clip())
    assert desk.told == [False]
    assert desk.devices[0].closed


def test_where_playsound3_finds_nothing_the_cues_go_through_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    troubles: list[str] = []
    began: list[Clip] = []
    player = Playsound3Player(
        load=lambda: SimpleNamespace(AVAILABLE_BACKENDS=[]),
        otherwise=lambda: desk.player,
        which=lambda _: None,
        platform="linux",
        on_trouble=troubles.append,
        started=lambda clip, _at: began.append(clip),
        threaded=False,
    )
    player.play(desk.clip())
    player.step()
    desk.player.step()
    assert (len(desk.devices), len(began), troubles) == (1, 1, [])
    assert player.backend == "miniaudio"
    player.stop()
    assert not any(desk.devices[0].take(500))
