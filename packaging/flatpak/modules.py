"""
The Python modules of the Flatpak, for flatpak-builder, which downloads nothing that is not listed.

    python packaging/flatpak/modules.py > packaging/flatpak/python3-modules.json

Asks PyPI for the wheel and its checksum of each version in constraints.txt that the program itself needs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

PROJECT: Final = Path(__file__).parents[2]
RUNTIME: Final = ("--python-version", "3.12", "--platform", "manylinux_2_34_x86_64", "--only-binary", ":all:")


def resolved() -> list[dict[str, Any]]:
    """What pip would install, with addresses and checksums."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", *RUNTIME]
        constraints = ["-c", "constraints.txt", "--target", folder, "--report", str(report), "."]
        subprocess.run([*pip, *constraints], check=True, cwd=PROJECT, stdout=sys.stderr)
        found: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["install"]
        return found


def module(package: dict[str, Any]) -> dict[str, Any]:
    source = package["download_info"]
    name = package["metadata"]["name"]
    install = f"pip3 install --no-index --no-deps --find-links=. --prefix=${{FLATPAK_DEST}} {name}"
    checksum = source["archive_info"]["hashes"]["sha256"]
    return {
        "name": f"python3-{name}",
        "buildsystem": "simple",
        "build-commands": [install],
        "sources": [{"type": "file", "url": source["url"], "sha256": checksum}],
    }


def main() -> None:
    modules = [module(package) for package in resolved() if package["metadata"]["name"] != "pumping-guide"]
    json.dump(
        {"name": "python3-modules", "buildsystem": "simple", "build-commands": [], "modules": modules}, sys.stdout
    )


if __name__ == "__main__":
    main()
