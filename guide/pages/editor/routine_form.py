"""The form of what a routine says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.core.routine import Purpose
from guide.kit.buttons import Button, IconButton
from guide.kit.choices import Check
from guide.kit.flow import FlowRow
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.room import let_go
from guide.kit.words import purpose_words
from guide.language import N_, _, in_words
from guide.pages.editor.document import RoutineText
from guide.pages.editor.fields import SMALL, FormField, LineField
from guide.pages.editor.form import Form, choose, show_text, text_of, trial
from guide.pages.editor.kind_grid import ChoiceRow
from guide.pages.editor.places import written_place
from guide.store.routines.folder import why_no_name
from guide.store.yaml.edit import add_source, remove_source, set_source_field

STARTS: Final = (("left", N_("Left")), ("right", N_("Right")), ("alternate", N_("Take turns")))
SORE: Final = (("", N_("As its steps are")), ("ok", N_("May be offered")), ("avoid", N_("Rests while sore")))
SOUNDS: Final = (
    ("", N_("As it is set")),
    ("rain", N_("Rain")),
    ("brown noise", N_("Brown noise")),
    ("fan", N_("A fan")),
    ("none", N_("None")),
)


class SourceRow(QWidget):
    """One source: its title and where it is."""

    written = Signal(int, str, str)
    removed = Signal(int)

    def __init__(self, number: int, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        name = _("Source {number}").format(number=number + 1)
        self.title = LineField(
            _("{name}, title").format(name=name), look=look, placeholder=_("What it is called"), parent=self
        )
        self.url = LineField(_("{name}, web address").format(name=name), look=look, placeholder="https://", parent=self)
        self.remove = IconButton(
            "x", _("Remove source {number}").format(number=number + 1), look=look, side=SMALL, icon_side=18, parent=self
        )
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.title, 1)
        row.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(6)
        nest(column, row)
        column.addWidget(self.url)
        self.title.written.connect(lambda text: self.written.emit(number, "title", text))
        self.url.written.connect(lambda text: self.written.emit(number, "url", text))
        self.remove.clicked.connect(lambda: self.removed.emit(number))


class RoutineForm(Form):
    """The routine's own keys."""

    def __init__(self, *, look: Look, text: RoutineText, parent: QWidget | None = None) -> None:
        super().__init__(look=look, text=text, parent=parent)
        self.others: frozenset[str] = frozenset()  # names that are taken
        self.name = LineField(_("Name"), look=look, parent=self)
        self.field("name", _("Name"), self.name)
        self.for_whom = self.line("for", _("For whom"), hint=_("One line on its card, of up to 38 characters."))
        self.summary = self.paragraph("summary", _("Summary"), hint=_("One or two sentences, shown on its card."))
        self.purposes = {purpose: Check(words, look=look, parent=self) for purpose, words in purpose_words().items()}
        row = FlowRow(gap=12, parent=self)
        for check in self.purposes.values():
            row.add(check)
            check.clicked.connect(self._write_purposes)
        self.field("purposes", _("What it is for"), row, hint=_("None chosen: it suits any purpose."))
        self.start = ChoiceRow(
            in_words(STARTS),
            look=look,
            name=_("Begins on"),
            parent=self,
        )
        self.field("start_side", _("Steps on each side begin on the"), self.start)
        self.sore = self.select(
            "when_sore",
            _("When a breast is red, hot or very sore"),
            in_words(SORE),
            hint=_("As its steps are: not where hands work."),
        )
        self.get_ready = self.listing(
            "get_ready", _("Get ready"), hint=_("The checklist before Start, one thing a line.")
        )
        self.safety = self.listing("safety", _("Safety"), hint=_("What to watch for, one thing a line."))
        self.sounds = self.select(
            "sounds", _("Background sound"), in_words(SOUNDS), hint=_("Where you have not chosen one yourself.")
        )
        self.evidence = self.paragraph("evidence", _("What is known"), hint=_("One or two sentences."))
        self.language = self.line("language", _("Language"), placeholder="en", hint=_("Picks the voice."), tried=True)
        self.sources = QWidget(self)
        column = QVBoxLayout(self.sources)
        column.setContentsMargins(0, 0, 0, 0)
        self._rows = QVBoxLayout()
        self.rows: list[tuple[SourceRow, FormField]] = []
        self.add = Button(_("Source"), look=look, icon="plus", role="quiet", size="small", parent=self.sources)
        self.add.setAccessibleName(_("Add a source"))
        self.add.clicked.connect(self._add)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        nest(column, self._rows)
        nest(column, foot)
        self.field("sources", _("Sources"), self.sources)
        for field in self.fields.values():
            self.column.addWidget(field)
        self.column.addStretch(1)
        self.name.written.connect(self._write_name)
        self.start.chosen.connect(lambda side: self.write("start_side", str(side)))

    @override
    def show_values(self, values: Mapping[str, Any], *, fresh: bool) -> None:
        for line, key in (
            (self.name, "name"),
            (self.for_whom, "for"),
            (self.summary, "summary"),
            (self.get_ready, "get_ready"),
            (self.safety, "safety"),
            (self.evidence, "evidence"),
            (self.language, "language"),
        ):
            show_text(line, values.get(key), fresh=fresh)
        purposes = values.get("purposes")
        chosen = purposes if isinstance(purposes, list) else []
        for purpose, check in self.purposes.items():
            check.setChecked(purpose.value in chosen)
        self.start.set_value(text_of(values, "start_side") or "left")
        choose(self.sore, text_of(values, "when_sore"), in_words(SORE))
        choose(self.sounds, text_of(values, "sounds"), in_words(SOUNDS))
        sources = values.get("sources")
        self._show_sources(sources if isinstance(sources, list) else [], fresh=fresh)

    @override
    def show_problems(self) -> None:
        super().show_problems()
        found = [self.problem_of(f"sources[{number}]") for number in range(len(self.rows))]
        self.fields["sources"].tell(None if any(found) else self.problem_of("sources"))
        for (__, field), problem in zip(self.rows, found, strict=True):
            field.tell(problem)

    def _show_sources(self, sources: list[Any], *, fresh: bool) -> None:
        while len(self.rows) > len(sources):
            _, field = self.rows.pop()
            self._rows.removeWidget(field)
            field.forget()
            let_go(field)
        while len(self.rows) < len(sources):
            row = SourceRow(len(self.rows), look=self._look, parent=self)
            field = FormField("", row, look=self._look, parent=self)
            field.key = "sources"
            field.text_asked.connect(lambda: self.text_asked.emit((), "sources"))
            field.fix_asked.connect(self.fix_asked)
            field.untaken_changed.connect(self.untaken_changed)
            row.written.connect(self._write_source)
            row.removed.connect(self._remove)
            self.rows.append((row, field))
            self._rows.addWidget(field)
            before: QWidget = self.rows[-2][0].url if len(self.rows) > 1 else self.language
            for control in (row.title, row.remove, row.url, self.add):
                QWidget.setTabOrder(before, control)
                before = control
        for (row, field), source in zip(self.rows, sources, strict=True):
            found = source if isinstance(source, Mapping) else {}
            show_text(row.title, found.get("title"), fresh=fresh)
            show_text(row.url, found.get("url"), fresh=fresh)
            if fresh:
                field.forget()

    def _write_name(self, name: str) -> None:
        wrong = why_no_name(name, self.others)
        self.fields["name"].tell_own(wrong)
        if not wrong:
            self.write("name", name)

    def _write_purposes(self) -> None:
        written = self._text.fields(()).get("purposes")
        kept = [one for one in written if isinstance(one, str)] if isinstance(written, list) else []
        wanted = {purpose.value: check.isChecked() for purpose, check in self.purposes.items()}
        chosen = [one for one in kept if wanted.get(one, True)]
        chosen += [purpose.value for purpose in Purpose if wanted[purpose.value] and purpose.value not in kept]
        self.write("purposes", chosen)

    def _write_source(self, number: int, key: str, value: str) -> None:
        field = self.rows[number][1]
        wrong = ""
        if value and key == "url":
            wrong = trial({"sources": [{"title": "one", "url": value}]}, "sources", of_routine=True)
        elif not value and key == "title":
            wrong = _("A source has a title; remove it if there is no need for it")
        field.tell_own(wrong)
        if not wrong:
            self.cut(
                lambda text: set_source_field(text, number, key, value or None),
                field=field,
                merge=written_place((), f"sources[{number}].{key}"),
            )

    def _add(self) -> None:
        fields = {"title": _("A source")}
        if self.cut(lambda text: add_source(text, fields), field=self.fields["sources"]) and self.rows:
            self.rows[-1][0].title.setFocus()
            self.rows[-1][0].title.selectAll()

    def _remove(self, number: int) -> None:
        self.cut(lambda text: remove_source(text, number), field=self.rows[number][1])
        left = min(number, len(self.rows) - 1)
        (self.rows[left][0].remove if left >= 0 else self.add).setFocus()
