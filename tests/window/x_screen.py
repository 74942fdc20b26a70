# SPDX-License-Identifier: Apache-2.0
"""A real X server with a screen of its own for tests, whose pixels can be read from a file while it runs."""

from __future__ import annotations

import ctypes.util
import mmap
import os
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

WIDTH, HEIGHT = 1366, 768


def missing() -> str:
    """The Debian packages without which no X window can be played; empty when all is there."""
    lacks = [] if shutil.which("Xvfb") else ["xvfb"]
    libraries = {"Xtst": "libxtst6", "X11": "libx11-6", "xcb-cursor": "libxcb-cursor0"}
    return " ".join(
        lacks + [name for short, name in libraries.items() if not ctypes.util.find_library(short)]
    )


class XScreen:
    """One Xvfb. Its frame buffer is an XWD file (X11/XWDFile.h): a header, a colour table, then BGRX rows."""

    def __init__(self, folder: Path, width: int = WIDTH, height: int = HEIGHT) -> None:
        self._process = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset",
             "-fbdir", str(folder)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        number = self._process.stdout.readline().strip()
        assert number, "Xvfb did not start"
        self.name = f":{number}"
        with (folder / "Xvfb_screen0").open("rb") as file:
            self._pixels = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack(">25I", self._pixels[:100])
        self.width, self.height, self._line = header[4], header[5], header[12]
        self._begins = header[0] + header[19] * 12

    def environment(self, home: Path) -> dict[str, str]:
        """The environment of an application that sees this screen, no other, and no bus and no GPU."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("QT_", "DBUS_", "WAYLAND", "DISPLAY"))
        }
        return {
            **kept,
            "DISPLAY": self.name,
            "QT_QPA_PLATFORM": "xcb",
            "QT_QUICK_BACKEND": "software",
            "HOME": str(home),
        }

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        """(red, green, blue) of one place."""
        at = self._begins + y * self._line + x * 4
        blue, green, red = self._pixels[at : at + 3]
        return red, green, blue

    def line(self, y: int) -> bytes:
        """The pixels of one line: blue, green, red and a byte without meaning for each."""
        begins = self._begins + y * self._line
        return self._pixels[begins : begins + 4 * self.width]

    def print(self) -> int:
        """A number that changes whenever anything on the screen does."""
        return zlib.crc32(self._pixels[self._begins :])

    def end(self) -> None:
        """Take the screen away."""
        self._pixels.close()
        self._process.terminate()
        self._process.wait(10)
        assert self._process.stdout is not None
        self._process.stdout.close()
