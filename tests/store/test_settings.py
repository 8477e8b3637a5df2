"""What a person chose, and how it outlives damage."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from errno import EACCES
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from chosen import ALL_CHOSEN
from guide.store.glance import ThemeSetting
from guide.store.settings import (
    LONGEST_FIGURE,
    LONGEST_PUMP,
    LONGEST_TEXT,
    MOST_ACTIONS,
    MOST_ITEMS,
    MOST_TOLD,
    READS,
    Settings,
    SoreCheck,
    Units,
    after_pain,
    load,
    save,
    sore_today,
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


THEMES = "is one of night, light, system"


@pytest.mark.parametrize(
    ("key", "value", "wrong"),
    [
        ("theme", "lights", THEMES + "; did you mean 'light'?"),
        ("theme", "zzz", THEMES),
        ("theme", 7, THEMES),
        ("purpose", 7, "is one of protect, promote, treat"),
        ("sounds", "rian", "is one of off, rain, brown noise, fan, music, music, shuffled, baby; did you mean 'rain'?"),
        ("listens", "well", "is one of strict, usual, easy"),
        ("listens", None, "is one of strict, usual, easy"),
        ("chime_family", 7, "is a text"),
        ("chime_family", "a\0b", "is a text"),
        ("voice", ["a"], "is a text"),
        ("pump_name", "x" * (LONGEST_PUMP + 1), f"is a text of at most {LONGEST_PUMP} characters"),
        ("photos", "a.jpg", "is a list of texts"),
        ("learned_keys", ["F13"], "names keys for each action"),
        ("words", ["weiter"], "names a word for each command"),
        ("words", {str(number): "w" for number in range(101)}, "names a word for each command"),
        ("words", {"next": 7}, "is a text"),
        ("language", "Deutsch!", "is a language tag such as 'es'"),
        ("language", 7, "is a language tag such as 'es'"),
        ("quiet_to", "24:00", "is a time of day such as '22:00'"),
        ("sore_check", {"day": "today", "sore": True}, "has a day and true or false"),
        ("sore_check", {"day": "2026-03-01", "sore": 1}, "has a day and true or false"),
        ("sore_check", "sore", "has a day and true or false"),
        ("window", 7, "has x, y, width and height"),
        ("dim_level", "dark", "is a number from 0 to 0.4"),
        ("daily_goal", True, "is a number from 0 to 24"),
    ],
)
def test_what_cannot_be_taken_is_told_with_what_would_be_right(path: Path, key: str, value: Any, wrong: str) -> None:
    put(path, {key: value})

    assert load(path) == (Settings(), [f"In settings.json, '{key}' {wrong}; the usual setting is in use."])


@pytest.mark.parametrize(
    ("key", "value", "taken"),
    [
        ("chime_family", "x" * LONGEST_TEXT, "x" * LONGEST_TEXT),
        ("pump_name", " " + "x" * (LONGEST_PUMP - 1), "x" * (LONGEST_PUMP - 1)),
        ("flange_left", "x" * LONGEST_FIGURE, "x" * LONGEST_FIGURE),
        ("words", {str(number): "w" for number in range(100)}, {str(number): "w" for number in range(100)}),
        ("photos", ["a", "b", "a"], ("a", "b")),
        ("learned_keys", {"next": ["F13", "F13"], "pause": []}, {"next": ("F13",), "pause": ()}),
        ("language", "", ""),
        ("language", "zh-Hant-TW", "zh-Hant-TW"),
        ("voice", None, None),
        ("window", None, None),
        ("sore_check", None, None),
    ],
)
def test_what_is_right_to_the_last_letter_is_taken(path: Path, key: str, value: Any, taken: object) -> None:
    put(path, {key: value})

    chosen, told = load(path)

    assert (getattr(chosen, key), told) == (taken, [])


@pytest.mark.parametrize(
    ("key", "value", "taken", "left_out"),
    [
        ("photos", ["a", 7, "b", "c\0"], ("a", "b"), 2),
        ("photos", [str(number) for number in range(MOST_ITEMS + 3)], tuple(map(str, range(MOST_ITEMS))), 3),
        ("photos", [None, *["a"] * MOST_ITEMS], ("a",), 2),
        (
            "learned_keys",
            {"a": 7, "b": ["F1", 7, 8], "c": ["F2"], "d\0": ["F3"], "e": ["F4", 9], "f": "F5", "g": ["F6"]},
            {"b": ("F1",), "c": ("F2",), "e": ("F4",), "g": ("F6",)},
            6,
        ),
        ("learned_keys", {"a": ["F1"], "b": 7}, {"a": ("F1",)}, 1),
        (
            "learned_keys",
            {str(number): ["F1"] for number in range(MOST_ACTIONS + 2)},
            {str(number): ("F1",) for number in range(MOST_ACTIONS)},
            2,
        ),
    ],
)
def test_of_a_list_what_reads_is_taken_and_the_rest_is_counted(
    path: Path, key: str, value: Any, taken: object, left_out: int
) -> None:
    put(path, {key: value})

    chosen, told = load(path)

    assert getattr(chosen, key) == taken
    entries = f"one entry of '{key}'" if left_out == 1 else f"{left_out} entries of '{key}'"
    assert told == [f"In settings.json, {entries} could not be read; the others are in use."]


@pytest.mark.parametrize(("count", "more"), [(MOST_TOLD, 0), (MOST_TOLD + 1, 1), (MOST_TOLD + 2, 2)])
def test_of_many_unknown_settings_the_first_are_named_and_the_others_counted(path: Path, count: int, more: int) -> None:
    put(path, {f"qqq{number}": number for number in range(count)})

    told = load(path)[1]

    assert told[:MOST_TOLD] == [
        f"In settings.json, 'qqq{number}' is not a setting known here." for number in range(MOST_TOLD)
    ]
    assert told[MOST_TOLD:] == [
        f"In settings.json, {more} more setting{' is' if more == 1 else 's are'} not known here."
    ] * bool(more)


@pytest.mark.parametrize("version", [None, 1, 0, "2", True])
def test_a_version_that_is_not_newer_is_read_as_ours(path: Path, version: object) -> None:
    put(path, {"theme": "light"} | ({} if version is None else {"version": version}))

    assert load(path) == (Settings(theme=ThemeSetting.LIGHT), [])


@pytest.mark.parametrize("content", ['{"version": 2}', "noise"])
def test_what_cannot_be_kept_aside_is_told_without_a_name(
    path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    path.parent.mkdir()
    path.write_text(content)
    monkeypatch.setattr("guide.store.settings.keep_aside", lambda _: None)

    (told,) = load(path)[1]

    assert told in {
        "Your settings come from a newer version; what is known here is in use.",
        "Your settings file could not be understood, so the usual settings are in use.",
    }


def test_a_file_that_cannot_be_read_is_told_with_the_reason(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> bytes:
        raise PermissionError(EACCES, "Permission denied")

    monkeypatch.setattr("guide.store.settings.read_ordinary", refused)

    assert load(path) == (
        Settings(),
        ["Your settings could not be read (permission denied); they are the usual ones for now."],
    )


def test_a_file_is_read_up_to_a_size_and_written_to_be_read_by_people(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(path, Settings(music="/home/her/Müsik"))
    data = path.read_bytes()
    assert data.decode().startswith('{\n  "version": 1,\n  "language": "",\n')
    assert '"music": "/home/her/Müsik"' in data.decode()

    monkeypatch.setattr("guide.store.settings.MOST_BYTES", len(data))
    assert load(path)[1] == []
    monkeypatch.setattr("guide.store.settings.MOST_BYTES", len(data) - 1)
    assert len(load(path)[1]) == 1


@pytest.mark.parametrize("sore", [False, True])
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_the_check_before_hands_on_work_is_good_for_its_day_and_after_pain_yes_stays(days: int, sore: bool) -> None:
    now = datetime(2026, 3, 1, 23, 59, tzinfo=UTC)
    check = SoreCheck(now.date() + timedelta(days=days), sore)

    assert sore_today(Settings(sore_check=check), now) is (sore if days == 0 else None)
    assert sore_today(Settings(), now) is None
    assert after_pain(check) is (check if sore else None)
    assert after_pain(None) is None


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


@hypothesis_settings(max_examples=100, deadline=None)
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
