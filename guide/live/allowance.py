"""What moving pictures may take of the processor: a frame stays until what it took is its share of the time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from guide.live.frames import Frame

SHARE: Final = 0.045  # of a processor's core
SHOWING: Final = 0.001  # seconds that the window takes to paint one, beside what is counted here

Cost = Callable[[], float]


def within_share(frames: Iterator[Frame], cost: Cost = time.thread_time) -> Iterator[Frame]:
    """
    Yield the frames, each for as long as it asks, or longer: a dear picture moves more slowly, on any machine.

    `cost` tells the processor's seconds of the thread on which the next frame is asked for.
    """
    while True:
        before = cost()
        frame = next(frames, None)
        if frame is None:
            return
        if frame.stays is not None:
            earned = timedelta(seconds=(cost() - before + SHOWING) / SHARE)
            frame = replace(frame, stays=max(frame.stays, earned))
        yield frame
