"""Each edit by a table of its own, for the quick answer: the places it takes, the form and the order it writes."""

from __future__ import annotations

from typing import Any

import yaml

from guide.store.yaml import edit
from guide.store.yaml.cuts import Edit, difference
from guide.store.yaml.edit import Edits, Path
from tables import each_row


def after(text: str, edits: Edits) -> str:
    return edit.apply(text, edits)


STEPS = """\
steps:
  - kind: a
  # about b
  - kind: b
  - kind: c
  - repeat: 3
    steps:
      - kind: d
      - kind: e
"""


def outline(text: str) -> str:
    """The steps' kinds, groups in brackets, those done four times after a 4."""

    def written(parts: list[dict[str, Any]]) -> str:
        return "".join(
            f"{part['repeat'] if part['repeat'] == 4 else ''}({written(part['steps'])})"
            if "steps" in part
            else part["kind"]
            for part in parts
        )

    return written(yaml.safe_load(text)["steps"])


MOVES: list[tuple[Path, Path, str]] = [
    ((0,), (2,), "bca(de)"), ((1,), (0,), "bac(de)"), ((0,), (3,), "bc(de)a"), ((3, 0), (0,), "dabc(e)"),
    ((0,), (2, 2), "bc(dea)"), ((0,), (2, 0), "bc(ade)"), ((3, 1), (3, 0), "abc(ed)"), ((3, 0), (4,), "abc(e)d"),
    ((3,), (0,), "(de)abc"), ((2,), (2, 1), "ab(dce)"), ((3, 1), (0,), "eabc(d)"), ((3,), (3,), "abc(de)"),
]  # fmt: skip


@each_row(("path", "to", "moved"), MOVES)
def test_a_step_moves_to_its_place(path: Path, to: Path, moved: str) -> None:
    text = after(STEPS, edit.move(STEPS, path, to))
    assert outline(text) == moved
    assert "  # about b\n  - kind: b\n" in text


@each_row(
    ("paths", "made"),
    [
        ([(0,)], "4(a)bc(de)"), ([(1,), (0,)], "4(ab)c(de)"), ([(0,), (1,), (2,), (3,)], "4(abc(de))"),
        ([(3, 0)], "abc(4(d)e)"), ([(3, 0), (3, 1)], "abc(4(de))"), ([(2,)], "ab4(c)(de)"),
    ],
)  # fmt: skip
def test_a_group_is_made_around_steps(paths: list[Path], made: str) -> None:
    assert outline(after(STEPS, edit.make_group(STEPS, paths, 4))) == made


@each_row(
    ("paths", "made"),
    [
        (((0,),), "aabc(de)"), (((1,), (0,), (1,)), "aabbc(de)"), (((3,),), "abc(de)(de)"),
        (((3, 1), (3, 0)), "abc(ddee)"), (((2,), (3, 0)), "abcc(dde)"),
    ],
)  # fmt: skip
def test_steps_are_written_twice(paths: tuple[Path, ...], made: str) -> None:
    assert outline(after(STEPS, edit.duplicate(STEPS, *paths))) == made


BRACKETS = "steps: [{kind: a}, {kind: b}, {repeat: 3, steps: [{kind: c}, {kind: d}]}]\n"


def test_steps_in_brackets_are_changed_there() -> None:
    for edits, made in (
        (edit.duplicate(BRACKETS, (0,), (2, 1)), "aab(cdd)"),
        (edit.make_group(BRACKETS, [(0,), (1,)], 4), "4(ab)(cd)"),
        (edit.dissolve(BRACKETS, (2,)), "abcd"),
        (edit.move(BRACKETS, (2, 0), (0,)), "cab(d)"),
        (edit.delete(BRACKETS, (0,), (2, 0)), "b(d)"),
    ):
        text = after(BRACKETS, edits)
        assert outline(text) == made
        assert text.count("\n") == 1


