"""What answers a press that nothing else on the page shows: one taken back, and one that nothing comes of."""

from __future__ import annotations

from datetime import timedelta

from guide.compat import override
from guide.core.asked import do
from guide.core.commands import Command
from guide.core.duration import parse
from guide.core.plan import Plan
from guide.core.routine import Kind, Side
from guide.core.session import Move, Ready, start
from guide.core.words import Words
from guide.live.answered import answered
from plans import fixed, plan_of, ranged, waiting
from tables import each_row

PLAN = plan_of(ranged("5 min", "7 min", until_milk_slows=True), fixed("2 min", Kind.EXPRESS, side=Side.LEFT), waiting())
HURTS = "Still paused while it hurts. Go on gently, or skip this step, whenever you like."
UNDO, NEXT, BACK, AGAIN = Command.UNDO, Command.NEXT, Command.BACK, Command.AGAIN
MORE, SLOWED, PAUSE, IT_HURTS = Command.MORE_TIME, Command.MILK_SLOWED, Command.PAUSE, Command.IT_HURTS
Presses = list[tuple[str, Command]]


def last(plan: Plan, presses: Presses) -> Move:
    """The move of the last press."""
    session = start(Ready(plan), timedelta(0)).session
    for at, command in presses:
        outcome = do(session, command, parse(at))
        session = outcome.session
    return Move(session, parse(at), outcome.happenings, command)


@each_row(
    ("presses", "sentence"),
    [
        ([("10 s", MORE), ("20 s", UNDO)], "The time you added is taken back."),
        ([("10 s", SLOWED), ("20 s", UNDO)], "Taken back: milk has not slowed yet."),
        ([("10 s", NEXT), ("20 s", UNDO)], "Back where you were: pump."),
        ([("10 s", NEXT), ("30 s", BACK), ("31 s", UNDO)], "Back where you were: express, left side."),
        ([("10 s", MORE), ("20 s", PAUSE), ("30 s", UNDO)], "The time you added is taken back. Still paused."),
        ([("10 s", NEXT), ("20 s", PAUSE), ("30 s", UNDO)], "Back where you were: pump. Still paused."),
        ([("10 s", UNDO)], "There is nothing to undo."),
        ([("10 s", PAUSE), ("20 s", UNDO)], "There is nothing to undo."),
        ([("10 s", NEXT), ("20 s", IT_HURTS), ("30 s", UNDO)], "Still paused while it hurts. Nothing is undone now."),
        ([("20 s", IT_HURTS), ("30 s", BACK)], HURTS),
        ([("20 s", IT_HURTS), ("30 s", AGAIN)], HURTS),
        ([("10 s", PAUSE), ("20 s", SLOWED)], "Paused. Milk slowing counts once you carry on."),
        ([("10 s", SLOWED), ("20 s", SLOWED)], "That milk slowed is noted already."),
        ([("10 s", NEXT), ("20 s", SLOWED)], "This step does not wait for milk to slow."),
        ([("10 s", NEXT), ("20 s", NEXT), ("30 s", MORE)], "This step waits for you; it needs no more time."),
        ([("10 s", MORE)], ""),
        ([("10 s", NEXT)], ""),
        ([("10 s", PAUSE)], ""),
    ],
)
def test_a_press_is_answered_in_a_sentence_where_the_page_does_not_show_what_came_of_it(
    presses: Presses, sentence: str
) -> None:
    assert answered(last(PLAN, presses)) == sentence


class Nouns(Words):
    """A language that writes nouns with a capital wherever they stand."""

    @override
    def pgettext(self, context: str, message: str) -> str:
        return "no" if context == "titles are written small within a sentence" else message


def test_a_step_is_named_as_the_language_of_its_routine_writes_it() -> None:
    plan = plan_of(fixed("2 min"), fixed("2 min"), words=Nouns())
    assert answered(last(plan, [("10 s", NEXT), ("20 s", UNDO)])) == "Back where you were: Massage."


def test_a_move_that_nobody_asked_for_is_answered_by_nothing() -> None:
    assert answered(Move(Ready(PLAN), timedelta(0))) == ""
