"""The name of a column in plain words, and the field that they stand for: each rule, and which goes before another."""

from __future__ import annotations

from guide.store.bringing.fields import ColumnField as Field
from guide.store.bringing.names import field_of, is_elsewhere, plain
from tables import each_row


@each_row(
    ("name", "words"),
    [
        ("", ""), ("  ", ""), ("Left", "left"), ("leftAmount_ml", "left amount ml"), ("LeftML", "leftml"),
        ("startAt", "start at"), ("START", "start"), ("Duración (min.)", "duracion min"), ("Größe", "grosse"),
        ("Menge\t[mL]", "menge ml"), ("ﬂ.oz", "fl oz"), ("__a--b", "a b"), ("2nd side", "2nd side"),
    ],
)  # fmt: skip
def test_a_name_is_small_words_without_accents_and_signs(name: str, words: str) -> None:
    assert plain(name) == words


@each_row(("name", "of_else"), [("daily total", True), ("total", False), ("", False), ("baby", True)])
def test_a_name_with_a_word_of_another_thing_is_elsewhere(name: str, of_else: bool) -> None:
    assert is_elsewhere(name) is of_else


@each_row(
    ("names", "field"),
    [
        # of one word, alone or beside a unit
        ("left|links|izq|l|i|i ml|i oz|i fl oz|pecho i|lado i|left ml|start condition", Field.LEFT),
        ("right|rechts|derecha|der|der ml|d|pecho d|right oz|end condition|lado derecho", Field.RIGHT),
        ("for|meant for", Field.MEANT_FOR),
        ("h|s|how long|minutes", Field.LASTED),
        ("routine|anleitung|rutinas", Field.ROUTINE), ("purpose", Field.PURPOSE), ("felt", Field.COMFORT),
        ("apples||der die das", Field.NOT_TAKEN),
        # of two German ones
        ("restmenge", Field.AMOUNT), ("stilldauer", Field.LASTED), ("abpumpzeit", Field.TIME),
        ("pumpdatum", Field.DAY), ("pumpseite", Field.SIDE),
        # eight words may head a column, a ninth makes a sentence
        ("left a b c e f g k", Field.LEFT), ("left a b c e f g k m", Field.NOT_TAKEN),
        # of the entry or a whole day, unless it is a note or an id
        ("daily total|created at|baby left|week date", Field.NOT_TAKEN),
        ("baby note", Field.NOTE), ("entry uuid", Field.UUID),
        # these go before all others
        ("note uuid", Field.UUID), ("unit note|left notes", Field.NOTE), ("unit left|amount unit", Field.UNIT),
        # a side is one of milk
        ("left right|left min|right time|left start|right end", Field.NOT_TAKEN),
        ("amount left|left date", Field.LEFT), ("left side", Field.LEFT), ("right breast", Field.RIGHT),
        # a beginning and an end are two columns
        ("start end|from until", Field.NOT_TAKEN),
        ("total time|gesamt zeit|milk clock spent", Field.LASTED), ("milk time|amount at", Field.TIME),
        ("date time|date and time", Field.BEGAN), ("end date time", Field.ENDED),
        ("start side|side when|side|side duration", Field.SIDE), ("side amount|brust menge", Field.AMOUNT),
        ("duration|length time|total minutes|pumped min", Field.LASTED), ("min ml|pumped oz min", Field.AMOUNT),
        # and of others the one that tells most
        ("activity end", Field.TYPE), ("end duration|end date", Field.ENDED),
        ("start duration|start date", Field.BEGAN),
        ("duration date", Field.LASTED), ("date amount", Field.DAY), ("amount routine", Field.AMOUNT),
        ("time routine", Field.TIME), ("side routine amount", Field.AMOUNT), ("routine purpose", Field.ROUTINE),
        ("purpose comfort", Field.PURPOSE),
    ],
)  # fmt: skip
def test_a_name_stands_for_the_field_that_its_words_tell_of(names: str, field: Field) -> None:
    assert {name: field_of(name) for name in names.split("|")} == dict.fromkeys(names.split("|"), field)
