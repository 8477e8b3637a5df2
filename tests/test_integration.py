"""The program among a computer's own: entry, icon, kind of file, man page, completions; and out again."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from guide import __version__, answers, box, cli, integration
from guide.calling import APP_ID
from guide.cli import command_line, main
from guide.manual import commands, options, texts
from guide.store.paths import Paths, builtin_folder

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the folders of a Linux desktop")


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(integration, "REFRESH", ())
    return tmp_path


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def validated(*words: str) -> None:
    if not shutil.which(words[0]):
        pytest.skip(f"there is no {words[0]} here")
    told = subprocess.run(words, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def test_all_that_is_put_in_is_taken_out(share: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = Paths.of().own_routines
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text("name: Mine\n", encoding="utf-8")
    before = files(share)
    assert main(["install-desktop"]) == 0
    assert len(files(share) - before) >= 12
    assert main(["install-desktop"]) == 0  # twice is once
    assert main(["install-desktop", "--remove"]) == 0
    assert main(["install-desktop", "--remove"]) == 0
    assert files(share) == before
    assert str(Paths.of().data) in capsys.readouterr().out


def test_a_folder_that_takes_nothing_is_told_in_a_sentence(share: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (share / "applications").touch()
    assert main(["install-desktop"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_entry_starts_what_is_there(share: Path) -> None:
    main(["install-desktop"])
    entry = (share / "applications" / f"{APP_ID}.desktop").read_text(encoding="utf-8")
    starts = re.search(r"^TryExec=(.+)$", entry, re.MULTILINE)
    assert starts
    assert Path(starts[1]).exists()
    validated("desktop-file-validate", str(share / "applications" / f"{APP_ID}.desktop"))


def test_the_entry_of_the_source_is_valid() -> None:
    validated("desktop-file-validate", str(integration.source_folder() / f"{APP_ID}.desktop"))


def test_the_description_for_app_stores_is_valid_and_of_this_version() -> None:
    path = integration.source_folder() / f"{APP_ID}.metainfo.xml"
    told = ET.parse(path).getroot()  # noqa: S314  our own file
    newest = told.find("releases/release")
    assert newest is not None
    assert newest.get("version") == __version__
    assert told.findtext("id") == APP_ID
    for image in told.iter("image"):
        assert (Path("docs/pictures") / Path(image.text or "").name).exists()
    validated("appstreamcli", "validate", "--no-net", str(path))


@pytest.mark.parametrize("place", texts(command_line()))
def test_every_command_and_option_is_in_the_man_page_and_the_completions(place: str) -> None:
    text = texts(command_line())[place].replace("\\", "")
    for name, _, command in commands(command_line()):
        assert name in text
        for option in options(command):
            assert option.option_strings[-1].lstrip("-") in text


@pytest.mark.parametrize(
    ("shell", "place"),
    [
        ("bash", "bash-completion/completions/pumping-guide"),
        ("zsh", "zsh/site-functions/_pumping-guide"),
        ("fish", "fish/vendor_completions.d/pumping-guide.fish"),
    ],
)
def test_a_shell_takes_its_completion(shell: str, place: str, tmp_path: Path) -> None:
    file = tmp_path / "completion"
    file.write_text(texts(command_line())[place], encoding="utf-8")
    validated(shell, "-n", str(file))


def test_bash_completes_a_routine(tmp_path: Path) -> None:
    if not shutil.which("bash"):
        pytest.skip("there is no bash here")
    file = tmp_path / "completion"
    file.write_text(texts(command_line())["bash-completion/completions/pumping-guide"], encoding="utf-8")
    asks = 'source "$1"; COMP_WORDS=(pumping-guide play power); COMP_CWORD=2; _pumping_guide; echo "${COMPREPLY[*]}"'
    told = subprocess.run(
        ["bash", "-c", asks, "-", str(file)], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    wanted = [path.stem for path in builtin_folder().glob("power*.yaml")]
    assert sorted(told.stdout.split()) == sorted(wanted)


def test_the_icon_has_the_mark_of_the_window() -> None:
    drawing = (integration.source_folder() / f"{APP_ID}.svg").read_text(encoding="utf-8")
    source = "".join(
        path.read_text(encoding="utf-8") for path in Path("guide/kit").rglob("*") if path.suffix in {".py", ".svg"}
    )
    for line in re.findall(r' d="(.+?)"', drawing):
        assert line in source


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    sentences: list[str] = []
    monkeypatch.setattr(box, "show", sentences.append)
    monkeypatch.setattr(cli, "main", lambda: answers.complain("No window."))
    yield sentences
    answers.in_a_box = False


@pytest.mark.parametrize("terminal", [True, False, None])
def test_the_command_of_a_menu_complains_where_it_is_seen(
    terminal: bool | None, shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = None if terminal is None else sys.stderr
    monkeypatch.setattr(sys, "stderr", stream)
    if stream is not None:
        monkeypatch.setattr(stream, "isatty", lambda: terminal, raising=False)
    assert cli.window() == 1
    assert shown == ([] if terminal else ["No window."])


def test_the_versions_of_what_it_runs_on_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version", "--verbose"]) == 0
    told = capsys.readouterr().out
    for name in (f"pumping-guide {__version__}", "Python 3.", "pyside6", "espeakng-loader"):
        assert name in told.lower() or name in told
