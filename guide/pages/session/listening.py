"""The slot while it listens: her words become intents, and the pill says what the ear is doing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from guide.compat import override
from guide.core.commands import Command
from guide.core.session import Move
from guide.hear.meaning import Meaning
from guide.hear.microphone import Hearing
from guide.language import _
from guide.live.heeding import Heeded, Heeding, Speaking, Unsure
from guide.live.her_words import FIRST_TOLD, THRESHOLDS, told, word_of
from guide.live.intents import Intent
from guide.live.sitting import Listener
from guide.pages.session.page import SessionPage
from guide.sound.performer import Heard, Performer
from guide.tools import Tools

if TYPE_CHECKING:
    from guide.hear.ear import Report
    from guide.hear.spotter import Spotted

TOLD_STEPS: Final = 2  # so many steps name the words; then it only says that it listens
WORTH_TELLING: Final = timedelta(seconds=1.5)  # of speaking


class HandsFree(QObject):
    """Holds the ear open for one session. Off in the settings, or without a word, it does nothing at all."""

    def __init__(
        self, tools: Tools, page: Callable[[], SessionPage], take: Callable[[Intent], None], *, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tools = tools
        self._page = page
        self._take = take
        self._performer: Performer | None = None
        self._speed = 1.0
        self._hearing = Hearing.OFF
        self._heeding = Heeding()
        self._speaking = Speaking()
        self._again = QTimer(self)  # when the pill changes by itself
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._show)

    @property
    def on(self) -> bool:
        return self._performer is not None

    def begin(self, performer: Performer, speed: float) -> Listener | None:
        """Open the ear; the listener has to be told what is heard of the session."""
        tools = self._tools
        settings = tools.preferences.settings
        if not settings.listen or not tools.listening.takes:
            return None
        self._performer, self._speed, self._heeding = performer, speed, Heeding()
        self._speaking, self._hearing = Speaking(), Hearing.OFF
        listening = tools.listening
        listening.open(settings.microphone)
        listening.listen_with(THRESHOLDS[settings.listens])
        listening.reported.connect(self._reported)
        return Sounds(self)

    def end(self) -> None:
        """Close the device."""
        if self.on:
            self._tools.listening.reported.disconnect(self._reported)
            self._tools.listening.close()
            self._performer = None
            self._again.stop()
            self._page().show_listening("", "")

    # what the session tells

    def sounded(self, at: timedelta) -> None:
        """Something was played, or hushed, at that time of the session: the ear is deaf until it is over."""
        if self._performer is None:
            return
        listening, speaking = self._tools.listening, self._speaking
        if not speaking.changed(self._performer, at, self._speed, listening.now()):
            return
        if not self._tools.preferences.settings.headphones:
            listening.be_deaf_until(speaking.until)
        self._show()

    def moved(self, move: Move) -> None:
        self._heeding.moved(move, self._tools.listening.now())
        self._show()

    # what the ear tells

    def _reported(self, report: Report) -> None:
        was, self._hearing = self._hearing, report.hearing
        if was is not report.hearing:
            self._show()
            if report.hearing.gone:
                self._page().announce(_("No microphone now"))
        if report.level is not None:
            self._page().slot.show_level(report.level.share_over_the_pump)
        for spotted in report.spotted:
            self._spotted(spotted)

    def _spotted(self, spotted: Spotted) -> None:
        tools, page = self._tools, self._page()
        if tools.window.here != "session" or page.dialog is not None or tools.window.dialog is not None:
            return
        session = tools.conductor.session
        if session is None:
            return
        match self._heeding.heed(spotted, tools.listening.now(), session, tools.conductor.now):
            case Unsure():
                self._show()
            case Heeded() as heeded:
                self._take(heeded.intent)
                self._confirm(heeded)
            case None:
                pass

    def _confirm(self, heeded: Heeded) -> None:
        word = word_of(self._tools.preferences.settings, heeded.meaning)
        undo = heeded.can_be_undone
        self._page().show_message(
            _("Heard “{word}”: {what}").format(word=word, what=heeded.does(self._tools.conductor.readout())),
            _("Undo") if undo else "",
            (lambda: self._take(Command.UNDO)) if undo else None,
            icon="check",
        )
        self._tick()

    def _tick(self) -> None:
        tools = self._tools
        tick = self._performer.tick(tools.conductor.now) if self._performer else None
        if tick is not None and not tools.preferences.settings.headphones:
            tools.listening.be_deaf_until(tools.listening.now() + tick.length)

    # the pill

    def _show(self) -> None:
        if not self.on:
            return
        now = self._tools.listening.now()
        text, icon, until = self._pill(now)
        self._page().show_listening(text, icon)
        self._again.stop()
        if until is not None:
            self._again.start(max(1, -(-(until - now) // timedelta(milliseconds=1))))

    def _pill(self, now: timedelta) -> tuple[str, str, timedelta | None]:
        """What it says, its icon, and when that changes by itself."""
        settings = self._tools.preferences.settings
        if self._hearing.gone:
            return _("No microphone now. Tap, pedal and keys work"), "mic_off", None
        heeding = self._heeding
        if heeding.unsure is not None and now < heeding.unsure_until:
            word = word_of(settings, heeding.unsure)
            return _("Was that “{word}”? Say it once more").format(word=word), "unsure", heeding.unsure_until
        if not settings.headphones and self._speaking.until - now > WORTH_TELLING:
            return _("Speaking. Then it listens again"), "voice", self._speaking.until
        again = self._speaking.until if self._speaking.until > now else None
        lesson = self._tools.listening.lesson
        known = lesson.meanings if lesson else ()
        if self._tools.conductor.paused:
            if Meaning.CARRY_ON not in known:
                return _("Paused"), "bars", again
            word = word_of(settings, Meaning.CARRY_ON)
            return _("Paused. Say “{word}” to carry on").format(word=word), "bars", again
        words = [word_of(settings, meaning) for meaning in FIRST_TOLD if meaning in known]
        if heeding.steps > TOLD_STEPS or not words:
            return _("Listening"), "bars", again
        return told(words), "bars", again


class Sounds(Listener):
    """Tells the ear of every sound of the session."""

    def __init__(self, hands_free: HandsFree) -> None:
        self._hands_free = hands_free

    @override
    def moved(self, move: Move) -> None:
        self._hands_free.moved(move)

    @override
    def heard(self, heard: Sequence[Heard]) -> None:
        if heard:
            self._hands_free.sounded(heard[-1].at)

    @override
    def woke(self, now: timedelta) -> None:
        self._hands_free.sounded(now)
