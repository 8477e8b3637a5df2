from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guide.core.kinds import Kind
from guide.kit.theme import KINDS
from guide.pages.editor.completion import Offers, offers_at
from guide.pages.editor.syntax import scan
from guide.store.routines.table import TABLES
from tables import each_row


def offered(text: str) -> Offers | None:
    """What fits at the bar in the text."""
    before, _, after = text.partition("|")
    lines = (before + after).split("\n")
    number = before.count("\n")
    state = 0
    for line in lines[:number]:
        state = scan(line, state)[1]
    return offers_at(lines, number, len(before) - before.rfind("\n") - 1, state)


def words(text: str) -> list[str]:
    found = offered(text)
    return [offer.word for offer in found.matching()] if found else []


def keys(table: str) -> list[str]:
    return [row.key for row in TABLES[table]]


STEP_WITHOUT_KIND = [key for key in keys("step") if key != "kind"]


@each_row(
    ("text", "expected"),
    [
        ("|", keys("routine")),
        ("na|", ["name"]),
        ("name: x\nsum|\nsteps:\n  - kind: rest", ["summary"]),
        ("name: x\n|\nsteps:\n  - kind: rest", [key for key in keys("routine") if key not in {"name", "steps"}]),
        ("steps:\n  - |", [*keys("step"), "repeat", "steps"]),
        ("steps:\n  - kind: rest\n    |", STEP_WITHOUT_KIND),
        ("steps:\n  - kind: rest\n    du|\n    say: x\n  - kind: pump\n    duration: 1 min", ["duration"]),
        ("steps:\n  - |\n    kind: rest", STEP_WITHOUT_KIND),
        ("steps:\n- repeat: 2\n  |", ["side", "steps"]),
        ("steps:\n  - repeat: 2\n    steps:\n      - kind: rest\n        tit|", ["title"]),
        (
            "steps:\n  - kind: rest\n\n    # why\n    cues:\n      - at: 1 min\n        |",
            ["every", "say", "show", "sound"],
        ),
        ("steps:\n  - kind: rest\n    cues:\n    - |", keys("cue")),
        ("steps:\n  - kind: pump\n    pace:\n      |", keys("pace")),
        ("sources:\n  - |", keys("source")),
        ("  na|\n  steps:", ["name"]),
        ("steps:\n  -\n    ki|", ["kind"]),
        ("steps:\n  - - ki|", []),
        ("# only this\nname: x\nlang|", ["language"]),
    ],
)
def test_the_keys_of_the_place_are_offered_but_those_there_already(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@each_row(
    ("text", "expected"),
    [
        ("steps:\n  - kind: |", list(KINDS)),
        ("steps:\n  - kind: m|", ["massage"]),
        ("steps:\n  - kind: pump\n    until: milk sl|", ["milk slows"]),
        ("steps:\n  - kind: pump\n    duration: w|", ["wait"]),
        ("steps:\n  - repeat: 2\n    side: e|", ["each"]),
        ("when_sore: |\nsteps:", ["ok", "avoid"]),
        ("purposes: |", ["protect", "promote", "treat"]),
        ("purposes: [protect, |]", ["promote", "treat"]),
        ("purposes: [|, treat]", ["protect", "promote"]),
        ("purposes:\n  - protect\n  - |\n  - treat", ["promote"]),
        ("steps:\n  - kind: rest\n    cues:\n      - at: e|", ["earliest"]),
        ("steps:\n  - kind: rest\n    cues:\n      - at: 5 s\n        sound: ea|", ["earliest"]),
        ("steps:\n  - {kind: pu|, side: both}", ["pump"]),
        ("start_side: nate|", ["alternate"]),
        ("name: |", []),
        ("nonsense: |", []),
    ],
)
def test_the_words_of_a_key_are_offered(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@each_row(
    ("text", "expected"),
    [
        ("steps:\n  - {kind: pump, du|, say: x}", ["duration"]),
        ("steps:\n  - {|}", [*keys("step"), "repeat", "steps"]),
        ("steps:\n  - {kind: pump, pace: {|}}", ["beats", "every"]),
        ("steps:\n  - kind: pump\n    pace: {beats: [a], |}", ["every"]),
        ("steps:\n  - {kind: pump, pace: {every: 1 s, beats: [|]}}", []),
        ('steps:\n  - {kind: pump, say: "|"}', []),
        ("steps:\n  - {kind: pump}|", []),
        ("steps: [{kind: |}]", list(KINDS)),
    ],
)
def test_brackets_are_looked_into(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@each_row(
    "text",
    [
        "say: >\n  na|",
        "name: x # st|",
        "# na|",
        'name: "k|',
        'name: "a\n  k|',
        "name: 'k|",
        "get_ready:\n  - n|",
        "steps:\n  - kind: rest\n  |",
        "name: x\n   deeper|",
        "steps:\n  - kind: rest\n    say: x\n      du|",
        "purposes: [protect,\n  pro|]",
        "name: y\n  - ki|",
        "nowhere:\n  - ki|",
        "nowhere:\n  ki|",
        "a phrase |",
    ],
)
def test_nothing_is_offered_where_nothing_of_the_format_fits(text: str) -> None:
    assert words(text) == []


@each_row(
    ("text", "written"),
    [
        ("na|", "name: "),
        ("na|: x", "name"),
        ("pur|", "purposes: []"),
        ("get|", "get_ready:\n  - "),
        ("steps:\n  - kind: pump\n    pac|", "pace:\n      "),
        ("steps:\n  - kind: pump\n    cue|", "cues:\n      - "),
        ("steps:\n  - {kind: pump, cue|}", "cues: "),
        ("purposes: pro|", "[protect]"),
        ("steps:\n  - kind: pu|", "pump"),
    ],
)
def test_what_is_put_in_leads_on_to_what_comes_next(text: str, written: str) -> None:
    found = offered(text)
    assert found is not None
    assert found.matching()[0].text == written


def test_every_offer_of_a_key_says_what_it_is_for() -> None:
    found = offered("steps:\n  - |")
    assert found is not None
    assert found.are_keys
    assert all(offer.doc for offer in found.items)


def test_every_kind_says_what_it_is() -> None:
    found = offered("steps:\n  - kind: |")
    assert found is not None
    assert len({offer.doc for offer in found.items}) == len(found.items) == len(Kind)


@given(st.text(alphabet="ab:-#[]{},'\"|> \n", max_size=80), st.integers(0, 80))
def test_no_text_is_too_odd_to_be_completed_in(text: str, at: int) -> None:
    text = "steps:\n  - kind: rest\n    " + text.replace("|", "")
    at = min(at + 24, len(text))
    offered(f"{text[:at]}|{text[at:]}")
