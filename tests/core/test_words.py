"""Which language each text of a session is in: the routine's, or the screen's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from guide.compat import override
from guide.core.asked import SUCTION_HURTS, it_hurts, pause
from guide.core.layout import lay_out
from guide.core.plan import Say
from guide.core.readout import Phase, read
from guide.core.routine import Fixed, Kind, Range, Routine, Side, Step
from guide.core.session import LONG_SUCTION_WORDS, Ready, advance, start
from guide.core.words import ENGLISH, Words

MINUTE = timedelta(minutes=1)


class Marked(Words):
    """A catalogue that marks whatever is asked of it."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self._mark = mark

    @override
    def gettext(self, message: str) -> str:
        return f"{self._mark}{message}"

    @override
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"{self._mark}{msgid1 if n == 1 else msgid2}"

    @override
    def pgettext(self, context: str, message: str) -> str:
        return f"{self._mark}{message}"


ROUTINE = Routine(
    name="Hers",
    steps=(
        Step(Kind.EXPRESS, Fixed(5 * MINUTE), side=Side.EACH, say="Now {side}."),
        Step(Kind.PUMP, Range(5 * MINUTE, 7 * MINUTE), title="Pump once more", until_milk_slows=True),
    ),
)


def test_the_program_adds_its_prompts_in_the_language_of_the_routine() -> None:
    plan = lay_out(replace(ROUTINE, words=Marked("r:")))
    assert plan.prompts == (
        "Now r:left.",
        "r:Halfway.",
        "r:Next: r:r:Express, right side.",
        "Now r:right.",
        "r:Next: Pump once more.",
        "Pump once more",
        "r:Halfway to the mark.",
        "r:When your milk slows, go on. Or let it run.",
        "r:Nearly done.",
        "r:All done. Pump off. Breathe out.",
    )


def test_what_helps_at_once_and_the_reminder_are_said_in_the_language_of_the_routine() -> None:
    plan = lay_out(replace(ROUTINE, words=Marked("r:"), steps=(Step(Kind.PUMP, Fixed(40 * MINUTE)),)))
    session = start(Ready(plan), timedelta(0)).session
    reminded = advance(session, 35 * MINUTE)
    hurt = it_hurts(reminded.session, 36 * MINUTE)
    said = [happening.effect.text for happening in reminded.happenings if isinstance(happening.effect, Say)]
    assert f"r:{LONG_SUCTION_WORDS}" in said
    assert Say(f"r:{SUCTION_HURTS}") in [happening.effect for happening in hurt.happenings]


def test_the_readout_speaks_the_language_of_the_screen_and_leaves_the_routine_its_own() -> None:
    plan = lay_out(replace(ROUTINE, words=Marked("r:")))
    session = start(Ready(plan), timedelta(0)).session
    readout = read(session, MINUTE, Marked("s:"))
    assert (readout.title, readout.instruction) == ("r:r:Express, left side", "Now r:left.")
    for text in (readout.caption, readout.progress, readout.remaining, readout.side_words, readout.spoken_name):
        assert text.startswith("s:")
    paused = read(pause(session, MINUTE).session, MINUTE, Marked("s:"))
    assert paused.phase is Phase.PAUSED
    assert paused.title.startswith("s:")


def test_a_change_of_the_language_alone_makes_no_other_routine_and_no_other_readout() -> None:
    assert replace(ROUTINE, words=Marked("r:")) == ROUTINE
    session = start(Ready(lay_out(ROUTINE)), timedelta(0)).session
    assert read(session, MINUTE) == read(session, MINUTE, ENGLISH)
