"""An archive to the last letter: what is refused and how that is told, what could not be kept, what it is made of."""

from __future__ import annotations

import errno
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import accumulate, count
from pathlib import Path

import pytest

from guide import __version__
from guide.core.record import Record
from guide.standing import is_there
from guide.store import archive, archived, placing, restoring, restoring_routines, restoring_settings
from guide.store.archive import ArchiveError, Packed, files_of, pack, packing
from guide.store.archived import MOST_OF_MANIFEST
from guide.store.files import write_whole
from guide.store.glance import ThemeSetting, Window
from guide.store.log.log import Log
from guide.store.log.waiting import WaitingSession
from guide.store.paths import Paths
from guide.store.restored import Restored
from guide.store.restoring import restore
from guide.store.routines import library
from guide.store.routines.entry import LibraryError
from guide.store.routines.library import Library
from guide.store.settings import Settings, SoreCheck, as_bytes, load, save
from guide.store.taking_back import mark_of
from tables import each_row

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
MANIFEST = b'{"program": "Pumping Guide", "format": 1}'
SESSIONS = b'{"format": 1, "sessions": [{"began": "2026-11-01T06:35:00+01:00", "routine": "x", "left_ml": 60}]}'
ROUTINE = b"name: Here\nsteps: [{kind: rest, duration: 1 min}]\n"
NOTHING = Restored(sessions=1, known=0, routines=0, recordings=0, settings=False)

Back = Callable[..., Restored]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.of(tmp_path / "home")


@pytest.fixture
def log(paths: Paths) -> Iterator[Log]:
    log = Log.open(paths.log, now=lambda: NOW)
    yield log
    log.close()


def archive_of(folder: Path, *entries: tuple[str, bytes], manifest: bytes = MANIFEST) -> Path:
    with zipfile.ZipFile(folder / "all.zip", "w") as whole:
        for name, data in (("pumping-guide.json", manifest), ("sessions.json", SESSIONS), *entries):
            whole.writestr(name, data)
    return folder / "all.zip"


@pytest.fixture
def back(tmp_path: Path, paths: Paths, log: Log) -> Back:
    """Bring back an archive with these files, beside its manifest and a session."""

    def bring(*entries: tuple[str, bytes], manifest: bytes = MANIFEST, harm: bytes = b"") -> Restored:
        path = archive_of(tmp_path, *entries, manifest=manifest)
        if harm:
            path.write_bytes(path.read_bytes().replace(harm, bytes(len(harm)), 1))
        hers = Library(tmp_path / "none", paths.own_routines, trash=paths.trash)
        return restore(path, paths, log, hers, now=NOW)

    return bring


# what is no archive of ours


@pytest.mark.parametrize(
    "manifest",
    [
        b'{"program": "Another", "format": 1}',
        b'{"format": 1}',
        b'{"program": "Pumping Guide"}',
        b'{"program": "Pumping Guide", "format": 1}' + b" " * MOST_OF_MANIFEST + b"x",
        b" " * MOST_OF_MANIFEST + MANIFEST,
    ],
)
def test_what_another_program_made_is_refused_by_its_name(back: Back, log: Log, manifest: bytes) -> None:
    if manifest.endswith(b"x"):  # what is beyond is not read
        assert back(manifest=manifest) == NOTHING
        return
    with pytest.raises(ArchiveError, match=r"^all\.zip was not made by Pumping Guide\.$"):
        back(manifest=manifest)
    assert log.records() == []


