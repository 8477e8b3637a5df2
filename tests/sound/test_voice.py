"""Voices and prompts: rendered audio measured, and voices that misbehave."""

from __future__ import annotations

import base64
import importlib
import subprocess
import sys
import threading
from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from listening import decibels, highest, loudest_400_ms, mean_square, samples_of, share_above

from guide.sound import chimes
from guide.sound.pcm import wav_bytes
from guide.sound.shelf import Shelf
from guide.sound.voices import voice
from guide.sound.voices.voice import EmbeddedVoice, Order, PiperVoice, Prompts, System, Voice, VoiceError

SENTENCE = "Small circles. Both sides, from the chest wall in."


class Hum:
    """A voice that hums, as long as the text is, and remembers what it was asked."""

    id = "hum"
    name = "Hum"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def render(self, text: str, path: Path, *, rate: int, volume: float) -> None:
        self.asked.append(text)
        path.write_bytes(wav_bytes([1_000.0 * volume, -1_000.0] * (2_205 * len(text))))


class Broken:
    id = "broken"
    name = "Broken"

    def __init__(self, does: Callable[[Path], object]) -> None:
        self.asked: list[str] = []
        self._does = does

    def render(self, text: str, path: Path, *, rate: int, volume: float) -> None:
        self.asked.append(text)
        self._does(path)


def raises(error: Exception) -> Callable[[Path], None]:
    def render(_path: Path) -> None:
        raise error

    return render


def prompts(folder: Path, fallback: Voice | None = None, **others: object) -> Prompts:
    return Prompts(folder, fallback=lambda _language: fallback, **others)  # type: ignore[arg-type]  # limit, shelf


# The embedded voice


@pytest.fixture
def spoken(tmp_path: Path) -> Path:
    EmbeddedVoice().render(SENTENCE, tmp_path / "spoken.wav", rate=145, volume=1)
    return tmp_path / "spoken.wav"


def test_the_embedded_voice_speaks_at_a_calm_pace(spoken: Path) -> None:
    samples, rate = samples_of(spoken)
    assert rate == 22_050
    assert 3.0 < len(samples) / rate < 5.5  # nine words and one pause


def test_a_prompt_is_as_loud_as_a_chime_and_does_not_clip(spoken: Path, tmp_path: Path) -> None:
    said = samples_of(spoken)
    chimed = samples_of(chimes.chime_file("pump", tmp_path).path)
    assert abs(decibels(loudest_400_ms(*said)) - decibels(loudest_400_ms(*chimed))) < 1.5
    assert highest(said[0]) < 0.91 * 32_767


