"""How the log holds up with 100,000 sessions against 100: `python tests/bench/bench_log.py`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from guide.core.ago import first_line
from guide.core.commands import Reason
from guide.core.days import days, dial, takeovers
from guide.core.record import Record, StepRecord
from guide.core.routine import Kind, Purpose, Side
from guide.store.log.log import Log

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SIZES = (100, 100_000)
ROUNDS = 15


def sessions(number: int) -> list[Record]:
    random = Random(1)
    steps = tuple(
        StepRecord(Kind.PUMP, "Double pump", Side.BOTH, n * MINUTE, MINUTE, Reason.TIME, None, (n,), n)
        for n in range(10)
    )
    return [
        Record(
            id=0,
            routine_id=f"routine-{turn % 4}",
            routine_name=f"Routine {turn % 4}",
            began=NOW - turn * timedelta(hours=3),
            lasted=22 * MINUTE,
            purpose=Purpose.PROTECT,
            first_side=(Side.LEFT, Side.RIGHT)[turn // 4 % 2],
            left_ml=random.randrange(20, 90),
            right_ml=random.randrange(20, 90),
            note="" if turn % 5 else "Slept beside her, warm cloth first",
            steps=steps,
            steps_total=10,
            uuid=f"{turn:032x}",
        )
        for turn in range(number)
    ]


def timed(do: Callable[[], object]) -> float:
    """Milliseconds, the median of several rounds after a first one."""
    do()
    took = []
    for _ in range(ROUNDS):
        began = perf_counter()
        do()
        took.append(perf_counter() - began)
    return median(took) * 1000


def measured(path: Path) -> dict[str, float]:
    def library() -> None:
        log = Log.open(path)
        summary = log.summary(NOW)
        first_line(summary.last_began, summary.in_last_day, NOW)
        log.unfinished()
        log.close()

    def history() -> None:
        log = Log.open(path)
        month = log.records(since=NOW - timedelta(days=31))
        log.days((NOW - timedelta(days=365)).date())
        log.records(limit=50)
        log.count()
        log.routines()
        dial(month, NOW)
        takeovers(log.routine_days())
        days(month)
        log.close()

    log = Log.open(path)
    found = {
        "library's first line, with opening": timed(library),
        "history page's data, with opening": timed(history),
        "newest 50": timed(lambda: log.records(limit=50)),
        "day totals of a year": timed(lambda: log.days((NOW - timedelta(days=365)).date())),
        "day totals of all time": timed(log.days),
        "how many in 24 h": timed(lambda: log.count(since=NOW - timedelta(days=1))),
        "last first side of a routine": timed(lambda: log.last_first_side("routine-3")),
        "search a word in everything": timed(lambda: log.records(search="cloth", limit=50)),
        "routines in the log": timed(log.routines),
        "one heartbeat": timed(lambda: log.alive(1, MINUTE)),
    }
    log.close()
    return found


def main() -> None:
    columns = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.sqlite3"
            log = Log.open(path)
            log.merge(sessions(size))
            log.close()
            columns.append(measured(path))
            print(f"{size:>7} sessions: {path.stat().st_size / 1e6:.1f} MB")
    few, many = columns
    print(f"\n{'milliseconds':36}{SIZES[0]:>10}{SIZES[1]:>10}{'ratio':>8}")
    for name, value in few.items():
        print(f"{name:36}{value:10.2f}{many[name]:10.2f}{many[name] / value:8.1f}")


if __name__ == "__main__":
    main()
