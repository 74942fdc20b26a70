# SPDX-License-Identifier: Apache-2.0
"""What an image canvas asks the decoder for: the picture fitted to the view, and closer by only what is seen of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage

from gems_desktop.decoding.client import own_size
from gems_desktop.items.canvas_scene import Detail, Scene
from gems_desktop.items.image_view import MARGIN, View

AROUND = 0.2  # of the view's edges: how far a detail reaches beyond what is seen
FINER = 1.1  # a detail is asked for when the whole picture was decoded this much coarser than it is shown


class Source:
    """Keeps the pictures of a scene as fine as they are seen. `arrived` follows each answer, `failed` a refusal."""

    def __init__(
        self,
        scene: Scene,
        alive: Callable[[], bool],
        arrived: Callable[[], None],
        failed: Callable[[str], None],
    ) -> None:
        self._scene = scene
        self._alive = alive
        self._on_arrived = arrived
        self._on_failed = failed
        self._waiting: Any = None
        self._detail_waiting: Any = None
        self._glass_waiting: Any = None
        self.ahead = ""  # the picture that is likely to be wanted next
        self.ratio = 1.0  # pixels of the screen for one of the view

    def fitted_size(self) -> tuple[int, int]:
        """The pixels that the whole picture is shown with when it is fitted."""
        view = self._scene.view
        return (
            max(1, int((view.width - 2 * MARGIN) * self.ratio)),
            max(1, int((view.height - 2 * MARGIN) * self.ratio)),
        )

    def forget(self) -> None:
        """Whatever was asked for is not wanted any more."""
        self._waiting = self._detail_waiting = self._glass_waiting = None
        self._scene.detail = self._scene.glass = None

    def request(self) -> None:
        """Ask for the whole picture."""
        scene = self._scene
        sha256, size = scene.sha256, self.fitted_size()
        wanted = self._waiting = (sha256, size)

        def arrived(result: Any) -> None:
            # the page may have been left while the picture was decoded
            if self._alive() and self._waiting == wanted:
                self._waiting = None
                self._take(sha256, result)

        scene.task.pictures_of(scene.name).request(sha256, *size, arrived)

    def _take(self, sha256: str, result: Any) -> None:
        scene = self._scene
        if not isinstance(result, QImage):
            scene.image, scene.shown_sha256 = None, ""
            self._on_failed(result.sentence)
            return
        if scene.shown_sha256 != sha256 or scene.image is None:
            # the ratio stays that of the first decoding, so that regions do not shift by rounding
            scene.view = View(
                scene.view.width, scene.view.height, float(result.width()), float(result.height())
            )
            scene.own = own_size(result)
        scene.image, scene.shown_sha256 = result, sha256
        self._on_arrived()
        self.look_ahead(self.ahead)

    def look_ahead(self, sha256: str) -> None:
        """Have the picture decoded that is likely to be wanted next, once the present one is there."""
        self.ahead = sha256
        if sha256 and self._scene.ready:
            self._scene.task.images.request(sha256, *self.fitted_size(), _kept)

    def request_detail(self) -> None:
        """Ask for what is seen of the picture, where the whole is too coarse for it."""
        scene = self._scene
        if not scene.ready or not self._too_coarse():
            self._detail_waiting = None
            if scene.view.zoom <= 1.0:
                scene.detail = None
            return
        part = scene.view.seen(AROUND)
        if scene.detail is not None and self._covers(scene.detail):
            return
        sha256 = scene.sha256
        size = self._pixels(part)
        wanted = self._detail_waiting = (sha256, part, size)

        def arrived(result: Any) -> None:
            if self._alive() and self._detail_waiting == wanted and isinstance(result, QImage):
                self._detail_waiting = None
                scene.detail = Detail(result, QRectF(*part))
                self._on_arrived()

        scene.task.pictures_of(scene.name).request_region(sha256, part, *size, arrived)

    def request_glass(self, view: View, at: tuple[float, float], radius: float) -> None:
        """Ask for what a magnifier shows: `radius` pixels around `at` of the enlarged `view`, and as much again."""
        scene = self._scene
        x, y = view.to_percent(at[0] - 2 * radius, at[1] - 2 * radius)
        right, bottom = view.to_percent(at[0] + 2 * radius, at[1] + 2 * radius)
        inner = QRectF(
            QPointF(*view.to_percent(at[0] - radius, at[1] - radius)),
            QPointF(*view.to_percent(at[0] + radius, at[1] + radius)),
        )
        known = scene.image.width() if scene.image is not None else 0
        covered = scene.glass is not None and scene.glass.place.contains(inner)
        if self._glass_waiting is not None or covered or known >= scene.own[0] or right <= x or bottom <= y:
            return
        part = (x, y, right - x, bottom - y)
        wanted = self._glass_waiting = (scene.sha256, part)
        edge = max(1, round(4 * radius * self.ratio))

        def arrived(result: Any) -> None:
            if self._alive() and self._glass_waiting == wanted:
                self._glass_waiting = None
                if isinstance(result, QImage):
                    scene.glass = Detail(result, QRectF(*part))
                    self._on_arrived()

        scene.task.pictures_of(scene.name).request_region(scene.sha256, part, edge, edge, arrived)

    def _too_coarse(self) -> bool:
        scene = self._scene
        shown = scene.view.rect[2] * self.ratio
        known = scene.image.width() if scene.image is not None else 0
        return known < scene.own[0] and shown > FINER * known

    def _covers(self, detail: Detail) -> bool:
        """Whether a detail that is there is fine enough and reaches as far as is seen."""
        x, y, wide, high = self._scene.view.seen()
        inside = detail.place.adjusted(-0.01, -0.01, 0.01, 0.01).contains(QRectF(x, y, wide, high))
        shown = self._scene.view.rect[2] * self.ratio * detail.place.width() / 100
        own = self._scene.own[0] * detail.place.width() / 100
        return inside and detail.image.width() * FINER >= min(shown, own)

    def _pixels(self, part: tuple[float, float, float, float]) -> tuple[int, int]:
        _, _, wide, high = self._scene.view.rect
        return (
            max(1, round(part[2] / 100 * wide * self.ratio)),
            max(1, round(part[3] / 100 * high * self.ratio)),
        )


def _kept(_: Any) -> None:
    """It stays in the decoder's cache."""
