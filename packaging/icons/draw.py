# SPDX-License-Identifier: Apache-2.0
"""Draws the application's icon (gems-desktop.svg) in the sizes and formats that Linux, Windows and macOS want."""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "gems-desktop.svg"
#: Pixels of the pictures for Linux menus, one file each.
LINUX = (48, 64, 128, 256)
#: Pixels of the pictures in the one file for Windows; and for macOS, with the name that each has in its file.
WINDOWS = (16, 32, 48, 256)
MACOS = {b"icp4": 16, b"icp5": 32, b"ic07": 128, b"ic08": 256, b"ic09": 512}


def picture(pixels: int) -> bytes:
    """Return the icon as PNG, `pixels` wide and high, transparent around it."""
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


def windows(pictures: list[tuple[int, bytes]]) -> bytes:
    """Return an .ico file of (pixels, PNG) pairs."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place = len(head) + 16 * len(pictures)
    for pixels, png in pictures:
        head += struct.pack("<BBBBHHII", pixels % 256, pixels % 256, 0, 0, 1, 32, len(png), place)
        place += len(png)
    return head + b"".join(png for _, png in pictures)


def macos(pictures: list[tuple[bytes, bytes]]) -> bytes:
    """Return an .icns file of (name, PNG) pairs."""
    body = b"".join(name + struct.pack(">I", len(png) + 8) + png for name, png in pictures)
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def drawn() -> dict[str, bytes]:
    """Return every file that belongs beside the drawing: name -> contents."""
    files = {f"gems-desktop-{pixels}.png": picture(pixels) for pixels in LINUX}
    files["gems-desktop.ico"] = windows([(pixels, picture(pixels)) for pixels in WINDOWS])
    files["gems-desktop.icns"] = macos([(name, picture(pixels)) for name, pixels in MACOS.items()])
    return files


def main() -> int:
    """Write the files; the exit code."""
    for name, contents in drawn().items():
        (HERE / name).write_bytes(contents)
        print(f"{name}: {len(contents)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
