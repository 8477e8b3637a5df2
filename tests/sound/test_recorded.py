"""Recorded voices: kept, changed, taken along and brought in; nothing is lost by what goes wrong."""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from guide.sound.clip import measure
from guide.sound.pcm import SoundError
from guide.sound.prompts import Prompts
from guide.sound.voices import recorded
from guide.sound.voices.recorded import MANIFEST, RecordedVoice, Recordings, cleaned
from guide.sound.voices.voice import VoiceError
from takes import SPOKEN, sound

OTHER = sound((0.5, 0), (1, 0.3), (0.5, 0))


@pytest.fixture
def recordings(tmp_path: Path) -> Recordings:
    return Recordings(tmp_path / "voices")


def test_what_is_kept_is_said_and_there_the_next_time(recordings: Recordings, tmp_path: Path) -> None:
    jonas = recordings.keep(recordings.make("Jonas"), "One.", SPOKEN, place="r/0")
    assert recordings.voices() == [jonas]
    assert recordings.voice("recorded:jonas") == jonas
    assert jonas.original("One.").is_file()
    clip = Prompts(tmp_path / "kept").prepare(["One."], voices=[jonas])["One."]
    assert clip.length == measure(jonas.file("One."))
    assert jonas.lasts == pytest.approx(clip.length, abs=timedelta(milliseconds=1))


def test_a_recording_belongs_to_its_words(recordings: Recordings) -> None:
    jonas = recordings.keep(recordings.make("Jonas"), "One two.", SPOKEN, place="r/0")
    assert jonas.has("One  two. ")
    assert not jonas.has("One three.")
    assert jonas.changed("One three.", "r/0")
    assert not jonas.changed("One two.", "r/0")
    assert not jonas.changed("Four.", "r/1")
    again = recordings.keep(jonas, "One three.", SPOKEN, place="r/0")
    assert again.has("One three.")
    assert not again.has("One two.")  # its place has other words now


def test_another_take_is_heard_the_next_time(recordings: Recordings, tmp_path: Path) -> None:
    kept = Prompts(tmp_path / "kept")
    jonas = recordings.keep(recordings.make("Jonas"), "One.", SPOKEN)
    first = kept.prepare(["One."], voices=[jonas])["One."]
    second = kept.prepare(["One."], voices=[recordings.keep(jonas, "One.", OTHER)])["One."]
    assert first.length != second.length


def test_a_file_that_is_gone_or_damaged_leaves_the_prompt_to_the_next_voice(recordings: Recordings) -> None:
    jonas = recordings.keep(recordings.make("Jonas"), "One.", SPOKEN)
    jonas.file("One.").write_bytes(b"RIFF")
    with pytest.raises(VoiceError, match="damaged"):
        jonas.render("One.", pace=145)
    jonas.file("One.").unlink()
    assert jonas.edition("One.") is None


def test_two_people_may_have_one_name_and_a_name_may_be_anything(recordings: Recordings) -> None:
    names = ["Jonas", "Jonas", "../..", "", "\n", "Żółć", "父", "x" * 300]
    made = [recordings.make(name) for name in names]
    assert len({voice.id for voice in made}) == len(names)
    assert {voice.folder.parent for voice in made} == {made[0].folder.parent}
    assert [voice.name for voice in recordings.voices()] == sorted(
        [voice.name for voice in made], key=[v.name for v in recordings.voices()].index
    )
    assert cleaned("a\nb\u202ec") == "a b c"


def test_renamed_deleted_and_back(recordings: Recordings) -> None:
    jonas = recordings.rename(recordings.keep(recordings.make("Jonas"), "One.", SPOKEN), "Papa")
    assert [voice.name for voice in recordings.voices()] == ["Papa"]
    aside = recordings.delete(jonas)
    assert recordings.voices() == []
    recordings.undelete(aside)
    assert recordings.voices() == [jonas]
    recordings.delete(jonas)
    recordings.forget()
    assert list(jonas.folder.parent.iterdir()) == []


def test_a_voice_goes_along_as_one_file_and_comes_back_whole(recordings: Recordings, tmp_path: Path) -> None:
    jonas = recordings.keep(recordings.make("Jonas"), "One.", SPOKEN, place="r/0")
    recordings.export(jonas, tmp_path / "jonas.voice.zip")
    other = Recordings(tmp_path / "elsewhere")
    taken = other.bring_in(tmp_path / "jonas.voice.zip")
    assert taken.recordings == jonas.recordings
    assert taken.render("One.", pace=145) == jonas.render("One.", pace=145)
    assert taken.original("One.").read_bytes() == jonas.original("One.").read_bytes()
    assert other.bring_in(tmp_path / "jonas.voice.zip").id != taken.id


@pytest.mark.parametrize("damage", ["no zip", "no manifest", "nonsense", "prompt", "evil"])
def test_a_file_that_is_no_voice_is_one_sentence_and_a_damaged_prompt_is_left_out(
    recordings: Recordings, tmp_path: Path, damage: str
) -> None:
    jonas = recordings.keep(recordings.keep(recordings.make("Jonas"), "One.", SPOKEN), "Two.", OTHER)
    recordings.export(jonas, tmp_path / "whole.zip")
    path, other = tmp_path / "some.zip", Recordings(tmp_path / "elsewhere")
    key = recorded.key_of("One.")
    with zipfile.ZipFile(tmp_path / "whole.zip") as whole, zipfile.ZipFile(path, "w") as made:
        for name in whole.namelist():
            data = whole.read(name)
            if damage == "no manifest" and name == MANIFEST:
                continue
            if damage == "nonsense" and name == MANIFEST:
                data = b"[1]"
            if damage == "evil" and name == MANIFEST:
                held = json.loads(data)
                held["prompts"]["../../escape"] = held["prompts"].pop(key)
                data = json.dumps(held).encode()
            if damage == "prompt" and name == f"prompts/{key}.wav":
                data = data[:-5]
            made.writestr(name, data)
    if damage == "no zip":
        path.write_bytes(b"anything")
    if damage in {"prompt", "evil"}:
        assert set(other.bring_in(path).recordings) == {recorded.key_of("Two.")}
        assert not list(tmp_path.glob("escape*"))
        return
    with pytest.raises(SoundError, match=r"^some\.zip is not a voice of this program\.$"):
        other.bring_in(path)
    assert other.voices() == []


def test_a_full_disk_is_one_sentence_and_what_was_kept_stays(
    recordings: Recordings, monkeypatch: pytest.MonkeyPatch
) -> None:
    jonas = recordings.keep(recordings.make("Jonas"), "One.", SPOKEN)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SoundError, match=r"^There is no room left to keep this\.$"):
        recordings.keep(jonas, "Two.", OTHER)
    monkeypatch.undo()
    assert recordings.voices() == [jonas]
    assert jonas.render("One.", pace=145)


def test_folders_that_are_no_voices_are_passed_over(recordings: Recordings) -> None:
    jonas = recordings.make("Jonas")
    root = jonas.folder.parent
    for name, text in (("a", "{"), ("b", "[]"), ("c", '{"prompts": 3}'), ("d", "{" * 5_000)):
        (root / name).mkdir()
        (root / name / MANIFEST).write_text(text)
    (root / "e").mkdir()
    (root / "f").write_text("x")
    assert recordings.voices() == [jonas]


def test_the_edition_of_a_voice_without_that_prompt_is_none(tmp_path: Path) -> None:
    nobody = RecordedVoice(tmp_path, "Nobody")
    assert nobody.edition("One.") is None
    assert not replace(nobody, name="X").has("One.")
