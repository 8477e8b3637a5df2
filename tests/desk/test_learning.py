"""Learn at the desk: opened from anywhere, with a way back, and a session that waits or goes on as she chose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from evenings import Evening
from guide.app import TroubleSignals
from guide.core.commands import Command
from guide.core.session import Ready
from guide.kit.choices import Select
from guide.kit.file_dialog import completed
from guide.kit.look import Look
from guide.kit.passage import Link
from guide.live import printing
from guide.live.again import Again
from guide.live.awake import Awake
from guide.live.conductor import Conductor
from guide.live.listening import Listening
from guide.live.preferences import Preferences
from guide.live.preparation import Preparation
from guide.pages.learn.cards import usual_paper
from guide.pages.learn.desk import LearningDesk, learn_routine, texts
from guide.pages.learn.page import LearnPage
from guide.pages.ready.page import ReadyPage
from guide.pages.routines.page import LibraryPage
from guide.sound.background import BackgroundPlayer
from guide.sound.performer import Performer
from guide.sound.repertoire import Repertoire
from guide.store.log.log import Log
from guide.store.paths import Paths
from guide.store.routines.library import Library
from guide.store.routines.reader import laid_out
from guide.tools import Tools
from guide.window import MainWindow
from hands import Clock, RememberingPlayer
from microphones import ScriptedCapture
from plans import fixed, plan_of
from tables import each_row

HOME = Path(__file__).parents[2]
NOW = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)


def at_once(work: Callable[[], None]) -> None:
    work()


@pytest.fixture
def tools(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Tools]:
    paths = Paths.of(tmp_path)
    look = Look(choice="night", still=True, high_contrast=False)
    window = MainWindow(look=look)
    qtbot.addWidget(window)
    log = Log.open(paths.log, now=lambda: NOW, plan_of=laid_out, on_trouble=lambda _: None)
    tools = Tools(
        window=window,
        look=look,
        paths=paths,
        library=Library(HOME / "routines", paths.own_routines),
        log=log,
        preferences=Preferences(paths.settings),
        again=Again(),
        conductor=lambda: Conductor(clock=Clock(), parent=window),
        preparation=lambda: Preparation(cache=paths.voices, run=at_once, parent=window),
        player=RememberingPlayer,
        unheard=TroubleSignals(window).unheard,
        awake=Awake,
        listening=lambda: Listening(path=paths.words, capture=lambda _: ScriptedCapture(), run=at_once),
        microphones=tuple,
        background=BackgroundPlayer,
        now=lambda: NOW,
        aside=at_once,
    )
    for name, bare in (("routines", False), ("history", False), ("session", True), ("ready", True), ("finish", True)):
        window.add_page(name, QWidget, bare=bare)
    yield tools
    tools.conductor.leave()
    tools.close()
    look.deleteLater()


@pytest.fixture
def desk(tools: Tools) -> LearningDesk:
    made = LearningDesk(tools, parent=tools.window)
    tools.window.show_page("routines")
    tools.window.show()
    return made


@pytest.fixture
def page(desk: LearningDesk, tools: Tools) -> LearnPage:
    page = tools.window.page("learn")
    assert isinstance(page, LearnPage)
    return page


def paused(tools: Tools) -> bool:
    return tools.conductor.paused


def play(tools: Tools) -> None:
    """A session is under way, and its page on show."""
    plan = plan_of(fixed("5 min"), fixed("5 min"))
    tools.conductor.begin(Ready(plan), performer=Performer(RememberingPlayer(), Repertoire()))
    tools.window.show_page("session")


def test_it_opens_at_its_first_page_and_later_where_it_was_left(
    desk: LearningDesk, page: LearnPage, tools: Tools
) -> None:
    desk.show()
    assert tools.window.here == "learn"
    assert page.here == "hands-on-pumping"
    page.page_asked.emit("nicu")
    tools.window.show_page("routines")
    desk.show()
    assert page.here == "nicu"
    assert page.back.isHidden()
    assert tools.window.nav.isVisible()


def test_a_page_asked_for_is_the_page_shown(desk: LearningDesk, page: LearnPage) -> None:
    desk.show("purposes", from_page="ready")
    assert page.here == "purposes"
    assert page.back.button.text() == "Back to Get ready"


def test_from_a_session_it_pauses_and_back_leaves_it_paused(desk: LearningDesk, page: LearnPage, tools: Tools) -> None:
    backs: list[str] = []
    desk.back_asked.connect(backs.append)
    play(tools)
    desk.show("care-card", from_page="session")
    assert paused(tools)
    assert page.back.button.text() == "Back to your session"
    assert page.back.words.text() == "The session is paused"
    page.back.button.click()
    assert backs == ["session"]
    assert paused(tools)


def test_her_choice_that_it_goes_on_is_kept_for_the_session(desk: LearningDesk, page: LearnPage, tools: Tools) -> None:
    play(tools)
    desk.show("care-card", from_page="session")
    page.back.switch.click()
    assert not paused(tools)
    page.back.button.click()
    tools.window.show_page("session")
    desk.show("no-milk-coming", from_page="session")
    assert not paused(tools)
    assert page.back.words.text() == "The session goes on"
    page.back.switch.click()
    assert paused(tools)
    page.back.switch.click()
    tools.conductor.do(Command.STOP)
    play(tools)
    desk.show("care-card", from_page="session")
    assert paused(tools), "the next session waits again"


def test_a_session_that_is_paused_already_stays_so_and_there_is_nothing_to_choose(
    desk: LearningDesk, page: LearnPage, tools: Tools
) -> None:
    play(tools)
    tools.conductor.do(Command.IT_HURTS)
    assert paused(tools)
    desk.show("care-card", from_page="session")
    assert paused(tools)
    assert not page.back.switch.isVisible()
    page.back.button.click()
    assert paused(tools)


def test_a_session_that_pauses_by_itself_while_she_reads_is_shown_as_paused(
    desk: LearningDesk, page: LearnPage, tools: Tools
) -> None:
    play(tools)
    desk.show("care-card", from_page="session")
    page.back.switch.click()
    tools.conductor.do(Command.PAUSE)
    assert page.back.words.text() == "The session is paused"


def test_from_a_session_the_only_way_out_is_back(desk: LearningDesk, page: LearnPage, tools: Tools) -> None:
    play(tools)
    desk.show("care-card", from_page="session")
    asides = [desk.aside]
    assert not tools.window.nav.isVisible()
    page.page_asked.emit("sore-or-full")
    asides.append(desk.aside)
    tools.window.show_page("session")
    asides.append(desk.aside)
    tools.conductor.do(Command.STOP)
    desk.show()
    asides.append(desk.aside)
    assert asides == [True, True, False, False]
    assert tools.window.nav.isVisible()


def test_links_within_learn_keep_the_way_back(desk: LearningDesk, page: LearnPage, tools: Tools) -> None:
    desk.show("care-card", from_page="finish")
    desk.show("sore-or-full", from_page="learn")
    assert page.here == "sore-or-full"
    assert page.back.button.text() == "Back to your notes"


def test_the_check_before_hands_on_work_comes_back_to_the_library(
    desk: LearningDesk, page: LearnPage, tools: Tools
) -> None:
    backs: list[str] = []
    desk.back_asked.connect(backs.append)
    desk.show("care-card", from_page="routines")
    assert page.back.button.text() == "Back"
    assert tools.window.nav.isVisible()
    page.back.button.click()
    assert backs == ["routines"]


def test_the_let_down_guide_comes_from_learn_and_the_others_from_the_library(
    desk: LearningDesk, page: LearnPage
) -> None:
    asked: list[Any] = []
    desk.routine_asked.connect(asked.append)
    page.routine_asked.emit("let-down")
    page.routine_asked.emit("gentle-day")
    assert [entry.id for entry in asked] == ["let-down", "gentle-day"]
    assert [entry.name for entry in asked] == ["Six minutes to let-down", "Gentle day"]
    assert all(entry.routine is not None for entry in asked)
    assert asked[0].path.read_text(encoding="utf-8").startswith("# yaml")


@pytest.mark.parametrize("aside", [False, True], ids=["at once", "after the care card"])
def test_from_a_routine_that_a_link_opened_escape_leads_back_to_the_link(
    evening: Callable[..., Evening], *, aside: bool
) -> None:
    night = evening()
    desk = night.made.desk
    desk.go_to("learn")
    page = night.page(LearnPage)
    page.open_page("first-days")
    follow(page, "learn:sore-or-full")
    follow(page, "routine:gentle-day")
    ready = night.page(ReadyPage)
    assert ready.back.accessibleName() == "Back to Learn"
    if aside:
        ready.learn_asked.emit("care-card")
        QTest.keyClick(page, Qt.Key.Key_Escape)
        assert night.here == "ready"
    QTest.keyClick(ready.start, Qt.Key.Key_Escape)
    assert (night.here, page.here) == ("learn", "sore-or-full")
    assert page.back.isHidden()
    link = link_to(page, "routine:gentle-day")
    assert link.hasFocus()
    QTest.keyClick(link, Qt.Key.Key_Escape)
    assert page.here == "first-days"
    desk.go_to("routines")
    night.page(LibraryPage).ready_asked.emit("short")
    assert ready.back.accessibleName() == "Back to the routines"
    ready.back.click()
    assert night.here == "routines"


def test_a_routine_opened_from_the_card_beside_another_leads_back_to_the_card_alone(
    evening: Callable[..., Evening],
) -> None:
    night = evening()
    night.page(LibraryPage).ready_asked.emit("short")
    night.page(ReadyPage).learn_asked.emit("sore-or-full")
    page = night.page(LearnPage)
    follow(page, "routine:gentle-day")
    night.page(ReadyPage).back.click()
    assert (night.here, page.here) == ("learn", "sore-or-full")
    assert page.back.isHidden(), "what was got ready before is not got ready any more"
    assert night.made.tools.window.nav.isVisible()


def link_to(page: LearnPage, target: str) -> Link:
    assert page.article is not None
    return next(link for link in page.article.findChildren(Link) if link.target == target)


def follow(page: LearnPage, target: str) -> None:
    link = link_to(page, target)
    link.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(link, Qt.Key.Key_Return)


def test_no_other_routine_begins_while_a_session_is_under_way(
    desk: LearningDesk, page: LearnPage, tools: Tools
) -> None:
    asked: list[Any] = []
    desk.routine_asked.connect(asked.append)
    play(tools)
    desk.show("no-milk-coming", from_page="session")
    page.routine_asked.emit("let-down")
    assert asked == []
    assert "still here" in tools.window.toast.words.text()
    assert tools.conductor.playing


def test_there_is_no_way_back_to_a_session_that_has_ended(desk: LearningDesk, page: LearnPage, tools: Tools) -> None:
    backs: list[str] = []
    desk.back_asked.connect(backs.append)
    play(tools)
    desk.show("no-milk-coming", from_page="session")
    page.routine_asked.emit("let-down")
    tools.conductor.do(Command.STOP)
    tools.window.toast.action.click()
    assert backs == []


def test_a_routine_that_does_not_load_is_told_of(desk: LearningDesk, page: LearnPage, tools: Tools) -> None:
    asked: list[Any] = []
    desk.routine_asked.connect(asked.append)
    tools.paths.own_routines.mkdir(parents=True)
    (tools.paths.own_routines / "gentle-day.yaml").write_text("name: [", encoding="utf-8")
    page.routine_asked.emit("gentle-day")
    page.routine_asked.emit("no-such-routine")
    assert asked == []
    assert "no-such-routine" in tools.window.banner.message
    tools.window.banner.show_next()
    assert "does not load yet" in tools.window.banner.message


def test_copying_an_address_goes_to_the_clipboard(desk: LearningDesk, page: LearnPage, tools: Tools) -> None:
    page.copy_asked.emit("nature.com/articles/jp200987")
    assert QGuiApplication.clipboard().text() == "nature.com/articles/jp200987"
    assert tools.window.toast.words.text() == "Address copied"


def test_there_are_fifteen_pages_and_each_has_a_title_and_a_lead() -> None:
    pages = texts()
    assert len(pages) == 15
    assert all(page.title and page.lead for page in pages.values())
    assert next(iter(pages)) == "hands-on-pumping"


@each_row("routine_id", ["gentle-day", "", "../../routines/gentle-day", "no-such"])
def test_learn_gives_out_its_own_routine_and_no_other(routine_id: str) -> None:
    assert learn_routine(routine_id) is None


# the card


@pytest.fixture
def asked_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What the file dialog answers, empty when she closes it; a list, so that a test may change it."""
    answer = [str(tmp_path / "card.pdf")]
    monkeypatch.setattr(
        "guide.pages.learn.cards.ask_where", lambda *_: completed(Path(answer[0]), ".pdf") if answer[0] else None
    )
    monkeypatch.setattr(printing, "printers", list)
    return answer


