"""The studio at the desk: the microphone, one take after the other, and what becomes of each."""

from __future__ import annotations

from array import array
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QObject, Signal

from guide.hear.device import device_names
from guide.live.recording import VoiceRecorder
from guide.pages.voices.at_hand import TakeAtHand
from guide.pages.voices.playback import Playback
from guide.pages.voices.studio import StudioPage
from guide.pages.voices.studio_parts import PIECES
from guide.pages.voices.studio_view import Kept, StudioStage, StudioView
from guide.sound.clip import Clip, measure
from guide.sound.pcm import SoundError
from guide.sound.script import ScriptLine, script_of
from guide.sound.take import RATE, TakeAdvice, bars, level
from guide.sound.voices.recorded import RecordedVoice, Recordings
from guide.tools import Tools


class StudioDesk(QObject):
    """`left` says that she is done; everything that was kept is kept then."""

    left = Signal()
    _devices_found = Signal(list)
    _kept_one = Signal(int, object, str)

    def __init__(self, tools: Tools, *, microphone: VoiceRecorder | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._recordings = Recordings(tools.paths.recordings)
        self._microphone = microphone or VoiceRecorder(rate=RATE, parent=self)
        self._voice: RecordedVoice | None = None
        self._view = StudioView()
        self._at_hand = TakeAtHand(aside=tools.aside, parent=self)
        self._at_hand.judged.connect(lambda advice: self._show(advice=advice))
        self._playback = Playback(tools.player, parent=self)
        tools.unheard.connect(self._playback.hush)
        self._playback.playing.connect(lambda playing: self._show(playing=playing))
        tools.window.add_page("studio", self._make_page, bare=True, left=self.close)
        self._microphone.heard.connect(self._hear)
        self._microphone.there.connect(lambda there: self._show(microphone=there))
        self._devices_found.connect(lambda names: self._show(devices=tuple(names)))
        self._kept_one.connect(self._take_kept)

    def open(self, routine_id: str, voice_id: str, *, fallback: str) -> None:
        """Show the prompts of a routine, for a voice that was begun or, without an id, for a new one."""
        try:
            entry = self._tools.library.find(routine_id)
        except LookupError:
            return
        if entry.routine is None:
            return
        lines = script_of(entry.routine, entry.id, self._tools.preferences.settings.pump)
        self._voice = self._recordings.voice(voice_id)
        self._view = StudioView(routine=entry.name, lines=lines, fallback=fallback)
        self._tools.window.page("studio")
        if self._voice is None:
            self._page.name.clear()  # of one that was asked for and left
            self._show(stage=StudioStage.ASKING, kept=tuple(Kept.NO for _line in lines))
        else:
            self._begin(self._voice)
        self._tools.window.show_page("studio")
        self._page.take_focus()

    def _begin(self, voice: RecordedVoice) -> None:
        self._voice = voice
        self._show(stage=StudioStage.READY, **self._state(voice))
        self._go_to(self._following(-1))
        self._tools.aside(lambda: self._devices_found.emit(list(device_names())))
        self._microphone.begin(self._view.device)

    def _name(self, name: str) -> None:
        self._begin(self._recordings.begun(name))

    def _state(self, voice: RecordedVoice) -> dict[str, object]:
        lines = self._view.lines
        kept = tuple(_kept(voice, line) for line in lines)
        seconds = sum(
            recording.seconds
            for line, state in zip(lines, kept, strict=True)
            if state is Kept.YES and (recording := voice.recording(line.text))
        )
        return {"voice": voice.name, "kept": kept, "lasts": timedelta(seconds=seconds)}

    def _following(self, at: int) -> int:
        """The next prompt that is not kept, else one past the last."""
        kept = self._view.kept
        after = [number for number in range(at + 1, len(kept)) if kept[number] is not Kept.YES]
        return after[0] if after else len(kept)

    def _go_to(self, at: int) -> None:
        self._hush()
        count = len(self._view.lines)
        stage = StudioStage.COMPLETE if at >= count else StudioStage.READY
        self._show(at=min(max(at, 0), max(count - 1, 0)), stage=stage, elapsed=timedelta(0), bars=(), advice=None)

    # what is asked for

    def _main(self) -> None:
        match self._view.stage:
            case StudioStage.READY if self._view.microphone:
                self._playback.hush()
                self._show(stage=StudioStage.RECORDING, elapsed=timedelta(0), bars=(), advice=None)
            case StudioStage.RECORDING:
                self._stop()
            case StudioStage.STOPPED:
                self._keep()
            case StudioStage.COMPLETE:
                self.leave()
            case _:
                pass

    def _stop(self) -> None:
        line = self._view.line
        if line is not None:
            self._show(stage=StudioStage.STOPPED, elapsed=self._at_hand.take.length)
            self._at_hand.judge(line.room)

    def _keep(self) -> None:
        voice, line, take = self._voice, self._view.line, self._at_hand.take
        if voice is None or line is None:
            return
        if self._view.advice is TakeAdvice.SILENT:  # there is nothing to keep: the same prompt once more
            self._go_to(self._view.at)
            return
        at = self._view.at

        def work() -> None:
            try:
                kept, problem = self._recordings.keep(voice, line.text, take, place=line.place), ""
            except SoundError as error:
                kept, problem = voice, str(error)
            self._kept_one.emit(at, kept, problem)

        self._tools.aside(work)

    def _take_kept(self, at: int, voice: RecordedVoice, problem: str) -> None:
        if problem:  # the take stays at hand
            self._tools.tell(problem)
            return
        if self._voice is None or voice.folder != self._voice.folder:  # by now another one is recorded
            return
        self._voice = voice
        self._show(**self._state(voice))
        if at == self._view.at:
            self._go_to(self._following(at))

    def _again(self) -> None:
        if self._view.stage is StudioStage.STOPPED:
            self._go_to(self._view.at)
            self._main()

    def _skip(self) -> None:
        if self._view.stage in {StudioStage.READY, StudioStage.STOPPED}:
            self._go_to(self._view.at + 1)

    def _before(self) -> None:
        if self._view.stage in {StudioStage.READY, StudioStage.STOPPED}:
            self._go_to(self._view.at - 1)
        elif self._view.stage is StudioStage.COMPLETE:
            self._go_to(len(self._view.lines) - 1)

    def _choose(self, at: int) -> None:
        if self._view.stage is not StudioStage.RECORDING:
            self._go_to(at)
            self._page.main.setFocus()

    def _choose_device(self, name: str) -> None:
        self._show(device=name)
        self._microphone.begin(name)

    def leave(self) -> None:
        self.left.emit()

    def close(self) -> None:
        """Nothing is heard or listened to any more; what was kept is kept."""
        self._hush()
        self._microphone.end()

    # hearing and being heard

    def _hear(self, sound: bytes) -> None:
        samples = array("h", sound[: len(sound) // 2 * 2])
        view = self._view
        changes: dict[str, object] = {"level": level(samples)}
        line = view.line
        take = None
        if view.stage is StudioStage.RECORDING and line is not None:
            take = self._at_hand.hear(samples, line.room)
            changes |= {"elapsed": take.length, "bars": tuple(bars(take.samples, every=line.room / PIECES))}
        self._show(**changes)
        if take is not None and line is not None and take.length >= line.room:
            self._stop()

    def _hush(self) -> None:
        """No take is heard, or at hand, any more."""
        self._playback.hush()
        self._at_hand.drop()

    def _listen(self) -> None:
        if self._view.playing:
            self._playback.hush()
        elif (clips := self._heard_again()) is not None:
            self._tools.expect_sound()
            self._playback.play(clips)

    def _heard_again(self) -> list[Clip] | None:
        """The take at hand, what is kept of this prompt, or all that is kept; None where nothing is heard now."""
        voice, line = self._voice, self._view.line
        match self._view.stage:
            case StudioStage.STOPPED:
                return [self._at_hand.clip] if self._at_hand.clip else []
            case StudioStage.COMPLETE if voice is not None:
                return [clip for line in self._view.lines if (clip := _of(voice, line))]
            case StudioStage.READY if voice is not None and line is not None:
                clip = _of(voice, line)
                return [clip] if clip else []
            case _:
                return None

    def _show(self, **changes: object) -> None:
        self._view = replace(self._view, **changes)  # type: ignore[arg-type]  # each by its name
        self._page.show_view(self._view)

    @property
    def _page(self) -> StudioPage:
        page = self._tools.window.page("studio")
        assert isinstance(page, StudioPage)  # noqa: S101  made below
        return page

    def _make_page(self) -> StudioPage:
        page = StudioPage(look=self._tools.look)
        page.back_asked.connect(self.leave)
        page.named.connect(self._name)
        page.main_asked.connect(self._main)
        page.listen_asked.connect(self._listen)
        page.again_asked.connect(self._again)
        page.skip_asked.connect(self._skip)
        page.before_asked.connect(self._before)
        page.line_chosen.connect(self._choose)
        page.device_chosen.connect(self._choose_device)
        return page


def _kept(voice: RecordedVoice, line: ScriptLine) -> Kept:
    if voice.has(line.text):
        return Kept.YES
    return Kept.CHANGED if voice.changed(line.text, line.place) else Kept.NO


def _of(voice: RecordedVoice, line: ScriptLine) -> Clip | None:
    if not voice.has(line.text):
        return None
    path = voice.file(line.text)
    return Clip(path, measure(path))
