"""Sessions read from a JSON export, each with its line."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from contextlib import suppress
from typing import Any, Final

from guide.language import _
from guide.store.log.export import COLUMNS, FORMAT
from guide.store.log.fields import record_from
from guide.store.log.incoming import BrokenError, Imported, gathering
from guide.store.steps import at_one_go

_DECODER: Final = json.JSONDecoder()
_BLANK: Final = re.compile(r"[ \t\r\n]*")


def from_json(text: str) -> Imported:
    return at_one_go(reading_json(text))


def reading_json(text: str) -> Generator[None, None, Imported]:
    """The same in small steps."""
    return gathering(_json_rows(text), record_from)


def unknown_names(text: str) -> list[str]:
    """The names in an export's sessions that say nothing here, such as those of another program."""
    names: dict[str, None] = {}
    with suppress(BrokenError):
        for _line_number, one in _json_rows(text):
            if isinstance(one, dict):
                names.update(dict.fromkeys(name for name in one if name not in COLUMNS))
    return list(names)


def _json_rows(text: str) -> Iterator[tuple[int, object]]:
    """Each session with its line: the top of the document is walked by hand, as the decoder tells no places."""
    at = _skip(text, 0)
    if text[at] == "{":
        at = _sessions(text, at)
    at, line, counted = _skip(text, at + 1), 1, 0
    while text[at : at + 1] != "]":
        line, counted = line + text.count("\n", counted, at), at
        value, at = _decoded(text, at)
        yield line, value
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != "]":
            raise BrokenError(
                _line(text, at), _("this is not JSON from here on (a comma or the list's end is missing)")
            )


def _sessions(text: str, at: int) -> int:
    """Where the list under "sessions" begins."""
    at = _skip(text, at + 1)
    while text[at : at + 1] == '"':
        key, at = _decoded(text, at)
        at = _skip(text, at)
        if text[at : at + 1] != ":":
            break
        at = _skip(text, at + 1)
        if key == "sessions" and text[at : at + 1] == "[":
            return at
        line = _line(text, at)
        value, at = _decoded(text, at)
        if key == "format" and value != FORMAT:
            raise BrokenError(
                line,
                _("this export has format {value}; {value_2} is the newest known here").format(
                    value=str(value)[:20], value_2=FORMAT
                ),
            )
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
    raise BrokenError(_line(text, at), _("it holds no sessions"))


def _decoded(text: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise BrokenError(error.lineno, _("this is not JSON from here on ({msg})").format(msg=error.msg)) from error
    except (RecursionError, ValueError) as error:  # nested beyond any export; a number of thousands of digits
        raise BrokenError(_line(text, at), _("this is not of the shape that is exported")) from error


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _skip(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at
