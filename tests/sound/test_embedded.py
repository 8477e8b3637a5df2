"""The embedded voice: rendered audio measured."""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import sys
import threading
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from listening import decibels, highest, loudest_400_ms, mean_square, samples_in, samples_of, share_above

from guide.sound import chimes
from guide.sound.voices import embedded
from guide.sound.voices.engine import EngineProcess, EngineVoice
from guide.sound.voices.voice import SilentError, VoiceError
from tables import each_row

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


@each_row("language", ["en", "en-GB", "de", "de-AT", "pt-BR", "tlh-Latn", "", "x" * 300, "a\0b"])
def test_any_language_tag_gives_some_voice(language: str) -> None:
    assert len(samples_in(said("Hallo.", language=language, pace=145))[0]) > 4_000


@each_row(
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
    with pytest.raises(SilentError, match="made no sound"):
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
    asked: list[object] = []

    def refused(*_: object, **how: object) -> None:
        asked.append(how)
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
    assert asked == [{"target_is_directory": True}]  # Windows has a link of its own for folders
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
    with pytest.raises(VoiceError, match=r"^The plain voice cannot be started here\.$"):
        embedded._Engine()
    assert capfd.readouterr() == ("", "")


class Called:
    """One function of the library, which remembers what it was asked."""

    def __init__(self, answer: Callable[..., int]) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.argtypes: list[object] = []
        self._answer = answer

    def __call__(self, *arguments: object) -> int:
        self.asked.append(arguments)
        return self._answer(*arguments)


class Library:
    """Stands where libespeak-ng would, and hums a tenth of a second for each letter."""

    def __init__(
        self, *, rate: int = 10_000, known: tuple[bytes, ...] = (b"en+f2", b"de+f2"), fails: bool = False
    ) -> None:
        self.espeak_Initialize = Called(lambda *_: rate)
        self.espeak_SetSynthCallback = Called(lambda _: 0)
        self.espeak_SetParameter = Called(lambda *_: 0)
        self.espeak_SetVoiceByName = Called(lambda name: 0 if name in known else 2)
        self.espeak_Synth = Called(lambda words, *_: 1 if fails else self._hum(words))

    def _hum(self, words: bytes) -> int:
        samples = (ctypes.c_short * (1_000 * len(words)))(*[9_000, -9_000] * (500 * len(words)))
        ((callback,),) = self.espeak_SetSynthCallback.asked
        assert callable(callback)
        assert callback(ctypes.addressof(samples), len(samples), None) == 0
        assert callback(None, 0, None) == callback(ctypes.addressof(samples), 0, None) == 0  # its way to say it is over
        return 0


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Library], embedded._Engine]:
    def made(library: Library) -> embedded._Engine:
        monkeypatch.setattr(ctypes, "CDLL", lambda path: library if path == "there.so" else None)
        (tmp_path / "phontab").write_bytes(b"x")
        loader = SimpleNamespace(get_library_path=lambda: "there.so", get_data_path=lambda: str(tmp_path))
        monkeypatch.setitem(sys.modules, "espeakng_loader", loader)
        return embedded._Engine()

    return made


def test_it_is_started_so_that_it_waits_writes_nothing_and_does_not_end_the_program(
    engine: Callable[[Library], embedded._Engine], tmp_path: Path
) -> None:
    library = Library()
    engine(library)
    assert library.espeak_Initialize.asked == [(2, 0, bytes(tmp_path), 0x8000)]  # speak_lib.h
    assert len(library.espeak_Synth.argtypes) == 8


@pytest.mark.parametrize(
    ("language", "tried"),
    [
        ("en", [b"en+f2"]),
        ("de_AT", [b"de-at+f2", b"de+f2"]),
        ("xh-ZA", [b"xh-za+f2", b"xh+f2", b"en+f2"]),
        ("\ud800", [b"?+f2", b"?+f2", b"en+f2"]),
    ],
)
def test_the_nearest_language_that_it_has_is_spoken(
    engine: Callable[[Library], embedded._Engine], language: str, tried: list[bytes]
) -> None:
    library = Library()
    engine(library).say("Hi", language=language, pace=145)
    assert [name for (name,) in library.espeak_SetVoiceByName.asked] == tried


@pytest.mark.parametrize(("pace", "speed"), [(145, 145), (79, 80), (451, 450)])
def test_it_speaks_calmly_at_the_pace_wished(
    engine: Callable[[Library], embedded._Engine], pace: int, speed: int
) -> None:
    library = Library()
    engine(library).say("Hi", language="en", pace=pace)
    assert {(number, value, relative) for number, value, relative in library.espeak_SetParameter.asked} == {
        *((1, speed, 0), (3, 42, 0), (4, 38, 0), (7, 1, 0)),  # speed, pitch, its range, the gap between words
    }


def test_sentences_are_said_one_by_one_with_a_pause_between_them(engine: Callable[[Library], embedded._Engine]) -> None:
    library = Library()
    samples, rate = engine(library).say("Hi. You\ud800.", language="en", pace=145)
    words = [(asked[0], *asked[1:]) for asked in library.espeak_Synth.asked]
    assert words == [(text, len(text) + 1, 0, 1, 0, 1, None, None) for text in (b"Hi.", b"You?.")]
    assert (rate, len(samples)) == (10_000, 3_000 + 3_800 + 5_000)
    assert set(samples[3_000:6_800]) == {0}
    assert 0 not in samples[:3_000] + samples[6_800:]


