"""
The README's two commands on bare Debian systems: `python -m tests.bare [WORD...] [--keep DIR] [--whole]`, as root.

Each case is a system that mmdebstrap makes with Python and nothing else, entered with an empty environment. A WORD
keeps to the cases that have it in their name. Package registries are reached as this machine reaches them: pip's
variables and the certificates they name go along, and nothing of it is written into the project.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1] / "e2e"))
from desktop import display

PROJECT: Final = Path(__file__).parents[2]
SUITES: Final = ("bookworm", "trixie")
PYTHONS: Final = {"python3": ("python3",), "venv": ("python3", "python3-venv")}
WHO: Final = ("root", "sudo", "user")
USER: Final = 1000
PATIENCE: Final = 900.0  # seconds for everything to be fetched and installed
A_PART: Final = ("-q", "-n", "2", "tests/core", "tests/test_desktop.py", "tests/live/test_conductor.py")


@dataclass(frozen=True, slots=True)
class System:
    """One bare system, unpacked, and who works there."""

    root: Path
    who: str
    environment: dict[str, str]

    def run(self, *words: str, **environment: str) -> list[str]:
        """The words of a process in there, with nothing in its environment but what it needs to reach a registry."""
        held = [f"{name}={value}" for name, value in (self.environment | environment).items()]
        user = [] if self.who == "root" else [f"--userspec={USER}:{USER}"]
        inside = "cd /project && exec /usr/bin/env -i " + '"$@"'
        return ["chroot", *user, str(self.root), "/bin/sh", "-c", inside, "-", *held, *words]

    def start(self, *arguments: str, **environment: str) -> list[str]:
        yes = ["--yes"] if self.who == "sudo" else []
        return self.run("python3", "start.py", *yes, *arguments, **environment)


def made(suite: str, python: str, kept: Path) -> Path:
    """The system as an archive, made once."""
    archive = kept / f"{suite}-{python}.tar"
    if not archive.exists():
        new = archive.with_suffix(".new.tar")
        include = ",".join(PYTHONS[python])
        subprocess.run(["mmdebstrap", "--quiet", "--variant=minbase", f"--include={include}", suite, new], check=True)
        new.rename(archive)
    return archive


@contextlib.contextmanager
def system(archive: Path, who: str, kept: Path) -> Iterator[System]:
    with tempfile.TemporaryDirectory(dir=kept, ignore_cleanup_errors=True) as folder, contextlib.ExitStack() as stack:
        root = Path(folder) / "system"
        root.mkdir()
        subprocess.run(["tar", "-xf", archive, "-C", root], check=True)
        environment = outside(root)
        for inside in ("proc", "dev", "tmp/.X11-unix", "var/cache/apt/archives"):
            (root / inside).mkdir(parents=True, exist_ok=True)
        downloads = kept / f"downloads-{who}"
        downloads.mkdir(exist_ok=True)
        os.chown(downloads, *([USER, USER] if who != "root" else [0, 0]))
        (root / "downloads").mkdir()
        for source, inside in (
            ("/proc", "proc"),
            ("/dev", "dev"),
            ("/dev/pts", "dev/pts"),
            ("/tmp/.X11-unix", "tmp/.X11-unix"),  # noqa: S108  where X servers listen
            (downloads, "downloads"),
        ):
            if Path(source).exists():
                subprocess.run(["mount", "--bind", str(source), str(root / inside)], check=True)
                stack.callback(subprocess.run, ["umount", "-l", str(root / inside)], check=False)
        there = System(root, who, environment | {"PIP_CACHE_DIR": "/downloads"})
        bring_project(root)
        if who != "root":
            subprocess.run(["chroot", root, "useradd", "-m", "-u", str(USER), "parent"], check=True)
            subprocess.run(["chown", "-R", f"{USER}:{USER}", root / "project"], check=True)
        if who == "sudo":
            installs = "apt-get update -qq && apt-get install -y -qq --no-install-recommends sudo >/dev/null"
            subprocess.run(["chroot", root, "sh", "-c", installs], check=True, stderr=subprocess.DEVNULL)
            (root / "etc/sudoers.d/parent").write_text("parent ALL=(ALL) NOPASSWD: ALL\n", encoding="ascii")
        yield there


def outside(root: Path) -> dict[str, str]:
    """How this machine reaches registries: names, certificates, and pip's variables."""
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    environment: dict[str, str] = {}
    for name in ("PIP_CERT", "SSL_CERT_FILE", "PIP_INDEX_URL", "PIP_DEFAULT_TIMEOUT", "HTTPS_PROXY", "HTTP_PROXY"):
        if not (value := os.environ.get(name)):
            continue
        environment[name] = value
        if value.startswith("/") and Path(value).is_file():  # where installing certificates does not write over it
            (root / "outside").mkdir(exist_ok=True)
            shutil.copy(value, root / "outside" / name)
            environment[name] = f"/outside/{name}"
    return environment


