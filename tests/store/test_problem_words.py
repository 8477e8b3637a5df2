"""A problem of a file in the words of the window: its place counted from one, what there is, and the way on."""

from __future__ import annotations

import pytest

from guide.language import speak
from guide.store.yaml.problem import Problem
from guide.store.yaml.problem_words import in_words, place_in_words, told
from tables import each_row


@each_row(
    ("where", "message", "sentence"),
    [
        ("name", "has 203 characters; 80 at most", "The name has 203 characters. 80 at most."),
        ("name", "'x' stands twice", "Name: “x” stands twice."),
        ("for", "has 81 characters; 80 at most", "“for” has 81 characters. 80 at most."),
        ("steps", "is empty; write one", "“steps” is empty. Write one."),
        ("steps[0]", "has 31 cues; 30 at most", "Step 1: This step has 31 cues. 30 at most."),
        ("steps[1].steps[2].until", "needs a range", "Step 2.3: “until” needs a range."),
        ("steps[0].cues[1]", "does nothing", "Step 1, cue 2: This entry does nothing."),
        ("steps[0].cues[1].at", "'5' has no unit", "Step 1, cue 2, at: “5” has no unit."),
        ("sources[1].url", "'x' is no address", "Sources 2, url: “x” is no address."),
        ("steps[0].pace.beats[0]", "is empty", "Step 1, pace, beats 1: This entry is empty."),
        ("steps[3]", "has the name of steps[0].steps[1]?", "Step 4: This step has the name of step 1.2?"),
        ("steps[0].say", "'a; b' is long; cut it", "Step 1, say: “a; b” is long. Cut it."),
        ("steps[0].say", "it's 'x' here", "Step 1, say: It's “x” here."),
    ],
)
def test_a_problem_says_its_place_once_then_what_there_is_and_the_way_on(
    where: str, message: str, sentence: str
) -> None:
    assert told(Problem("a", 4, 9, where, message)) == sentence


@each_row(
    ("line", "column", "where", "message", "sentence"),
    [
        (1, 1, "file", "is empty; write a routine", "This file is empty. Write a routine."),
        (4, 1, "file", "is cut off", "Line 4: This file is cut off."),
        (1, 3, "file", "is cut off", "Line 1: This file is cut off."),
        (1, 1, "file", "'x' is no key", "Line 1: “x” is no key."),
        (1, 1, "routine", "'x' is no key", "Line 1: “x” is no key."),
    ],
)
def test_a_problem_of_the_whole_file_says_its_line_unless_it_is_of_all_of_it(
    line: int, column: int, where: str, message: str, sentence: str
) -> None:
    assert told(Problem("a", line, column, where, message)) == sentence


def test_a_short_form_is_told_where_there_is_one() -> None:
    problem = Problem("a", 4, 9, "steps[0].kind", "'x' is not a step kind; known are many", brief="'x' is no kind")
    assert told(problem) == "Step 1, kind: “x” is no kind."


def test_several_ways_on_are_one_sentence_each() -> None:
    problem = Problem("a", 1, 1, "steps[0].kind", "'x' does not fit; a kind is meant; known are 'pump'")
    assert in_words(problem) == ("“x” does not fit.", "A kind is meant. Known are “pump”.")


@pytest.mark.parametrize(
    ("language", "place", "sentence"),
    [
        ("de", "Schritt 2.1, Hinweis 3, at", "„5“ has no unit."),
        ("es", "Paso 2.1, aviso 3, at", "«5» has no unit."),
    ],
)
def test_places_and_quotation_marks_are_those_of_the_language(language: str, place: str, sentence: str) -> None:
    speak(language)
    assert place_in_words("steps[1].steps[0].cues[2].at") == place
    assert in_words(Problem("a", 1, 1, "steps[0].duration", "'5' has no unit"))[0] == sentence
