"""
A Debian package around the bundle: `python packaging/deb.py [FOLDER] [TARGET]`.

FOLDER is what PyInstaller made (dist/pumping-guide). The package depends on the libraries of the table in
guide/packages.py that the bundle does not bring itself.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from guide import __version__, packages
from guide.calling import COMMAND
from guide.cli import command_line
from guide.integration import files

OTHER_NAMES: Final = {"libglib2.0-0": "libglib2.0-0t64 | libglib2.0-0"}  # Debian 13 gave it another name


def depends(bundle: Path) -> list[str]:
    wanted = (*packages.EVERYWHERE, *packages.ON_X)
    missing = [library for library in wanted if not (bundle / "_internal" / library).exists()]
    return ["libc6 (>= 2.34)", *(OTHER_NAMES.get(name, name) for name in packages.packages_of(missing, "apt"))]


def control(bundle: Path, size: int) -> str:
    architecture = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True)
    return f"""Package: pumping-guide
Version: {__version__}
Architecture: {architecture.stdout.strip()}
Maintainer: The Pumping Guide authors <pumping-guide@pumping-guide.example>
Installed-Size: {size // 1024}
Depends: {", ".join(depends(bundle))}
Recommends: alsa-utils
Section: misc
Priority: optional
Description: guide through a pumping session by voice, chimes and pictures
 A free, offline, private guide for a parent who pumps breast milk. It says and
 shows, step by step, what the hands do now.
 .
 Everything it keeps is in files in your home folder, and stays there when the
 package is removed.
"""


def main(bundle: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(bundle, root / "usr/lib/pumping-guide", symlinks=True)
        (root / "usr/bin").mkdir()
        for name in (COMMAND, f"{COMMAND}-window"):
            (root / "usr/bin" / name).symlink_to(f"../lib/pumping-guide/{name}")
        for place, content in files(command_line(), f"{COMMAND}-window"):
            path = root / "usr/share" / place.replace("zsh/site-functions", "zsh/vendor-completions")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        licence = root / "usr/share/doc/pumping-guide/copyright"
        licence.parent.mkdir(parents=True)
        shutil.copy("LICENSE", licence)
        size = sum(path.lstat().st_size for path in root.rglob("*"))
        (root / "DEBIAN").mkdir()
        (root / "DEBIAN/control").write_text(control(bundle, size), encoding="utf-8")
        for path in [root, *root.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        subprocess.run(["dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", root, target], check=True)


if __name__ == "__main__":
    given = [Path(word) for word in sys.argv[1:]]
    main(given[0] if given else Path("dist/pumping-guide"), given[1] if given[1:] else Path("dist"))
