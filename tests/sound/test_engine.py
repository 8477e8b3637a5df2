"""Engines in a child process: what they say comes back whole, and nothing they do reaches this one."""

from __future__ import annotations

import importlib
import io
import json
import os
import subprocess
import sys
import threading
import time
from array import array
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from listening import samples_in

import guide
from guide.sound.ahead import ahead
from guide.sound.prompts import Prompts
from guide.sound.voices import engine, piper
from guide.sound.voices.engine import MOST_BYTES, EngineProcess, EngineVoice, Priority, _end, _exchange, child_command
from guide.sound.voices.voice import VoiceError, finished
from tables import each_row

ECHO = """
import json, sys
for line in sys.stdin:
    order = json.loads(line)
    data = (order["text"] * 3).encode()
    sys.stdout.buffer.write(json.dumps({"bytes": len(data)}).encode() + b"\\n" + data)
    sys.stdout.buffer.flush()
"""
BROKE_OFF = r"^The voice Test broke off, so another one speaks\.$"


def voice(code: str, *, patience: float = 30) -> EngineVoice:
    command = [sys.executable, "-c", code]
    return EngineVoice("test", "test", "Test", process=EngineProcess(command=command, patience=patience))


def test_one_child_says_everything_until_it_may_rest() -> None:
    echo = voice(ECHO)
    assert [echo.render(text, pace=145) for text in ("one", "two")] == [b"oneoneone", b"twotwotwo"]
    (child,) = echo.process._idle
    echo.rest()
    assert child.returncode == 0
    assert echo.render("three", pace=145) == b"threethreethree"  # and it can speak again
    echo.rest()


@each_row(
    "code",
    [
        "import os; os.abort()",
        "import os, signal, sys; sys.stdin.readline(); os.kill(os.getpid(), signal.SIGSEGV)",
        "raise SystemExit(3)",
        "print('a word of its own')",
        "print('{\"bytes\": 9}')",
        "print('{\"bytes\": 99999999999}')",
        "print('{\"bytes\": -1}')",
        "print('[]')",
    ],
)
def test_a_child_that_dies_or_talks_nonsense_is_one_sentence(code: str) -> None:
    with pytest.raises(VoiceError, match=BROKE_OFF):
        voice(code).render("Rest.", pace=145)


def test_a_child_that_does_not_answer_is_ended() -> None:
    began = time.monotonic()
    with pytest.raises(VoiceError, match=BROKE_OFF):
        voice("import time; time.sleep(60)", patience=0.3).render("Rest.", pace=145)
    assert time.monotonic() - began < 20


def test_a_program_that_is_not_there_is_one_sentence() -> None:
    process = EngineProcess(command=["/no/such/program"])
    with pytest.raises(VoiceError, match=BROKE_OFF):
        EngineVoice("test", "test", "Test", process=process).render("Rest.", pace=145)


def test_a_child_that_was_ended_while_nothing_was_asked_of_it_is_started_anew() -> None:
    """As by a system that needs its memory."""
    echo = voice(ECHO)
    echo.render("one", pace=145)
    (child,) = echo.process._idle
    child.kill()
    child.wait()
    assert echo.render("two", pace=145) == b"twotwotwo"
    echo.rest()
    assert child.stdin is not None
    assert child.stdin.closed


