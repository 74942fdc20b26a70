# SPDX-License-Identifier: Apache-2.0
"""A second window of one profile says so, brings the first one forward and ends; it changes nothing."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from gems_desktop.instance import FirstInstance, bring_forward, meeting_place
from gems_desktop.startup_profile import SECOND
from tests.e2e.processes import ROOT
from tests.e2e.test_bad_start import _network
from tests.helpers.waiting import wait

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sockets in folders are of other systems")


@pytest.fixture
def first() -> Iterator[FirstInstance]:
    app = QGuiApplication.instance() or QGuiApplication([])
    assert isinstance(app, QGuiApplication)
    made = FirstInstance()
    yield made
    made.close()


def _window(home: Path, network: Path, *more: str) -> subprocess.Popen[str]:
    """A window; where it falls, it says where in said.log."""
    looks = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software", "PYTHONFAULTHANDLER": "1"}
    with (home / "said.log").open("ab") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "gems_desktop", "--network", str(network), "--home", str(home), *more],
            cwd=ROOT,
            env=os.environ | looks,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )


def _appears(path: Path, process: subprocess.Popen[str]) -> None:
    for _ in range(600):
        if path.exists():
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
            raise AssertionError("the first window ended")
    raise AssertionError(f"{path} does not come")


def test_two_windows_of_one_profile(home: Path, tmp_path: Path) -> None:
    profiles = home / "gems"
    folder = profiles / "profiles" / "default"
    folder.mkdir(parents=True, mode=0o700)
    network = _network(tmp_path)
    assert not bring_forward(folder)
    one = _window(profiles, network)
    try:
        _appears(Path(meeting_place(folder)), one)
        other = _window(profiles, network)
        said, _ = other.communicate(timeout=60)
        assert (other.returncode, said.strip()) == (0, SECOND)
        assert one.poll() is None, f"the first one ended: {(profiles / 'said.log').read_text()[-4000:]}"
    finally:
        one.send_signal(signal.SIGTERM)
        one.communicate(timeout=60)
    assert one.returncode == 0
    assert not bring_forward(folder), "nobody is there any more"


def _heard(first: FirstInstance) -> list[int]:
    heard: list[int] = []
    first.wanted.connect(lambda: heard.append(1))
    return heard


def _say(folder: Path, words: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(meeting_place(folder))
        caller.sendall(words)
        wait(50)


def test_only_one_word_is_understood(first: FirstInstance, tmp_path: Path) -> None:
    heard = _heard(first)
    assert first.listen(tmp_path)
    place = Path(meeting_place(tmp_path))
    assert stat.S_IMODE(place.stat().st_mode) & 0o077 == 0, "its owner's only"
    for words in (b"", b"raise!", b"quit", b"{}", b"raise" * 100, b"\0" * 5000):
        _say(tmp_path, words)
    assert heard == []
    _say(tmp_path, b"raise")
    assert heard == [1]


def test_a_socket_that_was_left_behind_is_taken_over(first: FirstInstance, tmp_path: Path) -> None:
    left = socket.socket(socket.AF_UNIX)
    left.bind(meeting_place(tmp_path))
    left.close()
    assert not bring_forward(tmp_path)
    assert first.listen(tmp_path)
    heard = _heard(first)
    _say(tmp_path, b"raise")
    assert heard == [1]


def test_a_window_that_moves_to_another_profile_is_found_there(first: FirstInstance, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / ("x" * 120)]  # the second path is too long for a socket
    for folder in folders:
        folder.mkdir()
        assert first.listen(folder) and first.listen(folder)
        assert Path(meeting_place(folder)).exists()
    assert not Path(meeting_place(folders[0])).exists()
    assert not first.listen(tmp_path / "none")


def test_nobody_elses_socket_and_no_file_makes_a_second(tmp_path: Path) -> None:
    Path(meeting_place(tmp_path)).write_text("")
    assert not bring_forward(tmp_path)
