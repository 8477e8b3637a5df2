from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, SignalInstance
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from guide.core.routine import Kind, Purpose
from guide.kit.label import Label
from guide.kit.look import Look, ThemeChoice
from guide.kit.marks import Chip
from guide.kit.settling import Settling
from guide.language import languages, speak
from guide.pages.routines.hero import TopLine
from guide.pages.routines.page import LibraryPage
from guide.pages.routines.routine_card import RoutineCard
from guide.pages.routines.view import NOT_WHEN_SORE, LibraryView, Owner, Thrown, narrowed
from guide.store.routines.entry import StepBar, Summary
from guide.store.routines.library import Library
from guide.window import MainWindow
from onscreen import kept, made_look
from seeing import contrast
from tables import each_row

MIN = timedelta(minutes=1)
Show = Callable[[QWidget], None]
HOME = Path(__file__).parents[2]


def summary(routine_id: str, name: str, *purposes: Purpose, **fields: object) -> Summary:
    made = Summary(
        id=routine_id,
        name=name,
        path=Path(f"{routine_id}.yaml"),
        builtin=True,
        shortest=18 * MIN,
        longest=22 * MIN,
        purposes=purposes,
        bars=(
            StepBar(Kind.MASSAGE, 2 * MIN, 2 * MIN),
            StepBar(Kind.PUMP, 5 * MIN, 7 * MIN),
            StepBar(Kind.PREPARE, 0 * MIN, None),
        ),
    )
    return made._replace(**fields)  # type: ignore[arg-type]  # fields of a summary by name


MSS = summary("mss", "Massage-Stroke-Shake", Purpose.PROMOTE, Purpose.PROTECT, hands_on=True)
HANDS = summary("hands", "Hands-on pumping", Purpose.PROMOTE, hands_on=True, summary="Soft massage and pump.")
GENTLE = summary("gentle", "Gentle day", Purpose.TREAT, Purpose.PROTECT, suits_sore=True)
SOFTEN = summary("soften", "Soften, then pump", Purpose.TREAT)
MINE = summary("mine", "Quiet night", builtin=False)
REPLACED = summary("power", "Power pumping", Purpose.PROMOTE, builtin=False, replaces_builtin=True)
BROKEN = Summary(
    id="broken",
    name="Fuller evenings",
    path=Path("broken.yaml"),
    builtin=False,
    problem="Step 1, kind: “massag” is not a step kind. Did you mean “massage”?",
    problems=2,
)
ALL = (SOFTEN, GENTLE, HANDS, MSS, MINE, REPLACED, BROKEN)
LINE = "Last session 3 h 12 min ago · 5 in the last 24 h"
VIEW = LibraryView(LINE, ALL, last=HANDS)


@pytest.fixture(scope="module")
def look(the_look: Look) -> Look:
    return the_look


@pytest.fixture(scope="module")
def only_page(look: Look) -> Iterator[LibraryPage]:
    with kept(LibraryPage(look=look)) as page:
        yield page


@pytest.fixture
def page(only_page: LibraryPage) -> Iterator[LibraryPage]:
    """The page with all routines, as it is before anything was pressed on it; no test of it makes it narrower."""
    page = only_page
    page.listed.close_search()
    page.resize(1160, 712)
    page.show_library(VIEW)
    page.show()
    page.activateWindow()
    QApplication.processEvents()
    page.area.verticalScrollBar().setValue(0)
    page.hero.setFocus(Qt.FocusReason.MouseFocusReason)
    for _ in range(2):
        QApplication.processEvents()
    yield page
    for card in page.cards:
        if card.menu is not None:
            card.menu.close()
    for signal, call in _answered:
        signal.disconnect(call)
    _answered.clear()


@pytest.fixture
def own_look(qapp: QApplication) -> Iterator[Look]:
    with made_look(qapp) as look:
        yield look
        look.choose_scale(1.0)  # for all others, too


@pytest.fixture
def own_page(own_look: Look, show: Show) -> LibraryPage:
    """A page for one test, which makes it narrower or its text larger."""
    page = LibraryPage(look=own_look)
    page.resize(1160, 712)
    page.show_library(VIEW)
    show(page)
    return page


_answered: list[tuple[SignalInstance, Callable[..., object]]] = []


def answer(signal: SignalInstance, call: Callable[..., object]) -> None:
    """Do what a desk does, until the test is over."""
    signal.connect(call)
    _answered.append((signal, call))


def told(signal: SignalInstance) -> list[object]:
    heard: list[object] = []
    signal.connect(lambda *values: heard.append(values[0] if values else None))
    return heard


def names(page: LibraryPage) -> list[str]:
    return [card.summary.name for card in page.cards]


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(Label) if label.isVisible()]


