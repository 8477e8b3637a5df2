"""Single values of a routine's file read: words, texts, lengths, moments, lists of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

from guide.core import duration
from guide.core.duration import SECOND, DurationError, written
from guide.core.pump import MARKS
from guide.core.routine import AfterStart, AtEarliest, BeforeEnd, Length, Share, When
from guide.core.shown import quoted
from guide.language import _, screen
from guide.store.routines.hints import nearest
from guide.store.yaml.nodes import ListNode, ScalarNode, target
from guide.store.yaml.odd import odd_in, without_odd
from guide.store.yaml.source import Value

SHORTEST_CUE_INTERVAL: Final = SECOND
SHORTEST_BEAT: Final = timedelta(milliseconds=250)
MOST_SAID: Final = 400

LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_WEB: Final = re.compile(r"(?i)https?://[^\s/?#.][^\s/?#]*(?:[/?#]\S*)?")
_SHARE: Final = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s*%")
_MARK: Final = re.compile(r"\{[^{}]{1,40}\}")
_BELOW_NOTHING: Final = re.compile(r"\s*-\s*([0-9][0-9.:]{0,8} ?[a-z]{0,7})\s*")
Reads = Callable[[Value], Any]
Word = TypeVar("Word", bound=StrEnum)


def text_up_to(most: int) -> Reads:
    return lambda value: value.text(most=most)


def told_up_to(most: int) -> Reads:
    """A text of a step, in which marks are replaced; one that is not known is shown and said as it stands."""

    def read_told(value: Value) -> str | None:
        text = value.text(most=most)
        unknown = next((mark for mark in _MARK.findall(text or "") if mark not in MARKS), "")
        if unknown:
            near = nearest(unknown, MARKS)
            means = _("did you mean '{near}'?").format(near=near)
            way = means if near else _("known are {join}").format(join=", ".join(MARKS))
            told = _("'{mark}' is no mark that is replaced; {way}")
            value.warn(told.format(mark=unknown, way=way), value.within(unknown, near) if near else None)
        return text

    return read_told


def told_of_odd(value: Value, text: str) -> bool:
    """Whether a letter that cannot be seen is what is wrong with the value: then that is the problem."""
    odd = odd_in(text)
    if odd:
        meant = without_odd(text)
        value.problem(
            _("'{meant}' has {odd} in it; delete that").format(meant=quoted(meant), odd=odd),
            value.instead(meant) if meant else None,
        )
    return bool(odd)


def word_of(words: type[Word], what: str) -> Callable[[Value], Word | None]:
    def read_word(value: Value) -> Word | None:
        text = value.text(most=200)
        if text is None:
            return None
        try:
            return words(text)
        except ValueError:
            not_one_of(value, text, [word.value for word in words], _(what))
            return None

    return read_word


def not_one_of(value: Value, text: str, known: list[str], what: str) -> None:
    if told_of_odd(value, text):
        return
    near = nearest(text, known)
    way = _("did you mean '{near}'?").format(near=near) if near else _("known are {join}").format(join=", ".join(known))
    value.problem(
        _("'{text}' is not {what}; {way}").format(text=quoted(text), what=what, way=way),
        value.instead(near) if near else None,
    )


def list_of(reads: Reads, most: int) -> Reads:
    def read_list(value: Value) -> tuple[Any, ...]:
        items = value.items() or ()
        if len(items) > most:
            value.problem(_("has {count} entries; {most} at most").format(count=len(items), most=most))
            return ()
        return tuple(found for item in items if (found := reads(item)) is not None)

    return read_list


def read_short_text(value: Value) -> str | None:
    text = value.text(most=200)
    if text == "":
        value.problem(_("is empty; write a short text or leave the line out"))
    return text or None


def read_name(value: Value) -> str | None:
    text = value.text(most=80)
    if text is not None and not any(unicodedata.category(letter)[0] not in "CZ" for letter in text):  # none to be seen
        value.problem(_("is empty; write 1 to 80 characters"))
        return None
    return text


def read_language(value: Value) -> str | None:
    text = value.text(most=35)
    if text is None or LANGUAGE.fullmatch(text):
        return text
    fix = value.instead(plain) if LANGUAGE.fullmatch(plain := text.replace("_", "-")) else None
    value.problem(_("'{text}' is not a language tag; write for example 'en' or 'pt-BR'").format(text=quoted(text)), fix)
    return None


def read_url(value: Value) -> str | None:
    text = value.text(most=2_000)
    if text is None or _WEB.fullmatch(text):
        return text
    fix = value.instead(f"https://{text}") if _WEB.fullmatch(f"https://{text}") and "." in text else None
    if ":" in text.partition("/")[0]:
        fix = None
    value.problem(_("'{text}' is not a web address; begin it with https:// or http://").format(text=quoted(text)), fix)
    return None


def read_true_or_false(value: Value) -> bool | None:
    text = value.text(most=200)
    if text is None:
        return None
    match text.lower():
        case "true":
            return True
        case "false":
            return False
        case other:
            meant = "true" if other in {"yes", "on", "y"} else "false" if other in {"no", "off", "n"} else ""
            value.problem(
                _("'{text}' is not 'true' or 'false'").format(text=quoted(text)),
                value.instead(meant) if meant else None,
            )
            return None


def read_until(value: Value) -> bool | None:
    text = value.text(most=200)
    if text is None:
        return None
    if text == "milk slows":
        return True
    if told_of_odd(value, text):
        return None
    near = nearest(text, ["milk slows"])
    value.problem(
        _("'{text}' is not known here; write 'milk slows'").format(text=quoted(text)),
        value.instead(near) if near else None,
    )
    return None


def read_length(value: Value) -> Length | None:
    node = target(value.node)
    if isinstance(node, ScalarNode) and (less := _BELOW_NOTHING.fullmatch(node.text)):
        value.problem(
            _("'{text}' is less than no time; write '{less}'").format(text=quoted(node.text), less=less[1]),
            value.instead(less[1]),
        )
        return None
    return _from_duration(value, duration.parse_length)


def read_time(value: Value) -> timedelta | None:
    return _from_duration(value, duration.parse)


Found = TypeVar("Found")


def _from_duration(value: Value, parse: Callable[[str], Found]) -> Found | None:
    text = value.text(most=200)
    if text is None:
        return None
    try:
        return parse(text)
    except DurationError as error:
        if told_of_odd(value, text):
            return None
        value.problem(error.said(screen()), value.instead(error.fix) if error.fix else None)
        return None


def interval_from(shortest: timedelta) -> Reads:
    def read_interval(value: Value) -> timedelta | None:
        found = read_time(value)
        if found is not None and found < shortest:
            value.problem(_("is shorter than {shortest}, the shortest there is").format(shortest=written(shortest)))
            return None
        return found

    return read_interval


def read_at(value: Value) -> When | None:
    text = value.text(most=200)
    if text is None:
        return None
    if text == "earliest":
        return AtEarliest()
    if share := _SHARE.fullmatch(text):
        fraction = float(share[1]) / 100
        if fraction <= 1:
            return Share(fraction)
        value.problem(_("'{text}' is more than the whole step; write 0 % to 100 %").format(text=quoted(text)))
        return None
    before_end = text.startswith(("-", "\u2212"))
    length = text[1:].strip() if before_end else text
    try:
        offset = duration.parse(length)
    except DurationError as error:
        if told_of_odd(value, text):
            return None
        near = nearest(text, ["earliest"])
        if near:
            value.problem(
                _("'{text}' is not a moment; did you mean '{near}'?").format(text=quoted(text), near=near),
                value.instead(near),
            )
        elif error.fix and before_end:
            value.problem(
                _("'{text}' has no unit; write '-{length} s'").format(text=quoted(text), length=length),
                value.instead(f"-{length} s"),
            )
        elif error.fix:
            value.problem(error.said(screen()), value.instead(f"{length} s"))
        else:
            value.problem(
                _("'{text}' is not a moment; write for example '0:30', '-10 s', '50%' or 'earliest'").format(
                    text=quoted(text)
                )
            )
        return None
    return BeforeEnd(offset) if before_end else AfterStart(offset)


def _beat(value: Value) -> str | None:
    text = value.text(most=40)
    if text == "":
        value.problem(_("is empty; write the word of this beat"))
    return text or None


def read_beats(value: Value) -> tuple[str, ...] | None:
    beats: tuple[str, ...] = list_of(_beat, 20)(value)
    if isinstance(target(value.node), ListNode) and not target(value.node).size > 1:
        value.problem(_("is empty; write for example [press back, compress, relax]"))
    return beats or None
