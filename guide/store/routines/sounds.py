"""Chimes that a routine names: built-in, or a sound file beside it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final

from guide.core.routine import Kind
from guide.core.shown import quoted
from guide.core.soundfile import HEAD, kind_of
from guide.language import _
from guide.store.files import MOST_SOUND_BYTES
from guide.store.routines.values import not_one_of
from guide.store.yaml.source import Value

SOUNDS: Final = (*(kind.value for kind in Kind), "earliest", "end", "tick")
SOUND_FILES: Final = (".wav", ".flac", ".ogg", ".mp3")


def read_sound(value: Value) -> str | None:
    """A built-in name, or a path that stays inside the folder of the routine's file; routine-format, "Errors"."""
    text = value.text(most=200)
    if text is None or text in SOUNDS:
        return text
    if "." not in text and "/" not in text:
        not_one_of(value, text, list(SOUNDS), _("a built-in sound"))
        return None
    path = PurePosixPath(text)
    if "\\" in text or ":" in text or text.startswith(("/", "~")) or ".." in path.parts:
        value.problem(
            _("'{text}' is not inside the folder of this file; put the sound beside it and write its name").format(
                text=quoted(text)
            )
        )
        return None
    if path.suffix.lower() not in SOUND_FILES:
        value.problem(_("'{text}' is not a sound file known here; use WAV, FLAC, OGG or MP3").format(text=quoted(text)))
        return None
    if value.findings.folder is not None and (wrong := _not_playable(value.findings.folder, text)):
        value.problem(f"'{quoted(text)}' {wrong}")
        return None
    return text


def _not_playable(folder: Path, name: str) -> str:
    try:
        file, inside = (folder / name).resolve(), folder.resolve()
        if not file.is_relative_to(inside):
            return _("leads out of the folder of this file; put the sound itself beside it")
        if not file.is_file():
            return _("is not there; look at the name, or put the sound into the folder of this file")
        if file.stat().st_size > MOST_SOUND_BYTES:
            return _("is larger than 20 MB; use a shorter sound")
        with file.open("rb") as opened:
            kind = kind_of(opened.read(HEAD))
        if kind is None:
            return _("is no sound, whatever its name says; use WAV, FLAC, OGG or MP3")
        if kind != file.suffix.lower():
            return _("is {upper} inside; give it the ending {kind}").format(upper=kind[1:].upper(), kind=kind)
    except (OSError, ValueError, RuntimeError):  # RuntimeError: a loop of symbolic links, before Python 3.13
        return _("could not be looked at; put the sound beside this file")
    return ""
