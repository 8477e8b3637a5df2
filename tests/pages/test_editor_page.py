"""The editor's page at work: rows, forms, keys, what is said of problems, and what is asked of the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QResizeEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from editing import EVERYTHING, PLAIN, a_beat, opened, retype, timers, titles, turn_to
from guide.core.plan import Plan
from guide.core.pump import Pump
from guide.core.routine import Place
from guide.kit.cards import ScrollArea
from guide.kit.choices import Select
from guide.kit.focus import focus_within, keeps_focus
from guide.kit.label import Label
from guide.kit.look import Look
from guide.language import languages, speak
from guide.language import words as words_of
from guide.pages.editor.after_painting import A_BEAT
from guide.pages.editor.form import Form
from guide.pages.editor.group_form import GroupForm
from guide.pages.editor.header import STATES
from guide.pages.editor.kind_grid import ChoiceRow
from guide.pages.editor.outline import OutlineRow
from guide.pages.editor.page import EditorPage, EditView
from guide.pages.editor.routine_form import RoutineForm
from guide.pages.editor.step_form import StepForm
from guide.pages.editor.steps_list import StepsPane
from guide.pages.editor.steps_model import INDENT
from guide.pages.editor.tab_chain import stops as stops_of
from guide.store.routines.reader import read
from guide.store.routines.template import new_routine, texts_of
from onscreen import kept
from tabbing import walked
from wrappers import kept_items

ALT, SHIFT, CONTROL = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture(scope="module")
def look(the_look: Look) -> Look:
    return the_look


@pytest.fixture(scope="module")
def only_page(look: Look) -> Iterator[EditorPage]:
    with kept(EditorPage(look=look)) as page:
        yield page


@pytest.fixture
def page(only_page: EditorPage, look: Look, qapp: QApplication) -> Iterator[EditorPage]:
    """The page with the plain routine, as large as it is at first."""
    page = only_page
    look.choose_scale(1.0)
    page.resize(1160, 780)
    page.preview.speed.set_value(1.0)
    opened(page, PLAIN)
    page.show()
    page.activateWindow()
    qapp.processEvents()
    yield page
    for timer in timers(page):
        timer.stop()


# Rows


def test_the_list_shows_steps_and_groups_with_their_lengths(page: EditorPage) -> None:
    assert titles(page) == ["Small circles", "Repeat twice", "  Stroke", "  Pump", "Rest"]
    rows = page.panes.steps.view.rows.rows
    assert [row.length for row in rows] == ["", "1:30 min", "11–15 min", "30 s", "5–7 min", "1 min"]
    assert page.panes.steps.place == (0,)


def test_a_row_says_kind_length_and_group_to_a_screen_reader(page: EditorPage) -> None:
    rows = page.panes.steps.view.rows
    said = [rows.data(rows.index(row), Qt.ItemDataRole.AccessibleTextRole) for row in (1, 2, 3)]
    assert said == [
        "Small circles, massage, 1 minute 30",
        "Repeat twice, 2 steps",
        "Stroke, 30 seconds, in a group",
    ]
    rows.show_rows([OutlineRow((0,), "pmup", "pmup")], frozenset({(0,)}))
    assert rows.data(rows.index(0), Qt.ItemDataRole.AccessibleTextRole) == "pmup, something to look at"


@pytest.mark.parametrize(
    ("place", "key", "expected", "now_at"),
    [
        ((0,), Qt.Key.Key_Down, ["Repeat twice", "  Stroke", "  Pump", "Small circles", "Rest"], (1,)),
        ((2,), Qt.Key.Key_Up, ["Small circles", "Rest", "Repeat twice", "  Stroke", "  Pump"], (1,)),
        ((0,), Qt.Key.Key_Right, ["Repeat twice", "  Small circles", "  Stroke", "  Pump", "Rest"], (0, 0)),
        ((2,), Qt.Key.Key_Right, ["Small circles", "Repeat twice", "  Stroke", "  Pump", "  Rest"], (1, 2)),
        ((1, 0), Qt.Key.Key_Left, ["Small circles", "Repeat twice", "  Pump", "Stroke", "Rest"], (2,)),
        ((1, 0), Qt.Key.Key_Down, ["Small circles", "Repeat twice", "  Pump", "  Stroke", "Rest"], (1, 1)),
        ((0,), Qt.Key.Key_Up, ["Small circles", "Repeat twice", "  Stroke", "  Pump", "Rest"], (0,)),
    ],
)
def test_keys_move_a_step_and_take_it_into_and_out_of_a_group(
    page: EditorPage, place: tuple[int, ...], key: Qt.Key, expected: list[str], now_at: tuple[int, ...]
) -> None:
    turn_to(page, place)
    QTest.keyClick(page.panes.steps.view, key, ALT)
    assert titles(page) == expected
    assert page.panes.steps.place == now_at
    for comment in ("# A note of mine", "# the one for the sofa", "# as the leaflet has it", "# the pair that repeats"):
        assert comment in page.text()


def test_the_keys_that_move_a_step_move_it_from_anywhere_in_its_form_and_beneath_the_list(page: EditorPage) -> None:
    turn_to(page, (0,))
    form, steps = page.panes.form.step, page.panes.steps
    texts = [child for child in form.findChildren(QWidget) if isinstance(child, (QLineEdit, QPlainTextEdit))]
    kinds = [form.kinds.buttons["massage"], form.kinds.buttons["rest"]]
    buttons = [one for one in form.findChildren(QAbstractButton) if one not in form.kinds.buttons.values()]
    at_first = page.text()
    for where in (*kinds, *texts, *buttons, steps.add, steps.group, steps.more):
        if not (where.isVisible() and where.isEnabled()) or isinstance(where, Select):
            continue
        where.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(where, Qt.Key.Key_Down, ALT)
        assert titles(page) == ["Repeat twice", "  Stroke", "  Pump", "Small circles", "Rest"], where
        assert keeps_focus(where), where
        QTest.keyClick(where, Qt.Key.Key_Up, ALT)
        assert page.text() == at_first, where
    assert form.kinds.buttons["massage"].isChecked()


def test_a_step_goes_into_and_out_of_a_group_from_the_button_that_made_one(page: EditorPage) -> None:
    turn_to(page, (2,))
    group = page.panes.steps.group
    group.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(group, Qt.Key.Key_Left, ALT)
    assert page.toast.words.text() == "This step is in no group."
    QTest.keyClick(group, Qt.Key.Key_Right, ALT)
    assert titles(page) == ["Small circles", "Repeat twice", "  Stroke", "  Pump", "  Rest"]


@pytest.mark.parametrize(
    ("place", "key", "told"),
    [
        ((0,), Qt.Key.Key_Up, "It is at the top already."),
        ((2,), Qt.Key.Key_Down, "It is at the end already."),
        ((1, 0), Qt.Key.Key_Right, "There is no group beside this step."),
        ((0,), Qt.Key.Key_Left, "This step is in no group."),
    ],
)
def test_a_step_that_cannot_be_moved_so_says_why(
    page: EditorPage, place: tuple[int, ...], key: Qt.Key, told: str
) -> None:
    turn_to(page, place)
    QTest.keyClick(page.panes.steps.view, key, ALT)
    assert page.toast.words.text() == told
    assert page.text() == PLAIN


def test_undo_and_redo_lead_back_to_the_step_that_each_change_was_about(page: EditorPage) -> None:
    steps, view = page.panes.steps, page.panes.steps.view
    turn_to(page, (2,))
    QTest.keyClick(view, Qt.Key.Key_Up, ALT)
    turn_to(page, (0,))
    QTest.keyClick(view, Qt.Key.Key_Delete)
    turn_to(page, (1, 1))
    page.panes.form.step.title.setText("Pump both")
    page.panes.form.step.title.textEdited.emit("Pump both")
    turn_to(page, (0,))
    went = []
    for turn in (page.header.undo.click, page.header.redo.click):
        for _ in range(3):
            turn()
            went.append((steps.place, steps.places))
    assert [place for place, _ in went] == [(1, 1), (0,), (2,), (1,), (0,), (1, 1)]
    assert all(places == [place] for place, places in went)


def test_rows_look_the_same_whether_their_pictures_are_kept_or_not(
    page: EditorPage, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(page, PLAIN[: PLAIN.index("  # the pair")] + "  - {kind: rest, duration: long}\n")
    pane = page.panes.steps

    def picture() -> QImage:
        return pane.grab(pane.view.geometry()).toImage()

    kept = []
    for theme in ("light", "night"):
        look.choose_theme(theme)
        kept += [picture(), picture()]
    assert kept[0] == kept[1] != kept[2] == kept[3]
    monkeypatch.setattr("guide.pages.editor.steps_model.is_on_whole_pixels", lambda *_: False)
    assert picture() == kept[3]
    monkeypatch.setattr("guide.kit.icons.is_on_whole_pixels", lambda *_: False)
    drawn = picture()
    pairs = zip(drawn.constBits(), kept[3].constBits(), strict=True)
    assert max(abs(a - b) for a, b in pairs) <= 2  # of 255: a disc is laid on its ground as a whole


def test_no_form_is_shown_of_a_step_that_takes_the_place_of_those_deleted_on_the_way(
    page: EditorPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[int, ...]] = []
    show_place = page.panes.form.show_place

    def noted(place: tuple[int, ...], *, is_group: bool, fresh: bool) -> None:
        shown.append(place)
        show_place(place, is_group=is_group, fresh=fresh)

    page.panes.steps.choose((1,), (2,))
    monkeypatch.setattr(page.panes.form, "show_place", noted)
    page.panes.steps.do("delete")
    assert (titles(page), shown, page.panes.steps.place) == (["Small circles"], [(0,)], (0,))
    page.header.undo.click()
    page.panes.steps.choose((2,))
    page.panes.show_tab("yaml")
    page.header.redo.click()
    assert (page.panes.place, page.panes.steps.place) == ((0,), (0,))


def test_a_row_that_is_asked_for_while_others_go_is_found_among_those_that_stay(look: Look, qtbot: QtBot) -> None:
    pane = StepsPane(look=look)
    qtbot.addWidget(pane)
    rows = [OutlineRow((number,), "rest", f"Step {number}") for number in range(4)]
    pane.show_rows(rows)
    model = pane.view.rows
    model.rowsRemoved.connect(lambda *_: model.row_of((3,)))

    pane.show_rows(rows[:2])

    assert [model.row_of((number,)) for number in range(4)] == [0, 1, None, None]


def test_the_ring_of_the_list_goes_with_the_chosen_step(page: EditorPage) -> None:
    view = page.panes.steps.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    for key, modifier in ((Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Down, ALT)):
        QTest.keyClick(view, key, modifier)
        assert view.indexAt(view.ring.rect.center()) == view.currentIndex()


def test_steps_chosen_together_move_together(page: EditorPage) -> None:
    turn_to(page, (0,))
    QTest.keyClick(page.panes.steps.view, Qt.Key.Key_Down, SHIFT)
    assert page.panes.steps.places == [(0,), (1,)]
    QTest.keyClick(page.panes.steps.view, Qt.Key.Key_Down, ALT)
    assert titles(page) == ["Rest", "Small circles", "Repeat twice", "  Stroke", "  Pump"]
    assert page.panes.steps.places == [(1,), (2,)]


def test_the_ring_of_the_list_goes_to_the_step_before_where_the_last_one_is_deleted(page: EditorPage) -> None:
    view = page.panes.steps.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_End, Qt.Key.Key_Delete):
        QTest.keyClick(view, key)
    assert view.indexAt(view.ring.rect.center()) == view.currentIndex()
    assert page.panes.place == (1,)


def test_delete_takes_steps_out_and_undo_brings_them_back(page: EditorPage) -> None:
    turn_to(page, (1,))
    QTest.keyClick(page.panes.steps.view, Qt.Key.Key_Delete)
    assert titles(page) == ["Small circles", "Rest"]
    assert page.toast.words.text() == "Repeat twice deleted"
    QTest.mouseClick(page.toast.action, Qt.MouseButton.LeftButton)
    assert page.text() == PLAIN


def test_the_only_step_stays_and_says_so(page: EditorPage) -> None:
    opened(page, "name: x\nsteps:\n  - kind: rest\n    duration: 1 min\n")
    QTest.keyClick(page.panes.steps.view, Qt.Key.Key_Delete)
    assert page.message.told == "A routine has at least one step. Change this one, or add another first."


def test_a_step_is_duplicated_with_its_comments(page: EditorPage) -> None:
    QTest.keyClick(page.panes.steps.view, Qt.Key.Key_D, CONTROL)
    assert titles(page)[:2] == ["Small circles", "Small circles"]
    assert page.text().count("# as the leaflet has it") == 2
    assert page.panes.steps.place == (1,)


def test_a_new_step_of_a_chosen_kind_comes_after_the_chosen_one_with_its_title_to_be_typed(
    page: EditorPage, qapp: QApplication
) -> None:
    QTest.mouseClick(page.panes.steps.add, Qt.MouseButton.LeftButton)
    kinds = {action.text(): action for action in page.panes.steps.kinds.actions()}
    assert list(kinds)[:2] == ["Prepare", "Massage"]
    kinds["Stroke"].trigger()
    page.panes.steps.kinds.close()
    qapp.processEvents()
    assert titles(page)[:2] == ["Small circles", "Stroke"]
    assert page.window().focusWidget() is page.panes.form.step.title
    QTest.keyClicks(page.panes.form.step.title, "Wide circles")
    assert titles(page)[1] == "Wide circles"


def test_steps_become_a_group_and_a_group_is_taken_apart(page: EditorPage) -> None:
    turn_to(page, (0,))
    QTest.keyClick(page.panes.steps.view, Qt.Key.Key_Down, SHIFT)
    QTest.mouseClick(page.panes.steps.group, Qt.MouseButton.LeftButton)
    assert titles(page) == ["Repeat twice", "  Small circles", "  Repeat twice", "    Stroke", "    Pump", "Rest"]
    assert page.panes.steps.group.text() == "Ungroup"
    QTest.mouseClick(page.panes.steps.group, Qt.MouseButton.LeftButton)
    assert read(page.text()).routine == read(PLAIN).routine


def test_no_word_beneath_the_list_is_much_smaller_than_the_one_beside_it_in_any_language(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StepsPane, "_group_among", lambda *_: (0,))
    for tag in languages():
        speak(tag)
        pane = StepsPane(look=look)
        for width in (264, 288, 300, 312, 340):
            pane.resize(width, 500)
            pane.grab()
            for button in (pane.add, pane.group):
                words = QFontMetricsF(look.sized(16, 500)).horizontalAdvance(button.text())
                assert words * 0.85 <= button.width() - 22 * 1.5 - 12, (tag, width, button.text())


def centre_of(page: EditorPage, row: int) -> QPoint:
    view = page.panes.steps.view
    rect: QRect = view.visualRect(view.rows.index(row))
    return rect.center()


def drag(page: EditorPage, row: int, to: QPoint) -> None:
    view = page.panes.steps.view.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=centre_of(page, row))
    QTest.mouseMove(view, to - QPoint(0, 4))
    QTest.mouseMove(view, to)
    assert page.panes.steps.view.landing is not None
    view.grab()
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=to)


def test_a_step_is_dragged_to_where_the_line_shows(page: EditorPage) -> None:
    drag(page, 5, centre_of(page, 1) - QPoint(0, 12))
    assert titles(page) == ["Rest", "Small circles", "Repeat twice", "  Stroke", "  Pump"]
    assert page.panes.steps.place == (0,)


def test_a_step_dragged_over_the_bracket_joins_the_group(page: EditorPage) -> None:
    drag(page, 5, centre_of(page, 3) + QPoint(0, 12))
    assert titles(page) == ["Small circles", "Repeat twice", "  Stroke", "  Rest", "  Pump"]


def test_beneath_a_group_the_pointer_says_whether_to_join_it(page: EditorPage) -> None:
    view = page.panes.steps.view
    below = centre_of(page, 4) + QPoint(0, 12)
    outside, inside = view.landing_at(QPoint(6, below.y()), (0,)), view.landing_at(below, (0,))
    assert outside is not None
    assert inside is not None
    assert (outside.place, outside.depth) == ((1,), 0)
    assert (inside.place, inside.depth) == ((0, 2), 1)


def test_what_can_be_dragged_has_its_dots_a_group_too(page: EditorPage) -> None:
    view = page.panes.steps.view
    view.clearSelection()
    picture = view.viewport().grab().toImage()
    dots = []
    for number, row in enumerate(view.rows.rows):
        if row.place:
            left = 9 + row.depth * INDENT + 4 * row.is_group
            grip = picture.copy(left, centre_of(page, number).y() - 8, 16, 16)
            ground = grip.pixel(0, 0)
            dots.append([(x, y) for x in range(16) for y in range(16) if grip.pixel(x, y) != ground])
    assert dots[0]
    assert all(one == dots[0] for one in dots)


def test_a_group_does_not_land_within_itself(page: EditorPage) -> None:
    for row in (2, 3):
        assert page.panes.steps.view.landing_at(centre_of(page, row) + QPoint(0, 12), (1,)) is None


@pytest.mark.parametrize("row", [1, 2, 3, 5])
def test_a_step_let_go_anywhere_lands_where_the_line_showed_it_and_is_the_one_chosen(
    page: EditorPage, row: int
) -> None:
    """Beneath the last row too, where Qt's list takes a click for "none of them"."""
    view = page.panes.steps.view
    area, rows = view.viewport(), centre_of(page, 5).y() + 40
    everywhere = [QPoint(x, y) for x in (6, area.width() + 40) for y in (-30, *range(10, rows, 20), rows + 90)]
    for to in everywhere:
        opened(page, PLAIN)
        dragged = view.rows.rows[row].place
        QTest.mousePress(area, Qt.MouseButton.LeftButton, pos=centre_of(page, row))
        QTest.mouseMove(area, centre_of(page, row) + QPoint(0, 40))
        QTest.mouseMove(area, to)
        landing = view.landing
        assert landing is None or landing == view.landing_at(to, dragged)
        QTest.mouseRelease(area, Qt.MouseButton.LeftButton, pos=to)
        stays = landing is None or landing.place == dragged
        assert (page.text() == PLAIN) == stays, to
        if landing is not None:
            assert view.selected_places() == [landing.place], to
            assert page.panes.place == landing.place


