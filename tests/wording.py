"""The words this program does not use, each with its reason, and where they are looked for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

GENTLE: Final = "hands are always gentle"
JUDGING: Final = "nothing is a verdict on a person or a session"
PROMISE: Final = "more milk is never promised"
NO_ORDERS: Final = "a person is invited, not ordered"
NO_PRAISE: Final = "volume is not praised"
NO_MEDICINE: Final = "no medicine, no dose"
NO_VOICE: Final = "the program does not listen; write 'press Next'"

FORBIDDEN: Final = {
    r"deep(?:ly|er|est)?": GENTLE,
    r"firm(?:ly|er|ness)?": GENTLE,
    r"dig(?:s|ging)?": GENTLE,
    r"hard(?:er|est)?": GENTLE,
    r"vigorous(?:ly)?": GENTLE,
    r"break(?:s|ing)?(?: (?:it|them))? up": GENTLE,
    r"drain(?:s|ing)? (?:the|your|a|both) (?:lumps?|breasts?|ducts?)": GENTLE,
    r"empt(?:y|ies|ied|ying)": "say 'soft'",
    r"lump(?:s|y)?": "say 'fuller areas'",
    r"should(?:n't)?": NO_ORDERS,
    r"have to": NO_ORDERS,
    r"only": "sounds like too little, or like a restriction",
    r"just (?:one|two|three|a bit|a few|a little) more": "nobody is urged to go the extra inch",
    r"fail(?:s|ed|ing|ures?)?": JUDGING,
    r"missed": JUDGING,
    r"behind": JUDGING,
    r"low": JUDGING,
    r"insufficient|inadequate|not enough": JUDGING,
    r"streaks?": JUDGING,
    r"great job|good job|well done|congratulations|keep it up": NO_PRAISE,
    r"more milk": PROMISE,
    r"(?:boost|increase|raise|build)(?:s|ing)? (?:your |the )?(?:milk )?(?:supply|output|volume)": PROMISE,
    r"ibuprofen|paracetamol|acetaminophen|domperidone|metoclopramide|antibiotics?|\d+ ?mg": NO_MEDICINE,
    r"""say [“"'‘]?(?:next|pause|stop|back|start|go on|more time)""": NO_VOICE,
    r"!(?!=)": "no exclamation marks",
}

# The same rules, said in the other languages; a page of theirs is held to its own.
SPANISH: Final = {
    r"profund[oa]s?|profundamente|a fondo": GENTLE,
    r"(?:con )?firmeza|firmes?|firmemente": GENTLE,
    r"duro|con fuerza|vigorosamente": GENTLE,
    r"deshacer|romper (?:los|el) (?:bultos?|nudos?)": GENTLE,
    r"vac[ií](?:a|ar|o|e|as|os|arlo|arlos)": "di 'suave', no 'vacío'",
    r"bultos?": "di 'zonas más llenas'",
    r"debes?|deber[ií]as?|tienes que|hay que": NO_ORDERS,
    r"fracas\w*|fallaste|fallad[oa]": JUDGING,
    r"insuficiente|poca leche|escasa": JUDGING,
    r"racha": JUDGING,
    r"muy bien|felicidades|felicitaciones|excelente trabajo|bien hecho": NO_PRAISE,
    r"m[aá]s leche": PROMISE,
    r"(?:aumenta|mejora)(?:r|s|n)? (?:tu|la) (?:producci[oó]n|leche)|sub(?:e|ir) (?:tu|la) producci[oó]n": PROMISE,
    r"ibuprofeno|paracetamol|acetaminof[eé]n|domperidona|metoclopramida|antibi[oó]ticos?|\d+ ?mg": NO_MEDICINE,
    r"di (?:siguiente|pausa|para|atr[aá]s)": NO_VOICE,
    r"[!¡]": "no exclamation marks",
}
GERMAN: Final = {
    r"tief(?:e|er|es|en|em)?": GENTLE,
    r"fest(?:e|er|es|en)? (?:dr[uü]ck\w*|massier\w*)|kr[aä]ftig\w*|hart(?:e|er|es|en)?": GENTLE,
    r"aufl[oö]sen|wegmassier\w*": GENTLE,
    r"leer(?:e|en|er|es|t|pumpen)?|entleer\w*": "sag 'weich', nicht 'leer'",
    r"knoten": "sag 'vollere Stellen'",
    r"du (?:musst|sollst|solltest)|muss(?:t)? du": NO_ORDERS,
    r"versag\w*|gescheitert|verpasst": JUDGING,
    r"zu wenig|ungen[uü]gend|unzureichend": JUDGING,
    r"serie": JUDGING,
    r"gut gemacht|super|toll|gl[uü]ckwunsch|weiter so": NO_PRAISE,
    r"mehr milch": PROMISE,
    r"(?:steiger|erh[oö]h)(?:t|e|n|en|st) (?:die|deine) (?:milch\w*|menge)": PROMISE,
    r"ibuprofen|paracetamol|domperidon|metoclopramid|antibiotik\w*|\d+ ?mg": NO_MEDICINE,
    r"sag (?:weiter|pause|stopp|zur[uü]ck)": NO_VOICE,
    r"!": "no exclamation marks",
}

