"""A text cut into rows and cells: what parts them, which lines stand above them, and what a quotation mark costs."""

from __future__ import annotations

import csv

import pytest

from guide.store.bringing import sheet
from guide.store.bringing.sheet import cut
from tables import each_row

OPEN = "a quotation mark on this line is never closed, so the line cannot be read"


def rows(text: str) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line, row.cells) for row in cut(text).rows]


@each_row(
    ("text", "separator", "header", "body"),
    [
        ("a,b\n1,2\n", ",", ("a", "b"), [(2, ("1", "2"))]),
        ("a;b\n1;2,5\n", ";", ("a", "b"), [(2, ("1", "2,5"))]),
        ("a\tb\n1\t2", "\t", ("a", "b"), [(2, ("1", "2"))]),
        ("a|b\r\n1|2\r\n", "|", ("a", "b"), [(2, ("1", "2"))]),
        ("a,b\r1,2\r", ",", ("a", "b"), [(2, ("1", "2"))]),
        ("\ufeffa,b\n", ",", ("a", "b"), []),
        (" a , b\n 1 ,2\n", ",", ("a", "b"), [(2, (" 1 ", "2"))]),
        ("a;b,c;d\n", ";", ("a", "b,c", "d"), []),
        ("My log\n\na;b\n1;2\n", ";", ("a", "b"), [(4, ("1", "2"))]),
        ("My log;\na;b\n1;2\n", ";", ("a", "b"), [(3, ("1", "2"))]),
        ("sep=;\na,x;b\n1;2\n", ";", ("a,x", "b"), [(3, ("1", "2"))]),
        ('"a,b\n2 c",d\n1,2\n', ",", ("a,b\n2 c", "d"), [(3, ("1", "2"))]),
        ("sep=\t\na,x\tb\n1\t2\n", "\t", ("a,x", "b"), [(3, ("1", "2"))]),
        ("Xsep=;\na,x;b\n", ",", ("a", "x;b"), []),
        ('"sep=|"\r\na;b|c\r\n', "|", ("a;b", "c"), []),
        ("T\n" * 19 + "a;b\n", ";", ("a", "b"), []),
        ("T\n" * 20 + "a;b\n", ",", ("T",), [(n, ("T",)) for n in range(2, 21)] + [(21, ("a;b",))]),
        ("a\n1\n", ",", ("a",), [(2, ("1",))]),
        ("a,b\n\n,\n1,2\n", ",", ("a", "b"), [(4, ("1", "2"))]),
        ("a,b\n1\n1,2,3\n", ",", ("a", "b"), [(2, ("1",)), (3, ("1", "2", "3"))]),
        ("2026-01-05,60\n2026-01-06,70\n", ",", ("", ""), [(1, ("2026-01-05", "60")), (2, ("2026-01-06", "70"))]),
        ("x,6:35 pm\n", ",", ("", ""), [(1, ("x", "6:35 pm"))]),
        ("x,20 min\n", ",", ("x", "20 min"), []),
        ("", ",", (), []),
        ("\n \n", ",", (), []),
    ],
)
def test_a_text_is_cut_by_what_parts_its_first_line(
    text: str, separator: str, header: tuple[str, ...], body: list[tuple[int, tuple[str, ...]]]
) -> None:
    found = cut(text)
    assert (found.separator, found.header, rows(text), found.bad) == (separator, header, body, ())


