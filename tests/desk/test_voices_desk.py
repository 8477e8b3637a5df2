"""Voices at the desk: one is chosen and heard, one is recorded sentence by sentence; nothing is lost on the way."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from evenings import SHORT, Evening, go
from guide.core.routine import Side
from guide.live.recording import VoiceRecorder
from guide.pages.ready.page import ReadyPage
from guide.pages.routines.page import LibraryPage
from guide.pages.settings.page import SettingsPage
from guide.pages.voices import at_hand, keeping
from guide.pages.voices.desk import LADDER
from guide.pages.voices.page import VoicesPage
from guide.pages.voices.studio import StudioPage
from guide.pages.voices.studio_desk import StudioDesk
from guide.pages.voices.studio_view import StudioStage
from guide.sound.take import RATE, TakeAdvice
from guide.sound.voices.recorded import RecordedVoice, Recordings
from takes import SPOKEN, sound

Start = Callable[..., Evening]


class Ear(VoiceRecorder):
    """A microphone that hears what a test says into it."""

    def __init__(self) -> None:
        self.open = 0

        def listen(_work: Callable[[], None]) -> None:
            self.open += 1

        super().__init__(rate=RATE, run=listen)

    def say(self, samples: array[int]) -> None:
        """In blocks of a tenth of a second, as they come."""
        for at in range(0, len(samples), RATE // 10):
            self.heard.emit(samples[at : at + RATE // 10].tobytes())


def voices_page(night: Evening) -> VoicesPage:
    night.made.desk.go_to("settings")
    night.page(SettingsPage).voices_button.click()
    return night.page(VoicesPage)


def searching(night: Evening) -> VoicesPage:
    """The page while it looks for the level at which a recorded voice is heard beside the pump."""
    recordings = Recordings(night.paths.recordings)
    jonas = recordings.keep(recordings.make("Jonas"), "Circles.", SPOKEN)
    page = voices_page(night)
    page.chosen.emit(jonas.id)
    page.level_button.click()
    return page


def studio(night: Evening) -> tuple[StudioDesk, StudioPage, Ear]:
    """The studio for the short routine, the voice named Jonas."""
    ear = Ear()
    desk = StudioDesk(night.made.tools, microphone=ear, parent=night.made.desk)
    vars(night.made.desk.voices)["studio"] = desk
    desk.left.connect(night.made.desk.voices.show)
    voices_page(night).record_asked.emit("short")
    page = night.page(StudioPage)
    page.name.setText("Jonas")
    page.naming.begin.click()
    return desk, page, ear


def test_the_studio_asks_for_as_many_prompts_as_the_voices_page_names(evening: Start) -> None:
    night = evening(voice_on=False)
    named = dict(voices_page(night)._view.routines)["short"]
    desk, _page, _ear = studio(night)
    assert named == f"Short, {len(desk._view.lines)} prompts"


def test_routines_are_read_once_while_voices_is_open_and_anew_when_it_opens_again(
    evening: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = evening(voice_on=False)
    page = voices_page(night)
    with monkeypatch.context() as patched:
        patched.setattr(night.made.tools.library, "entries", lambda: pytest.fail("read again"))
        night.made.tools.preferences.change(voice_rate=150, voice_volume=0.5)
    (night.paths.own_routines / "second.yaml").write_text(SHORT.replace("Short", "Second"), encoding="utf-8")
    night.made.desk.voices.show()
    assert "Second" in dict(page._view.routines)["second"]


def test_a_name_is_typed_at_once_and_then_space_is_on_record_as_soon_as_there_is_a_microphone(evening: Start) -> None:
    night = evening(voice_on=False)
    ear = Ear()
    desk = StudioDesk(night.made.tools, microphone=ear, parent=night.made.desk)
    vars(night.made.desk.voices)["studio"] = desk
    voices_page(night).record_asked.emit("short")
    page = night.page(StudioPage)
    QTest.keyClicks(page.name, "Jo")
    QTest.keyClick(page.name, Qt.Key.Key_Escape)
    voices_page(night).record_asked.emit("short")
    assert (page.focusWidget(), page.name.text()) == (page.name, "")
    QTest.keyClicks(page.name, "Jonas")
    QTest.keyClick(page.name, Qt.Key.Key_Return)
    ear.there.emit(False)
    assert page.focusWidget() is not page.main
    ear.there.emit(True)
    assert page.focusWidget() is page.main


def test_without_a_microphone_the_studio_shows_what_to_say(evening: Start) -> None:
    night = evening(voice_on=False, text_scale=1.6)
    night.made.tools.window.resize(1160, 780)
    _desk, page, ear = studio(night)
    for _ in range(2):
        ear.there.emit(False)
        QApplication.processEvents()
        assert not page.main.isEnabled()
        assert page.whole.verticalScrollBar().value() == 0
        assert not page.take.skip.hasFocus()
        ear.there.emit(True)
        assert page.main.hasFocus()


def press(page: StudioPage, key: Qt.Key) -> None:
    QTest.keyClick(page, key)


def own(night: Evening) -> list[RecordedVoice]:
    return Recordings(night.paths.recordings).voices()


def test_a_voice_that_is_chosen_holds_and_back_leads_to_the_settings(evening: Start) -> None:
    night = evening(voice_on=False)
    page = voices_page(night)
    page.rows[-1].choice.click()
    assert night.made.tools.preferences.settings.voice == page.rows[-1].offer.id
    assert [row.choice.isChecked() for row in page.rows] == [False] * (len(page.rows) - 1) + [True]
    page.back.click()
    assert night.here == "settings"


def test_from_get_ready_the_way_back_is_get_ready(evening: Start) -> None:
    night = evening(voice_on=False)
    night.page(LibraryPage).ready_asked.emit("short")
    night.made.desk.ready.settings_asked.emit()
    page = night.page(VoicesPage)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert night.here == "ready"


def test_arrows_choose_from_one_end_to_the_other(evening: Start) -> None:
    night = evening(voice_on=False)
    page = voices_page(night)
    chosen = []
    for _ in page.rows:
        row = next(row for row in page.rows if row.choice.isChecked())
        QTest.keyClick(row.choice, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        assert row.choice.isChecked()
        QTest.keyClick(row.choice, Qt.Key.Key_Down)
        chosen.append(night.made.tools.preferences.settings.voice)
    assert sorted(map(str, chosen)) == sorted(row.offer.id for row in page.rows)


def test_one_voice_is_heard_at_a_time_and_stop_stops_it(evening: Start) -> None:
    night = evening(voice_on=False)
    recordings = Recordings(night.paths.recordings)
    for name in ("Jonas", "Mara"):
        recordings.keep(recordings.make(name), "Circles.", SPOKEN)
    page = voices_page(night)
    jonas, mara = page.rows[-2:]
    jonas.listen.click()
    mara.listen.click()
    assert [row.listen.text() for row in (jonas, mara)] == ["Listen", "Stop"]
    assert len(night.player.played) == 2
    QTest.keyClick(mara.choice, Qt.Key.Key_L)
    assert mara.listen.text() == "Listen"
    assert night.player.asked[-1] == "stop"


def test_the_level_beside_the_pump_is_the_one_at_which_she_says_so(evening: Start) -> None:
    night = evening(voice_on=False)
    page = searching(night)
    for _ in range(2):
        night.made.desk.voices._ended()
    assert page.level_button.text() == "I hear it well"
    page.level_button.click()
    assert night.made.tools.preferences.settings.voice_volume == LADDER[2]
    assert len(set(night.player.played)) == 3


@pytest.mark.parametrize("button", ["listen", "level"])
def test_where_no_sound_can_be_heard_each_press_is_told_so_and_nothing_seems_to_play(
    evening: Start, button: str
) -> None:
    night = evening(voice_on=False)
    tools = night.made.tools
    recordings = Recordings(night.paths.recordings)
    jonas = recordings.keep(recordings.make("Jonas"), "Circles.", SPOKEN)
    page = voices_page(night)
    page.chosen.emit(jonas.id)
    pressed = page.rows[-1].listen if button == "listen" else page.level_button
    before = pressed.text()
    for _ in range(2):
        pressed.click()
        assert pressed.text() != before
        tools.unheard.emit("No sound can be heard.")
        assert (pressed.text(), tools.window.banner.message) == (before, "No sound can be heard.")
        tools.window.banner.show_next()
        night.made.desk.voices._ending.timeout.emit()
        assert pressed.text() == before


def test_what_sounds_by_itself_and_is_not_heard_opens_no_message_again(evening: Start) -> None:
    """In a count before a session, in it, and as its end chime."""
    night = evening(voice_on=False)
    banner = night.made.tools.window.banner
    night.made.tools.unheard.emit("No sound can be heard.")
    go(night)
    night.made.tools.expect_sound()
    night.made.tools.unheard.emit("No sound can be heard.")
    assert banner.message == ""


def test_that_nothing_is_heard_waits_behind_what_may_be_lost(evening: Start) -> None:
    night = evening(voice_on=False)
    banner = night.made.tools.window.banner
    banner.tell_first("The session log cannot be written.")
    night.made.tools.expect_sound()
    night.made.tools.unheard.emit("No sound can be heard.")
    assert (banner.message, banner.tells_of_loss) == ("The session log cannot be written.", True)
    banner.show_next()
    assert (banner.message, banner.tells_of_loss) == ("No sound can be heard.", False)


def test_pace_and_volume_are_shown_with_their_values_and_kept(evening: Start) -> None:
    night = evening(voice_on=False)
    page = voices_page(night)
    page.pace.setValue(120)
    page.volume.setValue(35)
    settings = night.made.tools.preferences.settings
    assert (settings.voice_rate, settings.voice_volume) == (120, 0.35)
    assert (page.pace_value.text(), page.volume_value.text()) == ("120 words a minute", "35 %")
    pace, volume = page.pace.geometry(), page.volume.geometry()
    assert (pace.left(), pace.right()) == (volume.left(), volume.right())


def test_space_records_stops_keeps_and_goes_on_until_all_are_there(evening: Start) -> None:
    night = evening(voice_on=False)
    desk, page, ear = studio(night)
    count = len(desk._view.lines)
    for _ in range(count):
        press(page, Qt.Key.Key_Space)
        assert desk._view.stage is StudioStage.RECORDING
        ear.say(SPOKEN.samples[: RATE * 3 // 2])
        press(page, Qt.Key.Key_Space)
        assert desk._view.advice in {TakeAdvice.CLEAR, TakeAdvice.LONG}
        press(page, Qt.Key.Key_Space)
    assert desk._view.stage is StudioStage.COMPLETE
    assert page.take.words.text() == f"All {count} are there."
    (jonas,) = own(night)
    assert all(jonas.has(line.text) for line in desk._view.lines)
    press(page, Qt.Key.Key_Space)
    assert night.here == "voices"


def test_what_was_recorded_is_what_the_session_says(evening: Start) -> None:
    night = evening(voice_on=False)
    desk, page, ear = studio(night)
    desk._choose(next(at for at, line in enumerate(desk._view.lines) if line.text == "Circles."))
    press(page, Qt.Key.Key_Space)
    ear.say(SPOKEN.samples)
    press(page, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_Escape)
    (jonas,) = own(night)
    night.made.tools.preferences.change(voice=jonas.id, voice_on=True, voice_volume=1.0)
    night.page(VoicesPage).back.click()
    night.made.desk.routines.open("short", start=True)
    performer = night.made.desk.session._performer
    assert performer is not None
    repertoire = performer.repertoire
    assert repertoire.prompts["Circles."].path.read_bytes() == jonas.file("Circles.").read_bytes()
    assert set(repertoire.prompts) > {"Circles.", "Pump.", "Rest."}  # and the next voice says the rest


def test_listen_again_skip_and_the_one_before(evening: Start) -> None:
    night = evening(voice_on=False)
    desk, page, ear = studio(night)
    press(page, Qt.Key.Key_Space)
    ear.say(SPOKEN.samples)
    press(page, Qt.Key.Key_Right)  # not while it records
    assert desk._view.stage is StudioStage.RECORDING
    press(page, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_L)
    assert len(night.player.played) == 1
    press(page, Qt.Key.Key_A)
    assert (desk._view.stage, desk._view.elapsed) == (StudioStage.RECORDING, timedelta(0))
    press(page, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_Right)
    assert (desk._view.at, desk._view.stage) == (1, StudioStage.READY)
    press(page, Qt.Key.Key_Left)
    assert desk._view.at == 0
    assert own(night) == []


def test_a_take_that_is_kept_or_spoken_anew_leaves_no_file_to_be_heard_from(
    evening: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_hand, "scratch_folder", lambda: tmp_path)
    works: list[Callable[[], None]] = []
    night = evening(voice_on=False)
    desk, page, ear = studio(night)

    def take() -> None:
        press(page, Qt.Key.Key_Space)
        ear.say(SPOKEN.samples)
        press(page, Qt.Key.Key_Space)

    take()
    assert len(list(tmp_path.glob("*.wav"))) == 1
    press(page, Qt.Key.Key_A)
    assert list(tmp_path.glob("*.wav")) == []
    monkeypatch.setattr(desk._at_hand, "_aside", works.append)
    press(page, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_A)  # before the first was judged
    works.pop()()
    assert list(tmp_path.glob("*.wav")) == []
    monkeypatch.undo()
    monkeypatch.setattr(at_hand, "scratch_folder", lambda: tmp_path)
    ear.say(SPOKEN.samples)
    press(page, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_Escape)
    assert list(tmp_path.glob("*.wav")) == []


def test_a_take_that_is_kept_late_changes_nothing_in_the_voice_that_is_recorded_by_then(
    evening: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = evening(voice_on=False)
    _desk, page, ear = studio(night)
    press(page, Qt.Key.Key_Space)
    ear.say(SPOKEN.samples)
    press(page, Qt.Key.Key_Space)
    late: list[Callable[[], None]] = []
    with monkeypatch.context() as patch:
        patch.setattr(night.made.tools, "aside", late.append)
        press(page, Qt.Key.Key_Space)
        press(page, Qt.Key.Key_Escape)
    voices_page(night).record_asked.emit("short")
    page.name.setText("Mara")
    page.naming.begin.click()
    late[0]()
    press(page, Qt.Key.Key_Space)
    ear.say(SPOKEN.samples)
    press(page, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_Space)
    assert [(voice.name, len(voice.recordings)) for voice in own(night)] == [("Jonas", 1), ("Mara", 1)]


def test_a_take_stops_by_itself_when_its_time_is_over(evening: Start) -> None:
    desk, page, ear = studio(evening(voice_on=False))
    line = desk._view.line
    assert line is not None
    press(page, Qt.Key.Key_Space)
    ear.say(sound((12, 0.4)).samples)
    assert desk._view.stage is StudioStage.STOPPED
    assert desk._view.elapsed == line.room


def test_silence_is_not_kept_and_the_same_prompt_comes_again(evening: Start) -> None:
    night = evening(voice_on=False)
    desk, page, ear = studio(night)
    press(page, Qt.Key.Key_Space)
    ear.say(sound((2, 0)).samples)
    press(page, Qt.Key.Key_Space)
    assert page.take.state.text().endswith("Nothing was heard. Again?")
    assert page.take.main.text() == "Try again"
    press(page, Qt.Key.Key_Space)
    assert (desk._view.at, desk._view.stage) == (0, StudioStage.READY)
    assert own(night) == []


def test_a_voice_of_which_nothing_was_recorded_is_not_in_the_list(evening: Start) -> None:
    night = evening(voice_on=False)
    _desk, page, ear = studio(night)
    ear.there.emit(False)
    press(page, Qt.Key.Key_Escape)
    assert night.here == "voices"
    assert own(night) == []
    assert night.page(VoicesPage)._view.recorded == ()


def test_without_a_microphone_nothing_records_and_it_is_said(evening: Start) -> None:
    desk, page, ear = studio(evening(voice_on=False))
    ear.there.emit(False)
    press(page, Qt.Key.Key_Space)
    assert not page.main.isEnabled()
    assert page.take.level.text().startswith("No microphone now.")
    ear.there.emit(True)
    press(page, Qt.Key.Key_Space)
    assert desk._view.stage is StudioStage.RECORDING


def test_a_microphone_that_goes_away_loses_nothing(evening: Start) -> None:
    night = evening(voice_on=False)
    desk, page, ear = studio(night)
    press(page, Qt.Key.Key_Space)
    ear.say(SPOKEN.samples)
    ear.there.emit(False)
    press(page, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_Space)
    assert len(own(night)[0].recordings) == 1
    assert desk._view.at == 1


def test_a_full_disk_is_told_and_the_take_is_still_at_hand(evening: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    night = evening(voice_on=False)
    desk, page, ear = studio(night)
    press(page, Qt.Key.Key_Space)
    ear.say(SPOKEN.samples)
    press(page, Qt.Key.Key_Space)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        press(page, Qt.Key.Key_Space)
    assert desk._view.stage is StudioStage.STOPPED
    assert night.made.tools.window.banner.isVisibleTo(night.made.tools.window)
    press(page, Qt.Key.Key_Space)
    assert len(own(night)[0].recordings) == 1


def test_going_on_later_begins_with_what_is_missing_and_the_microphone_is_closed_between(evening: Start) -> None:
    night = evening(voice_on=False)
    desk, page, ear = studio(night)
    press(page, Qt.Key.Key_Space)
    ear.say(SPOKEN.samples)
    press(page, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_Space)
    turn = ear._turn
    press(page, Qt.Key.Key_Escape)
    assert ear._turn > turn
    night.page(VoicesPage).wish_asked.emit("go on", own(night)[0].id)
    assert (desk._view.voice, desk._view.at, desk._view.done) == ("Jonas", 1, 1)


def test_a_routine_that_a_later_start_asks_for_closes_the_microphone_of_the_studio(evening: Start) -> None:
    night = evening(voice_on=False)
    _desk, page, ear = studio(night)
    press(page, Qt.Key.Key_Space)
    turn = ear._turn
    night.made.desk.answer("open short")
    assert night.here == "ready"
    assert ear._turn > turn


def test_a_window_closed_in_the_studio_closes_its_microphone(evening: Start) -> None:
    night = evening(voice_on=False)
    _desk, _page, ear = studio(night)
    turn = ear._turn
    night.end()
    assert ear._turn > turn


def test_a_routine_that_a_later_start_asks_for_ends_the_search_for_a_level(evening: Start) -> None:
    night = evening(voice_on=False)
    searching(night)
    night.made.desk.answer("open short")
    assert night.here == "ready"
    assert night.player.asked[-1] == "stop"
    assert not night.made.desk.voices._ending.isActive()


def test_a_routine_that_a_later_start_asks_for_closes_the_microphone_of_the_words(evening: Start) -> None:
    night = evening(voice_on=False)
    night.made.desk.show_words()
    assert night.made.tools.listening.is_open
    night.made.desk.answer("open short")
    assert night.here == "ready"
    assert not night.made.tools.listening.is_open


def test_a_voice_is_deleted_with_an_undo(evening: Start) -> None:
    night = evening(voice_on=False)
    Recordings(night.paths.recordings).make("Jonas")
    page = voices_page(night)
    page.wish_asked.emit("delete", "recorded:jonas")
    assert own(night) == []
    night.made.tools.window.toast.action.click()
    assert [voice.name for voice in own(night)] == ["Jonas"]


def test_a_voice_goes_along_only_after_a_word_on_whose_it_is(
    evening: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = evening(voice_on=False)
    Recordings(night.paths.recordings).make("Jonas")
    target = tmp_path / "jonas.voice.zip"
    asked: list[Path] = []

    def ask_where(_window: object, _title: str, suggested: Path, _files: str) -> Path:
        asked.append(suggested)
        return target

    monkeypatch.setattr(keeping, "ask_where", ask_where)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
    page = voices_page(night)
    page.wish_asked.emit("export", "recorded:jonas")
    dialog = night.made.tools.window.dialog
    assert dialog is not None
    assert "belongs to the person who spoke" in dialog.accessibleDescription()
    assert not list(tmp_path.glob("jonas*"))
    dialog.choose("export")
    assert (asked, target.is_file()) == ([Path("jonas.voice.zip")], True)
    page.import_asked.emit()
    assert [voice.name for voice in own(night)] == ["Jonas", "Jonas"]


def test_a_voice_is_taken_along_and_brought_in_beside_the_window(
    evening: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick or a disk in the network may take minutes, and a voice has a hundred files."""
    night = evening(voice_on=False)
    Recordings(night.paths.recordings).make("Jonas")
    target = tmp_path / "jonas.voice.zip"
    monkeypatch.setattr(keeping, "ask_where", lambda *_: target)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
    page, toast = voices_page(night), night.made.tools.window.toast
    works: list[Callable[[], None]] = []
    monkeypatch.setattr(night.made.tools, "aside", works.append)
    page.wish_asked.emit("export", "recorded:jonas")
    dialog = night.made.tools.window.dialog
    assert dialog is not None
    dialog.choose("export")
    assert (target.exists(), len(works)) == (False, 1)
    works.pop()()
    assert (target.is_file(), toast.words.text()) == (True, "Kept as jonas.voice.zip")
    page.import_asked.emit()
    assert len(own(night)) == 1
    works.pop()()
    assert [row.offer.name for row in page.rows if row.offer.id.startswith("recorded:")] == ["Jonas", "Jonas"]
    target.write_bytes(b"")
    page.import_asked.emit()
    works.pop()()
    assert night.made.tools.window.banner.message == "jonas.voice.zip is not a voice of this program."


