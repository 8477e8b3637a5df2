"""What plays beneath a session, how loud, and how her settings want a session to be heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from guide.core.routine import Background, Routine
from guide.live import beneath as module
from guide.live.beneath import ASKED, NAMES, NOISES, count, source, volume, wished, written
from guide.live.wishes import voices_of, wishes_of
from guide.sound.bed import Noise
from guide.sound.repertoire import Wishes
from guide.sound.voices.engine import Priority
from guide.sound.voices.recorded import Recordings
from guide.store.paths import Paths
from guide.store.settings import Beneath, Settings
from plans import fixed
from tables import each_row

HERS = replace(Settings(), music="/hers", baby_sounds="/baby.mp3")


@each_row(
    ("hers", "asked", "plays"),
    [
        (None, None, Beneath.OFF),
        (None, Background.RAIN, Beneath.RAIN),
        (None, Background.BROWN_NOISE, Beneath.BROWN),
        (None, Background.FAN, Beneath.FAN),
        (None, Background.NONE, Beneath.OFF),
        (Beneath.OFF, Background.RAIN, Beneath.OFF),
        (Beneath.MUSIC, Background.RAIN, Beneath.MUSIC),
        (Beneath.FAN, None, Beneath.FAN),
    ],
)
def test_her_own_wish_wins_over_the_routine_s(hers: Beneath | None, asked: Background | None, plays: Beneath) -> None:
    assert wished(replace(Settings(), sounds=hers), Routine("R", (fixed("1 min"),), sounds=asked)) is plays


def test_all_that_a_routine_may_ask_for_and_all_that_she_may_choose_is_known() -> None:
    assert set(ASKED) == set(Background)
    assert set(NAMES) == set(Beneath)
    assert set(NOISES.values()) == set(Noise)


@pytest.mark.parametrize(("quiet", "share"), [(False, 0.4), (True, 0.4 * 0.5**0.5)])
def test_a_quiet_night_is_half_as_loud_to_the_ear(quiet: bool, share: float) -> None:
    assert volume(replace(Settings(), sounds_volume=0.4, quiet_night=quiet)) == pytest.approx(share)


def test_the_sound_files_of_a_folder_are_counted_and_a_folder_that_is_gone_has_none(tmp_path: Path) -> None:
    for name in ("a.mp3", "b.flac", "c.txt"):
        (tmp_path / name).touch()
    assert count(tmp_path) == 2
    assert count(tmp_path / "gone") == 0


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, dict[str, Any]]]:
    """What the sound is made of, in place of making it."""
    calls: list[tuple[Any, dict[str, Any]]] = []

    def remember(what: object, **how: object) -> Iterator[object]:
        calls.append((what, how))
        return iter(())

    monkeypatch.setattr(module, "made", remember)
    monkeypatch.setattr(module, "of_files", remember)
    return calls


def keep(name: str, frame: int) -> None:
    raise AssertionError(name, frame)


MUSIC = Path("/hers")


@pytest.mark.parametrize(
    ("beneath", "settings", "expected"),
    [
        (Beneath.RAIN, HERS, (Noise.RAIN, {})),
        (Beneath.BROWN, HERS, (Noise.BROWN, {})),
        (Beneath.FAN, HERS, (Noise.FAN, {})),
        (Beneath.MUSIC, HERS, (MUSIC, {"shuffled": False, "begin_at": None, "keep": keep})),
        (Beneath.SHUFFLED, HERS, (MUSIC, {"shuffled": True, "begin_at": None, "keep": keep})),
        (
            Beneath.MUSIC,
            replace(HERS, music_at=written("a | b.mp3", 88_200)),
            (MUSIC, {"shuffled": False, "begin_at": ("a | b.mp3", 88_200), "keep": keep}),
        ),
        (Beneath.BABY, HERS, (Path("/baby.mp3"), {})),
    ],
)
def test_what_is_chosen_is_played_from_its_place_on(
    asked: list[tuple[Any, dict[str, Any]]], beneath: Beneath, settings: Settings, expected: tuple[Any, dict[str, Any]]
) -> None:
    begin = source(beneath, settings, keep)
    assert begin is not None
    begin()
    assert asked == [expected]


@each_row("beneath", [Beneath.OFF, Beneath.MUSIC, Beneath.SHUFFLED, Beneath.BABY])
def test_without_a_folder_and_without_a_wish_there_is_silence(beneath: Beneath) -> None:
    assert source(beneath, Settings()) is None


@pytest.mark.parametrize(
    "place", ["", "12", "|", "|a.mp3", "x|a.mp3", "-1|a.mp3", f"{10**12}|a.mp3", f"{10**11}|a.mp3"]
)
def test_a_place_that_is_none_begins_anew(asked: list[tuple[Any, dict[str, Any]]], place: str) -> None:
    begin = source(Beneath.MUSIC, replace(HERS, music_at=place))
    assert begin is not None
    begin()
    assert asked[0][1]["begin_at"] is None


def test_a_place_of_eleven_figures_is_gone_on_from(asked: list[tuple[Any, dict[str, Any]]]) -> None:
    begin = source(Beneath.MUSIC, replace(HERS, music_at=f"{10**11 - 1}|a.mp3"))
    assert begin is not None
    begin()
    assert asked[0][1]["begin_at"] == ("a.mp3", 10**11 - 1)


def test_noise_is_made() -> None:
    begin = source(Beneath.RAIN, Settings())
    assert begin is not None
    (block,) = islice(begin(), 1)
    assert block.shape[1] == 2


# how a session is heard


@each_row(
    ("changes", "expected"),
    [
        ({}, {"voice_on": True, "voice": None, "voice_volume": 0.8, "pace": 145, "chimes_on": True, "family": "wood",
              "chime_volume": 0.7, "partner_said": False, "quiet": False}),
        ({"voice_on": False, "chimes_on": False, "quiet_night": True},
         {"voice_on": False, "chimes_on": False, "quiet": True}),
        ({"voice": "piper:x", "voice_volume": 0.3, "voice_rate": 120, "chime_volume": 0.2, "chime_family": "glass"},
         {"voice": "piper:x", "voice_volume": 0.3, "pace": 120, "chime_volume": 0.2, "family": "glass"}),
        ({"chime_family": "of another version"}, {"family": "wood"}),
        ({"partner_said": True}, {"partner_said": True}),
        ({"partner_said": True, "partner_shown": False}, {"partner_said": False}),
        ({"partner_said": False, "partner_shown": True}, {"partner_said": False}),
    ],
)  # fmt: skip
def test_a_session_is_heard_as_her_settings_have_it(changes: dict[str, Any], expected: dict[str, Any]) -> None:
    wishes: Wishes = wishes_of(replace(Settings(), **changes))
    assert {name: getattr(wishes, name) for name in expected} == expected


def test_voices_are_those_of_the_computer_and_her_recordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = Paths.of(tmp_path)
    assert voices_of(paths).priority is Priority.USUAL
    voices = voices_of(paths, Priority.LOW)
    assert voices.priority is Priority.LOW
    assert list(voices.own()) == []
    monkeypatch.setattr(Recordings, "voices", lambda recordings: [recordings._folder])
    hers: list[Any] = list(voices_of(paths).own())
    assert hers == [paths.recordings]
