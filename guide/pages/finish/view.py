"""What Finish shows and what is noted there, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.core.kinds import PUMPED, Comfort, Kind
from guide.core.routine import Purpose
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.nesting import nest

Noted = Literal["left_ml", "right_ml", "comfort", "purpose", "meant_for", "note"]


@dataclass(frozen=True, slots=True)
class FinishView:
    """A session that has ended: `segments` is each step's kind with the seconds it took; None is not noted."""

    lasted: timedelta
    complete: bool
    segments: tuple[tuple[str, float], ...] = ()
    purpose: Purpose | None = None
    units: Literal["ml", "oz"] = "ml"
    number_free: bool = False
    left_ml: float | None = None
    right_ml: float | None = None
    comfort: Comfort | None = None
    meant_for: str = ""
    note: str = ""
    usual: str = ""  # her last volumes like this, in words
    remind_at: str = ""  # when her own goal would have the next one: a time of day, or nothing to offer
    reminds: bool = False
    hardly_begun: bool = False  # so short that it does not count unless she wants it to
    goes_back: bool = False  # whether the end can be taken back
    learned_keys: frozenset[str] = frozenset()  # of the session, a pedal's among them
    kept: bool = False  # whether a routine was made of it already
    unsaved: bool = False  # whether the log cannot be written just now
    lost: str = ""  # why the log takes nothing, now or later

    @property
    def by_hand(self) -> bool:
        """Whether milk was expressed by hand alone: there may be drops only."""
        kinds = {kind for kind, _seconds in self.segments}
        return Kind.EXPRESS in kinds and kinds.isdisjoint(PUMPED)


@dataclass(frozen=True, slots=True)
class Unread:
    """What was typed for an amount and does not read: which side, in words, and why."""

    left: bool
    side: str
    typed: str
    why: str


def asked_of(question: str, answer: QWidget, look: Look, after: QWidget | None = None) -> QWidget:
    """A question over its answer, and a line that may follow from it."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(Label(question, look=look, role="label", tint="text2", parent=whole))
    column.addWidget(answer)
    if after is not None:
        row = QHBoxLayout()
        row.addWidget(after)
        row.addStretch(1)
        nest(column, row)
    column.addStretch(1)
    return whole


def with_value(control: QWidget, beside: QWidget) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(control, 1)
    row.addWidget(beside)
    return whole
