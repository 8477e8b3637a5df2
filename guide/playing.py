"""A session in the terminal: the command `play`."""

from __future__ import annotations

import argparse
import contextlib
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from guide.answers import OK, PROBLEMS, USAGE, complain, paths_of
from guide.commands import asked, loaded, say_aside, voice_called
from guide.core.check import QUESTION
from guide.core.commands import Command
from guide.core.duration import SECOND, span
from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.routine import Routine, WhenSore, side_to_begin
from guide.core.session import Finished, Ready, segment_of
from guide.core.shown import one_line
from guide.language import _, reason
from guide.store.paths import Paths
from guide.store.routines.entry import Entry
from guide.store.routines.reader import laid_out, read
from guide.store.settings import Settings, SoreCheck, after_pain, load, need_readable, save, sore_today

if TYPE_CHECKING:
    from guide.core.record import Record
    from guide.live.recorder import Recorder
    from guide.live.sitting import Listener
    from guide.sound.player import Playsound3Player, SilentPlayer
    from guide.sound.repertoire import Repertoire
    from guide.store.log.log import Log, Unfinished
    from guide.terminal import Interlude, Keyboard
    from guide.terminal.screen import Screen


class ToldToEnd(Exception):  # noqa: N818  no error: a signal asked for it
    """The program is to end before the session begins."""


class Resumed(NamedTuple):
    """A session that was cut off, and her answer how to go on with it: `c` carries on, `s` starts the step again."""

    found: Unfinished
    way: str
    routine: Routine


def play(options: argparse.Namespace) -> int:
    from guide.live.clock import Rehearsal, system_clock  # the other commands need no sound
    from guide.live.intents import SayAgain
    from guide.live.sitting import Sitting
    from guide.sound.performer import Performer
    from guide.store.log.log import Log
    from guide.terminal import Interlude, Keyboard, Screen, WhereItHurt, her_words, play, tell_the_signs

    paths = paths_of(options)
    entry = asked(options)
    routine = loaded(entry)
    if routine is None:
        return PROBLEMS
    settings, notices = load(paths.settings)
    voice, sentence = voice_called(options.voice, paths, routine.language)
    if sentence:
        return complain(sentence, USAGE)
    voice = voice or settings.voice
    screen = Screen(sys.stdout, number_free=settings.number_free)
    log = Log.open(paths.log, plan_of=laid_out, on_trouble=lambda trouble: screen.aside(trouble.message))
    screen.keeps = not log.why_lost
    for notice in (*notices, *log.notices):
        screen.aside(notice)
    with contextlib.ExitStack() as stack, Keyboard(sys.stdin) as keyboard:
        stack.callback(_put_away, log, screen)
        questions = Interlude(screen=screen, keyboard=keyboard)
        resumed = _taken_up(log, questions)
        if questions.left:  # the session that was cut off waits as before
            return keyboard.code(PROBLEMS)
        if elsewhere := log.played_elsewhere():
            screen.aside(_going_on_elsewhere(elsewhere))
        if resumed:
            routine = resumed.routine
        first = resumed.found.first_side if resumed else side_to_begin(routine, log.last_first_side(entry.id))
        plan = lay_out(routine, first, settings.pump)
        refused, answered = _checked(routine, settings, options, paths, questions, screen)
        if refused is not None:
            return keyboard.code(refused)
        try:
            player, repertoire = _sounds(
                plan, entry, paths, replace(settings, voice=voice), options, screen, keyboard, stack
            )
        except ToldToEnd:
            return keyboard.code(OK)
        try:
            traces = _traced(options.trace, screen, stack)
        except OSError as error:
            return complain(_("{trace} cannot be written: {reason}").format(trace=options.trace, reason=reason(error)))
        recorder = _recorder(log, entry, plan, settings, resumed)
        if recorder is None:
            return complain(_going_on_elsewhere(routine.name))
        performer = Performer(player, repertoire, speed=options.speed)
        words = (
            her_words(
                paths.words,
                settings=settings,
                performer=performer,
                speed=options.speed,
                screen=screen,
                nudge=keyboard.nudge,
            )
            if options.listen
            else None
        )
        listeners = [recorder, screen, WhereItHurt(lambda: _ask_again(paths)), *traces]  # what is shown is kept already
        sitting = Sitting(
            resumed.found.session(plan) if resumed else Ready(plan),
            clock=Rehearsal(system_clock(), options.speed),
            performer=performer,
            listeners=[*listeners, words] if words else listeners,
            began_at=resumed.found.at if resumed else timedelta(0),
        )
        if routine.when_sore is WhenSore.OK and not answered and not resumed:  # after a Yes they were told
            tell_the_signs(screen)
        screen.head(routine.name, span(plan.shortest, plan.longest), keys=keyboard.attended)
        if resumed:
            sitting.do(Command.RESUME)
            sitting.do(Command.AGAIN if resumed.way == "s" else SayAgain())
        with words or contextlib.nullcontext():
            play(sitting, screen=screen, keyboard=keyboard, speed=options.speed, words=words)
        if recorder.record is not None and keyboard.attended and not keyboard.hung_up:
            _noted(recorder.record, log, settings, questions, screen)
    if screen.failed and not keyboard.hung_up:  # else it was the terminal that went
        raise screen.failed
    return keyboard.code(OK)


