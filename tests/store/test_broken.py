"""Each file in `broken/` beside the problems a person is told: read the `.txt` files."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
import yaml

from guide import language
from guide.compat import override
from guide.store.routines.reader import Reading, read_file
from tables import each_row

BROKEN = Path(__file__).parent / "broken"
FILES = sorted(BROKEN.glob("*.yaml"))


def told(reading: Reading) -> str:
    """The lines `check` prints, the file's folder left out."""
    lines = [*map(str, reading.problems), *(warning.as_warning for warning in reading.warnings)]
    return "".join(f"{line}\n" for line in lines).replace(f"{BROKEN}/", "").replace(f"{BROKEN}\\", "")


@each_row("path", FILES, ids=lambda path: path.stem)
def test_a_broken_file_is_answered_with_its_expected_problems(path: Path) -> None:
    assert told(read_file(path)) == path.with_suffix(".txt").read_text("utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_parser_without_libyaml_tells_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)

    assert told(read_file(path)) == path.with_suffix(".txt").read_text("utf-8")


@each_row("path", FILES, ids=lambda path: path.stem)
def test_every_problem_says_where_on_one_line(path: Path) -> None:
    reading = read_file(path)

    assert reading.routine is None or reading.warnings
    for problem in reading.problems:
        assert "\n" not in str(problem)
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.where
        assert "!" not in problem.message.replace("'!'", "")


class Marked(gettext.NullTranslations):
    """A language in which each sentence stands between marks, those within it too."""

    @override
    def gettext(self, message: str) -> str:
        return f"«{message}»"


def test_every_problem_is_told_in_the_language_of_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_screen", Marked())

    readings = [(path.stem, read_file(path)) for path in FILES]

    found = [(name, one) for name, reading in readings for one in (*reading.problems, *reading.warnings)]
    assert [(name, one.message) for name, one in found if "«" not in one.message] == []
    assert [(name, one.fix) for name, one in found if one.fix and "«" not in one.fix.label] == []
