"""The voices of a computer: asked without a word in a command, and troubles told in sentences."""

from __future__ import annotations

import base64
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from computers import MAC, Computer
from listening import samples_in

from guide.compat import override
from guide.sound.voices import system
from guide.sound.voices.engine import EngineProcess
from guide.sound.voices.system import CommandVoice, SpeechOrder, System, system_voices
from guide.sound.voices.voice import VoiceError
from tables import each_row

NASTY = '"; reboot; $(id) `id` %PATH% $env:X \'"'


@pytest.mark.parametrize(
    ("platform", "program", "listing"),
    [
        ("darwin", "say", MAC),
        ("win32", "powershell", "en-US|Microsoft Zira Desktop"),
        ("linux", "flite", ""),
        ("linux", "espeak-ng", ""),
    ],
)
def test_what_is_said_is_never_part_of_a_command(tmp_path: Path, platform: str, program: str, listing: str) -> None:
    computer = Computer(platform, [program], listing)
    speaker = system_voices("en", system=computer.system)[0]
    made = speaker.render(NASTY, pace=145)
    command, environment = computer.ran[-1]
    decoded = base64.b64decode(command[-1]).decode("utf-16-le") if platform == "win32" else ""
    assert not [part for part in [*command, *environment.values(), decoded] if "reboot" in part]
    assert samples_in(made)[1] == 22_050


def test_pico_gets_the_words_as_one_argument_without_markup(tmp_path: Path) -> None:
    computer = Computer("linux", ["pico2wave"])
    speaker = system_voices("en", system=computer.system)[0]
    speaker.render("</speed><play file='x'/> &lt; a\\b --wave=elsewhere", pace=145)
    command, _ = computer.ran[-1]
    assert command[-2:] == ["--", "<speed level='85'>/speed play file='x'/ lt; a b --wave=elsewhere</speed>"]


def test_words_that_would_steer_the_mac_voice_are_taken_out(tmp_path: Path) -> None:
    seen: list[str] = []

    def command(order: SpeechOrder) -> list[str]:
        seen.append(order.file.read_text(encoding="utf-8"))
        return [str(order.out)]

    for language in ("en", "de"):
        mac = voices("darwin", ["say"], MAC, language)[0]
        replace(mac, command=command).render("[[rate 900]] Rest [[slnc 9000]] now.", pace=145)
    assert seen == ["rate 900 Rest slnc 9000 now."] * 2


@pytest.mark.parametrize(
    "error",
    [OSError("gone"), subprocess.CalledProcessError(1, "flite"), subprocess.TimeoutExpired("flite", 30)],
)
def test_a_system_voice_that_does_not_answer_is_one_sentence(tmp_path: Path, error: Exception) -> None:
    def run(_command: Sequence[str], _environment: Mapping[str, str]) -> bytes:
        raise error

    system = System("linux", which=lambda name: name if name == "flite" else None, run=run)
    with pytest.raises(VoiceError, match=r"^The voice Flite, a woman’s voice could not say this\.$"):
        system_voices("en", system=system)[0].render("Rest.", pace=145)


def voices(platform: str, programs: Sequence[str], listing: str = "", language: str = "en") -> list[CommandVoice]:
    found = system_voices(language, system=Computer(platform, programs, listing).system)
    assert all(isinstance(voice, CommandVoice) and voice.edition("Rest.") for voice in found)
    return [voice for voice in found if isinstance(voice, CommandVoice)]


def ordered(voice: CommandVoice, pace: int = 145) -> tuple[list[str], dict[str, str]]:
    order = SpeechOrder("Rest now.", Path("words.txt"), Path("words.wav"), pace)
    return list(voice.command(order)), dict(voice.environment(order))


@each_row(
    ("platform", "program", "pace", "command"),
    [
        ("linux", "espeak-ng", 145, "-s 145 -p 42 -v en+f2 -w words.wav -f words.txt"),
        ("linux", "flite", 170, "-voice slt --setf duration_stretch=1.000 -f words.txt -o words.wav"),
        ("linux", "flite", 85, "-voice slt --setf duration_stretch=2.000 -f words.txt -o words.wav"),
        ("linux", "flite", 10, "-voice slt --setf duration_stretch=2.833 -f words.txt -o words.wav"),
        ("linux", "pico2wave", 170, "--lang=en-US --wave=words.wav -- <speed level='100'>Rest now.</speed>"),
        ("linux", "pico2wave", 85, "--lang=en-US --wave=words.wav -- <speed level='50'>Rest now.</speed>"),
        (
            *("darwin", "say", 145),
            "-v Samantha -r 145 --file-format=WAVE --data-format=LEI16@22050 -o words.wav -f words.txt",
        ),
    ],
)
def test_a_program_is_told_the_pace_where_the_words_are_and_where_the_sound_goes(
    platform: str, program: str, pace: int, command: str
) -> None:
    voice = voices(platform, [program], "Samantha  en_US  # Hello!")[0]
    heard, environment = ordered(voice, pace)
    assert " ".join(heard) == f"/bin/{program} {command}"
    assert environment == {}


