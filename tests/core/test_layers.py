from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import guide

HOME = Path(__file__).parents[2]
QUIET = ("guide.core", "guide.store", "guide.sound", "guide.cli", "guide.commands")
MODULES = [module.name for module in pkgutil.walk_packages(guide.__path__, "guide.") if module.name.startswith(QUIET)]


def test_imports_point_down() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=HOME,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("layer", QUIET)
def test_what_is_below_the_window_needs_no_qt(layer: str) -> None:
    names = [name for name in MODULES if name.startswith(layer)]
    if not names:
        pytest.skip(f"there is no {layer} here")
    script = f"""
import importlib, sys
for name in {names!r}:
    importlib.import_module(name)
print([name for name in sys.modules if name.startswith(("PySide6", "shiboken6"))])
"""
    told = subprocess.run([sys.executable, "-c", script], cwd=HOME, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("module", "later"),
    [
        (
            "guide.app",
            ("guide.kit.look", "guide.kit.theme", "guide.store.settings", "guide.desk", "guide.core.routine"),
        ),
        ("guide.desk", ("guide.core.session", "guide.core.plan", "guide.store.routines.reader", "guide.sound", "yaml")),
        ("guide.desk", ("guide.core.routine", "guide.core.record", "guide.core.commands", "guide.live.intents")),
        ("guide.desk", ("guide.hear", "guide.along", "numpy", "miniaudio", "onnxruntime", "soundfile")),
    ],
)
def test_a_window_is_painted_before_what_it_does_without_is_read(module: str, later: tuple[str, ...]) -> None:
    within = tuple(f"{name}." for name in later)
    script = f"import sys, {module}; print([name for name in sys.modules if f'{{name}}.'.startswith({within!r})])"
    told = subprocess.run([sys.executable, "-c", script], cwd=HOME, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
