"""The list of her words in the usual and the smallest window, in each language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from guide.hear.level import MISSING, LevelAdvice, LoudnessNow
from guide.hear.meaning import Meaning
from guide.kit.fields import EDGE, Field
from guide.kit.look import Look
from guide.language import languages, speak
from guide.live.her_words import suggestion
from guide.pages.words.page import WordsPage
from guide.pages.words.view import TAKES, WordRow, WordsView


def is_whole(field: Field) -> bool:
    return QFontMetricsF(field.font()).horizontalAdvance(field.text()) <= field.width() - EDGE


def test_a_suggested_word_is_a_phrase_of_two_words_or_more_in_every_language() -> None:
    for tag in languages():
        speak(tag)
        assert [word for word in map(suggestion, Meaning) if len(word.split()) < 2] == []


def test_listening_that_is_on_says_what_it_lacks(look: Look, show: Callable[[QWidget], None]) -> None:
    page = WordsPage(look=look)
    page.resize(1160, 780)
    untaught, taught = WordRow(Meaning.NEXT, "next step"), WordRow(Meaning.NEXT, "next step", TAKES)
    page.show_words(WordsView(rows=(untaught,)))
    show(page)
    assert page.lacking.isHidden()
    page.show_words(WordsView(rows=(untaught,), on=True))
    assert page.lacking.isVisible()
    assert page.lacking.text() == "No word is taught yet: teach one or more first."
    page.show_level(MISSING)
    page.show_words(WordsView(rows=(taught,), on=True))
    assert page.lacking.text() == "I can’t hear a microphone. Tap, pedal and keys all work."
    assert page.switch.accessibleDescription() == page.lacking.text()
    page.show_level(LoudnessNow(-30, -50, LevelAdvice.WELL))
    assert page.lacking.isHidden()


@pytest.mark.parametrize("width", [800, 1160])
@pytest.mark.parametrize("tag", languages())
def test_each_suggested_word_is_whole_and_the_columns_are_straight(
    tag: str, width: int, look: Look, show: Callable[[QWidget], None]
) -> None:
    speak(tag)
    page = WordsPage(look=look)
    page.resize(width, 560)
    some = (0, 2, TAKES)
    rows = tuple(WordRow(meaning, suggestion(meaning), some[i % len(some)]) for i, meaning in enumerate(Meaning))
    page.show_words(WordsView(rows=rows))
    show(page)
    lines = list(page.lines.values())
    assert [line.field.text() for line in lines if not is_whole(line.field)] == []
    assert len({line.field.width() for line in lines}) == 1
    takes = page.headers.labels[2]
    assert {line.dots.mapTo(page, line.dots.rect().topLeft()).x() for line in lines} == {
        takes.mapTo(page, takes.rect().topLeft()).x()
    }
