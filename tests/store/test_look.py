"""What a look tells of a file: why it holds no sessions, which of its rows stay out, and what changes by her choice."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from guide.core.record import Record
from guide.store import archive
from guide.store.bringing import look as looking
from guide.store.bringing.columns import Match
from guide.store.bringing.fields import ColumnField as Field
from guide.store.bringing.letters import looks_like_a_routine, text_of
from guide.store.bringing.look import Content, look, matched_again, read_in, with_same_time
from guide.store.bringing.looked_at import FileKind, Inspection, LookedAt
from guide.store.bringing.remembered import matches, remember
from guide.store.bringing.take import take, undo
from guide.store.log.export import export_csv, export_json
from guide.store.log.incoming import MOST_OF_OURS
from guide.store.log.log import Log
from guide.store.log.rows import row_of
from guide.store.log.same import Known, likeness
from guide.store.routines.entry import LibraryError
from guide.store.routines.library import Library
from tables import each_row

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 26, 12, tzinfo=BERLIN)
BEGAN = datetime(2026, 1, 5, 6, 35, tzinfo=BERLIN)
HERS = Record(id=1, routine_id="", routine_name="", began=BEGAN + timedelta(seconds=40), left_ml=60.0)

LARGER = (
    "it is larger than {n} MB, the most that is read; a CSV can be cut into smaller files, each of which begins with "
    "the first line of this one"
)


def looked(*files: tuple[str, str | bytes], known: Known | None = None) -> Inspection:
    contents = [Content(Path(name), data if isinstance(data, bytes) else data.encode()) for name, data in files]
    found = look(contents, known=known or Known(), routines={}, now=NOW, zone=BERLIN, matches={})
    assert [one.path for one in found.files] == [Path(name) for name, _ in files]
    return found


def seen(data: str | bytes, name: str = "a.csv") -> LookedAt:
    (one,) = looked((name, data)).files
    return one


NO_TIME = "no column tells the time of day when a session began"
NEITHER = "no column tells the day and the time when a session began"


@each_row(
    ("header", "why"),
    [
        ("apples,pears", "it holds no sessions"),
        ("duration,apples", "it holds no sessions"),
        ("duration,amount ml", NEITHER),
        ("left,pears", f"{NEITHER}; not understood: 'pears'"),
        ("day,amount ml", NO_TIME),
        ("clock,amount ml", "no column tells the day when a session began"),
        ("day,left," + ",".join(f"q{at}" for at in range(9)),
         f"{NO_TIME}; not understood: 'q0', 'q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7'"),
        ("day,left," + "x" * 50, f"{NO_TIME}; not understood: '{'x' * 39}…'"),
    ],
)  # fmt: skip
def test_a_sheet_without_a_beginning_is_told_what_of_it_is_missing(header: str, why: str) -> None:
    one = seen(f"{header}\nx\n")
    assert (one.kind, [(bad.line, bad.message) for bad in one.left_out]) == (FileKind.NEITHER, [(0, why)])
    assert one.sheet is not None
    assert one.match is not None


def test_rows_that_cannot_be_cut_are_told_beside_a_missing_beginning() -> None:
    assert [bad.line for bad in seen('day,left\n2026-01-05,"6\n').left_out] == [0, 2]


@pytest.mark.parametrize(
    ("number", "told"), [(200, NEITHER[:9]), (201, "it has 201 columns; at most 200 are looked at")]
)
def test_a_sheet_has_two_hundred_columns_at_most(number: int, told: str) -> None:
    header = ",".join(["left", *(f"c{at}" for at in range(number - 1))])
    assert seen(f"{header}\nx\n").left_out[0].message.startswith(told)


def test_columns_that_are_not_taken_are_told_by_name_or_number() -> None:
    one = seen("start,left ml,mood,\n2026-01-05 06:35,60,fine,x\n")
    assert one.notes == ("The column 'mood' is not taken.", "The column '4' is not taken.")
    assert seen("start,left ml,mood,\n2026-01-05 06:35,60,fine,\n").notes == ("The column 'mood' is not taken.",)
    named = seen(f"start,left ml,{'m' * 40},{'n' * 41}\n2026-01-05 06:35,60,fine,x\n").notes
    assert named == (f"The column '{'m' * 40}' is not taken.", f"The column '{'n' * 39}…' is not taken.")


def test_days_taken_from_above_are_told() -> None:
    told = "Where a row names no day, it is of the day above."
    assert told in seen("day,time,left ml\n2026-01-05,06:35,60\n,09:00,60\n").notes
    assert told not in seen("day,time,left ml\n2026-01-05,06:35,60\n").notes


def test_columns_of_ours_are_read_as_ours_unless_they_read_only_as_anothers() -> None:
    ours = seen("began;routine;left_ml\n2026-01-05T06:35:00+01:00;Evening;1.250\n")
    assert (ours.match, ours.records[0].left_ml) == (None, 1250)
    too_much = "In line 2 a side has 1,250 mL, more than can be typed here. Look whether that is its unit."
    assert ours.notes == ("'1.250' is read as 1250.", too_much)
    assert seen("began,routine,left_ml\n2026-01-05T06:35:00+01:00,Evening,1.250\n").notes == ()
    theirs = seen("Began,Routine,left_ml\n5.1.2026 06:35,Evening,60\n")
    assert (theirs.path, theirs.match is not None, theirs.records[0].began) == (Path("a.csv"), True, BEGAN)
    nothing = seen("began,routine\nsoon,Evening\n")
    assert (nothing.match, nothing.kind) == (None, FileKind.NEITHER)


def test_sessions_to_come_and_those_known_stay_out_in_the_order_of_their_lines() -> None:
    known = Known()
    known.keep([Record(id=1, routine_id="", routine_name="", began=BEGAN, lasted=timedelta(0), left_ml=60.0)])
    days = "2027-01-05", "soon", "2026-01-05", "2026-01-06", "2028-01-05"
    text = "start,left ml\n" + "".join(f"{day} 06:35,60\n" for day in days)
    (one,) = looked(("a.csv", text), known=known).files
    assert [record.began.day for record in one.records] == [6]
    assert (one.known, [bad.line for bad in one.left_out], one.lines) == (1, [2, 3, 6], ())
    assert one.left_out[2].message == "it would begin in the future, on 5 Jan 2028 at 06:35"


def test_sessions_that_begin_in_the_minute_of_one_in_the_log_stay_out_unless_she_takes_them() -> None:
    log = Known([(f"{minute}", likeness(row_of(replace(HERS, began=BEGAN + timedelta(minutes=minute)))))
                 for minute in (0, 5)])  # fmt: skip
    text = "start,left oz\n2026-01-05 06:34,2\n2026-01-05 06:35,2\n2026-01-05 06:35,3\n2026-01-05 06:40,2\n"
    found = looked(("a.csv", text), ("b.csv", "start,left ml\n2026-01-05 06:34:59,60\n"), known=log)
    one, other = found.files
    assert ([record.began.minute for record in one.coming], len(one.same_time), one.staying_out) == ([34], 3, 3)
    assert (len(other.coming), other.same_time) == (1, ())  # sides may have a file each
    assert (found.complete, len(found.records)) == (False, 2)
    taken = with_same_time(found, {0})
    assert [record.left_ml for record in taken.files[0].coming] == [59.1, 59.1, 88.7, 59.1]
    assert (taken.files[0].staying_out, taken.complete, len(taken.records)) == (0, True, 5)
    assert with_same_time(taken, set()) == found


def test_another_choice_of_columns_looks_at_its_file_again_and_at_no_other() -> None:
    first = looked(("a.csv", "start,left ml\n2026-01-05 06:35,60\n"), ("b.csv", "start,left ml\n2026-01-06 06:35,60\n"))
    said = {0: Match((Field.BEGAN, Field.RIGHT))}
    again = matched_again(first, said, known=Known(), now=NOW, zone=BERLIN)
    assert [(one.records[0].left_ml, one.records[0].right_ml) for one in again.files] == [(None, 60), (60, None)]
    assert [one.path for one in again.files] == [Path("a.csv"), Path("b.csv")]
    both = {**said, 1: Match((Field.NOT_TAKEN, Field.RIGHT)), 5: Match(())}
    none = matched_again(first, both, known=Known(), now=NOW, zone=BERLIN)
    assert [one.kind for one in none.files] == [FileKind.SESSIONS, FileKind.NEITHER]
    later = matched_again(first, said, known=Known(), now=BEGAN - timedelta(hours=1), zone=BERLIN)
    assert [bad.line for bad in later.files[0].left_out] == [2]


def test_a_session_of_a_file_that_stays_is_not_brought_twice_by_one_looked_at_again() -> None:
    text = "start,left ml\n2026-01-05 06:35,60\n"
    first = looked(("a.csv", text), ("b.csv", text.replace("2026-01-05", "2026-01-06")))
    said = {1: Match((Field.BEGAN, Field.LEFT))}
    known = Known()
    matched_again(first, said, known=known, now=NOW, zone=BERLIN)
    assert known.sift(first.records)[1] == 2


def test_a_look_is_complete_where_what_is_left_out_is_told_by_another_row() -> None:
    alike = "2026-01-05 06:35,60\n"
    assert looked(("a.csv", f"start,left ml\n{alike}{alike}")).complete
    assert not looked(("a.csv", f"start,left ml\n{alike}soon,60\n")).complete
    assert looked().complete
    assert not looked().adds
    assert looked(("a.csv", f"start,left ml\n{alike}")).adds
    assert not looked(("a.csv", "start,left ml\nsoon,60\n")).adds


def test_a_file_without_a_session_is_told_of_as_a_whole() -> None:
    assert [(bad.line, bad.message) for bad in seen("[]", "a.json").left_out] == [(0, "there is no session in it")]


@each_row(("amount", "halves"), [(60, True), (0, False), (None, False)])
def test_pumpings_of_baby_buddy_are_told_to_be_that(amount: float | None, halves: bool) -> None:
    one = seen(json.dumps([{"start": BEGAN.isoformat(), "amount": amount, "id": 7}]), "a.json")
    said = ["It is a list of pumpings from Baby Buddy.", "The column 'id' is not taken."]
    told = ["Amounts for both sides together are noted half and half."] * halves
    told = ["Amounts without a unit are read in mL, as Settings say.", *told] if amount else told
    assert list(one.notes) == [*said, *told]


@each_row(
    ("data", "why"),
    [
        (b"", "it is empty"), (b" \n", "it is empty"), (b"\n [ ]", "there is no session in it"),
        (b"PK\x03\x04photos/1.jpg", "it is an archive of another program; take the files out of it first"),
        (b"\0\0\0\1", "it is not text: import a CSV or JSON of sessions, or a routine's .yaml file"),
        (b"name: X\nsteps: []\n",
         "it looks like a routine; give it a name that ends in .yaml, and import that"),
    ],
)  # fmt: skip
def test_a_file_that_holds_neither_says_why_on_no_line(data: bytes, why: str) -> None:
    one = seen(data)
    assert (one.kind, [(bad.line, bad.message) for bad in one.left_out]) == (FileKind.NEITHER, [(0, why)])


@each_row(
    "text", ["date;time;left\n", "Datum;Uhrzeit;Menge\n\n", "began,routine\n", "Left (oz),Right (oz)", "start,ml\n"]
)
def test_a_sheet_of_headings_alone_has_no_row_and_no_columns_to_choose(text: str) -> None:
    one = seen(text)
    assert [(bad.line, bad.message) for bad in one.left_out] == [(0, "it has headings, and no row beneath them")]
    assert (one.kind, one.sheet, one.match) == (FileKind.NEITHER, None, None)


def test_a_file_that_was_not_read_says_what_its_trouble_is() -> None:
    content = Content(Path("a.csv"), trouble="it is gone")
    (one,) = look([content], known=Known(), routines={}, now=NOW, zone=BERLIN, matches={}).files
    assert (one.path, one.kind) == (Path("a.csv"), FileKind.NEITHER)
    assert [(bad.line, bad.message) for bad in one.left_out] == [(0, "it is gone")]


def test_a_match_of_other_columns_than_there_are_is_guessed_anew() -> None:
    content = Content(Path("a.csv"), b"start,left ml\n2026-01-05 06:35,60\n")
    kept: dict[tuple[str, ...], Match] = {("start", "left ml"): Match((Field.BEGAN,))}
    (one,) = look([content], known=Known(), routines={}, now=NOW, zone=BERLIN, matches=kept).files
    assert one.match is not None
    assert one.match.fields == (Field.BEGAN, Field.LEFT)


def test_what_is_told_of_a_cell_of_two_lines_stands_on_one() -> None:
    (bad,) = seen('start,left ml\n"so\non",60\n').left_out
    assert (bad.line, bad.message) == (2, "'so on' is not a day with a time")


def test_a_log_itself_is_looked_at_and_a_copy_that_was_kept_of_it(tmp_path: Path) -> None:
    log = Log.open(tmp_path / "sessions.db")
    for name, began in (("Evening", BEGAN), ("Later", NOW + timedelta(days=1))):
        log.merge([Record(id=0, routine_id="r", routine_name=name, began=began, lasted=timedelta(minutes=20))])
    log.close()
    data = (tmp_path / "sessions.db").read_bytes()
    (kept,) = (tmp_path / "copies").iterdir()
    assert [record.routine_name for record in seen(data, "sessions.db").records] == ["Evening"]
    assert seen(kept.read_bytes(), kept.name).records == seen(data).records
    later = "it would begin in the future, on 27 Nov at 12:00"
    assert [(bad.line, bad.message) for bad in seen(data).left_out] == [(0, later)]
    assert seen(data[:200]).left_out[0].message == "it is no session log, or a damaged one"


def test_what_cannot_be_read_in_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "MOST_BYTES", 1024 * 1024)
    for name, size in (("fits", 1024 * 1024), ("large", 1024 * 1024 + 1)):
        (tmp_path / name).write_bytes(b"x" * size)
    paths = [tmp_path / "fits", tmp_path / "large", tmp_path, tmp_path / "none"]
    contents = read_in(paths)
    assert [one.path for one in contents] == paths
    assert [(one.trouble, len(one.data)) for one in contents] == [
        ("", 1024 * 1024),
        (LARGER.format(n=1), 0),
        ("it is a folder; name the files in it", 0),
        ("it cannot be read: no such file or directory", 0),
    ]


@pytest.mark.parametrize(
    "head",
    [
        export_json([]).encode()[:40],
        export_csv([]).encode("utf-8-sig")[:40],
        b"began;lasted_s;routine;routine_id",  # saved by a spreadsheet
        b"SQLite format 3\0",
    ],
)
def test_what_the_program_has_written_itself_may_be_larger(
    head: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST_BYTES", 50)
    monkeypatch.setattr(looking, "MOST_OF_OURS", 1024 * 1024)
    path = tmp_path / "sessions"
    path.write_bytes(head.ljust(1024 * 1024, b" "))
    assert [one.trouble for one in read_in([path])] == [""]
    path.write_bytes(head.ljust(1024 * 1024 + 1, b" "))
    assert [one.trouble for one in read_in([path])] == [LARGER.format(n=1)]


def test_what_is_taken_along_in_an_archive_is_not_too_large_for_what_reads_it() -> None:
    assert archive.MOST_BYTES <= MOST_OF_OURS


@pytest.mark.parametrize(("size", "kind"), [(256 * 1024, FileKind.ROUTINE), (256 * 1024 + 1, FileKind.NEITHER)])
def test_a_routine_has_256_kib_at_most(size: int, kind: FileKind) -> None:
    text = "name: A\nsteps: [{kind: rest, duration: 1 min}]\n#"
    one = seen(text + "x" * (size - len(text)), "a.YAML")
    assert one.kind is kind
    large = [] if kind is FileKind.ROUTINE else [(0, "it is larger than 256 KiB, the most a routine may have")]
    assert [(bad.line, bad.message) for bad in one.left_out] == large


@each_row(
    ("text", "kind", "told"),
    [
        (b"name: \xff", FileKind.NEITHER, (0, "byte 0xFF is not UTF-8; open it in a text editor and save it as UTF-8")),
        (b"name: [", FileKind.ROUTINE, (0, "Line 1: A comma too many, or a bracket [ { that is never closed.")),
        (
            b"name: A\n",
            FileKind.ROUTINE,
            (0, "“steps” is missing. Write for example “steps: [{kind: rest, duration: 1 min}]”."),
        ),
    ],
)
def test_a_routine_that_does_not_read_is_told_where_it_breaks_off(
    text: bytes, kind: FileKind, told: tuple[int, str]
) -> None:
    one = seen(text, "a.yaml")
    assert one.kind is kind
    assert [(bad.line, bad.message) for bad in one.left_out] == [told]


@each_row(
    ("data", "why"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf \r\n", "it is empty"),
        (
            b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(range(256)) * 1200,
            "it is not text: a routine is a text of keys, such as the one that Export makes",
        ),
        (b"PK\3\4", "it is an archive of another program; take the files out of it first"),
        ("name: A\n".encode("utf-16"), "is written in UTF-16; save it as UTF-8"),
    ],
)
def test_what_is_no_routine_by_its_bytes_is_not_taken_for_one_by_its_name(data: bytes, why: str) -> None:
    one = seen(data, "photo.yaml")
    assert (one.kind, one.adds) == (FileKind.NEITHER, False)
    assert [(bad.line, bad.message) for bad in one.left_out] == [(0, why)]


BED = b"name: before BED\nsteps: [{kind: rest, duration: 1 min}]\n"
LONGER_BED = BED.replace(b"1 min", b"2 min")
BROKEN = b"name: [\n"
STANDS = "A routine of this name is here already, and stays; this one {}."
CALLED = STANDS.format("will be called before BED (copy)")


@each_row(
    ("files", "here", "names", "found"),
    [
        ([BED], {}, [], [("", 0, [])]),
        ([BED], {}, ["Before bed"], [("before BED (copy)", 0, [CALLED])]),
        ([BED, LONGER_BED], {}, [], [("", 0, []), ("before BED (copy)", 0, [CALLED])]),
        (
            [BED, LONGER_BED],
            {},
            ["Before bed"],
            [
                ("before BED (copy)", 0, [CALLED]),
                ("before BED (copy 2)", 0, [CALLED.replace("copy", "copy 2")]),
            ],
        ),
        ([BED], {BED: "x"}, ["Before bed"], [("", 1, ["It is here already, as before BED."])]),
        (
            [BED],
            {BED.replace(b"BED", b"BED (copy)"): "x"},
            ["Before bed", "before BED (copy)"],
            [("", 1, ["It is here already, as before BED (copy)."])],
        ),
        (
            [BED.replace(b"before BED", b">\n  before BED")],
            {},
            ["Before bed"],
            [("", 0, [STANDS.format("stands beside it")])],
        ),
        ([BROKEN], {BROKEN: "mine"}, [], [("", 1, ["It is here already, as mine."])]),
        (
            [BED.replace(b"rest", b"rst"), BED.replace(b"rest", b"rst")],
            {},
            ["before BED", "0"],
            [
                ("", 0, ["It has mistakes; it comes in all the same, to be mended in the editor."]),
                ("", 1, ["It comes in once, as 0.yaml."]),
            ],
        ),
    ],
)
def test_a_routine_is_told_to_be_here_or_to_get_a_name_of_its_own_where_another_has_its(
    files: list[bytes], here: dict[bytes, str], names: list[str], found: list[tuple[str, int, list[str]]]
) -> None:
    contents = [Content(Path(f"{number}.yaml"), data) for number, data in enumerate(files)]
    seen = look(contents, known=Known(), routines=here, now=NOW, zone=BERLIN, matches={}, names=names).files
    assert [(one.called, one.known, [*one.notes]) for one in seen] == found
    assert [(one.path, one.kind, one.adds) for one in seen] == [
        (Path(f"{number}.yaml"), FileKind.ROUTINE, not known) for number, (_called, known, _notes) in enumerate(found)
    ]
    assert all(one.left_out == () for one in seen if one.known)
    assert {one.routine for one in seen} <= {"before BED", "0", "1"}


def test_a_routine_is_told_with_its_mistakes_or_as_the_one_that_is_here() -> None:
    text = "name: A\nsteps: [{kind: rst, duration: 1 min}]\nname: B\n"
    one = seen(text, "even.yml")
    assert [(bad.line, bad.message) for bad in one.left_out] == [
        (0, "Step 1, kind: “rst” is not a step kind. Did you mean “rest”?"),
        (0, "Line 3: Key “name” is written twice, on lines 1 and 3. Keep one of them."),
    ]
    assert (one.routine, one.notes) == (
        "A",
        ("It has mistakes; it comes in all the same, to be mended in the editor.",),
    )
    good = "name: A\nsteps: [{kind: rest, duration: 1 min}]\n"
    first, again = looked(("a.yaml", good), ("b.yaml", good)).files
    assert (first.routine, first.notes, first.adds) == ("A", (), True)
    assert looked(("a.csv", good), ("b.yaml", good)).files[1].adds
    assert (again.routine, again.notes, again.adds) == ("A", ("It comes in once, as a.yaml.",), False)
    assert (again.kind, again.known) == (FileKind.ROUTINE, 1)


@each_row(
    ("data", "text"),
    [
        (b"", ""), (b"a", "a"), ("é".encode(), "é"), (b"\xef\xbb\xbfa", "a"), (b"\xe9", "é"), (b"\xff\xfea\0", "a"),
        (b"\xfe\xff\0a", "a"), (b"a\0b\0", "ab"), (b"\0a\0b", "ab"), (b"a\0b", None), (b"a\0b\0\0c", None),
        (b"\0\0", None), (b"\x81", None),
        (b"a\0" * 1500 + b"\xe4\x20", "a" * 1500 + "\u20e4"), (b"\xff\xfe\0\xd8", None),
    ],
)  # fmt: skip
def test_a_text_is_known_by_its_first_bytes(data: bytes, text: str | None) -> None:
    assert text_of(data) == text


@each_row(("text", "like"), [("a\nsteps:\n", True), ("steps \t: []", True), (" steps:", False), ("stepsx:", False)])
def test_a_routine_is_known_by_its_steps(text: str, like: bool) -> None:
    assert looks_like_a_routine(text) is like


def test_fifty_first_lines_are_remembered_the_newest_of_them(tmp_path: Path) -> None:
    path = tmp_path / "columns.json"
    for number in [*range(51), 5]:
        remember(path, (str(number),), Match((Field.BEGAN,)))
    assert list(matches(path)) == [(str(number),) for number in [*range(1, 5), *range(6, 51), 5]]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("fields", ["began", "left"]), ("fields", ["begun"]), ("fields", 7), ("header", None), ("decimal", ";"),
        ("unit", "cups"), ("length", "days"), ("order", "any"),
    ],
)  # fmt: skip
def test_a_match_that_does_not_read_any_more_is_left_out(tmp_path: Path, key: str, value: object) -> None:
    path = tmp_path / "columns.json"
    remember(path, ("When",), Match((Field.BEGAN,)))
    remember(path, ("Where",), Match((Field.BEGAN,)))
    held = json.loads(path.read_text())
    held[0][key] = value
    path.write_text(json.dumps(held))
    assert list(matches(path)) == [("Where",)]
    path.write_text("{}")
    assert matches(path) == {}


def test_a_routine_is_looked_at_with_the_sounds_beside_it(tmp_path: Path) -> None:
    text = "name: A\nsteps: [{kind: rest, duration: 1 min, sound: bell.wav}]\n"
    (bad,) = seen(text, str(tmp_path / "a.yaml")).left_out
    assert bad.message.startswith("Step 1, sound: “bell.wav” is not there")


class Full:
    """A library in whose folder is no room for a file that is called so; `names` are those it was told to give."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def texts(self) -> dict[bytes, str]:
        return {}

    def import_file(self, path: Path, *, name: str = "") -> str:
        if path.stem == "large":
            raise LibraryError(f"no room for {path.name}")
        self.names.append(name)
        return path.stem

    def delete(self, routine_id: str) -> None:
        if routine_id == "gone":
            raise LookupError(routine_id)
        raise LibraryError(f"{routine_id} stays")


def test_what_came_is_told_with_its_names_and_what_could_not_be_kept_or_taken_back(tmp_path: Path) -> None:
    log = Log.open(tmp_path / "sessions.db")
    full = Full()
    library = cast("Library", full)
    routines = [
        (f"{stem}.yaml", f"name: {name}\nsteps: [{{kind: rest, duration: {number} s}}]\n")
        for number, (stem, name) in enumerate((("large", "A"), ("b", "A"), ("c", "A"), ("d", "D")), start=1)
    ]
    taken = take(looked(*routines, ("b.csv", "start,left ml\n2026-01-05 06:35,60\n")), log, library)
    assert (taken.routines, taken.failed, log.count()) == (("b", "c", "d"), ("large.yaml: no room for large.yaml",), 1)
    assert (taken.called, full.names) == (("A (copy)", "A (copy 2)"), ["A (copy)", "A (copy 2)", ""])
    assert undo(replace(taken, routines=("gone", "here", "here")), log, library) == ("here stays",)
    assert log.count() == 0
    log.close()
