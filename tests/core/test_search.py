"""Words looked for in a text, whatever their letters and accents."""

from __future__ import annotations

from guide.core.search import finds, folded, places
from tables import each_row


@each_row(
    ("sought", "text", "found"),
    [
        ("", "anything", True),
        ("PUMP", "Power pumping", True),
        ("extraccion", "Extracción manual", True),
        ("Extracción", "extraccion", True),
        ("power hands", "Power pumping", False),
        ("pumping power", "Power pumping", True),
    ],
)
def test_a_text_is_found_by_every_word_whatever_its_letters(sought: str, text: str, found: bool) -> None:
    assert finds(sought, text) is found


@each_row(
    ("word", "text", "expected"),
    [
        ("", "any", []),
        ("x", "any", []),
        ("a", "aba", [(0, 1), (2, 1)]),
        ("aa", "aaaa", [(0, 2), (2, 2)]),
        ("ß", "Größe", [(3, 1)]),
        ("e\u0301t", "l\u00e9te", [(1, 2)]),
        ("a.b", "a.b axb", [(0, 3)]),
    ],
)
def test_a_word_is_found_where_its_letters_stand(word: str, text: str, expected: list[tuple[int, int]]) -> None:
    assert places(word, text) == expected


@each_row(("text", "small"), [("ÅNGSTRÖM", "angstrom"), ("Straße", "strasse"), ("plain", "plain")])
def test_a_text_is_compared_in_small_letters_without_accents(text: str, small: str) -> None:
    assert folded(text) == small
