"""A routine laid out in time: repeats unrolled, sides chosen, cues placed, nothing left to decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import Enum
from typing import Final

from guide.core.duration import MINUTE, SECOND, short, span
from guide.core.naming import chime_word, kind_word, with_side, within_a_sentence
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
    Range,
    Routine,
    Share,
    Side,
    Step,
    Wait,
)
from guide.core.words import ENGLISH, Words

SAY_AFTER_CHIME: Final = 2 * SECOND
WARN_BEFORE_END: Final = 10 * SECOND
SHORTEST_WARNED: Final = 20 * SECOND  # in a shorter step the warning would meet the step's own prompt
HALFWAY_FROM: Final = 4 * MINUTE
LONGEST_SUCTION: Final = 30 * MINUTE  # without a break; UAMS pumping packet, docs/evidence.md
CLOSE_AFTER: Final = 4 * SECOND


@dataclass(frozen=True, slots=True)
class Say:
    """`own` is a step's own prompt, or what is said at a session's end: no cue is said in its place."""

    text: str
    own: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Chime:
    """`sound` is a built-in chime's name or a path beside the routine's file; `own` as of `Say`."""

    sound: str
    own: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Show:
    text: str


@dataclass(frozen=True, slots=True)
class Partner:
    """A prompt for a helper."""

    text: str


@dataclass(frozen=True, slots=True)
class Beat:
    text: str


@dataclass(frozen=True, slots=True)
class Earliest:
    """A range's lower end: from now on the step may end."""


@dataclass(frozen=True, slots=True)
class Advance:
    """Time is up: on to the next step."""


Action = Say | Chime | Show | Partner | Beat | Earliest | Advance


class Anchor(Enum):
    """What a moment's offset counts from."""

    START = "start"
    MARK = "mark"  # a range's lower end; what comes there is for those whose milk has not slowed before
    LATEST = "latest"  # the longest the step may last, more time included
    END = "end"  # where it will end as things stand: earlier than LATEST once milk has slowed


@dataclass(frozen=True, slots=True)
class Moment:
    """An action `offset` after its anchor; negative offsets come before it."""

    offset: timedelta
    action: Action
    anchor: Anchor = Anchor.START


@dataclass(frozen=True, slots=True)
class Recurring:
    """Actions that take turns each `every`, the first of them at `first`; they cease at the end."""

    every: timedelta
    actions: tuple[Action, ...]
    first: timedelta = timedelta(0)

    def at(self, turn: int) -> tuple[timedelta, Action]:
        return self.first + turn * self.every, self.actions[turn % len(self.actions)]


@dataclass(frozen=True, slots=True)
class Round:
    """Which turn of a repeated group, counted from one."""

    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Segment:
    """One step on one side at one place of the plan. `place` leads to the step as written: indexes through groups."""

    step: Step
    side: Side
    title: str
    name: str  # the title with its side: "Hand express, left side"
    say: str
    show: str
    partner: str
    suction: str
    place: tuple[int, ...]
    rounds: tuple[Round, ...] = ()
    anchored: tuple[Moment, ...] = ()
    recurring: tuple[Recurring, ...] = ()

    @property
    def shortest(self) -> timedelta:
        match self.step.length:
            case Fixed(length):
                return length
            case Range(earliest, _):
                return earliest
            case Wait():
                return timedelta(0)

    @property
    def longest(self) -> timedelta | None:
        """None for a step that waits."""
        match self.step.length:
            case Fixed(length):
                return length
            case Range(_, latest):
                return latest
            case Wait():
                return None

    @property
    def waits(self) -> bool:
        return isinstance(self.step.length, Wait)

    def fixed_moments(
        self, *, latest: timedelta | None, end: timedelta | None, slowed: timedelta | None = None
    ) -> list[tuple[timedelta, Action]]:
        """The moments that come once, by time, counted from the step's start; `Advance` is the last."""
        placed = []
        for moment in self.anchored:
            match moment.anchor:
                case Anchor.START:
                    placed.append((moment.offset, moment.action))
                case Anchor.MARK if slowed is None or self.shortest + moment.offset <= slowed:
                    placed.append((self.shortest + moment.offset, moment.action))
                case Anchor.LATEST if latest is not None:
                    placed.append((latest + moment.offset, moment.action))
                case Anchor.END if end is not None:
                    placed.append((end + moment.offset, moment.action))
                case _:
                    pass
        placed.sort(key=lambda at: (at[0], isinstance(at[1], Advance)))
        return [(offset, action) for offset, action in placed if end is None or offset <= end]

    @property
    def moments(self) -> tuple[Moment, ...]:
        """Every moment of the segment as planned, in order, all counted from its start; recurring ones spelt out."""
        end = self.longest
        placed = self.fixed_moments(latest=end, end=end)
        for recurring in self.recurring:
            placed.extend(_turns(recurring, end))
        placed.sort(key=lambda at: (at[0], isinstance(at[1], Advance)))
        return tuple(Moment(offset, action) for offset, action in placed)


