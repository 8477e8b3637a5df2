"""Finish: what a session was, and what she notes about it."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from PySide6.QtCore import QObject, Signal

from guide.core.record import Record
from guide.core.routine import Purpose
from guide.core.session import Finished
from guide.pages.finish.page import FinishPage
from guide.pages.finish.view import FinishView
from guide.store.log.log import Noted
from guide.tools import Tools


class FinishDesk(QObject):
    """`over` says that she is done and goes home."""

    over = Signal()
    learn_asked = Signal(str)
    keep_asked = Signal(object)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._record: Record | None = None
        tools.window.add_page("finish", self._make_page, bare=True)

    @property
    def _page(self) -> FinishPage:
        page = self._tools.window.page("finish")
        assert isinstance(page, FinishPage)  # noqa: S101  made below
        return page

    def _make_page(self) -> FinishPage:
        page = FinishPage(look=self._tools.look)
        page.noted.connect(self._noted)
        page.saved.connect(self.over)
        page.later.connect(self.over)
        page.learn_asked.connect(self.learn_asked)
        page.keep_asked.connect(self._keep)
        return page

    def show(self, record: Record | None, session: Finished | None = None) -> None:
        """Show a session; without a record of it, which a full disk may keep from being read, what `session` knows."""
        self._record = record
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
            )
        )
        self._tools.window.show_page("finish")

    def _noted(self, field: str, value: object) -> None:
        if self._record is None:
            return
        if field == "purpose" and isinstance(value, Purpose):
            self._tools.preferences.change(purpose=value)
        noted = cast("Noted", {field: value})  # the page speaks of fields of a record
        self._record = self._tools.log.save_note(self._record.id, **noted) or self._record

    def _keep(self) -> None:
        if self._record is not None:
            self.keep_asked.emit(self._record)
