"""Files of the routines' folder: names that are free, texts renamed, sounds that are named, files moved and read."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from guide.store.files import MOST_BYTES
from guide.store.routines import folder
from guide.store.routines.entry import LibraryError, read, read_file
from guide.store.routines.folder import (
    TRASHED,
    Undo,
    bytes_of,
    checked_id,
    free_stem,
    move_file,
    routine_files,
    slug,
    sounds_named,
    text_of,
    why_no_name,
    with_name,
    with_sounds,
)
from tables import each_row


@each_row(
    ("name", "made"),
    [
        ("Übung: 3 × am Abend", "ubung-3-am-abend"),
        ("  --A__b!  ", "a-b"),
        ("夜", "routine"),
        ("", "routine"),
        ("a" * 61, "a" * 60),
        ("-" + "a" * 61, "a" * 60),
        ("a" * 59 + " b", "a" * 59),
        ("CON", "con-routine"),
        ("com1", "com1-routine"),
        ("lpt", "lpt"),
        ("nul a", "nul-a"),
    ],
)
def test_a_file_is_named_after_its_routine(name: str, made: str) -> None:
    assert slug(name) == made


def test_a_name_that_is_taken_in_any_letters_gets_a_number() -> None:
    assert free_stem("a", set()) == "a"
    assert free_stem("A", {"a"}) == "A-2"
    assert free_stem("a", {"a", "a-2", "a-3"}) == "a-4"


@each_row("routine_id", ["a", "X", "Ä b-1.", "a.b", " a", "x" * 100])
def test_an_id_that_can_be_a_files_name_is_one(routine_id: str) -> None:
    assert checked_id(routine_id) == routine_id


@each_row("routine_id", ["", ".", " ", "..", ". .", " .", ".a", "x" * 101, *(f"a{c}b" for c in '\0\x1f\x7f/\\:*?"<>|')])
def test_an_id_that_cannot_be_a_files_name_is_refused(routine_id: str) -> None:
    with pytest.raises(LibraryError) as refused:
        checked_id(routine_id)
    assert str(refused.value).endswith("' cannot be a file's name.")
    assert str(refused.value).startswith(f"'{routine_id[:1].strip(chr(0))}")


def test_routines_are_the_yaml_files_of_a_folder_in_order(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "c.YAML", "A.YML", ".d.yaml", "e.txt", "yaml"):
        (tmp_path / name).touch()
    assert [path.name for path in routine_files(tmp_path)] == ["b.yaml", "c.YAML", "A.YML", "a.yml"]
    assert routine_files(tmp_path / "none") == []


@each_row(
    ("name", "others", "why"),
    [
        ("a", (), ""),
        (" a  b ", ("a b",), ""),
        ("a" * 80, (), ""),
        ("a" * 40 + "  " + "b" * 39, (), ""),
        ("a" * 81, (), "A name is one line of 1 to 80 letters."),
        (" \t", (), "A name is one line of 1 to 80 letters."),
        ("a\x1bb", (), "A name is one line of 1 to 80 letters."),
        ("Calm", ("A", "Calm"), "There is a routine called “Calm” already."),
    ],
)
def test_a_name_that_cannot_be_is_told_why(name: str, others: tuple[str, ...], why: str) -> None:
    assert why_no_name(name, others) == why


NAMED = [
    ("name: A  # a\nsummary: b\n", "B", "name: B  # a\nsummary: b\n"),
    ("# a\nname: 'A'\n", "B c, (1) d.e-f's", "# a\nname: B c, (1) d.e-f's\n"),
    ('{name: "A", summary: b}\n', "It's #1: x", "{name: 'It''s #1: x', summary: b}\n"),
    ("name: A\n b\n", "B", "name: B\n"),
    ("\ufeffname: A\r\n", "1", "\ufeffname: '1'\r\n"),
    ("name: &x A\nsummary: *x\n", "_", "name: &x '_'\nsummary: *x\n"),
    ("name: X a\n", "B", "name: B\n"),
    ("name: A\n", "é ", "name: 'é '\n"),
    ("name: A\n", "b-", "name: 'b-'\n"),
    ("name: A\n", "b)", "name: b)\n"),
]  # fmt: skip


@each_row(("text", "name", "renamed"), NAMED)
def test_a_name_is_exchanged_and_all_else_stays(text: str, name: str, renamed: str) -> None:
    assert with_name(text, name) == renamed


@each_row("text", ["summary: a\n", "name:\n", "name: |\n  A\n", "name: >\n  A\n", "summary: &x A\nname: *x\n"])
def test_a_name_in_an_unusual_form_is_left_to_the_text_view(text: str) -> None:
    with pytest.raises(LibraryError) as refused:
        with_name(text, "B")
    assert str(refused.value) == "The name of this routine is changed in its text view."


STEP = "name: A\nsteps:\n  - kind: rest\n    duration: 1 min\n    sound: {}\n    cues: [{{at: 1 s, sound: {}}}]\n"


@each_row(
    ("text", "sounds"),
    [
        (STEP.format("a/b.wav", "tick"), ["a/b.wav"]),
        (STEP.format("b.wav", "a.mp3"), ["b.wav", "a.mp3"]),
        (STEP.format("b.wav", "b.wav"), ["b.wav"]),
        (STEP.format("end", "tick"), []),
        # with a mistake elsewhere
        *(
            (f"{STEP.format(written, 'tick')}odd: x\n", found)
            for written, found in (
                ("a/b.wav", ["a/b.wav"]),
                ("'a b.ogg' ", ["a b.ogg"]),
                ('"c.wav"', ["c.wav"]),
                ("X.wav", ["X.wav"]),
                ("rest", []),
                ("/a.wav", []),
                ("../a.wav", []),
                ("b/../a.wav", []),
                ("b\\a.wav", []),
                ("c:a.wav", []),
                ("a..wav", ["a..wav"]),
            )
        ),
        (f"{STEP.format('b.wav', 'b.wav')}odd: x\n", ["b.wav"]),
        (f"{STEP.format('b.wav', 'a.wav')}odd: x\n", ["b.wav", "a.wav"]),
        ("\ufeff" + STEP.format("ä.wav", "tick") + "odd: x\n", ["ä.wav"]),
    ],
)
def test_the_sounds_of_a_routine_inside_its_folder_are_known(text: str, sounds: list[str]) -> None:
    reading = read(text.removeprefix("\ufeff"))
    assert (reading.routine is None) == ("odd: x" in text)
    assert sounds_named(text.encode(), reading) == sounds


def test_bytes_that_are_no_text_name_no_sounds(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"sound: a.wav\xff")
    assert sounds_named(b"sound: a.wav\xff", read_file(tmp_path / "a.yaml")) == []


def test_sounds_are_renamed_where_they_stand_and_nothing_else_is() -> None:
    text = "name: a.wav\n" + STEP.format("'a.wav'  # a.wav", "b.wav").partition("\n")[2]
    places = read(text).places
    new = {"a.wav": "a-22.wav", "b.wav": "b c's.wav", "steps": "x"}
    after = "name: a.wav\n" + STEP.format("a-22.wav  # a.wav", "'b c''s.wav'").partition("\n")[2]
    assert with_sounds(text, places, new) == after
    assert with_sounds(text, places, {"c.wav": "d.wav"}) == text
    other = STEP.format("X.wav", "tick")
    assert with_sounds(other, read(other).places, {"X.wav": "Y.wav"}) == other.replace("X.wav", "Y.wav")
    assert with_sounds(text, places, {"b.wav": "B/é_c-1.wav"}) == text.replace("b.wav", "B/é_c-1.wav")


def test_a_file_is_moved_to_another_disk_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the folder of her routines is a link to a disk that is shared."""
    here, there = tmp_path / "here" / "a.yaml", tmp_path / "there" / "b.yaml"
    here.parent.mkdir()
    here.write_bytes(b"x" * 300_000)
    os.utime(here, (5, 5))
    rename, copy = Path.rename, shutil.copy2

    def within_a_disk(source: Path, target: Path) -> Path:
        if source.parent != target.parent:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        return rename(source, target)

    def breaks_off(source: Path, target: Path) -> None:
        copy(source, target)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "rename", within_a_disk)
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copy2", breaks_off)
        with pytest.raises(LibraryError, match=r"^It could not be moved: no space left on device\.$"):
            move_file(here, there, "It could not be moved")
    assert (here.is_file(), list(there.parent.iterdir())) == (True, [])
    move_file(here, there, "It could not be moved")
    assert list(here.parent.iterdir()) == []
    assert list(there.parent.iterdir()) == [there]
    assert (there.read_bytes(), there.stat().st_mtime) == (b"x" * 300_000, 5)


