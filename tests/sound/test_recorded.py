"""Recorded voices: kept, changed, taken along and brought in; nothing is lost by what goes wrong."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from math import inf, nan
from pathlib import Path

import pytest

from guide.sound.clip import measure
from guide.sound.pcm import SoundError
from guide.sound.prompts import Prompts
from guide.sound.voices import recorded
from guide.sound.voices.recorded import MANIFEST, RecordedPrompt, RecordedVoice, Recordings, cleaned
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
    assert again.has("One two.")  # which may stand in another place as well


def test_takes_of_one_voice_as_it_was_before_either_are_both_kept_and_its_new_name_too(recordings: Recordings) -> None:
    """The next one may be kept before the disk has said that the one before it is."""
    begun = recordings.begun("Jonas")
    recordings.keep(begun, "One.", SPOKEN, place="r/0")
    recordings.rename(begun, "Papa")
    last = recordings.keep(begun, "Two.", OTHER, place="r/1")
    assert recordings.voices() == [last]
    assert (last.name, last.has("One."), last.has("Two.")) == ("Papa", True, True)


def test_another_take_is_heard_the_next_time(recordings: Recordings, tmp_path: Path) -> None:
    kept = Prompts(tmp_path / "kept")
    jonas = recordings.keep(recordings.make("Jonas"), "One.", SPOKEN)
    first = kept.prepare(["One."], voices=[jonas])["One."]
    second = kept.prepare(["One."], voices=[recordings.keep(jonas, "One.", OTHER)])["One."]
    assert first.length != second.length


def test_a_file_that_is_gone_or_damaged_leaves_the_prompt_to_the_next_voice(recordings: Recordings) -> None:
    jonas = recordings.keep(recordings.make("Jonas"), "One.", SPOKEN)
    jonas.file("One.").write_bytes(b"RIFF")
    with pytest.raises(VoiceError, match=r"^A recording of Jonas is damaged, so another voice speaks\.$"):
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


def test_a_voice_of_the_name_of_one_that_does_not_read_leaves_its_recordings_as_they_are(
    recordings: Recordings,
) -> None:
    jonas = recordings.keep(recordings.make("Jonas"), "One.", SPOKEN)
    before = jonas.file("One.").read_bytes()
    (jonas.folder / MANIFEST).write_text("{")
    other = recordings.keep(recordings.begun("Jonas"), "One.", OTHER)
    assert jonas.file("One.").read_bytes() == before
    assert recordings.voices() == [other]


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
        taken = other.bring_in(path)
        assert set(taken.recordings) == {recorded.key_of("Two.")}
        assert taken.has("Two.")
        assert not list(tmp_path.glob("escape*"))
        return
    with pytest.raises(SoundError, match=r"^some\.zip is not a voice of this program\.$"):
        other.bring_in(path)
    assert other.voices() == []


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


def held(folder: Path, **more: object) -> None:
    """A voice as its folder holds it, with one prompt and what is said besides."""
    folder.mkdir(parents=True, exist_ok=True)
    prompt = {"text": "One.", "edition": "12ab34cd", "seconds": 2, "place": "r/0"}
    listed = {"version": 1, "name": "Jonas", "prompts": {recorded.key_of("One."): prompt}, **more}
    (folder / MANIFEST).write_text(json.dumps(listed), encoding="utf-8")


PROMPT = {"text": "One.", "edition": "12ab34cd", "seconds": 2}


@pytest.mark.parametrize(
    ("prompt", "read"),
    [
        (PROMPT, True),
        ({**PROMPT, "seconds": 2.5, "place": 7}, True),
        ({**PROMPT, "text": "Two."}, False),
        ({**PROMPT, "text": 1}, False),
        ({**PROMPT, "edition": None}, False),
        ({**PROMPT, "seconds": "2"}, False),
        ({**PROMPT, "seconds": nan}, False),
        ({**PROMPT, "seconds": inf}, False),
        ({**PROMPT, "seconds": -1}, False),
        ({"text": "One.", "edition": "1"}, False),
        ([], False),
        ("One.", False),
    ],
)
def test_a_prompt_that_does_not_read_is_left_out_and_not_the_voice(tmp_path: Path, prompt: object, read: bool) -> None:
    held(tmp_path / "jonas", prompts={recorded.key_of("One."): prompt})
    (jonas,) = Recordings(tmp_path).voices()
    assert (jonas.id, jonas.name, len(jonas.recordings)) == ("recorded:jonas", "Jonas", int(read))
    if isinstance(prompt, dict) and read:
        place = str(prompt.get("place", ""))
        assert jonas.recording("One.  ") == RecordedPrompt("One.", "12ab34cd", float(prompt["seconds"]), place)
        assert jonas.lasts == timedelta(seconds=prompt["seconds"])


def test_the_list_of_a_voice_is_written_as_it_is_read_with_letters_as_they_are(recordings: Recordings) -> None:
    made = recordings.keep(recordings.make("Zoë"), "Mit Ruhe – grüß dich.", SPOKEN, place="r/0")
    data = (made.folder / MANIFEST).read_bytes().decode()
    assert '{\n  "version": 1,\n  "name": "Zoë",\n' in data
    (prompt,) = made.recordings.values()
    assert json.loads(data) == {
        "version": 1,
        "name": "Zoë",
        "prompts": {recorded.key_of("Mit Ruhe – grüß dich."): asdict(prompt)},
    }
    assert (prompt.seconds, prompt.place) == (round(prompt.seconds, 3), "r/0")
    assert sorted(path.relative_to(made.folder).as_posix().rpartition("/")[0] for path in made.folder.rglob("*.*")) == [
        "", "originals", "prompts",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "shown", "folder"),
    [
        ("  Jonas \t Maria ", "Jonas Maria", "jonas-maria"),
        ("a\nb\u202ec\x07", "a b c", "a-b-c"),
        ("x" * 61, "x" * 60, "x" * 40),
        ("Żółć & Söhne!", "Żółć & Söhne!", "zoc-sohne"),
        ("父", "父", "voice"),
        (" \n", "My own voice", "my-own-voice"),
        ("../..", "../..", "voice"),
    ],
)
def test_a_name_is_shown_on_one_line_and_its_folder_has_plain_letters(
    recordings: Recordings, name: str, shown: str, folder: str
) -> None:
    begun = recordings.begun(name)
    assert (begun.name, begun.folder.name) == (shown, folder)
    assert recordings.voices() == []  # nothing is there before its first prompt
    assert [recordings.make(name).folder.name for _time in range(3)] == [folder, f"{folder}-2", f"{folder}-3"]


def test_voices_come_in_the_order_of_their_folders_and_what_is_hidden_is_none(tmp_path: Path) -> None:
    for name in ("b", "a", ".deleted-c"):
        held(tmp_path / name, name=name)
    found = Recordings(tmp_path)
    assert [voice.name for voice in found.voices()] == ["a", "b"]
    assert found.voice("recorded:b") == found.voices()[1]
    assert (found.voice("b"), found.voice("recorded:c")) == (None, None)
    assert Recordings(tmp_path / "none").voices() == []


@pytest.mark.parametrize("size", [recorded.MOST_BYTES, recorded.MOST_BYTES + 1])
def test_a_list_larger_than_any_voice_has_is_none(tmp_path: Path, size: int) -> None:
    held(tmp_path / "jonas")
    path = tmp_path / "jonas" / MANIFEST
    path.write_text(path.read_text(encoding="utf-8").ljust(size), encoding="utf-8")
    assert len(Recordings(tmp_path).voices()) == (size <= recorded.MOST_BYTES)


def test_a_take_without_a_place_replaces_only_its_own_words(recordings: Recordings) -> None:
    jonas = recordings.keep(recordings.make("Jonas"), "One.", SPOKEN)
    jonas = recordings.keep(jonas, "Two.", OTHER)
    jonas = recordings.keep(jonas, "Three.", OTHER, place="r/0")
    assert [each.text for each in jonas.recordings.values()] == ["One.", "Two.", "Three."]
    again = recordings.keep(jonas, "One.", OTHER)
    assert again.recordings[recorded.key_of("One.")] != jonas.recordings[recorded.key_of("One.")]
    assert sorted(each.text for each in again.recordings.values()) == ["One.", "Three.", "Two."]
    assert again.lasts == sum((measure(again.file(text)) for text in ("One.", "Two.", "Three.")), timedelta(0))


def test_a_recording_of_which_the_file_cannot_be_read_says_whose_it_is(recordings: Recordings) -> None:
    jonas = recordings.keep(recordings.make("Jonas"), "One.", SPOKEN)
    jonas.file("One.").unlink()
    jonas.file("One.").mkdir()
    assert (jonas.edition("One."), jonas.has("One.")) == (None, False)
    with pytest.raises(VoiceError, match=r"^The recording of Jonas could not be read\.$"):
        jonas.render("One.", pace=145)
    jonas.rest()


def test_what_cannot_be_moved_or_written_is_told_with_the_reason(recordings: Recordings, tmp_path: Path) -> None:
    jonas = recordings.make("Jonas")
    recordings.delete(jonas)
    with pytest.raises(SoundError, match=r"^It cannot be written there: .*no such file.*\.$"):
        recordings.delete(jonas)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SoundError, match=r"^It cannot be written there: .+\.$"):
        Recordings(tmp_path / "file").make("Jonas")
    with pytest.raises(SoundError, match=r"^It cannot be written there: .+\.$"):
        recordings.export(jonas, tmp_path / "file" / "jonas.voice.zip")


def test_a_voice_deleted_twice_under_one_name_comes_back_as_it_was_last(recordings: Recordings) -> None:
    first = recordings.make("Jonas")
    recordings.delete(first)
    second = recordings.keep(recordings.make("Jonas"), "One.", SPOKEN)
    recordings.undelete(recordings.delete(second))
    assert recordings.voices() == [second]


def test_a_deleted_voice_comes_back_whatever_has_its_name_by_now(recordings: Recordings) -> None:
    first = recordings.keep(recordings.make("Jonas"), "One.", SPOKEN)
    aside = recordings.delete(first)
    second = recordings.keep(recordings.make("Jonas"), "Two.", OTHER)
    shutil.copytree(second.folder, first.folder)  # as a copy of all data that is brought back does
    third = recordings.voice(first.id)
    assert third is not None
    also_aside = recordings.delete(third)
    recordings.undelete(aside)
    assert recordings.voices() == [first, second]
    recordings.undelete(also_aside)
    assert [set(voice.recordings) for voice in recordings.voices()] == [
        set(first.recordings), set(second.recordings), set(second.recordings)
    ]  # fmt: skip
    assert all(voice.has(each.text) for voice in recordings.voices() for each in voice.recordings.values())


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_one_sentence_and_what_was_kept_stays_and_nothing_half(
    recordings: Recordings, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    jonas = recordings.keep(recordings.make("Jonas"), "One.", SPOKEN)
    there = {path: path.read_bytes() for path in jonas.folder.rglob("*") if path.is_file()}

    def full(*_: object) -> None:
        raise OSError(code, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SoundError, match=r"^There is no room left to keep this\.$"):
        recordings.keep(jonas, "One.", OTHER)
    assert {path: path.read_bytes() for path in jonas.folder.rglob("*") if path.is_file()} == there


def test_one_file_of_a_voice_has_its_list_and_both_sounds_of_each_prompt_that_is_there(
    recordings: Recordings, tmp_path: Path
) -> None:
    jonas = recordings.keep(recordings.keep(recordings.make("Jonas"), "One.", SPOKEN), "Two.", OTHER)
    one, two = recorded.key_of("One."), recorded.key_of("Two.")
    jonas.original("One.").unlink()
    recordings.export(jonas, tmp_path / "new" / "jonas.voice.zip")
    with zipfile.ZipFile(tmp_path / "new" / "jonas.voice.zip") as archive:
        assert sorted(archive.namelist()) == sorted(
            [MANIFEST, f"prompts/{one}.wav", f"prompts/{two}.wav", f"originals/{two}.wav"]
        )
    taken = Recordings(tmp_path / "elsewhere").bring_in(tmp_path / "new" / "jonas.voice.zip")
    assert (taken.has("One."), taken.original("One.").exists(), taken.original("Two.").exists()) == (True, False, True)
    assert Recordings(tmp_path / "elsewhere").voices() == [taken]


def test_a_voice_larger_than_can_be_is_none_and_one_that_breaks_off_leaves_nothing(
    recordings: Recordings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jonas = recordings.keep(recordings.make("Jonas"), "One.", SPOKEN)
    path = tmp_path / "jonas.voice.zip"
    recordings.export(jonas, path)
    other = Recordings(tmp_path / "elsewhere")
    with zipfile.ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    monkeypatch.setattr(recorded, "LARGEST", size - 1)
    with pytest.raises(SoundError, match="is not a voice"):
        other.bring_in(path)
    monkeypatch.setattr(recorded, "LARGEST", size)
    real = recorded._together

    def breaks_off(files: Mapping[Path, bytes]) -> None:
        if any(file.suffix == ".wav" for file in files):
            raise OSError(errno.ENOSPC, "full")
        real(files)

    monkeypatch.setattr(recorded, "_together", breaks_off)
    with pytest.raises(SoundError, match=r"^There is no room left to keep this\.$"):
        other.bring_in(path)
    assert list((tmp_path / "elsewhere").rglob("*")) == []
    monkeypatch.undo()
    assert other.bring_in(path).has("One.")


def test_a_voice_is_none_before_all_of_it_is_in(
    recordings: Recordings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that is ended meanwhile leaves no voice that says nothing."""
    recordings.export(recordings.keep(recordings.make("Jonas"), "One.", SPOKEN), tmp_path / "jonas.voice.zip")
    other, seen = Recordings(tmp_path / "elsewhere"), list[int]()
    real = recorded._together

    def watched(files: Mapping[Path, bytes]) -> None:
        seen.append(len(other.voices()))
        real(files)

    monkeypatch.setattr(recorded, "_together", watched)
    brought = other.bring_in(tmp_path / "jonas.voice.zip")
    assert other.voices() == [brought]
    assert seen == [0, 0, 0]


