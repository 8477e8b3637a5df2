"""What a window needs from the computer, looked for before Qt gives up on it with a message of its own."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Mapping
from typing import Final

# What PySide6's wheel leaves to the system on Linux, by the Debian package that has it.
PACKAGES: Final = {
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
PACKAGES_OF_X: Final = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
_LIBRARY: Final = re.compile(r"(lib[\w.+-]+\.so[\w.]*)")


def trouble(environment: Mapping[str, str] | None = None) -> str | None:
    """A sentence on why no window can open here, or None."""
    if not sys.platform.startswith("linux"):
        return None
    environment = os.environ if environment is None else environment
    platform = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    on_x = platform == "xcb" or (not platform and not environment.get("WAYLAND_DISPLAY"))
    if on_x and not environment.get("DISPLAY"):
        return no_display()
    missing = _missing(PACKAGES | (PACKAGES_OF_X if on_x else {}))
    if missing:
        return install(missing)
    if on_x and not _display_answers():
        return no_display()
    return None


def no_display() -> str:
    return (
        "There is no display to open a window on. "
        "'pumping-guide play ROUTINE' guides a session in the terminal instead."
    )


def install(packages: list[str]) -> str:
    return (
        f"The window needs {'a library' if len(packages) == 1 else 'libraries'} that this system does not have yet; "
        f"on Debian or Ubuntu: sudo apt install {' '.join(packages)}. "
        "Until then, 'pumping-guide play ROUTINE' guides a session in the terminal."
    )


def explain(error: ImportError) -> str:
    """A sentence for a Qt that does not load."""
    found = _LIBRARY.search(str(error))
    if found:
        packages = PACKAGES | PACKAGES_OF_X
        return install([packages.get(found[1], found[1])])
    return f"Qt does not load here ({error}). 'pumping-guide play ROUTINE' guides a session in the terminal."


def _missing(packages: Mapping[str, str]) -> list[str]:
    missing: dict[str, None] = {}
    for library, package in packages.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.setdefault(package)
    return list(missing)


def _display_answers() -> bool:
    """Ask the X server as Qt will; it answers through a socket of this computer, or the one named in DISPLAY."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused
