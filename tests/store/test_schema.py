"""The schema completes and checks a routine's file as the reader does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from guide.store.routines.reader import read
from guide.store.routines.schema import schema
from guide.store.routines.table import TABLES

ROOT = Path(__file__).parents[2]
ROUTINES = sorted((ROOT / "routines").glob("*.yaml"))
BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))


class Core(yaml.SafeLoader):
    """As editors read YAML: version 1.2, where 1:30, no and 2026-01-01 are texts."""


Core.yaml_implicit_resolvers = {}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema())


@pytest.mark.parametrize("path", ROUTINES, ids=lambda path: path.stem)
def test_the_schema_accepts_every_built_in_routine(path: Path, validator: Draft202012Validator) -> None:
    held = yaml.load(path.read_text("utf-8"), Loader=Core)  # noqa: S506 - a safe loader

    assert [error.message for error in validator.iter_errors(held)] == []


BEYOND_A_SCHEMA = {
    "too-much",
    "prompts",
    "suction",
    "cues",
    "twice",
    "second",
    "alias",
    "merge",
    "line-separator",
    "marks",
}


def loadable(path: Path) -> bool:
    try:
        yaml.load(path.read_bytes(), Loader=Core)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, UnicodeError):
        return False
    return True


@pytest.mark.parametrize(
    "path", [path for path in BROKEN if path.stem not in BEYOND_A_SCHEMA and loadable(path)], ids=lambda path: path.stem
)
def test_the_schema_refuses_what_the_reader_refuses(path: Path, validator: Draft202012Validator) -> None:
    held = yaml.load(path.read_bytes(), Loader=Core)  # noqa: S506 - a safe loader

    assert not validator.is_valid(held)


DURATIONS = [
    "90 s",
    "90s",
    "2 min",
    "2 Minutes",
    "1 min 30 s",
    "1 h 5 min 3 s",
    "1:30",
    "0:45",
    "1.5 min",
    "5-7 min",
    "5 min - 7 min",
    "5 to 7 min",
    "5–7 min",
    "30 s - 1 min",
    "1:00-2:00",
    "wait",
    "Wait",
    "5",
    "5 mins 3 hours",
    "min",
    "",
    "5 parsecs",
    "1:75",
    "-5 min",
    "5--7 min",
    "5-7",
    ".inf",
    "1e3 s",
]


@pytest.mark.parametrize("duration", DURATIONS)
def test_schema_and_reader_agree_on_a_duration(duration: str, validator: Draft202012Validator) -> None:
    step = {"kind": "rest", "duration": duration}

    read_well = read(f"name: N\nsteps: [{{kind: rest, duration: '{duration}'}}]").routine is not None

    assert validator.is_valid({"name": "N", "steps": [step]}) == read_well


CUES = ["0:30", "30 s", "-10 s", "50%", "50 %", "99.5%", "earliest", "101%", "30", "-10", "soon", "1.5 min"]


@pytest.mark.parametrize("at", CUES)
def test_schema_and_reader_agree_on_a_cue(at: str, validator: Draft202012Validator) -> None:
    step = {"kind": "rest", "duration": "2-3 min", "cues": [{"at": at, "say": "x"}]}

    read_well = (
        read(f"name: N\nsteps: [{{kind: rest, duration: 2-3 min, cues: [{{at: '{at}', say: x}}]}}]").routine is not None
    )

    assert validator.is_valid({"name": "N", "steps": [step]}) == read_well


@pytest.mark.parametrize(
    "sound",
    ["tick", "bell.wav", "a/b.ogg", "../bell.wav", "/bell.wav", "a/../b.wav", "bell.txt", "C:b.wav", "~/b.wav", "tok"],
)
def test_schema_and_reader_agree_on_a_sound(sound: str, validator: Draft202012Validator) -> None:
    step = {"kind": "rest", "duration": "1 min", "sound": sound}

    read_well = read(f"name: N\nsteps: [{{kind: rest, duration: 1 min, sound: '{sound}'}}]").routine is not None

    assert validator.is_valid({"name": "N", "steps": [step]}) == read_well


def test_every_key_says_what_it_is_for() -> None:
    assert all(row.doc for rows in TABLES.values() for row in rows)


def test_the_schema_in_the_documents_is_the_one_of_the_reader() -> None:
    assert json.loads((ROOT / "docs" / "routine.schema.json").read_text("utf-8")) == schema()


def test_a_key_of_words_offers_those_that_its_schema_takes() -> None:
    rows = [row for rows in TABLES.values() for row in rows if "enum" in row.schema]
    assert {row.key for row in rows} >= {"kind", "side"}
    assert {row.key: list(row.words) for row in rows} == {row.key: row.schema["enum"] for row in rows}
