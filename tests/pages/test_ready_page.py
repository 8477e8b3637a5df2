from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, SignalInstance
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from guide.core.check import SORE_NOTE
from guide.core.layout import lay_out
from guide.core.routine import Fixed, Group, Kind, Purpose, Range, Routine, Side, Source, Step, Wait, WhenSore
from guide.kit.alert import Banner
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.menu_button import MenuOption
from guide.kit.rows import Row
from guide.kit.settling import Settling
from guide.pages.ready.lines import lines_of, spoken_line
from guide.pages.ready.page import ReadyPage
from guide.pages.ready.parts import AboutRoutine
from guide.pages.ready.view import Beyond, PictureView, ReadyView, SoundsView, begins_with_a_side
from guide.store.routines.library import Library
from onscreen import kept
from tabbing import walked
from tables import each_row

MIN = timedelta(minutes=1)
Show = Callable[[QWidget], None]
HOME = Path(__file__).parents[2]

ROUTINE = Routine(
    "Hands-on pumping",
    (
        Step(Kind.PREPARE, Wait(), title="Settle in"),
        Step(Kind.MASSAGE, Fixed(1.5 * MIN), title="Small circles", side=Side.BOTH, suggested=True),
        Step(Kind.PUMP, Range(5 * MIN, 7 * MIN), title="Pump both sides", side=Side.BOTH),
        Step(Kind.COMPRESS, Range(3 * MIN, 5 * MIN), title="Pump and compress", side=Side.EACH),
    ),
    summary="Soft massage, then both pumps.",
    get_ready=("Clean hands", "Water within reach"),
    safety=("Nothing here is meant to hurt.",),
    evidence="A way of working, not a promise.",
    sources=(Source("Morton J et al.", "https://nature.com/articles/jp200987"), Source("A leaflet")),
    when_sore=WhenSore.AVOID,
)
REST = Routine("Rest a while", (Step(Kind.REST, Fixed(10 * MIN)),))
VIEW = ReadyView("hands-on", ROUTINE, lay_out(ROUTINE), done_by="03:38", voice_name="Quiet voice", sore=False)


@pytest.fixture(scope="module")
def look(the_look: Look) -> Look:
    return the_look


@pytest.fixture(scope="module")
def only_page(look: Look) -> Iterator[ReadyPage]:
    with kept(ReadyPage(look=look)) as page:
        yield page


@pytest.fixture
def page(only_page: ReadyPage, look: Look, qapp: QApplication) -> Iterator[ReadyPage]:
    """The page as it is when a routine is opened; what a press on it opened, ticked or led to is undone."""
    page = only_page
    look.choose_scale(1.0)
    page.show_ready()
    for item in page.options.items:
        item.setChecked(False)
    page.options.about.hide()
    page.resize(1160, 780)
    page.show_routine(VIEW)
    page.area.verticalScrollBar().setValue(0)
    page.steps.scrollToTop()
    page.show()
    page.activateWindow()
    qapp.processEvents()
    page.setFocus()
    yield page
    page.head.menu.close()


def told(signal: SignalInstance) -> list[object]:
    heard: list[object] = []
    signal.connect(lambda *values: heard.append(values[0] if values else None))
    return heard


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(Label) if label.isVisible()]


def test_start_has_the_focus_and_space_starts(page: ReadyPage, qapp: QApplication) -> None:
    started = told(page.start_asked)
    assert qapp.focusWidget() is page.start
    assert page.start.ring.shown
    QTest.keyClick(page.start, Qt.Key.Key_Space)
    assert len(started) == 1


def test_escape_and_the_arrow_go_back(page: ReadyPage) -> None:
    back = told(page.back_asked)
    QTest.keyClick(page.start, Qt.Key.Key_Escape)
    page.back.click()
    assert len(back) == 2


def test_the_head_tells_name_length_and_when_it_is_done(page: ReadyPage) -> None:
    assert page.head.title.text() == "Hands-on pumping"
    assert page.head.facts.text() == "13–19 min  ·  done by about 03:38"
    page.show_routine(replace(VIEW, done_by=""))
    assert page.head.facts.text() == "13–19 min"


def test_the_steps_read_in_order_with_side_and_length(page: ReadyPage) -> None:
    assert page.steps.texts() == [
        "Settle in, until you go on",
        "Small circles, both sides, 1 minute 30, suggested",
        "Pump both sides, both sides, 5 minutes to 7 minutes",
        "Pump and compress, left side, 3 minutes to 5 minutes",
        "Pump and compress, right side, 3 minutes to 5 minutes",
    ]


