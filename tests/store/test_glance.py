"""What an empty window takes from the settings' file: its ground and its place, whatever else stands there."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest

from guide.store.glance import Glance, NotGoodError, ThemeSetting, Window, glance, number, switch, whole, window_place
from tables import each_row

PLACE = {"x": -1280, "y": 20, "width": 900, "height": 640}
THERE = Window(-1280, 20, 900, 640)
DAY = ThemeSetting.LIGHT


@pytest.mark.parametrize(
    ("held", "seen"),
    [
        ({"theme": "light", "window": PLACE}, Glance(DAY, THERE)),
        ({"theme": "light", "window": {**PLACE, "maximised": True}}, Glance(DAY, THERE._replace(maximised=True))),
        ({"theme": "system"}, Glance(ThemeSetting.SYSTEM)),
        ({"theme": "light"}, Glance(DAY)),
        ({"theme": "light", "window": None}, Glance(DAY)),
        ({"theme": "light", "window": [1, 2, 3, 4]}, Glance(DAY)),
        *(({"theme": "light", "window": {**PLACE, side: "wide"}}, Glance(DAY)) for side in PLACE),
        ({"theme": "light", "window": {**PLACE, "maximised": "yes"}}, Glance(DAY)),
        ({"window": PLACE}, Glance(window=THERE)),
        ({"theme": "pink", "window": PLACE}, Glance(window=THERE)),
        ({"theme": ["light"], "window": PLACE}, Glance(window=THERE)),
        ({}, Glance()),
        ([], Glance()),
        ("light", Glance()),
    ],
)  # fmt: skip
def test_what_reads_is_taken_and_the_rest_is_as_it_usually_is(tmp_path: Path, held: object, seen: Glance) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(held))
    assert glance(path) == seen


@pytest.mark.parametrize(
    ("data", "theme"),
    [
        (b'\xef\xbb\xbf{"theme": "light"}', DAY),
        (b'{"theme": "light", "music": "\xff"}', DAY),
        (b'{"theme": "light"', ThemeSetting.NIGHT),
        (b"", ThemeSetting.NIGHT),
        (b"[" * 100_000, ThemeSetting.NIGHT),
        (b'{"music": "' + b"x" * 1_100_000 + b'", "theme": "light"}', ThemeSetting.NIGHT),
    ],
    ids=["byte-order mark", "a name in other letters", "half", "empty", "nested", "too large"],
)
def test_a_file_in_any_state_gives_a_ground_to_paint(tmp_path: Path, data: bytes, theme: ThemeSetting) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(data)
    assert glance(path) == Glance(theme)


def test_no_file_and_a_folder_in_its_place_give_the_usual(tmp_path: Path) -> None:
    assert [glance(path) for path in (tmp_path / "none.json", tmp_path)] == [Glance(), Glance()]


@each_row(
    ("side", "value", "taken"),
    [
        ("x", -100_001, -100_000), ("x", 100_001, 100_000), ("y", -1e300, -100_000), ("y", math.inf, 100_000),
        ("width", 99, 100), ("width", 100_001, 100_000), ("height", -5, 100), ("height", 10**400, 100_000),
        ("x", 7.6, 8),
    ],
)  # fmt: skip
def test_a_side_beyond_all_screens_is_taken_as_the_end(side: str, value: float, taken: int) -> None:
    assert getattr(window_place({**PLACE, side: value}), side) == taken


@each_row(
    ("read", "value", "sentence"),
    [
        (switch, 1, "is true or false"),
        (switch, None, "is true or false"),
        (number(0, 1.5), math.nan, "is a number from 0 to 1.5"),
        (number(0, 1.5), True, "is a number from 0 to 1.5"),
        (whole(0, 24), "7", "is a number from 0 to 24"),
        (whole(0, 24), None, "is a number from 0 to 24"),
        (window_place, 7, "has x, y, width and height"),
        (window_place, {"y": 1, "width": 900, "height": 640}, "is a number from -100000 to 100000"),
        (window_place, {"x": 1, "y": 1, "height": 640}, "is a number from 100 to 100000"),
    ],
)
def test_what_is_not_good_says_what_would_be(read: Callable[[object], object], value: object, sentence: str) -> None:
    with pytest.raises(NotGoodError, match=rf"^{sentence}$"):
        read(value)
