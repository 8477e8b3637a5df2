"""What listening needs from the computer, looked for and not imported; some computers have no version of it."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from guide.language import _

NEEDED: Final = ("numpy", "onnxruntime", "livekit", "miniaudio")


def lacking() -> str | None:
    """The first package that is not installed."""
    return next((name for name in NEEDED if find_spec(name) is None), None)


def why_unheard(error: ImportError | None = None) -> str:
    """A sentence where her words cannot be heard here, by what is missing or by what did not load; empty elsewhere."""
    if package := lacking():
        reason = _("{package} is not installed").format(package=package)
    elif error is not None:
        reason = " ".join(str(error).split())
    else:
        return ""
    return _("Your words cannot be heard on this computer ({reason}). Taps, keys and the pedal work.").format(
        reason=reason
    )
