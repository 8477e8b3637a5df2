"""
What a window shows, text by text, as it is painted: found out by listening to QPainter while it is grabbed.

    seen = look_at(window)
    assert clipped(seen) == []
    assert faint(seen) == []
"""

from __future__ import annotations

import gettext
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Final

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, QRectF, QSizeF, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPixmap, QRawFont, QTextLayout, QTransform
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel, QScrollArea, QWidget

from guide import language
from guide.compat import override
from guide.kit.dialog import Dialog
from guide.kit.typeface import FONTS
from guide.pages.editor.text_layout import Gutter

SLACK: Final = 2.0  # pixels: glyphs reach a little over their advance
READABLE: Final = 4.5  # WCAG 2.2, 1.4.3: text and its ground
LONGER: Final = 0.4  # German is about a third longer than English, short words more
DOTS: Final = "…"


@dataclass(frozen=True, slots=True)
class Text:
    """
    One painted text, placed in its window.

    `at` is where its letters lie, `room` what it was given there, if anything, `own` the widget that painted it and
    `visible` what is not scrolled away of that;
    `in_front` says that it is part of a dialog.
    """

    words: str
    at: QRectF
    room: QRectF | None
    by: str
    own: QRectF
    visible: QRectF
    in_front: bool


@dataclass(slots=True)
class Seen:
    """A window as it was painted."""

    window: QWidget
    image: QImage
    texts: list[Text] = field(default_factory=list)


class _Longest(gettext.NullTranslations):
    """A language whose words are longer than any we have; what stands in braces stays."""

    @override
    def gettext(self, message: str) -> str:
        return longest(message)

    @override
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return longest(msgid1 if n == 1 else msgid2)

    @override
    def pgettext(self, context: str, message: str) -> str:
        return longest(message)


def longest(message: str) -> str:
    """
    The message made longer by a word of as many letters as German would add.

    >>> longest("Get ready"), longest("{name} is gone")
    ('Get ready xxxx', '{name} is gone xxxxxx')
    """
    return (
        f"{message} {'x' * max(2, round(len(message) * LONGER))}"
        if len(message) < 24
        else f"{message} {_some(message)}"
    )


