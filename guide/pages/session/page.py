"""The session page: tells what a move of the session brought, and says what a person asks; `showing` shows it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from guide.compat import override
from guide.core.commands import Command
from guide.core.plan import Plan
from guide.core.session import Move
from guide.kit.buttons import Button, Pressable
from guide.kit.dialog import Choice, Dialog
from guide.kit.focus import announce
from guide.kit.look import Look
from guide.language import _
from guide.live.intents import Finish, GoOn, Intent, Learn, PauseOrCarryOn
from guide.pages.session.keys import OF_THE_FOCUS, HeldKeys, asked_by
from guide.pages.session.parts import CARE_CARD, KEPT_EITHER_WAY, finish_words
from guide.pages.session.showing import Showing
from guide.pages.session.tell import Announce, Glow, Undoable, Withdraw, tellings

TAP_GUARD: Final = 2.0
POINTER_STAYS: Final = 3000
CLICK_GUARD: Final = 0.6  # seconds from when other controls are shown
SLIPS: Final = 60  # pixels that a finger may slide in a tap


class SessionPage(Showing):
    """`asked` carries an intent, whatever she asked it with; `now` counts seconds, for the taps that come too early."""

    asked = Signal(object)
    announced = Signal(str)
    left = Signal()

    def __init__(
        self,
        look: Look,
        parent: QWidget | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(look, parent, now=now)
        self._pressed: QPointF | None = None
        self._held = HeldKeys()
        self._pointer = QTimer(self)
        self._pointer.setSingleShot(True)
        self._pointer.setInterval(POINTER_STAYS)
        self._pointer.timeout.connect(self.hide_pointer)
        self._connect()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        for child in self.findChildren(QWidget):
            child.setMouseTracking(True)
        self._show_state()

    def _connect(self) -> None:
        intents: tuple[tuple[Button, Intent], ...] = (
            (self.back_button, Command.BACK),
            (self.hurts_button, Command.IT_HURTS),
            (self.pause_button, Command.PAUSE),
            (self.more_time_button, Command.MORE_TIME),
            (self.next_button, GoOn()),
            (self.skip_button, Command.NEXT),
            (self.carry_on, Command.RESUME),
            (self.restart_button, Command.AGAIN),
            (self.care, Learn(CARE_CARD)),
        )
        for button, intent in intents:
            button.clicked.connect(partial(self._clicked, intent))
        self.close_button.clicked.connect(self.ask_to_finish)
        self.stop_button.clicked.connect(self._stop)
        self.more_button.clicked.connect(self._open_menu)
        self.menu.asked.connect(self.ask)
        self.menu.dimmed.connect(self.veil.dim)
        for control in self.findChildren(Pressable):
            control.installEventFilter(self)
            if control is not self.carry_on:
                control.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves Space to the session

    @override
    def show_plan(self, plan: Plan) -> None:
        super().show_plan(plan)
        self.setAccessibleName(plan.routine.name)  # it has the focus itself, for its keys
        self.withdraw_question()
        self.saves = False

    # ---- told --------------------------------------------------------------------------------------------------

    def tell(self, move: Move) -> None:
        """Tell what a move brought, after the readout that came of it is shown."""
        if self._readout is None:
            return
        for telling in tellings(move, self._readout, number_free=self._options.number_free):
            match telling:
                case Announce(text, voiced):
                    if not (voiced and self._options.spoken):
                        self.announce(text)
                case Undoable(text, action, does):
                    self.slot.tell(text, action, partial(self.ask, does) if does else None)
                case Withdraw(offer, words):
                    self.slot.withdraw(offer=offer, words=words)
                case Glow():
                    if self._options.quiet:
                        self.edge.glow(self._readout.kind.value)

    def show_message(
        self, text: str, action: str = "", does: Callable[[], None] | None = None, *, icon: str = ""
    ) -> None:
        """Put a message into the slot for six seconds, with one thing to do about it."""
        self.slot.tell(text, action, does, icon=icon)

    def announce(self, text: str) -> None:
        """Have a screen reader say it."""
        announce(self, text)
        self.announced.emit(text)

    # ---- asked -------------------------------------------------------------------------------------------------

    def ask(self, intent: Intent) -> None:
        """Send on what a key, a tap or a button asks for."""
        match intent:
            case Finish():
                self.ask_to_finish()
            case _:
                self.asked.emit(intent)

    def _clicked(self, intent: Intent, _checked: bool = False) -> None:
        self.ask(intent)

    def ask_to_finish(self) -> None:
        """Pause, and ask whether to finish here; what is pressed by accident carries on."""
        if self.dialog is not None:
            return
        was_running = self.state == "running"
        if was_running:
            self.ask(Command.PAUSE)
        kept, lost = self._options.kept, self._options.lost
        self.dialog = Dialog(
            self,
            look=self._look,
            title=_("Finish here?") if kept else _("Back to the editor?"),
            text=(lost or _(KEPT_EITHER_WAY)) if kept else _("A try-out leaves nothing in your history."),
            choices=[
                Choice(Command.RESUME, _("Carry on")) if was_running else Choice("stay", _("Stay here")),
                *([Choice("leave", _("Leave it for now"))] if kept and not lost else []),
                Choice(Command.STOP, finish_words(lost=bool(lost)) if kept else _("Back to the editor")),
            ],
        )
        self.dialog.chosen.connect(self._answered)
        self.dialog.open()
        self.show_pointer()

    def withdraw_question(self) -> None:
        """Take back an open question, unanswered: another one takes its place."""
        if self.dialog is not None:
            self.dialog.choose(None)

    def _answered(self, answer: object) -> None:
        self.dialog = None
        self.show_pointer()
        if isinstance(answer, Command):
            self.saves = answer is Command.STOP
            self.ask(answer)
        elif answer == "leave":
            self.left.emit()

    def _stop(self) -> None:
        if self.state == "hurts":
            self.ask(Command.STOP)
        else:
            self.ask_to_finish()

    def tap(self) -> None:
        """A tap anywhere on the stage; one in the first two seconds of a step was meant for the step before."""
        if self._readout is None:
            return
        match self.state:
            case "hurts":
                pass
            case "paused":
                self.ask(Command.RESUME)
            case "running" if self._now() - self._since < TAP_GUARD:
                pass
            case "running":
                match self._options.tap:
                    case "next" if self._readout.following is None:  # nor do two taps end a session
                        self.show_message(_("This is the last step. Next finishes it."))
                    case "next":
                        self.ask(GoOn())
                    case "pause":
                        self.ask(PauseOrCarryOn())
                    case "nothing":
                        pass

    def press(self, event: QKeyEvent) -> bool:
        """Take a key of the session; False leaves it to whoever has the focus."""
        intent = asked_by(event, self._keys)
        if intent is None:
            return False
        if not self._held.repeats(event) and not (intent == PauseOrCarryOn() and self._waits_since_just_now()):
            self.ask(intent)
        return True

    def _waits_since_just_now(self) -> bool:
        """The second of two presses that began a step is not meant to leave it."""
        waits = self._readout is not None and self._readout.waiting and self.state == "running"
        return waits and self._now() - self._since < TAP_GUARD

    # ---- Qt ----------------------------------------------------------------------------------------------------

    def hide_pointer(self) -> None:
        """Not while a question lies over the page, which hears of no movement then that would bring it back."""
        if self.dialog is None:
            self._set_pointer(Qt.CursorShape.BlankCursor, Qt.CursorShape.BlankCursor)

    def show_pointer(self) -> None:
        self._pointer.start()
        if self.cursor().shape() == Qt.CursorShape.BlankCursor:
            self._set_pointer(Qt.CursorShape.ArrowCursor, Qt.CursorShape.PointingHandCursor)

    def _set_pointer(self, own: Qt.CursorShape, of_buttons: Qt.CursorShape) -> None:
        self.setCursor(own)
        for button in self.findChildren(Pressable):
            button.setCursor(of_buttons)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self.show_pointer()
        self._place()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.ring.begin(event.reason())
        by_tab = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        if self.carry_on.isVisible() and self.dialog is None and not by_tab:  # Tab goes on to Finish and More
            self.carry_on.setFocus(Qt.FocusReason.OtherFocusReason)  # back from a page of Learn

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._pointer.stop()
        super().hideEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            return self._is_one_too_many(watched, event)
        if not isinstance(event, QKeyEvent):
            return False
        match event.type():
            case QEvent.Type.KeyPress if event.key() in OF_THE_FOCUS:
                return self._held.repeats(event)
            case QEvent.Type.KeyPress:
                return self.press(event)
            case QEvent.Type.KeyRelease:
                self._held.release(event)
        return False

    def _is_one_too_many(self, watched: QObject, event: QMouseEvent) -> bool:
        """The second of two clicks means one thing with the first; what came into its place meanwhile is not meant."""
        match event.type():
            case QEvent.Type.MouseButtonDblClick:
                return watched is not self.more_time_button
            case QEvent.Type.MouseButtonPress:
                return self._has_just_changed
        return False

    @property
    def _has_just_changed(self) -> bool:
        return self._now() - self._changed < CLICK_GUARD

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.press(event):
            super().keyPressEvent(event)

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._held.release(event)
        super().keyReleaseEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.show_pointer()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        meant = event.button() == Qt.MouseButton.LeftButton and not self._has_just_changed
        self._pressed = event.position() if meant else None

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        start, self._pressed = self._pressed, None
        if start is None or (event.position() - start).manhattanLength() > SLIPS:
            return
        if self._on_stage(start) and self._on_stage(event.position()):
            self.tap()

    def _on_stage(self, at: QPointF) -> bool:
        stage = self._placement.stage
        return stage is not None and stage.top.bottom() < at.y() < stage.controls.top()
