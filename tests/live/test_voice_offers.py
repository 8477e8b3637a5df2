"""The voices she can choose, as they are named on the page of voices and in the menu of Get ready."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from guide.live.voices import Origin, VoiceOffer, offers, speaks
from guide.sound.voices.recorded import RecordedPrompt, RecordedVoice
from tables import each_row


@dataclass(frozen=True)
class Named:
    """A voice by its id and its name."""

    id: str
    name: str

    def edition(self, text: str) -> str | None:
        return None

    def render(self, text: str, *, pace: int) -> bytes:
        raise AssertionError(text)

    def rest(self) -> None:
        pass


def recorded(folder: Path, name: str) -> RecordedVoice:
    return RecordedVoice(folder / name.lower(), name)


@pytest.mark.parametrize(
    ("voice_id", "about", "origin", "tag"),
    [
        ("natural:warm", "Warm, unhurried", Origin.NATURAL, "natural"),
        ("embedded", "eSpeak NG: plain, in many languages", Origin.COMPUTER, ""),
        ("piper:x.onnx", "A voice file of your own", Origin.COMPUTER, ""),
        ("system:Anna", "Installed on this computer", Origin.COMPUTER, ""),
    ],
)
def test_a_voice_is_told_by_where_it_comes_from(
    monkeypatch: pytest.MonkeyPatch, voice_id: str, about: str, origin: Origin, tag: str
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    [offer] = offers([Named(voice_id, "Anna")])
    assert offer == VoiceOffer(voice_id, "Anna", about, origin)
    assert offer.tag == tag


@pytest.mark.parametrize(("platform", "about"), [("darwin", "From macOS"), ("win32", "From Windows")])
def test_a_voice_of_the_system_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch, platform: str, about: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert offers([Named("system:Anna", "Anna")])[0].about == about


@pytest.mark.parametrize(("count", "about"), [(0, "0 prompts"), (1, "1 prompt"), (2, "2 prompts")])
def test_a_recorded_voice_is_told_by_how_much_it_says(tmp_path: Path, count: int, about: str) -> None:
    recordings = {str(number): RecordedPrompt(str(number), "0", 1.0) for number in range(count)}
    voice = RecordedVoice(tmp_path, "Grandma", recordings)
    assert offers([voice]) == [VoiceOffer(voice.id, "Grandma", about, Origin.RECORDED)]


def test_each_voice_is_offered_once_natural_ones_first_and_recorded_ones_last(tmp_path: Path) -> None:
    hers = recorded(tmp_path, "Grandma")
    found = offers([hers, Named("system:Anna", "Anna"), Named("natural:warm", "Warm"), Named("system:Anna", "Anna B")])
    assert [offer.name for offer in found] == ["Warm", "Anna B", "Grandma"]
    assert (found[-1].about, found[-1].origin, found[-1].tag) == ("0 prompts", Origin.RECORDED, "recorded")


@each_row(
    ("chosen", "name"),
    [("b", "B"), ("r", "R"), (None, "A"), ("gone", "A")],
)
def test_the_chosen_voice_speaks_or_the_best_that_is_no_recording(chosen: str | None, name: str) -> None:
    among = [
        VoiceOffer("r", "R", "", Origin.RECORDED),
        VoiceOffer("a", "A", "", Origin.NATURAL),
        VoiceOffer("b", "B", "", Origin.COMPUTER),
    ]
    found = speaks(chosen, iter(among))
    assert found is not None
    assert found.name == name


def test_where_there_are_recordings_alone_none_speaks_by_itself() -> None:
    among = [VoiceOffer("r", "R", "", Origin.RECORDED)]
    assert speaks(None, among) is None
    assert speaks("r", among) == among[0]
    assert speaks(None, []) is None
