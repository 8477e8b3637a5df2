"""Placement: where each part of the session page lies, anew when something that takes room has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QStyle, QWidget

from guide.kit.buttons import Button
from guide.kit.dial import Dial
from guide.kit.direction import placed
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.motion.geometry import PAIR_WIDTH, SCENE_HEIGHT, scene_width
from guide.kit.typeface import SMALLEST_TEXT
from guide.pages.session.face import Face
from guide.pages.session.stage import (
    LARGEST_RADIUS,
    PHOTO,
    SMALLEST_PHOTO,
    SMALLEST_RADIUS,
    Guide,
    Stage,
    Words,
    fit_guide,
    place_row,
    place_stage,
)

SMALLEST_HEADING: Final = 15
SHORTEST_NAME: Final = 8
QUIET_GROWS: Final = 1.18
ICON_AND_GAP: Final = (22 + 10) / 17  # of a control's text

State = Literal["running", "paused", "hurts"]
Picture = Literal["drawing", "photo", "none"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the session decides how the page is divided; `drawing` is the name of the step's own."""

    state: State = "running"
    picture: Picture = "none"
    drawing: str = "none"
    large: bool = False  # the instruction, in a quiet night


class Placement:
    """Lays a face out, mirrored where the screen is; `stage` holds its regions."""

    def __init__(self, face: Face, *, look: Look) -> None:
        self._face = face
        self._look = look
        self._shown = Shown()
        self._placed: tuple[object, ...] = ()
        self.stage: Stage | None = None

    def forget(self) -> None:
        """Have the next call lay everything out."""
        self._placed = ()

    def place(self, shown: Shown) -> bool:
        """Lay the face out for what is shown; False where nothing has changed its room."""
        face = self._face
        if face.width() < 2 or face.height() < 2:
            return False
        now = (face.size(), face.layoutDirection(), self._look.scale, shown, self._said())
        if now == self._placed:
            return False
        self._placed, self._shown = now, shown
        stage = place_stage(face.width(), face.height(), look=self._look)
        ring = placed(face, QRectF(stage.ring, stage.ring))
        self.stage = replace(stage, ring=ring.center())
        u = stage.u
        care = self._look.session_font("next", u, weight=500)
        face.care.set_size(max(SMALLEST_TARGET, 1.8 * care.pixelSize()), care)
        words = self._words()
        self._place_top(stage)
        self._place_guide(stage, words, shown.picture)
        size = Dial.size_for(stage.diameter)
        dial = QRectF(0, 0, size.width(), size.height())
        dial.moveCenter(stage.ring)
        self._put(face.dial, QRect(round(dial.x()), round(dial.y()), size.width(), size.height()))
        face.timeline.set_unit(u)
        face.timeline.setGeometry(stage.timeline.toAlignedRect())
        face.following.set_unit(u)
        face.following.setGeometry(stage.line.toAlignedRect())
        self._place_controls(stage)
        self._place_veils(stage)
        return True

    def _place_veils(self, stage: Stage) -> None:
        face = self._face
        for veil in (face.veil, face.edge):
            veil.setGeometry(face.rect())
        lower = 0.0 if face.dial.face.side and self._shown.state == "running" else 18 * stage.u
        clock = QRectF(0, 0, stage.diameter * 0.6, stage.diameter * 0.22)
        clock.moveCenter(stage.ring + QPointF(0, lower - 21 * stage.u))
        face.veil.leave_open([placed(face, clock)] if face.dial.time_shown else [])

    def _put(self, part: QWidget, place: QRect) -> None:
        part.setGeometry(QStyle.visualRect(self._face.layoutDirection(), self._face.rect(), place))

    def _said(self) -> tuple[object, ...]:
        """All words of the face that take room; each second of a session asks, and in most of them none has changed."""
        face = self._face
        guide = (face.title.text(), face.instruction.text(), bool(face.beat.text()), face.detail.text())
        return *guide, face.slot.message, face.slot.action_text, face.heading_whole, face.more_time_button.text()

    def _words(self) -> Words:
        face, shown = self._face, self._shown
        wide = scene_width(shown.drawing)
        largest: tuple[float, float] | None = None
        if shown.picture == "photo":
            largest = PHOTO
        elif shown.picture == "drawing":
            largest = ((wide - (0.6 if wide == PAIR_WIDTH else 0)) * LARGEST_RADIUS, SCENE_HEIGHT * LARGEST_RADIUS)
        return Words(
            title=face.title.text(),
            instruction=face.instruction.text(),
            beat=bool(face.beat.text()),
            beside=shown.picture == "drawing" and wide < PAIR_WIDTH,
            detail=face.detail.text(),
            picture=largest,
            smallest=SMALLEST_PHOTO if shown.picture == "photo" else SMALLEST_RADIUS / LARGEST_RADIUS,
            title_role="title_with_photo" if shown.picture == "photo" else "title",
            grown=QUIET_GROWS if shown.large else 1.0,
            extra=0.0 if shown.state == "running" else self._carry_on_height() + self._below_height(),
        )

    def _carry_on_height(self) -> float:
        u = self.stage.u if self.stage else 1.0
        return max(92 * u, 60.0)

    def _below_height(self) -> float:
        """The room of what stands under Carry on: the care card's link, or the hint."""
        u = self.stage.u if self.stage else 1.0
        if self._shown.state == "hurts":
            return 10 * u + self._face.care.sizeHint().height()
        return 18 * u + self._look.session_line_height("next", u)

    def _place_top(self, stage: Stage) -> None:
        face = self._face
        u, top = stage.u, stage.top
        middle = top.center().y()
        glyph = round(max(22 * u, 20))
        for button in (face.close_button, face.more_button):
            button.set_side(round(max(44 * u, 44)), glyph)
        side = face.close_button.sizeHint().width()
        glyph_inset = (side - self._look.px(glyph)) / 2
        left = stage.top.left() + 5 * u - glyph_inset
        self._put(face.close_button, QRect(round(left), round(middle - side / 2), side, side))
        font, line = self._look.session_font("pill", u), self._look.session_line_height("pill", u)
        face.heading.set_own_font(font, line)
        face.shorten_heading(len(face.heading_whole[0]))
        start = max(stage.top.left() + 54 * u, left + side + 4)
        room = top.right() - start - side - 8 * u
        natural = _natural(face.heading.text(), font)
        face.heading.show()
        if face.slot.message:
            lowest = min(stage.guide.top(), stage.ring.y() - stage.diameter / 2)
            face.slot.fit(top, max(room - natural - 16 * u, (top.right() - start) * 0.62), u, lowest=lowest)
            if face.slot.height() > lowest - 4 * u:  # what is read from afar is not covered, the heading may be
                lowest = min(lowest, stage.ring.y() - Dial.size_for(stage.diameter).height() / 2)
                face.slot.fit(top, room, u, lowest=lowest, smallest=SMALLEST_TEXT)
                face.heading.hide()
            room = face.slot.geometry().left() - start - side - 12 * u
            self._put(face.slot, face.slot.geometry())
        if face.heading.isHidden():
            self._put(face.more_button, QRect(round(start), round(middle - side / 2), side, side))
            return
        width, height = self._fit_heading(font, line, room, wanted=top.height() + 4, highest=2 * middle - 4)
        self._put(face.heading, QRect(round(start), round(middle - height / 2), round(width), height))
        self._put(face.more_button, QRect(round(start + width + 4 * u), round(middle - side / 2), side, side))

    def _fit_heading(
        self, font: QFont, line: float, room: float, *, wanted: float, highest: float
    ) -> tuple[float, int]:
        """How wide and high: `wanted` is reached by smaller letters, and `highest` by fewer letters of the name."""
        heading, letters = self._face.heading, len(self._face.heading_whole[0])
        width = min(_natural(heading.text(), font), room)
        height = heading.heightForWidth(round(width))
        while height > wanted and font.pixelSize() > SMALLEST_HEADING:
            line *= (font.pixelSize() - 1) / font.pixelSize()
            font.setPixelSize(font.pixelSize() - 1)
            heading.set_own_font(font, line)
            width = min(_natural(heading.text(), font), room)
            height = heading.heightForWidth(round(width))
        while height > highest and letters > SHORTEST_NAME:  # a name without end, in a small window
            letters -= 1
            self._face.shorten_heading(letters)
            height = heading.heightForWidth(round(width))
        return width, height

    def _place_guide(self, stage: Stage, words: Words, picture: str) -> None:
        face = self._face
        u = stage.u
        guide = fit_guide(stage.guide, words, u=u, look=self._look)
        face.title.set_own_font(guide.title_font, guide.title_line)
        self._put(face.title, _box(guide.title))
        face.instruction.set_own_font(guide.instruction_font, guide.instruction_line)
        self._put(face.instruction, _box(guide.instruction))
        face.detail.setVisible(guide.detail is not None)
        if guide.detail is not None:
            face.detail.set_own_font(self._look.session_font("next", u), self._look.session_line_height("next", u))
            self._put(face.detail, _box(guide.detail))
        face.beat.setVisible(guide.beat is not None)
        if guide.beat is not None:
            font = self._look.session_font("title_with_photo", u)
            face.beat.set_own_font(font, guide.beat.height())
            self._put(face.beat, _box(guide.beat))
        face.photo.setVisible(picture == "photo" and guide.picture is not None)
        face.motion.setVisible(picture == "drawing" and guide.picture is not None)
        if guide.picture is not None:
            self._place_picture(guide, guide.picture, picture, u)
        if guide.extra is not None:
            self._place_carry_on(guide.extra, u)

    def _place_picture(self, guide: Guide, place: QRectF, picture: str, u: float) -> None:
        face = self._face
        if picture == "photo":
            face.photo.set_radius(24 * u)
            self._put(face.photo, _box(place))
            return
        name = self._shown.drawing
        radius = place.height() / SCENE_HEIGHT
        pair = scene_width(name) == PAIR_WIDTH
        # the outline, not the room for the hands around it, stands above the words
        left = guide.title.left() - (0.3 * radius if pair else 0)
        self._put(face.motion, _box(QRectF(left, place.top(), scene_width(name) * radius + 2, place.height())))

    def _place_carry_on(self, area: QRectF, u: float) -> None:
        face = self._face
        height = self._carry_on_height()
        font = self._look.session_font("control", u)
        font.setPixelSize(round(min(max(28 * u, 22.0) * self._look.scale, height * 0.42)))
        font.setWeight(QFont.Weight.DemiBold)
        face.carry_on.set_size(height, font)
        width = max(400 * u, face.carry_on.sizeHint().width())
        self._put(face.carry_on, _box(QRectF(area.left(), area.top(), min(width, area.width()), height)))
        if self._shown.state == "hurts":
            hint = face.care.sizeHint()
            below = round(area.top() + height + 10 * u)
            self._put(face.care, QRect(round(area.left() - 16), below, hint.width(), hint.height()))
        else:
            line = self._look.session_line_height("next", u)
            small = self._look.session_font("next", u)
            while _natural(face.hint.text(), small) > area.width() and small.pixelSize() > SMALLEST_TEXT:
                small.setPixelSize(small.pixelSize() - 1)
            face.hint.set_own_font(small, line)
            under = area.top() + height + 18 * u
            self._put(face.hint, _box(QRectF(area.left(), under, area.width(), line)))

    def _place_controls(self, stage: Stage) -> None:
        area, gap, height = stage.controls, stage.control_gap, stage.control_height
        rows = _rows_of_controls(self._face, self._shown.state, portrait=stage.portrait)
        y = area.bottom() - len(rows) * height - (len(rows) - 1) * gap
        for row in rows:
            places = place_row(QRectF(area.left(), y, area.width(), height), [weight for _, weight in row], gap)
            self._dress_row([button for button, _ in row], places, stage.u, height)
            for (button, _), place in zip(row, places, strict=True):
                self._put(button, _box(place))
            y += height + gap

    def _dress_row(self, buttons: Sequence[Button], places: Sequence[QRectF], u: float, height: float) -> None:
        """Give a row one size of text that fits every button of it, with icons while there is room."""
        face = self._face
        font = self._look.session_font("control", u)

        def most(*, icons: bool) -> float:
            """How far past its room the widest content of the row goes."""
            worst = 0.0
            for button, place in zip(buttons, places, strict=True):
                words = QFontMetricsF(font).horizontalAdvance(button.text()) + 4
                icon = font.pixelSize() * ICON_AND_GAP if icons and button is not face.hurts_button else 0.0
                worst = max(worst, (words + icon) / (place.width() - 16 * u))
            return worst

        icons = most(icons=True) <= 1
        if not icons and (share := most(icons=False)) > 1:
            font.setPixelSize(max(12, int(font.pixelSize() / share)))
        for button in buttons:
            quiet = button is face.hurts_button
            button.set_icon_name(face.icons[button] if icons and not quiet else None)
            button.set_size(height, font)


def _rows_of_controls(face: Face, state: State, *, portrait: bool) -> list[list[tuple[Button, float]]]:
    """The controls of a state, row by row, each with its share of the row's width."""
    match state, portrait:
        case "running", False:
            return [
                [
                    (face.back_button, 0.92),
                    (face.hurts_button, 0.74),
                    (face.pause_button, 1.45),
                    (face.next_button, 1.45),
                    (face.more_time_button, 0.98),
                ]
            ]
        case "running", True:
            return [
                [(face.pause_button, 1), (face.next_button, 1)],
                [(face.back_button, 1), (face.hurts_button, 1), (face.more_time_button, 1)],
            ]
        case "hurts", _:
            return [[(face.skip_button, 1), (face.stop_button, 1)]]
        case _, False:
            return [[(face.restart_button, 1), (face.skip_button, 1), (face.stop_button, 1)]]
        case _:
            return [[(face.restart_button, 1)], [(face.skip_button, 1), (face.stop_button, 1)]]


def _box(place: QRectF) -> QRect:
    return place.toAlignedRect()


def _natural(text: str, font: QFont) -> float:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return QFontMetricsF(bold).horizontalAdvance(text) + 4
