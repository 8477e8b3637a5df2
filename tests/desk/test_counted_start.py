"""Start in 20 seconds: hands that are busy already begin by themselves, and anything else stops the count."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evenings import NIGHT, WELL, Evening
from guide.compat import override
from guide.core.count_in import SAID
from guide.hear.ear import Report
from guide.hear.meaning import Meaning
from guide.hear.microphone import Hearing
from guide.hear.spotter import Spotted
from guide.pages.ready.counting import CountedStart
from guide.pages.ready.page import ReadyPage
from guide.pages.routines.page import LibraryPage
from guide.pages.settings.page import SettingsPage
from guide.sound.clip import Clip
from guide.store.settings import SoreCheck
from hands import RememberingPlayer

Start = Callable[..., Evening]


SILENT = {"voice_on": False, "chimes_on": False}  # nothing to be made ready


def ready(night: Evening) -> ReadyPage:
    night.page(LibraryPage).ready_asked.emit("short")
    return night.page(ReadyPage)


def counting(night: Evening) -> CountedStart:
    [found] = night.made.desk.ready.findChildren(CountedStart)
    return found


def wait(night: Evening, seconds: float) -> None:
    """Each second of it is looked at, as the timer does."""
    while seconds > 0:
        night.clock.advance(min(seconds, 1))
        counting(night).wake()
        seconds -= 1


def shown(page: ReadyPage) -> int | None:
    return None if page.count.isHidden() else page.count.left


@pytest.mark.parametrize(
    ("heard", "sounds"),
    [
        ({"voice_on": True, "chimes_on": True}, len(SAID)),
        ({"voice_on": False, "chimes_on": True}, len(SAID)),
        ({"voice_on": False, "chimes_on": False}, 0),
    ],
    ids=["spoken", "ticks", "silent"],
)
def test_twenty_seconds_are_counted_and_then_it_begins(evening: Start, heard: dict[str, bool], sounds: int) -> None:
    night = evening(**heard)
    page = ready(night)
    page.foot.later.click()
    seen = [shown(page)]
    for _ in range(19):
        wait(night, 1)
        seen.append(shown(page))
    assert seen == list(range(20, 0, -1))
    assert night.here == "ready"
    assert len(night.player.played) == sounds
    wait(night, 1)
    assert night.here == "session"
    assert night.readout.title
    assert shown(page) is None


def stop_by_letter(page: ReadyPage) -> None:
    QTest.keyClick(page.count, Qt.Key.Key_X)


def stop_by_escape(page: ReadyPage) -> None:
    QTest.keyClick(page.count, Qt.Key.Key_Escape)


def stop_by_tap(page: ReadyPage) -> None:
    QTest.mouseClick(page.count, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))


def go_back(page: ReadyPage) -> None:
    page.back_asked.emit()


@pytest.mark.parametrize("stop", [stop_by_letter, stop_by_escape, stop_by_tap, go_back])
def test_anything_stops_the_count_and_nothing_begins(evening: Start, stop: Callable[[ReadyPage], None]) -> None:
    night = evening(**SILENT)
    page = ready(night)
    QTest.keyClick(page.start, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert shown(page) == 20
    wait(night, 4)
    here = "routines" if stop is go_back else "ready"
    stop(page)
    assert shown(page) is None
    assert night.player.asked[-1] == "stop", "the voice that counts is silent at once"
    wait(night, 30)
    assert night.here == here
    if here == "ready":
        assert QApplication.focusWidget() is page.start


def test_the_check_is_asked_before_the_count(evening: Start) -> None:
    night = evening(sore_check=None, **SILENT)
    page = ready(night)
    page.foot.later.click()
    assert shown(page) is None
    assert page.view is not None
    assert page.view.asks
    page.asking.answered.emit(False)
    assert shown(page) is None, "one press answers and does nothing else"
    page.foot.later.click()
    assert shown(page) == 20


@pytest.mark.parametrize("sore", [True, None])
def test_no_count_gets_past_the_check(evening: Start, sore: bool | None) -> None:
    night = evening(sore_check=None if sore is None else SoreCheck(NIGHT.date(), sore=sore), **SILENT)
    page = ready(night)
    page.press_count()
    page.count_asked.emit()  # whatever asks for it
    wait(night, 25)
    assert night.here == "ready"
    assert page.start.isEnabled() is not sore
    assert page.foot.later.isEnabled() is not sore


def test_a_lid_that_was_closed_meanwhile_stops_the_count(evening: Start) -> None:
    night = evening(**SILENT)
    page = ready(night)
    page.press_count()
    night.clock.advance(3600)
    counting(night).wake()
    assert (night.here, shown(page)) == ("ready", None)


@pytest.mark.parametrize(
    ("meaning", "here"), [(Meaning.PAUSE, "ready"), (Meaning.CARRY_ON, "session"), (Meaning.NEXT, "ready")]
)
def test_her_words_stop_the_count_or_begin_at_once(evening: Start, meaning: Meaning, here: str) -> None:
    night = evening(listen=True, **SILENT)
    listening = night.made.tools.listening
    listening._takes = {Meaning.CARRY_ON: (object(),)}  # type: ignore[dict-item]  # there are some
    page = ready(night)
    page.press_count()
    wait(night, 2)
    spotted = Spotted(meaning, -7.0, sure=True, began=0.0, ended=0.5)
    listening.reported.emit(Report(Hearing.ON, spotted=(spotted,)))
    assert night.here == here
    assert (shown(page) == 18) is (meaning is Meaning.NEXT)


class LookingPlayer(RememberingPlayer):
    """Keeps the names of the clips whose files were not there when they were to be heard."""

    def __init__(self) -> None:
        super().__init__()
        self.missing: list[str] = []

    @override
    def play(self, clip: Clip) -> None:
        super().play(clip)
        if not clip.path.is_file():
            self.missing.append(clip.path.name)


def erase_everything(night: Evening) -> None:
    night.made.desk.go_to("settings")
    night.page(SettingsPage).erase_asked.emit()
    dialog = night.made.tools.window.dialog
    assert dialog is not None
    dialog.choose("erase")
    night.made.tools.preferences.change(voice="embedded", sore_check=WELL)


@pytest.mark.parametrize("voice_on", [True, False])
def test_the_count_is_heard_after_everything_was_deleted_twice(evening: Start, voice_on: bool) -> None:
    night = evening(voice_on=voice_on)
    player = night.made.tools.player = LookingPlayer()
    for _ in range(2):
        erase_everything(night)
        night.made.tools.preferences.change(voice_on=voice_on)
        night.made.desk.routines.open("power-pumping")
        page = night.page(ReadyPage)
        page.press_count()
        wait(night, 19)
        QTest.keyClick(page.count, Qt.Key.Key_Escape)
    assert len(player.played) == 2 * len(SAID)
    assert player.missing == []
