from __future__ import annotations

from pathlib import Path

import pytest

from tables import each_row
from wording import FORBIDDEN, offences, report, texts_of

HOME = Path(__file__).parents[2]
ROUTINES = sorted([*HOME.glob("routines/**/*.yaml"), *HOME.glob("guide/learn/**/*.yaml")])
PAGES = sorted(HOME.glob("guide/learn/**/*.md"))
CODE = sorted(HOME.glob("guide/**/*.py"))


def test_there_are_texts_to_look_at() -> None:
    assert len(ROUTINES) == 14 * 3
    assert len(PAGES) == 15 * 3
    assert len(CODE) > 450


@each_row("path", [*ROUTINES, *PAGES], ids=lambda path: str(path.relative_to(HOME)))
def test_routines_and_pages_keep_the_wording_rules(path: Path) -> None:
    assert report(texts_of(path)) == []


@each_row("path", CODE, ids=lambda path: str(path.relative_to(HOME)))
def test_the_program_keeps_the_wording_rules_in_its_own_messages(path: Path) -> None:
    assert report(texts_of(path)) == []


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("mine.yaml", "name: Mine\nsteps:\n  - say: Press deeply.\n", "deeply"),
        ("mine.yaml", "name: Mine\nsteps:\n  - show: >-\n      Go on to\n      break up the rest.\n", "break up"),
        ("mine.md", "# Mine\n\nGo on until the breast is\nempty.\n", "empty"),
        ("mine.md", "# Mine\n\nDrain\nthe lump with your thumb.\n", "Drain the lump"),
        ("mine.py", 'WORDS = f"{amount} ml, well done"\n', "well done"),
        ("mine.py", 'WORDS = f"Press {how} deeply"\n', "deeply"),
        ("mine.py", 'def told():\n    """A hard docstring."""\n    return "You should go on"\n', "should"),
    ],
)
def test_a_forbidden_word_is_reported_with_its_file_and_itself(tmp_path: Path, name: str, text: str, word: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    reports = report(texts_of(path))
    assert reports
    assert all(str(path) in line for line in reports)
    assert any(f"'{word}'" in line for line in reports)


@each_row(
    "text",
    [
        "Massage deeply.",
        "A firm hand.",
        "Dig in with the thumb.",
        "Press harder.",
        "Break it up with circles.",
        "Until the breast is empty.",
        "Drain the lump.",
        "Find the lumps.",
        "You should pump now.",
        "Only five minutes.",
        "Just one more minute.",
        "The let-down failed.",
        "Two sessions missed.",
        "You are three sessions behind.",
        "A low supply.",
        "A streak of nine days.",
        "Great job.",
        "You will have more milk.",
        "This boosts your supply.",
        "Take ibuprofen.",
        'When your milk slows, say "next".',
        "All done!",
    ],
)
def test_each_rule_bites(text: str) -> None:
    assert offences(text)


@each_row(
    ("language", "text"),
    [
        ("es", "Masajea profundo."),
        ("es", "Presiona con firmeza."),
        ("es", "Hasta vaciar el pecho."),
        ("es", "Busca los bultos."),
        ("es", "Debes seguir."),
        ("es", "Tendrás más leche."),
        ("es", "¡Listo!"),
        ("es", "Toma paracetamol."),
        ("de", "Massiere tief."),
        ("de", "Drück kräftig."),
        ("de", "Bis die Brust leer ist."),
        ("de", "Such die Knoten."),
        ("de", "Du musst weitermachen."),
        ("de", "So gibt es mehr Milch."),
        ("de", "Gut gemacht."),
        ("de", "Nimm Ibuprofen."),
    ],
)
def test_each_language_has_its_own_rules(language: str, text: str) -> None:
    assert offences(text, language=language)


@each_row(
    "text",
    [
        "Fuller areas, just as softly.",
        "Lower the suction, or break the seal with a finger.",
        "That is enough for now.",
        "A lump that stays is for a clinician.",
        "The digits stand still.",
        "Strokes as light as petting a cat.",
    ],
)
def test_gentle_sentences_pass(text: str) -> None:
    assert offences(text) == []


def test_every_rule_has_a_reason() -> None:
    assert all(FORBIDDEN.values())
