"""What steps, kinds and sides are called, in a language."""

from __future__ import annotations

import re
from functools import partial

from guide.core.kinds import Kind, Side
from guide.core.shown import capital
from guide.core.words import ENGLISH, Words


def same_name(name: str) -> str:
    """
    A routine's name as it is held against another: without regard to case and to how many spaces it has.

    >>> same_name("  Power  Pumping ")
    'power pumping'
    """
    return " ".join(name.split()).casefold()


def kind_word(kind: Kind, words: Words = ENGLISH) -> str:
    """The kind of a step as it stands on screen: "Massage"."""
    match kind:
        case Kind.PREPARE:
            return words.pgettext("a kind of step", "Prepare")
        case Kind.MASSAGE:
            return words.pgettext("a kind of step", "Massage")
        case Kind.STROKE:
            return words.pgettext("a kind of step", "Stroke")
        case Kind.SHAKE:
            return words.pgettext("a kind of step", "Shake")
        case Kind.KNEAD:
            return words.pgettext("a kind of step", "Knead")
        case Kind.PUMP:
            return words.pgettext("a kind of step", "Pump")
        case Kind.COMPRESS:
            return words.pgettext("a kind of step", "Compress")
        case Kind.EXPRESS:
            return words.pgettext("a kind of step", "Express")
        case Kind.REST:
            return words.pgettext("a kind of step", "Rest")


def side_word(side: Side, words: Words = ENGLISH) -> str:
    """What stands for `{side}` in the texts of a routine."""
    match side:
        case Side.BOTH:
            return words.pgettext("in place of {side} in a routine's text", "both")
        case Side.LEFT:
            return words.pgettext("in place of {side} in a routine's text", "left")
        case Side.RIGHT:
            return words.pgettext("in place of {side} in a routine's text", "right")
        case Side.EACH:
            return words.pgettext("in place of {side} in a routine's text", "each")


def sided(text: str, side: Side, words: Words = ENGLISH) -> str:
    """
    Put a side in the place of `{side}`; where both are meant, the words around it change too.

    >>> sided("Hand express the {side} breast.", Side.LEFT), sided("Hand express the {side} breast.", Side.BOTH)
    ('Hand express the left breast.', 'Hand express both breasts.')
    >>> sided("The {side} nipple, and circles on the {side}: {side}.", Side.BOTH)
    'Both nipples, and circles on both: both.'
    """
    if side is Side.BOTH and "{side}" in text:
        # Translators: what stands in a routine around {side}, in the words of the language, and what becomes of it
        # where both sides are meant. Separated by semicolons, what contains another first; as many as are needed.
        pairs = words.pgettext(
            "{side} where both are meant",
            "the {side} breast = both breasts; the {side} side = both sides; the {side} nipple = both nipples; "
            "the {side} areola = both areolas; the {side} flange = both flanges; your {side} breast = both breasts; "
            "{side} breast = both breasts; {side} side = both sides; {side} nipple = both nipples; the {side} = both",
        )
        for pair in pairs.split(";"):
            before, _, after = (part.strip() for part in pair.partition("="))
            if "{side}" in before:
                text = re.sub(rf"(?i)(?<!\w){re.escape(before)}(?!\w)", partial(_in_place, after), text)
    return text.replace("{side}", side_word(side, words))


def _in_place(after: str, found: re.Match[str]) -> str:
    return capital(after) if found[0][:1].isupper() else after


def with_side(title: str, side: Side, words: Words = ENGLISH) -> str:
    """
    A title that tells its side, unless it does already.

    >>> with_side("Hand express", Side.LEFT), with_side("Left side once more", Side.LEFT), with_side("Pump", Side.BOTH)
    ('Hand express, left side', 'Left side once more', 'Pump')
    """
    if side_word(side, words).casefold() in re.findall(r"\w+", title.casefold()):
        return title
    match side:
        case Side.LEFT:
            return words.gettext("{title}, left side").format(title=title)
        case Side.RIGHT:
            return words.gettext("{title}, right side").format(title=title)
        case Side.BOTH | Side.EACH:
            return title


def within_a_sentence(title: str, words: Words = ENGLISH) -> str:
    """
    A title as it stands within a sentence; a name in capitals stays.

    >>> within_a_sentence("Light strokes"), within_a_sentence("NICU pause"), within_a_sentence("Massage-Stroke-Shake")
    ('light strokes', 'NICU pause', 'Massage-Stroke-Shake')
    """
    # Translators: write "no" where a title keeps its capital within a sentence, as nouns do in German.
    if words.pgettext("titles are written small within a sentence", "yes") != "yes" or any(
        letter.isupper() for letter in title[1:]
    ):
        return title
    return title[:1].lower() + title[1:]


def chime_word(sound: str, words: Words = ENGLISH) -> str:
    """
    A sound as a plan names it: by the kind of step it belongs to; a sound of her own by its file.

    >>> chime_word("massage"), chime_word("tick"), chime_word("bell.wav")
    ('massage', 'tick', 'bell.wav')
    """
    match sound:
        case "earliest":
            return words.pgettext("a sound in a plan", "earliest")
        case "end":
            return words.pgettext("a sound in a plan", "end")
        case "tick":
            return words.pgettext("a sound in a plan", "tick")
        case _ if sound in set(Kind):
            return within_a_sentence(kind_word(Kind(sound), words), words)
        case _:
            return sound
