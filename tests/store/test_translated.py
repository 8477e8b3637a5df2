"""Routines and Learn in other languages: all but the words is as in English."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
import yaml

from guide.core.layout import lay_out
from guide.core.plan import Beat, Moment, Partner, Plan, Say, Segment, Show, closing
from guide.core.routine import Routine
from guide.store.routines.reader import read_file
from languages import COMPLETE

HOME = Path(__file__).parents[2]
LEARN = HOME / "guide" / "learn"
ROUTINES = sorted([*HOME.glob("routines/*.yaml"), *LEARN.glob("routines/*.yaml")])
PAGES = sorted(LEARN.glob("*.md"))
PUMP_OFF = {"es": re.compile("[Ee]xtractor apagado|[Aa]paga el extractor"), "de": re.compile("Pumpe aus")}
ENOUGH = {"es": "or ahora es suficiente", "de": "ür jetzt ist es genug"}
TENDER = {"es": "Si está sensible, sáltate esto.", "de": "Ist es empfindlich, lass es weg."}

in_each_language = pytest.mark.parametrize("language", COMPLETE)
each_routine = pytest.mark.parametrize("path", ROUTINES, ids=lambda path: path.stem)
each_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)


def in_language(path: Path, language: str) -> Path:
    return path.parent / language / path.name


def routine_of(path: Path) -> Routine:
    reading = read_file(path)
    assert reading.routine is not None, reading.problems
    assert reading.warnings == ()
    return reading.routine


def plan_of(path: Path) -> Plan:
    return lay_out(routine_of(path))


def but_words(segment: Segment) -> tuple[object, ...]:
    """A segment with each of its texts replaced by whether there is one."""
    step = segment.step
    return (
        step.kind,
        segment.side,
        step.length,
        step.until_milk_slows,
        step.linger,
        step.suggested,
        step.drawing,
        step.sound,
        step.pace and (len(step.pace.beats), step.pace.every),
        bool(segment.suction),
        bool(segment.partner),
        segment.place,
        segment.rounds,
        [(moment.offset, moment.anchor, action_of(moment)) for moment in segment.moments],
    )


def action_of(moment: Moment) -> object:
    match moment.action:
        case Say() | Show() | Partner() | Beat() as action:
            return type(action)
        case action:
            return action


def shown(segment: Segment) -> list[str]:
    return [segment.show, *(one.action.text for one in segment.moments if isinstance(one.action, Show))]


def test_each_complete_language_has_every_routine_and_every_page_and_no_other() -> None:
    for language in COMPLETE:
        assert sorted(HOME.glob(f"routines/{language}/*")) == [
            in_language(path, language)
            for path in ROUTINES
            if path.parent.name == "routines" and "learn" not in path.parts
        ]
        assert sorted(LEARN.glob(f"{language}/*")) == [in_language(path, language) for path in PAGES]
        assert in_language(LEARN / "routines" / "let-down.yaml", language).is_file()


@in_each_language
@each_routine
def test_all_but_the_words_is_as_in_english(path: Path, language: str) -> None:
    english, other = routine_of(path), routine_of(in_language(path, language))
    assert other.language == language
    for key in ("purposes", "start_side", "when_sore"):
        assert getattr(other, key) == getattr(english, key)
    assert [source.url for source in other.sources] == [source.url for source in english.sources]
    for key in ("get_ready", "safety", "sources"):
        assert len(getattr(other, key)) == len(getattr(english, key))
    ours, theirs = plan_of(path), plan_of(in_language(path, language))
    assert [but_words(segment) for segment in theirs.segments] == [but_words(segment) for segment in ours.segments]


@in_each_language
@each_routine
def test_every_text_is_said_in_the_language(path: Path, language: str) -> None:
    english, other = (
        _texts(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in (path, in_language(path, language))
    )
    assert english.keys() == other.keys()
    same = {place: text for place, text in english.items() if other[place] == text != "{level}"}
    assert same == {}


def _texts(data: object, place: str = "") -> dict[str, str]:
    """Every text a person sees or hears, by its place."""
    match data:
        case dict():
            found: dict[str, str] = {}
            for key, value in data.items():
                if key in {"sources", "language", "kind", "side", "duration", "until", "linger", "at", "every"}:
                    continue
                if key in {"purposes", "start_side", "when_sore", "motion"}:
                    continue
                found |= _texts(value, f"{place}.{key}")
            return found
        case list():
            return {
                key: text for index, one in enumerate(data) for key, text in _texts(one, f"{place}[{index}]").items()
            }
        case str():
            return {place: data}
        case _:
            return {}


@in_each_language
@each_routine
def test_what_is_shown_fits_and_every_name_too(path: Path, language: str) -> None:
    routine, plan = routine_of(in_language(path, language)), plan_of(in_language(path, language))
    assert 0 < len(routine.for_whom) <= 38
    for segment in plan.segments:
        assert len(segment.title) <= 22
        for text in shown(segment):
            assert len(textwrap.wrap(text, 30)) <= 2, text


@in_each_language
@each_routine
def test_safety_is_said_where_english_says_it(path: Path, language: str) -> None:
    ours, theirs = plan_of(path), plan_of(in_language(path, language))
    off, enough, tender = PUMP_OFF[language], ENOUGH[language], TENDER[language]
    for english, other in zip(ours.segments, theirs.segments, strict=True):
        assert bool(off.search(other.say)) == ("Pump off" in english.say), other.say
        assert bool(off.search(other.show)) == ("Pump off" in english.show), other.show
        assert (tender in other.say) == ("If it is tender, leave this out." in english.say)
        for text, translated in zip(shown(english), shown(other), strict=True):
            assert (enough in translated) == ("hat is enough for now" in text), translated
    assert bool(off.search(closing(theirs))) == ("Pump off" in closing(ours))
    assert numbers(" ".join(routine_of(path).safety)) == numbers(
        " ".join(routine_of(in_language(path, language)).safety)
    )


def numbers(text: str) -> list[str]:
    """Its numbers, whichever mark stands before their decimals."""
    return sorted(number.replace(",", ".") for number in re.findall(r"\d+(?:[.,]\d+)*", text))


@in_each_language
@each_page
def test_a_page_has_the_same_sections_links_items_and_numbers(path: Path, language: str) -> None:
    english, other = (file.read_text(encoding="utf-8") for file in (path, in_language(path, language)))
    for pattern in (r"\]\(([^)]*)\)", r"^#+(?= )", r"\{[a-z]+\}", r"^(?:- \[ \]|-|\d+\.)(?= )"):
        assert re.findall(pattern, other, re.MULTILINE) == re.findall(pattern, english, re.MULTILINE), pattern
    assert numbers(other) == numbers(english)
    assert english.count("\n\n") == other.count("\n\n")


@in_each_language
@each_page
def test_a_page_keeps_its_form(path: Path, language: str) -> None:
    text = in_language(path, language).read_text(encoding="utf-8")
    title, lead, *_ = text.split("\n\n")
    assert re.fullmatch(r"# \S.{2,40}", title)
    assert lead.endswith(".")
    assert [line for line in text.splitlines() if len(line) > 68 and " " in line.strip()] == []


@in_each_language
def test_the_care_card_has_every_sign_and_threshold(language: str) -> None:
    english, other = (
        file.read_text(encoding="utf-8") for file in (LEARN / "70-care-card.md", LEARN / language / "70-care-card.md")
    )
    for mark, signs in (("emergency", 7), ("today", 4), ("soon", 5)):
        for text in (english, other):
            section = re.split(rf"^## .* {{{mark}}}$", text, flags=re.MULTILINE)[1].split("\n## ")[0]
            assert len(re.findall(r"^- ", section, re.MULTILINE)) == signs
    for threshold in ("38 °C / 100.4 °F", "(112 ", " 911)", "30 ", " 90 s", "D-MER"):
        assert threshold in " ".join(english.split())
        assert threshold in " ".join(other.replace("100,4", "100.4").split())


@in_each_language
def test_not_medical_advice_stands_once_in_each_language(language: str) -> None:
    words = {"es": "consejo médico", "de": "medizinischer Rat"}[language]
    assert [
        path.name for path in sorted(LEARN.glob(f"{language}/*.md")) if words in path.read_text(encoding="utf-8")
    ] == ["75-evidence.md"]
