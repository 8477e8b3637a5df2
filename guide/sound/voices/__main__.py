"""The child process in which an engine speaks: orders come in a line each, answers are a line and a WAV file."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

from guide.scratch import leave
from guide.sound.pcm import read_wav
from guide.sound.voices import embedded, natural, piper
from guide.sound.voices.voice import SilentError, Speech, VoiceError, finished

Speak = Callable[[dict[str, Any]], Speech]

ENGINES: Final[dict[str, tuple[Speak, bool]]] = {  # and whether its sound is softened
    "embedded": (
        lambda order: embedded.speak(order["text"], language=order["language"], pace=order["pace"]),
        True,
    ),
    "natural": (lambda order: natural.speak(order["text"], pace=order["pace"]), False),
    "spoken": (lambda order: Speech(*read_wav(Path(order["path"]))), False),  # by a program of the computer's
    "piper": (lambda order: piper.speak(order["text"], model=order["model"], pace=order["pace"]), False),
}


def answer(order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        speak, soften = ENGINES[order["kind"]]
        data = finished(speak(order), soften=order.get("soften", soften))
    except VoiceError as error:
        return {"problem": str(error), "silent": isinstance(error, SilentError)}, b""
    except Exception:  # noqa: BLE001  each engine raises its own kinds; the parent has one sentence for all of them
        return {"problem": ""}, b""
    return {"bytes": len(data)}, data


def serve(orders: BinaryIO, answers: BinaryIO) -> None:
    while line := orders.readline():
        head, data = answer(json.loads(line))
        answers.write(json.dumps(head).encode() + b"\n" + data)
        answers.flush()


def main() -> None:
    if "low" in sys.argv[1:] and hasattr(os, "nice"):
        os.nice(10)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())  # what a library of C prints is no answer
    try:
        serve(sys.stdin.buffer, answers)
    except (BrokenPipeError, KeyboardInterrupt):
        pass
    finally:
        leave()  # the way out below runs no one's last wishes
        os._exit(0)  # without a last word of any library


if __name__ == "__main__":
    main()
