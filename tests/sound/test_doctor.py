"""What `doctor` says about sound."""

from __future__ import annotations

from pathlib import Path

from guide.sound import doctor
from guide.sound.pcm import wav_bytes
from guide.sound.player import Playsound3Player
from guide.sound.shelf import Shelf
from guide.sound.voices.voice import VoiceError


class Hum:
    def __init__(self, name: str = "Hum", *, able: bool = True) -> None:
        self.id = name
        self.name = name
        self._able = able

    def edition(self, text: str) -> str | None:
        return "1"

    def rest(self) -> None:
        pass

    def render(self, text: str, *, pace: int) -> bytes:
        if not self._able:
            raise VoiceError(f"The voice {self.name} could not say this.")
        return wav_bytes([1.0] * 22_050)


class Module:
    """Stands where playsound3 would, on a computer whose device answers with this exit code."""

    def __init__(self, code: int, *backends: str) -> None:
        self.AVAILABLE_BACKENDS = list(backends)
        self.subprocess = self
        self.returncode = code

    def playsound(self, sound: object, *, block: bool, backend: str | None) -> Module:
        return self

    def is_alive(self) -> bool:
        return False

    def stop(self) -> None:
        pass


def player(code: int, *backends: str) -> Playsound3Player:
    return Playsound3Player(
        load=lambda: Module(code, *backends), otherwise=lambda: None, which=lambda _: None, platform="linux"
    )


def test_a_computer_with_everything(tmp_path: Path) -> None:
    Shelf(tmp_path).keep("0" * 24, bytes(1_048_576))
    lines = doctor.report(
        tmp_path,
        found=lambda _: [Hum("Heart"), *(Hum(f"say:{n}") for n in range(8)), Hum("say:7"), Hum("embedded")],
        player=lambda: player(0, "ffplay"),
        clock=iter(range(99)).__next__,
    )
    assert lines == [
        "Voices: Heart; say:0; say:1; say:2; say:3; say:4; say:5; say:6 and 2 more.",
        "Default voice: Heart.",
        "Voice tried, Heart: it speaks, 1.0 s for 1.0 s of sound.",
        "Voice tried, say:0: it speaks, 1.0 s for 1.0 s of sound.",
        "Voice tried, embedded: it speaks, 1.0 s for 1.0 s of sound.",
        "Player: playsound3 by way of ffplay.",
        "Sound: a moment of silence was played.",
        f"Sounds kept: 1 in {tmp_path}, 1.0 of at most 100 MB.",
    ]


def test_a_computer_with_nothing(tmp_path: Path) -> None:
    lines = doctor.report(tmp_path / "none", found=lambda _: [], player=lambda: player(0))
    assert lines[0] == "Voice: none. Chimes and the words on the screen go on."
    assert lines[1] == "Player: none."
    assert "alsa-utils" in lines[2]


def test_a_computer_without_a_device_or_with_a_voice_that_does_not_speak(tmp_path: Path) -> None:
    lines = doctor.report(tmp_path, found=lambda _: [Hum(able=False)], player=lambda: player(1, "gstreamer"))
    assert "Voice tried, Hum: The voice Hum could not say this." in lines
    assert [line for line in lines if line.startswith("Sound: No sound can be heard: there is no speaker")]