def test_without_a_printer_a_card_is_kept_as_pdf(desk: LearningDesk, tools: Tools, asked_path: list[str]) -> None:
    desk.cards.print_card("hands-on-pumping")
    assert Path(asked_path[0]).read_bytes().startswith(b"%PDF")
    assert tools.window.toast.words.text() == "Kept as card.pdf"


def test_a_name_without_an_ending_gets_one(desk: LearningDesk, asked_path: list[str], tmp_path: Path) -> None:
    asked_path[0] = str(tmp_path / "mine")
    desk.cards.print_card("let-down")
    assert (tmp_path / "mine.pdf").exists()


def test_a_card_not_wanted_after_all_leaves_nothing(desk: LearningDesk, asked_path: list[str], tmp_path: Path) -> None:
    asked_path[0] = ""
    desk.cards.print_card("hands-on-pumping")
    assert not list(tmp_path.glob("*.pdf"))


def test_a_place_that_refuses_is_told_of_once(desk: LearningDesk, tools: Tools, asked_path: list[str]) -> None:
    asked_path[0] = str(Path(asked_path[0]).parent / "nowhere" / "card.pdf")
    desk.cards.print_card("hands-on-pumping")
    assert tools.window.banner.message == "card.pdf cannot be written (no such file or directory)."


