"""Numbers as a country writes them. Source: the Unicode CLDR."""

from __future__ import annotations

from guide.core.numbers import marks_of
from tables import each_row

KEPT = "\u00a0"


@each_row(
    ("tag", "amount", "count"),
    [
        ("en", "2.5", "12,345"),
        ("en-GB", "2.5", "12,345"),
        ("de", "2,5", "12.345"),
        ("de-DE", "2,5", "12.345"),
        ("de-AT", "2,5", f"12{KEPT}345"),
        ("de-CH", "2.5", "12’345"),
        ("de-LI", "2.5", "12’345"),
        ("es", "2,5", "12.345"),
        ("es-ES", "2,5", "12.345"),
        ("es-AR", "2,5", "12.345"),
        ("es-MX", "2.5", "12,345"),
        ("es-419", "2.5", "12,345"),
        ("fr", "2,5", f"12{KEPT}345"),
        ("fr-FR", "2,5", f"12{KEPT}345"),
        ("ja", "2.5", "12,345"),
        ("", "2.5", "12,345"),
    ],
)
def test_amounts_and_counts_are_written_as_the_country_does(tag: str, amount: str, count: str) -> None:
    marks = marks_of(tag)
    assert (marks.decimal("2.5"), marks.grouped(12_345)) == (amount, count)
