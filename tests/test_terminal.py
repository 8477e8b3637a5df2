"""A session in the terminal: whole words, keys of any layout, questions before and after, nothing lost on a stop."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

import guide.terminal as terminal_room
from guide.cli import main
from guide.compat import override
from guide.core.commands import Command
from guide.core.routine import Kind, Routine, WhenSore
from guide.core.session import Finished, Paused, Ready, segment_of
from guide.language import speak
from guide.live.intents import GoOn
from guide.live.sitting import Listener, Sitting
from guide.playing import _ask_again
from guide.sound.performer import Performer
from guide.store.log.log import Log
from guide.store.paths import Paths
from guide.store.settings import Settings, SoreCheck, load, save
from guide.terminal import Interlude, Keyboard, Screen, WhereItHurt, note_it, play, well_enough
from guide.terminal.keyboard import ESCAPE, FORWARD, HANG_UP, INTERRUPT, SUSPEND, latin
from guide.terminal.play import KEYS, _press, keys_of
from hands import Clock, Ear, RememberingPlayer
from plans import fixed, plan_of
from tables import each_row

ENDS_IT = {"en": "finishes", "de": "beendet", "es": "termina"}
PLAN = plan_of(fixed("1 min", say="One."), fixed("2 min", Kind.PUMP, say="Two.", suction="Low"))


class Keys(Keyboard):
    """Somebody is there, and presses these."""

    def __init__(self, *keys: str) -> None:
        super().__init__(sys.stdin)
        self.attended = True
        self.keys = list(keys)
        self.suspended = 0

    @override
    def wait(self, seconds: float | None) -> str | None:
        return self.keys.pop(0) if self.keys else HANG_UP

    @override
    def __enter__(self) -> Self:
        return self

    @override
    def __exit__(self, *_: object) -> None:
        pass

    @override
    def suspend(self) -> None:
        self.suspended += 1

    @override
    def take_back(self) -> None:
        pass


class Terminal(io.StringIO):
    encoding = "utf-8"

    @override
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    return Terminal()


def sitting(clock: Clock, *listeners: Listener) -> Sitting:
    made = Sitting(Ready(PLAN), clock=clock, performer=Performer(RememberingPlayer()), listeners=list(listeners))
    made.begin()
    return made


@given(st.text(st.characters(categories=["L", "Zs"]), min_size=1, max_size=300), st.integers(20, 140))
def test_no_line_breaks_inside_a_word_or_goes_past_the_edge(text: str, width: int) -> None:
    out = io.StringIO()
    screen = Screen(out)
    old = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = str(width)
    try:
        screen.say(text)
    finally:
        os.environ.pop("COLUMNS") if old is None else os.environ.update(COLUMNS=old)
    lines = out.getvalue().splitlines()
    room = min(width, 100)
    assert all(len(line) <= room for line in lines)
    short = [word for word in text.split() if len(word) <= room - 6]
    if len(short) == len(text.split()):
        assert " ".join(out.getvalue().split()) == " ".join(text.split())


@pytest.mark.parametrize("width", [20, 33, 60, 200])
@pytest.mark.parametrize("name", ["Evening", "A name of a good many words that go on and on for a while", "x" * 80])
def test_the_name_at_the_top_keeps_to_the_width_too(monkeypatch: pytest.MonkeyPatch, name: str, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = io.StringIO()
    Screen(out).head(name, "12–15 min", keys=False)
    lines = out.getvalue().splitlines()
    assert all(len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(f"{name} · 12–15 min".split())
    if len(name) < width:
        assert lines[0].startswith(name)


def test_kind_and_side_are_marked_and_colour_is_for_a_terminal_only(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = io.StringIO()
    for out in (terminal, plain):
        sitting(Clock(), Screen(out)).do(Command.NEXT)
    assert "\x1b[1;38;5;111m" in terminal.getvalue()
    assert "\x1b" not in plain.getvalue()
    assert "Suction: Low" in plain.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    out = Terminal()
    sitting(Clock(), Screen(out)).do(Command.NEXT)
    assert "38;5" not in out.getvalue()


@each_row(
    ("key", "expected"),
    [("n", Command.NEXT), ("т", Command.NEXT), ("ν", Command.NEXT), ("H", Command.IT_HURTS), ("р", Command.IT_HURTS)],
)
def test_a_letter_asks_on_any_layout(key: str, expected: Command) -> None:
    ear = Ear()
    _press(sitting(Clock(), ear), key, Screen(io.StringIO()), Keys())
    assert ear.commands == [expected]


@each_row("key", ["é", "?", "z", "\n", "☃"])
def test_any_other_key_asks_for_nothing(key: str) -> None:
    ear = Ear()
    _press(sitting(Clock(), ear), key, Screen(io.StringIO()), Keys())
    assert ear.commands == []


@each_row("key", ["q", ESCAPE, INTERRUPT])
@each_row(("answer", "finishes"), [("y", True), ("n", False), (ESCAPE, False), (INTERRUPT, True)])
def test_q_pauses_and_asks(key: str, answer: str, finishes: bool) -> None:
    made = sitting(Clock())
    _press(made, key, Screen(io.StringIO()), Keys(answer))
    assert isinstance(made.session, Finished) is finishes


def test_where_nothing_is_kept_the_end_does_not_say_so() -> None:
    for keeps in (True, False):
        out = io.StringIO()
        screen = Screen(out)
        screen.keeps = keeps
        _press(sitting(Clock(), screen), "q", screen, Keys("y"))
        told = out.getvalue()
        assert (told.count("What you did is kept."), "That is enough for now." in told) == (2 * keeps, True)


def test_a_signal_to_end_that_comes_to_the_question_ends_and_nothing_carries_on() -> None:
    keys, ear = Keys("q"), Ear()
    keys.hung_up = 15
    made = sitting(Clock(), ear)
    assert isinstance(play(made, screen=Screen(io.StringIO()), keyboard=keys, speed=1), Paused)
    assert ear.commands == [Command.PAUSE]


def test_while_it_hurts_undo_leaves_the_time_standing_and_says_so() -> None:
    out = io.StringIO()
    screen = Screen(out)
    made = sitting(Clock(), screen)
    for key in "nhu":
        _press(made, key, screen, Keys())
    assert isinstance(made.session, Paused)
    assert made.session.running.index == 1
    assert "Still paused while it hurts." in " ".join(out.getvalue().split())


@each_row(("key", "ends"), [("b", False), ("n", False), ("s", True)])
def test_while_it_hurts_neither_back_nor_next_goes_on_and_s_skips_the_step(key: str, ends: bool) -> None:
    screen = Screen(io.StringIO())
    made = sitting(Clock(), screen)
    for each in ("n", "h", key):
        _press(made, each, screen, Keys())
    assert isinstance(made.session, Finished if ends else Paused)
    assert keys_of(made.session).get(" ") is not None


def test_r_shows_the_words_of_the_step_again_also_where_nothing_is_heard() -> None:
    out = io.StringIO()
    made = sitting(Clock())  # of a terminal that has not shown them itself
    segment = segment_of(made.session)
    _press(made, "r", Screen(out), Keys())
    assert " ".join(out.getvalue().split()) == (segment.say or segment.name)


def test_ctrl_z_pauses_first_and_the_terminal_is_taken_back() -> None:
    clock, keys, ear = Clock(), Keys(), Ear()
    made = sitting(clock, ear)
    clock.advance(10)
    _press(made, SUSPEND, Screen(io.StringIO()), keys)
    clock.advance(100)
    made.wake()
    assert keys.suspended == 1
    assert isinstance(made.session, Paused)
    assert made.session.at.total_seconds() == 10


def test_a_program_that_was_stopped_is_held_where_it_stood() -> None:
    clock, keys = Clock(), Keys()
    made = sitting(clock)
    clock.advance(1)
    made.wake()
    clock.advance(22)
    keys._go_on(0)
    assert isinstance(play(made, screen=Screen(io.StringIO()), keyboard=keys, speed=1), Paused)


def test_every_part_of_a_letter_is_read_and_no_letter_ends_the_keys() -> None:
    read, write = os.pipe()
    os.write(write, "é☃n".encode() + b"\xff" + b"b")
    os.close(write)
    with os.fdopen(read) as stream:
        keyboard = Keyboard(stream)
        keyboard._listen()
    assert read_by(keyboard) == ["é", "☃", "n", "\ufffd", "b"]


def read_by(keyboard: Keyboard) -> list[str]:
    """What a keyboard read before its terminal went."""
    assert keyboard.wait(0) == HANG_UP
    keyboard.hung_up = 0
    return list(iter(lambda: keyboard.wait(0) or HANG_UP, HANG_UP))


@pytest.fixture
def pedal() -> list[str]:
    """Page Down, the arrows, Page Up, and four that nobody knows, as a terminal sends them."""
    read, write = os.pipe()
    with os.fdopen(read) as stream:
        keyboard = Keyboard(stream)
        os.write(
            write, b"\x1b[6~\x1b[C\x1b[5~\x1bOD\x1b[A\x1b[15~\x1b[[B\x1b[1;5C\x1bn"
        )  # at once, as on a busy computer
        os.close(write)
        keyboard._listen()
    return read_by(keyboard)


def test_a_pedals_keys_ask_in_a_session(pedal: list[str]) -> None:
    asked = [KEYS.get(latin(key)) for key in pedal]
    back = Command.BACK
    assert asked == [GoOn(), GoOn(), back, back, Command.MORE_TIME, *[None] * 4]


@pytest.mark.parametrize("tag", ["en", "de", "es"])
def test_a_pedals_keys_answer_no_question_and_stand_in_no_note(pedal: list[str], tag: str) -> None:
    speak(tag)
    try:
        questions = Interlude(screen=Screen(io.StringIO()), keyboard=Keys(*pedal, "s"))
        assert questions.choose("c, s, n", "csn") == "s"
        questions = Interlude(screen=Screen(io.StringIO()), keyboard=Keys(*pedal, "y", *pedal, "n"))
        assert (questions.agrees("Yes?"), questions.agrees("No?")) == (True, False)
        questions = Interlude(screen=Screen(io.StringIO()), keyboard=Keys(*pedal, "5", *pedal, "\n"))
        assert questions.typed("Left") == "5"
    finally:
        speak("en")


@pytest.mark.parametrize(
    ("tag", "key", "agrees"),
    [
        *(("en", key, answer) for key, answer in {"y": True, "n": False, "j": None, "s": None}.items()),
        *(("de", key, answer) for key, answer in {"j": True, "J": True, "о": True, "y": True, "n": False}.items()),
        *(("es", key, answer) for key, answer in {"s": True, "y": True, "N": False, "j": None}.items()),
    ],
)
def test_yes_and_no_are_the_letters_of_her_language_and_y(tag: str, key: str, agrees: bool | None) -> None:
    out = io.StringIO()
    routine = Routine("Hands", (fixed("1 min"),))
    speak(tag)
    try:
        questions = Interlude(screen=Screen(out), keyboard=Keys(key))
        assert well_enough(routine, None, questions, Screen(out), called_by="hands")[1] is agrees
        own = {"en": "y", "de": "j", "es": "s"}[tag]
        assert f"({own}/n)" in " ".join(out.getvalue().split())
        _press(sitting(Clock()), "q", Screen(out), Keys())
        assert f"{own} {ENDS_IT[tag]}" in " ".join(out.getvalue().split())
    finally:
        speak("en")


def test_once_told_to_end_no_question_waits_for_an_answer(tmp_path: Path) -> None:
    keyboard, log = Keyboard(io.StringIO()), Log.open(tmp_path / "log.db")
    keyboard.attended = True
    keyboard._hang_up(15)
    questions = Interlude(screen=Screen(io.StringIO()), keyboard=keyboard)
    record = log.add_by_hand(routine_name="One")
    note_it(record, log, questions, ounces=False, number_free=False)
    assert questions.choose("c, s, n", "csn") is None
    assert questions.agrees("Sore?") is None
    assert (keyboard.code(0), questions.left) == (143, HANG_UP)
    log.close()


def test_told_to_end_while_the_voice_gets_ready_nothing_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = Keys()

    def prepare(*_: object, progress: Callable[..., None], **__: object) -> None:
        progress(0, 2, None)
        keys.hung_up = 15
        progress(1, 2, None)
        pytest.fail("it goes on")

    monkeypatch.setattr(terminal_room, "Keyboard", lambda _: keys)
    monkeypatch.setattr("guide.sound.repertoire.prepare", prepare)
    assert main(["--home", str(tmp_path), "play", "calm-let-down"]) == 143
    capsys.readouterr()
    main(["--home", str(tmp_path), "log"])
    assert "No sessions yet" in capsys.readouterr().out


@pytest.mark.parametrize("key", [ESCAPE, INTERRUPT, FORWARD, HANG_UP])
def test_a_session_cut_off_stays_so_where_its_question_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    home = ["--home", str(tmp_path)]
    for keys, code in ((Keys(), 0), (Keys(key), 1)):  # the first is gone in the session
        monkeypatch.setattr(terminal_room, "Keyboard", lambda _, keys=keys: keys)
        assert main([*home, "play", "calm-let-down", "--silent"]) == code
    capsys.readouterr()
    main([*home, "log"])
    assert "is not finished yet" in capsys.readouterr().err


def test_ctrl_c_leaves_every_question_after_a_session_and_escape_one(tmp_path: Path) -> None:
    log = Log.open(tmp_path / "log.db")
    for keys, right in (((INTERRUPT, *"5\n"), None), ((ESCAPE, *"5\n", "\n"), 5.0)):
        record = log.add_by_hand(routine_name="One")
        questions = Interlude(screen=Screen(io.StringIO()), keyboard=Keys(*keys))
        note_it(record, log, questions, ounces=False, number_free=False)
        noted = log.record(record.id)
        assert noted is not None
        assert noted.right_ml == right
    log.close()


@each_row(("sore", "keys", "begins"), [(None, "n", True), (None, "y", False), (True, "", False)])
def test_the_check_is_asked_before_hands_on_work(sore: bool | None, keys: str, begins: bool) -> None:
    screen_out = Terminal()
    screen = Screen(screen_out)
    questions = Interlude(screen=screen, keyboard=Keys(*keys))
    routine = Routine("Hands", (fixed("1 min"),))
    assert well_enough(routine, sore, questions, screen, called_by="hands on")[0] is begins
    said = " ".join(screen_out.getvalue().split())
    for command in (" play gentle-day", " play 'hands on' --well"):
        assert (command in said) is not begins
    rest = Routine("Rest", (fixed("1 min", Kind.REST),))
    assert well_enough(rest, None, questions, screen, called_by="rest") == (True, None)


@pytest.mark.parametrize(("when_sore", "begins"), [(WhenSore.OK, True), (WhenSore.AVOID, False)])
def test_after_yes_the_signs_are_told_and_a_routine_for_such_a_day_begins(when_sore: WhenSore, begins: bool) -> None:
    out = Terminal()
    screen = Screen(out)
    routine = Routine("Hands", (fixed("1 min"),), when_sore=when_sore)
    questions = Interlude(screen=screen, keyboard=Keys("y"))
    assert well_enough(routine, None, questions, screen, called_by="hands") == (begins, True)
    said = " ".join(out.getvalue().split())
    assert ("this one rests for now" in said) is not begins
    assert [one in said for one in ("When to seek care", "- chest pain", "- red streaks")] == [True] * 3
    assert "Soon" in said
    assert "- low mood that stays" in said


def test_c_tells_the_signs_and_leaves_the_session_as_it_is() -> None:
    out, ear = io.StringIO(), Ear()
    _press(sitting(Clock(), ear), "c", Screen(out), Keys())
    assert ear.commands == []
    assert "- trouble breathing" in out.getvalue()


@pytest.mark.parametrize("sore", [False, True])
def test_where_it_hurt_a_no_of_today_is_outstanding_again_and_a_yes_stays(tmp_path: Path, sore: bool) -> None:
    paths = Paths.of(tmp_path)
    answer = SoreCheck(datetime.now(UTC).date(), sore=sore)
    save(paths.settings, Settings(sore_check=answer))
    made = sitting(Clock(), WhereItHurt(lambda: _ask_again(paths)))
    made.do(Command.PAUSE)
    assert load(paths.settings)[0].sore_check == answer
    made.do(Command.IT_HURTS)
    assert load(paths.settings)[0].sore_check == (answer if sore else None)


def test_volumes_and_a_note_are_kept_and_enter_leaves_them_out(tmp_path: Path) -> None:
    log = Log.open(tmp_path / "log.db", now=lambda: datetime(2026, 3, 3, tzinfo=UTC))
    first, second = log.add_by_hand(routine_name="One"), log.add_by_hand(routine_name="Two")
    keys = Keys(*"35,5\n", *"\n", *"calmé", "\x7f", "\n", *"\n", *"x\n", *"\n")
    questions = Interlude(screen=Screen(io.StringIO()), keyboard=keys)
    note_it(first, log, questions, ounces=False, number_free=False)
    note_it(second, log, questions, ounces=False, number_free=False)
    noted, empty = log.record(first.id), log.record(second.id)
    assert noted is not None
    assert empty is not None
    assert (noted.left_ml, noted.right_ml, noted.note) == (35.5, None, "calm")
    assert (empty.left_ml, empty.right_ml, empty.note) == (None, None, "")
    log.close()


def test_an_amount_that_does_not_read_is_asked_for_again(tmp_path: Path) -> None:
    log = Log.open(tmp_path / "log.db", now=lambda: datetime(2026, 3, 3, tzinfo=UTC))
    record, out = log.add_by_hand(routine_name="One"), Terminal()
    keys = Keys(*"some\n", *"2 ½\n", *"4000\n", *"60 mL\n", *"\n")
    note_it(record, log, Interlude(screen=Screen(out), keyboard=keys), ounces=True, number_free=False)
    noted = log.record(record.id)
    assert noted is not None
    assert (noted.left_ml, noted.right_ml) == (73.9, 60.0)
    said = " ".join(out.getvalue().split())
    assert "could look like 2.5" in said
    assert "up to 33 fl oz" in said
    log.close()
