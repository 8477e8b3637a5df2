"""The notice that a session may be thought of: when it comes, and above all when it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, timezone

import pytest
from PySide6.QtWidgets import QApplication

from guide.core.nudge import QuietHours
from guide.live.nudge import LONGEST_WAIT, Nudge, NudgeWishes, nudge_wishes, words
from guide.store.settings import Settings
from tables import each_row

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
THREE_HOURS = NudgeWishes(3 * HOUR)
QUIET_NIGHT = NudgeWishes(3 * HOUR, QuietHours(time(22), time(6)))


class Evening:
    """A wall clock moved by hand, a session that began, and what was said."""

    def __init__(self) -> None:
        self.now = NOON
        self.last: datetime | None = NOON
        self.playing = False
        self.said: list[str] = []
        self.nudge = Nudge(now=lambda: self.now, last_start=lambda: self.last, busy=lambda: self.playing)
        self.nudge.due.connect(self.said.append)

    def pass_by(self, length: timedelta, *, awake: bool = True) -> None:
        """Let time pass, waking when the timer would; asleep, no timer runs."""
        end = self.now + length
        if awake:
            self.nudge.wake()
        while awake and self.nudge.timer.isActive():
            wait = timedelta(milliseconds=self.nudge.timer.interval())
            if self.now + wait > end:
                break
            self.now += wait
            self.nudge.wake()
        self.now = end


@pytest.fixture
def evening(qapp: QApplication) -> Iterator[Evening]:
    evening = Evening()
    yield evening
    evening.nudge.timer.stop()
    evening.nudge.deleteLater()


def test_quiet_hours_are_those_of_her_clock_as_it_stands_now(evening: Evening) -> None:
    """The clocks went back an hour since the session began."""
    summer, winter = timezone(2 * HOUR), timezone(HOUR)
    evening.last = datetime(2026, 10, 24, 21, 30, tzinfo=summer)
    evening.now = datetime(2026, 10, 24, 20, 0, tzinfo=winter)
    evening.nudge.wish(QUIET_NIGHT)
    assert evening.nudge.at == datetime(2026, 10, 25, 6, tzinfo=winter)


def test_nothing_is_said_until_she_asks(evening: Evening) -> None:
    evening.nudge.wish(nudge_wishes(Settings()))
    evening.nudge.renew()
    assert not evening.nudge.timer.isActive()
    evening.pass_by(48 * HOUR)
    assert evening.said == []


def test_three_hours_after_the_start_it_is_said_once(evening: Evening) -> None:
    evening.nudge.wish(THREE_HOURS)
    evening.pass_by(3 * HOUR - MINUTE)
    assert evening.said == []
    evening.pass_by(MINUTE)
    assert evening.said == ["Whenever you are ready: it has been about 3 hours."]
    evening.pass_by(20 * HOUR)
    evening.nudge.renew()
    assert len(evening.said) == 1


def test_the_next_session_brings_the_next_one(evening: Evening) -> None:
    evening.nudge.wish(THREE_HOURS)
    evening.pass_by(3 * HOUR)
    evening.last = evening.now + 30 * MINUTE
    evening.pass_by(HOUR)
    evening.nudge.renew()
    evening.pass_by(2 * HOUR + 30 * MINUTE)
    assert len(evening.said) == 2


def test_a_session_under_way_is_not_talked_into(evening: Evening) -> None:
    evening.nudge.wish(THREE_HOURS)
    evening.pass_by(2 * HOUR + 50 * MINUTE)
    evening.playing = True
    evening.pass_by(HOUR)
    assert evening.said == []
    evening.playing, evening.last = False, NOON + 3 * HOUR
    evening.nudge.renew()
    assert evening.said == []
    assert evening.nudge.at == NOON + 6 * HOUR


def test_in_quiet_hours_it_waits_for_the_morning(evening: Evening) -> None:
    evening.now = evening.last = NOON + 8 * HOUR
    evening.nudge.wish(QUIET_NIGHT)
    assert evening.nudge.at == datetime(2026, 11, 23, 6, tzinfo=UTC)
    evening.pass_by(10 * HOUR - MINUTE)
    assert evening.said == []
    evening.pass_by(MINUTE)
    assert len(evening.said) == 1


def test_a_lid_opened_in_quiet_hours_says_nothing_before_the_morning(evening: Evening) -> None:
    evening.now = evening.last = NOON + 6 * HOUR + 30 * MINUTE
    evening.nudge.wish(QUIET_NIGHT)
    evening.pass_by(4 * HOUR, awake=False)
    evening.nudge.renew()
    assert evening.said == []
    assert evening.nudge.at == datetime(2026, 11, 23, 6, tzinfo=UTC)


def test_a_computer_that_slept_says_it_on_waking(evening: Evening) -> None:
    evening.nudge.wish(THREE_HOURS)
    evening.pass_by(3 * HOUR + 20 * MINUTE, awake=False)
    assert evening.said == []
    evening.nudge.renew()
    assert len(evening.said) == 1


def test_a_moment_long_past_is_let_go(evening: Evening) -> None:
    evening.nudge.wish(THREE_HOURS)
    evening.pass_by(9 * HOUR, awake=False)
    evening.nudge.renew()
    assert evening.said == []
    assert evening.nudge.at is None


def test_switching_it_on_late_in_the_day_says_nothing_at_once(evening: Evening) -> None:
    evening.now = NOON + 3 * HOUR + MINUTE
    evening.nudge.wish(THREE_HOURS)
    assert evening.said == []
    assert not evening.nudge.timer.isActive()


def test_it_looks_again_often_enough_for_a_clock_that_was_set(evening: Evening) -> None:
    evening.nudge.wish(THREE_HOURS)
    assert timedelta(milliseconds=evening.nudge.timer.interval()) <= LONGEST_WAIT
    evening.now += 2 * HOUR + 55 * MINUTE
    evening.nudge.wake()
    assert timedelta(milliseconds=evening.nudge.timer.interval()) == 5 * MINUTE


def test_switching_it_off_stops_it(evening: Evening) -> None:
    evening.nudge.wish(THREE_HOURS)
    evening.nudge.wish(NudgeWishes())
    assert not evening.nudge.timer.isActive()
    evening.pass_by(5 * HOUR)
    assert evening.said == []


def test_without_a_session_there_is_nothing_to_say(evening: Evening) -> None:
    evening.last = None
    evening.nudge.wish(THREE_HOURS)
    assert evening.nudge.at is None
    assert not evening.nudge.timer.isActive()


def test_what_she_set_is_what_is_waited_for() -> None:
    wishes = nudge_wishes(Settings(nudge_on=True, nudge_hours=2.5, quiet_from=time(23), quiet_to=time(5)))
    assert wishes == NudgeWishes(2.5 * HOUR, QuietHours(time(23), time(5)))


@pytest.mark.parametrize(("late", "said"), [(59.9, 1), (60, 0)])
def test_a_notice_is_welcome_for_an_hour(evening: Evening, late: float, said: int) -> None:
    evening.nudge.wish(THREE_HOURS)
    evening.pass_by(3 * HOUR + late * MINUTE, awake=False)
    evening.nudge.renew()
    assert len(evening.said) == said


def test_another_wish_counts_anew_after_a_notice(evening: Evening) -> None:
    evening.nudge.wish(THREE_HOURS)
    evening.pass_by(3 * HOUR)
    evening.nudge.wish(NudgeWishes(4 * HOUR))
    evening.pass_by(HOUR)
    assert evening.said[1:] == ["Whenever you are ready: it has been about 4 hours."]


def test_the_same_wish_again_changes_nothing(evening: Evening) -> None:
    evening.nudge.wish(THREE_HOURS)
    evening.pass_by(3 * HOUR + MINUTE, awake=False)
    evening.nudge.wish(THREE_HOURS)
    evening.nudge.renew()
    assert len(evening.said) == 1


@each_row(
    ("every", "hours"),
    [
        (0.1, "½ hour"),
        (0.5, "½ hour"),
        (0.7, "½ hour"),
        (1, "1 hour"),
        (1.5, "1½ hours"),
        (2, "2 hours"),
        (2.5, "2½ hours"),
        (10, "10 hours"),
    ],
)
def test_it_tells_the_time_in_half_hours(every: float, hours: str) -> None:
    assert words(every * HOUR) == f"Whenever you are ready: it has been about {hours}."


@each_row("halves", range(1, 49))
def test_its_words_never_judge(halves: int) -> None:
    assert not re.search(r"behind|missed|low|late|overdue|should|!", words(halves * HOUR / 2))
    assert words(halves * HOUR / 2).startswith("Whenever you are ready")


def test_a_moment_that_is_just_now_as_she_wishes_stays_past(evening: Evening) -> None:
    evening.last = NOON - 3 * HOUR
    evening.nudge.wish(THREE_HOURS)
    assert (evening.said, evening.nudge.at) == ([], None)


def test_the_timer_wakes_no_earlier_than_the_moment(evening: Evening) -> None:
    evening.last = NOON - 3 * HOUR + timedelta(microseconds=1500)
    evening.nudge.wish(THREE_HOURS)
    assert evening.nudge.timer.interval() == 2


def test_before_she_wished_for_anything_there_is_no_notice_to_come(qapp: QApplication) -> None:
    said: list[str] = []
    nudge = Nudge(now=lambda: NOON + 9 * HOUR, last_start=lambda: NOON, parent=qapp)
    nudge.due.connect(said.append)
    nudge.renew()
    assert (nudge.at, nudge.timer.isActive(), said) == (None, False, [])
    assert (nudge.parent(), nudge.timer.parent()) == (qapp, nudge)
    nudge.setParent(None)
