"""What the eye sees of a session now."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Final

from guide.core.asked import hurts_words, next_means
from guide.core.commands import Command, Instant, Why
from guide.core.duration import MINUTE, SECOND, clock, short, spoken, spoken_length, spoken_minutes, written
from guide.core.layout import partner_at
from guide.core.naming import kind_word, within_a_sentence
from guide.core.plan import Plan, Segment, Show, closing
from guide.core.routine import Drawing, Fixed, Kind, Range, Side, Wait
from guide.core.session import Finished, Paused, Ready, Running, Session, due
from guide.core.words import ENGLISH, N_, Words

LAST_SECONDS: Final = 10 * SECOND
PARTNER_STAYS: Final = 20 * SECOND

SIDE_WORDS: Final = {
    Side.BOTH: N_("Both breasts"),
    Side.LEFT: N_("Left breast"),
    Side.RIGHT: N_("Right breast"),
    Side.EACH: N_("Each breast"),
}
PAUSED_WORDS: Final = {
    Why.ASKED: (N_("Take all the time you need"), ""),  # and what to do with the hands, or with the pump
    Why.HURTS: (N_("Ease off now"), ""),  # and what helps in a step of this kind
    Why.LID: (N_("Welcome back"), N_("The computer slept, so your place was kept.")),
}
PLACE_KEPT: Final = N_("Your place is kept. Let your hands rest.")
PLACE_KEPT_BY_THE_PUMP: Final = N_("Your place is kept. If the pump is on, switch it off.")


class Phase(StrEnum):
    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Following:
    """The step after this one."""

    kind: Kind
    title: str
    side: Side
    length: str
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Readout:
    """
    All the session page shows. Texts are ready for the screen; `fraction` and `mark` are shares of the ring, 0 to 1.

    `clock` is empty where there is no time to show; `mark` is None unless the step is a range.
    """

    phase: Phase
    routine: str
    index: int
    steps: int
    kind: Kind
    side: Side
    drawing: Drawing
    title: str
    instruction: str
    clock: str = ""
    caption: str = ""
    fraction: float = 0.0
    ring: timedelta = timedelta(0)
    mark: float | None = None
    mark_text: str = ""
    end_text: str = ""
    past_mark: bool = False
    slowed: bool = False
    next_notes: bool = False  # Next notes that milk slows, and the step goes on a while
    last_seconds: bool = False
    waiting: bool = False
    beat: str = ""
    partner: str = ""
    suction: str = ""
    suggested: bool = False
    rounds: str = ""
    following: Following | None = None
    shortest_left: timedelta = timedelta(0)
    longest_left: timedelta = timedelta(0)
    why: Why | None = None
    words: Words = field(default=ENGLISH, compare=False, repr=False)  # of the screen

    @property
    def progress(self) -> str:
        return self.words.gettext("step {n} of {all}").format(n=self.index + 1, all=self.steps)

    @property
    def remaining(self) -> str:
        """ "18–25 min to go", "up to 2 min to go", "1 min to go", "50 s to go"."""
        if self.longest_left < MINUTE:
            return self._to_go(written(timedelta(seconds=-(-self.longest_left // SECOND))))
        low, high = self._minutes_left
        return self._to_go(f"{low}–{high} min" if 0 < low < high else f"{high} min", low)

    @property
    def remaining_spoken(self) -> str:
        """The same for a screen reader: "18 to 25 minutes to go"."""
        if self.longest_left < MINUTE:
            return self._to_go(spoken(self.longest_left, self.words))
        low, high = self._minutes_left
        return self._to_go(spoken_minutes(low or high, high, self.words), low)

    def _to_go(self, time: str, least: int = 1) -> str:
        to_go = self.words.gettext("{time} to go") if least else self.words.gettext("up to {time} to go")
        return to_go.format(time=time)

    @property
    def _minutes_left(self) -> tuple[int, int]:
        """
        The least, to the nearest minute, and the most; one number where the plan leaves no choice.

        That one is to the nearest minute too: in the last step it stands beside the ring, which counts the seconds.
        """
        low = -((MINUTE / 2 - self.shortest_left) // MINUTE)
        return low, low if self.shortest_left == self.longest_left else -(-self.longest_left // MINUTE)

    @property
    def side_words(self) -> str:
        return self.words.gettext(SIDE_WORDS[self.side])

    @property
    def unnumbered_name(self) -> str:
        """For a screen reader where no numbers are wanted: "Massage, both breasts"."""
        return f"{kind_word(self.kind, self.words)}, {within_a_sentence(self.side_words, self.words)}"

    @property
    def spoken_name(self) -> str:
        """For a screen reader: "Massage, 1 minute 24 left of 2 minutes, both breasts"."""
        if self.phase is Phase.FINISHED:
            return self.title
        if not self.clock:
            time = self.caption
        else:
            minutes, seconds = self.clock.split(":")
            left = spoken(timedelta(minutes=int(minutes), seconds=int(seconds)), self.words)
            most = spoken(self.ring, self.words)
            if self.mark is None:
                time = self.words.gettext("{left} left of {most}").format(left=left, most=most)
            elif self.past_mark:
                time = self.words.gettext("{left} until it moves on").format(left=left)
            else:
                time = self.words.gettext("at least {left} more; up to {most}").format(left=left, most=most)
        return f"{kind_word(self.kind, self.words)}, {time}, {within_a_sentence(self.side_words, self.words)}"


def read(session: Session, now: Instant, words: Words = ENGLISH) -> Readout:
    """The session as it stands, told in the `words` of the screen; the routine's own texts stay in its language."""
    match session:
        case Ready(plan, first):
            return _read(Running(plan, first, now), now, Phase.READY, None, words)
        case Running():
            return _read(session, now, Phase.RUNNING, None, words)
        case Paused(running, at, why):
            return _read(running, at, Phase.PAUSED, why, words)
        case Finished(plan, _, complete):
            last = plan.segments[-1]
            return Readout(
                phase=Phase.FINISHED,
                routine=plan.routine.name,
                index=len(plan.segments) - 1,
                steps=len(plan.segments),
                kind=last.step.kind,
                side=last.side,
                drawing=Drawing.REST,
                title=closing(plan, words) if complete else words.gettext("That is enough for now"),
                instruction="",
                fraction=1.0,
                words=words,
            )


