"""No file can make the program hang, fill memory or show a traceback: each gets one clear sentence."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.store.files import MOST_BYTES
from guide.store.routines.reader import read, read_file
from guide.store.yaml.compose import compose
from guide.store.yaml.problem import Problem
from tables import each_row

KIB = 1024
GOOD = "name: Good\nsteps:\n  - {kind: rest, duration: 1 min}\n"


def bomb() -> str:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for above, name in zip("abcdefghi", "bcdefghij", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{above}'] * 10)}]")
    return "\n".join(lines)


def chain() -> str:
    return "a0: &a0 [x]\n" + "".join(f"a{n + 1}: &a{n + 1} [*a{n}]\n" for n in range(60))


HOSTILE = {
    "nothing": ("", "is empty"),
    "spaces": (" " * 200 * KIB, "is empty"),
    "too many spaces": (" " * 300 * KIB, "larger than 256 KiB"),
    "too many bytes in few characters": ("ä" * 200 * KIB, "larger than 256 KiB"),
    "25,000 open brackets": ("[" * 25_000, "nested more than 20 deep"),
    "25,000 dashes": ("- " * 25_000, "nested more than 20 deep"),
    "20,000 open braces": ("{a: " * 20_000, "nested more than 20 deep"),
    "100,000 question marks": ("? " * 100_000, "nested more than 20 deep"),
    "an alias bomb": (bomb(), "aliases expand to more than 10,000"),
    "60,000 aliases": ("a: &a x\nb: [" + "*a," * 60_000 + "]", "aliases expand to more than 10,000"),
    "a ladder of aliases": (chain(), "nested more than 20 deep"),
    "an alias within itself": ("a: &a [*a]", "stands inside its own"),
    "a python object": ("name: !!python/object/apply:os.system [ls]", "tags"),
    "a tag of its own": ("name: !mine x", "tags"),
    "a tag directive": ("%TAG ! tag:example.org,2000:\n---\nname: x", "tags"),
    "a second document": (GOOD + "---\n" + GOOD, "a second document"),
    "60,000 documents": ("---\n" * 60_000, "a second document"),
    "a NUL": (GOOD + "\0", "a NUL character"),
    "an escape sequence": (GOOD + "# \x1b[2J", "U+001B"),
    "half a surrogate": (GOOD + "# \ud800", "U+D800"),
    "200,000 colons": (":" * 200_000, "does not fit"),
    "200,000 quotes": ('"' * 200_000, "quot"),
    "50,000 anchors": ("&a " * 50_000, ""),
    "200,000 commas": ("[" + "," * 200_000, "a comma too many"),
    "a newer YAML": ("%YAML 3.0\n---\nname: x\n", "begin with '%'"),
}


@each_row(("text", "sentence"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_gets_one_clear_sentence(text: str, sentence: str) -> None:
    (problem,) = read(text).problems

    assert sentence in problem.message
    assert len(str(problem)) < 200


ENDLESS = {
    "50,000 keys twice": "a: 1\n" * 50_000,
    "18,000 unknown keys": "".join(f"durat{n}: 1\n" for n in range(18_000)),
    "8,000 bad steps": "name: a\nsteps:\n" + "- {knd: rst, duratin: 1}\n" * 900,
}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_a_list_of_problems_ends_after_a_thousand_and_says_so(text: str) -> None:
    problems = read(text).problems

    assert len(problems) == 1_001
    assert "more than 1,000 problems" in problems[-1].message


SLOW = {
    **{name: text for name, (text, _) in HOSTILE.items()},
    **ENDLESS,
    "3,500 groups": "name: a\nsteps:\n" + "  - repeat: 50\n    steps: [{kind: rest, duration: 1 s}]\n" * 3_500,
    "7,000 bad cues": "name: a\nsteps:\n  - kind: pump\n    cues:\n" + "      - {at: 9 mn, syy: x}\n" * 7_000,
    "15,000 keys in a step": "name: a\nsteps:\n  - {" + ", ".join(f"durat{n}: 1" for n in range(15_000)) + "}\n",
    "700 long keys": "".join("durationduration" * 20 + f"{n}: 1\n" for n in range(700)),
    "a long word for a kind": "name: a\nsteps:\n  - {kind: " + "r" * 200_000 + "}\n",
    "a long number": "name: a\nsteps:\n  - {kind: rest, duration: " + "9" * 200_000 + " min}\n",
}


@each_row("text", SLOW.values(), ids=SLOW)
def test_a_hostile_text_is_answered_within_two_seconds_of_the_processor(text: str) -> None:
    before = time.thread_time()
    read(text)
    assert time.thread_time() - before < 2  # the slowest takes half a second


@pytest.mark.parametrize("content", ["1 GB of spaces", "65,000 items", "25,000 brackets", "an alias bomb"])
def test_a_hostile_file_takes_little_memory_and_time(tmp_path: Path, content: str) -> None:
    path = tmp_path / "hostile.yaml"
    match content:
        case "1 GB of spaces":
            with path.open("wb") as file:
                file.write(b" " * 4096)
                file.truncate(1024**3)  # a hole reads as NULs; the size alone must be enough to refuse it
        case "65,000 items":
            path.write_text("- a\n" * 65_000)
        case "25,000 brackets":
            path.write_text("[" * 25_000)
        case _:
            path.write_text(bomb())
    program = (
        "import sys; from pathlib import Path; from guide.store.routines.reader import read_file\n"
        "print(*read_file(Path(sys.argv[1])).problems, sep='\\n')"
    )

    def limit() -> None:
        import resource  # Windows has none, and gives its programs no such limits

        resource.setrlimit(resource.RLIMIT_AS, (200 * KIB * KIB, 200 * KIB * KIB))
        resource.setrlimit(resource.RLIMIT_CPU, (3, 3))

    answer = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        check=True,
        capture_output=True,
        text=True,
        preexec_fn=None if sys.platform == "win32" else limit,
    )

    assert answer.stdout.count("\n") == 1


def test_a_folder_a_missing_file_and_a_device_are_told_apart(tmp_path: Path) -> None:
    told = [read_file(path).problems[0].message for path in (tmp_path, tmp_path / "none.yaml", Path("/dev/zero"))]

    assert told == [
        "is a folder or no ordinary file; a routine is a file that ends in .yaml",
        "there is no such file; look at the name and the folder",
        "is a folder or no ordinary file; a routine is a file that ends in .yaml",
    ]


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "mark.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())

    assert read_file(path).routine == read(GOOD).routine
    assert read("\ufeff" + GOOD).routine == read(GOOD).routine
    assert read("\ufeffnam: x").problems[0].column == 1


def test_control_characters_written_as_escapes_are_refused() -> None:
    (problem,) = read(GOOD + 'summary: "a\\0b"\n').problems

    assert str(problem) == "<text>:4:10: summary: has the control character U+0000; leave it out"


def test_no_file_larger_than_the_limit_is_read_further(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (MOST_BYTES + 1))
    assert "larger" in read_file(path).problems[0].message
    path.write_bytes(b"#" * MOST_BYTES)
    assert "empty" in read_file(path).problems[0].message


yamlish = st.lists(
    st.sampled_from(
        [
            *"[]{}:,-?&*!|>'\"%@`#\t\n\r\\<= ",
            "\n  ",
            "\n    ",
            "- ",
            ": ",
            "<<",
            "---",
            "...",
            "&a ",
            "*a",
            "\x85",
            "\u2028",
            "\ufeff",
            "\0",
            "\ud800",
            "name",
            "steps",
            "kind",
            "duration",
            "cues",
            "at",
            "pump",
            "5-7 min",
            "1:30",
            "repeat",
        ]
    ),
    max_size=60,
).map("".join)


def at_least(examples: int) -> int:
    """So many in each run, which draws the same ones every time; as many as are asked for where others are drawn."""
    return max(examples, settings().max_examples)


@settings(max_examples=at_least(120), deadline=None)
@given(st.one_of(yamlish, st.text()))
def test_any_text_is_read_or_answered_with_problems(text: str) -> None:
    reading = read(text)

    assert (reading.routine is None) == bool(reading.problems)
    for problem in reading.problems:
        assert "\n" not in str(problem)
        if problem.fix:
            assert 0 <= problem.fix.start <= problem.fix.end <= len(text)


@settings(max_examples=at_least(80), deadline=None)
@given(yamlish)
def test_any_text_is_read_without_libyaml_too(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CSafeLoader", raising=False)
        composed = compose(text)

    assert isinstance(composed, Problem) or composed.start >= 0


@settings(max_examples=at_least(80), deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_answered_with_problems(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)

    reading = read_file(path)

    assert (reading.routine is None) == bool(reading.problems)


BUILTIN = sorted((Path(__file__).parents[2] / "routines").glob("*.yaml"))


@settings(max_examples=at_least(80), deadline=None)
@given(st.data())
def test_a_damaged_routine_is_read_or_answered_with_problems(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(BUILTIN)).read_text("utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    damaged = text[:start] + data.draw(yamlish) + text[end:]

    reading = read(damaged)

    assert (reading.routine is None) == bool(reading.problems)


def test_a_name_that_cannot_be_a_files_is_answered_too() -> None:
    (problem,) = read_file(Path("a\0b.yaml")).problems

    assert str(problem) == "a<U+0000>b.yaml:1:1: file: could not be read: the name is not one of a file"


def test_a_file_without_permission_is_answered_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked.yaml"
    path.write_text(GOOD)

    def locked(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", locked)

    assert read_file(path).problems[0].message == "could not be read: permission denied"
