"""A line for a length of time, in which a number alone is understood where one reading of it makes sense."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFocusEvent, QMouseEvent

from guide.compat import override
from guide.core.duration import DurationError, parse
from guide.pages.editor.fields import LineField

_NUMBER: Final = re.compile(r"[-\u2212]?\s*\d{1,9}(?:\.\d{1,9})?")


def readings(text: str, fits: Callable[[str], bool], units: tuple[str, ...]) -> list[str]:
    """
    What a number alone may stand for: with each of the units, where that fits.

    >>> readings("30", lambda text: text != "30 min", ("min", "s")), readings("30 x", lambda _: True, ("s",))
    (['30 s'], [])
    """
    return [whole for unit in units if fits(whole := f"{text} {unit}")] if _NUMBER.fullmatch(text) else []


def at_most(most: timedelta) -> Callable[[str], bool]:
    """
    Whether a text is a length of time, and no longer one.

    >>> fits = at_most(timedelta(minutes=1))
    >>> fits("60 s"), fits("61 s"), fits("-1 s")
    (True, False, False)
    """

    def fits(text: str) -> bool:
        try:
            return parse(text) <= most
        except DurationError:
            return False

    return fits


class LengthLine(LineField):
    """
    A line of one short value: the click that comes to it chooses all of it, and the next sets the cursor.

    Where it `completes` numbers, one alone waits until the line is left, as it may be the half of 12 s.
    """

    completes: Callable[[str], str] | None = None
    _comes = False

    @override
    @Slot()
    def finish(self) -> None:
        if self.completes is not None and (whole := self.completes(self.value)) != self.value:
            self.setText(whole)
        super().finish()

    @override
    @Slot()
    def _typed(self) -> None:
        if self.completes is None or not _NUMBER.fullmatch(self.value):
            super()._typed()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._comes = event.reason() is Qt.FocusReason.MouseFocusReason

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._comes and not self.hasSelectedText():  # what was drawn over stays chosen
            self.selectAll()
        self._comes = False
