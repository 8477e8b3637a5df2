"""Who else follows a session: the sound beneath, which gives way to words, and a trace of it in a file."""

from __future__ import annotations

from guide.core.routine import Routine
from guide.language import _, reason
from guide.live import beneath
from guide.live.accompaniment import Accompaniment
from guide.live.sitting import Listener
from guide.live.trace import Trace
from guide.sound.performer import Performer
from guide.tools import Tools


class SoundBeneath:
    """Begins with a session; her music goes on the next time from where it ended."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._music_at = ""  # told by the thread that plays

    def begin(self, routine: Routine, performer: Performer, speed: float) -> list[Listener]:
        """Play what she wished, if anything; the listener has it give way to words."""
        tools, settings = self._tools, self._tools.preferences.settings
        playing = beneath.source(beneath.wished(settings, routine), settings, keep=self._keep_place)
        if playing is None:
            return []
        tools.background.play(playing, beneath.volume(settings))
        return [
            Accompaniment(tools.background, lambda: performer.repertoire, gives_way=settings.sounds_soften, speed=speed)
        ]

    def end(self) -> None:
        if self._music_at:
            self._tools.preferences.change(music_at=self._music_at)
            self._music_at = ""

    def _keep_place(self, name: str, frame: int) -> None:
        self._music_at = beneath.written(name, frame)


class Tracing:
    """The trace that `--trace` asked for, one file for every session of this start."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._trace: Trace | None = None

    def begin(self) -> list[Listener]:
        tools = self._tools
        if tools.trace and self._trace is None:
            try:
                self._trace = Trace(tools.trace, on_trouble=tools.tell)
            except OSError as error:
                tools.tell(_("{path} cannot be written ({why}).").format(path=tools.trace, why=reason(error)))
        return [self._trace] if self._trace else []

    def close(self) -> None:
        if self._trace:
            self._trace.close()
            self._trace = None