def test_threads_take_turns() -> None:
    echo = voice(ECHO)
    heard: dict[str, bytes] = {}

    def work(text: str) -> None:
        heard[text] = echo.render(text, pace=145)

    threads = [threading.Thread(target=work, args=(text,)) for text in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    echo.rest()
    assert heard == {text: text.encode() * 3 for text in "abcdef"}


TOGETHER = """
import json, os, sys, time
for line in sys.stdin:
    met, mine = json.loads(line)["text"].split()
    open(os.path.join(met, mine), "w").close()
    end = time.monotonic() + 20
    while len(os.listdir(met)) < 2 and time.monotonic() < end:
        time.sleep(0.01)
    data = str(len(os.listdir(met))).encode()
    sys.stdout.buffer.write(json.dumps({"bytes": len(data)}).encode() + b"\\n" + data)
    sys.stdout.buffer.flush()
"""


def test_two_children_speak_at_the_same_time_and_both_are_let_go(tmp_path: Path) -> None:
    process = EngineProcess(command=[sys.executable, "-c", TOGETHER], children=2)
    pair = EngineVoice("test", "test", "Test", process=process)
    with ahead(lambda mine: pair.render(f"{tmp_path} {mine}", pace=145), "ab", hands=2) as heard:
        assert [heard("a"), heard("b")] == [b"2", b"2"]
    children = list(process._idle)
    pair.rest()
    assert [child.returncode for child in children] == [0, 0]


def test_a_child_that_died_leaves_its_place_to_another() -> None:
    process = EngineProcess(command=[sys.executable, "-c", "raise SystemExit(3)"], children=2)
    dying = EngineVoice("test", "test", "Test", process=process)
    for _attempt in range(3):
        with pytest.raises(VoiceError, match=BROKE_OFF):
            dying.render("Rest.", pace=145)
    dying.rest()


@pytest.mark.parametrize("damage", ["phontab", "en_dict", "intonations", "phonindex", "phondata"])
def test_damaged_data_of_the_plain_voice_takes_nothing_with_it(
    tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loader = importlib.import_module("espeakng_loader")
    data = tmp_path / "espeak-ng-data"
    data.mkdir()
    for file in Path(loader.get_data_path()).iterdir():
        (data / file.name).symlink_to(file)
    (data / damage).unlink()
    (data / damage).write_bytes(bytes(range(256)) * 40)
    (tmp_path / "espeakng_loader.py").write_text(
        f"def get_library_path(): return {loader.get_library_path()!r}\ndef get_data_path(): return {str(data)!r}\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    process = EngineProcess(patience=3)  # with some of it espeak-ng never ends, depending on where its memory lies
    damaged = EngineVoice("embedded", "embedded", "Plain voice", process=process)
    ready = Prompts(tmp_path / "kept")
    heard = ready.prepare(["Rest."], voices=[damaged])
    assert set(heard) == {"Rest."} or len(ready.problems) == 1


def test_a_piper_voice_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "piper", None)
    piper._model.cache_clear()
    with pytest.raises(VoiceError, match=r"^A Piper voice needs the package piper-tts, so another one speaks\.$"):
        piper.speak("Rest.", model="amy.onnx", pace=145)


def test_a_piper_voice_is_loaded_once_and_after_telemetry_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[tuple[Path, str | None]] = []

    def load(path: Path) -> SimpleNamespace:
        loaded.append((path, os.environ.get("ORT_DISABLE_TELEMETRY")))
        return SimpleNamespace(synthesize=lambda _text, **_settings: [])

    stand_in = SimpleNamespace(PiperVoice=SimpleNamespace(load=load), SynthesisConfig=SimpleNamespace)
    monkeypatch.setitem(sys.modules, "piper", stand_in)
    monkeypatch.setenv("ORT_DISABLE_TELEMETRY", "0")
    piper._model.cache_clear()
    for _ in range(2):
        piper.speak("Rest.", model="any.onnx", pace=145)
    piper._model.cache_clear()
    assert loaded == [(Path("any.onnx"), "1")]


def test_a_piper_voice_speaks_with_pauses_and_without_control_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    chunk = SimpleNamespace(audio_int16_bytes=array("h", [500, -500] * 8_000).tobytes(), sample_rate=16_000)

    def synthesize(text: str, syn_config: object) -> list[SimpleNamespace]:
        asked.extend((text, syn_config))
        return [chunk, chunk]

    model = SimpleNamespace(synthesize=synthesize)
    stand_in = SimpleNamespace(PiperVoice=SimpleNamespace(load=lambda _path: model), SynthesisConfig=SimpleNamespace)
    monkeypatch.setitem(sys.modules, "piper", stand_in)
    piper._model.cache_clear()
    samples, rate = samples_in(finished(piper.speak("Rest\nnow.", model="any.onnx", pace=145)))
    piper._model.cache_clear()
    assert asked[0] == "Rest now."
    assert rate == 22_050
    assert len(samples) / rate == pytest.approx(2.4, abs=0.2)


@pytest.mark.parametrize(
    ("named", "found"),
    [("piper:{there}", True), ("{there}", False), ("piper:{other}", False), ("piper:{gone}", False), ("piper:", False)],
)
def test_a_piper_voice_is_a_file_that_is_there_and_ends_as_its_models_do(
    tmp_path: Path, named: str, found: bool
) -> None:
    places = {"there": tmp_path / "amy.onnx", "other": tmp_path / "amy.txt", "gone": tmp_path / "gone.onnx"}
    for place in ("there", "other"):
        places[place].write_bytes(b"x")
    assert piper.model_file(named.format(**places)) == (places["there"] if found else None)


class Piper:
    """Stands where the package would: each chunk is a tenth of a second, at 8,000 Hz."""

    def __init__(self, chunks: int = 1, *, fails: bool = False) -> None:
        self.asked: list[object] = []
        self.PiperVoice = self
        self._chunks = chunks
        self._fails = fails

    def load(self, path: Path) -> Piper:
        self.asked.append(path)
        return self

    def SynthesisConfig(self, *, length_scale: float) -> float:  # noqa: N802  the package's name
        return length_scale

    def synthesize(self, text: str, *, syn_config: float) -> list[SimpleNamespace]:
        self.asked += [text, round(syn_config, 3)]
        if self._fails:
            raise RuntimeError("a model that is none")
        return [SimpleNamespace(audio_int16_bytes=array("h", [-7] * 800).tobytes(), sample_rate=8_000)] * self._chunks


@pytest.mark.parametrize(("pace", "scale"), [(165, 1.0), (60, 2.75), (20, 2.75)])
@pytest.mark.parametrize(("chunks", "length"), [(0, 0), (1, 800), (2, 800 + 3_040 + 800)])
def test_piper_is_asked_for_a_pace_and_its_sentences_are_set_apart(
    monkeypatch: pytest.MonkeyPatch, pace: int, scale: float, chunks: int, length: int
) -> None:
    stand_in = Piper(chunks)
    monkeypatch.setitem(sys.modules, "piper", stand_in)
    piper._model.cache_clear()
    speech = piper.speak(" Rest\0 now", model="amy.onnx", pace=pace)
    piper._model.cache_clear()
    assert stand_in.asked == [Path("amy.onnx"), "Rest now", scale]
    assert (len(speech.samples), speech.rate) == (length, 8_000 if chunks else 22_050)
    assert set(speech.samples[:800]) == ({-7} if chunks else set())
    assert list(speech.samples[800:-800]) == [0] * max(length - 1_600, 0)


def test_a_piper_voice_that_fails_leaves_the_sentence_to_who_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "piper", Piper(fails=True))
    piper._model.cache_clear()
    with pytest.raises(VoiceError, match=r"^$"):
        piper.speak("Rest.", model="amy.onnx", pace=145)
    piper._model.cache_clear()


def test_a_piper_voice_whose_second_file_is_not_there_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As where it was not copied yet."""

    def load(path: Path) -> None:
        Path(f"{path}.json").read_bytes()

    monkeypatch.setitem(sys.modules, "piper", SimpleNamespace(PiperVoice=SimpleNamespace(load=load)))
    piper._model.cache_clear()
    with pytest.raises(VoiceError, match=r"^A Piper voice needs its file that ends in \.onnx\.json beside it\.$"):
        piper.speak("Rest.", model=str(tmp_path / "amy.onnx"), pace=145)


ORDER = """
import json, os, sys
line = sys.stdin.readline()
order = json.loads(line)
data = json.dumps([order, sys.argv[1:], os.environ["PYTHONPATH"], os.environ["ORT_DISABLE_TELEMETRY"]]).encode()
sys.stdout.buffer.write(json.dumps({"bytes": len(data)}).encode() + b"\\n" + data)
"""


@pytest.mark.parametrize(("priority", "arguments"), [(Priority.USUAL, []), (Priority.LOW, ["low"])])
@pytest.mark.parametrize("before", [None, "/somewhere"])
def test_a_child_is_told_all_there_is_to_know_and_finds_this_program(
    monkeypatch: pytest.MonkeyPatch, priority: Priority, arguments: list[str], before: str | None
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    if before is not None:
        monkeypatch.setenv("PYTHONPATH", before)
    process = EngineProcess(command=[sys.executable, "-c", ORDER], priority=priority)
    voice = EngineVoice("piper", "piper:amy.onnx", "Amy", "de", "amy.onnx", process)
    order, told, path, telemetry = json.loads(voice.render("45 s \ud800", pace=150))
    voice.rest()
    kind, spoken = ("piper", "45 Sekunden ?")
    assert order == {"kind": kind, "name": "Amy", "language": "de", "model": "amy.onnx", "text": spoken, "pace": 150}
    assert (told, telemetry) == (arguments, "1")
    root = str(Path(guide.__file__).parents[1])
    assert path == (root if before is None else os.pathsep.join([root, before]))


@pytest.mark.parametrize(("frozen", "rest"), [(True, ["--speak"]), (False, ["-P", "-m", "guide.sound.voices"])])
def test_the_child_is_this_program_or_an_interpreter_with_it(
    monkeypatch: pytest.MonkeyPatch, frozen: bool, rest: list[str]
) -> None:
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    assert child_command() == [sys.executable, *rest]


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [("The natural voice cannot be started here.",) * 2, ("", "The voice Test could not say this.")],
)
def test_what_a_child_could_not_do_is_its_sentence_or_one_with_the_voices_name(problem: str, sentence: str) -> None:
    failing = voice(f"import json, sys; sys.stdin.readline(); print(json.dumps({{'problem': {problem!r}}}))")
    with pytest.raises(VoiceError) as told:
        failing.render("Rest.", pace=145)
    assert str(told.value) == sentence
    failing.rest()


@pytest.mark.parametrize("size", [MOST_BYTES + 1, -1])
def test_an_answer_of_a_size_that_cannot_be_is_not_waited_for(size: int) -> None:
    code = f"import sys; sys.stdin.readline(); print('{{\"bytes\": {size}}}', flush=True); sys.stdin.read()"
    began = time.monotonic()
    with pytest.raises(VoiceError, match=BROKE_OFF):
        voice(code, patience=5).render("Rest.", pace=145)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(("windows", "priority", "flags"), [(True, "usual", 1), (True, "low", 3), (False, "low", 0)])
def test_a_child_has_no_window_and_behind_her_back_a_lower_priority(
    monkeypatch: pytest.MonkeyPatch, windows: bool, priority: str, flags: int
) -> None:
    asked: list[object] = []

    def started(_command: list[str], *, creationflags: int, **how: object) -> None:
        asked.append(creationflags)
        assert (how["stdin"], how["stdout"], how["stderr"]) == (subprocess.PIPE, subprocess.PIPE, subprocess.DEVNULL)
        raise OSError("no child is wanted")

    for name, flag in (("CREATE_NO_WINDOW", 1), ("BELOW_NORMAL_PRIORITY_CLASS", 2)):
        monkeypatch.delattr(subprocess, name, raising=False)
        if windows:
            monkeypatch.setattr(subprocess, name, flag, raising=False)
    monkeypatch.setattr(subprocess, "Popen", started)
    with pytest.raises(VoiceError, match=BROKE_OFF):
        EngineProcess(priority=Priority(priority)).ask({}, name="Test")
    assert asked == [flags]


def test_a_child_that_neither_listens_nor_ends_is_ended_after_a_second() -> None:
    did: list[object] = []

    def closed() -> None:
        did.append("closed")
        raise BrokenPipeError

    def wait(timeout: float | None = None) -> None:
        did.append(timeout)
        if timeout is not None:
            raise subprocess.TimeoutExpired("engine", timeout)

    pipe = SimpleNamespace(close=closed)
    child = SimpleNamespace(stdin=pipe, stdout=pipe, wait=wait, kill=lambda: did.append("killed"))
    _end(cast("subprocess.Popen[bytes]", child))
    assert did == ["closed", "closed", 1, "killed", None]


@pytest.mark.parametrize(("size", "heard"), [(0, b""), (3, b"abc"), (4, None), (-1, None)])
def test_an_answer_is_read_no_further_than_it_can_go(
    monkeypatch: pytest.MonkeyPatch, size: int, heard: bytes | None
) -> None:
    monkeypatch.setattr(engine, "MOST_BYTES", 3)
    head = json.dumps({"bytes": size}).encode()
    answers = io.BytesIO(head.ljust(4_096) + b"abcdef")  # its line never ends
    child = cast("subprocess.Popen[bytes]", SimpleNamespace(stdin=io.BytesIO(), stdout=answers))
    if heard is None:
        with pytest.raises(ValueError, match=str(size)):
            _exchange(child, {})
    else:
        assert _exchange(child, {}) == ({"bytes": size}, heard)
    assert answers.tell() == 4_096 + len(heard or b"")
