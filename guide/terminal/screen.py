"""The screen of a terminal: what happens, a line a thing, and the running clock with its bar on the last line."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Mapping
from typing import Final, TextIO

from guide.compat import override
from guide.core.commands import Command, Ended, Entered
from guide.core.duration import short
from guide.core.naming import kind_word
from guide.core.plan import Earliest, Partner, Say, Show
from guide.core.readout import SIDE_WORDS, Phase, Readout
from guide.core.routine import Kind, Side
from guide.core.session import Happening, Move, Session, plan_of
from guide.core.shown import visible
from guide.language import N_, _, screen
from guide.live.answered import answered
from guide.live.sitting import Listener

INDENT: Final = 6
WIDEST: Final = 100  # columns; longer lines are hard to read
SHORTEST_BAR, LONGEST_BAR = 6, 24
BOLD, FAINT, PLAIN = "1", "2", "0"
COLOURS: Final[Mapping[Kind, str]] = {  # of the 256, near the colours of the window
    Kind.PREPARE: "38;5;180",
    Kind.MASSAGE: "38;5;209",
    Kind.STROKE: "38;5;216",
    Kind.SHAKE: "38;5;222",
    Kind.KNEAD: "38;5;173",
    Kind.PUMP: "38;5;111",
    Kind.COMPRESS: "38;5;147",
    Kind.EXPRESS: "38;5;150",
    Kind.REST: "38;5;108",
}
ECHOES: Final[Mapping[Command, str]] = {  # of presses that the session itself does not answer in words
    Command.PAUSE: N_("Paused"),
    Command.RESUME: N_("Carry on"),
    Command.MORE_TIME: N_("One more minute"),
    Command.MILK_SLOWED: N_("Milk slowed"),
    Command.IT_HURTS: N_("It hurts"),
    Command.AGAIN: N_("Say again"),
    Command.STOP: N_("Finish here"),
}


class Screen(Listener):
    """Colour and the moving clock are for a terminal only; NO_COLOR (no-color.org) is kept."""

    def __init__(self, out: TextIO, *, number_free: bool = False) -> None:
        self._out = out
        self._moves = out.isatty() and os.environ.get("TERM") != "dumb"
        self._colours = self._moves and not os.environ.get("NO_COLOR")
        self._blocks = (getattr(out, "encoding", "") or "").lower().startswith("utf")
        self._number_free = number_free
        self.keeps = True  # whether the log takes the session
        self.failed: OSError | None = None  # what is written arrives nowhere; what is said and logged goes on

    @property
    def width(self) -> int:
        return min(max(shutil.get_terminal_size().columns, 20), WIDEST)

    @override
    def moved(self, move: Move) -> None:
        if move.command is Command.LID:
            self.say(_("Held where it stood. Space carries on."), FAINT)
        elif answer := answered(move):
            self.say(answer, FAINT)
        elif move.command is not None and move.command in ECHOES:
            self.say(f"({_(ECHOES[move.command])})", FAINT)
        for happening in move.happenings:
            self._tell(happening, move.session)

    def _tell(self, happening: Happening, session: Session) -> None:
        match happening.effect:
            case Entered(index):
                self._enter(session, index)
            case Say(text) | Show(text):
                self.say(text)
            case Partner(text):
                self.say(_("For your partner: {text}").format(text=text))
            case Earliest():
                self.say(_("From here on the step may end."))
            case Ended(complete=False):
                kept = _("That is enough for now. What you did is kept.")
                self.line("\n" + (kept if self.keeps else _("That is enough for now.")))
            case _:
                pass

    def _enter(self, session: Session, index: int) -> None:
        """A new step, with its kind and its side."""
        plan = plan_of(session)
        segment, words = plan.segments[index], screen()
        parts = [segment.name]
        kind = kind_word(segment.step.kind, words)
        marks = [] if kind.casefold() in segment.name.casefold() else [kind]
        marks += [words.gettext(SIDE_WORDS[segment.side])] if segment.side in {Side.LEFT, Side.RIGHT} else []
        marks += [] if self._number_free else [short(segment.step.length, words)]
        number = _("{n:2} of {all}").format(n=index + 1, all=len(plan.segments))
        colour = COLOURS[segment.step.kind]
        head = f"{self._in(number, FAINT)}  {self._in('●', colour)} " if self._colours else f"{number}  "
        plain = len(number) + (4 if self._colours else 2)
        text = visible(" · ".join([*parts, *marks]))
        lines = textwrap.wrap(text, max(self.width - plain, 12)) or [""]
        self.line("\n" + head + self._in(lines[0], f"{BOLD};{colour}"))
        for more in lines[1:]:
            self.line(" " * plain + self._in(more, f"{BOLD};{colour}"))
        if segment.suction:
            self.say(_("Suction: {level}").format(level=segment.suction))

    def head(self, name: str, length: str, *, keys: bool) -> None:
        name = visible(name)
        after = "" if self._number_free else f" · {length}"
        if len(name + after) <= self.width:
            self.line(self._in(name, BOLD) + after)
        else:
            self.say(name + after, BOLD, indent=0)
        if keys:
            self.say(
                _(
                    "Space pause · n or → next · b or ← back · + one more minute · m milk slowed · r say again · "
                    "h it hurts · c when to seek care · u undo · q finish"
                ),
                FAINT,
                indent=0,
            )

    def show(self, readout: Readout) -> None:
        """Put the clock on the last line, where the terminal lets one."""
        if not self._moves or readout.phase is Phase.FINISHED:
            return
        parts = [_("paused")] if readout.phase is Phase.PAUSED else []
        clock = "" if self._number_free else f"{readout.clock} {readout.caption}".strip()
        parts += [part for part in (clock, readout.beat) if part]
        words = " · ".join(parts)
        room = self.width - INDENT - 2 - len(words)
        bar = self._bar(readout, room) if readout.ring and room > SHORTEST_BAR else ""
        text = words[: self.width - INDENT - 1] if not bar else words
        self._write(f"\r\033[K{' ' * INDENT}{bar}{text}")

    def _bar(self, readout: Readout, room: int) -> str:
        length = min(room, LONGEST_BAR)
        full = round(readout.fraction * length)
        done, rest = ("█", "░") if self._blocks else ("#", "-")
        return self._in(done * full, COLOURS[readout.kind]) + self._in(rest * (length - full), FAINT) + "  "

    def say(self, text: str, style: str = PLAIN, *, indent: int = INDENT) -> None:
        """A sentence, broken between words."""
        for part in text.splitlines():
            for line in textwrap.wrap(visible(part), max(self.width - indent, 14)) or [""]:
                self.line(" " * indent + self._in(line, style))

    def aside(self, sentence: str) -> None:
        """What is not of the session: above the clock in a terminal, else where complaints go."""
        if self._moves:
            self.say(sentence, indent=0)
        else:
            print(sentence, file=sys.stderr)

    def line(self, text: str) -> None:
        self._write(("\r\033[K" if self._moves else "") + text + "\n")

    def ask(self, text: str) -> None:
        """A question whose answer is typed behind it."""
        *lines, last = textwrap.wrap(text, self.width - 2) or [""]
        for line in lines:
            self.line(line)
        self._write(("\r\033[K" if self._moves else "") + last + " ")

    def echo(self, text: str) -> None:
        self._write(text)

    def _in(self, text: str, style: str) -> str:
        return f"\033[{style}m{text}\033[0m" if self._colours and text and style != PLAIN else text

    def _write(self, text: str) -> None:
        if self.failed:
            return
        try:
            self._out.write(text)
            self._out.flush()
        except BrokenPipeError:
            raise
        except UnicodeEncodeError:
            self._out.write(text.encode("ascii", "replace").decode())
        except OSError as error:
            self.failed = error
