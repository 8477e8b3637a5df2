"""What is said of what came in, and what the columns are called."""

from __future__ import annotations

from guide.language import ENGLISH, speak
from guide.store.bringing.fields import ColumnField as Field
from guide.store.bringing.words import brought_back, counted, name_of, routines_words, sessions_words
from guide.store.restored import Restored, SameHere
from tables import each_row

NAMES = {
    Field.NOT_TAKEN: "Not taken",
    Field.BEGAN: "Began, day and time",
    Field.DAY: "The day",
    Field.TIME: "The time it began",
    Field.ENDED: "Ended, day and time",
    Field.LASTED: "How long",
    Field.LEFT: "Milk, left",
    Field.RIGHT: "Milk, right",
    Field.AMOUNT: "Milk, both together",
    Field.UNIT: "Unit of the amounts",
    Field.SIDE: "Which side",
    Field.TYPE: "What was done",
    Field.ROUTINE: "The routine",
    Field.PURPOSE: "What it was for",
    Field.COMFORT: "How it felt",
    Field.MEANT_FOR: "What the milk is for",
    Field.NOTE: "A note",
    Field.UUID: "The session's id",
}


def test_each_field_has_a_name_of_its_own() -> None:
    assert {field: name_of(field) for field in Field} == NAMES


@each_row(
    ("number", "sessions", "routines"),
    [
        (0, "0 sessions", "0 routines"), (1, "1 session", "1 routine"), (2, "2 sessions", "2 routines"),
        (1_000, "1,000 sessions", "1,000 routines"),
    ],
)  # fmt: skip
def test_a_number_stands_with_its_word(number: int, sessions: str, routines: str) -> None:
    assert (sessions_words(number), routines_words(number)) == (sessions, routines)


@each_row(
    ("sessions", "routines", "words"),
    [(0, 0, "0 sessions"), (1, 0, "1 session"), (0, 1, "1 routine"), (2, 3, "2 sessions and 3 routines")],
)
def test_what_there_is_none_of_is_not_counted(sessions: int, routines: int, words: str) -> None:
    assert counted(sessions, routines) == words


@each_row(
    ("back", "said"),
    [
        (Restored(2, 0, 0, 1, settings=False, waiting=True),
         "Brought back: 2 sessions, a session left for now and 1 recording."),
        (Restored(0, 0, 0, 0, settings=False), "Brought back: 0 sessions."),
        (Restored(1, 0, 1, 1, settings=False), "Brought back: 1 session, 1 routine and 1 recording."),
        (Restored(0, 1, 0, 1_000, settings=True),
         "Brought back: 0 sessions, 1,000 recordings and your settings. Here already: 1 session."),
        (Restored(2, 1_000, 0, 2, settings=True, words=True),
         "Brought back: 2 sessions, 2 recordings, your settings and your words. Here already: 1,000 sessions."),
        (Restored(0, 2, 3, 0, settings=False, words=True, drafts=1),
         "Brought back: 3 routines, 1 unfinished edit and your words. Here already: 2 sessions."),
        (Restored(0, 0, 0, 0, settings=False, here=SameHere(routines=1)),
         "Brought back: 0 sessions. Here already: 1 routine."),
        (Restored(0, 2, 0, 0, settings=False, here=SameHere(routines=3, recordings=4, drafts=1)),
         "Brought back: 0 sessions. Here already: 2 sessions, 3 routines, 4 recordings and 1 unfinished edit."),
        (Restored(0, 0, 0, 0, settings=False, here=SameHere(recordings=1)),
         "Brought back: 0 sessions. Here already: 1 recording."),
    ],
)  # fmt: skip
def test_what_an_archive_brought_is_said_whole(back: Restored, said: str) -> None:
    assert brought_back(back) == said


@each_row(("language", "said"), [
    ("de", "Zurückgeholt: 2 Sitzungen, 1 Anleitung und deine Einstellungen."),
    ("es", "Recuperado: 2 sesiones, 1 rutina y tus ajustes."),
])  # fmt: skip
def test_it_is_enumerated_in_each_language(language: str, said: str) -> None:
    speak(language)
    try:
        assert brought_back(Restored(2, 0, 1, 0, settings=True)) == said
    finally:
        speak(ENGLISH)
