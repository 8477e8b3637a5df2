"""Without numbers: none about her milk, her time or her sessions stands anywhere from Routines to History."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtWidgets import QApplication

from guide.core.commands import Command
from guide.core.kinds import Kind
from guide.pages.finish.page import FinishPage
from guide.pages.history.page import HistoryPage
from looks.scenes import BEFORE, USUAL, Evening, evening, seen, welcome_back
from seeing import each_view
from walking import texts_of

# what stays: times of day, dates, the step's place, how many steps a routine has, the count of 20 seconds, and names
STAYS = re.compile(
    r"\d\d:\d\d|\b\d{1,2} (?:Feb|Mar|Nov)\b(?: 20\d\d)?|\bstep\s\d+\sof\s\d+|\b\d+ steps\b"
    r"|\b20 (?:s|seconds)\b|\b24 hours\b|\b\d+ percent\b|\bF11\b",
    re.IGNORECASE,
)
SPELT = re.compile(r"\bminutes?\b")


def numbers_on(one: Evening) -> set[str]:
    """What is painted, said to a screen reader or offered by a tooltip or menu, and has a number in it."""
    window = one.made.tools.window
    seen(one.application)
    told = {text for _, text in texts_of(window)}
    for view in each_view(window):
        told |= {text.words for text in view.texts}
    return {text for text in told if re.search(r"\d", STAYS.sub("", text)) or SPELT.search(text)}


def through_what_is_promised(one: Evening) -> Iterator[str]:
    tools, desk = one.made.tools, one.made.desk
    yield "Routines"
    one.get_ready(BEFORE)
    yield "Get ready"
    desk.history.show()
    history = tools.window.page("history")
    assert isinstance(history, HistoryPage)
    yield "History"
    history.show_all()
    yield "all sessions"
    history.records.search.setText("warm")
    history.records._searched()
    yield "those found"
    record = history.records.model.record(0)
    history.edit_asked.emit(record)
    yield "a session's sheet"
    assert tools.window.dialog is not None
    tools.window.dialog.leave()
    history.delete_asked.emit(record)
    yield "one deleted"
    history.note_asked.emit(tools.log.records(limit=1)[0])
    yield "the page after a session"
    one.play(BEFORE, Kind.MASSAGE, 6.2)
    yield "a session"
    tools.conductor.do(Command.PAUSE)
    yield "a pause"
    tools.conductor.do(Command.STOP)
    yield "the page after seconds of a session"
    finish = tools.window.page("finish")
    assert isinstance(finish, FinishPage)
    finish.not_now.click()
    yield "what was hardly begun, left out"
    welcome_back(one)
    yield "Welcome back"


def test_without_numbers_none_stands_on_any_page(qapp: QApplication) -> None:
    with evening(qapp, number_free=True, daily_goal=8, voice_on=False) as one:
        one.made.tools.window.resize(USUAL)
        found = {place: told for place in through_what_is_promised(one) if (told := numbers_on(one))}
    assert not found
