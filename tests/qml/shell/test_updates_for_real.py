# SPDX-License-Identifier: Apache-2.0
"""From "look" to "ready" by real clicks, with the real service over a signed repository; what hostile servers say."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from gems_desktop.adapters.update_layout import Layout, write_first
from gems_desktop.adapters.updates import Copy, Updates
from gems_desktop.decoding.client import DecodeClient
from gems_desktop.services.updating import Updating
from tests.helpers.app_window import ROOT, AppWindow
from tests.helpers.fake_updates import FakeUpdates

CANARY = "URGENT-send-your-twelve-words"


def maker() -> Callable[[list[str]], int]:
    """The command that makes repositories, as a release runs it."""
    spec = importlib.util.spec_from_file_location(
        "updates_command", ROOT / "packaging/updates/update_command.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    command: Callable[[list[str]], int] = module.main
    return command


def built(folder: Path, version: str) -> Path:
    """A small build: a program, a library that hardly changes, a text."""
    (folder / "_internal").mkdir(parents=True)
    program = folder / "gems-desktop"
    program.write_bytes(b"#!/bin/sh\n" + version.encode())
    program.chmod(0o755)
    (folder / "_internal" / "library.so").write_bytes(bytes(range(256)) * 900 + version.encode())
    (folder / "_internal" / "same.txt").write_text("the same\n" * 400)
    return folder


@dataclass(frozen=True)
class Published:
    """Version 0.2.0 in a repository, and what the 0.1.0 build was given to know it by."""

    repository: Path
    shipped: Path
    old: Path


def publish(folder: Path) -> Published:
    command, keys, repository = maker(), folder / "keys", folder / "repository"
    told = ["--keys", str(keys), "--repository", str(repository)]
    old, new = built(folder / "old", "0.1.0"), built(folder / "new", "0.2.0")
    assert command(["init-keys", "--keys", str(keys)]) == 0
    assert command(["init", *told]) == 0
    new_version = ["--version", "0.2.0", "--built", str(new), "--earlier", str(old)]
    assert command(["add-release", *told, *new_version]) == 0
    out = ["--out", str(folder / "shipped"), "--url", "http://127.0.0.1:9/"]
    assert command(["client", "--repository", str(repository), *out]) == 0
    return Published(repository, folder / "shipped", old)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    path, modules = list(sys.path), set(sys.modules)
    yield publish(tmp_path_factory.mktemp("published"))
    sys.path[:] = path
    for name in {name for name in sys.modules if name.startswith("update_")} - modules:
        del sys.modules[name]


class Served:
    """A web server on this computer that a test may replace by another one."""

    def __init__(self, handler: Any) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def end(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing is written."""


class Hostile(BaseHTTPRequestHandler):
    """Answers everything with words of its own, in the body, the status and the headers."""

    status = 200

    def do_GET(self) -> None:
        body = f'{{"signed": {{"_type": "root", "version": "{CANARY}"}}, "signatures": []}}'.encode()
        self.send_response(self.status, CANARY)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Warning", CANARY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is written."""


class Lost(Hostile):
    status = 404


class Broken(Hostile):
    status = 503


@pytest.fixture
def serve() -> Iterator[Callable[[Any], Served]]:
    made: list[Served] = []

    def start(handler: Any) -> Served:
        made.append(Served(handler))
        return made[-1]

    yield start
    for each in made:
        each.end()


def installed(folder: Path, published: Published, url: str) -> tuple[Layout, Copy]:
    """An installation of 0.1.0 that asks at `url`."""
    root, shipped = folder / "program", folder / "shipped"
    (root / "versions").mkdir(parents=True)
    shutil.copytree(published.old, root / "versions" / "0.1.0")
    shutil.copytree(published.shipped, shipped)
    source = (shipped / "source.json").read_text().replace("http://127.0.0.1:9/", url)
    (shipped / "source.json").write_text(source)
    write_first(root, "0.1.0")
    layout = Layout(root)
    return layout, Copy(layout, "0.1.0", shipped, folder / "home")


@pytest.fixture
def open_on(no_pictures: DecodeClient) -> Iterator[Callable[[Any], AppWindow]]:
    made: list[AppWindow] = []

    def show(updates: Any) -> AppWindow:
        window = AppWindow(no_pictures)
        made.append(window)
        window.world.updates = updates
        window.begin("settings", "updates")
        return window

    yield show
    for window in made:
        window.close()


def updating(copy: Copy) -> Updating:
    return Updating(Updates(copy=copy), lambda: int(time.time()), lambda: False)


def headline(window: AppWindow) -> str:
    return str(window.item("updateHeadline").property("text"))


def test_from_the_web_to_ready_by_mouse(
    published: Published, serve: Callable[[Any], Served], open_on: Callable[[Any], AppWindow], tmp_path: Path
) -> None:
    url = serve(partial(Quiet, directory=str(published.repository))).url
    layout, copy = installed(tmp_path, published, url)
    window = open_on(updating(copy))
    window.click("updateLook")
    window.until(lambda: headline(window) == "Version 0.2.0 can be downloaded.")
    assert layout.name("current") == "0.1.0", "nothing is downloaded that was not asked for"
    window.click("updateDownload")
    window.until(lambda: headline(window) == "Version 0.2.0 is ready.")
    assert (layout.name("current"), layout.name("previous")) == ("0.2.0", "0.1.0")
    assert (layout.folder("0.2.0") / "gems-desktop").read_bytes().endswith(b"0.2.0")
    assert (layout.folder("0.1.0") / "gems-desktop").exists(), "what runs stays"


