"""Bringing in, at the desk: looked at first, changed by yes alone, taken back by Undo."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editing import retype
from evenings import Evening
from guide.core.kinds import Purpose
from guide.kit.cards import ScrollArea
from guide.kit.dialog import Dialog
from guide.kit.drop_sign import DropSign
from guide.kit.label import Label
from guide.kit.sheet import Sheet
from guide.pages.bringing import desk
from guide.pages.bringing.page import BringingPage
from guide.pages.editor.page import EditorPage
from guide.pages.routines.page import LibraryPage
from guide.pages.routines.view import Owner
from guide.store.bringing.cells import Unit
from guide.store.bringing.fields import ColumnField
from guide.store.settings import Units

Start = Callable[..., Evening]

NO_KEY = Qt.KeyboardModifier.NoModifier
OURS = "began,routine,left_ml\n2025-05-01T06:35:00+02:00,Evening,60\n2091-05-01T06:35:00+02:00,Later,60\n"
MIXED = 'date,time,left,right\n2025-05-01,10:00,20,"0.7 oz"\n2025-05-02,10:00,40,15\n'
THEIRS = "Entry,What,Bottle\n2025-05-01 06:35,Pump,60\n2025-05-02 06:35,Pump,70\n"
ROUTINE = "name: Dropped\nsteps: [{kind: rest, duration: 1 min}]\n"


def looked_at(night: Evening, *files: Path) -> tuple[Dialog, BringingPage]:
    night.made.tools.window.files_dropped.emit([str(file) for file in files])
    dialog = night.made.tools.window.dialog
    assert dialog is not None
    page = dialog.findChild(BringingPage)
    assert isinstance(page, BringingPage)
    return dialog, page


def written(folder: Path, **texts: str) -> list[Path]:
    files = []
    for name, text in texts.items():
        files.append(folder / name.replace("_", "."))
        files[-1].write_text(text, encoding="utf-8")
    return files


def test_two_routines_of_one_name_get_names_of_their_own_and_are_not_brought_in_again(
    evening: Start, tmp_path: Path
) -> None:
    night = evening(voice_on=False)
    library = night.made.tools.library
    files = written(tmp_path, a_yaml=ROUTINE, b_yaml=ROUTINE.replace("1 min", "2 min"))
    files += written(tmp_path, c_yaml=ROUTINE.replace("1 min", "3 min"))
    dialog, page = looked_at(night, *files)
    told = "\n".join(page.words())
    assert "this one will be called Dropped (copy)." in told
    dialog.choose("import")
    names = ["Dropped", "Dropped (copy)", "Dropped (copy 2)"]
    assert sorted(entry.name for entry in library.entries() if entry.name.startswith("Dropped")) == sorted(names)
    words = night.made.tools.window.toast.words.text()
    assert words == "Imported: 3 routines; with a name of its own: Dropped (copy), Dropped (copy 2)"
    dialog, page = looked_at(night, *files)
    assert [f"It is here already, as {name}." in page.words() for name in names] == [True] * 3
    assert not dialog.buttons[1].isEnabled()


def test_nothing_changes_before_yes_and_undo_takes_it_back(evening: Start, tmp_path: Path) -> None:
    night = evening(voice_on=False)
    log = night.made.tools.log
    files = written(tmp_path, a_csv=OURS, b_yaml=ROUTINE)
    dialog, page = looked_at(night, *files)
    told = "\n".join(page.words())
    assert "1 session to import, 1 left out" in told
    assert "Line 3 is left out: it would begin in the future, on 1 May 2091 at 06:35" in told
    assert "A routine to import: Dropped" in told
    assert log.count() == 0
    dialog.choose("close")
    assert log.count() == 0
    dialog, _ = looked_at(night, *files)
    assert dialog.buttons[1].text() == "Import 1 session and 1 routine"
    assert dialog.buttons[1].hasFocus()
    QTest.keyClick(dialog.buttons[1], Qt.Key.Key_Return)
    assert log.count() == 1
    assert "Dropped" in [entry.name for entry in night.made.tools.library.entries()]
    toast = night.made.tools.window.toast
    assert toast.words.text() == "Imported: 1 session and 1 routine"
    toast.action.click()
    assert log.count() == 0
    assert "Dropped" not in [entry.name for entry in night.made.tools.library.entries()]


@pytest.mark.parametrize("chosen", [None, Owner.HERS, Purpose.TREAT], ids=["all", "hers", "a purpose"])
def test_a_routine_that_came_in_is_in_sight_with_the_focus_whatever_was_looked_for(
    evening: Start, tmp_path: Path, chosen: Owner | Purpose | None
) -> None:
    night = evening(voice_on=False)
    library = night.page(LibraryPage)
    library.purpose_chosen.emit(chosen)
    QTest.keyClicks(library.listed.search, "twins")
    looked_at(night, *written(tmp_path, b_yaml=ROUTINE))[0].choose("import")
    (card,) = [card for card in library.cards if card.summary.name == "Dropped"]
    assert (card.hasFocus(), library.listed.search.text()) == (True, "")
    assert library.view is not None
    assert library.view.wanted is (Owner.HERS if chosen is Owner.HERS else None)
    assert not card.visibleRegion().isEmpty()


@pytest.mark.parametrize("page", ["history", "settings", "learn"])
def test_a_routine_that_came_in_with_sessions_is_in_sight_from_every_page(
    evening: Start, tmp_path: Path, page: str
) -> None:
    night = evening(voice_on=False)
    night.made.desk.go_to(page)
    looked_at(night, *written(tmp_path, a_csv=OURS, b_yaml=ROUTINE))[0].choose("import")
    assert night.made.tools.window.here == "routines"
    (card,) = [card for card in night.page(LibraryPage).cards if card.summary.name == "Dropped"]
    assert (card.hasFocus(), card.visibleRegion().isEmpty()) == (True, False)


def test_a_routine_that_comes_in_over_the_editor_leaves_what_is_written_there_kept(
    evening: Start, tmp_path: Path
) -> None:
    night = evening(voice_on=False)
    night.made.desk.editing.edit("short")
    retype(night.page(EditorPage).panes.form.step.title, "Wide")
    looked_at(night, *written(tmp_path, b_yaml=ROUTINE))[0].choose("import")
    assert night.here == "routines"
    assert "title: Wide" in (night.paths.own_routines / "short.yaml").read_text(encoding="utf-8")


def test_what_is_here_already_cannot_be_brought_in_again(evening: Start, tmp_path: Path) -> None:
    night = evening(voice_on=False)
    files = written(tmp_path, a_csv=OURS)
    looked_at(night, *files)[0].choose("import")
    dialog, page = looked_at(night, *files)
    assert "0 sessions to import, 1 here already, 1 left out" in page.words()
    assert not dialog.buttons[1].isEnabled()
    dialog.choose("import")
    assert night.made.tools.log.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "", "It is empty."),
        ("a.csv", "Mood;Colour\ngood;white\n", "It holds no sessions."),
        ("a.yaml", "\n", "It is empty."),
    ],
)
def test_what_is_told_of_a_whole_file_is_a_sentence_of_its_own(
    evening: Start, tmp_path: Path, name: str, content: str, said: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    _, page = looked_at(evening(voice_on=False), path)
    assert said in " | ".join(page.words())


def test_columns_she_names_are_used_and_known_the_next_time(evening: Start, tmp_path: Path) -> None:
    night = evening(voice_on=False)
    files = written(tmp_path, a_csv=THEIRS)
    dialog, page = looked_at(night, *files)
    assert "Nothing to import" in page.words()
    assert not dialog.buttons[1].isEnabled()
    for column, field in enumerate((ColumnField.BEGAN, ColumnField.TYPE, ColumnField.RIGHT)):
        page.sections[0].selects[column].chosen.emit(field)
    unit = page.sections[0].unit
    assert unit is not None
    unit.parts[1].click()
    assert "2 sessions to import" in page.words()
    assert dialog.buttons[1].isEnabled()
    dialog.choose("import")
    volumes = [(record.left_ml, record.right_ml) for record in night.made.tools.log.records()]
    assert volumes == [(None, 2070.1), (None, 1774.4)]
    _, page = looked_at(night, *files)
    assert "0 sessions to import, 2 here already" in page.words()
    assert "Amounts without a unit are read in fl oz, as you said." in page.words()


def test_the_unit_of_numbers_alone_is_told_and_chosen_where_the_sheet_opens(evening: Start, tmp_path: Path) -> None:
    night = evening(voice_on=False)
    dialog, page = looked_at(night, *written(tmp_path, a_csv=MIXED))
    assert "Amounts without a unit are read in mL, as Settings say." in page.words()
    unit = page.sections[0].unit
    assert unit is not None
    assert unit.value is Unit.ML
    assert unit.visibleRegion().boundingRect() == unit.rect()  # nothing has to be scrolled to come to it
    unit.parts[1].setFocus()
    unit.parts[1].click()
    unit = page.sections[0].unit
    assert unit is not None
    assert unit.parts[1].hasFocus()
    assert "Amounts without a unit are read in fl oz, as you said." in page.words()
    unit.parts[0].click()
    dialog.choose("import")
    assert [record.ml for record in night.made.tools.log.records()] == [55, 40.7]
    night.made.tools.preferences.change(units=Units.OZ)
    another = MIXED.replace("left", "l").replace("2025", "2024").replace("40,15", "4,15")
    _, page = looked_at(night, *written(tmp_path, b_csv=another))
    assert "Amounts without a unit are read in mL: of this size they are hardly in fl oz." in page.words()


def test_what_would_be_added_has_room_in_a_small_window_with_large_words(evening: Start, tmp_path: Path) -> None:
    night = evening(voice_on=False)
    look = night.made.tools.look
    night.made.tools.window.resize(800, 560)
    rows = "".join(f"2025-05-{day:02},10:00,20,15\n" for day in range(1, 29))
    files = written(tmp_path, a_csv=f"date,time,left,right\n{rows}")
    look.choose_scale(1.6)
    try:
        dialog, page = looked_at(night, *files)
        for _ in range(4):
            QApplication.processEvents()
        days = [label for label in page.findChildren(Label) if "May 2025, 10:00" in label.text()]
        seen = [label for label in days if label.visibleRegion().boundingRect() == label.rect()]
        assert len(seen) >= 2  # beneath the question, without scrolling
        assert sum(label.height() for label in days[:6]) <= dialog.findChildren(ScrollArea)[0].viewport().height()
        assert dialog.card.rect().contains(dialog.buttons[1].geometry())
    finally:
        look.choose_scale(1.0)


def test_no_unit_is_asked_for_where_each_column_says_the_same_one(evening: Start, tmp_path: Path) -> None:
    night = evening(voice_on=False)
    for name, header, asks in (("a", "left (oz),right (oz)", False), ("b", "left (oz),right", True)):
        files = written(tmp_path, **{f"{name}_csv": f"date,time,{header}\n2025-05-01,10:00,3,2\n"})
        dialog, page = looked_at(night, *files)
        assert (page.sections[0].unit is not None) == asks, header
        assert any("Milk without a unit" in words for words in page.words()) == asks, header
        dialog.choose("close")


def test_columns_of_two_units_are_read_each_in_its_own_until_she_says_one_and_again_once_she_takes_it_back(
    evening: Start, tmp_path: Path
) -> None:
    night = evening(voice_on=False)
    files = written(tmp_path, a_csv="date,time,left ml,right oz\n2025-05-01,10:00,60,2\n")
    dialog, page = looked_at(night, *files)

    def first() -> str:
        return next(words for words in page.words() if "Without a routine" in words)

    for part, chosen, milk in ((1, Unit.OZ, "1,833.5 mL"), (2, None, "119.1 mL"), (0, Unit.ML, "62 mL")):
        unit = page.sections[0].unit
        assert unit is not None
        assert [part.text() for part in unit.parts] == ["mL", "fl oz", "As its column says"]
        unit.parts[part].click()
        unit = page.sections[0].unit
        assert unit is not None
        assert (unit.value, first().rpartition(", ")[2]) == (chosen, milk)
    dialog.choose("close")


def test_the_same_sheet_in_another_unit_brings_nothing_twice_unless_she_says_so(evening: Start, tmp_path: Path) -> None:
    night = evening(voice_on=False)
    log = night.made.tools.log
    files = written(tmp_path, a_csv=MIXED)
    looked_at(night, *files)[0].choose("import")
    dialog, page = looked_at(night, *files)
    assert (page.sections[0].same_time, page.sections[0].unit is None) == (None, False)
    page.sections[0].unit.parts[1].click()  # type: ignore[union-attr]
    assert "0 sessions to import, 2 left out" in page.words()
    assert "2 begin at the time of sessions that you have." in page.words()
    assert not dialog.buttons[1].isEnabled()
    asked = page.sections[0].same_time
    assert asked is not None
    QApplication.processEvents()
    assert asked.visibleRegion().boundingRect() == asked.rect()
    assert asked.value is False
    asked.parts[1].setFocus()
    asked.parts[1].click()
    asked = page.sections[0].same_time
    assert asked is not None
    assert (asked.value, asked.parts[1].hasFocus()) == (True, True)
    assert dialog.buttons[1].text() == "Import 2 sessions"
    page.sections[0].selects[3].chosen.emit(ColumnField.NOTE)  # what she chose stays, whatever else she says
    assert dialog.buttons[1].text() == "Import 2 sessions"
    asked = page.sections[0].same_time
    assert asked is not None
    asked.parts[0].click()
    assert not dialog.buttons[1].isEnabled()
    dialog.choose("close")
    assert log.count() == 2


def test_an_answer_of_baby_buddy_is_read_in_the_unit_that_she_chooses(evening: Start, tmp_path: Path) -> None:
    night = evening(voice_on=False)
    answer = '[{"start": "2025-05-01T06:35:00+02:00", "amount": 3.5}]'
    dialog, page = looked_at(night, *written(tmp_path, pumping_json=answer))
    unit = page.sections[0].unit
    assert unit is not None
    unit.parts[1].click()
    dialog.choose("import")
    assert [record.ml for record in night.made.tools.log.records()] == [103.5]


@pytest.mark.parametrize("text", ["", "\0", "milk,eggs\n1,2\n", "{", "began,routine\n"])
def test_a_file_that_is_none_is_told_and_changes_nothing(evening: Start, tmp_path: Path, text: str) -> None:
    night = evening(voice_on=False)
    dialog, page = looked_at(night, *written(tmp_path, a_csv=text))
    assert "Nothing to import" in page.words()
    assert len(page.words()) >= 3
    assert not dialog.buttons[1].isEnabled()
    dialog.choose("close")
    assert night.made.tools.log.count() == 0


def test_the_focus_stays_on_the_column_that_was_changed(evening: Start, tmp_path: Path) -> None:
    night = evening(voice_on=False)
    _, page = looked_at(night, *written(tmp_path, a_csv=THEIRS))
    page.sections[0].selects[1].setFocus()
    page.sections[0].selects[1].chosen.emit(ColumnField.NOTE)
    assert page.sections[0].selects[1].hasFocus()


def test_days_that_read_both_ways_are_asked_about_in_words_before_yes(evening: Start, tmp_path: Path) -> None:
    night = evening(voice_on=False)
    file = tmp_path / "american.csv"
    file.write_text("Date,ml\n4/3/2025 6:35 pm,60\n", encoding="utf-8")
    dialog, page = looked_at(night, file)
    order = page.sections[0].order
    assert order is not None
    assert [part.text() for part in order.parts] == ["4 Mar 2025", "3 Apr 2025"]
    assert "Thu 3 Apr 2025, 18:35: Without a routine, 60 mL" in page.words()
    order.parts[0].click()
    assert page.sections[0].order is None
    assert "Tue 4 Mar 2025, 18:35: Without a routine, 60 mL" in page.words()
    dialog.choose("import")
    (record,) = night.made.tools.log.records()
    assert (record.began.day, record.began.month) == (4, 3)


def test_columns_that_could_not_be_kept_are_told_and_the_sessions_are_in(
    evening: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = evening(voice_on=False)
    dialog, page = looked_at(night, *written(tmp_path, a_csv=THEIRS))
    for column, field in enumerate((ColumnField.BEGAN, ColumnField.TYPE, ColumnField.RIGHT)):
        page.sections[0].selects[column].chosen.emit(field)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(desk, "remember", full)
    dialog.choose("import")
    assert night.made.tools.log.count() == 2
    told = night.made.tools.window.banner.message
    assert told == "What you said of the columns could not be kept: no space left on device. The sessions are in."


def test_while_a_sheet_is_matched_again_nothing_is_brought_in_and_the_focus_stays(
    evening: Start, tmp_path: Path
) -> None:
    night = evening(voice_on=False)
    tools = night.made.tools
    dialog, page = looked_at(night, *written(tmp_path, a_csv=THEIRS))
    waiting: list[Callable[[], None]] = []
    tools.aside = waiting.append
    page.sections[0].selects[0].setFocus()
    page.sections[0].selects[0].chosen.emit(ColumnField.BEGAN)
    assert not dialog.buttons[1].isEnabled()
    assert not page.isEnabled()
    waiting.pop()()
    assert "2 sessions to import" in page.words()
    assert dialog.buttons[1].isEnabled()
    assert page.sections[0].selects[0].hasFocus()


def test_files_that_come_while_the_sheet_is_open_are_looked_at_with_those_on_it(evening: Start, tmp_path: Path) -> None:
    night = evening(voice_on=False)
    dropped = night.made.tools.window.files_dropped.emit
    sheet, routine = written(tmp_path, a_csv=THEIRS, b_yaml=ROUTINE)
    dialog, page = looked_at(night, sheet)
    for column, field in enumerate((ColumnField.BEGAN, ColumnField.TYPE, ColumnField.RIGHT)):
        page.sections[0].selects[column].chosen.emit(field)
    assert dialog.buttons[0].text() == "Not now"
    dropped([str(routine), str(sheet)])
    dropped([str(routine)])
    assert night.made.tools.window.dialog is dialog
    assert [summary for summary in page.words() if "import" in summary] == [
        "2 sessions to import",
        "A routine to import: Dropped",
    ]
    assert dialog.buttons[1].text() == "Import 2 sessions and 1 routine"
    dialog.choose("import")
    volumes = [(record.left_ml, record.right_ml) for record in night.made.tools.log.records()]
    assert volumes == [(None, 70.0), (None, 60.0)]


def test_a_file_that_is_still_looked_at_when_the_sheet_is_answered_has_a_sheet_of_its_own(
    evening: Start, tmp_path: Path
) -> None:
    night = evening(voice_on=False)
    tools = night.made.tools
    sheet, routine = written(tmp_path, a_csv=OURS, b_yaml=ROUTINE)
    dialog, page = looked_at(night, sheet)
    waiting: list[Callable[[], None]] = []
    tools.aside = waiting.append
    tools.window.files_dropped.emit([str(routine)])
    assert (dialog.buttons[1].isEnabled(), dialog.buttons[1].text(), page.isEnabled()) == (False, "Looking…", False)
    dialog.choose("close")
    for work in waiting:
        work()
    assert tools.window.dialog is not None
    (anew,) = tools.window.dialog.findChildren(BringingPage)
    assert anew.words()[:2] == ["b.yaml", "A routine to import: Dropped"]
    assert tools.log.count() == 0


def test_a_file_that_comes_over_a_question_is_shown_once_that_is_answered(evening: Start, tmp_path: Path) -> None:
    night = evening(voice_on=False)
    window = night.made.tools.window
    window.ask("Sure?", "", [("no", "No")], lambda _answer: None)
    question = window.dialog
    assert question is not None
    window.files_dropped.emit([str(path) for path in written(tmp_path, b_yaml=ROUTINE)])
    assert (window.dialog, window.toast.words.text()) == (question, "It will be shown once this is answered")
    question.leave()
    assert isinstance(window.dialog, Sheet)


def test_a_file_that_hovers_over_the_window_is_told_what_becomes_of_it(evening: Start, tmp_path: Path) -> None:
    night = evening(voice_on=False)
    window = night.made.tools.window
    files, text = QMimeData(), QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path)) for path in written(tmp_path, b_yaml=ROUTINE)])
    text.setText("milk")

    def sent(kind: type[QDropEvent], data: QMimeData) -> bool:
        event = kind(QPoint(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NO_KEY)
        event.ignore()
        QApplication.sendEvent(window, event)
        return event.isAccepted()

    def signs() -> list[str]:
        return [sign.words.text() for sign in window.findChildren(DropSign) if sign.isVisible()]

    assert (sent(QDragEnterEvent, text), signs()) == (False, [])
    assert (sent(QDragEnterEvent, files), signs()) == (True, ["Let go to see what it would bring"])
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert signs() == []
    night.made.desk.routines.open("short", start=True)
    assert (sent(QDragEnterEvent, files), signs()) == (True, ["Let go to import it once the session is over"])
    assert (sent(QDropEvent, files), signs()) == (True, [])
    assert window.toast.words.text() == "It will be shown when the session is over"


def test_a_routine_with_mistakes_is_told_by_its_own_name_and_by_steps_counted_from_one(
    evening: Start, tmp_path: Path
) -> None:
    broken = (
        "name: Sent by a friend\nsteps:\n- {kind: masage, duration: 1 min}\n- {kind: rest, duration: eight minutes}\n"
        "- {kind: rest, duration: 1 min, colour: red, titel: Rest}\n"
    )
    _dialog, page = looked_at(evening(voice_on=False), *written(tmp_path, bad_yaml=broken))
    assert page.words() == [
        "bad.yaml",
        "A routine to import: Sent by a friend",
        "It has mistakes; it comes in all the same, to be mended in the editor.",
        "Step 1, kind: “masage” is not a step kind. Did you mean “massage”?",
        "Step 2, duration: “eight minutes” is not a length of time. Write for example “2 min”, “90 s” or “1:30”.",
        "Step 3: Unknown key “colour”.",
        "Step 3: Unknown key “titel”. Did you mean “title”?",
    ]
