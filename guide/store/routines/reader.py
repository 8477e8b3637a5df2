"""A routine's file or text read into a routine, or into the problems that keep it from being one."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.routine import Routine, Side
from guide.language import ENGLISH, _, words
from guide.store.routines.limits import check_whole, warn_of_long_suction
from guide.store.routines.table import ROUTINE, read_keys
from guide.store.yaml.compose import compose_or_refuse
from guide.store.yaml.nodes import Stretch
from guide.store.yaml.problem import NO_FILE, Problem
from guide.store.yaml.refusal import RefusedError
from guide.store.yaml.source import Findings, TooManyProblemsError, Value
from guide.store.yaml.text import read_text


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says: a routine, or the problems that keep it from being one."""

    routine: Routine | None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    places: Mapping[str, Stretch] = field(default_factory=lambda: MappingProxyType({}))


def read_file(path: Path) -> Reading:
    """Read a routine's file; every failure is a problem in the answer."""
    text = read_text(path)
    return Reading(None, (text,)) if isinstance(text, Problem) else read(text, path)


def read(text: str, path: str | Path = NO_FILE) -> Reading:
    """
    Read a routine's text; `path` says where it is kept, for the problems and for the sounds beside it.

    Source: routine-format, all of it.
    """
    findings = Findings(text, str(path), None if str(path) == NO_FILE else Path(path).parent)
    try:
        root = compose_or_refuse(text)
    except RefusedError as refused:
        line, column = findings.lines.at(refused.start)
        return Reading(None, (Problem(str(path), line, column, "file", refused.message, refused.fix),))
    routine = None
    with contextlib.suppress(TooManyProblemsError):
        routine = _routine(Value(root, "", findings))
    problems = findings.problems
    if routine and not problems:
        warn_of_long_suction(findings, lay_out(routine), findings.places)
    return Reading(None if problems else routine, problems, findings.warnings, MappingProxyType(findings.places))


def laid_out(text: str, first: Side) -> Plan | None:
    """The plan of a routine's text, None where it does not read: what the log needs to close a session cut off."""
    routine = read(text).routine
    return lay_out(routine, first) if routine else None


def _routine(value: Value) -> Routine | None:
    keys = read_keys(value, ROUTINE, _("a routine"))
    if keys is None:
        return None
    place = keys.fields.take("steps")
    if place and "steps" in keys.found:
        check_whole(place, keys.found["steps"])
    if not keys.complete:
        return None
    return Routine(**keys.found, words=words(keys.found.get("language", ENGLISH)))
