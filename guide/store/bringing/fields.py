"""What a column of a sheet may be."""

from __future__ import annotations

from enum import StrEnum


class ColumnField(StrEnum):
    """What a column may be."""

    NOT_TAKEN = "not taken"
    BEGAN = "began"
    DAY = "day"
    TIME = "time"
    ENDED = "ended"
    LASTED = "lasted"
    LEFT = "left"
    RIGHT = "right"
    AMOUNT = "amount"
    UNIT = "unit"
    SIDE = "side"
    TYPE = "type"
    ROUTINE = "routine"
    PURPOSE = "purpose"
    COMFORT = "comfort"
    MEANT_FOR = "meant for"
    NOTE = "note"
    UUID = "uuid"
