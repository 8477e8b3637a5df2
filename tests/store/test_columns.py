"""What the columns of a sheet are guessed to be, and in which manner their cells are read: each rule at its edge."""

from __future__ import annotations

from guide.store.bringing.cells import DateOrder, LengthUnit, Unit
from guide.store.bringing.columns import LOOKED_AT, Match, cells_of, guess, read_as_thousands
from guide.store.bringing.fields import ColumnField as Field
from guide.store.bringing.sheet import cut
from tables import each_row

MONTH = "Day and month could be either way round; the month is taken to come first."
DAY = "Day and month could be either way round; the day is taken to come first."


def guessed(header: str, *rows: str, separator: str = "|") -> Match:
    return guess(cut("\n".join([header, *rows]).replace("|", separator)))


def begun(name: str, *cells: str) -> Match:
    """The guess for one column beside a moment and a side."""
    return guessed(f"Start|{name}|Left ml", *(f"2026-01-05 06:35|{cell}|60" for cell in cells))


def test_amounts_and_lengths_without_a_unit_are_guessed_by_how_the_sheet_writes_numbers() -> None:
    match = guessed("Start|Amount|Duration", "2026-01-05 06:35|1.250|1.200", separator=";")
    assert (match.manner.decimal, match.manner.unit, match.manner.length) == (",", Unit.ML, LengthUnit.SECONDS)
    assert list(match.unsure) == [
        "'1.250' is read as 1250.", "No unit is named; the lengths are taken for seconds.",
    ]  # fmt: skip


@each_row(
    ("name", "cells", "unit", "told"),
    [
        ("Duration", ["20", "180"], LengthUnit.MINUTES, []),
        ("Duration", ["0", "0"], LengthUnit.MINUTES, []),
        ("Duration", ["20", "181", "900"], LengthUnit.SECONDS,
         ["No unit is named; the lengths are taken for seconds."]),
        ("Duration", ["20", "20", "900"], LengthUnit.MINUTES, []),
        ("Duration", ["20", "20", "900", "900"], LengthUnit.SECONDS,
         ["No unit is named; the lengths are taken for seconds."]),
        ("Duration min", ["20", "900", "900"], LengthUnit.MINUTES, []),
        ("Duration (s)", ["20"], LengthUnit.SECONDS, []),
        ("Dauer in Sekunden", ["20"], LengthUnit.SECONDS, []),
        ("Duration (h)", ["1"], LengthUnit.HOURS, []),
        ("Duration (h)", ["0:20", "7:00"], LengthUnit.TIMER,
         ["A length such as 7:00 is taken for minutes and seconds."]),
        ("Duration", ["0.5", "1"], LengthUnit.HOURS, ["No unit is named; the lengths are taken for hours."]),
        ("Duration", ["0.5", "2"], LengthUnit.HOURS, ["No unit is named; the lengths are taken for hours."]),
        ("Duration", ["0.5", "2.1"], LengthUnit.MINUTES, []),
        ("Duration", ["1", "2"], LengthUnit.MINUTES, []),
        ("Minutes", ["0.5", "1"], LengthUnit.MINUTES, []),
        ("Duration mm:ss", ["0:20"], LengthUnit.TIMER, []),
        ("Duration hh:mm:ss", ["0:20:00"], LengthUnit.HOURS, []),
        ("Duration h:mm:ss", ["0:20:00"], LengthUnit.HOURS, []),
        ("mm:ss", ["20 min"], LengthUnit.TIMER, []),
        ("Duration", ["5:59"], LengthUnit.MINUTES, []),
        ("Duration", ["0:30", "6:00"], LengthUnit.TIMER, ["A length such as 6:00 is taken for minutes and seconds."]),
    ],
)  # fmt: skip
def test_the_unit_of_lengths_is_named_or_told_to_be_a_guess(
    name: str, cells: list[str], unit: LengthUnit, told: list[str]
) -> None:
    match = begun(name, *cells)
    assert match.fields[1] is Field.LASTED
    assert (match.manner.length, list(match.unsure)) == (unit, told)


