"""The keys of a session and the words its intents are kept by."""

from __future__ import annotations

from guide.core.commands import Command
from guide.live.intents import (
    NAMED,
    Finish,
    FullScreen,
    GoOn,
    Intent,
    Open,
    PauseOrCarryOn,
    Photo,
    Quiet,
    SayAgain,
    asked_by_a_start,
    named,
)
from guide.live.keys import intent_of, keys_for
from tables import each_row


@each_row(
    ("intent", "taken", "names"),
    [
        (PauseOrCarryOn(), (), ["Space", "play/pause key"]),
        (GoOn(), (), ["→", "Page Down", "next-track key"]),
        (Command.BACK, (), ["←", "Page Up", "previous-track key"]),
        (Command.MORE_TIME, (), ["↑", "+"]),
        (SayAgain(), (), ["R"]),
        (FullScreen(), (), ["F11"]),
        (GoOn(), ("PgDown", "Space"), ["→", "next-track key"]),
        (GoOn(), ("pgdown", "RIGHT"), ["next-track key"]),
        (Command.STOP, (), []),
        (None, (), []),
    ],
)
def test_the_keys_of_an_intent_are_named_without_those_taken_for_something_else(
    intent: Intent | None, taken: tuple[str, ...], names: list[str]
) -> None:
    assert keys_for(intent, taken) == names


@each_row(
    ("name", "intent"),
    [
        ("Space", PauseOrCarryOn()),
        ("pgdown", GoOn()),
        ("Media Previous", Command.BACK),
        ("H", Command.IT_HURTS),
        ("Esc", Finish()),
        ("F5", None),
        ("", None),
    ],
)
def test_a_key_s_own_intent_is_found_by_its_name_in_any_letters(name: str, intent: Intent | None) -> None:
    assert intent_of(name) == intent


@each_row(
    ("word", "intent"),
    [
        ("pause", PauseOrCarryOn()),
        ("more time", Command.MORE_TIME),
        ("more_time", Command.MORE_TIME),
        ("say_again", SayAgain()),
        ("full screen", FullScreen()),
        ("photo", Photo()),
        ("quiet", Quiet()),
        ("stop", None),
        ("", None),
    ],
)
def test_an_intent_is_found_by_the_word_it_is_kept_under(word: str, intent: Intent | None) -> None:
    assert named(word) == intent


def test_every_word_names_another_intent() -> None:
    assert len(set(NAMED.values())) == len(NAMED)


@each_row(
    ("message", "asked"),
    [
        ("", Open()),
        ("open", Open()),
        ("start", Open()),
        ("start ", Open()),
        ("open mine", Open("mine")),
        ("start mine", Open("mine", start=True)),
        ("start my own", Open("my own", start=True)),
        ("begin mine", Open("mine")),
    ],
)
def test_a_second_start_asks_for_a_routine_or_for_the_window(message: str, asked: Open) -> None:
    assert asked_by_a_start(message) == asked
