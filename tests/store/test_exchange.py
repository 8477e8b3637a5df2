"""Export and import: the same data comes back, and no file can do harm."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.core.commands import Reason
from guide.core.kinds import Comfort
from guide.core.record import Record, StepRecord
from guide.core.routine import Kind, Purpose, Side
from guide.store.log import incoming
from guide.store.log.export import COLUMNS, export_csv, export_file, export_json
from guide.store.log.incoming import BadRow
from guide.store.log.json_in import unknown_names
from importing import import_text
from stories import RECORDS, TEXTS
from tables import each_row

BEGAN = "2026-11-22T03:12:00+01:00"
RECORD = Record(0, "hands-on", "Hands-on pumping", datetime(2026, 11, 22, 2, 12, tzinfo=UTC), uuid="ab")


@pytest.mark.parametrize("export", [export_json, export_csv])
@given(records=st.lists(RECORDS, max_size=6))
def test_what_was_exported_is_imported_the_same(export: Callable[[list[Record]], str], records: list[Record]) -> None:
    text = export(records)
    found = import_text(text)
    assert found.problems == ()
    assert list(found.records) == records
    assert [record.began.utcoffset() for record in found.records] == [record.began.utcoffset() for record in records]
    assert export(list(found.records)) == text


@given(TEXTS)
def test_no_note_is_run_by_a_spreadsheet(note: str) -> None:
    text = export_csv([replace(RECORD, note=note, meant_for=note, routine_name=note)])
    cells = next(row for row in _rows(text)[1:])
    for cell in cells:
        assert cell.lstrip(" ")[:1] not in tuple("=+-@\t\r\n") or not cell.strip(" ")


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_csv_reads_as_a_table() -> None:
    record = replace(RECORD, left_ml=35.0, right_ml=None, lasted=timedelta(minutes=22), note="=SUM(A1)")
    header, row = _rows(export_csv([record]))
    assert header == list(COLUMNS)
    assert dict(zip(header, row, strict=True)) == {
        "began": "2026-11-22T02:12:00+00:00", "lasted_s": "1320", "routine": "Hands-on pumping",
        "routine_id": "hands-on",
        "complete": "yes", "purpose": "", "first_side": "", "left_ml": "35.0", "right_ml": "", "comfort": "",
        "meant_for": "", "note": "'=SUM(A1)", "by_hand": "no", "steps_total": "0", "uuid": "ab", "steps": "",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["sessions.json", "sessions.csv"])
def test_a_file_comes_back_and_nothing_else_stays_beside_it(tmp_path: Path, name: str) -> None:
    records = [RECORD, replace(RECORD, note="Grüße 🍼\nzwei Zeilen", uuid="cd")]
    export_file(tmp_path / name, records)
    assert import_text((tmp_path / name).read_text(encoding="utf-8-sig")).records == tuple(records)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_export_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "sessions.csv").mkdir()
    with pytest.raises(OSError, match="ordinary file"):
        export_file(tmp_path / "sessions.csv", [RECORD])
    assert [path.name for path in tmp_path.iterdir()] == ["sessions.csv"]


@pytest.mark.parametrize("name", ["sessions.csv", "sessions.json"])
def test_no_folder_is_made_for_what_is_exported(name: str, tmp_path: Path) -> None:
    """It may be a stick that is not plugged in."""
    with pytest.raises(FileNotFoundError) as refused:
        export_file(tmp_path / "stick" / name, [RECORD])
    assert refused.value.filename == str(tmp_path / "stick")
    assert list(tmp_path.iterdir()) == []


@each_row(
    ("row", "message"),
    [
        ("yesterday,R", "began: 'yesterday' does not read; a moment with its offset"),
        ("2026-11-22T03:12:00,R", "began: '2026-11-22T03:12:00' does not read"),
        ("0001-01-01T00:00:00+14:00,R", "began: "),
        ("2026-13-22T03:12:00+01:00,R", "began: "),
        (f"{BEGAN},R,much", "left_ml: 'much' does not read; a number is meant"),
        (f"{BEGAN},R,-5", "left_ml: '-5.0' does not read; mL from 0 to 10,000, or nothing is meant"),
        (f"{BEGAN},R,1e999", "left_ml: 'inf' does not read"),
        (f"{BEGAN},R,nan", "left_ml: 'nan' does not read"),
        (f"{BEGAN},R,,maybe", "complete: 'maybe' does not read; yes or no is meant"),
        (f"{BEGAN},R,,,great", "comfort: 'great' does not read; one of easy, fine, tender, painful is meant"),
        (f"{BEGAN},R,,,,[1]", "steps: each is an object"),
        (f"{BEGAN},R,,,,{{", "steps: '{' does not read"),
        (f"{BEGAN},R,,,,,7", "7 cells, where the first line has 6"),
    ],
)
def test_a_row_that_does_not_read_is_named_with_its_line_and_the_rest_is_taken(row: str, message: str) -> None:
    text = f'began,routine,left_ml,complete,comfort,steps\n{BEGAN},"two\nlines"\n\n{row}\n{BEGAN},Last\n'
    found = import_text(text)
    assert [record.routine_name for record in found.records] == ["two\nlines", "Last"]
    assert [problem.line for problem in found.problems] == [5]
    assert found.problems[0].message.startswith(message)


def test_a_json_row_that_does_not_read_is_named_with_its_line() -> None:
    sessions: list[object] = [json.loads(line.rstrip(",")) for line in export_json([RECORD] * 3).splitlines()[1:-1]]
    assert isinstance(sessions[1], dict)
    sessions[1]["steps"] = [{"kind": "hum"}]
    pretty = json.dumps({"program": "x", "sessions": [*sessions, 5]}, indent=1)
    found = import_text(pretty)
    assert len(found.records) == 2
    lines = pretty.splitlines()
    second = [number for number, line in enumerate(lines, 1) if line == "  {"][1]
    assert [problem.line for problem in found.problems] == [second, lines.index("  5") + 1]
    assert found.problems[0].message.startswith("kind: 'hum' does not read; one of prepare, massage")


def test_a_json_list_without_more_around_it_is_read_too() -> None:
    assert len(import_text(f'[{{"began": "{BEGAN}", "routine": "R"}}]').records) == 1


def test_a_spreadsheet_s_own_separators_are_read() -> None:
    found = import_text(f"began;routine;left_ml\r\n{BEGAN};Pump;72,5\r\n")
    assert found.problems == ()
    assert found.records[0].left_ml == 72.5


@each_row(
    ("text", "line", "message"),
    [
        ("", 1, "the first line has no columns 'began', 'routine'; it begins began,lasted_s,routine,routine_id,…"),
        ("{}", 1, "it holds no sessions"),
        ('{"format": 2, "sessions": []}', 1, "this export has format 2; 1 is the newest known here"),
        ('{"sessions": [\n{"began": 1,}]}', 2, "this is not JSON from here on"),
        ('{"sessions": [', 1, "this is not JSON from here on"),
        ("[" * 100_000, 1, "this is not of the shape that is exported"),
        ("[" + "9" * 10_000 + "]", 1, "this is not of the shape that is exported"),
        ('["a" "b"]', 1, "this is not JSON from here on (a comma or the list's end is missing)"),
    ],
)
def test_a_file_that_is_no_export_says_what_it_lacks(text: str, line: int, message: str) -> None:
    found = import_text(text)
    assert found.records == ()
    assert found.problems[-1].line == line
    assert found.problems[-1].message.startswith(message)


def test_what_was_read_before_a_break_is_kept() -> None:
    text = export_json([RECORD, replace(RECORD, uuid="cd")])
    found = import_text(text[: text.rindex("uuid")])
    assert found.records == (RECORD,)
    assert found.problems[0].line == 3


def test_limits_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "MOST_ROWS", 3)
    monkeypatch.setattr(incoming, "MOST_PROBLEMS", 5)
    many = import_text(export_csv([RECORD] * 5))
    assert (len(many.records), many.problems) == (3, (BadRow(5, "more than 3 sessions end here"),))
    bad = import_text("began,routine\n" + "x,y\n" * 50)
    assert len(bad.problems) == 6


def test_a_cell_of_any_length_is_a_problem_at_most() -> None:
    found = import_text(f"began,routine,note\n{BEGAN},R,{'a' * 300_000}\n")
    assert found.problems[0].message.endswith("a text of at most 10,000 characters is meant")


@given(st.binary(max_size=200))
def test_noise_never_raises(tmp_path_factory: pytest.TempPathFactory, noise: bytes) -> None:
    import_text(noise.decode("utf-8", "replace"))
    text = export_json([RECORD]) + export_csv([RECORD])
    import_text(text[: len(noise)] + noise.decode("latin-1") + text[len(noise) :])


NAMES = st.sampled_from([*COLUMNS, "kind", "place"])
LEAVES = st.none() | st.booleans() | st.floats() | st.integers() | TEXTS


@given(st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4)))
def test_any_json_is_read_or_named(value: object) -> None:
    found = import_text(
        json.dumps({"sessions": [value, {"began": BEGAN, "routine": "R", "steps": [value], "note": value}]})
    )
    assert len(found.records) + len(found.problems) == 2


FULL = Record(
    id=0,
    routine_id="hands-on",
    routine_name="Hands-on pumping",
    began=datetime(2026, 11, 22, 3, 12, 30, 250_000, tzinfo=timezone(timedelta(hours=5, minutes=45))),
    lasted=timedelta(minutes=22, milliseconds=500),
    complete=False,
    purpose=Purpose.PROTECT,
    first_side=Side.RIGHT,
    left_ml=35.0,
    right_ml=40.5,
    comfort=Comfort.TENDER,
    meant_for="the freezer",
    note="a note",
    steps=(
        StepRecord(Kind.MASSAGE, "Massage", Side.LEFT, timedelta(0), timedelta(minutes=2), Reason.TIME, None, (0,), 0),
        StepRecord(
            Kind.PUMP, "Pump", Side.BOTH, timedelta(minutes=2), timedelta(minutes=9), Reason.MILK_SLOWED,
            timedelta(seconds=90.5), (1, 0), 1,
        ),
    ),
    by_hand=True,
    steps_total=7,
    uuid="ab",
)  # fmt: skip
STEPS = [
    {
        "kind": "massage", "title": "Massage", "side": "left", "entered_s": 0, "lasted_s": 120, "reason": "time",
        "slowed_at_s": None, "place": [0], "index": 0,
    },
    {
        "kind": "pump", "title": "Pump", "side": "both", "entered_s": 120, "lasted_s": 540, "reason": "milk slowed",
        "slowed_at_s": 90.5, "place": [1, 0], "index": 1,
    },
]  # fmt: skip
EXPORTED = {
    "began": "2026-11-22T03:12:30.250000+05:45", "lasted_s": 1320.5, "routine": "Hands-on pumping",
    "routine_id": "hands-on", "complete": False, "purpose": "protect", "first_side": "right", "left_ml": 35.0,
    "right_ml": 40.5, "comfort": "tender", "meant_for": "the freezer", "note": "a note", "by_hand": True,
    "steps_total": 7, "uuid": "ab", "steps": STEPS,
}  # fmt: skip
WORDED = {"complete": "no", "by_hand": "yes", "steps": json.dumps(STEPS, separators=(",", ":"))}


def test_all_that_a_record_holds_is_exported_under_its_name_a_session_a_line() -> None:
    first, one, two, last, end = export_json([FULL, RECORD]).split("\n")
    assert (first, last, end) == ('{"program": "Pumping Guide", "format": 1, "sessions": [', "]}", "")
    assert json.loads(one.removesuffix(",")) == EXPORTED
    assert json.loads(two)["began"] == "2026-11-22T02:12:00+00:00"
    header, row = _rows(export_csv([FULL]))
    assert dict(zip(header, row, strict=True)) == {name: str(value) for name, value in {**EXPORTED, **WORDED}.items()}
    assert export_csv([RECORD]).count("\r\n") == export_csv([RECORD]).count("\n") == 2


@pytest.mark.parametrize("export", [export_json, export_csv])
def test_a_record_with_everything_comes_back_as_it_was(export: Callable[[list[Record]], str]) -> None:
    for text in (export([FULL]), "\ufeff" + export([FULL])):
        (found,) = import_text(text).records
        assert found == FULL
        assert found.began.utcoffset() == FULL.began.utcoffset()


def test_letters_of_every_language_are_exported_as_they_are() -> None:
    record = replace(RECORD, note="Grüße", steps=(replace(FULL.steps[0], title="Größe"),))
    assert all("Grüße" in text and "Größe" in text for text in (export_json([record]), export_csv([record])))


@pytest.mark.parametrize("export", [export_json, export_csv])
def test_texts_of_nothing_but_blanks_stay_what_they_are(export: Callable[[list[Record]], str]) -> None:
    record = replace(RECORD, routine_id=" ", routine_name=" ", meant_for=" ", note=" ", uuid=" ")
    assert import_text(export([record])).records == (record,)


@pytest.mark.parametrize("export", [export_json, export_csv])
def test_half_a_letter_in_any_text_is_no_reason_to_export_nothing(export: Callable[[list[Record]], str]) -> None:
    half, shown = "a\ud83d\0", "a<U+D83D>"
    step = replace(FULL.steps[0], title=half)
    record = replace(RECORD, routine_id=half, routine_name=half, meant_for=half, note=half, steps=(step,))
    export([record]).encode()
    (found,) = import_text(export([record])).records
    texts = (found.routine_id, found.routine_name, found.meant_for, found.note, found.steps[0].title)
    assert texts == (shown,) * 5


def session(**fields: object) -> str:
    return json.dumps([{"began": BEGAN, "routine": "R", **fields}])


def step(**fields: object) -> str:
    return session(steps=[{"kind": "pump", **fields}])


@each_row(
    ("text", "message"),
    [
        ("[5]", "a session is an object with 'began' and 'routine'"),
        (session(began=None), f"began: nothing does not read; a moment with its offset from UTC, like {BEGAN} is"),
        (session(began=[1]), "began: that does not read; a moment"),
        (session(began="1969-12-31T03:12:00+01:00"), "began: '1969-12-31T03:12:00+01:00' does not read; a moment"),
        (session(began="2200-01-01T03:12:00+01:00"), "began: '2200"),
        (session(routine=5), "routine: '5' does not read; a text of at most 10,000 characters is meant"),
        (session(routine="x" * 10_001), f"routine: '{'x' * 40}' does not read; a text of"),
        (session(routine_id="x" * 10_001), "routine_id: '"),
        (session(meant_for="x" * 10_001), "meant_for: '"),
        (session(note={}), "note: that does not read; a text of at most 10,000"),
        (session(uuid="x" * 65), f"uuid: '{'x' * 40}' does not read; a text of at most 64 characters is meant"),
        (session(lasted_s=604_801), "lasted_s: '604801' does not read; seconds from 0 to 604,800 is meant"),
        (session(lasted_s=-1), "lasted_s: '-1' does not read; seconds"),
        (session(lasted_s=True), "lasted_s: 'True' does not read; seconds"),
        (session(lasted_s="5"), "lasted_s: '5' does not read; seconds"),
        (session(complete=1), "complete: '1' does not read; true or false is meant"),
        (session(by_hand="yes"), "by_hand: 'yes' does not read; true or false is meant"),
        (session(purpose="fun"), "purpose: 'fun' does not read; one of protect, promote, treat is meant"),
        (session(first_side=1), "first_side: '1' does not read; one of both, left, right"),
        (session(comfort=["easy"]), "comfort: that does not read; one of easy, fine, tender, painful is meant"),
        (session(left_ml=10_000.5), "left_ml: '10000.5' does not read; mL from 0 to 10,000, or nothing is meant"),
        (session(right_ml=False), "right_ml: 'False' does not read; mL"),
        (session(right_ml="5"), "right_ml: '5' does not read; mL"),
        (session(steps_total=100_001), "steps_total: '100001' does not read; a whole number from 0 to 100,000 is"),
        (session(steps_total=1.5), "steps_total: '1.5' does not read; a whole number"),
        (session(steps_total=True), "steps_total: 'True' does not read; a whole number"),
        (session(steps_total="7"), "steps_total: '7' does not read; a whole number"),
        (session(steps_total=-1), "steps_total: '-1' does not read; a whole number"),
        (session(steps={"kind": "pump"}), "steps: a list of at most 5,000 is meant"),
        (session(steps=[{"kind": "pump"}] * 5_001), "steps: a list of at most 5,000 is meant"),
        (session(steps=[5]), "steps: each is an object with 'kind' and 'lasted_s'"),
        (session(steps=[{"title": "Pump"}]), "steps: 'kind' is missing"),
        (step(title="x" * 10_001), "title: '"),
        (step(side="up"), "side: 'up' does not read; one of both, left, right"),
        (step(reason="why"), "reason: 'why' does not read; one of time, next, milk slowed, back, stopped is meant"),
        (step(entered_s=-1), "entered_s: '-1' does not read"),
        (step(lasted_s="x"), "lasted_s: 'x' does not read"),
        (step(slowed_at_s=604_801), "slowed_at_s: '604801' does not read"),
        (step(place="0"), "place: '0' does not read; a short list of whole numbers is meant"),
        (step(place=[0] * 21), "place: that does not read; a short list of whole numbers is meant"),
        (step(place=["0"]), "place: '0' does not read; a whole number from 0 to 100,000 is meant"),
        (step(index=-1), "index: '-1' does not read; a whole number"),
    ],
)  # fmt: skip
def test_a_field_that_does_not_read_is_told_with_its_name_and_what_is_meant(text: str, message: str) -> None:
    found = import_text(text)
    assert found.records == ()
    assert [problem.message.startswith(message) for problem in found.problems] == [True], found.problems


@each_row(
    ("fields", "there"),
    [
        ({"lasted_s": 604_800}, {"lasted": timedelta(days=7)}),
        ({"lasted_s": 0.5}, {"lasted": timedelta(seconds=0.5)}),
        ({"lasted_s": 0, "left_ml": 0, "right_ml": 10_000}, {"left_ml": 0.0, "right_ml": 10_000.0}),
        ({"steps_total": 100_000.0}, {"steps_total": 100_000}),
        ({"steps_total": None, "steps": None, "complete": None, "uuid": None, "comfort": ""}, {}),
        ({"purpose": " Treat ", "comfort": "EASY"}, {"purpose": Purpose.TREAT, "comfort": Comfort.EASY}),
        ({"routine": "x" * 10_000, "uuid": "u" * 64}, {"routine_name": "x" * 10_000, "uuid": "u" * 64}),
        ({"routine": None}, {"routine_name": ""}),
        ({"began": f" {BEGAN}\n"}, {}),
        ({"began": "2026-11-22 02:12Z"}, {}),
        ({"began": "2026-11-22T02:12:00.0+0000"}, {}),
        ({"began": "1970-01-01T00:00:00+00:00"}, {"began": datetime(1970, 1, 1, tzinfo=UTC)}),
        ({"began": "2199-12-31T00:00:00+00:00"}, {"began": datetime(2199, 12, 31, tzinfo=UTC)}),
        ({"steps": []}, {}),
        (
            {"steps": [{"kind": "Pump", "place": [0] * 20, "index": 5.0}]},
            {"steps": (
                StepRecord(Kind.PUMP, "", Side.BOTH, timedelta(0), timedelta(0), Reason.TIME, None, (0,) * 20, 5),
            )},
        ),
        (
            {"steps": [{"kind": "rest", "place": None, "side": "", "slowed_at_s": 0}]},
            {"steps": (
                StepRecord(Kind.REST, "", Side.BOTH, timedelta(0), timedelta(0), Reason.TIME, timedelta(0)),
            )},
        ),
    ],
)  # fmt: skip
def test_a_field_at_its_ends_or_absent_reads(fields: dict[str, object], there: dict[str, object]) -> None:
    found = import_text(session(**fields))
    assert found.problems == ()
    assert found.records == (replace(Record(0, "", "R", RECORD.began), **there),)  # type: ignore[arg-type]


def test_the_longest_list_of_steps_reads() -> None:
    assert len(import_text(session(steps=[{"kind": "pump"}] * 5_000)).records[0].steps) == 5_000


@each_row(
    ("cells", "there"),
    [
        (("'=1+1", "", "", "", ""), {"note": "=1+1"}),
        (("' @x", "", "", "", ""), {"note": " @x"}),
        (("'plain", "", "", "", ""), {"note": "'plain"}),
        (("''x", "", "", "", ""), {"note": "'x"}),
        (("'X=1", "", "", "", ""), {"note": "'X=1"}),
        (("", "TRUE", "", "", ""), {"complete": True}),
        (("", " no ", "", "", ""), {"complete": False}),
        (("", "0", "1", "", ""), {"complete": False, "by_hand": True}),
        (("", "false", "Yes", "", ""), {"complete": False, "by_hand": True}),
        (("", "", "", "1.5e2", ""), {"left_ml": 150.0}),
        (("", "", "", "  ", " "), {}),
        (("", "", "", '"1,200.5"', ""), {"left_ml": 1200.5}),
        (("", "", "", "", "3"), {"steps_total": 3}),
        (("", "", "", "", "'-0"), {"steps_total": 0}),
    ],
)  # fmt: skip
def test_a_cell_reads_as_an_export_or_a_person_writes_it(cells: tuple[str, ...], there: dict[str, object]) -> None:
    found = import_text(f"Began,ROUTINE,note,complete,by_hand,left_ml,steps_total\n{BEGAN},R,{','.join(cells)}\n")
    assert found.problems == ()
    assert found.records == (replace(Record(0, "", "R", RECORD.began), **there),)  # type: ignore[arg-type]


@each_row(
    ("text", "line", "message"),
    [
        ("routine\nR\n", 1, f"the first line has no column 'began'; it begins {','.join(COLUMNS[:4])},… in an export"),
        ("began\n5\n", 1, "the first line has no column 'routine'; it"),
        (f"began,routine,by_hand\n{BEGAN},R,perhaps\n", 2, "by_hand: 'perhaps' does not read; yes or no is meant"),
        (f"began,routine,lasted_s\n{BEGAN},R,{'1' * 41}\n", 2, f"lasted_s: '{'1' * 40}' does not read; a number"),
        (f"began,routine,steps\n{BEGAN},R,[\n", 2, "steps: '[' does not read; the JSON that an export has there"),
        (f"began,routine,steps\n{BEGAN},R,{'[' * 100_000}\n", 2, "steps: '"),
        ('{"sessions": [5,\n"x"', 2, "this is not JSON from here on (a comma or the list's end is missing)"),
        ('{"sessions" [', 1, "it holds no sessions"),
        ('{"a": 1,\n"b": [2], "sessions": {}}', 2, "it holds no sessions"),
        ('{\n"format": "' + "9" * 30 + '", "sessions": []}', 2, f"this export has format {'9' * 20}; 1 is the newest"),
        ('{"a": tru', 1, "this is not JSON from here on (Expecting value)"),
        ("\n[5 6\n]\n", 2, "this is not JSON from here on (a comma or the list's end is missing)"),
        ('\n{"format": 2,\n"sessions": []}', 2, "this export has format 2"),
        ('{"a": 1,\n"b": 2\n,\n5}\n', 4, "it holds no sessions"),
        ("\n[\n" + "[" * 100_000 + "\n", 3, "this is not of the shape that is exported"),
    ],
)  # fmt: skip
def test_what_is_missing_or_broken_is_told_with_its_line(text: str, line: int, message: str) -> None:
    problem = import_text(text).problems[-1]
    assert (problem.line, problem.message[: len(message)]) == (line, message)


def test_a_session_that_does_not_read_has_its_line_wherever_the_list_begins() -> None:
    for text, lines in (("\n[5,\n6]\n", [2, 3]), ("[\n\n5,6]", [3, 3]), ('\n{"sessions":\n[\n5]}\n\n', [4])):
        assert [problem.line for problem in import_text(text).problems] == lines


@each_row(
    ("separator", "cell", "ml"),
    [
        (";", "1,234", 1.234),
        (";", "1.234,5", 1234.5),
        (",", '"1,234"', 1234.0),
        (",", "1.234", 1.234),
        (",", "0" * 37 + "5.5", 5.5),
    ],
)
def test_a_comma_is_the_decimal_sign_where_semicolons_separate(separator: str, cell: str, ml: float) -> None:
    rows = (("began", "routine", "left_ml"), (BEGAN, "R", cell))
    found = import_text("".join(separator.join(row) + "\n" for row in rows))
    assert [record.left_ml for record in found.records] == [ml]


def test_problems_of_rows_and_of_what_could_not_be_cut_come_in_the_order_of_their_lines() -> None:
    found = import_text(f'began,routine\nx,A\n{BEGAN},"B"c,"\n{BEGAN},C\ny,D\n')
    assert [problem.line for problem in found.problems] == sorted(problem.line for problem in found.problems)
    assert len(found.problems) > 2
    assert [record.routine_name for record in found.records] == ["C"]
    assert found.lines == (4,)


def test_sessions_are_found_wherever_they_stand_and_whatever_stands_around_them() -> None:
    one = f'{{"began": "{BEGAN}", "routine": "R"}}'
    for text in (
        f" \t\r\n[ {one} , {one} ] and more",
        f'{{"format": 1, "more": {{"sessions": [1]}}, "sessions" : [{one},\n{one}]',
        f'{{"format":1,"more":[],"sessions":[{one},{one}]}}',
        f'{{ "sessions": "none", "sessions":[{one},{one},]}}',
    ):
        found = import_text(text)
        assert (len(found.records), found.problems) == (2, ()), text
    assert import_text("[]").records == import_text('{"sessions": []}').records == ()


@each_row(
    ("text", "names"),
    [
        ("[]", []),
        (session(mood="calm", note="x", right=5), ["mood", "right"]),
        (f'[{{"b": 1}}, 5, {{"a": 1, "b": 2}}, {{"began": "{BEGAN}"}}]', ["b", "a"]),
        ('[{"b": 1}, {"a": ', ["b"]),
        ("{}", []),
    ],
)
def test_names_that_say_nothing_here_are_named_once_in_their_order(text: str, names: list[str]) -> None:
    assert unknown_names(text) == names


@pytest.mark.parametrize("name", ["a.CSV", "a.json", "a.txt"])
def test_a_csv_begins_with_the_mark_that_spreadsheets_look_for_and_all_else_is_json(tmp_path: Path, name: str) -> None:
    export_file(tmp_path / name, [RECORD])
    data = (tmp_path / name).read_bytes()
    assert data == (
        b"\xef\xbb\xbf" + export_csv([RECORD]).encode() if "CSV" in name else export_json([RECORD]).encode()
    )


@each_row("note", ["x=1", "X=1", "1-2", "a'b", "  x"])
def test_a_cell_that_no_spreadsheet_would_run_stays_as_it_is(note: str) -> None:
    assert _rows(export_csv([replace(RECORD, note=note)]))[1][COLUMNS.index("note")] == note


@each_row("note", ["=x", "+x", "-x", "@x", "＝x", "＋x", "－x", "＠x", "\tx", "\rx", "'x", "  =x"])
def test_a_cell_that_a_spreadsheet_would_run_or_strip_has_an_apostrophe_before_it(note: str) -> None:
    record = replace(RECORD, note=note)
    assert _rows(export_csv([record]))[1][COLUMNS.index("note")] == f"'{note}"
    assert import_text(export_csv([record])).records == (record,)
