"""Where the keyboard is: the ring around it, and words for a screen reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPoint,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from guide.compat import override
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.painting import painting

RING = 3
GAP = 3
KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


def is_modified_arrow(event: QKeyEvent) -> bool:
    """Whether it is an arrow key together with Alt or the like, which Qt's own controls take for the arrow alone."""
    return event.key() in _ARROWS and bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)


def focus_within(widget: QWidget) -> QWidget | None:
    """Find the child that has, or had last, the focus; none is said as None, which Qt's stubs leave out."""
    return widget.focusWidget()


def keeps_focus(widget: QWidget) -> bool:
    """Whether it has the focus, or has it again once its window is the active one: what it does waits for a key."""
    return focus_within(widget.window()) is widget


def one_stop(choices: Sequence[QAbstractButton]) -> QAbstractButton:
    """Have Tab come to the chosen one alone, or to the first where none is; arrow keys lead to the others."""
    stop = next((one for one in choices if one.isChecked()), choices[0])
    for one in choices:
        policy = one.focusPolicy()
        tab = Qt.FocusPolicy.TabFocus
        one.setFocusPolicy(policy | tab if one is stop else policy & ~tab)
    return stop


def scroll_to(control: QWidget, area: QScrollArea, content: QWidget) -> None:
    """Bring the control into sight with something around it: at the top of the page where it is in sight there."""
    place = QRect(control.mapTo(content, QPoint(0, 0)), control.size())
    if _outside(place).bottom() < area.viewport().height():
        area.verticalScrollBar().setValue(0)
        return
    middle = place.center()
    across, down = place.width() // 2 + 16, place.height() // 2 + 24
    area.ensureVisible(middle.x(), middle.y(), across, min(down, area.viewport().height() // 2))


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say `text`, after what it is saying now."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # ten milliseconds of a start

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class Leading(Guarded, QWidget):
    """
    A page that hands the focus it is given on to its `first`, as long as that is to be seen.

    Qt's focus proxy does so too, and takes Tab there from the edge of the page: nothing before it is ever reached.
    """

    first: QWidget | None = None

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.first is not None and self.first.isVisible():
            self.first.setFocus(event.reason())
        else:
            super().focusInEvent(event)


class _RingFrame(Guarded, QWidget):
    """
    The ring itself: lies over the neighbours of its control and lets every click through.

    Of a control in several parts, such as a link that goes on in the next line, it goes around each; parts that touch
    have one ring, so that it crosses no words.
    """

    def __init__(self, host: QWidget, *, look: Look, radius: float) -> None:
        super().__init__(host)
        self._look = look
        self._radius = radius
        self._parts: list[QRect] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def surround(self, parts: Sequence[QRect]) -> None:
        """Go around these, as the widget it lies on sees them."""
        region = QRegion()
        for part in parts:
            region = region.united(part)
        bounds = region.boundingRect()
        self._parts = [part.translated(-bounds.topLeft()) for part in parts]
        self.setGeometry(bounds)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for colour, inset, width in (
                (theme.bg, RING + GAP / 2, GAP + 0.5),
                (theme.focus, RING / 2, float(RING)),
            ):
                path = QPainterPath()
                for part in self._parts:
                    rect = QRectF(part).adjusted(inset, inset, -inset, -inset)
                    corner = max(0.0, min(self._radius + RING + GAP, part.height() / 2) - inset)
                    around = QPainterPath()
                    around.addRoundedRect(rect, corner, corner)
                    path = path.united(around) if len(self._parts) > 1 else around
                painter.setPen(QPen(colour, width))
                painter.drawPath(path)


class FocusRing(Guarded, QObject):
    """
    Rings a control that has the focus from the keyboard; with `always`, whenever it has the focus. A focus that the
    program gives back, as a dialog does that closes, is ringed where it was before. What lies in several parts is
    ringed around each of `parts`, `around` being where it lies as a whole. What takes keys
    without a thought of where the focus is, as a session does, is ringed where Tab led there only: no `key_shows`.

    `told`: the control calls `begin` in its focusInEvent, and is watched only from then on. An event filter in Python
    is called for each of its control's events, and most controls of a page never get the focus.
    """

    def __init__(
        self,
        control: QWidget,
        *,
        look: Look,
        radius: float,
        always: bool = False,
        told: bool = False,
        key_shows: bool = True,
        around: Callable[[], QRect] | None = None,
        parts: Callable[[], Sequence[QRect]] | None = None,
    ) -> None:
        super().__init__(control)
        self._control = control
        self._look = look
        self._radius = radius
        self._always = always
        self._key_shows = key_shows
        self._around = around or control.rect
        self._parts = parts or (lambda: [self._around()])
        self._from_keyboard = False
        self._frame: _RingFrame | None = None
        self._between: list[QWidget] = []
        self._watches = False
        if not told:
            self._watch()

    @property
    def shown(self) -> bool:
        if not isValid(self._control):  # destroyed, and its children with it: the ring is the last to know
            return False
        return self._control.hasFocus() and self._control.isEnabled() and (self._always or self._from_keyboard)

    @property
    def rect(self) -> QRect:
        """Where the ring is, as its control sees it."""
        if self._frame is None:
            return QRect()
        return QRect(self._control.mapFromGlobal(self._frame.mapToGlobal(QPoint(0, 0))), self._frame.size())

    def set_radius(self, radius: float) -> None:
        self._radius = radius
        self._drop()
        self.place()

    def begin(self, reason: Qt.FocusReason) -> None:
        """Watch a control that has got the focus for the first time; of later times the filter hears."""
        if not self._watches:
            self._watch()
            self._come(reason)

    def _watch(self) -> None:
        self._watches = True
        self._control.installEventFilter(self)
        self._look.changed.connect(self.place)

    def _come(self, reason: Qt.FocusReason) -> None:
        if reason in KEYBOARD:
            self._from_keyboard = True
            self.bring_into_view()
        elif reason is Qt.FocusReason.MouseFocusReason:
            self._from_keyboard = False
        self.place()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.FocusIn if watched is self._control:
                self._come(event.reason())  # type: ignore[attr-defined]  # a QFocusEvent by its type
            case QEvent.Type.KeyPress if watched is self._control and self._key_shows and not self._from_keyboard:
                self._from_keyboard = True
                self.place()
            case QEvent.Type.MouseButtonPress if watched is self._control and self._from_keyboard:
                self._from_keyboard = False
                self.place()
            case QEvent.Type.Move | QEvent.Type.Resize:
                self._follow()
            case QEvent.Type.FocusOut | QEvent.Type.Show | QEvent.Type.Hide | QEvent.Type.EnabledChange:
                self.place()
            case QEvent.Type.ParentChange:
                self._drop()
            case _:
                pass
        return False

    def _follow(self) -> None:
        """
        Go where a layout has moved the control to; a frame that would have to be made anew comes after the layout.

        What is shown for the first time has Qt activate the layouts of all that it lies in. In the middle of one of
        them that loses the rows worked out so far: the widgets that come later are put at its top.
        """
        if self._frame is not None and self._frame.parentWidget() is self._room_for(self._outline())[0]:
            self.place()
        elif self.shown:
            self._drop()
            QTimer.singleShot(0, self, self.place)

    def _outline(self) -> QRect:
        return _outside(self._around())

    @Slot()
    def place(self) -> None:
        """Go to where the ringed part of the control is by now, or away."""
        if not (self.shown and self._control.isVisible()):
            self._drop()
            return
        rect = self._outline()
        host, between = self._room_for(rect)
        frame = self._frame
        if frame is None or frame.parentWidget() is not host:
            self._drop()
            self._frame = frame = _RingFrame(host, look=self._look, radius=self._radius)
            self._between = between
            for widget in between:
                widget.installEventFilter(self)
        away = self._control.mapTo(host, QPoint(0, 0))
        # at an edge it lies on the control itself
        frame.surround([_outside(part).translated(away).intersected(host.rect()) for part in self._parts()])
        frame.raise_()
        frame.show()  # last: a layout that waited may move the control now, and have another frame made

    def bring_into_view(self) -> None:
        """
        The whole control, ring and all: a scroll area shows the cursor of a field and no more, and nothing at all of
        a focus that comes from outside.
        """
        above = self._control.parentWidget()
        while above is not None:
            content = above.widget() if isinstance(above, QScrollArea) else None
            if content and isinstance(above, QScrollArea) and self._control.height() <= above.viewport().height():
                scroll_to(self._control, above, content)
            above = above.parentWidget()

    def _room_for(self, rect: QRect) -> tuple[QWidget, list[QWidget]]:
        """Find the nearest ancestor that does not cut the ring off."""
        between: list[QWidget] = []
        host = self._control.parentWidget() or self._control
        while (above := host.parentWidget()) is not None and not (
            host.isWindow()
            or isinstance(above, QAbstractScrollArea)
            or host.rect().contains(QRect(self._control.mapTo(host, rect.topLeft()), rect.size()))
        ):
            between.append(host)
            host = above
        return host, between

    def _drop(self) -> None:
        for widget in self._between:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._between = []
        if self._frame is not None and isValid(self._frame):
            self._frame.hide()
            self._frame.deleteLater()
        self._frame = None


def _outside(part: QRect) -> QRect:
    margin = RING + GAP
    return part.adjusted(-margin, -margin, margin, margin)
