"""Logs of other programs as their users export them: what they mean comes in, and what they say besides is told."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from guide.store.bringing.look import Content, look
from guide.store.bringing.looked_at import FileKind, LookedAt
from guide.store.log.same import Known
from tables import each_row

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 26, 12, tzinfo=BERLIN)
PUMPED = {"id": 1, "child": 1, "amount": 90.5, "start": "2026-11-01T06:35:00+01:00", "end": "2026-11-01T06:55:00+01:00"}


def seen(data: str | bytes, name: str = "her.csv") -> LookedAt:
    content = Content(Path(name), data.encode() if isinstance(data, str) else data)
    (one,) = look([content], known=Known(), routines={}, now=NOW, zone=BERLIN, matches={}).files
    return one


def milk(one: LookedAt) -> list[tuple[float | None, float | None]]:
    return [(record.left_ml, record.right_ml) for record in one.records]


@each_row("written", ["2½", "2 1/2", "2-1/2", "2 ½", "2.5", "2,5", "2\u00a01/2", "2.50"])
def test_ounces_with_a_fraction_are_read_as_they_are_written(written: str) -> None:
    one = seen(f'Date,Time,Left oz,Right oz\n11/13/2026,6:35 PM,"{written}",¾\n')
    assert milk(one) == [(73.9, 22.2)]
    assert one.left_out == ()


@each_row("written", ["1/0", "7/5", "1/2/2026", "½½", "x½", "1/", "/2", "²", "1 1/7"])
def test_what_is_no_fraction_is_told(written: str) -> None:
    one = seen(f"Date,Time,Left oz,Right oz\n11/13/2026,6:35 PM,{written},3\n11/14/2026,6:35 PM,1,3\n")
    assert [bad.line for bad in one.left_out] == [2]


@each_row("halves", [("AM", "PM"), ("a.m.", "p.m."), ("am", "pm")])
def test_am_and_pm_in_a_column_of_their_own_belong_to_the_time(halves: tuple[str, str]) -> None:
    one = seen(f"Date,Time,AM/PM,mL\n11/13/2026,6:35,{halves[1]},60\n11/14/2026,12:05,{halves[0]},70\n")
    assert [f"{record.began:%d %H:%M}" for record in one.records] == ["13 18:35", "14 00:05"]
    assert not any("AM/PM" in note for note in one.notes)


@each_row(
    "text",
    [
        "id,start,end,type,method,amount\n1,2026-11-01 06:35,2026-11-01 06:55,breast milk,bottle,90\n",
        "id,start,end,duration,type,method,amount\n1,2026-11-01 06:35,2026-11-01 06:55,0:20,formula,bottle,90\n",
        "id,child,start,end,duration,nap,notes\n1,A,2026-11-01 06:35,2026-11-01 06:55,0:20,1,\n",
        "id,child,time,wet,solid,color,amount,notes\n1,A,2026-11-01 06:35,1,0,,2,\n",
        "Baby,Time,Bottle (ml)\nA,2026-11-01 06:35,90\n",
        "child,temperature,time\nA,37.5,2026-11-01 06:35\n",
        json.dumps({"count": 1, "results": [{**PUMPED, "type": "breast milk", "method": "bottle"}]}),
    ],
)  # fmt: skip
def test_meals_sleep_and_diapers_are_no_pumpings(text: str) -> None:
    one = seen(text)
    assert one.kind is FileKind.NEITHER
    assert one.left_out


def test_sides_that_do_not_make_their_sum_are_told_with_the_line() -> None:
    one = seen("Date,Time,Left ml,Right ml,Total\n2026-11-01,06:35,60,70,130\n" + "2026-11-02,06:35,60,70,150\n" * 3)
    assert milk(one)[0] == (60, 70)
    assert "In line 3 the sides make 130 mL and both together 150 mL; the sides are kept." in one.notes
    assert "So it is in 2 more lines." in one.notes


def test_an_amount_that_could_not_be_typed_is_told_with_its_line() -> None:
    rows = ["2026-11-01,06:35,999,60", "2026-11-02,06:35,60,1200", "2026-11-03,06:35,1500,0"]
    one = seen("\n".join(["Date,Time,Left ml,Right ml", *rows]))
    assert milk(one) == [(999, 60), (60, 1200), (1500, 0)]
    told = "In line 3 a side has 1,200 mL, more than can be typed here. Look whether that is its unit."
    assert one.notes[-2:] == (told, "So it is in 1 more line.")
    assert not any("typed here" in note for note in seen("\n".join(["Date,Time,Left ml,Right ml", rows[0]])).notes)


@pytest.mark.parametrize("total", ["5.5", "5.6"])  # as ounces are rounded
def test_a_sum_that_was_rounded_is_no_news(total: str) -> None:
    one = seen(f"Date,Time,Left oz,Right oz,Total oz\n2026-11-01,06:35,2.5,3.0,{total}\n")
    assert not any("the sides make" in note for note in one.notes)


def test_a_text_too_long_to_be_kept_whole_is_told_with_its_line() -> None:
    one = seen("Date,Time,ml,Note\n2026-11-01,06:35,60,short\n2026-11-02,06:35,60," + "x" * 10_001 + "\n")
    assert "In line 3 a text is longer than 10,000 letters; what fits is kept." in one.notes


@each_row(
    ("data", "why"),
    [
        (b"PK\x03\x04\x14\0\0\0\0\0xl/workbook.xml", "it is a spreadsheet's own file"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "it is a spreadsheet's own file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "it is a spreadsheet's own file"),
        (b"PK\x03\x04\x14\0\0\0photos/1.jpg", "it is an archive of another program"),
        (b"PK\x03\x04\x14\0\0\0pumping-guide.json", "bring everything back in Settings"),
        (b"name: X\nsteps:\n  - {kind: pump, duration: 5 min}\n", "a name that ends in .yaml"),
        (",".join(f"c{number}" for number in range(5000)).encode() + b"\n", "it has 5,000 columns"),
    ],
)
def test_another_kind_of_file_is_told_with_the_way_out(data: bytes, why: str) -> None:
    one = seen(data)
    assert one.kind is FileKind.NEITHER
    assert why in one.left_out[0].message


@each_row("encoding", ["utf-16-be", "utf-16-le", "utf-16", "utf-8-sig", "cp1252"])
def test_a_sheet_is_read_in_any_letters(encoding: str) -> None:
    one = seen("Datum;Uhrzeit;ml;Notiz\n01.11.2026;06:35;60;müde\n".encode(encoding))
    assert [(record.ml, record.note) for record in one.records] == [(60, "müde")]


PAGE = {"count": 2, "next": None, "previous": None, "results": [PUMPED]}


@each_row(
    ("held", "count"),
    [
        (json.dumps(PAGE), 1),
        (json.dumps(PUMPED), 1),
        (json.dumps([PAGE, {**PAGE, "results": [PUMPED, PUMPED]}]), 3),
        (json.dumps(PUMPED) + "\n" + json.dumps({**PUMPED, "notes": "again"}) + "\n", 2),
        (json.dumps({"results": [None, PUMPED]}), 1),
        (json.dumps([{"id": 1, "amount": 90.5, "time": PUMPED["start"], "notes": ""}]), 1),
    ],
)
def test_baby_buddys_answers_are_read_in_every_form(held: str, count: int) -> None:
    one = seen(held, "pumping.json")
    assert [record.ml for record in one.records] == [90.5] * count
    assert {record.began.isoformat() for record in one.records} == {PUMPED["start"]}
    assert "The column 'id' is not taken." in one.notes


def test_a_page_of_several_says_where_the_next_one_is() -> None:
    address = "https://baby.example/api/pumping/?limit=1&offset=1"
    one = seen(json.dumps({**PAGE, "next": address}), "pumping.json")
    assert f"It is one page of several; the next one is at {address}." in one.notes


def test_names_of_another_program_in_our_json_are_told() -> None:
    session = {"began": PUMPED["start"], "routine": "x", "left_ml": 5, "mood": "calm", "right": 70}
    one = seen(json.dumps({"format": 1, "sessions": [session, session]}), "a.json")
    assert one.notes == ("The column 'mood' is not taken.", "The column 'right' is not taken.")
