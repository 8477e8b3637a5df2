"""Prompts: the texts of a plan made into clips by the voices there are, and kept from day to day."""

from __future__ import annotations

import hashlib
import io
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

from guide.core.shown import one_line
from guide.language import _
from guide.sound import pcm
from guide.sound.ahead import ahead
from guide.sound.clip import Clip, measure
from guide.sound.pcm import SoundError
from guide.sound.shelf import Shelf
from guide.sound.voices.voice import WORDS_A_MINUTE, SilentError, Voice, VoiceError, has_words

LIMIT: Final = 100 * 1024 * 1024  # bytes of prompts kept
FEW: Final = 8  # prompts to be said, up to which a second child would still read its model when the first is done
TIRED: Final = 2  # failures in a row after which a voice is not asked again for this plan
MUTE: Final = 5  # prompts in a row that it makes no sound for, likewise: fewer may be of letters it does not know

Progress = Callable[[int, int, timedelta | None], None]  # done, of how many, the time left once it can be told


class Prompts:
    """
    Makes the prompts of a plan ready: each text a clip, kept for the next time.

    What a voice says is kept at full loudness, and once more at the volume that is wished: another volume asks no
    voice anew.
    """

    def __init__(
        self,
        folder: Path,
        *,
        limit: int = LIMIT,
        shelf: Shelf | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._shelf = shelf or Shelf(folder)
        self._limit = limit
        self._clock = clock
        self._lock = threading.Lock()
        self.problems: list[str] = []

    def prepare(
        self,
        texts: Iterable[str],
        *,
        voices: Iterable[Voice],
        language: str = "en",
        pace: int = WORDS_A_MINUTE,
        volume: float = 1.0,
        quick: Voice | None = None,
        hands: int = 1,
        progress: Progress | None = None,
    ) -> dict[str, Clip]:
        """
        Render every text that is not there yet, and give the clip of each that can be said.

        What one voice cannot say, the next of `voices` does; they are drawn one by one, as they are needed. With a
        `quick` voice only that one is asked: what the first voice has said already is taken, and nothing waits.
        So many are made at a time as there are `hands`, where it is worth it.

        `problems` is then a list of sentences for a person, each once. What `progress` raises passes through: that
        is how to break off.
        """
        wanted = list(filter(has_words, dict.fromkeys(texts)))
        with self._lock:
            self.problems = []
            line = _Line(voices)
            work = _Work(self._shelf, language, pace, volume, self._tell)
            clips: dict[str, Clip] = {}
            try:
                letters = [0 if work.kept(text, line) else len(text) for text in wanted]
                left = _TimeLeft(letters, self._clock)

                def made(text: str) -> Clip | None:
                    return work.at_hand(text, line, quick) if quick else work.said(text, line)

                many = sum(map(bool, letters)) > FEW
                with ahead(made, wanted, hands=hands if many else 1) as clip_of:
                    for done, text in enumerate(wanted):
                        if progress:
                            progress(done, len(wanted), left.after(done))
                        if clip := clip_of(text):
                            clips[text] = clip
                if progress and wanted:
                    progress(len(wanted), len(wanted), timedelta(0))
            finally:
                line.rest()
                if quick:
                    quick.rest()
            if wanted and line.empty and not quick:
                self._tell(_("No voice here speaks this language. Chimes and the words on the screen go on."))
            self._shelf.tidy(limit=self._limit, using=[clip.path for clip in clips.values()])
            if self._shelf.trouble:
                self._tell(self._shelf.trouble)
        return clips

    def known(
        self, texts: Iterable[str], *, voices: Iterable[Voice], language: str = "en", pace: int = WORDS_A_MINUTE
    ) -> dict[str, timedelta]:
        """How long each text takes that its voice has said already; none is asked to speak."""
        with self._lock:
            line = _Line(voices)
            work = _Work(self._shelf, language, pace, 1.0, self._tell)
            try:
                kept = {text: path for text in texts if (path := work.kept(text, line)) is not None}
                return {text: measure(path) for text, path in kept.items()}
            except OSError:
                return {}
            finally:
                line.rest()

    def _tell(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


class _Line:
    """
    The voices in their order, each drawn when the one before it could not speak.

    Safe from several threads, which see the same voices in the same order.
    """

    def __init__(self, voices: Iterable[Voice]) -> None:
        self._drawing = threading.Lock()
        self._coming = iter(voices)
        self._drawn: list[Voice] = []
        self._failures: Counter[str] = Counter()
        self._silences: Counter[str] = Counter()

    @property
    def empty(self) -> bool:
        return not self._drawn and next(iter(self), None) is None

    def __iter__(self) -> Iterator[Voice]:
        """Those that are worth asking; one that fails again and again would keep her waiting for each text anew."""
        at = 0
        while True:
            with self._drawing:
                if at == len(self._drawn):
                    following = next(self._coming, None)
                    if following is None:
                        return
                    self._drawn.append(following)
            voice = self._drawn[at]
            at += 1
            if self._failures[voice.id] < TIRED and self._silences[voice.id] < MUTE:
                yield voice

    def failed(self, voice: Voice) -> None:
        self._failures[voice.id] += 1

    def was_silent(self, voice: Voice) -> None:
        self._silences[voice.id] += 1

    def spoke(self, voice: Voice) -> None:
        self._failures[voice.id] = self._silences[voice.id] = 0

    def rest(self) -> None:
        for voice in self._drawn:
            voice.rest()


class _Work:
    """One text after the other, looked for on the shelf and else said by a voice."""

    def __init__(self, shelf: Shelf, language: str, pace: int, volume: float, tell: Callable[[str], None]) -> None:
        self._shelf = shelf
        self._language = language
        self._pace = pace
        self._volume = volume
        self._tell = tell

    def said(self, text: str, line: _Line) -> Clip | None:
        for voice in line:
            edition = voice.edition(text)
            if edition is None:
                continue
            try:
                clip = self._clip(text, voice, edition)
            except SilentError:
                line.was_silent(voice)
                continue
            if clip:
                line.spoke(voice)
                return clip
            line.failed(voice)
        return None

    def kept(self, text: str, line: _Line) -> Path | None:
        """What the first voice that has this prompt has said already."""
        for voice in line:
            if (edition := voice.edition(text)) is not None:
                return self._kept(text, voice, edition, 1.0)
        return None

    def at_hand(self, text: str, line: _Line, quick: Voice) -> Clip | None:
        """What the first voice that has this prompt said already, else what the quick one says now."""
        for voice in line:
            edition = voice.edition(text)
            if edition is not None:
                if self._kept(text, voice, edition, 1.0):
                    return self._clip(text, voice, edition)
                break
        with suppress(SilentError):
            return self._clip(text, quick, quick.edition(text) or "")
        return None

    def _clip(self, text: str, voice: Voice, edition: str) -> Clip | None:
        """None where it cannot be said, and why is told; raises SilentError, which is told too."""
        try:
            path = self._kept(text, voice, edition, self._volume)
            if path is None:
                full = self._kept(text, voice, edition, 1.0) or self._keep(
                    text, voice, edition, 1.0, _rendered(text, voice, self._pace)
                )
                path = (
                    full
                    if pcm.gain(self._volume) == 1
                    else self._keep(text, voice, edition, self._volume, pcm.at_volume(full.read_bytes(), self._volume))
                )
            return Clip(path, measure(path))
        except SilentError:
            silent = _("The voice {name} made no sound for “{text}”.")
            self._tell(silent.format(name=one_line(voice.name, 60), text=one_line(text, 60)))
            raise
        except VoiceError as error:
            self._tell(str(error))
        except SoundError:
            pass  # the shelf tells it itself, once
        except OSError:
            self._tell(_("There is no room on the disk for sounds. The words on the screen go on."))
        return None

    def _kept(self, text: str, voice: Voice, edition: str, volume: float) -> Path | None:
        return self._shelf.find(self._key(text, voice, edition, volume))

    def _keep(self, text: str, voice: Voice, edition: str, volume: float, data: bytes) -> Path:
        return self._shelf.keep(self._key(text, voice, edition, volume), data)

    def _key(self, text: str, voice: Voice, edition: str, volume: float) -> str:
        parts = (edition, voice.id, self._language, str(self._pace), f"{volume:.3f}", text)
        return hashlib.sha256("\0".join(parts).encode(errors="backslashreplace")).hexdigest()[:24]


class _TimeLeft:
    """How long the rest will take, by the letters that have to be said; what is kept already has none."""

    def __init__(self, letters: list[int], clock: Callable[[], float]) -> None:
        self._letters = letters
        self._clock = clock
        self._began = clock()

    def after(self, done: int) -> timedelta | None:
        said = sum(self._letters[:done])
        if said == 0:  # nothing to judge by: the first text also waits for the voice to get ready
            return None
        return timedelta(seconds=self._clock() - self._began) * sum(self._letters[done:]) / said


def _rendered(text: str, voice: Voice, pace: int) -> bytes:
    try:
        data = voice.render(text, pace=pace)
        pcm.wav_format(io.BytesIO(data))
    except VoiceError:
        raise
    except Exception as error:
        raise VoiceError(_("The voice {name} could not say this.").format(name=voice.name)) from error
    return data
