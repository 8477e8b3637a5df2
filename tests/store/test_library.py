"""Built-in and own routines in one library: nothing hidden, nothing of hers lost."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from guide.core.duration import MINUTE
from guide.core.routine import Kind, Purpose
from guide.sound.pcm import wav_bytes
from guide.store.routines.entry import LibraryError, StepBar
from guide.store.routines.folder import slug
from guide.store.routines.library import Library
from tables import each_row

ROUTINE = """\
# hers
name: {name}   # shown on the card
purposes: [treat]
steps:
  - {{kind: pump, duration: 5-7 min}}
  - {{kind: rest, duration: wait}}
  - {{kind: massage, duration: 1 min}}
"""


@pytest.fixture
def builtin(tmp_path: Path) -> Path:
    folder = tmp_path / "builtin"
    folder.mkdir()
    for routine_id, name in (("power-pumping", "Power pumping"), ("calm", "Calm")):
        (folder / f"{routine_id}.yaml").write_text(ROUTINE.format(name=name))
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "routines"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def library(tmp_path: Path, builtin: Path, own: Path) -> Library:
    return Library(builtin, own, cache=tmp_path / "cache" / "routines.json")


def names(library: Library) -> list[str]:
    return [entry.name for entry in library.entries()]


def test_a_routine_of_hers_takes_the_place_of_the_built_in_of_that_name(library: Library, own: Path) -> None:
    (own / "calm.yaml").write_text(ROUTINE.format(name="My calm"))

    assert names(library) == ["My calm", "Power pumping"]
    mine, theirs = library.entries()
    assert (mine.id, mine.builtin, mine.replaces_builtin) == ("calm", False, True)
    assert (theirs.id, theirs.builtin, theirs.replaces_builtin) == ("power-pumping", True, False)


def test_a_broken_file_is_listed_and_hides_none(library: Library, own: Path) -> None:
    (own / "broken.yaml").write_text("name: Evening\nsteps:\n\t- x\n")
    (own / "noise.yml").write_bytes(b"\xff\x00\xfe")
    (own / "folder.yaml").mkdir()
    (own / "notes.txt").write_text("not a routine")
    (own / ".hidden.yaml").write_text("x")

    assert names(library) == ["Calm", "Evening", "folder", "noise", "Power pumping"]
    assert [bool(entry.problems) for entry in library.entries()] == [False, True, True, True, False]


def test_two_files_of_one_stem_are_both_there(library: Library, own: Path) -> None:
    (own / "two.yaml").write_text(ROUTINE.format(name="Two"))
    (own / "two.yml").write_text(ROUTINE.format(name="Too"))

    assert [library.entry(routine_id).name for routine_id in ("two", "two.yml")] == ["Two", "Too"]


def test_missing_folders_are_an_empty_library(tmp_path: Path) -> None:
    library = Library(tmp_path / "none", tmp_path / "neither")

    assert (library.entries(), library.summaries(), library.deleted()) == ([], [], [])


def test_a_routine_is_found_by_id_by_name_and_by_file(library: Library, own: Path, tmp_path: Path) -> None:
    (own / "evening.yaml").write_text(ROUTINE.format(name="My Évening"))
    elsewhere = tmp_path / "elsewhere.yaml"
    elsewhere.write_text(ROUTINE.format(name="Elsewhere"))

    assert library.find("power-pumping").name == "Power pumping"
    assert library.find("POWER  pumping").id == "power-pumping"
    assert library.find("my évening").id == "evening"
    assert library.find(str(elsewhere)).name == "Elsewhere"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("power-pumpng", "there is no routine 'power-pumpng'; did you mean 'power-pumping'?"),
        ("no/such.yaml", "there is no file 'no/such.yaml'; look at the name and the folder"),
        ("xyz", "there is no routine 'xyz'; see 'pumping-guide list' for those there are"),
        ("a\0b", "there is no routine 'a<U+0000>b'; see 'pumping-guide list' for those there are"),
    ],
)
def test_what_is_not_found_is_answered_with_a_way_on(library: Library, text: str, sentence: str) -> None:
    with pytest.raises(LookupError) as error:
        library.find(text)

    assert str(error.value) == sentence


def test_a_built_in_saved_becomes_hers_and_deleting_hers_gives_it_back(library: Library, builtin: Path) -> None:
    before = (builtin / "calm.yaml").read_bytes()

    library.save("calm", ROUTINE.format(name="Calmer"))
    assert library.entry("calm").name == "Calmer"
    library.delete("calm")

    assert library.entry("calm").builtin
    assert (builtin / "calm.yaml").read_bytes() == before


def test_a_text_is_kept_to_the_byte(library: Library, own: Path) -> None:
    text = ROUTINE.format(name="Übung").replace("\n", "\r\n")

    routine_id = library.new(text)

    assert routine_id == "ubung"
    assert (own / "ubung.yaml").read_bytes() == text.encode()
    assert library.text(routine_id) == text
    assert [path.name for path in own.iterdir()] == ["ubung.yaml"]


def test_new_routines_never_take_a_name_that_is_there(library: Library) -> None:
    assert library.new(ROUTINE.format(name="Calm")) == "calm-2"
    assert library.new(ROUTINE.format(name="Calm")) == "calm-3"
    assert library.new("broken: [") == "routine"
    assert library.entry("calm").builtin


def test_a_copy_has_its_own_name_and_the_comments(library: Library, own: Path) -> None:
    first, second = library.duplicate("calm"), library.duplicate("calm")

    assert [library.entry(copy).name for copy in (first, second)] == ["Calm (copy)", "Calm (copy 2)"]
    assert (own / f"{first}.yaml").read_text() == ROUTINE.format(name="Calm (copy)")


@pytest.mark.parametrize("name", ["Plain", "It's: mine # really", "no", "- dash", "@home", "'quoted'", "夜", "a" * 80])
def test_renaming_changes_the_name_and_nothing_else(library: Library, own: Path, name: str) -> None:
    routine_id = library.duplicate("calm")

    library.rename(routine_id, name)

    assert library.entry(routine_id).name == name
    assert (own / f"{routine_id}.yaml").read_text("utf-8").endswith(ROUTINE.format(name="").partition("name: ")[2])


@pytest.mark.parametrize("name", ["", "  ", "a" * 81, "a\0b"])
def test_a_name_that_cannot_be_is_refused(library: Library, name: str) -> None:
    routine_id = library.duplicate("calm")

    with pytest.raises(LibraryError, match="1 to 80 letters"):
        library.rename(routine_id, name)


def test_a_deletion_is_undone_after_a_restart_too(library: Library, builtin: Path, own: Path) -> None:
    library.new(ROUTINE.format(name="One"))
    library.new(ROUTINE.format(name="Two"))
    library.delete("one")
    library.delete("two")

    again = Library(builtin, own)
    latest, earlier = again.deleted()

    assert (latest.id, earlier.id) == ("two", "one")
    assert earlier.restore() == "one"
    assert again.entry("one").name == "One"
    assert [undo.id for undo in again.deleted()] == ["two"]


def test_a_deletion_undone_takes_no_place_taken_meanwhile(library: Library) -> None:
    library.new(ROUTINE.format(name="One"))
    undo = library.delete("one")
    library.new(ROUTINE.format(name="One"))

    assert undo.restore() == "one-2"
    with pytest.raises(LibraryError, match="could not be given back"):
        undo.restore()


def test_a_built_in_is_neither_deleted_nor_renamed(library: Library) -> None:
    with pytest.raises(LibraryError, match="can be hidden"):
        library.delete("calm")
    with pytest.raises(LibraryError, match="make a copy"):
        library.rename("calm", "Mine")


def test_a_file_is_imported_with_its_sounds_broken_or_not(library: Library, tmp_path: Path, own: Path) -> None:
    sent = tmp_path / "sent"
    (sent / "bells").mkdir(parents=True)
    (sent / "bells" / "low.wav").write_bytes(wav_bytes([0] * 100))
    good = sent / "calm.yaml"
    good.write_text("name: Sent\nsteps: [{kind: rest, duration: 1 min, sound: bells/low.wav}]\n")
    broken = sent / "Broken one.yaml"
    broken.write_text("name: [")

    assert library.import_file(good) == "calm-2"
    assert library.import_file(broken) == "broken-one"

    assert library.entry("calm-2").routine
    assert (own / "bells" / "low.wav").exists()
    assert library.entry("broken-one").problems


def test_what_is_no_routine_at_all_is_not_imported(library: Library, tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_bytes(b" " * 300_000)

    for path, sentence in (
        (large, "larger than 256 KiB"),
        (tmp_path, "ordinary file"),
        (tmp_path / "none.yaml", "could not be read"),
    ):
        with pytest.raises(LibraryError, match=sentence):
            library.import_file(path)


def test_an_export_is_the_file_to_the_byte(library: Library, tmp_path: Path, builtin: Path) -> None:
    with pytest.raises(LibraryError, match="no such file or directory"):
        library.export("calm", tmp_path / "out" / "calm.yaml")
    assert not (tmp_path / "out").exists()

    (tmp_path / "out").mkdir()
    library.export("calm", tmp_path / "out" / "calm.yaml")
    assert (tmp_path / "out" / "calm.yaml").read_bytes() == (builtin / "calm.yaml").read_bytes()


def test_a_change_on_disk_is_noticed(library: Library, own: Path) -> None:
    routine_id = library.new(ROUTINE.format(name="One"))
    stamp = library.stamp(routine_id)
    assert not library.changed_on_disk(routine_id, stamp)

    (own / "one.yaml").write_text("name: Changed elsewhere\n")
    assert library.changed_on_disk(routine_id, stamp)
    saved = library.save(routine_id, ROUTINE.format(name="One"))
    assert not library.changed_on_disk(routine_id, saved)
    (own / "one.yaml").unlink()
    assert library.changed_on_disk(routine_id, saved)


@pytest.mark.parametrize("routine_id", ["../out", "a/b", "", ".", ".hidden", "a\0b", "a:b", "x" * 101])
def test_an_id_that_leads_out_of_her_folder_is_refused(library: Library, routine_id: str) -> None:
    with pytest.raises(LibraryError, match="cannot be a file's name"):
        library.save(routine_id, "x")


def test_what_cannot_be_saved_says_so_and_leaves_the_old_text(
    library: Library, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.new(ROUTINE.format(name="One"))

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(LibraryError) as error:
            library.save("one", "half")

    assert str(error.value) == "The routine could not be saved: no space left on device."
    assert [(path.name, path.read_text()) for path in own.iterdir()] == [("one.yaml", ROUTINE.format(name="One"))]


@each_row("name", ["CON", "nul", "!!!", "", "a" * 200])
def test_every_name_makes_a_file_name(name: str) -> None:
    made = slug(name)

    assert 0 < len(made) <= 68
    assert made.lower() not in {"con", "nul"}


def test_a_summary_holds_what_a_card_shows(library: Library) -> None:
    calm = library.summaries()[0]

    assert (calm.name, calm.shortest, calm.longest) == ("Calm", 6 * MINUTE, 8 * MINUTE)
    assert (calm.purposes, calm.hands_on, calm.suits_sore) == ((Purpose.TREAT,), True, False)
    assert calm.bars == (
        StepBar(Kind.PUMP, 5 * MINUTE, 7 * MINUTE),
        StepBar(Kind.REST, timedelta(0), None),
        StepBar(Kind.MASSAGE, MINUTE, MINUTE),
    )


def test_a_broken_file_has_a_summary_with_its_first_problem(library: Library, own: Path) -> None:
    (own / "broken.yaml").write_text("name: Evening\nstps: []\n")

    summary = next(one for one in library.summaries() if one.id == "broken")

    assert summary.name == "Evening"
    assert summary.problem == "“steps” is missing. Write for example “steps: [{kind: rest, duration: 1 min}]”."
    assert summary.problems == 2


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Evening", "Evening"),
        ('"[Evening]"', "[Evening]"),
        ("-3 to bed", "-3 to bed"),
        *(
            (wrong, "own file")
            for wrong in ("[", "[a, b]", "{a: b}", "{", "|", ">-", "- a", "&x", "*x", "~", "", "' '")
        ),
    ],
)
def test_a_broken_file_has_its_own_name_where_its_name_line_is_no_text(
    library: Library, own: Path, written: str, shown: str
) -> None:
    (own / "own file.yaml").write_text(f"name: {written}\n  ]\nstps: []\n")
    assert next(one.name for one in library.summaries() if one.id == "own file") == shown


def test_summaries_come_from_the_cache_without_reading_yaml(
    library: Library, builtin: Path, own: Path, tmp_path: Path
) -> None:
    library.summaries()
    program = (
        "import sys; from pathlib import Path; from guide.store.routines.library import Library\n"
        "library = Library(Path(sys.argv[1]), Path(sys.argv[2]), cache=Path(sys.argv[3]))\n"
        "print([s.name for s in library.summaries()], {'yaml', 'guide.store.routines.reader'} & {*sys.modules})"
    )

    answer = subprocess.run(
        [sys.executable, "-c", program, str(builtin), str(own), str(tmp_path / "cache" / "routines.json")],
        check=True,
        capture_output=True,
        text=True,
    )

    assert answer.stdout == "['Calm', 'Power pumping'] set()\n"


def test_the_cache_follows_every_change(library: Library, own: Path) -> None:
    library.summaries()
    (own / "calm.yaml").write_text(ROUTINE.format(name="Mine"))
    assert [(one.name, one.replaces_builtin) for one in library.summaries()] == [
        ("Mine", True),
        ("Power pumping", False),
    ]
    library.delete("calm")
    assert [one.name for one in library.summaries()] == ["Calm", "Power pumping"]
    assert library.summaries() == library.summaries()


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\0" * 400,
        b"{",
        b"[]",
        b'{"made_by": [1, "0.1.0"], "routines": {"x": 1}}',
        b"\xff\xfe noise",
        b"[" * 100_000,
    ],
)
def test_a_damaged_cache_is_made_anew(builtin: Path, own: Path, tmp_path: Path, damage: bytes) -> None:
    cache = tmp_path / "cache" / "routines.json"
    fresh = Library(builtin, own, cache=cache).summaries()
    cache.write_bytes(damage)

    assert Library(builtin, own, cache=cache).summaries() == fresh
    assert b"Power pumping" in cache.read_bytes()


def test_a_routine_that_did_not_change_is_not_made_anew_in_a_run_of_the_program(
    library: Library, own: Path, tmp_path: Path
) -> None:
    first = library.summaries()
    (tmp_path / "cache" / "routines.json").unlink()
    (own / "night.yaml").write_text(ROUTINE.format(name="Night"))

    second = library.summaries()

    assert [one.name for one in second] == ["Calm", "Night", "Power pumping"]
    assert [one is second[at] for at, one in zip((0, 2), first, strict=True)] == [True, True]
    assert b"Night" in (tmp_path / "cache" / "routines.json").read_bytes()


@pytest.mark.parametrize("damage", ["nothing", "NULs", "half", "noise", "a newer version", "a folder"])
def test_a_damaged_cache_is_kept_aside_and_told_of_once(builtin: Path, own: Path, tmp_path: Path, damage: str) -> None:
    told: list[str] = []
    cache = tmp_path / "cache" / "routines.json"
    Library(builtin, own, cache=cache).summaries()
    good = cache.read_bytes()
    match damage:
        case "nothing":
            cache.write_bytes(b"")
        case "NULs":
            cache.write_bytes(bytes(len(good)))
        case "half":
            cache.write_bytes(good[: len(good) // 2])
        case "noise":
            cache.write_bytes(bytes(range(255, 0, -1)))
        case "a newer version":
            cache.write_bytes(good.replace(b'"made_by": [2,', b'"made_by": [99,'))
        case _:
            cache.unlink()
            cache.mkdir()

    for _ in range(2):
        Library(builtin, own, cache=cache, on_trouble=told.append).summaries()

    (aside,) = cache.parent.glob("routines.damaged-*.json")
    (sentence,) = told
    assert sentence.endswith(f"could not be read and is made anew. The old file is kept as {aside.name}.")
    assert cache.read_bytes() == good


def test_a_cache_of_an_earlier_version_is_made_anew_without_a_word(builtin: Path, own: Path, tmp_path: Path) -> None:
    told: list[str] = []
    cache = tmp_path / "cache" / "routines.json"
    Library(builtin, own, cache=cache).summaries()
    good = cache.read_bytes()
    cache.write_text('{"made_by": [1, "0.0.1"], "routines": {}}', encoding="utf-8")

    Library(builtin, own, cache=cache, on_trouble=told.append).summaries()

    assert (told, cache.read_bytes()) == ([], good)


@pytest.mark.parametrize("key", ["name", "bars", "shortest_s", "purposes", "hands_on"])
def test_a_cache_with_one_odd_value_is_not_believed(builtin: Path, own: Path, tmp_path: Path, key: str) -> None:
    cache = tmp_path / "cache" / "routines.json"
    fresh = Library(builtin, own, cache=cache).summaries()
    cache.write_text(cache.read_text().replace(f'"{key}":', f'"{key}": {{}}, "was":'))

    assert Library(builtin, own, cache=cache).summaries() == fresh


def test_a_sound_that_came_or_went_is_noticed_in_spite_of_the_cache(library: Library, own: Path) -> None:
    (own / "bell.yaml").write_text("name: Bell\nsteps: [{kind: rest, duration: 1 min, sound: bell.wav}]\n")
    (own / "bell.wav").write_bytes(wav_bytes([0] * 100))
    assert library.summaries()[0].problem is None

    (own / "bell.wav").unlink()

    assert "is not there" in (library.summaries()[0].problem or "")


def test_the_name_of_a_routine_written_by_an_alias_is_left_to_its_text(library: Library, own: Path) -> None:
    (own / "alias.yaml").write_text("summary: &n Twice\nname: *n\nsteps: [{kind: rest, duration: 1 min}]\n")

    with pytest.raises(LibraryError, match="changed in its text view"):
        library.rename("alias", "Once")


def test_a_copy_of_a_broken_routine_is_the_same_text(library: Library, own: Path) -> None:
    (own / "broken.yaml").write_text("name: [")

    assert (own / f"{library.duplicate('broken')}.yaml").read_text() == "name: ["
