"""Listening: her words on a thread of their own, and what it hears told on the window's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, SignalInstance

from guide.hear.meaning import Meaning
from guide.hear.microphone import Capture, Instant
from guide.hear.needs import why_unheard
from guide.hear.reader import Reader, monotonic
from guide.language import N_, _
from guide.live.aside import in_a_thread
from guide.store.files import open_ordinary, write_whole

if TYPE_CHECKING:
    from guide.hear.ear import Ear, Report
    from guide.hear.takes import Flaw, Lesson, Take

Takes = Mapping[Meaning, tuple["Take", ...]]
Work = Callable[[], None]

UNKEPT: Final = N_("Your words cannot be kept: the folder or the disk does not let us write.")


class Listening(QObject):
    """
    Holds her takes, and the ear while somebody listens; closed, the device is closed and the thread is gone.

    `reported` carries what each reading brought, `judged` a take or its flaw, `learnt` that the takes were compared
    anew, `told` a sentence when they could not be read or kept, `unkept` that the disk refused them, `over` what was
    told of that once they are kept. Network and microphone are imported on the thread.
    """

    reported = Signal(object)
    judged = Signal(object)
    learnt = Signal()
    told = Signal(str)
    unkept = Signal()
    over = Signal(str)
    _learnt_aside = Signal(int, object)

    def __init__(
        self,
        *,
        path: Path,
        capture: Callable[[str], Capture],
        run: Callable[[Work], None],
        alike_kept: Callable[[], frozenset[Meaning]] = frozenset,
        thread: Callable[[Work], None] = in_a_thread,
        now: Callable[[], Instant] = monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._path = path
        self._capture = capture
        self._run = run
        self._alike_kept = alike_kept
        self._thread = thread
        self.now = now
        self._takes: dict[Meaning, tuple[Take, ...]] | None = None
        self._waits = False
        self._edition = 0
        self.lesson: Lesson | None = None
        self._threshold: float | None = None
        self._reader: Reader | None = None
        self._told_why = ""
        self._learnt_aside.connect(self._take_lesson)

    # her takes

    @property
    def takes(self) -> Takes:
        """Read from their file when they are first asked for."""
        if self._takes is None:
            self._takes = self._read()
            self._learn()
        return self._takes

    def read_again(self) -> None:
        """Their file is another one now."""
        self._takes = self._read()
        self._learn()

    def keep(self, takes: Takes) -> None:
        """These from now on; with none left the file goes."""
        self._takes = dict(takes)
        self._waits = True
        if not self.save_now():
            self.unkept.emit()
            self.told.emit(_(UNKEPT))
        self._learn()

    def save_now(self) -> bool:
        """Write what is not written yet; whether nothing waits any more."""
        if not self._waits:
            return True
        takes = self._takes or {}
        try:
            if any(takes.values()):
                from guide.hear.takes import packed  # brings numpy

                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_whole(self._path, packed(takes))
            else:
                self._path.unlink(missing_ok=True)
        except OSError:
            return False
        self._waits = False
        self.over.emit(_(UNKEPT))
        return True

    def unsaved(self) -> dict[str, bytes]:
        """What the disk refused of her takes, by the name it has in an archive of everything, which is their file's."""
        takes = self._takes or {}
        if not (self._waits and any(takes.values())):
            return {}
        from guide.hear.takes import packed

        return {self._path.name: packed(takes)}

    def _read(self) -> dict[Meaning, tuple[Take, ...]]:
        try:
            with open_ordinary(self._path) as file:
                data = file.read()
        except FileNotFoundError:
            return {}
        except OSError:
            self.told.emit(_("Your words could not be read. They can be taught again; taps and keys work."))
            return {}
        if not self.hears():
            return {}
        from guide.hear.takes import unpacked

        try:
            return unpacked(data)
        except ValueError:
            self.told.emit(_("Your words could not be read. They can be taught again; taps and keys work."))
            return {}

    def learn_again(self) -> None:
        """Which words may sound alike is another matter now."""
        if self._takes is not None:
            self._learn()

    def _learn(self) -> None:
        """Compare them aside; what comes of an older edition is passed over."""
        self._edition += 1
        edition, takes, kept = self._edition, dict(self._takes or {}), self._alike_kept()
        if not any(takes.values()):
            self._take_lesson(edition, None)
            return

        def work() -> None:
            from guide.hear.takes import learn

            self._learnt_aside.emit(edition, learn(takes, kept))

        self._run(work)

    def _take_lesson(self, edition: int, lesson: Lesson | None) -> None:
        if edition == self._edition:
            self.lesson = lesson
            self._hand_over()
            self.learnt.emit()

    def listen_with(self, threshold: float | None) -> None:
        """How closely: None as her own takes say."""
        self._threshold = threshold
        self._hand_over()

    def _hand_over(self) -> None:
        if self._reader is not None:
            self._reader.take_lesson(self.lesson, self._threshold)

    # the ear

    def hears(self, *, once: bool = True) -> bool:
        """Whether words can be heard on this computer; where not, that is told, as a rule `once`."""
        why = why_unheard()
        if why and not (once and why == self._told_why):
            self._told_why = why
            self.told.emit(why)
        return not why

    @property
    def is_open(self) -> bool:
        return self._reader is not None

    def open(self, device: str) -> None:
        """Begin to listen; open already, nothing changes."""
        if self._reader is None and self.hears():
            _ = self.takes
            self._reader = Reader(self._capture(device), tell=self._tell, trouble=self._tell_trouble, now=self.now)
            self._hand_over()
            self._thread(self._reader.run)

    def close(self) -> None:
        if self._reader is not None:
            self._reader.stop()
            self._reader = None

    def be_deaf_until(self, instant: Instant) -> None:
        if self._reader is not None:
            self._reader.ask(lambda ear: ear.be_deaf_until(instant))

    def teach(self, *, on: bool) -> None:
        """Remember the last seconds of sound while a word is taught, and forget them after."""

        def set_teaching(ear: Ear) -> None:
            ear.teaching = on

        if self._reader is not None:
            self._reader.ask(set_teaching)

    def judge(self, last: timedelta, before: timedelta, others: tuple[Take, ...]) -> None:
        if self._reader is not None:
            self._reader.ask(lambda ear: self._tell_verdict(ear.judge(last, before, others)))

    def _tell(self, report: Report) -> None:
        self._emit(self.reported, report)

    def _tell_verdict(self, verdict: Take | Flaw) -> None:
        self._emit(self.judged, verdict)

    def _tell_trouble(self, sentence: str) -> None:
        self._emit(self.told, sentence)

    def _emit(self, signal: SignalInstance, carried: object) -> None:
        """On the thread that reads: once the window is gone, and its signals with it, nobody listens any more."""
        try:
            signal.emit(carried)
        except RuntimeError:
            self.close()
