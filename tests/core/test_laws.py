"""What holds for every plan and whatever a person presses, whenever: the laws of docs/architecture.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from guide.core.asked import (
    BACK_WITHIN,
    ONE_MORE,
    asides,
    back,
    do,
    next_step,
    pause,
    replay,
    resume,
    undo,
)
from guide.core.commands import Command, Ended, Entered, Instant, Left, PauseBegan, PauseEnded, Reason, Why
from guide.core.plan import CLOSE_AFTER, Chime, Partner, Plan, Say, closing
from guide.core.readout import Readout, next_change, read
from guide.core.routine import Fixed, Range, Wait
from guide.core.session import (
    LONG_SUCTION_WORDS,
    Declined,
    Finished,
    Happening,
    LongSuction,
    Outcome,
    Paused,
    Ready,
    Running,
    Session,
    TakenBack,
    advance,
    boundary,
    due,
    start,
    why_held,
)
from plans import TICK, ZERO, fixed, plan_of, play_on
from strategies import Evening, evenings, fixed_plans, plans, spans

LATER = timedelta(hours=2)
SOON = timedelta(minutes=10)
GENTLE = tuple(command for command in Command if command is not Command.STOP)
SHARES = st.lists(st.floats(0, 1), max_size=3)


def played(evening: Evening, until: Instant | None = None) -> Outcome:
    return play_on(start(Ready(evening.plan), ZERO), evening.commands, evening.until if until is None else until)


def woken(evening: Evening, shares: list[float]) -> Outcome:
    """The same, but waking at these shares of each stretch between two commands."""
    begun = start(Ready(evening.plan), ZERO)
    session, happenings, last = begun.session, [*begun.happenings], ZERO
    for at, command in (*evening.commands, (evening.until, None)):
        for share in sorted(shares):
            outcome = advance(session, last + (at - last) * share)
            session = outcome.session
            happenings += outcome.happenings
        outcome = advance(session, at) if command is None else do(session, command, at)
        session = outcome.session
        happenings += outcome.happenings
        last = at
    return Outcome(session, tuple(happenings))


def moments_of(evening: Evening) -> Iterator[tuple[Session, Command | None, Instant, Outcome]]:
    """An evening taken apart: each wake at what is due and each command, with the session just before it."""
    outcome = start(Ready(evening.plan), ZERO)
    for at, command in (*evening.commands, (evening.until, None)):
        while (coming := due(outcome.session)) is not None and coming <= at:
            before, outcome = outcome.session, advance(outcome.session, coming)
            yield before, None, coming, outcome
        if command is not None:
            before, outcome = outcome.session, do(outcome.session, command, at)
            yield before, command, at, outcome


# Law 1: how often we wake changes nothing


@given(plans(), spans(0.5, 4000), spans(0.5, 4000))
def test_how_often_we_wake_changes_nothing(plan: Plan, first: timedelta, second: timedelta) -> None:
    session = start(Ready(plan), ZERO).session
    once = advance(session, first + second)
    half = advance(session, first)
    rest = advance(half.session, first + second)
    assert rest.session == once.session
    assert (*half.happenings, *rest.happenings) == once.happenings


@given(evenings(), SHARES)
def test_how_often_we_wake_between_commands_changes_nothing(evening: Evening, shares: list[float]) -> None:
    assert woken(evening, shares) == played(evening)


@given(evenings())
def test_what_is_due_comes_then_and_not_before(evening: Evening) -> None:
    session = played(evening).session
    now = evening.until
    assert advance(session, now).happenings == ()
    coming = due(session)
    if coming is None:
        assert advance(session, now + LATER) == Outcome(session)
        return
    assert coming > now
    assert advance(session, coming - TICK) == Outcome(session)
    brought = advance(session, coming).happenings
    assert brought
    for happening in brought:
        late = CLOSE_AFTER if happening.effect == Say(closing(evening.plan)) else ZERO
        assert happening.at in {coming, coming + late}


# Law 2: fixed steps last the sum of their lengths


@given(fixed_plans(), SHARES)
def test_fixed_steps_last_their_sum_to_the_microsecond(plan: Plan, shares: list[float]) -> None:
    outcome = woken(Evening(plan, (), plan.longest), shares)
    assert outcome.session == Finished(plan, plan.longest, complete=True)
    assert plan.shortest == plan.longest
    at = ZERO
    for entered, segment in zip(entries(outcome.happenings), plan.segments, strict=True):
        assert entered.at == at
        at += segment.longest or ZERO


@given(fixed_plans())
def test_a_very_late_wake_leaves_no_drift(plan: Plan) -> None:
    on_time = advance(start(Ready(plan), ZERO).session, plan.longest)
    assert advance(start(Ready(plan), ZERO).session, plan.longest + LATER) == on_time


def test_an_hour_of_late_wakes_ends_on_the_hour() -> None:
    plan = plan_of(*[fixed("1 min 30 s", cues=())] * 40)
    late = timedelta(milliseconds=17, microseconds=3)
    outcome = start(Ready(plan), ZERO)
    session, happened = outcome.session, [*outcome.happenings]
    while (coming := due(session)) is not None:
        outcome = advance(session, coming + late)
        session = outcome.session
        happened += outcome.happenings
    assert session == Finished(plan, timedelta(hours=1), complete=True)
    assert [entry.at for entry in entries(happened)] == [n * timedelta(seconds=90) for n in range(40)]


# Law 3: a pause delays what comes after it by its own length


@given(
    evenings(GENTLE),
    st.integers(0, 12),
    st.floats(0, 1),
    spans(0.5, 5000),
    st.sampled_from([Command.PAUSE, Command.LID, Command.IT_HURTS]),
)
def test_a_pause_delays_everything_by_its_own_length(
    evening: Evening, number: int, share: float, gap: timedelta, why: Command
) -> None:
    before, after = evening.commands[:number], evening.commands[number:]
    last = before[-1][0] if before else ZERO
    following = after[0][0] if after else evening.until
    at = last + (following - last) * share
    assume(isinstance(played(replace(evening, commands=before), at).session, Running))
    later = tuple((when + gap, command) for when, command in after)
    held = replace(
        evening, commands=(*before, (at, why), (at + gap, Command.RESUME), *later), until=evening.until + gap
    )

    plain, delayed = played(evening), played(held)

    known = len(played(replace(evening, commands=before), at).happenings)
    own = 3 if why is Command.IT_HURTS else 2
    expected = [
        *plain.happenings[:known],
        *(replace(happening, at=happening.at + gap) for happening in plain.happenings[known:]),
    ]
    assert [*delayed.happenings[:known], *delayed.happenings[known + own :]] == expected
    assert still(delayed.session, evening.until + gap) == still(plain.session, evening.until)


def still(session: Session, now: Instant) -> object:
    """A session without the instants on the clock: how it stands, seen from now."""
    match session:
        case Running() | Paused(Running()):
            held = session if isinstance(session, Paused) else pause(session, now).session
            assert isinstance(held, Paused)
            shift = held.at
            running = held.running
            suction = running.suction and replace(running.suction, since=running.suction.since - shift)
            bare = replace(
                running, origin=running.origin - shift, arrived=running.arrived - shift, suction=suction, trail=()
            )
            return type(session), bare, held.why if isinstance(session, Paused) else None
        case Finished(_, at, complete):
            return Finished, at - now, complete
        case Ready():
            return session


# Law 4: nothing a person can press loses the session


@given(evenings(GENTLE), spans(0.5, 5) | st.just(BACK_WITHIN), st.lists(st.sampled_from(GENTLE), max_size=2))
def test_back_undoes_an_accidental_next(evening: Evening, within: timedelta, between: list[Command]) -> None:
    session, now = played(evening).session, evening.until
    assume(isinstance(session, Running | Paused))
    assert isinstance(session, Running | Paused)
    here = session if isinstance(session, Running) else resumed(session, now)
    gone = next_step(session, now).session
    assume(isinstance(gone, Running))
    inert = {Command.MORE_TIME, Command.MILK_SLOWED, Command.PAUSE, Command.RESUME}
    for command in between:
        if command in inert:
            gone = do(gone, command, now + within).session
    came = gone.running if isinstance(gone, Paused) else gone
    assume(isinstance(came, Running) and came.index == here.index + 1)
    gone = advance(gone, now + within).session
    assume(isinstance(gone, Paused) or (isinstance(gone, Running) and gone.index == here.index + 1))

    again = back(gone, now + within).session

    assert isinstance(again, Running)
    assert (again.index, again.origin) == (here.index, here.origin + within)
    assert (again.extra, again.slowed, again.slowed_extra) == (here.extra, here.slowed, here.slowed_extra)
    assert again.trail == here.trail
    rest = advance(here, now + LATER).happenings
    rest_again = advance(again, now + within + LATER).happenings
    assert without_suction(rest_again) == [replace(each, at=each.at + within) for each in without_suction(rest)]


def resumed(session: Paused, now: Instant) -> Running:
    running = resume(session, now).session
    assert isinstance(running, Running)
    return running


def without_suction(happenings: tuple[Happening, ...]) -> list[Happening]:
    return [
        happening
        for happening in happenings
        if not isinstance(happening.effect, LongSuction) and happening.effect != Say(LONG_SUCTION_WORDS)
    ]


@given(evenings())
def test_only_stop_or_the_last_step_ends_a_session(evening: Evening) -> None:
    for before, command, _, outcome in moments_of(evening):
        if isinstance(outcome.session, Finished) and not isinstance(before, Finished):
            assert isinstance(before, Running | Paused)
            if outcome.session.complete:
                running = before.running if isinstance(before, Paused) else before
                assert running.index == len(evening.plan.segments) - 1
                assert command is not Command.STOP
            else:
                assert command is Command.STOP


@given(evenings(GENTLE))
def test_undo_takes_back_one_more_minute(evening: Evening) -> None:
    session, now = played(evening).session, evening.until
    assume(isinstance(session, Running | Paused))
    longer = do(session, Command.MORE_TIME, now).session
    assume(longer != session)
    again = do(longer, Command.UNDO, now).session
    assert boundary(again) == boundary(session)
    rest, rest_again = (resume(each, now + ONE_MORE) for each in (session, again))
    assert advance(rest_again.session, now + LATER).happenings == advance(rest.session, now + LATER).happenings


@given(
    evenings(GENTLE),
    st.sampled_from([None, Command.PAUSE, Command.IT_HURTS, Command.LID]),
    st.sampled_from([Command.NEXT, Command.BACK, Command.AGAIN, Command.MILK_SLOWED]),
    st.just(ZERO) | spans(0.5, 12),
)
def test_undo_brings_back_the_place_a_press_left_and_the_pause_it_was_left_in(
    evening: Evening, held: Command | None, press: Command, gap: timedelta
) -> None:
    session, now = played(evening).session, evening.until
    if held is not None:
        session = do(session, held, now).session
    assume(isinstance(session, Running | Paused))
    assert isinstance(session, Running | Paused)
    before = session if isinstance(session, Running) else resumed(session, now)
    pressed = do(session, press, now).session
    assume(isinstance(pressed, Running) and len(pressed.trail) > len(before.trail))
    assert isinstance(pressed, Running)
    if pressed.trail[-1].press is not None or (pressed.index == before.index and gap >= now - before.origin):
        gap = ZERO  # where the place is still the same, what went on there stays
    later = now + gap
    assume(isinstance(gone := advance(pressed, later).session, Running) and gone.index == pressed.index)

    again = undo(pressed, later).session

    assert still(counted(again, suction=not gap), later) == still(counted(session, suction=not gap), now)
    assert advance(again, later + SOON).happenings == tuple(
        replace(each, at=each.at + gap) for each in advance(session, now + SOON).happenings
    ) or (gap and before.suction)
    if isinstance(session, Paused) and session.why is Why.HURTS:  # where Back does nothing
        assert isinstance(again, Paused)
        again, session = resumed(again, later), resumed(session, now)
    back_again, back_before = back(again, later).session, back(session, now).session
    assert isinstance(back_again, Running)
    assert isinstance(back_before, Running)
    assert back_again.index == back_before.index


def counted(session: Session, *, suction: bool) -> Session:
    """Without what has happened, and without the suction where it may have gone on meanwhile."""
    match session:
        case Running():
            return replace(session, reached=ZERO, suction=session.suction if suction else None)
        case Paused(running):
            bare = counted(running, suction=suction)
            assert isinstance(bare, Running)
            return replace(session, running=bare)
        case _:
            return session


@given(
    evenings(GENTLE),
    st.sampled_from([Command.PAUSE, Command.IT_HURTS, Command.LID]),
    st.lists(st.sampled_from([Command.UNDO, Command.MORE_TIME, Command.LID]), max_size=3),
)
def test_no_undo_sets_the_time_running_in_a_pause_nor_goes_elsewhere_while_it_hurts(
    evening: Evening, held: Command, between: list[Command]
) -> None:
    now = evening.until
    session = do(played(evening).session, held, now).session
    assume(isinstance(session, Paused))
    assert isinstance(session, Paused)
    hurts = session.why is Why.HURTS
    for command in (*between, Command.UNDO):
        before, outcome = session, do(session, command, now)
        assert isinstance(outcome.session, Paused)
        session = outcome.session
        assert (session.why is Why.HURTS) == hurts
        if hurts:
            assert session.running.index == before.running.index
            assert session.at - session.running.origin == before.at - before.running.origin
        if command is Command.UNDO:
            answers = [each.effect for each in outcome.happenings if isinstance(each.effect, TakenBack | Declined)]
            assert len(answers) == 1
            assert outcome.happenings == (Happening(now, Declined(command)),) or session != before


@given(
    evenings(GENTLE),
    st.lists(st.sampled_from([each for each in GENTLE if each not in {Command.RESUME, Command.NEXT}]), max_size=4),
)
def test_while_it_hurts_only_carrying_on_and_leaving_the_step_out_set_the_time_running(
    evening: Evening, between: list[Command]
) -> None:
    now = evening.until
    session = do(played(evening).session, Command.IT_HURTS, now).session
    assume(isinstance(session, Paused))
    assert isinstance(session, Paused)
    for command in between:
        before, outcome = session, do(session, command, now + SOON)
        assert isinstance(outcome.session, Paused)
        session = outcome.session
        assert session.why is Why.HURTS
        assert session.running.index == before.running.index
        assert session.at - session.running.origin == before.at - before.running.origin
        if command in {Command.BACK, Command.AGAIN}:
            assert outcome == Outcome(before, (Happening(now + SOON, Declined(command)),))


@given(evenings())
def test_what_changes_nothing_says_so_once(evening: Evening) -> None:
    for before, command, now, outcome in moments_of(evening):
        said = {Command.MILK_SLOWED, Command.MORE_TIME, Command.UNDO}
        said |= {Command.BACK, Command.AGAIN} if why_held(before) is Why.HURTS else set()
        answers = [each for each in outcome.happenings if isinstance(each.effect, Declined)]
        inert = command in said and outcome.session == before and not isinstance(before, Finished)
        assert answers == ([Happening(now, Declined(command))] if inert and command is not None else [])


# Law 5: a range keeps between its ends


@given(evenings(), st.sampled_from([Command.STOP, Command.NEXT]), spans(0, 4000))
def test_undo_brings_back_a_session_that_a_press_ended(evening: Evening, press: Command, gap: timedelta) -> None:
    before = played(evening).session
    over = do(before, press, evening.until).session
    later = evening.until + gap
    if isinstance(before, Finished) or not isinstance(over, Finished):
        return
    again = undo(over, later).session
    assert still(again, later) == still(before, evening.until)
    assert isinstance(again, Paused) == isinstance(before, Paused)
    by_itself = Finished(over.plan, over.at, over.complete)
    assert undo(by_itself, later) == Outcome(by_itself)


@given(evenings())
def test_a_range_keeps_between_its_ends(evening: Evening) -> None:
    more = sum(command is Command.MORE_TIME for _, command in evening.commands)
    for before, command, now, outcome in moments_of(evening):
        left = [each.effect for each in outcome.happenings if isinstance(each.effect, Left)]
        if not isinstance(before, Running) or not left:
            continue
        lasted = now - before.origin
        match before.segment.step.length, left[0].reason:
            case Range(earliest, latest), Reason.TIME | Reason.MILK_SLOWED:
                assert earliest <= lasted <= latest + more * ONE_MORE
                assert lasted <= latest + before.extra
            case Fixed(length), Reason.TIME:
                assert lasted == length + before.extra
            case Wait(), reason:
                assert reason not in {Reason.TIME, Reason.MILK_SLOWED}
            case _, Reason.MILK_SLOWED:
                assert command is Command.MILK_SLOWED
            case _:
                assert command is not None


@given(evenings((Command.NEXT, Command.PAUSE, Command.RESUME, Command.LID, Command.MORE_TIME, Command.MILK_SLOWED)))
def test_a_step_lasts_what_its_file_says_on_a_stopwatch(evening: Evening) -> None:
    held, since, entered, pressed = ZERO, ZERO, ZERO, 0
    for _, command, now, outcome in moments_of(evening):
        pressed += command is Command.MORE_TIME
        for happening in outcome.happenings:
            match happening.effect:
                case PauseBegan():
                    since = now
                case PauseEnded():
                    held += now - since
                case Left(index, reason):
                    lasted = now - entered - held
                    match evening.plan.segments[index].step.length:
                        case Fixed(length) if reason is Reason.TIME:
                            assert lasted == length + pressed * ONE_MORE
                        case Range(earliest, latest) if reason is not Reason.NEXT:
                            assert earliest <= lasted <= latest + pressed * ONE_MORE
                        case _:
                            assert reason is not Reason.TIME
                case Entered():
                    held, entered, pressed = ZERO, now, 0
                case _:
                    pass


# Law 6: the journal replayed gives the session back


@given(evenings(), SHARES, st.floats(0, 1) | st.integers(0, 8))
def test_the_journal_replayed_gives_the_session_back(evening: Evening, shares: list[float], where: float) -> None:
    pressed = [at for at, _ in evening.commands]
    cut = pressed[where % len(pressed)] if isinstance(where, int) and pressed else evening.until * min(where, 1)
    journal = [(at, command) for at, command in evening.commands if at <= cut]
    live = woken(Evening(evening.plan, tuple(journal), cut), shares)
    assert replay(evening.plan, journal, cut) == live.session


# What happens, happens in order


@given(evenings())
def test_happenings_never_go_back_in_time(evening: Evening) -> None:
    happenings = played(evening).happenings
    ordered = [happening for happening in happenings if happening.effect != Say(closing(evening.plan))]
    assert all(one.at <= other.at for one, other in pairwise(ordered))
    for happening, following in pairwise(happenings):
        if happening.effect == Say(closing(evening.plan)):
            assert isinstance(following.effect, TakenBack)


@given(evenings())
def test_every_step_entered_is_left_once_and_in_order(evening: Evening) -> None:
    outcome = played(evening)
    inside: int | None = None
    over = False
    for happening in outcome.happenings:
        match happening.effect:
            case Entered(index):
                assert inside is None
                inside, over = index, False
            case Left(index):
                assert inside == index
                inside = None
            case Ended():
                assert inside is None
                assert not over
                over = True
            case _:
                pass
    assert over == isinstance(outcome.session, Finished)
    match outcome.session:
        case Running(_, index) | Paused(Running(_, index)):
            assert inside == index
        case _:
            assert inside is None


@given(evenings())
def test_a_pause_ends_before_another_begins(evening: Evening) -> None:
    outcome = played(evening)
    held = False
    for happening in outcome.happenings:
        match happening.effect:
            case PauseBegan():
                assert not held
                held = True
            case PauseEnded():
                assert held
                held = False
            case Ended():
                held = False
            case _:
                pass
    assert held == isinstance(outcome.session, Paused)


@given(evenings())
def test_nothing_happens_in_a_pause_by_itself(evening: Evening) -> None:
    session = played(evening).session
    held = pause(session, evening.until).session
    assert advance(held, evening.until + LATER) == Outcome(held)
    assert due(held) is None
    assert next_change(held, evening.until) is None


@given(evenings())
def test_all_that_is_said_and_chimed_is_known_before_start(evening: Evening) -> None:
    words = {*evening.plan.prompts, *asides(evening.plan)}
    for happening in played(evening).happenings:
        match happening.effect:
            case Say(text) | Partner(text):
                assert text in words
            case Chime(sound):
                assert sound in evening.plan.sounds
            case _:
                pass


@given(plans(waits=False))
def test_a_session_nobody_touches_is_the_plan(plan: Plan) -> None:
    outcome = played(Evening(plan, (), plan.longest))
    assert outcome.session == Finished(plan, plan.longest, complete=True)
    begun = ZERO
    planned = []
    for segment in plan.segments:
        planned += [(begun + moment.offset, moment.action) for moment in segment.moments]
        begun += segment.longest or ZERO
    came = [(each.at, each.effect) for each in without_suction(outcome.happenings)]
    kinds = {type(action) for _, action in planned}
    spoken = [each for each in came if type(each[1]) in kinds][:-2]
    assert sorted(spoken, key=repr) == sorted((each for each in planned if not is_advance(each[1])), key=repr)


def is_advance(action: object) -> bool:
    return type(action).__name__ == "Advance"


def entries(happenings: tuple[Happening, ...] | list[Happening]) -> list[Happening]:
    return [happening for happening in happenings if isinstance(happening.effect, Entered)]


# What the eye sees


def texts(readout: Readout) -> dict[str, object]:
    """All but what runs down smoothly, and what is made of it for eye and ear."""
    smooth = {"fraction", "shortest_left", "longest_left"}
    shown = {field.name: getattr(readout, field.name) for field in fields(readout) if field.name not in smooth}
    return shown | {"remaining": readout.remaining, "spoken": readout.spoken_name, "progress": readout.progress}


@given(evenings(), st.floats(0, 1))
def test_nothing_on_the_page_changes_before_the_next_change(evening: Evening, share: float) -> None:
    session, now = played(evening).session, evening.until
    coming = next_change(session, now)
    if coming is None:
        coming = now + LATER
    assert coming > now
    shown = texts(read(session, now))
    for at in (now + (coming - TICK - now) * share, coming - TICK):
        assert texts(read(advance(session, at).session, at)) == shown


@given(evenings(), st.timedeltas(ZERO, LATER))
def test_a_readout_can_be_made_of_any_session_at_any_time(evening: Evening, now: Instant) -> None:
    session = played(evening).session
    seen = read(session, now)
    assert 0 <= seen.fraction <= 1
    assert seen.mark is None or 0 < seen.mark <= 1
    assert ZERO <= seen.shortest_left <= seen.longest_left
    assert 0 <= seen.index < seen.steps
    assert texts(seen)


@given(plans())
def test_a_readout_can_be_made_before_start(plan: Plan) -> None:
    seen = read(Ready(plan), ZERO)
    assert (seen.index, seen.fraction, seen.longest_left) == (0, 0, plan.longest)
    assert seen.shortest_left == plan.shortest
    assert due(Ready(plan)) is None
    assert advance(Ready(plan), LATER) == Outcome(Ready(plan))
