"""What `doctor` says about sound."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guide.compat import override
from guide.sound import doctor
from guide.sound.pcm import wav_bytes
from guide.sound.player import Playsound3Player
from guide.sound.shelf import Shelf
from guide.sound.trouble import Trouble
from guide.sound.voices.voice import WORDS_A_MINUTE, VoiceError


class Hum:
    def __init__(self, name: str = "Hum", *, able: bool = True) -> None:
        self.id = name
        self.name = name
        self._able = able
        self.rested = True
        self.has = True

    def edition(self, text: str) -> str | None:
        return "1" if self.has else None

    def rest(self) -> None:
        self.rested = True

    def render(self, text: str, *, pace: int) -> bytes:
        self.rested = False
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


def test_voices_are_of_the_language_asked_for_and_each_may_rest_whether_it_spoke_or_not(tmp_path: Path) -> None:
    asked: list[str] = []
    there = [Hum("one"), Hum("two", able=False), Hum("recorded:jonas")]
    there[2].has = False  # it has the prompts it has

    def found(language: str) -> list[Hum]:
        asked.append(language)
        return there

    doctor.report(tmp_path, found=found, player=lambda: player(0, "ffplay"))
    lines = doctor.report(tmp_path, language="de", found=found, player=lambda: player(0, "ffplay"))
    assert asked == ["en", "de"]
    assert [line for line in lines if "tried" in line and "jonas" in line] == []
    assert all(voice.rested for voice in there)


@pytest.mark.parametrize(("count", "more"), [(1, ""), (8, ""), (9, " and 1 more"), (12, " and 4 more")])
def test_a_computer_with_a_hundred_voices_is_told_the_first_eight(tmp_path: Path, count: int, more: str) -> None:
    there = [Hum(f"say:{number}") for number in range(count)]
    first, default, *_ = doctor.report(tmp_path, found=lambda _: there, player=lambda: player(0, "ffplay"))
    assert first == f"Voices: {'; '.join(voice.name for voice in there[:8])}{more}."
    assert default == "Default voice: say:0."


def test_how_long_a_voice_takes_is_told_by_the_clock_in_tenths(tmp_path: Path) -> None:
    times = iter([10.0, 12.34])
    lines = doctor.report(tmp_path, found=lambda _: [Hum()], player=lambda: player(0, "ffplay"), clock=times.__next__)
    assert "Voice tried, Hum: it speaks, 2.3 s for 1.0 s of sound." in lines


def test_a_sound_system_that_does_not_answer_is_told_and_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "_PATIENCE", 0.0)
    closed: list[bool] = []

    class Silent(Playsound3Player):
        @override
        def prime(self, done: Callable[[Trouble | None], None] | None = None) -> None:
            """It never calls back."""

        @override
        def close(self) -> None:
            closed.append(True)
            super().close()

    silent = Silent(load=lambda: Module(0, "ffplay"), otherwise=lambda: None, which=lambda _: None, platform="linux")
    lines = doctor.report(tmp_path, found=lambda _: [], player=lambda: silent)
    assert lines[1:3] == ["Player: none.", "Sound: no answer from the sound system within 5 s."]
    assert closed == [True]


def test_what_a_voice_is_asked_to_say_is_a_sentence_at_the_usual_pace(tmp_path: Path) -> None:
    asked: list[object] = []

    class Asked(Hum):
        @override
        def edition(self, text: str) -> str | None:
            asked.append(text)
            return super().edition(text)

        @override
        def render(self, text: str, *, pace: int) -> bytes:
            asked.extend((text, pace))
            return super().render(text, pace=pace)

    doctor.report(tmp_path, found=lambda _: [Asked()], player=lambda: player(0, "ffplay"))
    assert asked == [doctor.TRIED, doctor.TRIED, WORDS_A_MINUTE]