LAST = "              - kind: b\n"
DEEP = (
    "steps:\n"
    + "".join(f"{'    ' * n}  - repeat: 2\n{'    ' * n}    steps:\n" for n in range(3))
    + f"              - kind: a\n{LAST}"
)
WRITTEN = [
    # a step written twice keeps the room between steps
    ("steps:\n  - kind: a\n\n  - kind: b\n", edit.duplicate, ((0,),),
     "steps:\n  - kind: a\n\n  - kind: a\n\n  - kind: b\n"),
    ("steps:\n  - kind: a\n\n  - kind: b\n", edit.duplicate, ((1,),),
     "steps:\n  - kind: a\n\n  - kind: b\n\n  - kind: b\n"),
    ("steps:\n  - kind: a\n", edit.duplicate, ((0,),), "steps:\n  - kind: a\n  - kind: a\n"),
    # a step goes with what stands deeper beneath it
    ("steps:\n  - kind: a\n\n      # deep\n  - kind: b\n", edit.delete, ((0,),), "steps:\n  - kind: b\n"),
    # a step moves with the room it had
    ("steps:\n  - kind: a\n\n  - kind: b\n  - kind: c\n", edit.move, ((2,), (0,)),
     "steps:\n  - kind: c\n  - kind: a\n\n  - kind: b\n"),
    ("steps:\n  - x\n  - y\n", edit.move, ((0,), (1,)), "steps:\n  - y\n  - x\n"),
    # a key that has nothing after it, and one after a comment that stands deeper
    ("steps:\n  - kind: a\n    pace:  # c\n", edit.set_pace, ((0,), ["a"], "1 s"),
     "steps:\n  - kind: a\n    pace: {beats: [a], every: 1 s}  # c\n"),
    ("steps:\n  - kind: a\n      # deep\n    motion: rest\n", edit.set_field, ((0,), "say", "x"),
     "steps:\n  - kind: a\n      # deep\n    say: x\n    motion: rest\n"),
    ("steps:\n  - kind: a\n    # not deep\n    motion: rest\n", edit.set_field, ((0,), "say", "x"),
     "steps:\n  - kind: a\n    say: x\n    # not deep\n    motion: rest\n"),
    # a list of texts
    ("get_ready:\n  - a\n\n  - b\n", edit.set_field, ((), "get_ready", ["b"]), "get_ready:\n  - b\n"),
    ("get_ready:\n  - a\n", edit.set_field, ((), "get_ready", ["a", "b\nc"]),
     "get_ready:\n  - a\n  - |-\n    b\n    c\n"),
    # lines that end in two ways
    ("name: A\rfor: B\n", edit.set_field, ((), "summary", "s"), "name: A\rfor: B\nsummary: s\n"),
    # a group around steps
    ("steps:\n  - x\n  - y\n", edit.make_group, ([(0,)], 2),
     "steps:\n  - repeat: 2\n    steps:\n      - x\n  - y\n"),
    ("steps: []\n", edit.insert_step, ((0,), {"steps": ["x"]}), "steps:\n  - steps:\n      - x\n"),
    ("steps:\n  - say: |\n      a\n        \n      b\n", edit.make_group, ([(0,)], 2),
     "steps:\n  - repeat: 2\n    steps:\n      - say: |\n          a\n            \n          b\n"),
    ("steps:\n- kind: a\n\n# b\n- kind: b\n", edit.make_group, ([(1,)], 2),
     "steps:\n- kind: a\n\n- repeat: 2\n  steps:\n    # b\n    - kind: b\n"),
    (DEEP, edit.make_group, ([(0, 0, 0, 1)], 2),
     f"{DEEP}              - repeat: 2\n                steps:\n                  - kind: b\n".replace(LAST, "", 1)),
    # the first step of a part
    ("name: A\n", edit.insert_step, ((0,), {"kind": "a"}), "name: A\nsteps:\n  - kind: a\n"),
    ("name: A\nsteps: []\nevidence: E\n", edit.insert_step, ((0,), {"say": "b", "kind": "a"}),
     "name: A\nsteps:\n  - kind: a\n    say: b\nevidence: E\n"),
    ("steps:\n  - repeat: 2\n    side: each\n", edit.insert_step, ((0, 0), {"kind": "a"}),
     "steps:\n  - repeat: 2\n    side: each\n    steps:\n      - kind: a\n"),
    ("steps:\n  - steps:\n      - repeat: 2\n", edit.insert_step, ((0, 0, 0), {"kind": "a"}),
     "steps:\n  - steps:\n      - repeat: 2\n        steps:\n          - kind: a\n"),
    # a group taken apart, with its side
    ("steps:\n  # one\n  - kind: z\n  - repeat: 2\n    steps: [{kind: a}, {kind: b}]  # 2\n  - kind: c\n",
     edit.dissolve, ((1,),), "steps:\n  # one\n  - kind: z\n  - {kind: a}\n  - {kind: b}\n  - kind: c\n"),
    ("steps:\n  - side: each\n    repeat: 2\n    steps:\n      - kind: a\n      - kind: b\n", edit.dissolve, ((0,),),
     "steps:\n  - kind: a\n  - kind: b\n"),
    ("steps:\n  - steps:\n      - repeat: 2\n        steps:\n          - kind: a\n      - kind: c\n", edit.dissolve,
     ((0, 0),), "steps:\n  - steps:\n      - kind: a\n      - kind: c\n"),
]  # fmt: skip