def next_change(session: Session, now: Instant) -> Instant | None:
    """When `read` will next differ: the next second of the clock, or whatever happens before it."""
    if not isinstance(session, Running):
        return None
    times = []
    if (at := due(session)) is not None:
        times.append(at)
    times += [now + (left % SECOND or SECOND) for left in _counting(session, now - session.origin)]
    if session.segment.partner and (gone := session.origin + partner_at(session.segment) + PARTNER_STAYS) > now:
        times.append(gone)
    return min(times, default=None)


def _counting(running: Running, offset: timedelta) -> list[timedelta]:
    """All that runs down as seconds or minutes: on the clock, and the least and the most that is left of the plan."""
    target, end = _target(running, offset), running.end
    if target is None or end is None:
        return []
    shortest, longest = _left(running, offset)
    counting = [target - offset, longest]
    if offset < _least(running, end):
        counting.append(shortest)
    return counting


def _least(running: Running, end: timedelta) -> timedelta:
    """The soonest the step may end, from its start."""
    may_end_sooner = isinstance(running.segment.step.length, Range) and running.slowed is None
    return running.segment.shortest if may_end_sooner else end


def _target(running: Running, offset: timedelta) -> timedelta | None:
    """What the clock counts down to, from the step's start."""
    match running.segment.step.length:
        case Fixed():
            return running.end
        case Range(earliest, _) if running.slowed is None and offset < earliest:
            return earliest
        case Range():
            return running.end
        case Wait():
            return None


