"""The face of the session page: its widgets, and a readout written on them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Literal

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from guide.core.naming import kind_word, within_a_sentence
from guide.core.plan import Plan
from guide.core.readout import Phase, Readout
from guide.core.routine import Kind, Side
from guide.core.usual import let_downs
from guide.kit.buttons import Button, IconButton
from guide.kit.dial import Dial
from guide.kit.focus import FocusRing
from guide.kit.guard import Guarded
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.motion.widget import Motion
from guide.kit.ring import DialFace
from guide.kit.timeline import Bar, Timeline
from guide.language import _
from guide.pages.session.ground import Ground
from guide.pages.session.parting import Parting
from guide.pages.session.parts import FollowingLine, SessionMenu, SessionOptions
from guide.pages.session.photo import PhotoPanel
from guide.pages.session.slot import Slot
from guide.pages.session.tell import without_figures
from guide.pages.session.veil import EdgeGlow, Veil

NO_BREAK: Final = "\u00a0"
CIRCLE: Final = 10_000  # a circle, whatever its size


class Face(Guarded, QWidget):
    """
    One time, one picture, one title, two lines; everything else is quiet.

    `icons` are the glyphs of the controls, which leave them where a row is narrow.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.icons: dict[Button, str] = {}
        self._tinted: Kind | None = None
        self.close_button = IconButton("x", _("Finish here"), look=look, parent=self)
        self.heading_whole = "", ""
        self.heading = Label("", look=look, wrap=True, tint="text2", parent=self)
        self.more_button = IconButton("dots", _("More"), look=look, parent=self)
        self.slot = Slot(look=look, parent=self)
        self.dial = Dial(look=look, parent=self)
        self.motion = Motion(look=look, at_left=True, parent=self)
        self.photo = PhotoPanel(look=look, parent=self)
        self.ground = Ground(self, look=look)
        self.parting = Parting(self.ground, look=look, parent=self)  # over the drawing, beneath the words
        self.beat = Label("", look=look, parent=self)
        self.title = Label("", look=look, wrap=True, parent=self)
        self.instruction = Label("", look=look, wrap=True, tint="text2", parent=self)
        self.detail = Label("", look=look, wrap=True, tint="text2", parent=self)
        self.carry_on = Button(_("Carry on"), look=look, icon="play", role="primary", always_ring=True, parent=self)
        self.hint = Label(_("or tap anywhere · Space · pedal"), look=look, tint="text2", elide=True, parent=self)
        self.care = Button(_("When to seek care"), look=look, role="quiet", size="small", parent=self)
        self.care.align_left()
        self.timeline = Timeline(look=look, size="session", parent=self)
        self.following = FollowingLine(look=look, parent=self)
        self.back_button = self._control(_("Back"), "back")
        self.hurts_button = self._control(_("It hurts"), "hand", quiet=True)
        self.pause_button = self._control(_("Pause"), "pause")
        self.next_button = self._control(_("Next"), "next")
        self.more_time_button = self._control(_("+1 min"), "plus1")
        self.restart_button = self._control(_("Start this step again"), "back")
        self.skip_button = self._control(_("Go to the next step"), "next")
        self.stop_button = self._control(_("Finish here"), "check")
        self._plan_of_bars: Plan | None = None
        self._bars: tuple[Bar, ...] = ()
        self._first_milk: frozenset[tuple[int, ...]] = frozenset()
        self.veil = Veil(look=look, parent=self)
        self.instruction.raise_()
        self.slot.raise_()
        self.edge = EdgeGlow(look=look, parent=self)
        self.ring = FocusRing(self, look=look, radius=CIRCLE, told=True, key_shows=False, around=self._around_the_clock)
        self.menu = SessionMenu(look=look, parent=self)

    def _control(self, text: str, icon: str, *, quiet: bool = False) -> Button:
        button = Button(text, look=self._look, icon=icon, role="quiet" if quiet else "stage", parent=self)
        self.icons[button] = icon
        return button

    def _around_the_clock(self) -> QRect:
        """Where the page shows that it has the focus itself, and with it Space."""
        side = min(self.dial.width(), self.dial.height())
        place = QRect(0, 0, side, side)
        place.moveCenter(self.dial.geometry().center())
        return place

    def write(self, readout: Readout, options: SessionOptions, plan: Plan | None) -> None:
        """Put a readout on the face."""
        running, number_free = readout.phase in {Phase.RUNNING, Phase.READY}, options.number_free
        bodiless = readout.kind in {Kind.PREPARE, Kind.REST} and readout.side is Side.BOTH
        side = "" if bodiless or readout.side is Side.EACH else readout.side.value
        self.dial.show_face(
            DialFace(
                kind=readout.kind.value,
                time_text=readout.clock,
                caption=_caption(readout, number_free=number_free),
                side=side,
                fraction=readout.fraction,
                mark=readout.mark,
                mark_text=readout.mark_text,
                end_text=readout.end_text,
                past_mark=readout.past_mark,
                paused=readout.phase is Phase.PAUSED,
                pulse=readout.last_seconds,
                wait=readout.waiting,
            )
        )
        seconds = readout.ring.total_seconds()
        self.dial.animate(options.speed / seconds if running and seconds else 0.0)
        instruction = without_figures(readout.instruction) if number_free else readout.instruction
        title = (
            (without_figures(readout.title) or kind_word(readout.kind, readout.words)) if number_free else readout.title
        )
        put_text(self.title, title)
        put_text(self.instruction, instruction)
        put_text(self.beat, readout.beat if running else "")
        if readout.kind is not self._tinted:
            self._tinted = readout.kind
            self.beat.set_kind(readout.kind.value)
            self.update()
        put_text(self.detail, _details(readout, number_free=number_free) if running else "")
        name = readout.spoken_name if not number_free else readout.unnumbered_name
        self.dial.describe(name, instruction)
        self.motion.show_motion(readout.drawing.value, readout.side.value, readout.kind.value)
        self.motion.running = running
        self.motion.describe(instruction)
        self._take_plan(plan)
        bars = self._bars
        self.timeline.show_bars(bars, readout.index if bars else None, readout.fraction)
        self.timeline.describe(_progress_in_words(readout, number_free=number_free))
        self._show_heading(readout)
        self.slot.show_partner(readout.partner if running and options.partner else "")
        self.following.show_words(readout, number_free=number_free)
        self._show_controls(readout, number_free=number_free, plan=plan)

    def _take_plan(self, plan: Plan | None) -> None:
        """Work out once what a plan shows: the next second brings the same one, and to compare two takes as long."""
        if plan is not self._plan_of_bars:
            self._plan_of_bars = plan
            self._bars = _bars_of(plan) if plan is not None else ()
            self._first_milk = let_downs(plan) if plan is not None else frozenset()

    def _show_heading(self, readout: Readout) -> None:
        parts = [readout.progress, within_a_sentence(readout.rounds, readout.words)]
        rest = "".join(f"{NO_BREAK} ·{2 * NO_BREAK}{part.replace(' ', NO_BREAK)}" for part in parts if part)
        if self.heading_whole != (readout.routine, rest):
            self.heading_whole = readout.routine, rest
            self.shorten_heading(len(readout.routine))

    def shorten_heading(self, letters: int) -> None:
        """Show so many letters of the routine's name; a screen reader is told all of them."""
        name, rest = self.heading_whole
        shown = name if letters >= len(name) else name[:letters].rstrip() + "…"
        if self.heading.text() != shown + rest:
            self.heading.set_parts([(shown, True), (rest, False)])
            self.heading.setAccessibleName("" if shown == name else name + rest)

    def _show_controls(self, readout: Readout, *, number_free: bool, plan: Plan | None) -> None:
        ready_to_go_on = readout.waiting or (readout.mark is not None and readout.past_mark)
        role: Literal["primary", "stage"] = "primary" if ready_to_go_on else "stage"
        if self.next_button.role != role:
            self.next_button.set_role(role)
        put_text(self.next_button, _("Milk slowed") if readout.next_notes else _("Next"))
        put_text(self.more_time_button, _("Longer") if number_free else _("+1 min"))
        self.more_time_button.setEnabled(not readout.waiting)
        self.more_time_button.setToolTip(_("This step stays until you go on") if readout.waiting else "")
        may_end = readout.mark is not None and not readout.slowed
        step = plan.segments[readout.index] if plan is not None else None
        until = step is not None and step.step.until_milk_slows
        comes = step is not None and step.place in self._first_milk
        self.menu.show_step(may_slow=may_end or until, may_come=comes)


