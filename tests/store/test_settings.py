"""What a person chose, and how it outlives damage."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, time
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from guide.core.routine import Purpose
from guide.store.glance import ThemeSetting, Window
from guide.store.settings import LONGEST_PUMP, READS, Beneath, MotionChoice, Settings, SoreCheck, Tap, Units, load, save

ALL_CHOSEN = Settings(
    language="pt-BR",
    listen=True,
    words=MappingProxyType({"next": "weiter"}),
    microphone="Headset",
    listens="strict",
    headphones=True,
    alike_kept=("say again",),
    media_keys=False,
    photos_shown=False,
    first_hint_closed=True,
    theme=ThemeSetting.LIGHT,
    dim_at_night=False,
    dim_level=0.4,
    text_scale=1.5,
    motion=MotionChoice.STILL,
    voice_on=False,
    voice="espeak:en+f3",
    voice_volume=0.5,
    voice_rate=120,
    chimes_on=False,
    chime_family="glass",
    chime_volume=0.1,
    partner_shown=False,
    partner_said=True,
    quiet_night=True,
    number_free=True,
    units=Units.OZ,
    full_screen_at_start=False,
    tap=Tap.PAUSE,
    learned_keys=MappingProxyType({"next": ("F13", "Media Next")}),
    photos=("/home/anna/Bilder/Käthe.jpg",),
    sounds=Beneath.MUSIC,
    sounds_volume=0.6,
    music="/home/her/Music",
    music_at="88200|a.mp3",
    baby_sounds="/home/her/baby",
    taken_to="/home/her/car",
    pump_name="Her pump",
    flange_left="21 mm",
    sounds_soften=False,
    flange_right="24 mm",
    level_left="4",
    level_right="5",
    switches_mode=True,
    daily_goal=8,
    nudge_on=True,
    nudge_hours=2.5,
    quiet_from=time(21, 30),
    quiet_to=time(7),
    hidden=("power-pumping",),
    purpose=Purpose.TREAT,
    sore_check=SoreCheck(date(2026, 3, 1), sore=True),
    window=Window(-10, 20, 1160, 780, maximised=True),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def put(path: Path, held: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(held))


def test_every_setting_is_read_back_as_it_was_saved(path: Path) -> None:
    assert all(
        getattr(ALL_CHOSEN, field.name) != getattr(Settings(), field.name) for field in dataclasses.fields(Settings)
    )

    for chosen in (Settings(), ALL_CHOSEN):
        save(path, chosen)
        assert load(path) == (chosen, [])


def test_every_setting_is_in_the_table() -> None:
    assert list(READS) == [field.name for field in dataclasses.fields(Settings)]


def test_no_file_means_the_usual_settings(path: Path) -> None:
    assert load(path) == (Settings(), [])


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 500, b'{"theme": "li', b"\x93\xfa\x00noise\xff", b"[]", b"null", b"[" * 200_000, b" " * 2_000_000],
    ids=["nothing", "NULs", "half", "noise", "a list", "null", "brackets", "too much"],
)
def test_a_damaged_file_is_kept_aside_and_told_in_one_sentence(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)

    chosen, told = load(path)

    (aside,) = path.parent.iterdir()
    assert chosen == Settings()
    assert aside.read_bytes() == content
    (sentence,) = told
    assert sentence.startswith("Your settings file could not be understood, so the usual settings are in use. ")
    assert sentence.endswith(f"The old file is kept as {aside.name}.")
    save(path, chosen)
    assert load(path) == (Settings(), [])


def test_damage_twice_keeps_both_files(path: Path) -> None:
    for content in ("one", "two"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(content)
        load(path)

    assert sorted(aside.read_text() for aside in path.parent.iterdir()) == ["one", "two"]


def test_a_newer_version_is_kept_aside_and_what_is_known_is_taken(path: Path) -> None:
    put(path, {"version": 2, "theme": "light", "hologram": True})

    chosen, (sentence,) = load(path)

    (aside,) = path.parent.iterdir()
    assert chosen == Settings(theme=ThemeSetting.LIGHT)
    assert (
        sentence
        == f"Your settings come from a newer version; what is known here is in use. It is kept as {aside.name}."
    )


def test_one_bad_setting_is_told_and_the_others_are_taken(path: Path) -> None:
    put(path, {"theme": "ligth", "text_scal": 1.2, "units": "oz", "quiet_from": "25:00", "voice_on": 1})

    chosen, told = load(path)

    assert chosen == Settings(units=Units.OZ)
    assert told == [
        "In settings.json, 'theme' is one of night, light, system; did you mean 'light'?; the usual setting is in use.",
        "In settings.json, 'quiet_from' is a time of day such as '22:00'; the usual setting is in use.",
        "In settings.json, 'voice_on' is true or false; the usual setting is in use.",
        "In settings.json, 'text_scal' is not a setting known here. Did you mean 'text_scale'?",
    ]


@pytest.mark.parametrize(
    ("key", "value", "taken"),
    [
        ("text_scale", 9, 1.6),
        ("text_scale", -1, 0.9),
        ("voice_volume", 1e999, 1.0),
        ("voice_rate", 10**30, 260),
        ("daily_goal", 7.6, 8),
        ("nudge_hours", 0, 0.5),
    ],
)
def test_a_number_beyond_its_ends_is_taken_as_the_end(path: Path, key: str, value: float, taken: float) -> None:
    put(path, {key: value})

    chosen, told = load(path)

    assert (getattr(chosen, key), told) == (taken, [])


def test_a_short_text_that_grew_when_it_was_made_visible_is_still_read_the_next_time(path: Path) -> None:
    put(path, {"pump_name": "\ufeff" * LONGEST_PUMP})
    first, told = load(path)
    save(path, first)

    assert not told
    assert load(path) == (first, [])
    assert len(first.pump_name) == LONGEST_PUMP


def test_hundreds_of_unknown_settings_make_few_sentences(path: Path) -> None:
    put(path, {f"odd{number}": number for number in range(500)})

    assert len(load(path)[1]) == 21


def test_a_folder_in_its_place_is_no_reason_to_stop(path: Path) -> None:
    path.mkdir(parents=True)

    chosen, told = load(path)

    assert (chosen, len(told)) == (Settings(), 1)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@hypothesis_settings(max_examples=200, deadline=None)
@given(held=st.dictionaries(st.sampled_from([*READS, "version", "odd"]), json_values))
def test_whatever_the_file_says_settings_come_back_and_can_be_saved(
    tmp_path_factory: pytest.TempPathFactory, held: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    put(path, held)

    chosen, told = load(path)
    save(path, chosen)

    assert all(sentence.isprintable() for sentence in told)
    assert load(path) == (chosen, [])
