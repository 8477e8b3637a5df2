"""What an edit declines, each in its sentence: places that are not there, forms that a change does not fit."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from guide.store.yaml import edit
from guide.store.yaml.cuts import Edit
from guide.store.yaml.edit import EditError, Edits
from tables import each_row

STEPS = """\
name: A
sources:
  - title: One
steps:
  - kind: rest
    cues:
      - at: 0:10
        say: a
      - at: 0:20
        say: b
  - repeat: 2
    steps:
      - kind: pump
  - kind: massage
"""
SHARED = "This part is shared with another one (by '&' and '*'). Change it in the text view."
NO_PLACE = "There is no such place in the list."
NO_STEP = "There is no such place among the steps."
DEEP = "Groups nest at most 4 deep."
TWICE = "The key '{}' is written twice here. Keep one of them in the text view."
LARGE = "With this the routine grows larger than 256 KiB, the most a file may have."
FOUR = {"steps": [{"steps": [{"steps": [{"steps": [{"kind": "rest"}]}]}]}]}
NESTED = "name: A\nsteps:\n" + "".join(f"{'    ' * n}  - repeat: 2\n{'    ' * n}    steps:\n" for n in range(4))
NESTED += " " * 18 + "- kind: rest\n" + " " * 18 + "- kind: pump\n  - repeat: 2\n    steps:\n      - kind: rest\n"

REFUSED: list[tuple[str, Callable[[str], Edits], str]] = [
    # places
    (STEPS, lambda t: edit.insert_step(t, (), {"kind": "rest"}), "A step needs a place among the steps."),
    (STEPS, lambda t: edit.insert_step(t, (4,), {"kind": "rest"}), NO_PLACE),
    (STEPS, lambda t: edit.insert_step(t, (-1,), {"kind": "rest"}), NO_PLACE),
    ("name: A\n", lambda t: edit.insert_step(t, (1,), {"kind": "rest"}), NO_PLACE),
    (STEPS, lambda t: edit.set_field(t, (3,), "say", "x"), NO_PLACE),
    (STEPS, lambda t: edit.set_field(t, (-1,), "say", "x"), NO_PLACE),
    (STEPS, lambda t: edit.set_field(t, (0, 0), "say", "x"), "There are no steps here."),
    (STEPS, lambda t: edit.duplicate(t, ()), "This is the whole routine; choose one of its steps."),
    (STEPS, lambda t: edit.move(t, (), (0,)), "This is the whole routine; choose one of its steps."),
    (STEPS, lambda t: edit.move(t, (0,), ()), "A step needs a place among the steps."),
    (STEPS, lambda t: edit.move(t, (0,), (3,)), NO_STEP),
    (STEPS, lambda t: edit.move(t, (0,), (-1,)), NO_STEP),
    (STEPS, lambda t: edit.move(t, (0,), (0, 2)), NO_STEP),
    (STEPS, lambda t: edit.move(t, (0,), (1, 0)), "There are no steps here to move it among."),
    (STEPS, lambda t: edit.add_cue(t, (0,), {"at": "0:30"}, 3), NO_PLACE),
    (STEPS, lambda t: edit.add_cue(t, (2,), {"at": "0:30"}, 1), NO_PLACE),
    (STEPS, lambda t: edit.remove_cue(t, (0,), 2), NO_PLACE),
    (STEPS, lambda t: edit.remove_cue(t, (0,), -1), NO_PLACE),
    (STEPS, lambda t: edit.remove_cue(t, (2,), 0), "There are no cues here."),
    (STEPS, lambda t: edit.set_cue_field(t, (0,), 2, "say", "x"), NO_PLACE),
    (STEPS, lambda t: edit.move_cue(t, (0,), 0, 2), NO_PLACE),
    (STEPS, lambda t: edit.move_cue(t, (0,), 2, 0), NO_PLACE),
    (STEPS, lambda t: edit.remove_source(t, 1), NO_PLACE),
    (STEPS, lambda t: edit.set_repeat(t, (0,), 2), "This is a step, not a group."),
    ("steps:\n  - kind: a\n    repeat: 2\n", lambda t: edit.set_repeat(t, (0,), 2), "This is a step, not a group."),
    ("? steps\n: - kind: a\n  - kind: b\n", lambda t: edit.delete(t, (0,)),
     "This list begins in an unusual place. Change it in the text view."),
    # what stays
    (STEPS, lambda t: edit.move(t, (1, 0), (0,)), "One step always stays in a group. Ungroup it to free the step."),
    (
        STEPS,
        lambda t: edit.delete(t, (1, 0)),
        "A group has at least one step. Delete the group, or add another step first.",
    ),
    (
        STEPS,
        lambda t: edit.delete(t, (0,), (1,), (2,)),
        "A routine has at least one step. Change this one, or add another first.",
    ),
    (STEPS, lambda t: edit.set_source_field(t, 0, "title", None),
     "'title' is all that is written here. Delete the whole of it instead."),
    # groups
    (STEPS, lambda t: edit.make_group(t, [], 2), "Choose the steps of the group first."),
    *(
        (STEPS, lambda t, path=path: edit.make_group(t, [(0,), path], 2),
         "A group is made of steps that follow one another.")
        for path in ((1, 0), (1, 1), (2,))
    ),
    (STEPS, lambda t: edit.insert_step(t, (0,), {"steps": [FOUR]}), DEEP),
    (STEPS, lambda t: edit.insert_step(t, (1, 0), FOUR), DEEP),
    (NESTED, lambda t: edit.make_group(t, [(0,)], 2), DEEP),
    (NESTED, lambda t: edit.make_group(t, [(0, 0, 0, 0, 0)], 2), DEEP),
    (NESTED, lambda t: edit.move(t, (1,), (0, 0, 0, 0, 1)), DEEP),
    (
        "name: A\nsteps:\n  - repeat: 2\n    title: x\n    steps:\n      - kind: rest\n",
        lambda t: edit.dissolve(t, (0,)),
        "This group says more than its steps. Change it in the text view.",
    ),
    (
        "name: A\nsteps:\n  - repeat: 2\n    steps: []\n",
        lambda t: edit.dissolve(t, (0,)),
        "This group says more than its steps. Change it in the text view.",
    ),
    # forms
    ("name: A\nsteps:\n  - &a {kind: rest}\n  - *a\n", lambda t: edit.duplicate(t, (0,)), SHARED),
    ("name: A\nsteps:\n  - &a {kind: rest}\n  - *a\n", lambda t: edit.move(t, (1,), (0,)), SHARED),
    ("name: A\nsteps:\n  - &a {kind: rest}\n  - *a\n", lambda t: edit.delete(t, (0,)),
     "This part is written in a form the change does not fit. Change it in the text view."),
    ("name: &a A\nsummary: *a\n", lambda t: edit.set_field(t, (), "summary", "x"), SHARED),
    ("name: &a A\nsummary: *a\n", lambda t: edit.set_field(t, (), "name", None), SHARED),
    ("name: A\nsafety: &a [x]\n", lambda t: edit.set_field(t, (), "safety", ["y"]), SHARED),
    ("name: A\nsafety:\n  - &a x\n", lambda t: edit.set_field(t, (), "safety", ["y"]), SHARED),
    ("name: A\nsteps: &a\n  - kind: rest\n", lambda t: edit.delete(t, (0,)), SHARED),
    ("- a\n", lambda t: edit.set_field(t, (), "name", "x"),
     "This part is not written as keys and values. Change it in the text view."),
    ("name: A\nsteps:\n  - x\n", lambda t: edit.set_field(t, (0,), "say", "x"),
     "This part is not written as keys and values. Change it in the text view."),
    ("name: A\nsteps: x\n", lambda t: edit.delete(t, (0,)),
     "The steps here are not written as a list. Change it in the text view."),
    ("name: A\nname: B\nsteps: []\n", lambda t: edit.set_field(t, (), "name", "C"), TWICE.format("name")),
    ("name: A\nfor: B\nfor: C\n", lambda t: edit.set_field(t, (), "name", "C"), TWICE.format("for")),
    ("name: [A]\n", lambda t: edit.set_field(t, (), "name", "C"),
     "'name' is written as a list or as keys here. Change it in the text view."),
    ("name: A\nsafety: {a: b}\n", lambda t: edit.set_field(t, (), "safety", ["C"]),
     "'safety' is written in another form here. Change it in the text view."),
    ("name: A\nsafety: [a, {b: c}]\n", lambda t: edit.set_field(t, (), "safety", ["C"]),
     "This list holds more than plain texts. Change it in the text view."),
    ("name: A\nsafety: [a,\n  b]\n", lambda t: edit.set_field(t, (), "safety", ["C"]),
     "This list or step is written in brackets over several lines. Change it in the text view."),
    ("name: A\r\nsteps: [{kind: rest},\r\n  {kind: pump}]\r\n", lambda t: edit.duplicate(t, (0,)),
     "This list or step is written in brackets over several lines. Change it in the text view."),
    ("{name: A, # one\n for: B}\n", lambda t: edit.set_field(t, (), "for", None),
     "A comment stands in the middle of this. Change it in the text view."),
    ("name: A\nsteps:\n  - repeat: 2\n    steps: [{kind: rest}]\n  - kind: pump\n    say: x\n",
     lambda t: edit.move(t, (1,), (0, 0)), "The steps there are written in brackets. Change it in the text view."),
    ("name: A\nsteps:\n  - - kind: rest\n", lambda t: edit.set_field(t, (0, 0), "say", "x"),
     "This part is not written as keys and values. Change it in the text view."),
    *(
        ("name: A\nfor: B\nsteps:\n  - {kind: rest}\n", make, LARGE)
        for make in (
            lambda t: edit.set_field(t, (), "summary", "x" * 300_000),
            lambda t: edit.set_field(t, (), "name", "x" * 300_000),
            lambda t: edit.set_field(t, (), "summary", "\x85" * 70_000),
            lambda t: edit.set_field(t, (), "name", "\x85" * 70_000),
            lambda t: edit.set_field(t, (0,), "say", "x" * 300_000),
            lambda t: edit.insert_step(t, (0,), {"kind": "rest", "say": "x" * 300_000}),
        )
    ),
    ("name: A\n", lambda t: edit.set_field(t, (), "for", "\udfff"), "This text holds half a character; type it again."),
    ("a: [\n", lambda t: edit.set_field(t, (), "for", "x"),
     "The text cannot be read as it stands: a comma too many, or a bracket [ { that is never closed."),
]  # fmt: skip


@each_row(("text", "make", "sentence"), REFUSED)
def test_an_edit_that_cannot_be_is_declined_in_its_sentence(
    text: str, make: Callable[[str], Edits], sentence: str
) -> None:
    with pytest.raises(EditError) as refused:
        make(text)
    assert str(refused.value) == sentence


@each_row(
    ("text", "make"),
    [
        (STEPS, lambda t: edit.insert_step(t, (0,), FOUR)),
        (NESTED, lambda t: edit.insert_step(t, (0, 0, 0, 0, 0), {"kind": "rest"})),
        (NESTED, lambda t: edit.make_group(t, [(1,)], 2)),
        (NESTED, lambda t: edit.move(t, (1,), (0, 0, 0, 1))),
    ],
)
def test_groups_nest_four_deep(text: str, make: Callable[[str], Edits]) -> None:
    assert edit.apply(text, make(text)) != text


@each_row(
    "make",
    [
        lambda t: edit.move(t, (0,), (0,)),
        lambda t: edit.move(t, (1, 0), (1, 0)),
        lambda t: edit.move_cue(t, (0,), 1, 1),
        lambda t: edit.set_field(t, (0,), "kind", "rest"),
        lambda t: edit.set_field(t, (0,), "say", None),
        lambda t: edit.set_field(t, (), "safety", []),
        lambda t: edit.set_repeat(t, (1,), 2),
        lambda t: edit.set_pace(t, (0,), None),
        lambda t: edit.set_pace(t, (0,), []),
    ],
)
def test_an_edit_that_changes_nothing_is_none(make: Callable[[str], Edits]) -> None:
    assert make(STEPS) == ()


def test_two_changes_of_one_place_are_declined() -> None:
    with pytest.raises(EditError, match=r"^Two changes meet at one place\. Change it in the text view\.$"):
        edit.apply("xyz", (Edit(1, 3, "b"), Edit(0, 2, "a")))


@each_row(
    ("edits", "text"),
    [((Edit(0, 2, "a"), Edit(2, 3, "b")), "ab"), ((Edit(2, 3, "b"), Edit(0, 2, "a")), "ab"),
     ((Edit(1, 2, "b"), Edit(1, 1, "a")), "xabz")],
)  # fmt: skip
def test_changes_beside_one_another_are_made_in_the_texts_order(edits: tuple[Edit, ...], text: str) -> None:
    assert edit.apply("xyz", edits) == text


def test_a_routine_may_have_all_its_bytes_and_not_one_more() -> None:
    text = "name: A\n" + "# x\n" * 65_530
    room = 256 * 1024 - len(text)
    assert len(edit.apply(text, edit.set_field(text, (), "name", "A" * (room + 1)))) == 256 * 1024
    with pytest.raises(EditError, match="256 KiB"):
        edit.set_field(text, (), "name", "A" * (room + 2))
    with pytest.raises(EditError, match="256 KiB"):
        edit.set_field(text, (), "name", "A" * room + "é")


PLACES = [
    ((), None, {}, None),
    ((0,), None, {"cue": 1}, "at: 0:20\n        say: b"),
    ((0,), "say", {"cue": 0}, "say: a"),
    ((), "title", {"source": 0}, "title: One"),
    ((1, 0), "kind", {}, "kind: pump"),
]


@each_row(("path", "key", "among", "words"), PLACES)
def test_a_cue_a_source_and_their_keys_have_places(
    path: edit.Path, key: str | None, among: dict[str, int], words: str | None
) -> None:
    start, end = edit.place_of(STEPS, path, key, **among)
    assert STEPS[start:end] == (STEPS.removesuffix("\n") if words is None else words)


@each_row(
    ("path", "key", "among", "sentence"),
    [
        ((0,), "say", {}, "'say' is not written here."),
        ((0,), None, {"cue": 2}, NO_PLACE),
        ((2,), None, {"cue": 0}, "There are no cues here."),
        ((), None, {"source": 1}, NO_PLACE),
    ],
)
def test_a_place_that_is_not_there_is_named(
    path: edit.Path, key: str | None, among: dict[str, int], sentence: str
) -> None:
    with pytest.raises(EditError) as refused:
        edit.place_of(STEPS, path, key, **among)
    assert str(refused.value) == sentence


def test_a_part_that_is_shared_has_a_place() -> None:
    text = dedent("""\
        name: A
        steps: &all
          - &a {kind: rest}
          - *a
        """)
    start, end = edit.place_of(text, (0,), "kind")
    assert text[start:end] == "kind: rest"


def test_the_line_of_a_step_is_its_own_from_its_first_character_on() -> None:
    at = STEPS.index("  - repeat")
    found = [edit.path_at(STEPS, offset) for offset in (at - 1, at, STEPS.index("      - kind: pump"), len(STEPS) - 1)]
    assert found == [(0,), (1,), (1, 0), (2,)]
