"""The settings of two computers put together: what was chosen on this one stays."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import Any, Final

from guide.store.settings import MOST_ITEMS, Settings, SoreCheck


class Joining(Enum):
    """How one setting is put together."""

    STAYS = auto()  # as it is here: it is of this computer, or opens its microphone
    CHOSEN = auto()  # as it is here where that is not what it is at first, else as it is there
    JOINED = auto()  # a list of hers: what is here, and what only the other has
    WITH_PUMP = auto()  # as what is chosen, but all of the pump together: figures of two pumps would be of none
    WITH_MUSIC = auto()  # chosen together: the place in the music is one in that folder
    SORE = auto()  # the answer of the day


JOININGS: Final[Mapping[str, Joining]] = MappingProxyType(
    {
        "language": Joining.CHOSEN,
        "theme": Joining.CHOSEN,
        "dim_at_night": Joining.CHOSEN,
        "dim_level": Joining.CHOSEN,
        "text_scale": Joining.CHOSEN,
        "motion": Joining.CHOSEN,
        "voice_on": Joining.CHOSEN,
        "voice": Joining.CHOSEN,
        "voice_volume": Joining.CHOSEN,
        "voice_rate": Joining.CHOSEN,
        "chimes_on": Joining.CHOSEN,
        "chime_family": Joining.CHOSEN,
        "chime_volume": Joining.CHOSEN,
        "partner_shown": Joining.CHOSEN,
        "partner_said": Joining.CHOSEN,
        "quiet_night": Joining.CHOSEN,
        "number_free": Joining.CHOSEN,
        "units": Joining.CHOSEN,
        "full_screen_at_start": Joining.CHOSEN,
        "tap": Joining.CHOSEN,
        "learned_keys": Joining.CHOSEN,
        "listen": Joining.STAYS,
        "words": Joining.CHOSEN,
        "microphone": Joining.STAYS,
        "listens": Joining.CHOSEN,
        "headphones": Joining.STAYS,
        "alike_kept": Joining.JOINED,
        "media_keys": Joining.CHOSEN,
        "photos": Joining.JOINED,
        "photos_shown": Joining.CHOSEN,
        "sounds": Joining.CHOSEN,
        "sounds_volume": Joining.CHOSEN,
        "sounds_soften": Joining.CHOSEN,
        "music": Joining.WITH_MUSIC,
        "music_at": Joining.WITH_MUSIC,
        "baby_sounds": Joining.CHOSEN,
        "taken_to": Joining.STAYS,
        "pump_name": Joining.WITH_PUMP,
        "flange_left": Joining.WITH_PUMP,
        "flange_right": Joining.WITH_PUMP,
        "level_left": Joining.WITH_PUMP,
        "level_right": Joining.WITH_PUMP,
        "switches_mode": Joining.WITH_PUMP,
        "daily_goal": Joining.CHOSEN,
        "nudge_on": Joining.CHOSEN,
        "nudge_hours": Joining.CHOSEN,
        "quiet_from": Joining.CHOSEN,
        "quiet_to": Joining.CHOSEN,
        "hidden": Joining.JOINED,
        "first_hint_closed": Joining.CHOSEN,
        "purpose": Joining.CHOSEN,
        "sore_check": Joining.SORE,
        "window": Joining.STAYS,
    }
)


AT_FIRST: Final = Settings()  # which a file has from the first page on, for all that was not chosen


def joined(here: Settings, there: Settings) -> Settings:
    return dataclasses.replace(here, **{name: _one(name, how, here, there) for name, how in JOININGS.items()})


def _one(name: str, how: Joining, here: Settings, there: Settings) -> Any:
    mine, theirs = getattr(here, name), getattr(there, name)
    match how:
        case Joining.STAYS:
            return mine
        case Joining.CHOSEN:
            return theirs if mine == getattr(AT_FIRST, name) else mine
        case Joining.JOINED:
            return tuple(dict.fromkeys((*mine, *theirs)))[: max(len(mine), MOST_ITEMS)]
        case Joining.WITH_PUMP | Joining.WITH_MUSIC:
            together = [other for other, like in JOININGS.items() if like is how]
            return mine if any(getattr(here, other) for other in together) else theirs
        case Joining.SORE:
            return sore_of_both(here.sore_check, there.sore_check)


def sore_of_both(here: SoreCheck | None, there: SoreCheck | None) -> SoreCheck | None:
    """
    A Yes from elsewhere counts unless a newer answer is here.

    A No from elsewhere never does: it may have been outstanding here since something hurt, so she is asked.
    """
    return there if there is not None and there.sore and (here is None or here.day <= there.day) else here
