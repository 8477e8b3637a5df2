"""The words of the screen and of a routine, each in a language: gettext catalogues, the screen's changed at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeVar

from guide.catalogue import Catalogue
from guide.core.numbers import Marks, marks_of
from guide.core.words import ENGLISH as ENGLISH_WORDS
from guide.core.words import N_, Words

DOMAIN: Final = "guide"
LOCALE: Final = Path(__file__).with_name("locale")
ENGLISH: Final = "en"
__all__ = [
    "DOMAIN",
    "ENGLISH",
    "LOCALE",
    "N_",
    "_",
    "asked_by",
    "decimal",
    "figure",
    "grouped",
    "in_words",
    "known",
    "languages",
    "listed",
    "marks",
    "ngettext",
    "pgettext",
    "reason",
    "right_to_left",
    "screen",
    "speak",
    "spoken",
    "translated",
    "words",
]


@lru_cache(maxsize=32)
def words(language: str) -> Words:
    """The words of a language (BCP 47); one without a catalogue is English."""
    for name in (language, language.partition("-")[0]):
        if (there := _catalogue(name)).is_file():
            return Catalogue(there)
    return ENGLISH_WORDS


def _catalogue(language: str) -> Path:
    return LOCALE / language.replace("-", "_") / "LC_MESSAGES" / f"{DOMAIN}.mo"


_screen: Words = words(ENGLISH)
_language = ENGLISH
_marks = Marks()


def speak(language: str, *, country: str = "") -> None:
    """Use the words of a language (BCP 47) on the screen from now on, and write numbers as a country that speaks it."""
    global _screen, _language, _marks
    _screen, _language, _marks = words(language), language, marks_of(country or language)


def asked_by(environment: Mapping[str, str]) -> str:
    """
    The language a terminal asks for (BCP 47); "en" where it names none, or nonsense.

    >>> asked_by({"LANG": "es_MX.UTF-8"}), asked_by({"LC_MESSAGES": "de_DE", "LANG": "es"}), asked_by({"LANG": "C"})
    ('es-MX', 'de-DE', 'en')
    >>> asked_by({"LANG": "de_AT.UTF-8", "LANGUAGE": "es_MX:es"}), asked_by({"LANG": "../../etc"})
    ('es-MX', 'en')
    """
    named = next((value for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(key, ""))), "")
    tag = named.partition(".")[0].partition("@")[0].replace("_", "-")
    if tag not in {"", "C", "POSIX"} and (first := environment.get("LANGUAGE", "").partition(":")[0]):
        tag = first.replace("_", "-")
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", tag) else ENGLISH


def languages() -> dict[str, str]:
    """Those there are words for, each by its own name, English first."""
    made = sorted(path.parts[-3] for path in LOCALE.glob("*/LC_MESSAGES/guide.mo"))
    tags = [ENGLISH, *(name.replace("_", "-") for name in made)]
    return {tag: words(tag).pgettext("the name of this language, in itself", "English") for tag in tags}


def known(language: str) -> str:
    """The language of the screen for a wish (BCP 47): itself, its main form, or English."""
    wanted = language.replace("_", "-")
    return next(
        (tag for tag in (wanted, wanted.partition("-")[0]) if tag == ENGLISH or _catalogue(tag).is_file()), ENGLISH
    )


def right_to_left(language: str) -> bool:
    return language.partition("-")[0] in {"ar", "dv", "fa", "he", "ku", "ps", "ur", "yi"}


def screen() -> Words:
    """The words of the screen, to hand to `core`."""
    return _screen


def marks() -> Marks:
    """How the screen writes numbers, to hand to `core`."""
    return _marks


def grouped(number: int) -> str:
    """A whole number with its thousands apart, as the screen writes it."""
    return _marks.grouped(number)


def decimal(number: str) -> str:
    """A number written with a point, as it can be typed on the screen."""
    return _marks.decimal(number)


def figure(number: str) -> str:
    """A number written with a point, as the screen shows it: with its thousands apart."""
    return _marks.figure(number)


def listed(several: Sequence[str]) -> str:
    """
    Things in a row, as a sentence names them.

    >>> [listed(list("abc"[:n])) for n in range(4)]
    ['', 'a', 'a and b', 'a, b and c']
    """
    *first, last = several or ("",)
    return _("{listed} and {last}").format(listed=", ".join(first), last=last) if first else last


def spoken() -> str:
    """The language of the screen (BCP 47)."""
    return _language


def translated(path: Path, language: str) -> Path:
    """The same file in a language, in a folder of that name beside it; the file itself where there is none."""
    for name in (language, language.partition("-")[0]):
        if name != ENGLISH and (there := path.parent / name / path.name).is_file():
            return there
    return path


# what systems say most, in small letters
TOLD_BY_THE_SYSTEM: Final = (
    N_("permission denied"),
    N_("operation not permitted"),
    N_("no such file or directory"),
    N_("no space left on device"),
    N_("disk quota exceeded"),
    N_("read-only file system"),
    N_("is a directory"),
    N_("not a directory"),
    N_("it is not an ordinary file"),
    N_("file exists"),
    N_("file name too long"),
    N_("too many levels of symbolic links"),
    N_("input/output error"),
)


def reason(error: Exception) -> str:
    """Why a file could not be read or written, to stand within a sentence; a ValueError is about its name."""
    said = getattr(error, "strerror", None)
    if not said:
        by_name = not isinstance(error, OSError)
        return _("the name is not one of a file") if by_name else _("for a reason the system does not tell")
    small = f"{said[:1].lower()}{said[1:]}"
    return _(small)


Value = TypeVar("Value")


def in_words(options: Iterable[tuple[Value, str]]) -> list[tuple[Value, str]]:
    """Options whose words are marked with `N_`, in the language of the screen."""
    return [(value, _(words)) for value, words in options]


def _(text: str) -> str:
    """The text in the language of the screen."""
    return _screen.gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    return _screen.ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """The text where a word alone does not tell its sense: `pgettext("a kind of step", "Rest")`."""
    return _screen.pgettext(context, text)
