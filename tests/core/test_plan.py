from __future__ import annotations

import pytest

from guide.core.layout import lay_out, unrolled
from guide.core.plan import Advance, Beat, Chime, Earliest, Partner, Plan, Round, Say, Segment, Show, suction_runs
from guide.core.plan_text import as_data, as_text
from guide.core.pump import Pump
from guide.core.routine import (
    AfterStart,
    AtEarliest,
    BeforeEnd,
    Cue,
    Drawing,
    Every,
    Group,
    Kind,
    Pace,
    Routine,
    Share,
    Side,
    StartSide,
    Step,
    When,
    WhenSore,
    side_to_begin,
)
from plans import ZERO, fixed, plan_of, ranged, seconds, waiting
from tables import each_row

LEFT, RIGHT, BOTH, EACH = Side.LEFT, Side.RIGHT, Side.BOTH, Side.EACH
MASSAGE, STROKE = fixed("1 min"), fixed("1 min", Kind.STROKE)


def outline(plan: Plan) -> list[tuple[str, str]]:
    return [(segment.step.kind.value, segment.side.value) for segment in plan.segments]


def actions(segment: Segment, *kinds: type) -> list[tuple[float, object]]:
    return [(each.offset.total_seconds(), each.action) for each in segment.moments if isinstance(each.action, kinds)]


M, S = "massage", "stroke"


@each_row(
    ("parts", "first", "expected"),
    [
        ([MASSAGE], LEFT, [(M, "both")]),
        ([Group((MASSAGE, STROKE), 2)], LEFT, [(M, "both"), (S, "both")] * 2),
        ([Group((Group((MASSAGE,), 2), STROKE), 2)], LEFT, [(M, "both"), (M, "both"), (S, "both")] * 2),
        ([fixed("1 min", side=EACH)], LEFT, [(M, "left"), (M, "right")]),
        ([fixed("1 min", side=EACH)], RIGHT, [(M, "right"), (M, "left")]),
        (
            [Group((MASSAGE, STROKE), 2, EACH)],
            LEFT,
            [(M, "left"), (S, "left")] * 2 + [(M, "right"), (S, "right")] * 2,
        ),
        ([Group((MASSAGE, fixed("1 min", Kind.STROKE, side=BOTH)), 1, RIGHT)], LEFT, [(M, "right"), (S, "both")]),
        ([Group((fixed("1 min", side=EACH),), 1, RIGHT)], LEFT, [(M, "left"), (M, "right")]),
        ([Group((Group((MASSAGE,)),), 1, EACH)], RIGHT, [(M, "right"), (M, "left")]),
        ([Group((Group((MASSAGE,), 1, LEFT),), 1, EACH)], LEFT, [(M, "left"), (M, "left")]),
    ],
)
def test_groups_and_sides_are_unrolled(parts: list[Step | Group], first: Side, expected: list[tuple[str, str]]) -> None:
    plan = plan_of(*parts, first=first)
    assert outline(plan) == expected
    assert [step for part in parts for step in unrolled(part)] == [segment.step for segment in plan.segments]


def test_a_segment_knows_its_rounds_and_its_place_in_the_file() -> None:
    plan = plan_of(MASSAGE, Group((Group((STROKE,), 2), MASSAGE), 3))
    assert plan.segments[0].rounds == ()
    assert plan.segments[2].rounds == (Round(1, 3), Round(2, 2))
    assert plan.segments[2].place == (1, 0, 0)
    assert plan.segments[-1].rounds == (Round(3, 3),)
    assert plan_of(Group((STROKE,), 1)).segments[0].rounds == ()


