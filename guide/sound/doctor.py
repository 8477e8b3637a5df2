"""What the command `doctor` says about sound: plain lines on voices, the player, the device and the kept files."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from guide.sound.pcm import SoundError
from guide.sound.player import Playsound3Player, Trouble
from guide.sound.prompts import LIMIT
from guide.sound.shelf import Shelf
from guide.sound.voices.chain import voices
from guide.sound.voices.voice import WORDS_A_MINUTE, Voice

_PATIENCE = 5.0  # seconds for a moment of silence to be played


def report(
    folder: Path,
    *,
    language: str = "en",
    found: Callable[[str], Sequence[Voice]] = voices,
    player: Callable[[], Playsound3Player] = Playsound3Player,
) -> list[str]:
    """Look at what can be heard here; `folder` is where sounds are kept. Plays a moment of silence."""
    return [*_voices(found(language)), *_player(player()), _kept(folder)]


def _voices(there: Sequence[Voice]) -> list[str]:
    if not there:
        return ["Voice: none. Chimes and the words on the screen go on."]
    lines = [f"Voice: {_names(there)}.", f"Default voice: {there[0].name}."]
    try:
        there[0].render("Settle in.", pace=WORDS_A_MINUTE, volume=1)
    except SoundError as error:
        lines.append(f"Voice tried: {error}")
    else:
        lines.append("Voice tried: it speaks.")
    return lines


def _names(there: Sequence[Voice]) -> str:
    shown = [voice.name for voice in there[:8]]
    return ", ".join(shown) + (f" and {len(there) - 8} more" if len(there) > 8 else "")


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
    way = f"Player: playsound3 by way of {player.backend}." if player.backend else "Player: none."
    if not troubles:
        return [way, "Sound: no answer from the sound system within 5 s."]
    return [way, f"Sound: {player.trouble}" if troubles[0] else "Sound: a moment of silence was played."]


def _kept(folder: Path) -> str:
    files, size = Shelf(folder).size()
    return f"Sounds kept: {files} in {folder}, {size / 1_048_576:.1f} of at most {LIMIT // 1_048_576} MB."
