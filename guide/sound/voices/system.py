"""Voices of the computer: each a program that writes a WAV file; found, ranked and asked."""

from __future__ import annotations

import base64
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from guide.language import N_, _
from guide.scratch import scratch_folder
from guide.sound import pcm
from guide.sound.voices.embedded import CALM_PITCH, VARIANT
from guide.sound.voices.engine import EngineProcess
from guide.sound.voices.voice import Voice, VoiceError, speakable
from guide.sound.voices.words import written_out

_PATIENCE = 30.0  # seconds until a system voice that does not answer is given up


def _run(command: Sequence[str], environment: Mapping[str, str]) -> bytes:
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    return subprocess.run(  # noqa: S603  a list, no shell; the text travels in a file
        list(command),
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=_PATIENCE,
        env={**os.environ, **environment},
        creationflags=flags,
    ).stdout


@dataclass(frozen=True, slots=True)
class System:
    """
    What the voices need to know of the computer: `sys.platform`, where programs are, how to run one.

    `process` is the child that makes prompts of what they said.
    """

    platform: str = sys.platform
    which: Callable[[str], str | None] = shutil.which
    run: Callable[[Sequence[str], Mapping[str, str]], bytes] = _run
    process: EngineProcess = field(default_factory=EngineProcess, compare=False)


@dataclass(frozen=True, slots=True)
class SpeechOrder:
    """One thing to say: its words in a UTF-8 file too, for no text is ever part of a command that could run it."""

    text: str
    file: Path
    out: Path
    pace: int


@dataclass(frozen=True, slots=True)
class CommandVoice:
    id: str
    name: str
    command: Callable[[SpeechOrder], Sequence[str]]
    system: System
    environment: Callable[[SpeechOrder], Mapping[str, str]] = field(default=lambda _: {})
    plain: Callable[[str], str] = field(default=str)
    soften: bool = False
    language: str = "en"

    def edition(self, text: str) -> str:  # noqa: ARG002  it says whatever it is given
        return EDITION

    def render(self, text: str, *, pace: int) -> bytes:
        words = self.plain(written_out(speakable(text), self.language))  # no tags, no [[rate 400]] of macOS
        try:
            with tempfile.TemporaryDirectory(dir=scratch_folder()) as folder:
                order = SpeechOrder(words, Path(folder, "words.txt"), Path(folder, "words.wav"), pace)
                order.file.write_text(words, encoding="utf-8")
                self.system.run(self.command(order), self.environment(order))
                return self.system.process.ask(
                    {"kind": "spoken", "path": str(order.out), "soften": self.soften}, name=self.name
                )
        except (OSError, subprocess.SubprocessError) as error:
            raise VoiceError(_("The voice {name} could not say this.").format(name=self.name)) from error

    def rest(self) -> None:
        self.system.process.end()


def _no_entities(text: str) -> str:
    return " ".join(re.sub(r"[&\\]", " ", text).split())


def _same_language(tag: str, language: str) -> bool:
    return primary(tag) == primary(language)


def is_fine(name: str) -> bool:
    """Whether it is one of the good voices that a Mac offers to install."""
    return "Premium" in name or "Enhanced" in name


def primary(tag: str) -> str:
    return re.split(r"[-_]", tag.lower())[0]


EDITION: Final = "4"  # another one when the same words come to sound different
ESPEAK_PROGRAM: Final = "espeak-ng"  # the id of the voice it is

_SAY_LINE = re.compile(r"^(?P<name>.+?)\s+(?P<tag>[a-z]{2,3}[_-]\w+)\s+#")
_JOKES = frozenset(  # voices of macOS that sing or growl
    [
        "Albert",
        "Bad News",
        "Bahh",
        "Bells",
        "Boing",
        "Bubbles",
        "Cellos",
        "Fred",
        "Good News",
        "Jester",
        "Junior",
        "Kathy",
        "Organ",
        "Ralph",
        "Superstar",
        "Trinoids",
        "Whisper",
        "Wobble",
        "Zarvox",
    ]
)
_CALM_NAMES = ("Ava", "Samantha", "Allison", "Susan", "Serena", "Karen", "Moira", "Tessa", "Daniel")


def _mac_voices(language: str, system: System) -> list[Voice]:
    if not (say := system.which("say")):
        return []
    lines = map(_SAY_LINE.match, _listed(system, [say, "-v", "?"]))
    named = [(line["name"], line["tag"]) for line in lines if line and _same_language(line["tag"], language)]

    def rank(voice: tuple[str, str]) -> tuple[bool, bool, bool, int]:
        name, tag = voice
        first = name.split(" (", maxsplit=1)[0]
        known = _CALM_NAMES.index(first) if first in _CALM_NAMES else len(_CALM_NAMES)
        other_place = tag.replace("_", "-").lower() != language.lower() and "-" in language
        return "Premium" not in name, "Enhanced" not in name, other_place, known

    def voice(name: str) -> Voice:
        def command(order: SpeechOrder) -> list[str]:
            made = ["--file-format=WAVE", f"--data-format=LEI16@{pcm.RATE}", "-o", str(order.out)]
            return [say, "-v", name, "-r", str(order.pace), *made, "-f", str(order.file)]

        return CommandVoice(f"say:{name}", name, command, system, language=language)

    return [voice(name) for name, _ in sorted(named, key=rank) if name.split(" (", maxsplit=1)[0] not in _JOKES]


