"""The form of one step."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from guide.compat import override
from guide.core.duration import LONGEST, SECOND, DurationError, parse_length, written
from guide.core.naming import kind_word
from guide.core.pump import filled
from guide.core.routine import DRAWINGS, Drawing, Kind, Length, Range, Side, Wait
from guide.kit.buttons import Button, IconButton
from guide.kit.choices import Check, Select
from guide.kit.look import Look
from guide.kit.motion.widget import Motion
from guide.language import N_, _, in_words, screen
from guide.language import words as words_of
from guide.pages.editor.cues import CueEditor
from guide.pages.editor.document import RoutineText
from guide.pages.editor.fields import FormField, LineField, ParagraphField
from guide.pages.editor.form import CHIMES, Form, choose, show_text, text_of, trial
from guide.pages.editor.heard import Spoken
from guide.pages.editor.kind_grid import ChoiceRow, KindGrid
from guide.pages.editor.length_control import LengthControl, spoken_estimate
from guide.pages.editor.length_line import LengthLine, at_most, readings
from guide.pages.editor.pasted import as_entries
from guide.pages.editor.places import written_place
from guide.pages.editor.untaken import Untaken
from guide.store.routines.limits import LONGEST_SHOWN
from guide.store.routines.template import texts_of
from guide.store.yaml.edit import Edits, set_fields, set_pace

SIDES: Final = (("both", N_("Both")), ("left", N_("Left")), ("right", N_("Right")), ("each", N_("Each")))
UNTIL: Final = (("", N_("When its time is over, or by Next")), ("milk slows", N_("Milk slows")))
_FILE: Final = "file"
SOUNDS: Final = (("", N_("As the kind has it")), *CHIMES, (_FILE, N_("A sound file beside this one")))
DRAWN_WORDS: Final = {
    Drawing.CIRCLES: N_("Small circles"),
    Drawing.STROKE: N_("Light strokes"),
    Drawing.SHAKE: N_("A gentle shake"),
    Drawing.KNEAD: N_("Kneading"),
    Drawing.COMPRESS: N_("Pressing gently"),
    Drawing.EXPRESS: N_("By hand"),
    Drawing.PUMP: N_("The pump"),
    Drawing.REST: N_("Resting"),
    Drawing.NONE: N_("No drawing"),
}
DRAWN: Final = (
    ("", N_("As the kind has it")),
    *((drawing.value, words) for drawing, words in DRAWN_WORDS.items()),
)


def two_lines(text: str) -> str:
    """
    A text as the screen breaks it, in two lines of thirty.

    >>> print(two_lines("Start both pumps and let your shoulders drop."))
    Start both pumps and let your
    shoulders drop.
    """
    lines = textwrap.wrap(" ".join(text.split()), LONGEST_SHOWN // 2)
    return "\n".join(lines[:2]) + (" …" if len(lines) > 2 else "")


class StepForm(Form):
    """All a step can say; `spoken` tells how long a text takes where that is known."""

    mends_all = "duration"

    def __init__(self, *, look: Look, text: RoutineText, spoken: Spoken, parent: QWidget | None = None) -> None:
        super().__init__(look=look, text=text, parent=parent)
        self._spoken = spoken
        self._said = ""
        self._kind = ""
        self._of_the_range: dict[str, str | None] = {}
        self.kinds = KindGrid(look=look, parent=self)
        named = self.field("kind", _("Kind of step"), self.kinds).name
        named.hide()
        self.kinds.became_menu.connect(named.setVisible)
        self.title = self.line("title", _("Title"))
        self.side = ChoiceRow(in_words(SIDES), look=look, name=_("Side"), parent=self)
        self.field("side", _("Side"), self.side)
        self.length = LengthControl(look=look, parent=self)
        self.field("duration", _("Length"), self.length)
        self.until = self.select("until", _("Can end early when"), in_words(UNTIL))
        self.linger = LengthLine(_("Keep going after the milk slows"), look=look, placeholder="0 s", parent=self)
        self.line("linger", _("Keep going after the milk slows"), tried=True, made=self.linger)
        self.linger.completes = self._linger_of
        self.say = self.paragraph("say", _("Said at the start"))
        self.listen = self._beside("say", "voice", _("Listen to what is said"))
        self.shown = self.paragraph("show", _("Shown on the screen"))
        self.cues = CueEditor(look=look, cut=self._cut_cue, parent=self)
        self.field("cues", _("Small cues"), self.cues)
        self.partner = self.line("partner", _("For your partner"))
        self.suction = self.line("suction", _("Suction"), placeholder=_("The most that still feels comfortable"))
        self.suggested = Check(_("Suggested length"), look=look, parent=self)
        self.field("suggested", "", self.suggested, hint=_("For a length that no source gives; it is shown so."))
        self.drawn = self.select("motion", _("Drawing"), in_words(DRAWN))
        self.drawing = Motion(look=look, parent=self)
        self.drawing.setFixedHeight(look.px(130))
        self.sound = Select(in_words(SOUNDS), look=look, name=_("Chime at the start"), framed=True, parent=self)
        self.chime = Button(_("Listen"), look=look, icon="chime", size="small", parent=self)
        self.chime.setAccessibleName(_("Listen to the chime"))
        row = QWidget(self)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.sound, 1)
        across.addWidget(self.chime)
        self.field("sound", _("Chime at the start"), row)
        self.sound_file = LineField(_("Sound file"), look=look, placeholder="bell.ogg", parent=self)
        self.fields["sound"].beside = (self.sound_file,)
        self.beats = ParagraphField(_("Beats"), look=look, lines=2, pasted=as_entries, parent=self)
        self.field(
            "pace",
            _("Beats of a pace"),
            self.beats,
            hint=_("One word or two a line, over and over, each with a soft tick."),
        )
        self.every = LengthLine(_("From one beat to the next"), look=look, placeholder="1 s", parent=self)
        self.every.completes = lambda text: next(iter(readings(text, at_most(LONGEST), ("s",))), text)
        self.every_field = FormField(_("From one beat to the next"), self.every, look=look, parent=self)
        self.every_field.key = "pace"
        self.every_field.untaken_changed.connect(self.untaken_changed)
        for key in (
            "kind",
            "title",
            "side",
            "duration",
            "until",
            "linger",
            "say",
            "show",
            "cues",
            "partner",
            "suction",
        ):
            self.column.addWidget(self.fields[key])
        self.column.addWidget(self.fields["suggested"])
        self.column.addWidget(self.fields["motion"])
        self.column.addWidget(self.drawing)
        self.column.addWidget(self.fields["sound"])
        self.column.addWidget(self.sound_file)
        self.column.addWidget(self.fields["pace"])
        self.column.addWidget(self.every_field)
        self.column.addStretch(1)
        self.kinds.chosen.connect(self._choose_kind)
        self.side.chosen.connect(lambda side: self.write("side", str(side)))
        self.length.written.connect(self._write_length)
        self.length.wrong.connect(lambda why, waits: self.fields["duration"].tell_own(why, waits=waits))
        self.suggested.clicked.connect(lambda on: self.write("suggested", "true" if on else ""))
        self.cues.listen_asked.connect(self.listen_asked)
        self.cues.chime_listen_asked.connect(self.chime_listen_asked)
        self.cues.untaken_changed.connect(self.untaken_changed)
        self.cues.text_asked.connect(lambda: self.text_asked.emit(self.place, "cues"))
        self.listen.clicked.connect(self._listen)
        self.chime.clicked.connect(lambda: self.chime_listen_asked.emit(self._sound() or self._kind))
        self.sound.chosen.connect(self._choose_sound)
        self.sound_file.written.connect(self._write_sound_file)
        self.beats.written.connect(self._write_beats)
        self.beats.left.connect(text.end_merge)
        self.every.written.connect(self._write_every)
        self.every_field.text_asked.connect(lambda: self.text_asked.emit(self.place, "pace"))

    @override
    def show_values(self, values: Mapping[str, Any], *, fresh: bool) -> None:
        kind = text_of(values, "kind")
        self._kind = kind
        self.kinds.show_kind(kind)
        word = kind_word(Kind(kind), screen()) if kind in set(Kind) else ""
        self.title.setPlaceholderText(word)
        for line, key in (
            (self.title, "title"),
            (self.linger, "linger"),
            (self.say, "say"),
            (self.shown, "show"),
            (self.partner, "partner"),
            (self.suction, "suction"),
        ):
            show_text(line, values.get(key), fresh=fresh)
        inside = len(self.place) > 1
        self.side.set_options([("", _("The group's")), *in_words(SIDES)] if inside else in_words(SIDES))
        self.side.set_value(text_of(values, "side") or ("" if inside else "both"))
        if fresh:
            self._of_the_range = {}
        duration = text_of(values, "duration")
        (self.length.reset if fresh else self.length.show_value)(duration)
        until = text_of(values, "until")
        choose(self.until, until, in_words(UNTIL))
        ranged = _is_range(duration)
        self.fields["until"].setVisible(ranged or bool(until))
        self.fields["linger"].setVisible(ranged or "linger" in values)
        self.say.setPlaceholderText(text_of(values, "title") or word)
        self.shown.setPlaceholderText(text_of(values, "say"))
        self._hint(values)
        cues = values.get("cues")
        self.cues.show_cues(self.place, cues if isinstance(cues, list) else [], duration, fresh=fresh)
        self.suggested.setChecked(text_of(values, "suggested").lower() == "true")
        self._show_drawing(values, kind)
        sound = text_of(values, "sound")
        is_file = bool(sound) and sound not in dict(SOUNDS)
        self.sound.set_value(_FILE if is_file else sound)
        self.sound_file.setVisible(is_file or (self.sound.value == _FILE and not fresh))
        show_text(self.sound_file, sound if is_file else "", fresh=fresh)
        pace = values.get("pace")
        paced = pace if isinstance(pace, Mapping) else {}
        show_text(self.beats, paced.get("beats"), fresh=fresh)
        show_text(self.every, paced.get("every"), fresh=fresh)
        self.every_field.setVisible(bool(paced))
        if fresh:
            self.every_field.forget()

    @override
    def finish(self) -> None:
        super().finish()
        self.length.settle()

    @override
    def leave(self) -> Untaken | None:
        left = super().leave()
        self.length.forget()
        return left

    @override
    def show_problems(self) -> None:
        super().show_problems()
        self.fields["cues"].tell(None)
        found = {}
        for number in reversed(range(len(self.cues.rows))):
            problem = self.problem_of(f"cues[{number}]")
            if problem is not None:
                found[number] = problem
        self.cues.show_problems(found)
        if not found:
            self.fields["cues"].tell(self.problem_of("cues"))

    @property
    def said(self) -> list[str]:
        """What is said at the start, as it is shown."""
        return [self._said] if self._said else []

    def show_lengths(self) -> None:
        """Tell anew how long it takes to say."""
        if self.isVisible():
            self._hint(self._text.fields(self.place))

    def _hint(self, values: Mapping[str, Any]) -> None:
        say = self._said = self._filled(text_of(values, "say") or text_of(values, "title"), values)
        known = self._spoken(say) if say else None
        length = known or spoken_estimate(say)
        seconds = written(max(1, round(length / SECOND)) * SECOND)
        takes = _("Takes {seconds} to say.") if known else _("Takes about {seconds} to say.")
        marks = _("{{side}} becomes left, right or both, {{level}} your comfortable level.").format()
        told = [marks if "{" in text_of(values, "say") else "", takes.format(seconds=seconds) if say else ""]
        self.fields["say"].set_hint(" ".join(filter(None, told)))
        shown = text_of(values, "show") or text_of(values, "say")
        self.fields["show"].set_hint(
            _("On the screen:\n{two_lines}").format(two_lines=two_lines(self._filled(shown, values))) if shown else ""
        )

    def _filled(self, shown: str, values: Mapping[str, Any]) -> str:
        """With its marks replaced as a session replaces them; of each side, the left."""
        of_group = self._text.fields(self.place[:-1]) if self.place[1:] else {}
        side = text_of(values, "side") or text_of(of_group, "side")
        on = Side(side) if side in set(Side) else Side.BOTH
        language = text_of(self._text.fields(()), "language") or "en"
        return filled(shown, Side.LEFT if on is Side.EACH else on, self._text.pump, words_of(language))

    def _show_drawing(self, values: Mapping[str, Any], kind: str) -> None:
        motion = text_of(values, "motion")
        choose(self.drawn, motion, in_words(DRAWN))
        if motion in set(Drawing):
            drawing = Drawing(motion)
        else:
            drawing = DRAWINGS[Kind(kind)] if kind in set(Kind) else Drawing.NONE
        side = text_of(values, "side")
        self.drawing.setVisible(drawing is not Drawing.NONE)
        self.drawing.show_motion(
            drawing.value, side if side in {"left", "right"} else "both", kind if kind in set(Kind) else "rest"
        )
        self.drawing.describe(_("Drawing: {value}").format(value=_(DRAWN_WORDS[drawing])))

    def _write_length(self, duration: str) -> None:
        """What ends a range early goes with the range, and comes back with it as long as the step is open."""
        place, values = self.place, self._text.fields(self.place)
        wanted: dict[str, str | None] = {"duration": duration}
        if not _is_range(duration):
            had: dict[str, str | None] = {key: text_of(values, key) for key in ("until", "linger") if key in values}
            wanted |= dict.fromkeys(had)
            self._of_the_range |= had
        elif not _is_range(text_of(values, "duration")):
            wanted |= {key: value for key, value in self._of_the_range.items() if key not in values}
        self.cut(
            lambda text: set_fields(text, place, wanted),
            field=self.fields["duration"],
            merge=written_place(place, "duration"),
        )

    def _linger_of(self, text: str) -> str:
        """A number alone is minutes, as a length is, or seconds where so many minutes are more than the step has."""
        try:
            length: Length = parse_length(text_of(self._text.fields(self.place), "duration"))
        except DurationError:
            length = Wait()
        most = length.latest if isinstance(length, Range) else LONGEST
        return next(iter(readings(text, at_most(most), ("min", "s"))), text)

    def _choose_kind(self, kind: str) -> None:
        place, wanted = self.place, {"kind": kind, **self._texts_with(kind)}
        self.cut(
            lambda text: set_fields(text, place, wanted),
            field=self.fields["kind"],
            merge=written_place(place, "kind"),
        )

    def _texts_with(self, kind: str) -> dict[str, str | None]:
        """What a new routine has written for the kind before becomes what it has for this one; her own words stay."""
        values = self._text.fields(self.place)
        for words in (words_of(text_of(self._text.fields(()), "language") or "en"), screen()):
            before, after = texts_of(self._kind, words), texts_of(kind, words)
            kept = [key for key, text in before.items() if " ".join(text_of(values, key).split()) == text]
            if kept:
                new = [key for key in after if "say" in kept and key not in values]
                return {key: after.get(key) for key in (*kept, *new)}
        return {}

    def _beside(self, key: str, icon: str, name: str) -> IconButton:
        button = IconButton(icon, name, look=self._look, icon_side=20, parent=self)
        self.fields[key].put_beside(button)
        return button

    def _listen(self) -> None:
        words = self.say.value or self.title.value or self.title.placeholderText()
        self.listen_asked.emit(self._filled(" ".join(words.split()), self._text.fields(self.place)))

    def _sound(self) -> str:
        return self.sound_file.value if self.sound.value == _FILE else str(self.sound.value or "")

    def _choose_sound(self, value: object) -> None:
        self.sound_file.setVisible(value == _FILE)
        if value == _FILE:
            self.sound_file.setFocus()
        else:
            self.fields["sound"].tell_own("")
            self.write("sound", str(value))

    def _write_sound_file(self, name: str) -> None:
        wrong = trial({"sound": name}, "sound") if name else ""
        self.fields["sound"].tell_own(wrong)
        if not wrong:
            self.write("sound", name)

    def _write_beats(self, text: str) -> None:
        place, beats = self.place, [line.strip() for line in text.split("\n") if line.strip()]
        merge = written_place(place, "pace.beats")
        self.cut(lambda text: set_pace(text, place, beats or None), field=self.fields["pace"], merge=merge)

    def _write_every(self, every: str) -> None:
        wrong = trial({"pace": {"beats": ["one"], "every": every}}, "pace")
        self.every_field.tell_own(wrong)
        beats = [line for line in self.beats.value.split("\n") if line]
        if not wrong and beats:
            place = self.place
            merge = written_place(place, "pace.every")
            self.cut(lambda text: set_pace(text, place, beats, every), field=self.every_field, merge=merge)

    def _cut_cue(self, make: Callable[[str], Edits], field: FormField | None, merge: str) -> bool:
        return self.cut(make, field=field or self.fields["cues"], merge=merge)


def _is_range(duration: str) -> bool:
    try:
        return isinstance(parse_length(duration), Range)
    except DurationError:
        return False
