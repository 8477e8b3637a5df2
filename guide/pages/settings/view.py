"""What the settings page offers, as one value."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from guide.language import N_

FAMILIES: Final[Mapping[str, str]] = MappingProxyType(
    {"wood": N_("Wooden bars"), "bell": N_("Small bell"), "glass": N_("Glass")}
)


@dataclass(frozen=True, slots=True)
class SettingsChoices:
    """
    What can be chosen on this machine, and what is worth knowing about it.

    `voices` as id and name, None for the best there is; `families` of chimes by name; `languages` as tag and
    own name; `awake` a sentence on the screen staying awake, `folder` where her files are, `copy` whether a copy of the
    log may hold what a damaged one lost, `window_keys` the names of those of the window.
    """

    voices: Sequence[tuple[str | None, str]]
    families: Sequence[str]
    awake: str = ""
    folder: str = ""
    version: str = ""
    languages: Sequence[tuple[str, str]] = ()
    copy: bool = False
    window_keys: Collection[str] = ()


def half_hours(count: int) -> str:
    """
    Write a number of half hours.

    >>> half_hours(6), half_hours(1), half_hours(7)
    ('3 h', '30 min', '3 h 30 min')
    """
    hours, half = divmod(count, 2)
    return " ".join(([f"{hours} h"] if hours else []) + (["30 min"] if half else []))
