"""The words of a language as `core` is handed them: a gettext catalogue."""

from __future__ import annotations

import gettext
from typing import Final

Words = gettext.NullTranslations

ENGLISH: Final = Words()  # the texts in the code are English: it needs no catalogue


def N_(text: str) -> str:  # noqa: N802  the name that extraction tools know
    """Marks a constant for translation; it is looked up where it is shown or said."""
    return text
