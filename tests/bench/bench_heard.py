"""How many words of the built-in prompts a recogniser mishears: `bench_heard.py MODEL [VOICE]`.

The recogniser is no part of the program: `faster-whisper` and a folder with a Whisper model of CTranslate2 are needed
(docs/decisions/voice.md). What is only written otherwise is no mistake, as in Whisper's own count: a number in figures,
a word in American spelling, "you're" for "you are", and two words that are said alike.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from guide.core.layout import lay_out
from guide.sound.repertoire import Wishes, prepare
from guide.store.paths import builtin_folder
from guide.store.routines.reader import read_file

MOST: Final = 1.0  # per cent of the words
WRITTEN: Final = {
    **{str(number): word for number, word in enumerate(["zero", "one", "two", "three", "four", "five", "six"])},
    "10": "ten",
    "30": "thirty",
    "okay": "ok",
    "alright": "all right",
    "centre": "center",
    "centred": "centered",
    "spiralling": "spiraling",
    "labelled": "labeled",
    "youre": "you are",
    "anytime": "any time",
    "knead": "need",  # said alike
    "kneads": "needs",
    "allowed": "aloud",
}


def words_of(text: str) -> list[str]:
    """What is said, however it is written.

    >>> words_of("Nearly done: 2 more, both breasts' warm-up.")
    ['nearly', 'done', 'two', 'more', 'both', 'breasts', 'warm', 'up']
    """
    plain = re.sub(r"['’]", "", text.lower())
    plain = re.sub(r"[^\w\s]|_", " ", plain)
    return " ".join(WRITTEN.get(word, word) for word in plain.split()).split()


def mistakes(said: Sequence[str], heard: Sequence[str]) -> int:
    """Words left out, put in or taken for others, as few as can explain it.

    >>> mistakes(["lower", "the", "suction"], ["lower", "suction", "now"])
    2
    """
    row = list(range(len(heard) + 1))
    for count, word in enumerate(said, 1):
        before, row[0] = row[0], count
        for at, other in enumerate(heard, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (word != other))
    return row[-1]


def main() -> int:
    from faster_whisper import WhisperModel

    model: Any = WhisperModel(sys.argv[1], device="cpu", compute_type="int8", cpu_threads=2)
    voice = sys.argv[2] if len(sys.argv) > 2 else "natural"
    wrong: list[tuple[int, str, str]] = []
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        seen: set[str] = set()
        for path in sorted(builtin_folder().glob("*.yaml")):
            routine = read_file(path).routine
            assert routine is not None
            clips = prepare(lay_out(routine), Wishes(voice=voice, chimes_on=False), cache=Path(folder))[0].prompts
            for text in clips.keys() - seen:
                pieces, _about = model.transcribe(str(clips[text].path), language="en", beam_size=5, temperature=0.0)
                heard = " ".join(piece.text.strip() for piece in pieces)
                missed = mistakes(words_of(text), words_of(heard))
                count += len(words_of(text))
                if missed:
                    wrong.append((missed, text, heard))
            seen |= clips.keys()
            share = 100 * sum(missed for missed, _text, _heard in wrong) / count
            print(f"{path.stem}: {count} words so far, {share:.1f} %", flush=True)
    print(f"{voice}: {len(seen)} prompts, {count} words, {share:.1f} % of them misheard (target {MOST:g})")
    for missed, text, heard in sorted(wrong, reverse=True):
        print(f"  {missed}: {text}\n     {heard}")
    return int(share > MOST)


if __name__ == "__main__":
    sys.exit(main())
