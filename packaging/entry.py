"""Where a bundle begins: the command, the command of a menu, or the child that speaks."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    from guide.sound.voices.engine import FROZEN_WORD

    if sys.argv[1:2] == [FROZEN_WORD]:
        from guide.sound.voices.__main__ import main as speak

        speak()
        return 0
    from guide import cli

    return cli.window() if Path(sys.executable).stem.endswith("-window") else cli.main()


if __name__ == "__main__":
    sys.exit(main())
