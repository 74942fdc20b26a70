# SPDX-License-Identifier: Apache-2.0
"""A server that sends a byte now and then, for ever, in whatever part of its answer: no thread waits for it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from gems_desktop.adapters import update_line
from gems_desktop.adapters.proxy import Proxy
from gems_desktop.adapters.update_source import SourceGone, Web

HEAD = b"HTTP/1.1 200 OK\r\n"
#: what comes first -> what then comes again and again
DRIPS = {
    "header": (HEAD + b"X: ", b"y"),
    "headers to come": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "body": (HEAD + b"Content-Length: 90000\r\n\r\n", b"y"),
    "body without a length": (HEAD + b"Connection: close\r\n\r\n", b"y"),
    "a chunk's name": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;", b"y"),
    "nothing": (b"", b""),
}


@contextmanager
def dripping(first: bytes, again: bytes) -> Iterator[str]:
    """A server like that; its address."""
    over = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        caller, _ = listening.accept()
        with caller:
            try:
                caller.sendall(first)
                while not over.wait(0.02):
                    caller.sendall(again)
            except OSError:
                return

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield f"127.0.0.1:{listening.getsockname()[1]}"
    finally:
        over.set()
        thread.join()
        listening.close()


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update_line, "_POLL_S", 0.02)


@pytest.mark.parametrize("name", DRIPS)
def test_all_of_it_has_its_time(name: str) -> None:
    with dripping(*DRIPS[name]) as where:
        began = time.monotonic()
        with pytest.raises(SourceGone):
            for _ in Web(f"http://{where}", Proxy()).read("timestamp.json", 0, 100_000, seconds=0.3):
                pass
        assert time.monotonic() - began < 3


@pytest.mark.parametrize("name", ["header", "nothing", "a chunk's name"])
def test_what_nobody_wants_any_more_ends(name: str) -> None:
    unwanted = threading.Event()
    with dripping(*DRIPS[name]) as where:
        web = Web(f"http://{where}", Proxy(), unwanted.is_set)
        timer = threading.Timer(0.2, unwanted.set)
        timer.start()
        began = time.monotonic()
        with pytest.raises(SourceGone):
            list(web.read("blobs/0.xz", 0, 100_000))
        timer.join()
        assert time.monotonic() - began < 3


def test_a_handshake_has_its_time_too() -> None:
    with dripping(b"", b"\x16") as where, pytest.raises(SourceGone):
        list(Web(f"https://{where}", Proxy()).read("timestamp.json", 0, 100, seconds=0.3))


def test_control_a_slow_answer_that_goes_on_is_waited_for() -> None:
    with dripping(HEAD + b"Content-Length: 20\r\n\r\n", b"y") as where:
        assert b"".join(Web(f"http://{where}", Proxy()).read("blobs/0.xz", 0, 100)) == b"y" * 20


def test_a_proxy_that_is_chosen_between_two_files_is_used() -> None:
    proxy = Proxy()
    web = Web("http://updates.invalid", proxy)
    with dripping(HEAD + b"Content-Length: 2\r\n\r\n", b"y") as where:
        proxy.use(f"http://{where}")
        assert b"".join(web.read("blobs/0.xz", 0, 100)) == b"yy"
