"""A disk that is full or read-only, at every place of ours that writes: told once, gone on, and saved later."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from disks import Disk, Room
from evenings import Evening
from guide.cli import main
from guide.core.commands import Command
from guide.core.record import Record
from guide.hear.meaning import Meaning
from guide.hear.takes import Take
from guide.kit.marks import Chip
from guide.kit.naming import NameDialog
from guide.pages.along.view import Ending, Failed
from guide.pages.editor.page import EditorPage
from guide.pages.finish.page import FinishPage
from guide.pages.history.form_dialog import FormDialog
from guide.pages.ready.page import ReadyPage
from guide.pages.routines.page import LibraryPage
from guide.sound.pcm import SoundError
from guide.sound.voices.recorded import Recordings
from guide.store.log.log import Log
from guide.store.log.records import SELECT
from guide.store.log.rows import record_of
from guide.store.paths import Paths
from guide.store.restoring import restore
from guide.store.routines.library import Library
from guide.store.settings import load
from guide.window import MainWindow
from takes import SPOKEN, sound

Start = Callable[..., Evening]
SESSIONS = "began,routine,left_ml\n2025-05-01T06:35:00+02:00,Evening,60\n"
ROUTINE = "name: Dropped\nsteps: [{kind: rest, duration: 1 min}]\n"
OTHER = sound((0.5, 0), (1, 0.3), (0.5, 0))

REFUSING = (Room.FULL, Room.READ_ONLY)

refusing = pytest.mark.parametrize("room", REFUSING, ids=lambda room: room.name.lower())


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    disk = Disk(tmp_path, monkeypatch)
    yield disk
    disk.room = Room.THERE


def told(night: Evening) -> list[str]:
    """What the banner shows and would show next; each is closed."""
    banner, found = night.made.tools.window.banner, []
    while banner.message:
        found.append(banner.message)
        banner.show_next()
    return found


def on_the_disk(night: Evening) -> list[Record]:
    """The sessions another start would find."""
    with closing(sqlite3.connect(f"{night.paths.log.as_uri()}?mode=ro", uri=True)) as file:
        rows = file.execute(SELECT + "NOT open").fetchall()
    return [record_of(row) for row in rows]


def save_now(night: Evening, disk: Disk) -> None:
    """There is room again, and in a while it is tried anew; then there is nothing left to try."""
    disk.room = Room.THERE
    again = night.made.tools.again
    assert again.timer.isActive()
    again.timer.timeout.emit()
    assert not again.timer.isActive()


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@refusing
def test_the_page_after_a_session_says_itself_that_nothing_is_on_the_disk_and_when_it_is(
    evening: Start, disk: Disk, room: Room
) -> None:
    night = evening(voice_on=False, chimes_on=False)
    night.made.desk.routines.open("short", start=True)
    night.pass_time(90)
    night.made.tools.conductor.do(Command.STOP)
    page = night.page(FinishPage)
    assert "not on the disk" not in page.lasted.text()
    disk.room = room
    page.noted.emit("left_ml", 35.0)
    assert page.lasted.text().endswith(
        "It is not on the disk yet: it is kept here, and saved as soon as that is possible."
    )
    assert not page.footnote.text(), "Not now keeps nothing then that is not kept anyway"
    night.made.desk.finish.show(night.made.tools.log.records(limit=1)[0])
    assert "not on the disk" in page.lasted.text()
    save_now(night, disk)
    assert "not on the disk" not in page.lasted.text()
    assert page.footnote.text()


@refusing
def test_a_session_its_end_what_is_noted_and_a_setting(evening: Start, disk: Disk, room: Room) -> None:
    night = evening(voice_on=False, chimes_on=False)
    tools = night.made.tools
    night.made.desk.routines.open("short", start=True)
    night.pass_time(10)
    disk.room = room
    night.pass_time(25)
    tools.conductor.do(Command.MORE_TIME)
    tools.conductor.do(Command.NEXT)
    tools.conductor.do(Command.STOP)
    page = night.page(FinishPage)
    page.noted.emit("left_ml", 35.0)
    page.noted.emit("note", "beside her")
    tools.preferences.change(daily_goal=7)
    tools.preferences.change(daily_goal=8)
    unlogged, unset = told(night)
    assert unlogged.startswith("There is no room" if room is Room.FULL else "The session log cannot be written")
    assert unset == "Your settings cannot be kept: the folder or the disk does not let us write."
    assert [one.note for one in tools.log.records()] == ["beside her"]
    assert on_the_disk(night) == []
    assert load(night.paths.settings)[0].daily_goal == 0
    assert not tools.again.now()
    assert told(night) == []
    toast = tools.window.toast
    assert toast.isHidden()
    save_now(night, disk)
    assert (toast.words.text(), toast.isVisible()) == ("Everything is saved now.", True)
    assert on_the_disk(night) == tools.log.records()
    assert load(night.paths.settings)[0].daily_goal == 8
    toast.dismiss()
    tools.again.now()
    assert toast.isHidden()  # told once
    disk.room = room
    night.end()  # and the weekly copy finds no room
    assert not files_of(night.paths.log.parent / "copies")


def test_that_all_is_saved_is_told_where_the_next_change_takes_what_waited_with_it(evening: Start, disk: Disk) -> None:
    night = evening(voice_on=False, chimes_on=False)
    tools = night.made.tools
    disk.room = Room.FULL
    tools.log.add_by_hand(routine_name="Away", began=night.wall, lasted=timedelta(minutes=5))
    assert tools.window.banner.message.startswith("There is no room")
    disk.room = Room.THERE
    tools.log.add_by_hand(routine_name="Home", began=night.wall, lasted=timedelta(minutes=5))
    assert not tools.window.banner.message
    QApplication.processEvents()
    assert tools.window.toast.words.text() == "Everything is saved now."
    assert not tools.again.timer.isActive()


@refusing
def test_what_may_be_lost_is_told_before_sounds_that_cannot_be_kept(evening: Start, disk: Disk, room: Room) -> None:
    night = evening(chimes_on=False)
    disk.room = room
    night.made.tools.log.add_by_hand(routine_name="Away", began=night.wall, lasted=timedelta(minutes=5))
    banner = night.made.tools.window.banner
    lost = banner.message
    assert banner.tells_of_loss
    night.page(LibraryPage).ready_asked.emit("short")
    QApplication.processEvents()
    assert banner.message == lost
    assert "Sounds cannot be kept in their folder, so they are made anew each time." in told(night)


def test_a_folder_that_is_read_only_at_the_start_is_told_of_then_and_takes_a_session_once_it_can(
    evening: Start, disk: Disk
) -> None:
    first = evening(voice_on=False, chimes_on=False)
    disk.room = Room.READ_ONLY
    night = first.again()
    tools, before = night.made.tools, "The session log cannot be written in "
    assert [sentence.startswith(before) for sentence in told(night)] == [True]
    assert tools.again.now()  # nothing waits yet: she may leave
    assert tools.again.timer.isActive()
    tools.log.add_by_hand(routine_name="Away", began=night.wall, lasted=timedelta(minutes=5))
    assert (told(night), on_the_disk(night)) == ([], [])
    save_now(night, disk)
    assert on_the_disk(night) == tools.log.records()
    night.end()


@refusing
def test_what_is_typed_into_a_routine_and_into_a_new_one(evening: Start, disk: Disk, room: Room) -> None:
    night = evening(voice_on=False, chimes_on=False)
    tools, own = night.made.tools, night.paths.own_routines
    before = files_of(own)
    night.page(LibraryPage).edit_asked.emit("short")
    page = night.page(EditorPage)
    disk.room = room
    page.set_name("Longer")
    page.flush()
    assert page.keeping.trouble
    save_now(night, disk)
    assert not page.keeping.trouble
    before = files_of(own)
    assert before["short.yaml"].startswith(b"name: Longer")
    disk.room = room
    page.set_name("Longest")
    night.made.desk.editing.new()
    dialog = tools.window.dialog
    assert isinstance(dialog, NameDialog)
    dialog.field.setText("Dawn")
    dialog.buttons[1].click()
    page.set_name("Dusk")
    page.back_asked.emit()
    assert (told(night), night.here) == ([], "routines")  # the page says it itself
    assert (files_of(own), files_of(night.paths.drafts)) == (before, {})
    assert night.made.desk.editing.drafts.read("short") == before["short.yaml"].decode().replace("Longer", "Longest")
    save_now(night, disk)
    assert {entry.name for entry in tools.library.entries() if not entry.builtin} == {"Longer", "Dusk"}
    assert files_of(night.paths.drafts)["short.yaml"].startswith(b"name: Longest")


@refusing
def test_a_change_that_the_disk_refused_is_unfinished_on_its_card_and_on_get_ready(
    evening: Start, disk: Disk, room: Room
) -> None:
    night = evening(voice_on=False, chimes_on=False)
    night.made.desk.editing.edit("short")
    page = night.page(EditorPage)
    disk.room = room
    page.set_name("Longer")
    page.back_asked.emit()
    assert files_of(night.paths.drafts) == {}
    (card,) = [card for card in night.page(LibraryPage).cards if card.summary.id == "short"]
    assert "Unfinished" in [chip.text for chip in card.findChildren(Chip)]
    night.made.desk.routines.open("short")
    assert night.page(ReadyPage).options.unfinished.isVisible()


@refusing
def test_a_new_routine_that_the_disk_refused_is_gone_on_with_from_routines(
    evening: Start, disk: Disk, room: Room
) -> None:
    night = evening(voice_on=False, chimes_on=False)
    tools, own = night.made.tools, night.paths.own_routines
    before = files_of(own)
    disk.room = room
    night.made.desk.editing.new()
    dialog = tools.window.dialog
    assert isinstance(dialog, NameDialog)
    dialog.buttons[1].click()
    page = night.page(EditorPage)
    for name in ("Dusk", "Dawn"):
        page.set_name(name)
        page.back_asked.emit()
        library = night.page(LibraryPage)
        assert library.unsaved is not None
        assert library.unsaved.isVisible()
        words = f"{name} is not saved yet: the disk does not take it. It is kept here until it does."
        assert library.unsaved.words.text() == words
        library.unsaved.back.click()
        assert (night.here, page.standing.name_written()) == ("editor", name)
        assert [button.text() for button in page.message.buttons] == ["Try again"]
        assert not tools.again.now()  # closing asks
    disk.room = Room.THERE
    page.message.buttons[0].click()
    assert {entry.name for entry in tools.library.entries() if not entry.builtin} == {"Short", "Dawn"}
    assert len(files_of(own)) == len(before) + 1
    page.back_asked.emit()
    strip = night.page(LibraryPage).unsaved
    assert strip is not None
    assert strip.isHidden()
    assert tools.again.now()
    assert files_of(night.paths.drafts) == {}


def test_a_routine_that_is_not_saved_is_told_in_one_place_at_a_time_until_it_is(
    evening: Start, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    night, said = evening(voice_on=False, chimes_on=False), list[str]()
    for place in ("pages.editor.message", "pages.routines.page", "kit.alert"):
        monkeypatch.setattr(f"guide.{place}.announce", lambda _, words: said.append(words))
    banner = night.made.tools.window.banner
    disk.room = Room.FULL
    night.made.desk.editing.new()
    dialog = night.made.tools.window.dialog
    assert isinstance(dialog, NameDialog)
    dialog.buttons[1].click()
    page = night.page(EditorPage)
    for name in ("Dusk", "Dawn"):
        page.set_name(name)
        page.flush()
    refused = page.message.told
    assert refused.startswith("The routine could not be saved: ")
    assert page.message.close_button.isHidden()
    assert said == [refused]  # and not with each change
    page.message.buttons[0].click()
    assert (page.message.told, said) == (refused, [refused] * 2)
    night.made.desk.go_to("history")
    assert banner.message == refused
    night.made.desk.go_to("routines")
    unsaved = "Dawn is not saved yet: the disk does not take it. It is kept here until it does."
    assert (banner.message, said) == ("", [*[refused] * 3, unsaved])
    night.made.desk.go_to("learn")
    assert banner.message == ""  # told once
    night.made.desk.go_to("routines")
    library = night.page(LibraryPage)
    assert library.unsaved is not None
    library.unsaved.back.click()
    assert (page.message.told, banner.message) == (refused, "")
    night.made.desk.go_to("history")
    save_now(night, disk)
    assert banner.message == ""
    assert night.made.tools.window.toast.words.text() == "Everything is saved now."


def test_what_the_disk_refused_of_a_routine_shows_on_its_card_and_a_new_one_is_listed_once_it_is_saved(
    evening: Start, disk: Disk
) -> None:
    night = evening(voice_on=False, chimes_on=False)
    disk.room = Room.READ_ONLY
    night.page(LibraryPage).edit_asked.emit("short")
    page = night.page(EditorPage)
    page.set_name("Longer")
    night.made.desk.editing.drafts.keep_new(ROUTINE)
    page.back_asked.emit()
    library = night.page(LibraryPage)
    assert library.unsaved is not None
    assert dict(library.card("short").actions_offered())["edit"] == "Go on editing"
    save_now(night, disk)
    assert library.unsaved.isHidden()
    assert "Dropped" in {card.summary.name for card in library.cards}


def test_closing_asks_while_something_is_not_on_the_disk(evening: Start, disk: Disk) -> None:
    night = evening(voice_on=False, chimes_on=False)
    window = night.made.tools.window
    disk.room = Room.FULL
    window.close()
    assert not window.isVisible()  # where the window stood is no reason to stay
    window.show()
    night.made.tools.log.add_by_hand(routine_name="Away", began=night.wall, lasted=timedelta(minutes=5))
    for answer in ("stay", "close"):
        window.close()
        assert window.dialog is not None
        window.dialog.choose(answer)
        assert window.isVisible() is (answer == "stay")


def test_a_form_that_is_open_does_not_hide_the_question_about_the_disk(evening: Start, disk: Disk) -> None:
    night = evening(voice_on=False, chimes_on=False)
    window = night.made.tools.window
    disk.room = Room.FULL
    night.made.tools.log.add_by_hand(routine_name="Away", began=night.wall, lasted=timedelta(minutes=5))
    night.made.desk.history.add()
    form = window.dialog
    assert isinstance(form, FormDialog)
    form.form.note.setText("warm cloth")
    window.close()
    assert window.dialog is not None
    window.dialog.choose("close")
    asks = window.dialog
    assert asks is not None
    assert (asks is form, asks.isVisible(), window.isVisible()) == (False, True, True)
    asks.choose("stay")
    assert (window.dialog, window.isVisible()) == (form, True)
    window.close()
    assert window.dialog is not form, "what is typed is asked about anew"


def ask_to_close(window: MainWindow, *, left: bool) -> None:
    """With a session `left` for the next start, where one is going on."""
    window.close()
    if left and window.dialog is not None:
        window.dialog.choose("leave")


@refusing
@pytest.mark.parametrize("left", [False, True], ids=["ended", "left for now"])
def test_saved_elsewhere_nothing_is_lost_by_closing(
    evening: Start,
    disk: Disk,
    room: Room,
    left: bool,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    night = evening(voice_on=False, chimes_on=False)
    tools, window = night.made.tools, night.made.tools.window
    whole = tmp_path_factory.mktemp("stick") / "all.zip"
    answers = [None, tmp_path_factory.mktemp("gone") / "no" / "all.zip", whole]
    titles: list[str] = []

    def answer(_window: MainWindow, title: str, *_: object) -> Path | None:
        titles.append(title)
        return answers.pop(0)

    monkeypatch.setattr("guide.pages.settings.desk.ask_where", answer)
    night.made.desk.editing.drafts.keep("short", "name: Short\n# an earlier one\n")
    disk.room = room
    with suppress(OSError):
        night.made.desk.editing.drafts.keep("short", "name: Short\n# what is being written\n")
    night.made.desk.editing.drafts.keep_new(ROUTINE)
    tools.listening.keep({Meaning.NEXT: (Take(np.zeros((40, 96), dtype=np.float32), 5, 30),) * 5})
    tools.preferences.change(daily_goal=8)
    night.made.desk.routines.open("short", start=True)
    night.pass_time(35)
    if not left:
        tools.conductor.do(Command.STOP)
    ask_to_close(window, left=left)
    said = []
    while answers:
        assert window.isVisible()
        assert window.dialog is not None
        said.append(window.dialog.accessibleDescription().partition(": ")[0])
        window.dialog.choose("elsewhere")
    assert set(titles) == {"Save it elsewhere"}
    assert said == ["What you did last is not on the disk yet"] * 2 + ["all.zip could not be written"]
    assert not window.isVisible()
    night.end()
    disk.room = Room.THERE
    home = tmp_path_factory.mktemp("home")
    (home / "data" / "routines").mkdir(parents=True)
    paths, now = Paths.of(home), tools.now()
    with closing(Log.open(paths.log, now=lambda: now)) as log:
        back = restore(whole, paths, log, Library(home / "none", paths.own_routines), now=now)
        assert (back.sessions, back.waiting, back.told) == (int(not left), left, ())
        found = log.unfinished()
        if found is not None:  # it waits there as it waited here
            log.leave(found.session_id)
        (record,) = log.records()
    assert (record.routine_id, record.lasted) == ("short", timedelta(seconds=35))
    texts = [text for name, text in sorted(files_of(paths.data).items()) if name.endswith(".yaml")]
    assert any(text == ROUTINE.encode() for text in texts)
    assert files_of(paths.drafts) == {"short.yaml": b"name: Short\n# what is being written\n"}
    assert paths.words.stat().st_size > 0
    assert load(paths.settings)[0].daily_goal == 8


def test_bringing_in_and_its_undo(evening: Start, disk: Disk, tmp_path: Path) -> None:
    night = evening(voice_on=False, chimes_on=False)
    tools, own = night.made.tools, night.paths.own_routines
    (tmp_path / "a.csv").write_text(SESSIONS, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(ROUTINE, encoding="utf-8")

    def bring_in() -> None:
        tools.window.files_dropped.emit([str(tmp_path / "a.csv"), str(tmp_path / "b.yaml")])
        assert tools.window.dialog is not None
        tools.window.dialog.choose("import")

    before = files_of(own)
    for room in REFUSING:
        disk.room = room
        bring_in()
        assert len(told(night)) == 2
        assert files_of(own) == before
        assert on_the_disk(night) == []
        save_now(night, disk)
        assert len(on_the_disk(night)) == 1
        tools.window.toast.action.click()
        assert on_the_disk(night) == []
        bring_in()
        assert (len(on_the_disk(night)), len(files_of(own))) == (1, 2)
        disk.room = room
        tools.window.toast.action.click()
        assert tools.log.count() == 0
        assert len(told(night)) == (1 if room is Room.FULL else 2)  # a file can be moved away on a full disk
        save_now(night, disk)
        assert on_the_disk(night) == []
        (own / "dropped.yaml").unlink(missing_ok=True)


def test_every_file_she_takes_along(
    evening: Start, disk: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = evening(ROUTINE, voice_on=False, chimes_on=False)
    tools, desk = night.made.tools, night.made.desk
    there = tmp_path / "taken"
    there.mkdir()
    for asker in ("pages.settings.desk", "pages.along.desk", "pages.learn.cards", "kit.file_dialog"):
        monkeypatch.setattr(f"guide.{asker}.ask_where", lambda *asked: there / asked[2].name)
    monkeypatch.setattr("guide.pages.along.maker.folder_for_sounds", lambda _chosen: there)
    desk.along.open(tools.library.entry("short"))
    page = desk.along._page
    assert page is not None
    asked: list[Callable[[], object]] = [
        desk.settings._export,
        desk.settings.archive,
        lambda: page.make_asked.emit(page.choices),
        *(partial(page.save_asked.emit, ending) for ending in Ending),
    ]
    for ask in asked:
        ask()
    assert {path.rpartition(".")[2] for path in files_of(there)} == {"csv", "zip", "mp3", "html", "pdf", "yaml", "ics"}
    for path in there.iterdir():
        if path.suffix == ".mp3":  # what is made gets a free name
            path.unlink()
    before = files_of(there)
    for room in REFUSING:
        disk.room = room
        for number, ask in enumerate((*asked, asked[0])):  # and told again, as she asks again
            ask()
            in_rows = any(save.text() == "Try again" for save in page.saves.values())
            assert told(night) or in_rows or isinstance(desk.along._state, Failed), (room, number)
            assert files_of(there) == before, (room, number)
    assert night.here == "routines"


@refusing
def test_a_prompt_recorded_anew_leaves_the_one_before(disk: Disk, room: Room, tmp_path: Path) -> None:
    recordings = Recordings(tmp_path / "recordings")
    jonas = recordings.keep(recordings.make("Jonas"), "One.", SPOKEN)
    before = files_of(tmp_path)
    disk.room = room
    changes: list[Callable[[], object]] = [
        lambda: recordings.keep(jonas, "One.", OTHER),
        lambda: recordings.rename(jonas, "Jo"),
        lambda: recordings.make("Ada"),
        lambda: recordings.export(jonas, tmp_path / "jonas.zip"),
    ]
    for change in changes:
        with pytest.raises(SoundError, match=r"no room|read-only file system"):
            change()
    disk.room = Room.THERE
    assert files_of(tmp_path) == before


def test_a_prompt_whose_list_finds_no_room_is_the_one_before(disk: Disk, tmp_path: Path) -> None:
    """The last of the three files of a take is the one that fails."""
    recordings = Recordings(tmp_path)
    jonas = recordings.keep(recordings.make("Jonas"), "One.", SPOKEN)
    before = files_of(tmp_path)
    disk.room, disk.takes = Room.FULL, 2
    with pytest.raises(SoundError):
        recordings.keep(jonas, "One.", OTHER)
    disk.room = Room.THERE
    assert files_of(tmp_path) == before
    assert recordings.voices() == [jonas]
    assert jonas.render("One.", pace=145)


def test_her_words_and_erasing(evening: Start, disk: Disk) -> None:
    night = evening(voice_on=False, chimes_on=False)
    tools, paths = night.made.tools, night.paths
    take = Take(np.zeros((40, 96), dtype=np.float32), 5, 30)
    for room in REFUSING:
        disk.room = room
        tools.listening.keep({Meaning.NEXT: (take,) * 5})
        assert told(night) == ["Your words cannot be kept: the folder or the disk does not let us write."]
        assert not paths.words.exists()
        save_now(night, disk)
        assert paths.words.stat().st_size > 0
        paths.words.unlink()
    tools.log.add_by_hand(routine_name="Away", began=night.wall, lasted=timedelta(minutes=5))
    disk.room = Room.READ_ONLY
    night.made.desk.editing.drafts.keep_new(ROUTINE)
    night.made.desk.settings._erase_answered("erase")
    assert "Not everything could be deleted: the folder or the disk does not let us write." in told(night)
    save_now(night, disk)
    assert on_the_disk(night) == []
    assert not night.made.desk.editing.drafts.unsaved()
    assert [entry for entry in tools.library.entries() if not entry.builtin] == []


def test_the_command_line_says_what_is_not_in_the_log(
    disk: Disk, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere, home = tmp_path_factory.mktemp("elsewhere"), ["--home", str(tmp_path)]
    file, whole = elsewhere / "a.csv", elsewhere / "all.zip"
    file.write_text(SESSIONS, encoding="utf-8")
    (tmp_path / "rest.yaml").write_text("name: Rest\nsteps: [{kind: rest, duration: 1 s}]\n", encoding="utf-8")
    for room in REFUSING:
        disk.room = room
        assert main([*home, "import", "--yes", str(file)]) == 1
        said = capsys.readouterr()
        assert said.err.startswith("What came last is not in your session log: ")
        assert "Imported: 0 sessions" in said.out
    assert main([*home, "play", str(tmp_path / "rest.yaml"), "--silent", "--speed", "1000", "--well"]) == 0
    assert "What came last is not in your session log: " in "".join(capsys.readouterr())
    disk.room = Room.THERE
    assert main([*home, "import", "--yes", str(file)]) == 0
    assert main([*home, "archive", str(whole)]) == 0
    other = tmp_path / "other"
    other.mkdir()
    disk.room = Room.FULL
    capsys.readouterr()
    assert main(["--home", str(other), "restore", str(whole)]) == 1
    said = capsys.readouterr()
    assert "What came last is not in your session log: " in said.err
    assert "0 sessions" in said.out
