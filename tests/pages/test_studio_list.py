"""The list of prompts to record: a prompt has the room before the voice that would speak it."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from guide.core.routine import Kind
from guide.kit.look import Look
from guide.pages.voices.studio_parts import LineRow
from guide.pages.voices.studio_view import Kept
from guide.sound.script import ScriptLine
from seeing import DOTS, look_at

PROMPTS = ("Ruhe", "Beide Seiten pumpen", "Wenn die Milch langsamer fließt, geht es weiter.")
VOICE = "Schlichte Stimme"


def test_a_prompt_is_never_cut_for_the_name_of_a_voice_and_the_voice_is_named_where_both_fit(
    look: Look, qtbot: QtBot
) -> None:
    named = set()
    for prompt in PROMPTS:
        row = LineRow(ScriptLine(prompt, prompt, Kind.PUMP, "0/0"), look=look)
        qtbot.addWidget(row)
        row.show_state(Kept.NO, here=True, fallback=VOICE)
        alone = QFontMetricsF(look.font("body", weight=600)).horizontalAdvance(prompt)
        for width in (160, 240, 320, 700):
            row.resize(width, 48)
            *voice, words = [text.words for text in look_at(row).texts]
            assert voice in ([], [VOICE])
            assert not (voice and DOTS in words), (width, words)
            assert (words == prompt) is (alone <= width - 56), (width, words)
            named.add(bool(voice))
    assert named == {True, False}
