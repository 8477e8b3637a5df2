"""The command line, called as a program calls it; no window opens here."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from disks import Disk, Room
from guide import __version__
from guide.cli import main
from guide.commands import voice_called
from guide.core.layout import lay_out
from guide.live.trace import Trace
from guide.store.log.log import Log
from guide.store.paths import Paths, builtin_folder
from guide.store.routines.reader import read_file
from tables import each_row

BUILT_IN = sorted(path.stem for path in builtin_folder().glob("*.yaml"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


COMMANDS = [
    "",
    "list",
    "check x.yaml",
    "plan calm-let-down",
    "play calm-let-down --silent",
    "card x -o x.pdf",
    "schema",
]
COMMANDS += ["export x -o x.mp3", "import x.csv --yes", "archive x.zip", "restore x.zip", "log", "doctor", "open x"]


@pytest.mark.parametrize("command", [*COMMANDS, "install-desktop"])
def test_a_home_that_is_no_folder_is_told_in_one_sentence(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_bytes(b"hers")
    Path("home").mkdir()
    Path("home/data").write_bytes(b"")
    for home, named in (("file", "file"), ("file/in", "file"), ("home", "home/data")):
        assert main(["--home", home, *command.split()]) == 2
        said = capsys.readouterr()
        assert (said.out, said.err) == ("", f"pumping-guide: {tmp_path / named} is not a folder; --home names one\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "home"]


def test_a_log_that_cannot_be_read_is_not_called_empty(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Paths.of(home).log.mkdir(parents=True)
    assert main(["--home", str(home), "log"]) == 1
    said_ = capsys.readouterr()
    assert "No sessions yet" not in said_.out
    assert "is not an ordinary file" in said_.err


def test_a_log_in_a_folder_that_takes_none_is_empty_and_promises_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Paths.of(home).data.mkdir(parents=True)
    disk = Disk(home, monkeypatch)
    disk.room = Room.READ_ONLY
    assert main(["--home", str(home), "log"]) == 0
    said_ = capsys.readouterr()
    assert said_.out == "No sessions yet. They appear here once one has been played or noted.\n"
    assert said_.err == f"The session log cannot be written in {Paths.of(home).data}.\n"
    disk.room = Room.THERE
    Paths.of(home).log.mkdir()
    for command in ("log", f"archive {home.parent / 'all.zip'}"):
        assert main(["--home", str(home), *command.split()]) == 1
        assert "What you note is kept" not in capsys.readouterr().err


def test_a_name_of_several_routines_is_told_with_the_id_of_each(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = Paths.of(home).own_routines
    own.mkdir(parents=True)
    for name in ("dawn.yaml", "dawn.yml", "dusk.yaml"):
        (own / name).write_text("name: Power pumping\nsteps: [{kind: rest, duration: 1 s}]\n", encoding="utf-8")
    told = "4 routines are called Power pumping. This one is dawn; "
    told += "ask for another by its id: dusk, dawn.yml, power-pumping.\n"
    for command in ("plan", "plan --json", f"card -o {home.parent / 'a.pdf'}", "play --silent --well --speed 1000"):
        name, *options = command.split()
        assert main(["--home", str(home), name, "power PUMPING", *options]) == 0
        said_ = capsys.readouterr()
        assert (said_.err, told.strip() in said_.out) == (told, False)
    for routine in ("dawn", "dawn.yml", "dusk", "power-pumping", str(own / "dusk.yaml")):
        assert main(["--home", str(home), "plan", routine]) == 0
        said_ = capsys.readouterr()
        assert (said_.err, "1 s" in said_.out) == ("", routine != "power-pumping")


def test_list_names_thirteen_built_in_routines(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(home), "list", "--json"]) == 0
    entries = json.loads(capsys.readouterr().out)
    assert len([entry for entry in entries if entry["builtin"]]) == 13
    assert all(not entry["problems"] for entry in entries)
    assert all(0 < entry["shortest_s"] <= entry["longest_s"] for entry in entries)


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_a_file_keeps_to_its_line_whatever_its_name(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = Paths.of(home).own_routines
    own.mkdir(parents=True)
    (own / "two\nlines \x1b[2J.yaml").write_text("name: Odd\n", encoding="utf-8")
    assert main(["--home", str(home), "list"]) == 0
    told = capsys.readouterr().out
    assert len(told.splitlines()) == 14
    assert "\x1b" not in told


def test_list_says_which_routines_are_not_for_a_sore_breast(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(home), "list"]) == 0
    told = {line.split()[0]: "(not with a sore breast)" in line for line in capsys.readouterr().out.splitlines()}
    main(["--home", str(home), "list", "--json"])
    listed = {one["id"]: one["when_sore"] for one in json.loads(capsys.readouterr().out)}
    assert told == {name: when == "avoid" for name, when in listed.items()}
    assert told["massage-stroke-shake"]
    assert not told["gentle-day"]


def test_letters_that_turn_a_line_round_are_named_and_not_printed(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turned = "\u202etxt\ufeff"
    texts = ", ".join(f'{key}: "{key} {turned}"' for key in ("title", "say", "show", "partner", "suction"))
    own = Paths.of(home).own_routines
    own.mkdir(parents=True)
    (own / "odd.yaml").write_text(
        f'name: "Odd {turned}"\nsteps:\n  - {{kind: rest, duration: 1 s, {texts}}}\n', encoding="utf-8"
    )
    for words in (["list"], ["plan", "odd"], ["play", "odd", "--silent", "--speed", "1000"]):
        assert main(["--home", str(home), *words]) == 0
        told = capsys.readouterr().out
        assert "<U+202E>txt<U+FEFF>" in told
        assert not {"\u202e", "\ufeff"} & set(told)


@pytest.mark.parametrize("command", ["card", "export"])
@pytest.mark.parametrize("name", ["x.txt", "x", "", ".", "x.xyz", ".mp3", "x.pdf.exe"])
def test_a_name_of_another_ending_is_refused_with_those_there_are(
    home: Path, command: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(["--home", str(home), command, "power-pumping", "-o", name]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert (".pdf" if command == "card" else ".mp3, .flac, .wav or .html") in line
    assert not any(path.is_file() for path in tmp_path.iterdir())


def test_check_is_clean_on_every_built_in_routine(capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(map(str, builtin_folder().glob("*.yaml")))
    assert main(["check", *files]) == 0
    assert capsys.readouterr().out.splitlines() == [f"{file}: no mistakes" for file in files]


@pytest.mark.parametrize(
    ("text", "code"), [("name: A\nsteps: [{kind: rest, duration: 1 min}]\n", 0), ("name: A\n", 1), ("", 1)]
)
def test_check_reads_the_standard_input(
    text: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))
    assert main(["check", "-"]) == code
    told = capsys.readouterr().out.splitlines()
    assert told
    assert (told == ["<standard input>: no mistakes"]) == (code == 0)
    assert all(line.startswith("<standard input>:") for line in told)


def test_a_word_of_a_name_is_answered_with_the_routine_meant(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(home), "plan", "massage"]) == 1
    assert "did you mean 'massage-stroke-shake'?" in capsys.readouterr().err


def test_check_tells_each_mistake_on_a_line_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("name: Mine\nsteps:\n  - {kind: masage, duration: 5}\n", encoding="utf-8")
    assert main(["check", str(mine)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 2
    assert told[0].startswith(f"{mine}:3:12: steps[0].kind: 'masage' is not a step kind; did you mean 'massage'?")
    assert told[1] == f"{mine}:3:30: steps[0].duration: '5' has no unit; write '5 min' or '5 s'"


def test_a_warning_is_told_and_is_no_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "long.yaml"
    mine.write_text("name: Long\nsteps:\n  - {kind: pump, duration: 40 min}\n", encoding="utf-8")
    assert main(["check", str(mine)]) == 0
    (told,) = capsys.readouterr().out.splitlines()
    assert ": warning: " in told


def test_beside_a_file_with_mistakes_a_right_one_is_told_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right, wrong = tmp_path / "right.yaml", tmp_path / "wrong.yaml"
    right.write_text("name: A\nsteps: [{kind: rest, duration: 1 min}]\n", encoding="utf-8")
    wrong.write_text("name: A\n", encoding="utf-8")
    assert main(["check", str(right), str(wrong)]) == 1
    good, bad = capsys.readouterr().out.splitlines()
    assert good == f"{right}: no mistakes"
    assert bad.startswith(f"{wrong}:1:")


@pytest.mark.parametrize(
    "arguments", [["plan"], ["check"], ["frobnicate", "--nonsense"], ["play", "x", "--speed", "0"]]
)
def test_wrong_usage_is_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage" in capsys.readouterr().err


SESSIONS = "began,routine\n2026-05-02T06:35:00+02:00,Short\n"
FILES = {
    "good.yaml": "name: A\nsteps: [{kind: rest, duration: 1 min}]\n",
    "bad.yaml": "name: A\n",
    "good.csv": SESSIONS,
    "partly.csv": SESSIONS + "soon,Short\n",
    "there.zip": "",
}


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("list", 0),
        ("log", 0),
        ("log --since whenever", 2),
        ("check good.yaml", 0),
        ("check good.yaml bad.yaml", 1),
        ("check none.yaml", 1),
        ("plan good.yaml", 0),
        ("plan bad.yaml", 1),
        ("plan none", 1),
        ("play none --silent", 1),
        ("play massage-stroke-shake --silent", 1),  # the check is not answered
        ("card power-pumping -o card.txt", 2),
        ("export power-pumping -o sound.txt", 2),
        ("import good.csv", 2),  # nobody says yes
        ("import good.csv --yes", 0),
        ("import good.csv --dry-run", 0),
        ("import partly.csv --yes", 1),
        ("import partly.csv --dry-run", 1),
        ("import partly.csv", 2),
        ("import none.csv --yes", 1),
        ("archive all.zip", 0),
        ("archive all.txt", 2),
        ("archive there.zip", 2),
        ("restore none.zip", 1),
        ("restore there.zip --yes", 1),
    ],
)
def test_a_command_ends_with_the_code_that_readme_names(
    command: str, code: int, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert main(["--home", str(home), *command.split()]) == code


@pytest.mark.parametrize("routine", BUILT_IN)
def test_plan_as_data_says_what_the_plan_as_text_says(routine: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", routine, "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert plan["id"] == routine
    assert plan["shortest_s"] == sum(step["shortest_s"] for step in plan["steps"])
    assert plan["longest_s"] == sum(step["longest_s"] or 0 for step in plan["steps"])
    for step in plan["steps"]:
        times = [moment["at_s"] for moment in step["moments"]]
        assert times == sorted(times)
        assert [moment["effect"] for moment in step["moments"]].count("chime") >= 1
    assert main(["plan", routine]) == 0
    text = capsys.readouterr().out
    assert text.count("moves on") == sum(step["longest_s"] is not None for step in plan["steps"])


def test_a_routine_is_found_by_id_name_and_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("name: Own\nsteps:\n  - {kind: rest, duration: 1 min}\n", encoding="utf-8")
    for routine in ("power-pumping", "Power pumping", str(own)):
        assert main(["plan", routine]) == 0
    assert "Own: 1 min" in capsys.readouterr().out


def test_an_unknown_routine_gets_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "power-pumpin"]) == 1
    assert "did you mean 'power-pumping'?" in capsys.readouterr().err


def test_play_runs_a_routine_to_its_end_by_itself(home: Path, tmp_path: Path) -> None:
    trace = tmp_path / "t.jsonl"
    arguments = [
        "--home",
        str(home),
        "play",
        "massage-stroke-shake",
        "--well",
        "--silent",
        "--speed",
        "1000",
        "--trace",
        str(trace),
    ]
    assert main(arguments) == 0
    told = lines(trace)
    entered = [line for line in told if line["event"] == "entered"]
    left = [line for line in told if line["event"] == "left"]
    assert [line["step"] for line in entered] == [line["step"] for line in left] == list(range(1, len(entered) + 1))
    assert told[-1]["event"] == "said"
    assert next(line for line in told if line["event"] == "ended")["complete"]
    assert all(line["due"] <= line["at"] for line in told)
    routine = read_file(builtin_folder() / "massage-stroke-shake.yaml").routine
    assert routine is not None
    longest = [segment.longest or timedelta(0) for segment in lay_out(routine).segments]
    lasted = [timedelta(seconds=off["due"] - on["due"]) for on, off in zip(entered, left, strict=True)]
    assert {line["reason"] for line in left} == {"time"}
    assert all(abs(took - planned) < timedelta(microseconds=10) for took, planned in zip(lasted, longest, strict=True))


@pytest.mark.parametrize("command", ["play", "export"])
def test_a_voice_that_is_not_here_is_told_with_those_that_are(
    home: Path, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "calm.mp3"
    words = ["--home", str(home), command, "calm-let-down", *(["-o", str(made)] if command == "export" else [])]
    assert main([*words, "--voice", "nobody"]) == 2
    told = capsys.readouterr().err
    assert "there is no voice called 'nobody' here; there are: " in told
    assert "Plain voice" in told
    assert main([*words, "--voice", "piper:/nope.onnx"]) == 2
    assert "there is no Piper voice /nope.onnx; it is a file that ends in .onnx" in capsys.readouterr().err
    assert "No sessions yet" in said(home, capsys)
    assert not made.exists()


@pytest.mark.parametrize("there", [True, False])
def test_a_voice_file_of_her_own_is_one_where_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    model = tmp_path / "amy.onnx"
    if there:
        model.touch()
    monkeypatch.setattr("guide.sound.voices.piper.there", lambda: True)
    chosen, problem = voice_called(f"piper:{model}", Paths.of(tmp_path), "en")
    assert (chosen, problem == "") == ((f"piper:{model}", True) if there else (None, False))


@pytest.mark.parametrize("bundled", [False, True])
@pytest.mark.parametrize("command", ["play", "export"])
def test_a_piper_voice_that_was_asked_for_and_lacks_its_package_ends_the_command(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    command: str, bundled: bool,
) -> None:  # fmt: skip
    monkeypatch.setattr("guide.sound.voices.piper.there", lambda: False)
    monkeypatch.setattr("guide.commands.is_bundled", lambda: bundled)
    model, made = tmp_path / "real.onnx", tmp_path / "s.mp3"
    model.touch()
    words = ["--home", str(home), command, "calm-let-down", *(["-o", str(made)] if command == "export" else [])]
    assert main([*words, "--voice", f"piper:{model}"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("pumping-guide: a Piper voice ")
    assert ("pip install piper-tts" in told) is not bundled
    assert not made.exists()


def test_a_voice_that_was_asked_for_and_says_nothing_is_told_by_code_too(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("guide.along.making.make_audio", lambda *_: ["The voice Amy could not say this."])
    words = ["--home", str(home), "export", "calm-let-down", "-o", str(tmp_path / "s.mp3")]
    assert [main(words), main([*words, "--voice", "Plain voice"])] == [0, 1]
    assert "The voice Amy could not say this." in capsys.readouterr().err


def said(home: Path, capsys: pytest.CaptureFixture[str]) -> str:
    main(["--home", str(home), "log"])
    return capsys.readouterr().out


def test_a_played_session_is_in_the_log(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--home", str(home), "play", "calm-let-down", "--silent", "--speed", "1000"])
    capsys.readouterr()
    assert main(["--home", str(home), "log", "--json"]) == 0
    (session,) = json.loads(capsys.readouterr().out)["sessions"]
    assert session["routine_id"] == "calm-let-down"
    assert session["complete"]
    assert main(["--home", str(home), "log", "--csv"]) == 0
    assert capsys.readouterr().out.count("calm-let-down") == 1
    assert main(["--home", str(home), "log", "--since", "2999-01-01"]) == 0
    assert "No sessions from 2999-01-01 on." in capsys.readouterr().out


def test_a_session_without_a_routine_or_a_length_has_no_empty_place_in_the_log(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = Log.open(Paths.of(home).log)
    log.add_by_hand(began=datetime(2026, 5, 1, 6, 30, tzinfo=UTC), left_ml=60.0)
    log.close()
    (line,) = said(home, capsys).splitlines()
    assert line.split("  ")[1:] == ["Without a routine, 60 mL"]
    sheet = tmp_path / "log.csv"
    sheet.write_text("date,time,amount (ml)\n2026-05-02,06:35,70\n", encoding="utf-8")
    main(["--home", str(home), "import", "--dry-run", str(sheet)])
    assert "06:35  Without a routine, 70 mL" in capsys.readouterr().out


def test_a_day_that_is_none_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in ("soonish", "tomorrow", "2026-13-01"):
        assert main(["--home", str(home), "log", "--since", words]) == 2
        assert "write it for example as 2026-05-01, 8 Nov or yesterday" in capsys.readouterr().err


def test_the_log_since_a_day_takes_it_in_words(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = Log.open(Paths.of(home).log)
    log.add_by_hand(began=datetime.now().astimezone(), left_ml=60.0)
    log.close()
    for since in ("today", "Yesterday", "1 Jan"):
        assert main(["--home", str(home), "log", "--since", since]) == 0
        assert "60 mL" in capsys.readouterr().out


def test_import_takes_a_file_in_and_tells_its_mistakes(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text("name: Good\nsteps:\n  - {kind: rest, duration: 1 min}\n", encoding="utf-8")
    bad.write_text("name: Bad\n", encoding="utf-8")
    assert main(["--home", str(home), "import", "--yes", str(good)]) == 0
    assert main(["--home", str(home), "import", "--yes", str(bad)]) == 0
    assert "It has mistakes; it comes in all the same" in capsys.readouterr().out
    main(["--home", str(home), "list", "--json"])
    own = [entry["id"] for entry in json.loads(capsys.readouterr().out) if not entry["builtin"]]
    assert own == ["bad", "good"]


def test_a_line_that_another_tells_too_is_named_once_and_no_mistake(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "log.csv"
    good = "date,time,ml\n" + "2026-05-02,06:35,70\n" * 2
    for text, code in ((good, 0), (good + "soon,07:00,60\n", 1)):
        sheet.write_text(text, encoding="utf-8")
        for how in ("--dry-run", "--yes"):
            assert main(["--home", str(tmp_path / str(code)), "import", how, str(sheet)]) == code
            assert capsys.readouterr().out.count("the same as") == 1


@each_row(
    ("text", "code"),
    [
        ("name: Mine\nsteps: [{kind: rest, duration: 1 min}]\n", 0),
        ("name: Mine\nsteps: [{kind: pmup, duration: 5}]\n", 0),  # all of it comes in, to be mended in the editor
        ("", 1),
        ("\0", 1),
    ],
)
def test_import_that_only_looks_ends_as_the_one_that_imports_does(
    text: str, code: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    (home / "mine.yaml").write_text(text, encoding="utf-8")
    ends = [main(["--home", str(home), "import", how, str(home / "mine.yaml")]) for how in ("--dry-run", "--yes")]
    assert ends == [code, code]


def test_import_tells_the_unit_of_numbers_alone_and_takes_another_where_it_is_said(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "log.csv"
    way_out = "--unit ml says that such amounts are in mL, --unit oz in fluid ounces"

    def looked_at(header: str, *cells: str, unit: str = "") -> str:
        rows = [f"2026-05-02,0{number}:35,{cell}" for number, cell in enumerate(cells, 1)]
        sheet.write_text("\n".join([header, *rows]), encoding="utf-8")
        said_unit = ["--unit", unit] if unit else []
        assert main(["--home", str(home), "import", "--dry-run", *said_unit, str(sheet)]) == 0
        return capsys.readouterr().out

    mixed = looked_at("date,time,milk", "20", "0.7 oz")
    assert "01:35  Without a routine, 20 mL" in mixed
    assert "02:35  Without a routine, 20.7 mL" in mixed
    assert "Amounts without a unit are read in mL, as Settings say." in mixed
    assert way_out in mixed
    settings = Paths.of(home).settings
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('{"units": "oz"}', encoding="utf-8")
    in_ounces = looked_at("date,time,milk", "2", "20 ml")
    assert "01:35  Without a routine, 2 fl oz" in in_ounces
    assert "02:35  Without a routine, 0.68 fl oz" in in_ounces
    settings.unlink()
    said = looked_at("date,time,milk", "2", "20 ml", unit="oz")
    assert "01:35  Without a routine, 59.1 mL" in said
    assert "02:35  Without a routine, 20 mL" in said
    assert "Amounts without a unit are read in fl oz, as you said." in said
    assert way_out not in said + looked_at("date,time,milk (ml)", "20", "0.7 oz")
    much = looked_at("date,time,left (oz)", "60")
    assert "Look whether that is its unit." in much
    assert way_out in much


def test_import_leaves_out_what_begins_at_the_time_of_a_session_that_is_here_and_takes_it_with_an_option(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "log.csv"
    sheet.write_text("date,time,left\n2026-05-02,10:00,2\n2026-05-03,10:00,3\n", encoding="utf-8")

    def brought(*options: str, code: int = 0) -> list[str]:
        assert main(["--home", str(home), "import", "--unit", "oz", *options, str(sheet)]) == code
        return capsys.readouterr().out.splitlines()

    brought("--unit", "ml", "--yes")
    told = brought("--yes", code=1)
    assert told[0].endswith("0 sessions to import, 0 here already, 2 left out")
    assert "  2 begin at the time of sessions that you have. They are left out; --same-time imports them too." in told
    assert told[-1].startswith("  Amounts without a unit")
    told = brought("--dry-run", "--same-time")
    assert "  2 begin at the time of sessions that you have." in told
    assert brought("--yes", "--same-time")[-1] == "Imported: 2 sessions."


def test_the_schema_is_the_one_in_the_documents(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    document = Path(__file__).parent.parent / "docs" / "routine.schema.json"
    assert json.loads(capsys.readouterr().out) == json.loads(document.read_text(encoding="utf-8"))


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    return subprocess.run(
        [sys.executable, "-m", "guide", *arguments], capture_output=True, text=True, env=kept | environment, check=False
    )


def test_the_version() -> None:
    assert program("--version").stdout == f"pumping-guide {__version__}\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ":4711"}])
def test_without_a_display_a_sentence_names_the_terminal(tmp_path: Path, environment: dict[str, str]) -> None:
    told = program("--home", str(tmp_path), **environment)
    assert told.returncode == 1
    assert "display" in told.stderr
    assert "-m guide play massage-stroke-shake" in told.stderr
    assert len(told.stderr.splitlines()) == 1


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1"])
def test_what_goes_into_a_file_is_utf_8_whatever_the_console_shows(home: Path, encoding: str) -> None:
    own = Paths.of(home).own_routines
    own.mkdir(parents=True)
    (own / "snow.yaml").write_text("name: Abend ☃ Ночь\nsteps: [{kind: rest, duration: 5 s}]\n", encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "guide", "--home", str(home), "list", "--json"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=True,
    )
    assert "Abend ☃ Ночь" in [entry["name"] for entry in json.loads(told.stdout.decode("utf-8"))]


def test_no_command_but_the_window_imports_qt(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from guide.cli import main\n"
        f"home = ['--home', {str(tmp_path)!r}]\n"
        "for words in (['list'], ['plan', 'power-pumping'], ['check', sys.argv[1]], ['schema'], ['log'],\n"
        "              ['play', 'gentle-day', '--silent', '--speed', '1000']):\n"
        "    main([*home, *words])\n"
        "print('\\n' + str([name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))]))\n"
    )
    routine = builtin_folder() / "power-pumping.yaml"
    told = subprocess.run([sys.executable, "-c", script, str(routine)], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "[]"


SHORT = "name: Short\nsteps:\n  - {kind: rest, duration: 30 s}\n  - {kind: prepare, duration: wait}\n"
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="devices and signals of Linux")


@pytest.fixture
def short(tmp_path: Path) -> str:
    path = tmp_path / "a short ☃ one.yaml"
    path.write_text(SHORT, encoding="utf-8")
    return str(path)


@LINUX
@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_session_is_played_where_a_stream_is_closed(home: Path, short: str, closed: int) -> None:
    words = (sys.executable, "-m", "guide", "--home", str(home), "play", short, "--silent", "--speed", "1000")
    told = subprocess.run(["sh", "-c", f'"$@" {closed}>&-', "sh", *words], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


@LINUX
@pytest.mark.parametrize("words", [["list", "--json"], ["play", "--silent", "--speed", "1000"]])
def test_words_that_find_no_room_are_told_of_in_a_sentence(home: Path, short: str, words: list[str]) -> None:
    words = [*words, short] if words[0] == "play" else words
    with Path("/dev/full").open("wb") as full:
        told = subprocess.run(
            [sys.executable, "-m", "guide", "--home", str(home), *words],
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert told.returncode == 1
    assert told.stderr == "pumping-guide: The output cannot be written: no space left on device\n"


@LINUX
def test_a_trace_that_finds_no_room_ends_and_the_session_goes_on(home: Path, short: str) -> None:
    told = program("--home", str(home), "play", short, "--silent", "--speed", "1000", "--trace", "/dev/full")
    assert told.returncode == 0
    assert told.stderr == "The trace ends here: no space left on device.\n"
    assert "All done" in told.stdout


@LINUX
@pytest.mark.parametrize("words", [["list", "--json"], ["play", "power-pumping", "--silent", "--speed", "1000"]])
def test_who_reads_the_first_line_only_hears_no_complaint(home: Path, words: list[str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "guide", "--home", str(home), *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(timeout=60) == 0


@pytest.fixture
def heard() -> Iterator[None]:
    """Processes hear signals, though the tests were told to ignore them: nohup does so, and a script's `&`."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in (signal.SIGHUP, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@LINUX
