"""The voice made ready beside the window: told as it goes, and given up when nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from guide.compat import override
from guide.core.plan import Plan
from guide.live import preparation
from guide.live.preparation import Preparation, unforeseen
from guide.sound.pcm import wav_bytes
from guide.sound.repertoire import Repertoire, Wishes
from guide.sound.voices.chain import Voices
from guide.sound.voices.engine import Priority
from guide.sound.voices.voice import Voice
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
    made.progressed.connect(lambda done, *_: got.append(done))
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
    owner = QObject()
    made = Preparation(cache=tmp_path, run=lambda work: work(), parent=owner)
    with qtbot.waitSignal(made.ready) as heard:
        made.begin(PLAN, SILENT)
    sentence = "The voice could not be made ready. The words on the screen go on."
    assert unforeseen() == sentence
    assert heard.args == [Repertoire(), [sentence]]
    assert made.parent() is owner


class Talker:
    """A voice that talks as long as it is told, and remembers what it said."""

    def __init__(self, name: str) -> None:
        self.id = self.name = name
        self.asked: list[str] = []

    def edition(self, text: str) -> str | None:
        return "1"

    def render(self, text: str, *, pace: int) -> bytes:
        self.asked.append(text)
        return wav_bytes([1_000.0, -1_000.0] * 2_000)

    def rest(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Two(Voices):
    """A voice that needs time, and one that needs none."""

    slow: Talker = field(default_factory=lambda: Talker("slow"))
    swift: Talker = field(default_factory=lambda: Talker("swift"))

    @override
    def chain(self, chosen: str | None, language: str = "en") -> Iterator[Voice]:
        yield self.slow

    @override
    def quick(self, language: str = "en") -> Voice:
        return self.swift


def test_in_a_hurry_the_quick_voice_comes_first_and_the_proper_one_after_it(tmp_path: Path, qtbot: QtBot) -> None:
    two, works = Two(), list[Callable[[], None]]()
    made = Preparation(cache=tmp_path, voices=lambda _: two, run=works.append)
    got: list[Repertoire] = []
    made.ready.connect(lambda repertoire, _: got.append(repertoire))
    made.begin(PLAN, Wishes(chimes_on=False))
    made.hurry()
    slow, swift = works
    swift()
    slow()
    assert set(got[0].prompts) == set(got[1].prompts)
    assert got[0].prompts["One."] != got[1].prompts["One."]
    assert sorted(two.swift.asked) == sorted(two.slow.asked)


def test_a_hurry_that_comes_too_late_delivers_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    two, works = Two(), list[Callable[[], None]]()
    made = Preparation(cache=tmp_path, voices=lambda _: two, run=works.append)
    got: list[Repertoire] = []
    made.ready.connect(lambda repertoire, _: got.append(repertoire))
    made.begin(PLAN, Wishes(chimes_on=False))
    made.hurry()
    slow, swift = works
    slow()
    swift()
    made.hurry()
    assert len(got) == 1
    assert two.swift.asked == []
    assert len(works) == 2


def test_a_hurry_for_what_nobody_waits_for_any_more_says_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    two, works = Two(), list[Callable[[], None]]()
    made = Preparation(cache=tmp_path, voices=lambda _: two, run=works.append)
    made.begin(PLAN, Wishes(chimes_on=False))
    made.hurry()
    made.give_up()
    works[1]()
    assert two.swift.asked == []


def test_what_was_warmed_has_not_to_be_said_again_and_tells_nobody(tmp_path: Path, qtbot: QtBot) -> None:
    two, works, asked = Two(), list[Callable[[], None]](), list[Priority]()

    def voices(priority: Priority) -> Voices:
        asked.append(priority)
        return two

    made = Preparation(cache=tmp_path, voices=voices, run=works.append)
    got: list[object] = []
    made.progressed.connect(lambda *_: got.append(1))
    made.ready.connect(lambda *_: got.append(2))
    made.warm(PLAN, Wishes(chimes_on=False))
    works.pop()()
    assert got == []
    said = list(two.slow.asked)
    made.begin(PLAN, Wishes(chimes_on=False))
    works.pop()()
    assert two.slow.asked == said
    assert asked == [Priority.LOW, Priority.USUAL]


def test_a_session_ends_the_warming_up(tmp_path: Path, qtbot: QtBot) -> None:
    two, works = Two(), list[Callable[[], None]]()
    made = Preparation(cache=tmp_path, voices=lambda _: two, run=works.append)
    made.warm(PLAN, Wishes(chimes_on=False))
    made.begin(PLAN, Wishes(chimes_on=False))
    works[0]()
    assert two.slow.asked == []


class Asked:
    """What was asked of the making of prompts, in its place."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
        self.calls: list[dict[str, Any]] = []
        self.told: list[object] = []
        self.works: list[Callable[[], None]] = []
        monkeypatch.setattr(preparation, "prepare", self._prepare)
        self.made = Preparation(cache=path, voices=self._voices, run=self.works.append)
        self.made.progressed.connect(lambda *how: self.told.append(how))
        self.made.ready.connect(lambda repertoire, problems: self.told.append((repertoire, problems)))

    def _voices(self, priority: Priority) -> Voices:
        return Two(priority=priority)

    def _prepare(self, plan: Plan, wishes: Wishes, **how: Any) -> tuple[Repertoire, list[str]]:
        self.calls.append({"plan": plan, "wishes": wishes, **how})
        how["progress"](1, 3, timedelta(seconds=4))
        return Repertoire(), [f"trouble {len(self.calls)}"]

    @property
    def last(self) -> tuple[object, ...]:
        call = self.calls[-1]
        return (call["plan"], call["wishes"], call["cache"], call["beside"], call["voices"].priority,
                call.get("at_hand", False))  # fmt: skip


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot) -> Asked:
    return Asked(monkeypatch, tmp_path)


