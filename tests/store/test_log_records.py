"""Her records one by one and by the day: what an edit leaves, what a number means, whose ids are whose."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest

from guide.core.record import DayTotal, Record
from guide.core.routine import Side
from guide.store.log import file
from guide.store.log.log import Log
from guide.store.log.records import Merged
from guide.store.steps import at_one_go

HERE = timezone(timedelta(hours=-8))
EVENING = datetime(2026, 11, 14, 20, 30, tzinfo=HERE)
DAY = timedelta(days=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


@pytest.fixture
def log(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    monkeypatch.setattr(file, "BUSY_SECONDS", 0)  # nobody lets go of the file while it is waited for
    made = Log.open(path, now=lambda: EVENING)
    yield made
    made.close()


def begun(log: Log) -> int:
    """A session that goes on, with a press in its journal and a sign of life."""
    session_id = log.begin(
        routine_id="r", routine_name="R", routine_text="", first_side=Side.LEFT, purpose=None, began=EVENING
    )  # fmt: skip
    log.alive(session_id, timedelta(minutes=1))
    return session_id


def held(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as db:
        (count,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608  one of the tests' own words
        return int(count)


def test_a_session_noted_without_a_word_began_now_and_is_of_no_routine(log: Log) -> None:
    kept = log.add_by_hand()
    assert kept == Record(kept.id, "", "", EVENING, by_hand=True, uuid=kept.uuid)
    assert log.record(kept.id) == kept


def test_what_is_not_there_is_none_and_changes_nothing(log: Log, path: Path) -> None:
    assert (log.record(7), log.edit(7, note="x"), log.restore(7)) == (None, None, None)
    log.delete(7)
    assert held(path, "session") == 0


def test_a_note_in_the_midst_of_a_session_leaves_it_going_on(log: Log) -> None:
    session_id = begun(log)
    assert log.save_note(session_id, note="a little sore") is not None
    assert log.count() == 0
    over = log.add_by_hand(began=EVENING - DAY, routine_id="r", routine_name="R")
    log.save_note(over.id, note="yesterday")
    assert [record.note for record in log.records()] == ["yesterday"]


def test_with_a_session_its_journal_goes_and_that_of_no_other(log: Log, path: Path) -> None:
    first, second = begun(log), begun(log)
    before = held(path, "journal"), held(path, "live")
    log.delete(first)
    assert (held(path, "journal") * 2, held(path, "live")) == before
    log.delete(second)
    assert (held(path, "journal"), held(path, "live")) == (0, 0)


def test_routines_come_by_how_often_they_were_used_whatever_their_names(log: Log) -> None:
    for routine_id, times in (("b", 1), ("c", 3), ("a", 2)):
        for _time in range(times):
            log.add_by_hand(routine_id=routine_id, routine_name=routine_id.upper())
    assert log.routines() == [("c", "C", 3), ("a", "A", 2), ("b", "B", 1)]


def test_a_day_has_its_sessions_those_with_milk_and_nothing_where_none_was_noted(log: Log) -> None:
    for days, left, right in ((0, 30.0, 40.0), (0, None, 5.0), (0, None, None), (1, None, None), (2, 0.0, None)):
        log.add_by_hand(began=EVENING - days * DAY, left_ml=left, right_ml=right)
    today = EVENING.date()
    totals = [DayTotal(today - 2 * DAY, 1, 1, 0), DayTotal(today - DAY, 1, 0, None), DayTotal(today, 3, 2, 75)]
    assert log.days() == totals
    assert log.days(since=today - DAY) == totals[1:]
    assert log.days(until=today - DAY) == totals[:2]
    assert log.days(today - DAY, today - DAY) == totals[1:2]


def test_volumes_are_told_with_the_moment_as_her_clock_showed_it(log: Log) -> None:
    log.add_by_hand(routine_id="r", left_ml=30.0, right_ml=None)
    ((began, ml),) = log.volumes("r", limit=5)
    assert (began.isoformat(), ml) == (EVENING.isoformat(), 30)


def test_what_comes_in_has_ids_of_its_own_and_a_mark_and_only_that_is_taken_back(log: Log) -> None:
    here = log.add_by_hand(note="here")
    gone = log.add_by_hand(note="gone")
    log.delete(gone.id)
    merged = log.merge(
        [Record(0, "r", "R", EVENING - DAY * days, uuid=uuid) for days, uuid in ((1, ""), (2, "ab"), (3, ""))]
    )
    found = [log.record(one) for one in merged.ids]
    assert [record.began if record else None for record in found] == [EVENING - DAY * days for days in (1, 2, 3)]
    assert len({record.uuid for record in found if record and record.uuid}) == 3
    assert gone.id not in merged.ids  # which brings it back
    log.take_back(merged)
    assert log.records() == [here]
    assert log.restore(gone.id) == gone


@contextmanager
def in_use(path: Path) -> Iterator[None]:
    """Another program writes, and nothing can be saved meanwhile."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("COMMIT")