@each_row(
    ("days", "amount", "order", "either", "told"),
    [
        (["1/2/2026"], "60 ml", DateOrder.DAY, "1/2/2026", [DAY]),
        (["1/2/2026"], "2 oz", DateOrder.MONTH, "1/2/2026", [MONTH]),
        (["1/2/2026 6:35 pm"], "60 ml", DateOrder.MONTH, "1/2/2026", [MONTH]),
        (["1/2/2026 6:35 PM"], "60 ml", DateOrder.MONTH, "1/2/2026", [MONTH]),
        (["1/12/2026"], "60 ml", DateOrder.DAY, "1/12/2026", [DAY]),
        (["1/2/2026 6:35 a.m."], "60 ml", DateOrder.MONTH, "1/2/2026", [MONTH]),
        (["3/3/2026", "12/3/2026"], "60 ml", DateOrder.DAY, "12/3/2026", [DAY]),
        (["3/3/2026"], "60 ml", DateOrder.DAY, "", []),
        (["1.2.2026", "12/3/2026"], "60 ml", DateOrder.DAY, "1.2.2026", [DAY]),
        (["1.2.2026", "12.3.2026"], "2 oz", DateOrder.DAY, "", []),
        (["13/1/2026", "1/13/2026"], "60 ml", DateOrder.DAY, "", []),
        (["13/1/2026", "1/13/2026"], "2 oz", DateOrder.MONTH, "", []),
        (["12/1/2026", "1/13/2026"], "60 ml", DateOrder.MONTH, "", []),
        (["2026-01-02"], "2 oz", DateOrder.YEAR, "", []),
    ],
)
def test_day_and_month_are_told_apart_by_the_days_and_by_how_the_rest_is_written(
    days: list[str], amount: str, order: DateOrder, either: str, told: list[str]
) -> None:
    rows = [f"{day if ':' in day else f'{day} 06:35'}|{amount}" for day in days]
    match = guessed("Start|Amount", *rows)
    assert (match.manner.order, match.either, list(match.unsure)) == (order, either, told)


def test_a_time_with_am_in_its_own_column_is_american() -> None:
    match = guessed("Date|Time|Left ml", "1/2/2026|6:35 am|60")
    assert (match.manner.order, match.either) == (DateOrder.MONTH, "1/2/2026")
    assert guessed("Date|Time|Left ml", "1/2/2026|6:35|60").manner.order is DateOrder.DAY
    assert guessed("Date|Time|Left oz", "1/2/2026|6:35|2").manner.order is DateOrder.MONTH


@each_row(
    ("cells", "separator", "decimal"),
    [
        (["60"], ",", "."), (["60"], ";", ","), (["60.5"], ";", "."), (["60,5"], "\t", ","), (["60,50"], "\t", ","),
        (["60,500"], "\t", "."), (["60.500"], ";", ","), (["60,5", "60.5"], ";", ","), (["60,5", "60.5"], "\t", "."),
        (["60,5", "60.5", "1.25"], ";", "."), (["60.5", "60,5", "1,25"], "\t", ","),
    ],
)  # fmt: skip
def test_the_decimal_sign_is_that_of_most_amounts(cells: list[str], separator: str, decimal: str) -> None:
    rows = [f"2026-01-05 06:35|{cell}" for cell in cells]
    assert guessed("Start|Left ml", *rows, separator=separator).manner.decimal == decimal


@each_row(
    ("cells", "decimal", "told"),
    [
        (["1.250"], ",", ["'1.250' is read as 1250."]), (["1,250"], ".", ["'1,250' is read as 1250."]),
        (["1.250"], ".", []), (["1,250"], ",", []), (["60", " 1.250 "], ",", ["'1.250' is read as 1250."]),
        (["1.2500"], ",", []), (["1.250.000.000.000.000"], ",", ["'1.250.000.000.000.00' is read as 1.25e+15."]),
        (["a 1.250"], ",", []), ([], ",", []),
    ],
)  # fmt: skip
def test_a_mark_taken_for_that_of_thousands_is_told(cells: list[str], decimal: str, told: list[str]) -> None:
    assert read_as_thousands(cells, decimal) == told


