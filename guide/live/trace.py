"""A trace: one JSON object a line for each happening and command, flushed at once."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from guide.compat import override
from guide.core.commands import Ended, Entered, Left, PauseBegan, PauseEnded
from guide.core.plan import Earliest, Plan
from guide.core.session import Finished, Move, Paused, Ready, Running, Session, plan_of
from guide.language import _, reason
from guide.live.sitting import Listener
from guide.sound.performer import Heard


class Trace(Listener):
    """
    Writes to `path`; times are seconds of the session's clock, steps count from one. Raises OSError at opening only.

    A disk that refuses later ends the trace and no session: `on_trouble` is told once.
    """

    def __init__(self, path: Path, *, on_trouble: Callable[[str], None] = lambda _: None) -> None:
        self._file = path.open("w", encoding="utf-8", buffering=1)
        self._on_trouble = on_trouble
        self._full = False
        self._plan: Plan | None = None
        self._index = 0

    @override
    def began(self, session: Session) -> None:
        self._plan = plan_of(session)
        match session:
            case Ready(_, index) | Running(_, index) | Paused(Running(_, index)):
                self._index = index
            case Finished():
                pass

    @override
    def moved(self, move: Move) -> None:
        now, plan = move.now, plan_of(move.session)
        if move.command is not None:
            self._write("command", move.at, move.at, text=move.command.value)
        for happening in move.happenings:
            match happening.effect:
                case Entered(index):
                    self._index = index
                    self._write("entered", happening.at, now, text=plan.segments[index].title)
                case Left(_, reason):
                    self._write("left", happening.at, now, reason=reason.value)
                case Earliest():
                    self._write("earliest", happening.at, now)
                case PauseBegan(why):
                    self._write("paused", happening.at, now, reason=why.value)
                case PauseEnded():
                    self._write("resumed", happening.at, now)
                case Ended(complete):
                    self._write("ended", happening.at, now, complete=complete)
                case _:
                    pass

    @override
    def heard(self, heard: Sequence[Heard]) -> None:
        for one in heard:
            self._write(one.event, one.due, one.at, one.index, text=one.text)

    def _write(self, event: str, due: timedelta, at: timedelta, index: int | None = None, **more: object) -> None:
        line: dict[str, object] = {"event": event, "due": due.total_seconds(), "at": at.total_seconds()}
        number = self._index if index is None else index
        if self._plan:
            segment = self._plan.segments[number]
            line |= {"step": number + 1, "kind": segment.step.kind.value, "side": segment.side.value}
        line |= more
        if self._full:
            return
        try:
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()
        except OSError as error:
            self._full = True
            self._on_trouble(_("The trace ends here: {strerror}.").format(strerror=reason(error)))

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._file.close()
