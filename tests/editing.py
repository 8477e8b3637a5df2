"""What the tests of the editor share: a text with everything the format can say, and ways to work the page."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from guide.core.routine import Place
from guide.pages.editor.page import EditorPage, EditView

PLAIN: Final = """\
# A note of mine, above all
format: 1
name: Slow evening   # the one for the sofa

steps:
  - kind: massage
    title: Small circles
    duration: 90 s  # as the leaflet has it
    say: Small circles.
  # the pair that repeats
  - repeat: 2
    steps:
      - {kind: stroke, duration: 30 s, say: Long light strokes.}
      - kind: pump
        duration: 5-7 min
        until: milk slows
  - kind: rest
    duration: 1 min
"""

EVERYTHING: Final = """\
format: 1
name: Everything
for: Those who want it all
summary: All there is.
language: en
purposes: [protect]
start_side: alternate
get_ready:
  - Water
safety:
  - Nothing here is meant to hurt.
when_sore: ok
sounds: rain
evidence: None yet.
sources:
  - title: A leaflet
    url: https://example.org/
steps:
  - kind: pump
    title: Double pump
    side: both
    duration: 5-7 min
    until: milk slows
    linger: 10 s
    suction: The most that still feels comfortable
    say: Start both pumps.
    show: Both pumps.
    partner: A glass of water helps now.
    suggested: true
    motion: pump
    sound: rest
    pace: {beats: [one, two], every: 1 s}
    cues:
      - at: 1 min
        say: Breathe.
        show: Breathe out.
        sound: tick
"""


def opened(page: EditorPage, text: str, *, builtin: str = "", draft: str | None = None) -> EditorPage:
    page.edit(EditView("mine", text, "mine.yaml", builtin=builtin, draft_text=draft))
    return page


def timers(page: EditorPage) -> list[QTimer]:
    """What waits for a pause in typing."""
    keeping = page.keeping
    others = page.document.typing, page.toast.timer, page.lengths.timer, page.beat, page.panes.form.at_rest
    return [keeping.draft_timer, keeping.save_timer, *others]


def a_beat(page: EditorPage) -> EditorPage:
    """Let the preview follow, where it has something to follow."""
    if page.beat.isActive():
        page.beat.timeout.emit()
    return page


def turn_to(page: EditorPage, place: Place) -> None:
    page.panes.steps.choose(place)


def retype(field: QWidget, text: str) -> None:
    """Type a text in the place of the one there, and go on."""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    for number, line in enumerate(text.split("\n")):
        if number:
            QTest.keyClick(field, Qt.Key.Key_Return)
        QTest.keyClicks(field, line)


def titles(page: EditorPage) -> list[str]:
    return [f"{'  ' * row.depth}{row.title}" for row in page.panes.steps.view.rows.rows if row.place]