def test_of_a_column_the_first_cells_with_something_in_them_are_looked_at() -> None:
    rows = ["1", "2| ", "3|", "4|x", "5| y|z", *["6|w"] * LOOKED_AT]
    assert cells_of(cut("\n".join(["a|b", *rows])), 1) == ["x", " y", *["w"] * (LOOKED_AT - 5)]


@each_row(
    ("name", "cell", "field"),
    [
        ("Date", "2026-01-05", Field.DAY), ("Date", "2026-01-05 06:35", Field.BEGAN), ("Date", "6:35", Field.TIME),
        ("Time", "2026-01-05 06:35", Field.BEGAN), ("Time", "2026-01-05", Field.DAY), ("Time", "6:35 pm", Field.TIME),
        ("Time", "20 min", Field.LASTED), ("Time", "20", Field.LASTED), ("Time", "0635", Field.TIME),
        ("Start", "2026-01-05", Field.DAY), ("Start", "0635", Field.TIME), ("Start", "6.35", Field.TIME),
        ("Start", "6:35 pm", Field.TIME), ("Date", "60", Field.NOT_TAKEN), ("Date", "20 min", Field.LASTED),
        ("Date", "60 ml", Field.AMOUNT), ("Date", "left", Field.SIDE), ("Date", "the fifth", Field.DAY),
        ("Duration", "6:35 pm", Field.TIME), ("Duration", "2026-01-05", Field.DAY),
        ("Duration", "60 ml", Field.AMOUNT), ("Duration", "0:20", Field.LASTED), ("End", "20 min", Field.LASTED),
        ("End", "20", Field.NOT_TAKEN), ("End", "60 ml", Field.AMOUNT), ("End", "6:55", Field.ENDED),
        ("Left", "left", Field.SIDE), ("Amount", "both", Field.SIDE), ("Type", "left", Field.SIDE),
        ("Left", "60", Field.LEFT), ("Left", "20 min", Field.LASTED), ("Amount", "6:35", Field.TIME),
        ("Side", "60", Field.AMOUNT), ("Side", "60 ml", Field.AMOUNT), ("Side", "left", Field.SIDE),
        ("Type", "pumping", Field.TYPE), ("Type", "Medela", Field.NOT_TAKEN), ("Note", "60 ml", Field.NOTE),
        ("Whatever", "60 ml", Field.AMOUNT), ("Whatever", "20 min", Field.LASTED), ("Whatever", "left", Field.SIDE),
        ("Whatever", "60", Field.NOT_TAKEN), ("Baby", "60 ml", Field.NOT_TAKEN),
    ],
)  # fmt: skip
def test_a_column_is_what_its_name_and_its_cells_say_together(name: str, cell: str, field: Field) -> None:
    assert guessed(f"{name}|Note", f"{cell}|x").fields[0] is field


