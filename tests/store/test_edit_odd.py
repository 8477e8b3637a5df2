"""Edits of forms that are written seldom: brackets among lines, lists of nothing, texts that keep their blank lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guide.store.yaml import edit
from guide.store.yaml.edit import EditError, Edits
from tables import each_row

GROUP_IN_BRACKETS = """\
name: A
steps:
  - repeat: 2
    steps: [{kind: pump}, {kind: rest}]  # in brackets
  # above
  - kind: shake
  - {kind: rest}
"""
ODD = [
    pytest.param(
        "steps: [{kind: a}, {kind: b}, {kind: c}, {kind: d}]\n",
        lambda t: edit.delete(t, (0,), (1,), (3,)),
        "steps: [{kind: c}]\n",
        id="several steps go from brackets, the first among them",
    ),
    pytest.param(
        "steps: [{kind: a}, {kind: b}, {kind: c}, {kind: d}]\n",
        lambda t: edit.delete(t, (1,), (3,)),
        "steps: [{kind: a}, {kind: c}]\n",
        id="several steps go from brackets",
    ),
    pytest.param(
        GROUP_IN_BRACKETS,
        lambda t: edit.move(t, (0, 0), (1,)),
        """\
name: A
steps:
  - repeat: 2
    steps: [{kind: rest}]  # in brackets
  - {kind: pump}
  # above
  - kind: shake
  - {kind: rest}
""",
        id="a step moves out of brackets onto a line",
    ),
    pytest.param(
        GROUP_IN_BRACKETS,
        lambda t: edit.move(t, (2,), (0, 1)),
        """\
name: A
steps:
  - repeat: 2
    steps: [{kind: pump}, {kind: rest}, {kind: rest}]  # in brackets
  # above
  - kind: shake
""",
        id="a step of one line moves into brackets",
    ),
    pytest.param(
        GROUP_IN_BRACKETS,
        lambda t: edit.move(t, (2,), (0, 0)),
        """\
name: A
steps:
  - repeat: 2
    steps: [{kind: rest}, {kind: pump}, {kind: rest}]  # in brackets
  # above
  - kind: shake
""",
        id="a step of one line moves to the front of brackets",
    ),
    pytest.param(
        GROUP_IN_BRACKETS,
        lambda t: edit.dissolve(t, (0,)),
        """\
name: A
steps:
  - {kind: pump}
  - {kind: rest}
  # above
  - kind: shake
  - {kind: rest}
""",
        id="a group whose steps stand in brackets is taken apart",
    ),
    pytest.param(
        "steps: [{steps: []}, {kind: a}]\n",
        lambda t: edit.move(t, (1,), (0, 0)),
        "steps: [{steps: [{kind: a}]}]\n",
        id="a step moves into empty brackets",
    ),
    pytest.param(
        "steps: [{say: x}]\n",
        lambda t: edit.set_field(t, (0,), "kind", "rest"),
        "steps: [{kind: rest, say: x}]\n",
        id="a key goes before all others in brackets",
    ),
    pytest.param(
        "steps:\n  - say: x\n",
        lambda t: edit.set_field(t, (0,), "kind", "rest"),
        """\
steps:
  - kind: rest
    say: x
""",
        id="a key goes before all others and takes the dash",
    ),
    pytest.param(
        "steps: [{}, {kind: a}]\n",
        lambda t: edit.set_field(t, (0,), "kind", "rest"),
        "steps: [{kind: rest}, {kind: a}]\n",
        id="a step of no keys gets its first",
    ),
    pytest.param(
        "steps: [{kind: a, pace: }]\n",
        lambda t: edit.set_pace(t, (0,), ["a", "b"], "1 s"),
        "steps: [{kind: a, pace: {beats: [a, b], every: 1 s}}]\n",
        id="a pace with nothing after it is filled in brackets",
    ),
    pytest.param(
        """\
steps:
  - kind: a
    pace:
