"""Her settings as the session page takes them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from guide.pages.session.parts import SessionOptions
from guide.store.settings import Settings


def options_of(
    settings: Settings, now: datetime, *, photo_shown: bool, dimmed: bool, speed: float, kept: bool, lost: str
) -> SessionOptions:
    """`dimmed` says that she moved the slider in this session; else it is dark in her quiet hours."""
    dims = dimmed or (settings.dim_at_night and is_night(settings, now))
    return SessionOptions(
        tap=settings.tap.value,
        number_free=settings.number_free,
        quiet=settings.quiet_night,
        dim=settings.dim_level if dims else 0.0,
        photos=tuple(map(Path, settings.photos if photo_shown and settings.photos_shown else ())),
        partner=settings.partner_shown,
        keys=settings.learned_keys,
        spoken=settings.voice_on,
        speed=speed,
        kept=kept,
        lost=lost,
    )


def is_night(settings: Settings, now: datetime) -> bool:
    """Whether it is within her quiet hours, which may pass midnight."""
    begins, ends, time = settings.quiet_from, settings.quiet_to, now.time()
    return begins <= time < ends if begins <= ends else time >= begins or time < ends
