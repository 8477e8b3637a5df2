"""What the cells of a column look like: each shape alone, and how many of a column decide."""

from __future__ import annotations

from guide.store.bringing.shapes import SAMPLED, Shape, names_activities, shape_of
from tables import each_row


@each_row(
    ("shape", "texts"),
    [
        (Shape.MOMENT, ["2026-01-05 06:35", "13.1.2026 6:35", "1/13/2026 6:35 pm", "1767594900"]),
        (Shape.DAY, ["2026-01-05", "13.1.26", "1/13/2026", "5 January 2026"]),
        (Shape.CLOCK, ["6:35 pm", "6 pm", "18.35 Uhr", "18h35"]),
        (Shape.COLON, ["6:35", " 6:35 ", "120:00", "0:20:30.5"]),
        (Shape.DOT, ["6.35", "23.59", " 0.05"]),
        (Shape.DIGITS, ["0635", "635", "2359"]),
        (Shape.LENGTH, ["25 min", "1 h 5 min", "0 06:35"]),
        (Shape.VOLUME, ["60 ml", "3,5 oz", "2½ oz"]),
        (Shape.NUMBER, ["60", "6.5", "24.00", "2400", "6.60", "2½"]),
        (Shape.SIDE, ["left", "R", "linke Brust", "der.", "both", "l+r", "left and right"]),
        (Shape.WORDS, ["ok", "leftover", "on the right", "6:5", ":", "1:2345"]),
    ],
)  # fmt: skip
def test_a_cell_has_the_shape_that_it_is_written_in(shape: Shape, texts: list[str]) -> None:
    assert {text: shape_of([text]) for text in texts} == dict.fromkeys(texts, shape)


@each_row(
    ("cells", "shape"),
    [
        ([], Shape.EMPTY),
        (["60", "6.35", "0635"], Shape.NUMBER), (["60 ml", "60", "6.35", "0635"], Shape.VOLUME),
        (["60", "6.35"], Shape.NUMBER), (["6.35", "0635"], Shape.NUMBER), (["6.35", "7.45"], Shape.DOT),
        (["6.35"] * 9 + ["60"], Shape.NUMBER), (["6.35"] * 9 + ["ok"], Shape.DOT),
        (["60 ml", *["70"] * 9], Shape.VOLUME), (["60 ml", "6.35", "0635"], Shape.VOLUME),
        (["60 ml", *["70"] * 9, "ok"], Shape.NUMBER), (["60 ml"] * 4 + ["ok"], Shape.VOLUME),
        (["ok"] * 2 + ["13.1.2026"] * 3, Shape.DAY), (["ok"] * 3 + ["13.1.2026"] * 4, Shape.WORDS),
        (["2026-01-13 6:35"] * 2 + ["foo"], Shape.MOMENT), (["6:35 pm"] * 3 + ["total"], Shape.WORDS),
        (["60"] * SAMPLED + ["ok"] * SAMPLED, Shape.NUMBER),
        (["60"] * (SAMPLED - 13) + ["ok"] * 13 + ["60"] * SAMPLED, Shape.WORDS),
    ],
)  # fmt: skip
def test_a_column_has_the_shape_of_four_fifths_of_its_first_cells_and_of_three_where_those_are_dates(
    cells: list[str], shape: Shape
) -> None:
    assert shape_of(cells) is shape


@each_row(
    ("cells", "told"),
    [([], False), (["Spectra"], False), (["Pump"], True), (["nap"], True), (["Spectra", "Windel"], True)],
)
def test_a_column_names_activities_where_any_cell_does(cells: list[str], told: bool) -> None:
    assert names_activities(cells) is told
