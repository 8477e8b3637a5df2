"""What all tests share: a home of their own, no screen, no network; its place puts `tests/` on the path for helpers."""

from __future__ import annotations

import gc
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Generator
from functools import cache, wraps
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture import providers

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", settings.get_profile("ci"), derandomize=False, max_examples=3000)
settings.register_profile("mutants", settings.get_profile("ci"), phases=[Phase.explicit, Phase.generate])
settings.load_profile("ci")  # another one: pytest --hypothesis-profile thorough

HOMES = (
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_CACHE_HOME",
    "XDG_STATE_HOME",
    "XDG_RUNTIME_DIR",
)
WHO_ASKS = ("durations", "xmlpath", "setupshow", "setuponly", "reportlog")
ROOM = 2**30  # bytes free in memory's file system; a run keeps far fewer
HERE = Path(__file__).parent
FIRST_POINTER = (10, 10)  # where Qt has it without a screen
NEAR = {getattr(socket, "AF_UNIX", None)}


def _stay_here(event: str, args: tuple[Any, ...]) -> None:
    if (event == "socket.__new__" and args[1] not in NEAR) or event == "socket.getaddrinfo":
        raise PermissionError(f"a test went for the network: {event} {args!r}")


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["LC_ALL"] = "C.UTF-8"  # in English, whatever whoever runs them speaks
    os.environ.pop("PUMPING_GUIDE_CALLED", None)  # hints are the same whoever started the tests, start.py too
    os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)  # tests take no media keys from the desktop they run on
    _keep_files_in_memory()
    home = Path(tempfile.mkdtemp(prefix="guide-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    for name in HOMES:
        folder = home / name.lower()
        folder.mkdir(mode=0o700)
        os.environ[name] = str(folder)
    if os.name == "posix":  # elsewhere a pair of sockets is made of two that listen on the loopback
        sys.addaudithook(_stay_here)


@pytest.hookimpl(tryfirst=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """
    One worker more than there are processors, where nobody names another number.

    Now and then each waits for a program that a test has started: on two processors two workers take 329 s, three 296.
    """
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    can_tell = hasattr(os, "sched_getaffinity")
    return (len(os.sched_getaffinity(0)) if can_tell else os.cpu_count() or 1) + 1


def _keep_files_in_memory() -> None:
    """
    Temporary files stand in memory where the system has a place for them, and room: no test is about a disk's pace.

    A test makes some files of a start of the program and deletes them, ten thousand in a run. Programs that a test
    writes have to run there. Whoever sets TMPDIR has another place.
    """
    memory = Path("/dev/shm")  # noqa: S108  # the names in it are made by tempfile
    if "TMPDIR" not in os.environ and sys.platform == "linux" and os.access(memory, os.W_OK):
        place = os.statvfs(memory)
        if place.f_bavail * place.f_frsize > ROOM and not place.f_flag & os.ST_NOEXEC:
            os.environ["TMPDIR"] = str(memory)
            tempfile.tempdir = None  # found anew


def _share() -> float:
    """
    Where among the test files this worker begins to read them: each worker at another place, and all of them go round.

    In a fresh clone each has to be compiled, with what an assertion tells: each worker does that for its share, and
    finds the others done. Tests are run in the same order all the same.
    """
    name, count = os.environ.get("PYTEST_XDIST_WORKER", "gw0"), os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")
    return int(name.removeprefix("gw")) / int(count)


def _files_in(part: pytest.Item | pytest.Collector) -> int:
    return sum(1 for _ in part.path.rglob("test_*.py")) if isinstance(part, pytest.Dir) else 1


IN_ORDER: list[Path] = []  # what lies in `tests/`, in the order in which it is run


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, pytest.CollectReport, Any]:
    report = yield
    if collector.path == HERE and report.result and not IN_ORDER:
        parts = report.result
        IN_ORDER.extend(part.path for part in parts)
        before = list(accumulate(map(_files_in, parts), initial=0))
        begin = _share() * before[-1]
        first = next(number for number, files in enumerate(before) if files >= begin)
        report.result = [*parts[first:], *parts[:first]]
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    numbers = {path: number for number, path in enumerate(IN_ORDER)}
    within = {
        item.path: next((numbers[one] for one in (item.path, *item.path.parents) if one in numbers), -1)
        for item in items
    }
    items.sort(key=lambda item: within[item.path])
    yield


@pytest.hookimpl(tryfirst=True)
def pytest_collection() -> None:
    """Ten thousand tests, and what they import, stay to the end: each search for garbage would look at them all."""
    gc.disable()
    _draw_the_same_beside_any_tests()


def _draw_the_same_beside_any_tests() -> None:
    """
    Hypothesis also draws what stands in the source of our modules, for which it would parse all that are imported.

    That costs each worker seconds in a fresh clone, and what a test draws would depend on the tests that are run
    beside it. Longer runs of other examples (`thorough`, `mutants`) go on drawing from the source.
    """
    if settings.get_current_profile_name() == "ci":
        vars(providers)["_get_local_constants"] = lambda: providers._local_constants


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Garbage is looked for more rarely than usual: a window is many thousand things, and each search looks at them."""
    gc.freeze()
    gc.set_threshold(50_000, 30, 10)
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """
    Delete widgets that asked for it: without a running loop they stay, and every style sheet reaches them all.

    The screen speaks English again, whatever language a test, or a command in it, chose. The pointer is where it was
    at first: a move to where the test before has left it is none, and no widget hears of it.
    """
    if (language := sys.modules.get("guide.language")) is not None:
        language.speak("en")
    if (qt_words := sys.modules.get("guide.kit.qt_words")) is not None:
        qt_words.translate_qt("en")
    if (core := sys.modules.get("PySide6.QtCore")) is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
        gui = sys.modules.get("PySide6.QtGui")
        if gui is not None and gui.QGuiApplication.instance() and gui.QCursor.pos() != core.QPoint(*FIRST_POINTER):
            gui.QCursor.setPos(*FIRST_POINTER)


@pytest.fixture(autouse=True)
def _no_power_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Nothing waits for a disk: 15,000 times some milliseconds, of which a test sees nothing.

    It is the computer that a write on the disk outlives; what a killed program has written is there without. The tests
    that kill one start it as a process of its own, and there everything is as it is for her.
    """
    monkeypatch.setattr(os, "fsync", os.fstat)  # as that does, it fails for what is no open file
    schema = sys.modules.get("guide.store.log.schema")
    if schema is not None:
        monkeypatch.setattr(schema, "SYNCHRONOUS", "OFF")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """
    A worker tells of a test that passed once, and not of its begin, its setup, its teardown and its end as well.

    Of all else that happened to a test every report is told; so is each where somebody asked for what is in it.
    """
    asked = item.config.option.verbose > 0 or any(item.config.getoption(name, None) for name in WHO_ASKS)
    if asked or not hasattr(item.config, "workerinput"):
        return None
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    if all(report.passed for report in reports):
        reports = [report for report in reports if report.when == "call"]
        for report in reports:
            report.keywords = {}  # names of what the test lies in: a third of what is sent
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """What holds for every test, as soon as its module is there; a fixture more for each would cost seconds."""
    _read_built_in_routines_once()
    _make_each_chime_once()
    _let_keys_count_at_once()
    _look_at_no_garbage_for_a_long_text()


def _read_built_in_routines_once() -> None:
    """
    A file that came with the program is read once in each language of the screen, and again when it was changed.

    A library of her own is made by every test that starts the program; those that are about reading call the reader.
    Mutants of the reader are shown to every test that reads.
    """
    entry = sys.modules.get("guide.store.routines.entry")
    if entry is None or hasattr(entry.read_file, "__wrapped__") or settings.get_current_profile_name() == "mutants":
        return
    from guide.language import spoken
    from guide.store.paths import builtin_folder
    from guide.store.routines import summaries

    read, known = entry.read_file, {}
    sum_up, summed_up = entry.summary_of, {}

    @wraps(read)
    def read_once(path: Path) -> Any:
        if builtin_folder() not in path.parents:
            return read(path)
        stamp = entry.stamp_of(path)
        key = path, stamp, spoken()
        if stamp is None or key not in known:
            known[key] = read(path)
        return known[key]

    @wraps(sum_up)
    def sum_up_once(one: Any) -> Any:
        if one.routine is None or builtin_folder() not in one.path.parents:
            return sum_up(one)
        key = one._replace(routine=None, problems=(), warnings=()), id(one.routine)  # `known` keeps it
        if key not in summed_up:
            summed_up[key] = sum_up(one)
        return summed_up[key]

    vars(entry)["read_file"] = read_once
    vars(summaries)["summary_of"] = sum_up_once


def _make_each_chime_once() -> None:
    """The chimes of a family are the same in every home: 0.1 s for each test in which a session begins."""
    chimes = sys.modules.get("guide.sound.chimes")
    if chimes is None or hasattr(chimes.synthesise, "__wrapped__") or settings.get_current_profile_name() == "mutants":
        return
    vars(chimes)["synthesise"] = cache(chimes.synthesise)


def _let_keys_count_at_once() -> None:
    """Tests press as soon as a page is there; those of the moment that keys go by take it back."""
    if (settling := sys.modules.get("guide.kit.settling")) is not None:
        settling.Settling.pace = 0.0


def _look_at_no_garbage_for_a_long_text() -> None:
    """
    Where a long text is opened all there is would be looked at: here that is every test and its modules, for a second.

    It is passed over from then on all the same. `tests/pages/test_editor_document.py` looks as the program does.
    """
    document = sys.modules.get("guide.pages.editor.document")
    if document is not None and not hasattr(document._leave_uncollected, "__wrapped__"):

        @wraps(document._leave_uncollected)
        def pass_over() -> None:
            gc.freeze()

        vars(document)["_leave_uncollected"] = pass_over
