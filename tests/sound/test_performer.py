"""One voice at a time: nothing cut off, nothing late, a step's own words before all else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.core.commands import Ended, Entered, Left, PauseBegan, PauseEnded, Reason, Why
from guide.core.layout import lay_out
from guide.core.plan import Beat, Chime, Partner, Plan, Say
from guide.core.routine import AfterStart, Cue, Kind, Pace, Routine
from guide.core.session import Happening, Ready, advance, due, next_chime, start
from guide.sound.performer import BREATH, LATE, Heard, Performer
from guide.sound.repertoire import Repertoire
from hands import RememberingPlayer, clip, repertoire
from plans import ZERO, fixed, plan_of, ranged, seconds
from tables import each_row

LONG = Repertoire(
    {"words": clip("words", 4), "more": clip("more", 3)}, {"bell": clip("<bell>", 1), "tick": clip("<tick>", 0.1)}
)


def performer(held: Repertoire = LONG, *, speed: float = 1) -> tuple[Performer, RememberingPlayer]:
    player = RememberingPlayer()
    return Performer(player, held, speed=speed), player


def at(
    offset: float, effect: Say | Chime | Beat | Partner | Entered | Left | PauseBegan | PauseEnded | Ended
) -> Happening:
    return Happening(seconds(offset), effect)


def test_a_prompt_due_while_another_sounds_waits_for_its_end() -> None:
    desk, player = performer()
    desk.perform([at(0, Say("words"))], ZERO, None)
    desk.perform([at(3, Say("more"))], seconds(3), None)
    assert player.played == ["words"]
    assert desk.due() == seconds(4) + BREATH
    desk.wake(seconds(4) + BREATH, None)
    assert player.played == ["words", "more"]


def test_what_would_begin_more_than_a_second_and_a_half_late_is_dropped() -> None:
    desk, player = performer()
    desk.perform([at(0, Say("words"))], ZERO, None)
    desk.perform([at(1, Say("more"))], seconds(1), None)
    assert desk.due() is None
    desk.wake(seconds(6), None)
    assert player.played == ["words"]


def test_a_steps_own_prompt_goes_before_a_cue_that_waits_with_it() -> None:
    desk, player = performer()
    desk.perform([at(0, Entered(1)), at(0, Say("more")), at(0, Say("words", own=True))], ZERO, None)
    assert player.played == ["words"]


def test_a_steps_own_prompt_goes_before_a_cue_that_was_due_earlier() -> None:
    desk, player = performer(Repertoire({**LONG.prompts, "short": clip("short", 1)}, LONG.sounds))
    for when, words in ((0, Say("short")), (0.3, Say("more")), (0.6, Say("words", own=True))):
        desk.perform([at(when, words)], seconds(when), None)
    desk.wake(seconds(1) + BREATH, None)
    assert player.played == ["short", "words"]


def test_a_cue_that_would_run_into_the_next_step_is_not_begun() -> None:
    desk, player = performer()
    assert desk.perform([at(8, Say("words"))], seconds(8), seconds(10)) == []
    assert player.played == []


def test_a_steps_own_prompt_is_said_even_where_it_outlasts_the_step() -> None:
    desk, player = performer()
    desk.perform([at(8, Entered(0)), at(8, Say("words", own=True))], seconds(8), seconds(10))
    assert player.played == ["words"]


def test_a_tick_gives_way_to_words_but_is_still_a_beat() -> None:
    desk, player = performer()
    desk.perform([at(0, Say("words"))], ZERO, None)
    heard = desk.perform([at(1, Beat("press back"))], seconds(1), None)
    assert [one.event for one in heard] == ["beat"]
    assert player.played == ["words"]


@each_row(
    ("free", "now", "boundary", "ticks"),
    [(0, 0, None, True), (0, 9.9, 10, True), (0, 9.95, 10, False), (4, 1, 10, False), (4, 4.15, 10, True)],
    ids=["free", "over as it ends", "over too late", "while it is said", "as it is free"],
)
def test_a_beat_ticks_where_nothing_else_is_heard_and_it_is_over_before_the_next_chime(
    free: float, now: float, boundary: float | None, ticks: bool
) -> None:
    desk, player = performer()
    desk.perform([at(0, Entered(2))], ZERO, None)
    if free:
        desk.perform([at(0, Say("words"))], ZERO, None)
    heard = desk.perform([at(now, Beat("press back"))], seconds(now), None if boundary is None else seconds(boundary))
    assert heard == [Heard("beat", seconds(now), seconds(now), "press back", 2)]
    assert ("<tick>" in player.played) is ticks


@each_row(("now", "answered"), [(4.14, False), (4.15, True), (9, True)])
def test_she_is_answered_by_a_tick_where_the_session_is_silent(now: float, answered: bool) -> None:
    desk, player = performer()
    desk.perform([at(0, Say("words"))], ZERO, None)
    assert desk.tick(seconds(now)) == (LONG.sounds["tick"] if answered else None)
    assert player.played == ["words", "<tick>"][: 1 + answered]


def test_with_chimes_off_she_is_answered_by_nothing() -> None:
    desk, player = performer(Repertoire())
    assert desk.tick(ZERO) is None
    assert player.asked == []


def test_after_a_tick_nobody_takes_a_breath() -> None:
    desk, player = performer()
    desk.perform([at(0, Beat("press back")), at(0.1, Chime("bell"))], seconds(0), None)
    assert desk.due() == seconds(0.1)
    desk.perform([at(0.1, Chime("bell"))], seconds(0.1), None)
    assert player.played == ["<tick>", "<bell>"]


@each_row("late", [0, 0.5])
@each_row(
    ("effect", "event", "text"),
    [
        (Say("words"), "said", "words"),
        (Say("words", own=True), "said", "words"),
        (Chime("bell"), "chimed", "bell"),
        (Partner("words"), "said", "words"),
        (Beat("press back"), "beat", "press back"),
    ],
)
def test_all_that_is_heard_is_told_with_its_moment_its_time_and_its_step(
    effect: Say | Chime | Partner | Beat, event: str, text: str, late: float
) -> None:
    desk, _ = performer(replace(LONG, partner_said=True))
    assert desk.perform([at(0, effect)], seconds(late), None) == [Heard(event, ZERO, seconds(late), text, 0)]
    heard = desk.perform([at(20, Entered(3)), at(20, effect)], seconds(20 + late), None)
    assert heard == [Heard(event, seconds(20), seconds(20 + late), text, 3)]


def test_what_she_asked_for_again_and_a_pause_are_told_with_their_step_too() -> None:
    desk, _ = performer(replace(LONG, prompts={**LONG.prompts, "Paused.": clip("Paused.", 0.6)}, paused="Paused."))
    desk.perform([at(0, Entered(2)), at(0, Say("more", own=True))], ZERO, None)
    assert desk.say_again("words", seconds(5)) == [Heard("said", seconds(5), seconds(5), "words", 2)]
    paused = desk.perform([at(6, PauseBegan(Why.ASKED))], seconds(6), None)
    assert paused == [Heard("said", seconds(6), seconds(6), "Paused.", 2)]
    resumed = desk.perform([at(60, PauseEnded())], seconds(60), None)
    assert resumed == [Heard("said", seconds(60), seconds(60), "words", 2)]


def test_what_sounds_is_told_at_once_though_more_waits_behind_it() -> None:
    desk, _ = performer()
    heard = desk.perform([at(0, Chime("bell", own=True)), at(0, Say("words", own=True))], ZERO, None)
    assert [one.text for one in heard] == ["bell"]


@pytest.mark.parametrize("newer", [Entered(1), Ended(complete=True)])
def test_an_opening_that_waits_is_forgotten_at_a_newer_step_and_a_cue_is_not(newer: Entered | Ended) -> None:
    desk, player = performer(replace(LONG, prompts={**LONG.prompts, "short": clip("short", 1)}))
    desk.perform([at(0, Entered(0)), at(0, Say("words", own=True))], ZERO, None)
    desk.perform([at(3, Say("more", own=True)), at(3, Say("short"))], seconds(3), None)
    desk.perform([at(4, newer)], seconds(4), None)
    desk.wake(seconds(4.2), None)
    desk.wake(seconds(20), None)
    assert player.asked == ["words", "short"]


@pytest.mark.parametrize("newer", [Entered(1), Ended(complete=True)])
def test_an_opening_that_a_pause_held_back_is_forgotten_at_a_newer_step(newer: Entered | Ended) -> None:
    desk, player = performer()
    desk.perform([at(0, Entered(0)), at(0, Say("words", own=True))], ZERO, None)
    desk.perform([at(1, PauseBegan(Why.ASKED))], seconds(1), None)
    desk.perform([at(60, newer), at(60, PauseEnded())], seconds(60), None)
    assert player.asked == ["words", "stop"]


@each_row(("paused", "again"), [(None, 0), (4.1, 1), (4.15, 0), (60, 0)])
def test_a_pause_holds_back_no_more_than_was_not_heard_to_its_end(paused: float | None, again: int) -> None:
    desk, player = performer()
    if paused is None:  # before anything was heard at all
        paused = 0
    else:
        desk.perform([at(0, Entered(0)), at(0, Say("words", own=True))], ZERO, None)
        player.asked.clear()
    desk.perform([at(paused, PauseBegan(Why.HURTS))], seconds(paused), None)
    desk.perform([at(90, PauseEnded())], seconds(90), None)
    assert player.played == ["words"] * again


def test_pause_after_pause_holds_back_and_gives_again() -> None:
    desk, player = performer()
    desk.perform([at(0, Entered(0)), at(0, Say("words", own=True))], ZERO, None)
    for began in (1, 11, 21):
        desk.perform([at(began, PauseBegan(Why.HURTS))], seconds(began), None)
        desk.perform([at(began + 9, PauseEnded())], seconds(began + 9), None)
    assert player.played == ["words"] * 4


def test_what_comes_at_the_moment_a_pause_ends_is_heard_too() -> None:
    prompts = {**LONG.prompts, "Paused.": clip("Paused.", 0.6)}
    desk, player = performer(replace(LONG, prompts=prompts, paused="Paused.", partner_said=True))
    happenings = [at(1, PauseBegan(Why.ASKED)), at(1, Chime("bell")), at(1, Partner("more")), at(1, PauseEnded())]
    desk.perform(happenings, seconds(1), None)
    for _ in range(3):
        desk.wake(desk.due() or seconds(9), None)
    assert player.played[:2] == ["Paused.", "<bell>"]


@pytest.mark.parametrize("speed", [1, 10])
@pytest.mark.parametrize(("share", "silenced"), [(0, True), (1, True), (1.01, False)])
def test_a_command_silences_what_plays_unless_it_is_told_of_late(speed: int, share: float, silenced: bool) -> None:
    desk, player = performer(speed=speed)
    desk.perform([at(0, Say("words"))], ZERO, None)
    desk.perform([Happening(seconds(1), Left(0, Reason.NEXT))], seconds(1) + LATE * speed * share, None)
    assert ("stop" in player.asked) is silenced


@pytest.mark.parametrize(("late", "said"), [(1.5, True), (1.51, False)])
def test_a_cue_begins_up_to_a_second_and_a_half_after_its_moment(late: float, said: bool) -> None:
    desk, player = performer()
    desk.perform([at(0, Say("words"))], seconds(late), None)
    assert (player.played == ["words"]) is said


def test_a_cue_that_is_over_as_the_next_chime_comes_is_said() -> None:
    desk, player = performer()
    desk.perform([at(6, Say("words"))], seconds(6), seconds(10))
    assert player.played == ["words"]


def test_what_is_said_again_and_has_no_clip_leaves_silence_from_that_moment() -> None:
    desk, player = performer()
    desk.perform([at(0, Say("words"))], ZERO, None)
    desk.say_again("unheard of", seconds(1))
    assert (player.asked, desk.busy_until) == (["words", "stop"], seconds(1))


def test_a_persons_own_command_silences_at_once() -> None:
    desk, player = performer()
    desk.perform([at(0, Say("words"))], ZERO, None)
    desk.perform([at(1, Left(0, Reason.NEXT)), at(1, Entered(1)), at(1, Chime("bell"))], seconds(1), None)
    assert player.asked == ["words", "stop", "<bell>"]


def test_a_pause_silences_and_forgets_what_was_waiting() -> None:
    desk, player = performer()
    desk.perform([at(0, Say("words")), at(0, Say("more"))], ZERO, None)
    desk.perform([at(1, PauseBegan(Why.ASKED))], seconds(1), None)
    assert player.asked[-1] == "stop"
    assert desk.due() is None


@each_row(("why", "said"), [(Why.ASKED, ["Paused."]), (Why.HURTS, []), (Why.LID, [])])
def test_a_pause_that_she_asked_for_is_said_and_what_it_held_back_comes_after(why: Why, said: list[str]) -> None:
    prompts = {**LONG.prompts, "Paused.": clip("Paused.", 0.6)}
    desk, player = performer(replace(LONG, prompts=prompts, paused="Paused."))
    desk.perform([at(0, Entered(0)), at(0, Say("words", own=True))], ZERO, None)
    desk.perform([at(1, PauseBegan(why))], seconds(1), None)
    assert player.asked == ["words", "stop", *said]
    desk.perform([at(60, PauseEnded())], seconds(60), None)
    assert player.asked == ["words", "stop", *said, "words"]


def test_what_a_pause_cuts_off_or_holds_back_of_a_steps_own_is_said_as_it_ends() -> None:
    desk, player = performer()
    desk.perform([at(0, Entered(0)), at(0, Chime("bell", own=True)), at(0, Say("words", own=True))], ZERO, None)
    desk.perform([at(0.5, PauseBegan(Why.ASKED))], seconds(0.5), None)
    assert desk.due() is None
    desk.perform([at(60, PauseEnded())], seconds(60), None)
    desk.wake(seconds(62), None)
    assert player.asked == ["<bell>", "stop", "<bell>", "words"]


def test_say_again_near_the_end_keeps_the_next_steps_chime_and_prompt() -> None:
    desk, player = performer()
    desk.perform([at(0, Entered(0))], ZERO, None)
    desk.say_again("words", seconds(9))
    opening = [at(10, Entered(1)), at(10, Chime("bell", own=True)), at(12, Say("more", own=True))]
    desk.perform(opening, seconds(12), None)
    desk.wake(seconds(14), None)
    desk.wake(seconds(16), None)
    assert player.played == ["words", "<bell>", "more"]


def test_say_again_and_again_keeps_what_waits_behind_it() -> None:
    desk, player = performer()
    desk.say_again("words", seconds(9))
    desk.perform([at(10, Entered(1)), at(10, Chime("bell", own=True))], seconds(10), None)
    desk.say_again("words", seconds(11))
    desk.wake(seconds(16), None)
    assert player.asked == ["stop", "words", "stop", "words", "<bell>"]


def test_say_again_says_a_prompt_that_waits_once() -> None:
    desk, player = performer()
    desk.perform([at(0, Entered(0)), at(0, Chime("bell", own=True)), at(0, Say("words", own=True))], ZERO, None)
    desk.say_again("words", seconds(0.5))
    desk.wake(seconds(9), None)
    assert player.asked == ["<bell>", "stop", "words"]


def test_what_plays_behind_gives_way_and_is_told_of_silence() -> None:
    told: list[object] = []

    class Behind:
        def sounds(self, event: str, length: timedelta) -> None:
            told.append((event, length))

        def falls_silent(self) -> None:
            told.append("silent")

    desk = Performer(RememberingPlayer(), LONG, behind=Behind())
    desk.perform([at(0, Chime("bell"))], ZERO, None)
    desk.perform([at(2, Say("words"))], seconds(2), None)
    desk.hush(seconds(3))
    assert told == [("chimed", seconds(1)), ("said", seconds(4)), "silent"]


def test_time_running_out_cuts_nothing_off() -> None:
    desk, player = performer()
    desk.perform([at(0, Say("words"))], ZERO, None)
    desk.perform([at(3, Left(0, Reason.TIME)), at(3, Entered(1))], seconds(3), None)
    assert "stop" not in player.asked


def test_what_has_no_clip_is_told_and_holds_nobody_up() -> None:
    desk, player = performer(Repertoire())
    heard = desk.perform([at(0, Chime("bell")), at(0, Say("words"))], ZERO, None)
    assert [(one.event, one.text) for one in heard] == [("chimed", "bell"), ("said", "words")]
    assert player.played == []


def test_a_helpers_prompt_is_said_only_where_that_is_switched_on() -> None:
    desk, player = performer()
    assert desk.perform([at(0, Partner("words"))], ZERO, None) == []
    desk.repertoire = Repertoire(LONG.prompts, LONG.sounds, partner_said=True)
    desk.perform([at(9, Partner("words"))], seconds(9), None)
    assert player.played == ["words"]


def test_say_again_cuts_in() -> None:
    desk, player = performer()
    desk.perform([at(0, Say("words"))], ZERO, None)
    desk.say_again("more", seconds(1))
    assert player.asked == ["words", "stop", "more"]


def test_in_a_rehearsal_a_clip_and_a_breath_take_as_much_more_of_the_sessions_time() -> None:
    desk, _ = performer(speed=10)
    desk.perform([at(0, Say("words"))], ZERO, None)
    desk.perform([at(30, Say("more"))], seconds(30), None)
    assert desk.due() == seconds(40) + 10 * BREATH


def played_through(plan: Plan, held: Repertoire) -> list[tuple[Heard, timedelta]]:
    """All that is heard of a plan nobody interrupts, with its clip's length; woken exactly when something is due."""
    player = RememberingPlayer()
    desk = Performer(player, held)
    outcome = start(Ready(plan), ZERO)
    heard = desk.perform(outcome.happenings, ZERO, next_chime(outcome.session))
    session = outcome.session
    while times := [at for at in (due(session), desk.due()) if at is not None]:
        now = min(times)
        outcome = advance(session, now)
        session = outcome.session
        heard += desk.perform(outcome.happenings, now, next_chime(session))
    lengths = {**held.prompts, **held.sounds}
    return [(one, lengths[one.text].length if one.event != "beat" else ZERO) for one in heard]