def bring_project(root: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (PROJECT / name).is_file():
            target = root / "project" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / name, target)


def window(there: System) -> str:
    """The window opens on a display, furnished: a second start is answered by it."""
    with display() as name:
        environment = {"DISPLAY": name}
        began = time.monotonic()
        running = subprocess.Popen(
            there.start(**environment), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        try:
            while not seen(name):
                if running.poll() is not None or time.monotonic() - began > PATIENCE:
                    return failed(running)
                time.sleep(0.2)
            first = time.monotonic() - began
            began = time.monotonic()
            again = subprocess.run(
                there.start("open", "power-pumping", **environment), check=False, capture_output=True, text=True
            )
            if again.returncode or running.poll() is not None:
                return f"FAILED: the second start ended with {again.returncode}: {again.stderr[-300:]}"
            return f"a window after {first:.0f} s, a second start in {time.monotonic() - began:.1f} s"
        finally:
            running.kill()
            running.wait()


def seen(name: str) -> bool:
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "Pumping Guide"],
        env={**os.environ, "DISPLAY": name},
        check=False,
        capture_output=True,
    )
    return found.returncode == 0


def failed(running: subprocess.Popen[bytes]) -> str:
    running.kill()
    return f"FAILED with {running.returncode}: {running.communicate()[0].decode(errors='replace')[-600:]}"


def terminal(there: System) -> str:
    """Without a display the routines are listed, and the one that is chosen begins."""
    began = time.monotonic()
    child, end = pty.fork()
    if child == 0:
        os.execvp("chroot", there.start("--speed", "60", TERM="xterm"))  # noqa: S606  in a terminal of its own
    said = b""
    chosen = False
    try:
        while time.monotonic() - began < PATIENCE:
            if select.select([end], [], [], 1)[0]:
                try:
                    said += os.read(end, 4096)
                except OSError:
                    break
            if not chosen and b"Which one?" in said:
                chosen = True
                listed = time.monotonic() - began
                os.write(end, b"1\n")
            if chosen and b"1 of " in said:
                return f"a list after {listed:.0f} s, and the session begun"
        return f"FAILED: {said.decode(errors='replace')[-600:]}"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(end)


def nothing(there: System) -> str:
    """Neither a display nor a terminal: one sentence, and 1."""
    told = subprocess.run(there.start(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    last = told.stderr.strip().splitlines()[-1:]
    ok = told.returncode == 1 and last and "There is no display" in last[0]
    return "a sentence, and 1" if ok else f"FAILED with {told.returncode}: {told.stderr[-600:]}"


def tests(there: System, some: Sequence[str]) -> str:
    began = time.monotonic()
    told = subprocess.run(
        there.start("test", *some), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    lines = told.stdout.strip().splitlines() or [""]
    last, which = lines[-1], [line for line in lines if line.startswith(("FAILED", "ERROR"))]
    ok = "" if told.returncode == 0 else "\n".join([f"FAILED with {told.returncode}: {told.stderr[-600:]}", *which, ""])
    return f"{ok}{last.strip('= ')} ({time.monotonic() - began:.0f} s with all that had to be installed)"


def named(there: System, *words: str, **environment: str) -> str:
    """Who may install nothing is told the one command that does."""
    told = subprocess.run(
        there.start(*words, **environment), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    commands = [line.strip() for line in told.stderr.splitlines() if "apt-get install" in line]
    ok = told.returncode == 1 and commands and "Traceback" not in told.stderr
    return f"one command named: {commands[0][:70]}..." if ok else f"FAILED with {told.returncode}: {told.stderr[-600:]}"


def case(there: System, python: str, which: Sequence[str]) -> Iterator[tuple[str, Callable[[], str]]]:
    """What has to come of both commands there, either of them first and before a window brings what it needs."""
    if there.who == "user" and python == "python3":
        yield "window", lambda: named(there, DISPLAY=":0")
        yield "test", lambda: named(there, "test")
        return
    if there.who == "user":
        yield "terminal", lambda: terminal(there)
        yield "window", lambda: named(there, DISPLAY=":0")
        yield "test", lambda: named(there, "test")
        return
    first: list[tuple[str, Callable[[], str]]] = [
        ("nothing", lambda: nothing(there)),
        ("test", lambda: tests(there, which)),
    ]
    yield from first if python == "python3" else reversed(first)
    yield "terminal", lambda: terminal(there)
    yield "window", lambda: window(there)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", metavar="WORD")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "bare-systems")
    parser.add_argument("--whole", action="store_true", help="the whole test suite instead of a part of it")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    good = True
    for suite, python, who in product(SUITES, PYTHONS, WHO):
        name = f"{suite} {python} {who}"
        if not set(options.words) <= set(name.split()):
            continue
        with system(made(suite, python, options.keep), who, options.keep) as there:
            for what, look in case(there, python, () if options.whole else A_PART):
                result = look()
                good = good and not result.startswith("FAILED")
                print(f"{name:24} {what:9} {result}", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
