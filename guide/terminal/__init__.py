"""A session in the terminal: the same engine, prompts, chimes and intents, without a window."""

from __future__ import annotations

from guide.terminal.keyboard import Keyboard
from guide.terminal.play import Interlude, note_it, play, well_enough
from guide.terminal.screen import Screen

__all__ = ["Interlude", "Keyboard", "Screen", "note_it", "play", "well_enough"]