""",
        lambda t: edit.set_pace(t, (0,), ["a", "b"], "1 s"),
        """\
steps:
  - kind: a
    pace: {beats: [a, b], every: 1 s}
""",
        id="a pace with nothing after it is filled",
    ),
    pytest.param(
        "steps: [{kind: a, cues: }]\n",
        lambda t: edit.add_cue(t, (0,), {"at": "1 s", "say": "x"}),
        "steps: [{kind: a, cues: [{at: 1 s, say: x}]}]\n",
        id="cues with nothing after them are filled in brackets",
    ),
    pytest.param(
        """\
name: A
safety: []  # none
steps: [{kind: a}]
""",
        lambda t: edit.set_field(t, (), "safety", ["x", "y"]),
        """\
name: A
safety: [x, y]  # none
steps: [{kind: a}]
""",
        id="an empty list in brackets is filled there",
    ),
    pytest.param(
        """\
steps:
  - kind: a
    cues: []  # none
    say: b
""",
        lambda t: edit.add_cue(t, (0,), {"at": "1 s", "say": "x"}),
        """\
steps:
  - kind: a
    cues:   # none
      - at: 1 s
        say: x
    say: b
""",
        id="cues of an empty list become lines",
    ),
    pytest.param(
        """\
steps:
  - kind: a
    # about say
    say: b
""",
        lambda t: edit.set_field(t, (0,), "kind", None),
        """\
steps:
  -
    # about say
    say: b
""",
        id="a comment under the first key stays as that goes",
    ),
    pytest.param(
        "steps:\n  - \n    kind: a\n  - kind: b\n",
        lambda t: edit.duplicate(t, (0,)),
        "steps:\n  - \n    kind: a\n  - \n    kind: a\n  - kind: b\n",
        id="a step that begins under its dash is written twice",
    ),
    pytest.param(
        'steps:\n  - repeat: 2\n    steps:\n      - kind: a\n        say: "x\u2028 y"\n      - kind: c\n  - kind: b\n',
        lambda t: edit.move(t, (0, 0), (1,)),
        'steps:\n  - repeat: 2\n    steps:\n      - kind: c\n  - kind: a\n    say: "x\u2028 y"\n  - kind: b\n',
        id="a step with a line end that only YAML knows moves",
    ),
    pytest.param(
        """\
safety: [a, b]
name: X
steps: [{kind: a}]
""",
        lambda t: edit.set_field(t, (), "safety", ["b"]),
        """\
safety: [b]
name: X
steps: [{kind: a}]
""",
        id="the first of a list in brackets goes",
    ),
    pytest.param(
        """\
safety: [ a, b ]
name: X
steps: [{kind: a}]
""",
        lambda t: edit.set_field(t, (), "safety", ["b", "c d: e"]),
        """\
safety: [ b, "c d: e" ]
name: X
steps: [{kind: a}]
""",
        id="a list in brackets keeps the room within them",
    ),
    pytest.param(
        """\
? name
: A
steps: [{kind: a}]
""",
        lambda t: edit.set_field(t, (), "name", "B"),
        """\
? name
: B
steps: [{kind: a}]
""",
        id="a key written with a question mark",
    ),
    pytest.param(
        """\
steps:
  - kind: a
    say: |+
      x

  - kind: b
""",
        lambda t: edit.set_field(t, (0,), "show", "z"),
        """\
steps:
  - kind: a
    say: |+
      x

    show: z
  - kind: b
""",
        id="a key comes after a text that keeps its blank lines",
    ),
    pytest.param(
        "steps:\n  - kind: a\n    say: |\n      x\n        \n\n  - kind: b\n",
        lambda t: edit.set_field(t, (0,), "show", "z"),
        "steps:\n  - kind: a\n    say: |\n      x\n        \n    show: z\n\n  - kind: b\n",
        id="a key comes after a text that ends in a line of blanks",
    ),
    pytest.param(
        "steps: [{kind: a, cues: [{say: b}]}]\n",
        lambda t: edit.set_cue_field(t, (0,), 0, "at", "1 s"),
        "steps: [{kind: a, cues: [{at: 1 s, say: b}]}]\n",
        id="a cue in brackets gets a moment",
    ),
    pytest.param(
        """\