def _some(message: str) -> str:
    return ("langes Wort " * (1 + len(message) // 30)).strip()


@contextmanager
def in_the_longest_words(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setattr(language, "_screen", _Longest())
        yield


def look_at(window: QWidget, *, sharp: int = 1) -> Seen:
    """
    Paint the window as it is now and listen; what is scrolled away is not seen: `each_view` scrolls there.

    With `sharp` 3 thin strokes are as dark as their pen: at 1 they are mixed with their ground.
    """
    QApplication.processEvents()
    for fade in window.findChildren(QVariantAnimation):
        fade.setCurrentTime(fade.duration())
    QApplication.processEvents()
    for _ in range(3):  # what a timer changed meanwhile is given its room
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    heard: list[Text] = []
    image = QImage(window.size() * sharp, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(sharp)
    with _listening(heard, sharp, window.window().findChildren(Dialog)):
        window.render(image)
    return Seen(window, image, heard)


def each_view(window: QWidget) -> Iterator[Seen]:
    """The window as it is, and scrolled to every part of what is longer than it."""
    yield look_at(window)
    for area in window.findChildren(QScrollArea):
        bar = area.verticalScrollBar()
        if not area.isVisibleTo(window) or bar.maximum() == 0:
            continue
        for place in range(bar.pageStep(), bar.maximum() + bar.pageStep(), bar.pageStep()):
            bar.setValue(min(place, bar.maximum()))
            yield look_at(window)
        bar.setValue(0)


@contextmanager
def _listening(heard: list[Text], sharp: int, dialogs: Sequence[Dialog]) -> Iterator[None]:
    draw_text: Callable[..., Any] = QPainter.drawText
    draw_layout: Callable[..., Any] = QTextLayout.draw

    def on_text(painter: QPainter, *given: Any) -> Any:
        _hear_text(heard, sharp, dialogs, painter, given)
        return draw_text(painter, *given)

    def on_layout(layout: QTextLayout, painter: QPainter, corner: QPointF, *more: Any) -> Any:
        metrics, bounds = QFontMetricsF(layout.font()), QRectF()
        for line in (layout.lineAt(number) for number in range(layout.lineCount())):
            words = layout.text()[line.textStart() : line.textStart() + line.textLength()]
            ink = _ink(metrics, words, line.y() + line.ascent())
            bounds = bounds.united(QRectF(line.naturalTextRect().x(), ink.y(), line.naturalTextWidth(), ink.height()))
        _hear(heard, sharp, dialogs, painter, layout.text(), bounds.translated(corner), None)
        return draw_layout(layout, painter, corner, *more)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(QPainter, "drawText", on_text)
        patched.setattr(QTextLayout, "draw", on_layout)
        yield


def _hear_text(
    heard: list[Text], sharp: int, dialogs: Sequence[Dialog], painter: QPainter, given: tuple[Any, ...]
) -> None:
    metrics = QFontMetricsF(painter.font())
    match given:
        case (QRectF() | QRect() as room, int() | Qt.AlignmentFlag() | Qt.TextFlag() as flags, str(words)):
            whole = QRectF(room)
            bounds = metrics.boundingRect(whole, int(flags), words)
            if bounds.height() < 1.5 * metrics.height():
                ink = _ink(metrics, words, bounds.y() + metrics.ascent())
                bounds = QRectF(bounds.x(), ink.y(), bounds.width(), ink.height())
            _hear(heard, sharp, dialogs, painter, words, bounds, whole)
        case (QPointF() as start, str(words)):
            _hear(heard, sharp, dialogs, painter, words, metrics.tightBoundingRect(words).translated(start), None)
        case _:
            raise AssertionError(f"a way to draw a text that nobody listens to: {given!r}")


def _ink(metrics: QFontMetricsF, words: str, baseline: float) -> QRectF:
    """Where there is ink in a line: its letters may reach over the line's height without being cut."""
    return metrics.tightBoundingRect(words).translated(0, baseline)


def _hear(
    heard: list[Text],
    sharp: int,
    dialogs: Sequence[Dialog],
    painter: QPainter,
    words: str,
    bounds: QRectF,
    room: QRectF | None,
) -> None:
    device = painter.device()
    if isinstance(device, (QPixmap, QImage)) or not words.strip():
        return  # a picture that is kept: where it goes is not known here
    to_window = painter.deviceTransform() * QTransform.fromScale(1 / sharp, 1 / sharp)
    at = to_window.mapRect(bounds)
    by, in_front = "a row", False
    own = visible = QRectF(-1e6, -1e6, 2e6, 2e6)
    if isinstance(device, QWidget):
        in_front = any(dialog.isAncestorOf(device) for dialog in dialogs)
        by, own = type(device).__name__, _where(device, device.window())
        visible = QRectF(device.visibleRegion().boundingRect()).translated(own.topLeft())
        if _is_viewport(device):  # rows go on above and below
            own = QRectF(own.x(), at.y(), own.width(), at.height())
    heard.append(Text(words, at, to_window.mapRect(room) if room is not None else None, by, own, visible, in_front))


# what is wrong with it


def clipped(seen: Seen) -> list[str]:
    """Every text that is cut off or runs out of its place, and every control that lies outside, each in a line."""
    return [*_cut_texts(seen), *_outside(seen.window)]


def borrowed(seen: Seen) -> list[str]:
    """Every letter that our typeface has not: the system lends it from a font of its own, as wide as that has it."""
    lent = {(letter, text.by) for text in seen.texts for letter in set(text.words) - typeface()}
    return [f"{by}: {unicodedata.name(letter, letter)}" for letter, by in sorted(lent)]


@cache
def typeface() -> frozenset[str]:
    """What all of our fonts have, and what no font needs: the ends of lines."""
    fonts = [QRawFont(str(file), 16.0) for file in sorted(FONTS.glob("*.otf"))]
    assert fonts
    has = {chr(number) for number in range(0x10000) if all(font.supportsCharacter(number) for font in fonts)}
    return frozenset(has | set("\n\t\N{LINE SEPARATOR}"))


def _cut_texts(seen: Seen) -> Iterator[str]:
    for text in seen.texts:
        if not QRectF(seen.window.rect()).intersects(text.at):
            continue
        if text.room is not None and _out(text.at, text.room):
            yield f"{text.by}: “{text.words}” takes {_size(text.at)} and has {_size(text.room)}"
        if _out(text.at, text.own):
            yield f"{text.by}: “{text.words}” at {_place(text.at)} runs out of {_place(text.own)}"


def _where(widget: QWidget, window: QWidget) -> QRectF:
    return QRectF(QPointF(widget.mapTo(window, QPoint(0, 0))), QSizeF(widget.size()))


def _is_viewport(widget: QWidget) -> bool:
    area = widget.parentWidget()
    return isinstance(area, QAbstractScrollArea) and (area.viewport() is widget or isinstance(widget, Gutter))


def _out(inner: QRectF, outer: QRectF) -> bool:
    return not outer.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(inner)


def _size(rect: QRectF) -> str:
    return f"{rect.width():.0f}x{rect.height():.0f}"


def _place(rect: QRectF) -> str:
    return f"({rect.x():.0f}, {rect.y():.0f}) {_size(rect)}"


def _outside(window: QWidget) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        parent = widget.parentWidget()
        if widget.isWindow() or not widget.isVisibleTo(window) or parent is None or widget.size().isEmpty():
            continue
        if widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
            continue  # a ring, a veil
        said = widget.accessibleName() or (widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else "")
        who = f"{type(widget).__name__} {said!r}"
        room, place = parent.rect(), widget.geometry()
        if place.right() > room.right() + SLACK or place.left() < room.left() - SLACK:
            yield f"{who}: {place.left()} to {place.right()} of {room.width()} in {type(parent).__name__}"
        elif not _is_viewport(parent) and (place.bottom() > room.bottom() + SLACK or place.top() < room.top() - SLACK):
            yield f"{who}: {place.top()} to {place.bottom()} of {room.height()} high in {type(parent).__name__}"
        if isinstance(widget, QLabel) and widget.wordWrap() and widget.text():
            needed = widget.heightForWidth(widget.width())
            if needed > widget.height() + SLACK:
                yield f"{who}: needs {needed} of height and has {widget.height()}"


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of two colours' luminance, 1 to 21 (WCAG 2.2)."""
    return _ratio(_luminance(one), _luminance(other))


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


@lru_cache(maxsize=65536)  # the shades of a letter's edge come again in the next
def _light_of(pixel: int) -> float:
    return _luminance(QColor(pixel))


def _luminance(colour: QColor) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def measured(seen: Seen, text: Text) -> float:
    """How far a text stands out from its ground in the finished picture, whatever lies over it."""
    sharp = seen.image.devicePixelRatio()
    where = QTransform.fromScale(sharp, sharp).mapRect(text.at).toAlignedRect().intersected(seen.image.rect())
    cut = seen.image.copy(where)  # has to live for as long as its bits are read
    shades, counts = np.unique(np.frombuffer(cut.constBits(), np.uint32), return_counts=True)
    if not len(shades):
        return READABLE
    ground = _light_of(int(shades[counts.argmax()]))
    lights = [_light_of(int(shade)) for shade in shades]
    return max(_ratio(min(lights), ground), _ratio(max(lights), ground))


def faint(seen: Seen, least: float = READABLE) -> list[str]:
    """Every text that stands out too little from its ground, each in a line."""
    found = []
    whole = QRectF(seen.window.rect())
    covered = any(dialog.isVisibleTo(seen.window) for dialog in seen.window.findChildren(Dialog))
    for text in seen.texts:
        if covered and not text.in_front:
            continue
        if not whole.contains(text.at) or not text.visible.contains(text.at):
            continue  # partly scrolled away
        if (ratio := measured(seen, text)) < least:
            found.append(f"{text.by} “{text.words}” at {_place(text.at)}: {ratio:.1f}:1")
    return found