def test_the_timeline_shows_every_segment(page: ReadyPage) -> None:
    assert [bar.kind for bar in page.head.timeline.bars] == ["prepare", "massage", "pump", "compress", "compress"]


def test_notes_explain_ranges_and_suggested_times_where_there_are_some(page: ReadyPage) -> None:
    assert page.steps_card.range_note.isVisible()
    assert page.steps_card.suggested_note.isVisible()
    page.show_routine(replace(VIEW, routine=REST, plan=lay_out(REST)))
    assert not page.steps_card.range_note.isVisible()
    assert not page.steps_card.suggested_note.isVisible()


def repeated(*steps: Step | Group, times: int = 2, side: Side | None = None) -> Group:
    return Group(steps, times=times, side=side)


def listed(*parts: Step | Group) -> list[str]:
    lines = lines_of(lay_out(Routine("Mine", parts)))
    return ["  " * line.depth + spoken_line(line, number_free=True) for line in lines]


PUMP, PAUSE = Step(Kind.PUMP, Fixed(10 * MIN)), Step(Kind.REST, Fixed(20 * MIN))


def test_a_repeated_group_is_listed_once() -> None:
    assert listed(repeated(PUMP, PAUSE, times=4), PUMP) == ["  Repeat 4 times", "  Pump", "  Rest", "Pump"]


def test_groups_that_follow_one_another_each_have_their_line() -> None:
    assert listed(repeated(PUMP), repeated(PAUSE)) == ["  Repeat twice", "  Pump", "  Repeat twice", "  Rest"]


def test_groups_within_groups_are_set_in() -> None:
    assert listed(repeated(repeated(PUMP, times=3), PAUSE)) == [
        "  Repeat twice",
        "    Repeat 3 times",
        "    Pump",
        "  Rest",
    ]


def test_a_group_for_each_side_is_listed_for_each() -> None:
    assert listed(repeated(PUMP, side=Side.EACH)) == [
        "  Repeat twice",
        "  Pump, left side",
        "  Repeat twice",
        "  Pump, right side",
    ]


def test_a_group_that_comes_once_needs_no_line() -> None:
    assert listed(repeated(PUMP, PAUSE, times=1)) == ["Pump", "Rest"]


def test_a_thousand_steps_are_listed_at_once(page: ReadyPage) -> None:
    long = Routine("Long", (PUMP, PAUSE) * 500)
    page.show_routine(replace(VIEW, id="long", routine=long, plan=lay_out(long)))
    assert len(page.steps.texts()) == 1000
    assert page.steps.height() < page.height()


def test_without_numbers_no_minutes_are_told(page: ReadyPage) -> None:
    page.show_routine(replace(VIEW, number_free=True, hint="Your milk usually slows at about 5:40 here"))
    assert page.head.facts.text() == ""
    assert page.steps.texts()[1:3] == ["Small circles, both sides", "Pump both sides, both sides"]
    assert not page.options.hint.isVisible()
    assert not page.steps_card.range_note.isVisible()
    assert [words for words in texts(page) if "min" in words.split()] == []


def test_what_to_have_at_hand_can_be_ticked_and_is_not_kept(page: ReadyPage) -> None:
    assert [item.text() for item in page.options.items] == ["Clean hands", "Water within reach"]
    page.options.items[0].click()
    assert page.options.items[0].isChecked()
    page.show_routine(replace(VIEW, quiet=True))
    assert page.options.items[0].isChecked()
    other = replace(ROUTINE, get_ready=("A cushion",))
    page.show_routine(replace(VIEW, id="other", routine=other))
    assert [(item.text(), item.isChecked()) for item in page.options.items] == [("A cushion", False)]


def test_a_routine_with_nothing_to_have_at_hand_shows_no_list(page: ReadyPage) -> None:
    page.show_routine(replace(VIEW, id="rest", routine=REST, plan=lay_out(REST)))
    assert page.options.items == []
    assert not page.options.items_head.isVisible()


def test_a_long_thing_to_have_at_hand_takes_two_lines(page: ReadyPage, look: Look, qapp: QApplication) -> None:
    words = "Something of your baby's to look at, to smell or to listen to, a photo or a short film, if you like that"
    page.show_routine(replace(VIEW, id="other", routine=replace(ROUTINE, get_ready=(words,))))
    qapp.processEvents()
    assert page.options.items[0].height() > 44
    assert page.options.items[0].width() <= page.area.viewport().width()


