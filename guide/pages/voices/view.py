"""What the page of voices shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guide.language import N_
from guide.live.voices import VoiceOffer

SAMPLE: Final = N_("Small circles. Both sides, from the ribs in.")  # what Listen says
MORSEL: Final = N_("Small circles.")  # what a choice in a menu says, softly
PACES: Final = (80, 260, 5)
LEVELS: Final = (5, 100, 5)


@dataclass(frozen=True, slots=True)
class VoicesView:
    """
    `speaks` is the id of the voice that is heard as things stand, `instead` its name where a chosen one is not here.

    `playing` is the id of the voice that can be heard now; `routines` are those that can be recorded, by id, each with
    the words of its menu row; `missing` says what to install.
    """

    natural: tuple[VoiceOffer, ...] = ()
    computer: tuple[VoiceOffer, ...] = ()
    recorded: tuple[VoiceOffer, ...] = ()
    speaks: str = ""
    instead: str = ""
    usual: str = ""  # the name of the voice that says what is not recorded
    pace: int = 145
    volume: float = 0.7
    playing: str = ""
    finding: bool = False  # the level, with the pump on
    routines: tuple[tuple[str, str], ...] = ()
    routine: str = ""
    missing: str = ""

    @property
    def all(self) -> tuple[VoiceOffer, ...]:
        return *self.natural, *self.computer, *self.recorded
