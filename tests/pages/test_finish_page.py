from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Literal

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from guide.compat import override
from guide.core.kinds import Comfort
from guide.core.routine import Kind, Purpose
from guide.kit.label import Label
from guide.kit.look import Look
from guide.pages.finish.page import FinishPage
from guide.pages.finish.parts import NotePair
from guide.pages.finish.view import FinishView
from guide.pages.session.welcome import WasHere, WayOn, WelcomeBack
from onscreen import kept

Show = Callable[[QWidget], None]
VIEW = FinishView(
    timedelta(minutes=22),
    complete=True,
    segments=(("massage", 90.0), ("pump", 372.0)),
    purpose=Purpose.PROMOTE,
)

UNITS: tuple[Literal["ml", "oz"], ...] = ("ml", "oz")


class Desk:
    """A page, and what it has told and asked for until the test is over."""

    def __init__(self, page: FinishPage) -> None:
        self.page = page
        self.noted: list[tuple[str, object]] = []
        self.asked: list[str] = []
        self._heard = [
            page.noted.connect(lambda field, value: self.noted.append((field, value))),
            page.saved.connect(lambda: self.asked.append("save")),
            page.later.connect(lambda: self.asked.append("later")),
            page.keep_asked.connect(lambda: self.asked.append("keep")),
            page.learn_asked.connect(self.asked.append),
        ]

    def leave(self) -> None:
        for connection in self._heard:
            QObject.disconnect(connection)


@pytest.fixture(scope="module")
def look(the_look: Look) -> Look:
    return the_look


@pytest.fixture(scope="module")
def the_page(look: Look) -> Iterator[FinishPage]:
    with kept(FinishPage(look)) as page:
        yield page


@pytest.fixture
def desk(the_page: FinishPage, look: Look, qapp: QApplication) -> Iterator[Desk]:
    """
    The one page of this file, with the end of a session to tell of: that takes back whatever was noted.

    It stays on the screen: without one Qt gives the keyboard to no window that is shown again.
    """
    page = the_page
    page.resize(1160, 780)
    page.show_finish(VIEW)
    page.show()
    if not page.isActiveWindow():
        page.activateWindow()
        qapp.processEvents()
    page.setFocus()
    desk = Desk(page)
    yield desk
    desk.leave()
    look.choose_scale(1.0)


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget))


def test_enter_in_a_line_leads_to_the_next_thing_and_saves_nothing_by_itself(desk: Desk) -> None:
    notes = desk.page.notes
    for line, expected in ((notes.meant_for, notes.note), (notes.note, desk.page.save)):
        QTest.keyClick(line, Qt.Key.Key_Return)
        assert QApplication.focusWidget() is expected
    assert desk.asked == []
    QTest.keyClick(desk.page.save, Qt.Key.Key_Return)
    assert desk.asked == ["save"]


