"""
The Debian package in bare systems: `python tests/bare/bundle.py PACKAGE.deb [--keep DIR]`, as root.

Installs it with what it depends on, waits for its window and for the answer to a second start, looks whether Qt's own
words are there in German, takes it out, and looks what stays. Prints sizes and times.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "e2e"))
from desktop import display

from bare.__main__ import PATIENCE, SUITES, System, failed, made, seen, system

WHERE = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"}


def tried(there: System, package: Path) -> str:
    shutil.copy(package, there.root / "root" / "package.deb")
    began = time.monotonic()
    words = "apt-get update -qq && apt-get install -y -qq --no-install-recommends /root/package.deb >/dev/null"
    subprocess.run(there.run("/bin/sh", "-c", words, **WHERE), check=True, stderr=subprocess.DEVNULL)
    installed = time.monotonic() - began
    with display() as name:
        first = opened(there, name)
    subprocess.run(there.run("dpkg", "-r", "pumping-guide", **WHERE), check=True, stdout=subprocess.DEVNULL)
    left = [path for path in (there.root / "usr").rglob("pumping-guide*") if path.exists()]
    stays = f"FAILED: left behind {left}" if left else "nothing stays but the data"
    return f"installed in {installed:.0f} s; {first}; {stays}"


def opened(there: System, name: str) -> str:
    began = time.monotonic()
    words = there.run("pumping-guide-window", "--home", "/home/hers", DISPLAY=name, LANG="de_DE.UTF-8", **WHERE)
    running = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        while not seen(name):
            if running.poll() is not None or time.monotonic() - began > PATIENCE:
                return failed(running)
            time.sleep(0.02)
        first = time.monotonic() - began
        again = there.run("pumping-guide", "--home", "/home/hers", "open", "power-pumping", DISPLAY=name, **WHERE)
        code = subprocess.run(again, check=False).returncode
        if code:
            return f"FAILED: second start {code}"
        if "qtbase_de.qm" not in Path(f"/proc/{running.pid}/maps").read_text(encoding="utf-8"):
            return "FAILED: a window in German without Qt's own words"
        return f"a window in German after {first:.1f} s, a second start answered"
    finally:
        running.kill()
        running.communicate()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "bare-systems")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    print(f"{options.package.name}: {options.package.stat().st_size / 1e6:.0f} MB")
    good = True
    for suite in SUITES:
        with system(made(suite, "python3", options.keep), "root", options.keep) as there:
            result = tried(there, options.package)
        good = good and "FAILED" not in result
        print(f"{suite:10} {result}", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
