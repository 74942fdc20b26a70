# SPDX-License-Identifier: Apache-2.0
"""Bad input as somebody at the window meets it: what happened, what is safe and what to do, and nothing is lost.

That each fault is recognised is tested where it is recognised (adapters, services, signer); here it reaches the screen.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from gems_desktop.adapters.profile import ProfileLock
from gems_desktop.decoding.client import DecodeClient
from gems_desktop.services.errors import (
    ChainUnreachable,
    DiskFull,
    MediaDoesNotFit,
    PlatformLied,
    ProfileInUse,
)
from gems_protocol.errors import GemsError
from tests.e2e.processes import ROOT, application
from tests.helpers.app_window import AppWindow

ADDRESS = "0x" + "ab" * 20
CLOSED = "http://127.0.0.1:9"  # the discard port, where nobody listens


def _network(folder: Path, platform: str = CLOSED, **change: Any) -> Path:
    names = ("platform_signer", "gem", "channels", "campaigns", "hub_payer", "relayer")
    described: dict[str, Any] = dict.fromkeys(names, ADDRESS)
    described |= {"name": "Elsewhere", "chain_id": 1, "rpc_urls": [CLOSED], "platform_url": platform}
    file = folder / "network.json"
    file.write_text(json.dumps(described | {"practice": True} | change), "utf-8")
    return file


@pytest.fixture
def profiles(home: Path) -> Path:
    """Where the application of a test keeps its profiles."""
    folder = home / "gems"
    folder.mkdir()
    return folder


@pytest.fixture
def stage() -> Iterator[ExitStack]:
    """Whatever was started is gone afterwards."""
    with ExitStack() as stack:
        yield stack


def _play(stage: ExitStack, profiles: Path, network: Path, scene: str) -> dict[str, Any]:
    """Play a scene to its end; the line it told."""
    app = application(profiles, network, scene)
    stage.callback(app.close)
    line: dict[str, Any] = app.next()
    assert "error" not in line, line
    assert app.end() == 0
    return line


@contextmanager
def _forger() -> Iterator[str]:
    """A platform whose signature is no signature of the platform's."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b'{"campaigns": []}'
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Gems-Signature", "1790000000:0x" + "11" * 64 + "1b")
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_platform_that_is_down_stops_no_work(stage: ExitStack, profiles: Path, tmp_path: Path) -> None:
    seen = _play(stage, profiles, _network(tmp_path), "ask")
    assert seen["phase"] == "open"
    assert {"The platform cannot be reached.", "You are offline."} & set(seen["texts"])
    assert "Offline: go on working, it is sent later" in seen["texts"]


def test_a_forged_answer_is_refused_and_said(stage: ExitStack, profiles: Path, tmp_path: Path) -> None:
    with _forger() as url:
        seen = _play(stage, profiles, _network(tmp_path, url), "ask")
    assert any(text.startswith("The platform's answer was refused") for text in seen["texts"])
    assert "Nothing was stored or signed; your work and your money are untouched." in seen["texts"]


def test_a_network_file_that_cannot_be_used(stage: ExitStack, profiles: Path, tmp_path: Path) -> None:
    seen = _play(stage, profiles, _network(tmp_path, rpc_urls=["ftp://127.0.0.1"]), "start_up")
    assert seen["phase"] == "failed"
    assert any("rpc_urls" in text for text in seen["texts"])


def test_a_second_instance_and_a_corrupt_database(stage: ExitStack, profiles: Path, tmp_path: Path) -> None:
    network = _network(tmp_path)
    address = _play(stage, profiles, network, "wallet")["address"]
    folder = profiles / "profiles" / "default"
    assert folder.is_dir()
    lock = ProfileLock(folder)
    try:
        seen = _play(stage, profiles, network, "start_up")
    finally:
        lock.release()
    fault = ProfileInUse()
    assert seen["phase"] == "failed"
    assert {fault.message, fault.safe, fault.action} <= set(seen["texts"])

    for file in folder.glob("gems.db*"):
        file.write_bytes(b"this is no database" * 4096)
    seen = _play(stage, profiles, network, "ask")
    assert seen["phase"] == "open", "the wallet opens with its password"
    assert "The database of this profile was damaged." in seen["texts"]
    assert seen["address"] == address


FAULTS = (
    ("work", "work.record", DiskFull(), "answer"),
    ("findWork", "sync.fetch_batch", MediaDoesNotFit(), "lease"),
    ("findWork", "sync.campaigns", PlatformLied("it signs with another key."), "ask"),
    ("earnings", "earnings.quote_claim", ChainUnreachable(), "claim"),
)


@pytest.fixture
def window() -> Iterator[AppWindow]:
    """The whole window on a fake session."""
    app = QGuiApplication.instance() or QGuiApplication([])
    assert isinstance(app, QGuiApplication)
    app.setQuitOnLastWindowClosed(False)
    images = DecodeClient(lambda _hash: None)
    made = AppWindow(images)
    made.begin()
    yield made
    made.close()
    images.close()


def _act(window: AppWindow, what: str) -> None:
    if what == "answer":
        window.type("1")
    elif what == "lease":
        find = window.model.screens["findWork"]
        find.select(window.session.sync.offers[0].campaign_id)  # type: ignore[attr-defined]
        window.settle()
        window.click("takeTasks")
    elif what == "ask":
        window.model.screens["findWork"].ask()  # type: ignore[attr-defined]
    else:
        window.click("claim")


@pytest.mark.parametrize(("page", "call", "fault", "act"), FAULTS, ids=[fault[1] for fault in FAULTS])
def test_a_fault_reaches_its_screen(
    window: AppWindow, page: str, call: str, fault: GemsError, act: str
) -> None:
    window.model.openPage(page)
    window.settle()
    window.session.fail(call, fault)
    _act(window, act)
    window.settle()
    words = window.words()
    assert fault.message in words
    assert fault.safe in words
    assert fault.action in words


def test_a_config_with_unknown_tags_is_named_by_the_tag(tmp_path: Path) -> None:
    config = tmp_path / "config.xml"
    config.write_text('<View><Text name="t" value="$t"/><Hologram name="h" toName="t"/></View>', "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "gems_desktop.cli", "module", "check", str(config)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Hologram" in done.stdout + done.stderr
