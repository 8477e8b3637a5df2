"""A routine laid out into a plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from guide.core.duration import MINUTE, SECOND
from guide.core.naming import kind_word, with_side, within_a_sentence
from guide.core.plan import (
    Advance,
    Anchor,
    Beat,
    Chime,
    Earliest,
    Moment,
    Partner,
    Plan,
    Recurring,
    Round,
    Say,
    Segment,
    Show,
)
from guide.core.pump import UNKNOWN, Pump, filled, suction_words, with_switch
from guide.core.routine import (
    AfterStart,
    AtEarliest,
    BeforeEnd,
    Cue,
    Every,
    Fixed,
    Group,
    Length,
    Place,
    Range,
    Routine,
    Share,
    Side,
    Step,
    Wait,
)
from guide.core.words import Words

SAY_AFTER_CHIME: Final = 2 * SECOND
WARN_BEFORE_END: Final = 10 * SECOND
SHORTEST_WARNED: Final = 20 * SECOND  # in a shorter step the warning would meet the step's own prompt
HALFWAY_FROM: Final = 4 * MINUTE


@dataclass(slots=True)
class _Draft:
    step: Step
    side: Side
    place: Place
    rounds: tuple[Round, ...] = field(default=())


def lay_out(routine: Routine, first: Side = Side.LEFT, pump: Pump = UNKNOWN) -> Plan:
    """
    Unroll groups and sides and place every prompt, chime and cue in time.

    `first` is the breast that `side: each` begins with, `pump` hers, for the texts that speak of its level. Source of
    what the app adds by itself (chime and prompt at a start, the mark of a range, halfway, the name of the next step):
    issue "a routine guides a whole session"; it is said in the language of the routine.
    """
    drafts = list(_unroll(routine.steps, Side.BOTH, first, (), ()))
    named = [_segment(draft, routine.words, pump) for draft in drafts]
    if pump.switches:
        named = _with_switches(named, routine.words)
    following: list[Segment | None] = [*named[1:], None]
    laid = tuple(_with_moments(*pair, routine.words, pump) for pair in zip(named, following, strict=True))
    return Plan(routine, laid, first, pump)


def unrolled(part: Step | Group) -> tuple[Step, ...]:
    """The steps of a part in the order they are played, one for each round and side."""
    return tuple(draft.step for draft in _unroll((part,), Side.BOTH, Side.LEFT, (), ()))


def _with_switches(named: list[Segment], words: Words) -> list[Segment]:
    """Where a pump begins to pull, the way to its expression mode stands beside the suction."""
    switched = []
    pulled = False
    for segment in named:
        begins = segment.step.under_suction and not pulled
        pulled = segment.step.under_suction
        switched.append(replace(segment, suction=with_switch(segment.suction, words)) if begins else segment)
    return switched


def _unroll(
    parts: tuple[Step | Group, ...],
    side: Side,
    first: Side,
    place: Place,
    rounds: tuple[Round, ...],
) -> Iterator[_Draft]:
    for index, part in enumerate(parts):
        here = (*place, index)
        for one in _sides(part.side or side, first):
            match part:
                case Step():
                    yield _Draft(part, one, here, rounds)
                case Group(steps, times):
                    for number in range(1, times + 1):
                        turn = (*rounds, Round(number, times)) if times > 1 else rounds
                        yield from _unroll(steps, one, first, here, turn)


def _sides(side: Side, first: Side) -> tuple[Side, ...]:
    return (first, first.other) if side is Side.EACH else (side,)


def _segment(draft: _Draft, words: Words, pump: Pump) -> Segment:
    step, side = draft.step, draft.side

    def fill(text: str) -> str:
        return filled(text, side, pump, words)

    own = fill(step.title)
    name = with_side(own or kind_word(step.kind, words), side, words)
    title = own or name
    say = fill(step.say) or title
    return Segment(
        step=step,
        side=side,
        title=title,
        name=name,
        say=say,
        show=fill(step.show) or say,
        partner=fill(step.partner),
        suction=suction_words(step, side, pump, words),
        place=draft.place,
        rounds=draft.rounds,
    )


def _with_moments(segment: Segment, following: Segment | None, words: Words, pump: Pump) -> Segment:
    step = segment.step
    anchored = [
        Moment(timedelta(0), Chime(step.sound or step.kind.value, own=True)),
        Moment(
            min(SAY_AFTER_CHIME, segment.shortest / 2) if not segment.waits else SAY_AFTER_CHIME,
            Say(segment.say, own=True),
        ),
    ]
    if segment.partner:
        anchored.append(Moment(partner_at(segment), Partner(segment.partner)))
    cues, recurring = _cues(segment, words, pump)
    match step.length:
        case Fixed(length):
            if length >= HALFWAY_FROM:
                anchored.append(Moment(length / 2, Say(words.gettext("Halfway."))))
        case Range(earliest, _):
            if earliest >= HALFWAY_FROM:
                anchored.append(Moment(earliest / 2, Say(words.gettext("Halfway to the mark."))))
            anchored += [
                Moment(timedelta(0), Earliest(), Anchor.MARK),
                Moment(timedelta(0), Chime("earliest"), Anchor.MARK),
            ]
            if not any(cue.say and isinstance(cue.when, AtEarliest) for cue in step.cues):
                if step.until_milk_slows:
                    on = words.gettext("When your milk slows, go on. Or let it run.")
                else:
                    on = words.gettext("Go on when you like.")
                anchored.append(Moment(SAY_AFTER_CHIME, Say(on), Anchor.MARK))
        case Wait():
            pass
    longest = segment.longest
    if longest is not None:
        if longest - _mark(step.length) >= SHORTEST_WARNED:
            anchored.append(Moment(-WARN_BEFORE_END, Say(_ahead(following, words)), Anchor.END))
        anchored.append(Moment(timedelta(0), Advance(), Anchor.END))
    if step.pace:
        recurring = [Recurring(step.pace.every, tuple(Beat(word) for word in step.pace.beats)), *recurring]
    return Segment(
        step=step,
        side=segment.side,
        title=segment.title,
        name=segment.name,
        say=segment.say,
        show=segment.show,
        partner=segment.partner,
        suction=segment.suction,
        place=segment.place,
        rounds=segment.rounds,
        anchored=(*anchored, *cues),
        recurring=tuple(recurring),
    )


def _ahead(following: Segment | None, words: Words) -> str:
    if following is None:
        return words.gettext("Nearly done.")
    return words.gettext("Next: {step}.").format(step=within_a_sentence(following.name, words))


def _mark(length: Length) -> timedelta:
    """Where a range may end from, whose chime and words nothing else meets; no time at all for other lengths."""
    return length.earliest if isinstance(length, Range) else timedelta(0)


def partner_at(segment: Segment) -> timedelta:
    """When the helper is spoken to: after the step's own prompt, sooner in a short step."""
    return next((at for at in (30 * SECOND, 15 * SECOND) if segment.waits or segment.shortest >= 2 * at), timedelta(0))


