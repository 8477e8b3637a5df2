"""The library at the desk: routines listed, hidden, copied, taken in and thrown away, each with a way back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from guide.core.ago import first_line
from guide.core.kinds import Purpose
from guide.core.shown import sentence
from guide.dates import clock_words, long_day
from guide.language import _, screen
from guide.pages.routines.changes import Changes
from guide.pages.routines.page import LibraryPage
from guide.pages.routines.view import LibraryView, Owner, Thrown, Wanted, narrowed
from guide.standing import is_folder
from guide.store.log.log import LogSummary
from guide.store.routines.entry import Entry, Summary
from guide.store.settings import sore_today
from guide.tools import Tools

FIRST: Final = "hands-on-pumping"  # what the library offers before anything was played
A_MINUTE: Final = 60_000  # milliseconds
SETTLES: Final = 300  # milliseconds: a file is written before it is read
KEPT_FOR: Final = timedelta(days=30)


class RoutinesDesk(QObject):
    """
    `picked` carries a routine and whether Start was pressed already, `import_asked` the files, none to be asked.

    `unsaved_told` says that the page tells of a new routine that is not saved.
    """

    picked = Signal(Entry, bool)
    edit_asked = Signal(str)
    new_asked = Signal()
    along_asked = Signal(str)
    import_asked = Signal(list)
    waiting_asked = Signal()
    unsaved_asked = Signal()
    unsaved_told = Signal()

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._wanted: Wanted = None
        self._shows_hidden = False
        self._shows_deleted = False
        self._sought = ""
        self._shown: LibraryView | None = None
        self._watcher = QFileSystemWatcher(self)
        self._settles = QTimer(self)
        self._settles.setSingleShot(True)
        self._settles.setInterval(SETTLES)
        self._settles.timeout.connect(self._look_again)
        self._watcher.directoryChanged.connect(self._settles.start)
        self._watcher.fileChanged.connect(self._settles.start)
        self._minute = QTimer(self)
        self._minute.setInterval(A_MINUTE)
        self._minute.timeout.connect(self._go_on)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._go_on)  # a lid was closed meanwhile, for one
        self.changes = Changes(tools, parent=self)
        self.changes.changed.connect(self.refresh)
        after_the_toast = Qt.ConnectionType.QueuedConnection  # which gives the focus back to where it was
        self.changes.came_back.connect(self.lead_to, after_the_toast)
        self.changes.edit_asked.connect(self.edit_asked)
        tools.window.add_page("routines", self._make_page)

    def show(self, *, front: bool = False) -> None:
        self.refresh(front=front)
        if self._tools.window.here == "finish":
            self._page.hero.follow_a_session()
        self._tools.window.show_page("routines")
        if self._shown is not None and self._shown.unsaved:
            self._page.say_unsaved()
            self.unsaved_told.emit()
        self._minute.start()

    def come_back(self) -> None:
        """Show the library anew, with the focus on the card that led away from it."""
        self.show()
        self._page.come_back()

    def lead_to(self, routine_id: str) -> None:
        """Give the focus to the card of a routine; the words or the purpose that keep it from sight do so no more."""
        if not self._lists(routine_id):
            self._sought = ""
        if not self._lists(routine_id):
            self._wanted = None
        self.refresh()
        self._page.lead_to(routine_id)

    def _lists(self, routine_id: str) -> bool:
        if self._shown is None:
            return False
        shown = narrowed(self._shown._replace(sought=self._sought, wanted=self._wanted))
        return any(one.id == routine_id for one in shown)

    def seek_no_more(self) -> None:
        """What was looked for is found, or gone: the library is whole again the next time it is shown."""
        self._sought = ""

    def _look_again(self) -> None:
        """Somebody else, such as the command line, changed the folder of her routines."""
        if self._tools.window.here == "routines":
            self.refresh()

    def _watch(self) -> None:
        folder = self._tools.paths.own_routines
        watched = folder if is_folder(folder) else folder.parent
        if str(watched) not in self._watcher.directories():
            self._watcher.addPath(str(watched))

    def refresh(self, *, front: bool = False) -> None:
        tools = self._tools
        settings, now = tools.preferences.settings, tools.now()
        summaries = tools.library.summaries()
        last = tools.log.last_routine()
        known = {summary.id: summary for summary in summaries if summary.problem is None}
        counted = tools.log.summary(now)
        line, dots = self._line(counted, now)
        self._watch()
        self._show(
            LibraryView(
                line=line,
                goal_dots=dots,
                last=known.get(last or ""),
                begin_with=known.get(FIRST),
                summaries=summaries,
                wanted=self._wanted_still(summaries),
                sore=bool(sore_today(settings, now)),
                number_free=settings.number_free,
                hidden=frozenset(settings.hidden),
                with_hidden=self._shows_hidden,
                first_run=counted.last_began is None and not settings.first_hint_closed,
                sought=self._sought,
                thrown=self._thrown(now),
                with_thrown=self._shows_deleted,
                drafted=tools.unfinished,
                waiting=self._waiting(),
                unsaved=tools.refused().words,
            ),
            front=front,
        )

    def _show(self, view: LibraryView, *, front: bool = False) -> None:
        self._shown = view
        self._page.show_library(view, front=front)

    def _waiting(self) -> str:
        """The session that was cut off, where she left it for now."""
        found = None if self._tools.playing else self._tools.log.unfinished()
        if found is None:
            return ""
        return _("{routine} stopped at {time} and waits here until another session begins.").format(
            routine=self._tools.library.shown_name(found.routine_id, found.routine_name),
            time=clock_words(found.stopped),
        )

    def _line(self, counted: LogSummary, now: datetime) -> tuple[str, int | None]:
        """The first line, and how many dots stand in it."""
        settings = self._tools.preferences.settings
        if settings.number_free:
            return (_("Welcome back.") if counted.last_began else ""), None
        dots = counted.in_last_day if settings.daily_goal else None
        return first_line(counted.last_began, counted.in_last_day, now, screen()), dots

    def _go_on(self) -> None:
        """How long ago her last session was goes on while it can be seen."""
        if self._tools.window.here == "routines":
            now = self._tools.now()
            self._page.show_line(*self._line(self._tools.log.summary(now), now))
        else:
            self._minute.stop()

    def open(self, routine_id: str, *, start: bool = False) -> None:
        """Go on to Get ready, or tell what keeps the routine from being played."""
        try:
            entry, *others = self._tools.library.find_all(routine_id)
        except LookupError as error:
            self._tools.tell(sentence(str(error.args[0])))
            return
        if entry.routine is None:
            self._show_problems(entry)
            return
        self.picked.emit(entry, start)
        if others:  # a command line named it, by a name that several have
            from guide.store.routines.hints import which_of

            self._tools.window.toast.tell(which_of([entry, *others]))

    def _show_problems(self, entry: Entry) -> None:
        from guide.store.yaml.problem_words import told  # needed only when there is a problem

        lines = [told(problem) for problem in entry.problems]
        more = _("\n… and {count} more").format(count=len(lines) - 8) if len(lines) > 8 else ""
        self._tools.window.ask(
            _("{name} does not load yet").format(name=entry.name),
            "\n".join(lines[:8]) + more,
            [("later", _("Not now")), ("edit", _("Open it in the editor"))],
            lambda wish: self._edit(entry) if wish == "edit" else None,
        )

    def _edit(self, entry: Entry) -> None:
        """A file from elsewhere is taken in among her own first."""
        known = {each.path: each.id for each in self._tools.library.entries()}
        if entry.path in known:
            self.edit_asked.emit(known[entry.path])
        else:
            self.import_asked.emit([str(entry.path)])

    def show_new(self, routine_ids: Sequence[str] = ()) -> None:
        """Show what came in, or all there is after it went; a session that is going on stays on show."""
        self._wanted = Owner.HERS if self._wanted is Owner.HERS else None
        self._sought = ""
        if self._tools.playing:
            self.refresh()
            return
        self.show()
        if routine_ids:
            self._page.lead_to(routine_ids[0])

    def _choose_purpose(self, purpose: object) -> None:
        self._wanted = purpose if isinstance(purpose, Purpose | Owner) else None
        self.refresh()

    def _wanted_still(self, summaries: Sequence[Summary]) -> Wanted:
        """Her filter, or all where the last routine of her own has gone: an empty library looks like a loss."""
        if self._wanted is Owner.HERS and all(one.builtin for one in summaries):
            self._wanted = None
        return self._wanted

    def _seek(self, words: str) -> None:
        """Only what is shown of it changes: neither the files nor the log are read for a letter."""
        self._sought = words
        if self._shown is not None:
            self._show(self._shown._replace(sought=words))

    def _close_hint(self) -> None:
        self._tools.preferences.change(first_hint_closed=True)
        self.refresh()

    def _thrown(self, now: datetime) -> tuple[Thrown, ...]:
        """What was deleted in the last 30 days, the latest first."""
        found = []
        for undo in self._tools.library.deleted():
            when = deleted_at(undo.trashed.name, now)
            if when is not None and now - when <= KEPT_FOR:
                name = (read_name(undo.trashed) if self._shows_deleted else "") or undo.id
                found.append(Thrown(undo.trashed.name, name, deleted_words(when, now)))
        return tuple(found)

    def _show_deleted(self) -> None:
        self._shows_deleted = not self._shows_deleted
        self.refresh()

    def _show_hidden(self) -> None:
        self._shows_hidden = not self._shows_hidden
        self.refresh()

    @property
    def _page(self) -> LibraryPage:
        page = self._tools.window.page("routines")
        assert isinstance(page, LibraryPage)  # noqa: S101  made below
        return page

    def _make_page(self) -> LibraryPage:
        page = LibraryPage(look=self._tools.look)
        page.ready_asked.connect(self.open)
        page.start_asked.connect(lambda routine_id: self.open(routine_id, start=True))
        page.edit_asked.connect(self.edit_asked)
        page.duplicate_asked.connect(self.changes.duplicate)
        page.export_asked.connect(self.changes.export)
        page.hide_asked.connect(self.changes.hide)
        page.unhide_asked.connect(self.changes.unhide)
        page.delete_asked.connect(self.changes.delete)
        page.rename_asked.connect(self.changes.rename)
        page.reveal_asked.connect(self.changes.reveal)
        page.along_asked.connect(self.along_asked)
        page.problems_asked.connect(self.open)
        page.new_asked.connect(self.new_asked)
        page.import_asked.connect(lambda: self.import_asked.emit([]))
        page.purpose_chosen.connect(self._choose_purpose)
        page.show_hidden_asked.connect(self._show_hidden)
        page.show_deleted_asked.connect(self._show_deleted)
        page.give_back_asked.connect(self.changes.give_back)
        page.hint_closed.connect(self._close_hint)
        page.waiting_asked.connect(self.waiting_asked)
        page.unsaved_asked.connect(self.unsaved_asked)
        page.sought.connect(self._seek)
        return page


def deleted_words(when: datetime, now: datetime) -> str:
    """
    >>> noon = datetime(2026, 11, 22, 12)
    >>> [deleted_words(noon - timedelta(days=days), noon) for days in (0, 1, 8)]
    ['Deleted today, 12:00', 'Deleted yesterday, 12:00', 'Deleted on Sat 14 Nov, 12:00']
    """
    told = {0: _("Deleted today, {time}"), 1: _("Deleted yesterday, {time}")}
    words = told.get((now.date() - when.date()).days, _("Deleted on {day}, {time}"))
    return words.format(day=long_day(when.date(), now.date()), time=clock_words(when))


def deleted_at(name: str, now: datetime) -> datetime | None:
    """
    When a file in the trash was deleted, as its name says.

    >>> deleted_at("20260102-030405-000006--mine.yaml", datetime(2026, 1, 2))
    datetime.datetime(2026, 1, 2, 3, 4, 5)
    """
    try:
        return datetime.strptime(name[:15], "%Y%m%d-%H%M%S").replace(tzinfo=now.tzinfo)
    except ValueError:
        return None


def read_name(path: Path) -> str:
    from guide.store.routines.reader import read_file  # the first page lives on summaries

    routine = read_file(path).routine
    return routine.name if routine is not None else ""