def _read(running: Running, now: Instant, phase: Phase, why: Why | None, words: Words) -> Readout:
    segment, offset = running.segment, max(now - running.origin, timedelta(0))
    end, target = running.end, _target(running, offset)
    left = None if target is None else max(target - offset, timedelta(0))
    ring = end or timedelta(0)
    title, instruction, shown_since = segment.title, segment.show, timedelta(0)
    mark, past, mark_text, end_text = None, False, "", ""
    match segment.step.length:
        case Fixed():
            caption = words.gettext("left of {time}").format(time=short(Fixed(ring)))
        case Range(earliest, _):
            past = offset >= earliest or running.slowed is not None
            mark, mark_text, end_text = earliest / ring, clock(earliest), clock(ring)
            caption = words.gettext("then it moves on") if past else words.gettext("at least, then your call")
            if offset >= earliest and running.slowed is None and segment.step.until_milk_slows:
                title, instruction = words.gettext("Milk slowing down?"), _way_on(segment, words)
                shown_since = earliest
        case Wait():
            caption = words.gettext("go on when you are ready")
    instruction = _shown(running, offset, shown_since) or instruction
    if why is not None:
        title, instruction = PAUSED_WORDS[why]
        title, instruction = words.gettext(title), words.gettext(instruction or _held_words(running, why))
    shortest_left, longest_left = _left(running, offset)
    return Readout(
        phase=phase,
        routine=running.plan.routine.name,
        index=running.index,
        steps=len(running.plan.segments),
        kind=segment.step.kind,
        side=segment.side,
        drawing=segment.step.drawing,
        title=title,
        instruction=instruction,
        clock="" if left is None else clock(left),
        caption=caption,
        fraction=min(offset / ring, 1.0) if ring else 0.0,
        ring=ring,
        mark=mark,
        mark_text=mark_text,
        end_text=end_text,
        past_mark=past,
        slowed=running.slowed is not None,
        next_notes=phase is Phase.RUNNING and next_means(running, now) is Command.MILK_SLOWED,
        last_seconds=left is not None and target == end and left <= LAST_SECONDS,
        waiting=segment.waits,
        beat=_beat(segment, offset),
        partner=segment.partner if timedelta(0) <= offset - partner_at(segment) < PARTNER_STAYS else "",
        suction=segment.suction,
        suggested=segment.step.suggested,
        rounds=_round(segment, words),
        following=_following(running.plan, running.index, words),
        shortest_left=shortest_left,
        longest_left=longest_left,
        why=why,
        words=words,
    )


def _held_words(running: Running, why: Why) -> str:
    """What to do in a pause: a pump is spoken of where the routine has one, and the step is no rest from it."""
    if why is Why.HURTS:
        return hurts_words(running.segment.step)
    step = running.segment.step
    rests = step.kind is Kind.REST and not step.under_suction
    return PLACE_KEPT_BY_THE_PUMP if running.plan.pumps and not rests else PLACE_KEPT


def _way_on(segment: Segment, words: Words) -> str:
    if segment.step.linger:
        more = short(Fixed(segment.step.linger))
        return words.gettext("When it does, press Milk slowed. {time} more, and it moves on.").format(time=more)
    return words.gettext("When it does, press Next. Still flowing? Let it run.")


def _round(segment: Segment, words: Words) -> str:
    if not segment.rounds:
        return ""
    turn = segment.rounds[-1]
    return words.gettext("Round {n} of {all}").format(n=turn.number, all=turn.of)


def _shown(running: Running, offset: timedelta, since: timedelta) -> str:
    """The last text that a cue has put on the screen in this step, `since` some moment of it."""
    placed = running.segment.fixed_moments(latest=running.latest, end=running.end, slowed=running.slowed)
    placed += [
        recurring.at((offset - recurring.first) // recurring.every)
        for recurring in running.segment.recurring
        if offset >= recurring.first
    ]
    shown = sorted(
        ((at, action.text) for at, action in placed if since <= at <= offset and isinstance(action, Show)),
        key=lambda each: each[0],
    )
    return shown[-1][1] if shown else ""


def _beat(segment: Segment, offset: timedelta) -> str:
    pace = segment.step.pace
    if pace is None:
        return ""
    return pace.beats[(offset // pace.every) % len(pace.beats)]


def _following(plan: Plan, index: int, words: Words) -> Following | None:
    if index + 1 == len(plan.segments):
        return None
    segment = plan.segments[index + 1]
    length = segment.step.length
    return Following(segment.step.kind, segment.name, segment.side, short(length, words), spoken_length(length, words))


def _left(running: Running, offset: timedelta) -> tuple[timedelta, timedelta]:
    """The least and the most that is left of the whole plan."""
    end = running.end
    later = running.plan.segments[running.index + 1 :]
    shortest = sum((segment.shortest for segment in later), timedelta(0))
    longest = sum((segment.longest or timedelta(0) for segment in later), timedelta(0))
    if end is not None:
        shortest += max(_least(running, end) - offset, timedelta(0))
        longest += max(end - offset, timedelta(0))
    return shortest, longest
