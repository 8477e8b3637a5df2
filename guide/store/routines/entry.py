"""Entries and cards of the library: what a routine's file comes to, and the summary kept of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from guide.core.duration import SECOND
from guide.core.kinds import Kind, Purpose
from guide.core.shown import quoted

if TYPE_CHECKING:
    from guide.core.routine import Routine
    from guide.store.routines.reader import Reading
    from guide.store.yaml.problem import Problem


SUFFIXES: Final = (".yaml", ".yml")
_NAME: Final = re.compile(  # a text on its line, within quotes or without: no list, no mapping, no text in lines below
    r"(?m)^name:[ \t]+(?:(?P<quote>[\"'])(?P<quoted>[^\"'\r\n#]{1,80})(?P=quote)"
    r"|(?P<plain>(?![\[\]{}&*!|>%@`,~]|[-?:](?:\s|$))[^\"'\r\n#]{1,80}))[ \t]*(?:(?<=[ \t])#.*)?\r?$"
)


class LibraryError(Exception):
    """The sentence says what could not be done, and why."""


class Stamp(NamedTuple):
    """What tells whether a file was changed: its time of change and its size."""

    mtime_ns: int
    size: int


class Entry(NamedTuple):
    """One routine of the library; `routine` is None where the file has problems."""

    id: str
    path: Path
    builtin: bool
    name: str
    routine: Routine | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    replaces_builtin: bool = False
    modified: Stamp | None = None


class StepBar(NamedTuple):
    """A step as it stands in a card's timeline; `longest` is None for a step that waits."""

    kind: Kind
    shortest: timedelta
    longest: timedelta | None


class Summary(NamedTuple):
    """What a card of the library shows."""

    id: str
    name: str
    path: Path
    builtin: bool
    replaces_builtin: bool = False
    for_whom: str = ""
    summary: str = ""
    shortest: timedelta = timedelta(0)
    longest: timedelta = timedelta(0)
    purposes: tuple[Purpose, ...] = ()
    hands_on: bool = False
    suits_sore: bool = False
    bars: tuple[StepBar, ...] = ()
    problem: str | None = None
    problems: int = 0


class Found(NamedTuple):
    id: str
    path: Path
    builtin: bool
    replaces_builtin: bool
    stamp: Stamp | None


def stamp_of(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return Stamp(found.st_mtime_ns, found.st_size)


def entry_of(one: Found) -> Entry:
    reading = read_file(one.path)
    name = reading.routine.name if reading.routine else _name_of_broken(one.path)
    return Entry(
        one.id,
        one.path,
        one.builtin,
        name,
        reading.routine,
        reading.problems,
        reading.warnings,
        one.replaces_builtin,
        one.stamp,
    )


def _name_of_broken(path: Path) -> str:
    text = read_text(path)
    return name_in_spite(text if isinstance(text, str) else "", path)


def name_in_spite(text: str, path: Path) -> str:
    """A broken routine's name line where it stands by itself, else its file's name."""
    written = _NAME.search(text)
    if written and (name := (written["quoted"] or written["plain"]).strip()):
        return quoted(name).strip()
    return quoted(path.stem)


def own_sounds(routine: Routine | None) -> list[str]:
    if routine is None:
        return []
    from guide.core.routine import each_step  # as below
    from guide.store.routines.sounds import SOUNDS

    named = (sound for step in each_step(routine.steps) for sound in (step.sound, *(cue.sound for cue in step.cues)))
    return list(dict.fromkeys(sound for sound in named if sound and sound not in SOUNDS))


def summary_of(entry: Entry) -> Summary:
    routine = entry.routine
    if routine is None:
        from guide.store.yaml.problem_words import told  # as below

        return Summary(
            id=entry.id,
            name=entry.name,
            path=entry.path,
            builtin=entry.builtin,
            replaces_builtin=entry.replaces_builtin,
            problem=told(entry.problems[0]) if entry.problems else "",
            problems=len(entry.problems),
        )
    from guide.core.layout import lay_out  # as below

    plan = lay_out(routine)
    return Summary(
        id=entry.id,
        name=entry.name,
        path=entry.path,
        builtin=entry.builtin,
        replaces_builtin=entry.replaces_builtin,
        for_whom=routine.for_whom,
        summary=routine.summary,
        shortest=plan.shortest,
        longest=plan.longest,
        purposes=routine.purposes,
        hands_on=routine.hands_on,
        suits_sore=routine.suits_sore,
        bars=tuple(StepBar(segment.step.kind, segment.shortest, segment.longest) for segment in plan.segments),
    )


def summary_to_json(summary: Summary) -> dict[str, Any]:
    return {
        "name": summary.name,
        "for": summary.for_whom,
        "summary": summary.summary,
        "shortest_s": summary.shortest / SECOND,
        "longest_s": summary.longest / SECOND,
        "purposes": list(summary.purposes),
        "hands_on": summary.hands_on,
        "suits_sore": summary.suits_sore,
        "bars": [
            [bar.kind, bar.shortest / SECOND, None if bar.longest is None else bar.longest / SECOND]
            for bar in summary.bars
        ],
    }


def summary_from_json(held: dict[str, Any], one: Found) -> Summary | None:
    """The summary kept for this file; None where what is kept is not one."""
    try:
        return Summary(
            id=one.id,
            name=_a(str, held["name"]),
            path=one.path,
            builtin=one.builtin,
            replaces_builtin=one.replaces_builtin,
            for_whom=_a(str, held["for"]),
            summary=_a(str, held["summary"]),
            shortest=timedelta(seconds=held["shortest_s"]),
            longest=timedelta(seconds=held["longest_s"]),
            purposes=tuple(map(Purpose, _a(list, held["purposes"]))),
            hands_on=_a(bool, held["hands_on"]),
            suits_sore=_a(bool, held["suits_sore"]),
            bars=tuple(_bars(_a(list, held["bars"]))),
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def _bars(held: Iterable[Any]) -> Iterator[StepBar]:
    for kind, shortest, longest in held:
        yield StepBar(Kind(kind), timedelta(seconds=shortest), None if longest is None else timedelta(seconds=longest))


def _a(kind: type[Any], value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError
    return value


# The library page is drawn from summaries kept in a cache: what reads files is imported when the first is read.


def read(text: str, path: Path | None = None) -> Reading:
    from guide.store.routines.reader import read

    return read(text, path) if path else read(text)


def read_file(path: Path) -> Reading:
    from guide.store.routines.reader import read_file

    return read_file(path)


def read_text(path: Path) -> str | Problem:
    from guide.store.yaml.text import read_text

    return read_text(path)