def test_a_file_moves_into_a_folder_of_its_own_that_others_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    target = tmp_path / "b" / "c" / "d"
    move_file(tmp_path / "a", target, "It could not be moved")
    assert target.read_text() == "x"
    assert target.parent.stat().st_mode & 0o777 == 0o700
    move_file(target, target.parent / "e", "It could not be moved")
    with pytest.raises(LibraryError) as refused:
        move_file(target, tmp_path / "a", "It could not be moved")
    assert str(refused.value) == "It could not be moved: no such file or directory."


def test_bytes_of_no_routine_are_told_by_the_files_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a\tb.yaml"
    path.write_bytes(b"x" * MOST_BYTES)
    assert bytes_of(path) == b"x" * MOST_BYTES

    def why(path: Path) -> str:
        with pytest.raises(LibraryError) as refused:
            bytes_of(path)
        return str(refused.value)

    path.write_bytes(b"x" * (MOST_BYTES + 1))
    assert why(path) == "'a b.yaml' is larger than 256 KiB, the most a routine may have."
    (tmp_path / "c\td").mkdir()
    assert why(tmp_path / "c\td") == "'c d' is not an ordinary file."
    assert why(tmp_path / "e\tf") == "'e f' could not be read: no such file or directory."
    assert why(Path("g\0h")) == "'g<U+0000>h' could not be read: the name is not one of a file."
    monkeypatch.setattr(folder, "MOST_BYTES", 3)
    path.write_bytes(b"xxx")
    assert bytes_of(path) == b"xxx"


