"""What is heard when: one voice at a time, nothing cut off, nothing late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import IntEnum
from typing import Final, Protocol

from guide.core.commands import Ended, Entered, Instant, Left, PauseBegan, PauseEnded, Reason, Why
from guide.core.plan import Beat, Chime, Partner, Say
from guide.core.session import Happening
from guide.sound.clip import Clip
from guide.sound.player import Player
from guide.sound.repertoire import Repertoire

LATE: Final = timedelta(seconds=1.5)  # a cue that cannot start within this of its moment is dropped
BREATH: Final = timedelta(seconds=0.15)  # between two clips, so that the player's own delay never makes them meet


class Rank(IntEnum):
    """Who speaks first when two are waiting."""

    OPENING = 0  # a step's own chime and prompt
    CUE = 1
    TICK = 2


@dataclass(frozen=True, slots=True)
class Heard:
    """A thing said or chimed: `due` by the plan, `at` when playing was asked for; both on the session's clock."""

    event: str  # said | chimed | beat
    due: Instant
    at: Instant
    text: str
    index: int  # of the segment it belongs to


@dataclass(frozen=True, slots=True)
class _Waiting:
    due: Instant
    rank: Rank
    effect: Say | Chime | Partner | Beat
    index: int


class Ducking(Protocol):
    """What plays behind the session and gives way: told when something begins to be heard, and how long it lasts."""

    def sounds(self, event: str, length: timedelta) -> None: ...
    def falls_silent(self) -> None: ...


