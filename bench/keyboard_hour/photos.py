# SPDX-License-Identifier: Apache-2.0
"""Photos that say in their own pixels which they are, so that the screen tells which task is painted."""

from __future__ import annotations

import json
import os
from pathlib import Path

WIDTH, HEIGHT = 1200, 900  # a megapixel
BITS = 12
CHECK = 3  # bits that make a half-painted strip no number
#: The strip across the top of a photo: a dark and a light cell, then the bits; as shares of the photo.
CELLS = 2 + BITS + CHECK
STRIP = 0.12
KINDS = ("Boat", "Bird", "Bridge")
TITLE = "What does the photo show?"
DISTINCT = 8  # backgrounds; each photo is a picture of its own by its strip


def checked(number: int) -> int:
    """`number` with its check bits below it."""
    return number << CHECK | (number * 5 + (number >> 4) + 3) % (1 << CHECK)


def read(cells: list[int]) -> int | None:
    """The number of a strip from the brightness of its cells, or None for what is no whole strip."""
    dark, light, *bits = cells
    if light - dark < 100:
        return None
    found = 0
    for bit in bits:
        found = found << 1 | (bit > (dark + light) // 2)
    number = found >> CHECK
    return number if checked(number) == found else None


def place(cell: int) -> tuple[float, float]:
    """Where the middle of a cell is, in percent of the photo."""
    return 100 * (cell + 0.5) / CELLS, 100 * STRIP / 2


def write_campaign(folder: Path, count: int) -> Path:
    """A campaign of `count` photos below `folder`; the number of a photo is in its file's name."""
    assert count <= 1 << BITS, "more photos than numbers"
    media = folder / "photos" / "media"
    media.mkdir(parents=True)
    _draw_all(media, count)
    about = {
        "title": TITLE, "description": "One key a photo.", "instructions": "Choose one.",
        "module": {"name": "photos", "version": "1", "family": "image-choice", "difficulty": "easy"},
        "policy": {"name": "consensus", "panel": 1, "quorum": 1},
        "mr": "0.30 GEM", "ms": "0", "vs": "0", "z": 10, "floor": "0.01 GEM",
        "expected_seconds": 1, "languages": ["en"],
    }  # fmt: skip
    choices = "".join(f'<Choice value="{kind}" hotkey="{at + 1}"/>' for at, kind in enumerate(KINDS))
    config = f'<View><Image name="photo" value="$photo"/><Choices name="kind" toName="photo">{choices}</Choices></View>'
    (folder / "photos" / "campaign.json").write_text(json.dumps(about))
    (folder / "photos" / "config.xml").write_text(config)
    rows = [json.dumps({"data": {"photo": f"{number}.jpg"}}) for number in range(count)]
    (folder / "photos" / "tasks.jsonl").write_text("\n".join(rows))
    return folder


def _draw_all(media: Path, count: int) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QColor, QImage, QPainter

    grounds = []
    for _ in range(DISTINCT):
        noise = QImage(os.urandom(300 * 225 * 4), 300, 225, 1200, QImage.Format.Format_RGB32).copy()
        smooth = Qt.TransformationMode.SmoothTransformation
        grounds.append(noise.scaled(WIDTH, HEIGHT, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
    for number in range(count):
        image = grounds[number % DISTINCT].copy()
        painter = QPainter(image)
        strip = int(HEIGHT * STRIP)
        bits = checked(number)
        for cell in range(CELLS):
            at = CELLS - 1 - cell
            light = cell == 1 or (cell > 1 and bits >> at & 1)
            left, right = cell * WIDTH // CELLS, (cell + 1) * WIDTH // CELLS
            painter.fillRect(left, 0, right - left, strip, QColor("white" if light else "black"))
        painter.end()
        assert image.save(str(media / f"{number}.jpg"), None, 80)
