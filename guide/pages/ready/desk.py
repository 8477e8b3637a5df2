"""Get ready: a routine from being chosen until Start is pressed and the voice is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QObject, Signal, SignalInstance

from guide.core.check import GENTLE, Verdict, verdict
from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.pump import pump_words
from guide.core.record import Record
from guide.core.routine import Purpose, Routine, Side, side_to_begin
from guide.core.usual import comes_words, let_downs, own_times, slows_words, usual_range, usual_words
from guide.language import _, marks, ngettext, screen
from guide.live.chosen import Chosen
from guide.live.wishes import wishes_of
from guide.pages.ready.company import Company
from guide.pages.ready.counting import CountedStart
from guide.pages.ready.listening import StartByWord
from guide.pages.ready.page import ReadyPage
from guide.pages.ready.pictures import Pictures
from guide.pages.ready.starting import Starting
from guide.pages.ready.view import ReadyView
from guide.pages.ready.voices import VoicesAtHand
from guide.sound.repertoire import Repertoire
from guide.store.routines.entry import Entry
from guide.store.settings import Settings, Units, sore_today
from guide.store.zone import clock_after
from guide.tools import Tools

ROUTINES: Final = "routines"
LEARN: Final = "learn"


class ReadyDesk(QObject):
    """`started` carries what was chosen and what it will sound like; `left` says that she went back, and where to."""

    started = Signal(object, object)
    left = Signal(str)
    edit_asked = Signal(str)
    card_asked = Signal(str)
    along_asked = Signal(str, object)
    learn_asked = Signal(str)
    words_asked = Signal()
    settings_asked = Signal()
    pictures_asked = Signal()
    voice_chosen = Signal(str)
    own_range_asked = Signal(str, object)
    sore_answered = Signal(bool)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._chosen: Chosen | None = None
        self._from = ROUTINES
        self._starting = Starting(tools, parent=self)
        self._starting.begun.connect(self._begin)
        self._starting.there.connect(self._prepare_count)
        self._starting.slow.connect(self._show_progress)
        self._starting.missed.connect(self._miss)
        self._voices = VoicesAtHand(tools, parent=self)
        self._pictures = Pictures(tools, parent=self)
        self.company = Company(tools, parent=self)
        for part in (self._voices, self._pictures, self.company):
            part.changed.connect(self.refresh)
        self._count = CountedStart(tools, lambda: self._page, self.start, parent=self)
        self._by_word = StartByWord(tools, self._press_start, self._count.stop, parent=self)
        self._count.sounding.connect(self._by_word.be_deaf_for)
        tools.window.add_page("ready", self._make_page, bare=True, left_by_keys=True, keys_below=True)
        tools.preferences.changed.connect(self._preferred)

    @property
    def _page(self) -> ReadyPage:
        page = self._tools.window.page("ready")
        assert isinstance(page, ReadyPage)  # noqa: S101  made below
        return page

    def _make_page(self) -> ReadyPage:
        page, preferences, tools = ReadyPage(look=self._tools.look), self._tools.preferences, self._tools
        page.start_asked.connect(self.start)
        page.count_asked.connect(self._count.begin)
        page.count_stopped.connect(self._count.stop)
        page.back_asked.connect(self._leave)
        page.edit_asked.connect(lambda: self._of_chosen(self.edit_asked))
        page.card_asked.connect(lambda: self._of_chosen(self.card_asked))
        page.words_asked.connect(self.words_asked)
        page.learn_asked.connect(self.learn_asked)
        page.purpose_chosen.connect(self._choose_purpose)
        page.guidance.voice_toggled.connect(lambda on: preferences.change(voice_on=on))
        page.guidance.chimes_toggled.connect(lambda on: preferences.change(chimes_on=on))
        page.guidance.quiet_toggled.connect(lambda on: preferences.change(quiet_night=on))
        page.guidance.partner_toggled.connect(lambda on: preferences.change(partner_shown=on))
        page.guidance.voice_asked.connect(self.settings_asked)
        page.guidance.voice_chosen.connect(self._choose_voice)
        page.hurry_asked.connect(tools.preparation.hurry)
        self._pictures.join(page)
        page.guidance.picture_asked.connect(self.pictures_asked)
        page.side_chosen.connect(self._choose_side)
        page.hint_taken.connect(self._take_hint)
        page.sore_answered.connect(self.sore_answered)
        page.gentle_asked.connect(self._open_gentle)
        page.along_asked.connect(self._take_along)
        self.company.join(page)
        return page

    # what is chosen

    def get_ready(self, entry: Entry, *, start: bool = False, from_page: str = ROUTINES) -> None:
        """
        Show what is coming; `start` presses Start too, which asks the check where it is due.

        `from_page`, the routines or Learn, is where Back leads.
        """
        if entry.routine is None:
            return
        self._from = from_page
        tools = self._tools
        first = side_to_begin(entry.routine, tools.log.last_first_side(entry.id))
        self._choose(
            Chosen(
                id=entry.id,
                routine=entry.routine,
                plan=lay_out(entry.routine, first, tools.preferences.settings.pump),
                text=entry.path.read_text(encoding="utf-8-sig"),
                folder=entry.path.parent,
                purpose=_purpose(entry.routine, tools.preferences.settings.purpose),
                warnings=tuple(warning.message for warning in entry.warnings),
            )
        )
        tools.window.show_page("ready")
        self._by_word.begin()
        if start:
            self._page.press_start()

    def _open_gentle(self) -> None:
        if (gentle := _made_for_a_sore_breast(self._tools)) is not None:
            self.get_ready(gentle, from_page=self._from)

    def listen_no_more(self) -> None:
        self._by_word.end()

    def _press_start(self) -> None:
        self._count.stop()
        self._page.press_start()

    def refresh(self) -> None:
        """Show it once more, with what has changed."""
        if self._tools.window.here == "ready":
            self._show()

    def come_back(self) -> None:
        """Get ready as it was left, with the voice that was chosen meanwhile."""
        if self._chosen is None:
            self.left.emit(self._from)
            return
        self._tools.window.show_page("ready")
        self._by_word.begin()
        self._voices.look(self._chosen.routine.language)
        self._preferred()
        self._show()

    def _choose(self, chosen: Chosen) -> None:
        self._chosen = chosen
        self._voices.look(chosen.routine.language)
        self._start_no_more()
        self._starting.prepare(chosen)
        self._show()

    def _choose_voice(self, voice_id: str) -> None:
        self._tools.preferences.change(voice=voice_id)
        self._show()
        self.voice_chosen.emit(voice_id)

    def _choose_purpose(self, purpose: Purpose) -> None:
        if self._chosen is not None:
            self._chosen = replace(self._chosen, purpose=purpose)
        self._tools.preferences.change(purpose=purpose)

    def _choose_side(self, side: Side) -> None:
        if self._chosen is not None:
            pump = self._tools.preferences.settings.pump
            self._choose(replace(self._chosen, plan=lay_out(self._chosen.routine, side, pump)))

    def _take_hint(self) -> None:
        chosen = self._chosen
        if chosen is not None:
            records = self._tools.log.records(routine=chosen.id, limit=50)
            self.own_range_asked.emit(chosen.id, tuple(own_times(chosen.plan, records, chosen.id)))

    def _take_along(self) -> None:
        if self._chosen is not None:
            self.along_asked.emit(self._chosen.id, self._chosen.plan.first)

    def _of_chosen(self, asked: SignalInstance) -> None:
        if self._chosen is not None:
            asked.emit(self._chosen.id)

    def put_away(self) -> None:
        """She goes elsewhere: nothing is got ready any more."""
        if self._tools.window.here == "ready":
            self._start_no_more()
            self._by_word.end()
            self._starting.leave()
            self._chosen = None
            self._tools.preparation.give_up()

    def _leave(self) -> None:
        self.put_away()
        self.left.emit(self._from)

    # what is shown

    def _show(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        settings, now = self._tools.preferences.settings, self._tools.now()
        records = self._tools.log.records(routine=chosen.id, limit=50)
        yours = own_times(chosen.plan, records, chosen.id)
        heard = self._voices.heard()
        sore = sore_today(settings, now)
        rests = verdict(chosen.routine, sore) is Verdict.RESTS
        gentle = _made_for_a_sore_breast(self._tools) if rests else None
        self._page.show_routine(
            ReadyView(
                id=chosen.id,
                routine=chosen.routine,
                plan=chosen.plan,
                from_learn=self._from == LEARN,
                done_by=f"{clock_after(now, chosen.plan.longest):%H:%M}",
                purpose=chosen.purpose,
                voice_on=settings.voice_on,
                voice_name=heard.name if heard else _("Choose a voice"),
                voices=self._voices.menu(),
                voice=heard.id if heard else None,
                chimes_on=settings.chimes_on,
                quiet=settings.quiet_night,
                partner=settings.partner_shown,
                number_free=settings.number_free,
                unfinished=chosen.id in self._tools.unfinished,
                hint=_hint(chosen.plan, yours),
                hint_action=ngettext("Use a range of my own", "Use ranges of my own", len(yours)) if yours else "",
                sounds=self.company.sounds(settings, chosen.routine),
                sore=sore,
                gentle=gentle.name if gentle is not None else "",
                warnings=chosen.warnings,
                yours=yours,
                usual=_usual(records, chosen.purpose, settings),
                pump=_pump(chosen, settings),
                picture=self._pictures.view(settings),
                along=True,
                listens=True,
                word=self._by_word.word(),
            )
        )
        self._page.show_ready()

    def _preferred(self) -> None:
        """What changes how it is heard is made ready anew."""
        self.refresh()
        if self._tools.window.here == "ready":
            self._starting.renew()

    # Start

    def start(self) -> None:
        """Begin as soon as the voice is there, and only where the check has nothing against it."""
        if self._chosen is not None and _may_begin(self._chosen, self._tools):
            self._starting.press()
        else:
            self._show()

    def _begin(self, repertoire: Repertoire) -> None:
        chosen = self._chosen
        if chosen is not None and not _may_begin(chosen, self._tools):  # midnight came before the voice was there
            self._miss()
            self._show()
            self._page.press_start()  # which leads to the question
        elif chosen is not None:
            self._start_no_more()
            self._starting.leave()
            self._by_word.end()
            self._chosen = None
            self.started.emit(chosen, repertoire)

    def _start_no_more(self) -> None:
        self.company.leave()
        self._count.stop()
        self._starting.press_no_more()

    def _prepare_count(self) -> None:
        if self._chosen is not None:
            self._count.prepare(self._chosen.routine.language, wishes_of(self._tools.preferences.settings))

    def _show_progress(self, done: int, count: int, left: timedelta | None) -> None:
        self._page.show_preparing(done, count, left)

    def _miss(self) -> None:
        self._start_no_more()
        self._page.show_ready()


def _may_begin(chosen: Chosen, tools: Tools) -> bool:
    return verdict(chosen.routine, sore_today(tools.preferences.settings, tools.now())) is Verdict.CLEAR


def _made_for_a_sore_breast(tools: Tools) -> Entry | None:
    """The routine that the note names, unless it is gone, or was changed into one that does not suit."""
    try:
        entry = tools.library.entry(GENTLE)
    except LookupError:
        return None
    return entry if entry.routine is not None and entry.routine.suits_sore else None


def _hint(plan: Plan, yours: Mapping[tuple[int, ...], timedelta]) -> str:
    """When her milk usually comes, and when it first slows."""
    waiting = let_downs(plan)
    comes = [f"{comes_words(at, screen())}." for place, at in yours.items() if place in waiting]
    slows = [f"{slows_words(at, screen())}." for place, at in yours.items() if place not in waiting]
    return " ".join([*comes[:1], *slows[:1]])


def _usual(records: Sequence[Record], purpose: Purpose | None, settings: Settings) -> str:
    found = usual_range(records, purpose) if purpose else None
    if found is None:
        return ""
    return usual_words(*found, ounces=settings.units is Units.OZ, words=screen(), marks=marks())


def _pump(chosen: Chosen, settings: Settings) -> str:
    """What to put together before Start, where the routine pumps at all."""
    return pump_words(settings.pump, screen()) if chosen.plan.pumps else ""


def _purpose(routine: Routine, last: Purpose | None) -> Purpose | None:
    """The one she chose last, where the routine serves it; else the routine's first."""
    if last is not None and (not routine.purposes or last in routine.purposes):
        return last
    return routine.purposes[0] if routine.purposes else last