def _cues(segment: Segment, words: Words, pump: Pump) -> tuple[list[Moment], list[Recurring]]:
    once: list[Moment] = []
    recurring: list[Recurring] = []
    for cue in segment.step.cues:
        match cue.when:
            case AfterStart(offset):
                once += _actions(cue, offset, Anchor.START, segment, words, pump)
            case BeforeEnd(offset):
                once += _actions(cue, -offset, Anchor.LATEST, segment, words, pump)
            case Share(fraction):
                once += _actions(cue, (segment.longest or timedelta(0)) * fraction, Anchor.START, segment, words, pump)
            case AtEarliest():
                once += _actions(cue, timedelta(0), Anchor.MARK, segment, words, pump)
            case Every(interval):
                recurring += [
                    Recurring(interval, (moment.action,), interval + moment.offset)
                    for moment in _actions(cue, timedelta(0), Anchor.START, segment, words, pump)
                ]
    return once, recurring


def _actions(cue: Cue, offset: timedelta, anchor: Anchor, segment: Segment, words: Words, pump: Pump) -> list[Moment]:
    side = segment.side
    moments = []
    if cue.sound:
        moments.append(Moment(offset, Chime(cue.sound), anchor))
    if cue.show:
        moments.append(Moment(offset, Show(filled(cue.show, side, pump, words)), anchor))
    if cue.say:
        after_chime = bool(cue.sound) or isinstance(cue.when, AtEarliest)
        wait = SAY_AFTER_CHIME if after_chime else timedelta(0)
        moments.append(Moment(offset + wait, Say(filled(cue.say, side, pump, words)), anchor))
    return moments