@pytest.mark.parametrize(
    ("library", "sentence"),
    [
        (Library(rate=0), "The plain voice cannot be started here."),
        (Library(rate=-1), "The plain voice cannot be started here."),
        (Library(known=()), "The plain voice has no language to speak."),
        (Library(fails=True), "The plain voice could not say this."),
    ],
)
def test_what_it_cannot_do_is_a_sentence(
    engine: Callable[[Library], embedded._Engine], library: Library, sentence: str
) -> None:
    with pytest.raises(VoiceError) as told:
        engine(library).say("Hi", language="en", pace=145)
    assert str(told.value) == sentence


def test_it_is_started_once_and_says_what_can_be_said(
    engine: Callable[[Library], embedded._Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library()
    started = engine(library)
    engines = iter([started])
    monkeypatch.setattr(embedded, "_Engine", lambda: next(engines))
    embedded._started_engine.cache_clear()
    for _time in range(2):
        speech = embedded.speak(" a\0b ", language="en", pace=145)
        assert (speech.rate, len(speech.samples)) == (10_000, 3_000)
    embedded._started_engine.cache_clear()
    assert next(engines, None) is None
    assert library.espeak_Synth.asked[0][0] == b"a b"


@pytest.mark.parametrize(
    ("language", "known"),
    [("de-AT", True), ("de_AT", True), ("EN", True), ("en-XX", True), ("xh", False), ("zh", True), ("", False)],
)
def test_the_languages_it_speaks_are_those_of_its_files(language: str, known: bool) -> None:
    assert embedded.speaks(language) is known


@pytest.mark.parametrize("there", [False, True])
def test_where_its_files_are_not_found_it_may_speak_anything(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, there: bool
) -> None:
    found = SimpleNamespace(submodule_search_locations=[str(tmp_path)]) if there else None
    monkeypatch.setattr(importlib.util, "find_spec", {"espeakng_loader": found}.__getitem__)
    embedded._languages.cache_clear()
    assert (embedded.there(), embedded.speaks("xh")) == (there, True)
    lang = tmp_path / "espeak-ng-data" / "lang" / "bnt"
    lang.mkdir(parents=True)
    (lang / "xhosa").write_bytes(b"name Xhosa\nlanguage XH-za 3\nlanguage zu\n#language ja\n")
    (tmp_path / "espeak-ng-data" / "voice").write_bytes(b"language ko\n")  # no file of a language
    embedded._languages.cache_clear()
    assert [embedded.speaks(tag) for tag in ("xh", "zu", "ja", "ko", "en")] == [True, True, not there, not there, True]
    embedded._languages.cache_clear()


@pytest.mark.parametrize(("length", "linked"), [(149, False), (150, True)])
def test_a_path_that_the_library_can_hold_is_used_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, length: int, linked: bool
) -> None:
    monkeypatch.setattr(embedded, "scratch_folder", lambda: tmp_path)
    data = Path("/" + "x" * (length - 1))
    assert embedded._short(data) == (tmp_path / data.name if linked else data)
    if sys.platform != "win32":  # where the library opens such a path by its short name
        assert embedded._short(Path("/of/Zoë")) == Path("/of/Zoë")


def test_all_that_the_library_hands_over_is_heard_and_nothing_where_there_is_nothing(
    engine: Callable[[Library], embedded._Engine],
) -> None:
    started = engine(Library())
    samples = (ctypes.c_short * 2)(7, -7)
    for place, count in ((None, 0), (None, 2), (ctypes.addressof(samples), 0), (ctypes.addressof(samples), 1)):
        assert started._hear(place, count, None) == 0
    assert array("h", bytes(started._heard)).tolist() == [7]


def test_the_silence_around_a_sentence_is_trimmed_at_the_librarys_rate(
    engine: Callable[[Library], embedded._Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    started = engine(Library(rate=10_000))
    said = array("h", [0] * 2_000 + [9_000] * 1_000 + [0] * 2_000)
    monkeypatch.setattr(started, "_sentence", lambda _text: said)
    assert len(started.say("Hi", language="en", pace=145)[0]) == 300 + 1_000 + 300  # 30 ms stay


@pytest.mark.parametrize(
    ("data", "short", "asked", "used"),
    [
        ("/of/Zoë", "/of/ZO~1", True, "/of/ZO~1"),
        ("/of/Zoë", "", True, "/of/Zoë"),  # a disk that has no short names
        ("/of/Zoe", "/of/ZO~1", False, "/of/Zoe"),
    ],
)
def test_on_windows_a_path_of_other_letters_is_used_by_its_short_name(
    monkeypatch: pytest.MonkeyPatch, data: str, short: str, asked: bool, used: str
) -> None:
    questions: list[tuple[str, int]] = []

    def short_name(path: str, room: ctypes.Array[ctypes.c_wchar], size: int) -> int:
        questions.append((path, size))
        room.value = short
        return len(short)

    monkeypatch.setattr(sys, "platform", "win32")
    kernel = SimpleNamespace(GetShortPathNameW=short_name)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert embedded._readable(Path(data)) == Path(used)
    assert questions == ([(str(Path(data)), 32_768)] if asked else [])


@pytest.mark.parametrize("language", ["en", "en-GB", "EN_us"])
def test_english_is_spoken_whatever_its_files_say(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setattr(embedded, "_languages", lambda: frozenset({"de"}))
    assert (embedded.speaks(language), embedded.speaks("fr")) == (True, False)
