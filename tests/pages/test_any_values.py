"""Pages shown with invented values: none, one, two and many, each part missing, the longest words, odd letters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.core.days import dial
from guide.core.kinds import Comfort
from guide.core.plan import Plan
from guide.core.readout import read
from guide.core.record import DayTotal, Record
from guide.core.routine import Kind, Purpose
from guide.core.session import Ready
from guide.kit.look import Look
from guide.pages.finish.page import FinishPage
from guide.pages.finish.view import FinishView
from guide.pages.history.page import HistoryPage
from guide.pages.history.records_model import Filter
from guide.pages.history.view import DaysSpan, HistoryView, choices, side_by_side, trend
from guide.pages.ready.page import ReadyPage
from guide.pages.ready.view import ReadyView
from guide.pages.routines.page import LibraryPage
from guide.pages.routines.view import LibraryView, narrowed
from guide.pages.session.page import SessionPage
from guide.store.routines.entry import StepBar, Summary
from invented import FEW, NAMES, Show, raised, shown_whole, small
from strategies import plans

__all__ = ["raised"]

NOW = datetime(2026, 11, 22, 3, 12, tzinfo=UTC)
MAYBE = st.none() | st.sampled_from([0.0, 2.5, 75.0, 999.0])
PURPOSES = st.none() | st.sampled_from(Purpose)
KINDS = st.sampled_from([kind.value for kind in Kind])
LENGTHS = st.sampled_from([timedelta(0), timedelta(seconds=1), timedelta(minutes=22), timedelta(hours=23)])


@pytest.fixture
def finish(look: Look, show: Show) -> FinishPage:
    return small(FinishPage(look), show)


@pytest.fixture
def history(look: Look, show: Show) -> HistoryPage:
    return small(HistoryPage(look), show)


@pytest.fixture
def library(look: Look, show: Show) -> LibraryPage:
    return small(LibraryPage(look=look), show)


@pytest.fixture
def before_and_during(look: Look, show: Show) -> tuple[ReadyPage, SessionPage]:
    return small(ReadyPage(look=look), show), small(SessionPage(look), show)


@FEW
@given(
    view=st.builds(
        FinishView,
        lasted=LENGTHS,
        complete=st.booleans(),
        segments=st.lists(
            st.tuples(st.sampled_from([kind.value for kind in Kind]), st.floats(0, 5000)), max_size=40
        ).map(tuple),
        purpose=PURPOSES,
        units=st.sampled_from(["ml", "oz"]),
        number_free=st.booleans(),
        left_ml=MAYBE,
        right_ml=MAYBE,
        comfort=st.none() | st.sampled_from(Comfort),
        meant_for=NAMES,
        note=NAMES,
        usual=NAMES,
        remind_at=st.sampled_from(["", "06:12"]),
        reminds=st.booleans(),
        hardly_begun=st.booleans(),
        goes_back=st.booleans(),
    )
)
def test_the_page_after_any_session(finish: FinishPage, view: FinishView) -> None:
    page = finish
    page.show_finish(view)
    shown_whole(page)
    assert (page.left.value is None) == (view.left_ml is None)
    assert page.volumes.isVisible() is not view.number_free
    assert page.back.isVisible() is view.goes_back
    assert page.note.text() == view.note


RECORDS = st.builds(
    Record,
    id=st.just(0),
    routine_id=st.sampled_from(["", "one", "two", "three"]),
    routine_name=NAMES,
    began=st.timedeltas(timedelta(minutes=1), timedelta(days=40)).map(lambda ago: NOW - ago),
    lasted=LENGTHS,
    complete=st.booleans(),
    purpose=PURPOSES,
    left_ml=MAYBE,
    right_ml=MAYBE,
    comfort=st.none() | st.sampled_from(Comfort),
    meant_for=NAMES,
    note=NAMES,
)


class Kept:
    def __init__(self, records: list[Record]) -> None:
        self._records = records

    def count(self, wanted: Filter) -> int:
        return len(self._records)

    def records(self, wanted: Filter, limit: int, offset: int) -> list[Record]:
        return self._records[offset : offset + limit]

    def row(self, wanted: Filter, record: Record) -> int | None:
        return self._records.index(record) if record in self._records else None


@FEW
@given(
    records=st.one_of(
        st.lists(RECORDS, max_size=2),
        st.lists(RECORDS, min_size=1, max_size=1).map(lambda one: one * 3),
        st.lists(RECORDS, min_size=10, max_size=40),
    ),
    span=st.sampled_from(DaysSpan),
    ounces=st.booleans(),
    number_free=st.booleans(),
)
def test_the_history_of_any_sessions(
    history: HistoryPage, records: list[Record], span: DaysSpan, ounces: bool, number_free: bool
) -> None:
    records.sort(key=lambda one: one.began, reverse=True)
    named = {one.routine_id: one.routine_name for one in records}
    routines = choices([(key, name, sum(one.routine_id == key for one in records)) for key, name in named.items()])
    days = [DayTotal(one.began.date(), 1, int(one.ml is not None), one.ml) for one in reversed(records)]
    volumes = {one.id: [(each.began, each.ml) for each in records if each.ml is not None] for one in routines}
    pair = [one for one in routines if one.id][:2]
    compared = side_by_side(pair[0], pair[1], *(volumes[one.id] for one in pair)) if len(pair) == 2 else None
    page = history
    page.show_overview()
    page.show_history(
        HistoryView(
            now=NOW,
            dial=dial(records, NOW),
            total=len(records),
            latest=tuple(records[:12]),
            span=span,
            trend=trend(days, [], span, NOW.date()),
            routines=routines,
            compared=compared,
            units="oz" if ounces else "ml",
            number_free=number_free,
        ),
        Kept(records),
    )
    shown_whole(page)
    assert page.nothing.isVisible() is not bool(records)
    if records:
        page.show_all()
        shown_whole(page)
        assert page.records.model.rowCount() == len(records)


@st.composite
def summaries(draw: st.DrawFn) -> tuple[Summary, ...]:
    bars = st.lists(st.builds(StepBar, st.sampled_from(Kind), LENGTHS, st.none() | LENGTHS), max_size=30).map(tuple)
    one = st.builds(
        Summary,
        id=st.just("r"),
        name=NAMES.filter(bool),
        path=st.just(Path("r.yaml")),
        builtin=st.booleans(),
        replaces_builtin=st.booleans(),
        for_whom=NAMES,
        summary=NAMES,
        shortest=LENGTHS,
        longest=LENGTHS,
        purposes=st.lists(st.sampled_from(Purpose), max_size=3, unique=True).map(tuple),
        hands_on=st.booleans(),
        suits_sore=st.booleans(),
        bars=bars,
        problem=st.none() | NAMES.filter(bool),
        problems=st.integers(1, 40),
    )
    found = draw(st.lists(one, max_size=draw(st.sampled_from([0, 1, 2, 14]))))
    return tuple(
        Summary(**{name: getattr(each, name) for name in each._fields} | {"id": f"r{at}"})
        for at, each in enumerate(found)
    )


@FEW
@given(
    found=summaries(), line=NAMES, goal=st.none() | st.integers(0, 14), sore=st.booleans(), number_free=st.booleans(),
    sought=st.sampled_from(["", "  ", "massage", "none such"]), first_run=st.booleans(), with_hidden=st.booleans(),
)  # fmt: skip
def test_a_library_of_any_routines(
    library: LibraryPage,
    found: tuple[Summary, ...],
    line: str,
    goal: int | None,
    sore: bool,
    number_free: bool,
    sought: str,
    first_run: bool,
    with_hidden: bool,
) -> None:
    page = library
    view = LibraryView(
        line=line,
        summaries=found,
        goal_dots=goal,
        last=found[-1] if found else None,
        sore=sore,
        number_free=number_free,
        hidden=frozenset(one.id for one in found[::3]),
        with_hidden=with_hidden,
        first_run=first_run,
        sought=sought,
    )
    page.show_library(view)
    shown_whole(page)
    assert [card.summary.id for card in page.cards] == [one.id for one in narrowed(view)]
    assert page.cards or page.listed.note.isVisible()


@FEW
@given(plan=plans(), sore=st.none() | st.booleans(), number_free=st.booleans(), words=NAMES)
def test_any_plan_is_got_ready_and_begun(
    before_and_during: tuple[ReadyPage, SessionPage], plan: Plan, sore: bool | None, number_free: bool, words: str
) -> None:
    ready, session = before_and_during
    ready.show_routine(
        ReadyView(
            id="r",
            routine=plan.routine,
            plan=plan,
            sore=sore,
            number_free=number_free,
            hint=words,
            usual=words,
            warnings=(words,) if words else (),
            voice_name=words,
        )
    )
    shown_whole(ready)
    assert ready.start.isEnabled() is not (ready.view is not None and ready.view.rests)
    session.show_plan(plan)
    session.show_readout(read(Ready(plan), timedelta(0)))
    shown_whole(session)
