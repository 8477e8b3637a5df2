"""What stands in the log for a session is read back as it was, and what does not read is left out of it alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from guide.core.commands import Reason
from guide.core.kinds import Comfort, Kind, Purpose, Side
from guide.core.record import Record, StepRecord
from guide.store.log.rows import (
    LONGEST_TEXT,
    choice,
    clean,
    instant,
    moment,
    record_of,
    row_of,
    steps_read,
    steps_text,
)
from guide.store.log.schema import MIGRATIONS, TABLES, in_memory, migrate, transaction
from tables import each_row

NOW = datetime(2026, 11, 22, 20, 36, 7, 123_456, tzinfo=timezone(-timedelta(hours=3, minutes=30)))
US = timedelta(microseconds=1)
STEP = StepRecord(
    kind=Kind.PUMP,
    title="Müde? „Pumpen“",
    side=Side.RIGHT,
    entered=timedelta(seconds=3) + US,
    lasted=timedelta(minutes=7, microseconds=5),
    reason=Reason.MILK_SLOWED,
    slowed_at=timedelta(minutes=6, microseconds=9),
    place=(2, 11),
    index=4,
)
OTHER = replace(STEP, kind=Kind.REST, title="", side=Side.BOTH, reason=Reason.TIME, slowed_at=None, place=(), index=0)
FULL = Record(
    id=12,
    routine_id="r",
    routine_name="R ñ",
    began=NOW,
    lasted=timedelta(minutes=21, microseconds=3),
    complete=True,
    purpose=Purpose.PROTECT,
    first_side=Side.RIGHT,
    left_ml=0.0,
    right_ml=62.5,
    comfort=next(iter(Comfort)),
    meant_for="the freezer",
    note="a\nnote",
    by_hand=True,
    steps_total=9,
    steps=(STEP, OTHER),
    uuid="u",
)
BARE = Record(1, "", "", NOW)


@pytest.mark.parametrize("is_open", [False, True])
@pytest.mark.parametrize("record", [FULL, BARE])
def test_a_session_is_read_back_as_it_was_whichever_parts_it_has(record: Record, is_open: bool) -> None:
    others = [replace(record, **{one.name: getattr(BARE, one.name)}) for one in fields(Record) if one.name != "id"]
    for number, one in enumerate((record, *others)):
        with closing(in_memory()) as db:
            migrate(db, MIGRATIONS, 0)
            db.execute(TABLES["session"], row_of(replace(one, uuid=str(number)), is_open=is_open))
            (row,) = db.execute("SELECT * FROM session")
        assert record_of(row) == replace(one, uuid=str(number))
        assert (row[2], row[5:8]) == (is_open, (instant(NOW), -12_600, NOW.toordinal()))


def test_a_session_of_no_known_place_on_earth_is_not_kept() -> None:
    with pytest.raises(ValueError, match=r"^a session's beginning carries its offset from UTC$"):
        row_of(replace(FULL, began=NOW.replace(tzinfo=None)))


def test_an_instant_is_microseconds_since_1970_wherever_it_is_told() -> None:
    assert instant(datetime(1970, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))) == 0
    assert instant(NOW) == instant(NOW.astimezone(UTC)) == round(NOW.timestamp() * 1_000_000)
    assert moment(instant(NOW), -12_600) == NOW
    assert moment(instant(NOW), -12_600).utcoffset() == NOW.utcoffset()


@each_row(
    ("text", "kept"),
    [
        ("plain", "plain"),
        ("x" * (LONGEST_TEXT + 1), "x" * LONGEST_TEXT),
        ("ñ" * (LONGEST_TEXT + 1), "ñ" * LONGEST_TEXT),
        ("a\0b", "ab"),
        ("ñ\0b", "ñb"),
        ("half \ud83d of", "half <U+D83D> of"),
    ],
)
def test_a_text_is_kept_as_far_as_a_file_can_hold_it(text: str, kept: str) -> None:
    assert clean(text) == kept
    assert clean(text, 3) == clean(text[:3])


@each_row(("value", "side"), [(None, None), ("left", Side.LEFT), ("up", None)])
def test_a_word_that_is_not_known_is_none(value: str | None, side: Side | None) -> None:
    assert choice(Side, value) is side


GOOD = steps_text([STEP])


@each_row(
    ("text", "steps"),
    [
        ("[]", ()),
        (GOOD, (STEP,)),
        (f"[7,{GOOD[1:]}", (STEP,)),
        (f"[null,[1],{GOOD[1:]}", (STEP,)),
        (GOOD.replace('"pump"', '"sing"'), ()),
        (GOOD.replace('"right"', '"up"'), ()),
        (GOOD.replace("3000001", '"x"'), ()),
        (GOOD.replace("3000001", "1e300"), ()),
        (GOOD.replace("[2,11]", '["x"]'), ()),
        (GOOD.replace("[2,11]", "5"), ()),
        ("{}", ()),
        ("7", ()),
        ("no JSON", ()),
        ("[" * 100_000, ()),
    ],
)
def test_steps_that_do_not_read_keep_neither_others_nor_the_session(text: str, steps: tuple[StepRecord, ...]) -> None:
    assert steps_read(text) == steps


def test_what_stands_for_steps_is_short_and_in_her_letters_and_whole_numbers() -> None:
    assert steps_text([]) == "[]"
    assert steps_text([STEP, OTHER]) == (
        '[["pump","Müde? „Pumpen“","right",3000001,420000005,"milk slowed",360000009,[2,11],4],'
        '["rest","","both",3000001,420000005,"time",null,[],0]]'
    )
    assert {type(row_of(FULL)[at]) for at in range(5, 9)} == {int}


def breaking_off(db: sqlite3.Connection, statement: str) -> None:
    with transaction(db):
        db.execute(statement)
        raise KeyError


def test_a_transaction_that_breaks_off_changes_nothing_whoever_rolled_back() -> None:
    with closing(in_memory()) as db:
        db.execute("CREATE TABLE t (x)")
        for statement in ("INSERT INTO t VALUES (1)", "ROLLBACK"):
            with pytest.raises(KeyError):
                breaking_off(db, statement)
        with pytest.raises(sqlite3.OperationalError), transaction(db), transaction(db):
            pass
        with transaction(db):
            db.execute("INSERT INTO t VALUES (2)")
        assert (db.execute("SELECT x FROM t").fetchall(), db.in_transaction) == ([(2,)], False)


def test_only_the_migrations_that_are_due_are_run_and_all_of_them_or_none() -> None:
    ran: list[int] = []

    def breaks(_: sqlite3.Connection) -> None:
        raise KeyError

    steps = [lambda _, n=n: ran.append(n) for n in range(3)]
    with closing(in_memory()) as db:
        migrate(db, steps, 3)
        assert (ran, db.execute("PRAGMA user_version").fetchone()) == ([], (0,))
        with pytest.raises(KeyError):
            migrate(db, [*steps, breaks], 2)
        assert (ran, db.execute("PRAGMA user_version").fetchone()) == ([2], (0,))
        migrate(db, steps, 1)
        assert (ran, db.execute("PRAGMA user_version").fetchone()) == ([2, 1, 2], (3,))
        migrate(db, steps, 3)
        assert len(ran) == 3
