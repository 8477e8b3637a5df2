"""Whatever is done in the form, in whatever file: untouched text stays to the byte, and undo leads all the way back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from editing import EVERYTHING, PLAIN, timers
from guide.core.routine import Place
from guide.kit.look import Look
from guide.pages.editor.group_form import GroupForm
from guide.pages.editor.page import EditorPage, EditView
from guide.store.routines.reader import read
from guide.store.routines.template import new_routine

BUILT_IN = sorted((Path(__file__).parents[2] / "routines").glob("*.yaml"))
TEXTS = [new_routine(), PLAIN, EVERYTHING, *(path.read_text(encoding="utf-8") for path in BUILT_IN)]
MODEST = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
DEEDS = (
    "title", "say", "side", "length", "range", "wait", "until", "partner", "cue", "no cue", "pace", "drawing", "kind",
    "repeat", "up", "down", "into", "out", "duplicate", "delete", "group", "add", "name", "purposes", "get ready",
    "source", "undo", "redo",
)  # fmt: skip
WORDS = st.sampled_from(["Wide circles", "a: b", "x #y", "- dash", "no", "1:30", "é☃😀", "'", "[x", "two\nlines"])
KEEPING = frozenset(DEEDS) - {
    "duplicate", "delete", "no cue", "undo", "redo", "until", "into", "out", "group",
    "get ready",  # a comment goes with the entry it stands beside
}  # fmt: skip


@pytest.fixture(scope="module")
def page(qapp: QApplication) -> Iterator[EditorPage]:
    look = Look(choice="night", still=True, high_contrast=False)
    page = EditorPage(look=look)
    page.resize(1160, 780)
    yield page
    for timer in timers(page):
        timer.stop()
    page.deleteLater()
    look.deleteLater()


@st.composite
def commented(draw: st.DrawFn) -> str:
    """A file with comments sprinkled in, each another."""
    lines = draw(st.sampled_from(TEXTS)).split("\n")
    blocks = {i for i, line in enumerate(lines) if re.search(r"[>|]-?$", line)}
    for number, at in enumerate(draw(st.lists(st.integers(0, len(lines) - 2), max_size=6, unique=True))):
        bare = lines[at].strip() and not blocks & {at, at - 1, at - 2} and "#" not in lines[at]
        if bare and re.search(r": \S|- \S", lines[at]) and lines[at][-1] not in "\"'":
            lines[at] += f"  # c{number}"
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)


def do(page: EditorPage, deed: str, words: str, number: int) -> None:
    """Work the form as a hand does, by the signals its controls send."""
    form, routine = page.panes.form.step, page.panes.form.routine
    steps = page.panes.steps
    match deed:
        case "name" | "purposes" | "get ready" | "source":
            steps.choose(())
            match deed:
                case "name":
                    routine.name.written.emit(" ".join(words.split()))
                case "purposes":
                    list(routine.purposes.values())[number % 3].click()
                case "get ready":
                    routine.get_ready.written.emit(words)
                case _:
                    routine.add.click()
        case "undo":
            page.header.undo.click()
        case "redo":
            page.header.redo.click()
        case "up" | "down" | "into" | "out" | "duplicate" | "delete" | "group" | "add":
            steps.do(deed)
        case "repeat":
            if isinstance(page.panes.form.shown, GroupForm):
                page.panes.form.group.times.more.click()
        case _ if page.panes.form.shown is not form:
            pass
        case "title" | "partner":
            line = form.title if deed == "title" else form.partner
            line.written.emit(" ".join(words.split()))
        case "say":
            form.say.written.emit(words)
        case "side":
            form.side.choose(["both", "left", "right", "each"][number % 4])
        case "length":
            form.length.low.more.click()
        case "range" | "wait":
            form.length.mode.choose(deed)
        case "until":
            form.until.chosen.emit(["", "milk slows"][number % 2])
        case "cue":
            form.cues.checks[number % 3].click() if not form.cues.checks[
                number % 3
            ].isChecked() else form.cues.add.click()
        case "no cue":
            if form.cues.rows:
                form.cues.rows[0][0].remove.click()
        case "pace":
            form.beats.written.emit(words)
        case "drawing":
            form.drawn.chosen.emit(["none", "circles"][number % 2])
        case "kind":
            list(form.kinds.buttons.values())[number % 9].click()


def places(page: EditorPage) -> list[Place]:
    return [row.place for row in page.panes.steps.view.rows.rows if row.place]


def comments(text: str) -> Counter[str]:
    return Counter(re.findall(r"# ?.*", text))


@MODEST
@given(text=commented(), deeds=st.lists(st.tuples(st.sampled_from(DEEDS), WORDS, st.integers(0, 9)), max_size=8))
def test_undo_to_the_start_gives_the_bytes_it_began_with(
    page: EditorPage, text: str, deeds: list[tuple[str, str, int]]
) -> None:
    page.edit(EditView("mine", text, "mine.yaml"))
    assert page.text() == text
    for deed, words, number in deeds:
        page.panes.steps.choose(places(page)[number % len(places(page))])
        do(page, deed, words, number)
    while page.document.document.isUndoAvailable():
        page.header.undo.click()
    assert page.text() == text
    while page.document.document.isRedoAvailable():
        page.header.redo.click()
    assert read(page.text()).routine == page.document.reading.routine


@MODEST
@given(
    text=commented(),
    deeds=st.lists(st.tuples(st.sampled_from(sorted(KEEPING)), WORDS, st.integers(0, 9)), min_size=1, max_size=6),
)
def test_whatever_the_form_changes_no_comment_is_lost_and_the_text_still_reads(
    page: EditorPage, text: str, deeds: list[tuple[str, str, int]]
) -> None:
    page.edit(EditView("mine", text, "mine.yaml"))
    for deed, words, number in deeds:
        page.panes.steps.choose(places(page)[number % len(places(page))])
        do(page, deed, words, number)
    ours = comments(text.replace("\r\n", "\n"))
    assert not ours - comments(page.text().replace("\r\n", "\n"))
    assert page.panes.steps.isEnabled()


@MODEST
@given(text=commented(), words=WORDS, number=st.integers(0, 99))
def test_a_title_changes_one_line_and_leaves_every_other_to_the_byte(
    page: EditorPage, text: str, words: str, number: int
) -> None:
    page.edit(EditView("mine", text, "mine.yaml"))
    steps = [row.place for row in page.panes.steps.view.rows.rows if row.place and not row.is_group]
    page.panes.steps.choose(steps[number % len(steps)])
    page.panes.form.step.title.written.emit(" ".join(words.split()))
    before, after = Counter(text.splitlines(keepends=True)), Counter(page.text().splitlines(keepends=True))
    assert sum((before - after).values()) <= 1
    assert sum((after - before).values()) <= 1
