"""Which step each change was about: where undo and redo lead back to."""

from __future__ import annotations

from PySide6.QtGui import QTextDocument

from guide.core.routine import Place


class Trail:
    """
    The step that was shown before each change, and after it, by how far the document can be undone then.

    A change that is made after an undo takes the place of those that were undone; while it `holds`, one goes back or
    forth along it.
    """

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self.holds = False
        self.begin()

    def begin(self) -> None:
        """Another text, of which nothing can be undone."""
        self._state = self._document.availableUndoSteps()
        self._left: dict[int, Place] = {}
        self._reached: dict[int, Place] = {}

    def note(self, before: Place, after: Place) -> None:
        """A change was made, if the document is another now."""
        if self.holds:
            return
        state = self._document.availableUndoSteps()
        if state > self._state:
            self._left[self._state], self._reached[state] = before, after
        self._state = state

    def undone(self) -> Place | None:
        self._state = self._document.availableUndoSteps()
        return self._left.get(self._state)

    def redone(self) -> Place | None:
        self._state = self._document.availableUndoSteps()
        return self._reached.get(self._state)
