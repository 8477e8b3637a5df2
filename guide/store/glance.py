"""What an empty window takes from the settings: its ground and its place, read before anything else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NamedTuple

from guide.language import _
from guide.store.files import NotAFileError, read_ordinary

MOST_BYTES: Final = 1024 * 1024


class ThemeSetting(StrEnum):
    NIGHT = "night"
    LIGHT = "light"
    SYSTEM = "system"


class Window(NamedTuple):
    """Where the window was, in pixels of the desktop."""

    x: int
    y: int
    width: int
    height: int
    maximised: bool = False


class Glance(NamedTuple):
    theme: ThemeSetting = ThemeSetting.NIGHT
    window: Window | None = None


class NotGoodError(Exception):
    """The sentence says what would be right."""


def switch(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise NotGoodError(_("is true or false"))


def number(least: float, most: float) -> Callable[[Any], float]:
    def read_number(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124 - NaN
            raise NotGoodError(_("is a number from {least:g} to {most:g}").format(least=least, most=most))
        return float(min(max(value, least), most))

    return read_number


def whole(least: int, most: int) -> Callable[[Any], int]:
    inner = number(least, most)
    return lambda value: round(inner(value))


def window_place(value: Any) -> Window:
    if isinstance(value, dict):
        far, big = whole(-100_000, 100_000), whole(100, 100_000)
        return Window(
            far(value.get("x")),
            far(value.get("y")),
            big(value.get("width")),
            big(value.get("height")),
            switch(value.get("maximised", False)),
        )
    raise NotGoodError(_("has x, y, width and height"))


def glance(path: Path) -> Glance:
    """Read what can be read of it; whatever is wrong with the file is told by who reads it whole."""
    try:
        data = read_ordinary(path, MOST_BYTES)
        held = json.loads(data.decode("utf-8-sig", "surrogateescape"))
    except (NotAFileError, OSError, ValueError, RecursionError):
        return Glance()
    if not isinstance(held, dict):
        return Glance()
    try:
        place = window_place(held.get("window"))
    except NotGoodError:
        place = None
    themes = [theme for theme in ThemeSetting if theme == held.get("theme")]
    return Glance(themes[0] if themes else ThemeSetting.NIGHT, place)
