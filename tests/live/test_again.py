"""What a disk refused is tried anew, all of it each time, until nothing waits."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guide.live.again import BETWEEN, Again


class Waiting:
    """Something that is not kept until the disk takes it."""

    def __init__(self, *, taken: bool) -> None:
        self.taken = taken
        self.tries = 0

    def save_now(self) -> bool:
        self.tries += 1
        return self.taken


@pytest.mark.parametrize(
    ("heavy", "light", "goes_on", "may_leave"),
    [
        ([True, True], [True], False, True),
        ([True, False], [True], True, False),
        ([False, True], [False], True, False),
        ([True], [False], True, True),
        ([], [False], True, True),
        ([], [], False, True),
    ],
)
def test_it_goes_on_while_anything_waits_and_only_what_is_not_light_keeps_her_from_leaving(
    qtbot: QtBot, heavy: list[bool], light: list[bool], goes_on: bool, may_leave: bool
) -> None:
    again = Again()
    waiting = [(Waiting(taken=taken), False) for taken in heavy] + [(Waiting(taken=taken), True) for taken in light]
    for each, is_light in waiting:
        again.add(each.save_now, light=is_light)
    again.begin()
    assert again.now() is may_leave
    assert again.timer.isActive() is goes_on
    assert [each.tries for each, _ in waiting] == [1] * len(waiting)
    again.timer.stop()


def test_that_all_is_saved_is_said_once_after_something_was_refused_whether_sound_is_there_or_not(
    qapp: QApplication,
) -> None:
    again, heavy, light, said = Again(parent=qapp), Waiting(taken=False), Waiting(taken=True), list[bool]()
    again.add(heavy.save_now)
    again.add(light.save_now, light=True)
    again.look(lambda: False)
    again.saved.connect(lambda: said.append(True))
    again.begin()
    heavy.taken = True
    again.now()
    assert said == []  # nobody was told that something is not saved
    heavy.taken, light.taken = False, False
    again.refused()
    for taken in ((True, False), (False, True), (True, True), (True, True)):
        heavy.taken, light.taken = taken
        again.now()
    assert said == [True]
    assert again.timer.isActive()  # for the sound
    again.setParent(None)


def test_the_timer_tries_every_ten_seconds_until_the_disk_takes_it(qapp: QApplication) -> None:
    again, waiting = Again(parent=qapp), Waiting(taken=False)
    again.add(waiting.save_now)
    assert (again.parent(), again.timer.parent(), again.now()) == (qapp, again, False)
    again.begin()
    assert (again.timer.interval(), BETWEEN) == (10_000, 10_000)
    again.timer.timeout.emit()
    assert again.timer.isActive()
    waiting.taken = True
    again.timer.timeout.emit()
    assert (waiting.tries, again.timer.isActive()) == (3, False)
    again.setParent(None)
