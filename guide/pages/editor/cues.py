"""The small cues of a step: the usual ones by a check, any other by its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.core.duration import MINUTE, SECOND, DurationError, parse_length
from guide.core.routine import Fixed, Length, Place, Range, Wait
from guide.kit.buttons import Button, IconButton
from guide.kit.choices import Check, Select
from guide.kit.flow import FlowRow
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.language import N_, _, in_words
from guide.pages.editor.fields import SMALL, FormField, LineField
from guide.pages.editor.form import CHIMES, chain, choose, show_text, text_of, trial
from guide.pages.editor.length_line import LengthLine, readings
from guide.store.yaml.edit import Edits, add_cue, move_cue, remove_cue, set_cue_field
from guide.store.yaml.problem import Problem

Cut = Callable[[Callable[[str], Edits], FormField | None, str], bool]
WHEN_AT_REST: Final = 250  # milliseconds after which the row of the next cue is made ready
NO_CHIME: Final = (("", N_("No chime")), *CHIMES)


@dataclass(frozen=True, slots=True)
class Preset:
    """A usual cue, known by its moment."""

    words: str
    key: str
    moment: str
    fields: Mapping[str, str]
    fits: Callable[[Length | None], bool]


def _longer(than: timedelta) -> Callable[[Length | None], bool]:
    def fits(length: Length | None) -> bool:
        match length:
            case Fixed(longest) | Range(_, longest):
                return longest > than
            case _:
                return False

    return fits


PRESETS: Final = (
    Preset(N_("Halfway"), "at", "50%", {"at": "50%", "say": "Halfway."}, _longer(SECOND)),
    Preset(N_("10 s left"), "at", "-10 s", {"at": "-10 s", "say": "Ten seconds."}, _longer(10 * SECOND)),
    Preset(
        N_("Every minute"),
        "every",
        "1 min",
        {"every": "1 min", "sound": "tick"},
        lambda length: isinstance(length, Wait) or _longer(MINUTE)(length),
    ),
    Preset(
        N_("When the range may end"),
        "at",
        "earliest",
        {"at": "earliest", "say": "From here, go on when you like."},
        lambda length: isinstance(length, Range),
    ),
)


class CueRow(QWidget):
    """One cue: when, and what is said, shown or chimed then."""

    removed = Signal(int)
    moved = Signal(int, int)
    when_written = Signal(int, str, str)
    field_written = Signal(int, str, str)
    listen_asked = Signal(str)
    chime_listen_asked = Signal(str)

    def __init__(self, number: int, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        name = _("Cue {number}").format(number=number + 1)
        self.key = Select(
            [("at", _("At")), ("every", _("Every"))],
            look=look,
            name=_("{name}, when").format(name=name),
            framed=True,
            parent=self,
        )
        self.moment = LengthLine(
            _("{name}, moment").format(name=name), look=look, placeholder="0:30, -10 s, 50%, earliest", parent=self
        )
        self.up = IconButton(
            "up", _("{name}: earlier").format(name=name), look=look, side=SMALL, icon_side=18, parent=self
        )
        self.down = IconButton(
            "down", _("{name}: later").format(name=name), look=look, side=SMALL, icon_side=18, parent=self
        )
        self.remove = IconButton(
            "x", _("Remove cue {number}").format(number=number + 1), look=look, side=SMALL, icon_side=18, parent=self
        )
        self.say = LineField(_("{name}, said").format(name=name), look=look, placeholder=_("Said"), parent=self)
        self.listen = IconButton(
            "voice",
            _("Listen to cue {number}").format(number=number + 1),
            look=look,
            side=SMALL,
            icon_side=20,
            parent=self,
        )
        self.shown = LineField(_("{name}, shown").format(name=name), look=look, placeholder=_("Shown"), parent=self)
        self.sound = Select(
            in_words(NO_CHIME), look=look, name=_("{name}, chime").format(name=name), framed=True, parent=self
        )
        self.chime = IconButton(
            "chime", _("{name}: hear the chime").format(name=name), look=look, side=SMALL, icon_side=20, parent=self
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(6)
        first, second, third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (first, second, third):
            row.setSpacing(4)
            nest(column, row)
        first.addWidget(self.key)
        first.addWidget(self.moment, 1)
        for button in (self.up, self.down, self.remove):
            first.addWidget(button)
        second.addWidget(self.say, 1)
        second.addWidget(self.listen)
        third.addWidget(self.shown, 1)
        third.addWidget(self.sound)
        third.addWidget(self.chime)
        self.key.chosen.connect(lambda key: self.when_written.emit(self._number, str(key), self.moment.value))
        self.moment.written.connect(lambda text: self.when_written.emit(self._number, str(self.key.value), text))
        self.say.written.connect(lambda text: self.field_written.emit(self._number, "say", text))
        self.shown.written.connect(lambda text: self.field_written.emit(self._number, "show", text))
        self.sound.chosen.connect(lambda value: self.field_written.emit(self._number, "sound", str(value)))
        self.remove.clicked.connect(lambda: self.removed.emit(self._number))
        self.up.clicked.connect(lambda: self.moved.emit(self._number, self._number - 1))
        self.down.clicked.connect(lambda: self.moved.emit(self._number, self._number + 1))
        self.listen.clicked.connect(lambda: self.listen_asked.emit(self.say.value))
        self.chime.clicked.connect(lambda: self.chime_listen_asked.emit(str(self.sound.value)))

    def show_cue(self, cue: Mapping[str, Any], *, last: bool, fresh: bool) -> None:
        key = "every" if "every" in cue and "at" not in cue else "at"
        self.key.set_value(key)
        show_text(self.moment, cue.get(key), fresh=fresh)
        show_text(self.say, cue.get("say"), fresh=fresh)
        show_text(self.shown, cue.get("show"), fresh=fresh)
        choose(self.sound, text_of(cue, "sound"), in_words(NO_CHIME))
        self.up.setEnabled(self._number > 0)
        self.down.setEnabled(not last)
        self.listen.setEnabled(bool(text_of(cue, "say")))
        self.chime.setEnabled(bool(text_of(cue, "sound")))


class CueEditor(QWidget):
    """
    All cues of the step, and the usual ones to switch on and off.

    A row takes as long to make as the rest of an edit, so one is made ahead, and those no longer shown are kept.
    """

    listen_asked = Signal(str)
    chime_listen_asked = Signal(str)
    text_asked = Signal()
    untaken_changed = Signal()

    def __init__(self, *, look: Look, cut: Cut, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._cut = cut
        self._place: Place = ()
        self._cues: list[Mapping[str, Any]] = []
        self._duration = ""
        self.checks: list[Check] = []
        self.rows: list[tuple[CueRow, FormField]] = []
        self._spare: list[tuple[CueRow, FormField]] = []  # hidden; the last of them is the next to be shown
        self.at_rest = QTimer(self)
        self.at_rest.setSingleShot(True)
        self.at_rest.setInterval(WHEN_AT_REST)
        self.at_rest.timeout.connect(self._make_ahead)
        usual = FlowRow(gap=14, parent=self)
        for preset in PRESETS:
            check = Check(_(preset.words), look=look, parent=usual)
            check.clicked.connect(lambda on=False, preset=preset: self._switch(preset, on=on))
            usual.add(check)
            self.checks.append(check)
        self.own = QVBoxLayout()
        self.own.setSpacing(8)
        self.add = Button(_("Cue"), look=look, icon="plus", role="quiet", size="small", parent=self)
        self.add.setAccessibleName(_("Add a cue of your own"))
        self.add.clicked.connect(self._add)
        self.hint = Label(
            _("The start, the mark of a range, halfway in a long step and what comes next are told by themselves."),
            look=look,
            role="small",
            tint="text2",
            wrap=True,
            parent=self,
        )
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(usual)
        column.addWidget(self.hint)
        nest(column, self.own)
        nest(column, foot)

    def show_cues(self, place: Place, cues: Sequence[Any], duration: str, *, fresh: bool) -> None:
        fresh = fresh or place != self._place
        self._place, self._duration = place, duration
        self._cues = [cue if isinstance(cue, Mapping) else {} for cue in cues]
        try:
            length: Length | None = parse_length(duration)
        except DurationError:
            length = None
        for preset, check in zip(PRESETS, self.checks, strict=True):
            on = self._where(preset) is not None
            check.setChecked(on)
            check.setVisible(on or preset.fits(length))
        while len(self.rows) > len(self._cues):
            self._spare.append(self.rows.pop())
            field = self._spare[-1][1]
            field.forget()
            field.hide()
        kept = len(self.rows)
        while len(self.rows) < len(self._cues):
            self.rows.append(self._spare.pop() if self._spare else self._made_row())
        for number, ((row, field), cue) in enumerate(zip(self.rows, self._cues, strict=True)):
            row.show_cue(cue, last=number == len(self._cues) - 1, fresh=fresh or number >= kept)
            if fresh:
                field.forget()
        for __, field in self.rows[kept:]:
            field.show()
        if not self._spare:
            self.at_rest.start()

    def show_problems(self, problems: Mapping[int, Problem]) -> None:
        for number, (__, field) in enumerate(self.rows):
            field.tell(problems.get(number))

    def _make_ahead(self) -> None:
        if not self._spare and self.isVisible():
            self._spare.append(self._made_row())
            for part in self._spare[0][1].findChildren(QWidget):
                part.ensurePolished()

    def _made_row(self) -> tuple[CueRow, FormField]:
        """A row after all there are, hidden."""
        row = CueRow(len(self.rows), look=self._look, parent=self)
        field = FormField("", row, look=self._look, parent=self)
        field.key = "cues"
        field.hide()
        field.text_asked.connect(self.text_asked)
        field.untaken_changed.connect(self.untaken_changed)
        row.moment.completes = lambda text: self._moment_of(str(row.key.value), text)
        row.removed.connect(self._remove)
        row.moved.connect(self._move)
        row.when_written.connect(self._write_when)
        row.field_written.connect(self._write)
        row.listen_asked.connect(self.listen_asked)
        row.chime_listen_asked.connect(self.chime_listen_asked)
        self.own.addWidget(field)
        # the keys go through the rows in their order, and on to the button beneath
        before: QWidget = self.rows[-1][0].chime if self.rows else self.checks[-1]
        for control in (row.key, row.moment, row.up, row.down, row.remove, row.say, row.listen, row.shown, row.sound):
            QWidget.setTabOrder(before, control)
            before = control
        QWidget.setTabOrder(before, row.chime)
        QWidget.setTabOrder(row.chime, self.add)
        return row, field

    def _where(self, preset: Preset) -> int | None:
        for number, cue in enumerate(self._cues):
            if text_of(cue, preset.key).replace(" ", "") == preset.moment.replace(" ", ""):
                return number
        return None

    def _switch(self, preset: Preset, *, on: bool) -> None:
        place, where = self._place, self._where(preset)
        if on and where is None:
            self._cut(lambda text: add_cue(text, place, preset.fields), None, "")
        elif not on and where is not None:
            self._cut(lambda text: remove_cue(text, place, where), None, "")
        self._restore_checks()

    def _restore_checks(self) -> None:
        for preset, check in zip(PRESETS, self.checks, strict=True):
            check.setChecked(self._where(preset) is not None)

    def _add(self) -> None:
        place = self._place
        moment = "0:30" if not self._wrong("at", "0:30") else "50%"
        if (
            self._cut(lambda text: add_cue(text, place, {"at": moment, "say": _("Breathe out.")}), None, "")
            and self.rows
        ):
            self.rows[-1][0].moment.setFocus()
            self.rows[-1][0].moment.selectAll()

    def _remove(self, number: int) -> None:
        place = self._place
        self._cut(lambda text: remove_cue(text, place, number), self.rows[number][1], "")
        left = min(number, len(self.rows) - 1)
        (self.rows[left][0].remove if left >= 0 else self.add).setFocus()

    def _move(self, number: int, to: int) -> None:
        place = self._place
        self._cut(lambda text: move_cue(text, place, number, to), self.rows[number][1], "")

    def _wrong(self, key: str, moment: str) -> str:
        fields = {"duration": self._duration or "1 h", "cues": [{key: moment, "say": "one"}]}
        return trial(fields, "cues[0]")

    def _moment_of(self, key: str, text: str) -> str:
        """A number alone with its unit, where the step is too short for the other or the cue would come too often."""
        found = readings(text, lambda whole: not self._wrong(key, whole), ("s", "min"))
        return found[0] if len(found) == 1 else text

    def _write_when(self, number: int, key: str, moment: str) -> None:
        place, field = self._place, self.rows[number][1]
        other = "at" if key == "every" else "every"
        wrong = self._wrong(key, moment)
        field.tell_own(wrong)
        if wrong:
            return
        if other in self._cues[number]:
            make = chain(
                lambda text: set_cue_field(text, place, number, key, moment),
                lambda text: set_cue_field(text, place, number, other, None),
            )
            self._cut(make, field, "")
        else:
            self._cut(
                lambda text: set_cue_field(text, place, number, key, moment), field, f"{place} cue {number} {key}"
            )

    def _write(self, number: int, key: str, value: str) -> None:
        place, field = self._place, self.rows[number][1]
        left = [one for one in ("say", "show", "sound") if one != key and text_of(self._cues[number], one)]
        if not value and not left:
            field.tell_own(_("A cue says, shows or chimes something; remove it if there is no need for it"))
            return
        field.tell_own("")
        self._cut(
            lambda text: set_cue_field(text, place, number, key, value or None), field, f"{place} cue {number} {key}"
        )
