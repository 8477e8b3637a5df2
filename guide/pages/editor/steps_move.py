"""Where steps go when they are moved by a key: up, down, into a group and out of it."""

from __future__ import annotations

from collections.abc import Sequence

from guide.core.routine import Place
from guide.pages.editor.outline import OutlineRow


def without(moved: Place, place: Place) -> Place:
    """
    A place among the steps as it counts once `moved` is taken out.

    >>> without((1,), (3,)), without((1,), (1,)), without((0,), (2, 0)), without((2, 0), (0,))
    ((2,), (1,), (1, 0), (0,))
    """
    at = len(moved) - 1
    if len(place) > at and place[:at] == moved[:at] and place[at] > moved[at]:
        return (*place[:at], place[at] - 1, *place[at + 1 :])
    return place


def _siblings(rows: Sequence[OutlineRow], place: Place) -> int:
    return sum(len(row.place) == len(place) and row.place[:-1] == place[:-1] for row in rows if row.place)


def _in_a_row(places: Sequence[Place]) -> bool:
    first = places[0]
    return all(place == (*first[:-1], first[-1] + i) for i, place in enumerate(places))


def up(_: Sequence[OutlineRow], places: Sequence[Place]) -> tuple[Place, Place] | None:
    """What to move, and where to, so that the chosen steps go up one: the one above goes below them."""
    first, last = places[0], places[-1]
    if not _in_a_row(places) or first[-1] == 0:
        return None
    return (*first[:-1], first[-1] - 1), last


def down(rows: Sequence[OutlineRow], places: Sequence[Place]) -> tuple[Place, Place] | None:
    first, last = places[0], places[-1]
    if not _in_a_row(places) or last[-1] + 1 >= _siblings(rows, first):
        return None
    return (*last[:-1], last[-1] + 1), first


def into_group(rows: Sequence[OutlineRow], places: Sequence[Place]) -> tuple[Place, Place] | None:
    """Into the group above, at its end; or else into the one below, at its beginning."""
    place = places[-1]
    groups = {row.place for row in rows if row.is_group}
    above, below = (*place[:-1], place[-1] - 1), (*place[:-1], place[-1] + 1)
    if above in groups:
        return place, (*above, _siblings(rows, (*above, 0)))
    return (place, (*place, 0)) if below in groups else None


def out_of_group(_: Sequence[OutlineRow], places: Sequence[Place]) -> tuple[Place, Place] | None:
    """Out of its group, to right after it."""
    place = places[-1]
    return (place, (*place[:-2], place[-2] + 1)) if len(place) > 1 else None