def test_escape_lets_a_dragged_step_stay(page: EditorPage) -> None:
    view = page.panes.steps.view
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=centre_of(page, 5))
    QTest.mouseMove(view.viewport(), centre_of(page, 1))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=centre_of(page, 1))
    assert page.text() == PLAIN


# The form of a step


def test_typing_a_title_changes_that_line_and_no_other(page: EditorPage) -> None:
    retype(page.panes.form.step.title, "Wide circles")
    assert page.text() == PLAIN.replace("title: Small circles", "title: Wide circles")
    assert titles(page)[0] == "Wide circles"
    assert a_beat(page).preview.title.text() == "Wide circles"


@pytest.mark.parametrize("typed", ["2 min", "1:45", "1 min 30 s", "5-7 min", "30 s to 2 min", "wait", "1.5 min", "1 h"])
def test_a_length_is_typed_in_every_form_the_format_knows(page: EditorPage, typed: str) -> None:
    retype(page.panes.form.step.length.low.line, typed)
    QTest.keyClick(page.panes.form.step.length.low.line, Qt.Key.Key_Return)
    routine, meant = read(page.text()).routine, read(PLAIN.replace("90 s", typed)).routine
    assert routine == meant
    assert "# as the leaflet has it" in page.text()


def test_a_length_that_is_none_is_not_applied_and_says_what_would_be_once_it_is_left(page: EditorPage) -> None:
    line, field = page.panes.form.step.length.low.line, page.panes.form.step.fields["duration"]
    none = "'minutes' is not a length of time; write for example '2 min', '90 s' or '1:30'."
    for leave in (Qt.Key.Key_Return, Qt.Key.Key_Tab):
        retype(line, "minutes")
        assert (field.words, field.is_untaken) == ("", True)
        QTest.keyClick(line, leave)
        page.panes.form.step.say.setFocus()
        assert (field.words, line.text(), page.text()) == (none, "minutes", PLAIN)
        retype(line, "90 s")
        assert field.words == ""
    retype(line, "5 min")
    assert "duration: 5 min  # as the leaflet has it" in page.text()


