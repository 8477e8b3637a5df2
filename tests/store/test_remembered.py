"""What she said of columns, kept by their first line: the file as it is written, and what of another is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.store.bringing import remembered
from guide.store.bringing.cells import DateOrder, LengthUnit, Manner, Unit
from guide.store.bringing.columns import Match
from guide.store.bringing.fields import ColumnField as Field
from guide.store.bringing.remembered import matches, remember

MATCH = Match((Field.BEGAN, Field.LEFT), Manner(",", Unit.OZ, LengthUnit.TIMER, DateOrder.MONTH), unit_said=True)
KEPT = """\
[
 {
  "header": [
   "When",
   "M\\u00fcde"
  ],
  "fields": [
   "began",
   "left"
  ],
  "decimal": ",",
  "unit": "oz",
  "unit_said": true,
  "length": "min:s",
  "order": "month first"
 }
]"""


def test_a_match_is_kept_as_it_is_written_here_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "columns.json"
    remember(path, ("When", "Müde"), MATCH)
    assert path.read_bytes() == KEPT.encode("ascii")
    assert matches(path) == {("When", "Müde"): MATCH}


def test_a_match_said_again_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "columns.json"
    for header in ("a", "b", "a"):
        remember(path, (header, "x"), MATCH)
    remember(path, ("b", "x"), MATCH.with_field(1, Field.RIGHT))
    assert list(matches(path).items()) == [(("a", "x"), MATCH), (("b", "x"), MATCH.with_field(1, Field.RIGHT))]


@pytest.mark.parametrize("text", ["", "7", "null", "{}", "[", "[" * 100_000, "\xff", '{"header": "fields"}', "[[]]"])
def test_a_file_that_does_not_read_holds_no_matches(text: str, tmp_path: Path) -> None:
    path = tmp_path / "columns.json"
    path.write_text(text, encoding="latin-1")
    assert matches(path) == {}
    assert matches(tmp_path / "none.json") == {}


def test_what_is_read_of_a_file_ends_after_so_many_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "columns.json"
    path.write_text(KEPT, encoding="ascii")
    monkeypatch.setattr(remembered, "MOST_BYTES", len(KEPT) - 1)
    assert len(matches(path)) == 1
    monkeypatch.setattr(remembered, "MOST_BYTES", len(KEPT) - 2)
    assert matches(path) == {}


@pytest.mark.parametrize(
    ("was", "now", "kept"),
    [
        ('"decimal": ","', '"decimal": "."', True), ('"decimal": ","', '"decimal": ""', False),
        ('"header"', '"head"', False), ('"fields"', '"field"', False), ('"unit"', '"units"', False),
        ('   "left"', '   "left",\n"right"', False), ("M\\u00fcde", "7", True),
    ],
)  # fmt: skip
def test_a_match_is_taken_where_all_of_it_reads(was: str, now: str, kept: bool, tmp_path: Path) -> None:
    path = tmp_path / "columns.json"
    path.write_text(KEPT.replace(was, now), encoding="ascii")
    assert bool(matches(path)) is kept
