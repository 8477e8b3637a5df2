"""The words of argparse, which looks them up with the gettext of the whole process: in our catalogue from now on."""

from __future__ import annotations

import gettext
from typing import Final

from guide import language
from guide.language import DOMAIN, N_

# Source: argparse of Python 3.11 to 3.13; those that a command line of ours can meet
WORDS: Final = (
    # Translators: before the form of a command, in the terminal; this and what follows is said by Python.
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("expected at most one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("unrecognized arguments: %s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
)


def speak() -> None:
    gettext.bindtextdomain(DOMAIN, language.LOCALE)
    gettext.textdomain(DOMAIN)
