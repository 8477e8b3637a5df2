"""The printed card: one page for every routine, readable, with everything a helper needs."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from guide.core.duration import MINUTE
from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.routine import Fixed, Group, Kind, Range, Routine, Side, Source, Step, Wait
from guide.kit.theme import KINDS
from guide.language import languages, speak
from guide.pages.along.card import MARGIN, PAPERS, FittedCard, compose, write_card
from guide.pages.along.folding import Folded, fold
from guide.pages.along.type import POINT, PRINT, SMALLEST
from guide.store.routines.reader import read_file
from seeing import contrast
from tables import each_row

HOME = Path(__file__).parents[2]
ROUTINES = [*sorted(HOME.glob("routines/*.yaml")), *HOME.glob("guide/learn/routines/*.yaml")]
SIZES = {"a4": (5950, 8420), "letter": (6120, 7920)}
EACH = pytest.mark.parametrize("path", ROUTINES, ids=lambda path: path.stem)
PAPER = pytest.mark.parametrize("paper", sorted(PAPERS))


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Fonts need one."""


@cache
def plan_of(path: Path) -> Plan:
    routine = read_file(path).routine
    assert routine is not None
    return lay_out(routine)


@cache
def sheet_of(path: Path, paper: str) -> FittedCard:
    return compose(plan_of(path), *SIZES[paper])


