"""A look that stands still, a clock moved by hand, and widgets put on the screen: see `onscreen.py`."""

from __future__ import annotations

from hands import voices_hum
from onscreen import gentle, look, seconds, show, the_look

__all__ = ["gentle", "look", "seconds", "show", "the_look", "voices_hum"]
