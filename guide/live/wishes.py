"""How her settings want a session to be heard."""

from __future__ import annotations

from guide.sound.chimes import DEFAULT, FAMILIES
from guide.sound.repertoire import Wishes
from guide.store.settings import Settings


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