@each_row(
    ("step", "title", "name", "say", "show"),
    [
        (MASSAGE, "Massage", "Massage", "Massage", "Massage"),
        (fixed("1 min", side=LEFT), *["Massage, left side"] * 4),
        (
            fixed("1 min", side=LEFT, title="Express", say="The {side} one."),
            "Express",
            "Express, left side",
            "The left one.",
            "The left one.",
        ),
        (fixed("1 min", side=RIGHT, title="The {side} breast", show="See."), *["The right breast"] * 3, "See."),
        (
            fixed("1 min", side=RIGHT, title="Bright warmth"),
            "Bright warmth",
            "Bright warmth, right side",
            "Bright warmth",
            "Bright warmth",
        ),
    ],
)
def test_what_a_step_leaves_out_stands_in(step: Step, title: str, name: str, say: str, show: str) -> None:
    (segment,) = plan_of(step).segments
    assert (segment.title, segment.name, segment.say, segment.show) == (title, name, say, show)


def test_side_is_filled_in_every_text() -> None:
    cue = Cue(AfterStart(seconds(20)), say="Say {side}.", show="Show {side}.")
    step = fixed("1 min", side=RIGHT, suction="{side} low", partner="Warm the {side}.", cues=(cue,))
    (segment,) = plan_of(step).segments
    assert (segment.suction, segment.partner) == ("right low", "Warm the right.")
    assert (20, Say("Say right.")) in actions(segment, Say)
    assert actions(segment, Show) == [(20, Show("Show right."))]


@each_row(
    ("step", "at"),
    [
        (fixed("29.9 s", partner="Water."), 0),
        (fixed("30 s", partner="Water."), 15),
        (fixed("59.9 s", partner="Water."), 15),
        (fixed("1 min", partner="Water."), 30),
        (ranged("30 s", "2 min", partner="Water."), 15),
        (waiting(partner="Water."), 30),
    ],
)
def test_a_helper_is_spoken_to_half_a_minute_into_a_step_or_sooner_in_a_short_one(step: Step, at: float) -> None:
    (segment,) = plan_of(step).segments
    assert actions(segment, Partner) == [(at, Partner("Water."))]


@pytest.mark.parametrize(("when", "at"), [(AfterStart(seconds(30)), 30), (BeforeEnd(seconds(20)), 100)])
def test_what_a_cue_plays_and_shows_comes_at_its_moment_and_what_it_says_two_seconds_later(
    when: When, at: float
) -> None:
    (segment,) = plan_of(fixed("2 min", cues=(Cue(when, say="Now.", show="See.", sound="bell.wav"),))).segments
    cue = [each for each in actions(segment, Chime, Show, Say) if each[0] in {at, at + 2}]
    assert cue == [(at, Chime("bell.wav")), (at, Show("See.")), (at + 2, Say("Now."))]


def test_a_plan_tells_the_side_and_the_pump_it_was_laid_out_for() -> None:
    plan = lay_out(Routine("A routine", (MASSAGE,)), RIGHT, Pump("Spectra S1"))
    assert (plan.first, plan.pump) == (RIGHT, Pump("Spectra S1"))


def now(when: When, sound: str = "") -> tuple[Cue, ...]:
    return (Cue(when, say="Now.", sound=sound),)


@each_row(
    ("step", "expected"),
    [
        (fixed("2 min", cues=now(AfterStart(seconds(30)))), [30]),
        (fixed("2 min", cues=now(BeforeEnd(seconds(20)))), [100]),
        (fixed("2 min", cues=now(Share(0.5))), [60]),
        (fixed("2 min", cues=now(Every(seconds(50)))), [50, 100]),
        (fixed("2 min", cues=now(AfterStart(seconds(30)), sound="bell.wav")), [32]),
        (fixed("2 min", cues=now(BeforeEnd(seconds(1)), sound="bell.wav")), []),
        (ranged("5 min", "7 min", cues=now(BeforeEnd(seconds(20)))), [400]),
        (ranged("5 min", "7 min", cues=now(Share(0.5))), [210]),
        (ranged("5 min", "7 min", cues=now(AtEarliest())), [302]),
        (waiting(cues=now(Every(seconds(50)))), [50]),
        (waiting(cues=now(AfterStart(seconds(50)))), [50]),
    ],
)
def test_cues_come_at_their_place(step: Step, expected: list[float]) -> None:
    (segment,) = plan_of(step).segments
    assert [at for at, action in actions(segment, Say) if action == Say("Now.")] == expected


