"""Changes to the list of steps, each with the steps that are chosen once it is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from guide.core.routine import Kind, Place
from guide.store.yaml import edit
from guide.store.yaml.cuts import Edits

NEW_STEP: Final = {"duration": "1 min"}


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to the text, and the places chosen then, the last of them the one shown."""

    make: Callable[[str], Edits]
    places: tuple[Place, ...]


def added(kind: Kind, place: Place, *, to_group: bool) -> Change:
    """A step of a kind after the chosen one, or first in the chosen group."""
    target = (0,) if not place else (*place, 0) if to_group else (*place[:-1], place[-1] + 1)
    return Change(lambda text: edit.insert_step(text, target, {"kind": kind.value, **NEW_STEP}), (target,))


def moved(place: Place, to: Place, chosen: Sequence[Place]) -> Change:
    """A step in another place; those chosen with it stay chosen where they are then."""
    places: tuple[Place, ...] = (to,)
    if chosen and place not in chosen:
        step = -1 if place < chosen[0] else 1
        places = tuple((*one[:-1], one[-1] + step) for one in chosen)
    return Change(lambda text: edit.move(text, place, to), places)


def duplicated(places: Sequence[Place]) -> Change:
    last = places[-1]
    beside = sum(place[:-1] == last[:-1] for place in places)
    return Change(lambda text: edit.duplicate(text, *places), ((*last[:-1], last[-1] + beside),))


def deleted(places: Sequence[Place]) -> Change:
    return Change(lambda text: edit.delete(text, *places), (places[0],))


def grouped(places: Sequence[Place]) -> Change:
    return Change(lambda text: edit.make_group(text, places, 2), (places[0],))


def dissolved(place: Place) -> Change:
    return Change(lambda text: edit.dissolve(text, place), (place,))
