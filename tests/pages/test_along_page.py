"""The sheet of a routine that is taken along: what it tells before, while and after a file is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from guide.core.unattended import Ranges
from guide.kit.buttons import Pressable
from guide.kit.cards import ScrollArea
from guide.kit.choices import Select
from guide.kit.look import Look
from guide.kit.sheet import Sheet
from guide.pages.along.page import AlongPage
from guide.pages.along.view import (
    AlongView,
    Ending,
    Failed,
    Idle,
    Made,
    Making,
    Sizes,
    SoundFileChoices,
    State,
    Stopped,
    Stopping,
)
from onscreen import kept
from tables import each_row

Show = Callable[[QWidget], None]
LONG = "A routine with a name as long as anybody may write it, which is eighty letters."


def view(minutes: tuple[int, int, int] = (17, 21, 25), chapters: int = 10, name: str = "Hands-on") -> AlongView:
    sizes = {
        one: Sizes(timedelta(minutes=length), length * 480_000, chapters)
        for one, length in zip(Ranges, minutes, strict=True)
    }
    return AlongView(
        name,
        sizes,
        [("off", "Off"), ("rain", "Rain")],
        "off",
        ".mp3",
        datetime(2026, 1, 2, 7, tzinfo=UTC),
        "Music, Pumping Guide",
    )


def choose(select: Select, words: str) -> None:
    next(action for action in select.menu.actions() if action.text() == words).trigger()


@pytest.fixture(scope="module")
def look(the_look: Look) -> Look:
    return the_look


@pytest.fixture(scope="module")
def only_page(look: Look) -> Iterator[AlongPage]:
    with kept(AlongPage(look=look)) as page:
        yield page


@pytest.fixture
def page(only_page: AlongPage, look: Look, qapp: QApplication) -> AlongPage:
    """The page as it is when the sheet opens, with nothing made of it yet."""
    page = only_page
    look.choose_scale(1.0)
    page.times.setChecked(False)
    page.show_state(Idle())
    page.show_view(view())
    page.show()
    page.activateWindow()
    qapp.processEvents()
    page.resize(652, 700)  # once it need not be taller any more
    page.ranges.parts[1].setFocus(Qt.FocusReason.MouseFocusReason)
    qapp.processEvents()
    return page


@pytest.fixture
def own_page(look: Look, show: Show) -> AlongPage:
    """A page for one test: what was saved stays so, for each sheet has a page of its own."""
    page = AlongPage(look=look)
    page.show_view(view())
    page.resize(652, 700)
    show(page)
    return page


def test_length_size_and_chapters_are_told_before_anything_is_made(page: AlongPage) -> None:
    assert page.facts.text() == "MP3 · 21 min · about 10 MB · 10 chapters"
    page.ranges.parts[2].click()
    assert page.facts.text() == "MP3 · 25 min · about 12 MB · 10 chapters"


@each_row(("chapters", "words"), [(1, "1 chapter"), (2, "2 chapters"), (1000, "1000 chapters")])
def test_one_chapter_is_one_and_many_are_many(page: AlongPage, chapters: int, words: str) -> None:
    page.show_view(view(chapters=chapters))
    assert page.facts.text().endswith(words)


def test_a_routine_without_ranges_offers_no_choice_of_them(page: AlongPage) -> None:
    page.show_view(view((20, 20, 20)))
    assert not page.ranges_row.isVisible()


def test_make_hands_over_what_was_chosen(page: AlongPage) -> None:
    asked: list[SoundFileChoices] = []
    page.make_asked.connect(asked.append)
    page.ranges.parts[0].click()
    page.show_voices([("natural", "Heart"), ("recorded:1", "Jonas")], "natural")
    choose(page.voice, "Jonas")
    choose(page.sounds, "Rain")
    page.making.button.click()
    assert asked == [SoundFileChoices(Ranges.SHORTEST, "recorded:1", "rain")]


@each_row(
    ("state", "words", "button"),
    [
        (Idle(), "It goes to Music, Pumping Guide", "Make"),
        (Making(3, 23, sounds_ready=False), "Making the voice ready: 3 of 23", "Stop"),
        (Making(7, 10, sounds_ready=True), "Making it: step 7 of 10", "Stop"),
        (Stopping(), "Stopping…", "Stop"),
        (Stopped(), "Stopped. Nothing of it is kept.", "Make"),
        (Made("Hands-on 2.mp3", "Music"), "Hands-on 2.mp3", "Show in folder"),
        (Failed("About 10 MB are needed; 4 are free."), "About 10 MB are needed; 4 are free.", "Try again"),
    ],
)
def test_each_state_says_where_it_is_and_offers_one_thing(
    page: AlongPage, state: State, words: str, button: str
) -> None:
    page.show_state(state)
    assert page.making.words.text() == words
    assert page.making.button.text() == button
    assert page.making.bar.isVisible() == isinstance(state, Making)
    assert page.making.other.isVisible() == isinstance(state, Idle | Stopped | Failed)
    assert page.making.place.isVisible() == page.making.tick.isVisible() == isinstance(state, Made)
    assert page.making.place.text() == ("In Music" if isinstance(state, Made) else "")


def test_the_button_asks_for_what_it_says(page: AlongPage) -> None:
    asked: list[str] = []
    page.make_asked.connect(lambda _: asked.append("make"))
    page.stop_asked.connect(lambda: asked.append("stop"))
    page.show_asked.connect(lambda: asked.append("show"))
    for state in (Making(1, 2, sounds_ready=True), Stopping(), Made("a", "b"), Failed("No."), Stopped(), Idle()):
        page.show_state(state)
        page.making.button.click()
    assert asked == ["stop", "show", "make", "make", "make"]


def test_a_change_afterwards_brings_make_back(page: AlongPage) -> None:
    page.show_state(Made("a.mp3", "Music"))
    choose(page.sounds, "Rain")
    assert page.making.button.text() == "Make"


def test_what_is_being_made_cannot_be_chosen_otherwise_meanwhile(page: AlongPage) -> None:
    choices = (page.ranges, page.voice, page.sounds, page.saves[Ending.PAGE])
    page.show_state(Making(1, 2, sounds_ready=True))
    assert not any(choice.isEnabled() for choice in choices)
    page.show_state(Made("a.mp3", "Music"))
    assert all(choice.isEnabled() for choice in choices)


@pytest.mark.parametrize("ending", Ending)
def test_after_a_save_the_button_leads_to_the_folder(own_page: AlongPage, ending: Ending) -> None:
    asked: list[tuple[str, Ending]] = []
    own_page.save_asked.connect(lambda one: asked.append(("save", one)))
    own_page.show_saved_asked.connect(lambda one: asked.append(("show", one)))
    own_page.times.click()
    button = own_page.saves[ending]
    button.click()
    own_page.show_saved(ending)
    assert button.text() == "Show in folder"
    button.click()
    assert asked == [("save", ending), ("show", ending)]
    assert {one for one, other in own_page.saves.items() if other.text() == "Save…"} == {*Ending} - {ending}


def test_other_times_are_to_be_saved_anew(own_page: AlongPage) -> None:
    own_page.times.click()
    own_page.show_saved(Ending.TIMES)
    own_page.every.more.click()
    assert own_page.saves[Ending.TIMES].text() == "Save…"


def test_calendar_times_are_hidden_until_they_are_wanted(page: AlongPage) -> None:
    saved: list[Ending] = []
    page.save_asked.connect(saved.append)
    assert not page.when.isVisible()
    page.times.click()
    assert page.when.isVisible()
    page.every.set_value(4)
    page.saves[Ending.TIMES].click()
    assert saved == [Ending.TIMES]
    assert (page.reminders.hour, page.reminders.every, page.reminders.days) == (7, 4, 7)


def test_every_control_has_a_name(page: AlongPage) -> None:
    page.times.click()
    for control in page.findChildren(Pressable):
        assert control.accessibleName() or control.text(), control


def test_tab_goes_down_the_sheet_and_from_its_end_back_up_with_what_has_the_focus_in_sight(
    look: Look, show: Show
) -> None:
    host = QWidget()
    host.resize(800, 560)
    show(host)
    page = AlongPage(look=look)
    page.show_view(view())
    sheet = Sheet(host, look=look, title="Take it along", text="A", close="Close", content=page)
    sheet.open()
    for _turn in range(2):
        tops = []
        for _ in range(9):
            focus = sheet.focusWidget()
            assert focus is not None
            QTest.keyClick(focus, Qt.Key.Key_Tab)
            now = sheet.focusWidget()
            assert now is not None
            assert now.visibleRegion().boundingRect().height() == now.height()
            if now is not sheet.buttons[0]:
                tops.append(now.mapTo(page, now.rect().topLeft()).y())
        assert tops == sorted(tops)


def over(look: Look, show: Show, size: tuple[int, int], name: str) -> tuple[QWidget, AlongPage, Sheet]:
    """A window of a size, and the page in an open sheet over it, joined as the desk joins them."""
    host = QWidget()
    host.resize(*size)
    show(host)
    page = AlongPage(look=look)
    page.show_view(view(name=name))
    sheet = Sheet(host, look=look, title="Take it along", text=name, close="Close", content=page)
    page.grown.connect(sheet.fit)
    page.unfolded.connect(sheet.reveal)
    sheet.open()
    return host, page, sheet


@pytest.mark.parametrize("size", [(800, 560), (1160, 780)])
@pytest.mark.parametrize("scale", [1.0, 1.6])
@pytest.mark.parametrize("name", ["A", LONG])
def test_the_sheet_fits_the_window_and_escape_closes_it(
    look: Look, show: Show, size: tuple[int, int], scale: float, name: str
) -> None:
    look.choose_scale(scale)
    host, page, sheet = over(look, show, size, name)
    page.times.click()
    assert host.rect().contains(sheet.card.geometry())
    close, around = sheet.buttons[0], 34
    beneath = 22 if (scale, size) == (1.6, (800, 560)) else around  # the edges are narrower in a low window
    assert sheet.card.rect().adjusted(around, around - 4, -around, -beneath).contains(close.geometry())
    assert (page.mapTo(sheet.card, page.rect().topLeft()).x(), sheet.title.x()) == (around, around)
    answered: list[object] = []
    sheet.chosen.connect(answered.append)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert answered == ["close"]
    look.choose_scale(1.0)


@each_row(("shortest", "hours"), [(17, 3), (44, 3), (45, 24), (120, 24)])
def test_a_routine_of_an_hour_is_not_offered_to_the_calendar_every_three(
    page: AlongPage, shortest: int, hours: int
) -> None:
    page.show_view(view((shortest, shortest, shortest)))
    assert page.reminders.every == hours


def test_the_ring_of_the_first_choice_leaves_the_words_above_free(page: AlongPage, qapp: QApplication) -> None:
    for minutes, first in (((17, 17, 17), page.voice), ((17, 21, 25), page.ranges.parts[0])):
        page.show_view(view(minutes))
        qapp.processEvents()
        first.setFocus(Qt.FocusReason.TabFocusReason)
        ring = first.ring.rect
        assert not ring.isEmpty()
        assert first.mapTo(page, ring.topLeft()).y() > page.what.mapTo(page, page.what.rect().bottomLeft()).y()


def test_at_the_usual_size_the_whole_sheet_is_seen_whatever_is_being_made(
    look: Look, show: Show, qapp: QApplication
) -> None:
    host = QWidget()
    host.resize(1160, 780)
    show(host)
    page = AlongPage(look=look)
    page.show_view(view())
    sheet = Sheet(host, look=look, title="Take it along", text="Hands-on, as files.", close="Close", content=page)
    page.grown.connect(sheet.fit)
    sheet.open()
    (area,) = sheet.findChildren(ScrollArea)
    bar = area.verticalScrollBar()
    for state in (Idle(), Making(7, 10, sounds_ready=True), Making(8, 10, sounds_ready=True), Made("a.mp3", "Music")):
        page.show_state(state)
        qapp.processEvents()
        assert not bar.isVisible(), state
    page.times.click()
    qapp.processEvents()
    assert bar.isVisible()


@pytest.mark.parametrize("size", [(1160, 780), (800, 560)])
@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_the_times_that_are_switched_on_are_scrolled_to_and_their_switch_stays_in_sight(
    look: Look, show: Show, qapp: QApplication, size: tuple[int, int], scale: float
) -> None:
    look.choose_scale(scale)
    _host, page, sheet = over(look, show, size, "A")
    QTest.keyClick(sheet.buttons[0], Qt.Key.Key_Backtab)
    assert page.times.hasFocus()
    QTest.keyClick(page.times, Qt.Key.Key_Space)
    for _ in range(3):
        qapp.processEvents()
    assert page.times.visibleRegion().boundingRect().height() == page.times.height()
    assert not page.when.visibleRegion().isEmpty()
    last = page.saves[Ending.TIMES]
    if (size, scale) == ((1160, 780), 1.0):
        assert last.visibleRegion().boundingRect().height() == last.height()
    look.choose_scale(1.0)
