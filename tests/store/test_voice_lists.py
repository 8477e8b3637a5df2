"""A recorded voice on two computers: the prompts of both are known after an archive of one came to the other."""

from __future__ import annotations

import json
import zlib
from pathlib import Path, PurePosixPath

import pytest

from guide.sound.voices.recorded import Recordings, key_of
from guide.store.log.log import Log
from guide.store.paths import Paths
from guide.store.placing import FilesCame, bring_files, joined_lists, lists_of_both, move_voices
from guide.store.routines.library import Library
from guide.store.settings import Settings
from guide.store.taking_back import Brought, LongerList, marked, take_back
from guide.store.voice_lists import longer_list, places_here
from tables import each_row

ADA = PurePosixPath("ada")
A, B, C = ({"text": text, "edition": "1", "seconds": 1, "place": ""} for text in ("A", "B", "C"))


def listed(prompts: object, name: str = "Ada") -> bytes:
    return json.dumps({"version": 1, "name": name, "prompts": prompts}).encode()


@each_row(
    ("here", "there", "both"),
    [
        (listed({"a": A}), listed({"a": C, "b": B}), {"a": A, "b": B}),
        (listed({"a": A}), listed({"b": B, "c": C}), {"a": A, "b": B}),
        (listed({}), listed({"b": B}), {"b": B}),
        (listed({}), listed({"b": {"text": "Ä \ud800"}}), {"b": {"text": "Ä \ud800"}}),
        (listed({"a": A}), listed({"c": C}), None),
        (listed({"a": A, "b": B}), listed({"a": A}), None),
        (listed({"a": A}), listed({"b": B}, name="Eve"), None),
        (listed({"a": A}), listed({"a": C, "b": B}, name="Eve"), None),
        (listed({"a": A}), listed({"a": A, "b": B}, name="of before"), {"a": A, "b": B}),
        (listed([]), listed({"b": B}), None),
        (listed({"a": A}), listed([]), None),
        (listed({"a": A}), b"[]", None),
        (listed({"a": A}), b"[" * 90_000, None),
        (b"\xff", listed({"b": B}), None),
    ],
)
def test_a_list_gets_the_prompts_that_the_other_alone_names_and_whose_files_are_there(
    here: bytes, there: bytes, both: dict[str, object] | None
) -> None:
    longer = longer_list(here, there, ADA, {ADA / "prompts/a.wav", ADA / "prompts/b.wav", ADA / "c.wav"})
    assert (None if longer is None else json.loads(longer)) == (
        None if both is None else {"version": 1, "name": "Ada", "prompts": both}
    )


def voice(folder: Path, *texts: str, name: str = "Ada") -> None:
    """A voice that has said these prompts, each its own words as sound."""
    (folder / "ada" / "prompts").mkdir(parents=True)
    for text in texts:
        (folder / "ada" / "prompts" / f"{key_of(text)}.wav").write_text(text)
    said = {
        key_of(text): {"text": text, "edition": f"{zlib.crc32(text.encode()):08x}", "seconds": 1.0, "place": ""}
        for text in texts
    }
    (folder / "ada" / "voice.json").write_bytes(listed(said, name))


def known(folder: Path) -> list[str]:
    (found,) = Recordings(folder).voices()
    return [one.text for one in found.recordings.values() if found.has(one.text)]


def brought(source: Path, target: Path, told: list[str]) -> tuple[FilesCame, tuple[LongerList, ...]]:
    move_voices(source, target)
    assert move_voices(source, target) == {}
    came, lists = FilesCame(), lists_of_both(source, target)
    assert all(0 <= share < 1 for share in bring_files(source, target, came, told))
    return came, joined_lists(lists, came, told)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths.of(tmp_path / "home")
    voice(paths.recordings, "Rest", "Ready")
    return paths


