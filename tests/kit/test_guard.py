"""Whatever an override of Qt raises, the program lives, says it once and paints on."""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QEvent,
    QMimeData,
    QObject,
    QPoint,
    QPointF,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import (
    QAccessible,
    QCloseEvent,
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QEnterEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QSyntaxHighlighter,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAccessibleWidget,
    QApplication,
    QLabel,
    QLayout,
    QPlainTextDocumentLayout,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import delete

import guide
from guide.compat import override
from guide.kit.guard import Guarded, answer_of, guarded
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.markdown import Span
from guide.kit.painting import painting
from guide.kit.passage import Passage
from tables import each_row

# Methods of Qt that no call of Qt's reaches: what a class of ours puts in their place is called by us alone.
CALLED_BY_US = {"setText", "placeholderText", "setPlaceholderText", "setContentsMargins", "open", "show"}
OF_THEIR_OWN = {"finish", "_typed"}  # slots of a field that nothing is connected to but the field, which ends with it
OF_THE_WHOLE = {"event", "viewportEvent"}  # broken, nothing else of the object is reached


def no_number(*_: object, **__: object) -> None:
    int("zz")


def no_such_place(*_: object, **__: object) -> None:
    ["one"].pop(3)


def of_qt(base: type) -> bool:
    return base.__module__.startswith(("PySide6", "shiboken6", "Shiboken"))


def classes() -> list[type]:
    """Every class of the program that a Qt class is a base of."""
    for module in pkgutil.walk_packages(guide.__path__, "guide."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: dict[str, type] = {}
    todo: list[type] = [Guarded, QObject, QLayout]
    while todo:
        base = todo.pop()
        below: list[type] = type.__subclasses__(base)
        todo += below
        found |= {f"{one.__module__}.{one.__qualname__}": one for one in below if one.__module__.startswith("guide.")}
    return [found[name] for name in sorted(found)]


def qt_base(kind: type) -> type:
    return next(base for base in kind.__mro__ if of_qt(base))


def overrides(kind: type) -> set[str]:
    """The names of Qt that the class, or one it derives from, puts its own method in place of."""
    own = [base for base in kind.__mro__ if base.__module__.startswith("guide.") and base is not Guarded]
    return {
        name
        for base in own
        for name, member in vars(base).items()
        if callable(member) and not name.startswith("__") and hasattr(qt_base(kind), name)
    } - CALLED_BY_US


def broken(kind: type, names: set[str], host: QWidget) -> Any:
    """Make one whose overrides raise, and which has nothing of ours in it that they could be spared by."""
    base = qt_base(kind)
    needs: list[object] = []
    if issubclass(base, (QSyntaxHighlighter, QPlainTextDocumentLayout)):
        needs = [QTextDocument("one\ntwo", QApplication.instance())]
    if issubclass(base, QAccessibleWidget):
        needs = [QWidget(host), QAccessible.Role.Client]

    def bare(self: Any) -> None:
        base.__init__(self, *needs)  # type: ignore[misc]

    raising = dict(zip(sorted(names), itertools.cycle((no_number, no_such_place)), strict=False))
    return type(kind.__name__, (kind,), {"__init__": bare, **raising})()


def at(kind: QEvent.Type, where: QPointF) -> QMouseEvent:
    left = Qt.MouseButton.LeftButton
    return QMouseEvent(kind, where, where, left, left, Qt.KeyboardModifier.NoModifier)


def events() -> Iterator[QEvent]:
    """One event of each kind a widget may be sent."""
    here, none = QPointF(2, 2), Qt.KeyboardModifier.NoModifier
    left, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    yield from (
        at(kind, here)
        for kind in (
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseMove,
            QEvent.Type.MouseButtonRelease,
            QEvent.Type.MouseButtonDblClick,
        )
    )
    yield from (QKeyEvent(kind, Qt.Key.Key_A, none, "a") for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease))
    yield QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Tab, none, "\t")
    yield from (QFocusEvent(kind) for kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut))
    yield QEnterEvent(here, here, here)
    yield QEvent(QEvent.Type.Leave)
    yield QWheelEvent(here, here, QPoint(), QPoint(0, 120), left, none, Qt.ScrollPhase.NoScrollPhase, False)
    yield QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(2, 2), QPoint(2, 2))
    with warnings.catch_warnings():  # PySide6 6.12 takes another point here than 6.11
        warnings.simplefilter("ignore", DeprecationWarning)
        entering = QDragEnterEvent(QPoint(2, 2), copy, MIME, left, none)
    yield entering
    yield QDropEvent(here, copy, MIME, left, none)
    yield from (QEvent(kind) for kind in (QEvent.Type.LanguageChange, QEvent.Type.FontChange, QEvent.Type.Polish))
    yield QCloseEvent()


MIME = QMimeData()
MIME.setData("text/plain", QByteArray(b"one"))


