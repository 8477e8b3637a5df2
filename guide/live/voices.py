"""The voices that can be chosen, as a person is shown them: on the page of voices and in the menu of Get ready."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from guide.language import _, ngettext
from guide.sound.voices.chain import EMBEDDED, NATURAL
from guide.sound.voices.recorded import RecordedVoice
from guide.sound.voices.voice import Voice


class Origin(Enum):
    NATURAL = "natural"
    COMPUTER = "computer"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class VoiceOffer:
    """A voice by its id; `about` is one line beneath its name."""

    id: str
    name: str
    about: str
    origin: Origin

    @property
    def tag(self) -> str:
        """One word beside its name in a menu."""
        match self.origin:
            case Origin.NATURAL:
                return _("natural")
            case Origin.RECORDED:
                return _("recorded")
            case Origin.COMPUTER:
                return ""


def offers(there: Iterable[Voice]) -> list[VoiceOffer]:
    """Each voice once, natural ones first and recorded ones last."""
    found = {voice.id: _offer(voice) for voice in there}
    order = list(Origin)
    return sorted(found.values(), key=lambda offer: order.index(offer.origin))


def speaks(chosen: str | None, among: Iterable[VoiceOffer]) -> VoiceOffer | None:
    """Which of them speaks: the one that is chosen, or the best that is no recording."""
    there = list(among)
    usual = (offer for offer in there if offer.origin is not Origin.RECORDED)
    return next((offer for offer in there if offer.id == chosen), None) or next(usual, None)


def _offer(voice: Voice) -> VoiceOffer:
    if isinstance(voice, RecordedVoice):
        count = len(voice.recordings)
        words = ngettext("{count} prompt", "{count} prompts", count).format(count=count)
        return VoiceOffer(voice.id, voice.name, words, Origin.RECORDED)
    match voice.id.partition(":")[0]:
        case name if name == NATURAL:
            return VoiceOffer(voice.id, _(voice.name), _("Warm, unhurried"), Origin.NATURAL)
        case name if name == EMBEDDED:
            return VoiceOffer(voice.id, _(voice.name), _("eSpeak NG: plain, in many languages"), Origin.COMPUTER)
        case "piper":
            return VoiceOffer(voice.id, voice.name, _("A voice file of your own"), Origin.COMPUTER)
        case _:
            return VoiceOffer(voice.id, voice.name, _system(), Origin.COMPUTER)


def _system() -> str:
    return {"darwin": _("From macOS"), "win32": _("From Windows")}.get(sys.platform, _("Installed on this computer"))
