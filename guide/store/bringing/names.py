"""What the name of a column says it is, in the words of people and programs, English, German and Spanish."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from guide.store.bringing.cells import Unit
from guide.store.bringing.fields import ColumnField

MOST_WORDS: Final = 8  # more is a sentence and heads no column
_NOTE: Final = "note notes comment comments remark remarks memo notiz notizen bemerkung bemerkungen"
_WORDS: Final = {
    ColumnField.NOTE: (
        f"{_NOTE} details kommentar kommentare anmerkung anmerkungen nota notas comentario comentarios observaciones"
    ),
    ColumnField.UNIT: "unit units einheit einheiten unidad unidades",
    ColumnField.DAY: "date day datum tag fecha dia",
    ColumnField.TIME: "time clock hour hora uhrzeit zeit uhr tiempo at",
    ColumnField.BEGAN: (
        "start started starts begin began begins begun beginning beginn begonnen anfang anfangszeit startzeit inicio"
        " comienzo empece empezo empezado comenzo from von desde when wann cuando datetime timestamp"
        " zeitpunkt startdatum starttime"
    ),
    ColumnField.ENDED: (
        "end ended ends finish finished stop stopped until to ende endzeit enddatum bis fin final hasta termino"
        " terminado"
    ),
    ColumnField.LASTED: (
        "duration lasted length long elapsed dauer lange zeitdauer pumpdauer duracion minutes mins min minuten"
        " minutos seconds secs sec sekunden segundos runtime dur hours pumpzeit spent taken"
    ),
    ColumnField.LEFT: "left l links linke linker li izquierda izquierdo izq izda lt lb",
    ColumnField.RIGHT: "right r rechts rechte rechter re derecha derecho dcha rt rb",
    ColumnField.AMOUNT: (
        "total amount volume milk quantity much sum output expressed pumped yield both menge milchmenge milch gesamt"
        " gesamtmenge summe viel wieviel beide abgepumpt cantidad leche volumen cuanto cuanta extraido extraida ambos"
        " ml oz cc ounces onzas unzen mililitros milliliter milliliters millilitres amt qty extraccion"
    ),
    ColumnField.SIDE: "side sides breast breasts seite brust lado pecho",
    ColumnField.TYPE: "type activity event kind category art typ aktivitat tipo actividad",
    ColumnField.ROUTINE: "routine anleitung anleitungen rutina rutinas method methode metodo program programme",
    ColumnField.PURPOSE: "purpose zweck",
    ColumnField.COMFORT: "comfort felt",
    ColumnField.UUID: "uuid",
}
WORDS: Final = {field: frozenset(words.split()) for field, words in _WORDS.items()}
# Of another thing, or of more than one session
_OF_ELSE: Final = (
    "created updated modified edited logged entry birth born baby child expiry expires expiration frozen thawed"
    " daily running cumulative average avg rate weekly monthly today used fed goal target week weekday id name"
    " erstellt geandert tages taglich tagesmenge tagessumme durchschnitt wochentag diario diaria promedio media"
    " bottle bottles flasche flaschchen biberon feeding feedings formula"
    " creado modificado semana bebe nino location place ort lugar temperature weight"
)
_ELSEWHERE: Final = frozenset(_OF_ELSE.split())
_ENDINGS: Final = {  # of German words made of two
    "menge": ColumnField.AMOUNT,
    "dauer": ColumnField.LASTED,
    "zeit": ColumnField.TIME,
    "datum": ColumnField.DAY,
    "seite": ColumnField.SIDE,
}
_WHOLE: Final = {
    "start condition": ColumnField.LEFT,  # Huckleberry's names for the two sides of a pumping
    "end condition": ColumnField.RIGHT,
    "for": ColumnField.MEANT_FOR,
    "meant for": ColumnField.MEANT_FOR,
    "der": ColumnField.RIGHT,  # "derecha" cut short; beside other words it is a German article
    "i": ColumnField.LEFT,
    "d": ColumnField.RIGHT,
    "h": ColumnField.LASTED,
    "s": ColumnField.LASTED,
}
_OZ: Final = re.compile(r"\b(?:fl)?oz\b|\doz\b|ounce|onza|unze")
_ML: Final = re.compile(r"ml\b|mill?ilit|\bcc\b")


def plain(name: str) -> str:
    """A name as words: small letters without accents, cut at signs and where a capital begins a word.

    >>> plain("leftAmount_ml"), plain("Duración (min.)"), plain("Menge [mL]")
    ('left amount ml', 'duracion min', 'menge ml')
    """
    spread = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", name)
    bare = "".join(c for c in unicodedata.normalize("NFKD", spread) if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"[^\W_]+", bare))


def unit_named(name: str) -> Unit | None:
    """
    The unit in a column's name; none where it names both.

    >>> [unit_named(name) for name in ("Left (oz)", "leftAmount_ml", "Menge", "ml/oz")]
    [<Unit.OZ: 'oz'>, <Unit.ML: 'ml'>, None, None]
    """
    words = plain(name)
    match bool(_OZ.search(words)), bool(_ML.search(words)):
        case True, False:
            return Unit.OZ
        case False, True:
            return Unit.ML
        case _:
            return None


def is_elsewhere(name: str) -> bool:
    """Whether a name tells of the entry, the baby or a whole day, and not of one session."""
    return bool(set(name.split()) & _ELSEWHERE)


def field_of(name: str) -> ColumnField:
    """The field that a plain name stands for; what the cells hold may say otherwise.

    >>> [field_of(name).value for name in ("start time", "how long", "left min", "daily total", "uhrzeit", "ml links")]
    ['began', 'lasted', 'not taken', 'not taken', 'time', 'left']
    """
    words = set(name.split())
    if len(words) > MOST_WORDS:
        return ColumnField.NOT_TAKEN
    bare = " ".join(word for word in name.split() if word not in {"ml", "oz", "fl", "pecho", "lado"})
    if whole := _WHOLE.get(bare):
        return whole
    said = {field for field, among in WORDS.items() if words & among}
    said |= {field for ending, field in _ENDINGS.items() if any(word.endswith(ending) for word in words)}
    if is_elsewhere(name) and not said & {ColumnField.NOTE, ColumnField.UUID}:
        return ColumnField.NOT_TAKEN
    for field in (ColumnField.UUID, ColumnField.NOTE, ColumnField.UNIT):
        if field in said:
            return field
    if sides := said & {ColumnField.LEFT, ColumnField.RIGHT}:
        of_time = said & {ColumnField.LASTED, ColumnField.TIME, ColumnField.BEGAN, ColumnField.ENDED}
        return sides.pop() if len(sides) == 1 and not of_time else ColumnField.NOT_TAKEN
    return _without_sides(said, words)


def _without_sides(said: set[ColumnField], words: set[str]) -> ColumnField:
    if {ColumnField.BEGAN, ColumnField.ENDED} <= said:
        return ColumnField.NOT_TAKEN
    if {ColumnField.AMOUNT, ColumnField.TIME} <= said:
        return ColumnField.LASTED if words & {"total", "gesamt", "spent"} else ColumnField.TIME
    if {ColumnField.DAY, ColumnField.TIME} <= said:
        return ColumnField.ENDED if ColumnField.ENDED in said else ColumnField.BEGAN
    if ColumnField.SIDE in said and ColumnField.AMOUNT not in said:
        return ColumnField.SIDE  # "Start side", "Side (both)"
    if ColumnField.LASTED in said and (said <= {ColumnField.LASTED, ColumnField.TIME, ColumnField.AMOUNT}):
        return ColumnField.LASTED if not words & {"ml", "oz"} else ColumnField.AMOUNT
    for field in (
        ColumnField.TYPE, ColumnField.ENDED, ColumnField.BEGAN, ColumnField.LASTED, ColumnField.DAY,
        ColumnField.AMOUNT, ColumnField.TIME, ColumnField.SIDE, ColumnField.ROUTINE, ColumnField.PURPOSE,
        ColumnField.COMFORT,
    ):  # fmt: skip
        if field in said:
            return field
    return ColumnField.NOT_TAKEN