def test_every_cue_of_a_step_comes_and_what_it_says_follows_its_sound_each_time() -> None:
    whens = (AfterStart(seconds(5)), BeforeEnd(seconds(5)), Share(0.5), AtEarliest(), Every(seconds(50)))
    for order in (whens, whens[::-1]):
        cues = tuple(Cue(when, say=type(when).__name__, sound="bell.wav") for when in order)
        twice = (*cues, Cue(Every(seconds(70)), say="Again"))
        (segment,) = plan_of(ranged("1 min", "2 min", cues=twice)).segments
        names = {type(when).__name__ for when in whens} | {"Again"}
        heard = [(at, action.text) for at, action in actions(segment, Say)
                 if isinstance(action, Say) and action.text in names]  # fmt: skip
        assert sorted(heard) == [
            (7, "AfterStart"), (52, "Every"), (62, "AtEarliest"), (62, "Share"), (70, "Again"), (102, "Every"),
            (117, "BeforeEnd"),
        ]  # fmt: skip


def test_a_share_of_a_wait_is_its_start() -> None:
    (segment,) = plan_of(waiting(cues=(Cue(Share(0.5), show="See."),))).segments
    assert actions(segment, Show) == [(0, Show("See."))]


def test_a_step_s_own_chime_and_prompt_are_told_from_what_comes_within_it() -> None:
    step = ranged("4 min", "5 min", partner="Water.", cues=(Cue(AfterStart(seconds(5)), say="Now.", sound="bell.wav"),))
    own = [each.action for each in plan_of(step).segments[0].anchored if getattr(each.action, "own", None)]
    assert own == [Chime("pump"), Say("Pump")]
    others = [each.action for each in plan_of(step).segments[0].anchored if getattr(each.action, "own", None) is False]
    assert len(others) == 6


@each_row(
    ("cue", "asks"),
    [
        (Cue(AfterStart(seconds(5)), say="Now."), True),
        (Cue(AtEarliest(), show="See."), True),
        (Cue(AtEarliest(), say="Flow?"), False),
    ],
)
def test_the_app_speaks_at_a_mark_where_no_cue_does(cue: Cue, asks: bool) -> None:
    (segment,) = plan_of(ranged("1 min", "2 min", cues=(cue,))).segments
    assert ((62, Say("Go on when you like.")) in actions(segment, Say)) is asks


def said(step: Step, *others: Step) -> list[tuple[float, object]]:
    return actions(plan_of(step, *others).segments[0], Say)


@each_row(
    ("step", "expected"),
    [
        (fixed("2 s"), [(1, "Massage")]),
        (fixed("15 s"), [(2, "Massage")]),
        (fixed("19.9 s"), [(2, "Massage")]),
        (fixed("20 s"), [(2, "Massage"), (10, "Nearly done.")]),
        (fixed("3:59"), [(2, "Massage"), (229, "Nearly done.")]),
        (fixed("4 min"), [(2, "Massage"), (120, "Halfway."), (230, "Nearly done.")]),
        (ranged("1 min", "2 min"), [(2, "Pump"), (62, "Go on when you like."), (110, "Nearly done.")]),
        (
            ranged("4 min", "5 min", until_milk_slows=True),
            [
                (2, "Pump"),
                (120, "Halfway to the mark."),
                (242, "When your milk slows, go on. Or let it run."),
                (290, "Nearly done."),
            ],
        ),
        (
            ranged("1 min", "2 min", cues=(Cue(AtEarliest(), say="Flow?"),)),
            [(2, "Pump"), (62, "Flow?"), (110, "Nearly done.")],
        ),
        (waiting(), [(2, "Prepare")]),
    ],
)
def test_what_the_app_says_by_itself(step: Step, expected: list[tuple[float, str]]) -> None:
    assert said(step) == [(at, Say(text)) for at, text in expected]