def test_a_recording_of_an_earlier_version_is_found_by_its_words() -> None:
    assert recorded.key_of(" Rest  now. ") == "b9e6577a5f92fbd2676df070"
    assert recorded.key_of("half \ud83d") == recorded.key_of("half ?")


@pytest.mark.parametrize("name", [None, 5, "", ["Jonas"]])
def test_a_voice_whose_name_is_none_has_the_usual_one(tmp_path: Path, name: object) -> None:
    held(tmp_path / "jonas", name=name)
    assert [voice.name for voice in Recordings(tmp_path).voices()] == ["My own voice"]


def test_nothing_of_an_export_is_left_beside_the_program(
    recordings: Recordings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    recordings.export(recordings.make("Jonas"), tmp_path / "jonas.voice.zip")
    assert list(here.iterdir()) == []


def test_a_prompt_with_half_a_letter_in_it_is_kept_and_found(recordings: Recordings) -> None:
    jonas = recordings.keep(recordings.make("Jonas"), "One \ud83d.", SPOKEN)
    assert [voice.has("One \ud83d.") for voice in (jonas, *recordings.voices())] == [True, True]


@pytest.mark.skipif(os.name != "posix", reason="a folder's rights are the user's anyway")
def test_what_is_written_is_for_this_users_eyes_and_is_made_on_the_disk_where_it_will_stay(
    recordings: Recordings, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[tuple[Path, Path]] = []
    replace_file = Path.replace

    def watched(part: Path, target: Path) -> Path:
        moved.append((part, Path(target)))
        return replace_file(part, target)

    monkeypatch.setattr(Path, "replace", watched)
    jonas = recordings.keep(recordings.make("Jonas"), "One.", SPOKEN)
    assert len(moved) == 4
    assert all(part.parent == target.parent and part.name.startswith(".part-") for part, target in moved)
    folders = (jonas.folder, jonas.file("One.").parent, jonas.original("One.").parent)
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


def test_how_long_a_prompt_is_is_kept_in_thousandths(recordings: Recordings) -> None:
    jonas = recordings.keep(recordings.make("Jonas"), "One.", sound((0.5, 0), (1.00017, 0.3)))
    (prompt,) = jonas.recordings.values()
    length = measure(jonas.file("One.")).total_seconds()
    assert prompt.seconds == round(length, 3) != round(length, 4)


def test_what_cannot_be_let_go_keeps_nothing_else(recordings: Recordings) -> None:
    root = recordings.make("Jonas").folder.parent
    for name in "abcd":
        (root / f".deleted-{name}").write_text("no folder")
        (root / f".deleted-{name}{name}").mkdir()
    recordings.forget()
    assert sorted(path.name for path in root.iterdir()) == [*(f".deleted-{name}" for name in "abcd"), "jonas"]


def test_why_a_voice_could_not_be_taken_in_is_told_though_its_folder_has_gone_as_well(
    recordings: Recordings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recordings.export(recordings.keep(recordings.make("Jonas"), "One.", SPOKEN), tmp_path / "jonas.voice.zip")
    real = recorded._together

    def breaks_off(files: Mapping[Path, bytes]) -> None:
        if any(file.suffix == ".wav" for file in files):
            shutil.rmtree(tmp_path / "elsewhere", ignore_errors=True)
            raise OSError(errno.ENOSPC, "full")
        real(files)

    monkeypatch.setattr(recorded, "_together", breaks_off)
    with pytest.raises(SoundError, match=r"^There is no room left to keep this\.$"):
        Recordings(tmp_path / "elsewhere").bring_in(tmp_path / "jonas.voice.zip")