def pages_in(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def words_of(sheet: FittedCard) -> str:
    return "\n".join(text.words for text in sheet.texts)


def step(kind: Kind = Kind.MASSAGE, minutes: float = 1, **more: Any) -> Step:
    return Step(kind, Fixed(minutes * MINUTE), **more)


def folded(*steps: Step | Group) -> Folded:
    return fold(lay_out(Routine("A routine", steps)))


@EACH
@PAPER
def test_each_card_is_one_page_with_its_fonts_and_words_in_it(
    path: Path, paper: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def laid_out_once(plan: Plan, width: float, height: float) -> FittedCard:
        assert (plan, width, height) == (plan_of(path), *SIZES[paper])
        return sheet_of(path, paper)

    monkeypatch.setattr("guide.pages.along.card.compose", laid_out_once)
    file = tmp_path / "card.pdf"
    write_card(plan_of(path), file, paper=paper)
    pdf = file.read_bytes()
    assert pdf.startswith(b"%PDF")
    assert pages_in(pdf) == 1
    assert b"/FontFile" in pdf
    assert b"/ToUnicode" in pdf


@EACH
@PAPER
def test_each_card_has_all_its_words_in_type_no_smaller_than_it_may_be(path: Path, paper: str) -> None:
    plan = plan_of(path)
    sheet = sheet_of(path, paper)
    assert sheet.spare >= 0
    assert not [text.words for text in sheet.texts if text.cut]
    assert sheet.style.shown is None
    assert min(text.size for text in sheet.texts) >= SMALLEST * POINT
    words = words_of(sheet)
    for part in (plan.routine.name, plan.routine.summary, *plan.routine.safety, *plan.routine.get_ready):
        assert " ".join(part.split()).rstrip(".") in words
    for source in plan.routine.sources:
        assert source.title in words
    for one in fold(plan).steps:
        assert one.title in words
        assert one.words in words
        assert one.partner in words
    assert "Pumping Guide" in words


@EACH
@PAPER
def test_nothing_is_painted_outside_the_margins(path: Path, paper: str) -> None:
    width, height = SIZES[paper]
    image = QImage(width // 5, height // 5, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.scale(0.2, 0.2)
    sheet_of(path, paper).paint(painter)
    painter.end()
    edge = round(MARGIN / 5) - 6
    bands = ((0, 0, image.width(), edge), (0, image.height() - edge, image.width(), edge))
    sides = ((0, 0, edge, image.height()), (image.width() - edge, 0, edge, image.height()))
    for x, y, wide, high in (*bands, *sides):
        piece = image.copy(x, y, wide, high)
        white = QImage(wide, high, QImage.Format.Format_RGB32)
        white.fill(QColor("white"))
        assert piece == white


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler's pdftotext")
def test_lengths_can_be_read_out_of_the_pdf(tmp_path: Path) -> None:
    file = tmp_path / "card.pdf"
    write_card(plan_of(HOME / "routines" / "hands-on-pumping.yaml"), file, paper="a4")
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True, text=True).stdout
    assert "17–25 min" in text
    assert "1:30 min*" in text
    assert "A suggested time" in text


@each_row("kind", KINDS)
def test_every_kind_can_be_read_in_black_and_white(kind: str) -> None:
    grey = PRINT.ink(kind).toHsl()
    luminance = round(0.299 * grey.red() + 0.587 * grey.green() + 0.114 * grey.blue())
    assert contrast(QColor(luminance, luminance, luminance), QColor("white")) >= 4.5


def test_a_repeat_stands_once_with_how_often_it_is_done() -> None:
    pump, rest = step(Kind.PUMP, 10), step(Kind.REST, 20)
    card = folded(Group((pump, rest), times=4), step())
    assert [one.title for one in card.steps] == ["Pump", "Rest", "Massage"]
    assert [(one.first, one.last, one.depth, one.words) for one in card.brackets] == [(0, 1, 0, "4 times")]


def test_repeats_within_repeats_have_brackets_within_brackets() -> None:
    card = folded(Group((step(), Group((step(), step()), times=2)), times=3))
    assert [(one.first, one.last, one.depth) for one in card.brackets] == [(0, 2, 0), (1, 2, 1)]


def test_a_step_on_each_side_is_one_line_that_says_in_what_order() -> None:
    routine = Routine("R", (step(Kind.EXPRESS, side=Side.EACH, title="Express", show="The {side} side."),))
    for first, words in ((Side.LEFT, "left, then right"), (Side.RIGHT, "right, then left")):
        (one,) = fold(lay_out(routine, first)).steps
        assert (one.sides, one.length, one.words) == (words, "1 min each", f"The {words} side.")


def test_several_steps_done_on_one_side_and_then_the_other_are_bracketed() -> None:
    card = folded(Group((step(show="The {side} side."), step(Kind.PUMP)), side=Side.EACH))
    assert [one.words for one in card.brackets] == ["left, then right"]
    assert [(one.sides, one.side) for one in card.steps] == [("left side first", Side.LEFT)] * 2
    assert card.steps[0].words == "The left side."


def test_a_group_of_one_step_on_each_side_says_so_in_its_line() -> None:
    card = folded(Group((step(Kind.COMPRESS),), times=2, side=Side.EACH))
    assert [one.words for one in card.brackets] == ["2 times"]
    assert card.steps[0].sides == "left, then right"


def test_what_waits_and_what_follows_the_milk_say_so() -> None:
    waiting = Step(Kind.PREPARE, Wait())
    flowing = Step(Kind.PUMP, Range(5 * MINUTE, 7 * MINUTE), until_milk_slows=True)
    first, second = folded(waiting, flowing).steps
    assert (first.length, first.sides) == ("until ready", "")
    assert (second.length, second.until_milk_slows) == ("5–7 min", True)
    assert "until milk slows" in words_of(compose(lay_out(Routine("R", (flowing,))), *SIZES["a4"]))


def test_a_suggested_time_has_a_mark_that_is_explained() -> None:
    marked = words_of(compose(lay_out(Routine("R", (step(suggested=True),))), *SIZES["a4"]))
    assert "1 min*" in marked
    assert "* A suggested time" in marked
    assert "suggested" not in words_of(compose(lay_out(Routine("R", (step(),))), *SIZES["a4"]))


def test_what_a_partner_can_do_names_the_step() -> None:
    steps = (step(), step(Kind.PUMP, partner="Some water."), step(Kind.PUMP, partner="Some water."))
    words = words_of(compose(lay_out(Routine("R", steps)), *SIZES["a4"]))
    assert words.count("Some water.") == 1
    assert "At 2: Some water." in words


@pytest.mark.parametrize("count", [24, 40, 60, 400])
@PAPER
def test_a_very_long_routine_stays_on_its_page_and_counts_what_is_not_shown(count: int, paper: str) -> None:
    steps = tuple(
        step(title=f"Step {number}", show="Soft circles, from the ribs in.") for number in range(1, count + 1)
    )
    sheet = compose(lay_out(Routine("A long evening", steps)), *SIZES[paper])
    assert sheet.spare >= 0
    words = words_of(sheet)
    if sheet.style.shown is None:
        assert f"Step {count}" in words
    else:
        assert sheet.style.columns == 2
        assert sheet.style.shown >= 35, "as many as there is room for"
        assert f"and {count - sheet.style.shown} more steps" in words
    assert count < 40 or sheet.style.columns == 2


def test_very_long_texts_end_in_dots_and_leave_room_for_the_steps(tmp_path: Path) -> None:
    flood = "gently and slowly " * 400
    routine = Routine(
        flood,
        tuple(step(title=flood, show=flood, suction=flood, partner=f"{n} {flood}") for n in range(12)),
        summary=flood,
        get_ready=(flood,) * 20,
        safety=(flood,) * 20,
        evidence=flood,
        sources=(Source(flood),) * 20,
    )
    sheet = compose(lay_out(routine), *SIZES["letter"])
    assert sheet.spare >= 0
    assert sheet.style.shown
    write_card(lay_out(routine), tmp_path / "flood.pdf", paper="letter")
    assert pages_in((tmp_path / "flood.pdf").read_bytes()) == 1


def test_the_shortest_routine_has_a_card_too(tmp_path: Path) -> None:
    plan = lay_out(Routine("Rest", (Step(Kind.REST, Fixed(timedelta(seconds=20))),)))
    write_card(plan, tmp_path / "card.pdf", paper="a4")
    assert pages_in((tmp_path / "card.pdf").read_bytes()) == 1


@pytest.mark.parametrize("place", ["nowhere/card.pdf", "."])
def test_a_place_that_cannot_be_written_is_an_oserror(tmp_path: Path, place: str) -> None:
    plan = lay_out(Routine("Rest", (step(Kind.REST),)))
    with pytest.raises(OSError, match=r".+"):
        write_card(plan, tmp_path / place, paper="a4")


@PAPER
def test_the_sheet_has_the_size_that_was_asked_for(tmp_path: Path, paper: str) -> None:
    write_card(lay_out(Routine("Rest", (step(Kind.REST),))), tmp_path / "card.pdf", paper=paper)
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", (tmp_path / "card.pdf").read_bytes())
    assert box is not None
    width, height = (round(float(side)) for side in box.groups())
    assert (width, height) == {"a4": (595, 842), "letter": (612, 792)}[paper]


def test_the_name_of_the_suction_alone_is_bold_in_every_language() -> None:
    for tag in languages():
        speak(tag)
        sheet = compose(lay_out(Routine("R", (step(Kind.PUMP, suction="as strong as is pleasant"),))), *SIZES["a4"])
        words = next(text for text in sheet.texts if "as strong as" in text.words)
        assert words.words[: words.strong] + " as strong as is pleasant" == words.words
        assert words.strong
