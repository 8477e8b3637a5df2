"""Joins the sound beneath a session to what happens in it: down for words, out at a pause and at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from guide.compat import override
from guide.core.ahead import next_words
from guide.core.commands import Ended, Instant, PauseBegan, PauseEnded
from guide.core.session import Move, Running, Session, boundary
from guide.live.sitting import Listener
from guide.sound.background import BackgroundPlayer
from guide.sound.performer import Heard
from guide.sound.repertoire import Repertoire

EXPECTED: Final = timedelta(seconds=2)  # how long it stays down for words that then do not come
AFTER: Final = 5.0  # seconds in which it fades while the closing words are said
LAST: Final = timedelta(minutes=1)  # it fades out over the last minute


class Accompaniment(Listener):
    """
    `repertoire` gives the one in use, which may be made anew in a session: its clips tell how long words last.

    `speed` is how many seconds of the session pass in one of the world's.
    """

    def __init__(
        self,
        background: BackgroundPlayer,
        repertoire: Callable[[], Repertoire],
        *,
        gives_way: bool = True,
        speed: float = 1,
    ) -> None:
        self._background = background
        self._repertoire = repertoire
        self._gives_way = gives_way
        self._speed = speed
        self._session: Session | None = None
        self._fading = False

    @override
    def began(self, session: Session) -> None:
        self._session = session

    @override
    def moved(self, move: Move) -> None:
        self._session = move.session
        for happening in move.happenings:
            match happening.effect:
                case PauseBegan():
                    self._background.pause()
                case PauseEnded():
                    self._background.carry_on()
                    self._fading = False
                case Ended():
                    self._background.end(AFTER)
                case _:
                    pass

    @override
    def heard(self, heard: Sequence[Heard]) -> None:
        for one in heard:
            clip = self._repertoire().prompts.get(one.text) if one.event == "said" else None
            if clip is not None and self._gives_way:
                self._background.give_way(0, clip.length.total_seconds())

    @override
    def woke(self, now: Instant) -> None:
        if self._session is None:
            return
        partner = self._repertoire().partner_said
        coming = next_words(self._session, partner=partner) if self._gives_way else None
        if coming is not None and coming > now:
            self._background.give_way(self._world(coming - now), EXPECTED.total_seconds())
        self._fade_with_the_last_minute(now)

    def _fade_with_the_last_minute(self, now: Instant) -> None:
        session = self._session
        if not isinstance(session, Running) or session.index + 1 < len(session.plan.segments):
            return
        ends = boundary(session)
        if ends is None:
            return
        if ends - now <= LAST and not self._fading:
            self._fading = True
            self._background.fade_out(self._world(ends - now))
        elif ends - now > LAST and self._fading:  # one more minute, or a step back
            self._fading = False
            self._background.carry_on()

    def _world(self, length: timedelta) -> float:
        return length.total_seconds() / self._speed