@pytest.mark.parametrize("goes_back", [True, False])
def test_the_way_back_into_the_session_is_there_while_it_leads_somewhere(desk: Desk, goes_back: bool) -> None:
    asked: list[bool] = []
    desk.page.back_asked.connect(lambda: asked.append(True))
    desk.page.show_finish(replace(VIEW, goes_back=goes_back))
    assert desk.page.back.isVisible() is goes_back
    QTest.keyClick(desk.page.comfort.parts[0], Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bool(asked) is goes_back


def test_in_a_small_window_save_brings_what_would_read_into_sight_beside_the_amount(desk: Desk) -> None:
    page = desk.page
    page.resize(800, 560)
    QTest.keyClicks(page.volumes.left.edit, "pr")
    assert page.volumes.steps.text() == "Left: A volume could look like 75, or stay blank."
    assert not page.volumes.together.isVisible()
    page.save.click()
    QApplication.processEvents()
    assert page.volumes.steps.visibleRegion().boundingRect() == page.volumes.steps.rect()
    assert page.volumes.left.edit.visibleRegion().boundingRect().height() > page.volumes.left.edit.height() / 2


def test_save_leads_to_an_amount_that_does_not_read_and_saves_once_it_does(desk: Desk) -> None:
    page = desk.page
    QTest.keyClicks(page.right.edit, "2//")
    assert ("right_ml", 2.0) in desk.noted
    assert desk.noted.pop() == ("right_ml", None)
    assert "A volume could look like 75, or stay blank." in words(page)
    page.save.click()
    assert (desk.asked, page.right.edit.hasFocus()) == ([], True)
    for _key in range(2):
        QTest.keyClick(page.right.edit, Qt.Key.Key_Backspace)
    assert "could look like" not in words(page)
    page.save.click()
    assert desk.asked == ["save"]
    assert desk.noted[-1] == ("right_ml", 2.0)


class Layouts(QObject):
    """Counts how often a page is laid out anew."""

    count = 0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += int(event.type() == QEvent.Type.LayoutRequest)
        return False


def test_a_choice_moves_nothing_and_leaves_the_page_at_rest(desk: Desk, qapp: QApplication) -> None:
    page = desk.page
    qapp.processEvents()
    place = page.save.geometry()
    QTest.mouseClick(page.comfort.parts[2], Qt.MouseButton.LeftButton)
    for _ in range(5):
        qapp.processEvents()
    assert page.save.geometry() == place
    layouts = Layouts()
    page.installEventFilter(layouts)
    for _ in range(5):
        qapp.processEvents()
    assert layouts.count == 0


def test_a_complete_session_is_told_with_its_length_and_its_steps_as_they_went(desk: Desk) -> None:
    page = desk.page
    assert page.headline.text() == "All done. Breathe out."
    assert page.lasted.text() == "You gave this 22 minutes. Note anything you like, or nothing."
    assert [(bar.kind, bar.longest) for bar in page.bar.bars] == [("massage", 90.0), ("pump", 372.0)]
    assert page.purpose.value is Purpose.PROMOTE
    assert page.comfort.value is None
    assert desk.noted == []


def test_one_that_was_stopped_was_enough(desk: Desk) -> None:
    desk.page.show_finish(replace(VIEW, complete=False, lasted=timedelta(seconds=65)))
    assert desk.page.headline.text() == "That is enough for now."
    assert desk.page.lasted.text().startswith("You gave this 1 minute 5 seconds.")


def test_presses_meant_for_the_session_note_nothing(look: Look, show: Show) -> None:
    page = FinishPage(look)
    show(page)
    noted: list[str] = []
    page.noted.connect(lambda field, _: noted.append(field))
    page.show_finish(replace(VIEW, goes_back=True))
    page.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Return):
        QTest.keyClick(page, key)
    assert noted == []
    page._settles.timeout.emit()
    assert page.left.edit.hasFocus()
    QTest.keyClick(page.left.edit, Qt.Key.Key_Up)
    assert noted


@pytest.mark.parametrize("settled", [False, True])
def test_a_figure_that_no_field_takes_is_the_amount_of_the_left(desk: Desk, settled: bool) -> None:
    page = desk.page
    page.show_finish(replace(VIEW, goes_back=True))
    page.setFocus()
    if settled:
        page._settles.timeout.emit()
        page.save.setFocus()
    QTest.keyClick(page.save if settled else page, Qt.Key.Key_7)
    assert page.left.edit.hasFocus()
    QTest.keyClick(page.left.edit, Qt.Key.Key_5)
    assert page.left.value == 75
    assert desk.noted[-1] == ("left_ml", 75.0)
    page.save.setFocus()
    QTest.keyClick(page.save, Qt.Key.Key_3)  # which is not typed over an amount
    assert page.left.value == 75
    if not settled:
        page._settles.timeout.emit()
        assert page.save.hasFocus()


def test_a_figure_that_a_pedal_sends_is_no_milk_while_its_presses_are_meant_for_the_session(desk: Desk) -> None:
    page = desk.page
    page.show_finish(replace(VIEW, goes_back=True, learned_keys=frozenset({"7"})))
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_7)
    assert (desk.noted, page.left.edit.text()) == ([], "")


def test_a_figure_is_no_amount_where_no_numbers_are_shown(desk: Desk) -> None:
    page = desk.page
    page.show_finish(replace(VIEW, goes_back=True, number_free=True))
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_7)
    assert desk.noted == []


def test_the_focus_opens_on_the_amount_of_the_left_with_its_ring(desk: Desk) -> None:
    edit = desk.page.left.edit
    assert edit.hasFocus()
    assert edit.ring.shown
    QTest.keyClick(edit, Qt.Key.Key_Space)
    assert desk.noted == []
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert desk.noted == [("left_ml", 5.0)]


def test_enter_leads_through_amounts_and_lines_to_save_and_notes_only_what_was_typed(desk: Desk) -> None:
    page = desk.page
    QTest.keyClicks(page.left.edit, "75")
    stops = (page.left.edit, page.right.edit, page.meant_for, page.note, page.save)
    for stop, after in pairwise(stops):
        QTest.keyClick(stop, Qt.Key.Key_Return)
        assert QApplication.focusWidget() is after
    QTest.keyClick(page.save, Qt.Key.Key_Return)
    assert (desk.noted, desk.asked) == ([("left_ml", 7.0), ("left_ml", 75.0)], ["save"])


