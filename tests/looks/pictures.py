"""
Makes the pictures of every page anew: `python -m tests.looks.pictures [NAME...]`, into docs/pictures.

The same pictures are what `tests/looks/test_looks.py` compares the program with.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))  # where the tests find each other

from looks.scenes import SCENES, application

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - {scene.name for scene in SCENES}
    if unknown:
        print(f"{', '.join(sorted(unknown))}: there are {', '.join(scene.name for scene in SCENES)}", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    dressed = application()
    for scene in SCENES:
        if not wanted or scene.name in wanted:
            path = FOLDER / f"{scene.name}.png"
            scene.picture(dressed).save(str(path), quality=0)  # 0: packed as small as it goes
            print(f"{path.relative_to(FOLDER.parents[1])}  {path.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
