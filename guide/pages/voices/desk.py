"""Voices at the desk: chosen, heard, set; recorded ones renamed, taken along, brought in and deleted."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from guide.core.pump import Pump
from guide.language import ENGLISH, _, ngettext, spoken
from guide.live.voices import Origin, VoiceOffer, offers, speaks
from guide.live.wishes import voices_of, wishes_of
from guide.pages.voices.keeping import VoiceKeeping
from guide.pages.voices.page import VoicesPage
from guide.pages.voices.view import MORSEL, SAMPLE, VoicesView
from guide.sound.clip import Clip
from guide.sound.prompts import Prompts
from guide.sound.repertoire import VOICE_WHISPER
from guide.sound.script import script_of
from guide.sound.voices.recorded import RecordedVoice
from guide.sound.voices.system import primary
from guide.sound.voices.voice import Voice
from guide.tools import Tools

if TYPE_CHECKING:
    from guide.pages.voices.studio_desk import StudioDesk

LADDER: Final = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)  # the volumes that are tried beside the pump
BETWEEN: Final = 700  # milliseconds between two of them


class VoicesDesk(QObject):
    """The voices there are, and the studio that is opened from their page."""

    _found = Signal(list)
    _made = Signal(int, object, str)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self.keeping = VoiceKeeping(tools, hush=self.hush, parent=self)
        self.keeping.record_asked.connect(self._open_studio)
        self.keeping.changed.connect(self._look_again)
        self._there: list[Voice] = []
        self._language = ""  # that they speak
        self._listed: tuple[str, Pump, tuple[tuple[str, str], ...]] | None = None  # routines, in a language, of a pump
        self._then: Callable[[], None] = self.hush
        self._playing = ""
        self._softly = ""  # the voice that is heard as soon as it is found
        self._turn = 0
        self._rung: int | None = None  # of the ladder, while the level is looked for
        self._ending = QTimer(self)
        self._ending.setSingleShot(True)
        self._ending.timeout.connect(self._ended)
        tools.window.add_page("voices", self._make_page, bare=True, left=self.hush)
        tools.preferences.changed.connect(lambda _settings: self.refresh())
        self._found.connect(self._take_voices)
        self._made.connect(self._play)
        tools.unheard.connect(self._stop_unheard)

    def show(self, *, then: Callable[[], None] | None = None) -> None:
        """Show the page; `then` is what Back leads to, as before where nothing is given."""
        self._then = then or self._then
        self._listed = None  # one may have been written since
        self._tools.window.page("voices")
        self.refresh()
        self._tools.window.show_page("voices")
        self.look()

    @cached_property
    def studio(self) -> StudioDesk:
        from guide.pages.voices.studio_desk import StudioDesk  # most record nothing

        desk = StudioDesk(self._tools, parent=self)
        desk.left.connect(self.show)
        return desk

    def _open_studio(self, routine_id: str, voice_id: str) -> None:
        """For a voice that was begun or, without an id, for a new one."""
        self.studio.open(routine_id, voice_id, fallback=self.view().usual)

    def look(self) -> None:
        """See which voices speak the language of the screen; on Windows that takes up to a second."""
        paths, self._language = self._tools.paths, spoken()
        self._tools.aside(lambda: self._found.emit(voices_of(paths).all(spoken())))

    def leave(self) -> None:
        self._then()

    def close(self) -> None:
        """The window has closed; the microphone of the studio closes too."""
        if "studio" in vars(self):
            self.studio.close()

    def _take_voices(self, there: list[Voice]) -> None:
        self._there = there
        self.refresh()
        self._say_softly()

    def _look_again(self) -> None:
        """The recorded ones only: the others are where they were."""
        others = [voice for voice in self._there if not isinstance(voice, RecordedVoice)]
        self._take_voices([*others, *self.keeping.recordings.voices()])

    # the page

    def refresh(self) -> None:
        if self._tools.window.has_page("voices"):
            self._page.show_view(self.view())

    def view(self) -> VoicesView:
        settings = self._tools.preferences.settings
        there = offers(self._there)
        heard = speaks(settings.voice, there)
        usual = speaks(None, there)
        gone = bool(self._there and settings.voice and heard and heard.id != settings.voice)
        routines = self._routines()
        return VoicesView(
            natural=_of(there, Origin.NATURAL),
            computer=_of(there, Origin.COMPUTER),
            recorded=_of(there, Origin.RECORDED),
            speaks=heard.id if heard else "",
            instead=heard.name if gone and heard else "",
            usual=usual.name if usual else "",
            pace=settings.voice_rate,
            volume=settings.voice_volume,
            playing=self._playing,
            finding=self._rung is not None,
            routines=routines,
            routine=routines[0][0] if routines else "",
            missing=self._missing(there),
        )

    def _routines(self) -> tuple[tuple[str, str], ...]:
        """Read once while the page is open: a volume that is drawn changes none, and there are many to read."""
        pump = self._tools.preferences.settings.pump
        if self._listed is None or self._listed[:2] != (spoken(), pump):
            found = []
            for entry in self._tools.library.entries():
                if entry.routine is not None:
                    count = len(script_of(entry.routine, entry.id, pump))
                    words = ngettext("{name}, {count} prompt", "{name}, {count} prompts", count)
                    found.append((entry.id, words.format(name=entry.name, count=count)))
            self._listed = spoken(), pump, tuple(found)
        return self._listed[2]

    def _missing(self, there: list[VoiceOffer]) -> str:
        if not self._there:
            return ""
        if not there:
            return _("No voice is on this computer. Chimes and the words on the screen go on.")
        if not _of(there, Origin.NATURAL) and primary(spoken()) == ENGLISH:
            return _("The natural voice is not on this computer: its packages have no version for it.")
        return ""

    # hearing

    def _listen(self, voice_id: str) -> None:
        self._rung = None
        self._say(voice_id, wishes_of(self._tools.preferences.settings).spoken_volume)

    def sample(self, voice_id: str) -> None:
        """Let a voice that was chosen in a menu be heard, shortly and softly."""
        self._softly = voice_id
        if self._there and self._language == spoken():
            self._say_softly()
        else:
            self.look()

    def _say_softly(self) -> None:
        voice_id, self._softly = self._softly, ""
        if voice_id:
            wishes = wishes_of(self._tools.preferences.settings)
            self._say(voice_id, min(wishes.spoken_volume, VOICE_WHISPER), MORSEL)

    def _say(self, voice_id: str, volume: float, words: str = SAMPLE) -> None:
        voice = next((each for each in self._there if each.id == voice_id), None)
        if voice is None:
            return
        self._tools.player.stop()
        self._turn += 1
        turn, text, language = self._turn, _sample_of(voice, words), self._language
        wishes, folder = wishes_of(self._tools.preferences.settings), self._tools.paths.voices / "prompts"
        self._playing = voice_id
        self.refresh()

        def work() -> None:
            maker = Prompts(folder)
            made = maker.prepare([text], voices=[voice], language=language, pace=wishes.spoken_pace, volume=volume)
            self._made.emit(turn, made.get(text), maker.problems[0] if maker.problems else "")

        self._tools.aside(work)

    def _play(self, turn: int, clip: Clip | None, problem: str) -> None:
        if turn != self._turn:
            return
        if problem:
            self._tools.tell(problem)
        if clip is None:
            self.hush()
            return
        self._tools.hear(clip)
        self._ending.start(round(clip.length.total_seconds() * 1000) + (BETWEEN if self._rung is not None else 0))

    def _ended(self) -> None:
        if self._rung is None:
            self._playing = ""
            self.refresh()
        else:
            self._climb()

    def hush(self) -> None:
        """Nothing is heard, and nothing looked for, any more."""
        self._turn += 1
        self._ending.stop()
        self._rung = None
        if self._playing:
            self._tools.player.stop()
            self._playing = ""
        self.refresh()

    def _stop_unheard(self) -> None:
        """Nothing can be heard, which is told: so nothing is shown as playing, and no level asked for."""
        if self._playing:
            self.hush()

    def _find_level(self) -> None:
        self._rung = -1
        self._climb()

    def _climb(self) -> None:
        """A step louder; at the top it goes on at the top, for that is as loud as it gets here."""
        heard = speaks(self._tools.preferences.settings.voice, offers(self._there))
        if heard is None or self._rung is None:
            self.hush()
            return
        self._rung = min(self._rung + 1, len(LADDER) - 1)
        self._say(heard.id, LADDER[self._rung])

    def _take_level(self) -> None:
        rung = self._rung
        self.hush()
        if rung is not None and rung >= 0:
            self._tools.preferences.change(voice_volume=LADDER[rung])

    @property
    def _page(self) -> VoicesPage:
        page = self._tools.window.page("voices")
        assert isinstance(page, VoicesPage)  # noqa: S101  made below
        return page

    def _make_page(self) -> VoicesPage:
        preferences = self._tools.preferences
        page = VoicesPage(look=self._tools.look)
        page.back_asked.connect(self.leave)
        page.chosen.connect(lambda voice_id: preferences.change(voice=voice_id))
        page.listen_asked.connect(self._listen)
        page.stop_asked.connect(self.hush)
        page.pace_changed.connect(lambda pace: preferences.change(voice_rate=pace))
        page.volume_changed.connect(lambda volume: preferences.change(voice_volume=volume))
        page.level_asked.connect(self._find_level)
        page.level_found.connect(self._take_level)
        page.record_asked.connect(self._record)
        page.wish_asked.connect(self.keeping.wish)
        page.import_asked.connect(self.keeping.bring_in)
        return page

    def _record(self, routine_id: str) -> None:
        self.hush()
        self._open_studio(routine_id, "")


def _of(there: list[VoiceOffer], origin: Origin) -> tuple[VoiceOffer, ...]:
    return tuple(offer for offer in there if offer.origin is origin)


def _sample_of(voice: Voice, words: str) -> str:
    """What is said to hear a voice: the words, or the first thing that was recorded."""
    if isinstance(voice, RecordedVoice) and not voice.has(_(words)):
        return next((each.text for each in voice.recordings.values()), _(words))
    return _(words)
