"""The name of a session's routine in the language of the screen: of built-in ones their own there, of others hers."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.store.routines import names
from guide.store.routines.names import NAME, shown_name
from tables import each_row

LANGUAGES = {"en": "English", "fr": "Français", "de": "Deutsch", "es": "Español"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of built-in routines; French has a folder without the routine, and only German has "lone"."""
    monkeypatch.setattr(names, "languages", LANGUAGES.copy)
    for language, word in (("", "Gentle day"), ("de", "'Sanfter Tag'"), ("es", '"Día suave"'), ("fr", "")):
        (tmp_path / language).mkdir(exist_ok=True)
        if word:
            (tmp_path / language / "gentle.yaml").write_text(f"format: 1\nname:  {word} \nsteps: []\n", "utf-8")
    (tmp_path / "de" / "lone.yaml").write_text("name: Allein\n", "utf-8")
    (tmp_path / "nameless.yaml").write_text("title: x\n", "utf-8")
    (tmp_path / "odd.yaml").write_bytes(b"name: \xff\n")
    return tmp_path


@pytest.mark.parametrize("logged", ["Gentle day", "Sanfter Tag", "Día suave"])
@pytest.mark.parametrize(
    ("spoken", "shown"),
    [("en", "Gentle day"), ("de", "Sanfter Tag"), ("es", "Día suave"), ("fr", "Gentle day"), ("pt", "Gentle day")],
)
def test_a_built_in_routine_is_named_in_the_language_of_the_screen(
    spoken: str, shown: str, logged: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "spoken", lambda: spoken)
    assert shown_name(folder, "gentle", logged) == shown


@pytest.mark.parametrize(
    ("routine_id", "logged"),
    [
        ("gentle", "Mine"), ("gentle", ""), ("", "Gentle day"), ("none", "Gentle day"), ("nameless", "x"),
        ("odd", "x"), ("de/gentle", "Sanfter Tag"), ("../gentle", "Gentle day"),
    ],
)  # fmt: skip
def test_a_name_that_is_no_built_in_ones_stays(
    routine_id: str, logged: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "spoken", lambda: "de")
    assert shown_name(folder, routine_id, logged) == logged


def test_a_routine_of_one_language_keeps_its_name_in_the_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for spoken in ("de", "es"):
        monkeypatch.setattr(names, "spoken", lambda spoken=spoken: spoken)
        assert shown_name(folder, "lone", "Allein") == "Allein"


@each_row(("text", "name"), [("name: A b", "A b"), ("x: 1\nname: 'A'  ", "A"), ('name: "A"', "A"), (" name: A", None)])
def test_the_name_stands_behind_its_key(text: str, name: str | None) -> None:
    found = NAME.search(text)
    assert (found and found[1]) == name
