"""
A slice's mutants by one process that collects the tests once, and is forked for each mutant.

`python -m tests.mutation --forked edit`: as mutmut's own run, its verdicts where `mutmut show` looks for them, at a
tenth of the time. Needs an operating system that forks.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import IO, Any, Final, NoReturn

import pytest
from _pytest.runner import runtestprotocol
from mutmut.__main__ import create_mutants
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir, setup_source_paths, walk_mutatable_files

SURVIVED: Final = 0
KILLED: Final = 1
NO_TEST: Final = 33
MEMORY: Final = 4 << 30  # for a mutant that makes a list without an end

Timed = tuple[float, pytest.Item]  # a test, and the seconds it takes where nothing is changed


def in_a_child(work: Callable[[], Any]) -> tuple[int, Any]:
    """Do the work in a child: its exit code, and what it gave."""
    with tempfile.TemporaryFile("w+") as given:  # a pipe would be held open by what a test leaves behind
        child = os.fork()
        if not child:
            _work(work, given)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        given.seek(0)
        return code, json.load(given) if code == 0 else None


def _work(work: Callable[[], Any], given: IO[str]) -> NoReturn:
    code = KILLED
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        json.dump(work(), given)
        given.flush()
        code = 0
    finally:
        os._exit(code)


def all_pass(tests: Sequence[Timed]) -> bool:
    """Whether the tests pass, one after another until one does not; one that takes far too long ends the process."""
    following = [*(item for __, item in tests[1:]), None]
    for (seconds, item), after in zip(tests, following, strict=True):
        signal.setitimer(signal.ITIMER_REAL, 3 + 10 * seconds)
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=after)):
            return False
    return True


class Forked:
    """A plugin of pytest: in place of the tests, the mutants of these files, those of which the name is wanted."""

    def __init__(self, files: Iterable[SourceFileMutationData], wanted: list[str]) -> None:
        self._files = list(files)
        self._wanted = wanted

    @pytest.hookimpl
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        reached = self._reached(session.items)
        for file in self._files:
            for name in file.exit_code_by_key:
                if not self._wanted or any(fnmatch(name, pattern) for pattern in self._wanted):
                    tests = reached.get(name.partition("__mutmut_")[0], [])
                    file.exit_code_by_key[name] = _verdict(name, tests)
                    file.save()
        return True

    def _reached(self, items: list[pytest.Item]) -> dict[str, list[Timed]]:
        """Which tests call a function, the shortest first; each is asked in a child, where nothing is kept yet."""
        found: dict[str, list[Timed]] = {}
        for item in items:
            code, told = in_a_child(partial(_calls, item))
            if code or not told["passed"]:
                pytest.exit(f"{item.nodeid} does not pass without a mutant", returncode=1)
            for function in told["called"]:
                found.setdefault(function, []).append((told["seconds"], item))
        return {name: sorted(tests, key=lambda test: test[0]) for name, tests in found.items()}


def _calls(item: pytest.Item) -> dict[str, Any]:
    set_mutant_under_test("stats")
    begun = time.perf_counter()
    passed = all_pass([(60, item)])
    return {"passed": passed, "seconds": time.perf_counter() - begun, "called": [*state()._stats]}


def _verdict(name: str, tests: Sequence[Timed]) -> int:
    def asked() -> bool:
        set_mutant_under_test(name)
        return all_pass(tests)

    if not tests:
        return NO_TEST
    code, passed = in_a_child(asked)
    return code or (SURVIVED if passed else KILLED)


def main(wanted: list[str]) -> int:
    set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir()
    copy_src_dir()
    copy_also_copy_files()
    setup_source_paths()
    create_mutants(1)
    files = [SourceFileMutationData(path=path) for path in walk_mutatable_files()]
    for file in files:
        file.load()
        file.meta_path = file.meta_path.absolute()
    set_mutant_under_test("")
    arguments = [*config().pytest_add_cli_args, *config().pytest_add_cli_args_test_selection]
    os.chdir("mutants")
    plugin = Forked(files, wanted)
    return int(pytest.main(["-q", "--rootdir=.", "--assert=plain", "--tb=native", *arguments], plugins=[plugin]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
