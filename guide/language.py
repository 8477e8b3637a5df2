"""The words of the screen, in a language: gettext catalogues, chosen once and changed at once."""

from __future__ import annotations

import gettext as _gettext
from pathlib import Path
from typing import Final

DOMAIN: Final = "guide"
LOCALE: Final = Path(__file__).with_name("locale")
ENGLISH: Final = "en"

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def speak(language: str) -> None:
    """Use the catalogue of a language (BCP 47) from now on; a language without one is English."""
    global _catalogue  # noqa: PLW0603  the screen has one language at a time
    name = language.replace("-", "_")
    _catalogue = _gettext.translation(DOMAIN, LOCALE, [name], fallback=True)


def _(text: str) -> str:
    """The text in the language of the screen."""
    return _catalogue.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    return _catalogue.ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """The text where a word alone does not tell its sense: `pgettext("a kind of step", "Rest")`."""
    return _catalogue.pgettext(context, text)


def N_(text: str) -> str:  # noqa: N802  the name that extraction tools know
    """Marks a constant for translation; it is looked up with `_` where it is shown."""
    return text
