"""What a word of hers can mean."""

from __future__ import annotations

from enum import StrEnum


class Meaning(StrEnum):
    """In the order of the page; only what can be undone, and nothing that ends a session."""

    NEXT = "next"
    BACK = "back"
    PAUSE = "pause"
    CARRY_ON = "carry on"
    MORE_TIME = "more time"
    SAY_AGAIN = "say again"
    MILK_SLOWED = "milk slowed"
    IT_HURTS = "it hurts"
