"""Told once is enough, until what was told of is over."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.store.told import ToldOnce


def test_a_sentence_is_new_once_over_any_number_of_starts_until_it_is_over(tmp_path: Path) -> None:
    path = tmp_path / "new" / "told"
    assert [ToldOnce(path).says_new("No speaker.") for _ in range(3)] == [True, False, False]
    assert [ToldOnce(path).says_new(text) for text in ("Frozen.", "No speaker.")] == [True, True]
    ToldOnce(path).forget()
    assert ToldOnce(path).says_new("No speaker.")
    for _time in range(2):
        ToldOnce(path).forget()


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"\0" * 9000])
def test_a_damaged_file_tells_again(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "told").write_bytes(damage)
    once = ToldOnce(tmp_path / "told")
    assert once.says_new("No speaker.")
    assert not once.says_new("No speaker.")


def test_a_folder_in_its_place_tells_each_time_and_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "told").mkdir()
    once = ToldOnce(tmp_path / "told")
    assert [once.says_new("No speaker."), once.says_new("No speaker.")] == [True, True]
    once.forget()
