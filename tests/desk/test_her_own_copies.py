"""Routines made of what she did: a range that follows her milk, and the lengths of a session that she liked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from evenings import SHORT, Evening
from guide.core.commands import Command
from guide.core.layout import lay_out
from guide.core.routine import Fixed, Length, Range
from guide.core.usual import FEWEST_SLOWED
from guide.pages.editor.own_copies import free_name
from guide.pages.finish.page import FinishPage
from guide.pages.ready.page import ReadyPage
from guide.store.routines.library import Library

Start = Callable[..., Evening]


def play(night: Evening, *, slowed_after: float) -> None:
    """A session of the short routine, in which milk slows so long after pumping began."""
    night.made.desk.routines.open("short", start=True)
    night.pass_time(30 + slowed_after)
    night.made.tools.conductor.do(Command.MILK_SLOWED)
    night.pass_time(60)
    night.made.tools.conductor.do(Command.STOP)


def pumping_of(night: Evening, name: str) -> Length:
    routine = next(each.routine for each in night.made.tools.library.entries() if each.name == name)
    assert routine is not None
    return lay_out(routine).segments[1].step.length


def test_the_lengths_of_a_session_become_a_routine_of_hers(evening: Start) -> None:
    night = evening(voice_on=False, chimes_on=False)
    play(night, slowed_after=90)
    page = night.page(FinishPage)
    page.keep.click()
    assert pumping_of(night, "Short, mine") == Fixed(timedelta(seconds=90))
    assert pumping_of(night, "Short") == Range(timedelta(minutes=1), timedelta(minutes=3))
    night.made.tools.window.toast.action.click()
    assert [each.name for each in night.made.tools.library.entries() if not each.builtin] == ["Short"]
    page.keep.click()
    page.keep.click()
    assert night.here == "editor"
    own = {each.id: each.name for each in night.made.tools.library.entries() if not each.builtin}
    assert own == {"short": "Short", "short-mine": "Short, mine"}


@pytest.mark.parametrize("letters", [1, 73, 80])
def test_a_copy_has_a_name_that_a_routine_may_have(tmp_path: Path, letters: int) -> None:
    library = Library(tmp_path, tmp_path / "own")
    for _ in range(3):
        copy = library.new(SHORT.replace("Short", free_name(library, "x" * letters)))
        assert library.entry(copy).routine is not None
    assert len({one.name for one in library.summaries()}) == 3


def test_a_range_that_follows_her_milk_is_one_press_away_and_one_back(evening: Start) -> None:
    night = evening(voice_on=False, chimes_on=False)
    for _ in range(FEWEST_SLOWED):
        play(night, slowed_after=100)
    night.made.desk.routines.open("short")
    view = night.page(ReadyPage).view
    assert view is not None
    assert view.hint == "Your milk usually slows at about 1:40 here."
    night.page(ReadyPage).hint_taken.emit()
    assert pumping_of(night, "Short, mine") == Range(timedelta(seconds=90), timedelta(seconds=150))
    view = night.page(ReadyPage).view
    assert view is not None
    assert view.routine.name == "Short, mine"
    night.made.tools.window.toast.action.click()
    assert [each.name for each in night.made.tools.library.entries() if not each.builtin] == ["Short"]
    assert night.here == "ready"


def test_her_pump_fills_the_level_on_get_ready_on_the_screen_and_in_the_prompts(evening: Start) -> None:
    night = evening(
        voice_on=False,
        chimes_on=False,
        pump_name="Spectra S1",
        flange_left="24",
        flange_right="21",
        level_left="5",
        level_right="6",
        switches_mode=True,
    )
    night.made.desk.routines.open("power-pumping")
    view = night.page(ReadyPage).view
    assert view is not None
    assert view.pump == "Spectra S1 · flanges 24 mm left, 21 mm right"
    pumping = next(segment for segment in view.plan.segments if segment.step.under_suction)
    assert pumping.suction == (
        "Your comfortable level, 5 left and 6 right. At the first milk, switch to expression mode"
    )
    night.made.desk.routines.open("gentle-day")
    night.made.desk.routines.open("marmet-expression")
    view = night.page(ReadyPage).view
    assert view is not None
    assert view.pump == ""
