from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QPlainTextDocumentLayout

from guide.pages.editor.offsets import Offsets
from guide.pages.editor.syntax import LONGEST, TintedSpan, scan
from tables import each_row

KINDS = frozenset({"rest", "massage"})


def parts(text: str) -> list[list[tuple[str, str]]]:
    state, found = 0, []
    for line in text.split("\n"):
        spans, state = scan(line, state, KINDS)
        found.append([(line[span.start : span.end], span.what) for span in spans])
    return found


@each_row(
    ("line", "expected"),
    [
        ("name: Slow evening", [("name", "key"), (":", "mark")]),
        ("  - kind: rest", [("-", "mark"), ("kind", "key"), (":", "mark"), ("rest", "rest")]),
        ("title: rest", [("title", "key"), (":", "mark")]),
        ("duration: 1:30 # why", [("duration", "key"), (":", "mark"), ("1:30", "number"), ("# why", "comment")]),
        ("at: -10 s", [("at", "key"), (":", "mark"), ("-10 s", "number")]),
        ("duration: 5–7 min", [("duration", "key"), (":", "mark"), ("5–7 min", "number")]),
        ("duration: 1 min 30 s", [("duration", "key"), (":", "mark"), ("1 min 30 s", "number")]),
        ("say: 10 s left", [("say", "key"), (":", "mark")]),
        ("say: a#b c:d, [e]", [("say", "key"), (":", "mark")]),
        ('say: "a # b: c"', [("say", "key"), (":", "mark"), ('"a # b: c"', "quoted")]),
        ("say: 'it''s' # x", [("say", "key"), (":", "mark"), ("'it''s'", "quoted"), ("# x", "comment")]),
        ('"name": x', [('"name"', "key"), (":", "mark")]),
        ("# all of it", [("# all of it", "comment")]),
        ("cues: &few", [("cues", "key"), (":", "mark"), ("&few", "mark")]),
        (
            "- {kind: rest, beats: [a, 2 s]}",
            [
                *(("-", "mark"), ("{", "mark"), ("kind", "key"), (":", "mark"), ("rest", "rest"), (",", "mark")),
                *(("beats", "key"), (":", "mark"), ("[", "mark"), (",", "mark"), ("2 s", "number")),
                *(("]", "mark"), ("}", "mark")),
            ],
        ),
    ],
)
def test_a_line_is_told_apart(line: str, expected: list[tuple[str, str]]) -> None:
    assert parts(line) == [expected]


def test_text_below_its_key_is_no_key_until_it_ends() -> None:
    found = parts("say: |\n  not: a key\n\n  # nor this\nkind: rest")
    assert found[1:4] == [[], [], []]
    assert found[4] == [("kind", "key"), (":", "mark"), ("rest", "rest")]


def test_quotes_and_brackets_go_on_over_lines() -> None:
    found = parts('say: "one\n  two: # three" # four\nbeats: [a,\n  b: 1 s]\nkind: rest')
    assert found[1] == [('  two: # three"', "quoted"), ("# four", "comment")]
    assert found[3] == [("b", "key"), (":", "mark"), ("1 s", "number"), ("]", "mark")]
    assert found[4][0] == ("kind", "key")
    single = parts("say: 'one\n two' # three")
    assert single[1] == [(" two'", "quoted"), ("# three", "comment")]
    assert parts("say: 'one\n two\n three'")[1] == [(" two", "quoted")]


@given(st.text(max_size=60), st.integers(-1, 100))
def test_parts_lie_within_the_line_in_order(line: str, state: int) -> None:
    spans, after = scan(line.replace("\n", ""), state, KINDS)
    assert after >= 0
    ends = [0, *(place for span in spans for place in (span.start, span.end)), len(line)]
    assert ends == sorted(ends)


def test_a_line_beyond_all_measure_is_coloured_as_far_as_anyone_looks() -> None:
    spans, _ = scan("a: " + "x " * 100_000 + "# end", 0)
    assert spans == [TintedSpan(0, 1, "key"), TintedSpan(1, 2, "mark")]
    assert scan("[" * 50_000, 0)[1] == LONGEST * 8 + 4


@given(
    st.text(alphabet="ab\n😀🤱é", max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 5), st.text(alphabet="a\n😀", max_size=4)), max_size=6),
)
def test_offsets_follow_every_change(qapp: QApplication, text: str, changes: list[tuple[int, int, str]]) -> None:
    document = QTextDocument()
    document.setDocumentLayout(QPlainTextDocumentLayout(document))
    document.setPlainText(text)
    offsets = Offsets(document)
    for at, length, new in changes:
        plain = document.toRawText().replace("\u2029", "\n")
        start = min(at, len(plain))
        cursor = QTextCursor(document)
        cursor.setPosition(offsets.units(start))
        cursor.setPosition(offsets.units(min(start + length, len(plain))), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(new)
        plain = document.toRawText().replace("\u2029", "\n")
        for chars in range(len(plain) + 1):
            units = len(plain[:chars].encode("utf-16-le")) // 2
            assert offsets.units(chars) == units
            assert offsets.chars(units) == chars
    document.undo()
    assert offsets.units(len(document.toRawText())) == document.characterCount() - 1
