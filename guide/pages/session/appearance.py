"""How the session page looks for as long as a session lasts: her photos, how dark it is, and the whole screen."""

from __future__ import annotations

from collections.abc import Callable

from guide.language import _
from guide.pages.session.options import is_night, options_of
from guide.pages.session.page import SessionPage
from guide.tools import Tools


class Appearance:
    """Photos that she hid stay hidden in the next session; what she dimmed, and the whole screen, end with this one."""

    def __init__(self, tools: Tools, page: Callable[[], SessionPage]) -> None:
        self._tools = tools
        self._page = page
        self._photo_shown = True
        self._dimmed = False
        self._night = False
        self._was_full_screen = False
        self._speed = 1.0
        self._kept = True

    def begin(self, *, speed: float, kept: bool) -> None:
        """A session begins at `speed`; `kept` says that it is one for the log, not a try-out."""
        self._dimmed = False
        self._speed, self._kept = speed, kept
        self.show()

    def fill_screen(self) -> None:
        """Take the whole screen if she wants that at a start; a try-out leaves the window as it is."""
        window = self._tools.window
        self._was_full_screen = window.isFullScreen()
        if self._tools.preferences.settings.full_screen_at_start and self._kept:
            window.fill_screen(filled=True)

    def end(self) -> None:
        """Give the whole screen back, unless the window had it before."""
        if self._tools.window.isFullScreen() and not self._was_full_screen:
            self._tools.window.fill_screen(filled=False)

    def show(self) -> None:
        """Hand her settings to the page, with what was chosen in this session."""
        tools = self._tools
        settings, now = tools.preferences.settings, tools.now()
        self._night = is_night(settings, now)
        self._page().show_options(
            options_of(
                settings,
                now,
                photo_shown=self._photo_shown,
                dimmed=self._dimmed,
                speed=self._speed,
                kept=self._kept,
                lost=tools.log.why_lost,
            )
        )

    def heed_the_hour(self) -> None:
        """Her quiet hours may begin or end in the middle of a session."""
        if is_night(self._tools.preferences.settings, self._tools.now()) is not self._night:
            self.show()

    def dim(self, share: float) -> None:
        self._dimmed = True
        self._tools.preferences.change(dim_level=share)

    def show_photos_or_not(self) -> None:
        """Where nothing is seen of it, a sentence says what came of it."""
        settings, page = self._tools.preferences.settings, self._page()
        there = bool(settings.photos) and settings.photos_shown
        self._photo_shown ^= there
        self.show()
        if not there:
            page.show_message(_("No photo is chosen. Settings has a place for them."))
        elif not page.has_room_for_photos:
            shown = _("Your photos show while you pump or rest.")
            page.show_message(shown if self._photo_shown else _("Your photos stay hidden."))