@each_row(
    ("header", "row", "fields"),
    [
        ("Start|Began", "2026-01-05 06:35|2026-01-05 06:40", [Field.BEGAN, Field.NOT_TAKEN]),
        ("Start|Date|Left", "2026-01-05 06:35|2026-01-05|60", [Field.BEGAN, Field.NOT_TAKEN, Field.LEFT]),
        ("Time|Start", "2026-01-05 06:35|2026-01-05 06:40", [Field.NOT_TAKEN, Field.BEGAN]),
        ("Time|Start|Duration", "06:35|06:40|5", [Field.NOT_TAKEN, Field.TIME, Field.LASTED]),
        ("Date|Time|Start", "2026-01-05|06:35|soon", [Field.DAY, Field.TIME, Field.NOT_TAKEN]),
        ("Date|Time|Start", "2026-01-05|6:35 pm|2026-01-05 06:40", [Field.NOT_TAKEN, Field.NOT_TAKEN, Field.BEGAN]),
        ("Date|Time|Time", "2026-01-05|06:35|0:20", [Field.DAY, Field.TIME, Field.LASTED]),
        ("Date|Time|Clock", "2026-01-05|0:20|06:35", [Field.DAY, Field.LASTED, Field.TIME]),
        ("Date|Time|Time|Duration", "2026-01-05|06:35|0:20|5", [Field.DAY, Field.TIME, Field.NOT_TAKEN, Field.LASTED]),
        ("Note|Comment|Start", "a|b|2026-01-05 06:35", [Field.NOTE, Field.NOTE, Field.BEGAN]),
        ("When|Left|L", "2026-01-05 06:35|60|70", [Field.BEGAN, Field.LEFT, Field.NOT_TAKEN]),
        ("x|y|z", "2026-01-05 06:35|60 ml|20 min", [Field.BEGAN, Field.AMOUNT, Field.LASTED]),
        ("x|y|z", "2026-01-05|6:35|60 ml", [Field.DAY, Field.TIME, Field.AMOUNT]),
        ("x|y|z", "2026-01-05|6:35 pm|60 ml", [Field.DAY, Field.TIME, Field.AMOUNT]),
        ("x|Left|z", "2026-01-05 06:35|60|70 ml", [Field.BEGAN, Field.LEFT, Field.NOT_TAKEN]),
        ("Created at|y", "2026-01-05 06:35|60 ml", [Field.NOT_TAKEN, Field.AMOUNT]),
        ("Nap|Start", "1|2026-01-05 06:35", [Field.NOT_TAKEN, Field.NOT_TAKEN]),
        ("Nap|Start|Left", "1|2026-01-05 06:35|60", [Field.NOT_TAKEN, Field.BEGAN, Field.LEFT]),
        ("Nap|Pump start", "1|2026-01-05 06:35", [Field.NOT_TAKEN, Field.BEGAN]),
        ("Bottle|Start", "x|2026-01-05 06:35", [Field.NOT_TAKEN, Field.NOT_TAKEN]),
        ("Bottle|Start|Milk", "x|2026-01-05 06:35|60", [Field.NOT_TAKEN, Field.BEGAN, Field.AMOUNT]),
    ],
)
def test_each_field_is_one_column_and_what_is_missing_is_looked_for(header: str, row: str, fields: list[Field]) -> None:
    assert list(guessed(header, row).fields) == fields


def test_a_column_that_she_names_takes_the_field_from_the_other() -> None:
    match = Match((Field.LEFT, Field.RIGHT, Field.NOTE))
    assert match.with_field(1, Field.LEFT).fields == (Field.NOT_TAKEN, Field.LEFT, Field.NOTE)
    assert match.with_field(1, Field.NOTE).fields == (Field.LEFT, Field.NOTE, Field.NOTE)


@each_row(
    ("fields", "complete"),
    [((Field.BEGAN,), True), ((Field.DAY, Field.TIME), True), ((Field.DAY,), False), ((Field.TIME, Field.LEFT), False)],
)
def test_a_match_is_complete_where_it_tells_a_beginning(fields: tuple[Field, ...], complete: bool) -> None:
    assert Match(fields).complete is complete


@each_row(
    ("words", "cell", "unit"),
    [
        ("s sec secs seconds Sekunden sek segundos seg", "1", LengthUnit.SECONDS),
        ("h hh hr hrs hours Std Stunden horas", "1", LengthUnit.HOURS),
        ("min mins minutes Minuten minutos", "1.5", LengthUnit.MINUTES),
    ],
)
def test_each_word_for_a_unit_of_lengths_is_known(words: str, cell: str, unit: LengthUnit) -> None:
    found = {word: begun(f"Duration ({word})", cell).manner.length for word in words.split()}
    assert found == dict.fromkeys(words.split(), unit)
