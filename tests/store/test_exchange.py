"""Export and import: the same data comes back, and no file can do harm."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.core.record import Record
from guide.store.log import exchange, incoming
from guide.store.log.exchange import import_file, import_text
from guide.store.log.export import COLUMNS, export_csv, export_file, export_json
from guide.store.log.incoming import BadRow
from stories import RECORDS, TEXTS

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
    assert import_file(tmp_path / name).records == tuple(records)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_export_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "sessions.csv").mkdir()
    with pytest.raises(OSError, match="ordinary file"):
        export_file(tmp_path / "sessions.csv", [RECORD])
    assert [path.name for path in tmp_path.iterdir()] == ["sessions.csv"]


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


def test_limits_hold(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(incoming, "MOST_ROWS", 3)
    monkeypatch.setattr(incoming, "MOST_PROBLEMS", 5)
    many = import_text(export_csv([RECORD] * 5))
    assert (len(many.records), many.problems) == (3, (BadRow(5, "more than 3 sessions end here"),))
    bad = import_text("began,routine\n" + "x,y\n" * 50)
    assert len(bad.problems) == 6
    monkeypatch.setattr(exchange, "MOST_BYTES", 1024 * 1024)
    (tmp_path / "long.csv").write_bytes(b"a" * 1024 * 1025)
    assert (
        import_file(tmp_path / "long.csv").problems[0].message == "long.csv is larger than 1 MB, the most that is read"
    )


def test_a_cell_of_any_length_is_a_problem_at_most() -> None:
    found = import_text(f"began,routine,note\n{BEGAN},R,{'a' * 300_000}\n")
    assert found.problems[0].message.endswith("a text of at most 10,000 characters is meant")


def test_a_file_that_is_not_there_or_not_text_says_so(tmp_path: Path) -> None:
    assert "cannot be read" in import_file(tmp_path / "none.csv").problems[0].message
    (tmp_path / "utf16.csv").write_text("began,routine\n", encoding="utf-16")
    assert import_file(tmp_path / "utf16.csv").problems[0].message.startswith("utf16.csv is not UTF-8 text")


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