def test_nothing_is_said_beneath_a_length_while_it_is_typed_and_no_room_is_left_there(
    page: EditorPage, qapp: QApplication
) -> None:
    turn_to(page, (1, 1))
    qapp.processEvents()
    form = page.panes.form.step
    height = form.fields["duration"].height()
    retype(form.length.low.line, "9 min")
    QTest.keyClick(form.length.low.line, Qt.Key.Key_Tab)
    retype(form.length.high.line, "1:30:00")
    retype(form.length.high.line, "12 minutes")
    assert (form.fields["duration"].words, form.fields["duration"].is_untaken) == ("", False)
    form.say.setFocus()
    qapp.processEvents()
    assert "duration: 9-12 min" in page.text()
    assert (form.fields["duration"].words, form.fields["duration"].height()) == ("", height)


def test_an_end_beyond_the_other_is_told_of_once_both_are_left(page: EditorPage) -> None:
    turn_to(page, (1, 1))
    form = page.panes.form.step
    retype(form.length.low.line, "9 min")
    for inside in (form.length.high.line, form.length.high.more):
        inside.setFocus()
        assert (form.fields["duration"].words, form.fields["duration"].is_untaken) == ("", True)
    form.say.setFocus()
    assert form.fields["duration"].words.startswith("The range's lower end, 9 min, is not below its upper end, 7 min")
    turn_to(page, (0,))
    turn_to(page, (1, 1))
    retype(form.length.low.line, "9 min")
    page.header.play.setFocus()
    page.flush()
    assert "is not below its upper end" in form.fields["duration"].words


def test_a_bare_number_is_minutes_and_is_written_with_its_unit(page: EditorPage) -> None:
    line = page.panes.form.step.length.low.line
    for typed, written in (("12", "12 min"), ("7.5", "7.5 min"), ("5-7", "5-7 min"), ("4", "4-7 min")):
        retype(line, typed)
        QTest.keyClick(line, Qt.Key.Key_Return)
        assert f"duration: {written}  # as" in page.text()
        assert page.panes.form.step.fields["duration"].words == ""
    assert line.text() == "4 min"


def test_a_number_that_goes_on_as_no_length_leaves_the_length_as_it_was(page: EditorPage) -> None:
    form = page.panes.form.step
    for typed in ("12 x", "99 h", "2:3"):
        turn_to(page, (0,))
        retype(form.length.low.line, typed)
        turn_to(page, (1, 1))
        assert f"“{typed}” in “Length” was not taken." in page.toast.words.text()
        assert page.text() == PLAIN
    turn_to(page, (0,))
    retype(form.length.low.line, "12")
    assert page.text() == PLAIN  # it may be the half of 12 s
    turn_to(page, (1, 1))
    assert "duration: 12 min" in page.text()


def left(line: QWidget, typed: str) -> str:
    retype(line, typed)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert isinstance(line, QLineEdit)
    return line.text()


def test_a_number_alone_is_understood_in_the_other_lengths_where_one_reading_makes_sense(page: EditorPage) -> None:
    opened(page, EVERYTHING)
    form = page.panes.form.step
    moment, key = form.cues.rows[0][0].moment, form.cues.rows[0][0].key
    retype(form.linger, "2")
    assert (page.text(), form.untaken) == (EVERYTHING, False)  # it may be the half of 20 s
    for line, typed, taken in (
        (form.linger, "2", "linger: 2 min\n"),
        (form.linger, "30", "linger: 30 s\n"),  # the step has seven minutes
        (form.every, "2", "every: 2 s}\n"),
        (form.every, "1.5", "every: 1.5 s}\n"),
        (moment, "45", "- at: 45 s\n"),
        (moment, "-20", "- at: -20 s\n"),
    ):
        assert left(line, typed) in taken
        assert taken in page.text()
    assert left(moment, "5") == "5"  # of seven minutes: both would do
    assert "'5' has no unit" in form.cues.rows[0][1].words
    assert left(moment, "0:50") == "0:50"
    key.chosen.emit("every")
    assert left(moment, "10") == "10 s"
    assert "- every: 10 s\n" in page.text()
    for line, typed in ((form.linger, "-2"), (form.every, "0"), (moment, "999")):
        left(line, typed)
    told = (form.fields["linger"].words, form.every_field.words, form.cues.rows[0][1].words)
    assert all(told)


def test_the_click_that_comes_to_a_length_chooses_all_of_it_and_the_next_sets_the_cursor(page: EditorPage) -> None:
    line = page.panes.form.step.length.low.line
    place = QPoint(line.width() // 2, line.height() // 2)
    page.panes.form.step.say.setFocus()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=place)
    assert line.selectedText() == "90 s"
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=place)
    assert (line.selectedText(), 0 < line.cursorPosition() < 4) == ("", True)
    page.panes.form.step.say.setFocus()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=place)
    QTest.keyClicks(line, "9")
    assert line.text() == "9"


def test_what_was_not_taken_is_told_when_another_part_is_turned_to_with_the_way_back_to_it(page: EditorPage) -> None:
    form = page.panes.form.step
    ways: list[Callable[[], None]] = [
        lambda: turn_to(page, (2,)),
        lambda: turn_to(page, ()),
        lambda: page.panes.show_tab("yaml"),
        lambda: page.panes.steps.do("down"),
        lambda: page.panes.steps.do("group"),
        lambda: page.panes.steps.do("duplicate"),
    ]
    for leave in ways:
        opened(page, PLAIN)
        retype(form.length.low.line, "9 mni")
        leave()
        assert page.toast.isVisible()
        assert page.toast.words.text() == "“9 mni” in “Length” was not taken."
        if page.panes.place == (2,):
            retype(form.title, "Rest well")
            assert page.toast.isVisible()
        page.toast.action.click()
        assert not page.panes.shows_text
        assert form.isVisible()
        assert form.title.text() == "Small circles"
        assert (form.length.low.line.text(), form.length.low.line.hasFocus()) == ("9 mni", True)
        page.flush()
        assert form.fields["duration"].words.startswith("'9 mni' is not a length of time")
        retype(form.length.low.line, "90 s")


def test_what_is_told_as_not_taken_goes_once_the_field_takes_a_value_or_its_step_is_gone(page: EditorPage) -> None:
    form = page.panes.form.step

    def leave_untaken() -> None:
        opened(page, PLAIN)
        retype(form.length.low.line, "9 mni")
        turn_to(page, (2,))
        assert page.toast.isVisible()

    leave_untaken()
    turn_to(page, (0,))
    retype(form.title, "Wide circles")
    assert page.toast.isVisible()
    page.panes.steps.do("down")
    turn_to(page, (0, 0))
    retype(form.partner, "Water")
    page.toast.action.click()
    assert (page.panes.place, form.title.text(), form.length.low.line.text()) == ((1,), "Wide circles", "9 mni")
    leave_untaken()
    turn_to(page, (0,))
    retype(form.length.low.line, "9 min")
    assert not page.toast.isVisible()
    leave_untaken()
    page.document.take(PLAIN.replace("90 s", "80 s"))
    assert not page.toast.isVisible()
    leave_untaken()
    page.document.take(PLAIN.replace("steps:\n", "steps: [\n"))
    assert page.toast.isVisible()
    page.header.undo.click()
    assert page.toast.isVisible()
    page.panes.choose((0,))
    page.panes.steps.do("delete")
    assert page.toast.words.text() == "Small circles deleted"
    leave_untaken()
    page.document.take(PLAIN[: PLAIN.index("  - kind: massage")] + PLAIN[PLAIN.index("  - repeat") :])
    assert not page.toast.isVisible()


def test_each_value_that_was_not_taken_is_told_by_the_name_of_its_field(page: EditorPage) -> None:
    opened(page, EVERYTHING)
    form, routine = page.panes.form.step, page.panes.form.routine
    retype(form.linger, "soon")
    retype(form.cues.rows[0][0].moment, "x" * 60)
    retype(form.every, "often")
    turn_to(page, ())
    assert page.toast.words.text() == (
        f"“soon” in “Keep going after the milk slows” was not taken. “{'x' * 39}…” in “Cue 1, moment” was not taken. "
        "“often” in “From one beat to the next” was not taken."
    )
    page.toast.action.click()
    values = form.linger.text(), form.cues.rows[0][0].moment.text(), form.every.text()
    assert values == ("soon", "x" * 60, "often")
    assert form.fields["linger"].words
    turn_to(page, ())
    retype(routine.name, " ")
    QTest.keyClick(routine.name, Qt.Key.Key_Tab)
    retype(routine.rows[0][0].url, "no address")
    turn_to(page, (0,))
    assert page.toast.words.text() == "“Name” was not changed. “no address” in “Source 1, web address” was not taken."


def test_what_is_told_beneath_a_field_leaves_no_room_beneath_that_of_another_step(
    page: EditorPage, qapp: QApplication
) -> None:
    form = page.panes.form.step

    def heights(place: Place) -> list[int]:
        turn_to(page, place)
        for _ in range(3):  # a layout asks the one around it in the turn after
            qapp.processEvents()
        return [field.height() for field in (form.fields["duration"], form.fields["title"])]

    before = heights((1, 0))
    for text in (PLAIN.replace("title: Small circles", f"title: {'x' * 90}"), PLAIN.replace("90 s", "'90'")):
        page.document.take(text)
        assert heights((0,)) != before
        assert heights((1, 0)) == before
    page.document.take(PLAIN)
    turn_to(page, (0,))
    retype(form.length.low.line, "9 mni")
    form.say.setFocus()
    assert form.fields["duration"].words
    assert heights((1, 0)) == before


