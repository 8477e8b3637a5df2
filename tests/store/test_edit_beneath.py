"""What edits are made of, by tables: forms of which an edit tells nothing, at their borders."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guide.store.yaml import edit
from guide.store.yaml.edit import EditError, Edits
from guide.store.yaml.sheet import _sheets, read_sheet
from tables import each_row

SHARED = "This part is shared with another one (by '&' and '*'). Change it in the text view."
HALF = "This text holds half a character; type it again."
NESTED = "steps:\n  - kind: a\n  - repeat: 2\n    steps:\n      - repeat: 2\n        steps:\n          - kind: b\n"
BESIDE = "steps:\n  - steps:\n    - kind: a\n    - kind: b\n  - steps:\n     - kind: c\n     - kind: d\n"
NOTHING = "steps:\n  - steps: []\n" + "".join(f"{'    ' * n}  - repeat: 2\n{'    ' * n}    steps:\n" for n in range(3))
NOTHING += " " * 14 + "- kind: b\n"


@each_row(
    ("text", "make", "sentence"),
    [
        ("steps:\n  - kind: a\n    pace: &p {beats: [a]}\n", lambda t: edit.set_pace(t, (0,), ["b"]), SHARED),
        ("steps:\n  - kind: a\n    cues:\n      - &c {say: b}\n",
         lambda t: edit.set_cue_field(t, (0,), 0, "say", "x"), SHARED),
        ("name: A\nsteps:\n  - &a {kind: rest}\n", lambda t: edit.duplicate(t, (0,)), SHARED),
        ("name: A\rsteps: [{kind: rest},\r  {kind: pump}]\r", lambda t: edit.duplicate(t, (0,)),
         "This list or step is written in brackets over several lines. Change it in the text view."),
        ("name: A\nfor: B\nsummary: C\nsummary: D\n", lambda t: edit.set_field(t, (), "name", "E"),
         "The key 'summary' is written twice here. Keep one of them in the text view."),
        ("get_ready:\n  - a\n  - b\n  - &c c\n",
         lambda t: edit.set_field(t, (), "get_ready", ["a", "x", "y"]), SHARED),
        ("name: A\n? for\n: B\n", lambda t: edit.set_field(t, (), "for", None),
         "This part is written in a form the change does not fit. Change it in the text view."),
        ("name: A\n", lambda t: edit.set_field(t, (), "for", "\ud800"), HALF),
        ("name: A\n", lambda t: edit.set_field(t, (), "for", "a\udfff"), HALF),
    ],
)  # fmt: skip
def test_an_edit_that_cannot_be_made_there_is_declined(text: str, make: Callable[[str], Edits], sentence: str) -> None:
    with pytest.raises(EditError) as refused:
        make(text)
    assert str(refused.value) == sentence


@each_row(
    ("text", "make", "written"),
    [
        pytest.param(
            NESTED,
            lambda t: edit.move(t, (0,), (0, 0, 1)),
            NESTED.replace("  - kind: a\n", "") + "          - kind: a\n",
            id="into a group of a group that follows",
        ),
        pytest.param(
            BESIDE,
            lambda t: edit.move(t, (0, 0), (1, 2)),
            BESIDE.replace("    - kind: a\n", "") + "     - kind: a\n",
            id="one column to the right",
        ),
        pytest.param(
            BESIDE,
            lambda t: edit.move(t, (1, 0), (0, 0)),
            BESIDE.replace("     - kind: c\n", "").replace("    - kind: a\n", "    - kind: c\n    - kind: a\n"),
            id="one column to the left",
        ),
        pytest.param(
            NOTHING,
            lambda t: edit.move(t, (0,), (0, 0, 0, 1)),
            NOTHING.replace("  - steps: []\n", "") + "              - steps: []\n",
            id="a group of no steps, which is one group deep, as deep as groups nest",
        ),
    ],
)
def test_a_step_moves_there(text: str, make: Callable[[str], Edits], written: str) -> None:
    assert edit.apply(text, make(text)) == written


def test_a_routine_that_is_anchored_has_its_places() -> None:
    text = "--- &all\nname: A\n"
    assert edit.place_of(text, (), "name") == (9, 16)


@pytest.mark.parametrize("nl", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    ("text", "key", "value", "written"),
    [
        ("name: A\nfor: B\n", "summary", "s", "name: A\nfor: B\nsummary: s\n"),
        ("name: A\nwhen_sore: ok\n", "for", "b", "name: A\nfor: b\nwhen_sore: ok\n"),
        ("\nname: A\n", "for", "b", "\nname: A\nfor: b\n"),
        ("name: A\nfor: B\nwhen_sore: ok\n", "for", None, "name: A\nwhen_sore: ok\n"),
    ],
)
def test_a_key_is_written_between_lines_that_end_in_any_way(
    text: str, key: str, value: str | None, written: str, nl: str
) -> None:
    text, written = text.replace("\n", nl), written.replace("\n", nl)
    assert edit.apply(text, edit.set_field(text, (), key, value)) == written


def test_a_key_that_is_not_there_is_taken_away_beside_one_that_is_written() -> None:
    text = "name: A\nsteps:\n  - kind: a\n"
    assert edit.apply(text, edit.set_fields(text, (0,), {"say": "b", "show": None})) == f"{text}    say: b\n"


@pytest.mark.parametrize("nl", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("key", ["kind", "say"])
def test_a_key_in_brackets_is_not_taken_out_over_a_comment(key: str, nl: str) -> None:
    text = f"steps:{nl}  - {{kind: rest,  # why{nl}     say: x,{nl}     title: y}}{nl}"
    with pytest.raises(EditError) as refused:
        edit.set_field(text, (0,), key, None)
    assert str(refused.value).startswith("A comment stands in the middle of this.")


LISTED = "sources:\n- title: a\n\n- title: b\n- title: c\n"


@each_row(
    ("number", "written"),
    [
        (0, "sources:\n- title: b\n- title: c\n"),
        (1, "sources:\n- title: a\n- title: c\n"),
        (2, "sources:\n- title: a\n\n- title: b\n"),
    ],
)
def test_an_entry_goes_with_the_blank_line_above_it_or_below_the_first(number: int, written: str) -> None:
    assert edit.apply(LISTED, edit.remove_source(LISTED, number)) == written


def test_what_is_shared_is_held_with_its_mark() -> None:
    sheet = read_sheet("name: &a A\nfor: *a\n")
    assert sheet.data(()) == {"name": ("&", "a", "A"), "for": ("*", "a")}


def test_the_steps_not_asked_for_stand_for_themselves() -> None:
    sheet = read_sheet("steps:\n  - kind: a\n  - kind: b\n")
    assert sheet.data([1]) == {"steps": [sheet.chunks[0], {"kind": "b"}]}


def test_steps_that_begin_behind_a_colon_are_not_read_one_by_one() -> None:
    assert read_sheet("? steps\n: - kind: a\n  - kind: b\nfor: B\n").steps is None


THREE = "steps:\n  - kind: a\n\n  - kind: b\n  - kind: c\n"


@each_row(
    ("index", "written"),
    [
        (0, "steps:\n  - kind: x\n\n  - kind: a\n\n  - kind: b\n  - kind: c\n"),
        (1, "steps:\n  - kind: a\n\n  - kind: x\n\n  - kind: b\n  - kind: c\n"),
        (2, "steps:\n  - kind: a\n\n  - kind: b\n  - kind: x\n  - kind: c\n"),
        (3, "steps:\n  - kind: a\n\n  - kind: b\n  - kind: c\n  - kind: x\n"),
    ],
)
def test_a_new_step_is_parted_as_those_beside_it_are(index: int, written: str) -> None:
    assert edit.apply(THREE, edit.insert_step(THREE, (index,), {"kind": "x"})) == written


@each_row(
    ("text", "make", "written"),
    [
        (THREE, lambda t: edit.make_group(t, [(0,), (1,)], 2),
         "steps:\n  - repeat: 2\n    steps:\n      - kind: a\n\n      - kind: b\n  - kind: c\n"),
        ("steps:\n  - repeat: 2\n    # one\n    # two\n    steps:\n      - kind: a\n\n      - kind: b\n",
         lambda t: edit.dissolve(t, (0,)), "steps:\n  # one\n  # two\n  - kind: a\n\n  - kind: b\n"),
        ("steps:\n  - kind: a\n      # deep\n  - kind: b\n  - kind: c\n", lambda t: edit.delete(t, (1,)),
         "steps:\n  - kind: a\n      # deep\n  - kind: c\n"),
        ("steps:\n -\n#-\n   kind: a\n - kind: b\n", lambda t: edit.delete(t, (0,)), "steps:\n - kind: b\n"),
        ("name: A\nsteps: []\n", lambda t: edit.set_field(t, (), "unknown", "x"), "name: A\nsteps: []\nunknown: x\n"),
        ("{name: A,\n for: B}\n", lambda t: edit.set_field(t, (), "for", None), "{name: A}\n"),
        ("{name: A, for: '#'}\n", lambda t: edit.set_field(t, (), "for", None), "{name: A}\n"),
    ],
)  # fmt: skip
def test_what_stands_between_lines_stays(text: str, make: Callable[[str], Edits], written: str) -> None:
    assert edit.apply(text, make(text)) == written


@each_row(
    ("listed", "values", "written"),
    [
        ("\n  - one\n    two\n  - y", ["one two", "z"], "\n  - one\n    two\n  - z"),
        ("\n  - a", ["b\nc"], "\n  - |-\n    b\n    c"),
        ("\n  - a\n\n  - b\n\n  - c", ["c"], "\n\n  - c"),
        (" ['a', b]", ["a", "b", "c"], " ['a', b, c]"),
        (" [a, 'b']", ["a", "c"], " [a, 'c']"),
        (" [a, b, c]", ["a", "x", "y"], " [a, x, y]"),
        (" ['one\n  two', b]", ["one two", "c"], " ['one\n  two', c]"),
    ],
)
def test_a_list_keeps_the_form_of_what_stays(listed: str, values: list[str], written: str) -> None:
    text = f"get_ready:{listed}\n"
    assert edit.apply(text, edit.set_field(text, (), "get_ready", values)) == f"get_ready:{written}\n"


@each_row(
    ("said", "under"),
    [
        ("| # 1+1\n      x\n", "\n"),
        ("|\n", "\n"),
        ("|\n      x\n", "      \n\n"),
    ],
)
def test_a_key_comes_right_after_what_a_block_says(said: str, under: str) -> None:
    text = f"steps:\n  - kind: a\n    say: {said}{under}  - kind: b\n"
    written = f"steps:\n  - kind: a\n    say: {said}    show: z\n{under}  - kind: b\n"
    assert edit.apply(text, edit.set_field(text, (0,), "show", "z")) == written


def test_the_first_step_is_found_after_what_stands_above_it_has_changed() -> None:
    kept = "name: A\nsteps:\n  # one\n  - kind: a\n  - kind: b\n  - kind: c\n"
    changes: list[Callable[[str], Edits]] = [
        lambda t: edit.set_field(t, (), "name", "A longer name"),
        lambda t: edit.delete(t, (0,)),
        lambda t: edit.duplicate(t, (0,)),
        lambda t: edit.move(t, (0,), (1,)),
    ]
    for make in changes:
        edits = make(kept)
        _sheets.clear()
        assert make(kept) == edits
        kept = edit.apply(kept, edits)
