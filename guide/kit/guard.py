"""
The guard around every override of a Qt virtual: what one raises is reported, and never reaches Qt.

On Python 3.11 an error that C code raised (`int("zz")`, `[][3]`, a deleted widget) ends the process when it leaves an
override, and on later ones it comes out of a call that has nothing to do with it: docs/decisions/qt.md.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from types import FunctionType
from typing import Any, Final

from PySide6.QtCore import QRect, QRectF, QSize
from shiboken6 import isValid

from guide.compat import override

Override = Callable[..., Any]
Answer = Callable[[], object]


def handled() -> bool:
    """Answer `event`: a press that failed half-way is not handed on to the widget below."""
    return True


def nothing() -> None:
    """Answer what wants no answer, or may be told none."""


def _unknown() -> object:
    from PySide6.QtGui import QAccessible  # milliseconds of a start, for who listens to a screen reader

    return QAccessible.State()


def _nowhere() -> object:
    from PySide6.QtCore import Qt  # thirty milliseconds of a start

    return Qt.Orientation(0)


def _no_flags() -> object:
    from PySide6.QtCore import Qt  # as above

    return Qt.ItemFlag(0)


def _no_role() -> object:
    from PySide6.QtGui import QAccessible

    return QAccessible.Role.NoRole


# What Qt is told in place of an override that raised; a name that ends with Event needs no row. The test of the guard
# fails for a class that overrides a virtual without a row here.
ANSWERS: Final[dict[str, Answer]] = {
    "event": handled,
    **dict.fromkeys(
        ("eventFilter", "focusNextPrevChild", "hasHeightForWidth", "canInsertFromMimeData", "canFetchMore"), bool
    ),
    **dict.fromkeys(("heightForWidth", "rowCount", "columnCount", "count", "childCount"), int),
    "indexOfChild": lambda: -1,
    "text": str,
    "flags": _no_flags,
    "state": _unknown,
    "role": _no_role,
    "actionNames": list,
    **dict.fromkeys(("sizeHint", "minimumSizeHint", "minimumSize"), QSize),
    "blockBoundingRect": QRectF,
    "visualRect": QRect,
    "expandingDirections": _nowhere,
    **dict.fromkeys(
        (
            *(
                "paint",
                "data",
                "headerData",
                "fetchMore",
                "highlightBlock",
                "sliderChange",
                "keyboardSearch",
                "dataChanged",
                "insertFromMimeData",
                "translate",
            ),
            *("addItem", "itemAt", "takeAt", "setGeometry", "child", "doAction", "nextCheckState", "dataChanged"),
        ),
        nothing,
    ),
}


class Guarded:
    """First base of every class that overrides a virtual of Qt: `class Card(Guarded, QFrame)`."""

    __slots__ = ()

    @override
    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        of_qt = next((base for base in cls.__mro__ if base.__module__.startswith("PySide6.")), object)
        for name, member in list(vars(cls).items()):
            answer = answer_of(name)
            if answer is not None and isinstance(member, FunctionType) and hasattr(of_qt, name):
                setattr(cls, name, filtering(member) if name == "eventFilter" else guarded(member, answer))


def answer_of(name: str) -> Answer | None:
    """What Qt is told when an override of that name raises; None for a name that is none of Qt's virtuals."""
    return ANSWERS.get(name) or (nothing if name.endswith("Event") else None)


def guarded(method: Override, answer: Answer) -> Override:
    @wraps(method)
    def call(self: object, *arguments: object, **keywords: object) -> object:
        try:
            return method(self, *arguments, **keywords)
        except BaseException as error:  # noqa: BLE001  nothing passes: a KeyboardInterrupt ends the process as well
            report(error)
            return answer()

    return call


def filtering(method: Override) -> Override:
    """Guard an event filter, which may be called for the last events of what Qt has destroyed."""
    call = guarded(method, bool)

    @wraps(method)
    def look_before(self: object, watched: object, event: object) -> object:
        return isValid(self) and isValid(watched) and call(self, watched, event)

    return look_before


def report(error: BaseException) -> None:
    """
    Hand an error to `sys.excepthook`, where those of slots go as well.

    The hook is called from inside paint and event calls: it may write to the log, and puts off whatever it shows.
    """
    try:
        sys.excepthook(type(error), error, error.__traceback__)
    except Exception as again:  # noqa: BLE001  the same holds for the hook
        sys.__excepthook__(type(again), again, again.__traceback__)
