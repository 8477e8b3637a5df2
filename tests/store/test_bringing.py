"""Bringing in: what a file would bring is told line by line, and nothing changes before yes."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import wave
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.cli import main
from guide.core.record import Record
from guide.store.bringing.cells import CellError, DateOrder, LengthUnit, Manner, Unit, length, number, volume
from guide.store.bringing.columns import Match, guess
from guide.store.bringing.fields import ColumnField
from guide.store.bringing.foreign import sessions
from guide.store.bringing.look import Content, look, read_in
from guide.store.bringing.looked_at import FileKind, Inspection, LookedAt
from guide.store.bringing.remembered import matches, remember
from guide.store.bringing.sheet import cut
from guide.store.bringing.take import take, undo
from guide.store.bringing.times import moment
from guide.store.log.export import export_csv, export_json
from guide.store.log.log import Log
from guide.store.log.same import Known
from guide.store.paths import Paths
from guide.store.routines.library import Library
from tables import each_row

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 26, 12, tzinfo=BERLIN)
ROUTINE = b"name: Evening\nsteps: [{kind: rest, duration: 1 min}]\n"


def seen(text: str | bytes, name: str = "a.csv", known: Known | None = None) -> LookedAt:
    data = text.encode() if isinstance(text, str) else text
    (one,) = looked([Content(Path(name), data)], known).files
    return one


def looked(contents: list[Content], known: Known | None = None) -> Inspection:
    return look(contents, known=known or Known(), routines={}, now=NOW, zone=BERLIN, matches={})


def told(one: LookedAt) -> list[tuple[int, str]]:
    return [(bad.line, bad.message) for bad in one.left_out]


# what is told


@each_row("days", [1, 400, 30_000])
def test_a_session_to_come_is_left_out_with_its_line(days: int) -> None:
    later = (NOW + timedelta(days=days)).isoformat()
    one = seen(f"began,routine,left_ml\n{NOW.isoformat()},Now,40\n{later},Later,40\n")
    assert [record.routine_name for record in one.records] == ["Now"]
    assert [line for line, _ in told(one)] == [3]
    assert told(one)[0][1].startswith("it would begin in the future, on ")


@each_row("at", [1, 2, 5])
@each_row("separator", [",", ";", "\t"])
def test_a_quotation_never_closed_costs_its_own_row(at: int, separator: str) -> None:
    rows = [["began", "routine", "left_ml"]]
    rows += [[f"2026-05-0{day}T06:35:00+02:00", f"R{day}", str(60 + day)] for day in range(1, 6)]
    rows[at][1] = '"' + rows[at][1]
    one = seen("\r\n".join(separator.join(row) for row in rows))
    assert [record.routine_name for record in one.records] == [f"R{day}" for day in range(1, 6) if day != at]
    assert told(one) == [(at + 1, "a quotation mark on this line is never closed, so the line cannot be read")]


def test_two_quotations_never_closed_cost_two_rows() -> None:
    one = seen('began,routine,note\n2026-05-01T06:00:00Z,"a,\n2026-05-02T06:00:00Z,b,\n2026-05-03T06:00:00Z,c",\n')
    assert [line for line, _ in told(one)] == [2]
    assert [record.routine_name for record in one.records] == ["b", 'c"']


@each_row(
    ("written", "decimal", "meant"),
    [
        ("75", ",", 75), ("75,5", ",", 75.5), ("75.5", ",", 75.5), ("1.250", ",", 1250), ("1.250,5", ",", 1250.5),
        ("1 250,5", ",", 1250.5), ("1,250", ".", 1250), ("1,250.5", ".", 1250.5), ("1'250", ".", 1250),
        ("0.125", ".", 0.125), ("1.250", ".", 1.25), ("1,250", ",", 1.25), ("0,5", ".", 0.5),
        ("1.234.567", ",", 1234567),
    ],
)  # fmt: skip
def test_numbers_are_read_as_they_were_meant(written: str, decimal: str, meant: float) -> None:
    assert number(written, decimal) == meant


@given(st.floats(0, 9_999, allow_nan=False).map(lambda one: round(one, 1)))
def test_a_number_written_in_either_manner_is_the_same(value: float) -> None:
    english = f"{value:,.1f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert number(english, ".") == number(german, ",") == value


def test_thousands_in_a_semicolon_file_are_told() -> None:
    one = seen("began;routine;left_ml\r\n2026-05-01T06:35:00+02:00;Pumping;1.250\r\n")
    assert [record.left_ml for record in one.records] == [1250]
    read_as, too_much = one.notes
    assert read_as == "'1.250' is read as 1250."
    assert too_much.startswith("In line 2 a side has 1,250 mL, more than can be typed here.")


def test_a_column_that_is_not_known_is_matched_or_told() -> None:
    one = seen("began,routine,duration_min,left (ml),amount,mood\n2026-05-01T06:35:00+02:00,P,20,75,165,fine\n")
    (record,) = one.records
    assert (record.left_ml, record.right_ml, record.lasted) == (75, 90, timedelta(minutes=20))
    plain = "Amounts without a unit are read in mL, as the other columns' names say."
    assert one.notes == (plain, "The column 'mood' is not taken.")


@each_row(
    ("name", "data", "why"),
    [
        ("a.csv", b"", "it is empty"),
        ("a.csv", b"\0\0\0\1", "it is not text: import a CSV or JSON of sessions, or a routine's .yaml file"),
        ("shopping.csv", b"milk,eggs\n1,2\n", "it holds no sessions"),
        ("a.csv", b"date,amount\n1.5.2026,60\n", "no column tells the time of day when a session began"),
        ("a.json", b"[]", "there is no session in it"),
        ("a.json", b'{"sessions": []}', "there is no session in it"),
    ],
)
def test_a_file_that_is_not_ours_is_called_that(name: str, data: bytes, why: str) -> None:
    one = seen(data, name)
    assert one.kind is FileKind.NEITHER
    assert not one.adds
    assert told(one)[-1][1] == why


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.json", "a.yaml", "a"]))
def test_whatever_a_file_holds_a_look_answers(data: bytes, name: str) -> None:
    one = seen(data, name)
    assert one.adds or one.left_out
    assert all("\n" not in bad.message for bad in one.left_out)


# other programs


BABY_BUDDY = """id,child,child_first_name,amount,start,end,duration,notes,tags
1,1,Mia,3.5,2026-01-05 10:20:00,2026-01-05 10:40:00,00:20:00,calm,
2,1,Mia,4,2026-01-05 14:00:00,2026-01-05 14:15:00,00:15:00,,
"""
HUCKLEBERRY = """Type,Start,End,Duration,Start Condition,Start Location,End Condition,Notes
Pump,2026-01-05 10:20,,0:20,60ml,,80ml,
Sleep,2026-01-05 11:20,2026-01-05 12:20,1:00,,,,
Pump,2026-01-05 14:00,,0:15,2oz,,,in the car
"""
PUMP_LOG = "Date,Time,Duration (min),Left (ml),Right (ml),Total,Notes\n1/13/2026,6:35 AM,20,60,70,130,ok\n"
HER_OWN = "Datum;Uhrzeit;Dauer;Menge (ml);Seite\n05.01.2026;06:35;20;60,5;links\n06.01.2026;18:00;15;130;beide\n"


def test_baby_buddys_sheet_is_read() -> None:
    one = seen(BABY_BUDDY)
    assert [record.ml for record in one.records] == [3.5, 4]
    assert [record.lasted for record in one.records] == [timedelta(minutes=20), timedelta(minutes=15)]
    assert one.records[0].began == datetime(2026, 1, 5, 10, 20, tzinfo=BERLIN)
    assert "Amounts without a unit are read in mL, as Settings say." in one.notes
    assert "The column 'child' is not taken." in one.notes


def test_baby_buddys_answer_is_read() -> None:
    results = [
        {"id": 1, "child": 1, "amount": 120.0, "start": "2026-01-05T09:20:00Z", "end": "2026-01-05T09:40:00Z",
         "duration": "00:20:00", "notes": None, "tags": []},
        {"id": 2, "child": 1, "amount": None, "start": "yesterday"},
    ]  # fmt: skip
    for held in ({"count": 2, "results": results}, results):
        one = seen(json.dumps(held, indent=1), "pumping.json")
        (record,) = one.records
        assert (record.ml, record.lasted) == (120, timedelta(minutes=20))
        assert record.began.isoformat() == "2026-01-05T10:20:00+01:00"
        assert len(one.left_out) == 1


def test_huckleberrys_sheet_is_read_and_what_is_no_pumping_is_told() -> None:
    one = seen(HUCKLEBERRY)
    assert [(record.left_ml, record.right_ml) for record in one.records] == [(60, 80), (59.1, None)]
    assert told(one) == [(3, "'Sleep' is no pumping")]


def test_a_sheet_with_days_and_times_apart_is_read() -> None:
    (record,) = seen(PUMP_LOG).records
    assert (record.began.isoformat(), record.ml) == ("2026-01-13T06:35:00+01:00", 130)


def test_a_sheet_of_her_own_in_german_is_read() -> None:
    one = seen(HER_OWN)
    assert [(record.left_ml, record.right_ml) for record in one.records] == [(60.5, None), (65, 65)]
    assert [record.began.isoformat() for record in one.records] == [
        "2026-01-05T06:35:00+01:00", "2026-01-06T18:00:00+01:00",
    ]  # fmt: skip


@each_row(
    ("days", "order", "sure"),
    [
        (["13/1/2026"], DateOrder.DAY, True),
        (["1/13/2026"], DateOrder.MONTH, True),
        (["1/2/2026"], DateOrder.DAY, False),
        (["1/2/2026 6:35 pm"], DateOrder.MONTH, False),
        (["5/5/2026 6:35 pm", "25/5/2026 6:35 pm"], DateOrder.DAY, True),
        (["1.2.2026"], DateOrder.DAY, True),
        (["2026-02-01"], DateOrder.YEAR, True),
        (["5/5/2026"], DateOrder.DAY, True),
    ],
)
def test_day_and_month_are_told_apart_or_asked_about(days: list[str], order: DateOrder, sure: bool) -> None:
    match = guess(cut("Date,Time,ml\n" + "".join(f"{day},06:35,60\n" for day in days)))
    assert match.manner.order is order
    assert sure is not any("either way round" in sentence for sentence in match.unsure)
    assert sure is not bool(match.either)


def test_a_match_she_changed_is_used_and_kept_by_the_first_line(tmp_path: Path) -> None:
    sheet = cut("When,Bottle\n2026-01-05 06:35,60\n")
    match = (
        Match((ColumnField.NOT_TAKEN, ColumnField.NOT_TAKEN))
        .with_field(0, ColumnField.BEGAN)
        .with_field(1, ColumnField.RIGHT)
    )
    match = Match(match.fields, Manner(",", Unit.OZ, LengthUnit.SECONDS, DateOrder.MONTH), unit_said=True)
    remember(tmp_path / "columns.json", sheet.header, match)
    kept = matches(tmp_path / "columns.json")
    assert kept == {("When", "Bottle"): match}
    content = Content(Path("a.csv"), b"When,Bottle\n2026-01-05 06:35,2\n")
    (one,) = look([content], known=Known(), routines={}, now=NOW, zone=BERLIN, matches=kept).files
    assert [(record.left_ml, record.right_ml) for record in one.records] == [(None, 59.1)]
    (tmp_path / "columns.json").write_bytes(b'[7, {"header": ["a"]}, null]')
    assert matches(tmp_path / "columns.json") == {}


def test_times_are_by_the_clocks_of_their_day() -> None:
    written = ["2026-07-01 06:35", "2026-12-01 06:35", "2026-03-29 02:30", "2026-10-25 02:30", "2026-07-01T06:35Z"]
    assert [moment(text, DateOrder.YEAR, BERLIN).isoformat() for text in written] == [
        "2026-07-01T06:35:00+02:00",
        "2026-12-01T06:35:00+01:00",
        "2026-03-29T03:30:00+02:00",  # the clocks left it out
        "2026-10-25T02:30:00+02:00",  # it came twice
        "2026-07-01T06:35:00+00:00",
    ]


@given(st.text(max_size=40), st.sampled_from(list(DateOrder)), st.sampled_from(list(LengthUnit)), st.sampled_from(",."))
def test_any_cell_is_read_or_refused_in_a_sentence(text: str, order: DateOrder, unit: LengthUnit, decimal: str) -> None:
    manner = Manner(decimal, Unit.ML, unit, order)
    for read in (
        lambda: moment(text, order, BERLIN), lambda: volume(text, manner), lambda: length(text, manner),
        lambda: number(text, decimal),
    ):  # fmt: skip
        with contextlib.suppress(CellError):
            read()


# ours, out and in again


def records(count: int) -> list[Record]:
    luck = random.Random(7)  # the same each time
    return [
        Record(
            id=0,
            routine_id="r",
            routine_name=luck.choice(["Evening", "Late, and slow", 'A "quoted" one', "=1+1"]),
            began=datetime(2026, 5, 1, tzinfo=UTC) + timedelta(hours=3 * number),
            lasted=timedelta(seconds=luck.randrange(5_000)),
            left_ml=luck.choice([None, 0.0, 62.5]),
            note=luck.choice(["", "two\nlines", "semi;colon"]),
            uuid=f"{number:032x}",
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("write", [export_csv, export_json])
@pytest.mark.parametrize("count", [1, 2, 40])
def test_our_own_export_is_known_when_it_comes_again(write: object, count: int, tmp_path: Path) -> None:
    text = write(records(count))  # type: ignore[operator]
    log = Log.open(tmp_path / "sessions.db")
    library = Library(tmp_path / "builtin", tmp_path / "own")
    first = looked([Content(Path("a"), text.encode())], log.known())
    assert len(first.records) == count
    assert log.count() == 0
    taken = take(first, log, library)
    assert log.count() == count
    again = looked([Content(Path("a"), text.encode())], log.known())
    assert (len(again.records), again.files[0].known) == (0, count)
    undo(taken, log, library)
    assert log.count() == 0
    log.close()


def test_one_file_twice_brings_its_sessions_once() -> None:
    content = Content(Path("a.csv"), PUMP_LOG.encode())
    both = looked([content, content])
    assert [len(one.records) for one in both.files] == [1, 0]


def test_a_routine_comes_in_once_with_its_mistakes_told(tmp_path: Path) -> None:
    library = Library(tmp_path / "builtin", tmp_path / "own", trash=tmp_path / "trash")
    log = Log.open(tmp_path / "sessions.db")
    (tmp_path / "evening.yaml").write_bytes(ROUTINE)
    (tmp_path / "odd.yaml").write_text("name: Odd\nsteps: [{kind: rst, duration: 1 min}]\n")
    contents = read_in([tmp_path / "evening.yaml", tmp_path / "odd.yaml", tmp_path / "none.yaml"])
    found = look(contents, known=log.known(), routines=library.texts(), now=NOW, zone=BERLIN, matches={})
    assert [one.kind for one in found.files] == [FileKind.ROUTINE, FileKind.ROUTINE, FileKind.NEITHER]
    assert not (tmp_path / "own").exists()
    taken = take(found, log, library)
    assert taken.routines == ("evening", "odd")
    again = look(contents, known=log.known(), routines=library.texts(), now=NOW, zone=BERLIN, matches={})
    assert not again.adds
    undo(taken, log, library)
    assert not library.entries()
    log.close()


def wav(sample: int) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(bytes([sample, 0]) * 2_000)
    return out.getvalue()


def test_two_peoples_sounds_of_one_name_are_both_kept(tmp_path: Path) -> None:
    library = Library(tmp_path / "builtin", tmp_path / "own")
    for who, sound in (("ann", wav(1)), ("bea", wav(2)), ("cleo", wav(1))):
        folder = tmp_path / who
        folder.mkdir()
        (folder / "bell.wav").write_bytes(sound)
        (folder / f"{who}.yaml").write_text(
            f"# mine\nname: {who}\nsteps:\n  - {{kind: rest, duration: 1 min, sound: bell.wav}} # soft\n"
        )
        library.import_file(folder / f"{who}.yaml")
    sounds = {entry.id: entry.routine.steps[0].sound for entry in library.entries() if entry.routine}  # type: ignore[union-attr]
    assert {who: (tmp_path / "own" / str(sound)).read_bytes() for who, sound in sounds.items()} == {
        "ann": wav(1), "bea": wav(2), "cleo": wav(1),
    }  # fmt: skip
    assert "# soft" in (tmp_path / "own" / "bea.yaml").read_text()


HALVED = "Amounts for both sides together are noted half and half."


@each_row(
    ("header", "row", "halves"),
    [
        ("date,time,amount", "2026-05-01,06:35,60 ml", True),
        ("date,time,amount", "2026-05-01,06:35,", False),
        ("date,time,amount,side", "2026-05-01,06:35,60 ml,left", False),
        ("date,time,amount,side", "2026-05-01,06:35,60 ml,both", True),
        ("date,time,left,amount", "2026-05-01,06:35,20 ml,60 ml", False),
        ("date,time,left,amount", "2026-05-01,06:35,-,60 ml", True),
        ("date,time,left,right", "2026-05-01,06:35,20 ml,40 ml", False),
    ],
)
def test_an_amount_noted_half_a_side_is_told_before_yes(header: str, row: str, halves: bool) -> None:
    one = seen(f"{header}\n{row}\n")
    assert (HALVED in one.notes) is halves
    assert (one.records[0].left_ml == one.records[0].right_ml == 30) is halves


def test_baby_buddys_amounts_are_told_to_be_halved() -> None:
    assert HALVED in seen(json.dumps([{"start": "2026-05-01T06:35:00Z", "amount": 60}]), "a.json").notes


# the command


def test_the_command_tells_and_a_dry_run_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home, file = tmp_path / "home", tmp_path / "log.csv"
    file.write_text(PUMP_LOG + "soon,06:35,1,1,1,2,\n")
    command = ["--home", str(home), "import", str(file)]
    assert main([*command, "--dry-run"]) == 1
    out = capsys.readouterr().out
    assert f"{file}: 1 session to import, 0 here already, 1 left out" in out
    assert "  line 3: 'soon' is not a day" in out
    assert main(command) == 2
    assert "nothing was changed; add --yes" in capsys.readouterr().err
    log = Log.open(Paths.of(home).log)
    assert log.count() == 0
    log.close()
    assert main([*command, "--yes"]) == 1
    assert "Imported: 1 session." in capsys.readouterr().out
    file.write_text(PUMP_LOG)
    assert main([*command, "--yes"]) == 0
    assert "0 sessions to import, 1 here already" in capsys.readouterr().out


def test_a_big_sheet_is_looked_at_in_a_moment() -> None:
    text = PUMP_LOG + "".join(f"1/13/2026,6:{number % 60:02d} AM,20,60,70,130,ok {number}\n" for number in range(5_000))
    assert len(seen(text).records) == 5_001


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_file_of_any_name_is_told_of_on_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / os.fsdecode(b"caf\xe9\n.csv")
    file.write_text(PUMP_LOG)
    assert main(["--home", str(tmp_path / "home"), "import", "--dry-run", str(file)]) == 0
    assert "caf<0xE9> .csv: 1 session to import" in capsys.readouterr().out


def test_rows_of_a_sheet_are_a_session_each() -> None:
    alike = "2026-01-05 06:35,60\n"
    assert len(sessions(cut("Start,ml\n" + alike * 3), guess(cut("Start,ml\n" + alike)), BERLIN).records) == 3


@each_row(
    ("rows", "sessions_of_it", "left_out", "note"),
    [
        (["2026-01-05 06:35,60"], 1, {}, ""),
        (["2026-01-05 06:35,60"] * 2, 1, {3: 2}, ""),
        (["2026-01-05 06:35,60"] * 3, 1, {3: 2, 4: 2}, ""),
        (["2026-01-05 06:35,60", "2026-01-05 06:35,70"], 2, {}, ""),
        (["2026-01-05 06:35,60", "2026-01-06 06:35,60"], 2, {}, ""),
        (
            ["2026-01-04 00:00,5", "2026-01-05 06:35,60", "2026-01-05 06:35 , 60", "2026-01-04 00:00,5"],
            2,
            {4: 3, 5: 2},
            "",
        ),
        (  # days alone, as a spreadsheet writes them
            ["2026-01-05 00:00:00,60"] * 2,
            2,
            {},
            "1 line is the same as one before it; each is a session of its own.",
        ),
        (["soon,60"] * 2 + ["2026-01-05 06:35,60"], 1, {2: None, 3: None}, ""),
    ],
)
def test_a_line_pasted_twice_is_one_session_where_it_has_a_time_of_day(
    rows: list[str], sessions_of_it: int, left_out: dict[int, int | None], note: str
) -> None:
    one = seen("\n".join(["Start,ml", *rows]))
    assert len(one.records) == sessions_of_it
    assert [bad.line for bad in one.left_out] == list(left_out)
    for bad in one.left_out:
        same = f"it is the same as line {left_out[bad.line]}, and no session begins twice in one minute"
        assert (bad.message == same) == (left_out[bad.line] is not None)
    assert [told for told in one.notes if "same" in told] == ([note] if note else [])


def test_lines_that_take_their_day_from_above_are_the_same_on_one_day_only() -> None:
    one = seen("Date,Time,ml\n2026-01-05,06:35,60\n,09:00,50\n,09:00,50\n2026-01-06,06:35,60\n,09:00,50\n")
    assert [f"{record.began:%d %H:%M}" for record in one.records] == ["05 06:35", "05 09:00", "06 06:35", "06 09:00"]
    assert [bad.line for bad in one.left_out] == [4]


@each_row("header", ["Unit", "units", "Einheit", "Amount unit"])
def test_a_column_of_units_is_read_row_by_row(header: str) -> None:
    text = f"Date,Time,Amount,{header},Side\n2026-03-01,07:00,60,ml,left\n2026-03-01,10:00,3,oz,left\n"
    sheet = cut(text)
    match = guess(sheet)
    assert ColumnField.UNIT in match.fields
    assert not [sentence for sentence in match.unsure if "unit" in sentence.lower()]
    assert [record.left_ml for record in sessions(sheet, match, BERLIN).records] == [60, pytest.approx(88.7, abs=0.1)]


@each_row(
    ("days", "order", "left_out"),
    [
        (("11/23/2026", "11/24/2026", "23/11/2026"), "month", [4]),
        (("23/11/2026", "24/11/2026", "11/23/2026"), "day", [4]),
        (("11/23/2026", "5/6/2026"), "month", []),
    ],
)
def test_of_a_sheet_with_days_either_way_round_only_the_fewer_are_left_out(
    days: tuple[str, ...], order: str, left_out: list[int]
) -> None:
    one = seen("Date,Time,ml\n" + "".join(f"{day},07:15,60\n" for day in days))
    assert one.match is not None
    assert one.match.manner.order.value.startswith(order)
    assert [bad.line for bad in one.left_out] == left_out
    assert all(bad.message == f"'{days[bad.line - 2]}' is not in the order of the other days" for bad in one.left_out)
    assert len(one.records) == len(days) - len(left_out)
