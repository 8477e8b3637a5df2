"""How her settings want a session to be heard, and by which voices."""

from __future__ import annotations

from guide.sound.chimes import DEFAULT, FAMILIES
from guide.sound.repertoire import Wishes
from guide.sound.voices.chain import Voices
from guide.sound.voices.engine import Priority
from guide.sound.voices.recorded import Recordings
from guide.store.paths import Paths
from guide.store.settings import Settings


def voices_of(paths: Paths, priority: Priority = Priority.USUAL) -> Voices:
    """The voices of this computer, and those that were recorded on it."""
    return Voices(own=Recordings(paths.recordings).voices, priority=priority)


def wishes_of(settings: Settings) -> Wishes:
    return Wishes(
        voice_on=settings.voice_on,
        voice=settings.voice,
        voice_volume=settings.voice_volume,
        pace=settings.voice_rate,
        chimes_on=settings.chimes_on,
        family=settings.chime_family if settings.chime_family in FAMILIES else DEFAULT,
        chime_volume=settings.chime_volume,
        partner_said=settings.partner_said and settings.partner_shown,
        quiet=settings.quiet_night,
    )