@each_row(
    ("pace", "rate"),
    [(180, "0"), (145, "-2"), (237, "3"), (260, "3"), (60, "-10"), (20, "-10"), (540, "10"), (900, "10")],
)
def test_windows_is_told_everything_in_its_environment(pace: int, rate: str) -> None:
    (voice,) = voices("win32", ["powershell"], "en-US|Microsoft Zira Desktop")
    command, environment = ordered(voice, pace)
    assert command[:4] == ["/bin/powershell", "-NoProfile", "-NonInteractive", "-EncodedCommand"]
    script = base64.b64decode(command[4]).decode("utf-16-le")
    assert all(f"$env:{name}" in script for name in environment)
    assert environment == {
        "GUIDE_VOICE": "Microsoft Zira Desktop",
        "GUIDE_RATE": rate,
        "GUIDE_OUT": "words.wav",
        "GUIDE_WORDS": "words.txt",
    }


EVERY = ["pico2wave", "flite", "espeak-ng"]
FINE = "\n".join(
    f"{name}  {tag}  # Hello!"
    for name, tag in (
        *(("Tom (Enhanced)", "en_US"), ("Zoe (Premium)", "en_US"), ("Tom", "en_US"), ("Moira", "en_IE")),
        *(("Bells (Enhanced)", "en_US"), ("Ava", "en_US"), ("no voice", "")),
    )
)
WINDOWS = "de-DE|Hedda\r\n en-US|Zira \r\nen-GB|Hazel\r\nnothing\r\nen-US|A|B\r\n"


@each_row(
    ("platform", "programs", "listing", "language", "names"),
    [
        ("linux", EVERY[::2], "", "en", "Pico; eSpeak NG"),
        ("linux", EVERY[1:2], "", "en", "Flite, a woman’s voice; Flite, a Scottish man’s voice; Flite, a man’s voice"),
        ("linux", EVERY, "", "de-AT", "Pico; eSpeak NG"),
        ("linux", EVERY, "", "ja", "eSpeak NG"),
        ("freebsd14", EVERY[2:], "", "en_GB", "eSpeak NG"),
        ("linux", [], "", "en", ""),
        ("darwin", ["say"], MAC, "de-AT", "Anna"),
        ("darwin", ["say"], MAC, "fr", ""),
        ("darwin", ["say"], MAC, "en", "Zoe (Premium); Samantha; Daniel"),
        ("darwin", ["say"], MAC, "en-GB", "Zoe (Premium); Daniel; Samantha"),
        ("darwin", ["say"], FINE, "en", "Zoe (Premium); Tom (Enhanced); Ava; Moira; Tom"),
        (
            *(
                "darwin",
                ["say"],
                "Zoe (Enhanced)  en_US  #\nSusan (Enhanced)  en_US  #\nAva (Enhanced)  en_US  #",
                "en",
            ),
            "Ava (Enhanced); Susan (Enhanced); Zoe (Enhanced)",
        ),
        ("darwin", [], MAC, "en", ""),
        ("win32", ["powershell"], WINDOWS, "en-us", "Zira; A|B; Hazel"),
        ("win32", ["powershell"], WINDOWS, "en-GB", "Hazel; Zira; A|B"),
        ("win32", ["powershell"], WINDOWS, "de", "Hedda"),
        ("win32", [], WINDOWS, "en", ""),
    ],
)
def test_the_voices_of_a_computer_for_a_language_come_calmest_first(
    platform: str, programs: list[str], listing: str, language: str, names: str
) -> None:
    found = voices(platform, programs, listing, language)
    assert "; ".join(voice.name for voice in found) == names
    assert all(voice.language == ("en" if voice.name.startswith("Flite") else language) for voice in found)


