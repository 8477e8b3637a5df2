#!/usr/bin/env python3
"""
Starts Pumping Guide from this folder, on any computer with Python 3.11 or later.

    python3 start.py [arguments of the program]
    python3 start.py test [arguments of pytest]

The first time it makes an environment in the folder .venv and installs the program's needs into it. What the system
itself lacks it installs too, after asking, or names in one command; with --yes as the first word it does not ask.
"""

import os
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
WINDOWS = sys.platform == "win32"
SAID_EVERY = 20  # seconds
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


def main(words: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036  the oldest that the program runs on is not the oldest that starts this
        sys.exit("start.py: this needs Python 3.11 or later, and here it is {}.{}".format(*sys.version_info[:2]))
    yes = words[:1] == ["--yes"]
    words = words[yes:]
    testing = words[:1] == ["test"]
    shown = [] if testing else [name for name in ("DISPLAY", "WAYLAND_DISPLAY") if os.environ.get(name)]
    system = "-".join(["system", *(["TESTS"] if testing else shown)])
    complete = is_done(system) or bring_packages(shown, testing=testing, yes=yes)
    if not is_done("tests" if testing else "program"):
        make_environment(testing=testing)
        mark_done("program", *(["tests"] if testing else []))
    if complete and not is_done(system):
        mark_done(system)
    return run(["-m", "pytest", *words[1:]] if testing else ["-m", "guide", *words], testing=testing)


def is_done(part: str) -> bool:
    """Whether an earlier start saw to this part, with the same files, Python and folder."""
    note = VENV / f"ready-{part}"
    return PYTHON.exists() and note.exists() and note.read_bytes() == state()


def mark_done(*parts: str) -> None:
    for part in parts:
        (VENV / f"ready-{part}").write_bytes(state())


def state() -> bytes:
    files = [(HERE / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")]
    words = [str(po.stat().st_mtime_ns) for po in sorted(HERE.glob("guide/locale/*/*/*.po"))]  # made into .mo
    return b"\n".join([*files, *(os.fsencode(str(word)) for word in (sys.version, HERE, *words))])


def bring_packages(shown: list[str], *, testing: bool, yes: bool) -> bool:
    """Bring Python's own way to make environments, and what Qt needs; whether all is there then."""
    if not sys.platform.startswith("linux"):
        return True
    from guide import packages  # read by the Pythons that the program runs on

    wanted = packages.EVERYWHERE if testing or shown else ()
    wanted += packages.ON_X if "DISPLAY" in shown else ()
    wanted += packages.ON_WAYLAND if "WAYLAND_DISPLAY" in shown else ()
    libraries = packages.missing(wanted)
    no_venv = not PYTHON.exists() and find_spec("ensurepip") is None
    if not (libraries or no_venv):
        return True
    if (manager := packages.manager()) is None:
        lacking = ", ".join([*(["ensurepip"] if no_venv else []), *libraries])
        say(f"This system lacks {lacking}, and its way to install them is not known here.")
    else:
        names = [*(["python3-venv"] if no_venv else []), *packages.packages_of(libraries, manager.column)]
        install = (*manager.install, *names)
        if packages.can_become_root() and install_packages([*manager.refresh, install], yes=yes):
            return True
        say(f"This system lacks something; this one command installs it:\n    {packages.as_typed(install)}")
    if testing or no_venv:
        sys.exit(1)
    return False  # no window can open, but the program can guide in the terminal


def install_packages(commands: list[tuple[str, ...]], *, yes: bool) -> bool:
    """Run these as root, through sudo where that is needed and agreed to; whether the last one succeeded."""
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    if sudo and not (yes or may_use_sudo(commands[-1])):
        return False
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in commands:
        say(f"+ {shlex.join([*sudo, *words])}")
        last = subprocess.run([*sudo, *words], env=environment, stdout=subprocess.DEVNULL, check=False)
    return last.returncode == 0


def may_use_sudo(words: tuple[str, ...]) -> bool:
    if not sys.stdin.isatty():
        return False  # nobody is there to answer
    question = f"This system lacks something. May this be run?\n    sudo {shlex.join(words)}\n[Y/n] "
    return input(question).strip().lower() in {"", "y", "yes"}


def make_environment(*, testing: bool) -> None:
    """Make .venv, anew if it is half made or of another Python, and install into it."""
    if not is_of_this_python():
        say("Making a place for the program in the folder .venv.")
        python = sys.executable or str(Path("/proc/self/exe").resolve())  # it is not known without a PATH
        succeed([python, "-m", "venv", "--clear", str(VENV)], "no environment could be made in the folder .venv")
    say("Installing what the program needs: a few minutes and about 460 MB on the disk, the first time only.")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", "constraints.txt"]
    succeed([*pip, "-e", ".[test]" if testing else "."], "what it needs could not be installed; is there a network?")


def is_of_this_python() -> bool:
    if not PYTHON.exists():
        return False
    asked = [str(PYTHON), "-c", "import sys, pip; print(sys.version)"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False)
    return found.returncode == 0 and found.stdout.strip() == sys.version.strip()


def succeed(command: list[str], otherwise: str) -> None:
    """Run it to its end, and tell now and then that it goes on: pip says nothing for minutes."""
    passed = 0
    with subprocess.Popen(command, cwd=HERE) as working:
        while (code := ended(working)) is None:
            passed += SAID_EVERY
            say(f"Still at it, after {passed // 60}:{passed % 60:02} minutes.")
    if code:
        sys.exit(f"start.py: {otherwise}")


def ended(working: "subprocess.Popen[bytes]") -> "int | None":
    try:
        return working.wait(SAID_EVERY)
    except subprocess.TimeoutExpired:
        return None


def run(words: list[str], *, testing: bool) -> int:
    """Become the program; Windows has no such thing, so there it is waited for."""
    environment = {**os.environ, "PUMPING_GUIDE_CALLED": ("py " if WINDOWS else "python3 ") + shlex.quote(sys.argv[0])}
    if testing:
        os.chdir(HERE)
        environment["QT_QPA_PLATFORM"] = "offscreen"
    command = [str(PYTHON), *words]
    if WINDOWS:
        return subprocess.run(command, env=environment, check=False).returncode
    return os.execve(command[0], command, environment)


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (KeyboardInterrupt, EOFError):
        sys.exit(130)
