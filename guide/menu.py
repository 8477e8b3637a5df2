"""Where no window can open: the routines to choose from in the terminal."""

from __future__ import annotations

from guide.core.duration import span
from guide.core.layout import lay_out
from guide.language import _
from guide.store.routines.library import Library


def chosen(library: Library) -> str | None:
    """List the routines and ask for one, until it is an answer; None where she leaves."""
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
            return None
        if not said:
            return None
        if said.isdecimal() and 1 <= int(said) <= len(choices):
            return choices[int(said) - 1][0]
        if found := next((name for name, _routine in choices if name == said), None):
            return found
        print(_("Write a number from 1 to {last}.").format(last=len(choices)))
