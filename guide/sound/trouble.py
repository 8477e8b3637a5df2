"""What can be the matter with the sound, and who is told of it: each kind once, taken back when a sound is heard."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from guide.language import _


class Trouble(Enum):
    """What can be the matter, and the sentence that says so."""

    NO_PLAYER = "no player"
    NO_DEVICE = "no device"
    STUCK = "stuck"
    FILE = "file"

    def sentence(self, platform: str) -> str:
        match self:
            case Trouble.NO_PLAYER if platform.startswith("linux"):
                return _(
                    "Nothing here can play sound yet. Installing one package is enough: alsa-utils on "
                    "Debian, Ubuntu, Fedora and Arch. The words on the screen go on."
                )
            case Trouble.NO_PLAYER:
                return _("Nothing here can play sound. The words on the screen go on.")
            case Trouble.NO_DEVICE:
                return _(
                    "No sound can be heard: there is no speaker or headphone ready. The words on the screen go on."
                )
            case Trouble.STUCK:
                return _(
                    "The computer’s sound system does not answer, as if it were frozen: starting it anew helps, or "
                    "the computer. The words on the screen go on."
                )
            case Trouble.FILE:
                return _("One of the sounds cannot be played here. Everything else goes on.")


class Troubles:
    """`now` is the sentence for what is the matter, None once a sound has been played; used by the player's thread."""

    def __init__(
        self,
        *,
        on_trouble: Callable[[str], None],
        on_mended: Callable[[str], None],
        on_heard: Callable[[], None],
        platform: str,
    ) -> None:
        self.now: str | None = None
        self._on_trouble = on_trouble
        self._on_mended = on_mended
        self._on_heard = on_heard
        self._platform = platform
        self._told: set[Trouble] = set()
        self._heard = False

    def tell(self, trouble: Trouble) -> None:
        self.now = trouble.sentence(self._platform)
        self._heard = self._heard and trouble is Trouble.FILE
        if trouble not in self._told:
            self._told.add(trouble)
            self._on_trouble(self.now)

    def take_back(self) -> None:
        """A sound was heard, so the device is there again; a file that cannot be played stays one."""
        self.now = None
        for trouble in self._told - {Trouble.FILE}:
            self._told.discard(trouble)
            self._on_mended(trouble.sentence(self._platform))
        if not self._heard:
            self._heard = True
            self._on_heard()