@each_row(("text", "make", "arguments", "written"), WRITTEN)
def test_steps_are_written_in_the_form_that_stands_there(
    text: str, make: Any, arguments: tuple[Any, ...], written: str
) -> None:
    assert after(text, make(text, *arguments)) == written


PACED = """\
steps:
  - kind: a
    pace: {beats: [a, b], every: 2 s}
  - kind: b
    pace:
      beats: [a]
      every: 2 s
  - {kind: c, pace: {every: 2 s}}
  - kind: d
    motion: rest
"""
PACES: list[tuple[int, list[str] | None, str | None, str | None]] = [
    (0, ["x", "y, z"], None, '    pace: {beats: [x, "y, z"], every: 2 s}'),
    (0, ["x"], "5 s", "    pace: {beats: [x], every: 5 s}"),
    (1, ["x"], None, "    pace:\n      beats: [x]\n      every: 2 s"),
    (1, ["x"], "5 s", "    pace:\n      beats: [x]\n      every: 5 s"),
    (2, ["x"], None, "  - {kind: c, pace: {beats: [x], every: 2 s}}"),
    (2, ["x", "y"], "5 s", "  - {kind: c, pace: {beats: [x, y], every: 5 s}}"),
    (3, ["x", "y"], None, "    motion: rest\n    pace: {beats: [x, y], every: 1 s}"),
    (3, ["x"], "5 s", "    motion: rest\n    pace: {beats: [x], every: 5 s}"),
    *((number, None, None, None) for number in range(3)),
    *((number, [], "5 s", None) for number in range(3)),
]


@each_row(("number", "beats", "every", "written"), PACES)
def test_a_pace_is_set_or_removed(number: int, beats: list[str] | None, every: str | None, written: str | None) -> None:
    text = after(PACED, edit.set_pace(PACED, (number,), beats, every))
    starts = [at for at in range(len(PACED)) if PACED.startswith("  - ", at)] + [len(PACED)]
    step = text[starts[number] : len(text) - (len(PACED) - starts[number + 1])]
    assert text.startswith(PACED[: starts[number]])
    assert text.endswith(PACED[starts[number + 1] :])
    if written is None:
        assert "pace" not in step
    else:
        assert f"{written}\n" in step
        assert step.count("\n") == written.count("\n") + (number != 2) + 1


