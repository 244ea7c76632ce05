"""
A headless Chromium, driven through its debugging pipe: no library, no port, no network.

Tests that need one are skipped where there is none; ``CHROMIUM`` names another.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--autoplay-policy=no-user-gesture-required",
    "--mute-audio",
    "--no-first-run",
    "--remote-debugging-pipe",
)


class Browser:
    """One tab; every request and every message on its console is kept."""

    def __init__(self, read: int, write: int) -> None:
        """Talk through two pipes, to a tab of its own."""
        self.replies = os.fdopen(read, "rb")
        self.commands = os.fdopen(write, "wb")
        self.number = 0
        self.session = ""
        self.requests: list[str] = []
        self.troubles: list[str] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.send(
            "Target.attachToTarget", targetId=target, flatten=True
        )["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")

    def close(self) -> None:
        """Close both pipes."""
        self.replies.close()
        self.commands.close()

    def send(self, method: str, **parameters: object) -> Any:  # noqa: ANN401 - JSON
        """Send a command, and return what it answers."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.commands.write(json.dumps(message).encode() + b"\0")
        self.commands.flush()
        while (reply := self._read()).get("id") != self.number:
            self._keep(reply)
        assert "error" not in reply, reply["error"]
        return reply["result"]

    def wait_for(self, event: str) -> None:
        """Read until *event* comes."""
        while (reply := self._read()).get("method") != event:
            self._keep(reply)

    def open(self, path: Path, *, script: bool = True) -> None:
        """Open a file, and wait until it is loaded."""
        self.send("Emulation.setScriptExecutionDisabled", value=not script)
        self.send("Page.navigate", url=path.as_uri())
        self.wait_for("Page.loadEventFired")

    def run(self, code: str) -> Any:  # noqa: ANN401 - JSON
        """Return the value of an expression; a promise is waited for."""
        found = self.send(
            "Runtime.evaluate",
            expression=code,
            returnByValue=True,
            awaitPromise=True,
            userGesture=True,
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def click(self, text: str) -> None:
        """Click the button that begins with *text*; fails where none is shown."""
        found = self.run(
            "(() => { const found = [...document.querySelectorAll('button')].find("
            f"(each) => each.textContent.startsWith({json.dumps(text)})"
            " && each.getClientRects().length);"
            " if (found) found.click(); return Boolean(found); })()"
        )
        assert found, f"no button {text} in: {self.text()}"

    def key(self, key: str) -> None:
        """Press a key, as a keyboard does."""
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, text=text)

    def text(self) -> str:
        """Return all text that is shown."""
        return str(self.run("document.body.innerText"))

    def size(self, width: int, height: int, *, dark: bool = False) -> None:
        """Be a screen of so many pixels."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        value = "dark" if dark else "light"
        feature = {"name": "prefers-color-scheme", "value": value}
        self.send("Emulation.setEmulatedMedia", features=[feature])

    def picture(self, path: Path) -> None:
        """Save what is shown as PNG."""
        shot = self.send("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(shot["data"]))

    def _read(self) -> Any:  # noqa: ANN401 - JSON
        found = b""
        while (byte := self.replies.read(1)) != b"\0":
            assert byte, "the browser has ended"
            found += byte
        return json.loads(found)

    def _keep(self, reply: dict[str, Any]) -> None:
        method, parameters = reply.get("method"), reply.get("params", {})
        if method == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])
        elif method in {"Runtime.exceptionThrown", "Log.entryAdded"}:
            self.troubles.append(json.dumps(parameters))
        elif method == "Runtime.consoleAPICalled":
            self.troubles.append(json.dumps(parameters["args"]))


@contextmanager
def browser() -> Iterator[Browser]:
    """Start a browser, and end it; skips the test where there is none."""
    found = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, _NAMES)), ""
    )
    if not found or sys.platform == "win32":
        pytest.skip("no Chromium here to open the page in")
    (theirs, write), (read, other) = os.pipe(), os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        # The pipe is at descriptors 3 and 4, wherever it is with us.
        arguments = [found, *_FLAGS, f"--user-data-dir={profile}"]
        shell = f'exec "$0" "$@" 3<&{theirs} 4>&{other}'
        process = subprocess.Popen(
            ["/bin/bash", "-c", shell, *arguments],
            pass_fds=(theirs, other),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        os.close(other)
        tab = Browser(read, write)
        try:
            yield tab
        finally:
            process.terminate()
            process.wait()
            tab.close()
