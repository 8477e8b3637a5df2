"""What Qt's wheel leaves to a Linux system: each library, and the package that has it. The standard library only."""

from __future__ import annotations

import ctypes
import os
import re
import shlex
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

# The names of apt were tried on bare systems; those of dnf, pacman and zypper are read in their lists.
TABLE: Final = """
for      library                  apt                    dnf                  pacman               zypper
all      libglib-2.0.so.0         libglib2.0-0           glib2                glib2                libglib-2_0-0
all      libgthread-2.0.so.0      libglib2.0-0           glib2                glib2                libgthread-2_0-0
all      libEGL.so.1              libegl1                libglvnd-egl         libglvnd             libglvnd
all      libGL.so.1               libgl1                 libglvnd-glx         libglvnd             libglvnd
all      libX11.so.6              libx11-6               libX11               libx11               libX11-6
all      libdbus-1.so.3           libdbus-1-3            dbus-libs            dbus                 libdbus-1-3
all      libfontconfig.so.1       libfontconfig1         fontconfig           fontconfig           libfontconfig1
all      libfreetype.so.6         libfreetype6           freetype             freetype2            libfreetype6
all      libxkbcommon.so.0        libxkbcommon0          libxkbcommon         libxkbcommon         libxkbcommon0
all      libgssapi_krb5.so.2      libgssapi-krb5-2       krb5-libs            krb5                 krb5
all      libbrotlidec.so.1        libbrotli1             libbrotli            brotli               libbrotlidec1
all      libzstd.so.1             libzstd1               libzstd              zstd                 libzstd1
x        libX11-xcb.so.1          libx11-xcb1            libX11-xcb           libx11               libX11-xcb1
x        libxkbcommon-x11.so.0    libxkbcommon-x11-0     libxkbcommon-x11     libxkbcommon-x11     libxkbcommon-x11-0
x        libxcb.so.1              libxcb1                libxcb               libxcb               libxcb1
x        libxcb-cursor.so.0       libxcb-cursor0         xcb-util-cursor      xcb-util-cursor      libxcb-cursor0
x        libxcb-icccm.so.4        libxcb-icccm4          xcb-util-wm          xcb-util-wm          libxcb-icccm4
x        libxcb-image.so.0        libxcb-image0          xcb-util-image       xcb-util-image       libxcb-image0
x        libxcb-keysyms.so.1      libxcb-keysyms1        xcb-util-keysyms     xcb-util-keysyms     libxcb-keysyms1
x        libxcb-render-util.so.0  libxcb-render-util0    xcb-util-renderutil  xcb-util-renderutil  libxcb-render-util0
x        libxcb-util.so.1         libxcb-util1           xcb-util             xcb-util             libxcb-util1
x        libxcb-randr.so.0        libxcb-randr0          libxcb               libxcb               libxcb-randr0
x        libxcb-render.so.0       libxcb-render0         libxcb               libxcb               libxcb-render0
x        libxcb-shape.so.0        libxcb-shape0          libxcb               libxcb               libxcb-shape0
x        libxcb-shm.so.0          libxcb-shm0            libxcb               libxcb               libxcb-shm0
x        libxcb-sync.so.1         libxcb-sync1           libxcb               libxcb               libxcb-sync1
x        libxcb-xfixes.so.0       libxcb-xfixes0         libxcb               libxcb               libxcb-xfixes0
x        libxcb-xkb.so.1          libxcb-xkb1            libxcb               libxcb               libxcb-xkb1
wayland  libwayland-client.so.0   libwayland-client0     libwayland-client    wayland              libwayland-client0
wayland  libwayland-cursor.so.0   libwayland-cursor0     libwayland-cursor    wayland              libwayland-cursor0
wayland  libwayland-egl.so.1      libwayland-egl1        libwayland-egl       wayland              libwayland-egl1
"""
_HEAD, *_ROWS = (line.split() for line in TABLE.strip().splitlines())
PACKAGES: Final = {row[1]: dict(zip(_HEAD[2:], row[2:], strict=True)) for row in _ROWS}
EVERYWHERE: Final = tuple(row[1] for row in _ROWS if row[0] == "all")
ON_X: Final = tuple(row[1] for row in _ROWS if row[0] == "x")
ON_WAYLAND: Final = tuple(row[1] for row in _ROWS if row[0] == "wayland")

WHERE: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"  # a PATH where nobody said one
_NAMED: Final = re.compile(r"(lib[\w.+-]+\.so[\w.]*)")


class Manager(NamedTuple):
    """A distribution's own way to install: the column of the table, and the words before the packages' names."""

    column: str
    install: tuple[str, ...]
    refresh: tuple[tuple[str, ...], ...] = ()  # commands to run first


MANAGERS: Final = (
    Manager("apt", ("apt-get", "install", "-y", "--no-install-recommends"), (("apt-get", "update", "-qq"),)),
    Manager("dnf", ("dnf", "install", "-y")),
    Manager("pacman", ("pacman", "-S", "--needed", "--noconfirm")),
    Manager("zypper", ("zypper", "--non-interactive", "install")),
)


def manager() -> Manager | None:
    """The one of this system; a system of none of the four families has none that is known here."""
    return next((found for found in MANAGERS if is_there(found.install[0])), None)


def is_there(program: str) -> bool:
    from shutil import which  # only where something is missing

    return which(program, path=os.environ.get("PATH") or WHERE) is not None


def missing(libraries: Iterable[str]) -> list[str]:
    """
    The libraries that do not load here, in their order.

    A library that is there and lacks another one counts as the other one: what the loader names is what is missing.
    """
    lacking: dict[str, None] = {}
    for library in libraries:
        if (name := lacked(library)) is not None:
            lacking.setdefault(name)
    return list(lacking)


def lacked(library: str | Path) -> str | None:
    """The name of what is missing when a library is loaded; None if it loads."""
    try:
        ctypes.CDLL(str(library))
    except OSError as error:
        if beside := _in_the_bundle(library):
            return lacked(beside)
        return named_in(error) or Path(library).name
    return None


def named_in(error: Exception) -> str | None:
    """The library that a loader's message is about."""
    found = _NAMED.search(str(error))
    return found[1] if found else None


def _in_the_bundle(library: str | Path) -> Path | None:
    """A bundle brings libraries that the loader does not find by their bare name."""
    folder = getattr(sys, "_MEIPASS", None)
    if folder is None or Path(library).is_absolute():
        return None
    beside = Path(folder) / library
    return beside if beside.exists() else None


def packages_of(libraries: Iterable[str], column: str) -> list[str]:
    """The packages to install, each once; a library nobody knows stands for itself."""
    return list(dict.fromkeys(PACKAGES.get(library, {}).get(column, library) for library in libraries))


def command(libraries: Iterable[str]) -> str | None:
    """One command that installs what has these libraries, as it can be typed on this system; None without a manager."""
    found = manager()
    return as_typed((*found.install, *packages_of(libraries, found.column))) if found else None


def as_typed(words: tuple[str, ...]) -> str:
    """A command for root: as it is for root, else through sudo, and through su where there is no sudo."""
    text = shlex.join(words)
    if os.geteuid() == 0:
        return text
    return f"sudo {text}" if can_become_root() else f"su -c {shlex.quote(text)}"


def can_become_root() -> bool:
    return os.geteuid() == 0 or is_there("sudo")
