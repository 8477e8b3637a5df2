"""A name that no file can have is told as a file that is not there, by whatever was asked to play or show it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guide.live.frames import PictureError
from guide.live.pictures import read_frames
from guide.sound.clip import own_clip
from guide.sound.pcm import SoundError
from guide.sound.shelf import Shelf
from guide.sound.sources import of_files
from guide.sound.voices.piper import model_file
from guide.standing import is_file, is_folder
from tables import each_row

NO_FILES = [
    Path("a" * 5_000),
    Path("folder", "é" * 300 + ".wav"),
    Path("nul\0inside.wav"),
    Path("\udcff" * 200),
    Path("a.wav", "b.wav"),
]


def test_a_file_and_a_folder_are_told_apart_and_nothing_else_is_either(tmp_path: Path) -> None:
    (tmp_path / "a.wav").touch()
    assert (is_file(tmp_path / "a.wav"), is_folder(tmp_path / "a.wav")) == (True, False)
    assert (is_file(tmp_path), is_folder(tmp_path)) == (False, True)
    for name in NO_FILES:
        assert not is_file(tmp_path / name)
        assert not is_folder(tmp_path / name)


ASKED: dict[str, Callable[[Path, Path], object]] = {
    "music": lambda path, _folder: next(of_files(path)),
    "own sound": lambda path, folder: own_clip(path, Shelf(folder / "shelf"), within=folder, volume=0.5),
    "picture": lambda path, _folder: next(read_frames(path)),
}


@pytest.mark.parametrize("asked", list(ASKED.values()), ids=list(ASKED))
@pytest.mark.parametrize("name", NO_FILES, ids=range(len(NO_FILES)))
def test_who_is_asked_for_it_answers_in_a_sentence(
    asked: Callable[[Path, Path], object], name: Path, tmp_path: Path
) -> None:
    with pytest.raises((SoundError, PictureError)):
        asked(tmp_path / name, tmp_path)


@each_row("name", NO_FILES, ids=map(str, range(len(NO_FILES))))
def test_no_voice_is_found_there(name: Path) -> None:
    assert model_file(f"piper:{name}.onnx") is None