@given(
    st.lists(st.integers(5, 300), min_size=1, max_size=8),
    st.lists(st.integers(0, 299), max_size=6),
    st.floats(0.5, 12),
    st.booleans(),
)
def test_nothing_overlaps_and_only_a_steps_own_words_wait_for_long(
    lengths: list[int], cues: list[int], prompt: float, paced: bool
) -> None:
    pace = Pace(("press back", "compress", "relax"), seconds(1)) if paced else None
    steps = [
        fixed(
            f"{length} s",
            Kind.EXPRESS,
            say=f"Step {number}.",
            pace=pace,
            cues=tuple(Cue(AfterStart(seconds(cue)), say=f"Cue {cue}.") for cue in cues if cue < length),
        )
        for number, length in enumerate(lengths)
    ]
    plan = plan_of(*steps)
    over = timedelta(0)
    for one, length in played_through(plan, repertoire(plan, prompt=prompt)):
        own = one.text.startswith("Step ") or one.text in {"express", "end"} or "All done" in one.text
        late = seconds(prompt + 1.5) if own else seconds(1.5)  # behind one prompt that outlasted its step
        assert timedelta(0) <= one.at - one.due <= late
        if one.event != "beat":
            assert one.at >= over
            over = one.at + length


def test_every_step_of_a_plan_is_chimed_on_the_moment_and_said() -> None:
    plan = plan_of(fixed("1 min", say="One."), ranged("3 min", "5 min", say="Two."), fixed("45 s", say="Three."))
    heard = [one for one, _ in played_through(plan, repertoire(plan))]
    starts = [one for one in heard if one.event == "chimed" and one.text in {"massage", "pump"}]
    assert [one.at for one in starts] == [one.due for one in starts] == [ZERO, seconds(60), seconds(360)]
    assert [one.text for one in heard if one.event == "said"] == [
        "One.",
        "Next: pump.",
        "Two.",
        "Go on when you like.",
        "Next: massage.",
        "Three.",
        "Nearly done.",
        "All done. Breathe out.",
    ]


def test_a_whole_routine_of_hers_lays_out_and_sounds() -> None:
    plan = lay_out(Routine("Hers", (fixed("30 s"),)))
    assert [one.text for one, _ in played_through(plan, repertoire(plan))][-2:] == ["end", "All done. Breathe out."]
