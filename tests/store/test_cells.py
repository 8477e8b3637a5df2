"""Cells of anybody's sheet: amounts, lengths, days and times of day as people write them, and what is none of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from guide.store.bringing.cells import CellError, DateOrder, LengthUnit, Manner, Unit, length, number, volume, with_unit
from guide.store.bringing.times import clock_time, day, moment, reads
from tables import each_row

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 1, 5)
LONG_NOTE = "a note of somebody that goes on and on and ends nowhere, with 5 in it"


def refused(read: Callable[[], object]) -> str:
    with pytest.raises(CellError) as told:
        read()
    return str(told.value)


@each_row(
    ("written", "decimal", "meant"),
    [
        ("60", ".", 60), (" 60 ", ".", 60), ("'60", ".", 60), ("+60", ".", 60), ("-2,5", ".", -2.5), (".5", ".", 0.5),
        (",5", ",", 0.5), ("60.", ".", 60), ("1 250", ".", 1250), ("1\u00a0250,5", ",", 1250.5),
        ("1\u202f250", ".", 1250), ("1'250.5", ".", 1250.5), ("12,345,678.9", ".", 12345678.9), ("12,34", ".", 12.34),
        ("1,2500", ".", 1.25), ("1.2500", ",", 1.25),
        ("1/2", ".", 0.5), ("2 1/2", ".", 2.5), ("2-1/2", ".", 2.5), ("2 - 1/2", ".", 2.5),
        ("2\u00a01/2", ".", 2.5), ("9999 15/16", ".", 9999.9375), ("1\u20444", ".", 0.25), ("½", ",", 0.5),
        ("2 ½", ".", 2.5), ("2-½", ".", 2.5), ("2\u202f¾", ".", 2.75), ("9999½", ".", 9999.5),
        ("1" * 40, ".", float("1" * 40)),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_was_meant(written: str, decimal: str, meant: float) -> None:
    assert number(written, decimal) == meant


@each_row(
    "written",
    ["", "-", "ml", "3/3", "4/3", "1/6", "10000 1/2", "10000½", "a½", "1.5½", "--5", "5-", "1..5", "5 5,", "Ⅷ", "①",
     "2X½", "X5", "5⓪", "1" * 41, "2.5,3", "60 70", "2.5 3", "60\u00a070", "1 2500", "1 250.5 3",
     "1 250,500.5", "60'70", "12,5.5", "1.5.2026,60", "1,250.500.5", "1.250,500,5"],
)  # fmt: skip
def test_what_is_no_number_is_named(written: str) -> None:
    assert refused(lambda: number(written)) == f"'{written.strip()[:40]}' is not a number"


@each_row(
    ("written", "unit", "ml"),
    [
        ("60", Unit.ML, 60), ("60 ml", Unit.OZ, 60), ("60ML", Unit.OZ, 60), ("60 milliliters", Unit.OZ, 60),
        ("60 Millilitres", Unit.OZ, 60), ("60 cc", Unit.OZ, 60), ("2", Unit.OZ, 59.1), ("2 oz", Unit.ML, 59.1),
        ("2 oz.", Unit.ML, 59.1), ("2 fl oz", Unit.ML, 59.1), ("2 fl. oz.", Unit.ML, 59.1), ("2floz", Unit.ML, 59.1),
        ("1 ounce", Unit.ML, 29.6), ("2 Ounces", Unit.ML, 59.1), ("2 onzas", Unit.ML, 59.1), ("2 Unzen", Unit.ML, 59.1),
        ("1 Unze", Unit.ML, 29.6), ("0", Unit.ML, 0), ("10,000", Unit.ML, 10_000), ("62.55", Unit.ML, 62.55),
        ("", Unit.ML, None), (" ", Unit.OZ, None), ("-", Unit.ML, None), ("–", Unit.ML, None), ("N/A", Unit.ML, None),
        ("None", Unit.ML, None), ("null", Unit.ML, None),
    ],
)  # fmt: skip
def test_milk_is_read_in_its_own_unit_or_that_of_the_sheet(written: str, unit: Unit, ml: float | None) -> None:
    assert volume(written, Manner(unit=unit)) == ml


def test_milk_of_a_sheet_with_decimal_commas_has_points_for_thousands() -> None:
    assert volume("1.250 ml", Manner(decimal=",")) == 1250
    assert volume("1.250 ml", Manner()) == 1.25


@each_row("written", ["10,001", "-1", "-0.1 oz", "339 oz", f"{10**30} millilitres"])
def test_more_milk_than_anybody_has_is_a_slip(written: str) -> None:
    told = refused(lambda: volume(written, Manner()))
    assert told == f"'{written[:40]}' is not an amount of milk; 0 to 10,000 mL is meant"


@each_row("written", ["60 apples", "ml", LONG_NOTE])
def test_what_is_no_milk_is_named(written: str) -> None:
    assert refused(lambda: volume(written, Manner())).startswith(f"'{written[:40]}' is not a")


@each_row(
    ("amount", "unit", "both"),
    [("3", "oz", "3 oz"), (" 3 ", " oz ", "3 oz"), ("2½", "oz", "2½ oz"), ("60 mL", "oz", "60 mL"), ("3", " ", "3"),
     ("", "oz", ""), (" ", "oz", " ")],
)  # fmt: skip
def test_a_unit_in_a_column_of_its_own_belongs_to_the_amount(amount: str, unit: str, both: str) -> None:
    assert with_unit(amount, unit) == both


HOURS = [
    ("20", LengthUnit.MINUTES, 1200), ("20", LengthUnit.TIMER, 1200), ("90", LengthUnit.SECONDS, 90),
    ("1.5", LengthUnit.HOURS, 5400), ("0.51", LengthUnit.MINUTES, 31), ("1:05", LengthUnit.MINUTES, 3900),
    ("1:05", LengthUnit.HOURS, 3900), ("20:15", LengthUnit.TIMER, 1215), ("20:15", LengthUnit.SECONDS, 1215),
    ("0:20:15", LengthUnit.TIMER, 1215), ("1:20:15", LengthUnit.SECONDS, 4815), ("0:20:15.750", LengthUnit.HOURS, 1215),
    ("0 00:20:00", LengthUnit.MINUTES, 1200), ("1 00:00", LengthUnit.MINUTES, 86_400),
    ("1440", LengthUnit.MINUTES, 86_400), ("24:00", LengthUnit.MINUTES, 86_400), ("24 h", LengthUnit.MINUTES, 86_400),
    ("86400", LengthUnit.SECONDS, 86_400), ("86400 s", LengthUnit.MINUTES, 86_400),
    ("1 h 5 min 30 s", LengthUnit.SECONDS, 3930), ("1h5m30s", LengthUnit.MINUTES, 3930),
    ("PT1H5M", LengthUnit.TIMER, 3900),
    ("1 hour and 5 minutes", LengthUnit.HOURS, 3900), ("2 hrs, 5 mins", LengthUnit.HOURS, 7500),
    ("1 Stunde und 5 Minuten", LengthUnit.HOURS, 3900), ("2 Std. 5 Min.", LengthUnit.HOURS, 7500),
    ("1 hora y 5 minutos", LengthUnit.HOURS, 3900), ("2 horas", LengthUnit.MINUTES, 7200),
    ("1,5 h", LengthUnit.MINUTES, 5400),
    ("25' 30''", LengthUnit.HOURS, 1530), ("25′ 30″", LengthUnit.HOURS, 1530), ('30"', LengthUnit.HOURS, 30),
    ("45 sec", LengthUnit.HOURS, 45), ("45 Sekunden", LengthUnit.HOURS, 45), ("45 seg.", LengthUnit.HOURS, 45),
    ("", LengthUnit.MINUTES, 0), ("  ", LengthUnit.MINUTES, 0), ("0", LengthUnit.MINUTES, 0),
]  # fmt: skip


@each_row(("written", "unit", "seconds"), HOURS)
def test_a_length_is_read_in_every_form(written: str, unit: LengthUnit, seconds: int) -> None:
    assert length(written, Manner(length=unit)) == timedelta(seconds=seconds)


def test_a_length_is_read_with_the_decimal_sign_of_its_sheet() -> None:
    assert length("1.250", Manner(decimal=",", length=LengthUnit.SECONDS)) == timedelta(seconds=1250)


@each_row(
    ("written", "unit", "why"),
    [
        ("1441", LengthUnit.MINUTES, "is longer than a day, or less than nothing"),
        ("24:01", LengthUnit.MINUTES, "is longer than a day, or less than nothing"),
        ("23 h 61 min", LengthUnit.MINUTES, "is longer than a day, or less than nothing"),
        (f"23 hours and {'0' * 30}61 minutes", LengthUnit.MINUTES, "is longer than a day, or less than nothing"),
        ("-5", LengthUnit.MINUTES, "is longer than a day, or less than nothing"),
        ("86401 s", LengthUnit.MINUTES, "is longer than a day"),
        ("99999999", LengthUnit.SECONDS, "is longer than a day"),
        (f"99999999 hours and {'0' * 30} minutes", LengthUnit.SECONDS, "is longer than a day"),
        ("-99999999", LengthUnit.HOURS, "is longer than a day"),
        ("soon", LengthUnit.MINUTES, "is not a number"),
        ("y", LengthUnit.MINUTES, "is not a number"),
        (LONG_NOTE, LengthUnit.MINUTES, "is not a number"),
        ("1 h" + " " * 57 + "5", LengthUnit.MINUTES, "is not a number"),
    ],
)
def test_what_is_no_length_is_told(written: str, unit: LengthUnit, why: str) -> None:
    assert refused(lambda: length(written, Manner(length=unit))) == f"'{written[:40]}' {why}"


@each_row(
    "written",
    [
        "5.1.2026", "05.01.2026", "5.1.26", "5/1/2026", "5-1-2026", "5 . 1 . 2026", "Mo, 05.01.2026", "Mo. 5.1.2026.",
        "2026-01-05", "2026/1/5", "2026.01.05", "20260105", "5 January 2026", "5. Januar 2026", "Jan 5, 2026",
        "January 5th, 2026", "Monday, January 5, 2026", "5 de enero de 2026", "5 enero del 2026", "5-Jan-2026",
        "5th Jan 2026", " 5 JAN 2026 ",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_form(written: str) -> None:
    assert day(written, DateOrder.DAY) == TODAY


@each_row(
    ("name", "month"),
    [
        *(("Jan", 1), ("enero", 1), ("Feb", 2), ("März", 3), ("Mrz", 3), ("Maerz", 3), ("marzo", 3), ("Apr", 4)),
        *(("abril", 4), ("May", 5), ("Mai", 5), ("June", 6), ("julio", 7), ("Aug", 8), ("agosto", 8), ("Sept", 9)),
        *(("Oct", 10), ("Oktober", 10), ("noviembre", 11), ("Dec", 12), ("Dezember", 12), ("diciembre", 12)),
    ],
)
def test_a_month_is_known_by_its_name(name: str, month: int) -> None:
    assert day(f"5 {name} 2026", DateOrder.DAY) == date(2026, month, 5)


def test_which_number_of_a_day_comes_first_the_sheet_says() -> None:
    assert [day("1/2/2026", order) for order in DateOrder] == [date(2026, 2, 1), date(2026, 2, 1), date(2026, 1, 2)]
    assert day("2026-02-01", DateOrder.MONTH) == date(2026, 2, 1)


@each_row(
    ("written", "order"),
    [("13/1/2026", DateOrder.MONTH), ("1/13/2026", DateOrder.DAY), ("1/13/2026", DateOrder.YEAR)],
)
def test_a_day_the_other_way_round_is_named_as_that(written: str, order: DateOrder) -> None:
    assert refused(lambda: day(written, order)) == f"'{written}' is not in the order of the other days"


@each_row(
    "written",
    ["", "5", "5.1.", "31.2.2026", "32.1.2026", "5.13.226", "5.1.1969", "5.1.2200", "5 Quark 2026", "32 May 2026",
     "20261301", "Mo", LONG_NOTE],
)  # fmt: skip
def test_what_is_no_day_is_named(written: str) -> None:
    assert refused(lambda: day(written, DateOrder.DAY)) == f"'{written[:40]}' is not a day"


def test_the_first_and_the_last_year_are_days() -> None:
    assert day("5.1.1970", DateOrder.DAY).year == 1970
    assert day("5.1.2199", DateOrder.DAY).year == 2199
    assert day("5.1.99", DateOrder.DAY).year == 2099


@each_row(
    ("written", "at"),
    [
        ("6:35", time(6, 35)), ("06:35", time(6, 35)), ("6.35", time(6, 35)), ("6h35", time(6, 35)),
        ("635", time(6, 35)),
        ("0635", time(6, 35)), ("6:35:20", time(6, 35, 20)), ("6:35:20.5", time(6, 35, 20)), ("6 am", time(6)),
        ("12 am", time(0)), ("12:05 a.m.", time(0, 5)), ("12 pm", time(12)), ("12:05 p. m.", time(12, 5)),
        ("6p", time(18)),
        ("6:35PM", time(18, 35)), ("11:59 pm", time(23, 59)), ("13:05 pm", time(13, 5)), ("13:05 am", time(13, 5)),
        ("18 Uhr", time(18)),
        ("18.35 Uhr", time(18, 35)), ("18:35 h", time(18, 35)), ("18 hrs", time(18)), ("0:00", time(0)),
        ("23:59", time(23, 59)), (" 6:35 ", time(6, 35)),
    ],
)  # fmt: skip
def test_a_time_of_day_is_read_in_every_form(written: str, at: time) -> None:
    assert clock_time(written) == (at, None)


@each_row(
    ("zone", "hours"),
    [
        ("Z", 0), ("z", 0), ("utc", 0), ("GMT", 0), ("+02:00", 2), ("-0330", -3.5), ("+00:00", 0), ("+14:00", 14),
        ("+05:45", 5.75), (":00-07:00", -7), (":00 -12:00", -12),
    ],
)  # fmt: skip
def test_a_time_of_day_may_have_its_offset(zone: str, hours: float) -> None:
    at, read = clock_time(f"6:35{zone}")
    assert (at, read and read.utcoffset(None)) == (time(6, 35), timedelta(hours=hours))


@each_row(
    "written",
    [
        "", "6", "24:00", "6:60", "6:35:61", "6:3", "25 h", "6:35 m", "6 m.", "soon", LONG_NOTE,
        "25:00" + " " * 50 + "Uhr", "6:35+25:00", "6:35+02:75", "6:35+14:15", "6:35:00-15:00", "6:35:00-06:55",
        "06:30-07:00", "6.30 -07:00",
    ],
)  # fmt: skip
def test_what_is_no_time_of_day_is_named(written: str) -> None:
    assert refused(lambda: clock_time(written)) == f"'{written[:40]}' is not a time of day"


@each_row("written", ["2026-07-01T06:30-07:00", "2026-07-01t06:30-07:00", "2026-07-01 06:30:00-07:00"])
def test_a_moment_behind_a_t_or_with_seconds_has_its_offset(written: str) -> None:
    assert moment(written, DateOrder.YEAR, BERLIN) == datetime(2026, 7, 1, 13, 30, tzinfo=UTC)


def test_from_and_until_behind_a_day_is_no_time_with_an_offset() -> None:
    told = refused(lambda: moment("2026-07-01 06:30-07:00", DateOrder.YEAR, BERLIN))
    assert told == "'06:30-07:00' is not a time of day"


SUMMER = datetime(2026, 7, 1, 18, 35, tzinfo=timezone(timedelta(hours=2)))


@each_row(
    "written",
    [
        "1.7.2026 18:35", "1.7.2026, 18:35 Uhr", "2026-07-01T18:35", "2026-07-01T18:35:00+02:00", "2026-07-01 16:35Z",
        "1 July 2026 at 6:35 pm", "1. Juli 2026 um 18:35", "1 de julio de 2026 a las 18:35", "Jul 1, 2026 6:35 PM",
        "18:35 1.7.2026", "18:35, 1.7.2026", "6:35 pm 1.7.2026", "18.35 Uhr 1.7.2026", "1782923700", "1782923700000",
        "1782923700.0", " 1.7.26 18:35 ",
    ],
)  # fmt: skip
def test_a_moment_is_read_in_every_form(written: str) -> None:
    found = moment(written, DateOrder.DAY, BERLIN)
    assert found == SUMMER
    assert found.utcoffset() == (timedelta(0) if written.endswith("Z") else timedelta(hours=2))


def test_a_moment_may_be_six_in_the_evening() -> None:
    assert moment("1.7.2026 6 pm", DateOrder.DAY, UTC) == datetime(2026, 7, 1, 18, tzinfo=UTC)


@each_row(
    ("written", "why"),
    [
        ("1.7.2026", "has no time of day"),
        ("2026-07-01T", "has no time of day"),
        ("soon", "is not a day with a time"),
        ("18:35", "is not a day with a time"),
        ("", "is not a day with a time"),
        (LONG_NOTE, "is not a day with a time"),
        ("x" * 50, "is not a day with a time"),
        ("5.7." + " " * 40 + "2026", "has no time of day"),
    ],
)
def test_what_is_no_moment_is_told(written: str, why: str) -> None:
    assert refused(lambda: moment(written, DateOrder.DAY, UTC)) == f"'{written[:40]}' {why}"


def test_a_moment_is_read_in_the_order_of_its_sheet() -> None:
    assert moment("7/13/2026 18:35", DateOrder.MONTH, UTC) == datetime(2026, 7, 13, 18, 35, tzinfo=UTC)
    told = refused(lambda: moment("7/13/2026", DateOrder.MONTH, UTC))
    assert told == "'7/13/2026' has no time of day"


@pytest.mark.parametrize(("letters", "fits"), [(60, True), (61, False)])
def test_a_cell_of_sixty_letters_is_tried_and_no_longer_one(letters: int, fits: bool) -> None:
    assert reads(moment, "1.7.2026" + " " * (letters - 13) + "18:35", DateOrder.DAY, UTC) is fits
    assert reads(length, "5" + " " * (letters - 4) + "min", Manner()) is fits


def test_a_day_and_a_time_of_day_of_sixty_letters_are_read() -> None:
    assert clock_time("6:35" + " " * 55 + "Z") == (time(6, 35), UTC)
    assert day("5.1." + " " * 52 + "2026", DateOrder.DAY) == TODAY


@pytest.mark.parametrize("letters", [1, 50])
def test_what_stands_behind_sixty_letters_of_a_day_or_a_time_of_day_is_not_left_out(letters: int) -> None:
    assert not reads(clock_time, "6:35" + " " * 55 + "p" + "m" * letters)
    assert not reads(day, "5.1." + " " * 52 + "2026" + "." * letters, DateOrder.DAY)
