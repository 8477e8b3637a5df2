from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import createdByPython

from guide.core.asked import do, next_means, pause_means
from guide.core.commands import Command
from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.readout import Readout, read
from guide.core.routine import Fixed, Group, Kind, Pace, Range, Routine, Side, Step, Wait
from guide.core.session import Move, Outcome, Ready, Session, advance, start
from guide.kit.buttons import Button, Pressable
from guide.kit.look import Look, ThemeChoice
from guide.live.intents import Dim, Finish, GoOn, Intent, Learn, PauseOrCarryOn, Photo, Quiet, SayAgain
from guide.live.keys import KEYS
from guide.pages.session import photo
from guide.pages.session.page import SessionPage
from guide.pages.session.parting import CHANGE
from guide.pages.session.parts import KEPT_EITHER_WAY, SessionOptions
from guide.pages.session.tell import without_figures
from guide.pages.session.veil import Veil
from guide.store.log.log import STALE_AFTER
from onscreen import HandClock, another_window, kept
from tables import each_row

MIN = timedelta(minutes=1)
SEC = timedelta(seconds=1)
Show = Callable[[QWidget], None]

ROUTINE = Routine(
    "Hands-on pumping",
    (
        Step(Kind.PREPARE, Wait(), title="Settle in"),
        Step(Kind.MASSAGE, Fixed(2 * MIN), title="Small circles", show="Spiral in, softly.", suggested=True),
        Step(
            Kind.PUMP,
            Range(5 * MIN, 7 * MIN),
            title="Pump both sides",
            show="Shoulders down.",
            until_milk_slows=True,
            suction="The most that still feels comfortable",
            partner="Could you bring some water?",
        ),
        Group(
            (
                Step(
                    Kind.EXPRESS,
                    Fixed(MIN),
                    side=Side.LEFT,
                    title="Hand express",
                    pace=Pace(("press back", "compress", "relax"), SEC),
                ),
            ),
            times=2,
        ),
    ),
)
MASSAGE, PUMP, EXPRESS = 1, 2, 3


class Desk:
    """A page, a session under it moved by hand, and what the page has asked for."""

    def __init__(self, page: SessionPage) -> None:
        self.page = page
        self.plan: Plan = lay_out(ROUTINE)
        self.now = timedelta(0)
        self.session: Session = start(Ready(self.plan), self.now).session
        self.asked: list[Intent] = []
        self.said: list[str] = []
        page.announced.connect(self._hear)
        page.show_plan(self.plan)
        page.asked.connect(self._answer)
        self.tell()

    def leave(self) -> None:
        self.page.announced.disconnect(self._hear)
        self.page.asked.disconnect(self._answer)

    def _hear(self, text: str) -> None:
        self.said.append(text)

    def _answer(self, intent: Intent) -> None:
        self.asked.append(intent)
        match intent:
            case GoOn():
                self.do(next_means(self.session, self.now))
            case PauseOrCarryOn():
                self.do(pause_means(self.session, self.now))
            case Command():
                self.do(intent)
            case _:
                pass

    def do(self, command: Command) -> None:
        self._move(do(self.session, command, self.now), command)

    def _move(self, outcome: Outcome, command: Command | None = None) -> None:
        self.session = outcome.session
        self.tell()
        self.page.tell(Move(outcome.session, self.now, outcome.happenings, command))

    def tell(self) -> None:
        self.page.show_readout(read(self.session, self.now))

    def pass_time(self, length: timedelta) -> None:
        self.now += length
        self._move(advance(self.session, self.now))

    def go_to(self, index: int, offset: timedelta = timedelta(0)) -> None:
        """Go on to a step with Next, and show the page where that leads to, not each step between."""
        if self.readout.index < index:
            while self.readout.index < index:
                self.now += 6 * SEC
                self.session = advance(self.session, self.now).session
                self.session = do(self.session, Command.NEXT, self.now).session
            self.tell()
        self.pass_time(offset)
        self.page.slot.dismiss()
        self.asked.clear()
        self.said.clear()

    @property
    def readout(self) -> Readout:
        return read(self.session, self.now)

    def press(self, key: Qt.Key, text: str = "") -> None:
        focus = QApplication.focusWidget() or self.page
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(focus, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


@pytest.fixture(scope="module")
def look(the_look: Look) -> Look:
    return the_look


@pytest.fixture(scope="module")
def seconds() -> HandClock:
    return HandClock()


@pytest.fixture(scope="module")
def the_page(look: Look, seconds: HandClock) -> Iterator[SessionPage]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(photo, "one_after_the_other", lambda: lambda work: work())
        page = SessionPage(look, now=seconds)
    with kept(page):
        yield page


@pytest.fixture
def desk(the_page: SessionPage, look: Look, seconds: HandClock, qapp: QApplication) -> Iterator[Desk]:
    """
    The one page of this file, as it is when a session begins.

    A plan takes back the question and the message; an hour goes by, so that no press of the test before is just now.
    It stays on the screen: without one Qt gives the keyboard to no window that is shown again. It is painted once in a
    test, as that leaves it.
    """
    page = the_page
    page.setUpdatesEnabled(False)
    seconds.advance(3600)
    if page.layoutDirection() != qapp.layoutDirection():
        page.unsetLayoutDirection()
        look.changed.emit()  # what is placed is placed anew
    page.resize(1160, 780)
    desk = Desk(page)
    page.show_options(SessionOptions())
    page.show()
    if not page.isActiveWindow():
        page.activateWindow()
        qapp.processEvents()
    page.setFocus()
    yield desk
    page.setUpdatesEnabled(True)
    qapp.processEvents()
    desk.leave()
    look.choose_scale(1.0)


def visible(page: SessionPage) -> set[str]:
    return {button.text() for button in page.findChildren(Button) if button.isVisibleTo(page)}


def tap(page: SessionPage, at: QPoint | None = None) -> None:
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=at or QPoint(800, 300))


# ---- what is shown ---------------------------------------------------------------------------------------------------