def test_a_text_that_cannot_be_read_is_told_after_what_failed(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a")
    assert text_of(tmp_path / "a.yaml", "It failed") == "a"
    with pytest.raises(LibraryError) as refused:
        text_of(tmp_path / "none", "It failed")
    assert str(refused.value) == "It failed: there is no such file; look at the name and the folder."


def test_a_deletion_is_undone_into_a_free_name(tmp_path: Path) -> None:
    (tmp_path / "trash").mkdir()
    (tmp_path / "own").mkdir()
    for names, given in (((), "Calm"), (("calm.yml",), "Calm-2"), (("calm.yaml", "calm-2.yaml"), "Calm-3")):
        for name in names:
            (tmp_path / "own" / name).touch()
        (tmp_path / "trash" / "x").write_text("hers")
        undo = Undo(tmp_path / "trash" / "x", tmp_path / "own" / "Calm.yaml")
        assert undo.id == "Calm"
        assert undo.restore() == given
        assert (tmp_path / "own" / f"{given}.yaml").read_text() == "hers"
        (tmp_path / "own" / f"{given}.yaml").unlink()
    with pytest.raises(LibraryError, match=r"^The routine could not be given back: no such file or directory\.$"):
        undo.restore()


def test_what_lies_in_the_trash_is_known_by_its_name() -> None:
    found = TRASHED.fullmatch("20260102-030405-678901--my--calm.yaml")
    assert found is not None
    assert found["name"] == "my--calm.yaml"
    assert TRASHED.fullmatch("my--calm.yaml") is None
