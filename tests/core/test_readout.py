from __future__ import annotations

import pytest

from guide.compat import override
from guide.core.asked import do
from guide.core.commands import Command, Instant, Why
from guide.core.duration import parse
from guide.core.plan import Plan
from guide.core.readout import Following, Phase, Readout, next_change, read
from guide.core.routine import AfterStart, AtEarliest, BeforeEnd, Cue, Drawing, Every, Group, Kind, Pace, Side, Step
from guide.core.session import Ready, advance
from guide.core.words import Words
from plans import ZERO, fixed, plan_of, play, ranged, seconds, waiting
from tables import each_row

FIXED = fixed("2 min", side=Side.LEFT)
RANGE = ranged("5 min", "7 min", until_milk_slows=True, title="Pump on")
PACE = Pace(("press back", "relax"), seconds(3))


def seen(plan: Plan, at: str, *commands: tuple[str, Command]) -> Readout:
    return read(play(plan, *commands, until=at).session, parse(at))


@each_row(
    ("step", "at", "clock", "caption", "title", "past"),
    [
        (FIXED, "0 s", "2:00", "left of 2 min", "Massage, left side", False),
        (FIXED, "36.5 s", "1:24", "left of 2 min", "Massage, left side", False),
        (RANGE, "1 min", "4:00", "at least, then your call", "Pump on", False),
        (RANGE, "5 min", "2:00", "then it moves on", "Milk slowing down?", True),
        (ranged("5 min", "7 min"), "6 min", "1:00", "then it moves on", "Pump", True),
        (waiting(), "9 min", "", "go on when you are ready", "Prepare", False),
    ],
)
def test_the_ring_s_words(step: Step, at: str, clock: str, caption: str, title: str, past: bool) -> None:
    readout = seen(plan_of(step), at)
    assert (readout.clock, readout.caption, readout.title, readout.past_mark) == (clock, caption, title, past)


def test_a_range_shows_its_mark_and_its_ends() -> None:
    readout = seen(plan_of(RANGE), "1:45")
    assert readout.fraction == 0.25
    assert readout.mark == pytest.approx(5 / 7)
    assert (readout.mark_text, readout.end_text, readout.ring) == ("5:00", "7:00", seconds(420))


def test_a_step_that_waits_has_no_ring_and_a_fixed_one_no_mark() -> None:
    plan = plan_of(waiting(), FIXED)
    waits, is_fixed = seen(plan, "1 min"), seen(plan, "2 min", ("1 min", Command.NEXT))
    assert (waits.waiting, waits.clock, waits.fraction, waits.ring) == (True, "", 0, ZERO)
    assert (waits.mark, waits.mark_text, waits.end_text, waits.last_seconds) == (None, "", "", False)
    assert (is_fixed.waiting, is_fixed.clock, is_fixed.fraction, is_fixed.ring) == (False, "1:00", 0.5, seconds(120))
    assert (is_fixed.mark, is_fixed.mark_text, is_fixed.end_text) == (None, "", "")
    assert is_fixed.routine == "A routine"


def test_read_before_it_is_woken_at_its_end_a_step_is_full_and_no_more() -> None:
    readout = read(play(plan_of(FIXED)).session, seconds(300))
    assert (readout.clock, readout.fraction, readout.last_seconds) == ("0:00", 1, True)


@each_row(("linger", "at", "notes"), [("1 min", "4:59", False), ("1 min", "5 min", True), ("0 s", "6 min", False)])
def test_past_its_mark_next_notes_that_milk_slows_where_the_step_goes_on_a_while(
    linger: str, at: str, notes: bool
) -> None:
    plan = plan_of(ranged("5 min", "7 min", linger=parse(linger)))
    assert seen(plan, at).next_notes is notes
    assert seen(plan, at, (at, Command.PAUSE)).next_notes is False
    assert seen(plan, at, (at, Command.MILK_SLOWED)).next_notes is False


def test_once_milk_has_slowed_the_ring_ends_where_the_step_will() -> None:
    readout = seen(plan_of(RANGE), "2:30", ("1 min", Command.MILK_SLOWED))
    assert (readout.slowed, readout.past_mark, readout.title) == (True, True, "Pump on")
    assert (readout.clock, readout.fraction, readout.mark, readout.ring) == ("2:30", 0.5, 1, seconds(300))