def test_a_fixed_step_shows_its_time_its_title_and_its_two_lines(desk: Desk) -> None:
    desk.go_to(MASSAGE, 36 * SEC)
    page = desk.page
    assert page.dial.time_shown == "1:24"
    assert page.dial.face.caption == "left of 2 min"
    assert page.title.text() == "Small circles"
    assert page.instruction.text() == "Spiral in, softly."
    assert page.motion.shown == ("circles", "both", "massage")
    assert page.heading.text() == "Hands-on pumping\u00a0 ·\u00a0\u00a0step\u00a02\u00a0of\u00a05"
    assert page.following.words == "Next: Pump both sides 5–7 min"
    assert page.following.remaining == "8–11 min to go"
    assert page.detail.text() == "Suggested time"
    assert visible(page) == {"Back", "It hurts", "Pause", "Next", "+1 min"}
    assert page.next_button.role == "stage"


def test_a_range_past_its_mark_asks_its_question_and_next_is_the_one_primary_button(desk: Desk) -> None:
    desk.go_to(PUMP, 5 * MIN + 24 * SEC)
    page = desk.page
    assert page.title.text() == "Milk slowing down?"
    assert page.dial.time_shown == "1:36"
    assert page.dial.face.past_mark
    assert page.next_button.role == "primary"
    assert page.detail.text() == "Suction: the most that still feels comfortable"


def test_a_step_that_waits_shows_no_time_and_has_no_end_to_move(desk: Desk) -> None:
    assert desk.page.dial.time_shown == ""
    assert desk.page.next_button.role == "primary"
    assert not desk.page.more_time_button.isEnabled()


def test_a_pace_shows_the_word_of_the_moment_and_a_repeat_its_round(desk: Desk) -> None:
    desk.go_to(EXPRESS, 1 * SEC)
    assert desk.page.beat.text() == "compress"
    desk.pass_time(SEC)
    assert desk.page.beat.text() == "relax"
    assert desk.page.beat.isVisibleTo(desk.page)
    assert desk.page.heading.text().endswith("round\u00a01\u00a0of\u00a02")
    desk.go_to(EXPRESS + 1)
    assert desk.page.following.words == "This is the last step"


def test_the_timeline_stands_where_the_session_stands(desk: Desk) -> None:
    desk.go_to(PUMP, 3 * MIN + 30 * SEC)
    timeline = desk.page.timeline
    assert [bar.kind for bar in timeline.bars] == ["prepare", "massage", "pump", "express", "express"]
    assert timeline.current == PUMP
    assert timeline.fraction == pytest.approx(0.5)


def test_a_pause_keeps_the_time_and_offers_what_she_may_want(desk: Desk) -> None:
    desk.go_to(PUMP, 2 * MIN + 18 * SEC)
    desk.press(Qt.Key.Key_Space)
    page = desk.page
    assert desk.asked == [PauseOrCarryOn()]
    assert page.dial.time_shown == "2:42"
    assert page.dial.face.paused
    assert not page.motion.running
    assert page.title.text() == "Take all the time you need"
    assert visible(page) == {"Carry on", "Start this step again", "Go to the next step", "Finish here"}
    assert page.carry_on.hasFocus()
    assert page.carry_on.ring.shown
    desk.press(Qt.Key.Key_Space)
    assert desk.asked == [PauseOrCarryOn(), Command.RESUME]
    assert page.hasFocus()


def test_space_presses_the_amber_key_where_the_step_waits_for_her(desk: Desk, seconds: HandClock) -> None:
    """Not the second Space of two that began the session."""
    desk.press(Qt.Key.Key_Space)
    assert desk.asked == []
    seconds.advance(3)
    desk.press(Qt.Key.Key_Space)
    assert desk.asked == [PauseOrCarryOn()]
    assert desk.readout.title == "Small circles"
    assert desk.page.slot.message == "Moved on to “Small circles”"


def test_space_carries_on_in_a_pause_of_a_step_that_waits(desk: Desk) -> None:
    desk.page.pause_button.click()
    assert desk.readout.title == "Take all the time you need"
    desk.press(Qt.Key.Key_Space)
    assert desk.readout.title == "Settle in"


def test_it_hurts_says_what_helps_and_offers_three_ways_and_the_care_card(desk: Desk) -> None:
    desk.go_to(PUMP, MIN)
    desk.press(Qt.Key.Key_H)
    page = desk.page
    assert page.title.text() == "Ease off now"
    assert page.instruction.text() == "Lower the suction, or break the seal with a finger."
    assert visible(page) == {"Go on gently", "Skip this step", "Stop here", "When to seek care"}
    page.care.click()
    page.carry_on.click()
    assert desk.asked == [Command.IT_HURTS, Learn("care-card"), Command.RESUME]


def test_after_it_hurts_the_step_may_be_skipped_or_the_session_stopped(desk: Desk) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.page.hurts_button.click()
    tap(desk.page)
    assert desk.asked == [Command.IT_HURTS]
    desk.page.skip_button.click()
    assert desk.readout.index == PUMP
    desk.page.hurts_button.click()
    desk.page.stop_button.click()
    assert desk.asked[-1] == Command.STOP
    assert desk.page.dialog is None


def test_a_closed_lid_is_told_in_its_own_words(desk: Desk) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.do(Command.LID)
    assert desk.page.title.text() == "Welcome back"
    assert "Carry on" in visible(desk.page)


def test_without_numbers_no_minute_stands_on_the_page(desk: Desk) -> None:
    desk.page.show_options(SessionOptions(number_free=True))
    desk.go_to(PUMP, MIN)
    page = desk.page
    page.show_readout(replace(desk.readout, instruction="Shoulders down. Give it 5 minutes. Breathe."))
    assert page.dial.time_shown == ""
    assert page.dial.number_free
    assert page.dial.face.caption == "for a while, then your call"
    assert page.following.words == "Next: Hand express, left side"
    assert page.following.remaining == ""
    assert page.more_time_button.text() == "Longer"
    assert page.instruction.text() == "Shoulders down. Breathe."
    assert page.dial.accessibleName() == "Pump, both breasts"
    assert page.timeline.accessibleName() == "Step 3 of 5. Next: hand express, left side."