def test_the_routine_on_top_of_the_library_is_made_ready_beforehand(evening: Start) -> None:
    night = evening(voice="embedded", chimes_on=False)
    night.page(LibraryPage).ready_asked.emit("short")
    night.made.tools.log.begin(
        routine_id="short",
        routine_name="Short",
        routine_text=SHORT,
        first_side=Side.LEFT,
        purpose=None,
        began=night.wall,
        steps_total=3,
    )
    night.made.desk.go_to("routines")
    for kept in (night.paths.voices / "prompts").iterdir():
        kept.unlink()
    night.made.desk._warm()
    assert list((night.paths.voices / "prompts").iterdir())


def test_the_menu_of_get_ready_names_who_speaks_and_leads_to_all_voices(evening: Start) -> None:
    night = evening(voice_on=False)
    recordings = Recordings(night.paths.recordings)
    recordings.keep(recordings.make("Jonas"), "Circles.", SPOKEN)
    night.page(LibraryPage).ready_asked.emit("short")
    page = night.page(ReadyPage)
    assert page.view is not None
    words = [option.words for option in page.view.voices]
    assert "Jonas" in words
    assert words[-1] == "All voices…"
    page.guidance.voice_chosen.emit("recorded:jonas")
    assert night.made.tools.preferences.settings.voice == "recorded:jonas"
    assert page.view.voice_name == "Jonas"
    assert len(night.player.played) == 1  # a little of it is heard


def test_start_without_waiting_begins_with_the_voice_that_needs_no_time(evening: Start) -> None:
    works: list[Callable[[], None]] = []
    night = evening(voice_on=False)
    night.made.tools.preferences.change(voice_on=True, chimes_on=False)
    night.made.tools.preparation._run = works.append
    night.page(LibraryPage).ready_asked.emit("short")
    night.made.desk.ready.start()
    night.made.desk.ready._starting.show_progress()
    page = night.page(ReadyPage)
    assert page.preparing.hurry.isVisibleTo(page)
    page.preparing.hurry.click()
    works[-1]()
    assert night.here == "session"
