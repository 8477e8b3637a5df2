"""Get ready: a routine from being chosen until Start is pressed and the voice is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance
from PySide6.QtGui import QImage

from guide.core.check import Verdict, verdict
from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.pump import pump_words
from guide.core.routine import Purpose, Routine, Side, side_to_begin
from guide.core.usual import comes_words, let_downs, own_times, slows_words, usual_range, usual_words
from guide.kit.menu_button import MenuOption
from guide.language import _, ngettext, screen
from guide.live.chosen import Chosen
from guide.live.pictures import PictureError, thumbnail
from guide.live.voices import Offer, Origin, offers, speaks
from guide.live.wishes import voices_of, wishes_of
from guide.pages.ready.company import Company
from guide.pages.ready.counting import CountedStart
from guide.pages.ready.listening import StartByWord
from guide.pages.ready.page import ReadyPage
from guide.pages.ready.view import Beyond, PictureView, ReadyView
from guide.sound.repertoire import Repertoire, Wishes
from guide.store.routines.entry import Entry
from guide.store.settings import Settings, Units, sore_today
from guide.tools import Tools

A_SECOND: Final = 1000  # milliseconds: progress is shown on what takes longer


class ReadyDesk(QObject):
    """`started` carries what was chosen and what it will sound like; `left` says that she went back."""

    started = Signal(object, object)
    left = Signal()
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
    _found = Signal(str, list)
    _thumbnail_made = Signal(str, object)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._chosen: Chosen | None = None
        self._repertoire: Repertoire | None = None
        self._wishes: Wishes | None = None
        self._starting = False
        self._slow_start = QTimer(self)
        self._slow_start.setSingleShot(True)
        self._slow_start.setInterval(A_SECOND)
        self._slow_start.timeout.connect(self._show_progress)
        self._progress: tuple[int, int, timedelta | None] = (0, 0, None)
        self._offers: list[Offer] = []  # the voices for the language of the routine at hand
        self._spoken = ""  # the language they speak
        self._thumbnail: tuple[str, QImage | None] = ("", None)
        self._thumbnail_made.connect(self._take_thumbnail)
        self.company = Company(tools, parent=self)
        self.company.changed.connect(self.refresh)
        self._count = CountedStart(tools, lambda: self._page, self.start, parent=self)
        self._by_word = StartByWord(tools, self._press_start, self._count.stop, parent=self)
        self._count.sounding.connect(self._by_word.be_deaf_for)
        tools.window.add_page("ready", self._make_page, bare=True)
        tools.preparation.progressed.connect(self._progressed)
        tools.preparation.ready.connect(self._prepared)
        self._found.connect(self._take_voices)
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
        page.voice_toggled.connect(lambda on: preferences.change(voice_on=on))
        page.chimes_toggled.connect(lambda on: preferences.change(chimes_on=on))
        page.quiet_toggled.connect(lambda on: preferences.change(quiet_night=on))
        page.partner_toggled.connect(lambda on: preferences.change(partner_shown=on))
        page.voice_asked.connect(self.settings_asked)
        page.voice_chosen.connect(self._choose_voice)
        page.hurry_asked.connect(tools.preparation.hurry)
        page.picture_chosen.connect(self._choose_picture)
        page.picture_asked.connect(self.pictures_asked)
        page.side_chosen.connect(self._choose_side)
        page.hint_taken.connect(self._take_hint)
        page.sore_answered.connect(self.sore_answered)
        page.along_asked.connect(self._take_along)
        self.company.join(page)
        return page

    # what is chosen

    def get_ready(self, entry: Entry, *, start: bool = False) -> None:
        """Show what is coming; `start` presses Start too, which asks the check where it is due."""
        if entry.routine is None:
            return
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
            self.left.emit()
            return
        self._tools.window.show_page("ready")
        self._by_word.begin()
        self._look_for_voices(self._chosen.routine.language)
        self._preferred(self._tools.preferences.settings)
        self._show()

    def _look_for_voices(self, language: str) -> None:
        """Which voices speak the routine's language; on Windows that takes up to a second."""
        paths = self._tools.paths
        self._tools.aside(lambda: self._found.emit(language, offers(voices_of(paths).all(language))))

    def _take_voices(self, language: str, found: list[Offer]) -> None:
        if (language, found) != (self._spoken, self._offers):
            self._spoken, self._offers = language, found
            self.refresh()

    def _choose(self, chosen: Chosen) -> None:
        self._chosen = chosen
        self._look_for_voices(chosen.routine.language)
        self._start_no_more()
        self._prepare()
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

    def _leave(self) -> None:
        self._start_no_more()
        self._by_word.end()
        self._chosen = None
        self._tools.preparation.give_up()
        self.left.emit()

    # what is shown

    def _show(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        settings, now = self._tools.preferences.settings, self._tools.now()
        records = self._tools.log.records(routine=chosen.id, limit=50)
        yours = own_times(chosen.plan, records, chosen.id)
        usual = usual_range(records, chosen.purpose) if chosen.purpose else None
        heard = speaks(settings.voice, self._offers)
        self._page.show_routine(
            ReadyView(
                id=chosen.id,
                routine=chosen.routine,
                plan=chosen.plan,
                done_by=f"{now + chosen.plan.longest:%H:%M}",
                purpose=chosen.purpose,
                voice_on=settings.voice_on,
                voice_name=heard.name if heard else _("Choose a voice"),
                voices=_menu(self._offers, heard),
                voice=heard.id if heard else None,
                chimes_on=settings.chimes_on,
                quiet=settings.quiet_night,
                partner=settings.partner_shown,
                number_free=settings.number_free,
                hint=_hint(chosen.plan, yours),
                hint_action=ngettext("Use a range of my own", "Use ranges of my own", len(yours)) if yours else "",
                sounds=self.company.sounds(settings, chosen.routine),
                sore=sore_today(settings, now),
                warnings=chosen.warnings,
                yours=yours,
                usual=usual_words(*usual, ounces=settings.units is Units.OZ, words=screen()) if usual else "",
                pump=_pump(chosen, settings),
                picture=self._picture(settings),
                along=True,
                listens=True,
                word=self._by_word.word(),
            )
        )
        self._page.show_ready()

    # pictures

    def _picture(self, settings: Settings) -> PictureView:
        """Her pictures by name; the first is shown first, and small."""
        photos = settings.photos
        options = [MenuOption(photo, Path(photo).name) for photo in photos]
        if options:
            options = [MenuOption(None, _("Off")), *options, MenuOption(Beyond.OTHERS, _("Choose…"), apart=True)]
        value = photos[0] if photos and settings.photos_shown else None
        if value is not None and self._thumbnail[0] != value:
            self._thumbnail = (value, None)
            self._tools.aside(lambda: self._thumbnail_made.emit(value, _small(Path(value))))
        return PictureView(tuple(options), value, self._thumbnail[1] if value is not None else None)

    def _take_thumbnail(self, photo: str, image: QImage | None) -> None:
        if self._thumbnail[0] == photo:
            self._thumbnail = (photo, image)
            self.refresh()

    def _choose_picture(self, photo: object) -> None:
        photos = self._tools.preferences.settings.photos
        if isinstance(photo, str) and photo in photos:
            rest = tuple(one for one in photos if one != photo)
            self._tools.preferences.change(photos=(photo, *rest), photos_shown=True)
        else:
            self._tools.preferences.change(photos_shown=False)
        self.refresh()

    def _preferred(self, settings: Settings) -> None:
        """What changes how it is heard is made ready anew."""
        self.refresh()
        if self._chosen is not None and self._tools.window.here == "ready" and wishes_of(settings) != self._wishes:
            self._prepare()

    # the voice, and Start

    def _prepare(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        self._repertoire = None
        self._progress = (0, 0, None)
        self._tools.player.prime()
        self._wishes = wishes_of(self._tools.preferences.settings)
        self._tools.preparation.begin(chosen.plan, self._wishes, beside=chosen.folder)

    def start(self) -> None:
        """Begin as soon as every prompt is a finished file, and only where the check has nothing against it."""
        chosen = self._chosen
        if chosen is None or self._starting:
            return
        tools = self._tools
        if verdict(chosen.routine, sore_today(tools.preferences.settings, tools.now())) is not Verdict.CLEAR:
            self._show()
            return
        if self._repertoire is not None:
            self._begin(chosen, self._repertoire)
            return
        self._starting = True
        self._slow_start.start()

    def _begin(self, chosen: Chosen, repertoire: Repertoire) -> None:
        self._start_no_more()
        self._by_word.end()
        self._chosen = None
        self.started.emit(chosen, repertoire)

    def _start_no_more(self) -> None:
        self.company.leave()
        self._count.stop()
        self._starting = False
        self._slow_start.stop()

    def _progressed(self, done: int, count: int, left: timedelta | None) -> None:
        self._progress = (done, count, left)
        if self._starting and not self._slow_start.isActive():
            self._show_progress()

    def _show_progress(self) -> None:
        if self._starting:
            self._page.show_preparing(*self._progress)

    def _prepared(self, repertoire: Repertoire, problems: list[str]) -> None:
        chosen = self._chosen
        if chosen is None or self._tools.preparation.plan is not chosen.plan:
            return
        for problem in problems:
            self._tools.tell(problem)
        self._repertoire = repertoire
        if not self._starting:
            self._count.prepare(chosen.routine.language, wishes_of(self._tools.preferences.settings))
            return
        if self._tools.window.here == "ready":
            self._begin(chosen, repertoire)
        else:  # she went elsewhere meanwhile: nothing begins behind another page
            self._start_no_more()
            self._page.show_ready()


def _menu(found: Sequence[Offer], heard: Offer | None) -> tuple[MenuOption, ...]:
    """The voices at hand: natural ones, recorded ones, one of the computer, and the way to all of them."""
    plain = next((offer for offer in found if offer.origin is Origin.COMPUTER), None)
    shown = [offer for offer in found if offer.origin is not Origin.COMPUTER or offer in {plain, heard}]
    if not shown:
        return ()
    options = [MenuOption(offer.id, offer.name, offer.tag) for offer in shown]
    return *options, MenuOption(Beyond.OTHERS, _("All voices…"), apart=True)


def _hint(plan: Plan, yours: Mapping[tuple[int, ...], timedelta]) -> str:
    """When her milk usually comes, and when it first slows."""
    waiting = let_downs(plan)
    comes = [f"{comes_words(at, screen())}." for place, at in yours.items() if place in waiting]
    slows = [f"{slows_words(at, screen())}." for place, at in yours.items() if place not in waiting]
    return " ".join([*comes[:1], *slows[:1]])


def _pump(chosen: Chosen, settings: Settings) -> str:
    """What to put together before Start, where the routine pumps at all."""
    pumps = any(segment.step.under_suction for segment in chosen.plan.segments)
    return pump_words(settings.pump, screen()) if pumps else ""


def _small(path: Path) -> QImage | None:
    try:
        return thumbnail(path, 88)
    except PictureError:
        return None  # told in words when the session would show it


def _purpose(routine: Routine, last: Purpose | None) -> Purpose | None:
    """The one she chose last, where the routine serves it; else the routine's first."""
    if last is not None and (not routine.purposes or last in routine.purposes):
        return last
    return routine.purposes[0] if routine.purposes else last
