"""What Qt draws where no window is open: the card of a routine, and the drawings of a phone's page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from guide.core.plan import Plan

if TYPE_CHECKING:
    from guide.along.phone import Dress


def print_card(plan: Plan, path: Path, *, paper: str) -> None:
    """Write a one-page card of a plan as PDF; raises OSError."""
    application = QApplication.instance() or _offscreen()
    assert application is not None  # noqa: S101
    from guide.pages.along.card import write_card  # makes fonts, which need the application

    write_card(plan, path, paper=paper)


def phone_dress(plan: Plan) -> Dress:
    """The colours and drawings of a phone's page."""
    application = QApplication.instance() or _offscreen()
    assert application is not None  # noqa: S101
    from guide.pages.along.dress import dress

    return dress(plan)


def _offscreen() -> QApplication:
    """Neither needs a screen, whatever the environment asks for."""
    return QApplication(["Pumping Guide", "-platform", "offscreen"])
