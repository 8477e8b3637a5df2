"""Her words in a terminal: heard by the same spotter and held to the same rules as in the window."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final, Self

from guide.compat import override
from guide.core.readout import read
from guide.core.session import Finished, Move
from guide.hear.device import Device
from guide.hear.meaning import Meaning
from guide.hear.microphone import Capture, Hearing
from guide.hear.needs import why_unheard
from guide.hear.reader import Reader, monotonic
from guide.language import _, screen
from guide.live.heeding import Heeded, Heeding, Speaking, Unsure
from guide.live.her_words import FIRST_TOLD, THRESHOLDS, alike_kept, told, word_of
from guide.live.sitting import Listener, Sitting
from guide.sound.performer import Heard, Performer
from guide.store.files import open_ordinary
from guide.store.settings import Settings
from guide.terminal.screen import FAINT, Screen

if TYPE_CHECKING:
    from guide.hear.ear import Report
    from guide.hear.spotter import Spotted

Known = tuple[Meaning, ...]  # the words that are listened for
PATIENCE: Final = 2.0  # seconds for the device to be closed


class HerWords(Listener):
    """
    Listens on a thread of its own, from `with` to its end; what it heard waits until `heed` is called.

    `nudge` tells the one who waits for keys that there is something to heed.
    """

    def __init__(
        self,
        takes: bytes,
        *,
        settings: Settings,
        performer: Performer,
        speed: float,
        screen: Screen,
        capture: Capture,
        nudge: Callable[[], None],
        now: Callable[[], timedelta] = monotonic,
    ) -> None:
        self._takes = takes
        self._settings = settings
        self._performer = performer
        self._speed = speed
        self._screen = screen
        self._nudge = nudge
        self._now = now
        self._heeding = Heeding()
        self._speaking = Speaking()
        self._news: SimpleQueue[Report | Known | str] = SimpleQueue()
        self._missing = False
        self._reader = Reader(capture, tell=self.take, trouble=self.take, now=now)
        self._thread = threading.Thread(target=self._listen, name="her words", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._reader.stop()
        self._thread.join(PATIENCE)

    def _listen(self) -> None:
        """On the thread: comparing the takes and loading the network take a second."""
        try:
            from guide.hear.takes import learn, unpacked

            lesson = learn(unpacked(self._takes), alike_kept(self._settings))
        except ImportError as error:
            self.take(why_unheard(error))
            return
        except ValueError:
            self.take(_unreadable())
            return
        if lesson is None:
            self.take(_none_taught())
            return
        self.take(lesson.meanings)
        self._reader.take_lesson(lesson, THRESHOLDS[self._settings.listens])
        self._reader.run()

    def take(self, news: Report | Known | str) -> None:
        """From any thread."""
        self._news.put(news)
        self._nudge()

    # what the session tells

    @override
    def moved(self, move: Move) -> None:
        self._heeding.moved(move, self._now())

    @override
    def heard(self, heard: Sequence[Heard]) -> None:
        if heard:
            self._sounded(heard[-1].at)

    @override
    def woke(self, now: timedelta) -> None:
        self._sounded(now)

    def _sounded(self, at: timedelta) -> None:
        """The program itself is heard: the ear is deaf until it is over, unless she wears headphones."""
        changed = self._speaking.changed(self._performer, at, self._speed, self._now())
        if changed and not self._settings.headphones:
            until = self._speaking.until
            self._reader.ask(lambda ear: ear.be_deaf_until(until))

    # what the ear tells

    def heed(self, sitting: Sitting) -> None:
        """Do what her words asked for since the last time, and say what was heard."""
        for news in self._taken():
            match news:
                case str():
                    self._screen.aside(news)
                case tuple():
                    self._screen.say(told([self._word(each) for each in FIRST_TOLD if each in news]), FAINT)
                case _:
                    self._tell_of_the_device(news.hearing)
                    for spotted in news.spotted:
                        self._heed(spotted, sitting)

    def forget(self) -> None:
        """What was said to a question, or to somebody else meanwhile, asks for nothing."""
        for _news in self._taken():
            pass

    def _taken(self) -> list[Report | Known | str]:
        taken: list[Report | Known | str] = []
        while True:
            try:
                taken.append(self._news.get_nowait())
            except Empty:
                return taken

    def _tell_of_the_device(self, hearing: Hearing) -> None:
        missing = hearing.gone
        if missing is not self._missing:
            self._missing = missing
            self._screen.aside(
                _("No microphone now. The keys work, and it is looked for again.")
                if missing
                else _("The microphone is back.")
            )

    def _heed(self, spotted: Spotted, sitting: Sitting) -> None:
        if isinstance(sitting.session, Finished):
            return
        match self._heeding.heed(spotted, self._now(), sitting.session, sitting.now):
            case Heeded() as heeded:
                sitting.do(heeded.intent)
                self._tick(sitting.now)
                does = heeded.does(read(sitting.session, sitting.now, screen()))
                self._screen.say(_("Heard “{word}”: {what}").format(word=self._word(heeded.meaning), what=does))
            case Unsure(meaning):
                self._screen.say(_("Was that “{word}”? Say it once more").format(word=self._word(meaning)))
            case None:
                pass

    def _tick(self, at: timedelta) -> None:
        tick = self._performer.tick(at)
        if tick is not None and not self._settings.headphones:
            until = self._now() + tick.length
            self._reader.ask(lambda ear: ear.be_deaf_until(until))

    def _word(self, meaning: Meaning) -> str:
        return word_of(self._settings, meaning)


def her_words(
    path: Path,
    *,
    settings: Settings,
    performer: Performer,
    speed: float,
    screen: Screen,
    nudge: Callable[[], None],
    capture: Callable[[str], Capture] = Device,
) -> HerWords | None:
    """Those kept in a file, for one session; where there are none, that is told."""
    try:
        with open_ordinary(path) as file:
            takes = file.read()
    except FileNotFoundError:
        screen.aside(_none_taught())
        return None
    except OSError:
        screen.aside(_unreadable())
        return None
    return HerWords(
        takes,
        settings=settings,
        performer=performer,
        speed=speed,
        screen=screen,
        capture=capture(settings.microphone),
        nudge=nudge,
    )


def _none_taught() -> str:
    return _(
        "You have not taught any words yet. That is done in the window, under Settings, Your words. The keys work."
    )


def _unreadable() -> str:
    return _("Your words could not be read. They can be taught again in the window; the keys work.")
