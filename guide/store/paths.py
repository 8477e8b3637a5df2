"""Where the program keeps its files: the platform's folders, or all under one with `--home`."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Final, NamedTuple

from guide.language import _

APP: Final = "pumping-guide"
LONGEST_SOCKET: Final = 90  # a local socket's path is held in 104 bytes on macOS


class Paths(NamedTuple):
    """
    Nothing is made by naming it: who writes a file first makes its folder with `made`.

    >>> Paths.of(Path("here")).own_routines.as_posix().endswith("here/data/routines")
    True
    """

    data: Path
    config: Path
    cache: Path
    runtime: Path

    @classmethod
    def of(cls, home: Path | None = None) -> Paths:
        """
        The platform's folders for this user, or four folders under `home`.

        Raises LookupError with a sentence where the system knows no home of this user, or of the one named.
        """
        try:
            return cls._found(home)
        except RuntimeError as error:
            raise LookupError(_("the system names no home folder for your files; name one with --home DIR")) from error

    @classmethod
    def _found(cls, home: Path | None) -> Paths:
        if home is not None:
            base = Path(home).expanduser().absolute()
            return cls(base / "data", base / "config", base / "cache", base / "run")
        from platformdirs import PlatformDirs  # only where no `--home` is given

        folders = PlatformDirs(APP, appauthor=False)
        runtime = os.environ.get("XDG_RUNTIME_DIR", "")
        return cls(
            folders.user_data_path,
            folders.user_config_path,
            folders.user_cache_path,
            Path(runtime) / APP if os.path.isabs(runtime) else folders.user_cache_path / "run",  # noqa: PTH117  a text
        )

    @property
    def own_routines(self) -> Path:
        return self.data / "routines"

    @property
    def trash(self) -> Path:
        """Routines deleted, until the deletion is undone."""
        return self.data / "trash"

    @property
    def log(self) -> Path:
        """The session log, an SQLite database."""
        return self.data / "sessions.db"

    @property
    def words(self) -> Path:
        """Her takes for hands-free, as numbers."""
        return self.data / "words.npz"

    @property
    def drafts(self) -> Path:
        """What was being edited when the program ended without saving."""
        return self.data / "drafts"

    @property
    def settings(self) -> Path:
        return self.config / "settings.json"

    @property
    def places(self) -> Path:
        """The folders that Qt's own file dialog has shown; the name is Qt's."""
        return self.config / "QtProject.conf"

    @property
    def voices(self) -> Path:
        """Prompts rendered to audio files."""
        return self.cache / "voices"

    @property
    def recordings(self) -> Path:
        """Voices that someone recorded: hers, like her routines."""
        return self.data / "voices"

    @property
    def matches(self) -> Path:
        """What the columns of other programs' files are, as she said."""
        return self.data / "columns.json"

    @property
    def summaries(self) -> Path:
        return self.cache / "routines.json"

    @property
    def told(self) -> Path:
        """What was told of this computer's sound, and need not be at each start."""
        return self.cache / "told"

    def holds(self, file: Path) -> bool:
        """Whether a file would stand in the program's own folders, whatever leads there."""
        try:
            place = file.resolve().parent
        except (OSError, RuntimeError):  # a loop of links, before Python 3.13: whoever writes it tells so
            return False
        own = (self.data, self.config, self.cache)
        return any(_is_the_same(one, folder) for one in (place, *place.parents) for folder in own)

    def erase_files(self) -> bool:
        """
        Delete what is hers and is kept in files, damaged ones that were set aside too; whether all of it is gone.

        The log, the settings and the words in use are erased by who keeps them.
        """
        from shutil import rmtree  # nothing of a start

        from guide.standing import is_there

        folders = (self.own_routines, self.trash, self.drafts, self.voices, self.recordings)
        files = [
            self.matches,
            self.summaries,
            self.told,
            self.places,
            *self.data.glob("*.damaged-*"),
            *self.config.glob("*.damaged-*"),
        ]
        for folder in folders:
            rmtree(folder, ignore_errors=True)
        for file in files:
            with contextlib.suppress(OSError):
                file.unlink()
        return not any(map(is_there, (*folders, *files)))

    @property
    def socket(self) -> Path:
        """Where a second start finds the first window."""
        return self.runtime / "window"


def _is_the_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def made(folder: Path) -> bool:
    """Make the folder, for this user's eyes only where it is new; False where that is not possible."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return False
    return True


def builtin_folder() -> Path:
    """The built-in routines: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "routines"
    return inside if inside.is_dir() else package.parent / "routines"
