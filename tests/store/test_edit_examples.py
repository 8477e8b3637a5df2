"""Edits before and after, as a person sees them in the file."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from guide.store.yaml import edit, sheet
from guide.store.yaml.compose import compose_or_refuse
from guide.store.yaml.edit import EditError, Edits
from guide.store.yaml.nodes import Node
from tables import each_row

PLAIN = """\
    # How we do it at the clinic
    format: 1
    name: Two rounds   # for the evening

    purposes: [promote, protect]
    get_ready:
      - Water      # a large glass
      - A towel
    steps:
      # First the hands
      - kind: massage
        side: both
        duration: 60 s    # her wish
        say: Small circles

      # Then the pump
      - kind: pump
        duration: 5-7 min
        until: milk slows
        # linger: 20 s

      - {kind: rest, duration: 1 min}  # breathe
"""

GROUPED = """\
    name: Rounds
    steps:
      - kind: pump
        duration: 2 min
      # The round
      - repeat: 2   # twice
        # both sides
        steps:
          - kind: massage
            duration: 30 s
            say: >-
              Small circles from the
              ribs inward
          # and stroke
          - {kind: stroke, duration: 20 s}
      - kind: rest
        duration: 1 min
"""

FLOW = """\
    name: Short
    steps: [{kind: pump}, {kind: rest, duration: 1 min, cues: [{at: 0:30, say: Soon}]}]
