"""A kind, a setting, a page of Learn and an input device added in a test: what forgets one of them fails here."""

from __future__ import annotations

import dataclasses
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from mypy import api as mypy
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from evenings import SHORT, Evening, go
from guide.core.routine import DRAWINGS, Kind
from guide.kit.icons import GLYPHS, kind_icon
from guide.kit.motion.geometry import MOTIONS
from guide.kit.theme import KINDS, LIGHT, NIGHT
from guide.live.intents import GoOn, Intent
from guide.pages.editor.completion import KINDS_SAID
from guide.pages.editor.form import CHIMES
from guide.pages.learn import desk as learning
from guide.pages.learn.page import LearnPage
from guide.sound import chimes
from guide.store import settings as settings_module
from guide.store.glance import switch
from guide.store.paths import Paths
from guide.store.settings import READS, Settings, load, save
from guide.terminal.screen import COLOURS

ROOT = Path(__file__).parents[1]


def coloured(theme: object) -> Callable[[str], bool]:
    def has(kind: str) -> bool:
        try:
            return bool(theme.fill(kind) and theme.ink(kind))  # type: ignore[attr-defined]
        except (KeyError, AttributeError):
            return False

    return has


# every table that names kinds
TABLES: dict[str, Callable[[str], bool]] = {
    "KINDS of guide/kit/theme.py": KINDS.__contains__,
    "the night's colours": coloured(NIGHT),
    "the light's colours": coloured(LIGHT),
    "guide/kit/glyphs/": lambda kind: (GLYPHS / f"{kind_icon(kind)}.svg").is_file(),
    "the chimes": lambda kind: kind in chimes._TUNES,
    "the chimes that the editor offers": lambda kind: kind in dict(CHIMES),
    "what the editor says of it": KINDS_SAID.__contains__,
    "DRAWINGS of guide/core/routine.py": lambda kind: any(kind == known.value for known in DRAWINGS),
    "the terminal's colours": lambda kind: any(kind == known.value for known in COLOURS),
}


def forgotten(kinds: Iterable[str]) -> list[str]:
    return [f"{kind} in {table}" for kind in kinds for table, has in TABLES.items() if not has(kind)]


def test_every_table_knows_every_kind() -> None:
    assert forgotten(kind.value for kind in Kind) == []
    assert {drawing.value for drawing in DRAWINGS.values()} <= set(MOTIONS)


def test_a_kind_that_the_tables_do_not_know_is_missed_in_each_of_them() -> None:
    assert forgotten(["warm"]) == [f"warm in {table}" for table in TABLES]


def test_a_kind_without_a_name_fails_the_type_checker(tmp_path: Path) -> None:
    for name in ("__init__.py", "compat.py"):
        (tmp_path / "guide").mkdir(exist_ok=True)
        (tmp_path / "guide" / name).write_text((ROOT / "guide" / name).read_text(encoding="utf-8"), encoding="utf-8")
    shutil.copytree(ROOT / "guide" / "core", tmp_path / "guide" / "core", ignore=shutil.ignore_patterns("__pycache__"))
    kinds = tmp_path / "guide" / "core" / "kinds.py"
    text = kinds.read_text(encoding="utf-8")
    kinds.write_text(text.replace('    REST = "rest"\n', '    REST = "rest"\n    WARM = "warm"\n', 1), encoding="utf-8")
    cache, naming = tmp_path / "cache", tmp_path / "guide" / "core" / "naming.py"
    told, _, _ = mypy.run(["--strict", f"--cache-dir={cache}", "--config-file=", str(naming)])
    assert re.search(r"naming\.py:\d+: error: Missing return statement", told), told


@dataclasses.dataclass(frozen=True, slots=True)
class More(Settings):
    warm: bool = False


def test_a_setting_with_its_row_is_kept_and_one_without_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    monkeypatch.setattr(settings_module, "Settings", More)
    save(path, More(warm=True))
    _, told = load(path)
    assert any("warm" in sentence for sentence in told)
    monkeypatch.setattr(settings_module, "READS", {**READS, "warm": switch})
    save(path, More(warm=True))
    kept, told = load(path)
    assert kept == More(warm=True)
    assert told == []


@pytest.fixture
def night(tmp_path: Path, qtbot: QtBot) -> Iterable[Evening]:
    paths = Paths.of(tmp_path)
    paths.own_routines.mkdir(parents=True)
    (paths.own_routines / "short.yaml").write_text(SHORT, encoding="utf-8")
    save(paths.settings, Settings(full_screen_at_start=False, voice="embedded"))
    evening = Evening(paths, qtbot).begin()
    yield evening
    evening.end()


def test_a_page_of_learn_is_one_file(night: Evening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "learn"
    shutil.copytree(learning.FOLDER, folder)
    (folder / "99-warm-hands.md").write_text("# Warm hands\n\nA warm cloth helps.\n", encoding="utf-8")
    monkeypatch.setattr(learning, "FOLDER", folder)
    learning._texts.cache_clear()
    try:
        night.made.desk.learning.show("warm-hands")
        page = night.page(LearnPage)
        assert page.contents._buttons["warm-hands"].text() == "Warm hands"
    finally:
        learning._texts.cache_clear()


class Bell(QObject):
    """A device: it is rung, and asks to go on."""

    asked = Signal(object)

    def ring(self) -> None:
        wanted: Intent = GoOn()
        self.asked.emit(wanted)


def test_a_device_is_one_object_that_asks(night: Evening) -> None:
    bell = Bell()
    bell.asked.connect(night.made.desk.session.take)
    go(night)
    assert night.readout.title == "Massage"
    night.pass_time(5)
    bell.ring()
    assert night.readout.title == "Pump"


# what CONTRIBUTING.md says


def test_every_file_that_contributing_names_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:guide|tests|docs|routines|\.ci)/[\w./-]*|\w+\.(?:md|txt|toml))`", text))
    named |= set(re.findall(r"\]\(([^)#]+)\)", text))
    assert len(named) > 20
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
    commands = re.findall(r"pytest (tests/\S+)", text)
    assert [name for name in commands if not (ROOT / name).exists()] == []


def test_every_room_that_the_picture_of_the_house_names_is_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    tree = text.split("```")[1]
    rooms = re.findall(r"(?m)^\s*([\w/]+)/ ", tree)
    missing = [room for room in rooms if not any((ROOT / base / room).is_dir() for base in BASES)]
    assert len(rooms) > 12
    assert missing == []


BASES = ("", "guide", "guide/store", "guide/sound", "guide/kit", "guide/pages")
