"""What files would bring, to be looked at before yes: each file, its first sessions, its columns, what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from guide.amounts import volume_words
from guide.core.shown import one_line, sentence
from guide.dates import day_words, moment_words
from guide.kit.cards import Card
from guide.kit.choices import Segmented, Select
from guide.kit.direction import margins
from guide.kit.flow import FlowRow
from guide.kit.guard import Guarded
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.room import let_go
from guide.language import _, grouped, ngettext
from guide.store.bringing.cells import CellError, DateOrder, LengthUnit, Unit
from guide.store.bringing.columns import Match
from guide.store.bringing.fields import ColumnField
from guide.store.bringing.looked_at import FileKind, LookedAt
from guide.store.bringing.looked_at import Inspection as Looked
from guide.store.bringing.times import day
from guide.store.bringing.units import PlainAmounts, unit_words
from guide.store.bringing.words import name_of, previewed, same_time_words, sessions_words

MOST_LEFT_OUT: Final = 8
MOST_COLUMNS: Final = 40
LONGEST: Final = 60


def orders() -> list[tuple[object, str]]:
    return [(DateOrder.YEAR, _("Year first")), (DateOrder.DAY, _("Day first")), (DateOrder.MONTH, _("Month first"))]


def lengths() -> list[tuple[object, str]]:
    return [
        (LengthUnit.MINUTES, _("20 or 0:20 for 20 minutes")),
        (LengthUnit.TIMER, _("20:15 for minutes and seconds")),
        (LengthUnit.SECONDS, _("1200 for seconds")),
        (LengthUnit.HOURS, _("0.5 for hours")),
    ]


def summary_of(one: LookedAt) -> str:
    """The sentence under a file's name."""
    match one.kind:
        case FileKind.SESSIONS:
            words = [_("{sessions} to import").format(sessions=sessions_words(len(one.coming)))]
            if one.known:
                words.append(_("{number} here already").format(number=grouped(one.known)))
            if one.staying_out:
                words.append(_("{number} left out").format(number=grouped(one.staying_out)))
            return ", ".join(words)
        case FileKind.ROUTINE if one.known:
            return _("A routine that is here already")
        case FileKind.ROUTINE:
            return _("A routine to import: {name}").format(name=one_line(one.routine, LONGEST))
        case FileKind.NEITHER:
            return _("Nothing to import")


def lines_of(one: LookedAt, now: datetime, *, ounces: bool = False) -> Iterator[str]:
    """The first sessions, what to know before saying yes, and what is left out and why."""
    listed, more = previewed(one.coming)
    for record in listed:
        name = one_line(record.routine_name, LONGEST) or _("Without a routine")
        when, milk = moment_words(record.began, now), volume_words(record.ml, ounces=ounces)
        yield _("{moment}: {routine}, {milk}").format(moment=when, routine=name, milk=milk)
    if more:
        yield ngettext("And {n} more session", "And {n} more sessions", more).format(n=grouped(more))
    yield from one.notes
    lines, more = previewed(one.left_out, MOST_LEFT_OUT)
    for bad in lines:
        message = one_line(bad.message)
        if bad.line:
            message = _("Line {line} is left out: {why}").format(line=bad.line, why=message)
        else:
            message = sentence(message)
        yield message
    if more:
        yield ngettext("And {n} more line", "And {n} more lines", more).format(n=grouped(more))


class ColumnRow(QWidget):
    """One column of a file: its name, what stands in it, and what it is taken for."""

    chosen = Signal(object)

    def __init__(self, name: str, sample: str, field: ColumnField, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Label(name, look=look, role="label", wrap=True, parent=self))
        names.addWidget(Label(sample, look=look, role="small", tint="text2", wrap=True, parent=self))
        nest(row, names, 1)
        options: list[tuple[object, str]] = [(one, name_of(one)) for one in ColumnField]
        spoken = _("The column {name} is").format(name=name)
        self.select = Select(options, look=look, name=spoken, value=field, framed=True, parent=self)
        self.select.chosen.connect(self.chosen)
        row.addWidget(self.select)


