# SPDX-License-Identifier: Apache-2.0
"""What a worker for PDF answers: how many pages, a page's picture, a page's text."""

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtPdf import QPdfDocument

from gems_desktop import plain_imports
from gems_desktop.decoding.limits import MAX_EDGE
from gems_desktop.decoding.media_files import Answer, Opened, Operation
from gems_desktop.decoding.pdf_pages import PageReader
from gems_desktop.decoding.refusal import MediaRefused

plain_imports.restore()


def reserve() -> None:
    """Let the library reserve its room, before room is limited: it cannot start later."""
    QPdfDocument().close()


def probe(opened: Opened, header: dict[str, Any], body: bytes) -> Answer:
    """How many pages there are, and the first one's size in points."""
    reader = _reader(opened, header, body)
    size = reader.size(0)
    return {
        "kind": "pages",
        "pages": reader.pages,
        "width": max(1, round(size.width())),
        "height": max(1, round(size.height())),
    }, b""


def page(opened: Opened, header: dict[str, Any], body: bytes) -> Answer:
    """A page's picture, fitted."""
    room = QSize(*(max(1, min(int(header[key]), MAX_EDGE)) for key in ("max_w", "max_h")))
    picture = _reader(opened, header, body).picture(int(header["page"]), room)
    # a copy: the picture ends here, and its pixels with it
    return {"width": picture.width(), "height": picture.height()}, bytes(picture.constBits())


def text(opened: Opened, header: dict[str, Any], body: bytes) -> Answer:
    """A page's text with the places of its lines."""
    return {}, _reader(opened, header, body).text(int(header["page"]))


PAGE_OPERATIONS: dict[str, Operation] = {"probe": probe, "page": page, "text": text}


def _reader(opened: Opened, header: dict[str, Any], body: bytes) -> PageReader:
    sha256 = str(header["sha256"])
    file, kind = opened.file(sha256, str(header.get("path", "")), body)
    if kind != "pdf":
        raise MediaRefused("format")

    def make() -> PageReader:
        file.seek(0)
        return PageReader(file.read())

    return opened.reader(sha256, "pages", make)
