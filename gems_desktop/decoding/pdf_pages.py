# SPDX-License-Identifier: Apache-2.0
"""Pages of a PDF as pictures and as plain text; links, forms and scripts of it are never looked at."""

import json

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from gems_desktop.decoding.limits import MAX_EDGE
from gems_desktop.decoding.media_limits import MAX_PAGE_CHARACTERS, MAX_PAGE_POINTS, MAX_PAGES
from gems_desktop.decoding.refusal import MediaRefused

#: Lines of a page whose places are told; each costs some milliseconds.
_MAX_LINES = 400


class PageReader:
    """The document in `data`. Raises MediaRefused."""

    def __init__(self, data: bytes) -> None:
        self._store = QByteArray(data)
        self._buffer = QBuffer(self._store)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument()
        self._document.load(self._buffer)
        error = self._document.error()
        if error == QPdfDocument.Error.IncorrectPassword:
            raise MediaRefused("locked")
        if error != QPdfDocument.Error.None_ or self._document.status() != QPdfDocument.Status.Ready:
            raise MediaRefused("broken")
        if not 0 < self._document.pageCount() <= MAX_PAGES:
            raise MediaRefused("too_long")

    @property
    def pages(self) -> int:
        """How many pages there are."""
        count: int = self._document.pageCount()
        return count

    def close(self) -> None:
        """Free everything."""
        self._document.close()
        self._buffer.close()

    def size(self, page: int) -> QSizeF:
        """A page's size in points (1/72 inch)."""
        if not 0 <= page < self.pages:
            raise MediaRefused("no_page")
        size: QSizeF = self._document.pagePointSize(page)
        if not (0 < size.width() <= MAX_PAGE_POINTS and 0 < size.height() <= MAX_PAGE_POINTS):
            raise MediaRefused("too_big")
        return size

    def picture(self, page: int, room: QSize) -> QImage:
        """A page on white, as large as fits into `room`."""
        fitted = self.size(page).scaled(QSizeF(room), Qt.AspectRatioMode.KeepAspectRatio)
        target = QSize(_edge(fitted.width()), _edge(fitted.height()))
        drawn = self._document.render(page, target)
        if drawn.isNull():
            raise MediaRefused("broken")
        paper = QImage(target, QImage.Format.Format_RGB32)
        paper.fill(Qt.GlobalColor.white)
        painter = QPainter(paper)
        painter.drawImage(0, 0, drawn)
        painter.end()
        return paper

    def text(self, page: int) -> bytes:
        """A page's text and the place of each of its lines in percent of the page, as JSON."""
        size = self.size(page)
        text = self._document.getAllText(page).text()[:MAX_PAGE_CHARACTERS]
        lines = []
        start = 0
        for line in text.splitlines(keepends=True)[:_MAX_LINES]:
            length = len(line.rstrip())
            if length:
                box = self._document.getSelectionAtIndex(page, start, length).boundingRectangle()
                lines.append([start, start + length, *_percent(box, size)])
            start += len(line)
        return json.dumps({"text": text, "lines": lines}).encode()


def _percent(box: QRectF, size: QSizeF) -> tuple[float, float, float, float]:
    wide, high = 100 / size.width(), 100 / size.height()
    return (
        round(box.x() * wide, 4),
        round(box.y() * high, 4),
        round(box.width() * wide, 4),
        round(box.height() * high, 4),
    )


def _edge(length: float) -> int:
    return max(1, min(MAX_EDGE, round(length)))
