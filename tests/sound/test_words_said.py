"""Words made ready to be said: units written out, markup left out, the few that are pronounced by hand."""

from __future__ import annotations

from guide.sound.voices.words import pronounced, written_out
from tables import each_row


@each_row(
    ("text", "said"),
    [
        ("Rest 45 s.", "Rest 45 seconds."),
        ("1 s, 1 min, 1 h", "1 second, 1 minute, 1 hour"),
        ("Pump for 5-7 min.", "Pump for 5 to 7 minutes."),
        ("10 mL or 10 ml", "10 milliliters or 10 milliliters"),
        ("1/2 oz", "half an ounce"),
        ("2 1/2 oz, 1/4 oz", "2 and a half ounces, a quarter of an ounce"),
        ("½ min", "half a minute"),
        ("2½ oz, 2 ½ oz, 1½ min", "2 and a half ounces, 2 and a half ounces, 1 and a half minutes"),
        (
            "1-1½ min, ½–1 h, 1/2 to 3/4 oz",
            "1 to 1 and a half minutes, half to 1 hours, half to three quarters of an ounce",
        ),
        ("1/3 oz, 2/3 mL, ⅓ s", "a third of an ounce, two thirds of a milliliter, a third of a second"),
        ("1 h, 1/2 h, 1/4 h", "1 hour, half an hour, a quarter of an hour"),
        ("0.5 oz, 1,5 oz, 1.0 min", "0.5 ounces, 1,5 ounces, 1.0 minutes"),
        ("1 to 2 min, 1 – 2 min, 1-1 min", "1 to 2 minutes, 1 to 2 minutes, 1 to 1 minutes"),
        ("1 fl oz, 3 fl oz, 1 sec", "1 fluid ounce, 3 fluid ounces, 1 second"),
        ("200 mmHg, 24 mm, 1 cm", "200 millimeters of mercury, 24 millimeters, 1 centimeter"),
        ("10s, 10 s.", "10 seconds, 10 seconds."),
        ("Use 1/2 of it.", "Use half of it."),
        ("Use 2½, or 2 1/3.", "Use 2 and a half, or 2 and a third."),
        ("21/2 oz, v1.5 s, a1 s, 5 min/side, 5 mints", "21/2 oz, v1.5 s, a1 s, 5 min/side, 5 mints"),
        ("38 °C, 100.4°F", "38 degrees Celsius, 100.4 degrees Fahrenheit"),
        ("<b>Rest</b> {now} [x](/y/) |", "b Rest /b now x (/y/)"),
        ("It is 5 steps, as before.", "It is 5 steps, as before."),
        ("3/45 and 11/2024", "3/45 and 11/2024"),
        ("10 secs, 5-7 mins, 2 hrs, 1 hr", "10 seconds, 5 to 7 minutes, 2 hours, 1 hour"),
        ("After 5 min. of rest. Rest 5 min. Then go on.", "After 5 minutes of rest. Rest 5 minutes. Then go on."),
    ],
)
def test_units_are_words_and_markup_is_left_out(text: str, said: str) -> None:
    assert written_out(text) == said


@each_row(
    ("language", "text", "said"),
    [
        ("de-AT", "Pause 45 s <jetzt>.", "Pause 45 Sekunden jetzt ."),
        ("de", "1 Std., 2 Stdn. lang, 1 Min., 5-7 min", "1 Stunde, 2 Stunden lang, 1 Minute, 5 bis 7 Minuten"),
        ("de", "10 Sek. warten, 3 bis 4 Min. Dann 1,5 h.", "10 Sekunden warten, 3 bis 4 Minuten. Dann 1,5 Stunden."),
        (
            "de",
            "10 mL, 38 °C, 24 mm, 5 Minuten, v1,5 s",
            "10 Milliliter, 38 Grad Celsius, 24 Millimeter, 5 Minuten, v1,5 s",
        ),
        ("es", "1 min, 5-7 min. más, 3 a 4 mins", "1 minuto, 5 a 7 minutos más, 3 a 4 minutos"),
        (
            "es_MX",
            "1 h, 2 hrs, 45 s, 10 seg. Luego 10 ml.",
            "1 hora, 2 horas, 45 segundos, 10 segundos. Luego 10 mililitros.",
        ),
        ("es", "Va a 5 min de aquí", "Va a 5 minutos de aquí"),
        ("fr", "Pause 45 s.", "Pause 45 s."),
    ],
)
def test_units_are_words_in_the_languages_of_the_program(language: str, text: str, said: str) -> None:
    assert written_out(text, language) == said


def test_english_is_english_wherever_it_is_spoken() -> None:
    assert {written_out("45 s", language) for language in ("en", "en-GB", "EN_us")} == {"45 seconds"}


@each_row(
    ("text", "verb"),
    [
        ("Next: pump and compress, left side.", True),
        ("Compress gently.", True),
        ("Lay a warm compress on it.", False),
        ("Take the compress away.", False),
        ("A compression helps.", False),
    ],
)
def test_compress_is_the_verb_where_it_is_one(text: str, verb: bool) -> None:
    assert ("(/" in pronounced(text)) is verb


@each_row(
    ("text", "said"),
    [
        ("Pump both sides.", "[Pump](/pʰˈʌmp/) both sides."),
        ("Pump both sides now.", "Pump both sides now."),
        ("Around the areola.", "Around the [areola](/æɹˈiOlə/)."),
        ("Draw up each drop, stand up.", "Draw up each drop, stand up."),
        ("Now draw up each drop.", "Now draw [up](/ˈʌp/) each drop."),
        ("Your baby skin to skin, baby skin.", "Your baby, skin to skin, baby skin."),
        ("Move in toward it, from within toward it.", "Move in, toward it, from within toward it."),
        ("An ice-compress, a compress, a cold compress.", "An ice-compress, a compress, a cold compress."),
    ],
)
def test_the_few_words_it_says_wrong_are_told_by_their_sounds(text: str, said: str) -> None:
    assert pronounced(text) == said
