"""What the forms of the routine, a step and a group share: they show the text's own words, and cut changes into it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide.core.routine import Place
from guide.kit.choices import Select
from guide.kit.look import Look
from guide.kit.steady import held_in_place
from guide.language import N_, _
from guide.pages.editor.document import RoutineText
from guide.pages.editor.fields import FormField, LineField, ParagraphField
from guide.pages.editor.message import Message
from guide.pages.editor.pasted import as_entries
from guide.pages.editor.places import written_place
from guide.pages.editor.tab_chain import lead, stop_before, stops
from guide.pages.editor.untaken import Untaken
from guide.store.routines.reader import read
from guide.store.yaml.cuts import difference
from guide.store.yaml.edit import Edits, apply, set_field
from guide.store.yaml.problem import Problem, taken_apart
from guide.store.yaml.problem_words import in_words

CHIMES: Final = (
    ("prepare", N_("Prepare chime")),
    ("massage", N_("Massage chime")),
    ("stroke", N_("Stroke chime")),
    ("shake", N_("Shake chime")),
    ("knead", N_("Knead chime")),
    ("pump", N_("Pump chime")),
    ("compress", N_("Compress chime")),
    ("express", N_("Express chime")),
    ("rest", N_("Rest chime")),
    ("earliest", N_("Chime of the mark")),
    ("end", N_("Closing chime")),
    ("tick", N_("Soft tick")),
)


def chain(*makes: Callable[[str], Edits]) -> Callable[[str], Edits]:
    """Several changes as one."""
    if len(makes) == 1:
        return makes[0]

    def make(text: str) -> Edits:
        changed = text
        for one in makes:
            changed = apply(changed, one(changed))
        return difference(text, changed)

    return make


def trial(fields: Mapping[str, Any], where: str, *, of_routine: bool = False) -> str:
    """
    What the reader would say of a value, as a sentence; "" when it takes it.

    >>> trial({"linger": "5"}, "linger")
    "'5' has no unit; write '5 min' or '5 s'"
    >>> trial({"language": "English!"}, "language", of_routine=True)
    "'English!' is not a language tag; write for example 'en' or 'pt-BR'"
    """
    step: dict[str, Any] = {"kind": "rest", "duration": "1 h"}
    whole: dict[str, Any] = {"name": "one", "steps": [step if of_routine else {**step, **fields}]}
    if of_routine:
        whole |= fields
    place = where if of_routine else f"steps[0].{where}"
    found = read(json.dumps(whole, ensure_ascii=False))
    return next((p.message for p in found.problems if p.where.startswith(place)), "")


class Form(QWidget):
    """
    A form about one place of the text.

    What is the matter with all steps together is told under the field of the key `mends_all`, where there is one.
    """

    mends_all = ""

    text_asked = Signal(object, str)
    fix_asked = Signal(object)
    listen_asked = Signal(str)
    chime_listen_asked = Signal(str)
    untaken_changed = Signal()

    def __init__(self, *, look: Look, text: RoutineText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._text = text
        self._place: Place = ()
        self._values: Mapping[str, Any] = {}
        self._untaken = False
        self.untaken_changed.connect(self._look_for_untaken)
        self.fields: dict[str, FormField] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 20, 20, 20)
        self.column.setSpacing(16)
        self._noticed: Problem | None = None

    @property
    def place(self) -> Place:
        return self._place

    @cached_property
    def notice(self) -> Message:
        """Over the fields; made when it is first needed, as most routines have nothing to tell there."""
        before = stop_before(stops(self)[0])
        notice = Message(look=self._look, parent=self)
        self.column.insertWidget(0, notice)
        lead(before, (notice.close_button,))
        return notice

    @property
    def untaken(self) -> bool:
        """Whether one of its fields shows what the text did not take, which each of them tells when it is so."""
        return self._untaken

    def _look_for_untaken(self) -> None:
        self._untaken = bool(self._fields_untaken())

    def show_place(self, place: Place) -> None:
        """Turn to another part of the text."""
        self._place = place
        for field in self.fields.values():
            field.forget()
        self.refresh(fresh=True)

    def refresh(self, *, fresh: bool = False) -> None:
        """Show what the text says now; `fresh` drops what was being typed and not applied."""
        self._values = self._text.fields(self._place)
        self.show_values(self._values, fresh=fresh)
        self.show_problems()

    def not_taken(self) -> Untaken | None:
        """What the text did not take."""
        fields = self._fields_untaken()
        return Untaken.of(fields, self._place, self._values) if fields else None

    def leave(self) -> Untaken | None:
        """What the text did not take, and nothing of it is told here any more."""
        left = self.not_taken()
        for field in self._fields_untaken():
            field.forget()
        return left

    def _fields_untaken(self) -> list[FormField]:
        return [field for field in self.findChildren(FormField) if field.is_untaken]

    def finish(self) -> None:
        """Take what is typed and not told yet, such as an emptied line."""
        for line in self.findChildren(LineField):
            if line.hasFocus():
                line.finish()
        for paragraph in self.findChildren(ParagraphField):
            if paragraph.hasFocus():
                paragraph.finish()

    def go_to_problem(self) -> None:
        """Put the keyboard where something is to be looked at."""
        for field in self.fields.values():
            if field.words and field.is_troubled:
                target = field.control
                if target.focusPolicy() == Qt.FocusPolicy.NoFocus:
                    target = next((one for one in target.findChildren(QWidget) if takes_keys(one)), target)
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return
        if self._noticed is not None:
            self.notice.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def show_values(self, values: Mapping[str, Any], *, fresh: bool) -> None:
        raise NotImplementedError

    def show_problems(self) -> None:
        for key, field in self.fields.items():
            found = self._text.problems_of(self._place, key)
            if key == self.mends_all and not found:
                found = self._text.problems_of_all
            field.tell(found[0] if found else None)
        self._notice(self._problem_of_no_field())

    def _problem_of_no_field(self) -> Problem | None:
        """What is to be looked at here and no field is about, such as a key that is not known."""
        for problem in (*self._text.reading.problems, *self._text.reading.warnings):
            place, key = taken_apart(problem.where)
            if place == self._place and re.split(r"[.\[]", key)[0] not in self.fields:
                return problem
        return None

    def _notice(self, problem: Problem | None) -> None:
        if problem == self._noticed:
            return
        self._noticed = problem
        if problem is None:
            with held_in_place():
                self.notice.hide()
            return
        fix, key = problem.fix, taken_apart(problem.where)[1]
        ways = [] if fix is None else [(fix.label, lambda: self.fix_asked.emit(fix))]
        ways.append((_("Show it in the text"), lambda: self.text_asked.emit(self._place, key)))
        self.notice.tell(" ".join(filter(None, in_words(problem))), *ways, stays=True)
        lead(self.notice.close_button, self.notice.buttons)

    def field(self, key: str, name: str, control: QWidget, *, hint: str = "") -> FormField:
        """A control for a key, with its name and the problems of that key."""
        field = FormField(name, control, look=self._look, hint=hint, parent=self)
        field.text_asked.connect(lambda: self.text_asked.emit(self._place, key))
        field.fix_asked.connect(self.fix_asked)
        field.untaken_changed.connect(self.untaken_changed)
        field.key = key
        self.fields[key] = field
        return field

    def line(
        self,
        key: str,
        name: str,
        *,
        placeholder: str = "",
        hint: str = "",
        tried: bool = False,
        made: LineField | None = None,
    ) -> LineField:
        """A line for a key, or the one `made` for it; a `tried` one is applied only where the reader takes it."""
        line = made or LineField(name, look=self._look, placeholder=placeholder, parent=self)
        field = self.field(key, name, line, hint=hint)

        def write(value: str) -> None:
            wrong = trial({key: value}, key, of_routine=not self._place) if tried and value else ""
            field.tell_own(wrong)
            if not wrong:
                self.write(key, value)

        line.written.connect(write)
        return line

    def paragraph(
        self, key: str, name: str, *, lines: int = 2, placeholder: str = "", hint: str = ""
    ) -> ParagraphField:
        paragraph = ParagraphField(name, look=self._look, lines=lines, placeholder=placeholder, parent=self)
        self.field(key, name, paragraph, hint=hint)
        paragraph.written.connect(lambda value: self.write(key, value))
        paragraph.left.connect(self._text.end_merge)
        return paragraph

    def listing(self, key: str, name: str, *, hint: str) -> ParagraphField:
        """A list of short texts, one a line."""
        paragraph = ParagraphField(name, look=self._look, lines=3, pasted=as_entries, parent=self)
        self.field(key, name, paragraph, hint=hint)
        paragraph.written.connect(lambda value: self.write(key, [one for one in value.split("\n") if one.strip()]))
        paragraph.left.connect(self._text.end_merge)
        return paragraph

    def select(self, key: str, name: str, options: Iterable[tuple[str, str]], *, hint: str = "") -> Select:
        """One of several words; "" takes the key away."""
        select = Select(list(options), look=self._look, name=name, framed=True, parent=self)
        self.field(key, name, select, hint=hint)
        select.chosen.connect(lambda value: self.write(key, str(value)))
        return select

    def write(self, key: str, value: str | Sequence[str]) -> None:
        """Set one key of this part, or take it away where the value is empty."""
        place = self._place
        self.cut(
            lambda text: set_field(text, place, key, value or None),
            field=self.fields.get(key),
            merge=written_place(place, key),
        )

    def cut(self, make: Callable[[str], Edits], *, field: FormField | None, merge: str = "") -> bool:
        """Change the text; where it keeps its form, the field says why."""
        refused = self._text.cut(make, merge=merge)
        if field is not None:
            field.refuse(refused)
        return not refused

    def problem_of(self, key: str) -> Problem | None:
        found = self._text.problems_of(self._place, key)
        return found[0] if found else None


def takes_keys(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()


def show_text(control: LineField | ParagraphField, value: Any, *, fresh: bool) -> None:
    """Show a text as it reads; lists stand one a line."""
    match value:
        case str():
            shown = value.strip() if isinstance(control, ParagraphField) else " ".join(value.split())
        case list():
            shown = "\n".join(one for one in value if isinstance(one, str))
        case _:
            shown = ""
    (control.reset if fresh else control.show_value)(shown)


def text_of(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def choose(select: Select, value: str, options: Sequence[tuple[str, str]]) -> None:
    """Choose a word; one that is not among the options joins them, as it is what is written."""
    known = [own for own, _ in options]
    shown = list(options) if value in known else [*options, (value, f"'{value}'")]
    select.set_options(shown, value=value)
