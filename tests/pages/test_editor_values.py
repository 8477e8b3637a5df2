"""The editor's page with invented routines: no step to many, in groups or not, each part missing, the longest words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from editing import PLAIN, a_beat, opened, retype, timers, turn_to
from guide.kit.cards import ScrollArea
from guide.kit.look import Look
from guide.pages.editor.fields import LineField, ParagraphField
from guide.pages.editor.form import Form
from guide.pages.editor.page import EditorPage
from guide.store.routines.reader import read

LONGEST = {
    "title": "Überaus-langsame-Kreisbewegungen-von-den-Rippen-nach-innen-60"[:60],
    "text": "Wundheilungssalben " * 10,
}
LENGTHS = ["45 s", "5-7 min", "wait", "1 h 59 min 59 s - 2 h"]
STEP: dict[str, st.SearchStrategy[Any]] = {
    "title": st.sampled_from(["Circles", LONGEST["title"]]),
    "side": st.sampled_from(["both", "left", "right", "each"]),
    "say": st.sampled_from(["Circles.", LONGEST["text"][:180]]),
    "show": st.sampled_from(["Circles.", LONGEST["text"][:180]]),
    "suction": st.just(LONGEST["text"][:180]),
    "partner": st.just(LONGEST["text"][:180]),
    "suggested": st.just("true"),
    "motion": st.sampled_from(["none", "knead"]),
    "sound": st.sampled_from(["tick", "pump"]),
    "pace": st.just({"beats": ["one", LONGEST["title"][:40]], "every": "2 s"}),
    "cues": st.lists(st.just({"at": "0:10", "say": LONGEST["text"][:180]}), min_size=1, max_size=3),
}
ROUTINE: dict[str, st.SearchStrategy[Any]] = {
    "for": st.just("W" * 38),
    "summary": st.just(LONGEST["text"][:180]),
    "language": st.sampled_from(["en", "de"]),
    "purposes": st.lists(st.sampled_from(["protect", "relieve"]), max_size=2, unique=True),
    "start_side": st.sampled_from(["left", "alternate"]),
    "get_ready": st.lists(st.just(LONGEST["text"][:180]), min_size=1, max_size=3),
    "sources": st.lists(st.just({"title": LONGEST["title"], "url": "https://example.org/" + "x" * 80}), max_size=3),
}
KINDS = ["prepare", "massage", "stroke", "shake", "knead", "pump", "compress", "express", "rest"]


@st.composite
def steps(draw: st.DrawFn) -> dict[str, Any]:
    fixed = {"kind": draw(st.sampled_from(KINDS)), "duration": draw(st.sampled_from(LENGTHS))}
    return fixed | draw(st.fixed_dictionaries({}, optional=STEP))


PARTS = st.recursive(
    steps(),
    lambda inner: st.fixed_dictionaries(
        {"repeat": st.sampled_from(["1", "2"]), "steps": st.lists(inner, min_size=1, max_size=2)},
        optional={"side": st.just("each")},
    ),
    max_leaves=3,
)


@st.composite
def routines(draw: st.DrawFn) -> dict[str, Any]:
    """As many steps as there may be on a page: none, one, two, many."""
    count = draw(st.sampled_from([0, 1, 1, 2, 2, 3, 40]))
    parts = [draw(PARTS)] * count if count > 3 else [draw(PARTS) for _ in range(count)]
    name = draw(st.sampled_from(["Night", "N" * 80]))
    return {"name": name, "steps": parts} | draw(st.fixed_dictionaries({}, optional=ROUTINE))


@pytest.fixture(scope="module")
def page(qapp: QApplication) -> Iterator[EditorPage]:
    look = Look(choice="night", still=True, high_contrast=False)
    look.apply(qapp)
    page = EditorPage(look=look)
    page.resize(800, 560)
    page.show()
    yield page
    for timer in timers(page):
        timer.stop()
    page.deleteLater()
    look.deleteLater()


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(routine=routines(), taken=st.sampled_from(["", "name", "steps", "kind", "duration"]))
def test_whatever_a_routine_says_each_part_of_it_is_shown(
    page: EditorPage, routine: dict[str, Any], taken: str
) -> None:
    if taken in {"name", "steps"}:
        del routine[taken]
    elif taken and routine["steps"]:
        routine["steps"][0].pop(taken, None)
    text = json.dumps(routine, indent=1, ensure_ascii=False)
    opened(page, text)
    reading = read(text)
    assert page.document.reading.problems == reading.problems
    rows = page.panes.steps.view.rows.rows
    assert len(rows) == 1 + count(routine.get("steps", []))
    for row in {0, 1, len(rows) // 2, len(rows) - 1} & set(range(len(rows))):
        turn_to(page, rows[row].place)
        page.grab()
        assert page.panes.form.shown is not None
        assert page.panes.form.shown.place == rows[row].place
        for area in page.panes.form.stack.findChildren(ScrollArea):
            inside = area.widget()
            assert inside is None or area.isHidden() or inside.minimumSizeHint().width() <= area.viewport().width()
    lasting = a_beat(page).preview.length.text()
    assert bool(lasting) == (page.document.plan is not None)
    assert page.header.play.isEnabled() == (page.document.plan is not None)
    assert page.text() == text


def count(parts: list[Any]) -> int:
    return sum(1 + (count(part["steps"]) if "repeat" in part else 0) for part in parts)


def test_what_the_text_did_not_take_is_not_called_saved(page: EditorPage) -> None:
    opened(page, PLAIN)
    form = page.panes.form.step
    assert page.header.state.text() == "Saved"
    retype(form.length.low.line, "5 mi")
    assert page.header.state.text() == "Not applied yet"
    retype(form.length.low.line, "90 s")
    assert page.header.state.text() == "Saved"
    form.cues.add.click()
    page.show_saved()
    row = form.cues.rows[0][0]
    retype(row.moment, "nonsense")
    assert page.header.state.text() == "Not applied yet"
    turn_to(page, (2,))
    assert page.header.state.text() == "Saved"


def test_a_message_beneath_a_field_leaves_what_is_under_the_pointer_where_it_is(
    page: EditorPage, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    opened(page, PLAIN)
    form = page.panes.form.step
    area = next(one for one in page.panes.form.stack.findChildren(ScrollArea) if one.widget() is form)
    area.ensureWidgetVisible(form.say)
    qapp.processEvents()
    pointed = form.say.mapToGlobal(QPoint(20, 20))
    monkeypatch.setattr(QCursor, "pos", lambda: pointed)
    monkeypatch.setattr(QApplication, "widgetAt", lambda _: form.say)

    def at() -> int:
        qapp.processEvents()
        return form.say.mapToGlobal(QPoint(0, 0)).y()

    before = at()
    form.length.wrong.emit("'5' has no unit; write '5 min' or '5 s'", False)
    assert at() == before
    assert form.fields["duration"].words.startswith("'5' has no unit")
    form.length.wrong.emit("", False)
    assert at() == before
    page.message.tell("The disk is full.")
    assert at() == before


PASTED_LINES = st.sampled_from(
    [
        *("Water", "- Water", "• Two towels", "* a", "1. Breathe out", "2) in", "\t- a", "  deeper", "", "a: warm # b"),
        *("'a' \"b\"", "“Circles” – it’s", "a\u200bb\u200dc", "a\u00a0b", "{a: b}", "&a *b", "no", "~", "---"),
        *("a\x07b\x0bc", "a\u2028b", "5-7 min", "%x", "?", "word " * 1_000, "😀"),
    ]
)
PASTED = st.builds(
    lambda lines, end, before, after: before + end.join(lines) + after,
    st.lists(PASTED_LINES, min_size=1, max_size=4),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
    st.sampled_from(["", " ", "\n"]),
    st.sampled_from(["", " ", "\n"]),
)
FULL = """\
# kept
name: A
for: All
summary: S.
evidence: None.
get_ready: [Water]
safety:
  - Stop if it hurts  # hers