@each_row(
    ("text", "rest"),
    [
        ("Rest. About 10 min are left. Breathe.", "Rest. Breathe."),
        ("Pump for 5–7 minutes.", ""),
        ("Note 35 mL? Later is fine.", "Later is fine."),
        ("Two fingers, in a C.", "Two fingers, in a C."),
        ("Breathe in for 4, out for 6.", "Breathe in for 4, out for 6."),
    ],
)
def test_sentences_with_minutes_or_millilitres_are_left_out(text: str, rest: str) -> None:
    assert without_figures(text) == rest


def test_a_photo_takes_the_place_of_the_drawing_in_pump_steps(desk: Desk, tmp_path: Path) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("brown"))
    picture.save(str(tmp_path / "baby.png"))
    page = desk.page
    page.show_options(SessionOptions(photos=(tmp_path / "baby.png",)))
    desk.go_to(MASSAGE)
    assert not page.photo.isVisibleTo(page)
    desk.go_to(PUMP)
    assert page.photo.isVisibleTo(page)
    assert not page.motion.isVisibleTo(page)
    page.show_options(SessionOptions(photos=(tmp_path / "none.png",)))
    assert page.motion.isVisibleTo(page)


def test_texts_are_set_when_they_differ_and_left_alone_when_not(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.go_to(MASSAGE, 10 * SEC)
    set_texts: list[str] = []
    for label in (desk.page.title, desk.page.instruction, desk.page.heading, desk.page.detail):
        monkeypatch.setattr(label, "setText", set_texts.append)
    desk.pass_time(SEC)
    desk.pass_time(SEC)
    assert set_texts == []


# ---- what is asked ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [key for key, intent in KEYS.items() if intent != Finish()], ids=lambda k: k.name)
def test_every_key_asks_for_its_own(desk: Desk, key: Qt.Key) -> None:
    desk.go_to(PUMP, MIN)
    desk.press(key)
    assert desk.asked == [KEYS[key]]


def test_a_key_held_down_counts_once(desk: Desk) -> None:
    desk.go_to(MASSAGE, MIN)
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(desk.page, held)
    assert desk.asked == []


def test_the_keys_work_wherever_the_focus_is_and_space_belongs_to_a_focused_button(desk: Desk) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.page.more_time_button.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(Qt.Key.Key_M)
    desk.press(Qt.Key.Key_R)
    desk.press(Qt.Key.Key_Space)
    assert desk.asked == [Command.MILK_SLOWED, SayAgain(), Command.MORE_TIME]


def test_a_click_on_a_control_leaves_the_focus_where_it_was(desk: Desk) -> None:
    desk.go_to(MASSAGE, MIN)
    QTest.mouseClick(desk.page.more_time_button, Qt.MouseButton.LeftButton)
    assert desk.page.hasFocus()
    assert desk.asked == [Command.MORE_TIME]


def test_after_a_step_change_the_focus_stays_where_it_was(desk: Desk) -> None:
    desk.page.next_button.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(Qt.Key.Key_Space)
    assert desk.readout.index == MASSAGE
    assert desk.page.next_button.hasFocus()


def test_a_learned_key_asks_for_what_it_was_taught_even_in_place_of_a_built_in_one(desk: Desk) -> None:
    desk.page.show_options(SessionOptions(keys={"next": ("B", "PgUp"), "milk_slowed": "F9", "sing": "S"}))
    desk.go_to(PUMP, MIN)
    desk.press(Qt.Key.Key_F9)
    desk.press(Qt.Key.Key_S, "s")
    desk.press(Qt.Key.Key_B, "b")
    desk.press(Qt.Key.Key_PageUp)
    assert desk.asked == [Command.MILK_SLOWED, GoOn(), GoOn()]


def test_a_learned_key_with_ctrl_or_alt_counts_and_no_built_in_one_does(desk: Desk) -> None:
    desk.page.show_options(SessionOptions(keys={"next": ("Ctrl+K", "Alt+PgDown")}))
    desk.go_to(PUMP, MIN)
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    for key, held in ((Qt.Key.Key_K, control), (Qt.Key.Key_PageDown, alt), (Qt.Key.Key_H, control)):
        QTest.keyClick(desk.page, key, held)
    assert desk.asked == [GoOn(), GoOn()]


def test_a_tap_in_the_first_two_seconds_of_a_step_is_ignored(desk: Desk, seconds: HandClock) -> None:
    desk.go_to(MASSAGE)
    seconds.advance(1.9)
    tap(desk.page)
    assert desk.asked == []
    seconds.advance(0.2)
    tap(desk.page)
    assert desk.asked == [GoOn()]
    tap(desk.page)
    assert desk.asked == [GoOn()]


@pytest.mark.parametrize(("setting", "asked"), [("next", [GoOn()]), ("pause", [PauseOrCarryOn()]), ("nothing", [])])
def test_a_tap_does_what_the_setting_says(desk: Desk, seconds: HandClock, setting: str, asked: list[Intent]) -> None:
    desk.page.show_options(SessionOptions(tap=setting))  # type: ignore[arg-type]  # a table of words
    desk.go_to(MASSAGE)
    seconds.advance(3)
    tap(desk.page)
    assert desk.asked == asked


def test_where_a_step_goes_on_after_milk_slows_the_one_button_says_that_it_slows(desk: Desk) -> None:
    step = Step(Kind.PUMP, Range(10 * SEC, 60 * SEC), until_milk_slows=True, linger=20 * SEC)
    plan = lay_out(Routine("Last drop", (step, step)))
    desk.session, desk.now = start(Ready(plan), timedelta(0)).session, timedelta(0)
    desk.page.show_plan(plan)
    desk.tell()
    assert desk.page.next_button.text() == "Next"
    desk.pass_time(12 * SEC)
    desk.asked.clear()
    assert desk.page.next_button.text() == "Milk slowed"
    assert "Milk slowed" in desk.readout.instruction
    desk.page.next_button.click()
    assert desk.readout.slowed
    assert desk.page.next_button.text() == "Next"
    assert desk.readout.clock == "0:20"


def test_a_tap_by_accident_in_the_last_step_ends_no_session(desk: Desk, seconds: HandClock) -> None:
    desk.go_to(desk.readout.steps - 1)
    seconds.advance(3)
    tap(desk.page)
    assert desk.asked == []
    assert desk.page.slot.message == "This is the last step. Next finishes it."


def test_the_top_and_the_controls_are_no_place_to_tap(desk: Desk, seconds: HandClock) -> None:
    desk.go_to(MASSAGE)
    seconds.advance(3)
    tap(desk.page, QPoint(700, 30))
    tap(desk.page, QPoint(255, 768))
    assert desk.asked == []


def test_a_tap_anywhere_carries_on(desk: Desk, seconds: HandClock) -> None:
    desk.go_to(MASSAGE)
    desk.press(Qt.Key.Key_Space)
    seconds.advance(1)
    tap(desk.page)
    assert desk.asked == [PauseOrCarryOn(), Command.RESUME]


def test_the_way_to_the_care_card_is_as_large_as_the_line_below_the_bar(desk: Desk, qapp: QApplication) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.press(Qt.Key.Key_H)
    small = desk.page.care.height()
    desk.page.resize(1920, 1080)
    qapp.processEvents()
    care = desk.page.care
    assert care.height() > small
    assert not care.geometry().intersects(desk.page.carry_on.geometry())


def test_back_from_another_page_carry_on_has_the_focus(desk: Desk) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.press(Qt.Key.Key_H)
    desk.page.setFocus()
    assert desk.page.carry_on.hasFocus()


def test_a_session_knows_nothing_of_a_pause_in_which_the_one_before_it_ended(desk: Desk) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.page.hurts_button.setFocus(Qt.FocusReason.TabFocusReason)
    desk.do(Command.PAUSE)
    assert desk.page.carry_on.hasFocus()
    desk.session = start(Ready(desk.plan), desk.now).session
    desk.page.show_plan(desk.plan)
    desk.page.setFocus()  # as a page that is shown gets it
    assert desk.page.hasFocus()
    desk.tell()
    assert desk.page.hasFocus()
    QTest.mouseClick(desk.page.pause_button, Qt.MouseButton.LeftButton)
    assert desk.asked == [Command.PAUSE]


def test_the_dark_leaves_no_hole_where_no_time_is_shown(desk: Desk) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.page.show_options(SessionOptions(dim=0.3))
    assert len(desk.page.veil.holes) == 1
    desk.page.show_options(SessionOptions(dim=0.3, number_free=True))
    assert not desk.page.veil.holes


def test_a_try_out_asks_about_the_editor_and_promises_no_record(desk: Desk) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.page.show_options(SessionOptions(kept=False))
    desk.press(Qt.Key.Key_Escape)
    dialog = desk.page.dialog
    assert dialog is not None
    assert dialog.title.text() == "Back to the editor?"
    assert [button.text() for button in dialog.buttons] == ["Carry on", "Back to the editor"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_Up, Qt.Key.Key_Space])
