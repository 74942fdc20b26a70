# SPDX-License-Identifier: Apache-2.0
"""The main screens look as their stored pictures do. `./dev pictures` stores them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter

from tests.qml.pictures.comparing import REFERENCES, compare, shrunk, store, write_difference
from tests.qml.pictures.conftest import OpenWindow
from tests.qml.pictures.screens import LOOKS, SCREENS, picture, pictures, session

RENEW = bool(os.environ.get("GEMS_RENEW_PICTURES"))
MOST_BYTES, MOST_IN_ALL = 45_000, 1_000_000


def check(name: str, image: QImage, folder: Path) -> str:
    """What is wrong with a picture, or nothing; stores it where pictures are renewed."""
    got, path = shrunk(image), REFERENCES / f"{name}.png"
    if RENEW:
        store(got, path)
        return ""
    if not path.is_file():
        return f"{name}: no picture is stored; ./dev pictures stores one"
    expected = QImage(str(path))
    if difference := compare(got, expected):
        write_difference(got, expected, difference, folder, name)
        return f"{name}: {len(difference.tiles)} tiles differ, see {folder}/{name}-difference.png"
    return ""


@pytest.mark.parametrize("look", LOOKS)
def test_the_main_screens_look_as_stored(
    open_window: OpenWindow, photo: str, look: str, tmp_path: Path
) -> None:
    fixed, size = LOOKS[look]
    window = open_window(size, session=session(photo), fixed=fixed)
    wrong = [check(f"{look}-{name}", image, tmp_path) for name, image in pictures(window)]
    assert not any(wrong), "\n".join(line for line in wrong if line)


@pytest.mark.parametrize("look", LOOKS)
def test_the_way_in_looks_as_stored(open_window: OpenWindow, look: str, tmp_path: Path) -> None:
    fixed, size = LOOKS[look]
    window = open_window(size, "none", fixed=fixed)
    window.begin()
    assert not check(f"{look}-welcome", picture(window), tmp_path)


def test_the_stored_pictures_are_small_and_all_are_used() -> None:
    sizes = {path.stem: path.stat().st_size for path in REFERENCES.glob("*.png")}
    assert set(sizes) == {f"{look}-{name}" for look in LOOKS for name in SCREENS}
    assert max(sizes.values()) <= MOST_BYTES and sum(sizes.values()) <= MOST_IN_ALL, sizes


# --- that a fault is seen ----------------------------------------------------------------------------------
def home(open_window: OpenWindow, photo: str) -> QImage:
    """Home in English."""
    fixed, size = LOOKS["light-en"]
    window = open_window(size, session=session(photo), fixed=fixed)
    window.begin()
    return picture(window)


def test_a_missing_word_another_colour_and_a_moved_part_are_seen(open_window: OpenWindow, photo: str) -> None:
    image = home(open_window, photo)
    good = shrunk(image)
    assert not compare(shrunk(image.copy()), good)
    window_ = QRect(190, 0, image.width() - 190, image.height() - 40)

    gone = image.copy()
    painter = QPainter(gone)
    painter.fillRect(QRect(8, 60, 180, 32), gone.pixelColor(12, 62))  # the first entry of the rail
    painter.end()
    assert compare(shrunk(gone), good), "a word is gone"

    button = image.copy()
    accent = QColor("#0B6B57")
    for y in range(button.height()):
        for x in range(300, button.width()):
            if button.pixelColor(x, y) == accent:
                button.setPixelColor(x, y, QColor("#1D5C94"))
    assert compare(shrunk(button), good), "a button has another colour"

    moved = image.copy()
    painter = QPainter(moved)
    painter.drawImage(window_.topLeft() + QPoint(6, 0), image, window_)
    painter.end()
    assert compare(shrunk(moved), good), "a part moved by six pixels"


def test_letters_may_be_smoothed_otherwise(open_window: OpenWindow, photo: str) -> None:
    image = home(open_window, photo)
    size = image.size()
    softer = image.scaled(size * 1.5).scaled(size)  # every edge a little otherwise
    assert not compare(shrunk(softer), shrunk(image))