def test_the_purpose_is_shown_in_gentle_words_and_can_be_changed(page: ReadyPage) -> None:
    chosen = told(page.purpose_chosen)
    page.show_routine(replace(VIEW, purpose=Purpose.PROTECT))
    assert page.options.purpose.value is Purpose.PROTECT
    assert [part.text() for part in page.options.purpose.parts] == ["Protect", "Promote", "Comfort"]
    assert page.options.purpose.parts[0].accessibleName() == "Protect supply"
    page.show_routine(replace(VIEW, id="rest", routine=REST, plan=lay_out(REST)))
    assert [part.text() for part in page.options.purpose.parts] == ["Protect supply", "Promote supply", "Comfort"]
    for part in page.options.purpose.parts:
        part.click()
    assert chosen == [Purpose.PROTECT, Purpose.PROMOTE, Purpose.TREAT]


def test_the_purposes_are_explained_in_learn(page: ReadyPage) -> None:
    asked = told(page.learn_asked)
    page.options.purpose_link.click()
    assert asked == ["purposes"]


def test_a_click_leaves_the_focus_with_start_so_that_space_still_starts(page: ReadyPage, qapp: QApplication) -> None:
    started = told(page.start_asked)
    for control in (page.options.items[0], page.options.guidance.chimes, page.options.purpose.parts[1]):
        QTest.mouseClick(control, Qt.MouseButton.LeftButton)
        assert qapp.focusWidget() is page.start
        QTest.keyClick(page.start, Qt.Key.Key_Space)
    assert len(started) == 3
    assert page.options.items[0].isChecked()


@each_row(
    ("switch", "signal", "field"),
    [
        ("voice", "voice_toggled", "voice_on"),
        ("chimes", "chimes_toggled", "chimes_on"),
        ("quiet", "quiet_toggled", "quiet"),
        ("partner", "partner_toggled", "partner"),
    ],
)
def test_a_switch_shows_its_setting_and_tells_its_change(page: ReadyPage, switch: str, signal: str, field: str) -> None:
    control: QAbstractButton = getattr(page.options.guidance, switch)
    heard = told(getattr(page.guidance, signal))
    page.show_routine(replace(VIEW, **{field: False}))  # type: ignore[arg-type]  # a field by its name
    assert not control.isChecked()
    assert heard == []
    QTest.keyClick(control, Qt.Key.Key_Space)
    assert heard == [True]


def test_a_press_on_the_words_of_a_switch_is_a_press_on_it(page: ReadyPage) -> None:
    heard = told(page.guidance.quiet_toggled)
    row = page.options.guidance.quiet.parentWidget()
    assert isinstance(row, Row)
    QTest.mouseClick(row.words, Qt.MouseButton.LeftButton)
    assert heard == [True]
    QTest.mouseClick(page.options.guidance.quiet, Qt.MouseButton.LeftButton)
    assert heard == [True, False]


def test_the_voice_is_named_and_can_be_changed(page: ReadyPage) -> None:
    asked = told(page.guidance.voice_asked)
    assert page.options.guidance.voice_button.text() == "Quiet voice"
    page.options.guidance.voice_button.click()
    assert len(asked) == 1
    page.show_routine(replace(VIEW, voice_name=""))
    assert not page.options.guidance.voice_button.isVisible()


VOICES = (
    MenuOption("hazel", "Hazel"),
    MenuOption("rowan", "Rowan", "natural"),
    MenuOption(Beyond.OTHERS, "All voices…", apart=True),
)
SOUNDS = SoundsView((MenuOption(None, "Off"), MenuOption("rain", "Rain & wind")), "rain", 35)


def test_the_voice_is_chosen_from_a_menu_in_place(page: ReadyPage) -> None:
    chosen, asked = told(page.guidance.voice_chosen), told(page.guidance.voice_asked)
    page.show_routine(replace(VIEW, voices=VOICES, voice="rowan"))
    button = page.options.guidance.voice_button
    assert (button.text(), button.accessibleName()) == ("Rowan", "Voice: Rowan")
    rows = [action for action in button.menu.actions() if not action.isSeparator()]
    assert [row.isChecked() for row in rows] == [False, True, False]
    rows[0].trigger()
    rows[2].trigger()
    assert (chosen, len(asked)) == (["hazel"], 1)


def test_sounds_and_pictures_stand_there_where_there_are_any(page: ReadyPage) -> None:
    guidance = page.options.guidance
    assert not guidance.sounds_row.isVisible()
    assert not guidance.picture_row.isVisible()
    page.show_routine(replace(VIEW, sounds=SOUNDS, picture=PictureView(())))
    assert (guidance.sounds.text(), guidance.volume.value()) == ("Rain & wind", 35)
    assert guidance.picture.text() == "Choose…"
    louder, asked = told(page.guidance.sounds_volume_changed), told(page.guidance.picture_asked)
    guidance.picture.click()
    QTest.keyClick(guidance.volume, Qt.Key.Key_Right)
    assert (louder, len(asked)) == ([40], 1)
    page.show_routine(replace(VIEW, sounds=replace(SOUNDS, silent=True)))
    assert not guidance.volume.isEnabled()
    assert louder == [40]


