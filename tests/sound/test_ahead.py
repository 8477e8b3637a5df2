"""Things made by several threads: at the same time, each once, and none that nobody waits for."""

from __future__ import annotations

import threading

import pytest

from guide.sound.ahead import ahead
from tables import each_row

ORDERS = [f"prompt {number}" for number in range(9)]


@each_row("hands", [1, 2, 3, 20])
@each_row("count", [0, 1, 2, 9])
def test_each_order_is_made_once_and_comes_to_who_asked_for_it(hands: int, count: int) -> None:
    made: list[str] = []

    def make(order: str) -> str:
        made.append(order)
        return order.upper()

    with ahead(make, ORDERS[:count], hands=hands) as thing:
        assert [thing(order) for order in ORDERS[:count]] == [order.upper() for order in ORDERS[:count]]
    assert sorted(made) == ORDERS[:count]


def test_two_hands_make_two_things_at_a_time() -> None:
    both = threading.Barrier(2, timeout=10)  # passed only when two have come to it
    with ahead(lambda order: both.wait() * 0 + len(order), ORDERS[:2], hands=2) as thing:
        assert [thing(order) for order in ORDERS[:2]] == [8, 8]


def test_nothing_is_begun_before_the_first_is_asked_for() -> None:
    made: list[str] = []
    with ahead(made.append, ORDERS, hands=2):
        pass
    assert made == []


def test_one_hand_makes_nothing_before_it_is_asked() -> None:
    made: list[str] = []
    with ahead(made.append, ORDERS, hands=1) as thing:
        thing(ORDERS[0])
    assert made == ORDERS[:1]


def test_what_goes_wrong_goes_wrong_for_the_one_who_asks() -> None:
    def make(order: str) -> str:
        if order == ORDERS[1]:
            raise OSError(order)
        return order

    with ahead(make, ORDERS, hands=2) as thing:
        assert thing(ORDERS[0]) == ORDERS[0]
        with pytest.raises(OSError, match="prompt 1"):
            thing(ORDERS[1])
        assert thing(ORDERS[2]) == ORDERS[2]


def test_when_it_is_broken_off_what_was_begun_is_finished_and_the_rest_is_not_begun() -> None:
    begun, finished = list[str](), list[str]()
    going_on = threading.Event()

    def make(order: str) -> None:
        begun.append(order)
        if order != ORDERS[0]:
            going_on.wait(10)
        finished.append(order)

    def broken_off() -> None:
        with ahead(make, ORDERS, hands=2) as thing:
            thing(ORDERS[0])
            threading.Timer(0.05, going_on.set).start()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert sorted(begun) == sorted(finished) == ORDERS[: len(begun)]
    assert len(begun) <= 3
