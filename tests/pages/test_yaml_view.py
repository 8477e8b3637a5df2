from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QTextBlock, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.look import Look
from guide.kit.theme import LIGHT, NIGHT
from guide.pages.editor.document import RoutineText
from guide.pages.editor.syntax import TintedSpan, scan
from guide.pages.editor.text_layout import Roomy
from guide.pages.editor.yaml_view import YamlView
from guide.store.yaml.edit import Edit
from guide.store.yaml.problem import Fix, Problem
from guide.store.yaml.problem_words import in_words
from tables import each_row

Show = Callable[[QWidget], None]
Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier

WRONG = """name: Slow evening  # 😀🤱
steps:
  - kind: masage
    duration: 2 min
  - kind: rest
    duration: 5
  - kind: rest
    durration: wait
"""
GOOD = "name: Slow evening\nsteps:\n  - kind: rest\n    duration: 2 min\n"


@pytest.fixture
def routine() -> Iterator[RoutineText]:
    text = RoutineText()
    text.open(GOOD)
    yield text
    text.typing.stop()


@pytest.fixture(autouse=True)
def time_to_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy computer a line may take long."""
    monkeypatch.setattr("guide.pages.editor.highlighter.A_TURN", 60)


@pytest.fixture
def view(look: Look, routine: RoutineText, show: Show) -> YamlView:
    view = YamlView(look=look, document=routine.document)
    routine.changed.connect(lambda: view.marks.show_all(routine.reading.problems, routine.reading.warnings))
    view.resize(784, 680)
    show(view)
    view.setFocus()
    return view


def write(view: YamlView, routine: RoutineText, text: str) -> None:
    """Open a text with the cursor at the bar in it."""
    before, _, after = text.partition("|")
    routine.open(before + after)
    view.reveal(len(before))


def shown(view: YamlView) -> str:
    """The text with a bar where the cursor is."""
    text = view.pane.document().toRawText().replace("\u2029", "\n")
    at = view.cursor_offset()
    return f"{text[:at]}|{text[at:]}"


def press(view: YamlView, key: Qt.Key, pressed: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(view.pane, key, pressed)


def type_in(view: YamlView, text: str) -> None:
    QTest.keyClicks(view.pane, text)


def picture(widget: QWidget) -> QImage:
    QApplication.processEvents()
    return widget.grab().toImage()


def count(image: QImage, colour: QColor) -> int:
    wanted = colour.rgb()
    return sum(image.pixel(x, y) == wanted for x in range(0, image.width(), 2) for y in range(image.height()))


# Keys


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
@each_row(
    ("before", "after"),
    [
        ("name: x|", "name: x\n|"),
        ("steps:|", "steps:\n  |"),
        ("steps:  # all|", "steps:  # all\n  |"),
        ("  - kind: rest|", "  - kind: rest\n    |"),
        ("    duration: 1 min|", "    duration: 1 min\n    |"),
        ("    cues:|", "    cues:\n      |"),
        ("  - cues:|", "  - cues:\n      |"),
        ("    say: >|", "    say: >\n      |"),
        ("    say: |-|", None),
        ("say: >\n  some words|", "say: >\n  some words\n  |"),
        ("get_ready:\n  - Water|", "get_ready:\n  - Water\n  - |"),
        ("get_ready:\n  - 'Water: cold'|", "get_ready:\n  - 'Water: cold'\n  - |"),
        ("steps:\n  - {kind: rest}|", "steps:\n  - {kind: rest}\n  - |"),
        ("get_ready:\n  - Water\n  - |", "get_ready:\n  - Water\n|"),
        ("    cues:\n      - |", "    cues:\n    |"),
        ("  |  name: x", "  \n  |  name: x"),
        ("na|me: x", "na\n|me: x"),
        ("|name: x", "\n|name: x"),
        ('say: "one\n  two|', 'say: "one\n  two\n  |'),
        ("  # why|", "  # why\n  |"),
        ("name: 😀|", "name: 😀\n|"),
    ],
)
def test_enter_goes_on_where_the_next_line_belongs(
    view: YamlView, routine: RoutineText, before: str, after: str | None, key: Qt.Key
) -> None:
    if after is None:
        routine.open("    say: |-")
        view.reveal(11)
        press(view, key)
        assert routine.text == "    say: |-\n      "
        return
    write(view, routine, before)
    press(view, key, Qt.KeyboardModifier.KeypadModifier if key == Key.Key_Enter else NONE)
    assert shown(view) == after


def test_shift_and_enter_ends_the_line_as_enter_does(view: YamlView, routine: RoutineText) -> None:
    write(view, routine, "name: x|")
    press(view, Key.Key_Return, SHIFT)
    assert shown(view) == "name: x\n|"


@each_row(
    ("before", "after"),
    [("|name", "  |name"), (" |name", "  |name"), ("name: |", "name:   |"), ("nam|", "nam |")],
)
def test_tab_goes_on_to_the_next_step_of_two(view: YamlView, routine: RoutineText, before: str, after: str) -> None:
    write(view, routine, before)
    press(view, Key.Key_Tab)
    assert shown(view) == after


def test_tab_moves_the_chosen_lines_and_back(view: YamlView, routine: RoutineText) -> None:
    write(view, routine, "|a: 1\n\n b: 😀\nc: 3")
    press(view, Key.Key_Down, SHIFT)
    press(view, Key.Key_Down, SHIFT)
    press(view, Key.Key_End, SHIFT)
    press(view, Key.Key_Tab)
    assert routine.text == "  a: 1\n\n   b: 😀\nc: 3"
    press(view, Key.Key_Backtab, SHIFT)
    press(view, Key.Key_Backtab, SHIFT)
    assert routine.text == "a: 1\n\nb: 😀\nc: 3"
    view.pane.undo()
    view.pane.undo()
    view.pane.undo()
    assert routine.text == "a: 1\n\n b: 😀\nc: 3"


@each_row(("before", "after"), [("    |a", "  |a"), ("   |a", "  |a"), (" |a", "|a"), ("a |", "a|")])
def test_backspace_goes_back_a_step_within_the_indentation(
    view: YamlView, routine: RoutineText, before: str, after: str
) -> None:
    write(view, routine, before)
    press(view, Key.Key_Backspace)
    assert shown(view) == after


def test_backspace_still_joins_lines_and_deletes_what_is_chosen(view: YamlView, routine: RoutineText) -> None:
    write(view, routine, "a\n|b")
    press(view, Key.Key_Backspace)
    assert shown(view) == "a|b"
    press(view, Key.Key_A, CONTROL)
    press(view, Key.Key_Backspace)
    assert shown(view) == "|"


@pytest.mark.parametrize("pressed", [CONTROL, CONTROL | SHIFT])
def test_lines_become_comments_and_lines_again(
    view: YamlView, routine: RoutineText, pressed: Qt.KeyboardModifier
) -> None:
    write(view, routine, "steps:\n|  - kind: rest\n\n    say: x\nlast: 1")
    for _ in range(2):
        press(view, Key.Key_Down, SHIFT)
    press(view, Key.Key_End, SHIFT)
    press(view, Key.Key_Slash, pressed)
    assert routine.text == "steps:\n  # - kind: rest\n\n  #   say: x\nlast: 1"
    press(view, Key.Key_Slash, pressed)
    assert routine.text == "steps:\n  - kind: rest\n\n    say: x\nlast: 1"


def test_an_empty_line_can_become_a_comment(view: YamlView, routine: RoutineText) -> None:
    write(view, routine, "a: 1\n|\n")
    press(view, Key.Key_Slash, CONTROL)
    assert routine.text == "a: 1\n# \n"


def test_a_selection_that_ends_before_a_line_leaves_it_alone(view: YamlView, routine: RoutineText) -> None:
    write(view, routine, "|a: 1\nb: 2")
    press(view, Key.Key_Down, SHIFT)
    press(view, Key.Key_Slash, CONTROL)
    assert routine.text == "# a: 1\nb: 2"


def test_escape_and_then_tab_or_shift_and_tab_leave_the_text(look: Look, routine: RoutineText, show: Show) -> None:
    host = QWidget()
    column = QVBoxLayout(host)
    before, view, after = QLineEdit(), YamlView(look=look, document=routine.document), QLineEdit()
    for one in (before, view, after):
        column.addWidget(one)
    show(host)
    view.setFocus()
    press(view, Key.Key_Escape)
    press(view, Key.Key_Tab)
    assert after.hasFocus()
    view.setFocus()
    press(view, Key.Key_Escape)
    press(view, Key.Key_Shift, SHIFT)  # as a keyboard sends it: Shift comes before Tab
    press(view, Key.Key_Backtab, SHIFT)
    assert before.hasFocus()
    view.setFocus()
    press(view, Key.Key_Escape)
    press(view, Key.Key_Right)
    press(view, Key.Key_Tab)
    assert view.pane.hasFocus()
    assert routine.text.startswith("n ame")


def test_other_keys_are_left_to_the_page(view: YamlView, routine: RoutineText) -> None:
    before = routine.text
    for key, pressed in ((Key.Key_Return, CONTROL), (Key.Key_Tab, CONTROL), (Key.Key_Escape, NONE)):
        press(view, key, pressed)
    assert routine.text == before


def test_undo_and_redo_are_the_documents_own(view: YamlView, routine: RoutineText) -> None:
    assert not routine.document.isUndoAvailable()
    assert not routine.document.isModified()
    view.reveal(0)
    type_in(view, "# ")
    routine.cut(lambda text: (Edit(len(text), len(text), "# end\n"),))
    assert routine.text == f"# {GOOD}# end\n"
    press(view, Key.Key_Z, CONTROL)
    assert routine.text == f"# {GOOD}"
    press(view, Key.Key_Z, CONTROL)
    assert routine.text == GOOD
    press(view, Key.Key_Z, CONTROL | SHIFT)
    assert routine.text == f"# {GOOD}"


def test_a_word_beneath_the_last_line_is_seen_whole_while_it_is_typed(view: YamlView, routine: RoutineText) -> None:
    routine.open(GOOD + "".join(f"# a note of mine, {n}\n" for n in range(60)))
    press(view, Key.Key_End, CONTROL)
    type_in(view, "bogus: [")
    routine.typing.timeout.emit()
    assert view.marks.band.isVisible()
    assert view.pane.viewport().rect().contains(view.marks.band.geometry())


def test_a_word_beneath_the_lowest_line_in_sight_is_scrolled_to_at_every_height(
    view: YamlView, routine: RoutineText
) -> None:
    pane, width, height = view.pane, view.width(), view.height()
    for more in range(0, 26, 2):  # of one line: sometimes it ends where the view does
        view.resize(width, height + more)
        routine.open(GOOD + "".join(f"# a note of mine, {n}\n" for n in range(60)))
        pane.verticalScrollBar().setValue(0)
        lowest = pane.cursorForPosition(QPoint(20, pane.viewport().height() - 1))
        lowest.movePosition(lowest.MoveOperation.StartOfBlock)
        pane.setTextCursor(lowest)
        type_in(view, "bogus: 1 ")
        routine.typing.timeout.emit()
        assert view.marks.band.isVisible(), more
        assert pane.viewport().rect().contains(view.marks.band.geometry()), more


def test_undo_of_a_fix_leaves_the_cursor_where_the_fix_was(view: YamlView, routine: RoutineText) -> None:
    view.fix_asked.connect(lambda fix: routine.cut(lambda _: (Edit(fix.start, fix.end, fix.text),)))
    routine.open(WRONG)
    view.reveal(0)
    press(view, Key.Key_F8)
    press(view, Key.Key_Return, ALT)
    assert "kind: massage" in routine.text
    press(view, Key.Key_Z, CONTROL)
    assert routine.text == WRONG
    assert view.place.text().startswith("Ln 3")


def test_files_are_not_dropped_into_the_text(view: YamlView) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/somewhere/mine.yaml")])
    assert not view.pane.canInsertFromMimeData(data)
    data = QMimeData()
    data.setText("name: x")
    assert view.pane.canInsertFromMimeData(data)


# What is to be looked at


def test_the_nearest_problem_is_told_beneath_its_line(view: YamlView, routine: RoutineText) -> None:
    routine.open(WRONG)
    view.reveal(0)
    assert view.marks.band.isVisible()
    assert view.marks.band.accessibleName() == (
        "Line 3, column 11. “masage” is not a step kind. Did you mean “massage”?"
    )
    assert view.marks.band.button.text() == "Change to “massage”"
    view.reveal(WRONG.index("durration"))
    assert view.marks.band.accessibleName().startswith("Line 8, column 5. Unknown key “durration”.")
    assert routine.text == WRONG


def test_the_band_takes_room_beneath_its_line_only(view: YamlView, routine: RoutineText) -> None:
    routine.open(WRONG)
    view.reveal(0)
    pane = view.pane
    blocks = [pane.document().findBlockByNumber(number) for number in range(5)]
    heights = [pane.line_rect(block).height() for block in blocks]
    assert heights[2] > heights[1] + view.marks.band.height()
    assert len({heights[0], heights[1], heights[3], heights[4]}) == 1
    band, line = view.marks.band.geometry(), pane.line_rect(blocks[2])
    assert line.top() + heights[1] - 8 < band.top()
    assert band.bottom() < pane.line_rect(blocks[3]).top()


def test_the_band_goes_with_its_line(view: YamlView, routine: RoutineText) -> None:
    routine.open(WRONG)
    view.reveal(0)
    top = view.marks.band.y()
    press(view, Key.Key_Return)
    assert view.marks.band.y() == top + 25
    assert view.pane.roomy.number == 3
    routine.open(GOOD)
    assert not view.marks.band.isVisible()
    assert view.pane.roomy.room == 0


def test_the_band_scrolls_out_of_sight_with_its_line(view: YamlView, routine: RoutineText) -> None:
    routine.open(WRONG + "\n" * 200)
    view.reveal(0)
    assert view.marks.band.isVisible()
    view.pane.verticalScrollBar().setValue(100)
    assert not view.marks.band.isVisible()
    view.pane.verticalScrollBar().setValue(0)
    assert view.marks.band.isVisible()


def test_the_fix_is_asked_for_where_it_is_by_now(view: YamlView, routine: RoutineText) -> None:
    asked: list[Fix] = []
    view.fix_asked.connect(asked.append)
    routine.open(WRONG)
    view.reveal(0)
    type_in(view, "# ")
    press(view, Key.Key_Return)
    press(view, Key.Key_Return, ALT)
    assert [fix.text for fix in asked] == ["massage"]
    text = routine.text
    assert text[asked[0].start : asked[0].end] == "masage"
    QTest.mouseClick(view.marks.band.button, Qt.MouseButton.LeftButton)
    assert asked[1] == asked[0]
    assert view.pane.hasFocus()


def test_the_fix_can_be_reached_without_a_mouse(view: YamlView, routine: RoutineText) -> None:
    asked: list[Fix] = []
    view.fix_asked.connect(asked.append)
    routine.open(WRONG)
    view.reveal(0)
    press(view, Key.Key_Escape)
    press(view, Key.Key_Tab)
    assert view.marks.band.button.hasFocus()
    QTest.keyClick(view.marks.band.button, Key.Key_Return)
    assert len(asked) == 1


def test_a_problem_without_a_fix_has_no_button(view: YamlView, routine: RoutineText) -> None:
    routine.open("name: x\n")
    assert view.marks.band.isVisible()
    assert not view.marks.band.button.isVisible()
    asked: list[Fix] = []
    view.fix_asked.connect(asked.append)
    press(view, Key.Key_Return, ALT)
    assert asked == []


def test_f8_goes_round_the_problems_and_shift_f8_back(view: YamlView, routine: RoutineText) -> None:
    routine.open(WRONG)
    view.reveal(0)
    lines = []
    for key, pressed in [(Key.Key_F8, NONE)] * 4 + [(Key.Key_F8, SHIFT)] * 2:
        press(view, key, pressed)
        lines.append(view.place.text())
    there = ["Ln 3, Col 11", "Ln 6, Col 15", "Ln 7, Col 5", "Ln 8, Col 5"]
    places = [
        f"Ln {p.line}, Col {p.column}" for p in sorted(routine.reading.problems, key=lambda p: (p.line, p.column))
    ]
    assert places == there
    assert lines == [*there, there[2], there[1]]
    view.reveal(0)
    QTest.mouseClick(view.lookout, Qt.MouseButton.LeftButton)
    assert view.place.text() == there[0]
    view.marks.go_to_previous()
    assert view.place.text() == there[-1]


def test_f8_shows_the_band_even_at_the_end_of_a_long_text(view: YamlView, routine: RoutineText) -> None:
    routine.open(
        "name: x\nsteps:\n" + "  - {kind: rest, duration: 1 min}\n" * 90 + "  - {kind: rst, duration: 1 min}\n"
    )
    view.reveal(0)
    view.resize(784, 300)
    press(view, Key.Key_F8)
    viewport = view.pane.viewport().rect()
    assert view.marks.band.isVisible()
    assert viewport.contains(view.marks.band.geometry())
    assert viewport.contains(view.pane.cursorRect())


def test_nothing_to_look_at_leaves_f8_without_effect(view: YamlView) -> None:
    view.reveal(3)
    press(view, Key.Key_F8)
    press(view, Key.Key_F8, SHIFT)
    assert view.cursor_offset() == 3
    assert not view.lookout.isVisible()


def test_the_line_below_tells_place_and_count(view: YamlView, routine: RoutineText) -> None:
    routine.open("name: 😀x\n")
    view.reveal(len("name: 😀"))
    assert view.place.text() == "Ln 1, Col 8"
    assert view.place.accessibleName() == "Line 1, column 8"
    assert view.lookout.text() == "One thing to look at"
    routine.open(WRONG)
    assert view.lookout.text() == "4 things to look at"
    assert view.lookout.accessibleName() == "4 things to look at. Go to the next, F8"


def test_warnings_are_told_too_but_quietly(view: YamlView, look: Look) -> None:
    view.marks.show_all((), [Problem("x", 4, 15, "steps[0].linger", "changes nothing without a range")])
    assert view.marks.band.accessibleName() == "Line 4, column 15. “linger” changes nothing without a range."
    assert count(picture(view.marks.band), look.theme.accent) == 0
    view.marks.show_all([Problem("x", 4, 15, "steps[0].duration", "'5' has no unit")])
    assert count(picture(view.marks.band), look.theme.accent) > 50


@each_row(("line", "column"), [(0, 0), (99, 99), (5, 1)])
def test_a_place_outside_the_text_is_brought_inside(view: YamlView, line: int, column: int) -> None:
    view.reveal(0)
    view.marks.show_all([Problem("x", line, column, "file", "is odd", Fix(9_999, 10_000, "x", "Change"))])
    press(view, Key.Key_F8)
    picture(view)
    assert view.marks.band.accessibleName().startswith("Line ")


@each_row(
    ("where", "message", "expected"),
    [
        ("steps[0].kind", "'rst' is not a step kind; did you mean 'rest'?",
         ("“rst” is not a step kind.", "Did you mean “rest”?")),
        ("steps[1]", "unknown key 'step'; did you mean 'steps'?", ("Unknown key “step”.", "Did you mean “steps”?")),
        ("name", "is missing; write for example 'name: My routine'",
         ("“name” is missing.", "Write for example “name: My routine”.")),
        ("steps[2]", "is empty", ("This step is empty.", "")),
        ("steps[0].cues[2]", "does nothing; write at least one of 'say', 'show' and 'sound'",
         ("This entry does nothing.", "Write at least one of “say”, “show” and “sound”.")),
        ("file", "is larger than 256 KiB, the most a routine may have",
         ("This file is larger than 256 KiB, the most a routine may have.", "")),
        ("file", "a ': ' stands inside this text; put the text in quotes",
         ("A “: ” stands inside this text.", "Put the text in quotes.")),
        ("steps[0].duration", "the range's lower end, 7 min, is not below 5 min; write the shorter one first",
         ("The range's lower end, 7 min, is not below 5 min.", "Write the shorter one first.")),
        ("steps[1]", "steps[1] to steps[2].steps[0] keep the suction on for up to 32 min; 30 min is the most",
         ("Step 2 to step 3.1 keep the suction on for up to 32 min.", "30 min is the most.")),
        ("x", "'a; b' is not known here; write 'c; d'", ("“a; b” is not known here.", "Write “c; d”.")),
    ],
)  # fmt: skip
def test_a_problem_is_put_in_sentences(where: str, message: str, expected: tuple[str, str]) -> None:
    assert in_words(Problem("x", 1, 1, where, message)) == expected


def test_a_press_of_the_mouse_moves_no_text_under_the_pointer(view: YamlView, routine: RoutineText) -> None:
    routine.open(WRONG)
    view.reveal(0)
    viewport = view.pane.viewport()
    rect = view.pane.line_rect(view.pane.document().findBlockByNumber(7))
    at = QPoint(140, round(rect.center().y()))
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, NONE, at)
    assert view.marks.band.accessibleName().startswith("Line 3")
    assert view.place.text().startswith("Ln 8")
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, NONE, at)
    assert view.marks.band.accessibleName().startswith("Line 8")
    QTest.mousePress(view.marks.band, Qt.MouseButton.LeftButton, NONE, QPoint(20, 20))
    assert view.place.text().startswith("Ln 8")


# Places


def test_offsets_are_counted_in_characters(view: YamlView, routine: RoutineText) -> None:
    moved: list[int] = []
    view.cursor_moved.connect(moved.append)
    routine.open("name: 😀🤱 x\nsteps: y")
    view.reveal(9)
    assert view.cursor_offset() == 9
    assert view.pane.textCursor().position() == 11
    press(view, Key.Key_Right)
    assert moved[-1] == 10
    view.reveal(10_000)
    assert view.cursor_offset() == len(routine.text)


def test_what_is_revealed_before_the_first_showing_is_in_sight(look: Look, routine: RoutineText, show: Show) -> None:
    routine.open("a: b\n" * 300)
    view = YamlView(look=look, document=routine.document)
    view.resize(700, 400)
    view.reveal(5 * 250)
    show(view)
    assert view.pane.viewport().rect().contains(view.pane.cursorRect())


def test_a_wrapped_line_goes_on_below_its_own_beginning(view: YamlView, routine: RoutineText) -> None:
    routine.open("steps:\n  - say: " + "some words " * 30)
    picture(view)
    layout = view.pane.document().findBlockByNumber(1).layout()
    assert layout.lineCount() > 3
    lefts = {layout.lineAt(i).x() for i in range(1, layout.lineCount())}
    assert len(lefts) == 1
    assert lefts.pop() > layout.lineAt(0).x() + 30


# Words that fit


def test_a_key_is_offered_as_it_is_typed_and_taken_with_enter(view: YamlView, routine: RoutineText) -> None:
    write(view, routine, "steps:\n  - |")
    type_in(view, "k")
    assert view.offers.offer_list.isVisible()
    assert view.offers.offer_list.words == ["kind"]
    assert view.offers.offer_list.list.styleSheet()  # in our colours
    assert view.offers.offer_list.doc.text() == "What the hands do"
    press(view, Key.Key_Return)
    assert shown(view) == "steps:\n  - kind: |"
    assert view.offers.offer_list.words[:3] == ["prepare", "massage", "stroke"]
    type_in(view, "pu")
    assert view.offers.offer_list.words == ["pump"]
    press(view, Key.Key_Tab)
    assert shown(view) == "steps:\n  - kind: pump|"
    assert not view.offers.offer_list.isVisible()
    press(view, Key.Key_Return)
    assert shown(view) == "steps:\n  - kind: pump\n    |"


def test_control_and_space_offers_all_that_fits(view: YamlView, routine: RoutineText) -> None:
    write(view, routine, "steps:\n  - kind: rest\n    |")
    assert not view.offers.offer_list.isVisible()
    press(view, Key.Key_Space, CONTROL)
    words = view.offers.offer_list.words
    assert "kind" not in words
    assert words[:2] == ["title", "side"]
    chosen = []
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_PageDown, Key.Key_PageUp, Key.Key_Up):
        press(view, key)
        offer = view.offers.offer_list.chosen
        chosen.append(offer.word if offer else "")
    assert chosen == [words[1], words[2], words[1], words[7], words[1], words[0]]
    press(view, Key.Key_Up)
    assert view.offers.offer_list.list.currentRow() == len(words) - 1
    press(view, Key.Key_Escape)
    assert not view.offers.offer_list.isVisible()
    assert shown(view).endswith("    |")


def test_a_word_can_be_taken_with_the_mouse(view: YamlView, routine: RoutineText) -> None:
    write(view, routine, "start_side: |")
    press(view, Key.Key_Space, CONTROL)
    rows = view.offers.offer_list.list
    rect = rows.visualItemRect(rows.item(1))
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, NONE, rect.center())
    assert shown(view) == "start_side: right|"
    assert view.pane.hasFocus()


def test_offers_go_when_the_word_is_left(view: YamlView, routine: RoutineText) -> None:
    for leave in (Key.Key_Home, Key.Key_Space):
        write(view, routine, "|")
        type_in(view, "na")
        assert view.offers.offer_list.isVisible()
        press(view, leave)
        assert not view.offers.offer_list.isVisible()
    write(view, routine, "|")
    type_in(view, "na")
    press(view, Key.Key_Backspace)
    assert view.offers.offer_list.words == ["name"]
    press(view, Key.Key_Backspace)
    press(view, Key.Key_Backspace)
    view.find_bar.show()
    view.find_bar.field.setFocus()
    assert not view.offers.offer_list.isVisible()


def test_a_whole_word_is_not_offered_so_that_enter_ends_the_line(view: YamlView, routine: RoutineText) -> None:
    write(view, routine, "steps:\n  - kind: |")
    type_in(view, "rest")
    assert not view.offers.offer_list.isVisible()
    press(view, Key.Key_Return)
    assert shown(view) == "steps:\n  - kind: rest\n    |"


def test_plain_text_is_typed_without_a_word_in_between(view: YamlView, routine: RoutineText) -> None:
    write(view, routine, "steps:\n  - kind: rest\n    say: |")
    type_in(view, "side kind rest # note")
    assert not view.offers.offer_list.isVisible()
    assert shown(view).endswith("say: side kind rest # note|")


def test_a_list_key_leads_on_to_its_first_entry(view: YamlView, routine: RoutineText) -> None:
    write(view, routine, "name: x\n|")
    type_in(view, "ste")
    press(view, Key.Key_Tab)
    assert shown(view) == "name: x\nsteps:\n  - |"
    write(view, routine, "name: x\n|")
    type_in(view, "pur")
    press(view, Key.Key_Tab)
    assert shown(view) == "name: x\npurposes: [|]"
    view.pane.undo()
    assert routine.text == "name: x\npur"


@each_row("size", [(784, 680), (752, 300), (400, 260)])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_offers_lie_within_the_view(
    view: YamlView, routine: RoutineText, look: Look, size: tuple[int, int], scale: float
) -> None:
    look.choose_scale(scale)
    view.resize(*size)
    write(view, routine, "name: x\n" * 8 + "steps:\n  - |")
    view.offers.complete()
    picture(view)
    assert view.rect().contains(view.offers.offer_list.geometry())


# Finding


def test_words_are_found_forwards_and_back(view: YamlView, routine: RoutineText) -> None:
    routine.open("name: 😀 Rest\nsteps:\n  - kind: rest\n  - kind: rest\n")
    view.reveal(0)
    press(view, Key.Key_F, CONTROL)
    field = view.find_bar.field
    assert field.hasFocus()
    QTest.keyClicks(field, "rest")
    assert view.find_bar.count.text() == "1 of 3"
    assert view.pane.textCursor().selectedText() == "Rest"
    QTest.keyClick(field, Key.Key_Return)
    assert view.find_bar.count.text() == "2 of 3"
    QTest.keyClick(field, Key.Key_Return, SHIFT)
    QTest.keyClick(field, Key.Key_Up)
    assert view.find_bar.count.text() == "3 of 3"
    QTest.keyClick(field, Key.Key_Down)
    assert view.find_bar.count.text() == "1 of 3"
    QTest.mouseClick(view.find_bar.down, Qt.MouseButton.LeftButton)
    QTest.mouseClick(view.find_bar.up, Qt.MouseButton.LeftButton)
    assert view.find_bar.count.text() == "1 of 3"
    QTest.keyClick(field, Key.Key_Escape)
    assert not view.find_bar.isVisible()
    assert view.pane.hasFocus()
    press(view, Key.Key_F3)
    assert view.place.text() == "Ln 3, Col 15"
    press(view, Key.Key_F3, SHIFT)
    assert view.place.text() == "Ln 1, Col 13"


def test_what_is_not_there_is_said_to_be_not_there(view: YamlView) -> None:
    press(view, Key.Key_F, CONTROL)
    QTest.keyClicks(view.find_bar.field, "[zebra")
    assert view.find_bar.count.text() == "Not in the text"
    QTest.keyClick(view.find_bar.field, Key.Key_Return)
    view.find_bar.field.clear()
    assert view.find_bar.count.text() == ""
    view.pane.setFocus()
    press(view, Key.Key_Escape)
    assert not view.find_bar.isVisible()


def test_what_is_chosen_is_looked_for(view: YamlView) -> None:
    view.reveal(0)
    press(view, Key.Key_Right, SHIFT | CONTROL)
    press(view, Key.Key_F, CONTROL)
    assert view.find_bar.field.text() == "name"
    QTest.mouseClick(view.find_bar.shut, Qt.MouseButton.LeftButton)
    assert not view.find_bar.isVisible()


# Looks


@pytest.mark.parametrize("theme", [NIGHT, LIGHT], ids=["night", "light"])
def test_colours_follow_the_theme(view: YamlView, routine: RoutineText, look: Look, theme: object) -> None:
    chosen = NIGHT if theme is NIGHT else LIGHT
    routine.open(GOOD + '    say: "Slow"  # why\n')
    look.choose_theme("night" if chosen is NIGHT else "light")
    document = view.pane.document()

    def colour(line: int, at: int) -> str:
        formats = document.findBlockByNumber(line).layout().formats()
        return next(f.format.foreground().color().name() for f in formats if f.start <= at < f.start + f.length)

    assert colour(0, 1) == chosen.accent_text.name()
    assert colour(0, 4) == chosen.text3.name()
    assert colour(2, 11) == chosen.ink("rest").name()
    assert colour(3, 15) == chosen.ink("pump").name()
    assert colour(4, 10) == chosen.ink("prepare").name()
    assert colour(4, 18) == chosen.text3.name()


def test_the_text_grows_with_the_rest(view: YamlView, look: Look) -> None:
    before = view.pane.line_rect(view.pane.document().firstBlock()).height()
    assert before == 25
    gutter = view.pane.gutter_width()
    look.choose_scale(1.5)
    assert view.pane.line_rect(view.pane.document().firstBlock()).height() == 38
    assert view.pane.gutter_width() > gutter


def test_the_problems_line_is_tinted_across_and_its_word_dotted(
    view: YamlView, routine: RoutineText, look: Look
) -> None:
    plain = picture(view.pane)
    assert count(plain, look.theme.accent_soft) == 0
    routine.open(WRONG)
    view.reveal(0)
    image = picture(view.pane)
    rect = view.pane.line_rect(view.pane.document().findBlockByNumber(2))
    y = round(rect.top()) + 2
    assert image.pixelColor(2, y).name() == look.theme.accent_soft.name()
    assert image.pixelColor(view.pane.viewport().geometry().right() - 3, y).name() == look.theme.accent_soft.name()


def test_the_numbers_need_more_room_with_a_thousand_lines(view: YamlView, routine: RoutineText) -> None:
    before = view.pane.gutter_width()
    routine.open(GOOD + "# more\n" * 1200)  # no problem in it, whose band would be looked for line by line
    assert view.pane.gutter_width() > before
    assert view.pane.viewport().x() >= view.pane.gutter_width()


def test_a_screen_reader_is_told_what_everything_is(view: YamlView) -> None:
    assert view.pane.accessibleName() == "The routine's text"
    assert "Escape and then Tab or Shift+Tab" in view.pane.accessibleDescription()
    assert view.find_bar.field.accessibleName() == "Find in the text"
    assert view.offers.offer_list.list.accessibleName() == "What fits here"


def test_a_problem_is_announced_once_until_it_changes(
    view: YamlView, routine: RoutineText, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("guide.pages.editor.problem_marks.announce", lambda _, text: said.append(text))
    routine.open("name: x\n")
    view.reveal(3)
    type_in(view, "y")
    routine.read_now()
    assert said == ["Line 1, column 1. “steps” is missing. Write for example “steps: [{kind: rest, duration: 1 min}]”."]


def test_the_text_is_looked_through_for_offers_once_a_word(
    view: YamlView, routine: RoutineText, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    monkeypatch.setattr("guide.pages.editor.offers.offers_at", lambda *args: looks.append(args[1]))
    write(view, routine, "steps:\n  - kind: rest\n    |")
    type_in(view, "xylophone")
    assert looks == [2]


def test_a_key_press_in_a_long_text_looks_at_what_is_in_sight_only(
    look: Look, routine: RoutineText, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned: list[str] = []
    placed: list[int] = []

    def scan_and_count(line: str, state: int, kinds: frozenset[str]) -> tuple[list[TintedSpan], int]:
        scanned.append(line)
        return scan(line, state, kinds)

    class Counting(Roomy):
        @override
        def blockBoundingRect(self, block: QTextBlock) -> QRectF:
            placed.append(block.blockNumber())
            return super().blockBoundingRect(block)

    monkeypatch.setattr("guide.pages.editor.highlighter.scan", scan_and_count)
    monkeypatch.setattr("guide.pages.editor.text_pane.Roomy", Counting)
    step = "  - kind: massage\n    duration: 30 s\n    say: Small circles from the ribs inward. 😀\n"
    routine.open("name: Long\nsteps:\n" + step * 1000)
    view = YamlView(look=look, document=routine.document)
    view.resize(784, 680)
    show(view)
    view.reveal(len(step) * 500 + 3)
    seen = -1
    while seen < len(scanned):  # its lines get their colours some at a time
        seen = len(scanned)
        picture(view)
    assert len(scanned) >= 3_000
    scanned.clear()
    placed.clear()
    type_in(view, "  x")
    press(view, Key.Key_Return)
    picture(view)
    assert 4 <= len(scanned) <= 10
    assert 0 < len(set(placed)) <= 120


def test_a_quote_that_opens_colours_all_beneath_it_but_not_at_once(
    look: Look, routine: RoutineText, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guide.pages.editor.highlighter.AT_ONCE", 5)
    routine.open("steps:\n" + "  - say: Small\n" * 40)
    view = YamlView(look=look, document=routine.document)
    show(view)

    def quoted() -> list[bool]:
        blocks = [routine.document.findBlockByNumber(number) for number in range(41)]
        return [block.userState() == 2 for block in blocks]

    for _ in range(20):
        QApplication.processEvents()
    view.reveal(routine.text.index("Small"))
    type_in(view, '"')
    assert 1 <= sum(quoted()) <= 6
    for _ in range(20):
        QApplication.processEvents()
    assert quoted() == [False] + [True] * 40


def test_a_text_nobody_sees_gets_its_colours_when_it_is_seen(
    look: Look, routine: RoutineText, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned: list[str] = []

    def scan_and_count(line: str, state: int, kinds: frozenset[str]) -> tuple[list[TintedSpan], int]:
        scanned.append(line)
        return scan(line, state, kinds)

    def is_coloured(number: int) -> bool:
        return bool(routine.document.findBlockByNumber(number).layout().formats())

    monkeypatch.setattr("guide.pages.editor.highlighter.scan", scan_and_count)
    view = YamlView(look=look, document=routine.document)
    QApplication.processEvents()
    assert scanned == []
    show(view)
    assert is_coloured(0)
    view.hide()
    scanned.clear()
    routine.open("name: One\nsteps:\n  - kind: rest\n    duration: 1 min\n")
    QTextCursor(routine.document).insertText("format: 1\n")
    QApplication.processEvents()
    assert scanned == []
    view.show()
    assert [is_coloured(number) for number in range(5)] == [True] * 5


def test_lines_that_take_long_to_colour_are_left_for_the_next_turn(
    look: Look, routine: RoutineText, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = itertools.count(0, 0.4)
    monkeypatch.setattr("guide.pages.editor.highlighter.A_TURN", 1)
    monkeypatch.setattr("guide.pages.editor.highlighter.monotonic", lambda: next(clock))
    routine.open("steps:\n" + "  - kind: rest\n" * 20)
    view = YamlView(look=look, document=routine.document)

    def coloured() -> int:
        blocks = [routine.document.findBlockByNumber(number) for number in range(21)]
        return sum(bool(block.layout().formats()) for block in blocks)

    view.highlighter.wake()
    assert 1 <= coloured() <= 5
    for _ in range(20):
        QApplication.processEvents()
    assert coloured() == 21


def test_the_view_may_go_before_its_document(look: Look, routine: RoutineText) -> None:
    view = YamlView(look=look, document=routine.document)
    view.show()
    view.close()
    view.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    cursor = QTextCursor(routine.document)
    cursor.insertText("# 😀\n")
    assert routine.text.startswith("# 😀")
