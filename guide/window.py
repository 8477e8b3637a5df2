"""The window: the pages' names along the top, one page below, and one place each for banner, toast and dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, NamedTuple

# Anything of Qt's that the empty window does without is read when it is first needed: each class costs milliseconds,
# the `Qt` namespace thirty, and the window is to be painted before that.
from PySide6.QtCore import QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow

from guide.asking import Asking, close_menus
from guide.compat import override
from guide.kit.guard import Guarded
from guide.language import ENGLISH, screen, spoken

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from guide.kit.alert import Banner
    from guide.kit.drop_sign import DropSign
    from guide.kit.look import Look
    from guide.kit.nav import Nav
    from guide.kit.stack import Stack
    from guide.kit.toast import Toast
    from guide.store.glance import Window

SMALLEST: Final = QSize(800, 560)
FIRST_SIZE: Final = QSize(1160, 780)
TITLE_BAR: Final = 40  # pixels that a desktop may put above a window, and it tells only afterwards
EDGE: Final = 8


def within_reach(wanted: QRect | None, areas: Sequence[QRect]) -> QRect:
    """
    Find the place that is nearest to the wanted one and lies in what a screen has free, title bar and edges too.

    >>> screen = QRect(0, 0, 1280, 800)
    >>> within_reach(QRect(0, 0, 2400, 1500), [screen])
    PySide6.QtCore.QRect(8, 40, 1264, 752)
    >>> within_reach(QRect(1320, 720, 1160, 780), [screen])
    PySide6.QtCore.QRect(112, 40, 1160, 752)
    """
    rooms = [area.adjusted(EDGE, TITLE_BAR, -EDGE, -EDGE) for area in areas]
    if not rooms:
        return wanted if wanted is not None else QRect(QPoint(0, 0), FIRST_SIZE)
    if wanted is None:
        wanted = QRect(QPoint(0, 0), FIRST_SIZE)
        wanted.moveCenter(rooms[0].center())

    def shared(room: QRect) -> int:
        both = room.intersected(wanted)
        return both.width() * both.height()

    room = max(rooms, key=shared)
    place = QRect(wanted.topLeft(), wanted.size().boundedTo(room.size()))
    place.moveLeft(max(room.left(), min(place.left(), room.right() + 1 - place.width())))
    place.moveTop(max(room.top(), min(place.top(), room.bottom() + 1 - place.height())))
    return place


class _Known(NamedTuple):
    """A page that can be shown, made or not, and what is around it: see `MainWindow.add_page`."""

    factory: Callable[[], QWidget]
    bare: bool
    left_by_keys: bool
    keys_below: bool
    keeps_still: bool
    left: Callable[[], None]


class MainWindow(Asking, Guarded, QMainWindow):
    """
    Shows one page at a time; pages are made when they are first asked for.

    `closing` is asked before the window closes; False keeps it open. `drop_words` say what becomes of a file that
    hovers over it. `painted` is said once, after the first time; a window that is to be painted soon is made without a
    look, and furnished with one then.
    """

    page_asked = Signal(str)
    theme_asked = Signal()
    files_dropped = Signal(list)
    painted = Signal()

    look: Look
    body: QWidget
    nav: Nav
    banner: Banner
    stack: Stack
    toast: Toast

    def __init__(self, *, look: Look | None = None) -> None:
        super().__init__()
        self._was_painted = False
        self.closing: Callable[[], bool] = lambda: True
        self.drop_words: Callable[[], str] = str
        self.setWindowTitle("Pumping Guide")
        self.setMinimumSize(SMALLEST)
        self.resize(FIRST_SIZE)
        self.setAcceptDrops(True)
        self._known: dict[str, _Known] = {}
        self._pages: dict[str, QWidget] = {}
        if look is not None:
            self.furnish(look)

    def furnish(self, look: Look) -> None:
        """Put in what every page has around it; a second time changes nothing."""
        if self.centralWidget() is not None:
            return
        from PySide6.QtWidgets import QSpacerItem, QVBoxLayout, QWidget

        from guide.kit.alert import Banner
        from guide.kit.nav import NAV, Nav
        from guide.kit.spoken import tell_assistants
        from guide.kit.stack import Stack
        from guide.kit.toast import Toast

        tell_assistants()
        if spoken() != ENGLISH:  # which Qt speaks by itself
            from guide.kit.qt_words import translate_qt

            translate_qt(spoken())

        self._words = screen()
        self.look = look
        self.body = body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.nav = Nav(look=look, parent=body)
        self.banner = Banner(look=look, lead_back=self._lead_back, parent=body)
        self.stack = Stack(body, look=look)
        self.banner.shifted.connect(self.stack.take_no_press)
        column.addWidget(self.nav)
        column.addWidget(self.banner)
        self._room = QSpacerItem(0, 0)  # for a message over a page that has its keys at its bottom
        column.addItem(self._room)
        column.addWidget(self.stack, 1)
        self.setCentralWidget(body)
        self.toast = Toast(body, look=look, above=self._top_of_page, lead_back=self._lead_back)
        self.toast.room_taken.connect(self._give_room)
        self.nav.asked.connect(self._ask)
        self.nav.theme_asked.connect(self.theme_asked)
        for number, (name, __) in enumerate(NAV, 1):
            self.key(f"Ctrl+{number}", partial(self._ask_by_key, name))
        self.key("Ctrl+,", lambda: self._ask_by_key("settings"))
        look.changed.connect(self._dress)
        if isinstance(application := QApplication.instance(), QApplication):
            application.focusChanged.connect(self._heed_focus)

    def key(self, sequence: str, call: Callable[[], None]) -> None:
        """Make a key of the whole window."""
        from PySide6.QtGui import QKeySequence, QShortcut

        QShortcut(QKeySequence(sequence), self).activated.connect(call)

    @property
    def own_keys(self) -> frozenset[str]:
        """Those that do something whatever page is on show, by the names that keys are learnt by."""
        from PySide6.QtGui import QKeySequence, QShortcut

        found = (one.key() for one in self.findChildren(QShortcut) if one.parent() in {self, self.body})
        return frozenset(key.toString(QKeySequence.SequenceFormat.PortableText) for key in found)

    def add_page(
        self,
        name: str,
        factory: Callable[[], QWidget],
        *,
        bare: bool = False,
        left_by_keys: bool = False,
        keys_below: bool = False,
        keeps_still: bool = False,
        left: Callable[[], None] = lambda: None,
    ) -> None:
        """
        Make a page known; a bare one has no names of pages above it, whose keys may lead away all the same.

        One with the keys she presses at its bottom has its messages at the top, and goes down for them as far as they
        take room, unless it `keeps_still`. `left` is called before another one is
        shown, whatever leads there: a routine that a later start asks for does too.
        """
        self._known[name] = _Known(factory, bare, left_by_keys or not bare, keys_below, keeps_still, left)

    def page(self, name: str) -> QWidget:
        if name not in self._pages:
            self._pages[name] = self._known[name].factory()
            self.stack.add(self._pages[name])
        return self._pages[name]

    def renew(self) -> None:
        """Make every page anew, in the words of another language; the one on show is asked for again."""
        from guide.kit.nav import Nav
        from guide.retelling import retold

        here, old, column = self.here, self.nav, self.body.layout()
        assert column is not None  # noqa: S101  made with the furniture
        close_menus()
        self.nav = Nav(look=self.look, parent=self.body)
        self.nav.asked.connect(self._ask)
        self.nav.theme_asked.connect(self.theme_asked)
        column.replaceWidget(old, self.nav)
        before, self._words = self._words, screen()
        again = partial(retold, before=before, now=self._words)
        self.banner.renew(again)
        self.toast.renew(again)
        old.hide()
        old.deleteLater()
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        if here:
            self.page_asked.emit(here)

    def has_page(self, name: str) -> bool:
        """Whether the page was made already."""
        return name in self._pages

    @property
    def here(self) -> str:
        """The name of the page on show."""
        shown = self.stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is shown), "")

    def show_page(self, name: str) -> None:
        close_menus()
        if (before := self.here) != name:
            self.toast.leave_page()
            if before:
                self._known[before].left()
        page, known = self.page(name), self._known[name]
        self.nav.setVisible(not known.bare)
        self.nav.show_page(name)
        self.stack.setCurrentWidget(page)
        if self.isVisible():
            self.body.show()  # Qt shows a new central widget later, and gives no focus to what is not visible
        page.setFocus()
        self.toast.make_way(keys_below=known.keys_below)

    def _top_of_page(self) -> int:
        return self.stack.y() - self._room.sizeHint().height()

    def _give_room(self, height: int) -> None:
        """Have the page begin beneath a message at its top; what moves away from the pointer takes no press at once."""
        if (here := self.here) and self._known[here].keeps_still:
            height = 0
        column = self.body.layout()
        if height == self._room.sizeHint().height() or column is None:
            return
        from PySide6.QtGui import QCursor

        beneath = QApplication.widgetAt(QCursor.pos())
        self._room.changeSize(0, height)
        column.invalidate()
        column.activate()
        if QApplication.widgetAt(QCursor.pos()) is not beneath:
            self.stack.take_no_press()

    def _heed_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """A change may take away, or hide, what has the focus: the keys of the page would be dead, or act unseen."""
        if now is None or (now.window() is self and not now.isVisible()):
            QTimer.singleShot(0, self, self._keep_focus)  # what comes in its place may get the focus first

    def _lead_back(self) -> None:
        """From a message that goes: the focus is where it was on the page, or where it begins there."""
        from guide.kit.focus import focus_within

        page = self.stack.currentWidget()
        if page is not None:
            last = focus_within(page)
            (last if last is not None and last.isVisible() and last.isEnabled() else page).setFocus()

    def place(self, kept: Window | None) -> None:
        """Where it was, as far as there is a screen now; a first time in the middle of one."""
        areas = [screen.availableGeometry() for screen in QApplication.screens()]
        wanted = QRect(kept.x, kept.y, kept.width, kept.height) if kept is not None else None
        place = within_reach(wanted, areas)
        self.setMinimumSize(SMALLEST.boundedTo(place.size()))
        if wanted is not None or place.size() != FIRST_SIZE:
            self.setGeometry(place)
        if kept is not None and kept.maximised:
            from PySide6.QtCore import Qt

            self.setWindowState(Qt.WindowState.WindowMaximized)

    def fill_screen(self, *, filled: bool) -> None:
        """Fill the screen, or stand as before, maximised too if it was."""
        from PySide6.QtCore import Qt

        state, whole = self.windowState(), Qt.WindowState.WindowFullScreen
        self.setWindowState(state | whole if filled else state & ~whole)

    def toggle_full_screen(self) -> None:
        self.fill_screen(filled=not self.isFullScreen())

    def come_forward(self) -> None:
        """Another start of the program asks for this window."""
        from PySide6.QtCore import Qt

        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _ask_by_key(self, name: str) -> None:
        here = self.here
        if self.dialog is None and (not here or self._known[here].left_by_keys):
            self._ask(name, by_key=True)

    def _ask(self, name: str, *, by_key: bool = False) -> None:
        """Who comes by the keyboard sees at once where it is: on the first control, unless the page leads elsewhere."""
        from guide.kit.focus import focus_within

        by_key = by_key or self.nav.is_ringed
        self.page_asked.emit(name)
        if by_key and focus_within(self) is self.stack.currentWidget():
            self.focusNextChild()

    def _dress(self) -> None:
        self.show_mark()
        self.update()

    def show_mark(self) -> None:
        """Give the window its icon in the accent of the theme."""
        from guide.kit.icons import brand_icon

        self.setWindowIcon(brand_icon(self.look.theme.accent))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # the palette's ground
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self._heed_painted)

    def _heed_painted(self) -> None:
        from guide.kit.other_letters import OtherLetters

        self.painted.emit()
        OtherLetters(self)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.closing():
            event.accept()
        else:
            event.ignore()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._drop_sign.tell(self.drop_words())

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_sign.hide()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_sign.hide()
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.files_dropped.emit(paths)

    @cached_property
    def _drop_sign(self) -> DropSign:
        from guide.kit.drop_sign import DropSign  # most starts see none

        return DropSign(self.body, look=self.look)
