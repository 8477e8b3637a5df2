"""Settings of two computers put together: each pair of values of each setting, and any settings with any others."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from chosen import ALL_CHOSEN, OTHERWISE_CHOSEN
from guide.core.kinds import Purpose
from guide.store.glance import ThemeSetting
from guide.store.joining import JOININGS, Joining, joined
from guide.store.settings import MOST_ITEMS, Settings, SoreCheck, load, save

NAMES = [field.name for field in fields(Settings)]
THREE = (Settings(), ALL_CHOSEN, OTHERWISE_CHOSEN)
SETTINGS = st.builds(Settings, **{name: st.sampled_from([getattr(one, name) for one in THREE]) for name in NAMES})


def read_back(folder: Path, settings: Settings) -> tuple[Settings, list[str]]:
    save(folder / "settings.json", settings)
    return load(folder / "settings.json")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("joined")


def test_each_setting_has_one_way_and_what_is_joined_is_a_list_of_texts() -> None:
    assert list(JOININGS) == NAMES
    hints = get_type_hints(Settings, localns={"Purpose": Purpose})
    lists = {name for name in NAMES if hints[name] == tuple[str, ...]}
    assert (
        {name for name, how in JOININGS.items() if how is Joining.JOINED} == lists == {"alike_kept", "photos", "hidden"}
    )


def test_each_pair_of_values_of_each_setting_is_of_one_of_the_two_or_of_both_lists(folder: Path) -> None:
    pairs = [(name, here, there) for name in NAMES for here in THREE for there in THREE]
    every = Settings()
    for name, here, there in pairs:
        mine, theirs = getattr(here, name), getattr(there, name)
        both = joined(replace(Settings(), **{name: mine}), replace(Settings(), **{name: theirs}))
        if isinstance(mine, tuple) and JOININGS[name] is Joining.JOINED:
            assert (set(getattr(both, name)), getattr(both, name)[: len(mine)]) == ({*mine, *theirs}, mine)
        else:
            assert getattr(both, name) in (mine, theirs)
        if mine != getattr(every, name) and name != "sore_check":
            assert getattr(both, name) == mine or JOININGS[name] is Joining.JOINED
        assert replace(both, **{name: getattr(every, name)}) == every
        assert read_back(folder, both) == (both, [])


@given(here=SETTINGS, there=SETTINGS)
@hypothesis_settings(max_examples=60, deadline=None)
def test_any_two_settings_put_together_are_read_back_as_they_were_saved(
    folder: Path, here: Settings, there: Settings
) -> None:
    both = joined(here, there)
    assert read_back(folder, both) == (both, [])
    assert joined(both, there) == both
    assert joined(here, here) == here


def test_figures_of_two_pumps_and_places_in_two_folders_of_music_are_not_mixed() -> None:
    here = Settings(pump_name="Mine", music="/mine")
    both = joined(here, ALL_CHOSEN)
    assert both.pump == here.pump
    assert (both.music, both.music_at) == ("/mine", "")
    alone = joined(Settings(theme=ThemeSetting.LIGHT), ALL_CHOSEN)
    assert alone.pump == ALL_CHOSEN.pump
    assert (alone.music, alone.music_at) == (ALL_CHOSEN.music, ALL_CHOSEN.music_at)


def test_what_is_as_at_first_comes_but_for_what_is_of_this_computer() -> None:
    fresh = Settings(language="en")  # the first page asks for it, and saves all the others as they are at first
    both = joined(fresh, OTHERWISE_CHOSEN)
    stays = {"language", "listen", "microphone", "headphones", "taken_to", "window"}
    for name in NAMES:
        expected = fresh if name in stays or (name == "sore_check" and not both.sore_check) else OTHERWISE_CHOSEN
        assert getattr(both, name) == getattr(expected, name), name
    large = replace(fresh, text_scale=1.3)
    assert joined(large, OTHERWISE_CHOSEN).text_scale == 1.3


YES = [SoreCheck(date(2026, 3, day), sore=True) for day in (1, 2, 3)]
NO = [SoreCheck(date(2026, 3, day), sore=False) for day in (1, 2, 3)]


@pytest.mark.parametrize("here", [None, YES[1], NO[1]])
@pytest.mark.parametrize("there", [None, *YES, *NO])
def test_a_yes_that_is_not_older_comes_from_elsewhere_and_a_no_never_does(
    here: SoreCheck | None, there: SoreCheck | None
) -> None:
    both = joined(Settings(sore_check=here), Settings(sore_check=there)).sore_check
    assert both == (there if there in (YES if here is None else YES[1:]) else here)


def test_lists_hold_as_much_as_is_read_and_hers_first() -> None:
    mine, theirs = (tuple(f"/{name}{number}.jpg" for number in range(700)) for name in "ab")
    photos = joined(Settings(photos=mine), Settings(photos=theirs)).photos
    assert (photos[:700], len(photos)) == (mine, MOST_ITEMS)
