"""What was told in one language is told in another."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from guide.catalogue import Catalogue
from guide.core.words import ENGLISH, Words
from guide.language import words
from guide.retelling import LEAST_LETTERS, PLACE, retold
from tables import each_row

SAMPLE = 12
TAGS = ("en", "de", "es")
PAIRS = [("en", "de"), ("de", "es"), ("es", "en")]


def sentences() -> Iterator[str]:
    """Plain texts of the catalogue that are sentences, some with places; not those that are little but places."""
    spanish = words("es")
    assert isinstance(spanish, Catalogue)
    keys = sorted(key for key in spanish.texts() if "\0" not in key and "\x04" not in key and key.endswith("."))
    long = [key for key in keys if all(_letters(words(tag).gettext(key)) >= LEAST_LETTERS for tag in TAGS)]
    yield from random.Random(5).sample(long, SAMPLE)


def _letters(text: str) -> int:
    return sum(map(str.isalpha, PLACE.sub("", text)))


def filled(text: str, words: Words) -> str:
    return PLACE.sub(lambda place: f"Ann’s {place[1]} 7", words.gettext(text))


@each_row(("before", "now"), PAIRS)
def test_a_sentence_with_what_stands_in_its_places_is_told_in_the_other_language(before: str, now: str) -> None:
    for text in sentences():
        told = filled(text, words(before))
        assert retold(told, words(before), words(now)) == filled(text, words(now)), text


def test_texts_within_texts_and_several_sentences_are_told_each() -> None:
    german, spanish = words("de"), words("es")

    def told(words: Words) -> str:
        kept = words.gettext("Your session goes on; what you note is kept here and saved as soon as that is possible.")
        full = words.gettext("There is no room on the disk for the session log just now. {kept}").format(kept=kept)
        none = words.gettext("No photo is chosen. Settings has a place for them.")
        return f"{full} {none}"

    assert retold(told(german), german, spanish) == told(spanish)
    assert retold(told(spanish), spanish, ENGLISH) == told(ENGLISH)


@pytest.mark.parametrize("count", [1, 3])
def test_a_number_of_things_is_told_by_the_rule_of_the_other_language(count: int) -> None:
    def told(words: Words) -> str:
        return words.ngettext("{n} minute ago", "{n} minutes ago", count).format(n=count)

    assert retold(told(words("es")), words("es"), words("de")) == told(words("de"))


@each_row("text", ["", "Ann", "/home/ann/a file.yaml", "Errno 13, 07:45", "Ann sagt: ja. Und nein."])
def test_what_is_no_text_of_the_program_stays_as_it_is(text: str) -> None:
    assert retold(text, words("de"), words("es")) == text
