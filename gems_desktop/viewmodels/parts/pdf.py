# SPDX-License-Identifier: Apache-2.0
"""A document: its pages as pictures, so that everything that is done on pictures is done on them too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Property, QObject, QRect, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from gems_desktop.decoding.client import set_own_size
from gems_desktop.decoding.media_facts import MediaFacts
from gems_desktop.decoding.media_limits import PAGE_EDGE
from gems_desktop.viewmodels.parts.image import ImagePart
from gems_desktop.viewmodels.task_rows import picture_of
from gems_protocol.modules import Node, limits

FINEST = (
    2  # times a page's first size: how fine a page gets when one looks closer, and the size that answers name
)


class PdfPart(ImagePart):
    """What a Pdf shows. A page is named "hash#number"; `request` and `request_region` are as DecodeClient's."""

    changed = Signal()

    def open(self, node: Node, data: dict[str, Any]) -> None:
        """Show the first page of another task's document; how many there are comes later."""
        super().open(node, data)
        self._sha256 = picture_of(node, data)
        self._pages = (f"{self._sha256}#0" if self._sha256 else "",)
        asked = self._sha256
        if asked and self.task.media is not None:
            self.task.media.probe(asked, lambda facts: self._on_facts(asked, facts))
        self.changed.emit()

    def _on_facts(self, asked: str, facts: Any) -> None:
        if asked != self._sha256 or not isinstance(facts, MediaFacts) or facts.kind != "pages":
            return  # an error is told by the page that cannot be shown
        if not isValid(self):
            return  # another kind of task is on the screen
        count = max(1, min(facts.pages, limits.PAGES))
        self._pages = tuple(f"{asked}#{at}" for at in range(count))
        self.refresh()

    def request(self, name: str, max_w: int, max_h: int, callback: Callable[[Any], None]) -> None:
        """A page, always of the same size: what an answer calls its size must not depend on the window."""

        def arrived(result: Any) -> None:
            if isinstance(result, QImage):
                result = QImage(result)
                set_own_size(result, FINEST * result.width(), FINEST * result.height())
            callback(result)

        self._ask(name, PAGE_EDGE, PAGE_EDGE, arrived)

    def request_region(
        self,
        name: str,
        part: tuple[float, float, float, float],
        max_w: int,
        max_h: int,
        callback: Callable[[Any], None],
    ) -> None:
        """A part (percent) of a page, finer."""

        def arrived(result: Any) -> None:
            callback(_cut(result, part) if isinstance(result, QImage) else result)

        edge = FINEST * PAGE_EDGE
        self._ask(name, edge, edge, arrived)

    def _ask(self, name: str, max_w: int, max_h: int, callback: Callable[[Any], None]) -> None:
        sha256, _, page = name.partition("#")
        if self.task.media is not None:
            self.task.media.page(sha256, int(page or 0), max_w, max_h, callback)

    # Of ImagePart; notify signals do not stand in a base class (ADR 0043).
    picture = Property(str, lambda self: self._pages[self._page] if self._pages else "", notify=changed)
    page = Property(int, lambda self: self._page, notify=changed)
    pages = Property(int, lambda self: len(self._pages), notify=changed)
    paged = Property(bool, lambda self: True, constant=True)
    tools = Property(QObject, lambda self: self._tools, constant=True)


def _cut(page: QImage, part: tuple[float, float, float, float]) -> QImage:
    wide, high = page.width(), page.height()
    left, top = round(part[0] / 100 * wide), round(part[1] / 100 * high)
    right, bottom = round((part[0] + part[2]) / 100 * wide), round((part[1] + part[3]) / 100 * high)
    return page.copy(QRect(left, top, max(1, right - left), max(1, bottom - top)))
