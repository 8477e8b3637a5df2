"""What the wheel is made with: the same files give the same catalogues, whenever it is made."""

from __future__ import annotations

import datetime as dt
import gettext
import importlib.util
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from babel.messages import catalog

from guide.compat import override

ROOT = Path(__file__).parents[1]
INTERFACE = "hatchling.builders.hooks.plugin.interface"
WRITTEN = """
msgid ""
msgstr ""
"Language: de\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Rest"
msgstr "Ruhe"
"""


@pytest.fixture
def building(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The project's step of the build; hatchling itself is only there while a wheel is made."""
    stand_in = ModuleType(INTERFACE)
    vars(stand_in)["BuildHookInterface"] = SimpleNamespace
    monkeypatch.setitem(sys.modules, INTERFACE, stand_in)
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_catalogues_made_at_two_moments_are_the_same_file(
    building: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[bytes] = []
    for year in (2026, 2031):

        class Now(dt.datetime):
            @classmethod
            @override
            def now(cls, tz: dt.tzinfo | None = None, *, year: int = year) -> Now:
                return cls(year, 3, 1, 12, 30, tzinfo=tz)

        monkeypatch.setattr(catalog, "datetime", SimpleNamespace(datetime=Now, time=dt.time))
        folder = tmp_path / str(year) / "guide" / "locale" / "de" / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "guide.po").write_text(WRITTEN, encoding="utf-8")
        told: dict[str, list[str]] = {"artifacts": []}
        building.Catalogues(root=str(tmp_path / str(year))).initialize("standard", told)
        assert told == {"artifacts": ["/guide/locale/de/LC_MESSAGES/guide.mo"]}
        made.append((folder / "guide.mo").read_bytes())
        assert gettext.translation("guide", folder.parents[1], ["de"]).gettext("Rest") == "Ruhe"
    assert made[0] == made[1]
