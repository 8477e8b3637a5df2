"""`pumping-guide install-desktop`: the program among the computer's own, in one user's folders, and out of them."""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Final

from guide.answers import OK, complain
from guide.calling import APP_ID, COMMAND, called
from guide.language import _, reason
from guide.manual import texts
from guide.store.paths import Paths

LASTS: Final = 20.0  # seconds for one of the desktop's own tools
REFRESH: Final = (
    ("update-desktop-database", "applications"),
    ("update-mime-database", "mime"),
    ("gtk-update-icon-cache", "-q", "-t", "-f", "icons/hicolor"),
)


def run(parser: argparse.ArgumentParser, *, remove: bool, paths: Paths) -> int:
    """Put every file in its place, or take it out; what the desktop keeps of them is made anew."""
    if not sys.platform.startswith("linux"):
        return complain(_("This is for Linux: on Windows and macOS the installer does it."))
    share = share_of_the_user()
    try:
        for place, content in files(parser, window_command()):
            target = share / place
            if remove:
                target.unlink(missing_ok=True)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
    except OSError as error:
        return complain(_("{name} cannot be written: {reason}").format(name=error.filename, reason=reason(error)))
    for program, *words in REFRESH:
        if which(program) and (share / words[-1]).is_dir():
            subprocess.run([program, *words], cwd=share, timeout=LASTS, capture_output=True, check=False)  # noqa: S603
    if remove:
        done = _("It is removed from {folder}. Your routines and sessions stay in {data}.")
        print(done.format(folder=share, data=paths.data))
    else:
        done = _("Pumping Guide is among your programs now, in {folder}; '{command}' removes it again.")
        print(done.format(folder=share, command=f"{called()} install-desktop --remove"))
    return OK


def files(parser: argparse.ArgumentParser, command: str) -> Iterator[tuple[str, bytes]]:
    """Each file's place below `share`, and what is in it."""
    source = source_folder()
    entry = (source / f"{APP_ID}.desktop").read_text(encoding="utf-8")
    entry = entry.replace(f"Exec={COMMAND}-window", f"Exec={command}")
    program = shlex.split(command)[0]
    yield f"applications/{APP_ID}.desktop", entry.replace(f"TryExec={COMMAND}-window", f"TryExec={program}").encode()
    yield f"metainfo/{APP_ID}.metainfo.xml", (source / f"{APP_ID}.metainfo.xml").read_bytes()
    yield f"mime/packages/{APP_ID}.xml", (source / f"{APP_ID}.mime.xml").read_bytes()
    yield f"icons/hicolor/scalable/apps/{APP_ID}.svg", (source / f"{APP_ID}.svg").read_bytes()
    for icon in sorted((source / "icons").glob("*.png")):
        yield f"icons/hicolor/{icon.stem}x{icon.stem}/apps/{APP_ID}.png", icon.read_bytes()
    for place, text in texts(parser).items():
        yield place, text.encode()


def source_folder() -> Path:
    """Inside the package in a wheel or bundle, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "linux"
    return inside if inside.is_dir() else package.parent / "packaging" / "linux"


def share_of_the_user() -> Path:
    named = os.environ.get("XDG_DATA_HOME", "")
    return Path(named) if Path(named).is_absolute() else Path.home() / ".local" / "share"


def window_command() -> str:
    """What opens the window, by its whole path: a desktop has a PATH of its own."""
    if getattr(sys, "frozen", False):
        return quoted(Path(sys.executable))
    beside = Path(sys.executable).with_name(f"{COMMAND}-window")  # not resolved: the environment's own
    if beside.exists():
        return quoted(beside)
    return f"{quoted(Path(sys.executable))} -m guide"


def quoted(path: Path) -> str:
    """A word of an Exec line.

    >>> quoted(Path("/a folder/program"))
    '"/a folder/program"'
    """
    text = str(path).replace("%", "%%")
    return f'"{text}"' if any(letter in text for letter in " \t\"'\\$`<>~|&;*?#()") else text