def _bars_of(plan: Plan) -> tuple[Bar, ...]:
    return tuple(
        Bar(
            segment.step.kind.value,
            segment.shortest.total_seconds(),
            (segment.longest or timedelta(0)).total_seconds(),
        )
        for segment in plan.segments
    )


def _caption(readout: Readout, *, number_free: bool) -> str:
    """What stands beneath the time, and alone where no numbers are wanted."""
    if readout.waiting and not readout.caption:
        return _("go on when you like")
    if number_free and readout.mark is not None and not readout.past_mark:
        return _("for a while, then your call")
    return readout.caption


def _details(readout: Readout, *, number_free: bool) -> str:
    suction = f"{readout.suction[:1].lower()}{readout.suction[1:]}"
    parts = [_("Suction: {level}").format(level=suction) if readout.suction else ""]
    if readout.suggested and not readout.waiting and not number_free:
        parts.append(_("Suggested time"))
    text = " · ".join(part for part in parts if part)
    return without_figures(text) if number_free else text


def _progress_in_words(readout: Readout, *, number_free: bool) -> str:
    # Translators: the first of a few short sentences for a screen reader, about a step of a session.
    words = [_("Step {n} of {all}.").format(n=readout.index + 1, all=readout.steps)]
    following = readout.following
    if following is not None:
        title = within_a_sentence(following.title, readout.words)
        named = _("Next: {title}.") if number_free else _("Next: {title}, {length}.")
        words.append(named.format(title=title, length=following.spoken))
    if not number_free:
        words.append(f"{readout.remaining_spoken}.")
    return " ".join(words)


def put_text(widget: Label | Button, text: str) -> None:
    if widget.text() != text:
        widget.setText(text)