_WINDOWS_LIST = """
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = [Text.Encoding]::UTF8
Add-Type -AssemblyName System.Speech
(New-Object System.Speech.Synthesis.SpeechSynthesizer).GetInstalledVoices() | Where-Object { $_.Enabled } |
  ForEach-Object { $_.VoiceInfo.Culture.Name + '|' + $_.VoiceInfo.Name }
"""
_WINDOWS_SAY = """
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Speech
$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer
$voice.SelectVoice($env:GUIDE_VOICE)
$voice.Rate = [int]$env:GUIDE_RATE
$form = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo(22050, 'Sixteen', 'Mono')
$voice.SetOutputToWaveFile($env:GUIDE_OUT, $form)
$voice.Speak([IO.File]::ReadAllText($env:GUIDE_WORDS, [Text.Encoding]::UTF8))
$voice.Dispose()
"""


def _powershell(program: str, script: str) -> list[str]:
    encoded = base64.b64encode(script.encode("utf-16-le")).decode("ascii")
    return [program, "-NoProfile", "-NonInteractive", "-EncodedCommand", encoded]


def _windows_voices(language: str, system: System) -> list[Voice]:
    if not (shell := system.which("powershell")):
        return []
    found = [line.strip().split("|", 1) for line in _listed(system, _powershell(shell, _WINDOWS_LIST))]

    def voice(name: str) -> Voice:
        def environment(order: SpeechOrder) -> dict[str, str]:
            notch = round(10 * math.log(order.pace / 180, 3))  # -10 to 10: a third to three times its own pace
            return {
                "GUIDE_VOICE": name,
                "GUIDE_RATE": str(min(max(notch, -10), 10)),
                "GUIDE_OUT": str(order.out),
                "GUIDE_WORDS": str(order.file),
            }

        return CommandVoice(
            f"windows:{name}",
            name,
            lambda _: _powershell(shell, _WINDOWS_SAY),
            system,
            environment,
            language=language,
        )

    same = [(tag, name) for tag, *rest in found for name in rest if _same_language(tag, language)]
    return [voice(name) for _, name in sorted(same, key=lambda pair: pair[0].lower() != language.lower())]


_PICO = {"en": "en-US", "de": "de-DE", "es": "es-ES", "fr": "fr-FR", "it": "it-IT"}
_FLITE_VOICES = (
    ("slt", N_("Flite, a woman’s voice")),
    ("awb", N_("Flite, a Scottish man’s voice")),
    ("rms", N_("Flite, a man’s voice")),
)


def _linux_voices(language: str, system: System) -> list[Voice]:
    voices: list[Voice] = []
    spoken_here = primary(language)
    if (pico := system.which("pico2wave")) and spoken_here in _PICO:
        spoken = "en-GB" if language.lower() == "en-gb" else _PICO[spoken_here]

        def say_pico(order: SpeechOrder) -> list[str]:  # 100 is its own pace, some 170 words a minute
            paced = f"<speed level='{round(order.pace / 1.7)}'>{order.text}</speed>"
            return [pico, f"--lang={spoken}", f"--wave={order.out}", "--", paced]

        voices.append(CommandVoice("pico2wave", "Pico", say_pico, system, plain=_no_entities, language=language))
    if (flite := system.which("flite")) and spoken_here == "en":
        for short, name in _FLITE_VOICES:

            def say_flite(order: SpeechOrder, short: str = short) -> list[str]:  # its own pace: some 170 words a minute
                stretch = f"duration_stretch={170 / max(order.pace, 60):.3f}"
                return [flite, "-voice", short, "--setf", stretch, "-f", str(order.file), "-o", str(order.out)]

            voices.append(CommandVoice(f"flite:{short}", _(name), say_flite, system))
    if espeak := system.which("espeak-ng"):

        def say_espeak(order: SpeechOrder) -> list[str]:
            calm = ["-s", str(order.pace), "-p", str(CALM_PITCH), "-v", f"{spoken_here}{VARIANT}"]
            return [espeak, *calm, "-w", str(order.out), "-f", str(order.file)]

        voices.append(CommandVoice(ESPEAK_PROGRAM, "eSpeak NG", say_espeak, system, soften=True, language=language))
    return voices


def _listed(system: System, command: Sequence[str]) -> list[str]:
    try:
        return system.run(command, {}).decode("utf-8", "replace").splitlines()
    except (OSError, subprocess.SubprocessError):
        return []


def system_voices(language: str = "en", *, system: System | None = None) -> list[Voice]:
    """List the voices the computer itself has for a language (BCP 47), the calmest first.

    Takes up to a second on Windows: not for the thread that paints.
    """
    system = system or System()
    match system.platform:
        case "darwin":
            return _mac_voices(language, system)
        case "win32":
            return _windows_voices(language, system)
        case _:
            return _linux_voices(language, system)
