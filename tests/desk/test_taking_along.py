"""Take it along, at the desk: her times read back from the calendar's file, and names that are equal over kinds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from evenings import Evening
from guide.along.audio import StoppedError
from guide.along.making import MakingProgress, Wanted, Workshop
from guide.core.duration import span
from guide.core.layout import lay_out
from guide.core.unattended import WAIT
from guide.pages.along.page import AlongPage, words_of
from guide.pages.along.place import made_where_missing
from guide.pages.along.view import Ending, Made, Reminders

Start = Callable[..., Evening]
NIGHT = datetime(2026, 11, 22, 21, 40, tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("times", "starts", "count"),
    [
        (Reminders(hour=23, minute=30, every=3, days=1), (22, 23, 30), 8),
        (Reminders(hour=7, minute=0, every=4, days=3), (23, 7, 0), 18),
        (Reminders(hour=21, minute=30, every=24, days=2), (23, 21, 30), 2),
    ],
)
def test_her_times_are_in_the_calendars_file_by_her_own_clock_as_often_as_she_asked(
    evening: Start,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    times: Reminders,
    starts: tuple[int, int, int],
    count: int,
) -> None:
    night = evening(voice_on=False, chimes_on=False)
    night.wall = NIGHT
    along = night.made.desk.along
    along.open(night.made.tools.library.entry("short"))
    page = along._page
    assert page is not None
    monkeypatch.setattr(type(page), "reminders", times)
    monkeypatch.setattr("guide.pages.along.desk.ask_where", lambda *_: tmp_path / "times.ics")
    page.save_asked.emit(Ending.TIMES)
    book = Calendar.from_ical((tmp_path / "times.ics").read_bytes())
    entries: list[Any] = list(book.walk("VEVENT"))
    found = [entry["DTSTART"].dt for entry in entries]
    day, hour, minute = starts
    assert found[0] == NIGHT.replace(day=day, hour=hour, minute=minute, tzinfo=None)
    assert len(found) == count
    assert {later - earlier for earlier, later in pairwise(found)} == {timedelta(hours=times.every)}
    assert {str(entry["SUMMARY"]) for entry in entries} == {"Short"}
    assert all(len(entry.walk("VALARM")) == 1 for entry in entries)


def test_a_card_has_the_name_that_the_other_files_of_its_routine_have(
    evening: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = evening(voice_on=False, chimes_on=False)
    suggested: list[Path] = []
    monkeypatch.setattr("guide.pages.learn.cards.ask_where", lambda *asked: suggested.append(asked[2]))
    night.made.desk.learning.cards.save_card("marmet-expression")
    assert [path.name for path in suggested] == ["Hand expression with M-S-S.pdf"]


def opened(night: Evening, routine_id: str = "short") -> AlongPage:
    along = night.made.desk.along
    along.open(night.made.tools.library.entry(routine_id))
    assert along._page is not None
    return along._page


def test_each_kind_of_file_is_saved_and_then_shown_in_its_folder(
    evening: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = evening(voice_on=False, chimes_on=False)
    shown: list[Path] = []
    monkeypatch.setattr("guide.live.reveal.reveal", shown.append)
    monkeypatch.setattr("guide.pages.along.maker.make_page", lambda _wanted, path, *_: path.write_text("<p>"))
    page = opened(night)
    for ending, asker in {
        Ending.CARD: "guide.pages.learn.cards",
        Ending.ROUTINE: "guide.kit.file_dialog",
        Ending.TIMES: "guide.pages.along.desk",
        Ending.PAGE: "guide.pages.along.desk",
    }.items():
        folder = tmp_path / ending.value
        folder.mkdir()
        monkeypatch.setattr(f"{asker}.ask_where", lambda *asked, there=folder: there / asked[2].name)
        page.saves[ending].click()
        assert len(list(folder.iterdir())) == 1
        page.saves[ending].click()
        assert shown.pop() == folder
    assert not night.made.tools.window.toast.isVisible(), "the button says it"


def test_a_file_that_cannot_be_saved_says_why_in_its_own_row_until_it_is(
    evening: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = evening(voice_on=False, chimes_on=False)
    monkeypatch.setattr("guide.pages.along.maker.make_page", lambda _wanted, path, *_: path.write_text("<p>"))
    page, there = opened(night), tmp_path / "stick"
    for asker in ("guide.pages.learn.cards", "guide.kit.file_dialog", "guide.pages.along.desk"):
        monkeypatch.setattr(f"{asker}.ask_where", lambda *asked: there / asked[2].name)
    page.times.click()
    rows = [(ending, row.hint) for ending, row in page._rows.items()]
    for ending, words in [*rows, (Ending.TIMES, page.times_trouble)]:
        before, save = words.text(), page.saves[ending]
        there.write_text("a file where a folder is looked for")
        for _ in range(2):
            save.click()
            assert words.text() not in {"", before}
            assert words.isVisible()
            assert (save.text(), save.accessibleName()) == ("Try again", f"Try again: {words_of(ending)[0]}")
        assert night.made.tools.window.banner.message == "", "it would lie behind the sheet"
        assert page.making.button.text() == "Make"
        there.unlink()
        there.mkdir()
        save.click()
        assert (save.text(), words.text()) == ("Show in folder", before)
        for file in there.iterdir():
            file.unlink()
        there.rmdir()


def test_a_save_she_would_rather_not_do_leaves_the_button_as_it_was(
    evening: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(evening(voice_on=False, chimes_on=False))
    for asker in ("guide.pages.learn.cards", "guide.kit.file_dialog", "guide.pages.along.desk"):
        monkeypatch.setattr(f"{asker}.ask_where", lambda *_: None)
    for ending in Ending:
        page.saves[ending].click()
    assert {button.text() for button in page.saves.values()} == {"Save…"}


@pytest.mark.parametrize("late", [0, 2])
def test_stop_answers_at_once_and_leaves_neither_file_nor_folder(
    evening: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: int
) -> None:
    """Though the voice says its sentence to the end, and what it says of its progress comes after the press."""
    work: list[Callable[[], None]] = []
    seen: list[str] = []
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    night = evening(voice_on=False, chimes_on=False)
    monkeypatch.setattr(night.made.tools, "aside", work.append)
    page = opened(night)
    work.clear()

    def make(_wanted: Wanted, path: Path, workshop: Workshop) -> None:
        assert path.parent.is_dir()
        workshop.progress(MakingProgress(1, 5, sounds_ready=False))
        seen.append(page.making.words.text())
        page.making.button.click()
        seen.append(page.making.words.text())
        for number in range(late):
            workshop.progress(MakingProgress(2 + number, 5, sounds_ready=False))
        seen.append(page.making.words.text())
        page.making.button.click()  # once more changes nothing
        if workshop.stopped():
            raise StoppedError

    monkeypatch.setattr("guide.pages.along.maker.make_audio", make)
    page.making.button.click()
    work.pop()()
    assert seen == ["Making the voice ready: 1 of 5", "Stopping…", "Stopping…"]
    assert page.making.words.text() == "Stopped. Nothing of it is kept."
    assert page.making.button.text() == "Make"
    assert list(tmp_path.rglob("Pumping Guide")) == []
    assert work == []


def test_a_folder_that_holds_something_else_stays_where_a_file_is_stopped(tmp_path: Path) -> None:
    folder = tmp_path / "Music" / "ours"

    def stopped_beside_another() -> None:
        with made_where_missing(folder):
            (folder / "other.mp3").write_bytes(b"hers")
            raise StoppedError

    with pytest.raises(StoppedError):
        stopped_beside_another()
    assert [path.name for path in folder.iterdir()] == ["other.mp3"]
    with pytest.raises(StoppedError), made_where_missing(tmp_path / "Music"):
        raise StoppedError
    assert folder.is_dir()


@pytest.mark.parametrize("routine", ["marmet-expression", "hands-on-pumping", "one-breast-knead", "power-pumping"])
def test_the_lengths_of_a_sound_file_are_those_of_the_card_and_what_waits_is_said(evening: Start, routine: str) -> None:
    night = evening(voice_on=False, chimes_on=False)
    page = opened(night, routine)
    plan = lay_out(one) if (one := night.made.tools.library.entry(routine).routine) else None
    assert plan is not None
    shown = [part.text() for part in page.ranges.parts]
    waits = sum(segment.longest is None for segment in plan.segments)
    added = WAIT * waits
    assert [shown[0], shown[-1]] == [span(length + added, length + added) for length in (plan.shortest, plan.longest)]
    assert ("Steps that wait take 30 s." in page.what.text()) == bool(waits)


def test_what_is_made_of_one_routine_is_told_in_the_sheet_of_another_by_a_toast(
    evening: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    work: list[Callable[[], None]] = []
    night = evening(voice_on=False, chimes_on=False)
    monkeypatch.setattr(night.made.tools, "aside", work.append)
    monkeypatch.setattr("guide.pages.along.maker.make_audio", lambda *_: [])
    page = opened(night)
    page.making.button.click()
    night.made.desk.along._sheet.chosen.emit("close")  # type: ignore[union-attr]
    other = opened(night, "marmet-expression")
    assert other.making.button.text() == "Stop"
    for one in work:
        one()
    assert other.making.button.text() == "Make"
    assert isinstance(night.made.desk.along._state, Made)
    assert night.made.tools.window.toast.isVisible()


@pytest.mark.parametrize(
    ("there", "goes"),
    [
        (("Music", "Documents"), "Music, Pumping Guide"),
        (("Documents",), "Documents, Pumping Guide"),
        ((), "Music, Pumping Guide"),
    ],
)
def test_a_sound_file_goes_to_a_folder_of_ours_among_her_music_or_her_documents_never_to_her_home(
    evening: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: tuple[str, ...], goes: str
) -> None:
    for name in there:
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    made: list[Path] = []
    monkeypatch.setattr("guide.pages.along.maker.make_audio", lambda _wanted, path, _shop: made.append(path))
    page = opened(evening(voice_on=False, chimes_on=False))
    assert page.making.words.text() == f"It goes to {goes}"
    page.making.button.click()
    assert made == [tmp_path.joinpath(*goes.split(", "), "Short.mp3")]
    assert page.making.place.text() == f"In {goes}"


def test_another_folder_is_named_taken_and_remembered_until_it_is_gone(
    evening: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick" / "for the car"
    stick.mkdir(parents=True)
    answers: list[Path | None] = [None, stick]
    monkeypatch.setattr("guide.pages.along.desk.ask_folder", lambda *_: answers.pop(0))
    night = evening(voice_on=False, chimes_on=False)
    page = opened(night)
    before = page.making.words.text()
    page.making.other.click()
    assert page.making.words.text() == before  # she would rather not
    page.making.other.click()
    assert page.making.words.text() == "It goes to stick, for the car"
    night.made.desk.along._sheet.choose("close")  # type: ignore[union-attr]
    assert opened(night).making.words.text() == "It goes to stick, for the car"
    night.made.desk.along._sheet.choose("close")  # type: ignore[union-attr]
    stick.rmdir()
    assert opened(night).making.words.text() == before