@pytest.mark.parametrize("told", [True, False], ids=["told by Qt", "read apart"])
@pytest.mark.parametrize("focused", ["the page", "a button"])
def test_a_key_that_is_held_is_one_press_on_a_slow_machine_too(
    desk: Desk, key: Qt.Key, told: bool, focused: str
) -> None:
    desk.go_to(MASSAGE, MIN)
    target: QWidget = desk.page if focused == "the page" else desk.page.hurts_button
    pressed, released = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
    kinds = [
        (pressed, 1000),
        *[(kind, 1500 + 40 * n) for n in range(20) for kind in (released, pressed)],
        (released, 2400),
    ]
    for number, (kind, at) in enumerate(kinds):
        again = told and 0 < number < len(kinds) - 1
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", again)
        event.setTimestamp(at)
        QApplication.sendEvent(target, event)
    assert len(desk.asked) == 1
    desk.press(key)
    assert len(desk.asked) == 2


def test_escape_pauses_and_asks_and_escape_again_carries_on(desk: Desk) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.press(Qt.Key.Key_Escape)
    dialog = desk.page.dialog
    assert dialog is not None
    assert dialog.title.text() == "Finish here?"
    assert dialog.buttons[0].text() == "Carry on"
    assert dialog.buttons[0].hasFocus()
    desk.press(Qt.Key.Key_Escape)
    assert desk.asked == [Command.PAUSE, Command.RESUME]
    assert desk.page.dialog is None


def test_finish_and_save_is_one_press_further(desk: Desk) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.page.close_button.click()
    assert desk.page.dialog is not None
    desk.page.dialog.buttons[2].click()
    assert desk.asked == [Command.PAUSE, Command.STOP]


