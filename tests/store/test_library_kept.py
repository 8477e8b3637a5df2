"""What the library answers and keeps: names that were meant, copies and sounds under free names, the trash."""

from __future__ import annotations

import errno
import gettext
import os
import time
from pathlib import Path
from typing import Any

import pytest

from guide import language
from guide.compat import override
from guide.sound.pcm import wav_bytes
from guide.store.files import MOST_BYTES, MOST_SOUND_BYTES, write_whole
from guide.store.routines import library as module
from guide.store.routines import names
from guide.store.routines.entry import LibraryError, stamp_of
from guide.store.routines.library import Library


def quiet(name: str, *, sound: str = "tick") -> str:
    return f"name: {name}\nsteps: [{{kind: rest, duration: 1 min, sound: {sound}}}]\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "data" / "own"


@pytest.fixture
def library(tmp_path: Path, own: Path) -> Library:
    builtin = tmp_path / "builtin"
    for path, text in (
        (builtin / "calm.yaml", quiet("Calm")),
        (builtin / "night-walk.yaml", quiet("A walk by night")),
        (own / "zz.yml", quiet("calm")),
        (own / "night.yaml", quiet("Night")),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Library(builtin, own)


def lookup(library: Library, text: str) -> str:
    try:
        entry = library.find(text)
    except LookupError as error:
        return str(error)
    return f"{entry.id} {'built-in' if entry.builtin else 'own'}"


def test_a_routine_is_found_by_what_was_probably_meant(library: Library, tmp_path: Path) -> None:
    (tmp_path / "plain").write_text(quiet("Plain"))
    (tmp_path / "b.YML").write_text(quiet("B"))
    for text, found in {
        "calm": "calm built-in",
        " Calm ": "zz own",
        "ZZ": "zz own",
        "a  WALK by night": "night-walk built-in",
        f"{tmp_path}/plain": "plain own",
        f"{tmp_path}/b.YML": "b own",
        "none.YAML": "there is no file 'none.YAML'; look at the name and the folder",
        "x/y": "there is no file 'x/y'; look at the name and the folder",
        "nigt": "there is no routine 'nigt'; did you mean 'Night'?",
        "A walk by nicht": "there is no routine 'A walk by nicht'; did you mean 'A walk by night'?",
        "wal": "there is no routine 'wal'; did you mean 'night-walk'?",
        "n": "there is no routine 'n'; did you mean 'night'?",
        "ni-w": "there is no routine 'ni-w'; did you mean 'night-walk'?",
        "by wal": "there is no routine 'by wal'; did you mean 'night-walk'?",
        "night x": "there is no routine 'night x'; did you mean 'Night'?",
        "q walk": "there is no routine 'q walk'; see 'pumping-guide list' for those there are",
        "": "there is no routine ''; see 'pumping-guide list' for those there are",
    }.items():
        assert lookup(library, text) == found
    (tmp_path / "builtin" / "zzz.yaml").write_text(quiet("Walker"))
    (tmp_path / "builtin" / "bed-time.yaml").write_text(quiet("Sleep well"))
    assert lookup(library, "wa") == "there is no routine 'wa'; did you mean 'zzz'?"
    assert lookup(library, "ti") == "there is no routine 'ti'; did you mean 'bed-time'?"
    entry = library.find(f"{tmp_path}/plain")
    assert (entry.name, entry.builtin, entry.replaces_builtin) == ("Plain", False, False)
    assert entry.modified == stamp_of(tmp_path / "plain")


def test_routines_stand_in_the_order_of_their_names_whatever_their_letters(library: Library, own: Path) -> None:
    (own / "b.yaml").write_text(quiet("night"))
    (own / "a.yaml").write_text(quiet("apple"))
    assert [one.id for one in library.entries()] == ["night-walk", "a", "calm", "zz", "b", "night"]
    assert [one.id for one in library.summaries()] == ["night-walk", "a", "calm", "zz", "b", "night"]
    assert library.own == own


def test_what_is_not_there_any_more_is_told_and_counts_as_changed(library: Library) -> None:
    for ask in (library.entry, library.text, library.stamp, library.duplicate):
        with pytest.raises(LookupError, match=r"^\"?there is no routine 'none' any more\"?$"):
            ask("none")
    stamp = library.stamp("calm")
    assert not library.changed_on_disk("none", None)
    assert library.changed_on_disk("none", stamp)
    assert library.changed_on_disk("calm", None)


def test_a_text_is_saved_where_it_was_and_beside_a_built_in(library: Library, own: Path) -> None:
    stamp = library.save("zz", "half a letter: \ud800")
    assert (own / "zz.yml").read_bytes() == b"half a letter: ?"
    assert stamp == library.stamp("zz") == stamp_of(own / "zz.yml")
    library.save("calm", "mine")
    library.save("New one", "new")
    assert [(own / name).read_text() for name in ("calm.yaml", "New one.yaml")] == ["mine", "new"]
    assert (library.new(quiet("Über")), library.new("\ud800")) == ("uber", "routine")


def test_a_new_routine_takes_no_name_of_hers_or_of_the_program(library: Library, own: Path) -> None:
    assert [library.new(quiet(name)) for name in ("Calm", "ZZ", "Night")] == ["calm-2", "zz-2", "night-2"]
    assert (own / "zz-2.yaml").read_text() == quiet("ZZ")


def test_copies_have_names_that_are_free_and_short_enough(library: Library, own: Path) -> None:
    assert [library.entry(library.duplicate("night")).name for _ in range(3)] == [
        "Night (copy)",
        "Night (copy 2)",
        "Night (copy 3)",
    ]
    (own / "long.yaml").write_text(quiet("a" * 72 + " bcdefgh"))
    assert library.entry(library.duplicate("long")).name == "a" * 72 + " (copy)"
    assert library.entry(library.duplicate("long")).name == "a" * 71 + " (copy 2)"
    (own / "none.yaml").write_text("steps: []\n")
    assert library.duplicate("none") == "none-2"
    assert (own / "none-2.yaml").read_text() == "steps: []\n"
    (own / "odd.yaml").write_text("name: Odd\nsteps: []\n")
    assert library.duplicate("odd") == "odd-2"
    (own / "bell.yaml").write_text(quiet("Bell", sound="none.wav"))
    assert (own / f"{library.duplicate('bell')}.yaml").read_text() == quiet("Bell (copy)", sound="none.wav")
    (own / "none.yaml").write_bytes(b"\xff")
    with pytest.raises(LibraryError, match=r"^The routine could not be copied: byte 0xFF is not UTF-8; open"):
        library.duplicate("none")
    with pytest.raises(LibraryError, match=r"^The routine could not be renamed: byte 0xFF is not UTF-8; open"):
        library.rename("none", "A")


class Marked(gettext.NullTranslations):
    @override
    def gettext(self, message: str) -> str:
        return message.replace("copy", "Kopie")


def test_a_copy_is_named_in_the_language_of_the_screen(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_screen", Marked())
    assert [library.entry(library.duplicate("night")).name for _ in range(2)] == ["Night (Kopie)", "Night (Kopie 2)"]


def test_a_name_is_changed_without_needless_spaces_in_her_files_alone(library: Library, own: Path) -> None:
    library.rename("zz", "  All   calm ")
    assert (own / "zz.yml").read_text() == quiet("All calm")
    for routine_id, name, sentence in (
        ("calm", "A", "A built-in routine keeps its name; make a copy and rename that."),
        ("zz", " ", "A name is one line of 1 to 80 letters."),
    ):
        with pytest.raises(LibraryError) as refused:
            library.rename(routine_id, name)
        assert str(refused.value) == sentence


def test_what_is_deleted_lies_in_the_trash_under_its_time(
    library: Library, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = 1_700_000_000
    when = time.strftime("%Y%m%d-%H%M%S", time.localtime(moment))
    monkeypatch.setattr(time, "time_ns", lambda: moment * 1_000_000_000 + 1_234_999)
    undo = library.delete("zz")
    trash = own.parent / "trash"
    assert undo.trashed == trash / f"{when}-001234--zz.yml"
    assert undo.path == own / "zz.yml"
    (trash / "notes").touch()
    monkeypatch.setattr(time, "time_ns", lambda: moment * 1_000_000_000 + 999_999_999)
    later = library.delete("night")
    assert later.trashed.name == f"{when}-999999--night.yaml"
    assert library.deleted() == [later, undo]
    with pytest.raises(LibraryError, match=r"^A built-in routine cannot be deleted; it can be hidden\.$"):
        library.delete("calm")

    def fails(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    undo.restore()
    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(LibraryError, match=r"^The routine could not be deleted: permission denied\.$"):
        library.delete("zz")


def test_a_trash_of_its_own_is_used(library: Library, tmp_path: Path, own: Path) -> None:
    elsewhere = Library(tmp_path / "builtin", own, trash=tmp_path / "bin")
    assert elsewhere.delete("zz").trashed.parent == tmp_path / "bin"
    assert len(elsewhere.deleted()) == 1
    assert library.deleted() == []


def test_what_each_file_holds_is_known_but_of_those_that_cannot_be_read(library: Library, own: Path) -> None:
    (own / "large.yaml").write_bytes(b" " * (MOST_BYTES + 1))
    assert library.texts() == {
        quiet("Calm").encode(): "calm",
        quiet("A walk by night").encode(): "night-walk",
        quiet("calm").encode(): "zz",
        quiet("Night").encode(): "night",
    }


def test_sounds_come_along_under_names_that_are_free(library: Library, own: Path, tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    (sent / "in").mkdir(parents=True)
    bell, gong = wav_bytes([0] * 10), wav_bytes([1] * 10)
    for number, (name, data) in enumerate((("in/a.wav", bell), ("in/a.wav", bell), ("in/a.wav", gong))):
        (sent / name).write_bytes(data)
        text = "\ufeff" * (number == 2) + quiet("Sent", sound=name)
        (sent / f"s{number}.yaml").write_text(text, encoding="utf-8")
        assert library.import_file(sent / f"s{number}.yaml") == f"s{number}"
    kept = {path.relative_to(own).as_posix(): path.read_bytes() for path in own.rglob("*.wav")}
    assert kept == {"in/a.wav": bell, "in/a-2.wav": gong}
    assert [(own / f"s{number}.yaml").read_text() for number in range(3)] == [
        quiet("Sent", sound="in/a.wav"),
        quiet("Sent", sound="in/a.wav"),
        quiet("Sent", sound="in/a-2.wav"),
    ]
    (sent / "in/a.wav").write_bytes(wav_bytes([2] * 10))
    library.import_file(sent / "s0.yaml")
    assert (own / "s0-2.yaml").read_text() == quiet("Sent", sound="in/a-3.wav")
    assert (own / "in/a-3.wav").read_bytes() == wav_bytes([2] * 10)


def test_a_routine_whose_sounds_find_no_room_among_the_deleted_stays_with_them(
    library: Library, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sounds = [own / name for name in ("a.wav", "b.wav")]
    for sound in sounds:
        sound.write_bytes(wav_bytes([0] * 10))
    both = "name: Both\nsteps:\n" + "".join(
        f"  - {{kind: rest, duration: 1 min, sound: {name}}}\n" for name in ("a.wav", "gone.wav", "b.wav")
    )
    (own / "both.yaml").write_text(both, encoding="utf-8")

    def full(path: Path, data: bytes) -> None:
        if path.name == "b.wav":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write_whole(path, data)

    with monkeypatch.context() as patched:
        patched.setattr("guide.store.routines.folder.write_whole", full)
        with pytest.raises(LibraryError, match=r"^The routine could not be deleted: no space left on device\.$"):
            library.delete("both", along=sounds)
    assert (own / "both.yaml").is_file()
    assert library.deleted() == []
    assert list(own.parent.rglob("a.wav")) == [own / "a.wav"]
    undo = library.delete("both", along=sounds)
    assert sorted(path.name for path in undo.sounds.iterdir()) == ["a.wav", "b.wav"]


def test_a_routine_is_imported_without_a_sound_that_cannot_come_along(
    library: Library, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = tmp_path / "sent"
    sent.mkdir()
    text = quiet("Sent", sound="none.wav")
    (sent / "Sent one.yaml").write_text(text)
    asked: list[Any] = []
    errors = [ValueError(), OSError()]

    def fails(path: Path, most: int) -> bytes:
        asked.append((path, most))
        raise errors.pop()

    monkeypatch.setattr(module, "read_ordinary", fails)
    assert [library.import_file(sent / "Sent one.yaml") for _ in range(2)] == ["sent-one", "sent-one-2"]
    assert asked == [(sent / "none.wav", MOST_SOUND_BYTES)] * 2
    assert (own / "sent-one.yaml").read_text() == text


def test_the_name_of_a_logged_session_is_asked_of_the_built_in_routines(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "shown_name", lambda *asked: repr(asked))
    assert library.shown_name("calm", "Ruhe") == repr((tmp_path / "builtin", "calm", "Ruhe"))


def test_an_export_is_the_file_and_one_that_fails_is_told(library: Library, tmp_path: Path) -> None:
    library.export("zz", tmp_path / "out.yaml")
    assert (tmp_path / "out.yaml").read_text() == quiet("calm")
    (tmp_path / "there").mkdir()
    with pytest.raises(LibraryError, match=r"^there cannot be written \(it is not an ordinary file\)\.$"):
        library.export("calm", tmp_path / "there")
    with pytest.raises(LibraryError, match=r"^a<U\+0000>b cannot be written \(the name is not one of a file\)\.$"):
        library.export("calm", tmp_path / "a\0b")


def test_a_copy_of_a_built_in_does_not_point_to_a_schema_that_is_not_beside_it(
    library: Library, own: Path, tmp_path: Path
) -> None:
    line, out = "# yaml-language-server: $schema=../docs/routine.schema.json\n", tmp_path / "out.yaml"
    (tmp_path / "builtin" / "calm.yaml").write_text(line + quiet("Calm"))
    (own / "night.yaml").write_text(line + quiet("Night"))
    library.export("calm", out)
    assert out.read_text() == library.text("calm") == quiet("Calm")
    assert library.texts()[out.read_bytes()] == "calm"
    assert (own / f"{library.duplicate('calm')}.yaml").read_text() == quiet("Calm (copy)")
    library.export("night", out)
    assert out.read_text() == library.text("night") == line + quiet("Night")


def test_hers_stands_for_a_built_in_of_its_file_name(library: Library, own: Path) -> None:
    (own / "calm.yaml").write_text(quiet("Mine"))
    (own / "calm.yml").write_text(quiet("Mine too"))
    found = {one.id: (one.builtin, one.replaces_builtin, one.modified) for one in library.entries()}
    assert found == {
        "calm": (False, True, stamp_of(own / "calm.yaml")),
        "calm.yml": (False, False, stamp_of(own / "calm.yml")),
        "night-walk": (True, False, stamp_of(own.parents[1] / "builtin" / "night-walk.yaml")),
        "night": (False, False, stamp_of(own / "night.yaml")),
        "zz": (False, False, stamp_of(own / "zz.yml")),
    }
    assert library.shown_name("calm", "Calm") == "Calm"
