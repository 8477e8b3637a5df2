"""Through the whole window of one start: every page, state, dialog and sheet, and every text that is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from guide.core.commands import Command
from guide.core.kinds import Comfort
from guide.core.routine import Kind
from guide.hear.meaning import Meaning
from guide.kit.charts import Chart
from guide.pages.editor.page import EditorPage
from guide.pages.history.page import HistoryPage
from guide.pages.routines.page import LibraryPage
from guide.store.settings import SoreCheck

if TYPE_CHECKING:
    from looks.scenes import Evening

LONG_ROUTINE = "hands-on-pumping"
BROKEN = "name: Broken\nsteps:\n  - {kind: massage, duration: 5}\n  - {kind: pmup}\n"
OTHERS = "Date;Left (oz);Right (oz);Mood\n2026-03-01 08:10;2.5;2;good\n2026-03-02 09:10;2.5;3;so so\n??;1;1;\n"
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
_UNITS = r"min|mL|fl oz|oz|s|h|MB|mmHg"
_KEYS = r"Ctrl|Alt|Shift|Esc|Enter|Space|Tab|Home|End|Del|Ins|F\d+|[A-Z]"
_NAMES = r"Pumping Guide|CSV|JSON|YAML|PDF|PNG|MP3|HTML|FLAC|WAV|OGG|ZIP|English|Deutsch|Español|A4"
# words of the routine format, which every language writes alike
_FORMAT = (
    r"\{side\}|\{level\}|earliest|say|steps(?:\[\d+\])?|kind|duration|name|wait|milk slows"
    r"|massage|stroke|shake|knead|pump|compress|express|rest"
)
_KNOWN = re.compile(rf"(?<![A-Za-z])(?:{_UNITS}|{_KEYS}|{_NAMES}|{_FORMAT})(?![A-Za-z])|<[^<>]*>|&\w+;")


def plain_letters(text: str) -> str:
    """
    The text, where letters stand in it that en-XA has none of: what was never marked for translation.

    >>> plain_letters("[Ŕéšţ ~] · 5 min"), plain_letters("[Ļéƒţ: Rest ~]"), plain_letters("Pump")
    ('', '[Ļéƒţ: Rest ~]', 'Pump')
    """
    return text if re.search("[A-Za-z]{2}", _KNOWN.sub("", text)) else ""


# every text


def texts_of(root: QWidget) -> Iterator[tuple[str, str]]:
    """Each text that is drawn, told to a screen reader, or offered by a tooltip or a menu, with who has it."""
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isHidden() or not widget.isVisibleTo(root):
            continue
        who = type(widget).__name__
        for name in ("accessibleName", "accessibleDescription", "toolTip", "text", "placeholderText", "windowTitle"):
            told = getattr(widget, name, None)
            text = told() if callable(told) else ""
            if isinstance(text, str) and text:
                yield who, text
        if isinstance(widget, QAbstractItemView):
            yield from ((who, text) for text in _items(widget))
        for menu in _menus(widget):
            yield from ((f"menu of {who}", text) for text in _rows(menu))


def _items(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    columns = model.columnCount() if "Table" in type(model).__name__ else 1
    for row in range(min(model.rowCount(), 30)):
        for column in range(columns):
            told = (model.data(model.index(row, column), role) for role in ROLES)
            yield from (text for text in told if isinstance(text, str) and text)
    heads = (model.headerData(column, Qt.Orientation.Horizontal) for column in range(columns))
    yield from (text for text in heads if isinstance(text, str))


def _menus(widget: QWidget) -> Iterator[QMenu]:
    found = getattr(widget, "menu", None)
    if isinstance(widget, QMenu):
        return
    if isinstance(found, QMenu):
        yield found
    elif callable(found) and type(widget).__module__.startswith("guide"):
        made = found()
        if isinstance(made, QMenu):
            yield made


def _rows(menu: QMenu) -> Iterator[str]:
    for action in menu.actions():
        yield action.text()
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _rows(inner)


# every place


def through_the_pages(one: Evening) -> Iterator[str]:
    """Go from page to page, and say the name of each as soon as it is there."""
    desk, window = one.made.desk, one.made.tools.window
    yield "library"
    library = window.page("routines")
    assert isinstance(library, LibraryPage)
    library.listed.open_search()
    library.listed.search.setText("nothing is called this 77")
    yield "library, nothing found"
    library.listed.close_search()
    (one.paths.own_routines).mkdir(parents=True, exist_ok=True)
    (one.paths.own_routines / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    desk.go_to("routines")
    yield "library, with a routine that does not load"
    desk.routines.open("broken")
    yield from _asked(one, "a routine that does not load")
    one.made.tools.preferences.change(sore_check=SoreCheck(one.wall.date() - timedelta(days=1), sore=False))
    one.get_ready(LONG_ROUTINE)
    yield "get ready, asked whether anything is sore"
    one.made.tools.preferences.change(sore_check=SoreCheck(one.wall.date(), sore=True))
    one.get_ready(LONG_ROUTINE)
    yield "get ready, sore"
    desk.along.open(one.made.tools.library.entry(LONG_ROUTINE))
    yield from _asked(one, "take it along")
    desk.history.show()
    yield "history"
    for chart in window.page("history").findChildren(Chart):
        chart.table_asked.emit()
    yield "history as tables"
    history = window.page("history")
    assert isinstance(history, HistoryPage)
    history.show_all()
    yield "all sessions"
    desk.history.add()
    yield from _asked(one, "add a session")
    desk.history.edit(one.made.tools.log.records(limit=1)[0])
    yield from _asked(one, "change a session")
    brought = one.paths.data / "others.csv"
    brought.write_text(OTHERS, encoding="utf-8")
    desk.bringing.look_at([str(brought), str(one.paths.own_routines / "broken.yaml")])
    yield from _asked(one, "import")
    desk.settings.show()
    yield "settings"
    desk.settings._erase()
    yield from _asked(one, "erase everything")
    desk.voices.show()
    yield "voices"
    desk.voices.studio.open(LONG_ROUTINE, "", fallback="")
    yield "record a voice"
    desk.voices.studio._name("Robin")
    yield "record a voice, ready"
    desk.voices.studio.leave()
    desk.words.show()
    yield "her words"
    desk.words.teach(Meaning.NEXT)
    yield from _asked(one, "teach a word")
    desk.words.leave()
    desk.speech.show()
    yield "language"


def through_learn(one: Evening, pages: Iterable[str]) -> Iterator[str]:
    for page in pages:
        one.made.desk.learning.show(page)
        yield f"learn, {page}"


def through_the_editor(one: Evening) -> Iterator[str]:
    desk = one.made.desk
    desk.editing.new()
    yield from _asked(one, "new routine")
    desk.editing.edit(LONG_ROUTINE)
    page = one.made.tools.window.page("editor")
    assert isinstance(page, EditorPage)
    yield "editor, about the routine"
    for place in range(3):
        page.panes.steps.view.choose([(place,)])
        yield f"editor, step {place + 1}"
    page.panes.show_tab("yaml")
    view = page.panes.text_view()
    view.finding.open()
    view.find_bar.field.setText("say")
    yield "editor, as text"
    view.pane.setPlainText(BROKEN)
    page.flush()
    yield "editor, as text with problems"
    view.marks.go_to_next()
    view.offers.complete()
    yield "editor, words offered"
    page.panes.show_tab("steps")
    yield "editor, steps with problems"


def through_a_session(one: Evening) -> Iterator[str]:
    conductor = one.made.tools.conductor
    one.play(LONG_ROUTINE, Kind.MASSAGE, 36)
    yield "massage"
    conductor.do(Command.NEXT)
    one.pass_time(20)
    yield "pump off"
    one.made.tools.window.closing()
    yield from _asked(one, "finish here?")
    conductor.do(Command.PAUSE)
    yield "paused"
    conductor.do(Command.RESUME)
    conductor.do(Command.IT_HURTS)
    yield "it hurts"
    conductor.do(Command.RESUME)
    one.pass_time(400)
    yield "later"
    conductor.do(Command.STOP)
    yield "finish"
    records = one.made.tools.log.records(limit=1)
    one.made.tools.log.edit(records[0].id, comfort=Comfort.PAINFUL)
    one.made.desk.finish.show(one.made.tools.log.records(limit=1)[0])
    yield "finish, painful"
    one.made.desk.go_to("routines")


def _asked(one: Evening, name: str) -> Iterator[str]:
    dialog = one.made.tools.window.dialog
    assert dialog is not None, name
    yield name
    dialog.leave()
