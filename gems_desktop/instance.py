# SPDX-License-Identifier: Apache-2.0
"""One window for one profile: the second one asks the first to come forward, and ends.

They meet at a socket in the profile's own folder, which only its owner reaches; it understands one word. Nothing
listens on a network.
"""

from __future__ import annotations

import logging
import os
import stat
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from gems_desktop import plain_imports

plain_imports.restore()  # the first of the window's modules that loads PySide6, where there is a profile
WORD = b"raise"
_FILE = "window.sock"
_LONGEST_PATH = 100  # bytes; systems end at 104
_WAIT_MS = 1_000
_MOST = 64  # bytes that anybody is listened to
_CALLERS = 4

log = logging.getLogger(__name__)


def meeting_place(folder: Path) -> str:
    """The socket of a profile: in its folder, or where that path is too long, among the temporary files."""
    path = str(folder.absolute() / _FILE)
    if sys.platform != "win32" and len(os.fsencode(path)) <= _LONGEST_PATH:
        return path
    import hashlib  # and with it OpenSSL, which the first frame does without

    digest = hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:32]
    return f"gems-{digest}" if sys.platform == "win32" else f"{tempfile.gettempdir()}/gems-{digest}.sock"


def bring_forward(folder: Path) -> bool:
    """Ask whoever has this profile open to come forward; False when nobody has."""
    name = meeting_place(folder)
    if sys.platform != "win32" and not _is_mine(name):
        return False
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(WORD)
    socket.waitForBytesWritten(_WAIT_MS)
    socket.disconnectFromServer()
    if socket.state() != QLocalSocket.LocalSocketState.UnconnectedState:
        socket.waitForDisconnected(_WAIT_MS)
    return True


def _is_mine(name: str) -> bool:
    """Whether there is a socket of this user: somebody else's must not make a window think that it is the second."""
    try:
        found = os.lstat(name)
    except OSError:
        return False
    return stat.S_ISSOCK(found.st_mode) and found.st_uid == os.getuid()


class FirstInstance(QObject):
    """Listens for windows that come after this one; `wanted` when one of them asked for it."""

    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server: QLocalServer | None = None
        self._name = ""

    def listen(self, folder: Path) -> bool:
        """Be found at this profile, and at no other; whether that works. Without it the lock still keeps others out."""
        name = meeting_place(folder)
        if self._server is not None and self._name == name and Path(name).exists():
            return True
        self.close()
        if not folder.is_dir():
            return False
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.setMaxPendingConnections(_CALLERS)
        if not server.listen(name) and not bring_forward(folder):  # left behind by one that was killed
            QLocalServer.removeServer(name)
            server.listen(name)
        if not server.isListening():
            log.info("a second window of this profile will not find this one: %s", server.errorString())
            return False
        server.newConnection.connect(self._on_caller)
        self._server, self._name = server, name
        return True

    def _on_caller(self) -> None:
        server = self._server
        while server is not None and (caller := server.nextPendingConnection()) is not None:
            caller.readyRead.connect(lambda caller=caller: self._on_word(caller))
            caller.disconnected.connect(caller.deleteLater)
            QTimer.singleShot(_WAIT_MS, caller, caller.abort)
            if caller.bytesAvailable():
                self._on_word(caller)

    def _on_word(self, caller: QLocalSocket) -> None:
        said = bytes(caller.read(_MOST).data())
        caller.disconnectFromServer()
        if said == WORD:
            self.wanted.emit()

    def close(self) -> None:
        """Be found no more."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
            server.deleteLater()
