"""Pictures need no voice: see `hands.py`."""

from __future__ import annotations

from hands import voices_hum

__all__ = ["voices_hum"]
