"""History at the desk: what the page shows is read from the log, and every change has its way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any, Final, TypedDict, cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from guide.core.days import LastDay, dial
from guide.core.duration import DAY
from guide.core.kinds import Comfort
from guide.core.record import OfRoutine, Record, is_of_today
from guide.core.routine import Purpose
from guide.language import _, screen
from guide.live.nudge import Nudge, nudge_wishes
from guide.pages.history.form import SessionForm
from guide.pages.history.form_dialog import DELETE, SAVE, FormDialog
from guide.pages.history.named import Named
from guide.pages.history.page import HistoryPage
from guide.pages.history.records_model import Filter
from guide.pages.history.sessions import MOST_ROWS
from guide.pages.history.view import Compared, DaysSpan, HistoryView, PairChoice, choices, side_by_side, trend
from guide.pages.history.words import name_of, when_words
from guide.store.log.log import Log, Noted
from guide.store.settings import Settings
from guide.tools import Tools
from guide.tray import Tray

COMPARED: Final = 400  # of each routine, the newest noted sessions; more would compare years rather than routines
MINUTE: Final = timedelta(minutes=1)
MILLISECOND: Final = timedelta(milliseconds=1)
MICROSECOND: Final = timedelta(microseconds=1)  # the finest that the log keeps


class _Asked(TypedDict):
    routine: OfRoutine | None
    purpose: Purpose | None
    search: str


class LogSource:
    """The log, as the full list reads it; `shown` gives a record as it is shown."""

    def __init__(self, log: Log, named: Named, shown: Callable[[Record], Record]) -> None:
        self._log = log
        self._named = named
        self._shown = shown

    def count(self, wanted: Filter) -> int:
        return self._log.count(**self._asked(wanted))

    def records(self, wanted: Filter, limit: int, offset: int) -> list[Record]:
        found = self._log.records(**self._asked(wanted), limit=limit, offset=offset)
        return [self._shown(record) for record in found]

    def row(self, wanted: Filter, record: Record) -> int | None:
        asked, later = self._asked(wanted), record.began + MICROSECOND
        same = [one.id for one in self._log.records(**asked, since=record.began, until=later)]
        return self._log.count(**asked, since=later) + same.index(record.id) if record.id in same else None

    def _asked(self, wanted: Filter) -> _Asked:
        routine = None if wanted.routine is None else self._named.sessions(wanted.routine)
        return _Asked(routine=routine, purpose=wanted.purpose, search=wanted.search)


class HistoryDesk(QObject):
    """`note_asked` carries a record whose finish page she would like to see again."""

    note_asked = Signal(Record)
    routines_asked = Signal()
    import_asked = Signal()

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._span = DaysSpan.WEEKS
        self._pair: tuple[str, str] | None = None
        self._named = Named(shown=tools.library.shown_name)
        self._deleted: list[int] = []  # the newest last
        self._minute = QTimer(self)
        self._minute.setSingleShot(True)
        self._minute.timeout.connect(self._go_on)
        self.tray = Tray(tools, parent=self)
        self.nudge = Nudge(
            now=tools.now,
            last_start=lambda: tools.log.summary(tools.now()).last_began,
            busy=lambda: tools.conductor.playing,
            parent=self,
        )
        self.nudge.due.connect(self.tray.tell)
        self.tray.pressed.connect(tools.window.come_forward)
        tools.window.add_page("history", self._make_page)

    # the page

    def show(self) -> None:
        self.refresh()
        page = self._page
        if page.shows_all:
            page.show_overview()
        self._tools.window.show_page("history")
        self._offer_earlier()
        self._wait_a_minute()

    def refresh(self) -> None:
        """Read what is shown, and no more than that."""
        tools = self._tools
        log, now, settings = tools.log, tools.now(), tools.preferences.settings
        library = tools.library
        self._named = named = Named(log.routines(), library.ids_by_name, library.shown_name)
        today = now.date()
        routines = choices([(key, named.called(named.id(key), name), number) for key, name, number in named.all()])
        self._page.show_history(
            HistoryView(
                now=now,
                dial=self._dial(),
                total=sum(one.sessions for one in routines),
                latest=tuple(map(self._shown, log.records(limit=MOST_ROWS))),
                span=self._span,
                trend=trend(
                    log.days(self._span.since(today), today),
                    [
                        replace(
                            one,
                            routine_id=named.key(one.routine_id, one.routine_name),
                            routine_name=named.called(one.routine_id, one.routine_name),
                        )
                        for one in log.routine_days(self._span.routines_since(today), today)
                    ],
                    self._span,
                    today,
                ),
                routines=routines,
                compared=self._compared(routines),
                units="oz" if settings.units.value == "oz" else "ml",
                number_free=settings.number_free,
            ),
            LogSource(log, named, self._shown),
        )

    def _shown(self, record: Record) -> Record:
        """A record with the name of its routine in the language of the screen."""
        name = self._named.called(record.routine_id, record.routine_name)
        return record if name == record.routine_name else replace(record, routine_name=name)

    def _dial(self) -> LastDay:
        now = self._tools.now()
        return dial([self._shown(one) for one in self._tools.log.records(since=now - DAY)], now, screen())

    def _compared(self, routines: tuple[PairChoice, ...]) -> Compared | None:
        """The two she chose, or the two she uses most among those with volumes."""
        known = {one.id: one for one in routines}
        if self._pair is not None and all(one in known for one in self._pair):
            return self._side_by_side(*(known[one] for one in self._pair))
        named = [one for one in routines if one.id]
        if len(named) < 2:
            return None
        measured = (one for one in named if self._volumes(one, 1))
        first, second, *_rest = dict.fromkeys((*islice(measured, 2), *named))
        found = self._side_by_side(first, second)
        swapped = found.comparison.difference is not None and found.comparison.difference < 0
        return self._side_by_side(second, first) if swapped else found

    def _side_by_side(self, first: PairChoice, second: PairChoice) -> Compared:
        volumes, others = (self._volumes(one, COMPARED) for one in (first, second))
        return side_by_side(first, second, volumes, others, limit=COMPARED)

    def _volumes(self, routine: PairChoice, limit: int) -> list[tuple[datetime, float]]:
        return self._tools.log.volumes(self._named.sessions(routine.id), limit=limit)

    def _wait_a_minute(self) -> None:
        now = self._tools.now()
        left = MINUTE - timedelta(seconds=now.second, microseconds=now.microsecond)
        self._minute.start(-(-left // MILLISECOND))

    def _go_on(self) -> None:
        """The bead on the dial goes on while it can be seen; at midnight today's sessions are yesterday's."""
        if self._tools.window.here == "history":
            now = self._tools.now()
            if now.date() != self._page.view.now.date():
                self.refresh()
            else:
                self._page.show_dial(self._dial(), now)
            self._wait_a_minute()

    def _see_span(self, span: object) -> None:
        if isinstance(span, DaysSpan):
            self._span = span
            self.refresh()

    def _see_pair(self, first: str, second: str) -> None:
        self._pair = (first, second)
        self.refresh()

    # changes

    def edit(self, record: Record) -> None:
        """Open a session for changes."""
        fresh = self._tools.log.record(record.id)
        if fresh is not None:
            self._open_form(self._shown(fresh), _("A session"))

    def add(self) -> None:
        """Open an unwritten one, for a session done away from the program."""
        self._open_form(None, _("Add a session"))

    def _open_form(self, record: Record | None, title: str, typed: Sequence[object] = ()) -> None:
        tools, settings = self._tools, self._tools.preferences.settings
        named = [(one.id, one.name) for one in tools.library.summaries() if one.problem is None]
        shown = tools.library.shown_name
        logged = [(key, shown(key, name)) for key, name, _ in tools.log.routines() if key and key not in dict(named)]
        form = SessionForm(
            look=tools.look,
            now=tools.now,
            routines=[*named, *logged],
            record=record,
            ounces=settings.units.value == "oz",
            number_free=settings.number_free,
        )
        if typed:
            form.retype(typed)
        dialog = FormDialog(tools.window.body, form, look=tools.look, title=title, can_delete=record is not None)

        def answered(wish: object) -> None:
            if wish == SAVE:
                self._keep(record, dialog)
            elif wish == DELETE and record is not None:
                self.delete(record)
            elif (left := dialog.left) is not None:
                again = partial(self._open_form, record, title, left)
                tools.window.toast.tell(_("Left unsaved"), action=_("Go on writing"), undo=again)

        tools.window.open_dialog(dialog, answered)

    def _keep(self, record: Record | None, dialog: FormDialog) -> None:
        tools, noted, kept = self._tools, cast("Noted", dialog.noted or {}), record
        if record is None:
            added = kept = tools.log.add_by_hand(**noted)
            tools.window.toast.tell(_("Added"), undo=lambda: self._take_out(added))
        elif noted:
            before = cast("Noted", {field: getattr(record, field) for field in noted})
            kept = tools.log.edit(record.id, **noted)
            tools.window.toast.tell(_("Saved"), undo=lambda: self._put_back(record.id, before))
        if kept is not None and noted.get("comfort") is Comfort.PAINFUL and is_of_today(kept, tools.now()):
            tools.preferences.ask_again()
        self._changed()
        if record is None and kept is not None and tools.window.here == "history":
            self._page.go_to(kept)

    def _put_back(self, record_id: int, before: Noted) -> None:
        self._tools.log.edit(record_id, **before)
        self._changed()

    def _take_out(self, record: Record) -> None:
        self._tools.log.delete(record.id)
        self._changed()

    def delete(self, record: Record) -> None:
        """Take a session out; the toast brings it back, and so does its key as long as the program runs."""
        self._deleted.append(record.id)
        self._take_out(record)
        told = _("{name} is deleted").format(name=self._called(record))
        self._tools.window.toast.tell(told, undo=self._restore, stays=True)

    def _restore(self) -> Record | None:
        """Bring the last one back that was deleted; none where *Delete everything* took it."""
        back = self._tools.log.restore(self._deleted.pop())
        self._changed()
        return back

    def _restore_earlier(self) -> None:
        back = self._restore()
        if back is not None:
            self._tools.window.toast.tell(_("{name} is back").format(name=self._called(back)))

    def _called(self, record: Record) -> str:
        return f"{when_words(record.began, self._tools.now())} · {name_of(self._shown(record))}"

    def _offer_earlier(self) -> None:
        self._tools.window.toast.undo_earlier(self._restore_earlier if self._deleted else None)

    def _changed(self) -> None:
        if self._tools.window.here == "history":
            self.refresh()
            self._offer_earlier()
        self.nudge.renew()

    # the nudge

    def begin_nudging(self) -> None:
        """From now on, and until she asks no more: one notice when the time she set has passed."""
        tools = self._tools
        tools.preferences.changed.connect(self._take_wishes)
        tools.conductor.finished.connect(self._after_session)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._woken)
        self._take_wishes(tools.preferences.settings)

    def _take_wishes(self, settings: Settings) -> None:
        self.tray.keep(wanted=settings.nudge_on)
        self.nudge.wish(nudge_wishes(settings))
        if self._tools.window.here == "history":
            self.refresh()

    def _after_session(self, _: Any) -> None:
        QTimer.singleShot(0, self, self.nudge.renew)  # once the log has it

    def _woken(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self.nudge.renew()
            if self._tools.window.here == "history":
                if self._page.shows_all:
                    self._go_on()
                else:  # a terminal may have played or imported meanwhile
                    self.refresh()
                    self._wait_a_minute()

    @property
    def _page(self) -> HistoryPage:
        page = self._tools.window.page("history")
        assert isinstance(page, HistoryPage)  # noqa: S101  made below
        return page

    def _make_page(self) -> HistoryPage:
        page = HistoryPage(self._tools.look)
        page.span_chosen.connect(self._see_span)
        page.compare_asked.connect(self._see_pair)
        page.edit_asked.connect(self.edit)
        page.add_asked.connect(self.add)
        page.delete_asked.connect(self.delete)
        page.note_asked.connect(self.note_asked)
        page.routines_asked.connect(self.routines_asked)
        page.import_asked.connect(self.import_asked)
        return page
