"""The language of the screen and the country whose numbers it has, by her settings and the system."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from guide.live import speech
from guide.live.speech import system_language, use_language
from guide.store.settings import Settings

MAIN = {"de": "de", "es": "es", "ar": "ar", "en": "en", "pt": "pt-BR"}  # of these there are words


@pytest.fixture
def spoke(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[list[tuple[str, str]]]:
    """Which language was spoken, and which country's numbers, beginning with English."""
    said = [("en", "en")]
    monkeypatch.setattr(speech, "spoken", lambda: said[-1][0])
    monkeypatch.setattr(speech, "speak", lambda language, country: said.append((language, country)))
    monkeypatch.setattr(speech, "known", lambda tag: MAIN.get(tag.partition("-")[0], "en"))
    was = QLocale()
    yield said
    QLocale.setDefault(was)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize(
    ("chosen", "system", "expected"),
    [
        ("", "de-AT", ("de", "de-AT")),
        ("es", "es-MX", ("es", "es-MX")),
        ("de-AT", "es-MX", ("de", "de-AT")),
        ("es", "de-DE", ("es", "es")),
        ("de-AT", "de-CH", ("de", "de-AT")),
        ("", "de-Latn-AT", ("de", "de-Latn-AT")),
        ("", "pt-AO", ("pt-BR", "pt-AO")),
        ("", "en-GB", None),
        ("fr", "de-DE", None),
        ("en", "de-DE", None),
    ],
)
def test_the_language_is_hers_or_the_system_s_and_numbers_are_those_of_a_country_that_speaks_it(
    spoke: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    chosen: str,
    system: str,
    expected: tuple[str, str] | None,
) -> None:
    monkeypatch.setattr(speech, "system_language", lambda: system)
    assert use_language(replace(Settings(), language=chosen)) is (expected is not None)
    assert spoke[1:] == ([expected] if expected else [])
    if expected:
        assert QLocale().name() == QLocale(expected[1]).name()
        assert not use_language(replace(Settings(), language=chosen))


def test_a_language_without_words_that_none_of_her_country_is_of_has_numbers_of_english(
    spoke: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speech, "system_language", lambda: "de-DE")
    use_language(Settings())
    use_language(replace(Settings(), language="fr"))
    assert spoke[1:] == [("de", "de-DE"), ("en", "en")]


def test_the_window_is_mirrored_for_a_language_that_is_read_from_the_right(
    spoke: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    monkeypatch.setattr(speech, "system_language", lambda: "en")
    use_language(replace(Settings(), language="ar"))
    assert qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
    use_language(replace(Settings(), language="de"))
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight


@pytest.mark.parametrize(("asked", "found"), [("es-MX", "es-MX"), ("en", "de-AT")])
def test_the_system_s_language_is_what_a_terminal_would_be_told_else_what_the_desktop_says(
    monkeypatch: pytest.MonkeyPatch, asked: str, found: str
) -> None:
    monkeypatch.setattr(speech, "asked_by", lambda environment: asked if environment is os.environ else "fr")
    desktop = SimpleNamespace(system=lambda: QLocale("de_AT"))
    monkeypatch.setattr(speech, "QLocale", desktop)
    assert system_language() == found
