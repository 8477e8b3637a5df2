"""Things made by several threads ahead of the one that asks for them."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import TypeVar

Order = TypeVar("Order")
Thing = TypeVar("Thing")


@contextlib.contextmanager
def ahead(make: Callable[[Order], Thing], orders: Iterable[Order], *, hands: int) -> Iterator[Callable[[Order], Thing]]:
    """
    Give `make` anew: once the first thing is asked for, `hands` threads make them all, in the order of the `orders`.

    With one hand a thing is made when it is asked for. At the end what is begun is waited for, the rest is not begun.
    The threads are daemons, which the end of the program waits for no more than for the one that asks: not the
    threads of an executor.
    """
    if hands < 2:
        yield make
        return
    things: dict[Order, Future[Thing]] = {order: Future() for order in orders}
    line: SimpleQueue[Order] = SimpleQueue()
    for order in things:
        line.put(order)

    def work() -> None:
        with contextlib.suppress(Empty):
            while True:
                _fulfil(things, line.get_nowait(), make)

    begun: list[threading.Thread] = []

    def made(order: Order) -> Thing:
        while len(begun) < hands:
            begun.append(threading.Thread(target=work, name="ahead", daemon=True))
            begun[-1].start()
        return things[order].result()

    try:
        yield made
    finally:
        for thing in things.values():
            thing.cancel()
        for thread in begun:
            thread.join()


def _fulfil(things: dict[Order, Future[Thing]], order: Order, make: Callable[[Order], Thing]) -> None:
    thing = things[order]
    if not thing.set_running_or_notify_cancel():
        return
    try:
        thing.set_result(make(order))
    except BaseException as error:  # noqa: BLE001  it is raised where the thing is asked for
        thing.set_exception(error)