TOO_LONG = "The routine lasts up to 6 h 16 min 30 s; 6 h is the most, so shorten steps or repeat them less."


def test_why_a_routine_that_is_too_long_is_not_applied_is_told_where_she_made_it_so(page: EditorPage) -> None:
    form, group = page.panes.form.step, page.panes.form.group
    turn_to(page, (2,))
    retype(form.length.low.line, "6 h")
    assert page.header.state.text() == STATES["not applied"]
    assert form.fields["duration"].words == TOO_LONG
    turn_to(page, (1,))
    assert group.fields["repeat"].words == TOO_LONG
    turn_to(page, ())
    assert page.panes.form.routine.notice.told == TOO_LONG.replace("; ", ". ")
    page.panes.form.routine.notice.buttons[0].click()
    assert page.panes.shows_text
    page.panes.show_tab("steps")
    turn_to(page, (2,))
    retype(form.length.low.line, "1 min")
    assert form.fields["duration"].words == ""
    turn_to(page, ())
    assert page.panes.form.routine.notice.told == ""


def test_too_many_sources_are_told_beneath_them_and_what_is_wrong_with_one_beneath_that(page: EditorPage) -> None:
    sources = "".join(f"  - title: Leaflet {number}\n" for number in range(51))
    opened(page, PLAIN.replace("\nsteps:\n", f"\nsources:\n{sources}steps:\n"))
    turn_to(page, ())
    form = page.panes.form.routine
    assert form.fields["sources"].words == "Has 51 entries; 50 at most."
    opened(page, PLAIN.replace("\nsteps:\n", "\nsources:\n  - {title: A leaflet, url: nowhere}\nsteps:\n"))
    turn_to(page, ())
    assert (form.fields["sources"].words, form.rows[0][1].words[:9]) == ("", "'nowhere'")


def test_what_no_field_is_about_is_told_over_the_form_with_the_way_out_and_f8_leads_there(page: EditorPage) -> None:
    opened(page, PLAIN.replace("title: Small", "titel: Small"))
    notice = page.panes.form.step.notice
    assert notice.told == "Unknown key “titel”. Did you mean “title”?"
    turn_to(page, ())
    assert page.panes.form.routine.notice.told == ""
    page.panes.steps.view.setFocus()
    QTest.keyClick(page.panes.steps.view, Qt.Key.Key_F8)
    assert (page.panes.place, page.focusWidget()) == ((0,), notice.buttons[0])
    QTest.keyClick(notice.buttons[0], Qt.Key.Key_Tab)
    assert page.focusWidget() is notice.buttons[1]
    notice.buttons[0].click()
    assert (page.text(), notice.told) == (PLAIN, "")
    assert page.focusWidget() is not None
    assert page.focusWidget().isVisible()
    opened(page, PLAIN.replace("name: Slow", "nmae: Slow"))
    turn_to(page, ())
    assert page.panes.form.routine.notice.told == "Unknown key “nmae”. Did you mean “name”?"


def test_nothing_is_told_where_everything_was_taken_or_the_step_is_deleted(page: EditorPage) -> None:
    form = page.panes.form.step
    retype(form.length.low.line, "9 min")
    retype(form.title, "")
    turn_to(page, (2,))
    assert not page.toast.isVisible()
    retype(form.length.low.line, "9 mni")
    page.panes.steps.do("delete")
    assert page.toast.words.text() == "Rest deleted"
    opened(page, PLAIN)
    retype(form.length.low.line, "9 mni")
    turn_to(page, (2,))
    opened(page, PLAIN.replace("Slow", "Quick"))
    assert not page.toast.isVisible()


def test_tab_leads_from_one_end_of_a_range_to_the_other_and_to_every_key_beside_them(page: EditorPage) -> None:
    turn_to(page, (1, 1))
    low, high = page.panes.form.step.length.low, page.panes.form.step.length.high
    way = [low.less, low.line, high.line, low.more, high.less, high.more]
    low.less.setFocus(Qt.FocusReason.TabFocusReason)
    for reached in way[1:]:
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        assert page.focusWidget() is reached
    for reached in reversed(way[:-1]):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Backtab)
        assert page.focusWidget() is reached


def test_steppers_make_a_length_longer_and_shorter(page: EditorPage) -> None:
    low = page.panes.form.step.length.low
    low.more.click()
    assert "duration: 2 min  # as" in page.text()
    QTest.keyClick(low.line, Qt.Key.Key_Down)
    assert "duration: 1 min 30 s  # as" in page.text()


def test_a_length_is_reached_by_tab_and_typed_on_either_of_its_keys(page: EditorPage) -> None:
    low = page.panes.form.step.length.low
    low.less.setFocus(Qt.FocusReason.TabFocusReason)
    for reached in (low.line, low.more):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        assert page.focusWidget() is reached
    for key, typed in ((low.less, "4 min"), (low.more, "25 s")):
        key.setFocus(Qt.FocusReason.TabFocusReason)
        ring = key.ring.rect.translated(key.mapTo(low, key.ring.rect.topLeft()) - key.ring.rect.topLeft())
        assert not ring.isEmpty()
        assert not ring.intersects(low.line.geometry())
        for letter in typed:
            QTest.keyClicks(page.focusWidget(), letter)
        assert low.line.hasFocus()
        assert low.line.text() == typed
        assert f"duration: {typed}  # as" in page.text()


def test_a_built_in_routine_has_its_own_name_until_it_is_changed(page: EditorPage) -> None:
    opened(page, PLAIN, builtin="Slow")
    for title, name in (("", "Slow"), ("Wide", "Slow evening")):
        if title:
            retype(page.panes.form.step.title, title)
        shown = page.routine_as_shown()
        assert shown is not None
        assert shown.name == page.header.heading.text() == name


def test_a_short_line_of_the_preview_stands_beside_its_time(page: EditorPage) -> None:
    rows = [row for row in a_beat(page).preview.rows if row.heard.chime]
    assert rows
    for row in rows:
        time, words = row.findChildren(Label)[:2]
        assert words.y() == time.y()
        assert words.height() == words.heightForWidth(words.width())  # in a higher one they stand in the middle


def test_a_range_keeps_its_ends_in_order(page: EditorPage) -> None:
    turn_to(page, (1, 1))
    length = page.panes.form.step.length
    assert (length.low.line.text(), length.high.line.text()) == ("5 min", "7 min")
    for _ in range(3):
        length.low.more.click()
    assert "duration: 8-9 min" in page.text()
    retype(length.high.line, "12 min")
    assert "duration: 8-12 min" in page.text()
    assert length.high.line.text() == "12 min"


def test_an_end_beyond_the_other_stays_as_typed_until_the_other_follows(page: EditorPage) -> None:
    turn_to(page, (1, 1))
    length, field = page.panes.form.step.length, page.panes.form.step.fields["duration"]
    for first, second, typed, then, written in (
        (length.low.line, length.high.line, "9 min", "12 min", "9-12 min"),
        (length.high.line, length.low.line, "4 min", "2 min", "2-4 min"),
    ):
        before = page.text()
        retype(first, typed)
        QTest.keyClick(first, Qt.Key.Key_Return)
        assert (first.text(), page.text()) == (typed, before)
        assert "is not below its upper end" in field.words
        retype(second, then)
        QTest.keyClick(second, Qt.Key.Key_Return)
        assert f"duration: {written}" in page.text()
        assert (first.text(), second.text(), field.is_untaken) == (typed, then, False)


def test_a_length_turns_from_fixed_to_range_to_wait_and_back(page: EditorPage) -> None:
    length = page.panes.form.step.length
    length.mode.choose("range")
    assert "duration: 1 min 30 s - 2 min 30 s" in page.text()
    length.mode.choose("wait")
    assert "duration: wait  # as the leaflet has it" in page.text()
    length.mode.choose("fixed")
    assert "duration: 2 min  # as the leaflet has it" in page.text()


def test_what_ends_a_range_early_goes_with_the_range_and_comes_back_with_it(page: EditorPage) -> None:
    opened(page, PLAIN.replace("until: milk slows", "until: milk slows\n        linger: 30 s"))
    turn_to(page, (1, 1))
    length, before = page.panes.form.step.length, page.text()
    length.mode.choose("fixed")
    assert "duration: 7 min\n  - kind: rest" in page.text()
    length.mode.choose("wait")
    assert "duration: wait\n  - kind: rest" in page.text()
    assert page.header.state.text() != "Not applied yet"
    length.mode.choose("range")
    assert "until: milk slows\n        linger: 30 s\n" in page.text()
    while page.text() != before:
        page.header.undo.click()
    length.mode.choose("fixed")
    turn_to(page, (2,))
    turn_to(page, (1, 1))
    length.mode.choose("range")
    assert "until" not in page.text()


def test_until_without_a_range_is_told_beneath_its_own_field(page: EditorPage) -> None:
    page.document.take(PLAIN.replace("duration: 5-7 min", "duration: 5 min"))
    turn_to(page, (1, 1))
    assert page.panes.form.step.fields["until"].words == "Needs a range; write for example 'duration: 3-5 min'."
    assert not page.panes.form.step.fields["until"].isHidden()
    assert page.header.state.text() == "Not applied yet"
    assert a_beat(page).preview.heading.text() == "Last version that plays"


def test_a_field_emptied_on_the_way_keeps_the_comment_beside_it(page: EditorPage) -> None:
    text = PLAIN.replace("title: Small circles", "title: Small circles  # hers")
    opened(page, text)
    title = page.panes.form.step.title
    title.setFocus()
    title.selectAll()
    QTest.keyClick(title, Qt.Key.Key_Backspace)
    assert page.text() == text
    QTest.keyClicks(title, "Wide")
    assert "title: Wide  # hers" in page.text()
    title.selectAll()
    QTest.keyClick(title, Qt.Key.Key_Backspace)
    QTest.keyClick(title, Qt.Key.Key_Tab)
    assert "title:" not in page.text()


