"""
Prints the table of docs/architecture.md: `python -m tests.measure`; with `--write` puts it there.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # where the tests find each other

from measure.counting import ROOT, counted, table

PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- python -m tests.measure -->\n", "<!-- end -->"


def main(arguments: list[str]) -> int:
    lines = table(counted(ROOT))
    print(lines)
    if "--write" in arguments:
        text = PAGE.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        _, _, after = rest.partition(END)
        PAGE.write_text(f"{before}{BEGIN}{lines}\n{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
