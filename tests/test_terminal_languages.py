"""The terminal in her language: in en-XA no plain letter is left, and LANG decides, whatever country it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from guide import app, commands, language
from guide.cli import command_line, main
from guide.store.paths import Paths
from languages import HOME
from pseudo import nobody_speaks
from walking import BROKEN, OTHERS, plain_letters

HANDS_ON = "massage-stroke-shake"
# what is written alike in every language: options, commands, ids, files, columns of a file
ALIKE = re.compile(
    r"(?<![\w-])(?:--unit (?:ml|oz)|--?[a-z][\w-]*|\{[^{}]*\}|\.\w+|[\w./-]*[/.][\w./-]+|[a-z]+(?:-[a-z]+)+|[A-Z_]{3,}"
    r"|earliest|end|tick|Date|Mood|Left|Right|left|right|file|broken|others|none|middle|soon|pmup|undated)(?![\w-])"
)


@pytest.fixture(scope="module", autouse=True)
def english_again() -> Iterator[None]:
    with nobody_speaks():
        yield


@pytest.fixture
def home(tmp_path: Path) -> Path:
    own = Paths.of(tmp_path / "home").own_routines
    own.mkdir(parents=True)
    (own / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    (tmp_path / "others.csv").write_text(OTHERS, encoding="utf-8")
    (tmp_path / "undated.csv").write_text("Date;Left\n2026-03-01;2\n", encoding="utf-8")
    return tmp_path / "home"


def said(
    home: Path, lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *given: str
) -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", lang)
    with suppress(SystemExit):  # argparse, for help and for what it does not know
        main(["--home", str(home), *given])
    told = capsys.readouterr()
    return told.out + told.err


COMMANDS = sorted(command_line()._subparsers._group_actions[0].choices)  # type: ignore[union-attr,arg-type]
ASKED = (
    ["--help"],
    *([name, "--help"] for name in COMMANDS),
    ["list"],
    ["plan", HANDS_ON],
    ["play", HANDS_ON, "--silent", "--speed", "1000", "--well"],
    ["plan", "nothing-of-this-name"],
    ["play", HANDS_ON, "--speed", "0"],
    ["plan"],
    ["plan", HANDS_ON, "--first", "middle"],
    ["list", "--loud"],
    ["log"],
    ["log", "--since", "soon"],
    ["check", "{home}/data/routines/broken.yaml", "{home}/none.yaml"],
    ["check", str(HOME / "routines" / "gentle-day.yaml")],
    ["import", "--dry-run", "{home}/../others.csv", "{home}/../undated.csv"],
    ["export", HANDS_ON, "-o", "{home}/card.xyz"],
    ["restore", "{home}/none.zip"],
)


def test_no_plain_letter_is_left_of_what_the_terminal_says(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = re.compile(rf"(?<![\w-])(?:{'|'.join(COMMANDS)})(?![\w-])")
    found = []
    for given in ASKED:
        told = said(home, "en_XA.UTF-8", monkeypatch, capsys, *(word.replace("{home}", str(home)) for word in given))
        assert told or given == ["log"]
        lines = (commands.sub("", ALIKE.sub("", line)) for line in told.splitlines())
        found += [f"{given[0]}: {line}" for line in lines if plain_letters(line)]
    assert not found, "\n".join(["", *found])


# words that only English has, and that no id, option or file of these commands is made of
ENGLISH = re.compile(
    r"(?<![\w-])(?:the|and|with|yours|left|right|both|steps?|not|until|is|there|routine|usage|earliest|round|say|show|"
    r"chime|helper|you|your|breast|milk|off|next|now|minutes?|seconds?)(?![\w-])",
    re.IGNORECASE,
)
HERS = (["list"], ["plan", HANDS_ON], ["play", HANDS_ON, "--silent", "--speed", "1000", "--well"], ["play", HANDS_ON])


@pytest.mark.parametrize(
    ("lang", "word", "yesterday"), [("es_MX.UTF-8", "Extracción", "ayer"), ("de_AT.UTF-8", "Pumpen", "gestern")]
)
def test_list_plan_and_play_say_no_english_word_and_log_knows_yesterday(
    lang: str,
    word: str,
    yesterday: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(language, "LOCALE", HOME / "guide" / "locale")
    for module in (app, commands):
        monkeypatch.setattr(module, "builtin_folder", lambda: HOME / "routines")
    language.words.cache_clear()
    told = [said(tmp_path, lang, monkeypatch, capsys, *given) for given in HERS]
    found = [line for text in told for line in text.splitlines() if ENGLISH.search(line.split(HANDS_ON)[-1])]
    assert found == []
    assert word in told[0]
    assert "2026-05-01" not in said(tmp_path, lang, monkeypatch, capsys, "log", "--since", yesterday)
    language.words.cache_clear()


@pytest.mark.parametrize("lang", ["xx_YY.UTF-8", "../../etc", "C", ""])
def test_a_language_that_is_none_is_english(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Gentle day" in said(tmp_path, lang, monkeypatch, capsys, "list")
