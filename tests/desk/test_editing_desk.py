"""The editor at the desk: nothing typed is lost on the way out of it, and what is deleted can come back."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from editing import retype, turn_to
from evenings import SHORT, Evening
from guide.core.commands import Command
from guide.kit.marks import Chip
from guide.kit.naming import NameDialog
from guide.pages.editor.page import EditorPage
from guide.pages.ready.page import ReadyPage
from guide.pages.routines.page import LibraryPage
from guide.pages.routines.view import Owner
from guide.pages.session.parts import CARE_CARD
from guide.sound.pcm import wav_bytes
from guide.sound.prompts import Prompts

Start = Callable[..., Evening]


def open_editor(night: Evening) -> EditorPage:
    night.page(LibraryPage).edit_asked.emit("short")
    return night.page(EditorPage)


def own(night: Evening) -> Path:
    return night.paths.own_routines / "short.yaml"


def test_what_was_just_typed_is_kept_whichever_way_she_leaves(evening: Start) -> None:
    night = evening()
    window = night.made.tools.window
    for name, leave_by in (("Longer", "back"), ("Longest", "new"), ("Last", "close")):
        window.show_page("routines")
        page = open_editor(night)
        page.set_name(name)
        match leave_by:
            case "new":
                night.made.desk.editing.new()
                assert window.dialog is not None
                window.dialog.choose("cancel")
            case "close":
                window.close()
            case _:
                page.back_asked.emit()
        assert f"name: {name}" in own(night).read_text(encoding="utf-8")


def test_a_window_that_closes_asks_about_what_the_routine_did_not_take(evening: Start) -> None:
    night = evening()
    page = open_editor(night)
    window = night.made.tools.window
    retype(page.panes.form.step.length.low.line, "9 mni")
    assert not window.close()
    assert window.dialog is not None
    assert window.dialog.accessibleDescription() == "“9 mni” in “Length” was not taken."
    window.dialog.choose("stay")
    assert page.panes.form.step.length.low.line.text() == "9 mni"
    night.made.desk.learning.show(CARE_CARD, from_page="editor")
    window.close()
    assert window.dialog is not None
    window.dialog.choose("close")
    assert not window.isVisible()


def test_what_the_routine_did_not_take_is_told_when_she_leaves_with_the_way_back_to_it(evening: Start) -> None:
    night = evening()
    page = open_editor(night)
    retype(page.panes.form.step.title, "Wide")
    retype(page.panes.form.step.length.low.line, "9 mni")
    page.header.back.click()
    window = night.made.tools.window
    toast = window.toast
    assert (window.here, toast.words.text()) == ("routines", "“9 mni” in “Length” was not taken.")
    toast.action.click()
    assert window.here == "editor"
    assert (page.panes.form.step.title.text(), page.panes.form.step.length.low.line.text()) == ("Wide", "9 mni")
    page.header.duplicate_asked.emit()
    assert (page.panes.form.step.title.text(), toast.words.text()) == ("Wide", "“9 mni” in “Length” was not taken.")
    toast.action.click()
    assert night.made.desk.editing.file.id == "short"
    assert page.panes.form.step.length.low.line.text() == "9 mni"
    retype(page.panes.form.step.length.low.line, "9 min")
    page.header.back.click()
    assert not toast.isVisible()


def ask_for_new(night: Evening, name: str) -> EditorPage:
    """New routine, with the name typed into the dialog."""
    night.page(LibraryPage).new_asked.emit()
    dialog = night.made.tools.window.dialog
    assert isinstance(dialog, NameDialog)
    dialog.field.setText(name)
    dialog.buttons[1].click()
    return night.page(EditorPage)


def files(night: Evening) -> list[str]:
    return sorted(path.name for path in night.paths.own_routines.glob("*"))


WAYS = ("back", "escape", "ctrl 2", "play", "close")


def test_new_and_left_untouched_leaves_nothing(evening: Start) -> None:
    night = evening()
    before = files(night)
    for way in WAYS:
        night.made.desk.go_to("routines")
        page = ask_for_new(night, "Night")
        assert page.header.state.text() == "Not begun yet"
        leave(night, page, way)
        night.made.tools.conductor.leave()
        assert files(night) == before, way
        assert list(night.paths.drafts.glob("*")) == []


def test_new_and_left_untouched_is_kept_at_one_press_of_what_says_that_it_is_not(evening: Start) -> None:
    night = evening()
    window = night.made.tools.window
    for number, way in enumerate(("back", "escape", "ctrl 2")):
        night.made.desk.go_to("routines")
        leave(night, ask_for_new(night, f"Night {number}"), way)
        assert window.toast.words.text() == f"Night {number} was not changed, so it is not kept"
        assert window.toast.isVisible()
        window.toast.action.click()
        assert f"night-{number}.yaml" in files(night)
    night.made.desk.go_to("routines")
    leave(night, ask_for_new(night, "Later"), "back")
    shutil.rmtree(night.paths.own_routines)
    window.toast.action.click()
    assert files(night) == ["later.yaml"]


def test_new_and_changed_is_kept_whichever_way_she_leaves(evening: Start) -> None:
    night = evening()
    for number, way in enumerate(WAYS):
        night.made.desk.go_to("routines")
        page = ask_for_new(night, f"Night {number}")
        retype(page.panes.form.step.title, "Wide")
        leave(night, page, way)
        night.made.tools.conductor.leave()
        kept = night.paths.own_routines / f"night-{number}.yaml"
        assert "title: Wide" in kept.read_text(encoding="utf-8"), way
        assert list(night.paths.drafts.glob("*")) == []


def leave(night: Evening, page: EditorPage, way: str) -> None:
    window = night.made.tools.window
    match way:
        case "back":
            page.header.back.click()
        case "escape":
            QTest.keyClick(page.panes.steps.view, Qt.Key.Key_Escape)
        case "ctrl 2":
            QTest.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
            assert night.here == "history"
        case "play":
            page.header.play.click()
            assert night.here == "session"
        case _:
            window.close()


def test_a_new_routine_is_played_and_come_back_to(evening: Start) -> None:
    night = evening()
    page = ask_for_new(night, "Night")
    page.header.play.click()
    night.made.tools.conductor.do(Command.STOP)
    assert night.here == "editor"
    retype(page.panes.form.step.title, "Wide")
    page.header.back.click()
    assert "title: Wide" in (night.paths.own_routines / "night.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("way", ["rename", "name field", "new"])
def test_a_name_that_is_taken_is_refused_with_the_words_for_it(evening: Start, way: str) -> None:
    night = evening()
    if way == "new":
        night.page(LibraryPage).new_asked.emit()
    else:
        page = open_editor(night)
    if way == "name field":
        turn_to(page, ())
        retype(page.panes.form.routine.name, "Gentle day")
        told = page.panes.form.routine.fields["name"].words
        assert page.header.state.text() == "Not applied yet"
    else:
        if way == "rename":
            page.header.rename_asked.emit()
        dialog = night.made.tools.window.dialog
        assert isinstance(dialog, NameDialog)
        dialog.field.setText("x" * 81)
        dialog.buttons[1].click()
        assert dialog.trouble.text() == "A name is one line of 1 to 80 letters."
        dialog.field.setText("Gentle day")
        dialog.buttons[1].click()
        assert night.made.tools.window.dialog is dialog
        told = dialog.trouble.text()
        dialog.buttons[0].click()
    assert told.rstrip(".") == "There is a routine called “Gentle day” already"
    assert "name: Short" in own(night).read_text(encoding="utf-8")


def test_undo_of_an_edited_built_in_takes_back_what_she_did_and_nothing_else(evening: Start) -> None:
    night = evening()
    night.page(LibraryPage).edit_asked.emit("gentle-day")
    page = night.page(EditorPage)
    before = page.text()
    retype(page.panes.form.step.title, "Wide")
    page.flush()
    kept = night.paths.own_routines / "gentle-day-mine.yaml"
    assert "title: Wide" in kept.read_text(encoding="utf-8")
    QTest.keyClick(page.panes.steps.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.text() == before
    assert page.header.heading.text() == "Gentle day, mine"
    assert not page.document.document.isUndoAvailable()
    page.flush()
    assert "title: Wide" not in kept.read_text(encoding="utf-8")


def test_a_built_in_looked_at_and_played_by_its_name_leaves_nothing(evening: Start) -> None:
    night = evening()
    night.well()
    played: list[str] = []
    night.made.desk.editing.try_asked.connect(lambda routine, *_: played.append(routine.name))
    before = files(night)
    night.page(LibraryPage).edit_asked.emit("gentle-day")
    page = night.page(EditorPage)
    assert page.header.heading.text() == "Gentle day"
    page.header.play.click()
    night.made.tools.conductor.leave()
    night.made.desk.editing.come_back()
    assert played == ["Gentle day"]
    page.header.back.click()
    assert files(night) == before


def test_a_draft_that_is_no_text_any_more_is_kept_aside_and_told_of(evening: Start) -> None:
    night = evening()
    night.paths.drafts.mkdir(parents=True)
    noise = bytes(range(255, 0, -1))
    (night.paths.drafts / "short.yaml").write_bytes(noise)
    page = open_editor(night)
    (aside,) = night.paths.drafts.glob("*")
    assert aside.name.startswith("short.damaged-")
    assert aside.read_bytes() == noise
    assert aside.name in night.made.tools.window.banner.findChildren(QLabel)[0].text()
    page.set_name("Longer")
    assert aside.read_bytes() == noise


def test_a_routine_deleted_in_the_editor_is_given_back_with_its_last_words(evening: Start) -> None:
    night = evening()
    page = open_editor(night)
    page.set_name("Longer")
    page.header.delete_asked.emit()
    assert night.here == "routines"
    assert not own(night).exists()
    assert list(night.paths.drafts.glob("*")) == []
    night.made.tools.window.toast.action.click()
    assert "name: Longer" in own(night).read_text(encoding="utf-8")


def test_a_file_that_was_taken_away_meanwhile_can_still_be_played_and_renamed(evening: Start) -> None:
    night = evening()
    page = open_editor(night)
    own(night).unlink()
    page.play_asked.emit(0, 10.0)
    assert night.here == "session"


def test_a_copy_kept_elsewhere_holds_the_last_change_and_is_told_of(
    evening: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.yaml"
    monkeypatch.setattr("guide.kit.file_dialog.ask_where", lambda *_: target)
    night = evening()
    page = open_editor(night)
    page.set_name("Longer")
    page.header.more.click()
    next(act for act in page.header.menu.actions() if act.text() == "Keep a copy elsewhere").trigger()
    page.header.menu.close()
    assert target.read_text(encoding="utf-8") == SHORT.replace("Short", "Longer")
    assert night.made.tools.window.toast.words.text() == "Kept as copy.yaml"


def test_files_dropped_during_a_session_wait_until_it_is_over(evening: Start, tmp_path: Path) -> None:
    night = evening()
    other = tmp_path / "other.yaml"
    other.write_text(SHORT.replace("Short", "Other"), encoding="utf-8")
    night.made.desk.routines.open("short", start=True)
    night.made.tools.window.files_dropped.emit([str(other)])
    assert night.here == "session"
    assert night.made.tools.window.dialog is None
    assert not (night.paths.own_routines / "other.yaml").exists()


def test_what_a_toast_offered_is_withdrawn_when_a_session_begins(evening: Start) -> None:
    night = evening()
    night.page(LibraryPage).duplicate_asked.emit("short")
    toast = night.made.tools.window.toast
    assert toast.isVisible()
    night.made.desk.routines.open("short", start=True)
    assert toast.isHidden()


def test_her_own_sound_is_heard_from_beside_its_routine(evening: Start) -> None:
    night = evening()
    (night.paths.own_routines / "bell.wav").write_bytes(wav_bytes([0.4] * 4000))
    page = open_editor(night)
    page.chime_listen_asked.emit("bell.wav")
    assert len(night.player.played) == 1
    page.chime_listen_asked.emit("gong.wav")
    assert night.made.tools.window.banner.isVisible()
    assert len(night.player.played) == 1


def test_a_draft_is_seen_on_its_card_until_it_is_saved(evening: Start) -> None:
    night = evening()
    page = open_editor(night)
    retype(page.panes.form.step.length.low.line, "5 min")
    page.panes.form.step.until.chosen.emit("milk slows")  # which a fixed length cannot
    page.header.back.click()
    card = next(card for card in night.page(LibraryPage).cards if card.summary.id == "short")
    assert "Unfinished" in [chip.text for chip in card.findChildren(Chip)]
    assert dict(card.actions_offered())["edit"] == "Go on editing"
    card.acted.emit("edit")
    page = night.page(EditorPage)
    assert "duration: 5 min" in page.text()
    page.panes.form.step.until.chosen.emit("")
    page.header.back.click()
    card = next(card for card in night.page(LibraryPage).cards if card.summary.id == "short")
    assert "Unfinished" not in [chip.text for chip in card.findChildren(Chip)]


def test_what_is_hidden_or_deleted_has_the_focus_again_with_its_ring_when_that_is_undone(
    evening: Start, qapp: QApplication
) -> None:
    night = evening()
    library, toast = night.page(LibraryPage), night.made.tools.window.toast
    for routine_id, asked in (("gentle-day", library.hide_asked), ("short", library.delete_asked)):
        library.card(routine_id).setFocus(Qt.FocusReason.TabFocusReason)
        asked.emit(routine_id)
        card = next(card for card in library.cards if card.hasFocus())  # of what has taken its place
        assert (card.summary.id != routine_id, card.ring.shown) == (True, True)
        toast.undo()
        qapp.processEvents()
        card = library.card(routine_id)
        assert (card.hasFocus(), card.ring.shown) == (True, True)


def test_leaving_leads_to_the_card_of_what_was_edited_even_where_a_search_hid_it(evening: Start) -> None:
    night = evening()
    library = night.page(LibraryPage)
    for sought, routine_id, changed, left_on, stays in (
        ("gentle day", "gentle-day", True, "gentle-day-mine", "gentle day"),  # what still finds it stays
        ("no such words", "short", False, "short", ""),
    ):
        library.listed.search.setText(sought)
        library.edit_asked.emit(routine_id)
        page = night.page(EditorPage)
        if changed:
            retype(page.panes.form.step.title, "Wide")
        page.header.back.click()
        assert library.card(left_on).hasFocus()
        assert library.listed.search.text() == stays
    library.purpose_chosen.emit(Owner.HERS)
    library.edit_asked.emit("hands-on-pumping")
    night.page(EditorPage).header.back.click()
    assert library.card("hands-on-pumping").hasFocus()


def test_what_was_looked_for_is_found_when_a_session_begins_of_it(evening: Start) -> None:
    night = evening()
    night.well()
    library = night.page(LibraryPage)
    before = len(library.cards)
    library.listed.search.setText("short")
    assert len(library.cards) < before
    library.start_asked.emit("short")
    assert night.here == "session"
    night.made.tools.conductor.leave()
    night.made.desk.go_to("routines")
    assert len(library.cards) == before
    assert library.listed.search.text() == ""


def drafts(night: Evening) -> list[str]:
    return [path.name for path in night.paths.drafts.glob("*")]


def with_draft(night: Evening, text: str) -> EditorPage:
    night.paths.drafts.mkdir(parents=True, exist_ok=True)
    (night.paths.drafts / "short.yaml").write_text(text, encoding="utf-8")
    night.made.desk.go_to("routines")
    return open_editor(night)


def test_back_to_the_saved_version_leads_to_it_whatever_was_typed_since_and_no_draft_is_left(evening: Start) -> None:
    night = evening()
    page = with_draft(night, SHORT + "nonsense: [unclosed\n")
    page.panes.show_tab("yaml")
    QTest.keyClicks(page.panes.text_view().pane, "zzz")
    page.flush()
    written = page.text()
    page.message.buttons[1].click()
    assert page.text() == SHORT
    assert page.header.state.text() == "Saved"
    assert drafts(night) == []
    page.panes.undo()
    page.flush()
    assert page.text() == written
    assert drafts(night) == ["short.yaml"]
    page.panes.redo()
    page.header.back.click()
    assert drafts(night) == []
    assert own(night).read_text(encoding="utf-8") == SHORT


def test_get_ready_of_a_routine_with_a_draft_leads_to_it(evening: Start) -> None:
    night = evening()
    with_draft(night, SHORT + "nonsense: [unclosed\n")
    night.made.desk.routines.open("short")
    ready = night.page(ReadyPage)
    assert ready.options.unfinished.isVisible()
    ready.options.unfinished.button.click()
    assert (night.here, night.page(EditorPage).text()) == ("editor", SHORT + "nonsense: [unclosed\n")
    night.page(EditorPage).message.buttons[1].click()  # back to the saved version
    night.made.desk.routines.open("short")
    assert not ready.options.unfinished.isVisible()


def test_a_draft_goes_when_its_text_is_the_saved_one_again(evening: Start) -> None:
    night = evening()
    page = open_editor(night)
    retype(page.panes.form.step.length.low.line, "5 min")
    page.panes.form.step.until.chosen.emit("milk slows")  # which a fixed length cannot
    page.flush()
    assert drafts(night) == ["short.yaml"]
    while page.text() != own(night).read_text(encoding="utf-8"):
        page.panes.undo()
    page.flush()
    assert drafts(night) == []
    with_draft(night, SHORT)  # as an older version has left it
    assert drafts(night) == []


def test_a_draft_stays_where_the_file_was_taken_away(evening: Start) -> None:
    night = evening()
    page = with_draft(night, SHORT + "nonsense: [unclosed\n")
    own(night).unlink()
    page.panes.undo()
    page.flush()
    assert (night.paths.drafts / "short.yaml").read_text(encoding="utf-8") == SHORT


def test_the_lengths_of_what_is_said_are_looked_up_beside_the_window(
    evening: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[tuple[list[str], str]] = []

    def known(_: Prompts, texts: list[str], *, language: str, **__: object) -> dict[str, timedelta]:
        looked.append((texts, language))
        return {"Circles.": timedelta(seconds=9)}

    monkeypatch.setattr(Prompts, "known", known)
    night = evening()
    page = open_editor(night)
    page.lengths.timer.timeout.emit()
    assert looked == [(["Circles.", "Next: pump."], "en")]
    assert page.panes.form.step.fields["say"].words.endswith("Takes 9 s to say.")


def test_another_programs_version_is_shown_and_not_written_over(evening: Start) -> None:
    night = evening()
    page = open_editor(night)
    page.set_name("Longer")
    theirs = SHORT.replace("Short", "Theirs, and longer still")
    own(night).write_text(theirs, encoding="utf-8")
    page.flush()
    assert own(night).read_text(encoding="utf-8") == theirs
    assert page.message.isVisible()


def test_a_file_that_cannot_be_read_any_more_is_not_written_over(evening: Start) -> None:
    night = evening()
    page = open_editor(night)
    page.set_name("Longer")
    own(night).write_bytes(b"name: \xff\xfe")
    page.flush()
    page.set_name("Longer still")
    page.flush()
    assert own(night).read_bytes() == b"name: \xff\xfe"


def taken_away(night: Evening, page: EditorPage) -> None:
    own(night).unlink()
    night.made.desk.editing.file._file_watch.changed.emit()
    assert page.header.state.text() in {"Not saved yet", "Not applied yet"}
    assert page.message.told == "short.yaml was deleted by another program. The text stays here."
    assert [button.text() for button in page.message.buttons] == ["Write it again", "Let it go"]


def test_a_file_that_was_taken_away_under_the_editor_is_told_of_and_written_again_or_let_go(evening: Start) -> None:
    night = evening()
    page = open_editor(night)
    taken_away(night, page)
    page.message.buttons[0].click()
    assert own(night).read_text(encoding="utf-8") == SHORT
    assert (page.header.state.text(), page.message.told, drafts(night)) == ("Saved", "", [])
    taken_away(night, page)
    page.message.buttons[1].click()
    assert (night.here, own(night).exists(), drafts(night)) == ("routines", False, [])
    night.made.tools.window.toast.action.click()
    assert own(night).read_text(encoding="utf-8") == SHORT


def test_what_is_left_of_a_file_that_was_taken_away_is_offered_after_a_kill_and_written_again_or_let_go(
    evening: Start,
) -> None:
    night = evening()
    for text, name, answer in (
        (SHORT, "Short", 0),
        (SHORT + "nonsense: [unclosed\n", "short", 0),
        (SHORT, "Short", 1),
    ):
        own(night).write_text(SHORT, encoding="utf-8")
        night = night.again()
        page = with_draft(night, text)
        taken_away(night, page)
        night.made.desk.editing.file.close(told=False)  # it does nothing any more, as after a kill
        night = night.again()
        toast = night.made.tools.window.toast
        assert toast.words.text() == f"Your edit of {name} is safe"
        toast.action.click()
        page = night.page(EditorPage)
        assert (page.text(), page.message.told[:21]) == (text, "short.yaml was delete")
        page.message.buttons[answer].click()
        assert drafts(night) == []
        if answer == 0:
            assert own(night).read_text(encoding="utf-8") == text
            page.back_asked.emit()
        else:
            assert (night.here, own(night).exists()) == ("routines", False)


def test_what_was_unfinished_in_a_routine_that_she_deleted_is_not_offered(evening: Start) -> None:
    night = evening()
    with_draft(night, SHORT + "nonsense: [unclosed\n").back_asked.emit()
    night.made.desk.routines.changes.delete("short")
    assert drafts(night) == ["short.yaml"]
    night = night.again()
    assert not night.made.tools.window.toast.isVisible()
    night.made.desk.editing.edit("short")
    assert night.made.tools.window.banner.message == "There is no routine 'short' any more."


@pytest.mark.parametrize("way", [way for way in WAYS if way != "play"])  # from there she comes back to the editor
def test_a_file_that_was_taken_away_is_there_again_whichever_way_she_leaves(evening: Start, way: str) -> None:
    night = evening()
    page = open_editor(night)
    taken_away(night, page)
    leave(night, page, way)
    assert own(night).read_text(encoding="utf-8") == SHORT
    assert drafts(night) == []


def test_what_does_not_play_of_a_file_that_was_taken_away_is_kept_beside_what_was_saved(evening: Start) -> None:
    night = evening()
    page = with_draft(night, SHORT + "nonsense: [unclosed\n")
    taken_away(night, page)
    page.back_asked.emit()
    assert own(night).read_text(encoding="utf-8") == SHORT
    assert (night.paths.drafts / "short.yaml").read_text(encoding="utf-8") == SHORT + "nonsense: [unclosed\n"


def test_a_file_that_is_put_in_the_place_of_one_that_was_taken_away_is_looked_at_as_any_other(evening: Start) -> None:
    night = evening()
    page = open_editor(night)
    changed = night.made.desk.editing.file._file_watch.changed.emit
    for theirs, told in ((SHORT, ""), (SHORT.replace("Short", "Theirs"), "is shown anew")):
        taken_away(night, page)
        own(night).write_text(theirs, encoding="utf-8")
        changed()
        assert told in page.message.told
        assert bool(page.message.told) == bool(told)
        assert (page.text(), page.header.state.text()) == (theirs, "Saved")


def test_a_text_whose_file_is_no_text_any_more_is_kept_and_is_opened_again(evening: Start) -> None:
    night = evening()
    page = open_editor(night)
    own(night).write_bytes(b"name: \xff\xfe")
    night.made.desk.editing.file._file_watch.changed.emit()
    page.back_asked.emit()
    assert own(night).read_bytes() == b"name: \xff\xfe"
    page = open_editor(night)
    assert page.text() == SHORT
    assert page.message.told == "short.yaml was changed, and cannot be read now. The text stays here."
    page.message.buttons[0].click()
    assert own(night).read_text(encoding="utf-8") == SHORT
    (aside,) = night.paths.own_routines.glob("short.damaged-*")
    assert aside.read_bytes() == b"name: \xff\xfe"


def test_what_stands_in_the_way_of_writing_it_again_is_told_with_what_to_do_and_the_text_stays(
    evening: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = evening()
    page = open_editor(night)

    def refuses(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    for name, first, told in (
        ("guide.pages.editor.edited_file.move_aside", b"name: \xff\xfe", "short.yaml cannot be moved out of the way: "),
        ("guide.store.routines.library.write_whole", b"", "The routine could not be saved: "),
    ):
        own(night).write_bytes(first) if first else own(night).unlink()
        night.made.desk.editing.file._file_watch.changed.emit()
        with monkeypatch.context() as patched:
            patched.setattr(name, refuses)
            for button in (0, 1):
                page.message.buttons[button].click()
                assert page.message.told.startswith(f"{told}permission denied.")
                assert page.message.told.endswith("then press “Write it again”.")
                assert (night.here, page.text(), drafts(night)) == ("editor", SHORT, ["short.yaml"])
        page.message.buttons[0].click()
        assert (page.message.told, own(night).read_text(encoding="utf-8")) == ("", SHORT)


def test_a_file_that_was_taken_away_is_written_anew(evening: Start) -> None:
    night = evening()
    page = open_editor(night)
    page.set_name("Longer")
    own(night).unlink()
    page.flush()
    assert "name: Longer" in own(night).read_text(encoding="utf-8")
