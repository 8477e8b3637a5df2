"""Makes `guide/hear/background.npz` anew: what speech is like in general, from synthetic voices.

Run from the root: `.venv/bin/python tests/bench/make_background.py`. It takes about two minutes.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).parents[1]))

import speakers
from guide.hear.embedding import HOP, LEAD, WINDOW, Array, network, unit

SEED = 20
TALK_SECONDS = 22.0
TEXTS = (
    "I think the baby is awake again, can you bring him over when you are ready?",
    "We could have pasta tonight, or whatever is left in the fridge from yesterday.",
    "Oh sweetheart, it is all right, mummy is here, just a little longer.",
    "What time is it? I have to call the doctor in the morning about the appointment.",
    "Did you see where I put my phone? I had it a minute ago on the sofa.",
    "She slept for three hours, then she wanted to be held until it was light.",
    "Please turn the light down a little and close the door behind you.",
    "Heute Nacht hat er nur zweimal getrunken und ist dann wieder eingeschlafen.",
    "La abuela viene mañana por la tarde y trae la ropa de la niña.",
    "Yes, no, maybe, thank you, hello, over there, not yet, good night.",
)


def rows_of(sound: speakers.Sound) -> Array:
    decibels = network().mel(sound)
    padded = np.pad(decibels, ((LEAD, WINDOW - LEAD + HOP), (0, 0)), mode="edge")
    return network().embed(padded)[: len(decibels) // HOP + 1]


def separated(speech: Array, none: Array) -> tuple[Array, float]:
    """Logistic regression by gradient descent: a direction and a bias, above zero where it is speech."""
    rows = np.concatenate((speech, none)).astype(np.float64)
    wanted = np.concatenate((np.ones(len(speech)), np.zeros(len(none))))
    weight = np.where(wanted > 0, 0.5 / len(speech), 0.5 / len(none))
    direction, bias = np.zeros(rows.shape[1]), 0.0
    for _ in range(3000):
        wrong = weight * (1 / (1 + np.exp(-np.clip(rows @ direction + bias, -30, 30))) - wanted)
        direction -= 4 * (rows.T @ wrong + 1e-5 * direction)
        bias -= 4 * wrong.sum()
    return direction.astype(np.float32), float(bias)


def main() -> None:
    dice = np.random.default_rng(SEED)
    talk: list[Array] = []
    speech: list[Array] = []
    none: list[Array] = []
    for number, speaker in enumerate(speakers.BACKGROUND):
        clean = speakers.room(dice)(speakers.talk(TALK_SECONDS, dice, TEXTS, speaker))
        over = (None, 20.0, 10.0, 5.0)[number % 4]
        noise = speakers.pump(len(clean) / speakers.RATE + 1, dice)
        noisy = clean if over is None else clean + noise[: len(clean)] * speakers.VOICE_LEVEL * 10 ** (-over / 20)
        rows = rows_of(noisy.astype(np.float32))
        talk.append(rows)
        loud = _loud(clean, len(rows))
        speech.append(rows[loud == 1])
        none.append(rows[loud == 0])
    for make in (speakers.pump, speakers.pump, speakers.pump, speakers.music, speakers.crying):
        none += [rows_of(make(12, dice) * np.float32(level)) for level in (100, 600, 2500)]
    none += [rows_of(speakers.hiss(10, dice) * np.float32(level)) for level in (0, 1, 30)]
    mean = np.concatenate(talk).mean(axis=0)

    def centre(parts: list[Array]) -> Array:
        return unit(np.concatenate(parts) - mean)

    direction, bias = separated(centre(speech), centre(none))
    lengths = [len(rows) for rows in talk]
    held = io.BytesIO()
    np.savez_compressed(
        held,
        mean=mean.astype(np.float32),
        voice=direction,
        bias=np.float32(bias),
        talk=np.round(centre(talk) * 127).astype(np.int8),
        cuts=np.cumsum(lengths)[:-1],
    )
    path = Path("guide/hear/background.npz")
    path.write_bytes(held.getvalue())
    right = (centre(speech) @ direction + bias > 0).mean(), (centre(none) @ direction + bias <= 0).mean()
    print(
        f"{path}: {len(held.getvalue()):,} bytes, {sum(lengths)} rows; speech {right[0]:.1%}, none {right[1]:.1%} right"
    )


def _loud(clean: speakers.Sound, count: int) -> npt.NDArray[np.int_]:
    """For each row 1 where somebody speaks, 0 where nobody does, -1 between the two."""
    level = np.array([speakers.rms(clean[max(0, k * 1280 - 1280) : k * 1280 + 1280]) for k in range(count)])
    return np.where(level > 500, 1, np.where(level < 60, 0, -1))


if __name__ == "__main__":
    main()