def test_what_leave_it_for_now_does_is_said_alike_where_it_is_asked_and_in_the_readme() -> None:
    hours = f"{STALE_AFTER // timedelta(hours=1)} hours"
    readme = " ".join((Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8").split())
    assert f"*Leave it for now*, which closes the program. For {hours}, or until another session begins," in readme
    assert f"“Leave it for now” closes Pumping Guide; opened again within {hours}," in KEPT_EITHER_WAY


@pytest.mark.parametrize(
    ("kept", "offered"),
    [(True, ["Carry on", "Leave it for now", "Finish and save"]), (False, ["Carry on", "Back to the editor"])],
)
def test_what_can_be_left_for_now_is_a_session_and_no_try_out(desk: Desk, kept: bool, offered: list[str]) -> None:
    desk.page.show_options(SessionOptions(kept=kept))
    desk.go_to(MASSAGE, MIN)
    desk.page.close_button.click()
    assert desk.page.dialog is not None
    assert [button.text() for button in desk.page.dialog.buttons] == offered


def test_finish_here_in_a_pause_asks_too_and_stays_paused_when_left(desk: Desk) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.press(Qt.Key.Key_Space)
    desk.page.stop_button.click()
    desk.press(Qt.Key.Key_Escape)
    assert desk.asked == [PauseOrCarryOn()]
    desk.page.restart_button.click()
    assert desk.asked == [PauseOrCarryOn(), Command.AGAIN]


def test_the_menu_asks_for_the_same_and_its_slider_dims_and_asks_once_it_is_let_go(desk: Desk) -> None:
    desk.go_to(PUMP, MIN)
    menu = desk.page.menu
    menu.quiet.trigger()
    menu.photo.trigger()
    assert menu.slowed.isEnabled()
    menu.slowed.trigger()
    menu.care.trigger()
    menu.slider.setSliderDown(True)
    for value in (10, 20, 30):
        menu.slider.setValue(value)
    assert desk.page.veil.share == 0.3
    assert desk.asked[-1] == Learn("care-card")
    menu.slider.setSliderDown(False)
    assert desk.asked == [Quiet(), Photo(), Command.MILK_SLOWED, Learn("care-card"), Dim(0.3)]
    assert desk.page.veil.share == pytest.approx(0.3)
    desk.go_to(EXPRESS)
    assert not menu.slowed.isEnabled()


def test_the_menu_says_that_milk_is_coming_where_a_step_waits_for_the_first(desk: Desk) -> None:
    pumps = (Step(Kind.PUMP, Fixed(2 * MIN)), Step(Kind.PUMP, Range(5 * MIN, 7 * MIN), until_milk_slows=True))
    plan = lay_out(Routine("Let-down", pumps))
    begun = start(Ready(plan), timedelta(0)).session
    desk.page.show_plan(plan)
    desk.page.show_readout(read(begun, timedelta(0)))
    assert desk.page.menu.slowed.isEnabled()
    assert desk.page.menu.slowed.text() == "Milk is coming\tM"
    desk.page.show_readout(read(do(begun, Command.MILK_SLOWED, MIN).session, MIN))
    assert desk.page.menu.slowed.text() == "Milk is slowing\tM"


def test_the_actions_the_page_keeps_are_made_here_and_not_given_up_as_qt_makes_them(desk: Desk) -> None:
    """An action that `addAction(text)` makes can be "already deleted" for Python while the menu still has it."""
    menu = desk.page.menu
    assert all(createdByPython(action) for action in (menu.slowed, menu.undo, menu.photo, menu.quiet))


def click_at(page: SessionPage, at: QPoint, first: QEvent.Type) -> None:
    """Press what lies there now, as a press or as the second one of a double click, and let go."""
    widget = page.childAt(at) or page
    for kind in (first, QEvent.Type.MouseButtonRelease):
        there, button = QPointF(widget.mapFrom(page, at)), Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(widget, QMouseEvent(kind, there, QPointF(page.mapToGlobal(at)), button, button, none))


@pytest.mark.parametrize(
    ("pressed", "asked"),
    [
        ("hurts_button", [Command.IT_HURTS]),
        ("pause_button", [Command.PAUSE]),
        ("next_button", [GoOn()]),
        ("back_button", [Command.BACK]),
        ("more_time_button", [Command.MORE_TIME, Command.MORE_TIME]),
    ],
)
def test_a_double_click_is_one_and_presses_nothing_that_came_in_between(
    desk: Desk, seconds: HandClock, pressed: str, asked: list[Intent]
) -> None:
    desk.go_to(MASSAGE, MIN)
    seconds.advance(9)
    button = getattr(desk.page, pressed)
    at = button.mapTo(desk.page, button.rect().center())
    click_at(desk.page, at, QEvent.Type.MouseButtonPress)
    seconds.advance(0.3)
    click_at(desk.page, at, QEvent.Type.MouseButtonDblClick)
    assert desk.asked == asked


@pytest.mark.parametrize("pressed", ["hurts_button", "pause_button"])
def test_a_slow_second_click_presses_nothing_that_came_in_its_place(
    desk: Desk, seconds: HandClock, pressed: str
) -> None:
    desk.go_to(MASSAGE, MIN)
    button = getattr(desk.page, pressed)
    at = button.mapTo(desk.page, button.rect().center())
    for waited in (9, 0.55):
        seconds.advance(waited)
        click_at(desk.page, at, QEvent.Type.MouseButtonPress)
    assert len(desk.asked) == 1


def test_the_second_click_on_carry_on_is_no_tap(desk: Desk, seconds: HandClock) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.press(Qt.Key.Key_Space)
    seconds.advance(9)
    at = desk.page.carry_on.geometry().center()
    click_at(desk.page, at, QEvent.Type.MouseButtonPress)
    seconds.advance(0.3)
    click_at(desk.page, at, QEvent.Type.MouseButtonDblClick)
    assert desk.asked == [PauseOrCarryOn(), Command.RESUME]
    seconds.advance(1)
    click_at(desk.page, at, QEvent.Type.MouseButtonPress)
    assert desk.asked[2:] == [GoOn()]


def test_a_drag_over_the_picture_is_no_tap(desk: Desk, seconds: HandClock) -> None:
    desk.go_to(MASSAGE, MIN)
    seconds.advance(9)
    for slips, asked in ((450, []), (20, [GoOn()])):
        QTest.mousePress(desk.page, Qt.MouseButton.LeftButton, pos=QPoint(500, 300))
        QTest.mouseRelease(desk.page, Qt.MouseButton.LeftButton, pos=QPoint(500 + slips, 300))
        assert desk.asked == asked


# ---- the one-message slot --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [1.0, 1.6])
@pytest.mark.parametrize("size", [(800, 560), (1160, 780), (800, 1100)])
@pytest.mark.parametrize("state", ["running", "paused", "hurts"])
def test_no_message_lies_on_what_is_read_from_afar(
    desk: Desk, look: Look, state: str, size: tuple[int, int], scale: float
) -> None:
    """Short ones and long ones, with and without something to do about them; on the keys neither."""
    look.choose_scale(scale)
    page = desk.page
    page.resize(*size)
    desk.go_to(PUMP, MIN)
    if state != "running":
        desk.do(Command.PAUSE if state == "paused" else Command.IT_HURTS)
    for length in (1, 4, 8):
        for action in ("", "Vorigen Schritt"):
            page.show_message("Noch in der " * length, action, (lambda: None) if action else None)
            read = [page.title, page.instruction, page.next_button, page.carry_on, page.more_button, page.close_button]
            for part in read:
                if part.isVisibleTo(page):
                    assert not page.slot.geometry().intersects(part.geometry()), (length, action, part)
            clock = QRect(page.dial.geometry()).adjusted(0, page.dial.height() // 4, 0, 0)
            assert not page.slot.geometry().intersects(clock), (length, action)
            assert page.rect().contains(page.slot.geometry()), (length, action)
    page.slot.dismiss()
    assert page.heading.isVisibleTo(page)


@pytest.mark.parametrize("paused", [False, True])
def test_where_it_hurts_nothing_is_said_of_the_press_before(desk: Desk, paused: bool) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.press(Qt.Key.Key_Right)
    if paused:
        desk.do(Command.PAUSE)
    assert desk.page.slot.message == "Moved on to “Pump both sides”"
    desk.press(Qt.Key.Key_H)
    assert desk.page.slot.message == ""


def test_a_message_in_the_place_of_the_focused_one_leaves_space_to_pause_and_presses_nothing(desk: Desk) -> None:
    desk.page.show_options(SessionOptions(quiet=True))
    desk.go_to(MASSAGE, MIN)
    slot = desk.page.slot
    assert slot.action_text == "Dim"
    slot.action.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(Qt.Key.Key_Up)
    assert slot.action_text == "Undo"
    assert desk.page.hasFocus()
    slot.action.setFocus(Qt.FocusReason.TabFocusReason)
    slot.dismiss()
    assert desk.page.hasFocus()
    desk.press(Qt.Key.Key_Space)
    assert desk.asked == [Command.MORE_TIME, PauseOrCarryOn()]


def test_after_next_the_slot_offers_the_way_back_for_six_seconds(desk: Desk) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.press(Qt.Key.Key_Right)
    slot = desk.page.slot
    assert slot.message == "Moved on to “Pump both sides”"
    assert slot.timer.interval() == 6000
    slot.action.click()
    assert desk.asked == [GoOn(), Command.UNDO]
    assert desk.readout.index == MASSAGE
    assert (slot.message, slot.action_text) == ("Back where you were: small circles.", "")
    desk.press(Qt.Key.Key_Right)
    slot.timer.timeout.emit()
    assert slot.message == ""


def test_one_more_minute_and_milk_slowing_can_be_taken_back(desk: Desk) -> None:
    desk.go_to(PUMP, 2 * MIN)
    slot = desk.page.slot
    desk.press(Qt.Key.Key_Plus)
    assert (slot.message, slot.action_text) == ("One more minute", "Undo")
    desk.press(Qt.Key.Key_U)
    desk.press(Qt.Key.Key_M)
    assert (slot.message, slot.action_text) == ("Noted. It moves on at 5:00", "Undo")
    assert desk.page.dial.face.end_text == "5:00"


def test_a_step_that_moves_on_by_itself_leaves_no_way_back_in_the_slot(desk: Desk) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.press(Qt.Key.Key_Plus)
    desk.pass_time(3 * MIN)
    assert desk.readout.index == PUMP
    assert desk.page.slot.message == ""


def test_while_it_hurts_no_message_stays_and_undo_says_that_it_waits(desk: Desk) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_H)
    assert desk.page.slot.message == ""
    desk.press(Qt.Key.Key_U)
    assert (desk.page.state, desk.readout.index) == ("hurts", PUMP)
    assert "Still paused" in desk.page.slot.message
    assert desk.page.slot.action_text == ""


@pytest.mark.parametrize("way", ["carry_on", "skip_button"])
def test_what_was_said_of_a_pause_goes_with_it(desk: Desk, way: str) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.press(Qt.Key.Key_H)
    desk.press(Qt.Key.Key_U)
    assert "Still paused" in desk.page.slot.message
    getattr(desk.page, way).click()
    assert "paused" not in desk.page.slot.message
    assert desk.page.state != "hurts"


def test_an_offer_to_take_something_back_outlives_a_pause(desk: Desk) -> None:
    desk.go_to(PUMP, MIN)
    desk.press(Qt.Key.Key_Plus)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Space)
    assert (desk.page.slot.message, desk.page.slot.action_text) == ("One more minute", "Undo")


def test_undo_says_what_it_took_back_and_each_press_that_nothing_comes_of_says_why(desk: Desk) -> None:
    slot = desk.page.slot
    desk.press(Qt.Key.Key_U)
    assert slot.message == "There is nothing to undo."
    desk.press(Qt.Key.Key_Plus)
    assert slot.message == "This step waits for you; it needs no more time."
    desk.go_to(MASSAGE, MIN)
    desk.press(Qt.Key.Key_M)
    assert slot.message == "This step does not wait for milk to slow."
    desk.press(Qt.Key.Key_Plus)
    desk.press(Qt.Key.Key_U)
    assert slot.message == "The time you added is taken back."
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_U)
    assert slot.message == "Back where you were: small circles."
    desk.go_to(PUMP, MIN)
    desk.press(Qt.Key.Key_M)
    desk.press(Qt.Key.Key_M)
    assert slot.message == "That milk slowed is noted already."
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_U)
    assert slot.message == "Taken back: milk has not slowed yet. Still paused."