@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize(
    ("number", "code", "open_still"), [("SIGTERM", 143, True), ("SIGHUP", 129, True), ("SIGINT", 0, False)]
)
def test_a_session_told_to_end_keeps_its_place(
    home: Path, short: str, number: str, code: int, open_still: bool
) -> None:
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "guide", "--home", str(home), "play", short, "--silent"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        while "Rest" not in (line := running.stdout.readline()):
            assert line
        running.send_signal(getattr(signal, number))
        assert running.wait(timeout=60) == code
        assert ("That is enough for now" in running.stdout.read()) is not open_still
        assert running.stderr.read() == ""
    told = program("--home", str(home), "log")
    assert ("Short is not finished yet" in told.stderr) is open_still
    assert ("No sessions yet" in told.stdout) is open_still


@LINUX
@pytest.mark.usefixtures("heard")
def test_ctrl_c_ends_a_command_without_a_traceback(home: Path) -> None:
    script = (
        "import os, signal, sys\n"
        "from guide import cli, commands\n"
        "commands.list_routines = lambda _: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(cli.main(['list']))\n"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout, told.stderr) == (-signal.SIGINT, "", "")


@each_row("arguments", [["frob"], ["--home", "", "list"], ["--home"], ["--speed", "60", "list"]])
def test_what_is_no_command_is_wrong_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2