@each_row(
    ("language", "lang"), [("en", "en-US"), ("en-gb", "en-GB"), ("en-AU", "en-US"), ("de", "de-DE"), ("es-MX", "es-ES")]
)
def test_pico_speaks_the_language_in_the_place_it_knows(language: str, lang: str) -> None:
    (pico,) = voices("linux", ["pico2wave"], language=language)
    assert f"--lang={lang}" in ordered(pico)[0]
    assert (pico.language, pico.soften) == (language, False)


def test_units_are_written_out_and_the_words_come_in_a_file_that_is_gone_afterwards() -> None:
    seen: list[tuple[str, Path]] = []

    def command(order: SpeechOrder) -> list[str]:
        seen.append((order.file.read_text(encoding="utf-8"), order.file.parent))
        return [str(order.out)]

    for language in ("en", "de"):
        CommandVoice("x", "X", command, Computer("linux", []).system, language=language).render("45 s\nPße", pace=145)
    assert [words for words, _ in seen] == ["45 seconds Pße", "45 Sekunden Pße"]
    assert not any(folder.exists() for _, folder in seen)


def test_a_voice_that_buzzes_is_softened() -> None:
    asked: list[Mapping[str, object]] = []

    class Asked(EngineProcess):
        @override
        def ask(self, order: Mapping[str, object], *, name: str) -> bytes:
            asked.append({**order, "name": name})
            return b""

        @override
        def end(self) -> None:
            asked.append({"end": True})

    system = System("linux", which=lambda name: name, run=lambda _command, _environment: b"", process=Asked())
    for voice in system_voices("en", system=system)[-2:]:
        voice.render("Rest.", pace=145)
        voice.rest()
    assert [(one.get("kind"), one.get("soften"), one.get("name"), one.get("end")) for one in asked] == [
        ("spoken", False, "Flite, a man’s voice", None),
        (None, None, None, True),
        ("spoken", True, "eSpeak NG", None),
        (None, None, None, True),
    ]


def test_a_mac_is_asked_for_its_voices_once() -> None:
    computer = Computer("darwin", ["say"], MAC)
    system_voices("en", system=computer.system)
    assert computer.ran == [(["/bin/say", "-v", "?"], {})]


def test_a_listing_with_letters_of_another_kind_is_read_and_english_is_what_is_usually_asked_for() -> None:
    def run(_command: Sequence[str], _environment: Mapping[str, str]) -> bytes:
        return b"en-US|M\xfcller\nde-DE|Hedda"

    system = System("win32", which=lambda name: name, run=run)
    (voice,) = system_voices(system=system)
    assert isinstance(voice, CommandVoice)
    assert (voice.name, voice.language) == ("M\ufffdller", "en")


def test_a_program_is_run_without_a_shell_with_what_it_is_told_and_its_failure_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = System().run
    monkeypatch.setenv("GUIDE_HAD", "before")
    code = "import os, sys; print(sys.argv[1], os.environ['GUIDE_SAID'], 'GUIDE_HAD' in os.environ)"
    assert run([sys.executable, "-c", code, "$(id)"], {"GUIDE_SAID": "now"}).split() == [b"$(id)", b"now", b"True"]
    with pytest.raises(subprocess.CalledProcessError):
        run([sys.executable, "-c", "raise SystemExit(3)"], {})


@pytest.mark.parametrize("windows", [False, True])
def test_a_program_has_no_input_no_window_no_words_of_its_own_and_an_end(
    monkeypatch: pytest.MonkeyPatch, windows: bool
) -> None:
    asked: dict[str, object] = {}

    def run(_command: list[str], **how: object) -> SimpleNamespace:
        asked.update(how)
        return SimpleNamespace(stdout=b"")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.delattr(subprocess, "CREATE_NO_WINDOW", raising=False)
    if windows:
        monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 7, raising=False)
    System().run(["flite"], {})
    assert {name: asked[name] for name in ("stdin", "stderr", "timeout", "creationflags")} == {
        "stdin": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "timeout": 30,
        "creationflags": 7 if windows else 0,
    }


def test_words_and_sound_are_files_of_this_user_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "scratch_folder", lambda: tmp_path)
    places: list[Path] = []

    def command(order: SpeechOrder) -> list[str]:
        places.extend((order.file, order.out))
        return [str(order.out)]

    CommandVoice("x", "X", command, Computer("linux", []).system).render("Rest.", pace=145)
    words, sound = places
    assert (words.parent, words.parent.parent) == (sound.parent, tmp_path)
    assert (words.name, sound.name) == ("words.txt", "words.wav")
