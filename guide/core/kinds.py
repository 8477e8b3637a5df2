"""Kinds of steps, sides, purposes and comfort: the few words that a card of the library lives on, without a routine."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What the hands do in a step."""

    PREPARE = "prepare"
    MASSAGE = "massage"
    STROKE = "stroke"
    SHAKE = "shake"
    KNEAD = "knead"
    PUMP = "pump"
    COMPRESS = "compress"
    EXPRESS = "express"
    REST = "rest"


PUMPED = frozenset({Kind.PUMP, Kind.COMPRESS})
HANDS_ON = frozenset({Kind.MASSAGE, Kind.STROKE, Kind.SHAKE, Kind.KNEAD, Kind.COMPRESS})


class Side(StrEnum):
    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"
    EACH = "each"

    @property
    def other(self) -> Side:
        """
        >>> Side.LEFT.other
        <Side.RIGHT: 'right'>
        >>> Side.BOTH.other
        <Side.BOTH: 'both'>
        """
        return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}.get(self, self)


class Purpose(StrEnum):
    """What a session is for: in place of a feed, on top of the usual, or for comfort."""

    PROTECT = "protect"
    PROMOTE = "promote"
    TREAT = "treat"


class Comfort(StrEnum):
    """How a session felt."""

    EASY = "easy"
    FINE = "fine"
    TENDER = "tender"
    PAINFUL = "painful"