def _checked(
    routine: Routine,
    settings: Settings,
    options: argparse.Namespace,
    paths: Paths,
    questions: Interlude,
    screen: Screen,
) -> tuple[int | None, bool | None]:
    """The check before hands-on work: the exit code where it ends the command, and her answer if there was one."""
    from guide.terminal import well_enough

    today = datetime.now().astimezone()
    known = sore_today(settings, today)
    sore = False if options.well else known
    clear, answered = well_enough(routine, sore, questions, screen, called_by=options.routine)
    if options.well and known:
        answered = False
    if answered is not None:
        with contextlib.suppress(OSError):  # it is asked again tomorrow at the latest
            need_readable(paths.settings)
            hers, _notices = load(paths.settings)  # anew: a file that could not be read at first may be by now
            save(paths.settings, replace(hers, sore_check=SoreCheck(today.date(), sore=answered)))
    if clear:
        return None, answered
    if sore is not None or answered is not None or questions.attended:
        return PROBLEMS, answered
    if options.speed > 1:  # nobody is there, and no hand follows at another speed
        screen.aside(_("This is a rehearsal: the check before hands-on work is not asked."))
        return None, answered
    return complain(
        _("The check of today is not answered: {question} If there is none, add --well.").format(question=_(QUESTION))
    ), answered


def _sounds(
    plan: Plan,
    entry: Entry,
    paths: Paths,
    settings: Settings,
    options: argparse.Namespace,
    screen: Screen,
    keyboard: Keyboard,
    stack: contextlib.ExitStack,
) -> tuple[Playsound3Player | SilentPlayer, Repertoire]:
    """A player that `stack` closes, and the prompts made ready for it. Raises ToldToEnd."""
    from guide.sound.player import Playsound3Player, SilentPlayer
    from guide.sound.repertoire import Repertoire

    if options.silent:
        return SilentPlayer(), Repertoire()
    player = Playsound3Player(on_trouble=screen.aside)
    stack.callback(player.close)
    player.prime()
    return player, _prepared(plan, entry, paths, settings, keyboard)


def _traced(path: Path | None, screen: Screen, stack: contextlib.ExitStack) -> list[Listener]:
    """The trace that was asked for, which `stack` closes. Raises OSError where it cannot be written."""
    from guide.live.trace import Trace

    if path is None:
        return []
    trace = Trace(path, on_trouble=screen.aside)
    stack.callback(trace.close)
    return [trace]


