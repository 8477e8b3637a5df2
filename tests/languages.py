"""
The catalogues of the program's words.

    python -m tests.languages extract   writes guide/locale/guide.pot anew, from the texts marked in the code
    python -m tests.languages update    does so, and brings every guide.po up to it
    python -m tests.languages compile   makes guide.mo of every guide.po, as an installation does
    python -m tests.languages pseudo    makes two languages that nobody speaks, en-XA and ar-XB, to look at pages with

docs/translating.md tells how a language comes about.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HOME: Final = Path(__file__).parents[1]
LOCALE: Final = HOME / "guide" / "locale"
TEMPLATE: Final = LOCALE / "guide.pot"
COMPLETE: Final = ("de", "es")
KEYWORDS: Final = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
_ACCENTED: Final = str.maketrans(
    "AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz",
    "ÅåƁƀÇçĐđÉéƑƒĜĝĤĥÎîĴĵĶķĻļṀɱÑñÖöÞþǪǫŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž",
)
_DATED: Final = re.compile(r'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By).*\n', re.MULTILINE)
_LEFT_ALONE: Final = re.compile(r"(\{[^{}]*\}|%(?:\(\w+\))?[sr]|<[^<>]*>|\]\([^)]*\)|\n)")


def extracted() -> Catalog:
    """Every text marked in the code, in the order of the files."""
    catalogue = Catalog(project="Pumping Guide", version="", charset="utf-8", fuzzy=False)
    found = extract_from_dir(
        HOME / "guide", method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    for name, _line, text, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        catalogue.add(text, None, [(f"guide/{name}", 0)], auto_comments=comments, context=context)
    return catalogue


def as_text(catalogue: Catalog) -> str:
    """A catalogue as its file has it: no dates and no line numbers, so that only a text changes it."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, omit_header=False, include_lineno=False, sort_output=False)
    dated = re.compile(
        r'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By|Report-Msgid).*\n', re.MULTILINE
    )
    return dated.sub("", buffer.getvalue().decode())


def template() -> Catalog:
    with TEMPLATE.open("rb") as file:
        return read_po(file)


def written() -> dict[str, Path]:
    """The catalogues that people edit, by language."""
    return {path.parts[-3]: path for path in sorted(LOCALE.glob("*/LC_MESSAGES/guide.po"))}


def catalogue_of(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def key(message: Message) -> tuple[str | None, str]:
    """What gettext looks a message up by."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def lacking(catalogue: Catalog, of: Catalog) -> list[str]:
    """The texts that a language has no words for; fuzzy ones are as good as none."""
    there = {key(message): _parts(message.string) for message in messages(catalogue) if not message.fuzzy}
    wanted = [key(message) for message in messages(of)]
    return [one[1] for one in wanted if not there.get(one) or not all(part.strip() for part in there[one])]


def _parts(string: object) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string) if isinstance(string, tuple | list) else ()


def places(text: str) -> set[str]:
    """
    >>> sorted(places("{name} lasts {n} min"))
    ['{name}', '{n}']
    """
    return set(re.findall(r"\{[^{}]*\}", text))


def misplaced(catalogue: Catalog) -> list[str]:
    """The translations that name another place than their text does, or that lost one."""
    wrong = []
    for message in messages(catalogue):
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        allowed = set().union(*(places(text) for text in ids))
        needed = set.intersection(*(places(text) for text in ids))
        parts = [part for part in _parts(message.string) if part]
        wrong += [f"{ids[0]!r}: {part!r}" for part in parts if not needed <= places(part) <= allowed]
    return wrong


def compile_to(target: Path, catalogue: Catalog) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)


def accented(text: str) -> str:
    """
    A text read as English without a plain letter; its places, links and marks stay.

    >>> accented("Rest, {name}")
    'Ŕéšţ, {name}'
    """
    parts = _LEFT_ALONE.split(text)
    return "".join(part if index % 2 else part.translate(_ACCENTED) for index, part in enumerate(parts))


def lengthened(text: str) -> str:
    """
    A text in en-XA: accented, two fifths longer, in brackets; what it grows by are words as long as German ones.

    >>> lengthened("Rest, {name}")
    '[Ŕéšţ, {name} ~~]'
    """
    more = max(1, round(sum(len(part) for part in _LEFT_ALONE.split(text)[::2]) * 0.4))
    words = " ".join("~" * min(12, more - at) for at in range(0, more, 12))
    return f"[{accented(text)} {words}]"


def mirrored(text: str) -> str:
    """A text in ar-XB: English letters that run from right to left."""
    return f"\u200f\u202e{text}\u202c"


PSEUDO: Final = {"en_XA": lengthened, "ar_XB": mirrored}


def make_pseudo(into: Path, of: Catalog | None = None) -> None:
    """Make the two languages that nobody speaks under a folder that is laid out as guide/locale."""
    for language, change in PSEUDO.items():
        made = Catalog(locale="en" if language == "en_XA" else "ar", fuzzy=False)
        for message in messages(of or template()):
            if isinstance(message.id, str):
                made.add(message.id, change(message.id), context=message.context)
            else:
                one, many = message.id[0], message.id[1]
                forms = (one, *[many] * (made.num_plurals - 1))
                made.add((one, many), tuple(change(form) for form in forms), context=message.context)
        compile_to(into / language / "LC_MESSAGES" / "guide.mo", made)


def _extract() -> None:
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_text(as_text(extracted()), encoding="utf-8")


def _update() -> None:
    _extract()
    for language, path in written().items():
        catalogue = catalogue_of(path)
        catalogue.update(template(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path.write_text(as_text(catalogue), encoding="utf-8")
        print(f"{language}: {len(lacking(catalogue, template()))} texts to translate")


def _compile() -> None:
    for path in written().values():
        compile_to(path.with_suffix(".mo"), catalogue_of(path))


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.languages", description="The catalogues of the words.")
    parser.add_argument("what", choices=("extract", "update", "compile", "pseudo"))
    match parser.parse_args(arguments).what:
        case "extract":
            _extract()
        case "update":
            _update()
        case "compile":
            _compile()
        case _:
            make_pseudo(LOCALE)


if __name__ == "__main__":
    main(sys.argv[1:])