def _turns(recurring: Recurring, end: timedelta | None) -> Iterator[tuple[timedelta, Action]]:
    if end is None:  # a waiting step has no end: one turn shows what recurs
        end = recurring.first + len(recurring.actions) * recurring.every
    turn = 0
    while (at := recurring.at(turn))[0] < end:
        yield at
        turn += 1


@dataclass(frozen=True, slots=True)
class Plan:
    routine: Routine
    segments: tuple[Segment, ...]
    first: Side = Side.LEFT
    pump: Pump = UNKNOWN

    @property
    def shortest(self) -> timedelta:
        return sum((segment.shortest for segment in self.segments), timedelta(0))

    @property
    def longest(self) -> timedelta:
        """Waits count as nothing."""
        return sum((segment.longest or timedelta(0) for segment in self.segments), timedelta(0))

    @property
    def prompts(self) -> tuple[str, ...]:
        """Every text that may be said, once each, in the order of the plan; a partner's prompts too."""
        said: dict[str, None] = {}
        for segment in self.segments:
            said.setdefault(segment.say)
            for moment in segment.anchored:
                if isinstance(moment.action, Say | Partner):
                    said.setdefault(moment.action.text)
            for recurring in segment.recurring:
                said.update((action.text, None) for action in recurring.actions if isinstance(action, Say))
        said.setdefault(closing(self))
        return tuple(text for text in said if text)

    @property
    def sounds(self) -> tuple[str, ...]:
        """Every chime that may sound, once each."""
        heard: dict[str, None] = {}
        for segment in self.segments:
            actions = [moment.action for moment in segment.anchored]
            actions += [action for recurring in segment.recurring for action in recurring.actions]
            heard.update((action.sound, None) for action in actions if isinstance(action, Chime))
        heard.setdefault("tick")
        heard.setdefault("end")
        return tuple(heard)


@dataclass(slots=True)
class _Draft:
    step: Step
    side: Side
    place: tuple[int, ...]
    rounds: tuple[Round, ...] = field(default=())


def closing(plan: Plan, words: Words | None = None) -> str:
    """The last word of a session that came to its end, in the language of the routine where no other is given."""
    words = words or plan.routine.words
    if plan.segments[-1].step.under_suction:
        return words.gettext("All done. Pump off. Breathe out.")
    return words.gettext("All done. Breathe out.")


def lay_out(routine: Routine, first: Side = Side.LEFT, pump: Pump = UNKNOWN) -> Plan:
    """
    Unroll groups and sides and place every prompt, chime and cue in time.

    `first` is the breast that `side: each` begins with, `pump` hers, for the texts that speak of its level. Source of
    what the app adds by itself (chime and prompt at a start, the mark of a range, halfway, the name of the next step):
    issue "a routine guides a whole session"; it is said in the language of the routine.
    """
    drafts = list(_unroll(routine.steps, None, first, (), ()))
    named = [_segment(draft, routine.words, pump) for draft in drafts]
    if pump.switches:
        named = _with_switches(named, routine.words)
    following: list[Segment | None] = [*named[1:], None]
    laid = tuple(_with_moments(*pair, routine.words, pump) for pair in zip(named, following, strict=True))
    return Plan(routine, laid, first, pump)


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
    side: Side | None,
    first: Side,
    place: tuple[int, ...],
    rounds: tuple[Round, ...],
) -> Iterator[_Draft]:
    for index, part in enumerate(parts):
        here = (*place, index)
        for one in _sides(part.side or side or Side.BOTH, first):
            match part:
                case Step():
                    yield _Draft(part, one, here, rounds)
                case Group(steps, times, own):
                    inherited = one if own or side else None
                    for number in range(1, times + 1):
                        turn = (*rounds, Round(number, times)) if times > 1 else rounds
                        yield from _unroll(steps, inherited, first, here, turn)


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


