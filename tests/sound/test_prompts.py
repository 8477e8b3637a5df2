"""Prompts: made once, kept, and said by the next voice where one does not speak."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from listening import highest, samples_of

from guide.sound.pcm import wav_bytes
from guide.sound.prompts import Prompts
from guide.sound.shelf import Shelf
from guide.sound.voices.voice import Voice, VoiceError


class Hum:
    """A voice that hums, as long as the text is, and remembers what it was asked."""

    name = "Hum"

    def __init__(self) -> None:
        self.id = "hum"
        self.asked: list[str] = []
        self.rested = 0
        self.says: dict[str, str] | None = None  # the edition of what it has; None: it says everything

    def edition(self, text: str) -> str | None:
        return "1" if self.says is None else self.says.get(text)

    def rest(self) -> None:
        self.rested += 1

    def render(self, text: str, *, pace: int) -> bytes:
        self.asked.append(text)
        return wav_bytes([1_000.0, -1_000.0] * (2_205 * len(text)))


class Broken:
    id = "broken"
    name = "Broken"

    def __init__(self, does: Callable[[], bytes]) -> None:
        self.asked: list[str] = []
        self.rested = 0
        self._does = does

    def edition(self, text: str) -> str | None:
        return "1"

    def rest(self) -> None:
        self.rested += 1

    def render(self, text: str, *, pace: int) -> bytes:
        self.asked.append(text)
        return self._does()


def raises(error: Exception) -> Callable[[], bytes]:
    def render() -> bytes:
        raise error

    return render


def test_each_text_becomes_a_clip_of_known_length(tmp_path: Path) -> None:
    clips = Prompts(tmp_path).prepare(["ab", "abc", "ab"], voices=[Hum()])
    assert {text: clip.length for text, clip in clips.items()} == {
        "ab": timedelta(seconds=0.4),
        "abc": timedelta(seconds=0.6),
    }


def test_with_two_hands_the_clips_are_those_of_one_and_the_next_voice_says_what_the_first_cannot(
    tmp_path: Path,
) -> None:
    texts = [f"prompt {number}" for number in range(12)]
    recorded, hum = Hum(), Hum()
    recorded.id, recorded.says = "recorded", dict.fromkeys(texts[::3], "1")
    told: list[int] = []
    alone = Prompts(tmp_path / "one").prepare(texts, voices=[recorded, hum])
    clips = Prompts(tmp_path / "two").prepare(
        texts, voices=iter([recorded, hum]), hands=2, progress=lambda done, _all, _left: told.append(done)
    )
    assert {text: clip.length for text, clip in clips.items()} == {text: clip.length for text, clip in alone.items()}
    assert sorted(recorded.asked) == sorted(texts[::3] * 2)
    assert told == list(range(13))


def test_prompts_are_rendered_once_and_kept(tmp_path: Path) -> None:
    hum = Hum()
    first = Prompts(tmp_path).prepare(["one", "two"], voices=[hum])
    assert Prompts(tmp_path).prepare(["two", "one"], voices=[hum]) == first
    assert hum.asked == ["one", "two"]


def test_another_voice_language_or_pace_is_said_anew(tmp_path: Path) -> None:
    hum, ready = Hum(), Prompts(tmp_path)
    ready.prepare(["one"], voices=[hum], language="en", pace=145)
    ready.prepare(["one"], voices=[hum], language="de", pace=145)
    ready.prepare(["one"], voices=[hum], language="en", pace=150)
    assert len(hum.asked) == 3
    assert len(list(tmp_path.iterdir())) == 3


def test_another_volume_asks_no_voice_anew_and_is_as_soft_as_wished(tmp_path: Path) -> None:
    hum, ready = Hum(), Prompts(tmp_path)

    def loud(volume: float) -> int:
        return highest(samples_of(ready.prepare(["one"], voices=[hum], volume=volume)["one"].path)[0])

    assert (loud(1), loud(0.5), loud(0)) == (1_000, 250, 0)
    assert hum.asked == ["one"]


def test_a_prompt_that_a_voice_has_in_another_edition_is_said_anew(tmp_path: Path) -> None:
    first, second = Hum(), Hum()
    first.says = second.says = {"one": "1"}
    second.says = {"one": "2"}
    Prompts(tmp_path).prepare(["one"], voices=[first])
    Prompts(tmp_path).prepare(["one"], voices=[second])
    assert second.asked == ["one"]


def test_what_a_voice_does_not_have_the_next_says_without_a_word(tmp_path: Path) -> None:
    recorded, hum = Hum(), Hum()
    recorded.id = "recorded:jonas"
    recorded.says = {"one": "1"}
    ready = Prompts(tmp_path)
    assert set(ready.prepare(["one", "two", "three", "four"], voices=[recorded, hum])) == {
        "one",
        "two",
        "three",
        "four",
    }
    assert (recorded.asked, hum.asked) == (["one"], ["two", "three", "four"])
    assert ready.problems == []


def test_the_next_voice_is_drawn_only_when_it_is_needed(tmp_path: Path) -> None:
    def chain() -> Iterator[Voice]:
        yield Hum()
        pytest.fail("nobody asked for another")

    assert set(Prompts(tmp_path).prepare(["one", "two"], voices=chain())) == {"one", "two"}


def test_in_haste_what_is_kept_is_taken_and_the_rest_is_said_by_the_quick_voice(tmp_path: Path) -> None:
    slow, quick = Hum(), Hum()
    slow.id, quick.id = "slow", "quick"
    ready = Prompts(tmp_path)
    kept = ready.prepare(["one"], voices=[slow])["one"]
    clips = ready.prepare(["one", "two"], voices=[slow], quick=quick)
    assert clips["one"] == kept
    assert (slow.asked, quick.asked) == (["one"], ["two"])


def test_every_voice_may_rest_afterwards_also_when_it_was_broken_off(tmp_path: Path) -> None:
    def leave(done: int, _all: int, _left: timedelta | None) -> None:
        if done:
            raise KeyboardInterrupt

    hum, quick = Hum(), Hum()
    Prompts(tmp_path).prepare(["a"], voices=[hum])
    with pytest.raises(KeyboardInterrupt):
        Prompts(tmp_path).prepare(["b", "c"], voices=[hum], quick=quick, progress=leave)
    assert (hum.rested, quick.rested) == (2, 1)


def test_the_time_left_goes_by_the_letters_that_have_to_be_said(tmp_path: Path) -> None:
    now = [0.0]
    hum = Hum()
    ready = Prompts(tmp_path, clock=lambda: now[0])
    ready.prepare(["kept"], voices=[hum])
    told: list[timedelta | None] = []

    def progress(_done: int, _count: int, left: timedelta | None) -> None:
        told.append(left)
        now[0] += 1

    ready.prepare(["kept", "ab", "abcd"], voices=[hum], progress=progress)
    assert told == [None, None, timedelta(seconds=4), timedelta(0)]


def test_progress_is_told_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    Prompts(tmp_path).prepare(
        ["a", "b"], voices=[Hum()], progress=lambda done, count, _left: told.append((done, count))
    )
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_getting_ready_can_be_broken_off_and_done_again(tmp_path: Path) -> None:
    def leave(done: int, _all: int, _left: timedelta | None) -> None:
        if done:
            raise KeyboardInterrupt

    hum, ready = Hum(), Prompts(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        ready.prepare(["a", "b"], voices=[hum], progress=leave)
    assert set(ready.prepare(["a", "b"], voices=[hum])) == {"a", "b"}
    assert hum.asked == ["a", "b"]


@pytest.mark.parametrize("text", ["", "  ", "...", "\n", "—", "🍼"])
def test_a_text_without_words_is_left_out_without_a_word(tmp_path: Path, text: str) -> None:
    ready = Prompts(tmp_path)
    assert ready.prepare([text], voices=[Hum()]) == {}
    assert ready.problems == []


@pytest.mark.parametrize("damage", [b"", bytes(9_000), "half"], ids=["empty", "NULs", "half"])
def test_a_damaged_prompt_is_rendered_anew(tmp_path: Path, damage: bytes | str) -> None:
    hum, ready = Hum(), Prompts(tmp_path)
    path = ready.prepare(["one"], voices=[hum])["one"].path
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if isinstance(damage, str) else damage)
    assert ready.prepare(["one"], voices=[hum])["one"].path.read_bytes() == whole
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
    ready = Prompts(tmp_path)
    assert set(ready.prepare(["one", "two", "three"], voices=[Broken(does), Hum()])) == {"one", "two", "three"}
    assert ready.problems == ["The voice Broken could not say this."]


def test_a_voice_that_keeps_failing_is_not_asked_for_every_text(tmp_path: Path) -> None:
    broken = Broken(raises(RuntimeError("no")))
    assert len(Prompts(tmp_path).prepare("abcdefgh", voices=[broken, Hum()])) == 8
    assert len(broken.asked) == 2


def test_what_no_voice_can_say_has_no_clip(tmp_path: Path) -> None:
    broken = Broken(raises(RuntimeError("no")))
    ready = Prompts(tmp_path)
    assert ready.prepare(["one"], voices=[broken]) == {}
    assert ready.problems == ["The voice Broken could not say this."]


def test_without_a_voice_chimes_and_words_go_on_and_it_is_said_once(tmp_path: Path) -> None:
    ready = Prompts(tmp_path)
    assert ready.prepare(["one", "two"], voices=[]) == {}
    assert ready.problems == ["No voice here speaks this language. Chimes and the words on the screen go on."]


def test_old_prompts_make_room_and_those_of_this_plan_stay(tmp_path: Path) -> None:
    hum, ready = Hum(), Prompts(tmp_path, limit=40_000)
    ready.prepare(["old"], voices=[hum])
    clips = ready.prepare(["new", "newer"], voices=[hum])
    assert sorted(tmp_path.iterdir()) == sorted(clip.path for clip in clips.values())


def test_a_folder_that_cannot_be_written_is_said_once_and_prompts_go_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    (tmp_path / "spare").mkdir()
    shelf = Shelf(tmp_path / "file" / "cache", spare=lambda: tmp_path / "spare")
    ready = Prompts(tmp_path, shelf=shelf)
    assert set(ready.prepare(["one", "two"], voices=[Hum()])) == {"one", "two"}
    assert ready.problems == ["Sounds cannot be kept in their folder, so they are made anew each time."]


def test_a_full_disk_leaves_the_words_on_the_screen(tmp_path: Path) -> None:
    def full() -> Path:
        raise OSError(28, "No space left on device")

    (tmp_path / "file").write_bytes(b"in the way")
    ready = Prompts(tmp_path, shelf=Shelf(tmp_path / "file" / "cache", spare=full))
    assert ready.prepare(["one", "two"], voices=[Hum()]) == {}
    assert ready.problems == ["There is no room on the disk for sounds. The words on the screen go on."]


def test_a_text_like_a_path_stays_in_the_folder(tmp_path: Path) -> None:
    texts = ["../../escape", "/etc/passwd", "a\0b", "C:\\windows", "x" * 5_000]
    clips = Prompts(tmp_path / "cache").prepare(texts, voices=[Broken(lambda: wav_bytes([1.0]))])
    assert {clip.path.parent for clip in clips.values()} == {tmp_path / "cache"}
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]


def test_what_has_been_said_is_known_and_nothing_is_said_to_find_out(tmp_path: Path) -> None:
    hum = Hum()
    maker = Prompts(tmp_path)
    maker.prepare(["Rest."], voices=[hum])
    hum.asked.clear()
    known = maker.known(["Rest.", "Pump."], voices=[hum])
    assert list(known) == ["Rest."]
    assert known["Rest."] == maker.prepare(["Rest."], voices=[hum])["Rest."].length
    assert maker.known(["Rest."], voices=[hum], pace=90) == {}
    assert hum.asked == []
