"""What an archive holds and what of it would come in, told of each of its parts."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from guide.core.record import Record
from guide.store.archive import ArchiveError
from guide.store.contents import ArchiveContents, ArchivePart, Way, _made, contents_of
from guide.store.log.log import STALE_AFTER
from guide.store.log.same import Known
from guide.store.log.waiting import Comes, WaitingSession, comes_of
from guide.store.paths import Paths
from tables import each_row

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
NONE = ArchivePart()
NOTHING = ArchiveContents(None, NONE, NONE, 0, NONE, NONE, Way.NOT_IN_IT, Way.NOT_IN_IT)
ONE, OTHER = "name: One\n", "name: Other\n"


NO_SESSIONS = "Its sessions are missing or cannot be read; what else it holds comes in."
NOT_LEFT = "The session left for now is left out: this is not of the shape that is exported"
ALONG = {"routines/a.yaml": ONE, "drafts/a.yaml": "x"}
BOTH = {**ALONG, "routines/b.yaml": OTHER, "drafts/b.yaml": "x"}
OF_BUILTIN = {"drafts/calm.yaml": "x"}
HERE = {"routines/mine.yaml": ONE}


def parts(routines: tuple[int, int], drafts: tuple[int, int]) -> dict[str, ArchivePart]:
    return {"routines": ArchivePart(*routines), "drafts": ArchivePart(*drafts)}


@each_row(
    ("holds", "here", "found"),
    [
        ({}, {}, {}),
        ({"sessions.json": "[]"}, {}, {"told": (NO_SESSIONS,)}),
        ({"waiting.json": "[]"}, {}, {"told": (NOT_LEFT,)}),
        ({"words.npz": "x"}, {}, {"words": Way.COMES}),
        ({"words.npz": "x"}, {"words.npz": "y"}, {"words": Way.STAYS}),
        ({"settings.json": "noise"}, {}, {"settings": Way.STAYS}),
        ({"settings.json": "{}"}, {}, {"settings": Way.COMES}),
        ({"settings.json": '{"daily_goal": 7, "theme": "none such"}'}, {}, {"settings": Way.COMES}),
        ({**ALONG, "drafts/none.yaml": "x"}, {}, parts((1, 0), (1, 0))),
        (ALONG, {"drafts/a.yaml": "y"}, parts((1, 0), (1, 0))),
        (BOTH, {}, parts((2, 0), (2, 0))),
        (OF_BUILTIN, {}, parts((0, 0), (1, 0))),
        (OF_BUILTIN, {"drafts/calm.yaml": "y"}, parts((0, 0), (0, 1))),
        (ALONG, HERE, parts((0, 1), (1, 0))),
        (ALONG, {**HERE, "drafts/mine.yaml": "y"}, parts((0, 1), (0, 1))),
    ],
)
def test_each_part_of_an_archive_comes_stays_or_is_left_out(
    tmp_path: Path, holds: Mapping[str, str], here: Mapping[str, str], found: dict[str, Any]
) -> None:
    whole = tmp_path / "all.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        for name, text in {
            "pumping-guide.json": '{"program": "Pumping Guide", "format": 1}',
            "sessions.json": '{"format": 1, "sessions": []}',
            **holds,
        }.items():
            archive.writestr(name, text)
    paths = Paths.of(tmp_path / "_".join([*holds, *here]).replace("/", "-"))
    for name, text in here.items():
        (paths.data / name).parent.mkdir(parents=True, exist_ok=True)
        (paths.data / name).write_text(text)
    shares: list[float] = []
    seen = contents_of(
        whole,
        paths,
        known=Known,
        busy=False,
        routines={text.encode(): Path(name).stem for name, text in here.items() if name.startswith("routines")},
        builtin=frozenset({"calm"}),
        now=NOW,
        progress=shares.append,
    )
    assert seen == replace(NOTHING, **found)
    assert (shares, shares[-1]) == (sorted(shares), 1.0)


def test_an_archive_that_is_damaged_is_told_by_its_name(tmp_path: Path) -> None:
    whole = tmp_path / "all.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("pumping-guide.json", '{"program": "Pumping Guide", "format": 1}')
        archive.writestr("sessions.json", "of January")
    whole.write_bytes(whole.read_bytes().replace(b"January", b"October"))
    with pytest.raises(ArchiveError, match=r"^all\.zip is damaged at sessions\.json; nothing was changed\.$"):
        contents_of(whole, Paths.of(tmp_path), known=Known, busy=False, routines={}, builtin=frozenset(), now=NOW)


@each_row(
    ("manifest", "made"),
    [
        (b'{"made": "2026-11-26T12:00:00+00:00"}', NOW),
        (b'{"made": "2026-11-26T12:00:00"}', None),
        (b'{"made": "yesterday"}', None),
        (b'{"made": 5}', None),
        (b"{}", None),
        (b"[]", None),
        (b"noise", None),
        (b"[" * 90_000, None),
    ],
)
def test_when_an_archive_was_made_is_known_where_it_says_so_with_its_zone(
    manifest: bytes, made: datetime | None
) -> None:
    assert _made(manifest) == made


@each_row(
    ("age", "busy", "comes"),
    [
        (STALE_AFTER, False, Comes.WAITS),
        (STALE_AFTER + timedelta(microseconds=1), False, Comes.TO_HISTORY),
        (timedelta(0), True, Comes.TO_HISTORY),
    ],
)
def test_a_session_waits_here_for_twelve_hours_unless_another_one_does(
    age: timedelta, busy: bool, comes: Comes
) -> None:
    waiting = WaitingSession(Record(0, "", "Evening", NOW - age, uuid="a"), "", timedelta(0), NOW - age, ())
    assert comes_of(waiting, NOW, here=False, busy=busy) is comes
