# SPDX-License-Identifier: Apache-2.0
"""Without a graphics card the processor draws the window (hardening.choose_renderer), and it looks the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.helpers.app_window import ROOT
from tests.qml.pictures.comparing import compare, shrunk, write_difference

PAGES = ("home", "work", "earnings")
SCREEN = "-screen 0 1600x1200x24"


def draw(folder: Path, look: str, **environment: str) -> str:
    """Draw PAGES into `folder` on a screen of its own; the renderer."""
    folder.mkdir()
    left = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "QSG_", "GEMS_"))}
    command = [sys.executable, "-m", "tests.qml.pictures.draw", str(folder), look, *PAGES]
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", SCREEN, *command],
        cwd=ROOT,
        env={**left, "QT_QPA_PLATFORM": "xcb", "TZ": "UTC", **environment},
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return (folder / "renderer").read_text("utf-8")


@pytest.mark.long
@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="no X server to draw on")
@pytest.mark.parametrize("look", ["light-en", "dark-ar"])
def test_the_processor_draws_what_a_graphics_card_draws(tmp_path: Path, look: str) -> None:
    gl = {"QSG_RHI_BACKEND": "opengl", "LIBGL_ALWAYS_SOFTWARE": "1"}
    assert draw(tmp_path / "gl", look, **gl) == "OpenGL"
    assert draw(tmp_path / "software", look, QT_QUICK_BACKEND="software") == "software"
    for page in PAGES:
        got, expected = (shrunk(QImage(str(tmp_path / kind / f"{page}.png"))) for kind in ("software", "gl"))
        difference = compare(got, expected)
        if difference:
            write_difference(got, expected, difference, tmp_path, page)
        assert not difference, f"{page}: {len(difference.tiles)} tiles differ, see {tmp_path}"
