"""Her takes kept and compared, and the ear beside the window: told when it cannot be, and never asked while closed."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from guide.hear import takes as takes_module
from guide.hear.embedding import SIZE
from guide.hear.meaning import Meaning
from guide.hear.takes import Take, packed
from guide.live import listening as module
from guide.live.listening import UNKEPT, Listening, Takes
from microphones import ScriptedCapture

TAKE = Take(np.ones((3, SIZE), np.float32), 0, 3)
HERS: Takes = {Meaning.NEXT: (TAKE,) * 3}
UNREAD = "Your words could not be read. They can be taught again; taps and keys work."


class Reading:
    """In place of what reads the microphone on a thread: remembers what it was asked."""

    def __init__(self, capture: object, **how: Any) -> None:
        self.capture, self.how = capture, how
        self.asked: list[Callable[[Any], None]] = []
        self.lessons: list[tuple[object, float | None]] = []
        self.stopped = False

    def ask(self, work: Callable[[Any], None]) -> None:
        self.asked.append(work)

    def take_lesson(self, lesson: object, threshold: float | None) -> None:
        self.lessons.append((lesson, threshold))

    def stop(self) -> None:
        self.stopped = True

    def run(self) -> None:
        raise AssertionError("on the window's thread")


class Ear(Listening):
    """With what it told, and the work it gave away."""

    def __init__(self, path: Path, **more: Any) -> None:
        self.works: list[Callable[[], None]] = []
        self.threads: list[Callable[[], None]] = []
        self.devices: list[str] = []
        self.capture = ScriptedCapture()
        super().__init__(path=path, capture=self._device, run=self.works.append, thread=self.threads.append, **more)
        self.said: list[str] = []
        self.told.connect(self.said.append)
        self.unkept.connect(lambda: self.said.append("unkept"))
        self.over.connect(lambda sentence: self.said.append(f"over: {sentence}"))
        self.lessons = 0
        self.learnt.connect(self._count)

    def _count(self) -> None:
        self.lessons += 1

    def _device(self, name: str) -> ScriptedCapture:
        self.devices.append(name)
        return self.capture

    @property
    def brought(self) -> object:
        """The lesson; here a text that counts how often was compared."""
        return self.lesson

    @property
    def reader(self) -> Reading:
        return cast("Reading", self._reader)

    def work(self) -> None:
        for each in self.works:
            each()
        self.works.clear()


@pytest.fixture(autouse=True)
def compared(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Takes, object]]:
    """What was compared; the real comparison takes seconds."""
    calls: list[tuple[Takes, object]] = []

    def learn(takes: Takes, kept: object) -> object:
        calls.append((takes, kept))
        return f"lesson {len(calls)}"

    monkeypatch.setattr(takes_module, "learn", learn)
    monkeypatch.setattr(module, "Reader", Reading)
    monkeypatch.setattr(module, "why_unheard", lambda: "")
    return calls


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hers" / "words" / "words.npz"


def spoken_of(takes: Takes) -> dict[Meaning, int]:
    return {meaning: len(kept) for meaning, kept in takes.items()}


def test_takes_are_kept_read_again_and_gone_with_the_last(path: Path, qtbot: QtBot) -> None:
    ear = Ear(path)
    assert ear.takes == {}
    ear.keep(HERS)
    assert ear.said == [f"over: {UNKEPT}"]
    assert spoken_of(Ear(path).takes) == {Meaning.NEXT: 3}
    assert path.parent.stat().st_mode & 0o777 == 0o700
    ear.keep({Meaning.NEXT: ()})
    assert not path.exists()
    ear.keep({})  # gone already
    assert set(ear.said) == {f"over: {UNKEPT}"}


def test_before_anything_was_taught_nothing_waits_to_be_written(path: Path, qtbot: QtBot) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(packed(HERS))
    ear = Ear(path)
    assert ear.save_now()
    assert (path.exists(), ear.said) == (True, [])


def test_takes_are_read_once_and_anew_where_their_file_is_another(path: Path, qtbot: QtBot) -> None:
    ear = Ear(path)
    assert ear.takes == {}
    path.parent.mkdir(parents=True)
    path.write_bytes(packed(HERS))
    assert ear.takes == {}
    ear.read_again()
    ear.work()
    assert ear.brought == "lesson 1"
    assert spoken_of(ear.takes) == {Meaning.NEXT: 3}


@pytest.mark.parametrize("damaged", [b"", b"nothing of the kind"])
def test_takes_that_cannot_be_read_are_told_and_can_be_taught_again(path: Path, qtbot: QtBot, damaged: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(damaged)
    ear = Ear(path)
    assert ear.takes == {}
    assert ear.said == [UNREAD]


def test_a_folder_in_place_of_the_takes_is_told(path: Path, qtbot: QtBot) -> None:
    path.mkdir(parents=True)
    ear = Ear(path)
    assert ear.takes == {}
    assert ear.said == [UNREAD]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_in_place_of_the_takes_is_told_and_not_waited_for(path: Path, qtbot: QtBot) -> None:
    path.parent.mkdir(parents=True)
    os.mkfifo(path)
    ear = Ear(path)
    assert ear.takes == {}
    assert ear.said == [UNREAD]


def test_where_nothing_can_be_heard_that_is_told_once_and_her_takes_are_left_alone(
    path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(packed(HERS))
    ear = Ear(path)
    monkeypatch.setattr(module, "why_unheard", lambda: "No network.")
    assert ear.takes == {}
    ear.open("")
    assert not ear.is_open
    assert ear.said == ["No network."]
    assert not ear.hears(once=False)
    assert ear.said == ["No network."] * 2
    monkeypatch.setattr(module, "why_unheard", lambda: "Another reason.")
    assert not ear.hears()
    assert ear.said[2:] == ["Another reason."]
    monkeypatch.setattr(module, "why_unheard", lambda: "")
    assert ear.hears()
    assert len(ear.said) == 3


def test_a_disk_that_refuses_is_told_and_tried_anew(path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    ear = Ear(path)

    def refuse(path: Path, data: bytes) -> None:
        raise OSError(28, "full", path)

    with monkeypatch.context() as full:
        full.setattr(module, "write_whole", refuse)
        ear.keep(HERS)
        assert ear.said == ["unkept", UNKEPT]
        assert not ear.save_now()
    assert spoken_of(ear.takes) == {Meaning.NEXT: 3}
    assert not path.exists()
    assert ear.save_now()
    assert ear.said == ["unkept", UNKEPT, f"over: {UNKEPT}"]
    assert path.exists()
    path.unlink()
    assert ear.save_now()  # nothing waits
    assert not path.exists()


def test_what_was_compared_of_older_takes_is_passed_over(
    path: Path, qtbot: QtBot, compared: list[tuple[Takes, object]]
) -> None:
    ear = Ear(path, alike_kept=lambda: frozenset({Meaning.BACK}))
    ear.keep(HERS)
    ear.keep({**HERS, Meaning.PAUSE: (TAKE,) * 3})
    assert ear.lessons == 0
    older, newer = ear.works
    newer()
    older()
    assert (ear.brought, ear.lessons) == ("lesson 1", 1)
    assert [kept for _, kept in compared] == [{Meaning.BACK}] * 2
    assert spoken_of(compared[0][0]) == {Meaning.NEXT: 3, Meaning.PAUSE: 3}


def test_without_takes_there_is_no_lesson_and_that_is_told_at_once(path: Path, qtbot: QtBot) -> None:
    ear = Ear(path)
    ear.keep(HERS)
    ear.work()
    brought = [ear.brought]
    ear.keep({Meaning.NEXT: ()})
    assert (len(ear.works), ear.lessons) == (0, 2)
    assert [*brought, ear.brought] == ["lesson 1", None]


def test_takes_are_compared_anew_once_they_were_read(path: Path, qtbot: QtBot) -> None:
    ear = Ear(path)
    ear.learn_again()
    assert (ear.works, ear.lessons) == ([], 0)
    ear.keep(HERS)
    ear.work()
    ear.learn_again()
    ear.work()
    assert ear.brought == "lesson 2"


# the ear


def test_open_it_reads_her_takes_and_has_them_compared(path: Path, qtbot: QtBot) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(packed(HERS))
    ear = Ear(path)
    assert ear.lesson is None
    ear.open("")
    ear.work()
    assert ear.reader.lessons[-1] == ("lesson 1", None)


def test_open_it_listens_on_a_thread_of_its_own_to_one_device(path: Path, qtbot: QtBot) -> None:
    owner = QObject()
    ear = Ear(path, now=lambda: timedelta(seconds=7), parent=owner)
    assert ear.parent() is owner
    ear.open("Headset")
    reader = ear.reader
    ear.open("Another")
    assert (ear.devices, ear.is_open) == (["Headset"], True)
    assert reader.capture is ear.capture
    assert ear.threads == [reader.run]
    assert reader.how["now"]() == timedelta(seconds=7)
    ear.close()
    assert (reader.stopped, ear.is_open) == (True, False)
    ear.close()
    ear.open("Another")
    assert ear.devices == ["Headset", "Another"]


def test_what_the_ear_tells_is_told(path: Path, qtbot: QtBot) -> None:
    ear = Ear(path)
    reports: list[object] = []
    ear.reported.connect(reports.append)
    ear.open("")
    ear.reader.how["tell"]("a report")
    ear.reader.how["trouble"]("It does not load.")
    assert (reports, ear.said) == (["a report"], ["It does not load."])


def test_what_the_ear_tells_a_window_that_is_gone_closes_the_device(path: Path, qtbot: QtBot) -> None:
    ears = [Ear(path) for _way in range(3)]
    for ear in ears:
        ear.open("")
    readers = [ear.reader for ear in ears]
    for ear in ears:
        shiboken6.delete(ear)
    readers[0].how["tell"]("a report")
    readers[1].how["trouble"]("It does not load.")
    ears[2]._tell_verdict(TAKE)
    assert [reader.stopped for reader in readers] == [True] * 3


def test_the_ear_has_the_newest_lesson_and_how_closely_to_listen(path: Path, qtbot: QtBot) -> None:
    ear = Ear(path)
    ear.listen_with(-4.0)
    ear.open("")
    ear.keep(HERS)
    ear.work()
    ear.listen_with(None)
    lessons = list(dict.fromkeys(ear.reader.lessons))
    assert lessons == [(None, -4.0), ("lesson 1", -4.0), ("lesson 1", None)]


class Heard:
    """An ear on the other thread."""

    def __init__(self) -> None:
        self.teaching: bool | None = None
        self.deaf: timedelta | None = None
        self.judged: tuple[timedelta, timedelta, Sequence[Take]] | None = None

    def be_deaf_until(self, instant: timedelta) -> None:
        self.deaf = instant

    def judge(self, last: timedelta, before: timedelta, others: Sequence[Take]) -> str:
        self.judged = last, before, others
        return "a verdict"


def test_it_is_asked_on_its_own_thread_and_answers_on_the_window_s(path: Path, qtbot: QtBot) -> None:
    ear, heard = Ear(path), Heard()
    verdicts: list[object] = []
    ear.judged.connect(verdicts.append)
    second = timedelta(seconds=1)
    ear.open("")
    ear.teach(on=True)
    ear.be_deaf_until(9 * second)
    ear.judge(3 * second, 2 * second, (TAKE,))
    assert (heard.teaching, heard.deaf, heard.judged) == (None, None, None)
    for work in ear.reader.asked:
        work(heard)
    assert (heard.teaching, heard.deaf) == (True, 9 * second)
    assert heard.judged == (3 * second, 2 * second, (TAKE,))
    assert verdicts == ["a verdict"]
    ear.teach(on=False)
    ear.reader.asked[-1](heard)
    assert heard.teaching is False


def test_closed_it_is_asked_nothing(path: Path, qtbot: QtBot) -> None:
    ear = Ear(path)
    ear.teach(on=True)
    ear.be_deaf_until(timedelta(0))
    ear.judge(timedelta(0), timedelta(0), ())
    ear.listen_with(-6.0)
    assert not ear.is_open
