"""A plan as text and as data, for people and for tests."""

from __future__ import annotations

from datetime import timedelta

from guide.core.duration import SECOND, short, span
from guide.core.naming import chime_word, kind_word
from guide.core.plan import Action, Advance, Beat, Chime, Earliest, Partner, Plan, Say, Segment, Show
from guide.core.shown import visible
from guide.core.words import ENGLISH, Words


def as_text(plan: Plan, words: Words = ENGLISH) -> str:
    """The plan as a person reads it, in `words`: a line a step with its start, then each moment within."""
    read_as = {
        "say": words.pgettext("what happens in a plan", "say"),
        "chime": words.pgettext("what happens in a plan", "chime"),
        "show": words.pgettext("what happens in a plan", "show"),
        "partner": words.pgettext("what happens in a plan", "partner"),
        "beat": words.pgettext("what happens in a plan", "beat"),
        "earliest": words.pgettext("what happens in a plan", "may end from here"),
        "advance": words.pgettext("what happens in a plan", "moves on"),
    }
    lines = [f"{visible(plan.routine.name)}: {span(plan.shortest, plan.longest)}"]
    for number, segment in enumerate(plan.segments, 1):
        kind = kind_word(segment.step.kind, words)
        named = "" if segment.title.casefold().startswith(kind.casefold()) else f" ({kind})"
        about = [short(segment.step.length, words)]
        about += [words.gettext("round {n} of {all}").format(n=turn.number, all=turn.of) for turn in segment.rounds]
        if segment.step.suggested:
            about.append(words.pgettext("a length that no source gives", "suggested"))
        lines.append(f"{number:3}. {visible(segment.name)}{named}: {', '.join(about)}")
        beats = 0
        for moment in segment.moments:
            if isinstance(moment.action, Beat):
                beats += 1
                if beats > len(segment.step.pace.beats if segment.step.pace else ()):
                    continue
            effect, text = _effect(moment.action)
            if isinstance(moment.action, Chime):
                text = chime_word(text, words)
            lines.append(f"     {_at(moment.offset):>6}  {read_as[effect]:<7} {visible(text)}".rstrip())
    return "\n".join(lines) + "\n"


def _at(offset: timedelta) -> str:
    whole, hundredths = divmod(round(offset / SECOND * 100), 100)
    rest = f".{hundredths:02d}".rstrip("0").rstrip(".")
    return f"{whole // 60}:{whole % 60:02d}{rest}"


def as_data(plan: Plan, routine_id: str) -> dict[str, object]:
    """The plan as plain values for JSON; seconds throughout, None for the longest of a step that waits."""
    return {
        "id": routine_id,
        "name": plan.routine.name,
        "shortest_s": plan.shortest.total_seconds(),
        "longest_s": plan.longest.total_seconds(),
        "steps": [_step_data(segment) for segment in plan.segments],
    }


def _step_data(segment: Segment) -> dict[str, object]:
    moments = []
    for moment in segment.moments:
        effect, text = _effect(moment.action)
        moments.append({"at_s": moment.offset.total_seconds(), "effect": effect, "text": text})
    return {
        "title": segment.title,
        "kind": segment.step.kind.value,
        "side": segment.side.value,
        "shortest_s": segment.shortest.total_seconds(),
        "longest_s": None if segment.longest is None else segment.longest.total_seconds(),
        "moments": moments,
    }


def _effect(action: Action) -> tuple[str, str]:
    match action:
        case Say(text):
            return "say", text
        case Chime(sound):
            return "chime", sound
        case Show(text):
            return "show", text
        case Partner(text):
            return "partner", text
        case Beat(text):
            return "beat", text
        case Earliest():
            return "earliest", ""
        case Advance():
            return "advance", ""
