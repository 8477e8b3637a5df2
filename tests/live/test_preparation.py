"""The voice made ready beside the window: told as it goes, and given up when nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from guide.live import preparation
from guide.live.preparation import UNFORESEEN, Preparation
from guide.sound.repertoire import Repertoire, Wishes
from plans import fixed, plan_of

PLAN = plan_of(fixed("1 min", say="One."))
SILENT = Wishes(voice_on=False)


def test_what_was_made_for_an_earlier_plan_is_not_delivered(tmp_path: Path, qtbot: QtBot) -> None:
    works: list[Callable[[], None]] = []
    made = Preparation(cache=tmp_path, run=works.append)
    got: list[object] = []
    made.ready.connect(lambda repertoire, _: got.append(repertoire))
    made.begin(PLAN, Wishes(voice_on=False, chimes_on=False))
    made.begin(PLAN, SILENT)
    for work in works:
        work()
    assert len(got) == 1
    assert isinstance(got[0], Repertoire)
    assert "massage" in got[0].sounds


def test_given_up_it_says_nothing_more(tmp_path: Path, qtbot: QtBot) -> None:
    works: list[Callable[[], None]] = []
    made = Preparation(cache=tmp_path, run=works.append)
    got: list[object] = []
    made.ready.connect(lambda repertoire, _: got.append(repertoire))
    made.progressed.connect(lambda done, _: got.append(done))
    made.begin(PLAN, Wishes())
    made.give_up()
    works[0]()
    assert got == []


def test_whatever_goes_wrong_the_session_can_begin(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(preparation, "prepare", break_down)
    made = Preparation(cache=tmp_path, run=lambda work: work())
    with qtbot.waitSignal(made.ready) as heard:
        made.begin(PLAN, SILENT)
    assert heard.args == [Repertoire(), [UNFORESEEN]]