def drive(made: Any, host: QWidget) -> None:
    """Have Qt call whatever it calls in the life of such an object."""
    match made:
        case QWidget():
            made.setParent(host)
            made.setMouseTracking(True)
            made.setAcceptDrops(True)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            made.show()
            made.resize(120, 80)
            made.resize(130, 90)
            made.adjustSize()
            made.setFocus()
            made.grab()
            for event in events():
                QApplication.sendEvent(getattr(made, "viewport", lambda: made)(), event)
                QApplication.sendEvent(made, event)
            made.hide()
        case QAbstractItemModel() | QStyledItemDelegate():
            view = QTableView(host)
            view.setModel(made if isinstance(made, QAbstractItemModel) else QStringListModel(["one", "two"], view))
            if isinstance(made, QStyledItemDelegate):
                view.setItemDelegate(made)
            view.resize(200, 100)
            view.show()
            view.resizeColumnsToContents()
            view.grab()
            view.setModel(None)
            view.deleteLater()
        case QLayout():
            inside = QWidget(host)
            inside.setLayout(made)
            made.addWidget(QLabel("one", inside))
            inside.resize(200, 80)
            inside.show()
            inside.adjustSize()
            inside.grab()
            inside.deleteLater()
        case QPlainTextDocumentLayout():
            made.document().setDocumentLayout(made)
            made.document().setTextWidth(100)
        case QSyntaxHighlighter():
            made.rehighlight()
        case QObject():
            host.installEventFilter(made)
            QApplication.sendEvent(host, QEvent(QEvent.Type.User))
            host.removeEventFilter(made)
    QApplication.processEvents()


@each_row("kind", classes(), ids=lambda kind: kind.__name__)
def test_every_override_of_qt_is_guarded(kind: type) -> None:
    for name in sorted(overrides(kind)):
        assert issubclass(kind, Guarded), f"{kind.__qualname__}.{name} is not guarded: derive from Guarded first"
        assert answer_of(name) is not None, f"guide/kit/guard.py has no answer for {kind.__qualname__}.{name}"
        owner = next(base for base in kind.__mro__ if name in vars(base))
        assert hasattr(vars(owner)[name], "__wrapped__"), f"{owner.__qualname__}.{name} was put in place later"


@each_row("kind", classes(), ids=lambda kind: kind.__name__)
def test_no_slot_is_overridden(kind: type) -> None:
    """PySide would connect the method of the Python object, and call it for a widget that Qt has destroyed."""
    for name in vars(kind).keys() - OF_THEIR_OWN:
        slots = (base for base in kind.__mro__[1:] if hasattr(vars(base).get(name), "_slots"))
        assert next(slots, None) is None, f"{kind.__qualname__}.{name}: have the slot call a method, and override that"


@pytest.mark.parametrize("kind", [kind for kind in classes() if overrides(kind)], ids=lambda kind: kind.__name__)
def test_whatever_an_override_raises_the_program_lives_and_hears_of_it(kind: type, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(400, 300)
    host.show()
    names = overrides(kind)
    painted = {"paintEvent"} if issubclass(kind, QWidget) else set()  # what has none is the base of others
    with qtbot.captureExceptions() as raised:
        for some in (names - OF_THE_WHOLE, names & OF_THE_WHOLE):
            if some:
                made = broken(kind, some | painted, host)
                drive(made, host)
                for name in some:  # what Qt had no occasion to call
                    answered = getattr(made, name)(host, host)
                    assert answered == (answer_of(name) or (lambda: None))()
                delete(made)
    assert len(raised) >= len(names)
    assert {kind for kind, _, _ in raised} <= {ValueError, IndexError, AttributeError, RuntimeError, TypeError}


def test_a_painter_is_ended_on_every_way_out(qtbot: QtBot) -> None:
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    with pytest.raises(ValueError, match="zz"), painting(image) as painter:
        int("zz")
    assert not painter.isActive()
    with painting(image) as painter:
        painter.fillRect(0, 0, 8, 8, QColor("red"))
    assert image.pixelColor(4, 4) == QColor("red")


def test_an_event_filter_is_not_called_for_what_qt_has_destroyed(qtbot: QtBot) -> None:
    seen: list[object] = []

    class Watcher(Guarded, QObject):
        @override
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            seen.append(watched)
            return True

    watcher, widget = Watcher(), QWidget()
    assert watcher.eventFilter(widget, QEvent(QEvent.Type.User)) is True
    delete(widget)
    assert watcher.eventFilter(widget, QEvent(QEvent.Type.User)) is False
    assert len(seen) == 1


def test_an_interrupt_inside_an_override_reaches_the_hook_as_one_inside_a_slot_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, *_: seen.append(kind))

    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    assert guarded(interrupted, int)(None) == 0
    assert seen == [KeyboardInterrupt]


def test_a_hook_that_raises_does_not_reach_qt_either(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.excepthook", no_number)
    assert guarded(no_such_place, bool)(None) is False
    assert "ValueError" in capsys.readouterr().err


def test_words_that_qt_has_destroyed_hear_of_no_other_look(look: Look, qtbot: QtBot) -> None:
    """As of a page of Learn in whose place another one came: Python may hold it for longer."""
    with qtbot.captureExceptions() as raised:
        for words in (Label("One", look=look), Passage([Span("One")], look=look)):
            delete(words)
            look.changed.emit()
    assert raised == []