def test_an_undo_comes_before_a_helper_and_a_helper_before_the_quiet_night(desk: Desk) -> None:
    desk.page.show_options(SessionOptions(quiet=True))
    slot = desk.page.slot
    assert slot.message == "Quiet night"
    desk.go_to(PUMP, 31 * SEC)
    assert slot.message == "Could you bring some water?"
    desk.press(Qt.Key.Key_Plus)
    assert slot.message == "One more minute"
    slot.dismiss()
    assert slot.message == "Could you bring some water?"
    desk.pass_time(20 * SEC)
    assert slot.message == "Quiet night"


def test_a_helper_is_not_asked_where_she_wants_none(desk: Desk) -> None:
    desk.page.show_options(SessionOptions(partner=False))
    desk.go_to(PUMP, 31 * SEC)
    assert desk.page.slot.message == ""


def test_a_message_of_the_program_tells_which_action_was_pressed(desk: Desk) -> None:
    pressed: list[str] = []
    desk.page.show_message("A voice is missing", "Settings", lambda: pressed.append("Settings"))
    desk.page.slot.action.click()
    assert pressed == ["Settings"]


def test_a_toast_stays_while_its_action_has_the_focus(desk: Desk) -> None:
    desk.page.show_message("Noted", "Undo")
    desk.page.slot.action.setFocus(Qt.FocusReason.TabFocusReason)
    assert not desk.page.slot.timer.isActive()
    desk.page.setFocus()
    assert desk.page.slot.timer.isActive()