def test_options_that_stand_before_a_command_are_heard_by_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(home), "--speed", "9", "play", "nothing-of-hers"]) == 1
    assert "nothing-of-hers" in capsys.readouterr().err


def test_a_home_may_bear_the_name_of_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(tmp_path / "list"), "plan", "first-days"]) == 0
    assert capsys.readouterr().out.startswith("First days")


def test_without_any_home_a_sentence_names_the_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", "~nobody-of-this-name/x", "list"]) == 1
    assert "--home DIR" in capsys.readouterr().err


def test_what_is_traced_is_in_the_log_already(home: Path, short: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []

    def commit(_: Log, __: int, entries: Iterable[tuple[timedelta, object]]) -> None:
        kept.extend(type(entry).__name__ for _, entry in entries)

    def trace(_: Trace, event: str, *__: object, **___: object) -> None:
        traced.append((event, list(kept)))

    traced: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(Log, "write_all", commit)
    monkeypatch.setattr(Trace, "_write", trace)
    monkeypatch.setattr(Trace, "__init__", lambda *_, **__: None)
    monkeypatch.setattr(Trace, "close", lambda _: None)
    main(["--home", str(home), "play", short, "--silent", "--speed", "1000", "--trace", "x"])
    assert next(before for event, before in traced if event == "entered") == ["Entered"]
    assert "Ended" in next(before for event, before in traced if event == "ended")
