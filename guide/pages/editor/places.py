"""The way to a part of a routine, as numbers and as problems write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from guide.core.routine import Place
from guide.store.yaml.nodes import Stretch
from guide.store.yaml.problem import place_written

_PART: Final = re.compile(r"steps\[\d+\](?:\.steps\[\d+\])*")


def written_place(place: Place, key: str = "") -> str:
    """
    Write the way to a part, or to a key of it, as problems do.

    >>> written_place((1, 0), "duration"), written_place((), "name"), written_place((2,))
    ('steps[1].steps[0].duration', 'name', 'steps[2]')
    """
    return ".".join([*(f"steps[{index}]" for index in place), *([key] if key else [])])


def nearest_part(places: Mapping[str, Stretch], offset: int) -> Place | None:
    """The last step or group that begins at a character or before it."""
    before = {place.start: where for where, place in places.items() if place.start <= offset and _PART.fullmatch(where)}
    return place_written(before[max(before)]) if before else None