# ---- said to a screen reader -----------------------------------------------------------------------------------------


def test_a_screen_reader_is_told_of_steps_marks_the_end_and_pauses_but_not_of_seconds(desk: Desk) -> None:
    desk.go_to(MASSAGE)
    desk.press(Qt.Key.Key_Right)
    for _ in range(8 * 60 - 1):
        desk.pass_time(SEC)
    assert desk.said == [
        "Pump both sides.",
        "Halfway to the mark.",
        "When your milk slows, go on. Or let it run.",
        "Next: hand express, left side.",
        "Hand express, left side.",
        "Next: hand express, left side.",
    ]
    desk.said.clear()
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Space)
    assert [text.split(".")[0] for text in desk.said] == ["Paused", "Going on"]


def test_what_a_voice_says_is_not_said_twice(desk: Desk) -> None:
    desk.page.show_options(SessionOptions(spoken=True))
    desk.go_to(MASSAGE)
    desk.press(Qt.Key.Key_Right)
    desk.pass_time(6 * MIN)
    assert desk.said == []
    desk.press(Qt.Key.Key_Space)
    assert len(desk.said) == 1


def test_everything_has_a_name(desk: Desk) -> None:
    desk.go_to(MASSAGE, 36 * SEC)
    page = desk.page
    assert page.dial.accessibleName() == "Massage, 1 minute 24 left of 2 minutes, both breasts"
    assert page.dial.accessibleDescription() == "Spiral in, softly."
    assert page.motion.accessibleName() == "Spiral in, softly."
    assert (
        page.timeline.accessibleName() == "Step 2 of 5. Next: pump both sides, 5 to 7 minutes. 8 to 11 minutes to go."
    )
    for control in page.findChildren(Pressable):
        assert control.accessibleName() or control.text() or not control.isVisibleTo(page)


# ---- night, pointer --------------------------------------------------------------------------------------------------


def test_in_a_quiet_night_the_edge_glows_at_each_phase_and_stands_still_for_those_who_wish(desk: Desk) -> None:
    page = desk.page
    desk.go_to(MASSAGE, MIN)
    assert page.edge.kind == ""
    page.show_options(SessionOptions(quiet=True))
    desk.press(Qt.Key.Key_Right)
    assert page.edge.kind == "pump"
    assert page.edge.timer.interval() == 3000
    page.edge.timer.timeout.emit()
    assert page.edge.kind == ""
    desk.pass_time(5 * MIN)
    assert page.edge.kind == "pump"


def test_captions_are_larger_in_a_quiet_night(desk: Desk) -> None:
    desk.go_to(MASSAGE)
    before = desk.page.instruction.geometry().height()
    desk.page.show_options(SessionOptions(quiet=True))
    assert desk.page.instruction.geometry().height() > before


