"""Everything as one file: what is packed comes back, and nothing that is there is lost by it."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import random
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from guide.cli import main
from guide.compat import override
from guide.core.commands import Command, Ended, Entered, PauseBegan, Why
from guide.core.kinds import Purpose, Side
from guide.core.record import Record
from guide.store import archive
from guide.store.archive import ArchiveError, pack
from guide.store.archived import waiting_in
from guide.store.bringing.look import look, read_in
from guide.store.bringing.take import take
from guide.store.bringing.words import brought_back
from guide.store.contents import ArchiveContents, ArchivePart, Way, contents_of
from guide.store.glance import ThemeSetting
from guide.store.log.copies import copies
from guide.store.log.entries import Entry
from guide.store.log.held import Held
from guide.store.log.log import Log
from guide.store.log.same import Known
from guide.store.log.waiting import Comes, WaitingSession, comes_of, waiting_from
from guide.store.paths import Paths, builtin_folder
from guide.store.restored import Restored, SameHere
from guide.store.restoring import restore
from guide.store.routines.library import Library
from guide.store.routines.reader import laid_out
from guide.store.settings import Settings, load, save
from guide.store.taking_back import take_back
from tables import each_row

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
MANIFEST = b'{"program": "Pumping Guide", "format": 1}'
WHOLE = "name: Evening\nsteps: [{kind: rest, duration: 5 min}]\n"
ROUTINE = "name: {name}\nsteps: [{{kind: rest, duration: 1 min, sound: bell.wav}}]\n"


@dataclass
class Home:
    paths: Paths
    log: Log
    library: Library

    @classmethod
    def at(cls, folder: Path) -> Home:
        paths = Paths.of(folder)
        return cls(paths, Log.open(paths.log), Library(folder / "none", paths.own_routines, trash=paths.trash))

    def put(self, where: Path, data: bytes) -> None:
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_bytes(data)

    def notes(self) -> list[str]:
        return sorted(one.note for one in self.log.records())

    def names(self) -> list[str]:
        return sorted(entry.name for entry in self.library.entries())


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Home]:
    home = Home.at(tmp_path / "one")
    for number in range(3):
        home.log.add_by_hand(note=f"n{number}", began=NOW - timedelta(hours=number), left_ml=60.0)
    home.put(home.paths.own_routines / "evening.yaml", ROUTINE.format(name="Evening").encode())
    home.put(home.paths.own_routines / "bell.wav", b"RIFF-one")
    home.put(home.paths.own_routines / "broken.yaml", b"name: [")
    home.put(home.paths.recordings / "grandma" / "voice.json", b"{}")
    home.put(home.paths.recordings / "grandma" / "prompts" / "one.wav", b"RIFF-said")
    home.put(home.paths.recordings / "grandma" / "originals" / "one.wav", b"RIFF-as-said")
    home.put(home.paths.words, b"numbers")
    save(home.paths.settings, Settings(theme=ThemeSetting.LIGHT, photos=("/a.jpg",), hidden=("calm",)))
    yield home
    home.log.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Home]:
    home = Home.at(tmp_path / "two")
    yield home
    home.log.close()


def test_what_was_packed_comes_back_whole(full: Home, other: Home, tmp_path: Path) -> None:
    packed = pack(tmp_path / "all.zip", full.paths, full.log, NOW)
    assert (packed.sessions, packed.routines, packed.recordings) == (3, 2, 1)
    back = restore(tmp_path / "all.zip", other.paths, other.log, other.library, now=NOW)
    assert (back.sessions, back.routines, back.recordings, back.settings, back.told) == (3, 2, 1, True, ())
    assert other.paths.words.read_bytes() == b"numbers"
    assert other.notes() == full.notes()
    assert other.names() == full.names()
    assert (other.paths.own_routines / "bell.wav").read_bytes() == b"RIFF-one"
    assert load(other.paths.settings) == load(full.paths.settings)
    assert (other.paths.recordings / "grandma" / "voice.json").read_bytes() == b"{}"
    again = restore(tmp_path / "all.zip", other.paths, other.log, other.library, now=NOW)
    assert (again.sessions, again.known, again.routines, again.recordings) == (0, 3, 0, 0)
    assert again.here == SameHere(routines=2, recordings=1)


def test_what_is_being_written_comes_along_with_its_routine(full: Home, other: Home, tmp_path: Path) -> None:
    for name in ("evening", "broken", "gone"):
        full.put(full.paths.drafts / f"{name}.yaml", f"name: {name} to be\n".encode())
    other.put(other.paths.own_routines / "evening.yaml", ROUTINE.format(name="My evening").encode())
    other.put(other.paths.own_routines / "gone.yaml", ROUTINE.format(name="Of another").encode())
    other.put(other.paths.drafts / "broken.yaml", b"name: mine\n")
    pack(tmp_path / "all.zip", full.paths, full.log, NOW)
    back = restore(tmp_path / "all.zip", other.paths, other.log, other.library, now=NOW)
    drafts = {path.name: path.read_bytes() for path in other.paths.drafts.iterdir()}
    assert drafts == {"evening-2.yaml": b"name: evening to be\n", "broken.yaml": b"name: mine\n"}
    assert (back.drafts, back.told) == (
        1,
        (
            "What was unfinished in gone was left out, as that routine is not in it.",
            "broken.yaml is here already in another form; yours stays as it is.",
        ),
    )
    again = restore(tmp_path / "all.zip", other.paths, other.log, other.library, now=NOW)
    assert (again.drafts, again.here.drafts) == (0, 1)


def test_what_lies_beside_the_routines_comes_though_none_of_them_names_it(
    full: Home, other: Home, tmp_path: Path
) -> None:
    hers, theirs = full.paths.own_routines, other.paths.own_routines
    full.put(full.paths.drafts / "evening.yaml", ROUTINE.format(name="Evening").replace("bell", "gong").encode())
    for name in ("gong.wav", "of others/rain.wav", "of others/at sea/surf.wav", "mine.yaml/readme.txt"):
        full.put(hers / name, name.encode())
    other.put(theirs / "bell.wav", b"RIFF-two")
    other.put(theirs / "of others" / "rain.wav", b"another one")
    pack(tmp_path / "all.zip", full.paths, full.log, NOW)
    back = restore(tmp_path / "all.zip", other.paths, other.log, other.library, now=NOW)
    assert back.told == ("rain.wav is here already in another form; yours stays as it is.",)
    assert (theirs / "gong.wav").read_bytes() == b"gong.wav"
    assert (theirs / "mine.yaml" / "readme.txt").read_bytes() == b"mine.yaml/readme.txt"
    assert (theirs / "of others" / "rain.wav").read_bytes() == b"another one"
    assert [(theirs / name).read_bytes() for name in ("bell.wav", "bell-2.wav")] == [b"RIFF-two", b"RIFF-one"]
    again = restore(tmp_path / "all.zip", other.paths, other.log, other.library, now=NOW)
    assert (again.routines, again.here.routines) == (0, 2)
    assert other.names() == ["Evening", "broken", "mine"]  # the folder, which is no routine, is told to be none
    take_back(back.brought, other.log, other.library, other.paths, load(other.paths.settings)[0])
    assert sorted(path.name for path in theirs.rglob("*") if path.is_file()) == ["bell.wav", "rain.wav"]


def test_nothing_that_is_there_is_lost(full: Home, other: Home, tmp_path: Path) -> None:
    other.log.add_by_hand(note="mine")
    other.put(other.paths.own_routines / "evening.yaml", ROUTINE.format(name="My evening").encode())
    other.put(other.paths.own_routines / "bell.wav", b"RIFF-mine")
    other.put(other.paths.recordings / "grandma" / "voice.json", b'{"mine": 1}')
    save(other.paths.settings, Settings(theme=ThemeSetting.SYSTEM, photos=("/b.jpg",), voice_rate=120))
    pack(tmp_path / "all.zip", full.paths, full.log, NOW)
    back = restore(tmp_path / "all.zip", other.paths, other.log, other.library, now=NOW)
    assert other.notes() == ["mine", "n0", "n1", "n2"]
    assert other.names() == ["Evening", "My evening", "broken"]
    assert (other.paths.own_routines / "bell.wav").read_bytes() == b"RIFF-mine"
    assert (other.paths.recordings / "grandma" / "voice.json").read_bytes() == b'{"mine": 1}'
    assert back.told == ("voice.json is here already in another form; yours stays as it is.",)
    settings = load(other.paths.settings)[0]
    assert (settings.theme, settings.voice_rate) == (ThemeSetting.SYSTEM, 120)
    assert (settings.photos, settings.hidden) == (("/b.jpg", "/a.jpg"), ("calm",))


def test_what_an_archive_would_bring_is_told_as_it_comes_and_nothing_changes_by_looking(
    full: Home, other: Home, tmp_path: Path
) -> None:
    for name in ("evening", "broken", "gone"):
        full.put(full.paths.drafts / f"{name}.yaml", f"name: {name} to be\n".encode())
    pack(tmp_path / "all.zip", full.paths, full.log, NOW)

    def looked() -> ArchiveContents:
        return contents_of(
            tmp_path / "all.zip",
            other.paths,
            known=other.log.known,
            busy=other.log.is_busy(),
            routines=other.library.texts(),
            builtin=frozenset(),
            now=NOW,
        )

    first = looked()
    assert (first.made, first.voices, first.told, first.adds) == (NOW, 1, (), True)
    assert (first.settings, first.words) == (Way.COMES, Way.COMES)
    assert (other.log.count(), other.names(), other.paths.settings.exists()) == (0, [], False)
    other.log.merge(full.log.records()[:1])
    other.put(other.paths.own_routines / "mine.yaml", ROUTINE.format(name="Evening").encode())
    other.put(other.paths.own_routines / "bell.wav", b"RIFF-mine")
    other.put(other.paths.drafts / "mine.yaml", b"name: mine\n")
    other.put(other.paths.words, b"hers")
    save(other.paths.settings, Settings(theme=ThemeSetting.NIGHT))
    seen = looked()
    assert (seen.sessions, seen.routines, seen.recordings) == (ArchivePart(2, 1), ArchivePart(1, 1), ArchivePart(1))
    assert (seen.drafts, seen.settings, seen.words) == (ArchivePart(1, 1), Way.FILLS, Way.STAYS)
    back = restore(tmp_path / "all.zip", other.paths, other.log, other.library, now=NOW)
    assert (back.sessions, back.known, back.routines, back.recordings, back.drafts) == (2, 1, 1, 1, 1)
    assert (back.settings, back.words) == (True, False)
    last = looked()
    assert (last.sessions, last.routines, last.recordings) == (
        ArchivePart(here=3),
        ArchivePart(here=2),
        ArchivePart(here=1),
    )
    assert (last.drafts, last.settings, last.words, last.adds) == (ArchivePart(here=2), Way.STAYS, Way.STAYS, False)


def packed_whole(full: Home, target: Path) -> None:
    full.put(full.paths.drafts / "evening.yaml", b"name: evening to be\n")
    full.put(full.paths.matches, b"{}")
    pack(target, full.paths, full.log, NOW)


def test_what_came_back_is_taken_back_and_what_was_here_is_as_it_was(full: Home, other: Home, tmp_path: Path) -> None:
    packed_whole(full, tmp_path / "all.zip")
    other.log.add_by_hand(note="mine")
    other.put(other.paths.own_routines / "mine.yaml", ROUTINE.format(name="Mine").encode())
    other.put(other.paths.own_routines / "bell.wav", b"RIFF-one")
    other.put(other.paths.recordings / "ada" / "voice.json", b"{}")
    mine = Settings(theme=ThemeSetting.NIGHT, photos=("/b.jpg",), voice_rate=120)
    save(other.paths.settings, mine)

    def kept() -> dict[str, bytes]:
        folders = (other.paths.own_routines, other.paths.recordings, other.paths.drafts, other.paths.words.parent)
        files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
        return {str(path): path.read_bytes() for path in files if ".db" not in path.name and "trash" not in str(path)}

    before, records = kept(), other.log.records()
    back = restore(tmp_path / "all.zip", other.paths, other.log, other.library, now=NOW)
    assert len(kept()) == len(before) + 8
    now = replace(load(other.paths.settings)[0], text_scale=1.2)  # chosen since, and not out of the archive
    taken = take_back(back.brought, other.log, other.library, other.paths, now)
    assert (kept(), other.log.records(), taken.left) == (before, records, "")
    assert replace(now, **taken.settings) == replace(mine, text_scale=1.2)
    assert not (other.paths.recordings / "grandma").exists()


def test_the_sound_beside_a_routine_is_taken_back_with_it_unless_it_was_here_or_something_else_names_it(
    full: Home, tmp_path: Path
) -> None:
    deep = ROUTINE.replace("bell.wav", "sounds/gong.wav").format(name="Deep")
    full.put(full.paths.own_routines / "deep.yaml", deep.encode())
    full.put(full.paths.own_routines / "sounds" / "gong.wav", b"RIFF-two")
    pack(tmp_path / "all.zip", full.paths, full.log, NOW)
    hers, draft = Path("routines/hers.yaml"), Path("drafts/other.yaml")
    written = ROUTINE.format(name="Hers").replace("bell", "BELL").encode()
    cases: list[tuple[str, dict[Path, bytes], dict[Path, bytes], list[str], str]] = [
        ("alone", {}, {}, [], ""),
        ("was here", {Path("routines/bell.wav"): b"RIFF-one"}, {}, ["bell.wav"], ""),
        ("named by hers", {}, {hers: written}, ["bell.wav"], ""),
        ("named in a draft", {}, {draft: written}, ["bell.wav"], ""),
        ("changed", {}, {Path("routines/bell.wav"): b"RIFF-new"}, ["bell.wav"], "1 sound file"),
    ]
    for name, before, since, stays, told in cases:
        home = Home.at(tmp_path / name)
        folders = {"routines": home.paths.own_routines, "drafts": home.paths.drafts}
        for files in (before, since):
            for path, data in files.items():
                home.put(folders[path.parts[0]] / path.name, data)
            if files is before:
                back = restore(tmp_path / "all.zip", home.paths, home.log, home.library, now=NOW)
        taken = take_back(back.brought, home.log, home.library, home.paths, load(home.paths.settings)[0])
        there = home.paths.own_routines.rglob("*")
        assert (name, sorted(path.name for path in there if path.suffix != ".yaml")) == (name, stays)
        assert (name, told in taken.left, bool(taken.left)) == (name, True, bool(told))
        home.log.close()


def test_a_routine_that_was_taken_back_has_its_sounds_again_when_it_is_given_back(
    full: Home, other: Home, tmp_path: Path
) -> None:
    deep = ROUTINE.replace("bell.wav", "sounds/gong.wav").format(name="Deep")
    full.put(full.paths.own_routines / "deep.yaml", deep.encode())
    full.put(full.paths.own_routines / "sounds" / "gong.wav", b"RIFF-two")
    pack(tmp_path / "all.zip", full.paths, full.log, NOW)
    own, library = other.paths.own_routines, other.library
    for before, names in ((None, ["bell.wav", "gong.wav"]), (b"RIFF-hers", ["bell-2.wav", "bell.wav", "gong.wav"])):
        back = restore(tmp_path / "all.zip", other.paths, other.log, library, now=NOW)
        take_back(back.brought, other.log, library, other.paths, load(other.paths.settings)[0])
        assert [path for path in own.rglob("*") if path.is_file()] == []
        if before is not None:
            other.put(own / "bell.wav", before)
        for undo in library.deleted():
            undo.restore()
        assert sorted(path.name for path in own.rglob("*.wav")) == names
        assert (own / names[0]).read_bytes() == b"RIFF-one"
        evening = library.text("evening")
        assert isinstance(evening, str)
        assert f"sound: {names[0]}" in evening
        assert [*other.paths.trash.iterdir()] == []
        for entry in library.entries():
            (own / f"{entry.id}.yaml").unlink()
        for path in own.rglob("*.wav"):
            path.unlink()


def test_what_was_changed_since_it_came_stays_and_is_told(full: Home, other: Home, tmp_path: Path) -> None:
    packed_whole(full, tmp_path / "all.zip")
    save(other.paths.settings, Settings())
    back = restore(tmp_path / "all.zip", other.paths, other.log, other.library, now=NOW)
    first, second, third = other.log.records()
    other.log.save_note(first.id, note="hers now")
    other.log.delete(second.id)
    other.put(other.paths.drafts / "broken.yaml", b"name: being mended")
    other.put(other.paths.own_routines / "evening.yaml", b"name: of hers now")
    other.put(other.paths.recordings / "grandma" / "prompts" / "one.wav", b"RIFF-anew")
    other.put(other.paths.words, b"taught anew")
    now = replace(load(other.paths.settings)[0], photos=("/c.jpg",))
    taken = take_back(back.brought, other.log, other.library, other.paths, now)
    assert [record.note for record in other.log.records()] == ["hers now"]
    assert other.names() == sorted(["broken", "of hers now"])
    assert taken.settings == {"hidden": (), "theme": ThemeSetting.NIGHT}
    what = "1 session, 2 routines, your words, 1 voice and settings that you chose since"
    assert taken.left == f"Not taken back, as it was changed since or cannot be deleted: {what}."
    assert (other.paths.recordings / "grandma" / "voice.json").exists()
    assert (other.paths.drafts / "evening.yaml").exists()
    assert not other.paths.matches.exists()
    assert third.note not in other.notes()


def left_for_now(log: Log, *, began: datetime, at: timedelta = timedelta(minutes=3)) -> int:
    """A session that was cut off, or left, at `at` on its own clock."""
    session_id = log.begin(
        routine_id="evening",
        routine_name="Evening",
        routine_text=WHOLE,
        first_side=Side.RIGHT,
        purpose=Purpose.PROTECT,
        began=began,
        steps_total=1,
    )
    log.write(session_id, timedelta(0), Entered(0))
    log.write(session_id, at, Command.PAUSE, PauseBegan(Why.ASKED))
    log.close()
    return session_id


@dataclass
class Computer:
    """A home whose clock is moved by hand."""

    folder: Path
    now: datetime = NOW

    @contextmanager
    def log(self) -> Iterator[Log]:
        with closing(Log.open(Paths.of(self.folder).log, now=lambda: self.now, plan_of=laid_out)) as log:
            yield log

    def bring(self, whole: Path) -> Restored:
        paths = Paths.of(self.folder)
        with self.log() as log:
            return restore(whole, paths, log, Library(self.folder / "none", paths.own_routines), now=self.now)

    def look(self, whole: Path) -> ArchiveContents:
        with self.log() as log:
            return contents_of(
                whole,
                Paths.of(self.folder),
                known=log.known,
                busy=log.is_busy(),
                routines={},
                builtin=frozenset(),
                now=self.now,
            )


@pytest.fixture
def waits(tmp_path: Path) -> Path:
    """An archive with a session that was left for now three minutes after it began."""
    one = Computer(tmp_path / "one")
    with one.log() as log:
        left_for_now(log, began=NOW - timedelta(minutes=3))
    with one.log() as log:
        assert pack(tmp_path / "all.zip", Paths.of(one.folder), log, NOW).waiting
    return tmp_path / "all.zip"


def test_a_session_left_for_now_comes_along_and_waits_on_the_other_computer_as_it_did_here(
    tmp_path: Path, waits: Path
) -> None:
    there = Computer(tmp_path / "two")
    assert (there.look(waits).waiting, there.look(waits).adds) == (Comes.WAITS, True)
    assert there.bring(waits) == Restored(0, 0, 0, 0, settings=False, waiting=True)
    with Computer(tmp_path / "one").log() as one, there.log() as two:
        mine, theirs = one.unfinished(), two.unfinished()
        assert mine is not None
        assert theirs == mine
        assert two.journal(theirs.session_id) == one.journal(mine.session_id)
    assert (there.look(waits).waiting, there.look(waits).adds) == (Comes.HERE, False)
    again = there.bring(waits)
    assert (again.waiting, again.known, again.sessions) == (False, 1, 0)
    there.now += timedelta(hours=12, minutes=1)
    with there.log() as two:
        assert two.unfinished() is None
        assert [(one.routine_name, one.lasted) for one in two.records()] == [("Evening", timedelta(minutes=3))]
    assert there.bring(waits).known == 1


def test_a_session_left_for_now_is_in_the_history_where_another_one_waits_already(tmp_path: Path, waits: Path) -> None:
    there = Computer(tmp_path / "two")
    with there.log() as log:
        ours = left_for_now(log, began=NOW - timedelta(hours=1))
    assert there.look(waits).waiting is Comes.TO_HISTORY
    back = there.bring(waits)
    told = "Evening, left for now, came into the history as it was so far."
    assert (back.sessions, back.waiting, back.told) == (1, False, (told,))
    with there.log() as log:
        found = log.unfinished()
        assert found is not None
        assert found.session_id == ours
        (record,) = log.records()
        assert (record.lasted, record.complete, len(record.steps)) == (timedelta(minutes=3), False, 1)
        assert (record.began, record.purpose, record.first_side) == (
            NOW - timedelta(minutes=3), Purpose.PROTECT, Side.RIGHT,
        )  # fmt: skip
        assert back.brought.sessions == (record,)


def test_a_session_left_for_now_is_taken_back_with_the_rest_unless_it_was_carried_on(
    tmp_path: Path, waits: Path
) -> None:
    there = Computer(tmp_path / "two")
    paths = Paths.of(there.folder)
    hers = Library(there.folder / "none", paths.own_routines)
    for carried_on in (False, True):
        brought = there.bring(waits).brought
        with there.log() as log:
            if carried_on:
                assert (found := log.unfinished()) is not None
                assert log.carried_on(found.session_id)
            left = take_back(brought, log, hers, paths, Settings()).left
            assert (left == "", log.waiting() is None) == (not carried_on, not carried_on)
    assert left == "Not taken back, as it was changed since or cannot be deleted: 1 session."
    with there.log() as log:
        left_for_now(log, began=NOW)  # the first one is over by it
    with there.log() as log:
        assert log.count() == 1
        assert take_back(brought, log, hers, paths, Settings()).left == left


def test_a_session_left_longer_than_it_waits_comes_into_the_history(tmp_path: Path, waits: Path) -> None:
    there = Computer(tmp_path / "two", now=NOW + timedelta(hours=13))
    assert there.look(waits).waiting is Comes.TO_HISTORY
    back = there.bring(waits)
    assert (back.sessions, back.waiting) == (1, False)
    with there.log() as log:
        assert (log.unfinished(), log.count()) == (None, 1)


@each_row(
    ("waited", "entries", "busy", "comes"),
    [
        (timedelta(hours=11), (), False, Comes.WAITS),
        (timedelta(hours=13), (), False, Comes.TO_HISTORY),
        (timedelta(hours=1), (), True, Comes.TO_HISTORY),
        (timedelta(hours=1), (Ended(complete=True),), False, Comes.TO_HISTORY),
        (timedelta(hours=1), (Ended(complete=True), Entered(0)), False, Comes.WAITS),
    ],
)
def test_what_is_told_of_a_session_left_for_now_is_what_becomes_of_it(
    tmp_path: Path, waited: timedelta, entries: tuple[Entry, ...], busy: bool, comes: Comes
) -> None:
    record = Record(0, "evening", "Evening", NOW - waited, uuid="a")
    journal = ((timedelta(0), Entered(0)), *((timedelta(minutes=1), entry) for entry in entries))
    waiting = WaitingSession(record, WHOLE, timedelta(minutes=1), NOW - waited, journal)
    path = tmp_path / uuid4().hex
    if busy:
        left_for_now(Log.open(path, now=lambda: NOW, plan_of=laid_out), began=NOW - timedelta(hours=2))
    with closing(Log.open(path, now=lambda: NOW, plan_of=laid_out)) as log:
        assert comes_of(waiting, NOW, here=False, busy=log.is_busy()) is comes
        assert log.bring(waiting)[0] is comes
        found = log.unfinished()
        assert (found is not None and found.began == record.began) is (comes is Comes.WAITS)
        assert comes_of(waiting, NOW, here=True, busy=log.is_busy()) is log.bring(waiting)[0] is Comes.HERE


@each_row(
    ("name", "value"),
    [
        ("format", 2),
        ("session", {"began": "2091-11-01T06:35:00+01:00", "uuid": "a"}),
    ],
)
def test_a_session_left_for_now_that_does_not_read_is_no_session(name: str, value: object) -> None:
    told: list[str] = []
    record = Record(0, "evening", "Evening", NOW, uuid="a")
    good = WaitingSession(record, WHOLE, timedelta(minutes=3), NOW, ((timedelta(0), Entered(0)),))
    assert waiting_from(good.as_text()) == good
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("waiting.json", json.dumps({**json.loads(good.as_text()), name: value}))
    with zipfile.ZipFile(whole) as archive:
        assert waiting_in(archive, {"waiting.json": archive.getinfo("waiting.json")}, NOW, told) is None
    assert len(told) == 1
    assert told[0].startswith("The session left for now is left out: ")


def test_a_session_that_another_program_plays_is_taken_along_as_it_is_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Computer(tmp_path / "one")
    with one.log() as log:
        left_for_now(log, began=NOW - timedelta(minutes=3))
    monkeypatch.setattr(Held, "elsewhere", lambda *_: True)
    with one.log() as log:
        assert pack(tmp_path / "all.zip", Paths.of(one.folder), log, NOW).waiting
    monkeypatch.undo()
    assert Computer(tmp_path / "two").bring(tmp_path / "all.zip").waiting


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_routine_of_any_name_comes_along(full: Home, other: Home, tmp_path: Path) -> None:
    full.put(full.paths.own_routines / os.fsdecode(b"caf\xe9 100%.yaml"), ROUTINE.format(name="Odd").encode())
    pack(tmp_path / "all.zip", full.paths, full.log, NOW)
    restore(tmp_path / "all.zip", other.paths, other.log, other.library, now=NOW)
    assert "Odd" in other.names()


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (lambda _: b"", "it is not an archive, or it is damaged"),
        (lambda data: data[: len(data) // 2], "it is not an archive, or it is damaged"),
        (lambda _: b"\0" * 2_000, "it is not an archive, or it is damaged"),
        (lambda data: data.replace(b"PK\x01\x02", b"PK\x01\x03", 1), "it is not an archive, or it is damaged"),
    ],
)
def test_a_damaged_archive_changes_nothing(full: Home, other: Home, tmp_path: Path, damage: object, why: str) -> None:
    path = tmp_path / "all.zip"
    pack(path, full.paths, full.log, NOW)
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(ArchiveError, match=why):
        restore(path, other.paths, other.log, other.library, now=NOW)
    assert (other.notes(), other.names()) == ([], [])


@pytest.mark.parametrize(
    ("manifest", "why"),
    [
        (None, "was not made by Pumping Guide"),
        (b"[]", "was not made by Pumping Guide"),
        (b'{"program": "Pumping Guide", "format": 99}', "was made by a newer version"),
    ],
)
def test_an_archive_of_another_kind_is_called_that(
    other: Home, tmp_path: Path, manifest: bytes | None, why: str
) -> None:
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.jpg", b"x")
        if manifest is not None:
            archive.writestr("pumping-guide.json", manifest)
    with pytest.raises(ArchiveError, match=why):
        restore(path, other.paths, other.log, other.library, now=NOW)


def test_no_name_within_leads_out_of_the_folders(other: Home, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("pumping-guide.json", b'{"program": "Pumping Guide", "format": 1}')
        for name in (
            "../out.yaml",
            "/out.yaml",
            "routines/../../out.yaml",
            "voices/%2e%2e/%2e%2e/out",
            "c:/out",
            "x/y",
        ):
            archive.writestr(name, b"name: a")
    restore(path, other.paths, other.log, other.library, now=NOW)
    assert not list(tmp_path.rglob("out*"))
    assert other.names() == []


def archive_of(path: Path, *entries: tuple[str, bytes], manifest: bytes = MANIFEST, packed: int = 8) -> Path:
    with zipfile.ZipFile(path, "w", packed) as whole:
        for name, data in (("pumping-guide.json", manifest), *entries):
            whole.writestr(name, data)
    return path


SESSIONS = b'{"format": 1, "sessions": [{"began": "2026-11-01T06:35:00+01:00", "routine": "x", "left_ml": 60}]}'
LATER = SESSIONS.replace(b"2026-11-01", b"2091-11-01")
MISSING = "Its sessions are missing or cannot be read; what else it holds comes in."


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([], [MISSING]),
        ([("sessions.json", b"\xff nope")], [MISSING]),
        ([("sessions.json", b'{"format": 7, "sessions": []}')],
         ["Session in line 1: this export has format 7; 1 is the newest known here"]),
        ([("sessions.json", SESSIONS), ("waiting.json", b"\xff")],
         ["The session left for now is left out: this is not of the shape that is exported"]),
        ([("sessions.json", SESSIONS), ("settings.json", b"[[[")],
         ["The settings in it could not be read; yours stay as they are here."]),
        ([("sessions.json", SESSIONS), ("settings.json", b'{"volume": "loud", "voice_on": false}')],
         ["Some of the settings in it could not be read; the others are in use."]),
        ([("sessions.json", SESSIONS), ("photos/a.jpg", b"x"), ("../b", b"y")],
         [f"{name} is no part of what is taken along, and was left out." for name in ("photos/a.jpg", "../b")]),
        ([("sessions.json", SESSIONS), ("voices/" + "v" * 300, b"x"), ("voices/a", b"x"), ("voices/a/b", b"x")],
         ["v" * 59 + "… could not be kept: file name too long.", "b could not be kept: file exists."]),
        ([("sessions.json", LATER)],
         ["1 session would begin in the future and is left out; look whether this computer's clock is right."]),
    ],
)  # fmt: skip
def test_parts_that_are_missing_or_odd_are_told_and_the_others_come(
    other: Home, tmp_path: Path, entries: list[tuple[str, bytes]], told: list[str]
) -> None:
    path = archive_of(tmp_path / "all.zip", *entries, ("routines/ok.yaml", b"name: Here\nsteps: []\n"))
    back = restore(path, other.paths, other.log, other.library, now=NOW)
    assert list(back.told) == told
    assert back.routines == 1
    assert back.sessions == (("sessions.json", SESSIONS) in entries)


@pytest.mark.parametrize("form", [b"true", b"0", b"-1", b'"1"', b"1.5", b"[" * 90_000, b"null"])
def test_a_manifest_of_another_kind_is_none(other: Home, tmp_path: Path, form: bytes) -> None:
    manifest = b'{"program": "Pumping Guide", "format": ' + form + b"}"
    path = archive_of(tmp_path / "all.zip", ("sessions.json", SESSIONS), manifest=manifest)
    with pytest.raises(ArchiveError, match=r"all\.zip was not made by Pumping Guide"):
        restore(path, other.paths, other.log, other.library, now=NOW)
    assert other.notes() == []


def test_more_than_two_gigabytes_are_not_unpacked(other: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_TOGETHER", 100_000)
    path = archive_of(tmp_path / "bomb.zip", *((f"voices/{number}", b"\0" * 40_000) for number in range(3)))
    with pytest.raises(ArchiveError, match="holds more than an archive of this program ever does"):
        restore(path, other.paths, other.log, other.library, now=NOW)


@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_whatever_bytes_are_damaged_it_is_told_in_a_sentence_or_comes_back(
    packed: int, other: Home, tmp_path: Path
) -> None:
    luck = random.Random(packed)
    whole = archive_of(tmp_path / "all.zip", ("sessions.json", SESSIONS), packed=packed).read_bytes()
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(luck.choice([1, 3, 20])):
            damaged[luck.randrange(len(damaged))] = luck.randrange(256)
        (tmp_path / "all.zip").write_bytes(damaged)
        with contextlib.suppress(ArchiveError):  # and nothing else
            restore(tmp_path / "all.zip", other.paths, other.log, other.library, now=NOW)
    assert set(other.notes()) <= {""}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_in_place_of_an_archive_is_no_file_to_wait_for(other: Home, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "all.zip")
    with pytest.raises(ArchiveError, match="it is not an ordinary file"):
        restore(tmp_path / "all.zip", other.paths, other.log, other.library, now=NOW)


def test_a_file_that_cannot_be_read_is_named_and_nothing_is_taken_along(
    full: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, _most: int) -> bytes:
        if path.name == "evening.yaml":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return path.read_bytes()

    monkeypatch.setattr(archive, "read_ordinary", refused)
    with pytest.raises(
        ArchiveError, match=r"^Nothing was taken along, as evening\.yaml could not be read: permission denied\.$"
    ):
        pack(tmp_path / "all.zip", full.paths, full.log, NOW)
    assert not (tmp_path / "all.zip").exists()


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [
        ("all.txt", "what is taken along is a .zip; give it a name that ends so", 2),
        ("", "what is taken along is a .zip; give it a name that ends so", 2),
        ("nowhere/all.zip", "all.zip could not be written: no such file or directory.", 1),
    ],
)
def test_a_name_that_is_none_is_told_and_no_folder_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, said: str, code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--home", "home", "archive", name]) == code
    assert capsys.readouterr().err == f"pumping-guide: {said}\n"
    assert {path.name for path in tmp_path.iterdir()} <= {"home"}


@pytest.mark.parametrize("count", [0, 1, 2])
@pytest.mark.parametrize("has_settings", [False, True])
def test_what_came_back_is_said_whole_and_what_was_here_already(count: int, has_settings: bool, tmp_path: Path) -> None:
    home, to = Home.at(tmp_path / "one"), Home.at(tmp_path / "two")
    with closing(home.log), closing(to.log):
        for number in range(count):
            home.log.add_by_hand(note=f"{number}", began=NOW - timedelta(hours=number))
        if has_settings:
            save(home.paths.settings, Settings(daily_goal=7))
        pack(tmp_path / "a.zip", home.paths, home.log, NOW)
        said = [brought_back(restore(tmp_path / "a.zip", to.paths, to.log, to.library, now=NOW)) for _ in range(2)]
    what = f"{count} session{'s' * (count != 1)}" + " and your settings" * has_settings
    assert said[0] == f"Brought back: {what}."
    assert said[1] == "Brought back: 0 sessions." + f" Here already: {count} session{'s' * (count != 1)}." * bool(count)


@pytest.mark.parametrize("parts", [0, 1, 2, 4, 8, 16, 32, 63])
def test_what_the_command_packed_is_what_is_said_and_what_comes_back(
    parts: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    has = [bool(parts >> part & 1) for part in range(6)]
    home, to = Home.at(tmp_path / "one"), Home.at(tmp_path / "two")
    if has[0]:
        home.log.add_by_hand(note="x", began=NOW)
    for wanted, where in zip(
        has[1:5],
        ("own_routines/a.yaml", "recordings/amy/prompts/a.wav", "drafts/calm-let-down.yaml", "words"),
        strict=True,
    ):
        name, *rest = where.split("/")
        if wanted:
            home.put(getattr(home.paths, name).joinpath(*rest), ROUTINE.format(name="A").encode())
    if has[5]:
        save(home.paths.settings, Settings(daily_goal=7))
    home.log.close()
    archived = tmp_path / "a.zip"
    assert main(["--home", str(tmp_path / "one"), "archive", str(archived)]) == 0
    all_parts = ("1 session", "1 routine", "1 recording", "1 unfinished edit", "your words", "your settings")
    said = capsys.readouterr().out.strip()
    assert said.startswith(f"{archived}: ")
    assert [part in said for part in all_parts] == has
    assert "your settings" not in said or has[5]
    with closing(to.log):
        builtin = Library(builtin_folder(), to.paths.own_routines, trash=to.paths.trash)
        back = restore(archived, to.paths, to.log, builtin, now=NOW)
    assert f"Brought back: {said.removeprefix(f'{archived}: ')}." == brought_back(back)
    assert (to.paths.drafts / "calm-let-down.yaml").exists() is has[3]


def test_the_commands_pack_and_bring_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = Home.at(tmp_path / "one")
    home.log.add_by_hand(note="x")
    left_for_now(home.log, began=datetime.now().astimezone() - timedelta(minutes=3))
    assert main(["--home", str(tmp_path / "one"), "archive", str(tmp_path / "a.zip")]) == 0
    assert main(["--home", str(tmp_path / "two"), "restore", str(tmp_path / "a.zip")]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{tmp_path / 'a.zip'}: 1 session and a session left for now",
        "Brought back: 1 session and a session left for now.",
    ]
    assert main(["--home", str(tmp_path / "two"), "restore", str(tmp_path / "none.zip")]) == 1
    assert "none.zip could not be read: no such file or directory." in capsys.readouterr().err


class Terminal(io.StringIO):
    @override
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("answer", "more", "code", "came"),
    [("y", [], 0, 1), ("n", [], 2, 0), ("", [], 2, 0), (None, ["--yes"], 0, 1)],
    ids=["yes", "no", "nothing", "not asked"],
)
def test_a_terminal_is_shown_what_comes_back_and_asked(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    answer: str | None,
    more: list[str],
    code: int,
    came: int,
) -> None:
    home, to = Home.at(tmp_path / "one"), Home.at(tmp_path / "two")
    with closing(home.log), closing(to.log):
        home.log.add_by_hand(note="x")
        pack(tmp_path / "a.zip", home.paths, home.log, NOW)
        monkeypatch.setattr("sys.stdin", Terminal("" if answer is None else f"{answer}\n"))
        assert main(["--home", str(tmp_path / "two"), "restore", str(tmp_path / "a.zip"), *more]) == code
        assert to.log.count() == came
        said = capsys.readouterr()
        assert ("  Sessions: 1 to bring back" in said.out.splitlines()) is (answer is not None)
        assert ("Bring this back? [y/N]" in said.out) is (answer is not None)
        assert ("Brought back: 1 session." in said.out) is bool(came)
        assert said.err == ("pumping-guide: nothing was changed\n" if code else "")
        monkeypatch.setattr("sys.stdin", Terminal(""))  # nothing is asked where nothing would come
        again = main(["--home", str(tmp_path / "one"), "restore", str(tmp_path / "a.zip")])
        assert (again, capsys.readouterr().out.splitlines()[1]) == (0, "  Sessions: 1 here already")


# weekly copies


def test_a_copy_is_kept_a_week_and_the_last_five(tmp_path: Path) -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(0, 70, 2)]
    for day in days:
        now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        log = Log.open(tmp_path / "sessions.db", now=lambda now=now: now)  # type: ignore[misc]  # bound now
        log.add_by_hand(note=day.isoformat())
        log.close()
    kept = copies(tmp_path / "sessions.db")
    assert [path.name for path in kept] == [
        f"sessions-2026-0{day}.db" for day in ("3-06", "2-26", "2-18", "2-10", "2-02")
    ]
    assert not list((tmp_path / "copies").glob(".*"))


def test_an_empty_log_is_not_copied_and_erasing_takes_the_copies_too(tmp_path: Path) -> None:
    Log.open(tmp_path / "sessions.db", now=lambda: NOW).close()
    assert copies(tmp_path / "sessions.db") == []
    log = Log.open(tmp_path / "sessions.db", now=lambda: NOW)
    log.add_by_hand(note="secret")
    log.close()
    assert len(copies(tmp_path / "sessions.db")) == 1
    log = Log.open(tmp_path / "sessions.db", now=lambda: NOW)
    log.erase_everything()
    assert copies(tmp_path / "sessions.db") == []
    log.close()


def test_a_copy_is_offered_when_the_log_is_damaged_and_brings_back_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "sessions.db"
    log = Log.open(path, now=lambda: NOW)
    for number in range(5):
        log.add_by_hand(note=f"n{number}")
    log.close()
    path.write_bytes(b"\0" * 20_000)
    log = Log.open(path, now=lambda: NOW)
    assert log.count() == 0
    (copy,) = copies(path)
    assert "A copy of the log from 2026-11-26 is kept too." in log.notices[0]
    found = look(read_in([copy]), known=log.known(), routines={}, now=NOW, zone=UTC, matches={})
    take(found, log, Library(tmp_path / "none", tmp_path / "own"))
    assert sorted(one.note for one in log.records()) == [f"n{number}" for number in range(5)]
    log.close()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("kept.zip", ["archive"]),
        ("kept.pdf", ["card", "power-pumping", "-o"]),
        *((f"kept{ending}", ["export", "power-pumping", "-o"]) for ending in (".mp3", ".html")),
    ],
)
def test_what_is_written_never_takes_the_place_of_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, words: list[str]
) -> None:
    kept = tmp_path / name
    kept.write_bytes(b"hers")
    assert main(["--home", str(tmp_path / "home"), *words, str(kept)]) == 2
    assert f"{name} is there already; give it another name" in capsys.readouterr().err
    assert kept.read_bytes() == b"hers"


def test_a_voice_whose_folder_is_another_ones_here_comes_beside_it_and_speaks_where_it_was_chosen(
    full: Home, other: Home, tmp_path: Path
) -> None:
    for home, name in ((full, "Eve"), (other, "Ada")):
        home.put(home.paths.recordings / "ada" / "voice.json", f'{{"name": "{name}", "prompts": {{}}}}'.encode())
        home.put(home.paths.recordings / "ada" / "prompts" / "1.wav", name.encode())
    save(full.paths.settings, replace(load(full.paths.settings)[0], voice="recorded:ada"))
    pack(tmp_path / "all.zip", full.paths, full.log, NOW)
    seen = contents_of(
        tmp_path / "all.zip", other.paths, known=Known, busy=False, routines={}, builtin=frozenset(), now=NOW
    )
    back = restore(tmp_path / "all.zip", other.paths, other.log, other.library, now=NOW)
    assert (seen.recordings.fresh, seen.recordings.here) == (back.recordings, 0)
    assert (other.paths.recordings / "ada-2" / "prompts" / "1.wav").read_bytes() == b"Eve"
    assert (other.paths.recordings / "ada" / "prompts" / "1.wav").read_bytes() == b"Ada"
    assert load(other.paths.settings)[0].voice == "recorded:ada-2"