@each_row(
    ("following", "words"),
    [
        (STROKE, "Next: stroke."),
        (fixed("1 min", title="NICU pause"), "Next: NICU pause."),
        (fixed("1 min", Kind.EXPRESS, title="Hand express", side=LEFT), "Next: hand express, left side."),
    ],
)
def test_ten_seconds_before_the_end_the_next_step_is_named(following: Step, words: str) -> None:
    assert said(fixed("30 s"), following)[-1] == (20, Say(words))


def test_a_step_begins_with_its_chime_and_a_range_has_a_mark_and_an_end() -> None:
    step = ranged("1 min", "2 min", sound="soft.wav", cues=(Cue(AfterStart(seconds(5)), sound="bell.wav"),))
    (segment,) = plan_of(step).segments
    assert actions(segment, Chime, Earliest, Advance) == [
        (0, Chime("soft.wav")),
        (5, Chime("bell.wav")),
        (60, Earliest()),
        (60, Chime("earliest")),
        (120, Advance()),
    ]
    assert plan_of(step).sounds == ("soft.wav", "earliest", "bell.wav", "tick", "end")


@each_row(("slowed", "heard"), [(None, True), (59, False), (61, False), (62, True), (90, True)])
def test_what_comes_with_a_mark_is_for_those_whose_milk_has_not_slowed_before(
    slowed: float | None, heard: bool
) -> None:
    (segment,) = plan_of(ranged("1 min", "2 min")).segments
    noted = None if slowed is None else seconds(slowed)
    moments = segment.fixed_moments(latest=segment.longest, end=segment.longest, slowed=noted)
    assert ((seconds(62), Say("Go on when you like.")) in moments) is heard


def test_prompts_are_each_text_once_in_order() -> None:
    cue = Cue(Every(seconds(20)), say="Again.", show="Again")
    plan = plan_of(fixed("1 min", say="Circles.", partner="Water.", cues=(cue,)), fixed("10 s", say="Circles."))
    assert plan.prompts == ("Circles.", "Water.", "Next: massage.", "Again.", "All done. Breathe out.")


def test_a_plan_s_length_counts_waits_as_nothing() -> None:
    plan = plan_of(waiting(), ranged("5 min", "7 min"), fixed("1 min"))
    assert (plan.shortest, plan.longest) == (seconds(360), seconds(480))


def test_suction_runs_end_at_a_break() -> None:
    plan = plan_of(
        ranged("5 min", "7 min"),
        fixed("1 min", Kind.COMPRESS),
        MASSAGE,
        waiting(Kind.PUMP),
        fixed("1 min", suction="Low"),
    )
    assert suction_runs(segment.step for segment in plan.segments) == [(0, 1, seconds(480)), (3, 4, seconds(60))]


def test_a_plan_can_be_read_by_a_person() -> None:
    plan = plan_of(
        fixed("30 s", Kind.EXPRESS, side=LEFT, title="By hand", partner="Water.", suggested=True,
              pace=Pace(("press", "relax"), seconds(2.5)), cues=(Cue(Share(1 / 3), show="See."),)),
        Group((ranged("1 min", "90.999 s"),), 2),
    )  # fmt: skip
    assert as_text(plan) == (
        "A routine: 2:30\u20133:32 min\n"
        "  1. By hand, left side (Express): 30 s, suggested\n"
        "       0:00  chime   express\n"
        "       0:00  beat    press\n"
        "       0:02  say     By hand\n"
        "     0:02.5  beat    relax\n"
        "       0:10  show    See.\n"
        "       0:15  partner Water.\n"
        "       0:20  say     Next: pump.\n"
        "       0:30  moves on\n"
        + "".join(
            f"  {number}. Pump: 1\u20131:31 min, round {number - 1} of 2\n"
            "       0:00  chime   pump\n"
            "       0:02  say     Pump\n"
            "       1:00  may end from here\n"
            "       1:00  chime   earliest\n"
            "       1:02  say     Go on when you like.\n"
            f"       1:21  say     {following}\n"
            "       1:31  moves on\n"
            for number, following in ((2, "Next: pump."), (3, "Nearly done."))
        )
    )