def test_what_is_packed_in_another_way_is_none_of_ours(
    back: Back, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = zipfile.ZipFile
    monkeypatch.setattr(zipfile, "ZipFile", lambda path, mode="r": plain(path, mode, zipfile.ZIP_LZMA))
    with pytest.raises(ArchiveError, match=r"^all\.zip was not made by Pumping Guide\.$"):
        back()
    monkeypatch.undo()
    (tmp_path / "all.zip").write_bytes(b"noise")
    with pytest.raises(ArchiveError, match=r"^all\.zip could not be read: it is not an archive, or it is damaged\.$"):
        restore(tmp_path / "all.zip", Paths.of(tmp_path), None, None, now=NOW)  # type: ignore[arg-type]  # never asked


def test_what_a_newer_version_made_is_refused_by_its_name(back: Back) -> None:
    with pytest.raises(
        ArchiveError, match=r"^all\.zip was made by a newer version; bring this program up to date first\.$"
    ):
        back(manifest=MANIFEST.replace(b"1", b"2"))


@pytest.mark.parametrize(("of_a_kind", "most"), [("MOST_FILES", 3), ("MOST_BYTES", 500), ("MOST_TOGETHER", 0)])
@pytest.mark.parametrize("over", [False, True])
def test_an_archive_is_taken_up_to_its_bounds(
    back: Back, monkeypatch: pytest.MonkeyPatch, of_a_kind: str, most: int, over: bool
) -> None:
    most = most or 500 + len(MANIFEST) + len(SESSIONS)
    monkeypatch.setattr(archive, of_a_kind, most - over)
    large = ("routines/a.txt", b"x" * 500)
    if not over:
        assert back(large) == NOTHING
        return
    with pytest.raises(ArchiveError, match=r"^all\.zip holds more than an archive of this program ever does\.$"):
        back(large)


@pytest.mark.parametrize("over", [False, True])
def test_nothing_is_taken_along_that_would_not_be_brought_back(
    paths: Paths, log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, over: bool
) -> None:
    """A film that lies among her routines made an archive of everything that was then refused."""
    film, target = paths.own_routines / "film.mp4", tmp_path / "all.zip"
    write_whole(film, b"x" * 500)
    for bounds, most, told in (
        ("MOST_BYTES", 500, f"film.mp4 is larger than {500 / 1024 / 1024:.0f} MB"),
        ("MOST_FILES", 3, "your files are more than an archive holds"),
        ("MOST_TOGETHER", sum(_sizes(paths, log, tmp_path)), "your files are more than an archive holds"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(archive, bounds, most - over)
            if not over:
                pack(target, paths, log, NOW)
                target.unlink()
                continue
            with pytest.raises(ArchiveError, match=rf"^Nothing was taken along, as {re.escape(told)}"):
                pack(target, paths, log, NOW)
        assert not target.exists()


def _sizes(paths: Paths, log: Log, folder: Path) -> list[int]:
    pack(folder / "sized.zip", paths, log, NOW)
    with zipfile.ZipFile(folder / "sized.zip") as whole:
        return [info.file_size for info in whole.infolist()]


@pytest.mark.parametrize("length", [10, 300])
def test_where_an_archive_is_damaged_is_told_in_few_letters(back: Back, log: Log, length: int) -> None:
    name = "voices/" + "v" * length
    place = name if length == 10 else "voices/" + "v" * 52 + "…"
    with pytest.raises(ArchiveError, match=rf"^all\.zip is damaged at {place}; nothing was changed\.$"):
        back((name, b"the voice of her mother"), harm=b"the voice of her mother")
    assert log.records() == []


def test_a_whole_file_is_looked_at_a_piece_at_a_time(back: Back, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int | None] = []
    read = zipfile.ZipExtFile.read

    def reads(file: zipfile.ZipExtFile, size: int | None = -1) -> bytes:
        asked.append(size)
        return read(file, size)

    monkeypatch.setattr(zipfile.ZipExtFile, "read", reads)
    monkeypatch.setattr(archived, "AT_ONCE", 64)
    assert back(("voices/a", b"x" * 200)).sessions == 1
    pieces = (-(-len(data) // 64) + 1 for data in (MANIFEST, SESSIONS, b"x" * 200))
    assert asked.count(64) == sum(pieces)
    assert None not in asked
    assert -1 not in asked


# how far it is, and where it is stopped


PIECES = (
    ("routines/a.yaml", ROUTINE),
    ("routines/b.yaml", ROUTINE.replace(b"Here", b"There")),
    ("drafts/a.yaml", b"name: to be"),
    ("drafts/b.yaml", b"name: to be"),
    ("voices/ada/prompts/1.wav", b"said"),
    ("voices/ada/prompts/2.wav", b"said"),
)


def test_each_step_tells_the_share_that_is_done(tmp_path: Path, paths: Paths, log: Log) -> None:
    hers = Library(tmp_path / "none", paths.own_routines, trash=paths.trash)
    sizes = [*accumulate(len(data) for data in (MANIFEST, SESSIONS, *(data for _name, data in PIECES)))]
    read = [0.1 * size / sizes[-1] for size in sizes]
    unpacked = [0.1 + 0.1 * number / len(sizes) for number in range(len(sizes))]
    shares = [*restoring.restoring(archive_of(tmp_path, *PIECES), paths, log, hers, now=NOW)]
    sessions, routines, marks = [0.2] * 4, [0.25] * 2, [1] * 2
    assert shares == pytest.approx([*read, *unpacked, *sessions, *routines, 0.25, 0.275, 0.3, 0.65, *marks])


@each_row(("at", "came"), [(0, None), (7, None), (8, None), (15, None), (16, 0), (17, 1), (18, 2)])
def test_what_came_before_it_was_stopped_stays_and_before_that_nothing_is_changed(
    tmp_path: Path, at: int, came: int | None
) -> None:
    paths = Paths.of(tmp_path / str(at))
    hers = Library(tmp_path / "none", paths.own_routines, trash=paths.trash)
    asked = count()
    with closing(Log.open(paths.log, now=lambda: NOW)) as log:
        steps = restoring.restoring(
            archive_of(tmp_path, *PIECES), paths, log, hers, now=NOW, stopped=lambda: next(asked) == at
        )
        if came is None:
            with pytest.raises(ArchiveError, match=r"^It was stopped before anything had come; nothing was changed\.$"):
                ended(steps)
            assert (log.count(), hers.entries()) == (0, [])
            return
        back_ = ended(steps)
    told = ("It was stopped; bring it back once more for what is missing.",)
    assert (back_.routines, back_.recordings, back_.told) == (2, came, told * (came < 2))


def ended(steps: restoring.Steps) -> Restored:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            back_: Restored = end.value
            return back_


# what could not be kept


def test_of_each_part_that_finds_no_room_it_is_told_and_the_others_come(
    back: Back, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = write_whole

    def full(path: Path, data: bytes) -> None:
        if data.startswith(b"large"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        written(path, data)

    for module in (restoring, placing, library):
        monkeypatch.setattr(module, "write_whole", full)
    found = back(
        ("voices/a/" + "b" * 70, b"large"),
        ("voices/a/prompts/c", b"small"),
        ("routines/bad.yaml", b"large: 1"),
        ("routines/ok.yaml", ROUTINE),
        ("x" * 70, b""),
        ("columns.json", b"large"),
        ("words.npz", b"large"),
    )
    room = "could not be kept: no space left on device."
    assert found == replace(
        NOTHING,
        routines=1,
        recordings=1,
        told=(
            "x" * 59 + "… is no part of what is taken along, and was left out.",
            "bad.yaml: The routine could not be saved: no space left on device.",
            f"columns.json {room}",
            f"words.npz {room}",
            "b" * 59 + f"… {room}",
        ),
    )
    assert (paths.recordings / "a").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("there", [False, True])
def test_her_words_and_columns_come_where_there_are_none(back: Back, paths: Paths, there: bool) -> None:
    if there:
        for path in (paths.matches, paths.words):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"hers")
    assert back(("columns.json", b"theirs"), ("words.npz", b"theirs")) == replace(NOTHING, words=not there)
    assert {path.read_bytes() for path in (paths.matches, paths.words)} == {b"hers" if there else b"theirs"}


@pytest.mark.parametrize("there", [False, True])
def test_settings_that_find_no_room_are_told(
    back: Back, paths: Paths, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if there:
        save(paths.settings, Settings(hidden=("a",)))
    monkeypatch.setattr(restoring_settings, "save", full)
    assert back(("settings.json", b'{"hidden": ["b"]}')) == replace(
        NOTHING, told=("The settings could not be kept: no space left on device.",)
    )


@pytest.mark.parametrize(
    ("here", "theirs", "both"),
    [
        (None, b"noise", None),
        (None, b'{"theme": "light"}', Settings(theme=ThemeSetting.LIGHT)),
        (
            None,
            b'{"sore_check": {"day": "2026-11-26", "sore": true}}',
            Settings(sore_check=SoreCheck(date(2026, 11, 26), sore=True)),
        ),
        (Settings(hidden=("a",)), b'{"hidden": ["b", "a"]}', Settings(hidden=("a", "b"))),
        (
            Settings(hidden=("a",)),
            b'{"hidden": ["a"], "theme": "light"}',
            Settings(hidden=("a",), theme=ThemeSetting.LIGHT),
        ),
        (
            Settings(theme=ThemeSetting.SYSTEM),
            b'{"theme": "light", "microphone": "USB"}',
            Settings(theme=ThemeSetting.SYSTEM),
        ),
    ],
)
def test_settings_came_where_something_of_them_did(
    back: Back, paths: Paths, here: Settings | None, theirs: bytes, both: Settings | None
) -> None:
    if here is not None:
        save(paths.settings, here)
    assert back(("settings.json", theirs)).settings is (both is not None and both != here)
    assert load(paths.settings) == (both or Settings(), [])


@pytest.mark.parametrize(
    ("here", "theirs"),
    [
        (Settings(), '{"sore_check": {"day": "2026-11-01", "sore": true}}'),
        (Settings(sore_check=SoreCheck(date(2026, 11, 2), sore=False)), "{}"),
        (
            Settings(sore_check=SoreCheck(date(2026, 11, 2), sore=False), window=Window(5, 7, 1100, 720)),
            '{"sore_check": {"day": "2026-11-01", "sore": false},"window": {"x":1, "y":2, "width":900, "height":700}}',
        ),
    ],
)
def test_an_answer_and_a_place_on_both_computers_damage_nothing(
    back: Back, paths: Paths, here: Settings, theirs: str
) -> None:
    save(paths.settings, here)
    assert back(("settings.json", theirs.encode()), ("words.npz", b"taught")).words
    settings, told = load(paths.settings)
    assert (settings.window, told) == (here.window, [])
    assert settings.sore_check == (here.sore_check or SoreCheck(date(2026, 11, 1), sore=True))


def test_a_no_comes_from_elsewhere_to_no_computer_and_is_asked_again(back: Back, paths: Paths) -> None:
    assert back(("settings.json", b'{"sore_check": {"day": "2026-11-26", "sore": false}, "daily_goal": 7}')).settings
    assert load(paths.settings)[0] == Settings(daily_goal=7)


def test_what_does_not_read_of_her_own_settings_is_told_as_they_are_put_together(back: Back, paths: Paths) -> None:
    paths.settings.parent.mkdir(parents=True, exist_ok=True)
    paths.settings.write_bytes(b'{"theme": "none such", "hidden": ["a"]}')
    here, told = load(paths.settings)
    back_ = back(("settings.json", b'{"daily_goal": 7}'))
    assert (len(told), back_.told, back_.settings) == (1, tuple(told), True)
    assert load(paths.settings)[0] == replace(here, daily_goal=7)


@each_row(("chosen", "speaks"), [('"recorded:ada"', "recorded:ada"), ("null", None)])
def test_the_voice_of_the_settings_speaks_where_none_had_to_be_renamed(
    back: Back, paths: Paths, chosen: str, speaks: str | None
) -> None:
    paths.settings.unlink(missing_ok=True)
    assert back(("settings.json", f'{{"voice": {chosen}, "daily_goal": 7}}'.encode())).settings
    assert load(paths.settings)[0].voice == speaks


@each_row("over", [True, False])
def test_settings_that_are_too_much_together_stay_as_they_are_here(
    back: Back, paths: Paths, monkeypatch: pytest.MonkeyPatch, over: bool
) -> None:
    here, both = Settings(hidden=("a",)), Settings(hidden=("a", "b"))
    save(paths.settings, here)
    monkeypatch.setattr(restoring_settings, "MOST_OF_SETTINGS", len(as_bytes(both)) - over)
    back_ = back(("settings.json", b'{"hidden": ["b"]}'))
    told = ("The settings of both computers are too much for one; yours stay as they are here.",)
    assert (back_.settings, back_.told) == (not over, told * over)
    assert load(paths.settings) == (here if over else both, [])


def test_a_voice_that_is_here_knows_the_prompts_of_the_archive_too(back: Back, paths: Paths) -> None:
    here, before = paths.recordings / "a" / "voice.json", b'{"name": "A", "prompts": {}}'
    here.parent.mkdir(parents=True)
    here.write_bytes(before)
    longer = b'{"name": "A", "prompts": {"k": {}}}'
    back_ = back(("voices/a/voice.json", longer), ("voices/a/prompts/k.wav", b"said"))
    assert (back_.recordings, back_.told) == (1, ())
    assert json.loads(here.read_bytes()) == json.loads(longer)
    assert back_.brought.lists == ((here, before, mark_of(here)),)


@each_row("failing", [0, 1, None])
def test_no_sound_of_hers_is_taken_for_one_that_came_where_they_cannot_be_listed(
    back: Back, paths: Paths, monkeypatch: pytest.MonkeyPatch, failing: int | None
) -> None:
    asked, listed = count(), files_of
    (paths.own_routines / "mine.wav").parent.mkdir(parents=True, exist_ok=True)
    (paths.own_routines / "mine.wav").write_bytes(b"RIFF-mine")

    def denied(folder: Path) -> list[Path]:
        if folder == paths.own_routines and next(asked) == failing:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        return listed(folder)

    name = f"{failing}.wav"
    with monkeypatch.context() as patched:
        patched.setattr(restoring_routines, "files_of", denied)
        back_ = back(
            ("routines/a.yaml", ROUTINE.replace(b"1 min", f"1 min, sound: {name}".encode())),
            (f"routines/{name}", b"RIFF-one"),
        )
    came = paths.own_routines / name
    assert back_.brought.sounds == (() if failing is not None else ((came, mark_of(came)),))


PARTS = {
    "sessions": "sessions_in",
    "the session left for now": "waiting_in",
    "routines": "bring_routines",
    "unfinished edits": "bring_drafts",
    "recordings": "prompts_among",
    "settings": "bring_settings",
    "what the columns of your files are": "write_whole",
    "your words": "write_whole",
}
WAITS = WaitingSession(Record(0, "", "Evening", NOW, uuid="a"), "", timedelta(minutes=3), NOW, ())


@pytest.mark.parametrize("part", PARTS)
def test_an_error_that_nobody_foresaw_is_told_by_its_part_and_the_others_come(
    back: Back, paths: Paths, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    genuine = getattr(restoring, PARTS[part])
    of_file = {"your words": paths.words, "what the columns of your files are": paths.matches}.get(part)

    def fails(*given: object) -> object:
        if of_file is not None and of_file not in given:
            return genuine(*given)
        raise TypeError("none such")

    monkeypatch.setattr(restoring, PARTS[part], fails)
    back_ = back(
        ("waiting.json", WAITS.as_text().encode()),
        ("routines/ok.yaml", ROUTINE),
        ("drafts/ok.yaml", b"name: to be"),
        ("voices/a/prompts/c", b"said"),
        ("settings.json", b'{"daily_goal": 7}'),
        ("columns.json", b"{}"),
        ("words.npz", b"taught"),
    )
    told = [one for one in back_.told if "unfinished in ok" not in one]  # of a routine that did not come
    assert told == [f"Not all of this part came back: {part} (TypeError: none such)."]
    came = [
        *(back_.sessions, back_.waiting, back_.routines, back_.drafts, back_.recordings, back_.settings),
        *(is_there(paths.matches), back_.words),
    ]
    lost = {name for name, one in zip(PARTS, came, strict=True) if one in (0, False)}
    assert lost == ({"routines", "unfinished edits"} if part == "routines" else {part})
    assert back_.known == 0


def test_a_session_that_comes_into_the_history_is_told_by_its_name_after_what_was_left_out(back: Back) -> None:
    assert back(("waiting.json", WAITS.as_text().encode())).waiting
    another = replace(WAITS, record=replace(WAITS.record, uuid="b", routine_name="E" * 61))
    told = back(("x", b""), ("waiting.json", another.as_text().encode())).told
    assert told == (
        "x is no part of what is taken along, and was left out.",
        "E" * 59 + "…, left for now, came into the history as it was so far.",
    )


def test_of_routines_that_an_error_keeps_away_the_unfinished_is_told_exactly_and_those_before_it_came(
    back: Back, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine = Library.import_file

    def fails(hers: Library, path: Path) -> str:
        if path.stem == "denied":
            raise LibraryError("no room")
        if path.stem == "reached":
            raise TypeError("none such")
        return genuine(hers, path)

    monkeypatch.setattr(Library, "import_file", fails)
    names = ["came", "denied", "reached", "unreached"]
    back_ = back(
        *((f"routines/{name}.yaml", ROUTINE.replace(b"Here", name.encode())) for name in names),
        *((f"drafts/{name}.yaml", b"name: to be") for name in [*names, "n" * 61]),
    )
    assert (back_.routines, back_.drafts) == (1, 1)
    left_out = "What was unfinished in {} was left out, as that routine {}."
    assert sorted(back_.told) == sorted(
        [
            "Not all of this part came back: routines (TypeError: none such).",
            "denied.yaml: no room",
            left_out.format("n" * 59 + "…", "is not in it"),
            *(left_out.format(name, "did not come back") for name in names[1:]),
        ]
    )


def test_sessions_to_come_are_counted(back: Back, monkeypatch: pytest.MonkeyPatch) -> None:
    one = SESSIONS[SESSIONS.index(b"{", 1) : -2].replace(b"2026", b"2091")
    monkeypatch.setattr(f"{__name__}.SESSIONS", b' \n{"format": 1, "sessions": [%b, %b]}' % (one, one))
    (told,) = back().told
    assert told == "2 sessions would begin in the future and are left out; look whether this computer's clock is right."


# what it is made of


def test_an_archive_is_small_says_what_it_is_and_leaves_out_what_is_not_hers(
    tmp_path: Path, paths: Paths, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "full"))  # it is made where it goes
    log.add_by_hand(note="x" * 10_000)
    (paths.own_routines / "more").mkdir(parents=True)
    for name in ("a.yaml", "more/b.yml", ".hidden", "bell.wav", "a 100%.yaml"):
        (paths.own_routines / name).write_bytes(ROUTINE)
    deleted = paths.recordings / ".deleted-ada" / "prompts" / "a.wav"
    deleted.parent.mkdir(parents=True)
    deleted.write_bytes(b"said")
    if os.name == "posix":
        (paths.own_routines / "link.yaml").symlink_to(paths.own_routines / "a.yaml")
    target = tmp_path / "all.zip"
    assert pack(target, paths, log, NOW) == Packed(sessions=1, routines=3, recordings=0)
    assert sorted(tmp_path.iterdir()) == [target, tmp_path / "home"]
    with zipfile.ZipFile(target) as whole:
        assert sorted(whole.namelist()) == [
            "pumping-guide.json",
            *(f"routines/{name}" for name in ("a 100%25.yaml", "a.yaml", "bell.wav", "more/b.yml")),
            "sessions.json",
        ]
        assert {info.compress_type for info in whole.infolist()} == {zipfile.ZIP_DEFLATED}
        manifest = json.loads(whole.read("pumping-guide.json"))
    assert manifest == {
        "program": "Pumping Guide",
        "format": 1,
        "version": __version__,
        "made": "2026-11-26T12:00:00+00:00",
    }
    assert target.stat().st_size < 5_000


def test_where_an_archive_cannot_be_written_is_told_by_its_name(tmp_path: Path, paths: Paths, log: Log) -> None:
    with pytest.raises(ArchiveError, match=r"^all\.zip could not be written: no such file or directory\.$") as caught:
        pack(tmp_path / "none" / "all.zip", paths, log, NOW)
    cause = caught.value.__cause__
    assert isinstance(cause, FileNotFoundError)
    assert (cause.errno, cause.filename) == (errno.ENOENT, str(tmp_path / "none"))
    with pytest.raises(ArchiveError, match=r"^\. could not be read: it is not an ordinary file\.$"):
        restore(Path(), paths, log, Library(tmp_path / "none", paths.own_routines), now=NOW)


def test_what_the_disk_did_not_take_stands_in_for_what_is_there(tmp_path: Path, paths: Paths, log: Log) -> None:
    for name in ("a.yaml", "b.yaml"):
        (paths.own_routines / name).parent.mkdir(parents=True, exist_ok=True)
        (paths.own_routines / name).write_bytes(ROUTINE)
    save(paths.settings, Settings(daily_goal=7))
    newer = {"routines/a.yaml": b"name: newer", "drafts/c.yaml": b"name: new", "settings.json": b"{}"}
    packed = pack(tmp_path / "all.zip", paths, log, NOW, unsaved=newer)
    assert packed == Packed(sessions=0, routines=2, recordings=0, settings=True, drafts=1)
    with zipfile.ZipFile(tmp_path / "all.zip") as whole:
        held = {name: whole.read(name) for name in whole.namelist()}
    assert {**held, **newer, "routines/b.yaml": ROUTINE} == held
    assert len(held) == 6


def test_each_step_of_taking_along_tells_the_share_that_is_done_and_stopped_it_writes_nothing(
    tmp_path: Path, paths: Paths, log: Log
) -> None:
    for name in ("a.yaml", "b.yaml"):
        (paths.own_routines / name).parent.mkdir(parents=True, exist_ok=True)
        (paths.own_routines / name).write_bytes(ROUTINE)
    save(paths.settings, Settings(daily_goal=7))
    target = tmp_path / "all.zip"
    for stop in range(3):
        steps = packing(target, paths, log, NOW, stopped=partial(next, iter([False] * stop + [True])))
        with pytest.raises(ArchiveError, match=r"^It was stopped; nothing was taken along\.$"):
            list(steps)
        assert sorted(tmp_path.iterdir()) == [tmp_path / "home"]
    assert [*packing(target, paths, log, NOW)] == [0, 1 / 3, 2 / 3]
    assert target.exists()


def test_the_programs_own_folders_are_no_place_for_an_archive(tmp_path: Path, paths: Paths, log: Log) -> None:
    told = "“Delete everything” deletes this folder with all that is in it. Choose another place."
    with pytest.raises(ArchiveError, match=f"^{told}$"):
        pack(paths.data / "all.zip", paths, log, NOW)
    assert not (paths.data / "all.zip").exists()


def test_a_folder_that_cannot_be_read_is_named_and_nothing_is_taken_along(
    tmp_path: Path, paths: Paths, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    (paths.own_routines / "more").mkdir(parents=True)
    (paths.own_routines / "a.yaml").write_bytes(ROUTINE)
    listed = os.scandir

    def denied(path: str | int) -> object:  # a number where a folder is open already
        if str(path).endswith("more"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", denied)
    with pytest.raises(
        ArchiveError, match=r"^Nothing was taken along, as more could not be read: permission denied\.$"
    ):
        pack(tmp_path / "all.zip", paths, log, NOW)
    assert not (tmp_path / "all.zip").exists()
