"""A file's bytes read as text, or told in one sentence why they are none."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from guide.store.files import MOST_BYTES
from guide.store.yaml import text
from guide.store.yaml.problem import NO_FILE, Problem
from guide.store.yaml.text import decode, read_text
from tables import each_row


@each_row(
    ("data", "read"),
    [
        (b"", ""),
        (b"a", "a"),
        (b"a\0b", "a\0b"),
        (b"\0\0\0\0", "\0\0\0\0"),
        (b"\0" * 64 + b"a", "\0" * 64 + "a"),
        ("ä\r\nß".encode(), "ä\r\nß"),
        (codecs.BOM_UTF8 + b"a", "a"),
        (codecs.BOM_UTF8 * 2 + b"a", "\ufeffa"),
        (b"a" * MOST_BYTES, "a" * MOST_BYTES),
    ],
)
def test_bytes_of_utf_8_are_read(data: bytes, read: str) -> None:
    assert decode(data) == read


UTF_16 = "is written in UTF-16; save it as UTF-8"
UTF_32 = "is written in UTF-32; save it as UTF-8"


@each_row(
    ("data", "line", "column", "sentence"),
    [
        (b"a" * (MOST_BYTES + 1), 1, 1, "is larger than 256 KiB, the most a routine may have"),
        (codecs.BOM_UTF32_LE + b"a", 1, 1, UTF_32),
        (codecs.BOM_UTF32_BE + b"a", 1, 1, UTF_32),
        (codecs.BOM_UTF16_LE + b"a", 1, 1, UTF_16),
        (codecs.BOM_UTF16_BE + b"a", 1, 1, UTF_16),
        ("ab".encode("utf-16-le"), 1, 1, UTF_16),
        ("ab".encode("utf-16-be"), 1, 1, UTF_16),
        ("\0a".encode("utf-16-be"), 1, 1, UTF_16),
        (b"a" + "ab".encode("utf-16-be")[:3], 1, 1, UTF_16),
        (b"\xff", 1, 1, "byte 0xFF is not UTF-8; open it in a text editor and save it as UTF-8"),
        (b"\xefa", 1, 1, "byte 0xEF is not UTF-8; open it in a text editor and save it as UTF-8"),
        ("ä\nöü".encode() + b"\x0a\xc3", 3, 1, "byte 0xC3 is not UTF-8; open it in a text editor and save it as UTF-8"),
        (
            codecs.BOM_UTF8 + "ä\r\nöü".encode() + b"\x80b",
            2,
            3,
            "byte 0x80 is not UTF-8; open it in a text editor and save it as UTF-8",
        ),
    ],
)
def test_bytes_of_another_kind_are_told_with_their_place(data: bytes, line: int, column: int, sentence: str) -> None:
    assert decode(data, "p") == Problem("p", line, column, "file", sentence)
    assert decode(data) == Problem(NO_FILE, line, column, "file", sentence)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (FileNotFoundError(2, "x"), "there is no such file; look at the name and the folder"),
        (PermissionError(13, "Permission denied"), "could not be read: permission denied"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_by_its_path(
    error: OSError, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> bytes:
        raise error

    monkeypatch.setattr(text, "read_ordinary", fails)
    assert read_text(Path("a")) == Problem("a", 1, 1, "file", sentence)


def test_a_folder_is_no_file_and_a_file_is_read_and_named_in_its_problem(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(codecs.BOM_UTF8 + b"a\r\n")
    assert read_text(path) == "a\r\n"
    path.write_bytes(b"\xff")
    assert read_text(path) == Problem(
        str(path), 1, 1, "file", "byte 0xFF is not UTF-8; open it in a text editor and save it as UTF-8"
    )
    path.write_bytes(b"a" * (MOST_BYTES + 1))
    assert read_text(path) == Problem(str(path), 1, 1, "file", "is larger than 256 KiB, the most a routine may have")
    no_file = "is a folder or no ordinary file; a routine is a file that ends in .yaml"
    assert read_text(tmp_path) == Problem(str(tmp_path), 1, 1, "file", no_file)