def test_with_a_printer_she_is_asked_and_may_keep_a_pdf_instead(
    desk: LearningDesk, tools: Tools, asked_path: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printers", lambda: ["The one in the hall"])
    desk.cards.print_card("hands-on-pumping")
    dialog = tools.window.dialog
    assert dialog is not None
    dialog.choose("save")
    assert Path(asked_path[0]).exists()


def test_escape_prints_nothing(
    desk: LearningDesk, tools: Tools, asked_path: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printers", lambda: ["The one in the hall"])
    desk.cards.print_card("hands-on-pumping")
    dialog = tools.window.dialog
    assert dialog is not None
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert tools.window.dialog is None
    assert not Path(asked_path[0]).exists()


@pytest.mark.parametrize("taken", [True, False])
def test_a_card_goes_to_the_printer_chosen_or_it_is_said_that_it_did_not(
    desk: LearningDesk, tools: Tools, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, taken: bool
) -> None:
    sent: list[tuple[str, str]] = []

    def send(printer: str, title: str, *, write: Callable[[Path], None], paint: object) -> bool:
        write(tmp_path / "printed.pdf")
        sent.append((printer, title))
        return taken

    monkeypatch.setattr(printing, "printers", lambda: ["The one in the hall", "Upstairs"])
    monkeypatch.setattr(printing, "send", send)
    desk.cards.print_card("hands-on-pumping")
    dialog = tools.window.dialog
    assert dialog is not None
    select = dialog.findChild(Select)
    assert isinstance(select, Select)
    assert select.value == "The one in the hall"
    select.set_value("Upstairs")
    dialog.choose("print")
    assert sent == [("Upstairs", "Hands-on pumping")]
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    told = (tools.window.toast.words.text(), tools.window.banner.message)
    sorry = "The printer did not take the card. It can be kept as PDF instead."
    assert told == (("Sent to Upstairs", "") if taken else ("", sorry))


def test_letter_is_the_paper_where_inches_are_usual() -> None:
    assert usual_paper(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)) == "letter"
    assert usual_paper(QLocale(QLocale.Language.German, QLocale.Country.Germany)) == "a4"


def test_escape_leads_back(desk: LearningDesk, page: LearnPage) -> None:
    backs: list[str] = []
    desk.back_asked.connect(backs.append)
    desk.show("purposes", from_page="ready")
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert backs == ["ready"]