@each_row(
    ("old", "new", "edits"),
    [
        ("ab", "ab", ()),
        ("", "ab", (Edit(0, 0, "ab"),)),
        ("abc", "", (Edit(0, 3, ""),)),
        ("a12b", "a345b", (Edit(1, 3, "345"),)),
        ("aaa", "aa", (Edit(2, 3, ""),)),
        ("abcb", "abcbcb", (Edit(4, 4, "cb"),)),
        ("a1b2c", "a3b4c", (Edit(1, 4, "3b4"),)),
    ],
)
def test_the_difference_is_one_change_as_short_as_can_be(old: str, new: str, edits: Edits) -> None:
    assert difference(old, new) == edits


@each_row(
    ("edits", "back"),
    [
        ((), ()),
        ((Edit(0, 1, "xx"), Edit(2, 3, "yy"), Edit(4, 5, "z")), (Edit(0, 2, "a"), Edit(3, 5, "c"), Edit(6, 7, "e"))),
        ((Edit(4, 6, "x"), Edit(0, 1, "yyy")), (Edit(0, 3, "a"), Edit(6, 7, "ef"))),
        ((Edit(1, 3, ""), Edit(1, 1, "xx")), (Edit(1, 3, ""), Edit(3, 3, "bc"))),
    ],
)
def test_what_leads_back_counts_in_the_text_changed(edits: Edits, back: Edits) -> None:
    assert edit.inverse("abcdef", edits) == back
    assert after(after("abcdef", edits), back) == "abcdef"


def test_a_group_is_done_so_often() -> None:
    assert after(STEPS, edit.set_repeat(STEPS, (3,), 12)) == STEPS.replace("repeat: 3", "repeat: 12")


ENTRIES = [
    ("sources", edit.remove_source, (0,), "- title: T\n- {url: v}"),
    ("sources", edit.remove_source, (2,), "- url: u\n- title: T"),
    ("sources", edit.set_source_field, (0, "title", "x"), "- title: x\n  url: u\n- title: T\n- {url: v}"),
    ("sources", edit.set_source_field, (1, "title", "x"), "- url: u\n- title: x\n- {url: v}"),
    ("sources", edit.set_source_field, (1, "url", "x"), "- url: u\n- title: T\n  url: x\n- {url: v}"),
    ("sources", edit.set_source_field, (2, "title", "x"), "- url: u\n- title: T\n- {title: x, url: v}"),
    ("sources", edit.add_source, ({"url": "y", "title": "x"}, 1),
     "- url: u\n- title: x\n  url: y\n- title: T\n- {url: v}"),
    ("sources", edit.add_source, ({"title": "x"}, 0), "- title: x\n- url: u\n- title: T\n- {url: v}"),
    ("sources", edit.add_source, ({"title": "x"},), "- url: u\n- title: T\n- {url: v}\n- {title: x}"),
    ("cues", edit.remove_cue, ((0,), 0), "- at: 1 s"),
    ("cues", edit.remove_cue, ((0,), 1), "- say: b\n  sound: c"),
    ("cues", edit.set_cue_field, ((0,), 0, "at", "2 s"), "- at: 2 s\n  say: b\n  sound: c\n- at: 1 s"),
    ("cues", edit.set_cue_field, ((0,), 0, "show", "x"), "- say: b\n  show: x\n  sound: c\n- at: 1 s"),
    ("cues", edit.set_cue_field, ((0,), 0, "sound", None), "- say: b\n- at: 1 s"),
    ("cues", edit.move_cue, ((0,), 1, 0), "- at: 1 s\n- say: b\n  sound: c"),
    ("cues", edit.move_cue, ((0,), 0, 1), "- at: 1 s\n- say: b\n  sound: c"),
    ("cues", edit.add_cue, ((0,), {"say": "x", "at": "2 s"}, 1),
     "- say: b\n  sound: c\n- at: 2 s\n  say: x\n- at: 1 s"),
    ("cues", edit.add_cue, ((0,), {"say": "x"}), "- say: b\n  sound: c\n- at: 1 s\n- say: x"),
]  # fmt: skip
SOURCES = "name: A\nsources:\n{}\nevidence: E\n"
CUES = "steps:\n- kind: a\n  cues:\n{}\n  motion: rest\n"
INDENTED = {"sources": (SOURCES, ""), "cues": (CUES, "  ")}
STANDING = {"sources": "- url: u\n- title: T\n- {url: v}", "cues": "- say: b\n  sound: c\n- at: 1 s"}


