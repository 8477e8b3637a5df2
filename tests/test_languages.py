"""The catalogues: every text of the program is in the template, and a complete language has words for each."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

import languages
from guide.catalogue import Catalogue
from guide.core.words import N_
from guide.language import TOLD_BY_THE_SYSTEM, words
from guide.store.routines.reader import read
from guide.store.routines.template import new_routine
from guide.store.yaml.problem import VERBS
from languages import (
    COMPLETE,
    PSEUDO,
    TEMPLATE,
    as_text,
    key,
    lacking,
    make_pseudo,
    messages,
    misplaced,
    places,
    written,
)

extracted = cache(languages.extracted)  # read again and again, and never changed here
template = cache(languages.template)
catalogue_of = cache(languages.catalogue_of)

AGAIN = "run: python -m tests.languages update, and translate what it names"
in_each_language = pytest.mark.parametrize("language", COMPLETE)


def test_every_text_marked_in_the_code_is_in_the_template() -> None:
    in_code = {key(message) for message in messages(extracted())}
    assert in_code == {key(message) for message in messages(template())}, AGAIN
    assert TEMPLATE.read_text(encoding="utf-8") == as_text(extracted()), AGAIN


@in_each_language
def test_a_complete_language_has_words_for_every_text(language: str) -> None:
    assert lacking(catalogue_of(written()[language]), template()) == [], AGAIN


@in_each_language
def test_a_translation_keeps_the_places_of_its_text(language: str) -> None:
    assert misplaced(catalogue_of(written()[language])) == []


def assert_read_as_gettext_does(made: Path, texts: Catalog) -> None:
    """All texts of a catalogue, one that it lacks, and forms of plurals enough for any language."""
    ours = Catalogue(made)
    with made.open("rb") as file:
        theirs = gettext.GNUTranslations(file)
    there = [
        *messages(texts),
        Message("there is no such text"),
        Message("none", context="such"),
        Message(("no", "nos")),
    ]
    for message in there:
        context, text = key(message)
        if isinstance(message.id, str):
            read = [one.pgettext(context, text) if context else one.gettext(text) for one in (ours, theirs)]
            assert read[0] == read[1]
        else:
            many = message.id[1]
            for count in (0, 1, 2, 3, 11, 100, 101):
                assert ours.ngettext(text, many, count) == theirs.ngettext(text, many, count)


@in_each_language
def test_a_catalogue_is_read_as_gettext_does(language: str) -> None:
    assert_read_as_gettext_does(written()[language].with_suffix(".mo"), catalogue_of(written()[language]))


def test_six_forms_of_a_number_and_a_context_are_read_as_gettext_does(tmp_path: Path) -> None:
    few = Catalog(fuzzy=False)
    few.add(("{n} step", "{n} steps"))
    few.add("Rest", context="a kind of step")
    make_pseudo(tmp_path, few)
    for language in PSEUDO:
        assert_read_as_gettext_does(tmp_path / language / "LC_MESSAGES" / "guide.mo", few)


@in_each_language
def test_what_is_installed_is_what_is_written(language: str) -> None:
    path = written()[language]
    with path.with_suffix(".mo").open("rb") as made:
        installed = gettext.GNUTranslations(made)
    for message in messages(catalogue_of(path)):
        if isinstance(message.id, str) and message.context is None:
            assert installed.gettext(message.id) == message.string, "run: python -m tests.languages compile"


@in_each_language
def test_a_problem_that_lacks_its_subject_begins_with_a_word_the_editor_knows(language: str) -> None:
    catalogue = catalogue_of(written()[language])
    there = {message.id: str(message.string) for message in messages(catalogue) if isinstance(message.id, str)}
    lone = {"is in", "does not load: {problem}", *TOLD_BY_THE_SYSTEM}  # parts of other sentences
    first = {text: said.partition(" ")[0].rstrip(";") for text, said in there.items() if text not in lone}
    known, english = there[VERBS].split("|"), VERBS.split("|")
    verbs = {text: word for text, word in first.items() if text.partition(" ")[0] in english}
    assert len(verbs) > 30
    assert {text: word for text, word in verbs.items() if word not in known} == {}


@in_each_language
def test_a_new_routine_begins_in_her_language_and_loads(language: str) -> None:
    reading = read(new_routine(language, words(language)))
    assert (reading.problems, reading.warnings) == ((), ())
    assert reading.routine is not None
    assert reading.routine.language == language
    english = read(new_routine()).routine
    assert english is not None
    assert reading.routine.name != english.name


def test_fuzzy_and_blank_words_count_as_none() -> None:
    wanted, there = Catalog(), Catalog()
    for text in ("Rest", "Pump", "Shake"):
        wanted.add(text)
    there.add("Rest", "Ruhe")
    there.add("Pump", "Pumpen", flags=["fuzzy"])
    there.add("Shake", "")
    assert lacking(there, wanted) == ["Pump", "Shake"]
    assert lacking(wanted, wanted) == ["Rest", "Pump", "Shake"]


def test_a_lost_place_is_found() -> None:
    catalogue = Catalog()
    catalogue.add("{name} is here", "hier")
    catalogue.add("{name} is there", "{nome} ist dort")
    catalogue.add("{name} stays", "{name} bleibt")
    assert len(misplaced(catalogue)) == 2


def test_the_languages_nobody_speaks_keep_the_places_and_grow(tmp_path: Path) -> None:
    source = Catalog()
    source.add(N_("Rest for {time}"))
    make_pseudo(tmp_path, source)
    for language in PSEUDO:
        made = gettext.translation("guide", tmp_path, [language])
        text = made.gettext("Rest for {time}")
        assert places(text) == {"{time}"}
        assert text != "Rest for {time}"
    grown = gettext.translation("guide", tmp_path, ["en_XA"]).gettext("Rest for {time}")
    assert grown.startswith("[")
    assert grown.endswith("]")
    assert len(grown) >= 1.4 * len("Rest for {time}") - len("{time}")