def columns(page: LibraryPage) -> int:
    return len({card.x() for card in page.cards})


def test_the_first_line_tells_of_the_last_session(page: LibraryPage) -> None:
    assert page.line.text == "Last session 3 h 12 min ago · 5 in the last 24 h"


def test_the_first_line_goes_on_and_leaves_the_cards_as_they_are(page: LibraryPage) -> None:
    cards = page.cards
    page.show_line("Last session 3 h 13 min ago · 5 in the last 24 h", None)
    assert page.line.text == "Last session 3 h 13 min ago · 5 in the last 24 h"
    assert page.cards is cards


def test_the_point_between_the_parts_of_the_line_stands_where_they_stand_side_by_side(
    look: Look, show: Callable[[QWidget], None]
) -> None:
    line = TopLine(look=look)
    line.resize(1200, 120)
    line.show_line("Last session **2 min ago** · **1** in the last 24 h", None)
    show(line)
    first, point, second = line.findChildren(Label)
    for width in range(1200, 200, -20):
        line.resize(width, 120)
        QApplication.processEvents()
        assert point.isVisible() or first.y() != second.y(), width
    assert not point.isVisible()


def test_a_card_that_says_the_same_stays_and_tab_goes_through_all_in_their_order(
    page: LibraryPage, qapp: QApplication
) -> None:
    before = {card.summary.id: card for card in page.cards}
    renamed, new = MSS._replace(name="A little later"), summary("new", "Midnight")
    page.show_library(VIEW._replace(summaries=(new, SOFTEN, renamed, HANDS, GENTLE, MINE), drafted=frozenset({"mine"})))
    assert names(page) == ["Midnight", SOFTEN.name, "A little later", HANDS.name, GENTLE.name, MINE.name]
    assert {one for one, card in before.items() if card in page.cards} == {"soften", "hands", "gentle"}
    page.cards[0].setFocus()
    passed: list[QWidget | None] = []
    for _ in range(2 * len(page.cards)):
        passed.append(qapp.focusWidget())
        QTest.keyClick(page, Qt.Key.Key_Tab)
    assert passed == [part for card in page.cards for part in (card, card.dots)]
    shown = set(page.cards)
    page.show_library(VIEW._replace(summaries=(MSS, HANDS), sore=True))
    assert not shown & set(page.cards)


def test_dots_are_there_with_a_goal_of_her_own_and_count_what_was_done(page: LibraryPage) -> None:
    assert page.line.dots.isHidden()
    page.show_library(VIEW._replace(goal_dots=5))
    assert not page.line.dots.isHidden()
    assert page.line.dots.count == 5
    page.show_library(VIEW._replace(goal_dots=0))
    assert page.line.dots.isHidden()


def test_before_the_first_session_a_strip_says_how_to_begin_and_space_does(
    page: LibraryPage, qapp: QApplication
) -> None:
    started, closed = told(page.start_asked), told(page.hint_closed)
    page.show_library(LibraryView("", ALL, begin_with=MSS, first_run=True))
    assert page.first_step.isVisible()
    assert page.hero.caption.text() == "A place to begin"
    assert page.hero.title.text() == "Massage-Stroke-Shake"
    page.setFocus()
    assert qapp.focusWidget() is page.hero.start
    assert page.hero.start.ring.shown
    QTest.keyClick(page.hero.start, Qt.Key.Key_Space)
    assert started == [MSS.id]
    page.first_step.close_button.click()
    assert len(closed) == 1
    page.show_library(LibraryView("", ALL, begin_with=MSS))
    assert not page.first_step.isVisible()


def test_the_large_card_says_that_changes_of_its_routine_are_unfinished(page: LibraryPage) -> None:
    assert page.hero.caption.text() == "Last used"
    page.show_library(VIEW._replace(drafted=frozenset({HANDS.id})))
    assert page.hero.caption.text() == "Last used  ·  Unfinished"
    assert page.hero.accessibleName().startswith("Last used  ·  Unfinished: ")


def test_done_pressed_twice_after_a_session_does_not_start_the_next(
    own_page: LibraryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Settling, "pace", 1.0)
    started: list[str] = []
    own_page.start_asked.connect(started.append)
    for after, moment in ((True, 1000), (False, 400)):
        own_page.hide()
        if after:
            own_page.hero.follow_a_session()
        own_page.show()
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
            QTest.keyClick(own_page.hero.start, key)
        assert (started, own_page.hero._settling._moment.interval()) == ([], moment)
    own_page.hero.start.click()
    assert len(started) == 1


