"""The session page: one time, one picture, one title, two lines; everything else is quiet."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Final, Literal

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QPixmap,
    QRadialGradient,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from guide.compat import override
from guide.core.plan import HALFWAY_FROM, Plan
from guide.core.readout import Phase, Readout
from guide.core.routine import Drawing, Kind, Side
from guide.core.session import Why
from guide.kit.buttons import Button, IconButton, Pressable
from guide.kit.dial import Dial, DialFace
from guide.kit.focus import announce, focus_within
from guide.kit.guard import Guarded
from guide.kit.label import Label
from guide.kit.look import SMALLEST_TARGET, Look, mixed
from guide.kit.motion import PAIR_WIDTH, SCENE_HEIGHT, Motion, scene_width
from guide.kit.overlay import Choice, Dialog
from guide.kit.painting import painting
from guide.kit.timeline import Bar, Timeline
from guide.pages.session.parts import Asked, FollowingLine, PhotoPanel, SessionMenu, SessionOptions
from guide.pages.session.slot import Slot
from guide.pages.session.stage import (
    LARGEST_RADIUS,
    PHOTO,
    SMALLEST_PHOTO,
    SMALLEST_RADIUS,
    Guide,
    Stage,
    Words,
    fit_guide,
    place_row,
    place_stage,
)
from guide.pages.session.veil import EdgeGlow, Veil

TAP_GUARD: Final = 2.0
POINTER_STAYS: Final = 3000
SMALLEST_HEADING: Final = 15
NO_BREAK: Final = "\u00a0"
CARE_CARD: Final = "care-card"
QUIET_GROWS: Final = 1.18
ICON_AND_GAP: Final = (22 + 10) / 17  # of a control's text

State = Literal["running", "paused", "hurts"]


KEYS: Final[Mapping[Qt.Key, Asked]] = {
    Qt.Key.Key_Space: Asked.PAUSE,
    Qt.Key.Key_MediaPlay: Asked.PAUSE,
    Qt.Key.Key_MediaPause: Asked.PAUSE,
    Qt.Key.Key_MediaTogglePlayPause: Asked.PAUSE,
    Qt.Key.Key_Right: Asked.NEXT,
    Qt.Key.Key_PageDown: Asked.NEXT,
    Qt.Key.Key_MediaNext: Asked.NEXT,
    Qt.Key.Key_Left: Asked.BACK,
    Qt.Key.Key_PageUp: Asked.BACK,
    Qt.Key.Key_MediaPrevious: Asked.BACK,
    Qt.Key.Key_Up: Asked.MORE_TIME,
    Qt.Key.Key_Plus: Asked.MORE_TIME,
    Qt.Key.Key_Equal: Asked.MORE_TIME,  # the same key without Shift on many keyboards
    Qt.Key.Key_R: Asked.SAY_AGAIN,
    Qt.Key.Key_P: Asked.PHOTO,
    Qt.Key.Key_Q: Asked.QUIET,
    Qt.Key.Key_H: Asked.IT_HURTS,
    Qt.Key.Key_M: Asked.MILK_SLOWED,
    Qt.Key.Key_U: Asked.UNDO,
    Qt.Key.Key_F11: Asked.FULL_SCREEN,
    Qt.Key.Key_Escape: Asked.FINISH,
}
OF_THE_FOCUS: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})
MODIFIED: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_FIGURES: Final = re.compile(
    r"\d[\d:.,–-]*\s*(?:min|minutes?|s|seconds?|h|hours?|ml|millilit\w+|oz|ounces?|fl oz)\b", re.IGNORECASE
)


class SessionPage(Guarded, QWidget):
    """Shows a readout and tells what a person asks; `now` counts seconds, for the taps that come too early."""

    next_asked = Signal()
    back_asked = Signal()
    pause_asked = Signal()
    resume_asked = Signal()
    restart_asked = Signal()
    more_time_asked = Signal()
    milk_slowed_asked = Signal()
    undo_asked = Signal()
    hurts_asked = Signal()
    say_again_asked = Signal()
    finish_asked = Signal()
    learn_asked = Signal(str)
    quiet_toggled = Signal()
    photo_toggled = Signal()
    full_screen_toggled = Signal()
    dim_changed = Signal(float)
    message_acted = Signal(str)
    announced = Signal(str)

    def __init__(
        self,
        look: Look,
        parent: QWidget | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._now = now
        self._options = SessionOptions()
        self._keys: dict[str, Asked] = {}
        self._readout: Readout | None = None
        self._plan: Plan | None = None
        self._icons: dict[Button, str] = {}
        self._tinted: Kind | None = None
        self._bars: tuple[Bar, ...] = ()
        self._since = now()
        self._pending: Asked | None = None
        self._pressed: QPointF | None = None
        self._before_pause: QWidget | None = None
        self._stage: Stage | None = None
        self._placed: tuple[object, ...] = ()
        self._ground: QPixmap | None = None
        self._ground_key: tuple[object, ...] = ()
        self.dialog: Dialog | None = None

        self.close_button = IconButton("x", "Finish here", look=look, parent=self)
        self.heading = Label("", look=look, wrap=True, tint="text2", parent=self)
        self.more_button = IconButton("dots", "More", look=look, parent=self)
        self.slot = Slot(look=look, parent=self)
        self.dial = Dial(look=look, parent=self)
        self.motion = Motion(look=look, at_left=True, parent=self)
        self.photo = PhotoPanel(look=look, parent=self)
        self.beat = Label("", look=look, parent=self)
        self.title = Label("", look=look, wrap=True, parent=self)
        self.instruction = Label("", look=look, wrap=True, tint="text2", parent=self)
        self.detail = Label("", look=look, wrap=True, tint="text2", parent=self)
        self.carry_on = Button("Carry on", look=look, icon="play", role="primary", always_ring=True, parent=self)
        self.hint = Label("or tap anywhere · Space · pedal", look=look, tint="text2", parent=self)
        self.care = Button("When to seek care", look=look, role="quiet", size="small", parent=self)
        self.care.align_left()
        self.timeline = Timeline(look=look, size="session", parent=self)
        self.following = FollowingLine(look=look, parent=self)
        self.back_button = self._control("Back", "back")
        self.hurts_button = self._control("It hurts", "hand", quiet=True)
        self.pause_button = self._control("Pause", "pause")
        self.next_button = self._control("Next", "next")
        self.more_time_button = self._control("+1 min", "plus1")
        self.restart_button = self._control("Start this step again", "back")
        self.skip_button = self._control("Go to the next step", "next")
        self.stop_button = self._control("Finish here", "check")
        self.veil = Veil(look=look, parent=self)
        self.instruction.raise_()
        self.slot.raise_()
        self.edge = EdgeGlow(look=look, parent=self)
        self.menu = SessionMenu(look=look, parent=self)
        self._pointer = QTimer(self)
        self._pointer.setSingleShot(True)
        self._pointer.setInterval(POINTER_STAYS)
        self._pointer.timeout.connect(self.hide_pointer)
        self._connect()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        for child in self.findChildren(QWidget):
            child.setMouseTracking(True)
        self._show_state()

    def _control(self, text: str, icon: str, *, quiet: bool = False) -> Button:
        button = Button(text, look=self._look, icon=icon, role="quiet" if quiet else "stage", parent=self)
        self._icons[button] = icon
        return button

    def _connect(self) -> None:
        for button, asked in (
            (self.close_button, Asked.FINISH),
            (self.back_button, Asked.BACK),
            (self.hurts_button, Asked.IT_HURTS),
            (self.pause_button, Asked.PAUSE),
            (self.more_time_button, Asked.MORE_TIME),
            (self.skip_button, Asked.NEXT),
        ):
            button.clicked.connect(lambda _=False, asked=asked: self.ask(asked))
        self.next_button.clicked.connect(self._go_on)
        self.carry_on.clicked.connect(self.resume_asked)
        self.restart_button.clicked.connect(self.restart_asked)
        self.stop_button.clicked.connect(self._stop)
        self.care.clicked.connect(lambda: self.learn_asked.emit(CARE_CARD))
        self.more_button.clicked.connect(self._open_menu)
        self.menu.asked.connect(self.ask)
        self.menu.dimmed.connect(self._dim)
        self.slot.acted.connect(self._act)
        self.slot.changed.connect(self._place)
        self._look.changed.connect(self._restyle)
        for control in self.findChildren(Pressable):
            control.installEventFilter(self)
            if control is not self.carry_on:
                control.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves Space to the session

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
        self._bars = tuple(
            Bar(
                segment.step.kind.value,
                segment.shortest.total_seconds(),
                (segment.longest or timedelta(0)).total_seconds(),
            )
            for segment in plan.segments
        )
        self._readout = None
        self._pending = None
        self.slot.dismiss()
        self.edge.rest()
        if self.dialog is not None:
            self.dialog.choose(None)

    def show_options(self, options: SessionOptions) -> None:
        self._options = options
        self._keys = _learned(options.keys)
        self.dial.number_free = options.number_free
        self.veil.dim(options.dim)
        self.photo.show_photo(options.photo)
        self.menu.show_options(options)
        if options.quiet:
            self.slot.show_pill("Quiet night", icon="moon", action="Dim")
        else:
            self.slot.show_pill("")
            self.edge.rest()
        if self._readout is not None:
            self._show(self._readout)
        self._place()

    def show_message(self, text: str, action: str | None = None) -> None:
        """Put a message into the slot for six seconds; `message_acted` carries the action that was pressed."""
        self.slot.tell(text, action)

    def announce(self, text: str) -> None:
        """Have a screen reader say it."""
        announce(self, text)
        self.announced.emit(text)

    def show_readout(self, readout: Readout) -> None:
        before, self._readout = self._readout, readout
        if before is None or before.index != readout.index:
            self._since = self._now()
        self._show(readout)
        self._tell_changes(before, readout)
        self._pending = None
        if before is None or (before.phase, before.why) != (readout.phase, readout.why):
            self._show_state()

    def _show(self, readout: Readout) -> None:
        running, number_free = readout.phase in {Phase.RUNNING, Phase.READY}, self._options.number_free
        bodiless = readout.kind in {Kind.PREPARE, Kind.REST} and readout.side is Side.BOTH
        side = "" if bodiless or readout.side is Side.EACH else readout.side.value
        self.dial.show_face(
            DialFace(
                kind=readout.kind.value,
                time_text=readout.clock,
                caption="go on when you like" if readout.waiting and not readout.caption else readout.caption,
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
        self.dial.animate(self._options.speed / seconds if running and seconds else 0.0)
        instruction = without_figures(readout.instruction) if number_free else readout.instruction
        title = (without_figures(readout.title) or readout.kind.word) if number_free else readout.title
        _set(self.title, title)
        _set(self.instruction, instruction)
        _set(self.beat, readout.beat if running else "")
        if readout.kind is not self._tinted:
            self._tinted = readout.kind
            self.beat.set_kind(readout.kind.value)
            self.update()
        _set(self.detail, self._details(readout) if running else "")
        name = f"{readout.kind.word}, {readout.side_words.lower()}" if number_free else readout.spoken_name
        self.dial.describe(name, instruction)
        self.motion.show_motion(readout.drawing.value, readout.side.value, readout.kind.value)
        self.motion.running = running
        self.motion.describe(instruction)
        self.timeline.show_bars(self._bars, readout.index if self._bars else None, readout.fraction)
        self.timeline.describe(self._progress_in_words(readout))
        self._show_heading(readout)
        self.slot.show_partner(readout.partner if running and self._options.partner else "")
        self.following.show_words(readout, number_free=number_free)
        self._show_controls(readout)
        self._place()

    def _show_heading(self, readout: Readout) -> None:
        parts = [readout.progress, readout.rounds.lower()]
        rest = "".join(f"\u2002·{2 * NO_BREAK}{part.replace(' ', NO_BREAK)}" for part in parts if part)
        if self.heading.text() != readout.routine + rest:
            self.heading.set_parts([(readout.routine, True), (rest, False)])

    def _show_controls(self, readout: Readout) -> None:
        ready_to_go_on = readout.waiting or (readout.mark is not None and readout.past_mark)
        role: Literal["primary", "stage"] = "primary" if ready_to_go_on else "stage"
        if self.next_button.role != role:
            self.next_button.set_role(role)
        _set(self.next_button, "Milk slowed" if _lingers(readout) else "Next")
        _set(self.more_time_button, "Longer" if self._options.number_free else "+1 min")
        self.more_time_button.setEnabled(not readout.waiting)
        self.more_time_button.setToolTip("This step stays until you go on" if readout.waiting else "")
        may_end = readout.mark is not None and not readout.slowed
        self.menu.show_step(may_slow=may_end or self._until_milk_slows(readout))

    def _until_milk_slows(self, readout: Readout) -> bool:
        return self._plan is not None and self._plan.segments[readout.index].step.until_milk_slows

    def _details(self, readout: Readout) -> str:
        parts = [f"Suction: {readout.suction[:1].lower()}{readout.suction[1:]}" if readout.suction else ""]
        if readout.suggested and not readout.waiting:
            parts.append("Suggested time")
        text = " · ".join(part for part in parts if part)
        return without_figures(text) if self._options.number_free else text

    def _progress_in_words(self, readout: Readout) -> str:
        words = [f"{readout.progress.capitalize()}."]
        following, number_free = readout.following, self._options.number_free
        if following is not None:
            length = "" if number_free else f", {following.length.replace('–', ' to ').replace('min', 'minutes')}"
            words.append(f"Next: {lowered(following.title)}{length}.")
        if not number_free:
            words.append(f"{readout.remaining.replace('–', ' to ').replace(' min ', ' minutes ')}.")
        return " ".join(words)

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
        _set(self.carry_on, "Go on gently" if hurts else "Carry on")
        _set(self.skip_button, "Skip this step" if hurts else "Go to the next step")
        _set(self.stop_button, "Stop here" if hurts else "Finish here")
        self.restart_button.setVisible(state == "paused")
        focus = focus_within(self)
        had_focus = focus is not None and focus.hasFocus()
        self.skip_button.setVisible(not running)
        self.stop_button.setVisible(not running)
        self.care.setVisible(hurts)
        self.hint.setVisible(state == "paused")
        self.carry_on.setVisible(not running)
        self._placed = ()
        self._place()
        if not running and had_focus and self.dialog is None and focus is not self.carry_on:
            self._before_pause = focus
            self.carry_on.setFocus(Qt.FocusReason.OtherFocusReason)
        elif running and (before := self._before_pause) is not None:
            self._before_pause = None
            (before if before.isVisibleTo(self) else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_changes(self, before: Readout | None, readout: Readout) -> None:
        if before is None:
            self._voiced(sentences(readout.title, self.instruction.text()))
            self._glow(readout)
            return
        if before.index != readout.index:
            if self._pending is Asked.NEXT or self._pending is Asked.MILK_SLOWED:
                self.slot.tell(f"Moved on to {lowered(self._name(readout))}", "Go back")
            elif self.slot.toasted and self.slot.action_text in {"Go back", "Undo"}:
                self.slot.dismiss()
            if readout.phase is Phase.RUNNING:
                self._voiced(sentences(self._name(readout), self.instruction.text()))
            self._glow(readout)
        else:
            self._tell_within(before, readout)
        if before.phase is not readout.phase or before.why is not readout.why:
            match readout.phase:
                case Phase.PAUSED:
                    self.announce(sentences("Paused", readout.title, self.instruction.text()))
                case Phase.RUNNING if before.index == readout.index:
                    self.announce(sentences("Going on", readout.title))
                case _:
                    pass

    def _tell_within(self, before: Readout, readout: Readout) -> None:
        """Tell what changed inside one step."""
        number_free = self._options.number_free
        if self._pending is Asked.MORE_TIME and readout.ring > before.ring:
            self.slot.tell("A little longer" if number_free else "One more minute", "Undo")
        elif readout.slowed and not before.slowed:
            self.slot.tell(
                "Noted. It moves on by itself" if number_free else f"Noted. It moves on at {readout.end_text}",
                "Undo",
            )
        if readout.phase is not Phase.RUNNING:
            return
        if readout.past_mark and not before.past_mark and not readout.slowed:
            self._voiced(sentences(readout.title, self.instruction.text()))
            self._glow(readout)
        elif readout.last_seconds and not before.last_seconds:
            self._voiced("Nearly done." if number_free else "10 seconds left.")
        elif _halfway(before, readout):
            self._voiced("Halfway.")

    def _voiced(self, text: str) -> None:
        """Announce what a voice, if there is one, says too."""
        if not self._options.spoken:
            self.announce(text)

    def _glow(self, readout: Readout) -> None:
        if self._options.quiet:
            self.edge.glow(readout.kind.value)

    def _name(self, readout: Readout) -> str:
        return self._plan.segments[readout.index].name if self._plan is not None else readout.title

    def ask(self, asked: Asked) -> None:
        """Send on what a key, a tap or a button asks for."""
        running = self.state == "running"
        match asked:
            case Asked.PAUSE:
                (self.pause_asked if running else self.resume_asked).emit()
            case Asked.NEXT:
                self._pending = asked
                self.next_asked.emit()
            case Asked.BACK:
                self.back_asked.emit()
            case Asked.MORE_TIME if running:
                self._pending = asked
                self.more_time_asked.emit()
            case Asked.MILK_SLOWED if running:
                self._pending = asked
                self.milk_slowed_asked.emit()
            case Asked.MORE_TIME | Asked.MILK_SLOWED:
                pass
            case Asked.IT_HURTS:
                self.hurts_asked.emit()
            case Asked.UNDO:
                self._undo()
            case Asked.SAY_AGAIN:
                self.say_again_asked.emit()
            case Asked.PHOTO:
                self.photo_toggled.emit()
            case Asked.QUIET:
                self.quiet_toggled.emit()
            case Asked.FULL_SCREEN:
                self.full_screen_toggled.emit()
            case Asked.FINISH:
                self.ask_to_finish()

    def _go_on(self) -> None:
        """On to the next step; where the routine keeps on a while after the milk slows, that it has slowed."""
        slows = self._readout is not None and _lingers(self._readout)
        self.ask(Asked.MILK_SLOWED if slows else Asked.NEXT)

    def ask_to_finish(self) -> None:
        """Pause, and ask whether to finish here; what is pressed by accident carries on."""
        if self.dialog is not None:
            return
        was_running = self.state == "running"
        if was_running:
            self.pause_asked.emit()
        kept = self._options.kept
        self.dialog = Dialog(
            self,
            look=self._look,
            title="Finish here?" if kept else "Back to the editor?",
            text="What you did is kept either way. You can carry on whenever you like."
            if kept
            else "A try-out leaves nothing in your history.",
            choices=[
                Choice("resume" if was_running else "stay", "Carry on" if was_running else "Stay here"),
                Choice("finish", "Finish and save" if kept else "Back to the editor"),
            ],
        )
        self.dialog.chosen.connect(self._answered)
        self.dialog.open()

    def withdraw_question(self) -> None:
        """Take back an open question, unanswered: another one takes its place."""
        if self.dialog is not None:
            self.dialog.choose(None)

    def _answered(self, answer: object) -> None:
        self.dialog = None
        match answer:
            case "resume":
                self.resume_asked.emit()
            case "finish":
                self.finish_asked.emit()
            case _:
                pass

    def _stop(self) -> None:
        if self.state == "hurts":
            self.finish_asked.emit()
        else:
            self.ask_to_finish()

    def _undo(self) -> None:
        self.slot.dismiss()
        self.undo_asked.emit()

    def _act(self, action: str) -> None:
        match action:
            case "Go back" | "Undo":
                self.undo_asked.emit()
            case "Dim":
                self._open_menu()
            case _:
                self.message_acted.emit(action)

    def _dim(self, share: float) -> None:
        self.veil.dim(share)
        self.dim_changed.emit(share)

    def _open_menu(self) -> None:
        self.menu.setFont(self._look.font("body"))
        self.menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def tap(self) -> None:
        """A tap anywhere on the stage; one in the first two seconds of a step was meant for the step before."""
        if self._readout is None:
            return
        match self.state:
            case "hurts":
                pass
            case "paused":
                self.resume_asked.emit()
            case "running" if self._now() - self._since < TAP_GUARD:
                pass
            case "running":
                match self._options.tap:
                    case "next" if self._readout.following is None:  # a tap by accident ends no session
                        self.show_message("This is the last step. Next finishes it.")
                    case "next":
                        self._go_on()
                    case "pause":
                        self.ask(Asked.PAUSE)
                    case "nothing":
                        pass

    def hide_pointer(self) -> None:
        self._set_pointer(Qt.CursorShape.BlankCursor, Qt.CursorShape.BlankCursor)

    def show_pointer(self) -> None:
        self._pointer.start()
        if self.cursor().shape() == Qt.CursorShape.BlankCursor:
            self._set_pointer(Qt.CursorShape.ArrowCursor, Qt.CursorShape.PointingHandCursor)

    def _set_pointer(self, own: Qt.CursorShape, of_buttons: Qt.CursorShape) -> None:
        self.setCursor(own)
        for button in self.findChildren(Pressable):
            button.setCursor(of_buttons)

    def press(self, event: QKeyEvent) -> bool:
        """Take a key of the session; False leaves it to whoever has the focus."""
        if event.modifiers() & MODIFIED:
            return False
        name = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText).lower()
        asked = self._keys.get(name) or KEYS.get(Qt.Key(event.key()))
        if asked is None:
            return False
        if not event.isAutoRepeat():
            self.ask(asked)
        return True

    def _restyle(self) -> None:
        self._placed = ()
        self._ground = None
        self._place()
        self.update()

    # ---- placing -----------------------------------------------------------------------------------------------

    def _picture(self) -> Literal["drawing", "photo", "none"]:
        readout = self._readout
        if readout is None or self.state != "running":
            return "none"
        if readout.kind is Kind.PUMP and self.photo.has_photo:
            return "photo"
        return "none" if readout.drawing is Drawing.NONE else "drawing"

    def _words(self, picture: str) -> Words:
        name = self._readout.drawing.value if self._readout else "none"
        largest: tuple[float, float] | None = None
        if picture == "photo":
            largest = PHOTO
        elif picture == "drawing":
            wide = scene_width(name) - (0.6 if scene_width(name) == PAIR_WIDTH else 0)
            largest = (wide * LARGEST_RADIUS, SCENE_HEIGHT * LARGEST_RADIUS)
        extra = 0.0
        if self.state != "running":
            extra = self._carry_on_height() + self._below_height()
        return Words(
            title=self.title.text(),
            instruction=self.instruction.text(),
            beat=bool(self.beat.text()),
            beside=picture == "drawing" and scene_width(name) < PAIR_WIDTH,
            detail=self.detail.text(),
            picture=largest,
            smallest=SMALLEST_PHOTO if picture == "photo" else SMALLEST_RADIUS / LARGEST_RADIUS,
            title_role="title_with_photo" if picture == "photo" else "title",
            grown=QUIET_GROWS if self._options.quiet else 1.0,
            extra=extra,
        )

    def _carry_on_height(self) -> float:
        u = self._stage.u if self._stage else 1.0
        return max(92 * u, 60.0)

    def _below_height(self) -> float:
        """The room of what stands under Carry on: the care card's link, or the hint."""
        u = self._stage.u if self._stage else 1.0
        if self.state == "hurts":
            return 10 * u + self.care.sizeHint().height()
        return 18 * u + self._look.session_line_height("next", u)

    def _place(self) -> None:
        """Lay everything out anew, if anything that takes room has changed."""
        if self.width() < 2 or self.height() < 2:
            return
        picture = self._picture()
        stage = place_stage(self.width(), self.height(), look=self._look)
        self._stage = stage
        words = self._words(picture)
        shown = (self.size(), self._look.scale, words, self.state, self.slot.message, self.slot.action_text)
        now = (*shown, self.heading.text(), self.more_time_button.text(), self._readout is None, picture)
        if now == self._placed:
            return
        self._placed = now
        care = self._look.session_font("next", stage.u, weight=500)
        self.care.set_size(max(SMALLEST_TARGET, 1.8 * care.pixelSize()), care)
        self._place_top(stage)
        self._place_guide(stage, words, picture)
        u = stage.u
        size = Dial.size_for(stage.diameter)
        self.dial.setGeometry(
            round(stage.ring.x() - size.width() / 2),
            round(stage.ring.y() - size.height() / 2),
            size.width(),
            size.height(),
        )
        self.timeline.set_unit(u)
        self.timeline.setGeometry(stage.timeline.toAlignedRect())
        self.following.set_unit(u)
        self.following.setGeometry(stage.line.toAlignedRect())
        self._place_controls(stage)
        for veil in (self.veil, self.edge):
            veil.setGeometry(self.rect())
        lower = 0.0 if self.dial.face.side and self.state == "running" else 18 * u
        clock = QRectF(0, 0, stage.diameter * 0.6, stage.diameter * 0.22)
        clock.moveCenter(stage.ring + QPointF(0, lower - 21 * u))
        self.veil.leave_open([clock] if self.dial.time_shown else [])
        if self.dialog is not None:
            self.dialog.raise_()
        self.update()

    def _place_top(self, stage: Stage) -> None:
        u, top = stage.u, stage.top
        middle = top.center().y()
        glyph = round(max(22 * u, 20))
        for button in (self.close_button, self.more_button):
            button.set_side(round(max(44 * u, 44)), glyph)
        side = self.close_button.sizeHint().width()
        glyph_inset = (side - self._look.px(glyph)) / 2
        left = stage.top.left() + 5 * u - glyph_inset
        self.close_button.setGeometry(round(left), round(middle - side / 2), side, side)
        font, line = self._look.session_font("pill", u), self._look.session_line_height("pill", u)
        self.heading.set_own_font(font, line)
        start = max(stage.top.left() + 54 * u, left + side + 4)
        room = top.right() - start - side - 8 * u
        natural = _natural(self.heading.text(), font)
        if self.slot.message:
            self.slot.fit(top, max(room - natural - 16 * u, (top.right() - start) * 0.62), u)
            room = self.slot.geometry().left() - start - side - 12 * u
        width = min(natural, room)
        height = self.heading.heightForWidth(round(width))
        while height > top.height() + 4 and font.pixelSize() > SMALLEST_HEADING:
            line *= (font.pixelSize() - 1) / font.pixelSize()
            font.setPixelSize(font.pixelSize() - 1)
            self.heading.set_own_font(font, line)
            width = min(_natural(self.heading.text(), font), room)
            height = self.heading.heightForWidth(round(width))
        self.heading.setGeometry(round(start), round(middle - height / 2), round(width), height)
        self.more_button.setGeometry(round(start + width + 4 * u), round(middle - side / 2), side, side)

    def _place_guide(self, stage: Stage, words: Words, picture: str) -> None:
        u = stage.u
        guide = fit_guide(stage.guide, words, u=u, look=self._look)
        self.title.set_own_font(guide.title_font, guide.title_line)
        self.title.setGeometry(_box(guide.title))
        self.instruction.set_own_font(guide.instruction_font, guide.instruction_line)
        self.instruction.setGeometry(_box(guide.instruction))
        self.detail.setVisible(guide.detail is not None)
        if guide.detail is not None:
            self.detail.set_own_font(self._look.session_font("next", u), self._look.session_line_height("next", u))
            self.detail.setGeometry(_box(guide.detail))
        self.beat.setVisible(guide.beat is not None)
        if guide.beat is not None:
            font = self._look.session_font("title_with_photo", u)
            self.beat.set_own_font(font, guide.beat.height())
            self.beat.setGeometry(_box(guide.beat))
        self.photo.setVisible(picture == "photo" and guide.picture is not None)
        self.motion.setVisible(picture == "drawing" and guide.picture is not None)
        if guide.picture is not None:
            self._place_picture(guide, guide.picture, picture, u)
        if guide.extra is not None:
            self._place_carry_on(guide.extra, u)

    def _place_picture(self, guide: Guide, place: QRectF, picture: str, u: float) -> None:
        if picture == "photo":
            self.photo.set_radius(24 * u)
            self.photo.setGeometry(_box(place))
            return
        name = self._readout.drawing.value if self._readout else "none"
        radius = place.height() / SCENE_HEIGHT
        pair = scene_width(name) == PAIR_WIDTH
        # the outline, not the room for the hands around it, stands above the words
        left = guide.title.left() - (0.3 * radius if pair else 0)
        self.motion.setGeometry(_box(QRectF(left, place.top(), scene_width(name) * radius + 2, place.height())))

    def _place_carry_on(self, area: QRectF, u: float) -> None:
        height = self._carry_on_height()
        font = self._look.session_font("control", u)
        font.setPixelSize(round(min(max(28 * u, 22.0) * self._look.scale, height * 0.42)))
        font.setWeight(QFont.Weight.DemiBold)
        self.carry_on.set_size(height, font)
        width = max(400 * u, self.carry_on.sizeHint().width())
        self.carry_on.setGeometry(QRectF(area.left(), area.top(), min(width, area.width()), height).toAlignedRect())
        if self.state == "hurts":
            hint = self.care.sizeHint()
            self.care.setGeometry(
                round(area.left() - 16), round(area.top() + height + 10 * u), hint.width(), hint.height()
            )
        else:
            line = self._look.session_line_height("next", u)
            self.hint.set_own_font(self._look.session_font("next", u), line)
            below = area.top() + height + 18 * u
            self.hint.setGeometry(QRectF(area.left(), below, area.width(), line).toAlignedRect())

    def _place_controls(self, stage: Stage) -> None:
        area, gap, height = stage.controls, stage.control_gap, stage.control_height
        rows: list[list[tuple[Button, float]]]
        match self.state, stage.portrait:
            case "running", False:
                rows = [
                    [
                        (self.back_button, 0.92),
                        (self.hurts_button, 0.74),
                        (self.pause_button, 1.45),
                        (self.next_button, 1.45),
                        (self.more_time_button, 0.98),
                    ]
                ]
            case "running", True:
                rows = [
                    [(self.pause_button, 1), (self.next_button, 1)],
                    [(self.back_button, 1), (self.hurts_button, 1), (self.more_time_button, 1)],
                ]
            case "hurts", _:
                rows = [[(self.skip_button, 1), (self.stop_button, 1)]]
            case _, False:
                rows = [[(self.restart_button, 1), (self.skip_button, 1), (self.stop_button, 1)]]
            case _:
                rows = [[(self.restart_button, 1)], [(self.skip_button, 1), (self.stop_button, 1)]]
        y = area.bottom() - len(rows) * height - (len(rows) - 1) * gap
        for row in rows:
            places = place_row(QRectF(area.left(), y, area.width(), height), [weight for _, weight in row], gap)
            self._dress_row([button for button, _ in row], places, stage.u, height)
            for (button, _), place in zip(row, places, strict=True):
                button.setGeometry(_box(place))
            y += height + gap

    def _dress_row(self, buttons: Sequence[Button], places: Sequence[QRectF], u: float, height: float) -> None:
        """Give a row one size of text that fits every button of it, with icons while there is room."""
        font = self._look.session_font("control", u)

        def most(*, icons: bool) -> float:
            """How far past its room the widest content of the row goes."""
            worst = 0.0
            for button, place in zip(buttons, places, strict=True):
                words = QFontMetricsF(font).horizontalAdvance(button.text()) + 4
                icon = font.pixelSize() * ICON_AND_GAP if icons and button is not self.hurts_button else 0.0
                worst = max(worst, (words + icon) / (place.width() - 16 * u))
            return worst

        icons = most(icons=True) <= 1
        if not icons and (share := most(icons=False)) > 1:
            font.setPixelSize(max(12, int(font.pixelSize() / share)))
        for button in buttons:
            quiet = button is self.hurts_button
            button.set_icon_name(self._icons[button] if icons and not quiet else None)
            button.set_size(height, font)

    # ---- Qt ----------------------------------------------------------------------------------------------------

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self.show_pointer()
        self._place()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.carry_on.isVisible() and self.dialog is None:
            self.carry_on.setFocus(Qt.FocusReason.OtherFocusReason)  # back from a page of Learn

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._pointer.stop()
        self.edge.rest()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return event.key() not in OF_THE_FOCUS and self.press(event)
        return False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.press(event):
            super().keyPressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.show_pointer()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        start, self._pressed = self._pressed, None
        if start is not None and self._on_stage(start) and self._on_stage(event.position()):
            self.tap()

    def _on_stage(self, at: QPointF) -> bool:
        return self._stage is not None and self._stage.top.bottom() < at.y() < self._stage.controls.top()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            ground = self._ground_now()
            dpr = ground.devicePixelRatio()
            rect = event.rect()
            source = QRectF(rect.x() * dpr, rect.y() * dpr, rect.width() * dpr, rect.height() * dpr)
            painter.drawPixmap(rect, ground, source.toRect())

    def _ground_now(self) -> QPixmap:
        """The theme's ground, lit by the colour of the step's kind, like a lamp beside the ring."""
        theme, dpr = self._look.theme, self.devicePixelRatioF()
        kind = self._readout.kind.value if self._readout and self.state == "running" else ""
        key = (self.size(), theme.name, theme.stage_glow, kind, dpr, self._stage.ring.toTuple() if self._stage else ())
        if self._ground is None or key != self._ground_key:
            self._ground_key = key
            self._ground = QPixmap(self.size() * dpr)
            self._ground.setDevicePixelRatio(dpr)
            self._ground.fill(theme.bg)
            if kind and self._stage is not None:
                with painting(self._ground) as painter:
                    light = QRadialGradient(self._stage.ring, max(680 * self._stage.u, 1))
                    # whole colours, not faint ones: these would be rounded into rings that can be seen
                    for place, share in ((0.0, 1.0), (0.25, 0.88), (0.5, 0.5), (0.75, 0.14), (1.0, 0.0)):
                        light.setColorAt(place, mixed(theme.bg, theme.fill(kind), theme.stage_glow * share))
                    painter.fillRect(self.rect(), light)
        return self._ground


