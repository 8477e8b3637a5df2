"""In which unit milk is read: a unit in a cell is of that cell, one in a column's name of its numbers alone."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from guide.store.bringing.cells import Manner, Unit
from guide.store.bringing.columns import Match, guess
from guide.store.bringing.look import matched
from guide.store.bringing.looked_at import LookedAt
from guide.store.bringing.remembered import matches, remember
from guide.store.bringing.sheet import cut
from guide.store.bringing.units import PlainAmounts, Says
from tables import each_row

BERLIN = ZoneInfo("Europe/Berlin")
ML, OZ = Unit.ML, Unit.OZ
READ_IN = "Amounts without a unit are read in"


def looked(text: str, settings: Unit) -> LookedAt:
    sheet = cut(text)
    return matched(Path("a.csv"), sheet, guess(sheet), BERLIN, settings)


@each_row(
    ("header", "rows", "read", "plain"),
    [
        ("Left|Right", ["20|0.7 oz", "25|15"], [(20, 20.7), (25, 15)], PlainAmounts(ML, Says.SETTINGS)),
        ("Left|Right", ["3 oz|60 ml"], [(88.7, 60)], None),
        ("Left|Right", ["3 oz|0"], [(88.7, 0)], None),
        ("Left|Right", ["3|2½"], [(3, 2.5)], PlainAmounts(ML, Says.SETTINGS)),
        ("Left|Right", ["14|soon"], [], PlainAmounts(ML, Says.SETTINGS)),
        ("Left (oz)|Right (fl oz)", ["3|60 ml"], [(88.7, 60)], PlainAmounts(OZ, Says.NAME)),
        ("Left ounces|Right", ["3|1"], [(88.7, 29.6)], PlainAmounts(OZ, Says.NAMES)),
        ("Left ounces|Right", ["3|1 oz"], [(88.7, 29.6)], PlainAmounts(OZ, Says.NAME)),
        ("Left ml|Right oz", ["60|2."], [(60, 59.1)], PlainAmounts(ML, Says.NAME, differ=True)),
        ("Left ml|Right oz", ["60|2 ml"], [(60, 2)], PlainAmounts(ML, Says.NAME, differ=True)),
        ("Left ml/oz|Right", ["60|20"], [(60, 20)], PlainAmounts(ML, Says.SETTINGS)),
        ("Left|Right|Unit", ["3|2|oz", "60|20|ml"], [(88.7, 59.1), (60, 20)], None),
        ("Left|Right|Unit", ["3|2|oz", "60|20|"], [(88.7, 59.1), (60, 20)], PlainAmounts(ML, Says.SETTINGS)),
        ("Left ml|Right ml|Unit", ["3|2|oz"], [(88.7, 59.1)], None),
        ("Left|Right", ["|"], [(None, None)], None),
    ],
)
def test_a_unit_in_a_cell_is_of_that_cell_and_numbers_alone_are_as_their_columns_name_or_settings_say(
    header: str, rows: list[str], read: list[tuple[float, float]], plain: PlainAmounts | None
) -> None:
    lines = [f"Start|{header}", *(f"2026-01-{day:02} 06:35|{row}" for day, row in enumerate(rows, 5))]
    one = looked("\n".join(lines).replace("|", ";"), ML)
    assert [(record.left_ml, record.right_ml) for record in one.records] == read
    assert one.plain == plain


def test_small_numbers_with_a_decimal_comma_are_told_by_their_size() -> None:
    lines = "".join(f"05.01.2026 06:{minute:02};3,5\n" for minute in range(50))
    one = looked("Beginn;Menge\n" + lines + lines.replace("05.01", "06.01") + "07.01.2026 06:35;2,5\n", ML)
    assert one.plain == PlainAmounts(OZ, Says.SIZE)
    assert not one.plain.sure


@pytest.mark.parametrize(("says", "sure"), [(Says.NAME, True), (Says.HERSELF, True), (Says.SETTINGS, False)])
def test_what_the_file_or_she_says_is_sure(says: Says, sure: bool) -> None:
    assert PlainAmounts(ML, says).sure is sure


def test_columns_of_two_units_and_one_without_are_read_each_in_its_own_and_that_one_as_settings_say() -> None:
    one = looked("Start,Left ml,Right oz,Total\n2026-01-05 06:35,60,2,4\n", OZ)
    assert [(record.left_ml, record.right_ml) for record in one.records] == [(60, 59.1)]
    assert one.plain == PlainAmounts(OZ, Says.SETTINGS, differ=True)
    assert f"{READ_IN} fl oz, as Settings say." in one.notes


@each_row(
    ("amounts", "settings", "unit", "says"),
    [
        ([3.5] * 100, ML, ML, Says.SETTINGS),
        ([3.5] * 101, ML, OZ, Says.SIZE),
        ([14] * 101, ML, OZ, Says.SIZE),
        ([3.5] * 200 + [14.1], ML, ML, Says.SETTINGS),
        ([3.5, 4, 60], OZ, OZ, Says.SETTINGS),
        ([14, 90], OZ, ML, Says.SIZE),
        ([14, 14, 90], OZ, OZ, Says.SETTINGS),
    ],
)
def test_settings_say_the_unit_unless_numbers_of_that_size_are_hardly_in_it(
    amounts: list[float], settings: Unit, unit: Unit, says: Says
) -> None:
    rows = [f"2026-01-05 06:35,{amount}" for amount in amounts]
    one = looked("\n".join(["Start,Left", *rows]), settings)
    assert one.plain == PlainAmounts(unit, says)
    words = {ML: "mL", OZ: "fl oz"}
    (other,) = {ML, OZ} - {unit}
    why = ", as Settings say" if says is Says.SETTINGS else f": of this size they are hardly in {words[other]}"
    assert one.notes[0] == f"{READ_IN} {words[unit]}{why}."


def test_what_she_says_is_the_unit_of_every_number_alone_and_of_no_other() -> None:
    sheet = cut("Start,Left ml,Right\n2026-01-05 06:35,3,60 ml\n")
    match = Match(guess(sheet).fields, Manner(unit=OZ), unit_said=True)
    one = matched(Path("a.csv"), sheet, match, BERLIN, ML)
    assert [(record.left_ml, record.right_ml) for record in one.records] == [(88.7, 60)]
    assert one.plain == PlainAmounts(OZ, Says.HERSELF)
    assert f"{READ_IN} fl oz, as you said." in one.notes


def test_two_sides_and_their_sum_in_units_of_their_own_are_held_against_each_other() -> None:
    header = "Start,Left ml,Right oz,Total oz"
    assert not [note for note in looked(f"{header}\n2026-01-05 06:35,60,2,4\n", ML).notes if "line 2" in note]
    told = "In line 2 the sides make 119.1 mL and both together 147.9 mL; the sides are kept."
    assert told in looked(f"{header}\n2026-01-05 06:35,60,2,5\n", ML).notes


@pytest.mark.parametrize("said", [True, False])
def test_a_unit_is_kept_as_hers_only_where_she_said_it(said: bool, tmp_path: Path) -> None:
    match = Match((), Manner(unit=OZ), unit_said=said)
    remember(tmp_path / "columns.json", (), match)
    assert matches(tmp_path / "columns.json") == {(): match}