def step_fields(page: EditorPage) -> dict[str, Any]:
    return page.document.fields((0,))


def test_every_key_of_a_step_goes_through_the_form_and_back(page: EditorPage) -> None:
    opened(page, "name: x\nsteps:\n  - kind: rest\n    duration: 1 min\n")
    form = page.panes.form.step
    form.kinds.buttons["pump"].click()
    retype(form.title, "Double pump")
    form.side.choose("left")
    retype(form.length.low.line, "5-7 min")
    QTest.keyClick(form.length.low.line, Qt.Key.Key_Return)
    form.until.chosen.emit("milk slows")
    retype(form.linger, "10 s")
    retype(form.say, "Start, both: {side}\nNow")
    retype(form.shown, "Both pumps.")
    retype(form.partner, "Water helps.")
    retype(form.suction, "- gentle")
    form.suggested.click()
    form.drawn.chosen.emit("none")
    form.sound.chosen.emit("rest")
    retype(form.beats, "press back\nrelax, yes")
    retype(form.every, "2 s")
    form.cues.add.click()
    row = form.cues.rows[0][0]
    retype(row.moment, "50%")
    retype(row.say, "Half.")
    retype(row.shown, "Halfway.")
    row.sound.chosen.emit("tick")
    assert step_fields(page) == {
        "kind": "pump",
        "title": "Double pump",
        "side": "left",
        "duration": "5-7 min",
        "until": "milk slows",
        "linger": "10 s",
        "suction": "- gentle",
        "say": "Start, both: {side}\nNow",
        "show": "Both pumps.",
        "partner": "Water helps.",
        "suggested": "true",
        "motion": "none",
        "sound": "rest",
        "pace": {"beats": ["press back", "relax, yes"], "every": "2 s"},
        "cues": [{"at": "50%", "say": "Half.", "show": "Halfway.", "sound": "tick"}],
    }
    assert page.document.reading.problems == ()
    turn_to(page, ())
    turn_to(page, (0,))
    assert [form.title.text(), form.linger.text(), form.say.toPlainText(), form.beats.toPlainText()] == [
        "Double pump",
        "10 s",
        "Start, both: {side}\nNow",
        "press back\nrelax, yes",
    ]
    assert [form.side.value, form.until.value, form.drawn.value, form.sound.value] == [
        "left",
        "milk slows",
        "none",
        "rest",
    ]
    assert form.suggested.isChecked()
    assert row.moment.text() == "50%"


def test_every_key_of_a_step_can_be_taken_away_again(page: EditorPage) -> None:
    opened(page, EVERYTHING)
    form = page.panes.form.step
    for line in (form.title, form.linger, form.suction, form.partner):
        retype(line, "")
        QTest.keyClick(line, Qt.Key.Key_Backspace)
        QTest.keyClick(line, Qt.Key.Key_Return)
    for paragraph in (form.say, form.shown, form.beats):
        retype(paragraph, "")
        QTest.keyClick(paragraph, Qt.Key.Key_Backspace)
        form.title.setFocus()
    form.until.chosen.emit("")
    form.suggested.click()
    form.drawn.chosen.emit("")
    form.sound.chosen.emit("")
    form.cues.rows[0][0].remove.click()
    assert step_fields(page) == {"kind": "pump", "side": "both", "duration": "5-7 min"}


def test_usual_cues_are_switched_on_and_off(page: EditorPage) -> None:
    checks = {check.text(): check for check in page.panes.form.step.cues.checks}
    assert not checks["When the range may end"].isVisibleTo(page)
    for words in ("Halfway", "10 s left", "Every minute"):
        checks[words].click()
    cues = step_fields(page)["cues"]
    assert [cue.get("at") or cue.get("every") for cue in cues] == ["50%", "-10 s", "1 min"]
    assert page.document.reading.problems == ()
    for check in checks.values():
        if check.isChecked():
            check.click()
    assert page.text() == PLAIN


def test_cues_are_put_in_another_order_and_turned_from_at_to_every(page: EditorPage) -> None:
    editor = page.panes.form.step.cues
    editor.checks[0].click()
    editor.checks[1].click()
    editor.rows[1][0].up.click()
    assert [cue["at"] for cue in step_fields(page)["cues"]] == ["-10 s", "50%"]
    retype(editor.rows[0][0].moment, "30 s")
    editor.rows[0][0].key.chosen.emit("every")
    assert step_fields(page)["cues"][0] == {"every": "30 s", "say": "Ten seconds."}
    page.header.undo.click()
    assert step_fields(page)["cues"][0] == {"at": "30 s", "say": "Ten seconds."}


def test_a_cue_outside_its_step_is_not_applied(page: EditorPage) -> None:
    page.panes.form.step.cues.checks[0].click()
    row, field = page.panes.form.step.cues.rows[0]
    retype(row.moment, "3 min")
    assert field.words == "Falls outside its step, which lasts 1 min 30 s; write a shorter length."
    assert step_fields(page)["cues"][0]["at"] != "3 min"


def test_what_is_said_tells_how_long_it_takes_and_how_it_stands_on_the_screen(page: EditorPage) -> None:
    retype(page.panes.form.step.say, "Small circles with flat fingers, from the ribs inward, both sides.")
    assert "about 5 s to say" in page.panes.form.step.fields["say"].words
    assert (
        page.panes.form.step.fields["show"].words
        == "On the screen:\nSmall circles with flat\nfingers, from the ribs inward, …"
    )


def test_tab_comes_to_the_chosen_kind_and_the_chosen_sort_of_length_alone(page: EditorPage) -> None:
    turn_to(page, (1, 1))
    step = page.panes.form.step
    stops = walked(page, step.title)
    kinds = [one for one in step.kinds.buttons.values() if one in stops]
    modes = [one for one in step.length.mode.wide.parts if one in stops]
    assert [one.text() for one in kinds] == ["Pump"]
    assert [one.text() for one in modes] == ["Range"]


def test_tab_goes_through_header_panes_and_preview_as_they_are_read(page: EditorPage) -> None:
    areas = [page.header, page.panes.steps, page.panes.form, page.preview]
    for place in ((1, 0), (2,), (0,)):  # whose sides, and lines in the preview, are made anew
        turn_to(page, place)
        a_beat(page)
        stops = walked(page, page.header.back)
        within = [next(n for n, area in enumerate(areas) if area.isAncestorOf(stop)) for stop in stops]
        assert within == sorted(within)
        listens = [row.button for row in page.preview.rows if row.button is not None]
        assert stops[-len(listens) :] == listens
        assert page.preview.speed.isAncestorOf(stops[-len(listens) - 1])
    page.panes.show_tab("yaml")
    seen = [stop for stop in stops_of(page) if stop.isVisible() and stop.isEnabled()]
    pane = seen.index(page.panes.text_view().pane)
    assert seen[pane - 1] is page.header.play
    assert page.preview.isAncestorOf(seen[pane + 1])


def test_a_text_that_names_the_side_is_shown_with_the_side_in_its_place(page: EditorPage) -> None:
    step = page.panes.form.step
    step.side.chosen.emit("left")
    retype(step.say, "Now {side}, at {level}.")
    assert step.fields["show"].words == "On the screen:\nNow left, at the most that\nstill feels comfortable."


def test_the_preview_names_the_level_of_her_pump_as_the_session_does(page: EditorPage) -> None:
    text = "name: Mine\nsteps:\n  - {kind: pump, duration: 2 min, say: 'At {level}.'}\n"
    page.edit(EditView("mine", text, "mine.yaml", pump=Pump(level_left="3", level_right="5,5")))
    assert page.preview.texts[0] == "At your comfortable level, 3 left and 5,5 right."
    heard: list[str] = []
    page.listen_asked.connect(heard.append)
    page.panes.form.step.listen.click()
    assert heard == ["At your comfortable level, 3 left and 5,5 right."]
    page.show_pump(Pump())
    a_beat(page)
    assert page.preview.texts[0] == "At the most that still feels comfortable."


def test_a_mark_that_is_not_known_is_told_in_its_field_with_the_one_that_was_meant(page: EditorPage) -> None:
    step = page.panes.form.step
    retype(step.say, "Now {foo}.")
    assert step.fields["say"].words.startswith("'{foo}' is no mark that is replaced; known are {side}, {level}.")
    assert step_fields(page)["say"] == "Now {foo}."
    retype(step.say, "Now {Side}.")
    step.fields["say"].fix.click()
    assert step_fields(page)["say"] == "Now {side}."


# Groups and the routine


def test_the_kinds_are_a_menu_where_they_would_stand_in_two_columns(
    page: EditorPage, look: Look, qapp: QApplication
) -> None:
    kinds, name = page.panes.form.step.kinds, page.panes.form.step.fields["kind"].name
    assert name.isHidden()
    kinds.buttons["massage"].setFocus()
    look.choose_scale(1.6)
    page.resize(800, 560)
    qapp.processEvents()
    assert (kinds.narrow.isVisible(), kinds.buttons["massage"].isVisible()) == (True, False)
    assert (kinds.narrow.text(), kinds.narrow.hasFocus()) == ("Massage", True)
    assert (name.isVisible(), name.text()) == (True, "Kind of step")
    assert kinds.height() == kinds.narrow.height() < 100
    kinds.narrow.menu.actions()[3].trigger()
    assert "kind: shake" in page.text()
    page.document.take(PLAIN.replace("massage", "masage"))
    assert kinds.narrow.text() == "'masage'"
    look.choose_scale(1.0)
    page.resize(1160, 780)
    qapp.processEvents()
    assert (kinds.narrow.isVisible(), kinds.buttons["prepare"].hasFocus(), name.isVisible()) == (False, True, False)