name: A
sources:
- {title: x}
steps: [{kind: a}]
""",
        lambda t: edit.add_source(t, {"url": "u", "title": "t"}, 0),
        """\
name: A
sources:
- {title: t, url: u}
- {title: x}
steps: [{kind: a}]
""",
        id="a source is written like the one it stands before",
    ),
    pytest.param(
        """\
steps:
  - kind: a
    say: "one two
      three four"
""",
        lambda t: edit.set_field(t, (0,), "say", "w " * 50 + "w"),
        """\
steps:
  - kind: a
    say: "w w w w w w w w w w w w w w w w w w w w w w w w w w w
      w w w w w w w w w w w w w w w w w w w w w w w w"
""",
        id="a quoted text over lines is folded again",
    ),
    pytest.param(
        "steps:\n  - kind: a\n    say: |-\n      b",
        lambda t: edit.set_field(t, (0,), "say", "c\nd"),
        "steps:\n  - kind: a\n    say: |-\n      c\n      d",
        id="a block text at the end of a file without a line end",
    ),
    pytest.param(
        "steps:\n  - kind: a\n    say: |\n      b",
        lambda t: edit.set_field(t, (0,), "say", "c\nd\n"),
        'steps:\n  - kind: a\n    say: "c\\nd\\n"',
        id="a text that ends its line at the end of a file without one",
    ),
    pytest.param(
        """\
steps:
  - kind: a
    say: |2-
        b
    show: c
""",
        lambda t: edit.set_field(t, (0,), "say", "  c\nd"),
        """\
steps:
  - kind: a
    say: |2-
        c
      d
    show: c
""",
        id="a block text that says how deep it stands",
    ),
    pytest.param(
        """\
steps:
  - kind: a
    say: b
      # deep
    show: c
""",
        lambda t: edit.set_field(t, (0,), "say", "c\nd"),
        'steps:\n  - kind: a\n    say: "c\\nd"\n      # deep\n    show: c\n',
        id="a text over a comment that stands deeper",
    ),
    pytest.param(
        """\
steps:
  - kind: a
    say: b
      # deep
    show: c
""",
        lambda t: edit.set_field(t, (0,), "say", None),
        """\
steps:
  - kind: a
      # deep
    show: c
""",
        id="a comment that stands deeper than its key stays",
    ),
]


ODD += [
    pytest.param(
        "steps:\n  [{kind: a}, {kind: b}]\n",
        lambda t: edit.delete(t, (0,)),
        "steps:\n  [{kind: b}]\n",
        id="brackets on the line under their key",
    ),
    pytest.param(
        "steps:\n  - kind: a\n\n  # of its own\n\n  - kind: b\n  - kind: c\n",
        lambda t: edit.delete(t, (1,)),
        "steps:\n  - kind: a\n\n  # of its own\n\n  - kind: c\n",
        id="a comment with a blank line under it stays as the step goes",
    ),
    pytest.param(
        "steps:\n  - steps:\n      - kind: a\n",
        lambda t: edit.set_repeat(t, (0,), 2),
        "steps:\n  - repeat: 2\n    steps:\n      - kind: a\n",
        id="a group that is done once is done twice",
    ),
]


@each_row(("before", "make", "after"), ODD)
def test_a_form_that_is_seldom_written_is_kept(before: str, make: Callable[[str], Edits], after: str) -> None:
    assert edit.apply(before, make(before)) == after


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("steps:\n  - kind: a\n    [x, y]: z\n", "A key here is more than one word. Change it in the text view."),
        ("steps:\n  - - kind: a\n    - kind: b\n",
         "This part is not written as keys and values. Change it in the text view."),
    ],
)  # fmt: skip
def test_a_form_that_no_edit_fits_is_declined(text: str, sentence: str) -> None:
    with pytest.raises(EditError) as refused:
        edit.set_field(text, (0,), "say", "x")
    assert str(refused.value) == sentence


THREE = """\
steps:
  - kind: a

  - kind: b

  # third
  - kind: c
