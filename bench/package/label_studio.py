# SPDX-License-Identifier: Apache-2.0
"""Label Studio's labelling page in a browser: what somebody who labels there has open; its server is left out."""

from __future__ import annotations

import asyncio
import base64
import http.cookiejar
import json
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.package.programs import Program
from bench.package.starts import running
from bench.platform import peer
from bench.platform.fleet import free_port
from bench.result import CannotMeasure
from tests.window.x_screen import XScreen

CONFIG = """<View><Image name="photo" value="$photo"/><Choices name="kind" toName="photo">
<Choice value="Boat"/><Choice value="Bird"/><Choice value="Bridge"/></Choices></View>"""
TASKS = 20


@contextmanager
def page(browser: Program, programs: Path, folder: Path, home: Path, photo: Path) -> Iterator[Program]:
    """The browser as an application window on a task with `photo`, logged in, while its server runs."""
    data = folder / "label-studio"
    data.mkdir()
    with peer.served(programs, data, None, 1) as server:
        project = server.ask("/api/projects", {"title": "Photos", "label_config": CONFIG})["id"]
        image = "data:image/jpeg;base64," + base64.b64encode(photo.read_bytes()).decode()
        rows = [{"photo": image} for _ in range(TASKS)]
        made = server.ask(f"/api/projects/{project}/import?return_task_ids=true", rows)["task_ids"]
        place = f"http://127.0.0.1:{server.port}"
        url = f"{place}/projects/{project}/data?task={made[0]}&labeling=1"
        profile = f"--user-data-dir={home / 'browser'}"
        screen = XScreen(_new(folder / "login"))
        try:
            port = free_port()
            more = (profile, f"--remote-debugging-port={port}", "about:blank")
            with running(replace(browser, command=(*browser.command, *more)), screen, home) as process:
                asyncio.run(_give_cookies(port, place, _log_in(place), process))
        finally:
            screen.end()
        window = (profile, "--window-size=1366,768", "--window-position=0,0", f"--app={url}")
        yield replace(browser, name="label studio in chromium", command=(*browser.command, *window))


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _log_in(place: str) -> list[http.cookiejar.Cookie]:
    jar = http.cookiejar.CookieJar()
    client = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    client.open(f"{place}/user/login/", timeout=60).read()
    token = next((one.value for one in jar if one.name == "csrftoken"), "")
    form = {"csrfmiddlewaretoken": token, "email": peer.WHO, "password": peer.WORD, "persist_session": "on"}
    client.open(f"{place}/user/login/", urllib.parse.urlencode(form).encode(), timeout=60).read()
    if not any(one.name == "sessionid" for one in jar):
        raise CannotMeasure("Label Studio did not let its own account in")
    return list(jar)


async def _give_cookies(
    port: int, place: str, cookies: list[http.cookiejar.Cookie], process: subprocess.Popen[bytes]
) -> None:
    """Put the login into the browser's profile, as if somebody had typed it there; then the browser closes itself."""
    import aiohttp

    lasting = int(time.time()) + 86400
    told = [{"name": one.name, "value": one.value, "url": place, "expires": lasting} for one in cookies]
    async with aiohttp.ClientSession() as client:
        for _ in range(300):
            with suppress(aiohttp.ClientError):
                async with client.get(f"http://127.0.0.1:{port}/json/version") as answer:
                    address: str = (await answer.json(content_type=None))["webSocketDebuggerUrl"]
                    break
            await asyncio.sleep(0.2)
        else:
            raise CannotMeasure("the browser does not start")
        async with client.ws_connect(address) as line:
            calls: list[tuple[str, dict[str, Any]]] = [
                ("Storage.setCookies", {"cookies": told}),
                ("Browser.close", {}),
            ]
            for number, (method, params) in enumerate(calls):
                await line.send_str(json.dumps({"id": number, "method": method, "params": params}))
                heard = await line.receive_json(timeout=30)
                if "error" in heard:
                    raise CannotMeasure(f"the browser refuses {method}: {heard['error']}")
    await asyncio.to_thread(process.wait, 30)
