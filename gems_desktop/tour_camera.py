# SPDX-License-Identifier: Apache-2.0
"""Takes the tour's pictures: one of each stop, or one in every look with a sheet of them all beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from gems_desktop.driving import Driver
from gems_desktop.viewmodels import numbers
from gems_desktop.viewmodels.app import AppViewModel

SIZES = ((1366, 768), (1024, 600), (1920, 1080))  # the main one first
THEMES = ("light", "dark")
LANGUAGES = ("en", "ar", "hi")
SCALES = (100, 200)  # percent
_SPOKEN_S, _RESIZED_S = 0.3, 0.06  # until words are read anew, and until layouts rest
_THUMB = QSize(300, 169)
_GAP = 6


@dataclass(frozen=True, slots=True)
class Look:
    """How the window looks for one picture; scale in percent."""

    size: tuple[int, int]
    theme: str
    language: str
    scale: int

    def __str__(self) -> str:
        return f"{self.size[0]}x{self.size[1]}-{self.theme}-{self.language}-{self.scale}"


def looks() -> Iterator[Look]:
    """Every look, those of one language after each other; high contrast at the main size only."""
    for language, theme, scale, size in product(LANGUAGES, (*THEMES, "contrast"), SCALES, SIZES):
        if theme in THEMES or size == SIZES[0]:
            yield Look(size, theme, language, scale)


class Camera(Protocol):
    """What takes pictures of a stop."""

    async def shot(self, name: str) -> None:
        """Take whatever belongs to the stop `name`."""
        ...


class OneEach:
    """A picture of each stop as it is."""

    def __init__(self, driver: Driver, folder: Path) -> None:
        self._driver = driver
        self._folder = folder
        self._count = 0

    async def shot(self, name: str) -> None:
        """See Camera."""
        self._count += 1
        await self._driver.shot(self._folder / f"{self._count:02d}-{name}.png")


class EveryLook:
    """Every stop in every look, by resizing and switching in place; the first look stands again afterwards."""

    def __init__(self, driver: Driver, app: AppViewModel, folder: Path) -> None:
        self._driver = driver
        self._app = app
        self._folder = folder
        self._count = 0
        props = app.props
        self._first = Look(SIZES[0], props.themeMode, props.language, round(props.textScale * 100))

    async def shot(self, name: str) -> None:
        """See Camera."""
        self._count += 1
        stop = f"{self._count:02d}-{name}"
        first = replace(self._first, language=self._app.props.language)
        small: list[tuple[Look, QImage]] = []
        for look in looks():
            await self._wear(look)
            small.append((look, await self._picture(self._folder / f"{stop}-{look}.png")))
        await self._wear(first)
        sheet(small).save(str(self._folder / f"{stop}-sheet.png"))

    async def _wear(self, look: Look) -> None:
        """Change what differs, and wait until the window shows it."""
        window, props = self._driver.window, self._app.props
        spoken = look.language != props.language
        window.resize(*look.size)
        self._app.change(
            language=look.language,
            rightToLeft=numbers.right_to_left(look.language),
            themeMode=look.theme,
            textScale=look.scale / 100,
        )
        await self._driver.settle(_SPOKEN_S if spoken else _RESIZED_S)

    async def _picture(self, path: Path) -> QImage:
        """Write the window; a small copy of it."""
        self._driver.window.grabWindow()  # what is laid out anew gets its place when a frame is drawn
        await self._driver.settle(0.0)
        image = self._driver.window.grabWindow()
        path.parent.mkdir(parents=True, exist_ok=True)
        if not image.save(str(path), "PNG", 60):  # type: ignore[call-overload]
            raise OSError(f"the picture {path} could not be written")
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        return image.scaled(_THUMB * 2, keep).scaled(_THUMB, keep, smooth)


def sheet(small: list[tuple[Look, QImage]]) -> QImage:
    """All pictures of a stop: a line for each language, theme and text size, a column for each window size."""
    rows: dict[tuple[str, str, int], list[tuple[Look, QImage]]] = {}
    for look, image in small:
        rows.setdefault((look.language, look.theme, look.scale), []).append((look, image))
    wide, high = _THUMB.width() + _GAP, _THUMB.height() + _GAP
    half = (len(rows) + 1) // 2  # two blocks beside each other
    made = QImage(2 * len(SIZES) * wide + _GAP, half * high + _GAP, QImage.Format.Format_RGB32)
    made.fill(QColor("#777777"))
    painter = QPainter(made)
    for row, pictures in enumerate(rows.values()):
        for look, image in pictures:
            column = SIZES.index(look.size) + (row // half) * len(SIZES)
            place = QRect(_GAP + column * wide, _GAP + row % half * high, image.width(), image.height())
            painter.drawImage(place, image)
    painter.end()
    return made
