"""
Mutation testing, a slice at a time: `python -m tests.mutation session`, in a copy that is kept for `mutmut show`.

What follows the slice chooses among its mutants: `python -m tests.mutation log "*[02468]"` runs every second one.
`--forked`, before the slice, has them run by `forked.py` in place of mutmut, in a tenth of the time.
Needs `pip install mutmut`. What survives is killed by a test, or explained in docs/decisions/mutation.md.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1]))  # where the tests find each other

from mutation.slices import SLICES

ROOT: Final = Path(__file__).parents[2]


VERDICTS: Final = {
    0: "survived",
    33: "no test",
    36: "time ran out",
    -14: "time ran out",
    24: "time ran out",
    -24: "time ran out",
    152: "time ran out",
}


def laid_open(text: str) -> str:
    """
    A module in which properties and functions that remember are decorated after they are made.

    mutmut passes over what stands below a decorator. What such a function remembers is forgotten by `anew.py`.
    """
    lines = text.splitlines()
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    for node in sorted(functions, key=lambda node: -node.lineno):
        match node.decorator_list:
            case [ast.Name("property" | "cache") as decorator]:
                pass
            case [ast.Call(ast.Name("lru_cache")) as decorator]:
                pass
            case _:
                continue
        made = f"{node.name} = {ast.unparse(decorator)}({node.name})"
        lines.insert(node.end_lineno or 0, " " * node.col_offset + made)
        del lines[decorator.lineno - 1 : decorator.end_lineno]
    return "\n".join((*lines, ""))


def copied(name: str) -> Path:
    """The tree as it stands, told which modules to change and which tests to ask."""
    there = Path(tempfile.mkdtemp(prefix=f"mutants-{name}-"))
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    compiled = (str(path.relative_to(ROOT)) for path in ROOT.glob("guide/locale/*/LC_MESSAGES/*.mo"))
    for path in filter(None, (*listed.split("\0"), *compiled)):
        if (ROOT / path).is_file():
            (there / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, there / path)
    part = SLICES[name]
    for module in part.modules:
        changed = there / f"guide/{module}.py"
        changed.write_text(laid_open(changed.read_text(encoding="utf-8")), encoding="utf-8")
    chosen = " and ".join(f"not {test}" for test in part.without)
    settings = {
        "source_paths": ["guide"],
        "only_mutate": [f"guide/{module}.py" for module in part.modules],
        "also_copy": ["routines", "docs", "packaging", "start.py", "README.md", "CHANGELOG.md", "constraints.txt"],
        "pytest_add_cli_args": [
            "-n",
            "0",
            "-p",
            "no:randomly",
            "-p",
            "mutation.anew",
            "--hypothesis-profile",
            "mutants",
            "-k",
            chosen,
        ],
        "timeout_multiplier": 4.0,
        "timeout_constant": 4.0,
        "pytest_add_cli_args_test_selection": [f"tests/{test}" for test in part.tests],
    }
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in settings.items())
    with (there / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write(f"\n[tool.mutmut]\n{lines}")
    return there


def told(there: Path, name: str) -> None:
    """How many of each verdict, a module a line, and the names of those that no test killed."""
    alive: list[str] = []
    for module in SLICES[name].modules:
        held = json.loads((there / "mutants" / "guide" / f"{module}.py.meta").read_text(encoding="utf-8"))
        codes: dict[str, int | None] = held["exit_code_by_key"]
        counts = Counter("not run" if code is None else VERDICTS.get(code, "killed") for code in codes.values())
        print(f"{module}: {len(codes)} mutants, " + ", ".join(f"{n} {verdict}" for verdict, n in counts.most_common()))
        alive += [mutant for mutant, code in codes.items() if code in {0, 33}]
    print(*alive, sep="\n")
    print(f"Look at one: cd {there} && mutmut show NAME")


def main(arguments: list[str]) -> int:
    forked = arguments[:1] == ["--forked"]
    name, *wanted = arguments[forked:] or [""]
    if name not in SLICES:
        print("One of:", ", ".join(SLICES))
        return 2
    there = copied(name)
    command: list[str | Path] = [Path(sys.executable).with_name("mutmut"), "run", "--max-children", "1"]
    if forked:
        command = [sys.executable, Path(__file__).with_name("forked.py")]
    environment = {**os.environ, "PYTHONPATH": str(there / "tests")}  # where pytest finds `anew`
    ran = subprocess.run([*command, *wanted], cwd=there, env=environment, check=False)
    told(there, name)
    return ran.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
