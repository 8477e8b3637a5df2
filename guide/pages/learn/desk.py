"""Learn at the desk: its pages, and the way back to where they were opened from."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from guide.core.commands import Command
from guide.core.shown import sentence
from guide.kit.markdown import LearnText, page_of
from guide.language import N_, _, spoken, translated
from guide.pages.learn.cards import Cards
from guide.pages.learn.page import LearnPage, Way
from guide.store.routines.entry import Entry, stamp_of
from guide.store.routines.reader import read_file
from guide.tools import Tools

FOLDER: Final = Path(__file__).parents[2] / "learn"  # in English; other languages in folders of it
BACK: Final = N_("Back")
# pages without the names of pages above them: from these, Learn is a look aside
ASIDE: Final = MappingProxyType(
    {
        "session": N_("Back to your session"),
        "ready": N_("Back to Get ready"),
        "finish": N_("Back to your notes"),
        "editor": N_("Back to the editor"),
    }
)


class LearningDesk(QObject):
    """`back_asked` carries the name of the page Learn was opened from."""

    routine_asked = Signal(Entry)
    back_asked = Signal(str)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._from = ""
        self._left_by: tuple[str, Way] = ("", ())  # the link that opened a routine, and where Learn was opened from
        self._waits = True  # her choice for the session that is under way
        self._listens = False
        self.cards = Cards(tools, self._find, parent=self)
        tools.window.add_page("learn", self._make_page)

    @property
    def aside(self) -> bool:
        """Whether Learn is on show as a look aside, with one way out: back."""
        return self._tools.window.here == "learn" and self._from in ASIDE

    def show(self, page_id: str | None = None, from_page: str | None = None) -> None:
        """
        Open Learn, where it was left or at a page; `from_page` is where Back leads.

        A session that is running is paused meanwhile, unless she chose in this session that it goes on.
        """
        tools, page = self._tools, self._page
        if from_page != "learn":
            self._from = from_page or ""
        waits: bool | None = None
        if self._from == "session" and tools.playing:
            self._listen()
            if not tools.conductor.paused:
                waits = self._waits
                if waits:
                    tools.conductor.do(Command.PAUSE)
        wanted = page_id or page.here or next(iter(texts()))
        page.open_page(wanted)
        if from_page != "learn":
            label = _(ASIDE.get(self._from, BACK)) if self._from else None
            page.show_back(label, waits=waits)
        self._come_forward()

    def come_back(self) -> None:
        """From a routine that a link opened, to that link."""
        page = self._page
        self._from, way = self._left_by
        page.show_back(_(ASIDE.get(self._from, BACK)) if self._from else None)
        self._come_forward()
        page.go_back_along(way)

    def _come_forward(self) -> None:
        self._tools.window.show_page("learn")
        if self._from in ASIDE:
            self._tools.window.nav.hide()

    # the page

    @property
    def _page(self) -> LearnPage:
        page = self._tools.window.page("learn")
        assert isinstance(page, LearnPage)  # noqa: S101  made below
        return page

    def _make_page(self) -> LearnPage:
        page = LearnPage(self._tools.look)
        page.show_pages(list(texts().values()))
        page.page_asked.connect(page.open_page)
        page.routine_asked.connect(self._ask_for_routine)
        page.copy_asked.connect(self._copy)
        page.back_asked.connect(self._go_back)
        page.pause_choice.connect(self._choose_waiting)
        return page

    def _go_back(self) -> None:
        if self._from and (self._from != "session" or self._tools.playing):
            self.back_asked.emit(self._from)

    def _choose_waiting(self, waits: bool) -> None:
        self._waits = waits
        conductor = self._tools.conductor
        if waits and not conductor.paused:
            conductor.do(Command.PAUSE)
        elif not waits and conductor.paused:
            conductor.do(Command.RESUME)

    def _listen(self) -> None:
        """Hear what becomes of the session; there is none to hear of before Learn is first opened from one."""
        if not self._listens:
            self._listens = True
            self._tools.conductor.changed.connect(self._show_waiting)
            self._tools.conductor.finished.connect(self._forget_choice)

    def _show_waiting(self) -> None:
        """A session may pause by itself while she reads, after a closed lid for one."""
        if self.aside and self._from == "session":
            self._page.show_waiting(waits=self._tools.conductor.paused)

    def _forget_choice(self) -> None:
        self._waits = True

    def _copy(self, address: str) -> None:
        QGuiApplication.clipboard().setText(address)
        self._tools.window.toast.tell(_("Address copied"))

    def _ask_for_routine(self, routine_id: str) -> None:
        if self._tools.playing:
            self._tools.window.toast.tell(
                _("Your session is still here. Another one can begin after it."),
                action=_("Back to it"),
                on_action=self._go_back,
            )
            return
        entry = self._find(routine_id)
        if entry is not None:
            # what was got ready when Learn was opened is not any more
            self._left_by = ("" if self._from == "ready" else self._from, self._page.way)
            self.routine_asked.emit(entry)

    def _find(self, routine_id: str) -> Entry | None:
        """A routine that can be played, from Learn or the library; tells what keeps it from that."""
        try:
            entry = learn_routine(routine_id) or self._tools.library.find(routine_id)
        except LookupError as error:
            self._tools.tell(sentence(str(error.args[0])))
            return None
        if entry.routine is None:
            self._tools.tell(_("{name} does not load yet; the editor shows why.").format(name=entry.name))
            return None
        return entry


def texts() -> dict[str, LearnText]:
    """Every page of Learn by its id, in the order of the contents, in the language of the screen."""
    return _texts(spoken())


@cache
def _texts(language: str) -> dict[str, LearnText]:
    files = [translated(file, language) for file in sorted(FOLDER.glob("*.md"))]
    pages = [page_of(file.stem.split("-", 1)[1], file.read_text(encoding="utf-8")) for file in files]
    return {page.id: page for page in pages}


def learn_routine(routine_id: str) -> Entry | None:
    """A routine that belongs to Learn and is not in the library."""
    path = FOLDER / "routines" / f"{routine_id}.yaml"
    if routine_id not in {file.stem for file in path.parent.glob("*.yaml")}:
        return None
    path = translated(path, spoken())
    reading = read_file(path)
    name = reading.routine.name if reading.routine else routine_id
    return Entry(
        routine_id,
        path,
        builtin=True,
        name=name,
        routine=reading.routine,
        problems=reading.problems,
        warnings=reading.warnings,
        modified=stamp_of(path),
    )
