"""One Learn page laid out: words, lists, tasks, offers, and the care card."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.core.search import finds
from guide.kit.buttons import Button
from guide.kit.cards import Card
from guide.kit.flow import FlowRow
from guide.kit.focus import FocusRing, announce
from guide.kit.label import Heading
from guide.kit.look import Look
from guide.kit.markdown import (
    Block,
    Items,
    LearnText,
    Paragraph,
    RoutineOffer,
    Span,
    Task,
    Tasks,
    Title,
    Words,
    address_in,
    blocks_of,
    words_of,
)
from guide.kit.marks import Rule
from guide.kit.nesting import nest
from guide.kit.passage import Passage
from guide.kit.rows import Glyph
from guide.kit.theme import Tint
from guide.kit.typeface import Role
from guide.language import N_, _
from guide.pages.learn.parts import Bullet, DefinitionRow, TaskRow, high_for_width

CARE_CARD: Final = "care-card"
CARE_SECTIONS: Final = ("emergency", "today", "soon", "know")  # the marks of their headings
COLUMN: Final = 684
LONG_LIST: Final = 6
COLUMNS_APART: Final = 24
OFFERS: Final = {"let-down": N_("Try a 6-minute let-down guide")}
RESTS_ON: Final = ("evidence", "sources")


class Article(QWidget):
    """One page, from its title to its last word."""

    followed = Signal(str)
    copied = Signal(str)
    ticked = Signal(str, bool)

    def __init__(
        self,
        text: LearnText,
        *,
        look: Look,
        ticks: frozenset[str],
        loud: bool,
        sought: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._loud = loud
        self.text = text
        self.passages: list[Passage] = []
        self.tasks: list[TaskRow] = []
        self.copy_buttons: list[Button] = []
        self.offer: Button | None = None
        self.help: Button | None = None
        self.again: Button | None = None
        self.title = Heading(text.title, look=look, role="h1", parent=self)
        self.ring = FocusRing(self.title, look=look, radius=8)  # the focus begins here, though Tab does not lead here
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 40)
        self._column.setSpacing(0)
        self._column.addWidget(self.title)
        self._gap(10)
        self._add_words(self._column, words_of(text.lead), role="body_large", tint="text2")
        self._gap(22)
        blocks = blocks_of(text.body)
        if text.id == CARE_CARD:
            self._add_care(blocks, ticks)
        else:
            self._add_blocks(self._column, blocks, ticks)
        if text.id not in RESTS_ON:
            self._add_about()
        self._column.addStretch(1)
        high_for_width(self)
        self.mark(sought)
        self.show_ticks()

    def mark(self, sought: Sequence[str]) -> None:
        for passage in self.passages:
            passage.mark(sought)

    def first_marked(self, sought: Sequence[str]) -> QWidget | None:
        """Find the first paragraph in which a sought word stands."""
        return next((one for one in self.passages if any(finds(word, one.text()) for word in sought)), None)

    def show_ticks(self) -> None:
        """Let the first thing not ticked stand out."""
        current = next((row for row in self.tasks if not row.check.isChecked()), None)
        for row in self.tasks:
            row.show_state(current=row is current)
        if self.again is not None:
            self.again.setVisible(any(row.check.isChecked() for row in self.tasks))

    def narrow(self, *, narrow: bool) -> None:
        self.title.set_role("h1_quiet" if narrow else "h1")

    def _gap(self, height: int) -> None:
        self._column.addSpacing(height)

    def _add_words(self, column: QVBoxLayout, words: Words, *, role: Role = "body", tint: Tint = "text") -> Passage:
        passage = Passage(words, look=self._look, role=role, tint=tint, parent=self)
        passage.followed.connect(self.followed)
        self.passages.append(passage)
        column.addWidget(passage)
        return passage

    def _add_blocks(self, column: QVBoxLayout, blocks: Sequence[Block], ticks: frozenset[str]) -> None:
        for number, block in enumerate(blocks):
            match block:
                case Title(words):
                    if number:
                        column.addSpacing(14)
                    column.addWidget(Heading(words, look=self._look, parent=self))
                    column.addSpacing(8)
                case Paragraph(words):
                    self._add_words(column, words)
                    column.addSpacing(14)
                case Items(items, numbered):
                    self._add_items(column, items, numbered=numbered)
                    column.addSpacing(14)
                case Tasks(tasks):
                    self._add_tasks(column, tasks, ticks)
                    column.addSpacing(14)
                case RoutineOffer():
                    self._add_offer(column, block)
                    column.addSpacing(14)

    def _add_items(self, column: QVBoxLayout, items: Sequence[Words], *, numbered: bool = False) -> None:
        for number, words in enumerate(items, 1):
            row = QHBoxLayout()
            row.setContentsMargins(0, 0 if number == 1 else 6, 0, 0)
            row.setSpacing(4)
            bullet = Bullet(number if numbered else None, look=self._look, parent=self)
            row.addWidget(bullet, 0, Qt.AlignmentFlag.AlignTop)
            beside = QVBoxLayout()
            self._add_words(beside, words)
            nest(row, beside, 1)
            if address := address_in(words):
                row.addWidget(self._copy_button(address), 0, Qt.AlignmentFlag.AlignTop)
            nest(column, row)

    def _copy_button(self, address: str) -> Button:
        button = Button(_("Copy"), look=self._look, role="standard", size="small", parent=self)
        button.setAccessibleName(_("Copy the address {address}").format(address=address))
        button.clicked.connect(partial(self.copied.emit, address))
        self.copy_buttons.append(button)
        return button

    def _add_offer(self, column: QVBoxLayout, offer: RoutineOffer) -> None:
        flow = FlowRow(gap=14, parent=self)
        self.offer = Button(
            _(OFFERS[offer.routine]) if offer.routine in OFFERS else offer.label,
            look=self._look,
            icon="play",
            role="primary" if self._loud else "standard",
            parent=flow,
        )
        self.offer.setAccessibleDescription(offer.words)
        self.offer.clicked.connect(partial(self.followed.emit, f"routine:{offer.routine}"))
        self.help = Button(_("When to ask for help"), look=self._look, role="quiet", parent=flow)
        self.help.clicked.connect(partial(self.followed.emit, f"learn:{CARE_CARD}"))
        flow.add(self.offer)
        flow.add(self.help)
        column.addWidget(flow)

    def _add_tasks(self, column: QVBoxLayout, tasks: Sequence[Task], ticks: frozenset[str]) -> None:
        for task in tasks:
            row = TaskRow(task, look=self._look, ticked=task.title in ticks, parent=self)
            row.words.followed.connect(self.followed)
            row.toggled.connect(partial(self._tick, task.title))
            self.tasks.append(row)
            self.passages.append(row.words)
            column.addWidget(row)
        self.again = Button(_("Begin again"), look=self._look, icon="undo", role="quiet", size="small", parent=self)
        self.again.clicked.connect(self._clear)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)

    def _tick(self, title: str, on: bool) -> None:
        self.show_ticks()
        self.ticked.emit(title, on)
        current = next((row for row in self.tasks if row.current), None)
        if on and current is not None:
            announce(self, _("Next, if you want to: {title}").format(title=current.task.title))

    def _clear(self) -> None:
        for row in self.tasks:
            row.check.setChecked(False)
        if self.tasks:
            self.tasks[0].check.setFocus()

    def _add_care(self, blocks: Sequence[Block], ticks: frozenset[str]) -> None:
        """Four sections as cards, the most pressing first; what follows them is read as on any page."""
        sections, rest = _sections(blocks)
        pair: DefinitionRow | None = None  # made in its turn: screen readers go by the order in which things were made
        for mark in CARE_SECTIONS:
            if mark not in sections:
                continue
            title, blocks = sections[mark]
            pressing = mark == CARE_SECTIONS[0]
            card = Card(look=self._look, tint="accent_soft" if pressing else "surface", padding=0, parent=self)
            card.setAccessibleName(title.text)
            inner = QVBoxLayout(card)
            inner.setContentsMargins(24, 20, 24, 8)
            inner.setSpacing(0)
            self._add_section(inner, [title, *blocks], ticks)
            inner.addStretch(1)
            high_for_width(card)
            if mark not in CARE_SECTIONS[1:3]:
                self._column.addWidget(card)
                self._gap(16)
                continue
            if pair is None:
                pair = DefinitionRow(look=self._look, parent=self)
                self._column.addWidget(pair)
                self._gap(16)
            pair.add(card)
        self._gap(8)
        self._add_blocks(self._column, rest, ticks)

    def _add_section(self, column: QVBoxLayout, blocks: Sequence[Block], ticks: frozenset[str]) -> None:
        """A long list of signs takes two columns, so that all of them are seen at once."""
        match blocks:
            case [*before, Items(items, numbered=False)] if len(items) >= LONG_LIST:
                self._add_blocks(column, before, ticks)
                pair, half = DefinitionRow(look=self._look, gap=COLUMNS_APART, parent=self), (len(items) + 1) // 2
                for part, share in ((items[:half], 3), (items[half:], 2)):
                    beside = QWidget(pair)
                    inner = QVBoxLayout(beside)
                    inner.setContentsMargins(0, 0, 0, 0)
                    inner.setSpacing(0)
                    self._add_items(inner, part)
                    inner.addStretch(1)
                    high_for_width(beside)
                    pair.add(beside, share=share)
                column.addWidget(pair)
                column.addSpacing(14)
            case _:
                self._add_blocks(column, blocks, ticks)

    def _add_about(self) -> None:
        self._gap(10)
        self._column.addWidget(Rule(look=self._look, parent=self))
        self._gap(14)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Glyph("book", look=self._look, side=20, parent=self), 0, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        self._add_words(beside, _about(), role="small", tint="text2")
        nest(row, beside, 1)
        nest(self._column, row)


def _about() -> tuple[Span, ...]:
    return (
        Span(_("What this rests on: ")),
        Span(_("About the evidence"), target="learn:evidence"),
        Span(" · "),
        Span(_("Sources"), target="learn:sources"),
    )


def _sections(blocks: Sequence[Block]) -> tuple[dict[str, tuple[Title, list[Block]]], list[Block]]:
    """Part the care card's sections, by their marks, from what follows them."""
    sections: dict[str, tuple[Title, list[Block]]] = {}
    rest: list[Block] = []
    into = rest
    for block in blocks:
        match block:
            case Title(mark=mark) if mark in CARE_SECTIONS:
                _, into = sections.setdefault(mark, (block, []))
                continue
            case Title():
                into = rest
            case _:
                pass
        into.append(block)
    return sections, rest
