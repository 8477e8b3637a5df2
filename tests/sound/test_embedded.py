"""The embedded voice: rendered audio measured."""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from listening import decibels, highest, loudest_400_ms, mean_square, samples_in, samples_of, share_above

from guide.sound import chimes
from guide.sound.voices import embedded
from guide.sound.voices.engine import EngineProcess, EngineVoice
from guide.sound.voices.voice import VoiceError

SENTENCE = "Small circles. Both sides, from the chest wall in."
CHILD = EngineProcess()


def said(text: str, *, pace: int = 145, language: str = "en") -> bytes:
    return EngineVoice("embedded", "embedded", "Plain voice", language, process=CHILD).render(text, pace=pace)


@pytest.fixture(scope="module", autouse=True)
def child() -> Iterator[None]:
    yield
    CHILD.end()


@pytest.fixture
def spoken() -> bytes:
    return said(SENTENCE, pace=145)


def test_the_embedded_voice_speaks_at_a_calm_pace(spoken: bytes) -> None:
    samples, rate = samples_in(spoken)
    assert rate == 22_050
    assert 3.0 < len(samples) / rate < 5.5  # nine words and one pause


def test_a_prompt_is_as_loud_as_a_chime_and_does_not_clip(spoken: bytes, tmp_path: Path) -> None:
    said = samples_in(spoken)
    chimed = samples_of(chimes.chime_file("pump", tmp_path).path)
    assert abs(decibels(loudest_400_ms(*said)) - decibels(loudest_400_ms(*chimed))) < 1.5
    assert highest(said[0]) < 0.91 * 32_767


def test_a_prompt_has_no_silence_before_it_and_soft_ends(spoken: bytes) -> None:
    samples, rate = samples_in(spoken)
    assert highest(samples[: rate // 10]) > 300
    assert highest(samples[-rate // 10 :]) > 100
    assert highest(samples[: rate // 1_000]) < 40
    assert highest(samples[-rate // 1_000 :]) < 40


def test_there_is_a_pause_between_sentences(spoken: bytes) -> None:
    samples, rate = samples_in(spoken)
    block = rate // 50
    quiet = [mean_square(samples[at : at + block]) < 30**2 for at in range(0, len(samples), block)]
    longest = max(len(run) for run in "".join(" q"[still] for still in quiet).split())
    assert 0.3 < longest / 50 < 0.7


def test_the_embedded_voice_is_softened(spoken: bytes) -> None:
    assert share_above(*samples_in(spoken), 5_000) < 0.05


def test_a_slower_pace_takes_longer() -> None:
    slow, fast = (len(samples_in(said(SENTENCE, pace=pace))[0]) for pace in (120, 180))
    assert slow > 1.2 * fast


@pytest.mark.parametrize("language", ["en", "en-GB", "de", "de-AT", "pt-BR", "tlh-Latn", "", "x" * 300, "a\0b"])
def test_any_language_tag_gives_some_voice(language: str) -> None:
    assert len(samples_in(said("Hallo.", language=language, pace=145))[0]) > 4_000


@pytest.mark.parametrize(
    "text",
    [
        "One\0two.",
        "<speak><break time='9s'/>Rest.</speak>",
        "[[rate 900]] Rest.",
        "Rest \ud800 now.",
        "Rest 🍼 now.",
        "$(reboot); `id` Rest.",
        "-f /etc/hostname",
        "Rest. " * 40,
    ],
)
def test_any_text_can_be_said_by_the_embedded_voice(text: str) -> None:
    assert len(samples_in(said(text, pace=145))[0]) > 4_000


def test_nothing_to_say_is_one_sentence() -> None:
    with pytest.raises(VoiceError, match="made no sound"):
        said(" ", pace=145)


def test_threads_take_turns_with_the_embedded_voice() -> None:
    texts = [f"Step {number}." for number in range(6)]
    together: dict[str, int] = {}

    def length(text: str) -> int:
        return len(samples_in(said(text, pace=145))[0])

    def work(text: str) -> None:
        together[text] = length(text)

    threads = [threading.Thread(target=work, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for text in texts:
        # espeak-ng varies its voice a little from one call to the next
        assert together[text] == pytest.approx(length(text), rel=0.1)


def test_a_data_folder_with_a_long_path_is_reached_by_a_short_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path.joinpath(*["a-rather-long-folder-name"] * 6) / "espeak-ng-data"
    data.mkdir(parents=True)
    (data / "phontab").write_bytes(b"x")
    (tmp_path / "spare").mkdir()
    monkeypatch.setattr(embedded, "scratch_folder", lambda: tmp_path / "spare")
    short = embedded._short(data)
    assert len(str(short)) < 150
    assert (short / "phontab").read_bytes() == b"x"
    assert embedded._short(short) == short


def test_where_no_links_are_allowed_the_data_is_copied_to_a_short_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    data = tmp_path.joinpath(*["a-rather-long-folder-name"] * 6) / "espeak-ng-data"
    data.mkdir(parents=True)
    (data / "phontab").write_bytes(b"x")
    (tmp_path / "spare").mkdir()
    monkeypatch.setattr(embedded, "scratch_folder", lambda: tmp_path / "spare")
    monkeypatch.setattr(Path, "symlink_to", refused)
    short = embedded._short(data)
    assert len(str(short)) < 150
    assert not short.is_symlink()
    assert (short / "phontab").read_bytes() == b"x"


def test_a_child_with_a_long_path_to_its_data_speaks_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loader = importlib.import_module("espeakng_loader")
    data = tmp_path.joinpath(*["a-rather-long-folder-name"] * 6) / "espeak-ng-data"
    data.parent.mkdir(parents=True)
    data.symlink_to(loader.get_data_path(), target_is_directory=True)
    (tmp_path / "espeakng_loader.py").write_text(
        f"def get_library_path(): return {loader.get_library_path()!r}\ndef get_data_path(): return {str(data)!r}\n"
    )
    room = tmp_path / "tmp"
    room.mkdir()
    for name in ("PYTHONPATH", "TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path if name == "PYTHONPATH" else room))
    voice = EngineVoice("embedded", "embedded", "Plain voice")
    assert len(samples_in(voice.render("Rest.", pace=145))[0]) > 4_000
    assert list(room.iterdir())
    voice.rest()
    assert not list(room.iterdir())


def test_a_voice_without_its_data_is_told_of_in_a_sentence_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    loader = SimpleNamespace(
        get_library_path=importlib.import_module("espeakng_loader").get_library_path,
        get_data_path=lambda: str(tmp_path / "gone"),
    )
    monkeypatch.setitem(sys.modules, "espeakng_loader", loader)
    with pytest.raises(VoiceError, match="cannot be started here"):
        embedded._Engine()
    assert capfd.readouterr() == ("", "")
