"""Learn: every page opens, leads where it says, and can be read at any width and size of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from guide.kit import markdown as learn_text
from guide.kit.cards import Card
from guide.kit.label import Heading
from guide.kit.look import Look
from guide.kit.markdown import LearnText, Tasks, blocks_of, page_of, words_of
from guide.kit.passage import Link, Passage
from guide.pages.learn.article import CARE_CARD
from guide.pages.learn.back_bar import BackBar
from guide.pages.learn.page import LearnPage
from guide.pages.learn.parts import Bullet
from guide.store.routines.library import Library
from onscreen import kept
from seeing import contrast
from tables import each_row

HOME = Path(__file__).parents[2]
FILES = sorted(HOME.glob("guide/learn/*.md"))
PAGES = [page_of(file.stem.split("-", 1)[1], file.read_text(encoding="utf-8")) for file in FILES]
IDS = [page.id for page in PAGES]
CHECKLIST = "no-milk-coming"
Show = Callable[[QWidget], None]


@pytest.fixture
def look(the_look: Look) -> Iterator[Look]:
    """The look of all tests of this file; whoever changes it leaves it as it was."""
    yield the_look
    the_look.choose_theme("night")
    the_look.choose_scale(1)


@pytest.fixture(scope="module")
def the_page(the_look: Look) -> Iterator[LearnPage]:
    with kept(LearnPage(the_look)) as made:
        made.page_asked.connect(made.open_page)
        made.show()
        yield made


@pytest.fixture
def page(the_page: LearnPage, look: Look, qapp: QApplication) -> LearnPage:
    """
    The one page, as the program shows it first: wide, at the top of the checklist, nothing ticked and nothing sought.

    The checklist is opened anew only where another page is on show. What other tests heard of the page's signals goes
    on to lists that nobody reads any more.
    """
    the_page.activateWindow()
    the_page.stop_finding()  # takes the focus too, so that a page opened next shows no ring
    the_page.resize(1160, 712)
    the_page.show_back(None)
    if names(the_page) != [text.title for text in PAGES]:
        the_page.show_pages(PAGES)
    if the_page.here != CHECKLIST:
        the_page.open_page(CHECKLIST)
    assert the_page.article is not None
    assert the_page.article.again is not None
    if not the_page.article.again.isHidden():
        the_page.article.again.click()
    the_page.setFocus()
    the_page.reading.verticalScrollBar().setValue(0)
    qapp.processEvents()
    return the_page


def names(page: LearnPage) -> list[str]:
    return [button.text() for button in page.contents._buttons.values()]


def settle(app: QApplication) -> None:
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # pages that were left: a running loop does so too
    for _ in range(4):
        app.processEvents()


def titles(page: LearnPage) -> list[str]:
    assert page.article is not None
    return [heading.text() for heading in page.article.findChildren(Heading)]


def loud(page: LearnPage) -> bool:
    """Whether the let-down guide is the primary button."""
    assert page.article is not None
    assert page.article.offer is not None
    return page.article.offer.role == "primary"


def colours(picture: QImage, across: range, down: range) -> set[int]:
    """The colours of these pixels, without asking for each by itself."""
    picture = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(picture.constBits()).cast("B").cast("I")
    rows = (pixels[y * picture.width() : (y + 1) * picture.width()] for y in down)
    return {pixel for row in rows for pixel in row[across.start : across.stop : across.step]}


def assert_no_words_are_cut_off(page: LearnPage) -> None:
    assert page.article is not None
    assert page.article.width() <= page.reading.viewport().width()
    for one in page.article.passages:
        assert one.height() >= len(one.lines()) * int(one._type()[1]), one.text()
        assert one.mapTo(page._holder, one.rect().topRight()).x() <= page.reading.viewport().width()


def assert_nothing_is_lost_between_the_file_and_the_screen(page: LearnPage, text: LearnText) -> None:
    assert page.article is not None
    shown = " ".join(one.text() for one in page.article.passages) + " ".join(titles(page))
    shown += " ".join(row.task.title for row in page.article.tasks)
    if page.article.offer is not None:
        shown += f"{page.article.offer.text()} {page.article.offer.accessibleDescription()} Six minutes to let-down"
    shown = shown.casefold()
    for word in learn_text.search_text(text).casefold().replace("#", " ").replace("- [ ]", " ").split():
        assert word.strip("*-.:") in shown or word.rstrip(".").isdigit(), text.id


@pytest.mark.parametrize("choice", ["night", "light"])
def test_every_page_opens_in_both_themes_with_all_its_words_none_cut_off(
    page: LearnPage, look: Look, qapp: QApplication, choice: str
) -> None:
    look.choose_theme("light" if choice == "light" else "night")
    for text in PAGES:
        page.open_page(text.id)
        settle(qapp)
        assert page.here == text.id
        assert titles(page)[0] == text.title
        drawn = colours(page.grab(QRect(330, 20, 270, 50)).toImage(), range(0, 270, 3), range(50))
        ink = max(contrast(look.theme.bg, QColor(pixel)) for pixel in drawn)
        assert ink > 10, f"the title of {text.id} stands out from its ground"
        assert_nothing_is_lost_between_the_file_and_the_screen(page, text)
        assert_no_words_are_cut_off(page)


@cache
def routines() -> set[str]:
    return {entry.id for entry in Library(HOME / "routines", HOME / "no-own-routines").entries()}


@each_row("text", PAGES, ids=IDS)
def test_every_link_leads_to_a_page_or_a_routine_that_exists(text: LearnText) -> None:
    of_learn = {file.stem for file in HOME.glob("guide/learn/routines/*.yaml")}
    for target in filter(None, (span.target for span in words_of(f"{text.lead}\n{text.body}"))):
        sort, _, name = target.partition(":")
        assert sort in {"learn", "routine"}
        assert name in (IDS if sort == "learn" else routines() | of_learn)


@pytest.mark.parametrize("scale", [0.9, 1.6])
def test_no_line_of_reading_has_more_than_68_characters(
    page: LearnPage, look: Look, qapp: QApplication, scale: float
) -> None:
    look.choose_scale(scale)
    page.resize(1600, 800)
    for text in PAGES:
        page.open_page(text.id)
        settle(qapp)
        assert page.article is not None
        assert max(len(line) for one in page.article.passages for line in one.lines()) <= 68


def test_no_words_are_cut_off_in_large_text_in_a_small_window(page: LearnPage, look: Look, qapp: QApplication) -> None:
    look.choose_scale(1.6)
    page.resize(800, 492)
    for text in PAGES:
        page.open_page(text.id)
        settle(qapp)
        assert_no_words_are_cut_off(page)


def test_the_contents_lead_to_each_page_and_mark_the_one_on_show(page: LearnPage) -> None:
    assert page.listed == IDS
    for text in PAGES:
        page.contents._buttons[text.id].click()
        assert page.here == text.id
        assert [one for one, button in page.contents._buttons.items() if button.isChecked()] == [text.id]


@pytest.mark.parametrize("longest", ["Massieren, streichen, schütteln", "Pumpen"])
def test_each_name_in_the_contents_is_whole_and_of_one_size_beside_the_scroll_bar(
    page: LearnPage, qapp: QApplication, longest: str
) -> None:
    page.show_pages([replace(PAGES[0], title=longest), *PAGES[1:]])
    page.resize(1160, 500)
    settle(qapp)
    assert page.contents.verticalScrollBar().isVisible()
    for button in page.contents._buttons.values():
        assert button.width() >= button.sizeHint().width()
        assert button.mapTo(page.contents, button.rect().topRight()).x() < page.contents.viewport().width()


def test_the_contents_are_as_wide_as_before_once_large_text_is_small_again(
    page: LearnPage, look: Look, qapp: QApplication
) -> None:
    page.show_pages([replace(PAGES[0], title="Massieren, streichen und schütteln"), *PAGES[1:]])
    page.resize(900, 640)
    settle(qapp)
    before = page.contents.width()
    assert before > look.px(232)
    for scale in (1.6, 1.0):
        look.choose_scale(scale)
        settle(qapp)
    assert page.contents.width() == before


def test_a_press_on_the_page_on_show_leaves_it_marked(page: LearnPage) -> None:
    page.contents._buttons[CHECKLIST].click()
    assert page.contents._buttons[CHECKLIST].isChecked()


def test_below_900_the_contents_are_a_drop_down(page: LearnPage, qapp: QApplication) -> None:
    assert not page.select.isVisible()
    page.resize(800, 560)
    settle(qapp)
    assert page.select.isVisible()
    assert not page.contents.isVisible()
    assert page.select.value == CHECKLIST
    assert len(page.select.menu.actions()) == len(PAGES)
    page.select.menu.actions()[IDS.index("nicu")].trigger()
    assert page.here == "nicu"
    page.resize(1160, 712)
    settle(qapp)
    assert page.contents.isVisible()
    assert not page.select.isVisible()


def test_large_text_makes_a_wide_page_a_narrow_one(page: LearnPage, look: Look) -> None:
    look.choose_scale(1.5)
    assert page.narrow


def test_pages_that_were_left_and_are_not_deleted_yet_are_not_laid_out_with_the_window(
    page: LearnPage, look: Look, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    look.choose_scale(1.6)
    squeezed: list[Passage] = []
    squeeze = Passage.squeeze

    def note(passage: Passage, share: float) -> None:
        squeezed.append(passage)
        squeeze(passage, share)

    monkeypatch.setattr(Passage, "squeeze", note)
    for here in IDS:
        page.open_page(here)
    for width in (1600, 640, 1600, 640):
        page.resize(width, 560)
        qapp.processEvents()
    assert page.article is not None
    assert squeezed, "somewhere there was no room"
    assert {page.article.isAncestorOf(passage) for passage in squeezed} == {True}


def test_a_link_to_a_page_and_one_to_a_routine_say_where_they_lead(page: LearnPage) -> None:
    pages: list[str] = []
    routines: list[str] = []
    page.page_asked.connect(pages.append)
    page.routine_asked.connect(routines.append)
    page.open_page("sore-or-full")
    assert page.article is not None
    links = [link for one in page.article.passages for link in one.findChildren(Link)]
    assert [link.text() for link in links[:2]] == ["When to seek care", "Gentle day"]
    links[1].click()
    links[0].click()
    assert (pages, routines) == ([CARE_CARD], ["gentle-day"])
    assert page.here == CARE_CARD


def test_links_are_reached_by_tab_and_followed_by_enter(page: LearnPage) -> None:
    page.open_page("sore-or-full")
    assert page.article is not None
    link = page.article.passages[1].findChildren(Link)[0]
    link.setFocus(Qt.FocusReason.TabFocusReason)
    assert link.hasFocus()
    assert link.ring.shown
    assert link.accessibleName() == "When to seek care"
    assert link.accessibleDescription() == "Opens the page"
    QTest.keyClick(link, Qt.Key.Key_Return)
    assert page.here == CARE_CARD


def test_a_link_lies_over_its_own_words_also_where_they_take_two_lines(
    page: LearnPage, look: Look, qapp: QApplication
) -> None:
    page.open_page("pump-and-flanges")
    settle(qapp)
    assert page.article is not None
    broken = next(
        (
            one
            for one in page.article.passages
            for link in one.findChildren(Link)
            if link.height() > look.line_height("body") + 2
        ),
        None,
    )
    assert broken is not None, "one link of this page is broken over two lines"
    link = broken.findChildren(Link)[0]
    assert broken.rect().contains(link.geometry().center())
    assert not link.mask().contains(link.rect().center()), "the words between its two ends are no part of it"
    link.setFocus(Qt.FocusReason.TabFocusReason)
    settle(qapp)
    seen, focus = page.grab().toImage(), look.theme.focus
    pieces = [QRect(link.mapTo(page, piece.topLeft()), piece.size()) for piece in link.visual_parts()]
    first, second = sorted(pieces, key=QRect.top)
    assert second.right() < first.left(), "its ends lie apart"
    for piece in pieces:
        for x in (piece.left() - 5, piece.right() + 5):
            assert seen.pixelColor(x, piece.center().y()) == focus
    between = (second.right() + first.left()) // 2
    down = range(first.top() - 8, second.bottom() + 8)
    assert all(seen.pixelColor(between, y) != focus for y in down), "a ring of its own for each line"


def test_the_page_is_read_on_by_keys(page: LearnPage, qapp: QApplication) -> None:
    settle(qapp)
    bar = page.reading.verticalScrollBar()
    page.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End):
        before = bar.value()
        QTest.keyClick(page, key)
        assert bar.value() > before
    QTest.keyClick(page, Qt.Key.Key_Home)
    assert bar.value() == 0


def test_a_page_opens_at_its_beginning(page: LearnPage, qapp: QApplication) -> None:
    settle(qapp)
    page.reading.verticalScrollBar().setValue(500)
    page.open_page("nicu")
    assert page.reading.verticalScrollBar().value() == 0


def test_a_page_that_is_not_there_leaves_the_one_on_show(page: LearnPage) -> None:
    page.open_page("no-such-page")
    assert page.here == CHECKLIST


# the checklist


def test_the_checklist_has_its_ten_things_in_order_and_the_first_stands_out(page: LearnPage) -> None:
    assert page.article is not None
    tasks = next(block for block in blocks_of(page.article.text.body) if isinstance(block, Tasks))
    assert len(page.article.tasks) == len(tasks.tasks) == 10
    assert [row.current for row in page.article.tasks] == [True] + [False] * 9
    assert all(row.disc._icon != "check" for row in page.article.tasks)


def test_ticking_moves_on_to_the_next_thing_and_unticking_back(page: LearnPage) -> None:
    assert page.article is not None
    rows = page.article.tasks
    rows[0].check.click()
    assert [row.current for row in rows[:3]] == [False, True, False]
    rows[1].check.click()
    rows[0].check.click()
    assert [row.current for row in rows[:3]] == [True, False, False]
    for row in rows:
        row.check.setChecked(True)
    assert not any(row.current for row in rows)


def test_a_press_anywhere_on_a_thing_ticks_it(page: LearnPage) -> None:
    assert page.article is not None
    row = page.article.tasks[0]
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        QTest.mouseClick(row, button, pos=row.disc.geometry().center())
        assert not row.check.isChecked(), button
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.disc.geometry().center())
    assert row.check.isChecked()


def test_ticks_are_kept_while_other_pages_are_read(page: LearnPage) -> None:
    assert page.article is not None
    page.article.tasks[2].check.click()
    page.open_page("nicu")
    page.open_page(CHECKLIST)
    assert [row.check.isChecked() for row in page.article.tasks[:4]] == [False, False, True, False]


def test_begin_again_takes_all_ticks_away(page: LearnPage) -> None:
    assert page.article is not None
    again = page.article.again
    assert again is not None
    assert again.isHidden()
    page.article.tasks[0].check.click()
    assert not again.isHidden()
    again.click()
    assert again.isHidden()
    assert not any(row.check.isChecked() for row in page.article.tasks)
    page.open_page("nicu")
    page.open_page(CHECKLIST)
    assert not any(row.check.isChecked() for row in page.article.tasks)


def test_each_box_has_the_name_of_its_thing_for_a_screen_reader(page: LearnPage) -> None:
    assert page.article is not None
    check = page.article.tasks[0].check
    assert check.accessibleName() == "Check the seal and flange size"
    assert check.accessibleDescription().startswith("Now: take the flange off")


def test_the_let_down_guide_and_the_care_card_are_one_press_away(page: LearnPage) -> None:
    asked: list[str] = []
    page.routine_asked.connect(asked.append)
    assert page.article is not None
    assert page.article.offer is not None
    assert page.article.help is not None
    assert page.article.offer.text() == "Try a 6-minute let-down guide"
    assert page.article.offer.role == "primary"
    page.article.offer.click()
    assert asked == ["let-down"]
    page.article.help.click()
    assert page.here == CARE_CARD


# the care card


def test_the_care_card_has_its_four_sections_with_emergency_first(page: LearnPage, qapp: QApplication) -> None:
    page.open_page(CARE_CARD)
    settle(qapp)
    assert page.article is not None
    cards = [card for card in page.article.findChildren(Card) if card.accessibleName()]
    titles = ["Emergency, now", "Same day", "Soon", "Good to know"]
    assert sorted(card.accessibleName() for card in cards) == sorted(titles)
    cards.sort(key=lambda card: titles.index(card.accessibleName()))
    tops = [card.mapTo(page.article, card.rect().topLeft()).y() for card in cards]
    assert tops[0] == min(tops)
    assert tops[3] == max(tops)
    assert tops[1] == tops[2], "same day and soon lie side by side where there is room"


def test_the_two_columns_of_emergencies_stand_apart(page: LearnPage, qapp: QApplication) -> None:
    page.open_page(CARE_CARD)
    settle(qapp)
    assert page.article is not None
    card = next(one for one in page.article.findChildren(Card) if one.accessibleName() == "Emergency, now")
    items = {one.text(): QRect(one.mapTo(card, QPoint()), one.size()) for one in card.findChildren(Passage)}
    longest, beside = items["thoughts of harming yourself or the baby"], items["seizure"]
    assert longest.top() == beside.top()
    bullets = [one.mapTo(card, QPoint()).x() for one in card.findChildren(Bullet)]
    assert max(bullets) - longest.right() >= 20


def test_no_colour_of_the_care_card_is_red(page: LearnPage, look: Look, qapp: QApplication) -> None:
    page.open_page(CARE_CARD)
    settle(qapp)
    for choice in ("night", "light"):
        look.choose_theme("light" if choice == "light" else "night")
        settle(qapp)
        picture = page.grab().toImage()
        for pixel in colours(picture, range(0, picture.width(), 5), range(0, picture.height(), 5)):
            colour = QColor(pixel)
            assert not (colour.red() > 150 and colour.green() < 70 and colour.blue() < 70)


# finding


def test_finding_lists_the_pages_with_all_the_words_and_marks_them(page: LearnPage, qapp: QApplication) -> None:
    assert page.finder.isHidden()
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.finder.isVisible()
    assert page.finder.hasFocus()
    QTest.keyClicks(page.finder, "FRIDGE frozen")
    assert page.listed == ["milk-storage"]
    QTest.keyClick(page.finder, Qt.Key.Key_Return)
    assert page.here == "milk-storage"
    settle(qapp)
    assert page.article is not None
    marked = page.article.first_marked(("frozen",))
    assert marked is not None
    picture = page.grab().toImage()
    drawn = {QColor(pixel).name() for pixel in colours(picture, range(340, 900), range(150, 500, 3))}
    assert page._look.theme.accent.name() in drawn


def test_enter_goes_on_from_page_to_page_that_has_the_words_and_begins_again(page: LearnPage) -> None:
    page.start_finding()
    QTest.keyClicks(page.finder, "fever")
    assert len(page.listed) > 2
    seen = []
    for _ in range(2 * len(page.listed)):
        QTest.keyClick(page.finder, Qt.Key.Key_Return)
        seen.append(page.here)
        assert page.finder.hasFocus()
    assert set(seen) == set(page.listed)
    assert seen[: len(page.listed)] == seen[len(page.listed) :]


def test_words_that_are_nowhere_are_answered_calmly(page: LearnPage) -> None:
    page.start_finding()
    page.finder.setText("zeppelin")
    assert page.listed == []
    assert page.contents.nothing.isVisible()
    QTest.keyClick(page.finder, Qt.Key.Key_Return)
    assert page.here == CHECKLIST


def test_a_narrow_page_shows_what_is_found_while_it_is_typed(page: LearnPage, qapp: QApplication) -> None:
    page.resize(800, 500)
    settle(qapp)
    page.start_finding()
    assert not page.contents.isVisible()
    QTest.keyClicks(page.finder, "fever")
    settle(qapp)
    assert page.contents.isVisible()
    assert page.contents.y() > page.finder.mapTo(page, QPoint()).y()
    assert page.contents.verticalScrollBar().maximum() == 0  # the three of them are in sight
    page.finder.setText("breast")
    settle(qapp)
    assert page.contents.height() < page.height() / 2 < page.reading.y() + page.reading.height() / 2
    page.finder.setText("zeppelin")
    settle(qapp)
    assert page.contents.nothing.isVisible()
    QTest.keyClick(page.finder, Qt.Key.Key_Escape)
    assert not page.contents.isVisible()
    page.resize(1160, 712)
    settle(qapp)
    assert page.contents.height() > 500


@pytest.mark.parametrize("size", [(800, 560), (1160, 420)], ids=["narrow", "low"])
def test_the_page_that_is_gone_on_to_is_in_sight_among_those_found(
    page: LearnPage, qapp: QApplication, size: tuple[int, int]
) -> None:
    page.resize(*size)
    page.start_finding()
    page.finder.setText("milk")
    settle(qapp)
    contents = page.contents
    for _page in contents.listed:
        QTest.keyClick(page.finder, Qt.Key.Key_Return)
        settle(qapp)
        (here,) = (button for button in contents._buttons.values() if button.isChecked())
        assert contents.viewport().rect().contains(QRect(here.mapTo(contents.viewport(), QPoint()), here.size()))


def test_escape_ends_finding_and_lists_every_page_again(page: LearnPage) -> None:
    backs: list[bool] = []
    page.back_asked.connect(lambda: backs.append(True))
    page.show_back("Back")
    page.start_finding()
    page.finder.setText("fridge")
    QTest.keyClick(page.finder, Qt.Key.Key_Escape)
    assert page.finder.isHidden()
    assert page.listed == IDS
    assert backs == []
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert backs == [True]


# from a session


def test_from_a_session_the_way_back_is_the_one_primary_button(page: LearnPage) -> None:
    backs: list[bool] = []
    page.back_asked.connect(lambda: backs.append(True))
    assert page.back.isHidden()
    page.show_back("Back to your session", waits=True)
    assert page.back.isVisible()
    assert page.back.button.role == "primary"
    assert not loud(page)
    page.back.button.click()
    assert backs == [True]
    page.show_back(None)
    assert page.back.isHidden()
    assert loud(page)


def test_she_chooses_whether_the_session_waits_or_goes_on(page: LearnPage) -> None:
    chosen: list[bool] = []
    page.pause_choice.connect(chosen.append)
    page.show_back("Back to your session", waits=True)
    assert page.back.words.text() == "The session is paused"
    page.back.switch.click()
    assert page.back.words.text() == "The session goes on"
    page.back.switch.click()
    assert chosen == [False, True]


def test_where_there_is_nothing_to_choose_there_is_no_switch(look: Look, show: Show) -> None:
    bar = BackBar(look=look)
    show(bar)
    bar.show_way("Back to Get ready", None)
    assert not bar.switch.isVisible()


# sources


def test_addresses_are_text_that_can_be_copied_and_nothing_more(page: LearnPage) -> None:
    copied: list[str] = []
    page.copy_asked.connect(copied.append)
    page.open_page("sources")
    assert page.article is not None
    assert not [link for one in page.article.passages for link in one.findChildren(Link)]
    for button in page.article.copy_buttons:
        button.click()
    assert "nature.com/articles/jp200987" in copied
    assert "10.1089/bfm.2022.29207.kbm" in copied
    assert not any(address.endswith((".", ",")) for address in copied)


def test_new_pages_take_the_place_of_the_old_ones(page: LearnPage) -> None:
    page.show_pages([LearnText(CHECKLIST, "Another", "A lead.", ""), LearnText("b", "B", "", "")])
    assert page.listed == [CHECKLIST, "b"]
    assert titles(page) == ["Another"]


def link_to(page: LearnPage, target: str) -> Link:
    assert page.article is not None
    return next(link for link in page.article.findChildren(Link) if link.target == f"learn:{target}")


@pytest.mark.parametrize("keys", ["Esc", "Alt+Left"])
def test_a_link_followed_by_keyboard_leads_into_its_page_and_a_key_leads_back_to_the_link(
    page: LearnPage, qapp: QApplication, keys: str
) -> None:
    left: list[bool] = []
    page.back_asked.connect(lambda: left.append(True))
    page.open_page("first-days")
    page.show_back("Back to your session")
    for target in ("sore-or-full", "pump-and-flanges"):
        link = link_to(page, target)
        link.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(link, Qt.Key.Key_Return)
        settle(qapp)
        assert page.article is not None
        assert page.here == target
        assert page.article.title.hasFocus()
        assert page.article.ring.shown
    assert page.article is not None
    QTest.keyClick(page.article.title, Qt.Key.Key_Tab)
    focus = qapp.focusWidget()
    assert focus is not None
    assert page.article.isAncestorOf(focus), "the next Tab is in the article, not among the topics"
    for back, target in (("sore-or-full", "pump-and-flanges"), ("first-days", "sore-or-full")):
        focus = qapp.focusWidget()
        assert focus is not None
        QTest.keySequence(focus, keys)
        settle(qapp)
        link = link_to(page, target)
        assert (page.here, left) == (back, [])
        assert link.hasFocus()
        assert link.ring.shown
        assert page.reading.viewport().rect().contains(link.mapTo(page.reading.viewport(), link.rect().center()))
    QTest.keySequence(link, "Alt+Left")
    assert left == []
    QTest.keySequence(link, "Esc")
    assert left == [True]


def test_a_page_chosen_among_the_topics_is_no_step_of_the_way_back(page: LearnPage, qapp: QApplication) -> None:
    page.open_page("first-days")
    link_to(page, "sore-or-full").click()
    page.contents.asked.emit("nicu")
    settle(qapp)
    focus = qapp.focusWidget()
    assert focus is not None
    QTest.keySequence(focus, "Esc")
    assert page.here == "nicu"
    assert page.article is not None
    assert not page.article.ring.shown, "nothing was pressed by keyboard"
