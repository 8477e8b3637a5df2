"""What a routine's file comes to in the library, the summary kept of it, and the sounds it may name."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from guide import __version__
from guide.core.kinds import Kind, Purpose
from guide.sound.pcm import wav_bytes
from guide.store.files import MOST_SOUND_BYTES
from guide.store.routines import sounds, summaries
from guide.store.routines.entry import (
    Entry,
    Found,
    Stamp,
    StepBar,
    Summary,
    entry_of,
    own_sounds,
    read,
    read_file,
    read_text,
    stamp_of,
    summary_from_json,
    summary_of,
    summary_to_json,
)
from guide.store.routines.sounds import SOUNDS, read_sound
from guide.store.routines.summaries import Summaries
from guide.store.yaml.compose import compose
from guide.store.yaml.problem import Problem
from guide.store.yaml.source import Findings, Value
from tables import each_row

GOOD = """\
name: It's good
for: Her
summary: All.
purposes: [treat, protect]
steps:
  - {kind: pump, duration: 5-7 min, sound: b.wav, cues: [{at: 1 s, sound: a.wav}, {at: 2 s, sound: b.wav}]}
  - {kind: rest, duration: wait, sound: tick}
"""
STAMP = Stamp(2, 3)


def found(path: Path, *, builtin: bool = False, replaces: bool = False, stamp: Stamp | None = STAMP) -> Found:
    return Found("id", path, builtin, replaces, stamp)


def in_folder(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    for name in ("a.wav", "b.wav"):
        (path.parent / name).write_bytes(wav_bytes([0] * 10))
    return path


def test_a_good_file_is_its_routine_and_its_card_holds_what_it_shows(tmp_path: Path) -> None:
    one = found(in_folder(tmp_path / "a.yaml", GOOD), builtin=True, replaces=True)
    entry = entry_of(one)
    routine = read_file(one.path).routine
    assert routine is not None
    assert entry == Entry("id", one.path, True, "It's good", routine, (), (), True, STAMP)
    assert own_sounds(routine) == ["b.wav", "a.wav"]
    assert own_sounds(None) == []
    summary = summary_of(entry)
    assert summary == Summary(
        "id",
        "It's good",
        one.path,
        builtin=True,
        replaces_builtin=True,
        for_whom="Her",
        summary="All.",
        shortest=timedelta(minutes=5),
        longest=timedelta(minutes=7),
        purposes=(Purpose.TREAT, Purpose.PROTECT),
        hands_on=False,
        suits_sore=routine.suits_sore,
        bars=(
            StepBar(Kind.PUMP, timedelta(minutes=5), timedelta(minutes=7)),
            StepBar(Kind.REST, timedelta(0), None),
        ),
    )
    kept = summary_to_json(summary)
    assert kept == {
        "name": "It's good",
        "for": "Her",
        "summary": "All.",
        "shortest_s": 300.0,
        "longest_s": 420.0,
        "purposes": ["treat", "protect"],
        "hands_on": False,
        "suits_sore": routine.suits_sore,
        "bars": [["pump", 300.0, 420.0], ["rest", 0.0, None]],
    }
    assert summary_from_json(json.loads(json.dumps(kept)), one) == summary
    odd: list[tuple[str, Any]] = [
        ("name", 1), ("for", None), ("summary", []), ("shortest_s", "a"), ("longest_s", 1e300), ("purposes", "treat"),
        ("purposes", ["no"]), ("hands_on", 1), ("suits_sore", None), ("bars", {}), ("bars", [["pump", 1]]),
        ("bars", [["no", 1, 2]]), ("bars", [["pump", None, 2]]), ("bars", [["pump", 1, "a"]]),
    ]  # fmt: skip
    for key, value in odd:
        assert summary_from_json({**kept, key: value}, one) is None
    for key in kept:
        assert summary_from_json({name: value for name, value in kept.items() if name != key}, one) is None


NAMES = [
    ("name: Evening", "Evening"),
    ("name:\tEvening \t", "Evening"),
    ("a: b\r\nname: 'Eve ning' \r\nc: d", "Eve ning"),
    ('name: "Evening"', "Evening"),
    ("name: \"Evening'", "own b"),
    (" name: Evening", "own b"),
    ("name:Evening", "own b"),
    ("names: Evening", "own b"),
    ("name: Evening # late", "Evening"),
    ("name: 'Evening'\t#late\r", "Evening"),
    ("name: Evening# late", "own b"),
    ("name: It's", "own b"),
    ("name: ' '", "own b"),
    ("name: " + "a" * 80, "a" * 39 + "…"),
    ("name: " + "a" * 81, "own b"),
    ("name: '" + "a" * 80 + "'", "a" * 39 + "…"),
    ("name: '" + "a" * 81 + "'", "own b"),
    ("name: -3 :b ?c", "-3 :b ?c"),
    ("name: -a", "-a"),
    *((f"name: {sign} a", "own b") for sign in "-?:"),
    *((f"name: {sign}a", "own b") for sign in "[]{}&*!|>%@`,~"),
    ("name: -", "own b"),
    ("summary: a", "own b"),
    ("name: a\nname: b", "a"),
]


WHOLE = {
    "folder": "This file is a folder or no ordinary file. A routine is a file that ends in .yaml.",
    "empty": "This file is empty. A routine begins with “name:” and has “steps:”.",
    "broken": "Line 2: This line does not fit the lines above. Look at its indentation, spaces and “- ”.",
}


def test_a_broken_file_has_the_name_on_its_name_line_or_its_own(tmp_path: Path) -> None:
    one = found(tmp_path / "own\tb.yaml", stamp=None)
    for text, name in NAMES:
        one.path.write_bytes(f"{text}\nstps: ]\n".encode())
        assert entry_of(one).name == name, text
    one.path.write_bytes(b"name: a\xff")
    entry = entry_of(one)
    assert entry == Entry("id", one.path, False, "own b", None, entry.problems, (), False, None)
    summary = summary_of(entry)
    assert (summary.name, summary.path, summary.builtin, summary.replaces_builtin) == ("own b", one.path, False, False)
    assert (summary.id, summary.problems) == ("id", 1)
    assert summary.problem == "Line 1: Byte 0xFF is not UTF-8. Open it in a text editor and save it as UTF-8."
    replacing = summary_of(entry._replace(builtin=True, replaces_builtin=True, problems=()))
    assert (replacing.builtin, replacing.replaces_builtin) == (True, True)
    assert (replacing.problem, replacing.problems) == ("", 0)


def test_what_is_wrong_with_a_whole_file_is_said_of_the_file_and_not_of_a_line(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "empty.yaml").touch()
    (tmp_path / "broken.yaml").write_text("name: A\nsteps: ]", encoding="utf-8")
    told = {name: summary_of(entry_of(found(tmp_path / f"{name}.yaml", stamp=None))).problem for name in WHOLE}
    assert told == WHOLE


def test_a_file_is_known_by_its_time_and_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    os.utime(path, ns=(5, 7))
    assert stamp_of(path) == Stamp(mtime_ns=7, size=3)
    assert stamp_of(tmp_path / "b") is None
    assert stamp_of(Path("a\0b")) is None


def test_a_text_is_read_with_its_path_where_it_has_one(tmp_path: Path) -> None:
    assert [read("a", path).problems[0].path for path in (None, tmp_path / "b")] == ["<text>", str(tmp_path / "b")]
    assert isinstance(read_text(tmp_path / "b"), Problem)


def problem_of(text: str, folder: Path | None = None) -> tuple[str | None, str]:
    node = compose(text)
    assert not isinstance(node, Problem)
    findings = Findings(text, "p", folder)
    named = read_sound(Value(node, "x", findings))
    return named, "".join(one.message for one in findings.problems)


OUTSIDE = "'{}' is not inside the folder of this file; put the sound beside it and write its name"


@each_row("text", [*SOUNDS, "a.wav", "b/a.FLAC", "a.ogg", "a b.mp3", "a..wav", ".a.wav", "a/~.wav"])
def test_a_sound_of_the_program_or_of_a_file_is_taken(text: str) -> None:
    assert problem_of(f"'{text}'") == (text, "")


@each_row(
    ("text", "sentence"),
    [
        ("tik", "'tik' is not a built-in sound; did you mean 'tick'?"),
        ("xyz", f"'xyz' is not a built-in sound; known are {', '.join(SOUNDS)}"),
        ("a.txt", "'a.txt' is not a sound file known here; use WAV, FLAC, OGG or MP3"),
        ("a/b", "'a/b' is not a sound file known here; use WAV, FLAC, OGG or MP3"),
        *((odd, OUTSIDE.format(odd)) for odd in ("/a.wav", "~a.wav", "../a.wav", "b/../a.wav", "b\\a.wav", "c:a.wav")),
        ("a" * 197 + ".wav", "has 201 characters; 200 at most"),
    ],
)
def test_a_sound_that_cannot_be_is_told(text: str, sentence: str) -> None:
    assert problem_of(f"'{text}'") == (None, sentence)


def test_a_sound_file_is_looked_at_beside_its_routine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "a.wav").write_bytes(wav_bytes([0] * 10))
    (folder / "b.mp3").write_bytes(wav_bytes([0] * 10))
    (folder / "c.wav").write_bytes(b"%PDF")
    (folder / "d.wav").mkdir()
    (tmp_path / "e.wav").write_bytes(wav_bytes([0] * 10))
    (folder / "e.wav").symlink_to(tmp_path / "e.wav")
    (folder / "F.WAV").write_bytes(wav_bytes([0] * 10))
    with (folder / "g.wav").open("wb") as large:
        large.write(wav_bytes([0] * 10))
        large.truncate(MOST_SOUND_BYTES)
    with (folder / "h.wav").open("wb") as large:
        large.truncate(MOST_SOUND_BYTES + 1)
    no_file = "is not there; look at the name, or put the sound into the folder of this file"
    told = {
        "a.wav": "",
        "b.mp3": "is WAV inside; give it the ending .wav",
        "c.wav": "is no sound, whatever its name says; use WAV, FLAC, OGG or MP3",
        "d.wav": no_file,
        "e.wav": "leads out of the folder of this file; put the sound itself beside it",
        "F.WAV": "",
        "g.wav": "",
        "h.wav": "is larger than 20 MB; use a shorter sound",
        "none.wav": no_file,
    }
    for name, sentence in told.items():
        assert problem_of(name, folder) == (None if sentence else name, f"'{name}' {sentence}" if sentence else "")

    def fails(_: bytes) -> None:
        raise OSError

    monkeypatch.setattr(sounds, "kind_of", fails)
    assert problem_of("a.wav", folder) == (None, "'a.wav' could not be looked at; put the sound beside this file")


def of(found: list[Found], cache: Path | None) -> tuple[list[Summary], list[str], int]:
    """The summaries, what was told, and how many files were read."""
    told: list[str] = []
    reads: list[Found] = []

    def entry(one: Found) -> Entry:
        reads.append(one)
        return entry_of(one)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summaries, "entry_of", entry)
        made = Summaries(cache, on_trouble=told.append).of(found)
    return made, told, len(reads)


QUIET = "name: {}\nsteps: [{{kind: rest, duration: 1 min}}]\n"


def test_a_file_that_is_as_it_was_is_not_read_again(tmp_path: Path) -> None:
    cache = tmp_path / "cache" / "a.json"
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text(QUIET.format(name))
    in_folder(tmp_path / "c.yaml", GOOD)
    (tmp_path / "d.yaml").write_text("name: d\n")
    (tmp_path / "e.yaml").write_text(QUIET.format("e"))
    all_of = [found(tmp_path / f"{name}.yaml", stamp=STAMP if name != "e" else None) for name in "abcde"]
    first = of(all_of, cache)
    assert [one.name for one in first[0]] == ["a", "b", "It's good", "d", "e"]
    assert first[1:] == ([], 5)
    held = json.loads(cache.read_bytes())
    assert held["made_by"] == [2, __version__]
    assert list(held["routines"]) == [str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")]
    assert held["routines"][str(tmp_path / "a.yaml")] == {"stamp": [2, 3], **summary_to_json(first[0][0])}

    changed = cache.stat().st_mtime_ns
    os.utime(cache, ns=(changed - 9, changed - 9))
    assert of(all_of, cache) == (first[0], [], 3)
    assert cache.stat().st_mtime_ns == changed - 9

    assert of(all_of, None) == (first[0], [], 5)
    assert of([all_of[0]._replace(stamp=Stamp(2, 4)), all_of[1]], cache)[2] == 1
    assert of([all_of[0], all_of[1]], cache)[2] == 1
    assert of([all_of[1]], cache)[2] == 0
    assert list(json.loads(cache.read_bytes())["routines"]) == [str(tmp_path / "b.yaml")]


MADE = "What was kept to show your routines sooner could not be read and is made anew."


def test_what_is_no_cache_is_kept_aside_and_told_and_an_older_one_is_not(tmp_path: Path) -> None:
    cache = tmp_path / "a.json"
    routine = tmp_path / "a.yaml"
    routine.write_text(QUIET.format("a"))
    of([found(routine)], cache)
    good = cache.read_text()
    now = f'"made_by": [2, "{__version__}"]'
    assert now in good
    for odd in ("", "{}", "[" * 100_000, good.replace(now, '"made_by": [3, "1"]'), good.replace(now, '"made_by": [2]'),
                good.replace(now, '"made_by": [2, 1]'), good.replace(now, '"made_by": ["2", "1"]'), '{"routines": {}}',
                f'{{{now}, "routines": []}}', f"{{{now}}}"):  # fmt: skip
        cache.write_text(odd)
        made, told, reads = of([found(routine)], cache)
        (aside,) = tmp_path.glob("a.damaged-*.json")
        assert ([one.name for one in made], told, reads) == (
            ["a"],
            [f"{MADE} The old file is kept as {aside.name}."],
            1,
        )
        assert aside.read_text() == odd
        assert cache.read_text() == good
        aside.unlink()
    for older in (good.replace(now, f'"made_by": [1, "{__version__}"]'), good.replace(now, '"made_by": [2, "0"]')):
        cache.write_text(older)
        assert of([found(routine)], cache)[1:] == ([], 1)
        assert cache.read_text() == good
    cache.write_text(good.replace('"name": "a"', '"name": 1'))
    assert of([found(routine)], cache)[1:] == ([], 1)
    cache.write_text(f'{{{now}, "routines": {{{json.dumps(str(routine))}: []}}}}')
    assert of([found(routine)], cache)[1:] == ([], 1)
    assert list(tmp_path.glob("a.damaged-*")) == []


def test_a_cache_that_is_large_is_read_to_its_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "a.json"
    routine = tmp_path / "a.yaml"
    routine.write_text(QUIET.format("a"))
    of([found(routine)], cache)
    size = cache.stat().st_size
    cache.write_bytes(cache.read_bytes() + b" " * (-size % 64))
    monkeypatch.setattr(summaries, "MOST_BYTES", cache.stat().st_size // 64)
    assert of([found(routine)], cache)[1:] == ([], 0)
    cache.write_bytes(cache.read_bytes() + b" ")
    assert of([found(routine)], cache)[2] == 1


def test_a_cache_that_cannot_be_read_moved_or_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    routine = tmp_path / "a.yaml"
    routine.write_text(QUIET.format("a"))
    cache = tmp_path / "b.json"
    cache.write_text("noise")

    def fails(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(summaries, "write_whole", fails)
    monkeypatch.setattr(summaries, "keep_aside", lambda _: None)
    assert of([found(routine)], cache)[1:] == ([MADE], 1)
    monkeypatch.setattr(summaries, "read_ordinary", fails)
    assert of([found(routine)], cache)[1:] == ([], 1)
