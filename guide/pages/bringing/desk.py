"""Joins the sheet of what is brought in to the disk, the log and the library; every import of the window comes here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from guide.core.shown import one_line
from guide.kit.file_dialog import ask_files
from guide.kit.sheet import Sheet
from guide.language import _, reason
from guide.pages.bringing.looking import Looking, Wish
from guide.pages.bringing.page import LONGEST, BringingPage
from guide.store.archived import is_archive
from guide.store.bringing.cells import Unit
from guide.store.bringing.columns import Match
from guide.store.bringing.look import MOST_NAMED, look, matched_again, read_in, with_same_time
from guide.store.bringing.looked_at import Inspection
from guide.store.bringing.remembered import matches, remember
from guide.store.bringing.take import Taken, take, undo
from guide.store.bringing.words import counted
from guide.store.log.same import Known
from guide.store.zone import LocalZone
from guide.tools import Tools

log = logging.getLogger(__name__)

YES: Final = "import"


class BringingDesk(QObject):
    """
    One sheet at a time; files that come while it is open are looked at with those on it.

    `changed` comes after something came in, or was taken back: whether sessions did, and the ids of routines that came.
    `archive_met` has the path of one that holds everything, which is brought back and not imported.
    """

    changed = Signal(bool, tuple)
    archive_met = Signal(object)
    _matched = Signal(int, object)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._seen: Inspection | None = None
        self._known = Known()
        self._page: BringingPage | None = None
        self._sheet: Sheet | None = None
        self._said: dict[int, Match] = {}
        self._same_time: set[int] = set()  # the files of which also that is to come which is at the time of another
        self._turn = 0
        self._held_yes = False  # the keyboard was on it when it began to wait
        self._paths: list[Path] = []  # to be looked at, or on the sheet
        self.looking = Looking(tools, parent=self)
        self.looking.given_up.connect(self._paths.clear)
        self._matched.connect(self._show_again)

    def ask_for_files(self) -> None:
        """Choose what to bring in: sessions of any program, routines."""
        if self._tools.playing:
            return
        kinds = _("Sessions and routines (*.csv *.json *.yaml *.yml *.tsv *.txt *.db);;Every file (*)")
        paths = ask_files(self._tools.window, _("Import"), kinds)
        if paths:
            self.look_at(paths)

    def look_at(self, paths: Sequence[str]) -> None:
        """Look at files aside, and show what they would bring, with those before; nothing changes by it."""
        archives = [path for path in map(Path, paths) if is_archive(path)]
        for path in archives[1:]:
            told = _("{name} was left out: one such file is brought back at a time.")
            self._tools.tell(told.format(name=one_line(path.name, LONGEST)))
        if archives:
            self.archive_met.emit(archives[0])
        come = [path for path in map(Path, paths) if path not in self._paths and path not in archives]
        if not come:
            return
        self._paths += come
        words = _("Looking through {name}. Nothing changes by it.").format(name=one_line(come[-1].name, LONGEST))
        if self._sheet is None:
            self.looking.begin(Wish(_("Import"), words, self._look, self._show))
        else:
            self._turn += 1  # what a column of hers leads to is looked at with the rest
            self._wait()
            self.looking.begin(Wish(_("Import"), words, self._look, self._show_more, on_a_sheet=True))

    def _look(self) -> Callable[[Callable[[float], None]], tuple[Inspection, Known]]:
        tools = self._tools
        known_aside, routines = tools.log.known_aside(), tools.library.texts()
        names = [entry.name for entry in tools.library.entries()]
        now, said, paths = tools.now(), matches(tools.paths.matches), tuple(self._paths)
        hers = dict(self._said) if self._sheet is not None else {}
        unit = self._unit()

        def work(_progress: Callable[[float], None]) -> tuple[Inspection, Known]:
            contents, known = read_in(paths), known_aside()
            before = known.copy()
            zone = LocalZone()
            seen = look(
                contents, known=known, routines=routines, now=now, zone=zone, matches=said, names=names, unit=unit
            )
            if hers:
                seen = matched_again(seen, hers, known=before.copy(), now=now, zone=zone, unit=unit)
            return seen, before

        return work

    def _show(self, found: tuple[Inspection, Known]) -> None:
        seen, known = found
        self._seen, self._known, self._said, self._turn = seen, known, {}, self._turn + 1
        page = BringingPage(look=self._tools.look)
        self._same_time.clear()
        page.match_changed.connect(self._match)
        page.same_time_chosen.connect(self._take_same_time)
        sheet = Sheet(
            self._tools.window.body,
            look=self._tools.look,
            title=_("Import"),
            text=_("Nothing changes until you say so."),
            close=_("Not now"),
            accept=(YES, self._yes_words(seen)),
            content=page,
        )
        page.grown.connect(sheet.fit)
        self._page, self._sheet = page, sheet
        self._refresh(seen)
        self._tools.window.open_dialog(sheet, self._answered)
        if seen.adds:  # an import can be undone
            sheet.buttons[1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_more(self, found: tuple[Inspection, Known]) -> None:
        """On the sheet that is open, with the first of those that came in sight."""
        sheet, page = self._sheet, self._page
        if sheet is None or page is None:
            return
        seen, self._known = found
        before = len(page.sections)
        self._refresh(seen)
        sheet.reveal(page.sections[before], page.sections[-1])

    def _wait(self) -> None:
        """What is shown is not what would be done any more."""
        if self._page is not None and self._sheet is not None:
            yes = self._sheet.buttons[1]
            self._held_yes = self._held_yes or yes.hasFocus()
            self._page.wait()
            yes.setText(_("Looking…"))
            yes.setEnabled(False)

    def _yes_words(self, seen: Inspection) -> str:
        if not seen.adds:
            return _("Import")
        return _("Import {what}").format(what=counted(len(seen.records), len(seen.routines)))

    def _refresh(self, seen: Inspection) -> None:
        if self._page is None or self._sheet is None:
            return
        self._seen = seen = with_same_time(seen, self._same_time)
        self._page.show_look(seen, self._tools.now(), ounces=self._tools.preferences.settings.units.value == "oz")
        self._sheet.set_close_words(_("Not now") if seen.adds else _("Close"))
        yes = self._sheet.buttons[1]
        yes.setText(self._yes_words(seen))
        yes.setEnabled(seen.adds)
        if self._held_yes and seen.adds:
            yes.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._held_yes = False

    def _match(self, number: int, match: Match) -> None:
        """She says what a column is: the file is looked at anew by that, aside, as it may have 100,000 rows."""
        if self._seen is None or self._sheet is None or self._page is None:
            return
        self._said[number] = match
        turn, seen, said = self._turn, self._seen, dict(self._said)
        known, now, unit = self._known.copy(), self._tools.now(), self._unit()
        self._wait()

        def work() -> None:
            again = matched_again(seen, said, known=known, now=now, zone=LocalZone(), unit=unit)
            self._matched.emit(turn, again)

        self._tools.aside(work)

    def _take_same_time(self, number: int, taken: bool) -> None:
        (self._same_time.add if taken else self._same_time.discard)(number)
        if self._seen is not None:
            self._refresh(self._seen)

    def _unit(self) -> Unit:
        return Unit(self._tools.preferences.settings.units.value)

    def _show_again(self, turn: int, seen: Inspection) -> None:
        if turn == self._turn:
            self._refresh(seen)

    def _answered(self, answer: object) -> None:
        seen, self._sheet, self._page = self._seen, None, None
        came_since = [str(path) for path in self._paths[len(seen.files) if seen is not None else 0 :]]
        self._paths.clear()
        self.looking.give_up()
        if answer == YES and seen is not None and seen.adds:
            self._take_in(seen)
        self.look_at(came_since)

    def _take_in(self, seen: Inspection) -> None:
        for number in self._said:
            self._remember(seen, number)
        tools = self._tools
        taken = take(seen, tools.log, tools.library)
        tools.tell(*taken.failed)
        self.changed.emit(bool(taken.merged.ids), taken.routines)
        came = len(taken.merged.ids)
        words = _("Imported: {what}").format(what=counted(came, len(taken.routines)))
        if taken.called:
            words = _("{imported}; with a name of its own: {names}").format(
                imported=words, names=", ".join(taken.called[:MOST_NAMED])
            )
        tools.window.toast.tell(words, undo=lambda: self._undo(taken))

    def _remember(self, seen: Inspection, number: int) -> None:
        one = seen.files[number]
        if one.sheet is None or one.match is None:
            return
        try:
            remember(self._tools.paths.matches, one.sheet.header, replace(one.match, unsure=(), either=""))
        except OSError as error:
            log.warning("the columns could not be kept", exc_info=True)
            self._tools.tell(
                _("What you said of the columns could not be kept: {reason}. The sessions are in.").format(
                    reason=reason(error)
                )
            )

    def _undo(self, taken: Taken) -> None:
        self._tools.tell(*undo(taken, self._tools.log, self._tools.library))
        self.changed.emit(bool(taken.merged.ids), ())