class FileSection(QWidget):
    """One file: what it would bring, and its columns where they are another program's."""

    match_changed = Signal(object)
    same_time_chosen = Signal(object)

    def __init__(self, one: LookedAt, now: datetime, *, look: Look, ounces: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.order: Segmented | None = None
        self.unit: Segmented | None = None
        self.same_time: Segmented | None = None
        self.selects: list[Select] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 14)
        column.setSpacing(6)
        column.addWidget(Label(one.name, look=look, role="h3", wrap=True, parent=self))
        column.addWidget(Label(summary_of(one), look=look, weight=600, wrap=True, parent=self))
        if one.same_time:
            self._ask_same_time(column, one)
        if one.match is not None and one.match.either:
            self._ask_order(column, one.match)
        if one.match is not None and one.plain is not None and one.plain.asked:
            self._ask_unit(column, one.match, one.plain)
        for line in lines_of(one, now, ounces=ounces):
            column.addWidget(Label(line, look=look, role="small", tint="text2", wrap=True, parent=self))
        if one.match is not None and one.sheet is not None:
            self._add_columns(column, one, one.match)

    def controls(self) -> list[QWidget]:
        """What can hold the focus and is there again once the file was looked at anew."""
        choices = [choice for choice in (self.unit, self.same_time) if choice is not None]
        return [*self.selects, *(part for choice in choices for part in choice.parts)]

    def _ask_same_time(self, column: QVBoxLayout, one: LookedAt) -> None:
        """Sessions at the time of one that is here are most likely the same ones, noted otherwise."""
        told = same_time_words(len(one.same_time))
        options: list[tuple[object, str]] = [(False, _("Leave out")), (True, _("Import too"))]
        self.same_time = Segmented(options, look=self._look, name=told, value=one.takes_same_time, parent=self)
        self.same_time.chosen.connect(self.same_time_chosen)
        self._add_question(column, told, self.same_time)

    def _ask_order(self, column: QVBoxLayout, match: Match) -> None:
        """Days that can be read both ways: the guess stands, where it can be seen and changed before yes."""
        question = _("Which day is {day}?").format(day=one_line(match.either, LONGEST))
        options: list[tuple[object, str]] = []
        for order in (DateOrder.DAY, DateOrder.MONTH):
            with suppress(CellError):
                found = day(match.either, order)
                options.append((order, f"{day_words(found)} {found.year}"))
        self.order = Segmented(options, look=self._look, name=question, value=match.manner.order, parent=self)
        self.order.chosen.connect(lambda order: self._say_manner(match, order=order))
        self._add_question(column, question, self.order)

    def _ask_unit(self, column: QVBoxLayout, match: Match, plain: PlainAmounts) -> None:
        """In which unit a number alone is; where the columns' names say different ones, that of its own column's."""
        title = _("Milk without a unit is in")
        options: list[tuple[object, str]] = [(unit, unit_words(unit)) for unit in Unit]
        value = plain.unit if match.unit_said or not plain.differ else None
        if plain.differ:
            options.append((None, _("As its column says")))
        self.unit = Segmented(options, look=self._look, name=title, value=value, parent=self)
        self.unit.chosen.connect(lambda unit: self._say_unit(match, unit))
        self._add_question(column, title, self.unit)

    def _say_unit(self, match: Match, unit: object) -> None:
        if unit is None:
            self.match_changed.emit(replace(match, unsure=(), unit_said=False))
        else:
            self._say_manner(match, unit=unit)

    def _add_question(self, column: QVBoxLayout, question: str, answers: Segmented) -> None:
        card = Card(look=self._look, radius=18, tint="accent_soft", padding=0, parent=self)
        row = FlowRow(gap=12, parent=card)
        row.add(Label(question, look=self._look, weight=500, wrap=True, parent=row))
        row.add(answers)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(margins(18, 10, 14, 10))
        inside.addWidget(row)
        column.addWidget(card)

    def _say_manner(self, match: Match, **said: object) -> None:
        """What she says about how it is written; what was said is no guess any more."""
        manner = replace(match.manner, **said)  # type: ignore[arg-type]  # the fields of a manner, by their names
        either = "" if "order" in said else match.either
        unit_said = match.unit_said or "unit" in said
        self.match_changed.emit(replace(match, manner=manner, unsure=(), either=either, unit_said=unit_said))

    def _add_columns(self, column: QVBoxLayout, one: LookedAt, match: Match) -> None:
        assert one.sheet is not None  # noqa: S101  looked at by the caller
        look = self._look
        column.addSpacing(6)
        words = _("What its columns are; change what is not right.")
        column.addWidget(Label(words, look=look, role="label", tint="text2", wrap=True, parent=self))
        first = one.sheet.rows[0].cells if one.sheet.rows else ()
        for at, (name, field) in enumerate(zip(one.sheet.header, match.fields, strict=True)):
            if at == MOST_COLUMNS:
                break
            sample = one_line(first[at], LONGEST) if at < len(first) else ""
            title = one_line(name, LONGEST) or _("Column {number}").format(number=at + 1)
            row = ColumnRow(title, sample, field, look=look, parent=self)
            row.chosen.connect(lambda found, at=at: self.match_changed.emit(match.with_field(at, found)))
            self.selects.append(row.select)
            column.addWidget(row)
        manner = match.manner
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        marks: list[tuple[object, str]] = [(".", _("1.5 with a point")), (",", _("1,5 with a comma"))]
        for line, (title, options, value, key) in enumerate(
            (
                (_("Lengths are written"), lengths(), manner.length, "length"),
                (_("Days are written"), orders(), manner.order, "order"),
                (_("Numbers are written"), marks, manner.decimal, "decimal"),
            )
        ):
            select = Select(options, look=look, name=title, value=value, framed=True, parent=self)
            select.chosen.connect(lambda found, key=key: self._say_manner(match, **{key: found}))
            self.selects.append(select)
            grid.addWidget(Label(title, look=look, role="label", wrap=True, parent=self), line, 0)
            grid.addWidget(select, line, 1)
        grid.setColumnStretch(0, 1)
        nest(column, grid)