@each_row(
    ("step", "at", "words"),
    [
        (fixed("2 min"), "0:36", "Massage, 1 minute 24 left of 2 minutes, both breasts"),
        (FIXED, "1:59", "Massage, 1 second left of 2 minutes, left breast"),
        (RANGE, "2:18", "Pump, at least 2 minutes 42 more; up to 7 minutes, both breasts"),
        (RANGE, "6:00", "Pump, 1 minute until it moves on, both breasts"),
        (waiting(), "1:00", "Prepare, go on when you are ready, both breasts"),
        (fixed("5 s"), "10 s", "All done. Breathe out."),
    ],
)
def test_a_screen_reader_says(step: Step, at: str, words: str) -> None:
    assert seen(plan_of(step), at).spoken_name == words


@each_row(
    ("steps", "at", "words"),
    [
        ([fixed("20 min"), ranged("5 min", "7 min")], "0 s", "25\u201327 min to go"),
        ([ranged("5 min", "7 min")], "0 s", "5\u20137 min to go"),
        ([ranged("5 min", "7 min")], "1:45", "3\u20136 min to go"),
        ([fixed("2 min"), waiting()], "0 s", "2 min to go"),
        ([ranged("6 min", "7 min")], "0 s", "6\u20137 min to go"),
        ([ranged("1 min", "2 min")], "0:03", "1\u20132 min to go"),
        ([ranged("6:50", "7 min")], "0 s", "7 min to go"),
        ([ranged("10 s", "90 s")], "0 s", "up to 2 min to go"),
        ([fixed("2 min")], "0:29", "2 min to go"),
        ([fixed("2 min")], "0:42", "1 min to go"),  # 1:18 on the ring
        ([fixed("2 min")], "1:00", "1 min to go"),
        ([fixed("2 min")], "1:00.5", "1 min to go"),
        ([fixed("2 min")], "1:10", "50 s to go"),
        ([waiting(), fixed("2 min")], "9:00", "2 min to go"),
    ],
)
def test_what_is_left_of_the_session(steps: list[Step], at: str, words: str) -> None:
    at = "60.5 s" if at == "1:00.5" else at
    assert seen(plan_of(*steps), at).remaining == words


@each_row(
    ("step", "words"),
    [
        (ranged("30 s", "1 min"), "up to 1 minute to go"),
        (fixed("1 min"), "1 minute to go"),
        (fixed("59 s"), "59 seconds to go"),
        (ranged("5 min", "7 min"), "5 to 7 minutes to go"),
    ],
)
def test_what_is_left_as_a_screen_reader_says_it(step: Step, words: str) -> None:
    assert seen(plan_of(step), "0 s").remaining_spoken == words


class Nouns(Words):
    """A language that writes nouns with a capital wherever they stand."""

    @override
    def pgettext(self, context: str, message: str) -> str:
        return "no" if context == "titles are written small within a sentence" else message


def test_a_name_for_a_screen_reader_keeps_its_capitals_where_the_language_writes_them() -> None:
    readout = read(play(plan_of(fixed("2 min")), until="36 s").session, seconds(36), Nouns())
    assert readout.unnumbered_name == "Massage, Both breasts"
    assert readout.spoken_name == "Massage, 1 minute 24 left of 2 minutes, Both breasts"


def test_what_is_left_before_start() -> None:
    readout = read(Ready(plan_of(FIXED, RANGE)), ZERO)
    assert (readout.phase, readout.clock, readout.remaining) == (Phase.READY, "2:00", "7\u20139 min to go")
    assert next_change(Ready(plan_of(FIXED)), ZERO) is None


def test_a_step_says_where_it_stands() -> None:
    plan = plan_of(Group((FIXED, fixed("1 min", Kind.STROKE, suction="Low", suggested=True)), 2))
    readout = seen(plan, "2:30")
    assert (readout.progress, readout.rounds, readout.side_words) == ("step 2 of 4", "Round 1 of 2", "Both breasts")
    assert (readout.suction, readout.suggested, readout.drawing) == ("Low", True, Drawing.STROKE)
    assert readout.following == Following(Kind.MASSAGE, "Massage, left side", Side.LEFT, "2 min", "2 minutes")
    assert seen(plan, "5:30").following is None
    assert seen(plan_of(FIXED), "0 s").rounds == ""