# Exact phrases that may stand anywhere: signs as the care card has them, denials, titles of others.
ALLOWED: Final = (
    "a lump that stays",
    "low mood that stays",
    "red streaks",
    "never has to",
    "How to Increase your Milk Supply with Hands-on Pumping",
    "So You Can Get Even More Milk",
)

ALLOWED_IN: Final = {
    "es": (
        "un bulto que no se va",
        "rompe el vacío",
        "revisa el vacío",
        "Vacío máximo cómodo",
        "aún aconsejan sacar leche a menudo",
    ),
    "de": ("ein Knoten, der bleibt", "zu häufigem Leeren", "Handentleerung"),
}

# Exact phrases of technical messages and code: what they speak of is a file or a machine.
ALLOWED_IN_CODE: Final = (
    "is empty; write",
    "is empty; a routine begins with",
    "nested more than {} deep here",
    "nest at most {} deep",
    "words that begin with '!'",
    "; (?![^“]*”)",
    "only a range has an earliest end",
    "only WAV sounds can",
    "noise behind it",
    "taking along failed",
    "the file only to",
    "Only the takes you record",
    "both together only",
    "it is empty",
    "only it has",
    "nested more than {value} deep here",
    "nest at most {value} deep",
    "{low}",
    "what is only in the copy",
    "together only {both} mL",
    "Only the takes you record are kept",
    "Give the file only to",
    "It should answer to the one",
)


def _compiled(rules: dict[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(pattern if "!" in pattern else rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE), reason)
        for pattern, reason in rules.items()
    )


_WORDS: Final = {"en": _compiled(FORBIDDEN), "es": _compiled(SPANISH), "de": _compiled(GERMAN)}


@dataclass(frozen=True, slots=True)
class Said:
    """A text a person may see or hear, and where it stands."""

    path: Path
    line: int
    text: str

    @property
    def language(self) -> str:
        return next((part for part in self.path.parts if part in ALLOWED_IN), "en")

    @property
    def allowed(self) -> tuple[str, ...]:
        if self.language in ALLOWED_IN:
            return ALLOWED_IN[self.language]
        return (*ALLOWED, *ALLOWED_IN_CODE) if self.path.suffix == ".py" else ALLOWED


def offences(text: str, allowed: tuple[str, ...] = ALLOWED, language: str = "en") -> list[str]:
    """
    Each forbidden word in the text with its reason; the `allowed` phrases are passed over.

    >>> offences("Massage deeply!")
    ["'deeply': hands are always gentle", "'!': no exclamation marks"]
    >>> offences("A lump that stays.")
    []
    """
    plain = re.sub(r"\{[^{}]*\}", "{}", " ".join(text.split()))  # the names of places are shown to nobody
    for phrase in allowed:
        plain = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", "_", plain, flags=re.IGNORECASE)
    return [f"'{found[0]}': {reason}" for word, reason in _WORDS[language] for found in word.finditer(plain)]


def report(texts: Iterator[Said]) -> list[str]:
    """Every offence as `file:line: 'word': reason, in "text"`."""
    return [
        f'{said.path}:{said.line}: {offence}, in "{" ".join(said.text.split())[:80]}"'
        for said in texts
        for offence in offences(said.text, said.allowed, said.language)
    ]


def texts_of(path: Path) -> Iterator[Said]:
    """The texts of one file, by what kind of file it is."""
    source = path.read_text(encoding="utf-8")
    match path.suffix:
        case ".yaml":
            yield from _of_yaml(path, source)
        case ".md":
            yield from _of_markdown(path, source)
        case ".py":
            yield from _of_python(path, source)
        case other:
            raise ValueError(f"no texts are known in a {other} file")


def _of_yaml(path: Path, source: str) -> Iterator[Said]:
    """Every scalar but an address."""
    nodes = [yaml.compose(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))]
    while nodes:
        match nodes.pop():
            case yaml.ScalarNode() as scalar if not scalar.value.startswith("http"):
                yield Said(path, scalar.start_mark.line + 1, scalar.value)
            case yaml.SequenceNode() as several:
                nodes += several.value
            case yaml.MappingNode() as mapping:
                nodes += [value for _, value in mapping.value]
            case _:
                pass


def _of_markdown(path: Path, source: str) -> Iterator[Said]:
    """Paragraph by paragraph, so that a phrase broken over two lines is found."""
    paragraph: list[str] = []
    lines = source.splitlines()
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            paragraph.append(line)
        elif paragraph:
            yield Said(path, number - len(paragraph), "\n".join(paragraph))
            paragraph = []


def _of_python(path: Path, source: str) -> Iterator[Said]:
    """Every string literal that has a space, but no docstring; an f-string whole, with {} for what is filled in."""
    nodes = list(ast.walk(ast.parse(source, str(path))))
    skipped = {
        id(first.value)
        for node in nodes
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        for first in node.body[:1]
        if isinstance(first, ast.Expr)
    }
    for node in nodes:  # a pattern to look for words with is shown to nobody
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile":
            skipped |= {id(part) for part in ast.walk(node)}
    for node in nodes:  # outer nodes first: an f-string before its parts
        match node:
            case ast.JoinedStr(values=parts) if id(node) not in skipped:
                skipped |= {id(part) for part in parts}
                text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
            case ast.Constant(value=str(text)) if id(node) not in skipped:
                pass
            case _:
                continue
        if " " in text:
            yield Said(path, node.lineno, text)
