"""What a window needs from the computer, looked for before Qt gives up on it with a message of its own."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from guide import packages
from guide.calling import in_the_terminal
from guide.language import _, ngettext

PATIENCE: Final = 5.0  # seconds for a display to answer
WITHOUT_A_SCREEN: Final = frozenset({"offscreen", "minimal"})
NEEDED: Final = {"xcb": packages.ON_X, "wayland": packages.ON_WAYLAND}
READ_LATER: Final = ("libgssapi_krb5.so.2", "libbrotlidec.so.1")  # by Qt's network half, once the window is painted
_held: list[Callable[[], object]] = []  # what ends the connection to the X server that asked whether it is there
ELSEWHERE: Final = {"win32": frozenset({"windows", "direct2d"}), "darwin": frozenset({"cocoa"})}


class DisplayPlace(NamedTuple):
    """
    Where a window can open: `platform` is Qt's name of it, empty for Qt's own choice.

    `notice` tells what was asked for and is not to be had; `trouble` why no window can open at all.
    """

    platform: str = ""
    notice: str = ""
    trouble: str = ""


def look(environment: Mapping[str, str] | None = None) -> DisplayPlace:
    """Find a place for the window: what QT_QPA_PLATFORM asks for, else Wayland or X, whichever answers."""
    environment = os.environ if environment is None else environment
    asked = [name for part in environment.get("QT_QPA_PLATFORM", "").split(";") if (name := part.strip())]
    if not sys.platform.startswith("linux"):
        return _on_another_system(asked)
    wanted = [*asked, *_usual(environment)]
    lacking: list[str] = []
    for name in wanted:
        if not _answers(name, environment):
            continue
        missing = lacks(name)
        if not missing and _opens(name):
            return _found(name, wanted, asked)
        lacking = lacking or missing
    if lacking:
        return DisplayPlace(trouble=install(lacking))
    return DisplayPlace(trouble=_no_window_on(";".join(asked)) if asked else no_display())


def trouble() -> str | None:
    """Why no window can open here, or None; where there is no display, what else would be missing is told too."""
    if not (why := look().trouble) or not sys.platform.startswith("linux"):
        return why or None
    lacking = lacks("offscreen")
    return why if not lacking or installed_by(lacking) in why else f"{why} {installed_by(lacking)}"


def lacks(platform: str) -> list[str]:
    """The libraries that a window on this platform of Qt's would miss."""
    plugin = _plugin(platform)
    if plugin and packages.lacked(plugin) is None and not packages.missing(READ_LATER):
        return []
    lacking = packages.missing((*packages.EVERYWHERE, *NEEDED.get(_kind(platform), ())))
    named = packages.lacked(plugin) if plugin and not lacking else None
    return lacking or ([named] if named else [])


def no_display() -> str:
    return _("There is no display to open a window on. '{command}' guides a session in the terminal instead.").format(
        command=in_the_terminal()
    )


def install(libraries: list[str]) -> str:
    """As `installed_by`, and what can be done until then."""
    way_out = _("Until then, '{command}' guides a session in the terminal.").format(command=in_the_terminal())
    return f"{installed_by(libraries)} {way_out}"


def installed_by(libraries: list[str]) -> str:
    """The one command that brings what is missing, or the names where no command is known."""
    if command := packages.command(libraries):
        what = ngettext(
            "The window needs a library that this system does not have yet; this installs it: {command}",
            "The window needs libraries that this system does not have yet; this installs them: {command}",
            len(libraries),
        ).format(command=command)
        return f"{what} ."  # the space keeps the full stop out of what is copied
    what = _("The window needs libraries that this system does not have yet: {libraries}").format(
        libraries=", ".join(libraries)
    )
    return f"{what}."


def explain(error: ImportError) -> str:
    """A sentence for a Qt that does not load."""
    if sys.platform.startswith("linux") and (library := packages.named_in(error)):
        return install(lacks("offscreen") or [library])
    return _("Qt does not load here ({error}). '{command}' guides a session in the terminal.").format(
        error=" ".join(str(error).split()), command=in_the_terminal()
    )


def unfurnished(error: Exception) -> str:
    """A sentence for a window that could not be furnished, with where it happened for whoever mends it."""
    from traceback import extract_tb

    if isinstance(error, ImportError) and packages.named_in(error):
        return explain(error)
    *_rest, last = extract_tb(error.__traceback__)
    return _("The window could not be made ready: {error} ({kind} in {file}, line {line}).").format(
        error=" ".join(str(error).split()), kind=type(error).__name__, file=Path(last.filename).name, line=last.lineno
    )


def _no_window_on(asked: str) -> str:
    return _(
        "QT_QPA_PLATFORM asks for {platform}, which opens no window here, and there is no other display. "
        "'{command}' guides a session in the terminal instead."
    ).format(platform=asked, command=in_the_terminal())


