"""Keeps the screen awake while a session runs, where the computer lets us."""

from __future__ import annotations

import contextlib
import logging
from typing import Any

from guide.language import _

log = logging.getLogger(__name__)


class Awake:
    """`begin` and `end` may be called in any order and number; `active` tells whether the computer agreed."""

    def __init__(self) -> None:
        self._held: contextlib.ExitStack | None = None
        self.active = False

    @property
    def sentence(self) -> str:
        """Whether the screen stays on, for the settings page."""
        if self._held is None:
            return _("The screen is kept on while a session runs, where the computer lets us.")
        return _("The screen is kept on.") if self.active else _("This computer does not let us keep the screen on.")

    def begin(self) -> None:
        if self._held is not None:
            return
        self._held = contextlib.ExitStack()
        try:
            from wakepy import keep  # noqa: PLC0415  not before a session needs it

            mode: Any = self._held.enter_context(keep.presenting(on_fail="pass"))
            self.active = bool(mode.active)
        except Exception:
            log.info("the screen cannot be kept awake", exc_info=True)

    def end(self) -> None:
        held, self._held = self._held, None
        self.active = False
        if held is not None:
            with contextlib.suppress(Exception):
                held.close()
