"""
The table by which a change of the spotter is judged.

Run from the root: `.venv/bin/python tests/bench/bench_words.py [--short] [--tuning] [--single] [--seed N]`. Speakers
that made the background file and that chose the operating point do not take part, unless `--tuning` asks for the
latter. Prints recall, wrong words, words out of nothing, delay and what it costs.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

import speakers
from guide.hear.meaning import Meaning
from guide.hear.spotter import Spotter
from guide.hear.takes import Flaw, Lesson, Take, examine, learn
from speakers import RATE, Sound, Speaker

PHRASES = {
    Meaning.NEXT: "next step",
    Meaning.BACK: "go back",
    Meaning.PAUSE: "pause please",
    Meaning.CARRY_ON: "carry on",
    Meaning.MORE_TIME: "more time",
    Meaning.SAY_AGAIN: "say again",
    Meaning.MILK_SLOWED: "milk slowed",
    Meaning.IT_HURTS: "it hurts",
}
SINGLE = PHRASES | {Meaning.NEXT: "next", Meaning.BACK: "back", Meaning.PAUSE: "pause"}
OWN_TALK = (
    "I will be down in a minute, can you warm the bottle, please?",
    "No, the other one, the one with the blue lid, it is next to the sink.",
    "Did you see the back of his head, it is all sweaty again.",
    "I have to pause the film later and carry the laundry upstairs.",
    "Time flies, it is already four, and I still have not slept.",
)
PROMPTS = (
    "Next: light strokes. From the outside in, as light as petting a cat.",
    "Pump both sides now. When the milk slows, go on to the next step.",
    "One more minute. Then we carry on with soft circles on the left.",
)
PUSH = 2560  # samples: the listening thread reads every 160 ms


@dataclass
class Tally:
    said: int = 0
    right: int = 0
    wrong: int = 0
    delays: list[float] = field(default_factory=list)


def taught(
    speaker: Speaker, words: dict[Meaning, str], dice: np.random.Generator, noise: Sound, over: float, takes: int = 5
) -> tuple[Lesson, int]:
    """As the page teaches: a take with a flaw is said again, at most three times."""
    kept: dict[Meaning, tuple[Take, ...]] = {}
    again = 0
    for meaning, text in words.items():
        while len(kept.get(meaning, ())) < takes:
            for attempt in range(4):
                sound = speakers.scene(speakers.say(text, speaker, dice), noise, over, before=2.0, after=0.9, dice=dice)
                found = examine(sound, kept.get(meaning, ()) if attempt < 3 else ())
                if isinstance(found, Take):
                    break
                again += 1
            assert isinstance(found, Take | Flaw)
            if isinstance(found, Take):
                kept[meaning] = (*kept.get(meaning, ()), found)
            elif again > 60:
                break
    lesson = learn(kept)
    assert lesson is not None
    return lesson, again


def pieces(sound: Sound) -> Iterator[Sound]:
    for start in range(0, len(sound), PUSH):
        yield sound[start : start + PUSH]


def heard(spotter: Spotter, sound: Sound, *, deaf: bool = False) -> list[tuple[Meaning, float]]:
    """What was surely heard, and when it was decided."""
    found = []
    at = 0
    for piece in pieces(sound):
        at += len(piece)
        found += [(each.meaning, at / RATE) for each in spotter.push(piece, deaf=deaf) if each.sure]
    return found


def recall(
    lesson: Lesson,
    speaker: Speaker,
    words: dict[Meaning, str],
    dice: np.random.Generator,
    noise: Sound | None,
    over: float,
    times: int,
) -> Tally:
    tally = Tally()
    for meaning in lesson.meanings:
        for _ in range(times):
            word = speakers.say(words[meaning], speaker, dice)
            before = float(dice.uniform(1.2, 2.0))
            sound = speakers.scene(word, noise, over, before=before, after=1.4, dice=dice)
            found = heard(Spotter(lesson), sound)
            tally.said += 1
            tally.right += any(each is meaning for each, _ in found)
            tally.wrong += any(each is not meaning for each, _ in found)
            tally.delays += [at - before - len(word) / RATE for each, at in found if each is meaning][:1]
    return tally


def _source(name: str, speaker: Speaker, dice: np.random.Generator) -> Callable[[], Sound]:
    """A minute of it at a time."""
    level = np.float32(800)
    match name:
        case "pump alone":
            return lambda: speakers.pump(60, dice) * level
        case "music":
            return lambda: speakers.music(60, dice) * level
        case "crying":
            return lambda: speakers.crying(60, dice) * level
        case "her own talk":
            return lambda: speakers.talk(60, dice, OWN_TALK, speaker)
        case _:
            return lambda: speakers.talk(60, dice, PROMPTS, speakers.BACKGROUND[0])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true", help="three speakers, fewer words")
    parser.add_argument("--tuning", action="store_true", help="the speakers that choose the operating point")
    parser.add_argument("--single", action="store_true", help="next, back and pause as single words")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=5)
    wish = parser.parse_args()
    words = SINGLE if wish.single else PHRASES
    people = [each for each in (speakers.TUNING if wish.tuning else speakers.HELD_OUT) if speakers.there(each)]
    people = people[-3:] if wish.short else people
    conditions = {"quiet": 99.0, "p20": 20.0, "p10": 10.0, "p5": 5.0} | (
        {} if wish.short else {"p0": 0.0, "music 10": 10.0, "babble 10": 10.0}
    )
    tallies = {name: Tally() for name in conditions}
    lessons: list[tuple[Speaker, Lesson]] = []
    for number, speaker in enumerate(people):
        dice = np.random.default_rng((wish.seed, number))
        noise = speakers.pump(40, dice)
        chatter = speakers.babble(20, dice, OWN_TALK, [each for each in speakers.BACKGROUND if each != speaker])
        song = speakers.music(20, dice)
        lesson, again = taught(speaker, words, dice, noise, 12.0)
        lessons.append((speaker, lesson))
        clash = ", ".join(f"{a} ~ {b}" for a, b in lesson.clashes.items())
        line = [f"{speaker.engine} {speaker.voice:24} again {again:2} at {lesson.threshold:5.2f} {clash:20}"]
        for name, over in conditions.items():
            source = {"quiet": None, "music 10": song, "babble 10": chatter}.get(name, noise)
            tally = recall(lesson, speaker, words, dice, source, over, wish.times)
            total = tallies[name]
            total.said, total.right = total.said + tally.said, total.right + tally.right
            total.wrong, total.delays = total.wrong + tally.wrong, total.delays + tally.delays
            line.append(f"{name} {100 * tally.right / tally.said:3.0f}")
        print("  ".join(line), flush=True)
    print()
    for name, tally in tallies.items():
        delay = np.median(tally.delays) if tally.delays else float("nan")
        print(
            f"{name:10} recall {100 * tally.right / tally.said:5.1f} %"
            f"  wrong word {100 * tally.wrong / tally.said:4.1f} %"
            f"  of {tally.said}  decided {delay:.2f} s after the word"
        )
    minutes = 2 if wish.short else 60 / len(lessons)
    print()
    for name in ("pump alone", "music", "crying", "her own talk", "prompts, not deaf", "prompts, deaf"):
        count = lasted = 0
        for number, (speaker, lesson) in enumerate(lessons):
            dice = np.random.default_rng((wish.seed, number, 7))
            part = max(1, round(minutes if name == "pump alone" else minutes / 4))
            minute, spotter = _source(name, speaker, dice), Spotter(lesson)
            for _ in range(part):
                count += len(heard(spotter, minute(), deaf=name.endswith(", deaf")))
            lasted += part
        print(f"{name:20} {count} in {lasted} min, {60 * count / lasted:.1f} an hour", flush=True)
    lesson = lessons[0][1]
    spotter, sound = Spotter(lesson), speakers.pump(60, np.random.default_rng(3)) * np.float32(600)
    began = time.process_time()
    for piece in pieces(sound):
        spotter.push(piece)
    print(f"\ncost {100 * (time.process_time() - began) / 60:.2f} % of a core")


if __name__ == "__main__":
    main()