def test_before_anything_is_typed_the_key_that_undoes_is_the_way_back_into_the_session(desk: Desk) -> None:
    asked: list[bool] = []
    desk.page.back_asked.connect(lambda: asked.append(True))
    desk.page.show_finish(replace(VIEW, goes_back=True))
    edit = desk.page.left.edit
    edit.setFocus()
    for typed, count in (("", 1), ("7", 1)):
        QTest.keyClicks(edit, typed)
        QTest.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert len(asked) == count
    assert edit.text() == ""


def test_a_volume_is_a_dash_until_touched_and_the_sum_is_of_what_was_noted(desk: Desk) -> None:
    page = desk.page
    assert (page.left.edit.text(), page.left.edit.placeholderText()) == ("", "–")
    assert page.volumes.together.text() == ""
    page.left.edit.setFocus()
    QTest.keyClicks(page.left.edit, "35")
    assert page.volumes.together.text() == "Together 35 mL"
    page.right.more.click()
    assert page.volumes.together.text() == "Together 40 mL"
    assert desk.noted == [("left_ml", 3.0), ("left_ml", 35.0), ("right_ml", 5.0)]


def test_a_zero_counts_too_and_is_not_the_same_as_nothing(desk: Desk) -> None:
    page = desk.page
    assert "stimulation" not in page.volumes.steps.text()
    page.left.less.click()
    assert desk.noted == [("left_ml", 0.0)]
    assert page.volumes.steps.text() == "Noted. The stimulation counts too."
    QTest.keyClick(page.left.edit, Qt.Key.Key_Backspace)
    assert desk.noted[-1] == ("left_ml", None)
    assert page.volumes.together.text() == ""
    assert page.volumes.steps.text().startswith("Steps of 5 mL")


def test_ounces_go_in_quarters_and_are_kept_in_millilitres(desk: Desk) -> None:
    page = desk.page
    page.show_finish(replace(VIEW, units="oz", left_ml=29.6))
    assert page.left.value == 1.0
    page.right.more.click()
    assert desk.noted == [("right_ml", 7.4)]
    assert page.volumes.together.text() == "Together 1.25 fl oz"
    assert page.volumes.steps.text().startswith("Steps of ¼ fl oz")


@pytest.mark.parametrize("ml", [0.2, 3.5, 50.0])
def test_a_save_in_ounces_changes_no_volume_that_was_not_touched(desk: Desk, ml: float) -> None:
    page = desk.page
    page.show_finish(replace(VIEW, units="oz", left_ml=ml, right_ml=ml))
    assert float(page.left.edit.text()) > 0
    QTest.keyClick(page.left.edit, Qt.Key.Key_Return)
    page.save.click()
    assert (desk.noted, desk.asked) == ([], ["save"])


def test_a_session_of_seconds_says_what_becomes_of_it_in_a_low_window_and_once_it_is_noted(
    desk: Desk, qapp: QApplication
) -> None:
    page = desk.page
    page.resize(800, 560)
    page.show_finish(replace(VIEW, lasted=timedelta(seconds=20), hardly_begun=True))
    assert page.lasted.isVisible()
    assert "leaves it out" in page.lasted.text()
    qapp.processEvents()
    before = page.left.more.mapTo(page, page.left.more.rect().topLeft())
    page.left.more.click()
    qapp.processEvents()
    assert page.left.more.mapTo(page, page.left.more.rect().topLeft()) == before
    said = f"{page.lasted.text()} {page.footnote.text()}"
    assert "It is kept" in said
    assert "leaves it out" not in said
    assert "keeps everything so far" in said


def test_nothing_scrolls_where_there_is_room_whatever_lines_the_words_at_the_foot_take(desk: Desk, look: Look) -> None:
    page = desk.page
    look.choose_scale(1.2)
    scrolled = []
    for hardly_begun in (False, True):
        for width, height in ((600, 1000), (700, 900), (1160, 780)):
            page.resize(width, height)
            page.show_finish(replace(VIEW, number_free=True, hardly_begun=hardly_begun))
            for _ in range(5):
                QApplication.processEvents()
            bar = page.findChildren(QScrollBar)
            around = page.layout()
            assert around is not None
            room = around.contentsMargins().top() + around.contentsMargins().bottom()
            if any(one.maximum() for one in bar) and room > 40:
                scrolled.append((hardly_begun, width, room))
    assert scrolled == []


