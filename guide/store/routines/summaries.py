"""What the cards show, kept in a file so that routines that did not change are not read again."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from guide import __version__
from guide.language import _
from guide.store.files import MOST_BYTES, NotAFileError, keep_aside, read_ordinary, write_whole
from guide.store.routines.entry import (
    Found,
    Stamp,
    Summary,
    entry_of,
    own_sounds,
    summary_from_json,
    summary_of,
    summary_to_json,
)

_FORM: Final = 2


class Summaries:
    """Kept in the file `cache`, nowhere without one; `on_trouble` is told in a sentence when that was no such file."""

    def __init__(self, cache: Path | None, *, on_trouble: Callable[[str], None]) -> None:
        self._cache = cache
        self._on_trouble = on_trouble
        self._held: dict[str, Any] | None = None  # what stands in the file; None until it is read
        self._known: dict[Found, Summary] = {}

    def of(self, found: Iterable[Found]) -> list[Summary]:
        """One for each; a file that is as it was the last time is not read again."""
        summaries: list[Summary] = []
        known: dict[Found, Summary] = {}
        for one in found:
            summary = self._known.get(one) or self._held_of(one)
            if summary is None:
                entry = entry_of(one)
                summary = summary_of(entry)
                # What the answer rests on must be this file alone: a sound beside it may come and go.
                lasts = one.stamp is not None and entry.routine is not None and not own_sounds(entry.routine)
            else:
                lasts = True
            summaries.append(summary)
            if lasts:
                known[one] = summary
        if known != self._known:
            self._known = known
            self._keep({str(one.path): _as_held(one.stamp, summary) for one, summary in known.items() if one.stamp})
        return summaries

    def _held_of(self, one: Found) -> Summary | None:
        if self._held is None:
            self._held = self._kept()
        held = self._held.get(str(one.path))
        if one.stamp and isinstance(held, dict) and held.get("stamp") == list(one.stamp):
            return summary_from_json(held, one)
        return None

    def _kept(self) -> dict[str, Any]:
        if self._cache is None:
            return {}
        held: Any = None
        try:
            data = read_ordinary(self._cache, 64 * MOST_BYTES)
            if len(data) <= 64 * MOST_BYTES:
                held = json.loads(data)
        except NotAFileError:
            pass
        except OSError:
            return {}
        except (ValueError, RecursionError):
            pass
        match held:
            case {"made_by": [int(form), str(version)], "routines": dict(routines)} if form <= _FORM:
                return routines if [form, version] == [_FORM, __version__] else {}
            case _:
                self._made_anew(self._cache)
                return {}

    def _made_anew(self, cache: Path) -> None:
        aside = keep_aside(cache)
        kept = _(" The old file is kept as {name}.").format(name=aside.name) if aside else ""
        self._on_trouble(
            _("What was kept to show your routines sooner could not be read and is made anew.{kept}").format(kept=kept)
        )

    def _keep(self, held: dict[str, Any]) -> None:
        if self._cache is not None and held != self._held:
            whole = {"made_by": [_FORM, __version__], "routines": held}
            with contextlib.suppress(OSError):
                write_whole(self._cache, json.dumps(whole).encode("ascii"))
                self._held = held


def _as_held(stamp: Stamp, summary: Summary) -> dict[str, Any]:
    return {"stamp": list(stamp), **summary_to_json(summary)}
