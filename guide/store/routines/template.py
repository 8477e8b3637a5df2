"""What a new routine begins as."""

from __future__ import annotations

from typing import Final

NEW_ROUTINE: Final = """\
format: 1
name: My routine
language: en
# Lines that begin with '#' are notes for yourself; the editor keeps them.
get_ready:
  - Water within reach
steps:
  - kind: massage
    side: both
    duration: 1 min
    say: Small circles, from the ribs inward.
  - kind: pump
    side: both
    duration: 5-7 min
    until: milk slows
    say: Start both pumps. Let your shoulders drop.
    show: Start both pumps, and let your shoulders drop.
  - kind: rest
    duration: 1 min
    say: Pumps off. Breathe out.
"""
