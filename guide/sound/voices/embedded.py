"""The voice that works everywhere: libespeak-ng through ctypes. The numbers are those of its header, speak_lib.h."""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import re
import shutil
import sys
import threading
from array import array
from functools import cache
from pathlib import Path
from typing import Final, cast

from guide.language import N_
from guide.scratch import scratch_folder
from guide.sound.voices.voice import PAUSE, SENTENCES, Speech, VoiceError, speakable

_SYNCHRONOUS, _DONT_EXIT, _UTF8, _CHARACTERS = 2, 0x8000, 1, 1
_SPEED, _PITCH, _RANGE, _WORD_GAP = 1, 3, 4, 7
CALM_PITCH: Final = 42  # a little lower and evener than its own 50 and 50
_CALM = {_PITCH: CALM_PITCH, _RANGE: 38, _WORD_GAP: 1}
VARIANT: Final = "+f2"
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
            raise VoiceError(N_("The plain voice cannot be started here.")) from error
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
            raise VoiceError(N_("The plain voice cannot be started here."))
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
        self._callback = kind(self._hear)  # kept, or the library would call into freed memory
        library.espeak_SetSynthCallback(self._callback)
        return int(rate)

    def _hear(self, samples: int | None, count: int, _events: int | None) -> int:
        if samples and count > 0:
            self._heard += ctypes.string_at(samples, count * 2)
        return 0

    def say(self, text: str, *, language: str, pace: int) -> tuple[array[int], int]:
        """Speak sentence by sentence, with a pause between; gives the samples and how many there are a second."""
        from guide.sound import levels  # brings numpy, which is the child's

        speech: array[int] = array("h")
        with self._lock:
            self._choose(language)
            for number, value in {**_CALM, _SPEED: min(max(pace, 80), 450)}.items():
                self._library.espeak_SetParameter(number, value, 0)
            for sentence in SENTENCES.split(text):
                if speech:
                    speech.extend([0] * int(PAUSE * self._rate))
                speech.extend(cast("array[int]", levels.trimmed(self._sentence(sentence), rate=self._rate)))
        return speech, self._rate

    def _choose(self, language: str) -> None:
        tag = language.replace("_", "-").lower()
        for known in (tag, tag.partition("-")[0], "en"):
            if self._library.espeak_SetVoiceByName(f"{known}{VARIANT}".encode(errors="replace")) == 0:
                return
        raise VoiceError(N_("The plain voice has no language to speak."))

    def _sentence(self, text: str) -> array[int]:
        self._heard.clear()
        words = text.encode(errors="replace")
        if self._library.espeak_Synth(words, len(words) + 1, 0, _CHARACTERS, 0, _UTF8, None, None) != 0:
            raise VoiceError(N_("The plain voice could not say this."))
        return array("h", bytes(self._heard))


def _short(data: Path) -> Path:
    """Give a short path to the voice's data, through a link or, where there are none, a copy."""
    data = _readable(data)
    if len(os.fsencode(data)) < _LONGEST_DATA_PATH:
        return data
    nearer = scratch_folder() / data.name
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


def speak(text: str, *, language: str, pace: int) -> Speech:
    """Speak a language (BCP 47) that the library `speaks`; English for another. Raises VoiceError."""
    samples, rate = _engine().say(speakable(text), language=language, pace=pace)
    return Speech(samples, rate)


def speaks(language: str) -> bool:
    """
    Whether the library knows a language (BCP 47). Source: the names in its files of languages.

    >>> speaks("de-AT"), speaks("zh"), speaks("xh")
    (True, True, False)
    """
    tag = language.replace("_", "-").lower()
    known = frozenset({"en"}) if tag.partition("-")[0] == "en" else _languages()
    return not known or tag.partition("-")[0] in known


@cache
def _languages() -> frozenset[str]:
    """The first subtags of all it speaks; none where its files are not where they usually are."""
    found = importlib.util.find_spec("espeakng_loader")
    folders = (found.submodule_search_locations or ()) if found is not None else ()
    names: set[str] = set()
    for folder in folders:
        for path in Path(folder, "espeak-ng-data", "lang").rglob("*"):
            if path.is_file():
                named = re.findall(rb"^language ([\w-]+)", path.read_bytes(), re.MULTILINE)
                names.update(name.decode("ascii") for name in named)
    return frozenset(name.lower().partition("-")[0] for name in names)


def there() -> bool:
    """Whether the library is installed; whether it is whole shows when it speaks."""
    return importlib.util.find_spec("espeakng_loader") is not None
