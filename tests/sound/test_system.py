"""The voices of a computer and the chain they stand in: listed, ranked, asked without a word in a command."""

from __future__ import annotations

import base64
import subprocess
import sys
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
from listening import highest, samples_in

from guide.sound.pcm import wav_bytes
from guide.sound.voices import chain, embedded
from guide.sound.voices.piper import PiperVoice
from guide.sound.voices.system import CommandVoice, Order, System, system_voices
from guide.sound.voices.voice import VoiceError


class Computer:
    """A computer with some programs, which remembers what was run."""

    def __init__(self, platform: str, programs: Sequence[str], listing: str = "") -> None:
        self.programs = programs
        self.listing = listing
        self.ran: list[tuple[list[str], dict[str, str]]] = []
        self.system = System(platform, which=self._which, run=self._run)

    def _which(self, name: str) -> str | None:
        return f"/bin/{name}" if name in self.programs else None

    def _run(self, command: Sequence[str], environment: Mapping[str, str]) -> bytes:
        self.ran.append((list(command), dict(environment)))
        made = [*environment.values(), *(part.removeprefix("--wave=") for part in command)]
        for path in (Path(part) for part in made if part.endswith(".wav")):
            path.write_bytes(wav_bytes([9_000.0, -9_000.0] * 4_000, rate=16_000))
        return self.listing.encode()


MAC = """Albert              en_US    # Hello! My name is Albert.
Bad News            en_US    # Hello! My name is Bad News.
Anna                de_DE    # Hallo! Ich heisse Anna.
Daniel              en_GB    # Hello! My name is Daniel.
Samantha            en_US    # Hello! My name is Samantha.
Zoe (Premium)       en_US    # Hello! My name is Zoe.
"""
NASTY = '"; reboot; $(id) `id` %PATH% $env:X \'"'


def test_a_mac_offers_its_calm_voices_the_best_first() -> None:
    computer = Computer("darwin", ["say"], MAC)
    names = [found.name for found in chain.voices("en-US", system=computer.system)]
    assert names == ["Zoe (Premium)", "Samantha", "Daniel", "Built-in voice"]
    chosen = chain.choose(None, "de", system=computer.system)
    assert chosen is not None
    assert chosen.id == "say:Anna"


def test_windows_offers_its_own_voices_in_the_language_wanted() -> None:
    listing = "de-DE|Microsoft Hedda Desktop\r\nen-GB|Microsoft Hazel Desktop\r\nen-US|Microsoft Zira Desktop\r\n\r\n"
    computer = Computer("win32", ["powershell"], listing)
    names = [found.name for found in chain.voices("en-US", system=computer.system)]
    assert names == ["Microsoft Zira Desktop", "Microsoft Hazel Desktop", "Built-in voice"]


def test_on_linux_the_embedded_voice_comes_first_and_what_is_installed_after_it() -> None:
    computer = Computer("linux", ["pico2wave", "flite", "espeak-ng"])
    ids = [found.id for found in chain.voices("en", system=computer.system)]
    assert ids == ["embedded", "pico2wave", "flite:slt", "flite:awb", "flite:rms", "espeak-ng"]
    assert [found.id for found in chain.voices("ja", system=computer.system)] == ["embedded", "espeak-ng"]
    assert [found.id for found in chain.voices("en", system=Computer("linux", []).system)] == ["embedded"]


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
    made = speaker.render(NASTY, pace=145, volume=1)
    command, environment = computer.ran[-1]
    decoded = base64.b64decode(command[-1]).decode("utf-16-le") if platform == "win32" else ""
    assert not [part for part in [*command, *environment.values(), decoded] if "reboot" in part]
    assert samples_in(made)[1] == 22_050


def test_pico_gets_the_words_as_one_argument_without_markup(tmp_path: Path) -> None:
    computer = Computer("linux", ["pico2wave"])
    speaker = system_voices("en", system=computer.system)[0]
    speaker.render("</speed><play file='x'/> --wave=elsewhere", pace=145, volume=1)
    command, _ = computer.ran[-1]
    assert command[-2:] == ["--", "<speed level='85'>/speed play file='x'/ --wave=elsewhere</speed>"]


