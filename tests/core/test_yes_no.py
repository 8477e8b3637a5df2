"""Yes and No as they are typed, in her language and in English."""

from __future__ import annotations

from guide.compat import override
from guide.core.words import ENGLISH, Words
from guide.core.yes_no import Answers, answer_letters, meant, typed_letters
from marked import Marked
from tables import each_row


class Answering(Words):
    """A language by its two answers."""

    def __init__(self, yes: str, no: str) -> None:
        super().__init__()
        self._answers = {"Yes": yes, "No": no}

    @override
    def pgettext(self, context: str, message: str) -> str:
        return self._answers[message] if context == "an answer" else message


GERMAN, ALIKE = Answering("Ja", "Nein"), Answering("Nai", "Ne")


@each_row(
    ("words", "letters", "typed"),
    [
        (ENGLISH, Answers("Y", "N"), Answers("y", "n")),
        (GERMAN, Answers("J", "N"), Answers("j", "n")),
        (ALIKE, None, Answers("y", "n")),
        (Answering("nai", "Ne"), None, Answers("y", "n")),
    ],
)
def test_an_answer_s_letter_is_its_first_where_the_two_differ(
    words: Words, letters: Answers | None, typed: Answers
) -> None:
    assert (answer_letters(words), typed_letters(words)) == (letters, typed)


@each_row(
    ("words", "typed", "expected"),
    [
        (GERMAN, "j", True),
        (GERMAN, " JA ", True),
        (GERMAN, "nein", False),
        (GERMAN, "y", True),
        (GERMAN, "yes", True),
        (GERMAN, "no", False),
        (GERMAN, "N", False),
        (GERMAN, "jawohl", None),
        (GERMAN, "", None),
        (ALIKE, "nai", True),
        (ALIKE, "ne", False),
        (ALIKE, "n", False),
        (ALIKE, "y", True),
    ],
)
def test_an_answer_counts_in_her_language_and_in_english(words: Words, typed: str, expected: bool | None) -> None:
    assert meant(typed, words) is expected


def test_the_answers_are_those_that_translators_were_shown() -> None:
    assert meant("«yes»", Marked()) is True
    assert meant("«No»", Marked()) is False
