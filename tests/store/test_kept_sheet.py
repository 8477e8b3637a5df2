"""A reading kept from edit to edit, or from key to key, only the steps touched read again: it is that of the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from textwrap import dedent
from typing import Any

import pytest
from test_edit_examples import CUES, FIELDS, STRUCTURE

from guide.store.yaml import edit, sheet
from guide.store.yaml.commit import commit, follow
from guide.store.yaml.compose import MOST_DEPTH
from guide.store.yaml.edit import Edit, EditError, Edits
from guide.store.yaml.sheet import EditableText, Part, data_of, end_of, kept_sheet, open_sheet, read_sheet
from tables import each_row

TEXT = """\
# Mine
name: A
steps:
  # one
  - kind: rest
    say: |
      a

  - {kind: pump}
  - repeat: 2
    steps:
      - kind: rest  # b
evidence: None
"""
TEXTS = {
    "as it is": TEXT,
    "after a byte order mark, its lines as on Windows": "\ufeff" + TEXT.replace("\n", "\r\n"),
    "its dashes at the margin": TEXT.replace("\n  ", "\n"),
    "ending without a line end": TEXT[: TEXT.index("\nevidence")],
}


def parts_of(part: Part) -> Iterator[Any]:
    begins = part.sheet.dashes(part) if part.is_list and not part.flow else part.start
    yield begins, end_of(part), part.text, part.style, part.flow
    inner = chain(*part.entries()) if part.is_map else part.items()
    for one in inner:
        yield from parts_of(one)


def seen(read: EditableText) -> Any:
    """All that can be asked of a sheet; the sentence where a key in it is none."""
    try:
        data = read.data(range(len(read.chunks)))
    except EditError as refused:
        data = str(refused)
    steps = "".join(chunk.text for chunk in read.chunks)
    first, last = read.starts[0], read.starts[-1]
    assert steps == read.text[first:last]
    return read.text, first, last, read.steps_column, read.nl, data, list(parts_of(read.part))


def typed(text: str, at: int, number: int) -> str:
    nl = "\r\n" if "\r\n" in text else "\n"
    line = text.find(nl, at) + len(nl)
    put = ["x", " ", nl, "-", "#", ":", f"---{nl}", f"  - a: b{nl}", "&a ", "*a", "[", '"', "\t"]
    gone = [at + 1, at + 3, line]
    return text[:at] + put[number] + text[at:] if number < len(put) else text[:at] + text[gone[number - len(put)] :]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_sheet_that_follows_typing_is_the_one_read_anew(text: str) -> None:
    before = read_sheet(text)
    followed = 0
    for at in range(len(text)):
        after = typed(text, at, at * 7 % 16)
        if after == text:
            continue
        sheet._sheets.clear()
        there = follow(before, after)
        if there is not None:
            assert seen(there) == seen(read_sheet(after))
            assert kept_sheet(after) is there
            followed += 1
    assert followed > len(text) // 3


@each_row("number", range(16))
def test_a_text_with_a_line_end_of_another_kind_is_read_as_a_whole(number: int) -> None:
    """As of two programs, one on an old Macintosh: a step that begins after one stood there twice."""
    text = TEXT.replace("\n", "\r\n")
    for at in range(text.index("steps"), len(text), 3):
        odd = text[:at] + "\r- a\n" + text[at:]
        after = typed(odd, at - 10, number)
        sheet._sheets.clear()
        try:
            before, whole = read_sheet(odd), read_sheet(after)
        except EditError:
            continue
        there = follow(before, after)
        assert there is None or seen(there) == seen(whole)
        assert whole.data(range(len(whole.chunks))) == data_of(whole.root)


@each_row(("text", "make"), [pytest.param(*one.values[:2], id=one.id) for one in (*FIELDS, *CUES, *STRUCTURE)])
def test_what_an_edit_keeps_is_the_text_read_anew(text: str, make: Callable[[str], Edits]) -> None:
    text = dedent(text)
    after = edit.apply(text, make(text))

    there = kept_sheet(after)
    assert there is not None
    assert seen(there) == seen(read_sheet(after))


def test_a_text_that_is_kept_is_followed_without_reading() -> None:
    before, there, flow = (
        read_sheet(TEXT),
        read_sheet(f"{TEXT}# more\n"),
        read_sheet("name: A\nsteps: [{kind: rest}]\n"),
    )
    for kept in (there, flow):
        sheet.remember(kept)
    assert follow(before, there.text) is there
    assert follow(before, flow.text) is None
    assert follow(before, before.text) is before


def test_a_text_whose_steps_are_in_brackets_is_not_followed() -> None:
    sheet._sheets.clear()
    before = read_sheet("name: A\nsteps: [{kind: rest}]\n")
    assert [follow(before, text) for text in (TEXT, before.text)] == [None, None]


def test_a_comment_written_in_place_of_the_last_key_belongs_to_the_last_step() -> None:
    sheet._sheets.clear()
    before, after = read_sheet(TEXT), TEXT.replace("evidence:", "#")
    assert follow(before, after) is None
    assert read_sheet(after).starts[-1] == len(after)


def test_a_text_is_followed_up_to_the_size_a_file_may_have() -> None:
    before = read_sheet(f"{TEXT}# \n")
    room = 256 * 1024 - len(before.text)
    comments = "x" * room, "x" * (room + 1), "é" + "x" * (room - 1)
    assert [follow(before, f"{TEXT}# {comment}\n") is not None for comment in comments] == [True, False, False]


def test_a_step_that_does_not_read_alone_is_edited_within_the_whole() -> None:
    text = 'name: A\nsteps:\n  - say: "one\n%two"\n    kind: rest\n  - kind: pump\n'
    after = edit.apply(text, edit.set_field(text, (0,), "kind", "pump"))

    assert after == text.replace("rest", "pump")
    assert seen(open_sheet(after)) == seen(read_sheet(after))
    sheet._sheets.clear()
    assert follow(read_sheet(after), text) is None


def test_a_line_between_quotes_that_is_like_the_next_step_is_not_taken_for_it() -> None:
    sheet._sheets.clear()
    text = 'name: A\nsteps:\n  - say: "one\n  - kind: rest\n  - two"\n    kind: pump\n  - kind: rest\n'
    after = edit.apply(text, edit.insert_step(text, (1,), {"kind": "massage"}))

    assert after == text.replace("pump\n", "pump\n  - kind: massage\n")
    assert seen(open_sheet(after)) == seen(read_sheet(after))


@each_row(
    ("old", "new"),
    [
        ("# Mine", "# M"), ("# Mine", "# Mine too"), ("name: A", "name: A longer"), ("# Mine\nname: A", "name: B"),
        ("None", "N"), ("evidence", "vidence"), ("None\n", "None yet\n"),
        ("evidence: None", "evidence: Some\nwhen_sore: ok"), ("  # one\n", "  # one more\n"),
        ("rest\n", "pump\n"), ("rest  #", "pump  #"), ("{kind: pump}", "{kind: pump, say: x}"),
        ("repeat: 2", "repeat: 12"),
        ("  - {kind: pump}\n", ""), ("  - repeat", "  - kind: rest\n  - repeat"),
    ],
)  # fmt: skip
def test_a_change_within_the_steps_or_around_them_is_followed(old: str, new: str) -> None:
    after = TEXT.replace(old, new, 1)
    sheet._sheets.clear()
    there = follow(read_sheet(TEXT), after)
    assert there is not None
    assert seen(there) == seen(read_sheet(after))


def test_an_edit_is_cut_down_to_what_differs() -> None:
    at = TEXT.index("name: A") + 6
    edits = [Edit(at - 6, at + 1, "name: B"), Edit(0, 0, ""), Edit(at + 2, at + 4, "st"), Edit(at + 1, at + 1, " C")]
    assert commit(read_sheet(TEXT), edits, lambda data: data.update(name="B C")) == (
        Edit(at, at + 1, "B"),
        Edit(at + 1, at + 1, " C"),
    )


def test_a_step_as_deep_as_a_file_may_be_is_followed_and_no_deeper() -> None:
    before = read_sheet(TEXT)
    for deep in range(MOST_DEPTH - 3, MOST_DEPTH + 2):
        after = TEXT.replace("{kind: pump}", "[" * deep + "]" * deep)
        sheet._sheets.clear()
        followed = follow(before, after)
        try:
            whole = read_sheet(after)
        except EditError:
            assert followed is None
        else:
            assert followed is not None
            assert seen(followed) == seen(whole)


@pytest.mark.parametrize("edits", [[Edit(0, 0, "[")], [Edit(TEXT.index("rest"), TEXT.index("rest") + 4, "pump")]])
def test_an_edit_that_says_another_thing_than_was_meant_is_declined(edits: list[Edit]) -> None:
    with pytest.raises(EditError) as refused:
        commit(read_sheet(TEXT), edits, lambda data: data.update(name="B"))
    assert str(refused.value) == ("This part is written in a form the change does not fit. Change it in the text view.")
