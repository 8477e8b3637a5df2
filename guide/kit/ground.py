"""What an empty window looks like, known before anything else of the look is read."""

from __future__ import annotations

from typing import Final

STYLE: Final = "Fusion"
GROUND: Final = {"night": "#161217", "light": "#F7F2EB"}