def test_a_plan_is_made_ready_as_she_wishes_and_told_as_it_goes(asked: Asked, tmp_path: Path) -> None:
    plans = [asked.made.plan]
    asked.made.hurry()  # nothing is awaited
    asked.made.begin(PLAN, SILENT, beside=tmp_path / "hers")
    assert [*plans, asked.made.plan] == [None, PLAN]
    asked.works[0]()
    assert asked.last == (PLAN, SILENT, tmp_path, tmp_path / "hers", Priority.USUAL, False)
    assert asked.told == [(1, 3, timedelta(seconds=4)), (Repertoire(), ["trouble 1"])]
    asked.made.hurry()  # all is there
    assert len(asked.works) == 1


def test_in_a_hurry_the_same_is_asked_for_at_hand_and_no_progress_is_told(asked: Asked, tmp_path: Path) -> None:
    asked.made.begin(PLAN, SILENT, beside=tmp_path / "hers")
    asked.made.hurry()
    asked.works[1]()
    assert asked.last == (PLAN, SILENT, tmp_path, tmp_path / "hers", Priority.USUAL, True)
    assert asked.told == [(Repertoire(), ["trouble 1"])]
    asked.works[0]()
    assert asked.told[1:] == [(1, 3, timedelta(seconds=4)), (Repertoire(), ["trouble 2"])]


def test_the_next_plan_can_be_hurried_too(asked: Asked) -> None:
    asked.made.begin(PLAN, SILENT)
    asked.works.pop()()
    asked.made.begin(PLAN, Wishes())
    asked.made.hurry()
    asked.works[1]()
    assert asked.last[1] == Wishes()
    assert asked.told[-1] == (Repertoire(), ["trouble 2"])


def test_beforehand_a_plan_is_made_ready_modestly_and_nobody_is_told(asked: Asked, tmp_path: Path) -> None:
    asked.made.warm(PLAN, SILENT, beside=tmp_path / "hers")
    asked.works[0]()
    assert asked.last == (PLAN, SILENT, tmp_path, tmp_path / "hers", Priority.LOW, False)
    assert asked.told == []
    assert asked.made.plan is None


def test_each_warming_up_ends_the_one_before_and_giving_up_ends_all(asked: Asked) -> None:
    done: list[str] = []

    def prepare(_plan: Plan, wishes: Wishes, **how: Any) -> tuple[Repertoire, list[str]]:
        how["progress"](1, 1, None)
        done.append(str(wishes.pace))
        return Repertoire(), []

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(preparation, "prepare", prepare)
        for pace in (100, 120, 140):
            asked.made.warm(PLAN, Wishes(pace=pace))
        asked.works[0]()
        asked.works[2]()
        assert done == ["140"]
        asked.made.give_up()
        asked.works[2]()
        assert done == ["140"]
        asked.made.warm(PLAN, Wishes(pace=160))
        for work in asked.works:
            work()
        assert done == ["140", "160"]


def test_what_goes_wrong_beforehand_is_told_nobody_and_a_hurry_delivers_what_there_is(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(preparation, "prepare", break_down)
    asked.made.warm(PLAN, SILENT)
    asked.works.pop()()
    assert asked.told == []
    assert "beforehand" in caplog.text
    asked.made.begin(PLAN, SILENT)
    asked.made.hurry()
    asked.works[1]()
    assert asked.told == [(Repertoire(), [unforeseen()])]
