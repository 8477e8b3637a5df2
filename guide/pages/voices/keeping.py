"""What can be done with a recorded voice: go on, rename, take along, bring in, delete."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from guide.kit.fields import Field
from guide.kit.file_dialog import ask_file, ask_where
from guide.language import _
from guide.sound.pcm import SoundError
from guide.sound.voices.recorded import ENDING, RecordedVoice, Recordings
from guide.tools import Tools

FILES: Final = f"*{ENDING} *.zip"


class VoiceKeeping(QObject):
    """`changed` says that there are other recorded voices than before; `record_asked` carries routine and voice."""

    changed = Signal()
    record_asked = Signal(str, str)
    _done = Signal(str, str)

    def __init__(self, tools: Tools, *, hush: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._hush = hush
        self._done.connect(self._tell)
        self.recordings = Recordings(tools.paths.recordings)
        self.recordings.forget()  # what was deleted in an earlier run can no longer be undone

    def wish(self, wish: str, voice_id: str) -> None:
        voice = self.recordings.voice(voice_id)
        if voice is None:
            return
        match wish:
            case "go on":
                self._hush()
                self.record_asked.emit(self._begun_for(voice), voice.id)
            case "rename":
                self._ask_for_a_name(voice)
            case "export":
                self._ask_for_consent(voice)
            case _:
                self._delete(voice)

    def _begun_for(self, voice: RecordedVoice) -> str:
        """The routine in which the last of its prompts stood."""
        places = [recording.place.partition("/")[0] for recording in voice.recordings.values()]
        known = [entry.id for entry in self._tools.library.entries() if entry.routine is not None]
        return next((place for place in reversed(places) if place in known), next(iter(known), ""))

    def _ask_for_a_name(self, voice: RecordedVoice) -> None:
        field = Field(_("Whose voice is it?"), look=self._tools.look, text=voice.name)

        def answered(answer: object) -> None:
            if answer == "keep" and field.text().strip():
                self._do(lambda: self.recordings.rename(voice, field.text()))

        choices = [("keep", _("Keep this name")), ("leave", _("Leave it as it was"))]
        dialog = self._tools.window.ask(_("Whose voice is it?"), "", choices, answered, content=field)
        field.returnPressed.connect(lambda: dialog.choose("keep"))
        field.setFocus()

    def _ask_for_consent(self, voice: RecordedVoice) -> None:
        words = _(
            "A recording of a voice belongs to the person who spoke. Give the file only to those whom {name} would "
            "give it to."
        ).format(name=voice.name)
        choices = [("leave", _("Not now")), ("export", _("Export…"))]
        self._tools.window.ask(
            _("Take this voice along?"), words, choices, lambda answer: self._export(voice, answer == "export")
        )

    def _export(self, voice: RecordedVoice, wished: bool) -> None:
        if not wished:
            return
        start = Path(f"{voice.folder.name}{ENDING}")
        target = ask_where(self._tools.window, _("Take this voice along"), start, FILES)
        if target is not None:
            told = _("Kept as {name}").format(name=target.name)
            self._do_aside(lambda: self.recordings.export(voice, target), then=told)

    def bring_in(self) -> None:
        path = ask_file(self._tools.window, _("Import a voice"), FILES)
        if path is not None:
            self._do_aside(lambda: self.recordings.bring_in(path), then=_("The voice is here"))

    def _delete(self, voice: RecordedVoice) -> None:
        self._hush()
        kept: list[Path] = []
        self._do(lambda: kept.append(self.recordings.delete(voice)))
        if kept:
            words = _("{name} is deleted").format(name=voice.name)
            self._tools.window.toast.tell(words, undo=lambda: self._undelete(kept[0]), stays=True)

    def _undelete(self, aside: Path) -> None:
        self._do(lambda: self.recordings.undelete(aside))

    def _do(self, work: Callable[[], object]) -> None:
        """Something with files, which is soon done."""
        self._tell(_problem_of(work), "")

    def _do_aside(self, work: Callable[[], object], then: str) -> None:
        """Something with a file of hers, which may be on a stick or in the network; `then` tells that it is done."""
        self._tools.aside(lambda: self._done.emit(_problem_of(work), then))

    def _tell(self, problem: str, then: str) -> None:
        """What went wrong, or that nothing did; the list is looked at anew."""
        if problem:
            self._tools.tell(problem)
        elif then:
            self._tools.window.toast.tell(then)
        self.changed.emit()


def _problem_of(work: Callable[[], object]) -> str:
    try:
        work()
    except SoundError as error:
        return str(error)
    return ""