sources:
  - {title: A leaflet}
steps:
  - kind: massage
    title: T
    duration: 1 min
    say: Said.   # note
    show: Shown.
    partner: P.
    suction: Low.
    cues:
      - at: 10 s
        say: Half.
        show: Half.
    pace: {beats: [one, two], every: 1 s}
"""
STEP_TEXTS = ("title", "partner", "suction", "say", "show")
ROUTINE_TEXTS = ("name", "for", "summary", "evidence", "get_ready", "safety")


def fields_for_text(page: EditorPage) -> list[tuple[LineField | ParagraphField, Callable[[Any], Any]]]:
    """Each field for words with the way to what it says, in the routine as data."""
    step, routine = page.panes.form.step, page.panes.form.routine
    turn_to(page, ())
    cue, source = step.cues.rows[0][0], routine.rows[0][0]
    return [
        *((control_of(step, key), lambda data, key=key: data["steps"][0].get(key)) for key in STEP_TEXTS),
        (step.beats, lambda data: data["steps"][0]["pace"]["beats"]),
        (cue.say, lambda data: data["steps"][0]["cues"][0]["say"]),
        (cue.shown, lambda data: data["steps"][0]["cues"][0]["show"]),
        *((control_of(routine, key), lambda data, key=key: data.get(key)) for key in ROUTINE_TEXTS),
        (source.title, lambda data: data["sources"][0]["title"]),
    ]


def control_of(form: Form, key: str) -> LineField | ParagraphField:
    control = form.fields[key].control
    assert isinstance(control, LineField | ParagraphField)
    return control


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pasted=PASTED, number=st.integers(0, len(STEP_TEXTS) + len(ROUTINE_TEXTS) + 3))
def test_what_is_pasted_into_a_field_is_written_as_the_field_shows_it_and_taken_back_to_the_byte(
    page: EditorPage, qapp: QApplication, pasted: str, number: int
) -> None:
    if page.document.text != FULL:
        opened(page, FULL)
        turn_to(page, ())
        turn_to(page, (0,))
    field, said = fields_for_text(page)[number]
    turn_to(page, (0,) if page.panes.form.step.isAncestorOf(field) else ())
    field.selectAll()
    qapp.clipboard().setText(pasted)
    field.paste()
    written = said(yaml.load(page.text(), Loader=yaml.BaseLoader))  # noqa: S506 - texts only
    shown = field.value
    if page.text() != FULL:
        assert written == (shown.split("\n") if isinstance(written, list) else shown)
        assert not set(shown) & set("\x07\x0b\r\t") or "\t" in pasted
        assert isinstance(field, ParagraphField) or "\n" not in shown
        words = [word for word in re.findall(r"\w+", pasted.replace("\x07", "")) if not word.isdecimal()]
        assert [word for word in re.findall(r"\w+", shown) if not word.isdecimal()] == words
    page.document.undo()
    assert page.text() == FULL


def test_a_pasted_list_becomes_sentences_where_it_is_read_aloud_and_entries_in_a_list(
    page: EditorPage, qapp: QApplication
) -> None:
    opened(page, FULL)
    form, routine = page.panes.form.step, page.panes.form.routine
    qapp.clipboard().setText("• Breathe out\n• Let your shoulders drop!\n")
    for place, field, shown in (
        ((0,), form.say, "Breathe out. Let your shoulders drop!"),
        ((0,), form.title, "Breathe out, Let your shoulders drop!"),
        ((), routine.get_ready, "Breathe out\nLet your shoulders drop!"),
    ):
        turn_to(page, place)
        field.selectAll()
        field.paste()
        assert field.value == shown
    data = yaml.load(page.text(), Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    assert data["get_ready"] == ["Breathe out", "Let your shoulders drop!"]
    assert data["steps"][0]["say"] == "Breathe out. Let your shoulders drop!"
