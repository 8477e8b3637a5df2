"""Makes the catalogues of guide/locale (.mo of .po) when a wheel is built or the folder is installed editable."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MADE: Final = datetime(1980, 1, 1, tzinfo=UTC)  # Babel writes the minute of the build, by which two wheels would differ


class Catalogues(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        del version
        for written in sorted(Path(self.root, "guide", "locale").glob("*/LC_MESSAGES/*.po")):
            made = written.with_suffix(".mo")
            with written.open("rb") as source:
                catalogue = read_po(source)
            catalogue.creation_date = MADE
            with made.open("wb") as target:
                write_mo(target, catalogue)
            build_data["artifacts"].append(f"/{made.relative_to(self.root).as_posix()}")
