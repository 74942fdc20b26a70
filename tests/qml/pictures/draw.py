# SPDX-License-Identifier: Apache-2.0
"""Draws main screens in a process of its own, with the renderer that its environment names (FOLDER LOOK PAGE...)."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow, QSGRendererInterface

from gems_desktop.decoding.client import DecodeClient
from tests.helpers.app_window import AppWindow
from tests.helpers.sample_facts import NOW
from tests.qml.pictures.screens import LOOKS, pictures, session
from tests.qml.tasks.bench import picture as drawn_photo


def main(folder: Path, look: str, wanted: set[str]) -> None:
    """Write a picture of each wanted page, and into "renderer" what drew it."""
    app = QGuiApplication([])
    app.styleHints().setCursorFlashTime(0)
    time.time = lambda: float(NOW)
    with tempfile.TemporaryDirectory() as place:
        photo, file = drawn_photo(Path(place))
        client = DecodeClient({photo: file}.get)
        fixed, size = LOOKS[look]
        window = AppWindow(client, session=session(photo), fixed=fixed, translated=True)
        window.window.resize(*size)
        for name, image in pictures(window):
            if name in wanted:
                image.save(str(folder / f"{name}.png"))
        shown = window.window
        assert isinstance(shown, QQuickWindow)
        kind = shown.rendererInterface().graphicsApi()
        software = kind is QSGRendererInterface.GraphicsApi.Software
        (folder / "renderer").write_text("software" if software else kind.name, "utf-8")
        client.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], set(sys.argv[3:]))
    sys.stdout.flush()
    os._exit(0)  # the window is not taken apart: this process only draws
