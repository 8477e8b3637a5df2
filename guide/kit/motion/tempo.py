"""The tempo of each motion: how far it has come after so many seconds."""

from __future__ import annotations

import math

from guide.kit.motion.geometry import LEFT, ease, stations


def slow_step(name: str, t: float) -> int:
    """Number the places that are changed only every few seconds: stations passed, lines drawn."""
    match name:
        case "circles":
            return min(len(stations(LEFT)) - 1, int(t % ROUND / STATION))
        case "stroke":
            return int(t / (GLIDE + LIFT)) % LINES
        case "compress":
            return int(t / (PRESS * PRESS_TURN)) % 8
        case _:
            return 0


CIRCLE = 3.0
HOP = 0.3
STATION = CIRCLE + HOP
ROUND = 63.0


LINES = 12
GLIDE = 1.6
LIFT = 0.4


SHAKES = 6
SHAKE = 0.5
SHAKE_REST = 1.5
SHAKE_EASE = 0.4


def shake_at(t: float) -> float:
    """Tell how far, in R, a shaken breast is from its place: six shakes, then still."""
    busy = SHAKES * SHAKE
    t %= busy + SHAKE_REST
    if t >= busy:
        return 0.0
    grown = ease(t / SHAKE_EASE) * ease((busy - t) / SHAKE_EASE)
    return 0.10 * grown * math.sin(2 * math.pi * t / SHAKE)


KNEAD = 2.4
KNEAD_TURN = 4


PULL = 0.45
CYCLE = 1.0


def pull_at(t: float) -> float:
    """Tell how far a pump has drawn: 45 % of the cycle drawing, the rest letting go."""
    share = (t / CYCLE) % 1.0
    return ease(share / PULL) if share < PULL else 1 - ease((share - PULL) / (1 - PULL))


PRESS_IN = 0.8
PRESS_HOLD = 2.0
PRESS_OUT = 0.8
PRESS_PAUSE = 0.4
PRESS = PRESS_IN + PRESS_HOLD + PRESS_OUT + PRESS_PAUSE
PRESS_TURN = 5


def press_at(t: float) -> float:
    """Tell how far a compressing hand has closed: in, held, out, apart."""
    t %= PRESS
    if t < PRESS_IN + PRESS_HOLD:
        return ease(t / PRESS_IN)
    return 1 - ease((t - PRESS_IN - PRESS_HOLD) / PRESS_OUT)


BACK = 0.8
TOGETHER = 0.8
RELAX = 1.0
BEAT_PAUSE = 0.4
BEATS = BACK + TOGETHER + RELAX + BEAT_PAUSE


def beats_at(t: float) -> tuple[float, float, float]:
    """Tell how far back, how far together and how far relaxed the fingers of hand expression are."""
    t %= BEATS
    relaxed = max(0.0, min(1.0, (t - BACK - TOGETHER) / RELAX))
    return (
        ease(t / BACK) * (1 - ease(relaxed)),
        ease((t - BACK) / TOGETHER) * (1 - ease(relaxed)),
        relaxed,
    )


IN = 4.0
OUT = 6.0


def breath_at(t: float) -> float:
    """Tell how full a breath is: 4 seconds in, 6 out."""
    t %= IN + OUT
    return ease(t / IN) if t < IN else 1 - ease((t - IN) / OUT)
