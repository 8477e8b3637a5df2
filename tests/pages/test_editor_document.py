"""The text of a routine in its document: bytes, undo, and what was read."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from editing import EVERYTHING, PLAIN
from guide.core.layout import lay_out
from guide.core.plan import Plan, Segment
from guide.core.pump import Pump
from guide.core.routine import Routine, Step
from guide.pages.editor.document import RoutineText, _leave_uncollected
from guide.pages.editor.line_ends import Original, with_line_ends
from guide.pages.editor.pieces import LONG, Pieces
from guide.store.routines.reader import read
from guide.store.routines.table import MOST_NESTED
from guide.store.routines.table import _step as read_step
from guide.store.yaml.edit import apply, delete, make_group, move, set_field
from guide.store.yaml.source import Value

BUILT_IN = sorted((Path(__file__).parents[2] / "routines").glob("*.yaml"))
ENDS = ["\n", "\r\n", "\r"]


@pytest.fixture
def document(qapp: QApplication) -> Iterator[RoutineText]:
    document = RoutineText()
    yield document
    document.typing.stop()
    document.deleteLater()


def type_at(document: RoutineText, offset: int, text: str) -> None:
    """Type as the text view does: at once in the document, read when there is a pause."""
    cursor = QTextCursor(document.document)
    cursor.setPosition(offset)
    cursor.insertText(text)


def segments(document: RoutineText) -> tuple[Segment, ...]:
    assert document.plan is not None
    return document.plan.segments


def segments_read(text: str) -> tuple[Segment, ...]:
    routine = read(text).routine
    assert routine is not None
    return lay_out(routine).segments


def long_text(steps: int = 300) -> str:
    step = (
        "  - kind: massage\n    title: Step {}\n    duration: 20 s  # note {}\n    say: Small circles from the ribs.\n"
    )
    return "name: Long\nsteps:\n" + "".join(step.format(i, i) for i in range(steps))


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.stem)
@pytest.mark.parametrize("end", ENDS, ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
def test_a_text_nobody_changed_keeps_every_byte(document: RoutineText, path: Path, end: str, mark: str) -> None:
    text = mark + path.read_text(encoding="utf-8").replace("\n", end)
    document.open(text)
    assert document.text_to_save() == text


@pytest.mark.parametrize("end", ENDS, ids=["lf", "crlf", "cr"])
def test_a_change_keeps_the_line_ends_and_the_mark(document: RoutineText, end: str) -> None:
    document.open("\ufeff" + PLAIN.replace("\n", end))
    assert document.cut(lambda text: set_field(text, (0,), "title", "Wide circles")) == ""
    wanted = PLAIN.replace("title: Small circles", "title: Wide circles")
    assert document.text_to_save() == "\ufeff" + wanted.replace("\n", end)


def test_lines_with_ends_of_different_kinds_keep_their_own() -> None:
    assert with_line_ends("a\nx\nb\nc", Original.of("a\r\nb\nc")) == "a\r\nx\r\nb\nc"
    assert with_line_ends("a", Original.of("a")) == "a"


def test_a_character_beyond_the_first_plane_does_not_shift_the_change(document: RoutineText) -> None:
    document.open(PLAIN.replace("A note of mine", "A note \U0001f33c\U0001f33c of mine"))
    document.cut(lambda text: set_field(text, (2,), "duration", "2 min"))
    assert document.text_to_save().endswith("  - kind: rest\n    duration: 2 min\n")
    assert "\U0001f33c\U0001f33c of mine" in document.text_to_save()


def test_undo_to_the_start_gives_the_original_and_redo_the_changes(document: RoutineText) -> None:
    document.open(PLAIN)
    document.cut(lambda text: set_field(text, (0,), "title", "A"))
    document.cut(lambda text: delete(text, (2,)))
    document.cut(lambda text: move(text, (1,), (0,)))
    changed = document.text_to_save()
    for _ in range(3):
        document.undo()
    assert document.text_to_save() == PLAIN
    for _ in range(3):
        document.redo()
    assert document.text_to_save() == changed


def test_typing_in_one_field_is_one_step_of_undo(document: RoutineText) -> None:
    document.open(PLAIN)
    for title in ("W", "Wi", "Wide"):
        document.cut(partial(set_field, path=(0,), key="title", value=title), merge="title")
    document.cut(lambda text: set_field(text, (0,), "say", "Wide."), merge="say")
    document.undo()
    assert document.fields((0,))["title"] == "Wide"
    document.undo()
    assert document.text_to_save() == PLAIN


def test_a_change_the_text_cannot_take_changes_nothing_and_says_why(document: RoutineText) -> None:
    shared = "name: x\nsteps:\n  - &a {kind: rest, duration: 1 min}\n  - *a\n"
    document.open(shared)
    assert "text view" in document.cut(lambda text: set_field(text, (1,), "title", "A"))
    assert document.text_to_save() == shared
    assert not document.document.isUndoAvailable()


def test_the_last_version_that_plays_stays_while_the_text_has_a_problem(document: RoutineText) -> None:
    document.open(PLAIN)
    plan = document.plan
    type_at(document, PLAIN.index("massage"), "x")
    document.read_now()
    assert document.reading.problems[0].where == "steps[0].kind"
    assert document.plan is plan
    assert document.fields((0,))["kind"] == "xmassage"


def test_typing_in_the_text_is_read_after_a_pause(document: RoutineText) -> None:
    document.open(PLAIN)
    told: list[int] = []
    document.changed.connect(lambda: told.append(1))
    type_at(document, PLAIN.index("Small circles"), "Very ")
    assert not told
    assert document.typing.isActive()
    document.typing.timeout.emit()
    assert told == [1]
    assert document.fields((0,))["title"] == "Very Small circles"


def test_taking_another_version_can_be_undone(document: RoutineText) -> None:
    document.open(PLAIN.replace("\n", "\r\n"))
    document.take(EVERYTHING)
    assert document.text_to_save() == EVERYTHING
    document.undo()
    assert document.text_to_save() == PLAIN.replace("\n", "\r\n")


def test_the_keys_of_the_routine_are_read_without_its_steps(document: RoutineText) -> None:
    document.open(EVERYTHING)
    fields = document.fields(())
    assert fields["get_ready"] == ["Water"]
    assert fields["sources"] == [{"title": "A leaflet", "url": "https://example.org/"}]


def test_a_long_routine_is_read_again_only_where_it_changed_and_means_the_same(document: RoutineText) -> None:
    text = long_text()
    assert len(text) >= LONG
    document.open(text)
    document.cut(lambda text: set_field(text, (200,), "duration", "25 s"))
    document.cut(lambda text: move(text, (200,), (3,)))
    document.cut(lambda text: delete(text, (0,)))
    assert document.is_read
    assert not document.typing.isActive()
    assert document.reading.routine == read(document.text).routine
    assert segments(document) == segments_read(document.text)


def test_a_long_routine_with_a_problem_tells_its_other_steps_all_the_same(document: RoutineText) -> None:
    document.open(long_text())
    document.cut(lambda text: set_field(text, (200,), "duration", "25"))
    assert document.reading.problems == read(document.text).problems
    parts = document.parts()
    assert [isinstance(part, Step) for part in parts[199:202]] == [True, False, True]
    assert parts[200]["duration"] == "25"


BITS = [
    "x", " ", ": ", "- ", "\n", "\n  - kind: rest\n    duration: 1 min\n", '"', "'", "#", "[", "]", "{", "}", "|\n",
    "5", "title: a\n    title: b\n", "...\n", "---\n", "%", "&a ", "*a", "\nname: y\n", "\t", "duration: 2 h",
    "summary: hi\n", "    say: " + "word " * 30 + "\n", "",
]  # fmt: skip
TAILS = ["", "zzz: 1\n", "sources:\n  - title: x\n    title: y\n", "\n# end\n"]
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0, 0, 1, 2, 30]), st.sampled_from(BITS)), max_size=8)


@settings(max_examples=20, deadline=None)
@given(path=st.sampled_from(BUILT_IN), tail=st.sampled_from(TAILS), changes=CHANGES)
def test_a_text_read_piece_by_piece_says_what_the_whole_says(
    path: Path, tail: str, changes: list[tuple[float, int, str]]
) -> None:
    text = path.read_text(encoding="utf-8") + tail
    pieces = Pieces()
    pieces.begin(text)
    for at, gone, bit in changes:
        start = int(at * len(text))
        changed = text[:start] + bit + text[start + gone :]
        reading = pieces.read(changed)
        if reading is None:
            continue
        text = changed
        whole = read(text)
        assert (reading.routine, reading.problems, reading.warnings) == (
            whole.routine, whole.problems, whole.warnings,
        )  # fmt: skip
        assert {key: place for key, place in reading.places.items() if key != "steps"} == {
            key: place for key, place in whole.places.items() if key != "steps"
        }
        if whole.routine is not None:
            assert pieces.laid_out is not None
            assert pieces.laid_out.plan == lay_out(whole.routine)


def test_what_an_edit_makes_is_laid_out_when_its_plan_is_asked_for_and_not_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laid_out: list[Routine] = []

    def counted(routine: Routine, pump: Pump) -> Plan:
        laid_out.append(routine)
        return lay_out(routine, pump=pump)

    monkeypatch.setattr("guide.pages.editor.laid_out.lay_out", counted)
    text = EVERYTHING
    pieces = Pieces()
    pieces.begin(text)
    text = apply(text, make_group(text, [(0,)], 2))
    reading = pieces.read(text)
    assert reading is not None
    assert reading.routine is not None
    assert laid_out == []
    assert pieces.laid_out is not None
    assert pieces.laid_out.plan == lay_out(reading.routine)
    assert len(laid_out) == len(reading.routine.steps)


def test_steps_that_say_the_same_are_read_once_and_laid_out_before_what_follows_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read_again: list[str] = []

    def counted(value: Value) -> Step | None:
        read_again.append(value.where)
        return read_step(value)

    rest, pump = "{kind: rest, duration: 10 s}", "{kind: pump, duration: 1 min, cues: [{at: 50%, say: Half.}]}"
    empty, quoted = "{kind: rest, duration: 10 s, title: }", "{kind: rest, duration: 10 s, title: ''}"
    steps = [rest, pump, rest, empty, quoted, rest, rest, pump]
    text = "name: Over and over\nsteps:\n" + "".join(f"  - {step}\n" for step in steps)
    pieces = Pieces()
    pieces.begin(text)
    monkeypatch.setattr("guide.store.routines.table._step", counted)
    for places in ([(1,), (2,)], [(4,)]):
        text = apply(text, make_group(text, places, 2))
        reading = pieces.read(text)
        assert reading is not None
        assert read_again == []
        whole = read(text)
        read_again.clear()
        assert reading.routine == whole.routine
        assert {**reading.places, "steps": None} == {**whole.places, "steps": None}
        assert whole.routine is not None
        assert pieces.laid_out is not None
        assert pieces.laid_out.plan == lay_out(whole.routine)


def test_a_group_that_was_read_before_is_refused_where_it_stands_too_deep() -> None:
    group = "{repeat: 2, steps: [{kind: rest, duration: 10 s}]}"
    text = f"name: Deeper\nsteps:\n  - {group}\n"
    pieces = Pieces()
    pieces.begin(text)
    told = []
    for _ in range(MOST_NESTED + 1):
        group = f"{{repeat: 2, steps: [{{repeat: 2, steps: [{{kind: rest, duration: 10 s}}]}}, {group}]}}"
        text += f"  - {group}\n"
        reading, whole = pieces.read(text), read(text)
        assert reading is not None
        assert (reading.routine, reading.problems) == (whole.routine, whole.problems)
        told.append(len(whole.problems))
    assert told == [0, 0, 0, 2, 4]


@pytest.mark.parametrize("steps", [999, 1_001])
def test_too_many_steps_are_told_as_the_whole_tells_it(steps: int) -> None:
    text = "name: Long\nsteps:\n" + "  - {kind: rest, duration: 1 s}\n" * steps
    pieces = Pieces()
    assert pieces.begin(text) is not None
    text += "  - {kind: rest, duration: 1 s}\n"
    reading = pieces.read(text)
    assert reading is not None
    assert reading.problems == read(text).problems


def test_a_long_text_that_reads_only_as_a_whole_is_read_aside_while_she_writes_in_it(qapp: QApplication) -> None:
    waiting: list[Callable[[], None]] = []
    document = RoutineText(aside=waiting.append)
    told: list[int] = []
    document.open(long_text())
    document.changed.connect(lambda: told.append(1))
    document.patient = True
    type_at(document, document.text.index("massage"), '"')
    document.read()
    assert (document.is_read, len(waiting), told) == (False, 1, [])
    type_at(document, 0, "# more\n")
    document.read()
    assert len(waiting) == 1
    for work in waiting[:]:
        work()
    assert (document.is_read, len(waiting)) == (False, 2)
    waiting[1]()
    assert (document.is_read, told) == (True, [1])
    assert document.reading.problems == read(document.text).problems
    type_at(document, document.text.index('"massage'), "x")
    document.read_now()
    assert document.is_read
    document.typing.stop()


def test_what_there_is_when_a_long_text_was_opened_is_not_looked_at_again_and_garbage_is_gone() -> None:
    class Kept:
        def __init__(self) -> None:
            self.itself = self

    gone = weakref.ref(Kept())
    gc.unfreeze()
    _leave_uncollected()  # the program's: the other tests have another (`tests/conftest.py`)
    assert gone() is None
    assert gc.get_freeze_count() > 10_000