def test_words_that_would_steer_the_mac_voice_are_taken_out(tmp_path: Path) -> None:
    seen: list[str] = []

    def command(order: Order) -> list[str]:
        seen.append(order.file.read_text(encoding="utf-8"))
        return [str(order.out)]

    mac = system_voices("en", system=Computer("darwin", ["say"], MAC).system)[0]
    assert isinstance(mac, CommandVoice)
    tried = CommandVoice("x", "X", command, Computer("darwin", []).system.run, plain=mac.plain)
    tried.render("[[rate 900]] Rest [[slnc 9000]] now.", pace=145, volume=1)
    assert seen == ["rate 900 Rest slnc 9000 now."]


@pytest.mark.parametrize(
    "error",
    [OSError("gone"), subprocess.CalledProcessError(1, "flite"), subprocess.TimeoutExpired("flite", 30)],
)
def test_a_system_voice_that_does_not_answer_is_one_sentence(tmp_path: Path, error: Exception) -> None:
    def run(_command: Sequence[str], _environment: Mapping[str, str]) -> bytes:
        raise error

    system = System("linux", which=lambda name: name if name == "flite" else None, run=run)
    with pytest.raises(VoiceError, match=r"^The voice Flite, slt could not say this\.$"):
        system_voices("en", system=system)[0].render("Rest.", pace=145, volume=1)


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_a_system_that_cannot_list_its_voices_leaves_the_embedded_one(platform: str) -> None:
    def run(_command: Sequence[str], _environment: Mapping[str, str]) -> bytes:
        raise OSError("no")

    system = System(platform, which=lambda name: name, run=run)
    assert [found.id for found in chain.voices("en", system=system)] == ["embedded"]


def test_a_voice_that_is_no_longer_there_gives_way_to_the_default() -> None:
    system = Computer("linux", ["flite"]).system
    for wanted, given in [
        ("flite:slt", "flite:slt"),
        ("flite:gone", "embedded"),
        ("piper:/no/such.onnx", "embedded"),
        ("piper:/etc/hostname", "embedded"),
        ("", "embedded"),
    ]:
        chosen = chain.choose(wanted, system=system)
        assert chosen is not None
        assert chosen.id == given


def test_without_any_voice_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_engine() -> None:
        raise VoiceError("The built-in voice cannot be started here.")

    monkeypatch.setattr(embedded, "_engine", no_engine)
    assert chain.choose(None, system=Computer("linux", []).system) is None
    assert chain.voices(system=Computer("linux", []).system) == []


def test_a_piper_voice_of_her_own_is_offered_and_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tmp_path / "amy.onnx"
    model.write_bytes(b"x")
    monkeypatch.setitem(sys.modules, "piper", None)
    offered = chain.voices(system=Computer("linux", []).system, piper=[model, tmp_path / "missing.onnx"])
    assert [found.name for found in offered] == ["Built-in voice", "Piper, amy"]
    chosen = chain.choose(f"piper:{model}")
    assert chosen == PiperVoice(model)
    assert chosen is not None
    with pytest.raises(VoiceError, match="needs the package piper-tts"):
        chosen.render("Rest.", pace=145, volume=1)


def test_a_piper_voice_speaks_as_loud_as_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    chunk = SimpleNamespace(audio_int16_bytes=array("h", [500, -500] * 8_000).tobytes(), sample_rate=16_000)

    def synthesize(text: str, syn_config: object) -> list[SimpleNamespace]:
        asked.extend((text, syn_config))
        return [chunk, chunk]

    model = SimpleNamespace(synthesize=synthesize)
    piper = SimpleNamespace(PiperVoice=SimpleNamespace(load=lambda _path: model), SynthesisConfig=SimpleNamespace)
    monkeypatch.setitem(sys.modules, "piper", piper)
    made = PiperVoice(tmp_path / "any.onnx").render("Rest\nnow.", pace=145, volume=1)
    samples, rate = samples_in(made)
    assert asked[0] == "Rest now."
    assert rate == 22_050
    assert len(samples) / rate == pytest.approx(2.4, abs=0.2)
    assert 0.1 < highest(samples) / 32_767 < 0.91