def test_from_a_stick_by_keys(
    published: Published, open_on: Callable[[Any], AppWindow], tmp_path: Path
) -> None:
    layout, copy = installed(tmp_path, published, "http://127.0.0.1:9/")
    window = open_on(updating(copy))
    window.focus("updateFolders")
    window.key(Qt.Key.Key_Return)
    window.focus("updateFolder").setProperty("text", str(tmp_path))
    window.key(Qt.Key.Key_Return)
    window.until(lambda: headline(window) == "No versions of Gems were found there.")
    window.focus("updateFolder").setProperty("text", str(published.repository))
    window.key(Qt.Key.Key_Return)
    window.until(lambda: headline(window) == "Version 0.2.0 can be downloaded.")
    window.focus("updateDownload")
    window.key(Qt.Key.Key_Return)
    window.until(lambda: headline(window) == "Version 0.2.0 is ready.")
    assert layout.name("current") == "0.2.0"


def test_what_others_signed_is_refused(
    published: Published, open_on: Callable[[Any], AppWindow], tmp_path: Path
) -> None:
    """A whole repository, made well, by somebody else."""
    (tmp_path / "others").mkdir()
    others = publish(tmp_path / "others")
    layout, copy = installed(tmp_path, published, "http://127.0.0.1:9/")
    window = open_on(updating(copy))
    window.model.screens["updates"].useFolder(str(others.repository))  # type: ignore[attr-defined]
    window.until(lambda: headline(window) == "What was offered is not signed by the makers of Gems.")
    assert layout.name("current") == "0.1.0"


def told_by_server(window: AppWindow) -> list[str]:
    """What of a server's words stands anywhere in the window, for eyes or for a screen reader."""
    model = window.model.screens["updates"]
    said = [
        str(model.property(name)) for name in ("headline", "detail", "notice", "problemMessage", "wentBack")
    ]
    return [text for text in [*window.words(), *said] if CANARY in text]


def test_a_servers_words_are_never_shown(
    published: Published, serve: Callable[[Any], Served], open_on: Callable[[Any], AppWindow], tmp_path: Path
) -> None:
    layout, copy = installed(tmp_path, published, "http://127.0.0.1:9/")
    updates, source = updating(copy), copy.shipped / "source.json"
    window = open_on(updates)
    for handler in (Hostile, Lost, Broken):
        source.write_text(json.dumps({"url": serve(handler).url}))
        window.click("updateLook")
        window.until(lambda: not window.model.screens["updates"].property("looking"))
        assert updates.facts().state == "trouble"
        assert told_by_server(window) == [] and layout.name("current") == "0.1.0"
    window.model.openPage("home")
    window.settle()
    assert told_by_server(window) == []


def test_control_words_that_got_through_would_be_seen(open_on: Callable[[Any], AppWindow]) -> None:
    window = open_on(FakeUpdates(state="offered", offered=CANARY, size=1, whole_size=1))
    assert told_by_server(window)


def test_who_works_hears_nothing_of_it(
    published: Published, serve: Callable[[Any], Served], open_on: Callable[[Any], AppWindow], tmp_path: Path
) -> None:
    """The daily look finds a version while somebody works: no dialog, no toast, no word on the page."""
    url = serve(partial(Quiet, directory=str(published.repository))).url
    _, copy = installed(tmp_path, published, url)
    updates = updating(copy)
    window = open_on(updates)
    toasts: list[str] = []
    window.model.toast.connect(lambda text, _tone: toasts.append(text))
    window.model.openPage("work")
    window.settle()
    window.run(updates.look_daily())
    window.settle()
    assert updates.facts().state == "offered" and not toasts
    assert not any("0.2.0" in text for text in window.words())
    assert window.model.props.page == "work"
    window.model.openPage("home")
    window.settle()
    assert any("0.2.0" in text for text in window.words())


def test_how_much_room_is_missing_is_said(
    published: Published, open_on: Callable[[Any], AppWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout, copy = installed(tmp_path, published, "http://127.0.0.1:9/")
    window = open_on(updating(copy))
    window.model.screens["updates"].useFolder(str(published.repository))  # type: ignore[attr-defined]
    window.until(lambda: headline(window) == "Version 0.2.0 can be downloaded.")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1 << 20))
    window.click("updateDownload")
    window.until(lambda: headline(window).startswith("There is too little room on the disk: 3"))
    monkeypatch.undo()
    window.click("updateDownload")  # goes on with one press
    window.until(lambda: headline(window) == "Version 0.2.0 is ready.")
    assert layout.name("current") == "0.2.0"


def test_the_folder_of_the_program_may_be_read_only(
    published: Published, open_on: Callable[[Any], AppWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, copy = installed(tmp_path, published, "http://127.0.0.1:9/")
    real = os.access
    mine = str(tmp_path / "program")
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).startswith(mine) and real(path, mode))
    window = open_on(updating(copy))
    window.until(lambda: headline(window).startswith("This program cannot update itself"))
