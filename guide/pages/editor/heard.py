"""What is heard and shown within a step, moment by moment: in words, and as rows of the preview."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.core.duration import SECOND, clock, written
from guide.core.plan import Advance, Beat, Chime, Earliest, Moment, Partner, Say, Segment, Show
from guide.kit.buttons import IconButton
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.rows import Glyph
from guide.kit.theme import Tint
from guide.language import _
from guide.pages.editor.length_control import spoken_estimate

Spoken = Callable[[str], timedelta | None]
Kind = tuple[str, bool, bool]


@dataclass(frozen=True, slots=True)
class HeardLine:
    """One line of what happens in a step: when, by which glyph, and in words; `note` where it is too long."""

    at: str
    glyph: str
    text: str
    speech: bool = False
    chime: str = ""
    note: str = ""


def heard_in(segment: Segment, spoken: Spoken) -> list[HeardLine]:
    """What comes in a step, in order, with what does not fit marked in words."""
    return list(_heard(segment, spoken))


def _heard(segment: Segment, spoken: Spoken) -> Iterator[HeardLine]:
    moments = segment.moments
    beats = 0
    speech = [moment for moment in moments if isinstance(moment.action, Say | Partner)]
    for moment in moments:
        at = clock(moment.offset)
        match moment.action:
            case Say(text):
                yield HeardLine(at, "voice", text, speech=True, note=_overrun(moment, speech, segment, spoken))
            case Partner(text):
                yield HeardLine(at, "partner", text, speech=True, note=_overrun(moment, speech, segment, spoken))
            case Chime(sound):
                yield HeardLine(at, "chime", _chime_words(sound), chime=sound)
            case Show(text):
                yield HeardLine(at, "say", text)
            case Beat(text):
                beats += 1
                if segment.step.pace and beats <= len(segment.step.pace.beats):
                    yield HeardLine(at, "clock", text)
            case Earliest():
                yield HeardLine(at, "tap", _("May end from here"))
            case Advance():
                yield HeardLine(at, "next", _("Moves on by itself"))


def _chime_words(sound: str) -> str:
    if "." in sound:
        return sound
    return {"tick": _("Soft tick"), "earliest": _("Chime of the mark"), "end": _("Closing chime")}.get(
        sound, _("Soft chime")
    )


def _overrun(moment: Moment, speech: Sequence[Moment], segment: Segment, spoken: Spoken) -> str:
    text = moment.action.text if isinstance(moment.action, Say | Partner) else ""
    known = spoken(text)
    takes = known if known is not None else spoken_estimate(text)
    ends = moment.offset + takes
    seconds = written(max(1, round(takes / SECOND)) * SECOND)
    if known is None:
        seconds = _("about {time}").format(time=seconds)
    if segment.longest is not None and ends > segment.longest:
        if takes > segment.longest:
            return _("Takes {seconds} to say, longer than the step").format(seconds=seconds)
        return _("Takes {seconds} to say and runs past the end of the step").format(seconds=seconds)
    following = next((other for other in speech if other.offset > moment.offset), None)
    if following is not None and ends > following.offset + SECOND / 2:
        return _("Takes {seconds} to say and runs into what is said at {offset}").format(
            seconds=seconds, offset=clock(following.offset)
        )
    return ""


def kind_of(heard: HeardLine) -> Kind:
    """Lines of one kind can be shown by one row after another."""
    return heard.glyph, heard.speech, bool(heard.chime)


class HeardRow(QWidget):
    """When, how, what; and a key to listen to what is said."""

    listen_asked = Signal(str)
    chime_listen_asked = Signal(str)

    def __init__(self, heard: HeardLine, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.heard = heard
        at = self._at = Label(heard.at, look=look, role="small", tint="text2", parent=self)
        at.setMinimumWidth(look.px(38))
        at.setAlignment(Qt.AlignmentFlag.AlignRight)
        tint: Tint = "text" if heard.speech else "text2"
        words = self._words = Label(heard.text, look=look, role="label", tint=tint, weight=400, wrap=True, parent=self)
        self._note = Label("", look=look, role="small", tint="accent_text", wrap=True, parent=self)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(words)
        column.addWidget(self._note)
        column.addStretch(1)  # a short line stands beside its time, not in the middle of its key
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(10)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(at, 0, top)
        self.button: IconButton | None = None
        if heard.speech or heard.chime:
            self.button = IconButton(heard.glyph, "", look=look, icon_side=18, parent=self)
            self.button.clicked.connect(self._listen)
            at.setContentsMargins(0, 11, 0, 0)
            words.setContentsMargins(0, 11, 0, 0)
            row.addWidget(self.button, 0, top)
        else:
            glyph = Glyph(heard.glyph, look=look, side=18, parent=self)
            around = QHBoxLayout()
            around.setContentsMargins(13, 2, 13, 0)
            around.addWidget(glyph, 0, top)
            nest(row, around)
        nest(row, column, 1)
        self._tell(heard)

    @property
    def kind(self) -> Kind:
        return kind_of(self.heard)

    def show_line(self, heard: HeardLine) -> None:
        """Show another line of the same kind: what has the focus stays."""
        if heard != self.heard:
            self._tell(heard)

    def _tell(self, heard: HeardLine) -> None:
        self.heard = heard
        self._at.setText(heard.at)
        self._words.setText(heard.text)
        self._note.setText(f"{heard.note}." if heard.note else "")
        self._note.setVisible(bool(heard.note))
        if self.button is not None:
            self.button.set_icon(heard.glyph, _("Listen: {text}").format(text=heard.text))
        self.setAccessibleName(f"{heard.at}, {heard.text}" + (f". {heard.note}" if heard.note else ""))

    def _listen(self) -> None:
        if self.heard.chime:
            self.chime_listen_asked.emit(self.heard.chime)
        else:
            self.listen_asked.emit(self.heard.text)
