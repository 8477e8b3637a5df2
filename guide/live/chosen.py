"""What was chosen to be played: a routine laid out, and where its file and its sounds are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guide.core.plan import Plan
from guide.core.routine import Purpose, Routine


@dataclass(frozen=True, slots=True)
class Chosen:
    """`text` is the routine's file, for the journal; `folder` is where its own sounds lie."""

    id: str
    routine: Routine
    plan: Plan
    text: str
    folder: Path
    purpose: Purpose | None
    warnings: tuple[str, ...] = ()
    kept: bool = True  # a try-out from the editor leaves no trace in the log
