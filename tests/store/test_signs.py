"""The signs that do not wait, as a terminal and a phone's page tell them: those of Learn, in each language."""

from __future__ import annotations

from guide.store.signs import CARD, care_signs, urgent_signs
from tables import each_row


@each_row("language", ["en", "de", "es", "de-AT", "xx"])
def test_all_signs_of_an_emergency_and_of_the_same_day_are_there_in_each_language(language: str) -> None:
    emergency, today = urgent_signs(language)
    *urgent, soon = care_signs(language)
    assert (len(emergency.signs), len(today.signs), len(soon.signs)) == (7, 4, 5)
    assert urgent == [emergency, today]
    text = " ".join(CARD.read_text(encoding="utf-8").split())
    for one in (emergency, today, soon):
        told = (one.heading, one.lead, *one.signs)
        assert all(told)
        assert all(each in text for each in told) is (language in {"en", "xx"})
