"""What the session page shows: a readout on its face, the controls of its state, and the parting of steps."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from guide.compat import override
from guide.core.commands import Why
from guide.core.plan import Plan
from guide.core.readout import Phase, Readout
from guide.core.routine import Drawing, Kind
from guide.kit.dialog import Dialog
from guide.kit.focus import focus_within, keeps_focus
from guide.kit.look import Look
from guide.kit.painting import painting
from guide.language import _
from guide.live.intents import Intent
from guide.pages.session.face import Face, put_text
from guide.pages.session.keys import learned
from guide.pages.session.parts import SessionOptions
from guide.pages.session.place import Picture, Placement, Shown, State


class Showing(Face):
    """`now` counts seconds, for the taps that come too early; `dialog` is the question that lies over the page."""

    def __init__(self, look: Look, parent: QWidget | None = None, *, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(look, parent)
        self._now = now
        self._options = SessionOptions()
        self._listening = ("", "")
        self._keys: dict[str, Intent] = {}
        self._readout: Readout | None = None
        self._plan: Plan | None = None
        self._since = now()
        self._changed = -math.inf  # when other controls were shown
        self._before_pause: QWidget | None = None
        self._placement = Placement(self, look=look)
        self.dialog: Dialog | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.slot.changed.connect(self._place)
        self.photo.ready.connect(self._place)
        look.changed.connect(self._restyle)

    @property
    def options(self) -> SessionOptions:
        return self._options

    @property
    def readout(self) -> Readout | None:
        return self._readout

    @property
    def state(self) -> State:
        if self._readout is None or self._readout.phase is not Phase.PAUSED:
            return "running"
        return "hurts" if self._readout.why is Why.HURTS else "paused"

    def show_plan(self, plan: Plan) -> None:
        self._plan = plan
        self._readout = None
        self._changed = -math.inf
        self._before_pause = None
        self.carry_on.hide()  # before the focus of a page that is shown comes to it
        self.slot.dismiss()
        self.edge.rest()
        self.parting.rest()

    def show_options(self, options: SessionOptions) -> None:
        self._options = options
        self._keys = learned(options.keys)
        self.dial.number_free = options.number_free
        self.veil.dim(options.dim)
        self.photo.show_photos(options.photos)
        self.menu.show_options(options)
        self._show_pill()
        if not options.quiet:
            self.edge.rest()
        self._show()

    def show_listening(self, text: str, icon: str) -> None:
        """What the ear is doing, in the slot's pill; nothing, where it is off."""
        if (text, icon) != self._listening:
            self._listening = (text, icon)
            self._show_pill()

    def _show_pill(self) -> None:
        text, icon = self._listening
        if text:
            self.slot.show_pill(text, icon=icon)
        elif self._options.quiet:
            self.slot.show_pill(_("Quiet night"), icon="moon", action=_("Dim"), does=self._open_menu)
        else:
            self.slot.show_pill("")

    def show_readout(self, readout: Readout) -> None:
        before, self._readout = self._readout, readout
        if before is None or before.index != readout.index:
            self._since = self._now()
            if before is not None and self.isVisible():
                drawn = (self.motion, self.photo)
                self.parting.begin(next((one for one in drawn if one.isVisible()), None))
        self._show()
        if before is None or (before.phase, before.why) != (readout.phase, readout.why):
            if before is not None:
                self._changed = self._now()
            self._show_state()

    def _show(self) -> None:
        if self._readout is not None:
            self.write(self._readout, self._options, self._plan)
        self._place()

    def _show_state(self) -> None:
        """Show the controls of the state, and give the focus to what carries on."""
        state = self.state
        running, hurts = state == "running", state == "hurts"
        for button in (
            self.back_button,
            self.hurts_button,
            self.pause_button,
            self.next_button,
            self.more_time_button,
        ):
            button.setVisible(running)
        put_text(self.carry_on, _("Go on gently") if hurts else _("Carry on"))
        put_text(self.skip_button, _("Skip this step") if hurts else _("Go to the next step"))
        put_text(self.stop_button, _("Stop here") if hurts else _("Finish here"))
        self.restart_button.setVisible(state == "paused")
        focus = focus_within(self)
        had_focus = focus is not None and keeps_focus(focus)
        self.skip_button.setVisible(not running)
        self.stop_button.setVisible(not running)
        self.care.setVisible(hurts)
        self.hint.setVisible(state == "paused")
        self.carry_on.setVisible(not running)
        self._placement.forget()
        self._place()
        if not running and had_focus and self.dialog is None and focus is not self.carry_on:
            self._before_pause = focus
            self.carry_on.setFocus(Qt.FocusReason.OtherFocusReason)
        elif running and (before := self._before_pause) is not None:
            self._before_pause = None
            (before if before.isVisibleTo(self) else self).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def has_room_for_photos(self) -> bool:
        """Whether this is a step in which photos are shown."""
        return self.state == "running" and self._readout is not None and self._readout.kind in {Kind.PUMP, Kind.REST}

    def _picture(self) -> Picture:
        readout = self._readout
        if readout is None or self.state != "running":
            return "none"
        if self.has_room_for_photos and self.photo.has_photo:
            return "photo"
        return "none" if readout.drawing is Drawing.NONE else "drawing"

    def _place(self) -> None:
        drawing = self._readout.drawing.value if self._readout else "none"
        if self._placement.place(Shown(self.state, self._picture(), drawing, large=self._options.quiet)):
            if self.dialog is not None:
                self.dialog.raise_()
            self.ring.place()
            self.update()

    def _open_menu(self) -> None:
        self.menu.setFont(self._look.font("body"))
        self.menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _restyle(self) -> None:
        self._placement.forget()
        self.ground.forget()
        self._place()
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.parting.rest()
        self._place()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.parting.rest()
        self.edge.rest()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        kind = self._readout.kind.value if self._readout and self.state == "running" else ""
        with painting(self) as painter:
            self.ground.paint(painter, event.rect(), self._placement.stage, kind)
