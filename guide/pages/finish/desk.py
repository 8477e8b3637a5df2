"""Finish: what a session was, and what she notes about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, cast

from PySide6.QtCore import QObject, Signal

from guide.core.kinds import Comfort
from guide.core.record import Record, StepRecord, hardly_begun, is_of_today
from guide.core.routine import Purpose
from guide.core.session import Finished
from guide.core.usual import usual_range, usual_words
from guide.language import _, marks, screen
from guide.pages.finish.page import FinishPage
from guide.pages.finish.view import FinishView, Unread
from guide.store.log.log import Noted
from guide.store.settings import Units
from guide.store.zone import clock_after
from guide.tools import Tools

HOUR: Final = timedelta(hours=1)


def from_goal(count: int) -> timedelta:
    """
    From one start to the next, in half hours.

    >>> from_goal(8) / HOUR, from_goal(7) / HOUR, from_goal(24) / HOUR
    (3.0, 3.5, 1.0)
    """
    return max(round(timedelta(days=1) / count / (HOUR / 2)), 2) * (HOUR / 2)


class FinishDesk(QObject):
    """
    `over` says that she is done and goes home, `back_asked` that the session was not meant to end.

    One that was hardly begun, and of which she notes nothing, is out of the log again with Not now.
    """

    over = Signal()
    back_asked = Signal()
    learn_asked = Signal(str)
    keep_asked = Signal(object)
    edit_asked = Signal(str)
    kept = Signal()

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._record: Record | None = None
        self._slip = False  # hardly begun, and nothing noted yet
        self._copies: dict[tuple[StepRecord, ...], str] = {}  # what the steps of a session were kept as
        tools.window.add_page("finish", self._make_page, bare=True, keys_below=True, keeps_still=True)
        tools.again.tried.connect(self._tried_again)

    @property
    def _page(self) -> FinishPage:
        page = self._tools.window.page("finish")
        assert isinstance(page, FinishPage)  # noqa: S101  made below
        return page

    def _make_page(self) -> FinishPage:
        page = FinishPage(look=self._tools.look)
        page.noted.connect(self._noted)
        page.saved.connect(self._save)
        page.later.connect(self._later)
        page.back_asked.connect(self.back_asked)
        page.learn_asked.connect(self.learn_asked)
        page.keep_asked.connect(self._keep)
        page.reminder_toggled.connect(self._remind)
        return page

    def show(self, record: Record | None, session: Finished | None = None, *, slips: bool = False) -> None:
        """
        Show a session; without a record of it, which a full disk may keep from being read, what `session` knows.

        It `slips` where it has just ended and nobody chose to save it.
        """
        self._record = record
        log = self._tools.log
        self._slip = slips and not log.why_lost and record is not None and hardly_begun(record)
        settings = self._tools.preferences.settings
        steps = record.steps if record else ()
        self._page.show_finish(
            FinishView(
                lasted=record.lasted if record else session.at if session else timedelta(0),
                complete=record.complete if record else bool(session and session.complete),
                segments=tuple((step.kind, step.lasted.total_seconds()) for step in steps),
                purpose=record.purpose if record else None,
                units=settings.units.value,
                number_free=settings.number_free,
                left_ml=record.left_ml if record else None,
                right_ml=record.right_ml if record else None,
                comfort=record.comfort if record else None,
                meant_for=record.meant_for if record else "",
                note=record.note if record else "",
                usual=self._usual(record),
                remind_at=self._remind_at(record),
                reminds=settings.nudge_on,
                hardly_begun=self._slip,
                goes_back=session is not None and session.left is not None,
                learned_keys=frozenset(key for keys in settings.learned_keys.values() for key in keys),
                kept=bool(self._copy()),
                unsaved=log.trouble is not None,
                lost=log.why_lost,
            )
        )
        self._tools.window.show_page("finish")

    def _tried_again(self) -> None:
        if self._tools.window.here == "finish":
            self._page.show_unsaved(self._tools.log.trouble is not None)

    def _save(self) -> None:
        log, record = self._tools.log, self._record
        self.over.emit()
        if record is not None and log.trouble is None and not log.why_lost:
            self._tools.window.toast.mention(_("Session saved"))

    def _later(self) -> None:
        log, record = self._tools.log, self._record
        unread = self._page.volumes.unread
        slip = record if self._slip else None
        if slip is not None:
            log.delete(slip.id)
        self.over.emit()
        left_out = _("It had hardly begun, so it is left out of your history.") if slip is not None else ""
        if unread:
            self._tell_of_unread(record, unread, left_out)
        elif slip is not None:

            def keep_it() -> None:
                log.restore(slip.id)
                self.kept.emit()

            self._tools.window.toast.tell(left_out, action=_("Keep it"), undo=keep_it)

    def _tell_of_unread(self, record: Record | None, unread: tuple[Unread, ...], left_out: str) -> None:
        """An amount that does not read is not noted: say so once, with a way back to what she typed."""

        def go_back() -> None:
            if record is not None and left_out:
                self._tools.log.restore(record.id)
            self.show(record, slips=bool(left_out))
            self._page.volumes.type_again(unread)

        told = [
            _("{side}: “{typed}” is not noted. {why}").format(side=one.side, typed=one.typed, why=one.why)
            for one in unread
        ]
        words = " ".join([*told, left_out] if left_out else told)
        self._tools.window.toast.tell(words, action=_("Back to it"), on_action=go_back)

    def _noted(self, field: str, value: object) -> None:
        if self._record is None:
            return
        self._slip = False
        if field == "purpose" and isinstance(value, Purpose):
            self._tools.preferences.change(purpose=value)
        noted = cast("Noted", {field: value})  # the page speaks of fields of a record
        self._record = self._tools.log.save_note(self._record.id, **noted) or self._record
        self._page.show_unsaved(self._tools.log.trouble is not None)
        if value is Comfort.PAINFUL and is_of_today(self._record, self._tools.now()):
            self._tools.preferences.ask_again()

    def _usual(self, record: Record | None) -> str:
        """Her last volumes of this purpose, this session left out; nothing to reach."""
        if record is None or record.purpose is None:
            return ""
        tools = self._tools
        before = [one for one in tools.log.records(limit=100) if one.id != record.id]
        found = usual_range(before, record.purpose)
        if found is None:
            return ""
        ounces = tools.preferences.settings.units is Units.OZ
        return usual_words(*found, ounces=ounces, words=screen(), marks=marks())

    def _every(self) -> timedelta | None:
        """From start to start: as she set it for the reminder, or as her own goal shares out a day."""
        settings = self._tools.preferences.settings
        if settings.nudge_on:
            return settings.nudge_hours * HOUR
        return from_goal(settings.daily_goal) if settings.daily_goal else None

    def _remind_at(self, record: Record | None) -> str:
        every, now = self._every(), self._tools.now()
        if every is None or record is None or record.began + every <= now:
            return ""
        return f"{clock_after(record.began, every):%H:%M}"

    def _remind(self, on: bool) -> None:
        every = self._every()
        if on and every is not None:
            self._tools.preferences.change(nudge_on=True, nudge_hours=every / HOUR)
        else:
            self._tools.preferences.change(nudge_on=False)

    def _keep(self) -> None:
        copy = self._copy()
        if copy:
            self.edit_asked.emit(copy)
        elif self._record is not None:
            self.keep_asked.emit(self._record)

    def show_kept(self, routine_id: str) -> None:
        """The session shown was made a routine, or with "" it no longer is one."""
        if self._record is not None:
            self._copies[self._record.steps] = routine_id
            self._page.show_kept(bool(routine_id))

    def _copy(self) -> str:
        """The routine this session was kept as, while it is there; or ""."""
        copy = self._copies.get(self._record.steps, "") if self._record else ""
        try:
            return self._tools.library.entry(copy).id if copy else ""
        except LookupError:
            return ""