@pytest.mark.parametrize("reduced", [False, True])
def test_at_a_change_of_step_the_drawing_and_the_light_part_and_the_words_are_there_at_once(
    look: Look, gentle: Look, show: Show, reduced: bool
) -> None:
    page = SessionPage(look if reduced else gentle)
    page.resize(1160, 780)
    show(page)
    desk = Desk(page)
    desk.go_to(MASSAGE)
    page.parting.rest()
    before, drawn = page.ground.light, page.motion.geometry()
    desk.go_to(PUMP)
    assert page.title.text() == desk.readout.title
    assert page.parting.isVisible() is not reduced
    if reduced:
        return
    children = page.children()
    above = [children.index(one) for one in (page.title, page.instruction, page.detail, page.next_button)]
    assert children.index(page.parting) < min(above)
    assert page.parting.geometry() == drawn
    page.parting.fade.setCurrentTime(CHANGE // 2)
    assert 0 < page.parting.share < 1
    page.grab()
    assert page.ground.light is not before
    page.parting.fade.setCurrentTime(CHANGE)
    assert (page.parting.share, page.parting.isVisible()) == (0, False)


def test_a_fade_ends_with_the_page_it_is_on(gentle: Look, show: Show) -> None:
    page = SessionPage(gentle)
    page.resize(1160, 780)
    show(page)
    desk = Desk(page)
    desk.go_to(PUMP)
    assert page.parting.share > 0
    page.hide()
    assert page.parting.share == 0
    desk.go_to(EXPRESS)
    assert page.parting.share == 0


def test_the_pointer_hides_and_comes_back_when_it_moves(desk: Desk) -> None:
    page = desk.page
    page.hide_pointer()
    assert page.cursor().shape() == Qt.CursorShape.BlankCursor
    assert page.next_button.cursor().shape() == Qt.CursorShape.BlankCursor
    page.show_pointer()
    assert page.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert page.next_button.cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_the_pointer_is_there_for_as_long_as_a_question_is(desk: Desk) -> None:
    """The page hears of no movement beneath the question, so one that was hidden then would not come back."""
    page = desk.page
    page.hide_pointer()
    page.ask_to_finish()
    dialog = page.dialog
    assert dialog is not None
    assert dialog.cursor().shape() == Qt.CursorShape.ArrowCursor
    page.hide_pointer()  # as its time comes
    assert dialog.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert dialog.buttons[1].cursor().shape() == Qt.CursorShape.PointingHandCursor
    dialog.leave()
    page.hide_pointer()
    assert page.cursor().shape() == Qt.CursorShape.BlankCursor


def test_a_pause_from_a_headset_while_another_window_is_in_use_has_the_focus_on_what_carries_on(desk: Desk) -> None:
    page = desk.page
    page.pause_button.setFocus(Qt.FocusReason.TabFocusReason)
    with another_window(page):
        page.ask(Command.PAUSE)
    assert page.carry_on.hasFocus()
    with another_window(page):
        page.ask(Command.RESUME)
    assert page.pause_button.hasFocus()


# ---- room ------------------------------------------------------------------------------------------------------------

LONG = "Cup the breast with the whole hand, and hold it softly while the milk flows; let go when it slows. " * 4


@pytest.mark.parametrize("scale", [1.0, 1.6])
@pytest.mark.parametrize("size", [(1160, 780), (800, 560), (1920, 1080), (700, 900), (1280, 800), (1080, 1920)])
def test_nothing_is_cut_off_and_nothing_lies_over_another(
    desk: Desk, look: Look, size: tuple[int, int], scale: float
) -> None:
    page = desk.page
    look.choose_scale(scale)
    page.resize(*size)
    desk.go_to(PUMP, MIN)
    for command in (None, Command.PAUSE, Command.IT_HURTS):
        if command is not None:
            desk.session = do(desk.session, command, desk.now).session
        for text in ("Spiral in, softly.", LONG[:400]):
            page.show_readout(replace(desk.readout, instruction=text))
            assert_all_fits(page)


def assert_all_fits(page: SessionPage) -> None:
    for label in (page.title, page.instruction, page.detail, page.heading):
        if label.isVisibleTo(page):
            assert label.heightForWidth(label.width()) <= label.height() + 1
    parts = [page.title, page.instruction, page.detail, page.timeline, page.following, page.carry_on, page.care]
    parts += [page.photo, page.motion, page.beat, page.hint]
    shown = [part for part in parts if part.isVisibleTo(page) and part.height() > 0]
    for number, part in enumerate(shown):
        assert page.rect().contains(part.geometry()), part
        for other in shown[number + 1 :]:
            across = part.geometry().intersected(other.geometry())
            assert across.height() <= 2 or across.width() <= 2, (part, other)
    for button in page.findChildren(Button):
        if button.isVisibleTo(page) and button.parentWidget() is page:
            assert page.rect().contains(button.geometry())
            assert button.height() >= 44


def test_a_new_plan_forgets_what_was_said_and_asked_before(desk: Desk) -> None:
    desk.go_to(MASSAGE, MIN)
    desk.press(Qt.Key.Key_Escape)
    desk.page.show_message("Noted", "Undo")
    desk.page.show_plan(desk.plan)
    assert desk.page.readout is None
    assert desk.page.dialog is None
    assert desk.page.slot.message == ""


# ---- letters ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["é", "ñ", "ß", "k"])
def test_a_latin_letter_asks_for_itself_alone(desk: Desk, typed: str) -> None:
    desk.go_to(PUMP, MIN)
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(desk.page, QKeyEvent(QEvent.Type.KeyPress, ord(typed.upper()[0]), none, 43, 0, 0, typed))
    assert desk.asked == []


def test_read_from_the_right_the_page_is_the_mirror_of_itself(desk: Desk) -> None:
    """The ring where lines begin, the way back first; a title as far from its own side as before."""
    page = desk.page
    desk.go_to(PUMP)

    def places() -> dict[str, tuple[int, int]]:
        parts = {name: part for name, part in vars(page).items() if isinstance(part, QWidget) and part.isVisible()}
        return {name: (part.x(), page.width() - part.x() - part.width()) for name, part in parts.items()}

    before = places()
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    page.resize(1161, 780)
    page.resize(1160, 780)
    after = places()
    assert {"dial", "title", "heading", "back_button", "next_button", "timeline"} <= before.keys()
    assert all(abs(before[name][0] - after[name][1]) <= 1 for name in before), (before, after)


@pytest.mark.parametrize("size", [(800, 560), (900, 1100), (1160, 780)])
@pytest.mark.parametrize("name", ["Evening", "Donaudampfschifffahrtsgesellschaftskapitänsmützen" * 2, "a " * 50])
def test_a_routine_of_any_name_stays_within_the_window(desk: Desk, size: tuple[int, int], name: str) -> None:
    page = desk.page
    page.resize(*size)
    page.slot.show_partner("Wasserflaschenverschlusskappenhalterungsbefestigungsschraube")
    page.show_readout(replace(desk.readout, routine=name))
    heading = page.heading
    assert page.rect().contains(heading.geometry()), heading.geometry()
    assert heading.heightForWidth(heading.width()) <= heading.height()
    assert heading.text().endswith(desk.readout.progress.replace(" ", "\u00a0"))
    assert name in (heading.accessibleName() or heading.text())


@pytest.mark.parametrize("theme", ["night", "light"])
def test_the_dark_is_open_around_light_words_at_night_and_leaves_no_bright_place_by_day(
    theme: ThemeChoice,
    qapp: QApplication,
) -> None:
    veil = Veil(look=Look(choice=theme, still=True))
    veil.resize(400, 300)
    veil.dim(0.4)
    veil.leave_open([QRectF(100, 100, 200, 100)])
    seen = QImage(veil.size(), QImage.Format.Format_ARGB32_Premultiplied)
    seen.fill(Qt.GlobalColor.transparent)
    veil.render(seen, QPoint(), QRegion(), QWidget.RenderFlag(0))
    within, beside = seen.pixelColor(200, 150).alphaF(), seen.pixelColor(20, 20).alphaF()
    assert beside > 0.1
    assert (within == beside) is (theme == "light")
    assert within <= beside
