# SPDX-License-Identifier: Apache-2.0
"""A real headless Chromium, driven over its debugging protocol; it can reach loopback and nothing else."""

from __future__ import annotations

import asyncio
import base64
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or ""
FLAGS = (
    "--headless",
    "--no-sandbox",  # tests run as root in containers; what is opened is our own page
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@dataclass
class Tab:
    """One page; `complaints` are its console errors, exceptions and CSP violations so far."""

    _socket: aiohttp.ClientWebSocketResponse
    _session: str
    complaints: list[str] = field(default_factory=list)
    _ids: int = 0

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The result of a command; what happens meanwhile is noted."""
        self._ids += 1
        await self._socket.send_json(
            {"id": self._ids, "method": method, "params": params, "sessionId": self._session}
        )
        while True:
            message = await self._socket.receive_json(timeout=30)
            self._note(message)
            if message.get("id") == self._ids:
                assert "error" not in message, message
                return dict(message["result"])

    def _note(self, message: dict[str, Any]) -> None:
        method, params = message.get("method", ""), message.get("params", {})
        if method == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            self.complaints.append(params["entry"]["text"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(params["exceptionDetails"]["text"])
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning"):
            self.complaints.append(str(params["args"]))
        elif method == "Audits.issueAdded":
            self.complaints.append(params["issue"]["code"])

    async def open(self, url: str, width: int = 1280, height: int = 900, look: str = "light") -> None:
        """Load a page in a window of this size and look, until all of it is there."""
        media = [{"name": "prefers-color-scheme", "value": look}]
        await self.call("Emulation.setEmulatedMedia", features=media)
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        await self.call("Emulation.setDeviceMetricsOverride", **size)
        await self.call("Page.navigate", url=url)
        while await self.run("document.readyState") != "complete" or await self.run("location.href") != url:
            await asyncio.sleep(0.02)

    async def run(self, script: str) -> Any:
        """The value of an expression in the page, by the debugger: the page's own policy does not bind it."""
        found = await self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    async def tree(self) -> list[tuple[str, str]]:
        """Role and name of everything that a screen reader is told."""
        found = await self.call("Accessibility.getFullAXTree")
        return [
            (str(node["role"]["value"]), str(node.get("name", {}).get("value", "")))
            for node in found["nodes"]
            if not node["ignored"]
        ]

    async def picture(self, path: Path) -> None:
        """The whole page as PNG."""
        found = await self.call("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(found["data"]))


@asynccontextmanager
async def tab(folder: Path) -> AsyncIterator[Tab]:
    """An empty page of a browser of its own, whose profile is in `folder`."""
    command = (*FLAGS, f"--user-data-dir={folder}", "--remote-debugging-port=0", "about:blank")
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(CHROMIUM, *command, stdout=quiet, stderr=quiet)
    told = folder / "DevToolsActivePort"
    try:
        async with asyncio.timeout(30):
            while not (told.exists() and told.read_text().count("\n") == 1):
                await asyncio.sleep(0.02)
        port, path = told.read_text().split("\n")
        async with (
            aiohttp.ClientSession() as http,
            http.ws_connect(f"ws://127.0.0.1:{port}{path}", max_msg_size=0) as socket,
        ):
            yield await _attached(socket)
    finally:
        process.kill()
        await process.wait()


async def _attached(socket: aiohttp.ClientWebSocketResponse) -> Tab:
    await socket.send_json({"id": 1, "method": "Target.getTargets"})
    found = (await socket.receive_json(timeout=30))["result"]["targetInfos"]
    target = next(one["targetId"] for one in found if one["type"] == "page")
    params = {"targetId": target, "flatten": True}
    await socket.send_json({"id": 2, "method": "Target.attachToTarget", "params": params})
    while True:
        message = await socket.receive_json(timeout=30)
        if message.get("id") == 2:
            break
    page = Tab(socket, message["result"]["sessionId"])
    for domain in ("Page", "Runtime", "Log", "Audits", "Accessibility"):
        await page.call(f"{domain}.enable")
    return page
