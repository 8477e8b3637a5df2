"""Playing in a terminal: the keys of a session, the questions around it, and its end."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from guide.amounts import TypedError, read_volume
from guide.calling import called
from guide.compat import override
from guide.core.check import GENTLE, QUESTION, SORE_NOTE, Verdict, verdict
from guide.core.commands import Command, Why
from guide.core.duration import SECOND
from guide.core.readout import read
from guide.core.record import Record
from guide.core.routine import Routine
from guide.core.session import Finished, Move, Paused, Running, Session, segment_of, why_held
from guide.core.yes_no import meant, typed_letters
from guide.language import _, spoken
from guide.language import screen as words_of_the_screen
from guide.live.intents import GoOn, OfTheSession, PauseOrCarryOn, SayAgain
from guide.live.sitting import Listener, Sitting
from guide.store.log.log import Log
from guide.store.signs import care_signs
from guide.terminal.keyboard import (
    BACKWARD,
    ESCAPE,
    FORWARD,
    HANG_UP,
    INTERRUPT,
    SUSPEND,
    UPWARD,
    Keyboard,
    latin,
)
from guide.terminal.screen import BOLD, FAINT, Screen
from guide.terminal.words import HerWords

KEYS: Final[Mapping[str, OfTheSession]] = {
    " ": PauseOrCarryOn(),
    "n": GoOn(),
    "b": Command.BACK,
    "m": Command.MILK_SLOWED,
    "+": Command.MORE_TIME,
    "h": Command.IT_HURTS,
    "u": Command.UNDO,
    "r": SayAgain(),
    FORWARD: GoOn(),
    BACKWARD: Command.BACK,
    UPWARD: Command.MORE_TIME,
}
WHERE_IT_HURTS: Final[Mapping[str, OfTheSession]] = {" ": Command.RESUME, "s": Command.NEXT}
FINISH: Final = frozenset({"q", ESCAPE, INTERRUPT})
SIGNS: Final = "c"
HEARTBEAT: Final = 5.0  # seconds between two signs of life in the log
BLINK: Final = 0.25  # seconds between two looks at the running clock

Answer = TypeVar("Answer")


class WhereItHurt(Listener):
    """Tells at once that something hurt."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell

    @override
    def moved(self, move: Move) -> None:
        if move.command is Command.IT_HURTS:
            self._tell()


class Interlude:
    """
    Questions before and after a session; each is None where nobody answers.

    `left` is the key by which she left one, Ctrl+C or Escape, or the sign that the program was told to end there.
    """

    def __init__(self, *, screen: Screen, keyboard: Keyboard) -> None:
        self._screen = screen
        self._keyboard = keyboard
        self.left: str | None = None

    @property
    def attended(self) -> bool:
        """Whether somebody is there to answer."""
        return self._keyboard.attended

    def tell(self, sentence: str) -> None:
        self._screen.aside(sentence)

    def choose(self, text: str, keys: str) -> str | None:
        """One of these letters, at one press."""
        return self._pressed(text, lambda key: latin(key) if latin(key) in keys else None)

    def agrees(self, text: str) -> bool | None:
        """Whether she says Yes, by one letter."""

        def meaning(key: str) -> bool | None:
            hers = meant(key, words_of_the_screen())
            return meant(latin(key), words_of_the_screen()) if hers is None else hers

        return self._pressed(text, meaning)

    def _pressed(self, text: str, meaning: Callable[[str], Answer | None]) -> Answer | None:
        """What the first key means that means anything."""
        if not self.attended:
            return None
        self._screen.ask(text)
        while (key := self._keyboard.wait(None)) != HANG_UP:
            if key is not None and (answer := meaning(key)) is not None:
                self._screen.echo(key + "\n")
                return answer
            if key in {ESCAPE, INTERRUPT}:
                break
        self.left = key
        self._screen.echo("\n")
        return None

    def typed(self, text: str) -> str | None:
        """A line of text; empty for Enter alone."""
        if not self.attended or self.left:
            return None
        self._screen.ask(text)
        line = ""
        while (key := self._keyboard.wait(None)) not in {HANG_UP, ESCAPE, INTERRUPT}:
            match key:
                case "\r" | "\n":
                    self._screen.echo("\n")
                    return line.strip()
                case "\x7f" | "\b" if line:
                    line = line[:-1]
                    self._screen.echo("\b \b")
                case str() if key.isprintable():
                    line += key
                    self._screen.echo(key)
                case _:
                    pass
        self.left = key if key != ESCAPE else None  # which leaves this one out
        self._screen.echo("\n")
        return None


def well_enough(
    routine: Routine, sore: bool | None, questions: Interlude, screen: Screen, *, called_by: str
) -> tuple[bool, bool | None]:
    """
    Whether a session may begin by the check before hands-on work, and her answer if she was asked.

    `called_by` is the routine as it is named after `play`; no answer is a dead end.
    """
    match verdict(routine, sore):
        case Verdict.CLEAR:
            return True, None
        case Verdict.RESTS:
            _tell_of_resting(called_by, screen)
            return False, None
        case Verdict.ASK:
            letters = typed_letters(words_of_the_screen())
            asked = _("{question} ({yes}/{no})").format(question=_(QUESTION), yes=letters.yes, no=letters.no)
            answer = questions.agrees(asked)
            if answer is None:
                return False, None
            clear = verdict(routine, answer) is Verdict.CLEAR
            if not clear:
                _tell_of_resting(called_by, screen)
            if answer:
                tell_the_signs(screen)
            return clear, answer


