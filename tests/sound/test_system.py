"""The voices of a computer: asked without a word in a command, and troubles told in sentences."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from computers import MAC, Computer
from listening import samples_in

from guide.sound.voices.system import CommandVoice, SpeechOrder, System, system_voices
from guide.sound.voices.voice import VoiceError

NASTY = '"; reboot; $(id) `id` %PATH% $env:X \'"'


@pytest.mark.parametrize(
    ("platform", "program", "listing"),
    [
        ("darwin", "say", MAC),
        ("win32", "powershell", "en-US|Microsoft Zira Desktop"),
        ("linux", "flite", ""),
        ("linux", "espeak-ng", ""),
    ],
)
def test_what_is_said_is_never_part_of_a_command(tmp_path: Path, platform: str, program: str, listing: str) -> None:
    computer = Computer(platform, [program], listing)
    speaker = system_voices("en", system=computer.system)[0]
    made = speaker.render(NASTY, pace=145)
    command, environment = computer.ran[-1]
    decoded = base64.b64decode(command[-1]).decode("utf-16-le") if platform == "win32" else ""
    assert not [part for part in [*command, *environment.values(), decoded] if "reboot" in part]
    assert samples_in(made)[1] == 22_050


def test_pico_gets_the_words_as_one_argument_without_markup(tmp_path: Path) -> None:
    computer = Computer("linux", ["pico2wave"])
    speaker = system_voices("en", system=computer.system)[0]
    speaker.render("</speed><play file='x'/> --wave=elsewhere", pace=145)
    command, _ = computer.ran[-1]
    assert command[-2:] == ["--", "<speed level='85'>/speed play file='x'/ --wave=elsewhere</speed>"]


def test_words_that_would_steer_the_mac_voice_are_taken_out(tmp_path: Path) -> None:
    seen: list[str] = []

    def command(order: SpeechOrder) -> list[str]:
        seen.append(order.file.read_text(encoding="utf-8"))
        return [str(order.out)]

    mac = system_voices("en", system=Computer("darwin", ["say"], MAC).system)[0]
    assert isinstance(mac, CommandVoice)
    tried = CommandVoice("x", "X", command, Computer("darwin", []).system, plain=mac.plain)
    tried.render("[[rate 900]] Rest [[slnc 9000]] now.", pace=145)
    assert seen == ["rate 900 Rest slnc 9000 now."]


@pytest.mark.parametrize(
    "error",
    [OSError("gone"), subprocess.CalledProcessError(1, "flite"), subprocess.TimeoutExpired("flite", 30)],
)
def test_a_system_voice_that_does_not_answer_is_one_sentence(tmp_path: Path, error: Exception) -> None:
    def run(_command: Sequence[str], _environment: Mapping[str, str]) -> bytes:
        raise error

    system = System("linux", which=lambda name: name if name == "flite" else None, run=run)
    with pytest.raises(VoiceError, match=r"^The voice Flite, a woman’s voice could not say this\.$"):
        system_voices("en", system=system)[0].render("Rest.", pace=145)