def test_words_find_a_routine_by_name_and_by_whom_it_is_for(page: LibraryPage, qapp: QApplication) -> None:
    sought = told(page.sought)
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert qapp.focusWidget() is page.listed.search
    QTest.keyClicks(page.listed.search, "MASS")
    assert sought[-1] == "MASS"
    some = GENTLE._replace(for_whom="A sore or inflamed breast")
    everything = (*[one for one in ALL if one.id != GENTLE.id], some)
    assert [one.id for one in narrowed(LibraryView("", everything, sought="inflamed  sore"))] == [some.id]
    assert narrowed(LibraryView("", everything, sought="nothing has this")) == []
    page.show_library(LibraryView("", everything, sought="nothing has this"))
    assert page.listed.note.text() == "No routine has these words. Press Esc to see all of them."
    QTest.keyClick(page.listed.search, Qt.Key.Key_Escape)
    assert (sought[-1], page.listed.search.isVisible()) == ("", False)


def test_words_that_only_others_have_are_looked_for_in_all_routines_at_a_press(
    page: LibraryPage, qapp: QApplication
) -> None:
    answer(page.sought, lambda words: page.show_library((page.view or VIEW)._replace(sought=words)))
    answer(page.purpose_chosen, lambda wanted: page.show_library((page.view or VIEW)._replace(wanted=wanted)))
    listed = page.listed
    page.show_library(VIEW._replace(wanted=Owner.HERS))
    listed.open_search()
    QTest.keyClicks(listed.search, "gentle")
    assert listed.note.text() == "None of yours has these words."
    QTest.keyClicks(listed.search, "x")
    assert listed.note.text() == "No routine has these words. Press Esc to leave the search."
    assert not listed.everywhere.isVisible()
    QTest.keyClick(listed.search, Qt.Key.Key_Backspace)
    listed.everywhere.click()
    assert (names(page), listed.search.text()) == (["Gentle day"], "gentle")
    assert not listed.everywhere.isVisible()
    assert qapp.focusWidget() is listed.search
    page.show_library(VIEW._replace(wanted=Purpose.TREAT, sought="mass"))
    assert listed.note.text() == "Nothing for this purpose has these words."


def test_esc_leaves_the_search_wherever_the_focus_is_on_the_page(page: LibraryPage, qapp: QApplication) -> None:
    thrown = (Thrown("a", "Mine", "Deleted today"),)
    for part in (page.listed.deleted_button, page.listed.new_button, page.card("mss"), page.hero.start):
        page.listed.open_search()
        page.show_library(VIEW._replace(sought="mass", thrown=thrown))
        part.setFocus()
        QTest.keyClick(part, Qt.Key.Key_Escape)
        assert (page.listed.search.text(), page.listed.search.isVisible()) == ("", False)
        assert qapp.focusWidget() is part


def test_a_routine_whose_name_has_the_words_stands_before_one_that_only_speaks_of_them() -> None:
    told_of = GENTLE._replace(id="a", name="A first one", summary="Much like drenage by hand.")
    named = GENTLE._replace(id="z", name="Drénage", summary="")
    assert [one.id for one in narrowed(LibraryView("", [told_of, named], sought="DRENAGE"))] == ["z", "a"]


def test_a_search_keeps_the_focus_though_a_card_had_it_before(page: LibraryPage, qapp: QApplication) -> None:
    page.cards[2].dots.setFocus()
    QTest.keyClick(page.cards[2].dots, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    answer(page.sought, lambda words: page.show_library(VIEW._replace(sought=words)))
    for letter in "one b":
        focus = qapp.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, letter)
    assert page.listed.search.text() == "one b"


def test_tab_leads_from_the_search_to_what_was_found(page: LibraryPage, qapp: QApplication) -> None:
    page.listed.open_search()
    page.show_library(VIEW._replace(sought="pump"))
    assert page.listed.search.nextInFocusChain() is page.cards[0]
    QTest.keyClick(page.listed.search, Qt.Key.Key_Tab)
    assert qapp.focusWidget() is page.cards[0]


def test_what_has_the_focus_when_the_page_comes_is_in_sight(own_page: LibraryPage, qapp: QApplication) -> None:
    bar = own_page.area.verticalScrollBar()
    own_page.resize(800, 400)
    QApplication.processEvents()
    card = own_page.cards[-1]
    card.acted.emit("edit")
    bar.setValue(bar.maximum())
    own_page.setFocus()
    assert (qapp.focusWidget(), bar.value()) == (own_page.hero.start, 0)
    own_page.come_back()
    assert qapp.focusWidget() is card
    assert own_page.area.viewport().rect().contains(card.mapTo(own_page.area.viewport(), card.rect().center()))
    own_page.setFocus()
    own_page.come_back()  # once only: what comes next may be a session that is over
    assert qapp.focusWidget() is own_page.hero.start