@each_row(
    ("at", "last"), [("1:49.9", False), ("1:50", True), ("1:59", True)]
)  # fmt: skip
def test_the_last_ten_seconds_are_told(at: str, last: bool) -> None:
    assert seen(plan_of(FIXED), "109.9 s" if at == "1:49.9" else at).last_seconds is last


def test_the_seconds_before_a_mark_are_not_the_last() -> None:
    assert not seen(plan_of(RANGE), "4:55").last_seconds
    assert seen(plan_of(RANGE), "6:55").last_seconds


@each_row(
    ("at", "instruction"),
    [
        ("0:19", "Massage"),
        ("0:20", "Again"),
        ("0:30", "Once"),
        ("0:39", "Once"),
        ("0:40", "Again"),
        ("0:55", "Nearly"),
    ],
)
def test_the_newest_text_of_a_cue_is_shown(at: str, instruction: str) -> None:
    cues = (
        Cue(Every(seconds(20)), show="Again"),
        Cue(AfterStart(seconds(30)), show="Once"),
        Cue(BeforeEnd(seconds(6)), show="Nearly"),
    )
    assert seen(plan_of(fixed("1 min", cues=cues)), at).instruction == instruction


def test_a_cue_at_the_mark_shows_its_own_text_instead_of_the_question() -> None:
    step = ranged("1 min", "2 min", until_milk_slows=True, cues=(Cue(AtEarliest(), show="Flow?"),))
    assert seen(plan_of(step), "1:30").instruction == "Flow?"
    assert seen(plan_of(step), "0:30").instruction == "Pump"


def test_what_a_mark_would_have_shown_is_not_shown_to_her_whose_milk_slowed_before() -> None:
    step = ranged("1 min", "3 min", linger=seconds(60), cues=(Cue(AtEarliest(), show="Flow?"),))
    assert seen(plan_of(step), "1:30", ("30 s", Command.MILK_SLOWED)).instruction == "Pump"


def test_of_two_texts_at_one_moment_the_one_written_last_is_shown() -> None:
    cues = tuple(Cue(AfterStart(seconds(10)), show=text) for text in ("Wide circles", "Small ones"))
    assert seen(plan_of(fixed("1 min", cues=cues)), "0:10").instruction == "Small ones"


def test_beats_and_the_helper_s_prompt_come_and_go() -> None:
    plan = plan_of(fixed("1 min", pace=PACE, partner="Water."))
    assert [seen(plan, f"{at} s").beat for at in (0, 3, 6)] == ["press back", "relax", "press back"]
    assert [seen(plan, f"{at} s").partner for at in (29, 30, 49, 50)] == ["", "Water.", "Water.", ""]
    assert seen(plan_of(FIXED), "3 s").beat == ""
    helped = plan_of(waiting(partner="Water."))
    assert next_change(play(helped, until="31 s").session, seconds(31)) == seconds(50)
    assert next_change(play(helped, until="51 s").session, seconds(51)) is None


@each_row(
    ("command", "why", "title"),
    [
        (Command.PAUSE, Why.ASKED, "Take all the time you need"),
        (Command.IT_HURTS, Why.HURTS, "Ease off now"),
        (Command.LID, Why.LID, "Welcome back"),
    ],
)
def test_a_pause_says_why_and_stands_still(command: Command, why: Why, title: str) -> None:
    readout = seen(plan_of(FIXED), "5 min", ("0:30", command))
    assert (readout.phase, readout.why, readout.title, readout.clock) == (Phase.PAUSED, why, title, "1:30")


@each_row(
    ("kind", "helps"),
    [
        (Kind.MASSAGE, "Lighten your hands, or take them away."),
        (Kind.PUMP, "Lower the suction, or break the seal with a finger."),
        (Kind.REST, "Change how you sit, or stop for now."),
    ],
)
def test_where_it_hurts_the_page_says_what_helps_in_such_a_step(kind: Kind, helps: str) -> None:
    assert seen(plan_of(fixed("2 min", kind)), "1 min", ("0:30", Command.IT_HURTS)).instruction == helps


@each_row("kind", [Kind.MASSAGE, Kind.EXPRESS, Kind.PUMP, Kind.COMPRESS])
def test_a_pause_speaks_of_a_pump_where_the_routine_has_one(kind: Kind) -> None:
    """In its massage too, as the pump may be on already."""
    readout = seen(plan_of(fixed("2 min"), fixed("2 min", kind)), "5 min", ("0:30", Command.PAUSE))
    assert ("pump" in readout.instruction) is (kind in {Kind.PUMP, Kind.COMPRESS})
    assert readout.instruction.startswith("Your place is kept.")


