"""What the parts of a routine say as they are written, problems or not: texts, lists and keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guide.core.routine import Place
from guide.language import _
from guide.store.yaml.compose import compose_or_refuse
from guide.store.yaml.cuts import EditError
from guide.store.yaml.nodes import AliasNode, ListNode, MapNode, Node, ScalarNode
from guide.store.yaml.parts import part_at
from guide.store.yaml.refusal import RefusedError
from guide.store.yaml.sheet import open_sheet


def data_of(node: Node) -> Any:
    """All scalars as text, in lists and dicts; aliases are what they stand for."""
    match node:
        case AliasNode():
            return data_of(node.target)
        case ScalarNode(text):
            return text
        case ListNode(items):
            return [data_of(item) for item in items]
        case MapNode(pairs):
            return {key.text: data_of(value) for key, value in pairs if isinstance(key, ScalarNode)}


class AsWritten:
    """
    Takes single parts out of a text, and the whole only where a part cannot be had alone; both are kept.

    `unreadable` says why the text cannot be read at all, where that is known.
    """

    def __init__(self) -> None:
        self._tree: tuple[str, Any] | None = None
        self._fields: dict[Place, dict[str, Any]] = {}

    def forget_fields(self) -> None:
        """The text has changed."""
        self._fields = {}

    def fields(self, text: str, place: Place, unreadable: str, *, whole: bool) -> dict[str, Any]:
        """
        The keys of a part, without its `steps`; the `whole` is looked at where there is need.

        Raises `EditError` where the text cannot be read that far.
        """
        if place not in self._fields:
            self._fields[place] = self._found(text, place, unreadable, whole=whole)
        return self._fields[place]

    def steps(self, text: str, unreadable: str) -> list[Any]:
        """All of them, in lists and dicts; raises `EditError` where the text cannot be read."""
        tree = self._whole(text, unreadable)
        steps = tree.get("steps") if isinstance(tree, dict) else None
        return steps if isinstance(steps, list) else []

    def _found(self, text: str, place: Place, unreadable: str, *, whole: bool) -> dict[str, Any]:
        if unreadable:
            raise _cannot_be_read(unreadable)
        try:
            part = part_at(open_sheet(text), place, shared=True)
            return {key.text: data_of(value.node) for key, value in part.entries() if key.text != "steps"}
        except EditError:
            if not whole:
                raise
        found = self._whole(text, unreadable)
        for index in place:
            steps = found.get("steps") if isinstance(found, Mapping) else None
            if not isinstance(steps, list) or index >= len(steps):
                raise EditError(_("There is no such step any more.")) from None
            found = steps[index]
        if not isinstance(found, dict):
            raise EditError(_("This part is not written as keys and values."))
        return {key: value for key, value in found.items() if key != "steps"}

    def _whole(self, text: str, unreadable: str) -> Any:
        if unreadable:
            raise _cannot_be_read(unreadable)
        if self._tree is None or self._tree[0] != text:
            self._tree = text, _tree_of(text)
        return self._tree[1]


def _tree_of(text: str) -> Any:
    try:
        return data_of(compose_or_refuse(text))
    except RefusedError as refused:
        raise _cannot_be_read(refused.message) from None


def _cannot_be_read(message: str) -> EditError:
    return EditError(_("The text cannot be read as it stands: {message}.").format(message=message))
