# SPDX-License-Identifier: Apache-2.0
"""A bus that takes calls and never answers is left out; one that answers, refuses or is not there stays as it is."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gems_desktop.startup_bus import NOBODY, SESSION, SYSTEM, leave_out_dead_buses

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is of Linux")


@contextmanager
def bus(path: Path, answer: bytes | None) -> Iterator[str]:
    """A socket that answers once with `answer`, or never; its D-Bus address."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        thread = None
        if answer is not None:
            thread = threading.Thread(target=_answer, args=(listening, answer), daemon=True)
            thread.start()
        yield f"unix:path={path},guid=00"
        if thread is not None:
            thread.join(5)


def _answer(listening: socket.socket, answer: bytes) -> None:
    peer, _ = listening.accept()
    with peer:
        peer.recv(64)
        peer.sendall(answer)


def test_a_dead_bus_is_left_out(tmp_path: Path) -> None:
    with bus(tmp_path / "a", None) as dead, bus(tmp_path / "b", b"OK 12\r\n") as alive:
        environ = {SESSION: dead, SYSTEM: alive}
        assert leave_out_dead_buses(environ, 0.1) == [SESSION]
        assert environ == {SESSION: NOBODY, SYSTEM: alive}


def test_others_stay(tmp_path: Path) -> None:
    gone = f"unix:path={tmp_path / 'none'}"
    with bus(tmp_path / "a", b"REJECTED EXTERNAL\r\n") as strict:
        environ = {SESSION: gone, SYSTEM: strict}
        assert leave_out_dead_buses(environ, 2.0) == []
        assert environ == {SESSION: gone, SYSTEM: strict}
