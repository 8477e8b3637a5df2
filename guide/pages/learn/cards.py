"""A routine's card on paper: printed, or kept as PDF where there is no printer or she likes that better."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale, QObject, Signal

from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.kit.choices import Select
from guide.kit.file_dialog import ask_where, plain_name
from guide.language import _, reason
from guide.live import printing
from guide.pages.along.card import paint_card_on, write_card
from guide.store.routines.entry import Entry
from guide.tools import Tools

PDF: Final = "PDF (*.pdf)"


class Cards(QObject):
    """`find` gives a routine that can be played, or tells why there is none; printers are asked aside."""

    _found = Signal(object, list)
    _sent = Signal(str, bool)

    def __init__(self, tools: Tools, find: Callable[[str], Entry | None], *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._find = find
        self._found.connect(self._offer)
        self._sent.connect(self._tell)

    def print_card(self, routine_id: str) -> None:
        """Look for printers, and ask how the card is wanted."""
        plan = self._plan(routine_id)
        if plan is not None:
            self._tools.aside(lambda: self._found.emit(plan, printing.printers()))

    def save_card(
        self,
        routine_id: str,
        kept: Callable[[Path], None] | None = None,
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Keep a routine's card as PDF; where `kept` and `failed` say so, no message does."""
        plan = self._plan(routine_id)
        if plan is not None:
            self._save(plan, kept, failed)

    def _plan(self, routine_id: str) -> Plan | None:
        entry = self._find(routine_id)
        if entry is None or entry.routine is None:
            return None
        return lay_out(entry.routine, pump=self._tools.preferences.settings.pump)

    def _offer(self, plan: Plan, printers: list[str]) -> None:
        if not printers:
            self._save(plan)
            return
        chosen = Select([(name, name) for name in printers], look=self._tools.look, name=_("Printer"), framed=True)
        chosen.set_value(printers[0])

        def wished(wish: object) -> None:
            if wish == "print":
                self._print(plan, str(chosen.value))
            elif wish == "save":
                self._save(plan)

        self._tools.window.ask(
            _("A card of {name}").format(name=plan.routine.name),
            _("One page with the steps, for you, a partner or a nurse."),
            [("later", _("Not now")), ("print", _("Print")), ("save", _("Save as PDF"))],
            wished,
            content=chosen,
        )

    def _print(self, plan: Plan, printer: str) -> None:
        paper = usual_paper()

        def work() -> None:
            taken = printing.send(
                printer,
                plan.routine.name,
                write=lambda path: write_card(plan, path, paper=paper),
                paint=lambda device: paint_card_on(device, plan),
            )
            self._sent.emit(printer, taken)

        self._tools.aside(work)

    def _tell(self, printer: str, taken: bool) -> None:
        if taken:
            self._tools.window.toast.tell(_("Sent to {printer}").format(printer=printer))
        else:
            self._tools.tell(_("The printer did not take the card. It can be kept as PDF instead."))

    def _save(
        self,
        plan: Plan,
        kept: Callable[[Path], None] | None = None,
        failed: Callable[[str], None] | None = None,
    ) -> None:
        suggested = Path(f"{plain_name(plan.routine.name)}.pdf")
        path = ask_where(self._tools.window, _("Save the card as PDF"), suggested, PDF)
        if path is None:
            return
        try:
            write_card(plan, path, paper=usual_paper())
        except OSError as error:
            told = _("{name} cannot be written ({strerror}).").format(name=path.name, strerror=reason(error))
            (failed or self._tools.tell)(told)
            return
        (kept or self._tools.tell_kept)(path)


def usual_paper(locale: QLocale | None = None) -> str:
    """Letter where its inches are usual, else A4."""
    system = (locale or QLocale.system()).measurementSystem()
    return "letter" if system is QLocale.MeasurementSystem.ImperialUSSystem else "a4"
