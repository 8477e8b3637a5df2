"""Pages read from the right: everything lies mirrored, every text runs as its own letters do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from guide.core.layout import lay_out
from guide.core.routine import Group, Kind, Routine, Side, Step, Wait
from guide.kit.buttons import Button
from guide.kit.choices import Check, Select
from guide.kit.direction import LEFTWARD, RIGHTWARD, direction_of
from guide.kit.flow import FlowRow
from guide.kit.icons import DIRECTIONAL, GLYPHS
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.marks import Chip
from guide.kit.slider import Slider
from guide.kit.timeline import Bar, Timeline
from guide.pages.ready.lines import lines_of
from guide.pages.ready.step_list import StepList
from seeing import look_at
from tables import each_row

Show = Callable[[QWidget], None]
HEBREW = "עיסוי עדין של שני השדיים, מהצלעות אל הפטמה."
ENGLISH = "Small circles with flat fingertips, from the ribs toward the nipple."


@each_row(
    ("text", "screen", "runs"),
    [
        (ENGLISH, LEFTWARD, RIGHTWARD),
        (HEBREW, RIGHTWARD, LEFTWARD),
        ("تدليك خفيف 5 min", RIGHTWARD, LEFTWARD),
        ("CPAP: עיסוי עדין", RIGHTWARD, LEFTWARD),
        ("“עיסוי” is not there any more.", RIGHTWARD, RIGHTWARD),
        ("pump.yaml: הקובץ אינו נמצא עוד", LEFTWARD, LEFTWARD),
        ("0:54", LEFTWARD, RIGHTWARD),
        ("…", LEFTWARD, LEFTWARD),
        ("\u200fCPAP", RIGHTWARD, LEFTWARD),
        ("", LEFTWARD, LEFTWARD),
    ],
)
def test_a_text_runs_as_its_letters_do(text: str, screen: Qt.LayoutDirection, runs: Qt.LayoutDirection) -> None:
    assert direction_of(text, screen) is runs


def where(widget: QWidget, words: str) -> QRectF:
    (found,) = [text.at for text in look_at(widget).texts if text.words == words]
    return found


@pytest.mark.parametrize(("words", "screen"), [(HEBREW, RIGHTWARD), (ENGLISH, LEFTWARD)])
def test_a_paragraph_of_another_script_begins_at_its_own_side(
    words: str, screen: Qt.LayoutDirection, look: Look, show: Show
) -> None:
    paragraph, line = Label(words, look=look, wrap=True), Label(words, look=look)
    for label in (paragraph, line):
        label.setLayoutDirection(screen)
        label.resize(1100, 60)
        show(label)
    begins_right = words == HEBREW
    assert (where(paragraph, words).left() > 400) is begins_right
    assert (where(line, words).left() > 400) is not begins_right  # a line of a list lies where the list's lines begin


def made(kind: str, look: Look) -> QWidget:
    match kind:
        case "check":
            return Check("Baby's cloth or photo", look=look)
        case "choice":
            return Select([("a", "Plain voice")], look=look, name="Voice", value="a", framed=True)
        case "button":
            button = Button("Keep what I did", look=look, icon="pencil", role="quiet")
            button.align_left()
            return button
        case "tag":
            return Chip("Yours", look=look, icon="pencil")
        case "row that wraps":
            row = FlowRow()
            for words in ("First", "A second one", "Third"):
                row.add(Label(words, look=look))
            return row
        case _:
            steps = StepList(look=look)
            pump = Step(Kind.PUMP, Wait(), side=Side.LEFT, title="Pump", suggested=True)
            plan = lay_out(Routine("One", (Group((pump,), times=2), Step(Kind.REST, Wait(), title="Rest a little"))))
            steps.show_lines(lines_of(plan), number_free=False)
            return steps


@pytest.fixture
def from_the_right(qapp: QApplication) -> Iterator[Callable[[], None]]:
    yield lambda: qapp.setLayoutDirection(LEFTWARD)
    qapp.setLayoutDirection(RIGHTWARD)


@pytest.mark.parametrize("kind", ["check", "choice", "button", "tag", "row that wraps", "steps"])
def test_what_is_painted_lies_mirrored(kind: str, look: Look, show: Show, from_the_right: Callable[[], None]) -> None:
    """Each text as far from the right as it was from the left."""

    kept: list[QWidget] = []

    def texts() -> list[tuple[str, int, QRectF]]:
        widget = made(kind, look)
        kept.append(widget)
        widget.resize(600, 260)
        show(widget)
        return sorted((text.words, round(text.at.top()), text.at) for text in look_at(widget).texts)

    before = texts()
    from_the_right()
    after = texts()
    assert before
    assert [text[:2] for text in before] == [text[:2] for text in after]
    off = [text for text, (*_, at) in zip(before, after, strict=True) if abs(text[2].left() - 600 + at.right()) > 4]
    assert not off, (before, after)


def test_time_runs_from_the_right_where_lines_do(look: Look, show: Show) -> None:
    timeline = Timeline(look=look, size="session")
    timeline.setLayoutDirection(LEFTWARD)
    timeline.show_bars([Bar("massage", 60, 60), Bar("pump", 300, 420)], current=0, fraction=0.25)
    timeline.resize(600, 60)
    show(timeline)
    first, second = timeline.bar_rects()
    assert first.left() > second.right()
    assert first.right() == pytest.approx(600)
    image = look_at(timeline).image
    passed, ahead = (image.pixelColor(round(first.right() - first.width() * share), 38) for share in (0.1, 0.7))
    assert passed.lightness() < ahead.lightness()


def test_a_slider_grows_toward_the_left_where_lines_do(look: Look, show: Show) -> None:
    slider = Slider("Loudness", look=look)
    slider.setLayoutDirection(LEFTWARD)
    slider.resize(300, 48)
    show(slider)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(60, 24))
    assert slider.value() > 75


def test_only_what_points_along_a_line_is_mirrored() -> None:
    assert all((GLYPHS / f"{name}.svg").is_file() for name in DIRECTIONAL)
    assert not DIRECTIONAL & {"play", "clock", "repeat", "hand", "massage"}
