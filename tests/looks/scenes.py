"""Every page and state of the real program, drawn without a screen and always the same."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any, Final
from unittest.mock import patch

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from guide.app import Program, build
from guide.core.commands import Command, Reason
from guide.core.kinds import Comfort
from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.record import Record, StepRecord
from guide.core.routine import Kind, Purpose, Side
from guide.pages.along.page import AlongPage
from guide.pages.along.view import Ending, Failed
from guide.pages.editor.page import EditorPage
from guide.pages.session.page import SessionPage
from guide.pages.settings.page import SettingsPage
from guide.store.glance import ThemeSetting
from guide.store.log.log import Log
from guide.store.paths import Paths, builtin_folder
from guide.store.routines.reader import read_file
from guide.store.settings import MotionChoice, Settings, SoreCheck, save
from guide.tools import Unsaved
from hands import Clock, RememberingPlayer

USUAL: Final = QSize(1160, 780)
SMALLEST: Final = QSize(800, 560)
NOW: Final = datetime(2026, 3, 14, 19, 42, tzinfo=UTC)
NIGHTLY: Final = datetime(2026, 3, 14, 3, 10, tzinfo=UTC)
BEFORE: Final = "hands-on-pumping"
LATER: Final = "massage-stroke-shake"
CHANGED: Final = NOW - timedelta(days=9, hours=4)
MILLISECOND: Final = timedelta(milliseconds=1)


@cache
def homes() -> Path:
    """A folder for as long as this process lives; the voice that one scene made is there for the next."""
    folder = tempfile.TemporaryDirectory(prefix="guide-looks-")
    _KEPT.append(folder)
    return Path(folder.name)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


@cache
def plan_of(routine_id: str) -> Plan:
    routine = read_file(builtin_folder() / f"{routine_id}.yaml").routine
    assert routine is not None
    return lay_out(routine, Side.LEFT)


@cache
def steps_of(routine_id: str) -> tuple[StepRecord, ...]:
    entered, steps = timedelta(0), []
    for index, segment in enumerate(plan_of(routine_id).segments):
        lasted = segment.shortest + ((segment.longest or segment.shortest) - segment.shortest) * 0.4
        steps.append(
            StepRecord(
                segment.step.kind, segment.name, segment.side, entered, lasted, Reason.TIME, None, segment.place, index
            )
        )
        entered += lasted
    return tuple(steps)


def a_year() -> list[Record]:
    """Made-up sessions: five or six a day, another routine in the last five weeks, and a few left blank."""
    random = Random(7)
    began = NOW - timedelta(hours=3, minutes=12)
    records: list[Record] = []
    while began > NOW - timedelta(days=365):
        routine_id = LATER if began > CHANGED else BEFORE
        weeks = (NOW - began) / timedelta(weeks=1)
        hour = began.hour + began.minute / 60
        usual = 62 - 0.35 * weeks + (9 if 4 <= hour <= 9 else 0) + (11 if routine_id == LATER else 0)
        noted = random.random() > 0.06
        volumes = [max(0, round(random.gauss(usual * share, 8) / 5) * 5) for share in (0.54, 0.46)]
        steps = steps_of(routine_id)
        records.append(
            Record(
                id=0,
                routine_id=routine_id,
                routine_name=plan_of(routine_id).routine.name,
                began=began,
                lasted=sum((step.lasted for step in steps), timedelta(0)),
                purpose=Purpose.PROMOTE if routine_id == LATER else Purpose.PROTECT,
                first_side=Side.LEFT,
                left_ml=volumes[0] if noted else None,
                right_ml=volumes[1] if noted else None,
                comfort=random.choice([Comfort.EASY, Comfort.EASY, Comfort.FINE]) if noted else None,
                note=random.choice(["", "", "", "", "warm cloth first", "beside her"]),
                steps=steps,
                steps_total=len(steps),
                uuid=f"{len(records):032x}",
            )
        )
        began -= timedelta(minutes=random.randrange(195, 320))
    return records


@cache
def logged() -> Path:
    """The folder of a log with a year in it."""
    paths = Paths.of(homes() / "a-year")
    log = Log.open(paths.log, now=lambda: NOW)
    log.merge(a_year())
    log.close()
    return paths.data


def seen(application: QApplication) -> None:
    """Let everything that was asked for be laid out and painted."""
    for _ in range(3):
        application.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@dataclass
class Evening:
    """One start of the program, for one picture."""

    application: QApplication
    paths: Paths
    settings: Settings
    wall: datetime = NOW
    clock: Clock = field(default_factory=Clock)
    program: Program | None = None

    def begin(self) -> Evening:
        save(self.paths.settings, self.settings)
        self.program = build(
            paths=self.paths,
            clock=self.clock,
            player=lambda _: RememberingPlayer(),
            run=lambda work: work(),
            now=lambda: self.wall,
        )
        self.made.tools.look.apply(self.application)
        self.made.desk.open()
        return self

    def end(self) -> None:
        tools = self.made.tools
        tools.conductor.leave()
        self.made.desk.close()
        tools.window.hide()
        tools.window.deleteLater()
        self.program = None
        seen(self.application)

    @property
    def made(self) -> Program:
        assert self.program is not None
        return self.program

    def seconds(self) -> float:
        return self.clock.now().total_seconds()

    def get_ready(self, routine_id: str) -> None:
        self.made.desk.routines.open(routine_id)
        seen(self.application)

    def play(self, routine_id: str, kind: Kind, into: float, *, turn: int = 0) -> SessionPage:
        """Start a routine and go to its first step of a kind, so many seconds into it."""
        page = self.made.tools.window.page("routines")
        assert page is not None
        _ = self.made.desk.session
        session = self.made.tools.window.page("session")
        assert isinstance(session, SessionPage)
        session.dial._clock = self.seconds
        session.motion._clock = self.seconds
        self.made.tools.preferences.change(sore_check=SoreCheck(self.wall.date(), sore=False))
        self.made.desk.routines.open(routine_id, start=True)
        kinds = [segment.step.kind for segment in plan_of(routine_id).segments]
        index = [place for place, each in enumerate(kinds) if each is kind][turn]
        for _ in range(index):
            self.pass_time(0.4)
            self.made.tools.conductor.do(Command.NEXT)
        self.pass_time(into)
        return session

    def pass_time(self, seconds: float) -> None:
        conductor = self.made.tools.conductor
        self.wall += timedelta(seconds=seconds)
        end = self.clock.now() + timedelta(seconds=seconds)
        while self.clock.now() < end:
            wait, left = conductor.wait, (end - self.clock.now()).total_seconds()
            self.clock.advance(min(max(wait, 1) / 1000, left) if wait >= 0 else left)
            conductor.wake()


@contextmanager
def evening(
    application: QApplication,
    *,
    theme: ThemeSetting = ThemeSetting.NIGHT,
    wall: datetime = NOW,
    year: bool = True,
    **chosen: Any,
) -> Iterator[Evening]:
    home = Path(tempfile.mkdtemp(dir=homes()))
    paths = Paths.of(home)._replace(cache=homes() / "cache")
    if year:
        shutil.copytree(logged(), paths.data)
    settings = Settings(
        theme=theme,
        motion=MotionChoice.GENTLE,
        full_screen_at_start=False,
        purpose=Purpose.PROTECT,
        sore_check=SoreCheck(wall.date(), sore=False),
    )
    one = Evening(application, paths, replace(settings, **chosen), wall=wall).begin()
    try:
        yield one
    finally:
        one.end()


Act = Callable[[Evening], None]


@dataclass(frozen=True)
class Scene:
    """What is done before the picture is taken, and how large it is."""

    name: str
    act: Act
    size: QSize = USUAL
    chosen: dict[str, Any] = field(default_factory=dict)

    def picture(self, application: QApplication) -> QImage:
        with evening(application, **self.chosen) as one:
            one.made.tools.window.resize(self.size)
            seen(application)
            self.act(one)
            window = one.made.tools.window  # another one, where the act was to start again
            window.resize(self.size)
            seen(application)
            for fade in window.findChildren(QVariantAnimation):
                fade.setCurrentTime(fade.duration())
            for part in window.findChildren(QWidget):  # wherever another test left the pointer
                part.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
            return window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def library(_: Evening) -> None:
    pass


def ready(one: Evening) -> None:
    one.get_ready(LATER)


def massage(one: Evening) -> None:
    one.play(BEFORE, Kind.MASSAGE, 36.2)


def quiet(one: Evening) -> None:
    one.play(BEFORE, Kind.MASSAGE, 36.2).slot.dismiss()  # the message that moved on is over


def pump_before(one: Evening) -> None:
    one.play(BEFORE, Kind.PUMP, 138.3)


def pump_after(one: Evening) -> None:
    page = one.play(BEFORE, Kind.PUMP, 0)
    readout = page.readout
    assert readout is not None
    assert readout.mark is not None
    one.pass_time(readout.ring.total_seconds() * readout.mark + 24.2)


def express(one: Evening) -> None:
    one.play("marmet-expression", Kind.EXPRESS, 21.3)


def paused(one: Evening) -> None:
    massage(one)
    one.made.tools.conductor.do(Command.PAUSE)


def hurts(one: Evening) -> None:
    pump_before(one)
    one.made.tools.conductor.do(Command.IT_HURTS)


def welcome_back(one: Evening) -> None:
    pump_before(one)
    one.made.tools.conductor.leave()
    one.end()
    one.wall += timedelta(minutes=11)
    one.begin()
    one.made.tools.window.resize(USUAL)
    seen(one.application)


def finish(one: Evening) -> None:
    _, *rest_of_them = one.made.tools.log.records(limit=2)
    one.made.desk.finish.show(rest_of_them[0])


def history(one: Evening) -> None:
    one.made.desk.history.show()


def editor(one: Evening) -> None:
    one.made.desk.editing.edit(LATER)


def editor_text(one: Evening) -> None:
    """A word that is none, in the middle of a step."""
    one.made.desk.editing.edit(LATER)
    seen(one.application)
    page = one.made.tools.window.page("editor")
    assert isinstance(page, EditorPage)
    with patch("guide.pages.editor.highlighter.A_TURN", 60):  # on a busy computer a line takes seconds
        page.panes.show_tab("yaml")
        seen(one.application)
        edit = page.panes.text_view().pane
        text = edit.toPlainText()
        start = text.index("kind: massage")
        cursor = edit.textCursor()
        cursor.setPosition(start + len("kind: "))
        cursor.setPosition(start + len("kind: massage"), cursor.MoveMode.KeepAnchor)
        cursor.insertText("masage")
        edit.setTextCursor(cursor)
        page.flush()
        seen(one.application)
    page.panes.text_view().marks.keep_band_in_sight()


def learn(page: str, one: Evening) -> None:
    one.made.desk.learning.show(page)


def settings(one: Evening) -> None:
    one.made.desk.settings.show()


def unsaved(one: Evening) -> None:
    """A new routine that the disk does not take, on Routines."""
    words = "Before bed is not saved yet: the disk does not take it. It is kept here until it does."
    one.made.tools.refused = lambda: Unsaved(words)
    one.made.desk.go_to("routines")


def along_failed(one: Evening) -> None:
    """Take it along, on a disk that is full."""
    one.made.desk.along.open(one.made.tools.library.entry(LATER))
    page = one.made.tools.window.findChild(AlongPage)
    assert page is not None
    why = "It cannot be written there: no space left on device."
    page.show_state(Failed(why))
    page.show_failed(Ending.CARD, why)
    page.show_failed(Ending.ROUTINE, why)


def three_messages(one: Evening) -> None:
    """What the banner says where several wait."""
    for message in (
        "There is no room on the disk for the session log just now. What you note is kept here.",
        "No sound can be heard just now. The words on the screen go on.",
        "Your settings cannot be saved: the folder or its disk is not writable.",
    ):
        one.made.tools.window.banner.tell(message)


def copy_offered(one: Evening) -> None:
    """The end of Settings after the log was damaged."""
    one.made.desk.settings.show()
    page = one.made.tools.window.page("settings")
    assert isinstance(page, SettingsPage)
    page.alone.show_folder("/home/you/.local/share/pumping-guide", "", copy=True)
    seen(one.application)
    page.alone.copy_button.setFocus(Qt.FocusReason.TabFocusReason)


LIGHT: Final = {"theme": ThemeSetting.LIGHT}
LARGE: Final = {"text_scale": 1.5}

SCENES: Final = (
    Scene("library-night", library),
    Scene("library-light", library, chosen=LIGHT),
    Scene("library-large-text-night", library, chosen=LARGE),
    Scene("ready-night", ready),
    Scene("ready-light", ready, chosen=LIGHT),
    Scene("session-night", massage),
    Scene("session-light", massage, chosen=LIGHT),
    Scene("session-small-night", massage, SMALLEST),
    Scene("session-large-text-night", massage, chosen=LARGE),
    Scene("pump-before-night", pump_before),
    Scene("pump-after-night", pump_after),
    Scene("pump-after-small-night", pump_after, SMALLEST),
    Scene("express-night", express),
    Scene("paused-night", paused),
    Scene("hurts-night", hurts),
    Scene("number-free-night", pump_before, chosen={"number_free": True}),
    Scene("quiet-night", quiet, chosen={"quiet_night": True, "wall": NIGHTLY, "motion": MotionChoice.STILL}),
    Scene("welcome-back-night", welcome_back),
    Scene("finish-night", finish),
    Scene("finish-light", finish, chosen=LIGHT),
    Scene("history-night", history),
    Scene("history-light", history, chosen=LIGHT),
    Scene("editor-night", editor),
    Scene("editor-light", editor, chosen=LIGHT),
    Scene("editor-small-night", editor, SMALLEST),
    Scene("editor-yaml-night", editor_text),
    Scene("learn-night", partial(learn, "no-milk-coming")),
    Scene("learn-light", partial(learn, "no-milk-coming"), chosen=LIGHT),
    Scene("care-card-night", partial(learn, "care-card")),
    Scene("settings-night", settings),
    Scene("settings-light", settings, chosen=LIGHT),
    Scene("unsaved-night", unsaved),
    Scene("unsaved-light", unsaved, chosen=LIGHT),
    Scene("along-failed-night", along_failed),
    Scene("along-failed-light", along_failed, chosen=LIGHT),
    Scene("three-messages-night", three_messages),
    Scene("three-messages-light", three_messages, chosen=LIGHT),
    Scene("copy-offered-night", copy_offered),
    Scene("copy-offered-light", copy_offered, chosen=LIGHT),
)


def application() -> QApplication:
    """The one there is, or a new one; its text does not depend on this computer's fonts."""
    found = QApplication.instance() or QApplication(["looks"])
    assert isinstance(found, QApplication)
    return found
