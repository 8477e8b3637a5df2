"""How like a take the sound of now is: dynamic time warping that may begin anywhere, for all takes at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from guide.hear.embedding import SIZE, Array

Marks: TypeAlias = npt.NDArray[np.int64]

FAR: Final = 1e6
SLANT: Final = 0.02  # the price of saying a part of it at half or double its pace


class Aligner:
    """
    Follows a stream of embeddings beside every take.

    After each `step` there is for each take the mean distance (0 alike, 1 unrelated) of the best alignment that ends
    now, and the step at which that alignment began. A path moves by one row of both, or by two of one of them, so
    nothing can be said at less than half or more than double the pace of the take.
    """

    def __init__(self, takes: Sequence[Array]) -> None:
        self._lengths = np.array([len(take) for take in takes], np.int64)
        self._count, self._longest = len(takes), max(len(take) for take in takes)
        self._rows = np.zeros((self._count, self._longest, SIZE), np.float32)
        for k, take in enumerate(takes):
            self._rows[k, : len(take)] = take
        self._flat = self._rows.reshape(-1, SIZE)
        self._last = (np.arange(self._count), self._lengths - 1)
        self.restart()

    def restart(self) -> None:
        shape = (self._count, self._longest)
        self._cost, self._cost_before = np.full(shape, FAR), np.full(shape, FAR)
        self._began: Marks = np.zeros(shape, np.int64)
        self._began_before: Marks = np.zeros(shape, np.int64)
        self._distance = np.ones(shape)
        self._now = 0

    def step(self, row: Array) -> tuple[npt.NDArray[np.float64], Marks]:
        distance = 1 - (self._flat @ row).reshape(self._count, self._longest).astype(np.float64)
        straight = self._cost[:, :-1] + distance[:, 1:]
        slow = self._cost_before[:, :-1] + (self._distance[:, 1:] + distance[:, 1:]) / 2 + SLANT
        fast = np.full_like(straight, FAR)
        fast[:, 1:] = self._cost[:, :-2] + distance[:, 1:-1] + distance[:, 2:] + SLANT
        cost, began = np.empty_like(distance), np.empty_like(self._began)
        cost[:, 0], began[:, 0] = distance[:, 0], self._now
        cost[:, 1:] = np.minimum(straight, np.minimum(slow, fast))
        by_fast = np.zeros_like(began[:, 1:])
        by_fast[:, 1:] = self._began[:, :-2]
        by_slow = np.where(slow <= fast, self._began_before[:, :-1], by_fast)
        began[:, 1:] = np.where((straight <= slow) & (straight <= fast), self._began[:, :-1], by_slow)
        self._cost_before, self._cost = self._cost, cost
        self._began_before, self._began = self._began, began
        self._distance, self._now = distance, self._now + 1
        return cost[self._last] / self._lengths, began[self._last]

    def run(self, rows: Iterable[Array]) -> npt.NDArray[np.float64]:
        """The distances after each row of a whole recording: takes by rows."""
        self.restart()
        return np.array([self.step(row)[0] for row in rows]).T.reshape(self._count, -1)


class Scale:
    """
    Turns distances into scores: how many standard deviations nearer than ordinary talk comes to this very take.

    A take that resembles everything scores low for everything; the score can be compared between takes and words.
    """

    def __init__(self, takes: Sequence[Array], talk: Iterable[Array], *, warm_up: int = 20) -> None:
        aligner = Aligner(takes)
        distances = np.concatenate([aligner.run(rows)[:, warm_up:] for rows in talk], axis=1)
        self.mean = distances.mean(axis=1)
        self.spread = distances.std(axis=1) + 1e-6

    def score(self, distances: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Of one step (one number a take) or of a run (takes by rows); the lower, the more alike."""
        score: npt.NDArray[np.float64] = ((distances.T - self.mean) / self.spread).T
        return score
