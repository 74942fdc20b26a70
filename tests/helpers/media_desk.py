# SPDX-License-Identifier: Apache-2.0
"""A media client over a store of the test's own, and waiting for its answers without sleeping."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer

from gems_desktop.decoding.media_client import MediaClient

MEDIA = Path(__file__).resolve().parents[1] / "vectors" / "media"
#: Milliseconds after which a test gives up waiting.
PATIENCE_MS = 30_000


class Desk:
    """A store, a client over it, and what it answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, Path | bytes] = {}
        self.client = MediaClient(self.files.get, timeout_s=12.0)

    def put(self, data: bytes, on_disk: bool = True) -> str:
        """Keep a file; its hash."""
        sha256 = hashlib.sha256(data).hexdigest()
        if on_disk:
            path = self.folder / sha256
            path.write_bytes(data)
            self.files[sha256] = path
        else:
            self.files[sha256] = data
        return sha256

    def vector(self, name: str) -> str:
        """Keep one of the committed files; its hash."""
        return self.put((MEDIA / name).read_bytes())

    def get(self, method: str, *arguments: Any) -> Any:
        """Ask the client and wait for its (last) answer."""
        got: list[Any] = []
        getattr(self.client, method)(*arguments, got.append)
        until(lambda: bool(got) and getattr(got[-1], "complete", True))
        return got[-1]


def until(true: Callable[[], bool]) -> None:
    """Let Qt work until something holds; fail when it takes too long."""
    if true():
        return
    loop, look, late = QEventLoop(), QTimer(), QTimer()
    late.setSingleShot(True)
    late.timeout.connect(loop.quit)
    look.timeout.connect(lambda: loop.quit() if true() else None)
    look.start(5)
    late.start(PATIENCE_MS)
    loop.exec()
    look.stop()
    late.stop()
    assert true(), "it took too long"
