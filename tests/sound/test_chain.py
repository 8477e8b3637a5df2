"""The chain: which voice speaks first here, and which after it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from computers import MAC, Computer

from guide.sound.voices.chain import EMBEDDED, ENGINES, NATURAL, Voices
from guide.sound.voices.engine import EngineVoice, Priority
from guide.sound.voices.system import System
from guide.sound.voices.voice import Voice
from tables import each_row

PROGRAMS = ["pico2wave", "flite", "espeak-ng"]


class Jonas:
    """A voice that someone recorded."""

    id = "recorded:jonas"
    name = "Jonas"

    def edition(self, text: str) -> str | None:
        return None

    def render(self, text: str, *, pace: int) -> bytes:
        return b""

    def rest(self) -> None:
        pass


def voices(system: System, *engines: str, own: Sequence[Voice] = ()) -> Voices:
    return Voices(system, own=lambda: own, there=lambda kind: kind in engines)


def ids(found: Voices, chosen: str | None = None, language: str = "en") -> list[str]:
    return [voice.id for voice in found.chain(chosen, language)]


def test_on_linux_the_natural_voice_leads_then_what_is_installed_and_espeak_is_last() -> None:
    found = voices(Computer("linux", PROGRAMS).system, "natural", "embedded")
    assert ids(found) == ["natural", "pico2wave", "flite:slt", "flite:awb", "flite:rms", "embedded"]


def test_only_a_voice_of_hers_that_is_not_there_is_gone(tmp_path: Path) -> None:
    found = voices(Computer("linux", PROGRAMS).system, "natural", own=[Jonas()])
    model = tmp_path / "a.onnx"
    gone = ("recorded:oma", f"piper:{model}")
    for chosen in (None, "", "natural", "embedded", "flite:slt", "flite:none", "recorded:jonas", *gone):
        assert found.is_gone(chosen) == (chosen in gone)
    model.touch()
    assert not found.is_gone(gone[1])


def test_the_same_espeak_is_never_there_twice() -> None:
    program = Computer("linux", ["espeak-ng"]).system
    assert ids(voices(program, "embedded")) == ["embedded"]
    assert ids(voices(program)) == ["espeak-ng"]


def test_the_natural_voice_speaks_english_only() -> None:
    found = voices(Computer("linux", PROGRAMS).system, "natural", "embedded")
    assert ids(found, language="en-GB")[0] == "natural"
    assert ids(found, language="de") == ["pico2wave", "embedded"]
    assert ids(found, "natural", "ja") == ["embedded"]


def test_a_language_that_no_engine_knows_is_left_to_who_recorded_it() -> None:
    found = voices(Computer("linux", ["espeak-ng"]).system, "natural", "embedded", own=[Jonas()])
    assert ids(found, language="xh") == []
    assert ids(found, "recorded:jonas", "xh") == ["recorded:jonas"]
    assert found.quick("xh") is None


def test_a_mac_has_its_fine_voices_first_and_its_plain_ones_after_the_natural_one() -> None:
    found = voices(Computer("darwin", ["say"], MAC).system, "natural", "embedded")
    assert ids(found, language="en-US") == ["say:Zoe (Premium)", "natural", "say:Samantha", "say:Daniel", "embedded"]
    assert ids(found, language="de") == ["say:Anna", "embedded"]
    assert [voice.name for voice in found.all("en")] == ["Zoe (Premium)", "Heart", "Samantha", "Daniel", "Plain voice"]


def test_windows_offers_its_own_voices_in_the_language_wanted() -> None:
    listing = "de-DE|Microsoft Hedda Desktop\r\nen-GB|Microsoft Hazel Desktop\r\nen-US|Microsoft Zira Desktop\r\n\r\n"
    found = voices(Computer("win32", ["powershell"], listing).system, "embedded")
    names = [voice.name for voice in found.all("en-US")]
    assert names == ["Microsoft Zira Desktop", "Microsoft Hazel Desktop", "Plain voice"]


def test_the_computer_is_not_asked_for_its_voices_while_the_first_one_speaks() -> None:
    computer = Computer("win32", ["powershell"], "en-US|Microsoft Zira Desktop")
    chain = voices(computer.system, "natural", "embedded").chain(None, "en")
    assert next(chain).id == "natural"
    assert computer.ran == []


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_a_system_that_cannot_list_its_voices_leaves_the_embedded_one(platform: str) -> None:
    def run(_command: Sequence[str], _environment: Mapping[str, str]) -> bytes:
        raise OSError("no")

    assert ids(voices(System(platform, which=lambda name: name, run=run), "embedded")) == ["embedded"]


@each_row(
    ("chosen", "first"),
    [
        ("flite:slt", "flite:slt"),
        ("embedded", "embedded"),
        ("natural", "natural"),
        ("recorded:jonas", "recorded:jonas"),
        ("recorded:gone", "natural"),
        ("flite:gone", "natural"),
        ("piper:/no/such.onnx", "natural"),
        ("piper:/etc/hostname", "natural"),
        ("", "natural"),
        (None, "natural"),
    ],
)
def test_what_is_chosen_speaks_first_and_the_others_after_it(chosen: str | None, first: str) -> None:
    found = voices(Computer("linux", ["flite"]).system, "natural", "embedded", own=[Jonas()])
    heard = ids(found, chosen)
    assert heard[0] == first
    assert len(set(heard)) == len(heard)
    assert {"natural", "flite:slt", "embedded"} <= set(heard)


def test_a_piper_voice_of_her_own_is_chosen_by_its_file(tmp_path: Path) -> None:
    model = tmp_path / "amy.onnx"
    model.write_bytes(b"x")
    found = voices(Computer("linux", []).system, "embedded")
    assert [voice.name for voice in found.chain(f"piper:{model}", "en")] == ["Piper, amy", "Plain voice"]


def test_without_any_voice_there_is_none() -> None:
    found = voices(Computer("linux", []).system)
    assert ids(found) == []
    assert found.all() == []
    assert found.quick() is None


@pytest.mark.parametrize(
    ("priority", "cores", "hands"),
    [(Priority.USUAL, cores, hands) for cores, hands in ((1, 1), (2, 2), (16, 2), (None, 1))] + [(Priority.LOW, 16, 1)],
)
def test_two_prompts_are_made_at_a_time_where_she_waits_and_there_are_cores(
    monkeypatch: pytest.MonkeyPatch, priority: Priority, cores: int | None, hands: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert Voices(priority=priority).hands == hands


@pytest.mark.parametrize("priority", Priority)
def test_engines_are_children_of_the_priority_wished_and_those_that_take_long_are_as_many_as_hands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, priority: Priority
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    model = tmp_path / "amy.onnx"
    model.write_bytes(b"x")
    chain = Voices(Computer("linux", []).system, priority=priority, there=lambda _kind: True).chain(
        f"piper:{model}", "en-GB"
    )
    engines = [voice for voice in chain if isinstance(voice, EngineVoice)]
    hands = 2 if priority is Priority.USUAL else 1
    assert [(one.kind, one.id, one.name, one.language, one.model) for one in engines] == [
        ("piper", f"piper:{model}", "Piper, amy", "en-GB", str(model)),
        ("natural", "natural", "Heart", "en", ""),
        ("embedded", "embedded", "Plain voice", "en-GB", ""),
    ]
    assert [one.process._most for one in engines] == [hands, hands, 1]
    assert {one.process._priority for one in engines} == {priority}


def test_what_is_installed_is_asked_of_each_engine_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, other in ((NATURAL, EMBEDDED), (EMBEDDED, NATURAL)):
        monkeypatch.setitem(ENGINES, kind, bool)
        monkeypatch.setitem(ENGINES, other, lambda: True)
        assert [voice.id for voice in Voices(Computer("linux", []).system).chain(None)] == [other]


def test_all_voices_are_those_of_the_language_and_then_the_recorded_ones() -> None:
    found = voices(Computer("linux", ["flite"]).system, "natural", "embedded", own=[Jonas()])
    assert [voice.id for voice in found.all("de")] == ["embedded", "recorded:jonas"]
    assert [voice.id for voice in found.all()] == [
        *("natural", "flite:slt", "flite:awb", "flite:rms", "embedded", "recorded:jonas"),
    ]


def test_a_voice_of_the_computer_that_is_chosen_is_one_of_the_language() -> None:
    mac = voices(Computer("darwin", ["say"], MAC).system, "embedded")
    assert ids(mac, "say:Anna", "de")[0] == "say:Anna"
    assert ids(mac, "say:Anna", "en")[0] == "say:Zoe (Premium)"
    plain = voices(Computer("darwin", ["say"], "Ava (Enhanced)  en_US  #").system, "natural")
    assert ids(plain) == ["say:Ava (Enhanced)", "natural"]
    windows = voices(Computer("win32", ["powershell"], "en-US|Zira").system, "natural")
    assert ids(windows, "windows:Zira") == ["windows:Zira", "natural"]
    linux = voices(Computer("linux", ["espeak-ng"]).system, "embedded")
    usual = linux.quick()
    assert isinstance(usual, EngineVoice)
    assert usual.language == "en"
    assert ids(linux, "espeak-ng") == ["espeak-ng", "embedded"]  # she chose the program
    assert ids(linux, "embedded", "de") == ["embedded"]


def test_the_natural_voice_that_is_chosen_goes_before_the_fine_ones_of_a_mac() -> None:
    found = voices(Computer("darwin", ["say"], MAC).system, "natural", "embedded")
    assert ids(found, "natural")[:2] == ["natural", "say:Zoe (Premium)"]
    assert ids(found, "embedded")[:2] == ["embedded", "say:Zoe (Premium)"]


@each_row("chosen", [None, "", "natural", "embedded"])
def test_the_computer_is_asked_for_its_voices_only_where_one_of_them_is_chosen(chosen: str | None) -> None:
    computer = Computer("win32", ["powershell"], "en-US|Microsoft Zira Desktop")
    next(voices(computer.system, "natural", "embedded").chain(chosen))
    assert computer.ran == []


def test_english_is_what_is_usually_asked_for() -> None:
    found = voices(Computer("linux", []).system, "embedded")
    for voice in (found.quick(), *found.all(), *found.chain(None)):
        assert isinstance(voice, EngineVoice)
        assert (voice.id, voice.language) == ("embedded", "en")


def test_a_voice_of_the_computer_is_looked_for_in_the_language_that_is_spoken() -> None:
    found = voices(Computer("darwin", ["say"], f"{MAC}Petra (Premium)     de_DE    # Hallo!\n").system)
    assert ids(found, None, "de") == ["say:Petra (Premium)", "say:Anna"]
    assert ids(found, "say:Anna", "de") == ["say:Anna", "say:Petra (Premium)"]