def test_without_numbers_there_are_no_volumes_and_no_minutes(desk: Desk) -> None:
    page = desk.page
    page.show_finish(replace(VIEW, number_free=True, left_ml=35))
    assert not page.left.isVisibleTo(page)
    assert not page.volumes.together.isVisibleTo(page)
    assert not any(character.isdigit() for character in words(page))
    page.setFocus()
    assert page.meant_for.hasFocus()
    assert page.meant_for.ring.shown


def test_in_a_window_behind_another_the_first_amount_waits_with_the_focus(
    desk: Desk, show: Callable[[QWidget], None], qapp: QApplication
) -> None:
    page, other = desk.page, QWidget()
    show(other)
    other.activateWindow()
    qapp.processEvents()
    page.show_finish(replace(VIEW, goes_back=True))
    page.setFocus()
    assert not page.isActiveWindow()
    page._settles.timeout.emit()
    assert page.window().focusWidget() is page.left.edit


@pytest.mark.parametrize("number_free", [False, True])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_the_first_press_on_the_page_notes_nothing(
    desk: Desk, number_free: bool, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    page = desk.page
    page.show_finish(replace(VIEW, number_free=number_free))
    page.setFocus()
    focus = page.focusWidget()
    assert focus is not None
    assert (page.meant_for if number_free else page.left.edit).ring.shown
    QTest.keyClick(focus, key, modifier)
    assert (desk.noted, desk.asked) == ([], [])
    assert page.comfort.value is None


def test_painful_adds_one_line_that_leads_to_care(desk: Desk) -> None:
    page = desk.page
    assert not page.care.isVisibleTo(page)
    page.comfort.parts[3].click()
    assert desk.noted == [("comfort", Comfort.PAINFUL)]
    assert page.care.isVisibleTo(page)
    page.care.click()
    assert desk.asked == ["sore-or-full"]
    page.comfort.parts[0].click()
    assert not page.care.isVisibleTo(page)


def test_every_field_is_told_as_it_is_typed(desk: Desk) -> None:
    page = desk.page
    QTest.keyClicks(page.note, "ok")
    QTest.keyClicks(page.meant_for, "a")
    page.purpose.parts[0].click()
    assert desk.noted == [("note", "o"), ("note", "ok"), ("meant_for", "a"), ("purpose", Purpose.PROTECT)]


def test_what_was_noted_before_is_shown_again_without_telling(desk: Desk) -> None:
    page = desk.page
    page.show_finish(replace(VIEW, left_ml=35, right_ml=40.5, comfort=Comfort.TENDER, meant_for="fridge", note="calm"))
    assert (page.left.value, page.right.value) == (35, 40.5)
    assert page.volumes.together.text() == "Together 75.5 mL"
    assert page.comfort.value is Comfort.TENDER
    assert (page.meant_for.text(), page.note.text()) == ("fridge", "calm")
    assert desk.noted == []


def test_save_later_keep_and_escape(desk: Desk) -> None:
    page = desk.page
    page.save.click()
    page.not_now.click()
    page.keep.click()
    page.about_purpose.click()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert desk.asked == ["save", "later", "keep", "purposes", "later"]


@pytest.mark.parametrize(("width", "beside"), [(1160, True), (800, False)])
def test_the_two_sides_stand_one_above_the_other_where_they_have_no_room(
    desk: Desk, qapp: QApplication, width: int, beside: bool
) -> None:
    desk.page.resize(width, 780)
    qapp.processEvents()
    assert desk.page.findChildren(NotePair)[0].beside is beside
    assert desk.page.save.isVisibleTo(desk.page)


def test_a_page_that_was_narrow_once_has_the_sides_beside_each_other_where_there_is_room(
    desk: Desk, qapp: QApplication
) -> None:
    for width in (640, 1160):
        desk.page.resize(width, 780)
        qapp.processEvents()
    assert desk.page.findChildren(NotePair)[0].beside


def test_one_above_the_other_the_two_sides_line_up_whatever_their_names(
    look: Look, show: Show, qapp: QApplication
) -> None:
    page = FinishPage(look)
    page.show_finish(VIEW)
    for name in page.volumes.findChildren(Label):
        if name.text() == "Left":
            name.setText("Izquierdo, como se dice")
    page.volumes._align()
    page.resize(800, 780)
    show(page)
    left, right = page.left, page.right
    assert left.width() == right.width()
    assert left.x() == right.x()


# ---- welcome back ----------------------------------------------------------------------------------------------------

CAPTION = "at least, then your call"
PLACE = WasHere(
    Kind.PUMP,
    "Pump both sides",
    "Hands-on pumping",
    "step 5 of 10",
    "2:42",
    "at least, then your call",
    timedelta(minutes=6),
)


@pytest.fixture
def host(look: Look, show: Show) -> Iterator[QWidget]:
    host = QWidget()
    host.resize(800, 560)
    show(host)
    yield host
    look.choose_scale(1.0)


def opened(host: QWidget, look: Look, place: WasHere = PLACE) -> tuple[WelcomeBack, list[object]]:
    dialog, chosen = WelcomeBack(host, look=look, place=place), list[object]()
    dialog.chosen.connect(chosen.append)
    dialog.open()
    return dialog, chosen


def test_welcome_back_says_where_she_was_and_nothing_starts_until_she_chooses(host: QWidget, look: Look) -> None:
    dialog, chosen = opened(host, look)
    for text in (
        "6 minutes ago",
        "Pump both sides",
        "Hands-on pumping · step\u00a05\u00a0of\u00a010",
        "2:42",
        "at least, then your call",
    ):
        assert text in words(dialog)
    assert dialog.buttons[0].hasFocus()
    assert chosen == []


@pytest.mark.parametrize(("button", "way"), list(enumerate(WayOn)))
def test_each_way_on_is_one_press(host: QWidget, look: Look, button: int, way: WayOn) -> None:
    dialog, chosen = opened(host, look)
    dialog.buttons[button].click()
    assert chosen == [way]


def test_escape_leaves_the_session_as_it_is(host: QWidget, look: Look) -> None:
    dialog, chosen = opened(host, look)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert chosen == [WayOn.LEAVE]


@pytest.mark.parametrize("scale", [1.0, 1.5, 1.6])
def test_all_of_it_fits_the_smallest_window_with_large_text(
    host: QWidget, look: Look, qapp: QApplication, scale: float
) -> None:
    look.choose_scale(scale)
    dialog, _ = opened(host, look, replace(PLACE, title="Pump and compress, left side"))
    qapp.processEvents()
    assert dialog.rect().contains(dialog.card.geometry())
    for label in dialog.card.findChildren(Label):
        if label.isVisibleTo(dialog) and label.wordWrap():
            assert label.heightForWidth(label.width()) <= label.height() + 1, label.text()


def test_without_a_clock_none_is_shown(host: QWidget, look: Look) -> None:
    dialog, _ = opened(host, look, replace(PLACE, left=""))
    assert "left" not in words(dialog).split()


@pytest.mark.parametrize(
    ("kinds", "units", "step"),
    [
        (("massage", "express"), "ml", 0.5),
        (("massage", "express"), "oz", 0.02),
        (("pump", "express"), "ml", 5),
        (("massage", "compress", "express"), "ml", 5),
        (("pump",), "oz", 0.25),
        ((), "ml", 5),
    ],
)
def test_what_was_expressed_by_hand_is_counted_in_drops(
    desk: Desk, kinds: tuple[str, ...], units: Literal["ml", "oz"], step: float
) -> None:
    segments = tuple((kind, 60.0) for kind in kinds)
    desk.page.show_finish(FinishView(timedelta(minutes=9), complete=True, segments=segments, units=units))
    desk.page.left.more.click()
    assert desk.page.left.value == step


@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_an_amount_of_many_figures_stands_clear_of_its_unit_and_its_keys(desk: Desk, look: Look, scale: float) -> None:
    page, wrong = desk.page, []
    look.choose_scale(scale)
    for units in UNITS:
        page.show_finish(replace(VIEW, units=units))
        for width in (1160, 800):
            page.resize(width, 780)
            for typed in ("118.3", "999.5", "1000", "33.81", "12 1/2 fl oz"):
                page.left.type_again(typed)
                for _ in range(2):  # the figures follow the room, and their place follows them
                    QApplication.processEvents()
                parts = [page.left.less, page.left.edit, page.left.unit, page.left.more]
                if any(before.geometry().right() >= after.x() for before, after in pairwise(parts)):
                    wrong.append((units, width, typed))
    assert wrong == []
    page.left.set_value(35)
    assert page.left.edit.font().pixelSize() == look.sized(76, 600, display=True).pixelSize(), "as large as before"
