"""Texts of files and names, as they may be printed: one line, every letter visible, none too long."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from guide.core.shown import has_control, one_line, path_line, quoted, sentence, visible
from tables import each_row

ANY = st.text(st.characters(exclude_categories=()), max_size=700)
SEEN = {"\u200c", "\u200d"}


@given(ANY, st.integers(5, 300))
def test_any_text_becomes_one_line_of_visible_letters(text: str, most: int) -> None:
    shown = one_line(text, most)
    assert len(shown) <= most
    assert not [letter for letter in shown if unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not [letter for letter in shown if unicodedata.category(letter) == "Cf" and letter not in SEEN]
    shown.encode("utf-8")


@given(st.text(st.characters(categories=("L", "N", "P", "S")), max_size=300))
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    assert one_line(text) == text


@each_row(
    ("text", "shown"),
    [
        ("=1+1\r\n\x07", "=1+1 <U+0007>"),
        ("voice_r\ufeffate", "voice_r<U+FEFF>ate"),
        ("pump\u200b", "pump<U+200B>"),
        ("\u202egnp.exe", "<U+202E>gnp.exe"),
        ("a\u2028b\x85c", "a b c"),
        ("caf\udce9", "caf<0xE9>"),
        ("\ud83d", "<U+D83D>"),
        ("👩\u200d🍼", "👩\u200d🍼"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u00a0b", "a b"),
        ("a  b", "a b"),
        ("\udc80\udcff", "<0x80><0xFF>"),
        ("\udc7f\udd00", "<U+DC7F><U+DD00>"),
    ],
)
def test_odd_letters_are_named(text: str, shown: str) -> None:
    assert one_line(text) == shown


@each_row(
    ("text", "shown"),
    [
        ("two  words", "two  words"),
        ("two\nlines", "two<U+000A>lines"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200cb\n", "a<U+200C>b<U+000A>"),
        ("\u200cb", "<U+200C>b"),
        ("wide\u3000space\n", "wide\u3000space<U+000A>"),
    ],
)
def test_for_a_terminal_a_text_stays_whole_and_what_would_turn_its_line_is_named(text: str, shown: str) -> None:
    assert visible(text) == shown


@each_row(
    ("text", "said"),
    [
        ("it is not there", "It is not there."),
        ("is it there?", "Is it there?"),
        ("it is there.", "It is there."),
        ("there it is!", "There it is!"),
        ("NICU is not there", "NICU is not there."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_of_its_own(text: str, said: str) -> None:
    assert sentence(text) == said


def test_a_long_text_loses_its_end_and_a_long_path_its_beginning() -> None:
    assert (len(one_line("x" * 5_000)), len(quoted("x" * 50))) == (300, 40)
    assert [one_line("x" * count, 5) for count in (4, 5, 6)] == ["xxxx", "xxxxx", "xxxx…"]
    shown = path_line("/home/" + "n" * 5_000 + "/sessions.db")
    assert len(shown) == 300
    assert shown.startswith("…")
    assert shown.endswith("/sessions.db")
    for path in ("", "/home/her", "/" + "n" * 299):
        assert path_line(path) == path
    assert path_line("/" + "n" * 300) == "…" + "n" * 299


def test_only_control_characters_make_a_name_none() -> None:
    assert not any(map(has_control, ("a　b", "é", "👩\u200d🍼", "x\udce9", "שלום", "\u200f", "x\udc80", "\udcff")))
    assert all(
        map(has_control, ("a\nb", "\0", "\x7f", "a\u2028", "a\u2029", "\x9b", "\ud800", "a\udfff", "\udc7f", "\udd00"))
    )
