"""A section of settings, and the rows it is made of: each shows one setting and tells its change."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from guide.kit.cards import Card
from guide.kit.choices import Segmented, Select, Switch
from guide.kit.guard import Guarded
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.marks import Rule
from guide.kit.nesting import nest
from guide.kit.rows import Glyph, Row
from guide.kit.slider import Slider
from guide.kit.steady import held_in_place
from guide.kit.stepper import Stepper
from guide.store.settings import Settings


class Section(Card):
    """A card of rows that belong together, with a line between them."""

    def __init__(self, title: str, *, look: Look, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=24, padding=0, parent=parent)
        self._look = look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(26, 20, 26, 16)
        self._column.setSpacing(0)
        head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setSpacing(10)
        head.addWidget(Glyph(icon, look=look, side=22, parent=self))
        head.addWidget(Heading(title, look=look, role="h3", parent=self), 1)
        nest(self._column, head)
        self._column.addSpacing(2)
        self.setAccessibleName(title)
        self._rows = 0

    def add(self, widget: QWidget) -> None:
        if self._rows:
            self._column.addWidget(Rule(look=self._look, parent=self))
        self._rows += 1
        self._column.addWidget(widget)

    def explain(self, words: str) -> None:
        label = Label(words, look=self._look, role="small", tint="text2", wrap=True, parent=self)
        label.setContentsMargins(0, 4, 0, 8)
        self.add_below(label)

    def add_below(self, widget: QWidget) -> None:
        """Add without a line above it."""
        self._rows += 1
        self._column.addWidget(widget)


class SettingRows(Guarded, QWidget):
    """A page of sections; `changed` carries a setting's name and its new value."""

    changed = Signal(str, object)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._settings = Settings()
        self._shows: list[Callable[[Settings], None]] = []
        self.controls: dict[str, QWidget] = {}
        self.rows: dict[str, Row] = {}

    def _row(self, section: Section, field: str, words: str, *controls: QWidget, hint: str = "") -> Row:
        row = Row(words, *controls, look=self._look, hint=hint, parent=section)
        section.add(row)
        self.rows[field] = row
        return row

    def _switch(self, section: Section, field: str, words: str, hint: str = "") -> None:
        switch = Switch(words, look=self._look)
        switch.clicked.connect(lambda on: self._tell(field, on))
        self._shows.append(lambda settings: switch.setChecked(getattr(settings, field)))
        self.controls[field] = switch
        self._row(section, field, words, switch, hint=hint)

    def _choice(self, section: Section, field: str, words: str, options: Sequence[tuple[object, str]]) -> None:
        segmented = Segmented(options, look=self._look, name=words)
        segmented.chosen.connect(lambda value: self._tell(field, value))
        self._shows.append(lambda settings: segmented.set_value(getattr(settings, field)))
        self.controls[field] = segmented
        self._row(section, field, words, segmented)

    def _select(self, field: str, words: str, options: Sequence[tuple[object, str]]) -> Select:
        select = Select(options, look=self._look, name=words)
        select.chosen.connect(lambda value: self._tell(field, value))
        self._shows.append(lambda settings: select.set_value(getattr(settings, field)))
        self.controls[field] = select
        return select

    def _share(self, section: Section, field: str, words: str, *, most: int = 100, on: str = "") -> None:
        self._slider(
            section,
            field,
            words,
            ends=(0, most, 5),
            to_slider=lambda value: round(value * 100),
            from_slider=lambda value: value / 100,
            said=lambda value: f"{value} %",
            on=on,
        )

    def _slider(
        self,
        section: Section,
        field: str,
        words: str,
        *,
        ends: tuple[int, int, int],
        to_slider: Callable[[float], int],
        from_slider: Callable[[int], float],
        said: Callable[[int], str],
        on: str = "",
    ) -> None:
        """Add a slider; while it is dragged nothing is told, so that the page does not change under the hand."""
        low, high, step = ends
        slider = Slider(words, look=self._look, minimum=low, maximum=high, step=step, said=said)
        slider.setMaximumWidth(240)

        def tell() -> None:
            if not slider.isSliderDown() and to_slider(getattr(self._settings, field)) != slider.value():
                with held_in_place(slider):  # the size of the text moves all that stands above it
                    self._tell(field, from_slider(slider.value()))

        def show(settings: Settings) -> None:
            if not slider.isSliderDown():
                slider.setValue(to_slider(getattr(settings, field)))
            slider.setEnabled(not on or getattr(settings, on))

        slider.valueChanged.connect(tell)
        slider.sliderReleased.connect(tell)
        self._shows.append(show)
        self.controls[field] = slider
        self._row(section, field, words, slider)

    def _stepper(
        self,
        section: Section,
        field: str,
        words: str,
        *,
        ends: tuple[int, int],
        hint: str = "",
        on: str = "",
        to_stepper: Callable[..., int] = int,
        from_stepper: Callable[[int], object] = int,
        said: Callable[[int], str] = str,
    ) -> None:
        stepper = Stepper(words, look=self._look, value=ends[0], minimum=ends[0], maximum=ends[1], said=said)
        stepper.stepped.connect(lambda value: self._tell(field, from_stepper(value)))

        def show(settings: Settings) -> None:
            stepper.set_value(to_stepper(getattr(settings, field)))
            stepper.setEnabled(not on or getattr(settings, on))

        self._shows.append(show)
        self.controls[field] = stepper
        self._row(section, field, words, stepper, hint=hint)

    def _tell(self, field: str, value: object) -> None:
        self.changed.emit(field, value)