def test_her_usual_moments_stand_beside_the_lengths(page: ReadyPage) -> None:
    page.show_routine(replace(VIEW, yours={(2,): 5 * MIN + timedelta(seconds=40), (1,): MIN}))
    assert page.steps.texts()[1:3] == [
        "Small circles, both sides, 1 minute 30, yours: about 1:00",
        "Pump both sides, both sides, 5 minutes to 7 minutes, yours: about 6 min",
    ]


def test_her_last_volumes_are_told_in_words_but_not_without_numbers(page: ReadyPage) -> None:
    words = "Your last sessions like this: 60 to 95 mL"
    page.show_routine(replace(VIEW, usual=words))
    assert words in texts(page)
    page.show_routine(replace(VIEW, usual=words, number_free=True))
    assert words not in texts(page)


def test_the_side_to_begin_with_is_asked_where_each_side_has_its_turn(page: ReadyPage) -> None:
    chosen = told(page.side_chosen)
    assert page.options.side_part.isVisible()
    assert page.options.side.value == Side.LEFT
    page.options.side.parts[1].click()
    assert chosen == [Side.RIGHT]
    page.show_routine(replace(VIEW, plan=lay_out(ROUTINE, Side.RIGHT)))
    assert page.options.side.value == Side.RIGHT
    page.show_routine(replace(VIEW, id="rest", routine=REST, plan=lay_out(REST)))
    assert not page.options.side_part.isVisible()


def test_a_group_for_each_side_asks_for_the_side_too() -> None:
    assert begins_with_a_side(Routine("Mine", (repeated(PUMP, times=1, side=Side.EACH),)))
    assert begins_with_a_side(Routine("Mine", (repeated(replace(PUMP, side=Side.EACH), times=1),)))
    assert not begins_with_a_side(Routine("Mine", (repeated(PUMP),)))


def test_her_own_timing_is_offered_with_one_press(page: ReadyPage) -> None:
    taken = told(page.hint_taken)
    assert not page.options.hint.isVisible()
    words = "Your milk usually slows at about 5:40 here"
    page.show_routine(replace(VIEW, hint=words, hint_action="Use 5–6 min"))
    assert page.options.hint.words.text() == words
    assert page.options.hint.isVisible()
    assert page.options.hint.button.text() == "Use 5–6 min"
    page.options.hint.button.click()
    assert len(taken) == 1


def test_a_routine_with_changes_that_are_not_saved_says_so_and_leads_to_them(page: ReadyPage) -> None:
    asked = told(page.edit_asked)
    assert not page.options.unfinished.isVisible()
    page.show_routine(replace(VIEW, unfinished=True))
    assert "Your changes to it are not finished yet. It runs as it was before them." in texts(page)
    assert page.options.unfinished.button in page.options.order()
    page.options.unfinished.button.click()
    assert len(asked) == 1


def test_warnings_are_told_above_everything(page: ReadyPage) -> None:
    page.show_routine(replace(VIEW, warnings=("Suction runs for 35 minutes without a break.",)))
    assert "Suction runs for 35 minutes without a break." in texts(page)
    page.show_routine(VIEW)
    assert not page.options.warnings.isVisible()


def pressed(page: ReadyPage, words: str) -> None:
    """Open the menu at the top right, and press one of its rows."""
    page.more.click()
    next(action for action in page.head.menu.actions() if action.text() == words).trigger()
    page.head.menu.close()


def test_about_shows_what_the_routine_is_and_rests_on(page: ReadyPage, qapp: QApplication) -> None:
    about = page.options.about
    assert not about.isVisible()
    pressed(page, "About this routine")
    qapp.processEvents()
    assert about.isVisible()
    assert about.texts() == [
        "Soft massage, then both pumps.",
        "Your comfort",
        "Nothing here is meant to hurt.",
        "What it rests on",
        "A way of working, not a promise.",
        "Sources",
        "Morton J et al. (https://nature.com/articles/jp200987)",
        "A leaflet",
    ]
    page.activateWindow()
    qapp.processEvents()
    first = about.mapTo(page.area.viewport(), QPoint(0, 0))
    assert page.area.viewport().rect().contains(first)
    QTest.keyClick(about.close_button, Qt.Key.Key_Space)
    assert not about.isVisible()
    assert page.start.hasFocus()


