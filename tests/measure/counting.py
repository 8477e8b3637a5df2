"""Files, classes and suppressions of the code, and how much of it is tests."""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

ROOT: Final = Path(__file__).parents[2]
SUPPRESSED: Final = re.compile(r"#\s*(?:noqa|type: ignore)\b")
LONG: Final = 400  # lines of a file; what is longer has its reason in docs/architecture.md
LARGE: Final = 250  # lines of a class


@dataclass(frozen=True, slots=True)
class Class:
    name: str
    path: str
    lines: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Lines by file, those of the tests apart."""

    files: dict[str, int]
    tests: dict[str, int]
    classes: tuple[Class, ...]
    suppressions: int

    @property
    def lines(self) -> int:
        return sum(self.files.values())

    @property
    def suppressed_share(self) -> float:
        """Suppressions per 1,000 lines."""
        return 1000 * self.suppressions / self.lines

    @property
    def long_files(self) -> list[str]:
        return sorted((path for path, lines in self.files.items() if lines > LONG), key=lambda path: -self.files[path])

    @property
    def names_twice(self) -> list[str]:
        """Names that more than one class has: a private one is its file's own."""
        public = Counter(one.name for one in self.classes if not one.name.startswith("_"))
        return sorted(name for name, times in public.items() if times > 1)

    @property
    def large_classes(self) -> list[Class]:
        return sorted((one for one in self.classes if one.lines > LARGE), key=lambda one: -one.lines)


def counted(root: Path) -> Counted:
    files, classes, suppressions = {}, [], 0
    for path in sorted((root / "guide").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(root).as_posix()
        files[name] = text.count("\n")
        suppressions += len(SUPPRESSED.findall(text))
        classes += [
            Class(node.name, name, (node.end_lineno or 0) - node.lineno + 1)
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.ClassDef)
        ]
    tests = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8").count("\n")
        for path in sorted((root / "tests").rglob("*.py"))
    }
    return Counted(files, tests, tuple(classes), suppressions)


def table(found: Counted) -> str:
    """The table of docs/architecture.md."""
    longest = max(found.files, key=lambda path: found.files[path])
    largest = max(found.classes, key=lambda one: one.lines)
    holding = [lines for lines in found.files.values() if lines > 1]  # a package's own line says nothing
    rows = [
        ("files of `guide`", f"{len(found.files)}, {found.lines:,} lines"),
        ("median of a file", f"{median(holding):.0f} lines"),
        ("longest file", f"{found.files[longest]} lines, `{longest}`"),
        (f"files over {LONG} lines", f"{len(found.long_files)}"),
        ("longest class", f"{largest.lines} lines, `{largest.name}` in `{largest.path}`"),
        (f"classes over {LARGE} lines", f"{len(found.large_classes)}"),
        ("names that two classes have", ", ".join(found.names_twice) or "0"),
        ("suppressions (`noqa`, `type: ignore`)", f"{found.suppressed_share:.1f} per 1,000 lines"),
        ("lines of tests per line of code", f"{sum(found.tests.values()) / found.lines:.2f}"),
    ]
    return "\n".join(["| what | how much |", "| --- | --- |", *(f"| {what} | {much} |" for what, much in rows)])
