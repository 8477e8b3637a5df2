"""A round at the desk: one word said five times."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from guide.hear.level import LoudnessNow
from guide.hear.meaning import Meaning
from guide.kit.dialog import Choice, Dialog
from guide.kit.words import effective
from guide.language import _, ngettext
from guide.live.her_words import word_of
from guide.live.wishes import wishes_of
from guide.pages.words.teach import TeachPanel
from guide.pages.words.view import TAKES, TakeView, TeachView
from guide.sound.pcm import SoundError
from guide.sound.repertoire import sound_of
from guide.tools import Tools

if TYPE_CHECKING:
    from guide.hear.takes import Flaw, Take
    from guide.hear.teaching import Teaching
    from guide.sound.clip import Clip

FRAME: Final = 50  # milliseconds between two pictures of the ring
STILL_FRAME: Final = 250
LOW: Final = 480  # a window lower than this has no room for every word of the panel


class TeachingRound(QObject):
    """
    One word taught: takes until five are good. `over` tells whether they are, so that the word can be tried.

    `level` is what the microphone gave last; where there is none, that is said, and nothing is counted down.
    """

    over = Signal(bool)

    def __init__(self, tools: Tools, meaning: Meaning, *, level: LoudnessNow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._meaning = meaning
        self._word = word_of(tools.preferences.settings, meaning)
        self._teaching: Teaching | None = None
        self._level = level
        self._was_there = not level.gone
        self._tick_sound: Clip | None = None
        self._panel: TeachPanel | None = None
        self._shown: Dialog | None = None
        self._frames = QTimer(self)
        self._frames.setInterval(STILL_FRAME if tools.look.still else FRAME)
        self._frames.timeout.connect(self._tick)
        tools.listening.judged.connect(self._judged)
        tools.aside(self._make_tick)

    def begin(self) -> None:
        from guide.hear.teaching import begin  # brings numpy

        tools = self._tools
        kept = tools.listening.takes.get(self._meaning, ())
        self._teaching = begin(tools.listening.now(), kept)
        tools.listening.teach(on=True)
        panel = self._panel = TeachPanel(look=tools.look)
        if effective(tools.window.body.height(), tools.look.scale) < LOW:
            panel.make_small()
        dialog = self._dialog(
            _("Say “{word}” five times, with the pump running").format(word=self._word),
            [Choice("stop", _("Stop here")), Choice("over", _("Start over"))],
            panel,
        )
        tools.window.open_dialog(dialog, self._answered)
        self._shown = dialog
        self._frames.start()
        self._tick()

    def _make_tick(self) -> None:
        """Beside the window; it says that a take was heard, where chimes may sound."""
        tools = self._tools
        wishes = wishes_of(tools.preferences.settings)
        if wishes.chimes_on:
            with suppress(SoundError):
                self._tick_sound = sound_of("tick", wishes, cache=tools.paths.voices, beside=None)

    def _dialog(self, title: str, choices: list[Choice], content: TeachPanel) -> Dialog:
        tools = self._tools
        return Dialog(tools.window.body, look=tools.look, title=title, choices=choices, content=content)

    def _answered(self, wish: object) -> None:
        self._frames.stop()
        match wish:
            case "over":
                self._teaching = None
                self.begin()
            case _:
                self._keep()
                self._end(done=False)

    def _keep(self) -> None:
        """What was said so far; the takes of before go only when five new ones are there."""
        from guide.hear.teaching import TakePhase

        teaching, listening = self._teaching, self._tools.listening
        if teaching is None:
            return
        had = listening.takes.get(self._meaning, ())
        better = teaching.phase is TakePhase.DONE or len(had) < TAKES
        if better and teaching.kept != had:
            self._tools.preferences.change(
                alike_kept=tuple(
                    each for each in self._tools.preferences.settings.alike_kept if each != self._meaning.value
                )
            )
            ordered = {**listening.takes, self._meaning: teaching.kept}
            listening.keep({meaning: ordered[meaning] for meaning in Meaning if ordered.get(meaning)})

    def _end(self, *, done: bool) -> None:
        listening = self._tools.listening
        listening.teach(on=False)
        listening.judged.disconnect(self._judged)
        self._panel = None
        self.over.emit(done)
        self.deleteLater()

    # what comes in

    def take_level(self, level: LoudnessNow, *, sounded: bool) -> None:
        self._level = level
        self._was_there |= not level.gone
        self._tick(sounded=sounded)

    def _tick(self, *, sounded: bool = False) -> None:
        from guide.hear.teaching import BEFORE, TakePhase, recorded, tick  # brings numpy

        listening, level = self._tools.listening, self._level
        now = listening.now()
        if self._panel is not None and self._teaching is not None:
            before = self._teaching.phase
            if not level.gone:
                over = level.now - level.pump
                self._teaching = tick(self._teaching, now, over=over, share=level.share, sounded=sounded)
            if before is TakePhase.NOW and self._teaching.phase is TakePhase.JUDGING:
                listening.judge(recorded(self._teaching, now), BEFORE, self._teaching.kept)
            self._panel.show_view(self._view(self._teaching, now))

    def _judged(self, found: Take | Flaw) -> None:
        from guide.hear.teaching import TakePhase, judged

        if self._teaching is None:
            return
        kept = len(self._teaching.kept)
        self._teaching = judged(self._teaching, self._tools.listening.now(), found)
        if len(self._teaching.kept) > kept and self._tick_sound is not None:
            self._tools.player.play(self._tick_sound)
        if self._teaching.phase is TakePhase.DONE:
            self._frames.stop()
            self._keep()
            if self._shown is not None:
                self._shown.choose(None)
            self._end(done=True)
        else:
            self._tick()

    # what is shown

    def _view(self, teaching: Teaching, now: timedelta) -> TeachView:
        from guide.hear.teaching import MANY, TakePhase

        counting = teaching.phase is TakePhase.COUNTING
        cards = [TakeView(shape, _("Clear"), "check") for shape in teaching.shapes]
        if len(cards) < TAKES:
            words = _("Not yet") if counting and teaching.flaw is None else _("Listening")
            cards.append(
                TakeView(teaching.shape, _flawed(teaching.flaw) if counting and teaching.flaw else words, now=True)
            )
        cards += [TakeView((), _("Not yet")) for _number in range(TAKES - len(cards))]
        count = len(teaching.kept)
        kept = ngettext("{count} take is kept.", "{count} takes are kept.", count).format(count=count)
        left, number, caption = teaching.left(now), "", _("Now")
        if counting:
            number, caption = str(teaching.number(now)), _("then say it")
        if self._level.gone:
            left, number, caption = 0.0, "–", ""
            missing = _("No microphone now. It is looked for again every few seconds.")
            text = (_("The microphone is gone.") if self._was_there else missing) + " " + kept
        elif teaching.flaws >= MANY:
            text = _("Another word may be easier to hear. Two words are heard more surely than one.")
        elif teaching.flaw is not None:
            text = _advice(teaching.flaw)
        else:
            text = _("As you would say it at 3 a.m. It starts and stops by itself; a soft tick says it was heard.")
        return TeachView(
            left=left,
            number=number,
            caption=caption,
            text=text,
            cards=tuple(cards),
            note=_("Too much noise now?") + " " + kept + " " + _("You can go on later.") if count else "",
            level=self._level,
        )


def _flawed(flaw: Flaw) -> str:
    from guide.hear.takes import Flaw

    match flaw:
        case Flaw.CUT_OFF:
            return _("Cut off. Again")
        case Flaw.TOO_SOFT | Flaw.NO_VOICE:
            return _("Very soft. Again")
        case Flaw.TOO_SHORT:
            return _("Very short. Again")
        case Flaw.TOO_LONG:
            return _("Very long. Again")
        case Flaw.UNLIKE:
            return _("Sounded different. Again")


def _advice(flaw: Flaw) -> str:
    from guide.hear.takes import Flaw

    match flaw:
        case Flaw.CUT_OFF:
            return _("That one was very loud, and its sound was cut off. A little further away, please.")
        case Flaw.TOO_SOFT:
            return _("That one was very soft. A little closer to the microphone, and it will hear you over the pump.")
        case Flaw.NO_VOICE:
            return _("No voice was heard. Say it when the ring says Now, a little closer to the microphone.")
        case Flaw.TOO_SHORT:
            return _("That one was very short. Two words are heard more surely than one.")
        case Flaw.TOO_LONG:
            return _("That one was very long. One or two words are enough.")
        case Flaw.UNLIKE:
            return _("That one sounded different from the others. Say it the same way again.")