def test_of_a_routine_of_which_nothing_is_written_about_says_where_to_write_it(look: Look) -> None:
    about = AboutRoutine(look=look)
    about.show_routine(Routine("Mine", (Step(Kind.REST, Fixed(timedelta(minutes=1))),)))
    assert about.texts() == ["Nothing is written about it yet. Edit, About this routine is the place for it."]


def test_escape_closes_what_is_about_the_routine_and_only_then_the_page(page: ReadyPage, qapp: QApplication) -> None:
    left = told(page.back_asked)
    pressed(page, "About this routine")
    page.activateWindow()
    qapp.processEvents()
    QTest.keyClick(page.options.about.close_button, Qt.Key.Key_Escape)
    assert not page.options.about.isVisible()
    assert left == []
    QTest.keyClick(page.start, Qt.Key.Key_Escape)
    assert len(left) == 1


def test_edit_and_print_are_asked_for(page: ReadyPage) -> None:
    edits, cards = told(page.edit_asked), told(page.card_asked)
    pressed(page, "Edit")
    pressed(page, "Print a card")
    assert (len(edits), len(cards)) == (1, 1)


def test_the_menu_offers_what_there_is(page: ReadyPage) -> None:
    page.show_routine(replace(VIEW, along=True, listens=True))
    along, words = told(page.along_asked), told(page.words_asked)
    pressed(page, "Take it along")
    pressed(page, "Your words")
    assert (len(along), len(words)) == (1, 1)
    assert "Print a card" not in [action.text() for action in page.head.menu.actions()]


def test_the_first_line_on_safety_is_in_sight_unless_the_check_asks(page: ReadyPage) -> None:
    assert page.options.caution.isVisible()
    assert page.options.caution.words.text() == "Nothing here is meant to hurt."
    page.show_routine(replace(VIEW, sore=None))
    assert not page.options.caution.isVisible()
    page.show_routine(replace(VIEW, id="rest", routine=REST, plan=lay_out(REST)))
    assert not page.options.caution.isVisible()


# the check before hands-on work


def test_the_check_is_asked_before_hands_on_work_unless_answered_today(page: ReadyPage) -> None:
    assert not page.asking.isVisible()
    page.show_routine(replace(VIEW, sore=None))
    assert page.asking.isVisible()
    page.show_routine(replace(VIEW, id="rest", routine=REST, plan=lay_out(REST), sore=None))
    assert not page.asking.isVisible()


def test_one_press_answers_the_check(page: ReadyPage) -> None:
    answers, started = told(page.sore_answered), told(page.start_asked)
    page.show_routine(replace(VIEW, sore=None))
    page.asking.no.click()
    page.asking.yes.click()
    assert (answers, started) == ([False, True], [])


STARTS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


@pytest.mark.parametrize("key", STARTS)
def test_start_leads_to_the_question_and_a_key_that_starts_never_answers_it(
    page: ReadyPage, qapp: QApplication, key: Qt.Key
) -> None:
    answers, started = told(page.sore_answered), told(page.start_asked)
    page.show_routine(replace(VIEW, sore=None))
    for _ in range(5):
        QTest.keyClick(qapp.focusWidget() or page, key)
    assert (answers, started) == ([], [])
    assert qapp.focusWidget() is page.asking.no
    assert page.asking.no.ring.shown
    assert "press N or Y" in page.foot.hint_words.text()


@pytest.mark.parametrize("start_first", [False, True])
def test_a_letter_answers_wherever_the_focus_is_and_one_press_does_one_thing(
    page: ReadyPage, qapp: QApplication, start_first: bool
) -> None:
    answers, started = told(page.sore_answered), told(page.start_asked)
    page.show_routine(replace(VIEW, sore=None))
    if start_first:
        QTest.keyClick(page.start, Qt.Key.Key_Space)
    QTest.keyClick(qapp.focusWidget() or page, Qt.Key.Key_N)
    assert (answers, started) == ([False], [])
    assert qapp.focusWidget() is page.start


def test_the_hint_names_the_keys_that_count_whatever_is_refreshed_meanwhile(page: ReadyPage) -> None:
    for start_first in (False, True):
        page.show_routine(replace(VIEW, sore=None))
        if start_first:
            QTest.keyClick(page.start, Qt.Key.Key_Space)
        page.show_routine(replace(VIEW, sore=None, voice_name="Hazel"))
        assert page.foot.hint_words.text() == "First the question above: press N or Y"
        assert page.foot.key.isHidden()
    page.show_routine(VIEW)
    assert not page.foot.key.isHidden()


