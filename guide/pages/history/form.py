"""One session as a form: typed freely, read kindly, nothing of it needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from guide.amounts import TypedError, read_volume, unit_words
from guide.core.record import Record, oz
from guide.dates import clock_words, day_words
from guide.kit.choices import Segmented, Select
from guide.kit.fields import Field, NoteField
from guide.kit.focus import announce
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.words import comfort_words, short_purpose_words
from guide.language import _, decimal
from guide.pages.history.typed import HERE, read_day, read_lasted, read_moment, read_time
from guide.pages.history.words import BY_HAND, lasted_words

NOT_NOTED: Final = "–"
LARGE: Final = 1.15
Read = TypeVar("Read")
SLACK: Final = timedelta(minutes=1)  # what is typed has no seconds


class SessionForm(QWidget):
    """
    The fields of a session; without a record, an unwritten page for one done away from the program.

    `read` gives what was changed, by the names of the record's fields.
    """

    def __init__(
        self,
        *,
        look: Look,
        now: Callable[[], datetime],
        routines: Sequence[tuple[str, str]],
        record: Record | None = None,
        ounces: bool = False,
        number_free: bool = False,
        zone: tzinfo = HERE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._zone = zone
        self._now = now  # asked anew as it is read: a form may stand open for hours
        self._opened = now()
        self._record = record
        self._ounces = ounces
        self._names = {"": _(BY_HAND), **dict(routines)}
        if record is not None:
            self._names[record.routine_id] = record.routine_name or _(BY_HAND)
        unit = unit_words(ounces=ounces)
        began = record.began if record else self._opened
        self._began_as = (day_words(began.date(), began.date()) + f" {began.year}", clock_words(began))
        self._lasted_as = lasted_words(record.lasted) if record else ""
        self._volumes_as = (
            [_volume_text(ml, ounces=ounces) for ml in (record.left_ml, record.right_ml)] if record else ["", ""]
        )
        self.day = Field(_("Day"), look=look, text=self._began_as[0], placeholder=_("8 Nov, or yesterday"), parent=self)
        self.time = Field(_("Began at"), look=look, text=self._began_as[1], placeholder="19:45", parent=self)
        self.lasted = Field(_("Lasted"), look=look, text=self._lasted_as, placeholder="22 min", parent=self)
        self.routine = Select(
            list(self._names.items()),
            look=look,
            name=_("Routine"),
            value=record.routine_id if record else "",
            framed=True,
            parent=self,
        )
        self.left = Field(
            _("Left, {unit}").format(unit=unit), look=look, text=self._volumes_as[0], placeholder=NOT_NOTED, parent=self
        )
        self.right = Field(
            _("Right, {unit}").format(unit=unit),
            look=look,
            text=self._volumes_as[1],
            placeholder=NOT_NOTED,
            parent=self,
        )
        self.comfort = Segmented(
            [*comfort_words().items(), (None, _(NOT_NOTED))],
            look=look,
            name=_("How it felt"),
            value=record.comfort if record else None,
            parent=self,
        )
        self.purpose = Segmented(
            [*short_purpose_words().items(), (None, _(NOT_NOTED))],
            look=look,
            name=_("What it was for"),
            value=record.purpose if record else None,
            parent=self,
        )
        self.comfort.parts[-1].setAccessibleName(_("Not noted"))
        self.purpose.parts[-1].setAccessibleName(_("Not noted"))
        self.meant_for = Field(
            _("What the milk is for"), look=look, text=record.meant_for if record else "", parent=self
        )
        self.note = NoteField(_("A note"), look=look, text=record.note if record else "", parent=self)
        self.trouble = Label("", look=look, role="body", tint="accent_text", weight=500, wrap=True, parent=self)
        self.trouble.hide()
        self.troubles: dict[Field, Label] = {}
        self._arrange(number_free=number_free, unit=unit)
        self._untouched = self.typed()

    def _arrange(self, *, number_free: bool, unit: str) -> None:
        self.routine.setMaximumWidth(self._look.px(300))
        asked: list[tuple[str, QWidget]] = [
            (_("Day"), self.day),
            (_("Began at"), self.time),
            (_("Lasted"), self.lasted),
        ]
        noted: list[tuple[str, QWidget]] = [
            (_("Left, {unit}").format(unit=unit), self.left),
            (_("Right, {unit}").format(unit=unit), self.right),
        ]
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        large = self._look.scale > LARGE  # larger words want more lines
        for number, stretch in enumerate((1, 1) if large else (2, 1, 1)):
            grid.setColumnStretch(number, stretch)
        for line, parts in enumerate((asked, [(_("Routine"), self.routine), *noted])):
            for number, (words, field) in enumerate(parts):
                if number_free and field in {self.lasted, self.left, self.right}:
                    field.hide()
                elif not large:
                    grid.addWidget(self._asked(words, field), line, number)
                elif number == 0:
                    grid.addWidget(self._asked(words, field), 2 * line, 0, 1, 2)
                else:
                    grid.addWidget(self._asked(words, field), 2 * line + 1, number - 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(8)
        nest(column, grid)
        for words, choice in ((_("How it felt"), self.comfort), (_("It was for"), self.purpose)):
            whole = QWidget(self)  # what is read in this order is gone through by Tab in this order
            row = QBoxLayout(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight, whole)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(4 if large else 10)
            row.addWidget(Label(words, look=self._look, role="label", tint="text2", parent=whole))
            row.addStretch(0 if large else 1)
            row.addWidget(choice)
            column.addWidget(whole)
        last = QBoxLayout(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)
        last.setSpacing(8 if large else 12)
        last.addWidget(self._asked(_("The milk is for"), self.meant_for), 1)
        last.addWidget(self._asked(_("A note"), self.note), 1)
        nest(column, last)

    def _asked(self, words: str, field: QWidget) -> QWidget:
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(words, look=self._look, role="label", tint="text2", parent=whole))
        column.addWidget(field)
        if isinstance(field, Field):
            trouble = Label("", look=self._look, role="small", tint="accent_text", weight=500, wrap=True, parent=whole)
            trouble.hide()
            column.addWidget(trouble)
            self.troubles[field] = trouble
        column.addStretch(1)
        return whole

    def typed(self) -> tuple[object, ...]:
        """What stands in the form, for `retype` to put there again."""
        choices = (self.routine.value, self.comfort.value, self.purpose.value)
        return (*(field.text() for field in self.fields), *choices)

    def retype(self, typed: Sequence[object]) -> None:
        texts, (routine, comfort, purpose) = typed[: len(self.fields)], typed[len(self.fields) :]
        for field, text in zip(self.fields, texts, strict=True):
            field.setText(str(text))
        for choice, value in ((self.routine, routine), (self.comfort, comfort), (self.purpose, purpose)):
            choice.set_value(value)

    @property
    def touched(self) -> bool:
        """Whether anything was typed or chosen that is not kept yet."""
        return self.typed() != self._untouched

    @property
    def fields(self) -> list[Field | NoteField]:
        return [self.day, self.time, self.lasted, self.left, self.right, self.meant_for, self.note]

    def read(self) -> dict[str, object] | None:
        """What was changed, by field of the record; None when some of it asks for another look, said beneath it."""
        self._forget()
        noted: dict[str, object] = {}
        bad: dict[Field, str] = {}

        def taken(field: Field, reading: Callable[[], Read]) -> Read | None:
            try:
                return reading()
            except TypedError as error:
                bad[field] = str(error)
                return None

        day = taken(self.day, lambda: read_day(self.day.text(), self._now().date()))
        if (self.day.text(), self.time.text()) != self._began_as:
            at = taken(self.time, lambda: read_time(self.time.text()))
            if day is not None and at is not None:
                noted["began"] = taken(self.time, lambda: self._moment(day, at))
        elif self._record is None:
            noted["began"] = self._opened
        if self.lasted.text() != self._lasted_as:
            noted["lasted"] = taken(self.lasted, lambda: read_lasted(self.lasted.text()))
        for field, name, before in zip((self.left, self.right), ("left_ml", "right_ml"), self._volumes_as, strict=True):
            if field.text() != before:
                noted[name] = taken(field, partial(read_volume, field.text(), ounces=self._ounces))
        if {"began", "lasted"} & noted.keys() and not {self.day, self.time, self.lasted} & bad.keys():
            taken(self.time if self.lasted.isHidden() else self.lasted, lambda: self._refuse_to_come(noted))
        if bad:
            self._tell_each(bad)
            return None
        record = self._record
        routine = str(self.routine.value or "")
        if record is None or routine != record.routine_id:
            noted |= {"routine_id": routine, "routine_name": self._names[routine] if routine else ""}
        noted |= {
            "comfort": self.comfort.value,
            "purpose": self.purpose.value,
            "meant_for": self.meant_for.text().strip(),
            "note": self.note.text().strip(),
        }
        if record is not None:
            noted = {name: value for name, value in noted.items() if value != getattr(record, name)}
        return noted

    def _moment(self, day: date, at: time) -> datetime:
        local = self._record.began if self._record is not None else None
        return read_moment(day, at, self._now() + SLACK, local, self._zone)

    def _refuse_to_come(self, noted: dict[str, object]) -> None:
        """A session is over when it is noted: an end that is still to come is a slip of the hand."""
        record, now = self._record, self._now()
        began = noted.get("began") or (record.began if record is not None else self._opened)
        lasted = noted.get("lasted") or (record.lasted if record is not None else timedelta(0))
        if not isinstance(began, datetime) or not isinstance(lasted, timedelta):
            return
        end = began + lasted
        if end > now + SLACK:
            raise TypedError(
                _("That would end at {end}, which is still to come. Did it begin at {began}?").format(
                    end=clock_words(end), began=clock_words(now.astimezone(began.tzinfo) - lasted)
                )
            )

    def tell(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.show()
        announce(self, sentence)

    def _tell_each(self, bad: Mapping[Field, str]) -> None:
        """Each sentence beneath its field; the first of those fields has the focus."""
        told = [(field, bad[field]) for field in self.fields if isinstance(field, Field) and field in bad]
        for field, sentence in told:
            self.troubles[field].setText(sentence)
            self.troubles[field].show()
            field.setAccessibleDescription(sentence)
        announce(self, " ".join(sentence for _field, sentence in told))
        first, _sentence = told[0]
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        first.selectAll()

    def _forget(self) -> None:
        self.trouble.hide()
        for field, label in self.troubles.items():
            label.hide()
            field.setAccessibleDescription("")


def _volume_text(ml: float | None, *, ounces: bool) -> str:
    if ml is None:
        return ""
    return decimal(f"{oz(ml):g}" if ounces else f"{round(ml, 2):g}")