def suction_runs(plan: Plan) -> list[tuple[int, int, timedelta]]:
    """Stretches of segments under suction without a break: first index, last index, and the longest they may last."""
    runs: list[tuple[int, int, timedelta]] = []
    for index, segment in enumerate(plan.segments):
        if not segment.step.under_suction:
            continue
        longest = segment.longest or timedelta(0)
        if runs and runs[-1][1] == index - 1:
            first, _, so_far = runs[-1]
            runs[-1] = (first, index, so_far + longest)
        else:
            runs.append((index, index, longest))
    return runs


def as_text(plan: Plan, words: Words = ENGLISH) -> str:
    """The plan as a person reads it, in `words`: a line a step with its start, then each moment within."""
    read_as = {
        "say": words.pgettext("what happens in a plan", "say"),
        "chime": words.pgettext("what happens in a plan", "chime"),
        "show": words.pgettext("what happens in a plan", "show"),
        "partner": words.pgettext("what happens in a plan", "helper"),
        "beat": words.pgettext("what happens in a plan", "beat"),
        "earliest": words.pgettext("what happens in a plan", "may end from here"),
        "advance": words.pgettext("what happens in a plan", "moves on"),
    }
    lines = [f"{plan.routine.name}: {span(plan.shortest, plan.longest)}"]
    for number, segment in enumerate(plan.segments, 1):
        kind = kind_word(segment.step.kind, words)
        named = "" if segment.title.casefold().startswith(kind.casefold()) else f" ({kind})"
        about = [short(segment.step.length, words)]
        about += [words.gettext("round {n} of {all}").format(n=turn.number, all=turn.of) for turn in segment.rounds]
        if segment.step.suggested:
            about.append(words.pgettext("a length that no source gives", "suggested"))
        lines.append(f"{number:3}. {segment.name}{named}: {', '.join(about)}")
        beats = 0
        for moment in segment.moments:
            if isinstance(moment.action, Beat):
                beats += 1
                if beats > len(segment.step.pace.beats if segment.step.pace else ()):
                    continue
            effect, text = _effect(moment.action)
            if isinstance(moment.action, Chime):
                text = chime_word(text, words)
            lines.append(f"     {_at(moment.offset):>6}  {read_as[effect]:<6} {text}".rstrip())
    return "\n".join(lines) + "\n"


def _at(offset: timedelta) -> str:
    whole, hundredths = divmod(round(offset / SECOND * 100), 100)
    rest = f".{hundredths:02d}".rstrip("0").rstrip(".")
    return f"{whole // 60}:{whole % 60:02d}{rest}"


def as_data(plan: Plan, routine_id: str) -> dict[str, object]:
    """The plan as plain values for JSON; seconds throughout, None for the longest of a step that waits."""
    return {
        "id": routine_id,
        "name": plan.routine.name,
        "shortest_s": plan.shortest.total_seconds(),
        "longest_s": plan.longest.total_seconds(),
        "steps": [_step_data(segment) for segment in plan.segments],
    }


def _step_data(segment: Segment) -> dict[str, object]:
    moments = []
    for moment in segment.moments:
        effect, text = _effect(moment.action)
        moments.append({"at_s": moment.offset.total_seconds(), "effect": effect, "text": text})
    return {
        "title": segment.title,
        "kind": segment.step.kind.value,
        "side": segment.side.value,
        "shortest_s": segment.shortest.total_seconds(),
        "longest_s": None if segment.longest is None else segment.longest.total_seconds(),
        "moments": moments,
    }


def _effect(action: Action) -> tuple[str, str]:
    match action:
        case Say(text):
            return "say", text
        case Chime(sound):
            return "chime", sound
        case Show(text):
            return "show", text
        case Partner(text):
            return "partner", text
        case Beat(text):
            return "beat", text
        case Earliest():
            return "earliest", ""
        case Advance():
            return "advance", ""
