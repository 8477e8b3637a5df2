"""What Get ready asks for: every wish that a press on the page may be, but what guides her (`guidance`)."""

from __future__ import annotations

from PySide6.QtCore import Signal

from guide.kit.focus import Leading


class Asks(Leading):
    """The signals of the page; what was chosen goes with them, and nothing is done by the page itself."""

    start_asked = Signal()
    count_asked = Signal()
    count_stopped = Signal()
    back_asked = Signal()
    edit_asked = Signal()
    card_asked = Signal()
    along_asked = Signal()
    words_asked = Signal()
    learn_asked = Signal(str)
    purpose_chosen = Signal(object)
    hurry_asked = Signal()
    side_chosen = Signal(object)
    hint_taken = Signal()
    sore_answered = Signal(bool)
    gentle_asked = Signal()