def test_yours_shows_what_she_made_and_is_offered_where_there_is_some(page: LibraryPage) -> None:
    page.show_library(LibraryView("", [one for one in ALL if one.builtin]))
    assert not page.listed.filter.parts[-1].isVisible()
    hers = GENTLE._replace(id="hers", builtin=False)
    page.show_library(LibraryView("", (GENTLE, hers), wanted=Owner.HERS))
    assert page.listed.filter.parts[-1].isVisible()
    assert [card.summary.id for card in page.cards] == ["hers"]


def test_what_was_deleted_can_be_had_back(page: LibraryPage) -> None:
    asked, back = told(page.show_deleted_asked), told(page.give_back_asked)
    page.show_library(VIEW._replace(thrown=()))
    assert not page.listed.deleted_button.isVisible()
    thrown = (Thrown("a", "Mine <b>", "Deleted on Fri 2 Jan, 07:45"), Thrown("b", "Hers", "Deleted on 1 Jan"))
    page.show_library(VIEW._replace(thrown=thrown))
    assert page.listed.deleted_button.text() == "2 deleted routines"
    page.listed.deleted_button.click()
    page.show_library(VIEW._replace(thrown=thrown, with_thrown=True))
    page.listed.deleted.buttons[1].click()
    assert (len(asked), back) == (1, ["b"])


@pytest.mark.parametrize("count", [1, 20])
def test_what_was_deleted_is_seen_as_soon_as_it_is_asked_for(page: LibraryPage, qapp: QApplication, count: int) -> None:
    thrown = tuple(Thrown(str(number), f"Routine {number}", "Deleted today") for number in range(count))
    page.show_library(VIEW._replace(thrown=thrown))
    qapp.processEvents()
    page.area.verticalScrollBar().setValue(page.area.verticalScrollBar().maximum())
    page.show_library(VIEW._replace(thrown=thrown, with_thrown=True))
    for _ in range(3):
        qapp.processEvents()
    seen, first = page.area.viewport(), page.listed.deleted.buttons[0]
    for part in (page.listed.deleted_button, first):
        assert seen.rect().contains(part.mapTo(seen, part.rect().center()))
    page.area.verticalScrollBar().setValue(0)
    page.resize(1160, 520)
    for _ in range(3):
        qapp.processEvents()
    assert page.area.verticalScrollBar().value() == 0, "she has scrolled"
    page.show_library(VIEW._replace(thrown=thrown, with_thrown=True, line="Last session 1 min ago"))
    page.resize(1160, 500)
    for _ in range(3):
        qapp.processEvents()
    assert page.area.verticalScrollBar().value() == 0, "once only"


def test_without_anything_to_begin_with_the_cards_stand_alone(page: LibraryPage) -> None:
    page.show_library(LibraryView("", ALL))
    assert page.hero.isHidden()


def test_the_routine_used_last_starts_with_one_press(page: LibraryPage) -> None:
    started, ready = told(page.start_asked), told(page.ready_asked)
    assert page.hero.caption.text() == "Last used"
    assert page.hero.meta.text() == "18–22 min  ·  3 steps  ·  Promote supply"
    QTest.mouseClick(page.hero.start, Qt.MouseButton.LeftButton)
    assert (started, ready) == (["hands"], [])


