"""Keys, clicks, drags, wheels and hours at random on the whole program: nothing raises, the keyboard is never lost."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QFileDialog, QMenu, QWidget
from shiboken6 import isValid

from evenings import Evening
from guide.leaving import Leaving
from wrappers import kept_items

STEPS: Final = int(os.environ.get("GUIDE_PRESSES", "30"))  # of each seed; more by hand: GUIDE_PRESSES=5000
SEEDS: Final = [int(seed) for seed in os.environ.get("GUIDE_SEEDS", "3 12").split()]
KEYS: Final = [
    getattr(Qt.Key, f"Key_{name}")
    for name in (
        *("Tab", "Backtab", "Return", "Space", "Escape", "Left", "Right", "Up", "Down", "PageUp", "PageDown", "Home"),
        *("End", "Delete", "Backspace", "F1", "F8", "F11", "Plus", "Minus", "Comma", "Period", "Menu"),
        *"ABHMNPQRUYZLS01259",
    )
]
HELD: Final = (
    *[Qt.KeyboardModifier.NoModifier] * 8,
    *[Qt.KeyboardModifier.ControlModifier] * 3,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)
CLOSES: Final = (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
WORDS: Final = ("10", "5-7 min", "é", "\u200f", "-1", "99999999999", "name: x\n", "<b>", "{level}", "0,5", "25:99")
SIZES: Final = ((800, 560), (1160, 780), (1920, 1080), (640, 480))
SPANS: Final = (0.3, 3, 30, 600)
ROUTINES: Final = ("short", "power-pumping", "massage-stroke-shake", "gentle-day", "nothing-of-that-name")


class Presses:
    """Whoever presses; `trail` tells what, the latest last."""

    def __init__(self, night: Evening, seed: int) -> None:
        self.night, self.chance, self.trail = night, random.Random(seed), list[str]()
        self._acts = (
            (30, self._key),
            (32, self._click),
            (6, self._point),
            (6, self._drag),
            (8, self._type),
            (4, self._turn),
            (2, self._resize),
            (14, self._pass_time),
            (3, self._open),
        )

    def go(self) -> None:
        weights, acts = zip(*self._acts, strict=True)
        self.chance.choices(acts, weights)[0]()
        QApplication.processEvents()

    @property
    def _top(self) -> QWidget:
        return QApplication.activePopupWidget() or self.night.made.tools.window

    @property
    def _target(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self._top

    def _pressable(self) -> list[QWidget]:
        """What a pointer reaches: covered by nothing, and for pressing."""
        top = self._top
        return [
            widget
            for widget in top.findChildren(QWidget)
            if (isinstance(widget, QAbstractButton) or widget.focusPolicy() != Qt.FocusPolicy.NoFocus)
            and widget.isVisible()
            and widget.isEnabled()
            and top.childAt(widget.mapTo(top, widget.rect().center())) is widget
        ]

    def _key(self) -> None:
        key, held = self.chance.choice(KEYS), self.chance.choice(HELD)
        if (key, held) == CLOSES:
            return
        self.trail.append(f"{key.name} with {held.name} on {type(self._target).__name__}")
        QTest.keyClick(self._target, key, held)

    def _click(self) -> None:
        if isinstance(menu := self._top, QMenu):
            rows = [action for action in menu.actions() if action.isEnabled()]
            where = menu.actionGeometry(self.chance.choice(rows)).center() if rows else menu.rect().center()
            self.trail.append(f"a row of a menu at {where}")
            QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=where)
        elif widgets := self._pressable():
            widget = self.chance.choice(widgets)
            self.trail.append(f"click on {type(widget).__name__} {widget.accessibleName()!r}")
            button = self.chance.choice([*[Qt.MouseButton.LeftButton] * 9, Qt.MouseButton.RightButton])
            QTest.mouseClick(widget, button, pos=widget.rect().center())

    def _point(self) -> None:
        top = self._top
        at = self._within(top.size())
        widget = top.childAt(at) or top
        self.trail.append(f"click at {at}, on {type(widget).__name__}")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.mapFrom(top, at) if widget is not top else at)

    def _drag(self) -> None:
        """From anywhere within something to anywhere in the window and a little beside it."""
        top = self._top
        if widgets := self._pressable():
            widget = self.chance.choice(widgets)
            area = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
            start = self._within(area.size())
            end = area.mapFrom(top, self._within(top.size() + QSize(40, 40))) if top.isAncestorOf(area) else start
            self.trail.append(f"drag on {type(widget).__name__} {widget.accessibleName()!r} from {start} to {end}")
            left = Qt.MouseButton.LeftButton
            QTest.mousePress(area, left, pos=start)
            for share in (0.3, 1):
                QTest.mouseMove(area, start + (end - start) * share)
            if self.chance.random() < 0.1:
                QTest.keyClick(self._target, Qt.Key.Key_Escape)
            if isValid(area):
                QTest.mouseRelease(area, left, pos=end)

    def _within(self, size: QSize) -> QPoint:
        return QPoint(self.chance.randrange(max(1, size.width())), self.chance.randrange(max(1, size.height())))

    def _type(self) -> None:
        words = self.chance.choice(WORDS)
        self.trail.append(f"{words!r} pasted into {type(self._target).__name__}")
        QGuiApplication.clipboard().setText(words)
        QTest.keyClick(self._target, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def _turn(self) -> None:
        if widgets := self._pressable():
            widget = self.chance.choice(widgets)
            at, by = QPointF(widget.rect().center()), QPoint(0, self.chance.choice((-240, -120, 120, 480)))
            self.trail.append(f"wheel on {type(widget).__name__}")
            there = QPointF(widget.mapToGlobal(at.toPoint()))
            none, still = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
            turn = QWheelEvent(at, there, QPoint(), by, none, Qt.KeyboardModifier.NoModifier, still, False)
            QApplication.sendEvent(widget, turn)

    def _resize(self) -> None:
        self.night.made.tools.window.resize(*self.chance.choice(SIZES))

    def _pass_time(self) -> None:
        self.trail.append("time passes")
        self.night.pass_time(self.chance.choice(SPANS))

    def _open(self) -> None:
        """Another start asks for a routine, as a desktop's menu does."""
        routine = self.chance.choice(ROUTINES)
        self.trail.append(f"another start opens {routine}")
        self.night.made.desk.routines.open(routine, start=self.chance.random() < 0.3)


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Dialogs of the system are answered: one way out of two with a file that means nothing."""
    strange = tmp_path / "strange.csv"
    strange.write_bytes(b"Day;What\n1;\xff\n")
    answers = random.Random(1)

    def answer(*_: object, **__: object) -> tuple[str, str]:
        return (str(strange) if answers.random() < 0.5 else "", "")

    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(strange)], ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(QFileDialog, "exec", lambda _: 0)
    monkeypatch.setenv("PATH", "")  # nothing outside is started


@pytest.mark.timeout(60 + STEPS * 5)
@pytest.mark.parametrize("seed", SEEDS)
def test_random_presses_raise_nothing_and_leave_the_keyboard_somewhere(
    evening: Callable[..., Evening], files: None, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    raised: list[BaseException] = []

    def note(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        raised.append(error)

    monkeypatch.setattr(Leaving, "leave", lambda _: None)  # as Ctrl+Q is passed over: both close the window
    night = evening(**({} if seed % 2 else {"sore_check": None}))
    monkeypatch.setattr(sys, "excepthook", note)
    presses = Presses(night, seed)
    for _ in range(STEPS):
        presses.go()
        assert raised == [], "\n".join(presses.trail[-12:])
        window = night.made.tools.window
        assert window.isVisible(), "\n".join(presses.trail[-12:])
        QApplication.processEvents()  # the window gives a lost focus its place at the next turn
        focus = QApplication.focusWidget()
        lost = focus is None or not focus.isVisible()
        assert not lost or QApplication.activePopupWidget() is not None, "\n".join(presses.trail[-12:])
    assert kept_items() == [], "\n".join(presses.trail[-12:])
