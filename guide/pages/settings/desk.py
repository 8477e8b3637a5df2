"""Settings at the desk: each change holds at once; her data can be taken along, brought in and erased."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from guide import __version__
from guide.core.shown import one_line
from guide.kit.file_dialog import ask_where
from guide.language import N_, _, languages, reason, spoken
from guide.live.voices import VoiceOffer, offers, speaks
from guide.live.wishes import voices_of, wishes_of
from guide.pages.settings.keys import LEARNABLE
from guide.pages.settings.page import SettingsPage
from guide.pages.settings.pictures import ChosenPictures
from guide.pages.settings.view import SettingsChoices
from guide.sound import chimes
from guide.sound.clip import Clip
from guide.sound.pcm import SoundError
from guide.sound.prompts import Prompts
from guide.sound.repertoire import sound_of
from guide.standing import is_there
from guide.stepping import Stepping
from guide.store.archive import ARCHIVES, ENDING, packing
from guide.store.log.copies import copy_before_damage
from guide.store.log.export import export_file
from guide.store.settings import Settings
from guide.tools import Tools

SAMPLE: Final = N_("Small circles, from the ribs toward the nipple. Take your time.")
LONGEST: Final = 80  # letters of a file's name
SHARED: Final = N_("Sessions (*.csv *.json)")


class SettingsDesk(QObject):
    """`erased` says that nothing of hers is left."""

    erased = Signal()
    voices_asked = Signal()
    words_asked = Signal()
    sounds_chosen = Signal(object)
    sounds_folder_asked = Signal(object)
    import_asked = Signal()
    restore_asked = Signal()
    copy_asked = Signal(list)
    _voices_found = Signal(list)
    _sample_made = Signal(int, object, str)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self.pictures = ChosenPictures(tools, parent=self)
        self.stepping = Stepping(tools, parent=self)
        self._turn = 0  # samples of an earlier one are heard no more: their files may be gone
        self._voices: list[tuple[str | None, str]] = [(None, _("The usual voice"))]
        self._voices_named_in = ""  # a language
        tools.window.add_page("settings", self._make_page)
        tools.preferences.changed.connect(self._refresh)
        self._voices_found.connect(self._take_voices)
        self._sample_made.connect(self._play_sample)

    def show(self) -> None:
        self._tools.window.page("settings")
        self._refresh(self._tools.preferences.settings)
        self._tools.window.show_page("settings")
        if self._voices_named_in != spoken():
            self._voices_named_in = spoken()
            self._tools.aside(self._look_for_voices)

    def _refresh(self, settings: Settings) -> None:
        if not self._tools.window.has_page("settings"):
            return
        self._page.show_settings(
            settings,
            SettingsChoices(
                voices=tuple(self._voices),
                families=tuple(chimes.FAMILIES),
                awake=self._tools.awake.sentence,
                folder=str(self._tools.paths.data),
                version=__version__,
                languages=tuple(languages().items()),
                copy=copy_before_damage(self._tools.paths.log) is not None,
                window_keys=self._tools.window.own_keys,
            ),
        )

    def _look_for_voices(self) -> None:
        self._voices_found.emit(offers(voices_of(self._tools.paths).all(spoken())))

    def _take_voices(self, found: list[VoiceOffer]) -> None:
        """Those that speak the language of the screen; the usual one says which of them it is."""
        usual = speaks(None, found)
        named = _("The usual voice: {name}").format(name=usual.name) if usual else _("The usual voice")
        self._voices = [(None, named), *((offer.id, offer.name) for offer in found)]
        self._refresh(self._tools.preferences.settings)

    def _choose_sound(self, value: object) -> None:
        self.sounds_chosen.emit(value)
        self._refresh(self._tools.preferences.settings)  # a folder that was asked for may not have been chosen

    def _change(self, field: str, value: object) -> None:
        self._tools.preferences.change(**{field: value})

    # listening

    def _listen(self) -> None:
        self.say(_(SAMPLE), language=spoken())

    def say(self, text: str, *, language: str = "en") -> None:
        """Let a line be heard in the voice that is chosen."""
        wishes, folder = wishes_of(self._tools.preferences.settings), self._tools.paths.voices / "prompts"
        turn = self._turn

        def work() -> None:
            maker = Prompts(folder)
            made = maker.prepare(
                [text],
                voices=voices_of(self._tools.paths).chain(wishes.voice, language),
                language=language,
                pace=wishes.spoken_pace,
                volume=wishes.spoken_volume,
            )
            self._sample_made.emit(turn, made.get(text), maker.problems[0] if maker.problems else "")

        self._tools.aside(work)

    def _listen_to_chime(self) -> None:
        self.chime("massage")

    def chime(self, name: str, *, beside: Path | None = None) -> None:
        """Let a chime, or a sound `beside` a routine's file, be heard as loud as it will be."""
        wishes, cache, turn = wishes_of(self._tools.preferences.settings), self._tools.paths.voices, self._turn

        def work() -> None:
            try:
                clip = sound_of(name, wishes, cache=cache, beside=beside)
            except SoundError as error:
                self._sample_made.emit(turn, None, str(error))
            else:
                self._sample_made.emit(turn, clip, "")

        self._tools.aside(work)

    def _play_sample(self, turn: int, clip: Clip | None, problem: str) -> None:
        if turn != self._turn:
            return
        if problem:
            self._tools.tell(problem)
        if clip is not None:
            self._tools.player.stop()
            self._tools.hear(clip)

    # her files

    def _export(self) -> bool:
        day = self._tools.now().date().isoformat()
        start = Path(f"pumping-sessions-{day}.csv")
        target = ask_where(self._tools.window, _("Take your sessions along"), start, SHARED)
        if target is None:
            return False
        try:
            export_file(target, reversed(self._tools.log.records()))
        except OSError as error:
            self._tools.tell(
                _("{name} could not be written ({strerror}).").format(name=target.name, strerror=reason(error))
            )
            return False
        self._tools.tell_kept(target)
        return True

    def archive(self) -> None:
        """Everything of hers as one file."""
        if unread := self._tools.log.unread:  # what cannot be read is not nothing
            self._ask_to_take_the_rest(unread.fact)
        else:
            self._archive()

    def _ask_to_take_the_rest(self, fact: str) -> None:
        self._tools.window.ask(
            _("Take along without your sessions?"),
            _("{fact} The sessions in it cannot be read just now, and would not be in the file.").format(fact=fact),
            [("wait", _("Not now")), ("rest", _("Take the rest along"))],
            lambda wish: self._archive() if wish == "rest" else None,
        )

    def _archive(self, then: Callable[[], None] = lambda: None) -> None:
        def not_written(why: str) -> None:
            if why:
                self._tools.tell(why)

        self.save_everything(_("Take everything along"), then=then, failed=not_written)

    def save_everything(self, title: str, *, then: Callable[[], None], failed: Callable[[str], None]) -> None:
        """Everything of hers as one file, where she says; `failed` is told why not, "" where she would rather not."""
        tools, stepping = self._tools, self.stepping
        start = Path(f"pumping-guide-{tools.now().date().isoformat()}{ENDING}")
        target = ask_where(tools.window, title, start, _(ARCHIVES))
        if target is None:
            failed("")
            return
        unsaved = {name: content for ask in tools.unsaved for name, content in ask().items()}

        def written(_packed: object) -> None:
            tools.tell_kept(target)
            then()

        stepping.begin(
            packing(target, tools.paths, tools.log, tools.now(), unsaved=unsaved, stopped=lambda: stepping.stopped),
            title=title,
            words=_("Writing {name}.").format(name=one_line(target.name, LONGEST)),
            then=written,
            failed=failed,
        )

    def _look_through_copy(self) -> None:
        if copy := copy_before_damage(self._tools.paths.log):
            self.copy_asked.emit([str(copy)])

    def _tell_moved_key(self, key: str, before: str, now: str) -> None:
        name = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key
        text = _("{key} is for “{now}” now, and no longer for “{before}”.")
        self._tools.window.toast.tell(text.format(key=name, now=_(LEARNABLE[now]), before=_(LEARNABLE[before])))

    def _tell_refused_key(self, key: str, stays: str) -> None:
        name = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key
        text = _("{key} stays with {action}, so that it is one key away. Give it another key first.")
        self._tools.window.toast.tell(text.format(key=name, action=_(LEARNABLE[stays])))

    def _tell_key_of_window(self, key: str) -> None:
        name = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key
        text = _("{key} does something elsewhere in the program, and stays with it. Set another key.")
        self._tools.window.toast.tell(text.format(key=name))

    def _erase(self) -> None:
        self._tools.window.ask(
            _("Delete everything?"),
            _(
                "Your sessions, routines, settings, recorded voices and the words you taught, all on this computer. "
                "This is the one thing without an undo, so you can take everything along first, in one file."
            ),
            [
                ("keep", _("Keep everything")),
                ("export", _("Take along, then delete")),
                ("erase", _("Delete everything")),
            ],
            self._erase_answered,
        )

    def _erase_answered(self, wish: object) -> None:
        if wish == "export" and (unread := self._tools.log.unread):
            self._tools.tell(_("{fact} Nothing was taken along, and nothing is deleted.").format(fact=unread.fact))
            return
        if wish == "export":
            self._archive(self._erase_all)
        elif wish == "erase":
            self._erase_all()

    def _erase_all(self) -> None:
        tools, paths = self._tools, self._tools.paths
        tools.library.forget()
        self._turn += 1
        gone = paths.erase_files()  # first: a full disk has the room then to take sessions out of their log
        tools.forget_words()
        self.pictures.forget()
        tools.preferences.forget()
        tools.log.erase_everything()
        if not gone or is_there(paths.words) or is_there(paths.settings) or tools.log.trouble is not None:
            tools.tell(_("Not everything could be deleted: the folder or the disk does not let us write."))
        else:
            tools.window.toast.tell(_("Everything is deleted"))
        self.erased.emit()

    # photos and keys

    def _remove_photo(self, photo: str) -> None:
        before = self._tools.preferences.settings.photos
        self._tools.preferences.change(photos=tuple(each for each in before if each != photo))

    @property
    def _page(self) -> SettingsPage:
        page = self._tools.window.page("settings")
        assert isinstance(page, SettingsPage)  # noqa: S101  made below
        return page

    def _make_page(self) -> SettingsPage:
        page = SettingsPage(look=self._tools.look)
        page.changed.connect(self._change)
        page.listen_asked.connect(self._listen)
        page.voices_asked.connect(self.voices_asked)
        page.chime_listen_asked.connect(self._listen_to_chime)
        page.files_asked.connect(lambda: self._tools.revealer.show(self._tools.paths.data))
        page.export_asked.connect(self._export)
        page.archive_asked.connect(self.archive)
        page.restore_asked.connect(self.restore_asked)
        page.import_asked.connect(self.import_asked)
        page.copy_asked.connect(self._look_through_copy)
        page.words_asked.connect(self.words_asked)
        page.sounds.chosen.connect(self._choose_sound)
        page.sounds.folder_asked.connect(self.sounds_folder_asked)
        page.key_moved.connect(self._tell_moved_key)
        page.keys.refused.connect(self._tell_refused_key)
        page.keys.of_window.connect(self._tell_key_of_window)
        page.erase_asked.connect(self._erase)
        page.photos_asked.connect(self.pictures.choose)
        page.photo_removed.connect(self._remove_photo)
        return page