@contextmanager
def another(path: Path) -> Iterator[Log]:
    """The same log in another window."""
    made = Log.open(path, now=lambda: EVENING)
    yield made
    made.close()


def test_what_waited_from_the_first_note_on_is_saved_whatever_another_window_wrote_or_waits_with(
    log: Log, path: Path
) -> None:
    with another(path) as elsewhere:
        for time in (1, 2):  # once is not for ever
            with in_use(path):
                both = [window.add_by_hand(note="waited") for window in (log, elsewhere) for _number in range(2)]
                assert log.trouble is not None
            with another(path) as third:
                assert third.add_by_hand(note="meanwhile").id == 2 * time - 1
            assert all(window.save_now() for window in (log, elsewhere))
            assert [log.record(one.id) for one in both] == both
            assert log.add_by_hand(note="afterwards").id == 2 * time
    assert [log.count(search=word) for word in ("waited", "meanwhile", "afterwards")] == [8, 2, 2]


def test_a_session_and_a_file_that_come_while_nothing_can_be_saved_are_saved_beside_what_another_window_wrote(
    log: Log, path: Path
) -> None:
    with in_use(path):
        merged = log.merge([Record(0, "r", "R", EVENING - DAY * days) for days in (1, 2)])
    with another(path) as elsewhere:
        assert elsewhere.merge([Record(0, "e", "E", EVENING - DAY * 3)]).ids == (1,)
    assert log.save_now()
    with in_use(path):
        session_id = begun(log)
    with another(path) as elsewhere:
        assert elsewhere.add_by_hand().id == 2
        assert elsewhere.unfinished() is None  # it is played here
    assert log.save_now()
    assert [record.routine_id for record in log.records()] == ["", "r", "r", "e"]
    assert log.finish(session_id, lasted=timedelta(minutes=9), complete=True) is not None
    assert len(merged.ids) == 2
    log.take_back(merged)
    assert [record.routine_id for record in log.records()] == ["r", "", "e"]
    assert [mark.name for mark in path.parent.glob("*-session-*")] == []


def test_many_sessions_that_are_merged_in_steps_come_some_at_a_time_and_none_of_them_twice(log: Log) -> None:
    many = [Record(0, "r", "R", EVENING - timedelta(hours=number)) for number in range(600)]
    there = [log.count() for _step in log.merging(many)]
    assert [after - before for before, after in pairwise([*there, log.count()]) if after > before] == [250, 250, 100]
    steps = log.merging([*many, Record(0, "r", "R", EVENING + DAY)])
    assert at_one_go(steps) == Merged(1, 600, (601,))


def test_what_another_window_brought_in_meanwhile_is_none_of_those_that_undo_takes_back(log: Log, path: Path) -> None:
    mine, theirs = (Record(0, "r", "R", EVENING - DAY * days, uuid=f"mark {days}") for days in (1, 2))
    steps = log.merging([mine, theirs])
    next(steps)  # it has looked at what is there
    with another(path) as elsewhere:
        elsewhere.merge([theirs])
        merged = at_one_go(steps)
        assert [log.record(one) for one in merged.ids] == [replace(mine, id=2)]
        assert (merged.added, merged.known) == (1, 1)
        later = elsewhere.add_by_hand(note="of the other window")
    log.take_back(merged)
    assert log.records() == [later, replace(theirs, id=1)]


def test_a_record_comes_back_beside_the_one_to_which_another_window_gave_its_id(log: Log, path: Path) -> None:
    hers = log.add_by_hand(note="hers")
    log.delete(hers.id)
    with another(path) as elsewhere:
        other = elsewhere.add_by_hand(note="of the other window")
    assert other.id == hers.id
    back = log.restore(hers.id)
    assert back is not None
    assert (back.note, back.uuid) == ("hers", hers.uuid)
    assert sorted(record.note for record in log.records()) == ["hers", "of the other window"]


def test_a_deleted_record_that_was_brought_in_again_comes_back_once(log: Log) -> None:
    hers, other = log.add_by_hand(note="hers"), log.add_by_hand(note="other")
    log.delete(hers.id)
    assert log.merge([replace(hers, id=0, note="as it was exported")]).added == 1
    assert log.restore(hers.id) == hers
    assert log.trouble is None
    assert log.records() == [other, hers]


def test_a_file_that_two_windows_bring_in_while_nothing_can_be_saved_comes_in_once(log: Log, path: Path) -> None:
    records = [Record(0, "r", "R", EVENING - DAY * days, uuid=f"mark {days}") for days in (1, 2)]
    with another(path) as elsewhere:
        with in_use(path):
            assert [window.merge(records).added for window in (log, elsewhere)] == [2, 2]
        assert all(window.save_now() for window in (log, elsewhere))
    assert [record.uuid for record in log.records()] == ["mark 1", "mark 2"]
