"""Where no window can open: the routines to choose from in the terminal, and the one chosen, played there."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from guide import commands
from guide.answers import OK, paths_of
from guide.core.duration import span
from guide.core.plan import lay_out
from guide.language import _
from guide.store.paths import builtin_folder
from guide.store.routines.library import Library


def guide(options: object, why: str) -> int:
    """Play the routine that was named, or one chosen from a list; `why` tells what keeps the window away."""
    print(why)
    routine = getattr(options, "routine", None) or _chosen(options)
    if routine is None:
        return OK
    asked: Any = SimpleNamespace(
        home=getattr(options, "home", None),
        routine=routine,
        silent=False,
        speed=getattr(options, "speed", 1.0),
        trace=getattr(options, "trace", None),
    )
    return commands.play(asked)


def _chosen(options: object) -> str | None:
    paths = paths_of(options)
    library = Library(builtin_folder(), paths.own_routines, trash=paths.trash, cache=paths.summaries)
    choices = [(entry.id, entry.routine) for entry in library.entries() if entry.routine]
    print()
    for number, (_id, routine) in enumerate(choices, 1):
        plan = lay_out(routine)
        print(f"{number:3}  {routine.name}, {span(plan.shortest, plan.longest)}")
    print()
    while True:
        try:
            said = input(_("Which one? Its number, or Enter to leave: ")).strip()
        except EOFError:
            said = ""
        if not said:
            return None
        if said.isdecimal() and 1 <= int(said) <= len(choices):
            return choices[int(said) - 1][0]
        if found := next((name for name, _routine in choices if name == said), None):
            return found
        print(_("Write a number from 1 to {last}.").format(last=len(choices)))
