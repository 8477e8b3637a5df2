"""A routine's text with the lengths of one session in place of those it was written with."""

from __future__ import annotations

from datetime import timedelta

from guide.core.duration import written
from guide.core.layout import lay_out
from guide.core.record import Record
from guide.core.routine import Fixed, Routine, Step
from guide.core.usual import keep_what_i_did
from guide.language import _
from guide.store.routines.limits import outside
from guide.store.routines.reader import read
from guide.store.yaml.edit import EditError, apply, remove_cue, set_field
from guide.store.yaml.problem_words import told


def as_done(text: str, routine: Routine, record: Record) -> str:
    """
    `text`, of `routine`, with every step as long as it was in `record`; steps not come to, and waits, stay.

    A step that comes more than once has one length in a file: that of its last turn. A cue that is no longer inside
    its step goes. Raises `EditError` where the text cannot be changed so, or would not load afterwards.
    """
    plan = lay_out(routine)  # which breast came first moves no place
    done: dict[tuple[int, ...], tuple[Step, timedelta]] = {}
    for segment, lasted in zip(plan.segments, keep_what_i_did(plan, record), strict=True):
        if lasted is not None and not segment.waits:
            done[segment.place] = segment.step, lasted
    for place, (step, lasted) in done.items():
        for index in reversed(range(len(step.cues))):
            if outside(step.cues[index].when, Fixed(lasted)):
                text = apply(text, remove_cue(text, place, index))
        for key in ("until", "linger"):
            text = apply(text, set_field(text, place, key, None))
        text = apply(text, set_field(text, place, "duration", written(lasted)))
    for problem in read(text).problems:
        raise EditError(_("What you did cannot be kept as a routine. {problem}").format(problem=told(problem)))
    return text
