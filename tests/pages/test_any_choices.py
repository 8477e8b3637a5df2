"""Settings, voices, files and what is taken along, shown with invented values."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.core.unattended import Ranges
from guide.kit.look import Look
from guide.live.voices import Origin, VoiceOffer
from guide.pages.along.page import AlongPage
from guide.pages.along.view import AlongView, Failed, Idle, Made, Making, Sizes, State, Stopped, Stopping
from guide.pages.bringing.page import BringingPage
from guide.pages.settings.page import SettingsPage
from guide.pages.settings.view import SettingsChoices
from guide.pages.voices.page import VoicesPage
from guide.pages.voices.view import VoicesView
from guide.store.bringing.look import Content, look
from guide.store.glance import ThemeSetting
from guide.store.log.same import Known
from guide.store.settings import Beneath, MotionChoice, Settings, SoreCheck, Tap, Units
from invented import FEW, NAMES, Show, raised, shown_whole, small

__all__ = ["raised"]

NOW = datetime(2026, 11, 22, 3, 12, tzinfo=UTC)
SHARES = st.sampled_from([0.0, 0.05, 0.333, 1.0])
PATHS = st.lists(NAMES.map(lambda name: f"/home/{name}.jpg"), max_size=3).map(tuple)


@pytest.fixture
def settings_page(look: Look, show: Show) -> SettingsPage:
    return small(SettingsPage(look=look), show)


@FEW
@given(
    chosen=st.builds(
        Settings,
        theme=st.sampled_from(ThemeSetting),
        text_scale=st.sampled_from([1.0, 1.15, 1.3, 1.6]),
        motion=st.sampled_from(MotionChoice),
        voice_on=st.booleans(),
        voice=st.none() | NAMES,
        voice_volume=SHARES,
        chimes_on=st.booleans(),
        chime_family=NAMES,
        quiet_night=st.booleans(),
        number_free=st.booleans(),
        units=st.sampled_from(Units),
        tap=st.sampled_from(Tap),
        learned_keys=st.just(MappingProxyType({"next": ("F13", "Media Next"), "undo": ("K",)})),
        photos=PATHS,
        sounds=st.sampled_from(Beneath),
        music=NAMES,
        baby_sounds=NAMES,
        pump_name=NAMES,
        flange_left=NAMES,
        level_right=NAMES,
        daily_goal=st.integers(0, 14),
        nudge_on=st.booleans(),
        nudge_hours=st.sampled_from([0.5, 2.5, 12.0]),
        sore_check=st.none() | st.builds(SoreCheck, st.just(NOW.date()), sore=st.booleans()),
    ),
    choices=st.builds(
        SettingsChoices,
        voices=st.lists(st.tuples(st.none() | NAMES, NAMES), max_size=30),
        families=st.lists(NAMES, max_size=5),
        awake=NAMES,
        folder=NAMES,
        languages=st.lists(st.tuples(st.sampled_from(["de", "es"]), NAMES), max_size=30),
    ),
)
def test_any_settings_on_any_computer(settings_page: SettingsPage, chosen: Settings, choices: SettingsChoices) -> None:
    settings_page.show_settings(chosen, choices)
    shown_whole(settings_page)
    assert settings_page.awake.isVisible() is bool(choices.awake)


OFFERS = st.lists(st.builds(VoiceOffer, id=NAMES, name=NAMES, about=NAMES, origin=st.sampled_from(Origin)), max_size=12)


@pytest.fixture
def voices_page(look: Look, show: Show) -> VoicesPage:
    return small(VoicesPage(look=look), show)


@FEW
@given(
    view=st.builds(
        VoicesView,
        natural=OFFERS.map(lambda found: tuple(found[:1])),
        computer=OFFERS.map(tuple),
        recorded=OFFERS.map(tuple),
        speaks=NAMES,
        instead=NAMES,
        usual=NAMES,
        pace=st.integers(80, 260),
        volume=SHARES,
        playing=NAMES,
        finding=st.booleans(),
        routines=st.lists(st.tuples(NAMES, NAMES), max_size=14).map(tuple),
        missing=NAMES,
    )
)
def test_any_voices(voices_page: VoicesPage, view: VoicesView) -> None:
    numbered = [replace(one, id=f"{one.id}{at}") for at, one in enumerate(view.all)]
    first, second = len(view.natural), len(view.natural) + len(view.computer)
    view = replace(
        view,
        natural=tuple(numbered[:first]),
        computer=tuple(numbered[first:second]),
        recorded=tuple(numbered[second:]),
        speaks=numbered[-1].id if numbered else "",
    )
    voices_page.show_view(view)
    shown_whole(voices_page)


CELLS = st.sampled_from(["", "75", "2,5", "1.234,5", "03.11.2026", "11/3/26 4:05 pm", "20 min", "Left", "x" * 300, '"'])


@pytest.fixture
def bringing_page(look: Look, show: Show) -> BringingPage:
    return small(BringingPage(look=look), show)


@FEW
@given(
    header=st.lists(
        NAMES | st.sampled_from(["Date", "Time", "Left (ml)", "Right", "Duration", "Notes", "Seite"]),
        min_size=1,
        max_size=9,
    ),
    rows=st.lists(st.lists(CELLS, max_size=9), max_size=30),
    mark=st.sampled_from([",", ";", "\t"]),
    count=st.sampled_from([0, 1, 2, 3]),
    ounces=st.booleans(),
)
def test_any_files_to_bring_in(
    bringing_page: BringingPage, header: list[str], rows: list[list[str]], mark: str, count: int, ounces: bool
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows([header, *rows])
    contents = [Content(Path(f"{'n' * 60}{at}.csv"), text.getvalue().encode()) for at in range(count)]
    seen = look(contents, known=Known(()), routines={}, now=NOW, zone=UTC, matches={})
    bringing_page.show_look(seen, NOW, ounces=ounces)
    shown_whole(bringing_page)
    assert len(bringing_page.sections) == count
    assert all(bringing_page.sections[at].isVisible() for at in range(count))


STATES = st.one_of(
    st.sampled_from([Idle(), Stopping(), Stopped()]),
    st.builds(Making, done=st.integers(0, 30), of=st.just(30), sounds_ready=st.booleans()),
    st.builds(Made, name=NAMES, folder=NAMES),
    st.builds(Failed, sentence=NAMES),
)


@pytest.fixture
def along_page(look: Look, show: Show) -> AlongPage:
    return small(AlongPage(look=look), show)


@FEW
@given(
    name=NAMES,
    lengths=st.lists(st.integers(0, 600), min_size=3, max_size=3).map(sorted),
    size=st.sampled_from([0, 1, 480_000, 3_000_000_000]),
    chapters=st.sampled_from([0, 1, 2, 1000]),
    sounds=st.lists(st.tuples(NAMES, NAMES), max_size=4),
    ending=st.sampled_from([".mp3", ".wav"]),
    state=STATES,
    voices=st.lists(st.tuples(NAMES, NAMES), max_size=9),
)
def test_any_routine_taken_along(
    along_page: AlongPage,
    name: str,
    lengths: list[int],
    size: int,
    chapters: int,
    sounds: list[tuple[object, str]],
    ending: str,
    state: State,
    voices: list[tuple[str | None, str]],
) -> None:
    sizes = {one: Sizes(timedelta(minutes=length), size, chapters) for one, length in zip(Ranges, lengths, strict=True)}
    along_page.show_view(AlongView(name, sizes, sounds, None, ending, NOW, name))
    along_page.show_voices(voices, None)
    along_page.show_state(state)
    shown_whole(along_page)
    assert along_page.ranges.isEnabled() is not isinstance(state, Making | Stopping)