def tell_the_signs(screen: Screen) -> None:
    """The care card, from what does not wait to what waits some days."""
    screen.line("")
    screen.say(_("When to seek care"), BOLD, indent=0)
    for each in care_signs(spoken()):
        screen.say(each.heading, BOLD, indent=2)
        screen.say(each.lead, indent=4)
        for sign in each.signs:
            screen.say(f"- {sign}", indent=4)


def _tell_of_resting(called_by: str, screen: Screen) -> None:
    screen.aside(_(SORE_NOTE))
    screen.aside(_("It plays with: {command}").format(command=f"{called()} play {GENTLE}"))
    well = f"{called()} play {shlex.quote(called_by)} --well"
    screen.aside(_("Once it is better: {command}").format(command=well))


def play(
    sitting: Sitting, *, screen: Screen, keyboard: Keyboard, speed: float, words: HerWords | None = None
) -> Session:
    """
    Run a sitting to its end, or until the program is told to end; her `words` ask as keys do.

    Where nobody is at the keyboard and no word is listened for, a lid that was opened again is leave to carry on, and
    in a rehearsal a step that waits goes on at once.
    """
    sitting.begin()
    while not sitting.over:
        if words is None and not keyboard.attended:
            if speed > 1 and isinstance(sitting.session, Running) and sitting.session.segment.waits:
                sitting.do(Command.NEXT)
                continue
            if isinstance(sitting.session, Paused):
                sitting.do(Command.RESUME)
                continue
        screen.show(read(sitting.session, sitting.now, words_of_the_screen()))
        key = keyboard.wait(_seconds_until(sitting, speed, attended=keyboard.attended))
        if keyboard.was_stopped():
            keyboard.take_back()
            sitting.was_away()
        if key is not None and key != HANG_UP:
            _press(sitting, key, screen, keyboard)
            if words is not None and latin(key) in {*FINISH, SUSPEND}:
                words.forget()
        if key == HANG_UP or keyboard.hung_up:  # it may have come to a question
            break
        if words is not None:
            words.heed(sitting)
        sitting.wake()
    return sitting.session


def _seconds_until(sitting: Sitting, speed: float, *, attended: bool) -> float:
    due = sitting.due()
    seconds = (due - sitting.now) / SECOND / speed if due is not None else HEARTBEAT
    return min(seconds, BLINK if attended else HEARTBEAT)


def _press(sitting: Sitting, key: str, screen: Screen, keyboard: Keyboard) -> None:
    if key == SUSPEND:
        sitting.do(Command.PAUSE)
        screen.say(_("Paused. Your place is kept."))
        keyboard.suspend()
        keyboard.take_back()
        screen.say(_("Still paused. Space carries on."))
    elif latin(key) in FINISH:
        _ask_to_finish(sitting, screen, keyboard)
    elif latin(key) == SIGNS:
        tell_the_signs(screen)
    elif (intent := keys_of(sitting.session).get(latin(key))) is not None:
        sitting.do(intent)
        if isinstance(intent, SayAgain):  # where nothing is heard, too
            segment = segment_of(sitting.session)
            screen.say(segment.say or segment.name)
        if intent is Command.IT_HURTS and why_held(sitting.session) is Why.HURTS:
            screen.say(_("Space goes on gently · s skips this step · c when to seek care · q finishes"), FAINT)


def keys_of(session: Session) -> Mapping[str, OfTheSession]:
    """What each key asks for; while it hurts what goes on has keys of its own, which no pedal presses."""
    return {**KEYS, **WHERE_IT_HURTS} if why_held(session) is Why.HURTS else KEYS


def _ask_to_finish(sitting: Sitting, screen: Screen, keyboard: Keyboard) -> None:
    """
    Pause, and ask; what was pressed by accident carries on, and a second Ctrl+C means it.

    Where nobody answers, it was a signal that meant it.
    """
    if not keyboard.attended:
        sitting.do(Command.STOP)
        return
    if isinstance(sitting.session, Finished):
        return
    ran = isinstance(sitting.session, Running)
    if ran:
        sitting.do(Command.PAUSE)
    letters = typed_letters(words_of_the_screen())
    question = _("Finish here? What you did is kept. {yes} finishes, {no} carries on.")
    if not screen.keeps:
        question = _("Finish here? {yes} finishes, {no} carries on.")
    asked = Interlude(screen=screen, keyboard=keyboard)
    if asked.agrees(question.format(yes=letters.yes, no=letters.no)) or asked.left == INTERRUPT:
        sitting.do(Command.STOP)
    elif ran and not keyboard.hung_up:
        sitting.do(Command.RESUME)


def note_it(record: Record, log: Log, questions: Interlude, *, ounces: bool, number_free: bool) -> None:
    """Volumes and a note, each left out by Enter; the session is kept either way."""
    unit = _("oz") if ounces else _("mL")
    if not number_free:
        left = _volume(questions, _("Left, {unit} (Enter: later):").format(unit=unit), ounces=ounces)
        right = _volume(questions, _("Right, {unit} (Enter: later):").format(unit=unit), ounces=ounces)
        if left is not None:
            log.save_note(record.id, left_ml=left)
        if right is not None:
            log.save_note(record.id, right_ml=right)
    if note := questions.typed(_("A note (Enter: none):")):
        log.save_note(record.id, note=note)


def _volume(questions: Interlude, question: str, *, ounces: bool) -> float | None:
    """In mL, asked again until it reads; None where nothing is noted."""
    while text := questions.typed(question):
        try:
            return read_volume(text, ounces=ounces)
        except TypedError as error:
            questions.tell(str(error))
    return None
