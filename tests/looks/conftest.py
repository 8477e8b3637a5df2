"""Pictures need no voice, and a look stands still: see `hands.py` and `onscreen.py`."""

from __future__ import annotations

from hands import voices_hum
from onscreen import look

__all__ = ["look", "voices_hum"]
