"""Which routine each session is of: by its id, or by its name where it came in from another program's log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from guide.core.naming import same_name
from guide.core.record import OfRoutine

BY_NAME = ":"  # begins the key of a routine that is only a name; no file has it in its name, so no id does


class Named:
    """
    The routines of a log, each under one key.

    Sessions without an id are told apart by their names; a name that is a known routine's belongs to its id. `known`
    gives the ids by name; it is asked only where there is such a session. What no name tells is under no key: "".
    `shown` gives, for an id and the name that was logged, the name that is shown.
    """

    def __init__(
        self,
        logged: Sequence[tuple[str, str, int]] = (),
        known: Callable[[], Mapping[str, str]] = dict,
        shown: Callable[[str, str], str] = lambda _id, name: name,
    ) -> None:
        self._called = shown
        self._ids: dict[str, str] = {}
        if any(name and not key for key, name, _ in logged):
            self._ids = {same_name(name): key for key, name, _ in reversed(logged) if key and name} | {**known()}
        self._number = Counter[str]()
        self._shown: dict[str, str] = {}
        self._of: dict[str, OfRoutine] = {}
        for routine_id, name, number in sorted(logged, key=lambda one: not one[0]):  # an id's name comes first
            key = self.key(routine_id, name)
            before = self._of.get(key, OfRoutine(self.id(key)))
            self._of[key] = before if routine_id else OfRoutine(before.id, (*before.names, name))
            self._shown.setdefault(key, name)
            self._number[key] += number

    def key(self, routine_id: str, name: str) -> str:
        """What a session of this id and name is under."""
        if routine_id or not (plain := same_name(name)):
            return routine_id
        return self._ids.get(plain, BY_NAME + plain)

    def id(self, key: str) -> str:
        """The id of the routine under a key; none where it is only a name."""
        return "" if key.startswith(BY_NAME) else key

    def called(self, routine_id: str, name: str) -> str:
        """How the routine of a session of this id and name is called."""
        return self._called(self.id(self.key(routine_id, name)), name)

    def sessions(self, key: str) -> OfRoutine:
        """What to ask the log for."""
        return self._of.get(key, OfRoutine(self.id(key)))

    def all(self) -> list[tuple[str, str, int]]:
        """Each routine: its key, its name and how many sessions it has; most used first."""
        return [(key, self._shown[key], number) for key, number in self._number.most_common()]
