"""What there is to record of a routine: each prompt once, where it stands, and how long it may last there."""

from __future__ import annotations

from datetime import timedelta

from guide.core.asked import asides
from guide.core.layout import lay_out
from guide.core.pump import UNKNOWN, Pump, level_words
from guide.core.routine import AfterStart, Cue, Group, Kind, Range, Routine, Side, Step
from guide.sound.script import LONGEST, ScriptLine, lines_of, script_of
from guide.store.paths import builtin_folder
from guide.store.routines.reader import read_file
from plans import MINUTE, fixed, plan_of, seconds, waiting
from tables import each_row


def cue(at: float, **more: str) -> Cue:
    return Cue(AfterStart(seconds(at)), **more)


def room_of(text: str, *steps: Step | Group) -> float:
    (room,) = (line.room for line in lines_of(plan_of(*steps), "r") if line.text == text)
    return room.total_seconds()


def test_every_prompt_of_a_routine_is_in_its_script_once_and_each_has_room() -> None:
    for path in builtin_folder().glob("*.yaml"):
        routine = read_file(path).routine
        assert routine is not None
        plan = lay_out(routine)
        lines = lines_of(plan, path.stem, ("It hurts.",))
        assert {line.text for line in lines} == {*plan.prompts, "It hurts."}
        assert len({line.place for line in lines}) == len(lines)
        assert all(timedelta(seconds=2) <= line.room <= timedelta(seconds=9) for line in lines)


@each_row(
    ("steps", "room"),
    [
        ((fixed("1 min", say="One."),), 9.0),
        ((waiting(say="One."),), 9.0),
        ((waiting(say="One.", cues=(cue(7, say="Two."),)),), 4.7),  # said two seconds after the chime
        ((fixed("1 min", say="One.", cues=(cue(7, say="Two."),)),), 4.7),
        ((fixed("1 min", say="One.", cues=(cue(7, sound="soft"),)),), 4.7),
        ((fixed("1 min", say="One.", cues=(cue(7, show="Two."),)),), 9.0),  # what is only read disturbs no word
        ((fixed("1 min", say="One.", cues=(cue(20, say="Two."), cue(7, say="Three."))),), 4.7),
        ((fixed("1 min", say="One.", cues=(cue(3, say="Two."),)),), 2.0),  # never refused
        ((fixed("10 s", say="One."),), 7.7),  # before the step's end
        ((Step(Kind.PUMP, Range(seconds(10), 2 * MINUTE), say="One."),), 7.7),  # which may come at the earliest
        ((fixed("1 min", say="One."), fixed("10 s", say="One.")), 7.7),  # where it has least
        ((fixed("10 s", say="One."), fixed("1 min", say="One.")), 7.7),
    ],
)
def test_a_prompt_has_room_until_the_next_cue_or_the_steps_end_and_nine_seconds_at_most(
    steps: tuple[Step, ...], room: float
) -> None:
    assert room_of("One.", *steps) == room


def test_a_cue_after_the_earliest_end_has_room_until_the_next_one() -> None:
    long = Step(Kind.PUMP, Range(seconds(10), 2 * MINUTE), cues=(cue(20, say="Still flowing."), cue(27, say="Rest.")))
    assert [room_of(text, long) for text in ("Still flowing.", "Rest.")] == [6.7, 9.0]


def test_of_two_cues_at_one_moment_both_have_room_until_the_next() -> None:
    step = fixed("1 min", cues=(cue(20, say="One."), cue(20, say="Two."), cue(20, sound="soft"), cue(25, say="Rest.")))
    assert [room_of(text, step) for text in ("One.", "Two.")] == [4.7, 4.7]


def test_a_line_tells_the_step_and_the_place_of_its_first_mention_then_come_the_programs_own() -> None:
    plan = plan_of(
        fixed("1 min", say="One.", title="Warm up", cues=(cue(20, say="..."), cue(30, say="Two."))),
        Group((fixed("1 min", say="Three.", side=Side.EACH), waiting(say="One.")), 2),
    )
    lines = [line for line in lines_of(plan, "hers", ("It hurts.", "One.")) if not line.text.startswith("Next:")]
    assert lines == [
        ScriptLine("One.", "Warm up", Kind.MASSAGE, "hers/0//both/0", LONGEST),
        ScriptLine("Two.", "Warm up", Kind.MASSAGE, "hers/0//both/1", LONGEST),
        ScriptLine("Three.", "Massage, left side", Kind.MASSAGE, "hers/1.0/1/left/0", LONGEST),
        *(ScriptLine(text, "", None, f"program/{text}", LONGEST) for text in ("All done. Breathe out.", "It hurts.")),
    ]


def test_the_script_of_a_routine_is_as_her_pump_has_it_with_what_may_be_said_beside() -> None:
    routine = Routine("A routine", (fixed("12 min", Kind.PUMP, say="Pump at {level}."),))
    for pump in (UNKNOWN, Pump(level_left="5", level_right="6", switches=True)):
        plan = lay_out(routine, pump=pump)
        script = script_of(routine, "r", pump)
        assert script == lines_of(plan, "r", asides(plan))
        assert {*asides(plan)} <= {line.text for line in script}
        assert script[0].text == f"Pump at {level_words(pump, Side.BOTH)}."


def test_a_prompt_with_less_room_later_keeps_the_place_where_it_comes_first() -> None:
    plan = plan_of(fixed("1 min", say="One.", title="Warm up"), fixed("10 s", say="One.", title="Go on"))
    assert lines_of(plan, "r")[0] == ScriptLine("One.", "Warm up", Kind.MASSAGE, "r/0//both/0", seconds(7.7))


def test_a_place_within_rounds_names_each_of_them() -> None:
    plan = plan_of(Group((Group((fixed("1 min"), fixed("1 min", say="One.")), 2),), 2))
    assert [line.place for line in lines_of(plan, "r") if line.text == "One."] == ["r/0.0.1/1.1/both/0"]