@each_row(("key", "make", "arguments", "written"), ENTRIES)
def test_cues_and_sources_change_one_by_one(key: str, make: Any, arguments: tuple[Any, ...], written: str) -> None:
    frame, pad = INDENTED[key]

    def whole(entries: str) -> str:
        return frame.format("\n".join(f"{pad}{line}" for line in entries.split("\n")))

    text = whole(STANDING[key])
    assert after(text, make(text, *arguments)) == whole(written)


@each_row(
    ("text", "make", "arguments", "written"),
    [
        ("name: A\nsteps: []\n", edit.add_source, ({"title": "x"},), "name: A\nsources:\n  - title: x\nsteps: []\n"),
        ("name: A\nsteps: []\n", edit.add_source, ({"title": "x"}, 0), "name: A\nsources:\n  - title: x\nsteps: []\n"),
        ("sources:\n  - title: a\nsteps: []\n", edit.remove_source, (0,), "steps: []\n"),
        ("sources: [{title: a}, {title: b}]\n", edit.set_source_field, (0, "url", "x"),
         "sources: [{title: a, url: x}, {title: b}]\n"),
        ("steps: [{kind: a, motion: rest}]\n", edit.add_cue, ((0,), {"say": "x"}),
         "steps: [{kind: a, motion: rest, cues: [{say: x}]}]\n"),
        ("steps:\n  - kind: a\n    cues:\n      - say: b\n    motion: rest\n", edit.remove_cue, ((0,), 0),
         "steps:\n  - kind: a\n    motion: rest\n"),
        ("steps: [{kind: a, cues: [{say: b}, {say: c}]}]\n", edit.set_cue_field, ((0,), 1, "say", "d\ne"),
         'steps: [{kind: a, cues: [{say: b}, {say: "d\\ne"}]}]\n'),
    ],
)  # fmt: skip
def test_the_first_comes_with_its_key_and_the_last_goes_with_it(
    text: str, make: Any, arguments: tuple[Any, ...], written: str
) -> None:
    assert after(text, make(text, *arguments)) == written


@each_row(
    ("path", "key", "value", "text"),
    [
        ((), "name", "B", "name: B\nget_ready:\n  - x\nsteps:\n  - kind: a\n    say: b\n"),
        ((), "get_ready", ["y", "z"], "name: A\nget_ready:\n  - y\n  - z\nsteps:\n  - kind: a\n    say: b\n"),
        ((), "get_ready", [], "name: A\nsteps:\n  - kind: a\n    say: b\n"),
        ((), "summary", "s", "name: A\nsummary: s\nget_ready:\n  - x\nsteps:\n  - kind: a\n    say: b\n"),
        ((0,), "say", None, "name: A\nget_ready:\n  - x\nsteps:\n  - kind: a\n"),
        ((0,), "duration", "1 min",
         "name: A\nget_ready:\n  - x\nsteps:\n  - kind: a\n    duration: 1 min\n    say: b\n"),
    ],
)  # fmt: skip
def test_a_field_is_set_added_or_removed(path: Path, key: str, value: Any, text: str) -> None:
    before = "name: A\nget_ready:\n  - x\nsteps:\n  - kind: a\n    say: b\n"
    assert after(before, edit.set_field(before, path, key, value)) == text


def test_the_step_at_a_letter_is_known_in_brackets_too() -> None:
    found = [
        edit.path_at(BRACKETS, BRACKETS.index(word)) for word in ("steps", "{kind: a", "kind: b", "repeat", "kind: c")
    ]
    assert found == [(), (0,), (1,), (2,), (2, 0)]