"""


def changed(text: str, make: Callable[[str], Edits]) -> str:
    text = dedent(text)
    return edit.apply(text, make(text))


def difference(before: str, after: str) -> str:
    """The lines that go with - and those that come with +, in order, the others left out."""
    import difflib

    lines = difflib.ndiff(dedent(before).splitlines(), after.splitlines())
    return "\n".join(line for line in lines if line[0] in "+-")


def table(text: str) -> str:
    return dedent(text).strip("\n")


FIELDS = [
    pytest.param(
        PLAIN,
        lambda t: edit.set_field(t, (0,), "duration", "90 s"),
        """
        -     duration: 60 s    # her wish
        +     duration: 90 s    # her wish
        """,
        id="a value changes and the comment beside it stays",
    ),
    pytest.param(
        PLAIN,
        lambda t: edit.set_field(t, (), "name", "Two rounds: short"),
        """
        - name: Two rounds   # for the evening
        + name: "Two rounds: short"   # for the evening
        """,
        id="a text with a colon is quoted",
    ),
    pytest.param(
        PLAIN,
        lambda t: edit.set_field(t, (), "name", 'The "long" one # 2'),
        """
        - name: Two rounds   # for the evening
        + name: 'The "long" one # 2'   # for the evening
        """,
        id="a text with quotes takes the other ones",
    ),
    pytest.param(
        PLAIN,
        lambda t: edit.set_field(t, (0,), "title", "Circles"),
        """
        +     title: Circles
        """,
        id="a new key goes after the one before it in the format's table",
    ),
    pytest.param(
        PLAIN,
        lambda t: edit.set_field(t, (1,), "linger", "30 s"),
        """
        +     linger: 30 s
        """,
        id="a new key goes last, under the comment that is indented like the step's keys",
    ),
    pytest.param(
        PLAIN,
        lambda t: edit.set_field(t, (2,), "say", "Breathe, and rest"),
        """
        -   - {kind: rest, duration: 1 min}  # breathe
        +   - {kind: rest, duration: 1 min, say: "Breathe, and rest"}  # breathe
        """,
        id="a step on one line stays on one line",
    ),
    pytest.param(
        PLAIN,
        lambda t: edit.set_field(t, (0,), "duration", None),
        """
        -     duration: 60 s    # her wish
        """,
        id="a key that goes takes its line along",
    ),
    pytest.param(
        PLAIN,
        lambda t: edit.set_field(t, (0,), "kind", None),
        """
        -   - kind: massage
        -     side: both
        +   - side: both
        """,
        id="the first key of a step goes and the next one takes the dash",
    ),
    pytest.param(
        PLAIN,
        lambda t: edit.set_field(t, (2,), "kind", None),
        """
        -   - {kind: rest, duration: 1 min}  # breathe
        +   - {duration: 1 min}  # breathe
        """,
        id="a key goes from a step on one line",
    ),
    pytest.param(
        PLAIN,
        lambda t: edit.set_field(t, (0,), "say", "Small circles\nfrom the ribs"),
        """
        +     say: |-
        -     say: Small circles
        +       Small circles
        +       from the ribs
        """,
        id="a text of several lines becomes a block",
    ),
    pytest.param(
        PLAIN,
        lambda t: edit.set_field(t, (), "purposes", ["promote", "treat"]),
        """
        - purposes: [promote, protect]
        + purposes: [promote, treat]
        """,
        id="a list in brackets stays in brackets",
    ),
    pytest.param(
        PLAIN,
        lambda t: edit.set_field(t, (), "purposes", ["treat", "promote", "protect"]),
        """
        - purposes: [promote, protect]
        + purposes: [treat, promote, protect]
        """,
        id="a list in brackets grows",
    ),
    pytest.param(
        PLAIN,
        lambda t: edit.set_field(t, (), "get_ready", ["Water", "Lanolin", "A towel: warm", "Music"]),
        """
        -   - A towel
        +   - Lanolin
        +   - "A towel: warm"
        +   - Music
        """,
        id="a list of lines changes where it differs",
    ),
    pytest.param(
        PLAIN,
        lambda t: edit.set_field(t, (), "safety", ["Nothing hurts"]),
        """
        + safety:
        +   - Nothing hurts
        """,
        id="a new list is written as lines",
    ),
    pytest.param(
        GROUPED,
        lambda t: edit.set_field(
            t, (1, 0), "say", "Small circles, from the ribs inward, soft and slow, " + "and on " * 4 + "on"
        ),
        """
        -           Small circles from the
        -           ribs inward
        +           Small circles, from the ribs inward, soft and
        +           slow, and on and on and on and on on
        """,
        id="a folded text is folded again",
    ),
    pytest.param(
        GROUPED,
        lambda t: edit.set_repeat(t, (1,), 3),
        """
        -   - repeat: 2   # twice
        +   - repeat: 3   # twice
        """,
        id="a group is done three times",
    ),
    pytest.param(
        GROUPED,
        lambda t: edit.set_field(t, (1,), "side", "each"),
        """
        +     side: each
        """,
        id="a group is done once a side",
    ),
    pytest.param(
        "name: A\nsteps:\n  - kind: rest\n    duration:\n",
        lambda t: edit.set_field(t, (0,), "duration", "1:30"),
        """
        -     duration:
        +     duration: 1:30
        """,
        id="an empty value is filled",
    ),
]


@each_row(("before", "make", "expected"), FIELDS)
def test_a_field_changes_in_its_own_place(before: str, make: Callable[[str], Edits], expected: str) -> None:
    assert difference(before, changed(before, make)) == table(expected)


CUES = [
    pytest.param(
        PLAIN,
        lambda t: edit.add_cue(t, (0,), {"at": "0:30", "say": "Halfway"}),
        """
        +     cues:
        +       - at: 0:30
        +         say: Halfway
        """,
        id="the first cue",
    ),
    pytest.param(
        PLAIN,
        lambda t: edit.add_cue(t, (2,), {"at": "50%", "say": "Halfway"}),
        """
        -   - {kind: rest, duration: 1 min}  # breathe
        +   - {kind: rest, duration: 1 min, cues: [{at: 50%, say: Halfway}]}  # breathe
        """,
        id="the first cue of a step on one line",
    ),
    pytest.param(
        FLOW,
        lambda t: edit.add_cue(t, (1,), {"at": "0:10", "say": "Rest"}, 0),
        """
        - steps: [{kind: pump}, {kind: rest, duration: 1 min, cues: [{at: 0:30, say: Soon}]}]
        + steps: [{kind: pump}, {kind: rest, duration: 1 min, cues: [{at: 0:10, say: Rest}, {at: 0:30, say: Soon}]}]
        """,
        id="a cue in brackets before another",
    ),
    pytest.param(
        FLOW,
        lambda t: edit.remove_cue(t, (1,), 0),
        """
        - steps: [{kind: pump}, {kind: rest, duration: 1 min, cues: [{at: 0:30, say: Soon}]}]
        + steps: [{kind: pump}, {kind: rest, duration: 1 min}]
        """,
        id="the last cue takes its key along",
    ),
    pytest.param(
        PLAIN,
        lambda t: edit.set_pace(t, (0,), ["press back", "compress", "relax"], "1 s"),
        """
        +     pace: {beats: [press back, compress, relax], every: 1 s}
        """,
        id="a pace",
    ),
    pytest.param(
        PLAIN,
        lambda t: edit.add_source(t, {"title": "A leaflet", "url": "https://example.org/a#b"}),
        """
        + sources:
        +   - title: A leaflet
        +     url: https://example.org/a#b
        """,
        id="a source",
    ),
]


@each_row(("before", "make", "expected"), CUES)
def test_a_cue_a_pace_or_a_source_comes_and_goes(before: str, make: Callable[[str], Edits], expected: str) -> None:
    assert difference(before, changed(before, make)) == table(expected)


STRUCTURE = [
    pytest.param(
        "name: A\nsteps: []\n",
        lambda t: edit.insert_step(
            t, (0,), {"duration": "5 min", "kind": "pump", "pace": {"beats": ["a"], "every": "1 s"}}
        ),
        """\
        name: A
        steps:
          - kind: pump
            duration: 5 min
            pace: {beats: [a], every: 1 s}
        """,
        id="the first step of an empty list",
    ),
    pytest.param(
        "name: A\nsteps:  # none yet\n",
        lambda t: edit.insert_step(t, (0,), {"repeat": "2", "steps": [{"kind": "rest", "duration": "wait"}]}),
        """\
        name: A
        steps:  # none yet
          - repeat: 2
            steps:
              - kind: rest
                duration: wait
        """,
        id="the first step where nothing is written",
    ),
    pytest.param(
        PLAIN,
        lambda t: edit.move(t, (0,), (1,)),
        """\
        # How we do it at the clinic
        format: 1
        name: Two rounds   # for the evening

        purposes: [promote, protect]
        get_ready:
          - Water      # a large glass
          - A towel
        steps:
          # Then the pump
          - kind: pump
            duration: 5-7 min
            until: milk slows
            # linger: 20 s

          # First the hands
          - kind: massage
            side: both
            duration: 60 s    # her wish
            say: Small circles

          - {kind: rest, duration: 1 min}  # breathe
        """,
        id="a step moves down with its comment, and one blank line stays between any two",
    ),
    pytest.param(
        GROUPED,
        lambda t: edit.move(t, (0,), (0, 1)),
        """\
        name: Rounds
        steps:
          # The round
          - repeat: 2   # twice
            # both sides
            steps:
              - kind: massage
                duration: 30 s
                say: >-
                  Small circles from the
                  ribs inward
              - kind: pump
                duration: 2 min
              # and stroke
              - {kind: stroke, duration: 20 s}
          - kind: rest
            duration: 1 min
        """,
        id="a step moves into a group",
    ),
    pytest.param(
        GROUPED,
        lambda t: edit.move(t, (1, 0), (3,)),
        """\
        name: Rounds
        steps:
          - kind: pump
            duration: 2 min
          # The round
          - repeat: 2   # twice
            # both sides
            steps:
              # and stroke
              - {kind: stroke, duration: 20 s}
          - kind: rest
            duration: 1 min
          - kind: massage
            duration: 30 s
            say: >-
              Small circles from the
              ribs inward
        """,
        id="a step moves out of a group, its folded text with it",
    ),
    pytest.param(
        GROUPED,
        lambda t: edit.dissolve(t, (1,)),
        """\
        name: Rounds
        steps:
          - kind: pump
            duration: 2 min
          # The round
          # both sides
          - kind: massage
            duration: 30 s
            say: >-
              Small circles from the
              ribs inward
          # and stroke
          - {kind: stroke, duration: 20 s}
          - kind: rest
            duration: 1 min
        """,
        id="a group is taken apart",
    ),
    pytest.param(
        GROUPED,
        lambda t: edit.make_group(t, [(1,), (2,)], 3),
        """\
        name: Rounds
        steps:
          - kind: pump
            duration: 2 min
          - repeat: 3
            steps:
              # The round
              - repeat: 2   # twice
                # both sides
                steps:
                  - kind: massage
                    duration: 30 s
                    say: >-
                      Small circles from the
                      ribs inward
                  # and stroke
                  - {kind: stroke, duration: 20 s}
              - kind: rest
                duration: 1 min
        """,
        id="a group is put around a group and a step",
    ),
    pytest.param(
        GROUPED,
        lambda t: edit.duplicate(t, (1, 1)),
        """\
        name: Rounds
        steps:
          - kind: pump
            duration: 2 min
          # The round
          - repeat: 2   # twice
            # both sides
            steps:
              - kind: massage
                duration: 30 s
                say: >-
                  Small circles from the
                  ribs inward
              # and stroke
              - {kind: stroke, duration: 20 s}
              # and stroke
              - {kind: stroke, duration: 20 s}
          - kind: rest
            duration: 1 min
        """,
        id="a step twice",
    ),
    pytest.param(
        GROUPED,
        lambda t: edit.delete(t, (1,)),
        """\
        name: Rounds
        steps:
          - kind: pump
            duration: 2 min
          - kind: rest
            duration: 1 min
        """,
        id="a group goes, with the comment above it",
    ),
    pytest.param(
        FLOW,
        lambda t: edit.make_group(t, [(0,), (1,)], 2),
        """\
        name: Short
        steps: [{repeat: 2, steps: [{kind: pump}, {kind: rest, duration: 1 min, cues: [{at: 0:30, say: Soon}]}]}]
        """,
        id="a group in brackets",
    ),
    pytest.param(
        "steps: [{kind: pump}, {repeat: 2, steps: [{kind: rest}, {kind: shake}]}, {kind: rest}]\n",
        lambda t: edit.dissolve(t, (1,)),
        "steps: [{kind: pump}, {kind: rest}, {kind: shake}, {kind: rest}]\n",
        id="a group in brackets is taken apart",
    ),
    pytest.param(
        FLOW,
        lambda t: edit.move(t, (1,), (0,)),
        """\
        name: Short
        steps: [{kind: rest, duration: 1 min, cues: [{at: 0:30, say: Soon}]}, {kind: pump}]
        """,
        id="a step in brackets moves",
    ),
    pytest.param(
        GROUPED,
        lambda t: edit.insert_step(t, (1, 2), {"duration": "1 min", "kind": "shake", "say": "Soft: now"}),
        """\
        name: Rounds
        steps:
          - kind: pump
            duration: 2 min
          # The round
          - repeat: 2   # twice
            # both sides
            steps:
              - kind: massage
                duration: 30 s
                say: >-
                  Small circles from the
                  ribs inward
              # and stroke
              - {kind: stroke, duration: 20 s}
              - {kind: shake, duration: 1 min, say: "Soft: now"}
          - kind: rest
            duration: 1 min
        """,
        id="a new step is written like the one it follows",
    ),
]


@each_row(("before", "make", "expected"), STRUCTURE)
def test_steps_move_with_their_lines(before: str, make: Callable[[str], Edits], expected: str) -> None:
    assert changed(before, make) == dedent(expected)


REFUSALS = [
    pytest.param(
        "name: A\nsteps:\n  - &one {kind: rest, duration: 1 min}\n  - *one\n",
        lambda t: edit.set_field(t, (1,), "duration", "2 min"),
        "shared",
        id="an alias",
    ),
    pytest.param(
        "name: A\nsteps:\n  - &one {kind: rest, duration: 1 min}\n  - *one\n",
        lambda t: edit.set_field(t, (0,), "duration", "2 min"),
        "shared",
        id="an anchor",
    ),
    pytest.param(
        "name: A\nsteps: [\n  {kind: rest, duration: 1 min},\n  {kind: pump, duration: 1 min}]\n",
        lambda t: edit.delete(t, (0,)),
        "brackets over several lines",
        id="brackets over several lines",
    ),
    pytest.param("name: [A\n", lambda t: edit.set_field(t, (), "name", "B"), "cannot be read", id="not YAML"),
    pytest.param(
        "name: A\nsteps:\n  - kind: rest\n    kind: pump\n",
        lambda t: edit.set_field(t, (0,), "kind", "pump"),
        "written twice",
        id="a key written twice",
    ),
    pytest.param(PLAIN, lambda t: edit.delete(t, (7,)), "no such place", id="no such step"),
    pytest.param(
        "name: A\nsteps:\n  - kind: rest\n", lambda t: edit.delete(t, (0,)), "at least one step", id="the only step"
    ),
    pytest.param(PLAIN, lambda t: edit.dissolve(t, (0,)), "not a group", id="a step is no group"),
    pytest.param(PLAIN, lambda t: edit.make_group(t, [(0,), (2,)], 2), "follow one another", id="steps apart"),
    pytest.param(
        "name: A\nsteps:\n  - kind: rest\n    say: [a, b]\n",
        lambda t: edit.set_field(t, (0,), "say", "c"),
        "list",
        id="a list where a text belongs",
    ),
]


@each_row(("before", "make", "words"), REFUSALS)
def test_what_cannot_keep_its_form_is_refused_in_a_sentence(
    before: str, make: Callable[[str], Edits], words: str
) -> None:
    with pytest.raises(EditError, match=words) as refused:
        changed(before, make)
    assert str(refused.value).endswith(".")


def test_a_file_keeps_its_line_ends_and_its_missing_last_one() -> None:
    text = dedent(GROUPED).replace("\n", "\r\n").removesuffix("\r\n")
    longer = edit.apply(text, edit.insert_step(text, (3,), {"kind": "rest", "duration": "5 min"}))
    assert longer == text + "\r\n  - kind: rest\r\n    duration: 5 min"
    moved = edit.apply(longer, edit.move(longer, (3,), (1, 0)))
    assert moved.count("\n") == moved.count("\r\n") == longer.count("\r\n")
    assert not moved.endswith("\n")
    assert edit.apply(longer, edit.delete(longer, (3,))) == text


def test_a_byte_order_mark_stays_where_it_is() -> None:
    text = "\ufeffname: A\nsteps:\n  - kind: rest\n    duration: 1 min\n"
    assert edit.apply(text, edit.set_field(text, (), "format", "1")) == text.replace("name", "format: 1\nname")
    assert edit.place_of(text, (), "name") == (1, 8)


def test_an_edit_is_one_small_cut() -> None:
    text = dedent(PLAIN)
    at = text.index("60 s")
    assert edit.set_field(text, (0,), "duration", "65 s") == (edit.Edit(at + 1, at + 2, "5"),)
    assert edit.set_field(text, (0,), "duration", "60 s") == ()


def test_a_part_and_its_keys_have_places() -> None:
    text = dedent(GROUPED)

    def seen(path: edit.Path, key: str | None = None) -> str:
        start, end = edit.place_of(text, path, key)
        return text[start:end]

    assert seen((0,)) == "kind: pump\n    duration: 2 min"
    assert seen((1, 1), "duration") == "duration: 20 s"
    assert seen((1, 0), "say") == "say: >-\n          Small circles from the\n          ribs inward"
    assert edit.path_at(text, text.index("ribs")) == (1, 0)
    assert edit.path_at(text, text.index("20 s")) == (1, 1)
    assert edit.path_at(text, text.index("repeat")) == (1,)
    assert edit.path_at(text, text.index("Rounds")) == ()
    assert edit.path_at(text, text.index("rest")) == (2,)


def test_a_text_with_half_a_character_is_refused() -> None:
    text = dedent(PLAIN)
    with pytest.raises(EditError, match="half a character"):
        edit.set_field(text, (0,), "title", "\ud83d")
    with pytest.raises(EditError, match="half a character"):
        edit.add_cue(text, (0,), {"at": "0:30", "say": "\ud83d"})


def test_an_edit_of_a_long_file_reads_again_only_the_steps_it_touches(monkeypatch: pytest.MonkeyPatch) -> None:
    step = "  - kind: massage  # soft\n    duration: 60 s\n    say: Small circles\n"
    text = "name: Long\nsteps:\n" + "".join(step.replace("60", str(60 + i)) for i in range(1_000))
    edit.path_at(text, 0)
    read: list[int] = []

    def watched(region: str) -> Node:
        read.append(len(region))
        return compose_or_refuse(region)

    monkeypatch.setattr(sheet, "compose_or_refuse", watched)
    deeds: tuple[Callable[[str], Edits], ...] = (
        lambda t: edit.set_field(t, (500,), "duration", "2 min"),
        lambda t: edit.set_field(t, (), "name", "Longer"),
        lambda t: edit.add_cue(t, (499,), {"at": "0:10", "say": "Soon"}),
        lambda t: edit.move(t, (3,), (990,)),
        lambda t: edit.delete(t, (0,)),
        lambda t: edit.insert_step(t, (0,), {"kind": "rest", "duration": "1 min"}),
        lambda t: edit.make_group(t, [(7,), (8,)], 2),
        lambda t: edit.insert_step(t, (998,), {"kind": "rest", "duration": "1 min"}),
    )
    for make in deeds:
        before = text
        text = edit.apply(text, make(text))
        assert text != before
    assert max(read) < 10 * len(step)

    read.clear()
    assert edit.move(text, (5,), (6,))  # two that stand as they stood
    assert read == []


@each_row(
    ("value", "written"),
    [
        ("no", "no"),
        ("1:30", "1:30"),
        ("012", "012"),
        ("", '""'),
        ("~", '"~"'),
        ("- a", '"- a"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("#b", '"#b"'),
        ("*a", '"*a"'),
        ("it's", "it's"),
        ("'a", '"\'a"'),
        (" a ", '" a "'),
        ("a\tb", "a\tb"),
        ("a\t", '"a\\t"'),
        ("50%", "50%"),
        ("%a", '"%a"'),
        ("@a", '"@a"'),
        ("{side} now", '"{side} now"'),
        ("now {side}", "now {side}"),
        ("\u00e9 \u2603 \U0001f600", "\u00e9 \u2603 \U0001f600"),
        ("a\u2028b", '"a\\u2028b"'),
        ("a\\b", "a\\b"),
        ("\\: b", "'\\: b'"),
    ],
)
def test_a_text_is_quoted_only_where_it_would_read_otherwise(value: str, written: str) -> None:
    text = "name: A\nsteps:\n  - kind: rest\n    say: x  # c\n"
    assert edit.apply(text, edit.set_field(text, (0,), "say", value)) == text.replace("say: x", f"say: {written}")
