"""The list of her words in the usual and the smallest window, in each language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from guide.hear.meaning import Meaning
from guide.kit.fields import EDGE, Field
from guide.kit.look import Look
from guide.language import languages, speak
from guide.live.her_words import suggestion
from guide.pages.words.page import WordsPage
from guide.pages.words.view import TAKES, WordRow, WordsView


def is_whole(field: Field) -> bool:
    return QFontMetricsF(field.font()).horizontalAdvance(field.text()) <= field.width() - EDGE


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
