"""Files put in their place: where an archive's may go, with which rights, and what stands there is looked at first."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path, PurePosixPath

import pytest

from guide.store.archive import _is_plain, _named
from guide.store.archived import inside_of
from guide.store.files import (
    NotAFileError,
    keep_aside,
    need_ordinary,
    newest_first,
    open_ordinary,
    read_ordinary,
    write_whole,
)
from guide.store.placing import FilesCame, bring_files
from tables import each_row


@each_row(
    "name",
    [
        "/routines/a.yaml",
        "routines/../a.yaml",
        "routines/../../a.yaml",
        "routines/%2e%2e/a.yaml",
        "routines\\a.yaml",
        "routines/..\\a.yaml",
        "routines/C:a.yaml",
        "routines/a\\b.yaml",
        "routines/a%5C..%5C..%5Cb.yaml",
        "routines/C%3Aa.yaml",
        "routines/a%00.yaml",
        "routines/.a.yaml",
        "voices/.deleted-ada/prompts/a.wav",
        "routines",
        "a.yaml",
        "other/a.yaml",
    ],
)
def test_nothing_of_an_archive_goes_anywhere_but_into_its_own_folders(name: str) -> None:
    assert inside_of(name) is None


@each_row("name", ["routines/a.yaml", "routines/50%.yaml", "voices/hers/prompts/a b.wav"])
def test_a_name_of_an_archive_leads_back_to_its_file(name: str) -> None:
    assert inside_of(_named(PurePosixPath(name))) == PurePosixPath(name)


@pytest.mark.skipif(os.name != "posix", reason="names of any bytes are elsewhere not possible")
@pytest.mark.parametrize("odd", [0x80, 0xE9, 0xFF])
def test_a_name_of_any_bytes_leads_back_to_its_file(odd: int) -> None:
    path = PurePosixPath("routines", os.fsdecode(bytes([odd])) + "%.yaml")
    assert _named(path) == f"routines/%{odd:02X}%25.yaml"
    assert inside_of(_named(path)) == path


def test_what_is_here_in_another_form_stays_and_all_others_come(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    for folder in (source, target):
        folder.mkdir()
    for name in ("a", "b", "c", "d"):
        (source / name).write_text(f"new {name}")
    (target / "a").write_text("new a")  # the same
    (target / "b").write_text("hers")
    (target / "c").mkdir()
    told: list[str] = []
    came = FilesCame()
    assert list(bring_files(source, target, came, told)) == [0, 0.25, 0.5, 0.75]
    assert came == FilesCame([target / "d"], [target / "a"])
    assert told == [f"{name} is here already in another form; yours stays as it is." for name in ("b", "c")]
    assert [(target / name).read_text() for name in ("a", "b", "d")] == ["new a", "hers", "new d"]


def test_what_is_gone_once_it_was_listed_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert [_is_plain(path) for path in (tmp_path / "file", tmp_path / "gone", tmp_path)] == [True, False, False]


@pytest.mark.skipif(os.name != "posix", reason="rights are told in another way there")
@pytest.mark.parametrize("rights", [0o600, 0o640, 0o444])
def test_a_file_written_anew_keeps_its_rights_and_new_folders_are_hers_alone(tmp_path: Path, rights: int) -> None:
    path = tmp_path / "one" / "two" / "file"
    write_whole(path, b"old")
    path.chmod(rights)
    write_whole(path, b"new")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", rights)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_no_more_of_a_file_is_read_than_tells_that_it_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"0123456789")
    assert [len(read_ordinary(tmp_path / "file", most)) for most in (4, 9, 10, 20)] == [5, 10, 10, 10]


def test_a_folder_is_named_as_no_ordinary_file(tmp_path: Path) -> None:
    for ask in (need_ordinary, open_ordinary):
        with pytest.raises(NotAFileError) as caught:
            ask(tmp_path)
        told = (caught.value.errno, caught.value.strerror, caught.value.filename)
        assert told == (errno.EINVAL, "it is not an ordinary file", str(tmp_path))


def test_damaged_files_of_one_second_are_kept_beside_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.strftime", lambda form: {"%Y-%m-%d-%H%M%S": "2026-01-02-030405"}[form])
    kept = []
    for number in range(3):
        (tmp_path / "file.json").write_text(str(number))
        kept.append(keep_aside(tmp_path / "file.json"))
    stems = ("file.damaged-2026-01-02-030405", "file.damaged-2026-01-02-030405-2", "file.damaged-2026-01-02-030405-3")
    assert kept == [tmp_path / f"{stem}.json" for stem in stems]
    assert [path.read_text() for path in kept if path] == ["0", "1", "2"]
    assert keep_aside(tmp_path / "gone.json") is None


def test_the_ordinary_files_of_a_folder_are_listed_the_newest_first(tmp_path: Path) -> None:
    for age, name in enumerate(("b.txt", "a.txt", "c.txt", "d.md")):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (0, 1_000 - age))
    (tmp_path / "folder.txt").mkdir()
    if os.name == "posix":
        (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert [path.name for path in newest_first(tmp_path, "*.txt")] == ["b.txt", "a.txt", "c.txt"]
    assert newest_first(tmp_path / "none", "*") == []


@pytest.mark.skipif(os.name != "posix", reason="a link needs rights elsewhere")
def test_a_link_that_leads_to_itself_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(OSError, match=os.strerror(errno.ELOOP)) as caught:
        write_whole(tmp_path / "loop", b"x")
    assert (caught.value.errno, caught.value.strerror) == (errno.ELOOP, os.strerror(errno.ELOOP))