def test_what_is_left_has_one_number_once_the_end_of_a_step_stands_fast() -> None:
    longer = seen(plan_of(fixed("2 min")), "0:10", ("5 s", Command.MORE_TIME))
    slowed = seen(plan_of(ranged("1 min", "5 min", linger=seconds(120))), "2:10", ("2 min", Command.MILK_SLOWED))
    assert (longer.remaining, slowed.remaining) == ("3 min to go", "2 min to go")


def test_a_finished_session_shows_its_last_step_at_rest() -> None:
    plan = plan_of(FIXED, fixed("1 min", Kind.PUMP, side=Side.RIGHT, title="Hers", show="Still"))
    assert seen(plan, "2:30").phase is Phase.RUNNING
    assert seen(plan, "4 min") == Readout(
        phase=Phase.FINISHED,
        routine="A routine",
        index=1,
        steps=2,
        kind=Kind.PUMP,
        side=Side.RIGHT,
        drawing=Drawing.REST,
        title="All done. Pump off. Breathe out.",
        instruction="",
        fraction=1,
    )


def test_a_finished_session_closes_the_ring() -> None:
    readout = seen(plan_of(FIXED), "3 min")
    assert (readout.phase, readout.title, readout.fraction) == (Phase.FINISHED, "All done. Breathe out.", 1)
    assert seen(plan_of(FIXED), "1 min", ("0:30", Command.STOP)).title == "That is enough for now"


SHOWS = (Cue(AfterStart(seconds(10.25)), show="See."),)
UNEVEN = plan_of(fixed("1.3 s"), ranged("5.5 s", "7 s"), ranged("10.4 s", "20.7 s"), fixed("3 s"))


@each_row(
    ("plan", "at", "change"),
    [
        (plan_of(FIXED), 36.5, 37),
        (plan_of(FIXED), 37, 38),
        (plan_of(fixed("2 min", cues=SHOWS)), 10, 10.25),  # before the clock's next second
        (plan_of(waiting(cues=SHOWS)), 3, 10.25),
        (plan_of(waiting(cues=SHOWS)), 10.25, None),
        (plan_of(waiting(partner="Water.")), 31, 50),
        (plan_of(waiting(partner="Water.")), 50, None),
        (plan_of(waiting(partner="Water.")), 51, None),
        (plan_of(fixed("1.3 s"), fixed("1 min")), 2, 2.3),  # seconds count from where a step began
        (plan_of(ranged("5 min", "7 min"), fixed("10.5 s")), 360, 360.5),
        (plan_of(ranged("5 min", "7 min"), fixed("10.5 s")), 360.5, 361),
        (plan_of(ranged("5 min", "7 min"), ranged("10.5 s", "20 s")), 299.9, 300),
        (plan_of(ranged("5 min", "7 min"), ranged("10.5 s", "20 s")), 300, 301),  # the least runs down no more
    ],
)
def test_the_next_change_is_the_next_second_of_what_runs_down_or_what_happens_before(
    plan: Plan, at: float, change: float | None
) -> None:
    found = next_change(play(plan, until=seconds(at)).session, seconds(at))
    assert found == (None if change is None else seconds(change))


@pytest.mark.parametrize("slowed", [None, 3.2])
def test_between_two_changes_nothing_that_is_shown_changes(slowed: float | None) -> None:
    session = play(UNEVEN).session

    def texts(at: Instant) -> list[object]:
        readout = read(session, at)
        return [readout.clock, readout.caption, readout.title, readout.remaining, readout.remaining_spoken,
                readout.past_mark, readout.last_seconds, readout.index]  # fmt: skip

    at, changes = ZERO, 0
    while (change := next_change(session, at)) is not None:
        assert change > at
        now = texts(at)
        for share in (0.01, 0.5, 0.99):
            assert texts(at + share * (change - at)) == now
        if slowed is not None and at < seconds(slowed) <= change:
            session, change = do(session, Command.MILK_SLOWED, seconds(slowed)).session, seconds(slowed)
        session = advance(session, change).session
        at, changes = change, changes + 1
    assert changes > 25
