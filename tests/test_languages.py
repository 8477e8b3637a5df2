"""The catalogues: every text of the program is in the template, and a complete language has words for each."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from guide.core.words import N_
from languages import (
    COMPLETE,
    PSEUDO,
    TEMPLATE,
    as_text,
    catalogue_of,
    extracted,
    key,
    lacking,
    make_pseudo,
    messages,
    misplaced,
    places,
    template,
    written,
)

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


@in_each_language
def test_what_is_installed_is_what_is_written(language: str) -> None:
    path = written()[language]
    with path.with_suffix(".mo").open("rb") as made:
        installed = gettext.GNUTranslations(made)
    for message in messages(catalogue_of(path)):
        if isinstance(message.id, str) and message.context is None:
            assert installed.gettext(message.id) == message.string, "run: python -m tests.languages compile"


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
