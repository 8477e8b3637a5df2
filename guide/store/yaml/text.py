"""A routine file's bytes read as text, or the problem that keeps them from being one."""

from __future__ import annotations

import codecs
from pathlib import Path

from guide.language import _, reason
from guide.store.files import MOST_BYTES, NotAFileError, read_ordinary
from guide.store.yaml.nodes import Lines
from guide.store.yaml.problem import NO_FILE, Problem


def read_text(path: Path) -> str | Problem:
    """
    Read a file's text, its byte-order mark left out; never more than 256 KiB of it.

    Source: routine-format, "Errors".
    """
    shown = str(path)
    try:
        data = read_ordinary(path, MOST_BYTES)
    except NotAFileError:
        return Problem(
            shown, 1, 1, "file", _("is a folder or no ordinary file; a routine is a file that ends in .yaml")
        )
    except FileNotFoundError:
        return Problem(shown, 1, 1, "file", _("there is no such file; look at the name and the folder"))
    except (OSError, ValueError) as error:
        return Problem(
            shown,
            1,
            1,
            "file",
            _("could not be read: {reason}").format(reason=reason(error)),
        )
    return decode(data, shown)


def decode(data: bytes, path: str = NO_FILE) -> str | Problem:
    if len(data) > MOST_BYTES:
        return Problem(path, 1, 1, "file", _("is larger than 256 KiB, the most a routine may have"))
    if encoding := _other_encoding(data):
        return Problem(path, 1, 1, "file", _("is written in {encoding}; save it as UTF-8").format(encoding=encoding))
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = Lines(before).at(len(before))
        return Problem(
            path,
            line,
            column,
            "file",
            _("byte {code} is not UTF-8; open it in a text editor and save it as UTF-8").format(
                code=f"0x{data[error.start]:02X}"
            ),
        )


def _other_encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "UTF-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    begin = data[:64]
    if len(begin) >= 4:
        even, odd = begin[0::2], begin[1::2]
        if any(even) != any(odd):
            return "UTF-16"
    return ""
