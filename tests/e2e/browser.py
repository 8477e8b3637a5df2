"""A headless Chromium driven through its debugging pipe: a page opened, spoken to and photographed."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome")
QUIET: Final = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--mute-audio", "--autoplay-policy=no-user-gesture-required"),
    *("--disable-background-timer-throttling", "--disable-renderer-backgrounding"),  # every page keeps its time
)


def program() -> str | None:
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Browser:
    """One page, or several by turns. `requests` are the addresses they asked for."""

    def __init__(self, folder: Path, *, size: tuple[int, int]) -> None:
        self._folder = folder
        self._size = size
        self._count = 0
        self.requests: list[str] = []
        self.errors: list[str] = []

    def __enter__(self) -> Self:
        found = program()
        assert found is not None
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()

        def ends() -> None:  # the browser reads from 3 and writes to 4
            os.dup2(theirs_in, 3 + 100)
            os.dup2(theirs_out, 4)
            os.dup2(3 + 100, 3)

        width, height = self._size
        self._process = subprocess.Popen(
            [
                *(found, *QUIET, "--remote-debugging-pipe", f"--user-data-dir={self._folder}"),
                *(f"--window-size={width},{height}", "about:blank"),
            ],
            preexec_fn=ends,  # noqa: PLW1509  a test process with no threads of its own
            close_fds=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._out, self._in = os.fdopen(ours_out, "wb", buffering=0), os.fdopen(ours_in, "rb")
        targets = self._ask("Target.getTargets")["targetInfos"]
        self._attach(next(each["targetId"] for each in targets if each["type"] == "page"))
        return self

    def another(self) -> str:
        """One more page, which is spoken to from now on; `turn_to` comes back to it."""
        self._attach(self._ask("Target.createTarget", url="about:blank")["targetId"])
        return self._session

    def turn_to(self, page: str) -> None:
        self._session = page

    def _attach(self, target: str) -> None:
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self.ask(f"{domain}.enable")
        self.resize(*self._size)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        self._out.close()
        self._in.close()

    def resize(self, width: int, height: int, *, light: bool = False) -> None:
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=True)
        scheme = {"name": "prefers-color-scheme", "value": "light" if light else "dark"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])

    def open(self, path: Path, fragment: str = "") -> None:
        self.ask("Page.navigate", url=f"{path.as_uri()}{fragment}")
        self.run("new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', done))")

    def run(self, script: str) -> Any:
        """The value of an expression, awaited where it is a promise; JSON only."""
        told = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def photograph(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot")["data"]))

    def ask(self, method: str, **values: Any) -> Any:
        return self._ask(method, self._session, **values)

    def _ask(self, method: str, session: str | None = None, **values: Any) -> Any:
        self._count += 1
        message = {"id": self._count, "method": method, "params": values} | ({"sessionId": session} if session else {})
        self._out.write(json.dumps(message).encode() + b"\0")
        while True:
            told = self._next()
            match told:
                case {"id": self._count, "error": error}:
                    raise AssertionError(error)
                case {"id": self._count}:
                    return told["result"]
                case {"method": "Network.requestWillBeSent", "params": {"request": {"url": url}}}:
                    self.requests.append(url)
                case {"method": "Runtime.exceptionThrown", "params": {"exceptionDetails": details}}:
                    self.errors.append(json.dumps(details))
                case _:
                    pass

    def _next(self) -> Any:
        told = bytearray()
        while (letter := self._in.read(1)) != b"\0":
            assert letter, "the browser is gone"
            told += letter
        return json.loads(told)
