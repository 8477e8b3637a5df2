"""What the command `doctor` says about sound: plain lines on voices, the player, the device and the kept files."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from guide.language import _, decimal
from guide.sound import pcm
from guide.sound.pcm import SoundError
from guide.sound.player import Playsound3Player
from guide.sound.prompts import LIMIT
from guide.sound.shelf import Shelf
from guide.sound.trouble import Trouble
from guide.sound.voices.chain import Voices
from guide.sound.voices.voice import WORDS_A_MINUTE, Voice

_PATIENCE = 5.0  # seconds for a moment of silence to be played
SHOWN: Final = 8  # names of voices; a Mac may have a hundred
TRIED: Final = "Small circles. Both sides, from the ribs in."


def report(
    folder: Path,
    *,
    language: str = "en",
    found: Callable[[str], Sequence[Voice]] = lambda language: Voices().all(language),
    player: Callable[[], Playsound3Player] = Playsound3Player,
    clock: Callable[[], float] = time.monotonic,
) -> list[str]:
    """Look at what can be heard here; `folder` is where sounds are kept. Plays a moment of silence."""
    return [*_voices(found(language), clock), *_player(player()), _kept(folder)]


def _voices(there: Sequence[Voice], clock: Callable[[], float]) -> list[str]:
    if not there:
        return [_("Voice: none. Chimes and the words on the screen go on.")]
    lines = [_("Voices: {names}.").format(names=_names(there)), _("Default voice: {name}.").format(name=there[0].name)]
    return [*lines, *(_tried(voice, clock) for voice in _one_of_each_engine(there))]


def _one_of_each_engine(there: Iterable[Voice]) -> list[Voice]:
    """The first voice of every program or library that speaks here: what one of them says, its others can say too."""
    first: dict[str, Voice] = {}
    for voice in there:
        if voice.edition(TRIED) is not None:  # a recorded voice has the prompts it has
            first.setdefault(voice.id.partition(":")[0], voice)
    return list(first.values())


def _tried(voice: Voice, clock: Callable[[], float]) -> str:
    began = clock()
    try:
        data = voice.render(TRIED, pace=WORDS_A_MINUTE)
        lasts = pcm.wav_format(io.BytesIO(data)).length
    except SoundError as error:
        return _("Voice tried, {name}: {error}").format(name=voice.name, error=error)
    finally:
        voice.rest()
    return _("Voice tried, {name}: it speaks, {took} s for {lasts} s of sound.").format(
        name=voice.name, took=decimal(f"{clock() - began:.1f}"), lasts=decimal(f"{lasts.total_seconds():.1f}")
    )


def _names(there: Sequence[Voice]) -> str:
    names = list(dict.fromkeys(voice.name for voice in there))
    return "; ".join(names[:SHOWN]) + (  # a name may have a comma in it
        _(" and {count} more").format(count=len(names) - SHOWN) if len(names) > SHOWN else ""
    )


def _player(player: Playsound3Player) -> list[str]:
    heard = threading.Event()
    troubles: list[Trouble | None] = []

    def done(trouble: Trouble | None) -> None:
        troubles.append(trouble)
        heard.set()

    try:
        player.prime(done)
        heard.wait(_PATIENCE)
    finally:
        player.close()
    way = (
        _("Player: playsound3 by way of {backend}.").format(backend=player.backend)
        if player.backend
        else _("Player: none.")
    )
    if not troubles:
        return [way, _("Sound: no answer from the sound system within 5 s.")]
    return [
        way,
        _("Sound: {trouble}").format(trouble=player.trouble)
        if troubles[0]
        else _("Sound: a moment of silence was played."),
    ]


def _kept(folder: Path) -> str:
    files, size = Shelf(folder).size()
    return _("Sounds kept: {files} in {folder}, {size} of at most {limit} MB.").format(
        files=files, folder=folder, size=decimal(f"{size / 1_048_576:.1f}"), limit=LIMIT // 1_048_576
    )