def test_what_was_said_on_another_computer_is_known_here_and_no_more_once_it_is_taken_back(
    tmp_path: Path, paths: Paths
) -> None:
    told: list[str] = []
    before = (paths.recordings / "ada" / "voice.json").read_bytes()
    library = Library(tmp_path / "none", paths.own_routines, trash=paths.trash)
    log = Log.open(tmp_path / "sessions.db")
    for carried_on in (False, True):
        voice(tmp_path / f"there-{carried_on}", "Ready", "Gently now")
        came, lists = brought(tmp_path / f"there-{carried_on}", paths.recordings, told)
        assert (len(came.fresh), len(came.same), told) == (1, 1, [])
        assert known(paths.recordings) == ["Rest", "Ready", "Gently now"]
        if carried_on:
            ada = Recordings(paths.recordings).voice("recorded:ada")
            assert ada is not None
            Recordings(paths.recordings).rename(ada, "Adele")
        left = take_back(Brought(others=marked(came.fresh), lists=lists), log, library, paths, Settings()).left
        assert left == "Not taken back, as it was changed since or cannot be deleted: 1 voice." * carried_on
        assert known(paths.recordings) == ["Rest", "Ready", *["Gently now"] * carried_on]
        assert ((paths.recordings / "ada" / "voice.json").read_bytes() == before) is not carried_on
    log.close()


def test_a_list_that_stays_or_cannot_be_written_is_told(
    tmp_path: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    hers = paths.recordings / "ada" / "voice.json"
    before = hers.read_bytes()
    hers.write_bytes(b"[]")
    voice(tmp_path / "eve", "Gently now", name="Eve")
    assert brought(tmp_path / "eve", paths.recordings, told)[1] == ()
    assert told.pop() == "voice.json is here already in another form; yours stays as it is."
    hers.write_bytes(before)
    voice(tmp_path / "same", "Rest", "Ready")
    assert brought(tmp_path / "same", paths.recordings, told)[1] == ()
    assert told == []
    voice(tmp_path / "ada", "Gently now")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("guide.store.placing.write_whole", full)
    assert brought(tmp_path / "ada", paths.recordings, told)[1] == ()
    assert told == ["voice.json could not be kept: no space left on device."]
    assert known(paths.recordings) == ["Rest", "Ready"]


def test_a_voice_of_another_name_than_that_of_its_folder_here_comes_into_a_folder_of_its_own_once(
    tmp_path: Path, paths: Paths
) -> None:
    told: list[str] = []
    for source, *texts in (("first", "Slowly", "Gently now"), ("again", "Slowly", "Gently now", "Softly")):
        voice(tmp_path / source, *texts, name="Eve")
        brought(tmp_path / source, paths.recordings, told)
    ada, eve = Recordings(paths.recordings).voices()
    assert [(one.folder.name, one.name, len(one.recordings)) for one in (ada, eve)] == [
        ("ada", "Ada", 2),
        ("ada-2", "Eve", 3),
    ]
    assert {path.stem for path in (ada.folder / "prompts").iterdir()} == {key_of("Rest"), key_of("Ready")}
    assert told == []


@each_row(
    ("there", "here", "places"),
    [
        ({"ada": "Ada"}, {}, {"ada": "ada"}),
        ({"ada": "Ada"}, {"ada": "Ada", "ada-2": "Eve"}, {"ada": "ada"}),
        ({"ada": "Eve"}, {"ada": "Ada", "ada-2": "Eve"}, {"ada": "ada-2"}),
        ({"ada": "Eve"}, {"ada": "Ada", "ada-2": "Ida"}, {"ada": "ada-3"}),
        ({"ada": "Eve", "ada-2": "Ida"}, {"ada": "Ada"}, {"ada": "ada-3", "ada-2": "ada-2"}),
        ({"ada": "Eve", "ada-2": "Ida"}, {"ada": "Ada", "ada-2": "Mia"}, {"ada": "ada-3", "ada-2": "ada-2-2"}),
    ],
)
def test_a_voice_has_the_folder_that_is_its_own_or_the_next_free_one(
    tmp_path: Path, there: dict[str, str], here: dict[str, str], places: dict[str, str]
) -> None:
    voices = tmp_path / "-".join([*there.values(), "here", *here.values()])
    for folder, name in here.items():
        (voices / folder).mkdir(parents=True)
        (voices / folder / "voice.json").write_bytes(listed({}, name))
    assert places_here({folder: listed({}, name) for folder, name in there.items()}, voices) == places
