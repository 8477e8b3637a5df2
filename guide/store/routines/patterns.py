"""Regular expressions and small schemas of the JSON Schema: what the readers take, as an editor can check it."""

from __future__ import annotations

from typing import Any, Final

from guide.store.routines.sounds import SOUND_FILES, SOUNDS

Schema = dict[str, Any]


def text_schema(most: int) -> Schema:
    # An unquoted number or `true` is text to the reader, and must not be a mistake to an editor.
    return {"type": ["string", "number", "boolean"], "maxLength": most}


def any_case(word: str) -> str:
    return "".join(f"[{letter}{letter.upper()}]" for letter in word)


def _unit(*names: str) -> str:
    return f"(?:{'|'.join(any_case(name) for name in sorted(names, key=len, reverse=True))})"


_NUMBER: Final = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"
_H: Final = _unit("h", "hr", "hrs", "hour", "hours")
_M: Final = _unit("m", "min", "mins", "minute", "minutes")
_S: Final = _unit("s", "sec", "secs", "second", "seconds")
_PARTS: Final = rf"(?=[0-9])(?:{_NUMBER} *{_H} *)?(?:{_NUMBER} *{_M} *)?(?:{_NUMBER} *{_S})?"
TIME: Final = rf"(?:{_PARTS}|[0-9]{{1,4}}:[0-5][0-9])"
RANGE: Final = rf"(?:{TIME}|{_NUMBER}) *(?:[-\u2010-\u2015\u2212]|{any_case('to')}\b) *{TIME}"
PERCENT: Final = r"(?:100(?:\.0+)?|[0-9]{1,2}(?:\.[0-9]{1,6})?) *%"


def pattern_schema(*forms: str) -> Schema:
    return {"type": "string", "pattern": rf"^\s*(?:{'|'.join(forms)})\s*$"}


SOUND_SCHEMA: Final[Schema] = {
    "anyOf": [
        {"enum": list(SOUNDS)},
        {
            "type": "string",
            "maxLength": 200,
            "pattern": r"^(?![/~])(?!(?:.*/)?\.\.(?:/|$))[^\\:]+\.(?:"
            + "|".join(any_case(suffix[1:]) for suffix in SOUND_FILES)
            + ")$",
        },
    ]
}


def items_schema(name: str, most: int, least: int = 0) -> Schema:
    least_items = {"minItems": least} if least else {}
    return {"type": "array", **least_items, "maxItems": most, "items": {"$ref": f"#/$defs/{name}"}}
