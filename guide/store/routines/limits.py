"""Bounds of a routine as a whole: cues within their step, steps and hours within reason, suction without a break."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from guide.core.duration import HOUR, LONGEST, written
from guide.core.plan import LONGEST_SUCTION, Plan, suction_runs
from guide.core.routine import (
    AfterStart,
    AtEarliest,
    BeforeEnd,
    Every,
    Fixed,
    Group,
    Length,
    Range,
    Share,
    Side,
    Step,
    Wait,
    When,
)
from guide.language import _, grouped
from guide.store.routines.values import MOST_SAID
from guide.store.yaml.nodes import ScalarNode, Stretch, target
from guide.store.yaml.source import Fields, Findings, Value

MOST_STEPS: Final = 1_000
MOST_PROMPTS: Final = 20_000
LONGEST_SHOWN: Final = 60  # two lines of thirty characters on the session page


def outside(when: When, length: Length) -> str:
    """Why a cue is not inside a step of this length; "" when it is."""
    latest = _latest(length)
    match when, length:
        case (BeforeEnd() | Share(), Wait()):
            return _("a step that waits has no end to count from; write a length from its start, such as '0:30'")
        case AtEarliest(), Fixed() | Wait():
            return _("only a range has an earliest end; write for example 'duration: 3-5 min'")
        case (AfterStart(), Wait()) | (Every(), Wait()) | (AtEarliest(), Range()):
            return ""
        case ((AfterStart(offset) | Every(offset)), _) if offset >= latest:
            return _("falls outside its step, which lasts {latest}; write a shorter length").format(
                latest=written(latest)
            )
        case BeforeEnd(offset), _ if offset > latest:
            return _("falls outside its step, which lasts {latest}; write a shorter length").format(
                latest=written(latest)
            )
        case BeforeEnd(offset), _ if not offset:
            return _("is the end itself, when the step is over; write for example '-10 s'")
        case Share(fraction), _ if fraction >= 1:
            return _("is the end itself, when the step is over; write less than 100 %")
        case _:
            return ""


def _latest(length: Length) -> timedelta:
    match length:
        case Fixed(exact):
            return exact
        case Range(_, latest):
            return latest
        case Wait():
            return timedelta(0)


def warn_of_long_text(fields: Fields) -> None:
    shown = fields.take("show") or fields.take("say")
    text = target(shown.node) if shown else None
    if not (shown and isinstance(text, ScalarNode)):
        return
    length = len(" ".join(text.text.split()))
    if LONGEST_SHOWN < length <= MOST_SAID:
        way = _("shorten it") if "show" in fields else _("add a shorter 'show'")
        shown.warn(
            _("has {length} characters and the screen shows two lines of 30; {way}").format(length=length, way=way)
        )


@dataclass(frozen=True, slots=True)
class Sum:
    """What a part of a routine comes to with its repeats unrolled."""

    steps: int = 0
    longest: timedelta = timedelta(0)
    prompts: int = 0

    def __mul__(self, times: int) -> Sum:
        return Sum(self.steps * times, self.longest * times, self.prompts * times)


def together(sums: Iterable[Sum]) -> Sum:
    found = list(sums)
    longest = sum((one.longest for one in found), timedelta())
    return Sum(sum([one.steps for one in found]), longest, sum([one.prompts for one in found]))


def sum_of(part: Step | Group) -> Sum:
    times = 2 if part.side is Side.EACH else 1
    match part:
        case Step(length=length, cues=cues):
            latest = _latest(length)
            prompts = 1
            for cue in cues:
                match cue.when:
                    case Every(interval):
                        prompts += (latest or HOUR) // interval
                    case _:
                        prompts += 1
            return Sum(times, latest * times, prompts * times)
        case Group(steps):
            return together(map(sum_of, steps)) * (times * part.times)


def check_whole(steps: Value, parts: tuple[Step | Group, ...]) -> None:
    check_sum(steps, together(map(sum_of, parts)))


def check_sum(steps: Value, whole: Sum) -> None:
    if whole.steps > MOST_STEPS:
        steps.problem(
            _(
                "the routine has {n} steps with its repeats; {most} is the most, so leave steps out or repeat them less"
            ).format(n=grouped(whole.steps), most=grouped(MOST_STEPS))
        )
    if whole.longest > LONGEST:
        steps.problem(
            _("the routine lasts up to {in_hours}; {value} is the most, so shorten steps or repeat them less").format(
                in_hours=_in_hours(whole.longest), value=written(LONGEST)
            )
        )
    if whole.prompts > MOST_PROMPTS:
        steps.problem(
            _("the routine says or shows {n} things; {most} is the most, so have cues come less often").format(
                n=grouped(whole.prompts), most=grouped(MOST_PROMPTS)
            )
        )


def _in_hours(length: timedelta) -> str:
    return written(length) if length < 24 * HOUR else f"{grouped(length // HOUR)} h"


def warn_of_long_suction(findings: Findings, plan: Plan, places: Mapping[str, Stretch]) -> None:
    told: set[tuple[str, str]] = set()
    for first, last, longest in suction_runs(segment.step for segment in plan.segments):
        names = _written_place(plan.segments[first].place), _written_place(plan.segments[last].place)
        if longest <= LONGEST_SUCTION or names in told:
            continue
        told.add(names)
        sentence = (
            _("keeps the suction on for up to {longest}; {most} without a break is the most, so add a rest between")
            if names[0] == names[1]
            else _(
                "{first} to {last} keep the suction on for up to {longest}; {most} without a break is the most, "
                "so add a rest between"
            )
        )
        findings.warn(
            places[names[0]].start,
            names[0],
            sentence.format(first=names[0], last=names[1], longest=written(longest), most=written(LONGEST_SUCTION)),
        )


def _written_place(place: tuple[int, ...]) -> str:
    """
    Write the way to a step as problems do.

    >>> _written_place((1, 0))
    'steps[1].steps[0]'
    """
    return ".".join(f"steps[{index}]" for index in place)
