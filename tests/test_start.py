"""What start.py says while pip works."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Self

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

import start


class Working:
    """Stands for a child that works on through four waits, and ends with `code`."""

    def __init__(self, code: int) -> None:
        self._code, self._waits = code, 4

    def __call__(self, *_: object, **__: object) -> Working:
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def wait(self, timeout: float) -> int:
        self._waits -= 1
        if self._waits < 0:
            return self._code
        raise subprocess.TimeoutExpired("pip", timeout)


@pytest.mark.parametrize("code", [0, 1])
def test_what_takes_long_is_told_to_go_on_and_its_failure_ends_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    monkeypatch.setattr(subprocess, "Popen", Working(code))
    if code:
        with pytest.raises(SystemExit, match=r"^start.py: no network$"):
            start.succeed(["pip"], "no network")
    else:
        start.succeed(["pip"], "no network")
    assert capsys.readouterr().err.splitlines() == [
        f"Still at it, after {passed} minutes." for passed in ("0:20", "0:40", "1:00", "1:20")
    ]