def test_the_sides_of_a_group_are_a_menu_where_their_words_have_no_room_at_one_size(look: Look) -> None:
    around = QWidget()
    side = ChoiceRow([("", "As each step says"), ("left", "Left")], look=look, name="Side", parent=around)
    for share in (0.5, 1.0):
        for part in side.wide.parts:
            part.squeeze(share)
        for more in (-1, 0):
            side.resize(side.wide.natural_width + more, 60)
            side.resizeEvent(QResizeEvent(side.size(), side.size()))
            assert (side.wide.isHidden(), side.narrow.isHidden()) == (more < 0, more == 0)


def test_a_group_says_how_often_and_on_which_side(page: EditorPage) -> None:
    turn_to(page, (1,))
    page.panes.form.group.times.more.click()
    page.panes.form.group.side.choose("each")
    assert page.document.fields((1,))["repeat"] == "3"
    assert page.document.fields((1,))["side"] == "each"
    assert titles(page)[1] == "Repeat three times, each side"
    page.panes.form.group.side.choose("")
    assert "side" not in page.document.fields((1,))
    page.panes.form.group.apart.click()
    assert titles(page) == ["Small circles", "Stroke", "Pump", "Rest"]


def test_a_step_in_a_group_may_take_the_groups_side(page: EditorPage) -> None:
    turn_to(page, (1, 1))
    assert page.panes.form.step.side.value == ""
    page.panes.form.step.side.choose("right")
    assert page.document.fields((1, 1))["side"] == "right"
    page.panes.form.step.side.choose("")
    assert page.text() == PLAIN


def test_every_key_of_the_routine_goes_through_the_form_and_back(page: EditorPage) -> None:
    opened(page, "name: x\nsteps:\n  - kind: rest\n    duration: 1 min\n")
    turn_to(page, ())
    form = page.panes.form.routine
    retype(form.name, "My evening")
    retype(form.for_whom, "When: tired")
    form.sounds.chosen.emit("rain")
    retype(form.summary, "Slow: and warm.")
    retype(form.language, "pt-BR")
    for check in form.purposes.values():
        check.click()
    next(iter(form.purposes.values())).click()
    form.start.choose("alternate")
    form.sore.chosen.emit("avoid")
    retype(form.get_ready, "Water\nA towel, warm")
    retype(form.safety, "Ease off.")
    retype(form.evidence, "None yet.")
    form.add.click()
    retype(form.rows[0][0].title, "A leaflet")
    retype(form.rows[0][0].url, "https://example.org/a")
    fields = page.document.fields(())
    assert {key: value for key, value in fields.items() if key != "steps"} == {
        "name": "My evening",
        "for": "When: tired",
        "summary": "Slow: and warm.",
        "language": "pt-BR",
        "purposes": ["promote", "treat"],
        "start_side": "alternate",
        "get_ready": ["Water", "A towel, warm"],
        "safety": ["Ease off."],
        "when_sore": "avoid",
        "sounds": "rain",
        "evidence": "None yet.",
        "sources": [{"title": "A leaflet", "url": "https://example.org/a"}],
    }
    assert page.document.reading.problems == ()
    assert page.header.heading.text() == "My evening"
    turn_to(page, (0,))
    turn_to(page, ())
    assert form.get_ready.toPlainText() == "Water\nA towel, warm"
    form.rows[0][0].remove.click()
    assert "sources" not in page.document.fields(())


@pytest.mark.parametrize(
    ("typed", "words"), [("english!", "'english!' is not a language tag; write for example 'en' or 'pt-BR'.")]
)
def test_a_language_that_is_none_is_not_applied(page: EditorPage, typed: str, words: str) -> None:
    turn_to(page, ())
    retype(page.panes.form.routine.language, typed)
    assert page.panes.form.routine.fields["language"].words == words


def test_a_routine_always_has_a_name(page: EditorPage) -> None:
    turn_to(page, ())
    name = page.panes.form.routine.name
    retype(name, "")
    QTest.keyClick(name, Qt.Key.Key_Backspace)
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert page.panes.form.routine.fields["name"].words == "A name is one line of 1 to 80 letters."
    assert page.text() == PLAIN


def test_a_text_whose_form_cannot_be_kept_says_so_and_stays(page: EditorPage) -> None:
    shared = "name: x\nsteps:\n  - &a\n    kind: rest\n    duration: 1 min\n  - *a\n"
    opened(page, shared)
    turn_to(page, (1,))
    retype(page.panes.form.step.title, "A")
    field = page.panes.form.step.fields["title"]
    assert field.words == "This part is shared with another one (by '&' and '*'). Change it in the text view."
    assert not field.to_text.isHidden()
    assert page.text() == shared


def test_a_fix_is_one_press_in_the_form_too(page: EditorPage) -> None:
    opened(page, PLAIN.replace("until: milk slows", "until: milk slow"))
    turn_to(page, (1, 1))
    field = page.panes.form.step.fields["until"]
    assert field.fix.text() == "Change to 'milk slows'"
    field.fix.click()
    assert page.text() == PLAIN


def test_the_keyboard_stays_on_the_page_where_the_text_cannot_be_read_any_more(page: EditorPage) -> None:
    steps = page.panes.steps
    page.panes.show_tab("yaml")
    view = page.panes.text_view()
    view.pane.setPlainText("name: [broken")
    page.flush()
    page.panes.show_tab("steps")
    assert focus_within(page) is page.panes.form.to_text
    QTest.keyClick(page.panes.form.to_text, Qt.Key.Key_Tab, CONTROL)
    assert focus_within(page) is view.pane
    page.panes.show_tab("steps")
    page.document.take(PLAIN)
    assert (steps.isEnabled(), focus_within(page)) == (True, steps.view)
    page.document.take("name: [broken")  # as another program wrote it, while she is among the steps
    assert (steps.isEnabled(), focus_within(page)) == (False, page.panes.form.to_text)


# Undo, saving, and the file


