# SPDX-License-Identifier: Apache-2.0
"""What holds for every test: no display, no outside network, no unexplained warning or Qt message.

Guarded here is this process only; child processes of a test inherit the environment but not the patches.
"""

import gc
import ipaddress
import os
import re
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# Before anything imports Qt or keyring: no screen, no GPU, never the real keyring of whoever runs the tests.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

TESTS = Path(__file__).resolve().parent
QT_FOLDERS = ("qml", "desktop", "e2e")

#: Qt messages that say nothing about our code, each with its reason.
QT_NOISE = (
    # the offscreen platform cannot pass size hints to a window manager that is not there
    re.compile(r"This plugin does not support (propagateSizeHints|raise|setting window masks|grabbing)"),
    # a machine without system fonts; the application brings its own
    re.compile(r"QFontDatabase: Cannot find font directory"),
    # a machine without a sound device; the window says so in words
    re.compile(r"^PulseAudioService: "),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--long`, which also runs the tests marked `long`."""
    parser.addoption("--long", action="store_true", help="also run the tests marked long (minutes)")


def pytest_configure(config: pytest.Config) -> None:
    """Hypothesis: no deadline, for no test asserts a time; the same examples each time, but new ones with `--long`."""
    if config.getoption("--long"):
        os.environ["GEMS_LONG"] = "1"
    from hypothesis import settings

    settings.register_profile("gems", deadline=None, derandomize="GEMS_LONG" not in os.environ)
    settings.load_profile("gems")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the long tests unless they were asked for."""
    if config.getoption("--long"):
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="long: run with ./dev test --long"))


def _is_loopback(host: object) -> bool:
    if not isinstance(host, str):
        return False
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Refuse every connection that would leave this machine, and fail the test that tried.

    Names under `.invalid` (RFC 2606) fail to resolve without failing the test: for tests of wrong addresses.
    """
    attempts: list[str] = []
    real_connect, real_connect_ex = socket.socket.connect, socket.socket.connect_ex
    real_getaddrinfo = socket.getaddrinfo

    def outside(sock: socket.socket, address: Any) -> bool:
        if sock.family not in (socket.AF_INET, socket.AF_INET6) or _is_loopback(address[0]):
            return False
        attempts.append(f"connect to {address[0]}")
        return True

    def connect(self: socket.socket, address: Any) -> None:
        if outside(self, address):
            raise OSError(101, "network is unreachable: tests use loopback only")
        real_connect(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        return 101 if outside(self, address) else real_connect_ex(self, address)

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        text = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        if text is None or _is_loopback(text):
            return real_getaddrinfo(host, *args, **kwargs)
        if not text.endswith(".invalid"):
            attempts.append(f"look-up of {text}")
        raise socket.gaierror(socket.EAI_NONAME, "name not known: tests use loopback only")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield
    assert not attempts, f"the test tried to leave this machine: {attempts}"


@pytest.fixture(autouse=True, scope="module")
def whole_collection() -> Iterator[None]:
    """After a file of Qt tests everything that is left is collected here, on the Qt thread."""
    yield
    if "PySide6.QtCore" in sys.modules:
        gc.collect()


@pytest.fixture(autouse=True)
def collects_on_the_qt_thread() -> Iterator[None]:
    """Once Qt is loaded no other thread may collect garbage (gems_desktop/collecting.py)."""
    if "PySide6.QtCore" in sys.modules:
        gc.disable()
    yield
    if "PySide6.QtCore" in sys.modules:
        gc.collect(1)


@pytest.fixture(autouse=True)
def qt_messages(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Collect Qt's warnings; any left at the end fails the test. A test that expects some removes them."""
    inside = request.path.is_relative_to(TESTS) and request.path.relative_to(TESTS).parts[0] in QT_FOLDERS
    messages: list[str] = []
    if not inside and "PySide6.QtCore" not in sys.modules:
        yield messages
        return
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    def handler(kind: QtMsgType, _context: object, text: str) -> None:
        loud = kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
        if loud and not any(noise.search(text) for noise in QT_NOISE):
            messages.append(text)

    previous = qInstallMessageHandler(handler)
    yield messages
    qInstallMessageHandler(previous)
    assert not messages, "Qt said:\n" + "\n".join(messages)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home directory of the test's own, with the XDG and Windows folders pointing into it."""
    place = tmp_path / "home"
    names = {
        "HOME": "",
        "USERPROFILE": "",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CACHE_HOME": ".cache",
    }
    for name, below in names.items():
        folder = place / below
        folder.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(name, str(folder))
    # Unix sockets live here: a short path, since their names may hold 107 bytes only.
    with tempfile.TemporaryDirectory(prefix="gems-") as runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        yield place
