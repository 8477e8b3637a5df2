"""Learn: a contents list, the article, and the way back to where it was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import IconButton, Pressable
from guide.kit.choices import Select
from guide.kit.direction import margins
from guide.kit.fields import Field
from guide.kit.focus import announce, focus_within
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.markdown import LearnText, matches
from guide.kit.nesting import nest
from guide.kit.page_key import key_within, page_key
from guide.kit.passage import measure
from guide.kit.room import let_go
from guide.kit.words import effective
from guide.language import _
from guide.pages.learn.article import COLUMN, Article
from guide.pages.learn.back_bar import BackBar
from guide.pages.learn.contents import Contents
from guide.pages.learn.reading import ReadingPane

CONTENTS_FROM: Final = 900
CONTENTS_WIDTH: Final = 232
MOST_CONTENTS: Final = 312  # a third of the narrowest page that has them
MOST_FOUND: Final = 0.36  # of the height of a narrow page, for the pages that have the words sought
Way = tuple[tuple[str, int], ...]  # from which page a link led on, and the how manieth it is there


class LearnPage(Guarded, QWidget):
    """
    Contents at the left, a page to read at the right; below 900 the contents become a drop-down, and lie under it while
    something is sought.

    `page_asked` and `routine_asked` carry ids, `copy_asked` an address; nothing is opened by the page itself. Esc and
    Alt+Left lead back along the links that were followed, before Esc leads away.
    """

    page_asked = Signal(str)
    routine_asked = Signal(str)
    copy_asked = Signal(str)
    back_asked = Signal()
    pause_choice = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._pages: dict[str, LearnText] = {}
        self._here = ""
        self._ticks: dict[str, frozenset[str]] = {}
        self._trail: list[tuple[str, int]] = []
        self._led_to: Pressable | None = None
        self.article: Article | None = None
        self.back = BackBar(look=look, parent=self)
        self.finder = Field(look=look, name=_("Find in Learn"), placeholder=_("Find in Learn"), parent=self)
        self.find_button = IconButton("search", _("Find in Learn (Ctrl+F)"), look=look, parent=self)
        self.select = Select([], look=look, name=_("Page"), framed=True, parent=self)
        self.contents = Contents(look=look, parent=self)
        self._holder = QWidget(self)
        self._held = QHBoxLayout(self._holder)
        self._held.setContentsMargins(0, 0, 0, 0)
        self._held.setSpacing(0)
        self._held.addStretch(1)
        self.reading = ReadingPane(self._holder, look=look, parent=self)
        self._side = QWidget(self)
        self._top = QWidget(self)
        self._lay_out()
        self.finder.hide()
        self.back.hide()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.contents.asked.connect(self._ask)
        self.back.back_asked.connect(self.back_asked)
        self.back.waits_chosen.connect(self.pause_choice)
        self.find_button.clicked.connect(self.start_finding)
        self.finder.textChanged.connect(self._find)
        self.finder.returnPressed.connect(self._open_next)
        self.select.chosen.connect(lambda page: self._ask(str(page)))
        page_key(QKeySequence.StandardKey.Find, self, self.start_finding)
        key_within("Esc", self, self._escape)
        key_within("Alt+Left", self, self._go_back)
        self.reading.verticalScrollBar().rangeChanged.connect(self._keep_in_sight)
        look.changed.connect(self._arrange)
        self._arrange()

    # what it shows

    @property
    def here(self) -> str:
        """The id of the page on show."""
        return self._here

    @property
    def narrow(self) -> bool:
        return effective(self.width(), self._look.scale) < CONTENTS_FROM

    @property
    def listed(self) -> list[str]:
        """The ids that the contents list at the moment."""
        return self.contents.listed

    def show_pages(self, pages: Sequence[LearnText]) -> None:
        """Take the pages in; the one on show, if any, is shown anew."""
        self._pages = {page.id: page for page in pages}
        self.contents.show_pages(pages)
        self._show_contents()
        if self._here in self._pages:
            self.open_page(self._here)

    def open_page(self, page_id: str) -> None:
        """Show a page from its beginning; one that is not there leaves the page on show."""
        if page_id not in self._pages:
            return
        turned = page_id != self._here
        self._led_to = None
        reason = Qt.FocusReason.TabFocusReason if self._ringed else Qt.FocusReason.OtherFocusReason
        self._here = page_id
        article = Article(
            self._pages[page_id],
            look=self._look,
            ticks=self._ticks.get(page_id, frozenset()),
            loud=self.back.isHidden(),
            sought=self._sought,
            parent=self._holder,
        )
        article.followed.connect(self._follow)
        article.copied.connect(self.copy_asked)
        article.ticked.connect(self._keep_tick)
        before, self.article = self.article, article
        if before is not None:
            self._held.removeWidget(before)
            let_go(before)
        self._held.insertWidget(0, article)
        self._arrange()
        self._show_contents()
        self.reading.verticalScrollBar().setValue(0)
        if turned and self.isVisible():
            if not self.finder.hasFocus():  # Enter there goes on to the next page
                article.title.setFocus(reason)
            announce(self, self._pages[page_id].title)
        self.setAccessibleName(_("Learn: {title}").format(title=self._pages[page_id].title))
        if self._sought:
            QTimer.singleShot(0, self, self._go_to_mark)

    def show_back(self, label: str | None, *, waits: bool | None = None) -> None:
        """Offer the way back; `waits` says whether a session waits meanwhile, None that there is nothing to choose."""
        self._trail = []
        loud_before = self.back.isHidden()
        self.back.setVisible(label is not None)
        if label is not None:
            self.back.show_way(label, waits)
        if loud_before != (label is None) and self._here:
            self.open_page(self._here)

    def show_waiting(self, *, waits: bool) -> None:
        """Tell whether the session waits, where that can be chosen."""
        self.back.show_waiting(waits=waits)

    # finding

    @property
    def _sought(self) -> tuple[str, ...]:
        return tuple(self.finder.text().split()) if not self.finder.isHidden() else ()

    def start_finding(self) -> None:
        self.finder.show()
        self.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.finder.selectAll()

    def stop_finding(self) -> None:
        self.finder.clear()
        self.finder.hide()
        self._place_contents()
        self.setFocus()

    def _find(self) -> None:
        self._show_contents()
        self._place_contents()
        if self.article is not None:
            self.article.mark(self._sought)
            if self._sought:
                self._go_to_mark()

    def _go_to_mark(self) -> None:
        marked = self.article.first_marked(self._sought) if self.article is not None else None
        if marked is not None:
            self.reading.ensureWidgetVisible(marked, 0, 60)

    def _open_next(self) -> None:
        """Go on to the next page that has the words, and from the last one to the first."""
        if (following := _after(self._here, [page.id for page in self._found])) != self._here:
            self._ask(following)

    def _escape(self) -> None:
        if not self.finder.isHidden():
            self.stop_finding()
        elif self._trail:
            self._go_back()
        elif not self.back.isHidden():
            self.back_asked.emit()

    @property
    def _found(self) -> list[LearnText]:
        sought = " ".join(self._sought)
        return [page for page in self._pages.values() if matches(page, sought)]

    def _show_contents(self) -> None:
        found = {page.id for page in self._found}
        self.contents.show_found(found, self._here)
        options = [(page.id, page.title) for page in self._pages.values() if page.id in found or page.id == self._here]
        self.select.set_options(options, value=self._here)

    # what is pressed

    def _ask(self, page_id: str) -> None:
        self._trail = []
        self._show_contents()  # a press has changed the mark; it moves when the page does
        self.page_asked.emit(page_id)

    @property
    def way(self) -> Way:
        """The way back to what has the focus now: the pages whose links were followed, and this one."""
        return (*self._trail, (self._here, self._pressed))

    def go_back_along(self, way: Way) -> None:
        """To the link at which another page of the program was left for."""
        self._trail = list(way)
        self._go_back()

    def _follow(self, target: str) -> None:
        sort, _, name = target.partition(":")
        match sort:
            case "learn":
                self._trail = list(self.way)
                self.page_asked.emit(name)
            case "routine":
                self.routine_asked.emit(name)
            case _:
                pass

    @property
    def _links(self) -> list[Pressable]:
        return self.article.findChildren(Pressable) if self.article is not None else []

    @property
    def _ringed(self) -> bool:
        """Whether the keyboard led to what has the focus here."""
        focus = focus_within(self)
        return isinstance(focus, Pressable) and focus.ring.shown

    @property
    def _pressed(self) -> int:
        """The link of the article that has the focus, by its number; -1 where none has it."""
        return next((number for number, link in enumerate(self._links) if link.hasFocus()), -1)

    def _go_back(self) -> None:
        """To the page that led here, at its link."""
        if not self._trail:
            return
        page_id, number = self._trail.pop()
        if page_id != self._here:  # else it lies as it was left
            self.page_asked.emit(page_id)
        if self._here == page_id and 0 <= number < len(self._links):
            self._led_to = self._links[number]
            self._led_to.setFocus(Qt.FocusReason.BacktabFocusReason)
            QTimer.singleShot(0, self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        """The link that was led back to, once it is known where it lies."""
        if self._led_to is not None and self._led_to.hasFocus():
            self.reading.ensureWidgetVisible(self._led_to, 0, 60)

    def _keep_tick(self, title: str, on: bool) -> None:
        before = self._ticks.get(self._here, frozenset())
        self._ticks[self._here] = before | {title} if on else before - {title}

    # how it lies

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.back)
        top = QHBoxLayout(self._top)
        top.setSpacing(10)
        self._top_row = top
        page.addWidget(self._top)
        self._column = page
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(10)
        self._side_column = side
        side.addWidget(self.contents, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(self.reading, 1)
        nest(page, row, 1)

    def _arrange(self) -> None:
        px, narrow = self._look.px, self.narrow
        margin = 24 if self.width() < 700 else 40
        self._top.setVisible(narrow)
        self._side.setVisible(not narrow)
        if narrow:
            _put(self._top_row, self.select, 0)
            _put(self._top_row, self.finder, 1)
            _put(self._top_row, self.find_button, 2)
            self._top_row.setStretch(0, 1)
            self._top_row.setStretch(1, 1)
        else:
            _put(self._side_column, self.finder, 0)
            _put(self._held, self.find_button, -1)
        self._held.setAlignment(self.find_button, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.select.setVisible(narrow)
        self._top_row.setContentsMargins(margin, 12, margin, 8)
        contents = min(max(CONTENTS_WIDTH, self.contents.wanted_width / self._look.scale), MOST_CONTENTS)
        self._side.setFixedWidth(px(contents) + margin)
        self._side_column.setContentsMargins(margins(margin, 16, 0, 0))
        self._place_contents()
        self._held.setContentsMargins(margins(margin if narrow else px(64), 8 if narrow else 14, margin, 0))
        around = self.back.layout()
        if around is not None:
            around.setContentsMargins(margin, 12, margin, 4)
        if self.article is not None:
            self.article.setMaximumWidth(max(px(COLUMN), measure(self._look, "body_large")))
            self._held.setStretch(0, 1000)
            self.article.narrow(narrow=narrow)

    def _place_contents(self) -> None:
        """Beside the page; in a narrow one under what is sought, else the drop-down tells them."""
        if self.narrow:
            _put(self._column, self.contents, self._column.indexOf(self._top) + 1)
            self.contents.lie_low(self._top_row.contentsMargins().left(), round(self.height() * MOST_FOUND))
        else:
            _put(self._side_column, self.contents, 1)
            self.contents.stand()
        self.contents.setVisible(not self.narrow or bool(self._sought))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.reading.take(event):
            super().keyPressEvent(event)


def _put(layout: QBoxLayout, widget: QWidget, place: int) -> None:
    """Move a widget into a layout, keeping whether it is seen."""
    if layout.indexOf(widget) >= 0:
        return
    hidden = widget.isHidden()
    layout.insertWidget(place, widget)
    widget.setHidden(hidden)


def _after(here: str, found: list[str]) -> str:
    """
    The next page that was found, and after the last one the first.

    >>> _after("b", ["a", "b", "c"]), _after("c", ["a", "c"]), _after("x", ["a", "b"]), _after("x", [])
    ('c', 'a', 'a', 'x')
    """
    if here in found:
        return found[(found.index(here) + 1) % len(found)]
    return found[0] if found else here
