"""The page of her words at a desk whose microphone hears what the test says."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import guide.hear.takes
import speakers
from evenings import keep_to_lend, lent
from guide.app import Program, build
from guide.hear.ear import Report
from guide.hear.embedding import SIZE
from guide.hear.level import LevelAdvice, LoudnessNow
from guide.hear.matching import Scale
from guide.hear.meaning import Meaning
from guide.hear.microphone import Hearing
from guide.hear.reader import Reader
from guide.hear.spotter import Spotted
from guide.hear.takes import Lesson, Takes, learn
from guide.hear.teaching import TakePhase
from guide.kit.dialog import Dialog
from guide.pages.words import desk
from guide.pages.words.page import WordsPage
from guide.pages.words.rehearsing import Rehearsing
from guide.pages.words.round import TeachingRound
from guide.pages.words.teach import TeachPanel
from guide.pages.words.trying import Trying
from guide.pages.words.view import TAKES, WordRow
from guide.store.paths import Paths
from hands import Clock, RememberingPlayer
from microphones import ScriptedCapture
from teaching import WORDS, Taught, spoken

TALK = [np.ones((30, SIZE), np.float32)]


@dataclass
class Room:
    """The program, its microphone, and a clock for the ear."""

    program: Program
    capture: ScriptedCapture
    now: timedelta = timedelta(hours=1)

    @property
    def page(self) -> WordsPage:
        page = self.program.tools.window.page("words")
        assert isinstance(page, WordsPage)
        return page

    @property
    def reader(self) -> Reader:
        reader = self.program.tools.listening._reader
        assert reader is not None
        return reader

    @property
    def doing(self) -> object:
        return self.program.desk.words._doing

    @property
    def dialog(self) -> Dialog:
        dialog = self.program.tools.window.dialog
        assert dialog is not None
        return dialog

    def tell(self, meaning: Meaning, *, sure: bool = True) -> None:
        """As the ear does when a word was spotted."""
        spotted = Spotted(meaning, -6.0, sure, 0.0, 1.0)
        self.program.tools.listening.reported.emit(
            Report(Hearing.ON, LoudnessNow(-40, -60, LevelAdvice.WELL), (spotted,))
        )

    def wait(self, seconds: float = 0.16) -> None:
        """Time goes by and the ear reads."""
        self.now += timedelta(seconds=seconds)
        self.reader.step()

    def hear(self, sound: speakers.Sound) -> None:
        for start in range(0, len(sound), 2560):
            self.capture.say(sound[start : start + 2560].astype(np.int16).tobytes())
            self.wait(len(sound[start : start + 2560]) / speakers.RATE)


_lessons: dict[object, Lesson | None] = {}


def learnt(takes: Takes, alike_kept: Collection[Meaning] = ()) -> Lesson | None:
    """What comes of the same takes is compared once: several tests begin with those of `taught`."""
    key = (
        frozenset(alike_kept),
        *((meaning, tuple(take.rows.tobytes() for take in of)) for meaning, of in takes.items()),
    )
    if key not in _lessons:
        _lessons[key] = learn(takes, alike_kept)
    return _lessons[key]


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr(guide.hear.takes, "learn", learnt)
    capture = ScriptedCapture()
    paths = Paths.of(tmp_path)
    lent(paths)
    program = build(
        paths=paths,
        clock=Clock(),
        player=lambda _: RememberingPlayer(),
        run=lambda work: work(),
        thread=lambda _: None,
        capture=lambda _: capture,
    )
    qtbot.addWidget(program.tools.window)
    made = Room(program, capture)
    program.tools.listening.now = lambda: made.now
    program.tools.look.choose_still(True)
    program.tools.window.show()
    program.desk.open()
    keep_to_lend(paths)
    yield made
    program.desk.close()


def show_words(room: Room) -> None:
    room.program.desk.go_to("settings")
    room.program.desk.show_words()
    room.wait()


def test_the_device_is_open_only_while_the_page_is_seen(room: Room) -> None:
    assert room.capture.opened == 0
    show_words(room)
    assert room.capture.is_open
    reader = room.reader
    QTest.keyClick(room.page, Qt.Key.Key_Escape)
    listening = threading.Thread(target=reader.run)  # it gives way to other threads, and never takes that back
    listening.start()
    listening.join()  # it ends as soon as it looks
    assert room.program.tools.window.here == "settings"
    assert not room.capture.is_open


@pytest.mark.parametrize("count", range(TAKES + 1))
def test_a_row_tells_its_state_in_words_and_dots(count: int) -> None:
    row = WordRow(Meaning.NEXT, "weiter", count)
    assert row.ready is (count == TAKES)
    assert row.said == f"Next. Your word: weiter. {row.state}, {count} of 5 takes"
    assert row.state == {0: "Not taught", TAKES: "Ready"}.get(count, f"{TAKES - count} more")
    assert row.button == {0: "Teach", TAKES: "Again"}.get(count, "Go on")


def test_a_word_that_is_not_written_cannot_be_taught(room: Room) -> None:
    show_words(room)
    line = room.page.lines[Meaning.NEXT]
    line.field.clear()
    assert not line.button.isEnabled()
    assert line.button.toolTip() == "Write a word first"
    line.field.setText("weiter")
    assert line.button.isEnabled()


def test_a_word_of_hers_is_kept_as_she_writes_it(room: Room) -> None:
    show_words(room)
    line = room.page.lines[Meaning.BACK]
    line.field.setText("zurück 再")
    line.field.editingFinished.emit()
    assert room.program.tools.preferences.settings.words == {"back": "zurück 再"}


def test_a_missing_microphone_is_told_with_what_still_works_and_comes_back(room: Room) -> None:
    room.capture.plugged = False
    show_words(room)
    assert room.page.card.advice.text() == "I can’t hear a microphone. Tap, pedal and keys all work."
    room.capture.plugged = True
    room.wait(3)
    room.hear(speakers.hiss(0.4, np.random.default_rng(1)) * np.float32(900))
    assert room.page.card.advice.text() == "It hears you well"
    assert room.page.card.meter.accessibleName() == "Microphone, It hears you well"


def test_without_a_microphone_a_round_says_so_and_counts_nothing_down_until_there_is_one(room: Room) -> None:
    room.capture.plugged = False
    show_words(room)
    room.page.teach_asked.emit(Meaning.NEXT)
    panel = room.dialog.findChild(TeachPanel)
    assert isinstance(panel, TeachPanel)
    told = set()
    for _ in range(5):
        told.add((panel.text.text(), panel.ring._number))
        room.wait(1)
    assert told == {("No microphone now. It is looked for again every few seconds. 0 takes are kept.", "–")}
    room.capture.plugged = True
    room.wait(3)
    room.hear(speakers.hiss(0.4, np.random.default_rng(1)) * np.float32(900))
    assert "No microphone" not in panel.text.text()
    room.capture.plugged = False
    room.wait(3)
    assert panel.text.text() == "The microphone is gone. 0 takes are kept."


def test_a_word_is_taught_by_saying_it_five_times_and_then_heard(room: Room, taught: Taught) -> None:
    show_words(room)
    room.page.teach_asked.emit(Meaning.MORE_TIME)
    listening, dice = room.program.tools.listening, np.random.default_rng(0)
    player = room.program.tools.player
    assert isinstance(player, RememberingPlayer)
    said = 0
    while isinstance(room.doing, TeachingRound) and said < 15:
        teaching = room.doing._teaching
        assert teaching is not None
        if teaching.phase is TakePhase.NOW:
            said += 1
            word = speakers.say("more time", taught.speaker, dice)
            room.hear(speakers.scene(word, taught.pump, 14, before=0.3, after=1.2, dice=dice))
        else:
            room.hear(taught.pump[: speakers.RATE // 2] * np.float32(300))
    assert len(listening.takes[Meaning.MORE_TIME]) == TAKES
    assert room.program.tools.paths.words.is_file()
    assert player.played.count(player.played[0]) == len(player.played) >= TAKES, "a tick for each"
    dialog = room.dialog
    assert dialog.accessibleName() == "Try it now: say “more time”, and then something else"
    for seed in range(3):
        room.hear(spoken("more time", 700 + seed, taught.pump))
    assert isinstance(room.doing, Trying)
    panel = room.doing.panel
    assert "Heard “more time”: sure" in panel.results.texts()
    assert "“more time” is ready" in panel.note.text()
    dialog.choose("done")
    assert room.page.lines[Meaning.MORE_TIME].state.text() == "Ready"


def test_takes_that_are_deleted_come_back_with_undo_and_their_file_too(room: Room, taught: Taught) -> None:
    room.program.tools.listening.keep(taught.takes)
    show_words(room)
    assert room.page.privacy.delete_button.isEnabled()
    room.page.privacy.delete_button.click()
    file, toast = room.program.tools.paths.words, room.program.tools.window.toast
    assert not file.exists()
    assert room.page.lines[Meaning.NEXT].state.text() == "Not taught"
    assert toast.words.text() == "All takes are deleted"
    toast.action.click()
    assert file.is_file()
    assert room.page.lines[Meaning.NEXT].state.text() == "Ready"


@pytest.mark.parametrize(("size", "scale"), [((1160, 780), 1.0), ((800, 560), 1.0), ((800, 560), 1.6)])
def test_the_dialog_that_teaches_has_room_for_all_it_shows(room: Room, size: tuple[int, int], scale: float) -> None:
    room.program.tools.look.choose_scale(scale)
    room.program.tools.window.resize(*size)
    show_words(room)
    room.page.teach_asked.emit(Meaning.NEXT)
    QApplication.processEvents()
    card = room.dialog.card
    assert card.minimumSizeHint().height() <= room.dialog.height()
    assert isinstance(room.doing, TeachingRound)
    panel = room.doing._panel
    assert panel is not None
    assert panel.minimumSizeHint().height() <= panel.height()


def test_two_words_that_sound_alike_are_told_at_the_later_one(room: Room, taught: Taught) -> None:
    room.program.tools.listening.keep(
        {Meaning.NEXT: taught.takes[Meaning.NEXT], Meaning.SAY_AGAIN: taught.takes[Meaning.NEXT]}
    )
    show_words(room)
    line = room.page.lines[Meaning.SAY_AGAIN]
    assert line.state.text() == "Not used"
    assert line.clash.text() == "Sounds too much like “next step”. Choose another word."


@pytest.mark.parametrize("answer", ["keep", "choose another"])
def test_a_word_that_is_close_to_another_may_be_kept_or_becomes_another(
    room: Room, taught: Taught, answer: str
) -> None:
    listening = room.program.tools.listening
    listening.keep({Meaning.NEXT: taught.takes[Meaning.NEXT], Meaning.SAY_AGAIN: taught.takes[Meaning.NEXT]})
    show_words(room)
    room.program.desk.words._try(Meaning.SAY_AGAIN)
    assert room.dialog.accessibleName() == "This is close to your word for Next"
    assert [button.text() for button in room.dialog.buttons] == ["Choose another word", "Keep it"]
    if answer == "keep":
        room.dialog.buttons[1].click()
        assert room.dialog.accessibleName().startswith("Try it now")
        assert listening.lesson is not None
        assert Meaning.SAY_AGAIN in listening.lesson.meanings
        room.dialog.choose("done")
        assert room.page.lines[Meaning.SAY_AGAIN].state.text() == "Ready"
    else:
        room.dialog.buttons[0].click()
        assert room.program.tools.window.dialog is None
        assert room.page.lines[Meaning.SAY_AGAIN].field.hasFocus()
        assert room.page.lines[Meaning.SAY_AGAIN].state.text() == "Not used"


def test_what_is_no_word_of_hers_is_told_as_kept_still(room: Room) -> None:
    show_words(room)
    room.program.desk.words._try(Meaning.NEXT)
    assert isinstance(room.doing, Trying)
    for level in (-40.0, -40.0, -40.0, *[-60.0] * 9):
        room.now += timedelta(seconds=0.16)
        room.program.tools.listening.reported.emit(Report(Hearing.ON, LoudnessNow(level, -60, LevelAdvice.WELL)))
    assert room.doing.panel.results.texts() == ["Kept still: no word of yours heard"]


def test_a_rehearsal_asks_for_each_word_twice_and_tells_what_was_heard(room: Room) -> None:
    room.program.tools.listening._takes = {}
    room.program.tools.listening.lesson = Lesson(
        tuple(WORDS), (np.ones((3, SIZE), np.float32),), (0,), Scale([np.ones((3, SIZE), np.float32)], TALK), -5.0, {}
    )
    show_words(room)
    assert room.page.rehearse.isEnabled()
    room.page.rehearse.click()
    assert isinstance(room.doing, Rehearsing)
    asked = []
    while (rehearsal := room.doing.rehearsal) is not None and not rehearsal.over:
        wanted = rehearsal.at_hand
        if wanted is not None:
            asked.append(wanted)
        if wanted is not None and wanted is not Meaning.PAUSE:
            room.tell(wanted)
        else:
            room.now += timedelta(seconds=7)
        room.doing.wake()
    assert sorted(asked) == sorted([*WORDS, *WORDS])
    panel = room.doing._panel
    assert panel.results.texts() == ["pause please: missed, missed"]
    assert "Teach “pause please” again" in panel.text.text()
    room.dialog.choose("done")
    assert room.doing is None


@pytest.mark.parametrize("opens", [True, False])
def test_where_the_system_refuses_the_microphone_its_settings_are_a_press_away(
    room: Room, opens: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, ...]] = []
    monkeypatch.setattr(desk, "opening", lambda: ("settings-of-sound",) if opens else None)
    monkeypatch.setattr(desk, "run", opened.append)
    room.capture.refuses = True
    show_words(room)
    assert room.page.card.advice.text().startswith("The computer keeps the microphone from this program.")
    assert room.page.card.open_settings.isVisibleTo(room.page.card) is opens
    if opens:
        room.page.card.open_settings.click()
        assert opened == [("settings-of-sound",)]
    room.capture.refuses = False
    room.wait(3)
    room.hear(speakers.hiss(0.4, np.random.default_rng(1)) * np.float32(900))
    assert not room.page.card.open_settings.isVisibleTo(room.page.card)


@pytest.mark.parametrize("size", [(1160, 780), (800, 560)])
@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_nothing_of_the_page_is_cut_off_sideways(room: Room, size: tuple[int, int], scale: float) -> None:
    room.program.tools.look.choose_scale(scale)
    room.program.tools.window.resize(*size)
    show_words(room)
    area = room.page.area
    assert room.page._content.minimumSizeHint().width() <= area.viewport().width()


def test_broken_takes_are_told_once_and_listening_goes_on(room: Room) -> None:
    room.program.tools.paths.words.parent.mkdir(parents=True, exist_ok=True)
    room.program.tools.paths.words.write_bytes(b"PK\x03\x04 no takes")
    told: list[str] = []
    room.program.tools.listening.told.connect(told.append)
    show_words(room)
    assert told == ["Your words could not be read. They can be taught again; taps and keys work."]
    assert room.page.card.advice.text() != LevelAdvice.MISSING.name
    assert room.capture.is_open


def test_erasing_everything_takes_the_takes_too(room: Room, taught: Taught) -> None:
    room.program.tools.listening.keep(taught.takes)
    room.program.desk.settings._erase_answered("erase")
    assert not room.program.tools.paths.words.exists()
    assert not room.program.tools.listening.takes


def test_without_the_network_the_page_says_why_once_and_teaching_says_it_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guide.hear.needs.lacking", lambda: "onnxruntime")
    told: list[str] = []
    room.program.tools.listening.told.connect(told.append)
    room.program.desk.show_words()
    room.program.desk.words.leave()
    room.program.desk.show_words()
    assert len(told) == 1
    assert "onnxruntime is not installed" in told[0]
    room.page.teach_asked.emit(Meaning.NEXT)
    assert told == [told[0]] * 2
    assert room.program.tools.window.dialog is None
    assert room.capture.opened == 0
