"""The desks of the pages, each made when it is first asked for, and what leads from one to the other."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from guide.core.kinds import Side
from guide.pages.routines.desk import RoutinesDesk
from guide.store.settings import SoreCheck
from guide.tools import Tools

if TYPE_CHECKING:
    from guide.core.record import Record
    from guide.core.session import Finished
    from guide.live.chosen import Chosen
    from guide.pages.along.desk import AlongDesk
    from guide.pages.bringing.back_desk import BackDesk
    from guide.pages.bringing.desk import BringingDesk
    from guide.pages.editor.desk import EditingDesk
    from guide.pages.finish.desk import FinishDesk
    from guide.pages.history.desk import HistoryDesk
    from guide.pages.language.desk import LanguageDesk
    from guide.pages.learn.desk import LearningDesk
    from guide.pages.ready.desk import ReadyDesk
    from guide.pages.session.desk import SessionDesk
    from guide.pages.settings.desk import SettingsDesk
    from guide.pages.voices.desk import VoicesDesk
    from guide.pages.words.desk import WordsDesk
    from guide.sound.repertoire import Repertoire
    from guide.stepping import Stepping


BY_NAME: Final = frozenset({"routines", "history", "learn", "settings", "language"})  # pages that need nothing more


class Rooms(QObject):
    """Joins the desks of the several pages; `left_for_now` asks for the window to close on a session that waits."""

    left_for_now = Signal()

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._home = "routines"  # where the page after a session leads
        self.routines = RoutinesDesk(tools, parent=self)
        self.routines.picked.connect(lambda entry, start: self.ready.get_ready(entry, start=start))
        self.routines.edit_asked.connect(lambda routine_id: self.editing.edit(routine_id))
        self.routines.new_asked.connect(self._new)
        self.routines.along_asked.connect(self._take_along)
        self.routines.import_asked.connect(self._look_at)
        self.routines.waiting_asked.connect(self._go_back_to_what_waits)
        self.routines.unsaved_asked.connect(lambda: self.editing.go_on())

    @cached_property
    def bringing(self) -> BringingDesk:
        from guide.pages.bringing.desk import BringingDesk  # as below

        desk = BringingDesk(self._tools, parent=self)
        desk.changed.connect(self._brought_in)
        desk.archive_met.connect(lambda path: self.bringing_back.look_at(path))
        return desk

    @cached_property
    def bringing_back(self) -> BackDesk:
        from guide.pages.bringing.back_desk import BackDesk  # as below

        desk = BackDesk(self._tools, parent=self)
        desk.changed.connect(self._show_sessions_anew)
        return desk

    def _brought_in(self, sessions: bool, routine_ids: tuple[str, ...]) -> None:
        """What came in, or went again, is seen where it is shown: a routine that came by its card, wherever she was."""
        here = self._tools.window.here
        if routine_ids and self.has("editing"):
            self.editing.put_away()
        if routine_ids or here == "routines" or (here != "history" and not sessions):
            self.routines.show_new(routine_ids)
        elif here == "history":
            self.history.refresh()

    @cached_property
    def ready(self) -> ReadyDesk:
        from guide.pages.ready.desk import ReadyDesk  # here and below: the first page comes sooner

        desk = ReadyDesk(self._tools, parent=self)
        desk.started.connect(self._begin)
        desk.left.connect(self._back_from_ready)
        desk.edit_asked.connect(lambda routine_id: self.editing.edit(routine_id))
        desk.card_asked.connect(lambda routine_id: self.learning.cards.print_card(routine_id))
        desk.along_asked.connect(self._take_along)
        desk.learn_asked.connect(self._learn)
        desk.sore_answered.connect(self._sore)
        desk.settings_asked.connect(lambda: self.voices.show(then=desk.come_back))
        desk.words_asked.connect(self.show_words)
        desk.pictures_asked.connect(self._choose_pictures)
        desk.voice_chosen.connect(lambda voice_id: self.voices.sample(voice_id))
        desk.own_range_asked.connect(lambda routine_id, places: self.editing.copies.set_own_range(routine_id, places))
        return desk

    @cached_property
    def session(self) -> SessionDesk:
        from guide.pages.session.desk import SessionDesk

        desk = SessionDesk(self._tools, parent=self)
        desk.ended.connect(self._end)
        desk.left.connect(self.left_for_now)
        desk.tried_out.connect(lambda: self.editing.come_back())
        desk.learn_asked.connect(self._learn)
        desk.sore_answered.connect(self._sore)
        desk.full_screen_asked.connect(self._tools.window.toggle_full_screen)
        return desk

    @cached_property
    def finish(self) -> FinishDesk:
        from guide.pages.finish.desk import FinishDesk

        desk = FinishDesk(self._tools, parent=self)
        desk.over.connect(lambda: self.go_to(self._home))
        desk.kept.connect(self._show_sessions_anew)
        desk.back_asked.connect(lambda: self.session.take_up_again())
        desk.learn_asked.connect(self._learn)
        desk.keep_asked.connect(lambda record: self.editing.copies.keep_what_was_done(record))
        desk.edit_asked.connect(lambda routine_id: self.editing.edit(routine_id))
        return desk

    @cached_property
    def history(self) -> HistoryDesk:
        from guide.pages.history.desk import HistoryDesk

        desk = HistoryDesk(self._tools, parent=self)
        desk.note_asked.connect(self._note_again)
        desk.routines_asked.connect(lambda: self.go_to("routines"))
        desk.import_asked.connect(self._bring_in)
        desk.begin_nudging()
        return desk

    @cached_property
    def learning(self) -> LearningDesk:
        from guide.pages.learn.desk import LearningDesk

        desk = LearningDesk(self._tools, parent=self)
        desk.routine_asked.connect(lambda entry: self.ready.get_ready(entry, from_page="learn"))
        desk.back_asked.connect(self._back_from_learning)
        return desk

    @cached_property
    def settings(self) -> SettingsDesk:
        from guide.pages.settings.desk import SettingsDesk

        desk = SettingsDesk(self._tools, parent=self)
        desk.erased.connect(lambda: self.editing.drafts.forget_all())
        desk.erased.connect(self.routines.seek_no_more)
        desk.erased.connect(lambda: self.go_to("routines"))
        desk.import_asked.connect(self._bring_in)
        desk.restore_asked.connect(lambda: self.bringing_back.ask_for_file())
        desk.copy_asked.connect(self._look_at)
        desk.voices_asked.connect(lambda: self.voices.show(then=desk.show))
        desk.sounds_chosen.connect(lambda value: self.ready.company.choose_sounds(value))
        desk.sounds_folder_asked.connect(lambda of: self.ready.company.ask_for_folder(of))
        desk.words_asked.connect(self.show_words)
        return desk

    @cached_property
    def voices(self) -> VoicesDesk:
        from guide.pages.voices.desk import VoicesDesk

        return VoicesDesk(self._tools, parent=self)

    @cached_property
    def words(self) -> WordsDesk:
        from guide.pages.words.desk import WordsDesk

        desk = WordsDesk(self._tools, parent=self)
        desk.back_asked.connect(self._back_from_words)
        return desk

    @cached_property
    def editing(self) -> EditingDesk:
        from guide.pages.editor.desk import EditingDesk

        desk = EditingDesk(self._tools, self.settings, parent=self)
        desk.ready_asked.connect(lambda entry: self.ready.get_ready(entry))
        desk.try_asked.connect(
            lambda routine, at, speed, folder: self.session.try_out(routine, at=at, speed=speed, folder=folder)
        )
        desk.done.connect(self._back_from_editing)
        desk.delete_asked.connect(self.routines.changes.delete)
        desk.export_asked.connect(self.routines.changes.export)
        desk.copies.kept.connect(lambda routine_id: self.finish.show_kept(routine_id))
        desk.drafts.kept.connect(self._show_routines_anew)
        self._tools.refused = desk.drafts.left
        self.routines.unsaved_told.connect(desk.drafts.tell_no_more)
        return desk

    @cached_property
    def along(self) -> AlongDesk:
        from guide.pages.along.desk import AlongDesk

        desk = AlongDesk(self._tools, parent=self)
        desk.card_asked.connect(lambda *asked: self.learning.cards.save_card(*asked))
        desk.export_asked.connect(self.routines.changes.export)
        return desk

    @cached_property
    def speech(self) -> LanguageDesk:
        from guide.pages.language.desk import LanguageDesk

        desk = LanguageDesk(self._tools, parent=self)
        desk.over.connect(lambda: self.go_to("routines"))
        return desk

    def has(self, name: str) -> bool:
        """Whether a desk was made already."""
        return name in vars(self)

    @property
    def under_way(self) -> Stepping | None:
        """Work in steps that is not at its end."""
        made = [self.bringing_back.stepping] if self.has("bringing_back") else []
        made += [self.settings.stepping] if self.has("settings") else []
        return next((one for one in made if one.under_way), None)

    # from page to page

    def can_go_to(self, name: str) -> bool:
        """While a session waits behind Learn, or a note, the only way out is back."""
        return name in BY_NAME and not (self.has("learning") and self.learning.aside)

    def go_to(self, name: str) -> None:
        if not self.can_go_to(name):
            return
        if self.has("editing"):
            self.editing.put_away(to=name)
        if self.has("ready"):
            self.ready.put_away()
        match name:
            case "routines":
                self.routines.show()
            case "history":
                self.history.show()
            case "learn":
                self.learning.show()
            case "settings":
                self.settings.show()
            case "language":
                self.speech.show()

    def _show_routines_anew(self) -> None:
        if self._tools.window.here == "routines":
            self.routines.refresh()

    def _go_back_to_what_waits(self) -> None:
        if not self.session.welcome_back():
            self.routines.refresh()

    def _begin(self, chosen: Chosen, repertoire: Repertoire) -> None:
        self.routines.seek_no_more()
        self.session.begin(chosen, repertoire)

    def _back_from_ready(self, page: str) -> None:
        if page == "learn":
            self.learning.come_back()
        else:
            self.routines.come_back()

    def _back_from_editing(self, routine_id: str) -> None:
        self.go_to("routines")
        if routine_id:
            self.routines.lead_to(routine_id)

    def _end(self, record: Record | None, session: Finished | None, saved: bool) -> None:
        self._home = "routines"
        self.finish.show(record, session, slips=not saved)

    def _note_again(self, record: Record) -> None:
        self._home = "history"
        self.finish.show(record)

    def _show_sessions_anew(self) -> None:
        """A session counts that did not, or came from elsewhere: seen where sessions are told of."""
        if self._tools.window.here == "history":
            self.history.refresh()
        elif self._tools.window.here == "routines":
            self.routines.refresh()

    def show_words(self) -> None:
        """Her words for hands-free; the way back leads to the page she is on."""
        if self.has("ready"):
            self.ready.listen_no_more()  # the page of her words has the ear to itself
        self.words.show(from_page=self._tools.window.here or "settings")

    def _back_from_words(self, page: str) -> None:
        if page == "settings":
            self.settings.show()
        elif page == "ready":
            self.ready.come_back()
        else:
            self._tools.window.show_page(page)

    def _choose_pictures(self) -> None:
        self.settings.pictures.choose()
        self.ready.refresh()

    def _take_along(self, routine_id: str, first: Side = Side.LEFT) -> None:
        self.along.open(self._tools.library.entry(routine_id), first)

    def _learn(self, page: str) -> None:
        """A page of Learn; from a session it is one press back, and the session waits or goes on as she chose."""
        self.learning.show(page, from_page=self._tools.window.here)

    def _back_from_learning(self, page: str) -> None:
        if page == "routines":
            self.routines.show()  # anew: what suits first may have changed with her answer
        else:
            self._tools.window.show_page(page)

    def _bring_in(self) -> None:
        self.bringing.ask_for_files()

    def _look_at(self, paths: list[str]) -> None:
        if paths:
            self.bringing.look_at(paths)
        else:
            self._bring_in()

    def _sore(self, sore: bool) -> None:
        tools = self._tools
        tools.preferences.change(sore_check=SoreCheck(tools.now().date(), sore))
        if sore:
            from guide.pages.session.parts import CARE_CARD

            here = tools.window.here
            self.learning.show(CARE_CARD, from_page=here if here == "editor" else "routines")
        elif self.has("ready"):
            self.ready.refresh()

    def _new(self) -> None:
        if not self._tools.playing:
            self.editing.new()
