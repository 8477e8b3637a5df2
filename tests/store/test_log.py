"""The log: nothing lost, days as her clock showed them, and a bad file never in the way."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from log_worker import PLAN, entries, plan_of

from guide.compat import override
from guide.core.asked import replay
from guide.core.commands import Command, Ended, Entered
from guide.core.days import days as days_of
from guide.core.kinds import Comfort
from guide.core.plan import Plan
from guide.core.record import DayTotal, Record, active
from guide.core.routine import Purpose, Side
from guide.core.session import Finished, Paused, Ready, advance, start
from guide.core.visited import steps_from
from guide.store.log.export import export_csv, export_json
from guide.store.log.log import Log, LogSummary, LogTrouble, Merged, Unfinished
from guide.store.log.opening import BUSY_SECONDS
from guide.store.log.rows import COLUMNS, row_of
from guide.store.log.same import Known, likeness
from guide.store.log.schema import MIGRATIONS, TABLES, Migration
from hands import WallClock
from importing import import_text
from stories import PLANS, RECORDS, STORIES, Story, told

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2026, 11, 22, 20, 36, tzinfo=BERLIN)
NOON = datetime(2026, 11, 22, 12, tzinfo=BERLIN)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> WallClock:
    return WallClock(EVENING)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "sessions.sqlite3"


@pytest.fixture
def opened(path: Path, clock: WallClock) -> Iterator[Callable[..., Log]]:
    """Open the log, as a start of the program does; closed at the end."""
    logs: list[Log] = []

    def open_(**more: object) -> Log:
        for log in logs:
            log.close()
        logs.append(Log.open(path, now=clock, plan_of=plan_of, **more))  # type: ignore[arg-type]  # passed on as given
        return logs[-1]

    yield open_
    for log in logs:
        log.close()


def begin(log: Log, began: datetime = EVENING, routine_id: str = "accelerated", first: Side = Side.LEFT) -> int:
    return log.begin(
        routine_id=routine_id,
        routine_name=routine_id.replace("-", " ").capitalize(),
        routine_text=routine_id,
        first_side=first,
        purpose=Purpose.PROTECT,
        began=began,
        steps_total=len(PLAN.segments),
    )


# the journal


def test_a_sign_of_life_that_comes_late_takes_nothing_back(opened: Callable[..., Log]) -> None:
    log = opened()
    session_id = begin(log)
    log.write(session_id, timedelta(0), Entered(0))
    log.alive(session_id, MINUTE)
    log.alive(session_id, MINUTE / 2)
    log = opened()
    found = log.unfinished()
    assert found is not None
    assert found.at == MINUTE


@given(PLANS, STORIES, st.integers(0, 30), st.booleans())
def test_the_journal_replayed_gives_the_session_back_wherever_it_was_cut(
    tmp_path_factory: pytest.TempPathFactory, plan: Plan, story: Story, cut: int, alive: bool
) -> None:
    folder = tempfile.mkdtemp(dir=tmp_path_factory.getbasetemp())
    log = Log.open(Path(folder) / "log.sqlite3", now=WallClock(EVENING))
    session_id = begin(log)
    lived = told(plan, story)[: cut + 1]
    last = timedelta(0)
    for at, command, _, happenings in lived:
        written = ([] if command is None else [command]) + entries(happenings)
        log.write(session_id, at, *written)
        if alive:
            log.alive(session_id, at)
        if alive or written:
            last = at
    log.close()
    log = Log.open(Path(folder) / "log.sqlite3", now=WallClock(EVENING))
    expected = next(session for at, _, session, _ in reversed(lived) if at <= last)
    found = log.unfinished()
    if isinstance(expected, Finished):
        assert found is None
    else:
        assert found is not None
        assert found.at == last
        assert advance(found.session(plan), lived[-1][0]).session == advance(expected, lived[-1][0]).session
    log.close()


def test_a_session_cut_off_says_where_she_was_and_goes_on(opened: Callable[..., Log], clock: WallClock) -> None:
    log = opened()
    session_id = begin(log)
    log.write(session_id, timedelta(0), Entered(0))
    log.write(session_id, MINUTE, Command.NEXT, *entries(start(Ready(PLAN), timedelta(0)).happenings))
    log.alive(session_id, MINUTE + timedelta(seconds=20))
    clock.now += 6 * MINUTE
    log = opened()
    found = log.unfinished()
    assert found is not None
    assert (found.session_id, found.routine_text, found.first_side, found.purpose) == (
        session_id, "accelerated", Side.LEFT, Purpose.PROTECT,
    )  # fmt: skip
    assert found.began == EVENING
    assert clock.now - found.stopped == 6 * MINUTE
    assert found.at == MINUTE + timedelta(seconds=20)
    assert found.session(PLAN) == replay(PLAN, [(MINUTE, Command.NEXT)], found.at)
    assert log.records() == []

    log.carried_on(session_id)
    log.write(session_id, 2 * MINUTE, Command.LID)
    log = opened()
    found = log.unfinished()
    assert found is not None
    assert isinstance(found.session(PLAN), Paused)


def test_after_twelve_hours_it_is_closed_as_it_stood_and_never_asked_about(
    opened: Callable[..., Log], clock: WallClock
) -> None:
    log = opened()
    session_id = begin(log)
    log.write(session_id, MINUTE, Command.NEXT)
    log.alive(session_id, MINUTE + timedelta(seconds=20))
    clock.now += timedelta(hours=12, seconds=1)
    log = opened()
    assert log.unfinished() is None
    record = log.record(session_id)
    assert record is not None
    assert (record.complete, record.lasted, len(record.steps)) == (False, 80 * timedelta(seconds=1), 2)
    assert log.records() == [record]
    assert log.journal(session_id) == []


def test_a_session_that_had_ended_is_closed_as_ended(opened: Callable[..., Log]) -> None:
    log = opened()
    session_id = begin(log)
    for at, command, _, happenings in told(PLAN, [(MINUTE, Command.NEXT), (HOUR, None)]):
        log.write(session_id, at, *([command] if command else []), *entries(happenings))
    log = opened()
    assert log.unfinished() is None
    record = log.record(session_id)
    assert record is not None
    assert record.complete
    assert record.steps == steps_from(PLAN, [(MINUTE, Command.NEXT)], HOUR)


def test_only_the_newest_is_come_back_to(opened: Callable[..., Log]) -> None:
    log = opened()
    first = begin(log)
    log._file.write(("UPDATE session SET open = 1", ()))
    second = begin(log, EVENING + HOUR)
    log._file.write(("UPDATE session SET open = 1", ()))
    found = log.unfinished()
    assert found is not None
    assert found.session_id == second
    assert [record.id for record in log.records()] == [first]


def test_one_that_was_cut_off_before_another_began_is_kept_with_what_was_done_of_it(opened: Callable[..., Log]) -> None:
    log = opened()
    first = begin(log)
    log.write(first, MINUTE, Command.NEXT)
    log.alive(first, 3 * MINUTE)
    begin(log, EVENING + HOUR)
    record = log.record(first)
    assert record is not None
    assert (record.lasted, record.complete) == (3 * MINUTE, False)
    assert record.steps == steps_from(PLAN, [(MINUTE, Command.NEXT)], 3 * MINUTE)


def test_what_is_found_of_a_session_that_was_cut_off_is_what_it_began_with(
    opened: Callable[..., Log], clock: WallClock
) -> None:
    log = opened()
    session_id = begin(log, EVENING - HOUR, first=Side.RIGHT)
    log.write(session_id, MINUTE, Command.NEXT)
    assert log.unfinished() == Unfinished(
        session_id=session_id,
        routine_id="accelerated",
        routine_name="Accelerated",
        routine_text="accelerated",
        first_side=Side.RIGHT,
        purpose=Purpose.PROTECT,
        began=EVENING - HOUR,
        commands=((MINUTE, Command.NEXT),),
        at=MINUTE,
        stopped=clock.now,
    )
    assert log.carried_on(session_id)
    assert log.carried_on(session_id)


def test_a_routine_of_any_length_that_reads_is_kept_whole_with_its_session(opened: Callable[..., Log]) -> None:
    log = opened()
    text = "# long\n" * 30_000
    log.begin(
        routine_id="long", routine_name="Long", routine_text=text, first_side=Side.LEFT, purpose=None, began=EVENING
    )  # fmt: skip
    found = log.unfinished()
    assert found is not None
    assert found.routine_text == text


def test_an_end_that_was_taken_back_in_the_journal_is_no_end(opened: Callable[..., Log]) -> None:
    log = opened()
    session_id = begin(log)
    log.write(session_id, MINUTE, Command.STOP, Ended(complete=False))
    log.write(session_id, MINUTE, Command.UNDO, Entered(1))
    found = log.unfinished()
    assert found is not None
    assert found.session_id == session_id


def test_one_whose_routine_does_not_read_any_more_lasted_until_it_was_last_known_of(
    path: Path, clock: WallClock
) -> None:
    log = Log.open(path, now=clock)
    session_id = begin(log)
    log.alive(session_id, 7 * MINUTE)
    record = log.leave(session_id)
    log.close()
    assert record is not None
    assert (record.lasted, record.steps) == (7 * MINUTE, ())


def test_leaving_it_keeps_it_in_the_history(opened: Callable[..., Log]) -> None:
    log = opened()
    session_id = begin(log)
    log.write(session_id, MINUTE, Command.NEXT)
    log.leave(session_id)
    assert log.unfinished() is None
    assert [record.id for record in log.records()] == [session_id]
    assert log.leave(session_id) is None


def test_a_finished_session_keeps_its_steps(opened: Callable[..., Log]) -> None:
    log = opened()
    session_id = begin(log)
    log.write(session_id, MINUTE, Command.NEXT)
    steps = steps_from(PLAN, log.commands(session_id), HOUR)
    record = log.finish(session_id, lasted=active(steps), complete=True, steps=steps)
    assert record is not None
    assert (record.steps, record.lasted, record.complete) == (steps, active(steps), True)
    assert record.steps_total == len(PLAN.segments)
    assert log.unfinished() is None


def test_a_journal_is_read_up_to_the_first_word_that_is_not_known(opened: Callable[..., Log]) -> None:
    log = opened()
    session_id = begin(log)
    log.write(session_id, MINUTE, Command.NEXT)
    log.write(session_id, 2 * MINUTE, Command.PAUSE)
    log._file.write(("UPDATE journal SET entry = 'command hum' WHERE seq = 1", ()))
    assert log.commands(session_id) == ((MINUTE, Command.NEXT),)


# records


@given(st.lists(RECORDS, max_size=6, unique_by=lambda record: (record.routine_id, record.began)))
def test_what_is_kept_is_what_was_given(tmp_path_factory: pytest.TempPathFactory, records: list[Record]) -> None:
    log = Log.open(Path(tempfile.mkdtemp(dir=tmp_path_factory.getbasetemp())) / "log.sqlite3", now=WallClock(EVENING))
    assert log.merge(records).added == len(records)
    found = log.records()
    newest_first = sorted(records, key=lambda record: record.began, reverse=True)
    assert [one.began for one in found] == [one.began for one in newest_first]
    assert sorted(map(_without_id, found), key=repr) == sorted(records, key=repr)
    assert [_rounded(total) for total in log.days()] == [_rounded(total) for total in days_of(found)]
    for export in (export_json, export_csv):
        again = import_text(export(found))
        assert again.problems == ()
        assert log.merge(again.records) == Merged(added=0, known=len(records))
    log.close()


def _without_id(record: Record) -> Record:
    return replace(record, id=0)


def _rounded(total: DayTotal) -> DayTotal:
    """Sums in another order differ in the last digit."""
    return replace(total, ml=None if total.ml is None else round(total.ml, 6))


def test_a_note_is_kept_as_it_is_typed_and_nothing_is_not_zero(opened: Callable[..., Log]) -> None:
    log = opened()
    session_id = begin(log)
    log.finish(session_id, lasted=22 * MINUTE, complete=True)
    log.save_note(session_id, left_ml=35.0)
    log.save_note(session_id, left_ml=None, right_ml=0.0, comfort=Comfort.FINE)
    log.save_note(session_id, note="Slept beside her", meant_for="the freezer", purpose=Purpose.PROMOTE)
    record = opened().record(session_id)
    assert record is not None
    assert (record.left_ml, record.right_ml, record.ml, record.comfort) == (None, 0.0, 0.0, Comfort.FINE)
    assert (record.note, record.meant_for, record.purpose) == ("Slept beside her", "the freezer", Purpose.PROMOTE)
    assert log.save_note(99, note="nobody's") is None


def test_a_session_by_hand_may_lie_in_the_past(opened: Callable[..., Log]) -> None:
    log = opened()
    now = log.add_by_hand(routine_name="At work", left_ml=50.0)
    past = log.add_by_hand(routine_name="At work", began=EVENING - 30 * HOUR, lasted=15 * MINUTE)
    assert (now.began, now.by_hand, now.lasted) == (EVENING, True, timedelta(0))
    assert log.records() == [now, past]
    edited = log.edit(past.id, began=EVENING - 2 * HOUR, routine_name="At the office")
    assert edited is not None
    assert log.count(since=EVENING - 24 * HOUR) == 2


def test_deleting_can_be_undone(opened: Callable[..., Log]) -> None:
    log = opened()
    record = log.add_by_hand(note="mine")
    log.delete(record.id)
    assert log.records() == []
    other = log.add_by_hand()
    assert other.id != record.id
    assert log.restore(record.id) == record
    assert log.restore(record.id) is None
    log.delete(99)


@pytest.mark.parametrize(
    ("asked", "notes"),
    [
        ({}, "edcba"),
        ({"limit": 2}, "ed"),
        ({"limit": 2, "offset": 2}, "cb"),
        ({"since": EVENING + 2 * HOUR}, "edc"),
        ({"until": EVENING + 2 * HOUR}, "ba"),
        ({"routine": "two"}, "db"),
        ({"purpose": Purpose.TREAT}, "e"),
        ({"search": "TWO"}, "db"),
        ({"search": "grüsse FREEZER"}, "c"),
        ({"search": "GRUSS frëezer"}, "c"),
        ({"search": "100%"}, ""),
        ({"search": "'; DROP TABLE session"}, ""),
        ({"search": "\ud800"}, ""),
        ({"search": "two", "since": EVENING + 2 * HOUR, "purpose": None}, "d"),
    ],
)
def test_records_are_found(opened: Callable[..., Log], asked: dict[str, object], notes: str) -> None:
    log = opened()
    for number, note in enumerate("abcde"):
        log.add_by_hand(
            began=EVENING + number * HOUR,
            routine_id="two" if number % 2 else "one",
            routine_name="Routine two" if number % 2 else "Routine one",
            note=note + (" Grüße" if note == "c" else ""),
            meant_for="Freezer" if note == "c" else "",
            purpose=Purpose.TREAT if note == "e" else None,
        )
    assert "".join(record.note[0] for record in log.records(**asked)) == notes  # type: ignore[arg-type]  # a table
    if "limit" not in asked:
        assert log.count(**asked) == len(notes)  # type: ignore[arg-type]  # a table
    assert log.routines() == [("one", "Routine one", 3), ("two", "Routine two", 2)]


def test_the_last_session_and_the_side_it_began_with(opened: Callable[..., Log]) -> None:
    log = opened()
    assert (log.last_routine(), log.last_first_side("accelerated")) == (None, None)
    log.finish(begin(log, EVENING, first=Side.LEFT), lasted=MINUTE, complete=True)
    log.finish(begin(log, EVENING + HOUR, first=Side.RIGHT), lasted=MINUTE, complete=True)
    log.finish(begin(log, EVENING + 2 * HOUR, "other", first=Side.LEFT), lasted=MINUTE, complete=True)
    log.add_by_hand(began=EVENING + 3 * HOUR, routine_id="accelerated")
    log.add_by_hand(began=EVENING + 4 * HOUR, routine_id="")
    assert log.last_first_side("accelerated") is Side.RIGHT
    assert log.last_first_side("nothing") is None
    assert log.last_routine() == "accelerated"


def test_sessions_are_counted_start_to_start(opened: Callable[..., Log]) -> None:
    log = opened()
    for hours in (0, 3, 6, 24, 25):
        log.add_by_hand(began=EVENING - hours * HOUR)
    assert log.count(since=EVENING - 24 * HOUR) == 4
    assert (log.summary().last_began, log.summary().in_last_day) == (EVENING, 4)
    assert log.summary(EVENING - 200 * HOUR) == LogSummary(None, 0)  # her clock was put back


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 7, 1), 24)])
def test_days_are_her_clock_s_over_both_changes_of_the_clocks(
    opened: Callable[..., Log], day: date, hours: int
) -> None:
    log = opened()
    midnight = datetime(day.year, day.month, day.day, tzinfo=BERLIN).astimezone(UTC)
    for hour in range(-3, 28):
        log.add_by_hand(began=(midnight + hour * HOUR).astimezone(BERLIN), left_ml=1.0)
    assert log.days(day, day) == [DayTotal(day, hours, hours, float(hours))]
    assert sum(total.sessions for total in log.days()) == 31
    assert [record.began.utcoffset() for record in log.records()] == [
        (midnight + hour * HOUR).astimezone(BERLIN).utcoffset() for hour in range(27, -4, -1)
    ]


def test_a_session_that_is_here_already_stays_as_it_is_here(opened: Callable[..., Log]) -> None:
    log = opened()
    record = log.add_by_hand(note="mine", routine_id="a")
    merged = log.merge(
        [replace(record, note="theirs"), replace(record, uuid=""), replace(record, uuid="", routine_id="b")]
    )
    assert (merged.added, merged.known) == (1, 2)
    assert sorted(one.note for one in log.records()) == ["mine", "mine"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "", "a", "b", "c"]),
            st.sampled_from([None, 10.0, 20.0]),
            st.sampled_from(["", "R", "S"]),
        ),
        max_size=8,
    )
)
def test_the_rows_of_a_file_are_as_many_sessions_and_none_when_they_come_again(
    rows: list[tuple[str, float | None, str]],
) -> None:
    records = [
        Record(id=0, uuid=uuid, routine_id="", routine_name=name, began=NOON, left_ml=ml) for uuid, ml, name in rows
    ]
    twice = len(records) - len({(one.uuid, one.left_ml, one.routine_name) for one in records if one.uuid})
    twice -= sum(not one.uuid for one in records)  # rows without a mark are a session each, alike or not
    fresh, known = Known().sift(records)
    assert (len(fresh), known) == (len(records) - twice, twice)
    there = [replace(one, uuid=one.uuid or str(number)) for number, one in enumerate(fresh)]
    again, _ = Known((one.uuid, likeness(row_of(one))) for one in there).sift(records)
    assert again == []


def test_sessions_with_marks_of_their_own_are_sessions_of_their_own(opened: Callable[..., Log]) -> None:
    log = opened()
    twins = [Record(id=0, uuid=one, routine_id="", routine_name="", began=NOON, left_ml=60.0) for one in "ab"]
    assert log.merge(twins).added == 2
    merged = log.merge([replace(twins[0], uuid="c"), *twins])
    assert (merged.added, merged.known) == (1, 2)
    log.take_back(merged)
    assert sorted(one.uuid for one in log.records()) == ["a", "b"]


def test_erasing_everything_leaves_no_word_in_any_file(opened: Callable[..., Log], path: Path) -> None:
    log = opened()
    for _ in range(50):
        log.add_by_hand(note="a secret of hers")
    begin(log)
    copy = path.with_name("sessions-damaged-2026-01-01-000000.sqlite3")
    copy.write_bytes(b"a secret of hers")
    log.erase_everything()
    assert log.records() == []
    assert log.unfinished() is None
    assert not copy.exists()
    for file in path.parent.iterdir():
        assert b"secret" not in file.read_bytes()


# a bad file


def filled(log: Log, sessions: int = 60) -> None:
    log.merge(
        Record(0, "r", "R", EVENING - number * HOUR, note=f"note {number} " + "x" * 300, uuid=f"u{number}")
        for number in range(sessions)
    )


def noise(content: bytes) -> bytes:
    return Random(1).randbytes(len(content))


def holed(content: bytes) -> bytes:
    middle = len(content) // 8192 * 4096
    return content[:middle] + noise(content[:4096]) + content[middle + 4096 :]


@pytest.mark.parametrize(
    ("harm", "least"),
    [
        (lambda _: b"", 0),
        (lambda content: bytes(len(content)), 0),
        (lambda content: content[: len(content) // 2], 100),
        (noise, 0),
        (holed, 380),
        (lambda content: noise(content[:100]) + content[100:], 400),
        (lambda content: bytes(4096) + content[4096:], 400),
        (lambda _: b"began,routine\n", 0),
    ],
    ids=["nothing", "NULs", "half", "noise", "a page of noise", "a header of noise", "no first page", "text"],
)
def test_a_damaged_file_is_set_aside_and_what_can_be_read_is_recovered(
    opened: Callable[..., Log], path: Path, harm: Callable[[bytes], bytes], least: int
) -> None:
    log = opened()
    filled(log, 400)
    log.close()
    harmed = harm(path.read_bytes())
    path.write_bytes(harmed)
    log = opened()
    found = log.records()
    assert len(log.notices) == 1
    assert "sessions-damaged-2026-11-22-203600.sqlite3" in log.notices[0]
    assert f"{len(found)} session" in log.notices[0]
    assert path.with_name("sessions-damaged-2026-11-22-203600.sqlite3").read_bytes() == harmed
    assert len(found) >= least
    assert {record.note[:5] for record in found} <= {"note "}
    assert log.trouble is None
    log.add_by_hand(note="goes on")
    log = opened()
    assert (log.notices, len(log.records()), log.sound()) == ([], len(found) + 1, True)
    assert sorted(file.name for file in path.parent.iterdir() if "recovering" in file.name) == []


def test_a_session_cut_off_comes_back_from_a_damaged_file(opened: Callable[..., Log], path: Path) -> None:
    log = opened()
    session_id = begin(log)
    log.write(session_id, MINUTE, Command.NEXT)
    log.close()
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])
    log = opened()
    assert len(log.notices) == 1
    found = log.unfinished()
    assert found is not None
    assert (found.routine_text, found.commands) == ("accelerated", ((MINUTE, Command.NEXT),))


ODD = (None, "", "x", -1, 1.5, 10**18, b"\xff", "[[1]]")


def test_a_row_that_does_not_read_is_left_in_a_damaged_file_and_keeps_no_other(
    opened: Callable[..., Log], path: Path
) -> None:
    log = opened()
    filled(log, 3)
    good = log.records()
    log.close()
    names = COLUMNS.split(", ")
    with closing(sqlite3.connect(path)) as db:
        for number, (column, odd) in enumerate((column, odd) for column in names[2:] for odd in ODD):
            row = dict(zip(names, row_of(replace(good[0], id=100 + number, uuid=f"odd {number}")), strict=True))
            row[column] = odd
            db.execute(TABLES["session"], tuple(row.values()))
        db.execute("UPDATE session SET uuid = x'ff' WHERE id = 100")
        db.commit()
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])
    log = opened()
    assert len(log.notices) == 1
    assert log.trouble is None
    assert [one for one in log.records() if one.id < 100] == good
    assert len(log.records()) < 3 + len(ODD) * len(names[2:])


def test_damage_met_later_is_set_aside_then(opened: Callable[..., Log], path: Path) -> None:
    log = opened()
    filled(log, 6000)
    log.close()
    content = path.read_bytes()
    assert len(content) > 2_000_000
    path.write_bytes(content[: len(content) // 3 * 2 // 4096 * 4096])
    log = opened()
    records = log.records()
    log.add_by_hand()
    assert len(log.notices) == 1
    assert 2000 < len(records) < 6000
    assert len(log.records()) == len(records) + 1


def test_another_program_s_database_is_not_taken_for_ours(opened: Callable[..., Log], path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE cards (front TEXT)")
        db.commit()
    log = opened()
    assert len(log.notices) == 1
    assert log.records() == []


def test_the_write_ahead_log_goes_with_its_file(opened: Callable[..., Log], path: Path, tmp_path: Path) -> None:
    log = opened()
    filled(log)
    snapshot = {file.name: file.read_bytes() for file in path.parent.iterdir() if "-shm" not in file.name}
    log.close()
    for name, content in snapshot.items():  # as a kill leaves them
        path.with_name(name).write_bytes(content)
    assert len(snapshot["sessions.sqlite3-wal"]) > 0
    assert len(opened().records()) == 60


# versions


def with_moods(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE session ADD COLUMN mood TEXT")


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 2))
def test_every_past_version_is_brought_up_to_date_with_a_copy_made_before(
    opened: Callable[..., Log], path: Path, version: int
) -> None:
    migrations: tuple[Migration, ...] = (*MIGRATIONS, with_moods)
    log = opened(migrations=migrations[:version])
    filled(log)
    log = opened(migrations=migrations)
    assert len(log.records()) == 60
    assert log.notices == []
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(migrations),)
    copy = path.with_name(f"sessions-before-{version + 1}.sqlite3")
    assert copy.exists() is (version < len(migrations))
    if copy.exists():
        with closing(sqlite3.connect(copy)) as db:
            assert db.execute("SELECT count(*) FROM session").fetchone() == (60,)
            assert db.execute("PRAGMA user_version").fetchone() == (version,)


def test_a_migration_that_breaks_off_leaves_the_file_as_it_was(opened: Callable[..., Log], path: Path) -> None:
    def breaks(db: sqlite3.Connection) -> None:
        with_moods(db)
        db.execute("DELETE FROM session")
        raise sqlite3.OperationalError("out of luck")

    filled(opened())
    log = opened(migrations=(*MIGRATIONS, breaks))
    assert log.trouble is not None
    assert len(log.records()) == 60
    assert len(opened().records()) == 60


def test_a_file_from_a_newer_version_is_shown_and_not_changed(opened: Callable[..., Log], path: Path) -> None:
    filled(opened(migrations=(*MIGRATIONS, with_moods)))
    log = opened()
    log.close()
    before = path.read_bytes()
    log = opened()
    assert len(log.notices) == 1
    assert "newer version" in log.notices[0]
    assert len(log.records()) == 60
    session_id = begin(log)
    log.write(session_id, MINUTE, Command.NEXT)
    assert log.finish(session_id, lasted=MINUTE, complete=True) is not None
    log.close()
    assert path.read_bytes() == before


# no room, no right


@pytest.fixture
def troubles() -> list[LogTrouble]:
    return []


def test_a_full_disk_is_told_once_and_everything_is_saved_when_there_is_room(
    opened: Callable[..., Log], path: Path, troubles: list[LogTrouble]
) -> None:
    mended: list[LogTrouble] = []
    log = opened(on_trouble=troubles.append, on_mended=mended.append)
    filled(log)
    file = log._file._file
    assert file is not None
    pages = file.execute("PRAGMA page_count").fetchone()[0]
    file.execute(f"PRAGMA max_page_count = {pages}")
    session_id = begin(log)
    for minute in range(40):
        log.write(session_id, minute * MINUTE, Command.MORE_TIME)
        log.alive(session_id, minute * MINUTE)
    log.save_note(session_id, note="y" * 5000)
    assert len(troubles) == 1
    assert troubles[0].message.startswith(
        "There is no room on the disk for the session log just now. Your session goes"
    )
    assert log.trouble is troubles[0]
    assert len(log.commands(session_id)) == 40
    assert log._file._file is file
    file.execute("PRAGMA max_page_count = 1000000")
    record = log.finish(session_id, lasted=HOUR, complete=True)
    assert trouble_of(log) is None
    assert len(troubles) == 1
    assert mended == troubles
    assert opened().record(session_id) == record
    assert log.sound() is False  # it is closed


def trouble_of(log: Log) -> LogTrouble | None:
    """Asked anew: the type checker takes a property for a constant."""
    return log.trouble


@contextmanager
def nobody() -> Iterator[None]:
    """Without the rights of root, which no folder is closed to."""
    if os.name == "posix" and os.geteuid() == 0:
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        yield


@pytest.mark.skipif(os.name != "posix", reason="rights of folders are told in another way there")
@pytest.mark.parametrize("there", [False, True], ids=["no log yet", "a log is there"])
def test_a_folder_that_cannot_be_written_leaves_the_session_running(
    clock: WallClock, troubles: list[LogTrouble], there: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sessions.sqlite3"
        if there:
            log = Log.open(path, now=clock)
            filled(log)
            log.close()
            path.chmod(0o444)
        Path(folder).chmod(0o555)
        with nobody():
            log = Log.open(path, now=clock, on_trouble=troubles.append)
            session_id = begin(log)
            log.write(session_id, MINUTE, Command.NEXT)
            assert len(log.commands(session_id)) == 1
            record = log.finish(session_id, lasted=MINUTE, complete=False)
            assert record is not None
            assert len(log.records()) == (61 if there else 1)
            assert len(troubles) == 1
            assert "cannot be written in" in troubles[0].message
        Path(folder).chmod(0o777)
        log.add_by_hand(began=EVENING - HOUR / 2)
        assert log.trouble is None
        log.close()
        log = Log.open(path, now=clock)
        assert len(log.records()) == (62 if there else 2)
        assert log.record(session_id) == record
        log.close()


def test_a_folder_that_cannot_be_made_leaves_the_session_running(tmp_path: Path, troubles: list[LogTrouble]) -> None:
    (tmp_path / "data").write_text("a file where the folder goes")
    log = Log.open(tmp_path / "data" / "sessions.sqlite3", now=WallClock(EVENING), on_trouble=troubles.append)
    session_id = begin(log)
    assert log.finish(session_id, lasted=MINUTE, complete=True) is not None
    assert len(troubles) == 1
    (tmp_path / "data").unlink()
    log.add_by_hand()
    assert log.trouble is None
    log.close()
    log = Log.open(tmp_path / "data" / "sessions.sqlite3", now=WallClock(EVENING))
    assert len(log.records()) == 2
    log.close()


def test_another_program_holding_the_file_is_waited_out(opened: Callable[..., Log], path: Path) -> None:
    log = opened()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        record = log.add_by_hand(note="kept")
        assert log.trouble is not None
        assert log.trouble.message.startswith("Another program is using the session log")
        assert log.records() == [record]
        began = time.monotonic()
        for _ in range(20):  # the program that holds it is not waited for again: a chime may be due
            log.add_by_hand()
        assert time.monotonic() - began < 10 * BUSY_SECONDS
        other.execute("ROLLBACK")
    log.add_by_hand()
    assert trouble_of(log) is None
    assert len(opened().records()) == 22


class Watched(sqlite3.Connection):
    """A connection that remembers whether it was closed: Python 3.13 warns of one that was not."""

    left_open: set[int] = set()  # noqa: RUF012  shared on purpose

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]  # passed on as given
        self.left_open.add(id(self))

    @override
    def close(self) -> None:
        self.left_open.discard(id(self))
        super().close()


@pytest.mark.parametrize(
    "found", ["nothing", "good", "noise", "half", "zeros", "newer", "other", "a folder", "read only"]
)
def test_every_connection_is_closed_with_the_log(
    path: Path, clock: WallClock, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if found not in {"nothing", "a folder"}:
        log = Log.open(path, now=clock)
        log.add_by_hand(note="x")
        log.close()
    content = path.read_bytes() if path.exists() else b""
    match found:
        case "noise":
            path.write_bytes(content[:100] + Random(1).randbytes(len(content) - 100))
        case "half":
            path.write_bytes(content[: len(content) // 2])
        case "zeros":
            path.write_bytes(b"\0" * len(content))
        case "newer" | "other":
            with closing(sqlite3.connect(path)) as db:
                db.execute("PRAGMA user_version = 99" if found == "newer" else "PRAGMA application_id = 7")
        case "a folder":
            path.mkdir(parents=True)
        case "read only":
            path.parent.chmod(0o500)
        case _:
            pass
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **more: connect(*args, factory=Watched, **more))
    Watched.left_open.clear()
    try:
        log = Log.open(path, now=clock)
        log.add_by_hand(note="y")
        log.records()
        log.sound()
        log.close()
    finally:
        path.parent.chmod(0o700)
    assert not Watched.left_open