def _recorder(log: Log, entry: Entry, plan: Plan, settings: Settings, resumed: Resumed | None) -> Recorder | None:
    """Writes into the log from here; None where the session that was cut off goes on in another window by now."""
    from guide.live.recorder import Recorder

    if resumed:
        found = resumed.found
        return Recorder(log, found.session_id, commands=found.commands) if log.carried_on(found.session_id) else None
    session_id = log.begin(
        routine_id=entry.id,
        routine_name=plan.routine.name,
        routine_text=entry.path.read_text(encoding="utf-8-sig"),
        first_side=plan.first,
        purpose=settings.purpose,
        began=datetime.now().astimezone(),
        steps_total=len(plan.segments),
    )
    return Recorder(log, session_id)


def _noted(record: Record, log: Log, settings: Settings, questions: Interlude, screen: Screen) -> None:
    """
    Ask how much it was; a session that hardly began, of which nothing was noted, is not kept.

    Where the program is told to end meanwhile she had no time to note anything. A log that keeps nothing has none.
    """
    from guide.core.record import hardly_begun
    from guide.terminal import note_it
    from guide.terminal.keyboard import HANG_UP

    if log.why_lost:
        screen.aside(log.why_lost)
        return
    note_it(record, log, questions, ounces=settings.units == "oz", number_free=settings.number_free)
    noted = log.record(record.id) if questions.left != HANG_UP else None
    if noted is not None and hardly_begun(noted):
        log.delete(noted.id)
        screen.aside(_("It had hardly begun, so it is left out of your history."))


def _ask_again(paths: Paths) -> None:
    """Something hurt: the next hands-on session asks the check, unless she is known to be sore."""
    with contextlib.suppress(OSError):  # it is asked again tomorrow at the latest
        need_readable(paths.settings)
        settings, _notices = load(paths.settings)
        save(paths.settings, replace(settings, sore_check=after_pain(settings.sore_check)))


def _put_away(log: Log, screen: Screen) -> None:
    """The log is let go of; what it could not be given is told, as nobody is here to save it later."""
    from guide.store.log.log import UNSAVED

    if not log.save_now():
        screen.aside(_(UNSAVED))
    log.close()


def _going_on_elsewhere(name: str) -> str:
    from guide.store.log.log import PLAYED_ELSEWHERE

    return _(PLAYED_ELSEWHERE).format(name=one_line(name))


def _taken_up(log: Log, questions: Interlude) -> Resumed | None:
    """The session that was cut off, and how to go on with it, where she is there and wants to."""
    found = log.unfinished()
    routine = read(found.routine_text).routine if found else None
    if found is None or routine is None:
        return None
    plan = lay_out(routine, found.first_side)
    session = found.session(plan)
    if isinstance(session, Finished | Ready):
        return None
    way = questions.choose(
        _("{name} stopped in {step}. c carries on from there, s starts that step again, n begins anew.").format(
            name=one_line(found.routine_name), step=segment_of(session).name
        ),
        "csn",
    )
    return Resumed(found, way, routine) if way in {"c", "s"} else None


def _prepared(plan: Plan, entry: Entry, paths: Paths, settings: Settings, keyboard: Keyboard) -> Repertoire:
    from guide.live.wishes import voices_of, wishes_of
    from guide.sound.repertoire import prepare

    shows = sys.stderr.isatty()

    def progress(done: int, count: int, left: timedelta | None) -> None:
        if keyboard.hung_up:
            raise ToldToEnd
        if shows:
            more = _(", about {left} s more").format(left=max(round(left / SECOND), 1)) if left else ""
            sys.stderr.write(
                "\r\x1b[K"
                + _("Getting the voice ready, {done} of {count}{more}").format(done=done, count=count, more=more)
            )
            sys.stderr.flush()

    repertoire, problems = prepare(
        plan,
        wishes_of(settings),
        cache=paths.voices,
        beside=entry.path.parent,
        voices=voices_of(paths),
        progress=progress,
    )
    if shows:
        sys.stderr.write("\r\033[K")
    for problem in problems:
        say_aside(problem)
    return repertoire
