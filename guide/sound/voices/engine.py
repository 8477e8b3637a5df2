"""Engines speak in a child process: one that crashes takes nothing with it, and its memory is given back at the end."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, Final

from guide.language import _
from guide.sound.voices.voice import SilentError, VoiceError
from guide.sound.voices.words import written_out

PATIENCE: Final = 60.0  # seconds until an engine that does not answer is given up; its first answer reads a model
EDITION: Final = "6"  # another one when the same words come to sound different
FROZEN_WORD: Final = "--speak"  # by which a bundled program knows that it is the child
MOST_BYTES: Final = 64 * 1024 * 1024  # of one answer: a quarter of an hour of speech


class Priority(Enum):
    USUAL = "usual"
    LOW = "low"  # for what is made ready in the background


def child_command() -> list[str]:
    if getattr(sys, "frozen", False):  # a bundle has no interpreter beside it: the program itself is asked
        return [sys.executable, FROZEN_WORD]
    return [sys.executable, "-P", "-m", "guide.sound.voices"]


class EngineProcess:
    """
    The child of one engine, started by the first thing to say and ended by `end`; it can then be started anew.

    Orders and answers are lines of JSON, each answer followed by the bytes of a WAV file. Safe from several threads:
    each child says one thing at a time, and so many `children` are started when several are asked for.
    """

    def __init__(
        self,
        *,
        priority: Priority = Priority.USUAL,
        patience: float = PATIENCE,
        command: Sequence[str] | None = None,
        children: int = 1,
    ) -> None:
        self._priority = priority
        self._patience = patience
        self._command = command
        self._most = children
        self._places = threading.Semaphore(children)
        self._ending = threading.Lock()  # two that wait for every place would wait for each other
        self._idle: list[subprocess.Popen[bytes]] = []

    def ask(self, order: Mapping[str, Any], *, name: str) -> bytes:
        """Have something said; raises VoiceError with a sentence, also where the child dies or does not answer."""
        with self._places:
            child: subprocess.Popen[bytes] | None = None
            try:
                child = self._taken()
                giving_up = threading.Timer(self._patience, child.kill)
                giving_up.daemon = True
                giving_up.start()
                try:
                    head, data = _exchange(child, order)
                finally:
                    giving_up.cancel()
            except (OSError, ValueError, TypeError) as error:
                if child is not None:
                    _end(child)
                sentence = _("The voice {name} broke off, so another one speaks.")
                raise VoiceError(sentence.format(name=name)) from error
            self._idle.append(child)
        if "problem" in head:
            known = str(head["problem"])  # a sentence marked for translation, or none for what nobody foresaw
            kind = SilentError if head.get("silent") else VoiceError
            raise kind(_(known) if known else _("The voice {name} could not say this.").format(name=name))
        return data

    def end(self) -> None:
        """Let the children go when they have said what they were asked, and their memory with them."""
        with self._ending:
            for _place in range(self._most):
                self._places.acquire()
            while self._idle:
                _end(self._idle.pop())
            self._places.release(self._most)

    def _taken(self) -> subprocess.Popen[bytes]:
        """One that is there still: the system ends the largest where it needs its memory."""
        while True:
            try:
                child = self._idle.pop()
            except IndexError:
                return self._started()
            if child.poll() is None:
                return child
            _end(child)

    def _started(self) -> subprocess.Popen[bytes]:
        low = self._priority is Priority.LOW
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        if low:
            flags |= getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
        root = str(Path(__file__).resolve().parents[3])
        before = os.environ.get("PYTHONPATH")
        path = os.pathsep.join([root, before]) if before else root
        return subprocess.Popen(  # noqa: S603  a list, no shell; the text travels through the pipe
            [*(self._command or child_command()), *(["low"] if low else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=flags,
            env={**os.environ, "PYTHONPATH": path, "ORT_DISABLE_TELEMETRY": "1"},
        )


def _end(child: subprocess.Popen[bytes]) -> None:
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
    try:
        child.wait(timeout=1)  # an engine that is well ends when nothing more can be asked
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _exchange(child: subprocess.Popen[bytes], order: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    assert child.stdin is not None  # noqa: S101  both are pipes
    assert child.stdout is not None  # noqa: S101
    child.stdin.write(json.dumps(order).encode() + b"\n")
    child.stdin.flush()
    head: Any = json.loads(child.stdout.readline(4_096))
    if not isinstance(head, dict):
        raise TypeError(head)
    size = int(head.get("bytes", 0))
    if not 0 <= size <= MOST_BYTES:
        raise ValueError(size)
    data = child.stdout.read(size)
    if len(data) != size:
        raise ValueError(len(data))
    return head, data


@dataclass(frozen=True, slots=True)
class EngineVoice:
    """A voice whose engine is `kind`; `model` is the file of a voice of her own."""

    kind: str  # embedded | natural | piper
    id: str
    name: str
    language: str = "en"
    model: str = ""
    process: EngineProcess = field(default_factory=EngineProcess, compare=False)

    def edition(self, text: str) -> str:  # noqa: ARG002  it says whatever it is given
        return EDITION

    def render(self, text: str, *, pace: int) -> bytes:
        order = {
            "kind": self.kind,
            "name": self.name,
            "language": self.language,
            "model": self.model,
            "text": written_out(
                text.encode(errors="replace").decode(), self.language
            ),  # half of a surrogate pair is no text
            "pace": pace,
        }
        return self.process.ask(order, name=self.name)

    def rest(self) -> None:
        self.process.end()