class Performer:
    """
    Turns happenings into sound, one at a time.

    Clips are of known length, so a cue starts only when it will be over before the next chime is due, and one that is
    late is dropped. A step's own chime and prompt are dropped for nothing but a newer step: they wait for what plays,
    and what a pause cuts off or holds back is said as it ends. Only a person's own command cuts a prompt off.
    `speed` is how many seconds of the session pass in one of the world's; `behind` is told what is heard.
    """

    def __init__(
        self,
        player: Player,
        repertoire: Repertoire | None = None,
        *,
        speed: float = 1,
        behind: Ducking | None = None,
    ) -> None:
        self.repertoire = repertoire or Repertoire()
        self._player = player
        self._speed = speed
        self._behind = behind
        self._heard: list[Heard] = []
        self._waiting: list[_Waiting] = []
        self._held: list[_Waiting] = []  # openings that a pause has interrupted
        self._playing: _Waiting | None = None
        self._free = timedelta(0)  # when the clip that plays will be over
        self._index = 0

    def take_up(self, index: int) -> None:
        """A session is gone on with in the middle: what is said from here on belongs to this segment."""
        self._index = index

    def perform(self, happenings: Iterable[Happening], now: Instant, boundary: Instant | None) -> list[Heard]:
        """Take in what happened, then sound what has its turn; `boundary` is when the next chime is due."""
        for happening in happenings:
            match happening.effect:
                case Left(_, reason):
                    if reason is not Reason.TIME and happening.at >= now - LATE * self._speed:
                        self.hush(now)
                case PauseBegan(why):
                    self._hold(now)
                    paused = self.repertoire.paused
                    if why is Why.ASKED and paused in self.repertoire.prompts:  # heard where nobody looks
                        self._waiting.append(_Waiting(happening.at, Rank.CUE, Say(paused), self._index))
                case PauseEnded():
                    self._waiting += [replace(held, due=happening.at) for held in self._held]
                    self._held = []
                case Entered(index):
                    self._index = index
                    self._forget_openings()
                case Ended():
                    self._forget_openings()
                case Say() | Chime() as effect:
                    rank = Rank.OPENING if effect.own else Rank.CUE
                    self._waiting.append(_Waiting(happening.at, rank, effect, self._index))
                case Partner() as effect:
                    self._waiting.append(_Waiting(happening.at, Rank.CUE, effect, self._index))
                case Beat() as effect:
                    self._waiting.append(_Waiting(happening.at, Rank.TICK, effect, self._index))
                case _:
                    pass
        return self.wake(now, boundary)

    def wake(self, now: Instant, boundary: Instant | None) -> list[Heard]:
        """Start what has its turn, and drop what has become too late."""
        while ready := [waiting for waiting in self._waiting if waiting.due <= now]:
            first = min(ready, key=lambda waiting: (waiting.rank, waiting.due))
            if first.rank is Rank.TICK:
                self._waiting.remove(first)
                self._start(first, now, boundary, heard=self._free <= now)
            elif self._free <= now:
                self._waiting.remove(first)
                if self._in_time(first, now):
                    self._start(first, now, boundary, heard=True)
            else:
                self._waiting = [waiting for waiting in self._waiting if self._in_time(waiting, self._free)]
                break
        heard, self._heard = self._heard, []
        return heard

    @property
    def busy_until(self) -> Instant:
        """When the clip that plays will be over, on the session's clock."""
        return self._free

    def due(self) -> Instant | None:
        """When `wake` has something to do."""
        if not self._waiting:
            return None
        return max(min(waiting.due for waiting in self._waiting), self._free)

    def say_again(self, text: str, now: Instant) -> list[Heard]:
        """
        A person asked for it: what plays gives way, but for the step's own chime and prompt that still wait.

        The prompt that waits is this one already.
        """
        waiting = [one for one in self._waiting if one.rank is Rank.OPENING and one.effect != Say(text)]
        self._silence(now)
        self._waiting = waiting
        self._start(_Waiting(now, Rank.OPENING, Say(text), self._index), now, None, heard=True)
        heard, self._heard = self._heard, []
        return heard

    def tick(self, now: Instant) -> Clip | None:
        """Answer her softly; not where the session itself is heard. Gives what is played."""
        tick = self.repertoire.sounds.get("tick")
        if tick is None or now < self._free:
            return None
        self._player.play(tick)
        return tick

    def hush(self, now: Instant) -> None:
        """Silence, and nothing waits any more."""
        self._silence(now)
        self._waiting.clear()
        self._held.clear()

    def _hold(self, now: Instant) -> None:
        """A pause: silence, and the openings that were not heard to their end wait for it to be over."""
        cut_off = [self._playing] if self._playing and self._free > now else []
        held = [one for one in (*cut_off, *self._held, *self._waiting) if one.rank is Rank.OPENING]
        self.hush(now)
        self._held = held

    def _silence(self, now: Instant) -> None:
        self._player.stop()
        self._playing = None
        self._free = now
        if self._behind:
            self._behind.falls_silent()

    def _forget_openings(self) -> None:
        """A newer step: those of the one before are past."""
        self._waiting = [one for one in self._waiting if one.rank is not Rank.OPENING]
        self._held.clear()

    def _in_time(self, waiting: _Waiting, at: Instant) -> bool:
        return waiting.rank is Rank.OPENING or at - waiting.due <= LATE * self._speed

    def _start(self, waiting: _Waiting, now: Instant, boundary: Instant | None, *, heard: bool) -> None:
        match waiting.effect:
            case Say(text):
                event, clip = "said", self.repertoire.prompts.get(text)
            case Partner(text):
                if not self.repertoire.partner_said:
                    return
                event, clip = "said", self.repertoire.prompts.get(text)
            case Chime(text):
                event, clip = "chimed", self.repertoire.sounds.get(text)
            case Beat(text):
                event, clip = "beat", self.repertoire.sounds.get("tick")
        over = now + clip.length * self._speed if clip else now
        if waiting.rank is not Rank.OPENING and clip and boundary is not None and over > boundary:
            if waiting.rank is Rank.TICK:
                self._heard.append(Heard(event, waiting.due, now, text, waiting.index))
            return
        if clip and heard:
            self._player.play(clip)
            self._playing = waiting
            self._free = over + BREATH * self._speed if event != "beat" else over
            if self._behind:
                self._behind.sounds(event, clip.length)
        self._heard.append(Heard(event, waiting.due, now, text, waiting.index))
