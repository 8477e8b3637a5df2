"""An archive or files looked through while she does something else: what takes long says so, no session is covered."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from evenings import NIGHT, SHORT, Evening
from guide.core.commands import Command
from guide.kit.dialog import Dialog
from guide.kit.focus import focus_within
from guide.kit.share_bar import ShareBar
from guide.kit.sheet import Sheet
from guide.pages.bringing.looking import Looking
from guide.stepping import Stepping
from guide.store.archive import pack
from guide.store.log.log import Log
from guide.store.paths import Paths

Start = Callable[..., Evening]

SESSIONS = "began,routine,left_ml\n2025-05-01T06:35:00+02:00,Evening,60\n"


class Desks:
    """Both desks, on one evening whose work aside is done when the test says so."""

    def __init__(self, night: Evening, folder: Path) -> None:
        self.night = night
        self.window = night.made.tools.window
        self.work: list[Callable[[], None]] = []
        night.made.tools.aside = self.work.append
        elsewhere = Paths.of(folder / "elsewhere")
        elsewhere.own_routines.mkdir(parents=True)
        (elsewhere.own_routines / "other.yaml").write_text(SHORT.replace("Short", "Other"), encoding="utf-8")
        log = Log.open(elsewhere.log, now=lambda: NIGHT)
        for name in ("voice.json", "prompts/1.wav", "prompts/2.wav"):
            path = elsewhere.recordings / "ada" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"{}")
        pack(folder / "all.zip", elsewhere, log, NIGHT)
        log.close()
        self.archive = folder / "all.zip"
        (folder / "a.csv").write_text(SESSIONS, encoding="utf-8")
        desk = night.made.desk
        self.asked: tuple[tuple[Looking, Callable[[], None]], ...] = (
            (desk.bringing_back.looking, lambda: desk.bringing_back.look_at(folder / "all.zip")),
            (desk.bringing.looking, lambda: desk.bringing.look_at([str(folder / "a.csv")])),
        )
        for looking, _look in self.asked:
            looking.patience.setInterval(1_000_000)  # it is over when a test says so

    def dialog(self) -> Dialog | None:
        return self.window.dialog

    def do(self) -> None:
        """All that was put aside, at last."""
        while self.work:
            self.work.pop(0)()

    def begin_a_session(self) -> None:
        self.night.made.desk.routines.open("short", start=True)
        assert self.night.made.tools.playing

    def end_it(self) -> None:
        self.night.made.tools.conductor.do(Command.STOP)
        QApplication.processEvents()
        self.night.made.desk.finish.over.emit()

    def close(self) -> None:
        sheet = self.dialog()
        assert isinstance(sheet, Sheet)
        sheet.leave()


@pytest.fixture
def desks(evening: Start, tmp_path: Path) -> Desks:
    return Desks(evening(voice_on=False), tmp_path)


def test_what_was_looked_through_when_a_session_began_is_looked_through_anew_after_it_and_shown(desks: Desks) -> None:
    for _looking, look in desks.asked:
        look()
        desks.begin_a_session()
        desks.do()
        assert desks.dialog() is None
        assert desks.window.toast.words.text() == "It will be shown when the session is over"
        desks.end_it()
        assert (desks.dialog(), len(desks.work)) == (None, 1)
        desks.do()
        desks.close()


def test_nothing_is_looked_through_in_a_session_and_it_is_shown_once_that_is_over(desks: Desks) -> None:
    for _looking, look in desks.asked:
        desks.begin_a_session()
        desks.do()
        look()
        assert desks.work == []
        desks.end_it()
        desks.do()
        desks.close()


def test_a_question_whose_answer_begins_a_session_is_not_followed_by_the_sheet(desks: Desks) -> None:
    for _looking, look in desks.asked:
        look()
        desks.window.ask("Begin?", "", [("no", "No"), ("yes", "Yes")], lambda _answer: desks.begin_a_session())
        desks.do()
        question = desks.dialog()
        assert question is not None
        question.choose("yes")
        assert desks.dialog() is None
        desks.end_it()
        desks.do()
        desks.close()


def test_looking_that_takes_longer_than_a_second_says_how_far_it_is_and_can_be_given_up(desks: Desks) -> None:
    for looking, look in desks.asked:
        for answer in (None, "give up"):
            look()
            assert desks.dialog() is None
            looking.patience.timeout.emit()
            sign = desks.dialog()
            assert sign is not None
            assert sign.accessibleDescription().startswith("Looking through a")
            if answer:
                sign.choose(answer)
            desks.do()
            assert isinstance(desks.dialog(), Sheet) is (answer is None)
            if answer is None:
                desks.close()
            assert desks.dialog() is None


def test_an_archive_tells_the_share_that_was_read(desks: Desks) -> None:
    looking, look = desks.asked[0]
    look()
    looking.patience.timeout.emit()
    told: list[str] = []
    bar = looking.bar
    assert bar is not None
    looking.moved.connect(lambda *_: told.append(bar.accessibleDescription()))
    desks.do()
    assert told[-1] == "100 percent"
    assert len(set(told)) > 1


def brought_back_slowly(desks: Desks) -> Dialog:
    """The sign of an archive that takes long: each look at the clock is a second later."""
    desk = desks.night.made.desk.bringing_back
    desk.stepping.seconds = partial(next, count())
    desk.look_at(desks.archive)
    desks.do()
    sheet = desks.dialog()
    assert sheet is not None
    sheet.choose("bring back")
    sign = desks.dialog()
    assert sign is not None
    assert sign.accessibleDescription() == "Bringing back all.zip. What is here stays."
    return sign


def names(desks: Desks) -> list[str]:
    return [entry.name for entry in desks.night.made.tools.library.entries() if not entry.builtin]


def test_an_archive_that_takes_long_comes_in_steps_with_the_share_that_is_done(desks: Desks) -> None:
    sign = brought_back_slowly(desks)
    (bar,) = sign.findChildren(ShareBar)
    shares: list[str] = []
    while desks.dialog() is not None:
        QApplication.processEvents()
        shares.append(bar.accessibleDescription())
    assert len(set(shares)) > 4
    assert names(desks) == ["Other", "Short"]
    assert desks.window.toast.words.text() == "Brought back: 1 routine and 2 recordings."


def to_the_end(stepping: Stepping, after_each: Callable[[], object] = lambda: None) -> None:
    while stepping.under_way:
        QApplication.processEvents()
        after_each()


def test_an_undo_that_takes_long_goes_in_steps_too_and_stopped_it_can_be_gone_on_with(desks: Desks) -> None:
    stepping = desks.night.made.desk.bringing_back.stepping
    brought_back_slowly(desks)
    to_the_end(stepping)
    recordings = desks.night.paths.recordings
    assert len(list(recordings.rglob("*.wav"))) == 2
    QTest.keyClick(desks.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    sign = desks.dialog()
    assert sign is not None
    assert sign.accessibleDescription() == "Taking back what came. What you changed since stays."
    assert focus_within(sign.window()) in sign.findChildren(QWidget)
    while names(desks) == ["Other", "Short"]:
        QApplication.processEvents()
    sign.choose("stop")
    to_the_end(stepping)
    assert (desks.dialog(), len(list(recordings.rglob("*.wav")))) == (None, 2)
    assert desks.window.toast.words.text() == "Stopped; some of what came is still here"
    desks.window.toast.action.click()
    sign = desks.dialog()
    assert sign is not None
    (bar,) = sign.findChildren(ShareBar)
    shares: list[str] = []
    to_the_end(stepping, lambda: shares.append(bar.accessibleDescription()))
    assert (desks.window.toast.words.text(), names(desks)) == ("Taken back", ["Short"])
    assert not list(recordings.iterdir())
    assert len(set(shares)) > 1


def test_an_archive_that_is_stopped_leaves_what_has_come_and_says_how_to_have_the_rest(desks: Desks) -> None:
    sign = brought_back_slowly(desks)
    sign.choose("stop")
    QApplication.processEvents()
    assert (desks.dialog(), names(desks)) == (None, ["Short"])
    assert desks.window.banner.message == "It was stopped before anything had come; nothing was changed."
    sign = brought_back_slowly(desks)
    while len(names(desks)) < 2:
        QApplication.processEvents()
    sign.choose("stop")
    while desks.night.made.desk.bringing_back.stepping.under_way:
        QApplication.processEvents()
    assert desks.window.toast.words.text() == "Brought back: 1 routine."
    assert desks.window.banner.message == "It was stopped; bring it back once more for what is missing."


def test_taking_everything_along_takes_steps_too_and_stopped_it_writes_nothing_and_deletes_nothing(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    night, target = desks.night, desks.archive.with_name("hers.zip")
    monkeypatch.setattr("guide.pages.settings.desk.ask_where", lambda *_: target)
    settings = night.made.desk.settings
    settings.stepping.seconds = partial(next, count())
    for answer in ("stop", ""):
        settings._erase_answered("export")
        sign = desks.dialog()
        assert sign is not None
        assert sign.accessibleDescription() == "Writing hers.zip."
        if answer:
            sign.choose(answer)
        while settings.stepping.under_way:
            QApplication.processEvents()
        assert (target.exists(), "Short" in names(desks)) == (not answer, bool(answer))
        told = "It was stopped; nothing was taken along." if answer else "Everything is deleted"
        assert told in (desks.window.banner.message, desks.window.toast.words.text())


def test_a_window_closed_while_everything_is_brought_back_closes_once_all_of_it_is_here(desks: Desks) -> None:
    stepping, window = desks.night.made.desk.bringing_back.stepping, desks.window
    brought_back_slowly(desks)
    while len(names(desks)) < 2:
        QApplication.processEvents()
    assert not window.close()
    assert window.toast.words.text() == "The window closes once this is done"
    to_the_end(stepping)
    assert not window.isVisible()
    assert len(list(desks.night.paths.recordings.rglob("*.wav"))) == 2


def test_a_window_closed_in_the_middle_stays_open_where_it_was_stopped_or_something_is_told(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    stepping, window = desks.night.made.desk.bringing_back.stepping, desks.window
    sign = brought_back_slowly(desks)
    while len(names(desks)) < 2:
        QApplication.processEvents()
    window.close()
    sign.choose("stop")
    to_the_end(stepping)
    assert (window.isVisible(), window.toast.words.text()) == (True, "Brought back: 1 routine.")
    window.banner.close_button.click()
    brought_back_slowly(desks)
    window.close()
    monkeypatch.setattr("guide.store.placing.write_whole", refuse)
    to_the_end(stepping)
    assert window.isVisible()
    assert "could not be kept" in window.banner.message
    assert window.close()


def refuse(path: Path, _data: bytes) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


def test_an_archive_among_the_files_that_are_dropped_is_offered_to_be_brought_back_and_the_others_to_be_imported(
    desks: Desks, tmp_path: Path
) -> None:
    second, no_archive = tmp_path / "second.ZIP", tmp_path / "other.zip"
    shutil.copy(desks.archive, second)
    no_archive.write_bytes(b"PK")
    desks.window.files_dropped.emit([str(tmp_path / "a.csv"), str(desks.archive), str(second)])
    desks.do()
    assert desks.window.banner.message == "second.ZIP was left out: one such file is brought back at a time."
    titles = []
    while (sheet := desks.dialog()) is not None:
        titles.append(sheet.accessibleName())
        desks.close()
        desks.do()
    assert titles == ["Bring everything back", "Import"]
    desks.window.files_dropped.emit([str(no_archive)])
    desks.do()
    sheet = desks.dialog()
    assert sheet is not None
    assert sheet.accessibleName() == "Import"
