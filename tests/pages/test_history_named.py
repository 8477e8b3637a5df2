"""Sessions without a routine's id are told apart by their names, and those of a known routine belong to it."""

from __future__ import annotations

import random

from guide.core.record import OfRoutine
from guide.pages.history.named import Named

KNOWN = {"power pumping": "power-pumping", "power-pumpen": "power-pumping"}


def test_names_without_an_id_are_as_many_routines_as_they_differ_in_more_than_case_and_spaces() -> None:
    named = Named([("", "Freestyle", 30), ("", "By hand", 20), ("", " free  Style", 4), ("", "FREESTYLE ", 1)])
    assert [(name, number) for _, name, number in named.all()] == [
        ("Freestyle", 31),
        ("By hand", 20),
        (" free  Style", 4),
    ]
    key = named.key("", "freestyle")
    assert named.sessions(key) == OfRoutine("", ("Freestyle", "FREESTYLE "))
    assert not named.id(key)


def test_a_name_of_a_known_routine_in_any_language_belongs_to_its_id() -> None:
    logged = [("", "Power-Pumpen", 30), ("power-pumping", "Power pumping", 2), ("", "power pumping", 1)]
    random.Random(4).shuffle(logged)
    named = Named(logged, lambda: KNOWN)
    assert named.all() == [("power-pumping", "Power pumping", 33)]
    assert set(named.sessions("power-pumping").names) == {"Power-Pumpen", "power pumping"}


def test_a_name_that_only_the_log_knows_belongs_to_the_id_it_has_there() -> None:
    named = Named([("mine", "Mine of old", 2), ("", "mine of  OLD", 5)])
    assert named.all() == [("mine", "Mine of old", 7)]


def test_sessions_with_neither_id_nor_name_stay_one_and_ask_for_no_known_names() -> None:
    def known() -> dict[str, str]:
        raise AssertionError("no file is read for this")

    named = Named([("a", "A", 2), ("", "", 5)], known)
    assert named.all() == [("", "", 5), ("a", "A", 2)]
    assert named.sessions("") == OfRoutine("", ("",))
    assert named.sessions("a") == OfRoutine("a")
    assert Named().all() == []
