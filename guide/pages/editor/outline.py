"""The rows of the list of steps: the routine flattened, broken parts and all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple

from guide.core.duration import KEPT, MINUTE, DurationError, parse_length, short, span, spoken_length
from guide.core.naming import kind_word, with_side
from guide.core.routine import Fixed, Group, Kind, Length, Place, Range, Side, Step
from guide.core.words import Words
from guide.language import N_, _, ngettext, pgettext, screen

TIMES: Final = (
    "",
    N_("Once"),
    N_("Repeat twice"),
    N_("Repeat three times"),
    N_("Repeat four times"),
    N_("Repeat five times"),
    N_("Repeat six times"),
)


class OutlineRow(NamedTuple):
    """
    One row: the routine itself (`kind` and `place` empty), a group's head (`kind` "group"), or a step.

    `closes` is how many groups end beneath it.
    """

    place: Place
    kind: str
    title: str
    length: str = ""
    said: str = ""
    closes: int = 0

    @property
    def depth(self) -> int:
        return len(self.place) - 1

    @property
    def is_group(self) -> bool:
        return self.kind == "group"


def repeated(times: int) -> str:
    """
    Say how often a group is done.

    >>> repeated(2), repeated(12), repeated(1)
    ('Repeat twice', 'Repeat 12 times', 'Once')
    """
    if times <= 1:
        return _("Once")
    return _(TIMES[times]) if times < len(TIMES) else _("Repeat {n} times").format(n=times)


class Outline:
    """Makes the rows of a routine's steps; those of parts that stay are kept, and moved where others come or go."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Step | Group, list[OutlineRow]]] = {}

    def rows_of(self, parts: Sequence[Any]) -> list[OutlineRow]:
        """The rows of steps and groups; one that could not be read is told as it is written, in lists and dicts."""
        known, self._known = self._known, {}
        found = [
            OutlineRow(
                (), "", pgettext("first row of the steps", "About this routine"), said=_("Name, checklist, sources")
            )
        ]
        for index, part in enumerate(parts):
            if not isinstance(part, Step | Group):
                found += _written(part, (index,), 0)
                continue
            rows = known[id(part)][1] if id(part) in known else _rows_of(part, index)
            if rows[0].place[0] != index:
                new = tuple.__new__  # all rows beneath a step that comes or goes: `_make` counts the fields of each
                rows = [
                    new(OutlineRow, ((index, *place[1:]), kind, title, length, said, closes))
                    for place, kind, title, length, said, closes in rows
                ]
            self._known[id(part)] = part, rows
            found += rows
        return found


def _rows_of(part: Step | Group, index: int) -> list[OutlineRow]:
    rows: list[OutlineRow] = []
    _add_rows(part, (index,), 0, rows)
    return rows


def _add_rows(part: Step | Group, place: Place, closes: int, rows: list[OutlineRow]) -> tuple[timedelta, timedelta]:
    """Add the rows of a part; answers how long it takes, at least and at most."""
    times = 2 if part.side is Side.EACH else 1
    low = high = timedelta(0)
    match part:
        case Step(length=length):
            rows.append(_row(part, place, closes))
            match length:
                case Fixed(exact):
                    low = high = exact
                case Range(earliest, latest):
                    low, high = earliest, latest
                case _:
                    pass
        case Group(steps):
            times *= part.times
            head = len(rows)
            rows.append(_head(part, place))
            for index, inner in enumerate(steps):
                least, most = _add_rows(inner, (*place, index), closes + 1 if index == len(steps) - 1 else 0, rows)
                low, high = low + least, high + most
            rows[head] = rows[head]._replace(length=span(low * times, high * times))
    return low * times, high * times


def _head(group: Group, place: Place) -> OutlineRow:
    """The first row of a group, without its length."""
    said = ngettext("{n} step", "{n} steps", len(group.steps)).format(n=len(group.steps))
    return OutlineRow(place, "group", repeated(group.times) + _sided(group.side), said=said)


def _row(step: Step, place: Place, closes: int) -> OutlineRow:
    title = step.title or with_side(kind_word(step.kind, screen()), step.side or Side.BOTH, screen())
    return OutlineRow(place, step.kind.value, title, *_told(step.length, screen()), closes)


@lru_cache(maxsize=KEPT)
def _told(length: Length, words: Words) -> tuple[str, str]:
    """A length as it is shown and as it is said; the steps of a routine have few between them."""
    return short(length, words), spoken_length(length, words)


def _sided(side: Side | None) -> str:
    return {Side.EACH: _(", each side"), Side.LEFT: _(", left"), Side.RIGHT: _(", right")}.get(side or Side.BOTH, "")


def _written(part: Any, place: Place, closes: int) -> Iterator[OutlineRow]:
    """The rows of a part with problems: what can be told of it is told."""
    found = part if isinstance(part, dict) else {}
    inner = found.get("steps")
    if "kind" not in found and isinstance(inner, list) and inner:
        times = _text(found.get("repeat"))
        title = (
            repeated(int(times))
            if times.isdecimal() and len(times) < 4
            else _("Repeat {times}").format(times=times).strip()
        )
        said = ngettext("{n} step", "{n} steps", len(inner)).format(n=len(inner))
        yield OutlineRow(place, "group", title, "", said)
        for index, one in enumerate(inner):
            yield from _written(one, (*place, index), closes + 1 if index == len(inner) - 1 else 0)
    else:
        kind = _text(found.get("kind"))
        named = kind_word(Kind(kind), screen()) if kind in set(Kind) else kind
        title = _text(found.get("title")) or named or _("Not a step yet")
        yield OutlineRow(place, kind or "?", title, *_length(_text(found.get("duration"))), closes)


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _length(text: str) -> tuple[str, str]:
    try:
        length = parse_length(text)
    except DurationError:
        return text, text
    return _told(length, screen())


def stepped(length: timedelta, steps: int) -> timedelta:
    """
    A length some steps longer or shorter: by 5 seconds under a minute, by 30 under five, by minutes from there.

    >>> [str(stepped(timedelta(seconds=s), 1)) for s in (20, 60, 100, 300)]
    ['0:00:25', '0:01:30', '0:02:00', '0:06:00']
    """
    second = timedelta(seconds=1)
    for __ in range(abs(steps)):
        up = steps > 0
        under = length if up else length - second / 1000
        grid = 5 * second if under < MINUTE else 30 * second if under < 5 * MINUTE else MINUTE
        length = (length // grid + 1) * grid if up else _down(length, grid)
    return max(second, length)


def _down(length: timedelta, grid: timedelta) -> timedelta:
    whole = length // grid * grid
    return whole - grid if whole == length else whole
