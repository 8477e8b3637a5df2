"""Prompts: made once, kept, and said by the next voice where one does not speak."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from listening import highest, samples_of

from guide.compat import override
from guide.sound import pcm, prompts
from guide.sound.pcm import wav_bytes
from guide.sound.prompts import Prompts
from guide.sound.shelf import Shelf
from guide.sound.voices.voice import WORDS_A_MINUTE, SilentError, Voice, VoiceError


class Hum:
    """A voice that hums, as long as the text is, and remembers what it was asked."""

    name = "Hum"

    def __init__(self) -> None:
        self.id = "hum"
        self.asked: list[str] = []
        self.paces: list[int] = []
        self.rested = 0
        self.says: dict[str, str] | None = None  # the edition of what it has; None: it says everything

    def edition(self, text: str) -> str | None:
        return "1" if self.says is None else self.says.get(text)

    def rest(self) -> None:
        self.rested += 1

    def render(self, text: str, *, pace: int) -> bytes:
        self.asked.append(text)
        self.paces.append(pace)
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
    assert (len(hum.asked), hum.paces) == (3, [145, 145, 150])
    assert len(list(tmp_path.iterdir())) == 3


def test_another_volume_asks_no_voice_anew_and_is_as_soft_as_wished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hum, ready = Hum(), Prompts(tmp_path)
    assert ready.problems == []

    def loud(volume: float) -> int:
        return highest(samples_of(ready.prepare(["one"], voices=[hum], volume=volume)["one"].path)[0])

    assert (loud(1), loud(0.5), loud(0)) == (1_000, 250, 0)
    assert hum.asked == ["one"]
    monkeypatch.setattr(pcm, "at_volume", None)  # made once, and kept
    assert (loud(1), loud(0.5)) == (1_000, 250)


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
    now = [1_000.0]
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


def test_what_a_voice_makes_no_sound_for_is_named(tmp_path: Path) -> None:
    ready = Prompts(tmp_path)
    silent = Broken(raises(SilentError("The voice made no sound.")))
    assert set(ready.prepare(["שלום", "x" * 70], voices=[silent, Hum()])) == {"שלום", "x" * 70}
    assert ready.problems == [f"The voice Broken made no sound for “{text}”." for text in ("שלום", "x" * 59 + "…")]


def test_a_voice_that_keeps_failing_is_not_asked_for_every_text(tmp_path: Path) -> None:
    broken = Broken(raises(RuntimeError("no")))
    assert len(Prompts(tmp_path).prepare("abcdefgh", voices=[broken, Hum()])) == 8
    assert len(broken.asked) == 2


class NoHebrew(Hum):
    """A voice that makes no sound for letters it does not know."""

    @override
    def render(self, text: str, *, pace: int) -> bytes:
        if not text.isascii():
            self.asked.append(text)
            raise SilentError("The voice made no sound.")
        return super().render(text, pace=pace)


def test_prompts_of_letters_that_a_voice_does_not_know_do_not_put_it_aside(tmp_path: Path) -> None:
    voice, other = NoHebrew(), named("other")
    texts = ["א", "ב", "ג", "Rest.", "ד", "ה", "Pump."]
    assert set(Prompts(tmp_path).prepare(texts, voices=[voice, other])) == set(texts)
    assert (voice.asked, other.asked) == (texts, ["א", "ב", "ג", "ד", "ה"])


def test_a_voice_that_stays_silent_is_not_asked_for_every_text(tmp_path: Path) -> None:
    silent = Broken(raises(SilentError("The voice made no sound.")))
    ready = Prompts(tmp_path)
    assert len(ready.prepare("abcdefgh", voices=[silent, Hum()])) == 8
    assert len(silent.asked) == len(ready.problems) == 5


def test_what_the_quick_voice_makes_no_sound_for_has_no_clip(tmp_path: Path) -> None:
    ready = Prompts(tmp_path)
    assert set(ready.prepare(["א", "Rest."], voices=[Hum()], quick=NoHebrew())) == {"Rest."}
    assert ready.problems == ["The voice Hum made no sound for “א”."]


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


NO_ROOM = "There is no room on the disk for sounds. The words on the screen go on."
FAILED = "The voice Broken could not say this."


def named(voice_id: str, **says: str) -> Hum:
    made = Hum()
    made.id, made.says = voice_id, dict(says) or None
    return made


@pytest.mark.parametrize(
    ("kept_by", "asked"),
    [(None, (0, 0, 1)), ("recorded", (0, 0, 0)), ("slow", (0, 0, 1)), ("quick", (0, 0, 0))],
)
def test_in_haste_only_the_voice_that_would_say_it_is_looked_up_and_only_the_quick_one_asked(
    tmp_path: Path, kept_by: str | None, asked: tuple[int, int, int]
) -> None:
    recorded, slow, quick = named("recorded", one="1"), named("slow"), named("quick", one="2")
    ready = Prompts(tmp_path)
    for voice in (recorded, slow, quick):
        if voice.id == kept_by:
            ready.prepare(["one"], voices=[voice])
            voice.asked.clear()
    assert set(ready.prepare(["one"], voices=[recorded, slow], quick=quick)) == {"one"}
    assert tuple(len(voice.asked) for voice in (recorded, slow, quick)) == asked
    assert ready.problems == []


def test_in_haste_what_a_recorded_voice_lacks_is_taken_from_the_next(tmp_path: Path) -> None:
    recorded, slow, quick = named("recorded", other="1"), named("slow"), named("quick")
    ready = Prompts(tmp_path)
    kept = ready.prepare(["one"], voices=[slow])["one"]
    assert ready.prepare(["one"], voices=[recorded, slow], quick=quick) == {"one": kept}
    assert quick.asked == []


def test_in_haste_a_quick_voice_that_fails_is_told_and_no_other_is_waited_for(tmp_path: Path) -> None:
    slow, quick = named("slow"), Broken(raises(RuntimeError("no")))
    ready = Prompts(tmp_path)
    assert ready.prepare(["one"], voices=[slow], quick=quick) == {}
    assert (ready.problems, slow.asked, quick.rested) == ([FAILED], [], 1)


def test_a_voice_that_fails_now_and_then_is_asked_each_time(tmp_path: Path) -> None:
    answers = iter([b"", wav_bytes([9.0] * 99)] * 6)  # what is no sound is as if it had failed
    moody = Broken(answers.__next__)
    hum = Hum()
    Prompts(tmp_path).prepare("abcdefghijkl", voices=[moody, hum])
    assert (len(moody.asked), hum.asked) == (12, list("acegik"))


def test_each_of_several_voices_is_given_up_for_itself(tmp_path: Path) -> None:
    first, second = (Broken(raises(VoiceError(text))) for text in ("First.", "Second."))
    second.id = "second"
    ready = Prompts(tmp_path)
    assert len(ready.prepare("abcd", voices=[first, second, Hum()])) == 4
    assert (len(first.asked), len(second.asked), first.rested, second.rested) == (2, 2, 1, 1)
    assert ready.problems == ["First.", "Second."]


def test_what_stood_in_the_way_once_is_not_told_of_the_next_plan(tmp_path: Path) -> None:
    ready = Prompts(tmp_path)
    ready.prepare(["one"], voices=[Broken(raises(RuntimeError("no")))])
    assert ready.problems == [FAILED]
    ready.prepare(["one"], voices=[Hum()])
    assert ready.problems == []


@pytest.mark.parametrize(
    ("texts", "quick", "told"), [([], False, 0), (["…"], False, 0), (["one"], True, 0), (["one"], False, 1)]
)
def test_that_no_voice_speaks_is_told_where_there_is_something_to_say(
    tmp_path: Path, texts: list[str], quick: bool, told: int
) -> None:
    seen: list[int] = []
    ready = Prompts(tmp_path)
    ready.prepare(
        texts, voices=[], quick=Hum() if quick else None, progress=lambda done, *_: seen.append(done)
    )  # fmt: skip
    assert len(ready.problems) == told
    assert seen == ([0, 1] if texts == ["one"] else [])


@pytest.mark.parametrize(("count", "hands", "threads"), [(8, 2, 1), (9, 2, 2), (9, 1, 1)])
def test_a_second_hand_is_worth_it_for_more_than_a_few_that_are_not_kept(
    tmp_path: Path, count: int, hands: int, threads: int
) -> None:
    seen: set[str] = set()

    class Watched(Hum):
        @override
        def render(self, text: str, *, pace: int) -> bytes:
            seen.add(threading.current_thread().name)
            return super().render(text, pace=pace)

    ready = Prompts(tmp_path)
    ready.prepare(["kept", "kept too"], voices=[Watched()])
    seen.clear()
    ready.prepare(["kept", "kept too", *map(str, range(count))], voices=[Watched()], hands=hands)
    assert (threading.current_thread().name not in seen) is (threads == 2)


def test_usually_it_is_english_at_the_usual_pace_and_full_volume(tmp_path: Path) -> None:
    hum, ready = Hum(), Prompts(tmp_path)
    ready.prepare(["one"], voices=[hum])
    ready.prepare(["one"], voices=[hum], language="en", pace=WORDS_A_MINUTE, volume=1)
    assert len(hum.asked) == len(list(tmp_path.iterdir())) == 1
    assert len(ready.known(["one"], voices=[hum], language="en", pace=WORDS_A_MINUTE)) == 1
    assert [ready.known(["one"], voices=[one], language=code) for one, code in ((hum, "de"), (named("x"), "en"))] == [
        {},
        {},
    ]


def test_what_is_known_is_of_the_first_voice_that_has_it_and_every_voice_may_rest(tmp_path: Path) -> None:
    recorded, hum, ready = named("recorded", one="1"), named("hum"), Prompts(tmp_path)
    ready.prepare(["one", "two"], voices=[hum])
    assert list(ready.known(["one", "two"], voices=[recorded, hum])) == ["two"]
    assert (recorded.rested, hum.rested) == (1, 2)


def test_what_cannot_be_measured_is_not_known_and_told_where_it_is_to_be_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_path: Path) -> timedelta:
        raise OSError(errno.EIO, "a damaged disk")

    hum, ready = Hum(), Prompts(tmp_path)
    ready.prepare(["one"], voices=[hum])
    monkeypatch.setattr(prompts, "measure", unreadable)
    assert ready.known(["one"], voices=[hum]) == {}
    assert ready.prepare(["one"], voices=[hum]) == {}
    assert ready.problems == [NO_ROOM]


def test_half_a_letter_has_a_clip_of_its_own(tmp_path: Path) -> None:
    clips = Prompts(tmp_path).prepare(["a\ud800", "a\ud801", "a"], voices=[Hum()])
    assert len({clip.path for clip in clips.values()}) == 3


@pytest.mark.parametrize("hands", [1, 2])
def test_the_voices_rest_once_when_all_is_said(tmp_path: Path, hands: int) -> None:
    first, second, never = named("first", **{f"{n}": "1" for n in range(9)}), named("second"), named("never")
    Prompts(tmp_path).prepare(map(str, range(12)), voices=iter([first, second, never]), hands=hands)
    assert (first.rested, second.rested, never.rested) == (1, 1, 0)
