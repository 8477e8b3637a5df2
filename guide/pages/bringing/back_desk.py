"""Everything brought back from one file: chosen, looked through, merged into what is here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from guide.core.shown import one_line
from guide.kit.file_dialog import ask_file
from guide.kit.sheet import Sheet
from guide.language import _
from guide.pages.bringing.contents_page import LONGEST, ContentsPage
from guide.pages.bringing.looking import Looking, Wish
from guide.stepping import Stepping
from guide.store.archive import ARCHIVES, ArchiveError
from guide.store.bringing.words import brought_back
from guide.store.contents import ArchiveContents, contents_of
from guide.store.restored import Restored
from guide.store.restoring import restoring
from guide.store.taking_back import Brought, Reversal, taking_back
from guide.tools import Tools

YES: Final = "bring back"
MOST_TOLD: Final = 3  # sentences about what was kept as it is here; the command line lists all


class BackDesk(QObject):
    """`changed` comes after something came in, or went again."""

    changed = Signal()

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self.page: ContentsPage | None = None
        self.looking = Looking(tools, parent=self)
        self.stepping = Stepping(tools, parent=self)

    def ask_for_file(self) -> None:
        path = ask_file(self._tools.window, _("Bring everything back"), _(ARCHIVES))
        if path is not None:
            self.look_at(path)

    def look_at(self, path: Path) -> None:
        """Look through an archive aside, and show what is in it; nothing changes by it."""
        words = _("Looking through {name}. Nothing changes by it.").format(name=one_line(path.name, LONGEST))
        title = _("Bring everything back")
        self.looking.begin(
            Wish(title, words, lambda: self._look(path), lambda seen: self._show(path, seen), measured=True)
        )

    def _look(self, path: Path) -> Callable[[Callable[[float], None]], ArchiveContents | str]:
        tools = self._tools
        known, routines, now = tools.log.known_aside(), tools.library.texts(), tools.now()
        busy = tools.log.is_busy()
        builtin = frozenset(entry.id for entry in tools.library.entries() if entry.builtin)

        def work(progress: Callable[[float], None]) -> ArchiveContents | str:
            try:
                return contents_of(
                    path,
                    tools.paths,
                    known=known,
                    busy=busy,
                    routines=routines,
                    builtin=builtin,
                    now=now,
                    progress=progress,
                )
            except ArchiveError as error:
                return str(error)

        return work

    def _show(self, path: Path, seen: ArchiveContents | str) -> None:
        tools = self._tools
        if isinstance(seen, str):
            tools.tell(seen)
            return
        self.page = ContentsPage(path.name, seen, tools.now(), look=tools.look)
        sheet = Sheet(
            tools.window.body,
            look=tools.look,
            title=_("Bring everything back"),
            text=_("Nothing changes until you say so, and nothing that is here is written over."),
            close=_("Not now") if seen.adds else _("Close"),
            accept=(YES, _("Bring back")) if seen.adds else None,
            content=self.page,
        )
        tools.window.open_dialog(sheet, lambda wish: self._bring(path) if wish == YES else None)
        if seen.adds:  # nothing is lost by it
            sheet.buttons[1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _bring(self, path: Path) -> None:
        """Merge it into what is here: nothing that is here is lost."""
        tools, stepping = self._tools, self.stepping
        steps = restoring(
            path, tools.paths, tools.log, tools.library, now=tools.now(), stopped=lambda: stepping.stopped
        )
        words = _("Bringing back {name}. What is here stays.").format(name=one_line(path.name, LONGEST))
        stepping.begin(steps, title=_("Bring everything back"), words=words, then=self._brought, failed=tools.tell)

    def _brought(self, back: Restored) -> None:
        tools = self._tools
        tools.read_words_again()
        if back.brought.settings is not None:
            _before, came = back.brought.settings
            tools.preferences.change(**{one.name: getattr(came, one.name) for one in fields(came)})
        tools.window.toast.tell(brought_back(back), undo=lambda: self._take_back(back.brought), stays=True)
        tools.tell(*back.told[:MOST_TOLD])
        self.changed.emit()

    def _take_back(self, brought: Brought) -> None:
        """Whatever is as it came goes again, and what was chosen before is chosen again."""
        tools, stepping = self._tools, self.stepping
        steps = taking_back(
            brought,
            tools.log,
            tools.library,
            tools.paths,
            tools.preferences.settings,
            stopped=lambda: stepping.stopped,
        )
        stepping.begin(
            steps,
            title=_("Take back what came"),
            words=_("Taking back what came. What you changed since stays."),
            then=lambda taken: self._taken_back(brought, taken),
            failed=tools.tell,
        )

    def _taken_back(self, brought: Brought, taken: Reversal) -> None:
        tools = self._tools
        tools.preferences.change(**taken.settings)
        tools.read_words_again()
        if taken.stopped:
            tools.window.toast.tell(
                _("Stopped; some of what came is still here"), undo=lambda: self._take_back(brought), stays=True
            )
        else:
            tools.window.toast.tell(_("Taken back"))
        if taken.left:
            tools.tell(taken.left)
        self.changed.emit()
