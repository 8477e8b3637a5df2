"""A row of another program's log made a session: which side the milk is of, when it ended, and why it is none."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from guide.core.kinds import Comfort
from guide.core.record import Record
from guide.core.routine import Purpose
from guide.store.bringing.cells import DateOrder, LengthUnit, Manner, Unit
from guide.store.bringing.columns import Match
from guide.store.bringing.fields import ColumnField as Field
from guide.store.bringing.foreign import also_to_know, halved, sessions
from guide.store.bringing.sheet import Spreadsheet, cut
from guide.store.log.incoming import Imported
from tables import each_row

BERLIN = ZoneInfo("Europe/Berlin")
BEGAN = "2026-01-05 23:30"


def sheet(columns: tuple[Field, ...], *rows: str) -> Spreadsheet:
    return cut("\n".join([";".join(one.name for one in columns), *rows, ""]))


def read(columns: tuple[Field, ...], *rows: str, manner: Manner | None = None) -> Imported:
    return sessions(sheet(columns, *rows), Match(columns, manner or Manner()), BERLIN)


def session(columns: tuple[Field, ...], row: str, manner: Manner | None = None) -> Record:
    found = read((Field.BEGAN, *columns), f"{BEGAN};{row}", manner=manner)
    assert not found.problems
    (record,) = found.records
    return record


def why(columns: tuple[Field, ...], row: str) -> str:
    found = read(columns, row)
    assert not found.records
    (bad,) = found.problems
    assert bad.line == 2
    return bad.message


SIDES = (Field.LEFT, Field.RIGHT, Field.AMOUNT, Field.SIDE, Field.UNIT)


@each_row(
    ("row", "left", "right"),
    [
        (";;;;", None, None),
        ("60;;;;", 60, None),
        (";70;;;", None, 70),
        ("60;70;;;", 60, 70),
        ("60;70;200;;", 60, 70),
        (";;130;;", 65, 65),
        (";;0.05;;", 0.03, 0.02),
        (";;60.125;;", 30.06, 30.07),
        (";;130;left;", 130, None),
        (";;130;R;", None, 130),
        (";;130;both;", 65, 65),
        ("60;;130;;", 60, 70),
        (";60;130;;", 70, 60),
        (";0;130;;", 130, 0),
        ("0;;130;;", 0, 130),
        ("60;;60;;", 60, 0),
        ("60;;130.1256;;", 60, 70.13),
        ("60;;130;left;", 60, 70),
        ("2;;;;oz", 59.1, None),
        (";;2 oz;left;ml", 59.1, None),
    ],
)
def test_milk_is_of_the_side_that_the_row_tells(row: str, left: float | None, right: float | None) -> None:
    record = session(SIDES, row)
    assert (record.left_ml, record.right_ml) == (left, right)


def test_one_side_has_no_more_than_both_together() -> None:
    assert why((Field.BEGAN, *SIDES), f"{BEGAN};60.5;;60;;") == "one side has 60.5 mL and both together only 60 mL"


@each_row(
    ("ended", "lasted"),
    [
        ("", 0), ("23:50", 20), ("23:30", 0), ("0:10", 40), ("23:29", 1439), ("2026-01-06 00:10", 40),
        ("2026-01-06 23:30", 1440), ("2026-01-05T23:00Z", 30), ("23:00Z", 30),
    ],
)  # fmt: skip
def test_a_session_lasts_until_it_ended(ended: str, lasted: int) -> None:
    assert session((Field.ENDED,), ended).lasted == timedelta(minutes=lasted)


def test_an_end_is_by_the_clocks_of_the_beginning() -> None:
    columns = (Field.BEGAN, Field.ENDED)
    found = sessions(sheet(columns, f"{BEGAN};23:50"), Match(columns), ZoneInfo("America/New_York"))
    assert [record.lasted for record in found.records] == [timedelta(minutes=20)]


def test_an_end_is_by_the_offset_that_the_beginning_is_written_with_and_in_the_order_of_its_sheet() -> None:
    columns = (Field.BEGAN, Field.ENDED)
    (record,) = read(columns, "2026-01-05T23:30+05:00;23:50").records
    assert (record.lasted, record.id) == (timedelta(minutes=20), 0)
    (record,) = read(columns, "1/2/2026 06:35;1/2/2026 06:55", manner=Manner(order=DateOrder.MONTH)).records
    assert record.lasted == timedelta(minutes=20)


def test_how_long_it_lasted_goes_before_when_it_ended() -> None:
    assert session((Field.LASTED, Field.ENDED), "20;23:59").lasted == timedelta(minutes=20)
    assert session((Field.LASTED, Field.ENDED), "0;23:59").lasted == timedelta(minutes=29)
    seconds = Manner(length=LengthUnit.SECONDS)
    assert session((Field.LASTED,), "20", seconds).lasted == timedelta(seconds=20)


@pytest.mark.parametrize("ended", ["2026-01-05 23:29", "2026-01-06 23:31"])
def test_an_end_before_the_beginning_or_a_day_later_is_none(ended: str) -> None:
    assert why((Field.BEGAN, Field.ENDED), f"{BEGAN};{ended}") == "it ends before it begins, or a day later"


@pytest.mark.parametrize("beside", [Field.DAY, Field.TIME])
def test_a_day_or_a_time_alone_beside_a_beginning_changes_nothing(beside: Field) -> None:
    columns = (Field.BEGAN, beside)
    rows = [f"{BEGAN};{other}" for other in ("", "2026-03-01", "09:00")]
    assert {record.began.isoformat() for record in read(columns, *rows).records} == {"2026-01-05T23:30:00+01:00"}
    assert len(read(columns, *rows).records) == len(rows)


@each_row(
    ("began", "iso"),
    [
        ("2026-01-05 06:35", "2026-01-05T06:35:00+01:00"),
        ("2026-01-05T06:35Z", "2026-01-05T07:35:00+01:00"),
        ("2026-01-05T06:35+00:00", "2026-01-05T07:35:00+01:00"),
        ("2026-01-05T06:35+05:00", "2026-01-05T06:35:00+05:00"),
        ("1767591300", "2026-01-05T06:35:00+01:00"),
    ],
)
def test_a_beginning_keeps_the_offset_it_is_written_with(began: str, iso: str) -> None:
    (record,) = read((Field.BEGAN, Field.LEFT), f"{began};60").records
    assert record.began.isoformat() == iso


def test_a_beginning_is_read_in_the_order_of_its_sheet() -> None:
    found = read((Field.BEGAN,), "1/2/2026 06:35", manner=Manner(order=DateOrder.MONTH))
    assert [f"{record.began:%d.%m.}" for record in found.records] == ["02.01."]


@each_row(
    ("row", "told"),
    [
        (";06:35", "it has no day"),
        ("2026-01-05;", "it has no time of day"),
        ("soon;06:35", "'soon' is not a day"),
        ("2026-01-05;soon", "'soon' is not a time of day"),
        ("2026-01-05;06:35;60", "3 cells, where the first line has 2"),
    ],
)
def test_a_row_without_its_beginning_is_told(row: str, told: str) -> None:
    assert why((Field.DAY, Field.TIME), row) == told


def test_empty_cells_past_the_last_column_are_none() -> None:
    (record,) = read((Field.DAY, Field.TIME), "2026-01-05;06:35+05:00;; ").records
    assert record.began.isoformat() == "2026-01-05T06:35:00+05:00"


def test_a_day_stands_for_the_times_alone_beneath_it() -> None:
    days = (Field.DAY, Field.TIME, Field.LEFT)
    found = read(days, "5.1.2026;06:35;1", ";09:00;2", ";;3", " ;soon;4", "the sixth;09:00;5", ";10:00;6", "7.1.2026",
                 ";11:00;7", manner=Manner(order=DateOrder.DAY))  # fmt: skip
    assert [(f"{one.began:%d %H:%M}", one.left_ml) for one in found.records] == [("05 06:35", 1), ("05 09:00", 2)]
    assert found.lines == (2, 3)
    assert [(bad.line, bad.message) for bad in found.problems] == [
        (4, "it has no day"), (5, "it has no day"), (6, "'the sixth' is not a day"), (7, "it has no day"),
        (8, "it has no time of day"), (9, "it has no day"),
    ]  # fmt: skip


def test_a_day_above_is_read_in_the_order_of_its_sheet() -> None:
    found = read((Field.DAY, Field.TIME), "1/13/2026;06:35", ";09:00", manner=Manner(order=DateOrder.MONTH))
    assert [f"{record.began:%d %H}" for record in found.records] == ["13 06", "13 09"]


def test_all_that_a_row_says_besides_is_kept() -> None:
    columns = (
        Field.NOTE,
        Field.ROUTINE,
        Field.PURPOSE,
        Field.COMFORT,
        Field.MEANT_FOR,
        Field.UUID,
        Field.TYPE,
        Field.NOTE,
    )
    record = session(columns, f"calm;Evening;Protect;FINE;freezer;{'a' * 70};Pumping; in the car ")
    assert record.note == "calm; in the car"
    assert (record.routine_name, record.purpose, record.meant_for) == ("Evening", Purpose.PROTECT, "freezer")
    assert record.uuid == "a" * 64
    assert record.by_hand
    other = session((Field.PURPOSE, Field.COMFORT, Field.NOTE), "none of ours;none of ours;")
    assert (other.purpose, other.comfort, other.note) == (None, None, "")


def test_of_a_text_what_fits_is_kept() -> None:
    record = session((Field.ROUTINE, Field.MEANT_FOR, Field.NOTE), ";".join(["x" * 10_001] * 3))
    assert [len(text) for text in (record.routine_name, record.meant_for, record.note)] == [10_000] * 3


def test_cells_that_a_short_row_does_not_have_are_empty() -> None:
    for row in ("60", "60;"):
        record = session((Field.LEFT, Field.ROUTINE, Field.NOTE), row)
        assert (record.left_ml, record.routine_name, record.note) == (60, "", "")


def test_each_comfort_is_known_by_its_word() -> None:
    words = [one.value.upper() for one in Comfort]
    assert [session((Field.COMFORT,), word).comfort for word in words] == list(Comfort)


def test_what_is_no_pumping_is_named() -> None:
    assert why((Field.BEGAN, Field.TYPE), f"{BEGAN};Nap") == "'Nap' is no pumping"


@each_row(
    ("row", "half"),
    [
        (";;130;", True), ("60;;130;", False), (";70;130;", False), (";;130;left", False), (";;130;rechts", False),
        (";;130;both", True), (";;;", False), (";;soon;", False), ("soon;;130;", True), ("", False),
        ("60;70", False), (";;130", True),
    ],
)  # fmt: skip
def test_milk_that_nothing_tells_the_sides_of_is_known(row: str, half: bool) -> None:
    columns = (Field.LEFT, Field.RIGHT, Field.AMOUNT, Field.SIDE)
    assert halved(sheet(columns, "60;70;130;", row), Match(columns)) is half


def test_a_sheet_without_an_amount_of_both_has_no_halves() -> None:
    assert not halved(sheet((Field.LEFT,), "60"), Match((Field.LEFT,)))
    assert halved(sheet((Field.AMOUNT,), "60"), Match((Field.AMOUNT,)))


MILK = (Field.LEFT, Field.RIGHT, Field.AMOUNT, Field.UNIT)


@each_row(
    ("row", "unit", "told"),
    [
        ("60;70;130;", Unit.ML, []), ("60;70;131;", Unit.ML, []), ("60;70;129;", Unit.ML, []),
        ("60;70;131.5;", Unit.ML, ["130", "131.5"]), ("60;70;100;", Unit.ML, ["130", "100"]),
        ("1;1;2.1;", Unit.OZ, []), ("1;1;2.2;", Unit.OZ, ["59.2", "65.1"]), ("1;1;2.2;oz", Unit.ML, ["59.2", "65.1"]),
        ("60;;200;", Unit.ML, []), (";70;200;", Unit.ML, []), ("60;70;;", Unit.ML, []), ("60;70;soon;", Unit.ML, []),
        ("60;70", Unit.ML, []), ("60;70;131.5", Unit.ML, ["130", "131.5"]),
    ],
)  # fmt: skip
def test_sides_that_do_not_make_their_sum_are_told(row: str, unit: Unit, told: list[str]) -> None:
    found = list(also_to_know(sheet(MILK, "60;70;130;", row), Match(MILK, Manner(unit=unit))))
    sentence = "In line 3 the sides make {} mL and both together {} mL; the sides are kept."
    assert found == ([sentence.format(*told)] if told else [])


def test_a_line_that_tells_no_sum_hides_none_beneath_it() -> None:
    found = list(also_to_know(sheet(MILK, "60;70;soon;", "60;;200;", "60;70;150;"), Match(MILK)))
    assert found == ["In line 4 the sides make 130 mL and both together 150 mL; the sides are kept."]


@pytest.mark.parametrize(("more", "sentence"), [(1, "So it is in 1 more line."), (2, "So it is in 2 more lines.")])
def test_further_lines_whose_sum_differs_are_counted(more: int, sentence: str) -> None:
    rows = ["1;2;30;"] * (more + 1)
    assert list(also_to_know(sheet(MILK, *rows), Match(MILK)))[1:] == [sentence]


def test_a_sheet_that_has_no_sum_or_no_side_agrees() -> None:
    assert not list(also_to_know(sheet((Field.LEFT, Field.AMOUNT), "1;30"), Match((Field.LEFT, Field.AMOUNT))))


def test_a_text_as_long_as_is_kept_is_no_news() -> None:
    columns = (Field.LEFT, Field.NOTE)
    found = list(also_to_know(sheet(columns, "1;" + "x" * 10_000, "1;" + "x" * 10_001), Match(columns)))
    assert found == ["In line 3 a text is longer than 10,000 letters; what fits is kept."]