def _found(name: str, wanted: list[str], asked: list[str]) -> DisplayPlace:
    if name == wanted[0]:
        return DisplayPlace("" if asked or len(wanted) == 1 else name)
    what = f"QT_QPA_PLATFORM={';'.join(asked)}" if asked else "WAYLAND_DISPLAY"
    notice = _("{what} opens no window here, so the window opens on {platform}.").format(
        what=what, platform="X" if _kind(name) == "xcb" else "Wayland" if _kind(name) == "wayland" else name
    )
    return DisplayPlace(name, notice)


def _on_another_system(asked: list[str]) -> DisplayPlace:
    """Windows and macOS always have a display; a name that is not theirs would end the program."""
    native = ELSEWHERE.get(sys.platform, frozenset())
    if not asked or not native or any(_kind(name) in native | WITHOUT_A_SCREEN for name in asked):
        return DisplayPlace()
    usual = "windows" if "windows" in native else "cocoa"
    return DisplayPlace(usual, _("QT_QPA_PLATFORM={platform} opens no window here.").format(platform=";".join(asked)))


def _usual(environment: Mapping[str, str]) -> list[str]:
    """Qt's own order on Linux."""
    wayland = any(environment.get(name) for name in ("WAYLAND_DISPLAY", "WAYLAND_SOCKET"))
    return [*(["wayland"] if wayland else []), *(["xcb"] if environment.get("DISPLAY") else [])]


def _kind(platform: str) -> str:
    """
    The plugin's name, without the options that may follow.

    >>> _kind("wayland-egl"), _kind("xcb:name=value")
    ('wayland', 'xcb')
    """
    return platform.split(":", maxsplit=1)[0].removesuffix("-egl")


def _plugin(platform: str) -> Path | None:
    """The file of Qt's that opens windows on a platform."""
    found = find_spec("PySide6")
    if found is None or not found.submodule_search_locations:
        return None
    plugin = Path(found.submodule_search_locations[0]) / "Qt" / "plugins" / "platforms" / f"libq{_kind(platform)}.so"
    return plugin if plugin.exists() else None


def _answers(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether there is somebody at the other end; asked with a limit, because a display may be frozen."""
    match _kind(platform):
        case "xcb":
            return bool(environment.get("DISPLAY")) and _in_time(_x_answers)
        case "wayland":
            return "WAYLAND_SOCKET" in environment or _wayland_answers(environment)
        case _:
            return True


def _x_answers() -> bool:
    """Ask the X server as Qt will; it answers through a socket of this computer, or the one named in DISPLAY."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # the library is named as missing later
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = bool(xcb.xcb_connection_has_error(connection))
    _held.append(lambda: xcb.xcb_disconnect(connection))
    return not refused


def let_go() -> None:
    """
    End the connection that asked, once Qt has its own.

    An X server whose last client leaves starts anew: a login screen's or a bare one would keep Qt waiting for 30 ms.
    """
    while _held:
        _held.pop()()


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    """Send the protocol's `sync` request and wait for the first bytes of its answer."""
    import socket  # only on Wayland

    name = Path(environment.get("XDG_RUNTIME_DIR", "/")) / environment.get("WAYLAND_DISPLAY", "wayland-0")
    sync = b"".join(word.to_bytes(4, sys.byteorder) for word in (1, 12 << 16, 2))
    try:
        with socket.socket(socket.AF_UNIX) as display:
            display.settimeout(PATIENCE)
            display.connect(str(name))
            display.sendall(sync)
            return bool(display.recv(1))
    except (OSError, ValueError):
        return False


def _in_time(question: Callable[[], bool]) -> bool:
    said: list[bool] = []
    asking = threading.Thread(target=lambda: said.append(question()), daemon=True)
    asking.start()
    asking.join(PATIENCE)
    return any(said)


def _opens(platform: str) -> bool:
    """Whether Qt gets on with a platform that is none of the usual ones: tried in a child, because Qt aborts."""
    if _kind(platform) in {"xcb", "wayland", *WITHOUT_A_SCREEN}:
        return True
    return _plugin(platform) is not None and _child_opens(platform)


def _child_opens(platform: str) -> bool:
    child = os.fork()
    if child == 0:
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            from PySide6.QtGui import QGuiApplication, QRasterWindow

            trial = QGuiApplication(["trial", "-platform", platform])
            window = QRasterWindow()
            window.show()
            trial.processEvents()
            os._exit(0 if trial.screens() and window.isVisible() else 1)
        finally:
            os._exit(1)
    over = time.monotonic() + PATIENCE
    while time.monotonic() < over:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status == 0
        time.sleep(0.01)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return False