def test_a_prompt_has_no_silence_before_it_and_soft_ends(spoken: Path) -> None:
    samples, rate = samples_of(spoken)
    assert highest(samples[: rate // 10]) > 300
    assert highest(samples[-rate // 10 :]) > 100
    assert highest(samples[: rate // 1_000]) < 40
    assert highest(samples[-rate // 1_000 :]) < 40


def test_there_is_a_pause_between_sentences(spoken: Path) -> None:
    samples, rate = samples_of(spoken)
    block = rate // 50
    quiet = [mean_square(samples[at : at + block]) < 30**2 for at in range(0, len(samples), block)]
    longest = max(len(run) for run in "".join(" q"[still] for still in quiet).split())
    assert 0.3 < longest / 50 < 0.7


def test_the_embedded_voice_is_softened(spoken: Path) -> None:
    assert share_above(*samples_of(spoken), 5_000) < 0.05


def test_a_slower_pace_takes_longer_and_half_volume_is_quieter(tmp_path: Path) -> None:
    def render(rate: int, volume: float) -> tuple[int, int]:
        EmbeddedVoice().render(SENTENCE, tmp_path / "x.wav", rate=rate, volume=volume)
        samples, _ = samples_of(tmp_path / "x.wav")
        return len(samples), highest(samples)

    (slow, loud), (fast, soft) = render(120, 1), render(180, 0.5)
    assert slow > 1.2 * fast
    assert soft < 0.35 * loud


@pytest.mark.parametrize("language", ["en", "en-GB", "de", "de-AT", "pt-BR", "tlh-Latn", "", "x" * 300, "a\0b"])
def test_any_language_tag_gives_some_voice(tmp_path: Path, language: str) -> None:
    EmbeddedVoice(language).render("Hallo.", tmp_path / "x.wav", rate=145, volume=1)
    assert len(samples_of(tmp_path / "x.wav")[0]) > 4_000


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
def test_any_text_can_be_said_by_the_embedded_voice(tmp_path: Path, text: str) -> None:
    EmbeddedVoice().render(text, tmp_path / "x.wav", rate=145, volume=1)
    assert len(samples_of(tmp_path / "x.wav")[0]) > 4_000


def test_nothing_to_say_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="made no sound"):
        EmbeddedVoice().render(" ", tmp_path / "x.wav", rate=145, volume=1)


def test_threads_take_turns_with_the_embedded_voice(tmp_path: Path) -> None:
    texts = [f"Step {number}." for number in range(6)]

    def render(text: str, folder: str) -> None:
        EmbeddedVoice().render(text, tmp_path / f"{folder}-{text}wav", rate=145, volume=1)

    threads = [threading.Thread(target=render, args=(text, "together")) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for text in texts:
        render(text, "alone")
        # espeak-ng varies its voice a little from one call to the next
        together, alone = (len(samples_of(tmp_path / f"{how}-{text}wav")[0]) for how in ("together", "alone"))
        assert abs(together - alone) < 0.1 * alone


def test_a_data_folder_with_a_long_path_is_reached_by_a_short_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path.joinpath(*["a-rather-long-folder-name"] * 6) / "espeak-ng-data"
    data.mkdir(parents=True)
    (data / "phontab").write_bytes(b"x")
    (tmp_path / "spare").mkdir()
    monkeypatch.setattr(voice, "spare_folder", lambda: tmp_path / "spare")
    short = voice._short(data)
    assert len(str(short)) < 150
    assert (short / "phontab").read_bytes() == b"x"
    assert voice._short(short) == short


def test_a_voice_without_its_data_is_told_of_in_a_sentence_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    loader = SimpleNamespace(
        get_library_path=importlib.import_module("espeakng_loader").get_library_path,
        get_data_path=lambda: str(tmp_path / "gone"),
    )
    monkeypatch.setitem(sys.modules, "espeakng_loader", loader)
    with pytest.raises(VoiceError, match="cannot be started here"):
        voice._Engine()
    assert capfd.readouterr() == ("", "")


# Voices of the system


class Computer:
    """A computer with some programs, which remembers what was run."""

    def __init__(self, platform: str, programs: Sequence[str], listing: str = "") -> None:
        self.programs = programs
        self.listing = listing
        self.ran: list[tuple[list[str], dict[str, str]]] = []
        self.system = System(platform, which=self._which, run=self._run)

    def _which(self, name: str) -> str | None:
        return f"/bin/{name}" if name in self.programs else None

    def _run(self, command: Sequence[str], environment: Mapping[str, str]) -> bytes:
        self.ran.append((list(command), dict(environment)))
        made = [*environment.values(), *(part.removeprefix("--wave=") for part in command)]
        for path in (Path(part) for part in made if part.endswith(".wav")):
            path.write_bytes(wav_bytes([9_000.0, -9_000.0] * 4_000, rate=16_000))
        return self.listing.encode()


MAC = """Albert              en_US    # Hello! My name is Albert.
Bad News            en_US    # Hello! My name is Bad News.
Anna                de_DE    # Hallo! Ich heisse Anna.
Daniel              en_GB    # Hello! My name is Daniel.
Samantha            en_US    # Hello! My name is Samantha.
Zoe (Premium)       en_US    # Hello! My name is Zoe.
"""
NASTY = '"; reboot; $(id) `id` %PATH% $env:X \'"'


def test_a_mac_offers_its_calm_voices_the_best_first() -> None:
    computer = Computer("darwin", ["say"], MAC)
    names = [found.name for found in voice.voices("en-US", system=computer.system)]
    assert names == ["Zoe (Premium)", "Samantha", "Daniel", "Built-in voice"]
    chosen = voice.choose(None, "de", system=computer.system)
    assert chosen is not None
    assert chosen.id == "say:Anna"


def test_windows_offers_its_own_voices_in_the_language_wanted() -> None:
    listing = "de-DE|Microsoft Hedda Desktop\r\nen-GB|Microsoft Hazel Desktop\r\nen-US|Microsoft Zira Desktop\r\n\r\n"
    computer = Computer("win32", ["powershell"], listing)
    names = [found.name for found in voice.voices("en-US", system=computer.system)]
    assert names == ["Microsoft Zira Desktop", "Microsoft Hazel Desktop", "Built-in voice"]


def test_on_linux_the_embedded_voice_comes_first_and_what_is_installed_after_it() -> None:
    computer = Computer("linux", ["pico2wave", "flite", "espeak-ng"])
    ids = [found.id for found in voice.voices("en", system=computer.system)]
    assert ids == ["embedded", "pico2wave", "flite:slt", "flite:awb", "flite:rms", "espeak-ng"]
    assert [found.id for found in voice.voices("ja", system=computer.system)] == ["embedded", "espeak-ng"]
    assert [found.id for found in voice.voices("en", system=Computer("linux", []).system)] == ["embedded"]


@pytest.mark.parametrize(
    ("platform", "program", "listing"),
    [
        ("darwin", "say", MAC),
        ("win32", "powershell", "en-US|Microsoft Zira Desktop"),
        ("linux", "flite", ""),
        ("linux", "espeak-ng", ""),
    ],
)
def test_what_is_said_is_never_part_of_a_command(tmp_path: Path, platform: str, program: str, listing: str) -> None:
    computer = Computer(platform, [program], listing)
    speaker = voice.system_voices("en", system=computer.system)[0]
    speaker.render(NASTY, tmp_path / "out.wav", rate=145, volume=1)
    command, environment = computer.ran[-1]
    decoded = base64.b64decode(command[-1]).decode("utf-16-le") if platform == "win32" else ""
    assert not [part for part in [*command, *environment.values(), decoded] if "reboot" in part]
    assert samples_of(tmp_path / "out.wav")[1] == 22_050


def test_pico_gets_the_words_as_one_argument_without_markup(tmp_path: Path) -> None:
    computer = Computer("linux", ["pico2wave"])
    speaker = voice.system_voices("en", system=computer.system)[0]
    speaker.render("</speed><play file='x'/> --wave=elsewhere", tmp_path / "out.wav", rate=145, volume=1)
    command, _ = computer.ran[-1]
    assert command[-2:] == ["--", "<speed level='85'>/speed play file='x'/ --wave=elsewhere</speed>"]


def test_words_that_would_steer_the_mac_voice_are_taken_out(tmp_path: Path) -> None:
    seen: list[str] = []

    def command(order: Order) -> list[str]:
        seen.append(order.file.read_text(encoding="utf-8"))
        return [str(order.out)]

    mac = voice.system_voices("en", system=Computer("darwin", ["say"], MAC).system)[0]
    assert isinstance(mac, voice.CommandVoice)
    tried = voice.CommandVoice("x", "X", command, Computer("darwin", []).system.run, plain=mac.plain)
    tried.render("[[rate 900]] Rest [[slnc 9000]] now.", tmp_path / "out.wav", rate=145, volume=1)
    assert seen == ["rate 900 Rest slnc 9000 now."]


@pytest.mark.parametrize(
    "error",
    [OSError("gone"), subprocess.CalledProcessError(1, "flite"), subprocess.TimeoutExpired("flite", 30)],
)
def test_a_system_voice_that_does_not_answer_is_one_sentence(tmp_path: Path, error: Exception) -> None:
    def run(_command: Sequence[str], _environment: Mapping[str, str]) -> bytes:
        raise error

    system = System("linux", which=lambda name: name if name == "flite" else None, run=run)
    with pytest.raises(VoiceError, match=r"^The voice Flite, slt could not say this\.$"):
        voice.system_voices("en", system=system)[0].render("Rest.", tmp_path / "x.wav", rate=145, volume=1)


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_a_system_that_cannot_list_its_voices_leaves_the_embedded_one(platform: str) -> None:
    def run(_command: Sequence[str], _environment: Mapping[str, str]) -> bytes:
        raise OSError("no")

    system = System(platform, which=lambda name: name, run=run)
    assert [found.id for found in voice.voices("en", system=system)] == ["embedded"]


def test_a_voice_that_is_no_longer_there_gives_way_to_the_default() -> None:
    system = Computer("linux", ["flite"]).system
    for wanted, given in [
        ("flite:slt", "flite:slt"),
        ("flite:gone", "embedded"),
        ("piper:/no/such.onnx", "embedded"),
        ("piper:/etc/hostname", "embedded"),
        ("", "embedded"),
    ]:
        chosen = voice.choose(wanted, system=system)
        assert chosen is not None
        assert chosen.id == given


def test_without_any_voice_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_engine() -> None:
        raise VoiceError("The built-in voice cannot be started here.")

    monkeypatch.setattr(voice, "_engine", no_engine)
    assert voice.choose(None, system=Computer("linux", []).system) is None
    assert voice.voices(system=Computer("linux", []).system) == []


def test_a_piper_voice_of_her_own_is_offered_and_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tmp_path / "amy.onnx"
    model.write_bytes(b"x")
    monkeypatch.setitem(sys.modules, "piper", None)
    offered = voice.voices(system=Computer("linux", []).system, piper=[model, tmp_path / "missing.onnx"])
    assert [found.name for found in offered] == ["Built-in voice", "Piper, amy"]
    chosen = voice.choose(f"piper:{model}")
    assert chosen == PiperVoice(model)
    assert chosen is not None
    with pytest.raises(VoiceError, match="needs the package piper-tts"):
        chosen.render("Rest.", tmp_path / "x.wav", rate=145, volume=1)


def test_a_piper_voice_speaks_as_loud_as_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    chunk = SimpleNamespace(audio_int16_bytes=array("h", [500, -500] * 8_000).tobytes(), sample_rate=16_000)

    def synthesize(text: str, syn_config: object) -> list[SimpleNamespace]:
        asked.extend((text, syn_config))
        return [chunk, chunk]

    model = SimpleNamespace(synthesize=synthesize)
    piper = SimpleNamespace(PiperVoice=SimpleNamespace(load=lambda _path: model), SynthesisConfig=SimpleNamespace)
    monkeypatch.setitem(sys.modules, "piper", piper)
    PiperVoice(tmp_path / "any.onnx").render("Rest\nnow.", tmp_path / "x.wav", rate=145, volume=1)
    samples, rate = samples_of(tmp_path / "x.wav")
    assert asked[0] == "Rest now."
    assert rate == 22_050
    assert len(samples) / rate == pytest.approx(2.4, abs=0.2)
    assert 0.1 < highest(samples) / 32_767 < 0.91


# Prompts


def test_each_text_becomes_a_clip_of_known_length(tmp_path: Path) -> None:
    clips = prompts(tmp_path).prepare(["ab", "abc", "ab"], voice=Hum())
    assert {text: clip.length for text, clip in clips.items()} == {
        "ab": timedelta(seconds=0.4),
        "abc": timedelta(seconds=0.6),
    }


def test_prompts_are_rendered_once_and_kept(tmp_path: Path) -> None:
    hum = Hum()
    first = prompts(tmp_path).prepare(["one", "two"], voice=hum)
    assert prompts(tmp_path).prepare(["two", "one"], voice=hum) == first
    assert hum.asked == ["one", "two"]


def test_another_voice_language_speed_or_volume_is_another_file(tmp_path: Path) -> None:
    hum, ready = Hum(), prompts(tmp_path)
    ready.prepare(["one"], voice=hum, language="en", rate=145, volume=1)
    ready.prepare(["one"], voice=hum, language="de", rate=145, volume=1)
    ready.prepare(["one"], voice=hum, language="en", rate=150, volume=1)
    ready.prepare(["one"], voice=hum, language="en", rate=145, volume=0.9)
    assert len(hum.asked) == 4
    assert len(list(tmp_path.iterdir())) == 4


def test_progress_is_told_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    prompts(tmp_path).prepare(["a", "b"], voice=Hum(), progress=lambda *done: told.append(done))
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_getting_ready_can_be_broken_off_and_done_again(tmp_path: Path) -> None:
    def leave(done: int, _all: int) -> None:
        if done:
            raise KeyboardInterrupt

    hum, ready = Hum(), prompts(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        ready.prepare(["a", "b"], voice=hum, progress=leave)
    assert set(ready.prepare(["a", "b"], voice=hum)) == {"a", "b"}
    assert hum.asked == ["a", "b"]


@pytest.mark.parametrize("text", ["", "  ", "...", "\n", "—", "🍼"])
def test_a_text_without_words_is_left_out_without_a_word(tmp_path: Path, text: str) -> None:
    ready = prompts(tmp_path)
    assert ready.prepare([text], voice=Hum()) == {}
    assert ready.problems == []


@pytest.mark.parametrize("damage", [b"", bytes(9_000), "half"], ids=["empty", "NULs", "half"])
def test_a_damaged_prompt_is_rendered_anew(tmp_path: Path, damage: bytes | str) -> None:
    hum, ready = Hum(), prompts(tmp_path)
    path = ready.prepare(["one"], voice=hum)["one"].path
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if isinstance(damage, str) else damage)
    assert ready.prepare(["one"], voice=hum)["one"].path.read_bytes() == whole
    assert hum.asked == ["one", "one"]


@pytest.mark.parametrize(
    "does",
    [
        raises(VoiceError("The voice Broken could not say this.")),
        raises(RuntimeError("inside")),
        raises(MemoryError()),
        lambda _path: None,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(bytes(5_000)),
        lambda path: path.mkdir(),
    ],
)
def test_whatever_a_voice_does_the_embedded_one_steps_in(tmp_path: Path, does: Callable[[Path], object]) -> None:
    ready = prompts(tmp_path, Hum())
    assert set(ready.prepare(["one", "two", "three"], voice=Broken(does))) == {"one", "two", "three"}
    assert ready.problems == ["The voice Broken could not say this."]


def test_a_voice_that_keeps_failing_is_not_asked_for_every_text(tmp_path: Path) -> None:
    broken = Broken(raises(RuntimeError("no")))
    assert len(prompts(tmp_path, Hum()).prepare("abcdefgh", voice=broken)) == 8
    assert len(broken.asked) == 2


def test_what_no_voice_can_say_has_no_clip(tmp_path: Path) -> None:
    broken = Broken(raises(RuntimeError("no")))
    ready = prompts(tmp_path)
    assert ready.prepare(["one"], voice=broken) == {}
    assert ready.problems == ["The voice Broken could not say this."]


def test_without_a_voice_chimes_and_words_go_on_and_it_is_said_once(tmp_path: Path) -> None:
    ready = prompts(tmp_path)
    assert ready.prepare(["one", "two"], voice=None) == {}
    assert ready.problems == ["There is no voice here. Chimes and the words on the screen go on."]


def test_old_prompts_make_room_and_those_of_this_plan_stay(tmp_path: Path) -> None:
    hum, ready = Hum(), prompts(tmp_path, limit=40_000)
    ready.prepare(["old"], voice=hum)
    clips = ready.prepare(["new", "newer"], voice=hum)
    assert sorted(tmp_path.iterdir()) == sorted(clip.path for clip in clips.values())


def test_a_folder_that_cannot_be_written_is_said_once_and_prompts_go_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    (tmp_path / "spare").mkdir()
    shelf = Shelf(tmp_path / "file" / "cache", spare=lambda: tmp_path / "spare")
    ready = prompts(tmp_path, shelf=shelf)
    assert set(ready.prepare(["one", "two"], voice=Hum())) == {"one", "two"}
    assert ready.problems == ["Sounds cannot be kept in their folder, so they are made anew each time."]


def test_a_full_disk_leaves_the_words_on_the_screen(tmp_path: Path) -> None:
    def full() -> Path:
        raise OSError(28, "No space left on device")

    (tmp_path / "file").write_bytes(b"in the way")
    ready = prompts(tmp_path, shelf=Shelf(tmp_path / "file" / "cache", spare=full))
    assert ready.prepare(["one", "two"], voice=Hum()) == {}
    assert ready.problems == ["There is no room on the disk for sounds. The words on the screen go on."]


def test_a_text_like_a_path_stays_in_the_folder(tmp_path: Path) -> None:
    texts = ["../../escape", "/etc/passwd", "a\0b", "C:\\windows", "x" * 5_000]
    clips = prompts(tmp_path / "cache").prepare(texts, voice=Broken(lambda path: path.write_bytes(wav_bytes([1.0]))))
    assert {clip.path.parent for clip in clips.values()} == {tmp_path / "cache"}
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