def test_undo_and_redo_are_the_texts_own(page: EditorPage) -> None:
    retype(page.panes.form.step.title, "Wide")
    QTest.keyClick(page.panes.form.step.title, Qt.Key.Key_Z, CONTROL)
    assert page.text() == PLAIN
    assert page.panes.form.step.title.text() == "Small circles"
    QTest.keyClick(page.panes.form.step.title, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert page.panes.form.step.title.text() == "Wide"


def test_each_version_is_kept_as_a_draft_and_one_that_plays_is_to_be_saved(page: EditorPage) -> None:
    drafts: list[str] = []
    saves: list[str] = []
    page.text_changed.connect(drafts.append)
    page.save_asked.connect(saves.append)
    retype(page.panes.form.step.title, "Wide")
    assert page.header.state.text() == "Saving"
    page.keeping.draft_timer.timeout.emit()
    page.keeping.save_timer.timeout.emit()
    wanted = PLAIN.replace("title: Small circles", "title: Wide")
    assert (drafts[-1], saves) == (wanted, [wanted])
    page.show_saved()
    assert page.header.state.text() == "Saved"


def test_the_tabs_stay_where_they_are_while_the_words_beside_them_tell_of_saving(
    page: EditorPage, qapp: QApplication
) -> None:
    places = set()
    for state in STATES:
        page.header.show_state(state)
        qapp.processEvents()
        places.add(page.header.tabs.x())
    assert len(places) == 1
    page.resize(1000, 780)  # where a long name needs the room more
    page.header.show_name("Early morning, before work, slowly and with both hands")
    page.header.show_state("saved")
    qapp.processEvents()
    long_name = page.header.heading.width()
    page.header.show_state("not playable")
    qapp.processEvents()
    assert page.header.heading.width() < long_name


def test_a_text_with_a_problem_is_kept_as_a_draft_and_not_saved(page: EditorPage) -> None:
    drafts: list[str] = []
    saves: list[str] = []
    page.text_changed.connect(drafts.append)
    page.save_asked.connect(saves.append)
    page.document.take(PLAIN.replace("duration: 5-7 min", "duration: 5 min"))
    page.flush()
    assert len(drafts) == 1
    assert saves == []


def test_leaving_sends_what_waits_and_then_asks(page: EditorPage) -> None:
    told: list[str] = []
    page.save_asked.connect(lambda _: told.append("save"))
    page.back_asked.connect(lambda: told.append("back"))
    retype(page.panes.form.step.title, "Wide")
    page.header.back.click()
    assert told == ["save", "back"]


def test_trouble_with_saving_is_told_and_the_text_kept(page: EditorPage) -> None:
    retype(page.panes.form.step.title, "Wide")
    page.show_save_trouble("The disk is full. The text stays here.")
    assert page.message.told == "The disk is full. The text stays here."
    assert page.header.state.text() == "Not saved yet"
    page.show_saved()
    assert page.message.told == ""


@pytest.mark.parametrize("takes", [True, False])
def test_a_file_changed_by_another_program_loses_neither_version(page: EditorPage, takes: bool) -> None:
    retype(page.panes.form.step.title, "Wide")
    mine = page.text()
    theirs = PLAIN.replace("Slow evening", "Slow night")
    saves: list[str] = []
    page.save_asked.connect(saves.append)
    page.show_changed_on_disk(theirs)
    keep, take = page.message.buttons
    (take if takes else keep).click()
    if takes:
        assert page.text() == theirs
        page.header.undo.click()
        assert page.text() == mine
    else:
        assert saves == [mine]
        page.header.undo.click()
        assert page.text() == theirs


def test_a_clean_editor_shows_a_changed_file_anew(page: EditorPage) -> None:
    saves: list[str] = []
    page.save_asked.connect(saves.append)
    theirs = PLAIN.replace("Slow evening", "Slow night")
    page.show_changed_on_disk(theirs)
    assert page.text() == theirs
    assert page.message.buttons == []
    page.flush()
    assert saves == []


def test_escape_leaves_the_form_at_once_and_the_text_at_the_second_press(page: EditorPage) -> None:
    left: list[None] = []
    page.back_asked.connect(lambda: left.append(None))
    page.panes.form.step.title.setFocus()
    QTest.keyClick(page.panes.form.step.title, Qt.Key.Key_Escape)
    assert len(left) == 1
    page.panes.show_tab("yaml")
    pane = page.panes.text_view().pane
    QTest.keyClick(pane, Qt.Key.Key_Escape)
    assert len(left) == 1
    QTest.keyClick(pane, Qt.Key.Key_Escape)
    assert len(left) == 2


def test_nothing_is_saved_over_a_file_in_doubt(page: EditorPage) -> None:
    retype(page.panes.form.step.title, "Wider")
    saves: list[str] = []
    page.save_asked.connect(saves.append)
    page.show_changed_on_disk(PLAIN.replace("Slow evening", "Slow night"))
    retype(page.panes.form.step.title, "Wide")
    page.flush()
    assert saves == []
    assert not page.message.close_button.isVisible()


def test_a_draft_waits_for_a_word_before_it_is_saved(page: EditorPage) -> None:
    saves: list[str] = []
    page.save_asked.connect(saves.append)
    draft = PLAIN.replace("Slow evening", "Slow night")
    opened(page, PLAIN, draft=draft)
    page.flush()
    assert saves == []
    page.message.buttons[0].click()
    assert saves == [draft]


def test_the_sentence_of_a_new_routine_follows_the_kind_and_her_own_stays(page: EditorPage) -> None:
    english, german = words_of("en"), words_of("de")
    for language, of in (("en", english), ("de", german), ("fr", english)):
        text = new_routine(language, of)
        opened(page, text)
        kinds = page.panes.form.step.kinds.buttons
        turn_to(page, (0,))
        kinds["stroke"].click()
        assert "say" not in step_fields(page)
        page.document.undo()
        assert page.text() == text, "one edit"
        kinds["pump"].click()
        fields = step_fields(page)
        assert (fields["kind"], fields["say"], fields["show"]) == ("pump", *texts_of("pump", of).values())
        page.document.undo()
        turn_to(page, (1,))
        kinds["rest"].click()
        fields = page.document.fields((1,))
        assert (fields["say"], "show" in fields) == (texts_of("rest", of)["say"], False)
    hers = "Small circles, from the ribs inward. Slowly."
    opened(page, new_routine().replace("Small circles, from the ribs inward.", hers))
    turn_to(page, (0,))
    page.panes.form.step.kinds.buttons["pump"].click()
    assert (step_fields(page)["say"], "show" in step_fields(page)) == (hers, False)


def test_a_later_change_takes_the_undo_of_a_deletion_away(page: EditorPage) -> None:
    turn_to(page, (2,))
    QTest.keyClick(page.panes.steps.view, Qt.Key.Key_Delete)
    assert page.toast.isVisible()
    turn_to(page, (0,))
    page.panes.form.step.kinds.buttons["rest"].click()
    assert not page.toast.isVisible()


def test_a_draft_is_offered_and_the_saved_version_one_press_away(page: EditorPage) -> None:
    draft = PLAIN.replace("Slow evening", "Slow night")
    opened(page, PLAIN, draft=draft)
    assert page.text() == draft
    page.message.buttons[1].click()
    assert page.text() == PLAIN


def test_a_built_in_says_that_a_change_makes_a_copy(page: EditorPage) -> None:
    opened(page, PLAIN.replace("Slow evening", "Slow evening, mine"), builtin="Slow evening")
    assert page.message.told == "Built in: your change makes your own copy, called “Slow evening, mine”."
    assert page.header.builtin.isVisible()
    assert page.header.heading.text() == "Slow evening"
    retype(page.panes.form.step.title, "Wide")
    page.show_as_hers(page.text())
    assert page.header.yours.isVisible()
    assert page.message.told == ""
    assert page.header.heading.text() == "Slow evening, mine"
    assert page.header.state.text() == "Saved"
    assert page.panes.form.step.title.text() == "Wide"


def test_renaming_cuts_the_name_into_the_text(page: EditorPage) -> None:
    page.set_name("Quick evening")
    assert page.text() == PLAIN.replace("Slow evening", "Quick evening")


# Playing and hearing


def test_how_long_a_text_takes_is_about_until_the_voice_has_said_it(page: EditorPage) -> None:
    asked: list[list[str]] = []
    page.lengths_asked.connect(asked.append)
    page.lengths.timer.timeout.emit()
    assert asked == [["Small circles.", "Next: stroke."]]
    hint = page.panes.form.step.fields["say"]
    assert hint.words.endswith("Takes about 1 s to say.")
    page.lengths.learn({"Small circles.": timedelta(seconds=100), "Next: stroke.": timedelta(seconds=2)})
    assert hint.words.endswith("Takes 1 min 40 s to say.")
    noted = [row.heard.note for row in a_beat(page).preview.rows if row.heard.speech]
    assert noted == ["Takes 1 min 40 s to say, longer than the step", ""]
    page.lengths.timer.timeout.emit()
    assert len(asked) == 1


def test_play_from_here_tells_the_segment_and_the_speed(page: EditorPage) -> None:
    asked: list[tuple[int, float]] = []
    page.play_asked.connect(lambda index, speed: asked.append((index, speed)))
    turn_to(page, (1, 1))
    QTest.keyClick(page.panes.steps.view, Qt.Key.Key_Return, CONTROL)
    page.preview.speed.choose(10.0)
    turn_to(page, (2,))
    page.header.play.click()
    assert asked == [(2, 1.0), (5, 10.0)]


def test_the_preview_tells_what_is_heard_when(page: EditorPage) -> None:
    turn_to(page, (1, 1))
    heard = [(row.heard.at, row.heard.text) for row in a_beat(page).preview.rows]
    assert heard == [
        ("0:00", "Soft chime"),
        ("0:02", "Pump"),
        ("2:30", "Halfway to the mark."),
        ("5:00", "May end from here"),
        ("5:00", "Chime of the mark"),
        ("5:02", "When your milk slows, go on. Or let it run."),
        ("6:50", "Next: stroke."),
        ("7:00", "Moves on by itself"),
    ]
    assert page.preview.about.text() == "5–7 min  ·  1 of 2"


def test_changes_within_a_beat_are_shown_in_the_preview_once_and_lost_nowhere(
    page: EditorPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []
    show_plan = page.preview.show_plan

    def count(plan: Plan | None, place: tuple[int, ...], *, current: bool) -> None:
        shown.append(plan)
        show_plan(plan, place, current=current)

    monkeypatch.setattr(page.preview, "show_plan", count)
    retype(page.panes.form.step.title, "Wide circles")
    page.panes.form.step.side.choose("left")
    page.header.undo.click()
    assert page.preview.title.text() == "Small circles"
    a_beat(page)
    assert page.preview.title.text() == "Wide circles"
    assert shown == [page.document.plan]


def test_what_is_changed_in_the_beat_before_it_is_left_is_saved(page: EditorPage) -> None:
    saved: list[str] = []
    page.save_asked.connect(saved.append)
    retype(page.panes.form.step.title, "Wide circles")
    assert page.beat.isActive()
    page.header.back.click()
    assert saved == [PLAIN.replace("title: Small circles", "title: Wide circles")]
    assert a_beat(page).preview.title.text() == "Wide circles"


def test_a_routine_opened_within_the_beat_of_another_shows_its_own_preview(page: EditorPage) -> None:
    retype(page.panes.form.step.title, "Wide circles")
    assert page.beat.isActive()
    opened(page, EVERYTHING)
    assert page.preview.title.text() == "Double pump"
    assert not page.beat.isActive()


def test_the_beat_is_counted_from_when_the_change_has_been_painted(page: EditorPage, qapp: QApplication) -> None:
    retype(page.panes.form.step.title, "Wide circles")
    page.beat.setInterval(60_000)
    page.beat.start(0)  # as where painting took longer than the beat
    qapp.processEvents()
    assert page.beat.isActive()
    assert page.preview.title.text() == "Small circles"
    page.beat.setInterval(A_BEAT)


def test_the_row_of_the_next_cue_is_there_before_it_is_asked_for(
    page: EditorPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    cues = page.panes.form.step.cues
    cues.at_rest.timeout.emit()

    def made(*_: object, **__: object) -> None:
        pytest.fail("a row is made while she waits")

    monkeypatch.setattr("guide.pages.editor.cues.CueRow", made)
    cues.add.click()
    row, field = cues.rows[0]
    assert field.isVisible()
    assert row.say.text() == "Breathe out."
    assert focus_within(page) is row.moment
    order: list[QWidget] = [row.moment, row.up, row.down, row.remove, row.say, row.listen, row.shown, row.sound]
    for control, following in pairwise(one for one in order if one.isEnabled()):
        QTest.keyClick(control, Qt.Key.Key_Tab)
        assert focus_within(page) is following
    row.say.clear()  # told by leaving it, and not left
    page.header.undo.click()
    assert (cues.rows, field.isVisible()) == ([], False)
    page.header.redo.click()
    assert cues.rows == [(row, field)]
    assert (row.say.text(), field.isVisible()) == ("Breathe out.", True)


def test_a_form_is_made_when_it_is_first_shown_or_once_she_rests_and_has_its_place_in_the_way_of_tab(
    look: Look, qtbot: QtBot, qapp: QApplication
) -> None:
    page = EditorPage(look=look)
    qtbot.addWidget(page)
    page.resize(1160, 780)
    page.show()
    page.activateWindow()
    opened(page, PLAIN)
    forms = page.panes.form
    assert {type(one) for one in page.findChildren(Form)} == {StepForm}
    turn_to(page, (1,))
    assert {type(one) for one in page.findChildren(Form)} == {StepForm, GroupForm}
    forms.at_rest.timeout.emit()
    assert {type(one) for one in page.findChildren(Form)} == {StepForm, GroupForm, RoutineForm}
    for place, first, last in (
        ((0,), forms.step.kinds.buttons["massage"], forms.step.beats),
        ((1,), forms.group.times.less, forms.group.apart),
        ((), forms.routine.name, forms.routine.add),
    ):
        turn_to(page, place)
        qapp.processEvents()
        way = walked(page, page.panes.steps.more)
        inside = [one for one in way if forms.isAncestorOf(one)]
        assert way[1 : 1 + len(inside)] == inside
        assert (inside[0], inside[-1]) == (first, last)
    for timer in timers(page):
        timer.stop()


def test_tab_leads_from_a_field_to_what_can_be_done_about_it(page: EditorPage) -> None:
    opened(page, "name: x\nsteps:\n  - {kind: masage, duration: 1 min}\n")
    step = page.panes.form.step
    step.kinds.buttons["rest"].setFocus()
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert page.focusWidget() is step.fields["kind"].fix
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert page.focusWidget() is step.title


def test_the_lines_of_the_preview_are_as_high_as_their_words_the_first_time_they_are_painted(page: EditorPage) -> None:
    page.resize(1160, 420)  # where they do not fit and are scrolled
    turn_to(page, (1,))
    a_beat(page)
    turn_to(page, (1, 1))
    rows = a_beat(page).preview.rows  # laid out, and not painted yet
    assert len(rows) > 4
    assert [row.height() for row in rows] == [row.heightForWidth(row.width()) for row in rows]


def test_a_cue_adds_its_line_to_the_preview_and_drops_no_row_that_was_there(page: EditorPage) -> None:
    step = page.panes.form.step
    before = list(page.preview.rows)
    step.cues.add.click()
    rows = a_beat(page).preview.rows
    assert "Breathe out." in [row.heard.text for row in rows]
    assert len(rows) == len(before) + 1
    assert [row for row in rows if row in before] == before
    buttons = [row.button for row in rows if row.button is not None]
    buttons[0].setFocus()
    for button, following in pairwise(buttons):
        QTest.keyClick(button, Qt.Key.Key_Tab)
        assert focus_within(page) is following
    step.cues.rows[0][0].remove.click()
    assert len(a_beat(page).preview.rows) == len(before)


def test_every_spoken_line_can_be_heard(page: EditorPage) -> None:
    said: list[str] = []
    chimes: list[str] = []
    page.listen_asked.connect(said.append)
    page.chime_listen_asked.connect(chimes.append)
    for row in page.preview.rows:
        if row.button is not None:
            row.button.click()
    page.panes.form.step.listen.click()
    page.panes.form.step.chime.click()
    assert said == ["Small circles.", "Next: stroke.", "Small circles."]
    assert chimes == ["massage", "massage"]


def test_a_prompt_too_long_for_its_step_is_marked_in_words(page: EditorPage) -> None:
    retype(page.panes.form.step.length.low.line, "5 s")
    retype(page.panes.form.step.say, "word " * 30)
    notes = [row.heard.note for row in a_beat(page).preview.rows if row.heard.note]
    assert notes == ["Takes about 12 s to say, longer than the step"]


def test_suction_of_more_than_half_an_hour_is_marked_in_words(page: EditorPage) -> None:
    turn_to(page, (1, 1))
    retype(page.panes.form.step.length.low.line, "30-31 min")
    QTest.keyClick(page.panes.form.step.length.low.line, Qt.Key.Key_Return)
    assert a_beat(page).preview.note.text().startswith("The suction stays on for up to 31 min here")


# Places and sizes


def test_f8_goes_to_the_step_with_something_to_look_at(page: EditorPage) -> None:
    opened(page, PLAIN.replace("duration: 1 min", "duration: 1 mn"))
    page.panes.steps.view.setFocus()  # the field that had it went with the routine before
    QTest.keyClick(page.panes.steps.view, Qt.Key.Key_F8)
    assert page.panes.steps.place == (2,)
    assert page.panes.steps.view.rows.troubled == {(2,)}
    assert "is not a length of time" in page.panes.form.step.fields["duration"].words


def test_a_text_that_is_no_yaml_disables_the_form_and_leads_to_the_text(page: EditorPage) -> None:
    opened(page, "name: [x\nsteps: }\n")
    assert page.panes.form.stack.currentWidget() is page.panes.form.unreadable
    assert not page.header.play.isEnabled()
    assert not page.panes.steps.isEnabled()


@pytest.mark.parametrize(("width", "beside"), [(1160, True), (1099, False), (800, False)])
def test_the_preview_stands_beside_or_in_a_drawer(
    page: EditorPage, qapp: QApplication, width: int, beside: bool
) -> None:
    page.resize(width, 560)
    qapp.processEvents()
    qapp.processEvents()
    layout = page.layout()
    assert layout is not None
    assert layout.minimumSize().width() <= width
    assert page.preview.isVisible() is beside
    assert page.header.preview_button.isVisible() is not beside
    if not beside:
        page.header.preview_button.click()
        assert page.preview.isVisible()
        assert page.rect().contains(page.drawer.geometry())


def test_no_wrapper_of_an_item_outlives_the_row_that_it_leaves(page: EditorPage, qapp: QApplication) -> None:
    for width in (640, 1400, 640, 1400):
        page.resize(width, 560)
        qapp.processEvents()
    assert kept_items() == []


def test_a_name_that_has_room_is_not_cut_when_the_window_gets_narrow(page: EditorPage, qapp: QApplication) -> None:
    widths = []
    for width in (800, 1400, 800):
        page.resize(width, 560)
        qapp.processEvents()
        widths.append(page.header.heading.width())
    assert widths[0] == widths[2]


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("place", [(), (0,), (1,)])
def test_no_form_is_wider_than_its_pane(
    page: EditorPage, look: Look, qapp: QApplication, scale: float, place: tuple[int, ...]
) -> None:
    look.choose_scale(scale)
    page.resize(800, 560)
    turn_to(page, place)
    qapp.processEvents()
    layout = page.layout()
    assert layout is not None
    assert layout.minimumSize().width() <= 800
    for area in page.panes.form.stack.findChildren(ScrollArea):
        if area.isVisible():
            content = area.widget()
            assert content is not None
            assert content.minimumSizeHint().width() <= area.viewport().width()


def test_the_keyboard_alone_reaches_every_control_of_a_step(page: EditorPage) -> None:
    opened(page, EVERYTHING)
    reached: set[QWidget] = set()
    page.panes.form.step.kinds.buttons["pump"].setFocus()
    while (focus := focus_within(page)) is not None and focus not in reached:
        reached.add(focus)
        page.focusNextChild()
    # of the kinds, and of what lies side by side, Tab reaches one and the arrow keys the others
    by_arrows = {button for button in controls_of(page.panes.form.step) if getattr(button, "group", lambda: None)()}
    missing = [one.accessibleName() for one in controls_of(page.panes.form.step) if one not in reached | by_arrows]
    assert missing == []


def controls_of(widget: QWidget) -> list[QWidget]:
    kinds = QLineEdit | QPlainTextEdit | QAbstractButton
    found = [one for one in widget.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]
    return [one for one in found if one.isEnabled() and one.focusPolicy() != Qt.FocusPolicy.NoFocus]


@pytest.mark.parametrize("place", [(), (0,), (1,)])
def test_every_control_has_a_name_for_a_screen_reader(page: EditorPage, place: tuple[int, ...]) -> None:
    first = "steps:\n  - kind: rest\n    duration: 1 min\n"
    opened(page, EVERYTHING.replace("steps:\n", first, 1) + PLAIN[PLAIN.index("  - repeat") :])
    turn_to(page, place)
    unnamed = [
        type(one).__name__
        for one in controls_of(page)
        if not one.accessibleName() and not (isinstance(one, QAbstractButton) and one.text())
    ]
    assert unnamed == []


def test_a_new_routine_plays_already() -> None:
    reading = read(new_routine())
    assert reading.problems == reading.warnings == ()
    assert reading.routine is not None


# The two views


def test_undo_crosses_the_two_views(page: EditorPage) -> None:
    retype(page.panes.form.step.title, "Wide")
    QTest.keyClick(page.panes.form.step.title, Qt.Key.Key_Tab, CONTROL)
    view = focus_within(page)
    assert isinstance(view, QPlainTextEdit)
    assert view.toPlainText() == page.text()
    view.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(view, "# mine")
    page.document.typing.timeout.emit()
    QTest.keyClick(view, Qt.Key.Key_Tab, CONTROL)
    assert page.header.tabs.value == "steps"
    assert page.text().endswith("# mine")
    for _ in range(10):
        page.header.undo.click()
    assert page.text() == PLAIN
    assert page.panes.form.step.title.text() == "Small circles"


def test_what_is_typed_in_the_text_shows_in_the_form_and_the_preview(page: EditorPage) -> None:
    page.panes.show_tab("yaml")
    text = page.document.text
    cursor = QTextCursor(page.document.document)
    cursor.setPosition(text.index("circles"))
    cursor.insertText("warm ")
    page.document.typing.timeout.emit()
    assert a_beat(page).preview.title.text() == "Small warm circles"
    page.panes.show_tab("steps")
    assert page.panes.form.step.title.text() == "Small warm circles"


def test_the_preview_follows_the_cursor_and_the_form_after_it(page: EditorPage) -> None:
    page.panes.show_tab("yaml")
    page.panes.text_view().reveal(page.document.text.index("kind: rest"))
    assert a_beat(page).preview.title.text() == "Rest"
    page.panes.show_tab("steps")
    assert page.panes.steps.place == (2,)
    assert page.panes.form.step.place == (2,)


def test_a_refused_field_leads_to_its_line_in_the_text(page: EditorPage) -> None:
    page.panes.show_in_text((0,), "duration")
    assert page.header.tabs.value == "yaml"
    assert page.panes.text_view().cursor_offset() == PLAIN.index("duration: 90 s")


def test_a_fix_asked_for_while_typing_lands_where_its_word_has_gone(page: EditorPage) -> None:
    opened(page, PLAIN.replace("kind: rest", "kind: rset"))
    (problem,) = page.document.reading.problems
    assert problem.fix is not None
    cursor = QTextCursor(page.document.document)
    cursor.insertText("# one more line\n")
    page.panes.take_fix(problem.fix)
    assert page.text() == f"# one more line\n{PLAIN}"
