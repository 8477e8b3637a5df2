"""What the natural voice's model is asked and what is made of its answer, with a stand-in for the model."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np
import pytest

from guide.sound.voices import natural
from guide.sound.voices.voice import VoiceError
from tables import each_row


class Model:
    """Gives a wave for each sentence: silence, a tenth of a second of sound that passes the range, silence."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def Hibari(self, **how: object) -> Model:  # noqa: N802  the package's name
        self.asked.append(how)
        return self

    def stream(self, text: str, *, speed: float, seed: int) -> Iterator[np.ndarray]:
        self.asked += [text, round(speed, 3), seed]
        for _sentence in text.split(". "):
            quiet = np.zeros(12_000, np.float32)
            yield np.concatenate([quiet, np.tile(np.array([1.5, -1.5], np.float32), 1_200), quiet])


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Model]:
    made = Model()
    monkeypatch.setitem(sys.modules, "hibari", made)
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY", raising=False)
    natural._model.cache_clear()
    yield made
    natural._model.cache_clear()


def test_it_is_asked_for_its_own_voice_calmly_and_the_same_each_time(model: Model) -> None:
    for _time in range(2):
        natural.speak("Rest\0 now. Next: compress", pace=141)
    assert model.asked == [{"voice": "heart", "threads": 1}, *["Rest now. Next: [compress](/kəmpɹˈɛs/)", 0.75, 0] * 2]
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"


def test_the_silence_around_each_sentence_makes_way_for_a_pause_between_them(model: Model) -> None:
    speech = natural.speak("Rest. Now", pace=145)
    one = 2_400 + 2 * 720  # 30 ms stay at either end
    assert speech.rate == 24_000
    assert len(speech.samples) == 2 * one + 12_000
    middle = np.asarray(speech.samples[one + 240 : one + 11_760])
    assert not middle.any()
    assert (max(speech.samples), min(speech.samples)) == (32_767, -32_767)


def test_a_model_that_cannot_be_started_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hibari", None)
    natural._model.cache_clear()
    with pytest.raises(VoiceError, match=r"^The natural voice cannot be started here\.$"):
        natural.speak("Rest.", pace=145)


@pytest.mark.parametrize("missing", [None, "hibari", "onnxruntime", "numpy"])
@pytest.mark.parametrize("error", [None, ImportError, ValueError])
def test_it_is_there_where_the_package_and_all_that_it_runs_on_are(
    monkeypatch: pytest.MonkeyPatch, missing: str | None, error: type[Exception] | None
) -> None:
    def found(name: str) -> SimpleNamespace | None:
        if name == missing and error is not None:
            raise error
        return None if name == missing else SimpleNamespace()

    monkeypatch.setattr(importlib.util, "find_spec", found)
    assert natural.there() is (missing is None)


@each_row(
    ("pace", "speed"),
    [(20, 0.6), (121, 0.6), (122.5, 0.625), (141, 0.75), (150, 0.78), (191, 1.0), (199, 1.1), (207, 1.2), (900, 1.2)],
)
def test_between_two_paces_that_were_measured_the_speed_lies_on_a_straight_line(pace: int, speed: float) -> None:
    assert natural.speed_of(pace) == pytest.approx(speed)
