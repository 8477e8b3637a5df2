"""Prompts: made once, kept, and said by the next voice where one does not speak."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from guide.sound.pcm import wav_bytes
from guide.sound.prompts import Prompts
from guide.sound.shelf import Shelf
from guide.sound.voices.voice import Voice, VoiceError


class Hum:
    """A voice that hums, as long as the text is, and remembers what it was asked."""

    id = "hum"
    name = "Hum"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def render(self, text: str, *, pace: int, volume: float) -> bytes:
        self.asked.append(text)
        return wav_bytes([1_000.0 * volume, -1_000.0] * (2_205 * len(text)))


class Broken:
    id = "broken"
    name = "Broken"

    def __init__(self, does: Callable[[], bytes]) -> None:
        self.asked: list[str] = []
        self._does = does

    def render(self, text: str, *, pace: int, volume: float) -> bytes:
        self.asked.append(text)
        return self._does()


def raises(error: Exception) -> Callable[[], bytes]:
    def render() -> bytes:
        raise error

    return render


def prompts(folder: Path, fallback: Voice | None = None, **others: object) -> Prompts:
    return Prompts(folder, fallback=lambda _language: fallback, **others)  # type: ignore[arg-type]  # limit, shelf


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
    ready.prepare(["one"], voice=hum, language="en", pace=145, volume=1)
    ready.prepare(["one"], voice=hum, language="de", pace=145, volume=1)
    ready.prepare(["one"], voice=hum, language="en", pace=150, volume=1)
    ready.prepare(["one"], voice=hum, language="en", pace=145, volume=0.9)
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
        bytes,
        lambda: bytes(5_000),
        lambda: wav_bytes([]),
    ],
)
def test_whatever_a_voice_does_the_embedded_one_steps_in(tmp_path: Path, does: Callable[[], bytes]) -> None:
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
    clips = prompts(tmp_path / "cache").prepare(texts, voice=Broken(lambda: wav_bytes([1.0])))
    assert {clip.path.parent for clip in clips.values()} == {tmp_path / "cache"}
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
