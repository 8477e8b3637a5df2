"""The chain: which voices can speak a language here, in the order in which they are asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from guide.language import _
from guide.sound.voices import embedded, natural, piper
from guide.sound.voices.engine import EngineProcess, EngineVoice, Priority
from guide.sound.voices.system import ESPEAK_PROGRAM, System, is_fine, primary, system_voices
from guide.sound.voices.voice import Voice

NATURAL: Final = "natural"
EMBEDDED: Final = "embedded"
ENGINES: Final[dict[str, Callable[[], bool]]] = {NATURAL: natural.there, EMBEDDED: embedded.there}


def natural_voice(priority: Priority, children: int) -> EngineVoice:
    return EngineVoice(NATURAL, NATURAL, "Heart", process=EngineProcess(priority=priority, children=children))


def embedded_voice(language: str, priority: Priority) -> EngineVoice:
    return EngineVoice(EMBEDDED, EMBEDDED, _("Plain voice"), language, process=EngineProcess(priority=priority))


def piper_voice(model: Path, language: str, priority: Priority, children: int) -> EngineVoice:
    process = EngineProcess(priority=priority, children=children)
    return EngineVoice("piper", f"{piper.PREFIX}{model}", f"Piper, {model.stem}", language, str(model), process)


@dataclass(frozen=True, slots=True)
class Voices:
    """
    The voices of this computer: `system` is what is known of it, `own` her recorded voices.

    `there` tells whether an engine is installed, by its kind.
    """

    system: System = field(default_factory=System)
    own: Callable[[], Iterable[Voice]] = tuple
    priority: Priority = Priority.USUAL
    there: Callable[[str], bool] = lambda kind: ENGINES[kind]()

    @property
    def hands(self) -> int:
        """How many prompts are made at a time: two where she waits for them, and one core behind her back."""
        return 1 if self.priority is Priority.LOW else min(os.cpu_count() or 1, 2)

    def all(self, language: str = "en") -> list[Voice]:
        """List the voices that can be used here for a language, the default first, recorded ones last."""
        return [*self._computed(language), *self.own()]

    def chain(self, chosen: str | None, language: str = "en") -> Iterator[Voice]:
        """Give the voice that is chosen, then the others in their order: each is asked for what those before it
        cannot say. The computer's own are looked for only when it comes to them: that takes up to a second on Windows.
        """
        first = self._chosen(chosen, language)
        if first is not None:
            yield first
        for voice in self._computed(language):
            if first is None or voice.id != first.id:
                yield voice

    def is_gone(self, chosen: str | None) -> bool:
        """Whether a voice of hers is not there now; one of the computer's may only speak another language."""
        if chosen is None or ":" not in chosen:
            return False
        from guide.sound.voices.recorded import PREFIX  # archives, which few voices are

        if chosen.startswith(piper.PREFIX):
            return piper.model_file(chosen) is None
        return chosen.startswith(PREFIX) and _named(chosen, self.own()) is None

    def quick(self, language: str = "en") -> Voice | None:
        """The voice that needs no time to get ready, where it knows the language."""
        return embedded_voice(language, self.priority) if self.there(EMBEDDED) and embedded.speaks(language) else None

    def _chosen(self, chosen: str | None, language: str) -> Voice | None:
        match chosen:
            case None | "":
                return None
            case "embedded":
                return self.quick(language)
            case "natural":
                return self._natural(language)
            case _:
                if model := piper.model_file(chosen):
                    return piper_voice(model, language, self.priority, self.hands)
                return _named(chosen, self.own()) or _named(chosen, system_voices(language, system=self.system))

    def _computed(self, language: str) -> Iterator[Voice]:
        """
        Fine voices of a Mac, the natural one, the computer's other voices, eSpeak.

        eSpeak NG's own program is the same voice as the library's, and asked only where that is not here.
        """
        mac = self.system.platform == "darwin"
        fine = [voice for voice in system_voices(language, system=self.system) if is_fine(voice.name)] if mac else []
        yield from fine
        if natural_one := self._natural(language):
            yield natural_one
        plain = self.quick(language)
        shown = {voice.id for voice in fine}
        if plain or not embedded.speaks(language):
            shown.add(ESPEAK_PROGRAM)
        for voice in system_voices(language, system=self.system):
            if voice.id not in shown:
                yield voice
        if plain:
            yield plain

    def _natural(self, language: str) -> Voice | None:
        return natural_voice(self.priority, self.hands) if primary(language) == "en" and self.there(NATURAL) else None


def _named(voice_id: str, among: Iterable[Voice]) -> Voice | None:
    return next((voice for voice in among if voice.id == voice_id), None)