class BringingPage(Guarded, QWidget):
    """The contents of the sheet; it reads no file and changes nothing: its desk does, after yes."""

    match_changed = Signal(int, object)
    same_time_chosen = Signal(int, bool)
    grown = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.sections: list[FileSection] = []
        self._held: tuple[int, int] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(margins(0, 4, 8, 0))
        self._column.setSpacing(4)

    def wait(self) -> None:
        """Take no choice until what the last one leads to is shown."""
        self._held = self._focused()
        self.setEnabled(False)

    def show_look(self, seen: Looked, now: datetime, *, ounces: bool) -> None:
        """Show what would be brought; the control that was just used keeps the focus."""
        held, self._held = self._held or self._focused(), None
        self.setEnabled(True)
        for section in self.sections:
            self._column.removeWidget(section)
            let_go(section)
        self.sections = []
        for number, one in enumerate(seen.files):
            section = FileSection(one, now, look=self._look, ounces=ounces, parent=self)
            section.match_changed.connect(lambda match, number=number: self.match_changed.emit(number, match))
            section.same_time_chosen.connect(lambda taken, number=number: self.same_time_chosen.emit(number, taken))
            self._column.addWidget(section)
            section.show()
            self.sections.append(section)
        if held is not None:
            which, at = held
            if which < len(self.sections) and at < len(controls := self.sections[which].controls()):
                controls[at].setFocus()
        self.grown.emit()

    def words(self) -> list[str]:
        """All that is told, as a screen reader would come upon it."""
        return [label.text() for section in self.sections for label in section.findChildren(Label)]

    def _focused(self) -> tuple[int, int] | None:
        for which, section in enumerate(self.sections):
            for at, control in enumerate(section.controls()):
                if control.hasFocus():
                    return which, at
        return None
