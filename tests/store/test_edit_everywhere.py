"""The laws of `test_edit_laws.py` for edits at every place of four files, so that a slip is met without luck."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from test_edit_laws import Deed, add, all_paths, check_one_edit, data_of, dig, put

from guide.store.yaml import edit

LINES = """\
# A file #c0
name: Any   #c1
purposes: [ promote, protect ]

get_ready:
  - Water  #c2
  #c3
  - A towel
steps:
  #c4
  - kind: massage
    duration: 60 s   #c5
    say: |
      One

      Two
    #c6

  #c7
  - {kind: rest, duration: 1 min}  #c8
  - repeat: 2   #c9
    #c10
    side: each
    steps:
      - kind: pump
        show: >-
          Folded
          lines
        cues:
          - at: 0:10  #c11
            say: Soon

          - {at: 50%, say: Half}
      #c12
      - kind: stroke
        pace: {beats: [one, two], every: 1 s}
        #c13

  - kind: shake
    say: "quoted
      over lines"
    duration: 5 s
sources:
  - title: A leaflet  #c14
    url: https://example.org/
"""
BRACKETS = """\
format: 1
name: Any
safety: []
steps: [{kind: rest}, {repeat: 2, steps: [{kind: pump, cues: [{at: 0:10, say: a}]}, {kind: rest}]}, {kind: shake}]
"""
MARGIN = """\
---
name: 'Any'
steps:
- kind: rest  #c0

- repeat: 3
  steps:
  - kind: pump
    cues:
    - at: 0:10
      say: >-
        Folded

        twice

  - {kind: rest}
  #c1
- kind: shake
#c2
when_sore: ok
"""
FILES = {
    "lines with comments between": LINES,
    "brackets": BRACKETS,
    "dashes at the margin": MARGIN,
    "lines as on Windows, the last without an end": "\ufeff" + LINES[: LINES.index("\nsources")].replace("\n", "\r\n"),
}
VALUES = ("x", "two\nlines", "a: b", "- #", "")


def fields_of(path: edit.Path, part: Any) -> Iterator[Deed]:
    for key in ("title", "say", "show", "duration", "kind"):
        for value in VALUES:
            yield (
                "set",
                lambda t, k=key, v=value: edit.set_field(t, path, k, v),  # type: ignore[misc]
                lambda d, k=key, v=value: put(dig(d, path), k, v),  # type: ignore[misc]
                None,
            )
    for key in part:
        if key not in {"steps", "repeat"}:
            yield (
                "remove",
                lambda t, k=key: edit.set_field(t, path, k, None),  # type: ignore[misc]
                lambda d, k=key: put(dig(d, path), k, None),  # type: ignore[misc]
                path,
            )


def lists_of(data: Any) -> Iterator[Deed]:
    for key in ("purposes", "get_ready", "safety"):
        old = data.get(key) or ["a"]
        for new in ([*old, "b"], ["b", *old], [old[-1]], ["b"], ["b", "c", "d"], [*old, "e: f"], []):
            yield (
                "list",
                lambda t, k=key, n=new: edit.set_field(t, (), k, n),  # type: ignore[misc]
                lambda d, k=key, n=new: put(d, k, n or None),  # type: ignore[misc]
                (),
            )


def structure_of(data: Any, path: edit.Path, part: Any) -> Iterator[Deed]:
    around, index = path[:-1], path[-1]
    new = {"kind": "shake", "duration": "1 min", "say": "Soft: now"}
    for at in (index, index + 1):
        yield (
            "insert",
            lambda t, at=at: edit.insert_step(t, (*around, at), new),  # type: ignore[misc]
            lambda d, at=at: add(dig(d, around), "steps", at, new),  # type: ignore[misc]
            None,
        )
    yield (
        "duplicate",
        lambda t: edit.duplicate(t, path),
        lambda d: add(dig(d, around), "steps", index, copy.deepcopy(part)),
        path,
    )
    yield "delete", lambda t: edit.delete(t, path), lambda d: dig(d, around)["steps"].pop(index), path

    def grouped(d: Any) -> None:
        steps = dig(d, around)["steps"]
        steps[index : index + 1] = [{"repeat": "3", "steps": steps[index : index + 1]}]

    yield "group", lambda t: edit.make_group(t, [path], 3), grouped, None
    if "steps" in part:

        def dissolved(d: Any) -> None:
            steps = dig(d, around)["steps"]
            steps[index : index + 1] = steps[index]["steps"]

        yield "dissolve", lambda t: edit.dissolve(t, path), dissolved, path
    rest = copy.deepcopy(data)
    dig(rest, around)["steps"].pop(index)
    for to in {(*to[:-1], to[-1] + more) for to in all_paths(rest) for more in (0, 1)}:

        def moved(d: Any, to: edit.Path = to) -> None:
            taken = dig(d, around)["steps"].pop(index)
            add(dig(d, to[:-1]), "steps", to[-1], taken)

        yield "move", lambda t, to=to: edit.move(t, path, to), moved, None  # type: ignore[misc]


def cues_of(path: edit.Path, part: Any) -> Iterator[Deed]:
    cues = part.get("cues") or []
    cue = {"at": "0:05", "say": "Now: then"}
    for at in range(len(cues) + 1):
        yield (
            "cue",
            lambda t, at=at: edit.add_cue(t, path, cue, at),  # type: ignore[misc]
            lambda d, at=at: add(dig(d, path), "cues", at, cue),  # type: ignore[misc]
            None,
        )
    for at in range(len(cues)):
        yield (
            "cue field",
            lambda t, at=at: edit.set_cue_field(t, path, at, "show", "x"),  # type: ignore[misc]
            lambda d, at=at: put(dig(d, path)["cues"][at], "show", "x"),  # type: ignore[misc]
            None,
        )

        def unsaid(d: Any, at: int = at) -> None:
            dig(d, path)["cues"].pop(at)
            if not dig(d, path)["cues"]:
                del dig(d, path)["cues"]

        yield "no cue", lambda t, at=at: edit.remove_cue(t, path, at), unsaid, path  # type: ignore[misc]
        for to in range(len(cues)):

            def shifted(d: Any, at: int = at, to: int = to) -> None:
                dig(d, path)["cues"].insert(to, dig(d, path)["cues"].pop(at))

            yield "move cue", lambda t, at=at, to=to: edit.move_cue(t, path, at, to), shifted, None  # type: ignore[misc]
    for beats in (["one"], ["three", "two", "one"]):

        def paced(d: Any, beats: list[str] = beats) -> None:
            dig(d, path)["pace"] = {"beats": beats, "every": "2 s"}

        yield "pace", lambda t, b=beats: edit.set_pace(t, path, b, "2 s"), paced, None  # type: ignore[misc]


def deeds_of(text: str) -> Iterator[Deed]:
    data = data_of(text)
    yield from lists_of(data)
    source: dict[str, Any] = {"title": "A page", "url": "https://example.org/#a"}

    def sourced(d: Any) -> None:
        add(d, "sources", len(d.get("sources") or []), source)

    yield "source", lambda t: edit.add_source(t, source), sourced, None
    for path in all_paths(data):
        part = dig(data, path)
        yield from fields_of(path, part)
        yield from structure_of(data, path, part)
        if "steps" not in part:
            yield from cues_of(path, part)


@pytest.mark.parametrize("first", range(4))
@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
def test_an_edit_at_any_place_changes_what_it_says_and_nothing_else(text: str, first: int) -> None:
    changed = [check_one_edit(text, deed) != text for deed in islice(deeds_of(text), first * 3, None, 12)]
    assert sum(changed) > len(changed) // 2
