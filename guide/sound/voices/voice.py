"""Voices: text made into audio files, by the voices there are; the prompts of a plan, kept from day to day."""

from __future__ import annotations

import base64
import ctypes
import hashlib
import importlib
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from guide.sound import pcm
from guide.sound.clip import Clip, measure
from guide.sound.pcm import SoundError
from guide.sound.shelf import Shelf, spare_folder

RATE = 145  # words a minute: calm, and still short enough for the step's first seconds
LIMIT = 100 * 1024 * 1024  # bytes of prompts kept
_VERSION = "prompt-1"  # changes when the same words would sound different
_PAUSE = 0.38  # seconds between two sentences
_PATIENCE = 30.0  # seconds until a system voice that does not answer is given up
_SENTENCES = re.compile(r"(?<=[.!?…。！？])\s+")


class VoiceError(SoundError):
    """A voice that cannot say something; the text is a sentence for a person."""


class Voice(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    def render(self, text: str, path: Path, *, rate: int, volume: float) -> None:
        """Write what is said as a WAV file: `rate` words a minute, `volume` 0 to 1; raises VoiceError."""


def finished(samples: Sequence[float], *, rate: int, volume: float, soften: bool = False) -> bytes:
    """Make raw speech into a prompt: trimmed, levelled to the chimes, its ends faded; a WAV file at 22,050 Hz.

    `soften` takes the buzz off a synthetic voice. Raises VoiceError where there is nothing but silence.
    """
    speech = pcm.trimmed(pcm.resampled(samples, rate))
    if not speech:
        raise VoiceError("The voice made no sound.")
    if soften:
        speech = pcm.smoothed(speech)
    return pcm.wav_bytes(pcm.faded(pcm.levelled(speech, volume=volume), rise=0.01, fall=0.03))


def speakable(text: str) -> str:
    """Leave out what no voice can say: control characters, and more than one blank in a row."""
    shown = "".join(" " if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in text)
    return " ".join(shown.split())


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise VoiceError("The words could not be written to a sound file.") from error


# The embedded voice: libespeak-ng through ctypes. The numbers are those of its header, speak_lib.h.

_SYNCHRONOUS, _DONT_EXIT, _UTF8, _CHARACTERS = 2, 0x8000, 1, 1
_SPEED, _PITCH, _RANGE, _WORD_GAP = 1, 3, 4, 7
_CALM = {_PITCH: 42, _RANGE: 38, _WORD_GAP: 1}  # a little lower and evener than its own 50 and 50
_VARIANT = "+f2"
_LONGEST_DATA_PATH = 150  # bytes: libespeak-ng copies the path into 160


class _Engine:
    """One libespeak-ng for the whole program: it has global state, so one call at a time."""

    def __init__(self) -> None:
        try:
            loader = importlib.import_module("espeakng_loader")
            self._library = ctypes.CDLL(loader.get_library_path())
            data = _short(Path(loader.get_data_path()))
            if not (data / "phontab").is_file():  # the library would write complaints of its own
                raise FileNotFoundError(data)
        except (ImportError, OSError, RuntimeError) as error:
            raise VoiceError("The built-in voice cannot be started here.") from error
        self._lock = threading.Lock()
        self._heard = bytearray()
        self._rate = self._started(data)

    def _started(self, data: Path) -> int:
        library = self._library
        library.espeak_Synth.argtypes = [
            *(ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int),
            *(ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p),
        ]
        rate = library.espeak_Initialize(_SYNCHRONOUS, 0, os.fsencode(data), _DONT_EXIT)
        if rate <= 0:
            raise VoiceError("The built-in voice cannot be started here.")
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
        self._callback = kind(self._hear)  # kept, or the library would call into freed memory
        library.espeak_SetSynthCallback(self._callback)
        return int(rate)

    def _hear(self, samples: int | None, count: int, _events: int | None) -> int:
        if samples and count > 0:
            self._heard += ctypes.string_at(samples, count * 2)
        return 0

    def say(self, text: str, *, language: str, rate: int) -> tuple[array[int], int]:
        """Speak sentence by sentence, with a pause between; gives the samples and how many there are a second."""
        speech: array[int] = array("h")
        with self._lock:
            self._choose(language)
            for number, value in {**_CALM, _SPEED: min(max(rate, 80), 450)}.items():
                self._library.espeak_SetParameter(number, value, 0)
            for sentence in _SENTENCES.split(text):
                if speech:
                    speech.extend([0] * int(_PAUSE * self._rate))
                speech.extend(map(int, pcm.trimmed(self._sentence(sentence), rate=self._rate)))
        return speech, self._rate

    def _choose(self, language: str) -> None:
        tag = language.replace("_", "-").lower()
        for known in (tag, tag.partition("-")[0], "en"):
            if self._library.espeak_SetVoiceByName(f"{known}{_VARIANT}".encode(errors="replace")) == 0:
                return
        raise VoiceError("The built-in voice has no language to speak.")

    def _sentence(self, text: str) -> array[int]:
        self._heard.clear()
        words = text.encode(errors="replace")
        if self._library.espeak_Synth(words, len(words) + 1, 0, _CHARACTERS, 0, _UTF8, None, None) != 0:
            raise VoiceError("The built-in voice could not say this.")
        return array("h", bytes(self._heard))


def _short(data: Path) -> Path:
    """Give a short path to the voice's data, through a link or, where there are none, a copy."""
    data = _readable(data)
    if len(os.fsencode(data)) < _LONGEST_DATA_PATH:
        return data
    nearer = spare_folder() / data.name
    if not nearer.exists():
        try:
            nearer.symlink_to(data, target_is_directory=True)
        except OSError:
            shutil.copytree(data, nearer)
    return nearer


def _readable(path: Path) -> Path:
    """Give a path in plain letters: on Windows the library opens files by their old short names only."""
    if sys.platform == "win32" and not str(path).isascii():
        room = ctypes.create_unicode_buffer(32_768)
        if ctypes.windll.kernel32.GetShortPathNameW(str(path), room, len(room)):
            return Path(room.value)
    return path


_starting = threading.Lock()


@cache
def _started_engine() -> _Engine:
    return _Engine()


def _engine() -> _Engine:
    with _starting:  # or two threads would start the library twice
        return _started_engine()


@dataclass(frozen=True, slots=True)
class EmbeddedVoice:
    """The voice that works everywhere; speaks English where it does not know the language (a BCP 47 tag)."""

    language: str = "en"
    id: str = "embedded"
    name: str = "Built-in voice"

    def render(self, text: str, path: Path, *, rate: int, volume: float) -> None:
        samples, hertz = _engine().say(speakable(text), language=self.language, rate=rate)
        _write(path, finished(samples, rate=hertz, volume=volume, soften=True))


# Voices of the system: each a program that writes a WAV file.


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
    """What the voices need to know of the computer: `sys.platform`, where programs are, how to run one."""

    platform: str = sys.platform
    which: Callable[[str], str | None] = shutil.which
    run: Callable[[Sequence[str], Mapping[str, str]], bytes] = _run


@dataclass(frozen=True, slots=True)
class Order:
    """One thing to say: its words in a UTF-8 file too, for no text is ever part of a command that could run it."""

    text: str
    file: Path
    out: Path
    rate: int


@dataclass(frozen=True, slots=True)
class CommandVoice:
    id: str
    name: str
    command: Callable[[Order], Sequence[str]]
    run: Callable[[Sequence[str], Mapping[str, str]], bytes]
    environment: Callable[[Order], Mapping[str, str]] = field(default=lambda _: {})
    plain: Callable[[str], str] = field(default=str)
    soften: bool = False

    def render(self, text: str, path: Path, *, rate: int, volume: float) -> None:
        words = self.plain(speakable(text))
        try:
            with tempfile.TemporaryDirectory(prefix="pumping-guide-") as folder:
                order = Order(words, Path(folder, "words.txt"), Path(folder, "words.wav"), rate)
                order.file.write_text(words, encoding="utf-8", errors="replace")
                self.run(self.command(order), self.environment(order))
                samples, hertz = pcm.read_wav(order.out)
        except (OSError, subprocess.SubprocessError, SoundError) as error:
            raise VoiceError(f"The voice {self.name} could not say this.") from error
        _write(path, finished(samples, rate=hertz, volume=volume, soften=self.soften))


def _no_markup(text: str) -> str:
    return " ".join(re.sub(r"[<>&\\]", " ", text).split())


def _no_commands(text: str) -> str:
    return " ".join(text.replace("[[", " ").replace("]]", " ").split())  # macOS: [[rate 400]] and the like


def _same_language(tag: str, language: str) -> bool:
    return _primary(tag) == _primary(language)


def _primary(tag: str) -> str:
    return re.split(r"[-_]", tag.lower())[0]


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
        def command(order: Order) -> list[str]:
            made = ["--file-format=WAVE", f"--data-format=LEI16@{pcm.RATE}", "-o", str(order.out)]
            return [say, "-v", name, "-r", str(order.rate), *made, "-f", str(order.file)]

        return CommandVoice(f"say:{name}", name, command, system.run, plain=_no_commands)

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
        def environment(order: Order) -> dict[str, str]:
            pace = round(10 * math.log(order.rate / 180, 3))  # -10 to 10: a third to three times its own pace
            return {
                "GUIDE_VOICE": name,
                "GUIDE_RATE": str(min(max(pace, -10), 10)),
                "GUIDE_OUT": str(order.out),
                "GUIDE_WORDS": str(order.file),
            }

        return CommandVoice(
            f"windows:{name}", name, lambda _: _powershell(shell, _WINDOWS_SAY), system.run, environment
        )

    same = [(tag, name) for tag, *rest in found for name in rest if _same_language(tag, language)]
    return [voice(name) for _, name in sorted(same, key=lambda pair: pair[0].lower() != language.lower())]


_PICO = {"en": "en-US", "de": "de-DE", "es": "es-ES", "fr": "fr-FR", "it": "it-IT"}
_FLITE_VOICES = (("slt", "Flite, slt"), ("awb", "Flite, awb"), ("rms", "Flite, rms"))


def _linux_voices(language: str, system: System) -> list[Voice]:
    voices: list[Voice] = []
    primary = _primary(language)
    if (pico := system.which("pico2wave")) and primary in _PICO:
        spoken = "en-GB" if language.lower() == "en-gb" else _PICO[primary]

        def say_pico(order: Order) -> list[str]:  # 100 is its own pace, some 170 words a minute
            paced = f"<speed level='{round(order.rate / 1.7)}'>{order.text}</speed>"
            return [pico, f"--lang={spoken}", f"--wave={order.out}", "--", paced]

        voices.append(CommandVoice("pico2wave", "Pico", say_pico, system.run, plain=_no_markup))
    if (flite := system.which("flite")) and primary == "en":
        for short, name in _FLITE_VOICES:

            def say_flite(order: Order, short: str = short) -> list[str]:  # its own pace: some 170 words a minute
                stretch = f"duration_stretch={170 / max(order.rate, 60):.3f}"
                return [flite, "-voice", short, "--setf", stretch, "-f", str(order.file), "-o", str(order.out)]

            voices.append(CommandVoice(f"flite:{short}", name, say_flite, system.run))
    if espeak := system.which("espeak-ng"):

        def say_espeak(order: Order) -> list[str]:
            calm = ["-s", str(order.rate), "-p", str(_CALM[_PITCH]), "-v", f"{primary}{_VARIANT}"]
            return [espeak, *calm, "-w", str(order.out), "-f", str(order.file)]

        voices.append(CommandVoice("espeak-ng", "eSpeak NG", say_espeak, system.run, soften=True))
    return voices


def _listed(system: System, command: Sequence[str]) -> list[str]:
    try:
        return system.run(command, {}).decode("utf-8", "replace").splitlines()
    except (OSError, subprocess.SubprocessError):
        return []


# A Piper voice of a person's own.


@cache
def _piper_model(path: Path) -> Any:
    return importlib.import_module("piper").PiperVoice.load(path)


@dataclass(frozen=True, slots=True)
class PiperVoice:
    """A Piper voice in an .onnx file (its .onnx.json beside it); piper itself is imported when it first speaks."""

    path: Path

    @property
    def id(self) -> str:
        return f"piper:{self.path}"

    @property
    def name(self) -> str:
        return f"Piper, {self.path.stem}"

    def render(self, text: str, path: Path, *, rate: int, volume: float) -> None:
        try:
            model = _piper_model(self.path)
            settings = importlib.import_module("piper").SynthesisConfig(length_scale=165 / max(rate, 60))
            heard = [
                (chunk.audio_int16_bytes, chunk.sample_rate)
                for chunk in model.synthesize(speakable(text), syn_config=settings)
            ]
        except ImportError as error:
            raise VoiceError("A Piper voice needs the package piper-tts.") from error
        except Exception as error:
            raise VoiceError(f"The Piper voice {self.path.name} could not be used.") from error
        hertz = heard[0][1] if heard else pcm.RATE
        speech: list[float] = []
        for data, _ in heard:
            if speech:
                speech += [0.0] * int(_PAUSE * hertz)
            speech += array("h", data)
        _write(path, finished(speech, rate=hertz, volume=volume))


def _embedded(language: str) -> Voice | None:
    try:
        _engine()
    except VoiceError:
        return None
    return EmbeddedVoice(language)


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


def voices(language: str = "en", *, system: System | None = None, piper: Iterable[Path] = ()) -> list[Voice]:
    """List the voices that can be used here for a language, the default first; `piper` are her .onnx files."""
    system = system or System()
    own: list[Voice] = [PiperVoice(path) for path in piper if path.suffix == ".onnx" and path.is_file()]
    there = system_voices(language, system=system)
    embedded = _embedded(language)
    mine = [embedded] if embedded else []
    ordered = [*there, *mine] if system.platform in {"darwin", "win32"} else [*mine, *there]
    return [*ordered, *own]


def choose(voice_id: str | None, language: str = "en", *, system: System | None = None) -> Voice | None:
    """Give the voice with this id, or the default where it is not here (any more); None where there is no voice.

    The default is the computer's own best on macOS and Windows, and the embedded one elsewhere.
    """
    if voice_id == "embedded" and (found := _embedded(language)):
        return found  # without asking the system for its voices
    if voice_id and voice_id.startswith("piper:"):
        path = Path(voice_id.removeprefix("piper:"))
        if path.suffix == ".onnx" and path.is_file():
            return PiperVoice(path)
    there = voices(language, system=system)
    return next((voice for voice in there if voice.id == voice_id), there[0] if there else None)


class Prompts:
    """Makes the prompts of a plan ready: each text a clip, kept for the next time."""

    def __init__(
        self,
        folder: Path,
        *,
        limit: int = LIMIT,
        fallback: Callable[[str], Voice | None] = _embedded,
        shelf: Shelf | None = None,
    ) -> None:
        self._shelf = shelf or Shelf(folder)
        self._limit = limit
        self._fallback = fallback
        self._lock = threading.Lock()
        self.problems: list[str] = []

    def prepare(
        self,
        texts: Iterable[str],
        *,
        voice: Voice | None,
        language: str = "en",
        rate: int = RATE,
        volume: float = 1.0,
        progress: Callable[[int, int], None] | None = None,
    ) -> dict[str, Clip]:
        """Render every text that is not there yet, and give the clip of each that can be said.

        `problems` is then a list of sentences for a person, each once. What `progress` (done, of how many) raises
        passes through: that is how to break off.
        """
        wanted = [text for text in dict.fromkeys(texts) if any(map(str.isalnum, text))]
        with self._lock:
            self.problems = []
            clips: dict[str, Clip] = {}
            able = [found for found in (voice, self._fallback(language)) if found is not None]
            able = [found for index, found in enumerate(able) if index == 0 or found.id != able[0].id]
            if not able and wanted:
                self._tell("There is no voice here. Chimes and the words on the screen go on.")
            tired: dict[str, int] = {}
            for done, text in enumerate(wanted):
                if progress:
                    progress(done, len(wanted))
                for speaker in able:
                    if tired.get(speaker.id, 0) >= 2:  # it would keep her waiting for each text anew
                        continue
                    clip = self._clip(text, speaker, language=language, rate=rate, volume=volume)
                    if clip:
                        tired[speaker.id] = 0
                        clips[text] = clip
                        break
                    tired[speaker.id] = tired.get(speaker.id, 0) + 1
            if progress and wanted:
                progress(len(wanted), len(wanted))
            self._shelf.tidy(limit=self._limit, using=[clip.path for clip in clips.values()])
            if self._shelf.trouble:
                self._tell(self._shelf.trouble)
        return clips

    def _clip(self, text: str, voice: Voice, *, language: str, rate: int, volume: float) -> Clip | None:
        parts = (_VERSION, voice.id, language, str(rate), f"{volume:.3f}", text)
        key = hashlib.sha256("\0".join(parts).encode(errors="backslashreplace")).hexdigest()[:24]
        try:
            path = self._shelf.find(key) or self._shelf.keep(key, _rendered(text, voice, rate, volume))
            return Clip(path, measure(path))
        except VoiceError as error:
            self._tell(str(error))
        except SoundError:
            pass  # the shelf tells it itself, once
        except OSError:
            self._tell("There is no room on the disk for sounds. The words on the screen go on.")
        return None

    def _tell(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def _rendered(text: str, voice: Voice, rate: int, volume: float) -> bytes:
    with tempfile.TemporaryDirectory(prefix="pumping-guide-", ignore_cleanup_errors=True) as folder:
        path = Path(folder, "prompt.wav")
        try:
            voice.render(text, path, rate=rate, volume=volume)
            with path.open("rb") as file:
                pcm.wav_format(file)
            return path.read_bytes()
        except VoiceError:
            raise
        except Exception as error:
            raise VoiceError(f"The voice {voice.name} could not say this.") from error
