"""The same changes on plain data, to compare an edit with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guide.language import _
from guide.store.files import MOST_BYTES
from guide.store.yaml.cuts import TOO_LARGE, EditError
from guide.store.yaml.parts import Path

Written = str | Sequence["Written"] | Mapping[str, "Written"]
Fields = Mapping[str, Written]


# The same changes on plain data, to compare with


def plain(value: Written | None) -> Any:
    match value:
        case None:
            return None
        case str():
            if any("\ud800" <= char <= "\udfff" for char in value):
                raise EditError(_("This text holds half a character; type it again."))
            if len(value) > MOST_BYTES:
                raise EditError(_(TOO_LARGE))
            return value
        case Mapping():
            return {key: plain(held) for key, held in value.items()}
        case _:
            return [plain(held) for held in value] or None


def dig(root: Any, path: Path) -> Any:
    for index in path:
        root = root["steps"][index]
    return root


def put(fields: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        fields.pop(key, None)
    else:
        fields[key] = value


def insert(fields: dict[str, Any], key: str, index: int, value: Any) -> None:
    listed = fields.get(key)
    if not isinstance(listed, list):
        listed = fields[key] = []
    listed.insert(index, value)