def test_a_key_meant_for_the_page_before_starts_nothing(
    look: Look, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ReadyPage(look=look)  # one of its own: the moment that keys go by would last into the next test
    page.show_routine(VIEW)
    show(page)
    monkeypatch.setattr(Settling, "pace", 1.0)
    started = told(page.start_asked)
    page.hide()
    page.show()
    QTest.keyClick(page.start, Qt.Key.Key_Space)
    assert started == []
    QTest.mouseClick(page.start, Qt.MouseButton.LeftButton)
    assert len(started) == 1


def test_once_the_focus_was_moved_to_an_answer_space_gives_it(page: ReadyPage, qapp: QApplication) -> None:
    answers, started = told(page.sore_answered), told(page.start_asked)
    page.show_routine(replace(VIEW, sore=None))
    QTest.keyClick(page.start, Qt.Key.Key_Space)
    QTest.keyClick(page.asking.no, Qt.Key.Key_Right)
    assert qapp.focusWidget() is page.asking.yes
    QTest.keyClick(page.asking.yes, Qt.Key.Key_Space)
    assert (answers, started) == ([True], [])


def test_the_answers_show_their_keys_once_the_key_that_started_is_pressed_on_one(page: ReadyPage) -> None:
    answers, started = told(page.sore_answered), told(page.start_asked)
    page.show_routine(replace(VIEW, sore=None))
    for _ in range(2):
        QTest.keyClick(page.start, Qt.Key.Key_Space)
        assert (page.asking.no.text(), page.asking.yes.text()) == ("No", "Yes")
        for key in STARTS:
            QTest.keyClick(page.asking.no, key)
            assert (page.asking.no.text(), page.asking.yes.text()) == ("N: No", "Y: Yes")
        page.start.setFocus()
    assert (answers, started) == ([], [])


def test_start_and_then_yes_does_not_start(page: ReadyPage) -> None:
    answers, started = told(page.sore_answered), told(page.start_asked)
    page.show_routine(replace(VIEW, sore=None))
    page.start.click()
    page.asking.yes.click()
    assert (answers, started) == ([True], [])


def test_another_routine_forgets_that_start_was_pressed(page: ReadyPage) -> None:
    started = told(page.start_asked)
    page.show_routine(replace(VIEW, sore=None))
    page.start.click()
    page.show_routine(replace(VIEW, id="other", sore=None))
    page.asking.no.click()
    assert started == []


@pytest.mark.parametrize("meanwhile", ["answered", "another routine", "elsewhere"])
def test_the_next_question_forgets_that_start_led_to_the_one_before(look: Look, show: Show, meanwhile: str) -> None:
    page = ReadyPage(look=look)  # one of its own: no other test has the keyboard once it was hidden
    asks = replace(VIEW, sore=None)
    page.show_routine(asks)
    show(page)
    QTest.keyClick(page.start, Qt.Key.Key_Space)
    QTest.keyClick(page.asking.no, Qt.Key.Key_Space)
    assert page.asking.no.text() == "N: No"
    match meanwhile:
        case "answered":
            page.show_routine(VIEW)
            page.show_routine(asks)
        case "another routine":
            other = replace(ROUTINE, name="Another")
            page.show_routine(replace(asks, id="other", routine=other, plan=lay_out(other)))
        case _:
            page.hide()
            page.show()
    assert page.asking.no.text() == "No"
    answers = told(page.sore_answered)
    page.asking.no.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(page.asking.no, Qt.Key.Key_Space)
    assert answers == [False]


def test_tab_comes_to_one_part_of_each_choice_from_the_first_showing_on(look: Look, show: Show) -> None:
    page = ReadyPage(look=look)
    page.show_routine(VIEW)
    show(page)
    for choice in (page.options.purpose, page.options.side):
        stops = [part for part in choice.parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert len(stops) == 1


def test_with_a_sore_breast_a_hands_on_routine_rests(page: ReadyPage) -> None:
    started, learn, answers = told(page.start_asked), told(page.learn_asked), told(page.sore_answered)
    page.show_routine(replace(VIEW, sore=True))
    assert page.options.resting.isVisible()
    assert not page.start.isEnabled()
    assert page.start.toolTip() == SORE_NOTE
    assert "press" not in page.foot.hint_words.text()
    assert page.foot.key.isHidden()
    page.start.click()
    page.press_start()
    page.options.resting.care.click()
    page.options.resting.better.click()
    assert (started, learn, answers) == ([], ["care-card"], [False])


def test_while_a_routine_rests_the_focus_is_on_when_to_seek_care_and_then_on_start(page: ReadyPage) -> None:
    answers, gentle = told(page.sore_answered), told(page.gentle_asked)
    page.show_routine(replace(VIEW, sore=True, gentle="Gentle day"))
    assert page.options.resting.care.hasFocus()
    assert page.options.resting.care.ring.shown, "a key presses what shows the ring"
    QTest.keyClick(page.options.resting.care, Qt.Key.Key_Tab)
    assert page.options.resting.gentle.text() == "Open “Gentle day”"
    QTest.keyClick(page.options.resting.gentle, Qt.Key.Key_Space)
    assert gentle == [None]
    QTest.keyClick(page.options.resting.gentle, Qt.Key.Key_Tab)
    assert page.options.resting.better.hasFocus()
    QTest.keyClick(page.options.resting.better, Qt.Key.Key_Space)
    assert answers == [False]
    page.show_routine(replace(VIEW, sore=False))
    assert page.start.hasFocus()


def test_a_key_that_opened_the_page_does_not_open_when_to_seek_care(
    page: ReadyPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Settling, "pace", 1.0)
    learn = told(page.learn_asked)
    page.show_routine(replace(VIEW, sore=True))
    QTest.keyClick(page.options.resting.care, Qt.Key.Key_Space)
    assert learn == []
    assert page.options.resting.gentle.isHidden(), "where there is no such routine"


def test_with_a_sore_breast_what_suits_it_can_start(page: ReadyPage) -> None:
    suits = replace(ROUTINE, when_sore=WhenSore.OK)
    page.show_routine(replace(VIEW, routine=suits, plan=lay_out(suits), sore=True))
    assert not page.options.resting.isVisible()
    assert page.start.isEnabled()


# the voice


def test_getting_the_voice_ready_takes_the_place_of_start_and_gives_it_back(
    page: ReadyPage, qapp: QApplication
) -> None:
    page.show_preparing(3, 12)
    assert page.preparing.isVisible()
    assert not page.start.isVisible()
    assert page.preparing.words.text() == "Getting the voice ready"
    assert page.preparing.share == pytest.approx(0.25)
    page.show_preparing(6, 12)
    assert page.preparing.share == pytest.approx(0.5)
    page.show_ready()
    assert page.start.isVisible()
    assert not page.preparing.isVisible()
    assert qapp.focusWidget() is page.start


def test_escape_goes_back_while_the_voice_is_made_ready(page: ReadyPage, qapp: QApplication) -> None:
    back = told(page.back_asked)
    page.show_preparing(0, 0)
    QTest.keyClick(qapp.focusWidget() or page, Qt.Key.Key_Escape)
    assert len(back) == 1


# keyboard and sizes


def test_tab_reaches_every_control(page: ReadyPage, qapp: QApplication) -> None:
    page.show_routine(replace(VIEW, sore=None, hint="Your milk usually slows at about 5:40 here", hint_action="Use it"))
    met = set()
    for _ in range(60):
        QTest.keyClick(qapp.focusWidget() or page, Qt.Key.Key_Tab)
        met.add(qapp.focusWidget())
    controls = [one for one in page.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()]
    assert len(controls) > 10
    controls = [one for one in controls if one.group() is None]  # within those, arrow keys go on
    assert {page.options.purpose.parts[0], page.options.side.parts[0]} <= met
    assert [one.accessibleName() or one.text() for one in controls if one not in met] == []
    assert page.steps in met


def test_every_control_has_a_name(page: ReadyPage) -> None:
    controls = [one for one in page.findChildren(QAbstractButton) if one.isVisible()]
    assert [one for one in controls if not (one.accessibleName() or one.text())] == []


def test_two_columns_from_960_and_one_below_with_start_at_the_bottom(page: ReadyPage, qapp: QApplication) -> None:
    def corner(widget: QWidget) -> tuple[int, int]:
        point = widget.mapTo(page, widget.rect().topLeft())
        return point.x(), point.y()

    page.resize(960, 780)
    qapp.processEvents()
    assert corner(page.options)[0] > corner(page.steps_card)[0] + page.steps_card.width()
    page.resize(959, 780)
    qapp.processEvents()
    assert not page.steps_card.isVisible()
    page.steps_opener.click()
    qapp.processEvents()
    assert page.steps_card.isVisible()
    assert corner(page.options)[0] == corner(page.steps_card)[0]
    assert corner(page.start)[1] + page.start.height() == 780 - 20
    page.resize(1160, 780)
    qapp.processEvents()
    assert corner(page.options)[0] > corner(page.steps_card)[0] + page.steps_card.width()


@pytest.mark.parametrize("scale", [0.9, 1.0, 1.5, 1.6])
def test_nothing_is_cut_off_at_the_side(page: ReadyPage, look: Look, qapp: QApplication, scale: float) -> None:
    look.choose_scale(scale)
    page.show_routine(replace(VIEW, sore=None, hint="Your milk usually slows at about 5:40 here", hint_action="Use it"))
    for width, height in ((800, 560), (960, 700), (1160, 780), (1920, 1080)):
        page.resize(width, height)
        for _ in range(3):
            qapp.processEvents()
        content = page.area.widget()
        assert content is not None
        assert content.width() == page.area.viewport().width()
        cut = [
            widget.accessibleName() or widget.objectName()
            for widget in page.findChildren(QAbstractButton)
            if widget.isVisible() and widget.mapTo(page, widget.rect().topRight()).x() > width - 38
        ]
        assert cut == [], f"{width} pixels wide"
        assert page.width() == width
        assert page.head.facts.width() >= page.head.facts.sizeHint().width()
        assert page.start.isVisible()
        assert page.start.mapTo(page, page.start.rect().bottomLeft()).y() < height


@pytest.mark.parametrize("name", ["Grandmother in the kitchen on a Sunday morning last winter", "W" * 200])
def test_a_long_name_of_a_voice_pushes_nothing_past_the_margin_and_is_whole_in_its_menu(
    page: ReadyPage, look: Look, qapp: QApplication, name: str
) -> None:
    voices = (MenuOption("a", name), MenuOption("b", "Plain voice"))
    sounds = SoundsView((MenuOption("baby", "Sounds of your baby"),), "baby")
    for scale in (1.0, 1.3, 1.5, 1.6):
        look.choose_scale(scale)
        page.show_routine(replace(VIEW, voice_name=name, voices=voices, voice="a", sounds=sounds))
        for width in (800, 960, 1160, 1366):
            page.resize(width, 700)
            for _ in range(3):
                qapp.processEvents()
            seen = [part for part in page.options.guidance.controls() if part.isVisible()]
            edges = [part.mapTo(page, part.rect().topRight()).x() for part in seen]
            assert max(edges) <= page.width() - 38, f"{width} pixels wide, text at {scale}"
    button = page.options.guidance.voice_button
    assert (button.toolTip(), button.words()[0], button.accessibleName()) == (name, name, f"Voice: {name}")
    page.show_routine(replace(VIEW, voice_name="Plain voice", voices=voices, voice="b"))
    assert button.toolTip() == ""


def test_every_built_in_routine_can_be_shown(page: ReadyPage, tmp_path: Path) -> None:
    entries = Library(HOME / "routines", tmp_path).entries()
    for entry in entries:
        assert entry.routine is not None
        page.show_routine(ReadyView(entry.id, entry.routine, lay_out(entry.routine)))
        assert page.head.title.text() == entry.name
        page.grab()
    assert len(entries) == 13


@pytest.mark.parametrize("asks", [False, True])
def test_tab_goes_once_through_everything_with_a_message_at_the_top(look: Look, show: Show, asks: bool) -> None:
    host = QWidget()
    column = QVBoxLayout(host)
    banner, page = Banner(look=look), ReadyPage(look=look)
    for part in (banner, page):
        column.addWidget(part)
    host.resize(1160, 780)
    page.show_routine(replace(VIEW, sore=None if asks else False))
    banner.hide()
    show(host)
    banner.tell("No sound can be heard: there is no speaker or headphone ready.")
    page.show_routine(replace(VIEW, sore=None if asks else False, quiet=True))
    there = walked(host, page.start)
    assert {banner.close_button, page.back, page.options.guidance.quiet} <= set(there)
    assert (page.asking.no in there) is asks
    back = walked(host, page.start, Qt.Key.Key_Backtab)
    assert back[1:] == there[:0:-1]


def test_without_a_picture_the_words_that_ask_for_one_have_no_arrow_and_keep_to_one_line(page: ReadyPage) -> None:
    guidance = page.options.guidance
    none = PictureView(())
    page.show_routine(replace(VIEW, sounds=SOUNDS, picture=none))
    QApplication.processEvents()
    assert guidance.picture_row.mapTo(page, QPoint()).y() == guidance.partner_row.mapTo(page, QPoint()).y()
    asks = guidance.picture.sizeHint().width()
    page.show_routine(replace(VIEW, picture=PictureView((MenuOption("a", "Choose…"),), "a")))
    assert guidance.picture.sizeHint().width() - asks >= 20, "what opens a menu has its arrow"