def test_a_wait_s_beats_are_spelt_out_once() -> None:
    (segment,) = plan_of(waiting(pace=Pace(("in", "out"), seconds(4)))).segments
    assert actions(segment, Beat) == [(0, Beat("in")), (4, Beat("out"))]
    assert segment.waits
    assert (segment.shortest, segment.longest) == (ZERO, None)


@each_row(
    ("parts", "written", "suits"),
    [
        ((fixed("1 min", Kind.PUMP),), None, True),
        ((fixed("1 min", Kind.KNEAD),), None, False),
        ((Group((fixed("1 min", Kind.SHAKE),)),), None, False),
        ((fixed("1 min", Kind.KNEAD),), WhenSore.OK, True),
        ((fixed("1 min", Kind.PUMP),), WhenSore.AVOID, False),
    ],
)
def test_a_hands_on_routine_is_not_offered_with_a_sore_breast(
    parts: tuple[Step | Group, ...], written: WhenSore | None, suits: bool
) -> None:
    assert Routine("R", parts, when_sore=written).suits_sore is suits


def test_a_step_is_drawn_as_its_kind_or_as_written() -> None:
    assert fixed("1 min", Kind.SHAKE).drawing is Drawing.SHAKE
    assert fixed("1 min", Kind.SHAKE, motion=Drawing.NONE).drawing is Drawing.NONE


@each_row(
    ("written", "last", "side"),
    [
        (StartSide.LEFT, LEFT, LEFT),
        (StartSide.RIGHT, RIGHT, RIGHT),
        (StartSide.ALTERNATE, None, LEFT),
        (StartSide.ALTERNATE, LEFT, RIGHT),
        (StartSide.ALTERNATE, RIGHT, LEFT),
    ],
)
def test_a_routine_begins_on_its_side_or_on_the_other_than_last_time(
    written: StartSide, last: Side | None, side: Side
) -> None:
    assert side_to_begin(Routine("R", (MASSAGE,), start_side=written), last) is side


def test_a_plan_as_data_has_every_moment_in_seconds() -> None:
    cue = Cue(AfterStart(seconds(5)), show="See.")
    step = ranged("20 s", "30 s", partner="Water.", cues=(cue,), pace=Pace(("in",), seconds(25)))
    assert as_data(plan_of(waiting(), step), "mine") == {
        "id": "mine",
        "name": "A routine",
        "shortest_s": 20,
        "longest_s": 30,
        "steps": [
            {
                "title": "Prepare",
                "kind": "prepare",
                "side": "both",
                "shortest_s": 0,
                "longest_s": None,
                "moments": [
                    {"at_s": 0, "effect": "chime", "text": "prepare"},
                    {"at_s": 2, "effect": "say", "text": "Prepare"},
                ],
            },
            {
                "title": "Pump",
                "kind": "pump",
                "side": "both",
                "shortest_s": 20,
                "longest_s": 30,
                "moments": [
                    {"at_s": 0, "effect": "chime", "text": "pump"},
                    {"at_s": 0, "effect": "partner", "text": "Water."},
                    {"at_s": 0, "effect": "beat", "text": "in"},
                    {"at_s": 2, "effect": "say", "text": "Pump"},
                    {"at_s": 5, "effect": "show", "text": "See."},
                    {"at_s": 20, "effect": "earliest", "text": ""},
                    {"at_s": 20, "effect": "chime", "text": "earliest"},
                    {"at_s": 22, "effect": "say", "text": "Go on when you like."},
                    {"at_s": 25, "effect": "beat", "text": "in"},
                    {"at_s": 30, "effect": "advance", "text": ""},
                ],
            },
        ],
    }


def test_a_short_range_is_not_warned_of_its_end_under_the_words_of_its_mark() -> None:
    def warned(earliest: str, latest: str) -> bool:
        return any(
            isinstance(each.action, Say) and each.action.text == "Nearly done."
            for each in plan_of(ranged(earliest, latest)).segments[0].moments
        )

    assert not warned("22 s", "30 s")
    assert warned("22 s", "42 s")