@each_row(
    ("lines", "body", "bad"),
    [
        ('1,"a,b"\n', [(2, ("1", "a,b"))], []),
        ('1,"a"""\n2,x\n', [(2, ("1", 'a"')), (3, ("2", "x"))], []),
        ('1,"a""\n2,x\n', [(3, ("2", "x"))], [2]),
        ('1,X"b\n2,x\n', [(2, ("1", 'X"b')), (3, ("2", "x"))], []),
        ('1,"a" "\n2,x\n', [(2, ("1", 'a "')), (3, ("2", "x"))], []),
        ('1,"a ""b"" c"\n', [(2, ("1", 'a "b" c'))], []),
        ('1,"a ""b\nc"" d"\n2,x\n', [(2, ("1", 'a "b\nc" d')), (4, ("2", "x"))], []),
        ('1,""\n2,x\n', [(2, ("1", "")), (3, ("2", "x"))], []),
        ('1,a "b" c\n', [(2, ("1", 'a "b" c'))], []),
        ('1,5" long\n2,x\n', [(2, ("1", '5" long')), (3, ("2", "x"))], []),
        ('1,"two\nlines"\n2,x\n', [(2, ("1", "two\nlines")), (4, ("2", "x"))], []),
        ('1,"two\r\nlines"\r\n2,x\r\n', [(2, ("1", "two\r\nlines")), (4, ("2", "x"))], []),
        ('"1","a"\n"2","b"\n', [(2, ("1", "a")), (3, ("2", "b"))], []),
        ('1,"a\n2,b\n', [(3, ("2", "b"))], [2]),
        ('1,"a\n2,b\n3,"c\n4,d\n', [(3, ("2", "b")), (5, ("4", "d"))], [2, 4]),
        ('1,"a\n2,b"\n3,c\n', [(3, ("2", 'b"')), (4, ("3", "c"))], [2]),
        ('1,"a\nof, more"\n', [(2, ("1", "a\nof, more"))], []),
        ('1,"a\n2 more"\n', [(2, ("1", "a\n2 more"))], []),
        ('1,"a\nof more\n2,b"\n', [(2, ("1", "a\nof more\n2,b"))], []),
        ('1,"' + "x\n" * 199 + '"\n', [(2, ("1", "x\n" * 199))], []),
        ('1,"' + "x\n" * 200 + '"\n', [(n, ("x",)) for n in range(3, 202)], [2, 202]),
    ],
)
def test_a_quotation_takes_in_what_belongs_to_it(
    lines: str, body: list[tuple[int, tuple[str, ...]]], bad: list[int]
) -> None:
    found = cut(f"n,note\n{lines}")
    assert rows(f"n,note\n{lines}") == body
    assert [(one.line, one.message) for one in found.bad] == [(line, OPEN) for line in bad]


@each_row(
    ("text", "header"), [('"a,b\n', ()), ('2026-01-05,60\n2026-01-06,"6\n', ("", "")), ('a,b\n1,"2\n', ("a", "b"))]
)
def test_a_quotation_never_closed_is_told_whatever_rows_there_are(text: str, header: tuple[str, ...]) -> None:
    found = cut(text)
    assert (found.header, [one.message for one in found.bad]) == (header, [OPEN])


@each_row(
    ("text", "header", "body"),
    [
        ("Day,Time,AM/PM,ml\nx,6:35,pm,60\n", ("Day", "Time", "ml"), [("x", "6:35 pm", "60")]),
        ("Time,h\n6:35,a.m.\n7:00, P. M. \n8:00,\n9:00\n", ("Time",),
         [("6:35 a.m.",), ("7:00 P. M.",), ("8:00",), ("9:00",)]),
        ("Time,h\n6:35,pm\n7:00,soon\n", ("Time", "h"), [("6:35", "pm"), ("7:00", "soon")]),
        ("h,Time\npm,6:35\n", ("h", "Time"), [("pm", "6:35")]),
        ("Time,h\n6:35,\n", ("Time", "h"), [("6:35", "")]),
    ],
)  # fmt: skip
def test_am_and_pm_of_a_column_of_their_own_stand_behind_the_time(
    text: str, header: tuple[str, ...], body: list[tuple[str, ...]]
) -> None:
    found = cut(text)
    assert (found.header, rows(text)) == (header, list(enumerate(body, 2)))


def test_a_sheet_of_more_rows_than_are_read_says_where_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_ROWS", 3)
    assert cut("a,b\n1,2\n3,4\n").bad == ()
    found = cut("a,b\n1,2\n3,4\n5,6\n7,8\n")
    assert [row.cells for row in found.rows] == [("1", "2"), ("3", "4"), ("5", "6")]
    assert [(one.line, one.message) for one in found.bad] == [(4, "more than 3 sessions end here")]


def test_a_cell_may_be_long_and_the_limit_of_other_readers_stays() -> None:
    before = csv.field_size_limit()
    assert len(cut("a,b\n1," + "x" * (before + 1) + "\n").rows[0].cells[1]) == before + 1
    assert csv.field_size_limit() == before
