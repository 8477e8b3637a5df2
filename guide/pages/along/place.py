"""Where sound files go: the folder she chose, or one of the program's own among her music."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths

from guide.kit.file_dialog import at_home
from guide.standing import is_folder

OURS: Final = "Pumping Guide"
AMONG: Final = (QStandardPaths.StandardLocation.MusicLocation, QStandardPaths.StandardLocation.DocumentsLocation)


def folder_for_sounds(chosen: str) -> Path:
    """
    Where she wants them, while that is there; else a folder of ours among her music or her documents.

    Never the home folder itself, which is what a system tells that has no folder for music. It may have to be made.
    """
    if chosen and is_folder(Path(chosen)):
        return Path(chosen)
    told = [Path(place) for kind in AMONG if (place := QStandardPaths.writableLocation(kind))]
    own = [path for path in told if path != at_home()]
    return next(filter(is_folder, own), own[0] if own else at_home()) / OURS


def folder_words(folder: Path) -> str:
    """Its last two names, without those that lead to her home.

    >>> folder_words(at_home() / "Music" / "Pumping Guide"), folder_words(at_home() / "Music")
    ('Music, Pumping Guide', 'Music')
    """
    try:
        names = folder.relative_to(at_home()).parts
    except ValueError:
        names = folder.parts
    return ", ".join(names[-2:]) or str(folder)


@contextmanager
def made_where_missing(folder: Path) -> Iterator[None]:
    """The folder is there within; where what is done there comes to nothing, what had to be made of it goes again."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        with suppress(OSError):  # something else is in it by now
            for path in missing:
                path.rmdir()
        raise
