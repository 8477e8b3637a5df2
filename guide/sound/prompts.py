"""Prompts: the texts of a plan made into clips by the voices there are, and kept from day to day."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from guide.sound import pcm
from guide.sound.clip import Clip, measure
from guide.sound.pcm import SoundError
from guide.sound.shelf import Shelf
from guide.sound.voices.embedded import embedded
from guide.sound.voices.voice import WORDS_A_MINUTE, Voice, VoiceError

LIMIT: Final = 100 * 1024 * 1024  # bytes of prompts kept
_VERSION = "prompt-1"  # changes when the same words would sound different


class Prompts:
    """Makes the prompts of a plan ready: each text a clip, kept for the next time."""

    def __init__(
        self,
        folder: Path,
        *,
        limit: int = LIMIT,
        fallback: Callable[[str], Voice | None] = embedded,
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
        pace: int = WORDS_A_MINUTE,
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
                    clip = self._clip(text, speaker, language=language, pace=pace, volume=volume)
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

    def _clip(self, text: str, voice: Voice, *, language: str, pace: int, volume: float) -> Clip | None:
        parts = (_VERSION, voice.id, language, str(pace), f"{volume:.3f}", text)
        key = hashlib.sha256("\0".join(parts).encode(errors="backslashreplace")).hexdigest()[:24]
        try:
            path = self._shelf.find(key) or self._shelf.keep(key, _rendered(text, voice, pace, volume))
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


def _rendered(text: str, voice: Voice, pace: int, volume: float) -> bytes:
    try:
        data = voice.render(text, pace=pace, volume=volume)
        pcm.wav_format(io.BytesIO(data))
    except VoiceError:
        raise
    except Exception as error:
        raise VoiceError(f"The voice {voice.name} could not say this.") from error
    return data