def test_a_press_beside_start_shows_the_routine_first(page: LibraryPage) -> None:
    started, ready = told(page.start_asked), told(page.ready_asked)
    QTest.mouseClick(page.hero, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    assert (started, ready) == ([], ["hands"])


def test_start_is_236_by_92(page: LibraryPage) -> None:
    assert (page.hero.start.width(), page.hero.start.height()) == (236, 92)


def test_a_last_routine_that_cannot_be_read_any_more_is_not_offered(page: LibraryPage) -> None:
    page.show_library(VIEW._replace(last=BROKEN))
    assert page.hero.isHidden()


def test_a_card_has_a_name_that_says_all_of_it(page: LibraryPage) -> None:
    assert page.card("mss").accessibleName() == "Massage-Stroke-Shake, 18 to 22 minutes, Promote supply"
    assert page.card("hands").accessibleDescription() == "Soft massage and pump."
    assert page.card("broken").accessibleName() == "Fuller evenings, not readable yet, yours"


@each_row("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_open_a_card(page: LibraryPage, key: Qt.Key) -> None:
    ready = told(page.ready_asked)
    page.card("mss").setFocus()
    QTest.keyClick(page.card("mss"), key)
    assert ready == ["mss"]


def test_a_click_opens_a_card_wherever_it_lands(page: LibraryPage) -> None:
    ready = told(page.ready_asked)
    card = page.card("mss")
    QTest.mouseClick(card.title, Qt.MouseButton.LeftButton)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(card.width() // 2, card.height() - 6))
    assert ready == ["mss", "mss"]


def test_a_click_on_the_three_dots_opens_the_menu_and_not_the_routine(page: LibraryPage) -> None:
    card = page.cards[0]
    assert card.childAt(card.dots.geometry().center()) is card.dots


def test_arrow_keys_go_from_card_to_card_and_up_to_the_large_one(page: LibraryPage, qapp: QApplication) -> None:
    def go(*keys: Qt.Key) -> QWidget | None:
        for key in keys:
            focus = qapp.focusWidget()
            assert focus is not None
            QTest.keyClick(focus, key)
        return qapp.focusWidget()

    right, left, up, down = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down
    page.hero.setFocus()
    assert go(down) is page.cards[0]
    assert go(right, right) is page.cards[2]
    assert go(down) is page.cards[5]
    assert go(down) is page.cards[6]
    assert go(down, right) is page.cards[6]
    assert go(up) is page.cards[3]
    assert go(left, left, left, left) is page.cards[0]
    assert go(up) is page.hero
    bar = page.area.verticalScrollBar()
    assert go(Qt.Key.Key_End) is page.hero
    assert bar.value() == bar.maximum() > 0
    assert (go(Qt.Key.Key_Home), bar.value()) == (page.hero, 0)
    page.cards[2].setFocus()
    assert go(Qt.Key.Key_End) is page.cards[-1]
    assert page.cards[-1].visibleRegion().boundingRect().height() == page.cards[-1].height()
    assert go(Qt.Key.Key_Home) is page.cards[0]


def test_tab_reaches_everything(page: LibraryPage, qapp: QApplication) -> None:
    page.show_library(VIEW._replace(hidden=frozenset({"soften"})))
    page.setFocus()
    met = []
    for _ in range(90):
        QTest.keyClick(qapp.focusWidget() or page, Qt.Key.Key_Tab)
        met.append(qapp.focusWidget())
    wanted: list[QWidget] = [
        page.hero,
        page.hero.start,
        page.listed.import_button,
        page.listed.new_button,
        page.listed.hidden_button,
    ]
    wanted += page.cards
    wanted += [card.dots for card in page.cards]
    assert [widget for widget in wanted if widget not in met] == []
    assert met.index(page.cards[-1].dots) < met.index(page.listed.hidden_button)


def test_the_buttons_say_what_is_asked(page: LibraryPage) -> None:
    imports, news = told(page.import_asked), told(page.new_asked)
    page.listed.import_button.click()
    page.listed.new_button.click()
    assert (len(imports), len(news)) == (1, 1)


def test_the_filter_names_a_purpose_or_none(page: LibraryPage) -> None:
    chosen = told(page.purpose_chosen)
    for part in page.listed.filter.parts[1:] + page.listed.filter.parts[:1]:
        part.click()
    assert chosen == [Purpose.PROTECT, Purpose.PROMOTE, Purpose.TREAT, Owner.HERS, None]


def test_the_filter_stands_where_it_stood_after_the_window_was_narrow(
    own_page: LibraryPage, qapp: QApplication
) -> None:
    places = []
    for width in (1160, 700, 1160, 700, 1160):
        own_page.resize(width, 712)
        for _ in range(3):
            qapp.processEvents()
        places.append(own_page.listed.filter.mapTo(own_page, QPoint()).x())
    assert places[0::2] == [places[0]] * 3
    assert places[1] == places[3] != places[0]


def test_a_purpose_narrows_the_cards_and_brings_what_suits_first() -> None:
    protect = narrowed(VIEW._replace(wanted=Purpose.PROTECT))
    assert [one.id for one in protect] == ["gentle", "mss", "mine", "broken"]
    promote = narrowed(VIEW._replace(wanted=Purpose.PROMOTE))
    assert [one.id for one in promote] == ["hands", "mss", "power", "mine", "broken"]


def test_comfort_offers_first_what_is_safe_for_a_sore_breast() -> None:
    assert [one.id for one in narrowed(VIEW._replace(wanted=Purpose.TREAT))][:2] == ["gentle", "soften"]


def test_a_card_names_the_purpose_looked_for(page: LibraryPage) -> None:
    page.show_library(VIEW._replace(wanted=Purpose.PROTECT))
    assert page.listed.filter.value is Purpose.PROTECT
    assert page.card("mss").accessibleName().endswith("Protect supply")


def test_with_a_sore_breast_what_suits_is_first_and_the_others_rest(page: LibraryPage) -> None:
    page.show_library(VIEW._replace(sore=True))
    assert page.cards[0].summary is GENTLE
    assert page.hero.title.text() == "Gentle day"
    assert page.hero.caption.text() == "For today"
    assert NOT_WHEN_SORE in page.card("hands").accessibleName()
    assert NOT_WHEN_SORE not in page.card("gentle").accessibleName()
    assert any("sore" in words for words in texts(page))


@pytest.mark.parametrize("theme", ["night", "light"])
def test_a_tag_of_a_card_stands_out_from_it_as_much_when_that_is_pointed_at_or_pressed(
    own_page: LibraryPage, own_look: Look, theme: ThemeChoice
) -> None:
    own_look.choose_theme(theme)
    own_page.show_library(VIEW._replace(sore=True))
    card = own_page.card("hands")
    chip = next(chip for chip in card.findChildren(Chip) if chip.text == NOT_WHEN_SORE)
    card.layout().activate()  # type: ignore[union-attr]  # a card has one

    def apart() -> float:
        picture, middle = card.grab().toImage(), chip.height() // 2
        beside, inside = (chip.mapTo(card, QPoint(x, middle)) for x in (-3, 6))
        return contrast(picture.pixelColor(beside), picture.pixelColor(inside))

    at_rest = apart()
    assert at_rest > 1.1
    card.setDown(True)
    assert apart() >= at_rest
    card.setDown(False)
    card.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    assert apart() == pytest.approx(at_rest)


@each_row("narrowed_by", [{"sought": "twins"}, {"wanted": Purpose.PROMOTE}, {"wanted": Owner.HERS}])
def test_with_a_sore_breast_what_suits_stays_in_front_of_cards_that_are_narrowed(
    page: LibraryPage, narrowed_by: dict[str, object]
) -> None:
    page.show_library(VIEW._replace(sore=True, **narrowed_by))  # type: ignore[arg-type]  # fields of a view
    assert (page.hero.title.text(), page.hero.isVisible()) == ("Gentle day", True)


def test_with_a_sore_breast_and_nothing_that_suits_no_start_is_offered(page: LibraryPage) -> None:
    page.show_library(LibraryView(LINE, (HANDS, MSS), last=HANDS, sore=True))
    assert page.hero.isHidden()


def test_without_numbers_no_card_tells_minutes(page: LibraryPage) -> None:
    page.show_library(VIEW._replace(line="", number_free=True))
    assert not any("min" in words for card in page.cards if card.summary.problem is None for words in texts(card))
    assert "min" not in page.hero.meta.text()
    assert page.card("mss").accessibleName() == "Massage-Stroke-Shake, Promote supply"


def test_a_purpose_nothing_is_for_says_so_kindly(page: LibraryPage) -> None:
    page.show_library(LibraryView(LINE, (HANDS,), wanted=Purpose.TREAT))
    assert names(page) == []
    assert any("Nothing here is for this purpose yet" in words for words in texts(page))


def test_a_library_with_nothing_in_it_says_what_can_be_done(page: LibraryPage) -> None:
    page.show_library(LibraryView("", ()))
    assert "No routines yet. Make one, or import one." in texts(page)


def test_hidden_routines_are_counted_and_can_be_brought_back(page: LibraryPage) -> None:
    assert page.listed.hidden_button.isHidden()
    page.show_library(VIEW._replace(hidden=frozenset({"mss", "hands"})))
    assert "mss" not in [card.summary.id for card in page.cards]
    asked, back = told(page.show_hidden_asked), told(page.unhide_asked)
    assert page.listed.hidden_button.text() == "Show 2 hidden"
    page.listed.hidden_button.click()
    assert len(asked) == 1
    page.show_library(VIEW._replace(hidden=frozenset({"mss", "hands"}), with_hidden=True))
    assert page.listed.hidden_button.text() == "Hide them again"
    choose(page.card("mss"), "Show again")
    assert back == ["mss"]


def test_a_library_put_away_whole_says_so(page: LibraryPage) -> None:
    page.show_library(LibraryView(LINE, (HANDS,), hidden=frozenset({"hands"})))
    assert "Every routine here is hidden for now." in texts(page)


def choose(card: RoutineCard, words: str) -> None:
    card.dots.click()
    assert card.menu is not None
    action = next(action for action in card.menu.actions() if action.text() == words)
    card.menu.hide()
    action.trigger()


@each_row(
    ("routine_id", "words", "signal"),
    [
        ("mss", "Edit", "edit_asked"),
        ("mss", "Duplicate", "duplicate_asked"),
        ("broken", "Export…", "export_asked"),
        ("mss", "Take it along…", "along_asked"),
        ("mss", "Hide", "hide_asked"),
        ("mine", "Rename…", "rename_asked"),
        ("mine", "Delete", "delete_asked"),
        ("mine", "Show in folder", "reveal_asked"),
        ("power", "Back to the built-in one", "delete_asked"),
        ("broken", "Delete", "delete_asked"),
        ("broken", "Edit", "edit_asked"),
    ],
)
def test_the_menu_of_a_card_asks_by_its_id(page: LibraryPage, routine_id: str, words: str, signal: str) -> None:
    heard = told(getattr(page, signal))
    choose(page.card(routine_id), words)
    assert heard == [routine_id]


def test_a_built_in_routine_can_be_put_away_but_not_deleted(page: LibraryPage) -> None:
    offered = [name for name, _ in page.card("mss").actions_offered()]
    assert offered == ["edit", "duplicate", "along", "hide"]


def test_a_file_that_cannot_be_read_offers_what_still_works(page: LibraryPage) -> None:
    assert [name for name, _ in page.card("broken").actions_offered()] == ["edit", "export", "reveal", "delete", "hide"]


def test_enter_does_the_first_line_of_a_menu_that_has_just_opened(page: LibraryPage) -> None:
    edited = told(page.edit_asked)
    card = page.cards[0]
    card.setFocus()
    card.open_menu()
    assert card.menu is not None
    first = card.menu.actions()[0]
    assert card.menu.activeAction() is first
    pressed = told(first.triggered)
    QTest.keyClick(card.menu, Qt.Key.Key_Return)
    assert pressed
    assert edited


def test_the_menu_opens_from_the_menu_key_and_the_right_button(page: LibraryPage) -> None:
    card = page.card("mss")
    for reason in (QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse):
        QApplication.sendEvent(card, QContextMenuEvent(reason, QPoint(5, 5), card.mapToGlobal(QPoint(5, 5))))
        menu = card.menu
        assert menu is not None
        assert menu.isVisible()
        menu.hide()


def test_a_file_that_cannot_be_read_shows_its_first_problem_and_a_way_to_all(page: LibraryPage) -> None:
    card = page.card("broken")
    heard = told(page.problems_asked)
    told_as = "Step 1, kind: “massag” is not a step kind. Did you mean “massage”?"
    assert told_as in texts(card)
    assert card.accessibleDescription() == told_as
    assert card.see_all is not None
    assert card.see_all.text() == "See all 2"
    card.see_all.click()
    card.click()
    assert heard == ["broken", "broken"]


def test_a_single_problem_is_not_counted(page: LibraryPage) -> None:
    page.show_library(LibraryView(LINE, (BROKEN._replace(problems=1),)))
    see_all = page.cards[0].see_all
    assert see_all is not None
    assert see_all.text() == "See where"


@each_row(("width", "scale", "count"), [(1160, 1.0, 3), (1099, 1.0, 2), (800, 1.0, 2), (800, 1.5, 1)])
def test_columns_follow_the_width_and_the_text(
    own_page: LibraryPage, own_look: Look, qapp: QApplication, width: int, scale: float, count: int
) -> None:
    own_page.show_library(VIEW)
    own_look.choose_scale(scale)
    own_page.resize(width, 560)
    qapp.processEvents()
    assert columns(own_page) == count
    wide = own_page.cards[0].width()
    own_page.show_library(VIEW._replace(sought="broken"))
    qapp.processEvents()
    assert [card.width() for card in own_page.cards] == [wide] * len(own_page.cards)
    assert len(own_page.cards) == 1


@each_row("scale", [0.9, 1.0, 1.5, 1.6])
def test_nothing_is_wider_than_the_page(
    own_page: LibraryPage, own_look: Look, qapp: QApplication, scale: float
) -> None:
    own_look.choose_scale(scale)
    for width in (800, 960, 1160, 1920):
        own_page.resize(width, 560)
        qapp.processEvents()
        content = own_page.area.widget()
        assert content is not None
        assert content.width() == own_page.area.viewport().width()
        for widget in (own_page.hero, own_page.listed.new_button, own_page.listed.filter, *own_page.cards):
            right = widget.mapTo(own_page, widget.rect().topRight()).x()
            assert right <= width - 38
            assert widget.width() >= widget.minimumSizeHint().width()


def test_showing_the_same_again_keeps_the_cards(page: LibraryPage) -> None:
    before = page.cards
    page.show_library(VIEW._replace())
    assert page.cards is before


def test_the_focus_stays_on_its_routine_when_the_library_changes(page: LibraryPage, qapp: QApplication) -> None:
    page.card("mss").setFocus()
    page.show_library(VIEW._replace(line="Last session 3 h 13 min ago"))
    assert qapp.focusWidget() is page.card("mss")


def test_the_built_in_routines_fit_into_the_window(look: Look, show: Show, tmp_path: Path) -> None:
    library = Library(HOME / "routines", tmp_path)
    window = MainWindow(look=look)
    page = LibraryPage(look=look)
    page.show_library(LibraryView(LINE, library.summaries()))
    window.add_page("routines", lambda: page)
    show(window)
    window.show_page("routines")
    assert len(page.cards) == 13
    assert all(card.isVisible() for card in page.cards)


def test_no_gap_stands_where_the_dots_would_be(page: LibraryPage, qapp: QApplication) -> None:
    def gaps() -> list[int]:
        shown = [part for part in page.line.findChildren(QWidget) if part.isVisible()]
        shown.sort(key=QWidget.x)
        return [right.x() - left.x() - left.width() for left, right in pairwise(shown)]

    qapp.processEvents()
    assert gaps() == [14, 14]
    page.show_library(VIEW._replace(goal_dots=5))
    qapp.processEvents()
    assert gaps() == [14, 14, 14]


def test_an_arrow_key_leads_into_the_page(page: LibraryPage, qapp: QApplication) -> None:
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Down)
    assert qapp.focusWidget() is page.hero
    page.show_library(LibraryView("", ALL))
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Down)
    assert qapp.focusWidget() is page.cards[0]


@pytest.mark.parametrize("at", [0, -1])
def test_the_focus_goes_to_what_takes_the_place_of_a_routine_that_was_put_away(page: LibraryPage, at: int) -> None:
    card = page.cards[at]
    others = [one.summary.id for one in page.cards if one is not card]
    card.setFocus()
    assert page.view is not None
    page.show_library(page.view._replace(hidden=frozenset({card.summary.id})))
    focus = page.focusWidget()
    assert isinstance(focus, RoutineCard)
    assert focus.summary.id == others[at]


def test_enter_in_the_search_opens_the_first_that_was_found_and_down_leads_to_it(page: LibraryPage) -> None:
    asked: list[str] = []
    page.ready_asked.connect(asked.append)
    page.listed.open_search()
    first = page.cards[0]
    QTest.keyClick(page.listed.search, Qt.Key.Key_Return)
    assert asked == [first.summary.id]
    QTest.keyClick(page.listed.search, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is first


def test_what_a_search_finds_is_seen_in_a_low_window_with_large_text(
    own_look: Look, own_page: LibraryPage, qapp: QApplication
) -> None:
    own_look.choose_scale(1.6)
    own_page.resize(800, 470)
    own_page.show_library(LibraryView("", ALL, begin_with=MSS))
    qapp.processEvents()
    own_page.listed.open_search()
    for _ in range(3):
        qapp.processEvents()
    card = own_page.cards[0]
    top = card.mapTo(own_page.area.viewport(), QPoint(0, 0)).y()
    assert 0 <= top < own_page.area.viewport().height() - 60


@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_a_card_of_any_width_shows_its_words_whole_in_every_language(qapp: QApplication, scale: float) -> None:
    look = Look(choice="light", scale=scale, still=True)
    for tag in languages():
        speak(tag)
        for one in Library(HOME / "routines", HOME / "none").summaries():
            card = RoutineCard(one, look=look, purpose="", number_free=False)
            for width in (300, 350, 532):  # in three columns, in two and in one
                card.resize(width, card.heightForWidth(width))
                layout = card.layout()
                assert layout is not None
                layout.activate()
                for words in card.findChildren(Label):
                    need = words.heightForWidth(words.width()) if words.wordWrap() else words.sizeHint().height()
                    assert need <= words.height(), (tag, width, words.text())


def test_every_card_stands_in_its_place_after_the_one_with_the_focus_was_deleted(
    page: LibraryPage, qapp: QApplication
) -> None:
    """Of every count to 20, each deleted, in one column to three, these went wrong, and others like them."""
    everything = tuple(summary(f"r{number}", f"Routine {number}", builtin=False) for number in range(15))
    for count, deleted in ((6, 4), (14, 7), (15, 4), (15, 13)):
        page.show_library(LibraryView(LINE, everything[:count]))
        qapp.processEvents()
        page.cards[deleted].dots.setFocus()
        page.show_library(LibraryView(LINE, everything[:deleted] + everything[deleted + 1 : count]))
        qapp.processEvents()
        qapp.processEvents()
        places = [(card.y(), card.x()) for card in page.cards]
        assert places == sorted(set(places)), (count, deleted)
        focus = qapp.focusWidget()
        assert isinstance(focus, RoutineCard)
        assert focus.ring.rect.contains(focus.rect()) == focus.ring.shown
