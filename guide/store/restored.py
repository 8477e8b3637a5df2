"""What came of an archive that was brought back."""

from __future__ import annotations

from dataclasses import dataclass, field

from guide.store.taking_back import Brought


@dataclass(frozen=True, slots=True)
class SameHere:
    """How many of an archive's files are here in the very same form."""

    routines: int = 0
    recordings: int = 0
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class Restored:
    """
    What came in; `told` are sentences about what was kept as it is here, or could not be kept.

    `brought` is what it takes to take it back.
    """

    sessions: int
    known: int
    routines: int
    recordings: int
    settings: bool
    words: bool = False
    drafts: int = 0
    waiting: bool = False
    here: SameHere = SameHere()
    told: tuple[str, ...] = ()
    brought: Brought = field(default=Brought(), compare=False)
