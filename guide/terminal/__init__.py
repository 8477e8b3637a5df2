"""A session in the terminal: the same engine, prompts, chimes and intents, without a window."""

from __future__ import annotations

from guide.terminal.keyboard import Keyboard
from guide.terminal.play import Interlude, WhereItHurt, note_it, play, tell_the_signs, well_enough
from guide.terminal.screen import Screen
from guide.terminal.words import HerWords, her_words

__all__ = [
    "HerWords",
    "Interlude",
    "Keyboard",
    "Screen",
    "WhereItHurt",
    "her_words",
    "note_it",
    "play",
    "tell_the_signs",
    "well_enough",
]