"""
ENDING = """\
steps:
  - kind: a
  - repeat: 2
    steps:
      - kind: b
      - kind: c
      # one
      # two
"""
FREED = """\
steps:
  - kind: a
  - kind: b
  - kind: c
  # one
  # two
"""


@pytest.mark.parametrize("nl", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("ended", [True, False], ids=["", "no line end at the end"])
@pytest.mark.parametrize(
    ("before", "make", "after"),
    [
        pytest.param(
            THREE, lambda t: edit.delete(t, (0,), (1,)), "steps:\n  # third\n  - kind: c\n", id="the first two go"
        ),
        pytest.param(THREE, lambda t: edit.delete(t, (0,), (2,)), "steps:\n  - kind: b\n", id="those around one"),
        pytest.param(THREE, lambda t: edit.delete(t, (1,), (2,)), "steps:\n  - kind: a\n", id="the last two"),
        pytest.param(THREE, lambda t: edit.delete(t, (2,)), "steps:\n  - kind: a\n\n  - kind: b\n", id="the last one"),
        pytest.param(
            ENDING,
            lambda t: edit.delete(t, (0,), (1, 0)),
            ENDING.replace("  - kind: a\n", "", 1).replace("      - kind: b\n", ""),
            id="one and one of a group",
        ),
        pytest.param(
            THREE, lambda t: edit.duplicate(t, (2,)), f"{THREE}\n  # third\n  - kind: c\n", id="the last one twice"
        ),
        pytest.param(ENDING, lambda t: edit.dissolve(t, (1,)), FREED, id="a group taken apart"),
    ],
)
def test_what_goes_at_the_end_of_a_file_leaves_its_end_as_it_was(
    before: str,
    make: Callable[[str], Edits],
    after: str,
    ended: bool,
    nl: str,
) -> None:
    before, after = (text.removesuffix("" if ended else "\n").replace("\n", nl) for text in (before, after))
    assert edit.apply(before, make(before)) == after


LISTED = """\
name: A
get_ready:
  - Water  # cold
  # soft
  - A towel
  - Music
safety: [a, b ]
"""


@each_row(
    ("key", "values", "lines"),
    [
        ("get_ready", ["1", "2", "3"], ["  - 1  # cold", "  # soft", "  - 2", "  - 3"]),
        ("get_ready", ["1", "2", "3", "4", "5"], ["  - 1  # cold", "  # soft", "  - 2", "  - 3", "  - 4", "  - 5"]),
        ("get_ready", ["Music", "Water"], ["  - Music", "  - Water  # cold"]),
        ("get_ready", ["1", "A towel", "2", "3"], ["  - 1  # cold", "  # soft", "  - A towel", "  - 2", "  - 3"]),
        ("get_ready", ["A towel"], ["  # soft", "  - A towel"]),
        ("get_ready", ["Water"], ["  - Water  # cold"]),
        ("safety", ["b", "c", "d"], ["safety: [b, c, d]"]),
        ("safety", ["c", "d"], ["safety: [c, d ]"]),
    ],
)
def test_a_list_changes_where_it_differs(key: str, values: list[str], lines: list[str]) -> None:
    first = LISTED.index("  - Water" if key == "get_ready" else "safety")
    last = LISTED.index("safety") if key == "get_ready" else len(LISTED)

    written = edit.apply(LISTED, edit.set_field(LISTED, (), key, values))

    assert written == LISTED[:first] + "\n".join([*lines, ""]) + LISTED[last:]
