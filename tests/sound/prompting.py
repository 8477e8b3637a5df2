"""The prompts of the built-in routines, said and held against the time they have."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from guide.compat import override
from guide.core.layout import lay_out
from guide.core.plan import Partner, Say
from guide.core.routine import Side
from guide.sound.clip import Clip
from guide.sound.repertoire import Wishes, prepare
from guide.sound.voices.chain import Voices
from guide.sound.voices.engine import EngineProcess, EngineVoice
from guide.store.paths import builtin_folder
from guide.store.routines.reader import read_file

LEARN = Path(__file__).parents[2] / "guide" / "learn" / "routines"
ROUTINES = sorted([*builtin_folder().glob("*.yaml"), *LEARN.glob("*.yaml")])
TRANSLATED = sorted([*builtin_folder().glob("*/*.yaml"), *LEARN.glob("*/*.yaml")])
LONGEST = timedelta(seconds=9)


@dataclass(frozen=True, slots=True)
class OneChild(Voices):
    """The voices of an engine, all said by one child: a child for each routine would read its model each time."""

    kind: str = ""
    process: EngineProcess = field(default_factory=EngineProcess)

    @override
    def chain(self, chosen: str | None, language: str = "en") -> Iterator[EngineVoice]:
        assert chosen == self.kind
        yield self.voice(language)

    def voice(self, language: str = "en") -> EngineVoice:
        return _Staying(self.kind, self.kind, self.kind, language, process=self.process)


class _Staying(EngineVoice):
    @override
    def rest(self) -> None:
        """Its child is asked by the next test too; `one_child` ends it."""


@contextmanager
def one_child(kind: str) -> Iterator[OneChild]:
    voices = OneChild(kind=kind)
    yield voices
    voices.process.end()


def fits(path: Path, cache: Path, wishes: Wishes, voices: Voices) -> dict[str, Clip]:
    """The clips of a routine, none of which outlasts its step or runs into the next."""
    routine = read_file(path).routine
    assert routine is not None
    plan = lay_out(routine, Side.RIGHT)  # the longer word
    repertoire, problems = prepare(plan, wishes, cache=cache, voices=voices)
    assert problems == []
    for segment in plan.segments:
        said = [
            (moment.offset, repertoire.prompts[moment.action.text].length, moment.action.text)
            for moment in segment.moments
            if isinstance(moment.action, Say | Partner)
        ]
        assert all(length <= LONGEST for _, length, _ in said), said
        if not segment.waits:
            assert said[0][0] + said[0][1] <= segment.shortest, said[0]
            assert said[-1][0] + said[-1][1] <= (segment.longest or segment.shortest), said[-1]
        for (offset, length, text), (following, _, _) in itertools.pairwise(said):
            assert offset + length <= following, text
    return dict(repertoire.prompts)