def lowered(name: str) -> str:
    """
    A title within a sentence; a name in capitals stays.

    >>> lowered("Light strokes"), lowered("NICU pause")
    ('light strokes', 'NICU pause')
    """
    return name if name[1:] != name[1:].lower() else name[:1].lower() + name[1:]


def sentences(*parts: str) -> str:
    """
    Parts as sentences, each with its stop.

    >>> sentences("Milk slowing down?", "Let it run", "")
    'Milk slowing down? Let it run.'
    """
    return " ".join(part if part[-1] in ".?…" else f"{part}." for part in parts if part)


def without_figures(text: str) -> str:
    """
    Leave out the sentences that speak of minutes or millilitres.

    >>> without_figures("Rest now. About 10 min are left. Breathe.")
    'Rest now. Breathe.'
    """
    sentences = re.split(r"(?<=[.?])\s+", text)
    return " ".join(sentence for sentence in sentences if not _FIGURES.search(sentence))


def _halfway(before: Readout, readout: Readout) -> bool:
    """Whether a long step, or the way to a range's mark, has just passed its middle."""
    if readout.past_mark or readout.waiting:
        return False
    share = 1.0 if readout.mark is None else readout.mark
    if readout.ring * share < HALFWAY_FROM:
        return False
    return before.fraction < share / 2 <= readout.fraction


def _learned(keys: Mapping[str, str | Sequence[str]]) -> dict[str, Asked]:
    """Her own keys by their name; a word that is no action is passed over."""
    known = {asked.value: asked for asked in Asked}
    found: dict[str, Asked] = {}
    for word, own in keys.items():
        asked = known.get(word.replace("_", " "))
        if asked is not None:
            names = [own] if isinstance(own, str) else own
            found.update((QKeySequence(name).toString().lower(), asked) for name in names)
    return found


def _lingers(readout: Readout) -> bool:
    """Whether the way on is to say that milk slows: past the mark of a step that goes on a while after it."""
    return readout.lingers and readout.past_mark and not readout.slowed


def _set(widget: Label | Button, text: str) -> None:
    if widget.text() != text:
        widget.setText(text)


def _box(place: QRectF) -> QRect:
    return place.toAlignedRect()


def _natural(text: str, font: QFont) -> float:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return QFontMetricsF(bold).horizontalAdvance(text) + 4
