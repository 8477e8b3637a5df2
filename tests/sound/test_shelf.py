"""The shelf keeps files whole or not at all."""

from __future__ import annotations

import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from guide.sound import shelf
from guide.sound.pcm import SoundError, wav_bytes
from guide.sound.shelf import LEFT_FREE, Shelf

DATA = wav_bytes([0.0, 100.0, 0.0])


def key(number: int) -> str:
    return f"{number:024x}"


def no_room() -> Path:
    raise OSError(28, "No space left on device")


def aged(path: Path, seconds: float) -> Path:
    os.utime(path, (seconds, seconds))
    return path


def test_a_file_kept_is_found_again_by_another_run(tmp_path: Path) -> None:
    path = Shelf(tmp_path / "new" / "folder").keep(key(1), DATA)
    assert Shelf(tmp_path / "new" / "folder").find(key(1)) == path
    assert Shelf(tmp_path / "new" / "folder").find(key(2)) is None


def test_names_stay_short_enough_for_windows_to_play(tmp_path: Path) -> None:
    assert len(Shelf(tmp_path).keep(key(1), DATA).name) < 40


@pytest.mark.parametrize(
    "damaged",
    [b"", bytes(len(DATA)), DATA[: len(DATA) // 2], DATA[:-2] + b"\0\1", b"noise" * 9, DATA + b"\0"],
    ids=["empty", "NULs", "half", "one bit", "noise", "longer"],
)
def test_a_damaged_file_is_noticed_and_removed(tmp_path: Path, damaged: bytes) -> None:
    shelf = Shelf(tmp_path)
    shelf.keep(key(1), DATA).write_bytes(damaged)
    assert shelf.find(key(1)) is None
    assert list(tmp_path.iterdir()) == []


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    kept = [aged(shelf.keep(key(number), DATA), 1_000 + number) for number in range(4)]
    shelf.find(key(0))  # used just now
    shelf.tidy(limit=2 * len(DATA))
    assert sorted(tmp_path.iterdir()) == sorted([kept[0], kept[3]])


def test_nothing_in_use_is_deleted_however_small_the_limit(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    kept = [shelf.keep(key(number), DATA) for number in range(3)]
    shelf.tidy(limit=0, using=kept[:2])
    assert sorted(tmp_path.iterdir()) == sorted(kept[:2])


def test_files_that_are_not_ours_are_left_alone(tmp_path: Path) -> None:
    photo = tmp_path / "photo.wav"
    photo.write_bytes(b"hers")
    aged(photo, 5)
    abandoned = tmp_path / f"{key(1)}-abc_1.part"
    abandoned.write_bytes(b"half")
    aged(abandoned, 5)
    fresh = tmp_path / f"{key(2)}-abc_2.part"
    fresh.write_bytes(b"half")
    Shelf(tmp_path).tidy(limit=0)
    assert sorted(tmp_path.iterdir()) == sorted([photo, fresh])


def test_a_folder_that_cannot_be_written_gives_way_to_one_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    (tmp_path / "spare").mkdir()
    shelf = Shelf(tmp_path / "file" / "cache", spare=lambda: tmp_path / "spare")
    path = shelf.keep(key(1), DATA)
    assert path.parent == tmp_path / "spare"
    assert shelf.find(key(1)) == path
    assert shelf.trouble == "Sounds cannot be kept in their folder, so they are made anew each time."


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    shelf = Shelf(tmp_path / "file" / "cache", spare=no_room)
    with pytest.raises(SoundError, match="no room on the disk"):
        shelf.keep(key(1), DATA)


@pytest.mark.parametrize(("free", "kept"), [(LEFT_FREE + len(DATA), True), (LEFT_FREE + len(DATA) - 1, False)])
def test_the_last_of_a_disk_is_left_for_what_she_notes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, kept: bool
) -> None:
    def used(_folder: Path) -> SimpleNamespace:
        return SimpleNamespace(free=free)

    monkeypatch.setattr(shelf, "disk_usage", used)
    if kept:
        assert Shelf(tmp_path, spare=no_room).keep(key(1), DATA).read_bytes() == DATA
    else:
        with pytest.raises(SoundError, match="no room on the disk"):
            Shelf(tmp_path, spare=no_room).keep(key(1), DATA)
        assert list(tmp_path.iterdir()) == []


def test_a_write_that_breaks_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(part: Path, _target: Path) -> Path:
        assert (part.parent, part.suffix) == (tmp_path, ".part")  # on the same disk, and tidied one day
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", torn)
    with pytest.raises(SoundError):
        Shelf(tmp_path, spare=no_room).keep(key(1), DATA)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(Path, "unlink", lambda part: torn(part, part))
    with pytest.raises(SoundError):
        Shelf(tmp_path, spare=no_room).keep(key(1), DATA)
    parts = list(tmp_path.iterdir())
    assert all(shelf._PART.fullmatch(part.name) and part.name.startswith(key(1)) for part in parts)
    assert len(parts) == 2  # tried twice


@pytest.mark.parametrize(("age", "there"), [(3_500, True), (3_700, False)])
def test_half_a_file_is_somebodys_for_an_hour(tmp_path: Path, age: float, there: bool) -> None:
    part = tmp_path / f"{key(1)}-abc_1.part"
    part.write_bytes(b"half")
    aged(part, time.time() - age)
    Shelf(tmp_path).tidy(limit=9_999)
    assert part.exists() is there


@pytest.mark.parametrize(("limit", "left"), [(4, 4), (3, 3), (2.5, 2), (0, 0)])
def test_of_many_files_as_many_stay_as_there_is_room_for(tmp_path: Path, limit: float, left: int) -> None:
    shelf = Shelf(tmp_path)
    kept = [aged(shelf.keep(key(number), DATA), 9_000 - number) for number in range(4)]
    shelf.tidy(limit=int(limit * len(DATA)))
    assert sorted(tmp_path.iterdir()) == sorted(kept[:left])


def test_its_size_is_that_of_its_own_files(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for number in range(3):
        shelf.keep(key(number), DATA)
    (tmp_path / "photo.wav").write_bytes(b"hers")
    assert shelf.size() == (3, 3 * len(DATA))
    assert Shelf(tmp_path / "none").size() == (0, 0)
    Shelf(tmp_path / "none").tidy(limit=0)


def test_a_file_found_counts_as_used_now_and_another_of_the_same_name_is_none(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    path = aged(shelf.keep(key(1), DATA), 5)
    assert shelf.find(key(1)) == path
    assert path.stat().st_mtime > time.time() - 60
    other = tmp_path / f"{key(2)}-00000000.wav"
    other.write_bytes(b"RIFF and more")
    strange = tmp_path / f"{key(3)}-extra-{path.stem[-8:]}.wav"
    strange.write_bytes(DATA)
    assert (shelf.find(key(2)), shelf.find(key(3))) == (None, None)


def test_of_two_files_of_one_key_the_damaged_one_goes_and_the_whole_one_is_found(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    damaged = tmp_path / f"{key(1)}-00000000.wav"
    damaged.write_bytes(DATA)
    assert shelf.find(key(1)) is None
    assert not damaged.exists()
    damaged.write_bytes(DATA)
    path = shelf.keep(key(1), DATA)
    assert shelf.find(key(1)) == path


def test_one_place_to_spare_is_made_and_used_from_then_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    made: list[Path] = []

    def spare() -> Path:
        made.append(tmp_path / f"spare-{len(made)}")
        return made[-1]

    shelf = Shelf(tmp_path / "file" / "cache", spare=spare)
    assert [shelf.keep(key(number), DATA).parent for number in range(2)] == [made[0]] * 2
    assert (len(made), shelf.folder) == (1, made[0])
    (tmp_path / "file").unlink()
    assert shelf.find(key(1)) is not None


def test_a_full_disk_and_a_folder_to_spare_that_is_full_too_is_the_last_word(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    shelf = Shelf(tmp_path / "file" / "cache", spare=lambda: tmp_path / "file" / "too")
    with pytest.raises(SoundError) as told:
        shelf.keep(key(1), DATA)
    assert str(told.value) == "There is no room on the disk for sounds. The words on the screen go on." == shelf.trouble


def test_a_file_written_by_two_at_once_is_whole_and_leaves_no_part(tmp_path: Path) -> None:
    paths = {Shelf(tmp_path).keep(key(1), DATA) for _time in range(2)}
    assert len(paths) == 1
    assert list(tmp_path.iterdir()) == [*paths]
    assert paths.pop().read_bytes() == DATA


def test_a_file_whose_time_cannot_be_changed_is_found_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    path = Shelf(tmp_path).keep(key(1), DATA)
    monkeypatch.setattr(os, "utime", refused)
    assert Shelf(tmp_path).find(key(1)) == path
    monkeypatch.setattr(Path, "glob", refused)  # as a folder without rights does before Python 3.13
    assert Shelf(tmp_path).find(key(1)) is None


def test_a_file_that_vanishes_or_cannot_be_taken_away_disturbs_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Shelf(tmp_path)
    whole = kept.keep(key(1), DATA)
    damaged = tmp_path / f"{key(1)}-00000000.wav"
    damaged.write_bytes(DATA)

    def refuse(_path: Path, **_how: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refuse)
    for order in ([damaged, whole], [damaged]):
        monkeypatch.setattr(Path, "glob", lambda _folder, _names, order=order: iter(order))
        assert kept.find(key(1)) == (whole if whole in order else None)
    monkeypatch.setattr(shelf, "_listed", lambda _folder: [tmp_path / f"{key(9)}-00000000.wav", whole])
    kept.tidy(limit=0)
    assert kept.size() == (1, len(DATA))
    assert whole.exists()
